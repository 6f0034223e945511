#include "core/dataset.h"

#include "core/rng.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

enum { NORMALS = 512 }; /* deviates that are drawn at a time, at most */

bool dataset_init(Dataset *data, size_t count, int classes, Status *status) {
    assert(classes >= 2 && classes <= MAX_CLASSES);
    memset(data, 0, sizeof *data);
    data->anomaly = -1;
    if (count == 0 || count > MAX_SAMPLES)
        return status_fail(status, STATUS_USAGE, "%zu points: 1 to %d can be handled", count, MAX_SAMPLES);
    data->count = count;
    data->classes = classes;
    data->x = calloc(count, sizeof *data->x);
    data->y = calloc(count, sizeof *data->y);
    data->label = calloc(count, sizeof *data->label);
    if (!data->x || !data->y || !data->label) {
        dataset_free(data);
        return status_no_memory(status, "the points");
    }
    return true;
}

void dataset_free(Dataset *data) {
    free(data->x);
    free(data->y);
    free(data->label);
    free(data->truth);
    free(data->clean);
    free(data->row);
    for (int k = 0; k < MAX_CLASSES; k++)
        free(data->class_written[k]);
    for (int axis = 0; axis < 2; axis++)
        free(data->axis_written[axis]);
    free(data->kept);
    memset(data, 0, sizeof *data);
}

bool dataset_add_truth(Dataset *data, Status *status) {
    data->truth = calloc(data->count, 1);
    return data->truth || status_no_memory(status, "the points");
}

bool dataset_add_clean(Dataset *data, Status *status) {
    data->clean = calloc(data->count, 1);
    return data->clean || status_no_memory(status, "the points");
}

bool dataset_add_rows(Dataset *data, Status *status) {
    data->row = calloc(data->count, sizeof *data->row);
    return data->row || status_no_memory(status, "the points");
}

bool dataset_add_kept(Dataset *data, Status *status) {
    data->kept = calloc(data->count, 1);
    return data->kept || status_no_memory(status, "the points");
}

bool dataset_copy(Dataset *copy, const Dataset *data, Status *status) {
    if (!dataset_init(copy, data->count, data->classes, status))
        return false;
    memcpy(copy->x, data->x, data->count * sizeof *data->x);
    memcpy(copy->y, data->y, data->count * sizeof *data->y);
    memcpy(copy->label, data->label, data->count * sizeof *data->label);
    if ((data->truth && !dataset_add_truth(copy, status)) || (data->clean && !dataset_add_clean(copy, status)) ||
        (data->row && !dataset_add_rows(copy, status)) || (data->kept && !dataset_add_kept(copy, status)) ||
        !dataset_copy_names(copy, data, status)) {
        dataset_free(copy);
        return false;
    }
    if (data->truth)
        memcpy(copy->truth, data->truth, data->count);
    if (data->clean)
        memcpy(copy->clean, data->clean, data->count);
    if (data->row)
        memcpy(copy->row, data->row, data->count * sizeof *data->row);
    if (data->kept)
        memcpy(copy->kept, data->kept, data->count);
    copy->anomaly = data->anomaly;
    dataset_bounds(copy);
    return true;
}

void dataset_bounds(Dataset *data) {
    float x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;
    for (size_t i = 0; i < data->count; i++) { /* not fminf, which is a call */
        float x = data->x[i], y = data->y[i];
        x0 = x < x0 ? x : x0;
        x1 = x > x1 ? x : x1;
        y0 = y < y0 ? y : y0;
        y1 = y > y1 ? y : y1;
    }
    memset(data->class_count, 0, sizeof data->class_count);
    for (size_t i = 0; i < data->count; i++)
        data->class_count[data->label[i]]++;
    data->x_minimum = x0;
    data->x_maximum = x1;
    data->y_minimum = y0;
    data->y_maximum = y1;
}

bool dataset_keep_truth(Dataset *data, Status *status) {
    if (data->truth)
        return true;
    if (!dataset_add_truth(data, status))
        return false;
    memcpy(data->truth, data->label, data->count);
    return true;
}

