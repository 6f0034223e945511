#include "app/headless/sweep_grid.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- values ---- */

#define NUMBER_TEXT 48

static bool is_number(const Property *property) {
    return property->kind == KIND_REAL || property->kind == KIND_INTEGER || property->kind == KIND_SEED;
}

/* Whole numbers in full, because seeds have ten digits; others with nine. Long doubles, so that rounding does not reach
 * the ninth digit within ten million steps. */
static void number_text(const SweepPiece *piece, size_t i, char text[NUMBER_TEXT]) {
    long double value = piece->from + (long double)i * piece->step;
    if (fabsl(value) < fabsl(piece->step) * 1e-6L)
        value = 0.0L; /* 0.9 - 9 * 0.1 */
    long double whole = rintl(value);
    if (fabsl(value - whole) <= 1e-12L * fabsl(whole) && fabsl(whole) < 1e15L)
        snprintf(text, NUMBER_TEXT, "%.0Lf", whole);
    else
        snprintf(text, NUMBER_TEXT, "%.9Lg", value);
}

/* The axis's i-th value as text; `number` has room for those that are not written out. */
static const char *value_text(const SweepAxis *axis, size_t i, char number[NUMBER_TEXT]) {
    size_t low = 0, high = axis->piece_count - 1; /* the last piece whose first value is i or before */
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if (axis->pieces[middle].first <= i)
            low = middle;
        else
            high = middle - 1;
    }
    const SweepPiece *piece = &axis->pieces[low];
    if (piece->step == 0.0L)
        return piece->text;
    number_text(piece, i - piece->first, number);
    return number;
}

static void put_value(const SweepAxis *axis, size_t i, Settings *settings) {
    char number[NUMBER_TEXT];
    Status status = {0};
    bool parsed = property_parse(settings, axis->property, value_text(axis, i, number), &status);
    assert(parsed); /* it was tried when the axis was read */
    (void)parsed;
}

void sweep_settings(const Sweep *sweep, size_t run, Settings *settings) {
    assert(run < sweep->runs);
    *settings = sweep->base;
    for (size_t a = sweep->axis_count; a-- > 0; run /= sweep->axes[a].count)
        put_value(&sweep->axes[a], run % sweep->axes[a].count, settings);
}

/* ---- reading SPEC ---- */

/* "A..B" */
static bool read_whole_range(SweepPiece *piece, const char *text, Status *status) {
    char *end;
    errno = 0;
    long long from = strtoll(text, &end, 10);
    bool good = end != text && strncmp(end, "..", 2) == 0;
    const char *second = end + 2;
    long long to = good ? strtoll(second, &end, 10) : 0;
    if (!good || end == second || *end != '\0')
        return status_fail(status, STATUS_USAGE, "not A..B with whole numbers");
    const long long most = 1000000000000000; /* what number_text writes in full; no setting reaches it */
    if (errno == ERANGE || from < -most || from > most || to < -most || to > most)
        return status_fail(status, STATUS_USAGE, "too large a number");
    if (to < from)
        return status_fail(status, STATUS_USAGE, "%lld is below %lld", to, from);
    if (to - from >= SWEEP_MAX_RUNS)
        return status_fail(status, STATUS_USAGE, "more than %d values", SWEEP_MAX_RUNS);
    piece->from = (long double)from;
    piece->step = 1.0L;
    piece->count = (size_t)(to - from) + 1;
    return true;
}

/* "A:B:STEP" */
static bool read_steps(SweepPiece *piece, const char *text, Status *status) {
    long double numbers[3];
    const char *at = text;
    for (int i = 0; i < 3; i++) {
        char *end;
        numbers[i] = strtold(at, &end);
        if (end == at || *end != (i < 2 ? ':' : '\0') || !isfinite(numbers[i]) || fabsl(numbers[i]) > 1e300L)
            return status_fail(status, STATUS_USAGE, "not A:B:STEP with three numbers");
        at = end + 1;
    }
    long double from = numbers[0], to = numbers[1], step = numbers[2];
    if (step == 0.0L)
        return status_fail(status, STATUS_USAGE, "the step is 0");
    long double steps = (to - from) / step;
    if (steps < 0.0L)
        return status_fail(status, STATUS_USAGE, "the step leads away from the end");
    if (!(steps < SWEEP_MAX_RUNS))
        return status_fail(status, STATUS_USAGE, "more than %d values", SWEEP_MAX_RUNS);
    piece->from = from;
    piece->step = step;
    piece->count = (size_t)floorl(steps + 1e-6L) + 1;
    if (piece->count > SWEEP_MAX_RUNS)
        return status_fail(status, STATUS_USAGE, "more than %d values", SWEEP_MAX_RUNS);
    /* Neighbours are hardest to tell apart where they are largest, at one of the ends. */
    for (size_t i = 1; i < piece->count; i = i + 1 < piece->count ? piece->count - 1 : piece->count) {
        char one[NUMBER_TEXT], next[NUMBER_TEXT];
        number_text(piece, i - 1, one);
        number_text(piece, i, next);
        if (strcmp(one, next) == 0)
            return status_fail(status, STATUS_USAGE, "the step is too small for nine digits");
    }
    return true;
}

