#include "app/views/note_sheet.h"

#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float WIDTH = 600.0f, HEIGHT = 292.0f, PAD = 24.0f, HEAD = 56.0f, FOOT = 60.0f, FIELD = 34.0f, ROW = 18.0f,
                   LARGE_BUTTON = 96.0f;

bool note_sheet_init(NoteSheet *st, Status *status) {
    *st = (NoteSheet){.shown = false};
    return sheet_init(&st->sheet, status);
}

void note_sheet_free(NoteSheet *st) {
    sheet_free(&st->sheet);
    *st = (NoteSheet){.shown = false};
}

void note_sheet_show(NoteSheet *st, const Snapshot *s) {
    int i = s->notes ? notes_at(s->notes, (int64_t)s->epoch - 1) : -1;
    st->shown = s->epoch > 0;
    st->epoch = (int64_t)s->epoch - 1;
    st->was = i >= 0;
    snprintf(st->text, sizeof st->text, "%s", i < 0 ? "" : s->notes->notes[i].text);
    st->read.count = 0;
}

void note_sheet_touch(NoteSheet *st, const UiInput *input) {
    st->sheet.input = *input;
}

static size_t too_many(const NoteSheet *st) {
    size_t bytes = strlen(st->text);
    return bytes > NOTE_BYTES ? bytes - NOTE_BYTES : 0;
}

static bool can_save(const NoteSheet *st) {
    return too_many(st) == 0 && (st->text[0] || st->was);
}

/* text: "" takes the note away. */
static void save(NoteSheet *st, const char *text, Intents *intents) {
    Command command = {.kind = COMMAND_NOTE, .note.epoch = st->epoch};
    note_fit(text, command.note.text);
    intend(intents, command);
    st->shown = false;
}

/* The keys that are the sheet's own are taken out of the input; the rest is the field's. */
static void take_keys(NoteSheet *st, Intents *intents) {
    UiInput *input = &st->sheet.input;
    int left = 0;
    for (int i = 0; i < input->key_count; i++) {
        UiKey key = input->keys[i];
        if (key.code == KEY_ENTER && st->shown && can_save(st))
            save(st, st->text, intents);
        else if (key.code == KEY_ESCAPE)
            st->shown = false;
        else if (key.code != KEY_ENTER && key.code != KEY_TAB && key.code != KEY_UP && key.code != KEY_DOWN)
            input->keys[left++] = key;
    }
    input->key_count = left;
}

/* As it will read, or what is wrong with it. */
static void draw_reading(NoteSheet *st, Ui *ui, Rect rect) {
    char words[80];
    Rect row = {rect.x, rect.y, rect.w, ui_px(ui, ROW)};
    if (too_many(st) > 0) {
        snprintf(words, sizeof words, tr("Too long for a note: by %zu of %d bytes."), too_many(st), NOTE_BYTES);
        text_draw_in(ui->text, ui->canvas, TEXT_LABEL, row, ALIGN_LEFT, ui->theme->danger, words);
        return;
    }
    const char *text = st->text[0] ? st->text : tr("What is there to see at this epoch? One thought.");
    note_wrap(&st->read, ui, TEXT_WORDS, text, rect.w);
    Color color = st->text[0] ? ui->theme->text : ui->theme->muted;
    for (int i = 0; i < st->read.count && row.y + row.h <= rect.y + rect.h; i++, row.y += row.h)
        text_draw_in(ui->text, ui->canvas, TEXT_WORDS, row, ALIGN_LEFT, color, st->read.rows[i]);
}

static void draw_foot(NoteSheet *st, Ui *ui, Rect sheet, Intents *intents) {
    float pad = ui_px(ui, PAD), control = ui_px(ui, CONTROL), wide = ui_px(ui, LARGE_BUTTON);
    float y = sheet.y + sheet.h - ui_px(ui, FOOT) / 2 - control / 2, gap = ui_px(ui, UNIT);
    Rect place = {sheet.x + sheet.w - pad - wide, y, wide, control}, cancel = place, remove = place;
    cancel.x -= wide + gap;
    remove.x = sheet.x + pad;
    if (st->was &&
        ui_button(ui, "note-remove", remove, ICON_NONE, tr("Remove"), BUTTON_PLAIN, tr("Take the note away")))
        save(st, "", intents);
    if (ui_button(ui, "note-cancel", cancel, ICON_NONE, tr("Cancel"), BUTTON_PLAIN, tr("Leave it as it was (Esc)")))
        st->shown = false;
    ui->enabled = can_save(st);
    if (ui_button(ui, "note-save", place, ICON_NONE, tr("Save"), BUTTON_PRIMARY, tr("Keep it with the run (Enter)")))
        save(st, st->text, intents);
    ui->enabled = true;
}

void note_sheet_draw(NoteSheet *st, Ui *under, Intents *intents) {
    bool outside;
    Rect sheet = sheet_place(under, WIDTH, HEIGHT);
    take_keys(st, intents);
    Ui *ui = sheet_begin(&st->sheet, under, sheet, &outside);
    float pad = ui_px(ui, PAD), head = ui_px(ui, HEAD);
    char title[96];
    snprintf(title, sizeof title, tr("Note at epoch %lld"), (long long)st->epoch + 1);
    text_draw_in(ui->text, ui->canvas, TEXT_TITLE, (Rect){sheet.x + pad, sheet.y, sheet.w - 2 * pad, head}, ALIGN_LEFT,
                 ui->theme->text, title);
    if (outside)
        st->shown = false;
    Rect field = {sheet.x + pad, sheet.y + head, sheet.w - 2 * pad, ui_px(ui, FIELD)};
    if (st->shown)
        ui_entry(ui, "note-text", field, st->text);
    ui_say(ui, ui_id("note-text"), &(UiSay){.role = ROLE_FIELD, .label = title, .value = st->text});
    float y = field.y + field.h + ui_px(ui, UNIT);
    draw_reading(st, ui, (Rect){field.x, y, field.w, sheet.y + sheet.h - ui_px(ui, FOOT) - y});
    if (st->shown)
        draw_foot(st, ui, sheet, intents);
    sheet_end(&st->sheet, under, "note-sheet");
    under->wants_frame = under->wants_frame || !st->shown;
}
