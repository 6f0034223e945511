/* The command line's --sweep. */
#include "app/headless/sweep.h"

#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/base/terminal.h"
#include "app/headless/headless.h"
#include "app/headless/sweep_tables.h"
#include "app/io/points_terminal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Options that contradict the grid. */
static bool check_line(const Cli *cli, const Sweep *sweep, Status *status) {
    for (size_t a = 0; a < sweep->axis_count; a++) {
        const Property *property = sweep->axes[a].property;
        if (cli->given[property->id])
            return status_fail(status, STATUS_USAGE, "--%s: is an axis of --sweep already", property->name);
        if (cli->points && property_makes_points(property->id))
            return status_fail(status, STATUS_USAGE, "--sweep: %s is for generated points, so it excludes the file %s",
                               property->name, cli->points);
    }
    return true;
}

/* Where the rows go: into the store if they can stay there, else into *trace. */
static bool open_rows(const Cli *cli, const Sweep *sweep, const Dataset *points, FileWrite *trace, SweepStore *store,
                      Status *status) {
    if (!file_begin(trace, cli->trace, cli->force || cli->resume, status))
        return false;
    if (!trace->temporary)
        return !cli->resume ||
               status_fail(status, STATUS_USAGE, "--resume: %s is no file whose rows stay there", cli->trace);
    file_abandon(trace); /* it can be written */
    StorePlan plan = {.file = cli->trace,
                      .spec = cli->sweep,
                      .points = points,
                      .shard = cli->shards > 0 ? cli->shard : 1,
                      .shards = cli->shards > 0 ? cli->shards : 1,
                      .resume = cli->resume,
                      .replace = cli->force};
    return store_open(store, sweep, &plan, status);
}

static bool say_complete(const Cli *cli, const Sweep *sweep, const SweepStore *store, Status *status) {
    terminal_print(stderr, tr("easyfirst: %s: all of its %zu rows are there\n"), cli->trace, store->end - store->first);
    return sweep_tables(sweep, store->first, store->end, &cli->trace, 1, stdout, status);
}

static bool run_sweep(const Cli *cli, const Sweep *sweep, const Dataset *points, Status *status) {
    FileWrite trace = {0};
    SweepStore store = {0};
    bool done = !cli->trace || open_rows(cli, sweep, points, &trace, &store, status);
    SweepProgress progress = {.stream = stderr, .terminal = isatty(STDERR_FILENO), .every = PROGRESS_EVERY};
    SweepJob job = {
        .points = points,
        .shard = cli->shards > 0 ? cli->shard : 1,
        .shards = cli->shards > 0 ? cli->shards : 1,
        .threads = cli->threads,
        .rows = trace.stream,
        .form = cli->trace ? sweep_form(cli->trace) : ROWS_CSV,
        .store = store.path ? &store : NULL,
        .summary = cli->trace && strcmp(cli->trace, "/dev/stdout") == 0 ? NULL : stdout,
        .progress = &progress,
    };
    if (done && store.count > 0)
        terminal_print(stderr, tr("easyfirst: %s: %zu of %zu rows are there already\n"), cli->trace, store.count,
                       store.end - store.first);
    if (done)
        done = store.complete ? say_complete(cli, sweep, &store, status) : sweep_work(sweep, &job, status);
    if (done && trace.stream)
        done = file_commit(&trace, status);
    file_abandon(&trace);
    store_close(&store);
    return done;
}

static bool summarize(const Cli *cli, const Sweep *sweep, Status *status) {
    size_t count = (size_t)cli->table_count + 1;
    const char **files = calloc(count, sizeof *files);
    if (!files)
        return status_no_memory(status, "the tables");
    files[0] = cli->summarize;
    for (size_t i = 1; i < count; i++)
        files[i] = cli->tables[i - 1];
    bool done = sweep_tables(sweep, 0, sweep->runs, files, count, stdout, status);
    free(files);
    return done;
}

bool sweep_run(const Cli *cli, Status *status) {
    Sweep sweep;
    if (!sweep_parse(&sweep, cli->sweep, &cli->settings, status))
        return false;
    Dataset points = {0};
    bool done = check_line(cli, &sweep, status);
    if (done && cli->summarize) {
        done = summarize(cli, &sweep, status);
    } else if (done) {
        done = !cli->points || points_read_terminal(cli, &points, status);
        done = done && run_sweep(cli, &sweep, cli->points ? &points : NULL, status);
    }
    dataset_free(&points);
    sweep_free(&sweep);
    return headless_end(done, status);
}
