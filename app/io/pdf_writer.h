/* What was drawn (draw_list.h) as a PDF of one page: text as text, its fonts embedded as far as they are used, or as
 * outlines; points and lines as shapes; fields as pictures of the list's resolution. By cairo, which is loaded when the
 * first one is asked for. The same list and words give the same bytes, whenever it is written. */
#ifndef EASYFIRST_PDF_WRITER_H
#define EASYFIRST_PDF_WRITER_H

#include "app/draw/draw_list.h"
#include "core/status.h"

typedef struct PdfPage {
    int width, height;  /* of the canvas that was recorded */
    double millimetres; /* its width on paper */
    const char *title, *caption;
    const char *command; /* that repeats the run, or NULL */
    bool outlines;       /* letters as shapes */
} PdfPage;

/* replace: an existing file (file_write.h). */
bool pdf_save(const char *path, bool replace, const DrawList *list, const PdfPage *page, Status *status);

#endif
