/* The line that says what goes wrong: what is said when, how calmly, what its button does, and where it lies.
 */
#include "app/views/view_feedback.h"
#include "app/ui/ui_widget.h"

#include "app/experiment/experiment.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define POINTS 1000
#define RECORDS 40
#define W 800
#define H 500

typedef struct Scene {
    Settings settings;
    Dataset data;
    float loss[POINTS], v[POINTS];
    uint8_t label[POINTS];
    History history;
    HistoryRecord records[RECORDS];
    uint64_t bits[RECORDS][(POINTS + 63) / 64];
    Snapshot snapshot;
    FeedbackState state;
    FeedbackView view;
    double time;
    /* for the line as it is drawn */
    Canvas canvas;
    Text *text;
    const Theme *theme;
    Ui ui;
    UiInput input;
    Intents intents;
    Rect card, chip;
    float scale;
    UiTouch plot;
    bool plot_first; /* among the widgets */
} Scene;

static Scene scene;
static Status status;

/* v's from losses and threshold, by the plain rule. */
static void decide(void) {
    scene.snapshot.easy = 0;
    for (size_t i = 0; i < POINTS; i++) {
        scene.v[i] = scene.loss[i] < (float)scene.snapshot.threshold;
        scene.snapshot.easy += scene.v[i] > 0;
    }
    scene.snapshot.version++;
}

static void set_threshold(double threshold) {
    scene.snapshot.threshold = scene.snapshot.next_threshold = threshold;
    decide();
}

/* An epoch is complete; samples first, first + 1, ... are its easy ones. */
static void record(size_t first, size_t easy) {
    assert_true(scene.history.count < RECORDS);
    HistoryRecord *r = &scene.records[scene.history.count];
    *r = (HistoryRecord){.epoch = scene.snapshot.epoch, .easy = easy, .easy_bits = scene.bits[r - scene.records]};
    memset(r->easy_bits, 0, sizeof scene.bits[0]);
    for (size_t i = first; i < first + easy; i++)
        r->easy_bits[i % POINTS / 64] |= (uint64_t)1 << (i % POINTS % 64);
    scene.history.count++;
    scene.snapshot.epoch++;
    scene.snapshot.version++;
}

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    settings_default(&scene.settings);
    scene.data = (Dataset){.count = POINTS, .classes = 2, .label = scene.label, .anomaly = -1};
    for (size_t i = 0; i < POINTS; i++) {
        scene.label[i] = (uint8_t)(i % 2);
        scene.data.class_count[i % 2]++;
        scene.loss[i] = (float)(i + 1) / 1000; /* 0.001 to 1 */
    }
    scene.history = (History){
        .samples = POINTS, .words = (POINTS + 63) / 64, .limit = RECORDS, .stride = 1, .records = scene.records};
    scene.snapshot = (Snapshot){.settings = &scene.settings,
                                .data = &scene.data,
                                .loss = scene.loss,
                                .v = scene.v,
                                .history = &scene.history,
                                .version = 1,
                                .data_version = 1};
    set_threshold(0.5);
    record(0, 400);
    record(0, 500);
    scene.time = 100;
    return 0;
}

/* The line after so many seconds, called as often as frames are drawn. */
static const Feedback *after(double seconds) {
    double end = scene.time + seconds;
    feedback_of(&scene.snapshot, &scene.state, scene.time);
    while (scene.time + 1.0 / 60 < end) {
        scene.time += 1.0 / 60;
        feedback_of(&scene.snapshot, &scene.state, scene.time);
    }
    scene.time = end;
    return feedback_of(&scene.snapshot, &scene.state, end);
}

#define assert_says(f, what)                                                                                           \
    do {                                                                                                               \
        if (!strstr((f)->text, what))                                                                                  \
            fail_msg("\"%s\" does not say \"%s\"", (f)->text, what);                                                   \
    } while (0)

static void all_is_well(void **state) {
    (void)state;
    const Feedback *f = after(5);
    assert_int_equal(f->kind, FEEDBACK_NONE);
    assert_false(scene.state.settling);
}

static void nothing_easy_offers_the_tenth(void **state) {
    (void)state;
    set_threshold(0.0005);
    const Feedback *f = after(1);
    assert_int_equal(f->kind, FEEDBACK_NOTHING_EASY);
    assert_string_equal(f->text, "Nothing is easy: the smallest loss is 0.001");
    assert_int_equal(f->command.kind, COMMAND_THRESHOLD);
    assert_string_equal(f->label, "Set threshold to 0.101: 10 % easy");
    assert_true(f->command.value == 0.101); /* what the label says */
    scene.snapshot.threshold = 0.0105;      /* grown: some will be easy when their turn comes */
    scene.snapshot.version++;
    assert_int_equal(after(2)->kind, FEEDBACK_NONE);
    set_threshold(0.101);
    assert_int_equal(scene.snapshot.easy, 100);
    assert_int_equal(after(2)->kind, FEEDBACK_NONE);
}

