#include "app/plot/timeline_layout.h"

#include "app/experiment/kept_runs.h"

#include <math.h>

/* Logical pixels. */
static const float LEFT = 52.0f, ABOVE = 11.0f, LANE = 13.0f, EPOCHS = 24.0f;
static const float SHARES = 66.0f, LOGS = 36.0f, OF_MORE = 0.6f;
static const float TWO_STRIPS_FROM = 104.0f; /* high */

static const double LEAST_SPAN = 4.0;    /* epochs */
static const double MOST_FOR_LEFT = 3.0; /* times the axis of the run alone, for those that were left */

double timeline_round_125(double value, bool up) {
    double unit = pow(10.0, floor(log10(value) + 1e-9));
    static const double STEPS[] = {1.0, 2.0, 5.0, 10.0};
    double found = unit;
    for (int i = 0; i < 4; i++) {
        if (up && STEPS[i] * unit >= value * (1.0 - 1e-9))
            return STEPS[i] * unit;
        if (!up && STEPS[i] * unit <= value * (1.0 + 1e-9))
            found = STEPS[i] * unit;
    }
    return found;
}

/* What has happened, with a quarter of it to come, in steps, so that the axis stands still most of the time; all
 * planned epochs where they are not much more. */
static double fitting_epochs(const Snapshot *s, double done) {
    static const double STEPS[] = {1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0};
    double planned = s->settings->until_hard >= 0 ? 0.0 : (double)s->settings->epochs;
    if (planned >= done && planned > 0.0 && planned <= fmax(100.0, 4.0 * done))
        return planned;
    double wanted = fmax(10.0, 1.1 * done), unit = pow(10.0, floor(log10(wanted)));
    double fitted = 10.0 * unit;
    for (int i = 6; i >= 0; i--)
        if (STEPS[i] * unit >= wanted)
            fitted = STEPS[i] * unit;
    return planned > done ? fmin(fitted, planned) : fitted;
}

TimelineLayout timeline_lay_out(float scale, Rect card, bool one_strip, float gutter, const TimelineSpan *span,
                                const Snapshot *s) {
    float left = roundf(LEFT * scale), above = ABOVE * scale, lane = LANE * scale, foot = EPOCHS * scale;
    float rest = fmaxf(card.h - above - lane - foot, 8.0f * scale), drawn = (SHARES + LOGS) * scale;
    float shares = rest <= drawn ? rest * SHARES / (SHARES + LOGS) : SHARES * scale + (rest - drawn) * OF_MORE;
    bool one = one_strip || card.h < TWO_STRIPS_FROM * scale;
    if (one)
        shares = rest;
    TimelineLayout t = {.card = card};
    float x = roundf(card.x + left), w = fmaxf(floorf(card.w - left - gutter), 1.0f);
    t.shares = (Rect){x, roundf(card.y + above), w, roundf(shares)};
    t.lane = (Rect){x, t.shares.y + t.shares.h, w, roundf(lane)};
    float end = roundf(card.y + card.h - foot), top = t.lane.y + t.lane.h;
    if (!one)
        t.logs = (Rect){x, top, w, end - top};
    t.epochs = (Rect){x, end, w, card.y + card.h - end};

    t.top = s->notes && s->notes->count > 0 ? t.shares.y : card.y + 2.0f * scale;
    const History *h = s->history;
    t.last = h && h->count > 0 ? (int64_t)h->records[h->count - 1].epoch : -1;
    double done = fmax((double)(t.last + 1), s->looking_back ? 0.0 : (double)s->epoch);
    t.whole = fitting_epochs(s, done);
    double kept = kept_runs_end(s);
    if (kept <= MOST_FOR_LEFT * t.whole)
        t.whole = fmax(t.whole, kept);
    t.to = t.whole;
    if (span->chosen) {
        t.from = span->from;
        t.to = span->to;
    }
    return t;
}

Rect timeline_strips(const TimelineLayout *t) {
    return (Rect){t->shares.x, t->shares.y, t->shares.w, t->epochs.y - t->shares.y};
}

float timeline_x(const TimelineLayout *t, double epochs_done) {
    return t->shares.x + t->shares.w * (float)((epochs_done - t->from) / (t->to - t->from));
}

double timeline_epochs_at(const TimelineLayout *t, float x) {
    return t->from + (double)((x - t->shares.x) / t->shares.w) * (t->to - t->from);
}

float timeline_share_y(const TimelineLayout *t, double share) {
    return t->shares.y + t->shares.h * (1.0f - (float)fmin(1.0, fmax(0.0, share)));
}

float timeline_log_y(const TimelineLayout *t, double value) {
    if (!(value > 0.0) || isinf(value) || !(t->high > t->low))
        return NAN;
    return t->logs.y + t->logs.h * (float)(log(t->high / value) / log(t->high / t->low));
}

int64_t timeline_epoch_at(const TimelineLayout *t, float x) {
    double at = round(timeline_epochs_at(t, x)) - 1.0;
    return at < 0.0 ? 0 : at > (double)t->last ? t->last + 1 : (int64_t)at;
}

/* Within 0 and the whole axis; one that leaves nothing out is none. */
static void choose(const TimelineLayout *t, TimelineSpan *span, double from, double length) {
    length = fmin(fmax(length, fmin(LEAST_SPAN, t->whole)), t->whole);
    from = fmin(fmax(from, 0.0), t->whole - length);
    *span = (TimelineSpan){.chosen = length < t->whole, .from = from, .to = from + length};
}

void timeline_zoom(const TimelineLayout *t, TimelineSpan *span, float x, double factor) {
    double length = fmax((t->to - t->from) / factor, LEAST_SPAN), share = (double)((x - t->shares.x) / t->shares.w);
    share = fmin(fmax(share, 0.0), 1.0);
    choose(t, span, t->from + share * (t->to - t->from) - share * length, length);
}

void timeline_pan(const TimelineLayout *t, TimelineSpan *span, double epochs) {
    choose(t, span, t->from + epochs, t->to - t->from);
}

double timeline_step_of_numbers(const TimelineLayout *t, float room) {
    double least = (double)room / (double)t->shares.w * (t->to - t->from);
    return least <= 1.0 ? 1.0 : timeline_round_125(least, true);
}
