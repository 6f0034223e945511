/* The page of suspects by events, with a real run: which rows there are, what keeps still, what keep, flip and remove
 * do and how they are taken back, the truth, the table. */
#include "app/experiment/experiment.h"
#include "app/views/suspects_deeds.h"
#include "app/views/suspects_reveal.h"
#include "app/views/suspects_words.h"
#include "app/views/view_panel.h"
#include "tests/support/commands.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { W = 468, H = 640, POINTS = 200, WRONG = 20 };

typedef struct Scene {
    Experiment experiment;
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    PanelState panel;
    PlotHand hand;
    bool saves;
} Scene;

static Scene scene;
static Status status;

static void push(CommandKind kind) {
    push_now(&scene.experiment, (Command){.kind = kind});
}

static int begin(int classes) {
    memset(&scene, 0, sizeof scene);
    Settings s;
    settings_default(&s);
    s.dataset = DATASET_BLOBS;
    s.samples = POINTS;
    s.flip = 0.1;
    s.centroid_count = classes;
    const double centroids[] = {-4.0, 0.0, 4.0, 0.0, 0.0, 6.0};
    memcpy(s.centroids, centroids, sizeof centroids);
    s.order = ORDER_ALL;
    s.learning_rate = 0.05;
    s.epochs = 20;
    if (!experiment_init(&scene.experiment, &s, NULL, NULL, &status))
        return -1;
    for (int i = 0; i < s.epochs; i++)
        push(COMMAND_EPOCH);
    scene.text = text_new(FONT_DIR, 1.0f, &status);
    if (!scene.text || !ui_init(&scene.ui, &status) || !canvas_resize(&scene.canvas, W, H, &status))
        return -1;
    plot_hand_init(&scene.hand);
    scene.panel.threshold.pinned = -1;
    scene.panel.suspects.open = true;
    scene.experiment.watch_labels = true;
    experiment_watch_now(&scene.experiment);
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .time = 100.0};
    return 0;
}

static int setup(void **state) {
    (void)state;
    return begin(2);
}

static int setup_three(void **state) {
    (void)state;
    return begin(3);
}

static int teardown(void **state) {
    (void)state;
    view_export_free(&scene.panel.saving);
    suspects_free(&scene.panel.suspects);
    plot_hand_free(&scene.hand);
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    experiment_free(&scene.experiment);
    return 0;
}

/* One frame as the window has it. */
static void frame(void) {
    Experiment *e = &scene.experiment;
    scene.input.time += 1.0 / 60.0;
    canvas_fill(&scene.canvas, THEME_LIGHT.card);
    Snapshot snapshot = experiment_snapshot(e);
    plot_hand_camera(&scene.hand, (Rect){0, 0, 400, 300}, &snapshot);
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    Intents intents = {.preset = -1};
    panel_widgets(&scene.ui, (Rect){0, 0, W, H}, &scene.panel, &scene.hand, &snapshot, &intents);
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
    scene.saves = scene.saves || intents.save_suspects;
    for (int i = 0; i < intents.count; i++)
        assert_true(experiment_push(e, intents.commands[i]));
    if (intents.edit.count > 0 && !experiment_edit_points(e, &intents.edit, &status))
        fail_msg("%s", status.message);
    e->watch_by = suspects_by(&scene.panel.suspects);
    experiment_advance(e, 0.0, no_clock, 1.0);
}

static void frames(void) {
    for (int i = 0; i < 3; i++)
        frame();
}

#include "tests/support/ui_scene.h"

static void click(const char *name) {
    point_at(name);
    scene.input.pressed = scene.input.down = true;
    scene.input.clicks = 1;
    frame();
    scene.input.released = true;
    scene.input.down = false;
    frames();
}

static void press(UiKeyCode code, uint32_t character) {
    scene.input.keys[scene.input.key_count++] = (UiKey){.code = code, .character = character};
    frames();
}

static SuspectsState *page(void) {
    return &scene.panel.suspects;
}

static const SuspectRow *row(size_t i) {
    return &page()->rows.rows[i];
}

static RowState state_of(size_t i) {
    Snapshot s = experiment_snapshot(&scene.experiment);
    return suspect_rows_state(&page()->rows, row(i), &s);
}

