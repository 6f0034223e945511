#include "app/io/points_private.h"

#include <stdarg.h>
#include <stdio.h>

/* Ends what is said of a row that could have been left out. */
#define SKIP_BAD "; --skip-bad leaves such rows out"

void points_fault(PointsFaults *f, size_t line, const char *format, ...) {
    char what[sizeof f->status->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    f->failed = true;
    if (line > 0)
        status_fail(f->status, STATUS_FAILED, "%s:%zu: %s", f->path, line, what);
    else
        status_fail(f->status, STATUS_FAILED, "%s: %s", f->path, what);
}

void points_fault_cell(PointsFaults *f, PointsReason reason, const char *column, size_t line, const char *format, ...) {
    if (f->skip_bad)
        f->bad_row = true;
    if (f->skip_bad && !f->hear) /* without the cost of a message */
        return;
    char what[sizeof f->status->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    if (f->hear)
        f->hear(f->user, reason, column, line, what);
    if (!f->skip_bad)
        points_fault(f, line, "%s%s%s%s" SKIP_BAD, column ? "column " : "", column ? column : "", column ? ": " : "",
                     what);
}

void points_note(PointsFaults *f, const char *format, ...) {
    PointsNotes *notes = f->notes;
    if (!notes || notes->count == POINTS_NOTES)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(notes->text[notes->count++], sizeof notes->text[0], format, arguments);
    va_end(arguments);
}

int points_shown(const char *text, size_t length) {
    if (length <= POINTS_SHOWN_MAX)
        return (int)length;
    int cut = POINTS_SHOWN_MAX;
    while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80)
        cut--;
    return cut;
}
