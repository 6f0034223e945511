/* Preloaded by tests/oom beside failing_allocations.c: hands in the program's window without a clock. OOM_HANDS has
 * words, of which one is done every third time that the program looks for events; it waits for none meanwhile:
 *
 *     key:NAME, key:ctrl+NAME, key:shift+NAME    a key, by SDL's name (_ for a blank)
 *     text:TEXT    type:TEXT without blanks
 *     move:X,Y down up    the pointer, in pixels
 *     drop:PATH    a file
 *     wait:N       N times nothing
 *     quit, term   the close button, the signal; term also when there are no more words */
#define _GNU_SOURCE
#include "tests/support/failing_allocations.h"

#include <SDL2/SDL.h>
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *next; /* NULL: not begun */
static int calls, x, y, rest;

#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

static void push(SDL_Event *event) {
    REAL(SDL_PushEvent)(event);
}

static void press(const char *name) {
    SDL_Keymod mod = KMOD_NONE;
    if (strncmp(name, "ctrl+", 5) == 0)
        mod = KMOD_LCTRL, name += 5;
    if (strncmp(name, "shift+", 6) == 0)
        mod |= KMOD_LSHIFT, name += 6;
    char words[64];
    snprintf(words, sizeof words, "%s", name);
    for (char *c = words; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    SDL_Keycode key = REAL(SDL_GetKeyFromName)(words);
    REAL(SDL_SetModState)(mod);
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .state = SDL_PRESSED, .keysym = {.sym = key, .mod = mod}}};
    event.key.keysym.scancode = REAL(SDL_GetScancodeFromKey)(key);
    push(&event);
    event.key.type = SDL_KEYUP;
    event.key.state = SDL_RELEASED;
    push(&event);
}

static void button(Uint32 type) {
    SDL_Event event = {.button = {.type = type, .button = SDL_BUTTON_LEFT, .clicks = 1, .x = x, .y = y}};
    event.button.state = type == SDL_MOUSEBUTTONDOWN ? SDL_PRESSED : SDL_RELEASED;
    push(&event);
}

static void act(const char *word) {
    const char *rest_of = strchr(word, ':');
    const char *argument = rest_of ? rest_of + 1 : "";
    SDL_Event event = {0};
    if (strncmp(word, "key:", 4) == 0) {
        press(argument);
    } else if (strncmp(word, "text:", 5) == 0) {
        event.text.type = SDL_TEXTINPUT;
        snprintf(event.text.text, sizeof event.text.text, "%s", argument);
        push(&event);
    } else if (strncmp(word, "move:", 5) == 0 && sscanf(argument, "%d,%d", &x, &y) == 2) {
        event.motion = (SDL_MouseMotionEvent){.type = SDL_MOUSEMOTION, .x = x, .y = y};
        push(&event);
    } else if (strncmp(word, "drop:", 5) == 0) {
        event.drop = (SDL_DropEvent){.type = SDL_DROPFILE, .file = REAL(SDL_strdup)(argument)};
        push(&event);
    } else if (strcmp(word, "down") == 0 || strcmp(word, "up") == 0) {
        button(word[0] == 'd' ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP);
    } else if (strncmp(word, "wait:", 5) == 0) {
        rest = atoi(argument);
    } else if (strcmp(word, "quit") == 0) {
        event.type = SDL_QUIT;
        push(&event);
    } else if (strcmp(word, "term") == 0) {
        raise(SIGTERM);
    }
}

void SDLCALL SDL_PumpEvents(void) {
    REAL(SDL_PumpEvents)();
    REAL(SDL_SetModState)(KMOD_NONE);
    if (!next)
        next = getenv("OOM_HANDS") ? getenv("OOM_HANDS") : "";
    if (++calls % 3 != 0 || rest-- > 0)
        return;
    rest = 0;
    char word[256] = "";
    next += strspn(next, " ");
    size_t length = strcspn(next, " ");
    snprintf(word, sizeof word, "%.*s", (int)length, next);
    next += length;
    allocations_spare(true);
    act(length > 0 ? word : "term");
    allocations_spare(false);
}

int SDLCALL SDL_WaitEventTimeout(SDL_Event *event, int timeout) {
    (void)timeout;
    return REAL(SDL_WaitEventTimeout)(event, 1);
}

void SDLCALL SDL_Delay(Uint32 milliseconds) {
    (void)milliseconds;
}
