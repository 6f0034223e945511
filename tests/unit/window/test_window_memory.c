/* Whole windows in which each place of the program that asks for memory gets none once: what it was about is not done,
 * and the window goes on or ends with a word of memory. Nothing is leaked, no damaged session is left, and where the
 * window goes on its picture is whole once there is memory again. Places are told apart by the calls that lead to them.
 */
#include "tests/hands/acts.h"
#include "tests/hands/checks.h"
#include "tests/support/hand_folder.h"

#include "app/draw/sdl_reserve.h"

#include <errno.h>
#include <execinfo.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- memory that is refused ---- */

enum { CALLS = 3, ROOM = 1 << 13 };

static bool refuses; /* from now on */
static uint64_t met[ROOM];
static size_t met_count, refusals; /* of one window */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static __thread bool inside;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t size);

/* Whether nobody has come this way before. */
static bool is_new(void) {
    void *calls[CALLS + 2];
    uint64_t hash = UINT64_C(14695981039346656037);
    int count = backtrace(calls, CALLS + 2);
    for (int i = 2; i < count; i++)
        hash = (hash ^ (uint64_t)(uintptr_t)calls[i]) * UINT64_C(1099511628211);
    size_t at = hash % ROOM;
    while (met[at] != 0 && met[at] != hash)
        at = (at + 1) % ROOM;
    if (met[at] == hash || met_count == ROOM / 2)
        return false;
    met[at] = hash;
    met_count++;
    return true;
}

static bool is_refused(void) {
    if (!refuses || inside)
        return false;
    inside = true;
    pthread_mutex_lock(&lock);
    bool refused = is_new();
    refusals += refused;
    pthread_mutex_unlock(&lock);
    inside = false;
    if (refused)
        errno = ENOMEM;
    return refused;
}

void *__wrap_malloc(size_t size) {
    return is_refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    return is_refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size) {
    return is_refused() ? NULL : __real_realloc(memory, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size) {
    return is_refused() ? NULL : __real_aligned_alloc(alignment, size);
}

char *__wrap_strdup(const char *text) {
    return is_refused() ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t size) {
    return is_refused() ? NULL : __real_strndup(text, size);
}

/* ---- a window's deeds ---- */

static const char *const *script;
static size_t next;

void hands_next(Window *w) {
    Act deed;
    bool before = refuses;
    refuses = false;
    if (SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT) || check_look_on(w) || act_next_frame(w)) {
        refuses = before;
        return;
    }
    const char *line = script[next];
    if (!line) {
        w->quit = true;
    } else if (act_read(&deed, line)) {
        next++;
        if (deed.kind == ACT_LOOK) {
            check_look(w);
            before = false;
        } else {
            act_do(&deed, w);
            act_next_frame(w);
        }
    } else {
        fail_msg("no deed: %s", line);
    }
    refuses = before;
}

/* Windows of it until one has had all the memory that it asked for. */
static void try(int count, char *arguments[], const char *const *deeds) {
    int windows = 0;
    size_t all = 0;
    script = deeds;
    do {
        Status status = {0};
        next = 0;
        refusals = 0;
        refuses = true;
        bool done = hands_window(count, arguments, &status);
        refuses = false;
        act_forget();
        SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
        all += refusals;
        if (!done && !strstr(status.message, "memory"))
            fail_msg("the window ended: %s", status.message);
        check_left();
    } while (refusals > 0 && ++windows < 1000);
    print_message("%zu places, %d windows\n", all, windows);
    assert_true(met_count > 100); /* with those of the tests before */
}

/* ---- what is done ---- */

#define TRY(deeds, ...) try(sizeof(char *[]){__VA_ARGS__} / sizeof(char *), (char *[]){__VA_ARGS__}, deeds)
#define SMALL "--samples", "60", "--hidden", "4", "--window-size", "1100x700", "--reduced-motion"

