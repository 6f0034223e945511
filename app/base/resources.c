#include "app/base/resources.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

char *resource_path(const char *name, Status *status) {
    static const char *const places[] = {"share", "../share/easyfirst"};
    char executable[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", executable, sizeof executable - 1);
    if (length < 0) {
        status_fail(status, STATUS_FAILED, "cannot find the program's own folder (/proc/self/exe)");
        return NULL;
    }
    executable[length] = '\0';
    const char *folder = dirname(executable);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char path[PATH_MAX + 64];
        struct stat info;
        if (snprintf(path, sizeof path, "%s/%s/%s", folder, places[i], name) >= (int)sizeof path)
            continue;
        if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
            char *found = realpath(path, NULL);
            if (!found)
                status_no_memory(status, "a path");
            return found;
        }
    }
    status_fail(status, STATUS_FAILED,
                "the program's %s are missing: looked in %s/share/%s and %s/../share/easyfirst/%s", name, folder, name,
                folder, name);
    return NULL;
}
