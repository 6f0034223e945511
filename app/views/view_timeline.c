#include "app/views/view_timeline.h"

#include "core/pace.h"
#include "app/experiment/feedback.h"
#include "app/base/format.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    CURVE_EASY,
    CURVE_ACCURACY,
    CURVE_LOSS,
    CURVE_THRESHOLD,
    CURVE_TEST,
    CURVE_PRECISION,
    CURVE_RECALL,
    CURVES,
    MAX_POINTS = 1024
};

/* Test accuracy needs test points; precision and recall, known true labels. */
static bool has_curve(const Snapshot *s, int curve) {
    return curve <= CURVE_THRESHOLD || (curve == CURVE_TEST && s->test && s->test->count > 0) ||
           (curve > CURVE_TEST && (s->settings->flip > 0.0 || s->settings->outliers > 0.0));
}

static int count_curves(const Snapshot *s) {
    int count = 0;
    for (int c = 0; c < CURVES; c++)
        count += has_curve(s, c);
    return count;
}

/* The plotted area, and how many epochs it spans. */
typedef struct Timeline {
    Rect area, legend;
    uint32_t epochs; /* at the right edge */
    int64_t last;    /* newest recorded epoch, from 0, or -1 */
    float top;       /* value at the upper edge: 1, or the highest loss */
} Timeline;

static Timeline lay_out(const Ui *ui, Rect card, const Snapshot *s) {
    float legend = ui_px(ui, 128.0f), pad = ui_px(ui, 12.0f), left = ui_px(ui, 44.0f);
    Timeline t = {.area = {roundf(card.x + left), roundf(card.y + ui_px(ui, 14.0f)),
                           card.w - left - legend - 2.5f * pad, card.h - ui_px(ui, 38.0f)}};
    t.legend = (Rect){t.area.x + t.area.w + 1.5f * pad, t.area.y - ui_px(ui, 4.0f), legend,
                      fminf(ui_px(ui, 19.0f) * (float)count_curves(s), card.h - ui_px(ui, 12.0f))};
    if (count_curves(s) > 4) /* rows closer together, from higher up */
        t.legend.y = card.y + ui_px(ui, 6.0f);
    const History *h = s->history;
    t.last = h->count > 0 ? (int64_t)h->records[h->count - 1].epoch : -1;
    uint32_t done = (uint32_t)(t.last + 1);
    t.epochs = (uint32_t)s->settings->epochs;
    if (s->settings->until_hard >= 0 || done > t.epochs) /* the last epoch is not known yet */
        t.epochs = done < 10 ? 10 : done + done / 10;
    t.top = 1.0f;
    for (size_t i = 0; i < h->count; i++)
        if (isfinite(h->records[i].mean_loss))
            t.top = fmaxf(t.top, (float)h->records[i].mean_loss);
    return t;
}

/* Epochs are drawn where they end: epoch 0 at 1. */
static float epoch_x(const Timeline *t, double epochs_done) {
    return t->area.x + t->area.w * (float)(epochs_done / (double)t->epochs);
}

/* The recorded epoch at a position; one past the last: now. */
static int64_t epoch_at(const Timeline *t, float x) {
    int64_t epoch = (int64_t)lround((double)((x - t->area.x) / t->area.w) * (double)t->epochs) - 1;
    return epoch < 0 ? 0 : epoch > t->last ? t->last + 1 : epoch;
}

/* COMMAND_LOOK's epoch; at or past the newest, the run as it is now. */
static int64_t look_epoch(const Snapshot *s, int64_t last, int64_t epoch) {
    if (epoch > last || (epoch == last && !s->mid_epoch))
        return -1;
    return epoch < 0 ? 0 : epoch;
}

int64_t timeline_step(const Snapshot *s, int epochs) {
    const History *h = s->history;
    if (h->count == 0)
        return -1;
    int64_t last = (int64_t)h->records[h->count - 1].epoch;
    int64_t from = s->looking_back ? (int64_t)s->epoch - 1 : s->mid_epoch ? last + 1 : last;
    return look_epoch(s, last, from + epochs);
}

