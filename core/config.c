#include "core/config_private.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* clang-format off */

/* The words and labels of each choice; those of the data sets stand in config.h. */
#define ACTIVATIONS(X) \
    X(ACTIVATION_TANH, "tanh", N_("tanh")) \
    X(ACTIVATION_RELU, "relu", N_("ReLU"))
#define OPTIMIZERS(X) \
    X(OPTIMIZER_ADAM, "adam", N_("Adam")) \
    X(OPTIMIZER_SGD, "sgd", N_("SGD"))
#define ORDERS(X) \
    X(ORDER_EASY, "easy", N_("Easy first")) \
    X(ORDER_HARD, "hard", N_("Hard first")) \
    X(ORDER_ALL, "all", N_("All at once"))
#define REGULARIZERS(X) \
    X(REGULARIZER_HARD, "hard", N_("All or nothing: v = 1 or 0")) \
    X(REGULARIZER_LINEAR, "linear", N_("Linear: v falls evenly to 0")) \
    X(REGULARIZER_LOG, "log", N_("Log: v falls fast, then slowly")) \
    X(REGULARIZER_MIXTURE, "mixture", N_("Mixture: v = 1, then falls to 0")) \
    X(REGULARIZER_POLYNOMIAL, "polynomial", N_("Polynomial: v falls in a curve")) \
    X(REGULARIZER_LOGISTIC, "logistic", N_("Logistic: v falls in an S")) \
    X(REGULARIZER_EXPONENTIAL, "exponential", N_("Exponential: v is never 0")) \
    X(REGULARIZER_SUPERLOSS, "superloss", N_("SuperLoss: v up to e, 1 at λ"))
#define PACES(X) \
    X(PACE_MULTIPLICATIVE, "multiplicative", N_("By a factor")) \
    X(PACE_ADDITIVE, "additive", N_("By a step")) \
    X(PACE_SHARE, "share", N_("To a share of the points")) \
    X(PACE_CLASS_SHARE, "class-share", N_("To a share of each class")) \
    X(PACE_META, "meta", N_("Learned on the clean points")) \
    X(PACE_REWEIGHT, "reweight", N_("Weights by the clean points")) \
    X(PACE_CLEAN_ALONE, "clean-alone", N_("The clean points alone"))
#define SHARE_CURVES(X) \
    X(SHARE_LINEAR, "linear", N_("Linear")) \
    X(SHARE_GEOMETRIC, "geometric", N_("Geometric")) \
    X(SHARE_ROOT, "root", N_("Root"))
#define GROUPS(X) \
    X(GROUPS_CLASSES, "classes", N_("Classes")) \
    X(GROUPS_GRID, "grid", N_("Grid cells"))

#define WORD(value, word, label) [value] = word,
#define LABEL(value, word, label) [value] = label,
#define DATASET_WORD(value, word, label, noise, classes, draw) [value] = word,
#define DATASET_LABEL(value, word, label, noise, classes, draw) [value] = label,
#define WORDS(name, LIST) \
    static const char *const name##_words[] = {LIST(WORD) NULL}; \
    static const char *const name##_labels[] = {LIST(LABEL) NULL}
WORDS(activation, ACTIVATIONS);
WORDS(optimizer, OPTIMIZERS);
WORDS(order, ORDERS);
WORDS(regularizer, REGULARIZERS);
WORDS(pace, PACES);
WORDS(share_curve, SHARE_CURVES);
WORDS(groups, GROUPS);
static const char *const dataset_words[] = {DATASETS(DATASET_WORD) NULL};
static const char *const dataset_labels[] = {DATASETS(DATASET_LABEL) NULL};

/* ---- when a setting has an effect, and is shown ---- */

