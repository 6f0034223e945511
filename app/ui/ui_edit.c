/* One line of text under the hand: caret, selection, clipboard, and what an input method composes. */
#include "app/ui/ui_private.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void ui_edit_begin(Ui *ui, uint32_t id, const char *text) {
    UiState *s = ui->state;
    ui->wants_frame = true;
    if (s->edit && s->edit != id) { /* its turn in this frame is still to come, and its text with it */
        s->commit = true;
        s->waiting = id;
        snprintf(s->waiting_text, sizeof s->waiting_text, "%s", text);
        return;
    }
    s->edit = id;
    s->edit_seen = true;
    snprintf(s->text, sizeof s->text, "%s", text);
    memcpy(s->original, s->text, sizeof s->original);
    s->anchor = 0;
    s->caret = strlen(s->text);
    s->edit_scroll = 0.0f;
    s->commit = false;
    s->message_id = 0;
    ui->focus = id;
}

void ui_edit_end(Ui *ui) {
    ui->state->edit = 0;
    ui->state->commit = false;
}

/* The clusters beside a gap: what a reader takes for one sign. */
static size_t before(const char *text, size_t at) {
    size_t last = 0;
    for (size_t next = 0; next < at; next = text_next(text, next))
        last = next;
    return last;
}

static size_t after(const char *text, size_t at) {
    return text_next(text, at);
}

static void erase_selection(UiState *s) {
    size_t from = s->caret < s->anchor ? s->caret : s->anchor, to = s->caret < s->anchor ? s->anchor : s->caret;
    memmove(s->text + from, s->text + to, strlen(s->text + to) + 1);
    s->caret = s->anchor = from;
}

/* Whole code points, as many as there is room for; no line breaks, no tabs. */
static void insert(UiState *s, const char *utf8) {
    erase_selection(s);
    while (*utf8) {
        size_t bytes = 1, length = strlen(s->text);
        while (utf8_continues(utf8[bytes]))
            bytes++;
        if (length + bytes >= sizeof s->text)
            break;
        if ((unsigned char)*utf8 >= 0x20 && *utf8 != 0x7f) {
            memmove(s->text + s->caret + bytes, s->text + s->caret, length - s->caret + 1);
            memcpy(s->text + s->caret, utf8, bytes);
            s->caret += bytes;
        }
        utf8 += bytes;
    }
    s->anchor = s->caret;
}

static void hand_selection(Ui *ui, void (*set)(void *user, const char *utf8)) {
    UiState *s = ui->state;
    size_t from = s->caret < s->anchor ? s->caret : s->anchor, to = s->caret < s->anchor ? s->anchor : s->caret;
    char piece[UI_EDIT_MAX];
    if (from == to || !set)
        return;
    memcpy(piece, s->text + from, to - from);
    piece[to - from] = '\0';
    set(ui->user, piece);
}

static void control_key(Ui *ui, uint32_t character) {
    UiState *s = ui->state;
    switch (character) {
    case 'a':
        s->anchor = 0;
        s->caret = strlen(s->text);
        break;
    case 'c':
        hand_selection(ui, ui->clipboard_set);
        break;
    case 'x':
        if (s->caret != s->anchor && ui->clipboard_set) {
            hand_selection(ui, ui->clipboard_set);
            erase_selection(s);
        }
        break;
    case 'v': {
        const char *pasted = ui->clipboard_get ? ui->clipboard_get(ui->user) : NULL;
        if (pasted)
            insert(s, pasted);
        break;
    }
    default:
        break;
    }
}

/* Moves the caret; without Shift the selection goes. */
static void move_caret(UiState *s, size_t to, bool select) {
    s->caret = to;
    if (!select)
        s->anchor = to;
}

