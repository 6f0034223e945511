/* What is remembered between starts: where, how it is read back, and what a broken file does. */
#include "app/window/remember.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];  /* the test's own */
static char path[128];   /* of the state's file in it */
static char bad[160];    /* where a broken one goes */
static char said[4096];  /* on stderr by the last load */
static Remembered found; /* by it */
static Status status;

static int setup(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/easyfirst-test-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/easyfirst/state.ini", folder);
    snprintf(bad, sizeof bad, "%s.bad", path);
    status = (Status){0};
    return setenv("XDG_STATE_HOME", folder, 1) || setenv("HOME", "/nonexistent", 1);
}

static int teardown(void **state) {
    (void)state;
    char command[160];
    snprintf(command, sizeof command, "chmod -R u+rwx '%s' && rm -r '%s'", folder, folder);
    return system(command);
}

static bool exists(const char *name) {
    struct stat info;
    return lstat(name, &info) == 0;
}

static mode_t mode_of(const char *name) {
    struct stat info;
    assert_int_equal(stat(name, &info), 0);
    return info.st_mode & 07777;
}

static void put(const char *text, size_t length) {
    char easyfirst[128];
    snprintf(easyfirst, sizeof easyfirst, "%s/easyfirst", folder);
    mkdir(easyfirst, 0700);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void load(void) {
    char log[128];
    snprintf(log, sizeof log, "%s/stderr", folder);
    fflush(stderr);
    int before = dup(STDERR_FILENO), to = open(log, O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(before >= 0 && to >= 0);
    dup2(to, STDERR_FILENO);
    memset(&found, 0xa5, sizeof found);
    remember_load(&found);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    ssize_t length = pread(to, said, sizeof said - 1, 0);
    assert_true(length >= 0);
    said[length] = '\0';
    close(to);
}

static void nothing_is_remembered(void) {
    assert_int_equal(found.width, 0);
    assert_int_equal(found.height, 0);
    assert_string_equal(found.theme, "");
    assert_true(found.zoom == 0.0f);
    assert_true(found.timeline == 0.0f);
    assert_int_equal(found.aspect, ASPECT_AUTO);
    assert_string_equal(found.language, "");
}

static void what_is_saved_is_loaded(void **state) {
    (void)state;
    load();
    nothing_is_remembered();
    assert_false(found.found);
    assert_string_equal(said, "");
    assert_false(exists(path)); /* loading makes nothing */
    static const Remembered CASES[] = {
        {1280, 720, "dark", 1.25f, TOUR_SEEN, true, 0.0f, ASPECT_AUTO, false, "dark", true, false, "zh_CN", 0.0f},
        {640, 480, "light", 0.75f, TOUR_DUE, true, 200.0f, ASPECT_FILL, false, "", false, false, "en", 0.0f},
        {16384, 16384, "dark", 4.0f, TOUR_UNTOLD, true, 80.0f, ASPECT_EQUAL, false, "", false, false, "", 0.0f},
        {0, 0, "auto", 0.0f, TOUR_SEEN, true, 0.0f, ASPECT_AUTO, false, "", false, false, "", 0.0f},
        {1920, 1080, "", 1.33333337f, TOUR_DUE, true, 320.0f, ASPECT_FILL, true, "light", false, true, "sr@latin",
         0.0f},
        {0, 0, "", 0.0f, TOUR_UNTOLD, true, 0.0f, ASPECT_AUTO, false, "", false, false, "", 0.0f},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_true(remember_save(&CASES[i], &status));
        load();
        assert_string_equal(said, "");
        assert_int_equal(found.width, CASES[i].width);
        assert_int_equal(found.height, CASES[i].height);
        assert_string_equal(found.theme, CASES[i].theme);
        assert_string_equal(found.desktop_theme, CASES[i].desktop_theme);
        assert_true(found.zoom == CASES[i].zoom);
        assert_int_equal(found.tour, CASES[i].tour);
        assert_true(found.found);
        assert_true(found.timeline == CASES[i].timeline);
        assert_int_equal(found.aspect, CASES[i].aspect);
        assert_int_equal(found.map, CASES[i].map);
        assert_string_equal(found.language, CASES[i].language);
        assert_int_equal(found.speak, CASES[i].speak);
        assert_int_equal(found.sound, CASES[i].sound);
    }
    char temporary[160]; /* nothing but the file is left */
    snprintf(temporary, sizeof temporary, "test \"$(ls -A '%s/easyfirst')\" = state.ini", folder);
    assert_int_equal(system(temporary), 0);
}

static void what_is_out_of_range_is_not_saved(void **state) {
    (void)state;
    assert_true(remember_save(
        &(Remembered){.width = 200, .height = 100, .theme = "purple", .zoom = 99.0f, .timeline = 79.0f}, &status));
    load();
    nothing_is_remembered();
    assert_string_equal(said, "");
}

static void folders_are_made_for_oneself(void **state) {
    (void)state;
    char deep[128], easyfirst[160];
    snprintf(deep, sizeof deep, "%s/a/b", folder);
    snprintf(easyfirst, sizeof easyfirst, "%s/easyfirst", deep);
    setenv("XDG_STATE_HOME", deep, 1);
    mode_t mask = umask(0);
    assert_true(remember_save(&(Remembered){.theme = "dark"}, &status));
    umask(mask);
    assert_int_equal(mode_of(easyfirst), 0700);
    assert_int_equal(mode_of(deep), 0700);
    load();
    assert_string_equal(found.theme, "dark");
    /* folders that are there stay as they are */
    chmod(easyfirst, 0755);
    assert_true(remember_save(&(Remembered){.theme = "light"}, &status));
    assert_int_equal(mode_of(easyfirst), 0755);
}

static void home_where_there_is_no_xdg(void **state) {
    (void)state;
    char expected[160];
    snprintf(expected, sizeof expected, "%s/.local/state/easyfirst/state.ini", folder);
    setenv("HOME", folder, 1);
    static const char *const NOT_USED[] = {NULL, "", "state", "./state", "../state"};
    for (size_t i = 0; i < sizeof NOT_USED / sizeof *NOT_USED; i++) {
        unlink(expected);
        if (NOT_USED[i])
            setenv("XDG_STATE_HOME", NOT_USED[i], 1);
        else
            unsetenv("XDG_STATE_HOME");
        assert_true(remember_save(&(Remembered){.theme = "dark", .zoom = (float)(i + 1) / 2 + 1}, &status));
        assert_true(exists(expected));
        load();
        assert_string_equal(said, "");
        assert_true(found.zoom == (float)(i + 1) / 2 + 1);
    }
}

static void no_home_is_no_failure(void **state) {
    (void)state;
    static const char *const HOMES[] = {NULL, "", "relative"};
    unsetenv("XDG_STATE_HOME");
    for (size_t i = 0; i < 3; i++) {
        if (HOMES[i])
            setenv("HOME", HOMES[i], 1);
        else
            unsetenv("HOME");
        assert_true(remember_save(&(Remembered){.theme = "dark"}, &status));
        load();
        nothing_is_remembered();
        assert_string_equal(said, "");
        assert_int_equal(status.code, STATUS_OK);
    }
}

static void newer_versions_keys_are_ignored(void **state) {
    (void)state;
    static const char TEXT[] = "; by easyfirst 9\nfirst = 1\n[window]\nwidth = 800\nshade = x\nheight=600\n"
                               "[recent]\nwidth = wide\nfile = a.csv\n[window]\nTheme = purple\nturn = 2\n";
    put(TEXT, sizeof TEXT - 1);
    load();
    assert_string_equal(said, "");
    assert_int_equal(found.width, 800);
    assert_int_equal(found.height, 600);
    assert_string_equal(found.theme, "");
    assert_true(exists(path));
    assert_false(exists(bad));
}

/* It was of pixels then, not times the desktop's. */
static void older_versions_scale_is_told_apart(void **state) {
    (void)state;
    static const char TEXT[] = "[window]\nwidth = 800\nheight = 600\ntheme = light\nscale = 2\n";
    put(TEXT, sizeof TEXT - 1);
    load();
    assert_string_equal(said, "");
    assert_string_equal(found.theme, "light");
    assert_true(found.scale == 2.0f && found.zoom == 0.0f);
    found.zoom = 1.25f;
    assert_true(remember_save(&found, &status));
    load();
    assert_true(found.scale == 0.0f && found.zoom == 1.25f);
}

static void broken_ones_are_put_aside(void **state) {
    (void)state;
    static const struct {
        const char *text, *why;
        size_t length; /* 0: of the text */
    } CASES[] = {
        {"[window]\nwidth = 800\nheight = 600\nscale\n", "line 4: neither [section] nor key = value", 0},
        {"[window\n", "line 1: neither", 0},
        {"[window]\nscale\ntheme = purple\n", "line 2: neither", 0},
        {"hello", "line 1: neither", 0},
        {"[window]\nwidth = 639\nheight = 480\n", "line 2: width: 639 is not within 640 to 16384", 0},
        {"[window]\nwidth = 640\nheight = 16385\n", "line 3: height: 16385 is not within 480 to 16384", 0},
        {"[window]\nwidth = -800\nheight = 600\n", "line 2: width: -800", 0},
        {"[window]\nwidth = 99999999999999999999\n", "line 2: width: '99999999999999999999' is not a", 0},
        {"[window]\nwidth = 800px\n", "'800px' is not a whole number", 0},
        {"[window]\nwidth =\n", "'' is not a whole number", 0},
        {"[window]\nwidth = 800\n", "width and height need each other", 0},
        {"[window]\nheight = 800\n", "width and height need each other", 0},
        {"[window]\ntheme = purple\n", "line 2: theme: there is no 'purple'", 0},
        {"[window]\ntheme =\n", "line 2: theme", 0},
        {"[window]\ndesktop_theme = grey\n", "line 2: desktop_theme: there is no 'grey'", 0},
        {"[window]\ntour = over\n", "line 2: tour: 'over' is neither seen nor due", 0},
        {"[window]\nscale = nan\n", "line 2: scale: 'nan' is not a number", 0},
        {"[window]\naspect = both\n", "line 2: aspect: 'both' is not auto, equal or fill", 0},
        {"[window]\nmap = wide\n", "line 2: map: 'wide' is neither open nor closed", 0},
        {"[window]\nlanguage = ../de\n", "line 2: language: '../de' is no language's code", 0},
        {"[window]\nlanguage =\n", "line 2: language", 0},
        {"[window]\nscale = 0.5\n", "line 2: scale: 0.5 is not within 0.75 to 4", 0},
        {"[window]\ntimeline = 79\n", "line 2: timeline: 79 is not within 80 to 320", 0},
        {"[window]\ntimeline = high\n", "line 2: timeline: 'high' is not a number", 0},
        {"[window]\nscale = 1e9\n", "line 2: scale: 1e+09 is not within", 0},
        {"[window]\ntheme = dark\nscale = huge\nwidth = 1\n", "line 3: scale: 'huge'", 0}, /* the first */
        {"[window]\nwidth = 800\0\nheight = 600\n", "line 2: the line is too long, or no text", 33},
        {"\x7f"
         "ELF\x02\x01\x01\0\0\0\n\0\0\n",
         "line 1:", 14},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        unlink(bad);
        size_t length = CASES[i].length ? CASES[i].length : strlen(CASES[i].text);
        put(CASES[i].text, length);
        load();
        nothing_is_remembered();
        if (!strstr(said, CASES[i].why))
            fail_msg("case %zu: %s", i, said);
        assert_non_null(strstr(said, path));
        assert_non_null(strstr(said, "renamed state.ini.bad"));
        assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1); /* one line */
        assert_false(exists(path));
        char kept[256]; /* as it was */
        FILE *file = fopen(bad, "r");
        assert_non_null(file);
        assert_int_equal(fread(kept, 1, sizeof kept, file), length);
        assert_memory_equal(kept, CASES[i].text, length);
        fclose(file);
        load(); /* and the next start is as the first */
        nothing_is_remembered();
        assert_string_equal(said, "");
    }
}

static void long_ones_are_put_aside(void **state) {
    (void)state;
    enum { SIZE = 100000 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    memset(text, 'x', SIZE);
    put(text, 5000); /* a line */
    load();
    nothing_is_remembered();
    assert_non_null(strstr(said, "line 1: the line is too long"));
    for (int i = 0; i < SIZE; i++)
        text[i] = i % 2 ? '\n' : ';';
    put(text, SIZE);
    load();
    nothing_is_remembered();
    assert_non_null(strstr(said, "too large"));
    assert_false(exists(path));
    assert_true(exists(bad)); /* in place of the one before */
    free(text);
}

static void what_is_no_file_is_left_alone(void **state) {
    (void)state;
    put("", 0);
    unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    load();
    nothing_is_remembered();
    assert_non_null(strstr(said, "not a file"));
    assert_true(exists(path));
    assert_false(remember_save(&(Remembered){.theme = "dark"}, &status));
    assert_non_null(strstr(status.message, path));
    rmdir(path);
    assert_int_equal(mkfifo(path, 0600), 0); /* and does not hang */
    load();
    nothing_is_remembered();
    assert_non_null(strstr(said, "not a file"));
}

static void failures_to_save_are_told(void **state) {
    (void)state;
    char in_the_way[128];
    snprintf(in_the_way, sizeof in_the_way, "%s/easyfirst", folder);
    FILE *file = fopen(in_the_way, "w");
    assert_non_null(file);
    fclose(file);
    assert_false(remember_save(&(Remembered){.theme = "dark"}, &status));
    assert_int_equal(status.code, STATUS_FAILED);
    load(); /* no folder there: nothing remembered, nothing to say */
    nothing_is_remembered();
    assert_string_equal(said, "");
    char below[160];
    snprintf(below, sizeof below, "%s/state", in_the_way);
    setenv("XDG_STATE_HOME", below, 1);
    assert_false(remember_save(&(Remembered){.theme = "dark"}, &status));
    assert_non_null(strstr(status.message, "cannot make the folder"));
}

#define in_a_folder(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        in_a_folder(what_is_saved_is_loaded),
        in_a_folder(what_is_out_of_range_is_not_saved),
        in_a_folder(folders_are_made_for_oneself),
        in_a_folder(home_where_there_is_no_xdg),
        in_a_folder(no_home_is_no_failure),
        in_a_folder(newer_versions_keys_are_ignored),
        in_a_folder(older_versions_scale_is_told_apart),
        in_a_folder(broken_ones_are_put_aside),
        in_a_folder(long_ones_are_put_aside),
        in_a_folder(what_is_no_file_is_left_alone),
        in_a_folder(failures_to_save_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
