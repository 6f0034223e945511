#include "app/ui/ui_private.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double TIP_AFTER = 0.4, MESSAGE_FOR = 4.0; /* seconds */

uint32_t ui_id(const char *name) {
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash ? hash : 1;
}

bool ui_init(Ui *ui, Status *status) {
    memset(ui, 0, sizeof *ui);
    ui->enabled = true;
    ui->state = calloc(1, sizeof *ui->state);
    return ui->state || status_no_memory(status, "the widgets");
}

void ui_free(Ui *ui) {
    free(ui->state);
    ui->state = NULL;
}

static bool take_key(Ui *ui, UiKeyCode code, bool plain, UiKey *key) {
    UiInput *input = &ui->input;
    for (int i = 0; i < input->key_count; i++) {
        const UiKey *k = &input->keys[i];
        if (k->code != code || (plain && (k->shift || k->ctrl || k->alt)))
            continue;
        if (key)
            *key = *k;
        memmove(&input->keys[i], &input->keys[i + 1], (size_t)(input->key_count - i - 1) * sizeof *input->keys);
        input->key_count--;
        ui->keyboard_taken = true;
        return true;
    }
    return false;
}

bool ui_take_key(Ui *ui, UiKeyCode code, UiKey *key) {
    return take_key(ui, code, false, key);
}

bool ui_take_plain_key(Ui *ui, UiKeyCode code) {
    return take_key(ui, code, true, NULL);
}

/* The focus moves on to the next or previous focusable widget of the last frame, round the ends. */
static void move_focus(Ui *ui, bool back) {
    UiState *s = ui->state;
    int focusable[UI_MAX_WIDGETS], count = 0, now = -1;
    for (int i = 0; i < s->before_count; i++) {
        if (!s->before[i].focusable)
            continue;
        if (ui_id(s->before[i].name) == ui->focus)
            now = count;
        focusable[count++] = i;
    }
    if (count == 0)
        return;
    int next = now < 0 ? (back ? count - 1 : 0) : (now + (back ? count - 1 : 1)) % count;
    ui->focus = ui_id(s->before[focusable[next]].name);
    ui->focus_visible = true;
    s->focus_moved = true;
}

static void close_list(UiState *s) {
    s->list = 0;
}

