/* A folder of the test's own that hands work in: what they find there, and nothing of the person's. */
#ifndef EASYFIRST_HAND_FOLDER_H
#define EASYFIRST_HAND_FOLDER_H

#include "tests/hands/hands.h"
#include "tests/hands/material.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* False if there is none; then it is the current folder. */
static inline bool enter_hand_folder(void) {
    char folder[] = "/tmp/easyfirst-hands-XXXXXX";
    signal(SIGPIPE, SIG_IGN);
    if (!mkdtemp(folder))
        return false;
    hands_settle(folder);
    material_make();
    return true;
}

static inline bool leave_hand_folder(void) {
    char command[4200], folder[4096];
    if (!getcwd(folder, sizeof folder) || chdir("/") != 0)
        return false;
    snprintf(command, sizeof command, "/bin/rm -rf '%s'", folder);
    return system(command) == 0;
}

#endif
