/* The session that is open: its name, its file, and what is asked before something unsaved would be lost. */
#define _GNU_SOURCE /* asprintf */
#include "app/window/window_private.h"

#include "app/base/file_write.h"
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/experiment/checkpoint.h"
#include "app/experiment/run_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SUM_MS = 5000 }; /* at most, that saving waits for the points' file to be read */

static const char *name_of(const char *path) {
    return path + file_folder_length(path);
}

bool window_is_unsaved(const Window *w) {
    return w->session.before > 0 || run_log_deeds(w->experiment.log) != w->session.saved;
}

size_t window_steps(const Window *w) {
    size_t steps = w->session.before + run_log_steps(w->experiment.log) - w->session.saved_steps;
    return steps > 0 ? steps : window_is_unsaved(w); /* at least the rest of the gesture under way */
}

void window_mark_saved(Window *w, size_t before) {
    w->session.saved = run_log_deeds(w->experiment.log);
    w->session.saved_steps = run_log_steps(w->experiment.log);
    w->session.before = before;
}

void window_note_source(Window *w, SessionSource *source) {
    points_loading_free(w->summing);
    w->summing = NULL;
    session_source_free(&w->session.source);
    w->session.source = *source;
    *source = (SessionSource){0};
    w->keeping.source_put = false;
}

void window_sum_source(Window *w, const char *path, bool checks) {
    Status status;
    points_loading_free(w->summing);
    w->summing = path ? points_loading_sum(path, &status) : NULL;
    w->sum_checks = checks;
}

void window_go_on_summing(Window *w) {
    SessionSource source;
    char text[1024];
    if (!w->summing || !points_loading_done(w->summing))
        return;
    points_loading_take_source(w->summing, &source);
    points_loading_free(w->summing);
    w->summing = NULL;
    if (!w->sum_checks) {
        window_note_source(w, &source);
    } else if (session_source_differs(&w->session.source, &source, text)) {
        window_say(w, text);
        w->dirty = true;
    }
    session_source_free(&source);
}

bool window_has_source(const Window *w) {
    const char *path = w->experiment.source.path, *known = w->session.source.path;
    return path && known && strcmp(path, known) == 0;
}

/* ---- names ---- */

static const char NO_NAME[] = N_("A run of your own");

static const Preset *preset_of(const Window *w) {
    int preset = w->screen.title - w->own_titles;
    return w->screen.title >= w->own_titles && preset < (int)w->preset_count ? &w->presets[preset] : NULL;
}

void window_name(const Window *w, bool shown, char name[VIEW_TITLE]) {
    const char *path = w->session.path ? name_of(w->session.path) : NULL;
    const Preset *preset = preset_of(w);
    if (path)
        snprintf(name, VIEW_TITLE, "%.*s", (int)(strlen(path) - strlen(SESSION_ENDING)), path);
    else if (w->own_titles)
        window_own_title(w, shown, name);
    else if (preset)
        snprintf(name, VIEW_TITLE, "%s", shown ? preset_words(preset, preset->title) : preset->title);
    else
        snprintf(name, VIEW_TITLE, "%s", shown ? tr(NO_NAME) : NO_NAME);
}

void window_follow_title(Window *w) {
    char name[VIEW_TITLE], title[VIEW_TITLE + 32];
    bool unsaved = window_is_unsaved(w), named = unsaved || w->session.path || w->own_titles;
    window_name(w, true, name);
    snprintf(title, sizeof title, "%s%s%seasyfirst", named ? name : "", unsaved ? "*" : "", named ? " - " : "");
    present_title(&w->present, title);
}

/* The name for a file, without folder and ending: that of the preset or of the points' file. */
static void file_name(const Window *w, char name[VIEW_TITLE]) {
    const Source *source = &w->experiment.source;
    const Preset *preset = preset_of(w);
    bool file = source->path && source->path[0];
    snprintf(name, VIEW_TITLE, "%s", file ? name_of(source->path) : preset ? preset->name : "run");
    char *dot = file ? strrchr(name, '.') : NULL;
    if (dot && dot > name)
        *dot = '\0';
}

/* The folder of the session's file, of the points' file, or the current one; with its slash; malloc'd. */
static char *home_folder(const Window *w) {
    const char *path = w->session.path ? w->session.path : w->experiment.source.path;
    char *folder = NULL, *here = NULL;
    if (path && path[0] == '/')
        return strndup(path, file_folder_length(path));
    here = getcwd(NULL, 0);
    if (!here || asprintf(&folder, "%s/", strcmp(here, "/") == 0 ? "" : here) < 0)
        folder = NULL;
    free(here);
    return folder;
}

