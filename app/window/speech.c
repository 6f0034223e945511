#include "app/window/speech.h"

#include "app/base/clock.h"
#include "app/base/library.h"
#include "app/views/spoken_words.h"

#include <dlfcn.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

static const double AGAIN = 3.0; /* seconds until a service that was not there is asked for again */
enum { MODE_SINGLE = 0, PUNCTUATION_SOME = 2, CHARACTER_BYTES = 6, LANGUAGE_BYTES = 24, MOST_FILES = 1024 };
static const char SOCKET[] = "/speechd.sock"; /* where the service listens: the end of its path */

/* What is used of libspeechd, as its header libspeechd.h has it; its enums are ints, its connection is never looked
 * into. */
#define FUNCTIONS(X)                                                                                                   \
    X(open2, void *,                                                                                                   \
      (const char *client, const char *connection, const char *user, int mode, const void *address, int autospawn,     \
       char **error))                                                                                                  \
    X(close, void, (void *connection))                                                                                 \
    X(cancel, int, (void *connection))                                                                                 \
    X(char, int, (void *connection, int priority, const char *character))                                              \
    X(say, int, (void *connection, int priority, const char *text))                                                    \
    X(set_language, int, (void *connection, const char *language))                                                     \
    X(set_punctuation, int, (void *connection, int mode))

typedef struct Library {
    void *handle;
#define FIELD(name, type, arguments) type(*spd_##name) arguments;
    FUNCTIONS(FIELD)
#undef FIELD
} Library;

typedef enum { TROUBLE_NONE, TROUBLE_LIBRARY, TROUBLE_SERVICE, TROUBLE_TOLD } Trouble;

typedef struct Waiting {
    SpeechKind kind;
    char text[SPOKEN_BYTES]; /* "": nothing waits */
} Waiting;

struct Speech {
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows, up to the thread's own */
    pthread_cond_t wake;
    Waiting text, later, progress, messages[SPEECH_MESSAGES];
    int message_count;
    char language[LANGUAGE_BYTES];
    bool language_new, quits;
    atomic_int trouble; /* Trouble */
    atomic_bool done;   /* the thread, or its owner, will not touch it again */
    /* the thread's */
    Library library;
    void *connection;
    int socket;      /* of the connection; -1: not known */
    double heard;    /* seconds, when what was said last will have been heard, ... */
    double message;  /* ... and the last message, which is not to be cut short */
    double ask_from; /* seconds, when the service may be asked for again */
};

