/* The command line that repeats a run: read back by a shell's rules and cli_parse, it gives the same settings
 * again. */
#include "app/experiment/other_run.h"
#include "app/io/repeat_command.h"
#include "app/io/cli.h"
#include "core/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wordexp.h>

#include <cmocka.h>

static Status status;
static uint64_t seed;

static uint32_t draw(uint32_t below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((seed >> 33) % below);
}

static double uniform(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 11) / 9007199254740992.0;
}

/* What a real shell makes of the line's words, each ended by 0; returns how many bytes. */
static size_t words_of_shell(const char *line, char *words, size_t size) {
    char script[4096];
    assert_true((size_t)snprintf(script, sizeof script, "easyfirst() { printf '%%s\\0' \"$@\"; }\n%s\n", line) <
                sizeof script);
    assert_int_equal(setenv("SCRIPT", script, 1), 0);
    FILE *shell = popen("eval \"$SCRIPT\"", "r");
    assert_non_null(shell);
    size_t length = fread(words, 1, size, shell);
    assert_int_equal(pclose(shell), 0);
    assert_true(length < size);
    return length;
}

/* The line without its comment, as a shell would pass it. */
static void read_back(const char *line, Cli *cli, wordexp_t *words) {
    char *command = strdup(line), *comment = strstr(command, "  # ");
    assert_non_null(command);
    if (comment)
        *comment = '\0';
    assert_int_equal(wordexp(command, words, WRDE_NOCMD | WRDE_UNDEF), 0);
    free(command);
    if (!cli_parse(cli, (int)words->we_wordc, words->we_wordv, PRESET_DIR, &status))
        fail_msg("%s: %s", line, status.message);
}

static bool same_real(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

static void assert_same_settings(const char *line, const Settings *a, const Settings *b, bool own_points) {
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        bool makes = i == PROPERTY_DATASET || i == PROPERTY_SAMPLES || i == PROPERTY_NOISE || i == PROPERTY_CENTROIDS ||
                     i == PROPERTY_ANOMALY;
        bool equal = true;
        if (own_points && makes)
            continue;
        if (p->kind == KIND_UNITS) {
            equal = a->hidden_count == b->hidden_count;
            for (int k = 0; equal && k < a->hidden_count; k++)
                equal = a->hidden[k] == b->hidden[k];
        } else if (p->kind == KIND_POINTS) {
            equal = a->centroid_count == b->centroid_count;
            for (int k = 0; equal && k < 2 * a->centroid_count; k++)
                equal = a->centroids[k] == b->centroids[k];
        } else {
            equal = same_real(property_get(a, p), property_get(b, p));
        }
        if (!equal)
            fail_msg("%s differs: %s", p->name, line);
    }
}

/* A number of any number of digits within a range, sometimes one of its ends or a round one. */
static double some_number(const Property *p) {
    double low = fmax(p->minimum, -1e6), high = fmin(p->maximum, 1e6), value;
    switch (draw(5)) {
    case 0:
        value = low;
        break;
    case 1:
        value = high;
        break;
    case 2:
        value = round(low + (high - low) * uniform());
        break;
    case 3:
        value = exp(log(1e-9) + uniform() * log(1e12));
        break;
    default:
        value = low + (high - low) * uniform();
        break;
    }
    return fmin(fmax(value, p->minimum), p->maximum);
}

static void some_settings(Settings *s) {
    settings_default(s);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (draw(2))
            continue;
        if (p->kind == KIND_UNITS) {
            s->hidden_count = (int)draw(MAX_HIDDEN + 1);
            for (int k = 0; k < s->hidden_count; k++)
                s->hidden[k] = 1 + (int)draw(MAX_UNITS);
        } else if (p->kind == KIND_POINTS) {
            s->centroid_count = 2 + (int)draw(MAX_CLASSES - 1);
            for (int k = 0; k < 2 * s->centroid_count; k++)
                s->centroids[k] = some_number(p) * (draw(2) ? 1.0 : -1.0) + 0.0;
        } else {
            double value = some_number(p);
            assert_true(property_set(s, p, p->kind == KIND_REAL ? value : floor(value), &status));
        }
    }
}

static void random_settings_come_back(void **state) {
    (void)state;
    seed = 3;
    int tried = 0;
    while (tried < 20000) {
        Settings settings;
        some_settings(&settings);
        if (!settings_check(&settings, &status))
            continue;
        tried++;
        bool own = draw(3) == 0;
        const char *path = own ? "points of mine.csv" : NULL;
        char *line = repeat_command_of(&settings, NULL, 0, path, NULL, ASPECT_AUTO, draw(8), NULL);
        assert_non_null(line);
        Cli cli;
        wordexp_t words;
        read_back(line, &cli, &words);
        assert_same_settings(line, &settings, &cli.settings, own);
        assert_int_equal(cli.action, CLI_RUN);
        assert_false(cli.headless);
        if (own)
            assert_string_equal(cli.points, path);
        else
            assert_null(cli.points);
        wordfree(&words);
        free(line);
    }
}

