#include "app/window/portal.h"

#include "app/base/clock.h"
#include "app/base/language.h"
#include "app/window/session_bus.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REQUEST "org.freedesktop.portal.Request"
enum { TURN_MS = 100, TOKEN_BYTES = 64, PATH_BYTES = 512 };

struct Portal {
    char *parent, *folder;
    char *name; /* proposed for a file that is saved; NULL: one is opened */
    pthread_t thread;
    atomic_int state;
    atomic_bool abandoned; /* nobody waits any more */
    atomic_bool done;      /* the thread will not touch it again */
    char *text;            /* the thread's until the state is final; owned */
    /* the thread's */
    SessionBus bus;
    char token[TOKEN_BYTES];
    char request[2][PATH_BYTES]; /* of the request's object: as foretold, as returned */
    dbus_uint32_t serial;        /* of the question */
};

/* Final, with what is to be said. */
static void end(Portal *p, PortalState state, const char *text) {
    if (text)
        p->text = strdup(text);
    atomic_store(&p->state, (int)(text && !p->text ? PORTAL_CANCELLED : state));
}

static bool is_over(const Portal *p) {
    int state = atomic_load(&p->state);
    return state != PORTAL_ASKING && state != PORTAL_SHOWN;
}

/* ---- the question ---- */

static void put_string(const SessionBus *bus, DBusMessageIter *to, const char *text) {
    bus->message_iter_append_basic(to, DBUS_TYPE_STRING, &text);
}

/* An entry of a dictionary of options up to its value, and its end. */
typedef struct Entry {
    DBusMessageIter entry, value;
} Entry;

static void begin_entry(const SessionBus *bus, DBusMessageIter *options, const char *name, const char *type, Entry *e) {
    bus->message_iter_open_container(options, DBUS_TYPE_DICT_ENTRY, NULL, &e->entry);
    put_string(bus, &e->entry, name);
    bus->message_iter_open_container(&e->entry, DBUS_TYPE_VARIANT, type, &e->value);
}

static void end_entry(const SessionBus *bus, DBusMessageIter *options, Entry *e) {
    bus->message_iter_close_container(&e->entry, &e->value);
    bus->message_iter_close_container(options, &e->entry);
}

/* A filter, (sa(us)): its name and its patterns. */
static void put_filter(const SessionBus *bus, DBusMessageIter *filters, const char *name, const char *const *patterns) {
    DBusMessageIter filter, list, pattern;
    bus->message_iter_open_container(filters, DBUS_TYPE_STRUCT, NULL, &filter);
    put_string(bus, &filter, name);
    bus->message_iter_open_container(&filter, DBUS_TYPE_ARRAY, "(us)", &list);
    for (; *patterns; patterns++) {
        dbus_uint32_t glob = 0;
        bus->message_iter_open_container(&list, DBUS_TYPE_STRUCT, NULL, &pattern);
        bus->message_iter_append_basic(&pattern, DBUS_TYPE_UINT32, &glob);
        put_string(bus, &pattern, *patterns);
        bus->message_iter_close_container(&list, &pattern);
    }
    bus->message_iter_close_container(&filter, &list);
    bus->message_iter_close_container(filters, &filter);
}

static void put_filters(const SessionBus *bus, DBusMessageIter *options, bool saves) {
    static const char *const all[] = {"*.csv",  "*.tsv", "*.txt",       "*.dat", "*.data", "*.tab", "*.gz",
                                      "*.arff", "*.ini", "*.easyfirst", "*.CSV", "*.TXT",  "*.INI", NULL};
    static const char *const points[] = {"*.csv", "*.tsv",  "*.txt", "*.dat", "*.data", "*.tab",
                                         "*.gz",  "*.arff", "*.CSV", "*.TXT", NULL};
    static const char *const presets[] = {"*.ini", "*.INI", NULL};
    static const char *const sessions[] = {"*.easyfirst", NULL};
    static const char *const any[] = {"*", NULL};
    Entry e;
    DBusMessageIter filters;
    begin_entry(bus, options, "filters", "a(sa(us))", &e);
    bus->message_iter_open_container(&e.value, DBUS_TYPE_ARRAY, "(sa(us))", &filters);
    if (!saves) {
        put_filter(bus, &filters, tr("Points, presets, sessions"), all);
        put_filter(bus, &filters, tr("Points (CSV, TSV, text)"), points);
        put_filter(bus, &filters, tr("Presets (.ini)"), presets);
    }
    put_filter(bus, &filters, tr("Sessions (.easyfirst)"), sessions);
    put_filter(bus, &filters, tr("All files"), any);
    bus->message_iter_close_container(&e.value, &filters);
    end_entry(bus, options, &e);
}

