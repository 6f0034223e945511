#define _GNU_SOURCE /* asprintf */
#include "app/io/path_list.h"

#include "app/base/file_write.h"
#include "app/base/language.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static char *joined(const char *a, size_t a_length, const char *b, const char *c) {
    char *text = NULL;
    return asprintf(&text, "%.*s%s%s", (int)a_length, a, b, c) < 0 ? NULL : text;
}

static const char *home(void) {
    const char *folder = getenv("HOME");
    return folder && folder[0] == '/' ? folder : NULL;
}

char *path_expand(const char *typed) {
    bool short_form = typed[0] == '~' && (typed[1] == '\0' || typed[1] == '/');
    return short_form && home() ? joined(home(), strlen(home()), typed + 1, "") : strdup(typed);
}

char *path_shown(const char *path) {
    size_t length = home() ? strlen(home()) : 0;
    bool inside = length > 1 && strncmp(path, home(), length) == 0 && (path[length] == '/' || path[length] == '\0');
    return inside ? joined("~", 1, path + length, "") : strdup(path);
}

bool path_is_folder(const char *typed) {
    struct stat info;
    char *path = path_expand(typed);
    bool is = path && stat(path[0] ? path : ".", &info) == 0 && S_ISDIR(info.st_mode);
    free(path);
    return is;
}

void path_list_forget(PathList *list) {
    for (size_t i = 0; i < list->count; i++)
        free(list->entries[i].name);
    free(list->entries);
    free(list->folder);
    free(list->match);
    *list = (PathList){0};
}

void path_list_free(PathList *list) {
    path_list_forget(list);
}

static int by_name(const void *a, const void *b) {
    const PathEntry *x = a, *y = b;
    if (x->folder != y->folder)
        return x->folder ? -1 : 1;
    int order = strcasecmp(x->name, y->name);
    return order != 0 ? order : strcmp(x->name, y->name);
}

static bool is_folder(const char *folder, const struct dirent *entry) {
    if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
        return entry->d_type == DT_DIR;
    struct stat info;
    char *path = joined(folder, strlen(folder), "/", entry->d_name);
    bool is = path && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
    free(path);
    return is;
}

static bool add(PathList *list, size_t *capacity, const char *folder, const struct dirent *entry) {
    if (list->count == *capacity) {
        size_t more = *capacity ? 2 * *capacity : 64;
        PathEntry *entries = realloc(list->entries, more * sizeof *entries);
        if (!entries)
            return false;
        list->entries = entries;
        *capacity = more;
    }
    char *name = strdup(entry->d_name);
    if (name)
        list->entries[list->count++] = (PathEntry){name, is_folder(folder, entry)};
    return name != NULL;
}

/* path: of the folder, expanded. */
static bool read_folder(PathList *list, const char *path, Status *status) {
    size_t capacity = 0;
    bool memory = true;
    const char *folder = path[0] ? path : ".";
    DIR *stream = opendir(folder);
    if (!stream)
        return status_fail(status, STATUS_FAILED, "%s: %s", folder, tr_error(errno));
    const struct dirent *entry;
    while (memory && list->count < PATH_LIST_MOST && (entry = readdir(stream)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            memory = add(list, &capacity, folder, entry);
    closedir(stream);
    list->match = memory ? calloc(list->count + 1, sizeof *list->match) : NULL;
    if (!list->match)
        return status_no_memory(status, "the names in a folder");
    if (list->count > 0)
        qsort(list->entries, list->count, sizeof *list->entries, by_name);
    return true;
}

static void find_matches(PathList *list, const char *last, int (*compare)(const char *, const char *, size_t)) {
    list->matches = 0;
    for (size_t i = 0; i < list->count; i++) {
        const char *name = list->entries[i].name;
        if (compare(name, last, strlen(last)) == 0 && (name[0] != '.' || last[0] == '.'))
            list->match[list->matches++] = i;
    }
}

/* The folder that is typed, as it is to be read. malloc'd. */
static char *folder_of(const char *typed) {
    char *folder = strndup(typed, file_folder_length(typed)), *path = folder ? path_expand(folder) : NULL;
    free(folder);
    return path;
}

bool path_list_follow(PathList *list, const char *typed, Status *status) {
    char *folder = folder_of(typed);
    if (!folder)
        return status_no_memory(status, "the names in a folder");
    if (!list->folder || strcmp(list->folder, folder) != 0) {
        path_list_forget(list);
        if (!read_folder(list, folder, status)) {
            path_list_forget(list);
            free(folder);
            return false;
        }
        list->folder = folder;
    } else {
        free(folder);
    }
    const char *last = typed + file_folder_length(typed);
    find_matches(list, last, strncmp);
    if (list->matches == 0)
        find_matches(list, last, strncasecmp);
    return true;
}

static bool utf8_inside(char c) {
    return ((unsigned char)c & 0xc0) == 0x80;
}

char *path_list_take(const PathList *list, const char *typed, size_t match) {
    const PathEntry *entry = &list->entries[list->match[match]];
    return joined(typed, file_folder_length(typed), entry->name, entry->folder ? "/" : "");
}

char *path_list_complete(const PathList *list, const char *typed) {
    size_t folder = file_folder_length(typed), common = strlen(typed + folder);
    if (strcmp(typed, "~") == 0)
        return strdup("~/");
    if (list->matches == 1)
        return path_list_take(list, typed, 0);
    if (list->matches == 0)
        return strdup(typed);
    const char *first = list->entries[list->match[0]].name;
    common = strlen(first);
    for (size_t i = 1; i < list->matches; i++) {
        const char *name = list->entries[list->match[i]].name;
        size_t same = 0;
        while (same < common && name[same] == first[same])
            same++;
        common = same;
    }
    while (common > 0 && utf8_inside(first[common]))
        common--;
    if (common < strlen(typed + folder)) /* they differ in case */
        return strdup(typed);
    char *text = NULL;
    return asprintf(&text, "%.*s%.*s", (int)folder, typed, (int)common, first) < 0 ? NULL : text;
}
