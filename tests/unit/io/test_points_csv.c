/* Reading points: what is understood, and one clear line with file and line number for what is not. */
#include "app/base/format.h"
#include "app/io/points_csv.h"

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
#include "tests/support/scratch.h"

static void put_bytes(const char *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static Dataset read_as(const char *text, const PointsFormat *format) {
    put_bytes(text, strlen(text));
    Dataset data;
    Status status = {0};
    if (!points_read(&data, path, format, &status)) {
        fail_msg("%s", status.message);
    }
    return data;
}

static Dataset read_ok(const char *text) {
    return read_as(text, NULL);
}

/* The file is refused with PATH and this ending: ":LINE: what". */
static void refused_file_as(const PointsFormat *format, const char *expected) {
    Dataset data;
    Status status = {0};
    assert_false(points_read(&data, path, format, &status));
    char message[1200];
    snprintf(message, sizeof message, "%s%s", path, expected);
    assert_string_equal(status.message, message);
    assert_int_equal(status.code, STATUS_FAILED);
    dataset_free(&data); /* empty, and safe to free */
}

static void refused_file(const char *expected) {
    refused_file_as(NULL, expected);
}

static void refused_as(const char *text, const PointsFormat *format, const char *expected) {
    put_bytes(text, strlen(text));
    refused_file_as(format, expected);
}

static void refused(const char *text, const char *expected) {
    refused_as(text, NULL, expected);
}

/* How messages of rows end that could have been left out. */
#define SKIP_BAD "; --skip-bad leaves such rows out"

/* Three points: 1.5,2,0 and -3,4.25,1 and 5,6,1, whatever the classes are called. */
static void assert_three(Dataset *data) {
    assert_int_equal(data->count, 3);
    assert_int_equal(data->classes, 2);
    assert_true(data->x[0] == 1.5f && data->y[0] == 2 && data->label[0] == 0);
    assert_true(data->x[1] == -3 && data->y[1] == 4.25f && data->label[1] == 1);
    assert_true(data->x[2] == 5 && data->y[2] == 6 && data->label[2] == 1);
    assert_int_equal(data->class_count[0], 1);
    assert_int_equal(data->class_count[1], 2);
    dataset_free(data);
}

#define AS(...) (&(const PointsFormat){__VA_ARGS__})

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
    assert_int_equal(data.classes, 2); /* 1 and 7: the labels that occur */
    assert_true(data.x[0] == 1 && data.y[0] == 2 && data.label[0] == 0);
    assert_true(data.x[1] == 3 && data.y[1] == 4 && data.label[1] == 1);
    assert_string_equal(data.class_name[1], "7");
    dataset_free(&data);
}

