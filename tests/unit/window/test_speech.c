/* Speech by a client library of the test's own, which notes what it is given: what is said before what, what is cut
 * short, and what happens where there is no library or its service ends. The service's socket is one. */
#include "app/window/speech.h"

#include "app/base/library.h"
#include "app/views/spoken_words.h"
#include "tests/support/failing_memory.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cmocka.h>

#define SCRATCH_FILE "speechd.sock"
#include "tests/support/scratch.h"

/* ---- the service and its library ---- */

enum { SERVICE_NONE, SERVICE_SAYS_WHY, SERVICE_THERE };

static int service = SERVICE_THERE;
static bool no_library, no_threads, elsewhere; /* elsewhere: its socket has another name */
static bool refuses_cancel;
static int refuses_words; /* so many times */
static int listening = -1, line = -1;
static char heard[4096]; /* a line for each call */
static atomic_int calls, opened, open_now, clock_calls, clock_at_call;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic double now;

double __wrap_clock_seconds(void);
double __wrap_clock_seconds(void) { /* the thread alone asks */
    atomic_fetch_add(&clock_calls, 1);
    return now;
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context) {
    return no_threads ? EAGAIN : __real_pthread_create(thread, attributes, run, context);
}

static void note(const char *what, const char *words) {
    pthread_mutex_lock(&lock);
    size_t length = strlen(heard);
    snprintf(heard + length, sizeof heard - length, "%s %s\n", what, words);
    pthread_mutex_unlock(&lock);
    atomic_store(&clock_at_call, atomic_load(&clock_calls));
    atomic_fetch_add(&calls, 1);
}

static void *open2(const char *client, const char *connection, const char *user, int mode, const void *address,
                   int autospawn, char **error) {
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    (void)client, (void)connection, (void)user, (void)mode, (void)address, (void)autospawn;
    if (service != SERVICE_THERE) {
        *error = service == SERVICE_SAYS_WHY ? strdup("why") : NULL;
        atomic_store(&clock_at_call, atomic_load(&clock_calls));
        atomic_fetch_add(&opened, 1);
        return NULL;
    }
    line = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(to.sun_path, sizeof to.sun_path, "%.80s%s", path, elsewhere ? ".other" : "");
    if (connect(line, (struct sockaddr *)&to, sizeof to) != 0)
        abort();
    atomic_store(&open_now, 1);
    atomic_fetch_add(&opened, 1);
    return &line;
}

static void close_line(void *connection) {
    (void)connection;
    close(line);
    note("close", "");
    atomic_store(&open_now, 0);
}

static int cancel(void *connection) {
    (void)connection;
    note("cancel", "");
    return refuses_cancel ? -1 : 0;
}

static int refused(void) {
    refuses_words -= refuses_words > 0;
    return refuses_words > 0 ? -1 : 0;
}

static int say_character(void *connection, int priority, const char *character) {
    (void)connection, (void)priority;
    note("char", character);
    return refused();
}

static int say_words(void *connection, int priority, const char *text) {
    char what[16];
    (void)connection;
    snprintf(what, sizeof what, "say%d", priority);
    note(what, text);
    return refused();
}

static int set_language(void *connection, const char *language) {
    (void)connection;
    note("language", language);
    return 0;
}

static int set_punctuation(void *connection, int mode) {
    (void)connection, (void)mode;
    return 0;
}

bool __wrap_library_look_up(void *library, const LibraryName *names, size_t count, void *to);
bool __wrap_library_look_up(void *library, const LibraryName *names, size_t count, void *to) {
    static const struct {
        const char *name;
        void (*function)(void);
    } FUNCTIONS[] = {{"spd_open2", (void (*)(void))open2},
                     {"spd_close", (void (*)(void))close_line},
                     {"spd_cancel", (void (*)(void))cancel},
                     {"spd_char", (void (*)(void))say_character},
                     {"spd_say", (void (*)(void))say_words},
                     {"spd_set_language", (void (*)(void))set_language},
                     {"spd_set_punctuation", (void (*)(void))set_punctuation}};
    (void)library;
    for (size_t i = 0; i < count && !no_library; i++)
        for (size_t k = 0; k < sizeof FUNCTIONS / sizeof *FUNCTIONS; k++)
            if (strcmp(names[i].name, FUNCTIONS[k].name) == 0)
                memcpy((char *)to + names[i].place, &FUNCTIONS[k].function, sizeof FUNCTIONS[k].function);
    return !no_library;
}

