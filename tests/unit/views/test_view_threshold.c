/* The curves of the weight v and of the latent loss F over the histogram, at places worked out from the papers'
 * formulas (core/curriculum.h names them), by the colours of their pixels; what the bars count, and which is cut. */
#include "app/views/view_threshold.h"
#include "tests/support/widgets.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { W = 600, H = 260 };

/* As view_threshold.h has it: the axis is from 1e-6 to 100, 14 pixels from the left; bars and curves are 108 high. */
static const Rect PLACE = {20, 10, 560, 224};
static const Rect BARS = {34, 74, 546, 108};

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
    bool curves;
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
    scene.curves = true;
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
    ThresholdState state = {.pinned = -1};
    Intents intents = {.preset = -1};
    scene.snapshot.threshold = scene.snapshot.next_threshold = scene.settings.threshold = threshold;
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    canvas_fill(&scene.canvas, THEME_LIGHT.card);
    threshold_touch(&scene.ui, PLACE, false, &state, &scene.snapshot, &intents);
    state.curves = scene.curves;
    threshold_draw(&scene.ui, &state, &scene.snapshot);
    ui_end(&scene.ui);
    threshold_free(&state);
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
    double x = BARS.x + BARS.w * (log10(loss) + 6) / 8, y = BARS.y + BARS.h - BARS.h * value;
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
                assert_true(found(LOSSES[i], v, THEME_LIGHT.text, 110));
            if (latent > 0.03 && fabs(latent - v) > 0.05) /* thin and pale, below the other */
                assert_true(found(LOSSES[i], latent, THEME_LIGHT.muted, 110));
            if (v < 0.9 && latent < 0.9)
                assert_false(found(LOSSES[i], 0.97, THEME_LIGHT.text, 110));
        }
    }
}

static void curves_follow_threshold_and_order(void **state) {
    (void)state;
    draw(0.03);
    assert_true(found(0.01, 1, THEME_LIGHT.text, 110));
    assert_false(found(0.1, 1, THEME_LIGHT.text, 110));
    draw(3);
    assert_true(found(0.1, 1, THEME_LIGHT.text, 110));
    scene.settings.order = ORDER_HARD; /* the other way round */
    draw(0.03);
    assert_false(found(0.01, 1, THEME_LIGHT.text, 110));
    assert_true(found(0.1, 1, THEME_LIGHT.text, 110));
    scene.settings.order = ORDER_ALL; /* every sample counts */
    draw(0.03);
    for (int i = 0; i < LOSS_COUNT; i++)
        assert_true(found(LOSSES[i], 1, THEME_LIGHT.text, 110));
    scene.settings.order = ORDER_EASY;
    draw(0); /* none does, and F stays at the foot */
    for (int i = 0; i < LOSS_COUNT; i++)
        assert_false(found(LOSSES[i], 1, THEME_LIGHT.text, 110));
}

static const UiWidget *find(const char *name) {
    return find_widget(&scene.ui, name);
}

