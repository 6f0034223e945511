/* What is heard of the window: every control of every view has a name and a role, and what is said of it as the focus
 * moves, values change, texts are typed, things come up, and the run goes on. */
#include "tests/support/screen_scene.h"

#include "app/window/voice.h"

#include <stdio.h>
#include <stdlib.h>

static ScreenScene scene;
static Voice voice;
static char heard[8192]; /* a line each: the kind's number and the words */
static int heard_count;

static void hear(void *user, SpeechKind kind, const char *text) {
    (void)user;
    size_t length = strlen(heard);
    snprintf(heard + length, sizeof heard - length, "%d %s\n", (int)kind, text);
    heard_count++;
}

static void listen(bool by_hand) {
    Snapshot snapshot = experiment_snapshot(&scene.run);
    heard[0] = '\0';
    heard_count = 0;
    voice_follow(&voice, &scene.screen, &snapshot, by_hand, hear, NULL);
}

static void hears(const char *words) {
    if (!strstr(heard, words))
        fail_msg("not heard: '%s', but '%s'", words, heard);
}

static void begin(int width, int height) {
    Settings settings;
    memset(&scene, 0, sizeof scene);
    voice = (Voice){0};
    settings_default(&settings);
    settings.dataset = DATASET_MOONS;
    settings.samples = 200;
    settings.flip = 0.1;
    settings.batch = 20;
    scene_train(&scene, &settings, 6);
    scene_open(&scene, width, height, 1.0f, &THEME_LIGHT);
    scene_settle(&scene);
    listen(false);
}

static int setup(void **state) {
    (void)state;
    begin(1280, 720);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    screen_free(&scene.screen);
    experiment_free(&scene.run);
    return 0;
}

static const char *widget_of(uint32_t id) {
    for (int i = 0; i < scene.screen.ui.widget_count; i++)
        if (ui_id(scene.screen.ui.widgets[i].name) == id)
            return scene.screen.ui.widgets[i].name;
    return "?";
}

/* Of two with one name Tab leaves out what stands between them. */
static void names_are_their_own(const char *where) {
    const Ui *ui = &scene.screen.ui;
    for (int i = 0; i < ui->widget_count; i++)
        for (int k = 0; ui->widgets[i].focusable && k < i; k++)
            if (ui->widgets[k].focusable && strcmp(ui->widgets[i].name, ui->widgets[k].name) == 0)
                fail_msg("%s: two controls are named %s", where, ui->widgets[i].name);
}

/* Once round by Tab; returns how many controls there are. */
static int all_have_names(const char *where) {
    uint32_t first = 0;
    int count = 0;
    names_are_their_own(where);
    for (; count < UI_MAX_WIDGETS; count++) {
        scene_key(&scene, KEY_TAB, 0);
        const UiSpoken *spoken = ui_spoken(&scene.screen.ui);
        char text[SPOKEN_BYTES];
        spoken_focus(spoken, text);
        if (spoken->id == 0 || spoken->role == ROLE_NONE || !text[0] || (!spoken->label[0] && !spoken->help[0]))
            fail_msg("%s: %s has %s: '%s'", where, widget_of(spoken->id), spoken->role ? "no name" : "no role", text);
        if (spoken->id == first)
            break;
        first = first ? first : spoken->id;
    }
    assert_true(count < UI_MAX_WIDGETS);
    return count;
}

static void open_sections(void) {
    PanelState *panel = &scene.screen.panel;
    for (int i = 0; i < (int)(sizeof panel->open / sizeof *panel->open); i++)
        panel->open[i] = true;
    panel->pace_open = panel->saving.open = true;
    scene_settle(&scene);
}

static void every_control_has_a_name(void **state) {
    (void)state;
    assert_true(all_have_names("the window") > 35);
    open_sections();
    assert_true(all_have_names("its sections") > 60);
    screen_toggle_suspects(&scene.screen);
    scene_settle(&scene);
    assert_true(all_have_names("suspects") > 30);
    screen_toggle_suspects(&scene.screen);
    scene.screen.map.open = true;
    scene_settle(&scene);
    all_have_names("the data map");
    scene.screen.map.open = false;
    Settings other = scene.run.trainer->settings;
    other.order = ORDER_ALL;
    experiment_push(&scene.run, (Command){.kind = COMMAND_COMPARE, .run = 1, .compare = true, .settings = other});
    scene.screen.panel.compare.open = true;
    scene_settle(&scene);
    all_have_names("two runs");
    assert_true(screen_set_presenting(&scene.screen, true, &scene.status));
    scene_settle(&scene);
    all_have_names("the presentation");
    scene.screen.drawer = true;
    scene_settle(&scene);
    all_have_names("its panel");
}

