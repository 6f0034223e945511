/* The line that says what goes wrong, as a widget: where it lies, its button, its colours. */
#include "app/views/view_feedback.h"
#include "app/ui/ui_widget.h"
#include "tests/support/feedback_scene.h"

#include <math.h>
#include <stdlib.h>

#define W 800
#define H 500

/* The line as it is drawn. */
static struct {
    FeedbackView view;
    Canvas canvas;
    Text *text;
    const Theme *theme;
    Ui ui;
    UiInput input;
    Intents intents;
    Rect card, chip;
    float scale;
    UiTouch plot;
    bool plot_first; /* among the widgets */
} drawn;

static Status status;

static int setup_ui(void **state) {
    if (setup(state))
        return -1;
    memset(&drawn, 0, sizeof drawn);
    drawn.theme = &THEME_LIGHT;
    drawn.scale = 1;
    drawn.text = text_new(FONT_DIR, 1, &status);
    if (!drawn.text || !ui_init(&drawn.ui, &status) || !canvas_resize(&drawn.canvas, W, H, &status))
        return -1;
    drawn.card = (Rect){10, 60, 700, 400};
    drawn.input = (UiInput){.mouse_x = -1, .mouse_y = -1, .mouse_inside = true, .time = scene.time};
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
    drawn.card = (Rect){10 * scale, 60 * scale, 700 * scale, 400 * scale};
}

/* As the window makes one: the line before the plot that it lies over; what happens once is over after it. */
static void frame(void) {
    UiInput *input = &drawn.input;
    Ui *ui = &drawn.ui;
    input->time = scene.time += 1.0 / 60;
    drawn.intents = (Intents){.preset = -1};
    ui_begin(ui, input, &drawn.canvas, drawn.text, drawn.theme, drawn.scale);
    canvas_fill(&drawn.canvas, drawn.theme->card);
    if (drawn.plot_first)
        drawn.plot = ui_touch(ui, "plot", drawn.card, false);
    feedback_touch(ui, drawn.card, &drawn.view, &scene.state, &drawn.intents);
    if (!drawn.plot_first)
        drawn.plot = ui_touch(ui, "plot", drawn.card, false);
    for (int i = 0; i < drawn.intents.count; i++)
        if (drawn.intents.commands[i].kind == COMMAND_THRESHOLD)
            set_threshold(drawn.intents.commands[i].threshold);
    canvas_rect(&drawn.canvas, drawn.card, drawn.theme->region[0]);
    feedback_of(&scene.snapshot, &scene.state, scene.time);
    drawn.chip = feedback_draw(ui, drawn.card, &drawn.view, &scene.state);
    ui_end(ui);
    input->pressed = input->released = false;
    input->key_count = 0;
}

static void frames(int count) {
    for (int i = 0; i < count; i++)
        frame();
}

static Rect widget(const char *name) {
    for (int i = 0; i < drawn.ui.widget_count; i++)
        if (strcmp(drawn.ui.widgets[i].name, name) == 0)
            return drawn.ui.widgets[i].rect;
    return (Rect){0};
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

static void show_nothing_easy(void) {
    set_threshold(0.0001);
    frames(60);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NOTHING_EASY);
}

static void a_click_helps_at_once(void **state) {
    (void)state;
    frames(10);
    assert_true(drawn.chip.w == 0 && widget("feedback").w == 0);
    show_nothing_easy();
    move_into(widget("feedback"));
    frame();
    assert_int_equal(drawn.ui.cursor, CURSOR_HAND);
    press();
    assert_int_equal(drawn.intents.count, 0);
    assert_false(drawn.plot.pressed); /* what lies below has not been touched */
    assert_false(drawn.plot.hovered);
    release();
    assert_int_equal(drawn.intents.count, 1);
    assert_int_equal(drawn.intents.commands[0].kind, COMMAND_THRESHOLD);
    assert_true(drawn.intents.commands[0].threshold == 0.101);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NONE); /* in the same picture */
    assert_true(drawn.chip.w == 0);
    frames(120);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NONE);
    assert_true(drawn.plot.hovered);
}