/* A point's loss counts in one bin, and as much as its v in its class; against plain sums. */
static void every_point_is_counted_once(void **state) {
    (void)state;
    enum { POINTS = 3000 };
    static float loss[POINTS], v[POINTS];
    Dataset data = {0};
    assert_true(dataset_init(&data, POINTS, 3, &status));
    double weight = 0;
    size_t below = 0, above = 0;
    for (int i = 0; i < POINTS; i++) {
        loss[i] = (float)pow(10, -8 + 11.0 * i / POINTS);
        v[i] = (float)(i % 11) / 10;
        data.label[i] = (uint8_t)(i % 3);
        weight += (double)v[i];
        below += loss[i] < 1e-6f;
        above += loss[i] >= (float)loss_bin_low(LOSS_BINS);
    }
    loss[7] = NAN; /* such a loss is large, not small */
    v[7] = 0;
    weight -= 0.7;
    loss[10] = INFINITY;
    Snapshot s = {.settings = &scene.settings, .data = &data, .loss = loss, .v = v};
    LossCount count = {0};
    loss_count(&count, &s);
    size_t points = 0;
    for (int b = 0; b < LOSS_ALL_BINS; b++)
        points += count.histogram.points[b];
    assert_int_equal(points, POINTS);
    assert_int_equal(count.histogram.points[LOSS_BELOW], below - 2);
    assert_int_equal(count.histogram.points[LOSS_BINS], above + 2);
    assert_true(fabs(loss_count_weight(&count) - weight / POINTS) < 1e-5);
    v[8] = 1; /* the same losses with other weights: counted anew, since another threshold has decided them */
    s.threshold = 0.5;
    loss_count(&count, &s);
    assert_true(fabs(loss_count_weight(&count) - (weight + 0.2) / POINTS) < 1e-5);
    loss_count_free(&count);
    dataset_free(&data);
}

/* A heap of losses below the axis is cut and counted; it does not flatten the others. */
static void a_heap_at_the_end_is_cut(void **state) {
    (void)state;
    enum { POINTS = 1000 };
    static float loss[POINTS], v[POINTS];
    Dataset data = {0};
    assert_true(dataset_init(&data, POINTS, 2, &status));
    dataset_bounds(&data);
    scene.curves = false;
    for (int low = 0; low < 2; low++) {
        for (int i = 0; i < POINTS; i++) {
            loss[i] = i < 800 ? (low ? 1e-9f : 1e9f) : 0.01f;
            v[i] = 1;
        }
        scene.snapshot.data = &data;
        scene.snapshot.loss = loss;
        scene.snapshot.v = v;
        draw(0.1);
        const UiWidget *count = find("threshold-count");
        assert_non_null(count);
        assert_true(count->rect.y + count->rect.h <= BARS.y + 0.5f);
        int bar = (int)(BARS.x + BARS.w * 4.0f / 8.0f + 2.0f); /* of 0.01: to the top */
        assert_int_equal(scene.canvas.pixels[((int)BARS.y + 2) * W + bar], THEME_LIGHT.class_fill[0]);
        int heap = low ? (int)PLACE.x + 4 : (int)(BARS.x + BARS.w) - 4, gaps = 0;
        for (int y = (int)BARS.y; y < (int)BARS.y + 40; y++)
            gaps += scene.canvas.pixels[y * W + heap] == THEME_LIGHT.card;
        assert_true(gaps > 0); /* the break */
    }
    dataset_free(&data);
}

/* SuperLoss: bars are full at e, words tell what passes 1. */
static void superloss_passes_one(void **state) {
    (void)state;
    enum { POINTS = 100 };
    static float loss[POINTS], v[POINTS];
    Dataset data = {0};
    assert_true(dataset_init(&data, POINTS, 2, &status));
    dataset_bounds(&data);
    for (int i = 0; i < POINTS; i++) {
        loss[i] = 0.01f;
        v[i] = i < 75 ? 2.0f : 0.5f;
    }
    scene.settings.regularizer = REGULARIZER_SUPERLOSS;
    scene.snapshot.data = &data;
    scene.snapshot.loss = loss;
    scene.snapshot.v = v;
    scene.curves = false;
    LossCount count = {0};
    loss_count(&count, &scene.snapshot);
    assert_true(fabs(loss_count_weight(&count) - 1.625) < 1e-4 && loss_count_above(&count) == 0.75);
    loss_count_free(&count);
    draw(0.1);
    int bar = (int)(BARS.x + BARS.w * 4.0f / 8.0f + 2.0f), filled = 0;
    for (int y = (int)BARS.y; y < (int)(BARS.y + BARS.h); y++)
        filled += scene.canvas.pixels[y * W + bar] == THEME_LIGHT.class_fill[0];
    assert_true(abs(filled - (int)(108 * 1.625 / 2.7182817)) <= 2);
    dataset_free(&data);
}

