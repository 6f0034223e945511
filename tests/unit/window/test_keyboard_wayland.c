#define _GNU_SOURCE /* memfd_create */
/* The keyboard's layout under Wayland, with a display of the test's own and libxkbcommon itself: what it says of itself
 * is followed, and where something of it is missing, nothing is known. And SDL's own key codes, where there is none. */
#include "app/window/keyboard.h"
#include "app/window/keyboard_private.h"

#include "app/base/library.h"
#include "tests/support/failing_places.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-client.h>
#include <xkbcommon/xkbcommon.h>

/* ---- the display ---- */

typedef enum {
    LACKS_NOTHING,
    LACKS_CLIENT,
    LACKS_XKB,
    LACKS_CONTEXT,
    LACKS_QUEUE,
    LACKS_WRAPPER,
    LACKS_REGISTRY,
    LACKS_ANSWERS,
    LACKS_SEAT,
    LACKS_KEYBOARD,
    LACKINGS
} Lacks;

static Lacks lacks;
static int proxies, queues; /* that are there */
static char display, wrapper, registry, seat, keyboard, queue;
static const struct wl_registry_listener *of_registry;
static const struct wl_seat_listener *of_seat;
static const struct wl_keyboard_listener *of_keyboard;
static void *user;

static struct wl_proxy *marshal(struct wl_proxy *of, uint32_t code, const struct wl_interface *interface,
                                uint32_t version, uint32_t flags, ...) {
    (void)code, (void)version, (void)flags;
    char *made = (char *)of == &wrapper ? &registry : (char *)of == &registry ? &seat : &keyboard;
    if ((made == &registry && lacks == LACKS_REGISTRY) || (made == &seat && lacks == LACKS_SEAT) ||
        (made == &keyboard && lacks == LACKS_KEYBOARD))
        return NULL;
    assert_non_null(interface);
    proxies++;
    return (struct wl_proxy *)made;
}

static int listen_to(struct wl_proxy *of, void (**listener)(void), void *data) {
    if ((char *)of == &registry)
        of_registry = (const void *)listener;
    else if ((char *)of == &seat)
        of_seat = (const void *)listener;
    else
        of_keyboard = (const void *)listener;
    user = data;
    return 0;
}

static void destroy(struct wl_proxy *of) {
    (void)of;
    proxies--;
}

static void *wrap(void *of) {
    (void)of;
    return lacks == LACKS_WRAPPER ? NULL : &wrapper;
}

static void unwrap(void *of) {
    (void)of;
}

static void set_queue(struct wl_proxy *of, struct wl_event_queue *to) {
    (void)of, (void)to;
}

static struct wl_event_queue *new_queue(struct wl_display *of) {
    (void)of;
    queues += lacks != LACKS_QUEUE;
    return lacks == LACKS_QUEUE ? NULL : (struct wl_event_queue *)&queue;
}

static void destroy_queue(struct wl_event_queue *of) {
    (void)of;
    queues--;
}

static int dispatch(struct wl_display *of, struct wl_event_queue *from) {
    (void)of, (void)from;
    return 0;
}

static struct xkb_context *no_context(enum xkb_context_flags flags) {
    (void)flags;
    return NULL;
}

static int keymap_file(const char *layout, bool whole, uint32_t *size) {
    struct xkb_context *context = xkb_context_new(XKB_CONTEXT_NO_FLAGS);
    struct xkb_rule_names names = {.rules = "evdev", .model = "pc105", .layout = layout};
    struct xkb_keymap *keymap = xkb_keymap_new_from_names(context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS);
    char *text = keymap ? xkb_keymap_get_as_string(keymap, XKB_KEYMAP_FORMAT_TEXT_V1) : strdup("none");
    int file = memfd_create("keymap", MFD_CLOEXEC);
    *size = (uint32_t)(strlen(text) + whole);
    assert_int_equal(write(file, text, *size), *size);
    free(text);
    xkb_keymap_unref(keymap);
    xkb_context_unref(context);
    return file;
}

static void tell_keymap(const char *layout, bool whole, uint32_t format) {
    uint32_t size;
    int file = keymap_file(layout, whole, &size);
    of_keyboard->keymap(user, NULL, format, file, size);
}

