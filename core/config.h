/* The property table: every setting of a run stands here once. The options of the command line, the keys of preset
 * files, the widgets of the window, what a live change does to a run and the command line that repeats a run all come
 * from PROPERTIES.
 *
 * A setting's text form is the same everywhere: numbers as strtod reads them (1e-3 is a number; NaN and infinity are
 * refused), on|off for switches, a word for choices, lists separated by commas. Numbers are written with nine
 * digits, or with as many more as it takes to read back the same number. */
#ifndef EASYFIRST_CONFIG_H
#define EASYFIRST_CONFIG_H

#include "core/kernels/shapes.h"
#include "core/status.h"

#define MAX_SAMPLES 10000000  /* points of a data set, 2 to 10 million */
#define CAP_NONE 1e9          /* no cap but this, the largest threshold */
#define REAL_TEXT_MAX 32      /* characters of a number's text form, with the final 0 */
#define SETTING_TEXT_MAX 2048 /* and of any setting's */

/* The data sets. A new one is a row here and a function that draws it in dataset.c. Noise: the standard deviation that
 * noise `auto` stands for. Classes: 0, a blob at each centroid. */
/* clang-format off */
#define DATASETS(X) \
    /* value           word       label                        noise classes  drawn by */ \
    X(DATASET_POST,    "post",    N_("The post's two blobs"),  1.0,  0,       NULL) /* by itself: it is not shuffled */ \
    X(DATASET_BLOBS,   "blobs",   N_("Blobs"),                 1.0,  0,       draw_blobs) \
    X(DATASET_MOONS,   "moons",   N_("Moons"),                 0.0,  2,       draw_moons) \
    X(DATASET_CIRCLES, "circles", N_("Circles"),               0.0,  2,       draw_circles) \
    X(DATASET_XOR,     "xor",     N_("XOR"),                   0.0,  2,       draw_xor) \
    X(DATASET_SPIRALS, "spirals", N_("Spirals"),               0.0,  2,       draw_spirals)
#define DATASET_VALUE(value, word, label, noise, classes, draw) value,
typedef enum { DATASETS(DATASET_VALUE) DATASET_COUNT } DatasetKind;
#undef DATASET_VALUE
/* clang-format on */

/* The other choices; their words and labels stand in config.c. */
typedef enum { OPTIMIZER_ADAM, OPTIMIZER_SGD } OptimizerKind;
typedef enum { ORDER_EASY, ORDER_HARD, ORDER_ALL } Order;
typedef enum {
    REGULARIZER_HARD,
    REGULARIZER_LINEAR,
    REGULARIZER_LOG,
    REGULARIZER_MIXTURE,
    REGULARIZER_POLYNOMIAL,
    REGULARIZER_LOGISTIC,
    REGULARIZER_EXPONENTIAL,
    REGULARIZER_SUPERLOSS
} Regularizer;
typedef enum {
    PACE_MULTIPLICATIVE,
    PACE_ADDITIVE,
    PACE_SHARE,
    PACE_CLASS_SHARE,
    PACE_META, /* the last three learn from clean points (meta.h) */
    PACE_REWEIGHT,
    PACE_CLEAN_ALONE
} Pace;
typedef enum { SHARE_LINEAR, SHARE_GEOMETRIC, SHARE_ROOT } ShareCurve;
typedef enum { GROUPS_CLASSES, GROUPS_GRID } Groups;

