#include "app/plot/timeline_curves.h"

#include "app/base/language.h"
#include "app/plot/duel.h"
#include "app/plot/plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PINNED_RECORDS = 256 }; /* each takes a pass of the model */
enum { MANY_RECORDS = 1024 };  /* of each of many classes */

static const float THIN = 0.75f, EMPHASISED = 1.75f; /* widths */

typedef struct Look {
    const char *name;
    float width, dashes[TIMELINE_DASHES];
} Look;

static const Look LOOKS[] = {
    [CURVE_EASY] = {N_("easy"), 2.5f, {0}},
    [CURVE_CLASS] = {"", 1.25f, {0}},
    [CURVE_ACCURACY] = {N_("accuracy"), 1.5f, {8.0f, 2.5f, 1.5f, 2.5f}},
    [CURVE_TEST_ACCURACY] = {N_("test accuracy"), 2.25f, {5.0f, 3.0f}},
    [CURVE_PRECISION] = {N_("precision"), 1.5f, {12.0f, 3.0f}},
    [CURVE_RECALL] = {N_("recall"), 1.5f, {2.0f, 2.5f}},
    [CURVE_WEIGHT] = {N_("weight"), 1.25f, {3.5f, 2.0f}},
    [CURVE_LOSS] = {N_("loss"), 1.75f, {0}},
    [CURVE_TEST_LOSS] = {N_("test loss"), 1.75f, {5.0f, 3.0f}},
    [CURVE_CLEAN_LOSS] = {N_("clean loss"), 1.75f, {2.0f, 2.5f}},
    [CURVE_PINNED] = {N_("pinned point"), 1.75f, {9.0f, 3.0f, 2.0f, 3.0f, 2.0f, 3.0f}},
    [CURVE_THRESHOLD] = {N_("λ"), 2.25f, {0}},
    [CURVE_CLASS_THRESHOLD] = {"", 1.5f, {0}},
};

/* Those of B and C, of the kinds that they have. In print C's colour is too near to both others'. */
static const Look OTHER_LOOKS[OTHER_RUNS][CURVE_LOSS + 1] = {
    {[CURVE_EASY] = {N_("easy"), 1.25f, {0}},
     [CURVE_ACCURACY] = {N_("accuracy"), 1.25f, {8.0f, 2.5f, 1.5f, 2.5f}},
     [CURVE_TEST_ACCURACY] = {N_("test accuracy"), 1.25f, {5.0f, 3.0f}},
     [CURVE_LOSS] = {N_("loss"), 1.0f, {0}}},
    {[CURVE_EASY] = {N_("easy"), 1.25f, {14.0f, 2.5f}},
     [CURVE_ACCURACY] = {N_("accuracy"), 1.25f, {8.0f, 2.5f, 1.5f, 2.5f, 1.5f, 2.5f}},
     [CURVE_TEST_ACCURACY] = {N_("test accuracy"), 1.25f, {5.0f, 2.5f, 2.0f, 2.5f}},
     [CURVE_LOSS] = {N_("loss"), 1.0f, {14.0f, 2.5f}}},
};

bool timeline_by_class(const Snapshot *s) {
    return s->by_class && s->settings->pace == PACE_META && settings_use_threshold(s->settings);
}

bool timeline_has_test(const Snapshot *s) {
    return s->test && s->test->count > 0;
}

static bool has_curve(const Snapshot *s, TimelineCurveKind kind, int64_t pinned) {
    switch (kind) {
    case CURVE_TEST_ACCURACY:
    case CURVE_TEST_LOSS:
        return timeline_has_test(s);
    case CURVE_PRECISION:
    case CURVE_RECALL:
        return s->settings->flip > 0.0 || s->settings->outliers > 0.0;
    case CURVE_WEIGHT:
        return s->settings->order != ORDER_ALL && s->settings->regularizer != REGULARIZER_HARD;
    case CURVE_PINNED:
        return pinned >= 0 && (size_t)pinned < s->data->count;
    case CURVE_CLEAN_LOSS:
        return s->clean && s->clean->count > 0;
    case CURVE_THRESHOLD: /* all points at once: λ decides nothing */
        return settings_use_threshold(s->settings) && !timeline_by_class(s);
    default:
        return true;
    }
}