/* Against sorting, for losses of every kind: the threshold makes 10 % easy, and hardly more. */
static int compare_losses(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void tenth_is_a_tenth(void **state) {
    (void)state;
    srand(3);
    for (int round = 0; round < 60; round++) {
        float sorted[POINTS];
        for (size_t i = 0; i < POINTS; i++) {
            double u = (rand() + 0.5) / ((double)RAND_MAX + 1);
            scene.loss[i] = (float)(round % 3 == 0   ? pow(10, 40 * u - 38)
                                    : round % 3 == 1 ? 0.693147 + 1e-5 * u
                                                     : 100 * u);
            if (round % 2 && i % 50 == 7)
                scene.loss[i] = i % 100 == 7 ? INFINITY : NAN;
            sorted[i] = isnan(scene.loss[i]) ? INFINITY : scene.loss[i];
        }
        qsort(sorted, POINTS, sizeof *sorted, compare_losses);
        set_threshold(0);
        scene.state = (FeedbackState){0};
        const Feedback *f = after(0.5);
        assert_int_equal(f->kind, FEEDBACK_NOTHING_EASY);
        float t = (float)f->command.value;
        assert_true(f->label[0] && t > sorted[99] && t <= sorted[115]);
        char *end, *figure = strstr(f->label, "to ");
        assert_non_null(figure);
        assert_true(strtod(figure + 3, &end) == f->command.value && *end == ':');
    }
}

static void quantiles_at_the_edges(void **state) {
    (void)state;
    for (size_t i = 0; i < POINTS; i++)
        scene.loss[i] = INFINITY; /* no threshold helps */
    set_threshold(0.5);
    const Feedback *f = after(1);
    assert_int_equal(f->kind, FEEDBACK_NOTHING_EASY);
    assert_string_equal(f->label, "");
    for (size_t i = 0; i < POINTS; i++)
        scene.loss[i] = 0.5f; /* all the same: all or none, and the label says so */
    decide();
    f = after(2);
    assert_non_null(strstr(f->label, "100 % easy"));
    assert_true((float)f->command.value > 0.5f && f->command.value < 0.51);
    for (size_t i = 0; i < POINTS; i++)
        scene.loss[i] = 0;
    set_threshold(0);
    f = after(2);
    assert_true(f->command.value > 0 && f->label[0]);
    for (size_t i = 0; i < POINTS; i++)
        scene.loss[i] = 1.5f; /* log can't go there */
    scene.settings.regularizer = REGULARIZER_LOG;
    set_threshold(0.5);
    f = after(2);
    assert_int_equal(f->kind, FEEDBACK_NOTHING_EASY);
    assert_string_equal(f->label, "");
}

static void a_class_is_left_out(void **state) {
    (void)state;
    for (size_t i = 0; i < POINTS; i++)
        if (i % 2)
            scene.loss[i] = 2 + (float)i / 1000;
    scene.loss[1] = scene.loss[3] = 0.1f;
    set_threshold(0.9); /* 450 easy of class 0, 2 of class 1 */
    const Feedback *f = after(1);
    assert_int_equal(f->kind, FEEDBACK_CLASS_LEFT_OUT);
    assert_int_equal(f->class, 1);
    assert_string_equal(f->text, "Class 1 is nearly left out: its share of the easy points is 0.4 %");
    assert_string_equal(f->label, "Set threshold to 2.10: 10 % of class 1 easy");
    size_t easy = 0;
    for (size_t i = 1; i < POINTS; i += 2)
        easy += scene.loss[i] < (float)f->command.value;
    assert_int_equal(easy, 50);

    /* 2 % to be said, 3 % to be forgotten */
    for (size_t i = 1; i < 2 * 11; i += 2)
        scene.loss[i] = 0.1f; /* 11 of 461: 2.4 % */
    decide();
    assert_int_equal(after(3)->kind, FEEDBACK_CLASS_LEFT_OUT);
    scene.state = (FeedbackState){0};
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    for (size_t i = 3; i < 2 * 11; i += 2)
        scene.loss[i] = 2;
    decide();
    assert_int_equal(after(3)->kind, FEEDBACK_CLASS_LEFT_OUT);
    for (size_t i = 1; i < 2 * 20; i += 2)
        scene.loss[i] = 0.1f; /* 4.3 % */
    decide();
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
}

static void rare_classes_and_few_points_are_no_class_left_out(void **state) {
    (void)state;
    for (size_t i = 0; i < POINTS; i++) { /* a tenth, none of it easy */
        scene.label[i] = i % 10 == 0;
        if (scene.label[i])
            scene.loss[i] = 3;
    }
    scene.data.class_count[0] = 900;
    scene.data.class_count[1] = 100;
    decide();
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    scene.label[1] = 1; /* a little more */
    scene.loss[1] = 3;
    scene.data.class_count[0]--;
    scene.data.class_count[1]++;
    decide();
    assert_int_equal(after(3)->kind, FEEDBACK_CLASS_LEFT_OUT);
    scene.state = (FeedbackState){0};
    set_threshold(0.05); /* 44 easy ones: 4.5 of the class would be there by chance */
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
}

static void admitted_too_fast_is_said_of_its_epoch(void **state) {
    (void)state;
    record(0, 700); /* a fifth is still fine */
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    record(0, 901);
    const Feedback *f = after(1);
    assert_int_equal(f->kind, FEEDBACK_TOO_FAST);
    assert_string_equal(f->text, "Admitted fast: 20.1 % of all samples became easy in epoch 4");
    assert_string_equal(f->label, "");
    record(0, 950);
    assert_int_equal(after(1)->kind, FEEDBACK_TOO_FAST); /* time to read it */
    assert_true(scene.state.settling);
    assert_int_equal(after(2)->kind, FEEDBACK_NONE);
    assert_false(scene.state.settling);
}

static void thinned_records_are_reckoned_by_epoch(void **state) {
    (void)state;
    scene.snapshot.epoch += 3; /* three were dropped */
    record(0, 900);            /* 10 % each */
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    FeedbackMark marks[FEEDBACK_MARKS];
    assert_int_equal(feedback_marks(&scene.history, &scene.settings, marks), 0);
}

static void everything_is_easy(void **state) {
    (void)state;
    set_threshold(1.0); /* the largest is 1, and not below */
    record(0, 600);
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    set_threshold(1.01);
    const Feedback *f = after(1);
    assert_int_equal(f->kind, FEEDBACK_EVERYTHING);
    assert_says(f, "plain training");
    scene.loss[0] = 2; /* it is not easy any more when its turn comes */
    scene.snapshot.version++;
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    set_threshold(2.01);
    assert_int_equal(after(3)->kind, FEEDBACK_EVERYTHING);
    assert_string_equal(f->label, "");
    scene.settings.regularizer = REGULARIZER_LINEAR; /* their weights are still below 1 */
    scene.snapshot.version++;
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
}

static void stuck_after_five_epochs(void **state) {
    (void)state;
    record(10, 500); /* as many, but others */
    for (int i = 0; i < 4; i++)
        record(10, 500);
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    record(10, 500);
    const Feedback *f = after(1);
    assert_int_equal(f->kind, FEEDBACK_STUCK);
    assert_string_equal(f->text, "The same 500 samples have been easy since epoch 3");
    assert_string_equal(f->label, "Grow faster");
    assert_int_equal(f->command.kind, COMMAND_SETTINGS);
    assert_true(fabs(f->command.settings.growing_factor - 1.35 * 1.2) < 1e-12);
    Settings other = f->command.settings;
    other.growing_factor = scene.settings.growing_factor;
    assert_memory_equal(&other, &scene.settings, sizeof other);

    scene.snapshot.hold = true; /* growing faster would do nothing */
    scene.snapshot.version++;
    f = after(2);
    assert_says(f, "held");
    assert_int_equal(f->command.kind, COMMAND_HOLD);
    assert_true(f->command.value == 0.0);
    scene.snapshot.hold = false;
    record(11, 500);
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
}

static void stuck_is_followed_through_a_long_run(void **state) {
    (void)state;
    for (int i = 0; i < 20; i++) { /* an epoch a frame */
        record(10, 500);
        after(0.02);
    }
    assert_says(after(1), "since epoch 3");
    /* records give way: every second, then the newest that was not due */
    size_t kept = 0;
    for (size_t i = 0; i < scene.history.count; i++)
        if (scene.records[i].epoch % 4 == 0)
            scene.records[kept++] = scene.records[i];
    scene.history.count = kept;
    record(10, 500);
    assert_says(after(2), "since epoch 3"); /* epochs 4, 8 ... are left: it is known from before */
    /* from the beginning, and past where it was, within a frame */
    scene.history.count = 0;
    scene.snapshot.epoch = 0;
    for (int i = 0; i < 30; i++)
        record(i < 10 ? 300 : 10, 500);
    scene.snapshot.epoch += 1;
    assert_says(after(2), "since epoch 11");
    /* back to an earlier one and on from there */
    scene.history.count = 11;
    scene.snapshot.epoch = 11;
    scene.snapshot.version++;
    assert_int_equal(after(0.1)->kind, FEEDBACK_NONE);
    for (int i = 0; i < 6; i++)
        record(9, 500);
    assert_says(after(2), "since epoch 12");
}

static void shrinking_thresholds_grow_again(void **state) {
    (void)state;
    scene.settings.growing_factor = 0.5;
    for (int i = 0; i < 6; i++)
        record(0, 500);
    assert_true(after(1)->command.settings.growing_factor > 1);
    scene.settings.growing_factor = 999;
    scene.snapshot.version++;
    after(2);
    assert_true(scene.state.shown.command.settings.growing_factor == 1000);
    scene.settings.growing_factor = 1000;
    scene.snapshot.version++;
    assert_string_equal(after(2)->label, "");
}

static void some_runs_have_nothing_to_say(void **state) {
    (void)state;
    set_threshold(0.0001);
    scene.settings.warmup = 2; /* both epochs were of it, or the epoch under way is the first after it */
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    record(0, 500);
    assert_int_equal(after(3)->kind, FEEDBACK_NOTHING_EASY);
    scene.settings.order = ORDER_HARD;
    scene.snapshot.version++;
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    scene.settings.order = ORDER_ALL;
    scene.snapshot.version++;
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    scene.snapshot.diverged = true; /* which is said of any */
    scene.snapshot.version++;
    assert_int_equal(after(0)->kind, FEEDBACK_DIVERGED);

    scene.settings.order = ORDER_EASY;
    scene.settings.warmup = 0;
    scene.snapshot.diverged = false;
    scene.snapshot.epoch = 0;
    scene.history.count = 0;
    scene.snapshot.version++;
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    scene.snapshot.history = NULL;
    scene.snapshot.epoch = 5;
    scene.snapshot.version++;
    assert_int_equal(after(3)->kind, FEEDBACK_NOTHING_EASY);
}

static void the_most_important_is_said(void **state) {
    (void)state;
    for (int i = 0; i < 8; i++)
        record(0, 500);
    assert_int_equal(after(2)->kind, FEEDBACK_STUCK);
    for (size_t i = 0; i < POINTS; i++)
        scene.loss[i] = (float)(i % 2) + 0.1f;
    decide(); /* class 1 is out, too */
    assert_int_equal(after(2)->kind, FEEDBACK_CLASS_LEFT_OUT);
    set_threshold(0.01);
    assert_int_equal(after(2)->kind, FEEDBACK_NOTHING_EASY);
    scene.snapshot.diverged = true;
    scene.snapshot.version++;
    const Feedback *f = after(0); /* at once */
    assert_int_equal(f->kind, FEEDBACK_DIVERGED);
    assert_string_equal(f->label, "Reset");
    assert_int_equal(f->command.kind, COMMAND_RESET);
}

static void lines_are_calm(void **state) {
    (void)state;
    /* what lasts a moment is not said */
    for (int i = 0; i < 100; i++) {
        set_threshold(i % 10 == 0 ? 0.0001 : 0.5);
        assert_int_equal(after(0.05)->kind, FEEDBACK_NONE);
    }
    /* what has been said stays for a second, and goes by itself */
    set_threshold(0.0001);
    assert_int_equal(after(0.2)->kind, FEEDBACK_NONE);
    assert_true(scene.state.settling);
    assert_int_equal(after(0.1)->kind, FEEDBACK_NOTHING_EASY);
    assert_false(scene.state.settling);
    set_threshold(0.5);
    assert_int_equal(after(0.9)->kind, FEEDBACK_NOTHING_EASY);
    assert_true(scene.state.settling);
    assert_int_equal(after(0.2)->kind, FEEDBACK_NONE);
    /* two in turn: at most one change a second */
    int changes = 0;
    FeedbackKind before = FEEDBACK_NONE;
    for (int i = 0; i < 600; i++) {
        for (size_t k = 0; k < POINTS; k++)
            scene.loss[k] = (float)(k % 2) + 0.1f;
        set_threshold(i / 20 % 2 ? 0.01 : 0.5);
        FeedbackKind kind = after(1.0 / 60)->kind;
        changes += kind != before;
        before = kind;
    }
    assert_in_range(changes, 1, 11);
}

static void figures_are_renewed_once_a_second(void **state) {
    (void)state;
    set_threshold(0.0001);
    after(0.5);
    int changes = 0;
    char text[160];
    snprintf(text, sizeof text, "%s", scene.state.shown.text);
    for (int i = 0; i < 300; i++) { /* five seconds */
        for (size_t k = 0; k < POINTS; k++)
            scene.loss[k] += 0.001f;
        decide();
        const Feedback *f = after(1.0 / 60);
        changes += strcmp(f->text, text) != 0;
        snprintf(text, sizeof text, "%s", f->text);
    }
    assert_in_range(changes, 4, 6);
    const Feedback *f = after(1.1); /* the last ones come, too */
    assert_says(f, "0.301");
    assert_false(scene.state.settling);
}

static void a_restart_clears_the_line(void **state) {
    (void)state;
    scene.snapshot.diverged = true;
    scene.snapshot.version++;
    assert_int_equal(after(0)->kind, FEEDBACK_DIVERGED);
    scene.snapshot.diverged = false;
    scene.snapshot.epoch = 0;
    scene.snapshot.version++;
    scene.history.count = 0;
    assert_int_equal(after(0)->kind, FEEDBACK_NONE);
}

static void looking_back_has_no_line(void **state) {
    (void)state;
    set_threshold(0.0001);
    assert_int_equal(after(2)->kind, FEEDBACK_NOTHING_EASY);
    scene.snapshot.looking_back = true;
    scene.snapshot.epoch = 1;
    scene.snapshot.version++;
    assert_int_equal(after(0)->kind, FEEDBACK_NONE);
    scene.snapshot.looking_back = false;
    scene.snapshot.epoch = 2;
    scene.snapshot.version++;
    assert_int_equal(after(1)->kind, FEEDBACK_NOTHING_EASY);
}

/* Many points are looked at when an epoch is complete or something is plainly different; few when the version
 * has changed. */
static void many_points_are_looked_at_seldom(void **state) {
    (void)state;
    enum { MANY = FEEDBACK_EACH_FRAME + 1 };
    float *loss = malloc(MANY * sizeof *loss), *v = calloc(MANY, sizeof *v);
    uint8_t *label = calloc(MANY, 1);
    assert_true(loss && v && label);
    for (size_t i = 0; i < MANY; i++) {
        loss[i] = 0.4f;
        v[i] = 1;
        label[i] = (uint8_t)(i % 2);
    }
    Dataset data = {.count = MANY, .classes = 2, .label = label, .class_count = {MANY - MANY / 2, MANY / 2}};
    scene.snapshot.data = &data;
    scene.snapshot.loss = loss;
    scene.snapshot.v = v;
    scene.snapshot.history = NULL;
    scene.snapshot.easy = MANY;
    scene.snapshot.threshold = 0.45;
    scene.snapshot.data_version++;
    assert_int_equal(after(1)->kind, FEEDBACK_EVERYTHING);
    for (size_t i = 1; i < MANY; i += 2)
        v[i] = 0;
    scene.snapshot.easy = MANY - MANY / 2;
    for (int i = 0; i < 100; i++) {
        scene.snapshot.version++;
        feedback_of(&scene.snapshot, &scene.state, scene.time);
    }
    assert_int_equal(after(2)->kind, FEEDBACK_EVERYTHING);
    scene.snapshot.epoch++;
    scene.snapshot.version++;
    assert_int_equal(after(2)->kind, FEEDBACK_CLASS_LEFT_OUT);
    memset(v, 0, MANY * sizeof *v);
    scene.snapshot.easy = 0; /* in the same epoch, by a drag */
    scene.snapshot.threshold = 0.3;
    scene.snapshot.version++;
    assert_int_equal(after(2)->kind, FEEDBACK_NOTHING_EASY);
    free(loss);
    free(v);
    free(label);
}

static void an_unchanged_run_is_not_looked_at(void **state) {
    (void)state;
    assert_int_equal(after(1)->kind, FEEDBACK_NONE);
    set_threshold(0.0001);
    scene.snapshot.version--; /* nobody has said so: it is not looked at */
    assert_int_equal(after(1)->kind, FEEDBACK_NONE);
}

static void marks_on_the_timeline(void **state) {
    (void)state;
    FeedbackMark marks[FEEDBACK_MARKS];
    assert_int_equal(feedback_marks(&scene.history, &scene.settings, marks), 0);
    record(0, 800);  /* epoch 2: too fast */
    record(0, 900);  /* 3 */
    record(0, 1000); /* 4: everything */
    record(0, 1000);
    record(0, 600);
    record(0, 1000); /* 7: again; that it was fast is the lesser matter */
    assert_int_equal(feedback_marks(&scene.history, &scene.settings, marks), 3);
    assert_int_equal(marks[0].epoch, 2);
    assert_int_equal(marks[0].kind, FEEDBACK_TOO_FAST);
    assert_int_equal(marks[1].epoch, 4);
    assert_int_equal(marks[1].kind, FEEDBACK_EVERYTHING);
    assert_int_equal(marks[2].epoch, 7);
    assert_int_equal(marks[2].kind, FEEDBACK_EVERYTHING);
    scene.settings.warmup = 5; /* epochs 0 to 4: everything easy, by decree */
    assert_int_equal(feedback_marks(&scene.history, &scene.settings, marks), 2);
    assert_int_equal(marks[0].epoch, 5);
    assert_int_equal(marks[0].kind, FEEDBACK_EVERYTHING);
    scene.settings.order = ORDER_ALL;
    assert_int_equal(feedback_marks(&scene.history, &scene.settings, marks), 0);
}

static void marks_are_bounded(void **state) {
    (void)state;
    enum { MANY = 301 };
    static HistoryRecord records[MANY];
    for (uint32_t i = 0; i < MANY; i++)
        records[i] = (HistoryRecord){.epoch = i, .easy = i % 2 ? POINTS : 0};
    History history = {.samples = POINTS, .count = MANY, .records = records};
    FeedbackMark marks[FEEDBACK_MARKS];
    assert_int_equal(feedback_marks(&history, &scene.settings, marks), FEEDBACK_MARKS);
    assert_int_equal(marks[FEEDBACK_MARKS - 1].epoch, MANY - 2);
    for (size_t i = 1; i < FEEDBACK_MARKS; i++)
        assert_int_equal(marks[i].epoch, marks[i - 1].epoch + 2);
    history.count = 0;
    assert_int_equal(feedback_marks(&history, &scene.settings, marks), 0);
}

/* ---- the line as a widget ---- */

static int setup_ui(void **state) {
    if (setup(state))
        return -1;
    scene.theme = &THEME_LIGHT;
    scene.scale = 1;
    scene.text = text_new(FONT_DIR, 1, &status);
    if (!scene.text || !ui_init(&scene.ui, &status) || !canvas_resize(&scene.canvas, W, H, &status))
        return -1;
    scene.card = (Rect){10, 60, 700, 400};
    scene.input = (UiInput){.mouse_x = -1, .mouse_y = -1, .mouse_inside = true, .time = scene.time};
    return 0;
}

static int teardown_ui(void **state) {
    (void)state;
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    return 0;
}

static void use_scale(float scale) {
    scene.scale = scale;
    assert_true(text_set_scale(scene.text, scale, &status));
    assert_true(canvas_resize(&scene.canvas, (int)(W * scale), (int)(H * scale), &status));
    scene.card = (Rect){10 * scale, 60 * scale, 700 * scale, 400 * scale};
}

/* As the window makes one: the line before the plot that it lies over; what happens once is over after it. */
static void frame(void) {
    UiInput *input = &scene.input;
    Ui *ui = &scene.ui;
    input->time = scene.time += 1.0 / 60;
    scene.intents = (Intents){.preset = -1};
    ui_begin(ui, input, &scene.canvas, scene.text, scene.theme, scene.scale);
    canvas_fill(&scene.canvas, scene.theme->card);
    if (scene.plot_first)
        scene.plot = ui_touch(ui, "plot", scene.card, false);
    feedback_touch(ui, scene.card, &scene.view, &scene.state, &scene.intents);
    if (!scene.plot_first)
        scene.plot = ui_touch(ui, "plot", scene.card, false);
    for (int i = 0; i < scene.intents.count; i++)
        if (scene.intents.commands[i].kind == COMMAND_THRESHOLD)
            set_threshold(scene.intents.commands[i].value);
    canvas_rect(&scene.canvas, scene.card, scene.theme->region[0]);
    feedback_of(&scene.snapshot, &scene.state, scene.time);
    scene.chip = feedback_draw(ui, scene.card, &scene.view, &scene.state);
    ui_end(ui);
    input->pressed = input->released = false;
    input->key_count = 0;
}

static void frames(int count) {
    for (int i = 0; i < count; i++)
        frame();
}

static Rect widget(const char *name) {
    for (int i = 0; i < scene.ui.widget_count; i++)
        if (strcmp(scene.ui.widgets[i].name, name) == 0)
            return scene.ui.widgets[i].rect;
    return (Rect){0};
}

static void move_into(Rect r) {
    scene.input.mouse_x = r.x + r.w / 2;
    scene.input.mouse_y = r.y + r.h / 2;
}

static void press(void) {
    scene.input.down = scene.input.pressed = true;
    scene.input.clicks = 1;
    frame();
}

static void release(void) {
    scene.input.down = false;
    scene.input.released = true;
    frame();
}

static void key(UiKeyCode code) {
    scene.input.keys[scene.input.key_count++] = (UiKey){.code = code};
    frame();
}

static size_t count_color(Rect r, Color color) {
    size_t count = 0;
    for (int y = (int)r.y; y < (int)(r.y + r.h); y++)
        for (int x = (int)r.x; x < (int)(r.x + r.w); x++)
            count += scene.canvas.pixels[y * scene.canvas.width + x] == color;
    return count;
}

static void show_nothing_easy(void) {
    set_threshold(0.0001);
    frames(60);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NOTHING_EASY);
}

