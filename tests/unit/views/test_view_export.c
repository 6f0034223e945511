/* The panel's section for saving, by events: what it asks for, what it shows, what it refuses. */
#include "app/views/view_export.h"
#include "app/io/repeat_command.h"
#include "app/experiment/experiment.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define W 320
#define H 520

typedef struct Scene {
    Canvas canvas;
    Text *text;
    const Theme *theme;
    float scale;
    Ui ui;
    UiInput input;
    ViewExportState state;
    ExportScene about;
    ExportIntent intent;  /* the last one that asked for something */
    char begun[PATH_MAX]; /* its path */
    int asked;            /* how often */
    float bottom;
    char *clipboard;
    Settings settings;
} Scene;

static Scene scene;
static Status status;
static char home[PATH_MAX], folder[] = "/tmp/easyfirst-section-XXXXXX";

/* ---- frames and events ---- */

static void clipboard_set(void *user, const char *text) {
    (void)user;
    free(scene.clipboard);
    scene.clipboard = strdup(text);
}

static void frame(void) {
    scene.input.time += 1.0 / 60.0;
    canvas_fill(&scene.canvas, scene.theme->card);
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, scene.theme, scene.scale);
    scene.bottom = 16.0f * scene.scale;
    ExportIntent intent = view_export_widgets(&scene.ui, 16.0f * scene.scale, &scene.bottom, 288.0f * scene.scale,
                                              &scene.state, &scene.about);
    if (intent.ask != EXPORT_ASKS_NOTHING) {
        scene.intent = intent;
        scene.asked++;
        if (intent.ask == EXPORT_BEGIN)
            snprintf(scene.begun, sizeof scene.begun, "%s", intent.path);
    }
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
    scene.input.text[0] = '\0';
}

#include "tests/support/ui_scene.h"

static void click(const char *name) {
    point_at(name);
    scene.input.pressed = scene.input.down = true;
    scene.input.clicks = 1;
    frame();
    scene.input.released = true;
    scene.input.down = false;
    frame();
    frame();
}

static void press(UiKeyCode code) {
    scene.input.keys[scene.input.key_count++] = (UiKey){.code = code};
    frame();
}

/* Opens the field, whose text is selected then, types and commits. */
static void type_into(const char *name, const char *text) {
    click(name);
    if (!text[0])
        press(KEY_DELETE);
    while (*text) {
        size_t part = strlen(text) < 40 ? strlen(text) : 40;
        memcpy(scene.input.text, text, part);
        scene.input.text[part] = '\0';
        frame();
        text += part;
    }
    press(KEY_ENTER);
    frame();
}

static void choose(ExportKind kind) {
    char name[32];
    click("export-kind");
    snprintf(name, sizeof name, "export-kind-%d", (int)kind);
    click(name);
    assert_int_equal(scene.state.kind, kind);
}

static void write_file(const char *name) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs("precious", file);
    fclose(file);
}

/* Pixels of a colour within a widget. */
static int count_color(const char *name, Color color) {
    const UiWidget *widget = find(name);
    assert_non_null(widget);
    int count = 0;
    for (int y = (int)widget->rect.y; y < (int)(widget->rect.y + widget->rect.h); y++)
        for (int x = (int)widget->rect.x; x < (int)(widget->rect.x + widget->rect.w); x++)
            count += scene.canvas.pixels[y * scene.canvas.width + x] == color;
    return count;
}

/* In a folder of its own, which is the current one. */
static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    if (!getcwd(home, sizeof home) || !mkdtemp(folder) || chdir(folder) != 0 ||
        setenv("XDG_CONFIG_HOME", folder, 1) != 0)
        return -1;
    scene.theme = &THEME_LIGHT;
    scene.scale = 1.0f;
    scene.input.time = 1.0;
    settings_default(&scene.settings);
    scene.about.settings = &scene.settings;
    scene.text = text_new(FONT_DIR, 1.0f, &status);
    if (!scene.text || !ui_init(&scene.ui, &status) || !canvas_resize(&scene.canvas, W, H, &status))
        return -1;
    scene.ui.clipboard_set = clipboard_set;
    frame();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    view_export_free(&scene.state);
    free(scene.clipboard);
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    unlink("easyfirst.gif");
    unlink("mine.gif");
    return chdir(home) != 0 || rmdir(folder) != 0 ? -1 : 0;
}

