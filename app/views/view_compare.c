#include "app/views/view_compare.h"

#include "app/base/language.h"
#include "app/experiment/other_run.h"
#include "app/plot/duel.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROW 24.0f /* logical pixels of a row of the table */
#define BADGE 20.0f

/* ---- whose curriculum ---- */

const Snapshot *compare_shown(const CompareState *state, const Snapshot *first) {
    return state->run < snapshot_runs(first) ? snapshot_run(first, state->run) : first;
}

static const char *short_name(const Settings *s) {
    if (s->order == ORDER_ALL)
        return tr("Plain");
    if (s->order == ORDER_HARD)
        return tr("Hard first");
    switch (s->pace) {
    case PACE_SHARE:
        return tr("By share");
    case PACE_CLASS_SHARE:
        return tr("Per class");
    case PACE_META:
        return tr("Meta");
    case PACE_REWEIGHT:
        return tr("Reweight");
    case PACE_CLEAN_ALONE:
        return tr("Clean alone");
    default:
        return tr("Easy first");
    }
}

/* The room for the switch: of three runs the whole row, of two what the words beside it leave. */
static Rect switch_place(Column *column, int runs) {
    Ui *ui = column->ui;
    Rect row = column_next(column, 28.0f, UNIT + 4.0f), segments = row;
    if (runs > 2)
        return segments;
    float label = text_width(ui->text, TEXT_BODY, tr("Curriculum of")) + ui_px(ui, 12.0f);
    segments.x += label;
    segments.w -= label;
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, row, ALIGN_LEFT, ui->theme->muted, tr("Curriculum of"));
    return segments;
}

const Snapshot *compare_switch(Column *column, CompareState *state, const Snapshot *first) {
    Ui *ui = column->ui;
    int runs = snapshot_runs(first);
    if (state->run >= runs)
        state->run = 0;
    if (runs == 1)
        return first;
    const char *labels[1 + OTHER_RUNS];
    for (int k = 0; k < runs; k++) {
        snprintf(state->switch_labels[k], sizeof state->switch_labels[k], "%c  %s", 'A' + k,
                 short_name(snapshot_run(first, k)->settings));
        labels[k] = state->switch_labels[k];
    }
    int run = ui_segments(ui, "curriculum-of", switch_place(column, runs), labels, runs, state->run,
                          tr("Which of the runs is set below: its plot has the coloured frame"));
    if (run != state->run)
        ui->wants_frame = true; /* what has been drawn before it shows it, too */
    state->run = run;
    return compare_shown(state, first);
}

void compare_route(const CompareState *state, const Snapshot *first, Intents *intents, int from) {
    for (int i = from; i < intents->count; i++)
        if (intents->commands[i].kind != COMMAND_COMPARE && intents->commands[i].kind != COMMAND_CLEAN)
            intents->commands[i].run = state->run < snapshot_runs(first) ? state->run : 0;
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
        snprintf(text, SETTING_TEXT_MAX, "%s", tr(p->choice_labels[(int)property_get(s, p)]));
    else
        property_format(s, p, text);
}

typedef char TableValues[1 + OTHER_RUNS][SETTING_TEXT_MAX];

/* A column for each run: its values, or its letter. */
static void table_row(Column *column, const char *label, TableValues values, int runs, bool head) {
    Ui *ui = column->ui;
    Rect row = column_next(column, ROW, 0.0f);
    float value = row.w * (runs > 2 ? 0.23f : 0.29f), gap = ui_px(ui, runs > 2 ? UNIT / 2 : UNIT);
    float line = fmaxf(1.0f, roundf(ui->scale));
    TextStyle style = head ? TEXT_MEDIUM : runs > 2 ? TEXT_CAPTION : TEXT_BODY;
    Rect name = {row.x, row.y, row.w - (float)runs * value - gap, row.h};
    text_draw_in(ui->text, ui->canvas, style, name, ALIGN_LEFT, head ? ui->theme->text : ui->theme->muted, label);
    for (int k = 0; k < runs; k++) {
        float right = row.x + row.w - (float)(runs - 1 - k) * value - (k + 1 < runs ? gap : 0.0f);
        Rect of_run = {row.x + row.w - (float)(runs - k) * value, row.y, 0.0f, row.h};
        of_run.w = right - of_run.x;
        text_draw_in(ui->text, ui->canvas, style, of_run, ALIGN_RIGHT,
                     head ? duel_color(ui->theme, k) : ui->theme->text, values[k]);
    }
    canvas_rect(ui->canvas, (Rect){row.x, roundf(row.y + row.h) - line, row.w, line}, ui->theme->line);
}

