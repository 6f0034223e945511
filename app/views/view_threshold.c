#include "app/views/view_threshold.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/views/glossary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical pixels, from the block's top. The bars take what the window gives beyond these. */
static const float TITLE = 24.0f, CHIP = 66.0f, WORDS = 34.0f, WORDS_HIGH = 16.0f, NUMBER = 14.0f;
static const float TRACK = 9.0f;                    /* from the bars' foot to the track's middle */
static const float BELOW = 9.0f, AXIS_LEFT = 14.0f; /* the bin below the axis, and where the axis begins */
static const float LARGE_TITLE = 28.0f, LARGE_CHIP = 112.0f, LARGE_TRACK = 12.0f, LARGE_NUMBERS = 24.0f;

/* What the axis spans; the line may be dragged from end to end. */
static UiRange loss_axis(const Snapshot *s) {
    const Property *p = &PROPERTIES[PROPERTY_THRESHOLD];
    return (UiRange){
        .minimum = LOSS_MINIMUM,
        .maximum = LOSS_MAXIMUM,
        .accept_minimum = p->minimum,
        .accept_maximum = fmin(p->maximum, threshold_limit(s->settings->regularizer)),
        .initial = s->settings->threshold,
        .logarithmic = true,
    };
}

static bool plays_part(const Snapshot *s) {
    return property_shown(s->settings, &PROPERTIES[PROPERTY_THRESHOLD]);
}

static bool is_soft(const Snapshot *s) {
    return s->settings->regularizer != REGULARIZER_HARD;
}

/* Whether every point keeps some weight. */
static bool is_never_zero(const Snapshot *s) {
    return weight_never_zero(s->settings->regularizer);
}

/* Whether weights pass 1, and are 1 at the threshold. */
static bool passes_one(const Snapshot *s) {
    return weight_limit(s->settings->regularizer) > 1.0f;
}

typedef struct Places {
    Rect words; /* the row of "easy 74.7 % | hard 25.3 %" */
    LossArea area;
    float track; /* the middle of the slider's track */
    Rect numbers, caption;
} Places;

static Places places_of(const Ui *ui, Rect rect, bool large) {
    Places p;
    float numbers = large ? LARGE_NUMBERS : 18.0f, high = ui_px(ui, 16.0f), left = ui_px(ui, AXIS_LEFT);
    float below = ui_px(ui, large ? numbers + 16.0f : THRESHOLD_HEIGHT - 172.0f);
    p.words = (Rect){rect.x, rect.y + ui_px(ui, WORDS), rect.w, ui_px(ui, WORDS_HIGH)};
    float top = p.words.y + p.words.h + ui_px(ui, NUMBER), foot = roundf(rect.y + rect.h - below);
    p.area.bars = (Rect){rect.x + left, top, rect.w - left, foot - top};
    p.area.below = (Rect){rect.x, top, ui_px(ui, BELOW), foot - top};
    p.track = foot + ui_px(ui, large ? LARGE_TRACK : TRACK);
    p.numbers = (Rect){rect.x, foot + ui_px(ui, numbers), rect.w, high};
    p.caption = large ? (Rect){rect.x, p.numbers.y, text_width(ui->text, TEXT_CAPTION, tr("loss")) + 1.0f, high}
                      : (Rect){rect.x, foot + ui_px(ui, 35.0f), rect.w, high};
    return p;
}

float threshold_height(const Ui *ui, float panel_height) {
    float more = (panel_height / ui->scale - 648.0f) * 0.25f;
    return ui_px(ui, THRESHOLD_HEIGHT + fmaxf(0.0f, fminf(THRESHOLD_GROWS, more)));
}

void threshold_free(ThresholdState *state) {
    loss_count_free(&state->count);
    class_thresholds_free(&state->classes);
    *state = (ThresholdState){.pinned = -1};
}

/* ---- touch ---- */

