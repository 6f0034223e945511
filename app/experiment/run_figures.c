#include "app/experiment/run_figures.h"

#include "app/experiment/feedback.h"

/* The feedback's rule with stricter limits, because the run is over: a class is left out for good. */
static bool has_collapsed(const Trainer *t) {
    static const LeftOut limits = {.of_all = 0.05, .of_easy = 0.01, .expected = 0.0};
    size_t easy[MAX_CLASSES] = {0}, all_easy = 0;
    for (size_t i = 0; i < t->data.count; i++)
        easy[t->data.label[i]] += t->each.v[i] > 0.0f;
    for (int k = 0; k < t->data.classes; k++)
        all_easy += easy[k];
    if (t->settings.pace == PACE_CLEAN_ALONE && settings_need_clean(&t->settings)) /* no sample is learned from */
        return false;
    if (all_easy == 0)
        return true;
    for (int k = 0; k < t->data.classes; k++)
        if (class_left_out(t->data.class_count[k], t->data.count, easy[k], all_easy, &limits))
            return true;
    return false;
}

RunFigures run_figures(const Trainer *t) {
    return (RunFigures){
        .epochs = t->epoch,
        .threshold = t->epoch_threshold,
        .easy = t->epoch_easy,
        .share_easy = (double)t->epoch_easy / (double)t->data.count,
        .mean_loss = t->mean_loss,
        .accuracy = t->accuracy,
        .test_accuracy = t->test_accuracy,
        .label_precision = t->label_precision,
        .label_recall = t->label_recall,
        .status = t->diverged        ? RUN_DIVERGED
                  : has_collapsed(t) ? RUN_COLLAPSED
                                     : RUN_OK,
    };
}

RunFigures run_to_end(Trainer *t, const atomic_bool *stop) {
    size_t batches = trainer_batches_between_looks(t);
    while (!trainer_finished(t) && !t->diverged && !atomic_load_explicit(stop, memory_order_relaxed))
        trainer_run(t, batches);
    trainer_evaluate(t);
    return run_figures(t);
}
