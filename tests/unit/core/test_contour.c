/* The decision boundary: where it lies, that it hangs together, and that no stretch is traced twice. */
#include "core/contour.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define assert_near(a, b, distance) assert_true(fabs((double)(a) - (double)(b)) <= (distance))

typedef float ScoreFunction(int class, double x, double y);

static Status status;

static Field fill(int columns, int rows, int classes, ScoreFunction *score) {
    Field field = {0};
    assert_true(field_resize(&field, columns, rows, classes, &status));
    for (int k = 0; k < classes; k++)
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
                field.scores[(k * rows + r) * columns + c] = score(k, c, r);
    return field;
}

static double line_length(const Contour *contour, size_t line) {
    double length = 0;
    for (size_t i = contour->starts[line]; i + 1 < contour->starts[line + 1]; i++) {
        const float *p = contour->points + 2 * i;
        length += hypot((double)p[2] - (double)p[0], (double)p[3] - (double)p[1]);
    }
    return length;
}

static double total_length(const Contour *contour) {
    double length = 0;
    for (size_t k = 0; k < contour->line_count; k++)
        length += line_length(contour, k);
    return length;
}

static float plane(int class, double x, double y) {
    return class ? (float)(0.21 * x - 0.7 * y + 11.3) : 0;
}

static void plane_is_a_straight_line(void **state) {
    (void)state;
    Field field = fill(60, 40, 2, plane);
    Contour contour = {0};
    assert_true(contour_trace(&contour, &field, &status));
    assert_int_equal(contour.line_count, 1);
    assert_int_equal(contour.starts[1], contour.point_count);
    for (size_t i = 0; i < contour.point_count; i++) {
        double x = (double)contour.points[2 * i], y = (double)contour.points[2 * i + 1];
        assert_true(fabs(y - (0.21 * x + 11.3) / 0.7) < 1e-5);
    }
    /* From border to border. */
    assert_near(line_length(&contour, 0), hypot(59, 59 * 0.21 / 0.7), 1e-3);
    contour_free(&contour);
    field_free(&field);
}

static float circle(int class, double x, double y) {
    return class ? 0 : (float)((x - 31.3) * (x - 31.3) + (y - 28.6) * (y - 28.6) - 20.0 * 20.0);
}

static void circle_is_closed(void **state) {
    (void)state;
    Field field = fill(64, 64, 2, circle);
    Contour contour = {0};
    assert_true(contour_trace(&contour, &field, &status));
    assert_int_equal(contour.line_count, 1);
    const float *first = contour.points, *last = contour.points + 2 * (contour.point_count - 1);
    assert_true(first[0] == last[0] && first[1] == last[1]);
    double length = line_length(&contour, 0), circumference = 2 * acos(-1.0) * 20;
    assert_true(fabs(length - circumference) < 0.01 * circumference);
    contour_free(&contour);
    field_free(&field);
}

/* Three classes whose regions meet at (20.3, 17.8) at right and obtuse angles. */
static float corner(int class, double x, double y) {
    double u = x - 20.3, v = y - 17.8;
    return (float)(class == 0 ? -u : class == 1 ? u + v : u - v);
}

static void three_classes_meet(void **state) {
    (void)state;
    Field field = fill(48, 40, 3, corner);
    Contour contour = {0};
    assert_true(contour_trace(&contour, &field, &status));
    assert_int_equal(contour.line_count, 3);
    for (size_t k = 0; k < 3; k++) { /* each has an end there */
        const float *a = contour.points + 2 * contour.starts[k], *b = contour.points + 2 * (contour.starts[k + 1] - 1);
        double from_a = hypot((double)a[0] - 20.3, (double)a[1] - 17.8);
        double from_b = hypot((double)b[0] - 20.3, (double)b[1] - 17.8);
        assert_true(fmin(from_a, from_b) < 1e-4);
    }
    /* Classes 1 and 2 meet along v = 0 to the right border, the others along v = -+2u to the upper and the
     * lower: each stretch once. */
    double root = sqrt(5) / 2;
    assert_near(total_length(&contour), (47 - 20.3) + 17.8 * root + (39 - 17.8) * root, 1e-3);
    contour_free(&contour);
    field_free(&field);
}

static float checkers(int class, double x, double y) {
    bool odd = ((int)x + (int)y) % 2;
    return (float)(class == odd) * (class ? 1.0f : 2.0f);
}

static void saddles_are_resolved(void **state) {
    (void)state;
    Field field = fill(9, 8, 2, checkers);
    Contour contour = {0};
    assert_true(contour_trace(&contour, &field, &status));
    /* Class 0 is the stronger, so its fields hang together and each node of class 1 is an island: closed, or
     * cut by the border of the grid. */
    assert_int_equal(contour.line_count, 36);
    size_t closed = 0;
    for (size_t k = 0; k < contour.line_count; k++) {
        const float *a = contour.points + 2 * contour.starts[k], *b = contour.points + 2 * (contour.starts[k + 1] - 1);
        if (a[0] != b[0] || a[1] != b[1])
            continue;
        closed++;
        assert_near(line_length(&contour, k), 4 * sqrt(2) / 3, 1e-5); /* a third of the way to the neighbours */
    }
    assert_int_equal(closed, 21);
    contour_free(&contour);
    field_free(&field);
}

static float equal(int class, double x, double y) {
    (void)class;
    return (float)(x * y);
}

static float touching(int class, double x, double y) {
    (void)y;
    return class ? (float)(x - 5) : 0; /* exactly zero on a column of nodes */
}

