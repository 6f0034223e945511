/* Lessons, and going from note to note. A lesson is a log on tape: who changes something takes the run over. */
#include "app/window/window_private.h"

#include "app/base/language.h"
#include "app/base/resources.h"
#include "app/experiment/run_log.h"
#include "app/io/lesson.h"

#include <stdlib.h>
#include <string.h>

/* ---- the list ---- */

bool window_list_lessons(Window *w, Status *status) {
    Preset *lessons = NULL;
    size_t count = 0, own = 0;
    char *folder = resource_path("lessons", status);
    bool listed = folder && lesson_list(&lessons, &count, folder, status);
    free(folder);
    Preset *all = listed ? realloc(w->presets, (w->preset_count + count + 1) * sizeof *all) : NULL;
    if (listed && !all)
        status_no_memory(status, "the lessons");
    if (all) {
        while (own < w->preset_count && all[own].group != PRESET_OWN)
            own++;
        memmove(all + own + count, all + own, (w->preset_count - own) * sizeof *all);
        memcpy(all + own, lessons, count * sizeof *all);
        w->presets = all;
        w->preset_count += count;
    }
    free(lessons);
    return all != NULL;
}

/* Index of the lesson that is being played, or -1. */
int window_lesson_title(const Window *w) {
    const LessonHead *lesson = w->experiment.tape ? &w->recording.lesson : NULL;
    for (size_t i = 0; lesson && lesson->order > 0 && i < w->preset_count; i++)
        if (w->presets[i].group == PRESET_LESSON && strcmp(w->presets[i].title, lesson->title) == 0)
            return (int)i;
    return -1;
}

const char *window_lesson(const Window *w) {
    return w->lesson[0] && run_log_own(w->experiment.log) == w->lesson_own ? w->lesson : NULL;
}

void window_note_lesson(Window *w, const char *name) {
    if (name != w->lesson)
        snprintf(w->lesson, sizeof w->lesson, "%s", name);
    w->lesson_own = run_log_own(w->experiment.log);
}

/* ---- opening ---- */

static void close_tape(Window *w) {
    w->experiment.tape = NULL;
    tape_free(&w->tape);
    recording_free(&w->recording);
}

void window_play_lesson(Window *w) {
    window_push(w, (Command){.kind = COMMAND_SPEED, .speed = w->recording.lesson.speed});
    window_push(w, (Command){.kind = COMMAND_TO_NOTE, .epoch = -1});
}

void window_open_lesson(Window *w, int preset) {
    Status status = {0};
    char *folder = resource_path("lessons", &status);
    char *path = folder ? lesson_path(w->presets[preset].name, folder, &status) : NULL;
    Recording recording = {0};
    if (path && lesson_read(&recording, path, &status)) {
        close_tape(w);
        w->recording = recording;
        plot_hand_fit(&w->screen.hand);
        if (tape_begin_here(&w->tape, &w->experiment, &w->recording, preset, &status)) {
            window_note_lesson(w, w->presets[preset].name);
            window_play_lesson(w);
        }
    }
    if (status.code != STATUS_OK)
        window_say(w, status.message);
    free(path);
    free(folder);
    w->own_watch[0] = '\0';
}

/* ---- from note to note ---- */

/* To a note of the runs that a lesson had before this one: it is played once more, as fast as it goes. */
static void go_back_in_lesson(Window *w, int number) {
    Experiment *e = &w->experiment;
    Status status = {0};
    if (!tape_begin_again(&w->tape, e, &status)) {
        window_say(w, status.message);
        return;
    }
    window_note_lesson(w, w->lesson);
    while (number-- > 0 && tape_play_to_note(e))
        continue;
    e->stale = true;
    experiment_evaluate(e);
    e->mode = MODE_PAUSED;
}

static void go_back(Window *w, const Snapshot *s, const NotePlace *place) {
    if (place->before >= 0) {
        window_push(w, (Command){.kind = COMMAND_LOOK, .epoch = s->notes->notes[place->before].epoch});
    } else if (s->notes_earlier > 0) {
        go_back_in_lesson(w, s->notes_earlier);
        w->dirty = true;
    }
}

/* The next note, if its epoch has been; else the run goes on to it. */
static void go_on(Window *w, const Snapshot *s, const NotePlace *place) {
    const History *h = s->history;
    int64_t last = h->count > 0 ? (int64_t)h->records[h->count - 1].epoch : -1;
    int64_t epoch = place->after >= 0 ? (int64_t)s->notes->notes[place->after].epoch : last + 1;
    if (epoch <= last)
        window_push(w, (Command){.kind = COMMAND_LOOK, .epoch = epoch == last && !s->mid_epoch ? -1 : epoch});
    else if (place->on)
        window_push(w, (Command){.kind = COMMAND_TO_NOTE, .epoch = -1});
    else
        window_say(w, tr("That was the last note: Space plays on."));
}

void window_notes(Window *w, NotesAsk ask, const Snapshot *s) {
    NotePlace place = note_place(s);
    if (ask == NOTES_BACK) {
        go_back(w, s, &place);
    } else if (ask == NOTES_ON) {
        go_on(w, s, &place);
    } else if (ask == NOTES_EDIT && s->epoch == 0) {
        window_say(w, tr("A note stands at the end of an epoch: the first one has not ended yet."));
    } else if (ask == NOTES_EDIT) {
        window_push_kind(w, COMMAND_PAUSE);
        note_sheet_show(&w->screen.note_sheet, s);
        w->dirty = true;
    }
}
