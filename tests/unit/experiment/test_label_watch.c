/* The measures that are watched in the background against those of a run that was watched from its beginning: whenever
 * the watch begins, after a reset, an undo, an edit of the points; and that nothing is kept of what nobody watches. */
#include "app/experiment/experiment.h"
#include "core/parallel.h"
#include "tests/support/commands.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SAMPLES = 320, ALL = (1u << MEASURE_COUNT) - 1 };

static Status status;

static Settings small(void) {
    Settings s;
    settings_default(&s);
    s.dataset = DATASET_MOONS;
    s.samples = SAMPLES;
    s.noise = 0.2;
    s.flip = 0.1;
    s.threshold = 0.4;
    s.learning_rate = 0.05;
    s.hidden[0] = 4;
    s.hidden_count = 1;
    return s;
}

static void push(Experiment *e, CommandKind kind) {
    push_now(e, (Command){.kind = kind});
}

static void epochs(Experiment *e, int count) {
    for (int i = 0; i < count; i++)
        push(e, COMMAND_EPOCH);
}

static Experiment begin(void) {
    Settings s = small();
    Experiment e;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    return e;
}

static void erase_two(Experiment *e) {
    uint32_t samples[] = {3, 8};
    PointEdit erase = {.kind = EDIT_ERASE, .count = 2, .samples = samples, .data_version = e->data_version};
    assert_true(experiment_edit_points(e, &erase, &status));
}

/* As headless runs do it. data: the points that the epochs are looked at with; NULL: the run's. */
static void plain_scores(uint32_t count, const Dataset *data, LabelScores *scores) {
    Settings s = small();
    Trainer *t = trainer_new(&s, NULL, &status);
    assert_non_null(t);
    data = data ? data : &t->data;
    LabelMeasures measures;
    assert_true(label_measures_init(&measures, data->count, &status));
    while (t->epoch < count) {
        trainer_run(t, SIZE_MAX);
        trainer_evaluate(t);
        label_measures_add(&measures, &t->mlp, t->parameters, data);
    }
    HeldOut *held_out = held_out_new(&t->settings, data, &status);
    assert_true(held_out_run(held_out, NULL, NULL, &status));
    LabelSources from = label_sources(t, &measures, held_out);
    from.data = data;
    assert_true(label_scores_make(scores, &from, ALL, &status));
    held_out_free(held_out);
    label_measures_free(&measures);
    trainer_free(t);
}

static void assert_watched(Experiment *e, uint32_t count) {
    LabelScores plain;
    plain_scores(count, NULL, &plain);
    e->watch_labels = true;
    experiment_watch_now(e);
    Snapshot s = experiment_snapshot(e);
    assert_non_null(s.labels);
    assert_int_equal(s.labels->epochs, count);
    assert_int_equal(s.labels->missed, 0);
    assert_true(s.labels->held_out_progress == 1.0);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        assert_non_null(s.labels->value[m]);
        assert_memory_equal(s.labels->value[m], plain.value[m], s.data->count * sizeof(float));
    }
    for (int j = 0; j < JUDGES; j++)
        assert_true(s.labels->scores->accuracy[j] == plain.accuracy[j] &&
                    s.labels->scores->counts[j] == plain.counts[j]);
    label_scores_free(&plain);
}

static void are_those_of_a_run_watched_from_its_beginning(void **state) {
    (void)state;
    Experiment e = begin();
    e.watch_labels = true;
    experiment_watch_soon(&e, 0.0);
    epochs(&e, 7);
    assert_watched(&e, 7);
    experiment_free(&e);
}

static void may_begin_at_any_time_and_again(void **state) {
    (void)state;
    Experiment e = begin();
    epochs(&e, 5);
    push(&e, COMMAND_BATCH); /* of the epoch under way nothing is known yet */
    assert_watched(&e, 5);
    e.watch_labels = false;
    experiment_watch_soon(&e, 1.0);
    assert_null(experiment_snapshot(&e).labels);
    epochs(&e, 4);
    assert_watched(&e, 9);
    experiment_free(&e);
}

static void follow_a_run_that_begins_anew_and_comes_back(void **state) {
    (void)state;
    Experiment e = begin();
    epochs(&e, 6);
    assert_watched(&e, 6);
    push(&e, COMMAND_RESET);
    epochs(&e, 2);
    assert_watched(&e, 2);
    push(&e, COMMAND_UNDO);
    assert_watched(&e, 6);
    assert_true(experiment_push(&e, (Command){.kind = COMMAND_LOOK, .epoch = 2}));
    push(&e, COMMAND_GO_ON);
    assert_watched(&e, 3);
    experiment_free(&e);
}

/* More epochs than the queue takes before anybody asks: none is lost, and none counts twice. */
static void may_be_very_many_before_they_are_asked_for(void **state) {
    (void)state;
    enum { MANY = HISTORY_MAX_RECORDS + 50 };
    Experiment e = begin();
    e.watch_labels = true;
    experiment_watch_now(&e);
    epochs(&e, MANY);
    assert_watched(&e, MANY);
    experiment_free(&e);
}

