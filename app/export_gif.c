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

struct GifWriter {
    FileWrite file;
    CGIF *cgif;
    int width, height;
    int colors;                                                      /* palette entries 1 to colors */
    int16_t red[MOST_COLORS], green[MOST_COLORS], blue[MOST_COLORS]; /* of entry i + 1 */
    uint32_t cache[CACHE_SIZE];                                      /* colour << 8 | index; 0: empty */
    uint8_t *indices;                                                /* of this frame, width * height */
    uint8_t *before;                                                 /* of the frame before */
    uint8_t *changes;                                                /* what is written */
    size_t frames;
    /* A frame is encoded on a thread of its own while the next one is drawn. */
    uint32_t *pixels; /* of the frame that is being encoded */
    int delay;
    pthread_t thread;
    bool encoding;
    int result; /* of cgif, once the thread has ended */
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
    gif->indices = malloc(pixels);
    gif->before = malloc(pixels);
    gif->changes = malloc(pixels);
    gif->pixels = large_alloc(pixels * sizeof *gif->pixels);
    if (!gif->indices || !gif->before || !gif->changes || !gif->pixels) {
        status_no_memory(status, "the animation");
        gif_abandon(gif);
        return NULL;
    }
    set_palette(gif, colors, count);
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
    return gif;
}

/* The palette entry that looks nearest: squared distance, green weighing most and blue least, as eyes do; the first of
 * equals. Distance and entry in one number, so that the loop has no branch. */
static uint8_t nearest(const GifWriter *gif, uint32_t color) {
    int red = color >> 16 & 255, green = color >> 8 & 255, blue = color & 255;
    uint32_t best = UINT32_MAX; /* distances are below 2^20 */
    for (int i = 0; i < gif->colors; i++) {
        int r = gif->red[i] - red, g = gif->green[i] - green, b = gif->blue[i] - blue;
        uint32_t distance = (uint32_t)(3 * r * r + 4 * g * g + 2 * b * b) << 8 | (uint32_t)i;
        best = distance < best ? distance : best;
    }
    return (uint8_t)((best & 255) + 1);
}

static void map_colors(GifWriter *gif) {
    size_t pixels = (size_t)gif->width * (size_t)gif->height;
    uint32_t last = 0;
    uint8_t index = 0;
    for (size_t i = 0; i < pixels; i++) {
        uint32_t color = gif->pixels[i] & 0xffffff;
        if (index == 0 || color != last) {
            uint32_t *slot = &gif->cache[(color * 2654435769u) >> 17 & (CACHE_SIZE - 1)];
            if (*slot == 0 || *slot >> 8 != color)
                *slot = color << 8 | nearest(gif, color);
            index = (uint8_t)(*slot & 255);
            last = color;
        }
        gif->indices[i] = index;
    }
}

static void encode(GifWriter *gif) {
    size_t pixels = (size_t)gif->width * (size_t)gif->height;
    map_colors(gif);
    for (size_t i = 0; i < pixels; i++)
        gif->changes[i] = gif->frames && gif->indices[i] == gif->before[i] ? SAME : gif->indices[i];
    CGIF_FrameConfig config = {
        .pImageData = gif->changes, /* copied by cgif */
        .delay = (uint16_t)gif->delay,
    };
    if (gif->frames) {
        config.attrFlags = CGIF_FRAME_ATTR_HAS_SET_TRANS;
        config.genFlags = CGIF_FRAME_GEN_USE_DIFF_WINDOW;
        config.transIndex = SAME;
    }
    gif->result = cgif_addframe(gif->cgif, &config);
    gif->frames++;
    uint8_t *before = gif->before;
    gif->before = gif->indices;
    gif->indices = before;
}

static void *encode_apart(void *gif) {
    encode(gif);
    return NULL;
}

/* Waits for the frame that is being encoded; CGIF_OK, or what went wrong with it. */
static int finish_frame(GifWriter *gif) {
    if (gif->encoding)
        pthread_join(gif->thread, NULL);
    gif->encoding = false;
    return gif->result;
}

bool gif_frame(GifWriter *gif, const Canvas *canvas, int centiseconds, Status *status) {
    assert(canvas->width == gif->width && canvas->height == gif->height);
    assert(centiseconds >= 2 && centiseconds <= UINT16_MAX);
    int result = finish_frame(gif);
    if (result != CGIF_OK)
        return gif_failed(gif, result, status);
    memcpy(gif->pixels, canvas->pixels, (size_t)gif->width * (size_t)gif->height * sizeof *gif->pixels);
    gif->delay = centiseconds;
    gif->encoding = pthread_create(&gif->thread, NULL, encode_apart, gif) == 0;
    if (!gif->encoding)
        encode(gif);
    return true;
}

static void gif_free(GifWriter *gif) {
    free(gif->indices);
    free(gif->before);
    free(gif->changes);
    free(gif->pixels);
    free(gif);
}

bool gif_commit(GifWriter *gif, Status *status) {
    int result = finish_frame(gif);
    assert(gif->frames > 0);
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
    finish_frame(gif);
    if (gif->cgif)
        cgif_close(gif->cgif); /* frees it; whatever it still writes goes with the file */
    file_abandon(&gif->file);
    gif_free(gif);
}
