/* Files and the window, by hand: what is opened, saved, replaced and exported, what is asked before, and what is said
 * where that cannot be. The whole window runs (tests/hands), in a folder of its own. */
#include "tests/hands/acts.h"
#include "tests/hands/checks.h"
#include "tests/support/hand_folder.h"

#include "app/experiment/run_log.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include <cmocka.h>

/* A deed, and what is to hold once all that it brings about is over. */
typedef struct StoryStep {
    const char *deed;        /* a line of acts.h; NULL: none */
    const char *says;        /* part of what the window says then; NULL: anything */
    void (*then)(Window *w); /* checks; may also do what a menu asks for */
} StoryStep;

static const StoryStep *steps; /* the last one is zeroed */
static size_t next;
static bool checks; /* the step's deed is done */

static bool is_busy(const Window *w) {
    return w->reading || w->summing || w->job || w->reopening || w->copy.busy || w->session.leaves ||
           w->experiment.queued > 0;
}

static void look(Window *w) {
    const StoryStep *step = &steps[next - 1];
    if (step->says && !strstr(w->notice, step->says))
        fail_msg("after '%s' not '%s' is said, but '%s'", step->deed, step->says, w->notice);
    if (step->then)
        step->then(w);
}

void hands_next(Window *w) {
    Act deed;
    if (w->quit || SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT) || act_next_frame(w))
        return;
    if (is_busy(w)) { /* a thread is at it */
        usleep(1000);
        hands_pass(0.02);
        return;
    }
    check_frame(w);
    if (checks)
        look(w);
    checks = false;
    if (is_busy(w) || w->quit)
        return;
    const StoryStep *step = &steps[next];
    if (!step->deed && !step->then) {
        w->session.drop = true; /* whoever ends a story leaves nothing behind */
        w->quit = true;
        return;
    }
    next++;
    checks = true;
    if (step->deed)
        w->notice[0] = '\0';
    if (step->deed && !act_read(&deed, step->deed))
        fail_msg("no deed: %s", step->deed);
    if (step->deed)
        act_do(&deed, w);
    act_do(&(Act){.kind = ACT_WAIT, .n = {300, 4}}, w);
    act_next_frame(w);
}

static bool opens(int count, char *arguments[], const StoryStep *story, Status *status) {
    steps = story;
    next = 0;
    checks = false;
    *status = (Status){0};
    bool done = hands_window(count, arguments, status);
    act_forget();
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    return done;
}

#define TELL(story, ...)                                                                                               \
    do {                                                                                                               \
        Status told;                                                                                                   \
        char *words[] = {__VA_ARGS__, "--window-size", "1000x700", "--reduced-motion"};                                \
        if (!opens(sizeof words / sizeof *words, words, story, &told))                                                 \
            fail_msg("%s", told.message);                                                                              \
        assert_true(steps[next].deed == NULL || next > 0);                                                             \
    } while (0)
#define FEW "--samples", "60", "--hidden", "4", "--epochs", "5"

#define ENTER "key - 40 0 0 0 0 0"
#define ESCAPE "key - 41 0 0 0 0 0"
#define HOLD "key - 11 0 0 0 0 0"
#define SAVE "key - 22 64 0 0 0 0"
#define SAVE_AS "key - 22 65 0 0 0 0"
#define OPEN "key - 18 64 0 0 0 0"
#define EXPORT "key - 8 64 0 0 0 0"
#define PNG "key - 22 0 0 0 0 0"
#define DROP "drop - 0 0 0 0 0 0 "
#define TYPE "type - 1 0 0 0 0 0 "
#define QUIT "quit - 0 0 0 0 0 0"

/* ---- points and presets ---- */

static bool has_points_of(const Window *w, const char *name) {
    const char *path = w->experiment.source.path;
    return path && strlen(path) > strlen(name) && strcmp(path + strlen(path) - strlen(name), name) == 0;
}

static void good(Window *w) {
    assert_true(has_points_of(w, "/good.csv"));
    assert_int_equal(w->experiment.trainer->data.count, 200);
    assert_false(w->screen.import.shown);
}

