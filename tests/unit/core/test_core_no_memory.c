/* Every allocation that core makes fails in turn: the call says that there is not enough memory, leaves nothing behind
 * (the leak check of the sanitizers sees that), and done again with memory it does what it is there for. The allocators
 * are replaced by the linker (--wrap). */
#include "core/contour.h"
#include "core/detection.h"
#include "core/held_out.h"
#include "core/history.h"
#include "core/label_scores.h"
#include "core/large_pages.h"
#include "core/neighbours.h"
#include "core/parallel.h"
#include "core/state_pack.h"
#include "tests/support/failing_memory.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SAMPLES = 130 };

static Status status;
static Trainer *run; /* of clean points that the thresholds are moved by, all kinds of marks and names */
static History history;

/* The deed with its first, second, ... allocation refused, until it makes do with those that it has. Deeds undo what
 * they did. */
static void each_fails(bool (*deed)(void), long least) {
    for (long n = 0;; n++) {
        status = (Status){0};
        left = n;
        bool done = deed(), refused = left < 0;
        left = -1;
        if (!refused) {
            assert_true(done);
            assert_in_range(n, least, 1000);
            return;
        }
        if (done)
            fail_msg("allocation %ld is refused, and nobody says so", n);
        assert_int_equal(status.code, STATUS_FAILED);
        assert_int_equal(strncmp(status.message, "not enough memory for ", 22), 0);
    }
}

static Settings settings(void) {
    Settings s;
    settings_default(&s);
    s.samples = SAMPLES;
    s.hidden_count = 1;
    s.hidden[0] = 3;
    s.flip = s.outliers = s.test = 0.1;
    s.clean = 8;
    s.anomaly = true;
    s.regularizer = REGULARIZER_LINEAR;
    s.pace = PACE_META;
    s.threshold = 2.0;
    return s;
}

static bool name_all(Dataset *d) {
    static const char one[] = "a name\nof two lines", other[] = "another\nof two";
    return (dataset_name_class(d, 0, one, strlen(one)) && dataset_name_class(d, 1, other, strlen(other))) ||
           status_no_memory(&status, "the names");
}

static int set_up(void **state) {
    (void)state;
    parallel_set_threads(1);
    Settings s = settings();
    run = trainer_new(&s, NULL, &status);
    if (!run || !history_init(&history, run->data.count, run->mlp.parameters, HISTORY_DEFAULT_BYTES, &status))
        return -1;
    for (int i = 0; i < 3; i++) {
        trainer_run(run, run->batches);
        trainer_evaluate(run);
        if (!history_add(&history, run, &status))
            return -1;
    }
    return dataset_add_kept(&run->data, &status) && name_all(&run->data) ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    trainer_free(run);
    history_free(&history);
    return 0;
}

/* ---- points ---- */

static bool make_points(void) {
    Settings s = settings();
    Dataset d, test, clean;
    if (!dataset_generate(&d, &s, &status))
        return false;
    bool done = dataset_prepare(&d, &s, &test, &clean, &status);
    if (!done)
        assert_true(test.count == 0 && clean.count == 0);
    dataset_free(&d);
    dataset_free(&test);
    dataset_free(&clean);
    return done;
}

static bool copy_points(void) {
    Dataset copy;
    bool done = dataset_copy(&copy, &run->data, &status);
    if (done)
        assert_string_equal(dataset_class_whole(&copy, 0), dataset_class_whole(&run->data, 0));
    else
        assert_true(copy.count == 0 && !copy.x);
    dataset_free(&copy);
    return done;
}

static bool join_points(void) {
    Dataset all;
    bool done = dataset_join(&all, &run->data, &run->test, &run->clean, &status);
    if (done)
        assert_int_equal(all.count, SAMPLES);
    else
        assert_true(all.count == 0 && !all.x);
    dataset_free(&all);
    return done;
}

static bool name_points(void) {
    Dataset d = {.classes = 2};
    bool done = name_all(&d);
    dataset_free(&d);
    return done;
}

static bool clean_points(void) {
    Dataset d, clean;
    left += left >= 0 ? 3 : 0; /* those of the set itself are another deed's */
    if (!dataset_init(&d, 10, 2, &status))
        return false;
    for (size_t i = 0; i < 10; i++)
        d.label[i] = (uint8_t)(i % 2);
    bool done = dataset_keep_truth(&d, &status) && dataset_draw_clean(&d, 4, 1, NULL, &status) &&
                dataset_take_clean(&d, &clean, &status);
    if (done) {
        assert_int_equal(clean.count, 4);
        dataset_free(&clean);
    }
    dataset_free(&d);
    return done;
}

