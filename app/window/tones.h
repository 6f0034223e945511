/* The losses as sound: samples from figures, the same for the same figures; no device (sound.h has that).
 *
 * The pitch is the loss: an octave for each factor of ten, from 110 Hz at 0.001 up to 1760 Hz at 10. So learning is a
 * tone that falls. A note of an epoch has two voices, each as loud as its share of the points:
 *   easy points   left, a soft tone (a sine and its octave), at their mean loss
 *   hard points   right, a reedy tone (odd harmonics), at theirs
 * and a tick for points that have been let in since, more for more: 1, 2, 4, 8 ... */
#ifndef EASYFIRST_TONES_H
#define EASYFIRST_TONES_H

#include "app/experiment/snapshot.h"

#define TONE_RATE 48000
#define TONE_FRAMES ((size_t)8640)
#define TONE_SECONDS ((double)TONE_FRAMES / TONE_RATE)
#define TONE_SWEEP_SECONDS 3.0 /* of a whole curve; of less than TONE_SWEEP_FULL epochs in proportion */
#define TONE_SWEEP_FULL 30
#define TONE_MOST_TICKS 8

typedef struct Tone {
    double easy_loss, hard_loss; /* means; not looked at where there are none */
    double easy;                 /* share of the points, 0 to 1 */
    size_t let_in;               /* points */
} Tone;

/* Hz; the ends for what lies beyond, and for what is no number the upper one. */
double tone_pitch(double loss);
/* Of a count of points: 0 to TONE_MOST_TICKS. */
int tone_ticks(size_t let_in);

/* Of the run on show; easy_before: its easy points in the note before. Of many points a part is looked at. */
Tone tone_of(const Snapshot *snapshot, size_t easy_before);

/* TONE_FRAMES frames of two channels. It begins and ends with silence. */
void tone_write(const Tone *tone, float *samples);

/* A curve of losses as one gliding tone that goes from the left to the right: so many frames of two channels. */
size_t tone_sweep_frames(size_t count);
void tone_sweep_write(const double *loss, size_t count, float *samples);

#endif
