/* The picture as a whole: kept between frames, the same with any number of threads, whatever the model. */
#include "tests/unit/plot/scene.h"
#include "core/parallel.h"

enum {
    CHANGE_MODEL,
    CHANGE_EPOCH,
    CHANGE_PAST,
    CHANGE_LOSSES,
    UNDO_POINTS,
    CHANGE_VIEW,
    CHANGE_VIEW_Y,
    CHANGE_ZOOM,
    CHANGE_AREA,
    CHANGE_OUTER,
    CHANGE_SCALE,
    CHANGE_CAPTION,
    CHANGE_RINGS,
    CHANGE_LEGEND,
    CHANGE_NAMES,
    CHANGE_BESIDE,
    CHANGE_STRETCH,
    CHANGE_CANVAS,
    CHANGE_COLOR,
    CHANGE_HIDDEN,
    CHANGE_STEP,
    CHANGE_THEME,
    CHANGE_GROUND,
    CHANGES
};

static float past_v[MOST_POINTS];
static uint32_t grey[W * H];

static void change(int what) {
    switch (what) {
    case CHANGE_MODEL:
        scene.parameters[1] = 2;
        scene.snapshot.version++;
        break;
    case CHANGE_EPOCH:
        scene.snapshot.epoch = 3;
        break;
    case CHANGE_PAST: /* an earlier epoch with a record of its own */
        scene.snapshot.v = past_v;
        break;
    case CHANGE_LOSSES:
        for (size_t i = 0; i < scene.data.count; i++)
            scene.loss[i] = 9;
        scene.snapshot.loss_version++;
        break;
    case UNDO_POINTS:
        for (size_t i = 0; i < scene.data.count; i++)
            scene.y[i] = -scene.y[i] + 0.1f;
        scene.snapshot.data_version++;
        break;
    case CHANGE_VIEW:
        scene.camera.center_x += 0.4;
        break;
    case CHANGE_VIEW_Y:
        scene.camera.center_y += 0.4;
        break;
    case CHANGE_ZOOM:
        scene.camera.scale *= 1.5;
        break;
    case CHANGE_OUTER: /* the same view in it */
        scene.outer.h -= 6;
        break;
    case CHANGE_SCALE:
        scene.options.scale = 1.25f;
        break;
    case CHANGE_CAPTION:
        scene.options.caption = true;
        break;
    case CHANGE_RINGS:
        scene.options.ring_hard = false;
        break;
    case CHANGE_LEGEND:
        scene.options.legend = false;
        break;
    case CHANGE_NAMES:
        scene.options.axis_letters = true;
        break;
    case CHANGE_BESIDE:
        scene.options.beside = true;
        break;
    case CHANGE_STRETCH:
        scene.camera.stretch = 1.5;
        break;
    case CHANGE_CANVAS: /* other things may lie below */
        assert_true(canvas_resize(&scene.canvas, W, H - 1, &status));
        card = 0xff335577;
        break;
    case CHANGE_AREA:
        scene.outer.w -= 40;
        scene.camera.view = plot_area(&scene.options, scene.outer);
        break;
    case CHANGE_COLOR:
        scene.options.color = PLOT_COLOR_ADMITTED;
        break;
    case CHANGE_HIDDEN:
        scene.options.hidden.easy[1] = true;
        break;
    case CHANGE_STEP:
        scene.options.field_step = 7;
        break;
    case CHANGE_THEME:
        scene.theme = &THEME_DARK;
        break;
    case CHANGE_GROUND:
        scene.options.ground = grey;
        break;
    default:
        fail();
    }
    camera_update(&scene.camera);
}

