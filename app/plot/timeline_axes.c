#include "app/plot/timeline_axes.h"

#include "app/base/format.h"
#include "app/base/language.h"

#include <math.h>
#include <stdio.h>

static const float NUMBER_ROOM = 44.0f; /* logical pixels */

void timeline_draw_ground(const Pen *pen, const TimelineLayout *t) {
    const Theme *theme = pen->theme;
    float line = fmaxf(1.0f, roundf(pen_px(pen, 1.0f))), cap = text_cap_height(pen->text, TEXT_CAPTION) / 2;
    float left = t->shares.x - pen_px(pen, UNIT), from = fmaxf(timeline_x(t, 0.0), t->shares.x);
    float done = fminf(timeline_x(t, (double)(t->last + 1)), t->shares.x + t->shares.w);
    if (done > from) {
        canvas_rect(pen->canvas, (Rect){from, t->shares.y, done - from, t->shares.h}, theme->past);
        canvas_rect(pen->canvas, (Rect){from, t->logs.y, done - from, t->logs.h}, theme->past);
    }
    char all[32];
    format_percentage(100.0, 0, all);
    static const char *const NUMBERS[] = {"0", "50", NULL};
    for (int i = 0; i < 3; i++) {
        float y = roundf(timeline_share_y(t, 0.5 * i));
        if (i == 1 && t->shares.h < pen_px(pen, 32.0f))
            continue;
        canvas_rect(pen->canvas, (Rect){t->shares.x, y - line / 2, t->shares.w, line}, theme->line);
        text_draw(pen->text, pen->canvas, TEXT_CAPTION, (TextAnchor){left, y + cap, ALIGN_RIGHT}, theme->muted,
                  NUMBERS[i] ? NUMBERS[i] : all);
    }
    canvas_rect(pen->canvas, (Rect){t->epochs.x, t->epochs.y, t->epochs.w, line}, theme->line);
}

static void log_text(double value, char text[32]) {
    int power = (int)lround(floor(log10(value) + 1e-9));
    if (power < -3 || power > 4)
        snprintf(text, 32, "%.0fe%d", value / pow(10.0, power), power); /* no decimals */
    else
        format_number(value, 2, text);
}

void timeline_draw_log_axis(const Pen *pen, const TimelineLayout *t) {
    const Theme *theme = pen->theme;
    float line = fmaxf(1.0f, roundf(pen_px(pen, 1.0f))), cap = text_cap_height(pen->text, TEXT_CAPTION) / 2;
    float room = pen_px(pen, 13.0f), left = t->shares.x - pen_px(pen, UNIT), placed[64], tick = pen_px(pen, 3.0f);
    int count = 0;
    for (int round = 0; round < 3; round++) { /* ends first where those are all there is room for, then the rest */
        for (double v = t->low; v <= t->high * (1.0 + 1e-9); v = timeline_round_125(v * 1.5, true)) {
            double power = pow(10.0, floor(log10(v) + 1e-9));
            bool ten = fabs(v / power - 1.0) < 1e-6, end = v <= t->low * 1.0001 || v >= t->high * 0.9999;
            if ((round == 0 && !ten) || (round == 1 && !end))
                continue;
            float y = roundf(timeline_log_y(t, v));
            bool free = true;
            for (int i = 0; i < count; i++)
                free = free && fabsf(placed[i] - y) >= room;
            if (round == 0)
                canvas_rect(pen->canvas, (Rect){t->shares.x - tick, y - line / 2, tick, line}, theme->muted);
            if (!free || count == 64 || y - t->shares.y - t->shares.h < pen_px(pen, 12.0f))
                continue; /* not over a number, nor over the shares' 0 */
            placed[count++] = y;
            canvas_rect(pen->canvas, (Rect){t->logs.x, y - line / 2, t->logs.w, line}, theme->line);
            char text[32];
            log_text(v, text);
            text_draw(pen->text, pen->canvas, TEXT_CAPTION, (TextAnchor){left, y + cap, ALIGN_RIGHT}, theme->muted,
                      text);
        }
    }
}

void timeline_draw_epochs(const Pen *pen, const TimelineLayout *t, Rect pill, Rect ghost) {
    const Theme *theme = pen->theme;
    float cap = text_cap_height(pen->text, TEXT_CAPTION), line = fmaxf(1.0f, roundf(pen_px(pen, 1.0f)));
    float baseline = pill.y + pill.h / 2 + cap / 2, gap = pen_px(pen, 4.0f), last = -INFINITY;
    double step = timeline_step_of_numbers(t, pen_px(pen, NUMBER_ROOM));
    text_draw(pen->text, pen->canvas, TEXT_CAPTION, (TextAnchor){t->card.x + pen_px(pen, 12.0f), baseline, ALIGN_LEFT},
              theme->muted, tr("epoch"));
    last = t->card.x + pen_px(pen, 12.0f) + text_width(pen->text, TEXT_CAPTION, tr("epoch"));
    for (double epoch = ceil(t->from / step) * step; epoch <= t->to + 1e-9; epoch += step) {
        char text[32];
        format_count((size_t)epoch, text);
        float x = timeline_x(t, epoch), half = text_width(pen->text, TEXT_CAPTION, text) / 2;
        bool under = (x + half + gap > pill.x && x - half - gap < pill.x + pill.w) ||
                     (x + half + gap > ghost.x && x - half - gap < ghost.x + ghost.w) || x - half < last + gap;
        canvas_rect(pen->canvas, (Rect){roundf(x - line / 2), t->epochs.y, line, pen_px(pen, 3.0f)}, theme->muted);
        if (under)
            continue;
        text_draw(pen->text, pen->canvas, TEXT_CAPTION, (TextAnchor){x, baseline, ALIGN_CENTER}, theme->muted, text);
        last = x + half;
    }
}
