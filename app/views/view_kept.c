#include "app/views/view_kept.h"

#include "app/base/language.h"
#include "app/ui/ui_rows.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float WIDTH = 600.0f, PAD = 24.0f, HEAD = 56.0f, FOOT = 44.0f, ROW = 56.0f, BUTTON = 88.0f, EDGE = 12.0f;

bool kept_sheet_init(KeptState *st, Status *status) {
    *st = (KeptState){.asked = -1};
    return sheet_init(&st->sheet, status);
}

void kept_sheet_free(KeptState *st) {
    sheet_free(&st->sheet);
    *st = (KeptState){.asked = -1};
}

void kept_sheet_show(KeptState *st) {
    st->shown = true;
    st->mark = 0;
    st->asked = -1;
    st->scroll = 0.0f;
    ui_forget_focus(&st->sheet.ui);
}

/* Enter is a button's that Tab has come to. */
static bool take_key(KeptState *st, const UiKey *key) {
    const Ui *ui = &st->sheet.ui;
    bool on_button = ui->focus != 0 && ui->focus_visible;
    if (ui_move_mark(key, &st->mark, st->count, st->seen)) {
        st->asked = -1;
        st->bring = true;
        ui_forget_focus(&st->sheet.ui);
        return true;
    }
    switch (key->code) {
    case KEY_ENTER:
        st->enter = !on_button && !key->repeat;
        return !on_button;
    case KEY_DELETE:
        st->asked = st->mark;
        return true;
    case KEY_ESCAPE:
        st->shown = st->asked >= 0; /* first the question goes */
        st->asked = -1;
        return true;
    default:
        return false;
    }
}

void kept_sheet_touch(KeptState *st, const UiInput *input) {
    UiInput *own = &st->sheet.input;
    *own = *input;
    int left = 0;
    for (int i = 0; i < input->key_count; i++)
        if (!take_key(st, &input->keys[i]))
            own->keys[left++] = input->keys[i];
    own->key_count = left;
}

static Rect next_button(Ui *ui, Rect row, float *right) {
    float width = ui_px(ui, BUTTON), height = ui_px(ui, CONTROL);
    *right -= width;
    Rect place = {*right, roundf(row.y + (row.h - height) / 2), width, height};
    *right -= ui_px(ui, UNIT);
    return place;
}

/* Its buttons; returns where its words end. */
static float row_buttons(KeptState *st, Ui *ui, Rect row, int i, KeptWish *wish) {
    float right = row.x + row.w - ui_px(ui, EDGE);
    char name[40];
    bool asked = st->asked == i;
    snprintf(name, sizeof name, "kept-continue-%d", i);
    if (asked && ui_button(ui, "kept-yes", next_button(ui, row, &right), ICON_NONE, tr("Discard"), BUTTON_PLAIN, NULL))
        *wish = (KeptWish){.discard = true, .row = i};
    if (asked && ui_button(ui, "kept-no", next_button(ui, row, &right), ICON_NONE, tr("Keep"), BUTTON_PRIMARY, NULL))
        st->asked = -1;
    if (asked)
        return right;
    if (ui_button(ui, name, next_button(ui, row, &right), ICON_NONE, tr("Continue"),
                  i == st->mark ? BUTTON_PRIMARY : BUTTON_PLAIN, tr("Open it as it was")))
        *wish = (KeptWish){.goes_on = true, .row = i};
    snprintf(name, sizeof name, "kept-discard-%d", i);
    if (ui_button(ui, name, next_button(ui, row, &right), ICON_NONE, tr("Discard…"), BUTTON_QUIET, NULL)) {
        st->asked = st->mark = i;
        ui->wants_frame = true;
    }
    return right;
}

