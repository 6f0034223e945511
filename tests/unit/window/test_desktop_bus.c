/* What the desktop's bus answers, and what becomes of it: its file chooser and its settings. The messages are libdbus's
 * own; the connection is the test's, which hands them over one by one. */
#include "app/window/desktop.h"
#include "app/window/portal.h"
#include "app/window/session_bus.h"

#include "app/base/library.h"
#include "tests/support/failing_places.h"

#include <SDL.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define REQUEST "org.freedesktop.portal.Request"
#define SETTINGS "org.freedesktop.portal.Settings"
#define APPEARANCE "org.freedesktop.appearance"
#define GNOME "org.gnome.desktop.interface"
#define RETURNED "/as/the/portal/has/it"

/* ---- the connection ---- */

enum { SERIAL = 7 };

static atomic_int arrived, allowed, closed, sent; /* the thread's turns; those that it may take */
static DBusMessage *pending;
static bool broken, no_library, no_connection, no_file, no_sending, no_calls;
static char foretold[512]; /* object of the last request */
static int always = -1;    /* a descriptor that can be read at any time */
static _Atomic double now;
static bool no_threads;

double __wrap_clock_seconds(void);
double __wrap_clock_seconds(void) {
    return now;
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context) {
    return no_threads ? EAGAIN : __real_pthread_create(thread, attributes, run, context);
}

static DBusConnection *get_private(DBusBusType type, DBusError *error) {
    (void)type, (void)error;
    return no_connection ? NULL : (DBusConnection *)&arrived; /* which nobody looks into */
}

static const char *unique_name(DBusConnection *connection) {
    (void)connection;
    return ":1.42";
}

static void add_match(DBusConnection *connection, const char *rule, DBusError *error) {
    (void)connection, (void)rule, (void)error;
}

static void close_connection(DBusConnection *connection) {
    (void)connection;
    atomic_fetch_add(&closed, 1);
}

static void one_connection(DBusConnection *connection) {
    (void)connection;
}

static void set_exit(DBusConnection *connection, dbus_bool_t on) {
    (void)connection, (void)on;
}

static dbus_bool_t get_fd(DBusConnection *connection, int *fd) {
    (void)connection;
    *fd = always;
    return !no_file;
}

/* The token in a question to the file chooser tells the object that will answer. */
static void note_token(DBusMessage *message) {
    DBusMessageIter arguments, options, entry, value;
    const char *token;
    dbus_message_iter_init(message, &arguments);
    dbus_message_iter_next(&arguments);
    dbus_message_iter_next(&arguments);
    dbus_message_iter_recurse(&arguments, &options);
    dbus_message_iter_recurse(&options, &entry);
    dbus_message_iter_next(&entry);
    dbus_message_iter_recurse(&entry, &value);
    dbus_message_iter_get_basic(&value, &token);
    snprintf(foretold, sizeof foretold, "%s/request/1_42/%s", PORTAL_OBJECT, token);
}

static dbus_bool_t send_message(DBusConnection *connection, DBusMessage *message, dbus_uint32_t *serial) {
    (void)connection;
    if (strstr(dbus_message_get_interface(message), "FileChooser"))
        note_token(message);
    if (serial)
        *serial = SERIAL;
    atomic_fetch_add(&sent, 1);
    return !no_sending;
}

static dbus_bool_t read_write(DBusConnection *connection, int ms) {
    (void)connection, (void)ms;
    int turn = atomic_fetch_add(&arrived, 1) + 1;
    while (atomic_load(&allowed) < turn)
        usleep(200);
    return !broken;
}

static DBusMessage *pop_message(DBusConnection *connection) {
    (void)connection;
    DBusMessage *message = pending;
    pending = NULL;
    return message;
}

static DBusMessage *new_call(const char *name, const char *path, const char *interface, const char *method) {
    return no_calls ? NULL : dbus_message_new_method_call(name, path, interface, method);
}

