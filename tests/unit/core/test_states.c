/* Determinism as a promise: 200 runs of all kinds come to the states recorded in tests/reference/states.txt, by each
 * set of inner loops that this processor has, with any number of threads. The record has a column a set; sets that
 * agree have the same numbers. A column is renewed on a machine that has the set:
 *     STATES_UPDATE=1 build/sanitize/tests/test_states      x86-64, avx2, avx512
 *     STATES_UPDATE=1 tests/ports arm64                     arm64 */
#include "core/history.h"
#include "core/label_scores.h"
#include "core/parallel.h"
#include "core/trainer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/chosen_kernels.h"
#include "tests/support/state_hash.h"

enum { RUNS = 200, SETS = 4, LARGE = 50 /* every so many runs one whose loops are cut for threads */ };

/* ---- runs ---- */

static Status status;
static Mt19937 drawn; /* of the run at hand: the same draws on every machine */

static uint32_t below(uint32_t count) {
    return mt_u32(&drawn) % count;
}

static double between(double low, double high) {
    return low + (high - low) * ((double)mt_u32(&drawn) / 4294967296.0);
}

static bool is_large(uint32_t number) {
    return number % LARGE == LARGE - 1;
}

static void draw_data(Settings *s, uint32_t number) {
    s->dataset = (int)(number % DATASET_COUNT);
    s->samples = is_large(number) ? 20000 : 40 + (int)below(140);
    s->noise = below(2) ? NAN : between(0.05, 0.8);
    s->centroid_count = 2 + (int)(below(6) ? below(6) : below(MAX_CLASSES - 1));
    for (int k = 0; k < s->centroid_count; k++) {
        s->centroids[2 * k] = 3.0 * (k % 6);
        s->centroids[2 * k + 1] = 3.0 * (k / 6);
    }
    s->anomaly = below(2);
    s->seed = mt_u32(&drawn);
    s->flip = below(2) ? 0.15 : 0.0;
    s->outliers = below(4) ? 0.0 : 0.1;
    s->test = below(3) ? 0.0 : 0.2;
    s->standardize = below(2);
}

static void draw_model(Settings *s, uint32_t number) {
    s->hidden_count = (int)(below(5) ? below(3) : below(MAX_HIDDEN + 1));
    for (int i = 0; i < s->hidden_count; i++)
        s->hidden[i] = 1 + (int)(is_large(number) ? below(4) : below(10) ? below(18) : below(MAX_UNITS));
    s->activation = (int)below(2);
    s->optimizer = (int)below(2);
    s->learning_rate = below(40) == 0 ? 1000.0 : between(0.001, s->optimizer == OPTIMIZER_ADAM ? 0.05 : 0.5);
    s->batch = is_large(number) || below(3) == 0 ? 32 : 1 + (int)below(70);
    s->weight_decay = below(2) ? 0.0 : between(0.0, 0.05);
    s->epochs = is_large(number) ? 2 : 2 + (int)below(5);
    s->until_hard = below(8) ? -1 : (int)below(5);
}

static void draw_curriculum(Settings *s, uint32_t number) {
    s->pace = (int)(number / 2 % (PACE_CLEAN_ALONE + 1));
    s->regularizer = (int)(number % (REGULARIZER_SUPERLOSS + 1));
    s->order = (int)(below(3) ? ORDER_EASY : below(3));
    s->power = between(1.1, 9.0);
    s->superloss_lambda = between(0.1, 3.0);
    s->threshold = between(0.1, 2.0);
    s->growing_factor = between(0.9, 2.0);
    s->growing_step = between(-0.1, 0.5);
    s->warmup = below(4) ? 0 : (int)below(3);
    s->share_start = between(0.1, 0.6);
    s->share_end = between(0.5, 1.0);
    s->share_epochs = 1 + (int)below(5);
    s->share_curve = (int)below(3);
    s->cap = below(4) ? CAP_NONE : between(0.3, 3.0);
    s->diversity = s->regularizer == REGULARIZER_HARD && below(2) ? between(0.1, 1.0) : 0.0;
    s->groups = (int)below(2);
    s->meta_rate = between(0.01, 0.3);
    s->lookahead_rate = between(0.01, 0.3);
    s->meta_classes = below(2);
    s->clean = s->pace >= PACE_META || below(3) == 0 ? settings_classes(s) * (1 + (int)below(2)) : 0;
    if (s->pace == PACE_META && (s->regularizer == REGULARIZER_HARD || s->regularizer == REGULARIZER_LOG ||
                                 s->regularizer == REGULARIZER_SUPERLOSS))
        s->regularizer = below(2) ? REGULARIZER_LINEAR : REGULARIZER_EXPONENTIAL;
    if (s->pace >= PACE_META || s->diversity > 0.0) {
        s->diversity = s->pace >= PACE_META ? 0.0 : s->diversity;
        s->order = ORDER_EASY;
    }
    if (s->regularizer == REGULARIZER_LOG)
        s->threshold = between(0.1, 0.9);
}

