#define _GNU_SOURCE /* asprintf */
#include "app/io/preset.h"

#include "app/base/file_named.h"
#include "app/base/file_open.h"
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/base/memory_watch.h"
#include "app/base/terminal.h"
#include "app/experiment/commands.h"
#include "app/io/preset_folder.h"

#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char ending[] = ".ini";

typedef struct Parse {
    Preset *preset;
    const char *path;
    FILE *file;
    Status *status;
    bool failed;
    int line;
    bool given[PROPERTY_COUNT];
    long order;                    /* key `order`: its place among the presets */
    bool indented;                 /* the last line read was */
    char points[SETTING_TEXT_MAX]; /* centroids so far, as text */
} Parse;

/* Keeps the first failure: the one to fix first. */
__attribute__((format(printf, 2, 3))) static void fail_at(Parse *parse, const char *format, ...) {
    if (parse->failed)
        return;
    char what[sizeof parse->status->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, tr(format), arguments);
    va_end(arguments);
    parse->failed = true;
    status_fail(parse->status, STATUS_USAGE, "%s:%d: %s", parse->path, parse->line, what);
}

/* inih's reader. It cuts lines that are too long for it into several, silently; here they are refused. */
static char *read_line(char *text, int size, void *stream) {
    Parse *parse = stream;
    if (parse->failed || !fgets(text, size, parse->file))
        return NULL;
    parse->line++;
    if (parse->line > PRESET_LINES) {
        fail_at(parse, "more than %d lines: this is no preset", PRESET_LINES);
        return NULL;
    }
    parse->indented = text[0] == ' ' || text[0] == '\t';
    size_t length = strlen(text);
    if ((length == 0 || text[length - 1] != '\n') && !feof(parse->file)) {
        fail_at(parse, "the line is longer than %d bytes, or no text", size - 2);
        return NULL;
    }
    return text;
}

static void copy_text(Parse *parse, char *target, size_t size, const char *key, const char *value) {
    if (strlen(value) >= size) {
        fail_at(parse, "%s is longer than %zu bytes", key, size - 1);
        return;
    }
    memcpy(target, value, strlen(value) + 1);
}

static void take_speed(Parse *parse, const char *value) {
    double speed;
    if (!parse_number_c(value, &speed))
        fail_at(parse, "speed: '%s' is not a number", value);
    else if (!(speed >= SPEED_MINIMUM && speed <= SPEED_MAXIMUM))
        fail_at(parse, "speed: %s is not within %g to %g", value, SPEED_MINIMUM, SPEED_MAXIMUM);
    else
        parse->preset->speed = speed;
}

static void take_group(Parse *parse, const char *value) {
    static const char *const names[] = {"start", "helps", "wrong"};
    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++)
        if (strcmp(value, names[i]) == 0) {
            parse->preset->group = (PresetGroup)i;
            return;
        }
    fail_at(parse, "group: there is no '%s': start, helps and wrong are known", value);
}

static void take_about(Parse *parse, const char *key, const char *value) {
    Preset *preset = parse->preset;
    if (strcmp(key, "title") == 0) {
        copy_text(parse, preset->title, sizeof preset->title, key, value);
    } else if (strcmp(key, "watch") == 0) {
        copy_text(parse, preset->watch, sizeof preset->watch, key, value);
    } else if (strcmp(key, "speed") == 0) {
        take_speed(parse, value);
    } else if (strcmp(key, "group") == 0) {
        take_group(parse, value);
    } else if (strcmp(key, "order") == 0) {
        char *end;
        errno = 0;
        parse->order = strtol(value, &end, 10);
        if (end == value || *end != '\0' || errno != 0)
            fail_at(parse, "order: '%s' is not a whole number", value);
    } else {
        fail_at(parse, "unknown key '%s' in [preset]: title, watch, speed, group and order are known", key);
    }
}

static void take_setting(Parse *parse, const char *key, const char *value) {
    const Property *property = property_find(key);
    if (!property) {
        fail_at(parse, "unknown setting '%s'", key);
        return;
    }
    if (property->kind == KIND_POINTS) { /* up to 400 bytes: too long for a line of inih's */
        size_t used = parse->given[property->id] && parse->indented ? strlen(parse->points) : 0;
        if (used + strlen(value) >= sizeof parse->points) {
            fail_at(parse, "%s: too many numbers", key);
            return;
        }
        memcpy(parse->points + used, value, strlen(value) + 1);
        if (used > 0) {
            parse->given[property->id] = false;
            value = parse->points;
        }
    }
    if (parse->given[property->id]) {
        fail_at(parse, "%s is set twice, or its line is followed by an indented one", key);
        return;
    }
    parse->given[property->id] = true;
    Status wrong;
    if (!property_parse(&parse->preset->settings, property, value, &wrong))
        fail_at(parse, "%s: %s", key, wrong.message);
}

