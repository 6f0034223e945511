#include "app/views/view_tools.h"

#include <math.h>
#include <stdio.h>

static const float BUTTON = 32.0f, GAP = 3.0f, CHIP = 26.0f, SECTION = 9.0f;

void tools_free(ToolsState *state) {
    for (int k = 0; k < MAX_CLASSES; k++)
        mark_free(&state->sprites[k]);
    state->theme = NULL;
}

static const MarkSprite *sprite_of(ToolsState *state, const Ui *ui, int k) {
    if (state->theme != ui->theme || state->scale != ui->scale) {
        tools_free(state);
        state->theme = ui->theme;
        state->scale = ui->scale;
    }
    MarkSprite *sprite = &state->sprites[k];
    Status status = {0};
    if (!sprite->pixels && !mark_make(sprite, k, ui_px(ui, 5.0f), ui_px(ui, 1.0f), ui->theme->class_fill[k],
                                      ui->theme->class_edge[k], &status))
        return NULL;
    return sprite;
}

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

static void class_button(Ui *ui, Rect rect, ToolsState *state, Brush *brush, const Dataset *data, int k,
                         int next_class) {
    char name[32], class[32], *help = state->class_help[k];
    snprintf(name, sizeof name, "class-%d", k);
    snprintf(help, sizeof state->class_help[k], "Add points: %s (%d)", dataset_class_name(data, k, class), k + 1);
    bool chosen = brush->class == k;
    if (ui_button(ui, name, rect, ICON_NONE, "", chosen ? BUTTON_PLAIN : BUTTON_QUIET, help)) {
        brush->class = next_class;
        brush->tool = TOOL_ADD;
    }
    const MarkSprite *sprite = sprite_of(state, ui, k);
    if (sprite)
        mark_draw(ui->canvas, sprite, rect.x + rect.w / 2, rect.y + rect.h / 2);
    if (chosen) {
        float line = ui_px(ui, 3.0f);
        canvas_rounded(ui->canvas,
                       (Rect){rect.x - ui_px(ui, 5.0f), rect.y + ui_px(ui, 4.0f), line, rect.h - ui_px(ui, 8.0f)},
                       line / 2, ui->theme->accent);
    }
}

typedef struct UndoButton {
    const char *name, *verb, *keys;
    UiIcon icon;
    CommandKind command;
} UndoButton;

/* what: it would undo or redo, or NULL: nothing. */
static void undo_button(Ui *ui, Rect rect, const UndoButton *button, const char *what, char help[96],
                        Intents *intents) {
    bool enabled = ui->enabled;
    ui->enabled = enabled && what;
    snprintf(help, 96, "%s%s%.50s (%s)", button->verb, what ? ": " : "", what ? what : "", button->keys);
    if (ui_button(ui, button->name, rect, button->icon, "", BUTTON_QUIET, help))
        intend_kind(intents, button->command);
    ui->enabled = enabled;
}

void tools_widgets(Ui *ui, Rect strip, ToolsState *state, Brush *brush, const Snapshot *snapshot, Intents *intents) {
    static const struct {
        const char *name;
        UiIcon icon;
        const char *help;
    } tools[TOOL_COUNT] = {
        {"tool-move", ICON_MOVE, "Move the view and look at points (V)"},
        {"tool-add", ICON_BRUSH, "Brush: add points of the chosen class (B)"},
        {"tool-erase", ICON_ERASER, "Eraser: remove points (E)"},
        {"tool-flip", ICON_FLIP, "Flip brush: move labels to the next class (X)"},
    };
    static const UndoButton undo = {"undo", "Undo", "Ctrl+Z", ICON_UNDO, COMMAND_UNDO};
    static const UndoButton redo = {"redo", "Redo", "Ctrl+Shift+Z", ICON_REDO, COMMAND_REDO};
    int classes = snapshot->data->classes;
    float y = strip.y + ui_px(ui, 6.0f), end = strip.y + strip.h - ui_px(ui, 6.0f);
    for (int i = 0; i < TOOL_COUNT; i++)
        if (ui_button(ui, tools[i].name, next(ui, strip, &y, BUTTON), tools[i].icon, "",
                      (int)brush->tool == i ? BUTTON_PRIMARY : BUTTON_QUIET, tools[i].help))
            brush->tool = (Tool)i;

    float below = 2 * (BUTTON + GAP) + SECTION, sizes = 2 * (CHIP + GAP) + SECTION;
    float room = (end - y) / ui->scale - below - SECTION;
    bool all = room >= (float)classes * (CHIP + GAP);
    separator(ui, strip, &y);
    for (int k = 0; k < classes; k++)
        if (all)
            class_button(ui, next(ui, strip, &y, CHIP), state, brush, snapshot->data, k, k);
    if (!all)
        class_button(ui, next(ui, strip, &y, CHIP), state, brush, snapshot->data,
                     brush->class < classes ? brush->class : 0, (brush->class + 1) % classes);
    room -= (float)(all ? classes : 1) * (CHIP + GAP);
    if (room >= sizes) {
        separator(ui, strip, &y);
        if (ui_button(ui, "brush-larger", next(ui, strip, &y, CHIP), ICON_PLUS, "", BUTTON_QUIET, "Larger brush (])"))
            brush_key(brush, ']', classes);
        if (ui_button(ui, "brush-smaller", next(ui, strip, &y, CHIP), ICON_MINUS, "", BUTTON_QUIET,
                      "Smaller brush ([)"))
            brush_key(brush, '[', classes);
    }
    float at = end - ui_px(ui, 2 * BUTTON + GAP + SECTION);
    if (at >= y)
        separator(ui, strip, &at);
    y = end - ui_px(ui, 2 * BUTTON + GAP);
    undo_button(ui, next(ui, strip, &y, BUTTON), &undo, snapshot->undo, state->undo_help, intents);
    undo_button(ui, next(ui, strip, &y, BUTTON), &redo, snapshot->redo, state->redo_help, intents);
}
