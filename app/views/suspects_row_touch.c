#include "app/base/language.h"
#include "app/views/view_suspects_private.h"

#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"
#include "app/views/suspects_words.h"

#include <stdio.h>

const SuspectButton SUSPECT_BUTTONS[SUSPECT_BUTTON_COUNT] = {
    {"keep", N_("Keep (K): the label is right."), N_("These labels are right: keep them"), ICON_CHECK, DEED_KEEP},
    {"flip", N_("Flip (F): give it the label that the model thinks."), N_("Give them the labels that the model thinks"),
     ICON_FLIP, DEED_FLIP},
    {"remove", N_("Remove (Delete): take the point away."), N_("Take all of these points away"), ICON_BIN,
     DEED_REMOVE}};

void suspects_row_name(size_t i, char name[32]) {
    snprintf(name, 32, "suspect-%zu", i);
}

/* A button in a row: not a stop of Tab, for which the row has keys. */
static UiTouch deed_button(Ui *ui, const char *name, Rect rect, UiIcon icon, bool lit) {
    UiTouch touch = ui_widget(ui, name, rect, false, false, NULL);
    if (lit || touch.hovered)
        canvas_rounded(ui->canvas, rect, ui_px(ui, 5.0f), touch.hovered ? ui->theme->chip_pressed : ui->theme->card);
    if (touch.hovered)
        ui->cursor = CURSOR_HAND;
    ui_icon(ui->canvas, icon, rect.x + rect.w / 2, rect.y + rect.h / 2, ui_px(ui, 14.0f),
            lit || touch.hovered ? ui->theme->text : ui->theme->muted);
    return touch;
}

/* *help: what the button under the pointer does, for the strip: a tooltip would lie on the next row. */
static SuspectDeed open_buttons(Ui *ui, const char *row, Rect rect, const SuspectsColumns *c, bool lit,
                                const char **help) {
    SuspectDeed deed = DEED_NONE;
    float w = ui_px(ui, 30.0f), h = ui_px(ui, 25.0f), gap = ui_px(ui, 3.0f);
    for (int i = 0; i < SUSPECT_BUTTON_COUNT; i++) {
        const SuspectButton *button = &SUSPECT_BUTTONS[i];
        char name[48];
        snprintf(name, sizeof name, "%s-%s", row, button->name);
        Rect place = {c->deeds + (float)i * (w + gap), rect.y + (rect.h - h) / 2, w, h};
        UiTouch touch = deed_button(ui, name, place, button->icon, lit);
        deed = touch.clicked ? button->deed : deed;
        *help = touch.hovered ? tr(button->help) : *help;
    }
    return deed;
}

static SuspectDeed undo_button(Ui *ui, const char *row, Rect rect, RowState state) {
    static const char *const WORDS[] = {"", N_("kept"), N_("flipped"), N_("removed")};
    char name[48];
    snprintf(name, sizeof name, "%s-undo", row);
    Rect place = {rect.x + rect.w - ui_px(ui, 56.0f), rect.y + ui_px(ui, 4.0f), ui_px(ui, 56.0f),
                  rect.h - ui_px(ui, 8.0f)};
    UiTouch touch = ui_widget(ui, name, place, false, false, NULL);
    canvas_rounded(ui->canvas, place, ui_px(ui, 5.0f), ui_chip_color(ui, &touch));
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, place, ALIGN_CENTER, ui->theme->text, tr("Undo"));
    if (touch.hovered)
        ui->cursor = CURSOR_HAND;
    Rect words = {rect.x, rect.y, place.x - rect.x - ui_px(ui, 8.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_RIGHT, ui->theme->muted,
                 WORDS[state][0] ? tr(WORDS[state]) : "");
    return touch.clicked ? DEED_UNDO : DEED_NONE;
}

static SuspectDeed deed_of_keys(Ui *ui, RowState state) {
    SuspectDeed deed = DEED_NONE;
    for (int i = 0; i < ui->input.key_count; i++) {
        const UiKey *k = &ui->input.keys[i];
        bool plain = !k->ctrl && !k->alt && !k->shift && !k->repeat;
        if (plain && k->code == KEY_CHARACTER && k->character == 'k')
            deed = DEED_KEEP;
        else if (plain && k->code == KEY_CHARACTER && k->character == 'f')
            deed = DEED_FLIP;
        else if (plain && k->code == KEY_DELETE)
            deed = DEED_REMOVE;
        else
            continue;
        ui_take_key(ui, k->code, NULL);
        break;
    }
    return deed != DEED_NONE && state != ROW_OPEN ? DEED_UNDO : deed;
}

static void say_row(const SuspectsPage *p, size_t i, uint32_t id) {
    const SuspectsState *st = p->st;
    char words[SUSPECTS_WORDS];
    suspects_say_row(&st->rows.rows[i], p->s, st->reveal && st->rows.truth.known, words);
    ui_say(p->ui, id,
           &(UiSay){.role = ROLE_ENTRY, .label = words, .position = (int)i + 1, .count = (int)st->rows.count});
}

void suspects_row_touch(SuspectsPage *p, size_t i, Rect rect) {
    Ui *ui = p->ui;
    SuspectsState *st = p->st;
    const SuspectRow *row = &st->rows.rows[i];
    RowState state = suspect_rows_state(&st->rows, row, p->s);
    int64_t sample = suspect_rows_sample(&st->rows, row);
    char name[32];
    suspects_row_name(i, name);
    bool focused = ui->focus == ui_id(name);
    bool over = p->over_list && rect_has(rect, ui->input.mouse_x, ui->input.mouse_y);
    bool pinned = sample >= 0 && sample == p->hand->pinned, lit = over || (focused && ui->focus_visible);
    Rect wide = {rect.x - ui_px(ui, UNIT), rect.y, rect.w + ui_px(ui, 2 * UNIT), rect.h};
    if (lit || pinned)
        canvas_rect(ui->canvas, wide, lit ? ui->theme->chip : color_mix(ui->theme->chip, ui->theme->card, 0.4f));
    const char *help = NULL;
    SuspectDeed deed =
        state == ROW_OPEN ? open_buttons(ui, name, rect, &p->columns, lit, &help) : undo_button(ui, name, rect, state);
    UiTouch touch = ui_widget_reaching(ui, name, rect, -1.0f, true, true, NULL);
    suspects_row_draw(st, ui, rect, &p->columns, row, state != ROW_OPEN);
    /* the row that keys and the strip are about: the one that the keyboard walks to, else the one pointed at */
    bool walks = ui->focus_visible && st->cursor >= 0;
    bool meant = walks ? focused : over || (focused && !p->over_list);
    if (meant) {
        st->pointed = sample;
        suspects_say_row(row, p->s, st->reveal && st->rows.truth.known, st->words);
        if (help)
            snprintf(st->words, sizeof st->words, "%s", help);
    }
    if (deed == DEED_NONE && meant && (focused || ui->focus == 0 || !ui->wants_text))
        deed = deed_of_keys(ui, state);
    if (deed != DEED_NONE)
        suspects_act(st, i, deed, p->s, p->intents);
    if ((touch.clicked || ui_pressed_by_key(ui, &touch)) && sample >= 0)
        plot_hand_pin(p->hand, p->s->data, pinned ? -1 : sample);
    if (focused)
        say_row(p, i, touch.id);
    if (focused && ui->focus_visible)
        ui_focus_ring(ui, wide, 0.0f);
    if (focused)
        p->focused = (int64_t)i;
}