static int take(void *user, const char *section, const char *key, const char *value) {
    Parse *parse = user;
    if (strcmp(section, "settings") == 0)
        take_setting(parse, key, value);
    else if (strcmp(section, "preset") == 0)
        take_about(parse, key, value);
    else if (section[0] == '\0')
        fail_at(parse, "%s stands before the first section: [settings] and [preset] are known", key);
    else
        fail_at(parse, "unknown section [%s]: [settings] and [preset] are known", section);
    return 1;
}

bool preset_is_file(const char *name) {
    size_t length = strlen(name);
    return length >= strlen(ending) && strcasecmp(name + length - strlen(ending), ending) == 0;
}

/* The file's name after its folder, and its length without .ini. */
static const char *base_of(const char *path, size_t *length) {
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    *length = strlen(base) - (preset_is_file(base) ? strlen(ending) : 0);
    return base;
}

/* Cut to fit. */
static void set_name(Preset *preset, const char *path) {
    size_t length;
    const char *base = base_of(path, &length);
    if (length >= sizeof preset->name)
        length = sizeof preset->name - 1;
    memcpy(preset->name, base, length);
    preset->name[length] = '\0';
}

static bool load_stream(FILE *file, Preset *preset, const char *path, long *order, Status *status) {
    memset(preset, 0, sizeof *preset);
    settings_default(&preset->settings);
    preset->speed = SPEED_DEFAULT;
    preset->group = PRESET_OWN;
    set_name(preset, path);
    Parse parse = {.preset = preset, .path = path, .file = file, .status = status};
    errno = 0;
    int broken = ini_parse_stream(read_line, &parse, take, &parse); /* first line that inih could not read */
    int error = ferror(file) ? errno : 0;
    if (error != 0)
        return status_fail(status, STATUS_FAILED, "cannot read %s: %s", path, tr_error(error));
    if (broken < 0)
        return status_no_memory(status, "a preset");
    if (broken > 0 && (!parse.failed || broken < parse.line))
        return status_fail(status, STATUS_USAGE, "%s:%d: neither [section] nor key = value", path, broken);
    if (parse.failed)
        return false;
    if (!settings_check(&preset->settings, status))
        return status_prefix(status, "%s", path);
    if (preset->title[0] == '\0')
        memcpy(preset->title, preset->name, sizeof preset->title);
    *order = parse.order;
    return true;
}

static bool load_from(Preset *preset, const char *path, FILE *file, const char *why, long *order, Status *status) {
    if (!file)
        return status_fail(status, STATUS_FAILED, "cannot read %s: %s", path, why);
    bool done = load_stream(file, preset, path, order, status);
    fclose(file);
    return done;
}

static bool load_file(Preset *preset, const char *path, long *order, Status *status) {
    const char *why = NULL;
    FILE *file = file_open(path, NULL, &why);
    return load_from(preset, path, file, why, order, status);
}

/* What somebody has named by its path may be a pipe. */
static bool load_any(Preset *preset, const char *path, Status *status) {
    long order;
    const char *why = NULL;
    FILE *file = file_open_named(path, &why);
    return load_from(preset, path, file, why, &order, status);
}

static const PresetKind KIND = {.ending = ending, .load = load_file};

/* own: another folder to look in, or NULL. */
static bool load_named(Preset *preset, const char *name_or_file, const char *folder, const char *own, Status *status) {
    long order;
    if (strchr(name_or_file, '/') || preset_is_file(name_or_file))
        return load_any(preset, name_or_file, status);
    char *path = preset_folder_path(&KIND, folder, name_or_file, status);
    if (path && own && access(path, F_OK) != 0) {
        char *mine = preset_folder_path(&KIND, own, name_or_file, status);
        if (mine && access(mine, F_OK) == 0) {
            free(path);
            path = mine;
        } else {
            free(mine);
        }
    }
    if (!path)
        return false;
    bool missing = access(path, F_OK) != 0 && (errno == ENOENT || errno == ENAMETOOLONG);
    bool done = missing ? preset_folder_unknown(&KIND, name_or_file, folder, own, status)
                        : load_file(preset, path, &order, status);
    free(path);
    return done;
}

bool preset_load(Preset *preset, const char *name_or_file, const char *folder, Status *status) {
    return load_named(preset, name_or_file, folder, NULL, status);
}

bool preset_open(Preset *preset, const char *path, Status *status) {
    long order;
    return load_file(preset, path, &order, status);
}

bool preset_list(Preset **presets, size_t *count, const char *folder, Status *status) {
    return preset_folder_list(&KIND, presets, count, folder, status);
}