typedef struct Settings {
    /* data */
    int dataset; /* DatasetKind; points read from a file take its place */
    int samples;
    double noise;                      /* standard deviation; NaN: the data set's own (settings_noise resolves it) */
    double centroids[2 * MAX_CLASSES]; /* x, y of each class, for post and blobs */
    int centroid_count;                /* pairs in use, 2 to MAX_CLASSES */
    bool anomaly;                      /* post only: flip the label of the point farthest from the second centroid */
    double flip;                       /* share of labels moved to the next class, 0 to 1 */
    uint32_t seed;
    double outliers;  /* share of the points moved to (9, 9) and labelled 0, 0 to 1 */
    double test;      /* share of the points kept apart for checking, 0 to 0.9 */
    bool standardize; /* the model sees (x - mean)/standard deviation; the points keep their own units */
    int clean;        /* points drawn to be the clean ones, unless some are marked already (dataset.h) */
    /* model */
    int hidden[MAX_HIDDEN];
    int hidden_count;
    int activation; /* Activation */
    /* training */
    int optimizer; /* OptimizerKind */
    double learning_rate;
    int batch;
    double weight_decay;
    /* curriculum */
    int order;               /* Order */
    int regularizer;         /* Regularizer */
    double power;            /* polynomial only: p > 1; the larger, the more sudden v's fall at the threshold */
    double superloss_lambda; /* SuperLoss only: > 0; the larger, the slower v falls with the loss */
    double threshold;
    double growing_factor;
    int warmup;                    /* epochs in which every v is 1 and the threshold does not grow */
    int pace;                      /* Pace: what the threshold does between epochs (pace.h) */
    double growing_step;           /* additive: what is added to the threshold */
    double share_start, share_end; /* share, class-share: the share of the points made easy, first and last; 0 to 1 */
    int share_epochs;              /* epochs from one to the other */
    int share_curve;               /* ShareCurve */
    double cap;                    /* no threshold rises above this; CAP_NONE, its largest value: no cap */
    double diversity;              /* SPLD's strength (curriculum.h); 0: off */
    int groups;                    /* Groups: of SPLD */
    double meta_rate;              /* meta: of Adam on the thresholds */
    double lookahead_rate;         /* meta: of the look-ahead, plain gradient descent */
    bool meta_classes;             /* meta: a threshold for each class, not one for all */
    /* run */
    int epochs;     /* the run pauses (headless: ends) after this many */
    int until_hard; /* or earlier, after the first epoch that leaves at most this many samples hard; -1: never */
} Settings;

typedef enum {
    PROPERTY_DATASET,
    PROPERTY_SAMPLES,
    PROPERTY_NOISE,
    PROPERTY_CENTROIDS,
    PROPERTY_ANOMALY,
    PROPERTY_FLIP,
    PROPERTY_SEED,
    PROPERTY_OUTLIERS,
    PROPERTY_TEST,
    PROPERTY_STANDARDIZE,
    PROPERTY_CLEAN,
    PROPERTY_HIDDEN,
    PROPERTY_ACTIVATION,
    PROPERTY_OPTIMIZER,
    PROPERTY_LEARNING_RATE,
    PROPERTY_BATCH,
    PROPERTY_WEIGHT_DECAY,
    PROPERTY_ORDER,
    PROPERTY_REGULARIZER,
    PROPERTY_POWER,
    PROPERTY_SUPERLOSS_LAMBDA,
    PROPERTY_THRESHOLD,
    PROPERTY_GROWING_FACTOR,
    PROPERTY_WARMUP,
    PROPERTY_PACE,
    PROPERTY_GROWING_STEP,
    PROPERTY_SHARE_START,
    PROPERTY_SHARE_END,
    PROPERTY_SHARE_EPOCHS,
    PROPERTY_SHARE_CURVE,
    PROPERTY_CAP,
    PROPERTY_DIVERSITY,
    PROPERTY_GROUPS,
    PROPERTY_META_RATE,
    PROPERTY_LOOKAHEAD_RATE,
    PROPERTY_META_CLASSES,
    PROPERTY_EPOCHS,
    PROPERTY_UNTIL_HARD,
    PROPERTY_COUNT
} PropertyId;

typedef enum { GROUP_DATA, GROUP_MODEL, GROUP_TRAINING, GROUP_CURRICULUM, GROUP_RUN, GROUP_COUNT } PropertyGroup;

typedef enum {
    KIND_REAL,    /* double */
    KIND_INTEGER, /* int */
    KIND_SEED,    /* uint32_t */
    KIND_SWITCH,  /* bool */
    KIND_CHOICE,  /* int, index into choices */
    KIND_UNITS,   /* hidden[] and hidden_count; the empty text is no hidden layer */
    KIND_POINTS,  /* centroids[] and centroid_count */
} PropertyKind;

typedef enum {
    EFFECT_LIVE,    /* taken at the next batch */
    EFFECT_REBUILD, /* builds the run anew, from epoch 0 */
} PropertyEffect;

