/* What the files of the tour share: view_tour.c is its course, view_tour_target.c what a step points to,
 * view_tour_picture.c what is drawn. */
#ifndef EASYFIRST_VIEW_TOUR_PRIVATE_H
#define EASYFIRST_VIEW_TOUR_PRIVATE_H

#include "app/views/view_tour.h"

typedef enum { STEP_PLAY, STEP_DRAG, STEP_SCRUB, STEP_GO_ON, STEP_PIN } Step;

static inline Rect tour_grown(Rect r, float by) {
    return (Rect){r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
}

void tour_go_to(Tour *tour, int step);
void tour_close(Tour *tour, Ui *ui);

/* What is to be taken in a step. */
typedef struct TourTarget {
    Rect rect;
    Rect from;   /* where the gesture begins, and how far it goes: w */
    bool found;  /* it is on screen */
    bool pulse;  /* taken by a press, not a drag */
    bool opener; /* it is the button behind which the step's own target is */
    bool line;   /* of the second step: λ's line in the histogram is on screen, not its slider alone */
} TourTarget;

TourTarget tour_target(Tour *tour, const Ui *ui, const TourScene *scene);

#endif
