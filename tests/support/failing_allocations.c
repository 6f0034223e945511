/* Preloaded by tests/oom: allocations of which one fails, or all from one on, of the program and of its libraries, with
 * or without AddressSanitizer. Before main it becomes a server: each request is a run of main in a child of its own, so
 * that starting (the dynamic linker, the sanitizer) is paid once. OOM_SERVER has the numbers of the descriptors that
 * requests come from and answers go to. A request is its length (uint32_t) and that many bytes, texts that end in NUL
 * each:
 *
 *     N (0: none fails), "once" or "after", seconds that it may take, file for the place of each allocation ("": none),
 *     modules that are spared ("a,b": the beginnings of their names), its folder, files for its stdout and stderr,
 *     NAME=VALUE..., "--", arguments...
 *
 * The answer is a line: exit status (-N: signal N; 1000: it took too long), how many allocations there were, the calls
 * that led to the one that failed, innermost first, and those of a crash. */
#define _GNU_SOURCE
#include "tests/support/failing_allocations.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CALLS = 24, TOOK_TOO_LONG = 1000 };

static int requests, answers;

/* What the child leaves to the server. */
typedef struct Seen {
    atomic_long count;
    char calls[2048], crash[2048];
} Seen;

static Seen *seen;
static long fail_at; /* 0: none */
static bool fail_after, counting;
static const char *spared = "";
static FILE *places; /* a line for each allocation: hash of its calls, module */
static __thread bool busy;

/* ---- which module calls ---- */

enum { KNOWN = 1 << 16 };
static struct {
    void *address;
    bool spared;
    char module[32];
} known[KNOWN];
static atomic_flag lock = ATOMIC_FLAG_INIT;

static const char *module_of(void *address, uintptr_t *offset) {
    Dl_info info;
    if (dladdr(address, &info) == 0 || !info.dli_fname)
        return "?";
    *offset = (uintptr_t)address - (uintptr_t)info.dli_fbase;
    const char *slash = strrchr(info.dli_fname, '/');
    return slash ? slash + 1 : info.dli_fname;
}

static bool is_spared(const char *module) {
    for (const char *name = spared; *name; name += strcspn(name, ","), name += *name == ',') {
        size_t length = strcspn(name, ",");
        if (length > 0 && strncmp(module, name, length) == 0)
            return true;
    }
    return false;
}

/* Its place in `known`, with the lock held. */
static size_t look_up(void *address) {
    size_t at = ((uintptr_t)address * UINT64_C(0x9E3779B97F4A7C15)) >> 48;
    while (known[at].address && known[at].address != address)
        at = (at + 1) % KNOWN;
    if (!known[at].address) {
        uintptr_t offset = 0;
        const char *module = module_of(address, &offset);
        strncpy(known[at].module, module, sizeof known[at].module - 1);
        known[at].spared = is_spared(module);
        known[at].address = address;
    }
    return at;
}

/* ---- failing ---- */

static void keep_calls(char *text, size_t size, int first) {
    void *calls[CALLS];
    int count = backtrace(calls, CALLS);
    size_t used = 0;
    for (int i = first; i < count && used < size - 80; i++) {
        uintptr_t offset = 0;
        const char *module = module_of(calls[i], &offset);
        used += (size_t)snprintf(text + used, size - used, " %.40s+%#lx", module, offset);
    }
}

void allocations_spare(bool spare) {
    busy = spare;
}

static void crashed(int number) {
    busy = true;
    keep_calls(seen->crash, sizeof seen->crash, 3);
    signal(number, SIG_DFL);
    raise(number);
}

/* A place is told from others by the calls within libraries and two of the program's own, or three of its own. */
static void write_place(const char *module) {
    void *calls[CALLS];
    int count = backtrace(calls, CALLS), own = 0, most = strcmp(module, "easyfirst") == 0 ? 3 : 2;
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int i = 3; i < count && own < most; i++) {
        hash = (hash ^ (uint64_t)(uintptr_t)calls[i]) * UINT64_C(1099511628211);
        own += strcmp(known[look_up(calls[i])].module, "easyfirst") == 0;
    }
    fprintf(places, "%016lx %s\n", hash, module);
}

static bool fails(void *caller) {
    if (!counting || busy)
        return false;
    busy = true;
    while (atomic_flag_test_and_set(&lock))
        ;
    size_t at = look_up(caller);
    bool fails = false;
    if (!known[at].spared) {
        long count = atomic_fetch_add(&seen->count, 1) + 1;
        fails = fail_at > 0 && (fail_after ? count >= fail_at : count == fail_at);
        if (count == fail_at)
            keep_calls(seen->calls, sizeof seen->calls, 3);
        if (places)
            write_place(known[at].module);
    }
    atomic_flag_clear(&lock);
    busy = false;
    if (fails)
        errno = ENOMEM;
    return fails;
}

/* ---- the allocators: the sanitizer's, where it is there ---- */

#define ASAN(name) __interceptor_##name
#define DECLARE(result, name, ...)                                                                                     \
    extern result __libc_##name(__VA_ARGS__);                                                                          \
    extern result ASAN(name)(__VA_ARGS__) __attribute__((weak));
