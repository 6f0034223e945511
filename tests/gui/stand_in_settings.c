/* stand_in_settings KEY=VALUE...: the settings of a desktop's portal on the session's bus, for the journeys. Each line
 * KEY=VALUE on standard input changes one, which is told by the signal. "silent" as the only argument: it never answers.
 * Ends by a signal. Each ReadAll is a line on standard output.
 *
 *   color-scheme=1  reduced-motion=1  enable-animations=false  text-scaling-factor=1.5 */
#include <dbus/dbus.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME "org.freedesktop.portal.Desktop"
#define OBJECT "/org/freedesktop/portal/desktop"
#define SETTINGS "org.freedesktop.portal.Settings"

enum { SPACES = 2, MOST = 16 };
static const char *const spaces[SPACES] = {"org.freedesktop.appearance", "org.gnome.desktop.interface"};

typedef struct Setting {
    char key[40], value[24];
} Setting;

static DBusConnection *bus;
static Setting settings[MOST];
static int count;

static int space_of(const Setting *setting) {
    return strcmp(setting->key, "color-scheme") != 0 && strcmp(setting->key, "reduced-motion") != 0;
}

/* As a variant: a boolean, a real number, or a whole one. */
static void put_value(DBusMessageIter *to, const Setting *setting) {
    const char *text = setting->value;
    bool is_boolean = strcmp(text, "true") == 0 || strcmp(text, "false") == 0, is_real = strchr(text, '.') != NULL;
    dbus_bool_t boolean = strcmp(text, "true") == 0;
    dbus_uint32_t whole = (dbus_uint32_t)strtoul(text, NULL, 10);
    double real = strtod(text, NULL);
    DBusMessageIter variant;
    dbus_message_iter_open_container(to, DBUS_TYPE_VARIANT, is_boolean ? "b" : is_real ? "d" : "u", &variant);
    dbus_message_iter_append_basic(&variant,
                                   is_boolean ? DBUS_TYPE_BOOLEAN
                                   : is_real  ? DBUS_TYPE_DOUBLE
                                              : DBUS_TYPE_UINT32,
                                   is_boolean ? (void *)&boolean
                                   : is_real  ? (void *)&real
                                              : (void *)&whole);
    dbus_message_iter_close_container(to, &variant);
}

static void send_and_forget(DBusMessage *message) {
    dbus_connection_send(bus, message, NULL);
    dbus_connection_flush(bus);
    dbus_message_unref(message);
}

/* a{sa{sv}} */
static void answer(DBusMessage *call) {
    DBusMessage *reply = dbus_message_new_method_return(call);
    DBusMessageIter arguments, all, space, values, value;
    dbus_message_iter_init_append(reply, &arguments);
    dbus_message_iter_open_container(&arguments, DBUS_TYPE_ARRAY, "{sa{sv}}", &all);
    for (int i = 0; i < SPACES; i++) {
        dbus_message_iter_open_container(&all, DBUS_TYPE_DICT_ENTRY, NULL, &space);
        dbus_message_iter_append_basic(&space, DBUS_TYPE_STRING, &spaces[i]);
        dbus_message_iter_open_container(&space, DBUS_TYPE_ARRAY, "{sv}", &values);
        for (int k = 0; k < count; k++) {
            const char *key = settings[k].key;
            if (space_of(&settings[k]) != i)
                continue;
            dbus_message_iter_open_container(&values, DBUS_TYPE_DICT_ENTRY, NULL, &value);
            dbus_message_iter_append_basic(&value, DBUS_TYPE_STRING, &key);
            put_value(&value, &settings[k]);
            dbus_message_iter_close_container(&values, &value);
        }
        dbus_message_iter_close_container(&space, &values);
        dbus_message_iter_close_container(&all, &space);
    }
    dbus_message_iter_close_container(&arguments, &all);
    send_and_forget(reply);
}

/* Returns the setting, or NULL. */
static Setting *set(const char *text) {
    Setting new = {0};
    if (sscanf(text, "%39[^=]=%23s", new.key, new.value) != 2)
        return NULL;
    int k = 0;
    while (k < count && strcmp(settings[k].key, new.key) != 0)
        k++;
    if (k == MOST)
        return NULL;
    count += k == count;
    settings[k] = new;
    return &settings[k];
}

static void change(const char *line) {
    const Setting *setting = set(line);
    if (!setting)
        return;
    DBusMessage *signal = dbus_message_new_signal(OBJECT, SETTINGS, "SettingChanged");
    const char *space = spaces[space_of(setting)], *key = setting->key;
    DBusMessageIter arguments;
    dbus_message_iter_init_append(signal, &arguments);
    dbus_message_iter_append_basic(&arguments, DBUS_TYPE_STRING, &space);
    dbus_message_iter_append_basic(&arguments, DBUS_TYPE_STRING, &key);
    put_value(&arguments, setting);
    send_and_forget(signal);
}

int main(int argc, char **argv) {
    bool silent = argc == 2 && strcmp(argv[1], "silent") == 0;
    for (int i = 1; i < argc && !silent; i++)
        if (!set(argv[i])) {
            fprintf(stderr, "usage: stand_in_settings KEY=VALUE... | silent\n");
            return 2;
        }
    struct pollfd wait[2] = {{.events = POLLIN}, {.fd = 0, .events = POLLIN}};
    bus = dbus_bus_get_private(DBUS_BUS_SESSION, NULL);
    if (!bus || !dbus_connection_get_unix_fd(bus, &wait[0].fd) ||
        dbus_bus_request_name(bus, NAME, DBUS_NAME_FLAG_DO_NOT_QUEUE, NULL) != DBUS_REQUEST_NAME_REPLY_PRIMARY_OWNER) {
        fprintf(stderr, "stand_in_settings: no bus, or another portal on it\n");
        return 1;
    }
    setvbuf(stdin, NULL, _IONBF, 0); /* so that poll knows what is left */
    printf("ready\n");
    fflush(stdout);
    char line[80];
    while (dbus_connection_read_write(bus, 0)) {
        DBusMessage *call;
        while ((call = dbus_connection_pop_message(bus)) != NULL) {
            if (dbus_message_is_method_call(call, SETTINGS, "ReadAll")) {
                printf("ReadAll\n");
                fflush(stdout);
                if (!silent)
                    answer(call);
            }
            dbus_message_unref(call);
        }
        poll(wait, 2, -1);
        if (wait[1].revents && fgets(line, sizeof line, stdin))
            change(line);
    }
    return 0;
}