static bool load_library(Library *library) {
#define NAME(name, type, arguments) {"spd_" #name, offsetof(Library, spd_##name)},
    static const LibraryName NAMES[] = {FUNCTIONS(NAME)};
#undef NAME
    library->handle = dlopen("libspeechd.so.2", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    return library_look_up(library->handle, NAMES, sizeof NAMES / sizeof *NAMES, library);
}

/* ---- the service ---- */

static void tell(Speech *s, Trouble trouble) {
    int none = TROUBLE_NONE;
    atomic_compare_exchange_strong(&s->trouble, &none, (int)trouble);
}

static void hang_up(Speech *s) {
    if (s->connection)
        s->library.spd_close(s->connection);
    s->connection = NULL;
}

/* The newest descriptor that leads to the service, which its library tells nobody. */
static int socket_of_service(void) {
    for (int fd = MOST_FILES - 1; fd >= 0; fd--) {
        struct sockaddr_un to = {0};
        socklen_t size = sizeof to - 1; /* the path ends, whatever is there */
        if (getpeername(fd, (struct sockaddr *)&to, &size) != 0 || to.sun_family != AF_UNIX)
            continue;
        size_t length = strlen(to.sun_path), end = sizeof SOCKET - 1;
        if (length >= end && strcmp(to.sun_path + length - end, SOCKET) == 0)
            return fd;
    }
    return -1;
}

/* Whether the service has ended: libspeechd 0.12.0~rc2 (Ubuntu 24.04's) would wait for its answer without end. */
static bool has_ended(const Speech *s) {
    struct pollfd of = {.fd = s->socket};
    return poll(&of, 1, 0) > 0 && (of.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

/* The part of a code that speech-dispatcher's modules know: "zh" of "zh_CN". */
static void use_language(Speech *s, const char *code) {
    char language[LANGUAGE_BYTES];
    snprintf(language, sizeof language, "%.*s", (int)strcspn(code, "_.@"), code);
    s->library.spd_set_language(s->connection, language);
}

/* Signals are the window's; a service that has ended is an error here, no SIGPIPE. */
static void mask_signals(bool but_pipe) {
    sigset_t signals;
    if (but_pipe) {
        sigemptyset(&signals);
        sigaddset(&signals, SIGPIPE);
    } else {
        sigfillset(&signals);
    }
    pthread_sigmask(SIG_SETMASK, &signals, NULL);
}

static bool call(Speech *s, const char *language) {
    char *error = NULL;
    if (s->connection)
        return true;
    if (clock_seconds() < s->ask_from)
        return false;
    mask_signals(true); /* a service that is started inherits what is blocked: it must hear SIGTERM */
    s->connection = s->library.spd_open2("easyfirst", "window", NULL, MODE_SINGLE, NULL, 1, &error);
    mask_signals(false);
    free(error);
    if (!s->connection) {
        s->ask_from = clock_seconds() + AGAIN;
        tell(s, TROUBLE_SERVICE);
        return false;
    }
    s->socket = socket_of_service();
    atomic_store(&s->trouble, TROUBLE_NONE);
    use_language(s, language);
    s->library.spd_set_punctuation(s->connection, PUNCTUATION_SOME);
    return true;
}

static bool hand_over(Speech *s, const Waiting *w) {
    static const int priorities[] = {
        [SPEECH_TEXT] = 3,    [SPEECH_CHARACTER] = 3, [SPEECH_LATER] = 3,
        [SPEECH_MESSAGE] = 2, [SPEECH_IMPORTANT] = 1, [SPEECH_PROGRESS] = 5,
    };
    const Library *l = &s->library;
    bool cuts = w->kind == SPEECH_TEXT || w->kind == SPEECH_CHARACTER;
    double time = clock_seconds();
    if (has_ended(s))
        return false;
    if (cuts && time >= s->message && time < s->heard && l->spd_cancel(s->connection) != 0)
        return false;
    if (w->kind == SPEECH_CHARACTER && strlen(w->text) <= CHARACTER_BYTES)
        return l->spd_char(s->connection, priorities[w->kind], w->text) == 0;
    return l->spd_say(s->connection, priorities[w->kind], w->text) >= 0;
}

static void say(Speech *s, const Waiting *w, const char *language) {
    if (!call(s, language))
        return;
    if (!hand_over(s, w)) { /* it has ended; a new one may be there */
        hang_up(s);
        if (!call(s, language) || !hand_over(s, w)) {
            hang_up(s);
            s->ask_from = clock_seconds() + AGAIN;
            tell(s, TROUBLE_SERVICE);
            return;
        }
    }
    s->heard = fmax(clock_seconds(), s->message) + spoken_seconds(w->text);
    if (w->kind == SPEECH_MESSAGE || w->kind == SPEECH_IMPORTANT)
        s->message = s->heard;
}

/* ---- the thread ---- */

static void take(Waiting *from, Waiting *to) {
    *to = *from;
    from->text[0] = '\0';
}

/* What is to be said now; false: nothing yet. With the lock. */
static bool next(Speech *s, Waiting *w) {
    bool free = clock_seconds() >= s->heard;
    if (s->message_count > 0) {
        *w = s->messages[0];
        memmove(s->messages, s->messages + 1, (size_t)--s->message_count * sizeof *s->messages);
    } else if (s->text.text[0]) {
        take(&s->text, w);
    } else if (s->later.text[0] && free) {
        take(&s->later, w);
    } else if (s->progress.text[0] && free) {
        take(&s->progress, w);
    } else {
        return false;
    }
    return true;
}

/* Until there is something new, or what waits has its turn. With the lock. */
static void rest(Speech *s) {
    double left = fmax(s->heard - clock_seconds(), 0.0);
    if (!s->later.text[0] && !s->progress.text[0]) {
        pthread_cond_wait(&s->wake, &s->lock);
        return;
    }
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    double at = (double)until.tv_sec + (double)until.tv_nsec * 1e-9 + left + 0.001;
    until.tv_sec = (time_t)at;
    until.tv_nsec = (long)((at - floor(at)) * 1e9);
    pthread_cond_timedwait(&s->wake, &s->lock, &until);
}

static void talk(Speech *s) {
    Waiting w;
    char language[LANGUAGE_BYTES];
    if (!load_library(&s->library)) {
        tell(s, TROUBLE_LIBRARY);
        return;
    }
    pthread_mutex_lock(&s->lock);
    while (!s->quits) {
        if (!next(s, &w)) {
            rest(s);
            continue;
        }
        memcpy(language, s->language, sizeof language);
        bool other = s->language_new;
        s->language_new = false;
        pthread_mutex_unlock(&s->lock);
        if (other && s->connection && !has_ended(s))
            use_language(s, language);
        say(s, &w, language);
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    hang_up(s);
}

static void let_go(Speech *s) {
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static void *run(void *user) {
    Speech *s = user;
    mask_signals(false);
    talk(s);
    if (atomic_exchange(&s->done, true)) /* nobody else will */
        let_go(s);
    return NULL;
}

/* ---- the window's side ---- */

Speech *speech_new(const char *language, Status *status) {
    Speech *s = calloc(1, sizeof *s);
    if (!s) {
        status_no_memory(status, "speech");
        return NULL;
    }
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&s->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&s->lock, NULL);
    snprintf(s->language, sizeof s->language, "%s", language);
    if (pthread_create(&s->thread, NULL, run, s) != 0) {
        let_go(s);
        status_fail(status, STATUS_FAILED, "cannot speak: no thread for it");
        return NULL;
    }
    return s;
}

void speech_language(Speech *s, const char *language) {
    pthread_mutex_lock(&s->lock);
    if (strncmp(s->language, language, sizeof s->language - 1) != 0) {
        snprintf(s->language, sizeof s->language, "%s", language);
        s->language_new = true;
    }
    pthread_mutex_unlock(&s->lock);
}

static Waiting *place_of(Speech *s, SpeechKind kind) {
    switch (kind) {
    case SPEECH_TEXT:
    case SPEECH_CHARACTER:
        s->later.text[0] = '\0';
        return &s->text;
    case SPEECH_LATER:
        return &s->later;
    case SPEECH_PROGRESS:
        return &s->progress;
    default:
        s->progress.text[0] = '\0'; /* it is news no longer */
        break;
    }
    if (s->message_count == SPEECH_MESSAGES)
        memmove(s->messages, s->messages + 1, (size_t)--s->message_count * sizeof *s->messages);
    return &s->messages[s->message_count++];
}

void speech_say(Speech *s, SpeechKind kind, const char *text) {
    if (!text[0])
        return;
    pthread_mutex_lock(&s->lock);
    Waiting *waiting = place_of(s, kind);
    waiting->kind = kind;
    snprintf(waiting->text, sizeof waiting->text, "%s", text);
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
}

bool speech_trouble(Speech *s, Status *status) {
    int trouble = atomic_load(&s->trouble);
    if (trouble == TROUBLE_LIBRARY)
        status_fail(status, STATUS_FAILED,
                    "speech needs the library libspeechd (libspeechd.so.2), which is not there; install it (Debian: "
                    "libspeechd2, speech-dispatcher)");
    else if (trouble == TROUBLE_SERVICE)
        status_fail(status, STATUS_FAILED,
                    "speech-dispatcher does not answer; install or start it (Debian: speech-dispatcher, "
                    "speech-dispatcher-espeak-ng)");
    else
        return false;
    atomic_compare_exchange_strong(&s->trouble, &trouble, TROUBLE_TOLD);
    return true;
}

void speech_free(Speech *s) {
    if (!s)
        return;
    pthread_t thread = s->thread;
    pthread_mutex_lock(&s->lock);
    s->quits = true;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    if (atomic_exchange(&s->done, true)) {
        pthread_join(thread, NULL);
        let_go(s);
    } else {
        pthread_detach(thread); /* it frees s itself; the service may let it wait */
    }
}
