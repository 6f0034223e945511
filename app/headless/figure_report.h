/* The figures besides the plot, of a run without a window: what is kept of its epochs for them, and their picture. */
#ifndef EASYFIRST_FIGURE_REPORT_H
#define EASYFIRST_FIGURE_REPORT_H

#include "app/experiment/other_run.h"
#include "app/io/cli.h"
#include "app/plot/picture.h"
#include "core/label_measures.h"

/* A zeroed one is valid and keeps nothing. */
typedef struct FigureReport {
    History history;     /* of the timeline */
    const History *past; /* in its place: of a run that was replayed; not owned */
    const History *others_past[OTHER_RUNS];
    LabelMeasures measures; /* of the data map */
    float *variability, *confidence;
    LabelLook look;
} FigureReport;

/* Before the first epoch; after each, evaluated. */
bool figure_report_begin(FigureReport *report, const Cli *cli, const Trainer *trainer, Status *status);
bool figure_report_epoch(FigureReport *report, const Trainer *trainer, Status *status);
void figure_report_free(FigureReport *report);

/* Adds what the figure needs to a look at the run, and at those beside it, which are in the snapshot. */
void figure_report_look(FigureReport *report, Snapshot *snapshot, OtherRun *others);

#endif
