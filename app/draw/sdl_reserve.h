/* A little memory that SDL always has. SDL keeps an error message for each thread; without memory for the first of them
 * it reports that as an error, for which it wants a message, and so on until the stack is full (SDL 2.26). */
#ifndef EASYFIRST_SDL_RESERVE_H
#define EASYFIRST_SDL_RESERVE_H

/* Gives SDL the C library's allocators with a reserve for small pieces. Before SDL is used; once. */
void sdl_keep_reserve(void);

#endif
