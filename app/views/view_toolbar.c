#include "app/views/view_toolbar.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/plot/duel.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"
#include "app/views/glossary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical widths below which buttons lose their words, and from which there is no menu. */
static const float WORDS_FROM = 1180.0f, WHOLE_FROM = 980.0f, SPEED_LEAST = 88.0f;
static const float MENU_WIDTH = 248.0f, MENU_ROW = 40.0f;
enum { WINDOW_BUTTONS = 4 };

/* What can be taken off the ends of the bar. */
typedef struct Strip {
    const Ui *ui;
    Rect rest;
} Strip;

/* A piece of so many logical pixels off the left of the strip, and a gap behind it. */
static Rect take_left(Strip *strip, float width, float gap) {
    Rect piece = {strip->rest.x, strip->rest.y, ui_px(strip->ui, width), strip->rest.h};
    float used = piece.w + ui_px(strip->ui, gap);
    strip->rest.x += used;
    strip->rest.w -= used;
    return piece;
}

static Rect take_right(Strip *strip, float width, float gap) {
    float w = ui_px(strip->ui, width);
    Rect piece = {strip->rest.x + strip->rest.w - w, strip->rest.y, w, strip->rest.h};
    strip->rest.w -= w + ui_px(strip->ui, gap);
    return piece;
}

/* ---- figures ---- */

typedef struct Figure {
    char value[80], widest[80]; /* widest: the longest text that the value may become */
    char brief[32];             /* the value where there is little room, or "" */
    const char *caption, *name, *key;
    float width; /* pixels */
} Figure;

/* From right to left, in the order in which they stay where there is little room: the epoch always does. */
enum { MOST_FIGURES = DUEL_RUNS + 1 };

typedef struct Figures {
    Figure all[MOST_FIGURES]; /* accuracy; share of points in use, or the accuracies of the other runs; the epoch */
    int count;
} Figures;

static Figure epoch_figure(const Snapshot *s) {
    Figure f = {.widest = "1,000", .caption = tr("epoch"), .name = "figure-epoch", .key = "epoch"};
    char done[32], all[32];
    uint32_t epoch = s->epoch, epochs = (uint32_t)s->settings->epochs;
    format_count(epoch, done);
    snprintf(f.brief, sizeof f.brief, "%s", done);
    if (s->settings->until_hard < 0 && epoch <= epochs) {
        format_count(epochs, all);
        snprintf(f.value, sizeof f.value, tr("%s of %s"), done, all);
        snprintf(f.widest, sizeof f.widest, tr("%s of %s"), all, all);
    } else {
        snprintf(f.value, sizeof f.value, "%s", done);
    }
    return f;
}

/* Points that count are the easy ones only where easy points go first. */
static Figure easy_figure(const Snapshot *s) {
    bool easy_first = s->settings->order == ORDER_EASY;
    Figure f = {.widest = "100.0 %",
                .caption = easy_first ? tr("easy") : tr("in use"),
                .name = "figure-easy",
                .key = easy_first ? "easy" : "weight"};
    char percent[32];
    format_percent(s->data->count > 0 ? (double)s->easy / (double)s->data->count : NAN, percent);
    snprintf(f.value, sizeof f.value, "%s", percent);
    return f;
}

/* The sum of v by the points: beside the easy ones, or in their place where all keep some weight. */
static Figure weight_figure(const Snapshot *s) {
    Figure f = {.widest = "100.0 %", .caption = tr("weight"), .name = "figure-weight", .key = "weight"};
    char percent[32];
    double mean = s->data->count > 0 ? s->weight_sum / (double)s->data->count : NAN;
    if (weight_limit(s->settings->regularizer) > 1.0f) { /* no share of anything */
        f.caption = tr("mean v");
        format_figure(mean, percent);
    } else {
        format_percent(mean, percent);
    }
    snprintf(f.value, sizeof f.value, "%s", percent);
    return f;
}

