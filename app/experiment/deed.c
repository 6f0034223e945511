#include "app/experiment/deed.h"

#include "app/base/format.h"
#include "app/experiment/log_packed.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof(Deed, member)
#define NOT_KEPT                                                                                                       \
    { .known = true }

/* clang-format off */
const DeedForm DEED_FORMS[] = {
    [COMMAND_PLAY] = NOT_KEPT,
    [COMMAND_PAUSE] = NOT_KEPT,
    [COMMAND_EPOCH] = NOT_KEPT,
    [COMMAND_BATCH] = NOT_KEPT,
    [COMMAND_RESET] = {.name = "reset", .known = true},
    [COMMAND_THRESHOLD] = {.name = "threshold", .fields = {{FIELD_REAL, AT(command.threshold), NULL},
                                                           {FIELD_CLASS, AT(command.of_class), "class"}},
                           .of_run = true, .of_gesture = true, .goes_on = 1, .drags = true, .known = true},
    [COMMAND_PARAMETER] = {.name = "parameter", .fields = {{FIELD_FLOAT, AT(command.parameter.value), NULL},
                                                           {FIELD_INDEX, AT(command.parameter.index), "of"}},
                           .of_gesture = true, .goes_on = 1, .drags = true, .known = true},
    [COMMAND_HOLD] = {.name = "hold", .fields = {{FIELD_SWITCH, AT(command.hold), NULL}},
                      .of_run = true, .of_gesture = true, .known = true},
    [COMMAND_SPEED] = NOT_KEPT,
    [COMMAND_LOOK] = NOT_KEPT,
    [COMMAND_REPLAY] = NOT_KEPT,
    [COMMAND_GO_ON] = {.name = "go-on", .fields = {{FIELD_EPOCH, AT(command.epoch), "from"}}, .known = true},
    [COMMAND_SETTINGS] = {.name = "settings", .fields = {{FIELD_SETTINGS, AT(settings), NULL}},
                          .settings = SETTINGS_OF_RUN, .of_run = true, .of_gesture = true, .goes_on = 1,
                          .known = true},
    [COMMAND_PRESET] = {.name = "preset", .fields = {{FIELD_SETTINGS, AT(settings), NULL}},
                        .settings = SETTINGS_NEW, .known = true},
    [COMMAND_CLEAN] = {.name = "clean-each", .fields = {{FIELD_COUNT, AT(command.clean), NULL},
                                                        {FIELD_SETTINGS, AT(settings), NULL}},
                       .settings = SETTINGS_OF_RUN, .of_gesture = true, .known = true},
    [COMMAND_COMPARE] = {.name = "compare", .fields = {{FIELD_SWITCH, AT(command.compare), NULL},
                                                       {FIELD_SETTINGS, AT(settings), NULL}},
                         .settings = SETTINGS_BESIDE, .of_run = true, .of_gesture = true, .known = true},
    [COMMAND_SWAP] = {.name = "swap", .of_run = true, .known = true},
    [COMMAND_UNDO] = {.name = "undo", .known = true},
    [COMMAND_REDO] = {.name = "redo", .known = true},
    [COMMAND_STEPS] = {.name = "steps", .fields = {{FIELD_STEPS, AT(command.steps), NULL}}, .known = true},
    [COMMAND_BRANCH] = {.name = "branch", .fields = {{FIELD_COUNT, AT(command.branch), NULL}}, .known = true},
    [COMMAND_NOTE] = {.name = "note", .fields = {{FIELD_EPOCH, AT(command.note.epoch), NULL},
                                                 {FIELD_NOTE, AT(command.note.text), NULL}},
                      .known = true},
    [COMMAND_TO_NOTE] = NOT_KEPT,
    [DEED_EDITS + EDIT_ADD] = {.name = "add", .fields = {{FIELD_LABEL, AT(edit.label), "class"},
                                                         {FIELD_PLACES, 0, NULL}},
                               .of_gesture = true, .goes_on = 2, .known = true},
    [DEED_EDITS + EDIT_ERASE] = {.name = "erase", .fields = {{FIELD_SAMPLES, 0, NULL}},
                                 .of_gesture = true, .goes_on = 1, .known = true},
    [DEED_EDITS + EDIT_FLIP] = {.name = "flip", .fields = {{FIELD_SAMPLES, 0, NULL}},
                                .of_gesture = true, .goes_on = 1, .known = true},
    [DEED_EDITS + EDIT_LABEL] = {.name = "label", .fields = {{FIELD_SAMPLES, 0, NULL}, {FIELD_LABELS, 0, "as"}},
                                 .of_gesture = true, .known = true},
    [DEED_EDITS + EDIT_KEEP] = {.name = "keep", .fields = {{FIELD_SAMPLES, 0, NULL}}, .known = true},
    [DEED_EDITS + EDIT_FORGET] = {.name = "forget", .fields = {{FIELD_SAMPLES, 0, NULL}}, .known = true},
    [DEED_EDITS + EDIT_CLEAN] = {.name = "clean", .fields = {{FIELD_SAMPLES, 0, NULL}},
                                 .of_gesture = true, .goes_on = 1, .known = true},
    [DEED_EDITS + EDIT_UNCLEAN] = {.name = "unclean", .fields = {{FIELD_SAMPLES, 0, NULL}},
                                   .of_gesture = true, .goes_on = 1, .known = true},
    [DEED_OPEN] = {.name = "open", .fields = {{FIELD_BLOCK, AT(points), "points"},
                                              {FIELD_SETTINGS, AT(settings), NULL},
                                              {FIELD_PATH, AT(path), "file"}},
                   .settings = SETTINGS_OF_RUN, .known = true},
    [DEED_STANDS] = {.name = "run", .fields = {{FIELD_RUN, AT(command.run), NULL}, {FIELD_PLACE, AT(place), "at"},
                                               {FIELD_BEHIND, AT(behind), NULL}},
                     .known = true},
    [DEED_CHECK] = {.name = "check", .fields = {{FIELD_STATE, AT(state), NULL}}, .known = true},
    [DEED_END] = {.name = "end", .fields = {{FIELD_STATE, AT(state), NULL}}, .known = true},
};
/* clang-format on */

