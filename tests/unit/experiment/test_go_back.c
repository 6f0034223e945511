/* Reset and "Go on from here" leave a run that undo brings back as it was trained, and redo takes away again. */
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
static Experiment e;

static void advance(double seconds) {
    experiment_advance(&e, seconds, no_clock, 1.0);
}

static void push(CommandKind kind, double value) {
    push_now(&e, command_of(kind, value));
}

static void train_to(uint32_t epoch) {
    while (e.trainer->epoch < epoch)
        push(COMMAND_EPOCH, 0.0);
}

static void begin(int samples) {
    Settings s;
    settings_default(&s);
    if (samples > 0)
        s.samples = samples;
    status = (Status){0};
    if (!experiment_init(&e, &s, NULL, NULL, &status))
        fail_msg("%s", status.message);
}

static void compare(double threshold) {
    Command command = {.kind = COMMAND_COMPARE, .compare = true, .settings = e.trainer->settings};
    command.settings.threshold = threshold;
    push_now(&e, command);
}

/* All of a run that it goes on from, to compare. */
typedef struct Kept {
    Trainer *trainer;
    History history;
    ByHand by_hand;
    bool beyond;
} Kept;

static Kept keep_one(const Trainer *t, const History *h) {
    Kept kept = {.trainer = trainer_copy(t, &status)};
    assert_non_null(kept.trainer);
    assert_true(history_copy(&kept.history, h, UINT32_MAX, &status));
    return kept;
}

static Kept keep(void) {
    Kept kept = keep_one(e.trainer, &e.history);
    kept.by_hand = e.by_hand;
    kept.beyond = e.beyond;
    return kept;
}

static void drop(Kept *kept) {
    trainer_free(kept->trainer);
    history_free(&kept->history);
}

static void assert_same_run(const Kept *kept, const Trainer *t, const History *h) {
    const Trainer *was = kept->trainer;
    size_t n = was->data.count, p = was->mlp.parameters * sizeof(float);
    assert_true(t->epoch == was->epoch && t->batch == was->batch && t->data.count == n);
    assert_true(t->threshold == was->threshold && t->epoch_threshold == was->epoch_threshold);
    assert_true(t->hold == was->hold && t->growth_due == was->growth_due && t->epoch_easy == was->epoch_easy);
    assert_true(t->batch_loss_sum == was->batch_loss_sum);
    assert_memory_equal(&t->torch, &was->torch, sizeof t->torch);
    assert_memory_equal(t->parameters, was->parameters, p);
    assert_memory_equal(t->optimizer.first, was->optimizer.first, p);
    assert_memory_equal(t->optimizer.second, was->optimizer.second, p);
    assert_memory_equal(t->data.x, was->data.x, n * sizeof *t->data.x);
    assert_memory_equal(t->data.label, was->data.label, n);
    assert_memory_equal(t->each.v, was->each.v, n * sizeof *t->each.v);
    assert_memory_equal(t->each.admitted, was->each.admitted, n * sizeof *t->each.admitted);
    assert_memory_equal(t->each.order, was->each.order, n * sizeof *t->each.order);
    assert_int_equal(h->count, kept->history.count);
    for (size_t i = 0; i < h->count; i++) {
        const HistoryRecord *a = &h->records[i], *b = &kept->history.records[i];
        assert_true(a->epoch == b->epoch && a->threshold == b->threshold && a->easy == b->easy);
        assert_memory_equal(a->parameters, b->parameters, p);
        assert_memory_equal(a->easy_bits, b->easy_bits, h->words * sizeof *a->easy_bits);
    }
}

static void assert_same(const Kept *kept) {
    assert_same_run(kept, e.trainer, &e.history);
    assert_int_equal(e.beyond, kept->beyond);
    assert_true(e.by_hand.threshold == kept->by_hand.threshold && e.by_hand.hold == kept->by_hand.hold);
}

