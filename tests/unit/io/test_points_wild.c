/* Files as people have them (tests/cases), each with its right reading or refusal, and more of each kind. */
#include "app/io/points_csv.h"

#include <iconv.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#define SCRATCH_FILE "points.txt"
#include "tests/support/scratch.h"

typedef struct Case {
    const char *file;
    PointsFormat format;
    size_t points;
    const char *classes; /* "NAME=COUNT NAME=COUNT"; what a refusal says if points is 0 */
    const char *note;    /* part of one, or NULL: there is none */
} Case;

static const Case CASES[] = {
    {"01-row-names-without-header.csv", {0}, 12, "class 0=6 class 1=6", "row name"},
    {"02-decimal-commas-between-commas.csv", {0}, 0, ":2: 5 cells where the header has 3", NULL},
    {"03-two-rows-joined.txt", {0}, 0, ":4: 5 cells where the first row has 3", NULL},
    {"03-two-rows-joined.txt", {.skip_bad = true}, 4, "1=2 2=2", NULL},
    {"04-pandas-numbered-header.csv", {0}, 12, "class 0=6 class 1=6", "taken as a header"},
    {"05-sklearn-count-header.csv", {.columns = "1,2,5"}, 6, "class 0=2 class 1=2 class 2=2", "counts the rows"},
    {"06-missing-labels-NA.csv", {0}, 0, ":4: column label: missing: 'NA'", NULL},
    {"06-missing-labels-NA.csv", {.skip_bad = true}, 8, "female=4 male=4", NULL},
    {"07-labels-3-and-4.csv", {0}, 12, "3=6 4=6", NULL},
    {"07-labels-3-and-4.csv", {.classes = 5}, 12, "class 0=0 class 1=0 class 2=0 class 3=6 class 4=6", NULL},
    {"08-unix-seconds.csv", {0}, 12, "class 0=6 class 1=6", "differences from 1700000010"},
    {"09-german-thousands.csv", {0}, 0, ":3: '1.010' has another decimal sign than line 2", NULL},
    {"10-one-hot-labels.csv", {0}, 0, ":2: 4 cells where the header has 3", NULL},
    {"11-long-labels.csv", {0}, 12, "Adelie penguin (Pygoscelis adeliae)=6 Gentoo penguin (Pygoscelis papua)=6", NULL},
    {"12-long-labels-same-start.csv",
     {0},
     12,
     "Measured on the first site of the year 2007=6 Measured on the first site of the year 2008=6",
     NULL},
    {"13-units-that-differ.csv", {.columns = "age,salary,bought"}, 40, "class 0=20 class 1=20", NULL},
    {"15-scripts.csv", {0}, 24, "Γάτα=4 Кошка=4 قطة=4 猫咪=4 한국어=4 🐱=4", NULL},
    {"17-wrong-labels-rows-5-22-39.csv", {0}, 60, "A=20 B=20 C=20", NULL},
    {"20-other-names.csv", {0}, 12, "class 0=6 class 1=6", "columns x1, x2 and y taken as x, y and label"},
    {"21-spaces.txt", {0}, 12, "class 0=6 class 1=6", NULL},
    {"22-spaces-and-header.txt", {.columns = "xs,ys,yc"}, 12, "class 0=6 class 1=6", NULL},
    {"23-double-tab.txt", {0}, 5, "2=2 3=3", NULL},
    {"24-hash-header.csv", {0}, 12, "class 0=6 class 1=6", NULL},
    {"25-comments.tsv", {0}, 12, "class 0=6 class 1=6", NULL},
    {"26-sep-line.csv", {0}, 12, "class 0=6 class 1=6", NULL},
    {"27-three-header-rows.tab", {.columns = "x,y,class"}, 12, "no=6 yes=6", NULL},
    {"27-three-header-rows.tab", {0}, 12, "no=6 yes=6", NULL},
    {"28-weka.arff", {0}, 12, "class 0=6 class 1=6", NULL},
    {"29-svmlight.txt", {0}, 0, "svmlight", NULL},
    {"30-ten-classes.csv",
     {0},
     40,
     "class 0=4 class 1=4 class 2=4 class 3=4 class 4=4 class 5=4 class 6=4 class 7=4 class 8=4 class 9=4",
     NULL},
    {"31-trailing-empty-rows.csv", {0}, 12, "class 0=6 class 1=6", NULL},
    {"32-utf16le-bom.txt", {0}, 12, "class 0=6 class 1=6", NULL},
    {"33-utf16le-no-bom.txt", {0}, 12, "class 0=6 class 1=6", "read as UTF-16LE"},
    {"34-gzip.csv.gz", {0}, 12, "class 0=6 class 1=6", NULL},
    {"35-title-above-header.csv", {0}, 12, "class 0=6 class 1=6", "left out"},
    {"36-label-Nan-is-a-name.csv", {0}, 0, "column label: missing: 'Nan'", NULL},
    {"37-nul-in-label.csv", {0}, 0, ":14: a NUL byte", NULL},
    {"38-nbsp-label.csv", {0}, 12, "cat=6 dog=6", NULL},
    {"39-stdin.csv", {0}, 12, "class 0=6 class 1=6", NULL},
};

