/* Thresholds that learn themselves, in the window, by events: clean points are asked for and given by one button,
 * marked and let go of by a brush, a class's line is taken by hand, two more runs begin beside it, and a step is
 * explained. */
#include "tests/support/screen_scene.h"

#include "app/views/meta_step.h"
#include "app/plot/timeline_curves.h"
#include "core/kernels/kernels.h"

#include <math.h>

static ScreenScene scene;

static Settings far_points(void) {
    Settings s;
    settings_default(&s);
    s.dataset = DATASET_BLOBS;
    s.samples = 200;
    s.outliers = 0.2;
    s.test = 0.3;
    s.seed = 4;
    s.learning_rate = 0.01;
    s.epochs = 60;
    return s;
}

static Settings learned(void) {
    Settings s = far_points();
    s.regularizer = REGULARIZER_LINEAR;
    s.threshold = 5.0;
    s.pace = PACE_META;
    s.clean = 20;
    return s;
}

static void begin(const Settings *settings, int epochs) {
    memset(&scene, 0, sizeof scene);
    scene_train(&scene, settings, epochs);
    scene_open(&scene, 1280, 1400, 1.0f, &THEME_LIGHT);
    scene_settle(&scene);
}

static void begin_learned(int epochs) {
    Settings s = learned();
    begin(&s, epochs);
}

static void end(void) {
    screen_free(&scene.screen);
    experiment_free(&scene.run);
}

static const Trainer *run(void) {
    return scene.run.trainer;
}

static void press(const char *name) {
    scene_settle(&scene);
    scene_press(&scene, name);
    scene_settle(&scene);
}

/* It is open from the start in a window that is high enough. */
static void open_pace(void) {
    if (!scene_find(&scene, "learn"))
        press("section-pace");
}

/* ---- clean points are asked for ---- */

static void a_pace_without_clean_points_offers_some(void **state) {
    (void)state;
    Settings s = far_points();
    begin(&s, 0);
    open_pace();
    press("learn");
    assert_int_equal(run()->settings.pace, PACE_MULTIPLICATIVE); /* not yet, */
    assert_int_equal(scene.screen.feedback.shown.kind, FEEDBACK_NO_CLEAN);
    press("feedback"); /* but one button is enough */
    assert_int_equal(run()->settings.pace, PACE_META);
    assert_int_equal(run()->settings.regularizer, REGULARIZER_LINEAR);
    assert_int_equal(run()->clean.count, 20);
    assert_int_equal(run()->clean.class_count[0], 10);
    assert_int_equal(run()->settings.clean, 20); /* nothing was trained: a setting, which a command line repeats */
    assert_false(scene.run.source.edited);
    assert_int_equal(scene.screen.feedback.shown.kind, FEEDBACK_NONE);
    end();
}

static void in_mid_run_right_points_are_taken_and_the_run_goes_on(void **state) {
    (void)state;
    Settings s = far_points();
    begin(&s, 3);
    size_t samples = run()->data.count;
    open_pace();
    press("learn");
    press("feedback");
    assert_int_equal(run()->epoch, 3);
    assert_int_equal(run()->settings.pace, PACE_META);
    assert_int_equal(run()->clean.count, 20);
    assert_int_equal(run()->data.count, samples - 20);
    assert_true(experiment_snapshot(&scene.run).by_hand & BY_HAND_POINTS); /* no command line repeats it */
    for (size_t i = 0; i < 20; i++) {
        assert_int_equal(run()->clean.label[i], run()->clean.truth[i]);
        assert_true(run()->clean.x[i] < 6.5f || run()->clean.y[i] < 6.5f); /* none that was moved */
    }
    experiment_push(&scene.run, (Command){.kind = COMMAND_UNDO}); /* the pace, then the points */
    experiment_push(&scene.run, (Command){.kind = COMMAND_UNDO});
    scene_settle(&scene);
    assert_int_equal(run()->settings.pace, PACE_MULTIPLICATIVE);
    assert_int_equal(run()->clean.count, 0);
    assert_int_equal(run()->data.count, samples);
    experiment_push(&scene.run, (Command){.kind = COMMAND_REDO});
    scene_settle(&scene);
    assert_int_equal(run()->clean.count, 20);
    end();
}

