/* The view record: what the window shows, written and shown again in another window, and whatever a record holds. */
#include "app/window/view_record.h"

#include "core/rng.h"
#include "tests/support/screen_scene.h"

#include <stdio.h>
#include <stdlib.h>

static ScreenScene here, there;

static void open_one(ScreenScene *scene) {
    Settings s;
    settings_default(&s);
    s.samples = 120;
    memset(scene, 0, sizeof *scene);
    scene_train(scene, &s, 6);
    scene_open(scene, 1280, 720, 1.0f, &THEME_LIGHT);
    scene_settle(scene);
}

static int setup(void **state) {
    (void)state;
    open_one(&here);
    open_one(&there);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    screen_free(&here.screen);
    experiment_free(&here.run);
    screen_free(&there.screen);
    experiment_free(&there.run);
    return 0;
}

static const PointsFormat told = {.columns = "petal %,width,3",
                                  .delimiter = "tab",
                                  .decimal = "comma",
                                  .missing = "NA,-",
                                  .header = "2",
                                  .encoding = "ISO-8859-1",
                                  .classes = 3,
                                  .skip_bad = true};

static void text_of(ScreenScene *scene, LogText *text) {
    ViewFacts facts = {.title = "moons & 100 %",
                       .file = "/home/ada/my moons.easyfirst",
                       .stamp = {7, 4096, 1795766400, 999999999},
                       .stands = 6,
                       .steps = 3};
    snprintf(facts.watch, sizeof facts.watch, "Watch the moons.");
    facts.format = told;
    view_record_put(text, &scene->screen, &scene->run, &facts);
    assert_false(text->failed);
}

/* Something of everything, as hands would leave it. */
static void change(Screen *s, Experiment *e) {
    const uint32_t selected[] = {3, 17, 119};
    s->hand.view = (PlotView){.x = 0.5, .y = 1.0 / 3, .width = 4, .height = 3, .stretch = 1};
    s->hand.aspect = ASPECT_FILL;
    s->hand.color = PLOT_COLOR_LOSS;
    s->hand.hidden.hard = s->hand.hidden.easy[1] = s->hand.hidden.regions = true;
    plot_hand_recall(&s->hand, &e->trainer->data, e->data_version, &s->hand.view, 17);
    selection_use(&s->selection, selected, 3, SELECT_ONLY);
    s->brush.tool = TOOL_ERASE;
    s->brush.class = 1;
    s->brush.radius = 44.5f;
    s->panel.open[SECTION_DATA] = s->panel.compare.open = s->map.open = true;
    s->panel.suspects.by = MEASURE_KNN;
    s->panel.suspects.chosen = true;
    s->panel.suspects.at_least = 4;
    s->timeline.span = (TimelineSpan){true, 1.5, 4};
    e->speed = 7.5;
    experiment_push(e, (Command){.kind = COMMAND_LOOK, .epoch = 3});
}

static void test_again(void **state) {
    (void)state;
    change(&here.screen, &here.run);
    scene_settle(&here);
    LogText first = {0}, second = {0};
    text_of(&here, &first);
    view_record_show(first.text, first.size, &there.screen, &there.run);
    scene_settle(&there);
    text_of(&there, &second);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.text, second.text, first.size);
    assert_int_equal(there.run.look, 3);
    assert_int_equal(there.screen.hand.pinned, 17);
    assert_int_equal(there.screen.selection.count, 3);
    assert_true(selection_has(&there.screen.selection, 119));
    log_text_free(&first);
    log_text_free(&second);
}

/* And it looks the same. */
static void test_picture(void **state) {
    (void)state;
    change(&here.screen, &here.run);
    scene_settle(&here);
    LogText text = {0};
    text_of(&here, &text);
    view_record_show(text.text, text.size, &there.screen, &there.run);
    scene_settle(&there);
    scene_frame(&here, 10.0);
    scene_frame(&there, 10.0);
    scene_settle(&here);
    scene_settle(&there);
    const Canvas *a = &here.screen.canvas, *b = &there.screen.canvas;
    assert_memory_equal(a->pixels, b->pixels, sizeof *a->pixels * (size_t)(a->width * a->height));
    log_text_free(&text);
}

static void test_facts(void **state) {
    (void)state;
    LogText text = {0};
    text_of(&here, &text);
    ViewFacts facts;
    view_record_facts(text.text, text.size, &facts);
    assert_string_equal(facts.title, "moons & 100 %");
    assert_string_equal(facts.file, "/home/ada/my moons.easyfirst");
    assert_true(facts.stamp[0] == 7 && facts.stamp[1] == 4096 && facts.stamp[2] == 1795766400 &&
                facts.stamp[3] == 999999999);
    assert_int_equal(facts.stands, 6);
    assert_int_equal(facts.steps, 3);
    assert_string_equal(facts.watch, "Watch the moons.");
    assert_true(points_format_same(&facts.format, &told));
    view_record_free(&facts);
    static const char WRONG[] =
        "read columns a,a,b\nread delimiter xyz\nread decimal dot\nread header -1\n"
        "read encoding none\nread classes 1\nread classes 99999\nread what 1\nread\nread skip\n";
    view_record_facts(WRONG, sizeof WRONG - 1, &facts);
    assert_true(points_format_same(&facts.format, &(PointsFormat){0}));
    view_record_free(&facts);
    log_text_free(&text);
    view_record_facts("file relative\nstands x\nsteps -1\ntitle", 38, &facts);
    assert_null(facts.file);
    assert_int_equal(facts.stands + facts.steps, 0);
}

/* What is wrong, or for a newer program, changes nothing; a frame can always be drawn. */
static void test_wrong(void **state) {
    (void)state;
    static const char wrong[] = "nonsense 5\nview 0 0 -1 3 1\nview nan 0 1 1 1\nview 1 2 3\npinned 120\npinned -1\n"
                                "tool hammer\nbrush 7 28\nbrush 0 1e9\ncolor pink\naspect wide\nrun 2\nepochs 4 1\n"
                                "speed 0\nspeed 1e9\nselected 5 120 3\nby magic 3\nopen sesame\nhidden easy-99 all\n"
                                "epoch 0\n\n \nselected\n";
    LogText before = {0}, after = {0};
    text_of(&there, &before);
    view_record_show(wrong, sizeof wrong - 1, &there.screen, &there.run);
    selection_clear(&there.screen.selection); /* of 5, which was right */
    scene_settle(&there);
    text_of(&there, &after);
    assert_int_equal(before.size, after.size);
    assert_memory_equal(before.text, after.text, before.size);
    log_text_free(&before);
    log_text_free(&after);
}

static void test_damaged(void **state) {
    (void)state;
    change(&here.screen, &here.run);
    scene_settle(&here);
    LogText text = {0};
    text_of(&here, &text);
    NumpyRng rng = {.has_normal = false};
    numpy_seed(&rng, 5);
    for (int round = 0; round < 300; round++) {
        char *copy = malloc(text.size);
        memcpy(copy, text.text, text.size);
        for (int i = 0; i < 4; i++)
            copy[numpy_interval(&rng, (uint32_t)text.size - 1)] = (char)numpy_interval(&rng, 255);
        view_record_show(copy, numpy_interval(&rng, (uint32_t)text.size), &there.screen, &there.run);
        if (round % 20 == 0)
            scene_frame(&there, 0.02);
        free(copy);
    }
    log_text_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_again, setup, teardown),
        cmocka_unit_test_setup_teardown(test_picture, setup, teardown),
        cmocka_unit_test_setup_teardown(test_facts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_wrong, setup, teardown),
        cmocka_unit_test_setup_teardown(test_damaged, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
