/* Names in a folder, for a path that is being typed. */
#ifndef EASYFIRST_PATH_LIST_H
#define EASYFIRST_PATH_LIST_H

#include "core/status.h"

#include <stddef.h>

#define PATH_LIST_MOST 20000 /* names; a folder's further ones are left out */

typedef struct PathEntry {
    char *name; /* owned */
    bool folder;
} PathEntry;

typedef struct PathList { /* a zeroed one is empty */
    char *folder;         /* that it is of, as given; NULL: none yet. Owned */
    PathEntry *entries;   /* folders first, each part by name regardless of case; owned */
    size_t count;
    size_t *match; /* the entries that begin with what was asked for last, in their order; owned */
    size_t matches;
} PathList;

/* What people write for a path: ~ and ~/... stand for HOME. malloc'd; NULL without memory. */
char *path_expand(const char *typed);
/* The reverse, for people to read: a path in HOME begins with ~. malloc'd; NULL without memory. */
char *path_shown(const char *path);

/* Reads the names in the folder ("": the current one) that `typed` is in, unless it is the same as last time, and finds
 * those that begin with its last part: as written or, if there are none, regardless of case. Hidden ones only where
 * that begins with a dot. If the folder cannot be read the list is empty, and the message says why. */
bool path_list_follow(PathList *list, const char *typed, Status *status);
/* Makes it read the folder again next time. */
void path_list_forget(PathList *list);
void path_list_free(PathList *list);

/* `typed` with as much added as all matches have in common; for a single folder a slash, too. malloc'd; NULL without
 * memory. */
char *path_list_complete(const PathList *list, const char *typed);
/* `typed` with its last part replaced by the name of a match (with a slash for a folder). malloc'd likewise. */
char *path_list_take(const PathList *list, const char *typed, size_t match);

/* Whether there is a folder at the path; ~ stands for HOME. */
bool path_is_folder(const char *typed);

#endif
