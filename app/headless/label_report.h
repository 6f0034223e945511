/* What a run without a window finds out about its labels: --suspects and --scores. */
#ifndef EASYFIRST_LABEL_REPORT_H
#define EASYFIRST_LABEL_REPORT_H

#include "app/io/cli.h"
#include "core/label_scores.h"

/* A zeroed one is valid and empty. */
typedef struct LabelReport {
    bool all;        /* all measures are asked for, as columns */
    unsigned wanted; /* MEASURE_BITs; 0: nothing is asked for, and nothing kept */
    LabelMeasures measures;
    LabelScores scores;
} LabelReport;

/* Before the first epoch; after each, evaluated; after the last. */
bool label_report_begin(LabelReport *report, const Cli *cli, const Trainer *trainer, Status *status);
void label_report_epoch(LabelReport *report, const Trainer *trainer);
bool label_report_end(LabelReport *report, const Trainer *trainer, Status *status);
void label_report_free(LabelReport *report);

/* The list on standard output, and on stderr in a line whatever speaks against believing it. */
bool label_report_suspects(const LabelReport *report, const Cli *cli, const Trainer *trainer, Status *status);

#endif
