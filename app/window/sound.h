/* Sound through SDL, which is asked for a device when this is opened, not before. */
#ifndef EASYFIRST_SOUND_H
#define EASYFIRST_SOUND_H

#include "core/status.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Sound Sound;

/* NULL and *status where there is no device. */
Sound *sound_open(Status *status);
void sound_close(Sound *sound); /* NULL is fine */

/* Frames of two channels at TONE_RATE, behind what is being played; copied. */
void sound_play(Sound *sound, const float *samples, size_t frames);
/* Whether what is played now is over soon, so that nothing is heard late. */
bool sound_is_free(const Sound *sound);
void sound_stop(Sound *sound);

#endif
