/* The session's D-Bus, by libdbus, which is loaded when it is wanted. For threads of their own: opening it may wait for
 * the bus. */
#ifndef EASYFIRST_SESSION_BUS_H
#define EASYFIRST_SESSION_BUS_H

#include <dbus/dbus.h>
#include <stdbool.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_OBJECT "/org/freedesktop/portal/desktop"

/* What is used of libdbus. */
#define BUS_FUNCTIONS(X)                                                                                               \
    X(bus_add_match)                                                                                                   \
    X(bus_get_private)                                                                                                 \
    X(bus_get_unique_name)                                                                                             \
    X(connection_close)                                                                                                \
    X(connection_flush)                                                                                                \
    X(connection_get_unix_fd)                                                                                          \
    X(connection_pop_message)                                                                                          \
    X(connection_read_write)                                                                                           \
    X(connection_send)                                                                                                 \
    X(connection_set_exit_on_disconnect)                                                                               \
    X(connection_unref)                                                                                                \
    X(error_free)                                                                                                      \
    X(error_init)                                                                                                      \
    X(message_get_args)                                                                                                \
    X(message_get_error_name)                                                                                          \
    X(message_get_path)                                                                                                \
    X(message_get_reply_serial)                                                                                        \
    X(message_get_type)                                                                                                \
    X(message_is_signal)                                                                                               \
    X(message_iter_append_basic)                                                                                       \
    X(message_iter_close_container)                                                                                    \
    X(message_iter_get_arg_type)                                                                                       \
    X(message_iter_get_basic)                                                                                          \
    X(message_iter_init)                                                                                               \
    X(message_iter_init_append)                                                                                        \
    X(message_iter_next)                                                                                               \
    X(message_iter_open_container)                                                                                     \
    X(message_iter_recurse)                                                                                            \
    X(message_new_method_call)                                                                                         \
    X(message_unref)

typedef struct SessionBus { /* a zeroed one is closed */
    void *handle;
    DBusConnection *connection;
#define BUS_FIELD(name) __typeof__(&dbus_##name) name;
    BUS_FUNCTIONS(BUS_FIELD)
#undef BUS_FIELD
} SessionBus;

/* Whether there is one to be asked: libdbus would start a bus of its own. */
bool session_bus_is_there(void);

/* A connection of its own; false: there is no bus, or no libdbus. */
bool session_bus_open(SessionBus *bus);
void session_bus_close(SessionBus *bus);

/* A signal that tells of the portal's coming and going: before and after are its owners, "" for none. */
bool session_bus_portal_changes(const SessionBus *bus, DBusMessage *message, const char **before, const char **after);

#endif