static void draw_row(KeptState *st, Ui *ui, Rect row, int i, KeptWish *wish) {
    const KeptRow *r = &st->rows[i];
    char name[32];
    snprintf(name, sizeof name, "kept-%d", i);
    ui_note(ui, name, row); /* no widget: its buttons have the pointer */
    if (ui->input.pressed && rect_has(row, ui->input.mouse_x, ui->input.mouse_y))
        st->mark = i;
    if (i == st->mark)
        canvas_rounded(ui->canvas, row, ui_px(ui, 6.0f), ui->theme->accent_strip);
    float right = row_buttons(st, ui, row, i, wish), x = row.x + ui_px(ui, EDGE), half = ui_px(ui, 20.0f);
    Rect line = {x, row.y + row.h / 2 - half, right - x, half};
    text_draw_in(ui->text, ui->canvas, TEXT_FIGURE, line, ALIGN_LEFT, ui->theme->text, r->title);
    line.y += half;
    text_draw_in(ui->text, ui->canvas, TEXT_LABEL, line, ALIGN_LEFT,
                 st->asked == i ? ui->theme->danger : ui->theme->muted,
                 st->asked == i ? tr("Discard it? It cannot be brought back.") : r->words);
}

static void draw_rows(KeptState *st, Ui *ui, Rect list, KeptWish *wish) {
    UiRows rows = {list, ui_px(ui, ROW), st->scroll};
    ui_rows_begin(ui, "kept-list", &rows, st->count, st->bring ? st->mark : -1, 0, ui_px(ui, EDGE));
    st->bring = false;
    st->scroll = rows.offset;
    st->seen = (int)(list.h / rows.row);
    for (int i = 0; i < st->count; i++)
        if (ui_rows_sees(&rows, i))
            draw_row(st, ui, ui_rows_place(&rows, i), i, wish);
    ui_scroll_end(ui);
    if (st->count == 0)
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, list, ALIGN_CENTER, ui->theme->muted, tr("Nothing is unsaved."));
}

/* While no button has the keys. */
static void say_marked(const KeptState *st, Ui *ui) {
    char name[32];
    ui_announce(ui, "kept-sheet", tr("Unsaved sessions"));
    if (ui->focus != 0 || st->count == 0)
        return;
    const KeptRow *row = &st->rows[st->mark];
    snprintf(name, sizeof name, "kept-%d", st->mark);
    ui_say_entry(ui, name, &(UiSay){ROLE_ENTRY, row->title, row->words, st->mark + 1, st->count});
}

KeptWish kept_sheet_draw(KeptState *st, Ui *under) {
    KeptWish wish = {.row = -1};
    st->mark = st->mark < st->count ? st->mark : st->count > 0 ? st->count - 1 : 0;
    st->asked = st->asked < st->count ? st->asked : -1;
    if (st->enter && st->count > 0 && st->asked < 0)
        wish = (KeptWish){.goes_on = true, .row = st->mark};
    if (st->enter)
        st->asked = -1;
    st->enter = false;
    bool outside;
    Rect sheet = sheet_place(under, WIDTH, HEAD + FOOT + ROW * fmaxf(1.0f, (float)st->count));
    Ui *ui = sheet_begin(&st->sheet, under, sheet, &outside);
    float pad = ui_px(ui, PAD), head = ui_px(ui, HEAD), foot = ui_px(ui, FOOT), control = ui_px(ui, CONTROL);
    text_draw_in(ui->text, ui->canvas, TEXT_TITLE, (Rect){sheet.x + pad, sheet.y, sheet.w - 2 * pad, head}, ALIGN_LEFT,
                 ui->theme->text, tr("Unsaved sessions"));
    Rect close = {sheet.x + sheet.w - pad - control + ui_px(ui, UNIT), sheet.y + (head - control) / 2, control,
                  control};
    if (ui_button(ui, "kept-close", close, ICON_CLOSE, "", BUTTON_QUIET, tr("Close (Esc)")) || outside)
        st->shown = false;
    float inner = pad - ui_px(ui, EDGE);
    draw_rows(st, ui, (Rect){sheet.x + inner, sheet.y + head, sheet.w - 2 * inner, sheet.h - head - foot}, &wish);
    say_marked(st, ui);
    Rect words = {sheet.x + pad, sheet.y + sheet.h - foot, sheet.w - 2 * pad, foot};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted,
                 tr("Arrows choose, Enter continues, Delete discards."));
    sheet_end(&st->sheet, under, "kept-sheet");
    if (wish.goes_on)
        st->shown = false;
    if (wish.discard) /* with its buttons the focus goes: the keys are the next row's */
        ui_forget_focus(ui);
    under->wants_frame = under->wants_frame || wish.row >= 0 || !st->shown;
    return wish;
}
