/* UTF-8 (RFC 3629): no surrogates, no longer forms than it takes, nothing above U+10FFFF. */
#ifndef EASYFIRST_UTF8_H
#define EASYFIRST_UTF8_H

#include <stddef.h>

/* Bytes of the character at text, of which `left` bytes, 1 or more, are there; 0: it is none. */
size_t utf8_length(const char *text, size_t left);

#endif
