/* What happened and when, as marks in the lane between the strips:
 *
 *   amber wedge    the program noticed something
 *   red wedge      training cannot go on
 *   blue wedge     good to know: every point is in
 *   diamond        changed by hand
 *   ring           a run that was left parts here from the run on show
 *
 * Marks that would cover each other are drawn as one, the most important, which has the words of all. */
#ifndef EASYFIRST_TIMELINE_MARKS_H
#define EASYFIRST_TIMELINE_MARKS_H

#include "app/experiment/run_words.h"
#include "app/plot/timeline_layout.h"
#include "app/ui/ui.h"

typedef enum { /* by importance */
               TIMELINE_MARK_LEFT,
               TIMELINE_MARK_GOOD,
               TIMELINE_MARK_HAND,
               TIMELINE_MARK_NOTICED,
               TIMELINE_MARK_FAILED
} TimelineMarkKind;

enum { TIMELINE_MARK_LINES = 4 };

typedef struct TimelineMark {
    TimelineMarkKind kind;
    double at; /* epochs done */
    char title[RUN_WORDS_BYTES + 16];
    char lines[TIMELINE_MARK_LINES][RUN_WORDS_BYTES + 16];
    int line_count;
    int more;   /* lines that there was no room for */
    float foot; /* y where the guide to the words ends, pixels; 0: at the epochs */
} TimelineMark;

enum { TIMELINE_MOST_MARKS = 192 };

/* All of the run, by epoch, those together that would cover each other at this zoom. Returns how many. */
int timeline_marks(const Ui *ui, const TimelineLayout *layout, const Snapshot *snapshot,
                   TimelineMark marks[TIMELINE_MOST_MARKS]);

/* Whether a pointer at y is in the lane's hit zone (24 high at least), and index of the mark that it is on there, or
 * -1. */
bool timeline_near_marks(const Ui *ui, const TimelineLayout *layout, float y);
int timeline_mark_at(const Ui *ui, const TimelineLayout *layout, const TimelineMark *marks, int count, float x);

/* Index of the next mark to the right of so many epochs, or to the left; -1: there is none. */
int timeline_next_mark(const TimelineMark *marks, int count, double epochs, bool right);

/* The widget list has those on show as timeline-mark-0, -1 ... */
void timeline_draw_marks(Ui *ui, const TimelineLayout *layout, const TimelineMark *marks, int count);

/* The mark's words in a box above the card, on a guide down to the epochs; timeline-words in the widget list. */
void timeline_draw_words(Ui *ui, const TimelineLayout *layout, const TimelineMark *mark);

#endif
