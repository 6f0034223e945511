/* Runs beside the first: that each is the run that its settings alone would give, and that they keep step. */
#include "app/experiment/other_run.h"
#include "app/experiment/differences.h"
#include "app/experiment/experiment.h"
#include "tests/support/commands.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Status status;

static Settings small(void) {
    Settings s;
    settings_default(&s);
    s.samples = 320; /* 10 batches of 32 */
    s.threshold = 0.4;
    s.epochs = 6;
    s.flip = 0.1;
    s.test = 0.2;
    return s;
}

static void test_parse(void **state) {
    (void)state;
    Settings s = small();
    assert_true(other_run_parse(&s, "plain", &status));
    assert_int_equal(s.order, ORDER_ALL);
    s = small();
    assert_true(other_run_parse(&s, "order=hard,threshold=0.3", &status));
    assert_true(s.order == ORDER_HARD && s.threshold == 0.3);
    static const char *const bad[] = {
        "", "order", "nothing=1", "seed=3", "threshold=x", "order=easy,", "regularizer=log,threshold=2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Settings before = s;
        status = (Status){0};
        assert_false(other_run_parse(&s, bad[i], &status));
        assert_true(status.message[0] && s.order == before.order && s.threshold == before.threshold);
    }
    status = (Status){0};
    char title[128];
    Settings first = small(), second = small();
    second.order = ORDER_HARD;
    second.threshold = 0.25;
    other_run_title(&first, &second, title);
    assert_string_equal(title, "order hard, threshold 0.25");
    second.order = ORDER_ALL;
    other_run_title(&first, &second, title);
    assert_string_equal(title, "Plain training");
    other_run_title(&first, &first, title);
    assert_string_equal(title, "the same curriculum");
}

/* However the first run is cut into pieces, the second is the run of its own settings. */
static void test_same_as_alone(void **state) {
    (void)state;
    Settings s = small(), other = small();
    other.order = ORDER_HARD;
    other.threshold = 0.7;
    Trainer *first = trainer_new(&s, NULL, &status), *alone = trainer_new(&other, NULL, &status);
    OtherRun second = {0};
    assert_true(first && alone && other_run_open(&second, first, &other, &status));
    assert_memory_equal(second.trainer->initial, first->initial, first->mlp.parameters * sizeof(float));
    trainer_redecide(alone);
    static const size_t pieces[] = {1, 3, 10, 2, 7, 100, 5, 1, 1, 9};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        trainer_run(first, pieces[i]);
        assert_true(other_run_follow(&second, first, SIZE_MAX, &status));
        assert_true(second.trainer->epoch == first->epoch && second.trainer->batch == first->batch);
        while (alone->epoch < first->epoch || alone->batch < first->batch)
            trainer_run(alone, 1);
        trainer_evaluate(alone);
        assert_memory_equal(second.trainer->parameters, alone->parameters, alone->mlp.parameters * sizeof(float));
        assert_memory_equal(second.trainer->each.v, alone->each.v, alone->data.count * sizeof(float));
        assert_true(second.trainer->mean_loss == alone->mean_loss);
        assert_true(second.trainer->test_accuracy == alone->test_accuracy);
    }
    assert_true(first->epoch > 2 && second.history.count == first->epoch);
    trainer_free(first);
    trainer_free(alone);
    other_run_close(&second);
}

static void advance(Experiment *e, double seconds) {
    experiment_advance(e, seconds, no_clock, 1.0);
}

static void push(Experiment *e, CommandKind kind, double value) {
    push_now(e, command_of(kind, value));
}

static void assert_runs_in_step(const Experiment *e, int others) {
    assert_true(e->other_count == others && !experiment_is_behind(e));
    for (int i = 0; i < others; i++) {
        const Trainer *t = e->others[i].trainer;
        assert_true(t->epoch == e->trainer->epoch && t->batch == e->trainer->batch);
        assert_int_equal(t->data.count, e->trainer->data.count);
    }
}

static void assert_in_step(const Experiment *e) {
    assert_runs_in_step(e, 1);
}

