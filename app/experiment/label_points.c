#include "app/experiment/label_points.h"

#include "core/neighbours.h"

#include <stdlib.h>
#include <string.h>

LabelPoints *label_points_new(const Trainer *t, Status *status) {
    LabelPoints *p = calloc(1, sizeof *p);
    if (!p || !dataset_copy(&p->data, &t->data, status)) {
        free(p);
        status_no_memory(status, "the measures of the labels");
        return NULL;
    }
    p->settings = t->settings;
    p->mlp = t->mlp;
    p->holders = 1;
    p->knn = calloc(p->data.count, sizeof *p->knn);
    if (p->knn)
        return p;
    label_points_let_go(p);
    status_no_memory(status, "the measures of the labels");
    return NULL;
}

static bool same_model(const Mlp *a, const Mlp *b) {
    const Scaling *s = &a->scaling, *t = &b->scaling;
    bool same = a->layers == b->layers && mlp_classes(a) == mlp_classes(b) && s->on == t->on;
    for (int i = 0; same && s->on && i < MLP_INPUTS; i++)
        same = s->shift[i] == t->shift[i] && s->divisor[i] == t->divisor[i];
    return same;
}

bool label_points_same(const LabelPoints *p, const Trainer *t) {
    const Dataset *a = &p->data, *b = &t->data;
    return a->count == b->count && a->classes == b->classes && same_model(&p->mlp, &t->mlp) &&
           held_out_same_models(&p->settings, &t->settings) && memcmp(a->x, b->x, a->count * sizeof *a->x) == 0 &&
           memcmp(a->y, b->y, a->count * sizeof *a->y) == 0 && memcmp(a->label, b->label, a->count) == 0;
}

void label_points_hold(LabelPoints *p) {
    p->holders++;
}

void label_points_let_go(LabelPoints *p) {
    if (!p || --p->holders > 0)
        return;
    held_out_free(p->held_out);
    free(p->knn);
    dataset_free(&p->data);
    free(p);
}

bool label_points_prepare(LabelPoints *p) {
    Status status;
    p->held_out = held_out_new(&p->settings, &p->data, &status);
    return p->held_out && neighbours_unlike(&p->mlp, &p->data, p->knn, &status);
}

bool label_points_done(const LabelPoints *p) {
    bool done = p->knn_state == TASK_DONE;
    for (int f = 0; f < HELD_OUT_RUNS; f++)
        done = done && p->fold_state[f] == TASK_DONE;
    return done || p->failed;
}

double label_points_progress(const LabelPoints *p) {
    double done = 0.0;
    for (int f = 0; f < HELD_OUT_RUNS; f++)
        done += p->fold_state[f] == TASK_DONE ? 1.0 : (double)atomic_load(&p->epochs[f]) / (HELD_OUT_EPOCHS + 1.0);
    return done / HELD_OUT_RUNS;
}
