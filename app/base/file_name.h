/* The parts of a path. */
#ifndef EASYFIRST_FILE_NAME_H
#define EASYFIRST_FILE_NAME_H

#include <stddef.h>
#include <string.h>

/* Length of the folder part of a path, with its slash; 0: it has none. */
static inline size_t file_folder_length(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* The rest of it: the file's name within its folder. NULL: NULL. */
static inline const char *file_base_name(const char *path) {
    return path ? path + file_folder_length(path) : NULL;
}

#endif
