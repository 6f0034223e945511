/* What is said of the histogram of losses, and the regularizer's curves over its bars. */
#ifndef EASYFIRST_LOSS_WORDS_H
#define EASYFIRST_LOSS_WORDS_H

#include "app/plot/loss_bars.h"

#define LOSS_WORDS 96 /* bytes */

/* The words on both sides of the line at the threshold, and which of them is about the points that count. */
typedef struct LossWords {
    char left[LOSS_WORDS], right[LOSS_WORDS];
    const char *left_term, *right_term; /* of the glossary */
    bool right_counts;
} LossWords;

LossWords loss_words(const LossCount *count, const Snapshot *snapshot);

/* The words in a row, each on its side of the line at x; at the ends, where one has no room on its side, clear of the
 * line. Returns where they part. */
float loss_words_draw(const Pen *pen, Rect row, float x, const LossWords *words, Rect *at_left, Rect *at_right);

/* The line at the threshold, from that row down to the foot; where the words had to go aside, it turns to where they
 * part. */
void loss_line_draw(const Pen *pen, Rect row, float x, float part, float width, float foot);

/* Over the bars: the weight v of a loss (0 at the foot, the largest there can be at the top) and, thin, the latent loss
 * F that the curriculum minimises in the loss's place, scaled to the same height. letters: set to where "v" and "F"
 * stand. */
void loss_curves_draw(const Pen *pen, const LossArea *area, const Snapshot *snapshot, Rect letters[2]);

#endif
