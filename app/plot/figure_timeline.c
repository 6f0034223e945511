#include "app/plot/figure_private.h"

#include "app/base/language.h"
#include "app/plot/key_words.h"
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
            char *text = entries[listed++].text;
            if (c->kind == CURVE_CLASS)
                key_counted(ORDER_EASY, many ? tr("each class") : c->name, text, sizeof entries->text);
            else
                snprintf(text, sizeof entries->text, "%s",
                         many                         ? tr("λ of each class")
                         : c->kind == CURVE_THRESHOLD ? tr("threshold λ")
                                                      : c->name);
        }
    return listed;
}

static void draw_names(const Pen *pen, const TimelineLayout *t, const Snapshot *s) {
    Rect shares = {t->shares.x, t->card.y - pen_px(pen, 3.0f), t->shares.w, pen_px(pen, 12.0f)};
    text_draw_in(pen->text, pen->canvas, TEXT_CAPTION, shares, ALIGN_LEFT, pen->theme->muted, tr("share of points"));
    if (t->logs.h > 0.0f)
        text_draw_in(pen->text, pen->canvas, TEXT_CAPTION, t->lane, ALIGN_LEFT, pen->theme->muted,
                     s->settings->order == ORDER_ALL ? tr("loss (logarithmic)")
                                                     : tr("loss and threshold λ (logarithmic)"));
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

typedef struct TimelineFigure {
    TimelineCurve curves[TIMELINE_MOST_CURVES];
    KeyCurve samples[TIMELINE_MOST_CURVES]; /* of curves */
    KeyEntry entries[TIMELINE_MOST_CURVES]; /* of samples */
    int count, entry_count;
    Rect key;
    TimelineLayout layout;
} TimelineFigure;

/* Curves, with or without the strip of losses, their key, and what height it leaves for the strips. */
static void lay_out(const Pen *pen, Rect outer, TimelineMarkSprites *sprites, const Snapshot *s, bool losses,
                    TimelineFigure *f) {
    static const TimelineSpan whole; /* all epochs */
    f->count = timeline_curves(pen->theme, s, -1, losses, f->curves);
    for (int i = 0; i < f->count; i++)
        f->samples[i] = (KeyCurve){&f->curves[i], sprites};
    f->entry_count = list_curves(f->samples, f->count, f->entries);
    Rect card = {outer.x, outer.y + roundf(pen_px(pen, FIGURE_HEAD)), outer.w, 0.0f};
    float gutter = timeline_gutter(pen, card, f->curves, f->count), foot = pen_px(pen, FOOT);
    f->layout = timeline_lay_out(pen->scale, card, !losses, gutter, &whole, s);
    f->key.x = f->layout.shares.x;
    f->key.w = outer.w - (f->key.x - outer.x) - 2 * foot;
    f->entry_count = figure_key_fit(pen, f->entries, f->entry_count, outer, f->key.w, &f->key.h);
    card.h = fmaxf(outer.y + outer.h - card.y - f->key.h - 2 * foot, 1.0f);
    f->key.y = card.y + card.h + foot;
    f->layout = timeline_lay_out(pen->scale, card, !losses, gutter, &whole, s);
}

void figure_timeline_draw(const Pen *pen, Rect outer, TimelineMarkSprites *sprites, const Snapshot *s) {
    TimelineFigure f;
    lay_out(pen, outer, sprites, s, true, &f);
    if (f.layout.logs.h <= 0.0f) /* too low for two strips */
        lay_out(pen, outer, sprites, s, false, &f);
    timeline_fit_logs(&f.layout, f.curves, f.count);
    TimelineWords words = {.curves = f.curves, .count = f.count, .hot = -1, .without = -1, .shown = record_of(s, s)};
    for (int i = 0; i < s->other_count; i++)
        words.others_shown[i] = record_of(s, s->others[i]);
    figure_caption_draw(pen, s, outer, f.key.x);
    draw_strips(pen, &f.layout, &words, f.curves, sprites, s);
    figure_key_draw(pen, f.entries, f.entry_count, f.key);
}
