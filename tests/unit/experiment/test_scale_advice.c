/* Data whose scale stops learning: which, what is said of it and when, and that the button helps. */
#include "app/experiment/scale_advice.h"

#include "tests/support/feedback_scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static Status status;

/* The scene's points with another scale along one axis. */
static ScaleAdvice advice_of(int axis, float factor, float shift) {
    float *values = axis ? scene.y : scene.x;
    for (size_t i = 0; i < POINTS; i++)
        values[i] = values[i] * factor + shift;
    dataset_bounds(&scene.data);
    return scale_advice(&scene.data);
}

static void limits_are_those_of_the_header(void **state) {
    static const struct {
        float factor, shift;
        ScaleFault fault;
    } CASES[] = {
        {1, 0, SCALE_FITS},       {1, 1.5f, SCALE_FITS},       {1, 2.6f, SCALE_IS_OFF},    {1, -2.6f, SCALE_IS_OFF},
        {0.35f, 0, SCALE_FITS},   {0.2f, 0, SCALE_IS_SMALL},   {1e-6f, 0, SCALE_IS_SMALL}, {50, 0, SCALE_FITS},
        {100, 0, SCALE_IS_LARGE}, {1e37f, 0, SCALE_IS_LARGE},  {0, 0, SCALE_FITS},         {0, 5, SCALE_FITS},
        {10, 1e4f, SCALE_IS_OFF}, {1000, 500, SCALE_IS_LARGE},
    };
    for (int axis = 0; axis < 2; axis++)
        for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
            setup(state);
            ScaleAdvice advice = advice_of(axis, CASES[i].factor, CASES[i].shift);
            if (advice.fault != CASES[i].fault)
                fail_msg("times %g, plus %g: %d", (double)CASES[i].factor, (double)CASES[i].shift, advice.fault);
            if (advice.fault != SCALE_FITS)
                assert_int_equal(advice.axis, axis);
        }
}

/* One axis is the worse one, and the reason names it. */
static void the_worse_axis_is_named(void **state) {
    (void)state;
    char reason[SCALE_REASON_BYTES];
    dataset_name_axis(&scene.data, 1, "salary", 6);
    advice_of(0, 12, 40);
    ScaleAdvice advice = advice_of(1, 40000, 80000);
    scale_advice_reason(&advice, &scene.data, reason);
    assert_string_equal(reason, "salary varies by about 36000, far from 1.");
    advice = advice_of(1, 1e-5f, 0);
    scale_advice_reason(&advice, &scene.data, reason);
    assert_string_equal(reason, "x is about 39.8 ± 14, far from 0.");
    char name[256];
    memset(name, 0, sizeof name);
    for (int i = 0; i < 80; i++)
        strcat(name, "\u732b");
    dataset_name_axis(&scene.data, 0, name, strlen(name));
    scale_advice_reason(&advice, &scene.data, reason);
    assert_int_equal(strlen(reason), 24 * 3 + strlen(" is about 39.8 ± 14, far from 0."));
}

static void built_in_points_fit(void **state) {
    (void)state;
    for (int kind = 0; kind < DATASET_COUNT; kind++)
        for (uint32_t seed = 1; seed < 6; seed++) {
            Settings s;
            settings_default(&s);
            s.dataset = kind;
            s.seed = seed;
            s.samples = 200;
            Dataset data;
            assert_true(dataset_generate(&data, &s, &status));
            assert_int_equal(scale_advice(&data).fault, SCALE_FITS);
            dataset_free(&data);
        }
}