/* value[i] = centre + sd times a normal deviate. */
static void draw_around(double centre, double sd, NumpyRng *rng, float *value, size_t n) {
    double normal[NORMALS];
    for (size_t first = 0, count; first < n; first += count) {
        count = n - first < NORMALS ? n - first : NORMALS;
        numpy_normals(rng, normal, count);
        for (size_t i = 0; i < count; i++)
            value[first + i] = (float)(centre + sd * normal[i]);
    }
}

/* The post: all x of a class, then all its y, class by class; not shuffled. */
static void generate_post(Dataset *data, const Settings *s, NumpyRng *rng) {
    double sd = settings_noise(s);
    size_t first = 0;
    for (int k = 0; k < data->classes; k++) {
        size_t n = dataset_share_of(data->count, data->classes, k);
        draw_around(s->centroids[2 * k], sd, rng, data->x + first, n);
        draw_around(s->centroids[2 * k + 1], sd, rng, data->y + first, n);
        memset(data->label + first, k, n);
        first += n;
    }
}

/* The post's anomaly: the label of the point farthest from the second centroid is flipped. */
static void flip_anomaly(Dataset *data, const Settings *s) {
    double cx = s->centroids[2], cy = s->centroids[3], farthest = -1.0, square = -1.0;
    for (size_t i = 0; i < data->count; i++) {
        double dx = (double)data->x[i] - cx, dy = (double)data->y[i] - cy, here = dx * dx + dy * dy;
        if (here > square && sqrt(here) > farthest) { /* different squares may have the same root */
            farthest = sqrt(here);
            square = here;
            data->anomaly = (int64_t)i;
        }
    }
    uint8_t *label = &data->label[data->anomaly];
    *label = (uint8_t)((*label + 1) % data->classes);
}

/* The i-th of n steps from 0 to `end`, as numpy.linspace computes them. */
static double linspace(double end, size_t i, size_t n, bool with_end) {
    if (with_end && n > 1 && i == n - 1)
        return end;
    size_t parts = with_end ? n - 1 : n;
    return parts == 0 ? 0.0 : (double)i * (end / (double)parts);
}

/* A set that is drawn in order, then shuffled: scikit-learn's way. */
typedef struct Drawing {
    size_t count;
    int classes;
    const Settings *settings;
    NumpyRng *rng;
    double *xy; /* x, y of each point */
    uint8_t *label;
} Drawing;

static void put(const Drawing *d, size_t i, double x, double y, int label) {
    d->xy[2 * i] = x;
    d->xy[2 * i + 1] = y;
    d->label[i] = (uint8_t)label;
}

/* Where on its curve a point is, of the two curves that a set consists of: k of n. */
typedef struct OnCurve {
    size_t k, n;
    bool inner;
} OnCurve;

static OnCurve on_curve(const Drawing *d, size_t i) {
    size_t outer = d->count / 2;
    return i < outer ? (OnCurve){i, outer, false} : (OnCurve){i - outer, d->count - outer, true};
}

static void draw_moons(const Drawing *d) {
    for (size_t i = 0; i < d->count; i++) {
        OnCurve c = on_curve(d, i);
        double t = linspace(PI, c.k, c.n, true);
        put(d, i, c.inner ? 1.0 - cos(t) : cos(t), c.inner ? 1.0 - sin(t) - 0.5 : sin(t), c.inner);
    }
}

static void draw_circles(const Drawing *d) {
    for (size_t i = 0; i < d->count; i++) {
        OnCurve c = on_curve(d, i);
        double t = linspace(2.0 * PI, c.k, c.n, false), factor = c.inner ? 0.8 : 1.0;
        put(d, i, cos(t) * factor, sin(t) * factor, c.inner);
    }
}

/* Two arms that wind round each other, 1 3/4 turns, out to radius 5. */
static void draw_spirals(const Drawing *d) {
    for (size_t i = 0; i < d->count; i++) {
        OnCurve c = on_curve(d, i);
        double part = ((double)c.k + 0.5) / (double)c.n;
        double t = 1.75 * part * 2.0 * PI + (c.inner ? PI : 0.0), radius = 5.0 * part;
        put(d, i, radius * sin(t), radius * cos(t), c.inner);
    }
}

