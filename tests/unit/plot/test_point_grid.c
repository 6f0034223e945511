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

/* Clouds, lines, one place, a few places, an outlier far away. */
enum { KINDS = 8 };
static void make_points(Dataset *data, size_t count, int kind) {
    assert_true(dataset_init(data, count, 2, &status));
    for (size_t i = 0; i < data->count; i++) {
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
        data->x[i] = (float)x;
        data->y[i] = (float)y;
    }
    dataset_bounds(data);
}

/* Reaches from nothing to everything. */
static void nearest_of_many_points(void **state) {
    (void)state;
    static const size_t COUNTS[] = {2, 3, 50, 20000};
    PointGrid grid = {0};
    for (size_t c = 0; c < 4; c++)
        for (int kind = 0; kind < KINDS; kind++) {
            Dataset data;
            make_points(&data, COUNTS[c], kind);
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

/* Where a step leads, by looking at all points. stretch: of y. */
static int64_t step_by_hand(const Dataset *data, size_t from, PointDirection direction, double stretch) {
    bool onwards = direction == TOWARDS_RIGHT || direction == TOWARDS_UP;
    int64_t same = -1, found[2] = {-1, -1};
    double best[2] = {INFINITY, INFINITY};
    for (size_t i = 0; i < data->count; i++) {
        double dx = (double)data->x[i] - (double)data->x[from],
               dy = stretch * ((double)data->y[i] - (double)data->y[from]);
        if (dx == 0 && dy == 0 && i != from && (onwards ? i > from && same < 0 : i < from))
            same = (int64_t)i;
        double along = direction == TOWARDS_RIGHT  ? dx
                       : direction == TOWARDS_LEFT ? -dx
                       : direction == TOWARDS_UP   ? dy
                                                   : -dy;
        double across = fabs(direction == TOWARDS_RIGHT || direction == TOWARDS_LEFT ? dy : dx);
        for (int wide = 0; wide < 2; wide++)
            if (along > 0 && (wide || across <= along) && hypot(dx, dy) < best[wide]) {
                best[wide] = hypot(dx, dy);
                found[wide] = (int64_t)i;
            }
    }
    return same >= 0 ? same : found[0] >= 0 ? found[0] : found[1];
}

static double distance(const Dataset *data, size_t a, int64_t b) {
    return hypot((double)data->x[a] - (double)data->x[b], (double)data->y[a] - (double)data->y[b]);
}

/* Steps are what they say, and from any point they lead to all others. */
static void steps_reach_every_point(void **state) {
    (void)state;
    static const size_t COUNTS[] = {1, 2, 3, 50, 400};
    PointGrid grid = {0};
    for (size_t c = 0; c < sizeof COUNTS / sizeof *COUNTS; c++)
        for (int kind = 0; kind < KINDS; kind++) {
            Dataset data;
            static int64_t to[400][4];
            make_points(&data, COUNTS[c], kind);
            assert_true(point_grid_build(&grid, &data, &status));
            for (size_t i = 0; i < data.count; i++)
                for (int d = TOWARDS_LEFT; d <= TOWARDS_DOWN; d++) {
                    int64_t found = point_grid_step(&grid, &data, i, (PointDirection)d, NULL, NULL);
                    int64_t expected = step_by_hand(&data, i, (PointDirection)d, 1.0);
                    assert_int_equal(found >= 0, expected >= 0);
                    if (found != expected) /* only where a rounding error decides */
                        assert_near(distance(&data, i, found), distance(&data, i, expected), 1e-9);
                    to[i][d] = found;
                }
            for (size_t start = 0; start < data.count; start += 1 + data.count / 10) {
                bool reached[400] = {0};
                size_t queue[400], count = 1;
                queue[0] = start;
                reached[start] = true;
                for (size_t at = 0; at < count; at++)
                    for (int d = 0; d < 4; d++) {
                        int64_t next = to[queue[at]][d];
                        if (next < 0 || reached[next])
                            continue;
                        reached[next] = true;
                        queue[count++] = (size_t)next;
                    }
                if (count != data.count)
                    fail_msg("kind %d: %zu of %zu points from point %zu", kind, count, data.count, start);
            }
            dataset_free(&data);
        }
    point_grid_free(&grid);
}

/* Where one axis is stretched, steps go by distances and directions as they are seen. */
static void steps_go_by_what_is_seen(void **state) {
    (void)state;
    static const double STRETCHES[] = {0.02, 0.3, 3.0, 50.0};
    PointGrid grid = {0};
    for (int kind = 0; kind < KINDS; kind++) {
        Dataset data;
        make_points(&data, 400, kind);
        assert_true(point_grid_build(&grid, &data, &status));
        for (size_t k = 0; k < sizeof STRETCHES / sizeof *STRETCHES; k++) {
            grid.stretch = STRETCHES[k];
            for (size_t i = 0; i < data.count; i++)
                for (int d = TOWARDS_LEFT; d <= TOWARDS_DOWN; d++) {
                    int64_t found = point_grid_step(&grid, &data, i, (PointDirection)d, NULL, NULL);
                    int64_t expected = step_by_hand(&data, i, (PointDirection)d, grid.stretch);
                    assert_int_equal(found >= 0, expected >= 0);
                    if (found == expected) /* only where a rounding error decides it may be another */
                        continue;
                    double way[2];
                    for (int w = 0; w < 2; w++) {
                        size_t to = (size_t)(w ? expected : found);
                        way[w] = hypot((double)data.x[to] - (double)data.x[i],
                                       grid.stretch * ((double)data.y[to] - (double)data.y[i]));
                    }
                    assert_near(way[0], way[1], 1e-9);
                }
        }
        grid.stretch = 0.0;
        dataset_free(&data);
    }
    point_grid_free(&grid);
}

static bool is_even(const void *context, size_t sample) {
    (void)context;
    return sample % 2 == 0;
}

static void steps_pass_over_what_is_not_accepted(void **state) {
    (void)state;
    Dataset data;
    PointGrid grid = {0};
    make_points(&data, 400, 0);
    assert_true(point_grid_build(&grid, &data, &status));
    size_t at = 0;
    for (int i = 0; i < 40; i++) {
        int64_t next = point_grid_step(&grid, &data, at, (PointDirection)(i % 4), is_even, NULL);
        assert_true(next < 0 || next % 2 == 0);
        at = next < 0 ? at : (size_t)next;
    }
    assert_int_equal(point_grid_step(&grid, &data, 400, TOWARDS_LEFT, NULL, NULL), -1);
    dataset_free(&data);
    point_grid_free(&grid);
    data.count = 3; /* no grid of these */
    assert_int_equal(point_grid_step(&grid, &data, 0, TOWARDS_LEFT, NULL, NULL), -1);
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
    int64_t at = point_grid_nearest(&grid, &data, 1, 1, 1, NULL, NULL);
    for (int i = 0; i < 400 && at >= 0; i++) { /* all the way out, where nothing is left to be found */
        int64_t next = point_grid_step(&grid, &data, (size_t)at, i < 300 ? TOWARDS_UP : TOWARDS_RIGHT, NULL, NULL);
        assert_true(next < 0 || next != at);
        at = next >= 0 ? next : at;
    }
    assert_true(data.y[at] > 1.2f);
    point_grid_free(&grid);
    dataset_free(&data);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_of_many_points),        cmocka_unit_test(steps_reach_every_point),
        cmocka_unit_test(steps_go_by_what_is_seen),      cmocka_unit_test(steps_pass_over_what_is_not_accepted),
        cmocka_unit_test(a_million_points_are_searched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
