/* The man page, easyfirst(1), as roff for man(7) in UTF-8, in the language that is chosen. */
#ifndef EASYFIRST_MAN_PAGE_H
#define EASYFIRST_MAN_PAGE_H

#include <stdio.h>

/* date: of the release, as 2026-11-27. Errors stay in the stream. */
void man_page_write(FILE *stream, const char *date);

#endif
