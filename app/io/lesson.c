#include "app/io/lesson.h"

#include "app/io/preset_folder.h"
#include "app/io/session_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ENDING ".log"

bool lesson_read(Recording *recording, const char *path, Status *status) {
    Session session;
    char doubt[1024]; /* lessons are whole: see lesson_list */
    bool done = session_read_file(&session, path, status) && session_recording(&session, recording, doubt, status);
    session_free(&session);
    return done;
}

/* A file's head. */
static bool load(Preset *lesson, const char *path, long *order, Status *status) {
    Recording r = {0};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    int length = (int)(strlen(name) - strlen(ENDING));
    if (length >= (int)sizeof lesson->name)
        return status_fail(status, STATUS_FAILED, "%s: the name is too long", path);
    if (!lesson_read(&r, path, status))
        return false;
    const LessonHead *head = &r.lesson;
    bool good = head->order > 0 && r.ends && r.notes > 0;
    *lesson = (Preset){.speed = head->speed, .group = PRESET_LESSON, .settings = r.settings};
    snprintf(lesson->name, sizeof lesson->name, "%.*s", length, name);
    snprintf(lesson->title, sizeof lesson->title, "%s", head->title);
    snprintf(lesson->watch, sizeof lesson->watch, "%s", head->watch);
    *order = head->order;
    recording_free(&r);
    return good || status_fail(status, STATUS_FAILED, "%s: this log is no whole lesson", path);
}

static const PresetKind KIND = {.lessons = true, .ending = ENDING, .load = load};

bool lesson_list(Preset **lessons, size_t *count, const char *folder, Status *status) {
    return preset_folder_list(&KIND, lessons, count, folder, status);
}

char *lesson_path(const char *name, const char *folder, Status *status) {
    char *path = preset_folder_path(&KIND, folder, name, status);
    if (!path || (name[0] && !strchr(name, '/') && access(path, F_OK) == 0))
        return path;
    preset_folder_unknown(&KIND, name, folder, NULL, status);
    free(path);
    return NULL;
}
