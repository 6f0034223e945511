/* Writes numbers and cells of a table. Collects small pieces, so that stdio is rarely called: begin with the stream
 * alone, end with pen_flush. Errors are the stream's. */
#ifndef EASYFIRST_CSV_PEN_PRIVATE_H
#define EASYFIRST_CSV_PEN_PRIVATE_H

#include <assert.h>
#include <stddef.h>
#include <stdio.h>

typedef struct Pen {
    FILE *stream;
    size_t used;
    char data[16384];
} Pen;

void pen_flush(Pen *pen);

/* Where so many characters fit. */
static inline char *pen_room(Pen *pen, size_t size) {
    assert(size <= sizeof pen->data);
    if (size > sizeof pen->data - pen->used)
        pen_flush(pen);
    return pen->data + pen->used;
}

static inline void pen_char(Pen *pen, char c) {
    *pen_room(pen, 1) = c;
    pen->used++;
}

void pen_float(Pen *pen, float value);                      /* as %.9g */
void pen_count(Pen *pen, const char *prefix, size_t value); /* prefix: 11 bytes at most */
void pen_text(Pen *pen, const char *text);                  /* as it is */

/* Quoted if necessary: so are words that would else be a missing value. */
void pen_cell(Pen *pen, const char *name);

#endif