/* What the words that stand still mean. */
static void touch_words(Ui *ui, Rect title, const Places *p) {
    float width = text_width(ui->text, TEXT_FIGURE, PROPERTIES[PROPERTY_THRESHOLD].label);
    glossary_word(ui, "word-lambda", (Rect){title.x, title.y, fminf(width, title.w), title.h}, "lambda");
    glossary_word(ui, "word-loss", p->caption, "loss");
}

static void set_threshold(const Snapshot *s, double wanted, Intents *intents) {
    if (wanted != s->threshold)
        intend(intents, (Command){.kind = COMMAND_THRESHOLD, .threshold = fmin(wanted, loss_axis(s).accept_maximum)});
}

static const char *slider_help(const Snapshot *s) {
    return s->settings->order == ORDER_HARD
               ? tr("Points whose loss is above λ are learned from, the others are left out")
               : tr(PROPERTIES[PROPERTY_THRESHOLD].help);
}

/* What stands in the bin under the pointer, and what the curves are. */
static void describe_bin(ThresholdState *state, const LossArea *area, float x) {
    int bin = loss_bin_at(area, x);
    char count[32], low[32], high[32], what[128] = "";
    if (bin >= 0) {
        format_count(state->count.histogram.points[bin], count);
        format_number(loss_bin_low(bin), 3, low);
        format_number(loss_bin_high(bin), 3, high);
        if (bin == LOSS_BELOW)
            snprintf(what, sizeof what, tr("%s points with a loss below %s."), count, high);
        else if (bin == LOSS_ALL_BINS - 1)
            snprintf(what, sizeof what, tr("%s points with a loss of %s or more."), count, low);
        else
            snprintf(what, sizeof what, tr("%s points with a loss of %s to %s."), count, low, high);
    }
    char path[PATH_WORDS] = "";
    if (state->path_here && bin > LOSS_BELOW)
        threshold_path_words(state->path, sqrt(loss_bin_low(bin) * loss_bin_low(bin + 1)), path);
    snprintf(state->bin, sizeof state->bin, "%s%s%s%s%s", what, what[0] ? " " : "",
             tr("The bold curve: v; the thin one: F."), path[0] ? " " : "", path);
}

/* 0: the pointer is on "v"; 1: on "F"; -1: on neither. */
static int letter_at(const Ui *ui, const Rect letters[2]) {
    for (int i = 0; i < 2; i++)
        if (rect_has(letters[i], ui->input.mouse_x, ui->input.mouse_y))
            return i;
    return -1;
}