char *window_propose(const Window *w) {
    char name[VIEW_TITLE], *path = NULL, *folder = home_folder(w);
    if (w->session.path) {
        free(folder);
        return strdup(w->session.path);
    }
    file_name(w, name);
    for (int i = 1; folder && i < 1000; i++) {
        char number[16] = "";
        if (i > 1)
            snprintf(number, sizeof number, "-%d", i);
        free(path);
        if (asprintf(&path, "%s%s%s%s", folder, name, number, SESSION_ENDING) < 0)
            path = NULL;
        if (!path || access(path, F_OK) != 0)
            break;
    }
    free(folder);
    return path;
}

/* ---- saving ---- */

void window_put_view(const Window *w, LogText *text) {
    ViewFacts facts = {.file = w->session.path, .stands = w->experiment.trainer->epoch, .steps = window_steps(w)};
    const struct stat *stamp = &w->session.stamp;
    const uint64_t parts[] = {(uint64_t)stamp->st_ino, (uint64_t)stamp->st_size, (uint64_t)stamp->st_mtim.tv_sec,
                              (uint64_t)stamp->st_mtim.tv_nsec};
    memcpy(facts.stamp, parts, sizeof parts);
    if (window_format(w))
        facts.format = *window_format(w);
    window_name(w, false, facts.title);
    const char *older = w->keeping.older;
    snprintf(facts.after, sizeof facts.after, "%s", older ? name_of(older) : "");
    snprintf(facts.watch, sizeof facts.watch, "%s", w->own_watch);
    view_record_put(text, &w->screen, &w->experiment, &facts);
}

void window_take_checkpoint(const Window *w, Session *session) {
    Bytes state;
    Status status;
    if (!checkpoint_write(&w->experiment, &state, &status)) /* the log alone says all of it */
        return;
    session->checkpoint = state.bytes;
    session->checkpoint_size = state.size;
    session->checkpoint_at = session->log_size;
    snprintf(session->checkpoint_kernels, sizeof session->checkpoint_kernels, "%s",
             trainer_kernels(w->experiment.trainer));
}

/* The points' file may just be being read for what the session says of it. */
static void wait_for_sum(Window *w) {
    for (int i = 0; i < SUM_MS && w->summing && !w->sum_checks && !points_loading_done(w->summing); i++)
        usleep(1000);
    window_go_on_summing(w);
}

static bool write_session(Window *w, const char *path, bool replace, Status *status) {
    RunLog *log = w->experiment.log;
    LogText view = {0};
    if (run_log_failed(log))
        return status_fail(status, STATUS_FAILED, "not saved: there was not enough memory to keep what was done");
    run_log_seal(log, &w->experiment, false);
    window_put_view(w, &view);
    wait_for_sum(w);
    Session session = {.view = view.text, .view_size = view.size};
    if (window_has_source(w))
        session.source = w->session.source;
    session.log = (char *)run_log_text(log, &session.log_size); /* which is only read */
    if (w->session.trained > LONG_RUN)
        window_take_checkpoint(w, &session);
    bool done = view.failed ? status_no_memory(status, "the session") : session_write(&session, path, replace, status);
    log_text_free(&view);
    free(session.checkpoint);
    return done;
}

static void then_do(Window *w) {
    OpenSession *s = &w->session;
    Then then = s->then;
    s->then = THEN_STAY;
    if (then == THEN_QUIT)
        w->quit = true;
    else if (then == THEN_OPEN && s->then_path)
        window_reopen(w, s->then_path);
    w->dirty = true;
}

static void put_string(char **to, const char *text) {
    char *copy = text ? strdup(text) : NULL;
    free(*to);
    *to = copy;
}

/* It is in that file now. */
static void note_saved(Window *w, const char *path) {
    OpenSession *s = &w->session;
    char *whole = realpath(path, NULL);
    put_string(&s->path, whole ? whole : path); /* which may have been it */
    free(whole);
    if (!s->path || stat(s->path, &s->stamp) != 0)
        s->stamp = (struct stat){0};
    window_mark_saved(w, 0);
    window_keep_no_more(w);
    window_say_saved(w, s->path ? s->path : tr("Saved."));
    window_note_recent(w, s->path);
    then_do(w);
}

static void ask_leave(Window *w, const char *trouble) {
    char name[VIEW_TITLE], title[256], words[400], steps[32];
    size_t count = window_steps(w) > 0 ? window_steps(w) : 1; /* what is queued is about to be done */
    window_name(w, true, name);
    format_count(count, steps);
    snprintf(title, sizeof title, tr("Save '%s'?"), name);
    snprintf(words, sizeof words,
             w->session.path
                 ? trn("%s step since it was saved would be lost.", "%s steps since it was saved would be lost.", count)
                 : trn("%s step by hand in this run is in no file yet.",
                       "%s steps by hand in this run are in no file yet.", count),
             steps);
    w->session.asks = ASKS_LEAVE;
    ask_show(&w->screen.ask, &(AskQuestion){title, words, w->session.path ? tr("Save") : tr("Save…"), tr("Don't save"),
                                            tr("Cancel"), 'd'});
    snprintf(w->screen.ask.trouble, sizeof w->screen.ask.trouble, "%.400s", trouble);
    w->dirty = true;
}

