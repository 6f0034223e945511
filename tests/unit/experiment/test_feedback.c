/* What a person must do something about: what is said when, how calmly, and what its button does. */
#include "tests/support/feedback_scene.h"

#include "app/experiment/experiment.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static Status status;

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
        if (!strstr((f)->text, what) && !strstr((f)->reason, what))                                                    \
            fail_msg("\"%s %s\" does not say \"%s\"", (f)->text, (f)->reason, what);                                   \
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
    assert_string_equal(f->text, "Nothing is easy, so nothing is learned.");
    assert_string_equal(f->reason, "The smallest loss is 0.00100.");
    assert_int_equal(f->command.kind, COMMAND_THRESHOLD);
    assert_string_equal(f->label, "Set λ to 0.101: 10 % easy");
    assert_true(f->command.threshold == 0.101); /* what the label says */
    scene.snapshot.threshold = 0.0105;          /* grown: some will be easy when their turn comes */
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
        float t = (float)f->command.threshold;
        assert_true(f->label[0] && t > sorted[99] && t <= sorted[150]);
        /* three digits at most in the button; "about" where the threshold has more */
        char *end, *figure = strstr(f->label, "to ");
        assert_non_null(figure);
        bool about = strncmp(figure + 3, "about ", 6) == 0;
        double shown = strtod(figure + (about ? 9 : 3), &end);
        assert_true(*end == ':' && (shown == f->command.threshold) != about);
        assert_true(fabs(shown - f->command.threshold) <= 0.005 * f->command.threshold);
        int digits = 0;
        for (const char *c = figure + (about ? 9 : 3); c < end && *c != 'e'; c++)
            digits += *c >= '0' && *c <= '9' && (digits > 0 || *c != '0');
        assert_in_range(digits, 1, 3);
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
    assert_true((float)f->command.threshold > 0.5f && f->command.threshold < 0.51);
    for (size_t i = 0; i < POINTS; i++)
        scene.loss[i] = 0;
    set_threshold(0);
    f = after(2);
    assert_true(f->command.threshold > 0 && f->label[0]);
    for (size_t i = 0; i < POINTS; i++)
        scene.loss[i] = 1.5f; /* log can't go there */
    scene.settings.regularizer = REGULARIZER_LOG;
    set_threshold(0.5);
    f = after(2);
    assert_int_equal(f->kind, FEEDBACK_NOTHING_EASY);
    assert_string_equal(f->label, "");
}

/* An epoch with so many easy points of each class. */
static void record_classes(uint32_t first, uint32_t second) {
    record(0, first + second);
    HistoryRecord *r = &scene.records[scene.history.count - 1];
    r->class_easy[0] = first;
    r->class_easy[1] = second;
}

