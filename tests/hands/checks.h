/* What has to hold of a window whatever a hand does. What does not ends the program (hands_wrong). */
#ifndef EASYFIRST_CHECKS_H
#define EASYFIRST_CHECKS_H

#include "tests/hands/hands.h"

/* Of each frame: what has the keys is there; no two that take keys have one name, and none a place that is no number;
 * no text on show is "nan" or "inf"; the memory in use is bounded. */
void check_frame(Window *w);

/* The picture does not depend on what was drawn before, and the display has it; no unfinished file lies about. Takes
 * some frames, in which no time passes: goes on until check_look_on returns false. Where something moves there is
 * nothing to look at. */
void check_look(Window *w);
bool check_look_on(Window *w);

/* What is kept of the session is brought to the disk, read and played: it comes to the same run. */
void check_disk(Window *w);

/* In the current folder, and the sessions that are left: once a window has ended. */
void check_left(void);

#endif
