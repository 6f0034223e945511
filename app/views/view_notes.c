#include "app/views/view_notes.h"

#include "app/base/language.h"
#include "app/experiment/log_text.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"
#include "app/views/view_present.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical pixels. */
static const float PAD = 16.0f, ROW = 18.0f, EDGE = 8.0f, FLAG = 13.0f, INDENT = 20.0f, BUTTON = 26.0f, COUNT = 58.0f;
/* Pixels of a presentation in 1920x1080. */
static const float LARGE_ROW = 52.0f, LARGE_EDGE = 4.0f, LARGE_INDENT = 52.0f, LARGE_COUNT = 210.0f;

static float present_px(const Ui *ui, float pixels) {
    return pixels * ui->scale / PRESENT_SCALE;
}

/* ---- which note ---- */

NotePlace note_place(const Snapshot *s) {
    NotePlace p = {.shown = -1, .before = -1, .after = -1};
    if (!s->notes)
        return p;
    int64_t epoch = (int64_t)s->epoch - 1;
    p.count = s->notes_earlier + s->notes->count + s->notes_later;
    p.any = p.count > 0;
    p.before = notes_before(s->notes, epoch);
    p.after = notes_after(s->notes, epoch);
    p.shown = notes_at(s->notes, epoch);
    if (p.shown < 0 && s->playing)
        p.shown = p.before;
    p.number = p.shown < 0 ? 0 : s->notes_earlier + p.shown + 1;
    p.back = p.before >= 0 || s->notes_earlier > 0;
    p.on = p.after >= 0 || s->notes_later > 0;
    return p;
}

const char *note_words(const Note *note) {
    return tr(note->text);
}

/* ---- rows ---- */

void note_wrap(NoteText *t, Ui *ui, TextStyle style, const char *text, float width) {
    uint32_t sum = log_sum(LOG_SUM, text, strlen(text));
    if (t->count > 0 && t->sum == sum && t->width == width && t->scale == ui->scale && t->style == style)
        return;
    t->sum = sum;
    t->width = width;
    t->scale = ui->scale;
    t->style = style;
    t->count = 0;
    while (*text && t->count < NOTE_ROWS) { /* each time the first of two */
        char two[UI_LINES][UI_LINE_BYTES];
        ui_wrap(ui, style, text, width, t->count + 1 < NOTE_ROWS ? 2 : 1, two);
        size_t used = strlen(two[0]);
        memcpy(t->rows[t->count++], two[0], used + 1);
        text += used > 0 ? used : 1;
        text += strspn(text, " ");
    }
}

static float words_width(const Ui *ui, float width, bool large) {
    return large ? width - present_px(ui, LARGE_INDENT + LARGE_COUNT)
                 : width - ui_px(ui, 2 * PAD + INDENT + COUNT + 3 * BUTTON);
}

int notes_rows(NotesState *st, Ui *ui, float width, bool large, const Snapshot *s) {
    if (!note_place(s).any)
        return 0;
    uint32_t sum = LOG_SUM;
    for (int i = 0; i < s->notes->count; i++) {
        const char *words = note_words(&s->notes->notes[i]);
        sum = log_sum(sum, words, strlen(words) + 1);
    }
    if (st->rows > 0 && st->sum == sum && st->width == width && st->scale == ui->scale && st->large == large)
        return st->rows;
    st->sum = sum;
    st->width = width;
    st->scale = ui->scale;
    st->large = large;
    st->rows = 1;
    static NoteText text;
    for (int i = 0; i < s->notes->count; i++) {
        note_wrap(&text, ui, large ? TEXT_REASON : TEXT_WORDS, note_words(&s->notes->notes[i]),
                  words_width(ui, width, large));
        st->rows = text.count > st->rows ? text.count : st->rows;
    }
    return st->rows;
}

float notes_height(int rows) {
    return ROW * (float)rows + 2 * EDGE + 2.0f;
}

float notes_large_height(int rows) {
    return LARGE_ROW * (float)rows + 2 * LARGE_EDGE;
}

/* ---- the strip ---- */

static Rect button_place(const Ui *ui, Rect rect, int from_right) {
    float size = ui_px(ui, BUTTON), right = rect.x + rect.w - ui_px(ui, PAD / 2) - size * (float)from_right;
    return rect_rounded((Rect){right - size, rect.y + ui_px(ui, EDGE / 2 + 1.0f), size, size});
}

void notes_touch(Ui *ui, Rect rect, const Snapshot *s, Intents *intents) {
    NotePlace p = note_place(s);
    bool enabled = ui->enabled;
    canvas_rect(ui->canvas, rect, ui->theme->accent_strip);
    ui->enabled = enabled && p.back;
    if (ui_button(ui, "notes-back", button_place(ui, rect, 2), ICON_BACK, "", BUTTON_QUIET,
                  tr("The note before (Page Up)")))
        intents->notes = NOTES_BACK;
    ui->enabled = enabled && p.on;
    if (ui_button(ui, "notes-on", button_place(ui, rect, 1), ICON_FORTH, "", BUTTON_QUIET,
                  tr("On to the next note (Page Down)")))
        intents->notes = NOTES_ON;
    ui->enabled = enabled && s->epoch > 0;
    if (ui_button(ui, "notes-edit", button_place(ui, rect, 0), ICON_MORE, "", BUTTON_QUIET,
                  tr("Write or change the note of this epoch (N)")))
        intents->notes = NOTES_EDIT;
    ui->enabled = enabled;
}

