/* Compiled once for each instruction set; KERNEL_VARIANT names the one that this compilation is for. */
#include "core/kernels/kernels.h"

#include "core/kernels/simd.h"

#include <float.h>

#ifndef KERNEL_VARIANT
#define KERNEL_VARIANT base
#endif
#define PASTE2(a, b) a##b
#define PASTE(a, b) PASTE2(a, b)
#define QUOTE2(a) #a
#define QUOTE(a) QUOTE2(a)

/* for bodies that are compiled again for each shape known in advance */
#define FORCE_INLINE static inline __attribute__((always_inline))

enum { BLOCK = KERNEL_BLOCK, GROUP = 16, PARTS = GROUP / LANES };
enum { NOBODY = -1 }; /* label of a lane behind the last sample: it has no loss and no gradient */

#define EIGHT_ONES 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f
static const _Alignas(64) float ones[BLOCK] = {EIGHT_ONES, EIGHT_ONES, EIGHT_ONES, EIGHT_ONES};

/* One row a unit, one column a sample. A few rows more than units, so that rows of the same number in different layers
 * are not a multiple of 4096 bytes apart: by those 12 bits the processor takes a load for an earlier store's. */
typedef float Rows[MAX_UNITS + 5][BLOCK];

/* Everything that is known of a block of samples while it is worked on. */
typedef struct Block {
    int lanes; /* samples, rounded up to whole groups of 16; the lanes behind the last sample hold zeros */
    _Alignas(64) float input[MLP_INPUTS][BLOCK];
    int32_t label[BLOCK];
    Rows activation[MLP_MAX_LAYERS]; /* [i]: outputs of layer i; the last layer's are the scores */
} Block;

static inline int whole_groups(size_t count) {
    return (int)((count + GROUP - 1) / GROUP * GROUP);
}

static inline const float *row_of(const Block *block, int layer, int unit) {
    return layer < 0 ? block->input[unit] : block->activation[layer][unit];
}

/* Layer sizes. In the functions that get `layers` and `classes` as constants these fold to constants as well. */
static inline int size_in(const Mlp *mlp, int layer) {
    return layer == 0 ? MLP_INPUTS : mlp->sizes[layer];
}

static inline int size_out(const Mlp *mlp, int layer, int layers, int classes) {
    return layer == layers - 1 ? classes : mlp->sizes[layer + 1];
}

/* rows[j][l] = sum over k of weight[j * across + k * down] in[k][l] (+ bias[j], unless NULL), for `count` (at most
 * TILE_ROWS) rows j and `vectors` (at most TILE_VECTORS) vectors of lanes at once, whose sums stay in registers: enough
 * of them that none waits for its last addition. The sum runs from k = 0 upwards, as sgemm's does. */
enum { TILE_ROWS = LANES == 16 ? 8 : 4, TILE_VECTORS = 2 };

FORCE_INLINE void weighted_tile(const float *weights, int across, int down, const float *in, int inputs,
                                const float *bias, int count, int vectors, float *rows) {
    V sum[TILE_ROWS][TILE_VECTORS], next[TILE_VECTORS];
    for (int j = 0; j < count; j++)
        for (int i = 0; i < vectors; i++)
            sum[j][i] = weights[j * across] * v_load(in + i * LANES);
    for (int k = 1; k < inputs; k++) {
        for (int i = 0; i < vectors; i++)
            next[i] = v_load(in + k * BLOCK + i * LANES);
        for (int j = 0; j < count; j++) {
            V weight = v_set(weights[j * across + k * down]);
            for (int i = 0; i < vectors; i++)
                sum[j][i] = v_madd(weight, next[i], sum[j][i]);
        }
    }
    for (int j = 0; j < count; j++)
        for (int i = 0; i < vectors; i++)
            v_store(rows + j * BLOCK + i * LANES, bias ? sum[j][i] + bias[j] : sum[j][i]);
}

/* The same for all lanes. */
FORCE_INLINE void weighted_sums(const float *weights, int across, int down, const float *in, int inputs,
                                const float *bias, int count, int lanes, float (*rows)[BLOCK]) {
    int l = 0;
    for (; l + TILE_VECTORS * LANES <= lanes; l += TILE_VECTORS * LANES)
        weighted_tile(weights, across, down, in + l, inputs, bias, count, TILE_VECTORS, rows[0] + l);
    if (l < lanes)
        weighted_tile(weights, across, down, in + l, inputs, bias, count, 1, rows[0] + l);
}

/* And for any number of rows. */
FORCE_INLINE void tiles_of_sums(const float *weights, int across, int down, const float *in, int inputs,
                                const float *bias, int outputs, int lanes, float (*rows)[BLOCK]) {
    int j = 0;
#define TILES(n)                                                                                                       \
    for (; j + n <= outputs; j += n)                                                                                   \
        weighted_sums(weights + j * across, across, down, in, inputs, bias ? bias + j : NULL, n, lanes, rows + j);
#if LANES == 16
    TILES(8)
#endif
    TILES(4)
    TILES(2)
    TILES(1)
#undef TILES
}

/* Compiled once for each direction, but for shapes that are known in advance. */
static __attribute__((noinline)) void sums_of_inputs(const float *weights, const float *in, int inputs,
                                                     const float *bias, int outputs, int lanes, float (*rows)[BLOCK]) {
    tiles_of_sums(weights, inputs, 1, in, inputs, bias, outputs, lanes, rows);
}

static __attribute__((noinline)) void sums_of_deltas(const float *weights, const float *delta, int deltas, int outputs,
                                                     int lanes, float (*rows)[BLOCK]) {
    tiles_of_sums(weights, 1, outputs, delta, deltas, NULL, outputs, lanes, rows);
}

#define SHAPE_IS_KNOWN(in, out) (__builtin_constant_p(in) && __builtin_constant_p(out))

FORCE_INLINE void weigh_inputs(const float *weights, const float *in, int inputs, const float *bias, int outputs,
                               int lanes, float (*rows)[BLOCK]) {
    if (SHAPE_IS_KNOWN(inputs, outputs))
        tiles_of_sums(weights, inputs, 1, in, inputs, bias, outputs, lanes, rows);
    else
        sums_of_inputs(weights, in, inputs, bias, outputs, lanes, rows);
}

FORCE_INLINE void weigh_deltas(const float *weights, const float *delta, int deltas, int outputs, int lanes,
                               float (*rows)[BLOCK]) {
    if (SHAPE_IS_KNOWN(deltas, outputs))
        tiles_of_sums(weights, 1, outputs, delta, deltas, NULL, outputs, lanes, rows);
    else
        sums_of_deltas(weights, delta, deltas, outputs, lanes, rows);
}

/* out[o] = activation(sum over k of weight[o][k] in[k] + bias[o]). */
FORCE_INLINE void forward_layer(const Mlp *mlp, int layer, int layers, int classes, const float *parameters,
                                Block *block) {
    int in = size_in(mlp, layer), out = size_out(mlp, layer, layers, classes);
    float(*rows)[BLOCK] = block->activation[layer];
    weigh_inputs(parameters + mlp->weights[layer], row_of(block, layer - 1, 0), in, parameters + mlp->biases[layer],
                 out, block->lanes, rows);
    if (layer + 1 == layers)
        return;
    if (mlp->activation == ACTIVATION_RELU) {
        for (int o = 0; o < out; o++)
            for (int l = 0; l < block->lanes; l += LANES)
                v_store(&rows[o][l], v_max(v_load(&rows[o][l]), v_set(0.0f)));
    } else {
        for (int o = 0; o < out; o++)
            for (int l = 0; l < block->lanes; l += LANES)
                v_store(&rows[o][l], v_tanh(v_load(&rows[o][l])));
    }
}

FORCE_INLINE void forward(const Mlp *mlp, int layers, int classes, const float *parameters, Block *block) {
#pragma GCC unroll 8
    for (int layer = 0; layer < layers; layer++)
        forward_layer(mlp, layer, layers, classes, parameters, block);
}

/* For LANES samples: softmax of class c is exponential[c] / sum, with exponentials of scores less the highest one. */
typedef struct Softmax {
    V sum, at_label; /* of the exponentials; the label's score less the highest */
    V above_label;   /* of two classes: the other one's score less the label's */
    V exponential[MAX_CLASSES];
} Softmax;

FORCE_INLINE Softmax softmax_of_two(V z0, V z1, I label) {
    const V zero = v_set(0.0f), one = v_set(1.0f);
    Softmax s;
    V above = z1 - z0, below = z0 - z1;
    V smaller = v_exp(v_negative(above)); /* the higher score's exponential is 1 */
    s.exponential[0] = v_select(v_less(zero, above), smaller, one);
    s.exponential[1] = v_select(v_less(above, zero), smaller, one);
    s.sum = smaller + one;
    s.above_label = v_select(i_equal(label, i_set(1)), below, above);
    s.at_label = v_min(zero, zero - s.above_label);
    return s;
}

