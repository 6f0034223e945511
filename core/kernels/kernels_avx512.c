/* The kernels for AVX512; the build sets the compiler's flags for this file. */
#define KERNEL_VARIANT avx512
#include "core/kernels/kernels.c"
