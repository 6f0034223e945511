/* What the window remembers between starts: its size, theme and scale, in XDG_STATE_HOME/easyfirst/state.ini
 * (HOME/.local/state/easyfirst/state.ini if that is not set or not absolute; nowhere without an absolute
 * HOME, and then nothing is remembered and nothing fails).
 *
 *     [window]
 *     width = 1280
 *     height = 720
 *     theme = dark         (auto: as the desktop)
 *     desktop_theme = dark (which the desktop asked for last)
 *     zoom = 1.25          (times the desktop's scale)
 *     tour = seen          (due: it was begun at the first start, and the window was closed before its end)
 *     timeline = 200
 *     aspect = fill
 *     map = open           (the data map)
 *     language = zh_CN     (as chosen in the window; without it: as the desktop)
 *     speak = on           (speech, and)
 *     sound = on           (the losses as sound)
 *
 * What the file does not say is as by default; what it says beyond this is ignored, and is lost when it is
 * written the next time. A broken one (a line that is none, a value that is none or out of range) is renamed
 * state.ini.bad, with one line of warning on stderr. */
#ifndef EASYFIRST_REMEMBER_H
#define EASYFIRST_REMEMBER_H

#include "app/base/language.h"
#include "app/plot/camera.h"
#include "core/status.h"

typedef enum { TOUR_UNTOLD, TOUR_DUE, TOUR_SEEN } TourRemembered;

typedef struct Remembered {
    int width, height; /* units (present.h), within the limits of --window-size; 0: not remembered. Both or none */
    char theme[16];    /* a theme's name, THEME_AUTO, or "" */
    float zoom;        /* SCALE_MINIMUM to SCALE_MAXIMUM (theme.h), or 0 */
    TourRemembered tour;
    bool found;             /* there is a file, whatever it says; not written */
    float timeline;         /* its height, LAYOUT_TIMELINE_LEAST to _MOST (layout.h), or 0: by default */
    Aspect aspect;          /* of the plot's axes */
    bool map;               /* the data map is open */
    char desktop_theme[16]; /* the theme that the desktop asked for last, or "" */
    bool speak, sound;
    char language[LANGUAGE_LONGEST]; /* a code, of which there need not be words here, or "" */
    float scale;                     /* which older versions wrote: whatever the desktop's; or 0. Not written */
} Remembered;

/* Path of the file of that name in the folder, malloc'd; *nowhere: there is none, and that is no failure. NULL
 * otherwise: no memory. */
char *remember_path(const char *name, bool *nowhere);

/* *remembered is overwritten. Without a file, or with a broken one, nothing is remembered. */
void remember_load(Remembered *remembered);

/* Writes the file, whole or not at all, making its folders (mode 0700) if they are missing. What is not
 * remembered, or out of range, is left out. */
bool remember_save(const Remembered *remembered, Status *status);

#endif