/* The pointer over an open list: the row under it is marked, the wheel turns the list, a click chooses. */
static void point_at_list(Ui *ui) {
    UiState *s = ui->state;
    const UiInput *input = &ui->input;
    if (input->wheel != 0.0f) {
        int last = s->list_count - s->list_rows;
        s->list_first -= input->wheel > 0.0f ? 1 : -1;
        s->list_first = s->list_first > last ? last : s->list_first;
        s->list_first = s->list_first < 0 ? 0 : s->list_first;
    }
    ui->cursor = CURSOR_HAND;
    /* a pointer that rests leaves the mark to the arrow keys */
    if (s->mouse_moved || input->pressed || input->released || input->wheel != 0.0f) {
        float y = input->mouse_y - s->list_rect.y - UI_LIST_PAD * ui->scale;
        int row = (int)(y / (UI_LIST_ROW * ui->scale));
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

/* An open list takes all keys and the pointer before any widget sees them. */
static void run_list(Ui *ui) {
    UiState *s = ui->state;
    UiInput *input = &ui->input;
    int mark = s->list_mark;
    bool over = s->list_rows > 0 && rect_has(s->list_rect, input->mouse_x, input->mouse_y);
    if (over)
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
    if (s->list_rows > 0 && s->list_mark != mark) { /* the marked item is to be seen */
        if (s->list_mark < s->list_first)
            s->list_first = s->list_mark;
        if (s->list_mark >= s->list_first + s->list_rows)
            s->list_first = s->list_mark - s->list_rows + 1;
    }
    if (close)
        close_list(s);
    ui->keyboard_taken = true;
    input->key_count = 0;
    input->text[0] = '\0';
    input->pressed = input->released = input->down = false;
    input->right_pressed = input->right_released = input->right_down = false;
    input->wheel = 0.0f;
    input->mouse_x = input->mouse_y = -1e6f;
    input->mouse_inside = false;
}

/* The press that begins in this frame. The system counts clicks within a wide circle as a series; two presses
 * at two places of a track are not a double click. */
static void begin_press(Ui *ui) {
    UiState *s = ui->state;
    UiInput *input = &ui->input;
    float near = UI_NEAR * ui->scale;
    if (input->clicks <= 1)
        s->clicks_elsewhere = 0;
    else if (s->pressed_before &&
             (fabsf(input->mouse_x - s->grab_x) > near || fabsf(input->mouse_y - s->grab_y) > near))
        s->clicks_elsewhere = input->clicks - 1;
    input->clicks -= s->clicks_elsewhere;
    input->clicks = input->clicks < 1 ? 1 : input->clicks;
    s->grab_x = input->mouse_x;
    s->grab_y = input->mouse_y;
    s->grab_clicks = input->clicks;
    s->grab_moved = s->grab_thumb = false;
    s->pressed_before = true;
    s->tip_spent = true;
    ui->active = 0; /* a press that is still held has lost its release */
}

void ui_begin(Ui *ui, const UiInput *input, Canvas *canvas, Text *text, const Theme *theme, float scale) {
    UiState *s = ui->state;
    ui->input = *input;
    ui->canvas = canvas;
    ui->text = text;
    ui->theme = theme;
    ui->scale = scale;
    ui->cursor = CURSOR_ARROW;
    ui->wants_frame = ui->keyboard_taken = false;
    s->frame++;
    ui->hot = 0;
    ui->enabled = true;
    ui->on_top = false;
    memcpy(s->before, ui->widgets, (size_t)ui->widget_count * sizeof *s->before);
    memcpy(s->areas_before, s->areas, (size_t)ui->widget_count * sizeof *s->areas);
    s->before_count = ui->widget_count;
    ui->widget_count = 0;
    s->focus_moved = s->message_seen = s->list_seen = s->edit_seen = s->press_taken = false;
    s->scroll = 0;
    s->wheel_owner_before = s->wheel_owner;
    s->wheel_owner = 0;
    s->list_choice = UI_NO_CHOICE;
    s->list_letter = 0;
    s->mouse_moved = input->mouse_x != s->mouse_x || input->mouse_y != s->mouse_y;
    s->mouse_x = input->mouse_x;
    s->mouse_y = input->mouse_y;

    if (ui->input.pressed)
        begin_press(ui);
    if (ui->input.mouse_x != s->grab_x || ui->input.mouse_y != s->grab_y)
        s->grab_moved = true;
    if (s->list)
        run_list(ui);
    UiKey tab;
    while (ui_take_key(ui, KEY_TAB, &tab)) {
        s->commit = s->edit != 0; /* the field takes its text when its turn comes in this frame */
        move_focus(ui, tab.shift);
    }
    if (ui->active && !ui->input.down && !ui->input.released)
        ui->active = 0; /* the release was lost */
}

static void add_widget(Ui *ui, const char *name, Rect rect, bool focusable) {
    assert(strlen(name) < sizeof ui->widgets[0].name);
    if (ui->widget_count == UI_MAX_WIDGETS) { /* the pointer still reaches it, Tab does not */
        if (!ui->state->full)
            fprintf(stderr, "more than %d widgets: '%s' and what follows are not listed\n", UI_MAX_WIDGETS, name);
        ui->state->full = true;
        return;
    }
    ui->state->areas[ui->widget_count] = ui->state->scroll;
    UiWidget *widget = &ui->widgets[ui->widget_count++];
    snprintf(widget->name, sizeof widget->name, "%s", name);
    widget->rect = widget->visible = rect;
    if (ui->state->scroll) {
        Rect area = ui->state->scroll_rect;
        float x0 = fmaxf(rect.x, area.x), y0 = fmaxf(rect.y, area.y);
        float x1 = fminf(rect.x + rect.w, area.x + area.w), y1 = fminf(rect.y + rect.h, area.y + area.h);
        widget->visible = (Rect){x0, y0, fmaxf(0.0f, x1 - x0), fmaxf(0.0f, y1 - y0)};
    }
    widget->on_top = ui->on_top;
    widget->focusable = focusable && ui->enabled;
}

void ui_note(Ui *ui, const char *name, Rect rect) {
    add_widget(ui, name, rect, false);
}

void ui_hint(Ui *ui, const char *name, Rect rect, const char *help) {
    ui_widget(ui, name, rect, false, false, help);
}

/* At least 24 logical pixels each way, as far as the pointer goes. */
static Rect hit_rect(const Ui *ui, Rect rect) {
    float least = 24.0f * ui->scale;
    if (rect.h < least) {
        rect.y -= (least - rect.h) / 2;
        rect.h = least;
    }
    if (rect.w < least) {
        rect.x -= (least - rect.w) / 2;
        rect.w = least;
    }
    return rect;
}

UiWidgetInput ui_widget(Ui *ui, const char *name, Rect rect, bool focusable, bool takes_keys_by_pointer,
                        const char *help) {
    return ui_widget_reaching(ui, name, rect, 0.0f, focusable, takes_keys_by_pointer, help);
}

/* Whether something that was made on top in the last frame lies there. */
static bool is_covered(const UiState *s, float x, float y) {
    for (int i = 0; i < s->before_count; i++)
        if (s->before[i].on_top && rect_has(s->before[i].rect, x, y))
            return true;
    return false;
}

UiWidgetInput ui_widget_reaching(Ui *ui, const char *name, Rect rect, float reach, bool focusable,
                                 bool takes_keys_by_pointer, const char *help) {
    UiState *s = ui->state;
    const UiInput *input = &ui->input;
    UiWidgetInput in = {.id = ui_id(name)};
    add_widget(ui, name, rect, focusable);
    if (in.id == s->message_id) {
        s->message_rect = rect;
        s->message_seen = true;
    }
    if (!ui->enabled)
        return in;
    Rect hit = reach < 0.0f ? rect : hit_rect(ui, (Rect){rect.x - reach, rect.y, rect.w + 2 * reach, rect.h});
    bool over = rect_has(hit, input->mouse_x, input->mouse_y);
    if (s->scroll && !rect_has(s->scroll_rect, input->mouse_x, input->mouse_y))
        over = false;
    if (!ui->on_top && is_covered(s, input->mouse_x, input->mouse_y))
        over = false;
    if (!input->mouse_inside && !input->down && !input->released)
        over = false; /* the position is where the pointer left the window */
    if (ui->hot && ui->hot != in.id)
        over = false; /* of two that overlap the first has the pointer */
    /* a button pressed elsewhere and still down means nothing to a widget */
    in.hovered = over && (ui->active == in.id || (ui->active == 0 && (!input->down || input->pressed)));
    if (in.hovered)
        ui->hot = in.id;
    if (over && input->pressed && ui->active == 0) {
        in.pressed = s->press_taken = true;
        ui->active = in.id;
        if (focusable) {
            ui->focus = in.id;
            ui->focus_visible = false;
        }
    }
    in.held = ui->active == in.id;
    in.released = in.held && input->released;
    in.clicked = in.released && over;
    in.focused = focusable && ui->focus == in.id;
    in.keys = in.focused && (ui->focus_visible || takes_keys_by_pointer);
    if (help && in.hovered) {
        if (s->tip != in.id) {
            s->tip = in.id;
            s->tip_since = input->time;
            s->tip_spent = input->pressed;
        }
        s->tip_text = help;
        s->tip_rect = rect;
    }
    return in;
}

UiTouch ui_touch(Ui *ui, const char *name, Rect rect, bool focusable) {
    UiWidgetInput in = ui_widget(ui, name, rect, focusable, true, NULL);
    return (UiTouch){in.hovered, in.pressed, in.held, in.released, in.focused, ui->state->grab_x, ui->state->grab_y};
}

/* ---- looks that all share ---- */

void ui_focus_ring(Ui *ui, Rect rect, float radius) {
    float line = 2.0f * ui->scale;
    Rect outer = {rect.x - 2 * line, rect.y - 2 * line, rect.w + 4 * line, rect.h + 4 * line};
    Rect inner = {rect.x - line, rect.y - line, rect.w + 2 * line, rect.h + 2 * line};
    canvas_rounded_frame(ui->canvas, outer, radius + 2 * line, line, ui->theme->focus_outer);
    canvas_rounded_frame(ui->canvas, inner, radius + line, line, ui->theme->focus_inner);
}

Color ui_chip_color(const Ui *ui, const UiWidgetInput *in) {
    if (in->held && in->hovered)
        return ui->theme->chip_pressed;
    return in->hovered ? ui->theme->chip_hover : ui->theme->chip;
}

Color ui_text_color(const Ui *ui) {
    return ui->enabled ? ui->theme->text : ui->theme->muted;
}

/* ---- what lies on top ---- */

/* Keeps a rect inside the canvas. */
static Rect inside(const Ui *ui, Rect r) {
    float edge = 4.0f * ui->scale, right = (float)ui->canvas->width - edge, bottom = (float)ui->canvas->height - edge;
    if (r.x + r.w > right)
        r.x = right - r.w;
    if (r.y + r.h > bottom)
        r.y = bottom - r.h;
    r.x = r.x < edge ? edge : r.x;
    r.y = r.y < edge ? edge : r.y;
    return r;
}

/* How many bytes of a word fit into the width, at least a code point. */
static size_t fitting(Ui *ui, TextStyle style, const char *word, size_t length, float width) {
    char piece[256];
    size_t used = 0;
    for (size_t end = 1; end <= length && end < sizeof piece; end++) {
        if (utf8_continues(word[end]))
            continue;
        memcpy(piece, word, end);
        piece[end] = '\0';
        if (used > 0 && text_width(ui->text, style, piece) > width)
            break;
        used = end;
    }
    return used > 0 ? used : length;
}

int ui_wrap(Ui *ui, TextStyle style, const char *text, float width, int most_lines,
            char lines[UI_LINES][UI_LINE_BYTES]) {
    int count = 0;
    while (*text && count < most_lines) {
        size_t used = 0, length = strlen(text), most = sizeof lines[0] - 1;
        bool fits = length <= most && text_width(ui->text, style, text) <= width; /* the usual case */
        for (size_t end = fits ? length : 1; end <= length && end <= most; end++) {
            if (end < length && text[end] != ' ')
                continue;
            memcpy(lines[count], text, end);
            lines[count][end] = '\0';
            if (text_width(ui->text, style, lines[count]) > width)
                break;
            used = end;
        }
        if (count == most_lines - 1)
            used = length < most ? length : most;
        else if (used == 0)
            used = fitting(ui, style, text, length < most ? length : most, width);
        memcpy(lines[count], text, used);
        lines[count++][used] = '\0';
        text += used;
        while (*text == ' ')
            text++;
    }
    return count;
}

/* A box of text below (or, without room, above) the anchor. */
static void draw_box(Ui *ui, const char *name, const char *text, Rect anchor, Color ground, Color color) {
    char lines[UI_LINES][UI_LINE_BYTES];
    float pad = 8.0f * ui->scale, row = 17.0f * ui->scale, width = 0.0f;
    int count = ui_wrap(ui, TEXT_BODY, text, 280.0f * ui->scale, UI_LINES, lines);
    for (int i = 0; i < count; i++)
        width = fminf(fmaxf(width, text_width(ui->text, TEXT_BODY, lines[i])), 280.0f * ui->scale);
    Rect box = {anchor.x, anchor.y + anchor.h + 6.0f * ui->scale, ceilf(width) + 2 * pad, row * (float)count + pad};
    if (anchor.x + anchor.w / 2 > (float)ui->canvas->width / 2) /* towards the middle, not over the edge */
        box.x = anchor.x + anchor.w - box.w;
    if (box.y + box.h > (float)ui->canvas->height - 4.0f * ui->scale)
        box.y = anchor.y - box.h - 6.0f * ui->scale;
    box = inside(ui, box);
    canvas_shadow(ui->canvas, box, 6.0f * ui->scale, ui->scale);
    canvas_rounded(ui->canvas, box, 6.0f * ui->scale, ground);
    for (int i = 0; i < count; i++) {
        Rect line = {box.x + pad, box.y + pad / 2 + row * (float)i, box.w - 2 * pad, row};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, line, ALIGN_LEFT, color, lines[i]);
    }
    ui_note(ui, name, box);
}

static void draw_list(Ui *ui) {
    UiState *s = ui->state;
    float row = UI_LIST_ROW * ui->scale, pad = UI_LIST_PAD * ui->scale, width = s->list_anchor.w;
    for (int i = 0; i < s->list_count; i++)
        width = fmaxf(width, text_width(ui->text, TEXT_BODY, s->list_labels[i]) + 40.0f * ui->scale);
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
    r = inside(ui, r);
    if (s->list_rows == 0) /* just opened: the current item is to be seen */
        s->list_first = s->list_mark >= rows ? s->list_mark - rows + 1 : 0;
    if (s->list_first > s->list_count - rows)
        s->list_first = s->list_count - rows;
    s->list_rect = r;
    s->list_rows = rows;
    canvas_shadow(ui->canvas, r, 8.0f * ui->scale, ui->scale);
    canvas_rounded(ui->canvas, r, 8.0f * ui->scale, ui->theme->card);
    canvas_rounded_frame(ui->canvas, r, 8.0f * ui->scale, fmaxf(1.0f, roundf(ui->scale)), ui->theme->line);
    for (int k = 0; k < rows; k++) {
        int i = s->list_first + k;
        Rect item = {r.x + pad, r.y + pad + row * (float)k, r.w - 2 * pad, row};
        if (i == s->list_mark)
            canvas_rounded(ui->canvas, item, 5.0f * ui->scale, ui->theme->chip_hover);
        if (i == s->list_value)
            canvas_disc(ui->canvas, item.x + 10.0f * ui->scale, item.y + row / 2, 3.0f * ui->scale, ui->theme->accent);
        Rect label = {item.x + 20.0f * ui->scale, item.y, item.w - 24.0f * ui->scale, item.h};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, label, ALIGN_LEFT, ui->theme->text, s->list_labels[i]);
        char name[64];
        snprintf(name, sizeof name, "%s-%d", s->list_name, i);
        ui_note(ui, name, item);
    }
}

