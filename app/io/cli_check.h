/* What of a command line goes together: cli_parse's second part. */
#ifndef EASYFIRST_CLI_CHECK_H
#define EASYFIRST_CLI_CHECK_H

#include "core/status.h"
#include "app/io/cli_options.h"

/* After all options are read, before the preset is. given: of each row of OPTIONS whether it is on the line. Where - is
 * standard input or output, *cli names that then; of a session `replay` is its file. The message names the option. */
bool cli_check(Cli *cli, const bool given[OPTIONS_MAX], Status *status);

#endif