static void a_click_helps_at_once(void **state) {
    (void)state;
    frames(10);
    assert_true(scene.chip.w == 0 && widget("feedback").w == 0);
    show_nothing_easy();
    move_into(widget("feedback"));
    frame();
    assert_int_equal(scene.ui.cursor, CURSOR_HAND);
    press();
    assert_int_equal(scene.intents.count, 0);
    assert_false(scene.plot.pressed); /* what lies below has not been touched */
    assert_false(scene.plot.hovered);
    release();
    assert_int_equal(scene.intents.count, 1);
    assert_int_equal(scene.intents.commands[0].kind, COMMAND_THRESHOLD);
    assert_true(scene.intents.commands[0].value == 0.101);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NONE); /* in the same picture */
    assert_true(scene.chip.w == 0);
    frames(120);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NONE);
    assert_true(scene.plot.hovered);
}

static void a_press_can_be_taken_back(void **state) {
    (void)state;
    show_nothing_easy();
    move_into(widget("feedback"));
    press();
    scene.input.mouse_y = 400;
    frame();
    assert_false(scene.plot.hovered);
    release();
    assert_int_equal(scene.intents.count, 0);
    frame();
    assert_true(scene.plot.hovered);
}

static void words_stay_while_the_button_is_held(void **state) {
    (void)state;
    show_nothing_easy();
    char label[96];
    snprintf(label, sizeof label, "%s", scene.state.shown.label);
    move_into(widget("feedback"));
    press();
    for (size_t i = 0; i < POINTS; i++)
        scene.loss[i] += 0.5f;
    decide();
    frames(200);
    assert_string_equal(scene.state.shown.label, label);
    release();
    assert_true(scene.intents.count == 1 && scene.intents.commands[0].value == 0.101);
}

