#include "app/window/sound.h"

#include "app/window/tones.h"

#include <SDL.h>
#include <stdlib.h>

struct Sound {
    SDL_AudioDeviceID device;
};

Sound *sound_open(Status *status) {
    SDL_AudioSpec wanted = {.freq = TONE_RATE, .format = AUDIO_F32SYS, .channels = 2, .samples = 1024};
    Sound *sound = calloc(1, sizeof *sound);
    if (!sound) {
        status_no_memory(status, "sound");
        return NULL;
    }
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) == 0) {
        sound->device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
        if (sound->device) {
            SDL_PauseAudioDevice(sound->device, 0);
            return sound;
        }
    }
    status_fail(status, STATUS_FAILED, "no sound: %s", SDL_GetError());
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    free(sound);
    return NULL;
}

void sound_close(Sound *sound) {
    if (!sound)
        return;
    SDL_CloseAudioDevice(sound->device);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    free(sound);
}

void sound_play(Sound *sound, const float *samples, size_t frames) {
    SDL_QueueAudio(sound->device, samples, (Uint32)(2 * frames * sizeof *samples));
}

bool sound_is_free(const Sound *sound) {
    return SDL_GetQueuedAudioSize(sound->device) <= TONE_FRAMES / 2 * 2 * sizeof(float);
}

void sound_stop(Sound *sound) {
    SDL_ClearQueuedAudio(sound->device);
}
