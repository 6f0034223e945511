/* Nothing on the screen is unnamed: each word of self-paced learning in the window has its card. */
#include "tests/support/screen_scene.h"

#include "app/views/glossary.h"

static ScreenScene scene;

/* The card at the pointer after half a second, or NULL. */
static const UiWidget *card_of(const char *name) {
    scene_leave(&scene);
    scene_frame(&scene, 1.0);
    scene_frame(&scene, 1.0);
    scene_point_at(&scene, name);
    scene_frame(&scene, 0.5);
    scene_frame(&scene, 0.1);
    return scene_find(&scene, "card");
}

static void has_card(const char *name) {
    const UiWidget *word = scene_find(&scene, name);
    if (!word)
        fail_msg("no %s", name);
    Rect at = word->rect, window = {0.0f, 0.0f, (float)scene.screen.canvas.width, (float)scene.screen.canvas.height};
    const UiWidget *card = card_of(name);
    if (!card)
        fail_msg("no card at %s", name);
    Rect r = card->rect;
    if (r.x < at.x + at.w && at.x < r.x + r.w && r.y < at.y + at.h && at.y < r.y + r.h)
        fail_msg("the card of %s covers it", name);
    assert_true(r.x >= window.x && r.y >= window.y && r.x + r.w <= window.w && r.y + r.h <= window.h);
    if (scene_find(&scene, "tooltip"))
        fail_msg("%s has a card and a tooltip", name);
}

static Settings run_of(int order) {
    Settings s;
    settings_default(&s);
    s.samples = 240;
    s.threshold = 0.35;
    s.test = 0.2;
    s.order = order;
    return s;
}

static void close_scene(void) {
    screen_free(&scene.screen);
    experiment_free(&scene.run);
}

/* The labels of the timeline's curves: all of them but the classes'. */
static void check_timeline(int least) {
    char name[32];
    int found = 0;
    for (int i = 0; i < 8; i++) {
        snprintf(name, sizeof name, "timeline-label-%d", i);
        if (scene_find(&scene, name) && card_of(name))
            found++;
    }
    assert_true(found >= least);
}

static void every_word_has_its_card(void **state) {
    (void)state;
    static const char *const WORDS[] = {"word-lambda",     "word-loss",    "word-left",   "word-right",
                                        "word-growing",    "regularizer",  "word-pace",   "word-suspects",
                                        "word-weight",     "legend-easy",  "legend-hard", "legend-test",
                                        "legend-boundary", "figure-epoch", "figure-easy", "figure-accuracy"};
    Settings s = run_of(ORDER_EASY);
    scene_train(&scene, &s, 4);
    scene_open(&scene, 1280, 720, 1.0f, &THEME_LIGHT);
    scene_settle(&scene);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        has_card(WORDS[i]);
    check_timeline(4); /* easy, loss, λ, test accuracy */
    close_scene();
}

/* In the smallest window, too. */
static void the_rows_words_have_theirs(void **state) {
    (void)state;
    Settings s = run_of(ORDER_EASY);
    scene_train(&scene, &s, 4);
    scene_open(&scene, 640, 480, 1.0f, &THEME_DARK);
    scene_settle(&scene);
    has_card("word-lambda");
    check_timeline(1);
    close_scene();
}

/* v and F stand over the bars while the pointer is there. */
static void the_letters_have_theirs(void **state) {
    (void)state;
    Settings s = run_of(ORDER_EASY);
    s.regularizer = REGULARIZER_LINEAR;
    scene_train(&scene, &s, 4);
    scene_open(&scene, 1280, 720, 1.0f, &THEME_LIGHT);
    scene_settle(&scene);
    scene_point_at(&scene, "weight-curve");
    scene_frame(&scene, 0.1);
    for (int i = 0; i < 2; i++) {
        Rect letter = scene.screen.panel.threshold.letters[i];
        assert_true(letter.w > 0.0f);
        scene_point(&scene, letter.x + letter.w / 2, letter.y + letter.h / 2);
        for (int k = 0; k < 3; k++)
            scene_frame(&scene, 0.5);
        assert_non_null(scene_find(&scene, "word-letter"));
        assert_non_null(scene_find(&scene, "card"));
    }
    close_scene();
}

/* Hard first, "in use" and "left out" are about weights: no card calls them easy. */
static void hard_first_is_not_called_easy(void **state) {
    (void)state;
    Settings s = run_of(ORDER_HARD);
    scene_train(&scene, &s, 4);
    scene_open(&scene, 1280, 720, 1.0f, &THEME_LIGHT);
    scene_settle(&scene);
    has_card("word-left");
    has_card("word-right");
    assert_null(card_of("legend-easy"));
    close_scene();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_has_its_card),
        cmocka_unit_test(the_rows_words_have_theirs),
        cmocka_unit_test(the_letters_have_theirs),
        cmocka_unit_test(hard_first_is_not_called_easy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
