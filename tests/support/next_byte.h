/* Which bytes of something packed a test changes, or cuts it at: all of the beginning, which has the settings and the
 * counts, and of the end; between them a stride that is prime to the size of every number, so that each of its bytes is
 * met. */
#ifndef EASYFIRST_NEXT_BYTE_H
#define EASYFIRST_NEXT_BYTE_H

#include <stddef.h>

static inline size_t next_byte(size_t i, size_t size) {
    return i < 600 || i + 200 > size ? i + 1 : i + 5;
}

#endif
