/* What was recorded, once more, and the files that it leaves: of the run as it stands at the end, each epoch as its
 * history has it. What was left by a reset, an undo or by going on from an earlier epoch is in none of them. */
#include "app/headless/headless_private.h"

#include "app/base/clock.h"
#include "app/base/language.h"
#include "app/base/terminal.h"
#include "app/experiment/experiment.h"
#include "app/experiment/tape.h"
#include "app/io/session_file.h"

#include <stdio.h>
#include <string.h>

static bool play(Experiment *e, Tape *tape, Status *status) {
    double began = clock_seconds(), last = 0.0;
    while (tape_play(e, trainer_batches_between_looks(e->trainer)) > 0)
        headless_progress(e->trainer, began, &last);
    if (last > 0.0)
        terminal_wipe(stderr);
    char complaint[1024];
    tape_complaint(tape, e, complaint);
    e->tape = NULL;
    if (tape->failed)
        return status_fail(status, STATUS_FAILED, "%s", complaint);
    if (complaint[0])
        terminal_say(complaint);
    return true;
}

/* *copy is the run as it is, or, with a record, as it was. */
static bool show(Trainer **copy, const Trainer *t, const History *history, const HistoryRecord *record,
                 Status *status) {
    trainer_free(*copy);
    *copy = trainer_copy(t, status);
    if (!*copy)
        return false;
    History view = *history; /* of which only the count changes */
    if (!record) {
        trainer_evaluate(*copy);
        return true;
    }
    history_restore(&view, record, *copy);
    (*copy)->mean_loss = record->mean_loss; /* of the points that there were then */
    (*copy)->accuracy = record->accuracy;
    (*copy)->test_loss = record->test_loss;
    (*copy)->test_accuracy = record->test_accuracy;
    (*copy)->threshold = record->threshold; /* also where the settings changed later would go on from others */
    (*copy)->by_class = record->by_class;
    memcpy((*copy)->class_threshold, record->class_threshold, sizeof record->class_threshold);
    return true;
}

/* All runs, at an epoch of the first one's history, or with NULL now. */
static bool show_all(Headless *h, const Experiment *e, const HistoryRecord *record, Status *status) {
    bool done = show(&h->trainer, e->trainer, &e->history, record, status);
    for (int i = 0; done && i < e->other_count; i++) {
        const OtherRun *other = &e->others[i];
        const HistoryRecord *its = record ? history_find(&other->history, record->epoch) : NULL;
        done = show(&h->others[i].trainer, other->trainer, &other->history, its, status);
        h->others[i].stale = false;
        if (done && record && !its) { /* it begins at the first epoch that it has */
            trainer_reset(h->others[i].trainer);
            trainer_redecide(h->others[i].trainer);
        }
    }
    h->other_count = e->other_count;
    h->current = false;
    return done;
}

static bool show_epochs(Headless *h, const Experiment *e, Status *status) {
    const History *history = &e->history;
    for (size_t i = 0; i < history->count; i++) {
        h->last = i + 1 == history->count;
        bool now = h->last && e->trainer->batch == 0; /* then v's are whole */
        if (!show_all(h, e, now ? NULL : &history->records[i], status) || !headless_epoch(h, status))
            return false;
    }
    return e->trainer->batch == 0 || show_all(h, e, NULL, status);
}

static bool write_all(const Cli *cli, Experiment *e, const Recording *recording, Status *status) {
    Cli own = *cli;
    own.settings = e->trainer->settings;
    Headless h = {.cli = &own, .own_points = recording->points != 0, .figure.past = &e->history};
    for (int i = 0; i < e->other_count; i++)
        h.figure.others_past[i] = &e->others[i].history;
    h.page.replayed = &e->history;
    h.page.notes = &e->notes;
    h.page.points_path = recording->path;
    bool done = (!cli->weights || own.settings.regularizer == REGULARIZER_HARD) ||
                status_fail(status, STATUS_FAILED,
                            "--weights: of past epochs a replay knows only which v's were above 0, so it has no table "
                            "for a soft regularizer");
    if (e->history.stride > 1)
        terminal_print(stderr,
                       e->history.stride == 2 ? tr("easyfirst: of so many epochs every %und is kept\n")
                                              : tr("easyfirst: of so many epochs every %uth is kept\n"),
                       e->history.stride);
    h.epochs = e->history.count;
    done = done && show_all(&h, e, NULL, status) && headless_open(&h, status) && show_epochs(&h, e, status) &&
           label_report_end(&h.labels, h.trainer, status) && headless_finish(&h, status);
    headless_close(&h);
    return done;
}

bool headless_replay(const Cli *cli, Status *status) {
    Session session = {0};
    Recording recording = {0};
    Experiment e = {0};
    Tape tape = {0};
    bool done = session_open(&session, &recording, cli->replay, cli->skip_bad, status) &&
                tape_begin(&tape, &e, &recording, status) && play(&e, &tape, status) &&
                write_all(cli, &e, &recording, status);
    if (e.trainer)
        experiment_free(&e);
    tape_free(&tape);
    recording_free(&recording);
    session_free(&session);
    return done;
}
