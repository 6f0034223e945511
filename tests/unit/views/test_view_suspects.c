/* The ranking of suspects against a plain sort, and the panel's list of them by events: order, words, what
 * keeps still, what is pinned. */
#include "app/experiment/suspects.h"
#include "app/views/view_panel.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { W = 320, H = 700, POINTS = 100 };

typedef struct Scene {
    Settings settings;
    Dataset data;
    Mlp mlp;
    float parameters[6], loss[POINTS], v[POINTS];
    uint32_t admitted[POINTS];
    Snapshot snapshot;
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    PanelState panel;
    PlotHand hand;
    float height;
} Scene;

static Scene scene;
static Status status;

/* Sample i was admitted in epoch i / 20, the last 20 never; its loss falls with i. */
static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    settings_default(&scene.settings);
    mlp_shape(&scene.mlp, NULL, 0, 2, ACTIVATION_TANH);
    if (!dataset_init(&scene.data, POINTS, 2, &status))
        return -1;
    for (int i = 0; i < POINTS; i++) {
        scene.data.x[i] = (float)(i % 10);
        scene.data.y[i] = (float)(i / 10);
        scene.data.label[i] = i % 2 == 1;
        scene.loss[i] = 2.0f - (float)i / POINTS;
        scene.admitted[i] = i < 80 ? (uint32_t)i / 20 : NEVER_ADMITTED;
        scene.v[i] = i < 80;
    }
    dataset_bounds(&scene.data);
    scene.snapshot = (Snapshot){.settings = &scene.settings,
                                .data = &scene.data,
                                .mlp = &scene.mlp,
                                .parameters = scene.parameters,
                                .loss = scene.loss,
                                .v = scene.v,
                                .admitted = scene.admitted,
                                .epoch = 4,
                                .batches = 1,
                                .threshold = 1.0,
                                .next_threshold = 1.0,
                                .easy = 80,
                                .label_precision = NAN,
                                .label_recall = NAN,
                                .version = 1,
                                .data_version = 1};
    scene.text = text_new(FONT_DIR, 1.0f, &status);
    if (!scene.text || !ui_init(&scene.ui, &status) || !canvas_resize(&scene.canvas, W, H, &status))
        return -1;
    plot_hand_init(&scene.hand);
    scene.panel.threshold.pinned = -1;
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .time = 100.0};
    scene.height = H;
    plot_hand_camera(&scene.hand, (Rect){0, 0, 400, 300}, &scene.snapshot);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    view_export_free(&scene.panel.saving);
    plot_hand_free(&scene.hand);
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    dataset_free(&scene.data);
    return 0;
}

static void frame(void) {
    scene.input.time += 1.0 / 60.0;
    canvas_fill(&scene.canvas, THEME_LIGHT.card);
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    Intents intents = {.preset = -1};
    panel_widgets(&scene.ui, (Rect){0, 0, W, scene.height}, &scene.panel, &scene.hand, &scene.snapshot, &intents);
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
}

static const UiWidget *find(const char *name) {
    for (int i = 0; i < scene.ui.widget_count; i++)
        if (strcmp(scene.ui.widgets[i].name, name) == 0)
            return &scene.ui.widgets[i];
    return NULL;
}

static void point_at(const char *name, float share) {
    const UiWidget *widget = find(name);
    if (!widget)
        fail_msg("no widget %s", name);
    scene.input.mouse_inside = true;
    scene.input.mouse_x = widget->rect.x + widget->rect.w / 2;
    scene.input.mouse_y = widget->rect.y + widget->rect.h * share;
}

static void click(const char *name) {
    point_at(name, 0.5f);
    scene.input.pressed = scene.input.down = true;
    scene.input.clicks = 1;
    frame();
    scene.input.released = true;
    scene.input.down = false;
    frame();
    frame();
}

/* Unfolded, all of it to be seen, the pointer elsewhere. */
static void unfold(void) {
    scene.panel.suspects.open = true;
    frame();
    frame();
    scene.panel.scroll = scene.panel.content_height;
    frame();
    frame();
}

static void wait_for(double seconds) {
    scene.input.time += seconds;
    frame();
}

/* ---- ranking ---- */

typedef struct Plain {
    uint32_t sample, admitted;
    float loss;
} Plain;

static int compare(const void *a, const void *b) {
    const Plain *p = a, *q = b;
    if (p->admitted != q->admitted)
        return p->admitted > q->admitted ? -1 : 1;
    if (p->loss != q->loss)
        return p->loss > q->loss ? -1 : 1;
    return p->sample < q->sample ? -1 : 1;
}

