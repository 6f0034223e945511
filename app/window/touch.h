/* Fingers on the window into what the UI knows: a pointer with buttons, and a pinch. No SDL and no clock: the owner
 * says what fingers do and what time a frame has.
 *   tap            a click, twice quickly a double click
 *   drag           the left button, from where the finger came down (after TOUCH_SLOP); the press says which way
 *   long press     a click of the right button after TOUCH_LONG seconds; a ring grows around the finger until then
 *   two fingers    a pinch: UiInput.pinch
 * The pointer is where the finger is, one frame before it presses, and nowhere once it is lifted. */
#ifndef EASYFIRST_TOUCH_H
#define EASYFIRST_TOUCH_H

#include "app/ui/ui.h"

#define TOUCH_SLOP 8.0f /* logical pixels that a tap may move */
#define TOUCH_LONG 0.5  /* seconds */

typedef enum {
    TOUCH_NONE,
    TOUCH_WAITS, /* one finger is down: what it will be is open */
    TOUCH_DRAGS,
    TOUCH_PINCHES,
    TOUCH_SPENT /* until all fingers are up */
} TouchStage;

typedef enum {
    TOUCH_DEED_NONE,
    TOUCH_PRESS,
    TOUCH_RELEASE,
    TOUCH_RIGHT_PRESS,
    TOUCH_RIGHT_RELEASE,
    TOUCH_LEAVE
} TouchDeed;

enum { TOUCH_FINGERS = 2, TOUCH_DEEDS = 4 };

typedef struct TouchFinger {
    bool down;
    int64_t id;
    float x, y; /* pixels */
} TouchFinger;

typedef struct Touch {
    TouchStage stage;
    TouchFinger fingers[TOUCH_FINGERS]; /* further ones mean nothing */
    bool began;                         /* the first one, since the last frame */
    double since;                       /* seconds, when it came down; below 0: in the next frame */
    float x, y;                         /* where */
    float lift_x, lift_y;               /* where its drag ends */
    bool moved;                         /* since the last frame */
    UiDrag drag;
    float middle_x, middle_y, apart; /* of a pinch, in the last frame */
    TouchDeed deeds[TOUCH_DEEDS];    /* one in each of the frames to come */
    int deed_count;
    double tapped; /* seconds, the last tap; where, and the how manieth of its series */
    float tap_x, tap_y;
    int taps;
} Touch;

/* Whether what a finger does next has to wait for the next frame; lifts: it goes up. */
bool touch_busy(const Touch *touch, bool lifts);
/* Pixels; id: the finger's. */
void touch_down(Touch *touch, int64_t id, float x, float y);
void touch_move(Touch *touch, int64_t id, float x, float y);
void touch_up(Touch *touch, int64_t id);
/* The fingers are another's now (the window has lost the focus). */
void touch_cancel(Touch *touch);

/* Before each frame, once its input has been collected. Returns whether another frame is to follow although nothing
 * happens. */
bool touch_frame(Touch *touch, UiInput *input, double time, float scale);

/* The ring of a long press. */
void touch_draw(const Touch *touch, Ui *ui, double time);

#endif
