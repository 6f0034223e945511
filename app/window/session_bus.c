#include "app/window/session_bus.h"

#include "app/base/library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_BYTES = 512 };

static bool load_library(SessionBus *bus) {
#define NAME(name) {"dbus_" #name, offsetof(SessionBus, name)},
    static const LibraryName NAMES[] = {BUS_FUNCTIONS(NAME)};
#undef NAME
    bus->handle = dlopen("libdbus-1.so.3", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    return library_look_up(bus->handle, NAMES, sizeof NAMES / sizeof *NAMES, bus);
}

bool session_bus_is_there(void) {
    const char *address = getenv("DBUS_SESSION_BUS_ADDRESS"), *runtime = getenv("XDG_RUNTIME_DIR");
    if (address && address[0])
        return true;
    char path[PATH_BYTES];
    struct stat info;
    return runtime && runtime[0] == '/' && snprintf(path, sizeof path, "%s/bus", runtime) < (int)sizeof path &&
           stat(path, &info) == 0;
}

bool session_bus_open(SessionBus *bus) {
    if (!session_bus_is_there() || !load_library(bus))
        return false;
    DBusError error;
    bus->error_init(&error);
    bus->connection = bus->bus_get_private(DBUS_BUS_SESSION, &error);
    bus->error_free(&error);
    if (!bus->connection)
        return false;
    bus->connection_set_exit_on_disconnect(bus->connection, FALSE);
    bus->bus_add_match(bus->connection,
                       "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='" PORTAL_NAME "'",
                       NULL);
    return true;
}

void session_bus_close(SessionBus *bus) {
    if (!bus->connection)
        return;
    bus->connection_close(bus->connection);
    bus->connection_unref(bus->connection);
    bus->connection = NULL;
}

bool session_bus_portal_changes(const SessionBus *bus, DBusMessage *message, const char **before, const char **after) {
    const char *name;
    return bus->message_is_signal(message, DBUS_INTERFACE_DBUS, "NameOwnerChanged") &&
           bus->message_get_args(message, NULL, DBUS_TYPE_STRING, &name, DBUS_TYPE_STRING, before, DBUS_TYPE_STRING,
                                 after, DBUS_TYPE_INVALID) &&
           strcmp(name, PORTAL_NAME) == 0;
}