void threshold_touch(Ui *ui, Rect rect, bool large, ThresholdState *state, const Snapshot *s, Intents *intents) {
    state->rect = rect;
    if (class_thresholds_show(s)) {
        class_thresholds_touch(ui, rect, &state->classes, s, intents);
        return;
    }
    Places p = places_of(ui, rect, large);
    UiRange axis = loss_axis(s);
    bool enabled = ui->enabled;
    float chip = ui_px(ui, large ? LARGE_CHIP : CHIP);
    Rect title = {rect.x, rect.y, rect.w - chip - ui_px(ui, UNIT), ui_px(ui, large ? LARGE_TITLE : TITLE)};
    state->large = large;
    state->curves = false;
    ui->enabled = enabled && plays_part(s);
    ui->subject = rect;
    state->path_here = plays_part(s) && s->other_count == 0;
    if (state->path_here && !large) {
        Rect place = {title.x + title.w - ui_px(ui, PATH_SWITCH), title.y, ui_px(ui, PATH_SWITCH), title.h};
        threshold_path_switch(ui, place, state->path, state->path_help);
    }
    if (state->path_here)
        threshold_path_track(ui, &p.area, p.track, state->path);
    text_draw_in(ui->text, ui->canvas, TEXT_FIGURE, title, ALIGN_LEFT, ui_text_color(ui),
                 tr(PROPERTIES[PROPERTY_THRESHOLD].label));
    touch_words(ui, title, &p);
    Rect zone = {p.area.bars.x, p.words.y, p.area.bars.w, p.area.bars.y + p.area.bars.h - p.words.y};
    double line = ui_line(ui, "threshold-line", zone, &axis, s->threshold, slider_help(s), &state->line);
    UiSliderParts parts = {
        {p.area.bars.x, p.track - ui_px(ui, 10.0f), p.area.bars.w, ui_px(ui, 20.0f)},
        {rect.x + rect.w - chip, rect.y, chip, title.h},
    };
    bool ghost = plays_part(s) && !s->looking_back && s->next_threshold != s->threshold && line == s->threshold;
    UiSlider slider = {
        .range = axis, .help = slider_help(s), .ghost = ghost ? &s->next_threshold : NULL, .large = large};
    state->shown = ui_slider_parts(ui, "threshold", &parts, &slider, line);
    ui_say_name(ui, "threshold", tr("Threshold λ"));
    state->focused = ui->focus == ui_id("threshold") && ui->focus_visible;
    set_threshold(s, state->shown, intents);
    ui->enabled = enabled;
    float number = ui_px(ui, NUMBER);
    Rect histogram = {rect.x, p.area.bars.y - number, rect.w, p.area.bars.h + number};
    int letter = letter_at(ui, state->letters);
    UiTouch over = ui_widget(ui, "weight-curve", histogram, false, false, letter < 0 ? state->bin : NULL);
    if (letter >= 0)
        glossary_over(ui, "word-letter", "weight-curve", state->letters[letter], letter == 0 ? "weight" : "latent");
    if (over.hovered) {
        describe_bin(state, &p.area, ui->input.mouse_x);
        state->curves = true;
    }
    state->curves = state->curves || (state->line.held && is_soft(s));
    ui->subject = (Rect){0};
}

void threshold_row(Ui *ui, Rect card, const Snapshot *s, bool panel, bool *drawer, Intents *intents) {
    float pad = ui_px(ui, 1.5f * UNIT), unit = ui_px(ui, UNIT);
    bool enabled = ui->enabled, below = panel || *drawer;
    Rect row = {card.x + pad, card.y + ui_px(ui, 7.0f), card.w - 2 * pad, card.h - ui_px(ui, 14.0f)};
    const char *name = tr(PROPERTIES[PROPERTY_THRESHOLD].label);
    float label = text_width(ui->text, TEXT_MEDIUM, name), button = ui_px(ui, THRESHOLD_ROW_BUTTON);
    float chip = ui_px(ui, CHIP - UNIT), left = row.x + label + 2 * unit + ui_px(ui, UI_THUMB);
    UiSliderParts parts = {
        .value = {row.x + row.w - button - 1.5f * unit - chip, row.y + ui_px(ui, 3.0f), chip, ui_px(ui, TITLE)}};
    parts.track = (Rect){left, row.y, parts.value.x - 2 * unit - left, row.h};
    UiRange axis = loss_axis(s);
    bool ghost = plays_part(s) && !s->looking_back && s->next_threshold != s->threshold;
    UiSlider slider = {.range = axis, .help = slider_help(s), .ghost = ghost ? &s->next_threshold : NULL};
    ui->enabled = enabled && plays_part(s) && !below;
    ui->subject = card;
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, (Rect){row.x, row.y, label + 1.0f, row.h}, ALIGN_LEFT,
                 ui_text_color(ui), name);
    glossary_word(ui, "word-lambda", (Rect){row.x, row.y, label, row.h}, "lambda");
    const char *slider_name = below ? "threshold-below" : "threshold";
    double shown = ui_slider_parts(ui, slider_name, &parts, &slider, s->threshold);
    ui_say_name(ui, slider_name, tr("Threshold λ"));
    set_threshold(s, shown, intents);
    ui->enabled = enabled;
    Rect place = {row.x + row.w - button, row.y, button, row.h};
    if (ui_button(ui, "curriculum", place, ICON_NONE, tr("Curriculum"), BUTTON_PLAIN,
                  tr("λ among the losses, growth, order, and all other settings (Esc closes)")))
        *drawer = !*drawer;
    ui->subject = (Rect){0};
}

