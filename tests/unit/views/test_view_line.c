/* The line: what it says by priority, its buttons by pointer and keys, rows, calm. */
#include "app/io/preset.h"
#include "app/ui/ui_widget.h"
#include "app/views/view_line.h"
#include "tests/support/feedback_scene.h"
#include "tests/support/widgets.h"

#include <math.h>
#include <stdlib.h>

#define W 1000
#define H 300

static struct {
    Canvas canvas;
    Text *text;
    const Theme *theme;
    Ui ui;
    UiInput input;
    Intents intents;
    LineState line;
    Rect rect;
    float scale, width;
    const char *notice;
    char clipboard[256];
} drawn;

static Status status;

static void keep(void *user, const char *text) {
    (void)user;
    snprintf(drawn.clipboard, sizeof drawn.clipboard, "%s", text);
}

static int setup_ui(void **state) {
    if (setup(state))
        return -1;
    memset(&drawn, 0, sizeof drawn);
    drawn.theme = &THEME_LIGHT;
    drawn.scale = 1;
    drawn.width = 912;
    drawn.notice = "";
    drawn.text = text_new(FONT_DIR, 1, &status);
    if (!drawn.text || !ui_init(&drawn.ui, &status) || !canvas_resize(&drawn.canvas, W, H, &status))
        return -1;
    drawn.ui.clipboard_set = keep;
    drawn.input = (UiInput){.mouse_x = -1, .mouse_y = -1, .mouse_inside = true, .time = scene.time};
    scene.snapshot.playing = true;
    scene.records[0].threshold = scene.records[1].threshold = 0.5;
    for (int i = 0; i < 2; i++)
        scene.records[i].class_easy[0] = scene.records[i].class_easy[1] = (uint32_t)scene.records[i].easy / 2;
    return 0;
}

static int teardown_ui(void **state) {
    (void)state;
    ui_free(&drawn.ui);
    text_free(drawn.text);
    canvas_free(&drawn.canvas);
    return 0;
}

static void use_scale(float scale) {
    drawn.scale = scale;
    assert_true(text_set_scale(drawn.text, scale, &status));
    assert_true(canvas_resize(&drawn.canvas, (int)(W * scale), (int)(H * scale), &status));
}

/* As the window makes one; what happens once is over after it. */
static void frame(void) {
    UiInput *input = &drawn.input;
    Ui *ui = &drawn.ui;
    input->time = scene.time += 1.0 / 60;
    drawn.intents = (Intents){.preset = -1};
    ui_begin(ui, input, &drawn.canvas, drawn.text, drawn.theme, drawn.scale);
    canvas_fill(&drawn.canvas, drawn.theme->card);
    int rows = line_rows(&drawn.line, drawn.text, drawn.width * drawn.scale, drawn.scale);
    drawn.rect =
        (Rect){8 * drawn.scale, 60 * drawn.scale, drawn.width * drawn.scale, (rows > 1 ? 56 : 38) * drawn.scale};
    line_widgets(ui, drawn.rect, &drawn.line, &scene.state, &drawn.intents);
    for (int i = 0; i < drawn.intents.count; i++)
        if (drawn.intents.commands[i].kind == COMMAND_THRESHOLD)
            set_threshold(drawn.intents.commands[i].threshold);
    feedback_of(&scene.snapshot, &scene.state, scene.time);
    line_follow(&drawn.line, &scene.snapshot, &scene.state.shown, drawn.notice, scene.time);
    ui->wants_frame = ui->wants_frame || drawn.line.wants_frame || scene.state.settling;
    ui_end(ui);
    input->pressed = input->released = false;
    input->key_count = 0;
}

static void frames(int count) {
    for (int i = 0; i < count; i++)
        frame();
}

static Rect widget(const char *name) {
    return widget_rect(&drawn.ui, name);
}

static bool there(const char *name) {
    return widget(name).w > 0;
}

static void move_into(Rect r) {
    drawn.input.mouse_x = r.x + r.w / 2;
    drawn.input.mouse_y = r.y + r.h / 2;
}

