#include "app/base/language.h"
#include "app/plot/plot.h"

#include "app/base/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

uint32_t plot_admitted_top(const Snapshot *snapshot) {
    uint32_t last = 0;
    for (size_t i = 0; i < snapshot->data->count; i++)
        if (plot_admitted(snapshot, i) && snapshot->admitted[i] >= last)
            last = snapshot->admitted[i] + 1;
    uint64_t top = 5;
    for (int i = 0; top < last; i++)
        top = i % 3 == 2 ? top * 5 / 2 : top * 2; /* 5, 10, 20, 50, 100 ... */
    return top < UINT32_MAX ? (uint32_t)top : UINT32_MAX;
}

Measure plot_color_measure(PlotColor color) {
    static const Measure OF[PLOT_COLORS] = {
        [PLOT_COLOR_CLASS] = MEASURE_COUNT,
        [PLOT_COLOR_LOSS] = MEASURE_LOSS,
        [PLOT_COLOR_ADMITTED] = MEASURE_ADMISSION,
        [PLOT_COLOR_AUM] = MEASURE_AUM,
        [PLOT_COLOR_CONFIDENCE] = MEASURE_CONFIDENCE,
        [PLOT_COLOR_VARIABILITY] = MEASURE_VARIABILITY,
        [PLOT_COLOR_CORRECTNESS] = MEASURE_CORRECTNESS,
        [PLOT_COLOR_FORGETTING] = MEASURE_FORGETTING,
        [PLOT_COLOR_TRACIN] = MEASURE_TRACIN,
        [PLOT_COLOR_KNN] = MEASURE_KNN,
        [PLOT_COLOR_HELD_OUT] = MEASURE_HELD_OUT,
        [PLOT_COLOR_AGREEMENT] = MEASURE_AGREEMENT,
        [PLOT_COLOR_INFLUENCE] = MEASURE_COUNT,
    };
    return OF[color];
}

const float *plot_measure(const Snapshot *s, Measure measure) {
    return s->labels && s->labels->count == s->data->count ? s->labels->value[measure] : NULL;
}

/* The least of 1, 2, 5, 10 ... times a power of ten that is not below it. */
static double step_above(double value) {
    double power = pow(10, floor(log10(value)));
    for (int i = 0; i < 3; i++) {
        static const double DIGITS[] = {1, 2, 5};
        if (value <= DIGITS[i] * power * (1 + 1e-9))
            return DIGITS[i] * power;
    }
    return 10 * power;
}

typedef struct Extent {           /* of the finite values */
    double least, most, positive; /* the last: the least above 0 */
} Extent;

static Extent extent_of(const float *value, size_t count) {
    Extent e = {(double)INFINITY, (double)-INFINITY, (double)INFINITY};
    for (size_t i = 0; i < count; i++) {
        double v = (double)value[i];
        if (!isfinite(v))
            continue;
        e.least = fmin(e.least, v);
        e.most = fmax(e.most, v);
        e.positive = v > 0 ? fmin(e.positive, v) : e.positive;
    }
    return e;
}

/* Ends that values which change with the run keep for long: they go in steps. */
static void find_ends(PlotRamp *ramp, Measure measure, size_t count) {
    Extent e = extent_of(ramp->value, count);
    if (!(e.most >= e.least))
        return;
    double most = fmax(fabs(e.most), fabs(e.least));
    switch (measure) {
    case MEASURE_AUM:
        ramp->high = most > 0 ? step_above(most) : 1;
        ramp->low = -ramp->high;
        break;
    case MEASURE_FORGETTING:
        ramp->high = step_above(fmax(most, 5));
        break;
    case MEASURE_TRACIN:
        ramp->high = most > 0 ? pow(10, ceil(log10(most) - 1e-9)) : 1;
        ramp->low = fmax(ramp->high * 1e-6, fmin(pow(10, floor(log10(e.positive))), ramp->high / 10));
        break;
    default:
        break;
    }
}

/* Those that a measure has whatever its values are. */
static void put_known_ends(PlotRamp *ramp, Measure measure, size_t count) {
    ramp->low = 0;
    ramp->high = 1;
    switch (measure) {
    case MEASURE_LOSS:
        ramp->low = PLOT_LOSS_LOW;
        ramp->high = PLOT_LOSS_HIGH;
        break;
    case MEASURE_VARIABILITY:
        ramp->high = 0.5;
        break;
    case MEASURE_AGREEMENT: /* ranks */
        ramp->low = 1;
        ramp->high = (double)(count > 1 ? count : 2);
        break;
    default:
        break;
    }
    ramp->logarithmic = measure == MEASURE_LOSS || measure == MEASURE_TRACIN;
    if (ramp->logarithmic && ramp->low <= 0)
        ramp->low = 1e-3;
}

