/* The tables that a run leaves. The Trainer is filled in by hand: only its plain fields are read. */
#include "app/io/tables_csv.h"
#include "app/io/points_csv.h"
#include "app/experiment/experiment.h"
#include "tests/support/commands.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "t.csv"
#include "tests/support/scratch.h"

/* Everything that the stream or the file holds; free it. */
static char *text_of(FILE *stream) {
    fseek(stream, 0, SEEK_END);
    const long size = ftell(stream);
    rewind(stream);
    char *text = calloc((size_t)size + 1, 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)size, stream), size);
    fclose(stream);
    return text;
}

static void holds(FILE *stream, const char *expected) {
    assert_non_null(stream);
    char *text = text_of(stream);
    assert_string_equal(text, expected);
    free(text);
}

#define SAMPLES 7
static float x[SAMPLES] = {0, 1.5f, -2.25f, 0.1f, 1e-7f, 123456792, 3};
static float y[SAMPLES] = {3, -1e10f, 1e-5f, 0.2f, 1, 16777216, 4};
static uint8_t label[SAMPLES] = {0, 1, 1, 0, 2, 1, 0};
static float loss[SAMPLES] = {0.5f, 2, 2, 0.25f, 3, 1e-9f, 7};
static float v[SAMPLES] = {1, 0, 0, 0.333333343f, 0, 1, 0};
static uint32_t admitted[SAMPLES] = {0, NEVER_ADMITTED, NEVER_ADMITTED, 2, NEVER_ADMITTED, 1, 9};
static float initial[3] = {0.1f, -2, 3e-20f};
static float parameters[3] = {0.2f, 1, 0};

static Trainer trainer_by_hand(void) {
    Trainer trainer = {.epoch = 3,
                       .each.loss = loss,
                       .each.v = v,
                       .each.admitted = admitted,
                       .initial = initial,
                       .parameters = parameters,
                       .epoch_threshold = 0.1 * 1.35,
                       .epoch_easy = 5,
                       .epoch_weight_sum = 4.75,
                       .epoch_mean_batch_loss = 1.0 / 3,
                       .mean_loss = 1e-5,
                       .accuracy = 0.984};
    trainer.data = (Dataset){.count = SAMPLES, .classes = 3, .x = x, .y = y, .label = label, .anomaly = -1};
    trainer.mlp.parameters = 3;
    return trainer;
}

static bool list_suspects_by(FILE *stream, const Trainer *trainer, LabelScores *scores, Measure by, size_t count,
                             Status *status) {
    float *latest = calloc(trainer->data.count, sizeof *latest);
    assert_non_null(latest);
    for (size_t i = 0; i < trainer->data.count; i++)
        latest[i] = trainer->each.admitted[i] == NEVER_ADMITTED ? INFINITY : (float)trainer->each.admitted[i];
    scores->count = trainer->data.count;
    scores->value[MEASURE_LOSS] = trainer->each.loss;
    scores->value[MEASURE_ADMISSION] = latest;
    bool done = export_suspects(stream, trainer, scores, by, count, status);
    free(latest);
    return done;
}

static bool list_suspects(FILE *stream, const Trainer *trainer, size_t count, Status *status) {
    LabelScores scores = {0};
    return list_suspects_by(stream, trainer, &scores, MEASURE_ADMISSION, count, status);
}

static void points_with_what_the_run_knows_of_them(void **state) {
    (void)state;
    const Trainer trainer = trainer_by_hand();
    Status status = {0};
    assert_true(export_points(path, false, &trainer, NULL, &status));
    holds(fopen(path, "r"), "x,y,label,loss,v,admitted\n"
                            "0,3,0,0.5,1,1\n"
                            "1.5,-1e+10,1,2,0,\n"
                            "-2.25,9.99999975e-06,1,2,0,\n"
                            "0.100000001,0.200000003,0,0.25,0.333333343,3\n"
                            "1.00000001e-07,1,2,3,0,\n"
                            "123456792,16777216,1,9.99999972e-10,1,2\n"
                            "3,4,0,7,0,10\n");
    assert_false(export_points(path, false, &trainer, NULL, &status));
    assert_non_null(strstr(status.message, path));
    assert_true(export_points(path, true, &trainer, NULL, &status));
    assert_false(export_points("/dev/full", true, &trainer, NULL, &status));
    assert_non_null(strstr(status.message, "No space left on device"));
}

