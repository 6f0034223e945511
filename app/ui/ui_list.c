/* A drop-down list: its closed widget, and the open list under the hand and on top. */
#include "app/ui/ui_private.h"
#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <ctype.h>
#include <math.h>

static const float ROW = 28.0f, PAD = 4.0f;                 /* logical pixels */
static const float PICTURE = 26.0f, PICTURE_HEIGHT = 16.0f; /* and the same, of an item's */

/* Draws an item's picture at the left of *rect and takes it off. */
static void take_picture(Ui *ui, const UiMenu *menu, int item, Rect *rect) {
    if (!menu->picture)
        return;
    float s = ui->scale, width = PICTURE * s, height = PICTURE_HEIGHT * s;
    menu->picture(ui, (Rect){rect->x, rect->y + (rect->h - height) / 2, width, height}, item, menu->context);
    rect->x += width + 8.0f * s;
    rect->w -= width + 8.0f * s;
}

static void scroll_list(UiState *s, int rows) {
    int last = s->list_count - s->list_rows;
    s->list_first += rows;
    s->list_first = s->list_first > last ? last : s->list_first;
    s->list_first = s->list_first < 0 ? 0 : s->list_first;
}

/* A finger that drags the open list up and down, by whole rows, and chooses nothing. Whether there is one. */
static bool drag_list(Ui *ui, bool over) {
    UiState *s = ui->state;
    const UiInput *input = &ui->input;
    if (over && input->pressed && input->drag == UI_DRAG_DOWN) {
        s->list_dragged = true;
        s->list_drag_y = input->mouse_y;
    }
    if (!s->list_dragged)
        return false;
    float row = ROW * ui->scale;
    int rows = (int)((s->list_drag_y - input->mouse_y) / row), end;
    s->list_drag_y -= (float)rows * row;
    scroll_list(s, rows);
    end = s->list_first + s->list_rows;
    s->list_mark = s->list_mark < s->list_first ? s->list_first : s->list_mark < end ? s->list_mark : end - 1;
    s->list_dragged = input->down;
    return true;
}

/* The pointer over an open list: the row under it is marked, the wheel turns the list, a click chooses. */
static void point_at_list(Ui *ui) {
    UiState *s = ui->state;
    const UiInput *input = &ui->input;
    if (input->wheel != 0.0f)
        scroll_list(s, input->wheel > 0.0f ? -1 : 1);
    ui->cursor = CURSOR_HAND;
    /* a pointer that rests leaves the mark to the arrow keys */
    if (s->mouse_moved || input->pressed || input->released || input->wheel != 0.0f) {
        float y = input->mouse_y - s->list_rect.y - PAD * ui->scale;
        int row = (int)(y / (ROW * ui->scale));
        row = row < 0 ? 0 : row >= s->list_rows ? s->list_rows - 1 : row;
        s->list_mark = s->list_first + row;
    }
    if (input->pressed)
        s->list_pressed = true;
    /* the release of the press that opened the list chooses only if it was dragged to an item */
    bool dragged = fabsf(input->mouse_x - s->grab_x) + fabsf(input->mouse_y - s->grab_y) > UI_NEAR * ui->scale;
    if (input->released && (s->list_pressed || dragged))
        s->list_choice = s->list_mark;
}

