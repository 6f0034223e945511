#include "export_gif.h"

#include "../core/large.h"
#include "file_write.h"

#include <assert.h>
#include <cgif.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Palette index 0 stands for "as in the frame before". */
#define SAME 0
#define MOST_COLORS 255

/* Colours whose nearest palette entry is remembered, a power of 2. */
#define CACHE_SIZE 32768u

/* Frames in memory: the one that is being encoded, the one before it, and, if they are not large, two that wait. */
enum { MOST_KEPT = 4, LEAST_KEPT = 2, LARGE = 4000000 /* pixels */ };

struct GifWriter {
    FileWrite file;
    CGIF *cgif;
    int width, height;
    int colors;                                                      /* palette entries 1 to colors */
    int16_t red[MOST_COLORS], green[MOST_COLORS], blue[MOST_COLORS]; /* of entry i + 1 */
    uint32_t cache[CACHE_SIZE];                                      /* colour << 8 | index; 0: empty */
    bool alike[MOST_COLORS + 1][MOST_COLORS + 1]; /* entries that nobody can tell from each other */
    uint8_t *shown;                               /* the entry that each pixel shows, width * height */
    uint8_t *changes;                             /* what is written */
    /* Frames are encoded on a thread of its own while the next ones are drawn. Frame i lies in frame[i % kept]. */
    struct {
        uint32_t *pixels;
        int delay;
    } frame[MOST_KEPT];
    size_t kept;
    pthread_t thread;
    bool threaded;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t changed;
    size_t drawn, encoded; /* frames */
    bool ending;           /* no further frame comes */
    int result;            /* of cgif */
};

static int write_bytes(void *context, const uint8_t *bytes, const size_t count) {
    GifWriter *gif = context;
    if (!gif->file.stream) /* given up */
        return -1;
    return fwrite(bytes, 1, count, gif->file.stream) == count ? 0 : -1;
}

static bool gif_failed(GifWriter *gif, int result, Status *status) {
    if (gif->file.stream && ferror(gif->file.stream))
        return file_commit(&gif->file, status); /* fails, and knows the reason and how far it came */
    if (result == CGIF_EALLOC)
        return status_no_memory(status, "the animation");
    return status_fail(status, STATUS_FAILED, "cannot write %s: cgif error %d",
                       gif->file.path ? gif->file.path : "the animation", result);
}

static void set_palette(GifWriter *gif, const Color *colors, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int16_t red = colors[i] >> 16 & 255, green = colors[i] >> 8 & 255, blue = colors[i] & 255;
        bool known = false;
        for (int k = 0; k < gif->colors; k++)
            known = known || (gif->red[k] == red && gif->green[k] == green && gif->blue[k] == blue);
        if (known || gif->colors == MOST_COLORS)
            continue;
        gif->red[gif->colors] = red;
        gif->green[gif->colors] = green;
        gif->blue[gif->colors] = blue;
        gif->colors++;
    }
}

/* How different colours look: squared distance, green weighing most and blue least, as eyes do. Below 2^20. */
static uint32_t distance(const GifWriter *gif, int entry, int red, int green, int blue) {
    int r = gif->red[entry] - red, g = gif->green[entry] - green, b = gif->blue[entry] - blue;
    return (uint32_t)(3 * r * r + 4 * g * g + 2 * b * b);
}

/* A pixel whose colour has moved by no more than that (a step of a region's shades) stays as it is: a slowly moving
 * shade would otherwise be written anew in every frame. It never strays farther from its colour. */
#define ALIKE 56

static void find_alike(GifWriter *gif) {
    for (int i = 0; i < gif->colors; i++)
        for (int k = 0; k < gif->colors; k++)
            gif->alike[i + 1][k + 1] = distance(gif, i, gif->red[k], gif->green[k], gif->blue[k]) <= ALIKE;
}

/* The palette entry that looks nearest; the first of equals. Distance and entry in one number, so that the loop has no
 * branch. */
static uint8_t nearest(const GifWriter *gif, uint32_t color) {
    int red = color >> 16 & 255, green = color >> 8 & 255, blue = color & 255;
    uint32_t best = UINT32_MAX;
    for (int i = 0; i < gif->colors; i++) {
        uint32_t next = distance(gif, i, red, green, blue) << 8 | (uint32_t)i;
        best = next < best ? next : best;
    }
    return (uint8_t)((best & 255) + 1);
}

static uint8_t entry_of(GifWriter *gif, uint32_t color) {
    uint32_t *slot = &gif->cache[(color * 2654435769u) >> 17 & (CACHE_SIZE - 1)];
    if (*slot == 0 || *slot >> 8 != color)
        *slot = color << 8 | nearest(gif, color);
    return (uint8_t)(*slot & 255);
}

