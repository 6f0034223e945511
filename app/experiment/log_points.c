/* Points in the log: exact, and a line each. */
#include "app/experiment/log_packed.h"
#include "app/experiment/run_log.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PARTS 6 /* arrays of points, at most */

/* ---- writing ---- */

static void put_name(LogText *text, const char *what, int k, const char *name) {
    if (!name || !name[0])
        return;
    log_put(text, "%s %d ", what, k);
    log_put_name(text, name);
    log_put(text, "\n");
}

static bool is_packed(size_t count) {
    return count >= LOG_PACKED_FROM;
}

/* The arrays in the order in which they are packed; their number. */
static int parts_of(const Dataset *d, PackedPart parts[PARTS]) {
    int count = 0;
    parts[count++] = (PackedPart){d->x, d->count * sizeof *d->x};
    parts[count++] = (PackedPart){d->y, d->count * sizeof *d->y};
    parts[count++] = (PackedPart){d->label, d->count};
    if (d->truth)
        parts[count++] = (PackedPart){d->truth, d->count};
    if (d->clean)
        parts[count++] = (PackedPart){d->clean, d->count};
    if (d->row)
        parts[count++] = (PackedPart){d->row, d->count * sizeof *d->row};
    return count;
}

static void put_lines(LogText *text, const Dataset *d) {
    for (size_t i = 0; i < d->count; i++) {
        log_put_float(text, d->x[i]);
        log_put(text, ",");
        log_put_float(text, d->y[i]);
        log_put(text, " %d", d->label[i]);
        if (d->truth)
            log_put(text, " %d", d->truth[i]);
        if (d->clean)
            log_put(text, " %d", d->clean[i]);
        if (d->row)
            log_put(text, " %u", d->row[i]);
        log_put(text, "\n");
    }
}

void log_put_points(LogText *text, const Dataset *d) {
    log_put(text, "%zu %d%s%s%s%s\n", d->count, d->classes, d->truth ? " truth" : "", d->clean ? " clean" : "",
            d->row ? " row" : "", is_packed(d->count) ? " packed" : "");
    if (d->anomaly >= 0)
        log_put(text, "anomaly %lld\n", (long long)d->anomaly);
    if (d->origin[0] != 0.0 || d->origin[1] != 0.0) {
        log_put(text, "origin ");
        log_put_double(text, d->origin[0]);
        log_put(text, " ");
        log_put_double(text, d->origin[1]);
        log_put(text, "\n");
    }
    for (int k = 0; k < d->classes; k++) {
        put_name(text, "class", k, d->class_name[k]);
        put_name(text, "class-written", k, d->class_written[k]);
    }
    for (int axis = 0; axis < 2; axis++) {
        put_name(text, "axis", axis, d->axis_name[axis]);
        put_name(text, "axis-written", axis, d->axis_written[axis]);
    }
    if (is_packed(d->count)) {
        PackedPart parts[PARTS];
        log_put_packed_lines(text, parts, parts_of(d, parts));
    } else {
        put_lines(text, d);
    }
}

/* ---- reading ---- */

static bool no_points(const char *line, Status *status) {
    return status_fail(status, STATUS_USAGE, "'%.60s' is no line of a block of points", line);
}

/* Takes memory for no more points than the lines that are left can have. */
static bool take_head(Dataset *d, const char *c, size_t lines, bool *packed, Status *status) {
    const char *line = c;
    uint64_t count, classes;
    bool good = log_take_whole(&c, MAX_SAMPLES, &count) && count > 0 && log_take(&c, " ") &&
                log_take_whole(&c, MAX_CLASSES, &classes) && classes >= 2;
    c += good && *c == ' ';
    bool truth = good && log_take_word(&c, "truth"), clean = good && log_take_word(&c, "clean"),
         row = good && log_take_word(&c, "row");
    *packed = good && log_take_word(&c, "packed");
    if (!good || *c != '\0')
        return no_points(line, status);
    size_t needed = *packed ? log_packed_lines((size_t)count * (size_t)(9 + truth + clean + 4 * row)) : (size_t)count;
    if (needed > lines)
        return status_fail(status, STATUS_USAGE, "%zu of %zu lines of points are missing", needed - lines, needed);
    return dataset_init(d, (size_t)count, (int)classes, status) && (!truth || dataset_add_truth(d, status)) &&
           (!clean || dataset_add_clean(d, status)) && (!row || dataset_add_rows(d, status));
}

/* A name is what dataset_name_class makes of it: no control characters are let in. written: the whole one. */
static bool put_name_of(Dataset *d, bool axis, bool written, int k, const char *name, size_t length) {
    char **whole = axis ? &d->axis_written[k] : &d->class_written[k];
    if (written) {
        free(*whole);
        *whole = strdup(name);
        return *whole != NULL;
    }
    return axis ? dataset_name_axis(d, k, name, length) : dataset_name_class(d, k, name, length);
}

