/* The edges of core: the smallest and largest that it is given, what is not known, and what the system does not say.
 * Some calls to the system are replaced by the linker (--wrap). */
#define _GNU_SOURCE /* sched_getaffinity */
#include "core/contour.h"
#include "core/held_out.h"
#include "core/history.h"
#include "core/label_scores.h"
#include "core/pace.h"
#include "core/parallel.h"
#include "core/state_pack.h"

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static Status status;

static Trainer *begin(const Settings *s) {
    Trainer *t = trainer_new(s, NULL, &status);
    if (!t)
        fail_msg("%s", status.message);
    return t;
}

static Settings small_run(void) {
    Settings s;
    settings_default(&s);
    s.samples = 60;
    return s;
}

/* ---- settings ---- */

/* A value of 80 characters is cut in whatever is said about it. */
static void long_values_are_cut_in_all_messages(void **state) {
    (void)state;
    static const struct {
        const char *name, *begin;
        char more;
        const char *end, *message;
    } CASES[] = {
        {"samples", "10.", '0', "5", "...' is not a number"},
        {"samples", "10.5", '0', "", "... is not a whole number"},
        {"samples", "-10.", '0', "", "... is below 2"},
        {"samples", "1", '0', "", "... is above "},
        {"threshold", "nan(", '1', ")", "...' is not a finite number"},
        {"order", "e", 'a', "", "...' is not one of easy, hard or all"},
        {"hold", "o", 'n', "", "...' is neither on nor off"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const Property *p = property_find(CASES[i].name);
        if (!p)
            continue;
        char text[100] = "";
        strcpy(text, CASES[i].begin);
        memset(text + strlen(text), CASES[i].more, 80);
        strcat(text, i == 0 ? "x" : CASES[i].end);
        Settings s;
        settings_default(&s);
        assert_false(property_parse(&s, p, text, &status));
        if (!strstr(status.message, CASES[i].message))
            fail_msg("%s", status.message);
        assert_true(strlen(status.message) < 160);
    }
}

static void only_a_number_is_one(void **state) {
    (void)state;
    static const char *const NONE[] = {"\n1", "\r1", "\v1", "\f1", "1\n", "+", "0x", "inf", "+Infinity", "nan"};
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
        Settings s;
        settings_default(&s);
        assert_false(property_parse(&s, property_find("threshold"), NONE[i], &status));
    }
}

static void centroids_are_compared_one_by_one(void **state) {
    (void)state;
    const Property *p = property_find("centroids");
    Settings a, b;
    settings_default(&a);
    b = a;
    assert_true(property_parse(&a, p, "0,0,1,1", &status) && property_parse(&b, p, "0,0,1,2", &status));
    assert_false(property_same(&a, &b, p));
    assert_true(property_parse(&b, p, "0,0,1,1,2,2", &status));
    assert_false(property_same(&a, &b, p));
    assert_true(property_parse(&b, p, "0,0,1,1", &status));
    assert_true(property_same(&a, &b, p));
    assert_true(property_makes_points(PROPERTY_SEED == p->id ? PROPERTY_SEED : p->id));
}

/* ---- messages ---- */

static const char *german(const char *english) {
    return strcmp(english, "not enough memory for %s") == 0 ? "kein Speicher f\u00fcr %s" : "die Punkte";
}

static void messages_are_translated(void **state) {
    (void)state;
    status_translate(german);
    status_no_memory(&status, "the points");
    status_translate(NULL);
    assert_string_equal(status.message, "kein Speicher f\u00fcr die Punkte");
    status_no_memory(&status, "the points");
    assert_string_equal(status.message, "not enough memory for the points");
}

/* A word that can't be written in the locale's letters. */
static void a_message_that_cannot_be_made_is_empty(void **state) {
    (void)state;
    static const wchar_t none[] = {(wchar_t)0x7fffffff, 0};
    assert_false(status_fail(&status, STATUS_FAILED, "%ls", none));
    assert_string_equal(status.message, "");
    assert_int_equal(status.code, STATUS_FAILED);
}