/* ---- the window's side ---- */

static Speech *speech;
static Status status;

static int listen_at(const char *ending) {
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    snprintf(at.sun_path, sizeof at.sun_path, "%.80s%s", path, ending);
    listening = socket(AF_UNIX, SOCK_STREAM, 0);
    return bind(listening, (struct sockaddr *)&at, sizeof at) != 0 || listen(listening, 20) != 0;
}

static int begin(void **state) {
    service = SERVICE_THERE;
    no_library = no_threads = elsewhere = refuses_cancel = false;
    refuses_words = 0;
    heard[0] = '\0';
    atomic_store(&calls, 0);
    atomic_store(&opened, 0);
    now = 100.0;
    status = (Status){0};
    if (set_up(state) != 0 || listen_at("") != 0)
        return -1;
    speech = speech_new("zh_CN", &status);
    return speech ? 0 : -1;
}

static int end(void **state) {
    speech_free(speech);
    while (atomic_load(&open_now)) /* its thread was not waited for */
        usleep(200);
    close(listening);
    return tear_down(state);
}

/* The thread has come to so many, and has looked at the clock since the last of them. */
static void until(const atomic_int *what, int count) {
    while (atomic_load(what) < count || atomic_load(&clock_calls) <= atomic_load(&clock_at_call))
        usleep(200);
}

static void hears(int count, const char *words) {
    until(&calls, count);
    pthread_mutex_lock(&lock);
    bool same = strcmp(heard, words) == 0;
    pthread_mutex_unlock(&lock);
    if (!same)
        fail_msg("heard '%s', not '%s'", heard, words);
}

static void wait_for_trouble(const char *words) {
    while (!speech_trouble(speech, &status))
        usleep(200);
    assert_non_null(strstr(status.message, words));
    assert_false(speech_trouble(speech, &status)); /* once */
}

static void the_service_ends(void) {
    int other = accept(listening, NULL, NULL);
    close(other);
}

static void words_have_their_order(void **state) {
    (void)state;
    speech_say(speech, SPEECH_TEXT, "");
    speech_say(speech, SPEECH_TEXT, "one");
    hears(2, "language zh\nsay3 one\n");
    speech_say(speech, SPEECH_CHARACTER, "a"); /* it cuts the word short */
    hears(4, "language zh\nsay3 one\ncancel \nchar a\n");
    now = now + 60.0;
    speech_say(speech, SPEECH_CHARACTER, "space");
    hears(5, "language zh\nsay3 one\ncancel \nchar a\nchar space\n");
    now = now + 60.0;
    speech_language(speech, "en");
    speech_language(speech, "en");
    speech_say(speech, SPEECH_CHARACTER, "seven letters"); /* more than one: words */
    hears(7, "language zh\nsay3 one\ncancel \nchar a\nchar space\nlanguage en\nsay3 seven letters\n");
}

/* A message is heard whole; what follows a text waits for it, and so does progress. */
static void a_message_is_not_cut_short(void **state) {
    (void)state;
    speech_say(speech, SPEECH_MESSAGE, "saved");
    hears(2, "language zh\nsay2 saved\n");
    speech_say(speech, SPEECH_TEXT, "text"); /* after it, without a cancel */
    hears(3, "language zh\nsay2 saved\nsay3 text\n");
    speech_say(speech, SPEECH_PROGRESS, "epoch 1");
    speech_say(speech, SPEECH_LATER, "row");
    now = now + 60.0;
    speech_say(speech, SPEECH_PROGRESS, "epoch 2"); /* in place of the other, and after the row */
    hears(4, "language zh\nsay2 saved\nsay3 text\nsay3 row\n");
    now = now + 60.0;
    speech_say(speech, SPEECH_PROGRESS, "epoch 2");
    hears(5, "language zh\nsay2 saved\nsay3 text\nsay3 row\nsay5 epoch 2\n");
}

/* While the service lets the thread wait. */
static void of_many_messages_the_newest_are_kept(void **state) {
    char text[16];
    (void)state;
    pthread_mutex_lock(&lock);
    speech_say(speech, SPEECH_IMPORTANT, "first");
    while (atomic_load(&opened) == 0)
        usleep(200);
    for (int i = 0; i < SPEECH_MESSAGES + 2; i++) {
        snprintf(text, sizeof text, "%d", i);
        speech_say(speech, SPEECH_MESSAGE, text);
    }
    pthread_mutex_unlock(&lock);
    hears(2 + SPEECH_MESSAGES,
          "language zh\nsay1 first\nsay2 2\nsay2 3\nsay2 4\nsay2 5\nsay2 6\nsay2 7\nsay2 8\nsay2 9\n");
}

