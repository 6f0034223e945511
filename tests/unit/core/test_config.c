/* The property table and the text form of settings; status messages. */
#include "core/config_check.h"
#include "core/utf8.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define assert_near(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * fabs(b))

static void parse(Settings *settings, const char *name, const char *text) {
    const Property *property = property_find(name);
    assert_non_null(property);
    Status status = {0};
    if (!property_parse(settings, property, text, &status)) {
        fail_msg("%s = '%s': %s", name, text, status.message);
    }
}

/* The text is refused with this message, and nothing has changed. */
static void refused(const char *name, const char *text, const char *message) {
    const Property *property = property_find(name);
    assert_non_null(property);
    Settings settings, before;
    settings_default(&settings);
    before = settings;
    Status status = {0};
    assert_false(property_parse(&settings, property, text, &status));
    assert_string_equal(status.message, message);
    assert_int_equal(status.code, STATUS_USAGE);
    assert_memory_equal(&settings, &before, sizeof settings);
}

static void formatted(const Settings *settings, const char *name, const char *expected) {
    char text[SETTING_TEXT_MAX];
    property_format(settings, property_find(name), text);
    assert_string_equal(text, expected);
}

static void the_defaults_are_the_posts_run(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    assert_int_equal(s.dataset, DATASET_POST);
    assert_int_equal(s.samples, 10000);
    assert_true(isnan(s.noise));
    assert_int_equal(s.centroid_count, 2);
    const double centroids[4] = {0, 0, 3, 3};
    assert_memory_equal(s.centroids, centroids, sizeof centroids);
    assert_true(s.anomaly);
    assert_true(s.flip == 0);
    assert_int_equal(s.seed, 1445);
    assert_int_equal(s.hidden_count, 0);
    assert_int_equal(s.activation, ACTIVATION_TANH);
    assert_int_equal(s.optimizer, OPTIMIZER_ADAM);
    assert_near(s.learning_rate, 0.001);
    assert_int_equal(s.batch, 32);
    assert_true(s.weight_decay == 0);
    assert_int_equal(s.order, ORDER_EASY);
    assert_int_equal(s.regularizer, REGULARIZER_HARD);
    assert_near(s.power, 3.0);
    assert_near(s.threshold, 0.1);
    assert_near(s.growing_factor, 1.35);
    assert_int_equal(s.warmup, 0);
    assert_true(s.outliers == 0 && s.test == 0 && !s.standardize);
    assert_int_equal(s.pace, PACE_MULTIPLICATIVE);
    assert_true(s.growing_step == 0.1 && s.share_start == 0.3 && s.share_end == 1);
    assert_int_equal(s.share_epochs, 10);
    assert_int_equal(s.share_curve, SHARE_LINEAR);
    assert_true(s.cap == CAP_NONE && s.diversity == 0);
    assert_int_equal(s.groups, GROUPS_CLASSES);
    assert_int_equal(s.epochs, 10);
    assert_int_equal(s.until_hard, -1);
    Status status = {0};
    assert_true(settings_check(&s, &status));
}

/* What the command line, the presets and the window rely on in every row. */
static void the_table_is_whole(void **state) {
    (void)state;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        assert_int_equal(p->id, i);
        assert_ptr_equal(property_find(p->name), p);
        assert_true(p->label[0] != '\0' && p->help[0] != '\0' && p->argument[0] != '\0');
        assert_non_null(p->unit);
        assert_null(strchr(p->help, '\n'));
        assert_true(p->minimum < p->maximum);
        assert_true(p->minimum <= p->slider_minimum && p->slider_minimum < p->slider_maximum &&
                    p->slider_maximum <= p->maximum);
        assert_true(!p->logarithmic || p->slider_minimum > 0);
        if (p->kind == KIND_CHOICE) {
            const int last = (int)p->maximum;
            for (int c = 0; c <= last; c++) {
                assert_non_null(p->choices[c]);
                assert_non_null(p->choice_labels[c]);
            }
            assert_null(p->choices[last + 1]);
            assert_null(p->choice_labels[last + 1]);
        }
    }
    assert_null(property_find("treshold"));
    assert_null(property_find(""));
}

