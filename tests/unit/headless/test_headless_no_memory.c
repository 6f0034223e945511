/* Runs without a window that get no memory somewhere: they end with a line that says so, each file is the old one or
 * the new one, whole, and nothing is left beside them. Allocators are replaced by the linker (--wrap). */
#include "app/experiment/experiment.h"
#include "app/experiment/run_log.h"
#include "app/headless/headless.h"
#include "app/headless/sweep.h"
#include "core/parallel.h"
#include "tests/support/commands.h"
#include "tests/support/failing_places.h"
#include "tests/support/file_texts.h"
#include "tests/support/stand_in_program.h"

#include <fcntl.h>
#include <zlib.h>

#define SCRATCH_FILE "points.csv"
#include "tests/support/scratch.h"

enum { WORDS = 48, OUTPUTS = 5 };

typedef struct Scenario {
    const char *arguments; /* @: the folder */
    const char *outputs;
} Scenario;

static const Scenario SCENARIOS[] = {
    {"--samples 40 --epochs 2 --hidden 3 --test 0.2 --flip 0.1 --trace @t.csv --parameters @p.csv --weights @w.csv "
     "--points @o.csv --scores on --model @m.json",
     "t.csv p.csv w.csv o.csv m.json"},
    {"@points.csv --epochs 2 --hidden 3 --compare plain --compare order=hard --image-size 100x80 --gif @g.gif --png @i.png",
     "g.gif i.png"},
    {"--samples 40 --epochs 2 --hidden 3 --figure map --svg @i.svg", "i.svg"},
    {"--samples 40 --epochs 2 --hidden 3 --figure timeline --text-as outlines --pdf @i.pdf", "i.pdf"},
    {"@points.csv --epochs 2 --hidden 3 --compare plain --html @i.html", "i.html"},
    {"--samples 40 --epochs 2 --hidden 3 --image-size 64x64 --mp4 @m.mp4", "m.mp4"},
    {"--sweep seeds=1..3 --samples 30 --epochs 1 --hidden 3 --threads 1 --trace @t.csv", "t.csv"},
    {"@points.csv --sweep seeds=1..2,order=easy|all --epochs 1 --hidden 3 --threads 1 --trace @t.jsonl", "t.jsonl"},
    {"--samples 40 --flip 0.1 --epochs 2 --hidden 3 --suspects 3", ""},
    {"--preset @own.ini --samples 40 --epochs 1 --hidden 3 --points @o.csv", "o.csv"},
    {"--replay @run.log --trace @t.csv --html @i.html --png @i.png --image-size 64x64", "t.csv i.html i.png"},
};

static Status status;

/* ---- a run ---- */

typedef struct Trial {
    const Scenario *scenario;
    char line[2048], *words[WORDS];
    int count;
    char outputs[OUTPUTS][256];
    int output_count;
    uLong right[OUTPUTS]; /* sums of the files as they are with enough memory; 0: not known yet */
    int files;            /* in the folder, before and after */
} Trial;

static void split(Trial *trial) {
    const char *from = trial->scenario->arguments;
    size_t used = (size_t)snprintf(trial->line, sizeof trial->line, "easyfirst --headless --force ");
    for (; *from; from++)
        used += (size_t)snprintf(trial->line + used, sizeof trial->line - used, *from == '@' ? "%s/" : "%.1s",
                                 *from == '@' ? folder : from);
    assert_true(used < sizeof trial->line);
    trial->count = 0;
    for (char *word = strtok(trial->line, " "); word; word = strtok(NULL, " "))
        trial->words[trial->count++] = word;
    trial->words[trial->count] = NULL;
    char names[256];
    snprintf(names, sizeof names, "%s", trial->scenario->outputs);
    for (char *name = strtok(names, " "); name; name = strtok(NULL, " "))
        snprintf(trial->outputs[trial->output_count++], sizeof *trial->outputs, "%s/%s", folder, name);
}

/* Tables and lines of each attempt. */
static void be_quiet(bool quiet) {
    static int out = -1, err = -1;
    fflush(stdout);
    if (quiet) {
        int none = open("/dev/null", O_WRONLY);
        out = dup(STDOUT_FILENO);
        err = dup(STDERR_FILENO);
        dup2(none, STDOUT_FILENO);
        dup2(none, STDERR_FILENO);
        close(none);
    } else {
        dup2(out, STDOUT_FILENO);
        dup2(err, STDERR_FILENO);
        close(out);
        close(err);
    }
}