static void test_in_an_experiment(void **state) {
    (void)state;
    Settings s = small();
    Experiment e;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    push(&e, COMMAND_PLAY, 0.0);
    for (int i = 0; i < 5; i++)
        advance(&e, 0.5);
    assert_int_equal(experiment_snapshot(&e).other_count, 0);
    Command compare = {.kind = COMMAND_COMPARE, .compare = true, .settings = s};
    compare.settings.order = ORDER_ALL;
    push_now(&e, compare); /* in the middle of a run: it catches up */
    assert_in_step(&e);
    assert_true(e.trainer->epoch == 2);
    advance(&e, 0.5);
    assert_in_step(&e);
    Snapshot now = experiment_snapshot(&e);
    assert_int_equal(now.other_count, 1);
    assert_true(now.others[0]->easy == now.data->count && now.others[0]->epoch == now.epoch);

    push(&e, COMMAND_LOOK, 1.0);
    now = experiment_snapshot(&e);
    assert_true(now.looking_back && now.epoch == 2 && now.others[0]->looking_back && now.others[0]->epoch == 2);
    push(&e, COMMAND_GO_ON, 0.0);
    assert_in_step(&e);
    assert_int_equal(e.trainer->epoch, 2);

    float x[5] = {0}, y[5] = {0};
    PointEdit edit = {.kind = EDIT_ADD, .count = 5, .x = x, .y = y, .label = 1};
    assert_true(experiment_edit_points(&e, &edit, &status));
    assert_in_step(&e);
    push(&e, COMMAND_PLAY, 0.0);
    advance(&e, 0.5);
    assert_in_step(&e);
    push(&e, COMMAND_UNDO, 0.0);
    assert_in_step(&e);

    Command settings = {.kind = COMMAND_SETTINGS, .settings = e.trainer->settings};
    settings.settings.learning_rate = 0.01; /* common to both */
    push_now(&e, settings);
    assert_true(e.others[0].trainer->settings.learning_rate == 0.01);
    assert_int_equal(e.others[0].trainer->settings.order, ORDER_ALL);
    settings.settings.batch = 16; /* a new run: both from the beginning */
    push_now(&e, settings);
    assert_in_step(&e);
    assert_true(e.others[0].trainer->settings.batch == 16);
    push(&e, COMMAND_UNDO, 0.0); /* the trained run is back, and the second catches up again */
    assert_in_step(&e);
    push(&e, COMMAND_RESET, 0.0);
    assert_in_step(&e);
    push(&e, COMMAND_COMPARE, 0.0);
    assert_int_equal(experiment_snapshot(&e).other_count, 0);
    assert_null(e.others[0].trainer);
    experiment_free(&e);
}

/* What both runs know of a point that is erased comes back with it; what another second run knew does not. */
static void test_erased_points_come_back(void **state) {
    (void)state;
    Settings s = small();
    s.threshold = 5.0;
    Experiment e;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    Command compare = {.kind = COMMAND_COMPARE, .compare = true, .settings = s};
    compare.settings.threshold = 4.0;
    assert_true(experiment_push(&e, compare));
    push(&e, COMMAND_EPOCH, 0.0);
    const Trainer *second = e.others[0].trainer;
    uint32_t which[] = {3};
    assert_true(second->each.v[3] > 0.0f && second->each.admitted[3] == 0);
    size_t easy = second->epoch_easy;
    PointEdit edit = {.kind = EDIT_ERASE, .count = 1, .samples = which, .data_version = e.data_version};
    assert_true(experiment_edit_points(&e, &edit, &status));
    assert_int_equal(second->epoch_easy, easy - 1);
    push(&e, COMMAND_UNDO, 0.0);
    assert_true(second == e.others[0].trainer && second->each.v[3] > 0.0f && second->each.admitted[3] == 0);
    assert_int_equal(second->epoch_easy, easy);
    assert_true(e.trainer->each.v[3] > 0.0f && e.trainer->each.admitted[3] == 0);
    assert_true(history_was_easy(&e.others[0].history, &e.others[0].history.records[0], 3));
    push(&e, COMMAND_REDO, 0.0);
    push(&e, COMMAND_UNDO, 0.0);
    assert_true(second->each.v[3] > 0.0f && second->each.admitted[3] == 0);

    push(&e, COMMAND_REDO, 0.0);
    push_now(&e, compare);       /* a second run that never had it */
    push(&e, COMMAND_UNDO, 0.0); /* and the one that had, in place of that */
    assert_true(second == e.others[0].trainer);
    push(&e, COMMAND_UNDO, 0.0);
    assert_in_step(&e);
    assert_true(second->each.v[3] > 0.0f && second->each.admitted[3] == 0);
    assert_true(e.trainer->each.v[3] > 0.0f);
    experiment_free(&e);
}

