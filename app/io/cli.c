#include "app/io/cli.h"

#include "app/experiment/second_run.h"
#include "app/io/points_csv.h"
#include "app/io/preset.h"
#include "core/parallel.h"

#include <SDL_ttf.h>
#include <SDL_version.h>
#include <assert.h>
#include <cglm/version.h>
#include <csv.h>
#include <getopt.h>
#include <math.h>
#include <png.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#ifndef EASYFIRST_VERSION
#define EASYFIRST_VERSION "0.1.0"
#endif

#define HELP_WIDTH 100
#define HELP_COLUMN 31 /* where the explanations begin */

#define SCALE_MIN 0.75
#define SCALE_MAX 4.0
#define SUSPECTS_MAX MAX_SAMPLES
#define SHARDS_MAX 10000000

typedef struct Extents {
    int min_width, min_height, max_width, max_height;
} Extents;

static const Extents window_extents = {640, 480, 16384, 16384};
static const Extents image_extents = {64, 64, 8192, 8192};

/* The options that are not settings. */
typedef enum {
    OPTION_PRESET,
    OPTION_LIST_PRESETS,
    OPTION_HEADLESS,
    OPTION_FORCE,
    OPTION_COMPARE,
    OPTION_SCALE,
    OPTION_THEME,
    OPTION_WINDOW_SIZE,
    OPTION_REDUCED_MOTION,
    OPTION_WIDGETS,
    OPTION_LIVE_TRACE,
    OPTION_GIF,
    OPTION_PNG,
    OPTION_POINTS,
    OPTION_WEIGHTS,
    OPTION_TRACE,
    OPTION_PARAMETERS,
    OPTION_IMAGE_SIZE,
    OPTION_SUSPECTS,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_SWEEP,
    OPTION_SHARD,
    OPTION_THREADS,
    OPTION_COLUMNS,
    OPTION_SKIP_BAD,
    OPTION_COUNT
} OptionId;

typedef enum { SECTION_PROGRAM, SECTION_WINDOW, SECTION_HEADLESS } Section;

typedef struct Option {
    const char *name;
    const char *argument; /* NULL: takes none */
    Section section;
    const char *help;
} Option;

static const Option options[OPTION_COUNT] = {
    [OPTION_PRESET] = {"preset", "NAME|FILE.ini", SECTION_PROGRAM,
                       "Start from a preset; the other options change it, wherever they stand. [post]"},
    [OPTION_LIST_PRESETS] = {"list-presets", NULL, SECTION_PROGRAM, "List the presets and what to watch in them."},
    [OPTION_COMPARE] = {"compare", "plain|NAME=VALUE,...", SECTION_PROGRAM,
                        "A second run beside the first, with plain training or another curriculum."},
    [OPTION_SCALE] = {"scale", "F", SECTION_PROGRAM,
                      "Size of text and controls, also in pictures, 0.75 to 4. [the display's]"},
    [OPTION_THEME] = {"theme", "light|dark", SECTION_PROGRAM, "Colours of the window and of pictures. [light]"},
    [OPTION_HELP] = {"help", NULL, SECTION_PROGRAM, "Show this."},
    [OPTION_VERSION] = {"version", NULL, SECTION_PROGRAM, "Show the version and those of the libraries."},
    [OPTION_WINDOW_SIZE] = {"window-size", "WxH", SECTION_WINDOW, "Size of the window, at least 640x480."},
    [OPTION_REDUCED_MOTION] = {"reduced-motion", NULL, SECTION_WINDOW, "Nothing glides: changes are there at once."},
    [OPTION_WIDGETS] = {"widgets", "FILE", SECTION_WINDOW,
                        "Keep in FILE a line 'name x y w h' for each widget on screen, in pixels."},
    [OPTION_LIVE_TRACE] = {"live-trace", "FILE", SECTION_WINDOW, "Add a row of the trace to FILE after each epoch."},
    [OPTION_HEADLESS] = {"headless", NULL, SECTION_HEADLESS, "Run to the end without a window."},
    [OPTION_FORCE] = {"force", NULL, SECTION_HEADLESS, "Replace files that exist already."},
    [OPTION_GIF] = {"gif", "FILE", SECTION_HEADLESS, "The run as an animation, a frame per epoch."},
    [OPTION_PNG] = {"png", "FILE", SECTION_HEADLESS, "The plot after the last epoch."},
    [OPTION_IMAGE_SIZE] = {"image-size", "WxH", SECTION_HEADLESS,
                           "Size of these pictures, 64x64 to 8192x8192. [640x480]"},
    [OPTION_POINTS] = {"points", "FILE", SECTION_HEADLESS,
                       "The points with loss, v and the epoch they were admitted in."},
    [OPTION_WEIGHTS] = {"weights", "FILE", SECTION_HEADLESS, "v of every point (row) in every epoch (column)."},
    [OPTION_TRACE] = {"trace", "FILE", SECTION_HEADLESS, "Threshold, easy points, losses and accuracy of every epoch."},
    [OPTION_PARAMETERS] = {"parameters", "FILE", SECTION_HEADLESS,
                           "The model's parameters, initial and after every epoch."},
    [OPTION_SUSPECTS] = {"suspects", "N", SECTION_HEADLESS,
                         "Print the N points that were admitted last or never, largest loss first."},
    [OPTION_SWEEP] = {"sweep", "NAME=VALUES,...", SECTION_HEADLESS,
                      "Run every combination of the settings' values, each A..B, A:B:STEP or some separated by |, as "
                      "in 'seeds=1..20,order=easy|all'. Print means over the seeds; --trace has a row for each run."},
    [OPTION_SHARD] = {"shard", "I/N", SECTION_HEADLESS,
                      "Of --sweep's runs, those of the I-th of N parts. The parts' rows, in order, are the whole's."},
    [OPTION_THREADS] = {"threads", "N", SECTION_HEADLESS,
                        "How many runs of --sweep go on at once, 1 to 1024. [one a processor]"},
    [OPTION_COLUMNS] = {"columns", "X,Y,LABEL", SECTION_PROGRAM,
                        "Columns of POINTS.csv: names in its header, or numbers from 1. [x,y,label, or the "
                        "first three of a file without a header]"},
    [OPTION_SKIP_BAD] = {"skip-bad", NULL, SECTION_PROGRAM,
                         "Skip rows of POINTS.csv with missing or non-numeric cells, and count them."},
};

