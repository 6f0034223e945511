#define _GNU_SOURCE /* asprintf */
#include "app/io/preset_folder.h"

#include "app/base/language.h"
#include "app/base/memory_watch.h"
#include "app/base/terminal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *preset_folder_path(const PresetKind *kind, const char *folder, const char *name, Status *status) {
    char *path;
    if (asprintf(&path, "%s/%s%s", folder, name, kind->ending) >= 0)
        return path;
    status_no_memory(status, "a path");
    return NULL;
}

/* The length of a file's name without the ending; 0: it is none of the kind. */
static size_t name_length(const PresetKind *kind, const char *file) {
    size_t length = strlen(file), ending = strlen(kind->ending);
    bool is = file[0] != '.' && length > ending && strcmp(file + length - ending, kind->ending) == 0;
    return is ? length - ending : 0;
}

/* Names without the ending, in alphabetical order. */
typedef struct Names {
    char **names;
    size_t count;
} Names;

static void free_names(Names *names) {
    for (size_t i = 0; i < names->count; i++)
        free(names->names[i]);
    free(names->names);
}

/* False and errno if the folder cannot be read. */
static bool read_names(const PresetKind *kind, Names *names, const char *folder) {
    struct dirent **entries;
    int all = scandir(folder, &entries, NULL, alphasort);
    *names = (Names){0};
    if (all < 0)
        return false;
    names->names = calloc((size_t)all + 1, sizeof *names->names);
    bool memory = names->names != NULL;
    for (int i = 0; i < all; i++) {
        size_t length = name_length(kind, entries[i]->d_name);
        char *name = memory && length > 0 ? strndup(entries[i]->d_name, length) : NULL;
        memory = memory && (length == 0 || name);
        if (name)
            names->names[names->count++] = name;
        free(entries[i]);
    }
    free(entries);
    if (!memory) {
        free_names(names);
        errno = ENOMEM;
    }
    return memory;
}

typedef struct Placed {
    Preset preset;
    long order;
} Placed;

static int compare(const void *a, const void *b) {
    const Placed *first = a, *second = b;
    if (first->preset.group != second->preset.group)
        return first->preset.group < second->preset.group ? -1 : 1;
    if (first->order != second->order)
        return first->order < second->order ? -1 : 1;
    return strcmp(first->preset.name, second->preset.name);
}

/* Loads what can be loaded; false without memory. */
static bool load_all(const PresetKind *kind, Placed *placed, size_t *count, const Names *names, const char *folder,
                     Status *status) {
    for (size_t i = 0; i < names->count; i++) {
        Status broken;
        char *path = preset_folder_path(kind, folder, names->names[i], status);
        if (!path)
            return false;
        int before = memory_watch();
        bool loaded = kind->load(&placed[*count].preset, path, &placed[*count].order, &broken);
        if (!loaded && memory_failed(before)) { /* it may be whole */
            free(path);
            return status_no_memory(status, kind->lessons ? N_("the lessons") : N_("the presets"));
        }
        if (loaded)
            (*count)++;
        else
            terminal_print(
                stderr, kind->lessons ? tr("easyfirst: lesson left out: %s\n") : tr("easyfirst: preset left out: %s\n"),
                broken.message);
        free(path);
    }
    return true;
}

bool preset_folder_list(const PresetKind *kind, Preset **presets, size_t *count, const char *folder, Status *status) {
    Names names;
    *presets = NULL;
    *count = 0;
    if (!read_names(kind, &names, folder))
        return status_fail(status, STATUS_FAILED,
                           kind->lessons ? N_("cannot read the folder of lessons %s: %s")
                                         : N_("cannot read the folder of presets %s: %s"),
                           folder, tr_error(errno));
    Placed *placed = calloc(names.count + 1, sizeof *placed);
    Preset *list = calloc(names.count + 1, sizeof *list);
    bool done = placed && list ? load_all(kind, placed, count, &names, folder, status)
                               : status_no_memory(status, kind->lessons ? N_("the lessons") : N_("the presets"));
    free_names(&names);
    if (done) {
        qsort(placed, *count, sizeof *placed, compare);
        for (size_t i = 0; i < *count; i++)
            list[i] = placed[i].preset;
        *presets = list;
    } else {
        *count = 0;
        free(list);
    }
    free(placed);
    return done;
}

/* Appends the names of the folder's as far as there is room; false and errno if it cannot be read. */
static bool add_names(const PresetKind *kind, char known[512], const char *folder) {
    Names names;
    if (!read_names(kind, &names, folder))
        return false;
    for (size_t i = 0; i < names.count; i++) {
        size_t used = strlen(known);
        snprintf(known + used, 512 - used, "%s%s", used > 0 ? ", " : "", names.names[i]);
    }
    free_names(&names);
    return true;
}

bool preset_folder_unknown(const PresetKind *kind, const char *name, const char *folder, const char *own,
                           Status *status) {
    char known[512] = "";
    int before = memory_watch();
    bool read = add_names(kind, known, folder);
    if (read && own)
        add_names(kind, known, own);
    if (memory_failed(before))
        return status_no_memory(status, kind->lessons ? N_("the lessons") : N_("the presets"));
    if (!read)
        return status_fail(status, STATUS_FAILED,
                           kind->lessons ? N_("no lesson '%.60s': cannot read the folder %s: %s")
                                         : N_("no preset '%.60s': cannot read the folder %s: %s"),
                           name, folder, tr_error(errno));
    return status_fail(status, STATUS_USAGE,
                       kind->lessons ? N_("no lesson '%.60s'; there are: %s") : N_("no preset '%.60s'; there are: %s"),
                       name, known[0] != '\0' ? known : tr("none"));
}