void ui_end(Ui *ui) {
    UiState *s = ui->state;
    if (ui->input.pressed && !s->press_taken) /* on nothing */
        ui->focus = 0;
    if (s->edit && !s->edit_seen) /* its widget is gone */
        ui_edit_end(ui);
    if (s->waiting && !s->edit) {
        uint32_t id = s->waiting;
        s->waiting = 0;
        ui_edit_begin(ui, id, s->waiting_text);
    }
    if (ui->input.released)
        ui->active = 0;
    if (s->list && !s->list_seen)
        close_list(s);
    if (s->list)
        draw_list(ui);
    if (s->message_id && (ui->input.time >= s->message_until || !s->message_seen))
        s->message_id = 0;
    if (s->message_id) {
        draw_box(ui, "message", s->message, s->message_rect, ui->theme->danger, ui->theme->card);
        ui->wants_frame = true;
    }
    if (ui->hot != s->tip) {
        s->tip = 0;
        s->tip_text = NULL;
    }
    if (s->tip && s->tip_text && !s->tip_spent && !s->list && !s->message_id && ui->active == 0 && s->edit == 0) {
        if (ui->input.time - s->tip_since >= TIP_AFTER)
            draw_box(ui, "tooltip", s->tip_text, s->tip_rect, ui->theme->text, ui->theme->card);
        else
            ui->wants_frame = true;
    }
    ui->wants_text = s->edit != 0;
}

