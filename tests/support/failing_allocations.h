#ifndef EASYFIRST_FAILING_ALLOCATIONS_H
#define EASYFIRST_FAILING_ALLOCATIONS_H

#include <stdbool.h>

/* This thread's allocations do not fail meanwhile. */
void allocations_spare(bool spare);

#endif