/* ---- points ---- */

static void sets_have_a_point_and_not_too_many(void **state) {
    (void)state;
    Dataset d;
    assert_false(dataset_init(&d, 0, 2, &status));
    char message[100];
    snprintf(message, sizeof message, "0 points: 1 to %d can be handled", MAX_SAMPLES);
    assert_string_equal(status.message, message);
    assert_int_equal(status.code, STATUS_USAGE);
    assert_false(dataset_init(&d, (size_t)MAX_SAMPLES + 1, 2, &status));
    assert_true(!d.x && d.count == 0);
}

static void names_of_blanks_are_none(void **state) {
    (void)state;
    Dataset d = {.classes = 2};
    static const char zero[] = "a\0b";
    assert_true(dataset_name_class(&d, 0, "   ", 3));
    assert_string_equal(d.class_name[0], "");
    assert_true(dataset_name_class(&d, 0, "", 0));
    assert_string_equal(d.class_name[0], "");
    assert_true(dataset_name_class(&d, 0, zero, 3)); /* which no table can have */
    assert_string_equal(d.class_name[0], "a?b");
    assert_null(d.class_written[0]);
    assert_true(dataset_name_class(&d, 1, "\xc2\xa0 \xc2\x80", 5));
    assert_string_equal(d.class_name[1], "\u00a0 ?");
    dataset_free(&d);
}

static void no_clean_points_are_asked_for(void **state) {
    (void)state;
    Settings s = small_run();
    Dataset d, clean;
    assert_true(dataset_generate(&d, &s, &status));
    assert_true(dataset_draw_clean(&d, 0, 1, NULL, &status));
    assert_null(d.clean);
    assert_true(dataset_take_clean(&d, &clean, &status));
    assert_int_equal(clean.count, 0);
    assert_false(dataset_draw_clean(&d, 60, 1, NULL, &status)); /* none would be left */
    assert_int_equal(status.code, STATUS_USAGE);
    dataset_free(&d);
}

/* What is kept of one part alone comes into the joined set. */
static void parts_with_other_marks_are_joined(void **state) {
    (void)state;
    Dataset data, test, none = {0}, all;
    assert_true(dataset_init(&data, 3, 2, &status) && dataset_init(&test, 2, 2, &status));
    assert_true(dataset_add_rows(&data, &status) && dataset_add_rows(&test, &status));
    assert_true(dataset_add_truth(&test, &status) && dataset_add_kept(&test, &status));
    for (uint32_t i = 0; i < 3; i++)
        data.row[i] = 2 * i;
    test.row[0] = 1;
    test.row[1] = 3;
    test.kept[1] = 1;
    test.truth[0] = 1;
    data.label[2] = 1;
    assert_true(dataset_join(&all, &data, &test, &none, &status));
    assert_int_equal(all.count, 5);
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(all.row[i], i);
        assert_int_equal(all.kept[i], i == 3);
        assert_int_equal(all.truth[i], i == 1 || i == 4); /* where it is not said, the label */
    }
    dataset_free(&all);
    data.count = 0; /* all are kept apart */
    assert_true(dataset_join(&all, &data, &test, &none, &status));
    assert_int_equal(all.count, 2);
    assert_int_equal(all.kept[1], 1);
    dataset_free(&all);
    data.count = 3;
    dataset_free(&data);
    dataset_free(&test);
}

/* ---- what is drawn ---- */

