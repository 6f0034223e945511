/* What the window remembers: state.ini, the recent files and the names of kept ones, which the first byte chooses. */
#include "tests/fuzzers/fuzzer.h"

#include "app/draw/theme.h"
#include "app/io/cli_options.h"
#include "app/draw/canvas.h"
#include "app/window/recent.h"
#include "app/window/remember.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const size_t FUZZ_ROOM = 256 << 10, FUZZ_ROOM_EACH = 16;

static char path[200];

static void put_file(const char *name, const uint8_t *data, size_t size) {
    static bool made;
    snprintf(path, sizeof path, "%s/easyfirst", fuzz_folder());
    if (!made && (mkdir(path, 0700) != 0 || setenv("XDG_STATE_HOME", fuzz_folder(), 1) != 0))
        abort();
    made = true;
    snprintf(path, sizeof path, "%s/easyfirst/%s", fuzz_folder(), name);
    FILE *stream = fopen(path, "wb");
    if (!stream || fwrite(data, 1, size, stream) != size || fclose(stream) != 0)
        abort();
}

static bool is_within(float value, float least, float most) {
    return value == 0.0f || (value >= least && value <= most);
}

static void check_state(const Remembered *r) {
    if ((r->width > 0) != (r->height > 0) || r->width > CANVAS_MAX_SIDE || r->height > CANVAS_MAX_SIDE ||
        (r->width > 0 && (r->width < WINDOW_SMALLEST_WIDTH || r->height < WINDOW_SMALLEST_HEIGHT)))
        fuzz_violation("a window of %d x %d", r->width, r->height);
    if (!is_within(r->zoom, SCALE_MINIMUM, SCALE_MAXIMUM) || !is_within(r->scale, SCALE_MINIMUM, SCALE_MAXIMUM))
        fuzz_violation("zoom %g, scale %g", (double)r->zoom, (double)r->scale);
    if ((r->theme[0] && !theme_is_choice(r->theme)) || !r->found)
        fuzz_violation("theme '%.16s'", r->theme);
}

static void try_state(const uint8_t *data, size_t size) {
    Remembered first, second;
    Status status = {0};
    put_file("state.ini", data, size);
    fuzz_listen();
    remember_load(&first);
    fuzz_heard(1);
    check_state(&first);
    if (access(path, F_OK) != 0) {
        Remembered none = {.found = true};
        if (memcmp(&first, &none, sizeof none) != 0)
            fuzz_violation("something of a broken file was remembered");
        return;
    }
    if (!remember_save(&first, &status))
        fuzz_violation("%s", status.message);
    remember_load(&second);
    first.scale = 0.0f; /* which is not written */
    if (strcmp(first.desktop_theme, THEME_AUTO) == 0)
        first.desktop_theme[0] = '\0';
    if (first.width != second.width || first.height != second.height || first.zoom != second.zoom ||
        first.timeline != second.timeline || first.tour != second.tour || first.aspect != second.aspect ||
        first.map != second.map || first.speak != second.speak || first.sound != second.sound ||
        strcmp(first.theme, second.theme) != 0 || strcmp(first.language, second.language) != 0 ||
        strcmp(first.desktop_theme, second.desktop_theme) != 0 || second.scale != 0.0f)
        fuzz_violation("what was saved is read otherwise");
}

static void try_recent(const uint8_t *data, size_t size) {
    Recent first, second;
    Status status = {0};
    put_file("recent", data, size);
    recent_load(&first);
    if (first.count < 0 || first.count > RECENT_MOST)
        fuzz_violation("%d recent files", first.count);
    for (int i = 0; i < first.count; i++)
        for (int j = 0; j < i; j++)
            if (first.path[i][0] != '/' || strcmp(first.path[i], first.path[j]) == 0)
                fuzz_violation("'%s' is no path, or there twice", first.path[i]);
    if (!recent_add(&first, "/a/new one.csv", &status))
        fuzz_violation("%s", status.message);
    recent_load(&second);
    if (second.count != first.count || strcmp(second.path[0], "/a/new one.csv") != 0)
        fuzz_violation("%d recent files become %d", first.count, second.count);
    for (int i = 0; i < first.count; i++)
        if (strcmp(first.path[i], second.path[i]) != 0)
            fuzz_violation("'%s' becomes '%s'", first.path[i], second.path[i]);
    recent_free(&first);
    recent_free(&second);
}

void fuzz_one(const uint8_t *data, size_t size) {
    if (size < 1)
        return;
    if (data[0] == 'r')
        try_recent(data + 1, size - 1);
    else
        try_state(data, size);
}