FORCE_INLINE Softmax softmax(float (*scores)[BLOCK], int classes, I label, int l) {
    if (classes == 2)
        return softmax_of_two(v_load(&scores[0][l]), v_load(&scores[1][l]), label);
    Softmax s;
    V at_label = v_set(0.0f), highest = v_load(&scores[0][l]);
    for (int c = 1; c < classes; c++)
        highest = v_max(v_load(&scores[c][l]), highest);
    s.sum = v_set(0.0f);
    for (int c = 0; c < classes; c++) {
        V shifted = v_load(&scores[c][l]) - highest;
        s.exponential[c] = v_exp(shifted);
        s.sum += s.exponential[c];
        at_label = v_select(i_equal(label, i_set(c)), shifted, at_label);
    }
    s.at_label = at_label;
    return s;
}

/* Less the label's log softmax. */
static inline V softmax_loss(const Softmax *s) {
    return v_log(s->sum) - s->at_label;
}

/* d(v l / count)/d score[c] = (v / count) (softmax[c] - [c is the label]); scale = v / count. */
static inline V score_delta(const Softmax *s, int c, I label, V scale) {
    V p = s->exponential[c] / s->sum;
    return v_madd(p, scale, v_select(i_equal(label, i_set(c)), v_set(0.0f) - scale, v_set(0.0f)));
}

/* The rules that need exp; apart, so that the loop around the others stays small. A loss that is NaN gets 0. */
static __attribute__((noinline)) V weight_exponential_v(const WeightRule *rule, V loss) {
    const V one = v_set(1.0f), zero = v_set(0.0f);
    V v = zero;
    switch (rule->kind & ~RULE_TURNED) {
    case RULE_POLYNOMIAL: /* a > 0: the threshold, b = 1 / (p - 1) */
        v = v_exp(rule->b * v_log(1.0f - loss / rule->a));
        v = v_select(v_less(loss, v_set(rule->t)), v, zero);
        break;
    case RULE_LOGISTIC: /* a = c */
        v = rule->a / (1.0f + v_exp(loss - rule->t));
        break;
    case RULE_EXPONENTIAL: /* a > 0: the threshold */
        if (rule->t > 0.0f)
            v = v_exp(zero - loss / rule->a);
        break;
    }
    return v_min(v_max(v, zero), one);
}

/* SuperLoss: e^-W(y) from q = 1 + e y >= 0. Below q = 2, a polynomial in p - 1, p = sqrt(2 q), in which W is smooth at
 * its branch point (Chebyshev's, within 1.7e-8); from there on W(y)/y, W from Winitzki's formula (within 2 %) and one
 * step of Fritsch, Shafer and Crowley (1973), which leaves the fourth power of that. */
static __attribute__((noinline)) V weight_superloss_v(const WeightRule *rule, V loss) {
    enum { DEGREE = 12 };
    static const float series[DEGREE + 1] = {1.261070487e+00f, -7.617295640e-01f, 3.787820456e-01f, -1.760263668e-01f,
                                             7.912989727e-02f, -3.484130235e-02f, 1.517425964e-02f, -6.727484886e-03f,
                                             2.885246377e-03f, -9.393028836e-04f, 4.008015952e-04f, -4.043187715e-04f,
                                             1.707211550e-04f};
    const V one = v_set(1.0f), zero = v_set(0.0f);
    V q = v_max((rule->kind == RULE_SUPERLOSS ? loss - rule->b : rule->b - loss) * rule->c, zero);
    V p = v_min(v_sqrt(q + q) - one, one), near = v_set(series[DEGREE]);
    for (int i = DEGREE - 1; i >= 0; i--)
        near = v_madd(near, p, v_set(series[i]));
    V y = v_max(q - one, one) * 0.36787944f, log_y = v_log(y + one);
    V w = log_y * (one - v_log(log_y + one) / (log_y + 2.0f));
    V z = v_log(y / w) - w, s = 2.0f * (w + one) * (w + one + z * (2.0f / 3.0f));
    w = w * (one + z / (w + one) * ((s - z) / (s - z - z)));
    V v = v_select(v_less(q, v_set(2.0f)), v_min(near, v_set(SUPERLOSS_MOST)), w / y);
    v = v_select(v_less(q, v_set(__builtin_inff())), v, zero);
    return v_select(v_equal(loss, loss), v, zero);
}

static inline V weight_rule_v(const WeightRule *rule, V loss) {
    const V one = v_set(1.0f), zero = v_set(0.0f);
    V v = one;
    switch (rule->kind & ~RULE_TURNED) {
    case RULE_HARD:
        return v_select(v_less(loss, v_set(rule->t)), one, zero);
    case RULE_HARD_TURNED:
        return v_select(v_less(v_set(rule->t), loss), one, zero);
    case RULE_LINEAR: /* a > 0: the threshold */
        v = v_max(1.0f - loss / rule->a, zero);
        v = v_select(v_less(loss, v_set(rule->t)), v, zero);
        break;
    case RULE_LOG: /* a = z, b = ln z */
        v = v_select(v_less(loss, v_set(rule->t)), v_log(loss + rule->a) / rule->b, zero);
        v = v_max(v_min(v, one), zero);
        break;
    case RULE_MIXTURE: /* a = z, b = z / t1, c = t2 */
        v = v_max(v_min(rule->a / loss - rule->b, one), zero);
        v = v_select(v_less_equal(loss, v_set(rule->c)), one, v_select(v_less(loss, v_set(rule->t)), v, zero));
        break;
    case RULE_POLYNOMIAL:
    case RULE_LOGISTIC:
    case RULE_EXPONENTIAL:
        v = weight_exponential_v(rule, loss);
        break;
    case RULE_SUPERLOSS:
    case RULE_SUPERLOSS_TURNED:
        return weight_superloss_v(rule, loss);
    default:
        break;
    }
    return rule->kind & RULE_TURNED ? one - v : v;
}

static inline bool is_hard(const WeightRule *rule) {
    return rule->kind == RULE_HARD || rule->kind == RULE_HARD_TURNED;
}

/* What a hard rule gives by the scores, long before the loss is there: but for rounding the same. */
static inline V weight_of_scores(const WeightRule *rule, V above_label) {
    V limit = v_set(rule->a);
    M is_one = rule->kind == RULE_HARD_TURNED ? v_less(limit, above_label) : v_less(above_label, limit);
    return v_select(is_one, v_set(1.0f), v_set(0.0f));
}

static void weights(const WeightRule *rule, const float *loss, float *v, size_t n) {
    for (size_t i = 0; i < n; i += LANES)
        v_store_some(v + i, weight_rule_v(rule, v_load_some(loss + i, n - i)), n - i);
}

static size_t tally(const float *v, uint32_t *admitted, size_t n, uint32_t epoch, double *weight_sum) {
    Sum16 sum = {{{0}}};
    I easy[PARTS] = {{0}}, now = i_set((int32_t)epoch), never = i_set((int32_t)NEVER_ADMITTED);
    for (size_t first = 0; first < n; first += GROUP)
        for (int p = 0; p < PARTS && first + (size_t)(p * LANES) < n; p++) {
            size_t i = first + (size_t)(p * LANES);
            V weight = v_load_some(v + i, n - i);
            I since = (I)v_load_some(admitted + i, n - i);
            M is_easy = v_less(v_set(0.0f), weight);
            sum16_add(&sum, weight, p);
            easy[p] = i_select(is_easy, easy[p] + 1, easy[p]);
            since = i_select(m_and(is_easy, i_equal(since, never)), now, since);
            v_store_some(admitted + i, (V)since, n - i);
        }
    *weight_sum = sum16_total(&sum);
    size_t all_easy = 0;
    for (int p = 0; p < PARTS; p++)
        for (int l = 0; l < LANES; l++)
            all_easy += (size_t)easy[p][l];
    return all_easy;
}

/* Positions become inputs. The lanes behind the last sample stay 0, whatever the scaling. */
static __attribute__((noinline)) void scale_inputs(const Mlp *mlp, float (*input)[BLOCK], size_t n) {
    for (int axis = 0; axis < MLP_INPUTS; axis++)
        for (size_t l = 0; l < n; l++)
            input[axis][l] = mlp_input(mlp, axis, input[axis][l]);
}

/* A row of a block, or n of it. */
FORCE_INLINE void copy_row(float *to, const float *from, size_t n) {
    if (n == BLOCK)
        memcpy(to, from, BLOCK * sizeof *to);
    else
        memcpy(to, from, n * sizeof *to);
}

FORCE_INLINE void load_points(const Mlp *mlp, Block *block, const float *x, const float *y, size_t n) {
    block->lanes = whole_groups(n);
    copy_row(block->input[0], x, n);
    copy_row(block->input[1], y, n);
    if (mlp->scaling.on)
        scale_inputs(mlp, block->input, n);
    for (size_t l = n; l < (size_t)block->lanes; l++)
        block->input[0][l] = block->input[1][l] = 0.0f;
}