static bool is_post(const Settings *s)       { return s->dataset == DATASET_POST; }
static bool is_deep(const Settings *s)       { return s->hidden_count > 0; }
static bool has_order(const Settings *s)     { return s->order != ORDER_ALL; } /* else every v is 1, whatever λ is */
static bool by_threshold(const Settings *s, int regularizer)
{
    return settings_use_threshold(s) && s->regularizer == regularizer;
}
static bool is_polynomial(const Settings *s) { return by_threshold(s, REGULARIZER_POLYNOMIAL); }
static bool is_superloss(const Settings *s)  { return by_threshold(s, REGULARIZER_SUPERLOSS); }
static bool by_meta(const Settings *s)       { return has_order(s) && s->pace == PACE_META; }
static bool by_factor(const Settings *s)     { return has_order(s) && s->pace == PACE_MULTIPLICATIVE; }
static bool by_step(const Settings *s)       { return has_order(s) && s->pace == PACE_ADDITIVE; }
static bool by_share(const Settings *s)      { return has_order(s) && pace_by_share(s); }
static bool goes_with_diversity(const Settings *s)
{
    return s->order == ORDER_EASY && s->regularizer == REGULARIZER_HARD; /* as config_check.c has it */
}
static bool may_be_diverse(const Settings *s) { return s->diversity > 0.0 || goes_with_diversity(s); }
static bool is_diverse(const Settings *s)    { return s->diversity > 0.0; }

/* ---- the table ---- */

const char *const PROPERTY_GROUP_NAMES[GROUP_COUNT] = {N_("data"), N_("model"), N_("training"),
                                                               N_("curriculum"), N_("run")};

#define ROW(ID, GROUP, name_, label_) .id = PROPERTY_##ID, .group = GROUP_##GROUP, .name = name_, .label = label_
#define FIELD(KIND, field, low, high) \
    .kind = KIND_##KIND, .offset = offsetof(Settings, field), .minimum = (low), .maximum = (high)
