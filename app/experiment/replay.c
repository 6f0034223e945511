/* The recorded epochs once more, one after the other: looks, not training. */
#include "app/experiment/experiment_private.h"

/* Whether the newest record up to `replayed` is the run as it is now. */
static bool is_now(const Experiment *e) {
    const History *h = &e->history;
    double last = (double)h->records[h->count - 1].epoch;
    return e->replayed >= last + (e->trainer->batch > 0 ? 1.0 : 0.0);
}

void experiment_replay(Experiment *e) {
    const History *h = &e->history;
    if (h->count == 0)
        return;
    if (e->look < 0)
        experiment_look(e, h->records[0].epoch);
    e->replayed = (double)e->look;
    e->mode = MODE_REPLAY;
}

void experiment_replay_on(Experiment *e, double elapsed) {
    int64_t before = e->look;
    if (before >= 0) /* else an edit of the points has ended it */
        e->replayed += elapsed * e->speed;
    if (before < 0 || is_now(e)) {
        experiment_look(e, -1);
        e->mode = MODE_PAUSED;
    } else {
        experiment_look(e, (int64_t)e->replayed);
        e->mode = MODE_REPLAY;
    }
    if (e->look != before || e->mode == MODE_PAUSED)
        e->version++;
}
