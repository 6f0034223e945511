/* Clean points by hand: which samples become some, which become samples again, and a few of each class at once. */
#include "app/base/language.h"
#include "app/experiment/experiment_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- an edit of them ---- */

/* The points `samples` of the edit go from *from to *taken, the others to *rest, which is empty (count 0) if there are
 * none. */
static bool take_meant(const Dataset *from, const PointEdit *edit, Dataset *rest, Dataset *taken, Status *status) {
    *rest = (Dataset){.classes = from->classes};
    if (edit->count == from->count)
        return dataset_copy(taken, from, status);
    if (!dataset_copy(rest, from, status) || !dataset_add_clean(rest, status))
        return false;
    for (size_t i = 0; i < edit->count; i++)
        rest->clean[edit->samples[i]] = 1;
    return dataset_take_clean(rest, taken, status);
}

/* Where each of the points was among the samples; both are by row. */
static void find_origins(const Dataset *points, const Dataset *samples, uint32_t *origin) {
    for (size_t i = 0, from = 0; i < points->count; i++) {
        while (from < samples->count && dataset_row(samples, from) < dataset_row(points, i))
            from++;
        bool known = from < samples->count && dataset_row(samples, from) == dataset_row(points, i);
        origin[i] = known ? (uint32_t)from : NEW_SAMPLE;
    }
}

bool clean_edited_points(const Trainer *t, const PointEdit *edit, Dataset *points, Dataset *clean, uint32_t **origin,
                         Status *status) {
    static const Dataset none;
    bool takes = edit->kind == EDIT_CLEAN;
    Dataset taken = {0};
    bool done = take_meant(takes ? &t->data : &t->clean, edit, takes ? points : clean, &taken, status) &&
                dataset_join(takes ? clean : points, &taken, takes ? &t->clean : &t->data, &none, status);
    dataset_free(&taken);
    if (!done)
        return false;
    *origin = calloc(points->count, sizeof **origin);
    if (!*origin)
        return status_no_memory(status, "the points");
    find_origins(points, &t->data, *origin);
    return true;
}

/* ---- a few of each class ---- */

/* The points as they were made or read, before any were moved: where those of the run can be told to be others. *made
 * is empty where that is not known. */
static bool points_as_made(const Experiment *e, Dataset *made, Status *status) {
    *made = (Dataset){0};
    if (e->source.edited || e->trainer->settings.outliers == 0.0)
        return true;
    return e->source.points.count > 0 ? dataset_copy(made, &e->source.points, status)
                                      : dataset_generate(made, &e->trainer->settings, status);
}

/* The place of a row among those points, or their count. */
static size_t place_of_row(const Dataset *data, size_t row) {
    size_t low = 0, high = data->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dataset_row(data, middle) < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < data->count && dataset_row(data, low) == row ? low : data->count;
}

static bool is_right(const Dataset *data, const Dataset *made, size_t i) {
    size_t at = place_of_row(made, dataset_row(data, i));
    bool moved = at < made->count && (made->x[at] != data->x[i] || made->y[at] != data->y[i]);
    return !moved && (!data->truth || data->truth[i] == data->label[i]);
}

/* Samples in an order by the seed, and marks 1 at those that are drawn. Returns how many. */
static size_t draw(const Experiment *e, size_t per_class, const Dataset *made, uint32_t *order, uint8_t *drawn) {
    const Dataset *data = &e->trainer->data;
    size_t room[MAX_CLASSES], count = 0;
    NumpyRng rng;
    numpy_seed(&rng, e->trainer->settings.seed + 4u);
    for (size_t i = 0; i < data->count; i++)
        order[i] = (uint32_t)i;
    numpy_shuffle(&rng, order, data->count);
    for (int k = 0; k < data->classes; k++)
        room[k] = per_class < data->class_count[k] / 2 ? per_class : data->class_count[k] / 2;
    for (size_t i = 0; i < data->count; i++) {
        uint32_t sample = order[i];
        if (room[data->label[sample]] == 0 || !is_right(data, made, sample))
            continue;
        room[data->label[sample]]--;
        drawn[sample] = 1;
        count++;
    }
    return count;
}