static void only_the_curriculum_and_the_end_of_the_run_are_live(void **state) {
    (void)state;
    static const PropertyId live[] = {
        PROPERTY_ORDER,       PROPERTY_REGULARIZER,   PROPERTY_THRESHOLD,     PROPERTY_GROWING_FACTOR,
        PROPERTY_WARMUP,      PROPERTY_LEARNING_RATE, PROPERTY_WEIGHT_DECAY,  PROPERTY_EPOCHS,
        PROPERTY_UNTIL_HARD,  PROPERTY_POWER,         PROPERTY_PACE,          PROPERTY_GROWING_STEP,
        PROPERTY_SHARE_START, PROPERTY_SHARE_END,     PROPERTY_SHARE_EPOCHS,  PROPERTY_SHARE_CURVE,
        PROPERTY_CAP,         PROPERTY_DIVERSITY,     PROPERTY_GROUPS,        PROPERTY_SUPERLOSS_LAMBDA,
        PROPERTY_META_RATE,   PROPERTY_META_CLASSES,  PROPERTY_LOOKAHEAD_RATE};
    bool expected[PROPERTY_COUNT] = {false};
    for (size_t i = 0; i < sizeof live / sizeof *live; i++) {
        expected[live[i]] = true;
    }
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        assert_int_equal(PROPERTIES[i].effect == EFFECT_LIVE, expected[i]);
    }
}

static void numbers_are_read_as_people_write_them(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    parse(&s, "threshold", "1e-3");
    assert_near(s.threshold, 1e-3);
    parse(&s, "threshold", " 2.5 ");
    assert_near(s.threshold, 2.5);
    parse(&s, "threshold", "0");
    assert_true(s.threshold == 0);
    parse(&s, "threshold", "-0");
    formatted(&s, "threshold", "0");
    parse(&s, "samples", "1e4");
    assert_int_equal(s.samples, 10000);
    parse(&s, "samples", "10000000");
    assert_int_equal(s.samples, 10000000);
    parse(&s, "seed", "4294967295");
    assert_int_equal(s.seed, 4294967295u);
    formatted(&s, "seed", "4294967295");
    parse(&s, "until-hard", "-1");
    assert_int_equal(s.until_hard, -1);
    parse(&s, "epochs", "1000000000");
    formatted(&s, "epochs", "1000000000");
    parse(&s, "anomaly", "off");
    assert_false(s.anomaly);
    parse(&s, "dataset", "spirals");
    assert_int_equal(s.dataset, DATASET_SPIRALS);
    parse(&s, "regularizer", "mixture");
    assert_int_equal(s.regularizer, REGULARIZER_MIXTURE);
    parse(&s, "pace", "class-share");
    assert_int_equal(s.pace, PACE_CLASS_SHARE);
    parse(&s, "share-curve", "root");
    assert_int_equal(s.share_curve, SHARE_ROOT);
    parse(&s, "groups", "grid");
    assert_int_equal(s.groups, GROUPS_GRID);
    parse(&s, "growing-step", "-0.25");
    assert_true(s.growing_step == -0.25);
    parse(&s, "standardize", "on");
    assert_true(s.standardize);
    parse(&s, "cap", "1e9");
    formatted(&s, "cap", "1e+09");
}

static void what_is_no_value_is_refused(void **state) {
    (void)state;
    refused("threshold", "abc", "'abc' is not a number");
    refused("threshold", "1x", "'1x' is not a number");
    refused("threshold", "1 2", "'1 2' is not a number");
    refused("threshold", "1,2", "'1,2' is not a number");
    refused("threshold", "", "a number is missing");
    refused("threshold", "nan", "'nan' is not a finite number");
    refused("threshold", "-inf", "'-inf' is not a finite number");
    refused("threshold", "1e999", "1e999 is above 1000000000");
    refused("threshold", "-0.1", "-0.1 is below 0");
    refused("flip", "1.0000000001", "1.0000000001 is above 1");
    refused("test", "0.91", "0.91 is above 0.9");
    refused("outliers", "-0.1", "-0.1 is below 0");
    refused("share-end", "1.1", "1.1 is above 1");
    refused("share-epochs", "0", "0 is below 1");
    refused("pace", "fast",
            "'fast' is not one of multiplicative, additive, share, class-share, meta, reweight or clean-alone");
    refused("samples", "1", "1 is below 2");
    refused("samples", "10000001", "10000001 is above 10000000");
    refused("samples", "10.5", "10.5 is not a whole number");
    refused("seed", "-1", "-1 is below 0");
    refused("seed", "4294967296", "4294967296 is above 4294967295");
    refused("anomaly", "yes", "'yes' is neither on nor off");
    refused("order", "Easy", "'Easy' is not one of easy, hard or all");
    refused("order", "", "'' is not one of easy, hard or all");
    refused("noise", "Auto", "'Auto' is not a number");
}

