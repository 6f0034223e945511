#include "app/io/png_writer.h"

#include "app/base/file_write.h"
#include "app/base/language.h"

#include <assert.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

struct PngWriter {
    FileWrite file;
    png_structp png;
    png_infop info;
    int width, rows_left;
    uint8_t *row;      /* R, G, B bytes */
    char message[128]; /* what libpng says */
};

static void on_error(png_structp png, png_const_charp message) {
    PngWriter *w = png_get_error_ptr(png);
    snprintf(w->message, sizeof w->message, "%s", message);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
    PngWriter *w = png_get_io_ptr(png);
    if (fwrite(bytes, 1, count, w->file.stream) != count)
        png_error(png, "write error");
}

static void flush_bytes(png_structp png) {
    (void)png; /* the commit flushes */
}

static bool failed(PngWriter *w, Status *status) {
    if (w->file.stream && ferror(w->file.stream))
        return file_commit(&w->file, status); /* fails, with the reason and how many bytes were written */
    return status_fail(status, STATUS_FAILED, "cannot write %s: %s", w->file.path ? w->file.path : tr("the picture"),
                       w->message);
}

static bool write_header(PngWriter *w, int height, Status *status) {
    if (setjmp(png_jmpbuf(w->png)))
        return failed(w, status);
    png_set_write_fn(w->png, w, write_bytes, flush_bytes);
    png_set_IHDR(w->png, w->info, (png_uint_32)w->width, (png_uint_32)height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB_gAMA_and_cHRM(w->png, w->info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_write_info(w->png, w->info);
    return true;
}

PngWriter *png_begin(const char *path, bool replace, int width, int height, Status *status) {
    if (width < 1 || height < 1) {
        status_fail(status, STATUS_FAILED, "cannot write %s: the picture is empty", path);
        return NULL;
    }
    PngWriter *w = calloc(1, sizeof *w);
    if (!w) {
        status_no_memory(status, "the picture");
        return NULL;
    }
    w->width = width;
    w->rows_left = height;
    w->row = malloc(3 * (size_t)width);
    w->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, w, on_error, on_warning);
    w->info = w->png ? png_create_info_struct(w->png) : NULL;
    bool begun = w->row && w->info;
    if (!begun)
        status_no_memory(status, "the picture");
    if (!begun || !file_begin(&w->file, path, replace, status) || !write_header(w, height, status)) {
        png_abandon(w);
        return NULL;
    }
    return w;
}

bool png_row(PngWriter *w, const uint32_t *pixels, Status *status) {
    assert(w->rows_left > 0);
    for (int i = 0; i < w->width; i++) {
        w->row[3 * i] = (uint8_t)(pixels[i] >> 16);
        w->row[3 * i + 1] = (uint8_t)(pixels[i] >> 8);
        w->row[3 * i + 2] = (uint8_t)pixels[i];
    }
    if (setjmp(png_jmpbuf(w->png)))
        return failed(w, status);
    png_write_row(w->png, w->row);
    w->rows_left--;
    return true;
}

static bool write_end(PngWriter *w, Status *status) {
    if (setjmp(png_jmpbuf(w->png)))
        return failed(w, status);
    png_write_end(w->png, w->info);
    return true;
}

bool png_commit(PngWriter *w, Status *status) {
    assert(w->rows_left == 0);
    bool committed = write_end(w, status) && file_commit(&w->file, status);
    png_abandon(w); /* nothing is left of a file that has been committed */
    return committed;
}

void png_abandon(PngWriter *w) {
    if (!w)
        return;
    if (w->png)
        png_destroy_write_struct(&w->png, &w->info);
    file_abandon(&w->file);
    free(w->row);
    free(w);
}

bool png_save(const char *path, bool replace, const uint32_t *pixels, int width, int height, size_t pitch,
              Status *status) {
    PngWriter *png = png_begin(path, replace, width, height, status);
    if (!png)
        return false;
    for (size_t y = 0; y < (size_t)height; y++)
        if (!png_row(png, pixels + y * pitch, status)) {
            png_abandon(png);
            return false;
        }
    return png_commit(png, status);
}