/* What stands there without a note. */
static void say_where(const Snapshot *s, const NotePlace *p, char text[128]) {
    uint32_t epoch = p->after >= 0 ? s->notes->notes[p->after].epoch + 1 : 0;
    if (p->after >= 0)
        snprintf(text, 128, tr("The next note is at epoch %u: Page Down."), epoch);
    else if (p->on)
        snprintf(text, 128, tr("More notes are to come: Page Down."));
    else if (p->before >= 0)
        snprintf(text, 128, tr("The last note was at epoch %u: Page Up."), s->notes->notes[p->before].epoch + 1);
    else
        snprintf(text, 128, tr("The last note was in the run before: Page Up."));
}

static void say_which(const NotePlace *p, char text[32]) {
    if (p->shown < 0)
        snprintf(text, 32, trn("%d note", "%d notes", (size_t)p->count), p->count);
    else
        snprintf(text, 32, tr("%d of %d"), p->number, p->count);
}

/* In the widget list: `notes`, and which is on show as notes-2-of-6 or notes-none. */
static void note_place_by_name(Ui *ui, const Snapshot *s, const NotePlace *p, Rect rect) {
    char name[32] = "notes-none";
    if (p->shown >= 0)
        snprintf(name, sizeof name, "notes-%d-of-%d", p->number, p->count);
    ui_note(ui, "notes", rect);
    ui_note(ui, name, rect);
    if (p->shown >= 0)
        ui_announce(ui, "notes", note_words(&s->notes->notes[p->shown]));
}

static void draw_rows(Ui *ui, const NoteText *t, float x, float y, float row, Color color) {
    for (int i = 0; i < t->count; i++)
        text_draw_in(ui->text, ui->canvas, t->style, (Rect){x, y + row * (float)i, t->width + 2.0f, row}, ALIGN_LEFT,
                     color, t->rows[i]);
}

void notes_draw(Ui *ui, Rect rect, NotesState *st, const Snapshot *s) {
    NotePlace p = note_place(s);
    if (!p.any)
        return;
    const Theme *theme = ui->theme;
    char where[128], which[32];
    say_which(&p, which);
    float row = ui_px(ui, ROW), x = rect.x + ui_px(ui, PAD), line = fmaxf(1.0f, roundf(ui->scale));
    float y = roundf(rect.y + ui_px(ui, EDGE));
    note_flag(ui->canvas, x + ui_px(ui, 2.0f), y + row / 2 + ui_px(ui, FLAG / 2), ui_px(ui, FLAG),
              p.shown < 0 ? theme->muted : theme->accent, p.shown < 0);
    if (p.shown < 0)
        say_where(s, &p, where);
    note_wrap(&st->text, ui, TEXT_WORDS, p.shown < 0 ? where : note_words(&s->notes->notes[p.shown]),
              words_width(ui, rect.w, false));
    draw_rows(ui, &st->text, x + ui_px(ui, INDENT), y, row, theme->text);
    Rect count = {rect.x + rect.w - ui_px(ui, PAD / 2 + 3 * BUTTON + COUNT), y, ui_px(ui, COUNT - 6.0f), row};
    text_draw_in(ui->text, ui->canvas, TEXT_VALUE, count, ALIGN_RIGHT, theme->text, which);
    canvas_rect(ui->canvas, (Rect){rect.x, rect.y + rect.h - line, rect.w, line}, theme->line);
    note_place_by_name(ui, s, &p, rect);
}

void notes_large_draw(Ui *ui, Rect rect, NotesState *st, const Snapshot *s) {
    NotePlace p = note_place(s);
    if (!p.any)
        return;
    char where[128], which[32];
    say_which(&p, which);
    float row = present_px(ui, LARGE_ROW), y = rect.y + present_px(ui, LARGE_EDGE), flag = present_px(ui, 38.0f);
    note_flag(ui->canvas, rect.x + present_px(ui, 4.0f), y + row / 2 + flag / 2, flag,
              p.shown < 0 ? ui->theme->muted : ui->theme->accent, p.shown < 0);
    if (p.shown < 0)
        say_where(s, &p, where);
    note_wrap(&st->text, ui, TEXT_REASON, p.shown < 0 ? where : note_words(&s->notes->notes[p.shown]),
              words_width(ui, rect.w, true));
    draw_rows(ui, &st->text, rect.x + present_px(ui, LARGE_INDENT), y, row,
              p.shown < 0 ? ui->theme->muted : ui->theme->text);
    Rect count = {rect.x + rect.w - present_px(ui, LARGE_COUNT), y, present_px(ui, LARGE_COUNT), row};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, count, ALIGN_RIGHT, ui->theme->text, which);
    note_place_by_name(ui, s, &p, rect);
}

void note_flag(Canvas *canvas, float x, float y, float size, Color color, bool hollow) {
    float pole = fmaxf(1.0f, roundf(size * 0.12f)), top = roundf(y - size), cloth = size * 0.62f;
    canvas_rect(canvas, (Rect){roundf(x) - floorf(pole / 2), top, pole, roundf(size)}, color);
    float edge[] = {roundf(x) + pole / 2, top, x + cloth + pole, top + cloth / 2, roundf(x) + pole / 2, top + cloth};
    if (hollow)
        canvas_polyline(canvas, edge, 3, fmaxf(1.0f, size * 0.1f), color);
    else
        canvas_polygon(canvas, edge, 3, color);
}
