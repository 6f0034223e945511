/* Runs that are left: what leaves one, how it comes back, what it is called, and what falls out for want of room. */
#include "core/utf8.h"
#include "app/experiment/experiment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/commands.h"
#include "tests/support/kept_runs.h"

static Status status;
static Experiment e;

static void push(CommandKind kind, double value) {
    push_now(&e, command_of(kind, value));
}

static void back_to(int branch) {
    push_now(&e, (Command){.kind = COMMAND_BRANCH, .branch = branch});
}

static void steps(int count) {
    push_now(&e, (Command){.kind = COMMAND_STEPS, .steps = count});
}

static void train_to(uint32_t epoch) {
    while (e.trainer->epoch < epoch)
        push(COMMAND_EPOCH, 0.0);
}

static void begin(int samples) {
    Settings s;
    settings_default(&s);
    s.samples = samples;
    s.seed = 7;
    if (!experiment_init(&e, &s, NULL, NULL, &status))
        fail_msg("%s", status.message);
}

static void set_batch(int batch, uint32_t gesture) {
    Command command = {.kind = COMMAND_SETTINGS, .settings = e.trainer->settings, .gesture = gesture};
    command.settings.batch = batch;
    push_now(&e, command);
}

static void compare(int run, bool on, double threshold) {
    Command command = {.kind = COMMAND_COMPARE, .run = run, .compare = on, .settings = e.trainer->settings};
    command.settings.threshold = threshold;
    push_now(&e, command);
    do
        experiment_advance(&e, 0.0, no_clock, 1.0);
    while (experiment_is_behind(&e));
}

static void add_point(void) {
    const float x = 0.5f, y = -0.5f;
    assert_true(experiment_edit_points(&e, &(PointEdit){.kind = EDIT_ADD, .count = 1, .x = &x, .y = &y}, &status));
}

static const BranchLook *look(int index) {
    Snapshot now = experiment_snapshot(&e);
    assert_true(index < now.branch_count);
    return &now.branches[index];
}

static int shown(void) {
    return experiment_snapshot(&e).branch_count;
}

/* ---- leaving and coming back ---- */

static void leave_by_reset(void) {
    push(COMMAND_RESET, 0.0);
}

static void leave_by_seed(void) {
    Command command = {.kind = COMMAND_SETTINGS, .settings = e.trainer->settings};
    command.settings.seed = 8;
    push_now(&e, command);
}

static void leave_by_setting(void) {
    set_batch(16, 0);
}

static void leave_by_preset(void) {
    Command command = {.kind = COMMAND_PRESET, .preset = 3};
    settings_default(&command.settings);
    push_now(&e, command);
}

static void leave_by_file(void) {
    Dataset points;
    assert_true(dataset_copy(&points, &e.trainer->data, &status));
    assert_true(experiment_open_points(&e, &points, &(OpenedPoints){.path = "/home/me/iris.csv"}, &status));
}

static void leave_by_going_on(void) {
    push(COMMAND_LOOK, 1.0);
    push(COMMAND_GO_ON, 0.0);
}

static const struct {
    void (*leave)(void);
    const char *name, *title;
    uint32_t parted;
} WAYS[] = {
    {leave_by_reset, "before the reset in epoch 4", "the run after the reset", 0},
    {leave_by_seed, "seed 7 before seed 8", "seed 8", 0},
    {leave_by_setting, "batch size 32 before batch size 16", "batch size 16", 0},
    {leave_by_preset, "before the preset in epoch 4", "the preset’s run", 0},
    {leave_by_file, "before iris.csv in epoch 4", "iris.csv", 0},
    {leave_by_going_on, "before going on from epoch 2 in epoch 4", "the run from epoch 2", 2},
};

/* A run in mid-epoch with a threshold moved by hand, held, with a point more, a second run with a threshold of its own,
 * and a mark on the timeline: all of it comes back, whichever way it was left and by whichever it comes back. */
