/* What the window keeps by itself while something is unsaved, and what other windows have left. */
#include "app/window/window_private.h"

#include "app/base/clock.h"
#include "app/base/file_part.h"
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/experiment/run_log.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Seconds: between looks; between those that also keep what has only been trained or looked at; after a failure; that
 * the end of the program waits for the disk. */
static const double LOOK = 0.7, PROGRESS = 3.0, RETRY = 30.0, LAST = 5.0;

/* Bytes of a file from which on a new one takes its place, as of all checkpoints in it only the last is of use; and how
 * many times the last one comes to that, so that no file is written anew for each. */
static const size_t LONG_FILE = (size_t)32 << 20, LONG_CHECKS = 2;

/* ---- writing ---- */

static void say_failed(Window *w, const Status *status) {
    char text[1024];
    snprintf(text, sizeof text, tr("%.800s. Unsaved work is not safe: save it elsewhere (Ctrl+Shift+S)."),
             status->message);
    window_say(w, text);
}

static void begin(Window *w) {
    Keeping *k = &w->keeping;
    Status status = {0};
    bool nowhere;
    char *path = kept_new_path(&nowhere, &status);
    k->pen = path ? session_pen_open(path, &status) : NULL;
    free(path);
    k->log_put = 0;
    k->checked = 0.0;
    k->check_bytes = 0;
    log_text_free(&k->view);
    if (k->pen) {
        k->source_put = k->failed = false;
        return;
    }
    k->at = clock_seconds() + RETRY;
    if (!nowhere && !k->failed)
        say_failed(w, &status);
    k->failed = true;
}

static void put_source(Window *w) {
    Keeping *k = &w->keeping;
    LogText source = {0};
    session_put_source(&source, &w->session.source);
    k->source_put = !source.failed && session_pen_put(k->pen, "source", source.text, source.size);
    log_text_free(&source);
}

/* What has come to the log since. False if it has to wait. */
static bool put_log(Window *w) {
    Keeping *k = &w->keeping;
    RunLog *log = w->experiment.log;
    size_t size;
    run_log_seal(log, &w->experiment, false);
    const char *text = run_log_text(log, &size);
    if (window_has_source(w) && !k->source_put)
        put_source(w);
    if (size > k->log_put && !session_pen_put(k->pen, "log", text + k->log_put, size - k->log_put))
        return false;
    k->log_put = size;
    k->deeds = run_log_deeds(log);
    return true;
}

static void put_view(Window *w) {
    Keeping *k = &w->keeping;
    LogText view = {0};
    window_put_view(w, &view);
    bool other = !view.failed && (view.size != k->view.size || memcmp(view.text, k->view.text, view.size) != 0);
    if (other && session_pen_put(k->pen, "view", view.text, view.size)) {
        log_text_free(&k->view);
        k->view = view;
    } else {
        log_text_free(&view);
    }
}

static void drop_older(Keeping *k, bool remove) {
    if (remove && k->older)
        unlink(k->older);
    free(k->older);
    k->older = NULL;
    if (k->older_lock > 0)
        close(k->older_lock);
    k->older_lock = -1;
}

static bool is_long(const Keeping *k) {
    size_t checks = LONG_CHECKS * k->check_bytes;
    return session_pen_bytes(k->pen) >= 2 * k->log_put + (checks > LONG_FILE ? checks : LONG_FILE);
}

/* Writes all of it to another file where this one has become long. This one goes as soon as the other is on disk, with
 * a checkpoint if one is due, which follows at once where the hand rests. */
static void begin_anew(Window *w) {
    Keeping *k = &w->keeping;
    Keeping before = *k;
    Status status = {0};
    if (k->older || window_is_checking(w) || w->experiment.hand || w->experiment.queued > 0 ||
        !session_pen_is_done(k->pen) || !is_long(k))
        return;
    char *path = strdup(session_pen_path(k->pen));
    k->view = (LogText){0};
    if (path)
        begin(w);
    if (!path || !k->pen) { /* what there is goes on */
        before.failed = true;
        before.at = k->at;
        *k = before;
        free(path);
        return;
    }
    log_text_free(&before.view);
    session_pen_close(before.pen, LAST, &status);
    k->older = path;
    k->older_lock = open(path, O_RDWR | O_CLOEXEC);
    if (k->older_lock >= 0)
        flock(k->older_lock, LOCK_EX | LOCK_NB);
}

void window_keep(Window *w) {
    Keeping *k = &w->keeping;
    Status status = {0};
    double now = clock_seconds();
    window_go_on_checking(w);
    if (now < k->at || w->reopening || !window_is_unsaved(w))
        return;
    k->at = now + LOOK;
    if (k->pen)
        begin_anew(w);
    else
        begin(w);
    if (!k->pen)
        return;
    if (k->log_put == 0 || run_log_deeds(w->experiment.log) != k->deeds || now >= k->progress) {
        if (put_log(w)) {
            put_view(w);
            window_check(w);
        }
        k->progress = now + PROGRESS;
    }
    if (!session_pen_state(k->pen, &status))
        say_failed(w, &status);
    if (k->older && k->log_put > 0 && !window_is_checking(w) && !window_check_is_due(w) && session_pen_is_done(k->pen))
        drop_older(k, true);
}

