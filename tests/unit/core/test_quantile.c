/* Order statistics of losses, against sorted copies. */
#include "core/curriculum.h"
#include "core/quantile.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/patterns.h"

static int compare(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Against a sorted copy, and against what the header promises, by counting. */
static void test_share(void **state) {
    (void)state;
    enum { MOST = 3001 };
    static float loss[MOST], kept[MOST], sorted[MOST];
    static const size_t sizes[] = {1, 2, 3, 5, 8, 64, 999, 1000, MOST};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int which = 0; which < PATTERNS; which++) {
            size_t n = sizes[s];
            for (size_t i = 0; i < n; i++)
                loss[i] = kept[i] = sorted[i] = pattern(which, i, n);
            qsort(sorted, n, sizeof *sorted, compare);
            for (size_t part = 0; part <= 16; part++) { /* sixteenths, so that halves are halves */
                size_t product = part * n, wanted = product / 16, rest = product % 16;
                wanted += rest > 8 || (rest == 8 && wanted % 2 == 1);
                wanted = part > 0 && wanted == 0 ? 1 : wanted;
                float t = share_threshold(loss, n, (double)part / 16.0);
                assert_memory_equal(loss, kept, n * sizeof *loss);
                if (part == 0) {
                    assert_true(t == 0.0f);
                    continue;
                }
                if (t != nextafterf(sorted[wanted - 1], INFINITY))
                    fail_msg("%zu losses, pattern %d, share %zu/16: %.9g", n, which, part, (double)t);
                size_t below = 0, below_less = 0;
                for (size_t i = 0; i < n; i++) {
                    below += loss[i] < t;
                    below_less += loss[i] < nextafterf(t, -1.0f);
                }
                assert_true(below >= wanted && below_less < wanted);
                Settings easy = {.order = ORDER_EASY, .regularizer = REGULARIZER_HARD};
                WeightRule rule = weight_rule(&easy, (double)t, false);
                assert_true(weight_of_loss(&rule, sorted[wanted - 1]) == 1.0f); /* by way of the double, too */
            }
        }
    assert_true(share_threshold(NULL, 0, 0.7) == 0.0f);
    assert_true(share_threshold(loss, 5, -1.0) == 0.0f && share_threshold(loss, 5, NAN) == 0.0f);
    float special[] = {NAN, 1.0f, INFINITY, -NAN, 2.0f, -3.0f};
    assert_true(share_threshold(special, 6, 0.5) == nextafterf(2.0f, 3.0f));
    assert_true(share_threshold(special, 6, 1e-9) == nextafterf(-3.0f, 0.0f));
    assert_true(share_threshold(special, 6, 4.0 / 6.0) == FLT_MAX);
    assert_true(share_threshold(special, 6, 1.0) == FLT_MAX && share_threshold(special, 6, 7.0) == FLT_MAX);
}

/* Every rank, of all and of each class; the order of all. */
static void test_ranks(void **state) {
    (void)state;
    enum { N = 301, CLASSES = 4 };
    float loss[N], sorted[N];
    uint8_t label[N];
    uint32_t order[N], scratch[N];
    for (int which = 0; which < PATTERNS; which++) {
        for (size_t i = 0; i < N; i++) {
            loss[i] = pattern(which, i, N);
            label[i] = (uint8_t)draw(CLASSES - 1); /* nobody is of the last class */
        }
        for (int class = -1; class < CLASSES; class ++) {
            size_t n = 0;
            for (size_t i = 0; i < N; i++)
                if (class < 0 || label[i] == class)
                    sorted[n++] = loss[i];
            qsort(sorted, n, sizeof *sorted, compare);
            for (size_t rank = 0; rank <= n; rank++) {
                float found = class < 0 ? quantile_of_rank(loss, N, rank)
                                        : quantile_of_class(loss, label, (uint8_t) class, N, rank);
                assert_true(rank < n ? found == sorted[rank] : isnan(found));
            }
        }
        quantile_sort(loss, N, order, scratch);
        for (size_t i = 1; i < N; i++) {
            float before = loss[order[i - 1]], now = loss[order[i]];
            assert_true(before < now || (before == now && order[i - 1] < order[i]));
        }
    }
    float special[] = {NAN, 1.0f, INFINITY, -3.0f};
    assert_true(quantile_of_rank(special, 4, 2) == INFINITY && isnan(quantile_of_rank(special, 4, 3)));
    assert_true(isnan(quantile_of_rank(NULL, 0, 0)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_share),
        cmocka_unit_test(test_ranks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
