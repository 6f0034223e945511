/* Two runs on the screen, by events: whatever is done over a plot goes to that plot, one view and one hand for both;
 * what stands around the plots says who does how well, and is never covered; where they differ is hatched. */
#include "app/base/format.h"
#include "app/plot/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/compare_scene.h"

static int setup(void **state) {
    (void)state;
    open_scene(1280, 720, 1.0f, 0.3, 2);
    return 0;
}

static void reopen(int width, int height, float scale, double test) {
    teardown(NULL);
    open_scene(width, height, scale, test, 2);
}

/* ---- gestures ---- */

static void a_click_on_either_plot_pins_in_both(void **state) {
    (void)state;
    static const char *const plots[] = {"plot", "plot-beside"};
    size_t sample = lonely_point();
    for (int k = 1; k >= 0; k--) {
        PlotView before = scene.screen.hand.view;
        Rect room = rect_of("plot");
        float at[2], other[2];
        place(plots[k], sample, at);
        place(plots[1 - k], sample, other);
        click_at(at[0], at[1]);
        assert_int_equal(scene.screen.hand.pinned, sample);
        assert_true(same_view(&before, &scene.screen.hand.view));
        assert_memory_equal(&room, (Rect[]){rect_of("plot")}, sizeof room); /* nor do the plots */
        scene.input.mouse_x = scene.input.mouse_y = -1.0f;
        frames(3);
        assert_true(ringed(at[0], at[1], 9.0f) && ringed(other[0], other[1], 9.0f));
        assert_non_null(find("plot-pin"));
        assert_non_null(find("twin-pin"));
        Rect r = rect_of(plots[k]); /* a corner without points: none is pinned, and nothing moves */
        click_at(r.x + 6.0f, r.y + 6.0f);
        assert_int_equal(scene.screen.hand.pinned, -1);
        assert_true(same_view(&before, &scene.screen.hand.view));
    }
}

static void one_card_for_both(void **state) {
    (void)state;
    static const char *const plots[] = {"plot", "plot-beside"};
    size_t sample = lonely_point();
    for (int k = 0; k < 2; k++) {
        float at[2], other[2];
        place(plots[k], sample, at);
        place(plots[1 - k], sample, other);
        move(at[0], at[1]);
        frames(6);
        Rect card = rect_of("plot-card"), room = scene.screen.hand.duel_room;
        assert_int_equal(scene.screen.hand.hovered, sample);
        assert_true(ringed(at[0], at[1], 6.5f) && ringed(other[0], other[1], 6.5f));
        assert_false(rect_has(card, at[0], at[1]));
        assert_true(card.x >= room.x && card.y >= room.y && card.x + card.w <= room.x + room.w);
        /* room for two columns: wider than its words and one number */
        assert_true(card.w > text_width(scene.screen.text, TEXT_BODY, "first easy") + 80.0f);
    }
}

static void the_box_is_where_it_is_drawn(void **state) {
    (void)state;
    Rect beside = rect_of("plot-beside");
    double wanted[2], middle[2];
    world_under("plot-beside", 0.4f, 0.5f, wanted);
    move(beside.x + beside.w * 0.2f, beside.y + beside.h * 0.3f);
    scene.input.right_pressed = scene.input.right_down = true;
    frame();
    move(beside.x + beside.w * 0.6f, beside.y + beside.h * 0.7f);
    Rect box = rect_of("plot-box");
    assert_true(box.x >= beside.x && box.x + box.w <= beside.x + beside.w);
    scene.input.right_released = true;
    scene.input.right_down = false;
    frames(6);
    assert_false(scene.screen.hand.view.follows);
    world_under("plot", 0.5f, 0.5f, middle);
    assert_true(fabs(middle[0] - wanted[0]) < 0.02 && fabs(middle[1] - wanted[1]) < 0.02);
}