static void clear_makes_samples_of_them_and_asks_again(void **state) {
    (void)state;
    begin_learned(2);
    size_t samples = run()->data.count;
    press("clean-clear");
    assert_int_equal(run()->clean.count, 0);
    assert_int_equal(run()->data.count, samples + 20);
    for (size_t i = 1; i < run()->data.count; i++) /* each at its own place again */
        assert_true(dataset_row(&run()->data, i - 1) < dataset_row(&run()->data, i));
    assert_int_equal(scene.screen.feedback.shown.kind, FEEDBACK_NO_CLEAN);
    press("clean-take");
    assert_int_equal(run()->clean.count, 20);
    assert_int_equal(scene.screen.feedback.shown.kind, FEEDBACK_NONE);
    end();
}

/* ---- the brush ---- */

/* A stroke that goes nowhere, round a place of the plot; what it asks for is done. */
static void dab(float x, float y, bool shift, uint32_t gesture) {
    scene_point(&scene, x, y);
    for (int down = 1; down >= 0; down--) {
        Intents intents = {.preset = -1}, late = {.preset = -1};
        scene.hand.pressed = scene.hand.down = down;
        scene.hand.released = !down;
        scene.hand.shift = shift;
        scene.hand.time += 0.1;
        Snapshot s = experiment_snapshot(&scene.run);
        screen_widgets(&scene.screen, &scene.hand, &s, 1.0, &intents);
        intents.edit.gesture = gesture;
        assert_true(experiment_edit_points(&scene.run, &intents.edit, &scene.status));
        s = experiment_snapshot(&scene.run);
        assert_true(screen_draw(&scene.screen, &s, "", &late, &scene.status));
    }
    scene.hand.pressed = scene.hand.released = scene.hand.shift = false;
    scene_leave(&scene);
    scene_settle(&scene);
}

static void the_flag_brush_marks_and_lets_go(void **state) {
    (void)state;
    Settings s = far_points();
    begin(&s, 1);
    size_t samples = run()->data.count;
    press("tool-clean");
    assert_int_equal(scene.screen.brush.tool, TOOL_CLEAN);
    float at[2];
    camera_screen(&scene.screen.hand.camera, run()->data.x[5], run()->data.y[5], at);
    dab(at[0], at[1], false, 1);
    size_t marked = run()->clean.count;
    assert_true(marked > 0 && run()->data.count + marked == samples);
    assert_true(experiment_snapshot(&scene.run).by_hand & BY_HAND_POINTS);
    dab(at[0], at[1], true, 2);
    assert_int_equal(run()->clean.count, 0);
    assert_int_equal(run()->data.count, samples);
    experiment_push(&scene.run, (Command){.kind = COMMAND_UNDO});
    scene_settle(&scene);
    assert_int_equal(run()->clean.count, marked);
    dab(at[0], at[1], false, 3); /* on nothing but clean ones: they are let go of without Shift, too */
    assert_int_equal(run()->clean.count, 0);
    experiment_push(&scene.run, (Command){.kind = COMMAND_UNDO});
    experiment_push(&scene.run, (Command){.kind = COMMAND_UNDO});
    scene_settle(&scene);
    assert_int_equal(run()->clean.count, 0);
    experiment_push(&scene.run, (Command){.kind = COMMAND_REDO});
    scene_settle(&scene);
    assert_int_equal(run()->clean.count, marked);
    experiment_push(&scene.run, (Command){.kind = COMMAND_RESET}); /* they are of the points, not of the run */
    scene_settle(&scene);
    assert_int_equal(run()->clean.count, marked);
    end();
}

/* ---- lines of classes ---- */

static void drag(const char *name, float by) {
    scene_point_at(&scene, name);
    scene.hand.pressed = scene.hand.down = true;
    scene.hand.clicks = 1;
    scene_frame(&scene, 0.1);
    scene_point(&scene, scene.hand.mouse_x + by, scene.hand.mouse_y);
    scene_frame(&scene, 0.1);
    scene.hand.released = true;
    scene.hand.down = false;
    scene_frame(&scene, 0.1);
    scene_leave(&scene);
    scene_settle(&scene);
}

