#include "app/views/view_ask.h"

#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const float WIDTH = 460.0f, PAD = 24.0f, TITLE = 26.0f, ROW = 20.0f, GAP = 12.0f, BUTTON = 84.0f,
                   BUTTON_PAD = 14.0f, BAR = 6.0f;
enum { MOST_TITLE = 2 };

bool ask_init(AskState *st, Status *status) {
    *st = (AskState){.shown = false};
    return sheet_init(&st->sheet, status);
}

void ask_free(AskState *st) {
    sheet_free(&st->sheet);
    *st = (AskState){.shown = false};
}

static void copy(char *to, size_t size, const char *text) {
    snprintf(to, size, "%s", text ? text : "");
}

void ask_show(AskState *st, const AskQuestion *q) {
    copy(st->title, sizeof st->title, q->title);
    copy(st->words, sizeof st->words, q->words);
    copy(st->yes, sizeof st->yes, q->yes);
    copy(st->no, sizeof st->no, q->no);
    copy(st->cancel, sizeof st->cancel, q->cancel);
    st->no_key = q->no_key;
    st->trouble[0] = '\0';
    st->share = -1.0;
    st->pressed = ASK_NOTHING;
    st->shown = true;
    ui_forget_focus(&st->sheet.ui);
}

/* Enter is a button's that Tab has come to. */
static AskAnswer answer_of(const AskState *st, const UiKey *key) {
    const Ui *ui = &st->sheet.ui;
    bool on_button = ui->focus != 0 && ui->focus_visible;
    if (key->repeat)
        return ASK_NOTHING;
    if (key->code == KEY_ESCAPE)
        return ASK_CANCEL;
    if (key->code == KEY_ENTER && st->yes[0] && !on_button)
        return ASK_YES;
    bool letter = key->code == KEY_CHARACTER && !key->ctrl && st->no[0] && st->no_key;
    return letter && key->character == (uint32_t)st->no_key ? ASK_NO : ASK_NOTHING;
}

void ask_touch(AskState *st, const UiInput *input) {
    UiInput *own = &st->sheet.input;
    *own = *input;
    int left = 0;
    for (int i = 0; i < input->key_count; i++) {
        AskAnswer answer = answer_of(st, &input->keys[i]);
        if (answer == ASK_NOTHING)
            own->keys[left++] = input->keys[i];
        else if (st->pressed == ASK_NOTHING)
            st->pressed = answer;
    }
    own->key_count = left;
}

/* Lines of a text from a place on, which moves down. */
static void put_lines(Ui *ui, TextStyle style, Color color, char lines[UI_LINES][UI_LINE_BYTES], int count, float row,
                      Rect *place) {
    for (int i = 0; i < count; i++) {
        text_draw_in(ui->text, ui->canvas, style, (Rect){place->x, place->y, place->w, row}, ALIGN_LEFT, color,
                     lines[i]);
        place->y += row;
    }
}

static bool put_button(Ui *ui, const char *name, const char *label, UiButtonKind kind, float y, float *right) {
    if (!label[0])
        return false;
    float width = ceilf(fmaxf(ui_px(ui, BUTTON), text_width(ui->text, TEXT_BODY, label) + 2 * ui_px(ui, BUTTON_PAD)));
    *right -= width;
    bool pressed = ui_button(ui, name, (Rect){*right, y, width, ui_px(ui, CONTROL)}, ICON_NONE, label, kind, NULL);
    *right -= ui_px(ui, UNIT);
    return pressed;
}

static void put_progress(Ui *ui, const AskState *st, Rect *place) {
    float height = ui_px(ui, BAR);
    Rect bar = {place->x, place->y, place->w, height};
    canvas_rounded(ui->canvas, bar, height / 2, ui->theme->track);
    bar.w = fmaxf(height, bar.w * (float)st->share);
    canvas_rounded(ui->canvas, bar, height / 2, ui->theme->accent);
    ui_note(ui, "ask-progress", bar);
    place->y += height + ui_px(ui, GAP);
}

