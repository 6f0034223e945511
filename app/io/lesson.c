#define _GNU_SOURCE /* asprintf */
#include "app/io/lesson.h"

#include "app/io/session_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char ENDING[] = ".log";

static int is_lesson(const struct dirent *entry) {
    size_t length = strlen(entry->d_name), ending = sizeof ENDING - 1;
    return length > ending && length - ending < sizeof((Preset *)NULL)->name &&
           strcmp(entry->d_name + length - ending, ENDING) == 0;
}

/* NULL without memory. */
static char *path_of(const char *folder, const char *name, const char *ending) {
    char *path;
    return asprintf(&path, "%s/%s%s", folder, name, ending) < 0 ? NULL : path;
}

bool lesson_read(Recording *recording, const char *path, Status *status) {
    Session session;
    char doubt[1024]; /* lessons are whole: see lesson_list */
    bool done = session_read(&session, path, status) && session_recording(&session, recording, doubt, status);
    session_free(&session);
    return done;
}

/* A file's head. *order: its place. */
static bool load(Preset *lesson, int *order, const char *path, const char *name, Status *status) {
    Recording r = {0};
    if (!lesson_read(&r, path, status))
        return false;
    const LessonHead *head = &r.lesson;
    bool good = head->order > 0 && r.ends && r.notes > 0;
    *lesson = (Preset){.speed = head->speed, .group = PRESET_LESSON, .settings = r.settings};
    snprintf(lesson->name, sizeof lesson->name, "%.*s", (int)(strlen(name) - strlen(ENDING)), name);
    snprintf(lesson->title, sizeof lesson->title, "%s", head->title);
    snprintf(lesson->watch, sizeof lesson->watch, "%s", head->watch);
    *order = head->order;
    recording_free(&r);
    return good || status_fail(status, STATUS_FAILED, "%s: this log is no whole lesson", path);
}

typedef struct Placed {
    Preset lesson;
    int order;
} Placed;

static int compare(const void *a, const void *b) {
    return ((const Placed *)a)->order - ((const Placed *)b)->order;
}

bool lesson_list(Preset **lessons, size_t *count, const char *folder, Status *status) {
    struct dirent **entries;
    int entry_count = scandir(folder, &entries, is_lesson, alphasort);
    *lessons = NULL;
    *count = 0;
    if (entry_count < 0)
        return status_fail(status, STATUS_FAILED, "cannot read the folder of lessons %s: %s", folder, strerror(errno));
    Placed *placed = calloc((size_t)entry_count + 1, sizeof *placed);
    for (int i = 0; i < entry_count; i++) {
        Status broken = {0};
        char *path = placed ? path_of(folder, entries[i]->d_name, "") : NULL;
        if (path && load(&placed[*count].lesson, &placed[*count].order, path, entries[i]->d_name, &broken))
            (*count)++;
        else if (path)
            fprintf(stderr, "easyfirst: lesson left out: %s\n", broken.message);
        free(path);
        free(entries[i]);
    }
    free(entries);
    *lessons = calloc(*count + 1, sizeof **lessons);
    if (placed && *lessons)
        qsort(placed, *count, sizeof *placed, compare);
    for (size_t i = 0; placed && *lessons && i < *count; i++)
        (*lessons)[i] = placed[i].lesson;
    bool done = placed && *lessons;
    free(placed);
    return done || status_no_memory(status, "the lessons");
}

static bool fail_unknown(const char *name, const char *folder, Status *status) {
    Preset *lessons;
    size_t count;
    char known[512] = "";
    if (!lesson_list(&lessons, &count, folder, status))
        return false;
    for (size_t i = 0, used = 0; i < count; i++, used = strlen(known))
        snprintf(known + used, sizeof known - used, "%s%s", i > 0 ? ", " : "", lessons[i].name);
    free(lessons);
    return status_fail(status, STATUS_USAGE, "no lesson '%.60s'; there are: %s", name, known[0] ? known : "none");
}

char *lesson_path(const char *name, const char *folder, Status *status) {
    char *path = path_of(folder, name, ENDING);
    if (!path)
        status_no_memory(status, "a path");
    else if (name[0] && !strchr(name, '/') && access(path, F_OK) == 0)
        return path;
    else
        fail_unknown(name, folder, status);
    free(path);
    return NULL;
}
