/* hand_wayland WIDTH HEIGHT: a mouse for the journeys under Wayland, on an output of that size in units
 * (zwlr_virtual_pointer_v1, which sway has). Reads lines: "move X Y", "down", "up" (the left button), "middle" (a
 * click), "wheel N" (notches down). Says "ready"; ends with standard input. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wayland-client.h>

enum {
    MOTION_ABSOLUTE = 1,
    BUTTON = 2,
    AXIS_DISCRETE = 7,
    FRAME = 4,
    BUTTON_LEFT = 0x110,
    BUTTON_MIDDLE = 0x112,
    CREATE = 0
};

static const struct wl_interface pointer_interface;
static const struct wl_interface *types[] = {NULL, NULL, NULL, NULL, NULL, &wl_seat_interface, &pointer_interface};
static const struct wl_message pointer_requests[] = {{"motion", "uff", types},   {"motion_absolute", "uuuuu", types},
                                                     {"button", "uuu", types},   {"axis", "uuf", types},
                                                     {"frame", "", types},       {"axis_source", "u", types},
                                                     {"axis_stop", "uu", types}, {"axis_discrete", "uufi", types},
                                                     {"destroy", "", types}};
static const struct wl_interface pointer_interface = {"zwlr_virtual_pointer_v1", 1, 9, pointer_requests, 0, NULL};
static const struct wl_message manager_requests[] = {{"create_virtual_pointer", "?on", types + 5},
                                                     {"destroy", "", types}};
static const struct wl_interface manager_interface = {
    "zwlr_virtual_pointer_manager_v1", 1, 2, manager_requests, 0, NULL};

static struct wl_proxy *manager;

static void found(void *user, struct wl_registry *registry, uint32_t name, const char *interface, uint32_t version) {
    (void)user;
    (void)version;
    if (strcmp(interface, manager_interface.name) == 0)
        manager = wl_registry_bind(registry, name, &manager_interface, 1);
}

static void gone(void *user, struct wl_registry *registry, uint32_t name) {
    (void)user;
    (void)registry;
    (void)name;
}

static uint32_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static void act(struct wl_proxy *pointer, const char *line, uint32_t width, uint32_t height) {
    unsigned x, y;
    int notches;
    uint32_t now = milliseconds();
    if (sscanf(line, "move %u %u", &x, &y) == 2)
        wl_proxy_marshal(pointer, MOTION_ABSOLUTE, now, x, y, width, height);
    else if (sscanf(line, "wheel %d", &notches) == 1)
        wl_proxy_marshal(pointer, AXIS_DISCRETE, now, 0u, wl_fixed_from_int(15 * notches), notches);
    else if (strncmp(line, "middle", 6) == 0) {
        wl_proxy_marshal(pointer, BUTTON, now, (uint32_t)BUTTON_MIDDLE, 1u);
        wl_proxy_marshal(pointer, FRAME);
        wl_proxy_marshal(pointer, BUTTON, now, (uint32_t)BUTTON_MIDDLE, 0u);
    } else
        wl_proxy_marshal(pointer, BUTTON, now, (uint32_t)BUTTON_LEFT, strncmp(line, "down", 4) == 0 ? 1u : 0u);
    wl_proxy_marshal(pointer, FRAME);
}

int main(int argc, char **argv) {
    struct wl_display *display = argc == 3 ? wl_display_connect(NULL) : NULL;
    if (!display) {
        fprintf(stderr, "usage: hand_wayland WIDTH HEIGHT, under a compositor\n");
        return 2;
    }
    struct wl_registry *registry = wl_display_get_registry(display);
    wl_registry_add_listener(registry, &(struct wl_registry_listener){found, gone}, NULL);
    wl_display_roundtrip(display);
    if (!manager) {
        fprintf(stderr, "hand_wayland: the compositor has no virtual pointers\n");
        return 1;
    }
    struct wl_proxy *pointer = wl_proxy_marshal_constructor(manager, CREATE, &pointer_interface, NULL, NULL);
    wl_display_roundtrip(display);
    printf("ready\n");
    fflush(stdout);
    char line[80];
    while (fgets(line, sizeof line, stdin)) {
        act(pointer, line, (uint32_t)atoi(argv[1]), (uint32_t)atoi(argv[2]));
        if (wl_display_roundtrip(display) < 0)
            return 1;
    }
    return 0;
}
