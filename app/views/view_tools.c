#include "app/views/view_tools.h"

#include "app/base/language.h"
#include "app/experiment/run_words.h"
#include "app/plot/plot.h"
#include "app/ui/ui_spoken.h"
#include "core/utf8.h"

#include <math.h>
#include <stdio.h>

static const float BUTTON = 30.0f, GAP = 2.0f, CHIP = 24.0f, SECTION = 7.0f, EDGE = 5.0f; /* logical pixels */

static Rect next(const Ui *ui, Rect strip, float *y, float height) {
    float width = ui_px(ui, BUTTON);
    Rect rect = {roundf(strip.x + (strip.w - width) / 2), roundf(*y), width, ui_px(ui, height)};
    *y += rect.h + ui_px(ui, GAP);
    return rect;
}

static void separator(const Ui *ui, Rect strip, float *y) {
    float line = fmaxf(1.0f, roundf(ui->scale)), inset = ui_px(ui, 10.0f);
    *y += ui_px(ui, SECTION / 2 - GAP / 2);
    canvas_rect(ui->canvas, (Rect){strip.x + inset, roundf(*y), strip.w - 2 * inset, line}, ui->theme->line);
    *y += ui_px(ui, SECTION / 2 + GAP / 2);
}

/* ---- the buttons ---- */

typedef enum {
    BUTTON_MOVE,
    BUTTON_SELECT,
    BUTTON_ADD,
    BUTTON_ERASE,
    BUTTON_FLIP,
    BUTTON_CLEAN,
    BUTTON_LARGER,
    BUTTON_SMALLER,
    BUTTON_IN,
    BUTTON_OUT,
    BUTTON_FIT,
    BUTTON_BACK,
    BUTTON_FORTH,
    BUTTON_UNDO,
    BUTTON_REDO,
    BUTTON_STEPS,
    BUTTONS
} Button;

#define MOST_RANK 9
#define CLASSES_RANK 7

/* rank: the order in which buttons give way where the strip is short, the highest first; 0: never. */
static const struct {
    const char *name, *label, *keys;
    const char *said; /* its name, where the label says more; NULL: the label */
    UiIcon icon;
    float height;
    int rank;
} TABLE[BUTTONS] = {
    [BUTTON_MOVE] = {"tool-move", N_("Move the view and look at points"), "V", N_("Move the view"), ICON_MOVE, 30.0f,
                     0},
    [BUTTON_SELECT] = {"tool-select", N_("Select points by a box; again: by a lasso"), "L", N_("Select"), ICON_SELECT,
                       30.0f, 2},
    [BUTTON_ADD] = {"tool-add", N_("Brush: add points of the chosen class"), "B", N_("Brush"), ICON_BRUSH, 30.0f, 0},
    [BUTTON_ERASE] = {"tool-erase", N_("Eraser: remove points"), "E", N_("Eraser"), ICON_ERASER, 30.0f, 3},
    [BUTTON_FLIP] = {"tool-flip", N_("Flip brush: move labels to the next class"), "X", N_("Flip brush"), ICON_FLIP,
                     30.0f, 4},
    [BUTTON_CLEAN] = {"tool-clean", N_("Flag brush: clean points, taken to be right; with Shift no longer"), "C",
                      N_("Flag brush"), ICON_FLAG, 30.0f, 3},
    [BUTTON_LARGER] = {"brush-larger", N_("Larger brush"), "]", NULL, ICON_LARGER, 24.0f, 9},
    [BUTTON_SMALLER] = {"brush-smaller", N_("Smaller brush"), "[", NULL, ICON_SMALLER, 24.0f, 9},
    [BUTTON_IN] = {"zoom-in", N_("Closer"), "+", NULL, ICON_PLUS, 24.0f, 6},
    [BUTTON_OUT] = {"zoom-out", N_("Farther away"), "-", NULL, ICON_MINUS, 24.0f, 5},
    [BUTTON_FIT] = {"view-fit", N_("Show all points"), "Home", NULL, ICON_EXPAND, 24.0f, 1},
    [BUTTON_BACK] = {"view-back", N_("Back to the view before"), "Backspace", NULL, ICON_BACK, 24.0f, 7},
    [BUTTON_FORTH] = {"view-forth", N_("Forth to the next view"), NULL, NULL, ICON_FORTH, 24.0f, 8},
    [BUTTON_UNDO] = {"undo", N_("Undo"), "Ctrl+Z", NULL, ICON_UNDO, 30.0f, 0},
    [BUTTON_REDO] = {"redo", N_("Redo"), "Ctrl+Shift+Z", NULL, ICON_REDO, 30.0f, 2},
    [BUTTON_STEPS] = {"steps", N_("All steps, and the runs kept"), "U", NULL, ICON_STEPS, 24.0f, 9},
};

