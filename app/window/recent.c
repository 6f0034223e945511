#define _GNU_SOURCE /* getline */
#include "app/window/recent.h"

#include "app/base/file_open.h"
#include "app/base/file_write.h"
#include "app/window/remember.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 4096, LARGEST = 4 * RECENT_MOST * LONGEST }; /* bytes of a path, and of the file */

void recent_free(Recent *recent) {
    for (int i = 0; i < recent->count; i++)
        free(recent->path[i]);
    *recent = (Recent){0};
}

static void take_out(Recent *recent, const char *path) {
    int kept = 0;
    for (int i = 0; i < recent->count; i++)
        if (strcmp(recent->path[i], path) == 0)
            free(recent->path[i]);
        else
            recent->path[kept++] = recent->path[i];
    recent->count = kept;
}

static bool is_path(const char *path) {
    return path[0] == '/' && strlen(path) < LONGEST && !strchr(path, '\n');
}

static void read_lines(Recent *recent, FILE *file) {
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    for (int i = 0; i < 4 * RECENT_MOST && recent->count < RECENT_MOST; i++) {
        length = getline(&line, &capacity, file);
        if (length < 0 || length > LONGEST)
            break;
        line[strcspn(line, "\n")] = '\0';
        char *copy = is_path(line) ? strdup(line) : NULL;
        if (copy) {
            take_out(recent, copy);
            recent->path[recent->count++] = copy;
        }
    }
    free(line);
}

void recent_load(Recent *recent) {
    bool nowhere;
    char *path = remember_path("recent", &nowhere);
    uint64_t size = 0;
    const char *why;
    *recent = (Recent){0};
    FILE *file = path ? file_open(path, &size, &why) : NULL;
    if (file && size <= LARGEST)
        read_lines(recent, file);
    if (file)
        fclose(file);
    free(path);
}

static bool save(const Recent *recent, Status *status) {
    bool nowhere;
    char *path = remember_path("recent", &nowhere);
    if (!path)
        return nowhere || status_no_memory(status, "the recent files");
    FileWrite file;
    bool done = file_make_folders(path, status) && file_begin(&file, path, true, status);
    free(path);
    if (!done)
        return false;
    for (int i = 0; i < recent->count; i++)
        fprintf(file.stream, "%s\n", recent->path[i]);
    return file_commit(&file, status);
}

/* What other windows have added since; where nothing is written, *recent is all there is. */
static void read_again(Recent *recent) {
    Recent now;
    recent_load(&now);
    if (now.count > 0) {
        recent_free(recent);
        *recent = now;
    }
}

bool recent_add(Recent *recent, const char *path, Status *status) {
    char *copy = is_path(path) ? strdup(path) : NULL;
    if (!copy)
        return !is_path(path) || status_no_memory(status, "the recent files");
    read_again(recent);
    take_out(recent, copy);
    if (recent->count == RECENT_MOST)
        free(recent->path[--recent->count]);
    memmove(&recent->path[1], &recent->path[0], (size_t)recent->count * sizeof recent->path[0]);
    recent->path[0] = copy;
    recent->count++;
    return save(recent, status);
}

bool recent_drop(Recent *recent, const char *path, Status *status) {
    char *copy = strdup(path); /* it may be the list's own */
    if (!copy)
        return status_no_memory(status, "the recent files");
    read_again(recent);
    take_out(recent, copy);
    free(copy);
    return save(recent, status);
}
