#include "app/views/view_meta.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/experiment/feedback.h"
#include "app/plot/duel.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float BUTTON = 26.0f, FIGURES = 54.0f; /* logical pixels */
static const double BEGIN_WITH = 5.0;               /* λ, where the run has not begun */

void meta_free(MetaState *state) {
    meta_step_free(&state->step);
    *state = (MetaState){0};
}

Settings meta_settings(const Settings *s) {
    Settings wanted = *s;
    wanted.pace = PACE_META;
    if (wanted.order == ORDER_ALL)
        wanted.order = ORDER_EASY;
    if (!settings_check(&wanted, &(Status){0}))
        wanted.regularizer = REGULARIZER_LINEAR;
    return wanted;
}

static bool learns(const Snapshot *s) {
    return s->settings->pace == PACE_META && settings_need_clean(s->settings);
}

/* ---- the clean points ---- */

static void describe_clean(const Snapshot *s, char text[160]) {
    const Dataset *clean = s->clean;
    size_t count = clean ? clean->count : 0, least = count;
    char all[32];
    if (count == 0) {
        snprintf(text, 160, tr("no clean points"));
        return;
    }
    bool same = true;
    for (int k = 0; k < clean->classes; k++) {
        same = same && clean->class_count[k] == clean->class_count[0];
        least = clean->class_count[k] < least ? clean->class_count[k] : least;
    }
    format_count(count, all);
    if (same)
        snprintf(text, 160, tr("%s clean points, %zu of each class"), all, least);
    else
        snprintf(
            text, 160,
            trn("%s clean point, at least %zu of each class", "%s clean points, at least %zu of each class", count),
            all, least);
}

static void ask_for_clean(const Snapshot *first, int per_class, Intents *intents) {
    intend(intents, (Command){.kind = COMMAND_CLEAN, .clean = per_class, .settings = *first->settings});
}

void meta_row(Ui *ui, Rect row, float room, MetaState *state, const Snapshot *first, Intents *intents) {
    char take[96];
    float unit = ui_px(ui, UNIT), high = ui_px(ui, BUTTON), top = row.y + row.h - high;
    bool enabled = ui->enabled, some = first->clean && first->clean->count > 0;
    Rect head = {row.x, row.y - ui_px(ui, 2.0f), row.w, ui_px(ui, 20.0f)};
    ui_icon(ui->canvas, ICON_FLAG, head.x + ui_px(ui, 6.0f), head.y + head.h / 2, ui_px(ui, 12.0f), ui_text_color(ui));
    describe_clean(first, state->count);
    Rect words = {head.x + ui_px(ui, 18.0f), head.y, head.w - ui_px(ui, 18.0f), head.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui_text_color(ui), state->count);
    ui_note(ui, "clean-count", words);
    snprintf(take, sizeof take, tr("Take %d of each class"), FEEDBACK_CLEAN);
    Rect all = {row.x, top, row.w - room - unit, high}, clear = all;
    clear.w = text_width(ui->text, TEXT_BODY, tr("Clear")) + 2.0f * unit;
    clear.x = all.x + all.w - clear.w;
    all.w -= clear.w + unit;
    if (text_width(ui->text, TEXT_BODY, take) + unit > all.w)
        snprintf(take, sizeof take, tr("Take %d of each"), FEEDBACK_CLEAN);
    if (ui_button(ui, "clean-take", all, ICON_NONE, take, some ? BUTTON_PLAIN : BUTTON_PRIMARY,
                  first->data->truth
                      ? tr("Draw clean points among those whose label is right and that were not moved")
                      : tr("Draw clean points as they are labelled: nobody knows here which labels are right")))
        ask_for_clean(first, FEEDBACK_CLEAN, intents);
    ui->enabled = enabled && some;
    if (ui_button(ui, "clean-clear", clear, ICON_NONE, tr("Clear"), BUTTON_PLAIN,
                  tr("No point is taken to be right: all become samples again")))
        ask_for_clean(first, 0, intents);
    ui->enabled = enabled;
}

/* ---- beside plain training and the clean points alone ---- */

typedef enum { METHOD_OTHER, METHOD_PLAIN, METHOD_CLEAN, METHOD_META, METHOD_REWEIGHT } Method;

static Method method_of(const Settings *s) {
    return s->order == ORDER_ALL         ? METHOD_PLAIN
           : s->pace == PACE_CLEAN_ALONE ? METHOD_CLEAN
           : s->pace == PACE_META        ? METHOD_META
           : s->pace == PACE_REWEIGHT    ? METHOD_REWEIGHT
                                         : METHOD_OTHER;
}

static bool has_method(const Snapshot *first, Method method) {
    for (int k = 0; k < snapshot_runs(first); k++)
        if (method_of(snapshot_run(first, k)->settings) == method)
            return true;
    return false;
}