bool __wrap_library_look_up(void *library, const LibraryName *names, size_t count, void *to);
bool __real_library_look_up(void *library, const LibraryName *names, size_t count, void *to);
bool __wrap_library_look_up(void *library, const LibraryName *names, size_t count, void *to) {
    SessionBus *bus = to;
    if (no_library || !__real_library_look_up(library, names, count, to))
        return false;
    bus->bus_get_private = get_private;
    bus->bus_get_unique_name = unique_name;
    bus->bus_add_match = add_match;
    bus->connection_close = close_connection;
    bus->connection_unref = bus->connection_flush = one_connection;
    bus->connection_set_exit_on_disconnect = set_exit;
    bus->connection_get_unix_fd = get_fd;
    bus->connection_send = send_message;
    bus->connection_read_write = read_write;
    bus->connection_pop_message = pop_message;
    bus->message_new_method_call = new_call;
    return true;
}

static int set_up(void **state) {
    (void)state;
    atomic_store(&arrived, 0);
    atomic_store(&allowed, 0);
    atomic_store(&closed, 0);
    atomic_store(&sent, 0);
    broken = no_library = no_connection = no_file = no_sending = no_calls = no_threads = false;
    now = 1e9; /* later than the system's */
    return setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", 1);
}

static void until(const atomic_int *what, int count) {
    while (atomic_load(what) < count)
        usleep(200);
}

/* ---- messages ---- */

static DBusMessage *answer(int type) {
    DBusMessage *m = dbus_message_new(type);
    dbus_message_set_reply_serial(m, SERIAL);
    return m;
}

static DBusMessage *returns(const char *object) {
    DBusMessage *m = answer(DBUS_MESSAGE_TYPE_METHOD_RETURN);
    if (object)
        dbus_message_append_args(m, DBUS_TYPE_OBJECT_PATH, &object, DBUS_TYPE_INVALID);
    return m;
}

static DBusMessage *fails_with(const char *name, const char *words) {
    DBusMessage *m = answer(DBUS_MESSAGE_TYPE_ERROR);
    dbus_uint32_t number = 3;
    dbus_message_set_error_name(m, name);
    if (words && words[0])
        dbus_message_append_args(m, DBUS_TYPE_STRING, &words, DBUS_TYPE_INVALID);
    else if (words)
        dbus_message_append_args(m, DBUS_TYPE_UINT32, &number, DBUS_TYPE_INVALID);
    return m;
}

static DBusMessage *owner_changes(const char *name, const char *before, const char *after) {
    DBusMessage *m = dbus_message_new_signal("/org/freedesktop/DBus", DBUS_INTERFACE_DBUS, "NameOwnerChanged");
    if (name)
        dbus_message_append_args(m, DBUS_TYPE_STRING, &name, DBUS_TYPE_STRING, &before, DBUS_TYPE_STRING, &after,
                                 DBUS_TYPE_INVALID);
    return m;
}

static DBusMessage *begin_response(const char *object, int code) {
    dbus_uint32_t number = (dbus_uint32_t)code;
    DBusMessage *m = dbus_message_new_signal(object, REQUEST, "Response");
    if (code >= 0)
        dbus_message_append_args(m, DBUS_TYPE_UINT32, &number, DBUS_TYPE_INVALID);
    return m;
}

/* ---- results of a chooser, and odd ones ---- */

typedef enum { ODD_NONE, ODD_NUMBER_FIRST, ODD_OTHER_FIRST, ODD_TEXT, ODD_EMPTY, ODD_NUMBERS, ODD_KEYS } Odd;

