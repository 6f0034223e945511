/* What is said of the window as it changes, frame by frame, and how urgently: what the focus comes to, what changes of
 * it, what is typed, what comes up, and the line. No library: whoever listens is handed the words. */
#ifndef EASYFIRST_VOICE_H
#define EASYFIRST_VOICE_H

#include "app/views/spoken_words.h"
#include "app/window/screen.h"
#include "app/window/speech.h"

enum { VOICE_LINES = LINE_PAST + 2 }; /* kinds of the line, and a notice */

typedef struct Voice { /* a zeroed one is valid: nothing has been said */
    UiSpoken focus;
    SpokenEdit edit;
    bool edits;
    uint64_t up[UI_MAX_ANNOUNCED]; /* sums of what is to be seen */
    int up_count;
    uint64_t line[VOICE_LINES]; /* sums of the words said last, of each kind */
} Voice;

typedef void (*VoiceSay)(void *user, SpeechKind kind, const char *text);

/* After screen_draw. by_hand: a person is at work in this frame, or has been a moment ago; what changes of the focus by
 * itself while the run plays is not said. */
void voice_follow(Voice *voice, const Screen *screen, const Snapshot *snapshot, bool by_hand, VoiceSay say, void *user);

#endif