static void sheet(Window *w) {
    assert_true(w->screen.import.shown);
}

static void no_sheet(Window *w) {
    assert_false(w->screen.import.shown);
}

static void preset_of_70(Window *w) {
    assert_int_equal(w->experiment.trainer->settings.samples, 70);
    assert_null(w->experiment.source.path);
}

static void bad_rows_are_left_out(Window *w) {
    assert_true(has_points_of(w, "/bad.csv"));
    assert_int_equal(w->experiment.trainer->data.count, 2);
}

static void menu_asks(Window *w, FileAsk ask, int recent) {
    window_file_intent(w, &(Intents){.preset = -1, .file = ask, .recent = recent});
}

static void columns(Window *w) {
    menu_asks(w, FILE_COLUMNS, 0);
}

static void copy_good(Window *w) {
    (void)w;
    assert_int_equal(system("/bin/cp good.csv gone.csv"), 0);
}

/* The newest in the list is chosen once its file has gone. */
static void lose_the_newest(Window *w) {
    assert_true(has_points_of(w, "/gone.csv"));
    unlink("gone.csv");
    int count = w->recent.count;
    menu_asks(w, FILE_RECENT, 0);
    assert_int_equal(w->recent.count, count - 1);
    assert_non_null(strstr(w->notice, "gone.csv is no longer there"));
    menu_asks(w, FILE_RECENT, RECENT_MOST); /* no such row */
    menu_asks(w, FILE_RECENT, -1);
    assert_int_equal(w->recent.count, count - 1);
}

static void the_newest(Window *w) {
    menu_asks(w, FILE_RECENT, 0);
}

static void open_sheet(Window *w) {
    assert_true(w->screen.open.shown && !w->screen.open.saves);
}

static bool sheet_says(const Window *w, const char *words) {
    return w->screen.open.shown && strstr(w->screen.open.message, words) != NULL;
}

static void no_such_file(Window *w) {
    assert_true(sheet_says(w, "there is no file of that name"));
}

static void points_are_opened_and_refused(void **state) {
    (void)state;
    static const StoryStep STORY[] = {{NULL, NULL, columns}, /* of what? */
                                      {NULL, NULL, no_sheet},
                                      {DROP "nothing", "nothing: ", NULL},
                                      {DROP "folder", "folder", NULL},
                                      {DROP "empty.csv", "empty.csv", NULL},
                                      {NULL, NULL, columns}, /* those of the file that could not be opened */
                                      {NULL, "empty.csv", no_sheet},
                                      {DROP "good.csv", NULL, good},
                                      {DROP "bad.ini", "bad.ini", good},
                                      {NULL, NULL, columns},
                                      {NULL, NULL, sheet},
                                      {ESCAPE, NULL, no_sheet},
                                      {DROP "bad.csv", NULL, sheet},
                                      {ESCAPE, NULL, good},
                                      {DROP "bad.csv", NULL, sheet},
                                      {ENTER, NULL, bad_rows_are_left_out},
                                      {DROP "good.ini", NULL, preset_of_70},
                                      {NULL, NULL, copy_good},
                                      {DROP "gone.csv", NULL, lose_the_newest},
                                      {NULL, NULL, the_newest},
                                      {NULL, NULL, preset_of_70},
                                      {OPEN, NULL, open_sheet},
                                      {TYPE "nothing", NULL, no_such_file},
                                      {ESCAPE, NULL, NULL},
                                      {OPEN, NULL, open_sheet},
                                      {"type - 0 0 0 0 0 0 good.csv", NULL, open_sheet},
                                      {ENTER, NULL, NULL},
                                      {ESCAPE, NULL, NULL},
                                      {DROP "good.csv", NULL, good},
                                      {OPEN, NULL, open_sheet},
                                      {ENTER, NULL, NULL},
                                      {"key - 4 64 0 0 0 0", NULL, open_sheet}, /* all of it, */
                                      {"key - 42 0 0 0 0 0", NULL, open_sheet}, /* away: */
                                      {ENTER, NULL, open_sheet},                /* the current folder */
                                      {ESCAPE, NULL, NULL},
                                      {NULL, NULL, NULL}};
    TELL(STORY, FEW);
}