static void wheel_and_drag_go_by_the_plot_under_them(void **state) {
    (void)state;
    static const char *const plots[] = {"plot", "plot-beside"};
    for (int k = 0; k < 2; k++) {
        double before[2], after[2];
        Rect r = rect_of(plots[k]);
        double scale = world_under(plots[k], 0.25f, 0.75f, before);
        move(r.x + r.w * 0.25f, r.y + r.h * 0.75f);
        scene.input.wheel = 3.0f;
        frames(3);
        assert_true(world_under(plots[k], 0.25f, 0.75f, after) > scale * 1.2);
        assert_true(fabs(after[0] - before[0]) < 1e-3 && fabs(after[1] - before[1]) < 1e-3);
        /* what was pressed goes along with the pointer, to the other plot as well */
        press();
        move(r.x + r.w * 0.65f, r.y + r.h * 0.55f);
        world_under(plots[k], 0.65f, 0.55f, after);
        assert_true(fabs(after[0] - before[0]) < 1e-3 && fabs(after[1] - before[1]) < 1e-3);
        Rect other = rect_of(plots[1 - k]);
        move(other.x + other.w / 2, r.y + r.h * 0.55f);
        double dragged = (double)((other.x + other.w / 2 - r.x) / r.w), there[2];
        world_under(plots[k], (float)dragged, 0.55f, there);
        assert_true(fabs(there[0] - before[0]) < 1e-3);
        release();
        frames(3);
    }
}

static void the_brush_paints_where_it_is(void **state) {
    (void)state;
    double at[2];
    world_under("plot-beside", 0.9f, 0.8f, at);
    size_t before = now().data->count;
    PlotView view = scene.screen.hand.view;
    scene.screen.brush.tool = TOOL_ADD;
    Rect r = rect_of("plot-beside");
    click_at(r.x + r.w * 0.9f, r.y + r.h * 0.8f);
    Snapshot s = now();
    size_t added = s.data->count;
    assert_true(added > before && s.others[0]->data->count == added);
    double reach = 28.0 / scene.screen.hand.camera.scale;
    for (size_t i = before; i < s.data->count; i++)
        assert_true(hypot((double)s.data->x[i] - at[0], (double)s.data->y[i] - at[1]) <= reach * 1.05);
    assert_true(view.follows || same_view(&view, &scene.screen.hand.view));
    scene.screen.brush.tool = TOOL_ERASE; /* and takes them away again, over the other plot */
    Rect first = rect_of("plot");
    float place_of[2];
    place("plot", before, place_of);
    assert_true(rect_has(first, place_of[0], place_of[1]));
    click_at(place_of[0], place_of[1]);
    assert_true(now().data->count < added);
}

static void keys_reach_the_plot_with_the_focus(void **state) {
    (void)state;
    scene.screen.ui.focus = ui_id("plot-beside");
    frame();
    double before = scene.screen.hand.camera.scale;
    scene.input.keys[0] = (UiKey){.code = KEY_CHARACTER, .character = '+'};
    scene.input.key_count = 1;
    frames(3);
    assert_true(scene.screen.hand.camera.scale > before * 1.1);
    Rect first = rect_of("plot"); /* the pointer over the other one takes nothing away */
    move(first.x + 30.0f, first.y + 30.0f);
    scene.screen.ui.focus = ui_id("plot-beside");
    before = scene.screen.hand.camera.scale;
    scene.input.keys[0] = (UiKey){.code = KEY_CHARACTER, .character = '+'};
    scene.input.key_count = 1;
    frames(3);
    assert_true(scene.screen.hand.camera.scale > before * 1.1);
}

/* ---- what stands around ---- */

static bool overlap(Rect a, Rect b) {
    return a.w > 0 && b.w > 0 && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static void nothing_covers_what_stands_around(void **state) {
    (void)state;
    static const struct {
        int width, height;
        float scale;
    } sizes[] = {{1280, 720, 1.0f}, {1920, 1080, 2.0f}, {640, 480, 1.0f}, {1100, 1400, 1.0f}, {2560, 1440, 2.0f}};
    static const char *const over[] = {"notice", "look-back", "feedback"};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        reopen(sizes[i].width, sizes[i].height, sizes[i].scale, 0.3);
        const DuelLook *duel = &scene.screen.duel;
        for (int look = 0; look < 2; look++) {
            scene.notice = look ? "" : "All 60 epochs are done. Play goes on beyond.";
            push(COMMAND_LOOK, look ? 3.0 : -1.0);
            frames(3);
            for (size_t k = 0; k < 3; k++)
                for (int run = 0; run < 2 && find(over[k]); run++)
                    if (overlap(rect_of(over[k]), duel->heads[run]))
                        fail_msg("%s covers a head at %dx%d", over[k], sizes[i].width, sizes[i].height);
            assert_false(overlap(duel->heads[0], duel->heads[1]));
            Rect card = scene.screen.layout.card, plot = rect_of("plot");
            for (int run = 0; run < 2; run++) {
                Rect head = duel->heads[run];
                assert_true(head.x >= card.x && head.x + head.w <= card.x + card.w && head.y >= card.y);
                assert_false(overlap(head, plot));
            }
            for (int e = 0; e < duel->row.count; e++) {
                Rect entry = duel->row.entries[e].rect;
                assert_true(entry.y >= plot.y + plot.h && entry.y + entry.h <= card.y + card.h);
                assert_true(entry.x + entry.w <= scene.screen.layout.tools.x);
            }
        }
    }
}

