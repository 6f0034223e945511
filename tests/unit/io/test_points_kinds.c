/* Files that are no table are told apart by how they begin: what they are, and what to do. */
#include "app/io/points_private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* From a copy of exactly so many bytes, so that one too many is seen. */
static void is(const char *(*kind)(const char *, size_t), const char *bytes, size_t size, const char *expected) {
    char *exact = malloc(size ? size : 1);
    assert_non_null(exact);
    memcpy(exact, bytes, size);
    const char *what = kind(exact, size);
    free(exact);
    if (!what != !expected || (what && !strstr(what, expected)))
        fail_msg("'%.*s' %s, not: %s", (int)size, bytes, what ? what : "is a table", expected ? expected : "a table");
}

/* The head of a zip's first file: 26 bytes of no account, the name's length, 2 more. */
static size_t zip_of(const char *name, size_t length, char bytes[64]) {
    memset(bytes, 0, 64);
    memcpy(bytes, "PK\3\4", 4);
    bytes[26] = (char)length;
    memcpy(bytes + 30, name, strlen(name));
    return 30 + strlen(name);
}

static void zips_by_their_first_file(void **state) {
    (void)state;
    static const struct {
        const char *name, *what;
    } zips[] = {
        {"xl/workbook.xml", "xlsx"},
        {"[Content_Types].xml", "xlsx"},
        {"_rels/.rels", "xlsx"},
        {"docProps/app.xml", "xlsx"},
        {"mimetype", "ods"},
        {"mimetypes", "unzip"},
        {"x.npy", "npz"},
        {".npy", "npz"},
        {"a.csv", "unzip"},
        {"xl", "unzip"},
        {"[Co", "unzip"},
        {"_rel", "unzip"},
        {"docProp", "unzip"},
        {"", "unzip"},
    };
    char bytes[64];
    for (size_t i = 0; i < sizeof zips / sizeof *zips; i++)
        is(points_binary_kind, bytes, zip_of(zips[i].name, strlen(zips[i].name), bytes), zips[i].what);
    is(points_binary_kind, bytes, zip_of("xl/", 200, bytes), "xlsx"); /* whose name is cut */
    is(points_binary_kind, "PK\3\4", 4, "cut");
    is(points_binary_kind, "PK\3", 3, NULL);
    is(points_binary_kind, "PK\5\6\0\0", 6, "empty zip");
}

static void bytes_that_are_no_text(void **state) {
    (void)state;
    char tar[512] = "points.csv";
    memcpy(tar + 257, "ustar", 5);
    is(points_binary_kind, tar, sizeof tar, "tar");
    is(points_binary_kind, tar, 261, NULL);
    memcpy(tar + 257, "ustat", 5);
    is(points_binary_kind, tar, sizeof tar, NULL);
    is(points_binary_kind, "\xd0\xcf\x11\xe0", 4, "xls");
    is(points_binary_kind, "\xd0\xcf\x11", 3, NULL);
    is(points_binary_kind, "PAR1....", 8, "Parquet");
    is(points_binary_kind, "\x89HDF\r\n", 6, "HDF5");
    is(points_binary_kind, "SQLite format 3", 15, "SQLite");
    is(points_binary_kind, "BZh91", 5, "bunzip2");
    is(points_binary_kind, "%PDF-1.7", 8, "PDF");
    is(points_binary_kind,
       "\x7f"
       "ELF",
       4, "program");
    is(points_binary_kind, "\x80\4", 2, "pickle");
    is(points_binary_kind, "x,y,label\n", 10, NULL);
    is(points_binary_kind, "", 0, NULL);
}

static void texts_that_are_no_table(void **state) {
    (void)state;
    static const struct {
        const char *text, *what;
    } texts[] = {
        {"<!doctype html>", "web page"},
        {" \t\r\n<HTML>", "web page"},
        {"<table>", "HTML"},
        {"<?xml ", "XML"},
        {"<svg ", "picture"},
        {"{\"a\": 1}", "JSON"},
        {"version https://git-lfs.github.com", "git lfs pull"},
        {"[[1, 2]]", "list"},
        {"[ 1", "list"},
        {"[-1", "list"},
        {"[\"a\"", "list"},
        {"[{", "list"},
        {"[", "list"},
        {"{", "list"},
        {"{ \"a\"", "list"},
        {"{\n}", "list"},
        {"{\r}", "list"},
        {"{ }", NULL},
        {"{a}", NULL},
        {"[x],y", NULL},
        {"a\1b", "no text"},
        {"a\tb\f\x1a\n\1", NULL},
        {"a\n\1", NULL},
        {"a\r\1", NULL},
        {"x,y,label\n", NULL},
        {"", NULL},
        {" \n", NULL},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        is(points_text_kind, texts[i].text, strlen(texts[i].text), texts[i].what);
    is(points_text_kind, "a\0b", 3, "no text");
    char line[5001]; /* looked at as far as its first 4096 bytes */
    memset(line, 'a', sizeof line);
    line[5000] = '\1';
    is(points_text_kind, line, sizeof line, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zips_by_their_first_file),
        cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(texts_that_are_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