/* The finished picture is kept for frames in which nothing of it has changed, and for no others. */
static void kept_pictures_are_those_drawn_anew(void **state) {
    for (int what = 0; what < CHANGES; what++) {
        if (what > 0) {
            teardown(state);
            setup(state);
        }
        fit();
        scene.options.color = what == CHANGE_EPOCH ? PLOT_COLOR_ADMITTED : PLOT_COLOR_LOSS;
        if (what == CHANGE_STEP) { /* no plane */
            mlp_shape(&scene.mlp, (const int[]){8}, 1, 2, ACTIVATION_TANH);
            for (size_t i = 0; i < scene.mlp.parameters; i++)
                scene.parameters[i] = (float)(i % 5) - 2;
        }
        for (size_t i = 0; i < scene.data.count; i++) {
            scene.loss[i] = 0.01f * (float)i;
            scene.admitted[i] = (uint32_t)i % 8;
        }
        memset(grey, 0xee, sizeof grey);
        scene.snapshot.looking_back = true; /* version tells nothing then */
        scene.outer.h = H - 8;
        scene.camera.view = plot_area(&scene.options, scene.outer);
        camera_update(&scene.camera);
        if (what == CHANGE_RINGS)
            set_easy(scene.data.count - 3);
        card = 0;
        size_t bytes = (size_t)W * (H - 1) * sizeof(uint32_t);
        uint32_t *seen[2];
        for (int k = 0; k < 2; k++) {
            draw_again();
            seen[k] = malloc(bytes);
            assert_non_null(seen[k]);
            memcpy(seen[k], scene.canvas.pixels, bytes);
            for (int i = 0; i < 2; i++) { /* the first is drawn and kept, the second is the one kept */
                draw_again();
                assert_memory_equal(seen[k], scene.canvas.pixels, bytes);
            }
            if (k == 0)
                change(what);
        }
        Plot *kept = scene.plot;
        scene.plot = plot_new(&status);
        assert_non_null(scene.plot);
        draw_again();
        assert_memory_equal(seen[1], scene.canvas.pixels, bytes);
        assert_memory_not_equal(seen[0], seen[1], bytes);
        if (what == CHANGE_MODEL) { /* and kept it is: what nobody tells is not seen */
            plot_free(scene.plot);
            scene.plot = kept;
            kept = NULL;
            scene.parameters[1] = -9;
            draw_again();
            assert_memory_equal(seen[1], scene.canvas.pixels, bytes);
        }
        plot_free(kept);
        free(seen[0]);
        free(seen[1]);
    }
}

static void threads_do_not_matter(void **state) {
    (void)state;
    scene.outer = (Rect){0, 0, 1920, 1400}; /* large enough for more than one */
    assert_true(canvas_resize(&scene.canvas, 1920, 1400, &status));
    size_t bytes = (size_t)1920 * 1400 * sizeof(uint32_t);
    fit();
    set_easy(150);
    parallel_set_threads(1);
    draw();
    uint32_t *one = malloc(bytes);
    assert_non_null(one);
    memcpy(one, scene.canvas.pixels, bytes);
    plot_free(scene.plot); /* nothing kept */
    scene.plot = plot_new(&status);
    assert_non_null(scene.plot);
    parallel_set_threads(2);
    draw();
    parallel_set_threads(0);
    assert_memory_equal(one, scene.canvas.pixels, bytes);
    free(one);
}

static void broken_models_leave_a_plain_ground(void **state) {
    (void)state;
    fit();
    scene.options.legend = false;
    draw();
    static const float BAD[] = {NAN, INFINITY, -INFINITY};
    for (int i = 0; i < 3; i++) {
        scene.parameters[2] = BAD[i];
        scene.snapshot.version++;
        draw();
        assert_int_equal(count_color(scene.theme->region[0]), 0);
        assert_true(count_color(scene.theme->region_neutral) > W * H / 2);
        assert_int_equal(count_color(scene.theme->boundary), 0);
    }
    scene.parameters[2] = 2;
    scene.snapshot.diverged = true;
    draw();
    assert_int_equal(count_color(scene.theme->region[0]), 0);
    scene.snapshot.diverged = false;
    draw();
    assert_true(count_color(scene.theme->region[0]) > W * H / 8);
    /* Finite, but the scores are not: no crash, no boundary. */
    for (int i = 0; i < 6; i++)
        scene.parameters[i] = i % 2 ? 3e38f : -3e38f;
    scene.snapshot.version++;
    draw();
    for (int i = 0; i < 6; i++)
        scene.parameters[i] = 3e38f;
    draw();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        scenic(kept_pictures_are_those_drawn_anew),
        scenic(threads_do_not_matter),
        scenic(broken_models_leave_a_plain_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