static void the_line_itself_is_no_hole(void **state) {
    (void)state;
    show_nothing_easy();
    scene.input.mouse_x = scene.chip.x + 5;
    scene.input.mouse_y = scene.chip.y + 5;
    frame();
    assert_false(scene.plot.hovered);
    press();
    assert_false(scene.plot.pressed);
    release();
    assert_int_equal(scene.intents.count, 0);
    scene.input.mouse_x = scene.chip.x - 5;
    frame();
    press();
    assert_true(scene.plot.pressed);
    /* a drag that began elsewhere goes on across it */
    move_into(scene.chip);
    frame();
    assert_true(scene.plot.held);
    release();
    scene.plot_first = true; /* it lies on top all the same */
    move_into(widget("feedback"));
    frame();
    assert_false(scene.plot.hovered);
    press();
    release();
    assert_int_equal(scene.intents.count, 1);
}

static void the_keyboard_reaches_it(void **state) {
    (void)state;
    show_nothing_easy();
    size_t without = count_color(scene.card, scene.theme->focus_outer);
    key(KEY_TAB);
    frame();
    assert_true(count_color(scene.card, scene.theme->focus_outer) > without + 50);
    assert_int_equal(scene.intents.count, 0);
    key(KEY_SPACE);
    assert_true(scene.intents.count == 1 && scene.intents.commands[0].kind == COMMAND_THRESHOLD);
    assert_true(scene.ui.keyboard_taken); /* and does not pause the run */
    show_nothing_easy();
    scene.ui.focus = 0;
    key(KEY_TAB);
    key(KEY_ENTER);
    assert_int_equal(scene.intents.count, 1);
    show_nothing_easy();
    scene.ui.focus = 0;
    key(KEY_ENTER); /* not focused */
    assert_int_equal(scene.intents.count, 0);
    assert_false(scene.ui.keyboard_taken);
}

