/* What the system refuses while a file is written: the message names file and reason, the old file stays, and nothing
 * is left beside it. The calls are replaced by the linker (--wrap). */
#define _GNU_SOURCE /* cookie_io_functions_t */
#include "app/base/file_write.h"
#include "tests/support/failing_calls.h"
#include "tests/support/file_texts.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "out.csv"
#include "tests/support/scratch.h"

static int begin(void **state) {
    refuse_none();
    return set_up(state);
}

static int end(void **state) {
    refuse_none();
    return tear_down(state);
}

static bool write_new(bool replace, Status *status) {
    FileWrite file;
    *status = (Status){0};
    if (!file_begin(&file, path, replace, status))
        return false;
    fputs("new", file.stream);
    return file_commit(&file, status);
}

static void assert_message(const Status *status, const char *reason) {
    char message[300];
    snprintf(message, sizeof message, "cannot write %s: %s", path, reason);
    assert_string_equal(status->message, message);
    assert_int_equal(status->code, STATUS_FAILED);
}

/* Over an old file, which stays. */
static void fails(const char *reason) {
    Status status;
    put(path, "old");
    assert_false(write_new(true, &status));
    assert_message(&status, reason);
    holds(path, "old");
    assert_int_equal(files_in_folder(), 1);
}

static void what_fails_leaves_the_old_file(void **state) {
    (void)state;
    refuse(FSYNC, 0, 1, EIO);
    fails("Input/output error, after 3 bytes");
    refuse(CLOSE, 0, 1, EDQUOT); /* where a network's disk says that it is full */
    fails("Disk quota exceeded, after 3 bytes");
    refuse(RENAME, 0, 1, EACCES);
    fails("Permission denied");
    refuse(TEMPORARY, 0, 1, EROFS);
    fails("Read-only file system");
    refuse(WRITE, 0, 1, ENOSPC);
    fails("No space left on device, after 0 bytes");
    refuse(WRITE, 0, 1, 0); /* neither written nor refused */
    fails("Input/output error, after 0 bytes");
    refuse(COOKIE, 0, 1, ENOMEM);
    Status status;
    assert_false(write_new(true, &status));
    assert_string_equal(status.message, "not enough memory for an output file");
    holds(path, "old");
    assert_int_equal(files_in_folder(), 1);
}

static void what_is_interrupted_goes_on(void **state) {
    (void)state;
    Status status;
    refuse(WRITE, 0, 3, EINTR);
    refuse(CLOSE, 0, 1, EINTR); /* the descriptor is closed all the same */
    assert_true(write_new(false, &status));
    holds(path, "new");
}

/* File systems that know no RENAME_NOREPLACE: links do the same; where there are none either, a look. */
static void without_that_rename_nothing_is_replaced_either(void **state) {
    (void)state;
    static const int unknown[] = {EINVAL, ENOSYS}, no_links[] = {EPERM, EOPNOTSUPP};
    for (int way = 0; way < 4; way++) {
        bool links = way < 2;
        for (int there = 0; there < 2; there++) {
            FileWrite file;
            Status status = {0};
            assert_true(file_begin(&file, path, false, &status));
            fputs("new", file.stream);
            if (there)
                put(path, "theirs"); /* came up meanwhile */
            refuse(RENAME_AT, 0, 1, unknown[way % 2]);
            refuse(CALL_LINK, 0, links ? 0 : 1, no_links[way % 2]);
            assert_int_equal(file_commit(&file, &status), !there);
            if (there)
                assert_int_equal(status.code, STATUS_EXISTS);
            holds(path, there ? "theirs" : "new");
            assert_int_equal(files_in_folder(), 1);
            unlink(path);
        }
    }
}

