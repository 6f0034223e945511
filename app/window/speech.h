/* Speech through speech-dispatcher, on a thread of its own, so that neither a slow service nor one that hangs holds up
 * a frame. Its client library, libspeechd, is loaded then. A service that ends is started again, or found again, with
 * the next thing that is to be said.
 *
 * What waits never grows: of texts the newest takes the place of one that waits or is being said; of progress the
 * newest waits until what was said before has been heard, about; messages queue, up to SPEECH_MESSAGES. */
#ifndef EASYFIRST_SPEECH_H
#define EASYFIRST_SPEECH_H

#include "core/status.h"

#include <stdbool.h>

#define SPEECH_MESSAGES 8 /* that wait; of more the oldest are dropped */

/* How urgent it is: speech-dispatcher's own levels, but for SPEECH_LATER. */
typedef enum {
    SPEECH_TEXT,      /* in place of other text */
    SPEECH_CHARACTER, /* the same of one character, or "space" */
    SPEECH_LATER,     /* text that follows what is being said; dropped by any other text */
    SPEECH_MESSAGE,   /* goes before text, and is not cut short by it */
    SPEECH_IMPORTANT, /* something must be done */
    SPEECH_PROGRESS   /* when nothing else is said */
} SpeechKind;

typedef struct Speech Speech;

/* language: a code as "en" or "zh_CN". NULL and *status without memory or a thread. */
Speech *speech_new(const char *language, Status *status);
void speech_language(Speech *speech, const char *language);

void speech_say(Speech *speech, SpeechKind kind, const char *text);

/* Whether something is wrong that has not been told yet: then *status says what. */
bool speech_trouble(Speech *speech, Status *status);

/* Not waited for if its service lets it wait. NULL is fine. */
void speech_free(Speech *speech);

#endif