static bool has_effect(Button button, const PlotHand *hand, const Snapshot *snapshot) {
    switch (button) {
    case BUTTON_FIT:
        return !hand->view.follows;
    case BUTTON_BACK:
        return hand->view_count > 0;
    case BUTTON_FORTH:
        return hand->forth_count > 0;
    case BUTTON_UNDO:
        return snapshot->undo != NULL;
    case BUTTON_REDO:
        return snapshot->redo != NULL;
    default:
        return true;
    }
}

static void carry_out(Button button, Brush *brush, PlotHand *hand, Intents *intents) {
    switch (button) {
    case BUTTON_SELECT:
        brush_key(brush, 'l', 0);
        break;
    case BUTTON_MOVE:
    case BUTTON_ADD:
    case BUTTON_ERASE:
    case BUTTON_FLIP:
    case BUTTON_CLEAN:
        brush->tool = (Tool)(TOOL_MOVE + (button - BUTTON_MOVE));
        break;
    case BUTTON_LARGER:
        brush_key(brush, ']', 0);
        break;
    case BUTTON_SMALLER:
        brush_key(brush, '[', 0);
        break;
    case BUTTON_IN:
        plot_hand_zoom(hand, PLOT_HAND_ZOOM);
        break;
    case BUTTON_OUT:
        plot_hand_zoom(hand, 1 / PLOT_HAND_ZOOM);
        break;
    case BUTTON_FIT:
        plot_hand_fit(hand);
        break;
    case BUTTON_BACK:
        plot_hand_back(hand);
        break;
    case BUTTON_FORTH:
        plot_hand_forth(hand);
        break;
    case BUTTON_UNDO:
        intend_kind(intents, COMMAND_UNDO);
        break;
    case BUTTON_REDO:
        intend_kind(intents, COMMAND_REDO);
        break;
    case BUTTON_STEPS:
        intents->steps = STEPS_ASK_STEPS;
        break;
    case BUTTONS:
        break;
    }
}

enum { UNDO_WORDS = 120 }; /* bytes of what is undone, in a tooltip */

static void put_help(char *help, size_t size, Button button, const Snapshot *snapshot) {
    const char *what = button == BUTTON_UNDO ? snapshot->undo : button == BUTTON_REDO ? snapshot->redo : NULL;
    const char *label = tr(TABLE[button].label), *keys = TABLE[button].keys;
    if (what) {
        char words[RUN_WORDS_BYTES];
        run_words(what, words);
        words[utf8_whole(words, UNDO_WORDS)] = '\0';
        /* TRANSLATORS: a deed, what it is done to, and its keys: "Undo: points added (Ctrl+Z)" */
        snprintf(help, size, tr("%s: %s (%s)"), label, words, keys);
    } else if (keys)
        /* TRANSLATORS: what a button does, and its keys: "Show all points (Home)" */
        snprintf(help, size, tr("%s (%s)"), label, keys);
    else
        snprintf(help, size, "%s", label);
}

/* ---- what fits ---- */

typedef struct Plan {
    unsigned left_out; /* buttons, as bits */
    int classes;       /* buttons of classes: all of them, or 1 */
} Plan;

static bool is_shown(const Plan *plan, int button) {
    return !(plan->left_out >> button & 1);
}

static float height_of(const Plan *plan) {
    float height = 2 * EDGE + (float)plan->classes * (CHIP + GAP) + 3 * SECTION;
    for (int i = 0; i < BUTTONS; i++)
        height += is_shown(plan, i) ? TABLE[i].height + GAP : 0.0f;
    return height + (plan->left_out ? CHIP + GAP : 0.0f);
}

/* For so many logical pixels: buttons go by rank, and after the brush's sizes and the ways back and forth the classes
 * share a button; many of them
 * do so before anything goes. Which tool is in the hand makes no difference: nothing moves under the pointer. */
static Plan plan_of(int classes, float height) {
    Plan plan = {.classes = classes};
    if (classes > PLOT_MANY_CLASSES && height_of(&plan) > height)
        plan.classes = 1; /* they have a card of their own */
    for (int rank = MOST_RANK; rank > 0 && height_of(&plan) > height; rank--) {
        for (int i = 0; i < BUTTONS; i++)
            if (TABLE[i].rank == rank)
                plan.left_out |= 1u << i;
        if (rank == CLASSES_RANK && height_of(&plan) > height)
            plan.classes = 1;
    }
    return plan;
}

/* ---- the strip ---- */

/* What a run of buttons needs. */
typedef struct Strip {
    Ui *ui;
    Rect rect;
    ToolsState *state;
    Brush *brush;
    PlotHand *hand;
    const Snapshot *snapshot;
    Intents *intents;
    Plan plan;
    float y;
} Strip;

