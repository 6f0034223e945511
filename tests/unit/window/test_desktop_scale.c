/* The scale that an X11 desktop asks for, from what it has set. */
#include "app/window/desktop_scale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void scales(void **state) {
    (void)state;
    static const struct {
        const char *resources, *gdk;
        float scale;
    } CASES[] = {
        {NULL, NULL, 1.0f},
        {"", "", 1.0f},
        {"Xft.dpi:\t192\n", NULL, 2.0f},
        {"Xcursor.size:\t24\nXft.dpi: 120\nXft.rgba:\tnone\n", NULL, 1.25f},
        {"*Xft.dpi:\t192\nnotXft.dpi: 192\n", NULL, 1.0f}, /* other resources */
        {"Xft.dpi:\t96\n", "2", 2.0f},
        {"Xft.dpi:\t288\n", "2", 3.0f},
        {"Xft.dpi:\tlarge\n", "two", 1.0f},
        {"Xft.dpi:\t-192\n", "-2", 1.0f},
        {"Xft.dpi:\t40\n", "0.1", 1.0f},
        {"Xft.dpi:\t1e9\n", "nan", 1.0f},
        {"Xft.dpi:", NULL, 1.0f},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_float_equal(desktop_scale_of(CASES[i].resources, CASES[i].gdk), CASES[i].scale, 1e-6f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(scales)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
