/* Points changed by hand in mid-run, and going back and forward over everything that a person changes. */
#include "app/experiment/experiment.h"
#include "tests/support/commands.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SAMPLES = 640 }; /* 20 batches of 32 */

static Status status;

static Settings small(void) {
    Settings s;
    settings_default(&s);
    s.samples = SAMPLES;
    s.threshold = 0.4;
    s.epochs = 4;
    return s;
}

static Experiment begin(void) {
    Settings s = small();
    Experiment e;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    return e;
}

static void push(Experiment *e, CommandKind kind, double value, uint32_t gesture) {
    Command command = command_of(kind, value);
    command.gesture = gesture;
    push_now(e, command);
}

static void push_settings(Experiment *e, Settings s, uint32_t gesture) {
    push_now(e, (Command){.kind = COMMAND_SETTINGS, .settings = s, .gesture = gesture});
}

static void play(Experiment *e, double epochs) {
    push_now(e, (Command){.kind = COMMAND_PLAY});
    for (; epochs > 0.0; epochs -= 0.5) /* at 1 epoch a second; one call takes no more than one */
        experiment_advance(e, epochs < 0.5 ? epochs : 0.5, no_clock, 1.0);
    push_now(e, (Command){.kind = COMMAND_PAUSE});
}

static void add(Experiment *e, size_t count, float x, uint8_t label, uint32_t gesture) {
    float xs[64], ys[64];
    for (size_t i = 0; i < count; i++) {
        xs[i] = x + (float)i;
        ys[i] = -x;
    }
    PointEdit edit = {.kind = EDIT_ADD, .count = count, .x = xs, .y = ys, .label = label, .gesture = gesture};
    assert_true(experiment_edit_points(e, &edit, &status));
}

static bool take(Experiment *e, EditKind kind, const uint32_t *samples, size_t count, uint32_t gesture) {
    PointEdit edit = {
        .kind = kind, .count = count, .samples = samples, .data_version = e->data_version, .gesture = gesture};
    return experiment_edit_points(e, &edit, &status);
}

/* All that a person sees of a run, to compare. */
typedef struct Seen {
    Dataset data;
    float v[SAMPLES + 64];
    uint32_t admitted[SAMPLES + 64];
    size_t easy[8];
    uint32_t class_easy[8][2];
    size_t records;
    uint32_t epoch;
    double threshold;
} Seen;

static Seen see(const Experiment *e) {
    Seen seen = {0};
    const Trainer *t = e->trainer;
    assert_true(t->data.count <= SAMPLES + 64 && e->history.count <= 8);
    assert_int_equal(t->data.count, e->history.samples);
    assert_true(dataset_copy(&seen.data, &t->data, &status));
    memcpy(seen.v, t->each.v, t->data.count * sizeof *t->each.v);
    memcpy(seen.admitted, t->each.admitted, t->data.count * sizeof *t->each.admitted);
    seen.records = e->history.count;
    for (size_t i = 0; i < seen.records; i++) {
        const HistoryRecord *r = &e->history.records[i];
        size_t easy = 0;
        uint32_t of_class[2] = {0};
        for (size_t k = 0; k < t->data.count; k++)
            if (history_was_easy(&e->history, r, k)) {
                easy++;
                of_class[t->data.label[k]]++;
            }
        assert_int_equal(easy, r->easy); /* what the record says is what its bits say */
        assert_int_equal(of_class[0], r->class_easy[0]);
        assert_int_equal(of_class[1], r->class_easy[1]);
        seen.easy[i] = easy;
        memcpy(seen.class_easy[i], of_class, sizeof of_class);
    }
    seen.epoch = t->epoch;
    seen.threshold = t->threshold;
    return seen;
}

static void assert_same(Seen *a, Seen *b) {
    size_t n = a->data.count;
    assert_int_equal(n, b->data.count);
    assert_memory_equal(a->data.x, b->data.x, n * sizeof(float));
    assert_memory_equal(a->data.y, b->data.y, n * sizeof(float));
    assert_memory_equal(a->data.label, b->data.label, n);
    assert_int_equal(a->data.anomaly, b->data.anomaly);
    assert_memory_equal(a->v, b->v, sizeof a->v);
    assert_memory_equal(a->admitted, b->admitted, sizeof a->admitted);
    assert_memory_equal(a->easy, b->easy, sizeof a->easy);
    assert_memory_equal(a->class_easy, b->class_easy, sizeof a->class_easy);
    assert_int_equal(a->records, b->records);
    assert_int_equal(a->epoch, b->epoch);
    assert_true(a->threshold == b->threshold);
    dataset_free(&b->data);
}

