#include "app/io/repeat_command.h"

#include "app/experiment/by_hand.h"
#include "app/experiment/second_run.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool same_reals(const double *a, const double *b, int count) {
    for (int i = 0; i < count; i++)
        if (a[i] != b[i] && (a[i] == a[i] || b[i] == b[i])) /* noise may be NaN */
            return false;
    return true;
}

static bool same(const Settings *a, const Settings *b, const Property *p) {
    switch (p->kind) {
    case KIND_UNITS:
        return a->hidden_count == b->hidden_count &&
               memcmp(a->hidden, b->hidden, (size_t)a->hidden_count * sizeof *a->hidden) == 0;
    case KIND_POINTS:
        return a->centroid_count == b->centroid_count && same_reals(a->centroids, b->centroids, 2 * a->centroid_count);
    default: {
        double x = property_get(a, p), y = property_get(b, p);
        return same_reals(&x, &y, 1);
    }
    }
}

/* As few digits as read back as the same number, but not fewer than %.9g would give. */
static void format_real(double value, char text[32]) {
    for (int digits = 9; digits <= 17; digits++) {
        snprintf(text, 32, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            return;
    }
}

void repeat_command_format(const Settings *settings, const Property *p, char text[SETTING_TEXT_MAX]) {
    char number[32];
    property_format(settings, p, text);
    if (p->kind == KIND_REAL && property_get(settings, p) == property_get(settings, p)) {
        format_real(property_get(settings, p), number);
        snprintf(text, SETTING_TEXT_MAX, "%s", number);
    } else if (p->kind == KIND_POINTS) {
        size_t used = 0; /* 16 numbers of at most 24 characters */
        for (int i = 0; i < 2 * settings->centroid_count; i++) {
            format_real(settings->centroids[i], number);
            used += (size_t)snprintf(text + used, SETTING_TEXT_MAX - used, "%s%s", i > 0 ? "," : "", number);
        }
    }
}

static bool is_plain(const char *word) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";
    return word[0] && word[strspn(word, plain)] == '\0';
}

/* The word, in single quotes unless it is plain. */
static void put_quoted(FILE *stream, const char *word) {
    if (is_plain(word)) {
        fputs(word, stream);
        return;
    }
    fputc('\'', stream);
    for (; *word; word++) {
        if (*word == '\'')
            fputs("'\\''", stream);
        else
            fputc(*word, stream);
    }
    fputc('\'', stream);
}

static void put_word(FILE *stream, const char *word) {
    fputc(' ', stream);
    put_quoted(stream, word);
}

static void put_settings(FILE *stream, const Settings *settings, bool own_points) {
    Settings defaults;
    settings_default(&defaults);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (same(settings, &defaults, p) || (own_points && property_makes_points(p->id)))
            continue;
        char text[SETTING_TEXT_MAX];
        repeat_command_format(settings, p, text);
        fprintf(stream, " --%s", p->name);
        put_word(stream, text);
    }
}

/* What --compare says of a second run: plain, or what of its curriculum differs. */
static void put_compare(FILE *stream, const Settings *settings, const Settings *second) {
    Settings plain = *settings;
    Status status = {0};
    bool is_plain_run = second_run_parse(&plain, "plain", &status);
    char list[1024] = "";
    size_t used = 0;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (p->group != GROUP_CURRICULUM)
            continue;
        is_plain_run = is_plain_run && same(second, &plain, p);
        if (same(second, settings, p))
            continue;
        char text[SETTING_TEXT_MAX];
        repeat_command_format(second, p, text);
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s=%s", used ? "," : "", p->name, text);
        assert(used < sizeof list);
    }
    if (used == 0) /* the same throughout: something has to be said, too */
        snprintf(list, sizeof list, "%s=%s", PROPERTIES[PROPERTY_ORDER].name,
                 PROPERTIES[PROPERTY_ORDER].choices[second->order]);
    fputs(" --compare", stream);
    put_word(stream, is_plain_run ? "plain" : list);
}

/* A name that begins with a dash is no option. */
static void put_path(FILE *stream, const char *path) {
    if (path[0] == '-')
        fputs(" --", stream);
    put_word(stream, path);
}

static void put_notes(FILE *stream, unsigned by_hand) {
    static const struct {
        unsigned what;
        const char *note;
    } notes[] = {
        {BY_HAND_THRESHOLD, "the threshold was moved by hand"},
        {BY_HAND_SETTINGS, "settings were changed during the run"},
        {BY_HAND_POINTS, "points were changed by hand"},
    };
    const char *before = "  # ";
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        if (!(by_hand & notes[i].what))
            continue;
        fprintf(stream, "%s%s", before, notes[i].note);
        before = ", ";
    }
}

static void put_format(FILE *stream, const PointsFormat *format) {
    if (format->columns) {
        fputs(" --columns=", stream); /* a name may begin with a dash */
        put_quoted(stream, format->columns);
    }
    if (format->skip_bad)
        fputs(" --skip-bad", stream);
}

char *repeat_command_of(const Settings *settings, const Settings *second, const char *points_path,
                        const PointsFormat *format, unsigned by_hand) {
    char *line = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&line, &size);
    if (!stream)
        return NULL;
    fputs("easyfirst", stream);
    put_settings(stream, settings, points_path != NULL);
    if (second)
        put_compare(stream, settings, second);
    if (points_path && format)
        put_format(stream, format);
    if (points_path)
        put_path(stream, points_path);
    put_notes(stream, by_hand);
    bool complete = !ferror(stream);
    if (fclose(stream) != 0 || !complete) {
        free(line);
        return NULL;
    }
    return line;
}