FORCE_INLINE void scores_of(const Mlp *mlp, int layers, int classes, const float *parameters, const float *x,
                            const float *y, size_t count, float *out, size_t stride) {
    _Alignas(64) Block block;
    for (size_t i = 0; i < count; i += BLOCK) {
        size_t n = count - i < BLOCK ? count - i : BLOCK;
        load_points(mlp, &block, x + i, y + i, n);
        forward(mlp, layers, classes, parameters, &block);
        for (int c = 0; c < classes; c++)
            copy_row(out + (size_t)c * stride + i, block.activation[layers - 1][c], n);
    }
}

static void scores(const Mlp *mlp, const float *parameters, const float *x, const float *y, size_t count, float *out,
                   size_t stride) {
    if (mlp->layers == 1 && mlp_classes(mlp) == 2)
        scores_of(mlp, 1, 2, parameters, x, y, count, out, stride);
    else
        scores_of(mlp, mlp->layers, mlp_classes(mlp), parameters, x, y, count, out, stride);
}

FORCE_INLINE void load_labels(Block *block, const uint8_t *label, size_t n) {
    if (n == BLOCK) {
        for (size_t l = 0; l < BLOCK; l++)
            block->label[l] = label[l];
    } else {
        for (size_t l = 0; l < BLOCK; l++)
            block->label[l] = l < n ? label[l] : NOBODY;
    }
}

/* The first class of the highest score; MAX_CLASSES if a score is NaN. */
FORCE_INLINE I best_class(float (*scores)[BLOCK], int classes, int l) {
    V highest = v_load(&scores[0][l]);
    for (int c = 1; c < classes; c++)
        highest = v_max(v_load(&scores[c][l]), highest);
    I best = i_set(MAX_CLASSES);
    for (int c = classes - 1; c >= 0; c--)
        best = i_select(v_equal(v_load(&scores[c][l]), highest), i_set(c), best);
    return best;
}

FORCE_INLINE size_t losses_of(const Mlp *mlp, int layers, int classes, const float *parameters, const float *x,
                              const float *y, const uint8_t *label, size_t count, float *loss, double *loss_sum) {
    _Alignas(64) Block block;
    Sum16 sum = {{{0}}};
    I right[PARTS] = {{0}};
    for (size_t i = 0; i < count; i += BLOCK) {
        size_t n = count - i < BLOCK ? count - i : BLOCK;
        load_points(mlp, &block, x + i, y + i, n);
        load_labels(&block, label + i, n);
        forward(mlp, layers, classes, parameters, &block);
        float(*z)[BLOCK] = block.activation[layers - 1];
        float out[BLOCK];
        for (int l = 0; l < block.lanes; l += LANES) {
            I labels;
            memcpy(&labels, block.label + l, sizeof labels);
            Softmax s = softmax(z, classes, labels, l);
            V here = v_select(i_equal(labels, i_set(NOBODY)), v_set(0.0f), softmax_loss(&s));
            v_store(out + l, here);
            sum16_add(&sum, here, l / LANES % PARTS);
            I *rights = &right[l / LANES % PARTS];
            *rights = i_select(i_equal(best_class(z, classes, l), labels), *rights + 1, *rights);
        }
        copy_row(loss + i, out, n);
    }
    *loss_sum = sum16_total(&sum);
    size_t all_right = 0;
    for (int p = 0; p < PARTS; p++)
        for (int l = 0; l < LANES; l++)
            all_right += (size_t)right[p][l];
    return all_right;
}

static size_t losses(const Mlp *mlp, const float *parameters, const float *x, const float *y, const uint8_t *label,
                     size_t count, float *loss, double *loss_sum) {
    if (mlp->layers == 1 && mlp_classes(mlp) == 2)
        return losses_of(mlp, 1, 2, parameters, x, y, label, count, loss, loss_sum);
    return losses_of(mlp, mlp->layers, mlp_classes(mlp), parameters, x, y, label, count, loss, loss_sum);
}

/* sums[j * stride] += sum over lanes of row[l] rows[j][l], count (at most 4) of them; anew: = instead. */
FORCE_INLINE void add_few_products(const float *row, const float *rows, int count, int lanes, int stride, bool anew,
                                   float *sums) {
    V part[4][PARTS];
    for (int j = 0; j < 4; j++)
        for (int p = 0; p < PARTS; p++)
            part[j][p] = v_set(0.0f);
    for (int g = 0; g < lanes; g += GROUP)
        for (int p = 0; p < PARTS; p++)
            for (int j = 0; j < count; j++) {
                int l = g + p * LANES;
                part[j][p] = v_madd(v_load(row + l), v_load(rows + j * BLOCK + l), part[j][p]);
            }
    Q sum = v_sums16(part[0], part[1], part[2], part[3]);
    if (count == 4 && stride == 1) {
        Q now = q_set(0.0f);
        if (!anew)
            memcpy(&now, sums, sizeof now);
        now += sum;
        memcpy(sums, &now, sizeof now);
        return;
    }
    for (int j = 0; j < count; j++)
        sums[j * stride] = (anew ? 0.0f : sums[j * stride]) + sum[j];
}

/* The same for any number. */
FORCE_INLINE void add_products(const float *row, const float *rows, int count, int lanes, int stride, bool anew,
                               float *sums) {
    int j = 0;
#if LANES == 16 /* registers for 16 at once */
    for (; j + GROUP <= count; j += GROUP) {
        V part[GROUP];
        for (int i = 0; i < GROUP; i++)
            part[i] = v_madd(v_load(rows + (j + i) * BLOCK), v_load(row), v_set(0.0f));
        if (lanes > GROUP)
            for (int i = 0; i < GROUP; i++)
                part[i] = v_madd(v_load(rows + (j + i) * BLOCK + GROUP), v_load(row + GROUP), part[i]);
        V sum = v_all_sums16(part);
        if (stride == 1)
            v_store(sums + j, (anew ? v_set(0.0f) : v_load(sums + j)) + sum);
        else
            for (int i = 0; i < GROUP; i++)
                sums[(j + i) * stride] = (anew ? 0.0f : sums[(j + i) * stride]) + sum[i];
    }
#endif
#define FEW(n)                                                                                                         \
    for (; j + n <= count; j += n)                                                                                     \
        add_few_products(row, rows + j * BLOCK, n, lanes, stride, anew, sums + j * stride);
    FEW(4)
    FEW(2)
    FEW(1)
#undef FEW
}

/* Of a layer's weights, by the longer rows (of an output, or of an input), and of its biases. */
FORCE_INLINE void layer_products(const float *inputs, int in, const float *delta, int out, int lanes, bool anew,
                                 float *weights, float *biases) {
    if (in < GROUP && out >= GROUP)
        for (int k = 0; k < in; k++)
            add_products(inputs + k * BLOCK, delta, out, lanes, in, anew, weights + k);
    else
        for (int o = 0; o < out; o++)
            add_products(delta + o * BLOCK, inputs, in, lanes, 1, anew, weights + o * in);
    add_products(ones, delta, out, lanes, 1, anew, biases);
}

static __attribute__((noinline)) void products_of_any(const float *inputs, int in, const float *delta, int out,
                                                      int lanes, float *weights, float *biases) {
    layer_products(inputs, in, delta, out, lanes, false, weights, biases);
}

/* gradient += sum over the block's samples of delta[o] in[k], and of delta[o] for the biases; anew: = instead. */
FORCE_INLINE void backward_weights(const Mlp *mlp, int layer, int layers, int classes, const Block *block, Rows delta,
                                   bool anew, float *gradient) {
    int in = size_in(mlp, layer), out = size_out(mlp, layer, layers, classes);
    const float *inputs = row_of(block, layer - 1, 0);
    float *weights = gradient + mlp->weights[layer], *biases = gradient + mlp->biases[layer];
    if (anew || SHAPE_IS_KNOWN(in, out))
        layer_products(inputs, in, delta[0], out, block->lanes, anew, weights, biases);
    else
        products_of_any(inputs, in, delta[0], out, block->lanes, weights, biases);
}

/* The delta of the layer below: (transposed weights times delta) times the activation's slope. */
FORCE_INLINE void backward_delta(const Mlp *mlp, int layer, int layers, int classes, const float *parameters,
                                 const Block *block, Rows delta, Rows below) {
    int in = size_in(mlp, layer), out = size_out(mlp, layer, layers, classes);
    weigh_deltas(parameters + mlp->weights[layer], delta[0], out, in, block->lanes, below);
    for (int k = 0; k < in; k++)
        for (int l = 0; l < block->lanes; l += LANES) {
            V a = v_load(&block->activation[layer - 1][k][l]);
            V slope = mlp->activation == ACTIVATION_RELU ? v_select(v_less(v_set(0.0f), a), v_set(1.0f), v_set(0.0f))
                                                         : 1.0f - a * a;
            v_store(&below[k][l], v_load(&below[k][l]) * slope);
        }
}