static void press(void) {
    drawn.input.down = drawn.input.pressed = true;
    drawn.input.clicks = 1;
    frame();
}

static void release(void) {
    drawn.input.down = false;
    drawn.input.released = true;
    frame();
}

static void click(const char *name) {
    assert_true(there(name));
    move_into(widget(name));
    frame();
    press();
    release();
    drawn.input.mouse_y = -1;
}

static void key(UiKeyCode code) {
    drawn.input.keys[drawn.input.key_count++] = (UiKey){.code = code};
    frame();
}

static size_t count_color(Rect r, Color color) {
    size_t count = 0;
    for (int y = (int)r.y; y < (int)(r.y + r.h); y++)
        for (int x = (int)r.x; x < (int)(r.x + r.w); x++)
            count += drawn.canvas.pixels[y * drawn.canvas.width + x] == color;
    return count;
}

static const char *fact(void) {
    return drawn.line.words.fact;
}

static void show_nothing_easy(void) {
    set_threshold(0.0001);
    frames(60);
    assert_string_equal(fact(), "Nothing is easy, so nothing is learned.");
}

static void look_back_at(uint32_t epoch) {
    scene.snapshot.looking_back = true;
    scene.snapshot.playing = false;
    scene.snapshot.epoch = epoch;
    scene.snapshot.version++;
}

static void diverge(void) {
    scene.snapshot.diverged = true;
    scene.snapshot.playing = false;
    scene.snapshot.version++;
}

static void finish(void) {
    scene.settings.epochs = (int)scene.snapshot.epoch;
    scene.snapshot.finished = true;
    scene.snapshot.playing = false;
    scene.snapshot.version++;
}

/* A session that was left unsaved is offered until it is answered; not in the place of what must be read. */
static void an_unsaved_session_is_offered(void **state) {
    (void)state;
    drawn.line.offer = "moons, 5 minutes ago: epoch 120, 14 steps";
    frames(3);
    assert_int_equal(drawn.line.kind, LINE_OFFER);
    assert_string_equal(fact(), drawn.line.offer);
    assert_true(there("offer") && there("continue") && there("not-now"));
    click("continue");
    assert_int_equal(drawn.intents.file, FILE_CONTINUE);
    click("not-now");
    assert_int_equal(drawn.intents.file, FILE_NOT_NOW);
    drawn.width = 560; /* shorter words, as there is less room */
    frames(2);
    assert_true(widget("not-now").x + widget("not-now").w <= drawn.rect.x + drawn.rect.w);
    drawn.notice = "cannot write the file";
    frames(2);
    assert_true(there("notice") && !there("continue"));
    drawn.notice = "";
    diverge();
    frames(3);
    assert_int_equal(drawn.line.kind, LINE_CANNOT);
    drawn.line.offer = NULL;
    frames(2);
    assert_false(there("offer") || there("continue"));
}

/* look-back > cannot go on > offer > remedy > end > narration; a notice takes the place of all but the buttons of the
 * first three. */
static void the_first_that_applies_is_said(void **state) {
    (void)state;
    frames(2);
    assert_string_equal(drawn.line.words.badge, "Epoch 2");
    assert_string_equal(fact(), "50 % are easy.");
    assert_true(there("narration") && there("line") && !there("feedback"));
    finish();
    frames(2);
    assert_string_equal(fact(), "The 2 epochs are done.");
    assert_true(there("play-on"));
    set_threshold(0.0001);
    frames(60);
    assert_int_equal(drawn.line.kind, LINE_REMEDY);
    assert_true(there("feedback") && there("feedback-line") && !there("play-on"));
    diverge();
    frames(3);
    assert_int_equal(drawn.line.kind, LINE_CANNOT);
    assert_string_equal(fact(), "The model has diverged.");
    drawn.notice = "cannot write the file";
    frames(2);
    assert_string_equal(drawn.line.words.reason, "cannot write the file");
    assert_true(there("notice") && !there("feedback") && !there("feedback-line"));
    drawn.notice = "";
    look_back_at(1);
    frames(3);
    assert_int_equal(drawn.line.kind, LINE_PAST);
    assert_string_equal(drawn.line.words.badge, "Epoch 1, as it was");
    assert_true(there("look-back") && there("go-on") && there("back-to-now") && !there("feedback"));
    drawn.notice = "cannot write the file";
    frames(2);
    assert_true(there("notice") && there("go-on") && there("back-to-now") && !there("look-back"));
}

