/* The run as a moving picture, whatever the file's kind: frame by frame, all at once or in turns that take little time
 * each. */
#ifndef EASYFIRST_ANIMATION_H
#define EASYFIRST_ANIMATION_H

#include "app/draw/canvas.h"
#include "app/io/gif_writer.h"
#include "app/io/movie_writer.h"

typedef enum { ANIMATION_GIF, ANIMATION_MP4, ANIMATION_WEBM, ANIMATION_KINDS } AnimationKind;

typedef struct Animation { /* a zeroed one is none; one of the two: */
    GifWriter *gif;
    MovieWriter *movie;
} Animation;

/* colors: of a GIF's palette. frame_ms: how long most frames are shown. */
bool animation_begin(Animation *animation, AnimationKind kind, const char *path, bool replace, const Canvas *canvas,
                     const uint32_t *colors, size_t count, int frame_ms, Status *status);
/* Takes the canvas as a frame; a GIF shows it for that time rounded to 10 ms. The one before must be gone. */
bool animation_frame(Animation *animation, const Canvas *canvas, int milliseconds, Status *status);
/* Works for at most about wait_ms milliseconds (-1: as long as it takes) at what was taken; *gone: all of that is done.
 */
bool animation_push(Animation *animation, int wait_ms, bool *gone, Status *status);
/* The same, after the last frame, until the file can be put in its place. */
bool animation_end(Animation *animation, int wait_ms, bool *ended, Status *status);
bool animation_commit(Animation *animation, Status *status); /* which leaves none, whatever happens */
void animation_abandon(Animation *animation);                /* leaves no file; of none it does nothing */

/* Milliseconds as a GIF has them: whole hundredths of a second. */
int animation_gif_ms(int milliseconds);

#endif