static void a_press_can_be_taken_back(void **state) {
    (void)state;
    show_nothing_easy();
    move_into(widget("feedback"));
    press();
    drawn.input.mouse_y = 400;
    frame();
    assert_false(drawn.plot.hovered);
    release();
    assert_int_equal(drawn.intents.count, 0);
    frame();
    assert_true(drawn.plot.hovered);
}

static void words_stay_while_the_button_is_held(void **state) {
    (void)state;
    show_nothing_easy();
    char label[96];
    snprintf(label, sizeof label, "%s", scene.state.shown.label);
    move_into(widget("feedback"));
    press();
    for (size_t i = 0; i < POINTS; i++)
        scene.loss[i] += 0.5f;
    decide();
    frames(200);
    assert_string_equal(scene.state.shown.label, label);
    release();
    assert_true(drawn.intents.count == 1 && drawn.intents.commands[0].threshold == 0.101);
}

static void the_line_itself_is_no_hole(void **state) {
    (void)state;
    show_nothing_easy();
    drawn.input.mouse_x = drawn.chip.x + 5;
    drawn.input.mouse_y = drawn.chip.y + 5;
    frame();
    assert_false(drawn.plot.hovered);
    press();
    assert_false(drawn.plot.pressed);
    release();
    assert_int_equal(drawn.intents.count, 0);
    drawn.input.mouse_x = drawn.chip.x - 5;
    frame();
    press();
    assert_true(drawn.plot.pressed);
    /* a drag that began elsewhere goes on across it */
    move_into(drawn.chip);
    frame();
    assert_true(drawn.plot.held);
    release();
    drawn.plot_first = true; /* it lies on top all the same */
    move_into(widget("feedback"));
    frame();
    assert_false(drawn.plot.hovered);
    press();
    release();
    assert_int_equal(drawn.intents.count, 1);
}

static void the_keyboard_reaches_it(void **state) {
    (void)state;
    show_nothing_easy();
    size_t without = count_color(drawn.card, drawn.theme->focus_outer);
    key(KEY_TAB);
    frame();
    assert_true(count_color(drawn.card, drawn.theme->focus_outer) > without + 50);
    assert_int_equal(drawn.intents.count, 0);
    key(KEY_SPACE);
    assert_true(drawn.intents.count == 1 && drawn.intents.commands[0].kind == COMMAND_THRESHOLD);
    assert_true(drawn.ui.keyboard_taken); /* and does not pause the run */
    show_nothing_easy();
    drawn.ui.focus = 0;
    key(KEY_TAB);
    key(KEY_ENTER);
    assert_int_equal(drawn.intents.count, 1);
    show_nothing_easy();
    drawn.ui.focus = 0;
    key(KEY_ENTER); /* not focused */
    assert_int_equal(drawn.intents.count, 0);
    assert_false(drawn.ui.keyboard_taken);
}

static void growing_faster_is_asked_once(void **state) {
    (void)state;
    for (int i = 0; i < 7; i++)
        record(0, 500);
    frames(60);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_STUCK);
    move_into(widget("feedback"));
    press();
    release();
    assert_int_equal(drawn.intents.count, 1);
    assert_int_equal(drawn.intents.commands[0].kind, COMMAND_SETTINGS);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NONE);
    for (int i = 0; i < 4; i++) {
        record(0, 500);
        frames(60);
        assert_int_equal(scene.state.shown.kind, FEEDBACK_NONE);
    }
    record(0, 500);
    frames(60);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_STUCK);
}

static void frames_are_asked_for_while_it_changes(void **state) {
    (void)state;
    frames(5);
    assert_false(drawn.ui.wants_frame);
    set_threshold(0.0001);
    frame();
    assert_true(drawn.ui.wants_frame);
    int count = 0;
    while (drawn.ui.wants_frame && count++ < 100)
        frame();
    assert_int_equal(scene.state.shown.kind, FEEDBACK_NOTHING_EASY);
    assert_in_range(count, 10, 20);
}

