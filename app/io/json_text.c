#include "app/io/json_text.h"

#include "core/utf8.h"

#include <string.h>

void json_string(FILE *stream, const char *text) {
    fputc('"', stream);
    for (size_t left = strlen(text), bytes; left > 0; text += bytes, left -= bytes) {
        unsigned char c = (unsigned char)*text;
        bytes = utf8_length(text, left);
        if (bytes == 0) {
            fputs("\xef\xbf\xbd", stream);
            bytes = 1;
        } else if (c < 0x20 || c == 0x7f) {
            fprintf(stream, "\\u%04x", c);
        } else {
            if (c == '"' || c == '\\')
                fputc('\\', stream);
            fwrite(text, 1, bytes, stream);
        }
    }
    fputc('"', stream);
}
