#include "app/io/cli.h"

#include "app/draw/theme.h"
#include "app/experiment/other_run.h"
#include "app/io/cli_check.h"
#include "app/io/points_csv.h"
#include "app/io/preset.h"
#include "app/io/session_file.h"
#include "app/plot/picture.h"

#include <assert.h>
#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* getopt's value of an option: its row in OPTIONS or in PROPERTIES plus this. Away from characters, as getopt returns
 * '?', ':' and 1 with meanings of their own. */
#define CODE_OPTION 1000
#define CODE_PROPERTY 2000
#define CODE_NOT_AN_OPTION 1

#define LONG_MAX_COUNT (PROPERTY_COUNT + OPTIONS_MAX)

/* Settings, then options, then an empty row. */
static void fill_long_options(struct option table[LONG_MAX_COUNT + 1]) {
    memset(table, 0, (LONG_MAX_COUNT + 1) * sizeof *table);
    for (int i = 0; i < PROPERTY_COUNT; i++)
        table[i] = (struct option){PROPERTIES[i].name, required_argument, NULL, CODE_PROPERTY + i};
    for (int i = 0; i < OPTION_COUNT; i++) {
        int has_argument = OPTIONS[i].argument ? required_argument : no_argument;
        table[PROPERTY_COUNT + i] = (struct option){OPTIONS[i].name, has_argument, NULL, CODE_OPTION + i};
    }
}

/* ---- unknown options ---- */

#define NAME_MAX_LENGTH 24 /* longer words are no misspelt options */

/* Levenshtein's distance of a word of at most NAME_MAX_LENGTH characters to an option's name. */
static size_t distance(const char *word, size_t length, const char *name) {
    size_t row[NAME_MAX_LENGTH + 1];
    for (size_t i = 0; i <= length; i++)
        row[i] = i;
    for (size_t j = 0; name[j] != '\0'; j++) {
        size_t diagonal = row[0];
        row[0] = j + 1;
        for (size_t i = 1; i <= length; i++) {
            size_t change = diagonal + (word[i - 1] != name[j]);
            size_t gap = (row[i] < row[i - 1] ? row[i] : row[i - 1]) + 1;
            diagonal = row[i];
            row[i] = change < gap ? change : gap;
        }
    }
    return row[length];
}

/* The option that was meant, or NULL: one that begins so, or the nearest with at most a third of it wrong. */
static const char *nearest_option(const char *word, size_t length) {
    struct option table[LONG_MAX_COUNT + 1];
    fill_long_options(table);
    if (length < 2 || length > NAME_MAX_LENGTH)
        return NULL;
    const char *nearest = NULL;
    size_t least = length / 3 + 1;
    for (int i = 0; table[i].name; i++) {
        if (strncmp(table[i].name, word, length) == 0)
            return table[i].name;
        size_t wrong = distance(word, length, table[i].name);
        if (wrong < least) {
            least = wrong;
            nearest = table[i].name;
        }
    }
    return nearest;
}

static bool fail_unknown(Status *status, const char *argument) {
    const char *word = argument + strspn(argument, "-");
    size_t length = strcspn(word, "=");
    const char *nearest = nearest_option(word, length);
    int shown = (int)(word - argument) + (int)(length < 200 ? length : 200);
    if (!nearest)
        return status_fail(status, STATUS_USAGE, "%.*s: unknown option; --help lists them", shown, argument);
    return status_fail(status, STATUS_USAGE, "%.*s: unknown option; did you mean --%s?", shown, argument, nearest);
}

/* ---- values ---- */

/* Decimal digits alone; false also above `most`. */
static bool read_digits(const char **text, int most, int *number) {
    long value = 0;
    const char *c = *text;
    if (*c < '0' || *c > '9')
        return false;
    for (; *c >= '0' && *c <= '9'; c++) {
        value = 10 * value + (*c - '0');
        if (value > most)
            return false;
    }
    *text = c;
    *number = (int)value;
    return true;
}

static bool read_whole(const Option *option, const char *text, int *number, Status *status) {
    const char *c = text;
    int value;
    if (!read_digits(&c, (int)option->most, &value) || *c != '\0' || value < (int)option->least)
        return status_fail(status, STATUS_USAGE, "--%s: '%.60s' is not a whole number within %d to %d", option->name,
                           text, (int)option->least, (int)option->most);
    *number = value;
    return true;
}

