/* A folder of the test's own under the temporary folder, with one file in it: define SCRATCH_FILE, the file's name, and
 * give set_up and tear_down to cmocka. */
#ifndef EASYFIRST_SCRATCH_H
#define EASYFIRST_SCRATCH_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];
static char path[128];

static int set_up(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/easyfirst-test-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/" SCRATCH_FILE, folder);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    unlink(path);
    return rmdir(folder);
}

/* How many are in it; -1: it is not there. */
static inline int files_in_folder(void) {
    DIR *directory = opendir(folder);
    if (!directory)
        return -1;
    int files = 0;
    for (struct dirent *entry; (entry = readdir(directory));)
        files += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(directory);
    return files;
}

#endif
