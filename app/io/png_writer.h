/* A PNG file: row by row, so that a large picture is written in pieces that each take little time, or at once; through
 * file_write. Pixels are 0xAARRGGBB; alpha is left out. */
#ifndef EASYFIRST_PNG_WRITER_H
#define EASYFIRST_PNG_WRITER_H

#include "core/status.h"

#include <stddef.h>
#include <stdint.h>

typedef struct PngWriter PngWriter;

/* NULL and *status on failure. */
PngWriter *png_begin(const char *path, bool replace, int width, int height, Status *status);
bool png_row(PngWriter *png, const uint32_t *pixels, Status *status); /* the next row, from the top */
bool png_commit(PngWriter *png, Status *status);                      /* after all rows; frees png, whatever happens */
void png_abandon(PngWriter *png);                                     /* frees png and leaves no file; NULL is fine */

/* All of it at once; `pitch` pixels from one row to the next. */
bool png_save(const char *path, bool replace, const uint32_t *pixels, int width, int height, size_t pitch,
              Status *status);

#endif