static uint8_t label_of(size_t i) {
    return scene.experiment.trainer->data.label[suspect_rows_sample(&page()->rows, row(i))];
}

/* ---- which rows ---- */

static void lists_what_at_least_three_measures_say(void **state) {
    (void)state;
    frames();
    Snapshot s = experiment_snapshot(&scene.experiment);
    const LabelLook *look = s.labels;
    size_t count = 0;
    for (size_t i = 0; i < s.data->count; i++) {
        int votes = 0;
        for (int b = 0; b < LABEL_BARS; b++)
            votes += label_bar_counts(look->scores, (LabelBar)b) &&
                     label_bar(look->scores, look->list->late, (LabelBar)b, i) > 0.5f;
        count += votes >= 3;
    }
    assert_int_equal(page()->rows.count, count);
    assert_in_range(count, WRONG - 3, WRONG + 5);
    for (size_t i = 1; i < count; i++) {
        const float *rank = look->value[MEASURE_AGREEMENT];
        int64_t a = suspect_rows_sample(&page()->rows, row(i - 1)), b = suspect_rows_sample(&page()->rows, row(i));
        assert_true(row(i - 1)->votes > row(i)->votes || (row(i - 1)->votes == row(i)->votes && rank[a] <= rank[b]));
    }
    assert_non_null(find("suspect-0"));
    assert_non_null(find("suspect-0-flip"));
    assert_null(find("section-data")); /* the page is in the panel's place */
    click("suspects-least-0");
    assert_true(page()->at_least == 1 && page()->rows.count >= count);
    click("suspects-close");
    assert_non_null(find("section-suspects"));
    click("section-suspects");
    assert_non_null(find("suspect-0"));
}

static void bars_are_on_one_scale(void **state) {
    (void)state;
    frames();
    Snapshot s = experiment_snapshot(&scene.experiment);
    const LabelScores *scores = s.labels->scores;
    const float *late = s.labels->list->late;
    for (size_t i = 0; i < 20; i++) {
        size_t k = (size_t)suspect_rows_sample(&page()->rows, row(i % page()->rows.count));
        float aum = scores->value[MEASURE_AUM][k];
        assert_true(fabsf(label_bar(scores, late, BAR_LOSS, k) - (1.0f - expf(-scores->value[MEASURE_LOSS][k]))) <
                    1e-6f);
        assert_true(fabsf(label_bar(scores, late, BAR_MARGIN, k) - 1.0f / (1.0f + expf(aum))) < 1e-6f);
        assert_true((label_bar(scores, late, BAR_MARGIN, k) > 0.5f) == (aum < 0.0f));
        assert_true(label_bar(scores, late, BAR_NEAR, k) == scores->value[MEASURE_KNN][k]);
        assert_true(label_bar(scores, late, BAR_HELD_OUT, k) == 1.0f - scores->value[MEASURE_HELD_OUT][k]);
        assert_true(label_bar(scores, late, BAR_LATE, k) == 0.0f); /* all at once */
    }
}

static void goes_by_any_measure(void **state) {
    (void)state;
    page()->by = MEASURE_AUM;
    page()->chosen = true;
    frames();
    experiment_watch_now(&scene.experiment);
    frames();
    Snapshot s = experiment_snapshot(&scene.experiment);
    const float *aum = s.labels->value[MEASURE_AUM];
    for (size_t i = 1; i < page()->rows.count; i++)
        assert_true(aum[suspect_rows_sample(&page()->rows, row(i - 1))] <=
                    aum[suspect_rows_sample(&page()->rows, row(i))]);
}

/* ---- what is done about them ---- */

static void flips_and_back(void **state) {
    (void)state;
    frames();
    uint8_t given = row(1)->given;
    click("suspect-1-flip");
    assert_int_equal(state_of(1), ROW_FLIPPED);
    assert_int_equal(label_of(1), 1 - given);
    assert_non_null(find("suspect-1-undo"));
    assert_null(find("suspect-1-flip"));
    push(COMMAND_UNDO);
    frames();
    assert_int_equal(state_of(1), ROW_OPEN);
    push(COMMAND_REDO);
    frames();
    click("suspect-2-flip"); /* something else since */
    click("suspect-1-undo");
    assert_int_equal(label_of(1), given);
    assert_int_equal(state_of(2), ROW_FLIPPED);
}

