/* Two or three runs as a duel: what stands around their plots, in the window and in pictures. Over each plot a head
 * with its badge, what it is called and how well it does; below all one row that says what marks, hatching and dashes
 * mean. Nothing of it lies over the points. A is the first run, in ink; B is in the accent
 * colour, C in the theme's third. */
#ifndef EASYFIRST_DUEL_H
#define EASYFIRST_DUEL_H

#include "app/experiment/differences.h"
#include "app/plot/plot.h"

#define DUEL_HEAD 46.0f /* logical pixels of a head's height */
#define DUEL_LINE 20.0f /* of a line of the row */

#define DUEL_RUNS (1 + OTHER_RUNS) /* at most; there are snapshot_runs */

static inline Color duel_color(const Theme *theme, int run) {
    return run == 0 ? theme->text : run == 1 ? theme->accent : theme->third;
}

/* Places of one size and whole pixels for so many plots, side by side or one above the other. */
void duel_divide(Rect all, int runs, bool across, Rect outers[DUEL_RUNS]);

/* Makes the others' plots known to that of `run`: for plot_prepare of all, then plot_draw. */
void duel_others(PlotOptions *options, Plot *const plots[DUEL_RUNS], const Theme *theme, int runs, int run);

#define DUEL_DETAILS 6
#define DUEL_DETAIL 160 /* bytes */

typedef struct DuelHead {
    int run;                         /* 0: A */
    bool stacked;                    /* the name has a line of its own, above the figure */
    char name[128];                  /* of its curriculum */
    char details[DUEL_DETAILS][256]; /* lead over A, share of easy points, training accuracy; shorter and shorter */
    char figure[48];                 /* accuracy on test points; without any, on the run's own */
    const char *meaning;
    bool tested; /* it is on test points */
} DuelHead;

/* Returns how many. */
int duel_heads(const Snapshot *first, const Differences *differences, DuelHead heads[DUEL_RUNS]);

/* Stacks the heads of three runs where a name has no room beside its figure at that width. */
void duel_heads_fit(DuelHead *heads, int count, Text *text, float width, float scale);

/* The accuracy that a run is judged by, and what that is called. */
double duel_accuracy(const Snapshot *run, const char **meaning);

void duel_badge_draw(Canvas *canvas, Text *text, const Theme *theme, Rect rect, int run);
void duel_head_draw(Canvas *canvas, Text *text, const Theme *theme, Rect rect, float scale, const DuelHead *head);

/* ---- the row below the plots ---- */

typedef enum { DUEL_ENTRY, DUEL_EPOCH, DUEL_RAMP, DUEL_PIN } DuelEntryKind;

typedef struct DuelEntry {
    DuelEntryKind kind;
    PlotEntryKind entry; /* of DUEL_ENTRY: it can be left out (plot_hidden) */
    int class;
    char text[DATASET_NAME_BYTES];
    Rect rect; /* the row's corner is 0, 0 until duel_row_place */
    float icon;
} DuelEntry;

#define DUEL_MOST_ENTRIES (MAX_CLASSES + 8)

typedef struct DuelRow {
    DuelEntry entries[DUEL_MOST_ENTRIES];
    int count;
    float height; /* pixels */
} DuelRow;

/* What the row says. */
typedef struct DuelScene {
    const Snapshot *first;
    const PlotOptions *options; /* scale, colours, what is left out */
    const Differences *differences;
    bool pinned; /* a point is ringed in all */
    bool epoch;  /* it begins with the epoch, where that is said nowhere else */
    bool terse;  /* in few words, where there is little room */
} DuelScene;

/* Entries one behind the other, in as many lines as they need at that width. */
void duel_row_make(DuelRow *row, Text *text, const DuelScene *scene, float width);
void duel_row_place(DuelRow *row, float x, float y);
/* plot: that of the first run, which has been drawn; its marks are used. */
void duel_row_draw(const DuelRow *row, Canvas *canvas, Text *text, const Theme *theme, const DuelScene *scene,
                   const Plot *plot);

#endif
