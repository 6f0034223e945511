#include "export_png.h"
#include "file_write.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

/* The canvas without its alpha, which is 255 everywhere: R, G, B bytes, whatever the machine's byte order. */
static uint8_t *rgb_of(const Canvas *canvas) {
    const size_t count = (size_t)canvas->width * (size_t)canvas->height; /* at most CANVAS_MAX_SIDE squared */
    if (count > SIZE_MAX / 3) {
        return NULL;
    }
    uint8_t *rgb = malloc(3 * count);
    if (rgb != NULL) {
        for (size_t i = 0; i < count; i++) {
            const uint32_t pixel = canvas->pixels[i];
            rgb[3 * i] = (uint8_t)(pixel >> 16);
            rgb[3 * i + 1] = (uint8_t)(pixel >> 8);
            rgb[3 * i + 2] = (uint8_t)pixel;
        }
    }
    return rgb;
}

bool export_png(const char *path, bool replace, const Canvas *canvas, Status *status) {
    if (canvas->width < 1 || canvas->height < 1) {
        return status_fail(status, STATUS_FAILED, "cannot write %s: the picture is empty", path);
    }
    FileWrite file;
    if (!file_begin(&file, path, replace, status)) {
        return false;
    }
    uint8_t *rgb = rgb_of(canvas);
    if (rgb == NULL) {
        file_abandon(&file);
        return status_no_memory(status, "the picture");
    }
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = (png_uint_32)canvas->width;
    image.height = (png_uint_32)canvas->height;
    image.format = PNG_FORMAT_RGB;
    const int written = png_image_write_to_stdio(&image, file.stream, 0, rgb, 0, NULL);
    png_image_free(&image);
    free(rgb);
    if (!written && !ferror(file.stream)) { /* a failed write is told by the commit, which knows the reason */
        status_fail(status, STATUS_FAILED, "cannot write %s: %s", path, image.message);
        file_abandon(&file);
        return false;
    }
    return file_commit(&file, status);
}