/* A second run that begins after points have been erased numbers its points anew, in its history, too. */
static void test_begun_after_an_erasure(void **state) {
    (void)state;
    Settings s = small();
    Experiment e;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    Command compare = {.kind = COMMAND_COMPARE, .compare = true, .settings = s};
    compare.settings.threshold = 0.2;
    assert_true(experiment_push(&e, compare));
    push(&e, COMMAND_EPOCH, 0.0);
    uint32_t which[] = {0, 3, 5, 90};
    PointEdit edit = {.kind = EDIT_ERASE, .count = 4, .samples = which, .data_version = e.data_version};
    assert_true(experiment_edit_points(&e, &edit, &status));
    assert_true(experiment_push(&e, compare));
    push(&e, COMMAND_EPOCH, 0.0);
    const Trainer *second = e.others[0].trainer;
    const History *h = &e.others[0].history;
    size_t count = h->samples, last = h->count - 1;
    bool *was = calloc(count, sizeof *was);
    assert_non_null(was);
    for (size_t i = 0; i < count; i++)
        was[i] = history_was_easy(h, &h->records[last], i);
    size_t easy = h->records[last].easy;
    float x = 0.0f, y = 0.0f;
    edit = (PointEdit){.kind = EDIT_ADD, .count = 1, .x = &x, .y = &y};
    assert_true(experiment_edit_points(&e, &edit, &status));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(history_was_easy(h, &h->records[last], i), was[i]);
    assert_int_equal(h->records[last].easy, easy);
    push(&e, COMMAND_UNDO, 0.0);
    push(&e, COMMAND_UNDO, 0.0); /* the second run of before, as it was, which catches up */
    push(&e, COMMAND_UNDO, 0.0); /* the erasure */
    assert_int_equal(h->samples, count + 4);
    push(&e, COMMAND_REDO, 0.0);
    push(&e, COMMAND_REDO, 0.0);
    assert_true(e.others[0].trainer == second && h->samples == count && h->records[last].easy == easy);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(history_was_easy(h, &h->records[last], i), was[i]);
    free(was);
    experiment_free(&e);
}

/* The runs change places as they are, train on as they would have, and undo brings them back; a reset begins both with
 * the curriculum that they have by then. */
