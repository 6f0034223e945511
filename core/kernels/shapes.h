/* What the loops are told: the shapes of their data and the constants that they share with the rest of the core. The
 * public headers include this one and explain the use of what stands here: config.h (limits, Activation), mlp.h,
 * curriculum.h, optimizer.h, pixel_cells.h and rng.h. */
#ifndef EASYFIRST_SHAPES_H
#define EASYFIRST_SHAPES_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_CLASSES 32 /* kinds of labels, 2 to 32 */
#define MAX_HIDDEN 6   /* hidden layers, 0 to 6 */
#define MAX_UNITS 64   /* units of a hidden layer, 1 to 64 */

/* ---- the model (mlp.h) ---- */

#define MLP_INPUTS 2
#define MLP_MAX_LAYERS (MAX_HIDDEN + 1)

typedef enum { ACTIVATION_TANH, ACTIVATION_RELU } Activation;

/* Standardisation of what the model sees: input = (position - shift)/divisor of each axis, in double precision, rounded
 * to float32. Positions are in the points' own units everywhere; the kernels alone know the inputs. */
typedef struct Scaling {
    bool on; /* off: the input is the position */
    double shift[MLP_INPUTS], divisor[MLP_INPUTS];
} Scaling;

typedef struct Mlp {
    int layers;                     /* 1 to MLP_MAX_LAYERS: hidden layers and the output layer */
    int sizes[MLP_MAX_LAYERS + 1];  /* sizes[0] = 2, sizes[layers] = classes */
    int activation;                 /* Activation of the hidden layers */
    size_t parameters;              /* length of the block */
    size_t padded;                  /* the same rounded up to whole vectors of 16: what to allocate, zeroed */
    size_t weights[MLP_MAX_LAYERS]; /* offset of each layer's weights in the block */
    size_t biases[MLP_MAX_LAYERS];  /* and of its biases */
    Scaling scaling;                /* off after mlp_shape */
} Mlp;

static inline int mlp_classes(const Mlp *mlp) {
    return mlp->sizes[mlp->layers];
}

/* The input that a position on an axis (0: x, 1: y) becomes. */
static inline float mlp_input(const Mlp *mlp, int axis, float position) {
    const Scaling *s = &mlp->scaling;
    return s->on ? (float)(((double)position - s->shift[axis]) / s->divisor[axis]) : position;
}

/* A sample as training reads it, in a shuffled order: from one cache line instead of three. */
typedef struct Sample {
    _Alignas(16) float input[MLP_INPUTS]; /* after the scaling */
    int32_t label;
} Sample;

/* ---- what decides v from a loss (curriculum.h) ---- */

#define SLOPE_MOST 0x1p100f       /* of v's slopes in the threshold, which pass all bounds near t = 0 */
#define SUPERLOSS_MOST 2.7182817f /* e, the largest weight that SuperLoss gives */

#define NEVER_ADMITTED UINT32_MAX /* in place of the first epoch at whose end v was above 0 */

enum {
    RULE_ONE,
    RULE_HARD,
    RULE_HARD_TURNED,
    RULE_LINEAR,
    RULE_LOG,
    RULE_MIXTURE,
    RULE_POLYNOMIAL,
    RULE_LOGISTIC,
    RULE_EXPONENTIAL,
    RULE_SUPERLOSS,
    RULE_SUPERLOSS_TURNED,
    RULE_TURNED = 16 /* flag: 1 - v */
};

/* A rule with the constants that follow from its threshold, worked out once:
 *
 *   hard         a = ln(e^t - 1): with two classes a loss is ln(1 + e^(z' - z)), z being the label's score, and below t
 *                where z' - z is below a
 *   linear       a = t
 *   log          a = z, b = ln z
 *   mixture      a = z, b = z/t1, c = t2
 *   polynomial   a = t, b = 1/(p - 1)
 *   logistic     a = c of the table in curriculum.h
 *   exponential  a = t
 *   superloss    a = lambda, b = the loss at which v becomes e, c = e/(2 lambda): (l - b) c (turned: (b - l) c) is
 *                1 + e y, y being the argument of Lambert's W, without the digits that cancel near its branch point
 *
 * Where a is t it is 1 if t is 0. */
typedef struct WeightRule {
    int kind; /* RULE_*, for soft rules but SuperLoss with RULE_TURNED or without */
    float t;  /* threshold */
    float a, b, c;
} WeightRule;

/* ---- Adam (optimizer.h) ---- */

#define ADAM_BETA1 0.9
#define ADAM_BETA2 0.999

/* What a step is scaled by, from the powers of beta after it: learning_rate / (1 - beta1^t), sqrt(1 - beta2^t). */
static inline double adam_step_size(double learning_rate, double beta1_power) {
    return learning_rate / (1.0 - beta1_power);
}
static inline double adam_root_correction(double beta2_power) {
    return sqrt(1.0 - beta2_power);
}

/* ---- random words (rng.h) ---- */

enum { MT_WORDS = 624, MT_SHIFT = 397, MT_ROOM = 16 };

typedef struct Mt19937 {
    uint32_t state[MT_WORDS + MT_ROOM]; /* the words, and room for those that make the next ones */
    int index;                          /* next word to hand out, 0 to MT_WORDS */
} Mt19937;

/* Word number i of the state, from the one before. */
static inline uint32_t mt_seed_word(uint32_t previous, uint32_t i) {
    return 1812433253u * (previous ^ (previous >> 30)) + i;
}

/* What is handed out for a word of the state. */
static inline uint32_t mt_tempered(uint32_t word) {
    word ^= word >> 11;
    word ^= (word << 7) & 0x9d2c5680u;
    word ^= (word << 15) & 0xefc60000u;
    return word ^ (word >> 18);
}

/* ---- points on pixels (pixel_cells.h) ---- */

#define CELL_NONE UINT32_MAX       /* outside, with its mark */
#define CELL_EDGE (UINT32_MAX - 1) /* within a pixel of the area's edge, or so near outside that its mark reaches in */

/* A point is at pixel (x - center_x) scale + middle_x, middle_y - (y - center_y) scale: in double precision, since a
 * small view may be far from the origin. */
typedef struct CellMap {
    double center_x, center_y, scale, scale_y, middle_x, middle_y;
    float x, y, w, h; /* the area, in pixels; at most 2^30 of them */
    float margin;     /* how far a mark reaches */
    uint32_t width;   /* cells in a row: (uint32_t)w */
} CellMap;

#endif