static void test_points(void **state) {
    (void)state;
    each_fails(make_points, 15);
    each_fails(copy_points, 5);
    each_fails(join_points, 5);
    each_fails(name_points, 2);
    each_fails(clean_points, 3);
}

/* ---- a run ---- */

static bool is_there(Trainer *t) {
    bool done = t != NULL;
    trainer_free(t);
    return done;
}

static bool make_run(void) {
    Settings s = settings();
    return is_there(trainer_new(&s, NULL, &status));
}

static bool make_plain_run(void) {
    Settings s = settings();
    s.clean = 0;
    s.pace = PACE_MULTIPLICATIVE;
    return is_there(trainer_new(&s, NULL, &status));
}

/* Its kernels for linear models have arrays of their own. */
static bool make_linear_run(void) {
    Settings s = settings();
    s.hidden_count = 0;
    return is_there(trainer_new(&s, NULL, &status));
}

static bool make_from_points(void) {
    Settings s = settings();
    return is_there(trainer_new_copy(&s, &run->data, &status));
}

static bool twin_run(void) {
    return is_there(trainer_twin(run, &run->settings, &status));
}

static bool copy_run(void) {
    return is_there(trainer_copy(run, &status));
}

static bool change_points(void) {
    static uint32_t origin[SAMPLES];
    for (uint32_t i = 0; i < run->data.count; i++)
        origin[i] = i;
    TrainerPoints *prepared = trainer_prepare_points(run, &run->data, NULL, origin, &status);
    trainer_drop_points(prepared);
    return prepared != NULL;
}

static void test_run(void **state) {
    (void)state;
    each_fails(make_run, 30);
    each_fails(make_linear_run, 30);
    each_fails(make_plain_run, 20);
    each_fails(make_from_points, 30);
    each_fails(twin_run, 30);
    each_fails(copy_run, 30);
    each_fails(change_points, 10);
}

/* What is kept for taking a step back: without memory the turns are not, the decisions without their v's. */
static void test_kept(void **state) {
    (void)state;
    for (long n = 0; n < 4; n++) {
        TrainerTurns turns;
        left = n;
        bool kept = trainer_keep_turns(run, &turns);
        left = -1;
        assert_int_equal(kept, n == 3);
        assert_int_equal(turns.count, kept ? run->data.count : 0);
        trainer_free_turns(&turns);
    }
    for (long n = 0; n < 3; n++) {
        TrainerDecisions d;
        float before = run->each.v[0];
        left = n;
        trainer_keep_decisions(run, &d);
        left = -1;
        assert_int_equal(d.count, n == 2 ? run->data.count : 0);
        trainer_set_threshold(run, 0.01);
        trainer_put_decisions(run, &d);
        assert_true(run->each.v[0] == before || n < 2);
        trainer_free_decisions(&d);
    }
}

/* ---- the history ---- */

static bool begin_history(void) {
    History h;
    bool done = history_init(&h, run->data.count, run->mlp.parameters, HISTORY_DEFAULT_BYTES, &status);
    if (done)
        history_free(&h);
    return done;
}

static bool copy_history(void) {
    History copy;
    bool done = history_copy(&copy, &history, 2, &status);
    if (done)
        assert_int_equal(copy.count, 3);
    history_free(&copy);
    return done;
}

static bool add_record(void) {
    left += left >= 0; /* that of the next line is another deed's */
    History h;
    if (!history_init(&h, run->data.count, run->mlp.parameters, HISTORY_DEFAULT_BYTES, &status))
        return false;
    bool done = history_add(&h, run, &status);
    assert_int_equal(h.count, done);
    history_free(&h);
    return done;
}

/* More than it has room for at first. */
static bool add_records(void) {
    enum { MORE = 20 };
    History h;
    left += left >= 0;
    if (!history_init(&h, run->data.count, run->mlp.parameters, HISTORY_DEFAULT_BYTES, &status))
        return false;
    uint32_t epoch = run->epoch;
    size_t added = 0;
    while (added < MORE && history_add(&h, run, &status)) {
        run->epoch++;
        added++;
    }
    run->epoch = epoch;
    assert_int_equal(h.count, added);
    history_free(&h);
    return added == MORE;
}