static void other_line_ends_marks_and_blanks(void **state) {
    (void)state;
    static const char *const texts[] = {
        "x,y,label\r\n1,2,0\r\n3,4,1\r\n",                 /* DOS */
        "x,y,label\r1,2,0\r3,4,1\r",                       /* old Mac */
        "\xef\xbb\xbfx,y,label\n1,2,0\n3,4,1\n",           /* BOM */
        "x,y,label\n1,2,0\n3,4,1",                         /* no end to the last line */
        "\n\nx,y,label\n\n1,2,0\n  \n3,4,1\n\n\n",         /* empty lines */
        " x , y , label \n 1 ,\t2 , 0 \n3 , 4 , 1 \n",     /* blanks */
        "\"x\",\"y\",\"label\"\n\"1\",2,0\n3,\"4\",1\n",   /* quotes */
        "\xef\xbb\xbf\"x\",y,label\r\n1,2,0\r\n3,4,1\r\n", /* as spreadsheets save it */
        "X, Y,LaBel\n1,2,0\n3,4,1\n",                      /* names but for the case */
        "\" 1 \",\"2\n\",\"\t0\"\n3,4,\"1 \"\n",           /* blanks within quotes, no header */
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
    Dataset data = read_as(text, AS(.classes = 2));
    for (int i = 0; i < 4000; i++) {
        const float value = i % 2 == 0 ? data.x[i / 2] : data.y[i / 2];
        assert_memory_equal(&value, &values[i], sizeof value);
    }
    dataset_free(&data);
    /* just above the middle between 1 and the next float32; as a double it is the middle, and would become 1
     */
    data = read_as("x,y,label\n1.00000005960464477539062500001,0,0\n", AS(.classes = 2));
    assert_true(data.x[0] == nextafterf(1, 2));
    dataset_free(&data);
}

static void wrong_cells(void **state) {
    (void)state;
    refused("x,y,label\n1,2,0\n1,abc,0\n", ":3: column y: not a number: 'abc'" SKIP_BAD);
    refused("x,y,label\n1,2,0\n1,2x,0\n",
            ":3: column y: not a number: '2x' (write the number alone, without a unit or sign)" SKIP_BAD);
    refused("x,y,label\n1,2 3,0\n", ":2: column y: not a number: '2 3'" SKIP_BAD);
    refused("x,y,label\n,2,0\n", ":2: column x: empty" SKIP_BAD);
    refused("x,y,label\n\" \",2,0\n", ":2: column x: empty" SKIP_BAD);
    refused("x,y,label\n1,2,\n", ":2: column label: empty" SKIP_BAD);
    refused("x,y,label\nnan,2,0\n", ":2: column x: missing: 'nan'" SKIP_BAD);
    refused("x,y,label\n1,-inf,0\n", ":2: column y: not a number: '-inf' (only finite numbers can be drawn)" SKIP_BAD);
    refused("x,y,label\n1e39,2,0\n", ":2: column x: not a finite float32 number: '1e39'" SKIP_BAD);
    refused("x,y,label\n1,2,NaN\n", ":2: column label: missing: 'NaN'" SKIP_BAD);
    refused("x,y,label\n1,2\n", ":2: column label: missing: the row ends after 2 cells" SKIP_BAD);
    refused("x,y,label\n1,2,0\n1\n", ":3: column y: missing: the row ends after 1 cell" SKIP_BAD);
    /* what is shown of a long cell ends with a whole character */
    refused("x,y,label\n123456789012345678901234567890123456789\u00e4,2,0\n",
            ":2: column x: not a number: '123456789012345678901234567890123456789' "
            "(write the number alone, without a unit or sign)" SKIP_BAD);
    /* thousands are no decimals */
    refused("x;y;label\n1.234,5;2;0\n",
            ":2: column x: not a number: '1.234,5' (write numbers without thousands separators)" SKIP_BAD);
    refused("x;y;label\n1,234,5;2;0\n",
            ":2: column x: not a number: '1,234,5' (write numbers without thousands separators)" SKIP_BAD);
    refused("x,y,label\n\"1,500\",2,0\n",
            ":2: column x: not a number: '1,500' (write numbers without thousands separators)" SKIP_BAD);
}

static void wrong_headers(void **state) {
    (void)state;
    refused("", ": is empty; columns x, y and label are needed");
    refused("\n\n", ": is empty; columns x, y and label are needed");
    refused("\xef\xbb\xbf", ": is empty; columns x, y and label are needed");
    refused("x,y,label\n", ": has a header, but no points");
    refused("x,y,label", ": has a header, but no points");
    refused("x,y\n1,2\n",
            ":1: no column is named label; there are: x, y. Choose three of them with --columns X,Y,LABEL");
    refused("\n\na,b,c,d\n1,2,0,0\n",
            ":3: no column is named x; there are: a, b, c, d. Choose three of them with --columns X,Y,LABEL");
    refused("x,y,\u00e4,b\n1,2,0,0\n",
            ":1: no column is named label; there are: x, y, \u00e4, b. Choose three of them with --columns X,Y,LABEL");
    refused("x,y,x,label\n1,2,3,0\n", ":1: two columns are named x");
    refused("X,y, x ,x,X,label,x\n1,2,3,4,5,6,0\n", ":1: two columns are named x");
    refused("y,LABEL,Label,x\n1,0,0,2\n", ":1: two columns are named label");
}

static void the_delimiter_is_found(void **state) {
    (void)state;
    static const char *const texts[] = {
        "x,y,label\n1.5,2,0\n-3,4.25,1\n5,6,1\n",
        "x;y;label\n1.5;2;0\n-3;4.25;1\n5;6;1\n",
        "x\ty\tlabel\n1.5\t2\t0\n-3\t4.25\t1\n5\t6\t1\n",
        "x;y;label\n1,5;2;0\n-3;4,25;1\n5,0;6,;1,0\n", /* decimal commas */
        "x\ty\tlabel\n1,5\t2\t0\n-3\t4,25\t1\n5\t6,0e0\t1\n",
        "1,5;2,0;0\n-3,0;4,25;1\n5,0;6,0;1\n",                      /* as many commas as semicolons */
        "1,5\t2,0\t0,0\n-3,0\t4,25\t1,0\n5\t6\t1\n",                /* more of them than tabs */
        "\"a;b;c;d\",x,y,label\n-,1.5,2,0\n-,-3,4.25,1\n-,5,6,1\n", /* within quotes they do not count */
        "\"\"\"a,b,c,d\"\"\n,,,\";x;y;label\n-;1.5;2;0\n-;-3;4.25;1\n-;5;6;1\n",
        "size 5\";x;y;label\n-;1.5;2;0\n-;-3;4.25;1\n-;5;6;1\n", /* no quote: it does not begin the cell */
        "\n  \n\n\t\nx;y;label;,\n1.5;2;0\n-3;4.25;1\n5;6;1\n",
        "a\tx\ty\tlabel\n\t1.5\t2\t0\n\t-3\t4.25\t1\n\t5\t6\t1\n", /* a tab that begins a row ends a cell */
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Dataset data = read_ok(texts[i]);
        assert_three(&data);
    }
}

static void a_header_may_be_missing(void **state) {
    (void)state;
    Dataset data = read_ok("1.5,2,0\n-3,4.25,1\n5,6,1\n");
    assert_string_equal(data.class_name[0], "");
    assert_three(&data);
    data = read_as("\xef\xbb\xbf"
                   "1.5,2,cat,x\r\n-3,4.25,dog,y\r\n5,6,dog,label\r\n",
                   AS(.columns = "1,2,3"));
    assert_string_equal(data.class_name[0], "cat");
    assert_three(&data);
    data = read_as("1.5,2,0", AS(.classes = 2)); /* one row, without an end */
    assert_int_equal(data.count, 1);
    assert_true(data.x[0] == 1.5f && data.y[0] == 2 && data.label[0] == 0);
    dataset_free(&data);
    data = read_ok("0,1,x,y,label\n9,9,1.5,2,0\n9,9,-3,4.25,1\n9,9,5,6,1\n"); /* numbers can be names */
    assert_three(&data);
    /* one number shows that the row is none; columns are told by their numbers */
    refused("1,NA,0\n1,2,0\n", ":1: column 2: missing: 'NA'" SKIP_BAD);
    refused("\n,2,0\n1,2,0\n", ":2: column 1: empty" SKIP_BAD);
    refused("1,2\n1,2,0\n", ":1: column 3: missing: the row ends after 2 cells" SKIP_BAD);
    refused("1,2,0\n1,2,\n", ":2: column 3: empty" SKIP_BAD);
    refused("\"a\nb\",2,0\n1,2,1\n3,4,0\n", ":1: column 1: not a number: 'a?b'" SKIP_BAD);
    data = read_as("1,NA,0\n1.5,2,0\n-3,4.25,1\n5,6,1\n", AS(.skip_bad = true)); /* and is skipped, not a header */
    assert_three(&data);
    data = read_as("NA,2,0\n1.5,2,0\n-3,4.25,1\n5,6,1\n", AS(.skip_bad = true, .columns = "1,2,3"));
    assert_three(&data);
}

static void columns_are_chosen(void **state) {
    (void)state;
    static const struct {
        const char *columns, *text;
    } cases[] = {
        {"lon,lat,kind", "kind,lat,x,lon\n0,2,9,1.5\n1,4.25,9,-3\n1,6,9,5\n"},
        {" lon , lat,kind ", "kind,lat,x,lon\n0,2,9,1.5\n1,4.25,9,-3\n1,6,9,5\n"},
        {"LON,lat,Kind", "kind,lat,x,Lon\n0,2,9,1.5\n1,4.25,9,-3\n1,6,9,5\n"},
        {"a,A,label", "A,a,label\n2,1.5,0\n4.25,-3,1\n6,5,1\n"}, /* exactly, before: but for the case */
        {"x of it,y,label", "label,y, \"x of it\" \n0,2,1.5\n1,4.25,-3\n1,6,5\n"},
        {"4,2,1", "kind,lat,x,lon\n0,2,9,1.5\n1,4.25,9,-3\n1,6,9,5\n"}, /* with a header, too */
        {"4,2,kind", "kind,lat,x,lon\n0,2,9,1.5\n1,4.25,9,-3\n1,6,9,5\n"},
        {"4,2,1", "0,2,9,1.5\n1,4.25,9,-3\n1,6,9,5\n"},
        {"2,1,3", "2,1.5,0\n4.25,-3,1\n6,5,1\n"}, /* 2 is also what the first row has */
        {"x,y,label", "X,x,y,label,X\n9,1.5,2,0,9\n9,-3,4.25,1,9\n9,5,6,1,9\n"},
        {"x,y,label", "\" x\t\",\"\ny\",label\n1.5,2,0\n-3,4.25,1\n5,6,1\n"},
        {"30,10,20", "10,20,30\n2,0,1.5\n4.25,1,-3\n6,1,5\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Dataset data = read_as(cases[i].text, AS(.columns = cases[i].columns));
        assert_three(&data);
    }
    /* a row without a header, though its numbers are those that were asked for */
    Dataset data = read_as("1,2,3\n4,5,0\n", AS(.columns = "2,1,3"));
    assert_int_equal(data.count, 2);
    assert_true(data.x[0] == 2 && data.y[0] == 1 && data.label[0] == 1);
    dataset_free(&data);
    refused_as("x,y,label\n1,2,0\n", AS(.columns = "x,z,label"), ":1: no column is named z; there are: x, y, label");
    refused_as("1,2,0\n1,2,0\n", AS(.columns = "x,y,label"),
               ":1: there is no header to find column x in: give its number");
    refused_as("1,2,0\n1,2,0\n", AS(.columns = "1,2,label"),
               ":1: there is no header to find column label in: give its number");
    refused_as("x,y,label\n1,2,0\n", AS(.columns = "1,2,4"), ":1: there is no column 4: the header has 3");
    refused_as("1,2,0\n1,2,0\n", AS(.columns = "1,2,4"), ":1: there is no column 4: the first row has 3 cells");
    refused_as("x,y,label\n1,2,0\n", AS(.columns = "x,1,label"), ":1: x and 1 are the same column");
    refused_as("x,y,label\n1,2,0\n", AS(.columns = "x,y,Y"), ":1: y and Y are the same column");
    refused_as("a,b,a,l\n1,2,3,0\n", AS(.columns = "a,b,l"), ":1: two columns are named a");
    refused_as("a,b,l\n1,q,0\n", AS(.columns = "a,b,l"), ":2: column b: not a number: 'q'" SKIP_BAD);
    refused_as("a,b,l\n1,q,0\n", AS(.columns = "1,2,3"), ":2: column b: not a number: 'q'" SKIP_BAD);
}

static void columns_have_a_form(void **state) {
    (void)state;
    Status status = {0};
    assert_true(points_columns_check("x,y,label", &status));
    assert_true(points_columns_check("3, 1 ,the class", &status));
    static const char *const wrong[] = {"", "x", "x,y", "x,y,", ",x,y", "x, ,y", "x,y,label,z"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char message[200];
        snprintf(message, sizeof message, "'%s' is not three names or numbers, as in x,y,label", wrong[i]);
        assert_false(points_columns_check(wrong[i], &status));
        assert_string_equal(status.message, message);
        assert_int_equal(status.code, STATUS_USAGE);
    }
    assert_false(points_columns_check("x,y, x", &status));
    assert_string_equal(status.message, "'x,y, x' names x twice");
    Dataset data;
    put_bytes("1,2,0\n", 6);
    assert_false(points_read(&data, path, AS(.columns = "x"), &status)); /* nobody has checked it */
}

/* Labels as the rows' third cells, and what is to become of them. */
static void check_labels(const char *const *labels, int classes, const int *expected, const char *const *names) {
    char text[2000] = "x,y,label\n";
    size_t used = strlen(text), count = 0;
    for (; labels[count] != NULL; count++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "0,0,%s\n", labels[count]);
    }
    Dataset data = read_ok(text);
    assert_int_equal(data.count, count);
    assert_int_equal(data.classes, classes);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(data.label[i], expected[i]);
    }
    for (int k = 0; k < MAX_CLASSES; k++) {
        assert_string_equal(data.class_name[k], names != NULL && k < classes ? names[k] : "");
    }
    dataset_free(&data);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NUMBERS(...) ((const int[]){__VA_ARGS__})

static void labels_become_classes(void **state) {
    (void)state;
    /* class numbers */
    check_labels(WORDS("0", "1"), 2, NUMBERS(0, 1), NULL);
    check_labels(WORDS("-0", "1", "2.0", "+2e0"), 3, NUMBERS(0, 1, 2, 2), NULL);
    check_labels(WORDS("7", "6", "5", "4", "3", "2", "1", "0"), 8, NUMBERS(7, 6, 5, 4, 3, 2, 1, 0), NULL);
    /* other numbers, by value */
    check_labels(WORDS("5", "0", "5.0", "+5e0"), 2, NUMBERS(1, 0, 1, 1), WORDS("0", "5"));
    check_labels(WORDS("-0", "2"), 2, NUMBERS(0, 1), WORDS("0", "2"));
    check_labels(WORDS("7", "1", "2"), 3, NUMBERS(2, 0, 1), WORDS("1", "2", "7"));
    check_labels(WORDS("2", "1", "2"), 2, NUMBERS(1, 0, 1), WORDS("1", "2"));
    check_labels(WORDS("1", "-1", "1.0"), 2, NUMBERS(1, 0, 1), WORDS("-1", "1"));
    check_labels(WORDS("10", "9", "0", "10"), 3, NUMBERS(2, 1, 0, 2), WORDS("0", "9", "10"));
    check_labels(WORDS("1.5", "-0"), 2, NUMBERS(1, 0), WORDS("0", "1.5"));
    check_labels(WORDS("1.5", "0.25"), 2, NUMBERS(1, 0), WORDS("0.25", "1.5"));
    check_labels(WORDS("1.000000000000000000e+00", "2.000000000000000000e+00"), 2, NUMBERS(0, 1), WORDS("1", "2"));
    check_labels(WORDS("8", "7", "6", "5", "4", "3", "2", "1"), 8, NUMBERS(7, 6, 5, 4, 3, 2, 1, 0),
                 WORDS("1", "2", "3", "4", "5", "6", "7", "8"));
    check_labels(WORDS("0.1", "0.1000000000000001"), 2, NUMBERS(0, 1), WORDS("0.1", "0.1000000000000001"));
    /* words, by bytes */
    check_labels(WORDS("dog", "cat", "dog", " cat "), 2, NUMBERS(1, 0, 1, 0), WORDS("cat", "dog"));
    check_labels(WORDS("b", "B", "10", "9"), 4, NUMBERS(3, 2, 0, 1), WORDS("10", "9", "B", "b"));
    check_labels(WORDS("\u00e4", "z"), 2, NUMBERS(1, 0), WORDS("z", "\u00e4"));
    check_labels(WORDS("\"a, \"\"b\"\"\"", "a"), 2, NUMBERS(1, 0), WORDS("a", "a, \"b\""));
    check_labels(WORDS("h", "g", "f", "e", "d", "c", "b", "a"), 8, NUMBERS(7, 6, 5, 4, 3, 2, 1, 0),
                 WORDS("a", "b", "c", "d", "e", "f", "g", "h"));
    check_labels(WORDS("\"a\nb\"", "c"), 2, NUMBERS(0, 1), WORDS("a?b", "c"));
    check_labels(WORDS("12345678901234567890123456789012345678901234", "a"), 2, NUMBERS(0, 1),
                 WORDS("12345678901234567890123456789012345678901234", "a")); /* whole, however long */
    check_labels(WORDS("True", "False"), 2, NUMBERS(1, 0), WORDS("False", "True"));
    Dataset data = read_ok("x;y;label\n1;2;1,5\n1;2;-0,5\n");
    assert_string_equal(data.class_name[0], "-0.5");
    assert_string_equal(data.class_name[1], "1.5");
    dataset_free(&data);
}

/* A row of each kind: the prefix and a number from 0. */
static void rows_of_kinds(char *text, const char *head, const char *prefix, int kinds) {
    text += sprintf(text, "%s", head);
    for (int k = 0; k < kinds; k++)
        text += sprintf(text, "0,0,%s%d\n", prefix, k);
}

static void as_many_kinds_as_there_may_be_are_read(void **state) {
    (void)state;
    char text[2000];
    for (int kinds = 9; kinds <= MAX_CLASSES; kinds++) {
        rows_of_kinds(text, "x,y,label\n", "", kinds);
        Dataset data = read_ok(text);
        assert_int_equal(data.classes, kinds);
        for (int k = 0; k < kinds; k++)
            assert_true(data.label[k] == k && data.class_name[k][0] == '\0');
        dataset_free(&data);
        rows_of_kinds(text, "x,y,label\n", "c", kinds); /* words, in the order of their bytes */
        data = read_ok(text);
        assert_int_equal(data.classes, kinds);
        for (int k = 0; k < kinds; k++) {
            char name[16];
            sprintf(name, "c%d", k);
            assert_string_equal(data.class_name[data.label[k]], name);
        }
        assert_true(data.label[2] > data.label[kinds > 10 ? 10 : 1]);
        dataset_free(&data);
    }
    rows_of_kinds(text, "x,y,label\n", "", 10);
    Dataset data = read_as(text, AS(.classes = MAX_CLASSES));
    assert_true(data.classes == MAX_CLASSES && data.label[9] == 9);
    dataset_free(&data);
}

static void wrong_labels(void **state) {
    (void)state;
    refused("x,y,label\n1,2,8\n1,2,8.0\n", ": column label: every label is '8'; 2 to 32 kinds are needed"
                                           " (--classes N takes the numbers 0 to N - 1)");
    refused("1,2,cat\n", ": column 3: every label is 'cat'; 2 to 32 kinds are needed");
    char many[2000];
    rows_of_kinds(many, "x,y,label\n", "", MAX_CLASSES);
    strcat(many, "0,0,7\n0,0,32\n0,0,33\n");
    refused(many, ":35: column label: more than 32 kinds of labels: '32' is one too many; if another column has the "
                  "labels, name it with --columns X,Y,LABEL");
    rows_of_kinds(many, "x,y,label\n", "kind ", MAX_CLASSES);
    strcat(many, "\n0,0,one more\n");
    refused(many, ":35: column label: more than 32 kinds of labels: 'one more' is one too many; if another column has "
                  "the labels, name it with --columns X,Y,LABEL");
    refused("x,y,label\n0,0,a\n0,0,M\xfcller\n",
            ":3: column label: not UTF-8; name the encoding, as in --encoding LATIN1, GB18030 or SHIFT-JIS");
}

/* Of any length, in cells and header, and told apart by their ends alone. */
static void long_names(void **state) {
    (void)state;
    static char name[400001], text[1300000];
    static const size_t LENGTHS[] = {255, 256, 300, 5000, 70000, 400000};
    for (size_t i = 0; i < sizeof LENGTHS / sizeof *LENGTHS; i++) {
        memset(name, 'n', LENGTHS[i]);
        name[LENGTHS[i]] = '\0';
        snprintf(text, sizeof text, "%s,y,label\n1,2,%sa\n3,4,%sb\n5,6,%sa\n", i < 4 ? name : "x", name, name, name);
        Dataset data = read_ok(text);
        assert_int_equal(data.classes, 2);
        assert_true(data.label[0] == 0 && data.label[1] == 1 && data.label[2] == 0);
        for (int k = 0; k < 2; k++) {
            const char *whole = dataset_class_whole(&data, k);
            assert_int_equal(strlen(whole), LENGTHS[i] + 1);
            assert_memory_equal(whole, name, LENGTHS[i]);
            assert_true(whole[LENGTHS[i]] == (k ? 'b' : 'a'));
        }
        assert_string_not_equal(data.class_name[0], data.class_name[1]);
        assert_string_equal(dataset_axis_whole(&data, 0), i < 4 ? name : "x");
        dataset_free(&data);
    }
}

static void bad_rows_are_skipped_and_counted(void **state) {
    (void)state;
    size_t skipped = 99;
    const PointsFormat format = {.skip_bad = true, .skipped = &skipped};
    Dataset data =
        read_as("x,y,label\n1.5,2,0\n,9,0\nnan,9,0\n9,abc,0\n-3,4.25,1\n9\n9,9\n9,9,\n9,9,nan\n5,6,1\n", &format);
    assert_int_equal(skipped, 7);
    assert_non_null(data.row); /* in the file, from 0 */
    assert_true(data.row[0] == 0 && data.row[1] == 4 && data.row[2] == 9);
    assert_three(&data);
    data = read_as("x,y,label\n1.5,2,0\n-3,4.25,1\n5,6,1\n", &format);
    assert_int_equal(skipped, 0);
    assert_null(data.row);
    assert_three(&data);
    skipped = 99;
    data = read_as("x,y,label\n1.5,2,0\n-3,4.25,1\n5,6,1\n", AS(.skipped = &skipped));
    assert_int_equal(skipped, 0);
    assert_three(&data);
    /* a label of a row that is skipped is no kind, whether it comes before or after the bad cell */
    data = read_as("label,x,y,\nfish,nan,2\nant,1.5,2\nbee,-3,4.25\nbee,5,6\nfish,9,\n", &format);
    assert_string_equal(data.class_name[0], "ant");
    assert_string_equal(data.class_name[1], "bee");
    assert_int_equal(skipped, 2);
    assert_three(&data);
    refused_as("x,y,label\n1,a,0\n1,2,\n", &format, ": has no points: 2 bad rows skipped");
    refused_as("x,y,label\n1,a,0\n", &format, ": has no points: 1 bad row skipped");
    /* the file is bad, not a row */
    refused_as("x,y,a,b\n1,2,0,0\n", &format,
               ":1: no column is named label; there are: x, y, a, b. Choose three of them with --columns X,Y,LABEL");
    refused_as("x,y,label\n1,2,0\n\"1,2,0\n", &format, ":3: a quote is left open");
    char many[2000];
    rows_of_kinds(many, "", "", MAX_CLASSES + 1);
    refused_as(many, &format,
               ":33: column 3: more than 32 kinds of labels: '32' is one too many; if another column has the labels, "
               "name it with --columns X,Y,LABEL");
}

typedef struct Heard {
    int calls, stop_after;
    double last;
} Heard;

static bool hear(void *user, double share) {
    Heard *heard = user;
    assert_true(share >= heard->last && share <= 1);
    heard->last = share;
    return ++heard->calls != heard->stop_after;
}

static void progress_is_told_and_may_stop(void **state) {
    (void)state;
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("x,y,label\n", file);
    for (int i = 0; i < 30000; i++) {
        fprintf(file, "%d,%d,%d\n", i, -i, i % 2);
    }
    const long size = ftell(file);
    fclose(file);
    Heard heard = {0};
    Dataset data;
    Status status = {0};
    assert_true(points_read(&data, path, AS(.progress = hear, .user = &heard), &status));
    assert_int_equal(data.count, 30000);
    assert_true(heard.calls > size / 131072 && heard.last == 1);
    dataset_free(&data);
    heard = (Heard){.stop_after = 2};
    assert_false(points_read(&data, path, AS(.progress = hear, .user = &heard), &status));
    assert_int_equal(heard.calls, 2);
    assert_true(heard.last > 0.0 && heard.last < 1.0);
    assert_null(data.x);
    char message[200];
    snprintf(message, sizeof message, "reading %s was stopped", path);
    assert_string_equal(status.message, message);
}

static void lines_are_counted_as_an_editor_does(void **state) {
    (void)state;
    refused("x,y,label\n\n\n1,2,0\n\nz,2,0\n", ":6: column x: not a number: 'z'" SKIP_BAD);
    refused("x,y,label\r\n1,2,0\r\nz,2,0\r\n", ":3: column x: not a number: 'z'" SKIP_BAD);
    refused("x,y,label\r1,2,0\rz,2,0\r", ":3: column x: not a number: 'z'" SKIP_BAD);
    refused("1,2,0\r\n1,2,0\r\nz,2,0\r\n", ":3: column 1: not a number: 'z'" SKIP_BAD);
    /* line feeds within quotes: the row begins in line 2 and ends in line 4, its x stands in line 4 */
    refused("note,x,y,label\n\"a\nb\nc\",z,2,0\n", ":4: column x: not a number: 'z'" SKIP_BAD);
    refused("note,x,y,label\n\"a\nb\nc\",1,2,0\n-,z,2,0\n", ":5: column x: not a number: 'z'" SKIP_BAD);
    refused("note,x,y,label\n\"a\nb\nc\",1,2\n", ":2: column label: missing: the row ends after 3 cells" SKIP_BAD);
    refused("x,\"y\",\"the\nlabel\",label\n1,2,3,0\nz,2,3,0\n", ":4: column x: not a number: 'z'" SKIP_BAD);
    refused_as("\"a\nb\",1,z,0\n1,2,0\n", AS(.columns = "2,3,4"), ":2: column 3: not a number: 'z'" SKIP_BAD);
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
    assert_true(points_read(&data, path, NULL, &status));
    assert_int_equal(data.count, 200000);
    assert_int_equal(data.classes, 3);
    for (int i = 0; i < 200000; i++) {
        assert_true(data.x[i] == (float)i + 0.25f && data.y[i] == (float)-i && data.label[i] == i % 3);
    }
    dataset_free(&data);
    file = fopen(path, "a");
    assert_non_null(file);
    fputs("1,2,0\n1,q,0\n", file);
    fclose(file);
    refused_file(":200003: column y: not a number: 'q'" SKIP_BAD);
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
    refused_file(":1: a row of more than 1048576 bytes: is this a table?");
    const char header[] = "x,y,label\n1,2,0\n";
    memcpy(bytes, header, strlen(header));
    put_bytes(bytes, sizeof bytes);
    refused_file(":3: a row of more than 1048576 bytes: is a quote left open?");
    uint32_t random = 7;
    for (size_t i = 0; i < sizeof bytes; i++) {
        random = random * 1664525u + 1013904223u;
        bytes[i] = (char)(random >> 24);
    }
    put_bytes(bytes, sizeof bytes);
    Dataset data;
    Status status = {0};
    assert_false(points_read(&data, path, NULL, &status));
    const char zeros[] = "x,y,label\n1\0002,2,0\n";
    put_bytes(zeros, sizeof zeros - 1);
    refused_file(":2: a NUL byte: this is no text, or it is damaged");
}

static void what_is_no_file(void **state) {
    (void)state;
    Dataset data;
    Status status = {0};
    assert_false(points_read(&data, path, NULL, &status));
    assert_non_null(strstr(status.message, path));
    assert_non_null(strstr(status.message, "No such file or directory"));
    assert_int_equal(status.code, STATUS_FAILED);
    assert_false(points_read(&data, folder, NULL, &status));
    assert_non_null(strstr(status.message, folder));
    assert_non_null(strstr(status.message, "is a folder"));
}

/* ---- origins ---- */

static void assert_origin(const Dataset *data, double origin, size_t i, double value) {
    assert_true(data->origin[0] == origin && data->origin[1] == 0.0);
    assert_true(dataset_value(data, 0, (double)data->x[i]) == value);
}

/* Values that float32 takes for one another are kept as differences; others as they are. */
static void lost_differences_get_an_origin(void **state) {
    (void)state;
    Dataset data = read_ok("x,y,label\n1700000000,1,a\n1700000001,2,b\n1700000011,3,a\n");
    assert_origin(&data, 1700000010, 1, 1700000001);
    assert_true(data.x[0] == -10 && data.x_minimum == -10 && data.x_maximum == 1);
    dataset_free(&data);
    data = read_ok("x,y,label\n-1700000000.5,1,a\n-1700000000.25,2,b\n");
    assert_true(data.x[0] != data.x[1]);
    assert_true(dataset_value(&data, 0, (double)data.x[0]) == -1700000000.5);
    dataset_free(&data);
    /* a month by the minute: only neighbours would be one */
    char *text = malloc(2000 * 40), *at = text;
    assert_non_null(text);
    at += sprintf(at, "t,y,label\n");
    for (int i = 0; i < 2000; i++)
        at += sprintf(at, "%d,%d,%c\n", 1700000000 + 60 * i, i % 7, i % 2 ? 'a' : 'b');
    data = read_ok(text);
    for (size_t i = 0; i < 2000; i++)
        assert_true(dataset_value(&data, 0, (double)data.x[i]) == 1700000000.0 + 60.0 * (double)i);
    dataset_free(&data);
    free(text);
    static const char *const ORDINARY[] = {
        "x,y,label\n1990,1,a\n2023,2,b\n",                      /* years */
        "x,y,label\n1000.1,1,a\n1001.2,2,b\n",                  /* told apart */
        "x,y,label\n1700000000,1,a\n1700000000,2,b\n",          /* nothing to tell apart */
        "x,y,label\n1699920000,1,a\n1700006400,2,b\n",          /* days */
        "x,y,label\n0,1,a\n1700000000,1,b\n1700000001,2,b\n",   /* an origin would not help */
        "x,y,label\n0.5,1,a\n0.50000000001,2,b\n0.9,2,b\n",     /* nor here */
        "x,y,label\n20000,1,a\n150000,2,b\n123456,2,b\n",       /* salaries */
        "x,y,label\n5.1,1,a\n4.9,2,b\n7,2,b\n",                 /* iris */
        "x,y,label\n1.2345678,1,a\n0.1234567,2,b\n",            /* the digits of a unit scale */
        "x,y,label\n5.12345678,1,a\n4.12345678,2,b\n",          /* further apart than a 16th */
        "x,y,label\n1000.09998,1,a\n1000.20001,2,b\n",          /* as the program writes float32 */
        "x,y,label\n1000.0009765625,1,a\n1000.5,2,b\n",         /* exact in float32 */
        "x,y,label\n1700000000,1,a\n1700000000.00000001,2,b\n", /* one in double, too */
        "x,y,label\n0,1,a\n0,2,b\n",
    };
    for (size_t i = 0; i < sizeof ORDINARY / sizeof *ORDINARY; i++) {
        data = read_ok(ORDINARY[i]);
        if (data.origin[0] != 0.0 || data.origin[1] != 0.0)
            fail_msg("%s: %.17g", ORDINARY[i], data.origin[0]);
        dataset_free(&data);
    }
}

typedef struct Column { /* first, first + step, ... */
    int decimals;
    double first, step;
    int count;
} Column;

static void put_column(const Column *c) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fprintf(file, "t,y,label\n");
    for (int i = 0; i < c->count; i++)
        fprintf(file, "%.*f,%d,%c\n", c->decimals, c->first + c->step * i, i % 7, i % 2 ? 'a' : 'b');
    assert_int_equal(fclose(file), 0);
}

