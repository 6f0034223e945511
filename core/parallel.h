/* Data-parallel loops over a few threads that sleep while there is nothing to do.
 *
 * The threads are started at the first loop and wait in the kernel between loops: a paused window uses no processor
 * time, and a loop costs little more than waking them (OpenMP's threads spin instead). Which thread runs which index
 * is left open, so a body writes only what belongs to its index; results then do not depend on the number of
 * threads. A loop inside a loop's body, or begun on another thread meanwhile, runs on its caller alone. The threads
 * and their number are the one piece of state in the core that outlives a call. */
#ifndef EASYFIRST_PARALLEL_H
#define EASYFIRST_PARALLEL_H

#include <stddef.h>

/* Runs body(context, i) for every i in 0 .. count - 1, on the caller and the threads. */
void parallel_for(size_t count, void (*body)(void *context, size_t index), void *context);

/* The calling thread works in the background from now on: its loops run on it alone, and it leaves the processor to all
 * else that wants it (nice 10, which Linux has for each thread). */
void parallel_begin_background(void);

/* How many such threads leave a processor to the rest of the program: 1 to most. */
int parallel_background_threads(int most);

#define THREADS_MAX 1024

/* How many threads take part, the caller included: 1 to THREADS_MAX, or 0 (the default) for parallel_processors().
 * Returns what it was, for who changes it for a while. */
int parallel_set_threads(int threads);

/* Processors that the program may use, 1 to THREADS_MAX: taskset and Slurm give it some of the machine's. */
int parallel_processors(void);

#endif
