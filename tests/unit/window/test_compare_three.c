/* Three runs on the screen, by events: they come and go, each has a plot, and whatever is done over one of the plots
 * is done in all of them. */
#include "app/base/format.h"
#include "app/plot/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/compare_scene.h"

static const char *const PLOTS[] = {"plot", "plot-beside", "plot-beside-2"};

static int setup(void **state) {
    (void)state;
    open_scene(1280, 720, 1.0f, 0.3, 3);
    return 0;
}

static void reopen(int width, int height, float scale) {
    teardown(NULL);
    open_scene(width, height, scale, 0.3, 3);
}

/* ---- they come and go ---- */

static void a_run_is_added_and_taken_away_by_the_panel(void **state) {
    (void)state;
    teardown(NULL);
    open_scene(1280, 720, 1.0f, 0.3, 2);
    const Experiment *e = &scene.experiment;
    scene.screen.panel.compare.open = true;
    frames(2);
    assert_null(find("remove-c"));
    click("compare-c");
    click("compare-c-2");
    assert_true(e->other_count == 2 && e->others[1].trainer->settings.order == ORDER_HARD);
    assert_true(e->others[1].trainer->epoch == e->trainer->epoch); /* it has caught up */
    const char *there[] = {"plot-beside", "plot-beside-2", "run-a", "run-b", "run-c", "curriculum-of-2", "remove-b"};
    frames(2);
    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        if (!find(there[i]))
            fail_msg("no %s", there[i]);
    const Trainer *b = e->others[0].trainer, *c = e->others[1].trainer;
    scene.screen.panel.compare.run = 2;
    click("remove-b"); /* C moves up, as it is */
    assert_true(e->other_count == 1 && e->others[0].trainer == c);
    assert_null(find("plot-beside-2"));
    assert_int_equal(scene.screen.panel.compare.run, 1); /* C is still the one on show */
    push(COMMAND_UNDO, 0.0); /* B begins anew in its place, and catches up; C stays what it is */
    assert_true(e->other_count == 2 && e->others[1].trainer == c && e->others[0].trainer == b);
    assert_true(e->others[0].trainer->settings.order == ORDER_ALL && !experiment_is_behind(e));
    click("remove-c");
    assert_true(e->other_count == 1 && e->others[0].trainer->settings.order == ORDER_ALL);
    push(COMMAND_UNDO, 0.0);
    push(COMMAND_UNDO, 0.0); /* of the first removal has been undone; this takes the run C away */
    assert_int_equal(e->other_count, 1);
    push(COMMAND_REDO, 0.0);
    assert_int_equal(e->other_count, 2);
    click("end-compare");
    assert_int_equal(e->other_count, 0);
    assert_null(find("plot-beside"));
    push(COMMAND_UNDO, 0.0);
    frames(2);
    assert_true(e->other_count == 2 && find("plot-beside-2"));
}

static void a_swap_goes_with_the_run_in_the_panel(void **state) {
    (void)state;
    const Experiment *e = &scene.experiment;
    const Trainer *runs[] = {e->trainer, e->others[0].trainer, e->others[1].trainer};
    scene.screen.panel.compare.open = true;
    click("run-c");
    assert_int_equal(scene.screen.panel.compare.run, 2);
    click("swap-runs");
    assert_true(e->trainer == runs[2] && e->others[0].trainer == runs[1] && e->others[1].trainer == runs[0]);
    assert_string_equal(now().undo, "Swap A and C");
    push(COMMAND_UNDO, 0.0);
    assert_true(e->trainer == runs[0] && e->others[1].trainer == runs[2]);
}