void ui_list_touch(Ui *ui) {
    UiState *s = ui->state;
    UiInput *input = &ui->input;
    int mark = s->list_mark;
    bool over = s->list_rows > 0 && rect_has(s->list_rect, input->mouse_x, input->mouse_y);
    if (!drag_list(ui, over) && over)
        point_at_list(ui);
    bool close = input->pressed && !over;
    for (int i = 0; i < input->key_count; i++) {
        const UiKey *key = &input->keys[i];
        switch (key->code) {
        case KEY_UP:
            s->list_mark = s->list_mark > 0 ? s->list_mark - 1 : 0;
            break;
        case KEY_DOWN:
            s->list_mark = s->list_mark + 1 < s->list_count ? s->list_mark + 1 : s->list_count - 1;
            break;
        case KEY_HOME:
        case KEY_PAGE_UP:
            s->list_mark = 0;
            break;
        case KEY_END:
        case KEY_PAGE_DOWN:
            s->list_mark = s->list_count - 1;
            break;
        case KEY_ENTER:
        case KEY_SPACE:
            if (!key->repeat)
                s->list_choice = s->list_mark;
            break;
        case KEY_ESCAPE:
        case KEY_TAB:
            close = true;
            break;
        case KEY_CHARACTER:
            if (!key->ctrl && !key->alt)
                s->list_letter = key->character;
            break;
        default:
            break;
        }
    }
    if (s->list_rows > 0 && s->list_mark != mark) { /* keep the marked item visible */
        if (s->list_mark < s->list_first)
            s->list_first = s->list_mark;
        if (s->list_mark >= s->list_first + s->list_rows)
            s->list_first = s->list_mark - s->list_rows + 1;
    }
    if (close)
        s->list = 0;
    ui->keyboard_taken = true;
    input->key_count = 0;
    input->text[0] = '\0';
    input->pressed = input->released = input->down = false;
    input->right_pressed = input->right_released = input->right_down = input->middle_pressed = false;
    input->wheel = 0.0f;
    input->mouse_x = input->mouse_y = -1e6f;
    input->mouse_inside = false;
}

static void say_marked(Ui *ui) {
    UiState *s = ui->state;
    char name[64];
    snprintf(name, sizeof name, "%s-%d", s->list_name, s->list_mark);
    ui_say_entry(ui, name,
                 &(UiSay){.role = ROLE_ENTRY,
                          .label = s->list_labels[s->list_mark],
                          .position = s->list_mark + 1,
                          .count = s->list_count});
}

static void draw_open_list(Ui *ui) {
    UiState *s = ui->state;
    float row = ROW * ui->scale, pad = PAD * ui->scale, width = s->list_anchor.w;
    float beside = (40.0f + (s->list_picture ? PICTURE + 8.0f : 0.0f)) * ui->scale;
    const UiMenu menu = {.picture = s->list_picture, .context = s->list_context};
    for (int i = 0; i < s->list_count; i++)
        width = fmaxf(width, text_width(ui->text, TEXT_BODY, s->list_labels[i]) + beside);
    float below = (float)ui->canvas->height - (s->list_anchor.y + s->list_anchor.h), above = s->list_anchor.y;
    float wanted = row * (float)s->list_count + 2 * pad, gap = 8.0f * ui->scale;
    bool up = wanted > below - gap && above > below;
    float room = (up ? above : below) - gap;
    int rows = s->list_count;
    while (rows > 1 && row * (float)rows + 2 * pad > room)
        rows--;
    width = fminf(width, (float)ui->canvas->width - gap);
    Rect r = {s->list_anchor.x, s->list_anchor.y + s->list_anchor.h + 4.0f * ui->scale, width,
              row * (float)rows + 2 * pad};
    if (up)
        r.y = s->list_anchor.y - r.h - 4.0f * ui->scale;
    r = ui_inside(ui, r);
    if (s->list_rows == 0) /* just opened: the current item is visible */
        s->list_first = s->list_mark >= rows ? s->list_mark - rows + 1 : 0;
    if (s->list_first > s->list_count - rows)
        s->list_first = s->list_count - rows;
    s->list_rect = r;
    s->list_rows = rows;
    ui_card_ground(ui, r, CARD_RADIUS, ui->theme->line);
    say_marked(ui);
    for (int k = 0; k < rows; k++) {
        int i = s->list_first + k;
        Rect item = {r.x + pad, r.y + pad + row * (float)k, r.w - 2 * pad, row};
        if (i == s->list_mark)
            canvas_rounded(ui->canvas, item, 5.0f * ui->scale, ui->theme->chip_hover);
        if (i == s->list_value)
            canvas_disc(ui->canvas, item.x + 10.0f * ui->scale, item.y + row / 2, 3.0f * ui->scale, ui->theme->accent);
        Rect label = {item.x + 20.0f * ui->scale, item.y, item.w - 24.0f * ui->scale, item.h};
        take_picture(ui, &menu, i, &label);
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, label, ALIGN_LEFT, ui->theme->text, s->list_labels[i]);
        char name[64];
        snprintf(name, sizeof name, "%s-%d", s->list_name, i);
        ui_note(ui, name, item);
    }
}

