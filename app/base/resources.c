#include "app/base/resources.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef EASYFIRST_SHARE /* from the program's folder, or absolute */
#define EASYFIRST_SHARE "../share/easyfirst"
#endif
#ifndef EASYFIRST_LOCALE
#define EASYFIRST_LOCALE "../share/locale"
#endif

enum { COUNT = 2 }; /* of places: of the build, and once installed */

static char *find(const char *const places[COUNT], const char *name, Status *status) {
    char executable[PATH_MAX], paths[COUNT][2 * PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", executable, sizeof executable - 1);
    if (length < 0) {
        status_fail(status, STATUS_FAILED, "cannot find the program's own folder (/proc/self/exe)");
        return NULL;
    }
    executable[length] = '\0';
    const char *folder = dirname(executable);
    for (int i = 0; i < COUNT; i++) {
        bool absolute = places[i][0] == '/';
        struct stat info;
        snprintf(paths[i], sizeof paths[i], "%s%s%s/%s", absolute ? "" : folder, absolute ? "" : "/", places[i], name);
        if (stat(paths[i], &info) == 0 && S_ISDIR(info.st_mode)) {
            char *found = realpath(paths[i], NULL);
            if (!found)
                status_fail(status, STATUS_FAILED, "%s: %s", paths[i], status_text(strerror(errno)));
            return found;
        }
    }
    status_fail(status, STATUS_FAILED, "the program's %s are missing: looked in %s and %s", name, paths[0], paths[1]);
    return NULL;
}

char *resource_path(const char *name, Status *status) {
    static const char *const PLACES[COUNT] = {"share", EASYFIRST_SHARE};
    return find(PLACES, name, status);
}

char *resource_catalogs(Status *status) {
    static const char *const PLACES[COUNT] = {"locale", EASYFIRST_LOCALE};
    return find(PLACES, ".", status);
}