/* In words, as the buttons have no room for it. */
static void put_keys(Ui *ui, const AskState *st, Rect place) {
    char words[120] = "";
    if (st->yes[0] && st->no[0] && st->no_key)
        snprintf(words, sizeof words, tr("Enter, %c, Esc"), toupper((unsigned char)st->no_key));
    else
        snprintf(words, sizeof words, st->yes[0] ? tr("Enter, Esc") : tr("Esc"));
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, place, ALIGN_LEFT, ui->theme->muted, words);
}

AskAnswer ask_draw(AskState *st, Ui *under) {
    char title[UI_LINES][UI_LINE_BYTES], words[UI_LINES][UI_LINE_BYTES], trouble[UI_LINES][UI_LINE_BYTES];
    Rect sheet = sheet_place(under, WIDTH, 10.0f);
    float pad = ui_px(under, PAD), gap = ui_px(under, GAP), width = sheet.w - 2 * pad, row = ui_px(under, ROW);
    int titles = ui_wrap(under, TEXT_TITLE, st->title, width, MOST_TITLE, title);
    int rows = st->words[0] ? ui_wrap(under, TEXT_WORDS, st->words, width, UI_LINES, words) : 0;
    int troubles = st->trouble[0] ? ui_wrap(under, TEXT_LABEL, st->trouble, width, 3, trouble) : 0;
    float height = 2 * pad + ui_px(under, TITLE) * (float)titles + row * (float)(rows + troubles) + 2 * gap +
                   ui_px(under, CONTROL);
    height += st->share >= 0.0 ? ui_px(under, BAR) + gap : troubles > 0 ? gap : 0.0f;
    sheet.y = roundf(sheet.y + sheet.h / 2 - height / 2);
    sheet.h = roundf(height);
    bool outside;
    Ui *ui = sheet_begin(&st->sheet, under, sheet, &outside);
    Rect place = {sheet.x + pad, sheet.y + pad, width, 0.0f};
    put_lines(ui, TEXT_TITLE, ui->theme->text, title, titles, ui_px(ui, TITLE), &place);
    place.y += gap;
    put_lines(ui, TEXT_WORDS, ui->theme->text, words, rows, row, &place);
    Rect said = place;
    put_lines(ui, TEXT_LABEL, ui->theme->danger, trouble, troubles, row, &place);
    if (troubles > 0) {
        ui_note(ui, "ask-trouble", (Rect){said.x, said.y, said.w, place.y - said.y});
        place.y += gap;
    }
    if (st->share >= 0.0) {
        place.y += gap / 2;
        put_progress(ui, st, &place);
    }
    char all[sizeof((UiAnnounced *)0)->text];
    snprintf(all, sizeof all, "%.255s %.500s", st->title, st->words);
    ui_announce(ui, "ask-sheet", all);
    ui_announce(ui, "ask-trouble", st->trouble);
    float y = sheet.y + sheet.h - pad - ui_px(ui, CONTROL), right = sheet.x + sheet.w - pad;
    AskAnswer answer = st->pressed;
    if (put_button(ui, "ask-yes", st->yes, BUTTON_PRIMARY, y, &right))
        answer = ASK_YES;
    if (put_button(ui, "ask-no", st->no, BUTTON_PLAIN, y, &right))
        answer = ASK_NO;
    if (put_button(ui, "ask-cancel", st->cancel, BUTTON_PLAIN, y, &right))
        answer = ASK_CANCEL;
    put_keys(ui, st, (Rect){place.x, y, right - place.x, ui_px(ui, CONTROL)});
    sheet_end(&st->sheet, under, "ask-sheet");
    st->pressed = ASK_NOTHING;
    if (answer != ASK_NOTHING) {
        st->shown = false;
        under->wants_frame = true;
    }
    return answer;
}