static void test_added_points(void **state) {
    (void)state;
    Experiment e = begin();
    play(&e, 1.5);
    assert_true(e.trainer->epoch == 1 && e.trainer->batch == 10);
    Seen before = see(&e);
    uint64_t version = e.data_version;
    add(&e, 40, 3.0f, 1, 1);
    Trainer *t = e.trainer;
    assert_true(t->data.count == SAMPLES + 40 && t->batches == 22 && e.data_version != version);
    assert_true(t->epoch == 1 && t->batch == 10); /* the epoch goes on */
    assert_memory_equal(t->each.v, before.v, SAMPLES * sizeof *t->each.v);
    for (size_t i = SAMPLES; i < SAMPLES + 40; i++) {
        assert_true(t->each.v[i] == 0.0f && t->each.admitted[i] == NEVER_ADMITTED && t->data.label[i] == 1);
        assert_true(t->each.loss[i] > 0.0f);
    }
    assert_int_equal(t->data.class_count[1], before.data.class_count[1] + 40);
    dataset_free(&before.data);
    before = see(&e); /* asserts that the history counts what it holds */
    dataset_free(&before.data);

    /* Every sample has its turn once in the epoch: those that had it are not trained again, new ones come
     * last. */
    bool met[SAMPLES + 40] = {false};
    for (size_t i = 0; i < t->data.count; i++) {
        assert_false(met[t->each.order[i]]);
        met[t->each.order[i]] = true;
    }
    for (size_t i = SAMPLES; i < SAMPLES + 40; i++)
        assert_int_equal(t->each.order[i], i);
    play(&e, 0.7);
    assert_int_equal(t->epoch, 2);
    push(&e, COMMAND_THRESHOLD, 1000.0, 2);
    play(&e, 2.0);
    size_t admitted = 0;
    for (size_t i = SAMPLES; i < SAMPLES + 40; i++)
        admitted += t->each.admitted[i] != NEVER_ADMITTED;
    assert_int_equal(admitted, 40); /* they take part */
    assert_int_equal(e.history.records[e.history.count - 1].easy, t->epoch_easy);
    experiment_free(&e);
}

/* Names and origins of the axes stay with the points. */
static void test_names_stay(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.samples = SAMPLES;
    Status failed = {0};
    Dataset points;
    assert_true(dataset_generate(&points, &settings, &failed));
    dataset_name_axis(&points, 0, "when", 4);
    points.origin[0] = 1e9;
    Experiment e;
    assert_true(experiment_init(&e, &settings, &points, NULL, &failed));
    add(&e, 5, 3.0f, 1, 1);
    const Dataset *now = &e.trainer->data;
    assert_int_equal(now->count, SAMPLES + 5);
    assert_string_equal(dataset_axis_name(now, 0), "when");
    assert_true(dataset_value(now, 0, (double)now->x[SAMPLES]) > 1e9);
    push(&e, COMMAND_UNDO, 0, 2);
    now = &e.trainer->data;
    assert_int_equal(now->count, SAMPLES);
    assert_true(strcmp(dataset_axis_name(now, 0), "when") == 0 && now->origin[0] == 1e9);
    experiment_free(&e);
}

