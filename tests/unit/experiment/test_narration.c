/* The sentences: every rule of the table has a scene that it is said of, every text is whole; the post's run word for
 * word; facts from the records of real runs. */
#include "app/experiment/experiment.h"
#include "app/experiment/narration.h"
#include "tests/support/words_of.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Status status;

/* ---- the table ---- */

#define POINTS 1000

static struct {
    Settings settings;
    Dataset data;
    Snapshot snapshot;
    NarrationFacts facts;
    Narration said;
} scene;

/* Two classes of 500; half of each easy, 10 points came in; the hard ones lie near the boundary. */
static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    settings_default(&scene.settings);
    scene.data = (Dataset){.count = POINTS, .classes = 2, .anomaly = -1, .class_count = {500, 500}};
    scene.snapshot = (Snapshot){.settings = &scene.settings,
                                .data = &scene.data,
                                .epoch = 6,
                                .batch = 3,
                                .batches = 32,
                                .easy = 500,
                                .threshold = 0.5,
                                .accuracy = 0.8};
    scene.facts = (NarrationFacts){.moment = MOMENT_EPOCH,
                                   .snapshot = &scene.snapshot,
                                   .epoch = 6,
                                   .easy = {500, {250, 250}},
                                   .weighted = 0.4,
                                   .threshold = 0.5,
                                   .next = NAN,
                                   .accuracy = 0.8,
                                   .before = true,
                                   .easy_before = {490, {240, 250}},
                                   .threshold_before = 0.4,
                                   .accuracy_before = 0.79,
                                   .came = 10,
                                   .same_for = 1,
                                   .right = {0.9, 0.9},
                                   .taken_for = {1, 0},
                                   .hard_place = PLACE_NEAR,
                                   .lead_place = PLACE_NEAR,
                                   .boundary = BOUNDARY_MOVED,
                                   .towards = 1};
    return 0;
}

static void easy(size_t first, size_t second) {
    scene.facts.easy = (EasyCounts){first + second, {first, second}};
    scene.facts.lead = second < first;
}

static void easy_before(size_t first, size_t second) {
    scene.facts.easy_before = (EasyCounts){first + second, {first, second}};
}

static void moment(Moment m, int order) {
    scene.facts.moment = m;
    scene.settings.order = order;
}