static void a_line_is_taken_and_goes_on_from_there(void **state) {
    (void)state;
    begin_learned(2);
    double before[2] = {run()->class_threshold[0], run()->class_threshold[1]};
    drag("threshold-line-0", -15.0f);
    double now = run()->class_threshold[0];
    assert_true(now < before[0] * 0.9 && now >= log(2.0));
    assert_true(run()->class_threshold[1] == before[1]);
    assert_true(experiment_snapshot(&scene.run).by_hand & BY_HAND_THRESHOLD);
    assert_int_equal(scene.run.by_hand.marks.count, 1); /* on the timeline */
    experiment_push(&scene.run, (Command){.kind = COMMAND_BATCH});
    scene_settle(&scene);
    assert_true(run()->class_threshold[0] != now && fabs(run()->class_threshold[0] - now) < 0.05);
    experiment_push(&scene.run, (Command){.kind = COMMAND_UNDO});
    scene_settle(&scene);
    assert_true(run()->class_threshold[0] == before[0] && run()->class_threshold[1] == before[1]);
    drag("threshold-line-1", -400.0f); /* no further than a guess's loss */
    assert_true(run()->class_threshold[1] == log(2.0));
    end();
}

static void many_classes_share_a_picture(void **state) {
    (void)state;
    Settings s = learned();
    s.centroid_count = MAX_CLASSES;
    for (int k = 0; k < MAX_CLASSES; k++) {
        s.centroids[2 * k] = 4.0 * (k % 8);
        s.centroids[2 * k + 1] = 4.0 * (k / 8);
    }
    s.samples = 640;
    s.outliers = 0.0;
    s.clean = MAX_CLASSES;
    begin(&s, 2);
    assert_non_null(scene_find(&scene, "threshold-class"));
    double before[MAX_CLASSES];
    memcpy(before, run()->class_threshold, sizeof before);
    drag("threshold-0", -20.0f); /* of the chosen class, the first */
    assert_true(run()->class_threshold[0] != before[0]);
    for (int k = 1; k < MAX_CLASSES; k++)
        assert_true(run()->class_threshold[k] == before[k]);
    TimelineCurve curves[TIMELINE_MOST_CURVES];
    Snapshot now = experiment_snapshot(&scene.run);
    int count = timeline_curves(&THEME_LIGHT, &now, -1, true, curves), of_classes = 0, named = 0;
    for (int i = 0; i < count; i++) {
        assert_int_not_equal(curves[i].kind, CURVE_THRESHOLD);
        of_classes += curves[i].kind == CURVE_CLASS_THRESHOLD;
        named += curves[i].kind == CURVE_CLASS_THRESHOLD && !curves[i].quiet;
    }
    assert_int_equal(of_classes, MAX_CLASSES);
    assert_int_equal(named, 2); /* the least and the greatest */
    end();
}

/* ---- colours ---- */

static size_t pixels_near(const float at[2], Color color) {
    size_t found = 0;
    const Canvas *c = &scene.screen.canvas;
    for (int y = -4; y <= 4; y++)
        for (int x = -4; x <= 4; x++)
            found += ((c->pixels[((int)at[1] + y) * c->width + (int)at[0] + x] ^ color) & 0xffffffu) == 0;
    return found;
}

/* What helps most is filled with green, what hurts most is rimmed with purple and hollow. */
static void colours_say_what_helps(void **state) {
    (void)state;
    begin_learned(3);
    float *influence = run()->each.influence;
    const Dataset *data = &run()->data;
    scene.screen.hand.color = PLOT_COLOR_INFLUENCE;
    size_t left = 0, right = 0; /* two that nothing lies on: at the ends */
    for (size_t i = 0; i < data->count; i++) {
        left = data->x[i] < data->x[left] ? i : left;
        right = data->x[i] > data->x[right] ? i : right;
    }
    for (size_t i = 0; i < data->count; i++)
        influence[i] = 0.001f;
    influence[left] = 1.0f;
    influence[right] = -1.0f;
    scene.run.version++;
    scene_settle(&scene);
    float at[2];
    camera_screen(&scene.screen.hand.camera, data->x[left], data->y[left], at);
    assert_true(pixels_near(at, plot_influence_color(&THEME_LIGHT, 1.0f)) > 6);
    camera_screen(&scene.screen.hand.camera, data->x[right], data->y[right], at);
    assert_true(pixels_near(at, plot_influence_color(&THEME_LIGHT, -1.0f)) > 4);
    assert_true(pixels_near(at, THEME_LIGHT.hard_fill) > 3);
    assert_non_null(scene_find(&scene, "legend-helps"));
    assert_non_null(scene_find(&scene, "legend-clean"));
    end();
}