static bool read_choice(const Option *option, const char *text, int *place, Status *status) {
    char words[256] = "";
    for (int i = 0; option->choices[i]; i++) {
        if (strcmp(option->choices[i], text) == 0) {
            *place = i;
            return true;
        }
        size_t used = strlen(words);
        snprintf(words + used, sizeof words - used, "%s%s", i > 0 ? ", " : "", option->choices[i]);
    }
    return status_fail(status, STATUS_USAGE, "--%s: '%.60s' is none of %s", option->name, text, words);
}

static bool read_real(const Option *option, const char *text, float *number, Status *status) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(value))
        return status_fail(status, STATUS_USAGE, "--%s: '%.60s' is not a number", option->name, text);
    if (value < option->least || value > option->most)
        return status_fail(status, STATUS_USAGE, "--%s: %.60s is not within %g to %g", option->name, text,
                           option->least, option->most);
    *number = (float)value;
    return true;
}

static bool read_size(const Option *option, const char *text, int *width, int *height, Status *status) {
    const char *c = text;
    int w, h;
    if (!read_digits(&c, 1000000, &w) || *c++ != 'x' || !read_digits(&c, 1000000, &h) || *c != '\0')
        return status_fail(status, STATUS_USAGE, "--%s: '%.60s' is not WIDTHxHEIGHT, as in 1280x720", option->name,
                           text);
    if (w < option->smallest.width || h < option->smallest.height)
        return status_fail(status, STATUS_USAGE, "--%s: %s is below %dx%d", option->name, text, option->smallest.width,
                           option->smallest.height);
    if (w > option->largest.width || h > option->largest.height)
        return status_fail(status, STATUS_USAGE, "--%s: %s is above %dx%d", option->name, text, option->largest.width,
                           option->largest.height);
    *width = w;
    *height = h;
    return true;
}

static bool read_part(const Option *option, const char *text, size_t *part, size_t *parts, Status *status) {
    const char *c = text;
    int i, n;
    if (!read_digits(&c, (int)option->most, &i) || *c++ != '/' || !read_digits(&c, (int)option->most, &n) || *c != '\0')
        return status_fail(status, STATUS_USAGE, "--%s: '%.60s' is not I/N, as in 2/8", option->name, text);
    if (i < 1 || i > n)
        return status_fail(status, STATUS_USAGE, "--%s: there is no part %d of %d", option->name, i, n);
    *part = (size_t)i;
    *parts = (size_t)n;
    return true;
}

/* Whether a text will do for an option that keeps it as it is. */
static bool check_text(const Option *option, const char *text, Status *status) {
    switch (option->kind) {
    case OPTION_PATH:
    case OPTION_OUTPUT:
        return text[0] != '\0' || status_fail(status, STATUS_USAGE, "--%s: the file's name is empty", option->name);
    case OPTION_THEME:
        return theme_is_choice(text) ||
               status_fail(status, STATUS_USAGE, "--%s: '%.60s' is not light, dark or auto", option->name, text);
    case OPTION_ASPECT: {
        Aspect aspect;
        return aspect_find(text, &aspect) ||
               status_fail(status, STATUS_USAGE, "--%s: '%.60s' is not equal, fill or auto", option->name, text);
    }
    case OPTION_COLUMNS:
        return points_columns_check(text, status) || status_prefix(status, "--%s", option->name);
    case OPTION_HEADER: {
        int line;
        return strcmp(text, "yes") == 0 || strcmp(text, "no") == 0 ||
               (read_digits(&(const char *){text}, 1000000, &line) && text[strspn(text, "0123456789")] == '\0' &&
                line > 0) ||
               status_fail(status, STATUS_USAGE, "--%s: '%.60s' is neither yes, no nor the number of a line",
                           option->name, text);
    }
    case OPTION_DELIMITER:
        return points_delimiter_check(text, status) || status_prefix(status, "--%s", option->name);
    case OPTION_DECIMAL:
        return strcmp(text, "point") == 0 || strcmp(text, "comma") == 0 ||
               status_fail(status, STATUS_USAGE, "--%s: '%.60s' is neither point nor comma", option->name, text);
    case OPTION_ENCODING:
        return points_encoding_check(text, status) || status_prefix(status, "--%s", option->name);
    default:
        return true;
    }
}

