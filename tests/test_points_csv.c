/* Reading points: what is understood, and one clear line with file and line number for what is not. */
#include "../app/points_csv.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "p.csv"
#include "scratch.h"

static void put_bytes(const char *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static Dataset read_ok(const char *text) {
    put_bytes(text, strlen(text));
    Dataset data;
    Status status = {0};
    if (!points_read(&data, path, &status)) {
        fail_msg("%s", status.message);
    }
    return data;
}

/* The file is refused with PATH and this ending: ":LINE: what". */
static void refused_file(const char *expected) {
    Dataset data;
    Status status = {0};
    assert_false(points_read(&data, path, &status));
    char message[1200];
    snprintf(message, sizeof message, "%s%s", path, expected);
    assert_string_equal(status.message, message);
    assert_int_equal(status.code, STATUS_FAILED);
    dataset_free(&data); /* empty, and safe to free */
}

static void refused(const char *text, const char *expected) {
    put_bytes(text, strlen(text));
    refused_file(expected);
}

static void points_are_read(void **state) {
    (void)state;
    Dataset data = read_ok("x,y,label\n1.5,-2,0\n3e2,0.1,1\n.5,1,1\n");
    assert_int_equal(data.count, 3);
    assert_int_equal(data.classes, 2);
    assert_int_equal(data.anomaly, -1);
    assert_true(data.x[0] == 1.5f && data.y[0] == -2 && data.label[0] == 0);
    assert_true(data.x[1] == 300 && data.y[1] == 0.1f && data.label[1] == 1);
    assert_true(data.x_minimum == .5f && data.x_maximum == 300);
    assert_true(data.y_minimum == -2 && data.y_maximum == 1);
    dataset_free(&data);
}

static void columns_may_come_in_any_order_with_others_between(void **state) {
    (void)state;
    Dataset data = read_ok("name,label,y,,x,loss\n\"a, \"\"b\"\"\",1,2,,1,nan\nno \"quotes\",7.0,4,,3\n");
    assert_int_equal(data.count, 2);
    assert_int_equal(data.classes, 8);
    assert_true(data.x[0] == 1 && data.y[0] == 2 && data.label[0] == 1);
    assert_true(data.x[1] == 3 && data.y[1] == 4 && data.label[1] == 7);
    dataset_free(&data);
}

static void other_line_ends_marks_and_blanks(void **state) {
    (void)state;
    static const char *const texts[] = {
        "x,y,label\r\n1,2,0\r\n3,4,1\r\n",               /* DOS */
        "x,y,label\r1,2,0\r3,4,1\r",                     /* old Mac */
        "\xef\xbb\xbfx,y,label\n1,2,0\n3,4,1\n",         /* BOM */
        "x,y,label\n1,2,0\n3,4,1",                       /* no end to the last line */
        "\n\nx,y,label\n\n1,2,0\n  \n3,4,1\n\n\n",       /* empty lines */
        " x , y , label \n 1 ,\t2 , 0 \n3 , 4 , 1 \n",   /* blanks */
        "\"x\",\"y\",\"label\"\n\"1\",2,0\n3,\"4\",1\n", /* quotes */
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Dataset data = read_ok(texts[i]);
        assert_int_equal(data.count, 2);
        assert_true(data.x[0] == 1 && data.y[0] == 2 && data.label[0] == 0);
        assert_true(data.x[1] == 3 && data.y[1] == 4 && data.label[1] == 1);
        dataset_free(&data);
    }
}

/* What --points writes comes back to the last bit; by way of double it would not always. */
static void float32_comes_back_exactly(void **state) {
    (void)state;
    static char text[200000];
    static float values[4000];
    size_t used = (size_t)sprintf(text, "x,y,label\n");
    uint32_t random = 1;
    for (int i = 0; i < 4000; i++) {
        uint32_t bits;
        do {
            random = random * 1664525u + 1013904223u;
            bits = random;
            memcpy(&values[i], &bits, sizeof bits);
        } while (!isfinite(values[i]));
        used += (size_t)sprintf(text + used, "%.9g%s", (double)values[i], i % 2 == 0 ? "," : ",0\n");
    }
    Dataset data = read_ok(text);
    for (int i = 0; i < 4000; i++) {
        const float value = i % 2 == 0 ? data.x[i / 2] : data.y[i / 2];
        assert_memory_equal(&value, &values[i], sizeof value);
    }
    dataset_free(&data);
    /* just above the middle between 1 and the next float32; as a double it is the middle, and would become 1
     */
    data = read_ok("x,y,label\n1.00000005960464477539062500001,0,0\n");
    assert_true(data.x[0] == nextafterf(1, 2));
    dataset_free(&data);
}

static void wrong_cells(void **state) {
    (void)state;
    refused("x,y,label\n1,2,0\n1,abc,0\n", ":3: y is not a number: 'abc'");
    refused("x,y,label\n1,2,0\n1,2x,0\n", ":3: y is not a number: '2x'");
    refused("x,y,label\n,2,0\n", ":2: x is empty");
    refused("x,y,label\nnan,2,0\n", ":2: x is not a finite float32 number: 'nan'");
    refused("x,y,label\n1,-inf,0\n", ":2: y is not a finite float32 number: '-inf'");
    refused("x,y,label\n1e39,2,0\n", ":2: x is not a finite float32 number: '1e39'");
    refused("x,y,label\n1,2,1.5\n", ":2: label is not a whole number: '1.5'");
    refused("x,y,label\n1,2,8\n", ":2: label is not within 0 to 7: '8'");
    refused("x,y,label\n1,2,-1\n", ":2: label is not within 0 to 7: '-1'");
    refused("x,y,label\n1,2,cat\n", ":2: label is not a number: 'cat'");
    refused("x,y,label\n1,2\n", ":2: label is missing: the row ends after 2 cells");
    refused("x,y,label\n1,2,0\n1\n", ":3: y is missing: the row ends after 1 cell");
}

static void wrong_headers(void **state) {
    (void)state;
    refused("", ": is empty; a header naming x, y and label is needed");
    refused("\n\n", ": is empty; a header naming x, y and label is needed");
    refused("x,y,label\n", ": has a header, but no points");
    refused("x,y,label", ": has a header, but no points");
    refused("x,y\n1,2\n", ":1: the header names no column label: 'x,y'");
    refused("X,Y,label\n1,2,0\n", ":1: the header names no column x: 'X,Y,label'");
    refused("x;y;label\n1;2;0\n", ":1: the header names no column x: 'x;y;label'");
    refused("\n\n1,2,0\n", ":3: the header names no column x: '1,2,0'");
    refused("x,y,x,label\n1,2,3,0\n", ":1: two columns are named x");
}

static void lines_are_counted_as_an_editor_does(void **state) {
    (void)state;
    refused("x,y,label\n\n\n1,2,0\n\nz,2,0\n", ":6: x is not a number: 'z'");
    refused("x,y,label\r\n1,2,0\r\nz,2,0\r\n", ":3: x is not a number: 'z'");
    refused("x,y,label\r1,2,0\rz,2,0\r", ":3: x is not a number: 'z'");
    /* line feeds within quotes: the row begins in line 2 and ends in line 4, its x stands in line 4 */
    refused("note,x,y,label\n\"a\nb\nc\",z,2,0\n", ":4: x is not a number: 'z'");
    refused("note,x,y,label\n\"a\nb\nc\",1,2,0\n-,z,2,0\n", ":5: x is not a number: 'z'");
    refused("note,x,y,label\n\"a\nb\nc\",1,2\n", ":2: label is missing: the row ends after 3 cells");
}

static void line_numbers_hold_far_into_a_long_file(void **state) {
    (void)state;
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("x,y,label\n", file);
    for (int i = 0; i < 200000; i++) { /* many times the size of what is read at once */
        fprintf(file, "%d.25,%d,%d\n", i, -i, i % 3);
    }
    fclose(file);
    Dataset data;
    Status status = {0};
    assert_true(points_read(&data, path, &status));
    assert_int_equal(data.count, 200000);
    assert_int_equal(data.classes, 3);
    for (int i = 0; i < 200000; i++) {
        assert_true(data.x[i] == (float)i + 0.25f && data.y[i] == (float)-i && data.label[i] == i % 3);
    }
    dataset_free(&data);
    file = fopen(path, "a");
    assert_non_null(file);
    fputs("1,2,0\n1,2,q\n", file);
    fclose(file);
    refused_file(":200003: label is not a number: 'q'");
}

static void a_quote_left_open(void **state) {
    (void)state;
    refused("x,y,label\n1,2,0\n\"1,2,0\n1,2,0\n", ":3: a quote is left open");
}

static void garbage(void **state) {
    (void)state;
    static char bytes[3 << 20];
    memset(bytes, 'a', sizeof bytes); /* a line without an end */
    put_bytes(bytes, sizeof bytes);
    refused_file(":1: a cell of more than 1048576 bytes: is a quote left open?");
    const char header[] = "x,y,label\n1,2,0\n";
    memcpy(bytes, header, strlen(header));
    put_bytes(bytes, sizeof bytes);
    refused_file(":3: a cell of more than 1048576 bytes: is a quote left open?");
    uint32_t random = 7;
    for (size_t i = 0; i < sizeof bytes; i++) {
        random = random * 1664525u + 1013904223u;
        bytes[i] = (char)(random >> 24);
    }
    put_bytes(bytes, sizeof bytes);
    Dataset data;
    Status status = {0};
    assert_false(points_read(&data, path, &status));
    assert_non_null(strstr(status.message, "the header names no column x"));
    const char zeros[] = "x,y,label\n1\0002,2,0\n";
    put_bytes(zeros, sizeof zeros - 1);
    refused_file(":2: x is not a number: '1'");
}

static void what_is_no_file(void **state) {
    (void)state;
    Dataset data;
    Status status = {0};
    assert_false(points_read(&data, path, &status));
    assert_non_null(strstr(status.message, path));
    assert_non_null(strstr(status.message, "No such file or directory"));
    assert_int_equal(status.code, STATUS_FAILED);
    assert_false(points_read(&data, folder, &status));
    assert_non_null(strstr(status.message, folder));
    assert_non_null(strstr(status.message, "is a folder"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(points_are_read),
        TEST(columns_may_come_in_any_order_with_others_between),
        TEST(other_line_ends_marks_and_blanks),
        TEST(float32_comes_back_exactly),
        TEST(wrong_cells),
        TEST(wrong_headers),
        TEST(lines_are_counted_as_an_editor_does),
        TEST(line_numbers_hold_far_into_a_long_file),
        TEST(a_quote_left_open),
        TEST(garbage),
        TEST(what_is_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
