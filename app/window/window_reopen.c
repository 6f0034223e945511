/* How a session is opened: its log is played into a run of its own while the one that is there stands still, and then
 * takes its place. */
#include "app/window/window_private.h"

#include "app/base/clock.h"
#include "app/base/file_write.h"
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/experiment/checkpoint.h"
#include "app/experiment/run_log.h"
#include "app/io/path_list.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Seconds: what is opened in less is there at once, without a picture between; when that is first guessed; between two
 * pictures. */
static const double AT_ONCE = 2.0, GUESS = 0.3, SLICE = 0.03;

struct Reopening {
    char *path;
    bool kept; /* the window's folder has it: it is nobody's file */
    int lock;  /* descriptor of that, or -1 */
    struct stat stamp;
    Session session;
    Recording recording;
    Tape tape;
    Experiment experiment;
    double total; /* epochs that are trained in all */
    double began; /* seconds, when */
    bool shown;   /* how far it is */
    bool checked; /* it began at a checkpoint */
    bool misfit;  /* the one that there was is of no use here */
    char doubt[1024];
};

static void free_reopening(Reopening *r) {
    if (!r)
        return;
    RunLog *log = r->experiment.log;
    r->experiment.log = NULL;
    r->experiment.tape = NULL;
    run_log_free(log);
    if (r->experiment.trainer)
        experiment_free(&r->experiment);
    tape_free(&r->tape);
    recording_free(&r->recording);
    session_free(&r->session);
    if (r->lock >= 0)
        close(r->lock);
    free(r->path);
    free(r);
}

/* Epochs from one place in the log to the next, where it goes on. */
static double count_epochs(const Recording *recording, size_t first, uint32_t from) {
    double total = 0.0;
    unsigned long long before = from, epoch;
    for (size_t i = first; i < recording->count; i++) {
        if (sscanf(recording->lines[i], "epoch %llu batch", &epoch) != 1)
            continue;
        if (epoch > before)
            total += (double)(epoch - before);
        before = epoch;
    }
    return total;
}

