/* What a page (page_data.h) is written with: JSON that stands in a script element, and bytes in base64. */
#ifndef EASYFIRST_PAGE_PEN_H
#define EASYFIRST_PAGE_PEN_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A text as a JSON string, quotes included. Nothing in it can end the element or begin another: < > & and the line ends
 * of Unicode are escaped; what is not UTF-8 is U+FFFD. NULL: null. */
void page_put_text(FILE *stream, const char *text);

/* A number that reads back the same; null where it is not finite. */
void page_put_number(FILE *stream, double value);

/* A stream of bytes in base64; a zeroed one has begun. */
typedef struct Base64 {
    uint8_t rest[3];
    int count; /* of rest, 0 to 2 */
} Base64;

void base64_put(FILE *stream, Base64 *base64, const void *bytes, size_t count);
/* 32-bit words (uint32_t or float), the lowest byte first on every machine. */
void base64_put_words(FILE *stream, Base64 *base64, const void *words, size_t count);
void base64_end(FILE *stream, Base64 *base64); /* leaves it zeroed */

#endif
