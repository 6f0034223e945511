#include "core/config.h"

#include "core/pace.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const dataset_words[] = {"post", "blobs", "moons", "circles", "xor", "spirals", NULL};
static const char *const dataset_labels[] = {
    "The post's two blobs", "Blobs", "Moons", "Circles", "XOR", "Spirals", NULL};
static const char *const activation_words[] = {"tanh", "relu", NULL};
static const char *const activation_labels[] = {"tanh", "ReLU", NULL};
static const char *const optimizer_words[] = {"adam", "sgd", NULL};
static const char *const optimizer_labels[] = {"Adam", "SGD", NULL};
static const char *const order_words[] = {"easy", "hard", "all", NULL};
static const char *const order_labels[] = {"Easy first", "Hard first", "All at once", NULL};
static const char *const regularizer_words[] = {"hard",       "linear",   "log",         "mixture",
                                                "polynomial", "logistic", "exponential", NULL};
static const char *const regularizer_labels[] = {
    "Hard weights: v = 1 where loss < λ",
    "Linear: v falls evenly to 0 at λ",
    "Log: v falls fast, then slowly, to 0 at λ",
    "Mixture: v = 1 up to λ/2, then falls to 0 at λ",
    "Polynomial: v falls in a curve to 0 at λ",
    "Logistic: v falls in an S about λ, never to 0",
    "Exponential: v falls fast, then slowly, never to 0",
    NULL,
};
static const char *const pace_words[] = {"multiplicative", "additive", "share", "class-share", NULL};
static const char *const pace_labels[] = {"By a factor", "By a step", "To a share of the points",
                                          "To a share of each class", NULL};
static const char *const share_curve_words[] = {"linear", "geometric", "root", NULL};
static const char *const share_curve_labels[] = {"Linear", "Geometric", "Root", NULL};
static const char *const groups_words[] = {"classes", "grid", NULL};
static const char *const groups_labels[] = {"Classes", "Grid cells", NULL};

const char *const PROPERTY_GROUP_NAMES[GROUP_COUNT] = {"data", "model", "training", "curriculum", "run"};

