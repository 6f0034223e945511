/* The key by real events: entries switch what they name, by pointer and keyboard; shares and words; behind a button. */
#include "app/views/view_key.h"
#include "tests/support/plot_scene.h"

static KeyState key_state;
static Rect column;

static void touch_column(void) {
    key_touch(&scene.ui, column, &key_state, &scene.hand, &scene.snapshot);
}

static void draw_column(void) {
    key_draw(&scene.ui, column, &key_state, scene.plot, &scene.hand, &scene.snapshot);
}

static void draw_button(void) {
    key_button(&scene.ui, scene.area, &key_state, scene.plot, &scene.hand, &scene.snapshot);
}

static void escape(void) {
    key_escape(&scene.ui, &key_state);
}

static int setup(void **state) {
    (void)state;
    memset(&key_state, 0, sizeof key_state);
    column = (Rect){500, 0, KEY_COLUMN, SCENE_HEIGHT};
    if (scene_open(2) != 0)
        return -1;
    scene.widgets = touch_column;
    scene.on_top = draw_column;
    return 0;
}

static int setup_button(void **state) {
    if (setup(state) != 0)
        return -1;
    scene.before = escape;
    scene.widgets = NULL;
    scene.on_top = draw_button;
    return 0;
}

static int teardown(void **state) {
    (void)state;
    scene_close();
    return 0;
}

static bool *hidden_of(int entry) {
    PlotHidden *h = &scene.hand.hidden;
    bool *all[] = {&h->easy[0], &h->easy[1], &h->hard, &h->boundary, &h->regions};
    return all[entry];
}

static const char *const NAMES[] = {"legend-easy-0", "legend-easy-1", "legend-hard", "legend-boundary",
                                    "legend-regions"};

/* A click leaves out what is named, and says so in the key; another brings it back, and all is as it was. */
static void entries_switch_what_they_name(void **state) {
    (void)state;
    frame();
    const Color colors[] = {scene.theme->class_fill[0], scene.theme->class_fill[1], scene.theme->hard_edge,
                            scene.theme->boundary, scene.theme->region[0]};
    static Color before[SCENE_WIDTH * SCENE_HEIGHT];
    for (int i = 0; i < 5; i++) {
        Rect rect;
        move(600, 470);
        scene.input.time += 1;
        frame();
        frame();
        memcpy(before, scene.canvas.pixels, sizeof before);
        int with = count_in(colors[i], scene.area);
        if (with <= 20)
            fail_msg("%s: only %d pixels to begin with", NAMES[i], with);
        click_widget(NAMES[i]);
        assert_int_equal(scene.ui.cursor, CURSOR_HAND);
        assert_true(*hidden_of(i));
        assert_true(count_in(colors[i], scene.area) < with / 3);
        assert_true(widget(NAMES[i], &rect));
        assert_true(count_in(scene.theme->muted, rect) > 15); /* struck through */
        click_widget(NAMES[i]);
        assert_false(*hidden_of(i));
        move(600, 470);
        scene.input.time += 1;
        frame();
        frame();
        assert_memory_equal(before, scene.canvas.pixels, sizeof before);
    }
    click_widget("legend-easy"); /* v = 1: those of all classes */
    assert_true(*hidden_of(0) && *hidden_of(1));
    click_widget("legend-easy-0");
    assert_true(!*hidden_of(0) && *hidden_of(1));
    click_widget("legend-easy");
    assert_true(*hidden_of(0) && *hidden_of(1));
    click_widget("legend-easy");
    assert_false(*hidden_of(0) || *hidden_of(1));
}

static void every_entry_is_reached_and_switched_by_keyboard(void **state) {
    (void)state;
    frame();
    for (int i = 0; i < 5; i++) {
        uint32_t id = ui_id(NAMES[i]);
        for (int turns = 0; scene.ui.focus != id && turns < 30; turns++)
            key(KEY_TAB);
        assert_int_equal(scene.ui.focus, id);
        assert_true(key_state.focused > 0);
        key(i % 2 ? KEY_ENTER : KEY_SPACE);
        assert_true(scene.ui.keyboard_taken);
        assert_true(*hidden_of(i));
        key(KEY_SPACE);
        assert_false(*hidden_of(i));
    }
}

