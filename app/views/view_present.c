#include "app/views/class_threshold.h"
#include "app/base/language.h"
#include "app/views/view_present.h"

#include "app/base/format.h"
#include "app/plot/duel.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double SPOT_SECONDS = 2.0, CONTROLS_SECONDS = 3.0; /* after the pointer's last move */
static const double WHEEL_STEP = 1.05;

static float px(const Ui *ui, float pixels) {
    return pixels * ui->scale / PRESENT_SCALE;
}

/* ---- words ---- */

/* The fact in one row; the reason below it, in two rows of smaller type where one has no room. What is too wide even so
 * is smaller still before it is cut. */
static void draw_line(Ui *ui, Rect rect, const PresentLine *line) {
    TextStyle style = text_width(ui->text, TEXT_TITLE, line->fact) <= rect.w    ? TEXT_TITLE
                      : text_width(ui->text, TEXT_REASON, line->fact) <= rect.w ? TEXT_REASON
                                                                                : TEXT_BODY;
    Rect fact = {rect.x, rect.y, rect.w, px(ui, 56.0f)}, reason = {rect.x, rect.y + fact.h, rect.w, px(ui, 56.0f)};
    text_draw_in(ui->text, ui->canvas, style, fact, ALIGN_LEFT, ui->theme->text, line->fact);
    if (text_width(ui->text, TEXT_REASON, line->reason) <= rect.w) {
        text_draw_in(ui->text, ui->canvas, TEXT_REASON, reason, ALIGN_LEFT, ui->theme->text, line->reason);
        return;
    }
    char rows[UI_LINES][UI_LINE_BYTES];
    TextStyle small = text_width(ui->text, TEXT_BODY, line->reason) <= 1.9f * rect.w ? TEXT_BODY : TEXT_CAPTION;
    int count = ui_wrap(ui, small, line->reason, rect.w, 2, rows);
    reason.h = px(ui, 34.0f);
    for (int i = 0; i < count; i++, reason.y += reason.h)
        text_draw_in(ui->text, ui->canvas, small, reason, ALIGN_LEFT, ui->theme->text, rows[i]);
}

/* ---- figures ---- */

typedef struct Large {
    char value[32], unit[48], caption[64];
    int run; /* 0: in ink */
} Large;

enum { MOST_LARGE = 1 + DUEL_RUNS };

static Large accuracy_figure(const Snapshot *s) {
    bool test = s->test && s->test->count > 0;
    double accuracy = test ? s->test_accuracy : s->accuracy;
    Large f = {.unit = "%"};
    snprintf(f.caption, sizeof f.caption, "%s", test ? tr("test accuracy") : tr("accuracy"));
    if (isfinite(accuracy))
        snprintf(f.value, sizeof f.value, "%.0f", 100.0 * accuracy);
    else
        snprintf(f.value, sizeof f.value, "\u2013");
    return f;
}

static Large easy_figure(const Snapshot *s) {
    Large f = {.unit = "%"};
    snprintf(f.caption, sizeof f.caption, "%s", s->settings->order == ORDER_EASY ? tr("easy") : tr("in use"));
    snprintf(f.value, sizeof f.value, "%.0f", 100.0 * (double)s->easy / (double)s->data->count);
    return f;
}

/* Of several runs how well each does, with its letter and in its colour; of three in fewer words. */
static Large duel_figure(const Snapshot *first, int run) {
    Large f = accuracy_figure(snapshot_run(first, run));
    bool test = first->test && first->test->count > 0;
    snprintf(f.caption, sizeof f.caption,
             !test                      ? tr("%c: accuracy")
             : snapshot_runs(first) > 2 ? tr("%c: test")
                                        : tr("%c: test accuracy"),
             'A' + run);
    f.run = run;
    return f;
}

static int make_figures(const Snapshot *s, Large figures[MOST_LARGE]) {
    uint32_t epoch = s->epoch, epochs = (uint32_t)s->settings->epochs;
    int runs = snapshot_runs(s), count = 1;
    char all[32];
    format_count(epochs, all);
    figures[0] = (Large){.run = 0};
    snprintf(figures[0].caption, sizeof figures[0].caption, "%s", tr("epoch"));
    format_count(epoch, figures[0].value);
    if (s->settings->until_hard < 0 && epoch <= epochs)
        snprintf(figures[0].unit, sizeof figures[0].unit, tr("of %s"), all);
    if (runs == 1) {
        figures[count++] = easy_figure(s);
        figures[count++] = accuracy_figure(s);
    }
    for (int k = 0; runs > 1 && k < runs; k++)
        figures[count++] = duel_figure(s, k);
    return count;
}

