/* Records of epochs: what they hold, which of them stay when room runs out, and which one is found. (Going on
 * from a record: test_trainer.) */
#include "core/history.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Status status;

static Trainer *start(int samples) {
    Settings s;
    settings_default(&s);
    s.samples = samples;
    s.threshold = 0.4;
    s.growing_factor = 1.1;
    Trainer *t = trainer_new(&s, NULL, &status);
    if (!t)
        fail_msg("%s", status.message);
    return t;
}

static void epoch(Trainer *t, History *history) {
    assert_true(trainer_run(t, SIZE_MAX) > 0);
    assert_int_equal(t->batch, 0);
    trainer_evaluate(t);
    assert_true(history_add(history, t, &status));
}

static size_t each(size_t samples, size_t parameters) {
    return sizeof(HistoryRecord) + 3 * parameters * sizeof(float) + (samples + 63) / 64 * sizeof(uint64_t);
}

static void test_record(void **state) {
    (void)state;
    static const int sizes[] = {63, 64, 65, 130, 1000}; /* the last word of the bits is full or not */
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        size_t n = (size_t)sizes[s];
        Trainer *t = start(sizes[s]);
        History history;
        assert_true(history_init(&history, n, t->mlp.parameters, HISTORY_DEFAULT_BYTES, &status));
        float *v = malloc(2 * n * sizeof *v), parameters[2][6], first[2][6];
        assert_non_null(v);
        double figures[2][5];
        size_t easy[2];
        for (int i = 0; i < 2; i++) {
            epoch(t, &history);
            memcpy(v + (size_t)i * n, t->each.v, n * sizeof *v);
            memcpy(parameters[i], t->parameters, sizeof parameters[i]);
            memcpy(first[i], t->optimizer.first, sizeof first[i]);
            double now[] = {t->epoch_threshold, t->epoch_weight_sum, t->epoch_mean_batch_loss, t->mean_loss,
                            t->accuracy};
            memcpy(figures[i], now, sizeof now);
            easy[i] = t->epoch_easy;
        }
        assert_int_equal(history.count, 2);
        for (size_t i = 0; i < 2; i++) { /* the first is as it was, although training has gone on */
            const HistoryRecord *r = &history.records[i];
            size_t counted = 0;
            uint32_t of_class[MAX_CLASSES] = {0};
            assert_int_equal(r->epoch, i);
            for (size_t k = 0; k < n; k++) {
                bool bit = r->easy_bits[k / 64] >> (k % 64) & 1;
                assert_int_equal(bit, v[i * n + k] > 0.0f);
                counted += bit;
                of_class[t->data.label[k]] += bit;
            }
            for (size_t k = n; k % 64 != 0; k++)
                assert_false(r->easy_bits[k / 64] >> (k % 64) & 1);
            assert_true(counted == easy[i] && r->easy == counted);
            assert_memory_equal(of_class, r->class_easy, sizeof of_class);
            assert_memory_equal(r->parameters, parameters[i], sizeof parameters[i]);
            assert_memory_equal(r->first, first[i], sizeof first[i]);
            assert_true(r->threshold == figures[i][0] && r->weight_sum == figures[i][1]);
            assert_true(r->mean_batch_loss == figures[i][2] && r->mean_loss == figures[i][3]);
            assert_true(r->accuracy == figures[i][4]);
        }
        free(v);
        history_free(&history);
        trainer_free(t);
    }
}

static void test_budget(void **state) {
    (void)state;
    History history;
    size_t one = each(1000, 354);
    assert_true(history_init(&history, 1000, 354, 0, &status));
    assert_int_equal(history.limit, 4); /* fewer would be no history */
    history_free(&history);
    assert_true(history_init(&history, 1000, 354, 10 * one - 1, &status));
    assert_int_equal(history.limit, 9);
    history_free(&history);
    assert_true(history_init(&history, 1000, 354, SIZE_MAX, &status));
    assert_int_equal(history.limit, HISTORY_MAX_RECORDS);
    history_free(&history);
    assert_true(history_init(&history, MAX_SAMPLES, 6, HISTORY_DEFAULT_BYTES, &status));
    assert_true(history.limit >= 4 && history.limit * each(MAX_SAMPLES, 6) <= HISTORY_DEFAULT_BYTES);
    history_free(&history);
}

/* Every multiple of the stride is there, and the newest epoch; the stride doubles only when there is no room.
 */
static void test_thinning(void **state) {
    (void)state;
    static const size_t limits[] = {4, 5, 7, 32};
    for (size_t l = 0; l < sizeof limits / sizeof *limits; l++) {
        Trainer *t = start(66);
        History history;
        size_t limit = limits[l];
        assert_true(history_init(&history, 66, t->mlp.parameters, limit * each(66, t->mlp.parameters), &status));
        assert_int_equal(history.limit, limit);
        for (uint32_t e = 0; e < 300; e++) {
            epoch(t, &history);
            uint32_t stride = history.stride;
            assert_true((stride & (stride - 1)) == 0 && e / stride + 1 <= limit);
            assert_true(stride == 1 || 2 * (e / stride + 2) >= limit); /* no coarser than need be */
            size_t expected = e / stride + 1 + (e % stride != 0);
            assert_int_equal(history.count, expected);
            for (size_t i = 0; i < history.count; i++)
                assert_int_equal(history.records[i].epoch, i * stride < e ? i * stride : e);
            assert_memory_equal(history.records[history.count - 1].parameters, t->parameters,
                                t->mlp.parameters * sizeof(float));
        }
        history_free(&history);
        trainer_free(t);
    }
}