/* getopt's value of an option: its number in `options`, or in PROPERTIES plus this. Away from characters, as
 * getopt returns '?', ':' and 1 with meanings of their own. */
#define CODE_OPTION 1000
#define CODE_PROPERTY 2000
#define CODE_NOT_AN_OPTION 1

#define LONG_COUNT (PROPERTY_COUNT + OPTION_COUNT)

static void fill_long_options(struct option table[LONG_COUNT + 1]) {
    memset(table, 0, (LONG_COUNT + 1) * sizeof *table);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        table[i] = (struct option){PROPERTIES[i].name, required_argument, NULL, CODE_PROPERTY + i};
    }
    for (int i = 0; i < OPTION_COUNT; i++) {
        const int has_argument = options[i].argument != NULL ? required_argument : no_argument;
        table[PROPERTY_COUNT + i] = (struct option){options[i].name, has_argument, NULL, CODE_OPTION + i};
    }
}

/* ---- unknown options
 * ------------------------------------------------------------------------------------------- */

#define NAME_MAX_LENGTH 24 /* longer words are no misspelt options */

/* Levenshtein's distance of a word of at most NAME_MAX_LENGTH characters to an option's name. */
static size_t distance(const char *word, size_t length, const char *name) {
    size_t row[NAME_MAX_LENGTH + 1];
    for (size_t i = 0; i <= length; i++) {
        row[i] = i;
    }
    for (size_t j = 0; name[j] != '\0'; j++) {
        size_t diagonal = row[0];
        row[0] = j + 1;
        for (size_t i = 1; i <= length; i++) {
            const size_t change = diagonal + (word[i - 1] != name[j]);
            const size_t gap = (row[i] < row[i - 1] ? row[i] : row[i - 1]) + 1;
            diagonal = row[i];
            row[i] = change < gap ? change : gap;
        }
    }
    return row[length];
}

/* The option that was meant, or NULL: one that begins so, or the nearest with at most a third of it wrong. */
static const char *nearest_option(const char *word, size_t length) {
    struct option table[LONG_COUNT + 1];
    fill_long_options(table);
    if (length < 2 || length > NAME_MAX_LENGTH) {
        return NULL;
    }
    const char *nearest = NULL;
    size_t least = length / 3 + 1;
    for (int i = 0; i < LONG_COUNT; i++) {
        if (strncmp(table[i].name, word, length) == 0) {
            return table[i].name;
        }
        const size_t wrong = distance(word, length, table[i].name);
        if (wrong < least) {
            least = wrong;
            nearest = table[i].name;
        }
    }
    return nearest;
}