/* To the last digit of the file, though float32 tells all of them apart. */
static void values_that_float32_bends_get_an_origin(void **state) {
    (void)state;
    static const Column COLUMNS[] = {
        {0, 1700000000, 3600, 24},   /* hours of a day, */
        {0, 1700000000, 3600, 8760}, /* of a year */
        {0, 1700000000, 300, 24},
        {0, 1700000000000, 3600000, 24},
        {5, 44197, 0.00694, 24}, /* Excel's days */
        {5, 44197.00694, 0.00694, 432},
        {2, 5332000.13, 1.37, 24},
        {0, 33624511, 354321, 24},
        {0, 4915112345678, 1234567, 9},
        {6, 52.520008, 0.000317, 24},
        {0, 1700000000, 3600, 3}, /* in eight digits it would be one */
        {1, 44197, 0.1, 24},
        {0, 17179869184, 16384, 24}, /* exact in float32, but of more than nine digits */
    };
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++) {
        const Column *c = &COLUMNS[i];
        put_column(c);
        Dataset data;
        Status status = {0};
        assert_true(points_read(&data, path, NULL, &status));
        assert_true(data.origin[0] != 0.0 && data.origin[1] == 0.0);
        for (int k = 0; k < c->count; k++) {
            char wanted[32], shown[32];
            snprintf(wanted, sizeof wanted, "%.*f", c->decimals, c->first + c->step * k);
            format_shifted(data.origin[0], data.x[k], shown);
            if (strtod(wanted, NULL) != strtod(shown, NULL))
                fail_msg("%s: %s", wanted, shown);
        }
        dataset_free(&data);
    }
}

