/* The network under the hand, in a real run: layers and units by their buttons, weights and biases by pointer, key and
 * typing, the sheet. */
#include "app/experiment/experiment.h"
#include "app/ui/ui_widget.h"
#include "app/views/view_network.h"
#include "tests/support/commands.h"
#include "tests/support/widgets.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { W = 1000, H = 640, MOST = 64 };

static struct Scene {
    Experiment e;
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    NetworkState state;
    Camera camera;
    uint32_t gesture;
    float kept[MOST];
} s;

static Status status;

static int setup(void **state) {
    (void)state;
    memset(&s, 0, sizeof s);
    Settings settings;
    settings_default(&settings);
    settings.samples = 200;
    settings.hidden_count = 1;
    settings.hidden[0] = 3;
    network_init(&s.state);
    s.camera = (Camera){.scale = 20.0, .view = {0, 0, 201, 161}};
    camera_update(&s.camera);
    s.input.mouse_inside = true;
    s.text = text_new(FONT_DIR, 1.0f, &status);
    return s.text && ui_init(&s.ui, &status) && canvas_resize(&s.canvas, W, H, &status) &&
                   experiment_init(&s.e, &settings, NULL, NULL, &status)
               ? 0
               : -1;
}

static int teardown(void **state) {
    (void)state;
    network_free(&s.state);
    ui_free(&s.ui);
    text_free(s.text);
    canvas_free(&s.canvas);
    experiment_free(&s.e);
    return 0;
}

static void order(CommandKind kind) {
    push_now(&s.e, (Command){.kind = kind});
}

/* As the window makes one; a press or a key begins a gesture. */
static void frame(void) {
    Intents intents = {.preset = -1};
    Snapshot snapshot = experiment_snapshot(&s.e);
    s.input.time += 1.0 / 60.0;
    s.gesture += s.input.pressed || (s.input.key_count > 0 && !s.input.down);
    canvas_fill(&s.canvas, THEME_LIGHT.ground);
    ui_begin(&s.ui, &s.input, &s.canvas, s.text, &THEME_LIGHT, 1.0f);
    network_sheet(&s.ui, (Rect){10, 10, 680, 620}, &s.state, &s.camera, &snapshot, &intents);
    Rect panel = {700, 20, 288, network_height(&s.state, &snapshot)};
    network_fold(&s.state);
    network_panel(&s.ui, panel, &s.state, &s.camera, &snapshot, &intents);
    network_card(&s.ui, &s.state, &snapshot, &intents);
    ui_end(&s.ui);
    assert_int_equal(s.canvas.clip_depth, 0);
    for (int i = 0; i < intents.count; i++) {
        intents.commands[i].gesture = s.gesture;
        assert_true(experiment_push(&s.e, intents.commands[i]));
    }
    experiment_advance(&s.e, 0.0, no_clock, 1.0);
    s.input.pressed = s.input.released = false;
    s.input.key_count = 0;
    s.input.text[0] = '\0';
}

static const UiWidget *find(const char *name) {
    return find_widget(&s.ui, name);
}

static Rect part(const char *name) {
    const UiWidget *widget = find(name);
    if (!widget)
        fail_msg("no %s", name);
    return widget->rect;
}

static void move(float x, float y) {
    s.input.mouse_x = x;
    s.input.mouse_y = y;
    frame();
}

static void down(void) {
    s.input.pressed = s.input.down = true;
    s.input.clicks = 1;
    frame();
}

static void up(void) {
    s.input.released = true;
    s.input.down = false;
    frame();
}

static void click_at(float x, float y) {
    move(x, y);
    down();
    up();
}

static void click(const char *name) {
    frame();
    Rect r = part(name);
    click_at(r.x + r.w / 2, r.y + r.h / 2);
    frame();
}

static void press(UiKeyCode code, bool shift) {
    s.input.keys[s.input.key_count++] = (UiKey){.code = code, .shift = shift};
    frame();
}

static void type(const char *text) {
    snprintf(s.input.text, sizeof s.input.text, "%s", text);
    frame();
}

static const Settings *now(void) {
    return &s.e.trainer->settings;
}

static void hidden_is(const char *expected) {
    char text[SETTING_TEXT_MAX];
    property_format(now(), &PROPERTIES[PROPERTY_HIDDEN], text);
    assert_string_equal(text, expected);
}

