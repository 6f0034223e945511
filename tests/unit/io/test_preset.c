/* Presets: those that come with the program, and what a file of one's own may get wrong. */
#include "app/io/preset.h"
#include "app/experiment/scale_advice.h"

#include "app/base/file_write.h"
#include "app/experiment/commands.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "mine.ini"
#include "tests/support/scratch.h"

static void put(const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static Preset load(const char *name) {
    Preset preset;
    Status status = {0};
    if (!preset_load(&preset, name, PRESET_DIR, &status)) {
        fail_msg("%s", status.message);
    }
    return preset;
}

/* The file is refused with PATH and this ending. */
static void refused(const char *text, const char *expected) {
    put(text);
    Preset preset;
    Status status = {0};
    assert_false(preset_load(&preset, path, PRESET_DIR, &status));
    char message[1200];
    snprintf(message, sizeof message, "%s%s", path, expected);
    assert_string_equal(status.message, message);
    assert_int_equal(status.code, STATUS_USAGE);
}

static void same_settings(const Settings *a, const Settings *b) {
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        char text[2][SETTING_TEXT_MAX];
        property_format(a, &PROPERTIES[i], text[0]);
        property_format(b, &PROPERTIES[i], text[1]);
        if (strcmp(text[0], text[1]) != 0) {
            fail_msg("%s: %s and %s", PROPERTIES[i].name, text[0], text[1]);
        }
    }
}

static void the_posts_presets(void **state) {
    (void)state;
    Settings expected;
    settings_default(&expected);
    Preset preset = load("post");
    assert_string_equal(preset.name, "post");
    same_settings(&preset.settings, &expected);
    preset = load("anomalies");
    expected.epochs = 200;
    expected.until_hard = 5;
    same_settings(&preset.settings, &expected);
    preset = load("hard-first");
    settings_default(&expected);
    expected.order = ORDER_HARD;
    same_settings(&preset.settings, &expected);
}

static void all_presets_in_teaching_order(void **state) {
    (void)state;
    static const char *const names[] = {"post",        "anomalies",         "hard-first", "three-blobs",
                                        "noisy-moons", "circles",           "spirals",    "far-points",
                                        "diversity",   "learned-threshold", "collapse",   "nothing-easy",
                                        "too-fast",    "everything-easy",   "stuck",      "diverged"};
    Preset *presets;
    size_t count;
    Status status = {0};
    assert_true(preset_list(&presets, &count, PRESET_DIR, &status));
    assert_int_equal(count, sizeof names / sizeof *names);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(presets[i].name, names[i]);
        assert_true(strlen(presets[i].title) > 0 && strlen(presets[i].watch) > 20);
        const Preset alone = load(names[i]);
        same_settings(&presets[i].settings, &alone.settings);
    }
    free(presets);
}

/* Nobody waits longer than half a minute for the end, and the runs one begins with are slow enough to follow. */
static void presets_have_fitting_speeds(void **state) {
    (void)state;
    Preset *presets;
    size_t count, groups[PRESET_GROUPS] = {0};
    Status status = {0};
    assert_true(preset_list(&presets, &count, PRESET_DIR, &status));
    for (size_t i = 0; i < count; i++) {
        const Preset *p = &presets[i];
        double seconds = p->settings.epochs / p->speed;
        if (seconds > 30.0 || seconds < 10.0)
            fail_msg("%s takes %g s", p->name, seconds);
        if (p->settings.epochs <= 12 && (p->speed < 0.5 || p->speed > 1.0))
            fail_msg("%s has %d epochs at %g a second", p->name, p->settings.epochs, p->speed);
        groups[p->group]++;
        assert_true(i == 0 || presets[i - 1].group <= p->group);
    }
    assert_true(groups[PRESET_START] >= 3 && groups[PRESET_HELPS] >= 3 && groups[PRESET_WRONG] >= 3);
    assert_int_equal(groups[PRESET_OWN], 0);
    free(presets);
}

static void a_file_of_ones_own(void **state) {
    (void)state;
    put("# mine\n[settings]\nhidden = 16, 8\nthreshold: 1e-2 ; low\n\nnoise =\n"
        "[preset]\ntitle = Über λ\nwatch = Look!\n");
    Preset preset = load(path);
    assert_string_equal(preset.name, "mine");
    assert_string_equal(preset.title, "Über λ");
    assert_string_equal(preset.watch, "Look!");
    assert_int_equal(preset.settings.hidden_count, 2);
    assert_int_equal(preset.settings.hidden[1], 8);
    assert_true(preset.settings.threshold == 0.01);
    assert_true(isnan(preset.settings.noise));
    assert_int_equal(preset.settings.samples, 10000); /* not named: the default */
    put("");
    preset = load(path);
    assert_string_equal(preset.title, "mine");
    assert_true(preset.speed == SPEED_DEFAULT);
    assert_int_equal(preset.group, PRESET_OWN);
}