/* ---- drawing ---- */

static void draw_numbers(Ui *ui, const Places *p, bool large) {
    static const struct {
        double loss;
        const char *text;
    } numbers[] = {{1e-6, "< 1e-6"}, {1e-4, "1e-4"}, {1e-2, "0.01"}, {1.0, "1"}, {1e2, "100"}};
    enum { NUMBERS = sizeof numbers / sizeof *numbers };
    for (int i = 0; i < NUMBERS; i++) {
        float x = loss_x(&p->area, numbers[i].loss), wide = ui_px(ui, 60.0f);
        Rect place = {i == 0             ? p->numbers.x
                      : i == NUMBERS - 1 ? p->numbers.x + p->numbers.w - wide
                                         : x - wide / 2,
                      p->numbers.y, wide, p->numbers.h};
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, place,
                     i == 0             ? ALIGN_LEFT
                     : i == NUMBERS - 1 ? ALIGN_RIGHT
                                        : ALIGN_CENTER,
                     ui->theme->muted, large && i == 0 ? tr("loss") : numbers[i].text);
    }
}

/* The loss of the pinned point, as a small triangle at the bars' foot. */
static void draw_pinned(Ui *ui, const LossArea *area, const Snapshot *s, int64_t sample) {
    if (sample < 0 || (size_t)sample >= s->data->count)
        return;
    double loss = (double)s->loss[sample];
    float x = loss < LOSS_MINIMUM ? area->below.x + area->below.w / 2
                                  : fminf(area->bars.x + area->bars.w, loss_x(area, loss));
    float y = area->bars.y + area->bars.h, tip = ui_px(ui, 5.0f);
    float mark[] = {x, y - tip * 1.8f, x + tip, y, x - tip, y};
    canvas_polygon(ui->canvas, mark, 3, ui->theme->ring);
}

/* Returns where the words part. */
static float draw_words(Ui *ui, Rect row, float x, const LossWords *w) {
    Pen pen = ui_pen(ui);
    Rect left, right;
    float part = loss_words_draw(&pen, row, x, w, &left, &right);
    ui_note(ui, "threshold-easy", w->right_counts ? right : left);
    ui_note(ui, "threshold-hard", w->right_counts ? left : right);
    glossary_word(ui, "word-left", left, w->left_term);
    glossary_word(ui, "word-right", right, w->right_term);
    return part;
}

/* From the words down to the thumb. */
static void draw_line(Ui *ui, const Places *p, float x, float part, const ThresholdState *state) {
    bool lively = state->line.hovered || state->line.held || state->focused;
    Pen pen = ui_pen(ui);
    loss_line_draw(&pen, p->words, x, part, ui_px(ui, lively ? 3.0f : 2.0f),
                   p->track - ui_px(ui, state->large ? UI_THUMB_LARGE : UI_THUMB));
    if (!state->line.hovered && !state->line.held)
        return;
    float tall = ui_px(ui, 20.0f), wide = ui_px(ui, 8.0f); /* something to grip */
    Rect grip = {x - wide / 2, p->area.bars.y + p->area.bars.h / 2 - tall / 2, wide, tall};
    canvas_rounded(ui->canvas, grip, wide / 2, ui->theme->text);
    for (int i = -1; i <= 1; i++)
        canvas_rect(ui->canvas,
                    (Rect){grip.x + ui_px(ui, 2.0f), grip.y + tall / 2 + ui_px(ui, 4.0f) * (float)i,
                           wide - ui_px(ui, 4.0f), fmaxf(1.0f, roundf(ui_px(ui, 1.0f)))},
                    ui->theme->card);
}

