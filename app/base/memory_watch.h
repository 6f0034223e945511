/* Not all libraries say that there was no memory (HarfBuzz gives fewer letters, FreeType a broken file); the allocator
 * does, in errno. Between memory_watch and memory_failed, in one thread: whether an allocation failed. */
#ifndef EASYFIRST_MEMORY_WATCH_H
#define EASYFIRST_MEMORY_WATCH_H

#include <stdbool.h>

/* For memory_failed. */
int memory_watch(void);

/* If not, errno is what it was before, so that watches can lie within each other. */
bool memory_failed(int before);

/* Whether there are some MB to be had: some libraries (fontconfig, pixman, hb-subset) crash where they get no memory,
 * and are not asked when there is less than they are going to need. If not, errno is ENOMEM. */
bool memory_enough(void);

/* The first thread's stack grows as it is used, and where the address space is full (ulimit -v) it can't, which is a
 * crash: it grows here, once, as far as is ever needed. Takes room alone, no memory. */
void memory_grow_stack(void);

#endif