static void the_rows_stand_still_until_the_run_goes_on(void **state) {
    (void)state;
    frames();
    size_t count = page()->rows.count;
    uint32_t first = row(0)->slot;
    click("suspect-0-flip");
    experiment_watch_now(&scene.experiment); /* the flipped one is suspect no more */
    scene.input.mouse_x = scene.input.mouse_y = -1.0f;
    frames();
    assert_int_equal(page()->rows.count, count);
    assert_int_equal(row(0)->slot, first);
    push(COMMAND_PLAY);
    for (int i = 0; i < 40; i++)
        experiment_advance(&scene.experiment, 0.1, no_clock, 1.0);
    push(COMMAND_PAUSE);
    experiment_watch_now(&scene.experiment);
    frames();
    assert_int_equal(page()->rows.count, count - 1);
    assert_int_not_equal(row(0)->slot, first);
}

static void keeps(void **state) {
    (void)state;
    frames();
    uint64_t version = scene.experiment.data_version;
    size_t last = page()->rows.count - 1;
    uint32_t slot = row(0)->slot;
    click("suspect-0-keep");
    assert_int_equal(state_of(0), ROW_KEPT);
    assert_true(scene.experiment.data_version == version); /* the run is as it was */
    click("suspect-1-flip");
    push(COMMAND_UNDO);
    frames();
    assert_int_equal(state_of(0), ROW_KEPT); /* survives an edit and its undo */
    push(COMMAND_EPOCH);
    assert_int_equal(state_of(0), ROW_KEPT);
    push(COMMAND_RESET);
    for (int i = 0; i < 20; i++)
        push(COMMAND_EPOCH);
    experiment_watch_now(&scene.experiment);
    scene.input.mouse_x = scene.input.mouse_y = -1.0f;
    frames();
    assert_int_equal(row(last)->slot, slot); /* behind all others, to be taken back */
    assert_int_equal(state_of(last), ROW_KEPT);
    push(COMMAND_UNDO);
    push(COMMAND_UNDO); /* the epochs are no step: the reset, then the mark */
    assert_null(memchr(scene.experiment.trainer->data.kept, 1, POINTS));
    push(COMMAND_REDO);
    assert_non_null(memchr(scene.experiment.trainer->data.kept, 1, POINTS));
}

/* Those that were kept have groups, and widgets, of their own, also where open ones have as many votes. */
static void groups_of_kept_ones_have_names_of_their_own(void **state) {
    (void)state;
    frames();
    int votes = row(0)->votes;
    assert_true(row(1)->votes == votes); /* one stays open */
    click("suspect-0-keep");
    push(COMMAND_RESET);
    for (int i = 0; i < 20; i++)
        push(COMMAND_EPOCH);
    experiment_watch_now(&scene.experiment);
    scene.input.mouse_x = scene.input.mouse_y = -1.0f;
    frames();
    size_t last = page()->rows.count - 1;
    assert_true(row(last)->kept && row(last)->votes == votes && !row(last - 1)->kept);
    page()->cursor = (int64_t)last; /* made wherever it is */
    Snapshot s = experiment_snapshot(&scene.experiment);
    Intents intents = {.preset = -1};
    suspects_act(page(), last, DEED_UNDO, &s, &intents); /* taken back: the group has one that is open */
    assert_true(experiment_edit_points(&scene.experiment, &intents.edit, &status));
    page()->scroll = 1e6f;
    frames();
    char name[48];
    snprintf(name, sizeof name, "suspects-kept-%d-flip", votes);
    assert_non_null(find(name));
    for (int i = 0; i < scene.ui.widget_count; i++)
        for (int k = 0; k < i && strncmp(scene.ui.widgets[i].name, "suspects-", 9) == 0; k++)
            assert_string_not_equal(scene.ui.widgets[i].name, scene.ui.widgets[k].name);
}

