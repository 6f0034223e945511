/* Words on a terminal: letters of Chinese, Japanese and Korean take two columns, marks on others none. */
#ifndef EASYFIRST_TERMINAL_WORDS_H
#define EASYFIRST_TERMINAL_WORDS_H

#include <stddef.h>

/* Columns that a UTF-8 text takes. */
int words_width(const char *text);
/* For printf's %*s and %-*s, which count bytes: the field in which the text takes `width` columns. */
int words_field(const char *text, int width);
#endif