static void a_notice_goes_before_the_end(void **state) {
    (void)state;
    finish();
    frames(2);
    drawn.notice = "/home/ann/plots/easyfirst-epoch-2.png";
    snprintf(drawn.line.saved, sizeof drawn.line.saved, "%s", drawn.notice);
    frames(2);
    assert_string_equal(drawn.line.words.badge, "Saved");
    assert_string_equal(fact(), "easyfirst-epoch-2.png");
    assert_string_equal(drawn.line.words.reason, "in /home/ann/plots");
    assert_false(there("play-on"));
    click("copy-path");
    assert_string_equal(drawn.clipboard, "/home/ann/plots/easyfirst-epoch-2.png");
    drawn.notice = "";
    frames(2);
    assert_true(there("play-on"));
    click("play-on");
    assert_true(drawn.intents.count == 1 && drawn.intents.commands[0].kind == COMMAND_PLAY);
}

static void ways_on_from_the_past(void **state) {
    (void)state;
    frames(2);
    look_back_at(1);
    frames(2);
    click("go-on");
    assert_true(drawn.intents.count == 1 && drawn.intents.commands[0].kind == COMMAND_GO_ON);
    click("back-to-now");
    assert_true(drawn.intents.count == 1 && drawn.intents.commands[0].kind == COMMAND_LOOK &&
                drawn.intents.commands[0].epoch == -1);
}

static void the_hard_ones_alone(void **state) {
    (void)state;
    set_threshold(0.9531); /* 953 easy */
    record(0, 953);
    scene.records[2].threshold = scene.snapshot.threshold;
    finish();
    frames(40);
    assert_string_equal(drawn.line.words.reason, "95 % are easy; 47 are still hard.");
    click("show-hard");
    assert_int_equal(drawn.line.ask, LINE_ASKS_HARD_ALONE);
    frame();
    assert_int_equal(drawn.line.ask, LINE_ASKS_NOTHING);
    click("show-hard");
    assert_int_equal(drawn.line.ask, LINE_ASKS_ALL);
    click("show-hard");
    assert_int_equal(drawn.line.ask, LINE_ASKS_HARD_ALONE);
    scene.snapshot.playing = true; /* the run goes on: all are back */
    scene.snapshot.version++;
    for (int i = 0; i < 10 && drawn.line.ask != LINE_ASKS_ALL; i++)
        frame();
    assert_int_equal(drawn.line.ask, LINE_ASKS_ALL);
    scene.snapshot.playing = false;
    scene.snapshot.easy = 500; /* too many to look at */
    scene.snapshot.version++;
    frames(60);
    assert_true(there("play-on") && !there("show-hard"));
}

static void a_click_helps_at_once(void **state) {
    (void)state;
    frames(10);
    show_nothing_easy();
    move_into(widget("feedback"));
    frame();
    assert_int_equal(drawn.ui.cursor, CURSOR_HAND);
    press();
    assert_int_equal(drawn.intents.count, 0);
    release();
    assert_int_equal(drawn.intents.count, 1);
    assert_int_equal(drawn.intents.commands[0].kind, COMMAND_THRESHOLD);
    assert_true(drawn.intents.commands[0].threshold == 0.101);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NONE);
    frame();
    assert_false(there("feedback"));
}

static void a_press_can_be_taken_back(void **state) {
    (void)state;
    show_nothing_easy();
    move_into(widget("feedback"));
    press();
    drawn.input.mouse_y = 250;
    frame();
    release();
    assert_int_equal(drawn.intents.count, 0);
}

