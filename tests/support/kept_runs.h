/* Copies of the runs on show, to compare them with later ones to the last bit. Include after cmocka.h. */
#ifndef EASYFIRST_TEST_KEPT_RUNS_H
#define EASYFIRST_TEST_KEPT_RUNS_H

#include "tests/support/sessions.h"

/* Trainers, histories, source and what was done by hand; for branch_free. */
static inline Branch *keep_runs(const Experiment *e) {
    Status status;
    Branch *kept = branch_new(&status);
    assert_non_null(kept);
    kept->tag = e->tag;
    kept->by_hand = e->by_hand;
    kept->other_count = e->other_count;
    kept->trainer = trainer_copy(e->trainer, &status);
    assert_true(history_copy(&kept->history, &e->history, UINT32_MAX, &status));
    assert_true(source_copy(&kept->source, &e->source, &status));
    for (int i = 0; i < e->other_count; i++)
        assert_true(other_run_copy(&kept->others[i], &e->others[i], UINT32_MAX, &status));
    return kept;
}

static inline void assert_as_kept(Branch *was, const Experiment *e) {
    was->history.slots = e->history.slots; /* with those of points that are away */
    if (e->trainer->epoch == 0) {          /* of no epoch */
        was->trainer->epoch_easy = e->trainer->epoch_easy;
        was->trainer->epoch_threshold = e->trainer->epoch_threshold;
    }
    for (int i = 0; i < e->other_count; i++)
        was->others[i].history.slots = e->others[i].history.slots;
    assert_int_equal(was->tag.number, e->tag.number);
    assert_string_equal(was->tag.title, e->tag.title);
    assert_same_run(was->trainer, e->trainer);
    assert_same_history(&was->history, &e->history);
    assert_true(was->by_hand.threshold == e->by_hand.threshold && was->by_hand.hold == e->by_hand.hold);
    assert_true(was->by_hand.settings == e->by_hand.settings && was->by_hand.parameters == e->by_hand.parameters);
    assert_same_source(&was->source, &e->source);
    assert_int_equal(was->other_count, e->other_count);
    for (int i = 0; i < e->other_count; i++) {
        const OtherRun *a = &was->others[i], *b = &e->others[i];
        assert_same_run(a->trainer, b->trainer);
        assert_same_history(&a->history, &b->history);
        assert_true(a->held == b->held);
        assert_true(other_run_same_curriculum(&a->curriculum, &b->curriculum));
        assert_true(a->by_hand.threshold == b->by_hand.threshold && a->by_hand.hold == b->by_hand.hold);
        assert_true(a->by_hand.settings == b->by_hand.settings);
    }
}

#endif