void ui_list_draw(Ui *ui) {
    UiState *s = ui->state;
    if (s->list && !s->list_seen) /* its widget is gone */
        s->list = 0;
    if (s->list)
        draw_open_list(ui);
}

/* The next item, behind the marked one, that begins with the letter typed. */
static void find_letter(UiState *s, const char *const *labels, int count) {
    uint32_t letter = s->list_letter;
    for (int k = 1; k <= count && letter < 128; k++) {
        int i = (s->list_mark + k) % count;
        unsigned char first = (unsigned char)labels[i][0];
        if (first < 128 && tolower(first) == tolower((int)letter)) {
            s->list_mark = i;
            if (i < s->list_first || i >= s->list_first + s->list_rows)
                s->list_first = i;
            return;
        }
    }
}

int ui_select(Ui *ui, const char *name, Rect rect, const char *const *labels, int count, int value, const char *help) {
    return ui_select_menu(ui, name, rect, &(UiMenu){.labels = labels, .count = count, .help = help}, value);
}

int ui_select_menu(Ui *ui, const char *name, Rect rect, const UiMenu *menu, int value) {
    UiState *st = ui->state;
    const char *const *labels = menu->labels;
    int count = menu->count;
    UiTouch in = ui_widget(ui, name, rect, true, false, menu->help);
    float s = ui->scale;
    bool open = st->list == in.id;
    if (open && (!ui->enabled || count <= 0)) {
        st->list = 0;
        open = false;
    }
    if (open && st->list_choice != UI_NO_CHOICE) {
        value = st->list_choice < count ? st->list_choice : value;
        st->list = 0;
        open = false;
        ui->wants_frame = true;
    } else if (!open && count > 0 &&
               (in.pressed || ui_pressed_by_key(ui, &in) || (in.keys && ui_take_key(ui, KEY_DOWN, NULL)))) {
        open = true;
        st->list = in.id;
        st->list_mark = value < 0 ? 0 : value;
        st->list_first = st->list_rows = 0;
        st->list_pressed = st->list_dragged = false;
        snprintf(st->list_name, sizeof st->list_name, "%s", name);
        ui->wants_frame = true;
    }
    if (open) {
        if (st->list_letter)
            find_letter(st, labels, count);
        st->list_mark = st->list_mark < count ? st->list_mark : count - 1;
        st->list_labels = labels;
        st->list_picture = menu->picture;
        st->list_context = menu->context;
        st->list_count = count;
        st->list_value = value;
        st->list_anchor = rect;
        st->list_seen = true;
    }
    bool known = value >= 0 && value < count;
    const char *shown = known ? labels[value] : tr("own settings");
    ui_say(ui, in.id, &(UiSay){.role = ROLE_LIST, .value = shown, .position = known ? value + 1 : 0, .count = count});
    canvas_rounded(ui->canvas, rect, UI_RADIUS * s, open ? ui->theme->chip_pressed : ui_chip_color(ui, &in));
    Rect text = {rect.x + 10.0f * s, rect.y, rect.w - 34.0f * s, rect.h};
    if (known)
        take_picture(ui, menu, value, &text);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, text, ALIGN_LEFT, ui_text_color(ui), shown);
    ui_icon(ui->canvas, ICON_CHEVRON_DOWN, rect.x + rect.w - 14.0f * s, rect.y + rect.h / 2, 12.0f * s,
            ui->theme->muted);
    if (in.hovered)
        ui->cursor = CURSOR_HAND;
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, rect, UI_RADIUS * s);
    return value;
}