static void test_find(void **state) {
    (void)state;
    Trainer *t = start(66);
    History history;
    assert_true(history_init(&history, 66, t->mlp.parameters, 8 * each(66, t->mlp.parameters), &status));
    assert_null(history_find(&history, 0));
    assert_null(history_find(&history, UINT32_MAX));
    for (int i = 0; i < 50; i++)
        epoch(t, &history);
    assert_true(history.stride > 1);
    for (uint32_t e = 0; e < 60; e++) {
        const HistoryRecord *found = history_find(&history, e), *expected = NULL;
        for (size_t i = 0; i < history.count; i++)
            if (history.records[i].epoch <= e)
                expected = &history.records[i];
        assert_ptr_equal(found, expected);
    }
    assert_int_equal(history_find(&history, UINT32_MAX)->epoch, 49);

    history_clear(&history); /* a reset: from epoch 0 again, at the finest */
    assert_null(history_find(&history, 49));
    assert_int_equal(history.stride, 1);
    trainer_reset(t);
    for (int i = 0; i < 3; i++) {
        epoch(t, &history);
        for (size_t k = 0; k < 66; k++) { /* nothing is left of the records whose memory is used again */
            uint64_t word = history.records[i].easy_bits[k / 64];
            assert_int_equal(word >> (k % 64) & 1, t->each.v[k] > 0.0f);
        }
    }
    assert_int_equal(history.count, 3);
    for (uint32_t e = 0; e < 3; e++)
        assert_int_equal(history_find(&history, e)->epoch, e);
    history_free(&history);
    history_free(&history); /* once more is harmless */
    trainer_free(t);
}

/* Weights looked back at: the bits of hard ones and of a warm-up; of soft ones the rule's v of the epoch's end, where
 * they counted. */
static void test_weights(void **state) {
    (void)state;
    enum { SAMPLES = 700 };
    for (int r = REGULARIZER_HARD; r <= REGULARIZER_SUPERLOSS; r++) {
        Trainer *t = start(SAMPLES);
        Settings s = t->settings;
        s.regularizer = r;
        s.warmup = 1;
        s.pace = r == REGULARIZER_LINEAR ? PACE_CLASS_SHARE : PACE_MULTIPLICATIVE; /* thresholds by class, too */
        trainer_set(t, &s);
        History history;
        assert_true(history_init(&history, SAMPLES, t->mlp.parameters, HISTORY_DEFAULT_BYTES, &status));
        float decided[4][SAMPLES], loss[SAMPLES], v[SAMPLES];
        for (int e = 0; e < 4; e++) {
            epoch(t, &history);
            memcpy(decided[e], t->each.v, sizeof decided[e]);
        }
        for (uint32_t e = 4; e-- > 0;) {
            const HistoryRecord *record = history_find(&history, e);
            double sum = 0.0, between = 0.0;
            mlp_losses(&t->mlp, record->parameters, t->data.x, t->data.y, t->data.label, SAMPLES, loss);
            history_weights(&history, record, &t->settings, t->data.label, loss, v);
            for (size_t i = 0; i < SAMPLES; i++) {
                assert_true((v[i] > 0.0f) == (decided[e][i] > 0.0f));
                if (e == 0 || r == REGULARIZER_HARD)
                    assert_true(v[i] == decided[e][i]);
                sum += (double)v[i];
                between += v[i] > 0.0f && v[i] != 1.0f;
                double t_class = record->by_class ? record->class_threshold[t->data.label[i]] : record->threshold;
                WeightRule rule = weight_rule(&s, t_class, false);
                float plain = weight_of_loss(&rule, loss[i]);
                if (e > 0 && r != REGULARIZER_HARD && v[i] > 0.0f && plain > 0.0f)
                    assert_true(fabsf(v[i] - plain) < 1e-6f);
            }
            assert_true(fabs(sum - record->weight_sum) < 0.1 * SAMPLES);
            assert_true((between > 50.0) == (e > 0 && r != REGULARIZER_HARD));
        }
        history_restore(&history, history_find(&history, 2), t); /* the same when the run goes on from there */
        size_t between = 0;
        for (size_t i = 0; i < SAMPLES; i++) {
            assert_true((t->each.v[i] > 0.0f) == (decided[2][i] > 0.0f));
            between += t->each.v[i] > 0.0f && t->each.v[i] != 1.0f;
        }
        assert_true((between > 50) == (r != REGULARIZER_HARD));
        history_free(&history);
        trainer_free(t);
    }
}

/* Few epochs take little memory, also kept as a copy, which can go on. */
static void test_room(void **state) {
    (void)state;
    Trainer *t = start(64);
    History history, copy;
    assert_true(history_init(&history, 64, t->mlp.parameters, HISTORY_DEFAULT_BYTES, &status));
    assert_true(history.limit > 1000 && history.room < 100);
    for (int i = 0; i < 3; i++)
        epoch(t, &history);
    assert_true(history_copy(&copy, &history, 10, &status));
    assert_true(copy.count == 3 && copy.room < 10);
    for (int i = 0; i < 40; i++)
        epoch(t, &copy);
    assert_int_equal(copy.count, 43);
    for (uint32_t i = 0; i < 43; i++)
        assert_int_equal(copy.records[i].epoch, i);
    assert_memory_equal(copy.records[0].parameters, history.records[0].parameters, t->mlp.parameters * sizeof(float));
    history_free(&copy);
    history_free(&history);
    trainer_free(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_record), cmocka_unit_test(test_budget),  cmocka_unit_test(test_thinning),
        cmocka_unit_test(test_find),   cmocka_unit_test(test_weights), cmocka_unit_test(test_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