/* So many new points that the records need longer rows of bits. */
static bool lengthen_history(void) {
    enum { MORE = 400 };
    static uint8_t label[MORE];
    uint32_t slot[MORE];
    for (uint32_t i = 0; i < MORE; i++)
        slot[i] = i;
    HistoryPoints *prepared = history_prepare_points(&history, slot, MORE, run->data.label, label, &status);
    assert_true(history_was_easy(&history, &history.records[2], 0) == (run->each.v[0] > 0.0f));
    history_drop_points(prepared);
    return prepared != NULL;
}

static void test_history(void **state) {
    (void)state;
    trainer_redecide(run);
    each_fails(begin_history, 1);
    each_fails(copy_history, 10);
    each_fails(add_record, 4);
    each_fails(add_records, 20);
    each_fails(lengthen_history, 4);
}

/* ---- what is drawn ---- */

static Field field;

static bool make_field(void) {
    field_free(&field);
    return field_resize(&field, 40, 30, run->data.classes, &status);
}

static bool trace_boundary(void) {
    Contour contour = {0};
    bool done = contour_trace(&contour, &field, &status);
    assert_true(done || (contour.point_count == 0 && contour.line_count == 0));
    contour_free(&contour);
    return done;
}

/* Three classes that meet: a junction. */
static void test_boundary(void **state) {
    (void)state;
    each_fails(make_field, 1);
    assert_true(field_resize(&field, 40, 30, 3, &status));
    for (int r = 0; r < 30; r++) {
        for (int c = 0; c < 40; c++) {
            for (int k = 0; k < 3; k++) {
                double angle = 2.0944 * k + 0.3;
                field.scores[(k * 30 + r) * 40 + c] = (float)(cos(angle) * (c - 19.7) + sin(angle) * (r - 14.6));
            }
        }
    }
    each_fails(trace_boundary, 5);
    assert_false(field_resize(&field, INT32_MAX, INT32_MAX, 8, &status));
    assert_string_equal(status.message, "not enough memory for the decision regions");
    assert_int_equal(field.columns, 40);
    field_free(&field);
}

/* ---- suspects ---- */

static HeldOut *held_out;
static LabelMeasures measures;

static bool begin_models(void) {
    held_out_free(held_out);
    held_out = held_out_new(&run->settings, &run->data, &status);
    return held_out != NULL;
}

static bool no_more(void *context) {
    (void)context;
    return false;
}

/* The first steps of the last fold and of the plain run, where they take their memory. */
static bool begin_folds(void) {
    bool done = begin_models();
    for (int f = HELD_OUT_PLAIN - 1; done && f < HELD_OUT_RUNS; f++)
        done = held_out_step(held_out, f);
    if (held_out && !done) {
        done = held_out_run(held_out, no_more, NULL, &status); /* says what a fold has failed for */
        assert_false(held_out_done(held_out));
    }
    return done;
}

static bool end_models(void) {
    return held_out_run(held_out, NULL, NULL, &status);
}

static bool begin_measures(void) {
    label_measures_free(&measures);
    return label_measures_init(&measures, run->data.count, &status);
}

static bool score(void) {
    LabelScores scores;
    LabelSources from = label_sources(run, &measures, held_out);
    bool done = label_scores_make(&scores, &from, MEASURE_BIT(MEASURE_AGREEMENT), &status);
    assert_true(done || scores.count == 0);
    label_scores_free(&scores);
    return done;
}

static LabelScores scores;
static uint32_t order[SAMPLES];

static bool sort_suspects(void) {
    return label_scores_order(&scores, MEASURE_KNN, order, &status);
}

static bool detect(void) {
    static float key[SAMPLES];
    uint8_t wrong[SAMPLES] = {1, 1};
    Detection d;
    return detection_make(&d, key, wrong, SAMPLES, &status);
}

static bool look_around(void) {
    static float share[SAMPLES];
    return neighbours_unlike(&run->mlp, &run->data, share, &status);
}

static void test_suspects(void **state) {
    (void)state;
    each_fails(begin_models, 3);
    each_fails(begin_folds, 50);
    each_fails(begin_measures, 2);
    each_fails(detect, 2);
    each_fails(look_around, 3);
    assert_true(begin_models() && end_models());
    label_measures_add(&measures, &run->mlp, run->parameters, &run->data);
    each_fails(score, 15);
    LabelSources from = label_sources(run, &measures, held_out);
    assert_true(label_scores_make(&scores, &from, MEASURE_BIT(MEASURE_AGREEMENT), &status));
    each_fails(sort_suspects, 4);
    label_scores_free(&scores);
}

/* Models that are almost done: what their ends take. Without memory a fold has failed; the plain run's model is then
 * not known, and all else is. */