static void open_section(void) {
    if (!scene.state.open)
        click("section-export");
    assert_true(scene.state.open);
}

static void assert_begun(ExportKind kind, const char *name, bool replace) {
    char expected[PATH_MAX];
    snprintf(expected, sizeof expected, "%s%s%s", name[0] == '/' ? "" : folder, name[0] == '/' ? "" : "/", name);
    assert_int_equal(scene.intent.ask, EXPORT_BEGIN);
    assert_int_equal(scene.intent.kind, kind);
    assert_int_equal(scene.intent.replace, replace);
    assert_string_equal(scene.begun, expected);
}

/* ---- tests ---- */

static void folds(void **state) {
    (void)state;
    assert_null(find("export-save"));
    float folded = scene.bottom;
    open_section();
    static const char *const names[] = {"export-kind", "export-name", "export-folder",
                                        "export-size", "export-save", "export-copy"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_non_null(find(names[i]));
    assert_null(find("export-replace"));
    assert_null(find("export-cancel"));
    assert_true(scene.bottom > folded + 150.0f);
    click("section-export");
    assert_null(find("export-save"));
    assert_true(scene.bottom == folded);
    assert_int_equal(scene.asked, 0);
}

static void each_kind_has_its_name(void **state) {
    (void)state;
    static const char *const names[EXPORT_KINDS] = {
        [EXPORT_GIF] = "easyfirst.gif",
        [EXPORT_MP4] = "easyfirst.mp4",
        [EXPORT_WEBM] = "easyfirst.webm",
        [EXPORT_PLOT] = "easyfirst.png",
        [EXPORT_PLOT_2X] = "easyfirst-2x.png",
        [EXPORT_SVG] = "easyfirst.svg",
        [EXPORT_PDF] = "easyfirst.pdf",
        [EXPORT_PAGE] = "easyfirst.html",
        [EXPORT_WINDOW] = "easyfirst-window.png",
        [EXPORT_POINTS] = "points.csv",
        [EXPORT_TRACE] = "trace.csv",
        [EXPORT_MODEL] = "model.json",
        [EXPORT_PRESET] = "easyfirst/presets/my-run.ini",
    };
    open_section();
    for (int k = EXPORT_KINDS - 1; k >= 0; k--) {
        bool moves = k == EXPORT_GIF || k == EXPORT_MP4 || k == EXPORT_WEBM;
        bool sized = moves || k == EXPORT_PLOT || k == EXPORT_PLOT_2X;
        int times = k == EXPORT_PLOT_2X ? 2 : 1;
        choose((ExportKind)k);
        assert_int_equal(find("export-size") != NULL, EXPORTS[k]->size.largest > 0);
        assert_int_equal(find("export-every") != NULL, moves);
        click("export-save");
        assert_int_equal(scene.asked, EXPORT_KINDS - k);
        assert_begun((ExportKind)k, names[k], false);
        if (sized) {
            assert_int_equal(scene.intent.width, times * 640);
            assert_int_equal(scene.intent.height, times * 480);
        }
    }
}

static void figures_are_chosen(void **state) {
    (void)state;
    static const ExportKind kinds[] = {EXPORT_PLOT, EXPORT_SVG, EXPORT_PDF};
    static const char *const endings[] = {"png", "svg", "pdf"};
    open_section();
    assert_null(find("export-figure")); /* a GIF is of the plot */
    for (int i = 0; i < 3; i++) {
        choose(kinds[i]);
        assert_int_equal(scene.state.figure, i == 0 ? FIGURE_PLOT : FIGURE_MAP); /* kept from kind to kind */
        for (int figure = FIGURE_HISTOGRAM; figure < FIGURE_KINDS; figure++) {
            char name[64];
            click("export-figure");
            snprintf(name, sizeof name, "export-figure-%d", figure);
            click(name);
            click("export-save");
            snprintf(name, sizeof name, "easyfirst-%s.%s", FIGURE_NAMES[figure], endings[i]);
            assert_begun(kinds[i], name, false);
            assert_int_equal(scene.intent.figure, figure);
        }
    }
    choose(EXPORT_GIF);
    click("export-save");
    assert_begun(EXPORT_GIF, "easyfirst.gif", false);
    assert_int_equal(scene.intent.figure, FIGURE_PLOT);
}

/* Where runs are compared it is said whose model it is. */
static void a_models_run_is_said(void **state) {
    (void)state;
    open_section();
    choose(EXPORT_MODEL);
    float alone = scene.bottom;
    scene.about.other_count = 1;
    scene.about.others[0] = &scene.settings;
    frame();
    assert_true(scene.bottom >= alone + 15.0f);
    choose(EXPORT_POINTS);
    assert_true(scene.bottom == alone);
}

static void save_frames(int every, int most, int frame_ms, int last_ms) {
    click("export-save");
    const FrameChoice *frames = &scene.intent.frames;
    assert_int_equal(frames->every, every);
    assert_int_equal(frames->most, most);
    assert_int_equal(frame_milliseconds(frames, false), frame_ms);
    assert_int_equal(frame_milliseconds(frames, true), last_ms);
}

static void frames_are_chosen(void **state) {
    (void)state;
    open_section();
    save_frames(0, 0, 600, 2500);
    type_into("export-every", "10");
    type_into("export-frame-ms", "40");
    type_into("export-last-ms", "1000");
    save_frames(10, 0, 40, 1000);
    type_into("export-most", "5"); /* in place of each tenth */
    save_frames(0, 5, 40, 1000);
    choose(EXPORT_WEBM); /* the same for all */
    save_frames(0, 5, 40, 1000);
    static const char *const refused[] = {"1", "2.5", "none", "-3", "1e9"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        type_into("export-most", refused[i]);
        if (!find("message"))
            fail_msg("'%s' is taken", refused[i]);
        save_frames(0, 5, 40, 1000);
    }
    type_into("export-frame-ms", "19");
    assert_non_null(find("message"));
    save_frames(0, 5, 40, 1000);
    type_into("export-most", "all");
    save_frames(0, 0, 40, 1000);
    type_into("export-most", "5");
    type_into("export-every", "3");
    save_frames(3, 0, 40, 1000);
}

static void names_are_typed(void **state) {
    (void)state;
    open_section();
    type_into("export-name", "mine.gif");
    click("export-save");
    assert_begun(EXPORT_GIF, "mine.gif", false);
    type_into("export-name", "without ending");
    click("export-save");
    assert_begun(EXPORT_GIF, "without ending.gif", false);
    type_into("export-name", "/tmp/nowhere/else.gif");
    click("export-save");
    assert_begun(EXPORT_GIF, "/tmp/nowhere/else.gif", false);
    choose(EXPORT_TRACE); /* a kind keeps its own name */
    click("export-save");
    assert_begun(EXPORT_TRACE, "trace.csv", false);
    choose(EXPORT_PRESET); /* among one's own; a path goes where it says */
    type_into("export-name", "mine");
    click("export-save");
    assert_begun(EXPORT_PRESET, "easyfirst/presets/mine.ini", false);
    type_into("export-name", "./mine");
    click("export-save");
    assert_begun(EXPORT_PRESET, "./mine.ini", false);
    choose(EXPORT_GIF);
    click("export-save");
    assert_begun(EXPORT_GIF, "/tmp/nowhere/else.gif", false);
    type_into("export-name", "a/b/"); /* a folder is refused, the old name stays */
    assert_non_null(find("message"));
    click("export-save");
    assert_begun(EXPORT_GIF, "/tmp/nowhere/else.gif", false);
    type_into("export-name", ""); /* nothing: the kind's own again */
    click("export-save");
    assert_begun(EXPORT_GIF, "easyfirst.gif", false);
    /* as long as a field can be: cut by nobody in silence */
    char name[UI_EDIT_MAX + 8];
    memset(name, 'n', sizeof name);
    name[UI_EDIT_MAX - 2] = '\0';
    type_into("export-name", name);
    assert_non_null(find("message"));
    click("export-save");
    assert_begun(EXPORT_GIF, "easyfirst.gif", false);
    /* the press on Save takes what is being typed */
    click("export-name");
    strcpy(scene.input.text, "quick.gif");
    frame();
    click("export-save");
    assert_begun(EXPORT_GIF, "quick.gif", false);
}

static void sizes_are_typed(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int width, height;
    } taken[] = {{"800x600", 800, 600}, {" 64 x 64 ", 64, 64}, {"2048×1000", 2048, 1000}, {"100X200", 100, 200}};
    static const char *const refused[] = {"800",    "x600",    "63x64",         "2049x64", "64x2049", "800x600x1",
                                          "-64x64", "1e3x100", "99999999999x9", "nan",     "800 600"};
    open_section();
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        type_into("export-size", taken[i].text);
        assert_null(find("message"));
        click("export-save");
        assert_int_equal(scene.intent.width, taken[i].width);
        assert_int_equal(scene.intent.height, taken[i].height);
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        type_into("export-size", refused[i]);
        if (!find("message"))
            fail_msg("'%s' is taken", refused[i]);
        click("export-save");
        assert_int_equal(scene.intent.width, 100);
        assert_int_equal(scene.intent.height, 200);
    }
    choose(EXPORT_PLOT); /* has a size of its own, and more room */
    click("export-save");
    assert_int_equal(scene.intent.width, 640);
    type_into("export-size", "8192x8192");
    click("export-save");
    assert_int_equal(scene.intent.height, 8192);
    choose(EXPORT_SVG); /* millimetres */
    click("export-save");
    assert_int_equal(scene.intent.width, 120);
    assert_int_equal(scene.intent.height, 90);
    static const char *const figures[] = {"84x63", "174x72 mm", "30 x 300mm"};
    static const int widths[] = {84, 174, 30};
    for (int i = 0; i < 3; i++) {
        type_into("export-size", figures[i]);
        assert_null(find("message"));
        click("export-save");
        assert_int_equal(scene.intent.width, widths[i]);
    }
    type_into("export-size", "29x90");
    assert_non_null(find("message"));
    type_into("export-size", "120x90 cm");
    assert_non_null(find("message"));
}