static void keep(void) {
    assert_true(s.e.trainer->mlp.parameters <= MOST);
    memcpy(s.kept, s.e.trainer->parameters, s.e.trainer->mlp.parameters * sizeof *s.kept);
}

/* All parameters are as kept but that one; -1: all. */
static void only_differs(int index) {
    for (int i = 0; i < (int)s.e.trainer->mlp.parameters; i++)
        assert_int_equal(s.e.trainer->parameters[i] != s.kept[i], i == index);
}

/* The middle of a weight's line: half way between the tiles. */
static void to_line(const char *from, const char *to) {
    frame();
    Rect a = part(from), b = part(to);
    move((a.x + a.w + b.x) / 2, (a.y + a.h / 2 + b.y + b.h / 2) / 2);
}

static void layers_and_units_by_button(void **state) {
    (void)state;
    click("units-more-1");
    hidden_is("4");
    click("units-less-1");
    click("units-less-1");
    hidden_is("2");
    click("units-less-1");
    click("units-less-1"); /* one is the least */
    hidden_is("1");
    part("message");
    click("layers-more");
    hidden_is("1,1");
    click("units-more-2");
    hidden_is("1,2");
    for (int i = 0; i < 6; i++)
        click("layers-more");
    hidden_is("1,2,2,2,2,2"); /* six are the most */
    part("message");
    click("units-more-6");
    hidden_is("1,2,2,2,2,3");
    for (int i = 0; i < 5; i++)
        click("layers-less");
    hidden_is("1");
    click("layers-less");
    hidden_is("");
    assert_null(find("units-more-1"));
    click("layers-less");
    hidden_is("");
    part("message");
    click("layers-more");
    hidden_is("4");
    for (int i = 0; i < 61; i++)
        click("units-more-1");
    hidden_is("64");
    part("message");
    order(COMMAND_UNDO); /* each press is a step */
    hidden_is("63");
}

/* At a limit help says why there is no more, and the others say what they do. */
static void buttons_say_what_they_do(void **state) {
    (void)state;
    frame();
    Rect r = part("units-more-1");
    move(r.x + 5, r.y + 5);
    for (int i = 0; i < 40; i++)
        frame();
    part("tooltip");
    assert_string_equal(s.state.help[0][1], "Add a unit to layer 1; the run begins anew");
}

static void settings_are_checked(void **state) {
    (void)state;
    s.e.trainer->settings.regularizer = REGULARIZER_LOG; /* needs a threshold below 1, whatever is changed */
    s.e.trainer->threshold = 5.0;
    click("units-more-1");
    hidden_is("3");
    part("message");
}

static void a_drag_on_the_line_sets_the_weight(void **state) {
    (void)state;
    order(COMMAND_EPOCH);
    keep();
    to_line("network-0-0", "network-1-1"); /* x to unit 2 */
    Rect card = part("network-card");
    assert_null(find("network-value")); /* only said so far */
    assert_true(card.y > s.input.mouse_y);
    only_differs(-1);
    float x = s.input.mouse_x, y = s.input.mouse_y;
    down();
    move(x, y - 2); /* not yet more than a click */
    only_differs(-1);
    move(x, y - 50);
    only_differs(2);
    float largest = 0.5f;
    for (int i = 0; i < 6; i++)
        largest = fmaxf(largest, fabsf(s.kept[i]));
    assert_true(fabsf(s.e.trainer->parameters[2] - s.kept[2] - largest / 2) < 0.02f * largest);
    move(x, y + 100);
    assert_true(s.e.trainer->parameters[2] < s.kept[2]);
    up();
    only_differs(2);
    assert_int_equal(experiment_snapshot(&s.e).by_hand, BY_HAND_PARAMETERS);
    order(COMMAND_UNDO); /* the whole drag */
    only_differs(-1);
    assert_int_equal(experiment_snapshot(&s.e).by_hand, 0);

    to_line("network-0-0", "network-1-1"); /* there and back is nothing */
    down();
    move(x, y - 50);
    move(x, y);
    up();
    only_differs(-1);
    assert_null(experiment_snapshot(&s.e).undo);
    down();
    move(x, y - 50);
    only_differs(2);
    press(KEY_ESCAPE, false); /* puts it back, and the rest of the drag means nothing */
    move(x, y - 80);
    up();
    only_differs(-1);
}

