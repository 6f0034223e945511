/* The run over its epochs, and the way to look back. Two strips on one axis: shares from 0 to 100 % (easy points,
 * of all and of each class, accuracy, of test points too, and label precision and recall where the true labels are
 * known), and losses and λ on a labelled logarithmic axis, with what is to come dotted. One strip, the shares,
 * where there is no room for two. Parts: timeline_layout.h (places and axes), timeline_curves.h, timeline_labels.h,
 * timeline_marks.h, timeline_branches.h (the runs that were left), timeline_notes.h, timeline_grip.h (its height);
 * timeline_hand.c is the hand on it.
 *
 * Hand: drag in the strips, or the pill with the epoch below them, to look at an epoch (COMMAND_LOOK); right of the
 * last one is now. The pointer over the strips shows an epoch's values without looking. Wheel: zoom at the pointer;
 * drag the axis: move along it; double click on the axis, or the button that is there then: all epochs again.
 * Focused: Left and Right from mark to mark (without marks from epoch to epoch), Home and End to the first epoch
 * and now, +, - and 0 zoom. */
#ifndef EASYFIRST_VIEW_TIMELINE_H
#define EASYFIRST_VIEW_TIMELINE_H

#include "app/ui/ui.h"
#include "app/views/intents.h"
#include "app/views/timeline_branches.h"
#include "app/plot/timeline_layout.h"
#include "app/plot/timeline_paths.h"

typedef struct TimelineState { /* a zeroed one with hovered, pinned and mark -1 is valid */
    int64_t hovered;           /* epoch from 0 under the pointer, or -1 */
    bool focused;
    int64_t pinned; /* point whose loss is drawn, or -1 */
    bool one_strip; /* set by the owner: there is no room for two */
    TimelineSpan span;
    double head;                /* epochs done, as of the last frame: what follows it if it leaves the span */
    double panned;              /* epochs at the pointer when the drag along the axis began */
    float grabbed;              /* pointer minus the pill's middle, pixels */
    double mark;                /* epochs of the mark that keys have come to, or -1 */
    double mark_over;           /* the same of the one under the pointer */
    int note_over;              /* the note under the pointer, or -1 */
    float pointer_x, pointer_y; /* over the strips; else below 0 */
    TimelineChips chips;        /* of runs that were left, as of the last frame */
    uint32_t run_over;          /* number of the one whose chip is under the pointer, or 0 */
    uint32_t run_listed;        /* set by the owner: that of the one pointed at in the list of runs, or 0 */
    TimelineMarkSprites sprites;
} TimelineState;

void timeline_free(TimelineState *state); /* safe on a zeroed one */

/* In the first half of a frame: the widgets timeline (the strips), timeline-pill, timeline-axis, timeline-fit. In the
 * second half: the drawing. */
void timeline_touch(Ui *ui, Rect card, TimelineState *state, const Snapshot *snapshot, Intents *intents);
void timeline_draw(Ui *ui, Rect card, TimelineState *state, const Snapshot *snapshot);

/* COMMAND_LOOK's epoch, so many epochs from the one looked at. */
int64_t timeline_step(const Snapshot *snapshot, int epochs);

#endif
