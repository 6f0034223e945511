/* A run made up for what feedback finds in it: a thousand points with losses from 0.001 to 1, two epochs done. Whoever
 * includes it has one scene; setup() makes it anew. */
#ifndef EASYFIRST_TESTS_FEEDBACK_SCENE_H
#define EASYFIRST_TESTS_FEEDBACK_SCENE_H

#include "app/experiment/feedback.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define POINTS 1000
#define RECORDS 40

static struct {
    Settings settings;
    Dataset data;
    float x[POINTS], y[POINTS], loss[POINTS], v[POINTS];
    uint8_t label[POINTS];
    History history;
    HistoryRecord records[RECORDS];
    uint64_t bits[RECORDS][(POINTS + 63) / 64];
    Snapshot snapshot;
    FeedbackState state;
    double time;
} scene;

/* v's from losses and threshold, by the plain rule. */
static void decide(void) {
    scene.snapshot.easy = 0;
    for (size_t i = 0; i < POINTS; i++) {
        scene.v[i] = scene.loss[i] < (float)scene.snapshot.threshold;
        scene.snapshot.easy += scene.v[i] > 0;
    }
    scene.snapshot.version++;
}

static void set_threshold(double threshold) {
    scene.snapshot.threshold = scene.snapshot.next_threshold = threshold;
    decide();
}

/* An epoch is complete; samples first, first + 1, ... are its easy ones. */
static void record(size_t first, size_t easy) {
    assert_true(scene.history.count < RECORDS);
    HistoryRecord *r = &scene.records[scene.history.count];
    *r = (HistoryRecord){.epoch = scene.snapshot.epoch, .easy = easy, .easy_bits = scene.bits[r - scene.records]};
    memset(r->easy_bits, 0, sizeof scene.bits[0]);
    for (size_t i = first; i < first + easy; i++)
        r->easy_bits[i % POINTS / 64] |= (uint64_t)1 << (i % POINTS % 64);
    scene.history.count++;
    scene.snapshot.epoch++;
    scene.snapshot.version++;
}

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    settings_default(&scene.settings);
    scene.data =
        (Dataset){.count = POINTS, .classes = 2, .x = scene.x, .y = scene.y, .label = scene.label, .anomaly = -1};
    for (size_t i = 0; i < POINTS; i++) {
        scene.x[i] = (float)(i % 41) / 10 - 2; /* of a scale that suits */
        scene.y[i] = (float)(i % 37) / 12 - 1.5f;
        scene.label[i] = (uint8_t)(i % 2);
        scene.data.class_count[i % 2]++;
        scene.loss[i] = (float)(i + 1) / 1000; /* 0.001 to 1 */
    }
    scene.history = (History){
        .samples = POINTS, .words = (POINTS + 63) / 64, .limit = RECORDS, .stride = 1, .records = scene.records};
    scene.snapshot = (Snapshot){.settings = &scene.settings,
                                .data = &scene.data,
                                .loss = scene.loss,
                                .v = scene.v,
                                .history = &scene.history,
                                .version = 1,
                                .data_version = 1};
    set_threshold(0.5);
    record(0, 400);
    record(0, 500);
    scene.time = 100;
    return 0;
}

#endif