static void existing_is_asked_about(void **state) {
    (void)state;
    open_section();
    write_file("easyfirst.gif");
    point_at("export-save");
    scene.input.pressed = scene.input.released = true;
    scene.input.clicks = 1;
    frame();
    assert_int_equal(scene.asked, 0);
    assert_non_null(find("export-replace"));
    frame();
    click("export-keep");
    assert_int_equal(scene.asked, 0);
    assert_null(find("export-replace"));
    click("export-save");
    click("export-replace");
    assert_int_equal(scene.asked, 1);
    assert_begun(EXPORT_GIF, "easyfirst.gif", true);
    assert_null(find("export-replace"));
    click("export-save"); /* another name: no question left */
    assert_non_null(find("export-replace"));
    type_into("export-name", "mine.gif");
    assert_null(find("export-replace"));
    click("export-save");
    assert_begun(EXPORT_GIF, "mine.gif", false);
    assert_int_equal(scene.asked, 2);
    type_into("export-name", "easyfirst.gif");
    click("export-save"); /* another kind: neither */
    assert_non_null(find("export-replace"));
    choose(EXPORT_TRACE);
    assert_null(find("export-replace"));
}

static double no_time(void) {
    return 0.0;
}

static void progress_cancel_and_outcome(void **state) {
    (void)state;
    Experiment experiment;
    Settings settings;
    settings_default(&settings);
    settings.samples = 100;
    settings.epochs = 4;
    assert_true(experiment_init(&experiment, &settings, NULL, NULL, &status));
    experiment_push(&experiment, (Command){.kind = COMMAND_SPEED, .speed = SPEED_MAXIMUM});
    experiment_push(&experiment, (Command){.kind = COMMAND_PLAY});
    do
        experiment_advance(&experiment, 1.0, no_time, 1.0);
    while (experiment.mode != MODE_PAUSED);
    Snapshot snapshot = experiment_snapshot(&experiment);
    open_section();
    click("export-save");
    ExportRequest request = {.kind = scene.intent.kind,
                             .path = scene.begun,
                             .snapshot = &snapshot,
                             .width = scene.intent.width,
                             .height = scene.intent.height,
                             .theme = scene.theme,
                             .font_folder = FONT_DIR};
    for (int run = 0; run < 2; run++) {
        ExportJob *job = export_job_begin(&request, &status);
        assert_non_null(job);
        scene.about.job = job;
        frame();
        assert_true(scene.ui.wants_frame);
        assert_int_equal(count_color("export-progress", scene.theme->accent), 0);
        assert_false(find("export-save")->focusable); /* one at a time */
        int asked = scene.asked, before = 0;
        click("export-save");
        assert_int_equal(scene.asked, asked);
        for (int i = 0; i < (run ? 4 : 2); i++) {
            while (export_job_progress(job).done == (size_t)i)
                assert_int_equal(export_job_step(job, 0.0, &status), EXPORT_RUNNING);
            frame();
            int filled = count_color("export-progress", scene.theme->accent);
            assert_true(filled > before);
            before = filled;
        }
        if (run == 0) {
            click("export-cancel");
            assert_int_equal(scene.asked, asked + 1);
            assert_int_equal(scene.intent.ask, EXPORT_CANCEL);
            view_export_cancelled(&scene.state);
            assert_non_null(strstr(scene.state.outcome, "nothing was written"));
        } else {
            assert_int_equal(export_job_step(job, 0.0, &status), EXPORT_DONE);
            view_export_saved(&scene.state, job);
            char expected[PATH_MAX + 64], bytes[32];
            format_bytes(export_job_bytes(job), bytes);
            snprintf(expected, sizeof expected, "Saved %s/easyfirst.gif, %s", folder, bytes);
            assert_string_equal(scene.state.outcome, expected);
        }
        export_job_free(job);
        scene.about.job = NULL;
        frame();
        assert_null(find("export-cancel"));
        assert_true(find("export-save")->focusable);
        assert_int_equal(access("easyfirst.gif", F_OK) == 0, run);
    }
    assert_false(scene.state.failed);
    float bottom = scene.bottom;
    view_export_failed(&scene.state, "cannot write /tmp/x: No space left on device, after 12 bytes");
    frame();
    assert_true(scene.state.failed && scene.bottom >= bottom - 40.0f);
    experiment_free(&experiment);
}