static Figure accuracy_figure(const Snapshot *s) {
    bool tested = !isnan(s->test_accuracy);
    Figure f = {.widest = "100.0 %",
                .caption = tested ? tr("test accuracy") : tr("accuracy"),
                .name = "figure-accuracy",
                .key = tested ? "test" : "accuracy"};
    char percent[32];
    format_percent(tested ? s->test_accuracy : s->accuracy, percent);
    snprintf(f.value, sizeof f.value, "%s", percent);
    return f;
}

/* Of several runs, how well each does. */
static Figure duel_figure(const Snapshot *first, int run) {
    static const char *const captions[2][DUEL_RUNS] = {
        {N_("A: accuracy"), N_("B: accuracy"), N_("C: accuracy")},
        {N_("A: test accuracy"), N_("B: test accuracy"), N_("C: test accuracy")}};
    static const char *const names[DUEL_RUNS] = {"figure-a", "figure-b", "figure-c"};
    const Snapshot *s = snapshot_run(first, run);
    Figure f = accuracy_figure(s);
    f.caption = tr(captions[!isnan(s->test_accuracy)][run]);
    f.name = names[run];
    return f;
}

/* Columns are as wide as their widest text, so that nothing jumps. roomy: the weight stands beside the easy share. */
static void make_figures(Ui *ui, const Snapshot *s, bool roomy, Figures *figures) {
    int runs = snapshot_runs(s);
    figures->count = 0;
    if (runs == 1) {
        figures->all[figures->count++] = accuracy_figure(s);
        bool soft = s->settings->order != ORDER_ALL && s->settings->regularizer != REGULARIZER_HARD;
        bool choice = !soft || !weight_never_zero(s->settings->regularizer);
        if (soft && (roomy || !choice))
            figures->all[figures->count++] = weight_figure(s);
        if (choice)
            figures->all[figures->count++] = easy_figure(s);
    }
    for (int k = runs - 1; runs > 1 && k >= 0; k--)
        figures->all[figures->count++] = duel_figure(s, k);
    figures->all[figures->count++] = epoch_figure(s);
    for (int i = 0; i < figures->count; i++) {
        Figure *f = &figures->all[i];
        f->width = fmaxf(text_width(ui->text, TEXT_FIGURE, f->value), text_width(ui->text, TEXT_FIGURE, f->widest));
        f->width = fmaxf(f->width, text_width(ui->text, TEXT_CAPTION, f->caption));
    }
}

/* Which figures there is room for: less and less, each narrower than the one before. */
typedef struct FigureRow {
    float gap, width; /* pixels */
    bool whole;       /* not the first and the last alone */
} FigureRow;

static FigureRow fit_figures(const Ui *ui, Figures *figures, float room) {
    static const struct {
        float gap;
        bool whole, of; /* of: the epoch says of how many */
    } ways[] = {
        {24.0f, true, true}, {12.0f, true, true}, {24.0f, false, true}, {12.0f, false, true}, {12.0f, false, false}};
    FigureRow row = {0};
    Figure *epoch = &figures->all[figures->count - 1];
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (!ways[i].of) {
            memcpy(epoch->value, epoch->brief, sizeof epoch->brief);
            epoch->width = fmaxf(text_width(ui->text, TEXT_FIGURE, epoch->value),
                                 text_width(ui->text, TEXT_CAPTION, epoch->caption));
        }
        row = (FigureRow){.gap = ui_px(ui, ways[i].gap), .whole = ways[i].whole};
        row.width = figures->all[0].width + row.gap + epoch->width;
        for (int k = 1; row.whole && k + 1 < figures->count; k++)
            row.width += row.gap + figures->all[k].width;
        if (row.width <= room)
            break;
    }
    return row;
}

/* Those that there is room for; the weight gives way first. */
static FigureRow choose_figures(Ui *ui, const Snapshot *s, float room, Figures *figures) {
    make_figures(ui, s, true, figures);
    FigureRow row = fit_figures(ui, figures, room);
    if (row.whole)
        return row;
    make_figures(ui, s, false, figures);
    return fit_figures(ui, figures, room);
}

