#include "app/views/tools_classes.h"

#include "app/base/language.h"
#include "app/plot/plot.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const float CELL = 34.0f, PAD = 6.0f, HEAD = 24.0f; /* logical pixels */

enum { COLUMNS = 6 };

void tools_classes_free(ToolsClasses *classes) {
    for (int k = 0; k < MAX_CLASSES; k++)
        mark_free(&classes->sprites[k]);
    classes->theme = NULL;
}

static const MarkSprite *sprite_of(ToolsClasses *classes, const Ui *ui, int k) {
    const Theme *theme = ui->theme;
    if (classes->theme != theme || classes->scale != ui->scale) {
        tools_classes_free(classes);
        classes->theme = theme;
        classes->scale = ui->scale;
    }
    MarkSprite *sprite = &classes->sprites[k];
    Status status = {0};
    if (!sprite->pixels && !mark_make(sprite, mark_shape(k), ui_px(ui, 5.0f), ui_px(ui, 1.0f), theme->class_fill[k],
                                      theme->class_edge[k], &status))
        return NULL;
    return sprite;
}

static void draw_mark(ToolsClasses *classes, Ui *ui, int k, Rect rect) {
    const MarkSprite *sprite = sprite_of(classes, ui, k);
    if (sprite)
        mark_draw(ui->canvas, sprite, rect.x + rect.w / 2, rect.y + rect.h / 2);
}

/* "Add points: setosa (1)": with the key that chooses the class, if there is one. */
static const char *help_of(ToolsClasses *classes, const Dataset *data, int k) {
    char class[32], *help = classes->help[k];
    size_t size = sizeof classes->help[k];
    const char *name = dataset_class_name(data, k, class);
    if (k <= BRUSH_LAST_KEY)
        snprintf(help, size, tr("Add points: %s (%d)"), name, (k + 1) % 10);
    else
        snprintf(help, size, tr("Add points: %s"), name);
    return help;
}

static bool put_button(Ui *ui, Rect rect, ToolsClasses *classes, const Brush *brush, int k, const char *help) {
    char name[32];
    bool chosen = brush->class == k;
    snprintf(name, sizeof name, "class-%d", k);
    bool pressed = ui_button(ui, name, rect, ICON_NONE, "", chosen ? BUTTON_PLAIN : BUTTON_QUIET, help);
    ui_say_chosen(ui, name, chosen);
    draw_mark(classes, ui, k, rect);
    if (chosen) {
        float line = ui_px(ui, 3.0f);
        Rect bar = {rect.x - ui_px(ui, 5.0f), rect.y + ui_px(ui, 4.0f), line, rect.h - ui_px(ui, 8.0f)};
        canvas_rounded(ui->canvas, bar, line / 2, ui->theme->accent);
    }
    return pressed;
}

void tools_class_button(Ui *ui, Rect rect, ToolsClasses *classes, Brush *brush, const Dataset *data, int k) {
    if (!put_button(ui, rect, classes, brush, k, help_of(classes, data, k)))
        return;
    brush->class = k;
    brush->tool = TOOL_ADD;
}

void tools_one_class(Ui *ui, Rect rect, ToolsClasses *classes, Brush *brush, const Dataset *data) {
    int k = brush->class < data->classes ? brush->class : 0;
    bool many = data->classes > PLOT_MANY_CLASSES;
    const char *help = many ? tr("Choose the class of added points") : help_of(classes, data, k);
    if (!put_button(ui, rect, classes, brush, k, help))
        return;
    if (many) {
        menu_card_open(&classes->picker, ui, rect, false);
        classes->picker.mark = ui->focus_visible && !ui->input.released ? k : -1;
        classes->picker.by_key = classes->picker.mark >= 0;
    } else {
        brush->class = (brush->class + 1) % data->classes;
        brush->tool = TOOL_ADD;
    }
}

/* ---- the card ---- */

void tools_classes_touch(ToolsClasses *classes, Ui *ui) {
    if (!classes->picker.open)
        return;
    int moved = 0, kept = 0;
    for (int i = 0; i < ui->input.key_count; i++) {
        UiKeyCode code = ui->input.keys[i].code;
        int move = code == KEY_LEFT    ? -1
                   : code == KEY_RIGHT ? 1
                   : code == KEY_UP    ? -COLUMNS
                   : code == KEY_DOWN  ? COLUMNS
                                       : 0;
        moved += move;
        if (move == 0)
            ui->input.keys[kept++] = ui->input.keys[i];
    }
    ui->input.key_count = kept;
    menu_card_touch(&classes->picker, ui);
    classes->picker.move += moved;
    classes->picker.by_key = classes->picker.by_key || moved != 0;
}

