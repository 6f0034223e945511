/* The cards of the presets: chosen by pointer and by keys, closed, scrolled; each shows its own picture. */
#include "app/views/view_gallery.h"

#include "core/trainer.h"
#include "tests/support/widgets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct {
    Preset *presets;
    size_t count;
    Gallery gallery;
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    Status status;
} scene;

static void use_size(int width, int height) {
    assert_true(canvas_resize(&scene.canvas, width, height, &scene.status));
}

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    scene.text = text_new(FONT_DIR, 1, &scene.status);
    if (!scene.text || !ui_init(&scene.ui, &scene.status) ||
        !preset_list(&scene.presets, &scene.count, PRESET_DIR, &scene.status))
        return -1;
    scene.gallery.presets = scene.presets;
    scene.gallery.count = (int)scene.count;
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f};
    use_size(1280, 720);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    gallery_free(&scene.gallery);
    free(scene.presets);
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    return 0;
}

/* A frame, as the screen makes one. */
static int frame(void) {
    scene.ui.scale = 1.0f;
    int chosen = scene.gallery.open ? gallery_touch(&scene.gallery, &scene.ui, &scene.input, &scene.canvas) : -1;
    UiInput none = {0};
    ui_begin(&scene.ui, &none, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    canvas_fill(&scene.canvas, 0xffffffff);
    ui_end(&scene.ui);
    if (scene.gallery.open)
        gallery_draw(&scene.gallery, &scene.ui);
    scene.input.pressed = false;
    scene.input.key_count = 0;
    scene.input.wheel = 0.0f;
    return chosen;
}

static int press_key(UiKeyCode code) {
    scene.input.keys[0] = (UiKey){.code = code};
    scene.input.key_count = 1;
    return frame();
}

static const UiWidget *find(const char *name) {
    return find_widget(&scene.ui, name);
}

static int press_at(const UiWidget *widget) {
    assert_non_null(widget);
    scene.input.mouse_x = widget->rect.x + widget->rect.w / 2;
    scene.input.mouse_y = widget->rect.y + 10.0f;
    scene.input.pressed = true;
    return frame();
}

static void test_pointer(void **state) {
    (void)state;
    gallery_toggle(&scene.gallery, 0);
    assert_int_equal(frame(), -1);
    assert_non_null(find("gallery"));
    assert_int_equal(press_at(find("preset-4")), 4);
    assert_false(scene.gallery.open);
    gallery_toggle(&scene.gallery, 4);
    frame();
    scene.input.mouse_x = scene.input.mouse_y = 3.0f; /* beside it */
    scene.input.pressed = true;
    assert_int_equal(frame(), -1);
    assert_false(scene.gallery.open);
    scene.gallery.own_title = "mine.csv"; /* stands before the others */
    gallery_toggle(&scene.gallery, 0);
    frame();
    assert_non_null(find("preset-16"));
    assert_int_equal(press_at(find("preset-16")), 16);
}

static void test_keys(void **state) {
    (void)state;
    gallery_toggle(&scene.gallery, 0);
    frame();
    press_key(KEY_RIGHT);
    press_key(KEY_DOWN);
    assert_int_equal(press_key(KEY_ENTER), 3); /* the last of the first group's second row is nearest to its middle */
    gallery_toggle(&scene.gallery, 6);
    press_key(KEY_END);
    press_key(KEY_RIGHT); /* no further */
    assert_int_equal(press_key(KEY_SPACE), (int)scene.count - 1);
    gallery_toggle(&scene.gallery, 6);
    press_key(KEY_HOME);
    press_key(KEY_UP);
    assert_int_equal(press_key(KEY_ENTER), 0);
    gallery_toggle(&scene.gallery, 0);
    assert_int_equal(press_key(KEY_ESCAPE), -1);
    assert_false(scene.gallery.open);
}

/* Each group has its head, and its cards follow it; the user's own come last, points before presets. */
static void test_groups(void **state) {
    (void)state;
    Preset *more = realloc(scene.presets, (scene.count + 2) * sizeof *more);
    assert_non_null(more);
    scene.presets = more;
    more[scene.count] = more[0];
    more[scene.count].group = PRESET_LESSON;
    more[++scene.count] = more[0];
    more[scene.count].group = PRESET_OWN;
    scene.gallery.presets = more;
    scene.gallery.count = (int)scene.count + 1;
    scene.gallery.own_title = "mine.csv";
    use_size(1920, 1080);
    gallery_toggle(&scene.gallery, 0);
    frame();
    frame();
    float y = 0.0f;
    for (int group = 0; group < PRESET_GROUPS; group++) {
        char name[32];
        snprintf(name, sizeof name, "preset-group-%d", group);
        const UiWidget *head = find(name);
        assert_non_null(head);
        assert_true(head->rect.y > y);
        y = head->rect.y;
        for (int i = 0; i <= scene.gallery.count; i++) { /* card 0: own points */
            snprintf(name, sizeof name, "preset-%d", i);
            const UiWidget *card = find(name);
            assert_non_null(card);
            int of = i == 0 ? PRESET_OWN : (int)more[i - 1].group;
            if (of == group)
                assert_true(card->rect.y >= y + head->rect.h - 1.0f);
            else if (of < group)
                assert_true(card->rect.y + card->rect.h <= y + 1.0f);
        }
    }
    const UiWidget *points = find("preset-0"), *preset = find("preset-18");
    assert_true(points->rect.y == preset->rect.y && points->rect.x < preset->rect.x);
    gallery_toggle(&scene.gallery, 0); /* and so do the keys: from the last of the program's to own points */
    gallery_toggle(&scene.gallery, 17);
    frame();
    press_key(KEY_RIGHT);
    assert_int_equal(scene.gallery.mark, 0);
    press_key(KEY_RIGHT);
    assert_int_equal(scene.gallery.mark, 18);
    assert_int_equal(press_key(KEY_END), -1);
    assert_int_equal(press_key(KEY_ENTER), 18);
}

/* What to watch is shown whole, however narrow the window and long the sentence: cards grow with it. */
static void test_sentences_are_whole(void **state) {
    (void)state;
    static const int widths[] = {640, 800, 1180, 1280, 1920};
    for (size_t k = 0; k < sizeof widths / sizeof *widths; k++) {
        use_size(widths[k], 720);
        gallery_renew(&scene.gallery);
        gallery_toggle(&scene.gallery, 0);
        frame();
        frame();
        for (size_t i = 0; i < scene.count; i++) {
            char lines[UI_LINES][UI_LINE_BYTES];
            int count =
                ui_wrap(&scene.ui, TEXT_CAPTION, scene.presets[i].watch, scene.gallery.text_width, UI_LINES, lines);
            assert_true(text_width(scene.text, TEXT_CAPTION, lines[count - 1]) <= scene.gallery.text_width);
            assert_true(18.0f + 14.0f * (float)count <= scene.gallery.card_height);
        }
        gallery_toggle(&scene.gallery, 0);
    }
}

/* In a small window not all rows have room: the marked card is always there, and the wheel turns them. */
static void test_small_window(void **state) {
    (void)state;
    use_size(640, 480);
    gallery_toggle(&scene.gallery, 0);
    frame();
    assert_null(find("preset-15"));
    scene.input.wheel = -40.0f;
    frame();
    assert_null(find("preset-0"));
    assert_non_null(find("preset-15"));
    const UiWidget *bar = find("gallery-bar"); /* and so does the bar */
    assert_non_null(bar);
    scene.input.mouse_x = bar->rect.x + bar->rect.w / 2;
    scene.input.mouse_y = bar->rect.y + bar->rect.h / 2;
    scene.input.pressed = scene.input.down = true;
    assert_int_equal(frame(), -1);
    scene.input.mouse_y = 0.0f;
    frame();
    scene.input.down = false;
    frame();
    assert_true(scene.gallery.open);
    assert_non_null(find("preset-0"));
    assert_null(find("preset-15"));
    press_key(KEY_HOME);
    assert_non_null(find("preset-0"));
    press_key(KEY_END);
    assert_non_null(find("preset-15"));
    const UiWidget *sheet = find("gallery");
    assert_true(sheet->rect.x >= 0.0f && sheet->rect.x + sheet->rect.w <= 640.0f);
    assert_true(sheet->rect.y >= 0.0f && sheet->rect.y + sheet->rect.h <= 480.0f);
}

static void test_pictures(void **state) {
    (void)state;
    gallery_toggle(&scene.gallery, 0);
    int frames = 0, made = 0;
    do { /* one at a time */
        int before = made;
        frame();
        for (made = 0; made < scene.gallery.picture_count && scene.gallery.pictures[made];)
            made++;
        assert_true(made <= before + 1);
        assert_true(++frames < 500);
    } while (scene.ui.wants_frame);
    assert_int_equal(made, scene.count);
    size_t bytes = (size_t)scene.gallery.width * (size_t)scene.gallery.height * sizeof(uint32_t);
    for (int i = 0; i < scene.gallery.count; i++)
        for (int k = 0; k < i; k++)
            if (memcmp(scene.gallery.pictures[i], scene.gallery.pictures[k], bytes) == 0)
                fail_msg("%s and %s look alike", scene.presets[i].name, scene.presets[k].name);
}

/* The largest model for as many epochs as can be: no frame trains for more than a few batches of it. */
static void test_costly_run(void **state) {
    (void)state;
    Preset *p = &scene.presets[0];
    p->settings.samples = 10000000;
    p->settings.batch = 10000000;
    p->settings.epochs = 1000000000;
    p->settings.hidden_count = MAX_HIDDEN;
    for (int i = 0; i < MAX_HIDDEN; i++)
        p->settings.hidden[i] = MAX_UNITS;
    scene.gallery.count = 1;
    gallery_toggle(&scene.gallery, 0);
    frame();
    assert_null(scene.gallery.pictures[0]);
    int frames = 1;
    uint32_t epochs = 0;
    for (; !scene.gallery.pictures[0] && frames < 200; frames++) {
        assert_non_null(scene.gallery.making);
        assert_true(scene.gallery.making->epoch <= epochs + 1); /* of 300 points: 6 million products */
        epochs = scene.gallery.making->epoch;
        assert_true(scene.ui.wants_frame);
        if (frames == 5) { /* closed and opened again: it goes on where it was */
            gallery_toggle(&scene.gallery, 0);
            frame();
            gallery_toggle(&scene.gallery, 0);
            assert_int_equal(scene.gallery.making->epoch, epochs);
        }
        frame();
    }
    assert_non_null(scene.gallery.pictures[0]);
    assert_null(scene.gallery.making);
    assert_true(epochs > 5);
    gallery_renew(&scene.gallery);
    frame();
    assert_null(scene.gallery.pictures[0]);
}

/* The next title with that letter, round the end; a shortcut's key means nothing. */
static void test_first_letters(void **state) {
    (void)state;
    int first = -1, second = -1;
    for (int i = (int)scene.count - 1; i > 0; i--)
        if (scene.presets[i].title[0] == 'N') {
            second = first;
            first = i;
        }
    assert_true(first > 0 && second > first);
    gallery_toggle(&scene.gallery, 0);
    int expected[] = {first, second, first};
    for (int i = 0; i < 3; i++) {
        scene.input.keys[0] = (UiKey){.code = KEY_CHARACTER, .character = 'n', .ctrl = true};
        scene.input.key_count = 1;
        frame();
        scene.input.keys[0].ctrl = false;
        scene.input.key_count = 1;
        frame();
        assert_int_equal(scene.gallery.mark, expected[i]);
    }
    use_size(640, 480); /* brought into view */
    press_key(KEY_HOME);
    scene.input.keys[0] = (UiKey){.code = KEY_CHARACTER, .character = 'd'};
    scene.input.key_count = 1;
    frame();
    char name[32];
    snprintf(name, sizeof name, "preset-%d", scene.gallery.mark);
    assert_true(scene.gallery.mark > 0);
    assert_non_null(find(name));
}

static void unsaved_sessions_have_a_button(void **state) {
    (void)state;
    for (int keys = 0; keys < 2; keys++) {
        use_size(keys ? 1280 : 640, keys ? 720 : 480);
        scene.gallery.kept_count = 0;
        gallery_toggle(&scene.gallery, 0);
        frame();
        assert_null(find("gallery-kept"));
        scene.gallery.kept_count = 2;
        frame();
        const UiWidget *button = find("gallery-kept"), *sheet = find("gallery");
        assert_non_null(button);
        Rect r = button->rect;
        assert_true(r.x > sheet->rect.x && r.x + r.w < sheet->rect.x + sheet->rect.w);
        if (keys) {
            scene.input.keys[0] = (UiKey){.code = KEY_CHARACTER, .character = 'o', .ctrl = true, .shift = true};
            scene.input.key_count = 1;
        } else {
            scene.input.mouse_x = r.x + r.w / 2;
            scene.input.mouse_y = r.y + r.h / 2;
            scene.input.pressed = true;
        }
        assert_int_equal(frame(), GALLERY_KEPT);
        assert_false(scene.gallery.open);
    }
}

/* A finger that drags chooses nothing: the cards go with it. */
static void test_finger(void **state) {
    (void)state;
    use_size(1280, 500);
    gallery_toggle(&scene.gallery, 0);
    frame();
    scene.input = (UiInput){.mouse_x = 640.0f, .mouse_y = 400.0f, .mouse_inside = true, .touch = true};
    frame();
    scene.input.pressed = scene.input.down = true;
    scene.input.drag = UI_DRAG_DOWN;
    assert_int_equal(frame(), -1);
    scene.input.mouse_y = 300.0f;
    assert_int_equal(frame(), -1);
    assert_true(scene.gallery.open);
    assert_float_equal(scene.gallery.scroll, 100.0f, 0.01f);
    scene.input.down = false;
    scene.input.mouse_y = 200.0f;
    frame();
    assert_float_equal(scene.gallery.scroll, 100.0f, 0.01f);
}

static int press_letter(uint32_t letter) {
    scene.input.keys[0] = (UiKey){.code = KEY_CHARACTER, .character = letter};
    scene.input.key_count = 1;
    return frame();
}

/* Keys that mean nothing here leave the mark; one held down chooses nothing; and the first that chooses does. */
static void test_other_keys(void **state) {
    (void)state;
    scene.gallery.own_title = "\xc3\x9c"
                              "bung.csv";
    gallery_toggle(&scene.gallery, 0);
    frame();
    int first = scene.gallery.mark;
    press_key(KEY_HOME);
    press_key(KEY_LEFT); /* no further */
    int home = scene.gallery.mark;
    assert_true(scene.gallery.open && home != first);
    static const UiKey NOTHING[] = {{.code = KEY_DELETE},
                                    {.code = KEY_CHARACTER, .character = 0xdc},
                                    {.code = KEY_CHARACTER, .character = '#'},
                                    {.code = KEY_CHARACTER, .character = 'n', .alt = true},
                                    {.code = KEY_CHARACTER, .character = 'o', .ctrl = true, .shift = true},
                                    {.code = KEY_ENTER, .repeat = true}};
    for (size_t i = 0; i < sizeof NOTHING / sizeof *NOTHING; i++) {
        scene.input.keys[0] = NOTHING[i];
        scene.input.key_count = 1;
        assert_int_equal(frame(), -1);
        assert_true(scene.gallery.open && scene.gallery.mark == home);
    }
    press_letter('n');
    assert_true(scene.gallery.mark != home);
    scene.gallery.own_title = "next.csv"; /* own points by their letter, too */
    frame();
    for (int i = 0; i < 20 && scene.gallery.mark != 0; i++)
        press_letter('N');
    assert_int_equal(scene.gallery.mark, 0);
    scene.gallery.kept_count = 2;
    frame();
    static const UiKey NOT_QUITE[] = {{.code = KEY_CHARACTER, .character = 'o', .ctrl = true},
                                      {.code = KEY_CHARACTER, .character = 'O', .shift = true},
                                      {.code = KEY_CHARACTER, .character = 'p', .ctrl = true, .shift = true}};
    for (size_t i = 0; i < sizeof NOT_QUITE / sizeof *NOT_QUITE; i++) {
        scene.input.keys[0] = NOT_QUITE[i];
        scene.input.key_count = 1;
        assert_int_equal(frame(), -1);
        assert_true(scene.gallery.open);
    }
    scene.input.keys[0] = (UiKey){.code = KEY_SPACE};
    scene.input.keys[1] = (UiKey){.code = KEY_END};
    scene.input.key_count = 2;
    int mark = scene.gallery.mark;
    assert_int_equal(frame(), mark);
    gallery_toggle(&scene.gallery, 12);
    scene.gallery.own_title = NULL;
    scene.gallery.count = 5; /* there are fewer now */
    frame();
    assert_int_equal(scene.gallery.mark, 0);
}

/* A run that diverges has a picture all the same; with other colours or another size all are made anew. */
static void test_diverging_run(void **state) {
    (void)state;
    scene.presets[0].settings.learning_rate = 1e38;
    scene.presets[0].settings.samples = 200;
    scene.gallery.count = 1;
    gallery_toggle(&scene.gallery, 0);
    for (int frames = 0; frames == 0 || scene.ui.wants_frame; frames++) {
        frame();
        assert_true(frames < 500);
    }
    assert_non_null(scene.gallery.pictures[0]);
    scene.gallery.theme = &THEME_DARK;
    frame();
    assert_ptr_equal(scene.gallery.theme, &THEME_LIGHT);
    scene.gallery.scale = 2.0f;
    frame();
    assert_true(scene.gallery.scale == 1.0f && scene.gallery.picture_count == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pointer, setup, teardown),
        cmocka_unit_test_setup_teardown(test_finger, setup, teardown),
        cmocka_unit_test_setup_teardown(test_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(test_groups, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sentences_are_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(test_small_window, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pictures, setup, teardown),
        cmocka_unit_test_setup_teardown(test_costly_run, setup, teardown),
        cmocka_unit_test_setup_teardown(test_first_letters, setup, teardown),
        cmocka_unit_test_setup_teardown(unsaved_sessions_have_a_button, setup, teardown),
        cmocka_unit_test_setup_teardown(test_other_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(test_diverging_run, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
