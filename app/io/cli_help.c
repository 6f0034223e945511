#include "app/io/cli.h"

#include <SDL_ttf.h>
#include <SDL_version.h>
#include <cglm/version.h>
#include <png.h>
#include <zlib.h>
#include <stdarg.h>
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
    while (*help != '\0') {
        int length = (int)strcspn(help, " ");
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
    size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, size - used, format, arguments);
    va_end(arguments);
}

void cli_describe_setting(const Property *property, const Settings *defaults, char *text, size_t size) {
    snprintf(text, size, "%s", property->help);
    if (property->kind == KIND_CHOICE && !strchr(property->argument, '|')) {
        for (size_t i = 0; property->choices[i]; i++)
            add(text, size, "%s%s", i > 0 ? ", " : " One of ", property->choices[i]);
        add(text, size, ".");
    } else if (property->kind != KIND_CHOICE && property->kind != KIND_SWITCH) {
        const char *each = property->kind == KIND_UNITS || property->kind == KIND_POINTS ? "Each " : "";
        add(text, size, " %s%.12g to %.12g.", each, property->minimum, property->maximum);
    }
    char initial[SETTING_TEXT_MAX];
    property_format(defaults, property, initial);
    add(text, size, " [%s]", initial[0] != '\0' ? initial : "empty");
}

void cli_describe_option(const Option *option, char *text, size_t size) {
    snprintf(text, size, "%s", option->help);
    if (option->kind == OPTION_WHOLE || option->kind == OPTION_REAL)
        add(text, size, " %g to %.12g.", option->least, option->most);
    else if (option->kind == OPTION_SIZE)
        add(text, size, " %dx%d to %dx%d.", option->smallest.width, option->smallest.height, option->largest.width,
            option->largest.height);
    else if (option->kind == OPTION_CHOICE && !strchr(option->argument, '|'))
        for (int i = 0; option->choices[i]; i++)
            add(text, size, "%s%s%s", i > 0 ? ", " : " One of ", option->choices[i], option->choices[i + 1] ? "" : ".");
    if (option->standard)
        add(text, size, " [%s]", option->standard);
}

static void help_section(FILE *stream, const char *title, Section section) {
    fprintf(stream, "\n%s\n", title);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (OPTIONS[i].section == section) {
            char text[1024];
            cli_describe_option(&OPTIONS[i], text, sizeof text);
            help_entry(stream, OPTIONS[i].name, OPTIONS[i].argument, text);
        }
}

void cli_help(FILE *stream) {
    fputs("Usage: easyfirst [OPTION]... [POINTS.csv|SESSION.easyfirst]\n"
          "Trains a small classifier on 2D points, live, the easy points first (self-paced learning).\n"
          "POINTS.csv (-: standard input) has columns x, y and label; without it, points are generated.\n"
          "SESSION.easyfirst is a session: its run goes on where it was; with --headless it is replayed.\n"
          "Defaults are in [ ].\n",
          stream);
    Settings defaults;
    settings_default(&defaults);
    for (int group = 0; group < GROUP_COUNT; group++) {
        const char *title = PROPERTY_GROUP_NAMES[group];
        fprintf(stream, "\n%c%s:\n", title[0] - 'a' + 'A', title + 1);
        for (int i = 0; i < PROPERTY_COUNT; i++)
            if (PROPERTIES[i].group == (PropertyGroup)group) {
                char text[1024];
                cli_describe_setting(&PROPERTIES[i], &defaults, text, sizeof text);
                help_entry(stream, PROPERTIES[i].name, PROPERTIES[i].argument, text);
            }
    }
    help_section(stream, "Program:", SECTION_PROGRAM);
    help_section(stream, "Window:", SECTION_WINDOW);
    help_section(stream, "Without a window:", SECTION_HEADLESS);
    fputs("\nExit status: 0; 1 for failures at run time; 2 for wrong usage.\n", stream);
}

void cli_version(FILE *stream) {
    fprintf(stream, "easyfirst %s\n", EASYFIRST_VERSION);
    fprintf(stream, "built with SDL %d.%d.%d, SDL_ttf %d.%d.%d, cglm %d.%d.%d, libpng %s, zlib %s\n", SDL_MAJOR_VERSION,
            SDL_MINOR_VERSION, SDL_PATCHLEVEL, SDL_TTF_MAJOR_VERSION, SDL_TTF_MINOR_VERSION, SDL_TTF_PATCHLEVEL,
            CGLM_VERSION_MAJOR, CGLM_VERSION_MINOR, CGLM_VERSION_PATCH, PNG_LIBPNG_VER_STRING, ZLIB_VERSION);
}