void toolbar_figures(Ui *ui, const ToolbarState *state, const Snapshot *snapshot) {
    Rect place = state->figures_row;
    Figures figures;
    FigureRow row = choose_figures(ui, snapshot, place.w + 0.5f, &figures);
    float right = place.x + place.w, middle = place.y + place.h / 2;
    for (int i = 0; i < figures.count; i++) {
        const Figure *f = &figures.all[i];
        if (i > 0 && i + 1 < figures.count && !row.whole)
            continue;
        Rect hint = {right - f->width - row.gap / 4, place.y, f->width + row.gap / 2, place.h};
        UiTouch touch = glossary_hint(ui, f->name, hint, f->key);
        ui_say(ui, touch.id, &(UiSay){.role = ROLE_TERM, .label = f->caption, .value = f->value});
        text_draw(ui->text, ui->canvas, TEXT_FIGURE, (TextAnchor){right, middle - ui_px(ui, 3.0f), ALIGN_RIGHT},
                  ui->theme->text, f->value);
        text_draw(ui->text, ui->canvas, TEXT_CAPTION, (TextAnchor){right, middle + ui_px(ui, 11.0f), ALIGN_RIGHT},
                  ui->theme->muted, f->caption);
        right -= f->width + row.gap;
    }
}

/* ---- controls ---- */

static void run_buttons(Ui *ui, Strip *strip, bool words, const Snapshot *snapshot, Intents *intents) {
    bool moving = snapshot->playing || snapshot->replaying, replay = snapshot->looking_back && !moving;
    const char *play = moving ? tr("Pause") : replay ? tr("Replay") : tr("Play");
    if (ui_button(ui, "play", take_left(strip, words ? 80.0f : CONTROL, UNIT), moving ? ICON_PAUSE : ICON_PLAY,
                  words ? play : "", BUTTON_PRIMARY,
                  snapshot->replaying ? tr("Stop at this epoch (Space)")
                  : moving            ? tr("Pause training (Space)")
                  : replay            ? tr("Show the epochs from here to now once more; nothing is trained (Space)")
                                      : tr("Train the model, epoch by epoch (Space)")))
        intend_kind(intents, moving ? COMMAND_PAUSE : replay ? COMMAND_REPLAY : COMMAND_PLAY);
    ui_say_name(ui, "play", play);
    if (ui_button(ui, "epoch", take_left(strip, words ? 80.0f : CONTROL, UNIT), ICON_EPOCH,
                  words ? trc("button", "Epoch") : "", BUTTON_PLAIN,
                  tr("Train to the end of the epoch, then pause (.)")))
        intend_kind(intents, COMMAND_EPOCH);
    ui_say_name(ui, "epoch", tr("Epoch"));
    if (ui_button(ui, "one-batch", take_left(strip, CONTROL, UNIT), ICON_BATCH, "", BUTTON_PLAIN,
                  tr("Train one batch of points, then pause (,)")))
        intend_kind(intents, COMMAND_BATCH);
    ui_say_name(ui, "one-batch", tr("Batch"));
    if (ui_button(ui, "reset", take_left(strip, words ? 80.0f : CONTROL, UNIT), ICON_RESET, words ? tr("Reset") : "",
                  BUTTON_PLAIN, tr("Back to the start: same points, same initial parameters (R)")))
        intend_kind(intents, COMMAND_RESET);
    ui_say_name(ui, "reset", tr("Reset"));
    if (ui_button(ui, "new-seed", take_left(strip, CONTROL, UNIT), ICON_SEED, "", BUTTON_PLAIN,
                  tr("Start again with a new seed: new points, new initial parameters (Shift+R)")))
        intend(intents, new_seed_command(snapshot->settings));
    ui_say_name(ui, "new-seed", tr("New seed"));
}

static void preset_menu(Ui *ui, Rect place, const ToolbarState *state, Intents *intents) {
    bool known = state->preset >= 0 && state->preset < state->preset_count;
    const char *help = known && state->watch && state->watch[0] ? state->watch : tr("Choose a run to watch");
    if (ui_button(ui, "preset", place, ICON_NONE, "", BUTTON_PLAIN, help))
        intents->toggle_presets = true;
    ui_say_name(ui, "preset", known ? state->presets[state->preset] : tr("Your settings"));
    Rect words = {place.x + ui_px(ui, 10.0f), place.y, place.w - ui_px(ui, 34.0f), place.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text,
                 known ? state->presets[state->preset] : tr("Your settings"));
    ui_icon(ui->canvas, ICON_CHEVRON_DOWN, place.x + place.w - ui_px(ui, 14.0f), place.y + place.h / 2,
            ui_px(ui, 12.0f), ui->theme->muted);
}