static void each_entry_says_what_it_is(void **state) {
    (void)state;
    static const char *const MORE[] = {"legend-easy", "legend-hard", "legend-easy-1", "legend-regions",
                                       "color-by",    "legend-ring", "legend-soft"};
    scene.settings.regularizer = REGULARIZER_LINEAR;
    for (int i = 0; i < SCENE_POINTS; i++)
        scene.v[i] = i > 3;
    scene.snapshot.easy = SCENE_POINTS - 4; /* so few that they are ringed */
    frame();
    for (size_t i = 0; i < sizeof MORE / sizeof *MORE; i++) {
        Rect rect;
        assert_true(widget(MORE[i], &rect));
        move(600, 470);
        move((double)rect.x + 8, (double)(rect.y + rect.h / 2));
        scene.input.time += 0.5;
        frame();
        if (!widget("tooltip", NULL) && !widget("card", NULL))
            fail_msg("%s has no help", MORE[i]);
    }
}

/* The bar of a class is as long as its share of easy points. */
static void bars_show_the_share_of_easy_points(void **state) {
    (void)state;
    for (int i = 0; i < SCENE_POINTS; i++) /* the first class: a quarter; the second: all */
        scene.v[i] = i >= SCENE_POINTS / 2 || i % 4 == 0;
    frame();
    Rect rect[2];
    assert_true(widget("legend-easy-0", &rect[0]) && widget("legend-easy-1", &rect[1]));
    int length[2] = {0};
    for (int k = 0; k < 2; k++)
        for (int y = (int)rect[k].y; y < (int)(rect[k].y + rect[k].h); y++) {
            Rect row = {rect[k].x + 24, (float)y, rect[k].w - 24, 1};
            int here = count_in(scene.theme->class_line[k], row);
            length[k] = here > length[k] ? here : length[k];
        }
    assert_true(length[1] >= (int)rect[1].w - 28);
    assert_true(abs(4 * length[0] - length[1]) <= 12);
    for (int i = 0; i < SCENE_POINTS; i++) /* it follows */
        scene.v[i] = 1;
    frame();
    Rect line = {rect[0].x + 24, rect[0].y, rect[0].w - 24, rect[0].h};
    assert_true(count_in(scene.theme->class_line[0], line) > length[0] * 2);
}

static void colours_are_chosen_at_its_head(void **state) {
    (void)state;
    frame();
    click_widget("color-by");
    click_widget("color-by-1");
    assert_int_equal(scene.hand.color, PLOT_COLOR_LOSS);
    assert_true(count_in(plot_ramp(scene.theme, 1), column) > 20); /* with a ramp to explain it */
}

static void eight_classes_fit_or_scroll(void **state) {
    (void)state;
    scene_close();
    assert_int_equal(scene_open(8), 0);
    scene.widgets = touch_column;
    scene.on_top = draw_column;
    memset(&key_state, 0, sizeof key_state);
    for (int height = 480; height >= 200; height -= 140) {
        column.h = (float)height;
        frame();
        Rect first, last;
        assert_true(widget("legend-easy-0", &first) && widget("legend-regions", &last));
        bool fits = last.y + last.h <= column.h;
        assert_true(fits == (height == 480));
        for (int i = 0; i < 30 && !fits; i++) {
            scene.input.wheel = -1;
            move(560, 150);
            assert_true(widget("legend-regions", &last));
            fits = last.y + last.h <= column.h;
        }
        assert_true(fits);
    }
}

