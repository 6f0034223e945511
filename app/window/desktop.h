/* What the desktop's settings say about light or dark, motion and the size of text: asked for over D-Bus (ReadAll of
 * org.freedesktop.portal.Settings) on a thread of its own, which then follows their changes. Nothing waits for it but
 * desktop_wait. */
#ifndef EASYFIRST_DESKTOP_H
#define EASYFIRST_DESKTOP_H

#include <stdbool.h>
#include <stdint.h>

typedef enum { DESKTOP_NO_PREFERENCE, DESKTOP_DARK, DESKTOP_LIGHT } DesktopColors; /* color-scheme's numbers */

typedef struct DesktopWishes { /* zeroed: nothing is known */
    bool known;                /* there is a portal that has answered */
    DesktopColors colors;
    bool reduced_motion;
    float text_scale; /* of GNOME's "large text", 1/2 to 4; 0: not set */
} DesktopWishes;

typedef struct Desktop Desktop;

/* NULL: there is no bus to ask, no memory or no thread; then nothing is known, and that is no failure. */
Desktop *desktop_ask(void);
/* Until there is an answer or there will be none, that many seconds at the most. NULL is fine. */
void desktop_wait(Desktop *desktop, double seconds);
/* From now on SDL's waiting for events is ended by a change. */
void desktop_wakes(Desktop *desktop);
/* Whether they have changed since *version, which is set; 0: never looked. */
bool desktop_look(Desktop *desktop, uint32_t *version, DesktopWishes *wishes);
/* Does not wait for the thread. Before SDL is ended. NULL is fine. */
void desktop_free(Desktop *desktop);

#endif
