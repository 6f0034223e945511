/* The field holds what mlp_scores gives at each node, for any number of threads. */
#include "core/field.h"
#include "core/parallel.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define assert_near(a, b, distance) assert_true(fabs((double)(a) - (double)(b)) <= (distance))

#define COLUMNS 311 /* no multiple of any block */
#define ROWS 57
#define CLASSES 3

static float parameters[1024];

static Mlp network(void) {
    Mlp mlp;
    mlp_shape(&mlp, (const int[]){7, 5}, 2, CLASSES, ACTIVATION_TANH);
    assert_true(mlp.parameters <= sizeof parameters / sizeof *parameters);
    Mt19937 torch;
    mt_seed(&torch, 3);
    mlp_initialise(&mlp, parameters, &torch);
    return mlp;
}

static void nodes_are_scores(void **state) {
    (void)state;
    Status status;
    Mlp mlp = network();
    Field field = {0};
    assert_true(field_resize(&field, COLUMNS, ROWS, CLASSES, &status));
    field_compute(&field, &mlp, parameters, -3.5, 2.25, 0.03, -0.08);
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            float x = (float)(-3.5 + column * 0.03), y = (float)(2.25 - row * 0.08), scores[CLASSES];
            mlp_scores(&mlp, parameters, &x, &y, 1, scores, 1);
            for (int k = 0; k < CLASSES; k++)
                assert_true(scores[k] == field.scores[(k * ROWS + row) * COLUMNS + column]);
        }
    field_free(&field);
    assert_null(field.scores);
}

static void threads_do_not_matter(void **state) {
    (void)state;
    Status status;
    Mlp mlp = network();
    Field one = {0}, two = {0};
    assert_true(field_resize(&one, COLUMNS, ROWS, CLASSES, &status));
    assert_true(field_resize(&two, COLUMNS, ROWS, CLASSES, &status));
    parallel_set_threads(1);
    field_compute(&one, &mlp, parameters, 0, 0, 0.1, 0.1);
    parallel_set_threads(2);
    field_compute(&two, &mlp, parameters, 0, 0, 0.1, 0.1);
    parallel_set_threads(0);
    assert_memory_equal(one.scores, two.scores, sizeof(float) * COLUMNS * ROWS * CLASSES);
    field_free(&one);
    field_free(&two);
}

static void between_nodes_is_bilinear(void **state) {
    (void)state;
    Status status;
    Field field = {0};
    assert_true(field_resize(&field, 3, 2, 2, &status));
    memcpy(field.scores, (const float[]){0, 2, 4, 10, 12, 14, 1, 1, 1, 1, 1, 3}, 12 * sizeof(float));
    float scores[MAX_CLASSES];
    field_at(&field, 0.5, 0.25, scores);
    assert_near(scores[0], 3.5, 1e-6);
    assert_near(scores[1], 1, 1e-6);
    field_at(&field, 2, 1, scores); /* the last node */
    assert_near(scores[0], 14, 0);
    assert_near(scores[1], 3, 0);
    field_at(&field, -5, 1e30, scores); /* outside: the border */
    assert_near(scores[0], 10, 0);
    field_at(&field, (double)NAN, (double)NAN, scores);
    assert_near(scores[0], 0, 0);
    field_free(&field);
}

static void memory_is_used_again(void **state) {
    (void)state;
    Status status;
    Field field = {0};
    assert_true(field_resize(&field, 100, 100, 2, &status));
    const float *scores = field.scores;
    assert_true(field_resize(&field, 40, 50, 8, &status));
    assert_ptr_equal(scores, field.scores);
    assert_int_equal(field.columns, 40);
    assert_int_equal(field.classes, 8);
    /* What no machine has: the field stays as it is. */
    assert_false(field_resize(&field, INT32_MAX, INT32_MAX, 8, &status));
    assert_non_null(strstr(status.message, "memory"));
    assert_ptr_equal(scores, field.scores);
    assert_int_equal(field.columns, 40);
    field_free(&field);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_are_scores),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(between_nodes_is_bilinear),
        cmocka_unit_test(memory_is_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