static void a_class_is_left_out(void **state) {
    (void)state;
    scene.history.count = 0;
    scene.snapshot.epoch = 0;
    record_classes(450, 2);
    for (size_t i = 0; i < POINTS; i++)
        if (i % 2)
            scene.loss[i] = 2 + (float)i / 1000;
    scene.loss[1] = scene.loss[3] = 0.1f;
    set_threshold(0.9); /* 450 easy of class 0, 2 of class 1 */
    /* many a run begins so: it is a fact for three epochs, then it is said */
    for (int epoch = 2; epoch <= FEEDBACK_PATIENCE; epoch++) {
        assert_int_equal(after(2)->kind, FEEDBACK_NONE);
        record_classes(450, 2);
    }
    assert_int_equal(after(2)->kind, FEEDBACK_NONE);
    record_classes(450, 2);
    const Feedback *f = after(1);
    assert_int_equal(f->kind, FEEDBACK_CLASS_LEFT_OUT);
    assert_int_equal(f->class, 1);
    assert_string_equal(f->badge, "Left out");
    assert_string_equal(f->text, "Class 1 has been left out for 4 epochs.");
    assert_string_equal(f->reason, "Only 2 of its 500 points are easy.");
    assert_string_equal(f->label, "Set λ to 2.10: 10 % of class 1");
    size_t easy = 0;
    for (size_t i = 1; i < POINTS; i += 2)
        easy += scene.loss[i] < (float)f->command.threshold;
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
    for (int i = 0; i <= FEEDBACK_PATIENCE; i++)
        record_classes(450, 0);
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

/* What needs nobody to act is narration's to say, and the timeline's to mark. */
static void facts_are_no_alarms(void **state) {
    (void)state;
    record(0, 901); /* 40 % at once */
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    set_threshold(1.01); /* above every loss */
    record(0, 1000);
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
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

static void stuck_after_five_epochs(void **state) {
    (void)state;
    record(10, 500); /* as many, but others */
    for (int i = 0; i < 4; i++)
        record(10, 500);
    assert_int_equal(after(3)->kind, FEEDBACK_NONE);
    record(10, 500);
    const Feedback *f = after(1);
    assert_int_equal(f->kind, FEEDBACK_STUCK);
    assert_string_equal(f->text, "The same 500 points have been easy since epoch 3.");
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
    assert_false(f->command.hold);
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
    for (size_t i = 0; i < scene.history.count; i++)
        scene.records[i].class_easy[0] = 500;
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
    for (int i = 0; i < FEEDBACK_PATIENCE; i++)
        record_classes(500, 0);
    for (size_t i = 0; i < scene.history.count; i++)
        scene.records[i].class_easy[0] = 500;
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
    snprintf(text, sizeof text, "%s", scene.state.shown.reason);
    for (int i = 0; i < 300; i++) { /* five seconds */
        for (size_t k = 0; k < POINTS; k++)
            scene.loss[k] += 0.001f;
        decide();
        const Feedback *f = after(1.0 / 60);
        changes += strcmp(f->reason, text) != 0;
        snprintf(text, sizeof text, "%s", f->reason);
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
    Dataset data = {.count = MANY,
                    .classes = 2,
                    .x = loss, /* anything */
                    .y = loss,
                    .label = label,
                    .class_count = {MANY - MANY / 2, MANY / 2}};
    scene.snapshot.data = &data;
    scene.snapshot.loss = loss;
    scene.snapshot.v = v;
    scene.snapshot.history = NULL;
    scene.snapshot.easy = MANY;
    scene.snapshot.threshold = 0.45;
    scene.snapshot.data_version++;
    assert_int_equal(after(1)->kind, FEEDBACK_NONE);
    for (size_t i = 1; i < MANY; i += 2)
        v[i] = 0;
    scene.snapshot.easy = MANY - MANY / 2;
    for (int i = 0; i < 100; i++) {
        scene.snapshot.version++;
        feedback_of(&scene.snapshot, &scene.state, scene.time);
    }
    assert_int_equal(after(2)->kind, FEEDBACK_NONE);
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

/* ---- with a real run ---- */

static double no_time(void) {
    return 0;
}

/* The post's run is healthy: from its first batch to its end there is nothing to do. */
static void the_posts_run_has_no_alarm(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    Experiment e;
    assert_true(experiment_init(&e, &settings, NULL, NULL, &status));
    FeedbackState line = {0};
    double time = 10;
    experiment_push(&e, (Command){.kind = COMMAND_PLAY});
    for (int frame = 0; frame < 240; frame++) { /* some twenty looks an epoch, each long enough for any line to come */
        experiment_advance(&e, 0.05, no_time, 1);
        experiment_evaluate(&e);
        Snapshot s = experiment_snapshot(&e);
        for (int i = 0; i < 3; i++) {
            const Feedback *f = feedback_of(&s, &line, time += 0.5);
            if (f->kind != FEEDBACK_NONE)
                fail_msg("epoch %u: \"%s\"", s.epoch, f->text);
        }
    }
    assert_true(trainer_finished(e.trainer));
    experiment_free(&e);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        said(all_is_well),
        said(nothing_easy_offers_the_tenth),
        said(tenth_is_a_tenth),
        said(quantiles_at_the_edges),
        said(a_class_is_left_out),
        said(rare_classes_and_few_points_are_no_class_left_out),
        said(facts_are_no_alarms),
        said(thinned_records_are_reckoned_by_epoch),
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
        said(the_posts_run_has_no_alarm),
        said(real_runs_are_helped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
