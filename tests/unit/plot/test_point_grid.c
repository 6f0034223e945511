/* The grid that finds the nearest point, held against looking at all of them. */
#include "app/plot/point_grid.h"
#include "tests/support/nearest.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define assert_near(a, b, distance) assert_true(fabs((double)(a) - (double)(b)) <= (double)(distance))

static Status status;

static double uniform(void) {
    static uint32_t seed;
    seed = seed * 1664525u + 1013904223u;
    return (double)(seed >> 8) / (1 << 24);
}

/* Clouds, lines, one place, a few places, an outlier far away; reaches from nothing to everything. */
static void nearest_of_many_points(void **state) {
    (void)state;
    static const size_t COUNTS[] = {2, 3, 50, 20000};
    PointGrid grid = {0};
    for (size_t c = 0; c < 4; c++)
        for (int kind = 0; kind < 8; kind++) {
            Dataset data;
            assert_true(dataset_init(&data, COUNTS[c], 2, &status));
            for (size_t i = 0; i < data.count; i++) {
                double x = uniform(), y = uniform();
                if (kind == 1)
                    y = 0.25;
                else if (kind == 2)
                    x = y = 3;
                else if (kind == 3) {
                    x = floor(6 * x);
                    y = floor(4 * y);
                } else if (kind == 4 && i == 0)
                    x = y = 1e4;
                else if (kind == 5)
                    y = x;
                else if (kind == 6)
                    x = 1000 + 1e-3 * x;
                else if (kind == 7) {
                    double angle = 6.283185 * x;
                    x = cos(angle);
                    y = sin(angle);
                }
                data.x[i] = (float)x;
                data.y[i] = (float)y;
            }
            dataset_bounds(&data);
            assert_true(point_grid_build(&grid, &data, &status));
            double width = (double)(data.x_maximum - data.x_minimum) + 0.1,
                   height = (double)(data.y_maximum - data.y_minimum) + 0.1;
            for (int q = 0; q < 200; q++) {
                double x = (double)data.x_minimum + (2 * uniform() - 0.5) * width,
                       y = (double)data.y_minimum + (2 * uniform() - 0.5) * height;
                if (q % 3 == 0) { /* on a point */
                    x = (double)data.x[(size_t)q % data.count];
                    y = (double)data.y[(size_t)q % data.count];
                }
                double reach = q % 5 == 0 ? 1e9 : pow(10, -3 * uniform()) * (width + height) / 4;
                int64_t expected = nearest_by_hand(&data, x, y, reach),
                        found = point_grid_nearest(&grid, &data, x, y, reach, NULL, NULL);
                if (expected != found) { /* only where a rounding error decides */
                    assert_true(expected >= 0 && found >= 0);
                    assert_near(hypot((double)data.x[expected] - x, (double)data.y[expected] - y),
                                hypot((double)data.x[found] - x, (double)data.y[found] - y), 1e-9);
                }
            }
            assert_int_equal(point_grid_nearest(&grid, &data, NAN, 0, 1, NULL, NULL), -1);
            assert_int_equal(point_grid_nearest(&grid, &data, 1e300, 0, 1, NULL, NULL), -1);
            dataset_free(&data);
        }
    point_grid_free(&grid);
    assert_int_equal(point_grid_nearest(&grid, NULL, 0, 0, 1, NULL, NULL), -1);
}

static void a_million_points_are_searched(void **state) {
    (void)state;
    enum { MANY = 1000000, LOOKS = 12 };
    Dataset data;
    PointGrid grid = {0};
    assert_true(dataset_init(&data, MANY, 2, &status));
    for (int i = 0; i < MANY; i++) {
        data.x[i] = (float)(uniform() + uniform());
        data.y[i] = (float)(uniform() + uniform());
    }
    dataset_bounds(&data);
    assert_true(point_grid_build(&grid, &data, &status));
    for (int i = 0; i < LOOKS; i++) { /* within and beside, near to, and all of it within reach */
        double x = 3 * uniform() - 0.5, y = 3 * uniform() - 0.5, reach = i % 2 ? 0.03 : 10;
        double best = reach * reach;
        for (int k = 0; k < MANY; k++) {
            double dx = (double)data.x[k] - x, dy = (double)data.y[k] - y;
            best = fmin(best, dx * dx + dy * dy);
        }
        int64_t found = point_grid_nearest(&grid, &data, x, y, reach, NULL, NULL);
        assert_int_equal(found >= 0, best < reach * reach);
        if (found >= 0)
            assert_true(hypot((double)data.x[found] - x, (double)data.y[found] - y) <= sqrt(best) + 1e-12);
    }
    point_grid_free(&grid);
    dataset_free(&data);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_of_many_points),
        cmocka_unit_test(a_million_points_are_searched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