/* What stands between two '|'; every value is tried. */
static bool read_piece(SweepAxis *axis, SweepPiece *piece, Settings *scratch, Status *status) {
    bool number = is_number(axis->property);
    piece->first = axis->count;
    piece->count = 1;
    if (number && strstr(piece->text, "..")) {
        if (!read_whole_range(piece, piece->text, status))
            return false;
    } else if (number && strchr(piece->text, ':')) {
        if (!read_steps(piece, piece->text, status))
            return false;
    }
    axis->count += piece->count;
    if (axis->count > SWEEP_MAX_RUNS)
        return status_fail(status, STATUS_USAGE, "more than %d values", SWEEP_MAX_RUNS);
    if (piece->step == 0.0L) {
        bool good = property_parse(scratch, axis->property, piece->text, status);
        axis->words = axis->words || !number || (good && isnan(property_get(scratch, axis->property)));
        return good;
    }
    for (size_t i = 0; i < piece->count; i++) {
        char text[NUMBER_TEXT];
        number_text(piece, i, text);
        if (!property_parse(scratch, axis->property, text, status))
            return false;
    }
    return true;
}

static bool read_axis(Sweep *sweep, const char *name, char *values, Status *status) {
    const Property *property = property_find(strcmp(name, "seeds") == 0 ? "seed" : name);
    if (!property)
        return status_fail(status, STATUS_USAGE, "--sweep: '%.60s' is not a setting; --help lists them", name);
    for (size_t a = 0; a < sweep->axis_count; a++)
        if (sweep->axes[a].property == property)
            return status_fail(status, STATUS_USAGE, "--sweep: %s is given twice", property->name);
    const char *comma = property_is_list(property) ? NULL : strchr(values, ',');
    if (comma)
        return status_fail(status, STATUS_USAGE,
                           "--sweep: '%.60s' is not NAME=VALUES (the values of %s are separated by |)", comma + 1,
                           property->name);
    size_t pieces = 1;
    for (const char *c = values; *c != '\0'; c++)
        pieces += *c == '|';
    SweepAxis *axis = &sweep->axes[sweep->axis_count++];
    *axis = (SweepAxis){.property = property, .pieces = calloc(pieces, sizeof *axis->pieces), .piece_count = pieces};
    if (!axis->pieces)
        return status_no_memory(status, "the sweep");
    Settings scratch = sweep->base;
    for (size_t i = 0; i < pieces; i++) {
        char *end = values + strcspn(values, "|");
        *end = '\0'; /* the text's own end, in the last of them */
        axis->pieces[i].text = values;
        if (!read_piece(axis, &axis->pieces[i], &scratch, status))
            return status_prefix(status, "--sweep: %s=%.100s", property->name, values);
        values = end + 1;
    }
    if (axis->count > SWEEP_MAX_RUNS / sweep->runs)
        return status_fail(status, STATUS_USAGE, "--sweep: more than %d runs", SWEEP_MAX_RUNS);
    sweep->runs *= axis->count;
    return true;
}

/* The end of an axis's values: the comma before the next axis, or the end of the text. */
static char *axis_end(char *values) {
    char *comma = values;
    while ((comma = strchr(comma, ',')) != NULL) {
        const char *after = comma + 1;
        if (after[strcspn(after, "=,|")] == '=')
            return comma;
        comma++;
    }
    return values + strlen(values);
}

static bool read_axes(Sweep *sweep, Status *status) {
    char *at = sweep->spec;
    for (;;) {
        char *equals = at + strcspn(at, "=,");
        if (*equals != '=')
            return status_fail(status, STATUS_USAGE, "--sweep: '%.60s' is not NAME=VALUES", at);
        char *end = axis_end(equals + 1);
        bool last = *end == '\0';
        *equals = *end = '\0';
        if (!read_axis(sweep, at, equals + 1, status))
            return false;
        if (last)
            return true;
        at = end + 1;
    }
}

/* Every combination, each derived from the one before, because there may be ten million. */
static bool check_combinations(const Sweep *sweep, Status *status) {
    size_t at[PROPERTY_COUNT] = {0};
    Settings settings;
    sweep_settings(sweep, 0, &settings);
    for (size_t run = 0; run < sweep->runs; run++) {
        if (!settings_check(&settings, status)) {
            for (size_t a = sweep->axis_count; a-- > 0;) {
                char number[NUMBER_TEXT];
                status_prefix(status, "%s=%.60s", sweep->axes[a].property->name,
                              value_text(&sweep->axes[a], at[a], number));
            }
            return status_prefix(status, "--sweep");
        }
        for (size_t a = sweep->axis_count; a-- > 0;) {
            at[a] = at[a] + 1 < sweep->axes[a].count ? at[a] + 1 : 0;
            put_value(&sweep->axes[a], at[a], &settings);
            if (at[a] > 0)
                break;
        }
    }
    return true;
}

bool sweep_parse(Sweep *sweep, const char *spec, const Settings *base, Status *status) {
    *sweep = (Sweep){.base = *base, .runs = 1, .spec = strdup(spec)};
    if (!sweep->spec)
        return status_no_memory(status, "the sweep");
    if (read_axes(sweep, status) && check_combinations(sweep, status))
        return true;
    sweep_free(sweep);
    return false;
}

void sweep_free(Sweep *sweep) {
    for (size_t a = 0; a < sweep->axis_count; a++)
        free(sweep->axes[a].pieces);
    free(sweep->spec);
    *sweep = (Sweep){0};
}
