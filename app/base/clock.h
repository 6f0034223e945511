/* The monotonic clock, and threads' own. */
#ifndef EASYFIRST_CLOCK_H
#define EASYFIRST_CLOCK_H

#include <pthread.h>

/* Seconds since some moment in the past; it never goes back. */
double clock_seconds(void);

/* Seconds of a processor that a thread has had, which must not have been joined; 0 once it has ended, where the system
 * keeps no count of such ones. */
double clock_thread_seconds(pthread_t thread);

#endif