static void tell_capabilities(uint32_t capabilities) {
    of_seat->capabilities(user, NULL, capabilities);
}

/* The first round tells what there is, the second what the seat has, the third its layout. */
static int round_trip(struct wl_display *of, struct wl_event_queue *from) {
    (void)of, (void)from;
    if (lacks == LACKS_ANSWERS)
        return -1;
    if (!of_seat) {
        of_registry->global(user, NULL, 1, "wl_compositor", 1);
        of_registry->global(user, NULL, 2, "wl_seat", 5);
        of_registry->global(user, NULL, 3, "wl_seat", 5); /* another hand's */
        of_registry->global_remove(user, NULL, 3);
    } else if (!of_keyboard) {
        of_seat->name(user, NULL, "seat0");
        tell_capabilities(WL_SEAT_CAPABILITY_POINTER);
        tell_capabilities(WL_SEAT_CAPABILITY_KEYBOARD);
        tell_capabilities(WL_SEAT_CAPABILITY_KEYBOARD | WL_SEAT_CAPABILITY_POINTER);
    } else {
        tell_keymap("de", true, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1);
    }
    return 0;
}

static const struct {
    const char *name;
    void (*function)(void);
} CLIENT[] = {{"wl_proxy_marshal_flags", (void (*)(void))marshal},
              {"wl_proxy_add_listener", (void (*)(void))listen_to},
              {"wl_proxy_destroy", (void (*)(void))destroy},
              {"wl_proxy_create_wrapper", (void (*)(void))wrap},
              {"wl_proxy_wrapper_destroy", (void (*)(void))unwrap},
              {"wl_proxy_set_queue", (void (*)(void))set_queue},
              {"wl_display_create_queue", (void (*)(void))new_queue},
              {"wl_event_queue_destroy", (void (*)(void))destroy_queue},
              {"wl_display_dispatch_queue_pending", (void (*)(void))dispatch},
              {"wl_display_roundtrip_queue", (void (*)(void))round_trip}};

bool __wrap_library_look_up(void *library, const LibraryName *names, size_t count, void *to);
bool __real_library_look_up(void *library, const LibraryName *names, size_t count, void *to);
bool __wrap_library_look_up(void *library, const LibraryName *names, size_t count, void *to) {
    bool client = strncmp(names[0].name, "wl_", 3) == 0;
    if (lacks == (client ? LACKS_CLIENT : LACKS_XKB) || !__real_library_look_up(library, names, count, to))
        return false;
    for (size_t i = 0; client && i < sizeof CLIENT / sizeof *CLIENT; i++)
        for (size_t k = 0; k < count; k++)
            if (strcmp(names[k].name, CLIENT[i].name) == 0)
                memcpy((char *)to + names[k].place, &CLIENT[i].function, sizeof CLIENT[i].function);
    struct xkb_context *(*none)(enum xkb_context_flags) = no_context;
    for (size_t k = 0; lacks == LACKS_CONTEXT && k < count; k++)
        if (strcmp(names[k].name, "xkb_context_new") == 0)
            memcpy((char *)to + names[k].place, &none, sizeof none);
    return true;
}

static bool opens(KeyboardSource *source, Lacks what) {
    lacks = what;
    of_registry = NULL;
    of_seat = NULL;
    of_keyboard = NULL;
    return keyboard_wayland(&display, source);
}

static void nothing_is_left(void) {
    assert_int_equal(proxies, 0);
    assert_int_equal(queues, 0);
}

/* ---- the layout ---- */

enum { KEY_Z_OF_US = 44, KEY_2 = 3, KEY_Q = 16, KEYPAD_7 = 71 };

static bool knows(const KeyboardSource *source) {
    bool third;
    return source->update(source->context, &third);
}

static bool third_of(const KeyboardSource *source) {
    bool third = false;
    assert_true(source->update(source->context, &third));
    return third;
}

static void modifiers_are(uint32_t depressed, uint32_t latched, uint32_t locked) {
    of_keyboard->modifiers(user, NULL, 1, depressed, latched, locked, 0);
}

