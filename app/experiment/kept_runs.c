#include "app/experiment/kept_runs.h"

#include "app/base/format.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>

const BranchLook *kept_run_find(const Snapshot *s, uint32_t number) {
    for (int i = 0; i < s->branch_count; i++)
        if (s->branches[i].number == number)
            return &s->branches[i];
    return NULL;
}

double kept_runs_end(const Snapshot *s) {
    double end = 0.0;
    for (int age = 0; age < s->branch_count && age < KEPT_RUNS_DRAWN; age++)
        end = fmax(end, ceil(branch_done(kept_run(s, age))));
    return end;
}

void kept_run_name(const BranchLook *run, char text[128]) {
    snprintf(text, 128, "%s", run->name);
    text[0] = (char)toupper((unsigned char)text[0]);
}

void kept_run_figures(const BranchLook *run, char text[96]) {
    char epochs[32], accuracy[32], lambda[48] = "";
    double done = branch_done(run);
    bool test = !isnan(run->test_accuracy);
    if (done > floor(done))
        snprintf(epochs, sizeof epochs, "%.1f", done);
    else
        format_count((size_t)done, epochs);
    format_percent(test ? run->test_accuracy : run->accuracy, accuracy);
    if (settings_use_threshold(run->settings)) {
        char value[32];
        format_figure(run->threshold, value);
        snprintf(lambda, sizeof lambda, ", λ %s", value);
    }
    snprintf(text, 96, "%s epoch%s, %saccuracy %s%s", epochs, done == 1.0 ? "" : "s", test ? "test " : "", accuracy,
             lambda);
}

/* Whole megabytes, and what is below one as such. */
static void put_megabytes(size_t bytes, char text[32]) {
    const size_t megabyte = (size_t)1 << 20;
    if (bytes > 0 && bytes < megabyte)
        snprintf(text, 32, "below 1");
    else
        format_count((bytes + megabyte / 2) / megabyte, text);
}

void kept_runs_memory(const Snapshot *s, char text[96]) {
    char taken[32], most[32];
    text[0] = '\0';
    if (s->branch_budget == 0 || s->branch_count == 0)
        return;
    put_megabytes(s->branch_bytes, taken);
    put_megabytes(s->branch_budget, most);
    snprintf(text, 96, "%d kept, %s of %s MB", s->branch_count, taken, most);
}
