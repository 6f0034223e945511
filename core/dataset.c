#include "dataset.h"

#include "rng.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

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
    memset(data, 0, sizeof *data);
}

bool dataset_copy(Dataset *copy, const Dataset *data, Status *status) {
    if (!dataset_init(copy, data->count, data->classes, status))
        return false;
    memcpy(copy->x, data->x, data->count * sizeof *data->x);
    memcpy(copy->y, data->y, data->count * sizeof *data->y);
    memcpy(copy->label, data->label, data->count * sizeof *data->label);
    copy->anomaly = data->anomaly;
    dataset_bounds(copy);
    return true;
}

void dataset_bounds(Dataset *data) {
    float x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;
    for (size_t i = 0; i < data->count; i++) {
        x0 = fminf(x0, data->x[i]);
        x1 = fmaxf(x1, data->x[i]);
        y0 = fminf(y0, data->y[i]);
        y1 = fmaxf(y1, data->y[i]);
    }
    memset(data->class_count, 0, sizeof data->class_count);
    for (size_t i = 0; i < data->count; i++)
        data->class_count[data->label[i]]++;
    data->x_minimum = x0;
    data->x_maximum = x1;
    data->y_minimum = y0;
    data->y_maximum = y1;
}

/* The first (count mod parts) of `parts` shares are one larger than the rest. */
static size_t share_of(size_t count, int parts, int part) {
    size_t p = (size_t)parts;
    return count / p + ((size_t)part < count % p);
}

/* The post: all x of a class, then all its y, class by class; not shuffled. */
static void generate_post(Dataset *data, const Settings *s, NumpyRng *rng) {
    double sd = settings_noise(s);
    size_t first = 0;
    for (int k = 0; k < data->classes; k++) {
        size_t n = share_of(data->count, data->classes, k);
        double cx = s->centroids[2 * k], cy = s->centroids[2 * k + 1];
        for (size_t i = first; i < first + n; i++)
            data->x[i] = (float)(cx + sd * numpy_normal(rng));
        for (size_t i = first; i < first + n; i++)
            data->y[i] = (float)(cy + sd * numpy_normal(rng));
        memset(data->label + first, k, n);
        first += n;
    }
}

