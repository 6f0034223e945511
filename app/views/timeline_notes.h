/* Notes on the timeline: small flags above the strips, each at its epoch; hollow where that is still to come. Under the
 * pointer a flag shows its text; a click looks at its epoch, or plays on to it. */
#ifndef EASYFIRST_TIMELINE_NOTES_H
#define EASYFIRST_TIMELINE_NOTES_H

#include "app/views/intents.h"
#include "app/plot/timeline_layout.h"

/* In the first half of a frame, before the strips: the widget timeline-flag, the one under the pointer. Returns its
 * index in the snapshot's notes, or -1. */
int timeline_notes_touch(Ui *ui, const TimelineLayout *layout, const Snapshot *snapshot, Intents *intents);

/* In the second half; the widget list has the first of them as timeline-note-EPOCH. */
void timeline_notes_draw(Ui *ui, const TimelineLayout *layout, const Snapshot *snapshot);

/* The text of that note in a box above the card: timeline-words in the widget list. */
void timeline_notes_words(Ui *ui, const TimelineLayout *layout, const Snapshot *snapshot, int note);

#endif
