/* Whole windows in their states as golden pictures: both themes, three sizes, small enough to keep and large enough to
 * see what is amiss. Of a state only what differs from the playing window is kept: the rest has to be as it is there.
 * With GOLDEN_UPDATE=1 the whole pictures are written beside the test program, to be looked at. */
#include "tests/support/golden_picture.h"
#include "tests/support/screen_scene.h"

#include "app/io/preset.h"

#include <unistd.h>

static ScreenScene scene;
static Preset *presets;
static size_t preset_count;

/* ---- the states ---- */

static Screen *screen(void) {
    return &scene.screen;
}

static void push(Command command) {
    experiment_push(&scene.run, command);
    experiment_advance(&scene.run, 0.0, scene_no_time, 200.0);
}

static void nothing(void) {}

static void undo(void) {
    push((Command){.kind = COMMAND_UNDO});
}

static void look_back(void) {
    push((Command){.kind = COMMAND_LOOK, .epoch = 1});
}

static void look_at_now(void) {
    push((Command){.kind = COMMAND_LOOK, .epoch = -1});
}

static void help_keys(void) {
    screen()->help = true;
}

static void help_words(void) {
    screen()->help = true;
    screen()->help_sheet.tab = HELP_WORDS;
}

static void help_try(void) {
    screen()->help = true;
    screen()->help_sheet.tab = HELP_TRY;
}

static void gallery(void) {
    screen()->gallery.presets = presets;
    screen()->gallery.count = (int)preset_count;
    gallery_toggle(&screen()->gallery, -1);
    for (int i = 0; i < 16; i++) /* their pictures come one by one */
        scene_settle(&scene);
}

static void tour(void) {
    tour_start(&screen()->tour);
}

static void present(void) {
    assert_true(screen_set_presenting(screen(), true, &scene.status));
}

static void compare(void) {
    Command command = {.kind = COMMAND_COMPARE, .compare = true, .settings = scene.run.trainer->settings};
    command.settings.order = ORDER_ALL;
    push(command);
}

static void no_compare(void) {
    push((Command){.kind = COMMAND_COMPARE});
}

static void compare_three(void) {
    compare();
    Command command = {.kind = COMMAND_COMPARE, .run = 2, .compare = true, .settings = scene.run.trainer->settings};
    command.settings.order = ORDER_HARD;
    push(command);
    screen()->panel.compare.open = true;
}

static void drawer(void) {
    screen()->drawer = true;
}

/* In the panel, or in the drawer where that is behind a button. */
static void open_section(bool *section) {
    screen()->drawer = true;
    scene_settle(&scene);
    *section = true;
}

static void suspects(void) {
    open_section(&screen()->panel.suspects.open);
}

static void comparison(void) {
    open_section(&screen()->panel.compare.open);
}

static void pace(void) {
    open_section(&screen()->panel.pace_open);
}

static void data(void) {
    open_section(&screen()->panel.open[SECTION_DATA]);
}

static void model(void) {
    open_section(&screen()->panel.open[SECTION_MODEL]);
}

static void training(void) {
    open_section(&screen()->panel.open[SECTION_TRAINING]);
}

/* It names the current folder. */
static void export(void) {
    char here[4096];
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir("/"), 0);
    open_section(&screen()->panel.saving.open);
    scene_settle(&scene);
    assert_int_equal(chdir(here), 0);
}

static void network_sheet_open(void) {
    Settings s = scene.run.trainer->settings;
    s.hidden_count = 2;
    s.hidden[0] = s.hidden[1] = 4;
    push((Command){.kind = COMMAND_SETTINGS, .settings = s});
    for (int i = 0; i < 2; i++)
        push((Command){.kind = COMMAND_EPOCH});
    model();
    scene_settle(&scene);
    screen()->panel.network.large = true;
}

static void weights(void) {
    drawer();
    scene_settle(&scene);
    scene_press(&scene, "regularizer");
}

static void field(void) {
    scene_press(&scene, "threshold-value");
}

