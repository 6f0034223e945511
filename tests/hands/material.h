/* Files and texts that a hand may come with: good ones and all kinds of others. */
#ifndef EASYFIRST_MATERIAL_H
#define EASYFIRST_MATERIAL_H

#include <stddef.h>

extern const char *const MATERIAL_FILES[]; /* names in the current folder, or absolute; some of them are not there */
extern const size_t MATERIAL_FILE_COUNT;
extern const char *const MATERIAL_TEXTS[]; /* to be typed or pasted */
extern const size_t MATERIAL_TEXT_COUNT;

void material_make(void); /* in the current folder */

#endif
