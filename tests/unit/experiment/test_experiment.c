/* The queue of commands: what people do to a run, and that nothing else decides what it does. */
#include "app/experiment/experiment.h"
#include "tests/support/commands.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Status status;
static double clock_now; /* a clock that only moves when told, or a little at each look */
static double clock_step;
static uint32_t epochs_told, restarts_told;

static double fake_now(void) {
    clock_now += clock_step;
    return clock_now;
}

static void on_epoch(void *user, const Trainer *trainer) {
    (void)user;
    assert_int_equal(trainer->batch, 0);
    epochs_told++;
}

static void on_restart(void *user) {
    (void)user;
    restarts_told++;
}

static Settings small(void) {
    Settings s;
    settings_default(&s);
    s.samples = 640; /* 20 batches of 32 */
    s.threshold = 0.4;
    s.epochs = 4;
    return s;
}

static Experiment begin(const Settings *s) {
    Experiment e;
    if (!experiment_init(&e, s, NULL, NULL, &status))
        fail_msg("%s", status.message);
    e.on_epoch = on_epoch;
    e.on_restart = on_restart;
    clock_now = clock_step = 0.0;
    epochs_told = restarts_told = 0;
    return e;
}

static void push(Experiment *e, CommandKind kind, double value) {
    assert_true(experiment_push(e, command_of(kind, value)));
}

static void push_settings(Experiment *e, CommandKind kind, Settings s) {
    assert_true(experiment_push(e, (Command){.kind = kind, .settings = s}));
}

static void advance(Experiment *e, double seconds) {
    experiment_advance(e, seconds, fake_now, 1e9);
}

static void test_speed(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    advance(&e, 1.0);
    assert_int_equal(e.trainer->batch, 0); /* paused at first */
    push(&e, COMMAND_PLAY, 0.0);
    advance(&e, 0.25); /* 1 epoch a second: a quarter of 20 batches */
    assert_int_equal(e.trainer->batch, 5);
    for (int i = 0; i < 10; i++)
        advance(&e, 0.01); /* fractions add up */
    assert_int_equal(e.trainer->batch, 7);
    push(&e, COMMAND_SPEED, 2.0);
    advance(&e, 0.1);
    assert_int_equal(e.trainer->batch, 11);
    push(&e, COMMAND_PAUSE, 0.0);
    advance(&e, 1.0);
    assert_int_equal(e.trainer->batch, 11);
    push(&e, COMMAND_SPEED, SPEED_MAXIMUM);
    push(&e, COMMAND_PLAY, 0.0);
    clock_step = 0.001; /* full speed: until the deadline */
    experiment_advance(&e, 0.01, fake_now, clock_now + 0.0015);
    assert_true(e.trainer->epoch == 1 && e.trainer->batch == 0);
    experiment_free(&e);
}

static void test_end(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    push(&e, COMMAND_PLAY, 0.0);
    for (int i = 0; i < 100; i++)
        advance(&e, 0.1);
    assert_int_equal(e.trainer->epoch, 4);
    assert_int_equal(e.mode, MODE_PAUSED);
    assert_string_equal(e.notice, ""); /* the line says it (narration.h) */
    assert_int_equal(epochs_told, 4);
    assert_int_equal(e.history.count, 4);
    Snapshot snapshot = experiment_snapshot(&e);
    assert_true(snapshot.finished && !snapshot.playing);
    push(&e, COMMAND_PLAY, 0.0); /* goes on beyond, and says no more */
    for (int i = 0; i < 15; i++)
        advance(&e, 0.1);
    assert_true(e.trainer->epoch >= 5 && e.mode == MODE_PLAYING && e.notice[0] == '\0');
    push(&e, COMMAND_RESET, 0.0); /* goes on playing from the beginning, and stops at the end again */
    for (int i = 0; i < 100; i++)
        advance(&e, 0.1);
    assert_int_equal(e.trainer->epoch, 4);
    assert_int_equal(e.mode, MODE_PAUSED);
    assert_int_equal(restarts_told, 1);
    experiment_free(&e);
}

