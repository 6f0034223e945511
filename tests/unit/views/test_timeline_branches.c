/* Runs that were left, on the timeline: pale from where they part, a chip each that brings it back, and nothing that
 * is written under another. */
#include "app/views/view_timeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/unit/views/timeline_scene.h"

enum { KEPT = SNAPSHOT_BRANCHES, KEPT_RECORDS = 64 };

static BranchLook looks[KEPT];
static History histories[KEPT];
static HistoryRecord records[KEPT][KEPT_RECORDS];

/* Runs of so many epochs each that have the first `common` of them together with the run on show. */
static void keep_runs(int count, int epochs, int common) {
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < epochs; k++) {
            double way = (double)(k + 1) / (double)epochs;
            records[i][k] = (HistoryRecord){.epoch = (uint32_t)k,
                                            .threshold = 0.1 * pow(1.2 + 0.05 * (double)(i % 4), k),
                                            .easy = (size_t)(SCENE_POINTS * way * (1.0 - 0.15 * (double)(i % 5))),
                                            .mean_loss = 0.9 - 0.5 * way,
                                            .accuracy = 0.5 + 0.4 * way};
        }
        histories[i] = (History){.records = records[i], .count = (size_t)epochs, .samples = SCENE_POINTS, .stride = 1};
        looks[i] = (BranchLook){.number = (uint32_t)i + 1,
                                .title = "seed 7",
                                .name = "before the reset at epoch 10",
                                .settings = &scene.settings,
                                .history = &histories[i],
                                .epoch = (uint32_t)epochs,
                                .batches = 1,
                                .threshold = records[i][epochs - 1].threshold,
                                .accuracy = 0.978,
                                .test_accuracy = NAN,
                                .common = (uint32_t)common};
    }
    scene.snapshot.branches = looks;
    scene.snapshot.branch_count = count;
}

static void two_frames(void) {
    frame();
    frame(); /* chips are under the hand where they were drawn last */
}

/* Rows of the upper strip at that epoch where the pale colour is drawn. */
static int pale_at(double epochs, Color color) {
    Rect strips = widget("timeline");
    int found = 0;
    for (float y = strips.y; y < strips.y + strips.h / 2; y++)
        found += is_near(pixel(epoch_x(epochs), y), color, 16);
    return found;
}

static void press(Rect at) {
    scene.input.mouse_x = at.x + at.w / 2;
    scene.input.mouse_y = at.y + at.h / 2;
    scene.input.mouse_inside = true;
    frame();
    scene.input.down = scene.input.pressed = true;
    scene.input.clicks = 1;
    frame();
}

static void a_run_is_pale_from_where_it_parts(void **state) {
    (void)state;
    keep_runs(1, 10, 4);
    two_frames();
    assert_int_equal(pale_at(3.5, scene.theme->earlier), 0);
    assert_true(pale_at(4.5, scene.theme->earlier) > 0);
    assert_true(pale_at(9.5, scene.theme->earlier) > 0);
    keep_runs(1, 10, 0); /* a reset: from its beginning */
    two_frames();
    assert_true(pale_at(3.5, scene.theme->earlier) > 0);
    assert_true(is_there("timeline-run-1"));
    Rect chip = widget("timeline-run-1"); /* at its end */
    assert_true(fabsf(chip.x + chip.w / 2 - epoch_x(10.0)) < 1.0f);
}

static void the_axis_has_room_for_them(void **state) {
    (void)state;
    keep_runs(1, 25, 0);
    TimelineLayout t = timeline_lay_out(scene.scale, scene.card, false, 104.0f, &scene.timeline.span, &scene.snapshot);
    assert_true(t.to == 25.0);
    keep_runs(1, 40, 0); /* but not for one that would leave the run on show a corner */
    t = timeline_lay_out(scene.scale, scene.card, false, 104.0f, &scene.timeline.span, &scene.snapshot);
    assert_true(t.to == 10.0);
    two_frames(); /* its chip is where it leaves */
    Rect chip = widget("timeline-run-1"), strips = widget("timeline");
    assert_true(chip.x + chip.w / 2 > strips.x + strips.w * 0.9f && chip.x + chip.w / 2 <= strips.x + strips.w + 1.0f);
}