static void format_epochs(double epochs, char text[32]) {
    if (epochs >= 1000.0)
        format_count((size_t)epochs, text);
    else
        format_number(epochs, epochs < 10.0 ? 2 : 3, text);
}

/* The speed asked for, and what comes of it (0: not known) where that is less. */
static void format_speed(double speed, double reached, char text[48]) {
    char asked[32], fact[32];
    bool full = speed >= SPEED_MAXIMUM;
    format_epochs(speed, asked);
    format_epochs(reached, fact);
    if (full && reached > 0.0)
        snprintf(text, 48, tr("full: %.16s/s"), fact);
    else if (full)
        snprintf(text, 48, tr("full speed"));
    else if (reached > 0.0 && reached < speed)
        snprintf(text, 48, tr("%.16s of %.16s/s"), fact, asked);
    else
        snprintf(text, 48, trn("%.16s epoch/s", "%.16s epochs/s", strcmp(asked, "1") == 0 ? 1 : 2), asked);
}

/* Where there is little room: the speed that it has. */
static void format_speed_short(double speed, double reached, char text[48]) {
    char number[32];
    format_epochs(reached > 0.0 && reached < speed ? reached : speed, number);
    if (speed >= SPEED_MAXIMUM && reached <= 0.0)
        snprintf(text, 48, tr("full"));
    else
        snprintf(text, 48, tr("%.16s/s"), number);
}

static void speed_slider(Ui *ui, Rect place, double now, double reached, Intents *intents) {
    static const UiRange speeds = {.minimum = SPEED_MINIMUM,
                                   .maximum = SPEED_MAXIMUM,
                                   .accept_minimum = SPEED_MINIMUM,
                                   .accept_maximum = SPEED_MAXIMUM,
                                   .initial = SPEED_DEFAULT,
                                   .logarithmic = true};
    char shown[48];
    if (place.w < ui_px(ui, UI_INLINE_SHORT))
        format_speed_short(now, reached, shown);
    else
        format_speed(now, reached, shown);
    double speed =
        ui_slider_inline(ui, "speed", place, &speeds, now, shown,
                         tr("How fast it plays, in epochs per second; as fast as possible at the right end"));
    ui_say_name(ui, "speed", tr("Speed"));
    if (speed != now)
        intend(intents, (Command){.kind = COMMAND_SPEED, .speed = speed});
}

/* Those that concern the window: side by side, or in the menu with their words. */
static bool window_button(Ui *ui, ToolbarState *state, int which, Rect place, bool words, Intents *intents) {
    enum { LANGUAGE = 2 };
    static const struct {
        const char *label;
        UiIcon icon;
    } themes[] = {[THEME_TO_DARK] = {N_("Dark theme"), ICON_DARK},
                  [THEME_TO_LIGHT] = {N_("Light theme"), ICON_LIGHT},
                  [THEME_TO_AUTO] = {N_("Theme as the desktop"), ICON_LIGHT_DARK}};
    const struct {
        const char *name, *label, *help;
        UiIcon icon;
        bool *toggle;
    } buttons[] = {
        {"present", tr("Presentation"), tr("Presentation for a projector: plot, timeline and λ in large type (F5)"),
         ICON_PRESENT, &intents->toggle_present},
        {"theme", tr(themes[state->theme].label), tr(themes[state->theme].label), themes[state->theme].icon,
         &intents->toggle_theme},
        [LANGUAGE] = {"", "", "", ICON_NONE, NULL},
        {"help", tr("Help"), tr("Help: keys, words, what to try, and the tour (F1)"), ICON_HELP, &intents->toggle_help},
    };
    if (which == LANGUAGE)
        return language_button(ui, place, &state->language, words);
    bool pressed = ui_button(ui, buttons[which].name, place, buttons[which].icon, words ? buttons[which].label : "",
                             BUTTON_PLAIN, buttons[which].help);
    ui_say_name(ui, buttons[which].name, buttons[which].label);
    *buttons[which].toggle = *buttons[which].toggle || pressed;
    return pressed;
}

