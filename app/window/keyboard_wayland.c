/* The layout under Wayland: a wl_keyboard of our own, with its own queue, on SDL's connection. SDL has the libraries
 * loaded already. */
#include "app/base/library.h"
#include "app/window/keyboard_private.h"

#include <SDL.h>
#include <wayland-client.h>
#include <xkbcommon/xkbcommon.h>

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { XKB_OFFSET = 8 }; /* of xkb's key codes */

typedef struct WaylandLayout {
    void *client, *xkb;
    struct wl_display *display;
    struct wl_event_queue *queue;
    struct wl_proxy *registry, *seat, *keyboard;
    struct xkb_context *context;
    struct xkb_keymap *keymap;
    struct xkb_state *state; /* of our own asking: only its modifiers are set */
    bool named;              /* the layout is one; a keyboard on the screen has keys anywhere and no layout */
    uint32_t group, held;
    /* libwayland-client's */
    struct wl_proxy *(*marshal)(struct wl_proxy *, uint32_t, const struct wl_interface *, uint32_t, uint32_t, ...);
    int (*listen)(struct wl_proxy *, void (**)(void), void *);
    void (*destroy)(struct wl_proxy *);
    void *(*wrap)(void *);
    void (*unwrap)(void *);
    void (*set_queue)(struct wl_proxy *, struct wl_event_queue *);
    struct wl_event_queue *(*new_queue)(struct wl_display *);
    void (*destroy_queue)(struct wl_event_queue *);
    int (*dispatch)(struct wl_display *, struct wl_event_queue *);
    int (*round_trip)(struct wl_display *, struct wl_event_queue *);
    const struct wl_interface *registry_interface, *seat_interface, *keyboard_interface;
    /* libxkbcommon's */
    struct xkb_context *(*new_context)(enum xkb_context_flags);
    void (*unref_context)(struct xkb_context *);
    struct xkb_keymap *(*new_keymap)(struct xkb_context *, const char *, enum xkb_keymap_format,
                                     enum xkb_keymap_compile_flags);
    void (*unref_keymap)(struct xkb_keymap *);
    const char *(*layout_name)(struct xkb_keymap *, xkb_layout_index_t);
    xkb_mod_index_t (*modifier)(struct xkb_keymap *, const char *);
    struct xkb_state *(*new_state)(struct xkb_keymap *);
    void (*unref_state)(struct xkb_state *);
    enum xkb_state_component (*set_state)(struct xkb_state *, xkb_mod_mask_t, xkb_mod_mask_t, xkb_mod_mask_t,
                                          xkb_layout_index_t, xkb_layout_index_t, xkb_layout_index_t);
    xkb_keysym_t (*get_symbol)(struct xkb_state *, xkb_keycode_t);
} WaylandLayout;

static const LibraryName CLIENT[] = {
    {"wl_proxy_marshal_flags", offsetof(WaylandLayout, marshal)},
    {"wl_proxy_add_listener", offsetof(WaylandLayout, listen)},
    {"wl_proxy_destroy", offsetof(WaylandLayout, destroy)},
    {"wl_proxy_create_wrapper", offsetof(WaylandLayout, wrap)},
    {"wl_proxy_wrapper_destroy", offsetof(WaylandLayout, unwrap)},
    {"wl_proxy_set_queue", offsetof(WaylandLayout, set_queue)},
    {"wl_display_create_queue", offsetof(WaylandLayout, new_queue)},
    {"wl_event_queue_destroy", offsetof(WaylandLayout, destroy_queue)},
    {"wl_display_dispatch_queue_pending", offsetof(WaylandLayout, dispatch)},
    {"wl_display_roundtrip_queue", offsetof(WaylandLayout, round_trip)},
    {"wl_registry_interface", offsetof(WaylandLayout, registry_interface)},
    {"wl_seat_interface", offsetof(WaylandLayout, seat_interface)},
    {"wl_keyboard_interface", offsetof(WaylandLayout, keyboard_interface)},
};

