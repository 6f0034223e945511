/* A person's own points for the bench: with the truth in a further column, and another program's scores. */
#ifndef EASYFIRST_BENCH_POINTS_H
#define EASYFIRST_BENCH_POINTS_H

#include "app/io/cli.h"
#include "core/dataset.h"

typedef struct BenchPoints {
    Dataset data;
    uint8_t *is_wrong;    /* data.count: whether the column truth says another class than the label; owned */
    float *key;           /* data.count: of --scores, the smaller the more suspect; NULL: none are given; owned */
    char scores_name[64]; /* their column */
} BenchPoints;

/* Reads cli->points, its column `truth` and cli->scores. *points is overwritten, and empty after a failure. */
bool bench_points_read(BenchPoints *points, const Cli *cli, Status *status);
void bench_points_free(BenchPoints *points); /* safe on a zeroed one */

#endif
