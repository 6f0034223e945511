/* A second run beside the first: that it is the run that its settings alone would give, and that it keeps
 * step. */
#include "app/experiment/other_run.h"
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

static double no_clock(void) {
    return 0.0;
}

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
    assert_true(experiment_push(e, command_of(kind, value)));
    advance(e, 0.0);
}

static void assert_in_step(const Experiment *e) {
    assert_true(e->other_count == 1 && !e->others[0].behind);
    assert_true(e->others[0].trainer->epoch == e->trainer->epoch && e->others[0].trainer->batch == e->trainer->batch);
    assert_int_equal(e->others[0].trainer->data.count, e->trainer->data.count);
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
    assert_true(experiment_push(&e, compare)); /* in the middle of a run: it catches up */
    advance(&e, 0.0);
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
    assert_true(experiment_push(&e, settings));
    advance(&e, 0.0);
    assert_true(e.others[0].trainer->settings.learning_rate == 0.01);
    assert_int_equal(e.others[0].trainer->settings.order, ORDER_ALL);
    settings.settings.batch = 16; /* a new run: both from the beginning */
    assert_true(experiment_push(&e, settings));
    advance(&e, 0.0);
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
    assert_true(experiment_push(&e, compare)); /* a second run that never had it */
    advance(&e, 0.0);
    push(&e, COMMAND_UNDO, 0.0); /* and another one, in place of that */
    push(&e, COMMAND_UNDO, 0.0);
    assert_in_step(&e);
    assert_true(e.others[0].trainer->each.v[3] == 0.0f && e.others[0].trainer->each.admitted[3] == NEVER_ADMITTED);
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
    push(&e, COMMAND_UNDO, 0.0); /* the second run of before, which begins again with the points of now */
    push(&e, COMMAND_UNDO, 0.0); /* the erasure */
    assert_int_equal(h->samples, count + 4);
    assert_int_equal(h->records[last].easy, easy);
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
    assert_true(experiment_push(&e, change));
    advance(&e, 0.0);
    assert_true(e.notice[0] && e.trainer->threshold == 0.4); /* there is none */
    Command compare = {.kind = COMMAND_COMPARE, .compare = true, .settings = s};
    assert_true(experiment_push(&e, compare));
    advance(&e, 0.0);
    assert_true(experiment_push(&e, change)); /* before the first batch: a setting */
    advance(&e, 0.0);
    assert_true(e.others[0].curriculum.threshold == 0.65 && e.others[0].trainer->settings.threshold == 0.65);
    assert_int_equal(experiment_snapshot(&e).by_hand, 0);
    push(&e, COMMAND_EPOCH, 0.0);
    size_t easy = trainer_easy(e.others[0].trainer), of_first = trainer_easy(e.trainer);
    change.threshold = 1e-6;
    assert_true(experiment_push(&e, change));
    advance(&e, 0.0);
    assert_true(trainer_easy(e.others[0].trainer) < easy && trainer_easy(e.trainer) == of_first);
    assert_true(e.others[0].curriculum.threshold == 0.65); /* where a reset begins */
    assert_int_equal(experiment_snapshot(&e).by_hand, BY_HAND_THRESHOLD);
    push(&e, COMMAND_UNDO, 0.0);
    assert_true(e.others[0].trainer->threshold == 0.65 && trainer_easy(e.others[0].trainer) > easy / 2);

    Command settings = {.kind = COMMAND_SETTINGS, .run = 1, .settings = e.others[0].trainer->settings};
    settings.settings.order = ORDER_ALL;
    settings.settings.learning_rate = 0.5; /* no part of the curriculum: the first's counts */
    assert_true(experiment_push(&e, settings));
    advance(&e, 0.0);
    assert_true(e.others[0].trainer->settings.order == ORDER_ALL && e.trainer->settings.order == ORDER_EASY);
    assert_true(e.others[0].trainer->settings.learning_rate == s.learning_rate);
    assert_int_equal(trainer_easy(e.others[0].trainer), e.trainer->data.count);
    push(&e, COMMAND_UNDO, 0.0);
    assert_int_equal(e.others[0].trainer->settings.order, ORDER_EASY);
    push(&e, COMMAND_REDO, 0.0);
    assert_int_equal(e.others[0].trainer->settings.order, ORDER_ALL);

    Command hold = {.kind = COMMAND_HOLD, .run = 1, .hold = true};
    assert_true(experiment_push(&e, hold));
    advance(&e, 0.0);
    assert_true(e.others[0].trainer->hold && !e.trainer->hold);
    push(&e, COMMAND_RESET, 0.0); /* as of the first run, the hold and the changed settings stay */
    assert_true(e.others[0].trainer->hold && e.others[0].trainer->settings.order == ORDER_ALL);
    assert_int_equal(experiment_snapshot(&e).by_hand, 0);
    settings.settings.regularizer = REGULARIZER_LOG; /* which has no threshold of 1 and more */
    settings.settings.threshold = 2.0;
    assert_true(experiment_push(&e, settings));
    advance(&e, 0.0);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