static void a_run(void **state) {
    static const char *const DEEDS[] = {"wait - 1000 3 0 0 0 0",
                                        "click speed 900 500 1 1 0 0",
                                        "key - 44 0 0 0 0 0", /* Space: pause */
                                        "key - 11 0 0 0 0 0", /* hold the threshold */
                                        "drag threshold 500 500 -30 0 1 0",
                                        "key - 55 0 0 0 0 0", /* an epoch */
                                        "key - 54 0 0 0 0 0", /* a batch */
                                        "key - 5 0 0 0 0 0",  /* brush */
                                        "drag plot 300 400 60 40 1 0",
                                        "key - 29 64 0 0 0 0", /* undo */
                                        "key - 28 64 0 0 0 0", /* redo */
                                        "key - 27 0 0 0 0 0",  /* flip */
                                        "drag plot 500 450 30 30 1 0",
                                        "key - 8 0 0 0 0 0", /* erase */
                                        "drag plot 500 450 60 60 1 0",
                                        "key - 25 0 0 0 0 0", /* move */
                                        "key - 55 0 0 0 0 0",
                                        "drag timeline 600 500 -200 0 1 0", /* look back */
                                        "click go-on 500 500 1 1 0 0",
                                        "key - 55 0 0 0 0 0",
                                        "key - 7 0 0 0 0 0", /* the data map */
                                        "key - 55 0 0 0 0 0",
                                        "key - 7 0 0 0 0 0",
                                        "key - 26 0 0 0 0 0", /* suspects */
                                        "wait - 1000 3 0 0 0 0",
                                        "key - 81 0 0 0 0 0",
                                        "key - 40 0 0 0 0 0",
                                        "key - 41 0 0 0 0 0",
                                        "key - 26 0 0 0 0 0",
                                        "key - 58 0 0 0 0 0", /* help */
                                        "key - 41 0 0 0 0 0",
                                        "key - 17 0 0 0 0 0", /* a note */
                                        "type - 1 0 0 0 0 0 words",
                                        "click preset 500 500 1 1 0 0",
                                        "key - 81 0 0 0 0 0",
                                        "key - 41 0 0 0 0 0",
                                        "key - 41 0 0 0 0 0",
                                        "key - 62 0 0 0 0 0", /* presentation */
                                        "wait - 1000 3 0 0 0 0",
                                        "key - 62 0 0 0 0 0",
                                        "key - 21 0 0 0 0 0", /* reset */
                                        "key - 21 1 0 0 0 0", /* new seed */
                                        "key - 55 0 0 0 0 0",
                                        "resize - 900 640 0 0 0 0",
                                        "key - 46 64 0 0 0 0", /* larger */
                                        "wait - 1000 3 0 0 0 0",
                                        "look - 0 0 0 0 0 0",
                                        NULL};
    (void)state;
    TRY(DEEDS, SMALL, "--epochs", "20", "--flip", "0.1");
}

static void files(void **state) {
    static const char *const DEEDS[] = {
        "wait - 1000 3 0 0 0 0",        "key - 44 0 0 0 0 0",
        "key - 11 0 0 0 0 0",           "key - 22 0 0 0 0 0",  /* a PNG */
        "wait - 1000 3 0 0 0 0",        "key - 22 64 0 0 0 0", /* save */
        "wait - 1000 3 0 0 0 0",        "key - 4 64 0 0 0 0",  /* all of the name that is proposed */
        "type - 1 0 0 0 0 0 s",         "wait - 1000 3 0 0 0 0",
        "key - 40 0 0 0 0 0", /* replace */
        "wait - 1000 3 0 0 0 0",        "key - 11 0 0 0 0 0",
        "key - 22 64 0 0 0 0", /* and again */
        "wait - 1000 3 0 0 0 0",        "drop - 0 0 0 0 0 0 good.csv",
        "wait - 1000 4 0 0 0 0",        "key - 55 0 0 0 0 0",
        "drop - 0 0 0 0 0 0 words.csv", "wait - 1000 4 0 0 0 0",
        "drop - 0 0 0 0 0 0 bad.csv", /* the import sheet */
        "wait - 1000 4 0 0 0 0",        "key - 40 0 0 0 0 0",
        "wait - 1000 4 0 0 0 0",        "key - 41 0 0 0 0 0",
        "drop - 0 0 0 0 0 0 good.ini",  "wait - 1000 4 0 0 0 0",
        "key - 11 0 0 0 0 0",           "drop - 0 0 0 0 0 0 s.easyfirst",
        "wait - 1000 4 0 0 0 0",        "key - 7 0 0 0 0 0",  /* without saving */
        "wait - 1000 4 0 0 0 0",        "key - 8 64 0 0 0 0", /* export */
        "wait - 1000 4 0 0 0 0",        "click save 500 500 1 1 0 0",
        "wait - 3000 9 0 0 0 0",        "key - 18 64 0 0 0 0", /* open */
        "type - 1 0 0 0 0 0 good",      "key - 41 0 0 0 0 0",
        "key - 41 0 0 0 0 0",           "wait - 3000 9 0 0 0 0",
        "look - 0 0 0 0 0 0",           NULL};
    (void)state;
    TRY(DEEDS, SMALL, "--epochs", "20", "--record", "run.log", "--live-trace", "live.csv", "--widgets", "w.txt",
        "--force");
}