/* The post's run to the end, the threshold dragged to 0.009, played to 14, a look at 6, Go on, Ctrl+Z. */
static void test_go_on_is_undone(void **state) {
    (void)state;
    begin(0);
    train_to(10);
    assert_true(trainer_finished(e.trainer));
    for (int i = 0; i < 10; i++) { /* one drag */
        Command drag = {.kind = COMMAND_THRESHOLD, .gesture = 1, .threshold = 1.0 - 0.1 * i};
        assert_true(experiment_push(&e, drag));
    }
    assert_true(experiment_push(&e, (Command){.kind = COMMAND_THRESHOLD, .gesture = 1, .threshold = 0.009}));
    push(COMMAND_PLAY, 0.0);
    while (e.trainer->epoch < 14)
        advance(0.5);
    push(COMMAND_PAUSE, 0.0);
    Kept fourteen = keep();
    assert_true(e.trainer->epoch == 14 && e.history.count == 14);
    assert_true(e.history.records[10].threshold == 0.009); /* used by the 11th epoch as it stands */

    push(COMMAND_LOOK, 5.0); /* the sixth */
    push(COMMAND_GO_ON, 0.0);
    assert_true(e.trainer->epoch == 6 && e.history.count == 6 && e.look == -1);
    assert_true(e.trainer->threshold == e.history.records[5].threshold && e.trainer->threshold > 0.4);
    assert_string_equal(experiment_snapshot(&e).undo, "going on from epoch 6");
    Kept six = keep();

    push(COMMAND_UNDO, 0.0);
    assert_same(&fourteen);
    assert_true(e.beyond && e.mode == MODE_PAUSED);
    push(COMMAND_REDO, 0.0);
    assert_same(&six);
    push(COMMAND_UNDO, 0.0);
    assert_same(&fourteen);
    push(COMMAND_UNDO, 0.0); /* the drag, at the epoch that it has come to */
    assert_true(e.trainer->epoch == 14 && e.trainer->threshold > 1.4);
    push(COMMAND_REDO, 0.0);
    assert_true(e.trainer->epoch == 14 && e.trainer->threshold == fourteen.trainer->threshold);

    push(COMMAND_REDO, 0.0); /* the branch goes on as it would have the first time */
    train_to(8);
    assert_memory_equal(e.trainer->parameters, fourteen.history.records[7].parameters, 6 * sizeof(float));
    drop(&fourteen);
    drop(&six);
    experiment_free(&e);
}

/* In mid-epoch, held, moved by hand, with a second run and a point taken away: all of it comes back, nothing is trained
 * once more, and both runs go on as if nobody had been away. */
static void test_reset_is_undone(void **state) {
    (void)state;
    begin(640);
    compare(0.7);
    train_to(3);
    push(COMMAND_THRESHOLD, 0.3);
    push(COMMAND_HOLD, 1.0);
    const uint32_t gone[] = {5};
    PointEdit edit = {.kind = EDIT_ERASE, .count = 1, .samples = gone, .data_version = e.data_version};
    assert_true(experiment_edit_points(&e, &edit, &status));
    train_to(5);
    push(COMMAND_BATCH, 0.0);
    Kept first = keep(), second = keep_one(e.others[0].trainer, &e.others[0].history);
    const Trainer *there = e.others[0].trainer;
    assert_true(second.trainer->epoch == 5 && second.trainer->batch == 1);
    uint32_t number = e.others[0].number;
    int steps = e.undo.count;

    for (int leave = 0; leave < 2; leave++) {
        if (leave == 0) {
            push(COMMAND_RESET, 0.0);
            assert_true(e.trainer->epoch == 0 && e.trainer->batch == 0 && e.history.count == 0);
            assert_true(e.others[0].trainer->epoch == 0 && e.trainer->hold);
        } else {
            push(COMMAND_LOOK, 1.0);
            push(COMMAND_GO_ON, 0.0);
            assert_true(e.trainer->epoch == 2 && e.others[0].trainer->epoch == 2 && e.others[0].history.count == 2);
        }
        assert_int_equal(e.undo.count, steps + 1);
        assert_true(e.others[0].number != number);
        train_to(4);
        Kept left = keep(), left_second = keep_one(e.others[0].trainer, &e.others[0].history);
        push(COMMAND_UNDO, 0.0);
        assert_same(&first);
        assert_ptr_equal(e.others[0].trainer, there);
        assert_same_run(&second, e.others[0].trainer, &e.others[0].history);
        assert_int_equal(e.others[0].number, number);
        push(COMMAND_REDO, 0.0);
        assert_same(&left);
        assert_same_run(&left_second, e.others[0].trainer, &e.others[0].history);
        push(COMMAND_UNDO, 0.0);
        assert_same(&first);
        drop(&left);
        drop(&left_second);
    }
    push(COMMAND_EPOCH, 0.0);
    trainer_run(first.trainer, SIZE_MAX);
    trainer_run(second.trainer, SIZE_MAX);
    assert_memory_equal(e.trainer->parameters, first.trainer->parameters, 6 * sizeof(float));
    assert_memory_equal(e.others[0].trainer->parameters, second.trainer->parameters, 6 * sizeof(float));

    push(COMMAND_UNDO, 0.0); /* the erased point, of both runs */
    assert_true(e.trainer->data.count == 640 && e.others[0].trainer->data.count == 640);
    assert_int_equal(e.others[0].trainer->each.admitted[5], 0);
    drop(&first);
    drop(&second);
    experiment_free(&e);
}