static void words_follow_the_order(void **state) {
    (void)state;
    static Color easy[SCENE_WIDTH * SCENE_HEIGHT];
    frame();
    memcpy(easy, scene.canvas.pixels, sizeof easy);
    scene.settings.order = ORDER_HARD;
    frame();
    int changed = 0;
    for (int y = 0; y < SCENE_HEIGHT; y++)
        for (int x = 500; x < SCENE_WIDTH; x++)
            changed += scene.canvas.pixels[y * SCENE_WIDTH + x] != easy[y * SCENE_WIDTH + x];
    assert_true(changed > 60);
    scene.settings.order = ORDER_ALL; /* nothing is left out: there is no such entry */
    for (int i = 0; i < SCENE_POINTS; i++)
        scene.v[i] = 1;
    scene.snapshot.easy = SCENE_POINTS;
    frame();
    assert_false(widget("legend-hard", NULL));
}

static void behind_the_button_is_the_same_key(void **state) {
    (void)state;
    frame();
    assert_true(widget("key", NULL));
    assert_false(widget("legend-hard", NULL));
    click_widget("key");
    assert_true(key_state.open);
    int64_t pinned = scene.hand.pinned;
    PlotView view = scene.hand.view;
    click_widget("legend-hard");
    assert_true(scene.hand.hidden.hard);
    assert_int_equal(scene.hand.pinned, pinned); /* the plot below has not been pressed */
    assert_memory_equal(&view, &scene.hand.view, sizeof view);
    key(KEY_ESCAPE);
    assert_false(key_state.open);
    assert_true(scene.ui.keyboard_taken);
    click_widget("key");
    click(470, 420); /* elsewhere */
    assert_false(key_state.open);
    scene.area = (Rect){20, 20, 60, 30}; /* too small for it */
    frame();
    assert_false(widget("key", NULL));
}

/* Of many classes each has a row with its share, without bars; what does not fit is scrolled to. */
static void many_classes_have_a_row_each(void **state) {
    (void)state;
    for (int classes = 10; classes <= MAX_CLASSES; classes += 22) {
        scene_close();
        memset(&key_state, 0, sizeof key_state);
        assert_int_equal(scene_open(classes), 0);
        scene.widgets = touch_column;
        scene.on_top = draw_column;
        frame();
        frame();
        float before = -1.0f;
        int seen = 0;
        for (int k = 0; k < classes; k++) {
            char name[32];
            Rect row;
            snprintf(name, sizeof name, "legend-easy-%d", k);
            assert_true(widget(name, &row));
            assert_true(row.y > before && row.h >= 16.0f);
            before = row.y;
            seen++;
            if (row.y + row.h < SCENE_HEIGHT) {
                assert_true(count_in(scene.theme->class_fill[k], row) > 10);
                assert_true(count_in(scene.theme->track, row) < 100); /* a bar would have more */
            }
        }
        assert_int_equal(seen, classes);
        Rect hard;
        assert_true(widget("legend-hard", &hard) && (hard.y + hard.h < SCENE_HEIGHT) == (classes == 10));
        scene.input.mouse_x = column.x + 60;
        scene.input.mouse_y = 300;
        scene.input.wheel = -100;
        frame();
        frame();
        assert_true(widget("legend-hard", &hard) && hard.y + hard.h < SCENE_HEIGHT);
        click_widget("legend-hard");
        assert_true(scene.hand.hidden.hard);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(entries_switch_what_they_name, setup, teardown),
        cmocka_unit_test_setup_teardown(every_entry_is_reached_and_switched_by_keyboard, setup, teardown),
        cmocka_unit_test_setup_teardown(each_entry_says_what_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(bars_show_the_share_of_easy_points, setup, teardown),
        cmocka_unit_test_setup_teardown(colours_are_chosen_at_its_head, setup, teardown),
        cmocka_unit_test_setup_teardown(eight_classes_fit_or_scroll, setup, teardown),
        cmocka_unit_test_setup_teardown(many_classes_have_a_row_each, setup, teardown),
        cmocka_unit_test_setup_teardown(words_follow_the_order, setup, teardown),
        cmocka_unit_test_setup_teardown(behind_the_button_is_the_same_key, setup_button, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
