#include "app/window/remember.h"
#include "app/base/format.h"

#include "app/base/file_open.h"
#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/base/terminal.h"
#include "app/draw/theme.h"
#include "app/io/cli.h"
#include "app/window/layout.h"

#include <errno.h>
#include <ini.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint64_t LARGEST_FILE = 65536; /* bytes; ours has about 60 */

/* A + B + C, malloc'd; NULL without memory. */
static char *joined(const char *a, const char *b, const char *c) {
    size_t size = strlen(a) + strlen(b) + strlen(c) + 1;
    char *text = malloc(size);
    if (text)
        snprintf(text, size, "%s%s%s", a, b, c);
    return text;
}

char *remember_path(const char *name, bool *nowhere) {
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    *nowhere = false;
    if (state && state[0] == '/')
        return joined(state, "/easyfirst/", name);
    if (home && home[0] == '/')
        return joined(home, "/.local/state/easyfirst/", name);
    *nowhere = true;
    return NULL;
}

/* ---- reading ---- */

typedef struct Loading {
    Remembered found;
    FILE *file;
    int line;
    bool broken;
    int broken_line;
    char why[240]; /* the first thing that is wrong */
} Loading;

__attribute__((format(printf, 3, 4))) static void breaks(Loading *r, int line, const char *format, ...) {
    if (r->broken)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(r->why, sizeof r->why, format, arguments);
    va_end(arguments);
    r->broken = true;
    r->broken_line = line;
}

/* inih's reader. It cuts lines that are too long for it into several, silently; here they break the file. */
static char *read_line(char *text, int size, void *stream) {
    Loading *r = stream;
    if (r->broken || !fgets(text, size, r->file))
        return NULL;
    r->line++;
    size_t length = strlen(text);
    if ((length == 0 || text[length - 1] != '\n') && !feof(r->file)) {
        breaks(r, r->line, tr("the line is too long, or no text"));
        return NULL;
    }
    return text;
}

static void take_side(Loading *r, const char *key, const char *value, int minimum, int *side) {
    char *end;
    errno = 0;
    long pixels = strtol(value, &end, 10);
    if (end == value || *end || errno != 0)
        breaks(r, r->line, tr("%s: '%.40s' is not a whole number"), key, value);
    else if (pixels < minimum || pixels > CANVAS_MAX_SIDE)
        breaks(r, r->line, tr("%s: %ld is not within %d to %d"), key, pixels, minimum, CANVAS_MAX_SIDE);
    else
        *side = (int)pixels;
}

static bool is_scale(double scale) {
    return scale >= (double)SCALE_MINIMUM && scale <= (double)SCALE_MAXIMUM; /* false for NaN */
}

static bool is_timeline(double height) {
    return height >= (double)LAYOUT_TIMELINE_LEAST && height <= (double)LAYOUT_TIMELINE_MOST; /* false for NaN */
}

static void take_number(Loading *r, const char *key, const char *value, const float range[2], float *number) {
    double parsed;
    if (!parse_number_c(value, &parsed))
        breaks(r, r->line, tr("%s: '%.40s' is not a number"), key, value);
    else if (!(parsed >= (double)range[0] && parsed <= (double)range[1]))
        breaks(r, r->line, tr("%s: %g is not within %g to %g"), key, parsed, (double)range[0], (double)range[1]);
    else
        *number = (float)parsed;
}

static void take_theme(Loading *r, const char *key, const char *value, char theme[16]) {
    if (!theme_is_choice(value))
        breaks(r, r->line, tr("%s: there is no '%.40s'"), key, value);
    else
        snprintf(theme, 16, "%s", value);
}

static void take_tour(Loading *r, const char *value) {
    if (strcmp(value, "seen") == 0)
        r->found.tour = TOUR_SEEN;
    else if (strcmp(value, "due") == 0)
        r->found.tour = TOUR_DUE;
    else
        breaks(r, r->line, tr("tour: '%.40s' is neither seen nor due"), value);
}

static void take_map(Loading *r, const char *value) {
    r->found.map = strcmp(value, "open") == 0;
    if (!r->found.map && strcmp(value, "closed") != 0)
        breaks(r, r->line, tr("map: '%.40s' is neither open nor closed"), value);
}

