/* Well-known sets of 2D points, in the forms in which they are passed around: each is read as what was written, and a
 * model learns of some of them what a plain second implementation learns. The points are made up here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/io/points_csv.h"
#include "core/trainer.h"
#include "tests/support/plain_mlp.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCRATCH_FILE "points.dat"
#include "tests/support/scratch.h"

enum { POINTS = 240 };

/* How a set is written down. */
typedef struct Form {
    const char *name;
    const char *before; /* all above the points */
    /* a row: %1 x, %2 y, %3 the label, %# the number of the row from 1, %0 from 0 */
    const char *row;
    int digits;          /* of a number: behind the point; 100 and more: significant, less 100; below 0: as %e */
    const char *labels;  /* of the kinds, separated by | */
    const char *classes; /* as they are to be called, in order; "": by their numbers */
    PointsFormat format;
    char decimal; /* 0: a point */
    double centre, spread;
    bool trained;
} Form;

#define ARFF                                                                                                           \
    "@relation banana\n@attribute At1 real [-3.09,2.81]\n@attribute At2 real [-2.39,3.19]\n@attribute Class "          \
    "{-1.0,1.0}\n@inputs At1, At2\n@outputs Class\n@data\n"

static const Form FORMS[] = {
    {"ex2data1", "", "%1,%2,%3\n", 14, "0|1", "", {0}, 0, 65, 15, false},
    {"ex2data2", "", "%1,%2,%3\n", 106, "0|1", "", {0}, 0, 0, 1, true},
    {"banana, KEEL", ARFF, "%1,%2,%3\n", 103, "-1.0|1.0", "-1|1", {0}, 0, 0, 1, true},
    {"banana, mlbench", "", "%1 %2 %3\n", -7, "1|2", "1|2", {0}, 0, 0, 1, false},
    {"spiral", "", "%1\t%2\t%3\n", 2, "1|2|3", "1|2|3", {0}, 0, 20, 8, false},
    {"Aggregation", "", "%1\t%2\t%3\r\n", 2, "1|2|3|4|5|6|7", "1|2|3|4|5|6|7", {0}, 0, 20, 8, false},
    {"Compound", "", "%1\t%2\t%3\n", 2, "1|2|3|4|5|6", "1|2|3|4|5|6", {0}, 0, 20, 8, false},
    {"Pathbased", "", "%1\t%2\t%3\n", 2, "1|2|3", "1|2|3", {0}, 0, 20, 8, false},
    {"Flame", "", "%1\t%2\t%3\n", 2, "1|2", "1|2", {0}, 0, 7, 3, false},
    {"Jain", "", "%1\t%2\t%3\n", 3, "1|2", "1|2", {0}, 0, 20, 8, false},
    {"R15",
     "",
     "%1\t%2\t%3\n",
     3,
     "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15",
     "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15",
     {0},
     0,
     9,
     3,
     false},
    {"D31",
     "",
     "  %1   %2   %3\n",
     1,
     "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20|21|22|23|24|25|26|27|28|29|30|31",
     "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20|21|22|23|24|25|26|27|28|29|30|31",
     {0},
     0,
     15,
     7,
     false},
    {"synth.tr", "     xs      ys   yc\n", "  %1  %2   %3\n", 8, "0|1", "", {.columns = "xs,ys,yc"}, 0, 0, 1, true},
    {"synth.te", "\"xs\" \"ys\" \"yc\"\n", "\"%#\" %1 %2 %3\n", 108, "0|1", "", {0}, 0, 0, 1, false},
    {"penguins",
     "species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex\n",
     "%3,Torgersen,%1,%2,181,3750,male\n",
     1,
     "Adelie|Chinstrap|Gentoo",
     "Adelie|Chinstrap|Gentoo",
     {.columns = "bill_length_mm,bill_depth_mm,species"},
     0,
     40,
     5,
     false},
    {"penguins, rownames",
     "\"rownames\",\"bill\",\"flipper\",\"species\"\n",
     "\"%#\",%1,%2,\"%3\"\n",
     1,
     "Adelie|Chinstrap|Gentoo",
     "Adelie|Chinstrap|Gentoo",
     {0},
     0,
     40,
     5,
     false},
    {"iris, two columns of UCI's",
     "",
     "%1,%2,1.4,0.2,%3\n",
     1,
     "Iris-setosa|Iris-versicolor|Iris-virginica",
     "Iris-setosa|Iris-versicolor|Iris-virginica",
     {.columns = "1,2,5"},
     0,
     5,
     1,
     true},
    {"iris, scikit-learn",
     "240,4,setosa,versicolor,virginica\n",
     "%1,%2,1.4,0.2,%3\n",
     1,
     "0|1|2",
     "",
     {.columns = "1,2,5"},
     0,
     5,
     1,
     false},
    {"Social_Network_Ads",
     "User ID,Gender,Age,EstimatedSalary,Purchased\n",
     "15624510,Male,%1,%2,%3\n",
     0,
     "0|1",
     "",
     {.columns = "Age,EstimatedSalary,Purchased"},
     0,
     50000,
     20000,
     false},
    {"testSet.txt", "", "%1\t%2\t%3\n", 6, "0|1", "", {0}, 0, 0, 2, true},
    {"make_moons, pandas", ",x,y,label\n", "%0,%1,%2,%3\n", 117, "0|1", "", {0}, 0, 0, 1, true},
    {"make_moons, pandas without names", ",0,1,2\n", "%0,%1,%2,%3\n", 117, "0.0|1.0", "", {0}, 0, 0, 1, false},
    {"make_moons, numpy.savetxt",
     "",
     "%1 %2 %3\n",
     -18,
     "0.000000000000000000e+00|1.000000000000000000e+00",
     "",
     {0},
     0,
     0,
     1,
     false},
    {"CLUTO", "240 3\n", "%1 %2 %3\n", 3, "0|1|2|3", "", {.columns = "1,2,3"}, 0, 200, 90, false},
    {"faithful, write.table",
     "\"eruptions\" \"waiting\" \"kind\"\n",
     "\"%#\" %1 %2 \"%3\"\n",
     3,
     "long|short",
     "long|short",
     {0},
     0,
     4,
     1,
     false},
    {"faithful, write.csv2",
     "\"\";\"eruptions\";\"waiting\";\"kind\"\n",
     "\"%#\";%1;%2;\"%3\"\n",
     4,
     "long|short",
     "long|short",
     {0},
     ',',
     4,
     1,
     false},
    {"two spirals", "", "%1,%2,%3;\n", 5, "0|1", "", {.delimiter = "comma"}, 0, 0, 3, false},
};

