/* The threshold of a run: where it stands, and where the pace moves it. */
#include "core/trainer_private.h"

#include "core/pace.h"
#include "core/quantile.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool trainer_warming(const Trainer *t) {
    return t->epoch < (uint32_t)t->settings.warmup;
}

/* Whether the pace moves the threshold when this epoch begins. */
static bool pace_moves(const Trainer *t, uint32_t epoch) {
    uint32_t warmup = (uint32_t)t->settings.warmup;
    if (t->settings.pace >= PACE_META) /* within the epochs, or never */
        return false;
    return !t->hold && (pace_by_share(&t->settings) ? epoch >= warmup : epoch > warmup);
}

void trainer_put_threshold(Trainer *t, double threshold) {
    t->threshold = threshold;
    t->by_class = t->settings.pace == PACE_META && t->settings.meta_classes;
    for (int c = 0; c < MAX_CLASSES; c++)
        t->class_threshold[c] = threshold;
    t->share = (double)NAN;
}

/* The losses are put class by class, in one pass whatever the number of classes. */
static void quantiles_of_classes(const Trainer *t, double share, float of_class[MAX_CLASSES]) {
    float *losses = t->each.scratch;
    size_t count[MAX_CLASSES] = {0}, end[MAX_CLASSES];
    for (size_t i = 0; i < t->data.count; i++)
        count[t->data.label[i]]++;
    for (int c = 0; c < t->data.classes; c++)
        end[c] = c > 0 ? end[c - 1] + count[c - 1] : 0;
    for (size_t i = 0; i < t->data.count; i++)
        losses[end[t->data.label[i]]++] = t->each.loss[i];
    for (int c = 0; c < t->data.classes; c++)
        of_class[c] = share_threshold(losses + end[c] - count[c], count[c], share);
}

/* The thresholds below which lies this share of the losses, before cap and limit. */
static const Quantiles *quantiles_at(const Trainer *t, double share) {
    Quantiles *q = t->quantiles;
    bool by_class = t->settings.pace == PACE_CLASS_SHARE;
    if (q->evaluation == t->evaluations && q->share == share && q->by_class == by_class)
        return q;
    *q = (Quantiles){.evaluation = t->evaluations, .share = share, .by_class = by_class};
    q->all = share_threshold(t->each.loss, t->data.count, share);
    if (by_class)
        quantiles_of_classes(t, share, q->of_class);
    return q;
}

static void put_share(Trainer *t, double share) {
    if (!t->evaluated)
        trainer_evaluate(t);
    const Quantiles *q = quantiles_at(t, share);
    double limit = pace_limit(&t->settings);
    trainer_put_threshold(t, fmin((double)q->all, limit));
    t->share = share;
    t->by_class = q->by_class;
    for (int c = 0; t->by_class && c < MAX_CLASSES; c++)
        t->class_threshold[c] = fmin((double)q->of_class[c], limit);
}

static double mean_threshold(const Trainer *t) {
    double sum = 0.0;
    for (int c = 0; c < t->data.classes; c++)
        sum += t->class_threshold[c];
    return sum / t->data.classes;
}

void trainer_bound_thresholds(Trainer *t) {
    double high = t->settings.cap < META_HIGHEST ? t->settings.cap : META_HIGHEST;
    double low = t->meta.lowest < high ? t->meta.lowest : high;
    for (int c = 0; c < t->data.classes; c++) {
        double *threshold = &t->class_threshold[c];
        *threshold = *threshold < low ? low : *threshold > high ? high : *threshold;
    }
    t->threshold = t->by_class ? mean_threshold(t) : t->class_threshold[0];
}

void trainer_begin_meta(Trainer *t) {
    meta_adam_reset(&t->meta.adam);
    t->by_class = t->settings.meta_classes;
    for (int c = 0; !t->by_class && c < MAX_CLASSES; c++)
        t->class_threshold[c] = t->threshold;
    trainer_bound_thresholds(t);
}

void trainer_limit_thresholds(Trainer *t) {
    double limit = pace_limit(&t->settings);
    t->threshold = fmin(t->threshold, limit);
    for (int c = 0; c < MAX_CLASSES; c++)
        t->class_threshold[c] = fmin(t->class_threshold[c], limit);
}

TrainerThresholds trainer_thresholds(const Trainer *t) {
    TrainerThresholds now = {.threshold = t->threshold,
                             .by_class = t->by_class,
                             .by_meta = t->settings.pace == PACE_META,
                             .adam = t->meta.adam};
    memcpy(now.class_threshold, t->class_threshold, sizeof now.class_threshold);
    return now;
}