static void test_ends_of_models(void **state) {
    (void)state;
    for (int fold = HELD_OUT_PLAIN - 1; fold < HELD_OUT_RUNS; fold++) {
        assert_true(begin_models());
        while (held_out_epochs(held_out, fold) < HELD_OUT_SETTLING)
            assert_true(held_out_step(held_out, fold));
        left = 0;
        while (held_out_step(held_out, fold))
            ;
        assert_true(left < 0); /* it has been refused */
        Mlp mlp;
        assert_null(held_out_plain_model(held_out, &mlp));
        assert_int_equal(held_out_plain_figures(held_out).count, fold == HELD_OUT_PLAIN ? run->data.count : 0);
        assert_int_equal(held_out_run(held_out, NULL, NULL, &status), fold == HELD_OUT_PLAIN);
        assert_int_equal(held_out_done(held_out), fold == HELD_OUT_PLAIN);
    }
    held_out_free(held_out);
    held_out = NULL;
    label_measures_free(&measures);
}

/* ---- bytes ---- */

static unsigned char *bytes;
static size_t size;
static TrainerTurns turns;
static TrainerDecisions decisions;

static bool read_bytes(void) {
    Trainer *t = NULL;
    History h = {0};
    TrainerTurns u = {0};
    TrainerDecisions d = {0};
    Pack read = pack_read(bytes, size, &status);
    bool done = pack_trainer(&read, &t) && history_fields(&read, &h, t) && turns_fields(&read, &u) &&
                decisions_fields(&read, &d);
    if (done) {
        assert_memory_equal(t->parameters, run->parameters, t->mlp.parameters * sizeof *t->parameters);
        assert_memory_equal(u.order, turns.order, turns.count * sizeof *u.order);
        assert_memory_equal(u.influence, turns.influence, turns.count * sizeof *u.influence);
        assert_memory_equal(d.v, decisions.v, decisions.count * sizeof *d.v);
        assert_true(d.thresholds.threshold == decisions.thresholds.threshold);
    }
    trainer_free_turns(&u);
    trainer_free_decisions(&d);
    history_free(&h);
    trainer_free(t);
    return done;
}

static bool run_fields(Pack *pack) {
    return pack_trainer(pack, &run) && history_fields(pack, &history, run) && turns_fields(pack, &turns) &&
           decisions_fields(pack, &decisions);
}

static size_t write_bytes(unsigned char *to, size_t room) {
    Pack write = pack_write(to, room, &status);
    assert_true(run_fields(&write));
    pack_end(&write);
    return write.at;
}

/* Writing takes memory to find what stands there already; without it, that stands there twice. */
static void test_bytes(void **state) {
    (void)state;
    trainer_run(run, 1); /* with the order of an epoch under way */
    trainer_evaluate(run);
    assert_true(trainer_keep_turns(run, &turns));
    trainer_keep_decisions(run, &decisions);
    Pack count = pack_count(&status);
    assert_true(run_fields(&count));
    bytes = malloc(count.at);
    assert_non_null(bytes);
    size = write_bytes(bytes, count.at);
    for (size_t i = 0; i + 10 < size; i++) /* a name that is not as it is shown is kept apart, which takes memory */
        if (memcmp(bytes + i, "a name?of", 9) == 0)
            bytes[i + 6] = '\n';
    each_fails(read_bytes, 40);
    size_t short_size = size;
    left = 0;
    size = write_bytes(bytes, count.at);
    assert_true(left < 0);
    assert_true(size >= short_size && size <= count.at);
    assert_true(read_bytes());
    free(bytes);
    trainer_free_turns(&turns);
    trainer_free_decisions(&decisions);
}

/* ---- large arrays ---- */

static bool take_pages(void) {
    void *memory = large_pages_alloc((size_t)5 << 20);
    assert_int_equal((uintptr_t)memory % ((size_t)2 << 20), 0);
    bool done = memory != NULL;
    free(memory);
    return done || status_no_memory(&status, "pages");
}

static void test_pages(void **state) {
    (void)state;
    each_fails(take_pages, 1);
    left = 0;
    assert_null(large_pages_alloc(SIZE_MAX));
    left = -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points),         cmocka_unit_test(test_run),      cmocka_unit_test(test_kept),
        cmocka_unit_test(test_history),        cmocka_unit_test(test_boundary), cmocka_unit_test(test_suspects),
        cmocka_unit_test(test_ends_of_models), cmocka_unit_test(test_bytes),    cmocka_unit_test(test_pages),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