/* In the plot's lower right corner, where no point is. */
static void file_menu_open(void) {
    static const char *const recent[] = {"/data/wine/Weine.csv", "/data/iris.csv"};
    screen()->toolbar.files = (FileState){.recent = recent, .recent_count = 2};
    scene_press(&scene, "file");
}

static void offer(void) {
    screen()->line.offer = "moons, 5 minutes ago: epoch 120, 14 steps";
}

static void no_offer(void) {
    screen()->line.offer = NULL;
}

static void kept(void) {
    static const KeptRow rows[] = {
        {"moons", "5 minutes ago: epoch 120, 14 unsaved steps"},
        {"Points by hand", "today 09:12: epoch 7, 1 unsaved step"},
        {"Weine.csv", "It goes at the next start. 3 March 14:05: epoch 1,200, 40 unsaved steps"}};
    screen()->kept.rows = rows;
    screen()->kept.count = 3;
    kept_sheet_show(&screen()->kept);
}

static void ask(void) {
    ask_show(&screen()->ask, &(AskQuestion){"Save 'moons'?", "3 steps since it was saved would be lost.", "Save",
                                            "Don't save", "Cancel", 'd'});
    snprintf(screen()->ask.trouble, sizeof screen()->ask.trouble,
             "cannot write /media/stick/moons.easyfirst: No space left on device");
}

/* Three clouds in the form that a spreadsheet saves: decimal commas between semicolons, and a few bad cells. */
static void write_table(const char *path) {
    static const char *const kinds[] = {"Barolo", "Grignolino", "Barbera"};
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("Nr;Alkohol;Äpfelsäure;Farbton;Prolin;Rebsorte\n", file);
    for (int i = 0; i < 178; i++) {
        int k = i % 3, a = i * 37 % 101, b = i * 53 % 89;
        fprintf(file, "%d;%d,%02d;%d,%02d;0,%02d;", i + 1, k == 1 ? 12 : 13, a * 99 / 100, 1 + b % 4, a, b);
        fprintf(file, i == 41 ? ";" : "%d;", (k == 0 ? 1100 : k == 1 ? 400 : 600) + b * 4);
        fprintf(file, "%s\n", i == 77 ? "" : kinds[k]);
    }
    fclose(file);
}

static void import_sheet(void) {
    char path[] = "/tmp/easyfirst-golden-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    write_table(path);
    const PointsFormat format = {.columns = "Alkohol,Prolin,Rebsorte", .skip_bad = true};
    PointsPreview *look = calloc(1, sizeof *look);
    assert_non_null(look);
    if (!points_preview(look, path, &format, &scene.status))
        fail_msg("%s", scene.status.message);
    unlink(path);
    const ImportScene about = {.path = "/home/ada/Weine.csv", .bytes = 6500, .format = &format};
    assert_true(import_show(&screen()->import, &about, look, &scene.status));
}

static void plot_menu(void) {
    Rect area = screen()->area;
    scene_point(&scene, area.x + area.w - 12.0f, area.y + area.h - 12.0f);
    scene_frame(&scene, 0.1);
    scene_click(&scene, true);
    scene_leave(&scene);
}

/* A point near the plot's middle: the pointer on it. */
static void hover_point(void) {
    Rect area = screen()->area;
    float x = area.x + area.w / 2, y = area.y + area.h / 2;
    for (int i = 0; i < 400 && !screen()->hand.over; i++) {
        scene_point(&scene, x + (float)(i % 20) * 3.0f, y + (float)(i / 20) * 3.0f);
        scene_frame(&scene, 0.5);
    }
    assert_true(screen()->hand.over);
}

static void pin_point(void) {
    hover_point();
    scene_click(&scene, false);
    scene_leave(&scene);
}

static void point_menu(void) {
    hover_point();
    scene_click(&scene, true);
}

static void word(void) {
    scene_point_at(&scene, "word-lambda");
}

static void colour_by_loss(void) {
    screen()->hand.color = PLOT_COLOR_LOSS;
}

