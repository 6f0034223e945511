/* What views ask for: commands for the window to push into the experiment, in the order given, and what concerns the
 * window alone. */
#ifndef EASYFIRST_INTENTS_H
#define EASYFIRST_INTENTS_H

#include "app/experiment/experiment.h"

#define INTENTS_MAX 16

typedef struct Intents {
    Command commands[INTENTS_MAX];
    int count;
    bool toggle_theme, toggle_help, toggle_presets, save;
    PointEdit edit; /* of points by hand; count 0: none. Its arrays are the brush's */
    int preset;     /* index of the preset chosen, or -1 */
} Intents;

static inline void intend(Intents *intents, Command command) {
    if (intents->count < INTENTS_MAX)
        intents->commands[intents->count++] = command;
}

static inline void intend_value(Intents *intents, CommandKind kind, double value) {
    intend(intents, (Command){.kind = kind, .value = value});
}

#endif