static void begin_compare(const Snapshot *first, Intents *intents) {
    Command plain = {.kind = COMMAND_COMPARE, .compare = true, .run = 1, .settings = *first->settings};
    Command clean = plain;
    plain.settings.order = ORDER_ALL;
    clean.run = 2;
    clean.settings.pace = PACE_CLEAN_ALONE;
    intend(intents, plain);
    intend(intents, clean);
}

/* What each of the runs comes to, in the order of the runs. */
static void draw_figures(Ui *ui, Rect rect, const Snapshot *first) {
    static const char *const NAMES[] = {N_("another"), N_("plain"), N_("clean alone"), N_("learned λ"),
                                        N_("reweighted")};
    int runs = snapshot_runs(first), best = 0;
    const char *meaning;
    double values[DUEL_RUNS];
    for (int k = 0; k < runs; k++) {
        values[k] = duel_accuracy(snapshot_run(first, k), &meaning);
        best = values[k] > values[best] ? k : best;
    }
    canvas_rounded(ui->canvas, rect, ui_px(ui, 6.0f), ui->theme->chip);
    for (int k = 0; k < runs; k++) {
        char figure[32];
        Rect cell = {rect.x + rect.w * (float)k / (float)runs, rect.y + ui_px(ui, 5.0f), rect.w / (float)runs,
                     ui_px(ui, 24.0f)};
        format_percent(values[k], figure);
        Color color = values[k] == values[best] ? ui->theme->line_accuracy : ui->theme->text;
        text_draw_in(ui->text, ui->canvas, TEXT_TITLE, cell, ALIGN_CENTER, color, figure);
        cell.y += cell.h;
        cell.h = ui_px(ui, 18.0f);
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, cell, ALIGN_CENTER, ui->theme->muted,
                     tr(NAMES[method_of(snapshot_run(first, k)->settings)]));
    }
    ui_note(ui, "meta-figures", rect);
}

static void compare_rows(Column *column, const Snapshot *first, Intents *intents) {
    Ui *ui = column->ui;
    bool three = has_method(first, METHOD_PLAIN) && has_method(first, METHOD_CLEAN);
    if (snapshot_runs(first) > 1) {
        draw_figures(ui, column_next(column, FIGURES, 4.0f), first);
        Rect words = column_next(column, 16.0f, UNIT);
        const char *meaning;
        char text[160];
        duel_accuracy(first, &meaning);
        snprintf(text, sizeof text, "%s",
                 first->test && first->test->count > 0 ? tr("right on the test points, which are clean, too")
                                                       : tr("right on the samples"));
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted, text);
    }
    if (!three && ui_button(ui, "meta-compare", column_next(column, 28.0f, UNIT), ICON_NONE,
                            tr("Compare with plain and clean alone"), BUTTON_PLAIN,
                            tr("Two more runs on the same points: B learns all of them, C nothing but the clean ones")))
        begin_compare(first, intents);
}

/* ---- the section's head ---- */

static void switch_row(Column *column, const Snapshot *run, Intents *intents) {
    Ui *ui = column->ui;
    bool on = learns(run);
    bool wanted = ui_switch(ui, "learn", column_next(column, CONTROL, 0.0f), tr("A threshold that learns itself"), on,
                            tr("λ moves to where training best helps the points that are marked as clean"));
    if (wanted == on)
        return;
    Settings settings = wanted ? meta_settings(run->settings) : *run->settings;
    if (!wanted)
        settings.pace = PACE_MULTIPLICATIVE;
    else if (run->epoch == 0 && run->batch == 0 && settings.threshold < BEGIN_WITH)
        settings.threshold = BEGIN_WITH;
    intend(intents, (Command){.kind = COMMAND_SETTINGS, .settings = settings});
}

void meta_widgets(Column *column, MetaState *state, const Snapshot *first, const Snapshot *run, Intents *intents) {
    Ui *ui = column->ui;
    switch_row(column, run, intents);
    if (!settings_need_clean(run->settings)) {
        state->explains = false;
        Rect words = column_next(column, 16.0f, UNIT);
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted,
                     tr("λ goes where it helps points that you marked as clean."));
        return;
    }
    compare_rows(column, first, intents);
    if (run->settings->pace != PACE_META || run != first)
        return;
    if (ui_button(ui, "meta-explain", column_next(column, 28.0f, UNIT), ICON_NONE,
                  state->explains ? tr("Close the explanation") : tr("Explain a step"), BUTTON_PLAIN,
                  tr("What one batch did: the look-ahead, the clean points’ loss there, and where λ went for it")))
        state->explains = !state->explains;
    if (state->explains)
        meta_step_widgets(column, &state->step, first);
}
