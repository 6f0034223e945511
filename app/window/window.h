/* The program with a window: events in, commands to the experiment, one picture a frame. */
#ifndef EASYFIRST_WINDOW_H
#define EASYFIRST_WINDOW_H

#include "app/io/cli.h"

/* Opens the window and runs until it is closed. */
bool window_run(const Cli *cli, const char *preset_folder, Status *status);

#endif
