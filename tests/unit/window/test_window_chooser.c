/* The window and the desktop's file chooser, which is the test's: it does not come, comes late, chooses, is closed, or
 * is not there. The clock is the test's as well. */
#include "app/window/window_private.h"

#include "app/experiment/run_log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- the chooser ---- */

struct Portal {
    bool saves;
    char folder[256], name[256];
};

static Portal chooser;
static bool there, no_thread; /* it has been asked for; it cannot be */
static PortalState says;
static const char *words;
static double now;

double __wrap_clock_seconds(void);
Portal *__wrap_portal_open(const char *parent, const char *folder, Status *status);
Portal *__wrap_portal_save(const char *parent, const char *folder, const char *name, Status *status);
bool __wrap_portal_saves(const Portal *portal);
PortalState __wrap_portal_state(Portal *portal);
const char *__wrap_portal_text(const Portal *portal);
void __wrap_portal_free(Portal *portal);

double __wrap_clock_seconds(void) {
    return now;
}

static Portal *ask(bool saves, const char *folder, const char *name, Status *status) {
    assert_false(there);
    if (no_thread) {
        status_fail(status, STATUS_FAILED, "no thread for it");
        return NULL;
    }
    there = true;
    says = PORTAL_ASKING;
    words = "";
    chooser.saves = saves;
    snprintf(chooser.folder, sizeof chooser.folder, "%s", folder ? folder : "");
    snprintf(chooser.name, sizeof chooser.name, "%s", name ? name : "");
    return &chooser;
}

Portal *__wrap_portal_open(const char *parent, const char *folder, Status *status) {
    assert_string_equal(parent, "");
    return ask(false, folder, NULL, status);
}

Portal *__wrap_portal_save(const char *parent, const char *folder, const char *name, Status *status) {
    assert_string_equal(parent, "");
    return ask(true, folder, name, status);
}

bool __wrap_portal_saves(const Portal *portal) {
    return portal->saves;
}

PortalState __wrap_portal_state(Portal *portal) {
    (void)portal;
    return says;
}

const char *__wrap_portal_text(const Portal *portal) {
    (void)portal;
    return words;
}

void __wrap_portal_free(Portal *portal) {
    there = there && !portal;
}

/* ---- a window ---- */

#include "tests/support/window_scene.h"

static char path[128];

static int set_up(void **state) {
    (void)state;
    if (!make_folder() || chdir(folder))
        return -1;
    snprintf(path, sizeof path, "%s/a.easyfirst", folder);
    now = 1000.0;
    there = no_thread = false;
    open_window();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    close_window();
    return chdir("/") || !remove_folder();
}

/* It has come to that, so many seconds later. */
static void comes(PortalState state, const char *text, double seconds) {
    assert_true(there);
    now += seconds;
    says = state;
    words = text;
    window_follow_portal(&w);
}

static void types(bool saves, const char *message) {
    assert_false(there);
    assert_null(w.portal);
    assert_true(w.screen.open.shown && w.screen.open.saves == saves);
    assert_string_equal(w.screen.open.message, message);
    w.screen.open.shown = false;
}

static bool is_said(const char *text) {
    return now < w.notice_until && strstr(w.notice, text);
}

/* ---- what becomes of it ---- */

static void a_chooser_that_does_not_come_is_explained(void **state) {
    (void)state;
    for (int saves = 0; saves < 2; saves++) {
        const char *explains = saves ? "Ctrl+S once more" : "Ctrl+O once more";
        w.notice_until = 0.0;
        window_ask_path(&w, saves);
        comes(PORTAL_ASKING, "", 0.6);
        assert_false(is_said(explains));
        comes(PORTAL_ASKING, "", 0.2);
        assert_true(is_said(explains));
        w.notice[0] = '\0';
        comes(PORTAL_ASKING, "", 0.2); /* once */
        assert_false(is_said(explains));
        comes(PORTAL_SHOWN, "", 0.2); /* and no longer */
        assert_true(now >= w.notice_until);
        comes(PORTAL_SHOWN, "", 1000.0);
        comes(PORTAL_CANCELLED, "", 1.0);
        assert_false(there || w.screen.open.shown);
        window_ask_path(&w, saves);
        comes(PORTAL_ASKING, "", PORTAL_PATIENCE + 2.1);
        types(saves, "The desktop's file chooser does not answer: type the path here.");
        window_ask_path(&w, saves);
        comes(PORTAL_ASKING, "", 1.0);
        comes(PORTAL_FAILED, "why", 1.0);
        assert_true(now >= w.notice_until);
        types(saves, "why");
        window_ask_path(&w, saves);
        comes(PORTAL_NONE, "", 0.1);
        types(saves, "");
        no_thread = true;
        window_ask_path(&w, saves);
        types(saves, "no thread for it");
        no_thread = false;
    }
    window_follow_portal(&w); /* there is none */
}

