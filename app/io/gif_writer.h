/* An animated GIF: one palette for all frames, looping for ever, through file_write. */
#ifndef EASYFIRST_GIF_WRITER_H
#define EASYFIRST_GIF_WRITER_H

#include "core/status.h"

#include <stddef.h>
#include <stdint.h>

typedef struct GifWriter GifWriter;

/* Pixels and colours are 0xAARRGGBB; alpha is ignored. colors: the palette to draw from, at most 255 different ones.
 * NULL and *status on failure. */
GifWriter *gif_begin(const char *path, bool replace, int width, int height, const uint32_t *colors, size_t count,
                     Status *status);
/* Adds a frame, shown for `centiseconds` (2 or more): rows from the top, `pitch` pixels from one to the next. Each
 * pixel gets the nearest colour of the palette. */
bool gif_frame(GifWriter *gif, const uint32_t *pixels, size_t pitch, int centiseconds, Status *status);
bool gif_commit(GifWriter *gif, Status *status); /* after a frame or more; frees gif, whatever happens */
void gif_abandon(GifWriter *gif);                /* frees gif and leaves no file; NULL is fine */

#endif
