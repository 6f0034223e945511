#include "app/ui/ui_rows.h"

#include <math.h>

bool ui_take_press_beside(UiInput *input, Rect card) {
    bool pressed = input->pressed || input->right_pressed;
    if (!pressed || card.w <= 0.0f || rect_has(card, input->mouse_x, input->mouse_y))
        return false;
    input->pressed = input->released = input->down = false;
    input->right_pressed = input->right_released = input->right_down = false;
    return true;
}

bool ui_move_mark(const UiKey *key, int *mark, int count, int shown) {
    int page = shown > 2 ? shown - 1 : 1, to = *mark;
    switch (key->code) {
    case KEY_UP:
        to--;
        break;
    case KEY_DOWN:
        to++;
        break;
    case KEY_PAGE_UP:
        to -= page;
        break;
    case KEY_PAGE_DOWN:
        to += page;
        break;
    case KEY_HOME:
        to = 0;
        break;
    case KEY_END:
        to = count;
        break;
    default:
        return false;
    }
    to = to >= count ? count - 1 : to;
    *mark = to < 0 ? 0 : to;
    return true;
}

void ui_rows_begin(Ui *ui, const char *name, UiRows *rows, int count, int bring, int beside, float bar) {
    float height = rows->row * (float)count, around = rows->row * (float)beside, top = rows->row * (float)bring;
    if (bring >= 0)
        rows->offset = fminf(fmaxf(rows->offset, top + rows->row + around - rows->rect.h), fmaxf(0.0f, top - around));
    rows->offset = ui_scroll_begin(ui, name, rows->rect, height, rows->offset);
    if (height > rows->rect.h)
        rows->rect.w -= bar;
}

Rect ui_rows_place(const UiRows *rows, int i) {
    return (Rect){rows->rect.x, rows->rect.y - rows->offset + rows->row * (float)i, rows->rect.w, rows->row};
}

bool ui_rows_sees(const UiRows *rows, int i) {
    Rect row = ui_rows_place(rows, i);
    return row.y + row.h > rows->rect.y && row.y < rows->rect.y + rows->rect.h;
}