static void test_swap(void **state) {
    (void)state;
    Settings s = small();
    Experiment swapped, straight;
    Experiment *both[] = {&swapped, &straight};
    Command compare = {.kind = COMMAND_COMPARE, .compare = true, .settings = s};
    compare.settings.order = ORDER_HARD;
    compare.settings.threshold = 0.7;
    for (int i = 0; i < 2; i++) {
        assert_true(experiment_init(both[i], &s, NULL, NULL, &status));
        assert_true(experiment_push(both[i], compare));
        push(both[i], COMMAND_EPOCH, 0.0);
        push(both[i], COMMAND_BATCH, 0.0);
    }
    size_t bytes = swapped.trainer->mlp.parameters * sizeof(float);
    push(&swapped, COMMAND_SWAP, 0.0);
    assert_in_step(&swapped);
    assert_true(swapped.trainer->settings.order == ORDER_HARD &&
                swapped.others[0].trainer->settings.order == ORDER_EASY);
    assert_string_equal(experiment_snapshot(&swapped).undo, "Swap A and B");
    for (int i = 0; i < 2; i++) {
        push(both[i], COMMAND_EPOCH, 0.0);
        push(both[i], COMMAND_EPOCH, 0.0);
    }
    assert_in_step(&swapped);
    assert_memory_equal(swapped.trainer->parameters, straight.others[0].trainer->parameters, bytes);
    assert_memory_equal(swapped.others[0].trainer->parameters, straight.trainer->parameters, bytes);
    assert_int_equal(swapped.history.count, 3);
    assert_true(swapped.history.records[2].accuracy == straight.others[0].history.records[2].accuracy);
    push(&swapped, COMMAND_UNDO, 0.0);
    assert_memory_equal(swapped.trainer->parameters, straight.trainer->parameters, bytes);
    assert_int_equal(swapped.trainer->settings.order, ORDER_EASY);
    push(&swapped, COMMAND_REDO, 0.0);
    assert_int_equal(swapped.trainer->settings.order, ORDER_HARD);
    push(&swapped, COMMAND_RESET, 0.0);
    assert_in_step(&swapped);
    assert_true(swapped.trainer->settings.order == ORDER_HARD && swapped.trainer->threshold == 0.7);
    assert_true(swapped.others[0].trainer->settings.order == ORDER_EASY && swapped.others[0].trainer->threshold == 0.4);

    push(&swapped, COMMAND_COMPARE, 0.0);
    push(&swapped, COMMAND_SWAP, 0.0); /* with what? */
    assert_true(swapped.notice[0] && swapped.trainer->settings.order == ORDER_HARD);
    push(&swapped, COMMAND_UNDO, 0.0); /* the comparison is back */
    assert_in_step(&swapped);
    assert_int_equal(swapped.others[0].trainer->settings.order, ORDER_EASY);
    experiment_free(&swapped);
    experiment_free(&straight);
}

/* The second run's curriculum, changed in mid-run: from there on, as the first's is; each change can be undone. */
static void test_change_second(void **state) {
    (void)state;
    Settings s = small();
    Experiment e;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    Command change = {.kind = COMMAND_THRESHOLD, .run = 1, .threshold = 0.65};
    push_now(&e, change);
    assert_true(e.notice[0] && e.trainer->threshold == 0.4); /* there is none */
    Command compare = {.kind = COMMAND_COMPARE, .compare = true, .settings = s};
    push_now(&e, compare);
    push_now(&e, change); /* before the first batch: a setting */
    assert_true(e.others[0].curriculum.threshold == 0.65 && e.others[0].trainer->settings.threshold == 0.65);
    assert_int_equal(experiment_snapshot(&e).by_hand, 0);
    push(&e, COMMAND_EPOCH, 0.0);
    size_t easy = trainer_easy(e.others[0].trainer), of_first = trainer_easy(e.trainer);
    change.threshold = 1e-6;
    push_now(&e, change);
    assert_true(trainer_easy(e.others[0].trainer) < easy && trainer_easy(e.trainer) == of_first);
    assert_true(e.others[0].curriculum.threshold == 0.65); /* where a reset begins */
    assert_int_equal(experiment_snapshot(&e).by_hand, BY_HAND_THRESHOLD);
    push(&e, COMMAND_UNDO, 0.0);
    assert_true(e.others[0].trainer->threshold == 0.65 && trainer_easy(e.others[0].trainer) > easy / 2);

    Command settings = {.kind = COMMAND_SETTINGS, .run = 1, .settings = e.others[0].trainer->settings};
    settings.settings.order = ORDER_ALL;
    settings.settings.learning_rate = 0.5; /* no part of the curriculum: the first's counts */
    push_now(&e, settings);
    assert_true(e.others[0].trainer->settings.order == ORDER_ALL && e.trainer->settings.order == ORDER_EASY);
    assert_true(e.others[0].trainer->settings.learning_rate == s.learning_rate);
    assert_int_equal(trainer_easy(e.others[0].trainer), e.trainer->data.count);
    push(&e, COMMAND_UNDO, 0.0);
    assert_int_equal(e.others[0].trainer->settings.order, ORDER_EASY);
    push(&e, COMMAND_REDO, 0.0);
    assert_int_equal(e.others[0].trainer->settings.order, ORDER_ALL);

    Command hold = {.kind = COMMAND_HOLD, .run = 1, .hold = true};
    push_now(&e, hold);
    assert_true(e.others[0].trainer->hold && !e.trainer->hold);
    push(&e, COMMAND_RESET, 0.0); /* as of the first run, the hold and the changed settings stay */
    assert_true(e.others[0].trainer->hold && e.others[0].trainer->settings.order == ORDER_ALL);
    assert_int_equal(experiment_snapshot(&e).by_hand, 0);
    settings.settings.regularizer = REGULARIZER_LOG; /* which has no threshold of 1 and more */
    settings.settings.threshold = 2.0;
    push_now(&e, settings);
    assert_true(e.notice[0] && e.others[0].trainer->settings.regularizer == REGULARIZER_HARD);
    experiment_free(&e);
}

