/* What a log knows of itself: run_log.c writes it, run_log_go_on.c takes it from a text. */
#ifndef EASYFIRST_RUN_LOG_PRIVATE_H
#define EASYFIRST_RUN_LOG_PRIVATE_H

#include "app/experiment/experiment_private.h"
#include "app/experiment/run_log.h"

typedef struct Block { /* of points, as it stands in the text */
    size_t at, size;
} Block;

struct RunLog {
    LogText text;
    Deed draft; /* of what is about to be done */
    bool drafted;
    size_t draft_batches; /* in an epoch, before it is done */
    LogText stands;       /* lines that go before the draft's */
    Deed pending, last;   /* one that the next of its gesture may replace; the deed of the last line */
    bool waits, has_last;
    RunPlace after; /* where the run was behind that deed */
    Block *blocks;
    size_t block_count;
    size_t sealed; /* bytes, when it was sealed last; */
    RunPlace sealed_at;
    bool sealed_behind; /* a run beside the first was elsewhere then */
    uint32_t sum;       /* of the first `summed` bytes */
    size_t summed;
    size_t own;          /* deeds that are of no tape; */
    size_t deeds, steps; /* that a person would miss; */
    uint32_t step;       /* gesture of the last step, or 0; */
    bool minor;          /* the draft is none of them */
    bool any;            /* there are some, or on tape, or in the text that it goes on from */
};

static inline RunPlace place_of(const Trainer *t) {
    return (RunPlace){t->epoch, t->batch};
}

static inline bool same_place(RunPlace a, RunPlace b) {
    return a.epoch == b.epoch && a.batch == b.batch;
}

/* Notes a block of points that stands in the text. False without memory. */
bool run_log_add_block(RunLog *log, Block block);

/* Puts the checksum behind what stands in the text, as the end of its last line. */
void run_log_put_sum(RunLog *log);

#endif
