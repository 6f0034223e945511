/* Which labels look wrong: a row in the side panel that opens a page in its place, and what the page shows in the plot.
 *
 * The page has a row for each label: the label given, the one that the model thinks, and five measures as bars on one
 * scale (label_list.h); a bar past its tick says that the label is wrong. Keep, flip and remove a row, or all of a
 * group; all of it goes back with undo. Keys, on the row that has the focus or the pointer: K, F, Delete; Up and Down
 * walk, Enter or a click pins the point. Where the truth is known it can be shown: outlines in the plot, a curve. */
#ifndef EASYFIRST_VIEW_SUSPECTS_H
#define EASYFIRST_VIEW_SUSPECTS_H

#include "app/draw/marks.h"
#include "app/ui/column.h"
#include "app/views/intents.h"
#include "app/views/plot_hand.h"
#include "app/views/suspects_rows.h"

#define SUSPECTS_WIDTH 468.0f /* of the page, logical pixels, where there is room */

typedef struct SuspectsState { /* a zeroed one is valid, but for `by` */
    bool open;                 /* the page is in the panel's place */
    int at_least;              /* votes, 1 to 5; 0: 3 */
    Measure by;                /* a measure; a zeroed state goes by agreement: see chosen */
    bool chosen;               /* a person has chosen it */
    bool unfolded[LABEL_BARS + 1];
    bool reveal; /* the truth is shown */
    SuspectRows rows;
    float scroll, content; /* pixels */
    int64_t pointed;       /* sample of the row under the pointer or with the focus, or -1 */
    int64_t cursor, above; /* row with the focus, and the one over it, or -1 */
    bool bring;            /* it is to be brought into view */
    const char *term;      /* of the head under the pointer, or NULL */
    char words[512];       /* about the row */
    uint32_t *samples;     /* of the edit asked for; owned */
    uint8_t *labels;
    size_t capacity;
    uint64_t erased_for; /* points just after a row was removed, and which: undo brings it back. 0: none */
    uint32_t erased;     /* slot */
    MarkSprite mark[MAX_CLASSES];
    const Theme *mark_theme;
    float mark_scale;
} SuspectsState;

void suspects_free(SuspectsState *state); /* safe on a zeroed one */
Measure suspects_by(const SuspectsState *state);

/* The row in the panel. */
void suspects_widgets(Column *column, SuspectsState *state, const Snapshot *snapshot);

/* The page, in the panel's place. Pins points in the hand. */
void suspects_page(Ui *ui, Rect rect, SuspectsState *state, PlotHand *hand, const Snapshot *snapshot, Intents *intents);

#endif
