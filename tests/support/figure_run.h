/* A short run with all that its figures show: history, measures of labels. For tests of figures; each test program has
 * one of its own. Include after cmocka.h. */
#ifndef EASYFIRST_TESTS_FIGURE_RUN_H
#define EASYFIRST_TESTS_FIGURE_RUN_H

#include "app/plot/picture.h"
#include "core/label_measures.h"
#include "core/trainer.h"

#include <stdlib.h>
#include <string.h>

typedef struct FigureRun {
    Settings settings;
    Trainer *trainer;
    History history;
    LabelMeasures measures;
    float *variability, *confidence;
    LabelLook look;
    Snapshot snapshot;
    Status status;
} FigureRun;

/* Trains with these settings to the end. */
static inline void figure_run_open(FigureRun *run, const Settings *settings) {
    memset(run, 0, sizeof *run);
    run->settings = *settings;
    run->trainer = trainer_new(&run->settings, NULL, &run->status);
    assert_non_null(run->trainer);
    Trainer *t = run->trainer;
    size_t count = t->data.count;
    run->variability = calloc(count, sizeof *run->variability);
    run->confidence = calloc(count, sizeof *run->confidence);
    assert_true(run->variability && run->confidence && label_measures_init(&run->measures, count, &run->status));
    assert_true(history_init(&run->history, count, t->mlp.parameters, HISTORY_DEFAULT_BYTES, &run->status));
    while (!trainer_finished(t)) {
        trainer_run(t, 1);
        if (t->batch > 0)
            continue;
        trainer_evaluate(t);
        label_measures_add(&run->measures, &t->mlp, t->parameters, &t->data);
        assert_true(history_add(&run->history, t, &run->status));
    }
    label_measures_values(&run->measures, MEASURE_VARIABILITY, run->variability);
    label_measures_values(&run->measures, MEASURE_CONFIDENCE, run->confidence);
    run->look = (LabelLook){.count = count, .epochs = t->epoch, .version = 1};
    run->look.value[MEASURE_VARIABILITY] = run->variability;
    run->look.value[MEASURE_CONFIDENCE] = run->confidence;
    run->snapshot = snapshot_of(t);
    run->snapshot.history = &run->history;
    run->snapshot.labels = &run->look;
}

static inline void figure_run_close(FigureRun *run) {
    free(run->variability);
    free(run->confidence);
    label_measures_free(&run->measures);
    history_free(&run->history);
    trainer_free(run->trainer);
}

/* Onto a picture of its own, to be closed. */
static inline void figure_run_draw(FigureRun *run, Picture *picture, FigureKind figure, int width, int height,
                                   float scale, DrawList *record) {
    PlotOptions options = {.ring_hard = picture_rings(&run->snapshot), .field_step = 1};
    assert_true(picture_open(picture, FONT_DIR, &THEME_LIGHT, scale, width, height, &run->status));
    picture->figure = figure;
    picture->canvas.record = record;
    assert_true(picture_draw(picture, &run->snapshot, &options, NULL, 0, height, &run->status));
    picture->canvas.record = NULL;
}

#endif