FORCE_INLINE double batch_of(const Mlp *mlp, int layers, int classes, const float *parameters, const Sample *samples,
                             const uint32_t *order, size_t count, bool one_group, const WeightRule *rule, float *v,
                             float *gradient) {
    _Alignas(64) Block block;
    _Alignas(64) Rows deltas[2];
    int last = layers - 1;
    float share = 1.0f / (float)count;
    double loss_sum = 0.0;
    const bool guess = classes == 2 && rule && is_hard(rule);
    if (!one_group)
        memset(gradient, 0, mlp->parameters * sizeof *gradient);
    for (size_t i = 0; i < count; i += BLOCK) {
        size_t n = count - i < BLOCK ? count - i : BLOCK;
        block.lanes = one_group ? GROUP : whole_groups(n);
        for (size_t l = 0; l < n; l++) {
            const Sample *sample = &samples[order[i + l]];
            block.input[0][l] = sample->input[0];
            block.input[1][l] = sample->input[1];
            block.label[l] = sample->label;
        }
        for (size_t l = n; l < (size_t)block.lanes; l++) {
            block.input[0][l] = block.input[1][l] = 0.0f;
            block.label[l] = NOBODY;
        }
        forward(mlp, layers, classes, parameters, &block);

        float(*z)[BLOCK] = block.activation[last];
        float(*delta)[BLOCK] = deltas[0];
        float decided[BLOCK];
        if (!rule)
            for (size_t l = 0; l < BLOCK; l++)
                decided[l] = l < n ? v[order[i + l]] : 0.0f;
        V sum[PARTS];
        for (int p = 0; p < PARTS; p++)
            sum[p] = v_set(0.0f);
        for (int l = 0; l < block.lanes; l += LANES) {
            I labels;
            memcpy(&labels, block.label + l, sizeof labels);
            Softmax s = softmax(z, classes, labels, l);
            V loss = softmax_loss(&s);
            M nobody = i_equal(labels, i_set(NOBODY));
            V weight = rule ? weight_rule_v(rule, loss) : v_load(decided + l);
            if (guess) { /* what follows need not wait for the loss */
                V early = weight_of_scores(rule, s.above_label);
                if (!v_any(early - weight))
                    weight = early;
            }
            weight = v_select(nobody, v_set(0.0f), weight);
            v_store(decided + l, weight);
            loss = v_select(nobody, v_set(0.0f), loss);
            sum[(l / LANES) % PARTS] = v_madd(weight, loss, sum[(l / LANES) % PARTS]);
            V scale = weight * share;
            for (int c = 0; c < classes; c++)
                v_store(&delta[c][l], score_delta(&s, c, labels, scale));
        }
        loss_sum += (double)v_sums16(sum, sum, sum, sum)[0];
        for (size_t l = 0; l < n; l++)
            v[order[i + l]] = decided[l];

#pragma GCC unroll 8
        for (int layer = last; layer >= 0; layer--) {
            float(*here)[BLOCK] = deltas[(last - layer) % 2];
            backward_weights(mlp, layer, layers, classes, &block, here, one_group, gradient);
            if (layer > 0)
                backward_delta(mlp, layer, layers, classes, parameters, &block, here, deltas[(last - layer + 1) % 2]);
        }
    }
    return loss_sum / (double)count;
}

/* The samples of a batch, laid so that v_transpose puts them in the batch's order. */
typedef struct Fetched {
    _Alignas(64) Sample sample[BLOCK];
} Fetched;

/* ---- meta steps ---- */

typedef struct MetaBlock {
    Block block;
    _Alignas(64) Rows delta[MLP_MAX_LAYERS]; /* of each sample's own loss */
} MetaBlock;

/* Forward and back, for the block's own samples; what a lane behind the last sample holds counts nowhere. */
FORCE_INLINE void meta_fill(const MetaBatch *m, int layers, int classes, size_t first, MetaBlock *b) {
    size_t n = m->count - first < BLOCK ? m->count - first : BLOCK;
    Block *block = &b->block;
    block->lanes = whole_groups(n);
    for (size_t l = 0; l < n; l++) {
        const Sample *sample = &m->samples[m->order[first + l]];
        block->input[0][l] = sample->input[0];
        block->input[1][l] = sample->input[1];
        block->label[l] = sample->label;
        m->label[first + l] = (uint8_t)sample->label;
    }
    for (size_t l = n; l < (size_t)block->lanes; l++) {
        block->input[0][l] = block->input[1][l] = 0.0f;
        block->label[l] = NOBODY;
    }
    forward(m->mlp, layers, classes, m->parameters, block);
    float(*z)[BLOCK] = block->activation[layers - 1];
    for (int l = 0; l < block->lanes; l += LANES) {
        I labels;
        memcpy(&labels, block->label + l, sizeof labels);
        M nobody = i_equal(labels, i_set(NOBODY));
        Softmax s = softmax(z, classes, labels, l);
        v_store(m->loss + first + l, v_select(nobody, v_set(0.0f), softmax_loss(&s)));
        V scale = v_select(nobody, v_set(0.0f), v_set(1.0f));
        for (int c = 0; c < classes; c++)
            v_store(&b->delta[layers - 1][c][l], score_delta(&s, c, labels, scale));
    }
#pragma GCC unroll 8
    for (int layer = layers - 1; layer > 0; layer--)
        backward_delta(m->mlp, layer, layers, classes, m->parameters, block, b->delta[layer], b->delta[layer - 1]);
}

static inline MetaBlock *meta_room(const MetaBatch *m, size_t i) {
    return (MetaBlock *)m->blocks + (i < m->kept ? i : m->kept);
}

/* Block number i as the first pass left it. */
FORCE_INLINE MetaBlock *meta_known(const MetaBatch *m, int layers, int classes, size_t i) {
    MetaBlock *b = meta_room(m, i);
    if (i >= m->kept)
        meta_fill(m, layers, classes, i * BLOCK, b);
    return b;
}

FORCE_INLINE void meta_losses_of(const MetaBatch *m, int layers, int classes) {
    for (size_t i = 0; i * BLOCK < m->count; i++)
        meta_fill(m, layers, classes, i * BLOCK, meta_room(m, i));
}

static void meta_losses(const MetaBatch *m) {
    if (m->mlp->layers == 1 && mlp_classes(m->mlp) == 2)
        meta_losses_of(m, 1, 2);
    else
        meta_losses_of(m, m->mlp->layers, mlp_classes(m->mlp));
}

/* A rule's constants, of each lane's class. */
typedef struct RuleLanes {
    V t, a, b, c, inverse; /* inverse: 1/a, always finite */
} RuleLanes;

static inline float finite_inverse(float a) {
    return fminf(1.0f / a, FLT_MAX);
}

FORCE_INLINE RuleLanes rule_lanes(const WeightRule *rules, const uint8_t *label) {
    float t[LANES], a[LANES], b[LANES], c[LANES];
    for (int l = 0; l < LANES; l++) {
        const WeightRule *rule = &rules[label[l]];
        t[l] = rule->t;
        a[l] = rule->a;
        b[l] = rule->b;
        c[l] = rule->c;
    }
    return (RuleLanes){v_load(t), v_load(a), v_load(b), v_load(c), v_min(1.0f / v_load(a), v_set(FLT_MAX))};
}

/* v by the soft rules that meta learns, as in weight_rule_v, and *slope = dv/dt, at most SLOPE_MOST: sums of it stay
 * finite however small the thresholds. */
static inline V meta_weight_v(int kind, const RuleLanes *r, V loss, V *slope) {
    const V one = v_set(1.0f), zero = v_set(0.0f);
    V v = one, rise = zero;
    M inside = v_less(loss, r->t);
    switch (kind) {
    case RULE_LINEAR: {
        V part = loss / r->a;
        v = v_select(inside, one - part, zero);
        rise = v_select(inside, part * r->inverse, zero);
        break;
    }
    case RULE_MIXTURE: {
        M full = v_less_equal(loss, r->c);
        v = v_select(full, one, v_select(inside, r->a / loss - r->b, zero));
        rise = v_select(full, zero, v_select(inside, one / loss, zero));
        break;
    }
    case RULE_POLYNOMIAL: {
        V part = loss / r->a, rest = one - part, ln = v_log(v_max(rest, v_set(1e-6f)));
        v = v_select(inside, v_exp(r->b * v_log(rest)), zero);
        rise = v_select(inside, r->b * v_exp((r->b - 1.0f) * ln) * part * r->inverse, zero);
        break;
    }
    case RULE_LOGISTIC: { /* with w = e^-|l - t|, so that nothing overflows; a - 1 = e^-t */
        V u = loss - r->t, w = v_exp(v_negative(u)), low = r->a - one, square = (one + w) * (one + w);
        v = r->a / (one + v_exp(u));
        rise = v_select(v_less(zero, u), w - low * w * w, w - low) / square;
        break;
    }
    case RULE_EXPONENTIAL: {
        M learned = v_less(zero, r->t); /* at 0 all v are 0 */
        V part = loss / r->a;
        V steep = v_min(part * r->inverse, v_set(FLT_MAX));
        v = v_select(learned, v_exp(zero - part), zero);
        rise = steep * v;
        break;
    }
    default:
        break;
    }
    M finite = v_less(loss, v_set(__builtin_inff()));
    *slope = v_select(finite, v_min(rise, v_set(SLOPE_MOST)), zero);
    return v_min(v_max(v, zero), one);
}

