/* Not all libraries say that there was no memory (HarfBuzz gives fewer letters, FreeType a broken file); the allocator
 * does, in errno. Between memory_watch and memory_failed, in one thread: whether an allocation failed. */
#ifndef EASYFIRST_MEMORY_WATCH_H
#define EASYFIRST_MEMORY_WATCH_H

#include <stdbool.h>

/* For memory_failed. */
int memory_watch(void);

/* If not, errno is what it was before, so that watches can lie within each other. */
bool memory_failed(int before);

#endif
