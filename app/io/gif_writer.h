/* The run as an animated GIF: one frame an epoch, one palette for all, looping for ever (cgif), through file_write. */
#ifndef EASYFIRST_GIF_WRITER_H
#define EASYFIRST_GIF_WRITER_H

#include "app/draw/canvas.h"

typedef struct GifWriter GifWriter;

/* colors: the palette to draw from (at most 255; duplicates are fine). NULL and *status on failure. */
GifWriter *gif_begin(const char *path, bool replace, int width, int height, const Color *colors, size_t count,
                     Status *status);
/* Adds a frame of the canvas, shown for `centiseconds` (2 or more). Colours are mapped to the nearest of the palette. */
bool gif_frame(GifWriter *gif, const Canvas *canvas, int centiseconds, Status *status);
bool gif_commit(GifWriter *gif, Status *status); /* frees gif, whatever happens */
void gif_abandon(GifWriter *gif);                /* frees gif and leaves no file; NULL is fine */

#endif
