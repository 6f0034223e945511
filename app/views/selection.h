/* Training points that a person has selected: by hand in the plot and the data map (select_drag.h), which light them
 * both. It changes no points: it says what to do with them as a PointEdit, for experiment_edit_points.
 *
 * It follows points: those that are still where they were stay selected when others come or go, and those that are gone
 * no longer are. Of points at one place, as many as were selected. */
#ifndef EASYFIRST_SELECTION_H
#define EASYFIRST_SELECTION_H

#include "app/experiment/commands.h"
#include "app/experiment/snapshot.h"
#include "app/plot/plot_options.h"
#include "app/ui/ui.h"

typedef struct Selection { /* a zeroed one is valid: nothing is selected */
    uint64_t *bits;        /* one a point, from the lowest of each word on; owned, like all below */
    size_t points;         /* that there are bits for */
    size_t count;          /* selected */
    uint64_t version;      /* changes whenever they do */
    uint32_t *samples;     /* count: the selected ones, ascending; their places */
    float *x, *y;
    uint8_t *labels; /* of an edit that gives them one */
    size_t samples_room, x_room, y_room, labels_room, bits_room;
    const Dataset *data; /* the points, and their version */
    uint64_t data_version;
} Selection;

typedef enum { SELECT_ONLY, SELECT_MORE, SELECT_LESS } SelectMode;

void selection_free(Selection *selection); /* leaves it zeroed */

/* Other points may have come. Before anything else in a frame. Without memory nothing is selected any more. */
void selection_follow(Selection *selection, const Snapshot *snapshot);

static inline bool selection_has(const Selection *s, size_t sample) {
    return s->count > 0 && (s->bits[sample / 64] >> sample % 64 & 1) != 0;
}

void selection_clear(Selection *selection);
/* Takes points up, or leaves them. */
void selection_use(Selection *selection, const uint32_t *samples, size_t count, SelectMode mode);
/* Selects a point, or no longer. */
void selection_toggle(Selection *selection, size_t sample);
/* All points that are shown. */
void selection_all(Selection *selection, const Snapshot *snapshot, const PlotHidden *hidden);
/* Exactly the points of these bits, as many words as there are for the points. */
void selection_set(Selection *selection, const uint64_t *bits);

/* What options need to light them. */
void selection_light(const Selection *selection, PlotOptions *options);

/* The edit of that kind of all of them (count 0: nothing is selected, or no memory); its arrays stay valid until the
 * selection changes. label: of EDIT_LABEL. */
PointEdit selection_edit(Selection *selection, EditKind kind, int label);

/* Keys that mean the selection while there is one: K, F, Delete and Esc. What they ask for goes into *edit. Returns
 * whether the key was one of them. */
bool selection_key(Selection *selection, const UiKey *key, PointEdit *edit);

#endif
