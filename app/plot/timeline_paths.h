/* The timeline's curves as they are drawn, and what room they leave. */
#ifndef EASYFIRST_TIMELINE_PATHS_H
#define EASYFIRST_TIMELINE_PATHS_H

#include "app/draw/marks.h"
#include "app/plot/timeline_curves.h"

/* What the curves of a strip leave free: for each of so many columns the highest and lowest y that is drawn on. */
enum { TIMELINE_COLUMNS = 256 };
typedef struct TimelineFree {
    float top[TIMELINE_COLUMNS], bottom[TIMELINE_COLUMNS];
} TimelineFree;

void timeline_free_init(TimelineFree *free);
void timeline_free_line(TimelineFree *free, Rect strip, float x0, float y0, float x1, float y1);
/* Whether nothing is drawn in that rect of the strip. */
bool timeline_is_free(const TimelineFree *free, Rect strip, Rect rect);

/* Marks of the classes' curves, kept from frame to frame. A zeroed one is valid. */
typedef struct TimelineMarkSprites {
    MarkSprite sprite[MAX_CLASSES];
    float radius; /* pixels; 0: none are made */
    const Theme *theme;
} TimelineMarkSprites;

void timeline_sprites_free(TimelineMarkSprites *sprites);

/* Draws all curves and notes in free[0] (shares) and free[1] (logs) where they are. end: x of the newest values, which
 * are the snapshot's unless it looks back. */
void timeline_draw_curves(const Pen *pen, const TimelineLayout *layout, const TimelineCurve *curves, int count,
                          TimelineMarkSprites *sprites, TimelineFree free[2]);

/* The same of curves that stand back, such as those of a run that was left. */
void timeline_draw_pale(const Pen *pen, const TimelineLayout *layout, const TimelineCurve *curves, int count,
                        TimelineFree free[2]);

/* A dot, or the class's mark, on the curve at that epoch. */
void timeline_draw_spot(const Pen *pen, const TimelineLayout *layout, const TimelineCurve *curve, double epochs,
                        double value, const TimelineMarkSprites *sprites);

/* A stretch of it in the middle of a place, for a key; after timeline_draw_curves with these sprites. */
void timeline_draw_sample(const Pen *pen, const TimelineCurve *curve, const TimelineMarkSprites *sprites, Rect place);

/* How far the curve is from a place, pixels; INFINITY where it is not drawn. */
float timeline_distance(const TimelineLayout *layout, const TimelineCurve *curve, float x, float y);

/* Where λ's curve leaves the strip for good: its x, or NaN if it ends within it. *up: through the top. */
float timeline_exit(const TimelineLayout *layout, const TimelineCurve *curve, bool *up);

/* What the pace will do, dotted with a disc an epoch: λ, or by share the share of easy points. Returns the end's place
 * and value, with a value of NaN where there is none or it lies outside. */
typedef struct TimelineAhead {
    float x, y;
    double value;
    uint32_t epoch; /* counted from 1 */
    bool share;
} TimelineAhead;

TimelineAhead timeline_draw_ahead(const Pen *pen, const TimelineLayout *layout, const Snapshot *snapshot,
                                  TimelineFree free[2]);

#endif