static void put_uris(DBusMessageIter *options, const char *name, const char *uri, Odd odd) {
    DBusMessageIter entry, value, list;
    dbus_uint32_t number = 1;
    dbus_message_iter_open_container(options, DBUS_TYPE_DICT_ENTRY, NULL, &entry);
    if (odd == ODD_KEYS)
        dbus_message_iter_append_basic(&entry, DBUS_TYPE_UINT32, &number);
    else
        dbus_message_iter_append_basic(&entry, DBUS_TYPE_STRING, &name);
    const char *type = odd == ODD_TEXT ? "s" : odd == ODD_NUMBERS ? "au" : "as";
    dbus_message_iter_open_container(&entry, DBUS_TYPE_VARIANT, type, &value);
    if (odd == ODD_TEXT) {
        dbus_message_iter_append_basic(&value, DBUS_TYPE_STRING, &uri);
    } else {
        dbus_message_iter_open_container(&value, DBUS_TYPE_ARRAY, type + 1, &list);
        if (odd == ODD_NUMBERS)
            dbus_message_iter_append_basic(&list, DBUS_TYPE_UINT32, &number);
        else if (odd != ODD_EMPTY)
            dbus_message_iter_append_basic(&list, DBUS_TYPE_STRING, &uri);
        dbus_message_iter_close_container(&value, &list);
    }
    dbus_message_iter_close_container(&entry, &value);
    dbus_message_iter_close_container(options, &entry);
}

static DBusMessage *chooses(const char *object, const char *uri, Odd odd) {
    DBusMessageIter arguments, options;
    DBusMessage *m = begin_response(object, 0);
    dbus_message_iter_init_append(m, &arguments);
    dbus_message_iter_open_container(&arguments, DBUS_TYPE_ARRAY, odd == ODD_KEYS ? "{uv}" : "{sv}", &options);
    if (odd == ODD_OTHER_FIRST)
        put_uris(&options, "choices", "", ODD_TEXT);
    if (odd != ODD_NONE || uri)
        put_uris(&options, "uris", uri, odd);
    dbus_message_iter_close_container(&arguments, &options);
    return m;
}

/* ---- the file chooser ---- */

static Status status;

static void until_over(Portal *p) {
    while (portal_state(p) <= PORTAL_SHOWN)
        usleep(200);
}

/* The thread gets it; returns when it has taken it, or will take no more. */
static void hand(Portal *p, DBusMessage *message) {
    int turn = atomic_load(&allowed) + 1;
    while (atomic_load(&arrived) < turn && portal_state(p) <= PORTAL_SHOWN)
        usleep(200);
    pending = message;
    atomic_store(&allowed, turn);
    while (atomic_load(&arrived) <= turn && portal_state(p) <= PORTAL_SHOWN)
        usleep(200);
}

static Portal *asks(void) {
    set_up(NULL);
    Portal *p = portal_open("", NULL, &status);
    assert_non_null(p);
    until(&arrived, 1);
    return p;
}

static void ends(Portal *p, PortalState state, const char *text) {
    if (portal_state(p) != state || !strstr(portal_text(p), text))
        fail_msg("%d '%s', not %d '%s'", (int)portal_state(p), portal_text(p), (int)state, text);
    if (!text[0])
        assert_string_equal(portal_text(p), "");
    until(&closed, 1);
    portal_free(p);
}

static void a_choice_is_a_path(void **state) {
    (void)state;
    static const struct {
        const char *uri, *text;
        Odd odd;
        PortalState state;
    } CASES[] = {
        {"file:///home/a%20b/%4A%4a%c3%9f.csv", "/home/a b/JJ\u00df.csv", ODD_NONE, PORTAL_CHOSEN},
        {"file://localhost/tmp/100%.csv", "/tmp/100%.csv", ODD_NONE, PORTAL_CHOSEN},
        {"file:///tmp/%zz%1x", "/tmp/%zz%1x", ODD_OTHER_FIRST, PORTAL_CHOSEN},
        {"file://elsewhere/tmp/a", "no file on this computer", ODD_NONE, PORTAL_FAILED},
        {"https://example.org/a", "no file on this computer", ODD_NONE, PORTAL_FAILED},
        {NULL, "no file on this computer", ODD_NONE, PORTAL_FAILED},
        {"file:///a", "no file on this computer", ODD_TEXT, PORTAL_FAILED},
        {"file:///a", "no file on this computer", ODD_EMPTY, PORTAL_FAILED},
        {"file:///a", "no file on this computer", ODD_NUMBERS, PORTAL_FAILED},
        {"file:///a", "no file on this computer", ODD_KEYS, PORTAL_FAILED},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Portal *p = asks();
        assert_int_equal(portal_state(p), PORTAL_ASKING);
        hand(p, returns(RETURNED));
        assert_int_equal(portal_state(p), PORTAL_SHOWN);
        hand(p, chooses("/of/somebody/else", "file:///wrong", ODD_NONE));
        hand(p, chooses(i % 2 ? RETURNED : foretold, CASES[i].uri, CASES[i].odd));
        ends(p, CASES[i].state, CASES[i].text);
    }
}