void window_keep_no_more(Window *w) {
    Keeping *k = &w->keeping;
    Status status = {0};
    window_stop_checking(w);
    char *path = k->pen ? strdup(session_pen_path(k->pen)) : NULL;
    session_pen_close(k->pen, 0.0, &status);
    k->pen = NULL;
    k->log_put = 0;
    if (path)
        unlink(path);
    free(path);
    drop_older(k, true);
}

bool window_keep_last(Window *w, Status *status) {
    Keeping *k = &w->keeping;
    window_stop_checking(w);
    if (!window_is_unsaved(w) || w->session.drop) {
        window_keep_no_more(w);
        return true;
    }
    if (!k->pen)
        begin(w);
    if (!k->pen)
        return true; /* said already, or there is no place for it */
    bool put = put_log(w);
    if (put)
        put_view(w);
    bool kept = session_pen_close(k->pen, LAST, status) && (put || status_no_memory(status, "what is unsaved"));
    k->pen = NULL;
    drop_older(k, kept);
    return kept;
}

/* ---- what others have left ---- */

static void make_rows(Keeping *k) {
    time_t now = time(NULL);
    free(k->rows);
    k->rows = k->left.count > 0 ? calloc((size_t)k->left.count, sizeof *k->rows) : NULL;
    for (int i = 0; k->rows && i < k->left.count; i++) {
        const Kept *kept = &k->left.items[i];
        char when[64], steps[32], epochs[32];
        kept_when(kept->at, now, when);
        format_count(kept->facts.steps, steps);
        format_count(kept->facts.stands, epochs);
        snprintf(k->rows[i].title, sizeof k->rows[i].title, "%s", tr(kept->facts.title));
        if (kept->damaged) {
            snprintf(k->rows[i].words, sizeof k->rows[i].words, tr("%s: damaged, it cannot be read"), when);
            continue;
        }
        size_t count = kept->facts.steps;
        snprintf(k->rows[i].words, sizeof k->rows[i].words,
                 !kept->last ? trn("%s: epoch %s, %s unsaved step", "%s: epoch %s, %s unsaved steps", count)
                             : trn("It goes at the next start. %s: epoch %s, %s unsaved step",
                                   "It goes at the next start. %s: epoch %s, %s unsaved steps", count),
                 when, epochs, steps);
    }
}

void window_use_kept(Window *w) {
    Keeping *k = &w->keeping;
    make_rows(k);
    k->offers = k->offers && k->left.count > 0 && !k->left.items[0].damaged;
    if (k->offers)
        kept_words(&k->left.items[0], time(NULL), k->offer);
    w->screen.kept.rows = k->rows;
    w->screen.kept.count = k->rows ? k->left.count : 0;
    w->screen.toolbar.files.kept_count = w->screen.gallery.kept_count = k->left.count;
    w->dirty = true;
}

/* What killed windows have left where this one writes: pictures in the current folder, and what is remembered. */
static void sweep(void) {
    bool nowhere;
    char *state = remember_path("", &nowhere);
    file_part_sweep("");
    if (state)
        file_part_sweep(state);
    free(state);
}

void window_find_kept(Window *w) {
    Keeping *k = &w->keeping;
    char text[512];
    sweep();
    kept_free(&k->left); /* a session of the command line may have been there before the window */
    kept_load(&k->left);
    kept_bound(&k->left, text);
    if (text[0])
        window_say(w, text);
    k->offers = true;
    window_use_kept(w);
}

void window_look_for_kept(Window *w) {
    kept_free(&w->keeping.left);
    kept_load(&w->keeping.left);
    window_use_kept(w);
}

void window_show_kept(Window *w) {
    window_look_for_kept(w);
    if (w->keeping.left.count > 0)
        kept_sheet_show(&w->screen.kept);
    else
        window_say(w, tr("There are no unsaved sessions."));
}

void window_offer_no_more(Window *w) {
    w->keeping.offers = false;
    w->dirty = true;
}

void window_continue(Window *w, int item) {
    const KeptList *left = &w->keeping.left;
    if (item < left->count)
        window_leave(w, THEN_OPEN, left->items[item].path);
}

void window_follow_kept(Window *w) {
    Keeping *k = &w->keeping;
    KeptWish wish = w->screen.kept_wish;
    Status status = {0};
    w->screen.kept_wish = (KeptWish){.row = -1};
    if (wish.discard && wish.row < k->left.count) {
        if (!kept_discard(&k->left, wish.row, &status))
            window_say(w, status.message);
        w->screen.kept.asked = -1;
        k->offers = k->offers && wish.row > 0;
        window_use_kept(w);
        w->screen.kept.shown = w->screen.kept.count > 0;
    } else if (wish.goes_on) {
        window_continue(w, wish.row);
    }
    if (k->offers && window_is_unsaved(w))
        window_offer_no_more(w);
    w->screen.line.offer = k->offers ? k->offer : NULL;
}

void window_close_keeping(Window *w) {
    Keeping *k = &w->keeping;
    Status status = {0};
    window_stop_checking(w);
    session_pen_close(k->pen, LAST, &status);
    drop_older(k, false);
    log_text_free(&k->view);
    kept_free(&k->left);
    free(k->rows);
}
