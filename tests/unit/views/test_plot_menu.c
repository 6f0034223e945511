/* The plot's menu, by mouse and by keyboard; and the strip of tools with its menu of what finds no room. */
#include "app/views/plot_menu.h"
#include "app/views/view_tools.h"
#include "tests/support/plot_scene.h"

static PlotMenu menu;
static ToolsState tools;
static Brush brush;
static Intents intents;
static bool key_off, with_key;
static float strip_height;

static void before(void) {
    intents = (Intents){.preset = -1};
    plot_menu_touch(&menu, &scene.ui, &scene.hand);
    tools_touch(&tools, &scene.ui);
}

static void widgets(void) {
    Rect strip = {SCENE_WIDTH - TOOL_STRIP, 0, TOOL_STRIP, strip_height};
    tools_widgets(&scene.ui, strip, &tools, &brush, &scene.hand, &scene.snapshot, &intents);
}

static PointEdit edit;
static bool save;

static void on_top(void) {
    plot_menu_draw(&menu, &scene.ui, &scene.hand, with_key ? &key_off : NULL, &scene.snapshot, &intents);
    tools_more_draw(&scene.ui, &tools, &brush, &scene.hand, &scene.snapshot, &intents);
    if (intents.edit.count > 0)
        edit = intents.edit;
    save = save || intents.save;
}

static int setup(void **state) {
    (void)state;
    memset(&menu, 0, sizeof menu);
    memset(&tools, 0, sizeof tools);
    edit = (PointEdit){0};
    save = key_off = false;
    with_key = true;
    strip_height = SCENE_HEIGHT;
    brush_init(&brush);
    if (scene_open(2) != 0)
        return -1;
    scene.before = before;
    scene.widgets = widgets;
    scene.on_top = on_top;
    frame();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    tools_free(&tools);
    brush_free(&brush);
    scene_close();
    return 0;
}

static void open_on(int64_t sample) {
    float at[2];
    where(sample, at);
    right_click((double)at[0], (double)at[1]);
    assert_true(menu.card.open);
    assert_true(widget("plot-menu", NULL) && widget("menu-pin", NULL));
}

static void a_point_is_pinned_flipped_removed_explained(void **state) {
    (void)state;
    open_on(41);
    click_widget("menu-pin");
    assert_int_equal(scene.hand.pinned, 41);
    assert_false(menu.card.open);
    assert_false(widget("plot-menu", NULL));
    open_on(41);
    click_widget("menu-pin"); /* lets go */
    assert_int_equal(scene.hand.pinned, -1);
    open_on(62);
    click_widget("menu-flip");
    assert_int_equal(edit.kind, EDIT_FLIP);
    assert_int_equal(edit.count, 1);
    assert_int_equal(edit.samples[0], 62);
    assert_int_equal(edit.data_version, 1);
    open_on(63);
    click_widget("menu-erase");
    assert_int_equal(edit.kind, EDIT_ERASE);
    assert_int_equal(edit.samples[0], 63);
    open_on(41);
    click_widget("menu-tell");
    assert_int_equal(scene.hand.told, 41);
    assert_true(widget("plot-card", NULL));
}

static void the_plot_has_a_menu_too(void **state) {
    (void)state;
    for (int i = 0; i < SCENE_POINTS; i++) /* nothing in the middle */
        scene.data.x[i] = i % 2 ? 5 : -5;
    scene.snapshot.data_version++;
    right_click(250, 200);
    assert_true(widget("menu-fit", NULL) && !widget("menu-pin", NULL));
    click_widget("menu-save");
    assert_true(save);
    right_click(250, 200);
    click_widget("menu-key");
    assert_true(key_off);
    right_click(250, 200);
    click_widget("menu-key");
    assert_false(key_off);
    scene.input.wheel = 3;
    move(250, 200);
    assert_false(scene.hand.view.follows);
    right_click(250, 200);
    click_widget("menu-back");
    assert_true(scene.hand.view.follows);
    right_click(250, 200);
    click_widget("menu-forth");
    assert_false(scene.hand.view.follows);
    right_click(250, 200);
    click_widget("menu-aspect"); /* the points' spans are alike: now each axis fills */
    frame();
    assert_true(scene.hand.aspect == ASPECT_FILL && scene.hand.camera.stretch != 1.0 && scene.hand.view.follows);
    right_click(250, 200);
    click_widget("menu-aspect"); /* and back to what is so by itself */
    frame();
    assert_true(scene.hand.aspect == ASPECT_AUTO && scene.hand.camera.stretch == 1.0);
    right_click(250, 200);
    click_widget("menu-back");
    right_click(250, 200);
    click_widget("menu-fit");
    assert_true(scene.hand.view.follows);
    with_key = false;
    right_click(250, 200);
    assert_false(widget("menu-key", NULL));
}