static void list_classes(const Dataset *data, char text[1000]) {
    size_t used = 0;
    text[0] = '\0';
    for (int k = 0; k < data->classes; k++) {
        char name[32];
        used += (size_t)snprintf(text + used, 1000 - used, "%s%s=%zu", k ? " " : "", dataset_class_name(data, k, name),
                                 data->class_count[k]);
    }
}

static void check(const char *name, const char *file, const Case *c) {
    PointsNotes notes = {0};
    PointsFormat format = c->format;
    format.notes = &notes;
    Dataset data;
    Status status = {0};
    char classes[1000];
    if (!points_read(&data, file, &format, &status)) {
        if (c->points > 0 || !strstr(status.message, c->classes))
            fail_msg("%s: %s", name, status.message);
        return;
    }
    list_classes(&data, classes);
    if (data.count != c->points || strcmp(classes, c->classes) != 0)
        fail_msg("%s: %zu points, %s", name, data.count, classes);
    bool noted = false;
    for (int i = 0; i < notes.count; i++)
        noted = noted || (c->note && strstr(notes.text[i], c->note));
    if (c->note ? !noted : notes.count > 0)
        fail_msg("%s: %s", name, notes.count > 0 ? notes.text[0] : "nothing is said");
    dataset_free(&data);
}

static void cases_are_read_rightly(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char file[512];
        snprintf(file, sizeof file, "%s/cases/%s", TEST_SOURCE_DIR, CASES[i].file);
        check(CASES[i].file, file, &CASES[i]);
    }
}