static void classes_have_their_names_and_come_back(void **state) {
    (void)state;
    static const char *const names[][3] = {
        {"ant", "bee, \"wild\"", "c;d"}, {"-1", "0.5", "3"},  {"1", "2", "3"}, {"", "", ""},
        {"10", "9", "gr\u00fcn"},        {"None", "nan", "x"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Trainer trainer = trainer_by_hand();
        for (int k = 0; k < 3; k++) {
            snprintf(trainer.data.class_name[k], sizeof trainer.data.class_name[k], "%s", names[i][k]);
        }
        Status status = {0};
        assert_true(export_points(path, true, &trainer, NULL, &status));
        Dataset data;
        if (!points_read(&data, path, NULL, &status)) {
            fail_msg("%s", status.message);
        }
        assert_int_equal(data.classes, 3);
        assert_memory_equal(data.class_name, trainer.data.class_name, sizeof data.class_name);
        assert_memory_equal(data.label, label, sizeof label);
        assert_memory_equal(data.x, x, sizeof x);
        dataset_free(&data);
    }
    Trainer trainer = trainer_by_hand();
    strcpy(trainer.data.class_name[2], names[0][1]);
    FILE *stream = tmpfile();
    assert_non_null(stream);
    Status status = {0};
    assert_true(list_suspects(stream, &trainer, 1, &status));
    holds(stream, "row,x,y,label,loss,v,admitted\n4,1.00000001e-07,1,\"bee, \"\"wild\"\"\",3,0,\n");
    Settings settings = {.flip = 0.1};
    trainer.settings = settings;
    uint8_t truth[SAMPLES] = {2, 2, 2, 2, 2, 2, 2};
    trainer.data.truth = truth;
    trainer.data.count = 1;
    assert_true(export_points(path, true, &trainer, NULL, &status));
    holds(fopen(path, "r"), "x,y,label,loss,v,admitted,truth\n0,3,0,0.5,1,1,\"bee, \"\"wild\"\"\"\n");
}

/* Numbers are written by a fast way of our own: printf is the oracle. */
static void numbers_are_those_of_printf(void **state) {
    (void)state;
    enum { COUNT = 300000 };
    float *values = malloc(COUNT * sizeof *values);
    assert_non_null(values);
    static const float special[] = {
        0.0f,     -0.0f,          1,       10,      1e8f,           1e9f,        999999999.0f, 0.0001f,    9.9999e-5f,
        1e-13f,   1e15f,          FLT_MAX, FLT_MIN, 1e-45f,         INFINITY,    -INFINITY,    0.5f,       8388607.5f,
        16777218, 99999.9921875f, 1e14f,   1e-12f,  9.99999994e-5f, 0.99999994f, 1000.00006f,  4194304.25f};
    uint32_t random = 12345;
    for (int i = 0; i < COUNT; i++) {
        random = random * 1664525u + 1013904223u;
        if ((size_t)i < sizeof special / sizeof *special) {
            values[i] = special[i];
        } else if (i % 3 == 0) { /* any bits */
            memcpy(&values[i], &random, sizeof random);
        } else if (i % 3 == 1) { /* coordinates and losses */
            values[i] = ((float)(random >> 8) / 16777216.0f - 0.3f) * powf(10, (float)((int)(random % 13) - 8));
        } else { /* few digits, dyadic fractions: ties */
            values[i] = (float)(random >> 12) / (float)(1 << random % 20);
        }
        if (isnan(values[i])) {
            values[i] = 0;
        }
    }
    WeightLog log;
    Status status = {0};
    assert_true(weight_log_begin(&log, COUNT, true, 0, &status));
    assert_true(weight_log_add(&log, values, &status));
    assert_true(export_weights(path, false, &log, NULL, &status));
    weight_log_free(&log);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char line[64], expected[64];
    assert_non_null(fgets(line, sizeof line, file));
    assert_string_equal(line, "epoch1\n");
    for (int i = 0; i < COUNT; i++) {
        assert_non_null(fgets(line, sizeof line, file));
        snprintf(expected, sizeof expected, "%.9g\n", (double)values[i]);
        assert_string_equal(line, expected);
    }
    assert_null(fgets(line, sizeof line, file));
    fclose(file);
    free(values);
}

static void a_trace_row(void **state) {
    (void)state;
    const Trainer trainer = trainer_by_hand();
    FILE *stream = tmpfile();
    assert_non_null(stream);
    export_trace_header(stream, 0);
    export_trace_row(stream, 0, &trainer, NULL);
    holds(stream, "epoch,threshold,easy,weight_sum,mean_batch_loss,mean_loss,accuracy\n"
                  "3,0.135,5,4.75,0.333333333,1e-05,0.984\n");
}

static size_t commas(const char *line) {
    size_t count = 0;
    for (; *line; line++)
        count += *line == ',';
    return count;
}

/* As the window's live trace: a header, a row an epoch, while a brush stroke and its undo change what is known of
 * flips. */
static void a_trace_keeps_its_columns(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.samples = 320;
    settings.epochs = 100;
    Status status = {0};
    for (int flips = 0; flips < 2; flips++) {
        settings.flip = flips ? 0.1 : 0.0;
        Experiment e;
        assert_true(experiment_init(&e, &settings, NULL, NULL, &status));
        unsigned columns = export_columns(&e.trainer->settings, 2, 0) | EXPORT_TEST; /* which has no figures here */
        FILE *stream = tmpfile();
        assert_non_null(stream);
        export_trace_header(stream, columns);
        for (int epoch = 0; epoch < 6; epoch++) {
            float at = 1.0f;
            PointEdit edit = {.kind = EDIT_ADD, .count = 1, .x = &at, .y = &at};
            if (epoch == 2)
                assert_true(experiment_edit_points(&e, &edit, &status));
            else if (epoch == 4)
                assert_true(experiment_push(&e, (Command){.kind = COMMAND_UNDO}));
            push_now(&e, (Command){.kind = COMMAND_EPOCH});
            export_trace_row(stream, columns, e.trainer, NULL);
        }
        char *text = text_of(stream), *rest = NULL, *line = strtok_r(text, "\n", &rest);
        size_t expected = commas(line), rows = 0;
        while ((line = strtok_r(NULL, "\n", &rest))) {
            assert_int_equal(commas(line), expected);
            assert_non_null(strstr(line, ",,")); /* no test points: empty cells */
            rows++;
        }
        assert_int_equal(rows, 6);
        free(text);
        experiment_free(&e);
    }
}

static void parameters_with_the_initial_ones_first(void **state) {
    (void)state;
    const Trainer trainer = trainer_by_hand();
    FILE *stream = tmpfile();
    assert_non_null(stream);
    export_parameters_header(stream, &trainer);
    export_parameters_row(stream, &trainer);
    holds(stream, "epoch,p0,p1,p2\n"
                  "0,0.100000001,-2,2.9999999e-20\n"
                  "3,0.200000003,1,0\n");
}

/* 130 samples: more than two words of bits. */
static void hard_weights(void **state) {
    (void)state;
    enum { COUNT = 130, EPOCHS = 70 }; /* more epochs than there is room for at first */
    WeightLog log;
    Status status = {0};
    assert_true(weight_log_begin(&log, COUNT, false, 0, &status));
    for (int e = 0; e < EPOCHS; e++) {
        float weights[COUNT];
        for (int i = 0; i < COUNT; i++) {
            weights[i] = (i * 7 + e * 3) % 5 < 2;
        }
        assert_true(weight_log_add(&log, weights, &status));
    }
    assert_true(export_weights(path, false, &log, NULL, &status));
    weight_log_free(&log);
    weight_log_free(&log); /* twice is fine */
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char line[1000];
    assert_non_null(fgets(line, sizeof line, file));
    assert_int_equal(strncmp(line, "epoch1,epoch2,epoch3,", 21), 0);
    assert_non_null(strstr(line, ",epoch70\n"));
    for (int i = 0; i < COUNT; i++) {
        assert_non_null(fgets(line, sizeof line, file));
        assert_int_equal(strlen(line), 2 * EPOCHS);
        for (int e = 0; e < EPOCHS; e++) {
            assert_int_equal(line[2 * e], (i * 7 + e * 3) % 5 < 2 ? '1' : '0');
            assert_int_equal(line[2 * e + 1], e < EPOCHS - 1 ? ',' : '\n');
        }
    }
    assert_null(fgets(line, sizeof line, file));
    fclose(file);
}

static void soft_weights(void **state) {
    (void)state;
    WeightLog log;
    Status status = {0};
    assert_true(weight_log_begin(&log, 2, true, 0, &status));
    assert_true(weight_log_add(&log, (float[]){0, 1}, &status));
    assert_true(weight_log_add(&log, (float[]){0.1f, 0.5f}, &status));
    assert_true(export_weights(path, false, &log, NULL, &status));
    weight_log_free(&log);
    holds(fopen(path, "r"), "epoch1,epoch2\n0,0.100000001\n1,0.5\n");
}

/* A million points take 125,008 bytes an epoch, or 4,000,000. */
static void weights_that_take_too_much_are_refused(void **state) {
    (void)state;
    enum { COUNT = 1000000, HARD = 8589, SOFT = 268 };
    WeightLog log;
    Status status = {0};
    assert_true(weight_log_begin(&log, COUNT, false, HARD, &status));
    assert_false(weight_log_begin(&log, COUNT, false, HARD + 1, &status));
    assert_string_equal(status.message, "--weights: 8590 epochs of 1000000 points take more than 1024 MB, which are "
                                        "kept to the end; fewer --epochs");
    assert_true(weight_log_begin(&log, COUNT, true, SOFT, &status));
    assert_false(weight_log_begin(&log, COUNT, true, SOFT + 1, &status));
    assert_true(weight_log_begin(&log, COUNT, true, 0, &status)); /* nobody knows how many */
    log.epochs = log.capacity = SOFT;
    assert_false(weight_log_add(&log, NULL, &status));
    assert_non_null(strstr(status.message, "269 epochs"));
}

static void suspects_never_admitted_come_first_then_the_latest(void **state) {
    (void)state;
    const Trainer trainer = trainer_by_hand();
    static const char all[] = "row,x,y,label,loss,v,admitted\n"
                              "4,1.00000001e-07,1,2,3,0,\n"     /* never, largest loss */
                              "1,1.5,-1e+10,1,2,0,\n"           /* never, equal losses: */
                              "2,-2.25,9.99999975e-06,1,2,0,\n" /* by row */
                              "6,3,4,0,7,0,10\n"                /* latest; its loss does not count */
                              "3,0.100000001,0.200000003,0,0.25,0.333333343,3\n"
                              "5,123456792,16777216,1,9.99999972e-10,1,2\n"
                              "0,0,3,0,0.5,1,1\n";
    Status status = {0};
    for (size_t count = 1; count <= SAMPLES + 3; count++) { /* more than there are is all of them */
        FILE *stream = tmpfile();
        assert_non_null(stream);
        assert_true(list_suspects(stream, &trainer, count, &status));
        char expected[sizeof all] = "";
        size_t lines = 0, length = 0;
        while (all[length] != '\0' && lines < count + 1) {
            lines += all[length++] == '\n';
        }
        memcpy(expected, all, length);
        holds(stream, expected);
    }
}

/* Suspects are named by their rows in the file, of which some are not in the run. */
static void suspects_have_the_files_rows(void **state) {
    (void)state;
    static uint32_t rows[SAMPLES] = {1, 2, 10, 11, 12, 500, 501};
    Trainer trainer = trainer_by_hand();
    trainer.data.row = rows;
    FILE *stream = tmpfile();
    assert_non_null(stream);
    Status status = {0};
    assert_true(list_suspects(stream, &trainer, 3, &status));
    holds(stream, "row,x,y,label,loss,v,admitted\n"
                  "12,1.00000001e-07,1,2,3,0,\n"
                  "2,1.5,-1e+10,1,2,0,\n"
                  "10,-2.25,9.99999975e-06,1,2,0,\n");
}

/* Another measure has its column behind the others; what is not known is an empty cell, and the most suspect. */
static void suspects_by_another_measure(void **state) {
    (void)state;
    const Trainer trainer = trainer_by_hand();
    float margins[SAMPLES] = {2, 1.5f, -3, NAN, 1.5f, 1e-7f, 1};
    LabelScores scores = {.value[MEASURE_AUM] = margins};
    FILE *stream = tmpfile();
    assert_non_null(stream);
    Status status = {0};
    assert_true(list_suspects_by(stream, &trainer, &scores, MEASURE_AUM, 5, &status));
    holds(stream, "row,x,y,label,loss,v,admitted,aum\n"
                  "3,0.100000001,0.200000003,0,0.25,0.333333343,3,\n"
                  "2,-2.25,9.99999975e-06,1,2,0,,-3\n"
                  "5,123456792,16777216,1,9.99999972e-10,1,2,1.00000001e-07\n"
                  "6,3,4,0,7,0,10,1\n"
                  "4,1.00000001e-07,1,2,3,0,,1.5\n"); /* equal to row 1, whose loss is smaller */
}

/* All measures, between admitted and the columns that only some runs have; the exact losses. */
static void points_with_their_scores(void **state) {
    (void)state;
    Trainer trainer = trainer_by_hand();
    trainer.data.count = 2;
    trainer.settings = (Settings){.flip = 0.1};
    float values[MEASURE_COUNT][2];
    LabelScores scores = {.count = 2};
    for (int m = 0; m < MEASURE_COUNT; m++) {
        values[m][0] = (float)m + 0.5f;
        values[m][1] = m == MEASURE_HELD_OUT ? NAN : (float)-m;
        scores.value[m] = values[m];
    }
    Status status = {0};
    assert_true(export_points(path, true, &trainer, &scores, &status));
    holds(fopen(path, "r"), "x,y,label,loss,v,admitted,aum,confidence,variability,correctness,forgetting,tracin,knn,"
                            "held_out,agreement,truth\n"
                            "0,3,0,0.5,1,1,1.5,2.5,3.5,4.5,5.5,6.5,7.5,8.5,10.5,0\n"
                            "1.5,-1e+10,1,0,0,,-1,-2,-3,-4,-5,-6,-7,,-10,1\n");
}

/* A plain sort is the oracle, with many ties and losses that are no numbers. */
static void suspects_of_many(void **state) {
    (void)state;
    enum { COUNT = 5000 };
    static float zeros[COUNT], losses[COUNT];
    static uint8_t labels[COUNT];
    static uint32_t epochs[COUNT];
    uint32_t random = 99;
    for (int i = 0; i < COUNT; i++) {
        random = random * 1664525u + 1013904223u;
        epochs[i] = random >> 30 == 0 ? NEVER_ADMITTED : random >> 29;
        losses[i] = random >> 8 & 255 ? (float)(random >> 16 & 15) : NAN;
    }
    Trainer trainer = {.each.loss = losses, .each.v = zeros, .each.admitted = epochs};
    trainer.data = (Dataset){.count = COUNT, .classes = 2, .x = zeros, .y = zeros, .label = labels, .anomaly = -1};
    FILE *stream = tmpfile();
    assert_non_null(stream);
    Status status = {0};
    assert_true(list_suspects(stream, &trainer, 1000, &status));
    rewind(stream);
    char line[200];
    assert_non_null(fgets(line, sizeof line, stream));
    static bool listed[COUNT];
    long before = -1;
    for (int n = 0; n < 1000; n++) {
        assert_non_null(fgets(line, sizeof line, stream));
        const long row = strtol(line, NULL, 10);
        assert_true(row >= 0 && row < COUNT && !listed[row]);
        listed[row] = true;
        if (before >= 0) { /* in order: admitted, loss, row */
            const float a = isnan(losses[before]) ? INFINITY : losses[before];
            const float b = isnan(losses[row]) ? INFINITY : losses[row];
            assert_true(epochs[before] > epochs[row] ||
                        (epochs[before] == epochs[row] && (a > b || (a == b && before < row))));
        }
        before = row;
    }
    fclose(stream);
    for (int i = 0; i < COUNT; i++) { /* nobody left out comes before the last one listed */
        const float a = isnan(losses[before]) ? INFINITY : losses[before];
        const float b = isnan(losses[i]) ? INFINITY : losses[i];
        assert_true(listed[i] || epochs[i] < epochs[before] ||
                    (epochs[i] == epochs[before] && (b < a || (a == b && i > before))));
    }
}

static void suspects_to_a_full_disk(void **state) {
    (void)state;
    const Trainer trainer = trainer_by_hand();
    FILE *stream = fopen("/dev/full", "w");
    assert_non_null(stream);
    Status status = {0};
    assert_false(list_suspects(stream, &trainer, 3, &status));
    assert_string_equal(status.message, "cannot write the suspects: No space left on device");
    fclose(stream);
}

/* ---- what is written is read again ---- */

static void comes_back(const Dataset *data) {
    Trainer trainer = trainer_by_hand();
    float nothing[SAMPLES] = {0};
    trainer.data = *data;
    trainer.each.loss = trainer.each.v = nothing;
    Status failed = {0};
    assert_true(export_points(path, true, &trainer, NULL, &failed));
    Dataset again;
    if (!points_read(&again, path, NULL, &failed))
        fail_msg("%s", failed.message);
    assert_int_equal(again.count, data->count);
    assert_memory_equal(again.axis_name, data->axis_name, sizeof data->axis_name);
    assert_memory_equal(again.origin, data->origin, sizeof data->origin);
    assert_memory_equal(again.x, data->x, data->count * sizeof *data->x);
    assert_memory_equal(again.y, data->y, data->count * sizeof *data->y);
    assert_memory_equal(again.label, data->label, data->count);
    assert_memory_equal(again.class_name, data->class_name, sizeof data->class_name);
    dataset_free(&again);
}

static void names_and_origins_come_back(void **state) {
    (void)state;
    static const char *const NAMES[][2] = {
        {"age", "salary"},  {"", ""},           {"y", "x"},          {"label", "loss"},
        {"a, b", "c;d\te"}, {"\"wild\"", "#2"}, {"# first", "% in"}, {"petal length (cm)", "\u0432\u0435\u0441"},
        {"sep=", "v"},      {"1980", "1990"},   {"[x", "{y"},        {"@relation", "<html>"},
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        Dataset data = trainer_by_hand().data;
        for (int axis = 0; axis < 2; axis++)
            assert_true(dataset_name_axis(&data, axis, NAMES[i][axis], strlen(NAMES[i][axis])));
        comes_back(&data);
    }
    srand(3);
    for (int round = 0; round < 400; round++) { /* whatever was read is written so that the same is read */
        double size = pow(10, rand() % 12 + 2), span = size * pow(10, -1 - rand() % 8);
        int decimals = rand() % 7;
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fprintf(file, "when,y,label\n");
        for (int i = 0; i < SAMPLES; i++)
            fprintf(file, "%.*f,%d,%c\n", decimals, size * 1.7 + span * rand() / RAND_MAX, i, "abc"[i % 3]);
        assert_int_equal(fclose(file), 0);
        Dataset data;
        Status failed = {0};
        if (!points_read(&data, path, NULL, &failed))
            fail_msg("%s", failed.message);
        comes_back(&data);
        dataset_free(&data);
    }
}

/* Written as the file had them. */
static void values_are_the_files(void **state) {
    (void)state;
    Trainer trainer = trainer_by_hand();
    float at[SAMPLES] = {-10, -9, (float)(1700000000.1 - 1.7e9), (float)(1700000100.1 - 1.7e9), 0.25f, 5, 6};
    trainer.data.x = at;
    trainer.data.origin[0] = 1700000000;
    dataset_name_axis(&trainer.data, 0, "when", 4);
    FILE *stream = tmpfile();
    Status failed = {0};
    assert_true(list_suspects(stream, &trainer, 3, &failed));
    holds(stream, "row,when,y,label,loss,v,admitted\n"
                  "4,1700000000.25,1,2,3,0,\n"
                  "1,1699999991,-1e+10,1,2,0,\n"
                  "2,1700000000.1,9.99999975e-06,1,2,0,\n");
    assert_true(export_points(path, true, &trainer, NULL, &failed));
    char *text = text_of(fopen(path, "r"));
    assert_non_null(strstr(text, "\n1700000100.1,0.200000003,0,0.25,"));
    free(text);
}

static Trainer *begin(const Settings *s, Dataset *data) {
    Status status;
    Trainer *t = trainer_new(s, data, &status);
    if (!t)
        fail_msg("%s", status.message);
    return t;
}

/* What a run with clean points writes is read again as the same run: samples, test points and clean ones. */
static void clean_points_come_back(void **state) {
    (void)state;
    Status status;
    Settings s;
    settings_default(&s);
    s.dataset = DATASET_BLOBS;
    s.samples = 200;
    s.outliers = s.flip = 0.1;
    s.test = 0.25;
    s.clean = 15;
    s.pace = PACE_META;
    s.regularizer = REGULARIZER_LINEAR;
    s.threshold = 4.0;
    Trainer *t = begin(&s, NULL);
    assert_true(t->data.count == 135 && t->test.count == 50 && t->clean.count == 15);
    assert_true(export_points(path, true, t, NULL, &status));
    char *text = text_of(fopen(path, "r"));
    assert_non_null(strstr(text, "x,y,label,loss,v,admitted,test,truth,clean\n"));
    free(text);
    Dataset data;
    assert_true(points_read(&data, path, NULL, &status));
    assert_int_equal(data.count, 200);
    s.outliers = s.flip = 0.0; /* they are made */
    Trainer *again = begin(&s, &data);
    const Dataset *parts[][2] = {{&t->data, &again->data}, {&t->test, &again->test}, {&t->clean, &again->clean}};
    for (int k = 0; k < 3; k++) {
        assert_int_equal(parts[k][0]->count, parts[k][1]->count);
        assert_memory_equal(parts[k][0]->x, parts[k][1]->x, parts[k][0]->count * sizeof(float));
        assert_memory_equal(parts[k][0]->row, parts[k][1]->row, parts[k][0]->count * sizeof(uint32_t));
    }
    for (int epoch = 0; epoch < 3; epoch++) {
        trainer_run(t, SIZE_MAX);
        trainer_run(again, SIZE_MAX);
    }
    assert_memory_equal(t->parameters, again->parameters, 6 * sizeof(float));
    FILE *stream = tmpfile();
    unsigned columns = export_columns(&t->settings, t->data.classes, t->clean.count);
    trainer_evaluate(t);
    export_trace_header(stream, columns);
    export_trace_row(stream, columns, t, NULL);
    text = text_of(stream);
    char expected[64];
    assert_memory_equal(text, "epoch,threshold,threshold_0,threshold_1,easy,", 45);
    snprintf(expected, sizeof expected, "\n3,%.9g,%.9g,%.9g,", t->threshold, t->class_threshold[0],
             t->class_threshold[1]);
    assert_non_null(strstr(text, expected));
    free(text);
    s.pace = PACE_MULTIPLICATIVE;
    assert_int_equal(export_columns(&s, 2, 15) & ~EXPORT_TEST, EXPORT_CLEAN);
    trainer_free(t);
    trainer_free(again);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(points_with_what_the_run_knows_of_them),
        TEST(names_and_origins_come_back),
        TEST(values_are_the_files),
        TEST(classes_have_their_names_and_come_back),
        TEST(numbers_are_those_of_printf),
        TEST(a_trace_row),
        TEST(a_trace_keeps_its_columns),
        TEST(parameters_with_the_initial_ones_first),
        TEST(hard_weights),
        TEST(soft_weights),
        TEST(weights_that_take_too_much_are_refused),
        TEST(suspects_never_admitted_come_first_then_the_latest),
        TEST(suspects_have_the_files_rows),
        TEST(suspects_by_another_measure),
        TEST(points_with_their_scores),
        TEST(suspects_of_many),
        TEST(suspects_to_a_full_disk),
        TEST(clean_points_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