static void test_steps(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    push(&e, COMMAND_BATCH, 0.0);
    push(&e, COMMAND_BATCH, 0.0);
    advance(&e, 0.0);
    assert_int_equal(e.trainer->batch, 2);
    push(&e, COMMAND_EPOCH, 0.0);
    advance(&e, 0.0);
    assert_true(e.trainer->epoch == 1 && e.trainer->batch == 0 && e.mode == MODE_PAUSED);
    push(&e, COMMAND_EPOCH, 0.0);
    advance(&e, 0.0);
    assert_int_equal(e.trainer->epoch, 2);
    experiment_free(&e);
}

/* In one frame, too, a command has its effect before the next one. */
static void test_order_in_a_frame(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    push(&e, COMMAND_EPOCH, 0.0);
    push(&e, COMMAND_EPOCH, 0.0);
    push(&e, COMMAND_THRESHOLD, 9.0);
    advance(&e, 0.0);
    assert_int_equal(e.trainer->epoch, 2);
    assert_true(e.history.records[1].threshold == 0.4 * 1.35 && e.trainer->threshold == 9.0);
    push(&e, COMMAND_EPOCH, 0.0);
    push(&e, COMMAND_RESET, 0.0);
    advance(&e, 0.0);
    assert_int_equal(e.trainer->epoch, 0);
    s.epochs = 1; /* the last batch of the last epoch, by hand: that ends it as well */
    push_settings(&e, COMMAND_SETTINGS, s);
    for (int i = 0; i < 20; i++)
        push(&e, COMMAND_BATCH, 0.0);
    advance(&e, 0.0);
    assert_true(e.trainer->epoch == 1 && e.mode == MODE_PAUSED && trainer_finished(e.trainer));
    experiment_free(&e);
}

static void test_threshold(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    push(&e, COMMAND_EPOCH, 0.0);
    advance(&e, 0.0);
    push(&e, COMMAND_THRESHOLD, 1000.0);
    advance(&e, 0.0);
    Snapshot snapshot = experiment_snapshot(&e);
    assert_int_equal(snapshot.easy, 640); /* at once, without training */
    assert_true(snapshot.threshold == 1000.0 && snapshot.next_threshold == 1000.0);
    push(&e, COMMAND_EPOCH, 0.0);
    advance(&e, 0.0);
    assert_true(e.trainer->epoch_threshold == 1000.0 && e.trainer->epoch_easy == 640);
    push(&e, COMMAND_HOLD, 1.0);
    push(&e, COMMAND_EPOCH, 0.0);
    advance(&e, 0.0);
    assert_true(e.trainer->epoch_threshold == 1000.0);
    push(&e, COMMAND_RESET, 0.0); /* moved during the run: the setting is as it was */
    advance(&e, 0.0);
    assert_true(e.trainer->threshold == 0.4);
    push(&e, COMMAND_THRESHOLD, 0.7); /* moved before the first batch: it is the setting */
    push(&e, COMMAND_EPOCH, 0.0);
    push(&e, COMMAND_RESET, 0.0);
    advance(&e, 0.0);
    assert_true(e.trainer->threshold == 0.7);
    experiment_free(&e);
}

static void test_settings(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    push(&e, COMMAND_EPOCH, 0.0);
    advance(&e, 0.0);
    s.growing_factor = 2.0; /* live: the run goes on */
    push_settings(&e, COMMAND_SETTINGS, s);
    push(&e, COMMAND_EPOCH, 0.0);
    advance(&e, 0.0);
    assert_true(e.trainer->epoch == 2 && e.trainer->epoch_threshold == 0.4 * 2.0);
    uint64_t points = e.data_version;
    s.seed = 5; /* builds anew */
    push_settings(&e, COMMAND_SETTINGS, s);
    advance(&e, 0.0);
    assert_true(e.trainer->epoch == 0 && e.data_version != points && e.history.count == 0);
    assert_true(e.trainer->settings.growing_factor == 2.0 && e.trainer->settings.seed == 5);
    Trainer *kept = e.trainer;
    s.regularizer = REGULARIZER_POLYNOMIAL; /* these decide the weights at once */
    s.threshold = 1e6;
    push_settings(&e, COMMAND_SETTINGS, s);
    advance(&e, 0.0);
    float before = e.trainer->each.v[0];
    s.power = 1.01;
    push_settings(&e, COMMAND_SETTINGS, s);
    advance(&e, 0.0);
    assert_true(e.trainer == kept && e.trainer->settings.power == 1.01 && e.trainer->each.v[0] < before);
    s.regularizer = REGULARIZER_HARD;
    push_settings(&e, COMMAND_SETTINGS, s);
    advance(&e, 0.0);
    s.regularizer = REGULARIZER_LOG; /* makes no sense: the old run stays, and the reason is told */
    s.threshold = 3.0;
    push_settings(&e, COMMAND_SETTINGS, s);
    advance(&e, 0.0);
    assert_ptr_equal(e.trainer, kept);
    assert_true(e.trainer->settings.regularizer == REGULARIZER_HARD);
    assert_non_null(strstr(e.notice, "log"));
    experiment_free(&e);
}

