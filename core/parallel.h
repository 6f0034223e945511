/* Data-parallel loops over a few threads that sleep while there is nothing to do.
 *
 * The threads are started at the first loop and wait in the kernel between loops: a paused window uses no processor
 * time, and a loop costs little more than waking them (which is why this is not OpenMP, whose threads spin). Which
 * thread runs which index is left open, so a body writes only what belongs to its index; results then do not depend
 * on the number of threads. A loop inside a loop's body, or begun on another thread meanwhile, runs on the caller
 * alone. The threads are the one piece of the core that outlives a call. */
#ifndef EASYFIRST_PARALLEL_H
#define EASYFIRST_PARALLEL_H

#include <stddef.h>

/* Runs body(context, i) for every i in 0 .. count - 1, on the caller and the threads. */
void parallel_for(size_t count, void (*body)(void *context, size_t index), void *context);

/* How many threads take part, the caller included: 1 to PARALLEL_MAX, 0 for one a processor (the default). */
#define PARALLEL_MAX 64
void parallel_set_threads(int threads);

#endif
