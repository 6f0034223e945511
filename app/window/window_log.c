/* The log: --record writes what is done as it is done, --replay does it again. */
#include "app/window/window_private.h"

#include "app/base/clock.h"
#include "app/base/language.h"
#include "app/base/terminal.h"
#include "app/experiment/run_log.h"
#include "app/io/session_file.h"

#include <stdio.h>

static const double INTERVAL = 2.0; /* seconds; what was done since is lost if the program is killed */

bool window_open_log(Window *w, Status *status) {
    w->log.descriptor = -1;
    if (w->cli->record && !log_file_create(&w->log, w->cli->record, w->cli->force, status)) {
        Status exists = *status;
        return status_fail(status, STATUS_FAILED,
                           exists.code == STATUS_EXISTS ? N_("--record: %.900s (--force replaces it)")
                                                        : N_("--record: %.900s"),
                           exists.message);
    }
    w->experiment.log = run_log_new(&w->experiment, status);
    return w->experiment.log && (!w->cli->record || log_file_append(&w->log, w->experiment.log, status));
}

void window_follow_log(Window *w) {
    RunLog *log = w->experiment.log;
    double now = clock_seconds();
    if (now < w->log_at)
        return;
    Status status = {0};
    if (w->log.descriptor >= 0) {
        run_log_seal(log, &w->experiment, false);
        if (!log_file_append(&w->log, log, &status))
            window_say(w, status.message);
    }
    if (run_log_failed(log) && !w->log_failed) {
        w->log_failed = true;
        window_say(w, tr("Not enough memory for the log: what is done from now on cannot be saved or repeated."));
    }
    w->log_at = now + INTERVAL;
}

/* What is left goes to the file, and that is its end. */
static bool end_file(Window *w, Status *status) {
    RunLog *log = w->experiment.log;
    bool done = true;
    if (log && w->log.descriptor >= 0) {
        run_log_seal(log, &w->experiment, true);
        w->log.error = 0;
        done = log_file_append(&w->log, log, status);
    }
    return log_file_close(&w->log, status) && done;
}

void window_change_log(Window *w, RunLog *log) {
    Status status = {0};
    RunLog *old = w->experiment.log;
    char text[1024];
    if (old && w->log.descriptor >= 0 && run_log_deeds(old) > 0) {
        snprintf(text, sizeof text, tr("%.900s ends here: another session was opened."), w->log.path);
        window_say(w, end_file(w, &status) ? text : status.message);
    }
    w->experiment.log = log;
    w->log_failed = false;
    run_log_free(old);
    if (log && w->log.descriptor >= 0 && !log_file_begin_anew(&w->log, log, &status))
        window_say(w, status.message);
}

void window_close_log(Window *w) {
    Status status = {0};
    if (!end_file(w, &status)) /* the last try is for the terminal */
        terminal_say(status.message);
    RunLog *log = w->experiment.log;
    w->experiment.log = NULL;
    run_log_free(log);
}

bool window_open_replay(Window *w, Status *status) {
    char text[1024];
    Session session;
    if (!session_open(&session, &w->recording, w->cli->replay, w->cli->skip_bad, status))
        return false;
    session_free(&session);
    if (!tape_begin(&w->tape, &w->experiment, &w->recording, status))
        return false;
    w->experiment.source.preset = window_lesson_title(w);
    if (w->recording.lesson.order > 0)
        return true;
    snprintf(text, sizeof text, tr("Replaying %.900s; with a change of yours the run is yours."), w->cli->replay);
    window_say(w, text);
    return true;
}