static void the_layout_is_followed(void **state) {
    static const struct {
        unsigned key, modifiers;
        xkb_keysym_t symbol;
    } CASES[] = {{KEY_Z_OF_US, 0, XKB_KEY_y},           {KEY_Z_OF_US, KEYS_SHIFT, XKB_KEY_Y},
                 {KEY_Z_OF_US, KEYS_CAPS, XKB_KEY_Y},   {KEY_Q, KEYS_THIRD, XKB_KEY_at},
                 {KEY_2, KEYS_SHIFT, XKB_KEY_quotedbl}, {KEYPAD_7, 0, XKB_KEY_KP_Home},
                 {KEYPAD_7, KEYS_NUM, XKB_KEY_KP_7}};
    KeyboardSource source;
    (void)state;
    assert_true(opens(&source, LACKS_NOTHING));
    assert_true(knows(&source));
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_int_equal(source.symbol(source.context, CASES[i].key, CASES[i].modifiers), CASES[i].symbol);
    assert_false(third_of(&source));
    modifiers_are(1u << 7, 0, 0); /* Mod5, as keymaps number it */
    assert_true(third_of(&source));
    modifiers_are(0, 0, 1u << 7);
    assert_true(third_of(&source));
    modifiers_are(1, 0, 0);
    assert_false(third_of(&source));
    of_keyboard->enter(user, NULL, 1, NULL, NULL);
    of_keyboard->key(user, NULL, 1, 1, KEY_Q, 1);
    of_keyboard->repeat_info(user, NULL, 30, 500);
    of_keyboard->leave(user, NULL, 1, NULL);
    tell_keymap("us", true, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1); /* another one is chosen */
    assert_int_equal(source.symbol(source.context, KEY_Z_OF_US, 0), XKB_KEY_z);
    tell_keymap("de", true, WL_KEYBOARD_KEYMAP_FORMAT_NO_KEYMAP); /* as it was */
    assert_int_equal(source.symbol(source.context, KEY_Z_OF_US, 0), XKB_KEY_z);
    of_keyboard->keymap(user, NULL, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1, open("/", O_RDONLY | O_CLOEXEC), 10);
    assert_int_equal(source.symbol(source.context, KEY_Z_OF_US, 0), XKB_KEY_z);
    tell_keymap("us", false, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1); /* a text without an end */
    assert_false(knows(&source));
    tell_keymap("us", true, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1);
    assert_true(knows(&source));
    tell_capabilities(0); /* it is unplugged; what it was stays known */
    tell_capabilities(0);
    tell_capabilities(WL_SEAT_CAPABILITY_KEYBOARD);
    assert_true(knows(&source));
    source.close(source.context);
    nothing_is_left();
}

/* Of a keyboard on the screen: keys anywhere, and no name. And one that is none. */
static void a_keymap_without_a_name_is_no_layout(void **state) {
    static const char *const TEXTS[] = {"xkb_keymap { xkb_keycodes { <a> = 38; }; xkb_types { }; xkb_compat { }; "
                                        "xkb_symbols { key <a> { [ a ] }; }; };",
                                        "no keymap"};
    KeyboardSource source;
    (void)state;
    assert_true(opens(&source, LACKS_NOTHING));
    for (int i = 0; i < 2; i++) {
        int file = memfd_create("keymap", MFD_CLOEXEC);
        size_t size = strlen(TEXTS[i]) + 1;
        assert_int_equal(write(file, TEXTS[i], size), size);
        of_keyboard->keymap(user, NULL, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1, file, (uint32_t)size);
        assert_false(knows(&source));
    }
    source.close(source.context);
    nothing_is_left();
}

static void where_something_is_missing_nothing_is_known(void **state) {
    KeyboardSource source;
    (void)state;
    for (int what = LACKS_CLIENT; what <= LACKS_ANSWERS; what++) {
        assert_false(opens(&source, (Lacks)what));
        nothing_is_left();
    }
    for (int what = LACKS_SEAT; what < LACKINGS; what++) { /* one may be plugged in */
        assert_true(opens(&source, (Lacks)what));
        assert_false(knows(&source));
        source.close(source.context);
        nothing_is_left();
    }
    left = 0;
    assert_false(opens(&source, LACKS_NOTHING));
    left = 0;
    assert_false(keyboard_x11(&display, &source));
    left = -1;
}

