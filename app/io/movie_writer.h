/* A WebM (VP9) or MP4 (H.264) movie, made by ffmpeg, which runs beside this program and gets the frames by a pipe;
 * through file_write. yuv420p by BT.709, so that every browser plays it; a side that is odd is one pixel longer. The
 * same frames are the same bytes by the same ffmpeg. */
#ifndef EASYFIRST_MOVIE_WRITER_H
#define EASYFIRST_MOVIE_WRITER_H

#include "core/status.h"

#include <stddef.h>
#include <stdint.h>

typedef enum { MOVIE_MP4, MOVIE_WEBM } MovieKind;

typedef struct MovieWriter MovieWriter;

/* Pixels are 0xAARRGGBB; alpha is ignored. frame_ms: how long most frames are shown; a movie has one rate, which is
 * that or, from 10 a second on, a whole part of it. NULL and *status on failure: there is no ffmpeg, say. */
MovieWriter *movie_begin(const char *path, bool replace, MovieKind kind, int width, int height, int frame_ms,
                         Status *status);
/* Takes a copy of a frame, shown for about so long: a whole number of the movie's own frames. `pitch` pixels from one
 * row to the next. The one before must be gone. */
void movie_frame(MovieWriter *movie, const uint32_t *pixels, size_t pitch, int milliseconds);
/* Hands it on to ffmpeg, as far as that takes it within wait_ms milliseconds (-1: all of it). *gone: it has been. */
bool movie_push(MovieWriter *movie, int wait_ms, bool *gone, Status *status);
/* After the last frame: waits at most so long (-1: as long as it takes) until ffmpeg has done its part. */
bool movie_end(MovieWriter *movie, int wait_ms, bool *ended, Status *status);
/* Puts the file in its place, once movie_end says so; frees movie, whatever happens. */
bool movie_commit(MovieWriter *movie, Status *status);
void movie_abandon(MovieWriter *movie); /* frees movie, ends ffmpeg and leaves no file; NULL is fine */

#endif