/* A setting that nine digits do not tell apart from the old one is another one. */
static void test_last_digits(void **state) {
    (void)state;
    Settings s = small(), other = s;
    s.threshold = 0.1;
    other.threshold = 0.1000000000123;
    Experiment e = begin(&s);
    push_settings(&e, COMMAND_SETTINGS, other);
    advance(&e, 0.0);
    assert_true(e.trainer->threshold == 0.1000000000123 && e.trainer->settings.threshold == 0.1000000000123);
    other.noise = 1.0 / 3.0;
    push_settings(&e, COMMAND_SETTINGS, other);
    other.noise = 0.33333333333;
    push_settings(&e, COMMAND_SETTINGS, other);
    advance(&e, 0.0);
    assert_true(e.trainer->settings.noise == 0.33333333333);
    experiment_free(&e);
}

/* What the table says `decides` decides every v anew at once; other live settings leave the v's as they are. */
static void test_what_decides(void **state) {
    (void)state;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (p->effect != EFFECT_LIVE || i == PROPERTY_THRESHOLD)
            continue;
        Settings s = small();
        s.regularizer = i == PROPERTY_POWER ? REGULARIZER_POLYNOMIAL : REGULARIZER_HARD;
        s.diversity = i == PROPERTY_GROUPS ? 0.5 : 0.0;
        s.clean = i == PROPERTY_PACE ? 4 : 0;
        Experiment e = begin(&s);
        push(&e, COMMAND_BATCH, 0.0);
        advance(&e, 0.0);
        Settings other = e.trainer->settings;
        assert_true(property_set(
            &other, p, property_get(&s, p) == p->slider_maximum ? p->slider_minimum : p->slider_maximum, &status));
        if (i == PROPERTY_CAP)
            other.cap = 2.0 * e.trainer->threshold; /* a lower threshold would decide, too */
        for (size_t k = 0; k < e.trainer->data.count; k++)
            e.trainer->each.v[k] = -1.0f;
        push_settings(&e, COMMAND_SETTINGS, other);
        advance(&e, 0.0);
        assert_true(property_same(&e.trainer->settings, &other, p));
        if ((e.trainer->each.v[0] != -1.0f) != p->decides)
            fail_msg("%s", p->name);
        experiment_free(&e);
    }
}

static void test_queue(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    for (int i = 0; i < EXPERIMENT_QUEUE; i++)
        push(&e, COMMAND_BATCH, 0.0);
    assert_false(experiment_push(&e, (Command){.kind = COMMAND_BATCH}));
    uint64_t version = e.version;
    advance(&e, 0.0);
    assert_int_equal(e.trainer->epoch * 20 + e.trainer->batch, EXPERIMENT_QUEUE);
    assert_non_null(strstr(e.notice, "Too many commands")); /* nothing is lost in silence */
    assert_true(e.version > version);
    push(&e, COMMAND_BATCH, 0.0);
    advance(&e, 0.0);
    assert_string_equal(e.notice, "");
    experiment_free(&e);
}

/* The same commands at the same batches give the same run, whatever the clock did. */
static void test_replay(void **state) {
    (void)state;
    Settings s = small();
    Experiment a = begin(&s), b = begin(&s);
    for (int i = 0; i < 7; i++)
        push(&a, COMMAND_BATCH, 0.0);
    push(&a, COMMAND_THRESHOLD, 0.9);
    push(&a, COMMAND_EPOCH, 0.0);
    push(&a, COMMAND_EPOCH, 0.0);
    advance(&a, 0.0);
    advance(&a, 0.0);
    push(&a, COMMAND_EPOCH, 0.0);
    advance(&a, 0.0);
    push(&b, COMMAND_SPEED, 1.0);
    push(&b, COMMAND_PLAY, 0.0);
    advance(&b, 0.2);
    advance(&b, 0.15);
    assert_int_equal(b.trainer->batch, 7);
    push(&b, COMMAND_THRESHOLD, 0.9);
    while (b.trainer->epoch < a.trainer->epoch)
        advance(&b, 0.05);
    assert_int_equal(a.trainer->batch, b.trainer->batch);
    assert_memory_equal(a.trainer->parameters, b.trainer->parameters, a.trainer->mlp.parameters * sizeof(float));
    assert_memory_equal(a.trainer->each.v, b.trainer->each.v, 640 * sizeof(float));
    experiment_free(&a);
    experiment_free(&b);
}

