/* A picture as the bytes of a PNG, to stand within another file; made in pieces that each take little time. */
#ifndef EASYFIRST_PNG_BYTES_H
#define EASYFIRST_PNG_BYTES_H

#include "core/status.h"

#include <stddef.h>
#include <stdint.h>

typedef struct PngBytes PngBytes;

/* Of width * height pixels 0xAARRGGBB, not premultiplied, which have to stay. With a palette if they have few colours,
 * and with an alpha if one of them is not opaque. NULL and *status on failure. */
PngBytes *png_bytes_begin(const uint32_t *pixels, int width, int height, Status *status);
/* Packs so many of the rows that are left, in *left. */
bool png_bytes_rows(PngBytes *png, int rows, int *left, Status *status);
/* What has been packed, once no rows are left. */
const uint8_t *png_bytes_of(const PngBytes *png, size_t *size);
void png_bytes_free(PngBytes *png); /* NULL is fine */

#endif