static void start_all(void) {
    moment(MOMENT_START, ORDER_ALL);
}
static void start_warmup(void) {
    moment(MOMENT_START, ORDER_EASY);
    scene.settings.warmup = 20;
}
static void start_hard(void) {
    moment(MOMENT_START, ORDER_HARD);
}
static void learns(int pace) {
    moment(MOMENT_EPOCH, ORDER_EASY);
    scene.settings.pace = pace;
    scene.settings.regularizer = REGULARIZER_LINEAR;
    scene.facts.meta = (NarrationMeta){.learns = pace == PACE_META,
                                       .by_class = true,
                                       .threshold = {1.14, 6.61},
                                       .threshold_before = {1.3, 6.6},
                                       .clean_loss = 0.2,
                                       .hurts = (double)NAN,
                                       .sunk = -1};
}
static void start_clean_alone(void) {
    learns(PACE_CLEAN_ALONE);
    scene.facts.moment = MOMENT_START;
}
static void start_reweight(void) {
    learns(PACE_REWEIGHT);
    scene.facts.moment = MOMENT_START;
}
static void clean_alone(void) {
    learns(PACE_CLEAN_ALONE);
    easy(0, 0);
}
static void reweight(void) {
    learns(PACE_REWEIGHT);
}
static void meta_far(void) {
    learns(PACE_META);
    scene.facts.meta.sunk = 0;
    scene.facts.meta.hurts = 0.3;
    scene.facts.meta.far_hurt = true;
}
static void meta_hurts(void) {
    learns(PACE_META);
    scene.facts.meta.sunk = 0;
    scene.facts.meta.hurts = 0.8;
}
static void meta_moved(void) {
    learns(PACE_META);
    scene.facts.meta.sunk = 0; /* but most of them would help */
    scene.facts.meta.hurts = 0.4;
}
static void meta_first(void) {
    learns(PACE_META);
    scene.facts.before = false;
}
static void start_easy(void) {
    moment(MOMENT_START, ORDER_EASY);
    easy(0, 0);
}
static void past_easy(void) {
    moment(MOMENT_PAST, ORDER_EASY);
}
static void past_used(void) {
    moment(MOMENT_PAST, ORDER_HARD);
}
static void hand_easy(void) {
    moment(MOMENT_HAND, ORDER_EASY);
}
static void hand_used(void) {
    moment(MOMENT_HAND, ORDER_HARD);
}
static void during_easy(void) {
    moment(MOMENT_DURING, ORDER_EASY);
}
static void during_used(void) {
    moment(MOMENT_DURING, ORDER_ALL);
}
static void end_until_hard(void) {
    moment(MOMENT_END, ORDER_EASY);
    easy(498, 499);
    scene.settings.epochs = 200;
}
static void end_until_one(void) {
    end_until_hard();
    easy(499, 500);
}
static void end_one(void) {
    moment(MOMENT_END, ORDER_EASY);
    scene.facts.epoch = 1;
    scene.settings.epochs = 1;
}
static void end_used(void) {
    moment(MOMENT_END, ORDER_HARD);
    scene.settings.epochs = 6;
}
static void end_all_easy(void) {
    moment(MOMENT_END, ORDER_EASY);
    scene.settings.epochs = 6;
    easy(500, 500);
}
static void end_one_hard(void) {
    moment(MOMENT_END, ORDER_EASY);
    scene.settings.epochs = 6;
    easy(500, 499);
}
static void end(void) {
    moment(MOMENT_END, ORDER_EASY);
    scene.settings.epochs = 6;
}
static void warmup(void) {
    scene.settings.warmup = 20;
    easy(500, 500);
}
static void all_first(void) {
    moment(MOMENT_EPOCH, ORDER_ALL);
    scene.facts.before = false;
}
static void all(void) {
    moment(MOMENT_EPOCH, ORDER_ALL);
}
static void hard_none(void) {
    moment(MOMENT_EPOCH, ORDER_HARD);
    easy(0, 0);
}
static void hard_all(void) {
    moment(MOMENT_EPOCH, ORDER_HARD);
    easy(500, 500);
}
static void hard_fewer(void) {
    moment(MOMENT_EPOCH, ORDER_HARD);
    scene.facts.left = 30;
}
static void hard(void) {
    moment(MOMENT_EPOCH, ORDER_HARD);
}
static void soft_none(void) {
    scene.settings.regularizer = REGULARIZER_LINEAR;
    easy(0, 0);
}
static void soft_all(void) {
    scene.settings.regularizer = REGULARIZER_EXPONENTIAL;
    easy(500, 500);
}
static void soft(void) {
    scene.settings.regularizer = REGULARIZER_LINEAR;
}
static void nothing_grows(void) {
    easy(0, 0);
    scene.facts.next = 0.6;
}
static void nothing(void) {
    easy(0, 0);
}
static void everything_now(void) {
    easy(500, 500);
}
static void everything(void) {
    easy(500, 500);
    easy_before(500, 500);
}
static void left_by_lambda_others_came(void) {
    scene.facts.left = 20;
    scene.facts.threshold_before = 0.7;
}
static void left_by_lambda(void) {
    left_by_lambda_others_came();
    scene.facts.came = 0;
}
static void left_by_lambda_one(void) {
    left_by_lambda();
    scene.facts.left = 1;
}
static void left_by_model(void) {
    scene.facts.left = 20;
    scene.facts.came = 0;
}
static void left_by_model_others_came(void) {
    scene.facts.left = 20;
    scene.facts.came = 3;
}
static void left_by_model_one(void) {
    scene.facts.left = 1;
    scene.facts.came = 0;
}
static void waits(void) {
    easy(3, 500);
    easy_before(0, 60);
    scene.facts.came = 443;
    scene.facts.right[0] = 0.1;
}
static void waits_moved(void) {
    easy(3, 500);
    easy_before(1, 500);
}
static void waits_still(void) {
    waits_moved();
    scene.facts.boundary = BOUNDARY_STILL;
}
static void same_grows(void) {
    scene.facts.same_for = 3;
    scene.facts.next = 0.6;
}
static void same(void) {
    scene.facts.same_for = 3;
}
static void past_boundary(void) {
    scene.facts.threshold = 0.8;
    scene.facts.threshold_before = 0.6;
}
static void first_of_class(void) {
    easy(40, 500);
    easy_before(2, 500);
}
static void at_once(void) {
    scene.facts.came = 300;
}
static void one_hard(void) {
    easy(499, 500);
}
static void few_far(void) {
    easy(490, 490);
    scene.facts.hard_place = PLACE_FAR;
}
static void few_near(void) {
    easy(490, 490);
}
static void few(void) {
    easy(490, 490);
    scene.facts.hard_place = PLACE_EVERYWHERE;
}
static void in_near(void) {
    easy(476, 470);
    scene.data.class_count[1] = 490;
    scene.data.count = 1040; /* of a third class that has no points as yet */
}
static void in_far(void) {
    in_near();
    scene.facts.hard_place = PLACE_FAR;
}
static void in(void) {
    in_near();
    scene.facts.hard_place = PLACE_EVERYWHERE;
}
static void part_moved(void) {
    scene.facts.accuracy_before = 0.6;
}
static void part(void) {}
static void other(void) { /* no record to narrate */
    scene.facts.moment = (Moment)99;
}