static void growing_faster_is_asked_once(void **state) {
    (void)state;
    for (int i = 0; i < 7; i++)
        record(0, 500);
    frames(60);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_STUCK);
    move_into(widget("feedback"));
    press();
    release();
    assert_int_equal(scene.intents.count, 1);
    assert_int_equal(scene.intents.commands[0].kind, COMMAND_SETTINGS);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NONE);
    for (int i = 0; i < 4; i++) {
        record(0, 500);
        frames(60);
        assert_int_equal(scene.state.shown.kind, FEEDBACK_NONE);
    }
    record(0, 500);
    frames(60);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_STUCK);
}

static void frames_are_asked_for_while_it_changes(void **state) {
    (void)state;
    frames(5);
    assert_false(scene.ui.wants_frame);
    set_threshold(0.0001);
    frame();
    assert_true(scene.ui.wants_frame);
    int count = 0;
    while (scene.ui.wants_frame && count++ < 100)
        frame();
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NOTHING_EASY);
    assert_in_range(count, 10, 20);
}

static bool within(Rect inner, Rect outer) {
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

static void it_fits_any_card(void **state) {
    (void)state;
    for (size_t i = 1; i < POINTS; i += 2)
        scene.loss[i] = 20 + (float)i;
    set_threshold(0.9);
    frames(60);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_CLASS_LEFT_OUT);
    for (int theme = 0; theme < 2; theme++)
        for (float scale = 1; scale <= 2; scale++)
            for (float width = 780; width >= 0; width -= 60) {
                scene.theme = theme ? &THEME_DARK : &THEME_LIGHT;
                use_scale(scale);
                scene.card.w = width * scale;
                frame();
                frame();
                if (width < 200)
                    continue; /* no crash is enough */
                Rect button = widget("feedback"), line = widget("feedback-line");
                assert_memory_equal(&line, &scene.chip, sizeof line);
                assert_true(within(scene.chip, scene.card));
                assert_true(within(button, scene.chip));
                assert_true(button.h >= 24 * scale);
                float left = scene.chip.x - scene.card.x,
                      right = scene.card.x + scene.card.w - scene.chip.x - scene.chip.w;
                assert_true(fabsf(left - right) <= 1.5f);
                assert_true(count_color(scene.chip, scene.theme->danger) > 20 * scale * scale);
                assert_true(count_color(button, scene.theme->chip) > 1000);
                assert_true(count_color(scene.chip, scene.theme->text) > 20);
                /* Lines of the text: runs of rows with its colour. All of it is there, down to narrow cards. */
                int lines = 0;
                bool below = false;
                for (int y = (int)scene.chip.y; y < (int)(scene.chip.y + scene.chip.h); y++) {
                    Rect row = {scene.chip.x + 20 * scale, (float)y, scene.chip.w - 30 * scale, 1};
                    if (width < 700 && (float)y >= button.y)
                        break;
                    bool ink = count_color(row, scene.theme->text) > 0;
                    lines += ink && !below;
                    below = ink;
                }
                float words = text_width(scene.text, TEXT_BODY, scene.state.shown.text);
                if (width >= 300)
                    assert_true((float)lines * (scene.chip.w - 40 * scale) >= words || width >= 700);
                bool one_row = scene.chip.h < 40 * scale;
                assert_int_equal(one_row, width >= 700);
            }
}

