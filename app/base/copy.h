/* Copies on the heap. */
#ifndef EASYFIRST_COPY_H
#define EASYFIRST_COPY_H

#include <stdlib.h>
#include <string.h>

/* count items of that size, malloc'd even if there are none; NULL without memory. */
static inline void *copy_of(const void *items, size_t count, size_t size) {
    void *copy = calloc(count ? count : 1, size);
    if (copy && count)
        memcpy(copy, items, count * size);
    return copy;
}

#endif
