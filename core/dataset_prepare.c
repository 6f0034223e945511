/* What is made of points before a run: the parts that are kept apart, outliers, flips; and the parts joined again. */
#include "core/dataset.h"

#include "core/rng.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* rint rounds halves to even, as Python's round does */
static size_t count_of_share(double share, size_t count) {
    return (size_t)rint(share * (double)count);
}

static bool is_marked(const Dataset *data, size_t i) {
    return data->clean && data->clean[i];
}

/* RandomState.permutation(data->count) without the points that are marked as clean, to be freed; NULL if there is no
 * memory. *left: how many there are. */
static uint32_t *permutation(NumpyRng *rng, const Dataset *data, size_t *left) {
    uint32_t *order = calloc(data->count, sizeof *order);
    for (size_t i = 0; order && i < data->count; i++)
        order[i] = (uint32_t)i;
    if (order)
        numpy_shuffle(rng, order, data->count);
    *left = 0;
    for (size_t i = 0; order && i < data->count; i++)
        if (!is_marked(data, order[i]))
            order[(*left)++] = order[i];
    return order;
}

static size_t at_most(size_t count, size_t limit) {
    return count < limit ? count : limit;
}

bool dataset_flip(Dataset *data, double share, uint32_t seed, Status *status) {
    size_t flips = count_of_share(share, data->count), left;
    if (flips == 0)
        return true;
    if (!dataset_keep_truth(data, status))
        return false;
    NumpyRng rng;
    numpy_seed(&rng, seed + 1u);
    uint32_t *order = permutation(&rng, data, &left);
    if (!order)
        return status_no_memory(status, "the label flips");
    for (size_t i = 0; i < at_most(flips, left); i++) {
        uint8_t *label = &data->label[order[i]];
        *label = (uint8_t)((*label + 1) % data->classes);
    }
    free(order);
    dataset_bounds(data);
    return true;
}

/* moved (NULL: nobody asks): 1 where a point is moved. */
static bool move_outliers(Dataset *data, double share, uint32_t seed, uint8_t *moved, Status *status) {
    const double center = 9.0, sd = 0.5;
    size_t outliers = count_of_share(share, data->count), left;
    if (outliers == 0)
        return true;
    if (!dataset_keep_truth(data, status))
        return false;
    NumpyRng rng;
    numpy_seed(&rng, seed + 3u);
    uint32_t *order = permutation(&rng, data, &left);
    if (!order)
        return status_no_memory(status, "the outliers");
    for (size_t i = 0; i < at_most(outliers, left); i++) {
        data->x[order[i]] = (float)(center + sd * numpy_normal(&rng) - data->origin[0]);
        data->y[order[i]] = (float)(center + sd * numpy_normal(&rng) - data->origin[1]);
        data->label[order[i]] = 0;
        if (moved)
            moved[order[i]] = 1;
    }
    free(order);
    dataset_bounds(data);
    return true;
}

bool dataset_outliers(Dataset *data, double share, uint32_t seed, Status *status) {
    return move_outliers(data, share, seed, NULL, status);
}

/* Arrays for count points of *data, with rows, and truth and marks if that has them; all else of a Dataset is as there.
 */
static bool init_part(Dataset *part, const Dataset *data, size_t count, Status *status) {
    Dataset arrays;
    if (!dataset_init(&arrays, count, data->classes, status))
        return false;
    *part = *data;
    part->count = count;
    part->anomaly = -1;
    part->x = arrays.x;
    part->y = arrays.y;
    part->label = arrays.label;
    part->row = NULL;
    part->truth = NULL;
    part->clean = NULL;
    part->kept = NULL;
    memset(part->class_written, 0, sizeof part->class_written);
    memset(part->axis_written, 0, sizeof part->axis_written);
    if (dataset_add_rows(part, status) && (!data->truth || dataset_add_truth(part, status)) &&
        (!data->clean || dataset_add_clean(part, status)) && (!data->kept || dataset_add_kept(part, status)) &&
        dataset_copy_names(part, data, status))
        return true;
    dataset_free(part);
    return false;
}

static void copy_point(Dataset *to, size_t at, const Dataset *from, size_t i) {
    to->x[at] = from->x[i];
    to->y[at] = from->y[i];
    to->label[at] = from->label[i];
    if (to->truth)
        to->truth[at] = from->truth ? from->truth[i] : from->label[i]; /* never changed on purpose */
    if (to->clean)
        to->clean[at] = is_marked(from, i);
    if (to->kept)
        to->kept[at] = from->kept && from->kept[i];
    to->row[at] = (uint32_t)dataset_row(from, i);
    if (from->anomaly == (int64_t)i)
        to->anomaly = (int64_t)at;
}

/* Moves the `count` points where `apart` is 1 from *data to *part, which is empty so far. */
static bool take_apart(Dataset *data, const uint8_t *apart, size_t count, Dataset *part, Status *status) {
    Dataset rest = {0};
    if (!init_part(part, data, count, status) || !init_part(&rest, data, data->count - count, status)) {
        dataset_free(part);
        return false;
    }
    for (size_t i = 0, to[2] = {0, 0}; i < data->count; i++)
        copy_point(apart[i] ? part : &rest, to[apart[i]]++, data, i);
    dataset_bounds(&rest);
    dataset_bounds(part);
    dataset_free(data);
    *data = rest;
    return true;
}

