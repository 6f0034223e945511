#include "app/headless/headless.h"
#include "app/headless/headless_private.h"

#include "app/base/clock.h"
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/base/terminal.h"
#include "app/experiment/scale_advice.h"
#include "app/io/model_json.h"
#include "app/io/points_terminal.h"
#include "app/io/repeat_command.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Of all runs: with B's and C's thresholds if one of them is by meta. */
static unsigned trace_columns(const Headless *h) {
    const Trainer *t = h->trainer;
    unsigned columns = export_columns(&t->settings, t->data.classes, t->clean.count);
    for (int i = 0; i < h->other_count; i++)
        columns |= export_columns(&h->others[i].trainer->settings, t->data.classes, t->clean.count);
    return columns | EXPORT_OTHER * (unsigned)h->other_count;
}

/* Refuses before the run what would be refused after it. */
static bool check_outputs(const Cli *cli, Status *status) {
    for (int i = 0; i < OPTION_COUNT && !cli->force; i++) {
        const Option *option = &OPTIONS[i];
        const char *path =
            option->kind == OPTION_OUTPUT ? *(const char *const *)((const char *)cli + option->field) : NULL;
        if (path && file_exists(path))
            return status_fail(status, STATUS_EXISTS, "%s: exists already", path);
    }
    return true;
}

bool headless_open(Headless *h, Status *status) {
    const Cli *cli = h->cli;
    if (!check_outputs(cli, status))
        return false;
    bool soft = cli->settings.regularizer != REGULARIZER_HARD;
    size_t epochs = cli->weights && cli->settings.until_hard < 0 ? h->epochs : 0;
    if (!weight_log_begin(&h->weights, h->trainer->data.count, soft, epochs, status))
        return false;
    if (cli->trace) {
        if (!file_begin(&h->trace, cli->trace, cli->force, status))
            return false;
        h->trace_columns = trace_columns(h);
        export_trace_header(h->trace.stream, h->trace_columns);
    }
    if (cli->parameters) {
        if (!file_begin(&h->parameters, cli->parameters, cli->force, status))
            return false;
        export_parameters_header(h->parameters.stream, h->trainer);
    }
    if (!label_report_begin(&h->labels, cli, h->trainer, status) ||
        !figure_report_begin(&h->figure, cli, h->trainer, status))
        return false;
    return headless_page_open(h, status) && headless_open_pictures(h, status);
}

void headless_close(Headless *h) {
    file_abandon(&h->trace);
    file_abandon(&h->parameters);
    weight_log_free(&h->weights);
    history_free(&h->page.history);
    headless_close_pictures(h);
    figure_report_free(&h->figure);
    for (int i = 0; i < OTHER_RUNS; i++)
        other_run_close(&h->others[i]);
    label_report_free(&h->labels);
    trainer_free(h->trainer);
}

void headless_look(Headless *h, Snapshot *snapshot, PlotOptions *options) {
    *snapshot = snapshot_of(h->trainer);
    snapshot->version = ++h->version;
    other_runs_look(h->others, h->other_count, snapshot);
    figure_report_look(&h->figure, snapshot, h->others);
    *options = (PlotOptions){.ring_hard = picture_rings(snapshot), .aspect = cli_aspect(h->cli, ASPECT_AUTO)};
}

bool headless_epoch(Headless *h, Status *status) {
    const Cli *cli = h->cli;
    const Trainer *t = h->trainer;
    const Trainer *others[OTHER_RUNS];
    for (int i = 0; i < h->other_count; i++)
        others[i] = h->others[i].trainer;
    label_report_epoch(&h->labels, t);
    if (!figure_report_epoch(&h->figure, t, status))
        return false;
    if (cli->trace)
        export_trace_row(h->trace.stream, h->trace_columns, t, others);
    if (cli->parameters)
        export_parameters_row(h->parameters.stream, t);
    if (cli->weights && !weight_log_add(&h->weights, t->each.v, status))
        return false;
    return headless_page_epoch(h, status) && headless_frame(h, status);
}

/* From 1, as everywhere. */
static uint32_t epoch_under_way(const Trainer *t) {
    return t->epoch + 1;
}

