/* The runs of tests/reference: their files, the numbers in them, and the same runs begun anew. Include after cmocka.h;
 * link zlib. */
#ifndef EASYFIRST_RECORDED_H
#define EASYFIRST_RECORDED_H

#include "app/io/preset.h"
#include "core/trainer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* The name of the run that keeps a run's file. */
static void keeper_of(const char *run, const char *file, char keeper[64]) {
    char path[512], known[64], other[64];
    snprintf(keeper, 64, "%s", run);
    snprintf(path, sizeof path, "%s/reference/%s/same.txt", TEST_SOURCE_DIR, run);
    FILE *same = fopen(path, "r");
    if (!same)
        return;
    while (fscanf(same, "%63s %63s", known, other) == 2)
        if (strcmp(known, file) == 0)
            snprintf(keeper, 64, "%s", other);
    fclose(same);
}

/* A recorded file, unpacked and ended by 0; free it. */
static char *read_file(const char *run, const char *file) {
    char keeper[64], path[512];
    keeper_of(run, file, keeper);
    snprintf(path, sizeof path, "%s/reference/%s/%s.gz", TEST_SOURCE_DIR, keeper, file);
    gzFile in = gzopen(path, "rb");
    if (!in)
        fail_msg("%s is missing", path);
    size_t size = 0, room = 1 << 16;
    char *text = malloc(room);
    assert_non_null(text);
    for (;;) {
        int got = gzread(in, text + size, (unsigned)(room - size - 1));
        assert_true(got >= 0);
        if (got == 0)
            break;
        size += (size_t)got;
        if (room - size < 1024) {
            room *= 2;
            text = realloc(text, room);
            assert_non_null(text);
        }
    }
    assert_int_equal(gzclose(in), Z_OK);
    text[size] = '\0';
    return text;
}

/* The run from its settings; free it. */
static Trainer *begin_recorded(const char *run) {
    char path[512];
    Status status = {0};
    Preset preset;
    snprintf(path, sizeof path, "%s/reference/%s/settings.ini", TEST_SOURCE_DIR, run);
    if (!preset_load(&preset, path, PRESET_DIR, &status))
        fail_msg("%s", status.message);
    Trainer *t = trainer_new(&preset.settings, NULL, &status);
    if (!t)
        fail_msg("%s: %s", run, status.message);
    return t;
}

static char *next_line(char *at) {
    at = strchr(at, '\n');
    assert_non_null(at);
    return at + 1;
}

/* Reads a number and passes the comma or line end behind it. */
static double number(char **at) {
    char *end;
    double value = strtod(*at, &end);
    assert_ptr_not_equal(end, *at);
    *at = *end ? end + 1 : end;
    return value;
}

#endif