void timeline_touch(Ui *ui, Rect card, TimelineState *state, const Snapshot *s, Intents *intents) {
    Timeline t = lay_out(ui, card, s);
    UiTouch touch = ui_touch(ui, "timeline", t.area, true);
    state->focused = touch.focused && ui->focus_visible;
    state->hovered = -1;
    if (t.last < 0)
        return;
    if (touch.hovered || touch.held) {
        int64_t epoch = epoch_at(&t, ui->input.mouse_x);
        state->hovered = epoch <= t.last ? epoch : -1;
        ui->cursor = CURSOR_RESIZE_X;
        int64_t look = look_epoch(s, t.last, epoch), now = s->looking_back ? (int64_t)s->epoch - 1 : -1;
        if (touch.held && look != now)
            intend(intents, (Command){.kind = COMMAND_LOOK, .epoch = look});
    }
    for (int i = 0; touch.focused && i < ui->input.key_count; i++) {
        const UiKey *key = &ui->input.keys[i];
        if (key->code == KEY_LEFT || key->code == KEY_RIGHT)
            intend(intents, (Command){.kind = COMMAND_LOOK, .epoch = timeline_step(s, key->code == KEY_LEFT ? -1 : 1)});
        else if (key->code == KEY_HOME)
            intend(intents, (Command){.kind = COMMAND_LOOK, .epoch = 0});
        else if (key->code == KEY_END)
            intend(intents, (Command){.kind = COMMAND_LOOK, .epoch = -1});
        else
            continue;
        ui->keyboard_taken = true;
    }
}

/* ---- drawing ---- */

/* Numbers below the axis: steps of 1, 2, 5, 10 ... epochs with room between them. */
static void draw_epochs(Ui *ui, const Timeline *t) {
    float room = ui_px(ui, 44.0f);
    uint64_t step = 1;
    for (int i = 0; t->area.w * (float)step / (float)t->epochs < room && step < t->epochs; i++)
        step = (uint64_t)(pow(10.0, (double)(i / 3)) * (i % 3 == 0 ? 2.0 : i % 3 == 1 ? 5.0 : 10.0));
    for (uint64_t epoch = 0; epoch <= t->epochs; epoch += step) {
        char text[32];
        format_count((size_t)epoch, text);
        text_draw(ui->text, ui->canvas, TEXT_CAPTION,
                  (TextAnchor){epoch_x(t, (double)epoch), t->area.y + t->area.h + ui_px(ui, 15.0f), ALIGN_CENTER},
                  ui->theme->muted, text);
    }
}

/* 1e-4 to 1e2 */
static float threshold_height(const Timeline *t, double threshold) {
    return t->top * (float)((log10(fmax(threshold, 1e-30)) + 4.0) / 6.0);
}

/* What is plotted of a record, 0 to top; the threshold has a logarithmic axis of its own. */
static float curve_value(const Timeline *t, const Snapshot *s, int curve, const HistoryRecord *r) {
    switch (curve) {
    case CURVE_EASY:
        return (float)r->easy / (float)s->data->count;
    case CURVE_ACCURACY:
        return (float)r->accuracy;
    case CURVE_LOSS:
        return (float)r->mean_loss;
    case CURVE_TEST:
        return (float)r->test_accuracy;
    case CURVE_PRECISION:
        return (float)r->label_precision;
    case CURVE_RECALL:
        return (float)r->label_recall;
    default:
        return threshold_height(t, r->threshold);
    }
}

static float value_y(const Timeline *t, float value) {
    return t->area.y + t->area.h * (1.0f - fminf(1.0f, fmaxf(0.0f, value / t->top)));
}

/* Of more records than a curve has points, evenly spaced ones are drawn, and the last. */
static size_t next_record(size_t i, size_t step, size_t count) {
    return i + step < count || i + 1 == count ? i + step : count - 1;
}

/* Precision goes with recall, accuracy with test accuracy: one of each pair is dashed. */
static bool is_dashed(int curve) {
    return curve == CURVE_TEST || curve == CURVE_RECALL;
}