static void a_click_on_a_chip_brings_the_run_back(void **state) {
    (void)state;
    keep_runs(2, 10, 4);
    two_frames();
    Rect chip = widget("timeline-run-2");
    press(chip);
    assert_int_equal(scene.intents.count, 0); /* a press is no look at an epoch */
    release();
    assert_int_equal(scene.intents.count, 1);
    assert_int_equal(scene.intents.commands[0].kind, COMMAND_BRANCH);
    assert_int_equal(scene.intents.commands[0].branch, 2);
    press((Rect){chip.x - 12.0f + chip.w / 2, chip.y, 2.0f, chip.h}); /* within 24 pixels */
    release();
    assert_int_equal(scene.intents.count, 1);
    scene.snapshot.branch_count = 0; /* it is on show now */
    frame();
    assert_false(is_there("timeline-run-2"));
}

/* Beside the chip a press in the strips looks at an epoch, on a pale curve as anywhere. */
static void a_press_on_a_pale_curve_looks_at_an_epoch(void **state) {
    (void)state;
    keep_runs(1, 10, 0);
    scene_flat(10);
    two_frames();
    Rect strips = widget("timeline");
    float y = strips.y;
    while (y < strips.y + strips.h && !is_near(pixel(epoch_x(2.2), y), scene.theme->earlier, 16))
        y++;
    press((Rect){epoch_x(2.2), y, 0.0f, 0.0f});
    assert_int_equal(scene.intents.count, 1);
    assert_int_equal(scene.intents.commands[0].kind, COMMAND_LOOK);
    assert_int_equal(scene.timeline.run_over, 0);
    release();
}

static void what_is_pointed_at_is_dark_and_named(void **state) {
    (void)state;
    keep_runs(2, 10, 0);
    two_frames();
    assert_false(is_there("timeline-words"));
    Rect chip = widget("timeline-run-1");
    move_to(chip.x + chip.w / 2, chip.y + chip.h / 2);
    frame();
    assert_int_equal(scene.timeline.run_over, 1);
    assert_true(is_there("timeline-words"));
    assert_true(pale_at(8.5, scene.theme->muted) > 0);
    assert_int_equal(pale_at(8.5, scene.theme->earlier), 0); /* the other stands back */
    TimelineMark words = timeline_branch_words(&looks[0], 5.0);
    assert_string_equal(words.title, "1: Before the reset at epoch 10");
    assert_string_equal(words.lines[0], "10 epochs, accuracy 97.8 %, λ 0.516");
    move_to(-1.0f, -1.0f);
    scene.timeline.run_listed = 1; /* by the list: the words are there */
    two_frames();
    assert_true(pale_at(8.5, scene.theme->muted) > 0);
    assert_false(is_there("timeline-words"));
}

static void of_many_the_newest_are_drawn(void **state) {
    (void)state;
    keep_runs(30, 10, 0);
    two_frames();
    assert_true(is_there("timeline-run-30") && is_there("timeline-run-29") && is_there("timeline-run-28"));
    assert_false(is_there("timeline-run-27"));
    Rect all = widget("timeline-runs");
    press(all);
    release();
    assert_int_equal(scene.intents.steps, STEPS_ASK_RUNS);
    scene.timeline.run_listed = 3; /* and the one that the list points at */
    two_frames();
    assert_true(is_there("timeline-run-3"));
}

static void rings_stand_where_they_part(void **state) {
    (void)state;
    TimelineMark marks[TIMELINE_MOST_MARKS];
    keep_runs(3, 10, 4);
    looks[2].common = 5;
    two_frames();
    TimelineLayout t = timeline_lay_out(scene.scale, scene.card, false, 104.0f, &scene.timeline.span, &scene.snapshot);
    assert_int_equal(timeline_marks(&scene.ui, &t, &scene.snapshot, marks), 2);
    assert_int_equal(marks[0].kind, TIMELINE_MARK_LEFT);
    assert_true(marks[0].at == 4.0 && marks[1].at == 5.0);
    assert_int_equal(marks[0].line_count, 2);
    assert_string_equal(marks[1].lines[0], "3: Before the reset at epoch 10");
    keep_runs(KEPT, 10, 0); /* from the beginning: no ring; from anywhere: a bounded number */
    assert_int_equal(timeline_marks(&scene.ui, &t, &scene.snapshot, marks), 0);
    for (int i = 0; i < KEPT; i++)
        looks[i].common = (uint32_t)i;
    assert_true(timeline_marks(&scene.ui, &t, &scene.snapshot, marks) <= TIMELINE_MOST_MARKS);
}

/* ---- nothing lies on anything ---- */

static uint32_t chance_state = 1;

static double chance(void) {
    chance_state = chance_state * 1664525u + 1013904223u;
    return (double)(chance_state >> 8) / 16777216.0;
}

