/* Sessions in files: what is written is read again; what is damaged is never taken for what it is not. */
#include "app/io/session_file.h"
#include "app/io/session_pen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/experiment/tape.h"
#include "tests/support/commands.h"
#define SCRATCH_FILE "a.easyfirst"
#include "tests/support/scratch.h"
#include "tests/support/sessions.h"

static Status status;

/* ---- sessions of runs ---- */

static void begin(Experiment *e, uint32_t seed) {
    hand = (Hand){.gesture = 1};
    mt_seed(&hand.random, seed);
    Settings settings = random_settings();
    Dataset points = {0};
    bool own = below(3) == 0;
    if (own)
        points = random_points();
    if (!experiment_init(e, &settings, own ? &points : NULL, own ? "/home/me/my points.csv" : NULL, &status))
        fail_msg("%s", status.message);
    e->log = run_log_new(e, &status);
    assert_non_null(e->log);
}

static void end(Experiment *e) {
    run_log_free(e->log);
    e->log = NULL;
    e->tape = NULL;
    experiment_free(e);
}

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
    end(&p->e);
    tape_free(&p->tape);
    recording_free(&p->recording);
    session_free(&p->session);
}

/* Saved, opened, gone on with, saved and opened again: as if nobody had stopped. */
static void session(uint32_t seed) {
    Experiment e;
    Session session = {0};
    begin(&e, seed);
    for (int i = 0; i < 3; i++) {
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
        end(&e);
        e = p.e; /* that of the file goes on */
        e.log = on;
        p.e = (Experiment){0};
        tape_free(&p.tape);
        recording_free(&p.recording);
        session_free(&p.session);
    }
    end(&e);
}

static void test_sessions(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 120; seed++)
        session(seed);
}

/* ---- the pen ---- */

static void test_pen(void **state) {
    (void)state;
    SessionPen *pen = session_pen_open(path, &status);
    assert_non_null(pen);
    assert_true(session_pen_writes(path));
    Status other;
    assert_null(session_pen_open(path, &other));
    Experiment e;
    begin(&e, 7);
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
    assert_true(session_pen_put(pen, "end", NULL, 0));
    assert_true(session_pen_close(pen, 10.0, &status));
    assert_false(session_pen_writes(path));
    Played p;
    play(&p);
    assert_true(p.session.ends);
    assert_same_session(&e, &p.e);
    end_play(&p);
    end(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sessions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pen, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
