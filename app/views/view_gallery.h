/* The presets to choose from, as cards with a small picture of what each run comes to, over the whole window:
 * it takes all input while it is open. Pointer: a press on a card chooses, one elsewhere closes; the wheel
 * turns the rows. Keys: arrows, Home, End, first letters, Enter or Space, Esc.
 *
 * The pictures are drawn by the program itself: a run of at most a few hundred points and a few thousand
 * batches, made when first shown, one at a time and some milliseconds of work in a frame. */
#ifndef EASYFIRST_VIEW_GALLERY_H
#define EASYFIRST_VIEW_GALLERY_H

#include "app/io/preset.h"
#include "app/ui/ui.h"

typedef struct Gallery {   /* a zeroed one is valid */
    const Preset *presets; /* the owner's, like the title of points of one's own (NULL: none), which stands
                              before them */
    const char *own_title;
    int count; /* of presets */
    bool open;
    int mark;                   /* the card that is meant, of all */
    int first_row;              /* at the top */
    bool by_key;                /* the mark was moved by key */
    float pointer_x, pointer_y; /* in the last frame: a pointer that rests marks nothing */
    /* made for: */
    const Theme *theme;
    float scale;
    uint32_t **pictures; /* count; NULL: not made yet. Owned */
    int picture_count, width, height;
    struct Trainer *making; /* the run of the first picture that is missing, or NULL. Owned */
} Gallery;

void gallery_free(Gallery *gallery);

/* The pictures are made anew: a preset is another now. */
void gallery_renew(Gallery *gallery);

/* Opens it with this card marked (0 to count, or one more with own points), or closes it. */
void gallery_toggle(Gallery *gallery, int chosen);

/* While it is open: what the input does. Returns the card that was chosen (counted with the own points, if
 * any), or -1. */
int gallery_touch(Gallery *gallery, const Ui *ui, const UiInput *input, const Canvas *canvas);

/* Draws it over everything, after ui_end. Goes on with a picture that is missing and asks for another frame. */
void gallery_draw(Gallery *gallery, Ui *ui);

#endif