static bool any_differ(const Settings *const *runs, int count, const Property *p) {
    bool found = false;
    for (int i = 0; i < count; i++)
        for (int k = i + 1; k < count; k++)
            found = found || differs(runs[i], runs[k], p);
    return found;
}

static void what_differs(Column *column, const Snapshot *first) {
    int rows = 0, runs = snapshot_runs(first);
    float top = column->y;
    const Settings *settings[1 + OTHER_RUNS];
    TableValues values;
    for (int k = 0; k < runs; k++) {
        settings[k] = snapshot_run(first, k)->settings;
        snprintf(values[k], sizeof values[k], "%c", 'A' + k);
    }
    table_row(column, tr("What differs"), values, runs, true);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (p->group != GROUP_CURRICULUM || !any_differ(settings, runs, p))
            continue;
        for (int k = 0; k < runs; k++)
            value_of(settings[k], p, values[k]);
        table_row(column, tr(p->label), values, runs, false);
        rows++;
    }
    memset(values, 0, sizeof values);
    if (rows == 0)
        table_row(column, tr("nothing: one curriculum"), values, runs, false);
    ui_note(column->ui, "what-differs", (Rect){column->x, top, column->w, column->y - top});
    Ui *ui = column->ui;
    Rect note = column_next(column, ROW, 4.0f);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, note, ALIGN_LEFT, ui->theme->muted,
                 tr("Same points, seed, first parameters and batches."));
}

/* ---- the section ---- */

static const struct {
    const char *label, *differs;        /* differs: as of other_run_parse */
} OFFERS[COMPARE_OFFERS] = {{"", NULL}, /* none */
                            {N_("Plain training"), "plain"},
                            {N_("Hard first"), "order=hard"},
                            {N_("Easy first, growing threshold"), "order=easy,pace=multiplicative"},
                            {N_("Easy first, by share"), "order=easy,pace=share"},
                            {N_("Easy first, by share per class"), "order=easy,pace=class-share"}};

/* What is offered at that place of a list, as of other_run_parse, or NULL. */
static const char *offer_of(const CompareState *state, int place) {
    if (place < COMPARE_OFFERS)
        return OFFERS[place].differs;
    int told = 0;
    for (int i = 0; i < OTHER_RUNS; i++)
        if (state->told[i] && COMPARE_OFFERS + told++ == place)
            return state->told[i];
    return NULL;
}

/* What is chosen for a run beside the first; returns how many labels there are, and what is chosen of them. A run is
 * told by its settings, which can be changed: then it is none of those on offer. */
static int list_offers(CompareState *state, const Snapshot *first, int other, int *chosen) {
    static const char *const NONE[2][OTHER_RUNS] = {{N_("No second run"), N_("Add a run")},
                                                    {N_("No second run"), N_("No third run")}};
    const char **labels = state->labels[other];
    bool there = other < first->other_count;
    int count = 0;
    *chosen = there ? -1 : 0;
    labels[count++] = tr(NONE[there][other]);
    for (const char *offer; (offer = offer_of(state, count)) != NULL; count++) {
        Settings settings = *first->settings;
        Status status = {0};
        labels[count] = count < COMPARE_OFFERS ? tr(OFFERS[count].label) : offer;
        if (*chosen < 0 && other_run_parse(&settings, offer, &status) &&
            other_run_same_curriculum(&settings, first->others[other]->settings))
            *chosen = count;
    }
    if (*chosen < 0) {
        *chosen = count;
        labels[count++] = tr("Its own curriculum");
    }
    return count;
}

