/* Deeds of a hand, a line each, so that what was done can be done again: KIND WIDGET N N N N N N TEXT. Places are
 * shares of a widget ("-": of the window) in thousandths; a widget that is not there makes the deed none. TEXT has %XX
 * for what is no letter. */
#ifndef EASYFIRST_ACTS_H
#define EASYFIRST_ACTS_H

#include "tests/hands/hands.h"

#include <stdio.h>

typedef enum {
    ACT_START,   /* this window ends and another one opens; text: its arguments, apart by blanks */
    ACT_MOVE,    /* x y */
    ACT_CLICK,   /* x y button clicks modifiers */
    ACT_DRAG,    /* x y dx dy (pixels) button modifiers */
    ACT_WHEEL,   /* notches modifiers */
    ACT_KEY,     /* scancode modifiers repeats */
    ACT_TYPE,    /* text, then Enter if the first number is 1 */
    ACT_PREEDIT, /* caret; text */
    ACT_TAP,     /* x y ms that it is held */
    ACT_SWIPE,   /* x y dx dy */
    ACT_PINCH,   /* x y dx dy from-distance to-distance */
    ACT_DROP,    /* text: a file */
    ACT_RESIZE,  /* width height */
    ACT_WINDOW,  /* an SDL_WindowEventID */
    ACT_CLIP,    /* 1: the primary selection; text */
    ACT_WAIT,    /* ms, in so many frames */
    ACT_FULL,    /* 1: no file can grow any more; 0: they can */
    ACT_QUIT,    /* the close button */
    ACT_LOOK,    /* the picture is looked at */
    ACT_DISK,    /* what is kept of the session is read and compared */
    ACT_KINDS
} DeedKind;

enum { ACT_NUMBERS = 6, ACT_TEXT = 1024, ACT_LINE = 4096 };

typedef struct Act {
    DeedKind kind;
    char widget[48];
    int n[ACT_NUMBERS];
    char text[ACT_TEXT];
} Act;

void act_write(const Act *deed, FILE *stream);
/* False: the line is none. */
bool act_read(Act *deed, const char *line);

/* Makes events of it, which wait for their frames. ACT_START, ACT_LOOK and ACT_DISK are the caller's. */
void act_do(const Act *deed, Window *w);
/* Hands over those of the next frame; false: there are none. */
bool act_next_frame(Window *w);
void act_forget(void);          /* those that wait */
unsigned long act_events(void); /* that have been handed over so far */

#endif