static void a_very_long_value_is_cut_in_the_message(void **state) {
    (void)state;
    char text[5000];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    Settings settings;
    settings_default(&settings);
    Status status = {0};
    assert_false(property_parse(&settings, property_find("epochs"), text, &status));
    assert_true(strlen(status.message) < 100);
    assert_non_null(strstr(status.message, "...' is not a number"));
}

static void lists_of_units(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    parse(&s, "hidden", "16, 8");
    assert_int_equal(s.hidden_count, 2);
    assert_int_equal(s.hidden[0], 16);
    assert_int_equal(s.hidden[1], 8);
    formatted(&s, "hidden", "16,8");
    parse(&s, "hidden", "1,2,3,4,5,64");
    assert_int_equal(s.hidden_count, MAX_HIDDEN);
    parse(&s, "hidden", "");
    assert_int_equal(s.hidden_count, 0);
    formatted(&s, "hidden", "");
    refused("hidden", "1,2,3,4,5,6,7", "more than 6 numbers");
    refused("hidden", "0", "0 is below 1");
    refused("hidden", "65", "65 is above 64");
    refused("hidden", "16,", "a number is missing after the last comma");
    refused("hidden", "16,,3", "a number is missing");
    refused("hidden", ",16", "a number is missing");
    refused("hidden", "16,nan", "'nan' is not a finite number");
    refused("hidden", "16,2.5", "2.5 is not a whole number");
}

static void lists_of_points(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    parse(&s, "centroids", "-3,-2.5,3,-2,1e-3,3");
    assert_int_equal(s.centroid_count, 3);
    assert_int_equal(settings_classes(&s), 3);
    formatted(&s, "centroids", "-3,-2.5,3,-2,0.001,3");
    char most[400] = "1,1";
    for (int i = 1; i < MAX_CLASSES; i++)
        snprintf(most + strlen(most), sizeof most - strlen(most), ",%d,%d", i, -i);
    parse(&s, "centroids", most);
    assert_int_equal(s.centroid_count, MAX_CLASSES);
    assert_true(s.centroids[62] == 31 && s.centroids[63] == -31);
    strcat(most, ",9,9");
    refused("centroids", most, "more than 64 numbers");
    refused("centroids", "0,0,3", "3 numbers are no pairs x,y");
    refused("centroids", "0,0", "at least 2 pairs x,y are needed");
    refused("centroids", "", "at least 2 pairs x,y are needed");
    refused("centroids", "0,0,3,1e7", "1e7 is above 1000000");
}

/* The longest text of all fits, and every setting comes back from its text. */
static void text_forms_give_the_same_settings_again(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    parse(&s, "centroids",
          "-123456.789,-1.23456789e-07,-123456.789,-1.23456789e-07,-123456.789,-1.23456789e-07,"
          "-123456.789,-1.23456789e-07,-123456.789,-1.23456789e-07,-123456.789,-1.23456789e-07,"
          "-123456.789,-1.23456789e-07,-123456.789,-1.23456789e-07");
    parse(&s, "hidden", "64,64,64,64,64,64");
    parse(&s, "noise", "0.123456789");
    parse(&s, "learning-rate", "1e-12");
    parse(&s, "dataset", "blobs");
    parse(&s, "activation", "relu");
    parse(&s, "anomaly", "off");
    Settings again;
    settings_default(&again);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        char text[SETTING_TEXT_MAX];
        property_format(&s, &PROPERTIES[i], text);
        parse(&again, PROPERTIES[i].name, text);
    }
    assert_memory_equal(&again, &s, sizeof s);
}

/* What nine digits do not tell apart is another setting, in text, in value and in comparison. */
static void settings_are_the_same_to_the_last_bit(void **state) {
    (void)state;
    Settings s, near;
    settings_default(&s);
    near = s;
    near.threshold = 0.1000000000123;
    near.centroids[0] = 1e-13;
    assert_false(property_same(&s, &near, property_find("threshold")));
    assert_false(property_same(&s, &near, property_find("centroids")));
    formatted(&s, "threshold", "0.1");
    formatted(&near, "threshold", "0.1000000000123");
    formatted(&near, "centroids", "1e-13,0,3,3");
    near.threshold = 1.0 / 3.0;
    formatted(&near, "threshold", "0.3333333333333333");
    Status status = {0};
    assert_false(property_set(&near, property_find("flip"), 1.0000000001, &status));
    assert_string_equal(status.message, "1.0000000001 is above 1");
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        assert_true(property_same(&s, &s, &PROPERTIES[i])); /* noise, too, which is NaN */
        property_copy(&near, &s, &PROPERTIES[i]);
        assert_true(property_same(&s, &near, &PROPERTIES[i]));
    }
    assert_memory_equal(&s, &near, sizeof s);
}