void ui_message(Ui *ui, const char *name, const char *message) {
    UiState *s = ui->state;
    s->message_id = ui_id(name);
    snprintf(s->message, sizeof s->message, "%s", message);
    s->message_until = ui->input.time + MESSAGE_FOR;
    for (int i = 0; i < ui->widget_count; i++)
        if (ui_id(ui->widgets[i].name) == s->message_id) {
            s->message_rect = ui->widgets[i].rect;
            s->message_seen = true;
        }
}

void ui_write_widgets(const Ui *ui, FILE *stream) {
    for (int i = 0; i < ui->widget_count; i++) {
        Rect r = ui->widgets[i].visible;
        if (r.w >= 1.0f && r.h >= 1.0f)
            fprintf(stream, "%s %.0f %.0f %.0f %.0f\n", ui->widgets[i].name, (double)r.x, (double)r.y, (double)r.w,
                    (double)r.h);
    }
}

/* ---- scroll areas ---- */

float ui_scroll_begin(Ui *ui, const char *name, Rect rect, float content_height, float offset) {
    UiState *s = ui->state;
    float most = fmaxf(0.0f, content_height - rect.h), bar = 10.0f * ui->scale;
    char bar_name[64];
    snprintf(bar_name, sizeof bar_name, "%s-bar", name);
    if (rect_has(rect, ui->input.mouse_x, ui->input.mouse_y) && ui->input.wheel != 0.0f && ui->active == 0) {
        if (s->wheel_owner_before == 0 && (ui->on_top || !is_covered(s, ui->input.mouse_x, ui->input.mouse_y)))
            offset -= ui->input.wheel * 40.0f * ui->scale;
    }
    if (most > 0.0f) {
        float size = fmaxf(24.0f * ui->scale, rect.h * rect.h / content_height), travel = rect.h - size;
        Rect track = {rect.x + rect.w - bar, rect.y, bar, rect.h};
        UiWidgetInput in = ui_widget_reaching(ui, bar_name, track, -1.0f, false, false, NULL);
        float thumb = rect.y + travel * fminf(1.0f, offset / most);
        if (in.pressed) {
            bool on_thumb = ui->input.mouse_y >= thumb && ui->input.mouse_y < thumb + size;
            s->grab_offset = on_thumb ? ui->input.mouse_y - thumb : size / 2;
        }
        if (in.held && travel > 0.0f)
            offset = (ui->input.mouse_y - s->grab_offset - rect.y) / travel * most;
        offset = fminf(most, fmaxf(0.0f, offset));
        thumb = rect.y + travel * offset / most;
        float width = (in.hovered || in.held ? 6.0f : 4.0f) * ui->scale;
        Rect drawn = {rect.x + rect.w - width - 2.0f * ui->scale, thumb + 2.0f * ui->scale, width,
                      size - 4.0f * ui->scale};
        canvas_rounded(ui->canvas, drawn, width / 2, in.held ? ui->theme->muted : ui->theme->track);
    }
    if (s->focus_moved) { /* bring what Tab has come to into view, if it is in here */
        for (int i = 0; i < s->before_count; i++) {
            Rect w = s->before[i].rect;
            if (ui_id(s->before[i].name) != ui->focus || s->areas_before[i] != ui_id(name))
                continue;
            float above = 32.0f * ui->scale, below = 12.0f * ui->scale; /* a slider's label stands above it */
            if (w.y - above < rect.y)
                offset -= rect.y - (w.y - above);
            else if (w.y + w.h + below > rect.y + rect.h)
                offset += w.y + w.h + below - (rect.y + rect.h);
        }
    }
    s->scroll = ui_id(name);
    s->scroll_rect = rect;
    canvas_push_clip(ui->canvas, rect);
    return roundf(fminf(most, fmaxf(0.0f, offset)));
}

