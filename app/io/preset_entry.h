/* A preset, as its file and the gallery have it (preset.h). */
#ifndef EASYFIRST_PRESET_ENTRY_H
#define EASYFIRST_PRESET_ENTRY_H

#include "core/config.h"
#include "core/status.h"

/* In the order of the gallery. */
typedef enum { PRESET_START, PRESET_HELPS, PRESET_WRONG, PRESET_LESSON, PRESET_OWN, PRESET_GROUPS } PresetGroup;

typedef struct Preset {
    char name[64];  /* file name without .ini */
    char title[64]; /* shown in the window; the name if the file has none */
    char watch[256];
    double speed;      /* epochs a second that suit it; SPEED_DEFAULT if the file has none */
    PresetGroup group; /* PRESET_OWN if the file has none, and for all of the user's. PRESET_LESSON: a lesson
                        * (lesson.h), of which this is the beginning */
    Settings settings; /* the defaults with the file's keys applied */
} Preset;

#endif
