#include "app/views/menu_card.h"

#include "app/ui/ui_rows.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <assert.h>
#include <math.h>

static const float ROW = MENU_CARD_ROW, PAD = 5.0f, ICON = 32.0f, NO_ICON = 12.0f, GAP = 24.0f,
                   RULE = 9.0f; /* logical pixels */

void menu_card_open(MenuCard *menu, const Ui *ui, Rect beside, bool by_key) {
    *menu = (MenuCard){.open = true, .by_key = by_key, .mark = -1, .move = by_key, .beside = beside};
    menu->x = ui->input.mouse_x;
    menu->y = ui->input.mouse_y;
}

void menu_card_touch(MenuCard *menu, Ui *ui) {
    UiInput *input = &ui->input;
    if (!menu->open)
        return;
    for (int i = 0; i < input->key_count; i++) {
        const UiKey *key = &input->keys[i];
        switch (key->code) {
        case KEY_UP:
            menu->move--;
            break;
        case KEY_DOWN:
            menu->move++;
            break;
        case KEY_HOME:
            menu->move = -MENU_MOST;
            break;
        case KEY_END:
            menu->move = MENU_MOST;
            break;
        case KEY_ENTER:
        case KEY_SPACE:
            menu->taken = !key->repeat;
            break;
        case KEY_ESCAPE:
        case KEY_TAB:
        case KEY_MENU:
            menu->open = false;
            break;
        default:
            break;
        }
    }
    menu->by_key = menu->by_key || menu->move != 0;
    ui->keyboard_taken = true;
    input->key_count = 0;
    if (ui_take_press_beside(input, menu->card))
        menu->open = false;
    input->wheel = 0.0f;
    if (input->mouse_x != menu->x || input->mouse_y != menu->y) /* the pointer takes the mark over */
        menu->by_key = menu->move != 0;
    menu->x = input->mouse_x;
    menu->y = input->mouse_y;
}

/* The mark goes on by `move` rows that can be taken, round the ends; by MENU_MOST and more to the end itself. */
static void move_mark(MenuCard *menu, const MenuRow *rows, int count) {
    int step = menu->move < 0 ? -1 : 1, left = menu->move * step;
    if (left >= MENU_MOST) {
        menu->mark = step < 0 ? -1 : count;
        step = -step;
        left = 1;
    }
    for (int tries = 0; left > 0 && tries < 2 * MENU_MOST; tries++) {
        menu->mark = menu->mark < 0 && step < 0 ? count - 1 : (menu->mark + step + count) % count;
        left -= !rows[menu->mark].disabled;
    }
    menu->move = 0;
}

/* Below and to the right of what it opens at, or on the other side where there is no room. */
static Rect place_card(const Ui *ui, const MenuCard *menu, float width, float height) {
    float edge = ui_px(ui, 4.0f), most_x = (float)ui->canvas->width - edge, most_y = (float)ui->canvas->height - edge;
    float x = menu->beside.x, y = menu->beside.y + menu->beside.h;
    if (x + width > most_x)
        x = menu->beside.x + menu->beside.w - width;
    if (y + height > most_y)
        y = menu->beside.y - height;
    return (Rect){roundf(fmaxf(edge, fminf(x, most_x - width))), roundf(fmaxf(edge, fminf(y, most_y - height))), width,
                  height};
}

/* What stands before the words of all rows, logical pixels. */
static float indent(const MenuRow *rows, int count) {
    for (int i = 0; i < count; i++)
        if (rows[i].icon)
            return ICON;
    return NO_ICON;
}

static void lay_out(const Ui *ui, MenuCard *menu, const MenuRow *rows, int count) {
    float words = 0.0f, keys = 0.0f, height = 2 * ui_px(ui, PAD);
    for (int i = 0; i < count; i++) {
        words = fmaxf(words, text_width(ui->text, TEXT_BODY, rows[i].label));
        keys = rows[i].key ? fmaxf(keys, text_width(ui->text, TEXT_BODY, rows[i].key) + ui_px(ui, GAP)) : keys;
        height += ui_px(ui, ROW + (rows[i].apart ? RULE : 0.0f));
    }
    menu->card =
        place_card(ui, menu, ceilf(words + keys + ui_px(ui, indent(rows, count) + 12.0f + 2 * PAD)), ceilf(height));
}

/* One row; returns whether it was clicked. */
static bool draw_row(MenuCard *menu, Ui *ui, const MenuRow *row, int i, Rect rect, float before) {
    bool enabled = ui->enabled;
    ui->enabled = enabled && !row->disabled;
    UiTouch touch = ui_widget(ui, row->name, rect, false, false, NULL);
    if (touch.hovered && (!menu->by_key || ui->input.pressed)) {
        menu->mark = i;
        ui->cursor = CURSOR_HAND;
    } else if (!menu->by_key && menu->mark == i)
        menu->mark = -1;
    if (menu->mark == i && ui->enabled)
        canvas_rounded(ui->canvas, rect, ui_px(ui, 5.0f), ui->theme->chip_hover);
    Color color = ui_text_color(ui);
    if (row->icon)
        ui_icon(ui->canvas, row->icon, rect.x + ui_px(ui, ICON / 2), rect.y + rect.h / 2, ui_px(ui, 13.0f), color);
    Rect words = {rect.x + ui_px(ui, before), rect.y, rect.w - ui_px(ui, before + 12.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, color, row->label);
    if (row->key)
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_RIGHT, menu->mark == i ? color : ui->theme->muted,
                     row->key);
    ui->enabled = enabled;
    return touch.clicked;
}

int menu_card_draw(MenuCard *menu, Ui *ui, const char *name, const MenuRow *rows, int count) {
    int taken = -1;
    assert(count > 0 && count <= MENU_MOST);
    if (!menu->open) {
        menu->card = (Rect){0};
        return -1;
    }
    if (ui->input.mouse_inside && menu->card.w == 0.0f)
        ui->wants_frame = true; /* the pointer may lie on it from the start */
    lay_out(ui, menu, rows, count);
    move_mark(menu, rows, count);
    if (menu->mark >= 0)
        ui_say_entry(ui, rows[menu->mark].name,
                     &(UiSay){ROLE_ENTRY, rows[menu->mark].label, rows[menu->mark].key, menu->mark + 1, count});
    float line = fmaxf(1.0f, roundf(ui->scale)), pad = ui_px(ui, PAD);
    Rect card = menu->card, row = {card.x + pad, card.y + pad, card.w - 2 * pad, ui_px(ui, ROW)};
    ui_card_ground(ui, card, CARD_RADIUS, ui->theme->line);
    for (int i = 0; i < count; i++) {
        if (rows[i].apart) {
            canvas_rect(ui->canvas, (Rect){card.x, roundf(row.y + ui_px(ui, RULE / 2)), card.w, line}, ui->theme->line);
            row.y += ui_px(ui, RULE);
        }
        if (draw_row(menu, ui, &rows[i], i, row, indent(rows, count)))
            taken = i;
        row.y += row.h;
    }
    ui_widget(ui, name, card, false, false, NULL); /* a press between the rows is for the menu, too */
    if (menu->taken && menu->mark >= 0 && !rows[menu->mark].disabled)
        taken = menu->mark;
    menu->taken = false;
    if (taken >= 0) {
        menu->open = false;
        ui->wants_frame = true;
    }
    return taken;
}
