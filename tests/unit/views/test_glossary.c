/* The words: each is explained, its card fits and covers nothing that it is about, and comes to pointer and focus. */
#include "app/views/glossary.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct {
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    float scale;
    Status status;
} scene;

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    scene.scale = 1.0f;
    scene.text = text_new(FONT_DIR, 1.0f, &scene.status);
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .mouse_inside = true, .time = 100.0};
    return scene.text && ui_init(&scene.ui, &scene.status) && canvas_resize(&scene.canvas, 640, 480, &scene.status)
               ? 0
               : -1;
}

static int teardown(void **state) {
    (void)state;
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    return 0;
}

/* A frame with one word at a place; returns the card, or NULL. */
static const UiWidget *frame(Rect word, const char *key) {
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, scene.scale);
    canvas_fill(&scene.canvas, THEME_LIGHT.ground);
    glossary_hint(&scene.ui, "word", word, key);
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
    for (int i = 0; i < scene.ui.widget_count; i++)
        if (strcmp(scene.ui.widgets[i].name, "card") == 0)
            return &scene.ui.widgets[i];
    return NULL;
}

/* The words that the window is made of; each once, with a sentence, and a formula in one line if it has one. */
static void every_word_is_explained(void **state) {
    (void)state;
    static const char *const keys[] = {"lambda",      "weight",   "latent",   "easy",   "hard",     "loss",
                                       "regularizer", "pace",     "growing",  "epoch",  "batch",    "accuracy",
                                       "test",        "boundary", "suspects", "warmup", "diversity"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!glossary_find(keys[i]))
            fail_msg("no word on %s", keys[i]);
    assert_null(glossary_find("entropy"));
    for (int i = 0; i < GLOSSARY_COUNT; i++) {
        assert_true(glossary_find(GLOSSARY[i].key) == &GLOSSARY[i]); /* no two of a key */
        size_t length = strlen(GLOSSARY[i].words);
        assert_true(length > 40 && length < 240);
        assert_int_equal(GLOSSARY[i].words[length - 1], '.');
        assert_true(!GLOSSARY[i].formula || strlen(GLOSSARY[i].formula) > 4);
    }
}

static void check_card(const GlossaryTerm *term, Rect word) {
    char lines[UI_LINES][UI_LINE_BYTES];
    scene.input.mouse_x = word.x + word.w / 2;
    scene.input.mouse_y = word.y + word.h / 2;
    frame((Rect){-100.0f, -100.0f, 1.0f, 1.0f}, term->key); /* the pointer has left the word before */
    frame(word, term->key);
    scene.input.time += 1.0;
    const UiWidget *card = frame(word, term->key);
    assert_non_null(card);
    Rect r = card->rect;
    assert_true(r.x >= 0.0f && r.y >= 0.0f);
    assert_true(r.x + r.w <= (float)scene.canvas.width && r.y + r.h <= (float)scene.canvas.height);
    bool apart = r.y >= word.y + word.h || r.y + r.h <= word.y;
    if (!apart)
        fail_msg("the card of %s covers its word", term->key);
    float inside = r.w - 28.0f * scene.scale;
    int rows = ui_wrap(&scene.ui, TEXT_BODY, term->words, inside, UI_LINES, lines);
    if (text_width(scene.text, TEXT_BODY, lines[rows - 1]) > inside)
        fail_msg("the words of %s are cut", term->key);
    if (term->formula && text_width(scene.text, TEXT_MEDIUM, term->formula) > inside)
        fail_msg("the formula of %s is cut", term->key);
    assert_true(r.h >= ceilf(glossary_height(&scene.ui, term, inside)));
}

/* In the smallest window, at scale 1 and 2, wherever the word stands. */
static void every_card_fits(void **state) {
    (void)state;
    for (scene.scale = 1.0f; scene.scale <= 2.0f; scene.scale += 1.0f) {
        float s = scene.scale, width = 640.0f * s, height = 480.0f * s;
        assert_true(text_set_scale(scene.text, s, &scene.status));
        assert_true(canvas_resize(&scene.canvas, (int)width, (int)height, &scene.status));
        const Rect words[] = {{2.0f, 2.0f, 60.0f * s, 30.0f * s},
                              {width - 62.0f * s, 2.0f, 60.0f * s, 30.0f * s},
                              {width / 2, height / 2, 40.0f * s, 14.0f * s},
                              {4.0f, height - 20.0f * s, 40.0f * s, 14.0f * s}};
        for (int i = 0; i < GLOSSARY_COUNT; i++)
            for (size_t k = 0; k < sizeof words / sizeof *words; k++)
                check_card(&GLOSSARY[i], words[k]);
    }
}

static void the_card_comes_to_the_pointer(void **state) {
    (void)state;
    const Rect word = {100.0f, 100.0f, 60.0f, 20.0f};
    scene.input.mouse_x = 130.0f;
    scene.input.mouse_y = 110.0f;
    assert_null(frame(word, "lambda"));
    assert_true(scene.ui.wants_frame); /* it will be there soon, though nothing moves */
    scene.input.time += 0.35;
    assert_null(frame(word, "lambda"));
    scene.input.time += 0.1;
    assert_non_null(frame(word, "lambda"));
    assert_false(scene.ui.wants_frame);
    scene.input.down = scene.input.pressed = true; /* a press wants something else */
    assert_null(frame(word, "lambda"));
    scene.input.down = false;
    scene.input.released = true;
    frame(word, "lambda");
    scene.input.time += 1.0;
    assert_null(frame(word, "lambda"));
    scene.input.mouse_x = 300.0f; /* away and back */
    assert_null(frame(word, "lambda"));
    scene.input.mouse_x = 130.0f;
    frame(word, "lambda");
    scene.input.time += 0.5;
    assert_non_null(frame(word, "lambda"));
}

static void the_card_comes_to_the_focus(void **state) {
    (void)state;
    const Rect word = {100.0f, 100.0f, 60.0f, 20.0f};
    frame(word, "hard");
    scene.input.keys[0] = (UiKey){.code = KEY_TAB};
    scene.input.key_count = 1;
    assert_null(frame(word, "hard"));
    scene.input.time += 0.5;
    assert_non_null(frame(word, "hard"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_word_is_explained, setup, teardown),
        cmocka_unit_test_setup_teardown(every_card_fits, setup, teardown),
        cmocka_unit_test_setup_teardown(the_card_comes_to_the_pointer, setup, teardown),
        cmocka_unit_test_setup_teardown(the_card_comes_to_the_focus, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
