/* The kernels for AVX2; the build sets the compiler's flags for this file. */
#define KERNEL_VARIANT avx2
#include "core/kernels/kernels.c"