static UiEditResult use_key(Ui *ui, const UiKey *key) {
    UiState *s = ui->state;
    bool selected = s->caret != s->anchor;
    size_t low = s->caret < s->anchor ? s->caret : s->anchor, high = s->caret < s->anchor ? s->anchor : s->caret;
    switch (key->code) {
    case KEY_ENTER:
        return EDIT_COMMITTED;
    case KEY_ESCAPE:
        return EDIT_CANCELLED;
    case KEY_LEFT:
        move_caret(s, selected && !key->shift ? low : key->ctrl ? 0 : before(s->text, s->caret), key->shift);
        break;
    case KEY_RIGHT:
        move_caret(s,
                   selected && !key->shift ? high
                   : key->ctrl             ? strlen(s->text)
                                           : after(s->text, s->caret),
                   key->shift);
        break;
    case KEY_HOME:
    case KEY_UP:
        move_caret(s, 0, key->shift);
        break;
    case KEY_END:
    case KEY_DOWN:
        move_caret(s, strlen(s->text), key->shift);
        break;
    case KEY_BACKSPACE:
        if (!selected)
            s->anchor = before(s->text, s->caret);
        erase_selection(s);
        break;
    case KEY_DELETE:
        if (!selected)
            s->anchor = after(s->text, s->caret);
        erase_selection(s);
        break;
    case KEY_CHARACTER:
        if (key->ctrl)
            control_key(ui, key->character);
        break;
    default:
        break;
    }
    return EDIT_GOES_ON;
}

static float caret_at(Ui *ui, size_t at) {
    return text_caret(ui->text, TEXT_BODY, ui->state->text, at);
}

/* The gap between clusters that is nearest to a position of the pointer. */
static size_t gap_at(Ui *ui, float x) {
    const char *text = ui->state->text;
    size_t nearest = 0;
    float least = fabsf(x - caret_at(ui, 0));
    for (size_t at = 0; text[at];) {
        at = after(text, at);
        float away = fabsf(x - caret_at(ui, at));
        if (away <= least) {
            least = away;
            nearest = at;
        }
    }
    return nearest;
}

/* The text with what is being composed in place of the selection. */
typedef struct Shown {
    char text[UI_EDIT_MAX + UI_MAX_PREEDIT];
    size_t from, to; /* what is composed; alike: nothing */
    size_t caret, anchor;
} Shown;

static void compose(const Ui *ui, Shown *shown) {
    const UiState *s = ui->state;
    const UiInput *input = &ui->input;
    size_t low = s->caret < s->anchor ? s->caret : s->anchor, high = s->caret < s->anchor ? s->anchor : s->caret;
    shown->from = shown->to = 0;
    shown->caret = s->caret;
    shown->anchor = s->anchor;
    if (!input->preedit[0]) {
        memcpy(shown->text, s->text, sizeof s->text);
        return;
    }
    snprintf(shown->text, sizeof shown->text, "%.*s%s%s", (int)low, s->text, input->preedit, s->text + high);
    shown->from = low;
    shown->to = low + strlen(input->preedit);
    shown->caret = shown->anchor = low + (size_t)input->preedit_caret;
}