/* It is said, once an axis; bad rows do not count. */
static void an_origin_is_said(void **state) {
    (void)state;
    PointsNotes notes = {0};
    Dataset data = read_as("when,y,label\n1700000000,1,a\n5,bad,a\n1700000001,2,b\n",
                           &(PointsFormat){.columns = "when,y,label", .skip_bad = true, .notes = &notes});
    assert_int_equal(notes.count, 1);
    assert_string_equal(notes.text[0],
                        "column when: kept as its differences from 1700000001, which float32 would lose");
    dataset_free(&data);
}

/* NULL: nothing is. */
static void assert_note(const char *text, const char *note) {
    PointsNotes notes = {0};
    Dataset data = read_as(text, &(PointsFormat){.columns = "when,y,label", .notes = &notes});
    assert_int_equal(notes.count, note != NULL);
    if (note)
        assert_string_equal(notes.text[0], note);
    dataset_free(&data);
}

static void what_float32_loses_is_said(void **state) {
    (void)state;
    assert_note("when,y,label\n0,1,a\n1700000000,1,b\n1700000001,2,b\n1700000002,2,b\n1700000010,2,b\n",
                "column when: float32 rounds values such as 1700000010 to 1700000000, and 3 different ones become 1");
    assert_note("when,y,label\n1700000010,1,b\n1700000001,2,b\n0,1,a\n", /* whatever comes first */
                "column when: float32 rounds values such as 1700000010 to 1700000000, and 2 different ones become 1");
    assert_note("when,y,label\n45678912,1,a\n1234567890,2,b\n5000,2,b\n",
                "column when: float32 rounds values such as 1234567890 to 1234567936");
    assert_note("when,y,label\n1e-50,1,a\n2e-50,2,b\n1,2,b\n",
                "column when: float32 rounds values such as 2e-50 to 0, and 2 different ones become 1");
    assert_note("when,y,label\n4915112345678,1,a\n4915155555555,2,b\n4915199999998,2,b\n",
                "column when: kept as its differences from 4915160000000, which float32 would lose; it still rounds "
                "them, by up to 2");
    assert_note("when,y,label\n0,1,a\n1e-50,2,b\n1,2,b\n", NULL); /* 0, as far as anybody can see */
    assert_note("when,y,label\n1e37,1,a\n-3.3e38,2,b\n5e-40,2,b\n", NULL);
    assert_note("when,y,label\n1700000000000000001,1,a\n1700000000000000001,2,b\n", NULL); /* one in the file */
}