/* What the window relies on: the curriculum's settings are in its section Pace, once each, but for the five at
 * its head; sliders are for numbers. */
static void the_table_places_every_setting(void **state) {
    (void)state;
    static const PropertyId head[] = {PROPERTY_ORDER, PROPERTY_REGULARIZER, PROPERTY_THRESHOLD, PROPERTY_GROWING_FACTOR,
                                      PROPERTY_GROWING_STEP};
    int placed[PROPERTY_COUNT + 1] = {0}, most = 0;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        bool at_head = false;
        for (size_t h = 0; h < sizeof head / sizeof *head; h++)
            at_head |= head[h] == p->id;
        assert_int_equal(p->pace_place > 0, p->group == GROUP_CURRICULUM && !at_head);
        placed[p->pace_place]++;
        most = p->pace_place > most ? p->pace_place : most;
        assert_true(!p->dragged || p->kind == KIND_REAL || p->kind == KIND_INTEGER);
        assert_true(!(p->decides || p->begins) || p->effect == EFFECT_LIVE);
        assert_true(!p->makes_points || (p->effect == EFFECT_REBUILD && p->group == GROUP_DATA));
    }
    for (int place = 1; place <= most; place++)
        assert_int_equal(placed[place], 1);
}

static void settings_without_effect_are_not_shown(void **state) {
    (void)state;
    static const struct {
        const char *name, *value; /* what makes it so */
        const char *shown, *hidden;
    } cases[] = {
        {"dataset", "post", "anomaly centroids", ""},
        {"dataset", "blobs", "centroids", "anomaly"},
        {"dataset", "moons", "", "anomaly centroids"},
        {"pace", "multiplicative", "growing-factor", "growing-step share-start share-end share-epochs share-curve"},
        {"pace", "additive", "growing-step", "growing-factor share-start share-end share-epochs share-curve"},
        {"pace", "share", "share-start share-end share-epochs share-curve", "growing-factor growing-step"},
        {"pace", "class-share", "share-start share-end share-epochs share-curve", "growing-factor growing-step"},
        {"regularizer", "polynomial", "power", ""},
        {"regularizer", "linear", "", "power superloss-lambda"},
        {"regularizer", "superloss", "superloss-lambda threshold growing-factor", "power diversity"},
        {"diversity", "0.5", "groups", ""},
        {"diversity", "0", "diversity", "groups"},
        {"hidden", "", "hidden", "activation"},
        {"hidden", "4", "hidden activation", ""},
        {"regularizer", "log", "regularizer", "diversity"},
        {"order", "hard", "threshold regularizer pace growing-factor warmup cap", "diversity"},
        {"order", "all", "order", "threshold regularizer pace growing-factor warmup cap diversity"},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        Settings s;
        settings_default(&s);
        parse(&s, cases[c].name, cases[c].value);
        for (int i = 0; i < PROPERTY_COUNT; i++) {
            const Property *p = &PROPERTIES[i];
            bool shown = property_shown(&s, p);
            if ((strstr(cases[c].shown, p->name) && !shown) ||
                (p->shown && strstr(cases[c].hidden, p->name) && shown) || (!p->shown && !shown))
                fail_msg("%s %s: %s", cases[c].name, cases[c].value, p->name);
        }
    }
}

static void noise_may_be_the_data_sets_own(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    formatted(&s, "noise", "auto");
    assert_true(settings_noise(&s) == 1);
    parse(&s, "dataset", "moons");
    assert_true(settings_noise(&s) == 0);
    assert_int_equal(settings_classes(&s), 2);
    parse(&s, "noise", "0.2");
    assert_near(settings_noise(&s), 0.2);
    parse(&s, "noise", "auto");
    assert_true(isnan(s.noise));
    parse(&s, "noise", "3");
    parse(&s, "noise", "");
    assert_true(isnan(s.noise));
}