static bool overlap(Rect a, Rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static void the_legend_is_left_clear(void **state) {
    (void)state;
    show_nothing_easy();
    Rect card = scene.card, middle = scene.chip;
    for (int right = 0; right < 2; right++) {
        float x = right ? card.x + card.w - 150 : card.x + 50;
        scene.view.avoid = (Rect){x, card.y + 20, 100, 120};
        frame();
        assert_false(overlap(scene.chip, scene.view.avoid));
        assert_true(within(scene.chip, card));
        assert_true(right ? scene.chip.x < middle.x : scene.chip.x > middle.x);
        assert_true(scene.chip.h == 36);
        scene.card.w = right ? card.w : 560; /* two rows find room beside it */
        frame();
        if (!right)
            assert_true(!overlap(scene.chip, scene.view.avoid) && scene.chip.h == 64);
        scene.card.w = 420; /* nothing does */
        frame();
        assert_true(within(scene.chip, scene.card));
        assert_true(within(widget("feedback"), scene.card));
        scene.card = card;
    }
    scene.view.avoid.y = card.y + 250; /* at the bottom: out of the way */
    frame();
    assert_memory_equal(&scene.chip, &middle, sizeof middle);
}

static void danger_is_for_what_went_wrong(void **state) {
    (void)state;
    record(0, 900);
    frames(60);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_TOO_FAST);
    assert_true(count_color(scene.chip, scene.theme->accent) > 20);
    assert_int_equal(count_color(scene.chip, scene.theme->danger), 0);
    assert_true(widget("feedback").w == 0);
}

