/* A text and its cache, shared by text.c (fonts, preparing, drawing) and text_cache.c (what has been rendered). */
#ifndef EASYFIRST_TEXT_PRIVATE_H
#define EASYFIRST_TEXT_PRIVATE_H

#include "app/draw/text.h"

#include <SDL2/SDL_ttf.h>

#define TEXT_BUCKETS 2048 /* a power of two */
#define TEXT_NONE (-1)
/* Glyphs are rendered so many times too wide and then averaged: that places them to a quarter of a pixel and keeps
 * SDL_ttf's glyph cache useful, which its own sub-pixel hinting does not (a text that is not cached takes a quarter
 * of the time). */
#define TEXT_WIDER 4

typedef struct TextMask {
    uint8_t *coverage; /* NULL: not drawn yet, or nothing to see */
    int top;           /* of its first row, from the text's upper edge down */
    int width, height;
} TextMask;

typedef struct TextEntry {
    char *key; /* prepared text */
    size_t length;
    uint32_t hash;
    TextStyle style;
    float width;
    bool drawn[2];
    TextMask mask[2]; /* for dark and for light text */
    int next;         /* in the bucket, or in the free list */
    int newer, older;
} TextEntry;

/* A font and its file's bytes, which styles of the same file share. Read from memory, because SDL reads a file in
 * thousands of small pieces, each a system call. */
typedef struct Font {
    TTF_Font *font;
    void *bytes;
    size_t size;
    bool shared; /* an earlier style owns the bytes */
} Font;

struct Text {
    char *folder;
    float scale;
    Font fonts[TEXT_STYLES];
    int cap_height[TEXT_STYLES];
    TextEntry entries[TEXT_CACHE_ENTRIES];
    int buckets[TEXT_BUCKETS];
    int free, newest, oldest;
    TextCacheUse use;
    uint8_t light_curve[256];
};

/* All entries free. */
void text_cache_reset(Text *text);
/* Frees all entries. */
void text_cache_clear(Text *text);

/* The entry of a prepared text, made if need be; the newest one afterwards. NULL without memory. */
TextEntry *text_cache_find(Text *text, TextStyle style, const char *key, size_t length);

/* The mask of an entry, for dark or for light text, rendered at its first use. Drops older entries to stay within the
 * budget. */
const TextMask *text_cache_mask(Text *text, TextEntry *entry, bool light);

/* Width of a prepared text in 1 / TEXT_WIDER pixels; 0 if SDL_ttf cannot tell. */
int text_wide_width(TTF_Font *font, const char *prepared);

#endif