static void draw(Ui *ui, Rect rect) {
    UiState *s = ui->state;
    Shown shown;
    compose(ui, &shown);
    float pad = 8.0f * ui->scale, radius = 6.0f * ui->scale, inner = rect.w - 2 * pad;
    float caret = text_caret(ui->text, TEXT_BODY, shown.text, shown.caret);
    float anchor = text_caret(ui->text, TEXT_BODY, shown.text, shown.anchor);
    s->edit_scroll = fminf(s->edit_scroll, fmaxf(0.0f, text_width(ui->text, TEXT_BODY, shown.text) - inner));
    if (caret - s->edit_scroll > inner)
        s->edit_scroll = caret - inner;
    if (caret < s->edit_scroll)
        s->edit_scroll = caret;
    canvas_rounded(ui->canvas, rect, radius, ui->theme->card);
    canvas_rounded_frame(ui->canvas, rect, radius, 2.0f * ui->scale, ui->theme->accent);
    Rect clip = {rect.x + pad - ui->scale, rect.y, inner + 3 * ui->scale, rect.h};
    canvas_push_clip(ui->canvas, clip);
    float x = rect.x + pad - s->edit_scroll, middle = rect.y + rect.h / 2, half = 9.0f * ui->scale;
    if (caret != anchor) {
        float low = fminf(caret, anchor), high = fmaxf(caret, anchor);
        canvas_rect(ui->canvas, (Rect){x + low, middle - half, high - low, 2 * half},
                    color_alpha(ui->theme->accent, 0.28f));
    }
    float baseline = middle + text_cap_height(ui->text, TEXT_BODY) / 2, line = fmaxf(1.0f, roundf(ui->scale));
    text_draw(ui->text, ui->canvas, TEXT_BODY, (TextAnchor){roundf(x), roundf(baseline), ALIGN_LEFT}, ui->theme->text,
              shown.text);
    if (shown.from < shown.to) {
        float from = text_caret(ui->text, TEXT_BODY, shown.text, shown.from);
        float to = text_caret(ui->text, TEXT_BODY, shown.text, shown.to);
        Rect under = {roundf(x + from), roundf(baseline + 3.0f * ui->scale), to - from, line};
        canvas_rect(ui->canvas, under, ui->theme->text);
        ui_note(ui, "composed", under);
    }
    ui->text_caret = (Rect){roundf(x + caret), middle - half, line, 2 * half};
    canvas_rect(ui->canvas, ui->text_caret, ui->theme->text);
    canvas_pop_clip(ui->canvas);
}

UiEditResult ui_edit_run(Ui *ui, const char *name, Rect rect) {
    UiState *s = ui->state;
    UiInput *input = &ui->input;
    UiTouch in = ui_widget(ui, name, rect, false, true, NULL);
    s->edit_seen = true;
    if (!ui->enabled)
        return EDIT_CANCELLED;
    UiEditResult result = s->commit ? EDIT_COMMITTED : EDIT_GOES_ON;
    if (in.hovered)
        ui->cursor = CURSOR_TEXT;
    float x = input->mouse_x - rect.x - 8.0f * ui->scale + s->edit_scroll;
    if (in.pressed) {
        move_caret(s, s->grab_clicks >= 2 ? strlen(s->text) : gap_at(ui, x), input->shift);
        if (s->grab_clicks >= 2)
            s->anchor = 0;
    } else if (in.held && s->grab_clicks < 2 && s->grab_moved) {
        s->caret = gap_at(ui, x);
    }
    if (in.hovered && input->middle_pressed && ui->primary_get) {
        const char *pasted = ui->primary_get(ui->user);
        move_caret(s, gap_at(ui, x), false);
        insert(s, pasted ? pasted : "");
    }
    size_t caret = s->caret, anchor = s->anchor;
    /* a press elsewhere takes the text; what was pressed gets its press as well */
    if (input->pressed && !in.pressed)
        result = EDIT_COMMITTED;
    for (int i = 0; i < input->key_count && result == EDIT_GOES_ON; i++)
        result = use_key(ui, &input->keys[i]);
    bool selected = in.released || caret != s->caret || anchor != s->anchor;
    if (result == EDIT_GOES_ON && input->text[0])
        insert(s, input->text);
    else if (selected)
        hand_selection(ui, ui->primary_set);
    if (input->key_count > 0 || input->text[0])
        ui->keyboard_taken = true;
    input->key_count = 0;
    input->text[0] = '\0';
    if (result == EDIT_GOES_ON) {
        ui_say_edited(ui, s->edit);
        draw(ui, rect);
    }
    return result;
}

bool ui_entry(Ui *ui, const char *name, Rect rect, char text[UI_EDIT_MAX]) {
    UiState *s = ui->state;
    uint32_t id = ui_id(name);
    if (s->edit != id || strcmp(s->text, text) != 0) { /* new, or the owner has put another text in */
        ui_edit_begin(ui, id, text);
        s->anchor = s->caret;
    }
    if (ui_edit_run(ui, name, rect) != EDIT_GOES_ON) { /* a press elsewhere: it goes on all the same */
        s->commit = false;
        draw(ui, rect);
    }
    bool changed = strcmp(s->text, text) != 0;
    memcpy(text, s->text, UI_EDIT_MAX);
    return changed;
}
