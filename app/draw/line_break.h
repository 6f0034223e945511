/* Where a line of text may end: at blanks, and beside Han, kana and full-width letters, which need none, but not before
 * what ends a clause or a bracket, nor behind what opens one (W3C, "Requirements for Chinese Text Layout", 3.1.2). */
#ifndef EASYFIRST_LINE_BREAK_H
#define EASYFIRST_LINE_BREAK_H

#include <stddef.h>

/* Bytes of a text, from its beginning, up to the first place behind byte `at` where a line may end; blanks there are
 * not counted. Its length if there is none. */
size_t line_break_next(const char *utf8, size_t at);

#endif