void headless_progress(const Trainer *t, double began, double *last) {
    if (!terminal_line_due(began, last))
        return;
    terminal_renew(stderr, tr("epoch %u of at most %d: %zu of %zu easy, accuracy %.1f %%  "),
                   t->batch > 0 ? epoch_under_way(t) : t->epoch, t->settings.epochs, t->epoch_easy, t->data.count,
                   100.0 * t->accuracy);
}

bool headless_diverged(const Trainer *t, Status *status) {
    return status_fail(status, STATUS_FAILED,
                       "the model diverged in epoch %u: a parameter is not finite; try a lower --learning-rate",
                       epoch_under_way(t));
}

static bool train(Headless *h, Status *status) {
    Trainer *t = h->trainer;
    double began = clock_seconds(), last = 0.0;
    size_t batches = trainer_batches_between_looks(t);
    while (!trainer_finished(t)) {
        trainer_run(t, batches);
        for (int i = 0; i < h->other_count; i++)
            other_run_follow(&h->others[i], t, SIZE_MAX, status);
        if (t->diverged)
            return headless_diverged(t, status);
        if (t->batch == 0) {
            trainer_evaluate(t);
            h->last = trainer_finished(t);
            if (!headless_epoch(h, status))
                return false;
        }
        headless_progress(t, began, &last);
    }
    if (last > 0.0)
        terminal_wipe(stderr);
    return true;
}

static void print_summary(const Trainer *t) {
    terminal_print(stdout, tr("%u epochs, threshold %.9g, %zu of %zu easy, mean loss %.9g, accuracy %.9g\n"), t->epoch,
                   t->epoch_threshold, t->epoch_easy, t->data.count, t->mean_loss, t->accuracy);
}

/* Once, on stderr, where the points' scale has stopped learning. */
static void say_scale(const Trainer *t) {
    ScaleAdvice advice = scale_advice(&t->data);
    ScaleProgress progress = {t->epoch, true, t->accuracy, (double)NAN};
    char reason[SCALE_REASON_BYTES];
    if (t->settings.standardize || !scale_stops_learning(&advice, &t->data, &progress))
        return;
    scale_advice_reason(&advice, &t->data, reason);
    terminal_print(
        stderr, tr("easyfirst: accuracy %.3g, and the scale of the points stops learning: %s --standardize on helps\n"),
        t->accuracy, reason);
}

bool headless_command(const Headless *h, int count, char **command, Status *status) {
    const Cli *cli = h->cli;
    Aspect aspect = cli_aspect(cli, ASPECT_AUTO);
    *command = NULL;
    if (cli->points && strcmp(cli->points, "-") == 0)
        return true;
    const Settings *others[OTHER_RUNS];
    for (int i = 0; i < count; i++)
        others[i] = &cli->others[i];
    PointsFormat format = points_format_of(cli);
    if (cli->lesson)
        *command = repeat_command_of_lesson(cli->lesson, aspect);
    else if (cli->replay)
        *command = repeat_command_replay(file_base_name(cli->replay), aspect);
    else
        *command =
            repeat_command_of(&cli->settings, others, count, file_base_name(cli->points), &format, aspect, 0, NULL);
    return *command || status_no_memory(status, "the command line");
}

/* Of the first run. */
static bool save_model(const Headless *h, Status *status) {
    const Trainer *t = h->trainer;
    char *command;
    if (!headless_command(h, h->cli->compare_count, &command, status))
        return false;
    ModelLook model = {.settings = &t->settings,
                       .data = &t->data,
                       .mlp = &t->mlp,
                       .parameters = t->parameters,
                       .epoch = t->epoch,
                       .batch = t->batch,
                       .batches = t->batches,
                       .own_points = h->own_points,
                       .command = command};
    bool done = export_model(h->cli->model, h->cli->force, &model, status);
    free(command);
    if (done && h->other_count > 0)
        terminal_print(stderr, tr("easyfirst: %s: the first run's model\n"), h->cli->model);
    return done;
}

static bool finish_points(Headless *h, Status *status) {
    const Cli *cli = h->cli;
    const LabelScores *scores = h->labels.all ? &h->labels.scores : NULL;
    return !cli->points_out || export_points(cli->points_out, cli->force, h->trainer, scores, status);
}

static bool finish_weights(Headless *h, Status *status) {
    const Cli *cli = h->cli;
    return !cli->weights || export_weights(cli->weights, cli->force, &h->weights, h->trainer, status);
}

