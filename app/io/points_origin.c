#include "app/io/points_private.h"

#include "app/base/format.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEAR = 16, CHECKED = 1000 };
#define WHOLES 0x1p24        /* up to here float32 holds every whole number, */
#define DOUBLE_WHOLES 0x1p53 /* and up to here double */
#define SLIGHT 1e-4          /* of the span of an axis: nobody sees it */
#define NINE_DIGITS 1e9      /* with which float32 is written, have all whole numbers below */

void points_axis_free(PointsAxis *axis) {
    free(axis->values);
    *axis = (PointsAxis){.wide = true};
}

bool points_axis_wants(const PointsAxis *axis, float value) {
    return !axis->wide || !(fabsf(value) < (float)WHOLES) || fabsf(value) < FLT_MIN;
}

/* Whether float32 cannot hold a value that is beyond its whole numbers, or below its normal ones. */
static bool is_rounded(double value) {
    return (double)(float)value != value && (fabs(value) >= WHOLES || fabs(value) < (double)FLT_MIN);
}

/* Values may have an origin only as long as they are near to each other: further ones only take them farther apart. */
static bool is_narrow(double low, double high) {
    double span = high - low, most = fmax(fabs(low), fabs(high)), least = low > 0.0 ? low : high < 0.0 ? -high : 0.0;
    return (double)NEAR * span <= most || (2.0 * span <= most && 2.0 * least >= WHOLES);
}

static void become_wide(PointsAxis *axis) {
    size_t kept = 0;
    for (size_t i = 0; i < axis->kept; i++)
        if (is_rounded(axis->values[i]))
            axis->values[kept++] = axis->values[i];
    axis->kept = kept;
    axis->wide = true;
    if (kept == 0) {
        free(axis->values);
        axis->values = NULL;
        axis->capacity = 0;
    }
}

/* Of a value that is the same double as all before: whether its text says another number. */
static void compare_texts(PointsAxis *axis, double value, const char *text) {
    long double exact = strtold(text, NULL);
    if ((double)exact != value) /* it is written in a way of its own */
        return;
    axis->exact = axis->exact == 0.0L ? exact : axis->exact;
    axis->differs = axis->differs || exact != axis->exact;
}

bool points_axis_add(PointsAxis *axis, double value, const char *text, Status *status) {
    if (axis->count++ == 0)
        axis->low = axis->high = value;
    else if (value < axis->low)
        axis->low = value;
    else if (value > axis->high)
        axis->high = value;
    if (!axis->wide && axis->low == axis->high && fabs(value) >= DOUBLE_WHOLES)
        compare_texts(axis, value, text);
    if (!axis->wide && !is_narrow(axis->low, axis->high))
        become_wide(axis);
    if (axis->wide && !is_rounded(value))
        return true;
    if (axis->kept == axis->capacity) {
        size_t capacity = axis->capacity > 0 ? 2 * axis->capacity : 64;
        double *values = realloc(axis->values, capacity * sizeof *values);
        if (!values)
            return status_no_memory(status, "the points");
        axis->values = values;
        axis->capacity = capacity;
    }
    axis->values[axis->kept++] = value;
    return true;
}

/* ---- what float32 gives back ---- */

/* The float32 nearest to the value, written in so many significant digits and read as a double. */
static double in_digits(double value, int digits) {
    static const double TENS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    double single = (double)(float)value;
    int power = single != 0.0 ? digits - 1 - (int)floor(log10(fabs(single))) : 99;
    if (power >= 0 && power <= 22)
        return rint(single * TENS[power]) / TENS[power]; /* ties to even, as printf rounds */
    if (power < 0 && power >= -22)
        return rint(single / TENS[-power]) * TENS[-power];
    char text[32];
    snprintf(text, sizeof text, "%.*g", digits, single);
    return strtod(text, NULL);
}

static double error_of(double value) {
    return fabs(value - (double)(float)value);
}

/* The error up to which a value is given back by fewer digits than nine, too. */
static double excused(const PointsAxis *axis, double value) {
    return axis->wide ? INFINITY : fabs(value) < WHOLES ? SLIGHT * (axis->high - axis->low) : 0.0;
}

/* Whether none of the texts that mean this float32 alone, the shortest to that of nine digits, is the value. */
static bool is_lost(const PointsAxis *axis, double value) {
    double error = error_of(value);
    if (error == 0.0 && fabs(value) < NINE_DIGITS)
        return false;
    for (int digits = error > excused(axis, value) ? FLT_DECIMAL_DIG : FLT_DIG; digits <= FLT_DECIMAL_DIG; digits++)
        if (in_digits(value, digits) == value)
            return false;
    return true;
}