/* ---- sessions ---- */

static bool is_there(const char *path) {
    return access(path, F_OK) == 0;
}

static void unsaved(Window *w) {
    assert_true(window_is_unsaved(w));
    assert_false(w->screen.ask.shown);
}

static void save_sheet(Window *w) {
    assert_true(w->screen.open.shown && w->screen.open.saves);
}

static void saved_as_a(Window *w) {
    assert_false(window_is_unsaved(w));
    assert_true(is_there("a.easyfirst"));
    assert_non_null(strstr(w->session.path, "/a.easyfirst"));
}

static void saved_as_b(Window *w) {
    assert_false(window_is_unsaved(w));
    assert_non_null(strstr(w->session.path, "/b.easyfirst"));
}

/* Another program writes it. */
static void change_a(Window *w) {
    unsaved(w);
    assert_int_equal(system("echo >> a.easyfirst"), 0);
}

static void asks_of_a_change(Window *w) {
    assert_true(w->screen.ask.shown);
    assert_string_equal(w->screen.ask.title, "Replace 'a.easyfirst'?");
    assert_non_null(strstr(w->screen.ask.words, "changed since it was opened here"));
}

static void make_b(Window *w) {
    (void)w;
    assert_int_equal(system("echo mine > b.easyfirst"), 0);
}

static void asks_of_b(Window *w) {
    assert_true(w->screen.ask.shown);
    assert_string_equal(w->screen.ask.title, "Replace 'b.easyfirst'?");
    assert_non_null(strstr(w->screen.ask.words, "There is a file of that name"));
}

static void b_is_still_mine(Window *w) {
    assert_false(w->screen.ask.shown);
    assert_true(window_is_unsaved(w));
    assert_int_equal(system("/bin/grep -q mine b.easyfirst"), 0);
}

static void asks_to_save(Window *w) {
    assert_true(w->screen.ask.shown);
    assert_non_null(strstr(w->screen.ask.title, "Save '"));
}

static void asks_of_held(Window *w) {
    assert_true(w->screen.ask.shown);
    assert_string_equal(w->screen.ask.title, "Replace 'held.easyfirst'?");
}

static void asks_with_trouble(Window *w) {
    asks_to_save(w);
    assert_non_null(strstr(w->screen.ask.trouble, "being written by another window"));
}

static void nothing_happens(Window *w) {
    assert_false(w->quit || w->screen.ask.shown);
}

static void opened_a(Window *w) {
    assert_false(window_is_unsaved(w));
    assert_non_null(strstr(w->session.path, "/a.easyfirst"));
}

/* A hand that has nothing open to be asked about. */
static void a_session_is_saved(void **state) {
    (void)state;
    static const StoryStep STORY[] = {{HOLD, NULL, unsaved},
                                      {SAVE, NULL, save_sheet},
                                      {ESCAPE, NULL, unsaved},
                                      {SAVE, NULL, save_sheet},
                                      {TYPE "/nonexistent/a", NULL, NULL},
                                      {ESCAPE, NULL, unsaved},
                                      {SAVE, NULL, save_sheet},
                                      {"key - 4 64 0 0 0 0", NULL, save_sheet}, /* all of what is proposed */
                                      {TYPE "a", NULL, saved_as_a},
                                      {HOLD, NULL, unsaved},
                                      {SAVE, NULL, saved_as_a}, /* without a question */
                                      {HOLD, NULL, change_a},
                                      {SAVE, NULL, asks_of_a_change},
                                      {ESCAPE, NULL, unsaved},
                                      {SAVE, NULL, asks_of_a_change},
                                      {"key - 22 0 0 0 0 0", NULL, save_sheet}, /* s: under another name */
                                      {ESCAPE, NULL, unsaved},
                                      {SAVE, NULL, asks_of_a_change},
                                      {ENTER, NULL, saved_as_a},
                                      {NULL, NULL, make_b},
                                      {HOLD, NULL, unsaved},
                                      {SAVE_AS, NULL, save_sheet},
                                      {"key - 4 64 0 0 0 0", NULL, save_sheet},
                                      {TYPE "b", NULL, asks_of_b},
                                      {ESCAPE, NULL, b_is_still_mine},
                                      {SAVE_AS, NULL, save_sheet},
                                      {"key - 4 64 0 0 0 0", NULL, save_sheet},
                                      {TYPE "b.easyfirst", NULL, asks_of_b},
                                      {ENTER, NULL, saved_as_b},
                                      {HOLD, NULL, unsaved},
                                      {SAVE_AS, NULL, save_sheet},
                                      {"key - 4 64 0 0 0 0", NULL, save_sheet},
                                      {TYPE "b", NULL, saved_as_b}, /* its own file */
                                      {NULL, NULL, NULL}};
    TELL(STORY, FEW);
}

