/* Outputs are written whole or not at all. */
#include "app/base/file_part.h"
#include "app/base/file_write.h"
#include "tests/support/file_texts.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "out.csv"
#include "tests/support/scratch.h"

static int tear_all_down(void **state) {
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        char name[400];
        snprintf(name, sizeof name, "%s/%s", folder, entry->d_name);
        remove(name);
    }
    closedir(dir);
    return tear_down(state);
}

static mode_t mode_of(const char *name) {
    struct stat info;
    assert_int_equal(stat(name, &info), 0);
    return info.st_mode & 07777;
}

static void begin(FileWrite *file, const char *name, bool replace) {
    Status status = {0};
    if (!file_begin(file, name, replace, &status)) {
        fail_msg("%s", status.message);
    }
}

static void commit(FileWrite *file) {
    Status status = {0};
    if (!file_commit(file, &status)) {
        fail_msg("%s", status.message);
    }
}

static void a_file_appears_at_the_commit(void **state) {
    (void)state;
    const mode_t mask = umask(027);
    FileWrite file;
    begin(&file, path, false);
    fputs("hello\n", file.stream);
    fflush(file.stream);
    assert_int_equal(access(path, F_OK), -1);
    assert_non_null(strstr(file.temporary, "/.out.csv."));
    assert_string_equal(file.temporary + strlen(file.temporary) - 5, ".part");
    commit(&file);
    umask(mask);
    holds(path, "hello\n");
    assert_int_equal(files_in_folder(), 1);
    assert_int_equal(mode_of(path), 0640); /* as any new file under that umask */
    file_abandon(&file);                   /* does nothing */
    holds(path, "hello\n");
}

static void more_than_the_buffers_hold(void **state) {
    (void)state;
    FileWrite file;
    begin(&file, path, false);
    for (int i = 0; i < 300000; i++) {
        fprintf(file.stream, "%07d\n", i);
    }
    commit(&file);
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    for (int i = 0; i < 300000; i++) {
        char line[16];
        assert_non_null(fgets(line, sizeof line, in));
        assert_int_equal(strtol(line, NULL, 10), i);
    }
    assert_int_equal(fgetc(in), EOF);
    fclose(in);
}

static void an_existing_file_is_refused(void **state) {
    (void)state;
    put(path, "old");
    FileWrite file;
    Status status = {0};
    assert_false(file_begin(&file, path, false, &status));
    assert_int_equal(status.code, STATUS_EXISTS);
    char message[300]; /* how to replace it is for the front end to say */
    snprintf(message, sizeof message, "%s: exists already", path);
    assert_string_equal(status.message, message);
    file_abandon(&file);
    holds(path, "old");
    assert_int_equal(files_in_folder(), 1);
}

static void replacing_keeps_the_old_file_until_the_commit_and_its_mode(void **state) {
    (void)state;
    put(path, "old");
    chmod(path, 0604);
    FileWrite file;
    begin(&file, path, true);
    fputs("new", file.stream);
    fflush(file.stream);
    holds(path, "old");
    commit(&file);
    holds(path, "new");
    assert_int_equal(mode_of(path), 0604);
    assert_int_equal(files_in_folder(), 1);
}

static void a_file_that_came_up_meanwhile_is_not_lost(void **state) {
    (void)state;
    FileWrite file;
    begin(&file, path, false);
    fputs("ours", file.stream);
    put(path, "theirs");
    Status status = {0};
    assert_false(file_commit(&file, &status));
    assert_int_equal(status.code, STATUS_EXISTS);
    assert_non_null(strstr(status.message, "exists already"));
    holds(path, "theirs");
    assert_int_equal(files_in_folder(), 1);
}

static void giving_up_leaves_nothing(void **state) {
    (void)state;
    put(path, "old");
    FileWrite file;
    begin(&file, path, true);
    fputs("new", file.stream);
    file_abandon(&file);
    file_abandon(&file); /* twice is fine */
    holds(path, "old");
    assert_int_equal(files_in_folder(), 1);
}

static void an_interrupt_leaves_nothing(void **state) {
    (void)state;
    char second_path[160];
    snprintf(second_path, sizeof second_path, "%s/second", folder);
    FileWrite first, second;
    begin(&first, path, false);
    begin(&second, second_path, false);
    fputs("half", first.stream);
    fflush(first.stream);
    assert_int_equal(files_in_folder(), 2);
    pid_t child = fork(); /* the process would end */
    if (child == 0) {
        file_part_remove_all();
        file_part_remove_all(); /* nothing is open */
        Status status = {0};
        bool further = file_begin(&(FileWrite){0}, path, true, &status);
        _exit(further || files_in_folder() > 0);
    }
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    assert_int_equal(files_in_folder(), 0);
    Status status = {0};
    assert_false(file_commit(&first, &status)); /* if it does not, there is nothing to be put in place */
    file_abandon(&second);
    assert_int_equal(files_in_folder(), 0);
}