/* No path, but for other reasons. */
static void a_chooser_ends_otherwise(void **state) {
    (void)state;
    const char *words = "words";
    dbus_uint32_t number = 5;
    Portal *p = asks();
    hand(p, begin_response(foretold, 1)); /* before the reply */
    ends(p, PORTAL_CANCELLED, "");
    p = asks();
    hand(p, returns(NULL)); /* which is none, but it is there */
    assert_int_equal(portal_state(p), PORTAL_SHOWN);
    hand(p, begin_response(foretold, 2));
    ends(p, PORTAL_FAILED, "ended without a choice");
    p = asks();
    hand(p, begin_response(foretold, -1));
    ends(p, PORTAL_FAILED, "ended without a choice");
    p = asks();
    hand(p, begin_response(foretold, 0));
    ends(p, PORTAL_FAILED, "no file on this computer");
    DBusMessage *odd[] = {begin_response("/x", -1), begin_response("/x", 0)};
    dbus_message_append_args(odd[0], DBUS_TYPE_STRING, &words, DBUS_TYPE_INVALID);
    dbus_message_append_args(odd[1], DBUS_TYPE_UINT32, &number, DBUS_TYPE_INVALID);
    static const char *const SAYS[] = {"ended without a choice", "no file on this computer"};
    for (int i = 0; i < 2; i++) {
        p = asks();
        dbus_message_set_path(odd[i], foretold);
        hand(p, odd[i]);
        ends(p, PORTAL_FAILED, SAYS[i]);
    }
}

#define ERRORS "org.freedesktop.DBus.Error."

static void errors_are_said(void **state) {
    (void)state;
    static const struct {
        const char *name, *words, *says;
        PortalState state;
    } CASES[] = {
        {ERRORS "ServiceUnknown", "x", "", PORTAL_NONE},
        {ERRORS "NameHasNoOwner", "x", "", PORTAL_NONE},
        {ERRORS "UnknownMethod", NULL, "", PORTAL_NONE},
        {ERRORS "UnknownInterface", "x", "", PORTAL_NONE},
        {ERRORS "UnknownObject", "x", "", PORTAL_NONE},
        {ERRORS "Spawn.ChildExited", "x", "", PORTAL_NONE},
        {ERRORS "AccessDenied", "it is forbidden", "failed: it is forbidden", PORTAL_FAILED},
        {"org.example.ServiceUnknown", "x", "failed: x", PORTAL_FAILED},
        {ERRORS "Failed", NULL, "failed: it does not say why", PORTAL_FAILED},
        {ERRORS "Failed", "", "failed: it does not say why", PORTAL_FAILED},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Portal *p = asks();
        hand(p, fails_with(CASES[i].name, CASES[i].words));
        ends(p, CASES[i].state, CASES[i].says);
    }
}