/* The post's anomaly: the label of the point farthest from the second centroid is flipped. */
static void flip_anomaly(Dataset *data, const Settings *s) {
    double cx = s->centroids[2], cy = s->centroids[3], farthest = -1.0;
    for (size_t i = 0; i < data->count; i++) {
        double dx = (double)data->x[i] - cx, dy = (double)data->y[i] - cy;
        double distance = sqrt(dx * dx + dy * dy);
        if (distance > farthest) {
            farthest = distance;
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

/* Position and label of point i before shuffling and noise. */
static void curve_point(const Dataset *data, int kind, size_t i, double *x, double *y, uint8_t *label) {
    size_t outer = data->count / 2, inner = data->count - outer;
    bool is_inner = i >= outer;
    size_t k = is_inner ? i - outer : i, n = is_inner ? inner : outer;
    if (kind == DATASET_MOONS) {
        double t = linspace(PI, k, n, true);
        *x = is_inner ? 1.0 - cos(t) : cos(t);
        *y = is_inner ? 1.0 - sin(t) - 0.5 : sin(t);
    } else if (kind == DATASET_CIRCLES) {
        double t = linspace(2.0 * PI, k, n, false), factor = is_inner ? 0.8 : 1.0;
        *x = cos(t) * factor;
        *y = sin(t) * factor;
    } else { /* two arms that wind round each other, 1 3/4 turns, out to radius 5 */
        double part = ((double)k + 0.5) / (double)n;
        double t = 1.75 * part * 2.0 * PI + (is_inner ? PI : 0.0), radius = 5.0 * part;
        *x = radius * sin(t);
        *y = radius * cos(t);
    }
    *label = is_inner;
}

/* Blobs, as scikit-learn draws them: centre by centre, x and y of each point in turn. */
static void draw_blobs(double *xy, uint8_t *label, const Dataset *data, const Settings *s, NumpyRng *rng) {
    double sd = settings_noise(s);
    size_t i = 0;
    for (int k = 0; k < data->classes; k++) {
        for (size_t end = i + share_of(data->count, data->classes, k); i < end; i++) {
            xy[2 * i] = s->centroids[2 * k] + sd * numpy_normal(rng);
            xy[2 * i + 1] = s->centroids[2 * k + 1] + sd * numpy_normal(rng);
            label[i] = (uint8_t)k;
        }
    }
}

/* Uniform over four squares with a gap between them; class 1 where x and y have unlike signs. */
static void draw_xor(double *xy, uint8_t *label, const Dataset *data, NumpyRng *rng) {
    const double side = 5.0, gap = 0.3;
    for (size_t i = 0; i < data->count; i++) {
        for (int axis = 0; axis < 2; axis++) {
            double u = side * (2.0 * numpy_double(rng) - 1.0);
            xy[2 * i + (size_t)axis] = u + (u >= 0.0 ? gap : -gap);
        }
        label[i] = (xy[2 * i] >= 0.0) != (xy[2 * i + 1] >= 0.0);
    }
}

/* The sets that are drawn in order, then shuffled, then (but for blobs) disturbed: scikit-learn's way. */
static bool generate_shuffled(Dataset *data, const Settings *s, NumpyRng *rng, Status *status) {
    size_t n = data->count;
    double *xy = calloc(n, 2 * sizeof *xy);
    uint8_t *label = calloc(n, sizeof *label);
    uint32_t *order = calloc(n, sizeof *order);
    if (!xy || !label || !order) {
        free(xy);
        free(label);
        free(order);
        return status_no_memory(status, "the points");
    }
    if (s->dataset == DATASET_BLOBS)
        draw_blobs(xy, label, data, s, rng);
    else if (s->dataset == DATASET_XOR)
        draw_xor(xy, label, data, rng);
    else
        for (size_t i = 0; i < n; i++)
            curve_point(data, s->dataset, i, &xy[2 * i], &xy[2 * i + 1], &label[i]);

    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    numpy_shuffle(rng, order, n);
    double sd = s->dataset == DATASET_BLOBS ? 0.0 : settings_noise(s);
    for (size_t i = 0; i < n; i++) {
        size_t from = order[i];
        double x = xy[2 * from], y = xy[2 * from + 1];
        if (sd > 0.0) {
            x += sd * numpy_normal(rng);
            y += sd * numpy_normal(rng);
        }
        data->x[i] = (float)x;
        data->y[i] = (float)y;
        data->label[i] = label[from];
    }
    free(xy);
    free(label);
    free(order);
    return true;
}

bool dataset_generate(Dataset *data, const Settings *settings, Status *status) {
    if (!dataset_init(data, (size_t)settings->samples, settings_classes(settings), status))
        return false;
    NumpyRng rng;
    numpy_seed(&rng, settings->seed);
    if (settings->dataset == DATASET_POST) {
        generate_post(data, settings, &rng);
        if (settings->anomaly)
            flip_anomaly(data, settings);
    } else if (!generate_shuffled(data, settings, &rng, status)) {
        dataset_free(data);
        return false;
    }
    if (!dataset_flip(data, settings->flip, settings->seed, status)) {
        dataset_free(data);
        return false;
    }
    dataset_bounds(data);
    return true;
}

bool dataset_flip(Dataset *data, double share, uint32_t seed, Status *status) {
    /* rint rounds halves to even, as Python's round does */
    size_t flips = (size_t)rint(share * (double)data->count);
    if (flips == 0)
        return true;
    uint32_t *order = calloc(data->count, sizeof *order);
    if (!order)
        return status_no_memory(status, "the label flips");
    for (size_t i = 0; i < data->count; i++)
        order[i] = (uint32_t)i;
    NumpyRng rng;
    numpy_seed(&rng, seed + 1u);
    numpy_shuffle(&rng, order, data->count);
    for (size_t i = 0; i < flips; i++) {
        uint8_t *label = &data->label[order[i]];
        *label = (uint8_t)((*label + 1) % data->classes);
    }
    free(order);
    dataset_bounds(data);
    return true;
}
