#include "app/window/keyboard.h"

#include "app/window/keyboard_private.h"

#include <SDL_syswm.h>
#undef Status /* a macro of Xlib's */

#include <stdlib.h>

struct Keyboard {
    KeyboardSource source;
    bool known; /* source is one */
};

Keyboard *keyboard_open(SDL_Window *window) {
    Keyboard *k = calloc(1, sizeof *k);
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!k || !SDL_GetWindowWMInfo(window, &info))
        return k;
#ifdef SDL_VIDEO_DRIVER_X11 /* an SDL may have been built without one of them */
    if (info.subsystem == SDL_SYSWM_X11)
        k->known = keyboard_x11(info.info.x11.display, &k->source);
#endif
#ifdef SDL_VIDEO_DRIVER_WAYLAND
    if (info.subsystem == SDL_SYSWM_WAYLAND)
        k->known = keyboard_wayland(info.info.wl.display, &k->source);
#endif
    return k;
}

void keyboard_close(Keyboard *k) {
    if (k && k->known)
        k->source.close(k->source.context);
    free(k);
}

/* ---- without a display's layout ---- */

/* SDL's scancodes are places, numbered as USB does. */
static unsigned place_of(SDL_Scancode scancode) {
    static const unsigned char LETTERS[] = {30, 48, 46, 32, 18, 33, 34, 35, 23, 36, 37, 38, 50, /* A to M */
                                            49, 24, 25, 16, 19, 31, 20, 22, 47, 17, 45, 21, 44};
    static const unsigned char PUNCTUATION[] = {12, 13, 26, 27, 43, 43, 39, 40, 41, 51, 52, 53}; /* from Minus on */
    static const unsigned char KEYPAD[] = {98, 55, 74, 78, 0,  79, 80, 81, /* from Divide on; Enter is Enter */
                                           75, 76, 77, 71, 72, 73, 82, 83, 86};
    if (scancode >= SDL_SCANCODE_A && scancode <= SDL_SCANCODE_Z)
        return LETTERS[scancode - SDL_SCANCODE_A];
    if (scancode >= SDL_SCANCODE_1 && scancode <= SDL_SCANCODE_0)
        return KEYS_1 + (unsigned)(scancode - SDL_SCANCODE_1);
    if (scancode >= SDL_SCANCODE_MINUS && scancode <= SDL_SCANCODE_SLASH)
        return PUNCTUATION[scancode - SDL_SCANCODE_MINUS];
    if (scancode >= SDL_SCANCODE_KP_DIVIDE && scancode <= SDL_SCANCODE_NONUSBACKSLASH)
        return KEYPAD[scancode - SDL_SCANCODE_KP_DIVIDE];
    return scancode == SDL_SCANCODE_KP_EQUALS ? 117 : 0;
}

static SDL_Scancode scancode_of(unsigned place) {
    for (int s = SDL_SCANCODE_A; s <= SDL_SCANCODE_KP_EQUALS; s++)
        if (place_of((SDL_Scancode)s) == place)
            return (SDL_Scancode)s;
    return SDL_SCANCODE_UNKNOWN;
}

static uint32_t keypad_symbol(SDL_Keycode code, bool digits) {
    static const struct {
        SDL_Keycode code;
        uint16_t plain, number; /* keysyms: KP_Home, KP_7 ... */
    } KEYS[] = {{SDLK_KP_0, 0xff9e, 0xffb0},       {SDLK_KP_1, 0xff9c, 0xffb1},      {SDLK_KP_2, 0xff99, 0xffb2},
                {SDLK_KP_3, 0xff9b, 0xffb3},       {SDLK_KP_4, 0xff96, 0xffb4},      {SDLK_KP_5, 0xff9d, 0xffb5},
                {SDLK_KP_6, 0xff98, 0xffb6},       {SDLK_KP_7, 0xff95, 0xffb7},      {SDLK_KP_8, 0xff97, 0xffb8},
                {SDLK_KP_9, 0xff9a, 0xffb9},       {SDLK_KP_PERIOD, 0xff9f, 0xffae}, {SDLK_KP_PLUS, 0xffab, 0xffab},
                {SDLK_KP_MINUS, 0xffad, 0xffad},   {SDLK_KP_DIVIDE, 0xffaf, 0xffaf}, {SDLK_KP_EQUALS, 0xffbd, 0xffbd},
                {SDLK_KP_MULTIPLY, 0xffaa, 0xffaa}};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (KEYS[i].code == code)
            return digits ? KEYS[i].number : KEYS[i].plain;
    return 0;
}

