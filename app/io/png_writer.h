/* A PNG file row by row, so that a large picture is written in pieces that each take little time; through
 * file_write. */
#ifndef EASYFIRST_PNG_WRITER_H
#define EASYFIRST_PNG_WRITER_H

#include "app/draw/canvas.h"

typedef struct PngWriter PngWriter;

/* NULL and *status on failure. */
PngWriter *png_begin(const char *path, bool replace, int width, int height, Status *status);
/* The next row, from the top: 0xAARRGGBB, of which the alpha is left out. */
bool png_row(PngWriter *png, const uint32_t *pixels, Status *status);
bool png_commit(PngWriter *png, Status *status); /* after all rows; frees png, whatever happens */
void png_abandon(PngWriter *png);                /* frees png and leaves no file; NULL is fine */

#endif
