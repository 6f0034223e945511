/* What ends the program from outside.
 *
 * A signal that would end it first has its temporary files removed (file_part_remove_all), then ends it as it would
 * have: the exit status is that of the signal, and where there is a core dump there still is one. What the parent has
 * ignored (nohup, jobs in the background) stays ignored, and what has a handler already (a sanitizer's) keeps it. */
#ifndef EASYFIRST_SIGNALS_H
#define EASYFIRST_SIGNALS_H

/* At the start. exit() removes the temporary files too: libraries call it, when the display has gone. */
void signals_catch(void);

/* From now on the first signal that asks for the end (SIGTERM, SIGHUP, SIGINT, SIGXCPU, SIGALRM, SIGUSR1 and their
 * kin) is noted and no more; a SIGTERM or SIGINT after it ends the program at once. */
void signals_note(void);
int signals_noted(void); /* its number; 0: none */

/* Ends the program by the signal that was noted; returns if none was. */
void signals_end(void);

#endif