static void expect_for_file(const char *expected) {
    char *command = view_export_command_for_file(&scene.about);
    assert_string_equal(command, expected);
    free(command);
}

static void command_is_copied(void **state) {
    (void)state;
    open_section();
    scene.settings.seed = 7;
    click("export-copy");
    assert_string_equal(scene.clipboard, "easyfirst --seed 7");
    assert_string_equal(scene.state.outcome, "Copied: easyfirst --seed 7");
    scene.about.points_path = "my points.csv";
    scene.about.by_hand = BY_HAND_THRESHOLD;
    click("export-copy");
    assert_string_equal(
        scene.clipboard,
        "easyfirst --seed 7 'my points.csv'  # the threshold was moved by hand; save the session to have that repeated");
    scene.about.record = "/tmp/a.log";
    click("export-copy");
    assert_string_equal(scene.clipboard, "easyfirst --replay=/tmp/a.log  # the threshold was moved by hand");
    expect_for_file("easyfirst --replay=a.log  # the threshold was moved by hand");
    scene.about.session = "/tmp/my run.easyfirst"; /* which has more */
    click("export-copy");
    assert_string_equal(scene.clipboard,
                        "easyfirst --replay='/tmp/my run.easyfirst'  # the threshold was moved by hand");
    expect_for_file("easyfirst --replay='my run.easyfirst'  # the threshold was moved by hand");
    scene.about.lesson = "wrong-labels"; /* which is all of it */
    click("export-copy");
    assert_string_equal(scene.clipboard, "easyfirst --lesson wrong-labels");
    expect_for_file("easyfirst --lesson wrong-labels");
    scene.about.record = scene.about.session = scene.about.lesson = NULL;
    scene.about.by_hand = 0;
    scene.about.points_path = "/data/my points.csv";
    expect_for_file("easyfirst --seed 7 'my points.csv'");
    assert_int_equal(scene.asked, 0);
    scene.ui.clipboard_set = NULL; /* nowhere to copy to: nothing is claimed */
    click("export-copy");
    assert_null(strstr(scene.state.outcome, "Copied: easyfirst --seed 8"));
}

