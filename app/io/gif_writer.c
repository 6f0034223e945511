#include "app/io/gif_writer.h"

#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/io/gif_lzw.h"
#include "core/large_pages.h"

#include <assert.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Palette index 0 stands for "as in the frame before". */
#define SAME 0
#define MOST_COLORS 255

/* Colours whose nearest palette entry is cached; a power of 2. */
#define CACHE_SIZE 32768u

/* While the next frames are drawn, a thread finds out what has changed in one and another encodes that of the
 * one before. Each does frame after frame as soon as the stage before has done it. */
enum { STAGE_DRAWN, STAGE_FOUND, STAGE_ENCODED, STAGES };

enum { KEPT = 2 }; /* frames in memory: the current one and the one before it */

struct GifWriter {
    FileWrite file;
    int width, height;
    int colors;                                                    /* palette entries 1 to colors */
    float red[MOST_COLORS], green[MOST_COLORS], blue[MOST_COLORS]; /* 0 to 255, of entry i + 1 */
    uint32_t cache[CACHE_SIZE];                                    /* colour << 8 | index; 0: empty */
    uint8_t *shown; /* the entry that each pixel shows (0: none), width * height */
    struct {
        uint32_t *pixels;
        int delay;
    } frame[KEPT]; /* frame i in frame[i % KEPT] */
    struct {
        uint8_t *changes;
        int delay;
    } found[KEPT];            /* what is written of it, likewise */
    pthread_t thread[STAGES]; /* all but the first */
    bool threaded;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t changed;
    size_t done[STAGES]; /* frames that have passed a stage */
    bool ending;         /* no further frame comes */
    bool failed;         /* to write, or given up: what is still waiting need not be encoded */
    GifLzw lzw;
};