static void other_failures_of_that_rename_are_told(void **state) {
    (void)state;
    Status status;
    refuse(RENAME_AT, 0, 1, EIO);
    assert_false(write_new(false, &status));
    assert_message(&status, "Input/output error");
    refuse(RENAME_AT, 0, 1, EINVAL);
    refuse(CALL_LINK, 0, 1, EIO);
    assert_false(write_new(false, &status));
    assert_message(&status, "Input/output error");
    refuse(RENAME_AT, 0, 1, EINVAL);
    refuse(CALL_LINK, 0, 1, EPERM);
    refuse(RENAME, 0, 1, EXDEV);
    assert_false(write_new(false, &status));
    assert_message(&status, "Invalid cross-device link");
    assert_int_equal(files_in_folder(), 0);
}

/* The mode of what has replaced an old file of that one. */
static mode_t mode_after(mode_t mode) {
    Status status;
    struct stat info;
    put(path, "old");
    assert_int_equal(chmod(path, mode), 0);
    if (!write_new(true, &status))
        fail_msg("%s", status.message);
    assert_int_equal(stat(path, &info), 0);
    holds(path, "new");
    return info.st_mode & 0777;
}

/* Where its owner or group can't be kept, or all files have one mode. */
static void a_new_file_may_no_more_than_the_old_one(void **state) {
    (void)state;
    assert_int_equal(mode_after(0640), 0640);
    refuse(FCHOWN, 0, 1, EPERM); /* its group is kept */
    assert_int_equal(mode_after(0664), 0664);
    refuse(FCHOWN, 0, 2, EPERM); /* is the same anyway */
    assert_int_equal(mode_after(0664), 0664);
    refuse(FCHMOD, 0, 1, EPERM); /* likewise */
    assert_int_equal(mode_after(0600), 0600);
    put(path, "old");
    assert_int_equal(chmod(path, 0644), 0);
    refuse(FCHMOD, 0, 1, EPERM);
    fails("Operation not permitted");
    refuse(ACCESS, 0, 1, EACCES); /* protected against writing, though the folder is not */
    fails("Permission denied");
    refuse_none();
    put(path, "old");
    if (chown(path, (uid_t)-1, 1) != 0) /* not root */
        return;
    refuse(FCHOWN, 0, 2, EPERM);
    assert_int_equal(mode_after(0674), 0644); /* the group's members are others now */
}

/* A terminal gets nothing that it would obey. */
static void a_terminal_is_told_cleaned_text(void **state) {
    (void)state;
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
    char name[64], text[64] = "";
    snprintf(name, sizeof name, "%s", ptsname(terminal));
    int kept = open(name, O_RDWR | O_NOCTTY); /* so that what is written stays there */
    FileWrite file;
    Status status;
    assert_true(file_begin(&file, name, false, &status));
    fputs("a\033[2Jb\xc3", file.stream);
    fflush(file.stream);
    fputs("\xa9 \xc3", file.stream); /* a character in two parts, and half of one */
    assert_true(file_commit(&file, &status));
    for (size_t used = 0; !strstr(text, " ?");) { /* it may come in pieces */
        ssize_t size = read(terminal, text + used, sizeof text - 1 - used);
        assert_true(size > 0);
        used += (size_t)size;
        text[used] = '\0';
    }
    assert_string_equal(text, "a?[2Jb\xc3\xa9 ?");
    close(kept);
    close(terminal);
}

static void no_more_than_32_are_open(void **state) {
    (void)state;
    enum { MOST = 32 };
    static FileWrite files[MOST];
    Status status = {0};
    for (int i = 0; i < MOST; i++)
        assert_true(file_begin(&files[i], path, false, &status));
    assert_int_equal(files_in_folder(), MOST);
    FileWrite more;
    assert_false(file_begin(&more, path, false, &status));
    assert_message(&status, "Too many open files");
    assert_int_equal(files_in_folder(), MOST);
    for (int i = 1; i < MOST; i++)
        file_abandon(&files[i]);
    assert_true(write_new(false, &status)); /* there is room again */
    file_abandon(&files[0]);
    holds(path, "new");
    assert_int_equal(files_in_folder(), 1);
}

