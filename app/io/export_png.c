#include "app/io/export_png.h"

#include "app/io/png_writer.h"

bool export_png(const char *path, bool replace, const Canvas *canvas, Status *status) {
    if (canvas->width < 1 || canvas->height < 1)
        return status_fail(status, STATUS_FAILED, "cannot write %s: the picture is empty", path);
    PngWriter *png = png_begin(path, replace, canvas->width, canvas->height, status);
    if (!png)
        return false;
    for (int y = 0; y < canvas->height; y++)
        if (!png_row(png, canvas->pixels + (size_t)y * (size_t)canvas->width, status)) {
            png_abandon(png);
            return false;
        }
    return png_commit(png, status);
}