static void set_palette(GifWriter *gif, const uint32_t *colors, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float red = (float)(colors[i] >> 16 & 255), green = (float)(colors[i] >> 8 & 255),
              blue = (float)(colors[i] & 255);
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

/* How different colours look: squared distance, green weighing most and blue least, as eyes do. Below 2^20;
 * whole numbers, exact as floats, which multiply four at a time on every machine. */
static int distance(const GifWriter *gif, int entry, float red, float green, float blue) {
    float r = gif->red[entry] - red, g = gif->green[entry] - green, b = gif->blue[entry] - blue;
    return (int)(3 * r * r + 4 * g * g + 2 * b * b);
}

/* The palette entry that looks nearest; the first of equals. Distance and entry in one number, so that the
 * loop has no branch. */
static uint8_t nearest(const GifWriter *gif, uint32_t color) {
    float red = (float)(color >> 16 & 255), green = (float)(color >> 8 & 255), blue = (float)(color & 255);
    int best = INT_MAX;
    for (int i = 0; i < gif->colors; i++) {
        int next = distance(gif, i, red, green, blue) << 8 | i;
        best = next < best ? next : best;
    }
    return (uint8_t)((best & 255) + 1);
}

static uint32_t *slot_of(GifWriter *gif, uint32_t color) {
    return &gif->cache[(color * 2654435769u) >> 17 & (CACHE_SIZE - 1)];
}

/* The palette entry that stands for a colour. Black's slot is never empty, so that an empty one fits no
 * colour. */
static inline uint8_t entry_of(GifWriter *gif, uint32_t color) {
    uint32_t *slot = slot_of(gif, color);
    if (*slot >> 8 != color)
        *slot = color << 8 | nearest(gif, color);
    return (uint8_t)(*slot & 255);
}

enum { RUN = 16 }; /* pixels compared at once */

/* Whether a run has one colour and shows one entry, as in most of a region. */
static bool is_plain(const uint32_t *pixels, const uint8_t *shown) {
    uint32_t differ = 0;
    for (int i = 0; i < RUN; i++)
        differ |= pixels[i] ^ pixels[0];
    return (differ & 0xffffff) == 0 && memcmp(shown, shown + 1, RUN - 1) == 0;
}

/* What to write of a frame: SAME where the pixel shows its entry already. Each shows the entry nearest to its colour in
 * every frame, whatever there was before: what stayed as it was because it had changed but little would be seen as
 * streaks of earlier shades. */
static void find_changes(GifWriter *gif, size_t number) {
    const uint32_t *frame = gif->frame[number % KEPT].pixels;
    const uint32_t *before = number > 0 ? gif->frame[(number - 1) % KEPT].pixels : NULL;
    size_t pixels = (size_t)gif->width * (size_t)gif->height;
    gif->found[number % KEPT].delay = gif->frame[number % KEPT].delay;
    for (size_t first = 0, end; first < pixels; first = end) {
        uint8_t *changes = gif->found[number % KEPT].changes + first, *shown = gif->shown + first;
        end = first + RUN < pixels ? first + RUN : pixels;
        size_t count = end - first;
        if (before && memcmp(frame + first, before + first, count * sizeof *frame) == 0) {
            memset(changes, SAME, count);
            continue;
        }
        bool plain = count == RUN && is_plain(frame + first, shown);
        for (size_t i = 0; i < (plain ? 1 : count); i++) {
            uint8_t entry = entry_of(gif, frame[first + i] & 0xffffff);
            changes[i] = entry == shown[i] ? SAME : entry;
            shown[i] = entry;
        }
        if (plain) {
            memset(changes, changes[0], RUN);
            memset(shown, shown[0], RUN);
        }
    }
}

static void put_number(GifWriter *gif, int number) {
    const uint8_t bytes[] = {(uint8_t)(number & 255), (uint8_t)(number >> 8)};
    fwrite(bytes, 1, sizeof bytes, gif->file.stream);
}

/* Bits of an entry: at least 2, as LZW has it in a GIF. */
static int depth_of(const GifWriter *gif) {
    int depth = 2;
    while (gif->colors + 1 > 1 << depth)
        depth++;
    return depth;
}

/* The size, the palette, and that it loops for ever. */
static void put_head(GifWriter *gif) {
    int bits = gif->colors + 1 > 2 ? depth_of(gif) : 1;
    fputs("GIF89a", gif->file.stream);
    put_number(gif, gif->width);
    put_number(gif, gif->height);
    const uint8_t screen[] = {(uint8_t)(0x80 | (bits - 1)), 0, 0}; /* a palette of 2^bits; background; aspect */
    fwrite(screen, 1, sizeof screen, gif->file.stream);
    uint8_t palette[3 * (MOST_COLORS + 1)] = {0};
    for (int i = 0; i < gif->colors; i++) {
        palette[3 * (i + 1)] = (uint8_t)gif->red[i];
        palette[3 * (i + 1) + 1] = (uint8_t)gif->green[i];
        palette[3 * (i + 1) + 2] = (uint8_t)gif->blue[i];
    }
    fwrite(palette, 3, (size_t)1 << bits, gif->file.stream);
    static const char loop[] = "\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0"; /* and the byte that ends it */
    fwrite(loop, 1, sizeof loop, gif->file.stream);
}

typedef struct Window {
    int left, top, right, bottom; /* right and bottom are outside */
} Window;

static bool is_same(const uint8_t *row, int width) {
    return row[0] == SAME && memcmp(row, row + 1, (size_t)width - 1) == 0;
}

/* What has changed lies within; the first pixel where nothing has. */
static Window window_of(const GifWriter *gif, const uint8_t *changes) {
    size_t pitch = (size_t)gif->width;
    Window w = {gif->width, 0, 0, gif->height};
    while (w.top < w.bottom && is_same(changes + (size_t)w.top * pitch, gif->width))
        w.top++;
    if (w.top == w.bottom)
        return (Window){0, 0, 1, 1};
    while (is_same(changes + (size_t)(w.bottom - 1) * pitch, gif->width))
        w.bottom--;
    for (int y = w.top; y < w.bottom; y++) {
        const uint8_t *row = changes + (size_t)y * pitch;
        int left = 0, right = gif->width;
        while (left < w.left && row[left] == SAME)
            left++;
        while (right > w.right && row[right - 1] == SAME)
            right--;
        w.left = left;
        w.right = right;
    }
    return w;
}

/* Writes a frame: what has changed, over the frame before. False: an error stays in the stream. */
static bool encode(GifWriter *gif, size_t number) {
    FILE *stream = gif->file.stream;
    const uint8_t *changes = gif->found[number % KEPT].changes;
    Window w = number > 0 ? window_of(gif, changes) : (Window){0, 0, gif->width, gif->height};
    enum { STAYS = 1 << 2, TRANSPARENT = 1 };
    const uint8_t control[] = {0x21, 0xf9, 4, number > 0 ? STAYS | TRANSPARENT : STAYS};
    fwrite(control, 1, sizeof control, stream);
    put_number(gif, gif->found[number % KEPT].delay);
    const uint8_t image[] = {SAME, 0, 0x2c}; /* the transparent entry ends the control; a picture */
    fwrite(image, 1, sizeof image, stream);
    put_number(gif, w.left);
    put_number(gif, w.top);
    put_number(gif, w.right - w.left);
    put_number(gif, w.bottom - w.top);
    fputc(0, stream); /* the palette of all */
    size_t pitch = (size_t)gif->width;
    gif_lzw_write(&gif->lzw, stream, depth_of(gif), changes + (size_t)w.top * pitch + (size_t)w.left, pitch,
                  w.right - w.left, w.bottom - w.top);
    return ferror(stream) == 0;
}

/* Whether a stage may go on to its next frame: the stage before has done it, and its place, KEPT frames
 * later, is not that of one that the stage behind has still to do (finding looks at the frame before, too).
 */
static bool may_go_on(const GifWriter *gif, int stage) {
    size_t next = gif->done[stage];
    return (stage == STAGE_DRAWN || next < gif->done[stage - 1]) &&
           (stage == STAGE_ENCODED || next < gif->done[stage + 1] + KEPT - (stage == STAGE_DRAWN));
}

/* One stage, frame after frame, until no further one comes. */
static void run_stage(GifWriter *gif, int stage) {
    pthread_mutex_lock(&gif->lock);
    for (;;) {
        while (!may_go_on(gif, stage) && !(gif->ending && gif->done[stage] == gif->done[STAGE_DRAWN]))
            pthread_cond_wait(&gif->changed, &gif->lock);
        if (!may_go_on(gif, stage))
            break;
        size_t number = gif->done[stage];
        if (!gif->failed) {
            bool well = true;
            pthread_mutex_unlock(&gif->lock);
            if (stage == STAGE_FOUND)
                find_changes(gif, number);
            else
                well = encode(gif, number);
            pthread_mutex_lock(&gif->lock);
            gif->failed = gif->failed || !well;
        }
        gif->done[stage]++;
        pthread_cond_broadcast(&gif->changed);
    }
    pthread_mutex_unlock(&gif->lock);
}

static void *find_all(void *gif) {
    run_stage(gif, STAGE_FOUND);
    return NULL;
}

static void *encode_all(void *gif) {
    run_stage(gif, STAGE_ENCODED);
    return NULL;
}

static void end_stages(GifWriter *gif) {
    pthread_mutex_lock(&gif->lock);
    gif->ending = true;
    pthread_cond_broadcast(&gif->changed);
    pthread_mutex_unlock(&gif->lock);
}

/* Waits until the frames have passed all stages. */
static void finish_frames(GifWriter *gif) {
    end_stages(gif);
    for (int stage = STAGE_FOUND; stage < STAGES && gif->threaded; stage++)
        pthread_join(gif->thread[stage], NULL);
    gif->threaded = false;
}

/* Without threads the stages follow one another in gif_frame. */
static void start_threads(GifWriter *gif) {
    if (pthread_create(&gif->thread[STAGE_FOUND], NULL, find_all, gif) != 0)
        return;
    if (pthread_create(&gif->thread[STAGE_ENCODED], NULL, encode_all, gif) == 0) {
        gif->threaded = true;
        return;
    }
    end_stages(gif);
    pthread_join(gif->thread[STAGE_FOUND], NULL);
    gif->ending = false;
}

GifWriter *gif_begin(const char *path, bool replace, int width, int height, const uint32_t *colors, size_t count,
                     Status *status) {
    assert(count >= 1);
    if (width < 1 || height < 1 || width > UINT16_MAX || height > UINT16_MAX) {
        status_fail(status, STATUS_FAILED, "cannot write %s: a GIF has no room for %dx%d pixels", path, width, height);
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
    pthread_mutex_init(&gif->lock, NULL);
    pthread_cond_init(&gif->changed, NULL);
    gif->shown = calloc(pixels, 1);
    bool room = gif->shown;
    for (int i = 0; i < KEPT; i++) {
        gif->frame[i].pixels = large_pages_alloc(pixels * sizeof *gif->frame[i].pixels);
        gif->found[i].changes = malloc(pixels);
        room = room && gif->frame[i].pixels && gif->found[i].changes;
    }
    if (!room) {
        status_no_memory(status, "the animation");
        gif_abandon(gif);
        return NULL;
    }
    set_palette(gif, colors, count);
    *slot_of(gif, 0) = nearest(gif, 0);
    if (!file_begin(&gif->file, path, replace, status)) {
        gif_abandon(gif);
        return NULL;
    }
    put_head(gif);
    start_threads(gif);
    return gif;
}

bool gif_frame(GifWriter *gif, const uint32_t *pixels, size_t pitch, int centiseconds, Status *status) {
    assert(pitch >= (size_t)gif->width);
    assert(centiseconds >= 2 && centiseconds <= UINT16_MAX);
    pthread_mutex_lock(&gif->lock);
    while (!may_go_on(gif, STAGE_DRAWN))
        pthread_cond_wait(&gif->changed, &gif->lock);
    bool failed = gif->failed;
    size_t number = gif->done[STAGE_DRAWN];
    pthread_mutex_unlock(&gif->lock);
    if (failed)
        return file_commit(&gif->file, status); /* fails, with the reason and how many bytes were written */
    size_t width = (size_t)gif->width;
    uint32_t *frame = gif->frame[number % KEPT].pixels;
    for (size_t y = 0; y < (size_t)gif->height; y++)
        memcpy(frame + y * width, pixels + y * pitch, width * sizeof *frame);
    gif->frame[number % KEPT].delay = centiseconds;
    pthread_mutex_lock(&gif->lock);
    gif->done[STAGE_DRAWN]++;
    pthread_cond_broadcast(&gif->changed);
    pthread_mutex_unlock(&gif->lock);
    if (!gif->threaded) {
        find_changes(gif, number);
        gif->failed = !encode(gif, number);
        gif->done[STAGE_FOUND]++;
        gif->done[STAGE_ENCODED]++;
    }
    return true;
}

static void gif_free(GifWriter *gif) {
    free(gif->shown);
    for (int i = 0; i < KEPT; i++) {
        free(gif->frame[i].pixels);
        free(gif->found[i].changes);
    }
    pthread_cond_destroy(&gif->changed);
    pthread_mutex_destroy(&gif->lock);
    free(gif);
}

bool gif_commit(GifWriter *gif, Status *status) {
    finish_frames(gif);
    assert(gif->done[STAGE_DRAWN] > 0);
    fputc(0x3b, gif->file.stream); /* the end */
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
    gif->failed = true;
    pthread_mutex_unlock(&gif->lock);
    finish_frames(gif);
    file_abandon(&gif->file);
    gif_free(gif);
}