/* A press elsewhere closes it and does nothing else; so does Esc. */
static void it_closes_without_a_trace(void **state) {
    (void)state;
    float at[2];
    open_on(41);
    where(150, at);
    if (rect_has(menu.card.card, at[0], at[1]))
        where(19, at);
    click((double)at[0], (double)at[1]);
    assert_false(menu.card.open);
    assert_int_equal(scene.hand.pinned, -1);
    open_on(41);
    scene.input.time += 60;
    frame();
    frame();
    assert_false(scene.ui.wants_frame); /* an open menu moves nothing */
    key(KEY_ESCAPE);
    assert_false(menu.card.open);
    assert_true(scene.ui.keyboard_taken);
    scene.snapshot.data_version++; /* other points: what it was opened for is gone */
    open_on(41);
    scene.snapshot.data_version++;
    frame();
    assert_false(widget("menu-pin", NULL));
    assert_true(widget("menu-fit", NULL));
}

static void it_is_used_by_keyboard_alone(void **state) {
    (void)state;
    plot_hand_pin(&scene.hand, &scene.data, 77);
    scene.ui.focus = 0;
    key(KEY_MENU);
    frame();
    assert_true(menu.card.open && widget("menu-pin", NULL));
    key(KEY_DOWN); /* the first row is marked: the second lets go of the point */
    key(KEY_ENTER);
    assert_int_equal(scene.hand.pinned, -1);
    assert_false(menu.card.open);
    key(KEY_MENU); /* of the plot now: fit, back and forth have no effect and are passed over */
    frame();
    assert_true(menu.card.open && !widget("menu-pin", NULL));
    key(KEY_DOWN); /* past the axes' scales */
    key(KEY_DOWN); /* and the note */
    key(KEY_ENTER);
    assert_true(save);
    key(KEY_MENU);
    frame();
    key(KEY_UP); /* round the end */
    key(KEY_SPACE);
    assert_true(key_off);
    key(KEY_MENU);
    frame();
    key(KEY_END);
    key(KEY_SPACE);
    assert_false(key_off);
}

/* ---- tools ---- */

static void the_view_has_buttons(void **state) {
    (void)state;
    double scale = scene.hand.camera.scale;
    strip_height = 540; /* all of them */
    frame();
    click_widget("view-back"); /* nowhere to go back to */
    assert_true(scene.hand.view.follows);
    click_widget("zoom-in");
    scene.input.time += 1;
    click_widget("zoom-in");
    assert_true(scene.hand.camera.scale > 1.4 * scale);
    click_widget("view-back");
    assert_true(scene.hand.camera.scale < 1.3 * scale && scene.hand.camera.scale > 1.1 * scale);
    click_widget("view-forth");
    assert_true(scene.hand.camera.scale > 1.4 * scale);
    click_widget("view-fit");
    assert_true(scene.hand.view.follows);
    click_widget("zoom-out");
    assert_true(scene.hand.camera.scale < scale);
}