static void the_panel_sets_the_run_it_shows(void **state) {
    (void)state;
    const Experiment *e = &scene.experiment;
    double before[] = {e->trainer->threshold, e->others[0].trainer->threshold, e->others[1].trainer->threshold};
    click("curriculum-of-2");
    Rect line = rect_of("threshold-line");
    move(line.x + line.w / 2, line.y + line.h / 2);
    press();
    move(line.x - 60.0f, line.y + line.h / 2);
    release();
    assert_true(e->trainer->threshold == before[0] && e->others[0].trainer->threshold == before[1]);
    assert_true(e->others[1].trainer->threshold < before[2]);
    push(COMMAND_UNDO, 0.0);
    assert_true(e->others[1].trainer->threshold == before[2]);
    click("run-b"); /* a head chooses, too */
    click("order-1");
    assert_true(e->others[0].trainer->settings.order == ORDER_HARD && e->trainer->settings.order == ORDER_EASY);
}

/* ---- one view and one hand for all ---- */

static void a_point_is_pinned_ringed_and_told_in_all(void **state) {
    (void)state;
    size_t sample = lonely_point();
    for (int k = 2; k >= 0; k--) {
        float at[3][2];
        for (int i = 0; i < 3; i++)
            place(PLOTS[i], sample, at[i]);
        PlotView before = scene.screen.hand.view;
        move(at[k][0], at[k][1]);
        frames(6);
        Rect card = rect_of("plot-card");
        assert_int_equal(scene.screen.hand.hovered, sample);
        for (int i = 0; i < 3; i++)
            assert_true(ringed(at[i][0], at[i][1], 6.5f));
        assert_true(find("twin-hovered") && find("twin-hovered-2"));
        /* three columns of numbers beside the names */
        float names = text_width(scene.screen.text, TEXT_BODY, "first easy");
        assert_true(card.w > names + 3 * text_width(scene.screen.text, TEXT_BODY, "0: left out"));
        click_at(at[k][0], at[k][1]);
        assert_int_equal(scene.screen.hand.pinned, sample);
        assert_true(same_view(&before, &scene.screen.hand.view));
        scene.input.mouse_x = scene.input.mouse_y = -1.0f;
        frames(3);
        for (int i = 0; i < 3; i++)
            assert_true(ringed(at[i][0], at[i][1], 9.0f));
        assert_true(find("plot-pin") && find("twin-pin") && find("twin-pin-2"));
        Rect r = rect_of(PLOTS[k]);
        click_at(r.x + 6.0f, r.y + 6.0f);
        assert_int_equal(scene.screen.hand.pinned, -1);
    }
}

static void wheel_and_brush_go_by_the_plot_under_them(void **state) {
    (void)state;
    double before[2], after[2], third[2];
    Rect r = rect_of("plot-beside-2");
    double scale = world_under("plot-beside-2", 0.25f, 0.75f, before);
    move(r.x + r.w * 0.25f, r.y + r.h * 0.75f);
    scene.input.wheel = 3.0f;
    frames(3);
    assert_true(world_under("plot-beside-2", 0.25f, 0.75f, after) > scale * 1.2);
    assert_true(fabs(after[0] - before[0]) < 1e-3 && fabs(after[1] - before[1]) < 1e-3);
    world_under("plot", 0.25f, 0.75f, third);
    assert_true(fabs(third[0] - after[0]) < 1e-6 && fabs(third[1] - after[1]) < 1e-6);
    size_t count = now().data->count;
    scene.screen.brush.tool = TOOL_ADD;
    click_at(r.x + r.w * 0.6f, r.y + r.h * 0.5f);
    Snapshot s = now();
    assert_true(s.data->count > count);
    for (int k = 0; k < OTHER_RUNS; k++)
        assert_int_equal(s.others[k]->data->count, s.data->count);
    while (now().data->count > count)
        push(COMMAND_UNDO, 0.0);
    for (int k = 0; k < OTHER_RUNS; k++)
        assert_int_equal(scene.experiment.others[k].trainer->data.count, count);
}

static void open_menu(float x, float y) {
    move(x, y);
    scene.input.right_pressed = scene.input.right_down = true;
    frame();
    scene.input.right_released = true;
    scene.input.right_down = false;
    frames(2);
}