static Settings draw_settings(uint32_t number) {
    Settings s;
    mt_seed(&drawn, number);
    settings_default(&s);
    draw_data(&s, number);
    draw_model(&s, number);
    draw_curriculum(&s, number);
    if (!settings_check(&s, &status))
        fail_msg("run %u: %s", number, status.message);
    return s;
}

/* As from a file. */
static Dataset draw_points(void) {
    Dataset d;
    size_t count = 60 + below(60);
    assert_true(dataset_init(&d, count, 2 + (int)below(3), &status));
    for (size_t i = 0; i < d.count; i++) {
        d.label[i] = (uint8_t)(i % (size_t)d.classes);
        d.x[i] = (float)between(0.0, 900.0) + 300.0f * (float)d.label[i];
        d.y[i] = -(float)between(0.0, 1.0);
    }
    dataset_bounds(&d);
    return d;
}

/* ---- what a hand does in them ---- */

/* Some points away, some new, some with another label. */
static void paint(Trainer *t) {
    const Dataset *from = &t->data;
    size_t away = from->count > 30 ? below(4) : 0, kept = from->count - away, new = 1 + below(5);
    Dataset d;
    assert_true(dataset_init(&d, kept + new, from->classes, &status));
    uint32_t *origin = malloc(d.count * sizeof *origin);
    assert_non_null(origin);
    if (from->truth)
        assert_true(dataset_add_truth(&d, &status));
    for (size_t i = 0; i < d.count; i++) {
        size_t of = i < kept ? i + away : below((uint32_t)from->count);
        origin[i] = i < kept ? (uint32_t)of : NEW_SAMPLE;
        d.x[i] = from->x[of] + (i < kept ? 0.0f : 0.25f);
        d.y[i] = from->y[of];
        d.label[i] = (uint8_t)((from->label[of] + (below(12) == 0)) % from->classes);
        if (d.truth)
            d.truth[i] = from->truth[of];
    }
    dataset_bounds(&d);
    TrainerPoints *prepared = trainer_prepare_points(t, &d, NULL, origin, &status);
    assert_non_null(prepared);
    trainer_commit_points(t, prepared, &d, NULL);
    dataset_free(&d);
    free(origin);
}

static void change_settings(Trainer *t) {
    Settings s = t->settings;
    s.learning_rate *= between(0.5, 2.0);
    s.order = (int)below(3);
    s.growing_factor = between(0.9, 2.0);
    s.weight_decay = below(2) ? 0.0 : 0.01;
    if (below(2))
        s.regularizer = (int)below(REGULARIZER_SUPERLOSS + 1);
    if (below(3) == 0)
        s.pace = (int)below(PACE_CLEAN_ALONE + 1);
    if (settings_check(&s, &status) && trainer_has_clean(t, &s, &status))
        trainer_set(t, &s);
}

typedef struct Watched { /* a run and what is kept of its epochs */
    Trainer *trainer;
    History history;
    LabelMeasures measures;
} Watched;

static void watch(Watched *w) {
    history_free(&w->history);
    label_measures_free(&w->measures);
    assert_true(history_init(&w->history, w->trainer->data.count, w->trainer->mlp.parameters, 1 << 20, &status));
    assert_true(label_measures_init(&w->measures, w->trainer->data.count, &status));
}

