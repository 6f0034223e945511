#include "app/views/view_toolbar.h"

#include "app/base/format.h"
#include "app/plot/duel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Below these logical widths buttons lose their words, and gaps shrink. */
static const float WORDS_FROM = 1180.0f, ROOMY_FROM = 900.0f;

static float logical(const Ui *ui, float pixels) {
    return pixels / ui->scale;
}

/* Takes a piece of so many logical pixels off the left of *rest, and a gap behind it. */
static Rect take_left(const Ui *ui, Rect *rest, float width, float gap) {
    Rect piece = {rest->x, rest->y, ui_px(ui, width), rest->h};
    float used = piece.w + ui_px(ui, gap);
    rest->x += used;
    rest->w -= used;
    return piece;
}

static Rect take_right(const Ui *ui, Rect *rest, float width, float gap) {
    Rect piece = {rest->x + rest->w - ui_px(ui, width), rest->y, ui_px(ui, width), rest->h};
    rest->w -= piece.w + ui_px(ui, gap);
    return piece;
}

static void format_speed(double speed, char text[32]) {
    char figure[32];
    if (speed >= SPEED_MAXIMUM) {
        snprintf(text, 32, "full speed");
        return;
    }
    format_number(speed, speed < 10.0 ? 2 : 3, figure);
    snprintf(text, 32, "%.16s epoch%s/s", figure, figure[0] == '1' && figure[1] == '\0' ? "" : "s");
}

float toolbar_widgets(Ui *ui, Rect rect, const ToolbarState *state, const Snapshot *snapshot, Intents *intents) {
    float width = logical(ui, rect.w);
    bool words = width >= WORDS_FROM, roomy = width >= ROOMY_FROM;
    float margin = roomy ? 2 * UNIT : UNIT;
    Rect rest = {rect.x + ui_px(ui, margin), rect.y + ui_px(ui, (TOP_BAR - CONTROL) / 2),
                 rect.w - 2 * ui_px(ui, margin), ui_px(ui, CONTROL)};

    Rect place = take_left(ui, &rest, words ? 76.0f : CONTROL, UNIT);
    if (ui_button(ui, "play", place, snapshot->playing ? ICON_PAUSE : ICON_PLAY,
                  !words              ? ""
                  : snapshot->playing ? "Pause"
                                      : "Play",
                  BUTTON_PRIMARY, snapshot->playing ? "Pause training (Space)" : "Train (Space)"))
        intend_kind(intents, snapshot->playing ? COMMAND_PAUSE : COMMAND_PLAY);
    place = take_left(ui, &rest, words ? 80.0f : CONTROL, UNIT);
    if (ui_button(ui, "epoch", place, ICON_EPOCH, words ? "Epoch" : "", BUTTON_PLAIN,
                  "Train to the end of the epoch, then pause (.)"))
        intend_kind(intents, COMMAND_EPOCH);
    place = take_left(ui, &rest, CONTROL, UNIT);
    if (ui_button(ui, "batch", place, ICON_BATCH, "", BUTTON_PLAIN, "Train one batch, then pause (,)"))
        intend_kind(intents, COMMAND_BATCH);
    place = take_left(ui, &rest, words ? 78.0f : CONTROL, UNIT);
    if (ui_button(ui, "reset", place, ICON_RESET, words ? "Reset" : "", BUTTON_PLAIN,
                  "Back to the first epoch: same points, same initial parameters (R)"))
        intend_kind(intents, COMMAND_RESET);
    place = take_left(ui, &rest, CONTROL, UNIT);
    if (ui_button(ui, "new-seed", place, ICON_SEED, "", BUTTON_PLAIN,
                  "Start again with a new seed: new points, new initial parameters (Shift+R)"))
        intend(intents, new_seed_command(snapshot->settings));

    place = take_right(ui, &rest, CONTROL, UNIT);
    Rect help = place;
    place = take_right(ui, &rest, CONTROL, 2 * UNIT);
    Rect theme = place;

    place = take_left(ui, &rest, words ? 150.0f : roomy ? 140.0f : 116.0f, 1.5f * UNIT);
    if (ui_button(ui, "preset", place, ICON_NONE, "", BUTTON_PLAIN, "Presets: runs with something to watch"))
        intents->toggle_presets = true;
    Rect words_of = {place.x + ui_px(ui, 10.0f), place.y, place.w - ui_px(ui, 34.0f), place.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words_of, ALIGN_LEFT, ui->theme->text,
                 state->preset >= 0 && state->preset < state->preset_count ? state->presets[state->preset]
                                                                           : "Own settings");
    ui_icon(ui->canvas, ICON_CHEVRON_DOWN, place.x + place.w - ui_px(ui, 14.0f), place.y + place.h / 2,
            ui_px(ui, 12.0f), ui->theme->muted);

    UiRange speeds = {.minimum = SPEED_MINIMUM,
                      .maximum = SPEED_MAXIMUM,
                      .accept_minimum = SPEED_MINIMUM,
                      .accept_maximum = SPEED_MAXIMUM,
                      .initial = SPEED_DEFAULT,
                      .logarithmic = true};
    char shown[32];
    format_speed(state->speed, shown);
    float left = logical(ui, rest.w);
    place = take_left(ui, &rest, left < 210.0f ? left : 210.0f, 2 * UNIT);
    double speed = ui_slider_inline(ui, "speed", place, &speeds, state->speed, shown,
                                    "Epochs per second; as fast as possible at the right end");
    if (speed != state->speed)
        intend(intents, (Command){.kind = COMMAND_SPEED, .speed = speed});

    bool light = ui->theme == &THEME_LIGHT;
    if (ui_button(ui, "theme", theme, light ? ICON_DARK : ICON_LIGHT, "", BUTTON_PLAIN,
                  light ? "Dark theme" : "Light theme"))
        intents->toggle_theme = true;
    if (ui_button(ui, "help", help, ICON_HELP, "", BUTTON_PLAIN, "Keyboard shortcuts (F1)"))
        intents->toggle_help = true;
    return place.x + place.w;
}

