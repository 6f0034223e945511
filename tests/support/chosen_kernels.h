/* Kernels that the test chooses: link it with -Wl,--wrap=kernels_best. */
#ifndef EASYFIRST_CHOSEN_KERNELS_H
#define EASYFIRST_CHOSEN_KERNELS_H

#include "core/kernels/kernels.h"

static int variant = -1; /* -1: the best */

const Kernels *__real_kernels_best(void);
const Kernels *__wrap_kernels_best(void);

const Kernels *__wrap_kernels_best(void) {
    return variant < 0 ? __real_kernels_best() : kernels_variant(variant);
}

static inline int variants(void) {
    int count = 0;
    while (kernels_variant(count))
        count++;
    return count;
}

#endif
