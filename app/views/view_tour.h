/* The tour of the first minute: five steps over the real window, each of which waits for the person's own hand, and a
 * closing card. 1 press Play, 2 drag λ (by 5 % or more), 3 scrub back on the timeline, 4 go on from there, 5 pin a hard
 * point. A second after the deed the next step begins; the first one first lets three epochs pass, so that there is
 * something to scrub. The run stands still where a hand is waited for.
 *
 * The window is dimmed but for the lit parts: what to take, and the plot that answers. Targets are found by the names
 * of their widgets, wherever the layout has put them; where one is not on screen, the step points to the button that
 * opens it. A ghost shows the gesture: it glides once in 2 s, ten times, or is a still picture without motion.
 *
 * A frame: tour_filter before ui_begin, tour_follow after the widgets, tour_draw when all else has been drawn, before
 * ui_end. Esc skips the tour; everything else on the keyboard works as ever, so that it can be done without a mouse. */
#ifndef EASYFIRST_VIEW_TOUR_H
#define EASYFIRST_VIEW_TOUR_H

#include "app/views/intents.h"
#include "app/views/plot_hand.h"

enum { TOUR_STEPS = 5, TOUR_MAX_LIT = 3 };

typedef struct Tour { /* a zeroed one is valid: closed */
    bool open;
    bool seen;             /* it has been done or skipped: the owner's to remember and to set at the start */
    int step;              /* from 0; TOUR_STEPS: the closing card */
    bool fresh;            /* the step has not been begun: the run is still to be brought to where it starts */
    bool done;             /* the deed has been done, */
    double done_at;        /* at this time, seconds */
    double since;          /* of the step */
    double threshold;      /* of the second step: where it was */
    uint32_t epoch;        /* the run's at the beginning of the first step; of `threshold` */
    size_t batch;          /* of `threshold` */
    size_t records;        /* epochs in the history while looking back */
    bool went_on;          /* "go on" was pressed in this step */
    int64_t hard;          /* of the fifth step: a hard point that can be hit, or -1; */
    uint64_t hard_version; /* looked for in this snapshot */
    /* as drawn last: the pointer is let through there */
    Rect card, lit[TOUR_MAX_LIT];
    int lit_count;
} Tour;

/* What the tour is about: where the plot's card and the timeline stand (pixels), the plot's hand and the run. */
typedef struct TourScene {
    Rect card, timeline;
    PlotHand *hand;
    const Snapshot *snapshot;
} TourScene;

typedef enum { TOUR_NOTHING, TOUR_TRY } TourWish; /* TOUR_TRY: the help sheet's tab of what to try */

void tour_start(Tour *tour);

/* Takes the pointer away from what is dimmed. */
void tour_filter(const Tour *tour, const Ui *ui, UiInput *input);

/* Sees what has been done, with the widgets' intents of this frame, and adds what the next step needs. */
void tour_follow(Tour *tour, Ui *ui, const TourScene *scene, Intents *intents);

TourWish tour_draw(Tour *tour, Ui *ui, const TourScene *scene);

#endif
