/* UTF-8 (RFC 3629): no surrogates, no longer forms than it takes, nothing above U+10FFFF. */
#ifndef EASYFIRST_UTF8_H
#define EASYFIRST_UTF8_H

#include <stdbool.h>
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

/* Whether a character of so many bytes is not seen but changes how others are: a control (C0, DEL, C1), a separator of
 * lines or paragraphs, or what sets the direction of writing. */
bool utf8_is_control(const char *text, size_t bytes);

/* Makes a text that ends with a 0 one line that is safe on a terminal, whatever it holds: each such character, and each
 * one that is broken, becomes a '?'. */
void utf8_clean(char *text);

/* The same for a piece of a longer text, whose newlines and tabs stay; the bytes that are left. */
size_t utf8_clean_lines(char *text, size_t size);

#endif