static void empty_cases_read_well(void **state) {
    (void)state;
    Snapshot s = experiment_snapshot(&scene.experiment);
    SuspectRows none = {.look_version = 1, .run_version = s.run_version, .by = MEASURE_AGREEMENT};
    static const char *const REASONS[] = {"None of the 5 measures doubts any.",
                                          "No label is doubted by as many as 2 measures.", NULL, NULL,
                                          "No label is doubted by all 5 measures."};
    LineWords words;
    char share[96];
    for (none.at_least = 1; none.at_least <= LABEL_BARS; none.at_least++) {
        suspects_say_line(&none, &s, false, &words);
        if (REASONS[none.at_least - 1])
            assert_string_equal(words.reason, REASONS[none.at_least - 1]);
    }
    none.asked = 4;
    none.truth.known = true;
    suspects_say_line(&none, &s, true, &words);
    assert_string_equal(words.brief, "None known to be wrong.");
    suspects_say_share(&(SuspectsTruth){.wrong = 20, .found = 17}, share);
    assert_string_equal(share, "17 of 20 found");
}

static void removes_and_back(void **state) {
    (void)state;
    frames();
    click("suspect-0-remove");
    assert_int_equal(state_of(0), ROW_REMOVED);
    assert_int_equal(scene.experiment.trainer->data.count, POINTS - 1);
    click("suspect-0-undo");
    assert_int_equal(state_of(0), ROW_OPEN);
    click("suspect-0-remove");
    click("suspect-1-remove");
    click("suspect-0-undo"); /* no longer the next step to undo: the point is added again */
    assert_int_equal(state_of(0), ROW_OPEN);
    assert_int_equal(state_of(1), ROW_REMOVED);
    assert_true(scene.experiment.trainer->data.x[suspect_rows_sample(&page()->rows, row(0))] == row(0)->x);
}

static void flips_a_whole_group_in_one_step(void **state) {
    (void)state;
    frames();
    int votes = row(0)->votes;
    size_t end = 0;
    while (end < page()->rows.count && row(end)->votes == votes)
        end++;
    char name[32];
    snprintf(name, sizeof name, "suspects-%d-flip", votes);
    click("suspect-0-keep");
    click(name);
    assert_int_equal(state_of(0), ROW_KEPT); /* done with already */
    for (size_t i = 1; i < end; i++)
        assert_int_equal(state_of(i), ROW_FLIPPED);
    push(COMMAND_UNDO);
    frames();
    for (size_t i = 1; i < end; i++)
        assert_int_equal(state_of(i), ROW_OPEN);
}

static void flips_to_what_the_model_thinks(void **state) {
    (void)state;
    frames();
    Snapshot s = experiment_snapshot(&scene.experiment);
    for (size_t i = 0; i < page()->rows.count; i++) {
        int64_t k = suspect_rows_sample(&page()->rows, row(i));
        float scores[3];
        mlp_scores(s.mlp, s.parameters, &s.data->x[k], &s.data->y[k], 1, scores, 1);
        int best = scores[1] > scores[0] ? 1 : 0;
        best = scores[2] > scores[best] ? 2 : best;
        assert_int_equal(row(i)->says, best);
    }
    size_t i = 0;
    while ((row(i)->given + 1) % 3 == row(i)->says) /* the next class is not what is meant */
        i++;
    page()->unfolded[0][row(i)->votes] = true;
    page()->cursor = (int64_t)i; /* made wherever it is */
    frames();
    suspects_act(page(), i, DEED_FLIP, &s, &(Intents){.preset = -1});
    Intents intents = {.preset = -1};
    suspects_act(page(), i, DEED_FLIP, &s, &intents);
    assert_true(experiment_edit_points(&scene.experiment, &intents.edit, &status));
    assert_int_equal(label_of(i), row(i)->says);
}

