/* Bytes in the log as base64 (RFC 4648), for arrays that would take too many lines. Numbers in them are little-endian,
 * as they are in memory on every machine that this is built for. */
#ifndef EASYFIRST_LOG_PACKED_H
#define EASYFIRST_LOG_PACKED_H

#include "app/experiment/log_text.h"

#define LOG_PACKED_FROM 4096  /* points from which on they are packed */
#define LOG_PACKED_BYTES 3072 /* in a line of a block; the last one has what is left */

/* Characters that so many bytes take. */
static inline size_t log_packed_length(size_t bytes) {
    return (bytes + 2) / 3 * 4;
}

void log_put_packed(LogText *text, const void *bytes, size_t size);

/* Reads exactly so many bytes; false, with nothing promised about them, if it is not what log_put_packed writes. */
bool log_take_packed(const char **c, void *bytes, size_t size);

/* An array of a block, wherever its lines end. */
typedef struct PackedPart {
    void *bytes;
    size_t size;
} PackedPart;

/* Arrays, one behind the other, as lines that begin with LOG_PACKED. */
void log_put_packed_lines(LogText *text, const PackedPart *parts, int count);

/* Reads them from that many lines, those that the parts' sizes make. On failure *used is the wrong line's index. */
bool log_take_packed_lines(const PackedPart *parts, int count, char *const *lines, size_t line_count, size_t *used);

size_t log_packed_lines(size_t bytes);

#endif