/* Points that can be told apart in part: kinds around a circle. */
typedef struct Made {
    float x[POINTS], y[POINTS];
    uint8_t label[POINTS];
} Made;

static uint32_t below(uint32_t *random, uint32_t limit) {
    *random = *random * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*random * limit) >> 32);
}

static double normal(uint32_t *random) {
    double sum = 0.0;
    for (int i = 0; i < 12; i++)
        sum += below(random, 1000000) * 1e-6;
    return sum - 6.0;
}

static size_t count_labels(const char *labels) {
    size_t count = labels[0] != '\0';
    for (; *labels; labels++)
        count += *labels == '|';
    return count;
}

static const char *label_at(const char *labels, size_t k, int *length) {
    for (; k > 0; k--)
        labels += strcspn(labels, "|") + 1;
    *length = (int)strcspn(labels, "|");
    return labels;
}

/* Writes a number as the form has it, and returns the float that a reader must make of it. */
static float put_number(FILE *file, const Form *form, double value) {
    char text[64];
    if (form->digits < 0)
        snprintf(text, sizeof text, "%.*e", -form->digits, value);
    else if (form->digits >= 100)
        snprintf(text, sizeof text, "%.*g", form->digits - 100, value);
    else
        snprintf(text, sizeof text, "%.*f", form->digits, value);
    float expected = strtof(text, NULL);
    char *point = form->decimal ? strchr(text, '.') : NULL;
    if (point)
        *point = form->decimal;
    fputs(text, file);
    return expected;
}

static void put_row(FILE *file, const Form *form, size_t i, double x, double y, Made *made) {
    int length;
    const char *label = label_at(form->labels, made->label[i], &length);
    for (const char *c = form->row; *c; c++) {
        if (*c != '%') {
            fputc(*c, file);
            continue;
        }
        switch (*++c) {
        case '1':
            made->x[i] = put_number(file, form, x);
            break;
        case '2':
            made->y[i] = put_number(file, form, y);
            break;
        case '3':
            fprintf(file, "%.*s", length, label);
            break;
        default:
            fprintf(file, "%zu", i + (*c == '#'));
        }
    }
}