static void a_drag_on_the_square_sets_the_bias(void **state) {
    (void)state;
    keep();
    frame();
    Rect tile = part("network-1-0");
    move(tile.x + 1, tile.y + tile.h - 3);
    down();
    move(s.input.mouse_x, s.input.mouse_y - 30);
    up();
    only_differs((int)s.e.trainer->mlp.biases[0]);
    assert_string_equal(experiment_snapshot(&s.e).undo, "Bias");
}

static void the_card_takes_what_is_typed(void **state) {
    (void)state;
    keep();
    to_line("network-0-0", "network-1-1");
    down();
    up();
    click("network-value");
    type("-1.25");
    press(KEY_ENTER, false);
    frame();
    only_differs(2);
    assert_true(s.e.trainer->parameters[2] == -1.25f);
    click("network-value");
    type("1e9");
    press(KEY_ENTER, false);
    frame();
    assert_true(s.e.trainer->parameters[2] == -1.25f);
    part("message");
    frame();
    Rect value = part("network-value"); /* and is dragged, without a field opening at its end */
    move(value.x + value.w / 2, value.y + value.h / 2);
    down();
    move(s.input.mouse_x, s.input.mouse_y - 20);
    assert_true(s.e.trainer->parameters[2] > -1.25f);
    move(s.input.mouse_x, s.input.mouse_y + 18);
    up();
    frame();
    assert_false(s.ui.wants_text);
    only_differs(2);
    click_at(5, 5); /* elsewhere: let go */
    frame();
    assert_null(find("network-card"));
}

static void by_keys_alone(void **state) {
    (void)state;
    order(COMMAND_EPOCH);
    keep();
    frame();
    for (int i = 0; i < 20 && s.ui.focus != ui_id("network"); i++)
        press(KEY_TAB, false);
    press(KEY_DOWN, false); /* layer 1, unit 2 */
    press(KEY_ENTER, false);
    frame();
    part("network-value");
    press(KEY_DOWN, false); /* y to it */
    press(KEY_RIGHT, true);
    only_differs(3);
    assert_true(s.e.trainer->parameters[3] > s.kept[3]);
    order(COMMAND_UNDO);
    press(KEY_DOWN, false); /* its bias, the last */
    press(KEY_DOWN, false);
    press(KEY_LEFT, false);
    only_differs((int)s.e.trainer->mlp.biases[0] + 1);
    press(KEY_ENTER, false);
    type("2.5");
    press(KEY_ENTER, false);
    frame();
    assert_true(s.e.trainer->parameters[s.e.trainer->mlp.biases[0] + 1] == 2.5f);
    press(KEY_ESCAPE, false);
    frame();
    assert_null(find("network-card"));
    assert_int_equal(s.state.lit.layer, 1); /* back at the unit */
    assert_int_equal(s.state.lit.unit, 1);
}

static void the_past_is_not_changed(void **state) {
    (void)state;
    order(COMMAND_EPOCH);
    order(COMMAND_EPOCH);
    experiment_push(&s.e, (Command){.kind = COMMAND_LOOK, .epoch = 0});
    keep();
    to_line("network-0-0", "network-1-1");
    down();
    move(s.input.mouse_x, s.input.mouse_y - 50);
    up();
    only_differs(-1);
    assert_true(experiment_snapshot(&s.e).looking_back);
    part("network-card");
    assert_null(find("network-value"));
}

static void the_sheet_opens_and_closes(void **state) {
    (void)state;
    frame();
    Rect small = part("network-1-0");
    click("network-enlarge");
    Rect large = part("network-1-0");
    assert_true(large.w > 1.7f * small.w && large.h > 1.5f * small.h);
    part("network-back");
    keep();
    to_line("network-0-0", "network-1-0");
    down();
    move(s.input.mouse_x, s.input.mouse_y - 50);
    only_differs(0);
    press(KEY_ESCAPE, false); /* first the drag, ... */
    up();
    only_differs(-1);
    part("network-sheet");
    press(KEY_ESCAPE, false); /* ... then the sheet */
    frame();
    assert_null(find("network-sheet"));
    part("network-enlarge");
    click("network-enlarge");
    click("network-activation-1");
    assert_int_equal(now()->activation, ACTIVATION_RELU);
    click("network-close");
    assert_null(find("network-sheet"));
    click("network-enlarge");
    click("network-back");
    assert_null(find("network-sheet"));
}

