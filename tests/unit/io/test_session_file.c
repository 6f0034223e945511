/* Sessions in files: what is written is read again; what is damaged is never taken for what it is not. */
#define _GNU_SOURCE /* memmem */
#include "app/io/session_file.h"
#include "app/io/session_pen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "app/experiment/tape.h"
#include "core/parallel.h"
#include "tests/support/commands.h"
#define SCRATCH_FILE "a.easyfirst"
#include "tests/support/scratch.h"
#include "tests/support/recordings.h"

static void rest(Experiment *e) {
    experiment_push(e, (Command){.kind = COMMAND_PAUSE});
    do
        experiment_advance(e, 0.0, no_clock, 1.0);
    while (experiment_is_behind(e));
}

typedef struct Played {
    Session session;
    Recording recording;
    Tape tape;
    Experiment e;
} Played;

static void play(Played *p) {
    *p = (Played){0};
    if (!session_open(&p->session, &p->recording, path, false, &status) ||
        !tape_begin(&p->tape, &p->e, &p->recording, &status))
        fail_msg("%s", status.message);
    while (tape_play(&p->e, 1 + below(50)) > 0)
        ;
    if (p->tape.failed || p->tape.parted > 0)
        fail_msg("%s", p->tape.status.message);
    p->e.tape = NULL;
}

static void end_play(Played *p) {
    end_session(&p->e);
    tape_free(&p->tape);
    recording_free(&p->recording);
    session_free(&p->session);
}

/* Saved, opened, gone on with, saved and opened again: as if nobody had stopped. */
static void session(uint32_t seed) {
    Experiment e;
    Session session = {0};
    int variants = 0;
    while (kernels_variant(variants))
        variants++;
    variant = (int)(seed % (uint32_t)variants);
    begin_session(&e, seed);
    for (int i = 0; i < 3; i++) {
        parallel_set_threads(1 + (int)(seed / 2 + (uint32_t)i) % 2 * 3);
        random_session(&e, 1 + below(10));
        rest(&e);
        run_log_seal(e.log, &e, i == 1);
        session.log = (char *)run_log_text(e.log, &session.log_size);
        if (!session_write(&session, path, true, &status))
            fail_msg("%s", status.message);
        Played p;
        play(&p);
        assert_same_session(&e, &p.e);
        assert_true(p.session.ends && !p.session.damaged);
        RunLog *on = run_log_go_on(&p.e, p.session.log, p.recording.sound, &status);
        if (!on)
            fail_msg("%s", status.message);
        end_session(&e);
        e = p.e; /* that of the file goes on */
        e.log = on;
        p.e = (Experiment){0};
        tape_free(&p.tape);
        recording_free(&p.recording);
        session_free(&p.session);
    }
    end_session(&e);
    variant = -1;
    parallel_set_threads(0);
}

static void test_sessions(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 120; seed++)
        session(seed);
}

/* ---- bytes ---- */

static char *whole_file(const char *name, size_t *size) {
    FILE *stream = fopen(name, "rb");
    assert_non_null(stream);
    fseek(stream, 0, SEEK_END);
    *size = (size_t)ftell(stream);
    rewind(stream);
    char *bytes = malloc(*size + 1);
    assert_int_equal(fread(bytes, 1, *size, stream), *size);
    fclose(stream);
    return bytes;
}