static void test_names(void **state) {
    (void)state;
    Settings a = small(), b = small();
    const Settings *runs[] = {&a, &b};
    char names[2][128];
    b.order = ORDER_ALL;
    other_run_names(runs, 2, names);
    assert_string_equal(names[0], "Easy first");
    assert_string_equal(names[1], "Plain training");
    b.order = ORDER_EASY;
    b.pace = PACE_SHARE;
    other_run_names(runs, 2, names);
    assert_string_equal(names[1], "Easy first, by share");
    b.pace = a.pace;
    b.threshold = 0.25;
    other_run_names(runs, 2, names);
    assert_string_equal(names[0], "Easy first, threshold 0.4");
    assert_string_equal(names[1], "Easy first, threshold 0.25");
}

/* ---- three runs ---- */

/* Begins a run of that letter beside the first, with that order and threshold. */
static void compare_with(Experiment *e, int run, int order, double threshold) {
    Command compare = {.kind = COMMAND_COMPARE, .run = run, .compare = true, .settings = e->trainer->settings};
    compare.settings.order = order;
    compare.settings.threshold = threshold;
    push_now(e, compare);
}

static void begin_three(Experiment *e) {
    Settings s = small();
    assert_true(experiment_init(e, &s, NULL, NULL, &status));
    compare_with(e, 1, ORDER_ALL, 0.4);
    compare_with(e, 2, ORDER_HARD, 0.7);
    push(e, COMMAND_EPOCH, 0.0);
    push(e, COMMAND_EPOCH, 0.0);
    push(e, COMMAND_BATCH, 0.0);
}

/* Each of them is the run that its settings alone would give. */
static void test_three_as_alone(void **state) {
    (void)state;
    Experiment e;
    begin_three(&e);
    assert_runs_in_step(&e, 2);
    for (int i = 0; i < 2; i++) {
        Settings s = small();
        s.order = i == 0 ? ORDER_ALL : ORDER_HARD;
        s.threshold = i == 0 ? 0.4 : 0.7;
        Trainer *alone = trainer_new(&s, NULL, &status);
        assert_non_null(alone);
        trainer_redecide(alone);
        trainer_run(alone, SIZE_MAX);
        trainer_run(alone, SIZE_MAX);
        trainer_run(alone, 1);
        const Trainer *t = e.others[i].trainer;
        assert_memory_equal(t->parameters, alone->parameters, t->mlp.parameters * sizeof(float));
        assert_memory_equal(t->each.v, alone->each.v, t->data.count * sizeof(float));
        trainer_free(alone);
    }
    experiment_free(&e);
}

