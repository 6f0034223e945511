#include "app/plot/figure_private.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/plot/key_words.h"
#include "app/plot/loss_words.h"
#include "app/plot/timeline_layout.h"

#include <math.h>
#include <stdio.h>

/* Logical pixels: around the bars; of the rows below them; of the bin below the axis. */
static const float LEFT = 52.0f, RIGHT = 16.0f, WORDS = 16.0f, NUMBER = 16.0f;
static const float NUMBERS = 20.0f, NAME = 20.0f, FOOT = 8.0f, BELOW = 12.0f, APART = 8.0f;

static bool plays_part(const Snapshot *s) {
    return settings_use_threshold(s->settings);
}

static bool by_class(const Snapshot *s) {
    return s->by_class && s->settings->pace == PACE_META;
}

/* ---- the key ---- */

/* A patch of the first classes' colours. */
static void key_classes(const Pen *pen, const KeyEntry *entry, Rect place) {
    enum { STRIPES = 4 };
    const Theme *theme = entry->of;
    float side = roundf(pen_px(pen, 10.0f)), wide = roundf(pen_px(pen, 4.0f));
    float x = roundf(place.x + (place.w - (float)STRIPES * wide) / 2), y = roundf(place.y + (place.h - side) / 2);
    for (int k = 0; k < STRIPES; k++)
        canvas_rect(pen->canvas, (Rect){x + wide * (float)k, y, wide, side}, theme->class_fill[k]);
}

static int list_classes(const Pen *pen, const Snapshot *s, KeyEntry *entries) {
    int count = 0, order = s->settings->order;
    char name[32];
    if (s->data->classes > KEY_CLASSES) {
        entries[0] = (KeyEntry){.draw = key_classes, .of = pen->theme};
        key_counted(order, tr("in the class's colour"), entries[0].text, sizeof entries->text);
        return 1;
    }
    for (int k = 0; k < s->data->classes; k++) {
        if (s->data->class_count[k] == 0)
            continue;
        entries[count] = (KeyEntry){.draw = key_patch, .color = pen->theme->class_fill[k]};
        key_counted(order, dataset_class_name(s->data, k, name), entries[count++].text, sizeof entries->text);
    }
    return count;
}

static int list_entries(const Pen *pen, const Snapshot *s, KeyEntry entries[KEY_CLASSES + 4]) {
    const Theme *theme = pen->theme;
    bool soft = s->settings->regularizer != REGULARIZER_HARD && s->settings->order != ORDER_ALL;
    int count = list_classes(pen, s, entries);
    if (s->easy < s->data->count || soft) {
        entries[count] = (KeyEntry){.draw = key_patch, .color = theme->hard_edge};
        snprintf(entries[count++].text, sizeof entries->text, "%s",
                 soft ? tr("not counted: what v lacks") : key_left_out(s->settings->order));
    }
    if (plays_part(s)) {
        char value[32];
        format_figure(s->threshold, value);
        entries[count] = (KeyEntry){.draw = key_line, .color = theme->text, .width = 2.0f};
        if (by_class(s))
            snprintf(entries[count++].text, sizeof entries->text, "%s", tr("thresholds λ of the classes"));
        else
            snprintf(entries[count++].text, sizeof entries->text, tr("threshold λ = %s"), value);
    }
    if (plays_part(s) && soft && !by_class(s)) {
        entries[count] = (KeyEntry){.draw = key_line, .color = theme->text, .width = 2.0f};
        snprintf(entries[count++].text, sizeof entries->text, tr("v: weight of a loss, 0 to %s"),
                 weight_limit(s->settings->regularizer) > 1.0f ? "e" : "1");
        entries[count] = (KeyEntry){.draw = key_line, .color = theme->muted, .width = 1.0f};
        snprintf(entries[count++].text, sizeof entries->text, "%s", tr("F: latent loss"));
    }
    return count;
}

/* ---- axes ---- */

static void draw_counts(const Pen *pen, const LossArea *area, size_t full) {
    float line = fmaxf(1.0f, roundf(pen->scale)), cap = text_cap_height(pen->text, TEXT_CAPTION) / 2;
    float foot = area->bars.y + area->bars.h, right = area->bars.x + area->bars.w, left = area->below.x;
    double least = 4.0 * (double)full * (double)pen_px(pen, 8.0f) / (double)area->bars.h;
    size_t step = (size_t)fmax(1.0, timeline_round_125(fmax(1.0, least), true));
    for (size_t n = 0; n <= full; n += step) {
        float y = roundf(foot - area->bars.h * (float)n / (float)full);
        char text[32];
        format_count(n, text);
        canvas_rect(pen->canvas, (Rect){left, y - line / 2, right - left, line}, pen->theme->line);
        text_draw(pen->text, pen->canvas, TEXT_CAPTION,
                  (TextAnchor){left - pen_px(pen, UNIT), roundf(y + cap), ALIGN_RIGHT}, pen->theme->muted, text);
    }
}

