/* The monotonic clock. */
#ifndef EASYFIRST_CLOCK_H
#define EASYFIRST_CLOCK_H

/* Seconds since some moment in the past; it never goes back. */
double clock_seconds(void);

#endif
