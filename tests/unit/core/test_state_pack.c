/* A run as bytes and back: it goes on as if nothing had been, and bytes that are not as they were written are refused,
 * or lead to a run that can be trained. */
#include "core/state_pack.h"
#include "core/parallel.h"
#include "core/rng.h"
#include "tests/support/next_byte.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Status status;
static Mt19937 random_words;

static uint32_t below(uint32_t count) {
    return mt_u32(&random_words) % count;
}

typedef struct Run {
    Trainer *trainer;
    History history;
} Run;

static void free_run(Run *r) {
    trainer_free(r->trainer);
    history_free(&r->history);
}

static Run begin(const Settings *s) {
    Run r = {.trainer = trainer_new(s, NULL, &status)};
    if (!r.trainer)
        fail_msg("%s", status.message);
    assert_true(
        history_init(&r.history, r.trainer->data.count, r.trainer->mlp.parameters, HISTORY_DEFAULT_BYTES, &status));
    return r;
}

static void train(Run *r, size_t batches) {
    for (; batches > 0; batches--) {
        if (trainer_run(r->trainer, 1) == 0 || r->trainer->batch > 0)
            continue;
        trainer_evaluate(r->trainer);
        assert_true(history_add(&r->history, r->trainer, &status));
    }
}

/* ---- bytes ---- */

typedef struct Packed {
    unsigned char *bytes;
    size_t size, counted;
} Packed;

static bool run_fields(Pack *pack, Run *r) {
    return pack_trainer(pack, &r->trainer) && history_fields(pack, &r->history, r->trainer);
}

static Packed packed(Run *r) {
    Pack count = pack_count(&status);
    assert_true(run_fields(&count, r));
    Packed p = {.bytes = malloc(count.at), .counted = count.at};
    assert_non_null(p.bytes);
    Pack write = pack_write(p.bytes, count.at, &status);
    assert_true(run_fields(&write, r));
    p.size = write.at;
    pack_end(&write);
    assert_true(p.size <= p.counted);
    return p;
}

static bool unpacked(const unsigned char *bytes, size_t size, Run *r) {
    *r = (Run){0};
    unsigned char *exact = malloc(size ? size : 1); /* so that a byte too many is seen */
    assert_non_null(exact);
    memcpy(exact, bytes, size);
    Pack read = pack_read(exact, size, &status);
    bool done = run_fields(&read, r);
    free(exact);
    return done;
}

static void assert_same(Run *a, Run *b) {
    Packed x = packed(a), y = packed(b);
    assert_int_equal(x.size, y.size);
    assert_memory_equal(x.bytes, y.bytes, x.size);
    const Trainer *t = a->trainer, *u = b->trainer;
    assert_memory_equal(t->each.loss, u->each.loss, t->data.count * sizeof *t->each.loss);
    assert_memory_equal(t->each.samples, u->each.samples, t->data.count * sizeof *t->each.samples);
    if (t->each.influence)
        assert_memory_equal(t->each.influence, u->each.influence, t->data.count * sizeof *t->each.influence);
    assert_memory_equal(&t->mean_loss, &u->mean_loss, sizeof t->mean_loss);
    assert_memory_equal(&t->test_accuracy, &u->test_accuracy, sizeof t->test_accuracy);
    assert_memory_equal(&t->clean_loss, &u->clean_loss, sizeof t->clean_loss);
    free(x.bytes);
    free(y.bytes);
}

/* ---- runs of all kinds ---- */

static Settings any_settings(void) {
    Settings s;
    settings_default(&s);
    s.dataset = (int)below(DATASET_COUNT);
    s.samples = 40 + (int)below(1500);
    s.batch = below(3) ? 1 + (int)below(40) : 16;
    s.seed = below(1000);
    s.learning_rate = below(12) == 0 ? 1000.0 : 0.01;
    s.optimizer = below(4) == 0 ? OPTIMIZER_SGD : OPTIMIZER_ADAM;
    s.flip = below(2) ? 0.1 : 0.0;
    s.test = below(2) ? 0.0 : 0.2;
    s.standardize = below(2);
    s.hidden_count = (int)below(3);
    s.hidden[0] = 1 + (int)below(20);
    s.hidden[1] = 1 + (int)below(20);
    s.pace = (int)below(PACE_CLEAN_ALONE + 1);
    s.regularizer = s.pace >= PACE_META || below(2) ? REGULARIZER_LINEAR : REGULARIZER_HARD;
    s.clean = s.pace >= PACE_META || below(3) == 0 ? 8 : 0;
    s.diversity = s.regularizer == REGULARIZER_HARD && below(2) ? 0.3 : 0.0;
    s.warmup = (int)below(2);
    s.meta_classes = below(2);
    s.threshold = s.pace == PACE_META ? 2.0 : 0.5;
    return s;
}

