/* What --points writes is read again as the same points, to the last bit, whatever the classes are called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/points_text.h"

#include <math.h>

#define SCRATCH_FILE "points.csv"
#include "tests/support/scratch.h"

static Dataset read_file(void) {
    Dataset data;
    Status status = {0};
    if (!points_read(&data, path, NULL, &status))
        fail_msg("%s", status.message);
    return data;
}

/* Pieces that mean something to readers of tables, and to this one. */
static const char *const PIECES[] = {
    "a",   "B",     ",",     ";",  "\t",   "|",   " ",   "\"",  "\"\"", "'",      "''", "#",    "# x",
    "%",   "\n",    "\r\n",  "0",  "1",    "-1",  "1.5", "1,5", "e5",   "NA",     "?",  "null", "NaN",
    "inf", "true",  "==",    "--", "sep=", "x,y", "猫",  "кот", "قط",   "\u00a0", "é",  "🐱",    "1 2 3 4 5 6 7 8 9",
    "x",   "label", "@data", "\\", "{",    "}",   "<",   "&",   "="};

static void make_name(uint32_t *random, char name[600]) {
    size_t used = 0, wanted = 1 + below(random, below(random, 8) == 0 ? 100 : 5);
    name[0] = '\0';
    for (size_t i = 0; i < wanted && used < 230; i++)
        used += (size_t)snprintf(name + used, 600 - used, "%s", PIECES[below(random, sizeof PIECES / sizeof *PIECES)]);
}

/* A cell in double quotes. */
static void put_quoted(FILE *file, const char *text) {
    fputc('"', file);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', file);
        fputc(*text, file);
    }
    fputc('"', file);
}

static float any_float(uint32_t *random) {
    for (;;) {
        uint32_t bits = next_random(random);
        float value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            return value;
    }
}

/* Names that are no names, or no two. */
static void check_refusal(uint32_t seed, const char *message) {
    static const char *const REASONS[] = {"missing", "empty", "look alike", "every label is", "a remark", "finite"};
    for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++)
        if (strstr(message, REASONS[i]))
            return;
    fail_msg("seed %u: %s", seed, message);
}

static void any_names_come_back(void **state) {
    (void)state;
    int read = 0;
    for (uint32_t seed = 1; seed <= 3000; seed++) {
        uint32_t random = seed * 2654435761u;
        char names[MAX_CLASSES][600];
        uint32_t kinds = 2 + below(&random, MAX_CLASSES - 1), rows = kinds + below(&random, 20);
        for (uint32_t k = 0; k < kinds; k++)
            make_name(&random, names[k]);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fprintf(file, "x,y,label\n");
        for (uint32_t i = 0; i < rows; i++) {
            fprintf(file, "%.9g,%.9g,", (double)any_float(&random), (double)any_float(&random));
            put_quoted(file, names[i < kinds ? i : below(&random, kinds)]);
            fputc('\n', file);
        }
        fclose(file);
        Dataset first, second;
        Status status = {0};
        if (!points_read(&first, path, NULL, &status)) { /* missing words, or names that look alike */
            check_refusal(seed, status.message);
            continue;
        }
        read++;
        write_table(path, &first);
        if (!points_read(&second, path, NULL, &status))
            fail_msg("seed %u: %s", seed, status.message);
        if (!same_points(&first, &second))
            fail_msg("seed %u: other points", seed);
        dataset_free(&first);
        dataset_free(&second);
    }
    assert_true(read > 1000);
}

static void kinds_of_labels_come_back(void **state) {
    (void)state;
    static const char *const texts[] = {
        "x,y,label\n1,2,3\n3,4,4\n",
        "x,y,label\n1,2,-1\n3,4,+1.0\n",
        "x,y,label\n1,2,True\n3,4,False\n",
        "x,y,label\n1,2,0.1\n3,4,1e-7\n5,6,12345678901234567890\n7,8,12345678901234567891\n",
        "x,y,label\n-0,1e-45,0\n3.4028235e38,4,1\n",
        "x,y,label\n1,2,\" a,b\"\n3,4,\"c\"\"d\ne\"\n5,6,\"'f'\"\n",
        "x,y,label\n1,2,\"'a'\"\n3,4,\"'b'\"\n",
        "x,y,label\n1,2,a b c d e f g\n3,4,1 2 3 4 5 6 7 8 9\n5,6,1|2|3|4|5|6|7|8\n",
        "1,5;2,25;Ja\n3;4;Nein\n",
        "x y label\n1 2 1\n3 4 0\n5 6 0\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_bytes(path, texts[i], strlen(texts[i]));
        Dataset first = read_file();
        write_table(path, &first);
        Dataset second = read_file();
        assert_true(same_points(&first, &second));
        dataset_free(&first);
        dataset_free(&second);
    }
}

static void control_characters_of_labels_are_written(void **state) {
    (void)state;
    static const char labels[] = "x,y,label\n1,2,\"a\nb\"\n3,4,c\td\n";
    write_bytes(path, labels, strlen(labels));
    Dataset data = read_file();
    assert_string_equal(data.class_name[0], "a?b");
    write_table(path, &data);
    char text[200] = "";
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    assert_non_null(strstr(text, "\n1,2,\"a\nb\","));
    assert_non_null(strstr(text, "\n3,4,\"c\td\","));
    dataset_free(&data);
}

static void long_names_come_back(void **state) {
    (void)state;
    static char name[40001], text[140000];
    for (size_t length = 250; length <= 40000; length = length < 260 ? length + 1 : length * 3) {
        memset(name, 'n', length);
        memcpy(name + length / 2, "\u00fc", 2);
        name[length] = '\0';
        snprintf(text, sizeof text, "x,%s,label\n1,2,\"%s\nm\"\n3,4,%sn\n", name, name, name);
        write_bytes(path, text, strlen(text));
        Dataset first = read_file();
        assert_int_equal(first.classes, 2);
        write_table(path, &first);
        Dataset second = read_file();
        assert_true(same_points(&first, &second));
        assert_string_equal(dataset_axis_whole(&second, 1), dataset_axis_whole(&first, 1));
        dataset_free(&first);
        dataset_free(&second);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(any_names_come_back),
        TEST(kinds_of_labels_come_back),
        TEST(control_characters_of_labels_are_written),
        TEST(long_names_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