/* Blobs, as scikit-learn draws them: centre by centre, x and y of each point in turn. */
static void draw_blobs(const Drawing *d) {
    const Settings *s = d->settings;
    double sd = settings_noise(s);
    size_t i = 0;
    for (int k = 0; k < d->classes; k++)
        for (size_t end = i + dataset_share_of(d->count, d->classes, k), count; i < end; i += count) {
            double normal[NORMALS];
            count = end - i < NORMALS / 2 ? end - i : NORMALS / 2;
            numpy_normals(d->rng, normal, 2 * count);
            for (size_t n = 0; n < count; n++)
                put(d, i + n, s->centroids[2 * k] + sd * normal[2 * n],
                    s->centroids[2 * k + 1] + sd * normal[2 * n + 1], k);
        }
}

/* Uniform over four squares with a gap between them; class 1 where x and y have unlike signs. */
static void draw_xor(const Drawing *d) {
    const double side = 5.0, gap = 0.3;
    for (size_t i = 0; i < d->count; i++) {
        double at[2];
        for (int axis = 0; axis < 2; axis++) {
            double u = side * (2.0 * numpy_double(d->rng) - 1.0);
            at[axis] = u + (u >= 0.0 ? gap : -gap);
        }
        put(d, i, at[0], at[1], (at[0] >= 0.0) != (at[1] >= 0.0));
    }
}

#define DRAWN_BY(value, word, label, noise, classes, draw) [value] = draw,
static void (*const GENERATORS[DATASET_COUNT])(const Drawing *) = {DATASETS(DRAWN_BY)};
#undef DRAWN_BY

/* Draws, shuffles, and adds noise where the set is not blobs, which have theirs. */
static bool generate_shuffled(Dataset *data, const Settings *s, NumpyRng *rng, Status *status) {
    size_t n = data->count;
    Drawing drawing = {.count = n,
                       .classes = data->classes,
                       .settings = s,
                       .rng = rng,
                       .xy = calloc(n, 2 * sizeof *drawing.xy),
                       .label = calloc(n, sizeof *drawing.label)};
    uint32_t *order = calloc(n, sizeof *order);
    bool done = (drawing.xy && drawing.label && order) || status_no_memory(status, "the points");
    if (done) {
        GENERATORS[s->dataset](&drawing);
        for (size_t i = 0; i < n; i++)
            order[i] = (uint32_t)i;
        numpy_shuffle(rng, order, n);
    }
    double sd = settings_have_centroids(s) ? 0.0 : settings_noise(s);
    double noise[NORMALS];
    for (size_t i = 0; done && i < n; i++) {
        size_t from = order[i], at = i % (NORMALS / 2), left = n - i;
        double x = drawing.xy[2 * from], y = drawing.xy[2 * from + 1];
        if (sd > 0.0) {
            if (at == 0)
                numpy_normals(rng, noise, left < NORMALS / 2 ? 2 * left : NORMALS);
            x += sd * noise[2 * at];
            y += sd * noise[2 * at + 1];
        }
        data->x[i] = (float)x;
        data->y[i] = (float)y;
        data->label[i] = drawing.label[from];
    }
    free(drawing.xy);
    free(drawing.label);
    free(order);
    return done;
}

bool dataset_generate(Dataset *data, const Settings *settings, Status *status) {
    if (!dataset_init(data, (size_t)settings->samples, settings_classes(settings), status))
        return false;
    NumpyRng rng;
    numpy_seed(&rng, settings->seed);
    bool done;
    if (GENERATORS[settings->dataset]) {
        done = generate_shuffled(data, settings, &rng, status);
    } else {
        generate_post(data, settings, &rng);
        done = !settings->anomaly || dataset_keep_truth(data, status);
        if (done && settings->anomaly)
            flip_anomaly(data, settings);
    }
    if (done)
        dataset_bounds(data);
    else
        dataset_free(data);
    return done;
}

bool dataset_labels_below(const uint8_t *labels, size_t count, int end) {
    bool good = true;
    for (size_t i = 0; i < count; i++)
        good &= labels[i] < end;
    return good;
}

bool dataset_rows_ascend(const uint32_t *rows, size_t count) {
    bool good = true;
    for (size_t i = 1; i < count; i++)
        good &= rows[i - 1] < rows[i];
    return good;
}