/* The third of three classes is not known at a node: no line goes by there. */
static void no_line_where_a_score_is_none(void **state) {
    (void)state;
    enum { SIDE = 12 };
    Field f = {0};
    Contour c = {0};
    assert_true(field_resize(&f, SIDE, SIDE, 3, &status));
    for (int i = 0; i < SIDE * SIDE; i++) {
        f.scores[i] = (float)(i % SIDE) - 5.5f;
        f.scores[SIDE * SIDE + i] = 0.0f;
        f.scores[2 * SIDE * SIDE + i] = -100.0f;
    }
    assert_true(contour_trace(&c, &f, &status));
    assert_int_equal(c.line_count, 1);
    f.scores[2 * SIDE * SIDE + 6 * SIDE + 5] = NAN;
    assert_true(contour_trace(&c, &f, &status));
    assert_int_equal(c.line_count, 2);
    f.scores[6 * SIDE + 5] = INFINITY; /* the first of them */
    f.scores[2 * SIDE * SIDE + 6 * SIDE + 5] = -100.0f;
    assert_true(contour_trace(&c, &f, &status));
    assert_int_equal(c.line_count, 2);
    contour_free(&c);
    field_free(&f);
}

/* A grid that is too small for threads has the scores of one that is not. */
static void small_fields_are_as_large_ones(void **state) {
    (void)state;
    Settings s = small_run();
    Trainer *t = begin(&s);
    Field small = {0}, large = {0};
    assert_true(field_resize(&small, 3, 2, 2, &status) && field_resize(&large, 600, 600, 2, &status));
    field_compute(&small, &t->mlp, t->parameters, 1.0, 2.0, 0.5, -0.25);
    field_compute(&large, &t->mlp, t->parameters, 1.0, 2.0, 0.5, -0.25);
    for (int k = 0; k < 2; k++)
        for (int r = 0; r < 2; r++)
            for (int c = 0; c < 3; c++)
                assert_true(small.scores[(k * 2 + r) * 3 + c] == large.scores[(k * 600 + r) * 600 + c]);
    field_free(&small);
    field_free(&large);
    trainer_free(t);
}

/* ---- runs ---- */

static void the_sum_of_weights_is_that_of_all(void **state) {
    (void)state;
    for (int samples = 60; samples < 70; samples++) {
        Settings s = small_run();
        s.samples = samples;
        s.regularizer = REGULARIZER_LINEAR;
        s.threshold = 1.0;
        Trainer *t = begin(&s);
        trainer_run(t, SIZE_MAX);
        double sum = 0.0;
        for (size_t i = 0; i < t->data.count; i++)
            sum += (double)t->each.v[i];
        assert_true(sum > 0.0 && fabs(trainer_weight_sum(t) - sum) < 1e-9);
        trainer_free(t);
    }
}

/* Between the epochs of a warm-up and the first after it the v's on show are those of the warm-up. */
static void looking_anew_keeps_the_warm_up(void **state) {
    (void)state;
    Settings s = small_run();
    s.warmup = 1;
    s.threshold = 0.01;
    Trainer *t = begin(&s);
    trainer_run(t, SIZE_MAX);
    trainer_redecide(t);
    assert_int_equal(trainer_easy(t), t->data.count);
    trainer_run(t, SIZE_MAX);
    trainer_redecide(t);
    assert_true(trainer_easy(t) < t->data.count);
    trainer_free(t);
}

static void a_share_that_begins_at_0(void **state) {
    (void)state;
    Settings s = small_run();
    s.pace = PACE_SHARE;
    s.share_curve = SHARE_GEOMETRIC;
    s.share_start = 0.0;
    s.share_end = 1.0;
    s.share_epochs = 5;
    for (uint32_t epoch = 0; epoch < 8; epoch++)
        assert_true(pace_share(&s, epoch) == (epoch >= 4 ? 1.0 : 0.0));
}

static void slices_are_shorter_for_runs_by_clean_points(void **state) {
    (void)state;
    Settings s = small_run();
    Trainer *plain = begin(&s);
    s.clean = 8;
    s.pace = PACE_REWEIGHT;
    Trainer *clean = begin(&s);
    assert_true(trainer_batches_between_looks(clean) < trainer_batches_between_looks(plain));
    assert_true(trainer_batches_between_looks(clean) > 0);
    assert_non_null(strstr("base avx2 avx512", trainer_kernels(clean)));
    trainer_free(plain);
    trainer_free(clean);
}