/* Refused: of different values all would be one. */
static void columns_do_not_collapse(void **state) {
    (void)state;
    static const char *const TEXTS[][2] = {
        {"x,y,label\n1e-46,1,a\n2e-46,2,b\n0,2,b\n",
         ": column x: float32 holds no numbers as small as 0 to 2e-46, and all would be one; write them in another unit"},
        {"x,y,label\n1700000000000000000,1,a\n1700000000000000001,2,b\n",
         ": column x: its values differ only behind the 15th digit of 1.7e+18, and would all be one; subtract what they "
         "share"},
    };
    /* valgrind reckons with long double as with double, and then the last two are one to the reader, too */
    size_t told = strtold("1700000000000000001", NULL) != strtold("1700000000000000000", NULL) ? 2 : 1;
    for (size_t i = 0; i < told; i++)
        refused(TEXTS[i][0], TEXTS[i][1]);
}

/* ---- names of the axes ---- */

static void axes_have_their_columns_names(void **state) {
    (void)state;
    static const struct {
        const char *text, *columns, *x, *y;
    } CASES[] = {
        {"x,y,label\n1,2,a\n3,4,b\n", NULL, "", ""},
        {"X,Y,label\n1,2,a\n3,4,b\n", NULL, "X", "Y"},
        {"1,2,a\n3,4,b\n", NULL, "", ""},
        {"0,1,2\n1.5,2,a\n3,4,b\n", NULL, "", ""},
        {"age,salary,bought\n1,2,a\n3,4,b\n", NULL, "age", "salary"},
        {"y,x,label\n1,2,a\n3,4,b\n", "y,x,label", "y", "x"},
        {"1980,1990,label\n1.5,2,a\n3,4,b\n", "1980,1990,label", "1980", "1990"},
        {"petal length (cm),\"a, b\",label\n1,2,a\n3,4,b\n", NULL, "petal length (cm)", "a, b"},
        /* a table of the program's own */
        {"label,v,label,loss,v,admitted\n1,2,a,0,0,\n3,4,b,1,1,2\n", NULL, "label", "v"},
        {"y,x,label,loss,v,admitted,test,truth\n1,2,a,0,0,\n3,4,b,1,1,2\n", NULL, "y", "x"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Dataset data = read_as(CASES[i].text, &(PointsFormat){.columns = CASES[i].columns});
        assert_string_equal(data.axis_name[0], CASES[i].x);
        assert_string_equal(data.axis_name[1], CASES[i].y);
        assert_string_equal(dataset_axis_name(&data, 0), CASES[i].x[0] ? CASES[i].x : "x");
        assert_true(data.count == 2 && data.x[1] == 3 && data.y[1] == 4 && data.classes == 2);
        dataset_free(&data);
    }
}

/* A column that is called `clean` but says something else is as any other, with a doubt; a single bad cell is none. */
static void clean_may_say_something_else(void **state) {
    (void)state;
    static const char *const other[] = {
        "x,y,label,clean\n1,2,0,good\n3,4,1,bad\n5,6,1,good\n", "x,y,label,clean\n1,2,0,0.93\n3,4,1,0.12\n5,6,1,1\n",
        "x,y,label,clean\n1,2,0,7\n3,4,1,3\n5,6,1,\n", "clean,x,y,label\n0.5,1,2,a\n0.7,3,4,b\n0.9,5,6,b\n"};
    static const char *const note = "column clean has no marks of clean points (0 or 1, yes or no): left out";
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        Dataset data;
        Status status;
        PointsNotes notes = {0};
        put_bytes(other[i], strlen(other[i]));
        if (!points_read(&data, path, &(PointsFormat){.notes = &notes}, &status))
            fail_msg("%s", status.message);
        assert_int_equal(data.count, 3);
        assert_null(data.clean);
        assert_int_equal(notes.count, 1);
        assert_string_equal(notes.text[0], note);
        assert_true(data.x[1] == 3 && data.y[1] == 4 && data.label[1] == 1);
        dataset_free(&data);
    }
    Dataset data;
    Status status;
    PointsNotes notes = {0};
    put_bytes("a,b,clean\n1,2,good\n3,4,bad\n5,6,bad\n", 35); /* then it may be the label */
    if (!points_read(&data, path, &(PointsFormat){.notes = &notes}, &status))
        fail_msg("%s", status.message);
    assert_true(data.count == 3 && data.classes == 2 && !data.clean && notes.count == 1);
    dataset_free(&data);
    char many[2000] = "x,y,label,clean\n";
    for (int i = 0; i < 100; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "%d,1,%d,%s\n", i, i % 2,
                 i == 70 ? "maybe"
                 : i % 9 ? "0"
                         : "1");
    refused(many, ":72: column clean: neither 0 nor 1: 'maybe'; it marks clean points: rename it if it says something "
                  "else; --skip-bad leaves such rows out");
}

