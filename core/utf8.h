/* UTF-8 (RFC 3629): no surrogates, no longer forms than it takes, nothing above U+10FFFF. */
#ifndef EASYFIRST_UTF8_H
#define EASYFIRST_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define UTF8_LONGEST 4 /* bytes of a character */

/* Bytes of the character at text, of which `left` bytes, 1 or more, are there (UTF8_LONGEST of a text that ends with a
 * 0); 0: it is none. */
size_t utf8_length(const char *text, size_t left);

/* The character at text, of which `left` bytes are there (as above), and its bytes; a byte that begins none is one by
 * itself. */
uint32_t utf8_letter(const char *text, size_t left, size_t *bytes);

/* How many bytes of a text that ends with a 0, at most so many, leave no character cut in two. */
size_t utf8_whole(const char *text, size_t most);

#endif
