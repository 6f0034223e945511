#include "app/io/repeat_command.h"

#include "app/experiment/by_hand.h"
#include "app/experiment/other_run.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
        if (property_same(settings, &defaults, p) || (own_points && property_makes_points(p->id)))
            continue;
        char text[SETTING_TEXT_MAX];
        property_format(settings, p, text);
        fprintf(stream, " --%s", p->name);
        put_word(stream, text);
    }
}

/* What --compare says of another run: plain, or what of its curriculum differs. */
static void put_compare(FILE *stream, const Settings *settings, const Settings *other) {
    Settings plain = *settings;
    Status status = {0};
    bool is_plain_run = other_run_parse(&plain, "plain", &status);
    char list[1024] = "";
    size_t used = 0;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (p->group != GROUP_CURRICULUM)
            continue;
        is_plain_run = is_plain_run && property_same(other, &plain, p);
        if (property_same(other, settings, p))
            continue;
        char text[SETTING_TEXT_MAX];
        property_format(other, p, text);
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s=%s", used ? "," : "", p->name, text);
        assert(used < sizeof list);
    }
    if (used == 0) /* the same throughout: something has to be said, too */
        snprintf(list, sizeof list, "%s=%s", PROPERTIES[PROPERTY_ORDER].name,
                 PROPERTIES[PROPERTY_ORDER].choices[other->order]);
    fputs(" --compare", stream);
    put_word(stream, is_plain_run ? "plain" : list);
}

/* A name that begins with a dash is no option. */
static void put_path(FILE *stream, const char *path) {
    if (path[0] == '-')
        fputs(" --", stream);
    put_word(stream, path);
}

static void put_notes(FILE *stream, unsigned by_hand, bool recorded) {
    static const struct {
        unsigned what;
        const char *note;
    } notes[] = {
        {BY_HAND_THRESHOLD, "the threshold was moved by hand"},
        {BY_HAND_SETTINGS, "settings were changed during the run"},
        {BY_HAND_POINTS, "points were changed by hand"},
        {BY_HAND_PARAMETERS, "weights were set by hand"},
    };
    const char *before = "  # ";
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        if (!(by_hand & notes[i].what))
            continue;
        fprintf(stream, "%s%s", before, notes[i].note);
        before = ", ";
    }
    if (by_hand && !recorded)
        fputs("; save the session to have that repeated", stream);
}

static void put_format(FILE *stream, const PointsFormat *format) {
    if (format->columns) {
        fputs(" --columns=", stream); /* a name may begin with a dash */
        put_quoted(stream, format->columns);
    }
    const struct {
        const char *option, *value;
    } texts[] = {{"header", format->header},
                 {"delimiter", format->delimiter},
                 {"decimal", format->decimal},
                 {"missing", format->missing},
                 {"encoding", format->encoding}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].value) {
            fprintf(stream, " --%s=", texts[i].option);
            put_quoted(stream, texts[i].value);
        }
    if (format->classes > 0)
        fprintf(stream, " --classes %d", format->classes);
    if (format->skip_bad)
        fputs(" --skip-bad", stream);
}

static void put_aspect(FILE *stream, Aspect aspect) {
    if (aspect != ASPECT_AUTO)
        fprintf(stream, " --aspect %s", ASPECT_WORDS[aspect]);
}

static void put_replay(FILE *stream, const char *path) {
    fputs(" --replay=", stream); /* a name may begin with a dash */
    put_quoted(stream, path);
}

static void put_lesson(FILE *stream, const char *name) {
    fputs(" --lesson", stream);
    put_word(stream, name);
}

/* The line that the stream has written; NULL without memory. */
static char *finished(FILE *stream, char **line) {
    bool complete = !ferror(stream);
    if (fclose(stream) == 0 && complete)
        return *line;
    free(*line);
    return NULL;
}

char *repeat_command_of(const Settings *settings, const Settings *const *others, int other_count,
                        const char *points_path, const PointsFormat *format, Aspect aspect, unsigned by_hand,
                        const char *replay) {
    char *line = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&line, &size);
    if (!stream)
        return NULL;
    bool recorded = by_hand && replay;
    fputs("easyfirst", stream);
    if (recorded) {
        put_replay(stream, replay);
    } else {
        put_settings(stream, settings, points_path != NULL);
    }
    for (int i = 0; i < other_count && !recorded; i++)
        put_compare(stream, settings, others[i]);
    put_aspect(stream, aspect);
    if (points_path && format && !recorded)
        put_format(stream, format);
    if (points_path && !recorded)
        put_path(stream, points_path);
    put_notes(stream, by_hand, recorded);
    return finished(stream, &line);
}

static char *replayed(void (*put)(FILE *stream, const char *what), const char *what, Aspect aspect) {
    char *line = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&line, &size);
    if (!stream)
        return NULL;
    fputs("easyfirst", stream);
    put(stream, what);
    put_aspect(stream, aspect);
    return finished(stream, &line);
}

char *repeat_command_of_lesson(const char *lesson, Aspect aspect) {
    return replayed(put_lesson, lesson, aspect);
}

char *repeat_command_replay(const char *path, Aspect aspect) {
    return replayed(put_replay, path, aspect);
}
