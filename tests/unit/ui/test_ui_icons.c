/* The icons' table: each is drawn, in its square, and redo mirrors undo. */
#include "app/ui/ui.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    SIDE = 64,
    MIDDLE = SIDE / 2,
    SIZE = 40,
    REACH = SIZE * 6 / 5
}; /* round ends of lines reach beyond the square */

static Canvas draw(UiIcon icon) {
    Canvas canvas = {0};
    Status status = {0};
    assert_true(canvas_resize(&canvas, SIDE, SIDE, &status));
    canvas_fill(&canvas, 0xff000000);
    ui_icon(&canvas, icon, MIDDLE, MIDDLE, SIZE, 0xffffffff);
    return canvas;
}

static int level(const Canvas *canvas, int x, int y) {
    return (int)(canvas->pixels[y * SIDE + x] & 0xff);
}

static void every_icon_is_drawn_in_its_square(void **state) {
    (void)state;
    for (int icon = ICON_NONE; icon < ICON_COUNT; icon++) {
        Canvas canvas = draw((UiIcon)icon);
        int inside = 0, outside = 0;
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++) {
                bool near = abs(2 * x + 1 - SIDE) <= REACH && abs(2 * y + 1 - SIDE) <= REACH;
                *(near ? &inside : &outside) += level(&canvas, x, y) > 0;
            }
        if (outside > 0 || (inside > 0) != (icon != ICON_NONE))
            fail_msg("icon %d: %d pixels in its square, %d outside", icon, inside, outside);
        canvas_free(&canvas);
    }
}

static void redo_mirrors_undo(void **state) {
    (void)state;
    Canvas undo = draw(ICON_UNDO), redo = draw(ICON_REDO);
    int differ = 0;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            assert_true(abs(level(&undo, x, y) - level(&redo, SIDE - 1 - x, y)) <= 1);
            differ += level(&undo, x, y) != level(&redo, x, y);
        }
    assert_true(differ > 0);
    canvas_free(&undo);
    canvas_free(&redo);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_icon_is_drawn_in_its_square),
        cmocka_unit_test(redo_mirrors_undo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
