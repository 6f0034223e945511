/* What the list of suspects remembers from frame to frame. */
#ifndef EASYFIRST_SUSPECTS_STATE_H
#define EASYFIRST_SUSPECTS_STATE_H

#include "app/draw/marks.h"
#include "app/draw/theme.h"
#include "app/views/selection.h"
#include "app/views/suspects_rows.h"

typedef struct SuspectGroup { /* rows of so many votes, one after the other; by one measure: all */
    size_t end;               /* the row after its last */
    size_t listed, open;
} SuspectGroup;

enum { SUSPECT_GROUPS = 2 * (LABEL_BARS + 1) }; /* those that were kept have groups of their own, at the end */

typedef struct SuspectCounts { /* made anew when something has changed */
    SuspectGroup group[SUSPECT_GROUPS];
    int groups;
    size_t selected;                                                              /* rows, of all */
    uint64_t version, data_version, run_version, look_version, selection_version; /* what they are of */
    size_t rows;
    int at_least;
    bool filters, known;
    Measure by;
} SuspectCounts;

/* A plot with its outlines, as pixels: there may be thousands. */
typedef struct SuspectsKept {
    uint32_t *pixels; /* owned */
    size_t room;
    bool kept;
    /* what it is of */
    Box box;
    const Theme *theme;
    float scale;
    double camera[4];
    uint64_t drawn, data_version, look_version, run_version;
    size_t rows;
    int at_least;
    Measure by;
} SuspectsKept;

enum { SUSPECTS_PLOTS = 2 }; /* the plot, and the data map */

typedef struct SuspectsState {        /* a zeroed one is valid, but for `by` */
    bool open;                        /* the page is in the panel's place */
    int at_least;                     /* votes, 1 to 5; 0: 3 */
    Measure by;                       /* a measure; a zeroed state goes by agreement: see chosen */
    bool chosen;                      /* a person has chosen it */
    bool unfolded[2][LABEL_BARS + 1]; /* [1]: groups of those kept; by votes */
    bool reveal;                      /* the truth is shown */
    const Selection *selection;       /* the owner's to set; NULL: nothing can be selected */
    bool only_selected;               /* a person wants the selected ones alone */
    bool filters;                     /* so it is: something is selected */
    SuspectRows rows;
    SuspectCounts counts;
    SuspectsKept kept[SUSPECTS_PLOTS];
    float scroll, content;      /* pixels */
    int64_t pointed;            /* sample of the row under the pointer or with the focus, or -1 */
    int64_t cursor, above;      /* row with the focus, and the one over it, or -1 */
    bool bring;                 /* it is to be brought into view */
    const char *term;           /* of the head under the pointer, or NULL */
    char words[SUSPECTS_WORDS]; /* about the row */
    uint32_t *samples;          /* of the edit asked for; owned */
    uint8_t *labels;
    size_t capacity;
    uint64_t erased_for; /* points just after a row was removed, and which: undo brings it back. 0: none */
    uint32_t erased;     /* slot */
    MarkSprite mark[MAX_CLASSES], ring, seam; /* the last two: outlines in the plot */
    const Theme *mark_theme;
    float mark_scale;
} SuspectsState;

#endif
