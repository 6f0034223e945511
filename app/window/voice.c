#include "app/window/voice.h"

#include <stdio.h>
#include <string.h>

typedef struct Listener {
    VoiceSay say;
    void *user;
} Listener;

static void say(const Listener *l, SpeechKind kind, const char *text) {
    if (text[0])
        l->say(l->user, kind, text);
}

static uint64_t sum_of(uint64_t sum, const char *text) {
    for (; *text; text++)
        sum = (sum ^ (unsigned char)*text) * 1099511628211u; /* FNV-1a */
    return sum;
}

/* ---- what has come up ---- */

static bool was_up(const Voice *v, uint64_t sum) {
    for (int i = 0; i < v->up_count; i++)
        if (v->up[i] == sum)
            return true;
    return false;
}

static void follow_announced(Voice *v, const Screen *screen, const Listener *l) {
    const UiAnnounced *announced;
    int count = ui_announced(&screen->ui, &announced);
    uint64_t sums[UI_MAX_ANNOUNCED];
    for (int i = 0; i < count; i++) {
        const UiAnnounced *a = &announced[i];
        sums[i] = sum_of(1469598103934665603u ^ a->id, a->text);
        if (was_up(v, sums[i]))
            continue;
        char text[SPOKEN_BYTES];
        snprintf(text, sizeof text, "%s", a->text);
        spoken_signs(text);
        bool help = a->id == ui_id(UI_HELP_SPOKEN);
        if (!help || strcmp(v->focus.label[0] ? v->focus.label : a->text, a->text) != 0) /* else its name has said so */
            say(l, help ? SPEECH_LATER : SPEECH_MESSAGE, text);
    }
    memcpy(v->up, sums, sizeof *sums * (size_t)count);
    v->up_count = count;
}

/* ---- the focus ---- */

static void follow_edit(Voice *v, const UiSpoken *now, const Listener *l) {
    char text[SPOKEN_BYTES];
    EditSays says = spoken_edit(&v->edit, now, text);
    if (says != EDIT_SAYS_NOTHING)
        say(l, says == EDIT_SAYS_CHARACTER ? SPEECH_CHARACTER : SPEECH_TEXT, text);
}

static void note_edit(Voice *v, const UiSpoken *now) {
    v->edits = now->text != NULL;
    if (!v->edits)
        return;
    snprintf(v->edit.text, sizeof v->edit.text, "%s", now->text);
    v->edit.caret = now->caret;
    v->edit.anchor = now->anchor;
}

static bool is_same(const UiSpoken *a, const UiSpoken *b) {
    return a->role == b->role && a->dimmed == b->dimmed && a->position == b->position &&
           strcmp(a->label, b->label) == 0 && strcmp(a->value, b->value) == 0;
}

static void follow_focus(Voice *v, const UiSpoken *now, bool quiet, const Listener *l) {
    char text[SPOKEN_BYTES];
    if (now->id != v->focus.id || (now->text != NULL) != v->edits) {
        spoken_focus(now, text);
        say(l, SPEECH_TEXT, text);
    } else if (now->id != 0 && now->text) {
        follow_edit(v, now, l);
    } else if (now->id != 0 && !quiet && !is_same(now, &v->focus)) {
        spoken_change(now, text);
        say(l, SPEECH_TEXT, text);
    }
    note_edit(v, now);
    v->focus = *now;
    v->focus.text = NULL;
}

/* ---- the line ---- */

static SpeechKind urgency_of(const LineState *line, bool playing) {
    if (line->notice)
        return SPEECH_MESSAGE;
    switch (line->kind) {
    case LINE_CANNOT:
    case LINE_REMEDY:
        return SPEECH_IMPORTANT;
    case LINE_OFFER:
    case LINE_END:
        return SPEECH_MESSAGE;
    default:
        return playing ? SPEECH_PROGRESS : SPEECH_LATER;
    }
}

static void follow_line(Voice *v, const LineState *line, bool playing, const Listener *l) {
    const LineWords *w = &line->words;
    char text[SPOKEN_BYTES];
    uint64_t *said = &v->line[line->notice ? VOICE_LINES - 1 : (int)line->kind];
    uint64_t sum = sum_of(sum_of(sum_of(1469598103934665603u, w->badge), w->fact), w->reason);
    if (sum == *said || (!w->fact[0] && !w->reason[0]))
        return;
    *said = sum;
    snprintf(text, sizeof text, "%s%s%s%s%s", w->badge, w->badge[0] ? ". " : "", w->fact, w->fact[0] ? " " : "",
             w->reason);
    spoken_signs(text);
    say(l, urgency_of(line, playing), text);
}

void voice_follow(Voice *v, const Screen *screen, const Snapshot *snapshot, bool by_hand, VoiceSay to, void *user) {
    const Listener l = {to, user};
    bool playing = snapshot->playing || snapshot->replaying;
    follow_announced(v, screen, &l); /* the title of a sheet before what the keys are at in it */
    follow_focus(v, ui_spoken(&screen->ui), playing && !by_hand, &l);
    follow_line(v, &screen->line, playing, &l);
}
