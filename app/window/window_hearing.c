#include "app/window/window_private.h"

#include "app/base/language.h"
#include "app/base/terminal.h"
#include "app/window/tones.h"

#include <stdlib.h>

/* A line in the window, and on the terminal, which a screen reader reads. */
static void say_trouble(Window *w, const Status *status) {
    window_say(w, status->message);
    terminal_say(status->message);
}

/* ---- speech ---- */

static void say(void *user, SpeechKind kind, const char *text) {
    speech_say(user, kind, text);
}

static void begin_speech(Window *w) {
    Status status = {0};
    Hearing *h = &w->hearing;
    h->voice = (Voice){0};
    h->speech = speech_new(language_now(), &status);
    if (!h->speech) {
        say_trouble(w, &status);
        return;
    }
    speech_say(h->speech, SPEECH_MESSAGE,
               tr("Speech is on. Tab goes from control to control, Alt+S says where the run stands, F1 has help."));
}

static void use_speech(Window *w, bool on) {
    Hearing *h = &w->hearing;
    h->speaks = on;
    if (on && !h->speech)
        begin_speech(w);
    if (!on) {
        speech_free(h->speech);
        h->speech = NULL;
    }
}

static void say_where(Hearing *h, const Snapshot *snapshot) {
    char text[SPOKEN_BYTES];
    spoken_where(snapshot, text);
    speech_say(h->speech, SPEECH_TEXT, text);
}

/* ---- sound ---- */

static bool open_sound(Window *w) {
    Status status = {0};
    Hearing *h = &w->hearing;
    if (!h->sound)
        h->sound = sound_open(&status);
    if (!h->sound)
        say_trouble(w, &status);
    return h->sound != NULL;
}

static void use_sound(Window *w, bool on) {
    Hearing *h = &w->hearing;
    h->sounds = on && open_sound(w);
    if (!on) {
        sound_close(h->sound);
        h->sound = NULL;
    }
}

/* A note for each epoch that comes on show; those that come faster than they can be heard are left out. */
static void play_epoch(Hearing *h, const Snapshot *s) {
    float samples[2 * TONE_FRAMES];
    bool other = s->epoch != h->epoch || s->run_version != h->run;
    if (!other || (s->epoch > 0 && !sound_is_free(h->sound)))
        return;
    if (s->epoch > 0) {
        Tone tone = tone_of(s, s->run_version == h->run ? h->easy : s->easy);
        tone_write(&tone, samples);
        sound_play(h->sound, samples, TONE_FRAMES);
    }
    h->epoch = s->epoch;
    h->run = s->run_version;
    h->easy = s->easy;
}

/* The losses up to the epoch on show, as one falling tone. */
static void play_losses(Window *w, const Snapshot *s) {
    double losses[HISTORY_MAX_RECORDS];
    size_t count = 0;
    for (size_t i = 0; s->history && i < s->history->count; i++)
        if (s->history->records[i].epoch < s->epoch && count < HISTORY_MAX_RECORDS)
            losses[count++] = s->history->records[i].mean_loss;
    if (count == 0 || !open_sound(w))
        return;
    size_t frames = tone_sweep_frames(count);
    float *samples = malloc(2 * frames * sizeof *samples);
    if (!samples)
        return; /* the next press may have the memory */
    tone_sweep_write(losses, count, samples);
    sound_stop(w->hearing.sound);
    sound_play(w->hearing.sound, samples, frames);
    free(samples);
}

/* ---- both ---- */

void window_open_hearing(Window *w) {
    Hearing *h = &w->hearing;
    if (w->cli->speak || w->remembered.speak)
        use_speech(w, true);
    if (w->cli->sound || w->remembered.sound)
        use_sound(w, true);
    h->speak_kept = w->remembered.speak;
    h->sound_kept = w->remembered.sound;
    h->open = true;
}

/* Taken out of the input whatever has the keys; the character is no text, either. */
static bool take_alt(UiInput *input, uint32_t character) {
    bool taken = false;
    int kept = 0;
    for (int i = 0; i < input->key_count; i++) {
        const UiKey *key = &input->keys[i];
        bool mine = key->alt && !key->ctrl && key->code == KEY_CHARACTER && key->character == character;
        if (!mine)
            input->keys[kept++] = *key;
        taken = taken || (mine && !key->repeat);
    }
    if (kept < input->key_count)
        input->text[0] = '\0';
    input->key_count = kept;
    return taken;
}

void window_take_hearing_keys(Window *w, UiInput *input) {
    w->hearing.where = take_alt(input, 's');
    w->hearing.sweep = take_alt(input, 'l');
}

/* What the switches of the help sheet ask for. */
static void follow_switches(Window *w) {
    Hearing *h = &w->hearing;
    HelpState *help = &w->screen.help_sheet;
    if (help->speaks != h->speaks && help->asked) {
        use_speech(w, help->speaks);
        h->speak_kept = h->speaks;
        window_remember_soon(w);
    }
    if (help->sounds != h->sounds && help->asked) {
        use_sound(w, help->sounds);
        h->sound_kept = h->sounds;
        window_remember_soon(w);
    }
    help->speaks = h->speaks;
    help->sounds = h->sounds;
    help->asked = false;
}

void window_follow_hearing(Window *w, const Snapshot *snapshot) {
    Hearing *h = &w->hearing;
    if (!h->open)
        return;
    follow_switches(w);
    if (h->speech) {
        speech_language(h->speech, language_now());
        voice_follow(&h->voice, &w->screen, snapshot, w->experiment.hand, say, h->speech);
        if (h->where)
            say_where(h, snapshot);
    }
    if (h->sweep)
        play_losses(w, snapshot);
    else if (h->sounds)
        play_epoch(h, snapshot);
}

void window_look_after_hearing(Window *w) {
    Status status = {0};
    if (w->hearing.speech && speech_trouble(w->hearing.speech, &status))
        say_trouble(w, &status);
}

void window_close_hearing(Window *w) {
    speech_free(w->hearing.speech);
    sound_close(w->hearing.sound);
}