static void wrong_files(void **state) {
    (void)state;
    refused("[settings]\ntreshold = 1\n", ":2: unknown setting 'treshold'");
    refused("[settings]\n\nthreshold = abc\n", ":3: threshold: 'abc' is not a number");
    refused("[settings]\nflip = 2\nthreshold = abc\n", ":2: flip: 2 is above 1");
    refused("[settings]\nthreshold = 1\nthreshold = 2\n",
            ":3: threshold is set twice, or its line is followed by an indented one");
    refused("[settings]\nthreshold\n", ":2: neither [section] nor key = value");
    refused("[settings\nthreshold = 1\n", ":1: neither [section] nor key = value");
    refused("[settings]\nbroken\nthreshold = abc\n", ":2: neither [section] nor key = value");
    refused("threshold = 1\n", ":1: threshold stands before the first section: [settings] and [preset] are known");
    refused("[setting]\nthreshold = 1\n", ":2: unknown section [setting]: [settings] and [preset] are known");
    refused("[preset]\nname = x\n",
            ":2: unknown key 'name' in [preset]: title, watch, speed, group and order are known");
    refused("[preset]\nspeed = fast\n", ":2: speed: 'fast' is not a number");
    refused("[preset]\nspeed = 0\n", ":2: speed: 0 is not within 0.1 to 1000");
    refused("[preset]\nspeed = 1e999\n", ":2: speed: '1e999' is not a number");
    refused("[preset]\ngroup = fun\n", ":2: group: there is no 'fun': start, helps and wrong are known");
    refused("[preset]\norder = first\n", ":2: order: 'first' is not a whole number");
    refused("[preset]\ntitle = 1234567890123456789012345678901234567890123456789012345678901234\n",
            ":2: title is longer than 63 bytes");
    refused("[settings]\nregularizer = log\nthreshold = 2\n",
            ": regularizer log needs a threshold below 1 (its weights are made with the logarithm of "
            "1 - threshold), not 2");
}

static void a_line_that_is_too_long(void **state) {
    (void)state;
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("[settings]\nthreshold = 1", file);
    for (int i = 0; i < 10000; i++) {
        fputc('0', file);
    }
    fputs("\n", file);
    fclose(file);
    Preset preset;
    Status status = {0};
    assert_false(preset_load(&preset, path, PRESET_DIR, &status));
    assert_non_null(strstr(status.message, "mine.ini:2: the line is longer than"));
}

/* As from a pipe that never ends. */
static void a_file_of_too_many_lines(void **state) {
    (void)state;
    for (int lines = PRESET_LINES; lines <= PRESET_LINES + 1; lines++) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        for (int i = 0; i < lines; i++)
            fputs("# x\n", file);
        fclose(file);
        Preset preset;
        Status status = {0};
        assert_int_equal(preset_load(&preset, path, PRESET_DIR, &status), lines == PRESET_LINES);
        if (lines > PRESET_LINES)
            assert_non_null(strstr(status.message, "mine.ini:10001: more than 10000 lines: this is no preset"));
    }
}

/* What is written is read back as the same settings. */
static void what_is_saved_can_be_loaded(void **state) {
    (void)state;
    Settings s;
    Status status = {0};
    settings_default(&s);
    assert_true(property_parse(&s, property_find("hidden"), "16,8", &status));
    assert_true(property_parse(&s, property_find("centroids"), "-1.5,0,2,3,4,-5", &status));
    s.threshold = 0.1 + 0.2; /* 17 digits */
    s.pace = PACE_CLASS_SHARE;
    s.anomaly = false;
    s.until_hard = 7;
    s.seed = 4294967295u;
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    preset_write(stream, "some/folder/my\nrun.ini", &s, 2.5);
    fclose(stream);
    assert_null(strstr(text, "learning-rate")); /* a default */
    put(text);
    free(text);
    Preset preset = load(path);
    assert_string_equal(preset.title, "my run");
    assert_true(preset.speed == 2.5);
    same_settings(&preset.settings, &s);
    assert_true(preset.settings.threshold == s.threshold);
    /* centroids as long as they can be: more than fits into a line */
    s.centroid_count = MAX_CLASSES;
    for (int i = 0; i < 2 * MAX_CLASSES; i++)
        s.centroids[i] = -(i + 1) / 3e9;
    stream = fopen(path, "w");
    assert_non_null(stream);
    preset_write(stream, ".ini", &s, 1.0);
    fclose(stream);
    preset = load(path);
    assert_string_equal(preset.title, "mine");
    assert_int_equal(preset.settings.centroid_count, MAX_CLASSES);
    for (int i = 0; i < 2 * MAX_CLASSES; i++)
        assert_true(preset.settings.centroids[i] == s.centroids[i]);
}

