/* The parts of a path, and whether two of them lead to one file. */
#ifndef EASYFIRST_FILE_NAME_H
#define EASYFIRST_FILE_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

/* Length of the folder part of a path, with its slash; 0: it has none. */
static inline size_t file_folder_length(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* The rest of it: the file's name within its folder. NULL: NULL. */
static inline const char *file_base_name(const char *path) {
    return path ? path + file_folder_length(path) : NULL;
}

/* The folder part, malloc'd; ".": it has none. NULL without memory. */
static inline char *file_folder(const char *path) {
    size_t length = file_folder_length(path);
    return length > 0 ? strndup(path, length) : strdup(".");
}

static inline bool file_is_one(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

#endif
