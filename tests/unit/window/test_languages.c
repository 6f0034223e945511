/* Every word of the window is translated and has room. All states of the window are walked through in English, in
 * Chinese and in a language made for this (tests/support/pseudo_language), in the latter two with all tooltips. The
 * letters of that language all have an accent: a word without one was not translated. In the others no text is cut, or
 * reaches beyond what it stands on. In none does a text end within a letter, for want of room in memory.
 * What is the same in every language is listed here: names of data, files, settings and keys. */
#include "tests/support/screen_states.h"

#include "app/base/language.h"
#include "core/utf8.h"

#include <ctype.h>

/* ---- what is the same in every language ---- */

static const char *const SAME[] = {
    /* keys */
    "Ctrl", "Shift", "Alt", "Enter", "Esc", "Tab", "Home", "End", "Backspace", "Delete", "Page", "Up", "Down", "Space",
    /* formats, programs and names */
    "GIF", "PNG", "CSV", "SVG", "PDF", "HTML", "INI", "JSON", "MP", "WebM", "UTF", "WINDOWS", "Adam", "SGD",
    "SuperLoss", "easyfirst", "kB", "MB", "mm", "px", "AUM", "ReLU", "tanh", "English", "ENOSPC",
    /* what the tests' data bring */
    "moons", "Weine", "Alkohol", "Prolin", "Rebsorte", "Barolo", "Grignolino", "Barbera", "Farbton", "Nr", "csv",
    "wine", "iris", "home", "ada", "data", "tmp", "psychological"};

static bool is_setting(const char *word) {
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        if (strcmp(PROPERTIES[i].name, word) == 0)
            return true;
        for (int k = 0; PROPERTIES[i].choices && PROPERTIES[i].choices[k]; k++)
            if (strcmp(PROPERTIES[i].choices[k], word) == 0)
                return true;
    }
    return false;
}

static bool is_same(const char *word) {
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++)
        if (strcmp(SAME[i], word) == 0)
            return true;
    return is_setting(word);
}

/* Whether a word of two letters or more has none with an accent: the first such word. An option (--aspect), a file
 * (/home, .csv) is no word. */
static bool has_plain_word(const char *text, char word[64]) {
    for (const char *c = text; *c;) {
        size_t length = 0, others = 0;
        while (isalpha((unsigned char)c[length]) || (unsigned char)c[length] >= 0x80 || c[length] == '-') {
            others += (unsigned char)c[length] >= 0x80;
            length++;
        }
        while (length > 0 && c[length - 1] == '-') /* UTF-8 */
            length--;
        bool file = (c > text && strchr("/.", c[-1])) || (c[0] == '-' && c[1] == '-');
        snprintf(word, 64, "%.*s", (int)(length < 63 ? length : 63), c);
        if (length > 1 && others == 0 && !file && !is_same(word))
            return true;
        size_t named = file && length > 0 ? strcspn(c, " ") : length; /* names of files may have digits */
        c += named > 0 ? named : 1;
        while (*c == '-')
            c++;
    }
    return false;
}

/* A buffer that is too small ends within a letter. */
static bool has_half_a_letter(const char *text) {
    for (size_t bytes; *text; text += bytes)
        if ((bytes = utf8_length(text, UTF8_LONGEST)) == 0)
            return true;
    return false;
}

static bool has_letters(const char *text) {
    while (*text && !isalpha((unsigned char)*text) && (unsigned char)*text < 0x80)
        text++;
    return *text != '\0';
}

/* ---- what is wrong ---- */

typedef struct Fault {
    char text[160], state[48];
    const char *what;
} Fault;

enum { MOST_FAULTS = 1000 };
static Fault faults[MOST_FAULTS];
static int fault_count;
static bool made;   /* the language is the one made for this */
static bool points; /* at all widgets, which takes its time: not in English */
static char state_name[48];

static void blame(const char *text, const char *what) {
    for (int i = 0; i < fault_count; i++)
        if (faults[i].what == what && strncmp(faults[i].text, text, sizeof faults[i].text - 1) == 0)
            return;
    if (fault_count == MOST_FAULTS)
        return;
    Fault *f = &faults[fault_count++];
    snprintf(f->text, sizeof f->text, "%s", text);
    snprintf(f->state, sizeof f->state, "%s", state_name);
    f->what = what;
}

static void see(void *user, const char *text, bool cut, bool clipped) {
    static const char UNTRANSLATED[] = "not translated", CUT[] = "cut", CLIPPED[] = "clipped", HALF[] = "half a letter";
    char word[64];
    (void)user;
    if (has_half_a_letter(text))
        blame(text, HALF);
    if (made && has_plain_word(text, word))
        blame(text, UNTRANSLATED);
    if (!made && cut && strcmp(state_name, "kept") != 0) /* whose rows' words may be long */
        blame(text, CUT);
    if (!made && clipped && has_letters(text)) /* a number that is typed moves under its field's edge */
        blame(text, CLIPPED);
}

/* ---- the walk ---- */

enum { MOST_NAMES = 2000 };
static char names[MOST_NAMES][sizeof((UiWidget *)0)->name];
static int name_count;

