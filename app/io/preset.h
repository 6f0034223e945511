/* Presets: INI files (inih) with a section [settings], whose keys are the settings' names (core/config.h), and a
 * section [preset]:
 *
 *     title = Circles                     shown in the window
 *     watch = Forty epochs of ...         what to watch, at most 255 bytes
 *     speed = 5                           epochs a second, SPEED_MINIMUM to SPEED_MAXIMUM (experiment/commands.h)
 *     group = helps                       where the gallery shows it: start, helps or wrong
 *     order = 6                           its place among the presets of its group
 *
 * All of them may be missing. A file has at most PRESET_LINES lines of at most 198 bytes; centroids may continue in
 * indented lines, each of which begins with a comma. */
#ifndef EASYFIRST_PRESET_H
#define EASYFIRST_PRESET_H

#include "app/io/preset_entry.h"
#include "core/config.h"
#include "core/status.h"

#include <stdio.h>

#define PRESET_LINES 10000

/* A name with a '/' or ending in .ini is a file; any other stands for FOLDER/NAME.ini. Unknown keys, bad values and
 * broken lines are refused with "FILE:LINE: what"; for an unknown name the message lists the known ones. */
bool preset_load(Preset *preset, const char *name_or_file, const char *folder, Status *status);
/* The file of that path alone, which is refused if it is a pipe or another thing that one may wait for. */
bool preset_open(Preset *preset, const char *path, Status *status);

/* Writes the preset file of that path: the title, which is the file's name without folder and .ini (line breaks become
 * blanks), the speed (epochs a second) and the settings that differ from the defaults. Read back it gives the same
 * settings to the last bit. Errors stay in the stream. */
void preset_write(FILE *stream, const char *path, const Settings *settings, double speed);

/* Whether the name is a preset file's: it ends in .ini. */
bool preset_is_file(const char *name);

/* Every preset of the folder, by group and in teaching order (the key `order`), malloc'd; a broken file is skipped with
 * a line on stderr. */
bool preset_list(Preset **presets, size_t *count, const char *folder, Status *status);

/* ---- the user's presets, besides the program's in `folder` ---- */

/* Where they are: XDG_CONFIG_HOME/easyfirst/presets (HOME/.config/... if that is not set or not absolute), malloc'd; it
 * need not exist. NULL and *status if HOME is not absolute either. */
char *preset_own_folder(Status *status);
/* The path of one of that name there, whether there is one or not, malloc'd; NULL: there is no folder, or no memory. */
char *preset_own_path(const char *name);

/* Whether one may have that name: letters, digits, - and _, at most 63, and not the name of one of the program's. */
bool preset_check_name(const char *name, const char *folder, Status *status);

/* preset_load and preset_list for both, the program's first; they win where names are the same. If the user's folder
 * cannot be read, a line on stderr says so. */
bool preset_find(Preset *preset, const char *name_or_file, const char *folder, Status *status);
bool preset_list_all(Preset **presets, size_t *count, const char *folder, Status *status);

/* Its title or watch as the reader's language has it: the user's own stand as they are. */
const char *preset_words(const Preset *preset, const char *text);

/* Whether settings are the preset's, apart from the seed. */
bool preset_is(const Preset *preset, const Settings *settings);

#endif
