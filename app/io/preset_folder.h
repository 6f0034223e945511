/* Folders of presets, one to a file NAME.ENDING: the presets themselves, and lessons. */
#ifndef EASYFIRST_PRESET_FOLDER_H
#define EASYFIRST_PRESET_FOLDER_H

#include "app/io/preset_entry.h"

typedef struct PresetKind {
    bool lessons;       /* messages say so */
    const char *ending; /* ".ini"; hidden files are none */
    /* Reads a file, and nothing that is none; *order: its place within its group. */
    bool (*load)(Preset *preset, const char *path, long *order, Status *status);
} PresetKind;

/* FOLDER/NAME.ENDING, malloc'd; NULL and *status without memory. */
char *preset_folder_path(const PresetKind *kind, const char *folder, const char *name, Status *status);

/* Every one of the folder, by group, order and name, malloc'd; a broken file is skipped with a line on stderr. */
bool preset_folder_list(const PresetKind *kind, Preset **presets, size_t *count, const char *folder, Status *status);

/* Says that there is none of that name, and which there are in the folder and in `own`, if that is not NULL. False. */
bool preset_folder_unknown(const PresetKind *kind, const char *name, const char *folder, const char *own,
                           Status *status);

#endif
