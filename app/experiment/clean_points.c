/* Clean points by hand: which samples become some, which become samples again, and a few of each class at once. */
#include "app/experiment/experiment_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- an edit of them ---- */

/* An empty set with room for so many points like those of the run; count is then how many it has so far. */
static bool begin_part(Dataset *part, const Trainer *t, size_t room, Status *status) {
    *part = (Dataset){.classes = t->data.classes, .anomaly = -1};
    if (room == 0)
        return true;
    if (!dataset_init(part, room, t->data.classes, status) || !dataset_add_rows(part, status) ||
        ((t->data.truth || t->clean.truth) && !dataset_add_truth(part, status)) ||
        ((t->data.kept || t->clean.kept) && !dataset_add_kept(part, status)) ||
        !dataset_copy_names(part, &t->data, status))
        return false;
    part->count = 0;
    return true;
}

static void add_point(Dataset *part, const Dataset *from, size_t i) {
    size_t at = part->count++;
    part->x[at] = from->x[i];
    part->y[at] = from->y[i];
    part->label[at] = from->label[i];
    part->row[at] = (uint32_t)dataset_row(from, i);
    if (part->truth)
        part->truth[at] = from->truth ? from->truth[i] : from->label[i];
    if (part->kept)
        part->kept[at] = from->kept && from->kept[i];
    if (from->anomaly == (int64_t)i)
        part->anomaly = (int64_t)at;
}

bool clean_edited_points(const Trainer *t, const PointEdit *edit, Dataset *points, Dataset *clean, uint32_t **origin,
                         Status *status) {
    const Dataset *data = &t->data, *old = &t->clean;
    bool takes = edit->kind == EDIT_CLEAN;
    size_t count = takes ? data->count - edit->count : data->count + edit->count;
    if (!begin_part(points, t, count, status) ||
        !begin_part(clean, t, takes ? old->count + edit->count : old->count - edit->count, status))
        return false;
    *origin = calloc(count, sizeof **origin);
    if (!*origin)
        return status_no_memory(status, "the points");
    for (size_t i = 0, k = 0, next = 0; i < data->count || k < old->count;) { /* both by row */
        bool of_clean = i == data->count || (k < old->count && dataset_row(old, k) < dataset_row(data, i));
        size_t at = of_clean ? k++ : i++;
        bool meant = of_clean != takes && next < edit->count && edit->samples[next] == at;
        next += meant;
        if (of_clean != meant) {
            add_point(clean, of_clean ? old : data, at);
        } else {
            (*origin)[points->count] = of_clean ? NEW_SAMPLE : (uint32_t)at;
            add_point(points, of_clean ? old : data, at);
        }
    }
    dataset_bounds(points);
    if (clean->count > 0)
        dataset_bounds(clean);
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
                 "Clean points are drawn with the labels that they have: nobody knows here which are right.");
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
