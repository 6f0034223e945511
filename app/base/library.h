/* Libraries that are loaded when they are wanted. */
#ifndef EASYFIRST_LIBRARY_H
#define EASYFIRST_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* What is used of a library, and where its address goes. */
typedef struct LibraryName {
    const char *name;
    size_t place; /* in the struct that takes the addresses */
} LibraryName;

/* False: the library (dlopen's, or NULL) lacks one of them. */
bool library_look_up(void *library, const LibraryName *names, size_t count, void *to);

#endif
