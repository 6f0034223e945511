#include "app/plot/figure_private.h"

#include "app/plot/timeline_axes.h"
#include "app/plot/timeline_words.h"

#include <math.h>
#include <stdio.h>

static const float FOOT = 8.0f, PILL = 17.0f; /* logical pixels */

typedef struct KeyCurve { /* what an entry's line is drawn with */
    const TimelineCurve *curve;
    const TimelineMarkSprites *sprites;
} KeyCurve;

static void key_curve(const Pen *pen, const KeyEntry *entry, Rect place) {
    const KeyCurve *sample = entry->of;
    timeline_draw_sample(pen, sample->curve, sample->sprites, place);
}

/* Strip by strip; what lies on top first. */
static int list_curves(const KeyCurve *samples, int count, KeyEntry *entries) {
    int listed = 0;
    for (int strip = 0; strip < 2; strip++)
        for (int i = count - 1; i >= 0; i--) {
            const TimelineCurve *c = samples[i].curve;
            bool many = c->class >= 0 && c->run->data->classes > KEY_CLASSES;
            if (c->logarithmic != (strip == 1) || (many && c->class > 0)) /* one stands for all */
                continue;
            entries[listed] = (KeyEntry){.draw = key_curve, .of = &samples[i], .class = c->class};
            snprintf(entries[listed++].text, sizeof entries->text, "%s%s",
                     c->kind == CURVE_CLASS                     ? "easy, "
                     : many && c->kind == CURVE_CLASS_THRESHOLD ? "λ of "
                                                                : "",
                     many                         ? "each class"
                     : c->kind == CURVE_THRESHOLD ? "threshold λ"
                                                  : c->name);
        }
    return listed;
}

static void draw_names(const Pen *pen, const TimelineLayout *t, const Snapshot *s) {
    Rect shares = {t->shares.x, t->card.y - pen_px(pen, 3.0f), t->shares.w, pen_px(pen, 12.0f)};
    text_draw_in(pen->text, pen->canvas, TEXT_CAPTION, shares, ALIGN_LEFT, pen->theme->muted, "share of points");
    if (t->logs.h > 0.0f)
        text_draw_in(pen->text, pen->canvas, TEXT_CAPTION, t->lane, ALIGN_LEFT, pen->theme->muted,
                     s->settings->order == ORDER_ALL ? "loss (logarithmic)" : "loss and threshold λ (logarithmic)");
}

static void draw_upright(const Pen *pen, const TimelineLayout *t, double epochs) {
    float wide = fmaxf(1.0f, roundf(pen_px(pen, 1.75f))), x = roundf(timeline_x(t, epochs) - wide / 2);
    canvas_rect(pen->canvas, (Rect){x, t->shares.y, wide, t->epochs.y - t->shares.y}, pen->theme->accent);
}

/* Strips, curves and the labels at their ends. */
static void draw_strips(const Pen *pen, TimelineLayout *t, TimelineWords *words, TimelineCurve *curves,
                        TimelineMarkSprites *sprites, const Snapshot *s) {
    TimelineLabel labels[TIMELINE_LABELS];
    TimelineFree room[2];
    timeline_free_init(&room[0]);
    timeline_free_init(&room[1]);
    if (s->data->classes > PLOT_MANY_CLASSES)
        timeline_emphasise_named(pen, t, words, curves);
    Rect nowhere = {-1e6f, roundf(t->epochs.y + pen_px(pen, 3.0f)), 0.0f, pen_px(pen, PILL)};
    timeline_draw_ground(pen, t);
    if (t->logs.h > 0.0f)
        timeline_draw_log_axis(pen, t);
    timeline_draw_epochs(pen, t, nowhere, nowhere);
    timeline_draw_curves(pen, t, curves, words->count, sprites, room);
    if (s->looking_back)
        draw_upright(pen, t, (double)s->epoch);
    double head = (double)s->epoch + (double)s->batch / (double)s->batches, newest = (double)(t->last + 1);
    timeline_draw_spots(pen, t, words, head, sprites);
    float end = timeline_x(t, s->looking_back ? newest : fmax(head, newest));
    for (int i = 0; i < words->count && t->logs.h > 0.0f; i++)
        if (curves[i].kind == CURVE_THRESHOLD && timeline_draw_exit(pen, t, &curves[i], words->shown, end, &room[1]))
            words->without = i;
    int count = timeline_labels(pen, t, words, end, labels);
    timeline_draw_labels(pen, labels, count);
    draw_names(pen, t, s);
}

static const HistoryRecord *record_of(const Snapshot *s, const Snapshot *run) {
    return s->looking_back && run->history ? history_find(run->history, s->epoch - 1) : NULL;
}

void figure_timeline_draw(const Pen *pen, Rect outer, TimelineMarkSprites *sprites, const Snapshot *s) {
    static const TimelineSpan whole; /* all epochs */
    TimelineCurve curves[TIMELINE_MOST_CURVES];
    KeyCurve samples[TIMELINE_MOST_CURVES];
    KeyEntry entries[TIMELINE_MOST_CURVES];
    int count = timeline_curves(pen->theme, s, -1, true, curves);
    for (int i = 0; i < count; i++)
        samples[i] = (KeyCurve){&curves[i], sprites};
    int entry_count = list_curves(samples, count, entries);
    Rect card = {outer.x, outer.y + roundf(pen_px(pen, FIGURE_HEAD)), outer.w, 0.0f};
    float gutter = timeline_gutter(pen, card, curves, count);
    TimelineLayout t = timeline_lay_out(pen->scale, card, false, gutter, &whole, s);
    float foot = pen_px(pen, FOOT), width = outer.w - (t.shares.x - outer.x) - pen_px(pen, 2 * FOOT);
    float key;
    entry_count = figure_key_fit(pen, entries, entry_count, outer, width, &key);
    card.h = fmaxf(outer.y + outer.h - card.y - key - 2 * foot, 1.0f);
    t = timeline_lay_out(pen->scale, card, false, gutter, &whole, s);
    if (t.logs.h <= 0.0f) /* too low for two strips */
        count = timeline_curves(pen->theme, s, -1, false, curves);
    timeline_fit_logs(&t, curves, count);
    TimelineWords words = {.curves = curves, .count = count, .hot = -1, .without = -1, .shown = record_of(s, s)};
    for (int i = 0; i < s->other_count; i++)
        words.others_shown[i] = record_of(s, s->others[i]);
    figure_caption_draw(pen, s, outer, t.shares.x);
    draw_strips(pen, &t, &words, curves, sprites, s);
    figure_key_draw(pen, entries, entry_count, (Rect){t.shares.x, card.y + card.h + foot, width, key});
}