DECLARE(void *, malloc, size_t)
DECLARE(void *, calloc, size_t, size_t)
DECLARE(void *, realloc, void *, size_t)
DECLARE(void *, memalign, size_t, size_t)
#define REAL(name, ...) (ASAN(name) ? ASAN(name)(__VA_ARGS__) : __libc_##name(__VA_ARGS__))
#define CALLER __builtin_return_address(0)

void *malloc(size_t size) {
    return fails(CALLER) ? NULL : REAL(malloc, size);
}

void *calloc(size_t count, size_t size) {
    return fails(CALLER) ? NULL : REAL(calloc, count, size);
}

void *realloc(void *memory, size_t size) {
    return fails(CALLER) ? NULL : REAL(realloc, memory, size);
}

void *memalign(size_t alignment, size_t size) {
    return fails(CALLER) ? NULL : REAL(memalign, alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    return fails(CALLER) ? NULL : REAL(memalign, alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    *memory = fails(CALLER) ? NULL : REAL(memalign, alignment, size);
    return *memory ? 0 : ENOMEM;
}

/* ---- the server ---- */

typedef int Main(int argc, char **argv, char **environment);
static Main *real_main;

/* Whether all of it came. */
static bool read_all(void *to, size_t size) {
    for (size_t got = 0; got < size;) {
        ssize_t part = read(requests, (char *)to + got, size - got);
        if (part <= 0)
            return false;
        got += (size_t)part;
    }
    return true;
}

static void put_on(const char *path, int descriptor) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, descriptor) < 0)
        _exit(99);
    close(file);
}

/* In the child; returns main's result. */
static int run(char *text, const char *end) {
    char *field[8], *arguments[128] = {"easyfirst"};
    for (int i = 0; i < 8; i++, text += strlen(text) + 1)
        field[i] = text;
    for (; strcmp(text, "--") != 0; text += strlen(text) + 1)
        putenv(text);
    int count = 1;
    for (text += 3; text < end; text += strlen(text) + 1)
        arguments[count++] = text;
    spared = field[4];
    close(requests);
    close(answers);
    setpgid(0, 0);
    if (chdir(field[5]) != 0)
        _exit(99);
    put_on(field[6], STDOUT_FILENO);
    put_on(field[7], STDERR_FILENO);
    if (field[3][0])
        places = fopen(field[3], "we");
    signal(SIGABRT, crashed);
    for (int i = 0; !ASAN(malloc) && i < 3; i++) /* which are the sanitizer's */
        signal((int[]){SIGSEGV, SIGBUS, SIGFPE}[i], crashed);
    fail_at = atol(field[0]);
    fail_after = strcmp(field[1], "after") == 0;
    counting = true;
    return real_main(count, arguments, environ);
}

static int wait_for(pid_t child, int seconds) {
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    struct timespec end, now;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += seconds;
    for (bool late = false;;) {
        int status;
        if (waitpid(child, &status, late ? 0 : WNOHANG) == child) {
            kill(-child, SIGKILL); /* what it started */
            return late ? TOOK_TOO_LONG : WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
        }
        sigtimedwait(&ended, NULL, &(struct timespec){.tv_nsec = 200000000});
        clock_gettime(CLOCK_MONOTONIC, &now);
        late = now.tv_sec > end.tv_sec;
        if (late) {
            kill(child, SIGABRT); /* which tells where it is */
            nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
            kill(-child, SIGKILL);
        }
    }
}

static int serve(int argc, char **argv, char **environment) {
    (void)argc, (void)argv, (void)environment;
    unsetenv("LD_PRELOAD");
    if (sscanf(getenv("OOM_SERVER"), "%d %d", &requests, &answers) != 2)
        return 2;
    sigset_t ended, before;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, &before);
    seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    void *first[1];
    backtrace(first, 1); /* loads what it needs */
    uint32_t length;
    static char request[1 << 16];
    while (read_all(&length, sizeof length) && length < sizeof request && read_all(request, length)) {
        memset(seen, 0, sizeof *seen);
        pid_t child = fork();
        if (child == 0) {
            sigprocmask(SIG_SETMASK, &before, NULL);
            return run(request, request + length);
        }
        int seconds = atoi(request + strlen(request) + 1 + strlen(request + strlen(request) + 1) + 1);
        int status = wait_for(child, seconds);
        dprintf(answers, "%d %ld |%s |%s\n", status, (long)seen->count, seen->calls, seen->crash);
    }
    _exit(0);
}

typedef int StartMain(Main *, int, char **, void (*)(void), void (*)(void), void (*)(void), void *);

int __libc_start_main(Main *main_of_program, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end);
int __libc_start_main(Main *main_of_program, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end) {
    StartMain *start = (StartMain *)dlsym(RTLD_NEXT, "__libc_start_main");
    real_main = main_of_program;
    return start(getenv("OOM_SERVER") ? serve : main_of_program, argc, argv, init, fini, rtld_fini, stack_end);
}
