#include "app/headless/bench_points.h"

#include "app/base/language.h"
#include "app/io/points_terminal.h"
#include "core/label_measures.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The file once more, with the column truth in place of the labels. */
static bool read_truth(const Cli *cli, Dataset *truth, Status *status) {
    char columns[1024] = "x,y,truth";
    PointsFormat format = points_format_of(cli);
    const char *label = cli->columns ? strrchr(cli->columns, ',') : NULL;
    if (label)
        snprintf(columns, sizeof columns, "%.*s,truth", (int)(label - cli->columns), cli->columns);
    format.columns = columns;
    return points_read(truth, cli->points, &format, status) ||
           status_fail(status, STATUS_FAILED, "--bench labels needs a column truth: %.800s", status->message);
}

static bool mark_wrong(BenchPoints *p, const Cli *cli, Status *status) {
    Dataset truth;
    if (!read_truth(cli, &truth, status))
        return false;
    bool same = truth.count == p->data.count;
    for (size_t i = 0; same && i < truth.count; i++)
        same = dataset_row(&truth, i) == dataset_row(&p->data, i);
    p->is_wrong = calloc(p->data.count, sizeof *p->is_wrong);
    bool done = (same || status_fail(status, STATUS_FAILED, "%s: column truth is bad in other rows than the labels",
                                     cli->points)) &&
                (p->is_wrong || status_no_memory(status, "the bench"));
    for (size_t i = 0; done && i < truth.count; i++) {
        int given = p->data.label[i], right = truth.label[i];
        const char *name = dataset_class_whole(&p->data, given), *right_name = dataset_class_whole(&truth, right);
        p->is_wrong[i] = name[0] || right_name[0] ? strcmp(name, right_name) != 0 : given != right;
    }
    dataset_free(&truth);
    return done;
}

/* ---- another program's scores ---- */

/* The place of column `score`, else of the last one, in a header; its name is kept. */
static int score_column(char *header, char name[64]) {
    int place = -1, columns = 0;
    for (char *cell = strtok(header, ",\r\n"); cell; cell = strtok(NULL, ",\r\n"), columns++)
        if (place < 0 || strcmp(name, "score") != 0) {
            place = columns;
            snprintf(name, 64, "%s", cell);
        }
    return place;
}

/* Whether small values are the suspect ones, by the column's name. */
static bool is_small(const char *name) {
    if (strstr(name, "quality"))
        return true;
    for (int m = 0; m < MEASURE_COUNT; m++)
        if (strcmp(name, MEASURES[m].column) == 0 || strcmp(name, MEASURES[m].name) == 0)
            return MEASURES[m].small;
    return false;
}

static bool read_number(const char *line, int column, float *number) {
    for (; column > 0 && line; column--) {
        line = strchr(line, ',');
        line = line ? line + 1 : NULL;
    }
    char *end = NULL;
    *number = line ? strtof(line, &end) : NAN;
    return line && end != line && !isnan(*number);
}

enum { LINE = 4096 };

/* The next line; false at the file's end. One that is longer, or has a 0 in it, is not whole. */
static bool next_line(FILE *in, char line[LINE], bool *whole) {
    if (!fgets(line, LINE, in))
        return false;
    size_t length = strlen(line);
    *whole = length > 0 && (line[length - 1] == '\n' || feof(in));
    return true;
}

static bool fail_line(const char *path, size_t line, Status *status) {
    return status_fail(status, STATUS_FAILED, "%s:%zu: the line is longer than %d bytes, or no text", path, line,
                       LINE - 2);
}

/* The rows of the file that are points, of which `row` counts all. */
static bool read_rows(BenchPoints *p, FILE *in, const char *path, Status *status) {
    char line[LINE];
    bool whole;
    errno = 0;
    if (!next_line(in, line, &whole))
        return ferror(in) ? status_fail(status, STATUS_FAILED, "%s: %s", path, tr_error(errno))
                          : status_fail(status, STATUS_FAILED,
                                        "%s: is empty; a header and a row for each point are expected", path);
    if (!whole)
        return fail_line(path, 1, status);
    int column = score_column(line, p->scores_name);
    bool small = is_small(p->scores_name);
    size_t i = 0;
    for (size_t row = 0; i < p->data.count && next_line(in, line, &whole); row++) {
        if (!whole)
            return fail_line(path, row + 2, status);
        if (row != dataset_row(&p->data, i))
            continue;
        if (!read_number(line, column, &p->key[i]))
            return status_fail(status, STATUS_FAILED, "%s:%zu: column %s: not a number", path, row + 2, p->scores_name);
        p->key[i] = small ? p->key[i] : -p->key[i];
        i++;
    }
    return i == p->data.count ||
           status_fail(status, STATUS_FAILED, "%s: has scores for %zu of the %zu points", path, i, p->data.count);
}

static bool read_scores(BenchPoints *p, const char *path, Status *status) {
    FILE *in = fopen(path, "r");
    if (!in)
        return status_fail(status, STATUS_FAILED, "%s: %s", path, tr_error(errno));
    p->key = calloc(p->data.count, sizeof *p->key);
    bool done = (p->key || status_no_memory(status, "the bench")) && read_rows(p, in, path, status);
    fclose(in);
    return done;
}

bool bench_points_read(BenchPoints *p, const Cli *cli, Status *status) {
    *p = (BenchPoints){0};
    if (strcmp(cli->points, "-") == 0)
        return status_fail(status, STATUS_USAGE, "--bench: reads the points twice, so they cannot come from a pipe");
    bool done = points_read_terminal(cli, &p->data, status) && mark_wrong(p, cli, status) &&
                (!cli->scores || read_scores(p, cli->scores, status));
    free(p->data.clean); /* all points are judged */
    p->data.clean = NULL;
    if (!done)
        bench_points_free(p);
    return done;
}

void bench_points_free(BenchPoints *p) {
    dataset_free(&p->data);
    free(p->is_wrong);
    free(p->key);
    *p = (BenchPoints){0};
}