/* All that moves the first along its epochs moves the others. */
static void test_three_in_step(void **state) {
    (void)state;
    Experiment e;
    begin_three(&e);
    push(&e, COMMAND_LOOK, 0.0);
    Snapshot now = experiment_snapshot(&e);
    assert_int_equal(snapshot_runs(&now), 3);
    for (int k = 0; k < 3; k++)
        assert_true(snapshot_run(&now, k)->looking_back && snapshot_run(&now, k)->epoch == 1);
    push(&e, COMMAND_REPLAY, 0.0);
    advance(&e, 1.0 / SPEED_DEFAULT);
    now = experiment_snapshot(&e);
    for (int k = 0; k < 3; k++)
        assert_true(now.replaying && snapshot_run(&now, k)->epoch == 2);
    push(&e, COMMAND_LOOK, 0.0);
    size_t bytes = e.trainer->mlp.parameters * sizeof(float);
    float *left = malloc(2 * bytes);
    assert_non_null(left);
    for (int i = 0; i < 2; i++)
        memcpy((char *)left + (size_t)i * bytes, e.others[i].trainer->parameters, bytes);
    push(&e, COMMAND_GO_ON, 0.0);
    assert_runs_in_step(&e, 2);
    assert_true(e.trainer->epoch == 1 && e.others[0].history.count == 1 && e.others[1].history.count == 1);
    push(&e, COMMAND_EPOCH, 0.0);
    assert_runs_in_step(&e, 2);
    push(&e, COMMAND_UNDO, 0.0);
    assert_runs_in_step(&e, 2);
    for (int i = 0; i < 2; i++)
        assert_memory_equal((char *)left + (size_t)i * bytes, e.others[i].trainer->parameters, bytes);
    free(left);
    push(&e, COMMAND_RESET, 0.0);
    assert_runs_in_step(&e, 2);
    assert_true(e.trainer->epoch == 0 && e.others[1].trainer->threshold == 0.7);
    push(&e, COMMAND_UNDO, 0.0);
    assert_runs_in_step(&e, 2);
    assert_true(e.trainer->epoch == 2 && e.trainer->batch == 1);
    experiment_free(&e);
}

static void test_three_share_points_and_settings(void **state) {
    (void)state;
    Experiment e;
    begin_three(&e);
    float was[2] = {e.others[0].trainer->each.v[3], e.others[1].trainer->each.v[3]};
    uint32_t admitted[2] = {e.others[0].trainer->each.admitted[3], e.others[1].trainer->each.admitted[3]};
    uint32_t which[] = {3, 4, 90};
    PointEdit edit = {.kind = EDIT_ERASE, .count = 3, .samples = which, .data_version = e.data_version};
    assert_true(experiment_edit_points(&e, &edit, &status));
    assert_runs_in_step(&e, 2);
    push(&e, COMMAND_UNDO, 0.0); /* what each knew of them comes back */
    assert_runs_in_step(&e, 2);
    for (int i = 0; i < 2; i++)
        assert_true(e.others[i].trainer->each.v[3] == was[i] && e.others[i].trainer->each.admitted[3] == admitted[i]);
    assert_true(was[0] > 0.0f);
    Command settings = {.kind = COMMAND_SETTINGS, .settings = e.trainer->settings};
    settings.settings.learning_rate = 0.01;
    push_now(&e, settings);
    for (int i = 0; i < 2; i++)
        assert_true(e.others[i].trainer->settings.learning_rate == 0.01);
    assert_true(e.others[0].trainer->settings.order == ORDER_ALL && e.others[1].trainer->settings.order == ORDER_HARD);
    settings.settings.batch = 16; /* all from the beginning */
    push_now(&e, settings);
    assert_runs_in_step(&e, 2);
    assert_int_equal(e.others[1].trainer->settings.batch, 16);
    experiment_free(&e);
}