/* From as much harm as the most helpful or harmful point does to as much help. */
static PlotRamp influence_ramp(const Snapshot *s) {
    PlotRamp ramp = {.name = tr("helps or hurts"), .value = s->influence, .diverging = true};
    Extent e = s->influence ? extent_of(s->influence, s->data->count) : (Extent){.least = 1, .most = 0};
    if (!(e.most >= e.least)) {
        ramp.value = NULL;
        return ramp;
    }
    double most = fmax(fabs(e.most), fabs(e.least));
    ramp.high = most > 0 ? step_above(most) : 1;
    ramp.low = -ramp.high;
    snprintf(ramp.ends[0], sizeof ramp.ends[0], "%s", tr("− hurts"));
    snprintf(ramp.ends[1], sizeof ramp.ends[1], "%s", tr("helps +"));
    return ramp;
}

PlotRamp plot_ramp_of(const Snapshot *s, PlotColor color) {
    PlotRamp ramp = {.name = ""};
    if (color == PLOT_COLOR_INFLUENCE)
        return influence_ramp(s);
    Measure measure = plot_color_measure(color);
    if (measure == MEASURE_COUNT)
        return ramp;
    ramp.name = tr(MEASURES[measure].name);
    if (color == PLOT_COLOR_ADMITTED) {
        ramp.name = tr("epoch");
        ramp.low = 1;
        ramp.high = plot_admitted_top(s);
    } else {
        ramp.value = color == PLOT_COLOR_LOSS ? s->loss : plot_measure(s, measure);
        ramp.falling = MEASURES[measure].small;
        put_known_ends(&ramp, measure, s->data->count);
        if (!ramp.value)
            return ramp;
        if (color != PLOT_COLOR_LOSS)
            find_ends(&ramp, measure, s->data->count);
    }
    const double ends[2] = {ramp.low, ramp.high};
    for (int i = 0; i < 2; i++) {
        bool short_enough = ends[i] == 0 || (fabs(ends[i]) >= 1e-3 && fabs(ends[i]) < 1e7);
        char size[32];
        format_digits(fabs(ends[i]), short_enough ? 7 : 1, size);
        snprintf(ramp.ends[i], sizeof ramp.ends[i], "%s%s", ends[i] < 0 ? MINUS : "", size);
    }
    return ramp;
}

float plot_ramp_end(const PlotRamp *ramp, float share) {
    double low = ramp->low, high = ramp->high, at = (double)share;
    return (float)(ramp->logarithmic ? exp(log(low) + (log(high) - log(low)) * at) : low + (high - low) * at);
}

Color plot_ramp_color(const Theme *theme, const PlotRamp *ramp, float share) {
    if (ramp->diverging)
        return plot_influence_color(theme, 2 * share - 1);
    return plot_ramp(theme, ramp->falling ? 1 - share : share);
}

const char *plot_color_help(PlotColor color) {
    static const char *const HELP[PLOT_COLORS] = {
        [PLOT_COLOR_CLASS] = N_("The class, and how much a point weighs in training"),
        [PLOT_COLOR_LOSS] = N_("The loss of each point under the model as it is: large looks wrong"),
        [PLOT_COLOR_ADMITTED] = N_("The epoch in which a point first came in: late, or never, looks wrong"),
        [PLOT_COLOR_AUM] = N_("Mean over the epochs of the label’s score less the best other one: small looks wrong"),
        [PLOT_COLOR_CONFIDENCE] = N_("Mean over the epochs of the label’s probability: small looks wrong"),
        [PLOT_COLOR_VARIABILITY] =
            N_("How much the label’s probability changed from epoch to epoch: large is ambiguous"),
        [PLOT_COLOR_CORRECTNESS] = N_("Share of the epochs in which the model said the label: small looks wrong"),
        [PLOT_COLOR_FORGETTING] = N_("How often the model forgot the label after it had it right: large looks wrong"),
        [PLOT_COLOR_TRACIN] = N_("How strongly a point pulled the model towards itself: large looks wrong"),
        [PLOT_COLOR_KNN] = N_("Share of the 10 nearest points with another label: large looks wrong"),
        [PLOT_COLOR_HELD_OUT] = N_("The label’s probability by a model that has not seen the point: small looks wrong"),
        [PLOT_COLOR_INFLUENCE] =
            (N_("A small step on this point, and what the clean points’ loss does: filled green, it falls; "
                "hollow purple, it rises; a weak colour: by little")), /* one string: clang asks for the parentheses */
        [PLOT_COLOR_AGREEMENT] =
            N_("The median of the ranks by loss, aum, tracin, knn and held-out: small looks wrong"),
    };
    return tr(HELP[color]);
}