static void put(const char *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

#define SIXTEEN "a name so long, "
#define SIXTY_FOUR SIXTEEN SIXTEEN SIXTEEN SIXTEEN
#define LONG_NAME "\"" SIXTY_FOUR SIXTY_FOUR SIXTY_FOUR SIXTY_FOUR "and more\""

/* More of each kind, written out. */
static const Case KINDS[] = {
    /* rows */
    {"x,y,label\n1,2,0,,,\n3,4,1,\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"x,y,label\n1,2,0\n,,\n3,4,1\n,,,,\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"x;y;label\n1;2;0\n;;\n3;4;1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"x,y,label\n1,2,0,9\n3,4,1\n", {0}, 0, ":2: 4 cells where the header has 3", NULL},
    {"x,y,label\n1,2,0,9\n3,4,1\n5,6,0\n", {.skip_bad = true}, 2, "class 0=1 class 1=1", NULL},
    {"\"x\" \"y\" \"label\"\n\"1\" 1 2 0\n\"2\" 3 4 1\n", {0}, 2, "class 0=1 class 1=1", "row name"},
    {"x,y,label\na,1,2,0\nb,3,4,1\n", {0}, 2, "class 0=1 class 1=1", "row name"},
    {"x,y,label\na,1,2,0\na,3,4,1\n", {0}, 0, "4 cells where the header has 3", NULL}, /* twice the same name */
    /* delimiters */
    {"1.5   2   0\n  3 4   1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"x y label\n1 \t 2\t0\n3 4 1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"1, 2, 0\n3, 4, 1\n5, 6, 0\n", {0}, 3, "class 0=2 class 1=1", NULL},
    {"1|2|a\n3|4|b\n", {0}, 2, "a=1 b=1", NULL},
    {"\"sep=;\"\r\nx;y;label\r\n1,5;2;0\r\n3;4;1\r\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"SEP=|\nx|y|label\n1|2|0\n3|4|1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"# a\n# x,y,label\n1,2,0\n3,4,1\n# end\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"%x,y,label\n1,2,0\n3,4,1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"x,y,label\n1,2,\"a\nb\"\n3,4,c\n", {0}, 2, "a?b=1 c=1", NULL},
    {"x\ty\tlabel\n1\t2\tIris setosa\n3\t4\tIris virginica\n", {0}, 2, "Iris setosa=1 Iris virginica=1", NULL},
    {"1,5 2,5 0\n-3,25 4,5 1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"1.5\t2.5\tNew York\n3.5\t4\tLos Angeles\n", {0}, 2, "Los Angeles=1 New York=1", NULL},
    {"1.5\t2.5\tParis, FR\n3.5\t4\tRome, IT\n", {0}, 2, "Paris, FR=1 Rome, IT=1", NULL},
    {"1,5\t2,5\tNew York\n3,5\t4\tNew Jersey\n", {0}, 2, "New Jersey=1 New York=1", NULL},
    {"1 2\t0\n3 4\t1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    /* missing */
    {"x,y,label\n1,2,0\n3,?,1\n", {0}, 0, ":3: column y: missing: '?'", NULL},
    {"x,y,label\n1,2,0\n3,#n/a,1\n5,6,NULL\n7,8,none\n9,1,1\n", {.skip_bad = true}, 2, "class 0=1 class 1=1", NULL},
    {"x,y,label\n1,2,NA\n3,-,b\n5,6,b\n", {.missing = "-", .skip_bad = true}, 2, "NA=1 b=1", NULL},
    /* header */
    {",0,1,2\n0,1.5,2,0\n1,3,4,1\n2,5,6,0\n", {.columns = "2,3,4"}, 3, "class 0=2 class 1=1", "taken as a header"},
    {"My data\nx,y,label\n1,2,0\n3,4,1\n", {0}, 2, "class 0=1 class 1=1", "left out"},
    {"Title\nof 2020\n\nx,y,label\n1,2,0\n3,4,1\n", {0}, 2, "class 0=1 class 1=1", "2 lines above"},
    {"a,b,c\n1,2,0\n3,4,1\n", {.header = "no", .skip_bad = true}, 2, "class 0=1 class 1=1", NULL},
    {"1,2,3\n1,2,0\n3,4,1\n", {.header = "yes"}, 2, "class 0=1 class 1=1", "columns 1, 2 and 3"},
    {"junk\nmore junk,\nx,y,label\n1,2,0\n3,4,1\n", {.header = "3"}, 2, "class 0=1 class 1=1", NULL},
    {"x,y,label\n1,2,0\n", {.header = "9"}, 0, "no row begins in line 9, which --header names", NULL},
    {"a,b,kind\n1,2,u\n3,4,v\n", {0}, 2, "u=1 v=1", "columns a, b and kind taken as x, y and label"},
    {"kind,a,b\nu,1,2\nv,3,4\n", {0}, 2, "u=1 v=1", "columns a, b and kind taken as x, y and label"},
    {"u,1,2\nv,3,4\n", {0}, 2, "u=1 v=1", "columns 2, 3 and 1 taken"},
    {"x,y,z,Species\n1,2,9,u\n3,4,9,v\n", {0}, 2, "u=1 v=1", NULL},
    {"a,b,c,d\n1,2,3,0\n", {0}, 0, "there are: a, b, c, d. Choose three of them with --columns", NULL},
    {"1,2,0,9\n3,4,1,9\n",
     {0},
     0,
     "no header, and 4 columns: 1 (1), 2 (2), 3 (0), 4 (9). Choose three of them with --columns",
     NULL},
    {"5.1,3.5,1.4,0.2,Iris setosa\n4.9,3.0,1.4,0.2,Iris virginica\n", {0}, 0, "4 (0.2), 5 (Iris setosa)", NULL},
    {"5.1,3.5,1.4,0.2,setosa\n4.9,3.0,1.4,0.2,virginica\n", {.columns = "1,2,5"}, 2, "setosa=1 virginica=1", NULL},
    /* which of three columns of numbers is the label */
    {"1,14.1,1.1\n2,14.2,1.7\n1,14.3,1.4\n", {0}, 3, "1=2 2=1", "columns 2, 3 and 1 taken as x, y and label"},
    {"y,x1,x2\n0,-1.5,-1.35\n1,-1.35,-1.4\n0,-1.2,-0.8\n", {0}, 3, "class 0=2 class 1=1", "columns x1, x2 and y"},
    {"a,b,price\n1.5,2.5,9.5\n3,4,8.25\n5,6.1,7.1\n", {0}, 0, "column price has fractions", NULL},
    {"x,y,z\n1.5,2.5,9.5\n3,4,8.25\n5,6.1,7.1\n", {0}, 0, "there are: x, y, z. Choose three", NULL},
    {"1.5,2.5,9.5\n3,4,8.25\n5,6.1,7.1\n",
     {0},
     0,
     "column 3 has fractions, no kinds of labels; there are: 1 (1.5)",
     NULL},
    {"1,0,9.5\n1,1,8.25\n2,0,7.1\n2,1,7.2\n", {0}, 0, "column 3 has fractions", NULL}, /* two could be the label */
    {"x,y,target\n1,2,9.5\n3,4,8.25\n5,6,7.1\n", {0}, 0, ":1: column target has fractions", NULL},
    {"x,y,target\n1,2,9.5\n3,4,8.25\n5,6,7.1\n", {.columns = "x,y,target"}, 3, "7.1=1 8.25=1 9.5=1", NULL},
    {"1,2,1.0\n3,4,2.0\n5,6,1.0\n", {0}, 3, "1=2 2=1", NULL},
    {"1,2,0.5\n3,4,1.5\n5,6,0.5\n", {0}, 3, "0.5=2 1.5=1", NULL},
    /* labels */
    {"x,y,label\n1,2,-1\n3,4,+1\n5,6,1.0\n", {0}, 3, "-1=1 1=2", NULL},
    {"x,y,label\n1,2,True\n3,4,False\n", {0}, 2, "False=1 True=1", NULL},
    {"x,y,label\n1,2,0.0\n3,4,2.0\n", {0}, 2, "0=1 2=1", NULL},
    {"x,y,label\n1,2,1\n3,4,3\n", {.classes = 3}, 0, "with --classes 3 the labels are the numbers 0 to 2", NULL},
    {"x,y,label\n1,2,\xe3\x80\x80"
     "cat\xe2\x80\xaf\n3,4,dog\n",
     {0},
     2,
     "cat=1 dog=1",
     NULL},
    /* numbers */
    {"x,y,label\n\"1,234\",2,0\n3,4,1\n", {0}, 0, "(write numbers without thousands separators)", NULL},
    {"1,140,107\n1,120,99\n2,130,100\n2,150,88\n3,160,77\n", /* classes first */
     {0},
     5,
     "1=2 2=2 3=1",
     "columns 2, 3 and 1 taken as x, y and label"},
    {"1,1,0\n1,2,1\n2,1,0\n2,2,1\n", {0}, 4, "class 0=2 class 1=2", "columns 1, 2 and 3 taken as"},
    {LONG_NAME ",b,kind\n1,2,u\n3,4,v\n", {0}, 2, "u=1 v=1", "b and kind taken as x, y and label"},
    {"x,y,label\n\"1,23,456\",2,0\n3,4,1\n", {0}, 0, "'1,23,456' (write numbers without thousands separators)", NULL},
    {"x,y,label\n1.5D+00,2,0\n3,4,1\n", {0}, 0, "'1.5D+00' (write its exponent with e", NULL},
    {"x;y;label\n1,5;2.5;0\n3;4;1\n", {0}, 0, "another decimal sign", NULL},
    {"x,y,label\n0x10,2,0\n3,4,1\n", {0}, 0, ":2: column x: not a number: '0x10'", NULL},
    {"x,y,label\n1e999,2,0\n3,4,1\n", {0}, 0, ":2: column x: not a finite float32 number: '1e999'", NULL},
    /* ARFF */
    {"@relation r\n@attribute x real\n@attribute y real\n@attribute class {0,1}\n@data\n1.5 , 2 , 0\n3 , 4 , 1\n",
     {0},
     2,
     "class 0=1 class 1=1",
     NULL},
    {"% c\n@RELATION r\n@ATTRIBUTE 'a b' REAL\n@ATTRIBUTE y numeric\n@attribute class {'one two',b}\n\n@DATA\n1,2,'one two'\n3,4,b\n",
     {.columns = "a b,y,class"},
     2,
     "b=1 one two=1",
     NULL},
    {"@relation r\n@attribute x real\n", {0}, 0, "without a line @data", NULL},
    /* more rows */
    {"x,y,label\n1,2,0,\n3,4,1,\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"\"x\",\"y\",\"label\"\n\"5\",1,2,0\n\"17\",3,4,1\n\"9\",3,4,1\n", {0}, 3, "class 0=1 class 1=2", "row name"},
    {"x y label\n17 1 2 0\n5 3 4 1\n", {0}, 2, "class 0=1 class 1=1", "row name"},
    {"     x  y label\n0  1.5  2     a\n1  3.0  4     b\n", {0}, 2, "a=1 b=1", "row name"},
    {"\"1\" 1.5 2 0\n\"2\" 3 4 1\n\"3\" 5 6 0\n", {0}, 3, "class 0=2 class 1=1", "columns 2, 3 and 4 taken"},
    {"0,1.5,2,a\n1,3,4,b\n2,5,6,a\n", {0}, 3, "a=2 b=1", "columns 2, 3 and 4 taken"},
    {"x,y,label\n1,2,0 # first\n3,4,1\n", {0}, 0, ":2: column label: a label with a remark behind it", NULL},
    {"\t13.5\t26.65\t1\n\t13.2\t26.1\t2\n\t13.1\t26\t1\n", {0}, 3, "1=2 2=1", "columns 2, 3 and 4 taken as x"},
    {"1.5,2,0;\n3,4,1;\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"1.5,2,a;\n3,4,b;\n", {0}, 2, "a;=1 b;=1", NULL},
    {"x,y,label\n1,2,\"quoted\" word\n3,4,steel\n",
     {0},
     0,
     ":2: column label: text behind the closing quote: 'word'",
     NULL},
    {"x,y,label\n1,2,\"say \\\"hi\\\"\"\n3,4,b\n", {0}, 0, ":2: column label: text behind the closing quote", NULL},
    {"x,y,label\n1,2,\"a\"\xc2\xa0 \n3,4,b\n", {0}, 2, "a=1 b=1", NULL},
    {"x,y,label\n1,2,\xed\xa0\x80\n3,4,b\n", {0}, 0, ":2: column label: not UTF-8", NULL},
    {"\xef\xbb\xbfx,y,label\n1,2,K\xc3\xa4se\n3,4,Brot\n",
     {.encoding = "LATIN1"},
     2,
     "Brot=1 K\xc3\xa4se=1",
     "begins with the mark of UTF-8: read as that, not as LATIN1"},
    {"1 2 0 # first\n3 4 1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"x,y,label\n1,2,0\n#3,4,1\n5,6,1\n", {0}, 2, "class 0=1 class 1=1", "1 line of numbers behind #"},
    {"# 1,2,0\n1,2,0\n3,4,1\n", {0}, 2, "class 0=1 class 1=1", "1 line of numbers behind # or % left out"},
    {"# 2 3\n1 2 0\n3 4 1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"x,y,label\n1,2,0\n#N/A,4,1\n5,6,1\n", {0}, 0, ":3: column x: missing: '#N/A'", NULL},
    {"x,y,label\n1,2,0\n#DIV/0!,4,1\n5,6,1\n", {0}, 0, ":3: column x: not a number: '#DIV/0!'", NULL},
    {"x,y,label\n1,2,0\n3,4,1\n\x1a", {0}, 2, "class 0=1 class 1=1", NULL},
    /* more delimiters */
    {"sep= \nx y label\n1 2 0\n3 4 1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"\"sep=,\",,\nx,y,label\n1,2,0\n3,4,1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"x:y:label\n1:2:0\n3:4:1\n", {0}, 0, "--delimiter says which", NULL},
    {"x:y:label\n1:2:0\n3:4:1\n", {.delimiter = ":"}, 2, "class 0=1 class 1=1", NULL},
    {"  # made by hand\n  # x,y,label\n1,2,0\n3,4,1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"'x','y','label'\n'1.5','2','a'\n'3','4','b'\n", {0}, 2, "a=1 b=1", NULL},
    {"| x | y | label |\n|---|---|---|\n| 1 | 2 | a |\n| 3 | 4 | b |\n", {0}, 2, "a=1 b=1", NULL},
    {" x | y | label \n---+---+-------\n 1 | 2 | a\n 3 | 4 | b\n", {0}, 2, "a=1 b=1", NULL},
    {"+---+---+---+\n| x | y | label |\n+===+===+===+\n| 1 | 2 | a |\n| 3 | 4 | b |\n+---+---+---+\n",
     {0},
     2,
     "a=1 b=1",
     NULL},
    {"x,y,label\n\"1,5\",\"2,5\",a\n\"3,5\",\"4\",b\n", {0}, 2, "a=1 b=1", NULL},
    {"x,y,label\n\"1,5\",\"2.5\",a\n\"3,5\",\"4\",b\n", {0}, 0, "another decimal sign", NULL},
    {"x,y,label\r1,2,\"a\rb\"\r3,4,c\r", {0}, 2, "a?b=1 c=1", NULL},
    /* more missing values */
    {"x,y,label\n1,2,0\n3,4,<NA>\n5,6,1\n", {0}, 0, ":3: column label: missing: '<NA>'", NULL},
    {"x,y,label\n1,2,0\n-999.0,4,1\n5,6,1\n", {.missing = "-999", .skip_bad = true}, 2, "class 0=1 class 1=1", NULL},
    {"NA,NA,a\n1,2,b\n3,4,a\n", {0}, 0, ":1: column 1: missing: 'NA'", NULL},
    /* more headers */
    {"Unnamed: 0,a,b,c\n0,1.5,2,0\n1,3,4,1\n", {0}, 2, "class 0=1 class 1=1", "columns a, b and c taken"},
    {",a,b,kind\n0,1.5,2,u\n1,3,4,v\n", {0}, 2, "u=1 v=1", "columns a, b and kind taken"},
    {"id,x1,x2,y\n1,1.5,2,0\n2,3,4,1\n3,5,6,0\n", {0}, 3, "class 0=2 class 1=1", "columns x1, x2 and y taken"},
    {",0,1,2\n0,1.5,2,0\n1,3,4,1\n", {0}, 2, "class 0=1 class 1=1", "columns 2, 3 and 4 taken"},
    {"0,1,label\n1.5,2,0\n3,4,1\n5,6,0\n", {0}, 3, "class 0=2 class 1=1", "columns 0, 1 and label taken"},
    {"x,2020,kind\n1,2,0\n3,4,1\n5,6,0\n", {0}, 3, "class 0=2 class 1=1", "columns x, 2020 and kind taken"},
    {"1,2,3\n1.5,2,0\n3,4,1\n5,6,0\n5,6,1\n5,7,1\n", {0}, 5, "class 0=2 class 1=3", "counts the columns"},
    {"2019,2020,place\n1,2,0\n3,4,1\n", {0}, 0, ":1: 'place' among numbers: say --header yes", NULL},
    {"19,20,place\n1,2,n\n3,4,s\n5,6,n\n7,8,s\n", {0}, 5, "n=2 place=1 s=2", "no other has its label 'place'"},
    {"3\n1 2 0\n3 4 1\n5 6 0\n", {0}, 3, "class 0=2 class 1=1", "counts the rows"},
    {"3 2 2\n1.5 2 0\n3 4 1\n5 6 0\n", {0}, 3, "class 0=2 class 1=1", "counts the rows"},
    {"Some,words,here\nx,y,label\n1,2,0\n3,4,1\n", {0}, 2, "class 0=1 class 1=1", "left out"},
    {"Exported,2020,\nx,y,label\n1,2,0\n3,4,1\n", {0}, 2, "class 0=1 class 1=1", "left out"},
    {"# x,y,label\n1,2,0\n3,4,1\n", {.header = "1"}, 2, "class 0=1 class 1=1", NULL},
    {"date,y,label\n2020-01-01,2,0\n2020-01-02,4,1\n", {0}, 0, "there are: date, y, label", NULL},
    {"1,2\n3,4\n", {0}, 0, "has 2 columns; x, y and label are needed", NULL},
    {"\"x\n(cm)\",y,label\n1,2,0\n3,4,1\n", {0}, 2, "class 0=1 class 1=1", "columns x?(cm), y and label"},
    {"gr\xf6\xdf,b\n1,2\n", {.columns = "a,b,c"}, 0, "the names are not UTF-8; name the encoding", NULL},
    {"\xba\xe1,\xd7\xdd,\xc0\xe0\n1,2,0\n3,4,1\n", {0}, 0, ":1: the name of column 1 is not UTF-8; name the enc", NULL},
    {"\xba\xe1,\xd7\xdd,\xc0\xe0\n1,2,0\n3,4,1\n", {.columns = "1,2,3"}, 0, "the name of column 1 is not UTF-8", NULL},
    {"\xba\xe1,\xd7\xdd,\xc0\xe0\n1,2,0\n3,4,1\n",
     {.encoding = "GB18030"},
     2,
     "class 0=1 class 1=1",
     "columns 横, 纵 and 类 taken"},
    {"id,2,3,4\n7,1,2,0\n7,3,4,1\n", {.columns = "2,3,4"}, 2, "class 0=1 class 1=1", NULL},
    {"id,2,3,4\n7,1,2,0\n7,3,4,1\n", {0}, 0, "there are: id, 2, 3, 4", NULL},
    {"0,1,2,label\n7,1,2,0\n7,3,4,1\n", {.columns = "2,3,4"}, 2, "class 0=1 class 1=1", "one named 2 has the number 3"},
    {"0,1,2,label\n7,1,2,0\n7,3,4,1\n", {.columns = "0,1,label"}, 2, "class 0=1 class 1=1", NULL},
    {"2019,2020,place\n1,2,0\n3,4,1\n", {.columns = "2019,2020,place"}, 2, "class 0=1 class 1=1", NULL},
    {"0,1,2,3\n7,1,2,0\n7,3,4,1\n", {.columns = "2,3,4"}, 2, "class 0=1 class 1=1", "numbers from 1"},
    {"a\u202egnp,b\u2066,c\u2028,d\u200f\u061c\xc2\x85\n1,2,0,1\n",
     {0},
     0,
     "there are: a?gnp, b?, c?, d???. Choose",
     NULL},
    /* more labels */
    {"x,y,label\n1,2,12345678901234567890\n3,4,12345678901234567891\n",
     {0},
     2,
     "12345678901234567890=1 12345678901234567891=1",
     NULL},
    {"x,y,label\n1,2,1\n3,4,+1\n5,6,1e0\n7,8, 2\n", {0}, 4, "1=3 2=1", NULL},
    {"x,y,label\n1,2,1\n3,4,01\n5,6,1e0\n7,8, 2\n", {0}, 4, "01=1 1=2 2=1", NULL},
    {"x,y,label\n1,2,007\n3,4,008\n", {0}, 2, "007=1 008=1", NULL},
    {"x,y,label\n1,2,0\n3,4,00\n5,6,1\n", {0}, 3, "0=1 00=1 1=1", NULL},
    {"x,y,label\n1,2,01234\n3,4,1234\n", {0}, 2, "01234=1 1234=1", NULL},
    {"x,y,label\n1,2,00\n3,4,01\n5,6,1\n", {.classes = 2}, 3, "class 0=1 class 1=2", NULL},
    {"x,y,label\n1,2,9007199254740992\n3,4,9007199254740993\n", {0}, 2, "9007199254740992=1 9007199254740993=1", NULL},
    {"x,y,label\n1,2,0\n3,4,0\n", {0}, 0, "every label is '0'; 2 to 32 kinds are needed (--classes N", NULL},
    {"x,y,label\n1,2,1\n3,4,1\n", {0}, 0, "every label is '1'; 2 to 32 kinds are needed (--classes N", NULL},
    {"x,y,label\n1,2,1\n3,4,1\n", {.classes = 2}, 2, "class 0=0 class 1=2", NULL},
    {"x,y,label\n1,2,\"\x01\"\n3,4,a\n", {0}, 0, "a label of control characters alone", NULL},
    /* more numbers */
    {"x;y;label\n1,234;2;0\n3;4;1\n", {0}, 0, ":2: '1,234' may have a decimal comma or separate thousands", NULL},
    {"x;y;label\n1,234;2;0\n3;4;1\n", {.decimal = "comma"}, 2, "class 0=1 class 1=1", NULL},
    {"x;y;label\n1,234;2;0\n3;4;1\n", {.decimal = "point"}, 0, "without thousands separators", NULL},
    {"x;y;label\n1,234;0,125;0\n3;4;1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"x\ty\tlabel\n1,234\t2,345\t0\n999\t12\t1\n", {0}, 0, "may have a decimal comma or separate thousands", NULL},
    {"x,y,label\n1 234,2,0\n3,4,1\n", {0}, 0, "without thousands separators", NULL},
    {"x,y,label\n1'234.5,2,0\n3,4,1\n", {0}, 0, "without thousands separators", NULL},
    {"x,y,label\n1\u202f234,2,0\n3,4,1\n", {0}, 0, "without thousands separators", NULL},
    {"x,y,label\n50%,2,0\n3,4,1\n", {0}, 0, "'50%' (write the number alone, without a unit", NULL},
    {"x,y,label\n2020-01-02,2,0\n3,4,1\n", {0}, 0, "a date or time: write it as a number", NULL},
    {"x,y,label\n-inf,2,0\n3,4,1\n", {0}, 0, "only finite numbers", NULL},
    {"x,y,label\n\u22121.5,2,0\n3,4,1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    /* other programs' tables */
    {"@relation b\n@attribute At1 real [-3.09, 2.81]\n@attribute At2 real\n@attribute Class{-1, 1}\n@inputs At1, At2\n"
     "@outputs Class\n@data\n1.14, -0.114, -1\n-1.52, -1.15, 1\n",
     {0},
     2,
     "-1=1 1=1",
     "columns At1, At2 and Class taken"},
    {"@relation r\n @attribute x real\n @attribute y real\n @attribute class {'it\\'s',b}\n @data\n1,2,'it\\'s'\n3,4,b\n",
     {0},
     2,
     "b=1 it's=1",
     NULL},
    {"@relation r\n@attribute x real\n@data\n{0 1}\n", {0}, 0, "sparse ARFF", NULL},
    {"name\tx\ty\tkind\ns\tc\tc\ta b\nmeta\t\t\tclass\nu\t1\t2\ta\nv\t3\t4\tb\n", {0}, 2, "a=1 b=1", NULL},
    {"x\ty\tclass\nc\tc\t0 1\n\t\tclass\n1.5\t2\t0\n3\t4\t1\n", {0}, 2, "class 0=1 class 1=1", NULL},
    {"mS#name\tC#x\tC#y\tcD#kind\nu\t1\t2\ta\nv\t3\t4\tb\n", {0}, 2, "a=1 b=1", NULL},
    {"1 qid:1 1:0.5\n2 qid:1 1:2\n", {0}, 0, "svmlight", NULL},
    {"[[1,2,0],[3,4,1]]", {0}, 0, "JSON or a program's list", NULL},
    {"[x],[y],[label]\n1,2,0\n3,4,1\n", {0}, 2, "class 0=1 class 1=1", "columns [x], [y] and [label]"},
    {"<?xml version=\"1.0\"?>", {0}, 0, "XML", NULL},
    {"\n\n <!doctype html>", {0}, 0, "a web page", NULL},
    {"version https://git-lfs.github.com/spec/v1\n", {0}, 0, "Git LFS", NULL},
    {"\x80\5\x95", {0}, 0, "Python pickle", NULL},
    {"\x89HDF\r\n", {0}, 0, "HDF5", NULL},
    {"%PDF-1.4", {0}, 0, "PDF", NULL},
    {"\x1f\x8b", {0}, 0, "gzip data end early", NULL},
    {"x\x9c\xab\xd0\xa9\x01", {0}, 0, "is no text", NULL},
    /* what is no table */
    {"PK\3\4rest", {0}, 0, "a zip archive", NULL},
    {"{\"a\": 1}", {0}, 0, "JSON", NULL},
    {"<!DOCTYPE html>\n<html>", {0}, 0, "a web page", NULL},
    {"\x93NUMPY\1", {0}, 0, "NumPy", NULL},
};

static void kinds_are_read_rightly(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        put(KINDS[i].file, strlen(KINDS[i].file));
        check(KINDS[i].file, path, &KINDS[i]);
    }
}

#define BYTES(text) text, sizeof text - 1

static void other_encodings_are_read(void **state) {
    (void)state;
    const struct {
        const char *encoding, *bytes;
        size_t size;
        const char *classes;
    } texts[] = {
        {"LATIN1", BYTES("x,y,label\n1,2,M\xfcller\n3,4,b\n"), "Müller=1 b=1"},
        {"Latin-1", BYTES("x,y,label\n1,2,M\xfcller\n3,4,b\n"), "Müller=1 b=1"},
        {"GB18030", BYTES("x,y,label\n1,2,\xc3\xa8\n3,4,b\n"), "b=1 猫=1"},
        {"SHIFT-JIS", BYTES("x,y,label\n1,2,\x94\x4c\n3,4,b\n"), "b=1 猫=1"},
        {NULL,
         BYTES("\xfe\xff\0x\0,\0y\0,\0l\0a\0b\0e\0l\0\n\0"
               "1\0,\0"
               "2\0,\0"
               "0\0\n\0"
               "3\0,\0"
               "4\0,\0"
               "1\0\n"),
         "class 0=1 class 1=1"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        put(texts[i].bytes, texts[i].size);
        check("an encoding", path,
              &(Case){.format.encoding = texts[i].encoding, .points = 2, .classes = texts[i].classes});
    }
    static const char *const WIDE[] = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};
    for (size_t i = 0; i < sizeof WIDE / sizeof *WIDE; i++)
        for (int mark = 0; mark < 2; mark++) {
            char text[] = "\ufeffx,y,label\n1,2,caf\u00e9\n3,4,\u732b\n", bytes[400];
            char *in = mark ? text : text + 3, *out = bytes;
            size_t left = strlen(in), room = sizeof bytes;
            iconv_t convert = iconv_open(WIDE[i], "UTF-8");
            assert_int_equal(iconv(convert, &in, &left, &out, &room), 0);
            iconv_close(convert);
            put(bytes, (size_t)(out - bytes));
            check(WIDE[i], path,
                  &(Case){.points = 2, .classes = "caf\u00e9=1 \u732b=1", .note = mark ? NULL : WIDE[i]});
        }
    put(BYTES("x,y,label\n1,2,\xff\n3,4,b\n"));
    check("a wrong encoding", path,
          &(Case){.format.encoding = "SHIFT-JIS", .classes = "a character is not SHIFT-JIS; name the encoding"});
    check("no such encoding", path, &(Case){.format.encoding = "KLINGON", .classes = "there is no encoding 'KLINGON'"});
}

static void packed_files_are_read(void **state) {
    (void)state;
    gzFile file = gzopen(path, "wb");
    gzputs(file, "x,y,label\n");
    for (int i = 0; i < 50000; i++)
        gzprintf(file, "%d,%d,%d\n", i, -i, i % 2);
    gzclose(file);
    check("a packed file", path, &(Case){.points = 50000, .classes = "class 0=25000 class 1=25000"});
    FILE *plain = fopen(path, "r+b");
    fseek(plain, 9000, SEEK_SET);
    for (int i = 0; i < 100; i++)
        fputc('!', plain);
    fclose(plain);
    check("a packed file that is damaged", path,
          &(Case){.format.skip_bad = true, .classes = "its gzip data are damaged"});
    plain = fopen(path, "r+b"); /* cut before that */
    assert_int_equal(ftruncate(fileno(plain), 8000), 0);
    fclose(plain);
    check("a packed file that is cut", path, &(Case){.classes = "its gzip data end early"});
}

/* Every number as strtof reads it, whatever way it took. */
static void numbers_are_rounded_once(void **state) {
    (void)state;
    uint32_t random = 3;
    static char text[1 << 20];
    static float expected[20000];
    size_t used = (size_t)sprintf(text, "x,y,label\n"), count = 0;
    for (int i = 0; i < 10000; i++) {
        for (int k = 0; k < 2; k++) {
            char number[64];
            random = random * 1664525u + 1013904223u;
            uint64_t digits = ((uint64_t)random << 20) * (uint64_t)(i % 7 + 1) >> (random >> 27);
            random = random * 1664525u + 1013904223u;
            int exponent = (int)(random >> 26) - 32;
            switch (random >> 8 & 3) {
            case 0:
                snprintf(number, sizeof number, "%llue%d", (unsigned long long)digits, exponent % 20);
                break;
            case 1:
                snprintf(number, sizeof number, "%.9g", (double)digits * 1e-9);
                break;
            case 2:
                snprintf(number, sizeof number, "-%.17g", ldexp((double)digits, exponent - 40));
                break;
            default:
                snprintf(number, sizeof number, "0.%09llu", (unsigned long long)digits % 1000000000);
                break;
            }
            expected[count++] = strtof(number, NULL);
            used += (size_t)sprintf(text + used, "%s%s", number, k == 0 ? "," : i % 2 ? ",0\n" : ",1\n");
        }
    }
    put(text, used);
    Dataset data;
    Status status = {0};
    if (!points_read(&data, path, NULL, &status))
        fail_msg("%s", status.message);
    for (size_t i = 0; i < data.count; i++)
        if (data.x[i] != expected[2 * i] || data.y[i] != expected[2 * i + 1])
            fail_msg("row %zu: %.9g and %.9g instead of %.9g and %.9g", i, (double)data.x[i], (double)data.y[i],
                     (double)expected[2 * i], (double)expected[2 * i + 1]);
    dataset_free(&data);
}

/* Whatever the bytes are: they are read or refused, and nothing is left or touched beyond (the sanitizers see to
 * that). */
static void damaged_files_are_survived(void **state) {
    (void)state;
    uint32_t random = 11;
    for (int round = 0; round < 400; round++)
        for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i += 3) {
            char file[512], bytes[8192];
            snprintf(file, sizeof file, "%s/cases/%s", TEST_SOURCE_DIR, CASES[i].file);
            FILE *from = fopen(file, "rb");
            size_t size = fread(bytes, 1, sizeof bytes, from);
            fclose(from);
            for (int changes = 0; changes < 4 && size > 0; changes++) {
                random = random * 1664525u + 1013904223u;
                static const char ODD[] = {'"', ',', '\n', '\r', '\0', ';', '\t', '#', '\xff', '\'', '@', ' '};
                size_t at = (random >> 8) % size;
                if (random >> 30)
                    bytes[at] = ODD[(random >> 4) % sizeof ODD];
                else
                    size = at;
            }
            put(bytes, size);
            Dataset data;
            Status status = {0};
            if (points_read(&data, path, &(PointsFormat){.skip_bad = round % 2}, &status))
                dataset_free(&data);
            else
                assert_true(status.message[0] && !strchr(status.message, '\n'));
        }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(cases_are_read_rightly), TEST(kinds_are_read_rightly),   TEST(other_encodings_are_read),
        TEST(packed_files_are_read),  TEST(numbers_are_rounded_once), TEST(damaged_files_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
