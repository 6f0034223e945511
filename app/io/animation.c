#include "app/io/animation.h"

bool animation_begin(Animation *a, AnimationKind kind, const char *path, bool replace, const Canvas *canvas,
                     const uint32_t *colors, size_t count, int frame_ms, Status *status) {
    *a = (Animation){0};
    if (kind == ANIMATION_GIF)
        a->gif = gif_begin(path, replace, canvas->width, canvas->height, colors, count, status);
    else
        a->movie = movie_begin(path, replace, kind == ANIMATION_MP4 ? MOVIE_MP4 : MOVIE_WEBM, canvas->width,
                               canvas->height, frame_ms, status);
    return a->gif || a->movie;
}

int animation_gif_ms(int milliseconds) {
    return (milliseconds + 5) / 10 * 10;
}

bool animation_frame(Animation *a, const Canvas *canvas, int milliseconds, Status *status) {
    size_t pitch = (size_t)canvas->width;
    if (a->gif)
        return gif_frame(a->gif, canvas->pixels, pitch, animation_gif_ms(milliseconds) / 10, status);
    movie_frame(a->movie, canvas->pixels, pitch, milliseconds);
    return true;
}

bool animation_push(Animation *a, int wait_ms, bool *gone, Status *status) {
    *gone = true;
    return a->gif || movie_push(a->movie, wait_ms, gone, status);
}

bool animation_end(Animation *a, int wait_ms, bool *ended, Status *status) {
    *ended = true;
    return a->gif || movie_end(a->movie, wait_ms, ended, status);
}

bool animation_commit(Animation *a, Status *status) {
    Animation own = *a;
    *a = (Animation){0};
    return own.gif ? gif_commit(own.gif, status) : movie_commit(own.movie, status);
}

void animation_abandon(Animation *a) {
    gif_abandon(a->gif);
    movie_abandon(a->movie);
    *a = (Animation){0};
}