_Static_assert(sizeof DEED_FORMS / sizeof *DEED_FORMS == DEED_KINDS, "every kind of deed has a row");

void deed_free(Deed *deed) {
    free(deed->path);
    free(deed->x);
    free(deed->y);
    free(deed->samples);
    free(deed->labels);
    log_text_free(&deed->written);
    *deed = (Deed){0};
}

/* ---- settings ---- */

bool deed_takes(const Deed *deed, const Property *property) {
    SettingsKind kind = DEED_FORMS[deed->kind].settings;
    bool beside = kind == SETTINGS_BESIDE || (kind == SETTINGS_OF_RUN && deed->command.run > 0);
    return !beside || property->group == GROUP_CURRICULUM;
}

void deed_put_settings(Deed *deed, const Settings *base, const Settings *settings) {
    LogText *text = &deed->written;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        char value[SETTING_TEXT_MAX];
        if (!deed_takes(deed, p) || property_same(base, settings, p))
            continue;
        property_format(settings, p, value);
        log_put(text, "%s%s=%s", text->size > 0 ? " " : "", p->name, value);
    }
    if (text->size == 0 || text->failed)
        return;
    log_put_bytes(text, "", 1);
    deed->settings = text->failed ? NULL : text->text;
}

/* The next name=value of a text, up to a blank or the end; false if there is none. */
static bool next_setting(const char **c, const Property **property, char value[SETTING_TEXT_MAX]) {
    size_t length = strcspn(*c, " ");
    const char *equals = memchr(*c, '=', length);
    char name[64];
    if (!equals || (size_t)(equals - *c) >= sizeof name || length >= SETTING_TEXT_MAX)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)(equals - *c), *c);
    snprintf(value, SETTING_TEXT_MAX, "%.*s", (int)(*c + length - equals - 1), equals + 1);
    *property = property_find(name);
    if (!*property)
        return false;
    *c += length;
    *c += **c == ' ';
    return true;
}