/* Dashes carry on across segments, however short those are. */
static void draw_dashes(Ui *ui, const float *points, size_t n, float width, Color color) {
    bool on = true;
    float each = ui_px(ui, 4.0f), left = each; /* of this dash or gap */
    for (size_t i = 1; i < n; i++) {
        float x = points[2 * i - 2], y = points[2 * i - 1], dx = points[2 * i] - x, dy = points[2 * i + 1] - y;
        float length = hypotf(dx, dy), step;
        for (float at = 0.0f; at < length; at += step) {
            step = fminf(length - at, left);
            float from = at / length, to = (at + step) / length;
            if (on)
                canvas_line(ui->canvas, x + dx * from, y + dy * from, x + dx * to, y + dy * to, width, color);
            left -= step;
            if (left <= 0.0f) {
                on = !on;
                left = each;
            }
        }
    }
}

static void draw_curve(Ui *ui, const Timeline *t, const Snapshot *s, int curve, int class, float width, Color color) {
    const History *h = s->history;
    float points[2 * (MAX_POINTS + 2)] = {0};
    size_t n = 0, step = h->count / MAX_POINTS + 1;
    for (size_t i = 0; i < h->count; i = next_record(i, step, h->count)) {
        const HistoryRecord *r = &h->records[i];
        size_t of_class = class < 0 ? 1 : s->data->class_count[class] > 0 ? s->data->class_count[class] : 1;
        float value = class < 0 ? curve_value(t, s, curve, r) : (float)r->class_easy[class] / (float)of_class;
        points[2 * n] = epoch_x(t, (double)r->epoch + 1.0);
        points[2 * n + 1] = value_y(t, value);
        n += isfinite(value) != 0;
    }
    if (is_dashed(curve))
        draw_dashes(ui, points, n, ui_px(ui, width), color);
    else
        canvas_polyline(ui->canvas, points, n, ui_px(ui, width), color);
    if (n == 1)
        canvas_disc(ui->canvas, points[0], points[1], ui_px(ui, width), color);
}

static void draw_curves(Ui *ui, const Timeline *t, const Snapshot *s, const Color *colors, const HistoryRecord *shown) {
    for (int c = 0; s->second && c < 3; c++) /* the second run's: thin, pale and underneath */
        draw_curve(ui, t, s->second, c, -1, 1.25f, color_alpha(colors[c], 0.5f));
    for (int k = 0; k < s->data->classes; k++)
        draw_curve(ui, t, s, 0, k, 1.0f, color_alpha(ui->theme->class_fill[k], 0.75f));
    for (int c = CURVES - 1; c >= 0; c--)
        if (has_curve(s, c))
            draw_curve(ui, t, s, c, -1,
                       c < CURVE_THRESHOLD    ? 2.0f
                       : c == CURVE_THRESHOLD ? 1.0f
                                              : 1.5f,
                       c == CURVE_THRESHOLD ? color_alpha(colors[c], 0.6f) : colors[c]);
    for (int c = CURVES - 1; shown && c >= 0; c--) {
        float value = curve_value(t, s, c, shown);
        if (has_curve(s, c) && isfinite(value))
            canvas_disc(ui->canvas, epoch_x(t, (double)shown->epoch + 1.0), value_y(t, value), ui_px(ui, 3.5f),
                        colors[c]);
    }
}

/* The loss of one point at each recorded epoch. */
static void draw_pinned(Ui *ui, const Timeline *t, const Snapshot *s, int64_t sample) {
    const History *h = s->history;
    if (sample < 0 || (size_t)sample >= s->data->count)
        return;
    size_t i = (size_t)sample, step = h->count / 256 + 1;
    float before_x = 0.0f, before_y = 0.0f;
    for (size_t k = 0; k < h->count; k += step) {
        const HistoryRecord *r = &h->records[k];
        float loss;
        mlp_losses(s->mlp, r->parameters, &s->data->x[i], &s->data->y[i], &s->data->label[i], 1, &loss);
        float x = epoch_x(t, (double)r->epoch + 1.0), y = value_y(t, isfinite(loss) ? loss : t->top);
        if (k > 0)
            canvas_line(ui->canvas, before_x, before_y, x, y, ui_px(ui, 1.5f), ui->theme->ring);
        canvas_disc(ui->canvas, x, y, ui_px(ui, 2.0f), ui->theme->ring);
        before_x = x;
        before_y = y;
    }
}

