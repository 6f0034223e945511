/* Logs in files, on disks that are full, through pipes whose readers go, in the hands of another window: what could be
 * written is sound, what is wrong is said once, and the rest is written when that can be done. */
#include "app/io/log_file.h"
#include "tests/support/commands.h"
#include "tests/support/file_texts.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define SCRATCH_FILE "a.log"
#include "tests/support/scratch.h"

static Status status;
static Experiment e;
static LogFile file;

static int begin(void **state) {
    Settings s;
    settings_default(&s);
    s.samples = 40;
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    if (set_up(state) != 0 || !experiment_init(&e, &s, NULL, NULL, &status))
        return -1;
    e.log = run_log_new(&e, &status);
    status = (Status){0};
    return e.log ? 0 : -1;
}

static int end(void **state) {
    run_log_free(e.log);
    e.log = NULL;
    experiment_free(&e);
    return tear_down(state);
}

/* Something more to write. */
static void change(double threshold) {
    push_now(&e, (Command){.kind = COMMAND_THRESHOLD, .threshold = threshold});
    push_now(&e, (Command){.kind = COMMAND_BATCH});
    run_log_seal(e.log, &e, false);
}

static void is_whole(void) {
    size_t size;
    const char *log = run_log_text(e.log, &size);
    char *text = malloc(size + 2);
    FILE *in = fopen(path, "r");
    assert_true(text && in);
    assert_int_equal(fread(text, 1, size + 2, in), size);
    assert_memory_equal(text, log, size);
    fclose(in);
    free(text);
}

static void says(bool done, const char *name, const char *what) {
    char message[300];
    snprintf(message, sizeof message, "cannot write %s: %s", name, what);
    assert_false(done);
    assert_string_equal(status.message, message);
    status = (Status){0};
}

/* ---- write, which a signal interrupts ---- */

static int interrupted;

ssize_t __real_write(int fd, const void *bytes, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t size) {
    if (interrupted-- > 0) {
        errno = EINTR;
        return -1;
    }
    return __real_write(fd, bytes, size);
}

/* ---- */

static void it_grows_and_begins_anew(void **state) {
    (void)state;
    assert_true(log_file_create(&file, path, false, &status));
    interrupted = 3;
    assert_true(log_file_append(&file, e.log, &status));
    change(0.4);
    assert_true(log_file_append(&file, e.log, &status));
    assert_true(log_file_append(&file, e.log, &status)); /* nothing */
    is_whole();
    assert_true(log_file_begin_anew(&file, e.log, &status));
    is_whole();
    assert_true(log_file_close(&file, &status));
    assert_true(log_file_close(&file, &status)); /* again: nothing */
    is_whole();
}

static void others_are_kept(void **state) {
    (void)state;
    put(path, "theirs");
    assert_false(log_file_create(&file, path, false, &status));
    assert_int_equal(status.code, STATUS_EXISTS);
    holds(path, "theirs");
    put(path, "");
    assert_true(log_file_create(&file, path, false, &status)); /* an empty one is none */
    LogFile other;
    assert_false(log_file_create(&other, path, true, &status));
    assert_non_null(strstr(status.message, "is being written by another window"));
    assert_true(log_file_close(&other, &status));
    assert_true(log_file_close(&file, &status));
    put(path, "theirs");
    assert_true(log_file_create(&file, path, true, &status));
    assert_true(log_file_append(&file, e.log, &status));
    assert_true(log_file_close(&file, &status));
    is_whole();
    assert_false(log_file_create(&file, "/none/a.log", false, &status));
}

static void a_full_disk_is_said_once_and_tried_again(void **state) {
    (void)state;
    assert_true(log_file_create(&file, "/dev/full", false, &status));
    says(log_file_append(&file, e.log, &status), "/dev/full",
         "No space left on device; the log is kept, and tried again");
    assert_true(log_file_append(&file, e.log, &status));
    says(log_file_close(&file, &status), "/dev/full", "No space left on device");

    struct rlimit before, little;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = (struct rlimit){10, before.rlim_max};
    assert_true(log_file_create(&file, path, false, &status));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    bool full = log_file_append(&file, e.log, &status), again = log_file_append(&file, e.log, &status);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    says(full, path, "File too large; the log is kept, and tried again");
    assert_true(again);
    assert_int_equal(file.written, 10);
    change(0.3);
    assert_true(log_file_append(&file, e.log, &status));
    is_whole();
    assert_true(log_file_close(&file, &status));
}

static void a_pipe_takes_it_as_long_as_it_is_read(void **state) {
    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(log_file_create(&file, path, false, &status));
    assert_non_null(strstr(status.message, "no program reads from it"));
    int reader = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(log_file_create(&file, path, false, &status));
    assert_true(log_file_append(&file, e.log, &status));
    size_t size;
    run_log_text(e.log, &size);
    char *text = malloc(size + 1);
    assert_non_null(text);
    assert_int_equal(read(reader, text, size + 1), size);
    free(text);
    says(log_file_begin_anew(&file, e.log, &status), path, "Invalid argument");
    change(0.4);
    close(reader);
    says(log_file_append(&file, e.log, &status), path, "Broken pipe; the log is kept, and tried again");
    assert_false(log_file_close(&file, &status));
    reader = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(log_file_create(&file, path, true, &status));
    assert_true(log_file_append(&file, e.log, &status));
    assert_true(log_file_close(&file, &status)); /* there is no disk behind it */
    close(reader);
}

static void a_lost_descriptor_is_said(void **state) {
    (void)state;
    assert_true(log_file_create(&file, path, false, &status));
    assert_true(log_file_append(&file, e.log, &status));
    close(file.descriptor);
    says(log_file_close(&file, &status), path, "Bad file descriptor");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(it_grows_and_begins_anew),
        TEST(others_are_kept),
        TEST(a_full_disk_is_said_once_and_tried_again),
        TEST(a_pipe_takes_it_as_long_as_it_is_read),
        TEST(a_lost_descriptor_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