static void the_menu_is_that_of_the_plot_it_was_opened_on(void **state) {
    (void)state;
    for (int k = 1; k < 3; k++) {
        size_t sample = lonely_point(), count = now().data->count;
        float at[2], elsewhere[2];
        place(PLOTS[k], sample, at);
        place(PLOTS[0], sample, elsewhere);
        open_menu(at[0], at[1]);
        click("menu-pin");
        assert_int_equal(scene.screen.hand.pinned, sample);
        open_menu(at[0], at[1]);
        click("menu-pin"); /* lets go */
        assert_int_equal(scene.screen.hand.pinned, -1);
        open_menu(at[0], at[1]);
        click("menu-tell");
        move(elsewhere[0] + 20.0f, elsewhere[1] - 60.0f); /* over another plot: the card stays at its point */
        frames(3);
        Rect card = rect_of("plot-card");
        float away = fmaxf(fmaxf(card.x - at[0], at[0] - card.x - card.w), 0.0f);
        assert_true(scene.screen.hand.told == (int64_t)sample && away < 30.0f);
        assert_int_equal(scene.screen.hand_run, k);
        open_menu(at[0], at[1]);
        click("menu-erase");
        for (int i = 0; i < 3; i++) {
            Snapshot s = now();
            assert_int_equal(snapshot_run(&s, i)->data->count, count - 1);
        }
        push(COMMAND_UNDO, 0.0);
        assert_int_equal(now().data->count, count);
    }
}

static void keys_reach_the_plot_with_the_focus(void **state) {
    (void)state;
    for (int k = 1; k < 3; k++) {
        scene.screen.ui.focus = ui_id(PLOTS[k]);
        frame();
        double before = scene.screen.hand.camera.scale;
        scene.input.keys[0] = (UiKey){.code = KEY_CHARACTER, .character = '+'};
        scene.input.key_count = 1;
        frames(3);
        assert_true(scene.screen.hand.camera.scale > before * 1.1);
    }
}

/* ---- what is said ---- */

static int answer(const Snapshot *s, float x, float y) {
    float scores[MAX_CLASSES];
    mlp_scores(s->mlp, s->parameters, &x, &y, 1, scores, 1);
    return scores[1] > scores[0];
}

static void what_not_all_say_is_counted_and_hatched(void **state) {
    (void)state;
    Snapshot s = now();
    size_t differ = 0, right[3] = {0};
    for (size_t i = 0; i < s.test->count; i++) {
        int given[3];
        for (int k = 0; k < 3; k++) {
            given[k] = answer(snapshot_run(&s, k), s.test->x[i], s.test->y[i]);
            right[k] += given[k] == (s.test->truth ? s.test->truth[i] : s.test->label[i]);
        }
        differ += given[0] != given[1] || given[1] != given[2];
    }
    Differences found = differences_of(&s);
    assert_true(found.runs == 3 && found.differ == differ && differ > 0);
    for (int k = 0; k < 3; k++)
        assert_int_equal(found.right[k], right[k]);
    char share[32], expected[96];
    format_percent((double)differ / (double)s.test->count, share);
    snprintf(expected, sizeof expected, "not all agree: %s of %zu test points", share, s.test->count);
    const DuelRow *row = &scene.screen.duel.row;
    bool said = false;
    for (int i = 0; i < row->count; i++)
        said = said || strcmp(row->entries[i].text, expected) == 0;
    assert_true(said);
    /* with nothing but hatching, its pixels lie where not all answer the same, in all plots */
    PlotHidden *hidden = &scene.screen.hand.hidden;
    *hidden = (PlotHidden){.easy = {true, true}, .hard = true, .test = true, .boundary = true, .other = true};
    scene.input.mouse_x = scene.input.mouse_y = -1.0f;
    frames(8);
    const Canvas *c = &scene.screen.canvas;
    int second_alone = 0, seen = 0; /* where the last of the other two alone differs from the plot's own */
    for (int k = 0; k < 3; k++) {
        Rect r = rect_of(PLOTS[k]);
        Camera camera = scene.screen.hand.camera;
        camera.view = r;
        camera_update(&camera);
        int hatched = 0, wrong = 0, apart = 0;
        for (int y = (int)r.y + 2; y < (int)(r.y + r.h) - 2; y++)
            for (int x = (int)r.x + 2; x < (int)(r.x + r.w) - 2; x++) {
                bool on = c->pixels[(size_t)y * (size_t)c->width + (size_t)x] == scene.screen.theme->muted;
                double at[2];
                camera_world_exact(&camera, (double)x + 0.5, (double)y + 0.5, at);
                int given[3], last = k == 2 ? 1 : 2, before = k == 0 ? 1 : 0;
                for (int run = 0; run < 3; run++)
                    given[run] = answer(snapshot_run(&s, run), (float)at[0], (float)at[1]);
                bool all = given[0] == given[1] && given[1] == given[2];
                bool alone = given[before] == given[k] && given[last] != given[k];
                second_alone += alone;
                seen += alone && on;
                hatched += on;
                apart += !all;
                wrong += on && all;
            }
        assert_true(apart > 500 && wrong * 20 < hatched);         /* at the edges the field is coarser */
        assert_true(hatched > apart / 10 && hatched < apart / 6); /* a line in each eight pixels */
    }
    assert_true(second_alone > 200 && seen > second_alone / 12);
}