static void check_line(const Settings *settings, const char *points, unsigned by_hand, const char *expected) {
    char *line = repeat_command_of(settings, NULL, 0, points, NULL, ASPECT_AUTO, by_hand, NULL);
    assert_non_null(line);
    assert_string_equal(line, expected);
    free(line);
}

static void what_differs_is_named(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    check_line(&s, NULL, 0, "easyfirst");
    s.seed = 7;
    check_line(&s, NULL, 0, "easyfirst --seed 7");
    s.threshold = 0.25;
    s.growing_factor = 1.1;
    s.hidden_count = 2;
    s.hidden[0] = s.hidden[1] = 16;
    s.dataset = DATASET_MOONS;
    s.noise = 0.2;
    s.anomaly = false;
    check_line(&s, NULL, 0,
               "easyfirst --dataset moons --noise 0.2 --anomaly off --seed 7 --hidden 16,16 --threshold 0.25 "
               "--growing-factor 1.1");
    check_line(&s, "a.csv", 0, "easyfirst --seed 7 --hidden 16,16 --threshold 0.25 --growing-factor 1.1 a.csv");
    /* more than nine digits are written only where they are needed */
    settings_default(&s);
    s.threshold = 1.0 / 3.0;
    s.centroids[0] = -1.5;
    check_line(&s, NULL, 0, "easyfirst --centroids -1.5,0,3,3 --threshold 0.3333333333333333");
}

static void unused_places_do_not_count(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.hidden[3] = 5; /* beyond hidden_count */
    s.centroids[9] = 4.0;
    check_line(&s, NULL, 0, "easyfirst");
}

#define AGAIN "; save the session to have that repeated"

static void what_was_done_by_hand_is_said(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    check_line(&s, NULL, true, "easyfirst  # the threshold was moved by hand" AGAIN);
    check_line(&s, NULL, BY_HAND_THRESHOLD | BY_HAND_POINTS,
               "easyfirst  # the threshold was moved by hand, points were changed by hand" AGAIN);
    check_line(&s, NULL, BY_HAND_PARAMETERS, "easyfirst  # weights were set by hand" AGAIN);
    check_line(&s, NULL, BY_HAND_SETTINGS, "easyfirst  # settings were changed during the run" AGAIN);
    s.seed = 7;
    char *line = repeat_command_of(&s, NULL, 0, "a.csv", NULL, ASPECT_FILL, BY_HAND_THRESHOLD, "/tmp/my run.log");
    assert_string_equal(line, "easyfirst --replay='/tmp/my run.log' --aspect fill  # the threshold was moved by hand");
    free(line);
    line = repeat_command_of(&s, NULL, 0, NULL, NULL, ASPECT_AUTO, 0, "a.log"); /* a hand has done nothing */
    assert_string_equal(line, "easyfirst --seed 7");
    free(line);
}

static void what_is_replayed_has_its_aspect(void **state) {
    (void)state;
    char *line = repeat_command_replay("my run.log", ASPECT_FILL);
    assert_string_equal(line, "easyfirst --replay='my run.log' --aspect fill");
    free(line);
    line = repeat_command_replay("-a.log", ASPECT_AUTO);
    assert_string_equal(line, "easyfirst --replay=-a.log");
    free(line);
    line = repeat_command_of_lesson("post", ASPECT_EQUAL);
    assert_string_equal(line, "easyfirst --lesson post --aspect equal");
    free(line);
}

static void paths_are_quoted(void **state) {
    (void)state;
    static const char *const paths[] = {"plain.csv",
                                        "/tmp/a-b_c.csv",
                                        "two words.csv",
                                        "it's.csv",
                                        "''",
                                        "$HOME;rm `x` \"y\" \\ & | > < * ? [a] {b} ! # ~.csv",
                                        "-dash.csv",
                                        "--seed",
                                        "~/x.csv",
                                        "tab\tand\nline.csv",
                                        "grüße.csv"};
    Settings s;
    settings_default(&s);
    s.seed = 9;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char words[1024], *line = repeat_command_of(&s, NULL, 0, paths[i], NULL, ASPECT_AUTO, BY_HAND_THRESHOLD, NULL);
        assert_non_null(line);
        size_t length = words_of_shell(line, words, sizeof words);
        char *arguments[8] = {"easyfirst"};
        int count = 1;
        for (size_t at = 0; at < length && count < 7; at += strlen(words + at) + 1)
            arguments[count++] = words + at;
        Cli cli;
        assert_true(cli_parse(&cli, count, arguments, PRESET_DIR, &status));
        assert_string_equal(cli.points, paths[i]);
        assert_int_equal(cli.settings.seed, 9);
        free(line);
    }
    check_line(&s, "it's", 0, "easyfirst --seed 9 'it'\\''s'");
}