/* The same points once more: with the turns that were kept the epoch goes on as if nothing had been. */
static void turns_are_put_back(void **state) {
    (void)state;
    for (int meta = 0; meta < 2; meta++) {
        Settings s = small_run();
        s.clean = meta ? 6 : 0;
        s.pace = meta ? PACE_META : PACE_MULTIPLICATIVE;
        s.regularizer = REGULARIZER_LINEAR;
        s.threshold = 2.0;
        s.batch = 10;
        Trainer *t = begin(&s);
        trainer_run(t, t->batches + 2);
        trainer_run(t, 2);
        assert_int_equal(t->batch, 2);
        Trainer *as_it_was = trainer_copy(t, &status);
        TrainerTurns turns;
        assert_true(as_it_was && trainer_keep_turns(t, &turns));
        Dataset points;
        uint32_t origin[60];
        for (uint32_t i = 0; i < 60; i++)
            origin[i] = i;
        assert_true(dataset_copy(&points, &t->data, &status));
        TrainerPoints *prepared = trainer_prepare_points(t, &points, NULL, origin, &status);
        assert_non_null(prepared);
        trainer_commit_points(t, prepared, &points, NULL);
        dataset_free(&points);
        TrainerTurns others = {.count = t->data.count + 1, .batch = 1};
        trainer_put_turns(t, &others); /* they do not fit */
        others.count = t->data.count;
        others.batch = t->batches;
        trainer_put_turns(t, &others);
        assert_int_equal(t->batch, 2);
        trainer_put_turns(t, &turns);
        for (int i = 0; i < 3; i++) {
            trainer_run(t, SIZE_MAX);
            trainer_run(as_it_was, SIZE_MAX);
        }
        assert_memory_equal(t->parameters, as_it_was->parameters, t->mlp.parameters * sizeof *t->parameters);
        trainer_free_turns(&turns);
        trainer_free(t);
        trainer_free(as_it_was);
    }
}

/* All that were still to come in the epoch are taken away: its last batch is trained once more, and it ends. */
static void an_epoch_whose_rest_is_gone_ends(void **state) {
    (void)state;
    enum { LEFT = 40 };
    Settings s = small_run();
    s.batch = 20;
    Trainer *t = begin(&s);
    trainer_run(t, 2);
    uint32_t origin[LEFT];
    Dataset points;
    assert_true(dataset_init(&points, LEFT, 2, &status));
    for (size_t i = 0; i < LEFT; i++) {
        origin[i] = t->each.order[i];
        points.x[i] = t->data.x[origin[i]];
        points.y[i] = t->data.y[origin[i]];
        points.label[i] = t->data.label[origin[i]];
    }
    dataset_bounds(&points);
    TrainerPoints *prepared = trainer_prepare_points(t, &points, NULL, origin, &status);
    assert_non_null(prepared);
    trainer_commit_points(t, prepared, &points, NULL);
    dataset_free(&points);
    assert_int_equal(t->batches, 2);
    assert_int_equal(t->batch, 1);
    assert_int_equal(trainer_run(t, SIZE_MAX), 1);
    assert_int_equal(t->epoch, 1);
    trainer_free(t);
}

static void a_class_has_the_threshold_of_all(void **state) {
    (void)state;
    Settings s = small_run();
    Trainer *t = begin(&s);
    trainer_set_class_threshold(t, 1, 0.25);
    assert_true(t->threshold == 0.25 && !t->by_class);
    trainer_free(t);
}

/* ---- bytes ---- */

/* A copy gives the bytes that writing gives. In less room than was counted each part of it is refused, and nothing is
 * written behind the end (which the sanitizers would see). */
