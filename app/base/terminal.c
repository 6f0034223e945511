#include "app/base/terminal.h"

#include "core/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

__attribute__((format(printf, 2, 0))) static void put(FILE *stream, const char *format, va_list arguments) {
    char text[4096];
    int length = vsnprintf(text, sizeof text, format, arguments);
    if (length <= 0)
        return;
    size_t used = strlen(text);
    bool ends = format[strlen(format) - 1] == '\n';
    if (ends && text[used - 1] == '\n')
        text[used - 1] = '\0';
    utf8_clean(text);
    fputs(text, stream);
    if (ends)
        fputc('\n', stream);
}

void terminal_print(FILE *stream, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    put(stream, format, arguments);
    va_end(arguments);
}

void terminal_say(const char *what) {
    terminal_print(stderr, "easyfirst: %s\n", what);
}

void terminal_renew(FILE *stream, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputc('\r', stream);
    put(stream, format, arguments);
    fputs("\033[K", stream);
    va_end(arguments);
}

void terminal_wipe(FILE *stream) {
    fputs("\r\033[K", stream);
}

/* Bytes at the end that may be the beginning of a character whose rest is still to come. */
static size_t begun(const char *text, size_t size) {
    for (size_t back = 1; back <= 3 && back <= size; back++) {
        unsigned char c = (unsigned char)text[size - back];
        if (c >= 0xc2)
            return back < (c < 0xe0 ? 2u : c < 0xf0 ? 3u : c < 0xf5 ? 4u : 0u) ? back : 0;
        if (c < 0x80)
            return 0;
    }
    return 0;
}

size_t terminal_piece(TerminalPiece *piece, const char *bytes, size_t size, bool last, char **cleaned) {
    size_t all = piece->count + size;
    char *text = *cleaned = malloc(all + 1);
    if (!text)
        return 0;
    memcpy(text, piece->held, piece->count);
    if (size > 0)
        memcpy(text + piece->count, bytes, size);
    piece->count = last ? 0 : begun(text, all);
    memcpy(piece->held, text + all - piece->count, piece->count);
    return utf8_clean_lines(text, all - piece->count);
}