/* A line before the points; false and no failed status: it is none. */
static bool take_about(Dataset *d, const char *line, Status *status) {
    static const struct {
        const char *word;
        bool axis, written;
    } NAMES[] = {
        {"class", false, false}, {"class-written", false, true}, {"axis", true, false}, {"axis-written", true, true}};
    const char *c = line;
    uint64_t k;
    if (log_take_word(&c, "anomaly")) {
        if (!log_take_whole(&c, d->count - 1, &k) || *c != '\0')
            return no_points(line, status);
        d->anomaly = (int64_t)k;
        return true;
    }
    if (log_take_word(&c, "origin"))
        return (log_take_double(&c, &d->origin[0]) && log_take(&c, " ") && log_take_double(&c, &d->origin[1]) &&
                *c == '\0') ||
               no_points(line, status);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (!log_take_word(&c, NAMES[i].word))
            continue;
        size_t length;
        uint64_t most = NAMES[i].axis ? 1 : (uint64_t)d->classes - 1;
        char *name = log_take_whole(&c, most, &k) && log_take(&c, " ") ? log_take_name(&c, &length) : NULL;
        bool good = name && put_name_of(d, NAMES[i].axis, NAMES[i].written, (int)k, name, length);
        free(name);
        return good || no_points(line, status);
    }
    return false;
}

static bool take_class(const char **c, int classes, uint8_t *label) {
    uint64_t number;
    if (!log_take(c, " ") || !log_take_whole(c, (uint64_t)classes - 1, &number))
        return false;
    *label = (uint8_t)number;
    return true;
}

static bool take_point(Dataset *d, size_t i, const char *line, Status *status) {
    const char *c = line;
    uint64_t row = 0, least = i > 0 && d->row ? (uint64_t)d->row[i - 1] + 1 : 0;
    bool good = log_take_float(&c, &d->x[i]) && log_take(&c, ",") && log_take_float(&c, &d->y[i]) &&
                take_class(&c, d->classes, &d->label[i]) && (!d->truth || take_class(&c, d->classes, &d->truth[i])) &&
                (!d->clean || take_class(&c, 2, &d->clean[i]));
    if (good && d->row) {
        good = log_take(&c, " ") && log_take_whole(&c, UINT32_MAX, &row) && row >= least;
        d->row[i] = (uint32_t)row;
    }
    return (good && *c == '\0') || no_points(line, status);
}

/* Whether packed points are such as the lines of others can only be. */
static bool is_valid(const Dataset *d) {
    bool good = dataset_labels_below(d->label, d->count, d->classes) &&
                (!d->truth || dataset_labels_below(d->truth, d->count, d->classes)) &&
                (!d->clean || dataset_labels_below(d->clean, d->count, 2));
    for (size_t i = 0; i < d->count; i++)
        good &= isfinite(d->x[i]) && isfinite(d->y[i]);
    return good && (!d->row || dataset_rows_ascend(d->row, d->count));
}

/* *used: as of log_take_points, from here on. */
static bool take_packed(Dataset *d, char *const *lines, size_t count, size_t *used, Status *status) {
    PackedPart parts[PARTS];
    if (!log_take_packed_lines(parts, parts_of(d, parts), lines, count, used))
        return *used < count
                   ? no_points(lines[*used], status)
                   : status_fail(status, STATUS_USAGE, "the points of a block of %zu are not all there", d->count);
    return is_valid(d) ||
           status_fail(status, STATUS_USAGE, "a point of this block has a value or a class that there is not");
}

static bool take_lines(Dataset *d, char *const *lines, size_t count, size_t *used, Status *status) {
    for (size_t i = 0; i < d->count; i++) {
        *used = i;
        if (i >= count)
            return status_fail(status, STATUS_USAGE, "%zu of %zu points are missing", d->count - i, d->count);
        if (!take_point(d, i, lines[i], status))
            return false;
    }
    *used = d->count;
    return true;
}

bool log_take_points(Dataset *d, char *const *lines, size_t count, const char *head, size_t *used, Status *status) {
    *d = (Dataset){0};
    *used = 0;
    bool packed;
    if (!take_head(d, head, count - 1, &packed, status))
        return false;
    size_t line = 1, taken = 0;
    status->code = STATUS_OK;
    for (; line < count; line++) {
        if (take_about(d, lines[line], status))
            continue;
        if (status->code != STATUS_OK) {
            *used = line;
            return false;
        }
        break;
    }
    bool done = (packed ? take_packed : take_lines)(d, lines + line, count - line, &taken, status);
    *used = line + taken;
    if (done)
        dataset_bounds(d);
    return done;
}