static void settings_as_numbers(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    Status status = {0};
    assert_true(property_set(&s, property_find("threshold"), 0.5, &status));
    assert_true(s.threshold == 0.5);
    assert_true(property_set(&s, property_find("order"), ORDER_ALL, &status));
    assert_true(property_get(&s, property_find("order")) == ORDER_ALL);
    assert_true(property_set(&s, property_find("anomaly"), 0, &status));
    assert_false(s.anomaly);
    assert_true(property_set(&s, property_find("seed"), 4294967295.0, &status));
    assert_true(property_get(&s, property_find("seed")) == 4294967295.0);
    const Settings before = s;
    assert_false(property_set(&s, property_find("threshold"), NAN, &status));
    assert_false(property_set(&s, property_find("threshold"), INFINITY, &status));
    assert_false(property_set(&s, property_find("threshold"), -1, &status));
    assert_string_equal(status.message, "-1 is below 0");
    assert_false(property_set(&s, property_find("order"), 3, &status));
    assert_false(property_set(&s, property_find("order"), 0.5, &status));
    assert_false(property_set(&s, property_find("epochs"), 1e300, &status));
    assert_memory_equal(&s, &before, sizeof s);
}

static void settings_that_make_no_sense_together(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    Status status = {0};
    parse(&s, "regularizer", "log");
    assert_true(settings_check(&s, &status));
    parse(&s, "threshold", "1");
    assert_false(settings_check(&s, &status));
    assert_int_equal(status.code, STATUS_USAGE);
    assert_non_null(strstr(status.message, "threshold"));
    assert_non_null(strstr(status.message, "regularizer"));
    parse(&s, "threshold", "0.99999999"); /* 1 in float32 */
    assert_false(settings_check(&s, &status));
    parse(&s, "regularizer", "linear");
    assert_true(settings_check(&s, &status));
    parse(&s, "samples", "2");
    parse(&s, "centroids", "0,0,1,1,2,2");
    assert_false(settings_check(&s, &status));
    assert_non_null(strstr(status.message, "samples"));
    parse(&s, "dataset", "moons"); /* has no centroids */
    assert_true(settings_check(&s, &status));
}

/* The combination is refused, with both settings named, one of them first. */
static void check_refused(const Settings *s, const char *first, const char *second) {
    Status status = {0};
    assert_false(settings_check(s, &status));
    assert_int_equal(status.code, STATUS_USAGE);
    assert_int_equal(strncmp(status.message, first, strlen(first)), 0);
    assert_non_null(strstr(status.message, second));
}

static void curricula_that_make_no_sense(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    Status status = {0};
    parse(&s, "share-curve", "geometric");
    parse(&s, "share-start", "0");
    assert_true(settings_check(&s, &status)); /* the pace is by value: the curve does not count */
    parse(&s, "pace", "share");
    check_refused(&s, "share-curve geometric", "share-start");
    parse(&s, "pace", "class-share");
    check_refused(&s, "share-curve geometric", "share-start");
    parse(&s, "share-curve", "root");
    assert_true(settings_check(&s, &status));
    parse(&s, "share-curve", "geometric");
    parse(&s, "share-start", "0.1");
    assert_true(settings_check(&s, &status));
    parse(&s, "share-end", "0");
    check_refused(&s, "share-curve geometric", "share-end");
    settings_default(&s);
    parse(&s, "diversity", "0.5");
    assert_true(settings_check(&s, &status));
    parse(&s, "regularizer", "linear");
    check_refused(&s, "diversity", "regularizer hard");
    parse(&s, "regularizer", "hard");
    parse(&s, "order", "all");
    check_refused(&s, "diversity", "order easy");
    parse(&s, "order", "hard");
    check_refused(&s, "diversity", "order easy");
    parse(&s, "diversity", "0");
    assert_true(settings_check(&s, &status));
}

static void messages_are_one_safe_line(void **state) {
    (void)state;
    Status status = {0};
    assert_false(status_fail(&status, STATUS_USAGE, "a\nb\x1b[31m%s", "\xc2\x9b"));
    assert_string_equal(status.message, "a?b?[31m?");
    assert_int_equal(status.code, STATUS_USAGE);
    assert_false(status_prefix(&status, "--%s", "gif"));
    assert_string_equal(status.message, "--gif: a?b?[31m?");
    assert_int_equal(status.code, STATUS_USAGE);
    assert_false(status_no_memory(&status, "the points"));
    assert_string_equal(status.message, "not enough memory for the points");
    assert_int_equal(status.code, STATUS_FAILED);
}

