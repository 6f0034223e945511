/* What a canvas has recorded (draw_list.h) as an SVG: lines stay lines; text stays text, in fonts that the file brings
 * along, or becomes outlines; a size in millimetres; the same bytes each time. Written in pieces, through
 * file_write. */
#ifndef EASYFIRST_SVG_WRITER_H
#define EASYFIRST_SVG_WRITER_H

#include "app/draw/draw_list.h"
#include "core/status.h"

/* What a figure's letters become. */
typedef enum { TEXT_AS_TEXT, TEXT_AS_OUTLINES } TextAs;

extern const char *const TEXT_AS_WORDS[]; /* ended by NULL */

typedef struct SvgPage {
    int width, height;  /* of the canvas that was recorded */
    double millimetres; /* its width on paper */
    const char *title, *caption;
    const char *command; /* that repeats the run, or NULL */
    TextAs text_as;
} SvgPage;

typedef struct SvgWriter SvgWriter;

/* The list has to stay; of the page nothing has to. NULL and *status on failure. */
SvgWriter *svg_begin(const char *path, bool replace, const DrawList *list, const SvgPage *page, Status *status);
/* How many of the list's items are left, and the next of them, one or some. */
size_t svg_left(const SvgWriter *svg);
bool svg_piece(SvgWriter *svg, Status *status);
bool svg_commit(SvgWriter *svg, Status *status); /* after all pieces; frees svg, whatever happens */
void svg_abandon(SvgWriter *svg);                /* frees svg and leaves no file; NULL is fine */

/* All that is left, and the commit. */
bool svg_finish(SvgWriter *svg, Status *status);

#endif