/* Asked again: a path is typed instead, for what was asked last. */
static void asked_again_a_path_is_typed(void **state) {
    (void)state;
    for (int first = 0; first < 2; first++)
        for (int then = 0; then < 2; then++) {
            window_ask_path(&w, first);
            w.session.then = THEN_QUIT;
            window_ask_path(&w, then);
            assert_true(w.screen.open.shown);
            window_ask_path(&w, then); /* which is there already */
            assert_int_equal(w.session.then, first && !then ? THEN_STAY : THEN_QUIT);
            types(then, "");
        }
}

static void what_is_chosen_is_saved_and_opened(void **state) {
    (void)state;
    w.session.then = THEN_QUIT;
    window_save_as(&w);
    assert_true(chooser.saves);
    assert_string_equal(chooser.folder, folder);
    assert_string_equal(chooser.name, "run.easyfirst");
    comes(PORTAL_CANCELLED, "", 1.0);
    assert_true(!w.quit && w.session.then == THEN_STAY);
    w.session.then = THEN_QUIT;
    window_save(&w); /* it has no file yet */
    comes(PORTAL_CHOSEN, path, 1.0);
    assert_true(w.quit);
    assert_string_equal(w.session.path, path);
    assert_int_equal(access(path, F_OK), 0);
    window_save_as(&w);
    assert_string_equal(chooser.name, "a.easyfirst");
    comes(PORTAL_CANCELLED, "", 1.0);
    window_ask_path(&w, false);
    assert_string_equal(chooser.folder, folder); /* of what was opened last */
    comes(PORTAL_CANCELLED, "", 1.0);
    assert_false(w.reading || w.session.leaves);
    window_ask_path(&w, false);
    comes(PORTAL_CHOSEN, path, 1.0);
    assert_true(w.session.leaves && w.session.then == THEN_OPEN);
}

/* Of a file whose folder has gone, of one at the root, and of one that is not known by its whole path. */
static void it_begins_where_the_last_file_is(void **state) {
    static const char *const CASES[][2] = {
        {"/nonexistent/a.csv", ""}, {"/a.csv", "/"}, {"a.csv", ""}, {"/dev/null", "/dev"}};
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        w.experiment.source.path = strdup(CASES[i][0]);
        window_ask_path(&w, false);
        assert_string_equal(chooser.folder, CASES[i][1]);
        comes(PORTAL_CANCELLED, "", 1.0);
        window_ask_path(&w, false);
        comes(PORTAL_NONE, "", 1.0);
        types(false, "");
        window_save_as(&w);
        assert_string_equal(chooser.folder, i == 1 ? "/" : i == 3 ? "/dev" : i == 2 ? folder : "/nonexistent");
        assert_string_equal(chooser.name, i == 3 ? "null.easyfirst" : "a.easyfirst");
        comes(PORTAL_CANCELLED, "", 1.0);
        free(w.experiment.source.path);
        w.experiment.source.path = NULL;
    }
    for (int i = 0; i < 3; i++) { /* the first name that is free */
        static const char *const NAMES[] = {"run.easyfirst", "run-2.easyfirst", "run-3.easyfirst"};
        window_save_as(&w);
        assert_string_equal(chooser.name, NAMES[i]);
        comes(PORTAL_CANCELLED, "", 1.0);
        fclose(fopen(NAMES[i], "w"));
    }
    assert_int_equal(chdir("/"), 0);
    char *at_root = window_propose(&w);
    assert_string_equal(at_root, "/run.easyfirst");
    free(at_root);
}

/* ---- while a session is opened ---- */

static void while_one_is_opened_nothing_is_saved(void **state) {
    (void)state;
    window_save_to(&w, path, true);
    assert_null(w.reopening);
    window_reopen(&w, path);
    assert_non_null(w.reopening);
    window_save(&w);
    window_save_as(&w);
    assert_false(there);
    window_leave(&w, THEN_OPEN, path); /* one thing after the other */
    assert_false(w.session.leaves);
    window_leave(&w, THEN_QUIT, NULL); /* but the program can be left */
    assert_null(w.reopening);
    assert_true(w.session.leaves);
    window_stop_reopening(&w); /* none is */
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_chooser_that_does_not_come_is_explained), TEST(asked_again_a_path_is_typed),
        TEST(what_is_chosen_is_saved_and_opened),        TEST(it_begins_where_the_last_file_is),
        TEST(while_one_is_opened_nothing_is_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
