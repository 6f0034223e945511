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

struct PngBytes {
    const uint32_t *pixels;
    int width, height, done; /* rows */
    Palette palette;
    png_structp png;
    png_infop info;
    uint8_t *row, *bytes;
    size_t size, room;
};

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

static void set_palette(const PngBytes *w) {
    const Palette *p = &w->palette;
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

static void fill_row(PngBytes *w) {
    const uint32_t *pixels = w->pixels + (size_t)w->done * (size_t)w->width;
    uint8_t *row = w->row;
    for (int x = 0; x < w->width; x++) {
        if (w->palette.count <= MOST_COLORS) {
            row[x] = (uint8_t)place_of(&w->palette, pixels[x]);
            continue;
        }
        *row++ = (uint8_t)(pixels[x] >> 16);
        *row++ = (uint8_t)(pixels[x] >> 8);
        *row++ = (uint8_t)pixels[x];
        if (!w->palette.opaque)
            *row++ = (uint8_t)(pixels[x] >> 24);
    }
}

static bool write_header(PngBytes *w) {
    bool few = w->palette.count <= MOST_COLORS;
    int type = few ? PNG_COLOR_TYPE_PALETTE : w->palette.opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA;
    if (setjmp(png_jmpbuf(w->png)))
        return false;
    png_set_write_fn(w->png, w, take_bytes, flush_bytes);
    png_set_IHDR(w->png, w->info, (png_uint_32)w->width, (png_uint_32)w->height, 8, type, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (few)
        set_palette(w);
    png_write_info(w->png, w->info);
    return true;
}

PngBytes *png_bytes_begin(const uint32_t *pixels, int width, int height, Status *status) {
    PngBytes *w = calloc(1, sizeof *w);
    if (w) {
        w->pixels = pixels;
        w->width = width;
        w->height = height;
        w->row = malloc(4 * (size_t)width);
        w->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
        w->info = w->png ? png_create_info_struct(w->png) : NULL;
        find_colors(&w->palette, pixels, (size_t)width * (size_t)height);
    }
    if (w && w->row && w->info && write_header(w))
        return w;
    png_bytes_free(w);
    status_no_memory(status, "a picture");
    return NULL;
}

/* Up to, not with, row `end`. */
static bool write_rows(PngBytes *w, const int end) {
    if (setjmp(png_jmpbuf(w->png)))
        return false;
    for (; w->done < end; w->done++) {
        fill_row(w);
        png_write_row(w->png, w->row);
    }
    if (w->done == w->height)
        png_write_end(w->png, w->info);
    return true;
}

bool png_bytes_rows(PngBytes *w, int rows, int *left, Status *status) {
    *left = w->height - w->done;
    if (!write_rows(w, w->done + (rows < *left ? rows : *left)))
        return status_no_memory(status, "a picture");
    *left = w->height - w->done;
    return true;
}

const uint8_t *png_bytes_of(const PngBytes *w, size_t *size) {
    *size = w->size;
    return w->bytes;
}

void png_bytes_free(PngBytes *w) {
    if (!w)
        return;
    if (w->png)
        png_destroy_write_struct(&w->png, &w->info);
    free(w->row);
    free(w->bytes);
    free(w);
}
