#include "app/window/desktop.h"

#include "app/base/clock.h"
#include "app/window/session_bus.h"

#include <SDL.h>

#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define SETTINGS "org.freedesktop.portal.Settings"
#define APPEARANCE "org.freedesktop.appearance"
#define GNOME "org.gnome.desktop.interface"

struct Desktop {
    pthread_mutex_t lock; /* over the next five */
    pthread_cond_t change;
    DesktopWishes wishes;
    bool over;      /* there is an answer, or there will be none */
    bool abandoned; /* nobody looks any more */
    bool wakes;
    atomic_uint version;
    atomic_bool done; /* the thread, or else the owner, is through with it: the other one frees it */
    int end;          /* eventfd that ends the thread's waiting */
    /* the thread's */
    SessionBus bus;
    dbus_uint32_t serial; /* of the question */
    DesktopColors colors;
    bool less_motion, no_animations; /* by both of their names */
    float text_scale;
};

/* ---- the thread ---- */

/* known: as the portal has told so far; else nothing is. */
static void tell(Desktop *d, bool known) {
    DesktopWishes wishes = {0};
    if (known)
        wishes = (DesktopWishes){true, d->colors, d->less_motion || d->no_animations, d->text_scale};
    pthread_mutex_lock(&d->lock);
    d->wishes = wishes;
    d->over = true;
    atomic_fetch_add(&d->version, 1);
    pthread_cond_signal(&d->change);
    if (d->wakes && !d->abandoned)
        SDL_PushEvent(&(SDL_Event){.type = SDL_USEREVENT});
    pthread_mutex_unlock(&d->lock);
}

static void ask(Desktop *d) {
    const SessionBus *bus = &d->bus;
    DBusMessage *message = bus->message_new_method_call(PORTAL_NAME, PORTAL_OBJECT, SETTINGS, "ReadAll");
    if (!message)
        return;
    static const char *const names[] = {APPEARANCE, GNOME};
    DBusMessageIter arguments, list;
    bus->message_iter_init_append(message, &arguments);
    bus->message_iter_open_container(&arguments, DBUS_TYPE_ARRAY, "s", &list);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        bus->message_iter_append_basic(&list, DBUS_TYPE_STRING, &names[i]);
    bus->message_iter_close_container(&arguments, &list);
    bus->connection_send(bus->connection, message, &d->serial);
    bus->connection_flush(bus->connection);
    bus->message_unref(message);
}

/* Text at the place; NULL: it is none. The place is then the next one. */
static const char *take_text(const SessionBus *bus, DBusMessageIter *at) {
    const char *text = NULL;
    if (bus->message_iter_get_arg_type(at) == DBUS_TYPE_STRING)
        bus->message_iter_get_basic(at, &text);
    bus->message_iter_next(at);
    return text;
}

static void take_value(Desktop *d, const char *space, const char *key, DBusMessageIter *at) {
    const SessionBus *bus = &d->bus;
    DBusMessageIter value = *at;
    while (bus->message_iter_get_arg_type(&value) == DBUS_TYPE_VARIANT) {
        DBusMessageIter inner;
        bus->message_iter_recurse(&value, &inner);
        value = inner;
    }
    int type = bus->message_iter_get_arg_type(&value);
    dbus_uint32_t number = 0;
    dbus_bool_t on = TRUE;
    double real = 0.0;
    if (type == DBUS_TYPE_UINT32)
        bus->message_iter_get_basic(&value, &number);
    else if (type == DBUS_TYPE_BOOLEAN)
        bus->message_iter_get_basic(&value, &on);
    else if (type == DBUS_TYPE_DOUBLE)
        bus->message_iter_get_basic(&value, &real);
    bool appearance = strcmp(space, APPEARANCE) == 0, gnome = strcmp(space, GNOME) == 0;
    if (appearance && strcmp(key, "color-scheme") == 0)
        d->colors = number <= DESKTOP_LIGHT ? (DesktopColors)number : DESKTOP_NO_PREFERENCE;
    else if (appearance && strcmp(key, "reduced-motion") == 0)
        d->less_motion = number == 1;
    else if (gnome && strcmp(key, "enable-animations") == 0)
        d->no_animations = !on;
    else if (gnome && strcmp(key, "text-scaling-factor") == 0)
        d->text_scale = real >= 0.5 && real <= 4.0 ? (float)real : 0.0f; /* 0 for NaN */
}

/* a{sv} of one namespace. */
static void take_values(Desktop *d, const char *space, DBusMessageIter *at) {
    const SessionBus *bus = &d->bus;
    DBusMessageIter entry, part;
    if (bus->message_iter_get_arg_type(at) != DBUS_TYPE_ARRAY)
        return;
    for (bus->message_iter_recurse(at, &entry); bus->message_iter_get_arg_type(&entry) == DBUS_TYPE_DICT_ENTRY;
         bus->message_iter_next(&entry)) {
        bus->message_iter_recurse(&entry, &part);
        const char *key = take_text(bus, &part);
        if (key)
            take_value(d, space, key, &part);
    }
}