static void walks_by_keys(void **state) {
    (void)state;
    frames();
    for (int i = 0; i < 40 && scene.ui.focus != ui_id("suspect-0"); i++)
        press(KEY_TAB, 0);
    assert_true(scene.ui.focus == ui_id("suspect-0"));
    press(KEY_DOWN, 0);
    assert_true(scene.ui.focus == ui_id("suspect-1"));
    press(KEY_CHARACTER, 'f');
    assert_int_equal(state_of(1), ROW_FLIPPED);
    press(KEY_CHARACTER, 'f');
    assert_int_equal(state_of(1), ROW_OPEN);
    press(KEY_CHARACTER, 'k');
    assert_int_equal(state_of(1), ROW_KEPT);
    press(KEY_UP, 0);
    press(KEY_DELETE, 0);
    assert_int_equal(state_of(0), ROW_REMOVED);
    press(KEY_DOWN, 0);
    press(KEY_DOWN, 0);
    press(KEY_ENTER, 0);
    assert_true(scene.hand.pinned == suspect_rows_sample(&page()->rows, row(2)));
    for (size_t i = 3; i < page()->rows.count; i++)
        press(KEY_DOWN, 0); /* to the last row that is shown, which is in view */
    char name[32];
    snprintf(name, sizeof name, "suspect-%d", (int)page()->cursor);
    const UiWidget *widget = find(name);
    assert_non_null(widget);
    assert_true(widget->rect.y + widget->rect.h <= find("suspects-words")->rect.y);
    press(KEY_ESCAPE, 0);
    assert_false(page()->open);
}

/* Keys are for the row that the keyboard walks to, wherever the pointer rests; else for the one pointed at. */
static void keys_are_for_the_row_that_is_meant(void **state) {
    (void)state;
    frames();
    for (int i = 0; i < 40 && scene.ui.focus != ui_id("suspect-0"); i++)
        press(KEY_TAB, 0);
    point_at("suspect-1");
    press(KEY_DOWN, 0);
    press(KEY_DOWN, 0);
    assert_true(scene.ui.focus == ui_id("suspect-2"));
    press(KEY_DELETE, 0);
    assert_true(state_of(2) == ROW_REMOVED && state_of(1) == ROW_OPEN);
    press(KEY_UP, 0);
    press(KEY_UP, 0);
    press(KEY_CHARACTER, 'f');
    assert_true(state_of(0) == ROW_FLIPPED && state_of(1) == ROW_OPEN);
    click("suspect-0"); /* which has the focus by hand, unseen */
    point_at("suspect-1");
    frames();
    press(KEY_CHARACTER, 'k');
    assert_true(state_of(1) == ROW_KEPT && state_of(0) == ROW_FLIPPED);
}

static void a_click_pins(void **state) {
    (void)state;
    frames();
    click("suspect-2");
    assert_true(scene.hand.pinned == suspect_rows_sample(&page()->rows, row(2)));
    assert_true(page()->pointed == scene.hand.pinned);
    assert_non_null(strstr(page()->words, "neighbours"));
    click("suspect-2");
    assert_true(scene.hand.pinned == -1);
}

/* ---- the truth, and the table ---- */

static void the_truth_is_counted(void **state) {
    (void)state;
    frames();
    assert_null(find("suspects-curve"));
    click("suspects-truth");
    assert_non_null(find("suspects-curve"));
    const SuspectsTruth *t = &page()->rows.truth;
    const Dataset *d = &scene.experiment.trainer->data;
    size_t found = 0;
    for (size_t i = 0; i < page()->rows.count; i++) {
        int64_t k = suspect_rows_sample(&page()->rows, row(i));
        assert_int_equal(row(i)->wrong, d->truth[k] != d->label[k]);
        found += row(i)->wrong;
    }
    assert_int_equal(t->wrong, WRONG);
    assert_int_equal(t->found, found);
    assert_int_equal(t->taken, page()->rows.count);
    assert_int_equal(page()->rows.missed_count, WRONG - found);
    assert_true(t->at[0] == 1 && t->recall[t->steps - 1] >= (float)found / WRONG);
    for (size_t i = 1; i < t->steps; i++)
        assert_true(t->recall[i] >= t->recall[i - 1] && t->at[i] > t->at[i - 1]);
    push(COMMAND_RESET); /* nothing is known of the new run yet */
    frames();
    assert_int_equal(t->steps, 0);
}