static void test_erased_points(void **state) {
    (void)state;
    Experiment e = begin();
    play(&e, 2.5);
    Seen before = see(&e);
    uint32_t gone[200];
    for (uint32_t i = 0; i < 200; i++)
        gone[i] = 3 * i + 1;
    dataset_name_class(&e.trainer->data, 1, "moon", 4);
    assert_true(take(&e, EDIT_ERASE, gone, 200, 1));
    Trainer *t = e.trainer;
    assert_string_equal(t->data.class_name[1], "moon"); /* classes keep their names */
    assert_true(t->data.count == SAMPLES - 200 && t->batches == 14 && t->batch <= 10 && t->batch < t->batches);
    for (size_t i = 0, to = 0; i < SAMPLES; i++) {
        if (i % 3 == 1 && i / 3 < 200)
            continue;
        assert_true(t->data.x[to] == before.data.x[i] && t->each.v[to] == before.v[i]);
        assert_int_equal(t->each.admitted[to++], before.admitted[i]);
    }
    Seen fewer = see(&e);
    assert_true(fewer.easy[0] < before.easy[0]);
    dataset_free(&fewer.data);

    /* nothing happens for points that are others by now */
    PointEdit late = {.kind = EDIT_ERASE, .count = 200, .samples = gone, .data_version = e.data_version - 1};
    assert_true(experiment_edit_points(&e, &late, &status));
    assert_int_equal(t->data.count, SAMPLES - 200);

    /* one stays */
    uint32_t all[SAMPLES];
    for (uint32_t i = 0; i < SAMPLES; i++)
        all[i] = i;
    assert_false(take(&e, EDIT_ERASE, all, SAMPLES - 200, 2));
    assert_non_null(strstr(status.message, "has to stay"));
    status = (Status){0};
    assert_int_equal(t->data.count, SAMPLES - 200);
    assert_true(take(&e, EDIT_ERASE, all, SAMPLES - 201, 2));
    assert_true(t->data.count == 1 && t->batches == 1);
    play(&e, 1.0); /* and is trained */

    push(&e, COMMAND_UNDO, 0.0, 0);
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_int_equal(t->data.count, SAMPLES);
    for (size_t i = 0; i < SAMPLES; i++)
        if (i % 3 == 1 && i / 3 < 200) /* those that were away come back as they were */
            assert_true(t->each.v[i] == before.v[i] && t->each.admitted[i] == before.admitted[i]);
    assert_memory_equal(t->data.label, before.data.label, SAMPLES);
    dataset_free(&before.data);
    experiment_free(&e);
}

static void test_strokes(void **state) {
    (void)state;
    Experiment e = begin();
    play(&e, 2.0);
    Seen first = see(&e);
    assert_false(e.source.edited);
    add(&e, 10, 1.0f, 0, 5); /* one stroke in three dabs */
    add(&e, 10, 2.0f, 0, 5);
    add(&e, 10, 3.0f, 1, 5);
    Seen added = see(&e);
    assert_int_equal(added.data.count, SAMPLES + 30);
    uint32_t some[] = {0, 7, SAMPLES + 3};
    uint8_t label = e.trainer->data.label[7];
    assert_true(take(&e, EDIT_FLIP, some, 3, 6));
    assert_int_equal(e.trainer->data.label[7], 1 - label);
    assert_true(take(&e, EDIT_ERASE, some, 3, 7));
    Seen last = see(&e);
    assert_int_equal(last.data.count, SAMPLES + 27);
    assert_true(e.undo.count == 3 && e.source.edited);
    assert_string_equal(undo_top(&e.undo)->what, "points erased");

    push(&e, COMMAND_UNDO, 0.0, 0);
    push(&e, COMMAND_UNDO, 0.0, 0);
    Seen now = see(&e);
    assert_same(&added, &now);
    push(&e, COMMAND_UNDO, 0.0, 0);
    now = see(&e);
    assert_same(&first, &now);
    assert_false(e.source.edited);
    push(&e, COMMAND_UNDO, 0.0, 0); /* nothing left: nothing happens */
    now = see(&e);
    assert_same(&first, &now);

    push(&e, COMMAND_REDO, 0.0, 0);
    now = see(&e);
    assert_same(&added, &now);
    push(&e, COMMAND_REDO, 0.0, 0);
    push(&e, COMMAND_REDO, 0.0, 0);
    now = see(&e);
    assert_same(&last, &now);
    assert_true(e.redo.count == 0 && e.source.edited);

    push(&e, COMMAND_UNDO, 0.0, 0);
    add(&e, 1, 9.0f, 0, 8); /* something new: what was ahead is gone */
    assert_int_equal(e.redo.count, 0);
    play(&e, 2.0);
    dataset_free(&first.data);
    dataset_free(&added.data);
    dataset_free(&last.data);
    experiment_free(&e);
}