static bool run(void *user) {
    Trial *trial = user;
    long memory = left; /* what follows is the test's own */
    left = -1;
    for (int i = 0; i < trial->output_count; i++)
        put(trial->outputs[i], "old");
    trial->files = files_in_folder();
    status = (Status){0};
    left = memory;
    static Cli cli;
    be_quiet(true);
    bool done = cli_parse(&cli, trial->count, trial->words, PRESET_DIR, &status) &&
                (cli.sweep ? sweep_run(&cli, &status) : headless_run(&cli, &status));
    be_quiet(false);
    return done;
}

static uLong sum_of(const char *name) {
    unsigned char bytes[4096];
    uLong sum = crc32(0, NULL, 0);
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        sum = crc32(sum, bytes, (uInt)got);
    fclose(file);
    return sum;
}

static void files_are_whole(void *user, bool done) {
    Trial *trial = user;
    uLong old = crc32(0, (const unsigned char *)"old", 3);
    if (!done && !strstr(status.message, "memory"))
        fail_msg("%s: '%s'", trial->scenario->arguments, status.message);
    for (int i = 0; i < trial->output_count; i++) {
        uLong sum = sum_of(trial->outputs[i]);
        trial->right[i] = trial->right[i] ? trial->right[i] : sum;
        if (sum != trial->right[i] && (done || sum != old))
            fail_msg("%s is neither old nor new, with: %s", trial->outputs[i], status.message);
    }
    char sweep[300]; /* the rows so far, for --resume */
    snprintf(sweep, sizeof sweep, "%s.sweep", trial->outputs[0]);
    if (!done)
        unlink(sweep);
    assert_int_equal(files_in_folder(), trial->files);
}

static void no_memory_leaves_whole_files(void **state) {
    (void)state;
    stand_in("ffmpeg", "exec cat >&3"); /* it is quick */
    for (size_t i = 0; i < sizeof SCENARIOS / sizeof *SCENARIOS; i++) {
        Trial trial = {.scenario = &SCENARIOS[i]};
        split(&trial);
        assert_true(try_each_place(run, files_are_whole, &trial) > 0);
        for (int k = 0; k < trial.output_count; k++)
            unlink(trial.outputs[k]);
    }
    stand_in_no_more();
}

/* ---- what they read ---- */

static const char *const INPUTS[] = {"points.csv", "own.ini", "run.log"};

static void in_folder(const char *name, char to[256]) {
    snprintf(to, 256, "%s/%s", folder, name);
}

/* Two runs and a note. */
static void put_log(const char *name) {
    Settings s;
    Experiment e;
    settings_default(&s);
    s.samples = 40;
    s.hidden[0] = 3;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    e.log = run_log_new(&e, &status);
    assert_non_null(e.log);
    s.order = ORDER_HARD;
    push_now(&e, (Command){.kind = COMMAND_COMPARE, .compare = true, .settings = s});
    push_now(&e, (Command){.kind = COMMAND_EPOCH});
    push_now(&e, (Command){.kind = COMMAND_NOTE, .note = {.epoch = 0, .text = "Words."}});
    push_now(&e, (Command){.kind = COMMAND_EPOCH});
    run_log_seal(e.log, &e, true);
    size_t size;
    const char *log = run_log_text(e.log, &size);
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(log, 1, size, file), size);
    fclose(file);
    run_log_free(e.log);
    e.log = NULL;
    experiment_free(&e);
}

static int set_up_inputs(void **state) {
    if (set_up(state) != 0)
        return -1;
    char name[256];
    FILE *points = fopen(path, "w");
    if (!points)
        return -1;
    fputs("x,y,label,truth\n", points);
    for (int i = 0; i < 40; i++)
        fprintf(points, "%d,%d,%s,%s\n", i % 7 + i % 2 * 3, i % 5, i % 2 || i == 4 ? "cat" : "dog",
                i % 2 ? "cat" : "dog");
    fclose(points);
    in_folder("own.ini", name);
    put(name, "[preset]\ntitle = Own\nspeed = 2\n[settings]\nthreshold = 0.4\n");
    in_folder("run.log", name);
    put_log(name);
    return 0;
}

static int tear_down_inputs(void **state) {
    for (size_t i = 1; i < sizeof INPUTS / sizeof *INPUTS; i++) {
        char name[256];
        in_folder(INPUTS[i], name);
        unlink(name);
    }
    return tear_down(state);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_inputs, tear_down_inputs)
    const struct CMUnitTest tests[] = {
        TEST(no_memory_leaves_whole_files),
    };
    parallel_set_threads(1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