bool deed_take_settings(const Deed *deed, Settings *settings, Status *status) {
    const Property *property;
    char value[SETTING_TEXT_MAX];
    for (const char *c = deed->settings; c && next_setting(&c, &property, value);)
        if (!property_parse(settings, property, value, status))
            return status_prefix(status, "%s", property->name);
    return true;
}

/* Moves over the settings in a line; those of the run alone that the kind has. */
static bool read_settings(Deed *deed, const char **c, Status *status) {
    const Property *property;
    char value[SETTING_TEXT_MAX];
    Settings scratch;
    settings_default(&scratch);
    const char *first = *c;
    while (next_setting(c, &property, value)) {
        if (!property_parse(&scratch, property, value, status))
            return status_prefix(status, "%s", property->name);
        deed->settings = first;
    }
    return true;
}

/* ---- writing ---- */

static void put_samples(LogText *text, const PointEdit *edit) {
    for (size_t i = 0, next; i < edit->count; i = next) {
        next = i + 1;
        while (next < edit->count && edit->samples[next] == edit->samples[next - 1] + 1)
            next++;
        log_put_bytes(text, " ", i > 0);
        log_put_whole(text, edit->samples[i]);
        if (next - i > 1) {
            log_put_bytes(text, "-", 1);
            log_put_whole(text, edit->samples[next - 1]);
        }
    }
}

static void put_places(LogText *text, const PointEdit *edit) {
    if (edit->count >= LOG_PACKED_FROM) {
        log_put(text, "packed %zu ", edit->count);
        log_put_packed(text, edit->x, edit->count * sizeof *edit->x);
        log_put_bytes(text, " ", 1);
        log_put_packed(text, edit->y, edit->count * sizeof *edit->y);
        return;
    }
    for (size_t i = 0; i < edit->count; i++) {
        log_put_bytes(text, " ", i > 0);
        log_put_float(text, edit->x[i]);
        log_put(text, ",");
        log_put_float(text, edit->y[i]);
    }
}

static void put_labels(LogText *text, const PointEdit *edit) {
    for (size_t i = 0; i < edit->count; i++) {
        log_put_bytes(text, " ", i > 0);
        log_put_whole(text, edit->labels[i]);
    }
}

static void put_value(LogText *text, const Deed *deed, FieldKind kind, const void *value) {
    switch (kind) {
    case FIELD_END:
        break;
    case FIELD_REAL:
        log_put_double(text, *(const double *)value);
        break;
    case FIELD_SWITCH:
        log_put(text, *(const bool *)value ? "on" : "off");
        break;
    case FIELD_INDEX:
        log_put(text, "%zu", *(const size_t *)value);
        break;
    case FIELD_FLOAT:
        log_put_float(text, *(const float *)value);
        break;
    case FIELD_EPOCH:
        log_put(text, "%lld", (long long)*(const int64_t *)value + 1);
        break;
    case FIELD_LABEL:
        log_put(text, "%d", *(const uint8_t *)value);
        break;
    case FIELD_CLASS:
        log_put(text, "%d", *(const int *)value - 1);
        break;
    case FIELD_COUNT:
    case FIELD_STEPS:
        log_put(text, "%d", *(const int *)value);
        break;
    case FIELD_LABELS:
        put_labels(text, &deed->edit);
        break;
    case FIELD_RUN:
        log_put(text, "%c", 'A' + *(const int *)value);
        break;
    case FIELD_PLACE:
        log_put(text, "%llu %llu", (unsigned long long)deed->place.epoch, (unsigned long long)deed->place.batch);
        break;
    case FIELD_BEHIND:
        log_put(text, "behind");
        break;
    case FIELD_SETTINGS:
        log_put_bytes(text, deed->settings, strlen(deed->settings));
        break;
    case FIELD_SAMPLES:
        put_samples(text, &deed->edit);
        break;
    case FIELD_PLACES:
        put_places(text, &deed->edit);
        break;
    case FIELD_BLOCK:
        log_put(text, "%llu", (unsigned long long)*(const uint64_t *)value);
        break;
    case FIELD_PATH:
        log_put_name(text, deed->path);
        break;
    case FIELD_NOTE:
        log_put_name(text, value);
        break;
    case FIELD_STATE:
        log_put(text, "%08x", *(const uint32_t *)value);
        break;
    }
}