/* ---- without a display's layout ---- */

static UiKey press(SDL_Scancode place, Uint16 held) {
    SDL_KeyboardEvent event = {.type = SDL_KEYDOWN, .state = SDL_PRESSED};
    event.keysym = (SDL_Keysym){.scancode = place, .sym = SDL_GetKeyFromScancode(place), .mod = held};
    return keyboard_read(NULL, &event);
}

static void sdl_has_codes_of_its_own(void **state) {
    static const struct {
        SDL_Scancode place;
        Uint16 held;
        UiKeyCode code;
        char character;
    } CASES[] = {
        {SDL_SCANCODE_A, 0, KEY_CHARACTER, 'a'},
        {SDL_SCANCODE_A, KMOD_LCTRL, KEY_CHARACTER, 'a'},
        {SDL_SCANCODE_2, KMOD_LSHIFT, KEY_CHARACTER, '@'},
        {SDL_SCANCODE_EQUALS, KMOD_LSHIFT, KEY_CHARACTER, '+'},
        {SDL_SCANCODE_PERIOD, 0, KEY_CHARACTER, '.'},
        {SDL_SCANCODE_PERIOD, KMOD_MODE, KEY_NONE, '\0'},
        {SDL_SCANCODE_F10, KMOD_LSHIFT, KEY_MENU, '\0'},
        {SDL_SCANCODE_F10, 0, KEY_NONE, '\0'},
        {SDL_SCANCODE_F5, 0, KEY_F5, '\0'},
        {SDL_SCANCODE_KP_PLUS, 0, KEY_CHARACTER, '+'},
        {SDL_SCANCODE_KP_MINUS, 0, KEY_CHARACTER, '-'},
        {SDL_SCANCODE_KP_EQUALS, 0, KEY_CHARACTER, '='},
        {SDL_SCANCODE_KP_7, KMOD_NUM, KEY_CHARACTER, '7'},
        {SDL_SCANCODE_KP_7, 0, KEY_HOME, '\0'},
        {SDL_SCANCODE_KP_7, KMOD_NUM | KMOD_LSHIFT, KEY_HOME, '\0'},
        {SDL_SCANCODE_KP_ENTER, 0, KEY_ENTER, '\0'},
        {SDL_SCANCODE_MUTE, 0, KEY_NONE, '\0'},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        UiKey key = press(CASES[i].place, CASES[i].held);
        if (key.code != CASES[i].code || (int)key.character != CASES[i].character)
            fail_msg("%s: %d '%c'", SDL_GetScancodeName(CASES[i].place), (int)key.code, (int)key.character);
    }
}

static void a_window_without_a_display_has_no_layout(void **state) {
    (void)state;
    SDL_Window *window = SDL_CreateWindow("", 0, 0, 10, 10, SDL_WINDOW_HIDDEN);
    assert_non_null(window);
    Keyboard *k = keyboard_open(window);
    SDL_KeyboardEvent event = {.type = SDL_KEYDOWN, .state = SDL_PRESSED, .repeat = 1};
    event.keysym = (SDL_Keysym){.scancode = SDL_SCANCODE_B, .sym = SDLK_b, .mod = KMOD_LALT};
    UiKey key = keyboard_read(k, &event);
    assert_true(key.code == KEY_CHARACTER && key.character == 'b' && key.alt && key.repeat);
    keyboard_close(k);
    left = 0;
    assert_null(keyboard_open(window));
    left = -1;
    keyboard_close(NULL);
    SDL_DestroyWindow(window);
}

static int begin(void **state) {
    (void)state;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    return SDL_Init(SDL_INIT_VIDEO);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_layout_is_followed),
        cmocka_unit_test(a_keymap_without_a_name_is_no_layout),
        cmocka_unit_test(where_something_is_missing_nothing_is_known),
        cmocka_unit_test(sdl_has_codes_of_its_own),
        cmocka_unit_test(a_window_without_a_display_has_no_layout),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