static void words_stay_while_the_button_is_held(void **state) {
    (void)state;
    show_nothing_easy();
    char label[96];
    snprintf(label, sizeof label, "%s", drawn.line.button);
    move_into(widget("feedback"));
    press();
    for (size_t i = 0; i < POINTS; i++)
        scene.loss[i] += 0.5f;
    decide();
    frames(200);
    assert_string_equal(drawn.line.button, label);
    release();
    assert_true(drawn.intents.count == 1 && drawn.intents.commands[0].threshold == 0.101);
}

static void the_keyboard_reaches_it(void **state) {
    (void)state;
    show_nothing_easy();
    drawn.ui.focus = 0;
    for (int i = 0; i < 2 && drawn.ui.focus != ui_id("feedback"); i++)
        key(KEY_TAB);
    frame();
    assert_true(count_color((Rect){0, 0, W, H}, drawn.theme->focus_outer) > 50);
    assert_int_equal(drawn.intents.count, 0);
    key(KEY_SPACE);
    assert_true(drawn.intents.count == 1 && drawn.intents.commands[0].kind == COMMAND_THRESHOLD);
    assert_true(drawn.ui.keyboard_taken); /* and does not pause the run */
}

static void growing_faster_is_asked_once(void **state) {
    (void)state;
    for (int i = 0; i < 7; i++)
        record(0, 500);
    frames(60);
    assert_string_equal(drawn.line.words.badge, "Stuck");
    click("feedback");
    assert_int_equal(drawn.intents.count, 1);
    assert_int_equal(drawn.intents.commands[0].kind, COMMAND_SETTINGS);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NONE);
    record(0, 500);
    frames(60);
    assert_int_equal(drawn.line.kind, LINE_NARRATION);
}

/* ---- calm ---- */

static void narration_changes_twice_a_second_at_most(void **state) {
    (void)state;
    frames(2);
    int changes = 0;
    char before[40];
    snprintf(before, sizeof before, "%s", drawn.line.words.badge);
    for (int i = 0; i < 36; i++) { /* an epoch each fifth frame, three seconds */
        record(0, 500 + (size_t)i);
        for (int k = 0; k < 5; k++) {
            frame();
            changes += strcmp(before, drawn.line.words.badge) != 0;
            snprintf(before, sizeof before, "%s", drawn.line.words.badge);
        }
    }
    assert_in_range(changes, 4, 6);
    frames(31); /* and the last one is told */
    assert_string_equal(drawn.line.words.badge, "Epoch 38");
    frame();
    assert_false(drawn.ui.wants_frame);
    /* what is scrubbed through is there at once */
    for (uint32_t epoch = 38; epoch > 20; epoch--) {
        char badge[40];
        look_back_at(epoch);
        frame();
        snprintf(badge, sizeof badge, "Epoch %u, as it was", epoch);
        assert_string_equal(drawn.line.words.badge, badge);
    }
}

static void no_frames_while_nothing_changes(void **state) {
    (void)state;
    scene.snapshot.playing = false;
    frames(3);
    assert_false(drawn.ui.wants_frame);
    show_nothing_easy();
    frames(2);
    assert_false(drawn.ui.wants_frame);
    drawn.notice = "something";
    frame();
    assert_true(drawn.ui.wants_frame);
    frames(2);
    assert_false(drawn.ui.wants_frame);
}