static void meta_weights(const MetaBatch *m, const WeightRule *rules, float *slope) {
    for (size_t i = 0; i < m->count; i += LANES) {
        RuleLanes lanes = rule_lanes(rules, m->label + i);
        V rise, v = meta_weight_v(rules[0].kind, &lanes, v_load(m->loss + i), &rise);
        v_store(m->v + i, v);
        if (slope)
            v_store(slope + i, rise);
    }
}

FORCE_INLINE double meta_gradient_of(const MetaBatch *m, int layers, int classes, float *gradient) {
    _Alignas(64) Rows weighted;
    float share = 1.0f / (float)m->count;
    double loss_sum = 0.0;
    memset(gradient, 0, m->mlp->parameters * sizeof *gradient);
    for (size_t i = 0; i * BLOCK < m->count; i++) {
        MetaBlock *b = meta_known(m, layers, classes, i);
        const float *v = m->v + i * BLOCK, *loss = m->loss + i * BLOCK;
        V sum[PARTS], scale[BLOCK / LANES];
        for (int p = 0; p < PARTS; p++)
            sum[p] = v_set(0.0f);
        for (int l = 0; l < b->block.lanes; l += LANES) {
            V weight = v_load(v + l);
            scale[l / LANES] = weight * share;
            sum[l / LANES % PARTS] = v_madd(weight, v_load(loss + l), sum[l / LANES % PARTS]);
        }
        loss_sum += (double)v_sums16(sum, sum, sum, sum)[0];
#pragma GCC unroll 8
        for (int layer = layers - 1; layer >= 0; layer--) {
            int out = size_out(m->mlp, layer, layers, classes);
            for (int o = 0; o < out; o++)
                for (int l = 0; l < b->block.lanes; l += LANES)
                    v_store(&weighted[o][l], v_load(&b->delta[layer][o][l]) * scale[l / LANES]);
            backward_weights(m->mlp, layer, layers, classes, &b->block, weighted, false, gradient);
        }
    }
    return loss_sum / (double)m->count;
}

static double meta_gradient(const MetaBatch *m, float *gradient) {
    if (m->mlp->layers == 1 && mlp_classes(m->mlp) == 2)
        return meta_gradient_of(m, 1, 2, gradient);
    return meta_gradient_of(m, m->mlp->layers, mlp_classes(m->mlp), gradient);
}

/* The change of each layer's sums in the direction, times the deltas, is that of the loss. */
FORCE_INLINE void meta_influence_of(const MetaBatch *m, int layers, int classes, const float *direction) {
    _Alignas(64) Rows change;
    for (size_t i = 0; i * BLOCK < m->count; i++) {
        MetaBlock *b = meta_known(m, layers, classes, i);
        float *influence = m->influence + i * BLOCK;
        for (int l = 0; l < b->block.lanes; l += LANES)
            v_store(influence + l, v_set(0.0f));
#pragma GCC unroll 8
        for (int layer = 0; layer < layers; layer++) {
            int in = size_in(m->mlp, layer), out = size_out(m->mlp, layer, layers, classes);
            weigh_inputs(direction + m->mlp->weights[layer], row_of(&b->block, layer - 1, 0), in,
                         direction + m->mlp->biases[layer], out, b->block.lanes, change);
            for (int o = 0; o < out; o++)
                for (int l = 0; l < b->block.lanes; l += LANES)
                    v_store(influence + l,
                            v_madd(v_load(&change[o][l]), v_load(&b->delta[layer][o][l]), v_load(influence + l)));
        }
    }
}

static void meta_influence(const MetaBatch *m, const float *direction) {
    if (m->mlp->layers == 1 && mlp_classes(m->mlp) == 2)
        meta_influence_of(m, 1, 2, direction);
    else
        meta_influence_of(m, m->mlp->layers, mlp_classes(m->mlp), direction);
}

/* The constants of each lane's class, by its sign (MetaLinear). */
FORCE_INLINE RuleLanes rules_by_sign(const WeightRule *rules, V sign) {
    M second = v_less(sign, v_set(0.0f));
    return (RuleLanes){
        v_select(second, v_set(rules[1].t), v_set(rules[0].t)), v_select(second, v_set(rules[1].a), v_set(rules[0].a)),
        v_select(second, v_set(rules[1].b), v_set(rules[0].b)), v_select(second, v_set(rules[1].c), v_set(rules[0].c)),
        v_select(second, v_set(finite_inverse(rules[1].a)), v_set(finite_inverse(rules[0].a)))};
}

/* What LANES points come to whose second score is `above` the first; all of it 0, and the factor 1, without a sign. */
typedef struct SignedLoss {
    V delta;            /* of the second score */
    V straight, factor; /* the loss is straight + ln factor */
} SignedLoss;

FORCE_INLINE SignedLoss loss_by_sign(V above, V sign) {
    const V zero = v_set(0.0f), one = v_set(1.0f);
    V a = above * sign; /* the other class's score less the label's */
    V smaller = v_exp(v_negative(a)), sum = smaller + one;
    V delta = v_select(v_less(zero, a), one, smaller) / sum * sign;
    return (SignedLoss){delta, v_max(a, zero), v_madd(smaller, sign * sign, one)};
}

FORCE_INLINE void clear_sums(V sums[4][PARTS]) {
    for (int k = 0; k < 4; k++)
        for (int p = 0; p < PARTS; p++)
            sums[k][p] = v_set(0.0f);
}

/* Of weighted deltas: their sums with x, with y, alone; and a fourth sum of anything. */
FORCE_INLINE void add_sums(V sums[4][PARTS], int p, V weighted, V x, V y, V fourth) {
    sums[0][p] = v_madd(weighted, x, sums[0][p]);
    sums[1][p] = v_madd(weighted, y, sums[1][p]);
    sums[2][p] += weighted;
    sums[3][p] += fourth;
}

FORCE_INLINE void meta_linear_load(MetaLinear *m) {
    Fetched fetched;
    memset(fetched.sample, 0, m->count < BLOCK ? sizeof fetched.sample : 0);
    for (size_t l = 0; l < m->count; l++)
        memcpy(&fetched.sample[l / LANES * LANES + (size_t)v_transposed((int)(l % LANES))], &m->samples[m->order[l]],
               sizeof(Sample));
    for (size_t l = 0; l < BLOCK; l += LANES) {
        V x, y;
        I label;
        v_transpose(&fetched.sample[l], &x, &y, &label);
        V sign = v_select(i_equal(label, i_set(1)), v_set(-1.0f), v_set(1.0f));
        v_store(m->x + l, x);
        v_store(m->y + l, y);
        v_store(m->sign + l, sign);
    }
    for (size_t l = m->count; l < BLOCK; l++)
        m->sign[l] = 0.0f;
}

/* The clean points at the look-ahead: their loss, and the gradient of the second class's score (x, y, bias). The
 * logarithm of the losses' factors, each at most 2, is taken of their products. */
FORCE_INLINE Q clean_gradient(MetaLinear *m) {
    enum { FACTORS = 64 * GROUP };
    const float *w = m->ahead;
    V wx = v_set(w[2] - w[0]), wy = v_set(w[3] - w[1]), bias = v_set(w[5] - w[4]), sums[4][PARTS], factor[PARTS];
    clear_sums(sums);
    for (size_t first = 0; first < m->clean; first += FACTORS) {
        size_t end = first + FACTORS < m->clean ? first + FACTORS : m->clean;
        for (int p = 0; p < PARTS; p++)
            factor[p] = v_set(1.0f);
        for (size_t i = first; i < end; i += GROUP)
            for (int p = 0; p < PARTS; p++) {
                size_t at = i + (size_t)(p * LANES);
                V x = v_load(m->clean_x + at), y = v_load(m->clean_y + at);
                SignedLoss of = loss_by_sign(v_madd(wy, y, wx * x) + bias, v_load(m->clean_sign + at));
                factor[p] *= of.factor;
                add_sums(sums, p, of.delta, x, y, of.straight);
            }
        for (int p = 0; p < PARTS; p++)
            sums[3][p] += v_log(factor[p]);
    }
    Q all = v_sums16(sums[0], sums[1], sums[2], sums[3]) / (float)m->clean;
    m->ahead_loss = (double)all[3];
    return all;
}