static void do_something(Watched *w) {
    Trainer *t = w->trainer;
    uint32_t what = below(16), which = mt_u32(&drawn); /* not as arguments: their order is the compiler's */
    double value = between(0.05, 0.95);
    switch (what) {
    case 0:
        trainer_set_threshold(t, value);
        break;
    case 1:
        trainer_set_class_threshold(t, (int)(which % (uint32_t)t->data.classes), value);
        break;
    case 2:
        trainer_set_hold(t, !t->hold);
        break;
    case 3:
        change_settings(t);
        break;
    case 4:
        trainer_set_parameter(t, which % t->mlp.parameters, (float)(value - 0.5));
        break;
    case 5:
        trainer_redecide(t);
        break;
    case 6:
        paint(t);
        watch(w);
        break;
    case 7: /* looks back and goes on from there */
        if (w->history.count > 1)
            history_restore(&w->history, &w->history.records[which % w->history.count], t);
        break;
    default:
        break;
    }
}

/* ---- the hash of one ---- */

static uint64_t hash_scores(uint64_t hash, uint32_t number, Watched *w) {
    Trainer *t = w->trainer;
    LabelScores scores;
    HeldOut *held_out = NULL;
    unsigned wanted = (1u << MEASURE_COUNT) - 1;
    if (number % 32 == 0 && t->data.count < 60) { /* six more trainings */
        held_out = held_out_new(&t->settings, &t->data, &status);
        assert_true(held_out && held_out_run(held_out, NULL, NULL, &status));
    }
    trainer_evaluate(t);
    LabelSources from = label_sources(t, &w->measures, held_out);
    from.no_knn = t->data.count > 1000;
    assert_true(label_scores_make(&scores, &from, wanted, &status));
    for (int m = 0; m < MEASURE_COUNT; m++)
        hash = hash_floats(hash, scores.value[m], scores.value[m] ? scores.count : 0);
    label_scores_free(&scores);
    held_out_free(held_out);
    return hash;
}

/* Of everything from its points to its last epoch. */
static uint64_t state_of(uint32_t number, int set, int threads) {
    variant = set;
    parallel_set_threads(threads);
    Settings s = draw_settings(number);
    bool own = number % 4 == 1 && !is_large(number);
    Dataset points = {0};
    if (own)
        points = draw_points();
    Watched w = {.trainer = trainer_new(&s, own ? &points : NULL, &status)};
    Trainer *t = w.trainer;
    if (!t)
        fail_msg("run %u: %s", number, status.message);
    watch(&w);
    uint64_t hash = hash_points(hash_points(hash_points(STATE_HASH_BEGIN, &t->data), &t->test), &t->clean);
    hash = hash_training(hash, t);
    for (int slice = 0; slice < 30 && !trainer_finished(t) && !t->diverged; slice++) {
        trainer_run(t, is_large(number) ? SIZE_MAX : 1 + below((uint32_t)t->batches));
        if (t->batch == 0) {
            trainer_evaluate(t);
            hash = hash_epoch(hash, t);
            if (w.history.count == 0 || w.history.records[w.history.count - 1].epoch < t->epoch - 1) {
                assert_true(history_add(&w.history, t, &status));
                label_measures_add(&w.measures, &t->mlp, t->parameters, &t->data);
            }
        }
        hash = hash_training(hash, t);
        do_something(&w);
    }
    hash = hash_points(hash_training(hash_scores(hash, number, &w), t), &t->data);
    trainer_free(t);
    history_free(&w.history);
    label_measures_free(&w.measures);
    parallel_set_threads(0);
    return hash;
}

/* ---- the record ---- */

static const char *const SET_NAMES[SETS] = {"x86-64", "avx2", "avx512", "arm64"};
static uint64_t record[RUNS][SETS];

/* The column of a set of loops of this machine. Other machines than the two are held to plain x86-64, which rounds each
 * product and sum. */
static int column_of(int set) {
#if defined(__aarch64__)
    return set + 3;
#else
    return set;
#endif
}