void ui_scroll_end(Ui *ui) {
    canvas_pop_clip(ui->canvas);
    ui->state->scroll = 0;
}

/* ---- what glides ---- */

/* The glide of that name, or a new one in place of one that has not been seen for longest. */
static UiGlide *glide_of(Ui *ui, const char *name, float target) {
    UiState *s = ui->state;
    uint32_t id = ui_id(name);
    UiGlide *oldest = &s->glides[0];
    for (int i = 0; i < UI_MAX_GLIDES; i++) {
        UiGlide *g = &s->glides[i];
        if (g->id == id) {
            if (s->frame - g->seen > 1) /* it was away: it is where it is now */
                g->from = g->to = target;
            g->seen = s->frame;
            return g;
        }
        if (s->frame - g->seen > s->frame - oldest->seen)
            oldest = g;
    }
    *oldest = (UiGlide){.id = id, .from = target, .to = target, .seen = s->frame};
    return oldest;
}

static float glide_now(Ui *ui, UiGlide *g, float target, double seconds) {
    double t = seconds > 0.0 ? (ui->input.time - g->began) / seconds : 1.0;
    float part = t < 1.0 ? 1.0f - powf(1.0f - fmaxf((float)t, 0.0f), 3.0f) : 1.0f;
    float value = g->from + (g->to - g->from) * part;
    if (!ui->motion)
        value = g->from = g->to = target;
    if (target != g->to) {
        g->from = value;
        g->to = target;
        g->began = ui->input.time;
    }
    if (value != g->to)
        ui->wants_frame = true;
    return value;
}

float ui_glide(Ui *ui, const char *name, float target, double seconds) {
    return glide_now(ui, glide_of(ui, name, target), target, seconds);
}

bool ui_fold_begin(Ui *ui, const char *name, Rect area, bool open) {
    UiState *s = ui->state;
    char fold[64];
    snprintf(fold, sizeof fold, "%.40s fold", name);
    UiGlide *g = glide_of(ui, fold, open ? 1.0f : 0.0f);
    float share = glide_now(ui, g, open ? 1.0f : 0.0f, 0.16);
    if (share <= 0.0f)
        return false;
    s->fold = g;
    s->fold_share = share;
    if (share < 1.0f) {
        float second = ui_px(ui, 2 * 8.0f); /* focus rings and hovered rows reach beyond the column */
        canvas_push_clip(ui->canvas, (Rect){area.x - second, area.y, area.w + 2 * second, share * g->height});
    }
    return true;
}

float ui_fold_end(Ui *ui, float height) {
    UiState *s = ui->state;
    if (s->fold_share < 1.0f)
        canvas_pop_clip(ui->canvas);
    s->fold->height = height;
    s->fold = NULL;
    return roundf(s->fold_share * height);
}