static bool is_code(const char *code) {
    size_t length = strspn(code, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@");
    return length > 0 && length < LANGUAGE_LONGEST && code[length] == '\0';
}

static void take_language(Loading *r, const char *value) {
    if (is_code(value))
        snprintf(r->found.language, sizeof r->found.language, "%s", value);
    else
        breaks(r, r->line, tr("language: '%.40s' is no language's code"), value);
}

static void take_switch(Loading *r, const char *key, const char *value, bool *on) {
    *on = strcmp(value, "on") == 0;
    if (!*on && strcmp(value, "off") != 0)
        breaks(r, r->line, tr("%s: '%.40s' is neither on nor off"), key, value);
}

static int take(void *user, const char *section, const char *key, const char *value) {
    Loading *r = user;
    if (strcmp(section, "window") != 0)
        return 1;
    if (strcmp(key, "width") == 0)
        take_side(r, key, value, WINDOW_SMALLEST_WIDTH, &r->found.width);
    else if (strcmp(key, "height") == 0)
        take_side(r, key, value, WINDOW_SMALLEST_HEIGHT, &r->found.height);
    else if (strcmp(key, "theme") == 0)
        take_theme(r, key, value, r->found.theme);
    else if (strcmp(key, "desktop_theme") == 0)
        take_theme(r, key, value, r->found.desktop_theme);
    else if (strcmp(key, "zoom") == 0)
        take_number(r, key, value, (float[]){SCALE_MINIMUM, SCALE_MAXIMUM}, &r->found.zoom);
    else if (strcmp(key, "scale") == 0)
        take_number(r, key, value, (float[]){SCALE_MINIMUM, SCALE_MAXIMUM}, &r->found.scale);
    else if (strcmp(key, "timeline") == 0)
        take_number(r, key, value, (float[]){LAYOUT_TIMELINE_LEAST, LAYOUT_TIMELINE_MOST}, &r->found.timeline);
    else if (strcmp(key, "tour") == 0)
        take_tour(r, value);
    else if (strcmp(key, "map") == 0)
        take_map(r, value);
    else if (strcmp(key, "language") == 0)
        take_language(r, value);
    else if (strcmp(key, "speak") == 0)
        take_switch(r, key, value, &r->found.speak);
    else if (strcmp(key, "sound") == 0)
        take_switch(r, key, value, &r->found.sound);
    else if (strcmp(key, "aspect") == 0 && !aspect_find(value, &r->found.aspect))
        breaks(r, r->line, tr("aspect: '%.40s' is not auto, equal or fill"), value);
    return 1;
}

static void warn(const char *path, const char *what) {
    Status status = {0};
    status_fail(&status, STATUS_FAILED, "%s: %s", path, what); /* one line, whatever the path holds */
    terminal_say(status.message);
}

static void put_aside(const char *path, const Loading *r) {
    char what[600] = "", why[300];
    if (r->broken_line > 0)
        snprintf(why, sizeof why, tr("line %d: %.200s"), r->broken_line, r->why);
    else
        snprintf(why, sizeof why, "%.200s", r->why);
    char *bad = joined(path, ".bad", "");
    if (!bad || rename(path, bad) != 0)
        snprintf(what, sizeof what, tr("%s; not used, and cannot be renamed: %s"), why, tr_error(errno));
    else
        snprintf(what, sizeof what, tr("%s; renamed state.ini.bad"), why);
    warn(path, what);
    free(bad);
}

/* Only what is a file, and no pipe that it would wait for. */
static FILE *open_file(const char *path, Loading *r) {
    uint64_t size;
    const char *why;
    FILE *file = file_open(path, &size, &why);
    if (file && size <= LARGEST_FILE)
        return file;
    if (file) {
        fclose(file);
        breaks(r, 0, tr("too large"));
    } else if (errno == 0) {
        warn(path, tr("not a file; not used"));
    } else if (errno != ENOENT && errno != ENOTDIR) {
        warn(path, why);
    }
    return NULL;
}

static void read_file(const char *path, Loading *r) {
    r->file = open_file(path, r);
    if (!r->file)
        return;
    int line = ini_parse_stream(read_line, r, take, r); /* the first that inih could not read; < 0: no memory */
    if (line > 0) { /* before what was found wrong with a value: nothing is read after that */
        r->broken = false;
        breaks(r, line, tr("neither [section] nor key = value"));
    }
    if (!r->broken && (r->found.width > 0) != (r->found.height > 0))
        breaks(r, 0, tr("width and height need each other"));
    if (ferror(r->file) || line < 0) {
        warn(path, tr("cannot be read"));
        r->found = (Remembered){0};
    }
    fclose(r->file);
}

void remember_load(Remembered *remembered) {
    bool nowhere;
    char *path = remember_path("state.ini", &nowhere);
    Loading r = {0};
    if (path)
        read_file(path, &r);
    if (r.broken)
        put_aside(path, &r);
    *remembered = r.broken ? (Remembered){0} : r.found;
    remembered->found = r.broken || r.file != NULL;
    free(path);
}

/* ---- writing ---- */

static bool is_size(int width, int height) {
    return width >= WINDOW_SMALLEST_WIDTH && width <= CANVAS_MAX_SIDE && height >= WINDOW_SMALLEST_HEIGHT &&
           height <= CANVAS_MAX_SIDE;
}

bool remember_save(const Remembered *m, Status *status) {
    bool nowhere;
    char *path = remember_path("state.ini", &nowhere);
    if (!path)
        return nowhere || status_no_memory(status, "the window's state");
    FileWrite file;
    bool done = file_make_folders(path, status) && file_begin(&file, path, true, status);
    free(path);
    if (!done)
        return false;
    fprintf(file.stream, "[window]\n");
    if (is_size(m->width, m->height))
        fprintf(file.stream, "width = %d\nheight = %d\n", m->width, m->height);
    if (theme_is_choice(m->theme))
        fprintf(file.stream, "theme = %s\n", m->theme);
    if (theme_find(m->desktop_theme))
        fprintf(file.stream, "desktop_theme = %s\n", m->desktop_theme);
    if (is_scale((double)m->zoom))
        fprintf(file.stream, "zoom = %.9g\n", (double)m->zoom);
    if (m->tour != TOUR_UNTOLD)
        fprintf(file.stream, "tour = %s\n", m->tour == TOUR_SEEN ? "seen" : "due");
    if (is_timeline((double)m->timeline))
        fprintf(file.stream, "timeline = %.9g\n", (double)m->timeline);
    if (m->aspect != ASPECT_AUTO)
        fprintf(file.stream, "aspect = %s\n", ASPECT_WORDS[m->aspect]);
    if (m->map)
        fprintf(file.stream, "map = open\n");
    if (is_code(m->language))
        fprintf(file.stream, "language = %s\n", m->language);
    if (m->speak)
        fprintf(file.stream, "speak = on\n");
    if (m->sound)
        fprintf(file.stream, "sound = on\n");
    return file_commit(&file, status);
}