/* Undo after the run has gone on: the points come back, the run stays where it is. */
static void test_undo_later(void **state) {
    (void)state;
    Experiment e = begin();
    play(&e, 1.0);
    uint32_t gone[] = {0, 1, 2, 3, 600};
    float v[5];
    for (int i = 0; i < 5; i++)
        v[i] = e.trainer->each.v[gone[i]];
    assert_true(take(&e, EDIT_ERASE, gone, 5, 1));
    play(&e, 2.0);
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_true(e.trainer->epoch == 3 && e.trainer->data.count == SAMPLES);
    for (int i = 0; i < 5; i++) {
        assert_true(e.trainer->each.v[gone[i]] == v[i]);
        assert_int_equal(history_was_easy(&e.history, &e.history.records[0], gone[i]), v[i] > 0.0f);
        assert_false(history_was_easy(&e.history, &e.history.records[2], gone[i])); /* was not there */
    }
    Seen now = see(&e);
    dataset_free(&now.data);
    push(&e, COMMAND_LOOK, 0.0, 0);
    Snapshot then = experiment_snapshot(&e);
    assert_true(then.looking_back && then.v[600] == v[4]);
    push(&e, COMMAND_GO_ON, 0.0, 0);
    assert_true(e.trainer->epoch == 1 && e.trainer->each.v[600] == v[4]);
    play(&e, 1.0);
    experiment_free(&e);
}

/* A change that builds the run anew begins with the points as they are; going back brings back the run
 * itself. */
static void test_rebuilds(void **state) {
    (void)state;
    Experiment e = begin();
    play(&e, 2.0);
    add(&e, 12, 2.0f, 0, 1);
    play(&e, 1.0);
    Seen before = see(&e);
    const Trainer *trained = e.trainer;
    Settings s = e.trainer->settings;
    s.batch = 64;
    push_settings(&e, s, 2);
    s.batch = 65; /* the same drag */
    push_settings(&e, s, 2);
    assert_true(e.trainer != trained && e.trainer->epoch == 0 && e.trainer->data.count == SAMPLES + 12);
    assert_memory_equal(e.trainer->data.x, before.data.x, (SAMPLES + 12) * sizeof(float));
    assert_memory_equal(e.trainer->data.label, before.data.label, SAMPLES + 12);
    assert_true(e.source.edited);
    assert_string_equal(undo_top(&e.undo)->what, "Batch size");
    play(&e, 1.0);
    push(&e, COMMAND_UNDO, 0.0, 0);
    Seen now = see(&e);
    assert_same(&before, &now);
    assert_ptr_equal(e.trainer, trained);
    push(&e, COMMAND_UNDO, 0.0, 0); /* the points, too */
    assert_true(e.trainer->data.count == SAMPLES && !e.source.edited);
    push(&e, COMMAND_REDO, 0.0, 0);
    push(&e, COMMAND_REDO, 0.0, 0);
    assert_true(e.trainer->settings.batch == 65 && e.trainer->epoch == 1);

    /* another run altogether */
    Command preset = {.kind = COMMAND_PRESET, .settings = small(), .preset = 3};
    preset.settings.dataset = DATASET_MOONS;
    push_now(&e, preset);
    assert_true(e.source.preset == 3 && !e.source.edited && e.source.points.count == 0);
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_true(e.source.preset == -1 && e.source.edited && e.trainer->settings.batch == 65);
    push(&e, COMMAND_REDO, 0.0, 0);
    assert_int_equal(e.trainer->settings.dataset, DATASET_MOONS);

    Dataset points;
    assert_true(dataset_init(&points, 10, 3, &status));
    for (int i = 0; i < 10; i++)
        points.label[i] = (uint8_t)(i % 3);
    dataset_bounds(&points);
    assert_true(experiment_open_points(&e, &points, &(OpenedPoints){.path = "some/points.csv"}, &status));
    assert_string_equal(e.source.path, "some/points.csv");
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_null(e.source.path);
    push(&e, COMMAND_REDO, 0.0, 0);
    assert_true(e.trainer->data.classes == 3 && strcmp(e.source.path, "some/points.csv") == 0);
    dataset_free(&before.data);
    experiment_free(&e);
}

