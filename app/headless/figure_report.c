#include "app/headless/figure_report.h"

#include <stdlib.h>

bool figure_report_begin(FigureReport *r, const Cli *cli, const Trainer *t, Status *status) {
    size_t count = t->data.count;
    bool wanted = cli->png || cli->svg || cli->pdf;
    if (wanted && cli->figure == FIGURE_TIMELINE && !r->past)
        return history_init(&r->history, count, t->mlp.parameters, HISTORY_DEFAULT_BYTES, status);
    if (!wanted || cli->figure != FIGURE_MAP)
        return true;
    r->variability = calloc(count, sizeof *r->variability);
    r->confidence = calloc(count, sizeof *r->confidence);
    if (!r->variability || !r->confidence)
        return status_no_memory(status, "the data map");
    return label_measures_init(&r->measures, count, status);
}

bool figure_report_epoch(FigureReport *r, const Trainer *t, Status *status) {
    if (r->measures.rows)
        label_measures_add(&r->measures, &t->mlp, t->parameters, &t->data);
    return r->history.limit == 0 || history_add(&r->history, t, status);
}

void figure_report_free(FigureReport *r) {
    history_free(&r->history);
    label_measures_free(&r->measures);
    free(r->variability);
    free(r->confidence);
    *r = (FigureReport){0};
}

void figure_report_look(FigureReport *r, Snapshot *snapshot, OtherRun *others) {
    for (int i = 0; i < snapshot->other_count; i++)
        if (r->others_past[i])
            others[i].snapshot.history = r->others_past[i];
    snapshot->history = r->past ? r->past : r->history.limit > 0 ? &r->history : NULL;
    if (!r->measures.rows || r->measures.epochs == 0)
        return;
    label_measures_values(&r->measures, MEASURE_VARIABILITY, r->variability);
    label_measures_values(&r->measures, MEASURE_CONFIDENCE, r->confidence);
    r->look = (LabelLook){.count = snapshot->data->count, .epochs = r->measures.epochs, .version = 1};
    r->look.value[MEASURE_VARIABILITY] = r->variability;
    r->look.value[MEASURE_CONFIDENCE] = r->confidence;
    snapshot->labels = &r->look;
}
