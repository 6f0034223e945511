/* A text and its cache, shared by text.c (preparing, drawing), text_fonts.c (the fonts), text_runs.c (texts of more
 * than Roboto's letters) and text_cache.c (what has been rendered). */
#ifndef EASYFIRST_TEXT_PRIVATE_H
#define EASYFIRST_TEXT_PRIVATE_H

#include "app/base/memory_watch.h"
#include "app/draw/draw_list.h"
#include "app/draw/text.h"
#include "app/draw/text_scripts.h"

#include <SDL2/SDL_ttf.h>

#define TEXT_BUCKETS 2048 /* a power of two */
#define TEXT_NONE (-1)
/* Glyphs are rendered so many times too wide and then averaged: that places them to a quarter of a pixel and keeps
 * SDL_ttf's glyph cache useful, which its own sub-pixel hinting does not (a text that is not cached takes a quarter
 * of the time). */
#define TEXT_WIDER 4

/* Room for a prepared text: letter-spaced, each byte may be followed by a space of 3 bytes. */
#define PREPARED_MAX (4 * TEXT_LONGEST + 4)
#define PREPARED_LETTERS (2 * TEXT_LONGEST) /* in it at the most */

/* A tenth of the size: the letter-spacing of headings. */
#define TEXT_HAIR_SPACE "\xe2\x80\x8a"

#define TEXT_FALLBACKS 32 /* fonts besides Roboto; what would need more shows as boxes */
#define TEXT_OWN (-1)     /* Roboto, in place of one of them */

typedef struct TextMask {
    uint8_t *coverage; /* NULL: not drawn yet, or nothing to see */
    uint32_t *color;   /* premultiplied, of the same size: what has colours of its own (emoji); NULL: nothing */
    int top;           /* of its first row, from the text's upper edge down */
    int width, height;
} TextMask;

/* Letters side by side of one font and direction. */
typedef struct TextRun {
    int start, length; /* bytes of the prepared text */
    int font;          /* a fallback, or TEXT_OWN */
    int level;         /* odd: right to left */
    hb_script_t script;
    int x, width; /* from the text's left end, in 1 / TEXT_WIDER pixels */
    bool colored; /* it has colours of its own; known once it has been drawn */
} TextRun;

typedef struct TextEntry {
    char *key; /* prepared text */
    size_t length;
    uint32_t hash;
    TextStyle style;
    float width;
    TextRun *runs; /* from left to right; NULL: Roboto has all letters, and they go from left to right */
    int run_count;
    float cut_room; /* what was left of the text when it was last cut to so many pixels; 0: never */
    size_t cut_length;
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

/* A font for what Roboto lacks, opened in a style's size at its first use there. */
typedef struct Fallback {
    const char *file;
    long index;
    bool bitmap;      /* of one size, to be scaled */
    bool shows;       /* it has been seen to draw something */
    bool broken;      /* it can't be read, or it draws nothing */
    char family[128]; /* once it has been asked for */
    TTF_Font *fonts[TEXT_STYLES];
} Fallback;

struct Text {
    char *folder;
    float scale;
    Font fonts[TEXT_STYLES];
    Fallback fallbacks[TEXT_FALLBACKS];
    int fallback_count;
    int cap_height[TEXT_STYLES];
    TextEntry entries[TEXT_CACHE_ENTRIES];
    int buckets[TEXT_BUCKETS];
    int free, newest, oldest;
    TextCacheUse use;
    uint8_t light_curve[256];
    bool failed;      /* text_failed's */
    TextWatch *watch; /* text_watch's */
    void *watch_user;
};

/* ---- text_fonts.c ---- */

bool text_style_spaced(TextStyle style);   /* its letters stand apart */
bool text_style_sentence(TextStyle style); /* for sentences, which go from left to right whatever they begin with */

float text_style_size(const Text *text, TextStyle style); /* pixels of an em */
/* What a run is set in; its file and family are valid until `path` changes or the text is freed. False: there is no
 * such font. */
bool text_run_font(Text *text, TextStyle style, const TextRun *run, char *path, size_t size, DrawFont *font);

bool text_open_fonts(Font fonts[TEXT_STYLES], const char *folder, float scale, Status *status);
void text_close_fonts(Font fonts[TEXT_STYLES]);
void text_close_fallbacks(Text *text); /* their files stay known */

/* The fallback that has all visible letters of a cluster, or else its first; TEXT_OWN: there is none, and that is
 * remembered (script_missing), or no memory to look for it, and the text has failed. */
int text_fallback(Text *text, TextStyle style, const ScriptFonts *fonts, const char *language, const Letter *cluster,
                  int count);
/* NULL: it is broken, or there is no memory. */
TTF_Font *text_fallback_font(Text *text, int fallback, TextStyle style);
bool text_font_has(TTF_Font *font, const Letter *cluster, int count);
/* Pixels for one of a bitmap font's; 1 for others. */
float text_font_shrinks(Text *text, int fallback, TextStyle style);

/* ---- text_runs.c ---- */

/* Whether Roboto alone shows a prepared text, from left to right. */
bool text_is_plain(const Text *text, TextStyle style, const char *prepared, size_t length);
/* Runs of a prepared text, to be freed; NULL without memory. *wide: the width of all, in 1 / TEXT_WIDER pixels. */
TextRun *text_runs(Text *text, TextStyle style, const char *prepared, size_t length, int *count, int *wide);
/* The prepared text's left part of a run in 1 / TEXT_WIDER pixels: its first bytes. */
int text_run_width(Text *text, TextStyle style, const char *prepared, const TextRun *run, int bytes);
/* Draws an entry that has runs; without memory the mask may stay empty. */
void text_runs_draw(Text *text, const TextEntry *entry, TextMask *mask);

/* ---- text_record.c ---- */

/* Where a text was drawn: whole pixels. */
typedef struct TextPlace {
    int left, baseline;
    float anchor; /* as of DrawText */
    Color color;
} TextPlace;

/* Appends the letters of an entry that has been drawn to canvas->record, but for those with colours of their own.
 * False: they can be recorded only as a mask. */
bool text_record(Text *text, const Canvas *canvas, const TextEntry *entry, const TextPlace *at);

/* ---- text_cache.c ---- */

/* All entries free. */
void text_cache_reset(Text *text);
/* Frees all entries. */
void text_cache_clear(Text *text);

/* The entry of a prepared text, made if need be; the newest one afterwards. NULL without memory (text->failed). */
TextEntry *text_cache_find(Text *text, TextStyle style, const char *key, size_t length);

/* The mask of an entry, for dark or for light text, rendered at its first use; without memory (text->failed) it is
 * empty, and tried again. Drops older entries to stay within the budget. */
const TextMask *text_cache_mask(Text *text, TextEntry *entry, bool light);

/* Width of a prepared text in 1 / TEXT_WIDER pixels; 0 if SDL_ttf cannot tell. */
int text_wide_width(TTF_Font *font, const char *prepared);

#endif