static void what_to_watch_comes_first(void **state) {
    (void)state;
    scene.history.count = 0;
    scene.snapshot.epoch = 0;
    drawn.line.watch = "Watch the far points.";
    frames(600); /* however long it takes */
    assert_string_equal(drawn.line.words.reason, "Watch the far points.");
    assert_false(there("line-badge") && there("feedback"));
    record(0, 500);
    scene.records[0].class_easy[0] = scene.records[0].class_easy[1] = 250;
    frames(2);
    assert_string_equal(drawn.line.words.badge, "Epoch 1");
    /* it can be read again */
    move_into(widget("line-badge"));
    frames(30);
    assert_true(there("tooltip"));
    drawn.input.mouse_y = -1;

    /* a fast run leaves time to read it; a step by hand does not wait */
    for (int by_hand = 0; by_hand < 2; by_hand++) {
        scene.history.count = 0;
        scene.snapshot.epoch = 0;
        scene.snapshot.version++;
        scene.snapshot.playing = true;
        frames(3);
        assert_string_equal(drawn.line.words.badge, "Watch");
        scene.snapshot.playing = !by_hand;
        for (int i = 0; i < 10; i++) {
            record(0, 500 + (size_t)i);
            scene.records[i].threshold = 0.5;
            scene.records[i].class_easy[0] = scene.records[i].class_easy[1] = 250;
            frames(3);
        }
        frames(31);
        assert_string_equal(drawn.line.words.badge, by_hand ? "Epoch 10" : "Watch");
        frames((int)(LINE_WATCH_STAYS * 60));
        assert_int_equal(strncmp(drawn.line.words.badge, "Watch", 5) == 0, false);
    }
}

/* ---- rows ---- */

/* The words with this width: not cut, inside the line, nothing under the buttons. */
static void assert_fits(const char *what) {
    frames(2);
    const LineArranged *a = &drawn.line.arranged;
    if (a->cut || a->rows > 2)
        fail_msg("%s does not fit %g: \"%s %s\"", what, (double)drawn.width, fact(), drawn.line.words.reason);
    float end = a->width - fmaxf(a->buttons, 16 * drawn.scale);
    for (int i = 0; i < a->count; i++) {
        float right = a->runs[i].x + text_width(drawn.text, a->runs[i].style, a->runs[i].text);
        if (right > end + 1)
            fail_msg("%s at %g: \"%s\" ends %g pixels too late", what, (double)drawn.width, a->runs[i].text,
                     (double)(right - end));
    }
    const char *const buttons[] = {"feedback", "go-on", "back-to-now", "play-on", "show-hard", "copy-path"};
    for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
        Rect b = widget(buttons[i]);
        if (b.w > 0)
            assert_true(b.x >= drawn.rect.x + end - 1 && b.x + b.w <= drawn.rect.x + drawn.rect.w &&
                        b.y >= drawn.rect.y && b.y + b.h <= drawn.rect.y + drawn.rect.h && b.h >= 24 * drawn.scale);
    }
}

static void every_preset_can_be_read(void **state) {
    (void)state;
    Preset *presets;
    size_t count;
    assert_true(preset_list(&presets, &count, PRESET_DIR, &status) && count > 10);
    scene.history.count = 0;
    scene.snapshot.epoch = 0;
    for (float scale = 1; scale <= 2; scale++)
        for (float width = 624; width <= 912; width += 288)
            for (size_t i = 0; i < count; i++) {
                use_scale(scale);
                drawn.width = width;
                drawn.line.watch = presets[i].watch;
                frames(2);
                assert_string_equal(drawn.line.words.reason, presets[i].watch);
                assert_fits(presets[i].name);
                char shown[1024] = ""; /* every word of it */
                for (int r = 0; r < drawn.line.arranged.count; r++) {
                    strcat(shown, r > 0 ? " " : "");
                    strcat(shown, drawn.line.arranged.runs[r].text);
                }
                assert_string_equal(shown, presets[i].watch);
            }
    free(presets);
}