/* ---- the age path ---- */

/* Collapsed below 1e-3, then 90 %, and 98 % from 0.1 on. */
static AgePath a_path(void) {
    AgePath path = {.state = AGE_PATH_DONE, .best = 0.98};
    path.count = age_path_thresholds(&scene.settings, path.threshold);
    for (int i = 0; i < path.count; i++) {
        double t = path.threshold[i];
        path.known[i] = true;
        path.at[i] = (RunFigures){.accuracy = t < 1e-3   ? 0.5
                                              : t < 0.09 ? 0.9
                                                         : 0.98,
                                  .test_accuracy = NAN,
                                  .share_easy = 0.87,
                                  .status = t < 1e-3 ? RUN_COLLAPSED : RUN_OK};
    }
    return path;
}

static ThresholdState state_now;
static void frame_with(AgePath *path) {
    Intents intents = {.preset = -1};
    scene.snapshot.threshold = scene.snapshot.next_threshold = scene.settings.threshold = 0.5;
    state_now.pinned = -1;
    state_now.path = path;
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    canvas_fill(&scene.canvas, THEME_LIGHT.card);
    threshold_touch(&scene.ui, PLACE, false, &state_now, &scene.snapshot, &intents);
    threshold_draw(&scene.ui, &state_now, &scene.snapshot);
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
}

static void click_switch(AgePath *path) {
    const UiWidget *w = find("age-path");
    assert_non_null(w);
    scene.input.mouse_x = w->rect.x + w->rect.w / 2;
    scene.input.mouse_y = w->rect.y + w->rect.h / 2;
    frame_with(path);
    scene.input.pressed = scene.input.down = true;
    frame_with(path);
    scene.input.down = false;
    scene.input.released = true;
    frame_with(path);
    scene.input.mouse_x = scene.input.mouse_y = -1.0f;
    frame_with(path);
}

/* Pixels of a colour in a column of the bars' area, or under the track. */
static int count_in(double loss, float top, float bottom, Color color, int most) {
    int x = (int)(BARS.x + BARS.w * (log10(loss) + 6) / 8), n = 0;
    for (int y = (int)top; y < (int)bottom; y++)
        n += is_near(scene.canvas.pixels[y * W + x], color, most);
    return n;
}

static void the_path_is_seen(void **state) {
    (void)state;
    AgePath path = a_path();
    frame_with(&path);
    float foot = BARS.y + BARS.h;
    static const double inside[] = {3.2e-6, 3e-5, 3e-4, 0.003, 0.03, 0.3, 3, 30}; /* between the steps */
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        double accuracy = inside[i] < 1e-3 ? 0.5 : inside[i] < 0.09 ? 0.9 : 0.98;
        float y = BARS.y + BARS.h * (float)(1 - accuracy);
        assert_true(count_in(inside[i], y - 2, y + 2, THEME_LIGHT.line_accuracy, 110) > 0);
        int strip = count_in(inside[i], BARS.y, foot, THEME_LIGHT.warn_strip, 3);
        assert_true(inside[i] < 1e-3 ? strip > 60 : strip == 0); /* hatched */
        int good =
            count_in(inside[i], foot + 3, foot + 16, color_mix(THEME_LIGHT.card, THEME_LIGHT.line_accuracy, 0.3f), 4);
        int bad = count_in(inside[i], foot + 3, foot + 16, color_mix(THEME_LIGHT.card, THEME_LIGHT.warn, 0.45f), 4);
        assert_true((good > 0) == (inside[i] > 0.1) && (bad > 0) == (inside[i] < 1e-3));
    }
    path.at[3].status = RUN_DIVERGED;
    path.known[20] = false; /* what is not known yet is left out */
    frame_with(&path);
    frame_with(NULL); /* no path: nothing, and no switch */
    assert_int_equal(count_in(3e-5, BARS.y, foot, THEME_LIGHT.warn_strip, 3), 0);
    assert_null(find("age-path"));
    threshold_free(&state_now);
}