/* What the axis is, and where λ goes next. */
static void draw_caption(Ui *ui, Rect rect, const ThresholdState *state, const Snapshot *s) {
    char text[192], next[64] = "", figure[32];
    const char *brief = tr("loss of each point");
    bool hard_first = s->settings->order == ORDER_HARD;
    char path[PATH_WORDS] = "";
    bool warning = false;
    if (state->path_here && (state->line.held || state->line.hovered || ui->hot == ui_id("threshold")))
        warning = threshold_path_brief(state->path, state->shown, path);
    if (path[0]) { /* what one wants to know before letting go */
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, rect, ALIGN_LEFT, warning ? ui->theme->warn : ui->theme->text,
                     path);
        ui_note(ui, "threshold-path", rect);
        return;
    }
    if (!plays_part(s))
        snprintf(text, sizeof text, "%s", brief);
    else if (passes_one(s)) {
        format_figure(loss_count_weight(&state->count), figure);
        snprintf(text, sizeof text, tr("loss of each point; mean v %s"), figure);
    } else if (is_never_zero(s))
        snprintf(text, sizeof text,
                 hard_first ? tr("loss of each point; v grows with it") : tr("loss of each point; v falls with it"));
    else if (is_soft(s)) {
        format_percent(loss_count_weight(&state->count), figure);
        snprintf(text, sizeof text, tr("weighted by v, %s of all count"), figure);
    } else
        snprintf(text, sizeof text,
                 hard_first ? tr("loss of each point; right of λ it is in use")
                            : tr("loss of each point; left of λ it is easy"));
    if (plays_part(s) && !s->looking_back && s->next_threshold != s->threshold) {
        format_figure(s->next_threshold, figure);
        snprintf(next, sizeof next, tr("next %s"), figure);
    } else if (plays_part(s) && s->hold) {
        snprintf(next, sizeof next, tr("held"));
    }
    float wide = next[0] ? text_width(ui->text, TEXT_CAPTION, next) + ui_px(ui, UNIT) : 0.0f;
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, rect, ALIGN_RIGHT, ui->theme->muted, next);
    rect.w -= wide;
    if (text_width(ui->text, TEXT_CAPTION, text) > rect.w && !is_soft(s))
        snprintf(text, sizeof text, "%s", brief);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, rect, ALIGN_LEFT, ui->theme->muted, text);
}

void threshold_draw(Ui *ui, ThresholdState *state, const Snapshot *s) {
    if (state->rect.h <= 0.0f)
        return;
    if (class_thresholds_show(s)) {
        loss_count(&state->count, s);
        class_thresholds_draw(ui, &state->classes, &state->count, s);
        return;
    }
    Pen pen = ui_pen(ui);
    Places p = places_of(ui, state->rect, state->large);
    UiRange axis = loss_axis(s);
    bool part = plays_part(s);
    float share = (float)ui_range_fraction(&axis, state->shown), x = p.area.bars.x + p.area.bars.w * share;
    loss_count(&state->count, s);
    if (part && state->path_here)
        threshold_path_draw(ui, &p.area, state->path);
    loss_bars_draw(&pen, &p.area, &state->count, ui_px(ui, NUMBER), part ? x : -1.0f);
    if (state->curves)
        loss_curves_draw(&pen, &p.area, s, state->letters);
    draw_pinned(ui, &p.area, s, state->pinned);
    draw_numbers(ui, &p, state->large);
    if (!state->large)
        draw_caption(ui, p.caption, state, s);
    if (part) {
        LossWords words = loss_words(&state->count, s);
        draw_line(ui, &p, x, draw_words(ui, p.words, x, &words), state);
    } else {
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, p.words, ALIGN_LEFT, ui->theme->text,
                     !settings_need_clean(s->settings)       ? tr("λ plays no part: all points count")
                     : s->settings->pace == PACE_CLEAN_ALONE ? tr("λ plays no part: the clean points alone count")
                                                             : tr("λ plays no part: clean points give the weights"));
        ui_note(ui, "threshold-off", p.words);
    }
}