static void put_file(const char *bytes, size_t size) {
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

static void put_text(const char *text) {
    put_file(text, strlen(text));
}

/* A small session of several records, as the pen leaves it; its log. */
static char *small(size_t *log_size) {
    Experiment e;
    begin_session(&e, 12);
    SessionPen *pen = session_pen_open(path, &status);
    assert_non_null(pen);
    size_t written = 0, size;
    for (int i = 0; i < 4; i++) {
        random_session(&e, 2);
        rest(&e);
        run_log_seal(e.log, &e, false);
        const char *text = run_log_text(e.log, &size);
        assert_true(session_pen_put(pen, "log", text + written, size - written));
        assert_true(session_pen_put(pen, "view", "zoom 1\npinned 3\n", 16));
        assert_true(session_pen_put(pen, "of-a-newer-one", "what\n", 5));
        assert_true(session_pen_put(pen, "checkpoint", "0 base\nstate", 12));
        written = size;
    }
    assert_true(session_pen_put(pen, "end", NULL, 0));
    assert_true(session_pen_close(pen, 10.0, &status));
    const char *text = run_log_text(e.log, log_size);
    char *log = malloc(*log_size);
    memcpy(log, text, *log_size);
    end_session(&e);
    return log;
}

static bool is_part(const Session *s, const char *log, size_t size) {
    return s->log_size <= size && memcmp(s->log, log, s->log_size) == 0 &&
           (!s->view || (s->view_size == 16 && memcmp(s->view, "zoom 1\npinned 3\n", 16) == 0)) &&
           (!s->checkpoint || (s->checkpoint_size == 5 && memcmp(s->checkpoint, "state", 5) == 0));
}

/* Cut anywhere: what was whole is there, and it is not taken for all. */
static void test_cut(void **state) {
    (void)state;
    size_t log_size, size, seen = 0;
    char *log = small(&log_size), *bytes = whole_file(path, &size);
    for (size_t at = 0; at < size; at++) {
        Session s;
        put_file(bytes, at);
        if (!session_read(&s, path, &status)) {
            assert_true(status.message[0] && seen == 0);
            continue;
        }
        assert_true(is_part(&s, log, log_size) && !s.ends && !s.damaged && s.log_size >= seen);
        seen = s.log_size;
        session_free(&s);
    }
    assert_int_equal(seen, log_size);
    free(log);
    free(bytes);
}

/* Each byte otherwise: what was before it is there, and nothing else. */
static void test_flipped(void **state) {
    (void)state;
    size_t log_size, size, opened = 0;
    char *log = small(&log_size), *bytes = whole_file(path, &size);
    hand = (Hand){.gesture = 1};
    mt_seed(&hand.random, 5);
    for (size_t at = 0; at < size; at++) {
        char was = bytes[at];
        bytes[at] = (char)(was ^ (1 << below(8)));
        put_file(bytes, size);
        bytes[at] = was;
        Session s;
        if (!session_read(&s, path, &status)) {
            assert_true(status.message[0]);
            continue;
        }
        assert_true(is_part(&s, log, log_size) && !s.ends && s.damage.code != STATUS_OK);
        opened++;
        session_free(&s);
    }
    assert_true(opened > size / 2);
    free(log);
    free(bytes);
}

/* Records left out, doubled or in another order are no sound ones. */
static void test_moved(void **state) {
    (void)state;
    size_t log_size, size;
    char *log = small(&log_size), *bytes = whole_file(path, &size);
    bytes[size] = '\0';
    char *first = strstr(bytes, "\nview ") + 1, *second = strstr(first, "\nlog ") + 1, *third;
    assert_non_null(third = strstr(second, "\nview "));
    third++;
    memmove(second, third, size - (size_t)(third - bytes)); /* the second log is gone */
    put_file(bytes, size - (size_t)(third - second));
    Session s;
    Session view;
    assert_true(session_read_view(&view, path, &status));
    assert_true(session_read(&s, path, &status));
    assert_true(!view.log && !view.checkpoint && view.log_size == s.log_size && view.ends == s.ends);
    assert_int_equal(view.view_size, s.view_size);
    if (s.view_size > 0)
        assert_memory_equal(view.view, s.view, s.view_size);
    session_free(&view);
    assert_true(s.damaged && !s.ends && s.log_size < log_size && is_part(&s, log, log_size));
    session_free(&s);
    free(log);
    free(bytes);
}

/* For the view alone a checkpoint, which may be long, is not read; and a file that ends in it is seen to be cut. */
static void test_view_passes_over(void **state) {
    (void)state;
    size_t log_size, size;
    char *log = small(&log_size), *bytes = whole_file(path, &size);
    char *checkpoint = memmem(bytes, size, "\ncheckpoint ", 12);
    assert_non_null(checkpoint);
    size_t at = (size_t)((char *)memmem(checkpoint, size - (size_t)(checkpoint - bytes), "state", 5) - bytes);
    bytes[at] ^= 1;
    put_file(bytes, size);
    Session s;
    assert_true(session_read(&s, path, &status));
    assert_true(s.damaged && s.log_size < log_size);
    session_free(&s);
    assert_true(session_read_view(&s, path, &status));
    assert_true(!s.damaged && s.ends && s.log_size == log_size && s.view_size == 16 && !s.checkpoint);
    session_free(&s);
    put_file(bytes, at + 1);
    assert_true(session_read_view(&s, path, &status));
    assert_true(!s.damaged && !s.ends && s.damage.code != STATUS_OK && strstr(s.damage.message, "breaks off"));
    session_free(&s);
    free(log);
    free(bytes);
}

/* ---- what is refused ---- */

static void assert_refused(const char *text, const char *message) {
    Session s;
    char whole[1024];
    put_text(text);
    assert_false(session_read(&s, path, &status));
    snprintf(whole, sizeof whole, "%s: %s", path, message);
    assert_string_equal(status.message, whole);
}

static void test_refused(void **state) {
    (void)state;
    Session s;
    assert_refused("", "this is no session of easyfirst, and no log");
    assert_refused("x,y,label\n1,2,0\n", "this is no session of easyfirst, and no log");
    assert_refused("easyfirst session 1", "this is no session of easyfirst, and no log");
    assert_refused("easyfirst session 7\n",
                   "a session of version 7, and this easyfirst reads version 1; a newer one reads it");
    assert_refused("easyfirst session 1\n", "there is no run in this session");
    assert_refused("easyfirst session 1\nlog 5 01234567\nabcde\n",
                   "damaged at byte 20; nothing before that can be opened");
    assert_refused("easyfirst session 1\nlog 2000000000 01234567\nabcde\n",
                   "breaks off at byte 20; nothing before that can be opened");
    assert_refused("easyfirst session 1\nlog 99999999999999999999 01234567\nabcde\n",
                   "damaged at byte 20; nothing before that can be opened");
    unlink(path);
    assert_false(session_read(&s, path, &status));
    assert_non_null(strstr(status.message, "cannot read "));
    assert_false(session_read(&s, folder, &status));
    assert_non_null(strstr(status.message, "Is a directory"));
    assert_false(session_read(&s, "/dev/zero", &status)); /* which has no end */
    assert_non_null(strstr(status.message, "no session"));
}

/* Not whole, so not at all. */
static void test_not_written(void **state) {
    (void)state;
    size_t log_size, size, again;
    char *log = small(&log_size), *bytes = whole_file(path, &size), name[256];
    Session s = {.log = log, .log_size = log_size};
    assert_false(session_write(&s, path, false, &status)); /* there is one */
    assert_int_equal(status.code, STATUS_EXISTS);
    assert_false(session_write(&s, "/dev/full", true, &status));
    assert_non_null(strstr(status.message, "cannot write /dev/full: No space left on device"));
    snprintf(name, sizeof name, "%s/none/a.easyfirst", folder);
    assert_false(session_write(&s, name, true, &status));
    assert_non_null(strstr(status.message, "No such file"));
    char *now = whole_file(path, &again);
    assert_true(again == size && memcmp(now, bytes, size) == 0);
    free(now);
    free(log);
    free(bytes);
}

/* ---- all fields ---- */

static void test_fields(void **state) {
    (void)state;
    size_t log_size;
    char *log = small(&log_size);
    Session s = {.log = log, .log_size = log_size, .view = "a 1\n", .view_size = 4}, r;
    s.checkpoint = "\0\n\xff";
    s.checkpoint_size = 3;
    s.checkpoint_at = log_size - 1;
    strcpy(s.checkpoint_kernels, "avx2");
    s.source = (SessionSource){"/home/me/100 %\n.csv", UINT64_C(1) << 40, 0xfedcba98u};
    assert_true(session_write(&s, path, true, &status));
    assert_true(session_read(&r, path, &status));
    assert_true(r.ends && !r.damaged && r.damage.code == STATUS_OK);
    assert_true(r.log_size == log_size && memcmp(r.log, log, log_size) == 0);
    assert_true(r.view_size == 4 && memcmp(r.view, "a 1\n", 4) == 0);
    assert_true(r.checkpoint_size == 3 && memcmp(r.checkpoint, "\0\n\xff", 3) == 0);
    assert_true(r.checkpoint_at == log_size - 1);
    assert_string_equal(r.checkpoint_kernels, "avx2");
    assert_string_equal(r.source.path, s.source.path);
    assert_true(r.source.size == s.source.size && r.source.sum == s.source.sum);
    assert_string_equal(r.path, path);
    session_free(&r);
    free(log);
}

/* A log alone is a session, too. */
static void test_log(void **state) {
    (void)state;
    size_t log_size;
    char *log = small(&log_size), doubt[1024];
    Session s;
    Recording recording;
    put_file(log, log_size);
    assert_true(session_read(&s, path, &status));
    assert_true(s.log_size == log_size && memcmp(s.log, log, log_size) == 0 && !s.view && !s.damaged);
    assert_true(session_recording(&s, &recording, doubt, &status));
    assert_int_equal(recording.sound, log_size);
    recording_free(&recording);
    session_free(&s);
    free(log);
}

/* ---- what is said ---- */

static void test_doubt(void **state) {
    (void)state;
    Experiment e;
    Settings settings;
    settings_default(&settings);
    settings.samples = 64;
    assert_true(experiment_init(&e, &settings, NULL, NULL, &status));
    e.log = run_log_new(&e, &status);
    size_t first, second;
    const char *text = run_log_text(e.log, &first);
    SessionPen *pen = session_pen_open(path, &status);
    session_pen_put(pen, "log", text, first);
    for (int i = 0; i < 9; i++)
        push_now(&e, (Command){.kind = COMMAND_EPOCH});
    push_now(&e, command_of(COMMAND_THRESHOLD, 0.3));
    run_log_seal(e.log, &e, false);
    text = run_log_text(e.log, &second);
    session_pen_put(pen, "log", text + first, second - first);
    assert_true(session_pen_close(pen, 10.0, &status));
    size_t size;
    char *bytes = whole_file(path, &size), doubt[1024], expected[1024];
    for (int i = 0; i < 2; i++) {
        bytes[size] = '\0';
        size_t last = (size_t)(strstr(strstr(bytes, "\nlog ") + 1, "\nlog ") + 1 - bytes);
        bytes[last] ^= i == 0;
        put_file(bytes, i == 0 ? size : size - 3);
        bytes[last] ^= i == 0;
        Session s;
        Recording recording;
        assert_true(session_read(&s, path, &status));
        assert_true(session_recording(&s, &recording, doubt, &status));
        snprintf(expected, sizeof expected, "%s: %s at byte %zu; what was done before the first epoch can be opened",
                 path, i == 0 ? "damaged" : "breaks off", last);
        assert_string_equal(doubt, expected);
        recording_free(&recording);
        session_free(&s);
    }
    bytes[size] = 'x';
    put_file(bytes, size + 1);
    bytes[size] = '\n'; /* an empty line is no beginning of one */
    Session s;
    Recording recording;
    assert_true(session_read(&s, path, &status));
    assert_true(session_recording(&s, &recording, doubt, &status));
    snprintf(expected, sizeof expected, "%s: breaks off at byte %zu; what was done until epoch 9 can be opened", path,
             size);
    assert_string_equal(doubt, expected);
    recording_free(&recording);
    session_free(&s);
    put_file(bytes, size + 1);
    assert_false(session_open(&s, &recording, path, false, &status));
    snprintf(expected, sizeof expected,
             "%s: damaged at byte %zu; what was done until epoch 9 can be opened with --skip-bad", path, size);
    assert_string_equal(status.message, expected);
    assert_true(session_open(&s, &recording, path, true, &status));
    assert_true(s.damaged && recording.sound == second);
    recording_free(&recording);
    session_free(&s);
    free(bytes);
    end_session(&e);
}

static void test_source(void **state) {
    (void)state;
    SessionSource source, copy;
    char text[1024], expected[256];
    put_text("x,y,label\n1,2,0\n3,4,1\n");
    assert_true(session_source_of(&source, path));
    assert_true(source.size == 24 - 2 && source.path[0] == '/');
    assert_false(session_source_changed(&source, text));
    assert_true(session_source_copy(&copy, &source, &status));
    put_text("x,y,label\n1,2,0\n3,5,1\n"); /* as long */
    assert_true(session_source_changed(&copy, text));
    snprintf(expected, sizeof expected, "%s has changed since this session was saved: the points are the session's",
             SCRATCH_FILE);
    assert_string_equal(text, expected);
    put_text("x,y,label\n");
    assert_true(session_source_changed(&copy, text));
    unlink(path);
    assert_false(session_source_changed(&source, text));
    session_source_free(&copy);
    assert_false(session_source_of(&copy, path));
    assert_false(session_source_of(&copy, "/dev/zero"));
    session_source_free(&source);
    session_source_free(&copy);
}

/* A pipe, which has no size and ends when its writer says so. */
static void test_pipe(void **state) {
    (void)state;
    size_t log_size, size;
    char *log = small(&log_size), *bytes = whole_file(path, &size);
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    pid_t child = fork();
    if (child == 0) {
        put_file(bytes, size);
        _exit(0);
    }
    Session s;
    assert_true(session_read(&s, path, &status));
    assert_true(s.ends && s.log_size == log_size && memcmp(s.log, log, log_size) == 0);
    session_free(&s);
    waitpid(child, NULL, 0);
    free(log);
    free(bytes);
}

/* A log goes on only where it ends, and only if it is whole. */
static void test_go_on_refused(void **state) {
    (void)state;
    Experiment e;
    begin_session(&e, 3);
    random_session(&e, 5);
    rest(&e);
    run_log_seal(e.log, &e, true);
    size_t size;
    const char *text = run_log_text(e.log, &size);
    RunLog *on = run_log_go_on(&e, text, size, &status);
    assert_non_null(on);
    run_log_free(on);
    char *copy = malloc(size);
    for (size_t at = 0; at < size; at += 1 + at / 50) {
        assert_null(run_log_go_on(&e, text, at, &status));
        memcpy(copy, text, size);
        copy[at] ^= 1;
        assert_null(run_log_go_on(&e, copy, size, &status));
    }
    e.trainer->parameters[0] += 1.0f;
    assert_null(run_log_go_on(&e, text, size, &status));
    assert_non_null(strstr(status.message, "the run is another than the recorded one"));
    e.trainer->epoch++;
    assert_null(run_log_go_on(&e, text, size, &status));
    assert_non_null(strstr(status.message, "it ends at epoch"));
    free(copy);
    end_session(&e);
}

/* ---- the pen ---- */

/* A disk that takes no more: that is said once, and what is missing is written when there is room again. */
static void test_pen_full(void **state) {
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before, little;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = (struct rlimit){1000, before.rlim_max};
    SessionPen *pen = session_pen_open(path, &status);
    assert_non_null(pen);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    char *bytes = malloc(5000);
    memset(bytes, 'a', 5000);
    assert_true(session_pen_put(pen, "log", bytes, 600));
    assert_true(session_pen_put(pen, "log", bytes, 5000));
    while (session_pen_state(pen, &status))
        sched_yield();
    assert_non_null(strstr(status.message, "cannot write "));
    assert_non_null(strstr(status.message, "File too large; what is missing is kept, and tried again"));
    assert_true(session_pen_state(pen, &status)); /* once */
    assert_false(session_pen_is_done(pen));
    Session s;
    assert_true(session_read(&s, path, &status)); /* what is there is sound */
    assert_true(s.log_size == 600 && !s.damaged);
    session_free(&s);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_true(session_pen_put(pen, "end", NULL, 0));
    while (!session_pen_is_done(pen))
        sched_yield();
    assert_true(session_pen_close(pen, 10.0, &status));
    assert_true(session_read(&s, path, &status));
    assert_true(s.ends && s.log_size == 5600);
    session_free(&s);
    free(bytes);
}

/* One that never does: closing gives up, and says so. What is whole stays; a file without that would be offered as a
 * damaged session, and goes. */
static void test_pen_given_up(void **state) {
    (void)state;
    assert_null(session_pen_open("/dev/full", &status));
    assert_non_null(strstr(status.message, "cannot write /dev/full: No space left"));
    assert_null(session_pen_open("/none/a.easyfirst", &status));
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before, little;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = (struct rlimit){100, before.rlim_max};
    for (int whole = 0; whole < 2; whole++) {
        SessionPen *pen = session_pen_open(path, &status);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
        char bytes[500] = "";
        if (whole)
            session_pen_put(pen, "log", bytes, 5);
        session_pen_put(pen, "log", bytes, sizeof bytes);
        bool closed = session_pen_close(pen, 10.0, &status);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_false(closed);
        assert_non_null(strstr(status.message, "File too large"));
        assert_int_equal(access(path, F_OK), whole ? 0 : -1);
    }
}

/* A disk that does not follow takes no more than its share of memory. */
static void test_pen_behind(void **state) {
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before, little;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = (struct rlimit){100, before.rlim_max};
    SessionPen *pen = session_pen_open(path, &status);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    size_t size = SESSION_PEN_ROOM / 4;
    char *bytes = calloc(1, size);
    int taken = 0;
    while (taken < 9 && session_pen_put(pen, "log", bytes, size))
        taken++;
    assert_int_equal(taken, 4);
    session_pen_close(pen, 10.0, &status);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    free(bytes);
}

static void make_record(void *user, LogText *text) {
    if (!text)
        return;
    if (user)
        log_put(text, "%s", (const char *)user);
    text->failed = !user;
}

static void wait_for_pen(SessionPen *pen) {
    while (!session_pen_is_done(pen))
        sched_yield();
}

/* What is to be made waits for all else, one at a time, and is left out by a pen that closes. */
static void test_pen_makes_last(void **state) {
    (void)state;
    char made[] = "0 base\nlater", *bytes = calloc(1, 5000);
    signal(SIGXFSZ, SIG_IGN);
    for (int makes = 0; makes < 2; makes++) {
        struct rlimit before, little;
        assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
        little = (struct rlimit){1000, before.rlim_max};
        SessionPen *pen = session_pen_open(path, &status);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
        assert_true(session_pen_put(pen, "log", bytes, 5000)); /* the disk hangs in this one */
        while (session_pen_state(pen, &status))
            sched_yield();
        assert_true(session_pen_put_made(pen, "checkpoint", make_record, made));
        assert_true(session_pen_makes(pen));
        assert_false(session_pen_put_made(pen, "checkpoint", make_record, made));
        assert_true(session_pen_put(pen, "log", bytes, 300));
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        if (makes)
            wait_for_pen(pen);
        assert_true(session_pen_close(pen, 10.0, &status));
        Session s;
        assert_true(session_read(&s, path, &status));
        assert_true(s.log_size == 5300 && !s.damaged && (s.checkpoint != NULL) == makes);
        session_free(&s);
        size_t size;
        char *file = whole_file(path, &size), *end = file + size;
        const char *last = memmem(file, size, "\nlog 300 ", 9);
        assert_true(last && !memmem(file, (size_t)(last - file), "\ncheckpoint ", 12));
        assert_true((memmem(last, (size_t)(end - last), "\ncheckpoint ", 12) != NULL) == makes);
        free(file);
    }
    free(bytes);
}

static void test_pen(void **state) {
    (void)state;
    SessionPen *pen = session_pen_open(path, &status);
    assert_non_null(pen);
    assert_true(session_pen_writes(path));
    Status other;
    assert_null(session_pen_open(path, &other));
    Experiment e;
    begin_session(&e, 7);
    size_t written = 0, size;
    for (int i = 0; i < 30; i++) {
        random_session(&e, 3);
        run_log_seal(e.log, &e, false);
        const char *text = run_log_text(e.log, &size);
        assert_true(session_pen_put(pen, "log", text + written, size - written));
        assert_true(session_pen_put(pen, "view", "zoom 1\n", 7));
        written = size;
    }
    rest(&e);
    run_log_seal(e.log, &e, false);
    const char *text = run_log_text(e.log, &size);
    assert_true(session_pen_put(pen, "log", text + written, size - written));
    assert_true(session_pen_state(pen, &status));
    char made[] = "0 base\nlater";
    assert_true(session_pen_put_made(pen, "checkpoint", make_record, made));
    wait_for_pen(pen);
    assert_true(session_pen_put_made(pen, "checkpoint", make_record, NULL)); /* it fails, and is left out */
    wait_for_pen(pen);
    assert_true(session_pen_put(pen, "end", NULL, 0));
    assert_true(session_pen_close(pen, 10.0, &status));
    assert_false(session_pen_writes(path));
    Played p;
    play(&p);
    assert_true(p.session.ends);
    assert_true(p.session.checkpoint_size == 5 && memcmp(p.session.checkpoint, "later", 5) == 0);
    assert_same_session(&e, &p.e);
    end_play(&p);
    end_session(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sessions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flipped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_moved, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_view_passes_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_not_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_fields, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_log, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_doubt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_source, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pipe, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_go_on_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pen_makes_last, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pen_full, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pen_given_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pen_behind, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
