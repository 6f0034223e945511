/* What a press of a key means: by what the layout types, not by where the key is. Letters by the layout's letter (Z is
 * where azerty has it); punctuation and digits by the character that Shift and AltGr make of the key ('[' is AltGr+8 on
 * a German keyboard). A shortcut's character that the layout types nowhere - letters on a Russian one, '[' there, too -
 * is on the key where the US layout has it; and the row of digits gives them without Shift as well, where the key types
 * no other shortcut (azerty). No SDL, no display: a layout is a function. */
#ifndef EASYFIRST_KEYS_H
#define EASYFIRST_KEYS_H

#include "app/ui/ui.h"

enum { KEYS_SHIFT = 1, KEYS_CAPS = 2, KEYS_THIRD = 4, KEYS_NUM = 8 }; /* modifiers; KEYS_THIRD: AltGr */

/* The keys by their places, as Linux numbers them (input-event-codes.h), which X adds 8 to. */
enum { KEYS_1 = 2, KEYS_0 = 11, KEYS_RIGHT_ALT = 100 };

typedef struct KeyLayout {
    /* The X keysym (keysymdef.h) of a key with those modifiers; 0: none. */
    uint32_t (*symbol)(void *context, unsigned key, unsigned modifiers);
    void *context;
} KeyLayout;

typedef struct KeyStroke {
    unsigned key;       /* its place; 0: none that types */
    unsigned modifiers; /* KEYS_ that are held or locked */
    bool ctrl, alt;     /* alt: the left one */
    bool right_alt;     /* AltGr, where the layout has it there */
    bool repeat;
} KeyStroke;

/* Keys of the main block and of the keypad; KEY_NONE for others and for what means nothing. A modifier that made the
 * character is used up: key.shift and key.alt are false then. */
UiKey keys_read(const KeyLayout *layout, const KeyStroke *press);

/* The character on a US keyboard's key, or 0. */
char keys_us_character(unsigned key, bool shift);

#endif