static void the_list_is_saved(void **state) {
    (void)state;
    frames();
    click("suspect-0-flip");
    click("suspects-save");
    assert_true(scene.saves);
    char path[] = "/tmp/suspects-XXXXXX", line[1024];
    int made = mkstemp(path);
    assert_true(made >= 0);
    close(made);
    unlink(path);
    Snapshot s = experiment_snapshot(&scene.experiment);
    assert_true(suspects_save(page(), path, &s, &status));
    FILE *file = fopen(path, "r");
    assert_non_null(fgets(line, sizeof line, file));
    assert_string_equal(line, "row,x,y,given,model,p,agree,done,loss,aum,confidence,variability,correctness,forgetting,"
                              "tracin,knn,held_out,admission,agreement\n");
    size_t lines = 0;
    while (fgets(line, sizeof line, file)) {
        assert_int_equal(strtoul(line, NULL, 10), row(lines)->number);
        assert_true((strstr(line, ",flipped,") != NULL) == (lines == 0));
        lines++;
    }
    assert_int_equal(lines, page()->rows.count);
    fclose(file);
    unlink(path);
}

/* Nothing listed, nothing to save: the button says so by being off, with why beside it. */
static void an_empty_list_is_not_saved(void **state) {
    (void)state;
    frames();
    assert_true(find("suspects-save")->focusable);
    push(COMMAND_RESET);
    frames();
    assert_int_equal(page()->rows.count, 0);
    assert_false(find("suspects-save")->focusable);
    click("suspects-save");
    assert_false(scene.saves);
}

/* The strip may be cut: what is to be believed comes first. */
static void the_verdict_comes_first(void **state) {
    (void)state;
    frames();
    Snapshot s = experiment_snapshot(&scene.experiment);
    char words[SUSPECTS_WORDS], start[64];
    for (size_t i = 0; i < page()->rows.count; i++) {
        snprintf(start, sizeof start, "Row %zu, the label is %s: loss ", row(i)->number,
                 row(i)->wrong ? "wrong" : "right");
        suspects_say_row(row(i), &s, true, words);
        assert_true(strncmp(words, start, strlen(start)) == 0);
        suspects_say_row(row(i), &s, false, words); /* not before it is asked for */
        assert_null(strstr(words, "label is"));
    }
}

static void says_why_it_should_not_be_believed(void **state) {
    (void)state;
    frames();
    assert_null(find("suspects-doubt"));
    push(COMMAND_RESET);
    experiment_watch_now(&scene.experiment);
    frames();
    assert_non_null(find("suspects-doubt"));
    click("suspects-train-on");
    assert_true(scene.experiment.mode == MODE_PLAYING);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_what_at_least_three_measures_say, setup, teardown),
        cmocka_unit_test_setup_teardown(bars_are_on_one_scale, setup, teardown),
        cmocka_unit_test_setup_teardown(goes_by_any_measure, setup, teardown),
        cmocka_unit_test_setup_teardown(flips_and_back, setup, teardown),
        cmocka_unit_test_setup_teardown(the_rows_stand_still_until_the_run_goes_on, setup, teardown),
        cmocka_unit_test_setup_teardown(keeps, setup, teardown),
        cmocka_unit_test_setup_teardown(groups_of_kept_ones_have_names_of_their_own, setup, teardown),
        cmocka_unit_test_setup_teardown(empty_cases_read_well, setup, teardown),
        cmocka_unit_test_setup_teardown(removes_and_back, setup, teardown),
        cmocka_unit_test_setup_teardown(flips_a_whole_group_in_one_step, setup, teardown),
        cmocka_unit_test_setup_teardown(flips_to_what_the_model_thinks, setup_three, teardown),
        cmocka_unit_test_setup_teardown(walks_by_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(keys_are_for_the_row_that_is_meant, setup, teardown),
        cmocka_unit_test_setup_teardown(a_click_pins, setup, teardown),
        cmocka_unit_test_setup_teardown(the_truth_is_counted, setup, teardown),
        cmocka_unit_test_setup_teardown(the_list_is_saved, setup, teardown),
        cmocka_unit_test_setup_teardown(an_empty_list_is_not_saved, setup, teardown),
        cmocka_unit_test_setup_teardown(the_verdict_comes_first, setup, teardown),
        cmocka_unit_test_setup_teardown(says_why_it_should_not_be_believed, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
