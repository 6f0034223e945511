/* What the window shows of a session, as the view record of its file (io/session_file.h): lines `name value`.
 *
 *     title moons               what the session is called
 *     file /home/me/a.easyfirst where it was saved last; absent: nowhere yet
 *     stands 120                epochs that the run has completed, ...
 *     steps 14                  ... and what was done to it since it was saved
 *     after a.easyfirst         a kept file that this one has all of (kept.h)
 *     epoch 7                   the one that is looked at; absent: now
 *     speed 4                   epochs a second
 *     view 0.5 1 8 6 1          what the plot shows: its middle, its extent, the stretch of y; absent: all points
 *     aspect fill               of the axes
 *     color loss                what colours show
 *     hidden hard easy-2        what the key has switched off
 *     pinned 17                 a point, by its row
 *     selected 3 17 21          points (not more than VIEW_SELECTED)
 *     tool erase                and brush 2 28: class and size
 *     open data map             parts of the window that are open
 *     by aum 3                  what the list of suspects goes by, and its votes
 *     run 1                     whose curriculum the panel shows
 *     epochs 3 20               that the timeline shows; absent: all
 *     watch ...                 what there is to watch in the run
 *     read columns a,b,class    how the file was read that the points are from, what was told of it: the options of
 *     read skip-bad             that, without their dashes
 *
 * Names that are not known are skipped, and values that are wrong left out: nothing here is needed. Names of files have
 * %XX as in logs. Size, theme and scale are the window's, not the session's, and the presentation is none of either. */
#ifndef EASYFIRST_VIEW_RECORD_H
#define EASYFIRST_VIEW_RECORD_H

#include "app/experiment/log_text.h"
#include "app/io/points_format.h"
#include "app/window/screen.h"

#define VIEW_SELECTED 2000
#define VIEW_TITLE 128

struct Experiment;

/* What it says besides the screen. */
typedef struct ViewFacts {
    char title[VIEW_TITLE];
    char *file;        /* absolute, or NULL; owned where it was read */
    uint64_t stamp[4]; /* of that file, as it was last written or read here: inode, size, seconds, nanoseconds; or 0 */
    uint32_t stands;
    size_t steps;
    char watch[256];
    char after[VIEW_TITLE]; /* without its folder; "": none */
    PointsFormat format;    /* that the points were read with; its texts are owned where it was read */
} ViewFacts;

/* Appends the lines. */
void view_record_put(LogText *text, const Screen *screen, const struct Experiment *experiment, const ViewFacts *facts);

/* Makes the window show it; the run is there already. Only what stands in the record is changed, but for what its
 * absence means. The pins are those of the run's points as they are now. */
void view_record_show(const char *text, size_t size, Screen *screen, struct Experiment *experiment);

/* The facts alone. *facts is overwritten. */
void view_record_facts(const char *text, size_t size, ViewFacts *facts);
void view_record_free(ViewFacts *facts); /* of facts that were read */

#endif
