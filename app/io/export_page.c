/* The run as one HTML page that needs nothing else: the template in assets/page with its style, its script and the run
 * (page_data.h) in place of its marks. */
#include "app/io/export_private.h"

#include "app/base/copy.h"
#include "app/base/file_open.h"
#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/io/page_data.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_STYLE, PAGE_RUN, PAGE_SCRIPT, PAGE_MARKS };
static const char *const MARKS[PAGE_MARKS] = {"<!-- easyfirst: style -->", "<!-- easyfirst: run -->",
                                              "<!-- easyfirst: script -->"};

/* One script, in this order. */
enum { PAGE_SCRIPTS = 5 };
static const char *const SCRIPTS[PAGE_SCRIPTS] = {"model.js", "marks.js", "plot.js", "charts.js", "page.js"};

enum { TEMPLATE_MOST = 16 << 20 }; /* bytes of a file of it */

typedef struct PageWork {
    FileWrite file;
    char *html, *style, *script[PAGE_SCRIPTS]; /* the template's files */
    const char *mark[PAGE_MARKS];
    Notes notes;
    char *title, *command;
    uint32_t *records;
    PageRun run;
    Base64 base64;
} PageWork;

/* ---- the template ---- */

static bool read_part(char **text, const char *folder, const char *name, Status *status) {
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) >= sizeof path)
        return status_fail(status, STATUS_FAILED, "%s: the path is too long", folder);
    size_t size;
    const char *why;
    *text = file_read(path, TEMPLATE_MOST, &size, &why);
    return *text || status_fail(status, STATUS_FAILED, "%s: cannot read the page's template: %s", path, why);
}

static bool read_template(PageWork *work, const char *folder, Status *status) {
    if (!read_part(&work->html, folder, "page.html", status) || !read_part(&work->style, folder, "page.css", status))
        return false;
    for (int i = 0; i < PAGE_SCRIPTS; i++)
        if (!read_part(&work->script[i], folder, SCRIPTS[i], status))
            return false;
    const char *from = work->html;
    for (int i = 0; i < PAGE_MARKS; i++) {
        work->mark[i] = strstr(from, MARKS[i]);
        if (!work->mark[i])
            return status_fail(status, STATUS_FAILED, "%s/page.html: '%s' is missing", folder, MARKS[i]);
        from = work->mark[i] + strlen(MARKS[i]);
    }
    return true;
}

/* ---- what is in the page ---- */

static bool choose_records(PageWork *work, const KeptRun *run, Status *status) {
    size_t count = run->kept.count, each = (run->data.count + 7) / 8 + run->mlp.parameters * sizeof(float);
    size_t n = page_record_count(count, each);
    work->records = calloc(n, sizeof *work->records);
    if (!work->records)
        return status_no_memory(status, "the page");
    for (size_t i = 0; i < n; i++)
        work->records[i] = (uint32_t)page_record(i, n, count);
    work->run.record_count = n;
    return true;
}

static bool keep_text(char **copy, const char *text, Status *status) {
    if (!text)
        return true;
    *copy = copy_of(text, strlen(text) + 1, 1);
    return *copy || status_no_memory(status, "the page");
}

/* The file's name, or what made the points. */
static const char *title_of(const ExportRequest *r) {
    if (r->points_path)
        return strcmp(r->points_path, "-") == 0 ? tr("standard input") : file_base_name(r->points_path);
    if (r->own_points)
        return tr("own points");
    return tr(PROPERTIES[PROPERTY_DATASET].choice_labels[r->snapshot->settings->dataset]);
}

static bool page_begin(ExportJob *job, const ExportRequest *r, Status *status) {
    KeptRun *run = &job->run;
    PageWork *work = job->work = calloc(1, sizeof *work);
    if (!work)
        return status_no_memory(status, "the page");
    if (!page_holds(run->data.count + run->test.count + run->clean.count, status) ||
        !read_template(work, r->page_folder, status) || !choose_records(work, run, status) ||
        !keep_text(&work->title, title_of(r), status) || !keep_text(&work->command, r->command, status) ||
        (r->snapshot->notes && !notes_copy(&work->notes, r->snapshot->notes, UINT32_MAX, status)))
        return false;
    work->run.snapshot = &run->now;
    work->run.history = &run->kept;
    work->run.records = work->records;
    work->run.notes = &work->notes;
    work->run.title = work->title;
    work->run.command = work->command;
    work->run.own_points = r->own_points || r->points_path;
    work->run.fill = aspect_fills(r->options.aspect, &run->data);
    work->run.others = r->snapshot->other_count;
    job->total = page_data_pieces(&work->run) + 1;
    return file_begin(&work->file, r->path, r->replace, status);
}

/* ---- writing ---- */

/* The template from behind one mark (-1: its beginning) up to the next one or the end. */
static void put_between(const PageWork *work, int mark) {
    const char *from = mark < 0 ? work->html : work->mark[mark] + strlen(MARKS[mark]);
    const char *end = mark + 1 < PAGE_MARKS ? work->mark[mark + 1] : from + strlen(from);
    fwrite(from, 1, (size_t)(end - from), work->file.stream);
}

static bool page_step(ExportJob *job, Status *status) {
    (void)status;
    PageWork *work = job->work;
    FILE *stream = work->file.stream;
    if (job->done == 0) {
        put_between(work, -1);
        fputs(work->style, stream);
        put_between(work, PAGE_STYLE);
    }
    if (job->done + 1 < job->total) {
        page_data_write(stream, &work->run, job->done, &work->base64);
    } else {
        put_between(work, PAGE_RUN);
        for (int i = 0; i < PAGE_SCRIPTS; i++)
            fputs(work->script[i], stream);
        put_between(work, PAGE_SCRIPT);
    }
    /* given up early: the commit reports why */
    job->done = ferror(stream) ? job->total : job->done + 1;
    return true;
}

static bool page_commit(ExportJob *job, Status *status) {
    PageWork *work = job->work;
    return file_commit(&work->file, status);
}

static void page_free(ExportJob *job) {
    PageWork *work = job->work;
    if (!work)
        return;
    file_abandon(&work->file);
    notes_free(&work->notes);
    free(work->html);
    free(work->style);
    for (int i = 0; i < PAGE_SCRIPTS; i++)
        free(work->script[i]);
    free(work->title);
    free(work->command);
    free(work->records);
    free(work);
}

const ExportFormat page_export = {
    .label = N_("Page (HTML)"),
    .name = "easyfirst.html",
    .ending = ".html",
    .keeps = KEEP_SETTINGS | KEEP_POINTS | KEEP_RECORDS | KEEP_MODELS,
    .begin = page_begin,
    .step = page_step,
    .commit = page_commit,
    .free = page_free,
};
