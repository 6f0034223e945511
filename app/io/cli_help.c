#include "app/io/cli.h"

#include "app/base/language.h"
#include "app/draw/line_break.h"
#include "app/io/terminal_words.h"

#include <SDL_ttf.h>
#include <SDL_version.h>
#include <cglm/version.h>
#include <png.h>
#include <zlib.h>
#include <string.h>

#ifndef EASYFIRST_VERSION
#define EASYFIRST_VERSION "0.1.0"
#endif

#define HELP_WIDTH 100
#define HELP_COLUMN 31 /* where the explanations begin */

/* "  --name ARGUMENT" and the explanation in its column, its words wrapped. */
static void help_entry(FILE *stream, const char *name, const char *argument, const char *help) {
    int column = fprintf(stream, "  --%s%s%s", name, argument ? " " : "", argument ? argument : "");
    if (column >= HELP_COLUMN - 1) {
        fputc('\n', stream);
        column = 0;
    }
    for (bool blank = false; *help != '\0';) {
        char piece[CLI_HELP_TEXT];
        size_t length = line_break_next(help, 0);
        snprintf(piece, sizeof piece, "%.*s", (int)length, help);
        int width = words_width(piece);
        if (column > HELP_COLUMN && column + blank + width > HELP_WIDTH) {
            fputc('\n', stream);
            column = 0;
        }
        if (column < HELP_COLUMN)
            column += fprintf(stream, "%*s", HELP_COLUMN - column, "");
        else if (blank)
            column += fprintf(stream, " ");
        fputs(piece, stream);
        column += width;
        help += length;
        size_t blanks = strspn(help, " ");
        blank = blanks > 0;
        help += blanks;
    }
    fputc('\n', stream);
}

/* A help line, translated, with what is taken behind it. */
static void put_choices(char text[CLI_HELP_TEXT], const char *help, const char *const *choices) {
    char list[256] = "";
    for (size_t i = 0; choices[i]; i++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "", choices[i]);
    }
    snprintf(text, CLI_HELP_TEXT, tr("%s One of %s."), help, list);
}

static void put_range(char text[CLI_HELP_TEXT], const char *help, bool each, const char *least, const char *most) {
    snprintf(text, CLI_HELP_TEXT, each ? tr("%s Each %s to %s.") : tr("%s %s to %s."), help, least, most);
}

static void put_numbers(char text[CLI_HELP_TEXT], const char *help, bool each, double least, double most) {
    char from[32], to[32];
    snprintf(from, sizeof from, "%.12g", least);
    snprintf(to, sizeof to, "%.12g", most);
    put_range(text, help, each, from, to);
}

static void put_sizes(char text[CLI_HELP_TEXT], const char *help, OptionSize least, OptionSize most) {
    char from[32], to[32];
    snprintf(from, sizeof from, "%dx%d", least.width, least.height);
    snprintf(to, sizeof to, "%dx%d", most.width, most.height);
    put_range(text, help, false, from, to);
}

static void add_default(char text[CLI_HELP_TEXT], const char *standard) {
    size_t used = strlen(text);
    snprintf(text + used, CLI_HELP_TEXT - used, " [%s]", standard);
}

void cli_describe_setting(const Property *property, const Settings *defaults, char text[CLI_HELP_TEXT]) {
    const char *help = tr(property->help);
    bool each = property->kind == KIND_UNITS || property->kind == KIND_POINTS;
    if (property->kind == KIND_SWITCH || (property->kind == KIND_CHOICE && strchr(property->argument, '|')))
        snprintf(text, CLI_HELP_TEXT, "%s", help);
    else if (property->kind == KIND_CHOICE)
        put_choices(text, help, property->choices);
    else
        put_numbers(text, help, each, property->minimum, property->maximum);
    char initial[SETTING_TEXT_MAX];
    property_format(defaults, property, initial);
    add_default(text, initial[0] != '\0' ? initial : tr("empty"));
}

void cli_describe_option(const Option *option, char text[CLI_HELP_TEXT]) {
    const char *help = tr(option->help);
    if (option->kind == OPTION_WHOLE || option->kind == OPTION_REAL)
        put_numbers(text, help, false, option->least, option->most);
    else if (option->kind == OPTION_SIZE)
        put_sizes(text, help, option->smallest, option->largest);
    else if (option->kind == OPTION_CHOICE && !strchr(option->argument, '|'))
        put_choices(text, help, option->choices);
    else
        snprintf(text, CLI_HELP_TEXT, "%s", help);
    if (option->standard)
        add_default(text, tr(option->standard));
}

static void help_section(FILE *stream, const char *title, Section section) {
    fprintf(stream, "\n%s\n", title);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (OPTIONS[i].section == section) {
            char text[CLI_HELP_TEXT];
            cli_describe_option(&OPTIONS[i], text);
            help_entry(stream, OPTIONS[i].name, OPTIONS[i].argument, text);
        }
}

static void help_group(FILE *stream, const char *title, PropertyGroup group, const Settings *defaults) {
    fprintf(stream, "\n%s\n", title);
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (PROPERTIES[i].group == group) {
            char text[CLI_HELP_TEXT];
            cli_describe_setting(&PROPERTIES[i], defaults, text);
            help_entry(stream, PROPERTIES[i].name, PROPERTIES[i].argument, text);
        }
}

void cli_help(FILE *stream) {
    fputs(tr("Usage: easyfirst [OPTION]... [POINTS.csv|SESSION.easyfirst]\n"
             "Trains a small classifier on 2D points, live, the easy points first (self-paced learning).\n"
             "POINTS.csv (-: standard input) has columns x, y and label; without it, points are generated.\n"
             "SESSION.easyfirst is a session: its run goes on where it was; with --headless it is replayed.\n"
             "Defaults are in [ ].\n"),
          stream);
    Settings defaults;
    settings_default(&defaults);
    help_group(stream, tr("Data:"), GROUP_DATA, &defaults);
    help_group(stream, tr("Model:"), GROUP_MODEL, &defaults);
    help_group(stream, tr("Training:"), GROUP_TRAINING, &defaults);
    help_group(stream, tr("Curriculum:"), GROUP_CURRICULUM, &defaults);
    help_group(stream, tr("Run:"), GROUP_RUN, &defaults);
    help_section(stream, tr("Program:"), SECTION_PROGRAM);
    help_section(stream, tr("Window:"), SECTION_WINDOW);
    help_section(stream, tr("Without a window:"), SECTION_HEADLESS);
    fprintf(stream, "\n%s\n", tr("Exit status: 0; 1 for failures at run time; 2 for wrong usage."));
}

void cli_version(FILE *stream) {
    fprintf(stream, "easyfirst %s\n", EASYFIRST_VERSION);
    fprintf(stream, "built with SDL %d.%d.%d, SDL_ttf %d.%d.%d, cglm %d.%d.%d, libpng %s, zlib %s\n", SDL_MAJOR_VERSION,
            SDL_MINOR_VERSION, SDL_PATCHLEVEL, SDL_TTF_MAJOR_VERSION, SDL_TTF_MINOR_VERSION, SDL_TTF_PATCHLEVEL,
            CGLM_VERSION_MAJOR, CGLM_VERSION_MINOR, CGLM_VERSION_PATCH, PNG_LIBPNG_VER_STRING, ZLIB_VERSION);
}
