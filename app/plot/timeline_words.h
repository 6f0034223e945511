/* What stands in the timeline's strips beside the curves and their labels. */
#ifndef EASYFIRST_TIMELINE_WORDS_H
#define EASYFIRST_TIMELINE_WORDS_H

#include "app/plot/timeline_labels.h"
#include "app/plot/timeline_paths.h"

/* A strip's name, where no curve runs and no label stands. Returns whether there is such a place. */
bool timeline_draw_caption(const Pen *pen, const char *name, const char *words, Rect strip, TimelineFree *free,
                           float right);

/* λ far beyond the losses: an arrow where it leaves the strip, and its number there if that has room before the curves'
 * end. Returns whether it has been named. */
bool timeline_draw_exit(const Pen *pen, const TimelineLayout *layout, const TimelineCurve *curve,
                        const HistoryRecord *shown, float end, TimelineFree *free);

/* "λ at 10: 1.49" at the end of the dots, if none of what is there already stands in its place. */
void timeline_draw_ahead_label(const Pen *pen, const TimelineLayout *layout, const TimelineAhead *ahead,
                               const Rect *taken, int count);

/* A dot on each curve at what is shown. head: epochs done. */
void timeline_draw_spots(const Pen *pen, const TimelineLayout *layout, const TimelineWords *words, double head,
                         const TimelineMarkSprites *sprites);

/* Of many classes those that get a label, and the one under the pointer. */
void timeline_emphasise_named(const Pen *pen, const TimelineLayout *layout, const TimelineWords *words,
                              TimelineCurve *curves);

#endif
