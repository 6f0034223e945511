/* Texts in JSON (RFC 8259). */
#ifndef EASYFIRST_JSON_TEXT_H
#define EASYFIRST_JSON_TEXT_H

#include <stdio.h>

/* The text in quotes, valid whatever it holds: control characters are escaped, bytes that are not UTF-8 are U+FFFD. */
void json_string(FILE *stream, const char *text);

#endif
