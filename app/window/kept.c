#include "app/window/kept.h"

#include "app/base/file_write.h"
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/io/session_file.h"
#include "app/io/session_pen.h"
#include "app/window/remember.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char LAST[] = ".last" SESSION_ENDING;

/* The folder with a slash at its end; NULL: there is none. */
static char *folder_of(bool *nowhere) {
    return remember_path("sessions/", nowhere);
}

static char *joined(const char *a, const char *b) {
    size_t size = strlen(a) + strlen(b) + 1;
    char *text = malloc(size);
    if (text)
        snprintf(text, size, "%s%s", a, b);
    return text;
}

static bool ends_with(const char *name, const char *ending) {
    size_t length = strlen(name), end = strlen(ending);
    return length > end && strcmp(name + length - end, ending) == 0;
}

/* ---- the list ---- */

static void tell(Kept *kept) {
    Session session;
    Status status = {0};
    kept->damaged = !session_read_view(&session, kept->path, &status);
    if (!kept->damaged) {
        if (session.view)
            view_record_facts(session.view, session.view_size, &kept->facts);
        session_free(&session);
    }
    if (!kept->facts.title[0])
        snprintf(kept->facts.title, sizeof kept->facts.title, N_("A session"));
}

static void add(KeptList *list, const char *folder, const char *name) {
    struct stat info;
    char *path = joined(folder, name);
    Kept *items = path ? realloc(list->items, (size_t)(list->count + 1) * sizeof *items) : NULL;
    list->items = items ? items : list->items;
    if (items && stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 && !session_pen_writes(path)) {
        items[list->count++] =
            (Kept){.path = path, .at = info.st_mtime, .bytes = (uint64_t)info.st_size, .last = ends_with(name, LAST)};
        return;
    }
    free(path);
}

static void free_item(Kept *kept) {
    free(kept->path);
    view_record_free(&kept->facts);
}

void kept_free(KeptList *list) {
    for (int i = 0; i < list->count; i++)
        free_item(&list->items[i]);
    free(list->items);
    *list = (KeptList){0};
}

static void take_out(KeptList *list, int item) {
    free_item(&list->items[item]);
    list->count--;
    memmove(&list->items[item], &list->items[item + 1], (size_t)(list->count - item) * sizeof *list->items);
}

bool kept_discard(KeptList *list, int item, Status *status) {
    const char *path = list->items[item].path;
    if (session_pen_writes(path))
        return status_fail(status, STATUS_FAILED, "Another window has this session.");
    if (unlink(path) != 0 && errno != ENOENT)
        return status_fail(status, STATUS_FAILED, "cannot remove %s: %s", path, tr_error(errno));
    take_out(list, item);
    return true;
}

/* Those of which a later one has all. */
static void drop_contained(KeptList *list) {
    Status status;
    for (int i = 0; i < list->count; i++)
        for (int k = list->count - 1; list->items[i].facts.after[0] && k >= 0; k--) {
            const char *path = list->items[k].path;
            if (k != i && strcmp(path + file_folder_length(path), list->items[i].facts.after) == 0) {
                kept_discard(list, k, &status);
                i -= k < i;
            }
        }
}

static int newer(const void *a, const void *b) {
    const Kept *x = a, *y = b;
    if (x->damaged != y->damaged)
        return x->damaged - y->damaged;
    return x->at != y->at ? (x->at < y->at) - (x->at > y->at) : strcmp(y->path, x->path);
}

void kept_load(KeptList *list) {
    bool nowhere;
    char *folder = folder_of(&nowhere);
    DIR *all = folder ? opendir(folder) : NULL;
    *list = (KeptList){0};
    for (struct dirent *entry; all && (entry = readdir(all)) != NULL;)
        if (session_is_file(entry->d_name))
            add(list, folder, entry->d_name);
    if (all)
        closedir(all);
    free(folder);
    for (int i = 0; i < list->count; i++)
        tell(&list->items[i]);
    drop_contained(list);
    if (list->count > 1)
        qsort(list->items, (size_t)list->count, sizeof *list->items, newer);
}

/* ---- its bound ---- */

/* By another ending of its name; false if that fails. */
static bool mark(Kept *kept, bool last) {
    size_t stem = strlen(kept->path) - strlen(kept->last ? LAST : SESSION_ENDING);
    char *path = malloc(stem + sizeof LAST);
    if (path)
        snprintf(path, stem + sizeof LAST, "%.*s%s", (int)stem, kept->path, last ? LAST : SESSION_ENDING);
    if (!path || rename(kept->path, path) != 0) {
        free(path);
        return false;
    }
    free(kept->path);
    kept->path = path;
    kept->last = last;
    return true;
}

/* What stays, in the list's order: how many, and the bytes of the small ones and of the large ones so far. */
typedef struct Room {
    int count;
    uint64_t bytes;
} Room;

