/* Lessons: logs (run_log.h) with notes and a head (LessonHead, recording.h), NAME.log in a folder of the program's.
 * They hold for all kernels. tests/lessons has the texts that they are made from. */
#ifndef EASYFIRST_LESSON_H
#define EASYFIRST_LESSON_H

#include "app/experiment/recording.h"
#include "app/io/preset.h"

/* Every lesson of the folder, in teaching order, as a preset of PRESET_LESSON whose settings are those that it begins
 * with; malloc'd. A broken file is skipped with a line on stderr. */
bool lesson_list(Preset **lessons, size_t *count, const char *folder, Status *status);

/* The lesson's file, malloc'd; NULL and a message that lists the names if there is none of that name. */
char *lesson_path(const char *name, const char *folder, Status *status);

/* Reads a lesson. *recording is overwritten. */
bool lesson_read(Recording *recording, const char *path, Status *status);

#endif
