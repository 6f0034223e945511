/* The presets as cards in their groups, each with a small picture of where its run ends and what to watch in it, over
 * the whole window: it takes all input while it is open. Pointer: a press on a card chooses it, one outside the sheet
 * closes; the wheel and the bar scroll. Keys: arrows, Home, End, first letters, Enter or Space, Esc. Where sessions
 * were left unsaved, a button in its head (and Ctrl+Shift+O) leads to their list.
 *
 * The pictures come from real runs of at most a few hundred points and a few thousand batches, trained when first
 * shown: one at a time, some milliseconds of work in a frame. */
#ifndef EASYFIRST_VIEW_GALLERY_H
#define EASYFIRST_VIEW_GALLERY_H

#include "app/io/preset.h"
#include "app/ui/ui.h"

typedef struct Gallery {   /* a zeroed one is valid */
    const Preset *presets; /* the owner's; those of a group stand together (preset.h) */
    const char *own_title; /* of a first card for the user's own points, or NULL: no such card; the owner's */
    int count;             /* of presets */
    int kept_count;        /* sessions that were left unsaved; the owner's */
    bool open;
    int mark;                   /* the marked card, of all */
    float scroll;               /* pixels */
    Rect kept;                  /* the button of unsaved sessions, as drawn last */
    bool bar_held;              /* the bar is being dragged */
    bool by_key;                /* the mark was moved by key */
    float pointer_x, pointer_y; /* in the last frame: a pointer that rests marks nothing */
    /* made for: */
    const Theme *theme;
    float scale;
    uint32_t **pictures; /* count; NULL: not made yet. Owned */
    int picture_count, width, height;
    struct GalleryText *texts; /* text_count, broken to text_width pixels; owned */
    const char *text_language; /* of its words; */
    int text_count, text_own;
    float text_width, card_height; /* card_height: logical pixels that the longest sentence needs; 0: not known yet */
    struct Trainer *making;        /* the run of the first picture that is missing, or NULL. Owned */
} Gallery;

void gallery_free(Gallery *gallery);

/* Makes the pictures anew: the presets have changed. */
void gallery_renew(Gallery *gallery);

/* Opens it with this card marked (counted from 0, with the own points' card if there is one), or closes it. */
void gallery_toggle(Gallery *gallery, int chosen);

#define GALLERY_KEPT (-2) /* the list of unsaved sessions is asked for */

/* While it is open: takes the input. Returns the card chosen (counted as above), GALLERY_KEPT, or -1. */
int gallery_touch(Gallery *gallery, const Ui *ui, const UiInput *input, const Canvas *canvas);

/* Draws it over everything, after ui_end. Works on the first missing picture and asks for another frame. */
void gallery_draw(Gallery *gallery, Ui *ui);

#endif
