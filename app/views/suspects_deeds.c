#include "app/views/suspects_deeds.h"

#include "app/io/tables_csv.h"

#include <stdlib.h>
#include <string.h>

static bool make_room(SuspectsState *st, size_t count) {
    if (count <= st->capacity)
        return true;
    uint32_t *samples = realloc(st->samples, count * sizeof *samples);
    st->samples = samples ? samples : st->samples;
    uint8_t *labels = realloc(st->labels, count);
    st->labels = labels ? labels : st->labels;
    if (!samples || !labels)
        return false;
    st->capacity = count;
    return true;
}

bool suspects_lists(const SuspectsState *st, const SuspectRow *row) {
    if (!st->filters)
        return true;
    int64_t sample = suspect_rows_sample(&st->rows, row);
    return sample < 0 || ((size_t)sample < st->selection->points && selection_has(st->selection, (size_t)sample));
}

static bool is_counted(const SuspectsState *st, const SuspectCounts *now) {
    const SuspectCounts *c = &st->counts;
    return c->known && c->version == now->version && c->data_version == now->data_version &&
           c->run_version == now->run_version && c->look_version == now->look_version &&
           c->selection_version == now->selection_version && c->rows == now->rows && c->at_least == now->at_least &&
           c->filters == now->filters && c->by == now->by;
}

void suspects_count(SuspectsState *st, const Snapshot *s) {
    const SuspectRows *r = &st->rows;
    const Selection *selection = st->selection && st->selection->count > 0 ? st->selection : NULL;
    SuspectCounts now = {.version = s->version,
                         .data_version = s->data_version,
                         .run_version = s->run_version,
                         .look_version = r->look_version,
                         .selection_version = selection ? selection->version : 0,
                         .rows = r->count,
                         .at_least = r->at_least,
                         .filters = st->filters,
                         .known = true,
                         .by = r->by};
    if (is_counted(st, &now))
        return;
    for (size_t i = 0; i < r->count; i++) {
        const SuspectRow *row = &r->rows[i];
        bool begins = i == 0 || (r->by == MEASURE_AGREEMENT &&
                                 (row->votes != r->rows[i - 1].votes || row->kept != r->rows[i - 1].kept));
        now.groups += begins && now.groups < SUSPECT_GROUPS;
        SuspectGroup *group = &now.group[now.groups - 1];
        bool listed = suspects_lists(st, row);
        group->end = i + 1;
        group->listed += listed;
        group->open += listed && suspect_rows_state(r, row, s) == ROW_OPEN;
        int64_t sample = selection ? suspect_rows_sample(r, row) : -1;
        now.selected += sample >= 0 && (size_t)sample < selection->points && selection_has(selection, (size_t)sample);
    }
    st->counts = now;
}

/* What the model thinks; where it thinks as the label says, its next best. */
static uint8_t flipped(const SuspectRow *row) {
    return row->says != row->given ? row->says : row->other;
}

static void edit(const SuspectsState *st, EditKind kind, size_t count, const Snapshot *s, Intents *intents) {
    intents->edit = (PointEdit){
        .kind = kind, .count = count, .samples = st->samples, .labels = st->labels, .data_version = s->data_version};
}

/* A point that was removed: by undo, if that is the next thing that it takes back; else it is added again. */
static void bring_back(SuspectsState *st, SuspectRow *row, const Snapshot *s, Intents *intents) {
    if (st->erased_for == s->data_version && st->erased == row->slot && s->undo) {
        intend_kind(intents, COMMAND_UNDO);
    } else {
        intents->edit = (PointEdit){.kind = EDIT_ADD, .count = 1, .x = &row->x, .y = &row->y, .label = row->given};
        row->slot = (uint32_t)s->history->slots; /* the next new one */
    }
    st->erased_for = 0;
}

void suspects_act(SuspectsState *st, size_t i, SuspectDeed deed, const Snapshot *s, Intents *intents) {
    SuspectRow *row = &st->rows.rows[i];
    RowState state = suspect_rows_state(&st->rows, row, s);
    int64_t sample = suspect_rows_sample(&st->rows, row);
    if (deed == DEED_UNDO && state == ROW_REMOVED) {
        bring_back(st, row, s, intents);
        return;
    }
    if (sample < 0 || !make_room(st, 1))
        return;
    st->samples[0] = (uint32_t)sample;
    st->labels[0] = deed == DEED_UNDO ? row->given : flipped(row);
    if (deed == DEED_UNDO)
        edit(st, state == ROW_KEPT ? EDIT_FORGET : EDIT_LABEL, 1, s, intents);
    else
        edit(st, deed == DEED_KEEP ? EDIT_KEEP : deed == DEED_FLIP ? EDIT_LABEL : EDIT_ERASE, 1, s, intents);
    st->erased_for = deed == DEED_REMOVE ? s->data_version + 1 : 0;
    st->erased = row->slot;
}

typedef struct Meant {
    uint32_t sample;
    uint8_t label;
} Meant;

static int by_sample(const void *a, const void *b) {
    uint32_t p = ((const Meant *)a)->sample, q = ((const Meant *)b)->sample;
    return (p > q) - (p < q);
}

void suspects_act_on_all(SuspectsState *st, size_t first, size_t end, SuspectDeed deed, const Snapshot *s,
                         Intents *intents) {
    Meant *meant = malloc((end - first) * sizeof *meant);
    size_t count = 0;
    for (size_t i = first; meant && i < end; i++) {
        const SuspectRow *row = &st->rows.rows[i];
        if (suspects_lists(st, row) && suspect_rows_state(&st->rows, row, s) == ROW_OPEN)
            meant[count++] = (Meant){(uint32_t)suspect_rows_sample(&st->rows, row), flipped(row)};
    }
    if (count > 0 && make_room(st, count)) {
        qsort(meant, count, sizeof *meant, by_sample);
        for (size_t i = 0; i < count; i++) {
            st->samples[i] = meant[i].sample;
            st->labels[i] = meant[i].label;
        }
        edit(st, deed == DEED_KEEP ? EDIT_KEEP : deed == DEED_FLIP ? EDIT_LABEL : EDIT_ERASE, count, s, intents);
        st->erased_for = 0;
    }
    free(meant);
}

bool suspects_save(const SuspectsState *st, const char *path, const Snapshot *s, Status *status) {
    static const char *const DONE[] = {"", "kept", "flipped", "removed"};
    static const float *const NOTHING[MEASURE_COUNT];
    const SuspectRows *r = &st->rows;
    SuspectLine *lines = calloc(r->count + 1, sizeof *lines);
    if (!lines)
        return status_no_memory(status, "the list");
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++) {
        const SuspectRow *row = &r->rows[i];
        if (!suspects_lists(st, row))
            continue;
        lines[count++] = (SuspectLine){.row = row->number,
                                       .x = row->x,
                                       .y = row->y,
                                       .given = row->given,
                                       .says = row->says,
                                       .p = row->p,
                                       .votes = row->votes,
                                       .done = DONE[suspect_rows_state(r, row, s)],
                                       .sample = suspect_rows_sample(r, row)};
    }
    bool done = export_suspect_lines(path, s->data, s->labels ? s->labels->value : NOTHING, lines, count, status);
    free(lines);
    return done;
}
