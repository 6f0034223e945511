#include "app/plot/timeline_words.h"

#include "app/base/format.h"
#include "app/base/language.h"

#include <math.h>
#include <stdio.h>

bool timeline_draw_caption(const Pen *pen, const char *name, const char *words, Rect strip, TimelineFree *room,
                           float right) {
    float w = ceilf(text_width(pen->text, TEXT_CAPTION, words)), h = pen_px(pen, 12.0f), pad = pen_px(pen, 6.0f);
    right = fminf(right, strip.x + strip.w);
    for (float x = strip.x + pad; x + w <= right - pad; x += pen_px(pen, 12.0f))
        for (int row = 0; row < 2; row++) {
            Rect place = {roundf(x), row == 0 ? strip.y + pen_px(pen, 2.0f) : strip.y + strip.h - h - pen_px(pen, 2.0f),
                          w, h};
            Rect wide = {place.x - 3.0f, place.y - 2.0f, w + 6.0f, h + 4.0f};
            if (!timeline_is_free(room, strip, wide))
                continue;
            text_draw_in(pen->text, pen->canvas, TEXT_CAPTION, place, ALIGN_LEFT, pen->theme->muted, words);
            pen_note(pen, name, place);
            return true;
        }
    return false;
}

bool timeline_draw_exit(const Pen *pen, const TimelineLayout *t, const TimelineCurve *c, const HistoryRecord *shown,
                        float end, TimelineFree *room) {
    bool up;
    float x = timeline_exit(t, c, &up);
    if (!isfinite(x) || x > t->logs.x + t->logs.w)
        return false;
    x = fmaxf(x, t->logs.x);
    float size = pen_px(pen, 4.0f), tip = up ? t->logs.y - pen_px(pen, 3.0f) : t->logs.y + t->logs.h - 1.0f;
    float back = up ? size : -size;
    float arrow[] = {x - size, tip + back, x, tip, x + size, tip + back};
    canvas_polyline(pen->canvas, arrow, 3, pen_px(pen, 1.75f), c->line);
    char value[32], words[96];
    timeline_value_text(c, timeline_value(c, shown), value);
    snprintf(words, sizeof words, up ? tr("λ %s, above every loss") : tr("λ %s, below every loss"), value);
    float w = ceilf(text_width(pen->text, TEXT_LABEL, words)), h = pen_px(pen, 13.0f);
    Rect place = {roundf(x + pen_px(pen, 9.0f)), up ? t->logs.y : t->logs.y + t->logs.h - h, w, h};
    if (place.x + w > end - pen_px(pen, 6.0f) || !timeline_is_free(room, t->logs, place))
        return false;
    text_draw_in(pen->text, pen->canvas, TEXT_LABEL, place, ALIGN_LEFT, c->text, words);
    timeline_free_line(room, t->logs, place.x, place.y, place.x + w, place.y);
    timeline_free_line(room, t->logs, place.x, place.y + h, place.x + w, place.y + h);
    pen_note(pen, "timeline-exit", place);
    return true;
}

void timeline_draw_ahead_label(const Pen *pen, const TimelineLayout *t, const TimelineAhead *ahead, const Rect *taken,
                               int count) {
    char value[32], epoch[32], words[96];
    if (isnan(ahead->value))
        return;
    format_count(ahead->epoch, epoch);
    if (ahead->share)
        format_percent(ahead->value, value);
    else
        format_figure(ahead->value, value);
    /* TRANSLATORS: at an epoch that is still to come */
    snprintf(words, sizeof words, ahead->share ? tr("easy at %s: %s") : tr("λ at %s: %s"), epoch, value);
    float w = ceilf(text_width(pen->text, TEXT_CAPTION, words)), h = pen_px(pen, 13.0f);
    Rect place = {roundf(ahead->x + pen_px(pen, 8.0f)), roundf(ahead->y - h / 2), w, h};
    if (place.x + w > t->card.x + t->card.w - pen_px(pen, 4.0f))
        return;
    for (int i = 0; i < count; i++)
        if (rect_overlap(place, taken[i]) > 0.0f)
            return;
    text_draw_in(pen->text, pen->canvas, TEXT_CAPTION, place, ALIGN_LEFT, pen->theme->muted, words);
    pen_note(pen, "timeline-ahead", place);
}

void timeline_draw_spots(const Pen *pen, const TimelineLayout *t, const TimelineWords *w, double head,
                         const TimelineMarkSprites *sprites) {
    for (int i = 0; i < w->count; i++) {
        const HistoryRecord *shown = timeline_shown(w, &w->curves[i]);
        double value = timeline_value(&w->curves[i], shown);
        if (isfinite(value) && !w->curves[i].thin)
            timeline_draw_spot(pen, t, &w->curves[i], shown ? (double)shown->epoch + 1.0 : head, value, sprites);
    }
}

void timeline_emphasise_named(const Pen *pen, const TimelineLayout *t, const TimelineWords *words,
                              TimelineCurve *curves) {
    TimelineLabel labels[TIMELINE_LABELS];
    int count = timeline_labels(pen, t, words, t->shares.x + t->shares.w, labels);
    for (int i = 0; i < count; i++)
        if (labels[i].curve >= 0)
            timeline_emphasise(&curves[labels[i].curve]);
    if (words->hot >= 0)
        timeline_emphasise(&curves[words->hot]);
}