static void a_portal_that_goes_is_missed(void **state) {
    (void)state;
    Portal *p = asks();
    hand(p, answer(DBUS_MESSAGE_TYPE_METHOD_CALL)); /* which is no answer */
    hand(p, owner_changes(NULL, NULL, NULL));
    hand(p, owner_changes("org.example.Other", ":1.5", ""));
    hand(p, owner_changes(PORTAL_NAME, "", ":1.5"));
    hand(p, owner_changes(PORTAL_NAME, ":1.5", ":1.6"));
    assert_int_equal(portal_state(p), PORTAL_ASKING);
    hand(p, owner_changes(PORTAL_NAME, ":1.6", ""));
    ends(p, PORTAL_FAILED, "has gone");
    p = asks();
    broken = true;
    hand(p, NULL);
    ends(p, PORTAL_FAILED, "has broken off");
    p = asks();
    now = now + PORTAL_PATIENCE - 1.0;
    hand(p, NULL);
    assert_int_equal(portal_state(p), PORTAL_ASKING);
    now = now + 2.0;
    hand(p, NULL);
    ends(p, PORTAL_FAILED, "does not answer");
    p = asks();
    hand(p, returns(RETURNED));
    now = now + 2.0 * PORTAL_PATIENCE; /* a person may take their time */
    hand(p, NULL);
    assert_int_equal(portal_state(p), PORTAL_SHOWN);
    portal_free(p); /* and the thread closes the chooser */
    int before = atomic_load(&sent);
    atomic_store(&allowed, 100);
    until(&closed, 1);
    assert_int_equal(atomic_load(&sent), before + 1);
}

static void what_cannot_be_asked_is_said(void **state) {
    (void)state;
    set_up(NULL);
    no_calls = true;
    Portal *p = portal_save("x11:1", "/tmp", "a.easyfirst", &status);
    until_over(p);
    ends(p, PORTAL_FAILED, "not enough memory");
    set_up(NULL);
    no_sending = true;
    p = portal_save("x11:1", "/tmp", "a.easyfirst", &status);
    assert_true(portal_saves(p));
    until_over(p);
    ends(p, PORTAL_FAILED, "not enough memory");
    for (int i = 0; i < 3; i++) {
        set_up(NULL);
        no_library = i == 0;
        no_connection = i == 1;
        if (i == 2)
            unsetenv("DBUS_SESSION_BUS_ADDRESS");
        p = portal_open("", "/tmp", &status);
        until_over(p);
        assert_int_equal(portal_state(p), PORTAL_NONE);
        portal_free(p);
    }
    no_threads = true;
    assert_null(portal_open("", NULL, &status));
    assert_non_null(strstr(status.message, "no thread"));
    portal_free(NULL);
}

static bool choose_a_file(void *user) {
    (void)user;
    set_up(NULL);
    status = (Status){0};
    Portal *p = portal_save("", "/tmp", "a.easyfirst", &status);
    if (!p)
        return false;
    until(&arrived, 1);
    hand(p, chooses(foretold, "file:///tmp/b", ODD_NONE));
    bool done = portal_state(p) == PORTAL_CHOSEN;
    if (done)
        assert_string_equal(portal_text(p), "/tmp/b");
    else
        status_no_memory(&status, "the path");
    until(&closed, 1);
    portal_free(p);
    return done;
}

static void says_so(void *user, bool done) {
    (void)user;
    if (!done)
        assert_non_null(strstr(status.message, "memory"));
}

static void without_memory(void **state) {
    (void)state;
    assert_true(try_each_place(choose_a_file, says_so, NULL) >= 5);
    left = 0;
    assert_null(portal_path_of("file:///tmp/b"));
    left = 0;
    assert_null(desktop_ask());
    left = -1;
}

/* ---- where the bus is ---- */

static void a_bus_is_looked_for(void **state) {
    (void)state;
    char folder[] = "/tmp/easyfirst-test-XXXXXX", path[64], far[700];
    assert_non_null(mkdtemp(folder));
    memset(far, 'a', sizeof far);
    far[0] = '/';
    far[sizeof far - 1] = '\0';
    assert_true(session_bus_is_there());
    setenv("DBUS_SESSION_BUS_ADDRESS", "", 1);
    setenv("XDG_RUNTIME_DIR", folder, 1);
    assert_false(session_bus_is_there());
    snprintf(path, sizeof path, "%s/bus", folder);
    fclose(fopen(path, "w"));
    assert_true(session_bus_is_there());
    setenv("XDG_RUNTIME_DIR", far, 1);
    assert_false(session_bus_is_there());
    setenv("XDG_RUNTIME_DIR", "tmp", 1);
    assert_false(session_bus_is_there());
    unsetenv("XDG_RUNTIME_DIR");
    assert_false(session_bus_is_there());
    assert_null(desktop_ask());
    unlink(path);
    rmdir(folder);
}