static void keyboard_alone_does_it(void **state) {
    (void)state;
    press(KEY_TAB);
    press(KEY_ENTER);
    assert_true(scene.state.open);
    frame();
    press(KEY_TAB); /* the kind */
    press(KEY_ENTER);
    frame();
    for (int k = EXPORT_GIF; k < EXPORT_PLOT; k++)
        press(KEY_DOWN);
    press(KEY_ENTER);
    frame();
    assert_int_equal(scene.state.kind, EXPORT_PLOT);
    press(KEY_TAB); /* the figure */
    press(KEY_TAB); /* the name */
    press(KEY_ENTER);
    strcpy(scene.input.text, "by keys.png");
    frame();
    press(KEY_TAB); /* takes it; the size */
    press(KEY_TAB); /* Save */
    press(KEY_ENTER);
    assert_begun(EXPORT_PLOT, "by keys.png", false);
    press(KEY_TAB); /* Copy command */
    press(KEY_SPACE);
    assert_string_equal(scene.clipboard, "easyfirst");
}

/* Whatever the scale, the width and the length of the texts, nothing is drawn outside the column. */
static void stays_in_its_column(void **state) {
    (void)state;
    open_section();
    char message[2000];
    memset(message, 'm', sizeof message);
    message[sizeof message - 1] = '\0';
    memcpy(message + 300, " / ä ", 6);
    message[305] = 'm';
    for (int i = 0; i < 6; i++) {
        static const float scales[] = {1.0f, 2.0f, 1.25f};
        scene.scale = scales[i % 3];
        scene.theme = i % 2 ? &THEME_DARK : &THEME_LIGHT;
        assert_true(text_set_scale(scene.text, scene.scale, &status));
        assert_true(canvas_resize(&scene.canvas, (int)(W * scene.scale), (int)(H * scene.scale), &status));
        view_export_failed(&scene.state, message);
        scene.state.asking = false;
        if (i >= 3) {
            free(scene.state.folder);
            scene.state.folder = strdup(message);
        }
        scene.input.mouse_x = scene.input.mouse_y = -1.0f;
        frame();
        frame();
        int left = (int)(15.0f * scene.scale), right = (int)(305.0f * scene.scale), outside = 0;
        for (int y = 0; y < scene.canvas.height; y++)
            for (int x = 0; x < scene.canvas.width; x++)
                outside += (x < left || x > right || y > (int)scene.bottom) &&
                           scene.canvas.pixels[y * scene.canvas.width + x] != (scene.theme->card | 0xff000000u);
        assert_int_equal(outside, 0);
    }
}