/* Side by side; smaller type where the numbers are long. */
static void draw_figures(Ui *ui, Rect rect, const Snapshot *s) {
    Large figures[MOST_LARGE];
    int count = make_figures(s, figures);
    TextStyle style = TEXT_HUGE;
    float gap = px(ui, 14.0f), between = px(ui, 30.0f), widths[MOST_LARGE], all = 0.0f;
    for (int fits = 0; !fits;) {
        all = between * (float)(count - 1);
        for (int i = 0; i < count; i++) {
            float unit = figures[i].unit[0] ? gap + text_width(ui->text, TEXT_BODY, figures[i].unit) : 0.0f;
            widths[i] = fmaxf(text_width(ui->text, style, figures[i].value) + unit,
                              text_width(ui->text, TEXT_CAPTION, figures[i].caption));
            all += widths[i];
        }
        fits = all <= rect.w || style == TEXT_TITLE;
        if (!fits)
            style = style == TEXT_HUGE ? TEXT_LARGE : TEXT_TITLE;
    }
    float x = rect.x, baseline = rect.y + px(ui, 84.0f), spread = fmaxf(0.0f, rect.w - all) / (float)count;
    for (int i = 0; i < count; i++) {
        text_draw(ui->text, ui->canvas, style, (TextAnchor){x, baseline, ALIGN_LEFT},
                  duel_color(ui->theme, figures[i].run), figures[i].value);
        float unit = x + text_width(ui->text, style, figures[i].value) + gap;
        text_draw(ui->text, ui->canvas, TEXT_BODY, (TextAnchor){unit, baseline, ALIGN_LEFT}, ui->theme->muted,
                  figures[i].unit);
        text_draw(ui->text, ui->canvas, TEXT_CAPTION, (TextAnchor){x, baseline + px(ui, 44.0f), ALIGN_LEFT},
                  ui->theme->muted, figures[i].caption);
        x += widths[i] + between + spread;
    }
}

/* ---- the threshold ---- */

static Rect inside(const Ui *ui, Rect card) {
    float pad = px(ui, 32.0f);
    return (Rect){card.x + pad, card.y, card.w - 2 * pad, card.h};
}

Rect present_threshold(const Ui *ui, Rect threshold) {
    Rect in = inside(ui, threshold);
    float pad = px(ui, 20.0f);
    return threshold.w > 0.0f ? (Rect){in.x, in.y + pad, in.w, in.h - 2 * pad} : (Rect){0};
}

/* The wheel over the block moves the threshold by 5 % a notch. */
static void turn_threshold(Ui *ui, Rect card, const Snapshot *s, Intents *intents) {
    if (card.w <= 0.0f || !settings_use_threshold(s->settings) || class_thresholds_show(s) || ui->input.wheel == 0.0f ||
        !rect_has(card, ui->input.mouse_x, ui->input.mouse_y))
        return;
    double threshold = fmax(s->threshold, 1e-6) * pow(WHEEL_STEP, (double)ui->input.wheel);
    threshold = round_by_hand(threshold, threshold, 5);
    ui->input.wheel = 0.0f;
    intend(intents, (Command){.kind = COMMAND_THRESHOLD,
                              .threshold = fmin(threshold, threshold_limit(s->settings->regularizer))});
}

/* ---- pointer and controls ---- */

/* What the pointer's rest lets be seen, and when that will change. */
static void follow_pointer(const Ui *ui, PresentState *st) {
    const UiInput *in = &ui->input;
    bool moved = st->known && (in->mouse_x != st->mouse_x || in->mouse_y != st->mouse_y);
    bool acts = in->pressed || in->right_pressed || in->wheel != 0.0f || ((in->down || in->right_down) && st->known);
    if (moved || acts)
        st->moved_at = in->time;
    st->known = true;
    st->mouse_x = in->mouse_x;
    st->mouse_y = in->mouse_y;
    double still = in->time - st->moved_at;
    bool ever = st->moved_at > 0.0 && in->mouse_inside;
    st->spot = ever && still < SPOT_SECONDS;
    st->controls = ever && (still < CONTROLS_SECONDS || st->over) && (!in->down || st->over);
    st->wake_at = st->spot ? st->moved_at + SPOT_SECONDS : st->controls ? st->moved_at + CONTROLS_SECONDS : 0.0;
    if (st->over && !st->spot)
        st->wake_at = 0.0;
}

