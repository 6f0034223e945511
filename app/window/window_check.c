/* The checkpoints of what the window keeps by itself. Where a replay from the last one on would take long, now and then
 * the whole run is kept, so that what is left by a crash is soon there again. It is copied in slices, a frame each, and
 * packed and written by the pen's thread; while it is copied the run stands still. */
#include "app/window/window_private.h"

#include "app/base/clock.h"

#include <stdlib.h>
#include <string.h>

/* Seconds of training between two, and which share of all of it at least; bytes of the largest (one of 1,000,000
 * points has 22 MB, and 0.1 more with each epoch), and of what is copied in a frame (about a millisecond). */
static const double CHECK = 10.0, CHECK_SHARE = 0.2;
static const size_t LARGEST = (size_t)64 << 20, SLICE = (size_t)4 << 20;

/* A copy, and where in the log it was made. */
typedef struct Check {
    CheckpointCopy copy;
    size_t at;
    char kernels[16];
} Check;

static void make(void *user, LogText *text) {
    Check *check = user;
    Bytes state = {0};
    Status status;
    if (!text) {
        checkpoint_copy_free(&check->copy);
    } else if (checkpoint_copy_pack(&check->copy, &state, &status)) {
        Session session = {.checkpoint = state.bytes, .checkpoint_size = state.size, .checkpoint_at = check->at};
        memcpy(session.checkpoint_kernels, check->kernels, sizeof check->kernels);
        session_put_checkpoint(text, &session);
        free(state.bytes);
    } else {
        text->failed = true; /* the log alone says all of it */
    }
    free(check);
}

static void put(Window *w) {
    Keeping *k = &w->keeping;
    Check *check = malloc(sizeof *check);
    if (check) {
        *check = (Check){.copy = *k->copy, .at = k->log_put};
        snprintf(check->kernels, sizeof check->kernels, "%s", trainer_kernels(w->experiment.trainer));
    }
    if (check && session_pen_put_made(k->pen, "checkpoint", make, check)) {
        *k->copy = (CheckpointCopy){0};
        k->checked = w->session.trained;
        k->check_bytes = checkpoint_bytes(&w->experiment);
    } else {
        free(check);
    }
    window_stop_checking(w);
}

void window_go_on_checking(Window *w) {
    Keeping *k = &w->keeping;
    if (!k->copy)
        return;
    if (!k->pen || w->reopening || w->experiment.version != k->copied)
        window_stop_checking(w);
    else if (checkpoint_copy_go_on(k->copy, SLICE))
        put(w);
}

bool window_check_is_due(const Window *w) {
    double since = w->session.trained - w->keeping.checked;
    return since >= CHECK && since >= CHECK_SHARE * w->session.trained && checkpoint_bytes(&w->experiment) <= LARGEST;
}

void window_check(Window *w) {
    Keeping *k = &w->keeping;
    Status status;
    if (k->copy || w->experiment.hand || w->experiment.queued > 0 || session_pen_makes(k->pen) ||
        !window_check_is_due(w))
        return;
    k->copy = calloc(1, sizeof *k->copy);
    k->copied = w->experiment.version;
    if (k->copy && !checkpoint_copy_begin(k->copy, &w->experiment, &status))
        window_stop_checking(w);
    window_go_on_checking(w);
}

void window_check_gives_way(Window *w) {
    const Experiment *e = &w->experiment;
    if (e->hand || e->queued > 0 || e->version != w->keeping.copied)
        window_stop_checking(w);
}

bool window_is_checking(const Window *w) {
    return w->keeping.copy != NULL;
}

void window_stop_checking(Window *w) {
    if (w->keeping.copy)
        checkpoint_copy_free(w->keeping.copy);
    free(w->keeping.copy);
    w->keeping.copy = NULL;
}
