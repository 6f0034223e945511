/* A keyboard of a layout in a Wayland compositor (zwp_virtual_keyboard_v1). Reads lines: "layout NAME" (or
 * "NAME,NAME"), "group N" (from 0: which of them), "down KEY", "up KEY", "key KEY", with Linux's numbers of keys; says
 * "done" after each. Ends with its input. */
#define _GNU_SOURCE
#include <wayland-client.h>
#include <xkbcommon/xkbcommon.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { KEYMAP, KEY, MODIFIERS };

static const struct wl_interface KEYBOARD;
static const struct wl_interface *const CREATE_TYPES[] = {&wl_seat_interface, &KEYBOARD};
static const struct wl_interface *const NO_TYPES[4];
static const struct wl_message MANAGER_REQUESTS[] = {
    {"create_virtual_keyboard", "on", (const struct wl_interface **)CREATE_TYPES}};
static const struct wl_message KEYBOARD_REQUESTS[] = {{"keymap", "uhu", (const struct wl_interface **)NO_TYPES},
                                                      {"key", "uuu", (const struct wl_interface **)NO_TYPES},
                                                      {"modifiers", "uuuu", (const struct wl_interface **)NO_TYPES},
                                                      {"destroy", "", (const struct wl_interface **)NO_TYPES}};
static const struct wl_interface MANAGER = {"zwp_virtual_keyboard_manager_v1", 1, 1, MANAGER_REQUESTS, 0, NULL};
static const struct wl_interface KEYBOARD = {"zwp_virtual_keyboard_v1", 1, 4, KEYBOARD_REQUESTS, 0, NULL};

typedef struct Hand {
    struct wl_display *display;
    struct wl_seat *seat;
    struct wl_proxy *manager, *keyboard;
    struct xkb_context *context;
    struct xkb_keymap *keymap;
    struct xkb_state *state;
    uint32_t time;
} Hand;

static void take_global(void *data, struct wl_registry *registry, uint32_t name, const char *interface,
                        uint32_t version) {
    Hand *h = data;
    (void)version;
    if (strcmp(interface, wl_seat_interface.name) == 0)
        h->seat = wl_registry_bind(registry, name, &wl_seat_interface, 1);
    else if (strcmp(interface, MANAGER.name) == 0)
        h->manager = wl_registry_bind(registry, name, &MANAGER, 1);
}

static void lose_global(void *data, struct wl_registry *registry, uint32_t name) {
    (void)data, (void)registry, (void)name;
}

static int fail(const char *what) {
    fprintf(stderr, "virtual_keyboard: %s\n", what);
    return 1;
}

static int use_layout(Hand *h, const char *layout) {
    struct xkb_rule_names names = {.rules = "evdev", .model = "pc105", .layout = layout};
    xkb_state_unref(h->state);
    xkb_keymap_unref(h->keymap);
    h->keymap = xkb_keymap_new_from_names(h->context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS);
    if (!h->keymap)
        return fail("no such layout");
    h->state = xkb_state_new(h->keymap);
    char *text = xkb_keymap_get_as_string(h->keymap, XKB_KEYMAP_FORMAT_TEXT_V1);
    size_t size = strlen(text) + 1;
    int file = memfd_create("keymap", 0);
    if (file < 0 || write(file, text, size) != (ssize_t)size)
        return fail("no memory for the layout");
    wl_proxy_marshal(h->keyboard, KEYMAP, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1, file, (uint32_t)size);
    close(file);
    free(text);
    return 0;
}

static void tell_modifiers(const Hand *h) {
    wl_proxy_marshal(h->keyboard, MODIFIERS, xkb_state_serialize_mods(h->state, XKB_STATE_MODS_DEPRESSED),
                     xkb_state_serialize_mods(h->state, XKB_STATE_MODS_LATCHED),
                     xkb_state_serialize_mods(h->state, XKB_STATE_MODS_LOCKED),
                     xkb_state_serialize_layout(h->state, XKB_STATE_LAYOUT_EFFECTIVE));
}

static void press(Hand *h, uint32_t key, int down) {
    wl_proxy_marshal(h->keyboard, KEY, h->time += 10, key, (uint32_t)down);
    xkb_state_update_key(h->state, key + 8, down ? XKB_KEY_DOWN : XKB_KEY_UP);
    tell_modifiers(h);
}

int main(void) {
    static const struct wl_registry_listener LISTENER = {take_global, lose_global};
    Hand h = {.display = wl_display_connect(NULL), .context = xkb_context_new(XKB_CONTEXT_NO_FLAGS)};
    if (!h.display || !h.context)
        return fail("no compositor");
    struct wl_registry *registry = wl_display_get_registry(h.display);
    wl_registry_add_listener(registry, &LISTENER, &h);
    wl_display_roundtrip(h.display);
    if (!h.seat || !h.manager)
        return fail("the compositor has no virtual keyboards");
    h.keyboard = wl_proxy_marshal_constructor(h.manager, 0, &KEYBOARD, h.seat, NULL);
    char line[256], word[32], argument[200];
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "%31s %199s", word, argument) != 2)
            return fail("a line is a word and an argument");
        uint32_t key = (uint32_t)strtoul(argument, NULL, 10);
        if (strcmp(word, "layout") == 0 && use_layout(&h, argument) != 0)
            return 1;
        if (strcmp(word, "group") == 0) {
            xkb_state_update_mask(h.state, 0, 0, 0, 0, 0, key);
            tell_modifiers(&h);
        }
        if (strcmp(word, "down") == 0 || strcmp(word, "key") == 0)
            press(&h, key, 1);
        if (strcmp(word, "up") == 0 || strcmp(word, "key") == 0)
            press(&h, key, 0);
        if (wl_display_roundtrip(h.display) < 0)
            return fail("the compositor is gone");
        puts("done");
        fflush(stdout);
    }
    return 0;
}
