/* Scripts that complete easyfirst's command line: options; their values, where they are words of a list; presets and
 * lessons by the program that is completed; files by their ending. Errors stay in the stream. */
#ifndef EASYFIRST_COMPLETIONS_H
#define EASYFIRST_COMPLETIONS_H

#include <stdio.h>

void completion_bash(FILE *stream); /* for the package bash-completion, 2.1 or later */
void completion_fish(FILE *stream);
void completion_zsh(FILE *stream);

#endif