static Color color_of(const Theme *theme, TimelineCurveKind kind) {
    switch (kind) {
    case CURVE_ACCURACY:
    case CURVE_TEST_ACCURACY:
        return theme->line_accuracy;
    case CURVE_PRECISION:
    case CURVE_RECALL:
        return theme->danger;
    case CURVE_LOSS:
    case CURVE_TEST_LOSS:
        return theme->line_loss;
    case CURVE_CLEAN_LOSS:
        return theme->helps;
    case CURVE_PINNED:
        return theme->ring;
    default:
        return theme->text; /* what concerns all points is ink */
    }
}

static TimelineCurve curve_of(TimelineCurveKind kind, const Look *look, const Snapshot *run, Color color) {
    TimelineCurve c = {.kind = kind,
                       .run = run,
                       .logarithmic = kind >= CURVE_LOSS,
                       .class = -1,
                       .pinned = -1,
                       .line = color,
                       .text = color,
                       .width = look->width};
    memcpy(c.dashes, look->dashes, sizeof c.dashes);
    snprintf(c.name, sizeof c.name, "%s", look->name[0] ? tr(look->name) : "");
    return c;
}

/* What runs are compared by is named with the run's letter. */
static void put_letter(TimelineCurve *c, const char *name) {
    snprintf(c->name, sizeof c->name, "%c: %s", 'A' + c->letter, tr(name));
}

/* Easy points, accuracy (of test points where there are some) and loss: what runs are compared by. */
static bool is_compared(const Snapshot *run, TimelineCurveKind kind) {
    return kind == CURVE_LOSS || kind == (timeline_has_test(run) ? CURVE_TEST_ACCURACY : CURVE_ACCURACY) ||
           (kind == CURVE_EASY && run->settings->order != ORDER_ALL); /* all at once: nothing is hard */
}

static int add_other(const Theme *theme, const Snapshot *first, int letter, bool logs, TimelineCurve *curves) {
    static const TimelineCurveKind KINDS[] = {CURVE_EASY, CURVE_ACCURACY, CURVE_TEST_ACCURACY, CURVE_LOSS};
    const Snapshot *run = snapshot_run(first, letter);
    int count = 0;
    for (size_t i = 0; run->history && i < sizeof KINDS / sizeof *KINDS; i++) {
        if (!is_compared(run, KINDS[i]) || (!logs && KINDS[i] >= CURVE_LOSS))
            continue;
        TimelineCurve *c = &curves[count++];
        const Look *look = &OTHER_LOOKS[letter - 1][KINDS[i]];
        *c = curve_of(KINDS[i], look, run, duel_color(theme, letter));
        c->letter = letter;
        put_letter(c, look->name);
    }
    return count;
}

static double share(size_t part, size_t all) {
    return all > 0 ? (double)part / (double)all : 0.0;
}

/* Shares of easy points of each class, counted in the run of now where that is quick, else of its newest record. */
static void shares_now(const Snapshot *s, double shares[MAX_CLASSES]) {
    enum { COUNTED = 200000 };
    const History *h = s->history;
    const Dataset *data = s->data;
    size_t easy[MAX_CLASSES] = {0};
    bool counted = data->count <= COUNTED && s->v;
    for (size_t i = 0; counted && i < data->count; i++)
        easy[data->label[i]] += s->v[i] > 0.0f;
    for (int k = 0; k < data->classes; k++)
        shares[k] = counted        ? share(easy[k], data->class_count[k])
                    : h->count > 0 ? share(h->records[h->count - 1].class_easy[k], data->class_count[k])
                                   : NAN;
}

static TimelineCurve class_curve(const Theme *theme, const Snapshot *s, int k, double now) {
    TimelineCurve c = curve_of(CURVE_CLASS, &LOOKS[CURVE_CLASS], s, theme->class_line[k]);
    char name[32];
    c.class = k;
    c.now = now;
    c.text = theme->class_text[k];
    c.thin = s->data->classes > PLOT_MANY_CLASSES;
    c.width = c.thin ? THIN : c.width;
    snprintf(c.name, sizeof c.name, "%s", dataset_class_name(s->data, k, name));
    return c;
}

