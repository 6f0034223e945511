/* Vectors of floats at the width of the instruction set that the including file is compiled for; private to the
 * kernels. V is a vector of LANES floats, I one of as many int32. Arithmetic is the compiler's own on vectors; what
 * that does not cover stands here. Compiled with -ffp-contract=off: only v_madd fuses, and only where the machine
 * can. */
#ifndef EASYFIRST_SIMD_H
#define EASYFIRST_SIMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

#if defined(__AVX512F__)
#define LANES 16
#elif defined(__AVX2__) && defined(__FMA__)
#define LANES 8
#else
#define LANES 4
#endif

typedef float V __attribute__((vector_size(LANES * 4)));
typedef int32_t I __attribute__((vector_size(LANES * 4)));
typedef uint32_t U __attribute__((vector_size(LANES * 4))); /* for bit patterns: it may wrap round */

static inline V v_load(const float *p) {
    V v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline void v_store(float *p, V v) {
    memcpy(p, &v, sizeof v);
}

/* A vector, or as many lanes as are left (at least 1); the others are 0, or stay. A copy of a length that the compiler
 * does not know would take longer than everything else. Works for any numbers of 32 bits. */
static inline V v_load_some(const void *from, size_t left) {
    if (left >= LANES)
        return v_load(from);
#if LANES == 16
    return (V)_mm512_maskz_loadu_ps((__mmask16)((1u << left) - 1), from);
#else
    float lane[LANES] = {0};
    for (size_t i = 0; i < LANES - 1; i++)
        if (i < left)
            memcpy(&lane[i], (const char *)from + i * sizeof *lane, sizeof *lane);
    return v_load(lane);
#endif
}

static inline void v_store_some(void *to, V v, size_t left) {
    if (left >= LANES) {
        v_store(to, v);
        return;
    }
#if LANES == 16
    _mm512_mask_storeu_ps(to, (__mmask16)((1u << left) - 1), (__m512)v);
#else
    float lane[LANES];
    v_store(lane, v);
    for (size_t i = 0; i < LANES - 1; i++)
        if (i < left)
            memcpy((char *)to + i * sizeof *lane, &lane[i], sizeof *lane);
#endif
}

static inline V v_set(float f) {
    return f - (V){0}; /* f - 0 is f, whatever its sign */
}

static inline I i_set(int32_t i) {
    return i - (I){0};
}

/* a * b + c, rounded once where the machine has a fused multiply-add */
static inline V v_madd(V a, V b, V c) {
#if LANES == 16
    return (V)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
#elif LANES == 8
    return (V)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
#elif defined(__aarch64__)
    return (V)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
#else
    return a * b + c;
#endif
}

static inline V v_sqrt(V a) {
#if LANES == 16
    return (V)_mm512_sqrt_ps((__m512)a);
#elif LANES == 8
    return (V)_mm256_sqrt_ps((__m256)a);
#elif defined(__SSE2__)
    return (V)_mm_sqrt_ps((__m128)a);
#elif defined(__aarch64__)
    return (V)vsqrtq_f32((float32x4_t)a);
#else
    for (int i = 0; i < LANES; i++)
        a[i] = __builtin_sqrtf(a[i]);
    return a;
#endif
}

/* M: a choice for each lane, as comparisons give it. A comparison with a NaN is false, except v_unequal. v_max and
 * v_min give b where a or b is a NaN or both are equal. */
#if LANES == 16
typedef __mmask16 M;
#define V_COMPARE(name, operation)                                                                                     \
    static inline M name(V a, V b) {                                                                                   \
        return _mm512_cmp_ps_mask((__m512)a, (__m512)b, operation);                                                    \
    }
V_COMPARE(v_less, _CMP_LT_OQ)
V_COMPARE(v_less_equal, _CMP_LE_OQ)
V_COMPARE(v_equal, _CMP_EQ_OQ)
V_COMPARE(v_unequal, _CMP_NEQ_UQ)

static inline M i_equal(I a, I b) {
    return _mm512_cmpeq_epi32_mask((__m512i)a, (__m512i)b);
}

static inline M i_less(I a, I b) {
    return _mm512_cmplt_epi32_mask((__m512i)a, (__m512i)b);
}

static inline V v_select(M mask, V yes, V no) {
    return (V)_mm512_mask_blend_ps(mask, (__m512)no, (__m512)yes);
}

static inline V v_max(V a, V b) {
    return (V)_mm512_max_ps((__m512)a, (__m512)b);
}

static inline V v_min(V a, V b) {
    return (V)_mm512_min_ps((__m512)a, (__m512)b);
}
static inline M m_and(M a, M b) {
    return (M)(a & b);
}
#else
typedef I M;
static inline M m_and(M a, M b) {
    return a & b;
}
static inline M v_less(V a, V b) {
    return a < b;
}
static inline M v_less_equal(V a, V b) {
    return a <= b;
}
static inline M v_equal(V a, V b) {
    return a == b;
}
static inline M v_unequal(V a, V b) {
    return a != b;
}
static inline M i_equal(I a, I b) {
    return a == b;
}
static inline M i_less(I a, I b) {
    return a < b;
}

static inline V v_select(M mask, V yes, V no) {
#if LANES == 8
    return (V)_mm256_blendv_ps((__m256)no, (__m256)yes, (__m256)mask);
#else
    return (V)((mask & (I)yes) | (~mask & (I)no));
#endif
}

static inline V v_max(V a, V b) {
#if LANES == 8
    return (V)_mm256_max_ps((__m256)a, (__m256)b);
#elif defined(__SSE2__)
    return (V)_mm_max_ps((__m128)a, (__m128)b);
#else
    return v_select(a > b, a, b);
#endif
}

static inline V v_min(V a, V b) {
#if LANES == 8
    return (V)_mm256_min_ps((__m256)a, (__m256)b);
#elif defined(__SSE2__)
    return (V)_mm_min_ps((__m128)a, (__m128)b);
#else
    return v_select(a < b, a, b);
#endif
}
#endif

static inline I i_select(M mask, I yes, I no) {
    return (I)v_select(mask, (V)yes, (V)no);
}

/* Whether any lane is not 0. */
static inline bool v_any(V a) {
#if LANES == 16
    return _mm512_cmp_ps_mask((__m512)a, _mm512_setzero_ps(), _CMP_NEQ_UQ) != 0;
#elif LANES == 8
    return _mm256_movemask_ps(_mm256_cmp_ps((__m256)a, _mm256_setzero_ps(), _CMP_NEQ_UQ)) != 0;
#elif defined(__SSE2__)
    return _mm_movemask_ps(_mm_cmpneq_ps((__m128)a, _mm_setzero_ps())) != 0;
#else
    bool any = false;
    for (int i = 0; i < LANES; i++)
        any |= a[i] != 0.0f;
    return any;
#endif
}

/* Records of four numbers of 32 bits become three vectors; the fourth numbers are dropped. The record at place
 * v_transposed(l) goes to lane l: within 4 lanes it is a transposition of 4 x 4. */
static inline int v_transposed(int lane) {
    return lane % 4 * (LANES / 4) + lane / 4;
}

static inline void v_transpose(const void *records, V *a, V *b, I *c) {
    V r[4];
    memcpy(r, records, sizeof r);
#if LANES == 16
    __m512d low01 = (__m512d)_mm512_unpacklo_ps((__m512)r[0], (__m512)r[1]);
    __m512d low23 = (__m512d)_mm512_unpacklo_ps((__m512)r[2], (__m512)r[3]);
    __m512d high01 = (__m512d)_mm512_unpackhi_ps((__m512)r[0], (__m512)r[1]);
    __m512d high23 = (__m512d)_mm512_unpackhi_ps((__m512)r[2], (__m512)r[3]);
    *a = (V)_mm512_unpacklo_pd(low01, low23);
    *b = (V)_mm512_unpackhi_pd(low01, low23);
    *c = (I)_mm512_unpacklo_pd(high01, high23);
#elif LANES == 8
    __m256d low01 = (__m256d)_mm256_unpacklo_ps((__m256)r[0], (__m256)r[1]);
    __m256d low23 = (__m256d)_mm256_unpacklo_ps((__m256)r[2], (__m256)r[3]);
    __m256d high01 = (__m256d)_mm256_unpackhi_ps((__m256)r[0], (__m256)r[1]);
    __m256d high23 = (__m256d)_mm256_unpackhi_ps((__m256)r[2], (__m256)r[3]);
    *a = (V)_mm256_unpacklo_pd(low01, low23);
    *b = (V)_mm256_unpackhi_pd(low01, low23);
    *c = (I)_mm256_unpacklo_pd(high01, high23);
#else
    V low01 = __builtin_shufflevector(r[0], r[1], 0, 4, 1, 5), low23 = __builtin_shufflevector(r[2], r[3], 0, 4, 1, 5);
    *a = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
    *b = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
    V high01 = __builtin_shufflevector(r[0], r[1], 2, 6, 3, 7),
      high23 = __builtin_shufflevector(r[2], r[3], 2, 6, 3, 7);
    *c = (I)__builtin_shufflevector(high01, high23, 0, 1, 4, 5);
#endif
}

static inline V v_abs(V a) {
    return (V)((I)a & 0x7fffffff);
}

/* Less the absolute value. */
static inline V v_negative(V a) {
    return (V)((U)a | 0x80000000u);
}

/* Sums of 16 lanes, each held in 16 / LANES vectors, always by the same tree: halves, quarters, (0 + 2) + (1 + 3). Four
 * at a time, since the last steps of four fill a vector. */
typedef float Q __attribute__((vector_size(16)));

static inline Q q_set(float f) {
    return f - (Q){0};
}

/* As v_madd and v_sqrt. */
static inline Q q_madd(Q a, Q b, Q c) {
#if LANES > 4
    return (Q)_mm_fmadd_ps((__m128)a, (__m128)b, (__m128)c);
#else
    return v_madd(a, b, c);
#endif
}

static inline Q q_sqrt(Q a) {
#if LANES > 4
    return (Q)_mm_sqrt_ps((__m128)a);
#else
    return v_sqrt(a);
#endif
}

#if LANES == 16
/* The quarters of a, b, c and d, one in each block of 4 lanes. */
static inline V v_quarters(V a, V b, V c, V d) {
    V ab = (V)_mm512_add_ps(_mm512_shuffle_f32x4((__m512)a, (__m512)b, 0x44),
                            _mm512_shuffle_f32x4((__m512)a, (__m512)b, 0xee));
    V cd = (V)_mm512_add_ps(_mm512_shuffle_f32x4((__m512)c, (__m512)d, 0x44),
                            _mm512_shuffle_f32x4((__m512)c, (__m512)d, 0xee));
    return (V)_mm512_add_ps(_mm512_shuffle_f32x4((__m512)ab, (__m512)cd, 0x88),
                            _mm512_shuffle_f32x4((__m512)ab, (__m512)cd, 0xdd));
}

static inline Q v_sums16(const V *a, const V *b, const V *c, const V *d) {
    __m512 quarter = (__m512)v_quarters(a[0], b[0], c[0], d[0]);
    quarter = _mm512_add_ps(quarter, _mm512_permute_ps(quarter, 0x4e));
    quarter = _mm512_add_ps(quarter, _mm512_permute_ps(quarter, 0xb1));
    const __m512i firsts = _mm512_set_epi32(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 8, 4, 0);
    return (Q)_mm512_castps512_ps128(_mm512_permutexvar_ps(firsts, quarter));
}

/* Of 16 vectors, by the same tree. */
static inline V v_all_sums16(const V *v) {
    __m512d quarters[4];
    __m512 pairs[2];
    for (int i = 0; i < 4; i++)
        quarters[i] = (__m512d)v_quarters(v[i], v[4 + i], v[8 + i], v[12 + i]);
    for (int i = 0; i < 2; i++) /* 0 + 2 and 1 + 3 of two in turn */
        pairs[i] = _mm512_add_ps((__m512)_mm512_unpacklo_pd(quarters[2 * i], quarters[2 * i + 1]),
                                 (__m512)_mm512_unpackhi_pd(quarters[2 * i], quarters[2 * i + 1]));
    return (V)_mm512_add_ps(_mm512_shuffle_ps(pairs[0], pairs[1], 0x88), _mm512_shuffle_ps(pairs[0], pairs[1], 0xdd));
}
#else
static inline Q v_quarter(const V *v) {
#if LANES == 8
    V half = v[0] + v[1];
    return (Q)_mm256_castps256_ps128((__m256)half) + (Q)_mm256_extractf128_ps((__m256)half, 1);
#else
    return (v[0] + v[2]) + (v[1] + v[3]);
#endif
}

static inline Q v_sums16(const V *a, const V *b, const V *c, const V *d) {
    Q qa = v_quarter(a), qb = v_quarter(b), qc = v_quarter(c), qd = v_quarter(d);
    Q ab = __builtin_shufflevector(qa, qb, 0, 4, 1, 5) + __builtin_shufflevector(qa, qb, 2, 6, 3, 7);
    Q cd = __builtin_shufflevector(qc, qd, 0, 4, 1, 5) + __builtin_shufflevector(qc, qd, 2, 6, 3, 7);
    return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}
#endif

typedef double D __attribute__((vector_size(LANES * 8)));

/* 1.5 * 2^23: adding it rounds to a whole number, left in the low bits. */
#define ROUNDER 12582912.0f
static inline U v_rounded(V with_rounder) {
    return (U)with_rounder - 0x4b400000u;
}

/* a mod b for whole numbers a < 2^32 and 2 <= b < 2^30 (less counts as 2), by two divisions in single precision.
 * With 2^-24 for each rounding the first quotient is wrong by less than 1 + 1280 / b, so |rest| < b + 1280; the
 * second, to the nearest, then leaves at most 0.51 b on either side. */
static inline U u_remainder(U a, I b) {
    b = i_select(i_less(b, i_set(2)), i_set(2), b);
    V inverse = 1.0f / __builtin_convertvector(b, V);
    V dividend = __builtin_convertvector((I)(a ^ 0x80000000u), V) + 2147483648.0f;
    I quotient = __builtin_convertvector(v_min(dividend * inverse, v_set(2147483520.0f)), I);
    I rest = (I)(a - (U)quotient * (U)b);
    U nearest = v_rounded(v_madd(__builtin_convertvector(rest, V), inverse, v_set(ROUNDER)));
    rest = (I)((U)rest - nearest * (U)b);
    return (U)i_select(i_less(rest, i_set(0)), (I)((U)rest + (U)b), rest);
}

typedef double H __attribute__((vector_size(LANES * 4))); /* half as many, in double precision */

static inline void v_halves(V v, H *low, H *high) {
#if LANES == 16
    *low = (H)_mm512_cvtps_pd(_mm512_castps512_ps256((__m512)v));
    *high = (H)_mm512_cvtps_pd(_mm512_extractf32x8_ps((__m512)v, 1));
#elif LANES == 8
    *low = (H)_mm256_cvtps_pd(_mm256_castps256_ps128((__m256)v));
    *high = (H)_mm256_cvtps_pd(_mm256_extractf128_ps((__m256)v, 1));
#else
    *low = (H){(double)v[0], (double)v[1]};
    *high = (H){(double)v[2], (double)v[3]};
#endif
}

/* A sum in double precision of 16 lanes, in the same order whatever the width. */
typedef struct Sum16 {
    H lanes[32 / LANES];
} Sum16;

static inline void sum16_add(Sum16 *sum, V v, int part) {
    H low, high;
    v_halves(v, &low, &high);
    sum->lanes[2 * part] += low;
    sum->lanes[2 * part + 1] += high;
}

static inline double sum16_total(const Sum16 *sum) {
    double lane[16], total = 0.0;
    memcpy(lane, sum->lanes, sizeof lane);
    for (int i = 0; i < 16; i++)
        total += lane[i];
    return total;
}

/* e^x for -87.3 <= x <= 88.3. */
static inline V v_exp_within(V x) {
    V shifted = v_madd(x, v_set(1.44269504088896341f), v_set(ROUNDER));
    V n = shifted - ROUNDER;
    V r = v_madd(n, v_set(-0.693359375f), x);
    r = v_madd(n, v_set(2.12194440e-4f), r);
    V square = r * r; /* by pairs (Estrin): half as long a chain as Horner's */
    V p = v_madd(r, v_set(1.9875691500e-4f), v_set(1.3981999507e-3f));
    V q = v_madd(r, v_set(8.3334519073e-3f), v_set(4.1665795894e-2f));
    p = v_madd(p, square, q);
    p = v_madd(p, square, v_madd(r, v_set(1.6666665459e-1f), v_set(5.0000001201e-1f)));
    p = v_madd(p, square, r) + 1.0f;
    U exponent = v_rounded(shifted) << 23;
    return (V)((U)p + exponent);
}

/* e^x. Below -87.3 it is 0, above 88.3 infinity. */
static inline V v_exp(V x) {
    V result = v_exp_within(v_min(v_set(88.3f), v_max(v_set(-87.3f), x)));
    result = v_select(v_less(x, v_set(-87.3f)), v_set(0.0f), result);
    result = v_select(v_less(v_set(88.3f), x), v_set(__builtin_inff()), result);
    return v_select(v_unequal(x, x), x, result);
}

/* ln x for normal x > 0; -infinity for 0, NaN below. */
static inline V v_log(V x) {
    U shifted = (U)x - 0x3f3504f3u; /* the mantissa goes to sqrt(1/2) .. sqrt(2) */
    I exponent = (I)shifted >> 23;
    V m = (V)((U)x - ((U)exponent << 23)) - 1.0f;
    V e = __builtin_convertvector(exponent, V);
    V square = m * m;
    V fourth = square * square; /* by pairs, as in v_exp */
    V p = v_madd(v_madd(m, v_set(7.0376836292e-2f), v_set(-1.1514610310e-1f)), square,
                 v_madd(m, v_set(1.1676998740e-1f), v_set(-1.2420140846e-1f)));
    V q = v_madd(v_madd(m, v_set(1.4249322787e-1f), v_set(-1.6668057665e-1f)), square,
                 v_madd(m, v_set(2.0000714765e-1f), v_set(-2.4999993993e-1f)));
    p = v_madd(v_madd(p, fourth, q), m, v_set(3.3333331174e-1f));
    p = p * (m * square);
    p = v_madd(e, v_set(-2.12194440e-4f), p);
    p = v_madd(square, v_set(-0.5f), p);
    V result = v_madd(e, v_set(0.693359375f), m + p);
    result = v_select(v_equal(x, v_set(0.0f)), v_set(-__builtin_inff()), result);
    result = v_select(v_less(x, v_set(0.0f)), v_set(__builtin_nanf("")), result);
    return v_select(v_less(x, v_set(__builtin_inff())), result, x); /* a NaN stays, as infinity does */
}

static inline V v_tanh(V x) {
    V size = v_abs(x);
    V square = x * x, fourth = square * square;
    V p = v_madd(v_set(-5.70498872745e-3f), square, v_set(2.06390887954e-2f));
    V q = v_madd(v_set(-5.37397155531e-2f), square, v_set(1.33314422036e-1f));
    p = v_madd(v_madd(p, fourth, q), square, v_set(-3.33332819422e-1f));
    V small = v_madd(p * square, x, x);
    V bounded = v_min(size, v_set(10.0f)); /* where tanh is 1 already */
    V large = 1.0f - 2.0f / (v_exp_within(bounded + bounded) + 1.0f);
    large = (V)((I)large | ((I)x & (int32_t)0x80000000));
    return v_select(v_less_equal(v_set(0.625f), size), large, small); /* small for a NaN, which it keeps */
}

#endif