static void each_says_how_it_does_against_the_first(void **state) {
    (void)state;
    Differences d = {.runs = 3, .points = 100, .total = 100, .right = {60, 74, 60}};
    const char *expected[] = {"+14", "14 more", "14 more right", "14 more right than A"};
    char text[96];
    for (int i = 0; i < LEAD_LENGTHS; i++) {
        differences_lead(&d, 1, (LeadLength)i, text);
        assert_string_equal(text, expected[i]);
    }
    differences_lead(&d, 2, LEAD_WHOLE, text);
    assert_string_equal(text, "as many right as A");
    d.right[2] = 59;
    d.total = 1000; /* some were asked */
    differences_lead(&d, 2, LEAD_WORDS, text);
    assert_string_equal(text, "about 10 fewer right");
    d.points = 0;
    differences_lead(&d, 2, LEAD_WORDS, text);
    assert_string_equal(text, "");
    Snapshot s = now();
    Differences found = differences_of(&s);
    DuelHead heads[DUEL_RUNS];
    assert_int_equal(duel_heads(&s, &found, heads), 3);
    for (int k = 1; k < 3; k++) {
        differences_lead(&found, k, LEAD_WHOLE, text);
        assert_true(strncmp(heads[k].details[0], text, strlen(text)) == 0);
        format_percent(s.others[k - 1]->test_accuracy, text);
        assert_string_equal(heads[k].figure, text);
    }
    assert_string_equal(heads[2].name, "Hard first, by share");
}

/* ---- room ---- */

static void heads_plots_and_row_stand_apart(void **state) {
    (void)state;
    static const struct {
        int width, height;
        float scale;
        bool one;
    } sizes[] = {{1280, 720, 1.0f, false}, {1920, 1080, 2.0f, true},  {640, 480, 1.0f, true},
                 {1199, 800, 1.0f, true},  {1100, 1500, 1.0f, false}, {2560, 1440, 2.0f, false}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        reopen(sizes[i].width, sizes[i].height, sizes[i].scale);
        const DuelLook *duel = &scene.screen.duel;
        assert_true(duel->one == sizes[i].one && (find("plot-beside-2") == NULL) == sizes[i].one);
        Rect card = scene.screen.layout.card;
        for (int k = 0; k < 3; k++) {
            Rect head = duel->heads[k], plot = rect_of(PLOTS[duel->one ? 0 : k]);
            assert_true(head.x >= card.x && head.x + head.w <= card.x + card.w && head.y >= card.y);
            assert_true(plot.w > 60.0f && plot.h > 60.0f && head.y + head.h <= plot.y);
            for (int j = 0; j < k; j++)
                assert_true(rect_overlap(head, duel->heads[j]) == 0.0f);
        }
        for (int e = 0; e < duel->row.count; e++) {
            Rect entry = duel->row.entries[e].rect;
            assert_true(entry.y + entry.h <= card.y + card.h && entry.x + entry.w <= scene.screen.layout.tools.x);
        }
    }
}