static void chips_lie_on_nothing(const char *what) {
    static const char *const OTHERS[] = {"timeline-label-", "timeline-shares", "timeline-logs",
                                         "timeline-ahead",  "timeline-exit",   "timeline-pill",
                                         "timeline-fit",    "timeline-runs",   "timeline-note-"};
    const TimelineChips *chips = &scene.timeline.chips;
    Rect c = scene.card, rects[96];
    int count = 0;
    for (int i = 0; i < scene.ui.widget_count; i++)
        for (size_t k = 0; k < sizeof OTHERS / sizeof *OTHERS; k++)
            if (strncmp(scene.ui.widgets[i].name, OTHERS[k], strlen(OTHERS[k])) == 0)
                rects[count++] = scene.ui.widgets[i].rect;
    for (int i = 0; i < chips->count; i++)
        rects[count++] = chips->chips[i].rect;
    for (int i = 0; i < count; i++) {
        Rect r = rects[i];
        if (r.x < c.x || r.y < c.y || r.x + r.w > c.x + c.w + 0.5f || r.y + r.h > c.y + c.h + 0.5f)
            fail_msg("%s: %.0f,%.0f leaves the card", what, (double)r.x, (double)r.y);
        for (int k = i + 1; k < count; k++)
            if (rect_overlap(r, rects[k]) > 0.0f)
                fail_msg("%s: %.0f,%.0f and %.0f,%.0f", what, (double)r.x, (double)r.y, (double)rects[k].x,
                         (double)rects[k].y);
    }
}

static void chips_and_labels_never_overlap(void **state) {
    (void)state;
    static const int SIZES[][2] = {{608, 80}, {624, 99}, {912, 150}, {560, 112}, {1400, 225}, {1800, 320}};
    scene_end();
    int placed = 0;
    for (int run = 0; run < 150; run++) {
        int size = run % 6, done = 1 + (int)(chance() * 12.0);
        scene_begin(2 + run % 7, SIZES[size][0], SIZES[size][1], run % 2 ? 2.0f : 1.0f);
        scene.snapshot.test = run % 5 ? &scene.test : NULL;
        scene.settings.pace = run % 4 ? PACE_MULTIPLICATIVE : PACE_SHARE;
        scene_flat((uint32_t)done);
        for (int i = 0; i < done; i++) {
            scene.records[i].easy = (size_t)(chance() * SCENE_POINTS);
            scene.records[i].threshold = pow(10.0, 6.0 * chance() - 3.0);
            scene.records[i].accuracy = chance();
        }
        scene_done((uint32_t)done);
        scene.snapshot.ahead_count = run % 10;
        for (int i = 0; i < scene.snapshot.ahead_count; i++)
            scene.snapshot.ahead[i] = chance();
        keep_runs(1 + run % 12, 1 + (int)(chance() * 30.0), run % 3);
        Note flags[] = {{1, "one"}, {(uint32_t)done - 1, "now"}, {(uint32_t)done + 8, "to come"}};
        Notes notes = {flags, 3};
        if (done > 2 && run % 3 == 1) /* flags apart from each other */
            scene.snapshot.notes = &notes;
        if (run % 7 == 1)
            scene.timeline.span = (TimelineSpan){true, 1.0, 6.0};
        char what[64];
        snprintf(what, sizeof what, "run %d, %dx%d", run, SIZES[size][0], SIZES[size][1]);
        two_frames();
        chips_lie_on_nothing(what);
        placed += scene.timeline.chips.count;
        Rect strips = widget("timeline");
        move_to(strips.x + strips.w * (float)chance(), strips.y + strips.h * (float)chance());
        chips_lie_on_nothing(what);
        scene_end();
    }
    assert_true(placed > 250); /* of 435 */
    scene_begin(2, 900, 150, 1.0f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_run_is_pale_from_where_it_parts, scene_setup, scene_teardown),
        cmocka_unit_test_setup_teardown(the_axis_has_room_for_them, scene_setup, scene_teardown),
        cmocka_unit_test_setup_teardown(a_click_on_a_chip_brings_the_run_back, scene_setup, scene_teardown),
        cmocka_unit_test_setup_teardown(a_press_on_a_pale_curve_looks_at_an_epoch, scene_setup, scene_teardown),
        cmocka_unit_test_setup_teardown(what_is_pointed_at_is_dark_and_named, scene_setup, scene_teardown),
        cmocka_unit_test_setup_teardown(of_many_the_newest_are_drawn, scene_setup, scene_teardown),
        cmocka_unit_test_setup_teardown(rings_stand_where_they_part, scene_setup, scene_teardown),
        cmocka_unit_test_setup_teardown(chips_and_labels_never_overlap, scene_setup, scene_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