static bool is_new(const char *name) {
    for (int i = 0; i < name_count; i++)
        if (strcmp(names[i], name) == 0)
            return false;
    if (name_count < MOST_NAMES)
        snprintf(names[name_count++], sizeof names[0], "%s", name);
    return true;
}

/* The pointer rests on each widget that it has not been on yet: tooltips, cards of words. */
static void point_at_all(void) {
    static UiWidget widgets[UI_MAX_WIDGETS];
    int count = screen()->ui.widget_count;
    memcpy(widgets, screen()->ui.widgets, (size_t)count * sizeof *widgets);
    for (int i = 0; i < count; i++) {
        Rect r = widgets[i].visible;
        if (r.w <= 0.0f || r.h <= 0.0f || !is_new(widgets[i].name))
            continue;
        scene_point(&scene, r.x + r.w / 2, r.y + r.h / 2);
        scene_frame(&scene, 0.1);
        scene_frame(&scene, 0.6);
    }
    scene_leave(&scene);
}

static void walk(const char *name, void (*enter)(void), void (*leave)(void)) {
    snprintf(state_name, sizeof state_name, "%s", name);
    scene_open(&scene, 1280, 720, 1.0f, &THEME_LIGHT);
    text_watch(screen()->text, see, NULL);
    scene_settle(&scene);
    enter();
    scene_settle(&scene);
    if (points)
        point_at_all();
    screen_free(&scene.screen);
    leave();
}

/* ---- states besides those that have pictures ---- */

static void languages(void) {
    scene_press(&scene, "language");
}

static void steps(void) {
    screen_ask_steps(screen(), STEPS_ASK_STEPS);
}

/* An empty folder: what is in others is named by somebody else. */
static void open_path(void) {
    char folder[] = "/tmp/easyfirst-languages-XXXXXX";
    assert_non_null(mkdtemp(folder));
    open_show(&screen()->open, folder, "");
    rmdir(folder);
}

static void note(void) {
    Snapshot s = experiment_snapshot(&scene.run);
    note_sheet_show(&screen()->note_sheet, &s);
}

static void data_map(void) {
    screen()->map.open = true;
}

static void set(const char *name, double value) {
    Settings s = scene.run.trainer->settings;
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (strcmp(PROPERTIES[i].name, name) == 0 && !property_set(&s, &PROPERTIES[i], value, &scene.status))
            fail_msg("%s", scene.status.message);
    push((Command){.kind = COMMAND_SETTINGS, .settings = s});
}

static void share(void) {
    set("pace", PACE_SHARE);
    pace();
}

/* What is undone is kept in English. */
static void named_step(void) {
    set("pace", PACE_SHARE);
    scene_settle(&scene);
    scene_point_at(&scene, "undo");
    scene_frame(&scene, 0.1);
    scene_frame(&scene, 0.6);
}

static void soft(void) {
    set("regularizer", REGULARIZER_LINEAR);
    pace();
}

static void all_at_once(void) {
    set("order", ORDER_ALL);
}

static void hard_first(void) {
    set("order", ORDER_HARD);
}

static void test_points(void) {
    set("test", 0.25);
}

static void held(void) {
    push((Command){.kind = COMMAND_HOLD, .hold = true});
}

static void let_go(void) {
    push((Command){.kind = COMMAND_HOLD, .hold = false});
}

static const struct {
    const char *name;
    void (*enter)(void), (*leave)(void);
} OTHERS[] = {{"language-menu", languages, nothing}, {"steps", steps, nothing},
              {"open", open_path, nothing},          {"note", note, nothing},
              {"data-map", data_map, nothing},       {"share", share, undo},
              {"named-step", named_step, undo},      {"soft", soft, undo},
              {"all-at-once", all_at_once, undo},    {"hard-first", hard_first, undo},
              {"test-points", test_points, undo},    {"held", held, let_go}};

static void walk_through(const char *folder, const char *language, bool pseudo) {
    Status status = {0};
    language_folder(folder);
    if (!language_choose(language, &status))
        fail_msg("%s", status.message);
    made = pseudo;
    points = strcmp(language, "en") != 0;
    disk_full = "ENOSPC";
    fault_count = name_count = 0;
    states_begin();
    walk("playing", nothing, nothing);
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
        walk(STATES[i].name, STATES[i].enter, STATES[i].leave);
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        walk(OTHERS[i].name, OTHERS[i].enter, OTHERS[i].leave);
    states_end();
    language_choose("en", &status);
    for (int i = 0; i < fault_count; i++)
        print_error("%s: %s: '%s'\n", faults[i].state, faults[i].what, faults[i].text);
    if (fault_count > 0)
        fail_msg("%s: %d texts", language, fault_count);
}

static void every_word_is_translated(void **state) {
    (void)state;
    walk_through(PSEUDO_DIR, "en_XA", true);
}

static void english_has_room(void **state) {
    (void)state;
    walk_through(LOCALE_DIR, "en", false);
}

static void chinese_has_room(void **state) {
    (void)state;
    walk_through(LOCALE_DIR, "zh_CN", false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_word_is_translated), cmocka_unit_test(english_has_room),
                                       cmocka_unit_test(chinese_has_room)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
