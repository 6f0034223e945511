#include "app/io/points_private.h"
#include "core/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool points_is_utf8(const char *text, size_t length) {
    for (size_t at = 0, bytes; at < length; at += bytes)
        if ((bytes = utf8_length(text + at, length - at)) == 0)
            return false;
    return true;
}

void points_fault(PointsFaults *f, size_t line, const char *format, ...) {
    char what[sizeof f->status->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, tr(format), arguments);
    va_end(arguments);
    utf8_clean(what);
    f->failed = true;
    if (line > 0)
        status_fail(f->status, STATUS_FAILED, "%s:%zu: %s", f->path, line, what);
    else
        status_fail(f->status, STATUS_FAILED, "%s: %s", f->path, what);
}

void points_fault_bad(PointsFaults *f, const char *column, size_t line, const char *what) {
    if (column)
        points_fault(f, line, "column %s: %s; --skip-bad leaves such rows out", column, what);
    else
        points_fault(f, line, "%s; --skip-bad leaves such rows out", what);
}

void points_fault_cell(PointsFaults *f, PointsReason reason, const char *column, size_t line, const char *format, ...) {
    if (f->skip_bad)
        f->bad_row = true;
    if (f->skip_bad && !f->hear) /* without the cost of a message */
        return;
    char what[sizeof f->status->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, tr(format), arguments);
    va_end(arguments);
    if (f->hear)
        f->hear(f->user, reason, column, line, what);
    if (!f->skip_bad)
        points_fault_bad(f, column, line, what);
}

void points_note(PointsFaults *f, const char *format, ...) {
    PointsNotes *notes = f->notes;
    if (!notes || notes->count == POINTS_NOTES)
        return;
    va_list arguments;
    va_start(arguments, format);
    char *text = notes->text[notes->count++];
    vsnprintf(text, sizeof notes->text[0], tr(format), arguments);
    va_end(arguments);
    utf8_clean(text);
}

int points_shown(const char *text, size_t length) {
    if (length <= POINTS_SHOWN_MAX)
        return (int)length;
    int cut = POINTS_SHOWN_MAX;
    while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80)
        cut--;
    return cut;
}