static void test_own_points(void **state) {
    (void)state;
    Settings s = small();
    Dataset points;
    assert_true(dataset_init(&points, 100, 3, &status));
    for (int i = 0; i < 100; i++) {
        points.x[i] = (float)i;
        points.label[i] = (uint8_t)(i % 3);
    }
    dataset_bounds(&points);
    s.flip = 0.1;
    Experiment e;
    assert_true(experiment_init(&e, &s, &points, "points.csv", &status));
    assert_null(points.x); /* taken over */
    int flipped = 0;
    for (int i = 0; i < 100; i++)
        flipped += e.trainer->data.label[i] != i % 3;
    assert_int_equal(flipped, 10);
    s.flip = 0.0; /* the labels as they were in the file */
    push_settings(&e, COMMAND_SETTINGS, s);
    advance(&e, 0.0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(e.trainer->data.label[i], i % 3);
    assert_int_equal(e.trainer->data.classes, 3);
    push_settings(&e, COMMAND_PRESET, small()); /* made points in their place */
    advance(&e, 0.0);
    assert_true(e.trainer->data.count == 640 && e.source.points.count == 0);
    experiment_free(&e);
}

/* What can't be built leaves the run as it was, playing on, and says why; the next command clears that. */
static void test_refused(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    push(&e, COMMAND_PLAY, 0.0);
    advance(&e, 0.5);
    assert_int_equal(e.trainer->batch, 10);
    Trainer *kept = e.trainer;
    uint64_t points = e.data_version;
    Settings few = s;
    few.samples = 3;
    few.centroid_count = 4;
    for (CommandKind kind = COMMAND_SETTINGS; kind <= COMMAND_PRESET; kind++) {
        push_settings(&e, kind, few);
        advance(&e, 0.05);
        assert_ptr_equal(e.trainer, kept);
        assert_true(e.data_version == points && e.mode == MODE_PLAYING && e.trainer->settings.samples == 640);
        assert_non_null(strstr(e.notice, "samples"));
    }
    assert_int_equal(e.trainer->batch, 12);
    Settings bad_log = s; /* from a live setting alone, too */
    bad_log.regularizer = REGULARIZER_LOG;
    bad_log.threshold = 1.5;
    push_settings(&e, COMMAND_SETTINGS, bad_log);
    advance(&e, 0.0);
    assert_true(e.trainer == kept && e.trainer->threshold == 0.4 && e.trainer->batch == 12);
    push(&e, COMMAND_RESET, 0.0);
    advance(&e, 0.0);
    assert_true(e.notice[0] == '\0' && e.mode == MODE_PLAYING && e.trainer->batch == 0);
    experiment_free(&e);
}

/* A preset always begins anew, even with the settings as they are; the same settings as settings do nothing.
 */
static void test_preset(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    push(&e, COMMAND_HOLD, 1.0);
    push(&e, COMMAND_EPOCH, 0.0);
    advance(&e, 0.0);
    push_settings(&e, COMMAND_SETTINGS, s);
    advance(&e, 0.0);
    assert_true(e.trainer->epoch == 1 && restarts_told == 0);
    push_settings(&e, COMMAND_PRESET, s);
    advance(&e, 0.0);
    assert_true(e.trainer->epoch == 0 && e.history.count == 0 && restarts_told == 1);
    assert_true(e.trainer->hold); /* a switch at the controls, no setting */
    experiment_free(&e);
}

/* v's on show before anything is trained are those that the threshold gives the initial model. */
static void test_beginning(void **state) {
    (void)state;
    Settings s = small();
    s.threshold = 0.7;
    Experiment e = begin(&s);
    Snapshot snapshot = experiment_snapshot(&e);
    size_t easy = 0;
    for (size_t i = 0; i < 640; i++)
        easy += snapshot.loss[i] < (float)0.7;
    assert_true(snapshot.easy == easy && easy > 0 && easy < 640);
    assert_true(snapshot.epoch == 0 && snapshot.batch == 0 && !snapshot.playing && !snapshot.finished);
    experiment_free(&e);
}

/* The version tells whether there is anything new to draw. */
static void test_version(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    uint64_t version = experiment_snapshot(&e).version;
    for (int i = 0; i < 5; i++)
        advance(&e, 0.1);
    experiment_evaluate(&e);
    assert_true(experiment_snapshot(&e).version == version); /* paused */
    push(&e, COMMAND_BATCH, 0.0);
    advance(&e, 0.0);
    uint64_t trained = experiment_snapshot(&e).version;
    assert_true(trained != version && e.stale);
    experiment_evaluate(&e);
    assert_true(experiment_snapshot(&e).version != trained && !e.stale); /* other losses on show */
    version = experiment_snapshot(&e).version;
    push(&e, COMMAND_THRESHOLD, 0.5);
    advance(&e, 0.0);
    assert_true(experiment_snapshot(&e).version != version && e.trainer->batch == 1);
    experiment_free(&e);
}

/* Commands take effect in the order in which they were pushed, although one call carries them all out. */
static void test_order(void **state) {
    (void)state;
    Settings s = small(), seeded = small();
    seeded.seed = 5;
    Experiment e = begin(&s), expected = begin(&seeded);
    push(&e, COMMAND_BATCH, 0.0);
    push_settings(&e, COMMAND_SETTINGS, seeded);
    push(&e, COMMAND_THRESHOLD, 0.9);
    push(&e, COMMAND_THRESHOLD, 0.6);
    push(&e, COMMAND_BATCH, 0.0);
    push(&e, COMMAND_THRESHOLD, 1.1);
    push(&e, COMMAND_BATCH, 0.0);
    advance(&e, 0.0);
    trainer_set_threshold(expected.trainer, 0.6);
    trainer_run(expected.trainer, 1);
    trainer_set_threshold(expected.trainer, 1.1);
    trainer_run(expected.trainer, 1);
    assert_true(e.trainer->batch == 2 && e.trainer->threshold == 1.1);
    assert_true(e.trainer->settings.threshold == 0.6); /* moved before the first batch, 1.1 after it */
    assert_memory_equal(e.trainer->parameters, expected.trainer->parameters, 6 * sizeof(float));
    experiment_free(&e);
    experiment_free(&expected);
}

/* "New seed" walks one fixed chain of many seeds. */
static void test_next_seed(void **state) {
    (void)state;
    uint32_t seed = 1445, other;
    assert_int_equal(next_seed(seed), next_seed(seed));
    for (int i = 0; i < 200; i++) {
        other = next_seed(seed);
        assert_true(other != 1445 && other != seed && other < 1000000);
        seed = other;
    }
}

static void test_look_back(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    float parameters[3][6];
    size_t easy[3];
    double loss[3];
    for (int i = 0; i < 3; i++) {
        push(&e, COMMAND_EPOCH, 0.0);
        advance(&e, 0.0);
        memcpy(parameters[i], e.trainer->parameters, sizeof parameters[i]);
        easy[i] = e.trainer->epoch_easy;
        loss[i] = e.trainer->mean_loss;
    }
    push(&e, COMMAND_PLAY, 0.0);
    push(&e, COMMAND_LOOK, 1.0);
    advance(&e, 0.0);
    Snapshot then = experiment_snapshot(&e);
    assert_true(then.looking_back && !then.playing);
    assert_memory_equal(then.parameters, parameters[1], sizeof parameters[1]);
    assert_true(then.easy == easy[1] && then.mean_loss == loss[1] && then.epoch == 2);
    size_t counted = 0;
    double sum = 0.0;
    for (size_t i = 0; i < 640; i++) {
        counted += then.v[i] > 0.0f;
        sum += (double)then.loss[i];
    }
    assert_int_equal(counted, easy[1]);
    assert_true(fabs(sum / 640.0 - loss[1]) < 1e-9);
    push(&e, COMMAND_LOOK, -1.0);
    advance(&e, 0.0);
    Snapshot now = experiment_snapshot(&e);
    assert_true(!now.looking_back && now.epoch == 3 && now.mean_loss == loss[2]);
    push(&e, COMMAND_LOOK, 0.0);
    push(&e, COMMAND_GO_ON, 0.0);
    push(&e, COMMAND_EPOCH, 0.0);
    advance(&e, 0.0);
    assert_true(e.trainer->epoch == 2 && e.history.count == 2 && e.look == -1);
    assert_memory_equal(e.trainer->parameters, parameters[1], sizeof parameters[1]); /* it goes the same way again */
    experiment_free(&e);
}

static void test_divergence(void **state) {
    (void)state;
    Settings s = small();
    s.optimizer = OPTIMIZER_SGD;
    s.order = ORDER_ALL;
    s.learning_rate = s.weight_decay = 1000.0;
    s.epochs = 100;
    Experiment e = begin(&s);
    push(&e, COMMAND_SPEED, SPEED_MAXIMUM);
    push(&e, COMMAND_PLAY, 0.0);
    for (int i = 0; i < 20; i++)
        advance(&e, 1.0);
    assert_true(e.trainer->diverged && e.mode == MODE_PAUSED);
    assert_string_equal(e.notice, ""); /* the line says it (feedback.h) */
    experiment_evaluate(&e);
    push(&e, COMMAND_RESET, 0.0);
    advance(&e, 0.0);
    assert_false(e.trainer->diverged);
    experiment_free(&e);
}

/* What the window shows of the run beside its main figures. */
static void test_more_figures(void **state) {
    (void)state;
    Settings s = small();
    s.flip = 0.1;
    s.test = 0.25;
    s.epochs = 100;
    Experiment e = begin(&s);
    Snapshot first = experiment_snapshot(&e);
    assert_true(first.test->count == 160 && first.data->count == 480);
    double test[3], recall[3];
    for (int i = 0; i < 3; i++) {
        push(&e, COMMAND_EPOCH, 0.0);
        advance(&e, 0.0);
        experiment_evaluate(&e);
        Snapshot now = experiment_snapshot(&e);
        test[i] = now.test_accuracy;
        recall[i] = now.label_recall;
        assert_true(test[i] == e.trainer->test_accuracy && test[i] >= 0.0);
        assert_true(recall[i] == e.trainer->label_recall && recall[i] >= 0.0);
        /* the pace from here on, as far as it is known and there is room for it */
        assert_int_equal(now.ahead_count, SNAPSHOT_AHEAD);
        assert_true(now.ahead[0] == now.next_threshold);
        for (int k = 1; k < SNAPSHOT_AHEAD; k++)
            assert_true(fabs(now.ahead[k] / (now.ahead[k - 1] * s.growing_factor) - 1.0) < 1e-12);
    }
    push(&e, COMMAND_LOOK, 0.0);
    advance(&e, 0.0);
    Snapshot then = experiment_snapshot(&e);
    assert_true(then.looking_back && then.test_accuracy == test[0] && then.label_recall == recall[0]);
    assert_int_equal(then.ahead_count, 0);
    experiment_free(&e);

    s.epochs = 4; /* no farther than the run goes */
    s.flip = s.test = 0.0;
    s.anomaly = false;
    e = begin(&s);
    push(&e, COMMAND_EPOCH, 0.0);
    advance(&e, 0.0);
    experiment_evaluate(&e);
    Snapshot plain = experiment_snapshot(&e);
    assert_int_equal(plain.ahead_count, 3);
    assert_int_equal(plain.test->count, 0);
    assert_true(isnan(plain.test_accuracy) && isnan(plain.label_recall) && isnan(plain.label_precision));
    experiment_free(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_speed),       cmocka_unit_test(test_end),
        cmocka_unit_test(test_last_digits), cmocka_unit_test(test_what_decides),
        cmocka_unit_test(test_steps),       cmocka_unit_test(test_order_in_a_frame),
        cmocka_unit_test(test_threshold),   cmocka_unit_test(test_settings),
        cmocka_unit_test(test_queue),       cmocka_unit_test(test_replay),
        cmocka_unit_test(test_own_points),  cmocka_unit_test(test_look_back),
        cmocka_unit_test(test_divergence),  cmocka_unit_test(test_refused),
        cmocka_unit_test(test_preset),      cmocka_unit_test(test_beginning),
        cmocka_unit_test(test_version),     cmocka_unit_test(test_order),
        cmocka_unit_test(test_next_seed),   cmocka_unit_test(test_more_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
