#include "app/experiment/kept_runs.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/experiment/run_words.h"

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

void kept_run_name(const BranchLook *run, char text[RUN_WORDS_BYTES]) {
    run_words(run->name, text);
    text[0] = (char)toupper((unsigned char)text[0]); /* of Latin letters alone */
}

void kept_run_figures(const BranchLook *run, char text[160]) {
    char epochs[32], accuracy[32], all[96], first[128];
    double done = branch_done(run);
    bool test = !isnan(run->test_accuracy), whole = done == floor(done);
    if (whole)
        format_count((size_t)done, epochs);
    else
        format_decimals(done, 1, epochs);
    snprintf(all, sizeof all, trn("%s epoch", "%s epochs", whole ? (size_t)done : 2), epochs); /* "1.5 epochs" */
    format_percent(test ? run->test_accuracy : run->accuracy, accuracy);
    snprintf(first, sizeof first, test ? tr("%s, test accuracy %s") : tr("%s, accuracy %s"), all, accuracy);
    if (!settings_use_threshold(run->settings)) {
        snprintf(text, 160, "%s", first);
        return;
    }
    char value[32];
    format_figure(run->threshold, value);
    /* TRANSLATORS: "60 epochs, accuracy 97.8 %", and the threshold */
    snprintf(text, 160, tr("%.120s, λ %.31s"), first, value);
}

/* Whole megabytes, and what is below one as such. */
static void put_megabytes(size_t bytes, char text[32]) {
    const size_t megabyte = (size_t)1 << 20;
    if (bytes > 0 && bytes < megabyte)
        snprintf(text, 32, "%s", trc("megabytes", "below 1"));
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
    snprintf(text, 96, tr("%d kept, %s of %s MB"), s->branch_count, taken, most);
}
