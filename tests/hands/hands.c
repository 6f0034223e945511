#include "tests/hands/hands.h"

#include "app/base/resources.h"
#include "app/window/window.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 30 };

static const double FIRST = 1000.0;
static _Atomic double now = 1000.0;
static double tick = 0.001;
static pthread_t main_thread;

double __wrap_clock_seconds(void);
void __wrap_SDL_Delay(Uint32 ms);
InputEvents __wrap_input_collect(InputDevices *devices, UiInput *input, int wait_ms);
InputEvents __real_input_collect(InputDevices *devices, UiInput *input, int wait_ms);
int __wrap_SDL_SetPrimarySelectionText(const char *text);
int __wrap_vasprintf(char **text, const char *format, va_list list) __attribute__((format(printf, 2, 0)));
int __real_SDL_SetPrimarySelectionText(const char *text);

/* The leak checker's, in sanitized builds. */
void __lsan_disable(void) __attribute__((weak));
void __lsan_enable(void) __attribute__((weak));

double __wrap_clock_seconds(void) {
    if (pthread_equal(pthread_self(), main_thread))
        now = now + tick;
    return now;
}

void __wrap_SDL_Delay(Uint32 ms) {
    hands_pass(0.001 * ms);
}

InputEvents __wrap_input_collect(InputDevices *devices, UiInput *input, int wait_ms) {
    Window *w = (Window *)((char *)devices - offsetof(Window, devices));
    hands_next(w);
    InputEvents events = __real_input_collect(devices, input, 0);
    if (!events.any)
        hands_pass(0.001 * wait_ms);
    return events;
}

/* SDL 2.26 does not free it at its end. */
int __wrap_SDL_SetPrimarySelectionText(const char *text) {
    if (__lsan_disable)
        __lsan_disable();
    int done = __real_SDL_SetPrimarySelectionText(text);
    if (__lsan_enable)
        __lsan_enable();
    return done;
}

/* libspeechd leaks what it formats, by a way that the leak checker cannot follow: the program's own texts are made in
 * another way, so that leaks of them are told apart. */
int __wrap_vasprintf(char **text, const char *format, va_list list) {
    va_list once;
    va_copy(once, list);
    int length = vsnprintf(NULL, 0, format, once);
    va_end(once);
    *text = length >= 0 ? malloc((size_t)length + 1) : NULL;
    return *text ? vsnprintf(*text, (size_t)length + 1, format, list) : -1;
}

double hands_time(void) {
    return now - FIRST;
}

void hands_pass(double seconds) {
    now = now + seconds;
}

void hands_tick(double seconds) {
    tick = seconds;
}

void hands_wrong(const char *format, ...) {
    va_list list;
    va_start(list, format);
    fflush(stdout);
    fprintf(stderr, "WRONG: ");
    vfprintf(stderr, format, list);
    fprintf(stderr, "\n");
    va_end(list);
    abort();
}

void hands_settle(const char *folder) {
    char here[4096], text[4200];
    const char *const none[] = {"DISPLAY",         "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS",
                                "XDG_RUNTIME_DIR", "EASYFIRST_DEBUG", "LANGUAGE"};
    main_thread = pthread_self();
    if ((mkdir(folder, 0777) != 0 && access(folder, W_OK) != 0) || chdir(folder) != 0 || !getcwd(here, sizeof here))
        hands_wrong("no folder %s", folder);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        unsetenv(none[i]);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("SPEECHD_ADDRESS", "unix_socket:/nonexistent", 1); /* and so none is started */
    const char *const folders[][2] = {{"HOME", "home"},
                                      {"XDG_STATE_HOME", "state"},
                                      {"XDG_CONFIG_HOME", "config"},
                                      {"XDG_CACHE_HOME", "cache"},
                                      {"PATH", "bin"}};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(text, sizeof text, "%s/%s", here, folders[i][1]);
        setenv(folders[i][0], text, 1);
        mkdir(text, 0777);
    }
}

bool hands_window(int count, char *const arguments[], Status *status) {
    char *argv[MOST_ARGUMENTS + 2] = {"easyfirst"};
    for (int i = 0; i < count && i < MOST_ARGUMENTS; i++)
        argv[1 + i] = arguments[i];
    Cli cli;
    char *presets = resource_path("presets", status);
    bool done = presets && cli_parse(&cli, count + 1, argv, presets, status) && window_run(&cli, presets, status);
    free(presets);
    return done;
}
