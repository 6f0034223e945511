#define _GNU_SOURCE /* memfd_create */
#include "tests/fuzzers/fuzzer.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of the sanitizers, where there are any. */
int __sanitizer_install_malloc_and_free_hooks(void (*taken)(const volatile void *, size_t),
                                              void (*freed)(const volatile void *)) __attribute__((weak));
size_t __sanitizer_get_allocated_size(const volatile void *memory) __attribute__((weak));
void __sanitizer_set_report_fd(void *descriptor) __attribute__((weak));

__attribute__((weak)) size_t fuzz_begin(uint32_t seed, uint8_t *input) {
    (void)seed;
    (void)input;
    return 0;
}

/* ---- time that reading takes: by libFuzzer alone, since no test looks at a clock ---- */

static const double SLOW = 1.0; /* of at most 8 kB, with sanitizers */

static double processor_seconds(void) {
#ifdef EASYFIRST_LIBFUZZER
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
#else
    return 0.0;
#endif
}

/* ---- memory that reading takes; this thread's, where another one does not free it ---- */

static _Thread_local bool counting;
static double reading_began; /* seconds */
static _Thread_local size_t taken_now, taken_most, taken_room;

static void on_taken(const volatile void *memory, size_t size) {
    (void)memory;
    if (counting) {
        taken_now += size;
        taken_most = taken_most > taken_now ? taken_most : taken_now;
    }
}

static void on_freed(const volatile void *memory) {
    if (counting && memory) {
        size_t size = __sanitizer_get_allocated_size(memory);
        taken_now -= size < taken_now ? size : taken_now;
    }
}

static void begin_reading(size_t size) {
    static bool installed;
    if (!installed && __sanitizer_install_malloc_and_free_hooks)
        __sanitizer_install_malloc_and_free_hooks(on_taken, on_freed);
    installed = true;
    taken_now = taken_most = 0;
    taken_room = FUZZ_ROOM + FUZZ_ROOM_EACH * size;
    counting = true;
    reading_began = processor_seconds();
}

void fuzz_reading_ends(void) {
    bool first = counting;
    counting = false;
    double seconds = processor_seconds() - reading_began;
    if (taken_most > taken_room)
        fuzz_violation("%zu bytes of memory; %zu are enough", taken_most, taken_room);
    if (first && seconds > SLOW)
        fuzz_violation("%.1f seconds of processor time", seconds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > FUZZ_LARGEST)
        return 0;
    begin_reading(size);
    fuzz_one(data, size);
    fuzz_reading_ends();
    return 0;
}

/* ---- what does not hold ---- */

static int silenced = -1; /* the true stderr while what is said is listened to */

static void speak_again(void) {
    if (silenced >= 0)
        dup2(silenced, STDERR_FILENO);
}

_Noreturn void fuzz_violation(const char *format, ...) {
    counting = false;
    speak_again();
    va_list arguments;
    va_start(arguments, format);
    fputs("VIOLATION: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    abort();
}

static void check_bytes(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i], next = i + 1 < size ? (unsigned char)text[i + 1] : 0;
        if (c < 0x20 || c == 0x7f || (c == 0xc2 && next >= 0x80 && next < 0xa0))
            fuzz_violation("a control character, \\x%02x, in a message: %s", c, text);
    }
}

void fuzz_line(const char *text) {
    if (!text[0] || strlen(text) >= sizeof((Status *)NULL)->message)
        fuzz_violation("a message of %zu bytes", strlen(text));
    check_bytes(text, strlen(text));
}

void fuzz_refused(const Status *status) {
    if (status->code == STATUS_OK)
        fuzz_violation("a failure without a code: %s", status->message);
    fuzz_line(status->message);
}

/* ---- texts, files, folders ---- */

char *fuzz_text(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    if (!text)
        abort();
    for (size_t i = 0; i < size; i++)
        text[i] = data[i] ? (char)data[i] : ' ';
    text[size] = '\0';
    return text;
}

static int memory_files[FUZZ_FILES] = {-1, -1, -1};

static const char *path_of(int file) {
    static char paths[FUZZ_FILES][40];
    if (memory_files[file] < 0)
        memory_files[file] = memfd_create("fuzz", MFD_CLOEXEC);
    snprintf(paths[file], sizeof paths[file], "/proc/self/fd/%d", memory_files[file]);
    return paths[file];
}

const char *fuzz_file(int file, const void *bytes, size_t size) {
    const char *path = path_of(file);
    if (ftruncate(memory_files[file], 0) != 0 || pwrite(memory_files[file], bytes, size, 0) != (ssize_t)size)
        abort();
    return path;
}

FILE *fuzz_file_stream(int file) {
    FILE *stream = fopen(path_of(file), "w");
    if (!stream)
        abort();
    return stream;
}

char *fuzz_file_bytes(int file, size_t *size) {
    off_t end = lseek(memory_files[file], 0, SEEK_END);
    *size = end > 0 ? (size_t)end : 0;
    char *bytes = calloc(1, *size + 1);
    if (!bytes || pread(memory_files[file], bytes, *size, 0) != (ssize_t)*size)
        abort();
    return bytes;
}

static char folder[40];

static void remove_folder(void) {
    char command[80];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0)
        fprintf(stderr, "%s stays\n", folder);
}

const char *fuzz_folder(void) {
    if (!folder[0]) {
        snprintf(folder, sizeof folder, "/tmp/easyfirst-fuzz-XXXXXX");
        if (!mkdtemp(folder))
            abort();
        atexit(remove_folder);
    }
    return folder;
}

void fuzz_enter_folder(void) {
    static bool there;
    if (!there && chdir(fuzz_folder()) != 0)
        abort();
    there = true;
}

/* ---- what is said ---- */

static int heard = -1;

void fuzz_listen(void) {
    if (heard < 0) {
        heard = memfd_create("heard", MFD_CLOEXEC);
        silenced = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
        if (heard < 0 || silenced < 0)
            abort();
        if (__sanitizer_set_report_fd)
            __sanitizer_set_report_fd((void *)(intptr_t)silenced);
    }
    fflush(stderr);
    if (ftruncate(heard, 0) != 0 || lseek(heard, 0, SEEK_SET) != 0 || dup2(heard, STDERR_FILENO) < 0)
        abort();
}

void fuzz_heard(int lines) {
    fflush(stderr);
    speak_again();
    off_t size = lseek(heard, 0, SEEK_END);
    if (size <= 0)
        return;
    char *said = calloc(1, (size_t)size + 1), *rest = said;
    if (!said || pread(heard, said, (size_t)size, 0) != (ssize_t)size)
        abort();
    for (char *line; rest && *rest; lines--) {
        line = strsep(&rest, "\n");
        if (lines <= 0 || !rest)
            fuzz_violation("more than was to be said, or no whole line: %s", line);
        fuzz_line(line);
    }
    free(said);
}