static FILE *open_record(const char *mode) {
    FILE *file = fopen(TEST_SOURCE_DIR "/reference/states.txt", mode);
    assert_non_null(file);
    return file;
}

static void read_record(void) {
    char line[256];
    FILE *file = open_record("r");
    for (unsigned number; fgets(line, sizeof line, file);)
        if (line[0] != '#') {
            unsigned long long hash[SETS];
            assert_int_equal(sscanf(line, "%u %llx %llx %llx %llx", &number, &hash[0], &hash[1], &hash[2], &hash[3]),
                             5);
            assert_true(number < RUNS);
            for (int set = 0; set < SETS; set++)
                record[number][set] = hash[set];
        }
    fclose(file);
}

static void write_record(void) {
    FILE *file = open_record("w");
    fprintf(file, "# States of %d runs, a hash each, by set of inner loops (tests/unit/core/test_states.c)\n# run",
            RUNS);
    for (int set = 0; set < SETS; set++)
        fprintf(file, " %s", SET_NAMES[set]);
    for (int number = 0; number < RUNS; number++) {
        fprintf(file, "\n%d", number);
        for (int set = 0; set < SETS; set++)
            fprintf(file, " %016llx", (unsigned long long)record[number][set]);
    }
    fprintf(file, "\n");
    assert_int_equal(fclose(file), 0);
}

static void states_are_as_recorded(void **state) {
    (void)state;
    bool update = getenv("STATES_UPDATE") != NULL;
    read_record();
    int sets = variants(), wrong = 0;
    for (uint32_t number = 0; number < RUNS; number++)
        for (int set = 0; set < sets; set++) {
            int threads = 1 + (int)(number + (uint32_t)set) % 4;
            uint64_t hash = state_of(number, set, threads), *known = &record[number][column_of(set)];
            if (update)
                *known = hash;
            if (*known == hash)
                continue;
            wrong++;
            print_message("run %u by %s with %d threads: %016llx, recorded %016llx\n", number,
                          SET_NAMES[column_of(set)], threads, (unsigned long long)hash, (unsigned long long)*known);
        }
    if (update)
        write_record();
    assert_int_equal(wrong, 0);
}

static void threads_make_no_difference(void **state) {
    (void)state;
    for (uint32_t number = LARGE - 1; number < RUNS; number += LARGE) {
        uint64_t alone = state_of(number, -1, 1);
        for (int threads = 2; threads <= 7; threads += threads < 3 ? 1 : 4)
            assert_true(state_of(number, -1, threads) == alone);
    }
}

/* What README says of the sets: all that multiply and add in one step. */
static void all_but_plain_x86_64_agree(void **state) {
    (void)state;
    for (int number = 0; number < RUNS; number++)
        for (int set = 2; set < SETS; set++)
            assert_true(record[number][set] == record[number][1]);
}

/* ---- of all kinds ---- */

static bool has_words(const Property *p) {
    return p->kind == KIND_CHOICE || p->kind == KIND_SWITCH;
}

static void every_choice_is_met(void **state) {
    (void)state;
    int met[PROPERTY_COUNT][8] = {0}, deep = 0, linear = 0, classes = 0;
    for (uint32_t number = 0; number < RUNS; number++) {
        Settings s = draw_settings(number);
        for (int i = 0; i < PROPERTY_COUNT; i++)
            if (has_words(&PROPERTIES[i]))
                met[i][(int)property_get(&s, &PROPERTIES[i])]++;
        deep += s.hidden_count > 2;
        linear += s.hidden_count == 0;
        classes += settings_classes(&s) > 4;
    }
    for (int i = 0; i < PROPERTY_COUNT; i++)
        for (int value = 0; has_words(&PROPERTIES[i]) && value <= (int)PROPERTIES[i].maximum; value++)
            assert_true(met[i][value] >= 5);
    assert_true(deep >= 10 && linear >= 20 && classes >= 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_choice_is_met),
        cmocka_unit_test(states_are_as_recorded),
        cmocka_unit_test(threads_make_no_difference),
        cmocka_unit_test(all_but_plain_x86_64_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
