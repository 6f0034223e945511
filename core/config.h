/* The property table: every setting of a run stands here once. The command line's options, the keys of preset
 * files, the widgets of the window and the command line that repeats a run all come from PROPERTIES.
 *
 * A setting's text form is the same everywhere: numbers as strtod reads them (1e-3 is a number; NaN and infinity
 * are refused), on|off for switches, a word for choices, comma-separated lists. Numbers are written with %.9g. */
#ifndef EASYFIRST_CONFIG_H
#define EASYFIRST_CONFIG_H

#include "core/kernels/shapes.h"
#include "core/status.h"

#define MAX_SAMPLES 10000000 /* points of a data set, 2 to 10 million */
#define CAP_NONE 1e9         /* the cap that is none */
#define SETTING_TEXT_MAX 512 /* characters of a setting's text form, with the final 0 */

/* Choices: the enums' values are the indices into the choice words of the table, in this order. */
typedef enum { DATASET_POST, DATASET_BLOBS, DATASET_MOONS, DATASET_CIRCLES, DATASET_XOR, DATASET_SPIRALS } DatasetKind;
typedef enum { OPTIMIZER_ADAM, OPTIMIZER_SGD } OptimizerKind;
typedef enum { ORDER_EASY, ORDER_HARD, ORDER_ALL } Order;
typedef enum {
    REGULARIZER_HARD,
    REGULARIZER_LINEAR,
    REGULARIZER_LOG,
    REGULARIZER_MIXTURE,
    REGULARIZER_POLYNOMIAL,
    REGULARIZER_LOGISTIC,
    REGULARIZER_EXPONENTIAL
} Regularizer;
typedef enum { PACE_MULTIPLICATIVE, PACE_ADDITIVE, PACE_SHARE, PACE_CLASS_SHARE } Pace;
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
    int order;       /* Order */
    int regularizer; /* Regularizer */
    double power;    /* polynomial only: p > 1; the larger, the more sudden is v's fall at the threshold */
    double threshold;
    double growing_factor;
    int warmup;                    /* epochs in which every v is 1 and the threshold does not grow */
    int pace;                      /* Pace: what the threshold does between epochs (pace.h) */
    double growing_step;           /* additive: what is added to the threshold */
    double share_start, share_end; /* share, class-share: of the points, made easy; 0 to 1 */
    int share_epochs;              /* epochs from the one to the other */
    int share_curve;               /* ShareCurve */
    double cap;                    /* no threshold is above this; the largest value, CAP_NONE: no cap */
    double diversity;              /* SPLD's strength (curriculum.h); 0: off */
    int groups;                    /* Groups: of SPLD */
    /* run */
    int epochs;     /* the run pauses (headless: ends) after so many */
    int until_hard; /* and earlier, after the first epoch that leaves at most so many samples hard; -1: never */
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
    PROPERTY_HIDDEN,
    PROPERTY_ACTIVATION,
    PROPERTY_OPTIMIZER,
    PROPERTY_LEARNING_RATE,
    PROPERTY_BATCH,
    PROPERTY_WEIGHT_DECAY,
    PROPERTY_ORDER,
    PROPERTY_REGULARIZER,
    PROPERTY_POWER,
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
    size_t offset;                         /* of the field in Settings */
    double minimum, maximum;               /* inclusive; the range that is accepted. For lists: of each element */
    double initial;                        /* default of REAL, INTEGER, SEED, SWITCH, CHOICE */
    double slider_minimum, slider_maximum; /* the range that a slider offers, within [minimum, maximum] */
    bool logarithmic;                      /* the slider's scale */
    const char *const *choices;            /* words of a CHOICE, ended by NULL */
    const char *const *choice_labels;      /* what the window shows for each word: "Easy first" */
    const char *unit;                      /* "per epoch", or "" */
    const char *argument;                  /* placeholder in --help: "L", "on|off", "x,y,x,y,..." */
    const char *help;                      /* one line */
} Property;

extern const Property PROPERTIES[PROPERTY_COUNT];           /* in the order of PropertyId */
extern const char *const PROPERTY_GROUP_NAMES[GROUP_COUNT]; /* "data", "model", ... */

void settings_default(Settings *settings); /* the post's run */

/* NULL if there is no such setting. */
const Property *property_find(const char *name);

/* Whether a setting is of points that are made, so that it says nothing of points from a file. */
bool property_makes_points(PropertyId id);

/* Reads a setting from text, strictly: the whole text, within range; on failure nothing is changed and the message
 * says what is wrong with the value, without naming the setting ("'abc' is not a number", "2 is above 1"). */
bool property_parse(Settings *settings, const Property *property, const char *text, Status *status);

/* Writes the text form; what property_parse reads gives the same value again (reals: to 9 digits). */
void property_format(const Settings *settings, const Property *property, char text[SETTING_TEXT_MAX]);

/* Whether a setting has the same text form in both. */
bool property_same(const Settings *a, const Settings *b, const Property *property);

/* REAL, INTEGER, SEED, SWITCH and CHOICE as a number. property_set refuses what is out of range or not finite. */
double property_get(const Settings *settings, const Property *property);
bool property_set(Settings *settings, const Property *property, double value, Status *status);

/* Settings that make no sense together ("log needs a threshold below 1"). The message names the options. */
bool settings_check(const Settings *settings, Status *status);

/* The standard deviation in force: settings->noise, or the data set's own if that is NaN (post, blobs: 1;
 * moons, circles, xor, spirals: 0). */
double settings_noise(const Settings *settings);

/* Number of classes that the data set of these settings has (post, blobs: one a centroid; others: 2). */
int settings_classes(const Settings *settings);

#endif