static void the_heads_choose_where_there_is_one_plot(void **state) {
    (void)state;
    reopen(1100, 700, 1.0f);
    frames(6);
    static uint32_t kept[3][1100 * 700];
    const char *const heads[] = {"run-a", "run-b", "run-c"};
    for (int k = 0; k < 3; k++) {
        click(heads[k]);
        assert_int_equal(scene.screen.panel.compare.run, k);
        scene.input.mouse_x = scene.input.mouse_y = -1.0f;
        frames(6);
        memcpy(kept[k], scene.screen.canvas.pixels, sizeof kept[k]);
    }
    Rect r = rect_of("plot");
    for (int k = 0; k < 3; k++) {
        int other = 0;
        for (int y = (int)r.y; y < (int)(r.y + r.h); y++)
            for (int x = (int)r.x; x < (int)(r.x + r.w); x++)
                other += kept[k][y * 1100 + x] != kept[(k + 1) % 3][y * 1100 + x];
        assert_true(other > 1000);
    }
}

static int ink_of(Color color, Rect r) {
    const Canvas *c = &scene.screen.canvas;
    int ink = 0;
    for (int y = (int)r.y; y < (int)(r.y + r.h); y++)
        for (int x = (int)r.x; x < (int)(r.x + r.w); x++)
            ink += c->pixels[(size_t)y * (size_t)c->width + (size_t)x] == color;
    return ink;
}

static void the_presentation_has_a_large_figure_for_each(void **state) {
    (void)state;
    assert_true(screen_set_presenting(&scene.screen, true, &status));
    frames(3);
    Rect r = rect_of("present-figures");
    for (int k = 0; k < 3; k++)
        assert_true(ink_of(duel_color(scene.screen.theme, k), r) > 100);
    push(COMMAND_COMPARE, 0.0);
    frames(2);
    for (int k = 1; k < 3; k++)
        assert_int_equal(ink_of(duel_color(scene.screen.theme, k), r), 0);
}

static void the_bar_has_a_figure_for_each(void **state) {
    (void)state;
    assert_true(find("figure-a") && find("figure-b") && find("figure-c") && find("figure-epoch"));
    assert_null(find("figure-easy"));
}

static void the_picture_names_all(void **state) {
    (void)state;
    Snapshot s = now();
    for (int size = 0; size < 2; size++) {
        int width = size ? 1280 : 640, height = size ? 720 : 480;
        Picture picture;
        float scale = picture_scale(width, height);
        assert_true(picture_open(&picture, FONT_DIR, &THEME_LIGHT, scale, width, height, &status));
        PlotOptions options = {.field_step = 1};
        assert_true(picture_draw(&picture, &s, &options, NULL, 0, height, &status));
        for (int k = 0; k < 3; k++) {
            int ink = 0;
            for (int y = 0; y < (int)(DUEL_HEAD * scale); y++)
                for (int x = width / 3 * k; x < width / 3 * (k + 1); x++)
                    ink += picture.canvas.pixels[y * width + x] == duel_color(&THEME_LIGHT, k);
            assert_true(ink > 200); /* its badge and figure */
        }
        picture_close(&picture);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_run_is_added_and_taken_away_by_the_panel),
        TEST(a_swap_goes_with_the_run_in_the_panel),
        TEST(the_panel_sets_the_run_it_shows),
        TEST(a_point_is_pinned_ringed_and_told_in_all),
        TEST(wheel_and_brush_go_by_the_plot_under_them),
        TEST(the_menu_is_that_of_the_plot_it_was_opened_on),
        TEST(keys_reach_the_plot_with_the_focus),
        TEST(what_not_all_say_is_counted_and_hatched),
        TEST(each_says_how_it_does_against_the_first),
        TEST(heads_plots_and_row_stand_apart),
        TEST(the_heads_choose_where_there_is_one_plot),
        TEST(the_presentation_has_a_large_figure_for_each),
        TEST(the_bar_has_a_figure_for_each),
        TEST(the_picture_names_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
