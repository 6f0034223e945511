/* The command line: the settings (core/config.h) and the program's own options (cli_options.h). README.md, "Command
 * line". */
#ifndef EASYFIRST_CLI_H
#define EASYFIRST_CLI_H

#include "app/io/cli_options.h"
#include "app/plot/camera.h"
#include "core/status.h"

#include <stdio.h>

#define CLI_HELP_TEXT 4096 /* bytes of a line of --help, in any language */

/* Reads argv: --option=value or --option value, values may be negative, options may follow POINTS.csv, "--" ends them.
 * On failure the message names the option, and status has the exit code. preset_folder: where names of presets are
 * looked up (preset.h). */
bool cli_parse(Cli *cli, int argc, char **argv, const char *preset_folder, Status *status);

/* --language's value as it stands in argv, the last one's, or NULL: asked for before the line is read, so that what is
 * wrong with it can be said in that language. */
const char *cli_language(int argc, char **argv);

/* --aspect, or `otherwise` without it. */
Aspect cli_aspect(const Cli *cli, Aspect otherwise);

void cli_help(FILE *stream); /* every option with its range and default, at most 100 columns wide */
/* What --help says of a setting, and of an option: its help with the range and the default. */
void cli_describe_setting(const Property *property, const Settings *defaults, char text[CLI_HELP_TEXT]);
void cli_describe_option(const Option *option, char text[CLI_HELP_TEXT]);
void cli_version(FILE *stream); /* "easyfirst 0.1.0" and the libraries' versions */

#endif