static bool fail_unknown(Status *status, const char *argument) {
    const char *word = argument + strspn(argument, "-");
    const size_t length = strcspn(word, "=");
    const char *nearest = nearest_option(word, length);
    const int shown = (int)(word - argument) + (int)(length < 200 ? length : 200);
    if (nearest == NULL) {
        return status_fail(status, STATUS_USAGE, "%.*s: unknown option; --help lists them", shown, argument);
    }
    return status_fail(status, STATUS_USAGE, "%.*s: unknown option; did you mean --%s?", shown, argument, nearest);
}

/* ---- values
 * ---------------------------------------------------------------------------------------------------- */

/* Decimal digits alone; false also above `most`. */
static bool read_digits(const char **text, int most, int *number) {
    long value = 0;
    const char *c = *text;
    if (*c < '0' || *c > '9') {
        return false;
    }
    for (; *c >= '0' && *c <= '9'; c++) {
        value = 10 * value + (*c - '0');
        if (value > most) {
            return false;
        }
    }
    *text = c;
    *number = (int)value;
    return true;
}

static bool read_size(const char *name, const char *text, const Extents *extents, int *width, int *height,
                      Status *status) {
    const char *c = text;
    int w, h;
    if (!read_digits(&c, 1000000, &w) || *c++ != 'x' || !read_digits(&c, 1000000, &h) || *c != '\0') {
        return status_fail(status, STATUS_USAGE, "--%s: '%.60s' is not WIDTHxHEIGHT, as in 1280x720", name, text);
    }
    if (w < extents->min_width || h < extents->min_height) {
        return status_fail(status, STATUS_USAGE, "--%s: %s is below %dx%d", name, text, extents->min_width,
                           extents->min_height);
    }
    if (w > extents->max_width || h > extents->max_height) {
        return status_fail(status, STATUS_USAGE, "--%s: %s is above %dx%d", name, text, extents->max_width,
                           extents->max_height);
    }
    *width = w;
    *height = h;
    return true;
}

static bool read_scale(const char *text, float *scale, Status *status) {
    char *end;
    const double value = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(value)) {
        return status_fail(status, STATUS_USAGE, "--scale: '%.60s' is not a number", text);
    }
    if (value < SCALE_MIN || value > SCALE_MAX) {
        return status_fail(status, STATUS_USAGE, "--scale: %.60s is not within %g to %g", text, SCALE_MIN, SCALE_MAX);
    }
    *scale = (float)value;
    return true;
}

static bool read_suspects(const char *text, long *count, Status *status) {
    const char *c = text;
    int value;
    if (!read_digits(&c, SUSPECTS_MAX, &value) || *c != '\0' || value < 1) {
        return status_fail(status, STATUS_USAGE, "--suspects: '%.60s' is not a whole number within 1 to %d", text,
                           SUSPECTS_MAX);
    }
    *count = value;
    return true;
}

static bool read_shard(const char *text, size_t *shard, size_t *shards, Status *status) {
    const char *c = text;
    int part, parts;
    if (!read_digits(&c, SHARDS_MAX, &part) || *c++ != '/' || !read_digits(&c, SHARDS_MAX, &parts) || *c != '\0') {
        return status_fail(status, STATUS_USAGE, "--shard: '%.60s' is not I/N, as in 2/8", text);
    }
    if (part < 1 || part > parts) {
        return status_fail(status, STATUS_USAGE, "--shard: there is no part %d of %d", part, parts);
    }
    *shard = (size_t)part;
    *shards = (size_t)parts;
    return true;
}

static bool read_threads(const char *text, int *count, Status *status) {
    const char *c = text;
    if (!read_digits(&c, THREADS_MAX, count) || *c != '\0' || *count < 1) {
        return status_fail(status, STATUS_USAGE, "--threads: '%.60s' is not a whole number within 1 to %d", text,
                           THREADS_MAX);
    }
    return true;
}

static bool read_path(const char *name, const char *text, const char **path, Status *status) {
    if (text[0] == '\0') {
        return status_fail(status, STATUS_USAGE, "--%s: the file's name is empty", name);
    }
    *path = text;
    return true;
}