static bool read_each(const Option *option, const char *text, const char **texts, int *count, Status *status) {
    if (*count >= (int)option->most)
        return status_fail(status, STATUS_USAGE, "--%s: can be given %d times at most", option->name,
                           (int)option->most);
    texts[(*count)++] = text;
    return true;
}

/* Reads an option's value, NULL if it takes none, into its field. */
static bool read_option(const Option *option, const char *text, Cli *cli, Status *status) {
    void *field = (char *)cli + option->field, *second = (char *)cli + option->second;
    switch (option->kind) {
    case OPTION_ACTION:
        *(CliAction *)field = option->action;
        return true;
    case OPTION_SWITCH:
        *(bool *)field = true;
        return true;
    case OPTION_CHOICE:
        return read_choice(option, text, field, status);
    case OPTION_WHOLE:
        return read_whole(option, text, field, status);
    case OPTION_REAL:
        return read_real(option, text, field, status);
    case OPTION_SIZE:
        return read_size(option, text, field, second, status);
    case OPTION_PART:
        return read_part(option, text, field, second, status);
    case OPTION_EACH:
        return read_each(option, text, field, second, status);
    default:
        *(const char **)field = text;
        return check_text(option, text, status);
    }
}

/* ---- the line ---- */

/* What the line says before a preset is read: each setting's last value. */
typedef struct Line {
    Cli *cli;
    Settings scratch; /* each value is tried on these as it comes, so that the first wrong one is reported */
    const char *values[PROPERTY_COUNT];
    bool given[OPTIONS_MAX];
    bool bare_preset; /* the preset is named without its option */
    Status *status;
} Line;

static bool take_property(Line *line, int id, const char *text) {
    if (!property_parse(&line->scratch, &PROPERTIES[id], text, line->status))
        return status_prefix(line->status, "--%s", PROPERTIES[id].name);
    line->values[id] = text;
    line->cli->given[id] = true;
    return true;
}

/* A further file of --summarize: `word` is where it stands in argv. */
static bool take_table(Cli *cli, char **word) {
    if (cli->table_count == 0)
        cli->tables = word;
    if (word != cli->tables + cli->table_count)
        return false;
    cli->table_count++;
    return true;
}

static bool take_points(Line *line, char **word) {
    const char *text = *word;
    if (line->cli->summarize)
        return take_table(line->cli, word) ||
               status_fail(line->status, STATUS_USAGE, "%s: the files of --summarize stand together", text);
    if (text[0] == '\0')
        return status_fail(line->status, STATUS_USAGE, "the name of the file of points is empty");
    if (preset_is_file(text)) { /* easyfirst x.ini */
        if (line->cli->preset_option)
            return status_fail(line->status, STATUS_USAGE, "%s: a second preset; %s is named already", text,
                               line->cli->preset_option);
        line->cli->preset_option = text;
        line->bare_preset = true;
        return true;
    }
    if (session_is_file(text)) {
        if (line->cli->session)
            return status_fail(line->status, STATUS_USAGE, "%s: a second session; %s is named already", text,
                               line->cli->session);
        line->cli->session = text;
        return true;
    }
    if (line->cli->points)
        return status_fail(line->status, STATUS_USAGE,
                           "%s: only one file of points can be read, and %s is named already", text, line->cli->points);
    line->cli->points = text;
    return true;
}

/* getopt takes any beginning of a name that fits one option alone. Here names are written out: a script that
 * says --grow would break with the next option that begins so. `argument` is the word of the line, "--name" or
 * "--name=value". */
static bool is_written_out(const char *argument, const char *name) {
    size_t length = strlen(name);
    return strncmp(argument, "--", 2) == 0 && strncmp(argument + 2, name, length) == 0 &&
           (argument[2 + length] == '\0' || argument[2 + length] == '=');
}

const char *cli_language(int argc, char **argv) {
    const char *found = NULL;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (is_written_out(argv[i], "language")) {
            const char *value = strchr(argv[i], '=');
            found = value ? value + 1 : i + 1 < argc ? argv[++i] : NULL;
        }
    return found;
}

