/* --html: the export of the window (export_job.h), of a run whose epochs are kept while it goes on. */
#include "app/headless/headless_private.h"

#include "app/base/resources.h"
#include "app/io/export_job.h"
#include "app/io/page_data.h"

#include <stdlib.h>

bool headless_page_open(Headless *h, Status *status) {
    const Trainer *t = h->trainer;
    if (!h->cli->html)
        return true;
    if (!page_holds(t->data.count + t->test.count + t->clean.count, status)) /* before the run, not after it */
        return status_prefix(status, "--html");
    if (h->page.replayed)
        return true;
    return history_init(&h->page.history, t->data.count, t->mlp.parameters, HISTORY_DEFAULT_BYTES, status);
}

bool headless_page_epoch(Headless *h, Status *status) {
    if (!h->cli->html || h->page.replayed)
        return true;
    return history_add(&h->page.history, h->trainer, status);
}

static bool write_all(const ExportRequest *request, Status *status) {
    ExportJob *job = export_job_begin(request, status);
    if (!job)
        return false;
    ExportResult result;
    while ((result = export_job_step(job, 1.0, status)) == EXPORT_RUNNING)
        ;
    export_job_free(job);
    return result == EXPORT_DONE;
}

bool headless_page_write(Headless *h, Status *status) {
    const Cli *cli = h->cli;
    if (!cli->html)
        return true;
    char *command;
    if (!headless_command(h, 0, &command, status)) /* that of the first run */
        return false;
    Snapshot snapshot = snapshot_of(h->trainer);
    snapshot.history = h->page.replayed ? h->page.replayed : &h->page.history;
    snapshot.notes = h->page.notes;
    snapshot.other_count = h->other_count;
    ExportRequest request = {.kind = EXPORT_PAGE,
                             .path = cli->html,
                             .replace = cli->force,
                             .snapshot = &snapshot,
                             .command = command,
                             .own_points = h->own_points,
                             .points_path = cli->replay ? h->page.points_path : cli->points,
                             .options = {.aspect = cli_aspect(cli, ASPECT_AUTO)}};
    char *folder = resource_path("page", status);
    request.page_folder = folder;
    bool done = folder && write_all(&request, status);
    free(command);
    free(folder);
    return done;
}