static void ask_for(Ui *ui, const CompareState *state, int other, int place, const Snapshot *first, Intents *intents) {
    Settings settings = *first->settings;
    Status status = {0};
    const char *offer = offer_of(state, place);
    if (place == 0)
        intend(intents, (Command){.kind = COMMAND_COMPARE, .run = other + 1});
    else if (offer && other_run_parse(&settings, offer, &status))
        intend(intents, (Command){.kind = COMMAND_COMPARE, .run = other + 1, .compare = true, .settings = settings});
    else if (offer)
        ui_message(ui, "compare", status.message);
}

/* A run beside the first, or the place for one more: its letter, what it is, and a button that ends it. */
static void run_row(Column *column, CompareState *state, const Snapshot *first, int other, Intents *intents) {
    static const char *const NAMES[OTHER_RUNS] = {"compare", "compare-c"};
    static const char *const REMOVE[OTHER_RUNS] = {"remove-b", "remove-c"};
    static const char *const HELP[2] = {N_("Another run on the same points, with the same seed and initial parameters"),
                                        N_("A third run, to compare it with both")};
    Ui *ui = column->ui;
    Rect row = column_next(column, 28.0f, UNIT), list = row;
    float badge = ui_px(ui, BADGE), gap = ui_px(ui, UNIT);
    int chosen, count = list_offers(state, first, other, &chosen);
    if (first->other_count > 0) {
        list.x += badge + gap;
        list.w -= badge + gap;
    }
    Rect place = {row.x, roundf(row.y + (row.h - badge) / 2), badge, badge};
    if (other < first->other_count)
        duel_badge_draw(ui->canvas, ui->text, ui->theme, place, other + 1);
    else if (other > 0)
        ui_icon(ui->canvas, ICON_PLUS, place.x + badge / 2, place.y + badge / 2, badge, ui->theme->muted);
    if (other < first->other_count && first->other_count > 1) {
        Rect cross = {row.x + row.w - row.h, row.y, row.h, row.h};
        list.w -= row.h + gap;
        if (ui_button(ui, REMOVE[other], cross, ICON_CLOSE, "", BUTTON_PLAIN,
                      tr("Take this run away (Ctrl+Z brings it back)"))) {
            intend(intents, (Command){.kind = COMMAND_COMPARE, .run = other + 1});
            state->run -= state->run > other + 1; /* the one on show moves up */
        }
    }
    int now = ui_select(ui, NAMES[other], list, state->labels[other], count, chosen, tr(HELP[other > 0]));
    if (now != chosen)
        ask_for(ui, state, other, now, first, intents);
}

void compare_section(Column *column, CompareState *state, const Snapshot *first, Intents *intents) {
    Ui *ui = column->ui;
    int chosen, others = first->other_count;
    list_offers(state, first, 0, &chosen);
    if (!column_section(column, "section-compare", tr("Compare"),
                        others > 1 ? tr("Three runs") : state->labels[0][chosen], &state->open))
        return;
    for (int i = 0; i < OTHER_RUNS && i <= others; i++)
        run_row(column, state, first, i, intents);
    if (others > 0) {
        what_differs(column, first);
        Rect left = column_next(column, CONTROL, UNIT), right = left;
        left.w = right.w = (left.w - ui_px(ui, UNIT)) / 2;
        right.x += right.w + ui_px(ui, UNIT);
        int with = state->run > 0 && state->run <= others ? state->run : 1;
        snprintf(state->swap_label, sizeof state->swap_label, tr("Swap A and %c"), 'A' + with);
        if (ui_button(ui, "swap-runs", left, ICON_FLIP, state->swap_label, BUTTON_PLAIN,
                      tr("The two runs change places, trained as they are (Ctrl+Z takes it back)")))
            intend(intents, (Command){.kind = COMMAND_SWAP, .run = with});
        if (ui_button(ui, "end-compare", right, ICON_NONE, tr("End compare"), BUTTON_PLAIN,
                      tr("Back to one run: A stays (Ctrl+Z takes it back)")))
            intend(intents, (Command){.kind = COMMAND_COMPARE});
    }
    column_section_end(column);
}
