/* stand_in_portal HOW [URI]: the desktop's portal on the session's bus, for the journeys. Ends by a signal.
 *
 *   choose URI  the person chooses that file        cancel   he cancels
 *   error       the call fails                      vanish   it ends with the chooser open
 *   silent      it never answers
 *
 * Each call is a line on standard output: "OpenFile PARENT FILTER|FILTER|...", "SaveFile PARENT NAME FILTER|...", and a
 * closed request "Close". */
#include <dbus/dbus.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME "org.freedesktop.portal.Desktop"
#define CHOOSER "org.freedesktop.portal.FileChooser"
#define REQUEST "org.freedesktop.portal.Request"

static DBusConnection *bus;

static void send_and_forget(DBusMessage *message) {
    dbus_connection_send(bus, message, NULL);
    dbus_connection_flush(bus);
    dbus_message_unref(message);
}

/* The names of the filters in a variant a(sa(us)). */
static void print_filters(DBusMessageIter *variant) {
    DBusMessageIter list, filter, field;
    dbus_message_iter_recurse(variant, &list);
    dbus_message_iter_recurse(&list, &filter);
    for (const char *between = ""; dbus_message_iter_get_arg_type(&filter) == DBUS_TYPE_STRUCT;
         dbus_message_iter_next(&filter), between = "|") {
        const char *name;
        dbus_message_iter_recurse(&filter, &field);
        dbus_message_iter_get_basic(&field, &name);
        printf("%s%s", between, name);
    }
}

/* Prints the call and returns its handle_token. */
static const char *read_call(DBusMessage *call) {
    DBusMessageIter argument, option, entry, variant;
    const char *parent, *name, *token = "none", *proposed = "";
    dbus_message_iter_init(call, &argument);
    dbus_message_iter_get_basic(&argument, &parent);
    printf("%s %s ", dbus_message_get_member(call), parent[0] ? parent : "-");
    dbus_message_iter_next(&argument);
    dbus_message_iter_next(&argument);
    for (dbus_message_iter_recurse(&argument, &option); dbus_message_iter_get_arg_type(&option) == DBUS_TYPE_DICT_ENTRY;
         dbus_message_iter_next(&option)) {
        dbus_message_iter_recurse(&option, &entry);
        dbus_message_iter_get_basic(&entry, &name);
        dbus_message_iter_next(&entry);
        dbus_message_iter_recurse(&entry, &variant);
        if (strcmp(name, "handle_token") == 0)
            dbus_message_iter_get_basic(&variant, &token);
        else if (strcmp(name, "filters") == 0)
            print_filters(&entry);
        else if (strcmp(name, "current_name") == 0) {
            dbus_message_iter_get_basic(&variant, &proposed);
            printf("%s ", proposed);
        }
    }
    printf("\n");
    fflush(stdout);
    return token;
}

static void respond(const char *path, const char *to, dbus_uint32_t code, const char *uri) {
    DBusMessage *signal = dbus_message_new_signal(path, REQUEST, "Response");
    DBusMessageIter arguments, results, entry, variant, list;
    const char *name = "uris";
    dbus_message_set_destination(signal, to);
    dbus_message_iter_init_append(signal, &arguments);
    dbus_message_iter_append_basic(&arguments, DBUS_TYPE_UINT32, &code);
    dbus_message_iter_open_container(&arguments, DBUS_TYPE_ARRAY, "{sv}", &results);
    if (uri) {
        dbus_message_iter_open_container(&results, DBUS_TYPE_DICT_ENTRY, NULL, &entry);
        dbus_message_iter_append_basic(&entry, DBUS_TYPE_STRING, &name);
        dbus_message_iter_open_container(&entry, DBUS_TYPE_VARIANT, "as", &variant);
        dbus_message_iter_open_container(&variant, DBUS_TYPE_ARRAY, "s", &list);
        dbus_message_iter_append_basic(&list, DBUS_TYPE_STRING, &uri);
        dbus_message_iter_close_container(&variant, &list);
        dbus_message_iter_close_container(&entry, &variant);
        dbus_message_iter_close_container(&results, &entry);
    }
    dbus_message_iter_close_container(&arguments, &results);
    send_and_forget(signal);
}

static void answer(DBusMessage *call, const char *how, const char *uri) {
    char sender[128], path[512];
    const char *from = dbus_message_get_sender(call), *token = read_call(call), *object = path;
    snprintf(sender, sizeof sender, "%s", from + 1);
    for (char *c = sender; *c; c++)
        *c = *c == '.' ? '_' : *c;
    snprintf(path, sizeof path, "/org/freedesktop/portal/desktop/request/%s/%s", sender, token);
    if (strcmp(how, "silent") == 0)
        return;
    if (strcmp(how, "error") == 0) {
        send_and_forget(dbus_message_new_error(call, "org.freedesktop.portal.Error.Failed", "no chooser today"));
        return;
    }
    DBusMessage *reply = dbus_message_new_method_return(call);
    dbus_message_append_args(reply, DBUS_TYPE_OBJECT_PATH, &object, DBUS_TYPE_INVALID);
    send_and_forget(reply);
    if (strcmp(how, "vanish") == 0)
        exit(0);
    respond(path, from, uri ? 0 : 1, uri);
}

int main(int argc, char **argv) {
    if (argc < 2 || (strcmp(argv[1], "choose") == 0) != (argc == 3)) {
        fprintf(stderr, "usage: stand_in_portal choose URI | cancel | error | vanish | silent\n");
        return 2;
    }
    bus = dbus_bus_get_private(DBUS_BUS_SESSION, NULL);
    if (!bus ||
        dbus_bus_request_name(bus, NAME, DBUS_NAME_FLAG_DO_NOT_QUEUE, NULL) != DBUS_REQUEST_NAME_REPLY_PRIMARY_OWNER) {
        fprintf(stderr, "stand_in_portal: no bus, or another portal on it\n");
        return 1;
    }
    printf("ready\n");
    fflush(stdout);
    while (dbus_connection_read_write(bus, -1)) {
        DBusMessage *call;
        while ((call = dbus_connection_pop_message(bus)) != NULL) {
            if (dbus_message_is_method_call(call, CHOOSER, "OpenFile") ||
                dbus_message_is_method_call(call, CHOOSER, "SaveFile")) {
                answer(call, argv[1], argc == 3 ? argv[2] : NULL);
            } else if (dbus_message_is_method_call(call, REQUEST, "Close")) {
                printf("Close\n");
                fflush(stdout);
            }
            dbus_message_unref(call);
        }
    }
    return 0;
}
