/* The log: --record writes what is done as it is done, --replay does it again. */
#include "app/window/window_private.h"

#include "app/base/clock.h"
#include "app/experiment/run_log.h"

#include <stdio.h>

static const double INTERVAL = 2.0; /* seconds; what was done since is lost if the program is killed */

bool window_open_log(Window *w, Status *status) {
    w->log.descriptor = -1;
    if (!w->cli->record)
        return true;
    if (!log_file_create(&w->log, w->cli->record, w->cli->force, status)) {
        Status exists = *status;
        return status_fail(status, STATUS_FAILED, "--record: %.900s%s", exists.message,
                           exists.code == STATUS_EXISTS ? " (--force replaces it)" : "");
    }
    w->experiment.log = run_log_new(&w->experiment, status);
    return w->experiment.log && log_file_append(&w->log, w->experiment.log, status);
}

void window_follow_log(Window *w) {
    RunLog *log = w->experiment.log;
    double now = log ? clock_seconds() : 0.0;
    if (!log || now < w->log_at)
        return;
    Status status = {0};
    bool failed = run_log_failed(log);
    run_log_seal(log, &w->experiment, false);
    if (!log_file_append(&w->log, log, &status))
        window_say(w, status.message);
    else if (!failed && run_log_failed(log))
        window_say(w, "Not enough memory for the log: it ends here.");
    w->log_at = now + INTERVAL;
}

void window_close_log(Window *w) {
    RunLog *log = w->experiment.log;
    Status status = {0};
    if (log) {
        run_log_seal(log, &w->experiment, true);
        w->log.failed = false; /* the last try is for the terminal */
        if (!log_file_append(&w->log, log, &status) || !log_file_close(&w->log, &status))
            fprintf(stderr, "easyfirst: %s\n", status.message);
    }
    w->experiment.log = NULL;
    run_log_free(log);
    log_file_close(&w->log, &status);
}

bool window_open_replay(Window *w, Status *status) {
    char text[1024];
    if (!log_file_open(&w->recording, w->cli->replay, w->cli->skip_bad, status) ||
        !tape_begin(&w->tape, &w->experiment, &w->recording, status))
        return false;
    w->experiment.source.preset = window_lesson_title(w);
    if (w->recording.lesson.order > 0)
        return true;
    snprintf(text, sizeof text, "Replaying %.900s; with a change of yours the run is yours.", w->cli->replay);
    window_say(w, text);
    return true;
}