#define FIELD(name) .offset = offsetof(Settings, name)
#define RANGE(low, high) .minimum = (low), .maximum = (high)
#define SLIDER(low, high) .slider_minimum = (low), .slider_maximum = (high)
#define CHOICES(list)                                                                                                  \
    .kind = KIND_CHOICE, RANGE(0, (int)(sizeof list##_words / sizeof *list##_words) - 2),                              \
    SLIDER(0, (int)(sizeof list##_words / sizeof *list##_words) - 2), .choices = list##_words,                         \
    .choice_labels = list##_labels

const Property PROPERTIES[PROPERTY_COUNT] = {
    [PROPERTY_DATASET] = {.id = PROPERTY_DATASET,
                          .name = "dataset",
                          .label = "Data set",
                          .group = GROUP_DATA,
                          .effect = EFFECT_REBUILD,
                          FIELD(dataset),
                          CHOICES(dataset),
                          .initial = DATASET_POST,
                          .unit = "",
                          .argument = "NAME",
                          .help = "The points to learn from."},
    [PROPERTY_SAMPLES] = {.id = PROPERTY_SAMPLES,
                          .name = "samples",
                          .label = "Samples",
                          .group = GROUP_DATA,
                          .kind = KIND_INTEGER,
                          .effect = EFFECT_REBUILD,
                          FIELD(samples),
                          RANGE(2, MAX_SAMPLES),
                          .initial = 10000,
                          SLIDER(100, 100000),
                          .logarithmic = true,
                          .unit = "",
                          .argument = "N",
                          .help = "How many points to make."},
    [PROPERTY_NOISE] = {.id = PROPERTY_NOISE,
                        .name = "noise",
                        .label = "Noise",
                        .group = GROUP_DATA,
                        .kind = KIND_REAL,
                        .effect = EFFECT_REBUILD,
                        FIELD(noise),
                        RANGE(0, 1e6),
                        .initial = NAN,
                        SLIDER(0, 2),
                        .unit = "",
                        .argument = "S",
                        .help = "Standard deviation of the blobs or of what is added; auto: 1 for blobs, else 0."},
    [PROPERTY_CENTROIDS] = {.id = PROPERTY_CENTROIDS,
                            .name = "centroids",
                            .label = "Centroids",
                            .group = GROUP_DATA,
                            .kind = KIND_POINTS,
                            .effect = EFFECT_REBUILD,
                            FIELD(centroids),
                            RANGE(-1e6, 1e6),
                            SLIDER(-10, 10),
                            .unit = "",
                            .argument = "x,y,x,y,...",
                            .help = "The middle of each class's blob, for post and blobs, 2 to 8 of them."},
    [PROPERTY_ANOMALY] = {.id = PROPERTY_ANOMALY,
                          .name = "anomaly",
                          .label = "One wrong label",
                          .group = GROUP_DATA,
                          .kind = KIND_SWITCH,
                          .effect = EFFECT_REBUILD,
                          FIELD(anomaly),
                          RANGE(0, 1),
                          .initial = 1,
                          SLIDER(0, 1),
                          .unit = "",
                          .argument = "on|off",
                          .help = "For post: give the point farthest from the second centroid a wrong label."},
    [PROPERTY_FLIP] = {.id = PROPERTY_FLIP,
                       .name = "flip",
                       .label = "Flipped labels",
                       .group = GROUP_DATA,
                       .kind = KIND_REAL,
                       .effect = EFFECT_REBUILD,
                       FIELD(flip),
                       RANGE(0, 1),
                       .initial = 0,
                       SLIDER(0, 0.5),
                       .unit = "",
                       .argument = "P",
                       .help = "Share of the points whose label is moved to the next class."},
    [PROPERTY_SEED] = {.id = PROPERTY_SEED,
                       .name = "seed",
                       .label = "Seed",
                       .group = GROUP_DATA,
                       .kind = KIND_SEED,
                       .effect = EFFECT_REBUILD,
                       FIELD(seed),
                       RANGE(0, UINT32_MAX),
                       .initial = 1445,
                       SLIDER(0, 9999),
                       .unit = "",
                       .argument = "N",
                       .help = "Where all random numbers start: the same seed gives the same run."},
    [PROPERTY_OUTLIERS] = {.id = PROPERTY_OUTLIERS,
                           .name = "outliers",
                           .label = "Outliers",
                           .group = GROUP_DATA,
                           .kind = KIND_REAL,
                           .effect = EFFECT_REBUILD,
                           FIELD(outliers),
                           RANGE(0, 1),
                           .initial = 0,
                           SLIDER(0, 0.5),
                           .unit = "",
                           .argument = "P",
                           .help = "Share of the points moved far away, to (9, 9), and labelled 0."},
    [PROPERTY_TEST] = {.id = PROPERTY_TEST,
                       .name = "test",
                       .label = "Test points",
                       .group = GROUP_DATA,
                       .kind = KIND_REAL,
                       .effect = EFFECT_REBUILD,
                       FIELD(test),
                       RANGE(0, 0.9),
                       .initial = 0,
                       SLIDER(0, 0.5),
                       .unit = "",
                       .argument = "P",
                       .help = "Share of the points kept apart for checking: never learned from."},
    [PROPERTY_STANDARDIZE] =
        {.id = PROPERTY_STANDARDIZE,
         .name = "standardize",
         .label = "Standardize",
         .group = GROUP_DATA,
         .kind = KIND_SWITCH,
         .effect = EFFECT_REBUILD,
         FIELD(standardize),
         RANGE(0, 1),
         .initial = 0,
         SLIDER(0, 1),
         .unit = "",
         .argument = "on|off",
         .help = "Show the model x and y with mean 0 and standard deviation 1; plot and files keep their units."},
    [PROPERTY_HIDDEN] = {.id = PROPERTY_HIDDEN,
                         .name = "hidden",
                         .label = "Hidden layers",
                         .group = GROUP_MODEL,
                         .kind = KIND_UNITS,
                         .effect = EFFECT_REBUILD,
                         FIELD(hidden),
                         RANGE(1, MAX_UNITS),
                         SLIDER(1, MAX_UNITS),
                         .unit = "",
                         .argument = "N,N,...",
                         .help = "Units of each hidden layer, up to 6 layers; empty: a linear model."},
    [PROPERTY_ACTIVATION] = {.id = PROPERTY_ACTIVATION,
                             .name = "activation",
                             .label = "Activation",
                             .group = GROUP_MODEL,
                             .effect = EFFECT_REBUILD,
                             FIELD(activation),
                             CHOICES(activation),
                             .initial = ACTIVATION_TANH,
                             .unit = "",
                             .argument = "tanh|relu",
                             .help = "What the hidden units do with their sums."},
    [PROPERTY_OPTIMIZER] = {.id = PROPERTY_OPTIMIZER,
                            .name = "optimizer",
                            .label = "Optimizer",
                            .group = GROUP_TRAINING,
                            .effect = EFFECT_REBUILD,
                            FIELD(optimizer),
                            CHOICES(optimizer),
                            .initial = OPTIMIZER_ADAM,
                            .unit = "",
                            .argument = "adam|sgd",
                            .help = "How a batch's gradient changes the model."},
    [PROPERTY_LEARNING_RATE] = {.id = PROPERTY_LEARNING_RATE,
                                .name = "learning-rate",
                                .label = "Learning rate",
                                .group = GROUP_TRAINING,
                                .kind = KIND_REAL,
                                .effect = EFFECT_LIVE,
                                FIELD(learning_rate),
                                RANGE(1e-12, 1000),
                                .initial = 0.001,
                                SLIDER(1e-5, 1),
                                .logarithmic = true,
                                .unit = "",
                                .argument = "L",
                                .help = "How far the model moves after each batch."},
    [PROPERTY_BATCH] = {.id = PROPERTY_BATCH,
                        .name = "batch",
                        .label = "Batch size",
                        .group = GROUP_TRAINING,
                        .kind = KIND_INTEGER,
                        .effect = EFFECT_REBUILD,
                        FIELD(batch),
                        RANGE(1, MAX_SAMPLES),
                        .initial = 32,
                        SLIDER(1, 1024),
                        .logarithmic = true,
                        .unit = "",
                        .argument = "B",
                        .help = "How many points the model looks at before it moves."},
    [PROPERTY_WEIGHT_DECAY] = {.id = PROPERTY_WEIGHT_DECAY,
                               .name = "weight-decay",
                               .label = "Weight decay",
                               .group = GROUP_TRAINING,
                               .kind = KIND_REAL,
                               .effect = EFFECT_LIVE,
                               FIELD(weight_decay),
                               RANGE(0, 1000),
                               .initial = 0,
                               SLIDER(0, 0.1),
                               .unit = "",
                               .argument = "D",
                               .help = "How strongly the model's parameters are pulled towards 0."},
    [PROPERTY_ORDER] = {.id = PROPERTY_ORDER,
                        .name = "order",
                        .label = "Order",
                        .group = GROUP_CURRICULUM,
                        .effect = EFFECT_LIVE,
                        FIELD(order),
                        CHOICES(order),
                        .initial = ORDER_EASY,
                        .unit = "",
                        .argument = "easy|hard|all",
                        .help = "Which points to learn from: those below the threshold, those above it, or all."},
    [PROPERTY_REGULARIZER] = {.id = PROPERTY_REGULARIZER,
                              .name = "regularizer",
                              .label = "Regularizer",
                              .group = GROUP_CURRICULUM,
                              .effect = EFFECT_LIVE,
                              FIELD(regularizer),
                              CHOICES(regularizer),
                              .initial = REGULARIZER_HARD,
                              .unit = "",
                              .argument = "NAME",
                              .help = "How a point's weight v follows from its loss: all or nothing, or softly."},
    [PROPERTY_POWER] = {.id = PROPERTY_POWER,
                        .name = "power",
                        .label = "Power p",
                        .group = GROUP_CURRICULUM,
                        .kind = KIND_REAL,
                        .effect = EFFECT_LIVE,
                        FIELD(power),
                        RANGE(1.01, 100),
                        .initial = 3,
                        SLIDER(1.1, 10),
                        .logarithmic = true,
                        .unit = "",
                        .argument = "P",
                        .help = "Of the polynomial regularizer: 2 is linear; the larger, the nearer to hard."},
    [PROPERTY_THRESHOLD] = {.id = PROPERTY_THRESHOLD,
                            .name = "threshold",
                            .label = "Threshold λ",
                            .group = GROUP_CURRICULUM,
                            .kind = KIND_REAL,
                            .effect = EFFECT_LIVE,
                            FIELD(threshold),
                            RANGE(0, 1e9),
                            .initial = 0.1,
                            SLIDER(0.001, 100),
                            .logarithmic = true,
                            .unit = "",
                            .argument = "L",
                            .help = "Points whose loss is below this are easy, the others are hard."},
    [PROPERTY_GROWING_FACTOR] = {.id = PROPERTY_GROWING_FACTOR,
                                 .name = "growing-factor",
                                 .label = "Growing factor",
                                 .group = GROUP_CURRICULUM,
                                 .kind = KIND_REAL,
                                 .effect = EFFECT_LIVE,
                                 FIELD(growing_factor),
                                 RANGE(0.01, 1000),
                                 .initial = 1.35,
                                 SLIDER(1, 3),
                                 .unit = "per epoch",
                                 .argument = "G",
                                 .help = "The threshold is multiplied by this after each epoch."},
    [PROPERTY_WARMUP] = {.id = PROPERTY_WARMUP,
                         .name = "warmup",
                         .label = "Warm-up",
                         .group = GROUP_CURRICULUM,
                         .kind = KIND_INTEGER,
                         .effect = EFFECT_LIVE,
                         FIELD(warmup),
                         RANGE(0, 1000000),
                         .initial = 0,
                         SLIDER(0, 50),
                         .unit = "epochs",
                         .argument = "W",
                         .help = "First epochs in which all points are learned and the threshold does not grow."},
    [PROPERTY_PACE] =
        {.id = PROPERTY_PACE,
         .name = "pace",
         .label = "Pace",
         .group = GROUP_CURRICULUM,
         .effect = EFFECT_LIVE,
         FIELD(pace),
         CHOICES(pace),
         .initial = PACE_MULTIPLICATIVE,
         .unit = "",
         .argument = "NAME",
         .help = "How the threshold moves after each epoch: by a factor, a step, or to a share of the points."},
    [PROPERTY_GROWING_STEP] = {.id = PROPERTY_GROWING_STEP,
                               .name = "growing-step",
                               .label = "Growing step",
                               .group = GROUP_CURRICULUM,
                               .kind = KIND_REAL,
                               .effect = EFFECT_LIVE,
                               FIELD(growing_step),
                               RANGE(-1e9, 1e9),
                               .initial = 0.1,
                               SLIDER(0, 1),
                               .unit = "per epoch",
                               .argument = "A",
                               .help = "For pace additive: what is added to the threshold after each epoch."},
    [PROPERTY_SHARE_START] = {.id = PROPERTY_SHARE_START,
                              .name = "share-start",
                              .label = "Share at first",
                              .group = GROUP_CURRICULUM,
                              .kind = KIND_REAL,
                              .effect = EFFECT_LIVE,
                              FIELD(share_start),
                              RANGE(0, 1),
                              .initial = 0.3,
                              SLIDER(0, 1),
                              .unit = "",
                              .argument = "Q",
                              .help = "For the share paces: how many of the points are easy in the first epoch."},
    [PROPERTY_SHARE_END] = {.id = PROPERTY_SHARE_END,
                            .name = "share-end",
                            .label = "Share at last",
                            .group = GROUP_CURRICULUM,
                            .kind = KIND_REAL,
                            .effect = EFFECT_LIVE,
                            FIELD(share_end),
                            RANGE(0, 1),
                            .initial = 1,
                            SLIDER(0, 1),
                            .unit = "",
                            .argument = "Q",
                            .help = "For the share paces: how many of the points are easy in the end."},
    [PROPERTY_SHARE_EPOCHS] = {.id = PROPERTY_SHARE_EPOCHS,
                               .name = "share-epochs",
                               .label = "Share epochs",
                               .group = GROUP_CURRICULUM,
                               .kind = KIND_INTEGER,
                               .effect = EFFECT_LIVE,
                               FIELD(share_epochs),
                               RANGE(1, 1000000),
                               .initial = 10,
                               SLIDER(1, 100),
                               .unit = "epochs",
                               .argument = "E",
                               .help = "For the share paces: epochs until the last share is reached."},
    [PROPERTY_SHARE_CURVE] = {.id = PROPERTY_SHARE_CURVE,
                              .name = "share-curve",
                              .label = "Share curve",
                              .group = GROUP_CURRICULUM,
                              .effect = EFFECT_LIVE,
                              FIELD(share_curve),
                              CHOICES(share_curve),
                              .initial = SHARE_LINEAR,
                              .unit = "",
                              .argument = "linear|geometric|root",
                              .help = "For the share paces: growth by even steps, by even factors, or fast at first."},
    [PROPERTY_CAP] =
        {.id = PROPERTY_CAP,
         .name = "cap",
         .label = "Cap",
         .group = GROUP_CURRICULUM,
         .kind = KIND_REAL,
         .effect = EFFECT_LIVE,
         FIELD(cap),
         RANGE(0, CAP_NONE),
         .initial = CAP_NONE,
         SLIDER(0.001, 100),
         .logarithmic = true,
         .unit = "",
         .argument = "L",
         .help = "The threshold never gets above this, so that what is still hard then stays hard; 1e9: no cap."},
    [PROPERTY_DIVERSITY] =
        {.id = PROPERTY_DIVERSITY,
         .name = "diversity",
         .label = "Diversity",
         .group = GROUP_CURRICULUM,
         .kind = KIND_REAL,
         .effect = EFFECT_LIVE,
         FIELD(diversity),
         RANGE(0, 1e6),
         .initial = 0,
         SLIDER(0, 2),
         .unit = "",
         .argument = "G",
         .help = "How strongly easy points of many groups are preferred to many of one group (SPLD); 0: not."},
    [PROPERTY_GROUPS] = {.id = PROPERTY_GROUPS,
                         .name = "groups",
                         .label = "Groups",
                         .group = GROUP_CURRICULUM,
                         .effect = EFFECT_LIVE,
                         FIELD(groups),
                         CHOICES(groups),
                         .initial = GROUPS_CLASSES,
                         .unit = "",
                         .argument = "classes|grid",
                         .help = "The groups of diversity: the classes, or the cells of a 4 x 4 grid over the points."},
    [PROPERTY_EPOCHS] = {.id = PROPERTY_EPOCHS,
                         .name = "epochs",
                         .label = "Epochs",
                         .group = GROUP_RUN,
                         .kind = KIND_INTEGER,
                         .effect = EFFECT_LIVE,
                         FIELD(epochs),
                         RANGE(1, 1000000000),
                         .initial = 10,
                         SLIDER(1, 1000),
                         .logarithmic = true,
                         .unit = "",
                         .argument = "N",
                         .help = "The run ends after so many passes over the points."},
    [PROPERTY_UNTIL_HARD] = {.id = PROPERTY_UNTIL_HARD,
                             .name = "until-hard",
                             .label = "Until hard",
                             .group = GROUP_RUN,
                             .kind = KIND_INTEGER,
                             .effect = EFFECT_LIVE,
                             FIELD(until_hard),
                             RANGE(-1, MAX_SAMPLES),
                             .initial = -1,
                             SLIDER(-1, 100),
                             .unit = "",
                             .argument = "K",
                             .help = "Or after the first epoch that leaves at most so many points hard; -1: never."},
};

static void *field_of(Settings *settings, const Property *property) {
    return (char *)settings + property->offset;
}

static const void *const_field_of(const Settings *settings, const Property *property) {
    return (const char *)settings + property->offset;
}

static bool is_number(const Property *property) {
    return property->kind != KIND_UNITS && property->kind != KIND_POINTS;
}

static bool is_whole(const Property *property) {
    return property->kind != KIND_REAL && property->kind != KIND_POINTS;
}

static void store(Settings *settings, const Property *property, double value) {
    void *field = field_of(settings, property);
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
        assert(!"a list is not a number");
    }
}

void settings_default(Settings *settings) {
    memset(settings, 0, sizeof *settings);
    for (size_t i = 0; i < PROPERTY_COUNT; i++) {
        if (is_number(&PROPERTIES[i])) {
            store(settings, &PROPERTIES[i], PROPERTIES[i].initial);
        }
    }
    settings->centroids[2] = settings->centroids[3] = 3;
    settings->centroid_count = 2;
    settings->hidden_count = 0;
}

const Property *property_find(const char *name) {
    for (size_t i = 0; i < PROPERTY_COUNT; i++) {
        if (strcmp(PROPERTIES[i].name, name) == 0) {
            return &PROPERTIES[i];
        }
    }
    return NULL;
}

/* Values longer than this are cut in messages. */
#define SHOWN "%.*s%s"
#define SHOWN_MAX 60
#define SHOWN_ARGUMENTS(text, length)                                                                                  \
    (int)((length) > SHOWN_MAX ? SHOWN_MAX : (length)), (text), (length) > SHOWN_MAX ? "..." : ""

/* The value as the person wrote it, so that a message about 1.0000000001 does not read "1 is above 1". */
static bool check_range(const Property *property, double value, const char *text, size_t length, Status *status) {
    if (is_whole(property) && value != floor(value)) {
        return status_fail(status, STATUS_USAGE, SHOWN " is not a whole number", SHOWN_ARGUMENTS(text, length));
    }
    if (value < property->minimum) {
        return status_fail(status, STATUS_USAGE, SHOWN " is below %.12g", SHOWN_ARGUMENTS(text, length),
                           property->minimum);
    }
    if (value > property->maximum) {
        return status_fail(status, STATUS_USAGE, SHOWN " is above %.12g", SHOWN_ARGUMENTS(text, length),
                           property->maximum);
    }
    return true;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Takes blanks off both ends. */
static const char *trim(const char *text, size_t *length) {
    while (*length > 0 && is_blank(text[0])) {
        text++;
        (*length)--;
    }
    while (*length > 0 && is_blank(text[*length - 1])) {
        (*length)--;
    }
    return text;
}

/* A number within the property's range from exactly these characters. */
static bool parse_number(const Property *property, const char *text, size_t length, double *number, Status *status) {
    text = trim(text, &length);
    if (length == 0) {
        return status_fail(status, STATUS_USAGE, "a number is missing");
    }
    /* strtod stops at the comma or the end; what it takes beyond the text (there is none but blanks) does not
     * count. */
    char *end;
    const double value = strtod(text, &end);
    if (end != text + length || text[0] == '\n' || text[0] == '\r' || text[0] == '\v' || text[0] == '\f') {
        return status_fail(status, STATUS_USAGE, "'" SHOWN "' is not a number", SHOWN_ARGUMENTS(text, length));
    }
    const char first = text[text[0] == '-' || text[0] == '+' ? 1 : 0];
    if (isnan(value) || first == 'i' || first == 'I') { /* 1e999 is out of range instead */
        return status_fail(status, STATUS_USAGE, "'" SHOWN "' is not a finite number", SHOWN_ARGUMENTS(text, length));
    }
    if (!check_range(property, value, text, length, status)) {
        return false;
    }
    *number = value + 0.0;
    return true;
}

static bool parse_choice(const Property *property, const char *text, size_t length, double *number, Status *status) {
    char known[256] = "";
    size_t used = 0;
    for (size_t i = 0; property->choices[i] != NULL; i++) {
        const char *word = property->choices[i];
        if (strlen(word) == length && memcmp(word, text, length) == 0) {
            *number = (double)i;
            return true;
        }
        const char *separator = i == 0 ? "" : property->choices[i + 1] == NULL ? " or " : ", ";
        const int n = snprintf(known + used, sizeof known - used, "%s%s", separator, word);
        assert(n > 0 && (size_t)n < sizeof known - used);
        used += (size_t)n;
    }
    return status_fail(status, STATUS_USAGE, "'" SHOWN "' is not one of %s", SHOWN_ARGUMENTS(text, length), known);
}

static bool parse_switch(const char *text, size_t length, double *number, Status *status) {
    const bool on = length == 2 && memcmp(text, "on", 2) == 0;
    if (!on && !(length == 3 && memcmp(text, "off", 3) == 0)) {
        return status_fail(status, STATUS_USAGE, "'" SHOWN "' is neither on nor off", SHOWN_ARGUMENTS(text, length));
    }
    *number = on;
    return true;
}

/* Comma-separated numbers; the empty text is an empty list. */
static bool parse_list(const Property *property, const char *text, size_t length, double *numbers, size_t most,
                       size_t *count, Status *status) {
    *count = 0;
    while (length > 0) {
        const char *comma = memchr(text, ',', length);
        const size_t item = comma != NULL ? (size_t)(comma - text) : length;
        double number;
        if (!parse_number(property, text, item, &number, status)) {
            return false;
        }
        if (*count == most) {
            return status_fail(status, STATUS_USAGE, "more than %zu numbers", most);
        }
        numbers[(*count)++] = number;
        if (comma == NULL) {
            return true;
        }
        text += item + 1;
        length -= item + 1;
        if (length == 0) {
            return status_fail(status, STATUS_USAGE, "a number is missing after the last comma");
        }
    }
    return true;
}

static bool parse_units(Settings *settings, const Property *property, const char *text, size_t length, Status *status) {
    double numbers[MAX_HIDDEN];
    size_t count;
    if (!parse_list(property, text, length, numbers, MAX_HIDDEN, &count, status)) {
        return false;
    }
    memset(settings->hidden, 0, sizeof settings->hidden);
    for (size_t i = 0; i < count; i++) {
        settings->hidden[i] = (int)numbers[i];
    }
    settings->hidden_count = (int)count;
    return true;
}

static bool parse_points(Settings *settings, const Property *property, const char *text, size_t length,
                         Status *status) {
    double numbers[2 * MAX_CLASSES];
    size_t count;
    if (!parse_list(property, text, length, numbers, 2 * MAX_CLASSES, &count, status)) {
        return false;
    }
    if (count % 2 != 0) {
        return status_fail(status, STATUS_USAGE, "%zu numbers are no pairs x,y", count);
    }
    if (count < 4) {
        return status_fail(status, STATUS_USAGE, "at least 2 pairs x,y are needed");
    }
    memset(settings->centroids, 0, sizeof settings->centroids);
    memcpy(settings->centroids, numbers, count * sizeof *numbers);
    settings->centroid_count = (int)count / 2;
    return true;
}

bool property_parse(Settings *settings, const Property *property, const char *text, Status *status) {
    size_t length = strlen(text);
    text = trim(text, &length);
    double number = 0;
    switch (property->kind) {
    case KIND_UNITS:
        return parse_units(settings, property, text, length, status);
    case KIND_POINTS:
        return parse_points(settings, property, text, length, status);
    case KIND_CHOICE:
        if (!parse_choice(property, text, length, &number, status)) {
            return false;
        }
        break;
    case KIND_SWITCH:
        if (!parse_switch(text, length, &number, status)) {
            return false;
        }
        break;
    case KIND_REAL:
        if (property->id == PROPERTY_NOISE && (length == 0 || (length == 4 && memcmp(text, "auto", 4) == 0))) {
            settings->noise = NAN;
            return true;
        }
        /* fall through */
    case KIND_INTEGER:
    case KIND_SEED:
        if (!parse_number(property, text, length, &number, status)) {
            return false;
        }
    }
    store(settings, property, number);
    return true;
}

/* Comma-separated %.9g. */
static void format_list(const double *numbers, int count, char text[SETTING_TEXT_MAX]) {
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < count; i++) {
        const int n = snprintf(text + used, SETTING_TEXT_MAX - used, "%s%.9g", i > 0 ? "," : "", numbers[i]);
        assert(n > 0 && (size_t)n < SETTING_TEXT_MAX - used);
        used += (size_t)n;
    }
}

void property_format(const Settings *settings, const Property *property, char text[SETTING_TEXT_MAX]) {
    double units[MAX_HIDDEN];
    switch (property->kind) {
    case KIND_UNITS:
        for (int i = 0; i < settings->hidden_count; i++) {
            units[i] = settings->hidden[i];
        }
        format_list(units, settings->hidden_count, text);
        break;
    case KIND_POINTS:
        format_list(settings->centroids, 2 * settings->centroid_count, text);
        break;
    case KIND_CHOICE:
        snprintf(text, SETTING_TEXT_MAX, "%s", property->choices[(int)property_get(settings, property)]);
        break;
    case KIND_SWITCH:
        snprintf(text, SETTING_TEXT_MAX, "%s", property_get(settings, property) != 0 ? "on" : "off");
        break;
    case KIND_REAL:
        if (isnan(property_get(settings, property))) { /* noise: the data set's own */
            snprintf(text, SETTING_TEXT_MAX, "auto");
            break;
        }
        snprintf(text, SETTING_TEXT_MAX, "%.9g", property_get(settings, property));
        break;
    case KIND_INTEGER:
    case KIND_SEED:
        snprintf(text, SETTING_TEXT_MAX, "%.0f", property_get(settings, property)); /* up to 10 digits */
        break;
    }
}

bool property_makes_points(PropertyId id) {
    return id == PROPERTY_DATASET || id == PROPERTY_SAMPLES || id == PROPERTY_NOISE || id == PROPERTY_CENTROIDS ||
           id == PROPERTY_ANOMALY;
}

bool property_same(const Settings *a, const Settings *b, const Property *property) {
    char first[SETTING_TEXT_MAX], second[SETTING_TEXT_MAX];
    property_format(a, property, first);
    property_format(b, property, second);
    return strcmp(first, second) == 0;
}

double property_get(const Settings *settings, const Property *property) {
    const void *field = const_field_of(settings, property);
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
    assert(!"a list is not a number");
    return NAN;
}

bool property_set(Settings *settings, const Property *property, double value, Status *status) {
    assert(is_number(property));
    if (!isfinite(value)) {
        return status_fail(status, STATUS_USAGE, "not a finite number");
    }
    char text[32];
    snprintf(text, sizeof text, "%.9g", value);
    if (!check_range(property, value, text, strlen(text), status)) {
        return false;
    }
    store(settings, property, value);
    return true;
}

bool settings_check(const Settings *settings, Status *status) {
    /* In float32, because that is how the threshold is compared: 0.99999999 is 1 there. */
    if (settings->regularizer == REGULARIZER_LOG && !((float)settings->threshold < 1.0f)) {
        return status_fail(status, STATUS_USAGE,
                           "--regularizer log needs a --threshold below 1 (its weights are made with the "
                           "logarithm of 1 - threshold), not %.9g",
                           settings->threshold);
    }
    if (pace_by_share(settings) && settings->share_curve == SHARE_GEOMETRIC &&
        !(settings->share_start > 0 && settings->share_end > 0)) {
        return status_fail(status, STATUS_USAGE,
                           "--share-curve geometric needs --share-start and --share-end above 0 (no factor leads "
                           "from or to 0), not %.9g and %.9g",
                           settings->share_start, settings->share_end);
    }
    if (settings->diversity > 0 && settings->regularizer != REGULARIZER_HARD) {
        return status_fail(status, STATUS_USAGE,
                           "--diversity needs --regularizer hard (it moves the threshold of each point), not %s",
                           regularizer_words[settings->regularizer]);
    }
    if (settings->diversity > 0 && settings->order != ORDER_EASY) {
        return status_fail(status, STATUS_USAGE,
                           "--diversity needs --order easy (it spreads the easy points over the groups), not %s",
                           order_words[settings->order]);
    }
    if ((settings->dataset == DATASET_POST || settings->dataset == DATASET_BLOBS) &&
        settings->samples < settings->centroid_count) {
        return status_fail(status, STATUS_USAGE, "--samples %d is fewer than the %d classes of --centroids",
                           settings->samples, settings->centroid_count);
    }
    return true;
}

double settings_noise(const Settings *settings) {
    if (!isnan(settings->noise)) {
        return settings->noise;
    }
    return settings->dataset == DATASET_POST || settings->dataset == DATASET_BLOBS ? 1 : 0;
}

int settings_classes(const Settings *settings) {
    const bool blobs = settings->dataset == DATASET_POST || settings->dataset == DATASET_BLOBS;
    return blobs ? settings->centroid_count : 2;
}
