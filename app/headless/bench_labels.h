/* How well each measure finds wrong labels: easyfirst --headless --bench labels [POINTS.csv] [--trace F.csv]
 *
 * Data sets: moons with 20 and 40 % of the labels moved, blobs with 10 and 20 % of the points far off (400 points, of
 * which 30 % are kept apart); or POINTS.csv, which then has a column `truth`. Runs: plain training, the threshold times
 * the growing factor, and by share from 0.3 to 0.8; 150 epochs at a rate of 0.01. Seeds: BENCH_SEEDS of them, from
 * --seed on (else from 1). Settings on the command line go over these.
 *
 * Printed are mean and sample standard deviation over the seeds of AUROC, average precision and precision at k
 * (core/detection.h), for all measures that rank (admission: equal ones by loss). --trace writes them as CSV, a row for
 * each data set, run and measure.
 *
 * --scores FILE: another program's scores for the points of POINTS.csv, as one more row: CSV with a header, a row for
 * each row of POINTS.csv; the column `score`, or else the last one. Suspect where large; where small, if the column has
 * the name of a measure that is so, or "quality" in it. */
#ifndef EASYFIRST_BENCH_LABELS_H
#define EASYFIRST_BENCH_LABELS_H

#include "app/io/cli.h"

#define BENCH_SEEDS 10

bool bench_labels_run(const Cli *cli, Status *status);

#endif