enum { RUN = 16 }; /* pixels that are looked at at once */

/* Whether a run has one colour and shows one entry, as most of a region does. */
static bool is_plain(const GifWriter *gif, const uint32_t *frame, size_t first) {
    const uint32_t *pixels = frame + first;
    const uint8_t *shown = gif->shown + first;
    uint32_t differ = 0;
    for (int i = 0; i < RUN; i++)
        differ |= pixels[i] ^ pixels[0];
    return (differ & 0xffffff) == 0 && memcmp(shown, shown + 1, RUN - 1) == 0;
}

/* What is to be written of a frame: SAME where nothing has changed. */
static void find_changes(GifWriter *gif, size_t number) {
    const uint32_t *frame = gif->frame[number % gif->kept].pixels;
    const uint32_t *before = number > 0 ? gif->frame[(number - 1) % gif->kept].pixels : NULL;
    size_t pixels = (size_t)gif->width * (size_t)gif->height;
    uint32_t last = 0;
    uint8_t entry = 0;
    for (size_t first = 0, end; first < pixels; first = end) {
        end = first + RUN < pixels ? first + RUN : pixels;
        if (before && memcmp(frame + first, before + first, (end - first) * sizeof last) == 0) {
            memset(gif->changes + first, SAME, end - first);
            continue;
        }
        bool plain = before && end - first == RUN && is_plain(gif, frame, first);
        for (size_t i = first; i < (plain ? first + 1 : end); i++) {
            uint32_t color = frame[i] & 0xffffff;
            if (entry == 0 || color != last)
                entry = entry_of(gif, color);
            last = color;
            uint8_t shown = gif->shown[i];
            bool stays = before && gif->alike[entry][shown]; /* which of them comes first is all one */
            gif->changes[i] = stays ? SAME : entry;
            gif->shown[i] = stays ? shown : entry;
        }
        if (plain) {
            memset(gif->changes + first, gif->changes[first], RUN);
            memset(gif->shown + first, gif->shown[first], RUN);
        }
    }
}

static int encode(GifWriter *gif, size_t number) {
    find_changes(gif, number);
    CGIF_FrameConfig config = {
        .pImageData = gif->changes, /* copied by cgif */
        .delay = (uint16_t)gif->frame[number % gif->kept].delay,
    };
    if (number > 0) {
        config.attrFlags = CGIF_FRAME_ATTR_HAS_SET_TRANS;
        config.genFlags = CGIF_FRAME_GEN_USE_DIFF_WINDOW;
        config.transIndex = SAME;
    }
    return cgif_addframe(gif->cgif, &config);
}

/* The thread: one frame after the other, until no further one comes. */
static void *encode_frames(void *context) {
    GifWriter *gif = context;
    pthread_mutex_lock(&gif->lock);
    for (;;) {
        while (gif->encoded == gif->drawn && !gif->ending)
            pthread_cond_wait(&gif->changed, &gif->lock);
        if (gif->encoded == gif->drawn)
            break;
        size_t number = gif->encoded;
        if (gif->result == CGIF_OK) {
            pthread_mutex_unlock(&gif->lock);
            int result = encode(gif, number);
            pthread_mutex_lock(&gif->lock);
            gif->result = gif->result == CGIF_OK ? result : gif->result;
        }
        gif->encoded++;
        pthread_cond_signal(&gif->changed);
    }
    pthread_mutex_unlock(&gif->lock);
    return NULL;
}