/* Icons large enough to be hit from a lectern; at the lower right, where the timeline has its labels. */
static void controls(Ui *ui, Rect foot, PresentState *st, const Snapshot *s, Intents *intents) {
    enum { PLAY, STEP, PANEL, EXIT, CONTROLS };
    float size = px(ui, 76.0f), gap = px(ui, 12.0f), wide = px(ui, 150.0f);
    float width = 2 * size + 2 * wide + (float)(CONTROLS + 1) * gap;
    Rect bar = {foot.x + foot.w - width - gap, foot.y + foot.h - size - 3 * gap, width, size + 2 * gap};
    st->over = st->controls && rect_has(bar, ui->input.mouse_x, ui->input.mouse_y);
    if (!st->controls)
        return;
    bool on_top = ui->on_top;
    ui->on_top = true;
    Rect place = {bar.x + gap, bar.y + gap, size, size};
    float radius = px(ui, 20.0f);
    canvas_rounded(ui->canvas, bar, radius, ui->theme->card);
    canvas_rounded_frame(ui->canvas, bar, radius, fmaxf(1.0f, roundf(px(ui, 2.0f))), ui->theme->muted);
    if (ui_button(ui, "present-play", place, s->playing ? ICON_PAUSE : ICON_PLAY, "", BUTTON_PRIMARY, NULL))
        intend_kind(intents, s->playing ? COMMAND_PAUSE : COMMAND_PLAY);
    place.x += size + gap;
    ui_say_name(ui, "present-play", s->playing ? tr("Pause") : tr("Play"));
    if (ui_button(ui, "present-step", place, ICON_EPOCH, "", BUTTON_PLAIN, NULL))
        intend_kind(intents, COMMAND_EPOCH);
    place.x += size + gap;
    place.w = wide;
    if (ui_button(ui, "present-panel", place, ICON_NONE, tr("Panel"), BUTTON_PLAIN, NULL))
        intents->toggle_panel = true;
    place.x += wide + gap;
    if (ui_button(ui, "present-exit", place, ICON_NONE, tr("Exit"), BUTTON_PLAIN, NULL))
        intents->toggle_present = true;
    ui_note(ui, "present-controls", bar);
    ui->on_top = on_top;
}

void present_widgets(Ui *ui, const PresentPlaces *places, PresentState *state, const Snapshot *snapshot,
                     Intents *intents) {
    follow_pointer(ui, state);
    if (!state->spot) /* a pointer that is not seen points at nothing */
        ui->input.mouse_inside = false;
    turn_threshold(ui, places->threshold, snapshot, intents);
}

void present_draw(Ui *ui, const PresentPlaces *places, PresentState *state, const PresentLine *line,
                  const Snapshot *snapshot, Intents *late) {
    if (line) {
        draw_line(ui, places->line, line);
        ui_note(ui, "present-line", places->line);
    }
    if (places->figures.w > 0.0f) {
        draw_figures(ui, places->figures, snapshot);
        ui_note(ui, "present-figures", places->figures);
    }
    controls(ui, places->foot, state, snapshot, late);
}

void present_spot_draw(Ui *ui, const PresentState *state) {
    ui->cursor = CURSOR_NONE;
    if (!state->spot)
        return;
    float x = state->mouse_x, y = state->mouse_y, radius = px(ui, 26.0f);
    canvas_disc(ui->canvas, x, y, radius, color_alpha(ui->theme->accent, 0.30f));
    canvas_ring(ui->canvas, x, y, radius, px(ui, 7.0f), color_alpha(ui->theme->card, 0.9f)); /* seen on any ground */
    canvas_ring(ui->canvas, x, y, radius, px(ui, 4.0f), ui->theme->accent);
}
