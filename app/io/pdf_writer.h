/* What was drawn (draw_list.h) as a PDF of one page: text as text, its fonts embedded as far as they are used, or as
 * outlines; points and lines as shapes; fields as pictures of the list's resolution. By cairo, which is loaded when the
 * first one is asked for. The same list and words give the same bytes, whenever it is written. */
#ifndef EASYFIRST_PDF_WRITER_H
#define EASYFIRST_PDF_WRITER_H

#include "app/draw/draw_list.h"
#include "core/status.h"

#include <stdio.h>

typedef struct PdfPage {
    int width, height;  /* of the canvas that was recorded */
    double millimetres; /* its width on paper */
    const char *title, *caption;
    const char *command; /* that repeats the run, or NULL */
    bool outlines;       /* letters as shapes */
} PdfPage;

/* Loads cairo; false, with a line that names the package, where it is not installed. */
bool pdf_load(Status *status);
/* Into a stream, after pdf_load; path: for messages. True where the stream has failed, too: file_commit says that. On
 * any thread, one PDF at a time. */
bool pdf_write(FILE *stream, const char *path, const DrawList *list, const PdfPage *page, Status *status);

/* All of it. replace: an existing file (file_write.h). */
bool pdf_save(const char *path, bool replace, const DrawList *list, const PdfPage *page, Status *status);

#endif
