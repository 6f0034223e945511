/* Faces of a figure's texts: what of them the figure needs as a font file of its own, and letters as outlines. */
#ifndef EASYFIRST_FONT_FACE_H
#define EASYFIRST_FONT_FACE_H

#include "app/draw/draw_list.h"
#include "core/status.h"

#include <hb.h>

typedef struct FontFace {
    hb_face_t *face; /* owned */
    hb_set_t *codes; /* the code points that the texts have, with anything in them; owned */
    hb_blob_t *file; /* a font file of those letters, or with all that the face has; NULL: there is none; owned */
} FontFace;

/* Reads the face and finds its codes among the list's texts. On failure there is nothing to be freed. */
bool font_face_open(FontFace *face, const DrawList *list, size_t font, Status *status);
void font_face_close(FontFace *face); /* safe on a zeroed one */

/* Makes face->file: with HarfBuzz's library for subsets, loaded when this is first called, the letters in use; without
 * it all of the face, if that is not too large to stand in a figure. False without memory. */
bool font_face_embed(FontFace *face, const DrawFont *font, Status *status);

/* What an outline is made of: pixels, y down. */
typedef struct OutlinePen {
    void (*move)(void *user, double x, double y);
    void (*line)(void *user, double x, double y);
    void (*quadratic)(void *user, const double control[2], const double to[2]);
    void (*cubic)(void *user, const double first[2], const double second[2], const double to[2]);
    void (*close)(void *user);
    void *user;
} OutlinePen;

/* Draws an item of the list that is a text. False: there is no memory. */
bool font_face_outline(const FontFace *face, const DrawList *list, const DrawItem *item, const OutlinePen *pen);

#endif
