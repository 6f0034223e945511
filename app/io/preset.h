/* Presets: INI files (inih) whose keys are the property table's names, in a section [settings], with a section
 * [preset] that has `title` and `watch` (a sentence on what to watch). The line of centroids may go on in indented lines,
 * of which each but the first begins with a comma: no line may be longer than 198 bytes. */
#ifndef EASYFIRST_PRESET_H
#define EASYFIRST_PRESET_H

#include "core/config.h"
#include "core/status.h"

#include <stdio.h>

typedef struct Preset {
    char name[64];  /* file name without .ini */
    char title[64]; /* shown in the window; the name if the file has none */
    char watch[256];
    Settings settings; /* the defaults with the file's keys applied */
} Preset;

/* NAME looks for FOLDER/NAME.ini; a name with a '/' or ending in .ini is a file. Unknown keys, bad values and broken
 * lines are refused with "FILE:LINE: what"; an unknown name lists the known ones. */
bool preset_load(Preset *preset, const char *name_or_file, const char *folder, Status *status);

/* Writes a preset file of that path: the title is the file's name without folder and .ini, line breaks in it become
 * blanks; then the settings that differ from the defaults. Read back it gives the same settings to the last bit.
 * Errors are left in the stream. */
void preset_write(FILE *stream, const char *path, const Settings *settings);

/* Whether a name is that of a preset file: it ends in .ini. */
bool preset_is_file(const char *name);

/* Every preset of the folder, in teaching order (a key `order` in [preset]), malloc'd; a broken file is skipped with
 * a line on stderr. */
bool preset_list(Preset **presets, size_t *count, const char *folder, Status *status);

/* ---- presets of one's own, beside those of the program in `folder` ---- */

/* Where they lie: XDG_CONFIG_HOME/easyfirst/presets (HOME/.config/... if that is not set or not absolute), malloc'd. The
 * folder need not be there. NULL and *status without an absolute HOME, too. */
char *preset_own_folder(Status *status);

/* Whether one may have that name: letters, digits, - and _, at most 63, and no name of the program's. */
bool preset_check_name(const char *name, const char *folder, Status *status);

/* preset_load and preset_list with one's own after the program's, which win where names are the same. An own folder that
 * can't be read is as good as none, with a line on stderr. */
bool preset_find(Preset *preset, const char *name_or_file, const char *folder, Status *status);
bool preset_list_all(Preset **presets, size_t *count, const char *folder, Status *status);

/* Whether settings are the preset's; the seed may be another. */
bool preset_is(const Preset *preset, const Settings *settings);

#endif
