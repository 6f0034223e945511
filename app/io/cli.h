/* The command line: options from the property table and those of the program. README.md, "Command line". */
#ifndef EASYFIRST_CLI_H
#define EASYFIRST_CLI_H

#include "core/config.h"
#include "core/status.h"

#include <stdio.h>

typedef enum { CLI_RUN, CLI_HELP, CLI_VERSION, CLI_LIST_PRESETS } CliAction;

typedef struct Cli {
    CliAction action;
    Settings settings;          /* defaults, then the preset, then the options, whatever their order on the line */
    bool given[PROPERTY_COUNT]; /* named by an option */
    char preset[256];           /* name of the preset shown in the window; "post" unless told */
    const char *points;         /* POINTS.csv, or NULL; points into argv like the strings below */
    bool headless, force;
    const char *compare;             /* what the curriculum of a second run differs in (beside.h), or NULL */
    Settings second;                 /* its settings */
    float scale;                     /* 0: not told */
    bool reduced_motion;             /* nothing glides */
    const char *theme;               /* "light", "dark" or NULL: not told */
    int window_width, window_height; /* 0: not told */
    int image_width, image_height;   /* 640x480 */
    const char *gif, *png, *points_out, *weights, *trace, *parameters; /* paths or NULL */
    long suspects;                                                     /* 0: none */
    const char *widgets;                                               /* path or NULL */
    const char *live_trace; /* path or NULL: window only, a trace row after each epoch as it happens */
    const char *sweep;      /* the grid as written (sweep.h), or NULL. `settings` then holds what is no axis, and is
                                not checked for sense: each combination will be */
    size_t shard, shards;   /* part of the grid, 1 to shards; 0: not told */
    int threads;            /* of a sweep; 0: not told */
    const char *columns;    /* of POINTS.csv, or NULL: points_csv.h */
    bool skip_bad;          /* rows of POINTS.csv */
} Cli;

/* Reads argv with getopt_long (--option=value and --option value, values may be negative, options may follow
 * POINTS.csv, "--" ends them). On failure the message names the option, and the exit code is in status. Preset
 * names are looked up in preset_folder (preset.h). */
bool cli_parse(Cli *cli, int argc, char **argv, const char *preset_folder, Status *status);

void cli_help(FILE *stream);    /* every option, from the property table where it has them; 100 columns at most */
void cli_version(FILE *stream); /* "easyfirst 0.1.0" and the libraries' versions */

#endif