static void change_points(Run *r) {
    Trainer *t = r->trainer;
    size_t n = t->data.count - 3;
    Dataset points;
    assert_true(dataset_copy(&points, &t->data, &status));
    uint32_t *origin = calloc(n, sizeof *origin), *slot = calloc(n, sizeof *slot);
    assert_true(origin && slot);
    points.count = n; /* the last ones go, the first is new */
    for (size_t i = 0; i < n; i++) {
        origin[i] = i == 0 ? NEW_SAMPLE : (uint32_t)i;
        slot[i] = i == 0 ? (uint32_t)r->history.slots : (uint32_t)i;
    }
    points.anomaly = -1;
    dataset_bounds(&points);
    TrainerPoints *prepared = trainer_prepare_points(t, &points, NULL, origin, &status);
    HistoryPoints *prepared_history =
        history_prepare_points(&r->history, slot, n, t->data.label, points.label, &status);
    assert_true(prepared && prepared_history);
    trainer_commit_points(t, prepared, &points, NULL);
    history_commit_points(&r->history, prepared_history, slot);
    free(origin);
    dataset_free(&points);
}

static void test_goes_on(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        mt_seed(&random_words, seed);
        Settings s = any_settings();
        if (!settings_check(&s, &status))
            continue;
        Run a = begin(&s), b;
        train(&a, below(300));
        if (below(2))
            change_points(&a);
        train(&a, below(100));
        if (below(3) == 0)
            trainer_set_threshold(a.trainer, 0.7);
        if (below(3) == 0)
            trainer_set_parameter(a.trainer, 0, 0.25f);
        Packed p = packed(&a);
        if (!unpacked(p.bytes, p.size, &b))
            fail_msg("%u: %s", seed, status.message);
        if (!a.trainer->evaluated)
            trainer_evaluate(a.trainer);
        b.trainer->evaluations = a.trainer->evaluations;
        assert_same(&a, &b);
        train(&a, 150);
        train(&b, 150);
        assert_same(&a, &b);
        const HistoryRecord *record = history_find(&a.history, a.trainer->epoch / 2);
        if (record) {
            history_restore(&b.history, history_find(&b.history, record->epoch), b.trainer);
            history_restore(&a.history, record, a.trainer);
            train(&a, 50);
            train(&b, 50);
            assert_same(&a, &b);
        }
        free(p.bytes);
        free_run(&a);
        free_run(&b);
    }
}

/* ---- damage ---- */

static void use(Run *r) {
    Trainer *t = r->trainer;
    if (t->epoch < 1000)
        train(r, 3);
    trainer_redecide(t);
    const HistoryRecord *record = history_find(&r->history, UINT32_MAX);
    if (record && record->epoch < 1000)
        history_restore(&r->history, record, t);
}

/* Accepted or not, nothing breaks. Returns whether it was. */
static bool try(const unsigned char *bytes, size_t size) {
    Run r;
    status = (Status){0};
    bool read = unpacked(bytes, size, &r);
    if (read)
        use(&r);
    else
        assert_true(status.code == STATUS_FAILED && status.message[0] != '\0');
    free_run(&r);
    return read;
}

static Packed small(bool meta) {
    Settings s;
    settings_default(&s);
    s.samples = 90;
    s.hidden_count = 1;
    s.hidden[0] = 2;
    s.flip = 0.1;
    s.test = 0.1;
    s.clean = meta ? 4 : 0;
    if (meta) {
        s.pace = PACE_META;
        s.regularizer = REGULARIZER_LINEAR;
        s.threshold = 2.0;
    } else {
        s.diversity = 0.3;
    }
    Run r = begin(&s);
    train(&r, 2 * r.trainer->batches + 2);
    change_points(&r);
    train(&r, 2);
    Packed p = packed(&r);
    free_run(&r);
    return p;
}

static void test_bytes(void **state) {
    (void)state;
    mt_seed(&random_words, 1);
    for (int meta = 0; meta < 2; meta++) {
        Packed p = small(meta);
        size_t refused = 0;
        for (size_t i = 0; i < p.size; i = next_byte(i, p.size)) {
            unsigned char byte = p.bytes[i];
            p.bytes[i] = (unsigned char)(i % 3 ? byte ^ 1u << below(8) : 0x7f | below(2) << 7);
            refused += !try(p.bytes, p.size);
            p.bytes[i] = byte;
        }
        assert_true(refused > 100);
        assert_true(try(p.bytes, p.size));
        free(p.bytes);
    }
}

