/* Not all libraries say that there was no memory (HarfBuzz gives fewer letters, FreeType a broken file); the allocator
 * does, in errno. Between memory_watch and memory_failed, in one thread: whether an allocation failed. */
#ifndef EASYFIRST_MEMORY_WATCH_H
#define EASYFIRST_MEMORY_WATCH_H

#include <errno.h>
#include <stdbool.h>

/* For memory_failed. */
static inline int memory_watch(void) {
    int before = errno;
    errno = 0;
    return before;
}

/* If not, errno is what it was before, so that watches can lie within each other. */
static inline bool memory_failed(int before) {
    bool failed = errno == ENOMEM;
    if (!failed)
        errno = before;
    return failed;
}

#endif