static void test_accuracy_comes_first(void **state) {
    (void)state;
    Snapshot s = now();
    DuelHead heads[DUEL_RUNS];
    char expected[32];
    int others = 0;
    Differences found = differences_of(&s);
    duel_heads(&s, &found, heads);
    for (int k = 0; k < 2; k++) {
        const Snapshot *run = snapshot_run(&s, k);
        others += run->test_accuracy != run->accuracy;
        format_percent(run->test_accuracy, expected);
        assert_string_equal(heads[k].figure, expected);
        assert_string_equal(heads[k].meaning, "test accuracy");
        format_percent(run->accuracy, expected);
        assert_non_null(strstr(heads[k].details[0], expected));
    }
    assert_true(others > 0);
    assert_string_equal(heads[0].name, "Easy first, by share");
    assert_string_equal(heads[1].name, "Plain training");
    reopen(1280, 720, 1.0f, 0.0);
    s = now();
    found = differences_of(&s);
    duel_heads(&s, &found, heads);
    for (int k = 0; k < 2; k++) {
        format_percent(snapshot_run(&s, k)->accuracy, expected);
        assert_string_equal(heads[k].figure, expected);
        assert_string_equal(heads[k].meaning, "training accuracy");
        assert_non_null(strstr(heads[k].details[0], "no test points"));
    }
}

static int answer(const Snapshot *s, const Camera *camera, float x, float y) {
    float scores[MAX_CLASSES], wx, wy;
    double world[2];
    camera_world_exact(camera, (double)x, (double)y, world);
    wx = (float)world[0];
    wy = (float)world[1];
    mlp_scores(s->mlp, s->parameters, &wx, &wy, 1, scores, 1);
    return scores[1] > scores[0];
}

/* With the points and boundaries left out, the hatching is there where the models differ, and nowhere else. */
static void what_differs_is_hatched(void **state) {
    (void)state;
    static const char *const plots[] = {"plot", "plot-beside"};
    PlotHidden *hidden = &scene.screen.hand.hidden;
    *hidden = (PlotHidden){.easy = {true, true}, .hard = true, .test = true, .boundary = true, .other = true};
    frames(8); /* the field is exact by then */
    Snapshot s = now();
    const Canvas *c = &scene.screen.canvas;
    for (int k = 0; k < 2; k++) {
        Rect r = rect_of(plots[k]);
        Camera camera = scene.screen.hand.camera;
        camera.view = r;
        camera_update(&camera);
        int hatched = 0, differ = 0, wrong = 0;
        for (int y = (int)r.y + 2; y < (int)(r.y + r.h) - 2; y++)
            for (int x = (int)r.x + 2; x < (int)(r.x + r.w) - 2; x++) {
                bool on = c->pixels[(size_t)y * (size_t)c->width + (size_t)x] == scene.screen.theme->muted;
                float px = (float)x + 0.5f, py = (float)y + 0.5f;
                bool other = answer(&s, &camera, px, py) != answer(s.others[0], &camera, px, py);
                hatched += on;
                differ += other;
                wrong += on && !other;
            }
        assert_true(differ > 2000);
        assert_true(wrong <= hatched / 100); /* rounding at the boundaries */
        assert_true(hatched * 8 > differ * 9 / 10 && hatched * 8 < differ * 11 / 10);
    }
    hidden->differ = true;
    frames(3);
    Rect r = rect_of("plot");
    for (int y = (int)r.y + 2; y < (int)(r.y + r.h) - 2; y++)
        for (int x = (int)r.x + 2; x < (int)(r.x + r.w) - 2; x++)
            assert_true(c->pixels[(size_t)y * (size_t)c->width + (size_t)x] != scene.screen.theme->muted);
}