GifWriter *gif_begin(const char *path, bool replace, int width, int height, const Color *colors, size_t count,
                     Status *status) {
    assert(count >= 1);
    if (width < 1 || height < 1 || width > UINT16_MAX || height > UINT16_MAX) {
        status_fail(status, STATUS_FAILED, "cannot write %s: a GIF has no room for %dx%d pixels", path, width,
                    height);
        return NULL;
    }
    GifWriter *gif = calloc(1, sizeof *gif);
    if (!gif) {
        status_no_memory(status, "the animation");
        return NULL;
    }
    size_t pixels = (size_t)width * (size_t)height;
    gif->width = width;
    gif->height = height;
    gif->result = CGIF_OK;
    pthread_mutex_init(&gif->lock, NULL);
    pthread_cond_init(&gif->changed, NULL);
    gif->shown = malloc(pixels);
    gif->changes = malloc(pixels);
    gif->kept = pixels < LARGE ? MOST_KEPT : LEAST_KEPT;
    bool room = gif->shown && gif->changes;
    for (size_t i = 0; i < gif->kept; i++) {
        gif->frame[i].pixels = large_alloc(pixels * sizeof *gif->frame[i].pixels);
        room = room && gif->frame[i].pixels;
    }
    if (!room) {
        status_no_memory(status, "the animation");
        gif_abandon(gif);
        return NULL;
    }
    set_palette(gif, colors, count);
    find_alike(gif);
    if (!file_begin(&gif->file, path, replace, status)) {
        gif_abandon(gif);
        return NULL;
    }
    uint8_t palette[3 * (MOST_COLORS + 1)] = {0};
    for (int i = 0; i < gif->colors; i++) {
        palette[3 * (i + 1)] = (uint8_t)gif->red[i];
        palette[3 * (i + 1) + 1] = (uint8_t)gif->green[i];
        palette[3 * (i + 1) + 2] = (uint8_t)gif->blue[i];
    }
    CGIF_Config config = {
        .pGlobalPalette = palette, /* copied by cgif */
        .attrFlags = CGIF_ATTR_IS_ANIMATED,
        .width = (uint16_t)width,
        .height = (uint16_t)height,
        .numGlobalPaletteEntries = (uint16_t)(gif->colors + 1),
        .numLoops = CGIF_INFINITE_LOOP,
        .pWriteFn = write_bytes,
        .pContext = gif,
    };
    gif->cgif = cgif_newgif(&config);
    if (!gif->cgif) {
        gif_failed(gif, CGIF_EALLOC, status);
        gif_abandon(gif);
        return NULL;
    }
    gif->threaded = pthread_create(&gif->thread, NULL, encode_frames, gif) == 0;
    return gif;
}

/* Waits until the frames have been encoded; CGIF_OK, or what went wrong with one. */
static int finish_frames(GifWriter *gif) {
    if (gif->threaded) {
        pthread_mutex_lock(&gif->lock);
        gif->ending = true;
        pthread_cond_signal(&gif->changed);
        pthread_mutex_unlock(&gif->lock);
        pthread_join(gif->thread, NULL);
    }
    gif->threaded = false;
    return gif->result;
}

bool gif_frame(GifWriter *gif, const Canvas *canvas, int centiseconds, Status *status) {
    assert(canvas->width == gif->width && canvas->height == gif->height);
    assert(centiseconds >= 2 && centiseconds <= UINT16_MAX);
    pthread_mutex_lock(&gif->lock);
    while (gif->drawn > gif->encoded + gif->kept - LEAST_KEPT) /* its place is that of a frame still needed */
        pthread_cond_wait(&gif->changed, &gif->lock);
    int result = gif->result;
    size_t number = gif->drawn;
    pthread_mutex_unlock(&gif->lock);
    if (result != CGIF_OK)
        return gif_failed(gif, result, status);
    size_t bytes = (size_t)gif->width * (size_t)gif->height * sizeof *canvas->pixels;
    memcpy(gif->frame[number % gif->kept].pixels, canvas->pixels, bytes);
    gif->frame[number % gif->kept].delay = centiseconds;
    if (!gif->threaded) {
        gif->result = encode(gif, number);
        gif->encoded++;
    }
    pthread_mutex_lock(&gif->lock);
    gif->drawn++;
    pthread_cond_signal(&gif->changed);
    pthread_mutex_unlock(&gif->lock);
    return true;
}

static void gif_free(GifWriter *gif) {
    free(gif->shown);
    free(gif->changes);
    for (size_t i = 0; i < gif->kept; i++)
        free(gif->frame[i].pixels);
    pthread_cond_destroy(&gif->changed);
    pthread_mutex_destroy(&gif->lock);
    free(gif);
}

bool gif_commit(GifWriter *gif, Status *status) {
    int result = finish_frames(gif);
    assert(gif->drawn > 0);
    int closed = cgif_close(gif->cgif);
    result = result != CGIF_OK ? result : closed;
    gif->cgif = NULL;
    if (result != CGIF_OK) {
        gif_failed(gif, result, status);
        gif_abandon(gif);
        return false;
    }
    bool committed = file_commit(&gif->file, status);
    if (!committed)
        file_abandon(&gif->file);
    gif_free(gif);
    return committed;
}

void gif_abandon(GifWriter *gif) {
    if (!gif)
        return;
    pthread_mutex_lock(&gif->lock);
    gif->result = CGIF_ERROR; /* what still waits need not be encoded */
    pthread_mutex_unlock(&gif->lock);
    finish_frames(gif);
    if (gif->cgif)
        cgif_close(gif->cgif); /* frees it; whatever it still writes goes with the file */
    file_abandon(&gif->file);
    gif_free(gif);
}