/* ---- with a real run ---- */

static double no_time(void) {
    return 0;
}

static void real_runs_are_helped(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.samples = 600;
    settings.threshold = 1e-6;
    settings.growing_factor = 1;
    Experiment e;
    assert_true(experiment_init(&e, &settings, NULL, NULL, &status));
    for (int i = 0; i < 3; i++) {
        experiment_push(&e, (Command){.kind = COMMAND_EPOCH});
        experiment_advance(&e, 0.01, no_time, 1);
    }
    Snapshot s = experiment_snapshot(&e);
    FeedbackState line = {0};
    feedback_of(&s, &line, 10);
    assert_int_equal(feedback_of(&s, &line, 11)->kind, FEEDBACK_NOTHING_EASY);
    experiment_push(&e, line.shown.command);
    experiment_advance(&e, 0.01, no_time, 1);
    s = experiment_snapshot(&e);
    assert_in_range(s.easy, 60, 66);
    feedback_of(&s, &line, 12);
    assert_int_equal(feedback_of(&s, &line, 13)->kind == FEEDBACK_NOTHING_EASY, false);

    settings.learning_rate = settings.weight_decay = 1000;
    settings.optimizer = OPTIMIZER_SGD;
    settings.threshold = 1e6;
    experiment_push(&e, (Command){.kind = COMMAND_SETTINGS, .settings = settings});
    experiment_push(&e, (Command){.kind = COMMAND_PLAY});
    for (int i = 0; i < 50 && !e.trainer->diverged; i++)
        experiment_advance(&e, 1, no_time, 1);
    s = experiment_snapshot(&e);
    assert_true(s.diverged);
    assert_int_equal(feedback_of(&s, &line, 14)->kind, FEEDBACK_DIVERGED);
    experiment_push(&e, line.shown.command);
    experiment_advance(&e, 0, no_time, 1);
    s = experiment_snapshot(&e);
    assert_false(s.diverged);
    assert_int_equal(feedback_of(&s, &line, 14.01)->kind == FEEDBACK_DIVERGED && s.epoch > 0, false);
    experiment_free(&e);
}

