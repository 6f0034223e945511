#include "app/views/selection.h"

#include "app/base/make_room.h"

#include <stdlib.h>
#include <string.h>

static size_t words_of(size_t points) {
    return (points + 63) / 64;
}

void selection_free(Selection *s) {
    free(s->bits);
    free(s->samples);
    free(s->x);
    free(s->y);
    free(s->labels);
    *s = (Selection){0};
}

void selection_clear(Selection *s) {
    if (s->count == 0)
        return;
    memset(s->bits, 0, words_of(s->points) * sizeof *s->bits);
    s->count = 0;
    s->version++;
}

/* Grows the arrays; false: there is no memory. */
static bool room_for_list(Selection *s, size_t count) {
    uint32_t *samples = make_room(s->samples, &s->samples_room, count, sizeof *samples);
    s->samples = samples ? samples : s->samples;
    float *x = make_room(s->x, &s->x_room, count, sizeof *x);
    s->x = x ? x : s->x;
    float *y = make_room(s->y, &s->y_room, count, sizeof *y);
    s->y = y ? y : s->y;
    return samples && x && y;
}

/* The bits have changed: lists them anew. */
static void changed(Selection *s) {
    size_t words = words_of(s->points), count = 0;
    for (size_t i = 0; i < words; i++)
        count += (size_t)__builtin_popcountll(s->bits[i]);
    s->version++;
    s->count = count;
    if (count > 0 && !room_for_list(s, count)) {
        selection_clear(s);
        return;
    }
    size_t at = 0;
    for (size_t i = 0; i < words; i++)
        for (uint64_t bits = s->bits[i]; bits; bits &= bits - 1) {
            uint32_t sample = (uint32_t)(i * 64 + (size_t)__builtin_ctzll(bits));
            s->samples[at] = sample;
            s->x[at] = s->data->x[sample];
            s->y[at++] = s->data->y[sample];
        }
}

/* ---- other points ---- */

/* How many selected points there are at a place. */
typedef struct Place {
    float x, y;
    uint32_t count; /* 0 in an empty one */
    bool used;
} Place;

typedef struct Places {
    Place *place;
    size_t mask;
} Places;

static Place *place_at(const Places *places, float x, float y) {
    uint32_t bits[2];
    memcpy(&bits[0], &x, sizeof x);
    memcpy(&bits[1], &y, sizeof y);
    uint64_t hash = ((uint64_t)bits[0] << 32 | bits[1]) * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 29) & places->mask;
    while (places->place[at].used && (places->place[at].x != x || places->place[at].y != y))
        at = (at + 1) & places->mask;
    return &places->place[at];
}

static bool same_places(const Selection *s, const Dataset *data) {
    for (size_t i = 0; i < s->count; i++)
        if (s->samples[i] >= data->count || data->x[s->samples[i]] != s->x[i] || data->y[s->samples[i]] != s->y[i])
            return false;
    return true;
}

/* Sets the bits of the points that are where selected ones were. */
static void find_again(Selection *s, const Dataset *data) {
    size_t size = 16;
    while (size < 2 * s->count)
        size *= 2;
    Places places = {calloc(size, sizeof *places.place), size - 1};
    for (size_t i = 0; places.place && i < s->count; i++) {
        Place *place = place_at(&places, s->x[i], s->y[i]);
        *place = (Place){s->x[i], s->y[i], place->count + 1, true};
    }
    for (size_t i = 0; places.place && i < data->count; i++) {
        Place *place = place_at(&places, data->x[i], data->y[i]);
        if (place->count > 0) {
            place->count--;
            s->bits[i / 64] |= UINT64_C(1) << i % 64;
        }
    }
    free(places.place);
}

void selection_follow(Selection *s, const Snapshot *snapshot) {
    const Dataset *data = snapshot->data;
    if (s->data == data && s->data_version == snapshot->data_version)
        return;
    s->data = data;
    s->data_version = snapshot->data_version;
    size_t words = words_of(data->count), count = s->count;
    uint64_t *bits = make_room(s->bits, &s->bits_room, words, sizeof *bits);
    if (!bits) {
        s->points = s->count = 0;
        s->version++;
        return;
    }
    s->bits = bits;
    s->points = data->count;
    memset(bits, 0, words * sizeof *bits);
    if (count == 0)
        return;
    if (same_places(s, data))
        for (size_t i = 0; i < count; i++)
            bits[s->samples[i] / 64] |= UINT64_C(1) << s->samples[i] % 64;
    else
        find_again(s, data);
    changed(s);
}

/* ---- by hand ---- */

void selection_use(Selection *s, const uint32_t *samples, size_t count, SelectMode mode) {
    if (s->points == 0)
        return;
    if (mode == SELECT_ONLY)
        memset(s->bits, 0, words_of(s->points) * sizeof *s->bits);
    for (size_t i = 0; i < count; i++) {
        uint64_t bit = UINT64_C(1) << samples[i] % 64, *word = &s->bits[samples[i] / 64];
        *word = mode == SELECT_LESS ? *word & ~bit : *word | bit;
    }
    changed(s);
}

void selection_toggle(Selection *s, size_t sample) {
    uint32_t one = (uint32_t)sample;
    selection_use(s, &one, 1, selection_has(s, sample) ? SELECT_LESS : SELECT_MORE);
}

void selection_set(Selection *s, const uint64_t *bits) {
    size_t bytes = words_of(s->points) * sizeof *bits;
    if (s->points == 0 || memcmp(s->bits, bits, bytes) == 0)
        return;
    memcpy(s->bits, bits, bytes);
    changed(s);
}

void selection_all(Selection *s, const Snapshot *snapshot, const PlotHidden *hidden) {
    selection_follow(s, snapshot);
    for (size_t i = 0; i < s->points; i++)
        if (plot_shows(hidden, snapshot, i))
            s->bits[i / 64] |= UINT64_C(1) << i % 64;
    if (s->points > 0)
        changed(s);
}

void selection_light(const Selection *s, PlotOptions *options) {
    options->lit = s->count > 0 ? s->bits : NULL;
    options->lit_version = s->version;
}

PointEdit selection_edit(Selection *s, EditKind kind, int label) {
    PointEdit edit = {.kind = kind, .count = s->count, .samples = s->samples, .data_version = s->data_version};
    if (kind != EDIT_LABEL || s->count == 0)
        return edit;
    uint8_t *labels = make_room(s->labels, &s->labels_room, s->count, sizeof *labels);
    if (!labels)
        return (PointEdit){0};
    memset(labels, label, s->count);
    edit.labels = s->labels = labels;
    return edit;
}

bool selection_key(Selection *s, const UiKey *key, PointEdit *edit) {
    bool character = key->code == KEY_CHARACTER;
    if (s->count == 0 || key->ctrl)
        return false;
    if (key->code == KEY_ESCAPE)
        selection_clear(s);
    else if (key->code == KEY_DELETE && !key->repeat)
        *edit = selection_edit(s, EDIT_ERASE, 0);
    else if (character && key->character == 'k' && !key->repeat)
        *edit = selection_edit(s, EDIT_KEEP, 0);
    else if (character && key->character == 'f' && !key->repeat)
        *edit = selection_edit(s, EDIT_FLIP, 0);
    else
        return false;
    return true;
}