/* ---- settings ---- */

typedef struct Setting {
    const char *space, *key, *type; /* u, b, d, s; "vu": within another variant */
    double value;
} Setting;

static void put_value(DBusMessageIter *to, const char *type, double value) {
    DBusMessageIter inner;
    dbus_uint32_t number = (dbus_uint32_t)value;
    dbus_bool_t on = value != 0.0;
    const char *text = "text";
    dbus_message_iter_open_container(to, DBUS_TYPE_VARIANT, type[0] == 'v' ? "v" : type, &inner);
    if (type[0] == 'v')
        put_value(&inner, type + 1, value);
    else
        dbus_message_iter_append_basic(&inner, type[0],
                                       type[0] == 'u'   ? (const void *)&number
                                       : type[0] == 'b' ? (const void *)&on
                                       : type[0] == 'd' ? (const void *)&value
                                                        : (const void *)&text);
    dbus_message_iter_close_container(to, &inner);
}

static DBusMessage *settings_are(const Setting *settings, int count) {
    DBusMessageIter arguments, spaces, space, values, entry;
    DBusMessage *m = answer(DBUS_MESSAGE_TYPE_METHOD_RETURN);
    dbus_message_iter_init_append(m, &arguments);
    dbus_message_iter_open_container(&arguments, DBUS_TYPE_ARRAY, "{sa{sv}}", &spaces);
    for (int i = 0; i < count; i++) {
        dbus_message_iter_open_container(&spaces, DBUS_TYPE_DICT_ENTRY, NULL, &space);
        dbus_message_iter_append_basic(&space, DBUS_TYPE_STRING, &settings[i].space);
        dbus_message_iter_open_container(&space, DBUS_TYPE_ARRAY, "{sv}", &values);
        dbus_message_iter_open_container(&values, DBUS_TYPE_DICT_ENTRY, NULL, &entry);
        dbus_message_iter_append_basic(&entry, DBUS_TYPE_STRING, &settings[i].key);
        put_value(&entry, settings[i].type, settings[i].value);
        dbus_message_iter_close_container(&values, &entry);
        dbus_message_iter_close_container(&space, &values);
        dbus_message_iter_close_container(&spaces, &space);
    }
    dbus_message_iter_close_container(&arguments, &spaces);
    return m;
}

/* a{ua{sv}} where there are no names of spaces, a{sa{uv}} where there are none of keys, a{su} with neither. */
static DBusMessage *odd_settings(const char *type) {
    DBusMessageIter arguments, spaces, space, values, entry;
    const char *name = APPEARANCE;
    dbus_uint32_t number = 1;
    DBusMessage *m = answer(DBUS_MESSAGE_TYPE_METHOD_RETURN);
    dbus_message_iter_init_append(m, &arguments);
    dbus_message_iter_open_container(&arguments, DBUS_TYPE_ARRAY, type, &spaces);
    dbus_message_iter_open_container(&spaces, DBUS_TYPE_DICT_ENTRY, NULL, &space);
    if (type[1] == 's')
        dbus_message_iter_append_basic(&space, DBUS_TYPE_STRING, &name);
    else
        dbus_message_iter_append_basic(&space, DBUS_TYPE_UINT32, &number);
    if (type[2] == 'u') {
        dbus_message_iter_append_basic(&space, DBUS_TYPE_UINT32, &number);
    } else {
        dbus_message_iter_open_container(&space, DBUS_TYPE_ARRAY, "{uv}", &values);
        dbus_message_iter_open_container(&values, DBUS_TYPE_DICT_ENTRY, NULL, &entry);
        dbus_message_iter_append_basic(&entry, DBUS_TYPE_UINT32, &number);
        put_value(&entry, "u", 1.0);
        dbus_message_iter_close_container(&values, &entry);
        dbus_message_iter_close_container(&space, &values);
    }
    dbus_message_iter_close_container(&spaces, &space);
    dbus_message_iter_close_container(&arguments, &spaces);
    return m;
}