/* On a terminal: controls, what turns the direction of writing, separators of lines, and what is no UTF-8. */
static void what_a_terminal_would_obey_is_shown(void **state) {
    (void)state;
    static const struct {
        const char *text, *clean;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"\u732b \u00e9 \u200d \U0001f431", "\u732b \u00e9 \u200d \U0001f431"}, /* a joiner is part of a word */
        {"\x1b[2J\x7f\x01\t\n", "?[2J????"},
        {"a\xc2\x80"
         "b\xc2\x9f"
         "c\xc2\xa0",
         "a?b?c\xc2\xa0"},
        {"\x9b"
         "1m\xff",
         "?1m?"},
        {"\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029", "?????????"},
        {"\u200d\u202f\u2065\u206a", "\u200d\u202f\u2065\u206a"},
        {"\xe2\x82|\xf0\x9f\x90|\xed\xa0\x80|\xc0\xaf", "?|?|?|??"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s", cases[i].text);
        utf8_clean(text);
        assert_string_equal(text, cases[i].clean);
    }
    char lines[] = "a\tb\n\x1b\r";
    assert_int_equal(utf8_clean_lines(lines, 6), 6);
    assert_memory_equal(lines, "a\tb\n??", 6);
}

static void long_messages_are_cut_between_characters(void **state) {
    (void)state;
    char text[3001];
    for (int i = 0; i < 1000; i++) {
        memcpy(text + 3 * i, "\xe2\x82\xac", 4); /* the Euro sign */
    }
    for (int shift = 0; shift < 3; shift++) {
        Status status = {0};
        status_fail(&status, STATUS_FAILED, "%s%s", &"xx"[2 - shift], text);
        const size_t length = strlen(status.message);
        assert_true(length < sizeof status.message && length >= sizeof status.message - 4);
        assert_string_equal(status.message + length - 3, "...");
        assert_int_equal((length - 3 - (size_t)shift) % 3, 0);
        status_prefix(&status, "prefix");
        assert_int_equal(strncmp(status.message, "prefix: ", 8), 0);
        assert_string_equal(status.message + strlen(status.message) - 3, "...");
    }
}

/* What it does not look at makes no difference. */
static void settings_that_are_not_checked(void **state) {
    (void)state;
    Status status;
    Settings other;
    settings_default(&other);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (!property_is_list(p))
            assert_true(property_set(&other, p, p->initial == p->maximum ? p->minimum : p->maximum, &status));
        if (settings_check_uses(p->id))
            continue;
        Settings bad[4];
        for (int k = 0; k < 4; k++)
            settings_default(&bad[k]);
        bad[0].regularizer = REGULARIZER_LOG, bad[0].threshold = 2;
        bad[1].pace = PACE_META;
        bad[2].samples = 1;
        for (int k = 0; k < 4; k++) {
            bool before = settings_check(&bad[k], &status);
            property_copy(&bad[k], &other, p);
            if (settings_check(&bad[k], &status) != before)
                fail_msg("%s makes a difference", p->name);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_defaults_are_the_posts_run),
        cmocka_unit_test(the_table_is_whole),
        cmocka_unit_test(only_the_curriculum_and_the_end_of_the_run_are_live),
        cmocka_unit_test(numbers_are_read_as_people_write_them),
        cmocka_unit_test(what_is_no_value_is_refused),
        cmocka_unit_test(a_very_long_value_is_cut_in_the_message),
        cmocka_unit_test(lists_of_units),
        cmocka_unit_test(lists_of_points),
        cmocka_unit_test(text_forms_give_the_same_settings_again),
        cmocka_unit_test(settings_are_the_same_to_the_last_bit),
        cmocka_unit_test(the_table_places_every_setting),
        cmocka_unit_test(settings_without_effect_are_not_shown),
        cmocka_unit_test(noise_may_be_the_data_sets_own),
        cmocka_unit_test(settings_as_numbers),
        cmocka_unit_test(settings_that_make_no_sense_together),
        cmocka_unit_test(curricula_that_make_no_sense),
        cmocka_unit_test(settings_that_are_not_checked),
        cmocka_unit_test(messages_are_one_safe_line),
        cmocka_unit_test(what_a_terminal_would_obey_is_shown),
        cmocka_unit_test(long_messages_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