static void in_small_windows_too(void **state) {
    (void)state;
    assert_true(screen_resize(&scene.screen, 640, 480, &scene.status));
    scene_settle(&scene);
    all_have_names("a small window");
    scene.screen.drawer = true;
    scene_settle(&scene);
    all_have_names("its drawer");
    scene.screen.toolbar.menu = true;
    scene_settle(&scene);
    all_have_names("its menu");
}

static void in_sheets_too(void **state) {
    (void)state;
    for (int tab = 0; tab < HELP_TABS; tab++) {
        scene.screen.help = true;
        scene.screen.help_sheet.tab = (HelpTab)tab;
        scene_settle(&scene);
        assert_true(all_have_names("help") >= 4);
    }
    listen(true);
    hears("3 Help.");
    scene.screen.help = false;
    ask_show(&scene.screen.ask, &(AskQuestion){.title = "Save first?",
                                               .words = "It would be lost.",
                                               .yes = "Save",
                                               .no = "Don't",
                                               .cancel = "Cancel",
                                               .no_key = 'd'});
    scene_frame(&scene, 0.1);
    listen(true);
    hears("3 Save first? It would be lost.");
    assert_int_equal(all_have_names("a question"), 3);
    scene.screen.ask.shown = false;
    Snapshot snapshot = experiment_snapshot(&scene.run);
    note_sheet_show(&scene.screen.note_sheet, &snapshot);
    scene_frame(&scene, 0.1);
    listen(true);
    hears("Note at epoch 6, field");
    scene.screen.note_sheet.shown = false;
    static const KeptRow rows[] = {{.title = "Moons", .words = "2 steps"}, {.title = "Post", .words = "1 step"}};
    scene.screen.kept.rows = rows;
    scene.screen.kept.count = 2;
    kept_sheet_show(&scene.screen.kept);
    scene_frame(&scene, 0.1);
    listen(true);
    hears("3 Unsaved sessions");
    hears("0 Moons, 2 steps, 1 of 2");
    scene_key(&scene, KEY_DOWN, 0);
    listen(true);
    hears("0 Post, 1 step, 2 of 2");
    scene_frame(&scene, 0.1);
    listen(true);
    assert_int_equal(heard_count, 0);
    scene.screen.kept.shown = false;
    open_show(&scene.screen.open, "/", "");
    scene_frame(&scene, 0.1);
    listen(true);
    hears("Path, field");
    scene_key(&scene, KEY_DOWN, 0);
    listen(true);
    hears("folder, 1 of ");
}

static void focus_on(const char *name) {
    for (int i = 0; i < 100 && scene.screen.ui.focus != ui_id(name); i++)
        scene_key(&scene, KEY_TAB, 0);
    if (scene.screen.ui.focus != ui_id(name))
        fail_msg("Tab does not come to %s", name);
    listen(true);
}

static void focus_and_values(void **state) {
    (void)state;
    focus_on("threshold");
    hears("0 Threshold lambda, slider, ");
    scene_key(&scene, KEY_RIGHT, 0);
    listen(true);
    assert_int_equal(heard_count >= 1, 1);
    assert_null(strstr(heard, "slider")); /* the value alone */
    scene_frame(&scene, 0.1);
    listen(true);
    listen(true);
    assert_int_equal(heard_count, 0); /* what has been said is not said again */
    focus_on("growing-factor");
    hears("0 Growing factor, slider, times 1.35 per epoch");
    focus_on("hold");
    hears("button");
    focus_on("order");
    hears("0 Order, choice, Easy first, 1 of 3");
    scene_key(&scene, KEY_RIGHT, 0);
    listen(true);
    hears(", 2 of 3");
}

/* Not by their help, which follows after a pause. */
static void icons_have_short_names(void **state) {
    (void)state;
    assert_true(screen_resize(&scene.screen, 640, 480, &scene.status));
    scene_settle(&scene);
    focus_on("play");
    hears("0 Play, button");
    focus_on("reset");
    hears("0 Reset, button");
    focus_on("tool-add");
    hears("0 Brush, button");
}

static void help_follows_after_a_pause(void **state) {
    (void)state;
    focus_on("one-batch");
    hears("0 Batch, button");
    scene_frame(&scene, 1.0);
    listen(false);
    hears("2 Train one batch of points, then pause (,)");
    scene_frame(&scene, 1.0);
    listen(false);
    assert_int_equal(heard_count, 0);
}