static void no_boundary_and_exact_zeros(void **state) {
    (void)state;
    Contour contour = {0};
    Field field = fill(20, 20, 4, equal);
    assert_true(contour_trace(&contour, &field, &status));
    assert_int_equal(contour.line_count, 0);
    assert_int_equal(contour.starts[0], 0);
    field_free(&field);

    field = fill(20, 20, 2, touching);
    assert_true(contour_trace(&contour, &field, &status));
    assert_int_equal(contour.line_count, 1);
    assert_near(total_length(&contour), 19, 1e-6);
    for (size_t i = 0; i < contour.point_count; i++)
        assert_near(contour.points[2 * i], 5, 0);
    field_free(&field);
    contour_free(&contour);
}

static void not_finite_has_none(void **state) {
    (void)state;
    Field field = fill(60, 40, 2, plane);
    field.scores[60 * 40 + 21 * 60 + 17] = NAN; /* one node beside the line */
    Contour contour = {0};
    assert_true(contour_trace(&contour, &field, &status));
    assert_int_equal(contour.line_count, 2); /* interrupted */
    for (size_t i = 0; i < 2 * contour.point_count; i++)
        assert_true(isfinite(contour.points[i]));
    for (size_t i = 0; i < 60 * 40 * 2; i++)
        field.scores[i] = i % 3 ? INFINITY : -INFINITY;
    assert_true(contour_trace(&contour, &field, &status));
    assert_int_equal(contour.line_count, 0);
    field_free(&field);
    contour_free(&contour);
}

static uint32_t noise_state;

static float noise(int class, double x, double y) {
    (void)class, (void)x, (void)y;
    noise_state = noise_state * 1664525u + 1013904223u;
    return (float)(noise_state >> 24 & 7); /* few values: many ties */
}

/* Anything goes in; what comes out stays in the grid, and the same memory serves again. */
static void noise_is_harmless(void **state) {
    (void)state;
    Contour contour = {0};
    const void *points = NULL;
    for (int round = 0; round < 20; round++) {
        noise_state = 7;
        Field field = fill(50, 30, 5, noise);
        assert_true(contour_trace(&contour, &field, &status));
        assert_true(contour.line_count > 100);
        for (size_t k = 0; k < contour.line_count; k++)
            assert_true(contour.starts[k + 1] >= contour.starts[k] + 2);
        assert_int_equal(contour.starts[contour.line_count], contour.point_count);
        for (size_t i = 0; i < contour.point_count; i++) {
            assert_in_range((uintmax_t)(contour.points[2 * i] * 1000), 0, 49000);
            assert_in_range((uintmax_t)(contour.points[2 * i + 1] * 1000), 0, 29000);
        }
        if (round > 0)
            assert_ptr_equal(points, contour.points);
        points = contour.points;
        field_free(&field);
    }
    contour_free(&contour);
    assert_null(contour.points);
}

static double distance_to(const float p[2], const float a[2], const float b[2]) {
    double dx = (double)b[0] - (double)a[0], dy = (double)b[1] - (double)a[1];
    double px = (double)p[0] - (double)a[0], py = (double)p[1] - (double)a[1], square = dx * dx + dy * dy;
    double t = square > 0 ? (px * dx + py * dy) / square : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(px - t * dx, py - t * dy);
}

/* Simplified, the boundary has the same polylines with the same ends, some of their points, and none of the
 * others is farther from it than the tolerance. The number of points that are left. */
static size_t simplified(const Field *field, float tolerance) {
    Contour whole = {0}, simple = {0};
    assert_true(contour_trace(&whole, field, &status) && contour_trace(&simple, field, &status));
    contour_simplify(&simple, tolerance);
    assert_int_equal(simple.line_count, whole.line_count);
    assert_int_equal(simple.starts[simple.line_count], simple.point_count);
    for (size_t k = 0; k < whole.line_count; k++) {
        size_t at = simple.starts[k], last = simple.starts[k + 1] - 1;
        assert_true(last > at);
        for (size_t i = whole.starts[k]; i < whole.starts[k + 1]; i++) {
            const float *p = whole.points + 2 * i, *q = simple.points + 2 * at;
            if (i == whole.starts[k])
                assert_memory_equal(p, q, 2 * sizeof *p);
            else if (memcmp(p, q + 2, 2 * sizeof *p) == 0)
                at += at + 1 < last;
            else
                assert_true(distance_to(p, q, q + 2) <= 1.001 * (double)tolerance);
        }
        assert_int_equal(at, last - 1);
        assert_memory_equal(whole.points + 2 * (whole.starts[k + 1] - 1), simple.points + 2 * last, 2 * sizeof(float));
    }
    size_t left = simple.point_count;
    assert_true(left <= whole.point_count);
    contour_free(&whole);
    contour_free(&simple);
    return left;
}

static void simplifying_keeps_the_line(void **state) {
    (void)state;
    Field field = fill(60, 40, 2, plane);
    assert_int_equal(simplified(&field, 0.02f), 2);
    field_free(&field);
    field = fill(60, 60, 2, circle);
    assert_in_range(simplified(&field, 0.02f), 71, 110); /* of some 160; chords of 1.79 miss it by 0.02 */
    assert_in_range(simplified(&field, 0.5f), 8, 20);
    field_free(&field);
    noise_state = 7;
    field = fill(50, 30, 5, noise);
    simplified(&field, 0.02f);
    simplified(&field, 0.3f);
    simplified(&field, 3.0f);
    field_free(&field);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plane_is_a_straight_line),    cmocka_unit_test(circle_is_closed),
        cmocka_unit_test(three_classes_meet),          cmocka_unit_test(saddles_are_resolved),
        cmocka_unit_test(no_boundary_and_exact_zeros), cmocka_unit_test(not_finite_has_none),
        cmocka_unit_test(noise_is_harmless),           cmocka_unit_test(simplifying_keeps_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