/* Bytes with a zero at their end, as the portal has paths. */
static void put_folder(const SessionBus *bus, DBusMessageIter *options, const char *folder) {
    Entry e;
    DBusMessageIter bytes;
    begin_entry(bus, options, "current_folder", "ay", &e);
    bus->message_iter_open_container(&e.value, DBUS_TYPE_ARRAY, "y", &bytes);
    for (const char *c = folder;; c++) {
        unsigned char byte = (unsigned char)*c;
        bus->message_iter_append_basic(&bytes, DBUS_TYPE_BYTE, &byte);
        if (!byte)
            break;
    }
    bus->message_iter_close_container(&e.value, &bytes);
    end_entry(bus, options, &e);
}

static bool ask(Portal *p) {
    const SessionBus *bus = &p->bus;
    bool saves = p->name != NULL;
    DBusMessage *message = bus->message_new_method_call(
        PORTAL_NAME, PORTAL_OBJECT, "org.freedesktop.portal.FileChooser", saves ? "SaveFile" : "OpenFile");
    if (!message)
        return false;
    DBusMessageIter arguments, options;
    Entry e;
    bus->message_iter_init_append(message, &arguments);
    put_string(bus, &arguments, p->parent);
    put_string(bus, &arguments, saves ? tr("Save the session as") : tr("Open points, a preset or a session"));
    bus->message_iter_open_container(&arguments, DBUS_TYPE_ARRAY, "{sv}", &options);
    begin_entry(bus, &options, "handle_token", "s", &e);
    put_string(bus, &e.value, p->token);
    end_entry(bus, &options, &e);
    if (saves) {
        begin_entry(bus, &options, "current_name", "s", &e);
        put_string(bus, &e.value, p->name);
        end_entry(bus, &options, &e);
    }
    put_filters(bus, &options, saves);
    if (p->folder)
        put_folder(bus, &options, p->folder);
    bus->message_iter_close_container(&arguments, &options);
    bool sent = bus->connection_send(p->bus.connection, message, &p->serial);
    bus->message_unref(message);
    bus->connection_flush(p->bus.connection);
    return sent;
}

/* ---- the answers ---- */

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

char *portal_path_of(const char *uri) {
    if (strncmp(uri, "file://", 7) != 0)
        return NULL;
    uri += 7;
    if (strncmp(uri, "localhost/", 10) == 0)
        uri += 9;
    if (*uri != '/')
        return NULL;
    char *path = malloc(strlen(uri) + 1), *to = path;
    for (; path && *uri; uri++) {
        int high = *uri == '%' ? hex_digit(uri[1]) : -1, low = high >= 0 ? hex_digit(uri[2]) : -1;
        *to++ = low >= 0 ? (char)(16 * high + low) : *uri;
        uri += low >= 0 ? 2 : 0;
    }
    if (path)
        *to = '\0';
    return path;
}

/* The first of the URIs in a dictionary of results, or NULL; the message's. */
static const char *first_uri(const SessionBus *bus, DBusMessageIter *results) {
    DBusMessageIter entry, part, value;
    if (bus->message_iter_get_arg_type(results) != DBUS_TYPE_ARRAY)
        return NULL;
    for (bus->message_iter_recurse(results, &entry); bus->message_iter_get_arg_type(&entry) == DBUS_TYPE_DICT_ENTRY;
         bus->message_iter_next(&entry)) {
        const char *name, *uri;
        bus->message_iter_recurse(&entry, &part);
        if (bus->message_iter_get_arg_type(&part) != DBUS_TYPE_STRING)
            return NULL;
        bus->message_iter_get_basic(&part, &name);
        if (strcmp(name, "uris") != 0 || !bus->message_iter_next(&part))
            continue;
        bus->message_iter_recurse(&part, &value);
        if (bus->message_iter_get_arg_type(&value) != DBUS_TYPE_ARRAY)
            return NULL;
        bus->message_iter_recurse(&value, &part);
        if (bus->message_iter_get_arg_type(&part) != DBUS_TYPE_STRING)
            return NULL;
        bus->message_iter_get_basic(&part, &uri);
        return uri;
    }
    return NULL;
}