/* Within all classes; from none to the brush's first. */
static void move_mark(MenuCard *picker, int class, int count) {
    if (picker->move != 0 && picker->mark < 0)
        picker->mark = class;
    else if (abs(picker->move) >= MENU_MOST)
        picker->mark = picker->move < 0 ? 0 : count - 1;
    else if (picker->mark + picker->move >= 0 && picker->mark + picker->move < count)
        picker->mark += picker->move;
    picker->move = 0;
}

/* To the left of the button, which stands at the window's right. */
static Rect place_of(const Ui *ui, const MenuCard *picker, int count) {
    int rows = (count + COLUMNS - 1) / COLUMNS;
    float edge = ui_px(ui, 4.0f), w = ui_px(ui, (float)COLUMNS * CELL + 2 * PAD),
          h = ui_px(ui, (float)rows * CELL + HEAD + 2 * PAD);
    float x = picker->beside.x - ui_px(ui, 8.0f) - w, y = picker->beside.y + picker->beside.h / 2 - h / 2;
    return (Rect){roundf(fmaxf(edge, x)), roundf(fmaxf(edge, fminf(y, (float)ui->canvas->height - edge - h))),
                  roundf(w), roundf(h)};
}

static bool draw_cell(ToolsClasses *classes, Ui *ui, const Dataset *data, int k, Rect rect) {
    MenuCard *picker = &classes->picker;
    char name[32];
    snprintf(name, sizeof name, "pick-class-%d", k);
    UiTouch touch = ui_widget(ui, name, rect, false, false, help_of(classes, data, k));
    if (touch.hovered && (!picker->by_key || ui->input.pressed)) {
        picker->mark = k;
        ui->cursor = CURSOR_HAND;
    } else if (!picker->by_key && picker->mark == k) {
        picker->mark = -1;
    }
    if (picker->mark == k)
        canvas_rounded(ui->canvas, rect, ui_px(ui, 5.0f), ui->theme->chip_hover);
    draw_mark(classes, ui, k, rect);
    return touch.clicked;
}

void tools_classes_draw(ToolsClasses *classes, Ui *ui, Brush *brush, const Dataset *data) {
    MenuCard *picker = &classes->picker;
    int taken = -1;
    if (!picker->open) {
        picker->card = (Rect){0};
        return;
    }
    if (ui->input.mouse_inside && picker->card.w == 0.0f)
        ui->wants_frame = true; /* the pointer may lie on it from the start */
    move_mark(picker, brush->class, data->classes);
    Rect card = picker->card = place_of(ui, picker, data->classes);
    float pad = ui_px(ui, PAD), cell = ui_px(ui, CELL);
    ui_card_ground(ui, card, CARD_RADIUS, ui->theme->line);
    char text[32];
    Rect head = {card.x + 2 * pad, card.y + pad, card.w - 4 * pad, ui_px(ui, HEAD)};
    int named = picker->mark >= 0 && picker->mark < data->classes ? picker->mark : brush->class;
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, head, ALIGN_LEFT, ui->theme->text,
                 dataset_class_name(data, named, text));
    for (int k = 0; k < data->classes; k++) {
        Rect rect = {card.x + pad + (float)(k % COLUMNS) * cell, head.y + head.h + (float)(k / COLUMNS) * cell, cell,
                     cell};
        if (draw_cell(classes, ui, data, k, rect))
            taken = k;
        if (k == brush->class)
            canvas_rounded_frame(ui->canvas, rect, ui_px(ui, 5.0f), fmaxf(1.0f, roundf(1.5f * ui->scale)),
                                 ui->theme->accent);
    }
    ui_widget(ui, "pick-class", card, false, false, NULL);
    if (picker->taken && picker->mark >= 0)
        taken = picker->mark;
    picker->taken = false;
    if (taken >= 0 && taken < data->classes) {
        brush->class = taken;
        brush->tool = TOOL_ADD;
        picker->open = false;
        ui->wants_frame = true;
    }
}
