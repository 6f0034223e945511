#include "app/io/points_terminal.h"

#include "app/base/clock.h"
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/base/terminal.h"
#include "app/io/points_csv.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool terminal_line_due(double began, double *last) {
    double now = clock_seconds();
    if (now - began < 0.5 || now - *last < 0.1 || !isatty(STDERR_FILENO))
        return false;
    *last = now;
    return true;
}

typedef struct ReadProgress {
    const char *path;
    double began, last;
} ReadProgress;

static bool show_reading(void *user, double share) {
    ReadProgress *p = user;
    if (terminal_line_due(p->began, &p->last)) {
        terminal_renew(stderr, tr("reading %s: %.0f %%  "), p->path, 100.0 * share);
    }
    return true;
}

PointsFormat points_format_of(const Cli *cli) {
    return (PointsFormat){.columns = cli->columns,
                          .missing = cli->missing,
                          .header = cli->header,
                          .encoding = cli->encoding,
                          .delimiter = cli->delimiter,
                          .decimal = cli->decimal,
                          .classes = cli->point_classes,
                          .skip_bad = cli->skip_bad};
}

void points_ask_terminal(const Cli *cli) {
    if (strcmp(cli->points, "-") == 0 && isatty(STDIN_FILENO))
        terminal_say(tr("reading points from the keyboard; Ctrl+D ends them"));
}

void points_say_terminal(const Cli *cli, const Dataset *points, size_t skipped, const PointsNotes *notes) {
    for (int i = 0; i < notes->count; i++)
        terminal_print(stderr, "easyfirst: %s: %s\n", cli->points, notes->text[i]);
    if (skipped > 0) {
        char some[32], all[32];
        format_count(skipped, some);
        format_count(points->count + skipped, all);
        terminal_print(stderr, tr("easyfirst: %s: %s of %s rows skipped\n"), cli->points, some, all);
    }
    if (points->clean && cli->given[PROPERTY_CLEAN])
        terminal_print(stderr,
                       tr("easyfirst: --clean says nothing here: the clean points are those of %s's column clean\n"),
                       cli->points);
}

bool points_read_terminal(const Cli *cli, Dataset *points, Status *status) {
    size_t skipped = 0;
    ReadProgress progress = {.path = cli->points, .began = clock_seconds()};
    PointsNotes notes = {0};
    PointsFormat format = points_format_of(cli);
    format.skipped = &skipped;
    format.notes = &notes;
    format.progress = show_reading;
    format.user = &progress;
    points_ask_terminal(cli);
    bool done = points_read(points, cli->points, &format, status);
    if (progress.last > 0.0)
        terminal_wipe(stderr);
    if (done)
        points_say_terminal(cli, points, skipped, &notes);
    return done;
}
