#include "app/window/keys.h"

#include <ctype.h>
#include <string.h>

/* Punctuation that is a shortcut somewhere in the window (README has the table). */
static const char SHORTCUTS[] = ".,[]?+-=";

enum { FIRST = 2, MOST = 128 };
static const char US_PLAIN[MOST] = "\0\0"
                                   "1234567890-=\0\0"
                                   "qwertyuiop[]\0\0"
                                   "asdfghjkl;'`\0\\"
                                   "zxcvbnm,./";
static const char US_SHIFT[MOST] = "\0\0"
                                   "!@#$%^&*()_+\0\0"
                                   "QWERTYUIOP{}\0\0"
                                   "ASDFGHJKL:\"~\0|"
                                   "ZXCVBNM<>?";

char keys_us_character(unsigned key, bool shift) {
    return key < MOST ? (shift ? US_SHIFT : US_PLAIN)[key] : '\0';
}

/* ---- the main block ---- */

/* A script's own digits are digits: keysyms of the Arabic, Persian, Indian, Thai, Lao, Tibetan, Burmese, Khmer zero. */
static char digit_of(uint32_t symbol) {
    static const uint32_t ZEROS[] = {0x5b0,     0xdf0,     0x1000660, 0x10006f0, 0x1000966, 0x10009e6,
                                     0x1000a66, 0x1000ae6, 0x1000b66, 0x1000be6, 0x1000c66, 0x1000ce6,
                                     0x1000d66, 0x1000e50, 0x1000ed0, 0x1000f20, 0x1001040, 0x10017e0};
    for (size_t i = 0; i < sizeof ZEROS / sizeof *ZEROS; i++)
        if (symbol >= ZEROS[i] && symbol < ZEROS[i] + 10)
            return (char)('0' + (symbol - ZEROS[i]));
    return '\0';
}

/* The ASCII character that the key types, or 0: dead keys and other scripts. */
static char typed(const KeyLayout *layout, unsigned key, unsigned modifiers) {
    uint32_t symbol = layout->symbol(layout->context, key, modifiers);
    return symbol > 0x20 && symbol < 0x7f ? (char)symbol : digit_of(symbol);
}

static char letter_of(const KeyLayout *layout, unsigned key) {
    char c = typed(layout, key, 0);
    return isalpha((unsigned char)c) ? (char)(c | 0x20) : '\0';
}

static bool is_shortcut(char c) {
    return c && (isdigit((unsigned char)c) || strchr(SHORTCUTS, c));
}

/* Letters count where they are typed without a modifier: a Hebrew layout has Latin capitals on Shift. */
static bool can_type(const KeyLayout *layout, char c) {
    bool letter = isalpha((unsigned char)c);
    static const unsigned LEVELS[] = {0, KEYS_SHIFT, KEYS_THIRD, KEYS_SHIFT | KEYS_THIRD};
    for (unsigned key = FIRST; key < MOST; key++) {
        if (!US_PLAIN[key])
            continue;
        for (size_t i = 0; i < (letter ? 1 : sizeof LEVELS / sizeof *LEVELS); i++)
            if (typed(layout, key, LEVELS[i]) == c)
                return true;
    }
    return false;
}

/* Whether the right Alt is an AltGr there: ISO_Level3_Shift, Mode_switch. */
static bool has_third(const KeyLayout *layout) {
    uint32_t symbol = layout->symbol(layout->context, KEYS_RIGHT_ALT, 0);
    return symbol == 0xfe03 || symbol == 0xff7e;
}

static UiKey character(const KeyStroke *press, char c) {
    UiKey key = {.code = c ? KEY_CHARACTER : KEY_NONE, .character = (uint32_t)(unsigned char)c};
    key.shift = (press->modifiers & KEYS_SHIFT) != 0;
    key.ctrl = press->ctrl;
    key.alt = press->alt;
    key.repeat = press->repeat;
    return key;
}

/* Made by Shift and AltGr, which mean nothing more. */
static UiKey made(const KeyStroke *press, char c) {
    UiKey key = character(press, c);
    key.shift = false;
    return key;
}

static UiKey read_main(const KeyLayout *layout, const KeyStroke *given) {
    KeyStroke press = *given;
    if (press.right_alt && has_third(layout))
        press.modifiers |= KEYS_THIRD;
    else
        press.alt = press.alt || press.right_alt;
    bool third = (press.modifiers & KEYS_THIRD) != 0;
    char letter = letter_of(layout, press.key), c = typed(layout, press.key, press.modifiers & ~(unsigned)KEYS_NUM);
    bool shift = (press.modifiers & KEYS_SHIFT) != 0;
    if (letter && !third)
        return character(&press, letter);
    if (is_shortcut(c))
        return made(&press, c);
    char plain = keys_us_character(press.key, false);
    char there = isalpha((unsigned char)plain) ? plain : keys_us_character(press.key, shift);
    if (!third && (isalpha((unsigned char)there) || is_shortcut(there)) && !can_type(layout, there))
        return isalpha((unsigned char)there) ? character(&press, there) : made(&press, there);
    if (!third && press.key >= KEYS_1 && press.key <= KEYS_0 && (!shift || !can_type(layout, plain)))
        return made(&press, plain);
    return made(&press, c);
}

/* ---- the keypad ---- */

static UiKey read_keypad(const KeyStroke *press, uint32_t symbol) {
    enum { KP_FIRST = 0xff95, KP_LAST = 0xff9f };
    static const UiKeyCode NAMED[] = {/* Home, Left, Up, Right, Down, Prior, Next, End, Begin, Insert, Delete */
                                      KEY_HOME,      KEY_LEFT, KEY_UP,   KEY_RIGHT,  KEY_DOWN,  KEY_PAGE_UP,
                                      KEY_PAGE_DOWN, KEY_END,  KEY_NONE, KEY_INSERT, KEY_DELETE};
    if (symbol >= 0xffaa && symbol <= 0xffb9) /* KP_Multiply to KP_9 lie as their characters do, from '*' on */
        return made(press, (char)(symbol - 0xff80));
    if (symbol == 0xffbd)
        return made(press, '=');
    if (symbol > 0x20 && symbol < 0x7f) /* layouts whose keypad has plain characters */
        return made(press, (char)symbol);
    UiKey key = character(press, '\0');
    if (symbol >= KP_FIRST && symbol <= KP_LAST)
        key.code = NAMED[symbol - KP_FIRST];
    return key;
}

static bool is_keypad(unsigned key) {
    return key == 55 || (key >= 71 && key <= 83) || key == 98 || key == 117;
}

UiKey keys_read(const KeyLayout *layout, const KeyStroke *press) {
    if (is_keypad(press->key))
        return read_keypad(press, layout->symbol(layout->context, press->key, press->modifiers));
    bool types = keys_us_character(press->key, false) || press->key == 86;
    return types ? read_main(layout, press) : character(press, '\0');
}