static void a_service_that_ends_is_called_again(void **state) {
    (void)state;
    speech_say(speech, SPEECH_TEXT, "one");
    hears(2, "language zh\nsay3 one\n");
    the_service_ends();
    now = now + 60.0;
    speech_language(speech, "en"); /* not told to the one that has ended */
    speech_say(speech, SPEECH_TEXT, "two");
    hears(5, "language zh\nsay3 one\nclose \nlanguage en\nsay3 two\n");
    heard[0] = '\0';
    refuses_words = 2; /* it ends as it gets the words */
    speech_say(speech, SPEECH_MESSAGE, "three");
    hears(9, "say2 three\nclose \nlanguage en\nsay2 three\n");
    assert_false(speech_trouble(speech, &status));
    heard[0] = '\0';
    now = now + 60.0;
    refuses_words = 3; /* and the other one as well */
    speech_say(speech, SPEECH_MESSAGE, "four");
    hears(14, "say2 four\nclose \nlanguage en\nsay2 four\nclose \n");
    wait_for_trouble("speech-dispatcher does not answer");
    int looks = atomic_load(&clock_calls);
    speech_say(speech, SPEECH_TEXT, "five"); /* too early to ask for it */
    until(&clock_calls, looks + 4);
    now = now + 60.0;
    speech_say(speech, SPEECH_MESSAGE, "six");
    hears(16, "say2 four\nclose \nlanguage en\nsay2 four\nclose \nlanguage en\nsay2 six\n");
}

static void what_cannot_be_cut_is_called_again(void **state) {
    (void)state;
    speech_say(speech, SPEECH_TEXT, "one");
    hears(2, "language zh\nsay3 one\n");
    refuses_cancel = true;
    speech_say(speech, SPEECH_TEXT, "two");
    wait_for_trouble("speech-dispatcher does not answer");
    hears(7, "language zh\nsay3 one\ncancel \nclose \nlanguage zh\ncancel \nclose \n");
}

/* No service at first; there is one later. */
static void no_service_is_said_once(void **state) {
    (void)state;
    service = SERVICE_NONE;
    speech_say(speech, SPEECH_TEXT, "one");
    wait_for_trouble("install or start it");
    service = SERVICE_SAYS_WHY;
    now = now + 60.0;
    speech_say(speech, SPEECH_TEXT, "two");
    until(&opened, 2);
    service = SERVICE_THERE;
    now = now + 60.0;
    speech_say(speech, SPEECH_TEXT, "three");
    hears(2, "language zh\nsay3 three\n");
}

/* Its socket has a name that is not known: that it has ended shows in its answers alone. */
static void another_socket_will_do(void **state) {
    (void)state;
    char other[160];
    close(listening);
    assert_int_equal(listen_at(".other"), 0);
    elsewhere = true;
    speech_say(speech, SPEECH_TEXT, "one");
    hears(2, "language zh\nsay3 one\n");
    the_service_ends();
    now = now + 60.0;
    speech_say(speech, SPEECH_TEXT, "two");
    hears(3, "language zh\nsay3 one\nsay3 two\n");
    snprintf(other, sizeof other, "%s.other", path);
    unlink(other);
}

static void what_cannot_begin_is_said(void **state) {
    (void)state;
    speech_free(speech);
    speech_free(NULL);
    no_library = true;
    speech = speech_new("en", &status);
    wait_for_trouble("libspeechd.so.2");
    no_threads = true;
    assert_null(speech_new("en", &status));
    assert_non_null(strstr(status.message, "no thread"));
    left = 0;
    assert_null(speech_new("en", &status));
    assert_non_null(strstr(status.message, "not enough memory"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(words_have_their_order),
        TEST(a_message_is_not_cut_short),
        TEST(of_many_messages_the_newest_are_kept),
        TEST(a_service_that_ends_is_called_again),
        TEST(what_cannot_be_cut_is_called_again),
        TEST(no_service_is_said_once),
        TEST(another_socket_will_do),
        TEST(what_cannot_begin_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
