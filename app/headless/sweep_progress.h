/* How far a sweep is, on stderr: a line that is renewed on a terminal, elsewhere a line now and then. */
#ifndef EASYFIRST_SWEEP_PROGRESS_H
#define EASYFIRST_SWEEP_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define PROGRESS_EVERY 10.0 /* seconds between lines where there is no terminal */

typedef struct SweepProgress {
    FILE *stream;         /* NULL: nothing is shown */
    bool terminal;        /* renew one line, half a second after the beginning */
    double every;         /* seconds; else: a line each, PROGRESS_EVERY */
    size_t before, total; /* runs: that were done before this sweep began; in all */
    double began, last;   /* seconds; last: when it was shown, or the beginning */
    bool shown;
} SweepProgress;

void sweep_progress_begin(SweepProgress *progress, size_t before, size_t total, double now);
/* So many runs are done, `before` included, at that moment. */
void sweep_progress_show(SweepProgress *progress, size_t done, double now);
void sweep_progress_end(SweepProgress *progress); /* takes a terminal's line away */

/* "1,200 of 5,000 runs, 35.2 a second, 2 min left". seconds: since the beginning. */
#define PROGRESS_TEXT 160
void sweep_progress_text(size_t before, size_t done, size_t total, double seconds, char text[PROGRESS_TEXT]);

#endif