static void ranks_as_a_plain_sort_does(void **state) {
    (void)state;
    enum { N = 500 };
    float loss[N];
    uint32_t admitted[N], ranked[N], seed = 5;
    for (int round = 0; round < 20; round++) {
        uint32_t epochs = round % 2 ? UINT32_MAX : (uint32_t)round / 2;
        Plain plain[N];
        for (uint32_t i = 0; i < N; i++) {
            seed = seed * 1664525u + 1013904223u;
            loss[i] = (float)(seed >> 24) / 16.0f; /* many are equal */
            admitted[i] = (seed >> 10) % 9 == 8 ? NEVER_ADMITTED : (seed >> 10) % 9;
            if (i % 50 == 7)
                loss[i] = i % 100 == 7 ? NAN : INFINITY;
            plain[i] =
                (Plain){i, admitted[i] >= epochs ? NEVER_ADMITTED : admitted[i], isnan(loss[i]) ? INFINITY : loss[i]};
        }
        qsort(plain, N, sizeof *plain, compare);
        static const size_t COUNTS[] = {0, 1, 2, 17, N};
        for (size_t c = 0; c < sizeof COUNTS / sizeof *COUNTS; c++) {
            memset(ranked, 0xff, sizeof ranked);
            suspects_rank(loss, admitted, epochs, N, ranked, COUNTS[c]);
            for (size_t i = 0; i < COUNTS[c]; i++)
                assert_int_equal(ranked[i], plain[i].sample);
            assert_true(COUNTS[c] == N || ranked[COUNTS[c]] == UINT32_MAX);
        }
    }
}

/* ---- the list ---- */

static void lists_and_shows_more(void **state) {
    (void)state;
    const SuspectsState *s = &scene.panel.suspects;
    unfold();
    assert_int_equal(s->count, SUSPECTS_SHOWN);
    for (int i = 0; i < s->count; i++)
        assert_int_equal(s->samples[i], 80 + i); /* never admitted, the largest loss first */
    assert_non_null(find("suspect-7"));
    assert_null(find("suspect-8"));
    click("suspects-more");
    assert_int_equal(s->count, SUSPECTS_MOST);
    assert_int_equal(s->samples[20], 60); /* then the last admitted */
    assert_non_null(find("suspect-63"));
    assert_true(scene.ui.widget_count < UI_MAX_WIDGETS - 64);
}

static void a_press_pins_and_again_lets_go(void **state) {
    (void)state;
    unfold();
    click("suspect-2");
    assert_int_equal(scene.hand.pinned, 82);
    click("suspect-3");
    assert_int_equal(scene.hand.pinned, 83);
    click("suspect-3");
    assert_int_equal(scene.hand.pinned, -1);
    /* by keyboard: the row after the one that was pressed */
    scene.input.mouse_x = scene.input.mouse_y = -1.0f;
    scene.input.keys[scene.input.key_count++] = (UiKey){.code = KEY_TAB};
    frame();
    scene.input.keys[scene.input.key_count++] = (UiKey){.code = KEY_ENTER};
    frame();
    frame();
    assert_int_equal(scene.hand.pinned, 84);
}

static void rows_keep_still_under_the_pointer(void **state) {
    (void)state;
    const SuspectsState *s = &scene.panel.suspects;
    unfold();
    scene.loss[99] = 5.0f; /* the first by now */
    scene.snapshot.version++;
    point_at("suspect-0", 0.1f);
    wait_for(3.0);
    assert_int_equal(s->samples[0], 80);
    point_at("suspect-7", 0.9f); /* the list's lower end is under the pointer as well */
    wait_for(3.0);
    assert_int_equal(s->samples[0], 80);
    point_at("suspects-more", 0.5f);
    wait_for(0.0);
    assert_int_equal(s->samples[0], 99);
}

static void follows_a_run_that_pauses(void **state) {
    (void)state;
    const SuspectsState *s = &scene.panel.suspects;
    unfold();
    wait_for(1.0);
    scene.snapshot.version++;
    wait_for(0.0);
    scene.loss[99] = 5.0f; /* while the last ranking is still young */
    scene.snapshot.version++;
    wait_for(0.1);
    assert_int_equal(s->samples[0], 80);
    assert_true(scene.ui.wants_frame); /* so that somebody comes back to it */
    wait_for(0.5);
    assert_int_equal(s->samples[0], 99);
    wait_for(0.1);
    wait_for(0.1);
    assert_false(scene.ui.wants_frame); /* and then it rests */
}