/* The points of a run that has come back within one frame are not those that the values are of. */
static void another_runs_values_do_not_go_with_its_points(void **state) {
    (void)state;
    Experiment e = begin();
    uint32_t samples[] = {3, 5};
    PointEdit erase = {.kind = EDIT_ERASE, .count = 2, .samples = samples, .data_version = e.data_version};
    assert_true(experiment_edit_points(&e, &erase, &status));
    Command fewer = {.kind = COMMAND_PRESET, .preset = -1, .settings = e.trainer->settings};
    fewer.settings.samples = 40;
    assert_true(experiment_push(&e, fewer));
    push(&e, COMMAND_EPOCH);
    e.watch_labels = true;
    experiment_watch_now(&e);
    assert_int_equal(e.trainer->data.count, 40);
    assert_non_null(experiment_snapshot(&e).labels);
    assert_true(experiment_push(&e, (Command){.kind = COMMAND_UNDO}));
    push(&e, COMMAND_UNDO);
    assert_int_equal(e.trainer->data.count, SAMPLES);
    assert_null(experiment_snapshot(&e).labels);
    experiment_free(&e);
}

/* An epoch that nobody has asked about yet is looked at before those asked for later. */
static void may_be_asked_late(void **state) {
    (void)state;
    Experiment e = begin();
    e.watch_labels = true;
    experiment_watch_now(&e);
    for (int i = 0; i < 20; i++) {
        epochs(&e, 1);
        experiment_watch_soon(&e, 0.01 * i);
    }
    assert_watched(&e, 20);
    experiment_free(&e);
}

static void look_anew_at_changed_points(void **state) {
    (void)state;
    Experiment e = begin();
    epochs(&e, 4);
    assert_watched(&e, 4);
    float before = experiment_snapshot(&e).labels->value[MEASURE_AUM][9];
    erase_two(&e);
    Snapshot s = experiment_snapshot(&e);
    assert_int_equal(s.labels->count, SAMPLES - 2); /* at once: the values stay with their points */
    assert_true(s.labels->value[MEASURE_AUM][7] == before);
    experiment_watch_now(&e);
    s = experiment_snapshot(&e);
    LabelScores plain;
    plain_scores(4, s.data, &plain);
    static const Measure OF_POINTS[] = {MEASURE_LOSS, MEASURE_AUM, MEASURE_TRACIN, MEASURE_KNN, MEASURE_HELD_OUT};
    for (size_t i = 0; i < sizeof OF_POINTS / sizeof *OF_POINTS; i++)
        assert_memory_equal(s.labels->value[OF_POINTS[i]], plain.value[OF_POINTS[i]], s.data->count * sizeof(float));
    label_scores_free(&plain);
    push(&e, COMMAND_UNDO);
    assert_watched(&e, 4);
    experiment_free(&e);
}

/* Late: of each point the epochs in which it was hard, also of points that others have gone from. */
static void count_the_epochs_as_hard(void **state) {
    (void)state;
    Experiment e = begin();
    epochs(&e, 6);
    erase_two(&e);
    e.watch_labels = true;
    experiment_watch_now(&e);
    epochs(&e, 3);
    experiment_watch_now(&e);
    const LabelList *list = experiment_snapshot(&e).labels->list;
    size_t sometimes = 0;
    for (size_t i = 0; i < e.trainer->data.count; i++) {
        int hard = 0;
        for (size_t k = 0; k < e.history.count; k++)
            hard += !history_was_easy(&e.history, &e.history.records[k], i);
        assert_true(list->late[i] == (float)hard / 9.0f);
        sometimes += hard > 0 && hard < 9;
    }
    assert_true(sometimes > 0);
    experiment_free(&e);
}

static void cost_nothing_without_a_watch(void **state) {
    (void)state;
    Experiment e = begin();
    epochs(&e, 2);
    experiment_watch_soon(&e, 0.0);
    assert_null(e.watch);
    assert_false(experiment_is_watching(&e));
    assert_null(experiment_snapshot(&e).labels);
    e.watch_labels = true;
    experiment_watch_now(&e);
    assert_false(experiment_is_watching(&e)); /* a paused window rests */
    uint64_t version = e.version;
    experiment_watch_soon(&e, 100.0);
    assert_true(e.version == version);
    experiment_free(&e);
}

/* Work under way when the run, or the program, goes. */
static void may_be_left_at_any_time(void **state) {
    (void)state;
    for (int i = 0; i < 20; i++) {
        Experiment e = begin();
        e.watch_labels = true;
        epochs(&e, i % 4);
        experiment_watch_soon(&e, 0.0);
        if (i % 3 == 1)
            push(&e, COMMAND_RESET);
        experiment_watch_soon(&e, 1.0);
        if (i % 5 == 2) {
            e.watch_labels = false;
            experiment_watch_soon(&e, 2.0);
        }
        experiment_free(&e);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(are_those_of_a_run_watched_from_its_beginning),
        cmocka_unit_test(may_begin_at_any_time_and_again),
        cmocka_unit_test(follow_a_run_that_begins_anew_and_comes_back),
        cmocka_unit_test(may_be_very_many_before_they_are_asked_for),
        cmocka_unit_test(another_runs_values_do_not_go_with_its_points),
        cmocka_unit_test(may_be_asked_late),
        cmocka_unit_test(look_anew_at_changed_points),
        cmocka_unit_test(count_the_epochs_as_hard),
        cmocka_unit_test(cost_nothing_without_a_watch),
        cmocka_unit_test(may_be_left_at_any_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