/* By hand: the pointer on the bars tells the run of a threshold before it is set; on the slider, under it. */
static void the_path_is_told(void **state) {
    (void)state;
    AgePath path = a_path();
    scene.input.mouse_inside = true;
    scene.input.mouse_x = (float)(BARS.x + BARS.w * (log10(0.0215) + 6) / 8);
    scene.input.mouse_y = BARS.y + BARS.h / 2;
    frame_with(&path);
    frame_with(&path);
    assert_non_null(strstr(state_now.bin, "A new run from λ = 0.0215: accuracy 90.0 %, 87.0 % easy."));
    scene.input.mouse_x = (float)(BARS.x + BARS.w * (log10(2.15e-5) + 6) / 8);
    frame_with(&path);
    assert_non_null(strstr(state_now.bin, "accuracy 50.0 %, 87.0 % easy, a class left out."));
    assert_null(find("threshold-path"));
    scene.input.mouse_y = BARS.y + BARS.h + 9; /* the track */
    frame_with(&path);
    frame_with(&path);
    assert_non_null(find("threshold-path"));
    char words[PATH_WORDS];
    assert_false(threshold_path_brief(&path, 0.5, words));
    assert_string_equal(words, "from here: accuracy 98.0 %, 87.0 % easy");
    assert_true(threshold_path_brief(&path, 1e-5, words));
    assert_string_equal(words, "from here: accuracy 50.0 %, 87.0 % easy, collapsed");
    scene.snapshot.other_count = 1; /* with several runs there is none */
    scene.snapshot.others[0] = &scene.snapshot;
    frame_with(&path);
    assert_null(find("age-path"));
    threshold_free(&state_now);
}

static void the_switch_leaves_out_and_asks(void **state) {
    (void)state;
    AgePath path = a_path();
    frame_with(&path);
    click_switch(&path);
    assert_true(path.off && !path.asked);
    assert_int_equal(count_in(3e-5, BARS.y, BARS.y + BARS.h, THEME_LIGHT.warn_strip, 3), 0);
    click_switch(&path);
    assert_true(!path.off && path.asked);
    assert_true(count_in(3e-5, BARS.y, BARS.y + BARS.h, THEME_LIGHT.warn_strip, 3) > 60);
    path = a_path();
    path.state = AGE_PATH_COSTLY; /* it waits to be asked */
    frame_with(&path);
    assert_int_equal(count_in(3e-5, BARS.y, BARS.y + BARS.h, THEME_LIGHT.warn_strip, 3), 0);
    click_switch(&path);
    assert_true(path.asked && !path.off);
    threshold_free(&state_now);
}

/* Why there is none, and what to do. */
static void the_switch_says_what_is_missing(void **state) {
    (void)state;
    AgePath path = a_path();
    path.state = AGE_PATH_NO_CLEAN;
    frame_with(&path);
    assert_non_null(find("age-path"));
    assert_non_null(strstr(state_now.path_help, "clean points, and there are none. Mark some"));
    threshold_free(&state_now);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(curves_are_those_of_the_papers, setup, teardown),
        cmocka_unit_test_setup_teardown(curves_follow_threshold_and_order, setup, teardown),
        cmocka_unit_test_setup_teardown(every_point_is_counted_once, setup, teardown),
        cmocka_unit_test_setup_teardown(a_heap_at_the_end_is_cut, setup, teardown),
        cmocka_unit_test_setup_teardown(superloss_passes_one, setup, teardown),
        cmocka_unit_test_setup_teardown(the_path_is_seen, setup, teardown),
        cmocka_unit_test_setup_teardown(the_path_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(the_switch_leaves_out_and_asks, setup, teardown),
        cmocka_unit_test_setup_teardown(the_switch_says_what_is_missing, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
