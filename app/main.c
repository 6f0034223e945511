/* Start-up and shutdown; nothing else. */
#define _GNU_SOURCE /* O_PATH */
#include "app/base/language.h"
#include "app/base/memory_watch.h"
#include "app/base/resources.h"
#include "app/base/signals.h"
#include "app/base/terminal.h"
#include "app/draw/sdl_reserve.h"
#include "app/headless/bench_labels.h"
#include "app/headless/headless.h"
#include "app/headless/sweep.h"
#include "app/io/cli.h"
#include "app/io/lesson.h"
#include "app/io/preset.h"
#include "app/io/terminal_words.h"
#include "app/window/window.h"

#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is opened must not become standard output or error because that was closed: what is printed would go into it. So
 * those that are closed are a folder without rights: reading and writing fail, as they would, and are told. */
static void fill_standard_descriptors(void) {
    int fd;
    do
        fd = open("/", O_PATH | O_DIRECTORY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

/* What to watch in each. Frees them. */
static void print_presets(Preset *presets, size_t count) {
    int widest = 0;
    for (size_t i = 0; i < count; i++) {
        int length = words_width(presets[i].name);
        widest = length > widest ? length : widest;
    }
    for (size_t i = 0; i < count; i++)
        terminal_print(stdout, "%-*s %s\n", words_field(presets[i].name, widest), presets[i].name,
                       presets[i].watch[0] ? tr(presets[i].watch) : "");
    free(presets);
}

static bool list_presets(const char *folder, Status *status) {
    Preset *presets;
    size_t count;
    if (!preset_list_all(&presets, &count, folder, status))
        return false;
    print_presets(presets, count);
    return true;
}

static bool list_lessons(const char *folder, Status *status) {
    Preset *lessons;
    size_t count;
    if (!lesson_list(&lessons, &count, folder, status))
        return false;
    print_presets(lessons, count);
    return true;
}

static bool list_languages(Status *status) {
    Language list[LANGUAGE_MOST];
    int before = memory_watch();
    size_t count = language_list(list);
    if (memory_failed(before))
        return status_no_memory(status, "the list");
    for (size_t i = 0; i < count; i++)
        terminal_print(stdout, "%-*s %s\n", 8, list[i].code, list[i].name);
    return true;
}

/* --lesson: a list, or the log that is replayed: *path, the caller's. */
static bool take_lesson(Cli *cli, char **path, Status *status) {
    char *folder = resource_path("lessons", status);
    if (!folder)
        return false;
    bool list = strcmp(cli->lesson, "list") == 0, done = !list || list_lessons(folder, status);
    if (!list) {
        *path = lesson_path(cli->lesson, folder, status);
        cli->replay = *path;
        done = *path || status_prefix(status, "--lesson");
    }
    free(folder);
    return done;
}

static bool run_program(const Cli *cli, const char *presets, Status *status) {
    if (!cli->headless)
        return window_run(cli, presets, status);
    return cli->sweep ? sweep_run(cli, status) : cli->bench ? bench_labels_run(cli, status) : headless_run(cli, status);
}

static bool run(int argc, char **argv, Status *status) {
    char *presets = resource_path("presets", status);
    if (!presets)
        return false;
    Cli cli;
    char *lesson = NULL; /* path of its log */
    bool done = cli_parse(&cli, argc, argv, presets, status);
    if (done) {
        switch (cli.action) {
        case CLI_HELP:
            cli_help(stdout);
            break;
        case CLI_VERSION:
            cli_version(stdout);
            break;
        case CLI_LIST_PRESETS:
            done = list_presets(presets, status);
            break;
        case CLI_RUN:
            if (cli.language && strcmp(cli.language, "list") == 0) {
                done = list_languages(status);
                break;
            }
            done = !cli.lesson || take_lesson(&cli, &lesson, status);
            if (done && (!cli.lesson || lesson))
                done = run_program(&cli, presets, status);
            break;
        }
    }
    free(lesson);
    free(presets);
    if (done && (fflush(stdout) != 0 || ferror(stdout)))
        done = status_fail(status, STATUS_FAILED, "cannot write to standard output");
    return done;
}

/* Pictures and frames of a megabyte come and go: the allocator keeps their memory for the next one instead of returning
 * it to the system and asking for it again, page by page. */
static void keep_memory(void) {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
#endif
}

/* Before all else, so that what is wrong with the command line is said in the language that it asks for. */
static bool choose_language(int argc, char **argv, Status *status) {
    language_from_environment();
    const char *asked = cli_language(argc, argv);
    return !asked || strcmp(asked, "list") == 0 || language_choose(asked, status) ||
           status_prefix(status, "--language");
}

int main(int argc, char **argv) {
    fill_standard_descriptors();
    signals_catch();
    keep_memory();
    memory_grow_stack();
    sdl_keep_reserve();
    Status status = {0};
    bool done = choose_language(argc, argv, &status) && run(argc, argv, &status);
    if (!done)
        terminal_say(status.message);
    signals_end();
    return done ? 0 : status.code == STATUS_USAGE ? 2 : 1;
}
