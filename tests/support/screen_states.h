/* The window in its states, as a person gets there: for golden pictures and whatever else looks at all of them. */
#ifndef EASYFIRST_SCREEN_STATES_H
#define EASYFIRST_SCREEN_STATES_H

#include "tests/support/screen_scene.h"

#include "app/base/language.h"
#include "app/io/preset.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static ScreenScene scene;
static const char *disk_full = "No space left on device"; /* in the C library's words */
static Preset *presets;
static size_t preset_count;

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
    static char words[256];
    char when[64];
    snprintf(when, sizeof when, trn("%d minute ago", "%d minutes ago", 5), 5);
    snprintf(words, sizeof words, trn("%.100s, %s: epoch %s, %s step", "%.100s, %s: epoch %s, %s steps", 14), "moons",
             when, "120", "14");
    screen()->line.offer = words;
}

static void no_offer(void) {
    screen()->line.offer = NULL;
}

static void kept(void) {
    static KeptRow rows[3];
    char when[64];
    snprintf(when, sizeof when, trn("%d minute ago", "%d minutes ago", 5), 5);
    snprintf(rows[0].title, sizeof rows[0].title, "moons");
    snprintf(rows[0].words, sizeof rows[0].words,
             trn("%s: epoch %s, %s unsaved step", "%s: epoch %s, %s unsaved steps", 14), when, "120", "14");
    snprintf(when, sizeof when, tr("today %02d:%02d"), 9, 12);
    snprintf(rows[1].title, sizeof rows[1].title, "%s", tr("Points by hand"));
    snprintf(rows[1].words, sizeof rows[1].words,
             trn("%s: epoch %s, %s unsaved step", "%s: epoch %s, %s unsaved steps", 1), when, "7", "1");
    snprintf(when, sizeof when, tr("%d %s %02d:%02d"), 3, tr("March"), 14, 5);
    snprintf(rows[2].title, sizeof rows[2].title, "Weine.csv");
    snprintf(rows[2].words, sizeof rows[2].words,
             trn("It goes at the next start. %s: epoch %s, %s unsaved step",
                 "It goes at the next start. %s: epoch %s, %s unsaved steps", 40),
             when, "1,200", "40");
    screen()->kept.rows = rows;
    screen()->kept.count = 3;
    kept_sheet_show(&screen()->kept);
}

static void ask(void) {
    char title[64], words[128];
    snprintf(title, sizeof title, tr("Save '%s'?"), "moons");
    snprintf(words, sizeof words,
             trn("%s step since it was saved would be lost.", "%s steps since it was saved would be lost.", 3), "3");
    ask_show(&screen()->ask, &(AskQuestion){title, words, tr("Save"), tr("Don't save"), tr("Cancel"), 'd'});
    snprintf(screen()->ask.trouble, sizeof screen()->ask.trouble, tr("cannot write %s: %s"),
             "/media/stick/moons.easyfirst", disk_full);
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

/* The run that the states are of; to be ended by states_end. */
static void states_begin(void) {
    Settings s;
    settings_default(&s);
    s.samples = 240;
    s.threshold = 0.35;
    assert_true(preset_list(&presets, &preset_count, PRESET_DIR, &scene.status));
    scene_train(&scene, &s, 4);
}

static void states_end(void) {
    experiment_free(&scene.run);
    free(presets);
}

#endif
