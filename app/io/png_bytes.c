#include "app/io/png_bytes.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#define MOST_COLORS 256
#define SLOTS 1024 /* a power of two */

/* ---- the colours, if they are few ---- */

typedef struct Palette {
    uint32_t colors[MOST_COLORS];
    int count;        /* MOST_COLORS + 1: too many */
    int slots[SLOTS]; /* 1 + a colour's place; 0: free */
    bool opaque;
} Palette;

/* The colour's place, added if it is new; -1: there is no more room. */
static int place_of(Palette *p, uint32_t color) {
    uint32_t slot = color * 2654435761u >> 22;
    for (; p->slots[slot]; slot = (slot + 1) & (SLOTS - 1))
        if (p->colors[p->slots[slot] - 1] == color)
            return p->slots[slot] - 1;
    if (p->count == MOST_COLORS)
        return -1;
    p->colors[p->count] = color;
    p->slots[slot] = ++p->count;
    return p->count - 1;
}

static void find_colors(Palette *p, const uint32_t *pixels, size_t count) {
    *p = (Palette){.opaque = true};
    bool few = true;
    for (size_t i = 0; i < count; i++) {
        p->opaque = p->opaque && pixels[i] >> 24 == 255;
        few = few && place_of(p, pixels[i]) >= 0;
    }
    if (!few)
        p->count = MOST_COLORS + 1;
}

/* ---- libpng ---- */

typedef struct PngBytes {
    png_structp png;
    png_infop info;
    uint8_t *row, *bytes;
    size_t size, room;
} PngBytes;

static void on_error(png_structp png, png_const_charp message) {
    (void)message; /* nothing but memory can be missing */
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void take_bytes(png_structp png, png_bytep bytes, size_t count) {
    PngBytes *w = png_get_io_ptr(png);
    if (w->size + count > w->room) {
        size_t room = 2 * (w->size + count) + 4096;
        uint8_t *larger = realloc(w->bytes, room);
        if (!larger)
            png_error(png, "no memory");
        w->bytes = larger;
        w->room = room;
    }
    memcpy(w->bytes + w->size, bytes, count);
    w->size += count;
}

static void flush_bytes(png_structp png) {
    (void)png;
}

static void set_palette(const PngBytes *w, const Palette *p) {
    png_color colors[MOST_COLORS];
    png_byte alphas[MOST_COLORS];
    for (int i = 0; i < p->count; i++) {
        uint32_t color = p->colors[i];
        colors[i] = (png_color){(png_byte)(color >> 16), (png_byte)(color >> 8), (png_byte)color};
        alphas[i] = (png_byte)(color >> 24);
    }
    png_set_PLTE(w->png, w->info, colors, p->count);
    if (!p->opaque)
        png_set_tRNS(w->png, w->info, alphas, p->count, NULL);
}

static void fill_row(uint8_t *row, const uint32_t *pixels, int width, Palette *p) {
    if (p->count <= MOST_COLORS) {
        for (int x = 0; x < width; x++)
            row[x] = (uint8_t)place_of(p, pixels[x]);
        return;
    }
    for (int x = 0; x < width; x++) {
        *row++ = (uint8_t)(pixels[x] >> 16);
        *row++ = (uint8_t)(pixels[x] >> 8);
        *row++ = (uint8_t)pixels[x];
        if (!p->opaque)
            *row++ = (uint8_t)(pixels[x] >> 24);
    }
}

static bool write_all(PngBytes *w, const uint32_t *pixels, int width, int height, Palette *p) {
    int type = p->count <= MOST_COLORS ? PNG_COLOR_TYPE_PALETTE
               : p->opaque             ? PNG_COLOR_TYPE_RGB
                                       : PNG_COLOR_TYPE_RGB_ALPHA;
    if (setjmp(png_jmpbuf(w->png)))
        return false;
    png_set_write_fn(w->png, w, take_bytes, flush_bytes);
    png_set_IHDR(w->png, w->info, (png_uint_32)width, (png_uint_32)height, 8, type, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (type == PNG_COLOR_TYPE_PALETTE)
        set_palette(w, p);
    png_write_info(w->png, w->info);
    for (int y = 0; y < height; y++) {
        fill_row(w->row, pixels + (size_t)y * (size_t)width, width, p);
        png_write_row(w->png, w->row);
    }
    png_write_end(w->png, w->info);
    return true;
}

bool png_bytes(const uint32_t *pixels, int width, int height, uint8_t **bytes, size_t *size, Status *status) {
    Palette palette;
    find_colors(&palette, pixels, (size_t)width * (size_t)height);
    PngBytes w = {.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning)};
    w.info = w.png ? png_create_info_struct(w.png) : NULL;
    w.row = malloc(4 * (size_t)width);
    bool done = w.info && w.row && write_all(&w, pixels, width, height, &palette);
    if (w.png)
        png_destroy_write_struct(&w.png, &w.info);
    free(w.row);
    if (!done) {
        free(w.bytes);
        return status_no_memory(status, "a picture");
    }
    *bytes = w.bytes;
    *size = w.size;
    return true;
}
