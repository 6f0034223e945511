/* What is said to whoever started the program, on stderr and stdout. All of it goes through here, because names of
 * files, labels, titles and what libraries report may hold anything, and a terminal obeys: what is not seen, or is no
 * UTF-8, comes out as '?' (utf8_clean). tests/hostile looks that nothing else is printed there. */
#ifndef EASYFIRST_TERMINAL_H
#define EASYFIRST_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A piece of a line, or a whole one; a newline at its end stays. A very long text is cut. */
void terminal_print(FILE *stream, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "easyfirst: WHAT" and a newline, on stderr. */
void terminal_say(const char *what);

/* On a terminal, instead of the last line of this kind; it stays until the next, or is wiped away. */
void terminal_renew(FILE *stream, const char *format, ...) __attribute__((format(printf, 2, 3)));
void terminal_wipe(FILE *stream);

/* Bytes of a table or a document on their way to a terminal: newlines and tabs stay. A character may lie across two
 * pieces. */
typedef struct TerminalPiece {
    char held[4]; /* the beginning of a character */
    size_t count; /* of those */
} TerminalPiece;

/* Cleans size bytes behind what is held, `last`: to the last one. *cleaned, malloc'd, is what can be written now, and
 * its length is returned; NULL and 0: not enough memory. */
size_t terminal_piece(TerminalPiece *piece, const char *bytes, size_t size, bool last, char **cleaned);

#endif
