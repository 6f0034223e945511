/* The list of suspects in the whole window: its key, what the line says of it, the list of the selected alone, what Esc
 * closes first, and what is watched and remembered for its sake. */
#include "tests/support/screen_scene.h"

#include <stdio.h>
#include <stdlib.h>

static ScreenScene scene;

static void begin(int width, int height) {
    Settings settings;
    memset(&scene, 0, sizeof scene);
    settings_default(&settings);
    settings.dataset = DATASET_MOONS;
    settings.samples = 200;
    settings.flip = 0.1;
    settings.batch = 20;
    scene_train(&scene, &settings, 12);
    scene_open(&scene, width, height, 1.0f, &THEME_LIGHT);
    scene_settle(&scene);
}

static int setup(void **state) {
    (void)state;
    begin(1280, 720);
    screen_toggle_suspects(&scene.screen);
    scene_settle(&scene);
    return 0;
}

static int setup_narrow(void **state) {
    (void)state;
    begin(640, 480);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    screen_free(&scene.screen);
    experiment_free(&scene.run);
    return 0;
}

static SuspectsState *page(void) {
    return &scene.screen.panel.suspects;
}

static uint32_t sample_of_row(size_t i) {
    return (uint32_t)suspect_rows_sample(&page()->rows, &page()->rows.rows[i]);
}

/* Selects the points of these rows, of no others. */
static void select_rows(const size_t *rows, size_t count) {
    uint32_t samples[16];
    for (size_t i = 0; i < count; i++)
        samples[i] = sample_of_row(rows[i]);
    selection_use(&scene.screen.selection, samples, count, SELECT_ONLY);
    scene_settle(&scene);
}

static size_t rows_on_show(void) {
    size_t count = 0;
    for (size_t i = 0; i < page()->rows.count; i++) {
        char name[32];
        snprintf(name, sizeof name, "suspect-%zu", i);
        count += scene_find(&scene, name) != NULL;
    }
    return count;
}

static int measures_on_show;

static void count_measure(void *user, const char *utf8, bool cut, bool clipped) {
    (void)user;
    (void)cut;
    (void)clipped;
    for (int m = 0; m < MEASURE_COUNT; m++)
        measures_on_show += strcmp(utf8, MEASURES[m].name) == 0;
}

/* The open list is drawn once the page is made: its words are there still. */
static void the_list_of_measures_opens(void **state) {
    (void)state;
    scene_press(&scene, "suspects-by");
    text_watch(scene.screen.text, count_measure, NULL);
    scene_frame(&scene, 0.1);
    text_watch(scene.screen.text, NULL, NULL);
    assert_non_null(scene_find(&scene, "suspects-by-0"));
    assert_true(measures_on_show >= MEASURE_COUNT);
}

static void the_selected_are_listed_alone(void **state) {
    (void)state;
    size_t rows = page()->rows.count, on_show = rows_on_show();
    assert_true(rows > 6 && on_show > 3);
    assert_null(scene_find(&scene, "suspects-selected")); /* nothing is selected yet */
    select_rows((const size_t[]){1, 3}, 2);
    assert_int_equal(rows_on_show(), on_show); /* nor asked for */
    scene_press(&scene, "suspects-selected");
    scene_settle(&scene);
    assert_int_equal(rows_on_show(), 2);
    assert_non_null(scene_find(&scene, "suspect-1"));
    assert_non_null(scene_find(&scene, "suspect-3"));
    /* all of a group are those of it that are listed */
    char name[48];
    uint8_t before[4];
    for (size_t i = 0; i < 4; i++)
        before[i] = scene.run.trainer->data.label[sample_of_row(i)];
    assert_int_equal(page()->rows.rows[1].votes, page()->rows.rows[3].votes);
    snprintf(name, sizeof name, "suspects-%d-flip", page()->rows.rows[1].votes);
    scene_press(&scene, name);
    scene_settle(&scene);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(scene.run.trainer->data.label[sample_of_row(i)], i % 2 ? 1 - before[i] : before[i]);
    /* without anything selected the list is whole; the wish stays */
    selection_clear(&scene.screen.selection);
    scene_settle(&scene);
    assert_int_equal(rows_on_show(), on_show);
    select_rows((const size_t[]){2}, 1);
    assert_int_equal(rows_on_show(), 1);
    /* what has been removed can still be taken back */
    scene_press(&scene, "suspect-2-remove");
    scene_settle(&scene);
    assert_int_equal(scene.run.trainer->data.count, 199);
    select_rows((const size_t[]){4}, 1);
    assert_non_null(scene_find(&scene, "suspect-2-undo"));
    assert_int_equal(rows_on_show(), 2);
}