static void test_every_way(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        begin(320);
        compare(1, true, 0.7);
        train_to(2);
        push(COMMAND_THRESHOLD, 0.3);
        push(COMMAND_HOLD, 1.0);
        push_now(&e, (Command){.kind = COMMAND_THRESHOLD, .run = 1, .threshold = 0.25});
        add_point();
        train_to(3);
        push(COMMAND_BATCH, 0.0);
        int marks = e.by_hand.marks.count;
        Branch *first = keep_runs(&e);
        const Trainer *there = e.trainer;

        WAYS[i].leave();
        assert_int_equal(shown(), 1);
        const BranchLook *left = look(0);
        assert_true(left->number == 1 && left->epoch == 3 && left->batch == 1 && left->other_count == 1);
        assert_string_equal(left->name, WAYS[i].name);
        assert_string_equal(left->title, "the first run");
        assert_true(left->threshold == 0.3 && left->history->count == 3 && left->parent == 0);
        assert_int_equal(left->common, WAYS[i].parted);
        assert_true(left->bytes > 320 * 50);
        Snapshot now = experiment_snapshot(&e);
        assert_int_equal(now.run_number, 2);
        assert_string_equal(now.run_title, WAYS[i].title);
        push(COMMAND_BATCH, 0.0);
        Branch *second = keep_runs(&e);

        push(COMMAND_UNDO, 0.0);
        assert_ptr_equal(e.trainer, there);
        assert_as_kept(first, &e);
        assert_int_equal(e.by_hand.marks.count, marks);
        assert_true(shown() == 1 && look(0)->number == 2);
        back_to(2);
        assert_as_kept(second, &e);
        assert_string_equal(look(0)->name, WAYS[i].name); /* where it was then */
        back_to(1);
        assert_as_kept(first, &e);
        steps(-2);
        assert_as_kept(first, &e);
        steps(1);
        assert_as_kept(second, &e);
        branch_free(first);
        branch_free(second);
        experiment_free(&e);
    }
}

/* Findings 2 and 3: a reset is undone, then something else is done, which clears redo: the run that was begun anew is
 * still there. The same after more steps than undo keeps. */
static void test_nothing_is_lost_by_what_comes_next(void **state) {
    (void)state;
    begin(320);
    train_to(3);
    push(COMMAND_RESET, 0.0);
    train_to(2);
    push(COMMAND_UNDO, 0.0);
    push(COMMAND_THRESHOLD, 0.2);
    assert_true(e.redo.count == 0 && shown() == 1);
    assert_string_equal(look(0)->name, "the run after the reset, at epoch 2");
    back_to(2);
    assert_true(e.trainer->epoch == 2 && e.history.count == 2);
    for (int i = 0; i < UNDO_MAX + 20; i++)
        push(COMMAND_THRESHOLD, 0.3 + 0.001 * i);
    assert_int_equal(e.undo.count, UNDO_MAX);
    back_to(1);
    assert_true(e.trainer->epoch == 3 && e.trainer->threshold == 0.2);
    push(COMMAND_UNDO, 0.0);
    assert_int_equal(e.tag.number, 2);
    experiment_free(&e);
}

/* What is on show goes on; its branch of before is not touched by it. */
static void test_others_are_each_runs_own(void **state) {
    (void)state;
    begin(320);
    compare(1, true, 0.7);
    compare(2, true, 0.2);
    train_to(2);
    Branch *first = keep_runs(&e);
    push(COMMAND_RESET, 0.0);
    push_now(&e, (Command){.kind = COMMAND_COMPARE}); /* all end */
    train_to(1);
    back_to(1);
    assert_as_kept(first, &e);
    assert_true(e.other_count == 2 && !experiment_is_behind(&e));
    push(COMMAND_UNDO, 0.0);
    assert_true(e.other_count == 0 && e.trainer->epoch == 1);
    push(COMMAND_UNDO, 0.0);
    assert_int_equal(e.other_count, 2);
    branch_free(first);
    experiment_free(&e);
}

