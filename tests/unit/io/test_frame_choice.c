/* Which epochs an animation shows. */
#include "app/io/frame_choice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The numbers of the epochs that are shown of `count`, each `stride`-th of which was kept. */
static void shows(FrameChoice choice, size_t count, uint32_t stride, const char *expected) {
    char text[512] = "";
    for (size_t i = 0; i < count; i++) {
        uint32_t number = (uint32_t)(i + 1) * stride, before = (uint32_t)i * stride;
        if (frame_chosen(&choice, i, count, number, before))
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%u", text[0] ? " " : "", number);
    }
    assert_string_equal(text, expected);
}

static void all_unless_told(void **state) {
    (void)state;
    shows((FrameChoice){0}, 5, 1, "1 2 3 4 5");
    shows((FrameChoice){.every = 1}, 3, 1, "1 2 3");
    shows((FrameChoice){0}, 1, 1, "1");
}

static void every_so_many(void **state) {
    (void)state;
    shows((FrameChoice){.every = 10}, 35, 1, "1 10 20 30 35");
    shows((FrameChoice){.every = 10}, 30, 1, "1 10 20 30");
    shows((FrameChoice){.every = 2}, 6, 1, "1 2 4 6");
    shows((FrameChoice){.every = 100}, 7, 1, "1 7");
    shows((FrameChoice){.every = 1000000}, 1, 1, "1");
    shows((FrameChoice){.every = 10}, 10, 4, "4 12 20 32 40"); /* of each fourth */
}

static void at_most_so_many(void **state) {
    (void)state;
    shows((FrameChoice){.most = 4}, 10, 1, "1 4 7 10");
    shows((FrameChoice){.most = 2}, 10, 1, "1 10");
    shows((FrameChoice){.most = 3}, 10, 1, "1 6 10");
    shows((FrameChoice){.most = 10}, 10, 1, "1 2 3 4 5 6 7 8 9 10");
    shows((FrameChoice){.most = 50}, 3, 1, "1 2 3");
    shows((FrameChoice){.most = 2}, 1, 1, "1");
    for (int most = 2; most < 40; most++)
        for (size_t count = 1; count < 120; count++) { /* as many as asked for, none nearer than the rest */
            size_t shown = 0, last = 0, least = count, largest = 0;
            for (size_t i = 0; i < count; i++) {
                if (!frame_chosen(&(FrameChoice){.most = most}, i, count, (uint32_t)i + 1, (uint32_t)i))
                    continue;
                if (i > 0) {
                    least = i - last < least ? i - last : least;
                    largest = i - last > largest ? i - last : largest;
                }
                last = i;
                shown++;
            }
            assert_int_equal(shown, count < (size_t)most ? count : (size_t)most);
            assert_int_equal(last, count - 1);
            assert_true(count == 1 || largest - least <= 1);
        }
}

static void times(void **state) {
    (void)state;
    assert_int_equal(frame_milliseconds(&(FrameChoice){0}, false), 600);
    assert_int_equal(frame_milliseconds(&(FrameChoice){0}, true), 2500);
    assert_int_equal(frame_milliseconds(&(FrameChoice){.frame_ms = 40}, false), 40);
    assert_int_equal(frame_milliseconds(&(FrameChoice){.frame_ms = 40}, true), 2500);
    assert_int_equal(frame_milliseconds(&(FrameChoice){.last_ms = 70}, true), 70);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_unless_told),
        cmocka_unit_test(every_so_many),
        cmocka_unit_test(at_most_so_many),
        cmocka_unit_test(times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