static void the_share_is_that_of_the_test_points(void **state) {
    (void)state;
    for (int test = 1; test >= 0; test--) {
        Snapshot s = now();
        const Dataset *d = test ? s.test : s.data;
        size_t differ = 0;
        int lead = 0;
        for (size_t i = 0; i < d->count; i++) {
            float one[2], two[2];
            mlp_scores(s.mlp, s.parameters, d->x + i, d->y + i, 1, one, 1);
            mlp_scores(s.others[0]->mlp, s.others[0]->parameters, d->x + i, d->y + i, 1, two, 1);
            int a = one[1] > one[0], b = two[1] > two[0], right = test && d->truth ? d->truth[i] : d->label[i];
            differ += a != b;
            lead += (b == right) - (a == right);
        }
        Differences found = differences_of(&s);
        assert_true(differ > 0 && found.differ == differ && found.points == d->count && found.of_test == (test == 1));
        assert_int_equal((int)found.right[1] - (int)found.right[0], lead);
        char words[96], expected[64];
        differences_lead(&found, 1, LEAD_WHOLE, words);
        snprintf(expected, sizeof expected, "%d %s right than A", abs(lead), lead > 0 ? "more" : "fewer");
        assert_string_equal(words, lead == 0 ? "as many right as A" : expected);
        DuelHead heads[DUEL_RUNS];
        assert_int_equal(duel_heads(&s, &found, heads), 2); /* B's head says so, A's nothing of it */
        assert_true(strncmp(heads[1].details[0], words, strlen(words)) == 0 && !strstr(heads[0].details[0], "right"));
        if (test)
            reopen(1280, 720, 1.0f, 0.0);
    }
}

/* ---- the panel ---- */

static void the_panel_sets_the_run_it_shows(void **state) {
    (void)state;
    const Experiment *e = &scene.experiment;
    Snapshot s = now();
    click("curriculum-of-1");
    assert_true(scene.screen.panel.compare.run);
    click("order-1");
    assert_true(scene.asked.commands[0].run == 1);
    assert_int_equal(e->others[0].trainer->settings.order, ORDER_HARD);
    assert_int_equal(e->trainer->settings.order, ORDER_EASY);
    double first = e->trainer->threshold, second = e->others[0].trainer->threshold;
    Rect line = rect_of("threshold-line");
    move(line.x + line.w / 2, line.y + line.h / 2);
    press();
    move(line.x - 60.0f, line.y + line.h / 2);
    release();
    assert_true(e->trainer->threshold == first && e->others[0].trainer->threshold < second);
    push(COMMAND_UNDO, 0.0);
    push(COMMAND_UNDO, 0.0);
    while (e->undo.count > 0 && undo_top(&e->undo)->kind == UNDO_OTHER)
        push(COMMAND_UNDO, 0.0);
    assert_int_equal(e->others[0].trainer->settings.order, ORDER_ALL);
    assert_true(fabs(e->others[0].trainer->threshold - second) < 1e-9 * second);
    click("run-a"); /* a head chooses, too */
    assert_false(scene.screen.panel.compare.run);
    click("order-1");
    assert_int_equal(e->trainer->settings.order, ORDER_HARD);
    assert_int_equal(e->others[0].trainer->settings.order, ORDER_ALL);
    assert_int_equal(s.other_count, 1);
}

static void swap_and_end_by_button(void **state) {
    (void)state;
    const Experiment *e = &scene.experiment;
    scene.screen.panel.compare.open = true;
    frames(2);
    assert_non_null(find("what-differs"));
    const Trainer *first = e->trainer, *second = e->others[0].trainer;
    click("swap-runs");
    assert_true(e->trainer == second && e->others[0].trainer == first);
    push(COMMAND_UNDO, 0.0);
    assert_true(e->trainer == first && e->others[0].trainer == second);
    click("end-compare");
    assert_null(find("plot-beside"));
    assert_null(find("curriculum-of-1"));
    push(COMMAND_UNDO, 0.0);
    frames(3);
    assert_non_null(find("plot-beside"));
    assert_int_equal(e->others[0].trainer->settings.order, ORDER_ALL);
}

/* ---- little room ---- */

static void one_plot_where_two_have_no_room(void **state) {
    (void)state;
    reopen(900, 700, 1.0f, 0.3);
    assert_null(find("plot-beside"));
    static uint32_t kept[900 * 700];
    frames(6);
    memcpy(kept, scene.screen.canvas.pixels, sizeof kept);
    click("run-b");
    scene.input.mouse_x = scene.input.mouse_y = -1.0f;
    frames(6);
    Rect r = rect_of("plot");
    int other = 0, hatched = 0;
    for (int y = (int)r.y; y < (int)(r.y + r.h); y++)
        for (int x = (int)r.x; x < (int)(r.x + r.w); x++) {
            other += kept[y * 900 + x] != scene.screen.canvas.pixels[y * 900 + x];
            hatched += scene.screen.canvas.pixels[y * 900 + x] == scene.screen.theme->muted;
        }
    assert_true(other > 2000 && hatched > 100);
    float at[2];
    size_t sample = lonely_point();
    place("plot", sample, at);
    click_at(at[0], at[1]);
    assert_int_equal(scene.screen.hand.pinned, sample);
}

