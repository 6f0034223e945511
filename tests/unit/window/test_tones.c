/* The losses as samples: pitch, sides, ticks, and no click at an end. */
#include "app/window/tones.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static float samples[2 * TONE_FRAMES];

static double power(const float *from, size_t frames, int side) {
    double sum = 0.0;
    for (size_t i = 0; i < frames; i++)
        sum += (double)from[2 * i + (size_t)side] * (double)from[2 * i + (size_t)side];
    return sum / (double)frames;
}

/* How much of a frequency there is in a channel. */
static double strength(const float *from, size_t frames, int side, double hertz) {
    double re = 0.0, im = 0.0;
    for (size_t i = 0; i < frames; i++) {
        double angle = 2.0 * 3.14159265358979323846 * hertz * (double)i / TONE_RATE;
        re += (double)from[2 * i + (size_t)side] * cos(angle);
        im += (double)from[2 * i + (size_t)side] * sin(angle);
    }
    return hypot(re, im) / (double)frames;
}

static void the_pitch_is_the_loss(void **state) {
    (void)state;
    assert_true(fabs(tone_pitch(0.001) - 110.0) < 1e-9);
    assert_true(fabs(tone_pitch(0.01) - 220.0) < 1e-9); /* an octave for a factor of ten */
    assert_true(fabs(tone_pitch(1.0) - 880.0) < 1e-9);
    assert_true(tone_pitch(0.0) == tone_pitch(0.001) && tone_pitch(-1.0) == tone_pitch(0.001));
    assert_true(tone_pitch(1e9) == tone_pitch(10.0) && tone_pitch(INFINITY) == tone_pitch(10.0));
    assert_true(tone_pitch((double)NAN) == tone_pitch(10.0));
    tone_write(&(Tone){.easy_loss = 0.01, .hard_loss = 1.0, .easy = 0.5}, samples);
    assert_true(strength(samples, TONE_FRAMES, 0, 220.0) > 10.0 * strength(samples, TONE_FRAMES, 0, 311.0));
    assert_true(strength(samples, TONE_FRAMES, 1, 880.0) > 10.0 * strength(samples, TONE_FRAMES, 1, 700.0));
    assert_true(strength(samples, TONE_FRAMES, 0, 220.0) > strength(samples, TONE_FRAMES, 1, 220.0));
    assert_true(strength(samples, TONE_FRAMES, 1, 880.0) > strength(samples, TONE_FRAMES, 0, 880.0));
}

static void shares_are_loudness(void **state) {
    (void)state;
    tone_write(&(Tone){.easy_loss = 0.1, .hard_loss = 0.1, .easy = 1.0}, samples);
    assert_true(power(samples, TONE_FRAMES, 0) > 4.0 * power(samples, TONE_FRAMES, 1));
    tone_write(&(Tone){.easy_loss = 0.1, .hard_loss = 0.1, .easy = 0.0}, samples);
    assert_true(power(samples, TONE_FRAMES, 1) > 4.0 * power(samples, TONE_FRAMES, 0));
}

static void points_let_in_tick(void **state) {
    (void)state;
    assert_int_equal(tone_ticks(0), 0);
    assert_int_equal(tone_ticks(1), 1);
    assert_int_equal(tone_ticks(4), 2);
    assert_int_equal(tone_ticks(1000), 5);
    assert_int_equal(tone_ticks((size_t)-1), TONE_MOST_TICKS);
    Tone tone = {.easy_loss = 0.1, .hard_loss = 0.1, .easy = 0.5};
    tone_write(&tone, samples);
    double without = strength(samples, TONE_FRAMES, 0, 2800.0);
    tone.let_in = 1000;
    tone_write(&tone, samples);
    assert_true(strength(samples, TONE_FRAMES, 0, 2800.0) > 3.0 * without);
}

/* From silence to silence, moderate, and nowhere a jump that would click. */
static void is_smooth(const float *from, size_t frames) {
    float most = 0.0f, jump = 0.0f;
    for (size_t i = 0; i < 2 * frames; i++) {
        most = fmaxf(most, fabsf(from[i]));
        if (i >= 2)
            jump = fmaxf(jump, fabsf(from[i] - from[i - 2]));
    }
    for (int side = 0; side < 2; side++) {
        assert_true(fabsf(from[side]) < 1e-4f);
        assert_true(fabsf(from[2 * (frames - 1) + (size_t)side]) < 1e-4f);
    }
    assert_true(most > 0.05f && most < 0.5f);
    assert_true(jump < 0.2f);
}

static void nothing_clicks(void **state) {
    (void)state;
    tone_write(&(Tone){.easy_loss = 0.03, .hard_loss = 8.0, .easy = 0.4, .let_in = (size_t)-1}, samples);
    is_smooth(samples, TONE_FRAMES);
    static float again[2 * TONE_FRAMES];
    tone_write(&(Tone){.easy_loss = 0.03, .hard_loss = 8.0, .easy = 0.4, .let_in = (size_t)-1}, again);
    assert_memory_equal(samples, again, sizeof samples);
}

static void a_curve_glides(void **state) {
    (void)state;
    const double falling[] = {2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.01, 0.01};
    size_t frames = tone_sweep_frames(10), part = frames / 8;
    assert_true(frames == tone_sweep_frames(30) / 3 && tone_sweep_frames(4000) == tone_sweep_frames(30));
    float *sweep = malloc(2 * frames * sizeof *sweep);
    assert_non_null(sweep);
    tone_sweep_write(falling, 10, sweep);
    is_smooth(sweep, frames);
    const float *end = sweep + 2 * (frames - part);
    assert_true(strength(end, part, 1, tone_pitch(0.01)) > 5.0 * strength(end, part, 1, tone_pitch(1.5)));
    assert_true(power(sweep, part, 0) > power(sweep, part, 1)); /* from the left to the right */
    assert_true(power(end, part, 1) > power(end, part, 0));
    tone_sweep_write(falling, 1, sweep); /* one epoch is a tone */
    is_smooth(sweep, tone_sweep_frames(1));
    free(sweep);
}

static void of_a_run(void **state) {
    (void)state;
    float x[4] = {0}, loss[4] = {0.1f, 0.3f, 2.0f, 4.0f}, v[4] = {1.0f, 0.5f, 0.0f, 0.0f};
    Dataset data = {.x = x, .count = 4};
    Snapshot s = {.data = &data, .loss = loss, .v = v, .easy = 2};
    Tone tone = tone_of(&s, 1);
    assert_true(fabs(tone.easy_loss - 0.2) < 1e-6 && fabs(tone.hard_loss - 3.0) < 1e-6);
    assert_true(tone.easy == 0.5 && tone.let_in == 1);
    assert_int_equal(tone_of(&s, 3).let_in, 0); /* fewer than before */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pitch_is_the_loss), cmocka_unit_test(shares_are_loudness),
        cmocka_unit_test(points_let_in_tick),    cmocka_unit_test(nothing_clicks),
        cmocka_unit_test(a_curve_glides),        cmocka_unit_test(of_a_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