/* Where two runs part that both came from a third. */
static void test_where_they_part(void **state) {
    (void)state;
    begin(320);
    train_to(6);
    push(COMMAND_LOOK, 3.0);
    push(COMMAND_GO_ON, 0.0); /* 2, from epoch 4 */
    train_to(8);
    push(COMMAND_LOOK, 4.0);
    push(COMMAND_GO_ON, 0.0); /* 3, from epoch 5 of 2 */
    back_to(1);
    push(COMMAND_LOOK, 1.0);
    push(COMMAND_GO_ON, 0.0); /* 4, from epoch 2 of 1 */
    Snapshot now = experiment_snapshot(&e);
    assert_true(now.branch_count == 3 && now.run_number == 4);
    static const struct {
        uint32_t number, parent, parted, common;
    } SEEN[] = {{2, 1, 4, 2}, {3, 2, 5, 2}, {1, 0, 0, 2}};
    for (int i = 0; i < 3; i++) {
        const BranchLook *b = &now.branches[i];
        assert_true(b->number == SEEN[i].number && b->parent == SEEN[i].parent);
        assert_true(b->parted == SEEN[i].parted && b->common == SEEN[i].common);
    }
    back_to(3);
    assert_int_equal(look(0)->common, 5);
    assert_int_equal(look(1)->common, 4);
    assert_int_equal(look(2)->common, 2);
    experiment_free(&e);
}

/* ---- what is no branch ---- */

/* A drag of a slider that begins a run anew leaves the one that was there before it. */
/* In common by definition: the least `parted` on both ways to the first run that both come from. */
static uint32_t common_of(const Branches *b, const RunTag *on_show, const RunTag *other) {
    uint32_t mine = UINT32_MAX;
    for (const RunTag *a = other, *next; a; a = next) {
        uint32_t its = mine;
        for (const RunTag *c = on_show; c;) {
            if (c == a)
                return its;
            its = c->parted < its ? c->parted : its;
            const Branch *up = branches_find(b, c->parent);
            c = up ? &up->tag : NULL;
        }
        mine = a->parted < mine ? a->parted : mine;
        const Branch *up = branches_find(b, a->parent);
        next = a->parent == on_show->number ? on_show : up ? &up->tag : NULL;
    }
    return 0;
}

/* In trees of any shape, from one long line of runs to many beginnings. */
static void test_in_common_in_any_tree(void **state) {
    (void)state;
    static Branch branches[60];
    static Branches all;
    begin(20);
    for (uint32_t seed = 1; seed <= 40; seed++) {
        Mt19937 random;
        mt_seed(&random, seed);
        all = (Branches){0};
        uint32_t shown_number = 1 + mt_u32(&random) % 61, reach = 1 + seed % 60;
        RunTag on_show = {.number = shown_number};
        for (uint32_t number = 1; number <= 61; number++) {
            uint32_t back = 1 + mt_u32(&random) % reach;
            RunTag tag = {
                .number = number, .parent = back < number ? number - back : 0, .parted = mt_u32(&random) % 50};
            if (number == shown_number) {
                on_show = tag;
                continue;
            }
            Branch *branch = &branches[all.count];
            *branch = (Branch){.tag = tag, .trainer = e.trainer, .worth = true};
            branches_add(&all, branch);
        }
        branches_look(&all, &on_show);
        assert_int_equal(all.look_count, 60);
        for (int i = 0; i < all.look_count; i++)
            assert_int_equal(all.looks[i].common, common_of(&all, &on_show, &branches[i].tag));
    }
    experiment_free(&e);
}

static void test_one_of_a_gesture(void **state) {
    (void)state;
    begin(320);
    train_to(2);
    Branch *first = keep_runs(&e);
    for (int i = 0; i < 60; i++) {
        set_batch(33 + i, 5);
        push(COMMAND_BATCH, 0.0);
    }
    assert_true(shown() == 1 && e.branches.count == 1 && e.undo.count == 1 && e.tag.number == 2);
    assert_string_equal(look(0)->name, "batch size 32 before batch size 92");
    assert_string_equal(experiment_snapshot(&e).run_title, "batch size 92");
    set_batch(12, 6); /* another drag */
    assert_true(shown() == 2 && e.tag.number == 3);
    assert_string_equal(look(1)->name, "batch size 92 before batch size 12");
    steps(-2);
    assert_as_kept(first, &e);
    branch_free(first);
    experiment_free(&e);
}

