/* A step of thresholds that learn themselves, in words: whichever way it went. */
#include "app/views/meta_step.h"

#include "app/experiment/experiment.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/commands.h"
#include "tests/support/words_drawn.h"

static Experiment run;
static Canvas canvas;
static Text *text;
static Ui ui;
static MetaStep step;
static Status status;

static int setup(void **state) {
    (void)state;
    text = text_new(FONT_DIR, 1.0f, &status);
    return text && ui_init(&ui, &status) && canvas_resize(&canvas, 340, 900, &status) ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    words_end(&canvas);
    meta_step_free(&step);
    ui_free(&ui);
    text_free(text);
    canvas_free(&canvas);
    return 0;
}

/* One batch of such a run, with thresholds of the classes' own or one for all. */
static void begin(bool classes) {
    Settings s;
    settings_default(&s);
    s.samples = 200;
    s.batch = 20;
    s.clean = 9;
    s.pace = PACE_META;
    s.regularizer = REGULARIZER_LINEAR;
    s.meta_classes = classes;
    s.threshold = 1.0;
    if (!experiment_init(&run, &s, NULL, NULL, &status))
        fail_msg("%s", status.message);
    push_now(&run, (Command){.kind = COMMAND_BATCH});
    experiment_evaluate(&run);
}

static void draw_of(const Snapshot *s) {
    UiInput input = {.mouse_x = -1.0f, .mouse_y = -1.0f, .time = 100.0};
    ui_begin(&ui, &input, &canvas, text, &THEME_LIGHT, 1.0f);
    canvas_fill(&canvas, THEME_LIGHT.card);
    words_begin(&canvas);
    Column column = {.ui = &ui, .x = 10.0f, .y = 10.0f, .w = 320.0f};
    meta_step_widgets(&column, &step, s);
    ui_end(&ui);
}

static void draw(void) {
    Snapshot s = experiment_snapshot(&run);
    draw_of(&s);
}

static void the_losses_are_told(void **state) {
    (void)state;
    begin(false);
    Snapshot s = experiment_snapshot(&run);
    double before = meta_facts(&s).before;
    static const struct {
        double more;
        const char *words;
    } CASES[] = {{-0.1, "it helps them."}, {0.1, "it hurts them."}, {0.0, "it makes no difference."}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        run.trainer->meta.ahead_loss = before + CASES[i].more;
        draw();
        words_must_have(CASES[i].words);
        words_must_have("3. Back at the start");
    }
    experiment_free(&run);
}

static void the_pushes_are_told(void **state) {
    (void)state;
    static const struct {
        bool classes;
        double derivative;
        const char *words;
    } CASES[] = {
        {false, 0.25, "2. With a larger λ the loss there would rise (dL/dλ 0.25), so λ is pushed down."},
        {false, -0.25, "2. With a larger λ the loss there would fall (dL/dλ −0.25), so λ is pushed up."},
        {false, 0.0, "2. λ: no point of this batch had a weight that λ could change; it keeps its way."},
        {true, 0.25, "the loss there would rise (dL/dλ 0.25), so λ is pushed down."},
        {true, -0.25, "the loss there would fall (dL/dλ −0.25), so λ is pushed up."},
        {true, 0.0, ": no point of this batch had a weight that λ could change; it keeps its way."},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        begin(CASES[i].classes);
        assert_int_equal(run.trainer->by_class, CASES[i].classes);
        for (int k = 0; k < MAX_CLASSES; k++)
            run.trainer->meta.derivative[k] = CASES[i].derivative;
        draw();
        words_must_have(CASES[i].words);
        assert_int_equal(words_have("λ of "), CASES[i].classes);
        experiment_free(&run);
    }
}

/* A step that is long enough is drawn as it is; a shorter one many times as long; one that goes nowhere, too. */
static void the_picture_stretches_short_steps(void **state) {
    (void)state;
    begin(false);
    Trainer *t = run.trainer;
    size_t count = t->mlp.parameters;
    draw();
    words_must_have("times as far).");
    memcpy(t->meta.room.ahead, t->before, count * sizeof(float));
    for (size_t k = 0; k < 3; k++) /* far enough to be seen */
        t->meta.room.ahead[t->mlp.biases[0] + k] += 0.5f * (float)k;
    draw();
    words_must_have("as they are (green).");
    memcpy(t->meta.room.ahead, t->before, count * sizeof(float));
    draw();
    words_must_have("(green, drawn 1000 times as far).");
    for (size_t i = 0; i < count; i++) /* no boundary anywhere */
        t->meta.room.ahead[i] = t->before[i] = 0.0f;
    draw();
    words_must_have("(green, drawn 1000 times as far).");
    experiment_free(&run);
}

static void what_is_not_known_is_asked_for(void **state) {
    (void)state;
    begin(false);
    Snapshot s = experiment_snapshot(&run);
    s.trainer = NULL;
    draw_of(&s);
    words_must_have("Train a batch first (key ,)");
    s.looking_back = true;
    draw_of(&s);
    words_must_have("Go back to now");
    push_now(&run, (Command){.kind = COMMAND_RESET});
    draw();
    words_must_have("Train a batch first (key ,)");
    Settings plain = run.trainer->settings;
    plain.pace = PACE_MULTIPLICATIVE;
    push_now(&run, (Command){.kind = COMMAND_BATCH});
    push_now(&run, (Command){.kind = COMMAND_SETTINGS, .settings = plain});
    draw();
    words_must_have("Train a batch first (key ,)");
    push_now(&run, (Command){.kind = COMMAND_CLEAN, .settings = plain});
    assert_int_equal(run.trainer->clean.count, 0);
    draw();
    words_must_have("Train a batch first (key ,)");
    experiment_free(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_losses_are_told),
        cmocka_unit_test(the_pushes_are_told),
        cmocka_unit_test(the_picture_stretches_short_steps),
        cmocka_unit_test(what_is_not_known_is_asked_for),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