#define said(test) cmocka_unit_test_setup(test, setup)
#define drawn(test) cmocka_unit_test_setup_teardown(test, setup_ui, teardown_ui)

int main(void) {
    const struct CMUnitTest tests[] = {
        said(all_is_well),
        said(nothing_easy_offers_the_tenth),
        said(tenth_is_a_tenth),
        said(quantiles_at_the_edges),
        said(a_class_is_left_out),
        said(rare_classes_and_few_points_are_no_class_left_out),
        said(admitted_too_fast_is_said_of_its_epoch),
        said(thinned_records_are_reckoned_by_epoch),
        said(everything_is_easy),
        said(stuck_after_five_epochs),
        said(stuck_is_followed_through_a_long_run),
        said(shrinking_thresholds_grow_again),
        said(some_runs_have_nothing_to_say),
        said(the_most_important_is_said),
        said(lines_are_calm),
        said(figures_are_renewed_once_a_second),
        said(a_restart_clears_the_line),
        said(looking_back_has_no_line),
        said(many_points_are_looked_at_seldom),
        said(an_unchanged_run_is_not_looked_at),
        said(marks_on_the_timeline),
        said(marks_are_bounded),
        drawn(a_click_helps_at_once),
        drawn(a_press_can_be_taken_back),
        drawn(words_stay_while_the_button_is_held),
        drawn(the_line_itself_is_no_hole),
        drawn(the_keyboard_reaches_it),
        drawn(growing_faster_is_asked_once),
        drawn(frames_are_asked_for_while_it_changes),
        drawn(it_fits_any_card),
        drawn(the_legend_is_left_clear),
        drawn(danger_is_for_what_went_wrong),
        said(real_runs_are_helped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
