#include "app/draw/sdl_reserve.h"

#include <SDL2/SDL.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { PIECES = 32, PIECE = 256 };

static _Alignas(16) unsigned char pieces[PIECES][PIECE];
static atomic_bool taken[PIECES];

/* Its number, or -1: it is not of the reserve. */
static int piece_of(const void *memory) {
    const unsigned char *at = memory, *first = pieces[0];
    return at >= first && at < first + sizeof pieces ? (int)((at - first) / PIECE) : -1;
}

static void *take(size_t size) {
    for (int i = 0; size <= PIECE && i < PIECES; i++)
        if (!atomic_exchange(&taken[i], true))
            return pieces[i];
    return NULL;
}

static void *SDLCALL allocate(size_t size) {
    void *memory = malloc(size);
    return memory ? memory : take(size);
}

static void *SDLCALL allocate_zeroed(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (!memory && size > 0 && count <= PIECE / size && (memory = take(count * size)) != NULL)
        memset(memory, 0, PIECE);
    return memory;
}

static void SDLCALL release(void *memory) {
    int piece = piece_of(memory);
    if (piece < 0)
        free(memory);
    else
        atomic_store(&taken[piece], false);
}

static void *SDLCALL resize(void *memory, size_t size) {
    if (!memory)
        return allocate(size);
    if (piece_of(memory) < 0)
        return realloc(memory, size);
    if (size <= PIECE)
        return memory;
    void *moved = malloc(size);
    if (!moved)
        return NULL;
    memcpy(moved, memory, PIECE);
    release(memory);
    return moved;
}

void sdl_keep_reserve(void) {
    SDL_SetMemoryFunctions(allocate, allocate_zeroed, resize, release);
}