void trainer_put_thresholds(Trainer *t, const TrainerThresholds *then) {
    trainer_put_threshold(t, then->threshold);
    t->by_class = then->by_class;
    memcpy(t->class_threshold, then->class_threshold, sizeof t->class_threshold);
    t->meta.adam = then->adam;
    if (t->settings.pace == PACE_META && (!then->by_meta || then->by_class != t->settings.meta_classes))
        trainer_begin_meta(t);
    trainer_limit_thresholds(t);
}

void trainer_put_first_threshold(Trainer *t) {
    double threshold = t->settings.threshold;
    trainer_put_threshold(t, t->settings.cap < CAP_NONE ? fmin(threshold, t->settings.cap) : threshold);
    if (t->settings.pace == PACE_META)
        trainer_bound_thresholds(t);
    t->growth_due = pace_by_share(&t->settings);
    if (t->growth_due)
        put_share(t, pace_share(&t->settings, 0));
}

void trainer_move_threshold(Trainer *t) {
    if (!t->growth_due || !pace_moves(t, t->epoch))
        return;
    if (pace_by_share(&t->settings))
        put_share(t, pace_share(&t->settings, t->epoch - (uint32_t)t->settings.warmup));
    else
        trainer_put_threshold(t, pace_step(&t->settings, t->threshold));
}

double trainer_next_threshold(const Trainer *t) {
    bool between = t->batch == 0;
    uint32_t next = between ? t->epoch : t->epoch + 1;
    if ((between && !t->growth_due) || !pace_moves(t, next))
        return t->threshold;
    if (!pace_by_share(&t->settings))
        return pace_step(&t->settings, t->threshold);
    if (!between)
        return t->threshold;
    double share = pace_share(&t->settings, next - (uint32_t)t->settings.warmup);
    return fmin((double)quantiles_at(t, share)->all, pace_limit(&t->settings));
}

static double share_below(const Trainer *t) {
    float threshold = (float)t->threshold;
    size_t below = 0;
    for (size_t i = 0; i < t->data.count; i++)
        below += t->each.loss[i] < threshold;
    return (double)below / (double)t->data.count;
}

void trainer_pace_ahead(const Trainer *t, double *ahead, size_t epochs) {
    bool by_share = pace_by_share(&t->settings);
    uint32_t warmup = (uint32_t)t->settings.warmup;
    double now = !by_share ? t->threshold : isnan(t->share) ? share_below(t) : t->share;
    for (size_t i = 0; i < epochs; i++) {
        uint32_t epoch = t->epoch + (uint32_t)i;
        bool due = i > 0 || (t->batch == 0 && t->growth_due);
        if (due && pace_moves(t, epoch))
            now = by_share ? pace_share(&t->settings, epoch - warmup) : pace_step(&t->settings, now);
        ahead[i] = by_share && epoch < warmup ? 1.0 : now;
    }
}

void trainer_set_threshold(Trainer *t, double threshold) {
    assert(isfinite(threshold));
    trainer_put_threshold(t, fmin(threshold, pace_limit(&t->settings)));
    t->growth_due = false;
}

void trainer_set_class_threshold(Trainer *t, int class, double threshold) {
    assert(isfinite(threshold) && class >= 0 && class < t->data.classes);
    if (!t->by_class) {
        trainer_set_threshold(t, threshold);
        return;
    }
    t->class_threshold[class] = fmin(threshold, pace_limit(&t->settings));
    t->growth_due = false;
    if (t->settings.pace == PACE_META)
        t->threshold = mean_threshold(t);
}

void trainer_keep_decisions(const Trainer *t, TrainerDecisions *d) {
    *d = (TrainerDecisions){.thresholds = trainer_thresholds(t),
                            .share = t->share,
                            .growth_due = t->growth_due,
                            .offsets_due = t->offsets_due};
    size_t n = t->data.count;
    d->v = malloc(n * sizeof *d->v);
    d->offset = malloc(n * sizeof *d->offset);
    if (!d->v || !d->offset)
        return;
    memcpy(d->v, t->each.v, n * sizeof *d->v);
    memcpy(d->offset, t->each.offset, n * sizeof *d->offset);
    d->count = n;
}

void trainer_put_decisions(Trainer *t, const TrainerDecisions *d) {
    t->threshold = d->thresholds.threshold;
    t->by_class = d->thresholds.by_class;
    memcpy(t->class_threshold, d->thresholds.class_threshold, sizeof t->class_threshold);
    t->share = d->share;
    t->growth_due = d->growth_due;
    t->offsets_due = d->offsets_due;
    t->meta.adam = d->thresholds.adam;
    if (d->count != t->data.count) {
        trainer_redecide(t);
        return;
    }
    memcpy(t->each.v, d->v, d->count * sizeof *d->v);
    memcpy(t->each.offset, d->offset, d->count * sizeof *d->offset);
}

void trainer_free_decisions(TrainerDecisions *d) {
    free(d->v);
    free(d->offset);
    *d = (TrainerDecisions){0};
}
