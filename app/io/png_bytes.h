/* A picture as the bytes of a PNG, to stand within another file. */
#ifndef EASYFIRST_PNG_BYTES_H
#define EASYFIRST_PNG_BYTES_H

#include "core/status.h"

#include <stddef.h>
#include <stdint.h>

/* width * height pixels 0xAARRGGBB, not premultiplied. With a palette if they have few colours, and with an alpha if
 * one of them is not opaque. *bytes is to be freed. */
bool png_bytes(const uint32_t *pixels, int width, int height, uint8_t **bytes, size_t *size, Status *status);

#endif
