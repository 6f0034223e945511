/* Names of changes and runs as people read them. They are kept, in checkpoints as well, as English texts: Undo.what,
 * HandMark.what, RunTag.title and RunTag.name. */
#ifndef EASYFIRST_RUN_WORDS_H
#define EASYFIRST_RUN_WORDS_H

#include <stddef.h>

#define RUN_WORDS_BYTES 256 /* bytes */

/* The name in the language of the moment; names of files in it stay what they are. */
void run_words(const char *english, char text[RUN_WORDS_BYTES]);

#endif