static void copies_are_the_same_bytes(void **state) {
    (void)state;
    Settings s = small_run();
    s.samples = 20000;
    Trainer *t = begin(&s);
    trainer_run(t, 5);
    Pack count = pack_count(&status);
    assert_true(pack_trainer(&count, &t));
    unsigned char *written = malloc(count.at), *copied = malloc(count.at), *again = malloc(count.at);
    assert_true(written && copied && again);
    Pack write = pack_write(written, count.at, &status), copy = pack_copy(copied, count.at, &status);
    assert_true(pack_trainer(&write, &t) && pack_trainer(&copy, &t));
    while (!pack_copy_arrays(&copy, 100000))
        ;
    Pack put = pack_write(again, count.at, &status);
    assert_true(pack_put_copy(&put, copied, copy.at));
    assert_int_equal(put.at, write.at);
    assert_memory_equal(again, written, write.at);
    size_t size = put.at;
    pack_end(&put);
    put = pack_write(again, size / 2, &status);
    assert_false(pack_put_copy(&put, copied, copy.at));
    assert_string_equal(status.message, "the checkpoint is damaged: it breaks off");
    pack_end(&put);
    pack_end(&write);
    for (size_t room = 0; room < copy.at; room += room < 4096 ? 24 : copy.at / 40) {
        unsigned char *less = malloc(room ? room : 1);
        assert_non_null(less);
        Pack part = pack_copy(less, room, &status);
        assert_false(pack_trainer(&part, &t));
        assert_int_equal(strncmp(status.message, "the checkpoint is damaged: it ", 30), 0);
        pack_end(&part);
        free(less);
    }
    free(written);
    free(copied);
    free(again);
    trainer_free(t);
}

static void numbers_that_are_none_are_refused(void **state) {
    (void)state;
    float values[2] = {0.5f, NAN}, read_value = 0.0f;
    unsigned char room[2 * sizeof(float)];
    Pack write = pack_write(room, sizeof room, &status), read = pack_read(room, sizeof room, &status);
    assert_true(pack_float(&write, &values[0]) && pack_float(&write, &values[1]));
    assert_true(pack_float(&read, &read_value) && read_value == 0.5f);
    assert_false(pack_float(&read, &read_value));
    assert_true(read_value == 0.5f || isnan(read_value));
    assert_string_equal(status.message, "the checkpoint is damaged: a number is out of range");
    assert_false(pack_float(&read, &read_value)); /* and nothing more is read */
    assert_null(pack_room(&read, 1, 1));
    pack_end(&write);
}

/* A few bytes cannot ask for a lot of memory by asking often. */
static void arrays_are_not_far_longer_than_the_bytes(void **state) {
    (void)state;
    enum { BYTES = 100 };
    static unsigned char few[BYTES];
    Pack read = pack_read(few, BYTES, &status);
    size_t asked = 0;
    for (void *array; (array = pack_room(&read, BYTES, 1)); asked++)
        free(array);
    assert_in_range(asked, 1, 1000);
    assert_string_equal(status.message, "the checkpoint is damaged: its arrays are far longer than all of it");
    read = pack_read(few, BYTES, &status);
    assert_null(pack_room(&read, BYTES + 1, 1));
    assert_string_equal(status.message, "the checkpoint is damaged: an array is longer than all of it");
}

/* ---- the history ---- */

/* A point that goes and comes back is known as it was. */
static void a_point_that_comes_back_is_known(void **state) {
    (void)state;
    Settings s = small_run();
    s.threshold = 10.0; /* all are easy */
    Trainer *t = begin(&s);
    History h;
    assert_true(history_init(&h, 60, t->mlp.parameters, HISTORY_DEFAULT_BYTES, &status));
    trainer_run(t, SIZE_MAX);
    trainer_evaluate(t);
    assert_true(history_add(&h, t, &status));
    size_t easy = h.records[0].easy, of_class = h.records[0].class_easy[t->data.label[59]];
    assert_int_equal(easy, 60);
    for (size_t n = 59; n <= 60; n++) { /* without the last, with it */
        uint32_t *slot = calloc(n, sizeof *slot);
        assert_non_null(slot);
        for (uint32_t i = 0; i < n; i++)
            slot[i] = i;
        HistoryPoints *p = history_prepare_points(&h, slot, n, t->data.label, t->data.label, &status);
        assert_non_null(p);
        history_commit_points(&h, p, slot);
        assert_int_equal(h.records[0].easy, n);
        assert_int_equal(h.records[0].class_easy[t->data.label[59]], of_class - (60 - n));
    }
    history_free(&h);
    trainer_free(t);
}