static void the_list_is_filtered_by_keyboard(void **state) {
    (void)state;
    select_rows((const size_t[]){0, 2}, 2);
    for (int i = 0; i < 60 && scene.screen.ui.focus != ui_id("suspects-selected"); i++)
        scene_key(&scene, KEY_TAB, 0);
    assert_true(scene.screen.ui.focus == ui_id("suspects-selected"));
    scene_key(&scene, KEY_SPACE, 0);
    scene_settle(&scene);
    assert_int_equal(rows_on_show(), 2);
}

/* Of what is selected nothing is in the list: that is said, and there is nothing to save. */
static void nothing_is_listed(void **state) {
    (void)state;
    uint32_t other = 0;
    for (size_t i = 0; i < page()->rows.count; i++)
        if (sample_of_row(i) == other) {
            other++;
            i = (size_t)-1;
        }
    page()->only_selected = true;
    selection_use(&scene.screen.selection, &other, 1, SELECT_ONLY);
    scene_settle(&scene);
    assert_int_equal(rows_on_show(), 0);
    assert_false(scene_find(&scene, "suspects-save")->focusable);
    selection_clear(&scene.screen.selection);
    scene_settle(&scene);
    assert_true(scene_find(&scene, "suspects-save")->focusable);
}

/* A press of Esc that no view took, as the window carries it out. */
static void press_escape(void) {
    scene.hand.keys[scene.hand.key_count++] = (UiKey){.code = KEY_ESCAPE};
    UiKey escape = scene.hand.keys[0];
    scene_frame(&scene, 0.1);
    PointEdit edit = {0};
    if (scene.screen.ui.input.key_count > 0)
        selection_key(&scene.screen.selection, &escape, &edit);
    scene_settle(&scene);
}

static void escape_clears_the_selection_first(void **state) {
    (void)state;
    select_rows((const size_t[]){0, 2}, 2);
    press_escape();
    assert_int_equal(scene.screen.selection.count, 0);
    assert_true(page()->open);
    press_escape();
    assert_false(page()->open);
}

static void escape_in_the_drawer(void **state) {
    (void)state;
    screen_toggle_suspects(&scene.screen);
    scene_settle(&scene);
    select_rows((const size_t[]){0, 2}, 2);
    press_escape();
    assert_int_equal(scene.screen.selection.count, 0);
    assert_true(page()->open && scene.screen.drawer);
    press_escape();
    assert_true(!page()->open && scene.screen.drawer);
    press_escape();
    assert_false(scene.screen.drawer);
}

static const LineWords *line(void) {
    return &scene.screen.line.words;
}

static void the_line_says_what_was_found(void **state) {
    (void)state;
    char fact[64];
    snprintf(fact, sizeof fact, "%zu labels look wrong.", page()->rows.asked);
    assert_string_equal(line()->badge, "Suspects");
    assert_string_equal(line()->fact, fact);
    assert_string_equal(line()->reason, "At least 3 of 5 measures say so of each.");
    page()->reveal = true;
    scene_settle(&scene);
    char found[32];
    snprintf(found, sizeof found, "Of the 20 that are known to be wrong, %zu ", page()->rows.truth.found);
    if (page()->rows.truth.found == 20)
        snprintf(found, sizeof found, "All 20 ");
    assert_true(strncmp(line()->reason, found, strlen(found)) == 0);
    page()->reveal = false;
    page()->by = MEASURE_AUM;
    page()->chosen = true;
    scene.run.watch_by = MEASURE_AUM;
    scene_settle(&scene);
    snprintf(fact, sizeof fact, "%zu labels look wrong by aum.", page()->rows.asked);
    assert_string_equal(line()->fact, fact);
    assert_non_null(strstr(line()->reason, "as many as at least 3 of 5 measures agree on"));
    /* an earlier epoch and what cannot wait come before it; with the page it goes */
    experiment_push(&scene.run, (Command){.kind = COMMAND_LOOK, .epoch = 3});
    scene_settle(&scene);
    assert_string_not_equal(line()->badge, "Suspects");
    experiment_push(&scene.run, (Command){.kind = COMMAND_LOOK, .epoch = -1});
    scene_settle(&scene);
    assert_string_equal(line()->badge, "Suspects");
    screen_toggle_suspects(&scene.screen);
    scene_settle(&scene);
    assert_false(page()->open);
    assert_string_not_equal(line()->badge, "Suspects");
}