#define REAL(field, low, high, value)    FIELD(REAL, field, low, high), .initial = (value)
#define INTEGER(field, low, high, value) FIELD(INTEGER, field, low, high), .initial = (value)
#define SEED(field, low, high, value)    FIELD(SEED, field, low, high), .initial = (value)
#define UNITS(field, low, high)          FIELD(UNITS, field, low, high)
#define POINTS(field, low, high)         FIELD(POINTS, field, low, high)
#define SWITCH(field, value)             FIELD(SWITCH, field, 0, 1), .initial = (value), TYPED(0, 1, "")
#define LAST(words)                      ((int)(sizeof (words) / sizeof *(words)) - 2)
#define CHOICE(field, value) \
    FIELD(CHOICE, field, 0, LAST(field##_words)), .initial = (value), TYPED(0, LAST(field##_words), ""), \
    .choices = field##_words, .choice_labels = field##_labels
#define TYPED(low, high, unit_)  .slider_minimum = (low), .slider_maximum = (high), .unit = unit_
#define SLIDER(low, high, unit_) TYPED(low, high, unit_), .dragged = true
#define LIVE     .effect = EFFECT_LIVE
#define REBUILDS .effect = EFFECT_REBUILD

const Property PROPERTIES[PROPERTY_COUNT] = {
    [PROPERTY_DATASET] = {ROW(DATASET, DATA, "dataset", N_("Data set")), CHOICE(dataset, DATASET_POST),
        REBUILDS, .makes_points = true, .argument = "NAME",
        .help = N_("The points to learn from.")},
    [PROPERTY_SAMPLES] = {ROW(SAMPLES, DATA, "samples", N_("Points")),
        INTEGER(samples, 2, MAX_SAMPLES, 10000), TYPED(100, 100000, ""), .logarithmic = true,
        REBUILDS, .makes_points = true, .argument = "N",
        .help = N_("How many points to make.")},
    [PROPERTY_NOISE] = {ROW(NOISE, DATA, "noise", N_("Noise")), REAL(noise, 0, 1e6, NAN), SLIDER(0, 2, ""),
        REBUILDS, .makes_points = true, .argument = "S",
        .help = N_("Standard deviation of the blobs, or of the noise that is added; auto: 1 for post and blobs, else 0.")},
    [PROPERTY_CENTROIDS] = {ROW(CENTROIDS, DATA, "centroids", N_("Centroids")),
        POINTS(centroids, -1e6, 1e6), TYPED(-10, 10, ""),
        REBUILDS, .makes_points = true, .shown = settings_have_centroids, .argument = "x,y,x,y,...",
        .help = N_("The centre of each class's blob, for post and blobs; 2 to 32 of them.")},
    [PROPERTY_ANOMALY] = {ROW(ANOMALY, DATA, "anomaly", N_("One wrong label")), SWITCH(anomaly, 1),
        REBUILDS, .makes_points = true, .shown = is_post, .argument = "on|off",
        .help = N_("For post: give the point farthest from the second centroid a wrong label.")},
    [PROPERTY_FLIP] = {ROW(FLIP, DATA, "flip", N_("Flipped labels")), REAL(flip, 0, 1, 0), SLIDER(0, 0.5, ""),
        REBUILDS, .argument = "P",
        .help = N_("Share of the points whose label is moved to the next class.")},
    [PROPERTY_SEED] = {ROW(SEED, DATA, "seed", N_("Seed")), SEED(seed, 0, UINT32_MAX, 1445), TYPED(0, 9999, ""),
        REBUILDS, .argument = "N",
        .help = N_("Where all random numbers start: the same seed gives the same run.")},
    [PROPERTY_OUTLIERS] = {ROW(OUTLIERS, DATA, "outliers", N_("Outliers")),
        REAL(outliers, 0, 1, 0), SLIDER(0, 0.5, ""), REBUILDS, .argument = "P",
        .help = N_("Share of the points moved far away, to (9, 9), and labelled 0.")},
    [PROPERTY_TEST] = {ROW(TEST, DATA, "test", N_("Test points")), REAL(test, 0, 0.9, 0), SLIDER(0, 0.5, ""),
        REBUILDS, .argument = "P",
        .help = N_("Share of the points kept apart for checking: never learned from.")},
    [PROPERTY_STANDARDIZE] = {ROW(STANDARDIZE, DATA, "standardize", N_("Standardize")), SWITCH(standardize, 0),
        REBUILDS, .argument = "on|off",
        .help = N_("Show the model x and y with mean 0 and standard deviation 1; plot and files keep their units.")},
    [PROPERTY_CLEAN] = {ROW(CLEAN, DATA, "clean", N_("Clean points")),
        INTEGER(clean, 0, MAX_SAMPLES, 0), TYPED(0, 100, ""), REBUILDS, .argument = "N",
        .help = N_("How many points whose label is right are drawn, evenly over the classes, and kept apart for the paces "
                "that learn from clean points. A column clean in POINTS.csv (0 or 1) goes before this.")},
    [PROPERTY_HIDDEN] = {ROW(HIDDEN, MODEL, "hidden", N_("Hidden layers")),
        UNITS(hidden, 1, MAX_UNITS), TYPED(1, MAX_UNITS, ""), REBUILDS, .argument = "N,N,...",
        .help = N_("Units of each hidden layer, up to 6 layers; empty: a linear model.")},
    [PROPERTY_ACTIVATION] = {ROW(ACTIVATION, MODEL, "activation", N_("Activation")),
        CHOICE(activation, ACTIVATION_TANH), REBUILDS, .shown = is_deep, .argument = "tanh|relu",
        .help = N_("What the hidden units make of their sums.")},
    [PROPERTY_OPTIMIZER] = {ROW(OPTIMIZER, TRAINING, "optimizer", N_("Optimizer")),
        CHOICE(optimizer, OPTIMIZER_ADAM), REBUILDS, .argument = "adam|sgd",
        .help = N_("How a batch's gradient changes the model.")},
    [PROPERTY_LEARNING_RATE] = {ROW(LEARNING_RATE, TRAINING, "learning-rate", N_("Learning rate")),
        REAL(learning_rate, 1e-12, 1000, 0.001), SLIDER(1e-5, 1, ""), .logarithmic = true,
        LIVE, .argument = "L",
        .help = N_("How far the model moves after each batch.")},
    [PROPERTY_BATCH] = {ROW(BATCH, TRAINING, "batch", N_("Batch size")),
        INTEGER(batch, 1, MAX_SAMPLES, 32), TYPED(1, 1024, ""), .logarithmic = true, REBUILDS, .argument = "B",
        .help = N_("How many points the model looks at before it moves.")},
    [PROPERTY_WEIGHT_DECAY] = {ROW(WEIGHT_DECAY, TRAINING, "weight-decay", N_("Weight decay")),
        REAL(weight_decay, 0, 1000, 0), SLIDER(0, 0.1, ""), LIVE, .argument = "D",
        .help = N_("How strongly the model's parameters are pulled towards 0.")},
    [PROPERTY_ORDER] = {ROW(ORDER, CURRICULUM, "order", N_("Order")), CHOICE(order, ORDER_EASY),
        LIVE, .decides = true, .argument = "easy|hard|all",
        .help = N_("Which points to learn from: those below the threshold, those above it, or all.")},
    [PROPERTY_REGULARIZER] = {ROW(REGULARIZER, CURRICULUM, "regularizer", N_("Regularizer")),
        CHOICE(regularizer, REGULARIZER_HARD), LIVE, .decides = true, .shown = settings_use_threshold, .argument = "NAME",
        .help = N_("How a point's weight v follows from its loss: all or nothing, or softly.")},
    [PROPERTY_POWER] = {ROW(POWER, CURRICULUM, "power", N_("Power p")),
        REAL(power, 1.01, 100, 3), SLIDER(1.1, 10, ""), .logarithmic = true,
        LIVE, .decides = true, .shown = is_polynomial, .pace_place = 8, .argument = "P",
        .help = N_("Of the polynomial regularizer: 2 is linear; the larger, the nearer to hard.")},
    [PROPERTY_SUPERLOSS_LAMBDA] = {ROW(SUPERLOSS_LAMBDA, CURRICULUM, "superloss-lambda", N_("SuperLoss’s λ")),
        REAL(superloss_lambda, 1e-6, 1e6, 1), SLIDER(0.01, 100, ""), .logarithmic = true,
        LIVE, .decides = true, .shown = is_superloss, .pace_place = 14, .argument = "L",
        .help = N_("Of SuperLoss, whose τ is the threshold: the larger, the nearer to 1 all weights stay.")},
    [PROPERTY_THRESHOLD] = {ROW(THRESHOLD, CURRICULUM, "threshold", N_("Threshold λ")),
        REAL(threshold, 0, CAP_NONE, 0.1), SLIDER(1e-6, 100, ""), .logarithmic = true,
        LIVE, .shown = settings_use_threshold, .argument = "L",
        .help = N_("Points whose loss is below this are easy, the others are hard.")},
    [PROPERTY_GROWING_FACTOR] = {ROW(GROWING_FACTOR, CURRICULUM, "growing-factor", N_("Growing factor")),
        REAL(growing_factor, 0.01, 1000, 1.35), SLIDER(1, 3, N_("per epoch")),
        LIVE, .shown = by_factor, .argument = "G",
        .help = N_("The threshold is multiplied by this after each epoch.")},
    [PROPERTY_WARMUP] = {ROW(WARMUP, CURRICULUM, "warmup", N_("Warm-up")),
        INTEGER(warmup, 0, 1000000, 0), SLIDER(0, 50, N_("epochs")),
        LIVE, .shown = has_order, .pace_place = 7, .argument = "W",
        .help = N_("First epochs in which all points are learned and the threshold does not grow.")},
    [PROPERTY_PACE] = {ROW(PACE, CURRICULUM, "pace", N_("Pace")), CHOICE(pace, PACE_MULTIPLICATIVE),
        LIVE, .begins = true, .shown = has_order, .pace_place = 1, .argument = "NAME",
        .help = N_("How the threshold moves after each epoch: by a factor, a step, or to a share of the points. meta learns "
                "it on clean points, batch by batch; reweight makes the weights by them; clean-alone learns from "
                "nothing else.")},
    [PROPERTY_GROWING_STEP] = {ROW(GROWING_STEP, CURRICULUM, "growing-step", N_("Growing step")),
        REAL(growing_step, -1e9, 1e9, 0.1), SLIDER(0, 1, N_("per epoch")),
        LIVE, .shown = by_step, .argument = "A",
        .help = N_("For pace additive: what is added to the threshold after each epoch.")},
    [PROPERTY_SHARE_START] = {ROW(SHARE_START, CURRICULUM, "share-start", N_("Share at first")),
        REAL(share_start, 0, 1, 0.3), SLIDER(0, 1, ""),
        LIVE, .begins = true, .shown = by_share, .pace_place = 2, .argument = "Q",
        .help = N_("For the share paces: the share of the points that is easy in the first epoch.")},
    [PROPERTY_SHARE_END] = {ROW(SHARE_END, CURRICULUM, "share-end", N_("Share at last")),
        REAL(share_end, 0, 1, 1), SLIDER(0, 1, ""),
        LIVE, .begins = true, .shown = by_share, .pace_place = 3, .argument = "Q",
        .help = N_("For the share paces: the share of the points that is easy in the end.")},
    [PROPERTY_SHARE_EPOCHS] = {ROW(SHARE_EPOCHS, CURRICULUM, "share-epochs", N_("Share epochs")),
        INTEGER(share_epochs, 1, 1000000, 10), SLIDER(1, 100, N_("epochs")),
        LIVE, .begins = true, .shown = by_share, .pace_place = 4, .argument = "E",
        .help = N_("For the share paces: epochs until the last share is reached.")},
    [PROPERTY_SHARE_CURVE] = {ROW(SHARE_CURVE, CURRICULUM, "share-curve", N_("Share curve")),
        CHOICE(share_curve, SHARE_LINEAR),
        LIVE, .shown = by_share, .pace_place = 5, .argument = "linear|geometric|root",
        .help = N_("For the share paces: growth by even steps, by even factors, or fast at first.")},
    [PROPERTY_CAP] = {ROW(CAP, CURRICULUM, "cap", N_("Cap")),
        REAL(cap, 0, CAP_NONE, CAP_NONE), SLIDER(0.001, 100, ""), .logarithmic = true,
        LIVE, .begins = true, .shown = settings_use_threshold, .pace_place = 6, .argument = "L",
        .help = N_("The threshold never rises above this, so that what is still hard then stays hard; 1e9: no cap.")},
    [PROPERTY_DIVERSITY] = {ROW(DIVERSITY, CURRICULUM, "diversity", N_("Diversity")),
        REAL(diversity, 0, 1e6, 0), SLIDER(0, 2, ""),
        LIVE, .decides = true, .shown = may_be_diverse, .pace_place = 9, .argument = "G",
        .help = N_("How strongly easy points of many groups are preferred to many of one group (SPLD); 0: off.")},
    [PROPERTY_GROUPS] = {ROW(GROUPS, CURRICULUM, "groups", N_("Groups")), CHOICE(groups, GROUPS_CLASSES),
        LIVE, .decides = true, .shown = is_diverse, .pace_place = 10, .argument = "classes|grid",
        .help = N_("The groups of diversity: the classes, or the cells of a 4 x 4 grid over the points.")},
    [PROPERTY_META_RATE] = {ROW(META_RATE, CURRICULUM, "meta-rate", N_("Meta rate")),
        REAL(meta_rate, 0, 100, 0.02), SLIDER(0.001, 1, ""), .logarithmic = true,
        LIVE, .shown = by_meta, .pace_place = 12, .argument = "R",
        .help = N_("For pace meta: the learning rate of the threshold (Adam's).")},
    [PROPERTY_LOOKAHEAD_RATE] = {ROW(LOOKAHEAD_RATE, CURRICULUM, "lookahead-rate", N_("Look-ahead rate")),
        REAL(lookahead_rate, 0, 1000, 0.1), SLIDER(0.001, 1, ""), .logarithmic = true,
        LIVE, .shown = by_meta, .pace_place = 13, .argument = "A",
        .help = N_("For pace meta: the rate of the step that is tried on the clean points.")},
    [PROPERTY_META_CLASSES] = {ROW(META_CLASSES, CURRICULUM, "meta-classes", N_("A threshold a class")),
        SWITCH(meta_classes, 1), LIVE, .decides = true, .shown = by_meta, .pace_place = 11, .argument = "on|off",
        .help = N_("For pace meta: each class learns a threshold of its own, not one for all.")},
    [PROPERTY_EPOCHS] = {ROW(EPOCHS, RUN, "epochs", N_("Epochs")),
        INTEGER(epochs, 1, 1000000000, 10), TYPED(1, 1000, ""), .logarithmic = true, LIVE, .argument = "N",
        .help = N_("The run ends after this many passes over the points.")},
    [PROPERTY_UNTIL_HARD] = {ROW(UNTIL_HARD, RUN, "until-hard", N_("Until hard")),
        INTEGER(until_hard, -1, MAX_SAMPLES, -1), TYPED(-1, 100, ""), LIVE, .argument = "K",
        .help = N_("Or after the first epoch that leaves at most this many points hard; -1: never.")},
};

/* clang-format on */

void settings_default(Settings *settings) {
    memset(settings, 0, sizeof *settings);
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (!property_is_list(&PROPERTIES[i]))
            property_store(settings, &PROPERTIES[i], PROPERTIES[i].initial);
    settings->centroids[2] = settings->centroids[3] = 3;
    settings->centroid_count = 2;
}

const Property *property_find(const char *name) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (strcmp(PROPERTIES[i].name, name) == 0)
            return &PROPERTIES[i];
    return NULL;
}

bool property_shown(const Settings *settings, const Property *property) {
    return !property->shown || property->shown(settings);
}

bool property_makes_points(PropertyId id) {
    return PROPERTIES[id].makes_points;
}

double property_get(const Settings *settings, const Property *property) {
    const void *field = (const char *)settings + property->offset;
    switch (property->kind) {
    case KIND_REAL:
        return *(const double *)field;
    case KIND_INTEGER:
    case KIND_CHOICE:
        return *(const int *)field;
    case KIND_SEED:
        return *(const uint32_t *)field;
    case KIND_SWITCH:
        return *(const bool *)field;
    case KIND_UNITS:
    case KIND_POINTS:
        break;
    }
    assert(false && "a list is not a number");
    return NAN;
}

void property_store(Settings *settings, const Property *property, double value) {
    void *field = (char *)settings + property->offset;
    switch (property->kind) {
    case KIND_REAL:
        *(double *)field = value + 0.0; /* -0 becomes 0 */
        break;
    case KIND_INTEGER:
    case KIND_CHOICE:
        *(int *)field = (int)value;
        break;
    case KIND_SEED:
        *(uint32_t *)field = (uint32_t)value;
        break;
    case KIND_SWITCH:
        *(bool *)field = value != 0;
        break;
    case KIND_UNITS:
    case KIND_POINTS:
        assert(false && "a list is not a number");
    }
}

void property_copy(Settings *to, const Settings *from, const Property *property) {
    switch (property->kind) {
    case KIND_UNITS:
        memcpy(to->hidden, from->hidden, sizeof to->hidden);
        to->hidden_count = from->hidden_count;
        break;
    case KIND_POINTS:
        memcpy(to->centroids, from->centroids, sizeof to->centroids);
        to->centroid_count = from->centroid_count;
        break;
    default:
        property_store(to, property, property_get(from, property));
        break;
    }
}

/* ---- what follows from the settings ---- */

#define DATASET_NOISE(value, word, label, noise, classes, draw) [value] = noise,
#define DATASET_CLASSES(value, word, label, noise, classes, draw) [value] = classes,
static const double dataset_noise[] = {DATASETS(DATASET_NOISE)};
static const int dataset_classes[] = {DATASETS(DATASET_CLASSES)};

double settings_noise(const Settings *settings) {
    return isnan(settings->noise) ? dataset_noise[settings->dataset] : settings->noise;
}

bool settings_have_centroids(const Settings *settings) {
    return dataset_classes[settings->dataset] == 0;
}

int settings_classes(const Settings *settings) {
    return settings_have_centroids(settings) ? settings->centroid_count : dataset_classes[settings->dataset];
}

bool settings_use_threshold(const Settings *settings) {
    return settings->order != ORDER_ALL && settings->pace != PACE_REWEIGHT && settings->pace != PACE_CLEAN_ALONE;
}

bool settings_need_clean(const Settings *settings) {
    return settings->order != ORDER_ALL && settings->pace >= PACE_META;
}

bool pace_by_share(const Settings *settings) {
    return settings->pace == PACE_SHARE || settings->pace == PACE_CLASS_SHARE;
}
