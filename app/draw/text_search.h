/* Fonts that the machine has, by fontconfig, whose library is loaded at the first call. */
#ifndef EASYFIRST_TEXT_SEARCH_H
#define EASYFIRST_TEXT_SEARCH_H

#include "app/draw/text_scripts.h"

typedef struct FoundFont {
    const char *file; /* lives as long as the process */
    long index;       /* of the face in it */
    bool bitmap;      /* of one size, to be scaled */
} FoundFont;

/* The best font with a rank of at least `from` that has all visible letters: its rank, or -1. The best for the language
 * come first; for emoji those that are made for them. The order is the machine's own (its fontconfig), always the
 * same, and does not depend on what was asked before. */
int font_search(const char *language, const Letter *letters, int count, int from, FoundFont *found);

/* Whether the library is there. */
bool font_search_works(void);

#endif
