/* A whole window in the test's hands: window_run itself, without a display (SDL's dummy driver), by a clock of the
 * test's own, which passes as fast as the machine can. Linked with HANDS_WRAP (CMakeLists.txt).
 *
 * Each program that includes this has hands_next, which is called before the window takes its events: what it pushes
 * (SDL_PushEvent) is what the window gets. */
#ifndef EASYFIRST_HANDS_H
#define EASYFIRST_HANDS_H

#include "app/window/window_private.h"

/* What is done next. The frame before is on w->screen; w->quit ends the window. */
void hands_next(Window *w);

/* Another current folder, which is made and becomes the home of all that the program keeps; no display, no session bus,
 * no programs but those in its folder bin. Ends the program if there is none. */
void hands_settle(const char *folder);

/* One window with these arguments (argv without the program), from its opening to its end. False: it has not opened, or
 * failed; *status says why. */
bool hands_window(int count, char *const arguments[], Status *status);

double hands_time(void); /* seconds that have passed since the program began */
void hands_pass(double seconds);
/* Seconds that each look of the main thread at the clock takes, so that work which goes on until a time ends. */
void hands_tick(double seconds);

/* Prints what is wrong and ends the program with a core's signal. */
_Noreturn void hands_wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