/* The largest error of the positions less an origin. */
static double error_with(const PointsAxis *axis, double origin) {
    double most = 0.0;
    for (size_t i = 0; i < axis->kept; i++) {
        double difference = axis->values[i] - origin, error = fabs(difference - (double)(float)difference);
        most = error > most ? error : most;
    }
    return most;
}

/* What is written of a value less an origin, read again. */
static double written(double value, double origin) {
    char text[32];
    format_shifted_c(origin, (float)(value - origin), text);
    return strtod(text, NULL);
}

/* Whether an origin keeps more of a value than float32 would. What is written of it then has the same origin again. */
static bool origin_helps(const PointsAxis *axis, double origin) {
    for (size_t i = 0; i < axis->kept; i++)
        if (is_lost(axis, axis->values[i]) && is_lost(axis, written(axis->values[i], origin)))
            return true;
    return false;
}

/* Whether what is written of values less an origin is not all the file's: some of many are looked at. */
static bool still_lost(const PointsAxis *axis, double origin) {
    size_t stride = axis->kept / CHECKED + 1;
    for (size_t i = 0; i < axis->kept; i += stride)
        if (written(axis->values[i], origin) != axis->values[i])
            return true;
    return false;
}

/* ---- what becomes of it ---- */

typedef struct Rounded {
    size_t differ, singles; /* values that float32 does not give back: how many differ, in double and as float32 */
    double worst;           /* the one with the largest error; 0: there are none */
} Rounded;

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of a wide axis; its values are sorted. */
static Rounded count_rounded(PointsAxis *axis) {
    Rounded r = {0};
    double before = 0.0;
    if (axis->kept > 0)
        qsort(axis->values, axis->kept, sizeof *axis->values, by_value);
    for (size_t i = 0; i < axis->kept; i++) {
        double value = axis->values[i];
        if (!is_lost(axis, value))
            continue;
        r.singles += r.differ == 0 || (float)value != (float)before;
        r.differ += r.differ == 0 || value != before;
        r.worst = error_of(value) > error_of(r.worst) ? value : r.worst;
        before = value;
    }
    return r;
}

static void note_rounded(PointsAxis *axis, const char *column, PointsFaults *faults) {
    Rounded r = count_rounded(axis);
    double size = fabs(r.worst);
    double rounded = (double)(float)r.worst;
    if (r.singles < r.differ)
        points_note(faults,
                    "column %s: float32 rounds values such as %.15g to %.15g, and %zu different ones become %zu",
                    column, r.worst, rounded, r.differ, r.singles);
    else if (size >= WHOLES && size <= DOUBLE_WHOLES)
        points_note(faults, "column %s: float32 rounds values such as %.15g to %.15g", column, r.worst, rounded);
}

static double find_origin(const PointsAxis *axis) {
    double span = axis->high - axis->low;
    if (axis->wide || span == 0.0)
        return 0.0;
    double step = pow(10.0, floor(log10(span))), origin = round((axis->low + span / 2) / step) * step;
    return origin_helps(axis, origin) ? origin : 0.0;
}

/* Refuses a column whose values are all one, though the file's are not. */
static bool is_told_apart(const PointsAxis *axis, double origin, const char *column, PointsFaults *faults) {
    if (axis->low == axis->high && axis->differs)
        points_fault(faults, 0,
                     "column %s: its values differ only behind the 15th digit of %.15g, and would all be one; subtract "
                     "what they share",
                     column, axis->low);
    else if (axis->low != axis->high && (float)(axis->low - origin) == (float)(axis->high - origin))
        points_fault(faults, 0,
                     "column %s: float32 holds no numbers as small as %.15g to %.15g, and all would be one; write them "
                     "in another unit",
                     column, axis->low, axis->high);
    return !faults->failed;
}

double points_axis_origin(PointsAxis *axis, const char *column, PointsFaults *faults) {
    double origin = find_origin(axis);
    if (!is_told_apart(axis, origin, column, faults))
        return 0.0;
    if (axis->wide)
        note_rounded(axis, column, faults);
    if (origin == 0.0)
        return 0.0;
    if (still_lost(axis, origin))
        points_note(faults,
                    "column %s: kept as its differences from %.15g, which float32 would lose; it still rounds them, by "
                    "up to %.2g",
                    column, origin, error_with(axis, origin));
    else
        points_note(faults, "column %s: kept as its differences from %.15g, which float32 would lose", column, origin);
    return origin;
}
