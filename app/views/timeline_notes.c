#include "app/views/timeline_notes.h"

#include "app/base/language.h"
#include "app/ui/ui_widget.h"
#include "app/views/view_notes.h"

#include <math.h>
#include <stdio.h>

/* Logical pixels. */
static const float SIZE = 10.0f, REACH = 12.0f, WORDS = 380.0f, ROW = 17.0f, PAD = 9.0f;
enum { MOST_NAMED = 24 };

static float flag_x(const TimelineLayout *t, const Note *note) {
    return timeline_x(t, (double)note->epoch + 1.0);
}

static bool is_on_show(const TimelineLayout *t, const Note *note) {
    double at = (double)note->epoch + 1.0;
    return at >= t->from && at <= t->to;
}

static Rect flag_rect(const Ui *ui, const TimelineLayout *t, const Note *note) {
    float size = ui_px(ui, SIZE);
    return (Rect){flag_x(t, note) - size * 0.3f, t->shares.y - size, size, size};
}

static int nearest(const Ui *ui, const TimelineLayout *t, const Snapshot *s) {
    int found = -1;
    float least = ui_px(ui, REACH);
    for (int i = 0; s->notes && i < s->notes->count; i++) {
        float away = fabsf(flag_x(t, &s->notes->notes[i]) - ui->input.mouse_x);
        if (is_on_show(t, &s->notes->notes[i]) && away <= least) {
            least = away;
            found = i;
        }
    }
    return found;
}

int timeline_notes_touch(Ui *ui, const TimelineLayout *t, const Snapshot *s, Intents *intents) {
    int note = nearest(ui, t, s);
    if (note < 0)
        return -1;
    int64_t epoch = s->notes->notes[note].epoch;
    UiTouch in = ui_widget(ui, "timeline-flag", flag_rect(ui, t, &s->notes->notes[note]), false, false, NULL);
    if (!in.hovered && !in.held)
        return -1;
    ui->cursor = CURSOR_HAND;
    if (in.clicked && epoch > t->last)
        intend(intents, (Command){.kind = COMMAND_TO_NOTE, .epoch = epoch});
    else if (in.clicked) /* the newest is the run as it is */
        intend(intents, (Command){.kind = COMMAND_LOOK, .epoch = epoch == t->last && !s->mid_epoch ? -1 : epoch});
    return note;
}

void timeline_notes_draw(Ui *ui, const TimelineLayout *t, const Snapshot *s) {
    for (int i = 0; s->notes && i < s->notes->count; i++) {
        const Note *note = &s->notes->notes[i];
        if (!is_on_show(t, note))
            continue;
        Rect rect = flag_rect(ui, t, note);
        bool coming = (int64_t)note->epoch > t->last, shown = (int64_t)note->epoch + 1 == (int64_t)s->epoch;
        note_flag(ui->canvas, flag_x(t, note), t->shares.y, rect.h, shown ? ui->theme->accent : ui->theme->text,
                  coming);
        char name[32];
        snprintf(name, sizeof name, "timeline-note-%u", note->epoch + 1);
        if (i < MOST_NAMED)
            ui_note(ui, name, rect);
    }
}

void timeline_notes_words(Ui *ui, const TimelineLayout *t, const Snapshot *s, int note) {
    static NoteText text;
    const Note *of = &s->notes->notes[note];
    char title[96];
    snprintf(title, sizeof title, tr("Note at epoch %u"), of->epoch + 1);
    note_wrap(&text, ui, TEXT_LABEL, note_words(of), ui_px(ui, WORDS));
    float pad = ui_px(ui, PAD), row = ui_px(ui, ROW), width = text_width(ui->text, TEXT_MEDIUM, title);
    for (int i = 0; i < text.count; i++)
        width = fmaxf(width, text_width(ui->text, TEXT_LABEL, text.rows[i]));
    float edge = ui_px(ui, 4.0f), right = (float)ui->canvas->width - edge;
    Rect box = {flag_x(t, of) - width / 2 - pad, 0.0f, ceilf(width) + 2 * pad, row * (float)(text.count + 1) + pad};
    box.y = t->card.y - box.h - ui_px(ui, 2.0f);
    box.x = roundf(fmaxf(edge, fminf(box.x, right - box.w)));
    canvas_shadow(ui->canvas, box, ui_px(ui, 6.0f), ui->scale);
    canvas_rounded(ui->canvas, box, ui_px(ui, 6.0f), ui->theme->text);
    for (int i = -1; i < text.count; i++) {
        Rect line = {box.x + pad, box.y + pad / 2 + row * (float)(i + 1), box.w - 2 * pad + 1.0f, row};
        text_draw_in(ui->text, ui->canvas, i < 0 ? TEXT_MEDIUM : TEXT_LABEL, line, ALIGN_LEFT, ui->theme->card,
                     i < 0 ? title : text.rows[i]);
    }
    ui_note(ui, "timeline-words", box);
}
