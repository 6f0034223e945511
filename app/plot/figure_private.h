/* What the figures share: the key below them, entry behind entry in rows. */
#ifndef EASYFIRST_FIGURE_PRIVATE_H
#define EASYFIRST_FIGURE_PRIVATE_H

#include "app/plot/figure.h"

/* Logical pixels above the first thing drawn, for the line of words. */
#define FIGURE_HEAD 32.0f

typedef struct KeyEntry {
    /* draws the sign of an entry at the middle of a place */
    void (*draw)(const Pen *pen, const struct KeyEntry *entry, Rect place);
    const void *of;
    int class;
    Color color;
    float width;
    char text[DATASET_NAME_BYTES + 24];
} KeyEntry;

/* Signs: a patch; a straight line of that width. */
void key_patch(const Pen *pen, const KeyEntry *entry, Rect place);
void key_line(const Pen *pen, const KeyEntry *entry, Rect place);

/* Pixels that the entries take at that width; returns how many of them are to be drawn: none where they would take
 * more than three tenths of the figure's height. */
int figure_key_fit(const Pen *pen, const KeyEntry *entries, int count, Rect outer, float width, float *height);
void figure_key_draw(const Pen *pen, const KeyEntry *entries, int count, Rect rect);

void figure_caption_draw(const Pen *pen, const Snapshot *snapshot, Rect outer, float left);

/* More classes than this have no entry each. */
#define KEY_CLASSES 8

#endif