bool dataset_split(Dataset *data, double share, uint32_t seed, Dataset *test, Status *status) {
    memset(test, 0, sizeof *test);
    size_t count = data->count, apart = count_of_share(share, count), left;
    if (at_most(apart, count - 1) == 0)
        return true;
    NumpyRng rng;
    numpy_seed(&rng, seed + 2u);
    uint32_t *order = permutation(&rng, data, &left);
    uint8_t *is_test = calloc(count, 1);
    bool done = (order && is_test) || status_no_memory(status, "the test points");
    if (done) {
        apart = at_most(apart, left > 0 ? left - 1 : 0);
        for (size_t i = 0; i < apart; i++)
            is_test[order[i]] = 1;
        done = apart == 0 || take_apart(data, is_test, apart, test, status);
        free(test->clean); /* none of them is marked */
        test->clean = NULL;
    }
    free(order);
    free(is_test);
    return done;
}

/* ---- clean points ---- */

/* What cannot be drawn, in words. */
static bool refuse_clean(const Dataset *data, int count, const size_t *room, Status *status) {
    for (int k = 0; k < data->classes; k++)
        if (room[k] > 0) {
            char name[CLASS_SHORT_BYTES];
            size_t wanted = dataset_share_of((size_t)count, data->classes, k);
            return status_fail(status, STATUS_USAGE,
                               "clean %d asks for %zu points of %s whose label is right, and there are %zu: draw fewer",
                               count, wanted, dataset_class_short(data, k, name), wanted - room[k]);
        }
    return status_fail(status, STATUS_USAGE, "clean %d is all of the %zu points: one at least has to be learned from",
                       count, data->count);
}

bool dataset_draw_clean(Dataset *data, int count, uint32_t seed, const uint8_t *moved, Status *status) {
    size_t room[MAX_CLASSES], left = (size_t)count, all;
    if (count <= 0)
        return true;
    for (int k = 0; k < data->classes; k++)
        room[k] = dataset_share_of((size_t)count, data->classes, k);
    NumpyRng rng;
    numpy_seed(&rng, seed + 4u);
    uint32_t *order = permutation(&rng, data, &all);
    if (!order || !dataset_add_clean(data, status)) {
        free(order);
        return status_no_memory(status, "the clean points");
    }
    for (size_t i = 0; i < all && left > 0; i++) {
        uint32_t point = order[i];
        uint8_t label = data->label[point];
        bool right = (!moved || !moved[point]) && (!data->truth || data->truth[point] == label);
        if (!right || room[label] == 0)
            continue;
        data->clean[point] = 1;
        room[label]--;
        left--;
    }
    free(order);
    return (left == 0 && (size_t)count < data->count) || refuse_clean(data, count, room, status);
}

bool dataset_take_clean(Dataset *data, Dataset *clean, Status *status) {
    memset(clean, 0, sizeof *clean);
    size_t marked = 0;
    for (size_t i = 0; i < data->count; i++)
        marked += is_marked(data, i);
    if (marked == data->count)
        return status_fail(status, STATUS_USAGE,
                           "all of the %zu points are marked as clean: one at least has to be learned from", marked);
    uint8_t *apart = data->clean;
    data->clean = NULL; /* the parts have no marks: each point's is the part that it is in */
    bool done = marked == 0 || take_apart(data, apart, marked, clean, status);
    free(apart);
    return done;
}

/* Adds a part to what is joined so far, both by row. */
static bool join_part(Dataset *all, const Dataset *part, Status *status) {
    Dataset both;
    if (part->count == 0)
        return true;
    assert(all->classes == part->classes);
    Dataset kind = *all; /* whose arrays the joined set has */
    kind.truth = all->truth ? all->truth : part->truth;
    kind.clean = all->clean ? all->clean : part->clean;
    kind.kept = all->kept ? all->kept : part->kept;
    if (!init_part(&both, &kind, all->count + part->count, status))
        return false;
    for (size_t i = 0, k = 0; i + k < both.count;) {
        bool next_is_part = i == all->count || (k < part->count && dataset_row(part, k) < dataset_row(all, i));
        copy_point(&both, i + k, next_is_part ? part : all, next_is_part ? k : i);
        *(next_is_part ? &k : &i) += 1;
    }
    dataset_free(all);
    *all = both;
    return true;
}

bool dataset_join(Dataset *all, const Dataset *data, const Dataset *test, const Dataset *clean, Status *status) {
    assert(data->count > 0 || test->count > 0);
    const Dataset *first = data->count > 0 ? data : test;
    static const Dataset none;
    Dataset marked = {0};
    bool done = dataset_copy(all, first, status);
    done = done && join_part(all, first == test ? &none : test, status);
    if (done && clean->count > 0) {
        done = dataset_copy(&marked, clean, status) && dataset_add_clean(&marked, status);
        if (done)
            memset(marked.clean, 1, marked.count);
        done = done && join_part(all, &marked, status);
        dataset_free(&marked);
    }
    if (done)
        dataset_bounds(all);
    else
        dataset_free(all);
    return done;
}

bool dataset_prepare(Dataset *data, const Settings *s, Dataset *test, Dataset *clean, Status *status) {
    memset(clean, 0, sizeof *clean);
    bool draws = s->clean > 0 && !data->clean;
    uint8_t *moved = NULL;
    bool done = dataset_split(data, s->test, s->seed, test, status);
    if (done && draws) {
        moved = calloc(data->count, 1);
        done = moved || status_no_memory(status, "the clean points");
    }
    done = done && move_outliers(data, s->outliers, s->seed, moved, status) &&
           dataset_flip(data, s->flip, s->seed, status) &&
           (!draws || dataset_draw_clean(data, s->clean, s->seed, moved, status)) &&
           dataset_take_clean(data, clean, status);
    free(moved);
    if (!done)
        dataset_free(test);
    return done;
}