static void draw_legend(Ui *ui, const Timeline *t, const Snapshot *s, const Color *colors, const HistoryRecord *shown,
                        bool past) {
    static const char *const names[CURVES] = {"easy", "accuracy", "loss", "threshold", "test", "precision", "recall"};
    char values[CURVES][32];
    bool record = shown && past;
    format_percent((double)(record ? shown->easy : s->easy) / (double)s->data->count, values[0]);
    format_percent(record ? shown->accuracy : s->accuracy, values[1]);
    format_figure(record ? shown->mean_loss : s->mean_loss, values[2]);
    format_figure(record ? shown->threshold : s->threshold, values[3]);
    const double shares[] = {record ? shown->test_accuracy : s->test_accuracy,
                             record ? shown->label_precision : s->label_precision,
                             record ? shown->label_recall : s->label_recall};
    for (int i = 0; i < 3; i++)
        format_percent(shares[i], values[CURVE_TEST + i]);
    int rows = count_curves(s), at = 0;
    float row = t->legend.h / (float)rows;
    TextStyle style = rows > 5 ? TEXT_CAPTION : TEXT_BODY;
    for (int i = 0; i < CURVES; i++) {
        if (!has_curve(s, i))
            continue;
        Rect line = {t->legend.x, t->legend.y + row * (float)at++, t->legend.w, row};
        float middle = line.y + row / 2;
        float sample[] = {line.x + ui_px(ui, 1.0f), middle, line.x + ui_px(ui, is_dashed(i) ? 13.0f : 9.0f), middle};
        if (is_dashed(i))
            draw_dashes(ui, sample, 2, ui_px(ui, 1.5f), colors[i]);
        else
            canvas_line(ui->canvas, sample[0], middle, sample[2], middle, ui_px(ui, i >= CURVE_THRESHOLD ? 1.5f : 3.0f),
                        colors[i]);
        Rect name = {line.x + ui_px(ui, 18.0f), line.y, line.w, row};
        text_draw_in(ui->text, ui->canvas, style, name, ALIGN_LEFT, ui->theme->text, names[i]);
        text_draw_in(ui->text, ui->canvas, style, line, ALIGN_RIGHT, ui->theme->text, values[i]);
    }
}

/* At the lower edge: epochs that admitted too much at once (a wedge), and the one from which every point was in (a
 * bar). */
static void draw_marks(Ui *ui, const Timeline *t, const Snapshot *s) {
    FeedbackMark marks[FEEDBACK_MARKS];
    size_t count = feedback_marks(s->history, s->settings, marks);
    float bottom = t->area.y + t->area.h, size = ui_px(ui, 4.0f);
    for (size_t i = 0; i < count; i++) {
        float x = epoch_x(t, (double)marks[i].epoch + 1.0);
        float wedge[] = {x - size, bottom, x, bottom - 1.8f * size, x + size, bottom};
        if (marks[i].kind == FEEDBACK_TOO_FAST)
            canvas_polygon(ui->canvas, wedge, 3, ui->theme->danger);
        else
            canvas_rect(ui->canvas, (Rect){x - size / 2, bottom - 2.0f * size, size, 2.0f * size}, ui->theme->muted);
    }
}