static void meta_linear_look(MetaLinear *m, const WeightRule *rules) {
    enum { VECTORS = BLOCK / LANES };
    const float *w = m->parameters;
    V wx = v_set(w[2] - w[0]), wy = v_set(w[3] - w[1]), bias = v_set(w[5] - w[4]), sums[4][PARTS], rise[VECTORS];
    meta_linear_load(m);
    clear_sums(sums);
#pragma GCC unroll 8
    for (int i = 0; i < VECTORS; i++) {
        int l = i * LANES;
        V x = v_load(m->x + l), y = v_load(m->y + l), sign = v_load(m->sign + l);
        SignedLoss of = loss_by_sign(v_madd(wy, y, wx * x) + bias, sign);
        V loss = of.straight + v_log(of.factor);
        RuleLanes lanes = rules_by_sign(rules, sign);
        V v = meta_weight_v(rules[0].kind, &lanes, loss, &rise[i]);
        v_store(m->loss + l, loss);
        v_store(m->delta + l, of.delta);
        add_sums(sums, i % PARTS, v * of.delta, x, y, v_set(0.0f));
    }
    Q step = v_sums16(sums[0], sums[1], sums[2], sums[3]) * (m->rate / (float)m->count);
    const float change[6] = {step[0], step[1], -step[0], -step[1], step[2], -step[2]};
    for (int k = 0; k < 6; k++)
        m->ahead[k] = w[k] + change[k];
    Q clean = clean_gradient(m);
    V of_class[2][PARTS], cx = v_set(2.0f * clean[0]), cy = v_set(2.0f * clean[1]), cb = v_set(2.0f * clean[2]);
    for (int p = 0; p < PARTS; p++)
        of_class[0][p] = of_class[1][p] = v_set(0.0f);
#pragma GCC unroll 8
    for (int i = 0; i < VECTORS; i++) {
        int l = i * LANES;
        V influence = (v_madd(cy, v_load(m->y + l), cx * v_load(m->x + l)) + cb) * v_load(m->delta + l);
        v_store(m->influence + l, influence);
        V risen = rise[i] * influence, second = v_select(v_less(v_load(m->sign + l), v_set(0.0f)), risen, v_set(0.0f));
        of_class[0][i % PARTS] += risen - second;
        of_class[1][i % PARTS] += second;
    }
    Q rises = v_sums16(of_class[0], of_class[1], of_class[0], of_class[1]);
    m->rise[0] = (double)rises[0];
    m->rise[1] = (double)rises[1];
}

static double meta_linear_step(MetaLinear *m, const WeightRule *rules) {
    enum { VECTORS = BLOCK / LANES };
    V sums[4][PARTS];
    clear_sums(sums);
#pragma GCC unroll 8
    for (int i = 0; i < VECTORS; i++) {
        int l = i * LANES;
        V loss = v_load(m->loss + l), unused;
        RuleLanes lanes = rules_by_sign(rules, v_load(m->sign + l));
        V v = meta_weight_v(rules[0].kind, &lanes, loss, &unused);
        v_store(m->v + l, v);
        add_sums(sums, i % PARTS, v * v_load(m->delta + l), v_load(m->x + l), v_load(m->y + l), v * loss);
    }
    Q all = v_sums16(sums[0], sums[1], sums[2], sums[3]) / (float)m->count;
    const float gradient[6] = {-all[0], -all[1], all[0], all[1], -all[2], all[2]};
    memcpy(m->gradient, gradient, sizeof gradient);
    return (double)all[3];
}

/* total[l] += the squared norm of the gradient that sample l alone gives a layer: that of its delta times that of its
 * inputs and the 1 of the bias. */
FORCE_INLINE void add_squared_norms(const float *inputs, int in, float (*delta)[BLOCK], int out, int lanes,
                                    float *total) {
    for (int l = 0; l < lanes; l += LANES) {
        V of_inputs = v_set(1.0f), of_delta = v_set(0.0f);
        for (int k = 0; k < in; k++) {
            V a = v_load(inputs + k * BLOCK + l);
            of_inputs = v_madd(a, a, of_inputs);
        }
        for (int o = 0; o < out; o++) {
            V d = v_load(&delta[o][l]);
            of_delta = v_madd(d, d, of_delta);
        }
        v_store(total + l, v_madd(of_inputs, of_delta, v_load(total + l)));
    }
}

/* The means and counts of LANES samples with one more epoch. */
FORCE_INLINE void add_label_rows(const LabelRows *rows, size_t i, size_t left, V share, V margin, V p, V influence,
                                 M is_right) {
    V old = v_load_some(rows->margin + i, left);
    v_store_some(rows->margin + i, v_madd(margin - old, share, old), left);
    old = v_load_some(rows->influence + i, left);
    v_store_some(rows->influence + i, v_madd(influence - old, share, old), left);
    V mean = v_load_some(rows->confidence + i, left), from_old = p - mean;
    mean = v_madd(from_old, share, mean);
    v_store_some(rows->confidence + i, mean, left);
    old = v_load_some(rows->variance + i, left);
    v_store_some(rows->variance + i, v_madd(from_old * (p - mean) - old, share, old), left);
    I before = (I)v_load_some(rows->right + i, left), was_right = before & 1;
    I rights = before - was_right, forgotten = (I)v_load_some(rows->forgotten + i, left);
    v_store_some(rows->right + i, (V)i_select(is_right, rights + 3, rights), left);
    v_store_some(rows->forgotten + i, (V)i_select(is_right, forgotten, forgotten + was_right), left);
}

FORCE_INLINE void label_rows_of(const Mlp *mlp, int layers, int classes, const float *parameters, const float *x,
                                const float *y, const uint8_t *label, size_t count, uint32_t epoch,
                                const LabelRows *rows) {
    _Alignas(64) Block block;
    _Alignas(64) Rows deltas[2];
    _Alignas(64) float influence[BLOCK], p[BLOCK], margin[BLOCK];
    const V zero = v_set(0.0f), share = v_set((float)(1.0 / (double)epoch));
    const V least = v_set(1e-12f); /* smaller deltas count as 0: their products may be too small for a normal float,
                                    * which takes the processor a hundred times as long */
    int last = layers - 1;
    for (size_t i = 0; i < count; i += BLOCK) {
        size_t n = count - i < BLOCK ? count - i : BLOCK;
        load_points(mlp, &block, x + i, y + i, n);
        load_labels(&block, label + i, n);
        forward(mlp, layers, classes, parameters, &block);
        float(*z)[BLOCK] = block.activation[last];
        for (int l = 0; l < block.lanes; l += LANES) {
            I labels;
            memcpy(&labels, block.label + l, sizeof labels);
            Softmax s = softmax(z, classes, labels, l);
            V at_label = zero, others = zero, own = zero, highest = v_set(-INFINITY);
            for (int c = 0; c < classes; c++) {
                M is_label = i_equal(labels, i_set(c));
                V score = v_load(&z[c][l]), share_of = s.exponential[c] / s.sum;
                at_label = v_select(is_label, score, at_label);
                highest = v_select(is_label, highest, v_max(score, highest));
                own = v_select(is_label, share_of, own);
                V other = v_select(is_label, zero, v_select(v_less(share_of, least), zero, share_of));
                others += other;
                v_store(&deltas[0][c][l], other);
            }
            for (int c = 0; c < classes; c++) /* not share - 1, which loses the digits of a small one */
                v_store(&deltas[0][c][l], v_select(i_equal(labels, i_set(c)), zero - others, v_load(&deltas[0][c][l])));
            v_store(margin + l, at_label - highest);
            v_store(p + l, own);
            v_store(influence + l, zero);
        }
#pragma GCC unroll 8
        for (int layer = last; layer >= 0; layer--) {
            float(*here)[BLOCK] = deltas[(last - layer) % 2];
            add_squared_norms(row_of(&block, layer - 1, 0), size_in(mlp, layer), here,
                              size_out(mlp, layer, layers, classes), block.lanes, influence);
            if (layer > 0)
                backward_delta(mlp, layer, layers, classes, parameters, &block, here, deltas[(last - layer + 1) % 2]);
        }
        for (int l = 0; l < (int)n; l += LANES) {
            I labels;
            memcpy(&labels, block.label + l, sizeof labels);
            add_label_rows(rows, i + (size_t)l, n - (size_t)l, share, v_load(margin + l), v_load(p + l),
                           v_load(influence + l), i_equal(best_class(z, classes, l), labels));
        }
    }
}

static void label_rows(const Mlp *mlp, const float *parameters, const float *x, const float *y, const uint8_t *label,
                       size_t count, uint32_t epoch, const LabelRows *rows) {
    if (mlp->layers == 1 && mlp_classes(mlp) == 2)
        label_rows_of(mlp, 1, 2, parameters, x, y, label, count, epoch, rows);
    else
        label_rows_of(mlp, mlp->layers, mlp_classes(mlp), parameters, x, y, label, count, epoch, rows);
}

/* TensorFlow Playground's network, known in advance: without loops it takes 15 % less. As mlp_shape makes it. */
static const Mlp PLAYGROUND = {.layers = 3,
                               .sizes = {2, 4, 2, 2},
                               .activation = ACTIVATION_TANH,
                               .parameters = 28,
                               .padded = 32,
                               .weights = {0, 12, 22},
                               .biases = {8, 20, 26}};