/* So many new points that a record takes four times the memory: fewer of them stay, evenly, and their figures are of
 * the new points. */
static void records_make_room_for_points(void **state) {
    (void)state;
    enum { BEFORE = 60000, AFTER = 130000, EPOCHS = 1500 };
    Settings s = small_run();
    s.samples = BEFORE;
    Trainer *t = begin(&s);
    History h;
    assert_true(history_init(&h, BEFORE, t->mlp.parameters, HISTORY_DEFAULT_BYTES, &status));
    trainer_run(t, SIZE_MAX);
    trainer_evaluate(t);
    size_t easy = 0, limit = h.limit;
    for (uint32_t e = 0; e < EPOCHS; e++) {
        t->epoch = e + 1; /* as if it had been trained */
        assert_true(history_add(&h, t, &status));
    }
    assert_int_equal(h.count, EPOCHS);
    uint8_t *label = calloc(AFTER, 1);
    uint32_t *slot = calloc(AFTER, sizeof *slot);
    assert_true(label && slot);
    size_t kept = 0;
    for (uint32_t i = 0; i < AFTER; i++) { /* without the first; the label of the second is another */
        uint32_t from = i + 1;
        slot[i] = from;
        label[i] = from < BEFORE ? t->data.label[from] ^ (from == 1) : 1;
        if (from < BEFORE && history_was_easy(&h, &h.records[0], from)) {
            easy++;
            kept += label[i] == 1;
        }
    }
    HistoryPoints *p = history_prepare_points(&h, slot, AFTER, t->data.label, label, &status);
    assert_non_null(p);
    history_commit_points(&h, p, slot);
    assert_true(h.limit < limit && h.count <= h.limit && h.count > h.limit / 4);
    assert_true(h.stride > 1);
    for (size_t i = 0; i < h.count; i++) {
        assert_int_equal(h.records[i].easy, easy);
        assert_int_equal(h.records[i].class_easy[1], kept);
        assert_true(i == 0 || h.records[i].epoch > h.records[i - 1].epoch);
        assert_false(history_was_easy(&h, &h.records[i], AFTER - 1)); /* nothing is known of the new ones */
    }
    History copy; /* with slots of its own */
    assert_true(history_copy(&copy, &h, UINT32_MAX, &status));
    assert_int_equal(copy.count, h.count);
    assert_true(copy.slot != h.slot && copy.slot[5] == 6);
    history_free(&copy);
    history_free(&h);
    free(label);
    trainer_free(t);
}

/* ---- suspects ---- */

static void the_same_models_are_told(void **state) {
    (void)state;
    Settings a = small_run(), b = a;
    assert_true(held_out_same_models(&a, &b));
    b.threshold = 2.0;
    b.epochs = 3;
    assert_true(held_out_same_models(&a, &b));
    b.batch++;
    assert_false(held_out_same_models(&a, &b));
}

/* One point: four folds have nothing to be asked, one nothing to learn from. */
static void a_point_alone_has_no_judge(void **state) {
    (void)state;
    Settings s = small_run();
    Dataset d;
    assert_true(dataset_init(&d, 1, 2, &status));
    dataset_bounds(&d);
    HeldOut *h = held_out_new(&s, &d, &status);
    assert_non_null(h);
    assert_true(held_out_run(h, NULL, NULL, &status));
    assert_true(held_out_done(h));
    assert_true(isnan(held_out_p(h)[0]));
    assert_int_equal(held_out_figures(h).count, 0);
    assert_false(held_out_step(h, 0));
    Mlp mlp;
    assert_non_null(held_out_plain_model(h, &mlp));
    assert_int_equal(held_out_plain_figures(h).count, 1);
    assert_true(held_out_epochs(h, HELD_OUT_PLAIN) > 0);
    held_out_free(h);
    dataset_free(&d);
}

