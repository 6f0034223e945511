/* Words for documents that others read: SVG and PDF hold neither bytes that are no UTF-8 nor control characters,
 * U+FFFE or U+FFFF. U+FFFD stands for them. */
#ifndef EASYFIRST_DOCUMENT_TEXT_H
#define EASYFIRST_DOCUMENT_TEXT_H

#include <stddef.h>

/* Bytes of what is next in a text that ends with a 0, and is not empty. *as, of *length bytes: what stands for it. */
size_t document_character(const char *text, const char **as, size_t *length);

/* The whole text, to be freed; NULL without memory. */
char *document_text(const char *text);

#endif