/* Whether a line can do without the field, and does. */
static bool is_left_out(const Deed *deed, FieldKind kind) {
    return (kind == FIELD_SETTINGS && !deed->settings) || (kind == FIELD_PATH && !deed->path) ||
           (kind == FIELD_BEHIND && !deed->behind) || (kind == FIELD_CLASS && deed->command.of_class == 0) ||
           (kind == FIELD_NOTE && !deed->command.note.text[0]) || (kind == FIELD_STATE && deed->stateless);
}

void deed_write(LogText *text, const Deed *deed) {
    const DeedForm *form = &DEED_FORMS[deed->kind];
    assert(form->name);
    if (deed->goes_on) {
        log_put(text, "+%llu ", (unsigned long long)deed->further);
        int i = form->goes_on - 1;
        put_value(text, deed, form->fields[i].kind, (const char *)deed + form->fields[i].offset);
        return;
    }
    log_put(text, "epoch %llu batch %llu %s", (unsigned long long)deed->at.epoch, (unsigned long long)deed->at.batch,
            form->name);
    for (int i = 0; i < DEED_FIELDS && form->fields[i].kind != FIELD_END; i++) {
        FieldKind kind = form->fields[i].kind;
        if (is_left_out(deed, kind))
            continue;
        log_put(text, form->fields[i].word ? " %s " : " ", form->fields[i].word);
        put_value(text, deed, kind, (const char *)deed + form->fields[i].offset);
    }
    if (form->of_run && deed->command.run > 0)
        log_put(text, " run %c", 'A' + deed->command.run);
    if (form->of_gesture && deed->command.gesture > 0)
        log_put(text, " gesture %u", deed->command.gesture);
}

/* ---- reading ---- */

static bool take_samples(Deed *deed, const char **c) {
    size_t capacity = 0;
    PointEdit *edit = &deed->edit;
    uint64_t first, last, least = 0;
    while (log_take_whole(c, MAX_SAMPLES, &first)) {
        last = first;
        if (log_take(c, "-") && !log_take_whole(c, MAX_SAMPLES, &last))
            return false;
        if (first < least || last < first)
            return false;
        least = last + 1;
        size_t count = edit->count + (size_t)(last - first) + 1;
        if (count > capacity) {
            capacity = 2 * count;
            uint32_t *longer = realloc(deed->samples, capacity * sizeof *longer);
            if (!longer)
                return false;
            deed->samples = longer;
        }
        while (first <= last)
            deed->samples[edit->count++] = (uint32_t)first++;
        if (**c == ' ' && (*c)[1] >= '0' && (*c)[1] <= '9')
            (*c)++;
    }
    edit->samples = deed->samples;
    return edit->count > 0;
}

/* "1000000 BASE64 BASE64" */
static bool take_packed_places(Deed *deed, const char **c) {
    PointEdit *edit = &deed->edit;
    uint64_t count;
    if (!log_take_whole(c, MAX_SAMPLES, &count) || count == 0 || !log_take(c, " ") || strlen(*c) < count)
        return false;
    size_t size = (size_t)count * sizeof *deed->x;
    deed->x = malloc(size);
    deed->y = malloc(size);
    bool good = deed->x && deed->y && log_take_packed(c, deed->x, size) && log_take(c, " ") &&
                log_take_packed(c, deed->y, size);
    for (size_t i = 0; good && i < count; i++)
        good = isfinite(deed->x[i]) && isfinite(deed->y[i]);
    edit->count = (size_t)count;
    edit->x = deed->x;
    edit->y = deed->y;
    return good;
}