/* Its lock goes with the writer: what a kill leaves is removed by the next one, what is being written is not. */
static void what_a_kill_has_left_goes(void **state) {
    (void)state;
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        begin(&(FileWrite){0}, path, false);
        (void)!write(ready[1], "", 1);
        for (;;)
            pause();
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    file_part_sweep(path);
    assert_int_equal(files_in_folder(), 1);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(files_in_folder(), 1);
    FileWrite file;
    begin(&file, path, false);
    assert_int_equal(files_in_folder(), 1); /* the new one */
    file_part_sweep(path);
    commit(&file);
    assert_int_equal(files_in_folder(), 1);
    holds(path, "");
    close(ready[0]);
    close(ready[1]);
}

/* Other programs', other hosts', links, folders. */
static void what_is_not_ours_stays(void **state) {
    (void)state;
    FileWrite file;
    begin(&file, path, false);
    char ours[200], name[300], host[9];
    snprintf(ours, sizeof ours, "%s", file.temporary + strlen(folder) + 1);
    file_abandon(&file);
    char *mark = strstr(ours, ".easyfirst-") + strlen(".easyfirst-");
    memcpy(host, mark, 8);
    host[8] = '\0';
    const char *const names[] = {".out.csv.AbCdEf.part",           ".easyfirst-%s-1-1.part.csv",
                                 "out.csv.easyfirst-%s-1-1.part",  ".out.easyfirst-%s-1-.part",
                                 ".out.easyfirst-%s-1.part",       ".out.easyfirst-0123456789-1.part",
                                 ".out.csv.easyfirst-%s--1-1.part"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char last[100];
        const char *at = strstr(names[i], "%s");
        snprintf(last, sizeof last, "%.*s%s%s", at ? (int)(at - names[i]) : 99, names[i], at ? host : "",
                 at ? at + 2 : "");
        snprintf(name, sizeof name, "%s/%s", folder, last);
        put(name, "theirs");
    }
    int there = (int)(sizeof names / sizeof *names);
    snprintf(name, sizeof name, "%s/.link.easyfirst-%s-1-1.part", folder, host);
    assert_int_equal(symlink("nowhere", name), 0);
    snprintf(name, sizeof name, "%s/.folder.easyfirst-%s-1-1.part", folder, host);
    assert_int_equal(mkdir(name, 0700), 0);
    mark[0] = mark[0] == '0' ? '1' : '0';
    snprintf(name, sizeof name, "%s/%s", folder, ours);
    put(name, "another host's");
    file_part_sweep(path);
    assert_int_equal(files_in_folder(), there + 3);
    mark[0] = host[0];
    snprintf(name, sizeof name, "%s/%s", folder, ours);
    put(name, "left");
    assert_int_equal(files_in_folder(), there + 4);
    file_part_sweep(path);
    assert_int_equal(files_in_folder(), there + 3);
}