/* Powers of ten, all or every second. */
static void draw_losses(const Pen *pen, const LossArea *area) {
    enum { DECADES = 8 };
    float foot = area->bars.y + area->bars.h, line = fmaxf(1.0f, roundf(pen->scale)), tick = pen_px(pen, 4.0f);
    float baseline = roundf(foot + tick + pen_px(pen, 5.0f) + text_cap_height(pen->text, TEXT_CAPTION));
    int step = area->bars.w / (float)DECADES < pen_px(pen, 44.0f) ? 2 : 1;
    canvas_rect(pen->canvas, (Rect){area->below.x, foot, area->bars.x + area->bars.w - area->below.x, line},
                pen->theme->frame);
    for (int i = 0; i <= DECADES; i += step) {
        double loss = LOSS_MINIMUM * pow(10.0, i);
        float x = loss_x(area, loss);
        char text[40], number[32];
        format_number(loss, 1, number);
        snprintf(text, sizeof text, "%s%s", i == 0 ? "< " : "", number);
        canvas_rect(pen->canvas, (Rect){roundf(x - line / 2), foot, line, tick}, pen->theme->frame);
        TextAnchor at = {i == 0 ? area->below.x : x, baseline, i == 0 ? ALIGN_LEFT : ALIGN_CENTER};
        text_draw(pen->text, pen->canvas, TEXT_CAPTION, at, pen->theme->muted, text);
    }
}

static void draw_names(const Pen *pen, const LossArea *area, Rect outer, Rect words) {
    Rect name = {area->bars.x, area->bars.y + area->bars.h + pen_px(pen, NUMBERS), area->bars.w, pen_px(pen, NAME)};
    text_draw_in(pen->text, pen->canvas, TEXT_BODY, name, ALIGN_CENTER, pen->theme->text,
                 tr("loss of each point (logarithmic)"));
    Rect left = {outer.x + pen_px(pen, 6.0f), words.y, words.x - outer.x - pen_px(pen, 6.0f), words.h};
    text_draw_in(pen->text, pen->canvas, TEXT_BODY, left, ALIGN_LEFT, pen->theme->text, tr("points"));
}

/* ---- thresholds ---- */

static float place_of(const LossArea *area, double threshold) {
    return fminf(fmaxf(loss_x(area, threshold), area->bars.x), area->bars.x + area->bars.w);
}

static void draw_class_lines(const Pen *pen, const LossArea *area, const Snapshot *s) {
    float width = fmaxf(1.0f, roundf(pen_px(pen, 1.5f))), top = area->bars.y - pen_px(pen, 6.0f);
    for (int k = 0; k < s->data->classes; k++) {
        float x = place_of(area, s->class_threshold[k]);
        Rect line = {roundf(x - width / 2), top, width, area->bars.y + area->bars.h - top};
        canvas_rect(pen->canvas, (Rect){line.x - 1.0f, line.y, line.w + 2.0f, line.h},
                    color_alpha(pen->theme->card, 0.7f));
        canvas_rect(pen->canvas, line, pen->theme->class_line[k]);
    }
}

/* row: of the words, which may go on to the edge of the figure. */
static void draw_threshold(const Pen *pen, const LossArea *area, Rect row, const LossCount *count, const Snapshot *s) {
    if (!plays_part(s))
        return;
    if (by_class(s)) {
        draw_class_lines(pen, area, s);
        return;
    }
    Rect left, right;
    float x = place_of(area, s->threshold);
    LossWords words = loss_words(count, s);
    float part = loss_words_draw(pen, row, x, &words, &left, &right);
    loss_line_draw(pen, row, x, part, pen_px(pen, 2.0f), area->bars.y + area->bars.h);
}

void figure_histogram_draw(const Pen *pen, Rect outer, LossCount *count, const Snapshot *s) {
    KeyEntry entries[KEY_CLASSES + 5];
    float left = roundf(pen_px(pen, LEFT)), right = pen_px(pen, RIGHT), head = pen_px(pen, FIGURE_HEAD);
    Rect words = {outer.x + left, outer.y + head, outer.w - left - right, pen_px(pen, WORDS)};
    float key;
    int entry_count = figure_key_fit(pen, entries, list_entries(pen, s, entries), outer, words.w, &key);
    float top = words.y + words.h + pen_px(pen, NUMBER);
    float foot = roundf(outer.y + outer.h - pen_px(pen, NUMBERS + NAME + FOOT) - key);
    float below = roundf(pen_px(pen, BELOW)), apart = roundf(pen_px(pen, APART));
    LossArea area = {
        .bars = {words.x + below + apart, roundf(top), words.w - below - apart, fmaxf(foot - roundf(top), 1.0f)},
        .below = {words.x, roundf(top), below, fmaxf(foot - roundf(top), 1.0f)}};
    loss_count(count, s);
    figure_caption_draw(pen, s, outer, words.x);
    draw_counts(pen, &area, loss_full_height(&count->histogram));
    bool line = plays_part(s) && !by_class(s);
    loss_bars_draw(pen, &area, count, pen_px(pen, NUMBER), line ? place_of(&area, s->threshold) : -1.0f);
    if (line && s->settings->regularizer != REGULARIZER_HARD) {
        Rect letters[2];
        loss_curves_draw(pen, &area, s, letters);
    }
    draw_losses(pen, &area);
    draw_names(pen, &area, outer, words);
    Rect row = {words.x, words.y, outer.x + outer.w - words.x, words.h};
    draw_threshold(pen, &area, row, count, s);
    figure_key_draw(pen, entries, entry_count,
                    (Rect){words.x, outer.y + outer.h - pen_px(pen, FOOT) - key, words.w, key});
}
