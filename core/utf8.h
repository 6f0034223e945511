/* UTF-8 (RFC 3629): no surrogates, no longer forms than it takes, nothing above U+10FFFF. */
#ifndef EASYFIRST_UTF8_H
#define EASYFIRST_UTF8_H

#include <stddef.h>

#define UTF8_LONGEST 4 /* bytes of a character */

/* Bytes of the character at text, of which `left` bytes, 1 or more, are there (UTF8_LONGEST of a text that ends with a
 * 0); 0: it is none. */
size_t utf8_length(const char *text, size_t left);

/* How many bytes of a text that ends with a 0, at most so many, leave no character cut in two. */
size_t utf8_whole(const char *text, size_t most);

#endif
