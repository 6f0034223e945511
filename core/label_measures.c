#include "core/label_measures.h"

#include "core/kernels/kernels.h"
#include "core/mlp.h"
#include "core/parallel.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const MeasureInfo MEASURES[MEASURE_COUNT] = {
    [MEASURE_LOSS] = {N_("loss"), "loss", false, true},
    [MEASURE_AUM] = {N_("aum"), "aum", true, true},
    [MEASURE_CONFIDENCE] = {N_("confidence"), "confidence", true, true},
    [MEASURE_VARIABILITY] = {N_("variability"), "variability", false, true},
    [MEASURE_CORRECTNESS] = {N_("correctness"), "correctness", true, true},
    [MEASURE_FORGETTING] = {N_("forgetting"), "forgetting", false, true},
    [MEASURE_TRACIN] = {N_("tracin"), "tracin", false, true},
    [MEASURE_KNN] = {N_("knn"), "knn", false, false},
    [MEASURE_HELD_OUT] = {N_("held-out"), "held_out", true, false},
    [MEASURE_ADMISSION] = {N_("admission"), "admission", false, true},
    [MEASURE_AGREEMENT] = {N_("agreement"), "agreement", true, false},
};

const char *const MEASURE_NAMES[MEASURE_COUNT + 1] = {"loss",        "aum",        "confidence", "variability",
                                                      "correctness", "forgetting", "tracin",     "knn",
                                                      "held-out",    "admission",  "agreement",  NULL};

enum { ROWS = sizeof(LabelRows) / sizeof(float *), SLICE = 8192 };
_Static_assert(sizeof(float) == sizeof(uint32_t), "the rows are one block");

bool label_measures_init(LabelMeasures *m, size_t count, Status *status) {
    *m = (LabelMeasures){.count = count, .rows = calloc(1, sizeof *m->rows)};
    float *block = calloc(count + 1, ROWS * sizeof *block); /* + 1: none is no failure */
    if (!m->rows || !block) {
        free(block);
        free(m->rows);
        *m = (LabelMeasures){0};
        return status_no_memory(status, "the measures of the labels");
    }
    *m->rows = (LabelRows){block,
                           block + count,
                           block + 2 * count,
                           block + 3 * count,
                           (uint32_t *)(void *)(block + 4 * count),
                           (uint32_t *)(void *)(block + 5 * count)};
    return true;
}

void label_measures_free(LabelMeasures *m) {
    if (m->rows)
        free(m->rows->margin);
    free(m->rows);
    *m = (LabelMeasures){0};
}

/* A piece of work over all points, cut into slices. */
typedef struct Slices {
    const Mlp *mlp;
    const float *parameters;
    const Dataset *data;
    const LabelMeasures *measures;
    float *value;
} Slices;

static size_t slice_end(const Slices *s, size_t first) {
    return s->data->count - first < SLICE ? s->data->count : first + SLICE;
}

static void add_slice(void *context, size_t slice) {
    const Slices *s = context;
    const LabelRows *all = s->measures->rows;
    size_t first = slice * SLICE;
    LabelRows rows = {all->margin + first,    all->confidence + first, all->variance + first,
                      all->influence + first, all->right + first,      all->forgotten + first};
    kernels_best()->label_rows(s->mlp, s->parameters, s->data->x + first, s->data->y + first, s->data->label + first,
                               slice_end(s, first) - first, s->measures->epochs, &rows);
}

static void in_slices(Slices *s, void (*body)(void *, size_t)) {
    size_t slices = (s->data->count + SLICE - 1) / SLICE;
    if (slices <= 2 && s->mlp->layers == 1) /* over before a thread is awake */
        for (size_t i = 0; i < slices; i++)
            body(s, i);
    else
        parallel_for(slices, body, s);
}

void label_measures_add(LabelMeasures *m, const Mlp *mlp, const float *parameters, const Dataset *data) {
    assert(data->count == m->count && m->epochs < INT32_MAX / 2);
    m->epochs++;
    Slices s = {.mlp = mlp, .parameters = parameters, .data = data, .measures = m};
    in_slices(&s, add_slice);
}

static double value_of(const LabelMeasures *m, Measure measure, size_t i) {
    const LabelRows *rows = m->rows;
    double epochs = (double)m->epochs;
    switch (measure) {
    case MEASURE_AUM:
        return (double)rows->margin[i];
    case MEASURE_CONFIDENCE:
        return (double)rows->confidence[i];
    case MEASURE_VARIABILITY:
        return sqrt(fmax((double)rows->variance[i], 0.0));
    case MEASURE_CORRECTNESS:
        return (double)(rows->right[i] / 2) / epochs;
    case MEASURE_FORGETTING:
        return rows->right[i] / 2 == 0 ? epochs : (double)rows->forgotten[i];
    default:
        assert(measure == MEASURE_TRACIN);
        return (double)rows->influence[i] * epochs;
    }
}

void label_measures_values(const LabelMeasures *m, Measure measure, float *value) {
    for (size_t i = 0; i < m->count; i++)
        value[i] = m->epochs > 0 ? (float)value_of(m, measure, i) : NAN;
}

double label_measures_accuracy(const LabelMeasures *m) {
    double right = 0.0;
    for (size_t i = 0; i < m->count; i++)
        right += (double)(m->rows->right[i] / 2);
    return m->epochs > 0 ? right / ((double)m->count * (double)m->epochs) : (double)NAN;
}

/* score: of each class, `stride` apart. */
static double exact_loss(const float *score, size_t stride, int classes, int label) {
    int highest = 0;
    for (int c = 1; c < classes; c++)
        if (score[(size_t)c * stride] > score[(size_t)highest * stride])
            highest = c;
    double top = (double)score[(size_t)highest * stride], others = 0.0;
    for (int c = 0; c < classes; c++)
        others += c == highest ? 0.0 : exp((double)score[(size_t)c * stride] - top);
    return top - (double)score[(size_t)label * stride] + log1p(others);
}

static void loss_slice(void *context, size_t slice) {
    enum { CHUNK = 256 };
    const Slices *s = context;
    const Dataset *d = s->data;
    float scores[MAX_CLASSES * CHUNK];
    for (size_t first = slice * SLICE, end = slice_end(s, first); first < end; first += CHUNK) {
        size_t n = end - first < CHUNK ? end - first : CHUNK;
        mlp_scores(s->mlp, s->parameters, d->x + first, d->y + first, n, scores, CHUNK);
        for (size_t i = 0; i < n; i++)
            s->value[first + i] = (float)exact_loss(scores + i, CHUNK, mlp_classes(s->mlp), d->label[first + i]);
    }
}

void label_losses(const Mlp *mlp, const float *parameters, const Dataset *data, float *value) {
    Slices s = {.mlp = mlp, .parameters = parameters, .data = data, .value = value};
    in_slices(&s, loss_slice);
}