static void nothing_is_lost_without_a_question(void **state) {
    (void)state;
    static const StoryStep STORY[] = {{QUIT, NULL, NULL}, /* never reached: nothing is unsaved, it ends */
                                      {NULL, NULL, NULL}};
    TELL(STORY, FEW);
    static const StoryStep ASKED[] = {{HOLD, NULL, unsaved},
                                      {QUIT, NULL, asks_to_save},
                                      {DROP "a.easyfirst", NULL, asks_to_save}, /* one thing after the other */
                                      {ESCAPE, NULL, nothing_happens},
                                      {QUIT, NULL, asks_to_save},
                                      {ENTER, NULL, save_sheet}, /* it has no file yet */
                                      {ESCAPE, NULL, nothing_happens},
                                      {DROP "a.easyfirst", NULL, asks_to_save},
                                      {"key - 7 0 0 0 0 0", NULL, opened_a}, /* d: don't save */
                                      {DROP "cut.easyfirst", "cut.easyfirst", opened_a},
                                      {DROP "not.easyfirst", "not.easyfirst", opened_a},
                                      {HOLD, NULL, unsaved},
                                      {QUIT, NULL, asks_to_save},
                                      {ENTER, NULL, NULL}, /* saves, and ends */
                                      {NULL, NULL, NULL}};
    TELL(ASKED, FEW);
}

/* What another window holds is not written over: the question comes again, and says why. */
static void what_another_window_writes_is_left_alone(void **state) {
    (void)state;
    static const StoryStep STORY[] = {
        {HOLD, NULL, unsaved},      {SAVE_AS, NULL, save_sheet}, {"key - 4 64 0 0 0 0", NULL, save_sheet},
        {TYPE "w.txt", NULL, NULL}, /* gets its ending: no such file */
        {QUIT, NULL, NULL},         {NULL, NULL, NULL}};
    TELL(STORY, FEW, "--widgets", "w.txt", "--force");
    assert_true(is_there("w.txt.easyfirst"));
    static const StoryStep HELD[] = {{HOLD, NULL, unsaved},
                                     {QUIT, NULL, asks_to_save},
                                     {ENTER, NULL, save_sheet},
                                     {"key - 4 64 0 0 0 0", NULL, save_sheet},
                                     {TYPE "held.easyfirst", NULL, asks_of_held},
                                     {ENTER, NULL, asks_with_trouble},
                                     {NULL, NULL, NULL}};
    TELL(HELD, FEW, "--widgets", "held.easyfirst", "--force");
}

/* ---- exports ---- */

/* As the panel's section asks for it. */
static void export_to(Window *w, ExportKind kind, const char *path, bool replace) {
    Snapshot snapshot = experiment_snapshot(&w->experiment);
    ViewExportState *saving = &w->screen.panel.saving;
    free(saving->outcome);
    saving->outcome = NULL;
    saving->failed = false;
    w->screen.panel.saving_intent =
        (ExportIntent){.ask = EXPORT_BEGIN, .kind = kind, .path = path, .replace = replace, .width = 120, .height = 90};
    window_take_export(w, &snapshot);
}