/* One class's threshold; with many classes thin, and only the least and the greatest have names. */
static int add_class_thresholds(const Theme *theme, const Snapshot *s, TimelineCurve *curves) {
    int least = 0, greatest = 0, classes = s->data->classes;
    char name[CLASS_SHORT_BYTES];
    for (int k = 1; k < classes; k++) {
        least = s->class_threshold[k] < s->class_threshold[least] ? k : least;
        greatest = s->class_threshold[k] > s->class_threshold[greatest] ? k : greatest;
    }
    for (int k = 0; k < classes; k++) {
        TimelineCurve *c = &curves[k];
        *c = curve_of(CURVE_CLASS_THRESHOLD, &LOOKS[CURVE_CLASS_THRESHOLD], s, theme->class_line[k]);
        c->class = k;
        c->text = theme->class_text[k];
        c->thin = classes > PLOT_MANY_CLASSES;
        c->quiet = classes > TIMELINE_NAMED_THRESHOLDS && k != least && k != greatest;
        c->width = c->thin ? THIN : c->width;
        snprintf(c->name, sizeof c->name, tr("λ of %s"), dataset_class_short(s->data, k, name));
    }
    return classes;
}

void timeline_emphasise(TimelineCurve *c) {
    c->width = c->thin ? EMPHASISED : c->width;
    c->thin = false;
}

int timeline_curves(const Theme *theme, const Snapshot *s, int64_t pinned, bool logs,
                    TimelineCurve curves[TIMELINE_MOST_CURVES]) {
    static const TimelineCurveKind KINDS[] = {CURVE_RECALL,   CURVE_PRECISION, CURVE_TEST_LOSS, CURVE_CLEAN_LOSS,
                                              CURVE_LOSS,     CURVE_PINNED,    CURVE_THRESHOLD, CURVE_TEST_ACCURACY,
                                              CURVE_ACCURACY, CURVE_WEIGHT,    CURVE_EASY};
    int count = 0;
    for (int k = s->other_count; k >= 1; k--)
        count += add_other(theme, s, k, logs, &curves[count]);
    double now[MAX_CLASSES];
    shares_now(s, now);
    for (int k = 0; k < s->data->classes; k++)
        curves[count++] = class_curve(theme, s, k, now[k]);
    if (logs && timeline_by_class(s))
        count += add_class_thresholds(theme, s, &curves[count]);
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (!has_curve(s, KINDS[i], pinned) || (!logs && KINDS[i] >= CURVE_LOSS))
            continue;
        TimelineCurve *c = &curves[count++];
        *c = curve_of(KINDS[i], &LOOKS[KINDS[i]], s, color_of(theme, KINDS[i]));
        if (KINDS[i] == CURVE_WEIGHT && weight_limit(s->settings->regularizer) > 1.0f)
            snprintf(c->name, sizeof c->name, "%s", tr("mean v")); /* no share of anything */
        if (KINDS[i] == CURVE_PINNED)
            c->pinned = pinned;
        if (KINDS[i] == CURVE_EASY && s->settings->order == ORDER_HARD)
            snprintf(c->name, sizeof c->name, "%s", tr("in use")); /* hard first: they are not the easy ones */
        if (s->other_count > 0 && is_compared(s, KINDS[i]))
            put_letter(c, s->settings->order == ORDER_HARD && KINDS[i] == CURVE_EASY ? N_("in use")
                                                                                     : LOOKS[KINDS[i]].name);
    }
    return count;
}

/* ---- values ---- */

static double pinned_loss(const TimelineCurve *c, const HistoryRecord *r) {
    const Dataset *data = c->run->data;
    size_t i = (size_t)c->pinned;
    float loss;
    if (!r)
        return (double)c->run->loss[i];
    mlp_losses(c->run->mlp, r->parameters, &data->x[i], &data->y[i], &data->label[i], 1, &loss);
    return (double)loss;
}

double timeline_value(const TimelineCurve *c, const HistoryRecord *r) {
    const Snapshot *s = c->run;
    switch (c->kind) {
    case CURVE_EASY:
        return share(r ? r->easy : s->easy, s->data->count);
    case CURVE_CLASS:
        return r ? share(r->class_easy[c->class], s->data->class_count[c->class]) : c->now;
    case CURVE_ACCURACY:
        return r ? r->accuracy : s->accuracy;
    case CURVE_TEST_ACCURACY:
        return r ? r->test_accuracy : s->test_accuracy;
    case CURVE_PRECISION:
        return r ? r->label_precision : s->label_precision;
    case CURVE_RECALL:
        return r ? r->label_recall : s->label_recall;
    case CURVE_WEIGHT:
        return (r ? r->weight_sum : s->weight_sum) / (double)s->data->count;
    case CURVE_LOSS:
        return r ? r->mean_loss : s->mean_loss;
    case CURVE_TEST_LOSS:
        return r ? r->test_loss : s->history->count > 0 ? s->history->records[s->history->count - 1].test_loss : NAN;
    case CURVE_CLEAN_LOSS:
        return r ? r->clean_loss : s->clean_loss;
    case CURVE_PINNED:
        return pinned_loss(c, r);
    case CURVE_CLASS_THRESHOLD: /* before there were any: that of all */
        return r ? r->by_class ? r->class_threshold[c->class] : r->threshold : s->class_threshold[c->class];
    default:
        return r ? r->threshold : s->threshold;
    }
}