static bool mark_drawn(Experiment *e, size_t per_class, uint32_t gesture, Status *status) {
    size_t n = e->trainer->data.count, count = 0;
    uint32_t *samples = calloc(n, sizeof *samples);
    uint8_t *drawn = calloc(n, 1);
    Dataset made;
    bool done =
        ((samples && drawn) || status_no_memory(status, "the clean points")) && points_as_made(e, &made, status);
    if (done) {
        size_t found = draw(e, per_class, &made, samples, drawn);
        for (size_t i = 0; i < n; i++)
            if (drawn[i])
                samples[count++] = (uint32_t)i;
        dataset_free(&made);
        PointEdit edit = {.kind = EDIT_CLEAN,
                          .count = count,
                          .samples = samples,
                          .data_version = e->data_version,
                          .gesture = gesture};
        done = found > 0 ? experiment_change_points(e, &edit, status)
                         : status_fail(status, STATUS_USAGE,
                                       "No class has two points with a right label: mark clean ones by hand (C).");
    }
    free(samples);
    free(drawn);
    return done;
}

static bool unmark_all(Experiment *e, uint32_t gesture, Status *status) {
    size_t n = e->trainer->clean.count;
    uint32_t *all = calloc(n + 1, sizeof *all);
    if (!all)
        return status_no_memory(status, "the clean points");
    for (size_t i = 0; i < n; i++)
        all[i] = (uint32_t)i;
    PointEdit edit = {
        .kind = EDIT_UNCLEAN, .count = n, .samples = all, .data_version = e->data_version, .gesture = gesture};
    bool done = n == 0 || experiment_change_points(e, &edit, status);
    free(all);
    return done;
}

/* ---- the command ---- */

static void say_unknown_truth(Experiment *e) {
    if (!e->trainer->data.truth && !e->trainer->clean.truth && e->source.points.count > 0)
        snprintf(e->notice, sizeof e->notice,
                 tr("Clean points are drawn with the labels that they have: nobody knows here which are right."));
}

/* Whether the number of clean points can be a setting of the run that then begins. */
static bool is_setting(const Experiment *e, const Settings *wanted) {
    const Trainer *t = e->trainer;
    bool begins = (t->epoch == 0 && t->batch == 0) || experiment_begins_anew(&t->settings, wanted);
    return begins && !e->source.edited && !e->source.points.clean;
}

bool experiment_ask_for_clean(Experiment *e, const Settings *settings) {
    if (e->trainer->clean.count > 0 || settings->clean > 0 || !settings_need_clean(settings))
        return false;
    e->asks_for_clean = true;
    e->wanted = *settings;
    return true;
}

bool experiment_take_clean(Experiment *e, const Command *command, Status *status) {
    Settings wanted = command->settings;
    size_t per_class = command->clean > 0 ? (size_t)command->clean : 0;
    if (!settings_check(&wanted, status))
        return false;
    if (is_setting(e, &wanted)) {
        wanted.clean = (int)per_class * e->trainer->data.classes;
        Status refused = {0};
        if (experiment_take_settings(e, &wanted, command->gesture, &refused) && !e->asks_for_clean) {
            if (per_class > 0)
                say_unknown_truth(e);
            return true;
        }
    }
    bool done =
        per_class > 0 ? mark_drawn(e, per_class, command->gesture, status) : unmark_all(e, command->gesture, status);
    if (!done)
        return false;
    if (per_class > 0)
        say_unknown_truth(e);
    Settings now = other_run_settings(&e->trainer->settings, &command->settings);
    if (!experiment_take_settings(e, &now, command->gesture, status)) /* the points have changed all the same */
        snprintf(e->notice, sizeof e->notice, "%s", status->message);
    return true;
}
