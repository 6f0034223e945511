/* Points in the log: exact, and a line each. */
#include "app/experiment/run_log.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

static void put_name(LogText *text, const char *what, int k, const char *name) {
    if (!name || !name[0])
        return;
    log_put(text, "%s %d ", what, k);
    log_put_name(text, name);
    log_put(text, "\n");
}

void log_put_points(LogText *text, const Dataset *d) {
    log_put(text, "%zu %d%s%s%s\n", d->count, d->classes, d->truth ? " truth" : "", d->clean ? " clean" : "",
            d->row ? " row" : "");
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

/* ---- reading ---- */

static bool no_points(const char *line, Status *status) {
    return status_fail(status, STATUS_USAGE, "'%.60s' is no line of a block of points", line);
}

static bool take_head(Dataset *d, const char *c, Status *status) {
    const char *line = c;
    uint64_t count, classes;
    bool good = log_take_whole(&c, MAX_SAMPLES, &count) && count > 0 && log_take(&c, " ") &&
                log_take_whole(&c, MAX_CLASSES, &classes) && classes >= 2;
    c += good && *c == ' ';
    bool truth = good && log_take_word(&c, "truth"), clean = good && log_take_word(&c, "clean"),
         row = good && log_take_word(&c, "row");
    if (!good || *c != '\0')
        return no_points(line, status);
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

bool log_take_points(Dataset *d, char *const *lines, size_t count, const char *head, size_t *used, Status *status) {
    *d = (Dataset){0};
    *used = 0;
    if (!take_head(d, head, status))
        return false;
    size_t line = 1;
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
    for (size_t i = 0; i < d->count; i++, line++) {
        *used = line;
        if (line >= count)
            return status_fail(status, STATUS_USAGE, "%zu of %zu points are missing", d->count - i, d->count);
        if (!take_point(d, i, lines[line], status))
            return false;
    }
    dataset_bounds(d);
    *used = line;
    return true;
}
