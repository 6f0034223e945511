/* Command lines: each line of the input is a word. */
#include "tests/fuzzers/fuzzer.h"

#include "app/io/cli.h"

#include <stdlib.h>
#include <string.h>

const size_t FUZZ_ROOM = 256 << 10, FUZZ_ROOM_EACH = 64;

enum { WORDS = 64 };

/* What is accepted makes sense. */
static void check(const Cli *cli) {
    Status status = {0};
    if (cli->action != CLI_RUN)
        return;
    if (!cli->sweep && !settings_check(&cli->settings, &status))
        fuzz_violation("settings that are refused: %s", status.message);
    if (cli->image_width < 64 || cli->image_height < 64)
        fuzz_violation("a picture of %d x %d", cli->image_width, cli->image_height);
    if ((cli->window_width > 0) != (cli->window_height > 0))
        fuzz_violation("a window of %d x %d", cli->window_width, cli->window_height);
    if (cli->shard > cli->shards || (cli->shards > 0 && cli->shard == 0))
        fuzz_violation("part %zu of %zu", cli->shard, cli->shards);
    if (cli->compare_count < 0 || cli->compare_count > OTHER_RUNS)
        fuzz_violation("%d runs beside the first", cli->compare_count);
    for (int i = 0; i < cli->compare_count; i++)
        if (!settings_check(&cli->others[i], &status))
            fuzz_violation("another run's settings that are refused: %s", status.message);
}

/* The same words give the same. */
static void check_again(const Cli *first, int argc, char **argv) {
    Cli again;
    Status status = {0};
    if (!cli_parse(&again, argc, argv, PRESET_DIR, &status))
        fuzz_violation("accepted once, then refused: %s", status.message);
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (!property_same(&first->settings, &again.settings, &PROPERTIES[i]) || first->given[i] != again.given[i])
            fuzz_violation("%s differs the second time", PROPERTIES[i].name);
}

void fuzz_one(const uint8_t *data, size_t size) {
    static bool there;
    fuzz_enter_folder();
    if (!there && !freopen("/dev/null", "r", stdin)) /* --preset /dev/stdin */
        abort();
    there = true;
    if (size > 4000)
        return;
    char *text = fuzz_text(data, size), *argv[WORDS] = {"easyfirst"};
    int argc = 1;
    for (char *rest = text, *word; argc < WORDS - 1 && (word = strsep(&rest, "\n"));)
        argv[argc++] = word;
    Cli cli;
    Status status = {0};
    cli_language(argc, argv);
    if (cli_parse(&cli, argc, argv, PRESET_DIR, &status)) {
        check(&cli);
        check_again(&cli, argc, argv);
    } else {
        fuzz_refused(&status);
    }
    free(text);
}