static const struct {
    const char *rule;
    void (*make)(void);
} SCENES[] = {
    {"start-all", start_all},
    {"start-warmup", start_warmup},
    {"start-hard", start_hard},
    {"start-clean", start_clean_alone},
    {"start-reweight", start_reweight},
    {"clean-alone", clean_alone},
    {"reweight", reweight},
    {"meta-far", meta_far},
    {"meta-hurts", meta_hurts},
    {"meta", meta_moved},
    {"meta-first", meta_first},
    {"start-easy", start_easy},
    {"past-easy", past_easy},
    {"past-used", past_used},
    {"hand-easy", hand_easy},
    {"hand-used", hand_used},
    {"during-easy", during_easy},
    {"during-used", during_used},
    {"end-until-hard", end_until_hard},
    {"end-until-one", end_until_one},
    {"end-one", end_one},
    {"end-used", end_used},
    {"end-all-easy", end_all_easy},
    {"end-one-hard", end_one_hard},
    {"end", end},
    {"warmup", warmup},
    {"all-first", all_first},
    {"all", all},
    {"hard-none", hard_none},
    {"hard-all", hard_all},
    {"hard-fewer", hard_fewer},
    {"hard", hard},
    {"soft-none", soft_none},
    {"soft-all", soft_all},
    {"soft", soft},
    {"nothing-grows", nothing_grows},
    {"nothing", nothing},
    {"everything-now", everything_now},
    {"everything", everything},
    {"left-by-lambda", left_by_lambda},
    {"left-by-lambda-one", left_by_lambda_one},
    {"left-by-lambda-others-came", left_by_lambda_others_came},
    {"left-by-model", left_by_model},
    {"left-by-model-one", left_by_model_one},
    {"left-by-model-others-came", left_by_model_others_came},
    {"waits", waits},
    {"waits-moved", waits_moved},
    {"waits-still", waits_still},
    {"same-grows", same_grows},
    {"same", same},
    {"past-boundary", past_boundary},
    {"first-of-class", first_of_class},
    {"at-once", at_once},
    {"one-hard", one_hard},
    {"few-far", few_far},
    {"few-near", few_near},
    {"few", few},
    {"in-near", in_near},
    {"in-far", in_far},
    {"in", in},
    {"part-moved", part_moved},
    {"part", part},
};
enum { SCENE_COUNT = sizeof SCENES / sizeof *SCENES };

/* A text as it may stand in the window: no places or formats left over, no blanks too many, not longer than so many
 * characters. */
static void assert_whole(const char *rule, const char *text, size_t longest) {
    size_t length = 0;
    for (const char *c = text; *c; c++) {
        length += ((unsigned char)*c & 0xc0) != 0x80;
        if (strchr("{}", *c) || (*c == '%' && (c == text || c[-1] != ' ')) || (*c == ' ' && (c[1] == ' ' || !c[1])))
            fail_msg("%s: \"%s\" has something left over", rule, text);
    }
    static const char *const never[] = {" ,", " .", "..", "nan", "NaN", "inf ", "(null)", " ;", " :", "not known"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(text, never[i]))
            fail_msg("%s: \"%s\" has \"%s\"", rule, text, never[i]);
    if (length > longest)
        fail_msg("%s: \"%s\" has %zu characters", rule, text, length);
}