/* ---- beside plain training; a step ---- */

static void three_runs_begin_by_one_button(void **state) {
    (void)state;
    begin_learned(2);
    open_pace();
    press("meta-compare");
    assert_int_equal(scene.run.other_count, 2);
    assert_int_equal(scene.run.others[0].trainer->settings.order, ORDER_ALL);
    assert_int_equal(scene.run.others[1].trainer->settings.pace, PACE_CLEAN_ALONE);
    assert_int_equal(run()->settings.pace, PACE_META);
    assert_non_null(scene_find(&scene, "meta-figures"));
    assert_null(scene_find(&scene, "meta-compare"));
    end();
}

static void a_step_is_explained_by_what_it_did(void **state) {
    (void)state;
    begin_learned(2);
    Snapshot now = experiment_snapshot(&scene.run);
    MetaFacts facts = meta_facts(&now);
    assert_true(facts.known && facts.count == 2);
    const Trainer *t = run();
    float losses[64];
    double sum[2] = {0.0, 0.0};
    for (int ahead = 0; ahead < 2; ahead++) {
        mlp_losses(&t->mlp, ahead ? t->meta.room.ahead : t->before, t->clean.x, t->clean.y, t->clean.label,
                   t->clean.count, losses);
        for (size_t i = 0; i < t->clean.count; i++)
            sum[ahead] += (double)losses[i] / (double)t->clean.count;
    }
    assert_true(fabs(facts.before - sum[0]) < 1e-6 && fabs(facts.ahead - sum[1]) < 1e-5);
    assert_true(facts.derivative[0] == t->meta.derivative[0]);
    open_pace();
    press("meta-explain");
    assert_non_null(scene_find(&scene, "meta-step"));
    experiment_push(&scene.run, (Command){.kind = COMMAND_LOOK, .epoch = 0});
    scene_settle(&scene);
    assert_null(scene_find(&scene, "meta-step")); /* of an earlier epoch's step nothing is known */
    end();
}

/* Also clean points beyond all samples are in the step's picture. */
static void the_steps_picture_has_all_clean_points(void **state) {
    (void)state;
    begin_learned(2);
    open_pace();
    press("meta-explain");
    Dataset *clean = &scene.run.trainer->clean;
    const Dataset *data = &run()->data;
    clean->x[0] = data->x_maximum + 2.0f * (data->x_maximum - data->x_minimum);
    scene.run.version++;
    scene_settle(&scene);
    Rect r = scene_find(&scene, "meta-step")->rect;
    const Canvas *c = &scene.screen.canvas;
    size_t seen = 0;
    for (int y = (int)r.y; y < (int)(r.y + r.h); y++)
        for (int x = (int)(r.x + 0.75f * r.w); x < (int)(r.x + r.w); x++)
            seen += ((c->pixels[y * c->width + x] ^ THEME_LIGHT.class_fill[clean->label[0]]) & 0xffffffu) == 0;
    assert_true(seen > 4);
    end();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pace_without_clean_points_offers_some),
        cmocka_unit_test(in_mid_run_right_points_are_taken_and_the_run_goes_on),
        cmocka_unit_test(clear_makes_samples_of_them_and_asks_again),
        cmocka_unit_test(the_flag_brush_marks_and_lets_go),
        cmocka_unit_test(a_line_is_taken_and_goes_on_from_there),
        cmocka_unit_test(many_classes_share_a_picture),
        cmocka_unit_test(colours_say_what_helps),
        cmocka_unit_test(three_runs_begin_by_one_button),
        cmocka_unit_test(a_step_is_explained_by_what_it_did),
        cmocka_unit_test(the_steps_picture_has_all_clean_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
