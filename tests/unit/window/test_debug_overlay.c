/* The debug overlay: off unless it is asked for; frames what changed, and nothing else. */
#include "app/window/debug_overlay.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const DebugTimes TIMES = {0.001, 0.002, 0.003, 0.004};

static void it_is_asked_for(void **state) {
    (void)state;
    unsetenv("EASYFIRST_DEBUG");
    assert_null(debug_overlay_new());
    setenv("EASYFIRST_DEBUG", "0", 1);
    assert_null(debug_overlay_new());
    setenv("EASYFIRST_DEBUG", "1", 1);
    DebugOverlay *overlay = debug_overlay_new();
    assert_non_null(overlay);
    debug_overlay_free(overlay);
}

/* Pixels in a rect that are no longer the colour that the canvas was filled with. */
static size_t marked(const Canvas *canvas, int x0, int y0, int x1, int y1) {
    size_t count = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            count += canvas->pixels[y * canvas->width + x] != 0xffffffff;
    return count;
}

static void what_changed_is_framed(void **state) {
    (void)state;
    Status status = {0};
    Screen screen;
    setenv("EASYFIRST_DEBUG", "1", 1);
    DebugOverlay *overlay = debug_overlay_new();
    assert_true(screen_init(&screen, FONT_DIR, 640, 480, 1.0f, &THEME_LIGHT, &status));
    canvas_fill(&screen.canvas, 0xffffffff);
    debug_overlay_draw(overlay, &screen, &TIMES); /* all is new */
    assert_true(marked(&screen.canvas, 0, 0, 640, 1) > 600);
    canvas_fill(&screen.canvas, 0xffffffff);
    debug_overlay_draw(overlay, &screen, &TIMES); /* nothing has changed: the overlay itself does not count */
    assert_int_equal(marked(&screen.canvas, 0, 0, 640, 400), 0);
    assert_true(marked(&screen.canvas, 0, 420, 420, 480) > 5000); /* the box with the figures */
    canvas_fill(&screen.canvas, 0xffffffff);
    screen.canvas.pixels[200 * 640 + 300] = 0xff000000;
    debug_overlay_draw(overlay, &screen, &TIMES);
    assert_int_equal(marked(&screen.canvas, 0, 0, 640, 400), 4 * 64 - 4 + 1); /* the tile around it, and it */
    debug_overlay_free(overlay);
    screen_free(&screen);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_is_asked_for), cmocka_unit_test(what_changed_is_framed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