static void assert_sentence(const char *rule, const char *text, size_t longest) {
    assert_whole(rule, text, longest);
    if (!text[0])
        return;
    if (text[strlen(text) - 1] != '.' && text[strlen(text) - 1] != '?')
        fail_msg("%s: \"%s\" has no end", rule, text);
}

/* Two rows of a window 640 wide hold some 165 characters with the badge; one row at 1280, some 118. */
static void assert_said(const char *rule) {
    narration_say(&scene.facts, &scene.said);
    const Narration *n = &scene.said;
    if (strcmp(n->rule, rule) != 0)
        fail_msg("%s: it says \"%s %s\" (%s)", rule, n->fact, n->reason, n->rule);
    assert_whole(rule, n->badge, 24);
    assert_whole(rule, n->fact, 31);
    assert_sentence(rule, n->reason, 165 - strlen(n->fact));
    assert_sentence(rule, n->brief, 108 - strlen(n->fact));
    assert_true(strlen(n->brief) <= strlen(n->reason));
    if (scene.facts.moment != MOMENT_PAST) {
        assert_sentence(rule, n->fact, 31);
        assert_false(islower((unsigned char)n->reason[0]) || islower((unsigned char)n->brief[0]));
    }
    assert_false(islower((unsigned char)n->fact[0]) || islower((unsigned char)n->badge[0]));
}

static void every_rule_has_its_scene(void **state) {
    bool reached[128] = {false};
    for (int i = 0; i < SCENE_COUNT; i++) {
        setup(state);
        SCENES[i].make();
        assert_said(SCENES[i].rule);
        size_t place = 0;
        while (NARRATION_RULES[place].name != scene.said.rule)
            place++;
        reached[place] = true;
    }
    for (size_t i = 0; i + 1 < NARRATION_RULE_COUNT; i++) /* the last one takes what is left, and never has to */
        if (!reached[i])
            fail_msg("no scene reaches %s", NARRATION_RULES[i].name);
    setup(state);
    assert_true(NARRATION_RULES[NARRATION_RULE_COUNT - 1].holds(&scene.facts));
    (void)other;
}

/* A rule asks for its moment, order and weights by itself, wherever it stands in the table. */
static void rules_are_of_their_own_moment(void **state) {
    for (int i = 0; i < SCENE_COUNT; i++) {
        setup(state);
        SCENES[i].make();
        const NarrationRule *rule = NARRATION_RULES;
        while (strcmp(rule->name, SCENES[i].rule) != 0)
            rule++;
        if (rule == &NARRATION_RULES[NARRATION_RULE_COUNT - 1])
            continue;
        assert_true(rule->holds(&scene.facts));
        Moment moment = scene.facts.moment;
        for (int other = 0; other <= MOMENT_PAST; other++) {
            scene.facts.moment = (Moment)other;
            if (scene.facts.moment != moment && rule->holds(&scene.facts))
                fail_msg("%s holds at moment %d, too", rule->name, other);
        }
    }
}

static void names_are_different_and_places_are_known(void **state) {
    (void)state;
    for (size_t i = 0; i < NARRATION_RULE_COUNT; i++) {
        const NarrationRule *rule = &NARRATION_RULES[i];
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(rule->name, NARRATION_RULES[k].name);
        const char *texts[] = {rule->fact, rule->reason, rule->brief};
        for (int t = 0; t < 3; t++)
            for (const char *at = strchr(texts[t], '{'); at; at = strchr(at + 1, '{')) {
                char name[32], words[NARRATION_PLACE];
                snprintf(name, sizeof name, "%.*s", (int)strcspn(at + 1, "}"), at + 1);
                if (!narration_place(&scene.facts, name, words))
                    fail_msg("%s: there is no {%s}", rule->name, name);
            }
    }
    char words[NARRATION_PLACE];
    assert_false(narration_place(&scene.facts, "colour", words));
}

static void orders_have_their_own_words(void **state) {
    for (int i = 0; i < SCENE_COUNT; i++) {
        setup(state);
        SCENES[i].make();
        if (scene.settings.order == ORDER_EASY)
            continue;
        narration_say(&scene.facts, &scene.said);
        if (strstr(scene.said.fact, "easy") || strstr(scene.said.reason, "easy"))
            fail_msg("%s: \"%s %s\"", scene.said.rule, scene.said.fact, scene.said.reason);
    }
}

