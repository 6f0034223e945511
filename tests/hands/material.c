#include "tests/hands/material.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *const MATERIAL_FILES[] = {"good.csv",
                                      "good.csv",
                                      "eight.csv",
                                      "words.csv",
                                      "bad.csv",
                                      "empty.csv",
                                      "one.csv",
                                      "same.csv",
                                      "huge.csv",
                                      "tiny.csv",
                                      "large.csv",
                                      "binary.csv",
                                      "never.csv",
                                      "good.ini",
                                      "bad.ini",
                                      "folder",
                                      "nothing",
                                      "not.txt",
                                      "cut.easyfirst",
                                      "a b%n\tc.csv",
                                      "/dev/null",
                                      "/dev/full",
                                      "clean.csv",
                                      "run.log",
                                      "easyfirst.easyfirst",
                                      "s.easyfirst",
                                      "state/easyfirst/state.ini",
                                      "points.csv",
                                      "\xff\xfe.csv"};
const size_t MATERIAL_FILE_COUNT = sizeof MATERIAL_FILES / sizeof *MATERIAL_FILES;

static const char LONG[] =
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";
const char *const MATERIAL_TEXTS[] = {"NaN",
                                      "1e400",
                                      "-1e400",
                                      "%s%n",
                                      "",
                                      LONG,
                                      "\u770b\u70b9",
                                      "0",
                                      "1",
                                      "0.5",
                                      "1e-3",
                                      "-5",
                                      "99999999999",
                                      "16,16",
                                      "64,64,64,64,64,64,64,64",
                                      "7",
                                      "Infinity",
                                      "1e-320",
                                      "0x10",
                                      "1,5",
                                      "  2 ",
                                      "s.easyfirst",
                                      "run.gif",
                                      "/dev/full",
                                      "/nonexistent/a.gif",
                                      "good.csv",
                                      "../..",
                                      "~",
                                      "never.csv",
                                      "\u05d0\u05d1 \u0627\u0628",
                                      "e\u0301\u0301\u0301",
                                      "\U0001f4cd",
                                      "a\nb",
                                      "\x1b[31mred",
                                      "points.csv",
                                      "folder",
                                      "1e9",
                                      "1000",
                                      "0.001",
                                      "auto"};
const size_t MATERIAL_TEXT_COUNT = sizeof MATERIAL_TEXTS / sizeof *MATERIAL_TEXTS;

static FILE *begin(const char *name) {
    FILE *file = fopen(name, "w");
    if (!file)
        abort();
    return file;
}

static void write_text(const char *name, const char *text) {
    FILE *file = begin(name);
    fputs(text, file);
    fclose(file);
}

/* Two classes around two places, which `names` tells. */
static void write_points(const char *name, int count, const char *head, const char *const names[2]) {
    FILE *file = begin(name);
    fprintf(file, "%s\n", head);
    for (int i = 0; i < count; i++)
        fprintf(file, "%g,%g,%s\n", sin(i) + 2.0 * (i & 1), cos(7.0 * i) - (i & 1), names[i & 1]);
    fclose(file);
}

static void write_binary(const char *name) {
    FILE *file = begin(name);
    for (unsigned i = 0; i < 5000; i++)
        fputc((int)((i * 2654435761u) >> 13 & 255), file);
    fclose(file);
}

/* A program in the folder bin that takes all that it is given. */
static void write_program(const char *name) {
    write_text(name, "#!/bin/sh\nexec /bin/cat >/dev/null\n");
    chmod(name, 0755);
}

void material_make(void) {
    const char *const plain[] = {"cat", "dog"}, *const odd[] = {"=x%n%s", "\u770b\u70b9 \u202e"},
                      *const clean[] = {"0,1", "1,0"};
    write_points("good.csv", 200, "x,y,label", plain);
    write_points("words.csv", 60, "height of a plant,\u5bbd\u5ea6,kind", odd);
    write_points("large.csv", 8000, "x,y,label", plain);
    write_points("clean.csv", 100, "x,y,label,clean", clean);
    write_points("a b%n\tc.csv", 50, "x,y,label", plain);
    FILE *file = begin("eight.csv");
    fputs("x;y;label\n", file);
    for (int i = 0; i < 100; i++)
        fprintf(file, "%d,5;%d,25;%d\n", i, i % 7, i % 8);
    fclose(file);
    write_text("bad.csv", "x,y,label\n1,2,0\n1,two,1\n3,4,1\n");
    write_text("empty.csv", "");
    write_text("one.csv", "1,1,0\n1,1,1\n");
    write_text("same.csv", "x,y,label\n5,5,0\n5,5,1\n5,5,0\n");
    write_text("huge.csv", "x,y,label\n1e38,-1e38,0\n-1e38,1e38,1\n3e38,3e38,1\n");
    write_text("tiny.csv", "x,y,label\n1e-45,0,0\n0,1e-45,1\n");
    write_text("good.ini", "[settings]\nsamples = 70\nthreshold = 0.5\nhidden = 8,8\n");
    write_text("bad.ini", "[settings]\nsamples = x\n");
    write_text("not.txt", "hello");
    write_text("cut.easyfirst", "easyfirst session 1\nlog 8123 2c3d4e5f\neasyfirst log 1\n");
    write_binary("binary.csv");
    mkfifo("never.csv", 0666);
    mkdir("folder", 0777);
    write_program("bin/ffmpeg");
    write_program("bin/xclip");
}