/* A column `clean` marks clean points; what else it says here and there is refused. */
static void marks_of_clean_points(void **state) {
    (void)state;
    static const char *const good[] = {"x,y,label,clean\n1,2,0,1\n3,4,1,0\n5,6,1,1\n",
                                       "Clean;x;y;label;more\nTRUE;1;2;0;a\nfalse;3;4;1;b\n true ;5;6;1;c\n",
                                       "clean,a,b,kind\n1,1,2,p\n0,3,4,q\n1,5,6,q\n",
                                       "x,y,label,clean\n1,2,0,Yes\n3,4,1,no\n5,6,1,yes\n",
                                       "x,y,label,clean\n1,2,0,1\n3,4,1,\n5,6,1,1\n",
                                       "x,y,label,clean\n1,2,0,1.0\n3,4,1,NA\n5,6,1,1.0\n"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        Dataset data;
        Status status;
        put_bytes(good[i], strlen(good[i]));
        if (!points_read(&data, path, NULL, &status))
            fail_msg("%s", status.message);
        assert_int_equal(data.count, 3);
        assert_non_null(data.clean);
        assert_memory_equal(data.clean, ((const uint8_t[]){1, 0, 1}), 3);
        assert_true(data.x[1] == 3 && data.y[1] == 4 && data.label[1] == 1);
        dataset_free(&data);
    }
    static const char *const none[] = {"x,y,label,clean\n1,2,0,0\n3,4,1,0\n", "x,y,clean\n1,2,0\n3,4,1\n",
                                       "x,y,label\n1,2,0\n3,4,1\n"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        Dataset data;
        Status status;
        put_bytes(none[i], strlen(none[i]));
        bool read = points_read(&data, path, &(PointsFormat){.columns = i == 1 ? "x,y,clean" : NULL}, &status);
        if (!read)
            fail_msg("%s", status.message);
        assert_null(data.clean);
        dataset_free(&data);
    }
#define RENAME "; it marks clean points: rename it if it says something else" SKIP_BAD
    refused("x,y,label,clean\n1,2,0,1\n3,4,1,2\n", ":3: column clean: neither 0 nor 1: '2'" RENAME);
    refused("x,y,label,clean\n1,2,0,ok\n3,4,1,0\n", ":2: column clean: neither 0 nor 1: 'ok'" RENAME);
    refused("x,y,label,clean\n1,2,0\n3,4,1,0\n", ":2: column clean: missing: the row ends after 3 cells" SKIP_BAD);
    refused("x,y,label,clean,clean\n1,2,0,1,1\n", ":1: two columns are named clean");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(points_are_read),
        TEST(lost_differences_get_an_origin),
        TEST(values_that_float32_bends_get_an_origin),
        TEST(an_origin_is_said),
        TEST(what_float32_loses_is_said),
        TEST(columns_do_not_collapse),
        TEST(axes_have_their_columns_names),
        TEST(columns_may_come_in_any_order_with_others_between),
        TEST(other_line_ends_marks_and_blanks),
        TEST(float32_comes_back_exactly),
        TEST(the_delimiter_is_found),
        TEST(a_header_may_be_missing),
        TEST(columns_are_chosen),
        TEST(columns_have_a_form),
        TEST(labels_become_classes),
        TEST(as_many_kinds_as_there_may_be_are_read),
        TEST(wrong_labels),
        TEST(long_names),
        TEST(bad_rows_are_skipped_and_counted),
        TEST(progress_is_told_and_may_stop),
        TEST(wrong_cells),
        TEST(wrong_headers),
        TEST(lines_are_counted_as_an_editor_does),
        TEST(line_numbers_hold_far_into_a_long_file),
        TEST(a_quote_left_open),
        TEST(garbage),
        TEST(what_is_no_file),
        TEST(marks_of_clean_points),
        TEST(clean_may_say_something_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