/* ---- the line
 * -------------------------------------------------------------------------------------------------- */

/* What the line says, before a preset is read: the last word on each setting. */
typedef struct Line {
    Cli *cli;
    Settings scratch; /* values are tried on these as they come, so that errors come in the line's order */
    const char *values[PROPERTY_COUNT];
    const char *preset;
    bool given[OPTION_COUNT];
    Status *status;
} Line;

static bool take_property(Line *line, int id, const char *text) {
    if (!property_parse(&line->scratch, &PROPERTIES[id], text, line->status)) {
        return status_prefix(line->status, "--%s", PROPERTIES[id].name);
    }
    line->values[id] = text;
    line->cli->given[id] = true;
    return true;
}

static bool take_option(Line *line, OptionId id, const char *text) {
    Cli *cli = line->cli;
    Status *status = line->status;
    const char *name = options[id].name;
    line->given[id] = true;
    switch (id) {
    case OPTION_PRESET:
        return read_path(name, text, &line->preset, status);
    case OPTION_LIST_PRESETS:
        cli->action = CLI_LIST_PRESETS;
        return true;
    case OPTION_HEADLESS:
        cli->headless = true;
        return true;
    case OPTION_FORCE:
        cli->force = true;
        return true;
    case OPTION_COMPARE:
        return read_path(name, text, &cli->compare, status);
    case OPTION_REDUCED_MOTION:
        cli->reduced_motion = true;
        return true;
    case OPTION_SCALE:
        return read_scale(text, &cli->scale, status);
    case OPTION_THEME:
        if (strcmp(text, "light") != 0 && strcmp(text, "dark") != 0) {
            return status_fail(status, STATUS_USAGE, "--theme: '%.60s' is neither light nor dark", text);
        }
        cli->theme = text;
        return true;
    case OPTION_WINDOW_SIZE:
        return read_size(name, text, &window_extents, &cli->window_width, &cli->window_height, status);
    case OPTION_IMAGE_SIZE:
        return read_size(name, text, &image_extents, &cli->image_width, &cli->image_height, status);
    case OPTION_WIDGETS:
        return read_path(name, text, &cli->widgets, status);
    case OPTION_LIVE_TRACE:
        return read_path(name, text, &cli->live_trace, status);
    case OPTION_GIF:
        return read_path(name, text, &cli->gif, status);
    case OPTION_PNG:
        return read_path(name, text, &cli->png, status);
    case OPTION_POINTS:
        return read_path(name, text, &cli->points_out, status);
    case OPTION_WEIGHTS:
        return read_path(name, text, &cli->weights, status);
    case OPTION_TRACE:
        return read_path(name, text, &cli->trace, status);
    case OPTION_PARAMETERS:
        return read_path(name, text, &cli->parameters, status);
    case OPTION_SUSPECTS:
        return read_suspects(text, &cli->suspects, status);
    case OPTION_SWEEP:
        cli->sweep = text;
        return true;
    case OPTION_SHARD:
        return read_shard(text, &cli->shard, &cli->shards, status);
    case OPTION_THREADS:
        return read_threads(text, &cli->threads, status);
    case OPTION_HELP:
        cli->action = CLI_HELP;
        return true;
    case OPTION_VERSION:
        cli->action = CLI_VERSION;
        return true;
    case OPTION_COLUMNS:
        if (!points_columns_check(text, status)) {
            return status_prefix(status, "--columns");
        }
        cli->columns = text;
        return true;
    case OPTION_SKIP_BAD:
        cli->skip_bad = true;
        return true;
    case OPTION_COUNT:
        break;
    }
    assert(!"no such option");
    return false;
}

static bool take_points(Line *line, const char *text) {
    if (text[0] == '\0') {
        return status_fail(line->status, STATUS_USAGE, "the name of the file of points is empty");
    }
    if (line->cli->points != NULL) {
        return status_fail(line->status, STATUS_USAGE,
                           "%s: only one file of points can be read, and %s is named already", text, line->cli->points);
    }
    line->cli->points = text;
    return true;
}

/* getopt takes any beginning of a name that fits one option alone. Here names are written out: a script that
 * says
 * --grow would break with the next option that begins so. `argument` is the word of the line, "--name" or
 * "--name=value". */
