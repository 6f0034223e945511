/* Text through SDL_ttf, cached as 8-bit masks. One type scale for the whole program: sizes are logical pixels times the
 * scale. The face has tabular figures, so that numbers do not jump, and Greek letters.
 *
 * What Roboto has no letters for, in names that data bring, is drawn by the machine's other fonts (fontconfig, loaded
 * when it is first needed), in their regular weight, each run of letters shaped by HarfBuzz; emoji in their colours. A
 * text goes in the direction of its first letter, a sentence (TEXT_FIGURE, TEXT_WORDS and larger) from left to right;
 * Latin and digits within Arabic and Hebrew stay left to right (text_letters.h says which rules hold). What no font has
 * is Roboto's box, and text_missing says so. Positions and widths of Roboto's letters are what they would be without.
 *
 * Texts are single lines of UTF-8: broken bytes show as U+FFFD, control characters as spaces, and what exceeds
 * TEXT_LONGEST bytes is left out. Positions are rounded to whole pixels, so that the same text always looks the same.
 * A text for which there is no memory is not drawn, and text_failed says so. The cache is bounded (TEXT_CACHE_*) and
 * drops what was used least recently. */
#ifndef EASYFIRST_TEXT_H
#define EASYFIRST_TEXT_H

#include "app/draw/canvas.h"

typedef enum {
    TEXT_BODY,    /* 13 */
    TEXT_CAPTION, /* 11 */
    TEXT_FIGURE,  /* 14 medium */
    TEXT_MEDIUM,  /* 13 medium */
    TEXT_HEADING, /* 11 medium, letter-spaced */
    TEXT_TITLE,   /* 18 medium */
    TEXT_WORDS,   /* 14: sentences, beside TEXT_FIGURE */
    TEXT_LABEL,   /* 12 */
    TEXT_VALUE,   /* 12 medium */
    TEXT_REASON,  /* 15.7: the second row of the presentation's line */
    TEXT_LARGE,   /* 25 medium: its threshold */
    TEXT_HUGE,    /* 34.5 medium: its figures */
    TEXT_STYLES
} TextStyle;

typedef enum { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT } TextAlign;

/* Where a text stands: its baseline, and the x of its left end, centre or right end. */
typedef struct TextAnchor {
    float x, baseline;
    TextAlign align;
} TextAnchor;

#define TEXT_LONGEST 1024
#define TEXT_CACHE_ENTRIES 1024
#define TEXT_CACHE_BYTES ((size_t)4 << 20) /* of masks; a text larger than that is kept alone */

typedef struct Text Text;

typedef struct TextCacheUse {
    size_t entries, bytes; /* held now; bytes: of masks */
    size_t misses;         /* how often a text was not in the cache */
} TextCacheUse;

/* font_folder holds Roboto-Regular.ttf and Roboto-Medium.ttf. NULL and *status if a font cannot be read. */
Text *text_new(const char *font_folder, float scale, Status *status);
void text_free(Text *text);
bool text_set_scale(Text *text, float scale, Status *status); /* on failure the old scale is kept */

/* Width in pixels; 0 for "". */
float text_width(Text *text, TextStyle style, const char *utf8);
/* In pixels, both positive. */
float text_ascent(const Text *text, TextStyle style);
float text_descent(const Text *text, TextStyle style);
/* Height of a capital letter in pixels: centre text by it. */
float text_cap_height(const Text *text, TextStyle style);

/* Where the caret stands before byte `bytes` (the beginning of a letter), from the text's left end, in pixels. */
float text_caret(Text *text, TextStyle style, const char *utf8, size_t bytes);
/* The beginning of the next cluster, what a reader takes for one sign, behind byte `at`; or the end. */
size_t text_next(const char *utf8, size_t at);

void text_draw(Text *text, Canvas *canvas, TextStyle style, TextAnchor at, Color color, const char *utf8);
/* Draws within rect, vertically centred by cap height, and cut with an ellipsis if it is too wide: between
 * clusters, at the end that a reader comes to last. */
void text_draw_in(Text *text, Canvas *canvas, TextStyle style, Rect rect, TextAlign align, Color color,
                  const char *utf8);

#define TEXT_MISSING_LINE 512

/* Whether since the last call a text was not drawn or measured as it should be, because there was no memory. Fonts are
 * opened anew then, for FreeType and HarfBuzz remember what they could not read; until that is done it stays true. */
bool text_failed(Text *text);

/* Writes a line if letters were drawn as boxes since the last call, in scripts of which it was not yet said: which
 * scripts, and what to install. Of all Texts of the process. */
bool text_missing(char line[TEXT_MISSING_LINE]);

/* For tests: is told each text that is drawn, as the caller gave it, and whether it was cut to its rect, or part of it
 * lies outside what is drawn on (canvas or clip) to its left or right. */
typedef void TextWatch(void *user, const char *utf8, bool cut, bool clipped);
void text_watch(Text *text, TextWatch *watch, void *user);

/* For tests and benchmarks. */
TextCacheUse text_cache_use(const Text *text);

#endif
