/* Facts and phrases of thresholds that learn themselves. */
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/experiment/narration_private.h"
#include "core/quantile.h"
#include "core/utf8.h"

#include <stdio.h>
#include <string.h>

static const double SUNK_FROM = 0.05; /* of all points: so many hard ones of a class are worth a sentence */

static double threshold_of(const HistoryRecord *r, int k) {
    return r->by_class ? r->class_threshold[k] : r->threshold;
}

/* ---- far points ---- */

/* Samples of a class, every so many-th: at most NARRATION_SAMPLE. */
typedef struct Part {
    uint32_t sample[NARRATION_SAMPLE];
    float x[NARRATION_SAMPLE], y[NARRATION_SAMPLE], away[NARRATION_SAMPLE];
    size_t count;
} Part;

static void take_part(const Dataset *data, int class, Part *p) {
    size_t step = data->class_count[class] / NARRATION_SAMPLE + 1, seen = 0;
    p->count = 0;
    for (size_t i = 0; i < data->count && p->count < NARRATION_SAMPLE; i++) {
        if (data->label[i] != class || seen++ % step != 0)
            continue;
        p->sample[p->count] = (uint32_t)i;
        p->x[p->count] = data->x[i];
        p->y[p->count++] = data->y[i];
    }
}

/* Points of a class FAR_OFF times as far from its middle as most (medians, which some far points do not move): whether
 * there are some that all are hard, and on which a step would hurt the clean points. */
static bool far_points_hurt(const Snapshot *s, int class) {
    static const float FAR_OFF = 4.0f;
    static Part p; /* too large for the stack; sentences are made by one thread */
    take_part(s->data, class, &p);
    if (p.count < 20 || !s->influence || s->looking_back)
        return false;
    float x = quantile_of_rank(p.x, p.count, p.count / 2), y = quantile_of_rank(p.y, p.count, p.count / 2);
    for (size_t i = 0; i < p.count; i++)
        p.away[i] = hypotf(p.x[i] - x, p.y[i] - y);
    float usual = quantile_of_rank(p.away, p.count, p.count / 2);
    size_t far = 0, hard = 0, hurt = 0;
    for (size_t i = 0; i < p.count; i++) {
        if (!(p.away[i] > FAR_OFF * usual))
            continue;
        far++;
        hard += s->v[p.sample[i]] <= 0.0f;
        hurt += s->influence[p.sample[i]] < 0.0f;
    }
    return far * 50 >= p.count && hard == far && hurt * 2 > far;
}

/* Of the hard samples of a class, the share on which a step would hurt the clean points; NaN: not known. */
static double share_that_hurts(const Snapshot *s, int class) {
    size_t known = 0, hurts = 0;
    for (size_t i = 0; s->influence && !s->looking_back && i < s->data->count; i++) {
        if (s->data->label[i] != class || s->v[i] > 0.0f || isnan(s->influence[i]))
            continue;
        known++;
        hurts += s->influence[i] < 0.0f;
    }
    return known > 0 ? (double)hurts / (double)known : (double)NAN;
}

void narration_meta_facts(const Snapshot *s, const HistoryRecord *record, const HistoryRecord *before,
                          NarrationFacts *f) {
    NarrationMeta *m = &f->meta;
    size_t most = (size_t)(SUNK_FROM * (double)s->data->count);
    *m = (NarrationMeta){.learns = s->settings->pace == PACE_META && settings_need_clean(s->settings),
                         .by_class = record->by_class,
                         .clean_loss = record->clean_loss,
                         .hurts = (double)NAN,
                         .sunk = -1};
    for (int k = 0; m->learns && k < s->data->classes; k++) {
        m->threshold[k] = threshold_of(record, k);
        m->threshold_before[k] = before ? threshold_of(before, k) : m->threshold[k];
        size_t hard = s->data->class_count[k] - f->easy.of_class[k];
        if (hard > most && m->threshold[k] < threshold_of(&s->history->records[0], k)) {
            most = hard;
            m->sunk = k;
        }
    }
    m->far_hurt = m->sunk >= 0 && far_points_hurt(s, m->sunk);
    if (m->sunk >= 0)
        m->hurts = share_that_hurts(s, m->sunk);
}

enum { LAMBDA_NAME = CLASS_SHORT_BYTES + 32 };

/* "λ of class 0", or with one threshold for all "λ". */
static void name_lambda(const NarrationFacts *f, int class, char text[LAMBDA_NAME]) {
    char name[CLASS_SHORT_BYTES];
    if (f->meta.by_class && class >= 0)
        snprintf(text, LAMBDA_NAME, tr("λ of %s"), dataset_class_short(f->snapshot->data, class, name));
    else
        snprintf(text, LAMBDA_NAME, "λ");
}

void narration_say_sunk(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    char name[LAMBDA_NAME];
    name_lambda(f, f->meta.sunk, name);
    snprintf(text, NARRATION_PLACE, "%s", name);
}

void narration_say_clean_loss(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    if (isnan(f->meta.clean_loss))
        snprintf(text, NARRATION_PLACE, "%s", tr("not known"));
    else
        format_figure(f->meta.clean_loss, text);
}

/* "λ of class 0 fell to 1.14, λ of class 1 rose to 6.61": the two that moved most, by their share. */
void narration_say_lambdas(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    const NarrationMeta *m = &f->meta;
    int count = m->by_class ? f->snapshot->data->classes : 1;
    bool said[MAX_CLASSES] = {false};
    text[0] = '\0';
    for (int i = 0; i < count && i < 2; i++) {
        int most = -1;
        double way = 0.0;
        for (int k = 0; k < count; k++) {
            double moved = fabs(log(m->threshold[k] / m->threshold_before[k]));
            if (!said[k] && (most < 0 || moved > way)) {
                most = k;
                way = moved;
            }
        }
        char name[LAMBDA_NAME], figure[32];
        double now = m->threshold[most], then = m->threshold_before[most];
        said[most] = true;
        name_lambda(f, most, name);
        format_figure(now, figure);
        char one[LAMBDA_NAME + 96], first[NARRATION_PLACE];
        snprintf(one, sizeof one,
                 now > then   ? tr("%s rose to %s")
                 : now < then ? tr("%s fell to %s")
                              : tr("%s stays at %s"),
                 name, figure);
        snprintf(first, sizeof first, "%s", text);
        one[utf8_whole(one, 126)] = first[utf8_whole(first, 126)] = '\0';
        if (first[0]) /* TRANSLATORS: what became of one λ, and of another */
            snprintf(text, NARRATION_PLACE, trc("clauses", "%.126s, %.126s"), first, one);
        else
            snprintf(text, NARRATION_PLACE, "%s", one);
    }
}