/* Takes the option that getopt has just found. */
static bool take(Line *line, int code, const struct option *found, char **argv, const char *value) {
    if (!found)
        return fail_unknown(line->status, argv[optind - 1]);
    bool apart = value && value == argv[optind - 1]; /* --name value, as two words */
    const char *argument = apart ? argv[optind - 2] : argv[optind - 1];
    if (!is_written_out(argument, found->name))
        return fail_unknown(line->status, argument);
    if (apart && strncmp(value, "--", 2) == 0)
        return status_fail(line->status, STATUS_USAGE, "--%s: needs a value, but %.100s follows", found->name, value);
    if (code >= CODE_PROPERTY)
        return take_property(line, code - CODE_PROPERTY, value);
    line->given[code - CODE_OPTION] = true;
    return read_option(&OPTIONS[code - CODE_OPTION], value, line->cli, line->status);
}

/* What getopt refuses: an option without its value, or with one too many, or unknown. */
static bool fail_getopt(Line *line, int code, const struct option *table, char **argv) {
    const char *argument = argv[optind - 1];
    for (int i = 0; table[i].name; i++)
        if (is_written_out(argument, table[i].name)) {
            if (code == ':')
                return status_fail(line->status, STATUS_USAGE, "--%s: needs a value", table[i].name);
            return status_fail(line->status, STATUS_USAGE, "--%s: takes no value", table[i].name);
        }
    return fail_unknown(line->status, argument);
}

static bool read_line(Line *line, int argc, char **argv) {
    struct option table[LONG_MAX_COUNT + 1];
    fill_long_options(table);
    optind = 0; /* GNU: begins anew, whatever was read before */
    opterr = 0;
    for (;;) {
        int index = -1;
        int before = optind > 0 ? optind : 1;
        /* '-': words that are no options come in their place, as code 1; ':': tells a missing value from an
         * unknown option. */
        int code = getopt_long(argc, argv, "-:", table, &index);
        if (code == -1)
            break;
        bool taken;
        if (code == CODE_NOT_AN_OPTION)
            taken = take_points(line, &argv[optind - 1]);
        else if (code == '?' && before < argc && argv[before][0] == '-' && argv[before][1] != '-')
            taken = fail_unknown(line->status, argv[before]); /* -x: there are no short options */
        else if (code == '?' || code == ':')
            taken = fail_getopt(line, code, table, argv);
        else
            taken = take(line, code, index >= 0 ? &table[index] : NULL, argv, optarg);
        if (!taken)
            return false;
        if (line->cli->action == CLI_HELP || line->cli->action == CLI_VERSION)
            return true;
    }
    for (int i = optind; i < argc; i++) /* behind "--" */
        if (!take_points(line, &argv[i]))
            return false;
    return true;
}

/* ---- all of it ---- */

/* Defaults, the preset over them, the options over that. */
static bool settle(Line *line, const char *preset_folder) {
    Cli *cli = line->cli;
    if (cli->preset_option) {
        Preset preset;
        if (!preset_find(&preset, cli->preset_option, preset_folder, line->status))
            return !line->bare_preset && status_prefix(line->status, "--preset");
        cli->settings = preset.settings;
        snprintf(cli->preset, sizeof cli->preset, "%s", preset.name);
    }
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (line->values[i]) {
            bool same = property_parse(&cli->settings, &PROPERTIES[i], line->values[i], line->status);
            assert(same);
            (void)same;
        }
    if (!cli->sweep && !settings_check(&cli->settings, line->status)) /* begins with a setting's name */
        return status_fail(line->status, STATUS_USAGE, "--%s", line->status->message);
    for (int i = 0; i < cli->compare_count; i++) {
        cli->others[i] = cli->settings;
        if (!other_run_parse(&cli->others[i], cli->compare[i], line->status))
            return status_prefix(line->status, "--compare");
    }
    return true;
}

Aspect cli_aspect(const Cli *cli, Aspect otherwise) {
    Aspect aspect = otherwise;
    if (cli->aspect)
        aspect_find(cli->aspect, &aspect);
    return aspect;
}

bool cli_parse(Cli *cli, int argc, char **argv, const char *preset_folder, Status *status) {
    memset(cli, 0, sizeof *cli);
    settings_default(&cli->settings);
    snprintf(cli->preset, sizeof cli->preset, "post");
    cli->image_width = PICTURE_WIDTH;
    cli->image_height = PICTURE_HEIGHT;
    cli->suspects_by = MEASURE_AGREEMENT;
    Line line = {.cli = cli, .status = status};
    settings_default(&line.scratch);
    if (!read_line(&line, argc, argv))
        return false;
    if (cli->action != CLI_RUN)
        return true;
    return cli_check(cli, line.given, status) && settle(&line, preset_folder);
}
