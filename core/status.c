#include "core/status.h"
#include "core/utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static _Atomic(const char *(*)(const char *)) translate;

void status_translate(const char *(*words)(const char *english)) {
    atomic_store(&translate, words);
}

const char *status_text(const char *english) {
    const char *(*words)(const char *) = atomic_load(&translate);
    return words ? words(english) : english;
}

/* Marks a message that did not fit with "...", without leaving half a UTF-8 character before it. */
static void mark_cut(char *message, size_t size) {
    size_t end = size - sizeof "...";
    while (end > 0 && ((unsigned char)message[end] & 0xc0) == 0x80)
        end--;
    memcpy(message + end, "...", sizeof "...");
}

/* vsnprintf into a message's room, marked if cut. */
__attribute__((format(printf, 3, 0))) static void format_text(char *text, size_t size, const char *format,
                                                              va_list arguments) {
    int length = vsnprintf(text, size, format, arguments);
    if (length < 0)
        text[0] = '\0';
    else if ((size_t)length >= size)
        mark_cut(text, size);
    utf8_clean(text);
}

bool status_fail(Status *status, StatusCode code, const char *format, ...) {
    assert(status && code != STATUS_OK);
    char text[sizeof status->message]; /* apart, because an argument may be the old message */
    va_list arguments;
    va_start(arguments, format);
    format_text(text, sizeof text, status_text(format), arguments);
    va_end(arguments);
    status->code = code;
    memcpy(status->message, text, sizeof text);
    return false;
}

bool status_no_memory(Status *status, const char *what) {
    return status_fail(status, STATUS_FAILED, "not enough memory for %s", status_text(what));
}

bool status_prefix(Status *status, const char *format, ...) {
    assert(status && status->code != STATUS_OK);
    char text[sizeof status->message];
    va_list arguments;
    va_start(arguments, format);
    format_text(text, sizeof text, status_text(format), arguments);
    va_end(arguments);
    char message[sizeof status->message];
    int length = snprintf(message, sizeof message, "%s: %s", text, status->message);
    assert(length > 0);
    if ((size_t)length >= sizeof message)
        mark_cut(message, sizeof message);
    memcpy(status->message, message, sizeof message);
    return false;
}
