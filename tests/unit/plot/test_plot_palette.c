/* The fixed palette holds the colours of pictures. */
#include "tests/unit/plot/scene.h"

static void palette_holds_the_picture(void **state) {
    (void)state;
    for (int dark = 0; dark < 2; dark++)
        for (int classes = 2; classes <= 8; classes += 3) {
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
        for (int classes = 2; classes <= MAX_CLASSES; classes++) { /* of the most classes, too */
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

/* Of many classes every one has what tells it apart, as it is, and every pixel of a picture has a near colour. */
static void palette_of_many_classes(void **state) {
    (void)state;
    for (int dark = 0; dark < 2; dark++)
        for (int classes = 9; classes <= MAX_CLASSES; classes++)
            for (int soft = 0; soft < 2; soft++) {
                const Theme *theme = scene.theme = dark ? &THEME_DARK : &THEME_LIGHT;
                Color colors[255];
                assert_true(plot_palette(theme, classes, soft, colors, 202) <= 202); /* beside a ramp of losses */
                size_t count = plot_palette(theme, classes, soft, colors, 255);
                assert_in_range(count, 200, 255);
                for (int k = 0; k < classes; k++) {
                    const Color wanted[] = {theme->class_fill[k],      theme->class_edge[k], theme->region[k],
                                            theme_hard_edge(theme, k), theme->boundary,      theme->ring};
                    for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++) {
                        bool found = false;
                        for (size_t i = 0; i < count; i++)
                            found = found || colors[i] == wanted[w];
                        assert_true(found);
                    }
                }
                if (classes < 31 || soft)
                    continue;
                set_points(390, classes);
                set_easy(300);
                mlp_shape(&scene.mlp, (const int[]){8}, 1, classes, ACTIVATION_TANH);
                memset(scene.parameters, 0, sizeof scene.parameters);
                for (int k = 0; k < classes; k++) { /* a region each, from left to right */
                    float at = -5 + 10 * ((float)k + 0.5f) / (float)classes;
                    scene.parameters[scene.mlp.weights[1] + (size_t)(8 * k)] = 60 * at / 5;
                    scene.parameters[scene.mlp.biases[1] + (size_t)k] = -30 * at * at / 25;
                }
                scene.parameters[scene.mlp.weights[0]] = 0.05f;
                fit();
                draw();
                size_t far = 0;
                for (int p = 0; p < W * H; p++) {
                    bool found = false;
                    for (size_t i = 0; i < count && !found; i++)
                        found = near(scene.canvas.pixels[p], colors[i], 30);
                    far += !found;
                }
                assert_true(far < W * H / 100);
            }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        scenic(palette_holds_the_picture),
        scenic(palette_holds_test_points),
        scenic(palette_of_many_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
