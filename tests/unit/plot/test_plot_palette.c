/* The fixed palette holds the colours of pictures. */
#include "tests/unit/plot/scene.h"

static void palette_holds_the_picture(void **state) {
    (void)state;
    for (int dark = 0; dark < 2; dark++)
        for (int classes = 2; classes <= MAX_CLASSES; classes += 3) {
            scene.theme = dark ? &THEME_DARK : &THEME_LIGHT;
            Color colors[255];
            size_t count = plot_palette(scene.theme, classes, false, colors, 255);
            assert_in_range(count, 60, 255);
            assert_true(plot_palette(scene.theme, classes, false, colors, 10) <= 10);
            count = plot_palette(scene.theme, classes, false, colors, 255);
            for (int k = 0; k < classes; k++) { /* the main ones are in it exactly */
                bool fill = false, region = false;
                for (size_t i = 0; i < count; i++) {
                    fill = fill || colors[i] == scene.theme->class_fill[k];
                    region = region || colors[i] == scene.theme->region[k];
                }
                assert_true(fill && region);
            }
            if (classes > 2)
                continue;
            fit(); /* and every pixel of a picture has a near one */
            scene.options.caption = true;
            set_easy(180);
            draw();
            size_t far = 0;
            for (int p = 0; p < W * H; p++) {
                bool found = false;
                for (size_t i = 0; i < count && !found; i++)
                    found = near(scene.canvas.pixels[p], colors[i], 24);
                far += !found;
            }
            assert_true(far < W * H / 200);
        }
}

static void palette_holds_test_points(void **state) {
    (void)state;
    Color colors[255];
    for (int dark = 0; dark < 2; dark++)
        for (int classes = 2; classes <= MAX_CLASSES; classes++) {
            const Theme *theme = dark ? &THEME_DARK : &THEME_LIGHT;
            size_t count = plot_palette(theme, classes, false, colors, 255);
            for (int k = 0; k < classes; k++) {
                bool found = false;
                for (size_t i = 0; i < count; i++)
                    found = found || near(colors[i], color_mix(theme->region[k], theme->class_fill[k], 0.45f), 1);
                assert_true(found);
            }
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        scenic(palette_holds_the_picture),
        scenic(palette_holds_test_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
