#include "app/plot/loss_words.h"

#include "app/base/format.h"
#include "app/base/language.h"

#include <math.h>
#include <stdio.h>

LossWords loss_words(const LossCount *count, const Snapshot *s) {
    LossWords w = {.left_term = "weight", .right_term = "weight", .right_counts = s->settings->order == ORDER_HARD};
    char used[32], rest[32];
    char *counts = w.right_counts ? w.right : w.left, *other = w.right_counts ? w.left : w.right;
    double share = (double)s->easy / (double)s->data->count;
    if (weight_limit(s->settings->regularizer) > 1.0f) {
        double above = loss_count_above(count);
        format_percent(above, used);
        format_percent(1.0 - format_share(above), rest);
        snprintf(counts, LOSS_WORDS, tr("v above 1: %s"), used);
        snprintf(other, LOSS_WORDS, trc("v above 1, below", "below %s"), rest);
        return w;
    }
    if (weight_never_zero(s->settings->regularizer)) {
        format_percent(loss_count_weight(count), used);
        snprintf(counts, LOSS_WORDS, tr("weighted %s"), used);
        snprintf(other, LOSS_WORDS, "%s", tr("v is never 0"));
        return w;
    }
    format_percent(share, used);
    format_percent(1.0 - format_share(share), rest);
    snprintf(counts, LOSS_WORDS, w.right_counts ? tr("in use %s") : tr("easy %s"), used);
    snprintf(other, LOSS_WORDS, w.right_counts ? tr("left out %s") : tr("hard %s"), rest);
    if (!w.right_counts) {
        w.left_term = "easy";
        w.right_term = "hard";
    }
    return w;
}

float loss_words_draw(const Pen *pen, Rect row, float x, const LossWords *w, Rect *at_left, Rect *at_right) {
    float left = text_width(pen->text, TEXT_BODY, w->left), right = text_width(pen->text, TEXT_BODY, w->right);
    float gap = pen_px(pen, UNIT);
    float part = fmaxf(row.x + left + gap, fminf(x, row.x + row.w - right - gap));
    *at_left = (Rect){part - gap - left, row.y, left + 1.0f, row.h};
    *at_right = (Rect){part + gap, row.y, right + 1.0f, row.h};
    Color strong = pen->theme->text, weak = pen->theme->muted;
    text_draw_in(pen->text, pen->canvas, TEXT_BODY, *at_left, ALIGN_LEFT, w->right_counts ? weak : strong, w->left);
    text_draw_in(pen->text, pen->canvas, TEXT_BODY, *at_right, ALIGN_LEFT, w->right_counts ? strong : weak, w->right);
    return part;
}

void loss_line_draw(const Pen *pen, Rect row, float x, float part, float wide, float foot) {
    float width = fmaxf(1.0f, roundf(wide)), bend = row.y + row.h, top = row.y - pen_px(pen, 1.0f);
    Color color = pen->theme->text;
    bool straight = fabsf(part - x) < 0.5f;
    canvas_rect(pen->canvas,
                (Rect){roundf(x - width / 2), straight ? top : bend, width, foot - (straight ? top : bend)}, color);
    if (straight)
        return;
    float thin = fmaxf(1.0f, roundf(pen_px(pen, 1.0f))), left = fminf(x, part), right = fmaxf(x, part);
    canvas_rect(pen->canvas, (Rect){left - thin / 2, bend, right - left + thin, thin}, color);
    canvas_rect(pen->canvas, (Rect){part - thin / 2, top, thin, bend - top}, color);
}

static void draw_curve(const Pen *pen, const float *points, size_t n, float width, Color color) {
    canvas_polyline(pen->canvas, points, n, width + pen_px(pen, 2.5f), color_alpha(pen->theme->card, 0.75f));
    canvas_polyline(pen->canvas, points, n, width, color);
}

void loss_curves_draw(const Pen *pen, const LossArea *area, const Snapshot *s, Rect letters[2]) {
    enum { STEPS = 96 };
    float v[2 * (STEPS + 1)], f[2 * (STEPS + 1)];
    Rect bars = area->bars;
    WeightRule rule = weight_rule(s->settings, s->threshold, false);
    float limit = weight_limit(s->settings->regularizer);
    double ratio = LOSS_MAXIMUM / LOSS_MINIMUM, most = latent_loss(&rule, LOSS_MAXIMUM);
    for (int i = 0; i <= STEPS; i++) {
        double loss = LOSS_MINIMUM * pow(ratio, (double)i / (double)STEPS);
        v[2 * i] = f[2 * i] = bars.x + bars.w * (float)i / (float)STEPS;
        v[2 * i + 1] = bars.y + bars.h - bars.h * weight_of_loss(&rule, (float)loss) / limit;
        f[2 * i + 1] = bars.y + bars.h - bars.h * (most > 0.0 ? (float)(latent_loss(&rule, loss) / most) : 0.0f);
    }
    draw_curve(pen, f, STEPS + 1, pen_px(pen, 1.0f), pen->theme->muted);
    draw_curve(pen, v, STEPS + 1, pen_px(pen, 2.0f), pen->theme->text);
    bool falls = v[1] < v[2 * STEPS + 1]; /* v stands at its upper end on the left, F on the right; or the other way */
    float top = bars.y - pen_px(pen, 3.0f), inset = pen_px(pen, 2.0f);
    TextAnchor of_v = {falls ? bars.x + inset : bars.x + bars.w - inset, top, falls ? ALIGN_LEFT : ALIGN_RIGHT};
    TextAnchor of_f = {bars.x + bars.w - pen_px(pen, falls ? 2.0f : 14.0f), top, ALIGN_RIGHT};
    if (falls) /* beside the count of a bar that is cut */
        of_v.x += pen_px(pen, 36.0f);
    text_draw(pen->text, pen->canvas, TEXT_CAPTION, of_v, pen->theme->text, "v");
    text_draw(pen->text, pen->canvas, TEXT_CAPTION, of_f, pen->theme->muted, "F");
    float wide = pen_px(pen, 10.0f), high = pen_px(pen, 12.0f);
    float v_left = falls ? of_v.x : of_v.x - wide;
    letters[0] = (Rect){v_left, top - high, wide, high};
    letters[1] = (Rect){of_f.x - wide, top - high, wide, high};
}