static void what_finds_no_room_is_behind_more(void **state) {
    (void)state;
    static const char *const STRIP[] = {"tool-move",  "tool-select", "tool-add", "tool-erase", "tool-flip",
                                        "tool-clean", "zoom-in",     "zoom-out", "view-fit",   "view-back",
                                        "view-forth", "undo",        "redo"};
    static const char *const MENU[] = {"more-move",  "more-select", "more-add", "more-erase", "more-flip",
                                       "more-clean", "more-in",     "more-out", "more-fit",   "more-back",
                                       "more-forth", "more-undo",   "more-redo"};
    for (float height = 570; height >= 170; height -= 10) {
        strip_height = height;
        move(600, 470);
        bool more = widget("tools-more", NULL);
        if (more)
            click_widget("tools-more");
        Rect rect, lowest = {0};
        for (int i = 0; i < 13; i++) {
            bool strip = widget(STRIP[i], &rect), in_menu = more && widget(MENU[i], NULL);
            if (strip == in_menu)
                fail_msg("%s is %s at a height of %.0f", STRIP[i], strip ? "in both" : "nowhere", (double)height);
            if (strip && rect.y + rect.h > lowest.y + lowest.h)
                lowest = rect;
        }
        assert_true(lowest.y + lowest.h <= height); /* nothing sticks out, */
        for (int i = 0; i < 13; i++)                /* and nothing lies on anything else */
            for (int k = 0; k < i; k++) {
                Rect a, b;
                assert_false(widget(STRIP[i], &a) && widget(STRIP[k], &b) && a.y < b.y + b.h && b.y < a.y + a.h);
            }
        if (more)
            key(KEY_ESCAPE);
        assert_true(more == (height < 547)); /* with all its buttons it is as high as that */
    }
    click_widget("tools-more");
    click_widget("more-flip");
    assert_int_equal(brush.tool, TOOL_FLIP);
}

/* Taking another tool moves nothing: what the pointer goes to next is where it was. */
static void no_tool_moves_the_others(void **state) {
    (void)state;
    static const char *const NAMES[] = {"class-1", "zoom-in", "view-fit", "undo"};
    strip_height = 447; /* of a window of 1280x720 */
    frame();
    assert_true(widget("class-1", NULL) && widget("zoom-in", NULL));
    for (int i = 0; i < 4; i++) {
        Rect before, after;
        assert_true(widget(NAMES[i], &before));
        click_widget("tool-add");
        assert_true(widget(NAMES[i], &after));
        assert_memory_equal(&before, &after, sizeof before);
        click_widget("tool-move");
    }
    float radius = brush.radius;
    click_widget("tools-more");
    click_widget("more-larger");
    assert_true(brush.radius > radius);
}

/* Many classes share a button from the start, which opens a card with all of them; all tools keep their places. */
static void a_card_has_every_class(void **state) {
    (void)state;
    scene_close();
    assert_int_equal(scene_open(31), 0);
    scene.before = before;
    scene.widgets = widgets;
    scene.on_top = on_top;
    strip_height = 539;
    frame();
    assert_true(widget("class-0", NULL) && !widget("class-1", NULL) && widget("brush-larger", NULL));
    assert_true(widget("view-forth", NULL) && !widget("pick-class", NULL));
    for (int k = 30; k >= 0; k -= 6) { /* by mouse */
        char shared[32], name[32];
        snprintf(shared, sizeof shared, "class-%d", brush.class);
        snprintf(name, sizeof name, "pick-class-%d", k);
        click_widget(shared);
        frame();
        Rect card, cell, last;
        assert_true(widget("pick-class", &card) && widget(name, &cell) && widget("pick-class-30", &last));
        assert_true(card.x >= 0 && card.y >= 0 && card.y + card.h <= SCENE_HEIGHT);
        assert_true(last.y + last.h <= card.y + card.h && last.x >= card.x);
        click_widget(name);
        frame();
        assert_true(brush.class == k && brush.tool == TOOL_ADD && !widget("pick-class", NULL));
    }
    click_widget("class-0");
    frame();
    key(KEY_RIGHT); /* to the brush's own first, then on, by keys */
    key(KEY_RIGHT);
    key(KEY_DOWN);
    key(KEY_ENTER);
    assert_int_equal(brush.class, 7);
    frame();
    click_widget("class-7");
    frame();
    key(KEY_END);
    key(KEY_END);
    key(KEY_ENTER);
    assert_int_equal(brush.class, 30);
    frame();
    click_widget("class-30");
    frame();
    key(KEY_ESCAPE);
    assert_true(brush.class == 30 && !widget("pick-class", NULL));
}

#define scenic(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        scenic(a_point_is_pinned_flipped_removed_explained),
        scenic(the_plot_has_a_menu_too),
        scenic(it_closes_without_a_trace),
        scenic(it_is_used_by_keyboard_alone),
        scenic(the_view_has_buttons),
        scenic(what_finds_no_room_is_behind_more),
        scenic(no_tool_moves_the_others),
        scenic(a_card_has_every_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