static void shares_are_0_and_100_only_if_they_are(void **state) {
    (void)state;
    static const struct {
        size_t easy;
        const char *words;
    } cases[] = {{0, "0 %"},     {1, "less than 0.1 %"}, {5, "0.1 %"},     {60, "0.6 %"},    {100, "1 %"},
                 {5049, "50 %"}, {9899, "99 %"},         {9953, "99.5 %"}, {9999, "99.9 %"}, {10000, "100 %"}};
    scene.data.count = 10000;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[NARRATION_PLACE];
        scene.facts.easy.all = cases[i].easy;
        assert_true(narration_place(&scene.facts, "easy", words));
        if (cases[i].easy == 1) { /* 0.01 % */
            assert_string_equal(words, cases[i].words);
            continue;
        }
        assert_string_equal(words, cases[i].words);
    }
}

static void assert_classes(const char *expected) {
    char words[NARRATION_PLACE];
    assert_true(narration_place(&scene.facts, "classes", words));
    assert_string_equal(words, expected);
}

static void classes_in_words(void **state) {
    (void)state;
    easy(250, 500);
    assert_classes("All of class 1 is in; of class 0 the far half");
    easy(500, 480);
    assert_classes("Both classes are in");
    easy(20, 100);
    assert_classes("Of class 1 the farthest quarter; hardly any of class 0");
    scene.facts.threshold = 2;
    scene.facts.right[1] = 0.2;
    assert_classes("Of class 1 about a quarter; hardly any of class 0");
    scene.data.classes = 3;
    scene.data.class_count[2] = 100;
    scene.facts.easy.of_class[0] = scene.facts.easy.of_class[1] = 490;
    scene.facts.easy.of_class[2] = 2;
    assert_classes("All of class 0 and class 1 are in; hardly any of class 2");
    scene.facts.easy.of_class[0] = scene.facts.easy.of_class[1] = scene.facts.easy.of_class[2] = 60;
    assert_classes("All 3 classes are in, each in part");
    strcpy(scene.data.class_name[0], "iris-versicolor-from-the-garden");
    scene.facts.easy.of_class[0] = 490;
    assert_classes("1 of 3 classes is in, 2 in part");
    scene.facts.easy.of_class[1] = 490;
    scene.facts.easy.of_class[2] = 0;
    assert_classes("2 of 3 classes are in");
    for (int k = 3; k < 8; k++)
        scene.data.class_count[k] = 100;
    scene.data.classes = 8;
    for (int k = 0; k < 8; k++) { /* the longest there can be fits, whatever the shares */
        for (size_t share = 0; share <= 20; share++) {
            scene.facts.easy.of_class[k] = scene.data.class_count[k] * share / 20;
            char words[NARRATION_PLACE];
            narration_place(&scene.facts, "classes", words);
            assert_whole("classes", words, 110);
        }
    }
    scene.data.classes = 3;
    strcpy(scene.data.class_name[0], "变色鸢尾");       /* of 8 columns, though of 12 bytes */
    strcpy(scene.data.class_name[1], "维吉尼亚鸢尾花"); /* of 14 columns, and of 21 bytes */
    strcpy(scene.data.class_name[2], "山鸢尾");
    scene.facts.easy.of_class[0] = scene.facts.easy.of_class[1] = 490;
    scene.facts.easy.of_class[2] = 2;
    assert_classes("All of 变色鸢尾 and 维吉尼亚鸢尾花 are in; hardly any of 山鸢尾");
    for (int k = 0; k < 3; k++)
        snprintf(scene.data.class_name[k], 32, "sixteen letters%d", k);
    for (size_t a = 0; a <= 10; a++)
        for (size_t b = 0; b <= 10; b++)
            for (size_t c = 0; c <= 10; c++) {
                char words[NARRATION_PLACE];
                scene.facts.easy.of_class[0] = scene.data.class_count[0] * a / 10;
                scene.facts.easy.of_class[1] = scene.data.class_count[1] * b / 10;
                scene.facts.easy.of_class[2] = scene.data.class_count[2] * c / 10;
                narration_place(&scene.facts, "classes", words);
                assert_whole("classes", words, 130);
                if (strstr(words, "lette") && words[strlen(words) - 1] == 'e')
                    fail_msg("\"%s\" is cut", words);
            }
}

