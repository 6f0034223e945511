#include "app/window/tones.h"

#include <math.h>
#include <string.h>

static const double PI_2 = 6.28318530717958647692;
static const double LOWEST = 110.0, OCTAVES = 4.0, LEAST = 1e-3; /* the pitch of LEAST; a factor of ten is an octave */
static const double VOLUME = 0.22, TICK_VOLUME = 0.10, TICK_PITCH = 2800.0, TICK_SECONDS = 0.012;
static const double ATTACK = 0.010, RELEASE = 0.060; /* seconds */
enum { LOOKED_AT = 100000 };

double tone_pitch(double loss) {
    double octave = loss > LEAST ? log10(loss / LEAST) : isnan(loss) ? OCTAVES : 0.0;
    return LOWEST * exp2(fmin(octave, OCTAVES));
}

int tone_ticks(size_t let_in) {
    int ticks = 0;
    for (; let_in > 0 && ticks < TONE_MOST_TICKS; let_in /= 4)
        ticks++;
    return ticks;
}

Tone tone_of(const Snapshot *s, size_t easy_before) {
    size_t count = s->data->count, step = count / LOOKED_AT + 1, n[2] = {0, 0};
    double sum[2] = {0.0, 0.0};
    for (size_t i = 0; i < count; i += step) {
        bool easy = s->v[i] > 0.0f;
        sum[easy] += (double)s->loss[i];
        n[easy]++;
    }
    return (Tone){.easy_loss = n[1] ? sum[1] / (double)n[1] : 0.0,
                  .hard_loss = n[0] ? sum[0] / (double)n[0] : 0.0,
                  .easy = count ? (double)s->easy / (double)count : 0.0,
                  .let_in = s->easy > easy_before ? s->easy - easy_before : 0};
}

/* From silence and back, as half waves of a cosine. */
static double envelope(double t, double length) {
    double begin = t < ATTACK ? 0.5 - 0.5 * cos(PI_2 / 2 * t / ATTACK) : 1.0;
    double left = length - t, end = left < RELEASE ? 0.5 - 0.5 * cos(PI_2 / 2 * left / RELEASE) : 1.0;
    return begin * end;
}

static double soft(double phase) {
    return 0.8 * sin(phase) + 0.2 * sin(2 * phase);
}

static double reedy(double phase) {
    return 0.62 * sin(phase) + 0.24 * sin(3 * phase) + 0.14 * sin(5 * phase);
}

static void add(float *frame, double value, double right) {
    frame[0] += (float)(value * cos(PI_2 / 4 * right)); /* as loud wherever it stands */
    frame[1] += (float)(value * sin(PI_2 / 4 * right));
}

static void add_ticks(int ticks, float *samples) {
    size_t frames = (size_t)(TICK_SECONDS * TONE_RATE), apart = TONE_FRAMES / (TONE_MOST_TICKS + 1);
    for (int k = 0; k < ticks; k++)
        for (size_t i = 0; i < frames; i++) {
            double t = (double)i / TONE_RATE, shape = 0.5 - 0.5 * cos(PI_2 * t / TICK_SECONDS);
            add(samples + 2 * (apart * (size_t)k + i), TICK_VOLUME * shape * sin(PI_2 * TICK_PITCH * t), 0.5);
        }
}

void tone_write(const Tone *tone, float *samples) {
    double easy = PI_2 * tone_pitch(tone->easy_loss), hard = PI_2 * tone_pitch(tone->hard_loss);
    memset(samples, 0, 2 * TONE_FRAMES * sizeof *samples);
    for (size_t i = 0; i < TONE_FRAMES; i++) {
        double t = (double)i / TONE_RATE, loud = VOLUME * envelope(t, TONE_SECONDS - 1.0 / TONE_RATE);
        add(samples + 2 * i, loud * sqrt(tone->easy) * soft(easy * t), 0.2);
        add(samples + 2 * i, loud * sqrt(1.0 - tone->easy) * reedy(hard * t), 0.8);
    }
    add_ticks(tone_ticks(tone->let_in), samples);
}

size_t tone_sweep_frames(size_t count) {
    double part = count < TONE_SWEEP_FULL ? (double)count / TONE_SWEEP_FULL : 1.0;
    return (size_t)(part * TONE_SWEEP_SECONDS * TONE_RATE);
}

void tone_sweep_write(const double *loss, size_t count, float *samples) {
    size_t frames = tone_sweep_frames(count);
    double phase = 0.0, length = (double)frames / TONE_RATE;
    memset(samples, 0, 2 * frames * sizeof *samples);
    for (size_t i = 0; i < frames; i++) {
        double at = (double)i / (double)frames, place = at * (double)(count - 1);
        size_t k = (size_t)place < count - 1 ? (size_t)place : count - 1, next = k + 1 < count ? k + 1 : k;
        double between = place - (double)k,
               octave = log2(tone_pitch(loss[k])) * (1.0 - between) + log2(tone_pitch(loss[next])) * between;
        phase += PI_2 * exp2(octave) / TONE_RATE;
        double loud = VOLUME * envelope((double)i / TONE_RATE, length - 1.0 / TONE_RATE);
        add(samples + 2 * i, loud * soft(phase), 0.15 + 0.7 * at);
    }
}