static void two_runs_of_points(void **state) {
    static const char *const DEEDS[] = {"wait - 1000 3 0 0 0 0",
                                        "key - 44 0 0 0 0 0",
                                        "key - 55 0 0 0 0 0",
                                        "key - 7 0 0 0 0 0",
                                        "wait - 1000 3 0 0 0 0",
                                        "key - 5 0 0 0 0 0",
                                        "drag plot 300 400 60 40 1 0",
                                        "key - 29 64 0 0 0 0",
                                        "key - 21 0 0 0 0 0",
                                        "key - 55 0 0 0 0 0",
                                        "wait - 1000 3 0 0 0 0",
                                        "look - 0 0 0 0 0 0",
                                        NULL};
    (void)state;
    TRY(DEEDS, "eight.csv", "--hidden", "4", "--epochs", "4", "--compare", "plain", "--compare", "order=hard",
        "--theme", "dark", "--window-size", "1280x720", "--reduced-motion");
}

static void a_lesson(void **state) {
    static const char *const DEEDS[] = {"wait - 1000 3 0 0 0 0", "key - 78 0 0 0 0 0", /* to the next note */
                                        "wait - 1000 3 0 0 0 0", "key - 78 0 0 0 0 0",
                                        "wait - 1000 3 0 0 0 0", "key - 75 0 0 0 0 0", /* and back */
                                        "wait - 1000 3 0 0 0 0", "key - 11 0 0 0 0 0", /* the run is one's own */
                                        "wait - 1000 3 0 0 0 0", NULL};
    (void)state;
    TRY(DEEDS, "--replay", LESSON_DIR "/collapse.log", "--language", "zh_CN", "--window-size", "1280x720",
        "--reduced-motion");
}

/* With checkpoints and points from a file. */
static void a_session(void **state) {
    static const char *const SAVES[] = {"key - 11 0 0 0 0 0",   "key - 22 64 0 0 0 0",   "key - 4 64 0 0 0 0",
                                        "type - 1 0 0 0 0 0 s", "wait - 1000 3 0 0 0 0", NULL};
    char *good[] = {"good.csv", "--hidden", "4", "--epochs", "3"};
    Status status = {0};
    script = SAVES;
    next = 0;
    assert_true(hands_window(5, good, &status));
    static const char *const DEEDS[] = {"wait - 1000 3 0 0 0 0", "key - 55 0 0 0 0 0", "wait - 1000 3 0 0 0 0",
                                        "look - 0 0 0 0 0 0", NULL};
    (void)state;
    TRY(DEEDS, "s.easyfirst", "--window-size", "1100x700", "--reduced-motion");
}

static int tear_down(void **state) {
    (void)state;
    return !leave_hand_folder();
}

static int set_up(void **state) {
    void *calls[1];
    (void)state;
    backtrace(calls, 1); /* loads what it needs */
    sdl_keep_reserve();
    return !enter_hand_folder();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run),    cmocka_unit_test(files),     cmocka_unit_test(two_runs_of_points),
        cmocka_unit_test(a_lesson), cmocka_unit_test(a_session),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
