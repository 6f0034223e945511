#include "app/views/view_compare.h"

#include "app/experiment/second_run.h"
#include "app/plot/duel.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROW 24.0f    /* logical pixels of a row of the table */
#define COLUMN 0.29f /* of the width: each run's values */

/* ---- whose curriculum ---- */

const Snapshot *compare_shown(const CompareState *state, const Snapshot *first) {
    return first->second && state->beside ? first->second : first;
}

static const char *short_name(const Settings *s) {
    if (s->order == ORDER_ALL)
        return "Plain";
    if (s->order == ORDER_HARD)
        return "Hard first";
    return s->pace == PACE_SHARE ? "By share" : s->pace == PACE_CLASS_SHARE ? "Per class" : "Easy first";
}

const Snapshot *compare_switch(Column *column, CompareState *state, const Snapshot *first) {
    if (!first->second) {
        state->beside = false;
        return first;
    }
    Ui *ui = column->ui;
    Rect row = column_next(column, 28.0f, UNIT + 4.0f), segments = row;
    float label = text_width(ui->text, TEXT_BODY, "Curriculum of") + ui_px(ui, 12.0f);
    segments.x += label;
    segments.w -= label;
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, row, ALIGN_LEFT, ui->theme->muted, "Curriculum of");
    const char *labels[DUEL_RUNS];
    for (int k = 0; k < DUEL_RUNS; k++) {
        snprintf(state->switch_labels[k], sizeof state->switch_labels[k], "%c  %s", 'A' + k,
                 short_name(duel_snapshot(first, (DuelRun)k)->settings));
        labels[k] = state->switch_labels[k];
    }
    bool beside = ui_segments(ui, "curriculum-of", segments, labels, DUEL_RUNS, state->beside,
                              "Which of the two runs is set below: its plot has the coloured frame") == 1;
    if (beside != state->beside)
        ui->wants_frame = true; /* what has been drawn before it shows it, too */
    state->beside = beside;
    return compare_shown(state, first);
}

void compare_route(const CompareState *state, const Snapshot *first, Intents *intents, int from) {
    for (int i = from; i < intents->count; i++)
        intents->commands[i].beside = first->second && state->beside;
}

/* ---- what differs ---- */

/* Whether a setting of a run's curriculum says anything about it: plain training has an order alone. */
static bool has_effect(const Settings *s, const Property *p) {
    bool by_share = s->pace == PACE_SHARE || s->pace == PACE_CLASS_SHARE;
    if (s->order == ORDER_ALL)
        return p->id == PROPERTY_ORDER;
    return property_shown(s, p) && !(by_share && p->id == PROPERTY_THRESHOLD);
}

/* Beside plain training, what makes the other a curriculum: settings that are not as they are by default, and what the
 * threshold begins with and does. */
static bool tells(const Settings *s, const Property *p) {
    switch (p->id) {
    case PROPERTY_PACE:
    case PROPERTY_THRESHOLD:
    case PROPERTY_GROWING_FACTOR:
    case PROPERTY_GROWING_STEP:
    case PROPERTY_SHARE_START:
    case PROPERTY_SHARE_END:
        return true;
    default: {
        Settings initial;
        settings_default(&initial);
        return !property_same(s, &initial, p);
    }
    }
}

static bool differs(const Settings *a, const Settings *b, const Property *p) {
    bool in_a = has_effect(a, p), in_b = has_effect(b, p);
    if (in_a && in_b)
        return !property_same(a, b, p);
    return (in_a && tells(a, p)) || (in_b && tells(b, p));
}

static void value_of(const Settings *s, const Property *p, char text[SETTING_TEXT_MAX]) {
    if (!has_effect(s, p))
        snprintf(text, SETTING_TEXT_MAX, "\u2013");
    else if (p->id == PROPERTY_ORDER || p->id == PROPERTY_PACE)
        snprintf(text, SETTING_TEXT_MAX, "%s", p->choice_labels[(int)property_get(s, p)]);
    else
        property_format(s, p, text);
}

static void table_row(Column *column, const char *label, const char *a, const char *b, bool head) {
    Ui *ui = column->ui;
    Rect row = column_next(column, ROW, 0.0f);
    float value = row.w * COLUMN, gap = ui_px(ui, UNIT), line = fmaxf(1.0f, roundf(ui->scale));
    TextStyle style = head ? TEXT_MEDIUM : TEXT_BODY;
    Rect name = {row.x, row.y, row.w - 2 * value - gap, row.h};
    Rect of_a = {row.x + row.w - 2 * value, row.y, value - gap, row.h};
    Rect of_b = {row.x + row.w - value, row.y, value, row.h};
    text_draw_in(ui->text, ui->canvas, style, name, ALIGN_LEFT, head ? ui->theme->text : ui->theme->muted, label);
    text_draw_in(ui->text, ui->canvas, style, of_a, ALIGN_RIGHT, ui->theme->text, a);
    text_draw_in(ui->text, ui->canvas, style, of_b, ALIGN_RIGHT, head ? ui->theme->accent : ui->theme->text, b);
    canvas_rect(ui->canvas, (Rect){row.x, roundf(row.y + row.h) - line, row.w, line}, ui->theme->line);
}