static void take_response(Portal *p, DBusMessage *message) {
    const SessionBus *bus = &p->bus;
    DBusMessageIter arguments;
    dbus_uint32_t code = 2;
    const char *uri = NULL;
    if (bus->message_iter_init(message, &arguments) && bus->message_iter_get_arg_type(&arguments) == DBUS_TYPE_UINT32) {
        bus->message_iter_get_basic(&arguments, &code);
        if (code == 0 && bus->message_iter_next(&arguments))
            uri = first_uri(bus, &arguments);
    }
    char *path = uri ? portal_path_of(uri) : NULL;
    if (code == 1)
        end(p, PORTAL_CANCELLED, NULL);
    else if (code != 0)
        end(p, PORTAL_FAILED, tr("The desktop's file chooser was ended without a choice."));
    else if (path)
        end(p, PORTAL_CHOSEN, path);
    else
        end(p, PORTAL_FAILED, tr("What was chosen is no file on this computer."));
    free(path);
}

/* No portal, or one without a file chooser: a path can be typed instead. */
static bool means_none(const char *error) {
    static const char *const names[] = {"ServiceUnknown",   "NameHasNoOwner", "UnknownMethod",
                                        "UnknownInterface", "UnknownObject",  "Spawn.ChildExited"};
    static const char prefix[] = "org.freedesktop.DBus.Error.";
    for (size_t i = 0; error && i < sizeof names / sizeof *names; i++)
        if (strncmp(error, prefix, sizeof prefix - 1) == 0 && strcmp(error + sizeof prefix - 1, names[i]) == 0)
            return true;
    return false;
}

static void take_error(Portal *p, DBusMessage *message) {
    const char *why = NULL;
    DBusMessageIter arguments;
    if (means_none(p->bus.message_get_error_name(message))) {
        end(p, PORTAL_NONE, NULL);
        return;
    }
    if (p->bus.message_iter_init(message, &arguments) &&
        p->bus.message_iter_get_arg_type(&arguments) == DBUS_TYPE_STRING)
        p->bus.message_iter_get_basic(&arguments, &why);
    char text[400];
    snprintf(text, sizeof text, tr("The desktop's file chooser failed: %.300s"), why ? why : tr("it does not say why"));
    end(p, PORTAL_FAILED, text);
}

static void take_reply(Portal *p, DBusMessage *message) {
    const char *path = NULL;
    if (p->bus.message_get_args(message, NULL, DBUS_TYPE_OBJECT_PATH, &path, DBUS_TYPE_INVALID))
        snprintf(p->request[1], sizeof p->request[1], "%s", path);
    int asking = PORTAL_ASKING; /* the response may have come before */
    atomic_compare_exchange_strong(&p->state, &asking, PORTAL_SHOWN);
}

static bool is_gone(const Portal *p, DBusMessage *message) {
    const char *before, *now;
    return session_bus_portal_changes(&p->bus, message, &before, &now) && before[0] && !now[0];
}

static void take(Portal *p, DBusMessage *message) {
    const SessionBus *bus = &p->bus;
    bool answer = bus->message_get_reply_serial(message) == p->serial;
    const char *path = bus->message_get_path(message);
    int type = bus->message_get_type(message);
    if (answer && type == DBUS_MESSAGE_TYPE_ERROR)
        take_error(p, message);
    else if (answer && type == DBUS_MESSAGE_TYPE_METHOD_RETURN)
        take_reply(p, message);
    else if (bus->message_is_signal(message, REQUEST, "Response") && /* which has a path */
             (strcmp(path, p->request[0]) == 0 || strcmp(path, p->request[1]) == 0))
        take_response(p, message);
    else if (is_gone(p, message))
        end(p, PORTAL_FAILED, tr("The desktop's file chooser has gone."));
}

/* ---- the thread ---- */