/* a{sa{sv}}: all there is. */
static void take_answer(Desktop *d, DBusMessage *message) {
    const SessionBus *bus = &d->bus;
    DBusMessageIter all, entry, part;
    d->colors = DESKTOP_NO_PREFERENCE;
    d->less_motion = d->no_animations = false;
    d->text_scale = 0.0f;
    bool known = bus->message_iter_init(message, &all) && bus->message_iter_get_arg_type(&all) == DBUS_TYPE_ARRAY;
    if (known)
        bus->message_iter_recurse(&all, &entry);
    for (; known && bus->message_iter_get_arg_type(&entry) == DBUS_TYPE_DICT_ENTRY; bus->message_iter_next(&entry)) {
        bus->message_iter_recurse(&entry, &part);
        const char *space = take_text(bus, &part);
        if (space)
            take_values(d, space, &part);
    }
    tell(d, known);
}

static void take_change(Desktop *d, DBusMessage *message) {
    DBusMessageIter at;
    if (!d->bus.message_iter_init(message, &at))
        return;
    const char *space = take_text(&d->bus, &at), *key = take_text(&d->bus, &at);
    if (!space || !key)
        return;
    take_value(d, space, key, &at);
    tell(d, true);
}

static void take(Desktop *d, DBusMessage *message) {
    const SessionBus *bus = &d->bus;
    const char *before, *after;
    int type = bus->message_get_type(message);
    bool answers = bus->message_get_reply_serial(message) == d->serial;
    if (answers && type == DBUS_MESSAGE_TYPE_METHOD_RETURN)
        take_answer(d, message);
    else if (answers && type == DBUS_MESSAGE_TYPE_ERROR)
        tell(d, false);
    else if (bus->message_is_signal(message, SETTINGS, "SettingChanged"))
        take_change(d, message);
    else if (session_bus_portal_changes(bus, message, &before, &after) && after[0])
        ask(d); /* another one: it was started just now, or anew */
}

static void follow(Desktop *d) {
    struct pollfd wait[2] = {{.events = POLLIN}, {.fd = d->end, .events = POLLIN}};
    if (!d->bus.connection_get_unix_fd(d->bus.connection, &wait[0].fd))
        return;
    while (d->bus.connection_read_write(d->bus.connection, 0)) {
        DBusMessage *message;
        while ((message = d->bus.connection_pop_message(d->bus.connection)) != NULL) {
            take(d, message);
            d->bus.message_unref(message);
        }
        poll(wait, 2, -1);
        if (wait[1].revents)
            return;
    }
}

static void let_go(Desktop *d) {
    pthread_mutex_destroy(&d->lock);
    pthread_cond_destroy(&d->change);
    close(d->end);
    free(d);
}

static void *run(void *user) {
    Desktop *d = user;
    if (session_bus_open(&d->bus)) {
        d->bus.bus_add_match(d->bus.connection, "type='signal',interface='" SETTINGS "',member='SettingChanged'", NULL);
        ask(d);
        follow(d);
    }
    tell(d, false);
    session_bus_close(&d->bus);
    if (atomic_exchange(&d->done, true))
        let_go(d);
    return NULL;
}

/* ---- its owner ---- */

Desktop *desktop_ask(void) {
    Desktop *d = session_bus_is_there() ? calloc(1, sizeof *d) : NULL;
    pthread_condattr_t monotonic;
    pthread_t thread;
    if (!d)
        return NULL;
    pthread_mutex_init(&d->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&d->change, &monotonic);
    pthread_condattr_destroy(&monotonic);
    d->end = eventfd(0, EFD_CLOEXEC);
    if (d->end < 0 || pthread_create(&thread, NULL, run, d) != 0) {
        let_go(d);
        return NULL;
    }
    pthread_detach(thread);
    return d;
}

void desktop_wait(Desktop *d, double seconds) {
    if (!d)
        return;
    double until = clock_seconds() + seconds, whole;
    double part = modf(until, &whole);
    struct timespec end = {(time_t)whole, (long)(part * 1e9)};
    pthread_mutex_lock(&d->lock);
    while (!d->over && pthread_cond_timedwait(&d->change, &d->lock, &end) == 0)
        ;
    pthread_mutex_unlock(&d->lock);
}

void desktop_wakes(Desktop *d) {
    pthread_mutex_lock(&d->lock);
    d->wakes = true;
    pthread_mutex_unlock(&d->lock);
}

bool desktop_look(Desktop *d, uint32_t *version, DesktopWishes *wishes) {
    if (atomic_load(&d->version) == *version)
        return false;
    pthread_mutex_lock(&d->lock);
    *version = atomic_load(&d->version);
    *wishes = d->wishes;
    pthread_mutex_unlock(&d->lock);
    return true;
}

void desktop_free(Desktop *d) {
    if (!d)
        return;
    pthread_mutex_lock(&d->lock);
    d->abandoned = true;
    pthread_mutex_unlock(&d->lock);
    uint64_t one = 1;
    bool told = write(d->end, &one, sizeof one) == (ssize_t)sizeof one; /* which cannot fail */
    (void)told;
    if (atomic_exchange(&d->done, true)) /* else the thread frees it: the bus may let it wait */
        let_go(d);
}