static void test_small_changes(void **state) {
    (void)state;
    Experiment e = begin();
    play(&e, 1.0);
    double threshold = e.trainer->threshold;
    Seen before = see(&e);
    push(&e, COMMAND_THRESHOLD, 0.5, 1); /* a drag is one step */
    push(&e, COMMAND_THRESHOLD, 0.8, 1);
    push(&e, COMMAND_THRESHOLD, 1.1, 1);
    push(&e, COMMAND_THRESHOLD, 1.2, 2);
    assert_int_equal(e.undo.count, 2);
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_true(e.trainer->threshold == 1.1);
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_true(e.trainer->threshold == threshold);
    push(&e, COMMAND_REDO, 0.0, 0);
    assert_true(e.trainer->threshold == 1.1);
    push(&e, COMMAND_UNDO, 0.0, 0);
    push(&e, COMMAND_THRESHOLD, 2.0, 3); /* a drag that comes back to where it began is no step */
    push(&e, COMMAND_THRESHOLD, threshold, 3);
    assert_int_equal(e.undo.count, 0);
    dataset_free(&before.data);

    Settings s = e.trainer->settings;
    s.growing_factor = 2.0;
    push_settings(&e, s, 4);
    s.growing_factor = 2.5;
    push_settings(&e, s, 4);
    s.order = ORDER_ALL;
    push_settings(&e, s, 5);
    push(&e, COMMAND_HOLD, 1.0, 6);
    assert_int_equal(e.undo.count, 3);
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_false(e.trainer->hold);
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_int_equal(e.trainer->settings.order, ORDER_EASY);
    assert_true(e.trainer->settings.growing_factor == 2.5);
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_true(e.trainer->settings.growing_factor == 1.35 && e.trainer->threshold == threshold);
    push(&e, COMMAND_REDO, 0.0, 0);
    push(&e, COMMAND_REDO, 0.0, 0);
    push(&e, COMMAND_REDO, 0.0, 0);
    assert_true(e.trainer->settings.growing_factor == 2.5 && e.trainer->settings.order == ORDER_ALL && e.trainer->hold);
    experiment_free(&e);

    e = begin(); /* before the first batch the threshold is the setting, too */
    push(&e, COMMAND_THRESHOLD, 0.9, 1);
    assert_true(e.trainer->settings.threshold == 0.9);
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_true(e.trainer->settings.threshold == 0.4 && e.trainer->threshold == 0.4);
    for (uint32_t i = 1; i < 300; i++) /* bounded */
        push(&e, COMMAND_THRESHOLD, 0.001 * i, i);
    assert_int_equal(e.undo.count, UNDO_MAX);
    for (int i = 0; i < UNDO_MAX; i++)
        push(&e, COMMAND_UNDO, 0.0, 0);
    assert_true(e.trainer->threshold > 0.198 && e.trainer->threshold < 0.200);
    experiment_free(&e);
}

/* A long brush stroke in a long run: the records' bits are widened, the bounds hold. */
static void test_many_points(void **state) {
    (void)state;
    Settings s = small();
    s.samples = 20;
    s.epochs = 50;
    Experiment e;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    play(&e, 50.0);
    size_t records = e.history.count, easy = e.history.records[records - 1].easy;
    for (uint32_t i = 0; i < 60; i++)
        add(&e, 50, (float)i, (uint8_t)(i % 2), 9);
    assert_true(e.trainer->data.count == 3020 && e.history.count == records && e.undo.count == 1);
    assert_int_equal(e.history.records[records - 1].easy, easy);
    assert_true(e.history.words * 64 >= e.history.slots && e.history.slots == 3020);
    play(&e, 2.0);
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_true(e.trainer->data.count == 20 && e.history.samples == 20);
    experiment_free(&e);
}

/* What is known of the points' truths and rows stays with them, and test points stay where they are until a rebuild
 * draws them anew from all. */