/* The object that the request will have: known before it is made, so that no response is missed. */
static void foretell(Portal *p) {
    static atomic_uint count;
    char sender[128];
    snprintf(sender, sizeof sender, "%s", p->bus.bus_get_unique_name(p->bus.connection) + 1); /* ":1.42" */
    for (char *c = sender; *c; c++)
        if (*c == '.')
            *c = '_';
    snprintf(p->token, sizeof p->token, "easyfirst%d_%u", (int)getpid(), atomic_fetch_add(&count, 1));
    snprintf(p->request[0], sizeof p->request[0], PORTAL_OBJECT "/request/%s/%s", sender, p->token);
}

static void close_request(Portal *p) {
    const char *path = p->request[1][0] ? p->request[1] : p->request[0];
    DBusMessage *message = p->bus.message_new_method_call(PORTAL_NAME, path, REQUEST, "Close");
    if (!message)
        return;
    p->bus.connection_send(p->bus.connection, message, NULL);
    p->bus.connection_flush(p->bus.connection);
    p->bus.message_unref(message);
}

static void wait_for_answer(Portal *p) {
    double asked = clock_seconds();
    while (!is_over(p) && !atomic_load(&p->abandoned)) {
        if (!p->bus.connection_read_write(p->bus.connection, TURN_MS)) {
            end(p, PORTAL_FAILED, tr("The connection to the desktop's file chooser has broken off."));
            return;
        }
        DBusMessage *message;
        while (!is_over(p) && (message = p->bus.connection_pop_message(p->bus.connection)) != NULL) {
            take(p, message);
            p->bus.message_unref(message);
        }
        if (atomic_load(&p->state) == PORTAL_ASKING && clock_seconds() - asked > PORTAL_PATIENCE)
            end(p, PORTAL_FAILED, tr("The desktop's file chooser does not answer."));
    }
}

static void talk(Portal *p) {
    if (!session_bus_open(&p->bus)) {
        end(p, PORTAL_NONE, NULL);
        return;
    }
    foretell(p);
    p->bus.bus_add_match(p->bus.connection, "type='signal',interface='" REQUEST "',member='Response'", NULL);
    if (ask(p))
        wait_for_answer(p);
    else
        end(p, PORTAL_FAILED, tr("not enough memory to ask the desktop for its file chooser"));
    if (atomic_load(&p->state) != PORTAL_CHOSEN && atomic_load(&p->state) != PORTAL_CANCELLED)
        close_request(p);
    session_bus_close(&p->bus);
}

static void let_go(Portal *p) {
    free(p->parent);
    free(p->folder);
    free(p->name);
    free(p->text);
    free(p);
}

static void *run(void *user) {
    Portal *p = user;
    talk(p);
    if (atomic_exchange(&p->done, true)) /* nobody else will */
        let_go(p);
    return NULL;
}

static Portal *begin(const char *parent, const char *folder, const char *name, Status *status) {
    Portal *p = calloc(1, sizeof *p);
    if (p) {
        p->parent = strdup(parent);
        p->folder = folder ? strdup(folder) : NULL;
        p->name = name ? strdup(name) : NULL;
    }
    if (!p || !p->parent || (folder && !p->folder) || (name && !p->name)) {
        if (p)
            let_go(p);
        status_no_memory(status, "the file chooser");
        return NULL;
    }
    if (pthread_create(&p->thread, NULL, run, p) != 0) {
        let_go(p);
        status_fail(status, STATUS_FAILED, "cannot ask the desktop for its file chooser: no thread for it");
        return NULL;
    }
    return p;
}

Portal *portal_open(const char *parent, const char *folder, Status *status) {
    return begin(parent, folder, NULL, status);
}

Portal *portal_save(const char *parent, const char *folder, const char *name, Status *status) {
    return begin(parent, folder, name, status);
}

bool portal_saves(const Portal *p) {
    return p->name != NULL;
}

PortalState portal_state(Portal *p) {
    return (PortalState)atomic_load(&p->state);
}

const char *portal_text(const Portal *p) {
    return p->text ? p->text : "";
}

void portal_free(Portal *p) {
    if (!p)
        return;
    pthread_t thread = p->thread;
    atomic_store(&p->abandoned, true);
    if (atomic_exchange(&p->done, true)) {
        pthread_join(thread, NULL);
        let_go(p);
    } else {
        pthread_detach(thread); /* it frees p itself; the bus may let it wait */
    }
}
