#define _GNU_SOURCE /* madvise */
#include "core/large_pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

void *large_pages_alloc(size_t bytes) {
    const size_t page = (size_t)2 << 20;
    if (bytes < page / 2 || bytes > SIZE_MAX - page)
        return malloc(bytes);
    size_t whole = (bytes + page - 1) / page * page;
    void *memory = aligned_alloc(page, whole);
#ifdef MADV_HUGEPAGE
    if (memory)
        madvise(memory, whole, MADV_HUGEPAGE); /* it may fail */
#endif
    return memory;
}