static void test_truths_and_test_points(void **state) {
    (void)state;
    Settings s = small();
    s.flip = 0.2;
    s.outliers = 0.1;
    s.test = 0.25;
    Experiment e;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    play(&e, 1.0);
    Trainer *t = e.trainer;
    assert_true(t->data.count == 480 && t->test.count == 160);
    Dataset before;
    assert_true(dataset_copy(&before, &t->data, &status));
    assert_true(take(&e, EDIT_ERASE, (const uint32_t[]){3, 7}, 2, 0));
    assert_true(take(&e, EDIT_FLIP, (const uint32_t[]){3}, 1, 0)); /* was 4 */
    add(&e, 2, 1.0f, 1, 0);
    assert_true(t->settings.flip == 0.0 && t->settings.outliers == 0.0 && t->settings.test == 0.25);
    assert_true(t->data.count == 480 && t->test.count == 160);
    for (size_t i = 0; i < 478; i++) {
        size_t was = i + (i >= 3) + (i >= 6);
        assert_true(t->data.truth[i] == before.truth[was] && t->data.row[i] == before.row[was]);
        assert_true(t->data.label[i] == (before.label[was] + (i == 3)) % 2);
    }
    assert_true(t->data.row[478] == SAMPLES && t->data.row[479] == SAMPLES + 1 && t->data.truth[479] == 1);
    play(&e, 1.0);
    assert_true(t->test_accuracy > 0.0);

    s = t->settings;
    s.batch = 16;
    push_settings(&e, s, 0);
    Dataset all;
    assert_true(dataset_join(&all, &e.trainer->data, &e.trainer->test, &e.trainer->clean, &status));
    assert_int_equal(all.count, 640);
    assert_true(e.trainer->test.count == 160 && all.row[639] == SAMPLES + 1);
    size_t erased = 0;
    for (size_t i = 0; i < all.count; i++)
        erased += all.row[i] == before.row[3] || all.row[i] == before.row[7];
    assert_int_equal(erased, 0);
    dataset_free(&all);
    push(&e, COMMAND_UNDO, 0.0, 0); /* the run with batches of 32 */
    push(&e, COMMAND_UNDO, 0.0, 0); /* the two points */
    push(&e, COMMAND_UNDO, 0.0, 0); /* the label */
    push(&e, COMMAND_UNDO, 0.0, 0); /* the erased ones */
    assert_ptr_equal(e.trainer, t);
    assert_true(t->settings.flip == 0.2 && t->settings.outliers == 0.1);
    assert_memory_equal(t->data.label, before.label, 480);
    assert_memory_equal(t->data.truth, before.truth, 480);
    assert_memory_equal(t->data.row, before.row, 480 * sizeof(uint32_t));
    dataset_free(&before);
    experiment_free(&e);
}

/* A cap counts at once, and so does another pace before the first batch; SPLD decides every v anew. */
static void test_live_curriculum(void **state) {
    (void)state;
    Experiment e = begin();
    Settings s = e.trainer->settings;
    s.pace = PACE_SHARE;
    push_settings(&e, s, 0);
    assert_true(e.trainer->threshold != 0.4);
    assert_int_equal(trainer_easy(e.trainer), 192); /* 30 % */
    play(&e, 2.0);
    size_t easy = trainer_easy(e.trainer);
    s.diversity = 3.0;
    push_settings(&e, s, 0);
    assert_true(trainer_easy(e.trainer) > easy);
    s.diversity = 0.0;
    s.cap = 0.01;
    push_settings(&e, s, 0);
    assert_true(e.trainer->threshold == 0.01);
    size_t below = 0;
    for (size_t i = 0; i < SAMPLES; i++)
        below += e.trainer->each.loss[i] < 0.01f;
    assert_int_equal(trainer_easy(e.trainer), below);
    experiment_free(&e);
}

/* Points marked as clean leave the samples of all runs, and come back; all of it can be undone, and stays with a run
 * that is built anew. */
static void test_clean_points(void **state) {
    (void)state;
    Experiment e = begin();
    assert_true(
        experiment_push(&e, (Command){.kind = COMMAND_COMPARE, .compare = true, .settings = e.trainer->settings}));
    experiment_advance(&e, 0.0, no_clock, 1.0);
    play(&e, 1.0);
    Dataset before;
    assert_true(dataset_copy(&before, &e.trainer->data, &status));
    const uint32_t marked[] = {2, 5, 400}, more[] = {0, 100}, back[] = {1, 2};
    assert_true(take(&e, EDIT_CLEAN, marked, 3, 7));
    assert_true(take(&e, EDIT_CLEAN, more, 2, 7));
    const Trainer *t = e.trainer;
    assert_true(t->data.count == SAMPLES - 5 && t->clean.count == 5);
    static const uint32_t rows[] = {0, 2, 5, 102, 400};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(t->clean.row[i], rows[i]);
        assert_true(t->clean.x[i] == before.x[rows[i]]);
    }
    assert_int_equal(e.other_count, 1);
    assert_int_equal(e.others[0].trainer->clean.count, 5);
    Settings s = t->settings;
    s.pace = PACE_META;
    s.regularizer = REGULARIZER_LINEAR;
    push_settings(&e, s, 0);
    assert_int_equal(e.trainer->settings.pace, PACE_META);
    play(&e, 1.0);
    assert_true(take(&e, EDIT_UNCLEAN, back, 2, 0));
    assert_true(t->data.count == SAMPLES - 3 && t->clean.count == 3 && t->clean.row[1] == 102);
    assert_true(t->data.x[dataset_row(&t->data, 0) == 1 ? 1 : 0] == before.x[2]);
    play(&e, 1.0);
    const uint32_t all[] = {0, 1, 2};
    assert_true(take(&e, EDIT_UNCLEAN, all, 3, 0));
    assert_int_equal(t->clean.count, 0);
    push(&e, COMMAND_UNDO, 0.0, 0);
    assert_int_equal(t->clean.count, 3);
    s = t->settings;
    s.seed++;
    push_settings(&e, s, 0); /* built anew */
    assert_true(e.trainer != t && e.trainer->clean.count == 3 && e.trainer->clean.row[2] == 400);
    for (int i = 0; i < 4; i++) /* the new run, two back, the pace, the stroke */
        push(&e, COMMAND_UNDO, 0.0, 0);
    assert_true(e.trainer == t && t->clean.count == 0 && t->data.count == SAMPLES);
    assert_memory_equal(t->data.x, before.x, SAMPLES * sizeof(float));
    push(&e, COMMAND_REDO, 0.0, 0);
    assert_true(t->clean.count == 5 && t->data.count == SAMPLES - 5);
    play(&e, 1.0);
    dataset_free(&before);
    experiment_free(&e);
}

