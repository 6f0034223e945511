/* Notes at epochs as deeds, and playing from one to the next. */
#include "app/experiment/experiment_private.h"

#include <stdlib.h>
#include <string.h>

bool experiment_says_note(const Experiment *e, int64_t epoch, const char *text) {
    if (epoch < 0 || epoch >= UINT32_MAX)
        return true; /* there is none to be changed */
    int i = notes_at(&e->notes, epoch);
    return strcmp(i < 0 ? "" : e->notes.notes[i].text, text) == 0;
}

bool experiment_take_note(Experiment *e, const Command *command, Status *status) {
    int64_t epoch = command->note.epoch;
    const char *text = command->note.text;
    if (experiment_says_note(e, epoch, text))
        return true;
    char *own = text[0] ? strdup(text) : NULL;
    Undo *change = undo_new(UNDO_NOTE, 0, "note");
    if ((text[0] && !own) || !change)
        status_no_memory(status, "the note");
    if ((text[0] && !own) || !change || !notes_exchange(&e->notes, (uint32_t)epoch, &own, status)) {
        free(own);
        undo_free(change);
        return false;
    }
    change->epoch = (uint32_t)epoch;
    change->note = own;
    undo_clear(&e->redo);
    undo_push(&e->undo, change);
    return true;
}

/* Index from 0 of the epoch that has ended last, or -1. */
static int64_t ended(const Experiment *e) {
    return (int64_t)e->trainer->epoch - 1;
}

bool experiment_has_note_ahead(const Experiment *e, int64_t epoch) {
    if (epoch >= 0)
        return epoch > ended(e);
    return notes_after(&e->notes, ended(e)) >= 0 || (e->tape && tape_notes_later(e) > 0);
}

bool experiment_comes_to_note(const Experiment *e) {
    if (!e->to_note || e->mode != MODE_PLAYING)
        return false;
    return e->note_epoch >= 0 ? ended(e) >= e->note_epoch : notes_at(&e->notes, ended(e)) >= 0;
}