static void a_map_of_the_pages_is_not_remembered(void **state) {
    (void)state;
    assert_true(scene.screen.map.open);
    assert_false(screen_map_is_chosen(&scene.screen));
    for (int i = 0; i < 2; i++) { /* as D does: closed, and opened by the person */
        scene.screen.map.open = !scene.screen.map.open;
        scene_settle(&scene);
        assert_int_equal(screen_map_is_chosen(&scene.screen), i == 1);
    }
}

/* Only for what is on the screen. */
static void labels_are_watched_where_they_are_seen(void **state) {
    (void)state;
    Screen *w = &scene.screen;
    assert_false(screen_wants_labels(w));
    screen_toggle_suspects(w);
    scene_settle(&scene);
    assert_true(page()->open && w->drawer && screen_wants_labels(w));
    w->drawer = false; /* over it */
    scene_settle(&scene);
    assert_true(page()->open);
    assert_false(screen_wants_labels(w));
    screen_toggle_suspects(w); /* back to the page that is open already */
    scene_settle(&scene);
    assert_true(page()->open && w->drawer && screen_wants_labels(w));
    screen_toggle_suspects(w);
    scene_settle(&scene);
    assert_true(!page()->open && !w->drawer);
    w->map.open = true;
    scene_settle(&scene);
    assert_true(screen_wants_labels(w));
    scene_press(&scene, "plot-tabs-0"); /* the points, in its place */
    scene_settle(&scene);
    assert_true(w->map.open && !w->map.front);
    assert_false(screen_wants_labels(w));
    w->hand.color = PLOT_COLOR_AUM;
    assert_true(screen_wants_labels(w));
    w->panel.network.large = true;
    assert_false(screen_wants_labels(w));
}

/* The plots with their outlines are kept: whatever a person does, they are as if drawn anew. */
static void outlines_are_those_of_now(void **state) {
    (void)state;
    Screen *w = &scene.screen;
    const Canvas *c = &w->canvas;
    size_t bytes = (size_t)c->width * (size_t)c->height * sizeof *c->pixels, copied = 0;
    uint32_t *before = malloc(bytes);
    assert_non_null(before);
    page()->reveal = true;
    for (int i = 0; i < 8; i++) {
        if (i == 1)
            page()->at_least = 5;
        else if (i == 2)
            page()->at_least = 2;
        else if (i == 3)
            scene_press(&scene, "suspect-0-remove");
        else if (i == 4)
            w->theme = &THEME_DARK;
        else if (i == 5)
            experiment_push(&scene.run, (Command){.kind = COMMAND_EPOCH});
        else if (i == 6)
            scene_press(&scene, "zoom-in");
        else if (i == 7)
            page()->reveal = false;
        scene_settle(&scene);
        memcpy(before, c->pixels, bytes);
        for (int k = 0; k < SUSPECTS_PLOTS; k++) {
            copied += page()->kept[k].kept;
            page()->kept[k].kept = false;
        }
        scene_frame(&scene, 5.0);
        assert_memory_equal(before, c->pixels, bytes);
    }
    assert_int_equal(copied, 8 * SUSPECTS_PLOTS);
    free(before);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_list_of_measures_opens, setup, teardown),
        cmocka_unit_test_setup_teardown(the_selected_are_listed_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(the_list_is_filtered_by_keyboard, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_is_listed, setup, teardown),
        cmocka_unit_test_setup_teardown(escape_clears_the_selection_first, setup, teardown),
        cmocka_unit_test_setup_teardown(escape_in_the_drawer, setup_narrow, teardown),
        cmocka_unit_test_setup_teardown(the_line_says_what_was_found, setup, teardown),
        cmocka_unit_test_setup_teardown(a_map_of_the_pages_is_not_remembered, setup, teardown),
        cmocka_unit_test_setup_teardown(outlines_are_those_of_now, setup, teardown),
        cmocka_unit_test_setup_teardown(labels_are_watched_where_they_are_seen, setup_narrow, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