static const LibraryName XKB[] = {
    {"xkb_context_new", offsetof(WaylandLayout, new_context)},
    {"xkb_context_unref", offsetof(WaylandLayout, unref_context)},
    {"xkb_keymap_new_from_string", offsetof(WaylandLayout, new_keymap)},
    {"xkb_keymap_unref", offsetof(WaylandLayout, unref_keymap)},
    {"xkb_keymap_layout_get_name", offsetof(WaylandLayout, layout_name)},
    {"xkb_keymap_mod_get_index", offsetof(WaylandLayout, modifier)},
    {"xkb_state_new", offsetof(WaylandLayout, new_state)},
    {"xkb_state_unref", offsetof(WaylandLayout, unref_state)},
    {"xkb_state_update_mask", offsetof(WaylandLayout, set_state)},
    {"xkb_state_key_get_one_sym", offsetof(WaylandLayout, get_symbol)},
};

/* ---- the layout ---- */

static xkb_mod_mask_t mask(const WaylandLayout *w, const char *name) {
    xkb_mod_index_t index = w->modifier(w->keymap, name);
    return index < 32 ? 1u << index : 0;
}

static uint32_t symbol(void *context, unsigned key, unsigned modifiers) {
    WaylandLayout *w = context;
    xkb_mod_mask_t held = 0;
    held |= modifiers & KEYS_SHIFT ? mask(w, XKB_MOD_NAME_SHIFT) : 0;
    held |= modifiers & KEYS_CAPS ? mask(w, XKB_MOD_NAME_CAPS) : 0;
    held |= modifiers & KEYS_NUM ? mask(w, XKB_MOD_NAME_NUM) : 0;
    held |= modifiers & KEYS_THIRD ? mask(w, "Mod5") : 0;
    w->set_state(w->state, held, 0, 0, 0, 0, w->group);
    return w->get_symbol(w->state, key + XKB_OFFSET);
}

static bool update(void *context, bool *third) {
    WaylandLayout *w = context;
    w->dispatch(w->display, w->queue);
    if (!w->state || !w->named)
        return false;
    *third = (w->held & mask(w, "Mod5")) != 0;
    return true;
}

static void forget(WaylandLayout *w) {
    if (w->state)
        w->unref_state(w->state);
    if (w->keymap)
        w->unref_keymap(w->keymap);
    w->state = NULL;
    w->keymap = NULL;
}

static void take_keymap(void *data, struct wl_keyboard *keyboard, uint32_t format, int32_t file, uint32_t size) {
    WaylandLayout *w = data;
    (void)keyboard;
    char *text =
        format == WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1 ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
    close(file);
    if (text == MAP_FAILED)
        return;
    forget(w);
    if (memchr(text, '\0', size))
        w->keymap = w->new_keymap(w->context, text, XKB_KEYMAP_FORMAT_TEXT_V1, XKB_KEYMAP_COMPILE_NO_FLAGS);
    munmap(text, size);
    w->state = w->keymap ? w->new_state(w->keymap) : NULL;
    const char *name = w->state ? w->layout_name(w->keymap, 0) : NULL;
    w->named = name && name[0];
}

static void enter(void *data, struct wl_keyboard *keyboard, uint32_t serial, struct wl_surface *surface,
                  struct wl_array *keys) {
    (void)data, (void)keyboard, (void)serial, (void)surface, (void)keys;
}

static void leave(void *data, struct wl_keyboard *keyboard, uint32_t serial, struct wl_surface *surface) {
    (void)data, (void)keyboard, (void)serial, (void)surface;
}

static void key(void *data, struct wl_keyboard *keyboard, uint32_t serial, uint32_t time, uint32_t code,
                uint32_t state) {
    (void)data, (void)keyboard, (void)serial, (void)time, (void)code, (void)state;
}

static void take_modifiers(void *data, struct wl_keyboard *keyboard, uint32_t serial, uint32_t depressed,
                           uint32_t latched, uint32_t locked, uint32_t group) {
    WaylandLayout *w = data;
    (void)keyboard, (void)serial;
    w->held = depressed | latched | locked;
    w->group = group;
}