/* A run of which nothing was trained is there for undo alone, and goes when no step leads to it. */
static void test_not_worth_keeping(void **state) {
    (void)state;
    begin(320);
    set_batch(16, 0);
    set_batch(8, 0);
    assert_true(shown() == 0 && e.branches.count == 2);
    push(COMMAND_UNDO, 0.0);
    assert_int_equal(e.trainer->settings.batch, 16);
    back_to(3);
    assert_string_equal(e.notice, "There is no branch 3.");
    assert_int_equal(e.trainer->settings.batch, 16);
    push(COMMAND_THRESHOLD, 0.5); /* redo is cleared */
    assert_int_equal(e.branches.count, 1);
    push(COMMAND_BATCH, 0.0);
    leave_by_seed();
    assert_int_equal(shown(), 1);
    experiment_free(&e);

    begin(320); /* but points, weights and marks of a hand are */
    add_point();
    leave_by_preset();
    assert_int_equal(shown(), 1);
    push_now(&e, (Command){.kind = COMMAND_PARAMETER, .parameter = {.index = 1, .value = 2.0f}});
    push(COMMAND_RESET, 0.0);
    assert_int_equal(shown(), 2);
    const uint32_t sample = 4;
    PointEdit edit = {.kind = EDIT_KEEP, .count = 1, .samples = &sample, .data_version = e.data_version};
    assert_true(experiment_edit_points(&e, &edit, &status));
    leave_by_preset();
    assert_int_equal(shown(), 3);
    back_to(1);
    assert_int_equal(e.trainer->data.count, 321);
    experiment_free(&e);
}

static void test_steps(void **state) {
    (void)state;
    begin(320);
    double first = e.trainer->threshold;
    for (int i = 0; i < 5; i++)
        push(COMMAND_THRESHOLD, 0.1 * (i + 1));
    steps(-3);
    assert_true(e.undo.count == 2 && e.redo.count == 3 && e.trainer->threshold == 0.2);
    steps(2);
    assert_true(e.undo.count == 4 && e.trainer->threshold == 0.1 * 4);
    steps(0);
    steps(-100);
    assert_true(e.undo.count == 0 && e.redo.count == 5 && e.trainer->threshold == first);
    steps(100);
    assert_true(e.redo.count == 0 && e.trainer->threshold == 0.5);
    experiment_free(&e);
}

/* A name that does not fit is cut between characters. */
static void test_long_name(void **state) {
    (void)state;
    char path[] = "/\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9"
                  "\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9"
                  "\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9\xe7\x82\xb9.csv";
    begin(320);
    Dataset points;
    Settings settings = e.trainer->settings;
    assert_true(dataset_copy(&points, &e.trainer->data, &status));
    assert_true(experiment_open_points(&e, &points, &(OpenedPoints){path, 0, &settings}, &status));
    train_to(2);
    int number = (int)e.tag.number;
    push(COMMAND_RESET, 0.0);
    train_to(1);
    back_to(number);
    const char *what = undo_top(&e.undo)->what;
    assert_int_equal(strncmp(what, "back to \xe7", 9), 0);
    for (size_t bytes; *what; what += bytes) {
        bytes = utf8_length(what, UTF8_LONGEST);
        assert_true(bytes > 0);
    }
    experiment_free(&e);
}

/* ---- room ---- */

/* The one that comes next is named while it is still there, and once more when it has gone, with the steps to it. */
static void test_said_before_it_falls(void **state) {
    (void)state;
    begin(2000);
    train_to(1);
    push(COMMAND_RESET, 0.0);
    train_to(2);
    size_t each = look(0)->bytes;
    e.branches.budget = 4 * each;
    assert_null(strstr(e.notice, "branch"));
    bool said = false;
    for (int i = 0; i < 6 && look(0)->number == 1; i++) {
        for (uint32_t epoch = 0; epoch <= 2; epoch++) {
            train_to(epoch);
            said =
                said || strcmp(e.notice, "The oldest branch, \"before the reset at epoch 1\", goes when the next run "
                                         "is left: save the session to keep it.") == 0;
        }
        push(COMMAND_RESET, 0.0);
    }
    assert_true(said);
    assert_non_null(
        strstr(e.notice, "The branch \"before the reset at epoch 1\" is no longer kept: there is room for"));
    assert_true(shown() >= 2 && look(0)->number == 2 && look(0)->parent == 0);
    assert_true(experiment_snapshot(&e).branch_bytes <= e.branches.budget);
    assert_int_equal(e.undo.count, shown()); /* the first reset is undone no more */
    steps(-100);
    assert_int_equal(e.tag.number, 2);
    back_to(1);
    assert_string_equal(e.notice, "There is no branch 1.");
    experiment_free(&e);
}

