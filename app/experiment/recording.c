#include "app/experiment/recording.h"

#include "app/base/memory_watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void recording_free(Recording *r) {
    free(r->name);
    free(r->text);
    free(r->lines);
    for (size_t i = 0; i < r->block_count; i++)
        dataset_free(&r->blocks[i]);
    free(r->blocks);
    free(r->path);
    *r = (Recording){0};
}

/* Puts file and line, from 0, before the message. */
static bool fail_at(const Recording *r, size_t line, Status *status) {
    return status_prefix(status, "%s:%zu", r->name, line + 1);
}

/* ---- lines and checksums ---- */

/* What is sound is not followed by an end. */
static void breaks_off(Recording *r) {
    status_fail(&r->damage, STATUS_FAILED, "the log breaks off behind this line");
    fail_at(r, r->count > 0 ? r->count - 1 : 0, &r->damage);
}

/* Cuts the text into lines and keeps those up to the last right checksum. Says what is wrong behind it. */
static bool cut_lines(Recording *r, size_t size, Status *status) {
    size_t all = 0, sound = 0;
    for (size_t i = 0; i < size; i++)
        all += r->text[i] == '\n';
    r->lines = calloc(all + 1, sizeof *r->lines);
    if (!r->lines)
        return status_no_memory(status, "the log");
    uint32_t sum = LOG_SUM;
    size_t at = 0;
    for (size_t i = 0; i < all; i++) {
        char *line = r->text + at;
        size_t length = (size_t)((char *)memchr(line, '\n', size - at) - line);
        uint32_t told = 0;
        size_t part = log_summed_part(line, length, &told);
        r->lines[i] = line;
        if (part > 0 && log_sum(sum, line, part) != told) {
            r->damaged = true;
            status_fail(&r->damage, STATUS_FAILED, "damaged: the checksum of lines %zu to %zu is another", sound + 1,
                        i + 1);
            fail_at(r, i, &r->damage);
            break;
        }
        sum = log_sum_lines(sum, line, length + 1);
        if (part > 0) {
            sound = i + 1;
            r->sound = at + length + 1;
            line[part] = '\0';
        }
        line[length] = '\0';
        at += length + 1;
    }
    r->count = sound;
    r->trails = !r->damaged && (sound < all || at < size);
    if (sound == 0)
        breaks_off(r);
    return true;
}

/* ---- the beginning ---- */

static bool take_start(Recording *r, const char *c, Status *status) {
    const char *line = c;
    uint64_t points = 0;
    size_t length;
    bool good = log_take_word(&c, "start");
    if (good && log_take_word(&c, "points"))
        good = log_take_whole(&c, r->block_count, &points) && points > 0 && (*c == ' ' || *c == '\0');
    c += good && *c == ' ';
    if (good && log_take_word(&c, "file")) {
        r->path = log_take_name(&c, &length);
        good = r->path != NULL;
    }
    r->points = points;
    return (good && *c == '\0') || status_fail(status, STATUS_USAGE, "'%.60s' cannot be read here", line);
}

static bool take_block(Recording *r, size_t line, const char *c, size_t *used, Status *status) {
    uint64_t number;
    *used = 0;
    if (!log_take_whole(&c, r->block_count + 1, &number) || number != r->block_count + 1 || !log_take(&c, " "))
        return status_fail(status, STATUS_USAGE, "block %zu of points should begin here", r->block_count + 1);
    Dataset *blocks = realloc(r->blocks, (r->block_count + 1) * sizeof *blocks);
    if (!blocks)
        return status_no_memory(status, "the points");
    r->blocks = blocks;
    bool done = log_take_points(&blocks[r->block_count], r->lines + line, r->count - line, c, used, status);
    r->block_count++;
    return done;
}

/* Copies what is left of a line if it has room. */
static bool take_text(const char **c, char *text, size_t size) {
    size_t length = strlen(*c);
    if (length == 0 || length >= size)
        return false;
    memcpy(text, *c, length + 1);
    *c += length;
    return true;
}

/* Of a lesson. *is: the line is one of these. */
static bool take_lesson(LessonHead *l, const char *c, bool *is) {
    uint64_t order;
    *is = true;
    if (log_take_word(&c, "lesson")) {
        bool good = log_take_whole(&c, 1000, &order) && order > 0 && log_take(&c, " ");
        l->order = good ? (int)order : 0;
        return good && take_text(&c, l->title, sizeof l->title);
    }
    if (log_take_word(&c, "watch"))
        return take_text(&c, l->watch, sizeof l->watch);
    if (log_take_word(&c, "speed"))
        return log_take_double(&c, &l->speed) && *c == '\0' && l->speed >= SPEED_MINIMUM && l->speed <= SPEED_MAXIMUM;
    *is = false;
    return true;
}

/* A line before `start`, which is no block. */
static bool take_head(Recording *r, const char *line, Status *status) {
    const char *c = line;
    if (log_take_word(&c, "kernels")) {
        snprintf(r->kernels, sizeof r->kernels, "%s", c);
        return true;
    }
    bool is_lesson, good = take_lesson(&r->lesson, line, &is_lesson);
    if (good && is_lesson)
        return true;
    if (!good || !log_take_word(&c, "setting"))
        return status_fail(status, STATUS_USAGE, "'%.60s' cannot be read here", line);
    Deed deed = {.kind = COMMAND_PRESET, .settings = c};
    const Settings before = r->settings;
    if (!deed_take_settings(&deed, &r->settings, status))
        return false;
    bool same = true;
    for (int i = 0; i < PROPERTY_COUNT; i++)
        same = same && property_same(&before, &r->settings, &PROPERTIES[i]);
    return !same || status_fail(status, STATUS_USAGE, "'%.60s' is no setting that differs from the defaults", c);
}