static void two_rows_where_it_is_narrow(void **state) {
    (void)state;
    scene.records[1].class_easy[0] = 500;
    scene.records[1].class_easy[1] = 0;
    frames(2);
    assert_fits("narration");
    assert_true(drawn.rect.h == 38 && drawn.line.arranged.rows == 1);
    drawn.width = 624;
    assert_fits("narration");
    assert_true(drawn.rect.h == 56);
    /* long sentences are said in fewer words before a wide window's plot moves */
    drawn.width = 912;
    memset(drawn.line.narration.reason, 'x', 20);
    for (size_t i = 20; i < 220; i++)
        drawn.line.narration.reason[i] = i % 8 ? 'x' : ' ';
    snprintf(drawn.line.narration.brief, sizeof drawn.line.narration.brief, "In short.");
    frames(2);
    assert_fits("a long one");
    assert_true(drawn.rect.h == 38);
    assert_string_equal(drawn.line.arranged.runs[drawn.line.arranged.count - 1].text, "In short.");
    /* a path that fits nowhere is cut, and whole at the badge */
    static char path[600];
    memset(path, 'p', sizeof path - 1);
    drawn.notice = path;
    frames(3);
    assert_true(drawn.line.arranged.cut);
    move_into(widget("line-badge"));
    frames(30);
    assert_true(there("tooltip"));
    /* and so are many words */
    drawn.width = 624;
    drawn.notice =
        "no font here for Chinese, Japanese, Korean, Arabic, Hebrew, Thai, Devanagari, emoji in names, which "
        "show as boxes; install fonts-wqy-microhei fonts-dejavu-core fonts-tlwg-loma-ttf fonts-lohit-deva";
    frames(3);
    assert_true(drawn.line.arranged.cut && drawn.line.arranged.runs[0].text[0]);
}

static void all_kinds_fit_all_windows(void **state) {
    (void)state;
    strcpy(scene.data.class_name[1], "iris versicolor of the meadow");
    for (size_t i = 1; i < POINTS; i += 2)
        scene.loss[i] = 20 + (float)i;
    set_threshold(0.9);
    for (int i = 0; i < 5; i++)
        record(0, 500);
    for (size_t i = 0; i < scene.history.count; i++)
        scene.records[i].class_easy[0] = 500, scene.records[i].class_easy[1] = 0;
    frames(60);
    assert_int_equal(drawn.line.kind, LINE_REMEDY);
    for (int kind = 0; kind < 4; kind++) {
        scene.snapshot.diverged = kind == 1;
        scene.snapshot.looking_back = kind == 3;
        if (kind == 2) {
            set_threshold(2000);
            finish();
        }
        scene.snapshot.version++;
        frames(100);
        for (int theme = 0; theme < 2; theme++)
            for (float scale = 1; scale <= 2; scale++)
                for (float width = 624; width <= 984; width += 60) {
                    drawn.theme = theme ? &THEME_DARK : &THEME_LIGHT;
                    use_scale(scale);
                    drawn.width = width;
                    assert_fits(drawn.line.words.badge);
                }
    }
}

static void colours_tell_the_kinds(void **state) {
    (void)state;
    frames(2);
    assert_int_equal(count_color(drawn.rect, drawn.theme->warn), 0);
    show_nothing_easy();
    frame();
    assert_true(count_color(widget("line-badge"), drawn.theme->warn) > 200);
    assert_true(count_color(drawn.rect, drawn.theme->warn_strip) > 5000);
    diverge();
    frames(3);
    assert_true(count_color(widget("line-badge"), drawn.theme->danger) > 200);
    scene.snapshot.diverged = false;
    look_back_at(1);
    frames(3);
    assert_true(count_color(widget("line-badge"), drawn.theme->accent) > 200);
    assert_true(count_color(drawn.rect, drawn.theme->accent_strip) > 5000);
}

#define run(test) cmocka_unit_test_setup_teardown(test, setup_ui, teardown_ui)

int main(void) {
    const struct CMUnitTest tests[] = {
        run(the_first_that_applies_is_said),
        run(an_unsaved_session_is_offered),
        run(a_notice_goes_before_the_end),
        run(ways_on_from_the_past),
        run(the_hard_ones_alone),
        run(a_click_helps_at_once),
        run(a_press_can_be_taken_back),
        run(words_stay_while_the_button_is_held),
        run(the_keyboard_reaches_it),
        run(growing_faster_is_asked_once),
        run(narration_changes_twice_a_second_at_most),
        run(no_frames_while_nothing_changes),
        run(what_to_watch_comes_first),
        run(every_preset_can_be_read),
        run(two_rows_where_it_is_narrow),
        run(all_kinds_fit_all_windows),
        run(colours_tell_the_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