void preset_write(FILE *stream, const char *path, const Settings *settings, double speed) {
    size_t length;
    const char *title = base_of(path, &length);
    Settings defaults;
    settings_default(&defaults);
    fputs("[preset]\ntitle = ", stream);
    for (size_t i = 0; i < length && i < sizeof((Preset *)NULL)->title - 1; i++)
        fputc((unsigned char)title[i] < ' ' ? ' ' : title[i], stream);
    fprintf(stream, "\nwatch = A run of your own.\nspeed = %.9g\n\n[settings]\n", speed);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        char text[SETTING_TEXT_MAX];
        if (property_same(settings, &defaults, &PROPERTIES[i]))
            continue;
        property_format(settings, &PROPERTIES[i], text);
        fprintf(stream, "%s = ", PROPERTIES[i].name);
        int commas = 0;
        for (const char *c = text; *c != '\0'; c++) { /* six numbers to a line */
            commas += *c == ',';
            if (*c == ',' && commas % 6 == 0 && PROPERTIES[i].kind == KIND_POINTS)
                fputs("\n  ", stream);
            fputc(*c, stream);
        }
        fputc('\n', stream);
    }
}

/* ---- the user's ---- */

char *preset_own_folder(Status *status) {
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    bool configured = config && config[0] == '/';
    char *folder = NULL;
    if (!configured && !(home && home[0] == '/'))
        status_fail(status, STATUS_FAILED,
                    "no folder for your own presets: neither XDG_CONFIG_HOME nor HOME is an absolute path");
    else if (asprintf(&folder, "%s%s/easyfirst/presets", configured ? config : home, configured ? "" : "/.config") <
             0) {
        folder = NULL;
        status_no_memory(status, "a path");
    }
    return folder;
}

char *preset_own_path(const char *name) {
    Status none;
    char *own = preset_own_folder(&none), *path = own ? preset_folder_path(&KIND, own, name, &none) : NULL;
    free(own);
    return path;
}

bool preset_check_name(const char *name, const char *folder, Status *status) {
    static const char good[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    if (name[0] == '\0' || name[strspn(name, good)] != '\0')
        return status_fail(status, STATUS_USAGE, "'%s' cannot be a preset's name: use letters, digits, - and _", name);
    if (strlen(name) >= sizeof((Preset *)NULL)->name)
        return status_fail(status, STATUS_USAGE, "'%s' is longer than %zu letters", name,
                           sizeof((Preset *)NULL)->name - 1);
    char *path = preset_folder_path(&KIND, folder, name, status);
    if (!path)
        return false;
    bool taken = access(path, F_OK) == 0;
    free(path);
    return !taken || status_fail(status, STATUS_USAGE, "the program has a preset named %s: choose another name", name);
}

bool preset_find(Preset *preset, const char *name_or_file, const char *folder, Status *status) {
    Status none;
    int before = memory_watch();
    char *own = preset_own_folder(&none);
    if (!own && memory_failed(before))
        return status_no_memory(status, "a path");
    bool found = load_named(preset, name_or_file, folder, own, status);
    free(own);
    return found || (memory_failed(before) ? status_no_memory(status, "a preset") : false);
}

static bool has_name(const Preset *presets, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(presets[i].name, name) == 0)
            return true;
    return false;
}

bool preset_list_all(Preset **presets, size_t *count, const char *folder, Status *status) {
    if (!preset_list(presets, count, folder, status))
        return false;
    Status none = {0};
    Preset *mine = NULL;
    size_t mine_count = 0;
    int before = memory_watch();
    char *own = preset_own_folder(&none);
    bool listed = !own || access(own, F_OK) != 0 || preset_list(&mine, &mine_count, own, &none);
    if (memory_failed(before)) {
        free(own);
        free(mine);
        free(*presets);
        *presets = NULL;
        *count = 0;
        return status_no_memory(status, "the presets");
    }
    if (!listed)
        terminal_say(none.message);
    Preset *all = realloc(*presets, (*count + mine_count + 1) * sizeof **presets);
    size_t shipped = *count;
    for (size_t i = 0; all && i < mine_count; i++) {
        mine[i].group = PRESET_OWN;
        if (has_name(all, shipped, mine[i].name))
            terminal_print(stderr, tr("easyfirst: preset left out: %s/%s.ini: the program has one of that name\n"), own,
                           mine[i].name);
        else
            all[(*count)++] = mine[i];
    }
    free(mine);
    free(own);
    if (!all) {
        free(*presets);
        *presets = NULL;
        *count = 0;
        return status_no_memory(status, "the presets");
    }
    *presets = all;
    return true;
}

bool preset_is(const Preset *preset, const Settings *settings) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (i != PROPERTY_SEED && !property_same(&preset->settings, settings, &PROPERTIES[i]))
            return false;
    return true;
}

const char *preset_words(const Preset *preset, const char *text) {
    return preset->group == PRESET_OWN || !text[0] ? text : tr(text);
}