static bool read_beginning(Recording *r, Status *status) {
    bool begun = false;
    for (r->first = 1; r->first < r->count && !begun; r->first++) {
        const char *line = r->lines[r->first], *c = line;
        size_t used = 1;
        if (log_take_word(&c, "points")) {
            if (!take_block(r, r->first, c, &used, status)) {
                r->first += used;
                return false;
            }
            r->first += used - 1;
        } else if (strncmp(line, "start", 5) == 0) {
            begun = true;
            if (!take_start(r, line, status))
                return false;
        } else if (!take_head(r, line, status)) {
            return false;
        }
    }
    return begun || status_fail(status, STATUS_USAGE, "the log has no start");
}

/* ---- the deeds ---- */

static bool check_deed(const Recording *r, const Deed *deed, Status *status) {
    if (deed->points > r->block_count)
        return status_fail(status, STATUS_USAGE, "there is no block %llu of points", (unsigned long long)deed->points);
    return true;
}

/* A block or a deed at that line; *used: lines of it, or on failure the index of the wrong one. */
static bool check_line(Recording *r, size_t line, Deed *deed, const Deed *before, size_t *used, Status *status) {
    const char *c = r->lines[line];
    if (log_take_word(&c, "points")) {
        *deed = (Deed){.kind = DEED_OPEN};
        return take_block(r, line, c, used, status);
    }
    if (!deed_read(deed, r->lines[line], line > r->first ? before : NULL, status) || !check_deed(r, deed, status)) {
        *used = 0;
        return false;
    }
    *used = 1;
    return true;
}

/* Reads every line once, so that what is wrong is known before anything is played. */
static bool check_deeds(Recording *r, Status *status) {
    Deed deeds[2] = {{0}}; /* this one and the one before */
    size_t line = r->first, sealed = line, used;
    int now = 0;
    bool good = true;
    int notes = 0;
    while (good && line < r->count) {
        Deed *deed = &deeds[now];
        good = r->ends ? status_fail(status, STATUS_USAGE, "something follows the end")
                       : check_line(r, line, deed, &deeds[1 - now], &used, status);
        line += r->ends ? 0 : used;
        notes += good && deed->kind == COMMAND_NOTE && deed->command.note.text[0];
        if (good && deed_is_seal(deed)) {
            sealed = line;
            r->until = deed->at;
            r->notes = notes;
        }
        r->ends = r->ends || (good && deed->kind == DEED_END);
        now = 1 - now;
        deed_free(&deeds[now]);
    }
    deed_free(&deeds[0]);
    deed_free(&deeds[1]);
    if (good && sealed == r->count && !(r->ends && r->trails)) {
        r->ends = r->ends && !r->damaged;
        if (!r->ends && !r->damaged)
            breaks_off(r);
        return true;
    }
    if (good && r->ends)
        status_fail(status, STATUS_USAGE, "something follows the end");
    else if (good)
        status_fail(status, STATUS_USAGE, "the last checksum stands in no line of its own");
    fail_at(r, good ? line - 1 : line, status);
    r->damaged = true;
    r->ends = false;
    r->damage = *status;
    if (sealed < r->count)
        r->sound = (size_t)(r->lines[sealed] - r->text);
    r->count = sealed;
    return sealed > r->first;
}

static bool check_version(const Recording *r, Status *status) {
    const char *c = r->text;
    char line[64];
    snprintf(line, sizeof line, "%.*s", (int)strcspn(r->text, "\n"), r->text);
    uint64_t version;
    c = line;
    if (!log_take(&c, "easyfirst log ") || !log_take_whole(&c, 1000000, &version) || *c != '\0')
        return status_fail(status, STATUS_USAGE, "%s:1: this is no log of easyfirst", r->name);
    if (version != LOG_VERSION)
        return status_fail(status, STATUS_USAGE,
                           "%s:1: a log of version %llu, and this easyfirst reads version %d; a newer one reads it",
                           r->name, (unsigned long long)version, LOG_VERSION);
    return true;
}

static bool read_all(Recording *r, size_t size, Status *status) {
    if (!r->name)
        return status_no_memory(status, "the log");
    r->text[size] = '\0';
    if (!check_version(r, status))
        return false;
    const char *hole = memchr(r->text, '\0', size);
    if (!cut_lines(r, hole ? (size_t)(hole - r->text) : size, status))
        return false;
    if (r->count == 0) {
        *status = r->damage;
        return false;
    }
    if (!read_beginning(r, status) || !settings_check(&r->settings, status))
        return fail_at(r, r->first < r->count ? r->first : r->count - 1, status);
    return check_deeds(r, status);
}

bool recording_read(Recording *r, char *text, size_t size, const char *name, Status *status) {
    int before = memory_watch();
    *r = (Recording){.text = text, .name = strdup(name), .lesson.speed = SPEED_DEFAULT};
    settings_default(&r->settings);
    bool done = read_all(r, size, status);
    if (memory_failed(before)) /* what could not be read then is not damaged */
        done = status_no_memory(status, "the log");
    if (done)
        return true;
    recording_free(r);
    return false;
}