static Room whole_room(const KeptList *list) {
    Room room = {0};
    for (int i = 0, small = 0; i < list->count; i++)
        if (list->items[i].bytes <= KEPT_SMALL && small++ < KEPT_MOST)
            room.bytes += list->items[i].bytes;
    return room;
}

/* Whether there is room for that one, which is then taken. */
static bool fits(Room *room, const Kept *kept) {
    bool small = kept->bytes <= KEPT_SMALL;
    if (room->count > 0 && (room->count >= KEPT_MOST || (!small && room->bytes + kept->bytes > KEPT_BYTES)))
        return false;
    room->count++;
    room->bytes += small ? 0 : kept->bytes;
    return true;
}

/* Those that were marked and are still beyond go; what has room again is as the others. */
static void drop_marked(KeptList *list) {
    Status status;
    Room room = whole_room(list);
    for (int i = 0; i < list->count; i++) {
        Kept *kept = &list->items[i];
        bool beyond = !fits(&room, kept);
        if (kept->last && beyond && kept_discard(list, i, &status)) {
            i--;
            continue;
        }
        if (kept->last && !beyond)
            mark(kept, false);
    }
}

void kept_bound(KeptList *list, char text[512]) {
    int beyond = 0;
    text[0] = '\0';
    drop_marked(list);
    Room room = whole_room(list);
    for (int i = 0; i < list->count; i++) {
        Kept *kept = &list->items[i];
        if (fits(&room, kept) || !mark(kept, true))
            continue;
        beyond++;
        char when[64];
        kept_when(kept->at, time(NULL), when);
        snprintf(
            text, 512,
            tr("Too many unsaved sessions: '%.100s' of %s goes at the next start. File, Unsaved sessions opens it."),
            tr(kept->facts.title), when);
    }
    if (beyond > 1)
        snprintf(
            text, 512,
            tr("Too many unsaved sessions: the %d oldest go at the next start. File, Unsaved sessions opens them."),
            beyond);
}

/* ---- names ---- */

char *kept_new_path(bool *nowhere, Status *status) {
    char *folder = folder_of(nowhere), *path = NULL;
    char name[80], when[32];
    time_t now = time(NULL);
    struct tm local;
    strftime(when, sizeof when, "%Y-%m-%d-%H%M%S", localtime_r(&now, &local));
    for (int i = 1; folder && i < 100; i++) {
        snprintf(name, sizeof name, "%s-%d-%d" SESSION_ENDING, when, (int)getpid(), i);
        free(path);
        path = joined(folder, name);
        if (!path || access(path, F_OK) != 0)
            break;
    }
    free(folder);
    if (path && file_make_folders(path, status))
        return path;
    if (!path && !*nowhere)
        status_no_memory(status, "the session that is kept");
    free(path);
    return NULL;
}

bool kept_is(const char *path) {
    bool nowhere;
    char *folder = folder_of(&nowhere), *whole = folder ? realpath(folder, NULL) : NULL;
    size_t length = whole ? strlen(whole) : 0;
    bool is = length > 0 && strncmp(path, whole, length) == 0 && path[length] == '/' && !strchr(path + length + 1, '/');
    free(folder);
    free(whole);
    return is;
}

static const char *const MONTHS[] = {N_("January"),   N_("February"), N_("March"),    N_("April"),
                                     N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                     N_("September"), N_("October"),  N_("November"), N_("December")};

void kept_when(time_t at, time_t now, char text[64]) {
    double seconds = difftime(now, at);
    struct tm then, today;
    localtime_r(&at, &then);
    localtime_r(&now, &today);
    int minutes = (int)(seconds / 60.0);
    if (seconds < 60.0)
        snprintf(text, 64, tr("a moment ago"));
    else if (minutes < 60)
        snprintf(text, 64, trn("%d minute ago", "%d minutes ago", (size_t)minutes), minutes);
    else if (then.tm_year == today.tm_year && then.tm_yday == today.tm_yday)
        snprintf(text, 64, tr("today %02d:%02d"), then.tm_hour, then.tm_min);
    else if (then.tm_year == today.tm_year)
        /* TRANSLATORS: day, month, hour, minute: "3 March 14:05" */
        snprintf(text, 64, tr("%d %s %02d:%02d"), then.tm_mday, tr(MONTHS[then.tm_mon]), then.tm_hour, then.tm_min);
    else
        /* TRANSLATORS: day, month, year: "3 March 2024" */
        snprintf(text, 64, tr("%d %s %d"), then.tm_mday, tr(MONTHS[then.tm_mon]), then.tm_year + 1900);
}

void kept_words(const Kept *kept, time_t now, char text[256]) {
    char when[64], steps[32], epochs[32];
    kept_when(kept->at, now, when);
    format_count(kept->facts.steps, steps);
    format_count(kept->facts.stands, epochs);
    snprintf(text, 256, trn("%.100s, %s: epoch %s, %s step", "%.100s, %s: epoch %s, %s steps", kept->facts.steps),
             tr(kept->facts.title), when, epochs, steps);
}