static bool finish_model(Headless *h, Status *status) {
    return !h->cli->model || save_model(h, status);
}

static bool finish_trace(Headless *h, Status *status) {
    return !h->cli->trace || file_commit(&h->trace, status);
}

static bool finish_parameters(Headless *h, Status *status) {
    return !h->cli->parameters || file_commit(&h->parameters, status);
}

/* Puts every file in its place, also where one before it fails. *status is the first failure; others are told here. */
static bool finish_files(Headless *h, Status *status) {
    static bool (*const finish[])(Headless *,
                                  Status *) = {headless_finish_png, headless_finish_svg, headless_finish_pdf,
                                               finish_points,       finish_weights,      finish_model,
                                               finish_trace,        finish_parameters,   headless_finish_animations,
                                               headless_page_write};
    bool done = true;
    for (size_t i = 0; i < sizeof finish / sizeof *finish; i++) {
        Status failure = {0};
        if (finish[i](h, &failure))
            continue;
        headless_end(false, &failure);
        if (done)
            *status = failure;
        else
            terminal_say(failure.message);
        done = false;
    }
    return done;
}

bool headless_finish(Headless *h, Status *status) {
    const Cli *cli = h->cli;
    const Trainer *t = h->trainer;
    if (!finish_files(h, status))
        return false;
    char missing[TEXT_MISSING_LINE];
    if (text_missing(missing))
        terminal_say(missing);
    bool quiet = headless_wants_pictures(cli) || cli->svg || cli->pdf || cli->html || cli->points_out || cli->weights ||
                 cli->trace || cli->parameters || cli->model;
    if (cli->suspects > 0 && !label_report_suspects(&h->labels, cli, t, status))
        return false;
    if (cli->suspects == 0 && !quiet)
        print_summary(t);
    for (int i = 0; i < h->other_count && cli->suspects == 0 && !quiet; i++) {
        const Trainer *other = h->others[i].trainer;
        char title[128];
        other_run_title(&t->settings, &other->settings, title);
        /* TRANSLATORS: before the line of a run that is compared; %s: "Hard first" */
        terminal_print(stdout, tr("beside it, %s: "), title);
        print_summary(other);
    }
    say_scale(t);
    if (fflush(stdout) != 0 || ferror(stdout))
        return status_fail(status, STATUS_FAILED, "cannot write to standard output");
    return true;
}

static bool open_others(Headless *h, Status *status) {
    while (h->other_count < h->cli->compare_count) {
        int i = h->other_count++;
        if (!other_run_open(&h->others[i], h->trainer, &h->cli->others[i], status))
            return false;
    }
    return true;
}

/* How many epochs come, where the frames are spread over them: a run that goes on until few are hard is tried first. */
static bool count_epochs(Headless *h, Status *status) {
    const Settings *settings = &h->trainer->settings;
    h->epochs = (size_t)settings->epochs;
    if (h->cli->frames.most == 0 || settings->until_hard < 0)
        return true;
    Trainer *trial = trainer_copy(h->trainer, status);
    if (!trial)
        return false;
    while (!trainer_finished(trial) && !trial->diverged)
        trainer_run(trial, trainer_batches_between_looks(trial));
    h->epochs = trial->epoch;
    trainer_free(trial);
    return true;
}

bool headless_run(const Cli *cli, Status *status) {
    if (cli->replay)
        return headless_end(headless_replay(cli, status), status);
    Headless h = {.cli = cli, .own_points = cli->points != NULL};
    bool done = false;
    if (cli->points) {
        Dataset points;
        if (points_read_terminal(cli, &points, status)) {
            h.trainer = trainer_new(&cli->settings, &points, status);
            dataset_free(&points);
        }
    } else {
        h.trainer = trainer_new(&cli->settings, NULL, status);
    }
    if (h.trainer && open_others(&h, status) && count_epochs(&h, status))
        done = headless_open(&h, status) && train(&h, status) && label_report_end(&h.labels, h.trainer, status) &&
               headless_finish(&h, status);
    headless_close(&h);
    return headless_end(done, status);
}

bool headless_end(bool done, Status *status) {
    if (done || status->code != STATUS_EXISTS)
        return done;
    Status exists = *status;
    return status_fail(status, STATUS_FAILED, "%s (--force replaces it)", exists.message);
}