static bool take_places(Deed *deed, const char **c) {
    if (log_take_word(c, "packed"))
        return take_packed_places(deed, c);
    size_t most = 0;
    for (const char *at = *c; *at; at++)
        most += *at == ',';
    if (most == 0 || most > MAX_SAMPLES)
        return false;
    PointEdit *edit = &deed->edit;
    deed->x = calloc(most, sizeof *deed->x);
    deed->y = calloc(most, sizeof *deed->y);
    bool good = deed->x && deed->y;
    while (good && edit->count < most) {
        good = log_take_float(c, &deed->x[edit->count]) && log_take(c, ",") && log_take_float(c, &deed->y[edit->count]);
        good = good && (++edit->count == most || log_take(c, " "));
    }
    edit->x = deed->x;
    edit->y = deed->y;
    return good;
}

static bool take_labels(Deed *deed, const char **c) {
    PointEdit *edit = &deed->edit;
    deed->labels = calloc(edit->count, sizeof *deed->labels);
    bool good = deed->labels != NULL;
    for (size_t i = 0; good && i < edit->count; i++) {
        uint64_t label = 0;
        good = (i == 0 || log_take(c, " ")) && log_take_whole(c, MAX_CLASSES - 1, &label);
        deed->labels[i] = (uint8_t)label;
    }
    edit->labels = deed->labels;
    return good;
}

/* Up to the end of the line. */
static bool take_note(char text[NOTE_BYTES + 1], const char **c) {
    size_t length;
    char *name = log_take_name(c, &length);
    bool good = name && length <= NOTE_BYTES;
    if (good)
        memcpy(text, name, length + 1);
    free(name);
    return good;
}

static bool take_letter(const char **c, int *run) {
    if (**c < 'B' || **c > 'A' + OTHER_RUNS)
        return false;
    *run = *(*c)++ - 'A';
    return true;
}

static bool take_value(Deed *deed, FieldKind kind, void *value, const char **c) {
    uint64_t number = 0;
    size_t length;
    bool good;
    switch (kind) {
    case FIELD_REAL:
        return log_take_double(c, value);
    case FIELD_FLOAT:
        return log_take_float(c, value);
    case FIELD_SWITCH:
        *(bool *)value = log_take(c, "on");
        return *(bool *)value || log_take(c, "off");
    case FIELD_INDEX:
        good = log_take_whole(c, SIZE_MAX, &number);
        *(size_t *)value = (size_t)number;
        return good;
    case FIELD_EPOCH:
        good = log_take_whole(c, UINT32_MAX, &number) && number > 0;
        *(int64_t *)value = (int64_t)number - 1;
        return good;
    case FIELD_LABEL:
        good = log_take_whole(c, MAX_CLASSES - 1, &number);
        *(uint8_t *)value = (uint8_t)number;
        return good;
    case FIELD_CLASS:
        good = log_take_whole(c, MAX_CLASSES - 1, &number);
        *(int *)value = (int)number + 1;
        return good;
    case FIELD_COUNT:
        good = log_take_whole(c, MAX_SAMPLES, &number);
        *(int *)value = (int)number;
        return good;
    case FIELD_STEPS: {
        bool back = log_take(c, "-");
        good = log_take_whole(c, MAX_SAMPLES, &number) && number > 0;
        *(int *)value = back ? -(int)number : (int)number;
        return good;
    }
    case FIELD_LABELS:
        return take_labels(deed, c);
    case FIELD_RUN:
        return take_letter(c, value);
    case FIELD_PLACE:
        return log_take_whole(c, UINT32_MAX, &deed->place.epoch) && log_take(c, " ") &&
               log_take_whole(c, UINT32_MAX, &deed->place.batch);
    case FIELD_BEHIND:
        deed->behind = log_take(c, "behind");
        return true;
    case FIELD_SAMPLES:
        return take_samples(deed, c);
    case FIELD_PLACES:
        return take_places(deed, c);
    case FIELD_BLOCK:
        return log_take_whole(c, UINT32_MAX, value) && deed->points > 0;
    case FIELD_PATH:
        deed->path = log_take_name(c, &length);
        return deed->path != NULL;
    case FIELD_NOTE:
        return take_note(value, c);
    case FIELD_STATE:
        deed->stateless = **c == '\0';
        return deed->stateless || log_take_hex(c, value);
    case FIELD_SETTINGS:
    case FIELD_END:
        break;
    }
    return false;
}