static void the_format_of_the_points_is_repeated(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    static const char *const columns[] = {"x,y,label", "--x, y ,the 'label'"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        PointsFormat format = {.columns = columns[i],
                               .header = i ? "3" : NULL,
                               .delimiter = i ? ";" : NULL,
                               .decimal = i ? "comma" : NULL,
                               .missing = i ? "-9,it's" : NULL,
                               .encoding = i ? "LATIN1" : NULL,
                               .classes = i ? 3 : 0,
                               .skip_bad = i == 1};
        char *line = repeat_command_of(&s, NULL, 0, "a.csv", &format, ASPECT_AUTO, 0, NULL);
        assert_non_null(line);
        Cli cli;
        wordexp_t words;
        read_back(line, &cli, &words);
        assert_string_equal(cli.points, "a.csv");
        assert_string_equal(cli.columns, columns[i]);
        assert_true(cli.skip_bad == (i == 1));
        const char *const told[][2] = {{cli.header, format.header},
                                       {cli.delimiter, format.delimiter},
                                       {cli.decimal, format.decimal},
                                       {cli.missing, format.missing},
                                       {cli.encoding, format.encoding}};
        for (size_t k = 0; k < sizeof told / sizeof *told; k++)
            assert_true(told[k][1] ? strcmp(told[k][0], told[k][1]) == 0 : !told[k][0]);
        assert_int_equal(cli.point_classes, format.classes);
        wordfree(&words);
        free(line);
        line = repeat_command_of(&s, NULL, 0, NULL, &format, ASPECT_AUTO, 0, NULL);
        assert_string_equal(line, "easyfirst");
        free(line);
    }
    char *line = repeat_command_of(&s, NULL, 0, "a.csv", &(PointsFormat){0}, ASPECT_AUTO, 0, NULL);
    assert_string_equal(line, "easyfirst a.csv");
    free(line);
    for (int aspect = ASPECT_EQUAL; aspect <= ASPECT_FILL; aspect++) {
        line = repeat_command_of(&s, NULL, 0, "a.csv", NULL, (Aspect)aspect, 0, NULL);
        Cli cli;
        wordexp_t words;
        read_back(line, &cli, &words);
        assert_int_equal(cli_aspect(&cli, ASPECT_AUTO), aspect);
        wordfree(&words);
        free(line);
    }
}

static void check_compared(const Settings *settings, const Settings *second, const char *expected) {
    char *line = repeat_command_of(settings, &second, 1, NULL, NULL, ASPECT_AUTO, 0, NULL);
    assert_non_null(line);
    assert_string_equal(line, expected);
    free(line);
}

static void two_other_runs_are_named(void **state) {
    (void)state;
    Settings s, plain, hard;
    settings_default(&s);
    plain = hard = s;
    plain.order = ORDER_ALL;
    hard.order = ORDER_HARD;
    char *line = repeat_command_of(&s, (const Settings *[]){&plain, &hard}, 2, NULL, NULL, ASPECT_AUTO, 0, NULL);
    assert_non_null(line);
    assert_string_equal(line, "easyfirst --compare plain --compare order=hard");
    Cli cli;
    wordexp_t words;
    read_back(line, &cli, &words);
    assert_int_equal(cli.compare_count, 2);
    assert_true(cli.others[0].order == ORDER_ALL && cli.others[1].order == ORDER_HARD);
    wordfree(&words);
    free(line);
}

static void the_second_run_is_named(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    Settings second = s;
    check_compared(&s, &second, "easyfirst --compare order=easy");
    second.order = ORDER_ALL;
    check_compared(&s, &second, "easyfirst --compare plain");
    s.diversity = 0.5; /* which plain training has not */
    check_compared(&s, &second, "easyfirst --diversity 0.5 --compare plain");
    second = s;
    second.order = ORDER_HARD;
    second.threshold = 1.0 / 3.0;
    check_compared(&s, &second, "easyfirst --diversity 0.5 --compare order=hard,threshold=0.3333333333333333");
    seed = 5;
    int tried = 0;
    while (tried < 5000) {
        Settings settings, other;
        some_settings(&settings);
        some_settings(&other);
        second = other_run_settings(&settings, &other);
        if (!settings_check(&settings, &status) || !settings_check(&second, &status))
            continue;
        tried++;
        char *line = repeat_command_of(&settings, (const Settings *[]){&second}, 1, NULL, NULL, ASPECT_AUTO, 0, NULL);
        assert_non_null(line);
        Cli cli;
        wordexp_t words;
        read_back(line, &cli, &words);
        assert_same_settings(line, &settings, &cli.settings, false);
        assert_int_equal(cli.compare_count, 1);
        assert_same_settings(line, &second, &cli.others[0], false);
        wordfree(&words);
        free(line);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_settings_come_back),
        cmocka_unit_test(what_differs_is_named),
        cmocka_unit_test(unused_places_do_not_count),
        cmocka_unit_test(what_was_done_by_hand_is_said),
        cmocka_unit_test(what_is_replayed_has_its_aspect),
        cmocka_unit_test(paths_are_quoted),
        cmocka_unit_test(the_second_run_is_named),
        cmocka_unit_test(two_other_runs_are_named),
        cmocka_unit_test(the_format_of_the_points_is_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