typedef struct Property {
    PropertyId id;
    const char *name;  /* option, preset key and widget name: "growing-factor" */
    const char *label; /* what the window shows: "Growing factor" */
    PropertyGroup group;
    PropertyKind kind;
    PropertyEffect effect;
    bool decides;      /* live: every v is decided anew at once */
    bool begins;       /* live: before the first batch, the first threshold is made anew */
    bool makes_points; /* it is about points that are made, and says nothing about points from a file */

    size_t offset;                    /* of the field in Settings */
    double minimum, maximum;          /* inclusive; the range that is accepted. For lists: of each element */
    double initial;                   /* default of REAL, INTEGER, SEED, SWITCH, CHOICE */
    const char *const *choices;       /* words of a CHOICE, ended by NULL */
    const char *const *choice_labels; /* what the window shows for each word: "Easy first" */

    double slider_minimum, slider_maximum; /* the range that the window offers, within [minimum, maximum] */
    bool logarithmic;                      /* the slider's scale */
    bool dragged;                          /* a number with a slider in the window; else it is typed */
    int pace_place;                        /* place in the window's section Pace, from 1; 0: it is elsewhere */
    bool (*shown)(const Settings *);       /* whether it has an effect with these settings; NULL: always */
    const char *unit;                      /* "per epoch", or "" */
    const char *argument;                  /* placeholder in --help: "L", "on|off", "x,y,x,y,..." */
    const char *help;                      /* one line */
} Property;

extern const Property PROPERTIES[PROPERTY_COUNT];           /* in the order of PropertyId */
extern const char *const PROPERTY_GROUP_NAMES[GROUP_COUNT]; /* "data", "model", ... */

void settings_default(Settings *settings); /* the post's run */

/* NULL if there is no such setting. */
const Property *property_find(const char *name);

static inline bool property_is_list(const Property *property) {
    return property->kind == KIND_UNITS || property->kind == KIND_POINTS;
}

/* Whether a setting has an effect with the others as they are, so that the window shows it. */
bool property_shown(const Settings *settings, const Property *property);

/* Whether a setting is about points that are made, so that it says nothing about points from a file. */
bool property_makes_points(PropertyId id);

/* Reads a setting from text, strictly: the whole text, within range; on failure nothing is changed and the message
 * says what is wrong with the value, without naming the setting ("'abc' is not a number", "2 is above 1"). */
bool property_parse(Settings *settings, const Property *property, const char *text, Status *status);

/* Writes the text form, from which property_parse reads the same value again, to the last bit. */
void property_format(const Settings *settings, const Property *property, char text[SETTING_TEXT_MAX]);

/* A number that is not NaN, as property_format writes it. */
void real_format(double value, char text[REAL_TEXT_MAX]);

/* Whether a setting is the same in both, to the last bit: whether their text forms are the same. */
bool property_same(const Settings *a, const Settings *b, const Property *property);

/* REAL, INTEGER, SEED, SWITCH and CHOICE as a number. property_set refuses what is out of range or not finite. */
double property_get(const Settings *settings, const Property *property);
bool property_set(Settings *settings, const Property *property, double value, Status *status);

/* Any setting, from one to the other. */
void property_copy(Settings *to, const Settings *from, const Property *property);

/* Refuses settings that make no sense together. The message begins with the name of one of them and names the others:
 * "regularizer log needs a threshold below 1 (...), not 2". */
bool settings_check(const Settings *settings, Status *status);

/* The standard deviation in force: settings->noise, or the data set's own if that is NaN. */
double settings_noise(const Settings *settings);

/* Whether the data set of these settings has a blob at each centroid (post, blobs). */
bool settings_have_centroids(const Settings *settings);

/* Number of classes that the data set of these settings has. */
int settings_classes(const Settings *settings);

/* Whether the pace is by share of the losses, of all or of each class. */
bool pace_by_share(const Settings *settings);

/* Whether a threshold decides the v's (else all points are learned, or the clean points do it). */
bool settings_use_threshold(const Settings *settings);

/* Whether the pace learns from clean points (meta, reweight, clean-alone), and order does not stand in its way. */
bool settings_need_clean(const Settings *settings);

#endif