static bool failed_with(const Window *w, const char *words) {
    const ViewExportState *saving = &w->screen.panel.saving;
    return saving->failed && saving->outcome && strstr(saving->outcome, words) != NULL;
}

static void export_points(Window *w) {
    export_to(w, EXPORT_POINTS, "out.csv", false);
    assert_non_null(w->job);
}

static void out_is_there(Window *w) {
    assert_true(is_there("out.csv"));
    assert_false(w->screen.panel.saving.failed);
    export_to(w, EXPORT_POINTS, "/nonexistent/out.csv", false);
    while (w->job)
        window_go_on_writing(w);
    assert_true(failed_with(w, "/nonexistent/out.csv"));
    export_to(w, EXPORT_POINTS, "held.txt", true); /* which --widgets writes */
    assert_null(w->job);
    assert_true(failed_with(w, "being written by another window"));
}

static void cancel_a_gif(Window *w) {
    Snapshot snapshot = experiment_snapshot(&w->experiment);
    export_to(w, EXPORT_GIF, "run.gif", false);
    assert_non_null(w->job);
    export_to(w, EXPORT_POINTS, "other.csv", false); /* one after the other */
    w->screen.panel.saving_intent = (ExportIntent){.ask = EXPORT_CANCEL};
    window_take_export(w, &snapshot);
    assert_null(w->job);
    assert_false(is_there("run.gif") || is_there("other.csv"));
    window_take_export(w, &snapshot); /* nothing to cancel any more */
}

static void export_presets(Window *w) {
    size_t count = w->preset_count;
    char path[4200], *home = getenv("XDG_CONFIG_HOME");
    snprintf(path, sizeof path, "%s/easyfirst/presets/post.ini", home); /* a name that the program has */
    export_to(w, EXPORT_PRESET, path, true);
    assert_true(!w->job && w->screen.panel.saving.failed);
    for (int i = 0; i < 2; i++) { /* the second time in place of the first */
        snprintf(path, sizeof path, "%s/easyfirst/presets/mine.ini", home);
        export_to(w, EXPORT_PRESET, path, true);
        while (w->job)
            window_go_on_writing(w);
        assert_false(w->screen.panel.saving.failed);
        assert_int_equal(w->preset_count, count + 1);
        assert_string_equal(w->presets[w->experiment.source.preset].name, "mine");
    }
    export_to(w, EXPORT_PRESET, "elsewhere.ini", true); /* which is none of the list */
    while (w->job)
        window_go_on_writing(w);
    assert_int_equal(w->preset_count, count + 1);
}

static void all_kinds(Window *w) {
    static const char *const NAMES[EXPORT_KINDS] = {
        [EXPORT_PLOT] = "p.png",  [EXPORT_PLOT_2X] = "p2.png", [EXPORT_SVG] = "p.svg",   [EXPORT_PDF] = "p.pdf",
        [EXPORT_PAGE] = "p.html", [EXPORT_WINDOW] = "w.png",   [EXPORT_TRACE] = "t.csv", [EXPORT_MODEL] = "m.json"};
    for (int kind = 0; kind < EXPORT_KINDS; kind++) {
        if (!NAMES[kind])
            continue;
        export_to(w, (ExportKind)kind, NAMES[kind], false);
        while (w->job)
            window_go_on_writing(w);
        if (w->screen.panel.saving.failed)
            fail_msg("%s: %s", NAMES[kind], w->screen.panel.saving.outcome);
        assert_true(is_there(NAMES[kind]));
    }
}

static void save_suspects(Window *w) {
    window_save_suspects(w);
    assert_true(is_there("easyfirst-suspects-epoch-0.csv") || w->notice[0]);
}

static void a_second_picture(Window *w) {
    assert_non_null(strstr(w->notice, "-2.png"));
}

static void no_part_is_left(Window *w) {
    (void)w;
    assert_int_equal(system("/bin/ls | /bin/grep -q part"), 256);
}

static void copy(Window *w) {
    menu_asks(w, FILE_COPY_PICTURE, 0);
    menu_asks(w, FILE_COPY_PICTURE, 0); /* one is enough */
}