/* What the pace will do: a dot for each coming epoch, at its threshold or its share of easy points. */
static void draw_ahead(Ui *ui, const Timeline *t, const Snapshot *s, const Color *colors) {
    bool by_share = pace_by_share(s->settings);
    float before = -1e9f, gap = ui_px(ui, 5.0f);
    if (s->settings->order == ORDER_ALL)
        return;
    for (int i = 0; i < s->ahead_count; i++) {
        float x = epoch_x(t, (double)s->epoch + i + 1.0);
        if (x > t->area.x + t->area.w || x - before < gap)
            continue;
        before = x;
        float y = value_y(t, by_share ? (float)s->ahead[i] : threshold_height(t, s->ahead[i]));
        canvas_disc(ui->canvas, x, y, ui_px(ui, 1.25f),
                    color_alpha(by_share ? colors[CURVE_EASY] : colors[CURVE_THRESHOLD], 0.6f));
    }
}

static void draw_playhead(Ui *ui, const Timeline *t, float x, Color color) {
    canvas_line(ui->canvas, x, t->area.y - ui_px(ui, 1.0f), x, t->area.y + t->area.h, ui_px(ui, 1.5f), color);
    float tip = ui_px(ui, 5.0f);
    float mark[] = {x - tip, t->area.y - tip, x + tip, t->area.y - tip, x, t->area.y + tip};
    canvas_polygon(ui->canvas, mark, 3, color);
}

void timeline_draw(Ui *ui, Rect card, const TimelineState *state, const Snapshot *s) {
    const Theme *theme = ui->theme;
    const Color colors[CURVES] = {theme->curve_easy,      theme->curve_accuracy, theme->curve_loss,
                                  theme->curve_threshold, theme->curve_accuracy, theme->danger,
                                  theme->danger};
    Timeline t = lay_out(ui, card, s);
    const History *h = s->history;
    float line = fmaxf(1.0f, roundf(ui_px(ui, 1.0f)));
    canvas_rounded_frame(ui->canvas, t.area, 0.0f, line, theme->line);
    draw_epochs(ui, &t);
    char number[32];
    format_number(t.top, 2, number);
    float caption = text_cap_height(ui->text, TEXT_CAPTION) / 2, left = t.area.x - ui_px(ui, UNIT);
    text_draw(ui->text, ui->canvas, TEXT_CAPTION, (TextAnchor){left, t.area.y + caption, ALIGN_RIGHT}, theme->muted,
              number);
    text_draw(ui->text, ui->canvas, TEXT_CAPTION, (TextAnchor){left, t.area.y + t.area.h + caption, ALIGN_RIGHT},
              theme->muted, "0");

    int64_t epoch = state->hovered >= 0 ? state->hovered : s->looking_back ? (int64_t)s->epoch - 1 : t.last;
    const HistoryRecord *shown = epoch >= 0 ? history_find(h, (uint32_t)epoch) : NULL;
    bool past = shown && (state->hovered >= 0 || s->looking_back);
    draw_curves(ui, &t, s, colors, shown);
    draw_ahead(ui, &t, s, colors);
    draw_marks(ui, &t, s);
    draw_pinned(ui, &t, s, state->pinned);
    if (past && state->hovered >= 0) {
        float x = epoch_x(&t, (double)shown->epoch + 1.0);
        canvas_line(ui->canvas, x, t.area.y, x, t.area.y + t.area.h, line, theme->muted);
        char text[48];
        snprintf(text, sizeof text, "epoch %u", shown->epoch + 1);
        float width = text_width(ui->text, TEXT_CAPTION, text), gap = ui_px(ui, 5.0f);
        float at = x + gap + width > t.area.x + t.area.w ? x - gap - width : x + gap;
        text_draw(ui->text, ui->canvas, TEXT_CAPTION, (TextAnchor){at, t.area.y + ui_px(ui, 11.0f), ALIGN_LEFT},
                  theme->muted, text);
    }
    double done = (double)s->epoch + (double)s->batch / (double)s->batches;
    draw_playhead(ui, &t, epoch_x(&t, done), s->looking_back ? theme->accent : theme->text);
    if (state->focused)
        canvas_rounded_frame(ui->canvas,
                             (Rect){t.area.x - 3 * line, t.area.y - 3 * line, t.area.w + 6 * line, t.area.h + 6 * line},
                             ui_px(ui, 3.0f), ui_px(ui, 2.0f), theme->focus_outer);
    draw_legend(ui, &t, s, colors, shown, past);
}