/* A sentence is translated as a whole, its places in an order of its own. */
static void sentences_can_be_turned_round(void **state) {
    (void)state;
    char folder[] = "/tmp/easyfirst-narration-XXXXXX";
    assert_non_null(mkdtemp(folder));
    WordsOf words[] = {
        {"", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"},
        {"percentage\4%s %%", "%s%%"},
        {"{Easy} are easy.", "{Easy} \u662f\u7b80\u5355\u7684\u3002"},
        {"The first of {lead} come in, {of-lead} of it: those farthest from the boundary.",
         "\u5df2\u6709 {of-lead}\u7684 {lead}\u3002"},
        {"class %d", "\u7c7b\u522b %d"},
    };
    words_of(folder, "zh_CN", words, sizeof words / sizeof *words);
    for (int i = 0; i < SCENE_COUNT; i++)
        if (strcmp(SCENES[i].rule, "first-of-class") == 0) {
            setup(state);
            SCENES[i].make();
            narration_say(&scene.facts, &scene.said);
        }
    words_of_none(folder, "zh_CN");
    assert_non_null(strstr(scene.said.fact, "% \u662f\u7b80\u5355\u7684\u3002"));
    assert_non_null(strstr(scene.said.reason, "%\u7684 \u7c7b\u522b "));
}

/* ---- real runs ---- */

static double no_time(void) {
    return 0.0;
}

static void train(Experiment *e, int epochs) {
    for (int i = 0; i < epochs; i++) {
        experiment_push(e, (Command){.kind = COMMAND_EPOCH});
        experiment_advance(e, 0.01, no_time, 1.0);
    }
}

static void begin(Experiment *e, const Settings *settings) {
    if (!experiment_init(e, settings, NULL, NULL, &status))
        fail_msg("%s", status.message);
}

/* The golden text has been read by a person; NARRATION_UPDATE=1 writes what is said now. */
static void the_posts_run_word_for_word(void **state) {
    (void)state;
    const char *path = TEST_SOURCE_DIR "/golden/post-narration.txt";
    Settings settings;
    settings_default(&settings);
    Experiment e;
    begin(&e, &settings);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    Narration n;
    for (int epoch = 0; epoch < 10; epoch++) {
        train(&e, 1);
        Snapshot s = experiment_snapshot(&e);
        assert_true(narration_of_epoch(&s, (uint32_t)epoch, &n));
        assert_whole(n.rule, n.fact, 30);
        assert_sentence(n.rule, n.reason, 165);
        fprintf(stream, "[%s] %s %s\n", n.badge, n.fact, n.reason);
    }
    Snapshot s = experiment_snapshot(&e);
    narration_of_now(&s, &n);
    fprintf(stream, "[%s] %s %s\n", n.badge, n.fact, n.reason);
    assert_int_equal(fclose(stream), 0);
    if (getenv("NARRATION_UPDATE")) {
        FILE *golden = fopen(path, "w");
        assert_non_null(golden);
        fputs(text, golden);
        assert_int_equal(fclose(golden), 0);
    }
    char expected[4096] = "";
    FILE *golden = fopen(path, "r");
    assert_non_null(golden);
    expected[fread(expected, 1, sizeof expected - 1, golden)] = '\0';
    fclose(golden);
    assert_string_equal(text, expected);
    free(text);
    /* each can be made again from the end, and while another epoch is looked at */
    for (uint32_t epoch = 0; epoch < 10; epoch++) {
        experiment_push(&e, (Command){.kind = COMMAND_LOOK, .epoch = 9 - (int64_t)epoch});
        experiment_advance(&e, 0.0, no_time, 1.0);
        s = experiment_snapshot(&e);
        assert_true(narration_of_epoch(&s, epoch, &n));
        char line[512];
        snprintf(line, sizeof line, "[%s] %s %s\n", n.badge, n.fact, n.reason);
        if (!strstr(expected, line))
            fail_msg("it was not said so at the time: %s", line);
    }
    experiment_free(&e);
}

static size_t count_of(const History *h, uint32_t epoch, bool came) {
    size_t count = 0;
    for (size_t i = 0; i < h->samples; i++) {
        bool was = history_was_easy(h, &h->records[epoch - 1], i), is = history_was_easy(h, &h->records[epoch], i);
        count += came ? is && !was : was && !is;
    }
    return count;
}

static void facts_of_a_real_run(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.samples = 3000;
    Experiment e;
    begin(&e, &settings);
    train(&e, 10);
    Snapshot s = experiment_snapshot(&e);
    NarrationFacts f;
    assert_false(narration_facts(&s, 10, &f)); /* not there yet */
    for (uint32_t epoch = 1; epoch < 10; epoch++) {
        assert_true(narration_facts(&s, epoch, &f));
        assert_int_equal(f.came, count_of(s.history, epoch, true));
        assert_int_equal(f.left, count_of(s.history, epoch, false));
        assert_int_equal(f.easy.all, f.easy.of_class[0] + f.easy.of_class[1]);
        if (epoch < 9)
            assert_true(f.next == s.history->records[epoch + 1].threshold);
        /* the sample is all of the points here: the classes' shares of right answers make up the accuracy */
        double right = f.right[0] * (double)s.data->class_count[0] + f.right[1] * (double)s.data->class_count[1];
        assert_true(fabs(right / 3000 - f.accuracy) < 1e-9);
    }
    assert_true(f.next == s.next_threshold);
    assert_int_equal(f.hard_place, PLACE_NEAR); /* the blobs overlap */

    /* the same points since: counted, in a run whose threshold is held */
    experiment_push(&e, (Command){.kind = COMMAND_THRESHOLD, .threshold = 1e6});
    experiment_push(&e, (Command){.kind = COMMAND_HOLD, .hold = true});
    train(&e, 3);
    s = experiment_snapshot(&e);
    assert_true(narration_facts(&s, 12, &f));
    assert_int_equal(f.same_for, 3);
    assert_int_equal(f.easy.all, 3000);

    /* points that are erased take their bits with them */
    uint32_t gone[600];
    for (uint32_t i = 0; i < 600; i++)
        gone[i] = 2 * i;
    PointEdit edit = {.kind = EDIT_ERASE, .count = 600, .samples = gone, .data_version = s.data_version};
    assert_true(experiment_edit_points(&e, &edit, &status));
    s = experiment_snapshot(&e);
    assert_true(narration_facts(&s, 5, &f));
    assert_int_equal(f.came, count_of(s.history, 5, true));
    Narration n;
    narration_of_now(&s, &n);
    assert_string_equal(n.rule, "everything");
    experiment_free(&e);
}

/* Wrong labels deep among the others lie far off. */
static void far_off_and_turned(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.dataset = DATASET_BLOBS;
    settings.samples = 1000;
    settings.noise = 0.4;
    settings.flip = 0.02;
    settings.learning_rate = 0.05;
    settings.threshold = 1.0;
    settings.growing_factor = 1.0;
    Experiment e;
    begin(&e, &settings);
    train(&e, 10);
    Snapshot s = experiment_snapshot(&e);
    NarrationFacts f;
    assert_true(narration_facts(&s, 9, &f));
    assert_int_equal(s.data->count - f.easy.all, 20);
    assert_int_equal(f.hard_place, PLACE_FAR);

    /* a boundary that is turned by hand, in the record itself: either way, then one way, then not at all */
    HistoryRecord *r = (HistoryRecord *)&s.history->records[8], *last = r + 1;
    size_t n = s.mlp->parameters;
    memset(r->parameters, 0, n * sizeof(float));
    memset(last->parameters, 0, n * sizeof(float));
    size_t w = s.mlp->weights[0], b = s.mlp->biases[0];
    r->parameters[w] = 1; /* the score of class 0 is x - y, of class 1: 0 */
    r->parameters[w + 1] = -1;
    last->parameters[w] = -1; /* y - x */
    last->parameters[w + 1] = 1;
    assert_true(narration_facts(&s, 9, &f));
    assert_int_equal(f.boundary, BOUNDARY_TURNED);
    memcpy(last->parameters, r->parameters, n * sizeof(float));
    assert_true(narration_facts(&s, 9, &f));
    assert_int_equal(f.boundary, BOUNDARY_STILL);
    last->parameters[b] = 0.5f; /* class 0 wins what was class 1's */
    assert_true(narration_facts(&s, 9, &f));
    assert_int_equal(f.boundary, BOUNDARY_MOVED);
    assert_int_equal(f.towards, 1);
    experiment_free(&e);
}

static void moments(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.samples = 320;
    settings.epochs = 3;
    Experiment e;
    begin(&e, &settings);
    Snapshot s = experiment_snapshot(&e);
    assert_int_equal(narration_moment(&s), MOMENT_START);
    experiment_push(&e, (Command){.kind = COMMAND_BATCH});
    experiment_advance(&e, 0.0, no_time, 1.0);
    s = experiment_snapshot(&e);
    assert_int_equal(narration_moment(&s), MOMENT_DURING);
    Narration n;
    narration_of_now(&s, &n);
    assert_string_equal(n.badge, "In epoch 1"); /* epochs are counted when they are done: it is no "Epoch 1" yet */
    train(&e, 1);
    s = experiment_snapshot(&e);
    assert_int_equal(narration_moment(&s), MOMENT_EPOCH);
    experiment_push(&e, (Command){.kind = COMMAND_THRESHOLD, .threshold = 0.77});
    experiment_advance(&e, 0.0, no_time, 1.0);
    s = experiment_snapshot(&e);
    assert_int_equal(narration_moment(&s), MOMENT_HAND);
    narration_of_now(&s, &n);
    assert_string_equal(n.reason, "λ was set to 0.770 by hand; the next epoch trains with it.");
    train(&e, 2);
    s = experiment_snapshot(&e);
    assert_int_equal(narration_moment(&s), MOMENT_END);
    experiment_push(&e, (Command){.kind = COMMAND_LOOK, .epoch = 0});
    experiment_advance(&e, 0.0, no_time, 1.0);
    s = experiment_snapshot(&e);
    assert_int_equal(narration_moment(&s), MOMENT_PAST);
    narration_of_now(&s, &n);
    assert_string_equal(n.badge, "Epoch 1, as it was");
    train(&e, 1); /* beyond the end: told once, and no more */
    s = experiment_snapshot(&e);
    assert_int_equal(narration_moment(&s), MOMENT_EPOCH);
    s.history = NULL; /* headless */
    s.looking_back = false;
    narration_of_now(&s, &n);
    assert_whole(n.rule, n.fact, 30);
    experiment_free(&e);
}

/* A fifth of the points far off: they are said to count no more when that is so, and not before. */
static void far_points_that_a_threshold_has_learned(void **state) {
    (void)state;
    Settings s;
    Experiment e;
    settings_default(&s);
    s.dataset = DATASET_BLOBS;
    s.samples = 400;
    s.outliers = 0.2;
    s.clean = 20;
    s.seed = 4;
    s.learning_rate = 0.01;
    s.regularizer = REGULARIZER_LINEAR;
    s.threshold = 5.0;
    s.pace = PACE_META;
    s.epochs = 60;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    bool said = false;
    for (int epoch = 0; epoch < 59; epoch++) {
        experiment_push(&e, (Command){.kind = COMMAND_EPOCH});
        experiment_advance(&e, 0.0, no_time, 1.0);
        Snapshot now = experiment_snapshot(&e);
        Narration n;
        narration_of_now(&now, &n);
        bool far = strcmp(n.rule, "meta-far") == 0;
        size_t far_easy = 0;
        for (size_t i = 0; i < now.data->count; i++)
            far_easy += now.data->x[i] > 6.5f && now.data->y[i] > 6.5f && now.v[i] > 0.0f;
        assert_true(!far || far_easy == 0);
        said = said || far;
        if (far)
            assert_string_equal(n.reason,
                                "A step on them would hurt the clean points, so λ of class 0 sank below their "
                                "loss.");
    }
    assert_true(said);
    experiment_free(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_rule_has_its_scene, setup),
        cmocka_unit_test_setup(rules_are_of_their_own_moment, setup),
        cmocka_unit_test_setup(names_are_different_and_places_are_known, setup),
        cmocka_unit_test_setup(orders_have_their_own_words, setup),
        cmocka_unit_test_setup(shares_are_0_and_100_only_if_they_are, setup),
        cmocka_unit_test_setup(classes_in_words, setup),
        cmocka_unit_test_setup(sentences_can_be_turned_round, setup),
        cmocka_unit_test(the_posts_run_word_for_word),
        cmocka_unit_test(facts_of_a_real_run),
        cmocka_unit_test(far_off_and_turned),
        cmocka_unit_test(moments),
        cmocka_unit_test(far_points_that_a_threshold_has_learned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
