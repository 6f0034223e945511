/* A window without a display: a run of 60 points, its log and its screen, and a folder for what it keeps. For tests of
 * the room window; include after window_private.h and cmocka.h. */
#ifndef EASYFIRST_WINDOW_SCENE_H
#define EASYFIRST_WINDOW_SCENE_H

#include "app/experiment/run_log.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[64];
static Window w;
static Cli cli;
static Status status;

static inline void open_window(void) {
    Settings s;
    settings_default(&s);
    s.samples = 60;
    w = (Window){.cli = &cli, .keeping.older_lock = -1, .log.descriptor = -1};
    if (!experiment_init(&w.experiment, &s, NULL, NULL, &status) ||
        !screen_init(&w.screen, FONT_DIR, 1280, 720, 1.0f, &THEME_LIGHT, &status) ||
        !(w.experiment.log = run_log_new(&w.experiment, &status)))
        fail_msg("%s", status.message);
}

static inline void close_window(void) {
    window_close_reading(&w);
    window_close_reopening(&w);
    window_close_keeping(&w);
    window_close_session(&w);
    recent_free(&w.recent);
    screen_free(&w.screen);
    RunLog *log = w.experiment.log;
    w.experiment.log = NULL;
    run_log_free(log);
    experiment_free(&w.experiment);
}

/* False if there is none. */
static inline bool make_folder(void) {
    snprintf(folder, sizeof folder, "/tmp/easyfirst-test-XXXXXX");
    return mkdtemp(folder) && setenv("XDG_STATE_HOME", folder, 1) == 0;
}

static inline bool remove_folder(void) {
    char command[128];
    snprintf(command, sizeof command, "/bin/rm -rf '%s'", folder);
    return system(command) == 0;
}

#endif