static void it_is_said_of_runs_that_have_not_learned(void **state) {
    (void)state;
    ScaleAdvice off = advice_of(0, 1, 50), fits = {0};
    static const struct {
        ScaleProgress progress;
        bool said;
    } CASES[] = {
        {{10, true, 0.6, NAN}, true},   {{10, true, 0.949, NAN}, true},   {{10, true, 0.951, NAN}, false},
        {{0, true, 0.5, NAN}, false},   {{10, false, 0.5, 0.5}, false},   {{29, false, 0.5, 0.5}, false},
        {{30, false, 0.5, 0.5}, true},  {{30, false, 0.6, 0.5}, false},   {{30, false, 0.505, 0.5}, true},
        {{60, false, 0.5, NAN}, false}, {{60, false, 0.96, 0.96}, false}, {{10, true, NAN, NAN}, false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_int_equal(scale_stops_learning(&off, &scene.data, &CASES[i].progress), CASES[i].said);
        assert_false(scale_stops_learning(&fits, &scene.data, &CASES[i].progress));
    }
    /* where a class is nine tenths, 92 % is little */
    scene.data.class_count[0] = POINTS / 10;
    scene.data.class_count[1] = POINTS - POINTS / 10;
    assert_true(scale_stops_learning(&off, &scene.data, &(ScaleProgress){10, true, 0.92, NAN}));
}

static const Feedback *in_a_while(void) {
    scene.snapshot.version++;
    feedback_of(&scene.snapshot, &scene.state, scene.time);
    return feedback_of(&scene.snapshot, &scene.state, scene.time += 2);
}

/* The line: over what is easy and what is not, in every order, until the button is pressed. */
static void the_line_has_the_button(void **state) {
    (void)state;
    advice_of(1, 1000, 0);
    scene.snapshot.data_version++;
    scene.snapshot.accuracy = 0.55;
    assert_int_equal(in_a_while()->kind, FEEDBACK_NONE);
    scene.snapshot.finished = true;
    set_threshold(0.0005); /* nothing easy: of this scale, too */
    for (int order = ORDER_EASY; order <= ORDER_ALL; order++) {
        scene.settings.order = order;
        const Feedback *f = in_a_while();
        assert_int_equal(f->kind, FEEDBACK_SCALE);
        assert_string_equal(f->label, "Standardize");
        assert_non_null(strstr(f->reason, "y varies by about 890"));
        assert_int_equal(f->command.kind, COMMAND_SETTINGS);
        assert_true(f->command.settings.standardize && f->command.settings.order == order);
    }
    scene.settings.order = ORDER_ALL;
    scene.snapshot.looking_back = true;
    assert_int_equal(in_a_while()->kind, FEEDBACK_NONE);
    scene.snapshot.looking_back = false;
    assert_int_equal(in_a_while()->kind, FEEDBACK_SCALE);
    scene.snapshot.accuracy = 0.97;
    assert_int_equal(in_a_while()->kind, FEEDBACK_NONE);
    scene.snapshot.accuracy = 0.55;
    scene.settings.standardize = true;
    assert_int_equal(in_a_while()->kind, FEEDBACK_NONE);
    scene.settings.standardize = false;
    assert_int_equal(in_a_while()->kind, FEEDBACK_SCALE);
    advice_of(1, 0.001f, 0); /* other points */
    scene.snapshot.data_version++;
    assert_int_equal(in_a_while()->kind, FEEDBACK_NONE);
}

static double no_time(void) {
    return 0;
}

static void run_to_the_end(Experiment *e) {
    experiment_push(e, (Command){.kind = COMMAND_SPEED, .speed = SPEED_MAXIMUM});
    experiment_push(e, (Command){.kind = COMMAND_PLAY});
    experiment_advance(e, 1.0, no_time, 1);
    for (int i = 0; i < 10000 && !trainer_finished(e->trainer); i++)
        experiment_advance(e, 1.0, no_time, 1);
    experiment_evaluate(e);
}

/* A run far from 0 does not learn; its button begins one that does, and undo brings the first one back. */
static void a_real_run_is_helped(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.dataset = DATASET_BLOBS;
    s.samples = 400;
    s.order = ORDER_ALL;
    s.learning_rate = 0.02;
    s.epochs = 40;
    s.centroids[0] = s.centroids[1] = 100;
    s.centroids[2] = s.centroids[3] = 104;
    Experiment e;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    FeedbackState line = {0};
    run_to_the_end(&e);
    Snapshot shown = experiment_snapshot(&e);
    assert_true(shown.accuracy < 0.9);
    feedback_of(&shown, &line, 1);
    assert_int_equal(feedback_of(&shown, &line, 3)->kind, FEEDBACK_SCALE);
    experiment_push(&e, line.shown.command);
    experiment_advance(&e, 0, no_time, 1);
    run_to_the_end(&e);
    shown = experiment_snapshot(&e);
    assert_true(shown.settings->standardize && shown.accuracy > 0.98);
    feedback_of(&shown, &line, 4);
    assert_int_equal(feedback_of(&shown, &line, 6)->kind, FEEDBACK_NONE);
    experiment_push(&e, (Command){.kind = COMMAND_UNDO});
    experiment_advance(&e, 0, no_time, 1);
    shown = experiment_snapshot(&e);
    assert_true(!shown.settings->standardize && shown.accuracy < 0.9);
    experiment_free(&e);
}

#define scaled(test) cmocka_unit_test_setup(test, setup)

int main(void) {
    const struct CMUnitTest tests[] = {
        scaled(limits_are_those_of_the_header),           scaled(the_worse_axis_is_named), scaled(built_in_points_fit),
        scaled(it_is_said_of_runs_that_have_not_learned), scaled(the_line_has_the_button), scaled(a_real_run_is_helped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