/* Steps of undo give way first, down to a quarter; the newest stays. */
static void test_steps_give_way_first(void **state) {
    (void)state;
    begin(4000);
    train_to(1);
    push(COMMAND_RESET, 0.0);
    size_t run = look(0)->bytes;
    e.branches.budget = 2 * run;
    for (int i = 0; i < 40; i++)
        add_point();
    assert_true(shown() == 1 && e.undo.count > 0 && e.undo.count < 40);
    assert_true(experiment_snapshot(&e).branch_bytes <= e.branches.budget);
    assert_int_equal(e.trainer->data.count, 4040);
    int count = e.undo.count;
    steps(-100);
    assert_int_equal(e.trainer->data.count, 4040 - count);
    back_to(1);
    assert_int_equal(e.trainer->data.count, 4000);
    experiment_free(&e);
}

/* A run that is too large says so as soon as there is something to lose, and does not push the others out. */
static void test_too_large(void **state) {
    (void)state;
    begin(320);
    train_to(1);
    Command larger = {.kind = COMMAND_SETTINGS, .settings = e.trainer->settings};
    larger.settings.samples = 20000;
    push_now(&e, larger);
    e.branches.budget = 1 << 20;
    assert_int_equal(shown(), 1);
    train_to(1);
    assert_non_null(strstr(e.notice, "too large to be kept as a branch (2 MB of 1)"));
    const Trainer *there = e.trainer;
    push(COMMAND_RESET, 0.0);
    assert_true(e.trainer == there && there->epoch == 0 && e.undo.count == 0);
    assert_non_null(strstr(e.notice, "was too large"));
    train_to(1);
    set_batch(64, 0); /* another run is made, and the large one goes */
    assert_true(e.trainer != there && e.undo.count == 0 && shown() == 1);
    assert_non_null(strstr(e.notice, "is no longer kept"));
    back_to(1);
    assert_true(e.trainer->epoch == 1 && e.trainer->data.count == 320);
    experiment_free(&e);
}

/* More than a person could tell apart. */
static void test_so_many(void **state) {
    (void)state;
    begin(20);
    bool said = false;
    for (int i = 0; i < BRANCH_MAX + 40; i++) {
        push(COMMAND_BATCH, 0.0);
        said = said || (strstr(e.notice, "goes when the next run is left") && look(0)->number == 1);
        push(COMMAND_RESET, 0.0);
    }
    assert_true(said);
    assert_int_equal(shown(), BRANCH_MAX);
    assert_int_equal(look(0)->number, 41);
    assert_int_equal(e.undo.count, UNDO_MAX);
    experiment_free(&e);
}

/* Any session in little room: the bounds hold after every deed, and what steps lead to is there. */
static void test_random_in_little_room(void **state) {
    (void)state;
    uint32_t fell = 0;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        hand = (Hand){.gesture = 1};
        mt_seed(&hand.random, seed);
        Settings settings = random_settings();
        assert_true(experiment_init(&e, &settings, NULL, NULL, &status));
        e.branches.budget = 50000 + below(400000);
        for (int i = 0; i < 40; i++) {
            random_deed(&e);
            random_frame(&e);
            Snapshot now = experiment_snapshot(&e);
            assert_true(now.branch_bytes <= now.branch_budget);
            for (int k = 0; k < e.undo.count + e.redo.count; k++) {
                const Undo *u = k < e.undo.count ? e.undo.items[k] : e.redo.items[k - e.undo.count];
                bool there = u->branch == e.tag.number || branches_find(&e.branches, u->branch);
                assert_true(u->kind != UNDO_RUN || there);
            }
            fell += strstr(e.notice, "no longer kept") != NULL;
        }
        experiment_free(&e);
    }
    assert_true(fell > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_way),
        cmocka_unit_test(test_long_name),
        cmocka_unit_test(test_nothing_is_lost_by_what_comes_next),
        cmocka_unit_test(test_others_are_each_runs_own),
        cmocka_unit_test(test_where_they_part),
        cmocka_unit_test(test_in_common_in_any_tree),
        cmocka_unit_test(test_one_of_a_gesture),
        cmocka_unit_test(test_not_worth_keeping),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_said_before_it_falls),
        cmocka_unit_test(test_steps_give_way_first),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_so_many),
        cmocka_unit_test(test_random_in_little_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