/* One that goes leaves the others as they are; undo brings it back as it was, in its place. */
static void test_three_come_and_go(void **state) {
    (void)state;
    Experiment e;
    begin_three(&e);
    const Trainer *b = e.others[0].trainer, *c = e.others[1].trainer;
    assert_string_equal(experiment_snapshot(&e).undo, "run C");
    Command end = {.kind = COMMAND_COMPARE, .run = 1};
    push_now(&e, end);
    assert_true(e.other_count == 1 && e.others[0].trainer == c && !e.others[1].trainer);
    assert_string_equal(experiment_snapshot(&e).undo, "run B");
    push(&e, COMMAND_UNDO, 0.0);
    assert_runs_in_step(&e, 2);
    assert_true(e.others[1].trainer == c && e.others[0].trainer == b);
    assert_int_equal(e.others[0].trainer->settings.order, ORDER_ALL);
    push(&e, COMMAND_REDO, 0.0);
    assert_true(e.other_count == 1 && e.others[0].trainer == c);
    push(&e, COMMAND_UNDO, 0.0);
    compare_with(&e, 1, ORDER_EASY, 0.3); /* another in place of B */
    assert_runs_in_step(&e, 2);
    assert_true(e.others[1].trainer == c && e.others[0].trainer->settings.threshold == 0.3);
    compare_with(&e, 7, ORDER_EASY, 0.2); /* there is no room for more: the last one */
    assert_runs_in_step(&e, 2);
    assert_true(e.others[1].trainer->settings.threshold == 0.2);
    push(&e, COMMAND_COMPARE, 0.0); /* all end */
    assert_true(e.other_count == 0 && !e.others[0].trainer && !e.others[1].trainer);
    assert_string_equal(experiment_snapshot(&e).undo, "the comparison");
    push(&e, COMMAND_UNDO, 0.0);
    assert_runs_in_step(&e, 2);
    compare_with(&e, 1, ORDER_EASY, 0.3);
    experiment_free(&e);
}

static void test_three_change_places_and_are_held(void **state) {
    (void)state;
    Experiment e;
    begin_three(&e);
    const Trainer *a = e.trainer, *b = e.others[0].trainer, *c = e.others[1].trainer;
    Command swap = {.kind = COMMAND_SWAP, .run = 2};
    push_now(&e, swap);
    assert_true(e.trainer == c && e.others[0].trainer == b && e.others[1].trainer == a);
    assert_runs_in_step(&e, 2);
    push(&e, COMMAND_UNDO, 0.0);
    assert_true(e.trainer == a && e.others[1].trainer == c);
    Command hold = {.kind = COMMAND_HOLD, .run = 2, .hold = true};
    push_now(&e, hold);
    assert_true(e.others[1].trainer->hold && !e.others[0].trainer->hold && !e.trainer->hold);
    double held = e.others[1].trainer->threshold, of_first = e.trainer->threshold;
    push(&e, COMMAND_EPOCH, 0.0); /* the one under way */
    push(&e, COMMAND_EPOCH, 0.0);
    assert_true(e.others[1].trainer->threshold == held && e.trainer->threshold > of_first);
    hold.run = 3;
    push_now(&e, hold);
    assert_string_equal(e.notice, "There is no run D.");
    experiment_free(&e);
}

/* ---- names ---- */

static void test_three_names(void **state) {
    (void)state;
    Settings a = small(), b = small(), c = small();
    const Settings *runs[] = {&a, &b, &c};
    char names[3][128];
    b.order = ORDER_ALL;
    c.threshold = 0.7;
    other_run_names(runs, 3, names);
    assert_string_equal(names[0], "Easy first, threshold 0.4");
    assert_string_equal(names[1], "Plain training");
    assert_string_equal(names[2], "Easy first, threshold 0.7");
}