/* The largest network in the sheet: tiles of 28 and more, all within it, all to be come to; and none so small that it
 * would have to be one pixel. */
static void the_sheet_holds_everything(void **state) {
    (void)state;
    Command command = {.kind = COMMAND_SETTINGS, .settings = *now()};
    command.settings.hidden_count = MAX_HIDDEN;
    for (int i = 0; i < MAX_HIDDEN; i++)
        command.settings.hidden[i] = MAX_UNITS;
    experiment_push(&s.e, command);
    experiment_advance(&s.e, 0.0, no_clock, 1.0);
    click("network-enlarge");
    for (int l = 0; l <= MAX_HIDDEN + 1; l++)
        for (int u = 0; u < MAX_UNITS; u++) {
            char name[48];
            snprintf(name, sizeof name, "network-%d-%d", l, u);
            const UiWidget *tile = find(name);
            if (!tile)
                continue;
            assert_true(tile->rect.w >= 28.0f && tile->rect.h >= 28.0f);
            assert_true(tile->rect.x >= 10 && tile->rect.x + tile->rect.w <= 690 && tile->rect.y >= 10 &&
                        tile->rect.y + tile->rect.h <= 630);
        }
    assert_null(find("network-3-40"));
    Rect more = part("network-more-3");
    move(more.x + more.w / 2, more.y - 60);
    for (int i = 0; i < 40; i++) { /* the wheel turns a layer */
        s.input.wheel = -1;
        frame();
    }
    s.input.wheel = 0;
    part("network-3-63");
    part("network-2-0");
}

/* Many lines are drawn by turns while the run plays, each of them soon; at rest all are as if drawn anew. */
static void lines_take_turns_while_it_plays(void **state) {
    (void)state;
    enum { LAYERS = 6, UNITS = 12, FRAMES = 40, SOON = 8 };
    static Color rest[W * H];
    Command deep = {.kind = COMMAND_SETTINGS, .settings = s.e.trainer->settings};
    deep.settings.hidden_count = LAYERS;
    deep.settings.batch = 2; /* so that all weights change with each frame */
    deep.settings.order = ORDER_ALL;
    for (int l = 0; l < LAYERS; l++)
        deep.settings.hidden[l] = UNITS;
    experiment_push(&s.e, deep);
    order(COMMAND_PLAY);
    s.state.large = true;
    frame();
    int last[LAYERS + 2] = {0};
    for (int i = 1; i <= FRAMES; i++) {
        experiment_advance(&s.e, 0.1, no_clock, 1.0);
        frame();
        int drawn = 0;
        for (int l = 1; l <= LAYERS + 1; l++) {
            int count = (l == 1 ? MLP_INPUTS : UNITS) * (l > LAYERS ? 2 : UNITS);
            drawn += s.state.lines.due[l] ? count : 0;
            last[l] = s.state.lines.due[l] ? i : last[l];
            assert_true(i - last[l] <= SOON);
        }
        assert_in_range(drawn, NETWORK_LINES_A_FRAME, NETWORK_LINES_A_FRAME + UNITS * UNITS);
    }
    order(COMMAND_PAUSE);
    frame();
    memcpy(rest, s.canvas.pixels, sizeof rest);
    network_free(&s.state);
    s.state.large = true;
    frame();
    assert_memory_equal(s.canvas.pixels, rest, sizeof rest);
    frame();
    assert_memory_equal(s.canvas.pixels, rest, sizeof rest);
}

#define run(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        run(layers_and_units_by_button),
        run(buttons_say_what_they_do),
        run(settings_are_checked),
        run(a_drag_on_the_line_sets_the_weight),
        run(a_drag_on_the_square_sets_the_bias),
        run(the_card_takes_what_is_typed),
        run(by_keys_alone),
        run(the_past_is_not_changed),
        run(the_sheet_opens_and_closes),
        run(the_sheet_holds_everything),
        run(lines_take_turns_while_it_plays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