static inline bool is_playground(const Mlp *mlp) {
    return mlp->layers == PLAYGROUND.layers && mlp->activation == PLAYGROUND.activation &&
           memcmp(mlp->sizes, PLAYGROUND.sizes, 4 * sizeof *mlp->sizes) == 0;
}

static double batch(const Mlp *mlp, const float *parameters, const Sample *samples, const uint32_t *order, size_t count,
                    const WeightRule *rule, float *v, float *gradient) {
    int classes = mlp_classes(mlp);
    if (mlp->layers == 1 && classes == 2) { /* the post's model, and its batch size */
        if (count == BLOCK)
            return batch_of(mlp, 1, 2, parameters, samples, order, BLOCK, false, rule, v, gradient);
        return batch_of(mlp, 1, 2, parameters, samples, order, count, false, rule, v, gradient);
    }
    if (count <= GROUP && is_playground(mlp))
        return batch_of(&PLAYGROUND, 3, 2, parameters, samples, order, count, true, rule, v, gradient);
    return batch_of(mlp, mlp->layers, classes, parameters, samples, order, count, false, rule, v, gradient);
}

/* Four parameters with their moments. */
typedef struct AdamFour {
    Q w, first, second;
} AdamFour;

FORCE_INLINE void adam_four(AdamFour *a, Q g, float weight_decay, Q minus_step_size, Q root_correction) {
    const float beta1 = (float)ADAM_BETA1, beta2 = (float)ADAM_BETA2;
    if (weight_decay != 0.0f)
        g = q_madd(a->w, q_set(weight_decay), g);
    a->first = q_madd(g, q_set((float)(1.0 - ADAM_BETA1)), a->first * beta1);
    a->second = q_madd(g * (float)(1.0 - ADAM_BETA2), g, a->second * beta2);
    Q denominator = q_sqrt(a->second) / root_correction + 1e-8f;
    a->w += (a->first * minus_step_size) / denominator;
}

static inline bool is_finite(Q a, Q b) {
    Q zero = (a - a) + (b - b);
    return (zero[0] + zero[1]) + (zero[2] + zero[3]) == 0.0f;
}

/* Those of a linear model of two classes: 2 x 2 weights and two biases, of which the vector has room for four. */
typedef struct Linear {
    AdamFour w, b;
} Linear;

static void linear_load(const LinearSteps *s, Linear *to) {
    *to = (Linear){.b = {q_set(0.0f), q_set(0.0f), q_set(0.0f)}};
    memcpy(&to->w.w, s->parameters, 4 * sizeof(float));
    memcpy(&to->w.first, s->first, 4 * sizeof(float));
    memcpy(&to->w.second, s->second, 4 * sizeof(float));
    memcpy(&to->b.w, s->parameters + 4, 2 * sizeof(float));
    memcpy(&to->b.first, s->first + 4, 2 * sizeof(float));
    memcpy(&to->b.second, s->second + 4, 2 * sizeof(float));
}

static void linear_store(LinearSteps *s, const Linear *from) {
    memcpy(s->parameters, &from->w.w, 4 * sizeof(float));
    memcpy(s->first, &from->w.first, 4 * sizeof(float));
    memcpy(s->second, &from->w.second, 4 * sizeof(float));
    memcpy(s->parameters + 4, &from->b.w, 2 * sizeof(float));
    memcpy(s->first + 4, &from->b.first, 2 * sizeof(float));
    memcpy(s->second + 4, &from->b.second, 2 * sizeof(float));
}

static inline void fetch(const LinearSteps *s, size_t batch, Fetched *to) {
    enum { FAR_AHEAD = 8 }; /* batches between asking for memory and its use */
    const uint32_t *order = s->order + batch * BLOCK;
    if (s->far && batch + FAR_AHEAD < s->batches)
        ask_for_samples(s->samples, s->v, order + FAR_AHEAD * BLOCK, BLOCK);
#pragma GCC unroll 32
    for (int l = 0; l < BLOCK; l++)
        memcpy(&to->sample[l / LANES * LANES + v_transposed(l % LANES)], &s->samples[order[l]], sizeof(Sample));
}

/* The step is written in stages, each for all samples before the next, and what nobody waits for comes last (see
 * linear_steps in kernels.h). hard: the rule is RULE_HARD or its turned kind, known where this is compiled. */
FORCE_INLINE size_t linear_steps_of(LinearSteps *s, bool hard) {
    enum { VECTORS = BLOCK / LANES, AHEAD = 2, KEPT = 4 };
    Fetched fetched[KEPT];
    _Alignas(64) float decided[BLOCK];
    const float share = 1.0f / (float)BLOCK, weight_decay = (float)s->weight_decay;
    const V zero = v_set(0.0f);
    const WeightRule rule = *s->rule;
    Linear now, before;
    linear_load(s, &now);
    before = now;
    for (size_t i = 0; i < AHEAD && i < s->batches; i++)
        fetch(s, i, &fetched[i]);
    size_t done = 0;
    bool guess = hard;
    s->diverged = false;
    while (done < s->batches && !s->diverged) {
        const Fetched *batch = &fetched[done % KEPT];
        const uint32_t *order = s->order + done * BLOCK;
        double beta1_power = s->beta1_power * ADAM_BETA1, beta2_power = s->beta2_power * ADAM_BETA2;
        Q minus_step = q_set(-(float)adam_step_size(s->learning_rate, beta1_power));
        Q root = q_set((float)adam_root_correction(beta2_power));
        V x[VECTORS], y[VECTORS], weight[VECTORS], sums[6][PARTS], loss_sum[PARTS];
        I label[VECTORS];
        Softmax soft[VECTORS];
        for (int i = 0; i < VECTORS; i++)
            v_transpose(&batch->sample[i * LANES], &x[i], &y[i], &label[i]);
#pragma GCC unroll 8
        for (int i = 0; i < VECTORS; i++) {
            soft[i] = softmax_of_two(v_madd(v_set(now.w.w[1]), y[i], now.w.w[0] * x[i]) + now.b.w[0],
                                     v_madd(v_set(now.w.w[3]), y[i], now.w.w[2] * x[i]) + now.b.w[1], label[i]);
            weight[i] =
                guess ? weight_of_scores(&rule, soft[i].above_label) : weight_rule_v(&rule, softmax_loss(&soft[i]));
        }
        for (int k = 0; k < 6; k++)
            for (int p = 0; p < PARTS; p++)
                sums[k][p] = zero;
#pragma GCC unroll 8
        for (int i = 0; i < VECTORS; i++) {
            V scale = weight[i] * share;
            V delta0 = score_delta(&soft[i], 0, label[i], scale), delta1 = score_delta(&soft[i], 1, label[i], scale);
            int p = i % PARTS;
            sums[0][p] = v_madd(delta0, x[i], sums[0][p]);
            sums[1][p] = v_madd(delta0, y[i], sums[1][p]);
            sums[2][p] = v_madd(delta1, x[i], sums[2][p]);
            sums[3][p] = v_madd(delta1, y[i], sums[3][p]);
            sums[4][p] += delta0;
            sums[5][p] += delta1;
        }
        if (done + AHEAD < s->batches)
            fetch(s, done + AHEAD, &fetched[(done + AHEAD) % KEPT]);
        before = now;
        Q biases = v_sums16(sums[4], sums[5], sums[4], sums[5]);
        adam_four(&now.w, v_sums16(sums[0], sums[1], sums[2], sums[3]), weight_decay, minus_step, root);
        adam_four(&now.b, biases, weight_decay, minus_step, root);
        V wrong = zero;
        for (int p = 0; p < PARTS; p++)
            loss_sum[p] = zero;
#pragma GCC unroll 8
        for (int i = 0; i < VECTORS; i++) {
            V loss = softmax_loss(&soft[i]);
            if (hard)
                wrong += v_abs(weight_rule_v(&rule, loss) - weight[i]);
            loss_sum[i % PARTS] = v_madd(weight[i], loss, loss_sum[i % PARTS]);
            v_store(decided + i * LANES, weight[i]);
        }
        if (guess && v_any(wrong)) { /* once more, by the losses */
            now = before;
            guess = false;
            continue;
        }
        guess = hard;
        s->beta1_power = beta1_power;
        s->beta2_power = beta2_power;
        s->batch_loss_sum += (double)v_sums16(loss_sum, loss_sum, loss_sum, loss_sum)[0] / (double)BLOCK;
#pragma GCC unroll 8
        for (int l = 0; l < BLOCK; l++)
            s->v[order[l]] = decided[l];
        s->diverged = !is_finite(now.w.w, now.b.w);
        done++;
    }
    if (s->diverged) {
        now.w.w = before.w.w;
        now.b.w = before.b.w;
    }
    linear_store(s, &now);
    return done;
}

static size_t linear_steps(LinearSteps *s) {
    return is_hard(s->rule) ? linear_steps_of(s, true) : linear_steps_of(s, false);
}