/* Only the centroids go on in another line. */
static void lines_that_go_on(void **state) {
    (void)state;
    put("[settings]\ncentroids = 1,2,3,4\n  ,5,6\n");
    assert_int_equal(load(path).settings.centroid_count, 3);
    refused("[settings]\ncentroids = 1,2,3,4\ncentroids = 1,2,3,4,5,6\n",
            ":3: centroids is set twice, or its line is followed by an indented one");
    refused("[settings]\ncentroids = 1,2,3,4\n  ,5\n", ":3: centroids: 5 numbers are no pairs x,y");
    refused("[settings]\nhidden = 1\n  2\n", ":3: hidden is set twice, or its line is followed by an indented one");
    put("[settings]\ncentroids = 1,2,3,4\n");
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    for (int i = 0; i < 10; i++)
        fprintf(file, " ,%0100d,%0100d\n", 1, 1);
    fclose(file);
    Preset preset;
    Status status = {0};
    assert_false(preset_load(&preset, path, PRESET_DIR, &status));
}

/* Presets of one's own come after the program's, whose names they can't take. */
static void ones_own(void **state) {
    (void)state;
    char own[96], file[160], command[512];
    Preset *presets, preset;
    size_t shipped, count;
    Status status = {0};
    assert_true(preset_list(&presets, &shipped, PRESET_DIR, &status));
    free(presets);
    assert_int_equal(setenv("XDG_CONFIG_HOME", folder, 1), 0);
    snprintf(own, sizeof own, "%s/easyfirst/presets", folder);
    char *found = preset_own_folder(&status);
    assert_string_equal(found, own);
    free(found);
    assert_true(preset_list_all(&presets, &count, PRESET_DIR, &status)); /* the folder is not there */
    assert_int_equal(count, shipped);
    free(presets);
    assert_false(preset_find(&preset, "zebra", PRESET_DIR, &status));
    snprintf(file, sizeof file, "%s/zebra.ini", own);
    assert_true(file_make_folders(file, &status));
    struct stat info;
    assert_int_equal(stat(own, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    static const char *const names[] = {"zebra", "aardvark", "post"};
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s.ini", own, names[i]);
        put("[preset]\ngroup = start\n[settings]\nsamples = 77\n"); /* whatever they say, they are the user's */
    }
    assert_true(preset_list_all(&presets, &count, PRESET_DIR, &status));
    assert_int_equal(count, shipped + 2);
    assert_string_equal(presets[0].name, "post");
    assert_string_equal(presets[shipped].name, "aardvark");
    assert_int_equal(presets[shipped].group, PRESET_OWN);
    assert_string_equal(presets[shipped + 1].name, "zebra");
    free(presets);
    assert_true(preset_find(&preset, "zebra", PRESET_DIR, &status));
    assert_int_equal(preset.settings.samples, 77);
    assert_true(preset_find(&preset, "post", PRESET_DIR, &status)); /* the program's wins */
    assert_int_equal(preset.settings.samples, 10000);
    assert_false(preset_find(&preset, "pots", PRESET_DIR, &status));
    assert_non_null(strstr(status.message, "too-fast, aardvark, post, zebra"));
    snprintf(command, sizeof command, "rm -r '%s/easyfirst'", folder);
    assert_int_equal(system(command), 0);
    snprintf(path, sizeof path, "%s/" SCRATCH_FILE, folder);
    /* a relative folder is none; without HOME there is nowhere to go */
    assert_int_equal(setenv("XDG_CONFIG_HOME", "config", 1), 0);
    assert_int_equal(setenv("HOME", "/home/me", 1), 0);
    found = preset_own_folder(&status);
    assert_string_equal(found, "/home/me/.config/easyfirst/presets");
    free(found);
    assert_int_equal(unsetenv("HOME"), 0);
    assert_null(preset_own_folder(&status));
    assert_non_null(strstr(status.message, "neither XDG_CONFIG_HOME nor HOME"));
    assert_true(preset_list_all(&presets, &count, PRESET_DIR, &status));
    assert_int_equal(count, shipped);
    free(presets);
}

static void names_of_ones_own(void **state) {
    (void)state;
    static const char *const good[] = {"mine", "A-b_9",
                                       "123456789012345678901234567890123456789012345678901234567890123"};
    static const char *const bad[] = {
        "",     "a b", "a.b",  "a/b",
        "../x", "ä",   "post", "1234567890123456789012345678901234567890123456789012345678901234"};
    Status status = {0};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(preset_check_name(good[i], PRESET_DIR, &status));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(preset_check_name(bad[i], PRESET_DIR, &status));
}

static void unknown_names_list_the_known_ones(void **state) {
    (void)state;
    Preset preset;
    Status status = {0};
    assert_false(preset_load(&preset, "pots", PRESET_DIR, &status));
    assert_string_equal(
        status.message,
        "no preset 'pots'; there are: anomalies, circles, collapse, diverged, diversity, "
        "everything-easy, far-points, hard-first, learned-threshold, noisy-moons, nothing-easy, post, spirals, stuck, "
        "three-blobs, too-fast");
    assert_int_equal(status.code, STATUS_USAGE);
    assert_false(preset_load(&preset, "", PRESET_DIR, &status));
    assert_false(preset_load(&preset, "post", "/nowhere", &status));
    assert_non_null(strstr(status.message, "/nowhere"));
}

static void files_that_cannot_be_read(void **state) {
    (void)state;
    Preset preset;
    Status status = {0};
    assert_false(preset_load(&preset, path, PRESET_DIR, &status));
    assert_non_null(strstr(status.message, path));
    assert_non_null(strstr(status.message, "No such file or directory"));
    assert_int_equal(status.code, STATUS_FAILED);
    char name[80];
    snprintf(name, sizeof name, "%s/", folder);
    assert_false(preset_load(&preset, name, PRESET_DIR, &status));
    assert_non_null(strstr(status.message, "Is a directory"));
    Preset *presets;
    size_t count;
    assert_false(preset_list(&presets, &count, "/nowhere", &status));
    assert_null(presets);
}

static void a_broken_preset_is_left_out_of_the_list(void **state) {
    (void)state;
    put("[settings]\nthreshold = abc\n");
    Preset *presets;
    size_t count = 7;
    Status status = {0};
    assert_true(preset_list(&presets, &count, folder, &status)); /* says so on stderr */
    assert_int_equal(count, 0);
    free(presets);
}

static void a_preset_is_its_settings(void **state) {
    (void)state;
    Preset preset;
    Status status = {0};
    assert_true(preset_load(&preset, "post", PRESET_DIR, &status));
    Settings settings = preset.settings;
    assert_true(preset_is(&preset, &settings));
    settings.seed++; /* the same run with other points */
    assert_true(preset_is(&preset, &settings));
    settings.growing_factor += 0.01;
    assert_false(preset_is(&preset, &settings));
    settings.growing_factor -= 0.01;
    assert_true(preset_is(&preset, &settings));
    settings.samples++;
    assert_false(preset_is(&preset, &settings));
}

/* Nobody is told that a preset's points are of a scale that stops learning. */
static void presets_are_of_a_scale_that_fits(void **state) {
    (void)state;
    Preset *presets;
    size_t count;
    Status status = {0};
    assert_true(preset_list(&presets, &count, PRESET_DIR, &status));
    for (size_t i = 0; i < count; i++) {
        Dataset data, test, clean;
        assert_true(dataset_generate(&data, &presets[i].settings, &status));
        assert_true(dataset_prepare(&data, &presets[i].settings, &test, &clean, &status));
        if (scale_advice(&data).fault != SCALE_FITS)
            fail_msg("%s", presets[i].name);
        dataset_free(&data);
        dataset_free(&test);
        dataset_free(&clean);
    }
    free(presets);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_posts_presets),
        TEST(all_presets_in_teaching_order),
        TEST(presets_have_fitting_speeds),
        TEST(a_file_of_ones_own),
        TEST(wrong_files),
        TEST(a_line_that_is_too_long),
        TEST(a_file_of_too_many_lines),
        TEST(unknown_names_list_the_known_ones),
        TEST(what_is_saved_can_be_loaded),
        TEST(lines_that_go_on),
        TEST(ones_own),
        TEST(names_of_ones_own),
        TEST(files_that_cannot_be_read),
        TEST(a_broken_preset_is_left_out_of_the_list),
        TEST(a_preset_is_its_settings),
        TEST(presets_are_of_a_scale_that_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