static void what_differs(Column *column, const Settings *a, const Settings *b) {
    int rows = 0;
    float top = column->y;
    table_row(column, "What differs", "A", "B", true);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        char of_a[SETTING_TEXT_MAX], of_b[SETTING_TEXT_MAX];
        if (p->group != GROUP_CURRICULUM || !differs(a, b, p))
            continue;
        value_of(a, p, of_a);
        value_of(b, p, of_b);
        table_row(column, p->label, of_a, of_b, false);
        rows++;
    }
    if (rows == 0)
        table_row(column, "nothing: one curriculum", "", "", false);
    ui_note(column->ui, "what-differs", (Rect){column->x, top, column->w, column->y - top});
    Ui *ui = column->ui;
    Rect note = column_next(column, ROW, 4.0f);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, note, ALIGN_LEFT, ui->theme->muted,
                 "Same points, seed, first parameters and batches.");
}

/* ---- the section ---- */

static const struct {
    const char *label, *differs; /* differs: as of second_run_parse */
} RUNS[COMPARE_RUNS] = {{"No second run", NULL},
                        {"Plain training", "plain"},
                        {"Hard first", "order=hard"},
                        {"Easy first, growing threshold", "order=easy,pace=multiplicative"},
                        {"Easy first, by share", "order=easy,pace=share"},
                        {"Easy first, by share per class", "order=easy,pace=class-share"}};

/* Which of those on offer the second run is, or, of `count`, none: -1. Told by its settings, which can be changed. */
static int which_run(const CompareState *state, const Snapshot *first, int count) {
    if (!first->second)
        return 0;
    for (int i = 1; i < count; i++) {
        Settings other = *first->settings;
        Status status = {0};
        if (second_run_parse(&other, i < COMPARE_RUNS ? RUNS[i].differs : state->told, &status) &&
            second_run_same_curriculum(&other, first->second->settings))
            return i;
    }
    return -1;
}

static void ask_for(Ui *ui, const CompareState *state, int run, const Snapshot *first, Intents *intents) {
    Settings other = *first->settings;
    Status status = {0};
    if (run == 0)
        intend(intents, (Command){.kind = COMMAND_COMPARE, .compare = false});
    else if (second_run_parse(&other, run < COMPARE_RUNS ? RUNS[run].differs : state->told, &status))
        intend(intents, (Command){.kind = COMMAND_COMPARE, .compare = true, .settings = other});
    else
        ui_message(ui, "compare", status.message);
}

void compare_section(Column *column, CompareState *state, const Snapshot *first, Intents *intents) {
    Ui *ui = column->ui;
    int count = 0;
    for (; count < COMPARE_RUNS; count++)
        state->labels[count] = RUNS[count].label;
    if (state->told)
        state->labels[count++] = state->told;
    int chosen = which_run(state, first, count), offered = count;
    if (chosen < 0) { /* changed by hand */
        chosen = count;
        state->labels[count++] = "Its own curriculum";
    }
    if (!column_section(column, "section-compare", "Compare", state->labels[chosen], &state->open))
        return;
    int now = ui_select(ui, "compare", column_next(column, 28.0f, UNIT), state->labels, count, chosen,
                        "A second run on the same points, with the same seed and initial parameters");
    if (now != chosen && now < offered)
        ask_for(ui, state, now, first, intents);
    if (first->second) {
        what_differs(column, first->settings, first->second->settings);
        Rect left = column_next(column, CONTROL, UNIT), right = left;
        left.w = right.w = (left.w - ui_px(ui, UNIT)) / 2;
        right.x += right.w + ui_px(ui, UNIT);
        if (ui_button(ui, "swap-runs", left, ICON_FLIP, "Swap A and B", BUTTON_PLAIN,
                      "The two runs change places, trained as they are (Ctrl+Z takes it back)"))
            intend_kind(intents, COMMAND_SWAP);
        if (ui_button(ui, "end-compare", right, ICON_NONE, "End compare", BUTTON_PLAIN,
                      "Back to one run: A stays (Ctrl+Z takes it back)"))
            intend(intents, (Command){.kind = COMMAND_COMPARE, .compare = false});
    }
    column_section_end(column);
}