/* That a label is right was said of that label: another one is another matter. */
static void test_kept_labels(void **state) {
    (void)state;
    Experiment e = begin();
    uint32_t three[] = {2, 4, 6}, two[] = {4, 5};
    assert_true(take(&e, EDIT_KEEP, three, 3, 0));
    assert_true(take(&e, EDIT_FLIP, two, 2, 0));
    const uint8_t *kept = e.trainer->data.kept;
    assert_true(kept && kept[2] && !kept[4] && !kept[5] && kept[6]);
    push(&e, COMMAND_UNDO, 0.0, 0);
    kept = e.trainer->data.kept;
    assert_true(kept && kept[2] && kept[4] && !kept[5] && kept[6]);
    experiment_free(&e);
}

/* The thresholds of classes are no setting, forth or back; neither is their mean. */
static void test_thresholds_of_classes_before_the_first_batch(void **state) {
    (void)state;
    for (int run = 0; run < 2; run++) {
        Settings s = small();
        s.threshold = 5.0;
        s.clean = 10;
        s.pace = PACE_META;
        s.regularizer = REGULARIZER_LINEAR;
        Experiment e;
        assert_true(experiment_init(&e, &s, NULL, NULL, &status));
        if (run == 1) {
            assert_true(experiment_push(&e, (Command){.kind = COMMAND_COMPARE, .compare = true, .settings = s}));
            experiment_advance(&e, 0.0, no_clock, 1.0);
            assert_int_equal(e.other_count, 1);
        }
        const Trainer *t = run == 0 ? e.trainer : e.others[0].trainer;
        for (int k = 0; k < 2; k++) {
            Command take_one = {.kind = COMMAND_THRESHOLD, .run = run, .of_class = k + 1, .threshold = k ? 7.0 : 3.0};
            assert_true(experiment_push(&e, take_one));
            experiment_advance(&e, 0.0, no_clock, 1.0);
        }
        assert_true(t->class_threshold[0] == 3.0 && t->class_threshold[1] == 7.0 && t->settings.threshold == 5.0);
        push(&e, COMMAND_UNDO, 0.0, 0);
        assert_true(t->class_threshold[0] == 3.0 && t->class_threshold[1] == 5.0);
        assert_true(t->settings.threshold == 5.0);
        push(&e, COMMAND_REDO, 0.0, 0);
        assert_true(t->class_threshold[1] == 7.0 && t->settings.threshold == 5.0);
        experiment_free(&e);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_added_points),
        cmocka_unit_test(test_names_stay),
        cmocka_unit_test(test_erased_points),
        cmocka_unit_test(test_strokes),
        cmocka_unit_test(test_undo_later),
        cmocka_unit_test(test_clean_points),
        cmocka_unit_test(test_rebuilds),
        cmocka_unit_test(test_small_changes),
        cmocka_unit_test(test_many_points),
        cmocka_unit_test(test_truths_and_test_points),
        cmocka_unit_test(test_live_curriculum),
        cmocka_unit_test(test_kept_labels),
        cmocka_unit_test(test_thresholds_of_classes_before_the_first_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