static void an_earlier_epoch_has_its_own_ranking(void **state) {
    (void)state;
    const SuspectsState *s = &scene.panel.suspects;
    unfold();
    scene.snapshot.looking_back = true;
    scene.snapshot.epoch = 2; /* samples from 40 on are not admitted yet: the largest loss first */
    point_at("suspect-0", 0.5f);
    frame();
    assert_int_equal(s->samples[0], 40);
    assert_int_equal(s->samples[7], 47);
    scene.snapshot.epoch = 3;
    frame();
    assert_int_equal(s->samples[0], 60);
    scene.snapshot.looking_back = false;
    scene.snapshot.epoch = 4;
    frame();
    assert_int_equal(s->samples[0], 80);
}

static void other_points_are_ranked_at_once(void **state) {
    (void)state;
    unfold();
    scene.data.count = 5;
    scene.snapshot.data_version++;
    frame();
    assert_int_equal(scene.panel.suspects.count, 5);
    for (int i = 0; i < 5; i++)
        assert_int_equal(scene.panel.suspects.samples[i], i);
    assert_null(find("suspects-more"));
    scene.data.count = POINTS;
}

static void known_truths_are_counted(void **state) {
    (void)state;
    assert_true(dataset_add_truth(&scene.data, &status));
    for (int i = 0; i < POINTS; i++)
        scene.data.truth[i] = (uint8_t)(i % 7 == 0 ? !scene.data.label[i] : scene.data.label[i]);
    unfold();
    assert_int_equal(scene.panel.suspects.wrong, 15);
    float without = find("suspect-0")->rect.y - find("section-suspects")->rect.y;
    scene.snapshot.label_recall = 0.6; /* a line says so, above the list */
    frame();
    float with = find("suspect-0")->rect.y - find("section-suspects")->rect.y;
    assert_true(with > without + 20.0f);
}

static void unfolds_into_view(void **state) {
    (void)state;
    frame();
    frame();
    const UiWidget *head = find("section-suspects");
    scene.height = head->rect.y + head->rect.h + 80.0f; /* the two sections after it fit as well */
    frame();
    click("section-suspects");
    frame();
    frame();
    assert_true(scene.panel.suspects.open);
    head = find("section-suspects");
    const UiWidget *last = find("suspects-more");
    assert_true(last->rect.y + last->rect.h <= scene.height);
    assert_true(head->rect.y >= 0.0f);
    /* a list longer than the panel does not push its own head out */
    click("section-suspects");
    scene.panel.suspects.more = true;
    scene.panel.scroll = 0.0f;
    frame();
    frame();
    click("section-suspects");
    frame();
    frame();
    assert_true(find("section-suspects")->rect.y >= -1.0f);
    assert_true(find("suspect-3")->rect.y < scene.height);
}

static int class_pixels(const char *name) {
    Rect r = find(name)->rect;
    int found = 0;
    for (int y = (int)r.y; y < (int)(r.y + r.h); y++)
        for (int x = (int)r.x; x < (int)(r.x + 12.0f); x++) {
            Color c = scene.canvas.pixels[y * W + x];
            found += c == THEME_LIGHT.class_fill[0] || c == THEME_LIGHT.class_fill[1];
        }
    return found;
}

/* A hard point is hollow in the list as in the plot, also one that was easy before. */
static void hard_points_are_hollow(void **state) {
    (void)state;
    for (int i = 0; i < POINTS; i++) {
        scene.admitted[i] = 1;
        scene.v[i] = 1.0f;
    }
    unfold();
    int full = class_pixels("suspect-0");
    for (int i = 0; i < POINTS; i++)
        scene.v[i] = 0.0f;
    scene.snapshot.version++;
    frame();
    frame();
    int hollow = class_pixels("suspect-0");
    assert_true(full > 20 && hollow < full - 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_as_a_plain_sort_does),
        cmocka_unit_test_setup_teardown(lists_and_shows_more, setup, teardown),
        cmocka_unit_test_setup_teardown(a_press_pins_and_again_lets_go, setup, teardown),
        cmocka_unit_test_setup_teardown(rows_keep_still_under_the_pointer, setup, teardown),
        cmocka_unit_test_setup_teardown(follows_a_run_that_pauses, setup, teardown),
        cmocka_unit_test_setup_teardown(an_earlier_epoch_has_its_own_ranking, setup, teardown),
        cmocka_unit_test_setup_teardown(other_points_are_ranked_at_once, setup, teardown),
        cmocka_unit_test_setup_teardown(known_truths_are_counted, setup, teardown),
        cmocka_unit_test_setup_teardown(unfolds_into_view, setup, teardown),
        cmocka_unit_test_setup_teardown(hard_points_are_hollow, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