/* Where nothing waits for it, a failure is said in the line. */
static void not_saved(Window *w, const Status *status) {
    if (w->session.then != THEN_STAY)
        ask_leave(w, status->message);
    else
        window_say(w, status->message);
}

static void save_now(Window *w, const char *path, bool replace) {
    Status status = {0};
    if (window_may_write(w, path, &status) && write_session(w, path, replace, &status))
        note_saved(w, path);
    else
        not_saved(w, &status);
}

static void ask_replace(Window *w, const char *path, bool changed) {
    char title[256], words[400];
    size_t length = file_folder_length(path);
    put_string(&w->session.save_path, path);
    snprintf(title, sizeof title, tr("Replace '%.200s'?"), path + length);
    snprintf(words, sizeof words,
             changed ? tr("It has been changed since it was opened here, by another window or program.")
                     : tr("There is a file of that name in %.*s already."),
             (int)(length > 1 ? length - 1 : length), path);
    w->session.asks = changed ? ASKS_CHANGED : ASKS_REPLACE;
    ask_show(&w->screen.ask, &(AskQuestion){title, words, tr("Replace"), changed ? tr("Save as…") : NULL, tr("Cancel"),
                                            changed ? 's' : '\0'});
    w->dirty = true;
}

static bool is_changed(const OpenSession *s) {
    struct stat now;
    return stat(s->path, &now) == 0 &&
           (now.st_ino != s->stamp.st_ino || now.st_size != s->stamp.st_size ||
            now.st_mtim.tv_sec != s->stamp.st_mtim.tv_sec || now.st_mtim.tv_nsec != s->stamp.st_mtim.tv_nsec);
}

void window_save(Window *w) {
    if (w->reopening)
        return;
    if (!w->session.path)
        window_save_as(w);
    else if (is_changed(&w->session))
        ask_replace(w, w->session.path, true);
    else
        save_now(w, w->session.path, true);
}

void window_save_as(Window *w) {
    if (!w->reopening)
        window_ask_path(w, true);
}

void window_save_to(Window *w, const char *path, bool sure) {
    char *whole = NULL;
    bool ended = session_is_file(path);
    if (asprintf(&whole, "%s%s", path, ended ? "" : SESSION_ENDING) < 0) {
        Status status = {0};
        status_fail(&status, STATUS_FAILED, "not enough memory to save");
        not_saved(w, &status);
        return;
    }
    bool own = w->session.path && file_is_same(whole, w->session.path);
    bool asked = sure && ended; /* about another name, if the ending was missing */
    if (file_exists(whole) && !asked && (!own || is_changed(&w->session)))
        ask_replace(w, whole, own);
    else
        save_now(w, whole, true);
    free(whole);
}

void window_save_nowhere(Window *w) {
    w->session.then = THEN_STAY;
}

/* ---- questions ---- */

void window_leave(Window *w, Then then, const char *path) {
    OpenSession *s = &w->session;
    w->dirty = true;
    if (w->reopening && then == THEN_QUIT)
        window_stop_reopening(w);
    if (w->reopening || s->asks != ASKS_NOTHING)
        return; /* one thing after the other */
    put_string(&s->then_path, path);
    s->then = then;
    s->drop = false;
    s->leaves = true;
    w->screen.open.shown = false;
}

void window_follow_leave(Window *w) {
    if (!w->session.leaves)
        return;
    w->session.leaves = false;
    if (window_is_unsaved(w) || w->experiment.queued > 0)
        ask_leave(w, "");
    else
        then_do(w);
}

static void answer_leave(Window *w, AskAnswer answer) {
    if (answer == ASK_YES) {
        window_save(w);
    } else if (answer == ASK_NO) {
        w->session.drop = true;
        then_do(w);
    } else {
        w->session.then = THEN_STAY;
    }
}

void window_follow_answer(Window *w) {
    OpenSession *s = &w->session;
    AskAnswer answer = w->screen.answer;
    Asks asks = s->asks;
    w->screen.answer = ASK_NOTHING;
    if (answer == ASK_NOTHING)
        return;
    w->dirty = true;
    s->asks = ASKS_NOTHING;
    if (asks == ASKS_OPENING)
        window_stop_reopening(w);
    else if (asks == ASKS_LEAVE)
        answer_leave(w, answer);
    else if (answer == ASK_YES && s->save_path)
        save_now(w, s->save_path, true);
    else if (answer == ASK_NO)
        window_save_as(w);
    else
        s->then = THEN_STAY;
}

void window_close_session(Window *w) {
    OpenSession *s = &w->session;
    free(s->path);
    free(s->then_path);
    free(s->save_path);
    session_source_free(&s->source);
    *s = (OpenSession){0};
}