/* ---- pictures ---- */

/* A picture of both names both, and nothing lies over the points: within the frames it is as without words. */
static void the_picture_names_both(void **state) {
    (void)state;
    Snapshot s = now();
    for (int size = 0; size < 2; size++) {
        int width = size ? 1280 : 640, height = size ? 720 : 480;
        Picture picture;
        float scale = picture_scale(width, height);
        assert_true(picture_open(&picture, FONT_DIR, &THEME_LIGHT, scale, width, height, &status));
        PlotOptions options = {.field_step = 1};
        assert_true(picture_draw(&picture, &s, &options, NULL, 0, height, &status));
        const Canvas *c = &picture.canvas;
        for (int k = 0; k < 2; k++) {
            int ink = 0, x0 = width / 2 * k;
            for (int y = 0; y < (int)(DUEL_HEAD * scale); y++)
                for (int x = x0; x < x0 + width / 2; x++)
                    ink += c->pixels[y * width + x] == duel_color(&THEME_LIGHT, k);
            assert_true(ink > 200); /* its badge and figure */
        }
        /* between the heads and the row each half is a plot alone, without legend and caption */
        Plot *plots[DUEL_RUNS] = {plot_new(&status), plot_new(&status)};
        Canvas alone = {0};
        assert_true(canvas_resize(&alone, width, height, &status));
        canvas_fill(&alone, THEME_LIGHT.card);
        PlotScene scenes[DUEL_RUNS];
        Camera cameras[DUEL_RUNS];
        PlotOptions bare[DUEL_RUNS];
        PlotOptions measure = {.scale = scale};
        DuelRow row;
        Differences found = differences_of(&s);
        DuelScene words = {.first = &s, .options = &measure, .differences = &found, .epoch = true};
        float left = plot_area(&measure, (Rect){0, 0, (float)(width / 2), (float)height}).x;
        duel_row_make(&row, picture.text, &words, (float)width - left - roundf(16 * scale));
        float top = roundf(DUEL_HEAD * scale), foot = (float)height - roundf(row.height + UNIT * scale);
        for (int k = 0; k < 2; k++) {
            Rect outer = {(float)(width / 2 * k), top, (float)(width / 2), foot - top};
            bare[k] = (PlotOptions){.scale = scale, .field_step = 1, .others = {plots[1 - k]}};
            camera_fit(&cameras[k], s.data, plot_area(&bare[k], outer));
            scenes[k] = (PlotScene){outer, &cameras[k], snapshot_run(&s, k), &bare[k]};
            assert_true(plot_prepare(plots[k], &scenes[k], &status));
        }
        for (int k = 0; k < 2; k++) {
            assert_true(plot_draw(plots[k], &alone, picture.text, &THEME_LIGHT, &scenes[k], &status));
            Rect r = cameras[k].view;
            for (int y = (int)r.y; y < (int)(r.y + r.h); y++)
                assert_memory_equal(alone.pixels + y * width + (int)r.x, c->pixels + y * width + (int)r.x,
                                    (size_t)r.w * sizeof(uint32_t));
        }
        plot_free(plots[0]);
        plot_free(plots[1]);
        canvas_free(&alone);
        picture_close(&picture);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_click_on_either_plot_pins_in_both),
        TEST(one_card_for_both),
        TEST(the_box_is_where_it_is_drawn),
        TEST(wheel_and_drag_go_by_the_plot_under_them),
        TEST(the_brush_paints_where_it_is),
        TEST(keys_reach_the_plot_with_the_focus),
        TEST(nothing_covers_what_stands_around),
        TEST(test_accuracy_comes_first),
        TEST(what_differs_is_hatched),
        TEST(the_share_is_that_of_the_test_points),
        TEST(the_panel_sets_the_run_it_shows),
        TEST(swap_and_end_by_button),
        TEST(one_plot_where_two_have_no_room),
        TEST(the_picture_names_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