static void lose_xclip(Window *w) {
    (void)w;
    assert_int_equal(rename("bin/xclip", "bin/gone"), 0);
}

static void find_xclip(Window *w) {
    (void)w;
    rename("bin/gone", "bin/xclip");
}

static void exports_succeed_or_say_why(void **state) {
    (void)state;
    static const StoryStep STORY[] = {{"key - 77 0 0 0 0 0", NULL, NULL},
                                      {"key - 55 0 0 0 0 0", NULL, export_points},
                                      {NULL, NULL, out_is_there},
                                      {NULL, NULL, cancel_a_gif},
                                      {NULL, NULL, export_presets},
                                      {NULL, NULL, all_kinds},
                                      {NULL, NULL, save_suspects},
                                      {"key - 44 0 0 0 0 0", NULL, NULL}, /* it stands still */
                                      {PNG, ".png", NULL},
                                      {PNG, ".png", a_second_picture},
                                      {"full - 1 0 0 0 0 0", NULL, NULL}, /* no file can grow any more */
                                      {PNG, "easyfirst-epoch", no_part_is_left},
                                      {"full - 0 0 0 0 0 0", NULL, NULL},
                                      {NULL, NULL, copy},
                                      {NULL, "clipboard", lose_xclip},
                                      {NULL, NULL, copy},
                                      {NULL, "xclip", find_xclip},
                                      {EXPORT, NULL, NULL},
                                      {NULL, NULL, NULL}};
    TELL(STORY, FEW, "--widgets", "held.txt", "--force");
}

/* ---- keys that are held down ---- */

static void is_held(Window *w) {
    assert_true(w->experiment.trainer->hold);
}

static void has_help(Window *w) {
    assert_true(w->screen.help);
}

static void has_gone_on(Window *w) {
    assert_true(w->experiment.trainer->epoch > 1);
}

/* What a key does once it does once, however long it is held; steps go on. */
static void a_held_key_acts_once(void **state) {
    (void)state;
    static const StoryStep STORY[] = {{"key - 44 0 0 0 0 0", NULL, NULL}, /* it stands still */
                                      {"key - 21 0 0 0 0 0", NULL, NULL}, /* at its beginning */
                                      {"key - 55 0 2 0 0 0", NULL, has_gone_on}, {"key - 11 0 3 0 0 0", NULL, is_held},
                                      {"key - 58 0 3 0 0 0", NULL, has_help},    {NULL, NULL, NULL}};
    TELL(STORY, FEW);
}

/* ---- what cannot begin ---- */

static void refuses(const char *words, int count, char *arguments[]) {
    static const StoryStep NONE[] = {{NULL, NULL, NULL}};
    Status status;
    if (opens(count, arguments, NONE, &status))
        fail_msg("it has opened, and not said: %s", words);
    if (!strstr(status.message, words))
        fail_msg("not '%s' but '%s'", words, status.message);
}

#define REFUSES(words, ...) refuses(words, sizeof(char *[]){__VA_ARGS__} / sizeof(char *), (char *[]){__VA_ARGS__})

static void what_cannot_begin_is_said(void **state) {
    (void)state;
    REFUSES("--force replaces it", "--live-trace", "good.csv");
    REFUSES("--force replaces it", "--widgets", "good.csv");
    REFUSES("--force replaces it", "--record", "good.csv");
    REFUSES("--record: ", "--record", "/nonexistent/run.log");
    REFUSES("/nonexistent/live.csv", "--live-trace", "/nonexistent/live.csv");
    REFUSES("--live-trace: cannot write /dev/full", "--live-trace", "/dev/full", "--force");
    REFUSES("nothing", "--replay", "nothing");
    REFUSES("not.txt", "--replay", "not.txt");
    REFUSES("cut.easyfirst", "cut.easyfirst");
    REFUSES("nothing.easyfirst", "nothing.easyfirst");
    REFUSES("nothing.csv", "nothing.csv");
    REFUSES("bad.csv", "bad.csv");
}

/* ---- logs ---- */