static bool adam(float *parameters, const float *gradient, float *first, float *second, size_t count,
                 float weight_decay, float step_size, float root_correction) {
    const float beta1 = (float)ADAM_BETA1, keep1 = (float)(1.0 - ADAM_BETA1);
    const float beta2 = (float)ADAM_BETA2, keep2 = (float)(1.0 - ADAM_BETA2);
    const float epsilon = 1e-8f;
    V bad = v_set(0.0f);
    for (size_t i = 0; i < count; i += LANES) {
        size_t left = count - i;
        V w = v_load_some(parameters + i, left), g = v_load_some(gradient + i, left);
        V m = v_load_some(first + i, left), s = v_load_some(second + i, left);
        if (weight_decay != 0.0f)
            g = v_madd(w, v_set(weight_decay), g);
        m = v_madd(g, v_set(keep1), m * beta1);
        s = v_madd(g * keep2, g, s * beta2);
        V denominator = v_sqrt(s) / root_correction + epsilon;
        w += (m * -step_size) / denominator;
        bad += w - w; /* 0, or a NaN if w is infinite or one */
        v_store_some(parameters + i, w, left);
        v_store_some(first + i, m, left);
        v_store_some(second + i, s, left);
    }
    return !v_any(bad);
}

static inline U u_load(const uint32_t *p) {
    U u;
    memcpy(&u, p, sizeof u);
    return u;
}

static inline U mt_next(const uint32_t *word, const uint32_t *far) {
    U mixed = (u_load(word) & 0x80000000u) | (u_load(word + 1) & 0x7fffffffu);
    return u_load(far) ^ (mixed >> 1) ^ ((0u - (mixed & 1u)) & 0x9908b0dfu);
}

/* In place, a vector at a time. The last of the old words need the first of the new ones, which go behind them too. */
static void mt_refill(uint32_t *state) {
    U next = mt_next(state, state + MT_SHIFT);
    memcpy(state + MT_WORDS, &next, sizeof next);
    int i = 0;
    for (; i + MT_SHIFT <= MT_WORDS; i += LANES) {
        next = mt_next(state + i, state + i + MT_SHIFT);
        memcpy(state + i, &next, sizeof next);
    }
    for (; i < MT_WORDS; i += LANES) {
        next = mt_next(state + i, state + i + MT_SHIFT - MT_WORDS);
        memcpy(state + i, &next, sizeof next);
    }
}

static inline U temper(U word) {
    word ^= word >> 11;
    word ^= (word << 7) & 0x9d2c5680u;
    word ^= (word << 15) & 0xefc60000u;
    return word ^ (word >> 18);
}

/* In [-1, 1), from two words. */
static inline double symmetric(uint32_t a, uint32_t b) {
    double high = (int32_t)(a >> 5), low = (int32_t)(b >> 6);
    return 2.0 * ((high * 67108864.0 + low) / 9007199254740992.0) - 1.0;
}

/* In stages, so that all but the logarithms is done in vectors. */
static size_t normals(const uint32_t *words, size_t tries, double *normal) {
    double x1[MT_WORDS / 4], x2[MT_WORDS / 4], r2[MT_WORDS / 4], factor[MT_WORDS / 4];
    size_t hits = 0;
    for (size_t i = 0; i < tries; i++) {
        const uint32_t *four = words + 4 * i;
        x1[i] = symmetric(mt_tempered(four[0]), mt_tempered(four[1]));
        x2[i] = symmetric(mt_tempered(four[2]), mt_tempered(four[3]));
        r2[i] = x1[i] * x1[i] + x2[i] * x2[i];
    }
    for (size_t i = 0; i < tries; i++) {
        double r = r2[i];
        bool hit = (r < 1.0) & (r != 0.0);
        x1[hits] = x1[i];
        x2[hits] = x2[i];
        r2[hits] = r;
        hits += hit;
    }
    for (size_t i = 0; i < hits; i++)
        factor[i] = log(r2[i]);
    for (size_t i = 0; i < hits; i++) {
        double f = sqrt(-2.0 * factor[i] / r2[i]);
        normal[2 * i] = f * x2[i];
        normal[2 * i + 1] = f * x1[i];
    }
    return 2 * hits;
}

/* out[i] = what MT19937 makes of word i, mod (divisor - i). */
static void draws_below(const uint32_t *words, size_t count, uint32_t divisor, uint32_t *out) {
    I down;
    for (int l = 0; l < LANES; l++)
        down[l] = l;
    for (size_t i = 0; i < count; i += LANES) {
        U in = (U)v_load_some(words + i, count - i);
        I divisors = (int32_t)(divisor - (uint32_t)i) - down;
        v_store_some(out + i, (V)u_remainder(temper(in), divisors), count - i);
    }
}

static void permutation(uint32_t seed, uint32_t *order, size_t n) {
    enum { AHEAD = 32 };
    const bool far = n > KERNEL_FAR;
    uint32_t state[MT_WORDS + MT_ROOM], draws[MT_WORDS];
    size_t laid = 0;
    U numbers;
    for (uint32_t l = 0; l < LANES; l++)
        numbers[l] = l;
    state[0] = seed;
    for (uint32_t i = 1; i < MT_WORDS; i++) { /* a chain: the order is laid out beside it */
        state[i] = mt_seed_word(state[i - 1], i);
        for (int k = 0; k < GROUP && laid + LANES <= n; k += LANES, laid += LANES, numbers += LANES)
            memcpy(order + laid, &numbers, sizeof numbers);
    }
    for (; laid < n; laid++)
        order[laid] = (uint32_t)laid;
    for (size_t i = 0; i + 1 < n;) {
        size_t left = n - 1 - i, count = left < MT_WORDS ? left : MT_WORDS;
        mt_refill(state);
        draws_below(state, count, (uint32_t)(n - i), draws);
        for (size_t k = 0; k < count; k++, i++) {
            size_t z = i + draws[k];
            if (far && k + AHEAD < count)
                __builtin_prefetch(&order[i + AHEAD + draws[k + AHEAD]], 1);
            uint32_t swapped = order[i];
            order[i] = order[z];
            order[z] = swapped;
        }
    }
}

static void remainders(const uint32_t *a, const uint32_t *b, uint32_t *out, size_t n) {
    for (size_t i = 0; i < n; i += LANES) {
        U remainder = u_remainder((U)v_load_some(a + i, n - i), (I)v_load_some(b + i, n - i));
        v_store_some(out + i, (V)remainder, n - i);
    }
}

static inline M between(float low, V a, float high) {
    return m_and(v_less_equal(v_set(low), a), v_less_equal(a, v_set(high)));
}

static void cells(const CellMap *map, const float *x, const float *y, size_t count, uint32_t *out) {
    const float right = map->x + map->w, bottom = map->y + map->h, margin = map->margin;
    for (size_t i = 0; i < count; i += LANES) {
        V px = v_load_some(x + i, count - i), py = v_load_some(y + i, count - i);
        px = __builtin_convertvector((__builtin_convertvector(px, D) - map->center_x) * map->scale + map->middle_x, V);
        py =
            __builtin_convertvector(map->middle_y - (__builtin_convertvector(py, D) - map->center_y) * map->scale_y, V);
        M seen = m_and(between(map->x - margin, px, right + margin), between(map->y - margin, py, bottom + margin));
        M within = m_and(between(map->x + 1, px, right - 1), between(map->y + 1, py, bottom - 1));
        I column = __builtin_convertvector(v_select(within, px - map->x, v_set(0.0f)), I);
        I row = __builtin_convertvector(v_select(within, py - map->y, v_set(0.0f)), I);
        U cell = (U)row * map->width + (U)column;
        I result = i_select(within, (I)cell, i_select(seen, i_set((int32_t)CELL_EDGE), i_set((int32_t)CELL_NONE)));
        v_store_some(out + i, (V)result, count - i);
    }
}

#define ARRAY_FUNCTION(name, function)                                                                                 \
    static void name(const float *in, float *out, size_t n) {                                                          \
        for (size_t i = 0; i < n; i += LANES)                                                                          \
            v_store_some(out + i, function(v_load_some(in + i, n - i)), n - i);                                        \
    }
ARRAY_FUNCTION(exp_array, v_exp)
ARRAY_FUNCTION(log_array, v_log)
ARRAY_FUNCTION(tanh_array, v_tanh)

extern const Kernels PASTE(KERNELS_, KERNEL_VARIANT);
const Kernels PASTE(KERNELS_, KERNEL_VARIANT) = {QUOTE(KERNEL_VARIANT),
                                                 sizeof(MetaBlock),
                                                 scores,
                                                 losses,
                                                 batch,
                                                 linear_steps,
                                                 meta_losses,
                                                 meta_weights,
                                                 meta_gradient,
                                                 meta_influence,
                                                 meta_linear_look,
                                                 meta_linear_step,
                                                 label_rows,
                                                 weights,
                                                 tally,
                                                 adam,
                                                 mt_refill,
                                                 normals,
                                                 permutation,
                                                 cells,
                                                 exp_array,
                                                 log_array,
                                                 tanh_array,
                                                 remainders};