static bool unreadable(const char *line, const char *c, Status *status) {
    if (*c == '\0')
        return status_fail(status, STATUS_USAGE, "the line ends too early: '%.80s'", line);
    return status_fail(status, STATUS_USAGE, "'%.40s' cannot be read here: '%.80s'", c, line);
}

/* A field, behind its word. What a line can do without may be missing. */
static bool read_field(Deed *deed, const DeedForm *form, int i, const char *line, const char **c, Status *status) {
    FieldKind kind = form->fields[i].kind;
    bool optional = kind == FIELD_PATH || kind == FIELD_BEHIND || kind == FIELD_CLASS;
    if (kind == FIELD_SETTINGS)
        return read_settings(deed, c, status);
    if (form->fields[i].word && !log_take_word(c, form->fields[i].word))
        return optional || unreadable(line, *c, status);
    if (!take_value(deed, kind, (char *)deed + form->fields[i].offset, c) || (**c != ' ' && **c != '\0'))
        return unreadable(line, *c, status);
    *c += **c == ' ';
    return true;
}

static bool read_fields(Deed *deed, const char *line, const char *c, Status *status) {
    const DeedForm *form = &DEED_FORMS[deed->kind];
    for (int i = 0; i < DEED_FIELDS && form->fields[i].kind != FIELD_END; i++)
        if (!read_field(deed, form, i, line, &c, status))
            return false;
    if (form->of_run && log_take_word(&c, "run") && !(take_letter(&c, &deed->command.run) && (*c == ' ' || *c == '\0')))
        return unreadable(line, c, status);
    c += *c == ' ';
    uint64_t gesture = 0;
    if (form->of_gesture && log_take_word(&c, "gesture") && !log_take_whole(&c, UINT32_MAX, &gesture))
        return unreadable(line, c, status);
    deed->command.gesture = (uint32_t)gesture;
    return *c == '\0' || unreadable(line, c, status);
}

/* "+5 0.75" */
static bool read_further(Deed *deed, const char *line, const Deed *before, Status *status) {
    const char *c = line;
    const DeedForm *form = before ? &DEED_FORMS[before->kind] : NULL;
    if (!form || form->goes_on == 0)
        return status_fail(status, STATUS_USAGE, "there is nothing that '%.40s' goes on with", line);
    deed->kind = before->kind;
    deed->command = before->command;
    deed->edit.kind = before->edit.kind;
    deed->edit.label = before->edit.label;
    deed->goes_on = true;
    bool good = log_take(&c, "+") && log_take_whole(&c, UINT32_MAX, &deed->further) && log_take(&c, " ");
    if (good && !read_field(deed, form, form->goes_on - 1, line, &c, status))
        return false;
    return (good && *c == '\0') || unreadable(line, c, status);
}

bool deed_read(Deed *deed, const char *line, const Deed *before, Status *status) {
    *deed = (Deed){0};
    const char *c = line;
    if (line[0] == '+')
        return read_further(deed, line, before, status);
    if (!log_take_word(&c, "epoch") || !log_take_whole(&c, UINT32_MAX, &deed->at.epoch) || !log_take(&c, " ") ||
        !log_take_word(&c, "batch") || !log_take_whole(&c, UINT32_MAX, &deed->at.batch) || !log_take(&c, " "))
        return unreadable(line, c, status);
    for (int kind = 0; kind < DEED_KINDS; kind++)
        if (DEED_FORMS[kind].name && log_take_word(&c, DEED_FORMS[kind].name)) {
            deed->kind = kind;
            deed->command.kind = kind < COMMAND_KINDS ? (CommandKind)kind : COMMAND_KINDS;
            if (kind >= DEED_EDITS && kind < DEED_OPEN)
                deed->edit.kind = (EditKind)(kind - DEED_EDITS);
            return read_fields(deed, line, c, status);
        }
    return unreadable(line, c, status);
}
