#include "core/kernels/kernels.h"

extern const Kernels KERNELS_base, KERNELS_avx2, KERNELS_avx512;

const Kernels *kernels_variant(int i) {
#if defined(__x86_64__)
    /* what -march=x86-64-v4 and -mavx2 -mfma let the compiler use */
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2") &&
                  __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    const Kernels *const variants[] = {&KERNELS_base, avx2 ? &KERNELS_avx2 : NULL, avx512 ? &KERNELS_avx512 : NULL};
#else
    const Kernels *const variants[] = {&KERNELS_base};
#endif
    return i >= 0 && i < (int)(sizeof variants / sizeof *variants) ? variants[i] : NULL;
}

const Kernels *kernels_best(void) {
    int best = 0;
    while (kernels_variant(best + 1))
        best++;
    return kernels_variant(best);
}