static uint32_t symbol_of_sdl(void *context, unsigned key, unsigned modifiers) {
    (void)context;
    SDL_Keycode code = SDL_GetKeyFromScancode(scancode_of(key));
    bool shift = (modifiers & KEYS_SHIFT) != 0;
    if (code & SDLK_SCANCODE_MASK)
        return keypad_symbol(code, (modifiers & KEYS_NUM) && !shift);
    if (modifiers & KEYS_THIRD || code <= 0x20)
        return 0;
    if (!shift)
        return (uint32_t)code;
    return code == keys_us_character(key, false) ? (uint32_t)keys_us_character(key, true) : 0;
}

/* ---- a press ---- */

static UiKeyCode named(const SDL_Keysym *key) {
    static const struct {
        SDL_Keycode sdl;
        UiKeyCode code;
    } NAMED[] = {
        {SDLK_LEFT, KEY_LEFT},      {SDLK_RIGHT, KEY_RIGHT},
        {SDLK_UP, KEY_UP},          {SDLK_DOWN, KEY_DOWN},
        {SDLK_HOME, KEY_HOME},      {SDLK_END, KEY_END},
        {SDLK_PAGEUP, KEY_PAGE_UP}, {SDLK_PAGEDOWN, KEY_PAGE_DOWN},
        {SDLK_RETURN, KEY_ENTER},   {SDLK_KP_ENTER, KEY_ENTER},
        {SDLK_SPACE, KEY_SPACE},    {SDLK_ESCAPE, KEY_ESCAPE},
        {SDLK_TAB, KEY_TAB},        {SDLK_BACKSPACE, KEY_BACKSPACE},
        {SDLK_DELETE, KEY_DELETE},  {SDLK_F1, KEY_F1},
        {SDLK_INSERT, KEY_INSERT},  {SDLK_APPLICATION, KEY_MENU},
        {SDLK_MENU, KEY_MENU},      {SDLK_F5, KEY_F5},
    };
    for (size_t i = 0; i < sizeof NAMED / sizeof *NAMED; i++)
        if (NAMED[i].sdl == key->sym)
            return NAMED[i].code;
    return key->sym == SDLK_F10 && (key->mod & KMOD_SHIFT) ? KEY_MENU : KEY_NONE;
}

UiKey keyboard_read(Keyboard *k, const SDL_KeyboardEvent *event) {
    Uint16 held = event->keysym.mod;
    UiKey key = {
        .code = named(&event->keysym),
        .shift = (held & KMOD_SHIFT) != 0,
        .ctrl = (held & KMOD_CTRL) != 0,
        .alt = (held & KMOD_ALT) != 0,
        .repeat = event->repeat != 0,
    };
    if (key.code)
        return key;
    KeyStroke press = {.key = place_of(event->keysym.scancode), .ctrl = key.ctrl, .alt = (held & KMOD_LALT) != 0};
    press.right_alt = (held & KMOD_RALT) != 0;
    press.repeat = key.repeat;
    press.modifiers = (key.shift ? KEYS_SHIFT : 0u) | (held & KMOD_CAPS ? KEYS_CAPS : 0u) |
                      (held & KMOD_NUM ? KEYS_NUM : 0u) | (held & KMOD_MODE ? KEYS_THIRD : 0u);
    KeyLayout layout = {symbol_of_sdl, NULL};
    bool third = false;
    if (k && k->known && k->source.update(k->source.context, &third)) {
        layout = (KeyLayout){k->source.symbol, k->source.context};
        press.modifiers |= third ? KEYS_THIRD : 0u;
    }
    return keys_read(&layout, &press);
}