static DBusMessage *setting_changes(const Setting *setting) {
    DBusMessageIter arguments;
    DBusMessage *m = dbus_message_new_signal(PORTAL_OBJECT, SETTINGS, "SettingChanged");
    if (setting->space)
        dbus_message_append_args(m, DBUS_TYPE_STRING, &setting->space, DBUS_TYPE_INVALID);
    if (setting->key)
        dbus_message_append_args(m, DBUS_TYPE_STRING, &setting->key, DBUS_TYPE_INVALID);
    dbus_message_iter_init_append(m, &arguments);
    if (setting->type)
        put_value(&arguments, setting->type, setting->value);
    return m;
}

static Desktop *desktop;
static uint32_t version;
static DesktopWishes wishes;

/* The thread gets it and has taken it; whether that has changed something. */
static bool told(DBusMessage *message) {
    int turn = atomic_load(&allowed) + 1;
    until(&arrived, turn);
    pending = message;
    atomic_store(&allowed, turn);
    until(&arrived, turn + 1);
    return desktop_look(desktop, &version, &wishes);
}

static void asks_for_settings(void) {
    set_up(NULL);
    version = 0;
    wishes = (DesktopWishes){0};
    desktop = desktop_ask();
    assert_non_null(desktop);
    until(&arrived, 1);
    assert_int_equal(atomic_load(&sent), 1);
}

static void lets_go_of_settings(void) {
    desktop_free(desktop);
    atomic_store(&allowed, 1000);
    until(&closed, 1);
}

static void settings_are_followed(void **state) {
    (void)state;
    static const Setting ALL[] = {{APPEARANCE, "color-scheme", "vu", 1.0}, {APPEARANCE, "accent-color", "d", 0.5},
                                  {GNOME, "enable-animations", "b", 0.0},  {GNOME, "text-scaling-factor", "d", 1.5},
                                  {GNOME, "clock-format", "s", 0.0},       {"org.example", "color-scheme", "u", 2.0}};
    static const struct {
        Setting setting;
        DesktopWishes then;
    } CHANGES[] = {
        {{GNOME, "enable-animations", "b", 1.0}, {true, DESKTOP_DARK, false, 1.5f}},
        {{APPEARANCE, "reduced-motion", "u", 1.0}, {true, DESKTOP_DARK, true, 1.5f}},
        {{APPEARANCE, "reduced-motion", "u", 0.0}, {true, DESKTOP_DARK, false, 1.5f}},
        {{GNOME, "text-scaling-factor", "d", 0.1}, {true, DESKTOP_DARK, false, 0.0f}},
        {{GNOME, "text-scaling-factor", "d", 9.0}, {true, DESKTOP_DARK, false, 0.0f}},
        {{GNOME, "text-scaling-factor", "d", (double)NAN}, {true, DESKTOP_DARK, false, 0.0f}},
        {{GNOME, "text-scaling-factor", "d", 4.0}, {true, DESKTOP_DARK, false, 4.0f}},
        {{APPEARANCE, "color-scheme", "u", 2.0}, {true, DESKTOP_LIGHT, false, 4.0f}},
        {{APPEARANCE, "color-scheme", "u", 3.0}, {true, DESKTOP_NO_PREFERENCE, false, 4.0f}},
    };
    asks_for_settings();
    desktop_wakes(desktop);
    SDL_FlushEvent(SDL_USEREVENT);
    assert_true(told(settings_are(ALL, 6)));
    assert_true(SDL_HasEvent(SDL_USEREVENT));
    assert_true(wishes.known && wishes.colors == DESKTOP_DARK && wishes.reduced_motion && wishes.text_scale == 1.5f);
    desktop_wait(desktop, 100.0); /* there is an answer */
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        const DesktopWishes *then = &CHANGES[i].then;
        assert_true(told(setting_changes(&CHANGES[i].setting)));
        if (wishes.colors != then->colors || wishes.reduced_motion != then->reduced_motion ||
            wishes.text_scale != then->text_scale)
            fail_msg("change %zu", i);
    }
    assert_false(told(setting_changes(&(Setting){NULL, NULL, NULL, 0.0})));
    assert_false(told(setting_changes(&(Setting){APPEARANCE, NULL, NULL, 0.0})));
    assert_false(told(setting_changes(&(Setting){NULL, NULL, "u", 1.0})));
    assert_false(told(owner_changes(PORTAL_NAME, ":1.5", "")));
    assert_int_equal(atomic_load(&sent), 1);
    assert_false(told(owner_changes(PORTAL_NAME, "", ":1.6"))); /* asked anew */
    assert_int_equal(atomic_load(&sent), 2);
    assert_false(told(answer(DBUS_MESSAGE_TYPE_METHOD_CALL)));
    assert_true(told(fails_with(ERRORS "UnknownMethod", "x")) && !wishes.known);
    lets_go_of_settings();
}