/* Another one, which sweeps, has locked a file before its maker could, or removed it: the next name is tried. */
static void a_file_that_a_sweep_has_found_is_made_again(void **state) {
    (void)state;
    Status status;
    refuse(LOCK, 0, 3, EWOULDBLOCK);
    assert_true(write_new(false, &status));
    assert_int_equal(refusals[LOCK].times, 0);
    holds(path, "new");
    assert_int_equal(files_in_folder(), 1);
    refuse(LOCK, 0, 1000, EWOULDBLOCK); /* without end */
    fails("Device or resource busy");
    refuse(LOCK, 0, 1, ENOLCK); /* a file system that knows no locks */
    put(path, "old");
    assert_true(write_new(true, &status));
    holds(path, "new");
    assert_int_equal(files_in_folder(), 1);
}

static void a_descriptor_for_the_lock_can_be_refused(void **state) {
    (void)state;
    refuse(HOLD, 0, 1, EMFILE);
    fails("Too many open files");
}

static void a_link_that_cannot_be_read_is_told(void **state) {
    (void)state;
    Status status;
    assert_int_equal(symlink("nowhere", path), 0);
    refuse(READLINK, 0, 1, EIO);
    assert_false(write_new(false, &status));
    assert_message(&status, "Input/output error");
    assert_int_equal(files_in_folder(), 1);
}

static void names_of_one_file_are_known(void **state) {
    (void)state;
    char other[200], link_path[200], in_other[300];
    snprintf(other, sizeof other, "%s/../%s/out.csv", folder, strrchr(folder, '/') + 1);
    assert_true(file_is_same(path, other)); /* still to be made */
    snprintf(in_other, sizeof in_other, "%s/other.csv", folder);
    assert_false(file_is_same(path, in_other));
    assert_false(file_is_same(path, "/nowhere/out.csv"));
    put(path, "text");
    assert_true(file_is_same(path, other));
    assert_false(file_is_same(path, in_other));
    assert_false(file_is_same("/dev/null", "/dev/null"));
    assert_true(file_is_same("/dev/stdout", "/dev/fd/1"));
    assert_true(file_is_same("/proc/self/fd/2", "/dev/stderr"));
    assert_false(file_is_same("/dev/fd/1x", "/dev/stdout"));
    assert_true(file_exists(path));
    assert_false(file_exists(folder));
    assert_false(file_exists("/dev/fd/0"));
    snprintf(link_path, sizeof link_path, "%s/link", folder);
    assert_int_equal(symlink("out.csv", link_path), 0);
    assert_true(file_is_same(path, link_path));
    unlink(path);
    assert_true(file_is_same(path, link_path)); /* what the link would make */
    unlink(link_path);
}

static void folders_are_made_on_the_way(void **state) {
    (void)state;
    char deep[200], first[200], second[200];
    Status status = {0};
    snprintf(first, sizeof first, "%s/a", folder);
    snprintf(second, sizeof second, "%s/a/b", folder);
    snprintf(deep, sizeof deep, "%s/a/b/out.csv", folder);
    assert_true(file_make_folders(deep, &status));
    assert_true(file_make_folders(deep, &status)); /* are there */
    struct stat info;
    assert_int_equal(stat(second, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(rmdir(second) + rmdir(first), 0);
    put(path, "a file");
    snprintf(deep, sizeof deep, "%s/a/out.csv", path);
    assert_false(file_make_folders(deep, &status));
    char message[300];
    snprintf(message, sizeof message, "cannot make the folder %s/a: Not a directory", path);
    assert_string_equal(status.message, message);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(what_fails_leaves_the_old_file),
        TEST(what_is_interrupted_goes_on),
        TEST(without_that_rename_nothing_is_replaced_either),
        TEST(other_failures_of_that_rename_are_told),
        TEST(no_more_than_32_are_open),
        TEST(a_file_that_a_sweep_has_found_is_made_again),
        TEST(a_descriptor_for_the_lock_can_be_refused),
        TEST(a_new_file_may_no_more_than_the_old_one),
        TEST(a_terminal_is_told_cleaned_text),
        TEST(a_link_that_cannot_be_read_is_told),
        TEST(names_of_one_file_are_known),
        TEST(folders_are_made_on_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