void toolbar_widgets(Ui *ui, Rect rect, ToolbarState *state, const Snapshot *snapshot, Intents *intents) {
    float width = rect.w / ui->scale, margin = width >= 900.0f ? 2 * UNIT : UNIT;
    bool words = width >= WORDS_FROM, whole = width >= WHOLE_FROM;
    Strip strip = {ui,
                   {rect.x + ui_px(ui, margin), rect.y + ui_px(ui, (TOP_BAR - CONTROL) / 2),
                    rect.w - 2 * ui_px(ui, margin), ui_px(ui, CONTROL)}};
    state->file_place = (Rect){0};
    if (state->file) {
        state->file_place = take_left(&strip, words ? 70.0f : CONTROL, words ? 17.0f : UNIT);
        file_widgets(ui, state->file_place, &state->files, words);
    }
    run_buttons(ui, &strip, words, snapshot, intents);
    preset_menu(ui, take_left(&strip, words ? 146.0f : whole ? 140.0f : 122.0f, 2 * UNIT), state, intents);

    Rect window[WINDOW_BUTTONS] = {{0}};
    for (int i = WINDOW_BUTTONS - 1; whole && i >= 0; i--)
        window[i] = take_right(&strip, CONTROL, i > 0 ? UNIT : 2 * UNIT);
    if (!whole)
        state->menu_place = take_right(&strip, CONTROL, 1.5f * UNIT);
    Figures figures;
    FigureRow row = choose_figures(ui, snapshot, strip.rest.w - ui_px(ui, UNIT), &figures);
    state->figures_row = take_right(&strip, row.width / ui->scale, 2 * UNIT);
    float room = strip.rest.w / ui->scale;
    if (whole && room > SPEED_LEAST)
        speed_slider(ui, take_left(&strip, fminf(room, 200.0f), 0.0f), state->speed, state->speed_reached, intents);
    for (int i = 0; whole && i < WINDOW_BUTTONS; i++)
        window_button(ui, state, i, window[i], false, intents);
    state->menu = state->menu && !whole;
    if (!whole && ui_button(ui, "menu", state->menu_place, ICON_MENU, "", BUTTON_PLAIN,
                            tr("Speed, presentation, theme, language and help")))
        state->menu = !state->menu;
    if (state->menu && ui_take_key(ui, KEY_ESCAPE, NULL))
        state->menu = false;
}

void toolbar_menu(Ui *ui, ToolbarState *state, Intents *late) {
    if (!state->menu)
        return;
    float pad = ui_px(ui, UNIT), row = ui_px(ui, MENU_ROW);
    Rect button = state->menu_place,
         sheet = {0, button.y + button.h + pad, ui_px(ui, MENU_WIDTH), (1 + WINDOW_BUTTONS) * row + pad};
    sheet.x = button.x + button.w - sheet.w;
    if (ui->input.pressed && !rect_has(sheet, ui->input.mouse_x, ui->input.mouse_y) &&
        !rect_has(button, ui->input.mouse_x, ui->input.mouse_y)) {
        state->menu = false;
        ui->wants_frame = true;
        return;
    }
    ui_card_ground(ui, sheet, CARD_RADIUS, ui->theme->line);
    ui->on_top = true;
    Rect place = {sheet.x + pad, sheet.y + pad, sheet.w - 2 * pad, ui_px(ui, CONTROL)};
    speed_slider(ui, place, state->speed, state->speed_reached, late);
    for (int i = 0; i < WINDOW_BUTTONS; i++) {
        place.y += row;
        if (window_button(ui, state, i, place, true, late))
            state->menu = false;
    }
    ui_note(ui, "menu-sheet", sheet);
    ui->on_top = false;
}
