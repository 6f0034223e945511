/* What is handed to the display: nothing that has changed may be left out, and little else may go along. */
#include "app/draw/damage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { W = 300, H = 210, STRIDE = 320, CANVAS_W = 310, CANVAS_H = 215, UNTOUCHED = 0x12345678 };

static Canvas canvas;
static uint32_t shown[STRIDE * H], before[STRIDE * H];
static DamageRect rects[DAMAGE_MOST];
static Status status;

static int setup(void **state) {
    (void)state;
    assert_true(canvas_resize(&canvas, CANVAS_W, CANVAS_H, &status));
    canvas_fill(&canvas, 0xff808080);
    for (int i = 0; i < STRIDE * H; i++)
        shown[i] = UNTOUCHED;
    damage_repair(&canvas, shown, W, H, STRIDE, rects);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    canvas_free(&canvas);
    return 0;
}

/* How many rects, after a look at whether they do what they should. */
static size_t repair(void) {
    static uint8_t covered[STRIDE * H];
    memset(covered, 0, sizeof covered);
    memcpy(before, shown, sizeof before);
    size_t count = damage_repair(&canvas, shown, W, H, STRIDE, rects);
    for (size_t i = 0; i < count; i++) {
        DamageRect r = rects[i];
        assert_true(r.x >= 0 && r.y >= 0 && r.w > 0 && r.h > 0 && r.x + r.w <= W && r.y + r.h <= H);
        for (int y = r.y; y < r.y + r.h; y++)
            for (int x = r.x; x < r.x + r.w; x++)
                covered[y * STRIDE + x]++;
    }
    for (int y = 0; y < H; y++)
        for (int x = 0; x < STRIDE; x++) {
            int i = y * STRIDE + x;
            assert_int_equal(shown[i], x < W ? canvas.pixels[y * CANVAS_W + x] : UNTOUCHED);
            assert_true(covered[i] <= 1);
            assert_true(covered[i] == 1 || shown[i] == before[i]);
        }
    return count;
}

static void set(int x, int y) {
    static int channel;
    canvas.pixels[y * CANVAS_W + x] ^= UINT32_C(1) << (8 * (channel++ % 4));
}

static void nothing_is_nothing(void **state) {
    (void)state;
    assert_int_equal(repair(), 0);
}

static void one_pixel_is_a_tile(void **state) {
    (void)state;
    const int places[][2] = {{0, 0}, {W - 1, 0}, {0, H - 1}, {W - 1, H - 1}, {63, 63}, {64, 64}, {130, 100}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        set(places[i][0], places[i][1]);
        assert_int_equal(repair(), 1);
        assert_true(rects[0].w <= DAMAGE_TILE && rects[0].h <= DAMAGE_TILE);
    }
}

static void neighbours_go_together(void **state) {
    (void)state;
    canvas_rect(&canvas, (Rect){70, 20, 150, 100}, 0xff102030); /* tiles 1 to 3 of rows 0 and 1 */
    assert_int_equal(repair(), 1);
    assert_int_equal(rects[0].x, 64);
    assert_int_equal(rects[0].y, 0);
    assert_int_equal(rects[0].w, 192);
    assert_int_equal(rects[0].h, 128);
    canvas_fill(&canvas, 0xff000000);
    assert_int_equal(repair(), 1);
    assert_int_equal(rects[0].w * rects[0].h, W * H);
    set(10, 10);
    set(200, 10); /* not side by side */
    set(10, 200); /* nor below one another */
    assert_int_equal(repair(), 3);
}

static void noise_is_repaired(void **state) {
    (void)state;
    uint32_t random = 7;
    for (int round = 0; round < 300; round++) {
        for (int i = round % 40; i > 0; i--) {
            random = random * 1664525u + 1013904223u;
            set((int)(random >> 8) % W, (int)(random >> 20) % H);
        }
        repair();
    }
}

static void too_many_are_one(void **state) {
    (void)state;
    enum { SIDE = 48 * DAMAGE_TILE };
    Canvas large = {0};
    assert_true(canvas_resize(&large, SIDE, SIDE, &status));
    canvas_fill(&large, 0xffffffff);
    uint32_t *old = malloc(sizeof *old * SIDE * SIDE);
    assert_non_null(old);
    memcpy(old, large.pixels, sizeof *old * SIDE * SIDE);
    for (int most = DAMAGE_MOST - 1; most <= DAMAGE_MOST + 1; most++) {
        int tiles = 0;
        for (int y = 0; y < SIDE; y += DAMAGE_TILE)
            for (int x = y % (2 * DAMAGE_TILE); x < SIDE; x += 2 * DAMAGE_TILE)
                large.pixels[(size_t)y * SIDE + (size_t)x] ^= tiles++ < most;
        size_t count = damage_repair(&large, old, SIDE, SIDE, SIDE, rects);
        assert_true(count == 1 ? rects[0].w == SIDE && rects[0].h == SIDE : (int)count == most);
        assert_true(count <= DAMAGE_MOST && (most < DAMAGE_MOST || count == 1));
        assert_memory_equal(old, large.pixels, sizeof *old * SIDE * SIDE);
    }
    free(old);
    canvas_free(&large);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(one_pixel_is_a_tile, setup, teardown),
        cmocka_unit_test_setup_teardown(neighbours_go_together, setup, teardown),
        cmocka_unit_test_setup_teardown(noise_is_repaired, setup, teardown),
        cmocka_unit_test(too_many_are_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