static bool not_at_all(void *context) {
    (void)context;
    return false;
}

/* What is not known counts for nothing, and what is known already is not looked for again. */
static void scores_are_made_of_what_is_known(void **state) {
    (void)state;
    Settings s = small_run();
    Trainer *t = begin(&s);
    trainer_evaluate(t);
    LabelSources from = label_sources(t, NULL, NULL);
    LabelScores scores;
    float knn[60], key[60];
    for (int i = 0; i < 60; i++)
        knn[i] = (float)i / 100.0f;
    from.knn = knn;
    assert_true(label_scores_make(&scores, &from, MEASURE_BIT(MEASURE_AGREEMENT), &status));
    assert_memory_equal(scores.value[MEASURE_KNN], knn, sizeof knn);
    assert_null(scores.value[MEASURE_AUM]);
    assert_null(scores.value[MEASURE_HELD_OUT]);
    assert_true(isnan(scores.accuracy[JUDGE_HELD_OUT]));
    label_scores_keys(&scores, MEASURE_KNN, key);
    for (int i = 1; i < 60; i++)
        assert_true(key[i] < key[i - 1]); /* the more unlike, the more suspect */
    label_scores_free(&scores);
    from.no_knn = true;
    assert_true(label_scores_make(&scores, &from, MEASURE_BIT(MEASURE_AGREEMENT), &status));
    assert_null(scores.value[MEASURE_KNN]);
    label_scores_free(&scores);
    HeldOut *h = held_out_new(&s, &t->data, &status);
    assert_non_null(h);
    assert_true(held_out_run(h, not_at_all, NULL, &status)); /* stopped at once */
    assert_false(held_out_done(h));
    held_out_free(h);
    LabelMeasures none = {0};
    assert_true(label_measures_init(&none, 60, &status));
    assert_true(isnan(label_measures_accuracy(&none)));
    label_measures_free(&none);
    trainer_free(t);
}

/* Of labels that are all alike nobody can be better than a guess. */
static void one_class_alone_needs_no_judge(void **state) {
    (void)state;
    Dataset d = {.count = 10, .classes = 2, .class_count = {10, 0}};
    assert_false(better_than_guess(&d, 10, 10, INFINITY));
    d = (Dataset){.count = 10, .classes = 2, .class_count = {5, 5}};
    assert_true(better_than_guess(&d, 10, 10, INFINITY));
    assert_false(better_than_guess(&d, 5, 10, 1.0));
    assert_true(better_than_guess(&d, 5, 10, 0.1));
}

/* ---- threads ---- */

static int refused_threads;
static bool no_affinity;
static long processors;

/* A sanitizer's own code, linked into the same program, calls them, too, before it is ready for such as is watched. */
#ifdef __clang__
#define UNWATCHED __attribute__((disable_sanitizer_instrumentation))
#else
#define UNWATCHED
#endif

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);
UNWATCHED int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                                    void *context) {
    if (refused_threads == 0)
        return __real_pthread_create(thread, attributes, run, context);
    refused_threads--;
    return 11; /* EAGAIN */
}

int __real_sched_getaffinity(pid_t process, size_t size, cpu_set_t *set);
int __wrap_sched_getaffinity(pid_t process, size_t size, cpu_set_t *set);
UNWATCHED int __wrap_sched_getaffinity(pid_t process, size_t size, cpu_set_t *set) {
    return no_affinity ? -1 : __real_sched_getaffinity(process, size, set);
}