static bool lock_kept(Reopening *r, Status *status) {
    r->lock = open(r->path, O_RDWR | O_CLOEXEC);
    if (r->lock < 0)
        return errno == ENOENT
                   ? status_fail(status, STATUS_FAILED, "%s: it is no longer there: another window has it", r->path)
                   : status_fail(status, STATUS_FAILED, "%s: %s", r->path, tr_error(errno));
    return flock(r->lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK ||
           status_fail(status, STATUS_FAILED, "Another window has this session.");
}

/* Where the run stands at a checkpoint of these kernels, with what follows in the log on tape. */
static bool begin_at_checkpoint(Reopening *r) {
    const Session *s = &r->session;
    Status status;
    if (!s->checkpoint)
        return false;
    r->misfit = true;
    if (!checkpoint_read(&r->experiment, s->checkpoint, s->checkpoint_size, &status))
        return false;
    r->checked = strcmp(s->checkpoint_kernels, trainer_kernels(r->experiment.trainer)) == 0 &&
                 tape_go_on(&r->tape, &r->experiment, &r->recording, s->checkpoint_at, &status);
    r->misfit = !r->checked;
    if (!r->checked)
        experiment_free(&r->experiment);
    return r->checked;
}

/* The same from the beginning, with a log of what is played. */
static bool begin_at_start(Reopening *r, Status *status) {
    if (!tape_begin(&r->tape, &r->experiment, &r->recording, status))
        return false;
    r->experiment.log = run_log_new(&r->experiment, status);
    return r->experiment.log != NULL;
}

/* Once more without the checkpoint, if there was one: from there no log goes on. */
static bool play_from_start(Reopening *r) {
    Status status;
    if (!r->checked)
        return false;
    r->experiment.tape = NULL;
    experiment_free(&r->experiment);
    tape_free(&r->tape);
    r->checked = false;
    r->misfit = true;
    if (!begin_at_start(r, &status))
        return false;
    r->total = count_epochs(&r->recording, r->tape.line, 0);
    return true;
}

static Reopening *begin(const char *path, Status *status) {
    Reopening *r = calloc(1, sizeof *r);
    if (!r || !(r->path = strdup(path))) {
        free(r);
        status_no_memory(status, "the session");
        return NULL;
    }
    r->lock = -1;
    r->kept = kept_is(path);
    r->began = clock_seconds();
    bool done = (!r->kept || lock_kept(r, status)) && session_read_file(&r->session, path, status) &&
                session_recording(&r->session, &r->recording, r->doubt, status) &&
                (begin_at_checkpoint(r) || begin_at_start(r, status));
    if (done && stat(path, &r->stamp) == 0) {
        r->total = count_epochs(&r->recording, r->tape.line, r->experiment.trainer->epoch);
        return r;
    }
    free_reopening(r);
    return NULL;
}

/* ---- the end ---- */

/* The log that was read goes on; where it cannot (other kernels round otherwise), the one of what was played. */
static RunLog *log_of(Reopening *r) {
    Status status;
    Experiment *e = &r->experiment;
    RunLog *played = e->log, *log = run_log_go_on(e, r->session.log, r->recording.sound, &status);
    e->log = NULL;
    if (!log)
        return played;
    run_log_free(played);
    return log;
}

/* The preset that has these settings, or -1. */
static int preset_of(const Window *w, const Experiment *e) {
    if (e->source.points.count > 0 || e->source.edited)
        return -1;
    for (size_t i = 0; i < w->preset_count; i++)
        if (preset_is(&w->presets[i], &e->trainer->settings))
            return (int)i;
    return -1;
}

/* The window's run is the one that was played. What is drawn from either is told apart by its versions. */
static void change_run(Window *w, Reopening *r, RunLog *log) {
    Experiment *now = &r->experiment, *old = &w->experiment;
    now->tape = old->tape = NULL;
    now->notice[0] = '\0';
    now->mode = MODE_PAUSED;
    now->look = -1;
    now->speed = old->speed;
    now->version += old->version + 1;
    now->data_version += old->data_version + 1;
    now->run_version += old->run_version + 1;
    now->on_epoch = old->on_epoch;
    now->on_restart = old->on_restart;
    now->user = old->user;
    now->source.preset = preset_of(w, now);
    now->source.reading = 0; /* numbers of the window that made the checkpoint */
    for (int i = 0; i < now->branches.count; i++) {
        now->branches.items[i]->source.preset = -1;
        now->branches.items[i]->source.reading = 0;
    }
    w->session.trained = clock_seconds() - r->began + (r->checked ? CHECKED_RUN : 0.0);
    window_change_log(w, NULL);
    experiment_free(old);
    *old = *now;
    *now = (Experiment){.log = NULL};
    window_change_log(w, log);
    tape_free(&w->tape);
    recording_free(&w->recording);
    w->tape = (Tape){.recording = NULL};
    w->recording = (Recording){.name = NULL};
    w->lesson[0] = '\0';
    uint32_t gestures = run_log_gestures(old);
    w->gesture = gestures > w->gesture ? gestures : w->gesture;
}

static struct stat stamp_of(const ViewFacts *facts) {
    struct stat stamp = {.st_ino = (ino_t)facts->stamp[0], .st_size = (off_t)facts->stamp[1]};
    stamp.st_mtim = (struct timespec){(time_t)facts->stamp[2], (long)facts->stamp[3]};
    return stamp;
}

/* Whether what was played is all that was done, to the last bit. */
static bool is_exact(const Reopening *r) {
    return !r->tape.failed && r->tape.parted == 0;
}

/* Where it is saved: not in a file of which something would be lost. */
static void change_session(Window *w, Reopening *r, ViewFacts *facts) {
    OpenSession *s = &w->session;
    Keeping *k = &w->keeping;
    Status status = {0};
    bool whole = is_exact(r) && (r->kept || !r->doubt[0]);
    if (!window_is_unsaved(w) || s->drop)
        window_keep_no_more(w);
    else if (!window_keep_last(w, &status)) /* it was opened without a question: what was kept stays */
        window_say(w, status.message);
    free(s->path);
    SessionSource source = r->session.source;
    r->session.source = (SessionSource){0};
    window_note_source(w, &source);
    char **from = r->kept ? &facts->file : &r->path;
    s->path = whole ? *from : NULL;
    *from = whole ? NULL : *from;
    s->stamp = r->kept ? stamp_of(facts) : r->stamp;
    s->drop = false;
    if (r->kept && whole) { /* else it stays, for whoever can play it */
        k->older = r->path;
        k->older_lock = r->lock;
        r->path = NULL;
        r->lock = -1;
        k->at = 0.0;
    }
}

static void say_opened(Window *w, const Reopening *r, const char *complaint) {
    if (r->doubt[0])
        window_say(w, r->doubt);
    else if (complaint[0])
        window_say(w, complaint);
    else if (r->misfit)
        window_say(w, tr("The session was played from its beginning: its checkpoint does not fit here."));
    if (!r->doubt[0] && !complaint[0])
        window_sum_source(w, w->session.source.path, true);
}

static void finish(Window *w, RunLog *log) {
    Reopening *r = w->reopening;
    ViewFacts facts;
    char complaint[1024];
    const Session *session = &r->session;
    w->notice_until = 0.0;
    view_record_facts(session->view ? session->view : "", session->view_size, &facts);
    tape_complaint(&r->tape, &r->experiment, complaint);
    if (r->tape.failed && !r->doubt[0])
        snprintf(r->doubt, sizeof r->doubt, "%s", complaint);
    if (!r->kept && !r->doubt[0])
        window_note_recent(w, r->path);
    change_session(w, r, &facts);
    change_run(w, r, log);
    window_note_format(w, &facts.format);
    window_mark_saved(w, !r->kept ? 0 : facts.steps > 0 ? facts.steps : 1);
    window_follow_source(w);
    snprintf(w->own_watch, sizeof w->own_watch, "%s", facts.watch);
    view_record_show(session->view ? session->view : "", session->view_size, &w->screen, &w->experiment);
    if (w->experiment.on_restart)
        w->experiment.on_restart(w->experiment.user);
    say_opened(w, r, complaint);
    if (r->kept)
        window_offer_no_more(w);
    window_look_for_kept(w);
    view_record_free(&facts);
    free_reopening(r);
    w->reopening = NULL;
}

/* ---- the way there ---- */

static void close_card(Window *w) {
    if (w->session.asks == ASKS_OPENING) {
        w->session.asks = ASKS_NOTHING;
        w->screen.ask.shown = false;
    }
    w->dirty = true;
}

void window_stop_reopening(Window *w) {
    if (!w->reopening)
        return;
    close_card(w);
    free_reopening(w->reopening);
    w->reopening = NULL;
    w->session.drop = false;
    window_say(w, tr("The session was not opened."));
}

static void show_progress(Window *w) {
    Reopening *r = w->reopening;
    AskState *card = &w->screen.ask;
    char title[256], words[200], done[32], total[32];
    double epochs = fmin(r->experiment.meter.trained, r->total);
    format_count((size_t)epochs, done);
    format_count((size_t)r->total, total);
    snprintf(words, sizeof words, tr("Epoch %s of %s"), done, total);
    if (!r->shown) {
        if (r->kept)
            snprintf(title, sizeof title, "%s", tr("Opening the session"));
        else
            snprintf(title, sizeof title, tr("Opening %.200s"), r->path + file_folder_length(r->path));
        ask_show(card, &(AskQuestion){.title = title, .words = words, .cancel = tr("Cancel")});
        w->session.asks = ASKS_OPENING;
        r->shown = true;
    }
    snprintf(card->words, sizeof card->words, "%s", words);
    card->share = r->total > 0.0 ? epochs / r->total : 1.0;
    w->dirty = true;
}

/* Plays for so long; whether that was all. */
static bool play(Reopening *r, double until) {
    size_t batches = trainer_batches_between_looks(r->experiment.trainer);
    while (tape_play(&r->experiment, batches) > 0) {
        batches = trainer_batches_between_looks(r->experiment.trainer);
        if (clock_seconds() >= until)
            return false;
    }
    return true;
}

/* Whether it is worth waiting for without a picture: it will soon be there. */
static bool is_soon(const Reopening *r) {
    double took = clock_seconds() - r->began, epochs = r->experiment.meter.trained;
    return took < AT_ONCE && epochs > 0.0 && took / epochs * r->total < AT_ONCE;
}

void window_go_on_reopening(Window *w) {
    Reopening *r = w->reopening;
    if (!r)
        return;
    bool done = play(r, r->shown ? clock_seconds() + SLICE : r->began + GUESS);
    while (!done && !r->shown && is_soon(r))
        done = play(r, clock_seconds() + SLICE);
    RunLog *log = done ? log_of(r) : NULL;
    if (log) {
        close_card(w);
        finish(w, log);
    } else if (done && !play_from_start(r)) {
        window_stop_reopening(w);
    } else {
        show_progress(w);
    }
}

void window_reopen(Window *w, const char *path) {
    Status status = {0};
    w->reopening = begin(path, &status);
    w->dirty = true;
    if (w->reopening) {
        w->screen.kept.shown = w->screen.help = false;
        return;
    }
    w->session.drop = false;
    window_say(w, status.message);
}

bool window_open_session(Window *w, Status *status) {
    char *whole = realpath(w->cli->session, NULL);
    w->reopening = begin(whole ? whole : w->cli->session, status);
    free(whole);
    return w->reopening != NULL;
}

void window_close_reopening(Window *w) {
    free_reopening(w->reopening);
    w->reopening = NULL;
}
