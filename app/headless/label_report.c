#include "app/headless/label_report.h"

#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/base/terminal.h"
#include "app/experiment/suspects_doubt.h"
#include "app/io/tables_csv.h"

#include <string.h>

static bool wants(const LabelReport *r, Measure measure) {
    return (label_scores_needs(r->wanted) & MEASURE_BIT(measure)) != 0;
}

bool label_report_begin(LabelReport *r, const Cli *cli, const Trainer *t, Status *status) {
    *r = (LabelReport){0};
    r->all = cli->scores && strcmp(cli->scores, "on") == 0;
    if (r->all)
        r->wanted = (1u << MEASURE_COUNT) - 1;
    else if (cli->suspects > 0)
        r->wanted = MEASURE_BIT(cli->suspects_by);
    bool kept = false;
    for (int m = MEASURE_AUM; r->wanted && m <= MEASURE_TRACIN; m++)
        kept = kept || wants(r, (Measure)m);
    return !kept || label_measures_init(&r->measures, t->data.count, status);
}

void label_report_epoch(LabelReport *r, const Trainer *t) {
    if (r->measures.rows)
        label_measures_add(&r->measures, &t->mlp, t->parameters, &t->data);
}

bool label_report_end(LabelReport *r, const Trainer *t, Status *status) {
    if (!r->wanted)
        return true;
    HeldOut *held_out = NULL;
    bool done = true;
    if (wants(r, MEASURE_HELD_OUT)) {
        held_out = held_out_new(&t->settings, &t->data, status);
        done = held_out && held_out_run(held_out, NULL, NULL, status);
    }
    LabelSources from = label_sources(t, r->measures.rows ? &r->measures : NULL, held_out);
    done = done && label_scores_make(&r->scores, &from, r->wanted, status);
    held_out_free(held_out);
    return done;
}

void label_report_free(LabelReport *r) {
    label_measures_free(&r->measures);
    label_scores_free(&r->scores);
}

bool label_report_suspects(const LabelReport *r, const Cli *cli, const Trainer *t, Status *status) {
    char doubt[SUSPECTS_DOUBT];
    Measure by = (Measure)cli->suspects_by;
    if (suspects_doubt(&r->scores, by, &t->settings, t->epoch, t->epoch_easy, doubt))
        terminal_print(stderr, tr("easyfirst: suspects: %s\n"), doubt);
    FileWrite out; /* where a terminal gets nothing that it would obey */
    bool done = file_begin(&out, "/dev/stdout", true, status) &&
                export_suspects(out.stream, t, &r->scores, by, (size_t)cli->suspects, status) &&
                file_commit(&out, status);
    file_abandon(&out);
    return done;
}
