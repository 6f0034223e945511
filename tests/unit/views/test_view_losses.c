/* The curves of the weight v and of the latent loss F over the histogram, at places worked out from the
 * papers' formulas (core/curriculum.h names them), by the colours of their pixels. */
#include "app/views/view_losses.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { W = 600, H = 160 };

/* The axis is from 1e-6 to 100; curves are from the foot up to 18 pixels below the upper edge. */
static const Rect PLACE = {20, 10, 560, 140};

typedef struct Scene {
    Settings settings;
    Dataset data;
    Mlp mlp;
    float loss[2], v[2];
    Snapshot snapshot;
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
} Scene;

static Scene scene;
static Status status;

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    settings_default(&scene.settings);
    mlp_shape(&scene.mlp, NULL, 0, 2, ACTIVATION_TANH);
    if (!dataset_init(&scene.data, 2, 2, &status))
        return -1;
    dataset_bounds(&scene.data);
    scene.loss[0] = scene.loss[1] = 1e-6f; /* bars at the left end alone */
    scene.snapshot = (Snapshot){.settings = &scene.settings,
                                .data = &scene.data,
                                .mlp = &scene.mlp,
                                .loss = scene.loss,
                                .v = scene.v,
                                .batches = 1};
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f};
    scene.text = text_new(FONT_DIR, 1.0f, &status);
    return scene.text && ui_init(&scene.ui, &status) && canvas_resize(&scene.canvas, W, H, &status) ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    dataset_free(&scene.data);
    return 0;
}

static void draw(double threshold) {
    LossesState state = {.pinned = -1};
    Intents intents = {.preset = -1};
    scene.snapshot.threshold = scene.snapshot.next_threshold = scene.settings.threshold = threshold;
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    canvas_fill(&scene.canvas, THEME_LIGHT.card);
    losses_touch(&scene.ui, PLACE, &state, &scene.snapshot, &intents);
    losses_draw(&scene.ui, PLACE, &state, &scene.snapshot);
    ui_end(&scene.ui);
    losses_free(&state);
}

/* v* and F of each regularizer at a threshold t: plain, from the table. */
static double plain_v(int regularizer, double l, double t) {
    double z = 1 - t, c = 1 + exp(-t);
    switch (regularizer) {
    case REGULARIZER_HARD:
        return l < t;
    case REGULARIZER_LINEAR:
        return fmax(0, 1 - l / t);
    case REGULARIZER_LOG:
        return l < t ? log(l + z) / log(z) : 0;
    case REGULARIZER_MIXTURE:
        return l <= t / 2 ? 1 : l >= t ? 0 : t * (1 / l - 1 / t);
    case REGULARIZER_POLYNOMIAL:
        return l < t ? pow(1 - l / t, 1 / (scene.settings.power - 1)) : 0;
    case REGULARIZER_LOGISTIC:
        return c / (1 + exp(l - t));
    default:
        return exp(-l / t);
    }
}

/* The integral of v* from 0, in steps. */
static double plain_latent(int regularizer, double l, double t) {
    enum { STEPS = 20000 };
    double sum = 0;
    for (int i = 0; i < STEPS; i++)
        sum += plain_v(regularizer, l * (i + 0.5) / STEPS, t);
    return sum * l / STEPS;
}

static bool is_near(Color a, Color b, int most) {
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > most)
            return false;
    return true;
}

/* Whether the colour is within a pixel of where a curve's value of a loss belongs. */
static bool found(double loss, double value, Color color, int most) {
    double x = PLACE.x + PLACE.w * (log10(loss) + 6) / 8, foot = PLACE.y + PLACE.h - 24;
    double y = foot - (double)(PLACE.h - 24 - 18) * value;
    for (int dy = -2; dy <= 1; dy++) {
        int row = (int)(y + dy), column = (int)x;
        assert_true(row >= 0 && row < H && column >= 0 && column < W);
        if (is_near(scene.canvas.pixels[row * W + column], color, most))
            return true;
    }
    return false;
}

static const double LOSSES[] = {1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 2, 10, 50};
enum { LOSS_COUNT = sizeof LOSSES / sizeof *LOSSES };

static void curves_are_those_of_the_papers(void **state) {
    (void)state;
    const double t = 0.5;
    for (int r = REGULARIZER_HARD; r <= REGULARIZER_EXPONENTIAL; r++) {
        scene.settings.regularizer = r;
        draw(t);
        double most = plain_latent(r, 100, t);
        for (int i = 0; i < LOSS_COUNT; i++) {
            double v = plain_v(r, LOSSES[i], t), latent = plain_latent(r, LOSSES[i], t) / most;
            if (v > 0.03) /* at the foot there is the axis */
                assert_true(found(LOSSES[i], v, THEME_LIGHT.accent, 110));
            if (latent > 0.03 && fabs(latent - v) > 0.05) /* thin and pale, below the other */
                assert_true(found(LOSSES[i], latent, THEME_LIGHT.muted, 110));
            if (v < 0.9 && latent < 0.9)
                assert_false(found(LOSSES[i], 0.97, THEME_LIGHT.accent, 110));
        }
    }
}

static void curves_follow_threshold_and_order(void **state) {
    (void)state;
    draw(0.03);
    assert_true(found(0.01, 1, THEME_LIGHT.accent, 110));
    assert_false(found(0.1, 1, THEME_LIGHT.accent, 110));
    draw(3);
    assert_true(found(0.1, 1, THEME_LIGHT.accent, 110));
    scene.settings.order = ORDER_HARD; /* the other way round */
    draw(0.03);
    assert_false(found(0.01, 1, THEME_LIGHT.accent, 110));
    assert_true(found(0.1, 1, THEME_LIGHT.accent, 110));
    scene.settings.order = ORDER_ALL; /* every sample counts */
    draw(0.03);
    for (int i = 0; i < LOSS_COUNT; i++)
        assert_true(found(LOSSES[i], 1, THEME_LIGHT.accent, 110));
    scene.settings.order = ORDER_EASY;
    draw(0); /* none does, and F stays at the foot */
    for (int i = 0; i < LOSS_COUNT; i++)
        assert_false(found(LOSSES[i], 1, THEME_LIGHT.accent, 110));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(curves_are_those_of_the_papers, setup, teardown),
        cmocka_unit_test_setup_teardown(curves_follow_threshold_and_order, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
