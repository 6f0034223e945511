#include "app/io/document_text.h"

#include "core/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

static bool is_allowed(const char *utf8, size_t length) {
    const uint8_t *byte = (const uint8_t *)utf8;
    if (length == 1)
        return byte[0] >= ' ' && byte[0] != 0x7f;
    if (length == 3 && byte[0] == 0xef && byte[1] == 0xbf)
        return byte[2] < 0xbe; /* U+FFFE, U+FFFF */
    return length > 0;
}

size_t document_character(const char *text, const char **as, size_t *length) {
    size_t taken = utf8_length(text, UTF8_LONGEST);
    bool allowed = is_allowed(text, taken);
    *as = allowed ? text : REPLACEMENT;
    *length = allowed ? taken : strlen(REPLACEMENT);
    return taken > 0 ? taken : 1;
}

char *document_text(const char *text) {
    char *whole = malloc(strlen(text) * strlen(REPLACEMENT) + 1), *end = whole;
    if (!whole)
        return NULL;
    while (*text) {
        const char *as;
        size_t length;
        text += document_character(text, &as, &length);
        memcpy(end, as, length);
        end += length;
    }
    *end = '\0';
    return whole;
}