TimelineRecords timeline_records(const TimelineLayout *t, const TimelineCurve *c) {
    const History *h = c->run->history;
    TimelineRecords all = {0, 0, 1};
    while (all.first < h->count && (double)h->records[all.first].epoch + 1.0 < t->from)
        all.first++;
    all.first -= all.first > 0; /* and one on each side, for the way there */
    while (all.first < h->count && (double)h->records[all.first].epoch + 1.0 < c->from)
        all.first++;
    for (all.end = all.first; all.end < h->count;)
        if ((double)h->records[all.end++].epoch + 1.0 > t->to)
            break;
    if (c->kind == CURVE_PINNED)
        all.step = (all.end - all.first) / PINNED_RECORDS + 1;
    else if ((c->kind == CURVE_CLASS || c->kind == CURVE_CLASS_THRESHOLD) && c->run->data->classes > PLOT_MANY_CLASSES)
        all.step = (all.end - all.first) / MANY_RECORDS + 1;
    return all;
}

/* ---- the range of the logarithmic strip ---- */

typedef struct Extent {
    double low, high;
} Extent;

static void take(Extent *e, double value) {
    if (!(value > 0.0) || isinf(value))
        return;
    e->low = fmin(e->low, value);
    e->high = fmax(e->high, value);
}

static void take_curve(Extent *e, const TimelineLayout *t, const TimelineCurve *c) {
    TimelineRecords all = timeline_records(t, c);
    for (size_t i = all.first; i < all.end; i += all.step)
        take(e, timeline_value(c, &c->run->history->records[i]));
    take(e, timeline_value(c, NULL));
}

void timeline_fit_logs(TimelineLayout *t, const TimelineCurve *curves, int count) {
    Extent losses = {INFINITY, 0.0}, pinned = losses, threshold = losses;
    for (int i = 0; i < count; i++)
        if (curves[i].logarithmic)
            take_curve(curves[i].kind == CURVE_PINNED      ? &pinned
                       : curves[i].kind >= CURVE_THRESHOLD ? &threshold
                                                           : &losses,
                       t, &curves[i]);
    const Snapshot *s = count > 0 ? curves[count - 1].run : NULL;
    for (int i = 0; s && s->settings->order != ORDER_ALL && !pace_by_share(s->settings) && i < s->ahead_count; i++)
        if ((double)s->epoch + i + 1.0 <= t->to)
            take(&threshold, s->ahead[i]);
    Extent all = losses.high > 0.0 ? losses : threshold.high > 0.0 ? threshold : (Extent){0.1, 1.0};
    const double beyond = 100.0;
    Extent most = {all.low / beyond, all.high * beyond};
    if (pinned.high > 0.0) { /* its peaks are what one pins it for */
        all.high = fmax(all.high, pinned.high);
        all.low = fmin(all.low, fmax(pinned.low, most.low));
    }
    if (threshold.high > 0.0) {
        all.high = fmax(all.high, fmin(threshold.high, most.high));
        all.low = fmin(all.low, fmax(threshold.low, most.low));
    }
    t->low = timeline_round_125(all.low, false);
    t->high = timeline_round_125(all.high, true);
    if (t->high < 5.0 * t->low) { /* two numbers fit at least */
        t->low = timeline_round_125(t->low / 2.0, false);
        t->high = timeline_round_125(t->high * 2.0, true);
    }
}

float timeline_value_y(const TimelineLayout *t, const TimelineCurve *c, double value) {
    if (c->kind == CURVE_WEIGHT) /* the largest there can be at the top */
        value /= (double)weight_limit(c->run->settings->regularizer);
    return c->logarithmic ? timeline_log_y(t, value) : isnan(value) ? NAN : timeline_share_y(t, value);
}
