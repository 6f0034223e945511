/* Lines of a log that nothing has written: each is refused in one line that says what of it, and lines that mean the
 * same as a written one are taken. */
#include "app/experiment/deed.h"
#include "app/experiment/run_log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Status status;

/* ---- deeds ---- */

static const Deed *before;

/* From a copy of exactly so many bytes, so that one too many is seen. */
static bool reads(const char *line) {
    Deed deed;
    char *exact = strdup(line);
    assert_non_null(exact);
    status = (Status){0};
    bool done = deed_read(&deed, exact, before, &status);
    deed_free(&deed);
    free(exact);
    assert_true(done || status.code == STATUS_USAGE);
    return done;
}

/* What follows the place. */
static void wrong(const char *deed) {
    char line[512];
    snprintf(line, sizeof line, "epoch 1 batch 2 %s", deed);
    if (reads(line))
        fail_msg("'%s' is taken", line);
    if (!strstr(status.message, "cannot be read here") && !strstr(status.message, "ends too early"))
        fail_msg("'%s': %s", line, status.message);
}

static void right(const char *deed) {
    char line[512];
    snprintf(line, sizeof line, "epoch 1 batch 2 %s", deed);
    if (!reads(line))
        fail_msg("%s", status.message);
}

static void places_are_whole(void **state) {
    (void)state;
    static const char *const lines[] = {"",
                                        "epoch",
                                        "epoch x",
                                        "epoch 1",
                                        "epoch 1x batch 2 reset",
                                        "epoch 1 batches",
                                        "epoch 1 batch",
                                        "epoch 1 batch x reset",
                                        "epoch 1 batch 2",
                                        "epoch 1 batch 2x reset",
                                        "epoch 4294967296 batch 2 reset"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_false(reads(lines[i]));
    wrong("resets");
    wrong("reset 1");
    right("reset");
}

static void fields_are_whole(void **state) {
    (void)state;
    static const char *const deeds[] = {
        /* numbers, switches */
        "threshold",
        "threshold x",
        "threshold 0.5x",
        "threshold 0.5 class x",
        "threshold 0.5 class 99",
        "threshold 1 2",
        "parameter 0.5",
        "parameter x of 1",
        "parameter 0.5 of x",
        "parameter 0.5 off 1",
        "hold",
        "hold maybe",
        "hold onx",
        "go-on from 0",
        "go-on from x",
        "go-on 3",
        "clean-each x",
        "steps x",
        "steps",
        "branch x",
        "note 0 words",
        "note x",
        "add class 99 1,2",
        "add 1,2",
        "check 1b2c3d4",
        "end 1b2c3d4x",
        /* runs, gestures */
        "threshold 0.5 run A",
        "threshold 0.5 run D",
        "threshold 0.5 run",
        "threshold 0.5 run Bx",
        "swap run 1",
        "threshold 0.5 gesture",
        "threshold 0.5 gesture x",
        "threshold 0.5 gesture 7 8",
        "swap gesture 7",
        "run A at 1 2",
        "run B",
        "run B at",
        "run B at 1",
        "run B at x 2",
        "run B at 1 x",
        "run B at 1,2",
        "run B at 1 2 ahead",
        "run B at 1 2 behind more",
        /* samples, labels, places */
        "erase",
        "erase x",
        "erase 3-",
        "erase 5-3",
        "erase 3 3",
        "erase 5 3",
        "erase 3,4",
        "erase 99999999999",
        "erase 3 x",
        "label 1 2",
        "label 1 2 as",
        "label 1 2 as 1",
        "label 1 2 as 1x0",
        "label 1 2 as 1 99",
        "label 1 2 as 1 0 1",
        "add class 1",
        "add class 1 x",
        "add class 1 1",
        "add class 1 1;2",
        "add class 1 1,x",
        "add class 1 1,2 3",
        "add class 1 1,2,3",
        "add class 1 1,2;3,4",
        "add class 1 1,2 3,",
        "add class 1 packed",
        "add class 1 packed x",
        "add class 1 packed 0 AAAA AAAA",
        "add class 1 packed 3",
        "add class 1 packed 9 AAAAAA==",
        "add class 1 packed 1 AAAAAA== AAAA",
        "add class 1 packed 1 AAAA AAAAAA==",
        "add class 1 packed 1 AAAAAA==",
        "add class 1 packed 1 AAAAAA==AAAAAA==",
        "add class 1 packed 1 AADAfw== AAAAAA==",
        "add class 1 packed 1 AAAAAA== AADAfw==",
        /* blocks, files */
        "open",
        "open points",
        "open points 0",
        "open points x",
        "open points 1 files",
    };
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        wrong(deeds[i]);
    static const char *const good[] = {
        "threshold 0.5 class 1 run B gesture 7",
        "parameter -0.5 of 3",
        "hold off",
        "hold on run C",
        "go-on from 1",
        "settings",
        "settings epochs=3",
        "compare on",
        "swap",
        "swap run B",
        "steps -2",
        "branch 1",
        "note 1",
        "note 1 a%0ab",
        "erase 3-5 9",
        "label 1 2 as 1 0",
        "add class 1 1,2 3,4",
        "add class 1 packed 1 AAAAAA== AAAAAA==",
        "open points 1",
        "open points 1 epochs=3 file /tmp/a b",
        "run B at 1 2",
        "run B at 1 2 behind",
        "check",
        "end 1b2c3d4e",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        right(good[i]);
}

static void settings_are_known(void **state) {
    (void)state;
    char line[1200] = "settings a", long_value[1200];
    wrong("settings seed");
    wrong("settings nosuch=1");
    memset(line + strlen(line), 'a', 100); /* longer than any name */
    strcpy(line + 110, "=1");
    wrong(line);
    snprintf(long_value, sizeof long_value, "epoch 1 batch 2 settings centroids=%01000d", 1);
    assert_false(reads(long_value));
    assert_false(reads("epoch 1 batch 2 settings epochs=many"));
    assert_non_null(strstr(status.message, "epochs: "));
    Deed deed = {.kind = COMMAND_SETTINGS, .settings = "epochs=3 nosuch=1 seed=9"};
    Settings s;
    settings_default(&s);
    assert_true(deed_take_settings(&deed, &s, &status));
    assert_true(s.epochs == 3 && s.seed != 9); /* up to what is none */
}

static void lines_go_on_with_what_can(void **state) {
    (void)state;
    Deed drag, reset;
    assert_true(deed_read(&drag, "epoch 1 batch 2 threshold 0.5 gesture 7", NULL, &status));
    assert_true(deed_read(&reset, "epoch 1 batch 2 reset", NULL, &status));
    assert_false(reads("+2 0.5"));
    assert_non_null(strstr(status.message, "there is nothing that '+2 0.5' goes on with"));
    before = &reset;
    assert_false(reads("+2 0.5"));
    before = &drag;
    assert_true(reads("+2 0.5"));
    assert_true(reads("+2 0.5"));
    static const char *const lines[] = {"+", "+x 0.5", "+2", "+2 ", "+2x0.5", "+2 x", "+2 0.5 0.6", "+4294967296 0.5"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (reads(lines[i]))
            fail_msg("'%s' is taken", lines[i]);
    before = NULL;
    deed_free(&drag);
    deed_free(&reset);
}

/* ---- blocks of points ---- */

/* The head and the lines behind it, separated by |. */
static bool takes(const char *block) {
    char *text = strdup(block), *lines[16];
    size_t count = 0, used;
    assert_non_null(text);
    for (char *line = strtok(text, "|"); line; line = strtok(NULL, "|"))
        lines[count++] = line;
    Dataset points;
    status = (Status){0};
    bool done = log_take_points(&points, lines, count, lines[0], &used, &status);
    assert_true(done || (status.code == STATUS_USAGE && used < count + 1));
    dataset_free(&points);
    free(text);
    return done;
}

static void blocks_are_whole(void **state) {
    (void)state;
    static const char *const wrong_blocks[] = {
        /* heads */
        "x|1,2 0",
        "0 2",
        "2x2|1,2 0|3,4 1",
        "2 x|1,2 0|3,4 1",
        "2 1|1,2 0|3,4 1",
        "2 99|1,2 0|3,4 1",
        "2 2 more|1,2 0|3,4 1",
        "2 2 row truth|1,2 0|3,4 1",
        "3 2|1,2 0|3,4 1",
        "2 2|1,2 0",
        "2 2 packed",
        /* what stands before the points */
        "2 2|anomaly x|1,2 0|3,4 1",
        "2 2|anomaly 2|1,2 0|3,4 1",
        "2 2|anomaly 1 2|1,2 0|3,4 1",
        "2 2|origin x 2|1,2 0|3,4 1",
        "2 2|origin 1|1,2 0|3,4 1",
        "2 2|origin 1 x|1,2 0|3,4 1",
        "2 2|origin 1 2 3|1,2 0|3,4 1",
        "2 2|class x a|1,2 0|3,4 1",
        "2 2|class 2 a|1,2 0|3,4 1",
        "2 2|class 1|1,2 0|3,4 1",
        "2 2|axis 2 a|1,2 0|3,4 1",
        "2 2|axis 1 %|1,2 0|3,4 1",
        "2 2|origin 1 2|1,2 0",
        /* points */
        "2 2|x,2 0|3,4 1",
        "2 2|1 2 0|3,4 1",
        "2 2|1,x 0|3,4 1",
        "2 2|1,2|3,4 1",
        "2 2|1,2 2|3,4 1",
        "2 2|1,2 0 0|3,4 1",
        "2 2 truth|1,2 0|3,4 1 1",
        "2 2 truth|1,2 0 2|3,4 1 1",
        "2 2 clean|1,2 0|3,4 1 1",
        "2 2 clean|1,2 0 2|3,4 1 1",
        "2 2 row|1,2 0|3,4 1 1",
        "2 2 row|1,2 0 x|3,4 1 1",
        "2 2 row|1,2 0 5|3,4 1 5",
        "2 2 row|1,2 0 1x|3,4 1 5",
        /* packed: of each x, y, label in 9 bytes */
        "1 2 packed|AAAAAAAAAAAA",
        "1 2 packed|:AAAA",
        "1 2 packed|:AADAfwAAAAAA",
        "1 2 packed|:AAAAAAAAwH8A",
        "1 2 packed|:AAAAAAAAAAAC",
        "1 2 truth packed|:AAAAAAAAAAAAAg==",
        "1 2 clean packed|:AAAAAAAAAAAAAg==",
    };
    for (size_t i = 0; i < sizeof wrong_blocks / sizeof *wrong_blocks; i++)
        if (takes(wrong_blocks[i]))
            fail_msg("'%s' is taken", wrong_blocks[i]);
    static const char *const right_blocks[] = {
        "2 2|1,2 0|3,4 1",
        "2 2 truth clean row|1,2 0 1 0 7|3,4 1 1 1 9",
        "2 3|anomaly 1|origin 1 0|class 2 a b|class-written 2 a%0ab|axis 0 height|axis-written 0 h|1,2 0|3,4 1",
        "2 2|origin 0 1|1,2 0|3,4 1",
        "1 2 packed|:AAAAAAAAAAAB",
        "1 2 truth clean packed|:AAAAAAAAAAABAAE=",
    };
    for (size_t i = 0; i < sizeof right_blocks / sizeof *right_blocks; i++)
        if (!takes(right_blocks[i]))
            fail_msg("'%s': %s", right_blocks[i], status.message);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_whole),   cmocka_unit_test(fields_are_whole),
        cmocka_unit_test(settings_are_known), cmocka_unit_test(lines_go_on_with_what_can),
        cmocka_unit_test(blocks_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