static const struct {
    const char *name;
    void (*enter)(void), (*leave)(void);
} STATES[] = {
    {"looking-back", look_back, look_at_now},
    {"help", help_keys, nothing},
    {"words", help_words, nothing},
    {"try", help_try, nothing},
    {"gallery", gallery, nothing},
    {"tour", tour, nothing},
    {"presentation", present, nothing},
    {"compare", compare, no_compare},
    {"compare-three", compare_three, no_compare},
    {"drawer", drawer, nothing},
    {"suspects", suspects, nothing},
    {"compare-section", comparison, nothing},
    {"pace", pace, nothing},
    {"data", data, nothing},
    {"model", model, nothing},
    {"training", training, nothing},
    {"export", export, nothing},
    {"network", network_sheet_open, undo},
    {"weights", weights, nothing},
    {"field", field, nothing},
    {"plot-menu", plot_menu, nothing},
    {"file-menu", file_menu_open, nothing},
    {"offer", offer, no_offer},
    {"kept", kept, nothing},
    {"ask", ask, nothing},
    {"import", import_sheet, nothing},
    {"point-menu", point_menu, nothing},
    {"point", hover_point, nothing},
    {"pinned", pin_point, nothing},
    {"word", word, nothing},
    {"loss", colour_by_loss, nothing},
};

/* ---- pictures ---- */

/* Transparent where it is as in the base. */
static void leave_out(Canvas *canvas, const Canvas *base) {
    for (size_t i = 0; i < (size_t)canvas->width * (size_t)canvas->height; i++)
        if (canvas->pixels[i] == base->pixels[i])
            canvas->pixels[i] = 0;
}

typedef struct Size {
    int width, height, factor;
} Size;

/* The window in a state; base NULL: all of it. */
static Canvas take(const char *name, void (*enter)(void), Size size, const Theme *theme, const Canvas *base) {
    char file[96];
    scene_open(&scene, size.width, size.height, 1.0f, theme);
    scene_settle(&scene);
    enter();
    scene_settle(&scene);
    Canvas whole = golden_reduced(&scene.screen.canvas, size.factor),
           kept = golden_reduced(&scene.screen.canvas, size.factor);
    if (base)
        leave_out(&kept, base);
    snprintf(file, sizeof file, "screen-%s-%d-%s", name, size.width, theme->name);
    golden_compare(&kept, file);
    if (getenv("GOLDEN_UPDATE")) { /* to be looked at */
        snprintf(file, sizeof file, "whole-%s-%d-%s.png", name, size.width, theme->name);
        golden_save(file, &whole);
    }
    canvas_free(&kept);
    screen_free(&scene.screen);
    return whole;
}

static void test_screens(Size size, const Theme *theme) {
    Settings s;
    settings_default(&s);
    s.samples = 240;
    s.threshold = 0.35;
    assert_true(preset_list(&presets, &preset_count, PRESET_DIR, &scene.status));
    scene_train(&scene, &s, 4);
    Canvas base = take("playing", nothing, size, theme, NULL);
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++) {
        Canvas state = take(STATES[i].name, STATES[i].enter, size, theme, &base);
        STATES[i].leave();
        canvas_free(&state);
    }
    canvas_free(&base);
    experiment_free(&scene.run);
    free(presets);
}

static const Size SMALL = {640, 480, 2}, COMMON = {1280, 720, 2}, LARGE = {1920, 1080, 3};

static void small_light(void **state) {
    (void)state;
    test_screens(SMALL, &THEME_LIGHT);
}

static void small_dark(void **state) {
    (void)state;
    test_screens(SMALL, &THEME_DARK);
}

static void common_light(void **state) {
    (void)state;
    test_screens(COMMON, &THEME_LIGHT);
}

static void common_dark(void **state) {
    (void)state;
    test_screens(COMMON, &THEME_DARK);
}

static void large_light(void **state) {
    (void)state;
    test_screens(LARGE, &THEME_LIGHT);
}

static void large_dark(void **state) {
    (void)state;
    test_screens(LARGE, &THEME_DARK);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(small_light),  cmocka_unit_test(small_dark),
                                       cmocka_unit_test(common_light), cmocka_unit_test(common_dark),
                                       cmocka_unit_test(large_light),  cmocka_unit_test(large_dark)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
