/* A shell script that takes the place of a program, found before all others. */
#ifndef EASYFIRST_STAND_IN_PROGRAM_H
#define EASYFIRST_STAND_IN_PROGRAM_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char stand_in_folder[] = "/tmp/easyfirst-bin-XXXXXX", stand_in_path[64];
static char *stand_in_search; /* PATH as it was */

static void stand_in(const char *program, const char *script) {
    char *search = getenv("PATH");
    memcpy(stand_in_folder + sizeof stand_in_folder - 7, "XXXXXX", 6);
    if (!mkdtemp(stand_in_folder) || !(stand_in_search = strdup(search)))
        abort();
    snprintf(stand_in_path, sizeof stand_in_path, "%s/%s", stand_in_folder, program);
    FILE *file = fopen(stand_in_path, "w");
    if (!file)
        abort();
    fprintf(file, "#!/bin/sh\n%s\n", script);
    fclose(file);
    chmod(stand_in_path, 0755);
    size_t size = strlen(search) + sizeof stand_in_folder + 1;
    char *both = malloc(size);
    if (!both)
        abort();
    snprintf(both, size, "%s:%s", stand_in_folder, search);
    setenv("PATH", both, 1);
    free(both);
}

/* It is there, and does not start. */
static inline void stand_in_broken(const char *program) {
    stand_in(program, "");
    FILE *file = fopen(stand_in_path, "w");
    if (!file)
        abort();
    fclose(file);
}

static void stand_in_no_more(void) {
    setenv("PATH", stand_in_search, 1);
    free(stand_in_search);
    unlink(stand_in_path);
    rmdir(stand_in_folder);
}

#endif