static void test_cut(void **state) {
    (void)state;
    Packed p = small(true);
    for (size_t size = 0; size < p.size; size = next_byte(size, p.size))
        assert_false(try(p.bytes, size));
    free(p.bytes);
}

/* Many bytes at once, pieces that are gone or come twice. */
static void test_pieces(void **state) {
    (void)state;
    for (uint32_t round = 0; round < 600; round++) {
        mt_seed(&random_words, round);
        static Packed p;
        if (round % 500 == 0) {
            free(p.bytes);
            p = small(round % 1000 == 0);
        }
        unsigned char *damaged = malloc(p.size);
        assert_non_null(damaged);
        memcpy(damaged, p.bytes, p.size);
        size_t at = below((uint32_t)p.size), length = 1 + below(64), size = p.size;
        length = length < size - at ? length : size - at;
        if (round % 3 == 0) {
            memmove(damaged + at, damaged + at + length, size - at - length);
            size -= length;
        } else if (round % 3 == 1) {
            memmove(damaged + at, damaged + below((uint32_t)(size - length)), length);
        } else {
            for (size_t i = 0; i < length; i++)
                damaged[at + i] = (unsigned char)below(256);
        }
        try(damaged, size);
        free(damaged);
        if (round == 1999)
            free(p.bytes);
    }
}

static void refuses(Run *r, const char *message) {
    Packed p = packed(r);
    Run again;
    assert_false(unpacked(p.bytes, p.size, &again));
    assert_string_equal(status.message, message);
    free_run(&again);
    free(p.bytes);
}

static void test_values(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = 100;
    Run r = begin(&s);
    train(&r, 10);
    Trainer *t = r.trainer;
    assert_true(t->batch > 0 && r.history.count == 2);
    t->data.label[3] = 2;
    refuses(&r, "the checkpoint is damaged: a label is out of range");
    t->data.label[3] = 1;
    t->parameters[1] = NAN;
    refuses(&r, "the checkpoint is damaged: a number is not finite");
    t->parameters[1] = 0.0f;
    const char *order = "the checkpoint is damaged: the order of an epoch has a point twice, or one that there is not";
    uint32_t fifth = t->each.order[5];
    t->each.order[5] = 100;
    refuses(&r, order);
    t->each.order[5] = t->each.order[6];
    refuses(&r, order);
    t->each.order[5] = fifth;
    r.history.records[1].epoch = 0;
    refuses(&r, "the checkpoint is damaged: epochs descend");
    r.history.records[1].epoch = 2;
    refuses(&r, "the checkpoint is damaged: an epoch is recorded that has not been");
    r.history.records[1].epoch = 1;
    r.history.slot = calloc(100, sizeof *r.history.slot);
    refuses(&r, "the checkpoint is damaged: a point has the place of another in the history, or none");
    for (uint32_t i = 0; i < 100; i++)
        r.history.slot[i] = 1 + i;
    refuses(&r, "the checkpoint is damaged: a point has the place of another in the history, or none");
    free(r.history.slot);
    r.history.slot = NULL;
    t->each.v[7] = -1.0f;
    refuses(&r, "the checkpoint is damaged: a weight is below 0");
    t->each.v[7] = 0.5f;
    Packed p = packed(&r);
    assert_true(try(p.bytes, p.size));
    free(p.bytes);
    free_run(&r);
}

/* Of two runs alike most stands there once. */
static void test_shared(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = 20000;
    Run r = begin(&s);
    train(&r, 700);
    trainer_evaluate(r.trainer);
    Run runs[2] = {r, r}, again[2];
    Packed p = packed(&r);
    unsigned char *bytes = malloc(2 * p.counted);
    assert_non_null(bytes);
    Pack write = pack_write(bytes, 2 * p.counted, &status);
    assert_true(run_fields(&write, &runs[0]) && run_fields(&write, &runs[1]));
    assert_true(write.at < p.size + p.size / 4);
    pack_end(&write);
    Pack read = pack_read(bytes, write.at, &status);
    for (int i = 0; i < 2; i++) {
        again[i] = (Run){0};
        assert_true(run_fields(&read, &again[i]));
        again[i].trainer->evaluations = r.trainer->evaluations;
        assert_same(&again[i], &r);
    }
    train(&again[1], 100);
    train(&r, 100);
    again[1].trainer->evaluations = r.trainer->evaluations;
    assert_same(&again[1], &r);
    free(bytes);
    free(p.bytes);
    free_run(&r);
    free_run(&again[0]);
    free_run(&again[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_goes_on), cmocka_unit_test(test_bytes),  cmocka_unit_test(test_cut),
        cmocka_unit_test(test_pieces),  cmocka_unit_test(test_values), cmocka_unit_test(test_shared),
    };
    parallel_set_threads(1); /* small runs: waking others would take longer */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
