#include "app/views/suspects_rows.h"

#include "app/experiment/label_list.h"
#include "core/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void suspect_rows_free(SuspectRows *r) {
    free(r->rows);
    free(r->sample_of);
    free(r->missed);
    *r = (SuspectRows){0};
}

/* ---- which sample is which ---- */

static bool index_samples(SuspectRows *r, const Snapshot *s) {
    const History *h = s->history;
    uint64_t version = s->data_version + s->run_version;
    if (r->sample_of && r->indexed == version && r->slots == h->slots)
        return true;
    uint32_t *index = realloc(r->sample_of, (h->slots + 1) * sizeof *index);
    if (!index)
        return false;
    for (size_t i = 0; i < h->slots; i++)
        index[i] = NEW_SAMPLE;
    for (size_t i = 0; i < h->samples; i++)
        index[history_slot(h, i)] = (uint32_t)i;
    r->sample_of = index;
    r->slots = h->slots;
    r->indexed = version;
    return true;
}

int64_t suspect_rows_sample(const SuspectRows *r, const SuspectRow *row) {
    uint32_t sample = row->slot < r->slots ? r->sample_of[row->slot] : NEW_SAMPLE;
    return sample == NEW_SAMPLE ? -1 : (int64_t)sample;
}

RowState suspect_rows_state(const SuspectRows *r, const SuspectRow *row, const Snapshot *s) {
    int64_t sample = suspect_rows_sample(r, row);
    if (sample < 0)
        return ROW_REMOVED;
    if (s->data->label[sample] != row->given)
        return ROW_FLIPPED;
    return s->data->kept && s->data->kept[sample] ? ROW_KEPT : ROW_OPEN;
}

/* ---- making ---- */

static bool is_wrong(const Dataset *d, size_t i) {
    return d->truth && d->truth[i] != d->label[i];
}

static void fill_row(SuspectRow *row, const Snapshot *s, size_t i) {
    const LabelLook *look = s->labels;
    const Dataset *d = s->data;
    *row = (SuspectRow){.slot = (uint32_t)history_slot(s->history, i),
                        .votes = look->list->votes[i],
                        .given = d->label[i],
                        .says = look->list->says[i],
                        .other = look->list->other[i],
                        .wrong = is_wrong(d, i),
                        .kept = d->kept && d->kept[i],
                        .p = look->list->p[i],
                        .x = d->x[i],
                        .y = d->y[i],
                        .number = dataset_row(d, i)};
    for (int b = 0; b < LABEL_BARS; b++) {
        const float *value = label_scores_ranking(look->scores, LABEL_BAR_MEASURES[b]);
        row->bar[b] = label_bar(look->scores, look->list->late, (LabelBar)b, i);
        row->value[b] = value ? value[i] : (float)NAN;
    }
}

/* How well the first of the list's order do, at steps that begin with one label and end with three times what is
 * wrong, or what the list has. */
static void make_truth(SuspectRows *r, const Snapshot *s) {
    SuspectsTruth *t = &r->truth;
    const Dataset *d = s->data;
    const uint32_t *order = s->labels->list->order;
    *t = (SuspectsTruth){.known = d->truth != NULL, .taken = r->asked};
    r->missed_count = 0;
    for (size_t i = 0; t->known && i < d->count; i++)
        t->wrong += is_wrong(d, i);
    if (!t->known || t->wrong == 0)
        return;
    size_t most = 3 * t->wrong > r->asked ? 3 * t->wrong : r->asked, right = 0, taken = 0;
    most = most < d->count ? most : d->count;
    for (size_t k = 0; k < most; k++) {
        right += is_wrong(d, order[k]);
        taken = k + 1;
        t->found = taken == r->asked ? right : t->found;
        if (t->steps < SUSPECTS_STEPS && taken * (SUSPECTS_STEPS - 1) >= t->steps * most) {
            t->at[t->steps] = taken;
            t->precision[t->steps] = (float)right / (float)taken;
            t->recall[t->steps++] = (float)right / (float)t->wrong;
        }
    }
    size_t missed = t->wrong - t->found;
    missed = missed < SUSPECTS_MOST ? missed : SUSPECTS_MOST;
    uint32_t *room = realloc(r->missed, (missed + 1) * sizeof *room);
    r->missed = room ? room : r->missed;
    for (size_t k = r->asked; room && k < d->count && r->missed_count < missed; k++)
        if (is_wrong(d, order[k]))
            r->missed[r->missed_count++] = (uint32_t)history_slot(s->history, order[k]);
}

enum { SLICES = 32 };

typedef struct Filling {
    SuspectRows *r;
    const Snapshot *s;
} Filling;

/* Each of the rows has its sample in its slot. */
static void fill_slice(void *context, size_t slice) {
    const Filling *f = context;
    size_t count = f->r->count;
    for (size_t i = count * slice / SLICES; i < count * (slice + 1) / SLICES; i++)
        fill_row(&f->r->rows[i], f->s, f->r->rows[i].slot);
}

static bool make(SuspectRows *r, const Snapshot *s) {
    const LabelList *list = s->labels->list;
    r->asked = list->at_least[r->at_least];
    size_t count = r->asked < SUSPECTS_MOST ? r->asked : SUSPECTS_MOST;
    if (count > r->capacity) {
        SuspectRow *rows = realloc(r->rows, count * sizeof *rows);
        if (!rows)
            return false;
        r->rows = rows;
        r->capacity = count;
    }
    r->count = 0;
    const uint8_t *kept = s->data->kept;
    for (int pass = 0; pass < 2; pass++) /* those kept come last */
        for (size_t k = 0; k < count; k++)
            if ((kept && kept[list->order[k]]) == (pass == 1))
                r->rows[r->count++].slot = list->order[k];
    parallel_for(SLICES, fill_slice, &(Filling){r, s});
    for (int b = 0; b < LABEL_BARS; b++)
        r->counts[b] = label_bar_counts(s->labels->scores, (LabelBar)b);
    make_truth(r, s);
    return true;
}

bool suspect_rows_follow(SuspectRows *r, const Snapshot *s, int at_least, Measure by, bool still) {
    bool known = s->labels && s->labels->list && s->labels->list->count == s->data->count && s->history;
    if (r->run_version != s->run_version) {
        r->count = r->asked = r->missed_count = 0;
        r->truth = (SuspectsTruth){0};
        r->run_version = s->run_version;
        r->look_version = 0;
    }
    if (!s->history || !index_samples(r, s))
        return false;
    bool other = r->at_least != at_least || r->by != by;
    if (!known || s->labels->by != by)
        return false;
    bool newer = r->epochs != s->labels->epochs || r->look_version == 0, fuller = false;
    for (int b = 0; b < LABEL_BARS; b++) /* held-out is there now, or who counts is another */
        fuller = fuller ||
                 (r->made_for == s->data_version && r->counts[b] != label_bar_counts(s->labels->scores, (LabelBar)b));
    if (!other && !fuller && (!newer || (still && r->count > 0)))
        return false;
    r->at_least = at_least;
    r->by = by;
    r->epochs = s->labels->epochs;
    r->look_version = s->labels->version;
    r->made_for = s->data_version;
    if (!make(r, s))
        r->count = r->asked = 0;
    return true;
}
