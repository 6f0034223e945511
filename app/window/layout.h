/* Where the parts of the window stand, for its size and scale.
 *
 *   bar                                    48 high, over the whole width
 *   card: line        | panel              line: one place for words, 38 high, 56 with two rows of text
 *         notes       |                    the note of the epoch on show, where the run has any; below 500 logical
 *                     |                    pixels of height in place of the line
 *         plot | key | tools               key: beside the plot while that keeps 520; else behind a button over it
 *   grip                                   8 high, in the gap; sets the timeline's height
 *   threshold                              a row of its own where the panel has no room (below 800 wide: the panel is
 *   timeline                               then a drawer over the card), else empty
 *
 * All in logical pixels, times the scale. Gaps are 12 down and 16 across, 8 in small windows. The timeline is 0.208 of
 * the window's height unless the person has set it, 80 to 320, and always there; below 500 logical pixels of height it
 * has one strip instead of two.
 *
 * The presentation (view_present.h):
 *
 *   line                          two sizes, 46 and 40; where the run has notes they stand in its place
 *   card: plot | key | figures    three, 88 high
 *                    | threshold  with its histogram and its large slider
 *   timeline                      268 high
 *
 * in pixels of a window of 1920x1080; it fits other windows by the smaller of both ratios, and the plot takes what
 * is left. Where the panel is open it stands in place of figures and threshold, from top to bottom. */
#ifndef EASYFIRST_LAYOUT_H
#define EASYFIRST_LAYOUT_H

#include "app/draw/canvas.h"

#define LAYOUT_LINE 38.0f     /* logical pixels; */
#define LAYOUT_LINE_ROW 18.0f /* and for each further row of text */
#define LAYOUT_TIMELINE_LEAST 80.0f
#define LAYOUT_TIMELINE_MOST 320.0f

/* What the layout depends on. */
typedef struct LayoutWish {
    int width, height; /* of the window, pixels */
    float scale;
    bool compare;  /* several runs are on show: they share `plot`, and there is no key */
    int line_rows; /* of text in the line, 1 or 2 */
    float notes; /* height of the place for notes, logical pixels, in the presentation of 1920x1080; 0: there is none */
    bool no_line;   /* the line may give way to them where the window is low: it has nothing that must be read */
    float timeline; /* height that the person has set, logical pixels; 0: by default */
    bool drawer;    /* the panel is open where it is a drawer */
    bool page;      /* the panel shows the page of suspects, which is wider */
    bool no_key;    /* the person does without the key */
    bool present;   /* the presentation; scale is then layout_present_scale */
} LayoutWish;

typedef struct Layout { /* pixels; an empty rect: not shown. line, plot, key and tools lie in card */
    Rect bar, card, line, notes, plot, key, tools, grip, threshold, timeline, panel;
    Rect figures;   /* of the presentation */
    bool drawer;    /* the panel is a drawer over the card, open or not */
    bool one_strip; /* the timeline has shares alone */
    bool present;   /* of the presentation: `threshold` is a block */
} Layout;

Layout layout_of(const LayoutWish *wish);

/* The scale of the presentation in a window of that size, at least 1: the smallest type (11) comes to whole pixels,
 * 28 at 1920x1080, 19 at 1280x720. */
float layout_present_scale(int width, int height);

#endif