static bool is_written_out(const char *argument, const char *name) {
    const size_t length = strlen(name);
    return strncmp(argument, "--", 2) == 0 && strncmp(argument + 2, name, length) == 0 &&
           (argument[2 + length] == '\0' || argument[2 + length] == '=');
}

/* Takes the option that getopt has just found. */
static bool take(Line *line, int code, const struct option *found, char **argv, const char *value) {
    if (found == NULL) {
        return fail_unknown(line->status, argv[optind - 1]);
    }
    const bool apart = value != NULL && value == argv[optind - 1]; /* --name value, as two words */
    const char *argument = apart ? argv[optind - 2] : argv[optind - 1];
    if (!is_written_out(argument, found->name)) {
        return fail_unknown(line->status, argument);
    }
    if (apart && strncmp(value, "--", 2) == 0) {
        return status_fail(line->status, STATUS_USAGE, "--%s: needs a value, but %.100s follows", found->name, value);
    }
    if (code >= CODE_PROPERTY) {
        return take_property(line, code - CODE_PROPERTY, value);
    }
    return take_option(line, (OptionId)(code - CODE_OPTION), value);
}

/* What getopt refuses: an option without its value, or with one too many, or unknown. */
static bool fail_getopt(Line *line, int code, const struct option *table, char **argv) {
    const char *argument = argv[optind - 1];
    for (int i = 0; i < LONG_COUNT; i++) {
        if (is_written_out(argument, table[i].name)) {
            if (code == ':') {
                return status_fail(line->status, STATUS_USAGE, "--%s: needs a value", table[i].name);
            }
            return status_fail(line->status, STATUS_USAGE, "--%s: takes no value", table[i].name);
        }
    }
    return fail_unknown(line->status, argument);
}

static bool read_line(Line *line, int argc, char **argv) {
    struct option table[LONG_COUNT + 1];
    fill_long_options(table);
    optind = 0; /* GNU: begins anew, whatever was read before */
    opterr = 0;
    for (;;) {
        int index = -1;
        const int before = optind > 0 ? optind : 1;
        /* '-': words that are no options come in their place, as code 1; ':': tells a missing value from an
         * unknown option. */
        const int code = getopt_long(argc, argv, "-:", table, &index);
        if (code == -1) {
            break;
        }
        bool taken;
        if (code == CODE_NOT_AN_OPTION) {
            taken = take_points(line, optarg);
        } else if (code == '?' && before < argc && argv[before][0] == '-' && argv[before][1] != '-') {
            taken = fail_unknown(line->status, argv[before]); /* -x: there are no short options */
        } else if (code == '?' || code == ':') {
            taken = fail_getopt(line, code, table, argv);
        } else {
            taken = take(line, code, index >= 0 ? &table[index] : NULL, argv, optarg);
        }
        if (!taken) {
            return false;
        }
        if (line->cli->action == CLI_HELP || line->cli->action == CLI_VERSION) {
            return true;
        }
    }
    for (int i = optind; i < argc; i++) { /* behind "--" */
        if (!take_points(line, argv[i])) {
            return false;
        }
    }
    return true;
}

/* ---- what goes together
 * ---------------------------------------------------------------------------------------- */

static bool check_display(const Line *line) {
    for (int i = 0; i < OPTION_COUNT; i++) {
        const bool output = options[i].section == SECTION_HEADLESS && i != OPTION_HEADLESS && i != OPTION_FORCE;
        if (line->given[i] && output && !line->cli->headless) {
            return status_fail(line->status, STATUS_USAGE, "--%s: needs --headless", options[i].name);
        }
        if (line->given[i] && options[i].section == SECTION_WINDOW && line->cli->headless) {
            return status_fail(line->status, STATUS_USAGE, "--%s: is for the window, so it excludes --headless",
                               options[i].name);
        }
    }
    return true;
}

static bool check_sweep(const Line *line) {
    static const OptionId of_sweeps[] = {OPTION_SHARD, OPTION_THREADS};
    static const OptionId of_one_run[] = {OPTION_GIF,        OPTION_PNG,        OPTION_POINTS,   OPTION_WEIGHTS,
                                          OPTION_PARAMETERS, OPTION_IMAGE_SIZE, OPTION_SUSPECTS, OPTION_COMPARE};
    const bool sweep = line->cli->sweep != NULL;
    for (size_t i = 0; !sweep && i < sizeof of_sweeps / sizeof *of_sweeps; i++) {
        if (line->given[of_sweeps[i]]) {
            return status_fail(line->status, STATUS_USAGE, "--%s: needs --sweep", options[of_sweeps[i]].name);
        }
    }
    for (size_t i = 0; sweep && i < sizeof of_one_run / sizeof *of_one_run; i++) {
        if (line->given[of_one_run[i]]) {
            return status_fail(line->status, STATUS_USAGE, "--%s: is for a single run, so it excludes --sweep",
                               options[of_one_run[i]].name);
        }
    }
    return true;
}

