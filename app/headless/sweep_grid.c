#include "app/headless/sweep_grid.h"

#include "core/config_check.h"

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

static bool try_number(const Property *property, const SweepPiece *piece, size_t i, Settings *scratch, Status *status) {
    char text[NUMBER_TEXT];
    number_text(piece, i, text);
    return property_parse(scratch, property, text, status);
}

/* Whether the setting takes all of a piece's numbers. They rise or fall, so those that are in range stand side by side;
 * and they are whole if the first and the step are: not all of them are tried, because there may be ten million. A
 * refusal names the first. */
static bool try_numbers(const Property *property, SweepPiece *piece, Settings *scratch, Status *status) {
    for (size_t i = 0; i < piece->count && i < 2; i++)
        if (!try_number(property, piece, i, scratch, status))
            return false;
    if (property->kind != KIND_REAL && piece->step != rintl(piece->step))
        return status_fail(status, STATUS_USAGE, "the step is not a whole number");
    if (property->kind != KIND_REAL)
        piece->from = rintl(piece->from); /* which its text is */
    if (try_number(property, piece, piece->count - 1, scratch, status))
        return true;
    size_t good = 0, bad = piece->count - 1;
    while (bad - good > 1) {
        size_t middle = good + (bad - good) / 2;
        if (try_number(property, piece, middle, scratch, status))
            good = middle;
        else
            bad = middle;
    }
    return try_number(property, piece, bad, scratch, status);
}

/* What stands between two '|'. */
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
    return try_numbers(axis->property, piece, scratch, status);
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

/* ---- combinations ---- */

enum { PICKS = 8 }; /* the longest row of choices that settings_check looks at */

/* Values of each axis that stand for all of them: what settings_check refuses, it refuses with some of these
 * (config_check.h). Of choices each, of numbers and of lists' lengths the least and the largest; of the axes that it
 * does not look at the first. So there are a few thousand combinations as a rule, where the grid may have ten
 * million. */
typedef struct Picks {
    Settings value[PICKS]; /* the i-th of each axis: they are settings of their own */
    size_t index[PROPERTY_COUNT][PICKS];
    int count[PROPERTY_COUNT];
} Picks;

/* What settings_check compares. */
static double rank_of(const Property *property, const Settings *settings) {
    switch (property->kind) {
    case KIND_UNITS:
        return settings->hidden_count;
    case KIND_POINTS:
        return settings->centroid_count;
    default:
        return property_get(settings, property);
    }
}

typedef struct Picking {
    const SweepAxis *axis;
    Picks *picks;
    size_t a; /* the axis's number */
    Settings scratch;
} Picking;

static void take_pick(Picking *p, int place, size_t i) {
    property_copy(&p->picks->value[place], &p->scratch, p->axis->property);
    p->picks->index[p->a][place] = i;
}

static double rank_of_pick(const Picking *p, int place) {
    return rank_of(p->axis->property, &p->picks->value[place]);
}

static void pick_choice(Picking *p, size_t i) {
    int *count = &p->picks->count[p->a];
    for (int place = 0; place < *count; place++)
        if (rank_of_pick(p, place) == rank_of(p->axis->property, &p->scratch))
            return;
    assert(*count < PICKS);
    take_pick(p, (*count)++, i);
}

static void pick_number(Picking *p, size_t i) {
    double rank = rank_of(p->axis->property, &p->scratch);
    bool first = p->picks->count[p->a] == 0;
    p->picks->count[p->a] = 2;
    if (first || rank < rank_of_pick(p, 0))
        take_pick(p, 0, i);
    if (first || rank > rank_of_pick(p, 1))
        take_pick(p, 1, i);
}

static void pick_value(Picking *p, size_t i) {
    PropertyKind kind = p->axis->property->kind;
    put_value(p->axis, i, &p->scratch);
    if (kind == KIND_CHOICE || kind == KIND_SWITCH)
        pick_choice(p, i);
    else
        pick_number(p, i);
}

static void pick_values(const Sweep *sweep, size_t a, Picks *picks) {
    const SweepAxis *axis = &sweep->axes[a];
    Picking picking = {.axis = axis, .picks = picks, .a = a, .scratch = sweep->base};
    picks->count[a] = 0;
    bool used = settings_check_uses(axis->property->id);
    for (size_t i = 0; i < (used ? axis->piece_count : 1); i++) {
        const SweepPiece *piece = &axis->pieces[i];
        pick_value(&picking, piece->first);
        if (used && piece->count > 1)
            pick_value(&picking, piece->first + piece->count - 1);
    }
    if (picks->count[a] == 2 && picks->index[a][0] == picks->index[a][1])
        picks->count[a] = 1;
}

static bool fail_combination(const Sweep *sweep, const Picks *picks, const int *at, Status *status) {
    for (size_t a = sweep->axis_count; a-- > 0;) {
        char number[NUMBER_TEXT];
        status_prefix(status, "%s=%.60s", sweep->axes[a].property->name,
                      value_text(&sweep->axes[a], picks->index[a][at[a]], number));
    }
    return status_prefix(status, "--sweep");
}

static bool check_combinations(const Sweep *sweep, Status *status) {
    int at[PROPERTY_COUNT] = {0};
    Picks picks;
    for (size_t a = 0; a < sweep->axis_count; a++)
        pick_values(sweep, a, &picks);
    Settings settings;
    sweep_settings(sweep, 0, &settings);
    for (size_t a = 0; a < sweep->axis_count; a++)
        property_copy(&settings, &picks.value[0], sweep->axes[a].property);
    for (bool more = true; more;) {
        if (!settings_check(&settings, status))
            return fail_combination(sweep, &picks, at, status);
        more = false;
        for (size_t a = sweep->axis_count; !more && a-- > 0;) {
            at[a] = at[a] + 1 < picks.count[a] ? at[a] + 1 : 0;
            property_copy(&settings, &picks.value[at[a]], sweep->axes[a].property);
            more = at[a] > 0;
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