static void lists_entry_by_entry(void **state) {
    (void)state;
    focus_on("color-by");
    hears("0 Colours, list, class and v, 1 of ");
    scene_key(&scene, KEY_ENTER, 0);
    scene_key(&scene, KEY_DOWN, 0);
    listen(true);
    hears("0 loss, 2 of ");
    scene_key(&scene, KEY_ESCAPE, 0);
    scene_frame(&scene, 0.1);
    listen(true);
    hears("0 Colours, list");
    scene.screen.gallery.count = 0;
    focus_on("file");
    scene_key(&scene, KEY_ENTER, 0);
    scene_frame(&scene, 0.1);
    listen(true);
    hears(", 1 of ");
}

static void points_of_the_plot(void **state) {
    (void)state;
    focus_on("plot");
    hears("0 Points, plot, arrows go to the points");
    scene_key(&scene, KEY_RIGHT, 0);
    listen(true);
    hears("0 point ");
    hears("loss ");
    assert_true(strstr(heard, "easy, class ") || strstr(heard, "hard, class "));
    char before[sizeof heard];
    memcpy(before, heard, sizeof heard);
    scene_key(&scene, KEY_PAGE_DOWN, 0);
    listen(true);
    hears("0 point ");
    assert_string_not_equal(before, heard);
    scene_key(&scene, KEY_CHARACTER, 'm');
    listen(true);
    hears("0 crosshair at ");
}

static void type(const char *text) {
    snprintf(scene.hand.text, sizeof scene.hand.text, "%s", text);
    scene_frame(&scene, 0.1);
    listen(true);
}

static void texts_under_the_hand(void **state) {
    (void)state;
    scene_key(&scene, KEY_TAB, 0);
    focus_on("growing-factor");
    scene_key(&scene, KEY_ENTER, 0);
    scene_frame(&scene, 0.1);
    listen(true);
    hears("0 Growing factor, field, 1.35");
    type("2");
    hears("1 2\n");
    type(".");
    hears("1 .\n");
    scene_key(&scene, KEY_LEFT, 0);
    listen(true);
    hears("1 .\n");
    scene_key(&scene, KEY_END, 0);
    listen(true);
    hears("0 end");
    scene_key(&scene, KEY_BACKSPACE, 0);
    listen(true);
    hears("0 . deleted");
    scene_key(&scene, KEY_ENTER, 0);
    scene_frame(&scene, 0.1);
    listen(true);
    hears("slider, times 2.00 per epoch");
}

/* The narration waits its turn while the run plays, and a focus that changes by itself is not said then. */
static void epochs(void **state) {
    (void)state;
    focus_on("timeline");
    hears("0 Epochs, timeline, epoch 6, ");
    scene.run.mode = MODE_PLAYING;
    experiment_push(&scene.run, (Command){.kind = COMMAND_EPOCH});
    experiment_advance(&scene.run, 0.0, scene_no_time, 200.0);
    scene.run.mode = MODE_PLAYING;
    scene_frame(&scene, 5.0);
    scene.run.mode = MODE_PLAYING;
    listen(false);
    hears("5 Epoch ");
    assert_null(strstr(heard, "0 epoch"));
    scene.run.mode = MODE_PAUSED;
}

static void what_needs_a_person_is_urgent(void **state) {
    (void)state;
    snprintf(scene.screen.line.words.fact, sizeof scene.screen.line.words.fact, "Nothing is easy.");
    scene.screen.line.kind = LINE_REMEDY;
    listen(false);
    hears("4 ");
    hears("Nothing is easy.");
    scene.screen.line.notice = true;
    snprintf(scene.screen.line.words.fact, sizeof scene.screen.line.words.fact, "Saved.");
    listen(false);
    hears("3 ");
    hears("Saved.");
    scene.screen.line.notice = false;
    snprintf(scene.screen.line.words.fact, sizeof scene.screen.line.words.fact, "Nothing is easy.");
    listen(false);
    assert_int_equal(heard_count, 0); /* back, but no news */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_control_has_a_name, setup, teardown),
        cmocka_unit_test_setup_teardown(in_small_windows_too, setup, teardown),
        cmocka_unit_test_setup_teardown(in_sheets_too, setup, teardown),
        cmocka_unit_test_setup_teardown(focus_and_values, setup, teardown),
        cmocka_unit_test_setup_teardown(icons_have_short_names, setup, teardown),
        cmocka_unit_test_setup_teardown(help_follows_after_a_pause, setup, teardown),
        cmocka_unit_test_setup_teardown(lists_entry_by_entry, setup, teardown),
        cmocka_unit_test_setup_teardown(points_of_the_plot, setup, teardown),
        cmocka_unit_test_setup_teardown(texts_under_the_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(epochs, setup, teardown),
        cmocka_unit_test_setup_teardown(what_needs_a_person_is_urgent, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