typedef struct Figure {
    char value[80], widest[80]; /* widest: the longest text that the value may become */
    const char *caption;
    float width; /* pixels */
} Figure;

enum { FIGURES = 5 }; /* from right to left */

/* Of two runs how well each does, in place of what is drawn at their plots. Returns how many figures there are. */
static int make_figures_of_two(const Snapshot *first, Figure figures[FIGURES]) {
    for (int k = 0; k < DUEL_RUNS; k++) {
        const Snapshot *run = duel_snapshot(first, (DuelRun)k);
        Figure *f = &figures[DUEL_RUNS - 1 - k];
        const char *meaning;
        char value[32];
        format_percent(duel_accuracy(run, &meaning), value);
        bool test = strcmp(meaning, "test accuracy") == 0;
        *f = (Figure){.widest = "100.0 %",
                      .caption = k == DUEL_A ? test ? "A: test accuracy" : "A: training accuracy"
                                 : test      ? "B: test accuracy"
                                             : "B: training accuracy"};
        snprintf(f->value, sizeof f->value, "%s", run->diverged ? "diverged" : value);
    }
    return DUEL_RUNS;
}

static void make_figures(const Snapshot *s, Figure figures[FIGURES]) {
    char a[32], b[32];
    format_percent(s->accuracy, a);
    figures[0] = (Figure){.widest = "100.0 %", .caption = "accuracy"};
    snprintf(figures[0].value, sizeof figures[0].value, "%s", a);
    format_figure(s->mean_loss, a);
    figures[1] = (Figure){.widest = "0.000", .caption = "loss"};
    snprintf(figures[1].value, sizeof figures[1].value, "%s", a);
    format_count(s->easy, a);
    format_count(s->data->count, b);
    figures[2] = (Figure){.caption = "easy"};
    snprintf(figures[2].value, sizeof figures[2].value, "%s of %s", a, b);
    snprintf(figures[2].widest, sizeof figures[2].widest, "%s of %s", b, b);
    format_figure(s->threshold, a);
    figures[3] = (Figure){.widest = "0.000", .caption = s->hold ? "threshold, held" : "threshold"};
    snprintf(figures[3].value, sizeof figures[3].value, "%s", a);
    figures[4] = (Figure){.widest = "1,000", .caption = "epoch"};
    uint32_t epoch = s->epoch + (s->batch > 0), epochs = (uint32_t)s->settings->epochs;
    if (s->settings->until_hard < 0 && epoch <= epochs) {
        format_count(epochs, a);
        snprintf(figures[4].value, sizeof figures[4].value, "%u of %s", epoch, a);
        snprintf(figures[4].widest, sizeof figures[4].widest, "%u of %s", epochs, a);
    } else {
        format_count(epoch, figures[4].value);
    }
}

/* Columns are as wide as their widest text, so that nothing jumps; gaps shrink where there is little room. */
void status_draw(Ui *ui, Rect rect, const Snapshot *snapshot) {
    Figure figures[FIGURES];
    char test[64];
    int count = FIGURES;
    make_figures(snapshot, figures);
    if (snapshot->second) {
        Figure epoch = figures[FIGURES - 1];
        count = make_figures_of_two(snapshot, figures);
        figures[count++] = epoch;
    }
    float total = 0.0f;
    for (int i = 0; i < count; i++) {
        Figure *f = &figures[i];
        f->width = fmaxf(text_width(ui->text, TEXT_FIGURE, f->value), text_width(ui->text, TEXT_FIGURE, f->widest));
        f->width = fmaxf(f->width, text_width(ui->text, TEXT_CAPTION, f->caption));
        total += f->width;
    }
    if (!snapshot->second && !isnan(snapshot->test_accuracy)) {
        float more = text_width(ui->text, TEXT_CAPTION, "accuracy, test 100.0 %") - figures[0].width;
        if (total + more + ui_px(ui, 12.0f) * (FIGURES - 1) <= rect.w) {
            char percent[32];
            format_percent(snapshot->test_accuracy, percent);
            snprintf(test, sizeof test, "accuracy, test %s", percent);
            figures[0].caption = test;
            figures[0].width += fmaxf(0.0f, more);
            total += fmaxf(0.0f, more);
        }
    }
    float gap = fmaxf(ui_px(ui, 6.0f), fminf(ui_px(ui, 3 * UNIT), (rect.w - total) / (float)(count - 1)));
    float right = rect.x + rect.w, middle = rect.y + rect.h / 2;
    for (int i = 0; i < count; i++) {
        const Figure *f = &figures[i];
        if (right - f->width < rect.x - 1.0f)
            break;
        text_draw(ui->text, ui->canvas, TEXT_FIGURE, (TextAnchor){right, middle - ui_px(ui, 3.0f), ALIGN_RIGHT},
                  ui->theme->text, f->value);
        text_draw(ui->text, ui->canvas, TEXT_CAPTION, (TextAnchor){right, middle + ui_px(ui, 11.0f), ALIGN_RIGHT},
                  ui->theme->muted, f->caption);
        right -= f->width + gap;
    }
}