long __real_sysconf(int name);
long __wrap_sysconf(int name);
UNWATCHED long __wrap_sysconf(int name) {
    return no_affinity && name == _SC_NPROCESSORS_ONLN ? processors : __real_sysconf(name);
}

static void processors_are_a_number_of_threads(void **state) {
    (void)state;
    static const struct {
        long found;
        int used, background;
    } CASES[] = {{-1, 1, 1}, {1, 1, 1}, {2, 2, 1}, {4, 4, 3}, {6, 6, 4}, {1000000, THREADS_MAX, 4}};
    no_affinity = true;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        processors = CASES[i].found;
        assert_int_equal(parallel_processors(), CASES[i].used);
        assert_int_equal(parallel_background_threads(4), CASES[i].background);
    }
    no_affinity = false;
}

enum { LOOP = 100 };
static int times[LOOP];
static pthread_t who[LOOP];

static void count_time(void *context, size_t index) {
    (void)context;
    times[index]++;
    who[index] = pthread_self();
}

static void loops_go_on_without_threads(void **state) {
    (void)state;
    parallel_set_threads(4);
    refused_threads = 1;
    memset(times, 0, sizeof times);
    parallel_for(LOOP, count_time, NULL);
    assert_int_equal(refused_threads, 0);
    for (int i = 0; i < LOOP; i++) {
        assert_int_equal(times[i], 1);
        assert_true(pthread_equal(who[i], pthread_self()));
    }
    parallel_set_threads(1);
}

static void *in_the_background(void *unused) {
    parallel_begin_background();
    parallel_for(LOOP, count_time, NULL);
    for (int i = 0; i < LOOP; i++)
        assert_true(pthread_equal(who[i], pthread_self()));
    return unused;
}

static void background_threads_call_no_others(void **state) {
    (void)state;
    pthread_t thread;
    parallel_set_threads(4);
    assert_int_equal(pthread_create(&thread, NULL, in_the_background, NULL), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    parallel_set_threads(1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loops_go_on_without_threads), /* first, while there are none */
        cmocka_unit_test(long_values_are_cut_in_all_messages),
        cmocka_unit_test(only_a_number_is_one),
        cmocka_unit_test(centroids_are_compared_one_by_one),
        cmocka_unit_test(messages_are_translated),
        cmocka_unit_test(a_message_that_cannot_be_made_is_empty),
        cmocka_unit_test(sets_have_a_point_and_not_too_many),
        cmocka_unit_test(names_of_blanks_are_none),
        cmocka_unit_test(no_clean_points_are_asked_for),
        cmocka_unit_test(parts_with_other_marks_are_joined),
        cmocka_unit_test(no_line_where_a_score_is_none),
        cmocka_unit_test(small_fields_are_as_large_ones),
        cmocka_unit_test(the_sum_of_weights_is_that_of_all),
        cmocka_unit_test(looking_anew_keeps_the_warm_up),
        cmocka_unit_test(a_share_that_begins_at_0),
        cmocka_unit_test(slices_are_shorter_for_runs_by_clean_points),
        cmocka_unit_test(turns_are_put_back),
        cmocka_unit_test(an_epoch_whose_rest_is_gone_ends),
        cmocka_unit_test(a_class_has_the_threshold_of_all),
        cmocka_unit_test(copies_are_the_same_bytes),
        cmocka_unit_test(numbers_that_are_none_are_refused),
        cmocka_unit_test(arrays_are_not_far_longer_than_the_bytes),
        cmocka_unit_test(a_point_that_comes_back_is_known),
        cmocka_unit_test(records_make_room_for_points),
        cmocka_unit_test(the_same_models_are_told),
        cmocka_unit_test(a_point_alone_has_no_judge),
        cmocka_unit_test(scores_are_made_of_what_is_known),
        cmocka_unit_test(one_class_alone_needs_no_judge),
        cmocka_unit_test(processors_are_a_number_of_threads),
        cmocka_unit_test(background_threads_call_no_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