static void put_buttons(Strip *strip, Button first, Button last) {
    Ui *ui = strip->ui;
    for (int i = (int)first; i <= (int)last; i++) {
        if (!is_shown(&strip->plan, i))
            continue;
        Rect rect = next(ui, strip->rect, &strip->y, TABLE[i].height);
        bool enabled = ui->enabled, chosen = i <= BUTTON_CLEAN && (int)strip->brush->tool == i;
        char *help = strip->state->help[i];
        put_help(help, sizeof strip->state->help[i], (Button)i, strip->snapshot);
        ui->enabled = enabled && has_effect((Button)i, strip->hand, strip->snapshot);
        UiIcon icon = i == BUTTON_SELECT && strip->brush->lasso ? ICON_LASSO : TABLE[i].icon;
        if (ui_button(ui, TABLE[i].name, rect, icon, "", chosen ? BUTTON_PRIMARY : BUTTON_QUIET, help))
            carry_out((Button)i, strip->brush, strip->hand, strip->intents);
        ui_say_name(ui, TABLE[i].name, tr(TABLE[i].said ? TABLE[i].said : TABLE[i].label));
        ui_say_chosen(ui, TABLE[i].name, chosen);
        ui->enabled = enabled;
    }
}

static void put_classes(Strip *strip) {
    const Dataset *data = strip->snapshot->data;
    ToolsClasses *classes = &strip->state->classes;
    if (strip->plan.classes == data->classes)
        for (int k = 0; k < data->classes; k++)
            tools_class_button(strip->ui, next(strip->ui, strip->rect, &strip->y, CHIP), classes, strip->brush, data,
                               k);
    else
        tools_one_class(strip->ui, next(strip->ui, strip->rect, &strip->y, CHIP), classes, strip->brush, data);
}

void tools_widgets(Ui *ui, Rect rect, ToolsState *state, Brush *brush, PlotHand *hand, const Snapshot *snapshot,
                   Intents *intents) {
    Strip strip = {ui, rect, state, brush, hand, snapshot, intents, {0}, rect.y + ui_px(ui, EDGE)};
    strip.plan = plan_of(snapshot->data->classes, rect.h / ui->scale);
    state->left_out = strip.plan.left_out;
    put_buttons(&strip, BUTTON_MOVE, BUTTON_CLEAN);
    separator(ui, rect, &strip.y);
    put_classes(&strip);
    put_buttons(&strip, BUTTON_LARGER, BUTTON_SMALLER);
    separator(ui, rect, &strip.y);
    put_buttons(&strip, BUTTON_IN, BUTTON_FORTH);
    if (state->left_out) {
        Rect more = next(ui, rect, &strip.y, CHIP);
        if (ui_button(ui, "tools-more", more, ICON_MORE, "", BUTTON_QUIET, tr("More tools")))
            menu_card_open(&state->more, ui, more, ui->focus_visible && !ui->input.released);
    } else {
        state->more.open = false;
    }
    float foot = 0.0f;
    for (int i = BUTTON_UNDO; i <= BUTTON_STEPS; i++)
        foot += is_shown(&strip.plan, i) ? TABLE[i].height + GAP : 0.0f;
    float end = rect.y + rect.h - ui_px(ui, EDGE + foot - GAP), at = end - ui_px(ui, SECTION);
    if (at >= strip.y)
        separator(ui, rect, &at);
    strip.y = end;
    put_buttons(&strip, BUTTON_UNDO, BUTTON_STEPS);
}

void tools_free(ToolsState *state) {
    tools_classes_free(&state->classes);
}

void tools_touch(ToolsState *state, Ui *ui) {
    menu_card_touch(&state->more, ui);
    tools_classes_touch(&state->classes, ui);
}

void tools_more_draw(Ui *ui, ToolsState *state, Brush *brush, PlotHand *hand, const Snapshot *snapshot,
                     Intents *intents) {
    tools_classes_draw(&state->classes, ui, brush, snapshot->data);
    static const char *const NAMES[BUTTONS] = {
        "more-move", "more-select", "more-add", "more-erase", "more-flip",  "more-clean", "more-larger", "more-smaller",
        "more-in",   "more-out",    "more-fit", "more-back",  "more-forth", "more-undo",  "more-redo",   "more-steps"};
    MenuRow rows[BUTTONS];
    Button buttons[BUTTONS];
    int count = 0;
    for (int i = 0; i < BUTTONS; i++)
        if (state->left_out >> i & 1) {
            buttons[count] = (Button)i;
            rows[count++] = (MenuRow){.name = NAMES[i],
                                      .label = tr(TABLE[i].label),
                                      .key = TABLE[i].keys,
                                      .icon = TABLE[i].icon,
                                      .disabled = !has_effect((Button)i, hand, snapshot)};
        }
    int taken = count > 0 ? menu_card_draw(&state->more, ui, "tools-menu", rows, count) : -1;
    if (taken >= 0)
        carry_out(buttons[taken], brush, hand, intents);
}