static bool within(Rect inner, Rect outer) {
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

static void it_fits_any_card(void **state) {
    (void)state;
    for (size_t i = 1; i < POINTS; i += 2)
        scene.loss[i] = 20 + (float)i;
    set_threshold(0.9);
    frames(60);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_CLASS_LEFT_OUT);
    for (int theme = 0; theme < 2; theme++)
        for (float scale = 1; scale <= 2; scale++)
            for (float width = 780; width >= 0; width -= 60) {
                drawn.theme = theme ? &THEME_DARK : &THEME_LIGHT;
                use_scale(scale);
                drawn.card.w = width * scale;
                frame();
                frame();
                if (width < 200)
                    continue; /* no crash is enough */
                Rect button = widget("feedback"), line = widget("feedback-line");
                assert_memory_equal(&line, &drawn.chip, sizeof line);
                assert_true(within(drawn.chip, drawn.card));
                assert_true(within(button, drawn.chip));
                assert_true(button.h >= 24 * scale);
                float left = drawn.chip.x - drawn.card.x,
                      right = drawn.card.x + drawn.card.w - drawn.chip.x - drawn.chip.w;
                assert_true(fabsf(left - right) <= 1.5f);
                assert_true((double)count_color(drawn.chip, drawn.theme->danger) > 20.0 * (double)(scale * scale));
                assert_true(count_color(button, drawn.theme->chip) > 1000);
                assert_true(count_color(drawn.chip, drawn.theme->text) > 20);
                /* Lines of the text: runs of rows with its colour. All of it is there, down to narrow cards. */
                int lines = 0;
                bool below = false;
                for (int y = (int)drawn.chip.y; y < (int)(drawn.chip.y + drawn.chip.h); y++) {
                    Rect row = {drawn.chip.x + 20 * scale, (float)y, drawn.chip.w - 30 * scale, 1};
                    if (width < 700 && (float)y >= button.y)
                        break;
                    bool ink = count_color(row, drawn.theme->text) > 0;
                    lines += ink && !below;
                    below = ink;
                }
                float words = text_width(drawn.text, TEXT_BODY, scene.state.shown.text);
                if (width >= 300)
                    assert_true((float)lines * (drawn.chip.w - 40 * scale) >= words || width >= 700);
                bool one_row = drawn.chip.h < 40 * scale;
                assert_int_equal(one_row, width >= 700);
            }
}

static bool overlap(Rect a, Rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static void the_legend_is_left_clear(void **state) {
    (void)state;
    show_nothing_easy();
    Rect card = drawn.card, middle = drawn.chip;
    for (int right = 0; right < 2; right++) {
        float x = right ? card.x + card.w - 150 : card.x + 50;
        drawn.view.avoid = (Rect){x, card.y + 20, 100, 120};
        frame();
        assert_false(overlap(drawn.chip, drawn.view.avoid));
        assert_true(within(drawn.chip, card));
        assert_true(right ? drawn.chip.x < middle.x : drawn.chip.x > middle.x);
        assert_true(drawn.chip.h == 36);
        drawn.card.w = right ? card.w : 560; /* two rows find room beside it */
        frame();
        if (!right)
            assert_true(!overlap(drawn.chip, drawn.view.avoid) && drawn.chip.h == 64);
        drawn.card.w = 420; /* nothing does */
        frame();
        assert_true(within(drawn.chip, drawn.card));
        assert_true(within(widget("feedback"), drawn.card));
        drawn.card = card;
    }
    drawn.view.avoid.y = card.y + 250; /* at the bottom: out of the way */
    frame();
    assert_memory_equal(&drawn.chip, &middle, sizeof middle);
}

static void danger_is_for_what_went_wrong(void **state) {
    (void)state;
    record(0, 900);
    frames(60);
    assert_int_equal(scene.state.shown.kind, FEEDBACK_TOO_FAST);
    assert_true(count_color(drawn.chip, drawn.theme->accent) > 20);
    assert_int_equal(count_color(drawn.chip, drawn.theme->danger), 0);
    assert_true(widget("feedback").w == 0);
}

#define run(test) cmocka_unit_test_setup_teardown(test, setup_ui, teardown_ui)

int main(void) {
    const struct CMUnitTest tests[] = {
        run(a_click_helps_at_once),
        run(a_press_can_be_taken_back),
        run(words_stay_while_the_button_is_held),
        run(the_line_itself_is_no_hole),
        run(the_keyboard_reaches_it),
        run(growing_faster_is_asked_once),
        run(frames_are_asked_for_while_it_changes),
        run(it_fits_any_card),
        run(the_legend_is_left_clear),
        run(danger_is_for_what_went_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
