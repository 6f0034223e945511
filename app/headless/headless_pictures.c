/* Pictures of a run without a window: GIF and movies as it goes on, the PNG at its end. */
#include "app/headless/headless_private.h"

#include "app/base/language.h"
#include "app/base/resources.h"
#include "app/base/terminal.h"
#include "app/io/png_writer.h"

#include <stdlib.h>

static const char *animation_path(const Cli *cli, int kind) {
    return kind == ANIMATION_GIF ? cli->gif : kind == ANIMATION_MP4 ? cli->mp4 : cli->webm;
}

static bool wants_animations(const Cli *cli) {
    return cli->gif || cli->mp4 || cli->webm;
}

bool headless_wants_pictures(const Cli *cli) {
    return wants_animations(cli) || cli->png;
}

/* Once: that a GIF counts in hundredths of a second. */
static void say_rounded(const char *option, int milliseconds) {
    int shown = animation_gif_ms(milliseconds);
    if (shown != milliseconds)
        terminal_print(stderr, tr("easyfirst: --%s: a GIF counts in 10 ms, so its frame is shown for %d ms\n"), option,
                       shown);
}

bool headless_open_pictures(Headless *h, Status *status) {
    const Cli *cli = h->cli;
    if (!headless_wants_pictures(cli))
        return true;
    int width = cli->image_width, height = cli->image_height;
    const Theme *theme = theme_of(cli->theme);
    float scale = cli->scale > 0.0f ? cli->scale : picture_scale(width, height);
    char *fonts = resource_path("fonts", status);
    bool done = fonts && picture_open(&h->picture, fonts, theme, scale, width, height, status);
    free(fonts);
    if (!done || !wants_animations(cli))
        return done;
    if (cli->gif) {
        say_rounded("frame-ms", frame_milliseconds(&cli->frames, false));
        say_rounded("last-ms", frame_milliseconds(&cli->frames, true));
    }
    Color colors[PICTURE_PALETTE];
    size_t count = picture_palette(theme, &h->trainer->settings, h->trainer->data.classes, PLOT_COLOR_CLASS,
                                   1 + h->other_count, colors);
    for (int kind = 0; done && kind < ANIMATION_KINDS; kind++)
        if (animation_path(cli, kind))
            done = animation_begin(&h->animations[kind], (AnimationKind)kind, animation_path(cli, kind), cli->force,
                                   &h->picture.canvas, colors, count, frame_milliseconds(&cli->frames, false), status);
    return done;
}

/* The run as it is now, onto the picture's canvas. */
static bool draw(Headless *h, FigureKind figure, Status *status) {
    Snapshot snapshot;
    PlotOptions options;
    headless_look(h, &snapshot, &options);
    options.field_step = picture_field_step(h->cli->image_width, h->cli->image_height, snapshot.mlp);
    h->picture.figure = figure;
    bool drawn = picture_draw(&h->picture, &snapshot, &options, NULL, 0, h->cli->image_height, status);
    h->current = drawn && figure == FIGURE_PLOT;
    return drawn;
}

bool headless_frame(Headless *h, Status *status) {
    const FrameChoice *frames = &h->cli->frames;
    uint32_t number = h->trainer->epoch, before = h->seen_epoch;
    size_t index = h->seen++, count = h->last ? h->seen : h->epochs > h->seen ? h->epochs : h->seen + 1;
    h->seen_epoch = number;
    if (!wants_animations(h->cli) || !frame_chosen(frames, index, count, number, before))
        return true;
    if (!draw(h, FIGURE_PLOT, status))
        return false;
    bool gone;
    for (int kind = 0; kind < ANIMATION_KINDS; kind++)
        if (animation_path(h->cli, kind) &&
            (!animation_frame(&h->animations[kind], &h->picture.canvas, frame_milliseconds(frames, h->last), status) ||
             !animation_push(&h->animations[kind], -1, &gone, status)))
            return false;
    return true;
}

bool headless_finish_png(Headless *h, Status *status) {
    const char *path = h->cli->png;
    if (!path)
        return true;
    const Canvas *canvas = &h->picture.canvas; /* the last frame may be the PNG's picture */
    FigureKind figure = (FigureKind)h->cli->figure;
    bool drawn = (figure == FIGURE_PLOT && h->current) || draw(h, figure, status);
    return drawn &&
           png_save(path, h->cli->force, canvas->pixels, canvas->width, canvas->height, (size_t)canvas->width, status);
}

bool headless_finish_animations(Headless *h, Status *status) {
    bool ended, done = true;
    for (int kind = 0; kind < ANIMATION_KINDS; kind++) {
        Status failure = {0};
        if (!animation_path(h->cli, kind) || (animation_end(&h->animations[kind], -1, &ended, &failure) &&
                                              animation_commit(&h->animations[kind], &failure)))
            continue;
        if (done)
            *status = failure;
        done = false;
    }
    return done;
}

void headless_close_pictures(Headless *h) {
    for (int kind = 0; kind < ANIMATION_KINDS; kind++)
        animation_abandon(&h->animations[kind]);
    picture_close(&h->picture);
}
