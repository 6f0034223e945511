/* Text through SDL_ttf, cached as 8-bit masks. One type scale for the whole program: sizes are logical pixels
 * times the scale. The face has tabular figures, so that numbers do not jump, and Greek letters.
 *
 * Texts are UTF-8, one line: what is broken shows as U+FFFD, control characters as spaces, and what is beyond
 * TEXT_LONGEST bytes is left out. Positions are rounded to whole pixels, so that the same text always looks
 * the same. Without memory for a text it is not drawn. The cache is bounded (TEXT_CACHE_*); the least
 * recently used goes first. */
#ifndef EASYFIRST_TEXT_H
#define EASYFIRST_TEXT_H

#include "app/draw/canvas.h"

typedef enum {
    TEXT_BODY /* 13 */,
    TEXT_CAPTION /* 11 */,
    TEXT_FIGURE /* 14 medium */,
    TEXT_MEDIUM /* 13 medium */,
    TEXT_HEADING /* 11 medium, letter-spaced capitals */,
    TEXT_TITLE /* 18 medium */,
    TEXT_STYLES
} TextStyle;
typedef enum { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT } TextAlign;

#define TEXT_LONGEST 1024
#define TEXT_CACHE_ENTRIES 1024
#define TEXT_CACHE_BYTES ((size_t)4 << 20) /* of masks; a text that is larger alone is the only one kept */

typedef struct Text Text;

typedef struct TextCacheUse {
    size_t entries, bytes, misses;
} TextCacheUse;

/* font_folder holds Roboto-Regular.ttf and Roboto-Medium.ttf. NULL and *status if a font can't be read. */
Text *text_new(const char *font_folder, float scale, Status *status);
void text_free(Text *text);
bool text_set_scale(Text *text, float scale, Status *status); /* keeps the old one on failure */

/* Width in pixels of a UTF-8 text ("" is 0; broken UTF-8 shows as U+FFFD). */
float text_width(Text *text, TextStyle style, const char *utf8);
/* Ascent and descent of a style in pixels, both positive. */
float text_ascent(const Text *text, TextStyle style);
float text_descent(const Text *text, TextStyle style);
/* Height of a capital letter: centre text by it. */
float text_cap_height(const Text *text, TextStyle style);

/* Draws with the baseline at y, and x the left end, the centre or the right end. */
void text_draw(Text *text, Canvas *canvas, TextStyle style, float x, float baseline, TextAlign align, Color color,
               const char *utf8);
/* Draws within rect, vertically centred by cap height, cut with an ellipsis if it is too wide. */
void text_draw_in(Text *text, Canvas *canvas, TextStyle style, Rect rect, TextAlign align, Color color,
                  const char *utf8);

/* What the cache holds, and how often a text was not in it: for tests and benchmarks. */
TextCacheUse text_cache_use(const Text *text);

#endif