/* Who has more right, in as many words as there is room for. */
static void test_leads(void **state) {
    (void)state;
    static const struct {
        size_t right[2], points, total;
        const char *words[LEAD_LENGTHS];
    } CASES[] = {
        {{10, 14}, 20, 20, {"+4", "4 more", "4 more right", "4 more right than A"}},
        {{14, 10}, 20, 20, {"\u22124", "4 fewer", "4 fewer right", "4 fewer right than A"}},
        {{10, 14}, 20, 40, {"+8", "about 8 more", "about 8 more right", "about 8 more right than A"}},
        {{14, 10}, 20, 40, {"\u22128", "about 8 fewer", "about 8 fewer right", "about 8 fewer right than A"}},
        {{7, 7}, 20, 20, {"\u00b10", "as many", "as many right", "as many right as A"}},
        {{0, 0}, 0, 20, {"", "", "", ""}},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        for (int length = 0; length < LEAD_LENGTHS; length++) {
            Differences d = {.runs = 2, .points = CASES[i].points, .total = CASES[i].total};
            memcpy(d.right, CASES[i].right, sizeof CASES[i].right);
            char text[96];
            differences_lead(&d, 1, (LeadLength)length, text);
            assert_string_equal(text, CASES[i].words[length]);
        }
}

/* Nothing is known of a model that has diverged; and what was found is kept until a look is another. */
static void test_differences(void **state) {
    (void)state;
    Experiment e;
    Settings s = small();
    for (int test = 0; test < 2; test++) {
        s.test = test ? 0.2 : 0.0;
        assert_true(experiment_init(&e, &s, NULL, NULL, &status));
        push_now(&e, (Command){.kind = COMMAND_COMPARE, .compare = true, .settings = s});
        push_now(&e, (Command){.kind = COMMAND_EPOCH});
        Snapshot look = experiment_snapshot(&e);
        DifferencesKept kept = {0};
        Differences found = *differences_keep(&kept, &look);
        assert_true(found.points > 0 && found.of_test == (test == 1) && found.differ == 0);
        assert_int_equal(found.right[0], found.right[1]);
        kept.found.differ = 77;
        assert_int_equal(differences_keep(&kept, &look)->differ, 77);
        static const float other = 0.0f;
        Snapshot others[] = {look, look, look};
        others[0].version++;
        others[1].epoch++;
        for (int i = 0; i < 2; i++) {
            kept.found.differ = 77;
            assert_int_equal(differences_keep(&kept, &others[i])->differ, 0);
        }
        kept.parameters[1] = &other;
        kept.version = look.version;
        kept.epoch = look.epoch;
        assert_int_equal(differences_keep(&kept, &look)->differ, 0);
        look.diverged = true;
        assert_int_equal(differences_of(&look).points, 0);
        experiment_free(&e);
    }
}

/* What there is no run for is said. */
static void test_no_such_run(void **state) {
    (void)state;
    Experiment e;
    Settings s = small();
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    static const Command COMMANDS[] = {
        {.kind = COMMAND_THRESHOLD, .run = 1, .threshold = 0.5},
        {.kind = COMMAND_HOLD, .run = 2, .hold = true},
        {.kind = COMMAND_SWAP, .run = 1},
    };
    static const char *const WORDS[] = {"There is no run B.", "There is no run C.", "There is no run B to swap with."};
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++) {
        push_now(&e, COMMANDS[i]);
        assert_string_equal(e.notice, WORDS[i]);
    }
    push_now(&e, (Command){.kind = COMMAND_COMPARE, .compare = true, .settings = s});
    push_now(&e, (Command){.kind = COMMAND_EPOCH});
    push_now(&e, (Command){.kind = COMMAND_PARAMETER, .run = 1, .parameter = {0, 1.0f}});
    assert_true(e.others[0].trainer->parameters[0] != 1.0f);
    Trainer *t = e.others[0].trainer; /* of a class: there are no thresholds of classes */
    double before = t->threshold;
    push_now(&e, (Command){.kind = COMMAND_THRESHOLD, .run = 1, .of_class = 1, .threshold = 0.9});
    assert_true(t->threshold == before && e.others[0].by_hand.threshold == BY_HAND_NEVER);
    experiment_free(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_same_as_alone),
        cmocka_unit_test(test_in_an_experiment),
        cmocka_unit_test(test_erased_points_come_back),
        cmocka_unit_test(test_begun_after_an_erasure),
        cmocka_unit_test(test_swap),
        cmocka_unit_test(test_change_second),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_three_as_alone),
        cmocka_unit_test(test_three_in_step),
        cmocka_unit_test(test_three_share_points_and_settings),
        cmocka_unit_test(test_three_come_and_go),
        cmocka_unit_test(test_three_change_places_and_are_held),
        cmocka_unit_test(test_three_names),
        cmocka_unit_test(test_leads),
        cmocka_unit_test(test_differences),
        cmocka_unit_test(test_no_such_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