/* Where the group cannot be kept, it gets no more than all. */
static void a_replaced_file_keeps_owner_and_group(void **state) {
    (void)state;
    if (geteuid() != 0)
        return;
    put(path, "old");
    assert_int_equal(chown(path, 12, 34), 0);
    assert_int_equal(chmod(path, 0640), 0);
    FileWrite file;
    begin(&file, path, true);
    assert_int_equal(mode_of(file.temporary), 0640);
    commit(&file);
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_true(info.st_uid == 12 && info.st_gid == 34 && (info.st_mode & 07777) == 0640);
    assert_int_equal(chmod(folder, 0777), 0);
    pid_t child = fork();
    if (child == 0) { /* another user, who may write it */
        if (chmod(path, 0676) != 0 || setgid(56) != 0 || setuid(56) != 0)
            _exit(1);
        begin(&file, path, true);
        commit(&file);
        _exit(mode_of(path) != 0666);
    }
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

static void links_are_written_through(void **state) {
    (void)state;
    char link_path[160];
    snprintf(link_path, sizeof link_path, "%s/link", folder);
    put(path, "old");
    assert_int_equal(symlink("out.csv", link_path), 0); /* relative to the link's folder */
    FileWrite file;
    begin(&file, link_path, true);
    fputs("new", file.stream);
    commit(&file);
    holds(path, "new");
    struct stat info;
    assert_int_equal(lstat(link_path, &info), 0);
    assert_true(S_ISLNK(info.st_mode));

    remove(path); /* now it points to nothing: that is created */
    begin(&file, link_path, false);
    fputs("first", file.stream);
    commit(&file);
    holds(path, "first");
    assert_int_equal(files_in_folder(), 2);

    char loop_path[160];
    snprintf(loop_path, sizeof loop_path, "%s/loop", folder);
    assert_int_equal(symlink("loop", loop_path), 0);
    Status status = {0};
    assert_false(file_begin(&file, loop_path, true, &status));
    assert_non_null(strstr(status.message, loop_path));
}

static void a_full_disk_is_told_with_its_reason(void **state) {
    (void)state;
    FileWrite file;
    begin(&file, "/dev/full", false);
    assert_null(file.temporary);
    for (int i = 0; i < 100000; i++) {
        fputs("more than a buffer\n", file.stream); /* fails long before the commit */
    }
    Status status = {0};
    assert_false(file_commit(&file, &status));
    assert_string_equal(status.message, "cannot write /dev/full: No space left on device, after 0 bytes");
    assert_int_equal(status.code, STATUS_FAILED);

    begin(&file, "/dev/full", false);
    fputs("short", file.stream); /* fails at the commit */
    assert_false(file_commit(&file, &status));
    assert_non_null(strstr(status.message, "No space left on device"));
}

static void devices_are_never_replaced(void **state) {
    (void)state;
    FileWrite file;
    begin(&file, "/dev/null", true);
    assert_null(file.temporary);
    fputs("gone", file.stream);
    commit(&file);
    struct stat info;
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
}

/* Standard output that is redirected to a file: what was in it stays, what is written comes after. */
static void descriptors_are_written_straight(void **state) {
    (void)state;
    put(path, "before ");
    FILE *target = fopen(path, "a");
    assert_non_null(target);
    char name[40];
    snprintf(name, sizeof name, "/dev/fd/%d", fileno(target));
    FileWrite file;
    begin(&file, name, false);
    assert_null(file.temporary);
    fputs("after", file.stream);
    commit(&file);
    fputs(", and more", target); /* ours is still open */
    assert_int_equal(fclose(target), 0);
    holds(path, "before after, and more");
}

static void a_closed_pipe_is_an_error(void **state) {
    (void)state;
    signal(SIGPIPE, SIG_IGN); /* as the program does */
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    char name[40];
    snprintf(name, sizeof name, "/dev/fd/%d", ends[1]);
    FileWrite file;
    begin(&file, name, false);
    fputs("nobody reads this", file.stream);
    Status status = {0};
    assert_false(file_commit(&file, &status));
    assert_non_null(strstr(status.message, "Broken pipe"));
    close(ends[1]);
}

static void what_cannot_be_written_is_told_at_once(void **state) {
    (void)state;
    FileWrite file;
    Status status = {0};
    char name[200];
    snprintf(name, sizeof name, "%s/missing/out.csv", folder);
    assert_false(file_begin(&file, name, true, &status));
    assert_non_null(strstr(status.message, name));
    assert_non_null(strstr(status.message, "No such file or directory"));
    file_abandon(&file);
    assert_false(file_begin(&file, folder, true, &status));
    assert_non_null(strstr(status.message, "Is a directory"));
    assert_false(file_begin(&file, "", true, &status));
    assert_false(file_begin(&file, "/dev/fd/999", true, &status));
    assert_non_null(strstr(status.message, "/dev/fd/999"));
}

/* A window does not stop until somebody reads from a pipe. The last test: it holds for the rest of the program. */
static void a_window_waits_for_no_pipe(void **state) {
    (void)state;
    FileWrite file;
    Status status = {0};
    char name[200];
    snprintf(name, sizeof name, "%s/pipe", folder);
    assert_int_equal(mkfifo(name, 0600), 0);
    file_never_wait();
    assert_false(file_begin(&file, name, true, &status));
    assert_non_null(strstr(status.message, "it is no file"));
    unlink(name);
    assert_true(file_begin(&file, "/dev/null", true, &status));
    file_abandon(&file);
}

/* By capitals, which some disks don't tell from small letters, only while neither is there. */
static void capitals_count_as_small_letters_for_what_is_to_come(void **state) {
    (void)state;
    char small[200], large[200];
    snprintf(small, sizeof small, "%s/a.csv", folder);
    snprintf(large, sizeof large, "%s/A.CSV", folder);
    assert_true(file_is_same(small, large));
    put(small, "");
    put(large, "");
    assert_false(file_is_same(small, large));
    unlink(small);
    unlink(large);
}

static void the_longest_name_has_room_for_its_temporary_file(void **state) {
    (void)state;
    char name[400];
    const int length = snprintf(name, sizeof name, "%s/", folder);
    memset(name + length, 'n', 255);
    name[length + 255] = '\0';
    FileWrite file;
    begin(&file, name, false);
    fputs("text", file.stream);
    commit(&file);
    holds(name, "text");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_all_down)
    const struct CMUnitTest tests[] = {
        TEST(what_a_kill_has_left_goes), /* before any folder is known to be swept */
        TEST(a_file_appears_at_the_commit),
        TEST(more_than_the_buffers_hold),
        TEST(an_existing_file_is_refused),
        TEST(replacing_keeps_the_old_file_until_the_commit_and_its_mode),
        TEST(a_file_that_came_up_meanwhile_is_not_lost),
        TEST(giving_up_leaves_nothing),
        TEST(an_interrupt_leaves_nothing),
        TEST(what_is_not_ours_stays),
        TEST(a_replaced_file_keeps_owner_and_group),
        TEST(links_are_written_through),
        TEST(a_full_disk_is_told_with_its_reason),
        TEST(devices_are_never_replaced),
        TEST(descriptors_are_written_straight),
        TEST(a_closed_pipe_is_an_error),
        TEST(what_cannot_be_written_is_told_at_once),
        TEST(the_longest_name_has_room_for_its_temporary_file),
        TEST(capitals_count_as_small_letters_for_what_is_to_come),
        TEST(a_window_waits_for_no_pipe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