static void odd_settings_are_none(void **state) {
    (void)state;
    static const char *const TYPES[] = {"{ua{uv}}", "{sa{uv}}", "{su}"};
    asks_for_settings();
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        assert_true(told(odd_settings(TYPES[i])) && wishes.known && wishes.colors == DESKTOP_NO_PREFERENCE);
    assert_true(told(returns(NULL)) && !wishes.known);
    assert_true(told(returns("/no/settings")) && !wishes.known);
    lets_go_of_settings();
}

static void without_answers_nothing_is_known(void **state) {
    (void)state;
    asks_for_settings();
    broken = true;
    atomic_store(&allowed, 1000);
    desktop_wait(desktop, 100.0);
    assert_true(desktop_look(desktop, &version, &wishes) && !wishes.known);
    until(&closed, 1);
    desktop_free(desktop);
    for (int i = 0; i < 4; i++) {
        set_up(NULL);
        no_library = i == 0;
        no_connection = i == 1;
        no_file = i == 2;
        no_calls = i == 3;
        broken = true;
        atomic_store(&allowed, 1000);
        version = 0;
        desktop = desktop_ask();
        desktop_wait(desktop, 100.0);
        assert_true(desktop_look(desktop, &version, &wishes) && !wishes.known);
        if (i > 1)
            until(&closed, 1);
        desktop_free(desktop);
    }
    asks_for_settings();
    now = 1.0; /* which is over */
    desktop_wait(desktop, 0.0);
    assert_false(desktop_look(desktop, &version, &wishes));
    lets_go_of_settings();
    no_threads = true;
    assert_null(desktop_ask());
    desktop_wait(NULL, 1.0);
    desktop_free(NULL);
}

static int begin(void **state) {
    (void)state;
    uint64_t one = 1;
    always = eventfd(0, EFD_CLOEXEC);
    return SDL_Init(SDL_INIT_EVENTS) != 0 || write(always, &one, sizeof one) != sizeof one;
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup(name, set_up)
    const struct CMUnitTest tests[] = {
        TEST(a_choice_is_a_path),
        TEST(a_chooser_ends_otherwise),
        TEST(errors_are_said),
        TEST(a_portal_that_goes_is_missed),
        TEST(what_cannot_be_asked_is_said),
        TEST(without_memory),
        TEST(a_bus_is_looked_for),
        TEST(settings_are_followed),
        TEST(odd_settings_are_none),
        TEST(without_answers_nothing_is_known),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