static bool check_points(const Line *line) {
    for (int i = 0; line->cli->points != NULL && i < PROPERTY_COUNT; i++) {
        if (line->cli->given[i] && property_makes_points(PROPERTIES[i].id)) {
            return status_fail(line->status, STATUS_USAGE,
                               "--%s: is for points that are made, so it excludes the file %s", PROPERTIES[i].name,
                               line->cli->points);
        }
    }
    static const OptionId of_files[] = {OPTION_COLUMNS, OPTION_SKIP_BAD};
    for (size_t i = 0; line->cli->points == NULL && i < sizeof of_files / sizeof *of_files; i++) {
        if (line->given[of_files[i]]) {
            return status_fail(line->status, STATUS_USAGE, "--%s: is for a file of points, and none is named",
                               options[of_files[i]].name);
        }
    }
    return true;
}

static const char *without_dots(const char *path) {
    while (path[0] == '.' && path[1] == '/') {
        path += 2 + strspn(path + 2, "/");
    }
    return path;
}

static bool check_outputs(const Line *line) {
    const Cli *cli = line->cli;
    const struct {
        OptionId id;
        const char *path;
    } outputs[] = {
        {OPTION_GIF, cli->gif},           {OPTION_PNG, cli->png},
        {OPTION_POINTS, cli->points_out}, {OPTION_WEIGHTS, cli->weights},
        {OPTION_TRACE, cli->trace},       {OPTION_PARAMETERS, cli->parameters},
        {OPTION_WIDGETS, cli->widgets},   {OPTION_LIVE_TRACE, cli->live_trace},
    };
    const size_t count = sizeof outputs / sizeof *outputs;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count && outputs[i].path != NULL; j++) {
            if (outputs[j].path != NULL && strcmp(outputs[i].path, "/dev/null") != 0 &&
                strcmp(without_dots(outputs[i].path), without_dots(outputs[j].path)) == 0) {
                return status_fail(line->status, STATUS_USAGE, "--%s: %s is the file of --%s already",
                                   options[outputs[j].id].name, outputs[j].path, options[outputs[i].id].name);
            }
        }
    }
    return true;
}

/* Defaults, the preset over them, the options over that. */
static bool settle(Line *line, const char *preset_folder) {
    Cli *cli = line->cli;
    if (line->preset != NULL) {
        Preset preset;
        if (!preset_find(&preset, line->preset, preset_folder, line->status)) {
            return status_prefix(line->status, "--preset");
        }
        cli->settings = preset.settings;
        snprintf(cli->preset, sizeof cli->preset, "%s", preset.name);
    }
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        if (line->values[i] != NULL) {
            const bool same = property_parse(&cli->settings, &PROPERTIES[i], line->values[i], line->status);
            assert(same);
            (void)same;
        }
    }
    if (cli->sweep == NULL && !settings_check(&cli->settings, line->status)) /* begins with a setting's name */
        return status_fail(line->status, STATUS_USAGE, "--%s", line->status->message);
    cli->second = cli->settings;
    return !cli->compare || second_run_parse(&cli->second, cli->compare, line->status) ||
           status_prefix(line->status, "--compare");
}

bool cli_parse(Cli *cli, int argc, char **argv, const char *preset_folder, Status *status) {
    memset(cli, 0, sizeof *cli);
    settings_default(&cli->settings);
    snprintf(cli->preset, sizeof cli->preset, "post");
    cli->image_width = 640;
    cli->image_height = 480;
    Line line = {.cli = cli, .status = status};
    settings_default(&line.scratch);
    if (!read_line(&line, argc, argv)) {
        return false;
    }
    if (cli->action != CLI_RUN) {
        return true;
    }
    return check_display(&line) && check_sweep(&line) && check_points(&line) && check_outputs(&line) &&
           settle(&line, preset_folder);
}

/* ---- help
 * ------------------------------------------------------------------------------------------------------ */

