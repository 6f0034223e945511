/* Each thing that the window warns of has a preset that shows it. */
#include "../app/experiment.h"
#include "../app/feedback.h"
#include "../app/preset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static double no_clock(void) {
    return 0.0;
}

static void test_presets_warn(void **state) {
    (void)state;
    static const struct {
        const char *preset;
        FeedbackKind kind;
    } cases[] = {{"nothing-easy", FEEDBACK_NOTHING_EASY}, {"collapse", FEEDBACK_CLASS_LEFT_OUT},
                 {"too-fast", FEEDBACK_TOO_FAST},         {"everything-easy", FEEDBACK_EVERYTHING},
                 {"stuck", FEEDBACK_STUCK},               {"diverged", FEEDBACK_DIVERGED}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Preset preset;
        Experiment e;
        Status status = {0};
        if (!preset_load(&preset, cases[i].preset, PRESET_DIR, &status) ||
            !experiment_init(&e, &preset.settings, NULL, NULL, &status))
            fail_msg("%s: %s", cases[i].preset, status.message);
        FeedbackState feedback = {0};
        bool told = false;
        double time = 100.0;
        for (int epoch = 0; epoch < preset.settings.epochs && !told; epoch++) {
            experiment_push(&e, (Command){.kind = COMMAND_EPOCH});
            experiment_advance(&e, 1.0, no_clock, 1.0);
            for (int frame = 0; frame < 20; frame++) { /* an epoch lasts ten seconds here: time to be told */
                Snapshot snapshot = experiment_snapshot(&e);
                told = told || feedback_of(&snapshot, &feedback, time += 0.5)->kind == cases[i].kind;
            }
        }
        if (!told)
            fail_msg("%s: the window does not warn", cases[i].preset);
        experiment_free(&e);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_presets_warn)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
