/* What the list of suspects remembers from frame to frame. */
#ifndef EASYFIRST_SUSPECTS_STATE_H
#define EASYFIRST_SUSPECTS_STATE_H

#include "app/draw/marks.h"
#include "app/draw/theme.h"
#include "app/views/selection.h"
#include "app/views/suspects_rows.h"

typedef struct SuspectsState { /* a zeroed one is valid, but for `by` */
    bool open;                 /* the page is in the panel's place */
    int at_least;              /* votes, 1 to 5; 0: 3 */
    Measure by;                /* a measure; a zeroed state goes by agreement: see chosen */
    bool chosen;               /* a person has chosen it */
    bool unfolded[LABEL_BARS + 1];
    bool reveal;                /* the truth is shown */
    const Selection *selection; /* the owner's to set; NULL: nothing can be selected */
    bool only_selected;         /* a person wants the selected ones alone */
    bool filters;               /* so it is: something is selected */
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

#endif