/* Each step back leads to the second run that there was: of another curriculum, beside another first run, or none. */
static void test_another_second_run(void **state) {
    (void)state;
    begin(640);
    compare(0.7);
    train_to(2);
    push(COMMAND_RESET, 0.0);
    compare(0.2);
    push(COMMAND_COMPARE, 0.0);
    assert_null(e.others[0].trainer);
    push(COMMAND_UNDO, 0.0);
    assert_true(e.others[0].trainer->settings.threshold == 0.2 && e.others[0].trainer->epoch == 0);
    push(COMMAND_UNDO, 0.0);
    assert_true(e.others[0].trainer->settings.threshold == 0.7 && e.others[0].trainer->epoch == 0);
    push(COMMAND_UNDO, 0.0);
    assert_true(e.others[0].trainer->settings.threshold == 0.7 && e.others[0].trainer->epoch == 2);
    push(COMMAND_REDO, 0.0);
    push(COMMAND_REDO, 0.0);
    assert_true(e.others[0].trainer->settings.threshold == 0.2 && e.others[0].trainer->epoch == 0);
    push(COMMAND_REDO, 0.0);
    assert_null(e.others[0].trainer);
    assert_int_equal(e.trainer->epoch, 0);
    experiment_free(&e);
}

/* A run that had come to its end stays there when it comes back while another plays. */
static void test_finished_stays_finished(void **state) {
    (void)state;
    begin(640);
    train_to(10);
    Kept end = keep();
    push(COMMAND_RESET, 0.0);
    push(COMMAND_PLAY, 0.0);
    advance(0.5);
    push(COMMAND_UNDO, 0.0);
    advance(0.5);
    assert_same(&end);
    assert_int_equal(e.mode, MODE_PAUSED);
    drop(&end);
    experiment_free(&e);
}

/* Nothing is kept of a run at its beginning: there is nothing to lose. */
static void test_nothing_to_lose(void **state) {
    (void)state;
    begin(640);
    push(COMMAND_THRESHOLD, 0.3);
    push(COMMAND_RESET, 0.0);
    push(COMMAND_GO_ON, 0.0); /* no epoch is looked at */
    assert_true(e.undo.count == 1 && e.trainer->threshold == 0.3);
    experiment_free(&e);
}

/* As many steps as undo keeps, in as much memory: the oldest runs go. */
static void test_bounded(void **state) {
    (void)state;
    begin(20);
    for (int i = 0; i < 130; i++) {
        push(COMMAND_BATCH, 0.0);
        push(COMMAND_RESET, 0.0);
    }
    assert_int_equal(e.undo.count, UNDO_MAX);
    experiment_free(&e);
}

/* A run that is larger than all that undo may keep is changed itself; what was done to it before goes with it. */
static void test_too_large(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = 5000000;
    s.batch = 5000000;
    s.anomaly = false;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    push(COMMAND_THRESHOLD, 0.5);
    assert_int_equal(e.undo.count, 1);
    train_to(2);
    const Trainer *there = e.trainer;
    assert_true(branch_bytes(e.trainer, &e.history, e.others, &e.source) > BRANCH_BYTES);
    push(COMMAND_LOOK, 0.0);
    push(COMMAND_GO_ON, 0.0);
    assert_true(e.trainer == there && there->epoch == 1 && e.undo.count == 0);
    assert_non_null(strstr(e.notice, "too large"));
    push(COMMAND_RESET, 0.0);
    assert_true(e.trainer == there && there->epoch == 0 && e.undo.count == 0);
    assert_non_null(strstr(e.notice, "too large"));
    experiment_free(&e);
}

/* What is told of now beside an earlier epoch is the run as it is, not as its last epoch left it. */
static void test_now_is_now(void **state) {
    (void)state;
    begin(300);
    train_to(3);
    push(COMMAND_THRESHOLD, 100.0);
    size_t easy = experiment_snapshot(&e).easy;
    assert_int_equal(easy, e.trainer->data.count);
    assert_true(e.history.records[2].easy < easy);
    push(COMMAND_LOOK, 0.0);
    Snapshot past = experiment_snapshot(&e);
    assert_true(past.looking_back && past.easy == e.history.records[0].easy);
    assert_int_equal(past.easy_now, easy);
    experiment_free(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_go_on_is_undone),    cmocka_unit_test(test_reset_is_undone),
        cmocka_unit_test(test_another_second_run), cmocka_unit_test(test_finished_stays_finished),
        cmocka_unit_test(test_nothing_to_lose),    cmocka_unit_test(test_bounded),
        cmocka_unit_test(test_too_large),          cmocka_unit_test(test_now_is_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