static void figures_read_well(void **state) {
    (void)state;
    static const struct {
        size_t bytes;
        const char *text;
    } sizes[] = {{0, "0 bytes"},     {1, "1 byte"},       {999, "999 bytes"},
                 {1000, "1 kB"},     {252600, "253 kB"},  {999499, "999 kB"},
                 {999500, "1.0 MB"}, {1625644, "1.6 MB"}, {123456789, "123.5 MB"}};
    static const struct {
        double seconds;
        const char *text;
    } durations[] = {{0.0, "1 s"},    {3.2, "4 s"},    {99.0, "99 s"},     {99.5, "2 min"},
                     {601, "11 min"}, {8000.0, "3 h"}, {1e300, "277778 h"}};
    char text[32];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        format_bytes(sizes[i].bytes, text);
        assert_string_equal(text, sizes[i].text);
    }
    for (size_t i = 0; i < sizeof durations / sizeof *durations; i++) {
        format_duration(durations[i].seconds, text);
        assert_string_equal(text, durations[i].text);
    }
}

#define in_scene(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        in_scene(folds),
        in_scene(each_kind_has_its_name),
        in_scene(figures_are_chosen),
        in_scene(a_models_run_is_said),
        in_scene(frames_are_chosen),
        in_scene(names_are_typed),
        in_scene(sizes_are_typed),
        in_scene(existing_is_asked_about),
        in_scene(progress_cancel_and_outcome),
        in_scene(command_is_copied),
        in_scene(keyboard_alone_does_it),
        in_scene(stays_in_its_column),
        cmocka_unit_test(figures_read_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
