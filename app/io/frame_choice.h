/* Which epochs an animation shows, and for how long. */
#ifndef EASYFIRST_FRAME_CHOICE_H
#define EASYFIRST_FRAME_CHOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_MS 600 /* unless told otherwise; */
#define FRAME_LAST_MS 2500
#define FRAME_MS_LEAST 20 /* below that browsers show GIFs slower instead of faster */
#define FRAME_MS_MOST 60000
#define FRAMES_LEAST 2 /* the first and the last */
#define FRAMES_MOST 100000
#define FRAME_EVERY_MOST 1000000

typedef struct FrameChoice { /* zeroed: every epoch, for the times above */
    int every;               /* the epochs whose numbers are its multiples, besides the first and the last; 0: all */
    int most;                /* at most so many, spread evenly, first and last among them; 0: all. Excludes `every` */
    int frame_ms, last_ms;   /* how long one is shown, and the last; 0: as above */
} FrameChoice;

/* Whether the one with that index of `count` epochs is shown. number: the epoch's, from 1; before: the number of the
 * one before it, 0 if it is the first. Where not every epoch was kept, the next one stands for a multiple. count has
 * to be right for `most`; for `every`, no more than whether the epoch is the last. */
bool frame_chosen(const FrameChoice *choice, size_t index, size_t count, uint32_t number, uint32_t before);

/* How long it is shown. */
int frame_milliseconds(const FrameChoice *choice, bool last);

#endif
