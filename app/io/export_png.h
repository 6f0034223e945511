/* A canvas as a PNG file (png_writer.h), through file_write. */
#ifndef EASYFIRST_EXPORT_PNG_H
#define EASYFIRST_EXPORT_PNG_H

#include "app/draw/canvas.h"

bool export_png(const char *path, bool replace, const Canvas *canvas, Status *status);

#endif