static void repeat_info(void *data, struct wl_keyboard *keyboard, int32_t rate, int32_t delay) {
    (void)data, (void)keyboard, (void)rate, (void)delay;
}

static const struct wl_keyboard_listener KEYBOARD = {take_keymap, enter, leave, key, take_modifiers, repeat_info};

/* ---- the connection ---- */

static void take_capabilities(void *data, struct wl_seat *seat, uint32_t capabilities) {
    WaylandLayout *w = data;
    (void)seat;
    bool has = (capabilities & WL_SEAT_CAPABILITY_KEYBOARD) != 0;
    if (has && !w->keyboard) {
        w->keyboard = w->marshal(w->seat, WL_SEAT_GET_KEYBOARD, w->keyboard_interface, 1, 0, NULL);
        if (w->keyboard)
            w->listen(w->keyboard, (void (**)(void)) & KEYBOARD, w);
    } else if (!has && w->keyboard) {
        w->destroy(w->keyboard);
        w->keyboard = NULL;
    }
}

static void take_name(void *data, struct wl_seat *seat, const char *name) {
    (void)data, (void)seat, (void)name;
}

static const struct wl_seat_listener SEAT = {take_capabilities, take_name};

/* The first seat, in its first version: nothing newer is asked of it. */
static void take_global(void *data, struct wl_registry *registry, uint32_t name, const char *interface,
                        uint32_t version) {
    WaylandLayout *w = data;
    (void)registry, (void)version;
    if (w->seat || strcmp(interface, w->seat_interface->name) != 0)
        return;
    w->seat =
        w->marshal(w->registry, WL_REGISTRY_BIND, w->seat_interface, 1, 0, name, w->seat_interface->name, 1, NULL);
    if (w->seat)
        w->listen(w->seat, (void (**)(void)) & SEAT, w);
}

static void lose_global(void *data, struct wl_registry *registry, uint32_t name) {
    (void)data, (void)registry, (void)name;
}

static const struct wl_registry_listener REGISTRY = {take_global, lose_global};

static void close_all(void *context) {
    WaylandLayout *w = context;
    struct wl_proxy *proxies[] = {w->keyboard, w->seat, w->registry};
    for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++)
        if (proxies[i])
            w->destroy(proxies[i]);
    if (w->queue)
        w->destroy_queue(w->queue);
    forget(w);
    if (w->context)
        w->unref_context(w->context);
    SDL_UnloadObject(w->client);
    SDL_UnloadObject(w->xkb);
    free(w);
}

/* The seat's keyboard is known after two answers, its layout after the third. */
static bool connect(WaylandLayout *w) {
    w->context = w->new_context(XKB_CONTEXT_NO_DEFAULT_INCLUDES);
    w->queue = w->new_queue(w->display);
    struct wl_proxy *wrapper = w->context && w->queue ? w->wrap(w->display) : NULL;
    if (!wrapper)
        return false;
    w->set_queue(wrapper, w->queue);
    w->registry = w->marshal(wrapper, WL_DISPLAY_GET_REGISTRY, w->registry_interface, 1, 0, NULL);
    w->unwrap(wrapper);
    if (!w->registry)
        return false;
    w->listen(w->registry, (void (**)(void)) & REGISTRY, w);
    for (int i = 0; i < 3; i++)
        if (w->round_trip(w->display, w->queue) < 0)
            return false;
    return true;
}

bool keyboard_wayland(void *display, KeyboardSource *source) {
    WaylandLayout *w = calloc(1, sizeof *w);
    if (!w)
        return false;
    w->display = display;
    w->client = SDL_LoadObject("libwayland-client.so.0");
    w->xkb = SDL_LoadObject("libxkbcommon.so.0");
    bool loaded = library_look_up(w->client, CLIENT, sizeof CLIENT / sizeof *CLIENT, w) &&
                  library_look_up(w->xkb, XKB, sizeof XKB / sizeof *XKB, w);
    if (!loaded || !connect(w)) {
        close_all(w);
        return false;
    }
    *source = (KeyboardSource){w, symbol, update, close_all};
    return true;
}