static void deeds_are_logged(Window *w) {
    w->log_at = 0.0;
    window_follow_log(w);
    assert_int_equal(system("/bin/grep -q 'hold on' r.log"), 0);
}

static void replays(Window *w) {
    assert_non_null(w->experiment.tape);
}

static void its_own(Window *w) {
    assert_null(w->experiment.tape);
}

static void a_log_is_written_and_replayed(void **state) {
    (void)state;
    static const StoryStep WRITES[] = {{HOLD, NULL, deeds_are_logged},
                                       {DROP "a.easyfirst", NULL, asks_to_save},
                                       {"key - 7 0 0 0 0 0", "r.log ends here", NULL},
                                       {NULL, NULL, NULL}};
    TELL(WRITES, FEW, "--record", "r.log", "--live-trace", "l.csv", "--force");
    static const StoryStep REPLAYS[] = {{NULL, NULL, replays}, {HOLD, NULL, its_own}, {NULL, NULL, NULL}};
    TELL(REPLAYS, "--replay", "r.log");
}

/* A trace and a log that no longer can be written: said once, until they can be again. */
static void a_full_disk_is_said(void **state) {
    (void)state;
    static const StoryStep STORY[] = {{"click speed 950 500 1 1 0 0", NULL, NULL},
                                      {"full - 1 0 0 0 0 0", NULL, NULL},
                                      {"wait - 20000 40 0 0 0 0", "cannot write the live trace", NULL},
                                      {"full - 0 0 0 0 0 0", NULL, NULL},
                                      {"wait - 2000 10 0 0 0 0", NULL, NULL},
                                      {NULL, NULL, NULL}};
    TELL(STORY, "--samples", "60", "--hidden", "4", "--epochs", "100000", "--live-trace", "l.csv", "--force");
}

/* ---- lessons ---- */

static void noted(Window *w) {
    assert_true(w->recording.lesson.order > 0);
}

static void lessons_go_from_note_to_note(void **state) {
    (void)state;
    static const StoryStep STORY[] = {{NULL, NULL, noted},
                                      {"key - 78 0 0 0 0 0", NULL, noted},
                                      {"wait - 30000 60 0 0 0 0", NULL, noted},
                                      {"key - 78 0 0 0 0 0", NULL, noted},
                                      {"wait - 30000 60 0 0 0 0", NULL, noted},
                                      {"key - 75 0 0 0 0 0", NULL, noted},
                                      {"key - 75 0 0 0 0 0", NULL, noted},
                                      {"key - 75 0 0 0 0 0", NULL, noted},
                                      {"key - 78 0 0 19 0 0", NULL, noted},
                                      {NULL, NULL, NULL}};
    TELL(STORY, "--replay", LESSON_DIR "/collapse.log");
    static const StoryStep EARLY[] = {
        {"key - 21 0 0 0 0 0", NULL, NULL}, {"key - 17 0 0 0 0 0", "A note stands at the end of an epoch", NULL},
        {"key - 55 0 0 0 0 0", NULL, NULL}, {"key - 17 0 0 0 0 0", NULL, NULL},
        {TYPE "seen", NULL, NULL},          {NULL, NULL, NULL}};
    TELL(EARLY, FEW);
}

static int room_again(void **state) {
    (void)state;
    act_do(&(Act){.kind = ACT_FULL}, NULL);
    return 0;
}

static int set_up(void **state) {
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    return !enter_hand_folder();
}

static int tear_down(void **state) {
    (void)state;
    return !leave_hand_folder();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_opened_and_refused),
        cmocka_unit_test(a_session_is_saved),
        cmocka_unit_test(nothing_is_lost_without_a_question),
        cmocka_unit_test(what_another_window_writes_is_left_alone),
        cmocka_unit_test_teardown(exports_succeed_or_say_why, room_again),
        cmocka_unit_test(a_held_key_acts_once),
        cmocka_unit_test(what_cannot_begin_is_said),
        cmocka_unit_test(a_log_is_written_and_replayed),
        cmocka_unit_test_teardown(a_full_disk_is_said, room_again),
        cmocka_unit_test(lessons_go_from_note_to_note),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