/* "  --name ARGUMENT" and the explanation in its column, its words wrapped. */
static void help_entry(FILE *stream, const char *name, const char *argument, const char *help) {
    int column = fprintf(stream, "  --%s%s%s", name, argument != NULL ? " " : "", argument != NULL ? argument : "");
    if (column >= HELP_COLUMN - 1) {
        fputc('\n', stream);
        column = 0;
    }
    while (*help != '\0') {
        const int length = (int)strcspn(help, " ");
        if (column > HELP_COLUMN && column + 1 + length > HELP_WIDTH) {
            fputc('\n', stream);
            column = 0;
        }
        if (column < HELP_COLUMN) {
            column += fprintf(stream, "%*s", HELP_COLUMN - column, "");
        } else {
            fputc(' ', stream);
            column++;
        }
        column += fprintf(stream, "%.*s", length, help);
        help += length;
        help += strspn(help, " ");
    }
    fputc('\n', stream);
}

/* Appends to text, as far as there is room. */
__attribute__((format(printf, 3, 4))) static void add(char *text, size_t size, const char *format, ...) {
    const size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, size - used, format, arguments);
    va_end(arguments);
}

/* A setting's help line with what it takes and its default. */
static void describe(const Property *property, const Settings *defaults, char *text, size_t size) {
    snprintf(text, size, "%s", property->help);
    if (property->kind == KIND_CHOICE && strchr(property->argument, '|') == NULL) {
        for (size_t i = 0; property->choices[i] != NULL; i++) {
            add(text, size, "%s%s", i > 0 ? ", " : " One of ", property->choices[i]);
        }
        add(text, size, ".");
    } else if (property->kind != KIND_CHOICE && property->kind != KIND_SWITCH) {
        const char *each = property->kind == KIND_UNITS || property->kind == KIND_POINTS ? "Each " : "";
        add(text, size, " %s%.12g to %.12g.", each, property->minimum, property->maximum);
    }
    char initial[SETTING_TEXT_MAX];
    property_format(defaults, property, initial);
    add(text, size, " [%s]", initial[0] != '\0' ? initial : "empty");
}

static void help_section(FILE *stream, const char *title, Section section) {
    fprintf(stream, "\n%s\n", title);
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (options[i].section == section) {
            help_entry(stream, options[i].name, options[i].argument, options[i].help);
        }
    }
}

void cli_help(FILE *stream) {
    fputs("Usage: easyfirst [OPTION]... [POINTS.csv]\n"
          "Trains a small classifier on 2D points, live, the easy points first (self-paced learning).\n"
          "POINTS.csv has columns x, y and label; without it, points are made. In [ ]: the default.\n",
          stream);
    Settings defaults;
    settings_default(&defaults);
    for (int group = 0; group < GROUP_COUNT; group++) {
        const char *title = PROPERTY_GROUP_NAMES[group];
        fprintf(stream, "\n%c%s:\n", title[0] - 'a' + 'A', title + 1);
        for (int i = 0; i < PROPERTY_COUNT; i++) {
            if (PROPERTIES[i].group == (PropertyGroup)group) {
                char text[1024];
                describe(&PROPERTIES[i], &defaults, text, sizeof text);
                help_entry(stream, PROPERTIES[i].name, PROPERTIES[i].argument, text);
            }
        }
    }
    help_section(stream, "Program:", SECTION_PROGRAM);
    help_section(stream, "Window:", SECTION_WINDOW);
    help_section(stream, "Without a window:", SECTION_HEADLESS);
    fputs("\nExit status: 0; 1 for what failed at run time; 2 for wrong use.\n", stream);
}

void cli_version(FILE *stream) {
    fprintf(stream, "easyfirst %s\n", EASYFIRST_VERSION);
    fprintf(stream, "built with SDL %d.%d.%d, SDL_ttf %d.%d.%d, cglm %d.%d.%d, libpng %s, libcsv %d.%d.%d\n",
            SDL_MAJOR_VERSION, SDL_MINOR_VERSION, SDL_PATCHLEVEL, SDL_TTF_MAJOR_VERSION, SDL_TTF_MINOR_VERSION,
            SDL_TTF_PATCHLEVEL, CGLM_VERSION_MAJOR, CGLM_VERSION_MINOR, CGLM_VERSION_PATCH, PNG_LIBPNG_VER_STRING,
            CSV_MAJOR, CSV_MINOR, CSV_RELEASE);
}
