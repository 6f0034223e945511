/* What a run without a window has open, and what is done with it: headless.c trains one, headless_replay.c repeats what
 * was recorded. */
#ifndef EASYFIRST_HEADLESS_PRIVATE_H
#define EASYFIRST_HEADLESS_PRIVATE_H

#include "app/experiment/notes.h"
#include "app/experiment/other_run.h"
#include "app/headless/figure_report.h"
#include "app/headless/label_report.h"
#include "app/io/cli.h"
#include "app/io/animation.h"
#include "app/io/tables_csv.h"
#include "app/plot/picture.h"
#include "core/history.h"
#include "core/trainer.h"

/* What --html needs; zeroed: nothing. */
typedef struct HeadlessPage {
    History history; /* of the run, as far as it is kept here */
    /* of a replay: its own history and notes, and the file that its points come from, or NULL */
    const History *replayed;
    const Notes *notes;
    const char *points_path;
} HeadlessPage;

/* Everything that is open while a run goes on; zeroed at first, closed by headless_close. */
typedef struct Headless {
    const Cli *cli;
    Trainer *trainer;
    OtherRun others[OTHER_RUNS];
    int other_count;
    LabelReport labels;
    FigureReport figure;
    FileWrite trace, parameters;
    unsigned trace_columns;
    WeightLog weights;
    Picture picture;
    HeadlessPage page;
    Animation animations[ANIMATION_KINDS];
    size_t epochs, seen; /* how many come, and have been seen; */
    uint32_t seen_epoch; /* the last of those, from 1 */
    uint64_t version;
    bool own_points; /* from a file */
    bool last;       /* no epoch comes after the one that has ended */
    bool current;    /* the picture is the plot of the run as it is */
} Headless;

/* Opens what the command line asks for; there is a trainer, and the runs beside it. */
bool headless_open(Headless *headless, Status *status);
void headless_close(Headless *headless);
/* After each epoch, with the losses up to date. */
bool headless_epoch(Headless *headless, Status *status);
/* After the last: puts the files in their places, prints. */
bool headless_finish(Headless *headless, Status *status);
/* headless_page.c: begins to keep the epochs, keeps one more, writes the page. Nothing without --html. */
bool headless_page_open(Headless *headless, Status *status);
bool headless_page_epoch(Headless *headless, Status *status);
bool headless_page_write(Headless *headless, Status *status);
/* ---- pictures (headless_pictures.c) ---- */

bool headless_wants_pictures(const Cli *cli);
bool headless_open_pictures(Headless *headless, Status *status);
/* After each epoch: a frame, if it is one that is shown. */
bool headless_frame(Headless *headless, Status *status);
bool headless_finish_png(Headless *headless, Status *status);
bool headless_finish_animations(Headless *headless, Status *status);
void headless_close_pictures(Headless *headless);

/* How far it is, on a terminal and now and then. began: seconds; *last: when it was shown last, 0 at first. */
void headless_progress(const Trainer *trainer, double began, double *last);

/* The run as it is now, and how pictures show it. */
void headless_look(Headless *headless, Snapshot *snapshot, PlotOptions *options);

/* Makes the line that repeats the run with the first `others` of those beside it, for a file: other files are named
 * without their folders, which say nothing on another machine. malloc'd; NULL for points of standard input, which are
 * nowhere else. false: no memory. */
bool headless_command(const Headless *headless, int others, char **command, Status *status);

/* --svg, --pdf. */
bool headless_finish_svg(Headless *headless, Status *status);
bool headless_finish_pdf(Headless *headless, Status *status);

/* --replay. */
bool headless_replay(const Cli *cli, Status *status);

#endif