static void write_set(const Form *form, Made *made, uint32_t seed) {
    uint32_t random = seed * 2654435761u + 1;
    size_t kinds = count_labels(form->labels);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(form->before, file);
    for (size_t i = 0; i < POINTS; i++) {
        size_t kind = i < kinds ? i : below(&random, (uint32_t)kinds);
        double turn = 6.283185307179586 * (double)kind / (double)kinds;
        made->label[i] = (uint8_t)kind;
        put_row(file, form, i, form->centre + form->spread * (cos(turn) + 0.5 * normal(&random)),
                form->centre + form->spread * (sin(turn) + 0.5 * normal(&random)), made);
    }
    fclose(file);
}

static void check_set(const Form *form, const Made *made, const Dataset *data) {
    assert_int_equal(data->count, POINTS);
    assert_int_equal(data->classes, count_labels(form->labels));
    for (size_t k = 0; k < count_labels(form->classes); k++) {
        int length;
        const char *name = label_at(form->classes, k, &length);
        if (strlen(data->class_name[k]) != (size_t)length || memcmp(data->class_name[k], name, (size_t)length) != 0)
            fail_msg("%s: class %zu is called '%s'", form->name, k, data->class_name[k]);
    }
    for (size_t i = 0; i < POINTS; i++)
        if (data->x[i] != made->x[i] || data->y[i] != made->y[i] || data->label[i] != made->label[i])
            fail_msg("%s: row %zu is %.9g, %.9g, %d instead of %.9g, %.9g, %d", form->name, i, (double)data->x[i],
                     (double)data->y[i], data->label[i], (double)made->x[i], (double)made->y[i], made->label[i]);
}

/* ---- training ---- */

#define EPOCHS 40
#define RATE 0.25

/* Descends along the mean gradient of all points, in double. */
static void train_plainly(const Mlp *mlp, double *p, const Made *made) {
    double *gradient = calloc(mlp->parameters, sizeof *gradient);
    assert_non_null(gradient);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        memset(gradient, 0, mlp->parameters * sizeof *gradient);
        for (size_t i = 0; i < POINTS; i++)
            plain_sample(mlp, p, (double)made->x[i], (double)made->y[i], made->label[i], 1.0 / POINTS, gradient);
        for (size_t k = 0; k < mlp->parameters; k++)
            p[k] -= RATE * gradient[k];
    }
    free(gradient);
}

/* The share whose label has the smallest loss of all labels. */
static double plain_accuracy(const Mlp *mlp, const double *p, const Made *made) {
    int right = 0;
    for (size_t i = 0; i < POINTS; i++) {
        int best = 0;
        double least = INFINITY;
        for (int k = 0; k < mlp_classes(mlp); k++) {
            double loss = plain_sample(mlp, p, (double)made->x[i], (double)made->y[i], k, 0.0, NULL);
            if (loss < least) {
                least = loss;
                best = k;
            }
        }
        right += best == made->label[i];
    }
    return (double)right / POINTS;
}

static void check_training(const Form *form, const Made *made, const Dataset *data) {
    Settings settings;
    Status status = {0};
    settings_default(&settings);
    settings.order = ORDER_ALL;
    settings.optimizer = OPTIMIZER_SGD;
    settings.learning_rate = RATE;
    settings.batch = POINTS;
    settings.weight_decay = 0.0;
    settings.epochs = EPOCHS;
    Trainer *t = trainer_new_copy(&settings, data, &status);
    if (!t)
        fail_msg("%s: %s", form->name, status.message);
    double *p = calloc(t->mlp.parameters, sizeof *p);
    assert_non_null(p);
    for (size_t k = 0; k < t->mlp.parameters; k++)
        p[k] = (double)t->parameters[k];
    while (!trainer_finished(t))
        assert_true(trainer_run(t, SIZE_MAX) > 0);
    trainer_evaluate(t);
    train_plainly(&t->mlp, p, made);
    double accuracy = plain_accuracy(&t->mlp, p, made);
    if (fabs(accuracy - (double)t->accuracy) > 1e-6 || accuracy < 0.5)
        fail_msg("%s: accuracy %g instead of %g", form->name, (double)t->accuracy, accuracy);
    free(p);
    trainer_free(t);
}

static void sets_are_read_in_their_forms(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        static Made made;
        write_set(&FORMS[i], &made, (uint32_t)i + 1);
        Dataset data;
        Status status = {0};
        if (!points_read(&data, path, &FORMS[i].format, &status))
            fail_msg("%s: %s", FORMS[i].name, status.message);
        check_set(&FORMS[i], &made, &data);
        if (FORMS[i].trained)
            check_training(&FORMS[i], &made, &data);
        dataset_free(&data);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {TEST(sets_are_read_in_their_forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
