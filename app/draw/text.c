#include "app/draw/text_private.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Room for a prepared text: letter-spaced, each byte may be followed by a space of 3 bytes. */
#define PREPARED_MAX (4 * TEXT_LONGEST + 4)

static const struct {
    const char *file;
    float size;
    bool spaced;
} STYLES[TEXT_STYLES] = {
    [TEXT_BODY] = {"Roboto-Regular.ttf", 13, false},   [TEXT_CAPTION] = {"Roboto-Regular.ttf", 11, false},
    [TEXT_FIGURE] = {"Roboto-Medium.ttf", 14, false},  [TEXT_MEDIUM] = {"Roboto-Medium.ttf", 13, false},
    [TEXT_HEADING] = {"Roboto-Medium.ttf", 11, true},  [TEXT_TITLE] = {"Roboto-Medium.ttf", 18, false},
    [TEXT_WORDS] = {"Roboto-Regular.ttf", 14, false},  [TEXT_LABEL] = {"Roboto-Regular.ttf", 12, false},
    [TEXT_VALUE] = {"Roboto-Medium.ttf", 12, false},   [TEXT_REASON] = {"Roboto-Regular.ttf", 15.7f, false},
    [TEXT_HUGE] = {"Roboto-Medium.ttf", 34.5f, false}, [TEXT_LARGE] = {"Roboto-Medium.ttf", 25, false},
};

static const char ELLIPSIS[] = "\xe2\x80\xa6";
static const char REPLACEMENT[] = "\xef\xbf\xbd"; /* U+FFFD */
static const char HAIR_SPACE[] = "\xe2\x80\x8a";  /* a tenth of the size: the letter-spacing of headings */

/* ---- Fonts ---- */

static void close_fonts(Font fonts[TEXT_STYLES]) {
    for (int style = 0; style < TEXT_STYLES; style++) {
        if (fonts[style].font)
            TTF_CloseFont(fonts[style].font);
        if (!fonts[style].shared)
            SDL_free(fonts[style].bytes);
    }
}

static bool open_font(Font fonts[TEXT_STYLES], const char *path, int style, float scale, Status *status) {
    Font *font = &fonts[style];
    for (int other = 0; other < style && !font->shared; other++)
        if (strcmp(STYLES[other].file, STYLES[style].file) == 0)
            *font = (Font){.bytes = fonts[other].bytes, .size = fonts[other].size, .shared = true};
    if (!font->shared)
        font->bytes = SDL_LoadFile(path, &font->size);
    SDL_RWops *reader = font->bytes && font->size > 0 ? SDL_RWFromConstMem(font->bytes, (int)font->size) : NULL;
    /* SDL_ttf takes whole points; at 18 dots per inch a point is a quarter of a pixel. */
    int quarters = (int)(STYLES[style].size * scale * 4 + 0.5f);
    if (reader)
        font->font = TTF_OpenFontDPIRW(reader, 1, quarters, 18 * TEXT_WIDER, 18);
    if (!font->font)
        return status_fail(status, STATUS_FAILED, "cannot read the font %s: %s", path, TTF_GetError());
    TTF_SetFontHinting(font->font, TTF_HINTING_LIGHT); /* vertical only: crisp lines, true widths */
    return true;
}

static bool open_fonts(Font fonts[TEXT_STYLES], const char *folder, float scale, Status *status) {
    memset(fonts, 0, TEXT_STYLES * sizeof *fonts);
    for (int style = 0; style < TEXT_STYLES; style++) {
        size_t size = strlen(folder) + strlen(STYLES[style].file) + 2;
        char *path = malloc(size);
        if (!path) {
            close_fonts(fonts);
            return status_no_memory(status, "the fonts");
        }
        snprintf(path, size, "%s/%s", folder, STYLES[style].file);
        bool opened = open_font(fonts, path, style, scale, status);
        free(path);
        if (!opened) {
            close_fonts(fonts);
            return false;
        }
    }
    return true;
}

static float sane_scale(float scale) {
    return scale >= 0.5f ? (scale <= 8 ? scale : 8) : 0.5f; /* NaN: 0.5 */
}

static void measure_caps(Text *text) {
    for (int style = 0; style < TEXT_STYLES; style++) {
        int left, right, bottom, top, advance;
        if (TTF_GlyphMetrics32(text->fonts[style].font, 'H', &left, &right, &bottom, &top, &advance) != 0)
            top = TTF_FontAscent(text->fonts[style].font) * 3 / 4;
        text->cap_height[style] = top;
    }
}

/* ---- Life ---- */

Text *text_new(const char *font_folder, float scale, Status *status) {
    Text *text = calloc(1, sizeof *text);
    char *folder = malloc(strlen(font_folder) + 1);
    if (!text || !folder) {
        free(text);
        free(folder);
        status_no_memory(status, "text");
        return NULL;
    }
    strcpy(folder, font_folder);
    text->folder = folder;
    text_cache_reset(text);
    /* Blending mixes stored values, not light, which thins light text on a dark ground: raise the middle. */
    for (int i = 0; i < 256; i++)
        text->light_curve[i] = (uint8_t)(i + (i * (255 - i) * 3 + 8 * 255 / 2) / (8 * 255));
    if (TTF_Init() != 0) { /* counts its callers, as TTF_Quit does */
        status_fail(status, STATUS_FAILED, "cannot start SDL_ttf: %s", TTF_GetError());
        free(folder);
        free(text);
        return NULL;
    }
    text->scale = sane_scale(scale);
    if (!open_fonts(text->fonts, folder, text->scale, status)) {
        TTF_Quit();
        free(folder);
        free(text);
        return NULL;
    }
    measure_caps(text);
    return text;
}

void text_free(Text *text) {
    if (!text)
        return;
    text_cache_clear(text);
    close_fonts(text->fonts);
    TTF_Quit();
    free(text->folder);
    free(text);
}

bool text_set_scale(Text *text, float scale, Status *status) {
    scale = sane_scale(scale);
    if (scale == text->scale)
        return true;
    Font fonts[TEXT_STYLES];
    if (!open_fonts(fonts, text->folder, scale, status))
        return false;
    text_cache_clear(text);
    close_fonts(text->fonts);
    memcpy(text->fonts, fonts, sizeof fonts);
    text->scale = scale;
    measure_caps(text);
    return true;
}

/* ---- Preparing ---- */

/* Bytes of the well-formed character at utf8 (Unicode 15, table 3-7), or 0. */
static size_t character_length(const uint8_t *utf8) {
    uint8_t lead = utf8[0], low = 0x80, high = 0xbf;
    size_t length;
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf) {
        length = 2;
    } else if (lead >= 0xe0 && lead <= 0xef) {
        length = 3;
        low = lead == 0xe0 ? 0xa0 : low;
        high = lead == 0xed ? 0x9f : high; /* surrogates */
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        length = 4;
        low = lead == 0xf0 ? 0x90 : low;
        high = lead == 0xf4 ? 0x8f : high;
    } else {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if (utf8[i] < low || utf8[i] > high)
            return 0;
        low = 0x80;
        high = 0xbf;
    }
    return length;
}

/* Writes the text as SDL_ttf is given it and returns its length. */
static size_t prepare(TextStyle style, const char *utf8, char prepared[PREPARED_MAX]) {
    const uint8_t *from = (const uint8_t *)utf8;
    size_t used = 0, taken = 0;
    while (from[taken] != 0) {
        size_t length = character_length(from + taken);
        const char *character = length > 0 ? (const char *)from + taken : REPLACEMENT;
        size_t bytes = length > 0 ? length : sizeof REPLACEMENT - 1;
        if (length == 1 && (from[taken] < ' ' || from[taken] == 0x7f))
            character = " ";
        if (length == 2 && from[taken] == 0xc2 && from[taken + 1] < 0xa0) { /* C1 control characters */
            character = " ";
            bytes = 1;
        }
        taken += length > 0 ? length : 1;
        if (taken > TEXT_LONGEST)
            break;
        if (STYLES[style].spaced && used > 0) {
            memcpy(prepared + used, HAIR_SPACE, sizeof HAIR_SPACE - 1);
            used += sizeof HAIR_SPACE - 1;
        }
        memcpy(prepared + used, character, bytes);
        used += bytes;
    }
    prepared[used] = 0;
    return used;
}

/* ---- Measuring and drawing ---- */

float text_width(Text *text, TextStyle style, const char *utf8) {
    char prepared[PREPARED_MAX];
    size_t length = prepare(style, utf8, prepared);
    if (length == 0)
        return 0;
    const TextEntry *entry = text_cache_find(text, style, prepared, length);
    return !entry ? 0 : entry->width;
}

float text_ascent(const Text *text, TextStyle style) {
    return (float)TTF_FontAscent(text->fonts[style].font);
}

float text_descent(const Text *text, TextStyle style) {
    return (float)-TTF_FontDescent(text->fonts[style].font);
}

float text_cap_height(const Text *text, TextStyle style) {
    return (float)text->cap_height[style];
}

static bool is_light(Color color) {
    return 2 * (color >> 16 & 255) + 5 * (color >> 8 & 255) + (color & 255) > 8 * 127;
}

/* How much of the text's width lies to the left of its anchor. */
static float share_before(TextAlign align) {
    return align == ALIGN_LEFT ? 0 : align == ALIGN_CENTER ? 0.5f : 1;
}

static void draw_prepared(Text *text, Canvas *canvas, TextStyle style, TextAnchor at, Color color, const char *prepared,
                          size_t length) {
    if (length == 0 || !(fabsf(at.x) <= 1e6f && fabsf(at.baseline) <= 1e6f))
        return;
    TextEntry *entry = text_cache_find(text, style, prepared, length);
    if (!entry)
        return;
    const TextMask *mask = text_cache_mask(text, entry, is_light(color));
    if (!mask->coverage)
        return;
    int left = (int)floorf(at.x - share_before(at.align) * entry->width + 0.5f);
    int top = (int)floorf(at.baseline + 0.5f) - TTF_FontAscent(text->fonts[style].font);
    canvas_mask(canvas, left, top + mask->top, mask->coverage, mask->width, mask->height, color);
}

void text_draw(Text *text, Canvas *canvas, TextStyle style, TextAnchor at, Color color, const char *utf8) {
    char prepared[PREPARED_MAX];
    size_t length = prepare(style, utf8, prepared);
    draw_prepared(text, canvas, style, at, color, prepared, length);
}

/* Cuts a prepared text to at most `width`, with an ellipsis at its end. Returns the new length; 0 if not even the
 * ellipsis has room. */
static size_t shorten(Text *text, TextStyle style, char prepared[PREPARED_MAX], float width) {
    TTF_Font *font = text->fonts[style].font;
    int room = (int)(width * TEXT_WIDER) - text_wide_width(font, ELLIPSIS), extent = 0, fitting = 0;
    if (room < 0 || TTF_MeasureUTF8(font, prepared, room, &extent, &fitting) != 0)
        return 0;
    size_t length = 0;
    for (; fitting > 0 && prepared[length] != 0; fitting--)
        length += character_length((const uint8_t *)prepared + length);
    for (;;) {
        /* No space before the ellipsis. */
        for (bool cut = true; cut;) {
            cut = false;
            if (length >= 1 && prepared[length - 1] == ' ') {
                length--;
                cut = true;
            } else if (length >= 3 && memcmp(prepared + length - 3, HAIR_SPACE, 3) == 0) {
                length -= 3;
                cut = true;
            }
        }
        memcpy(prepared + length, ELLIPSIS, sizeof ELLIPSIS);
        if (length == 0 || (float)text_wide_width(font, prepared) <= width * TEXT_WIDER)
            return length + sizeof ELLIPSIS - 1;
        do /* rounding: one character less */
            length--;
        while (length > 0 && ((uint8_t)prepared[length] & 0xc0) == 0x80);
    }
}

void text_draw_in(Text *text, Canvas *canvas, TextStyle style, Rect rect, TextAlign align, Color color,
                  const char *utf8) {
    char prepared[PREPARED_MAX];
    size_t length = prepare(style, utf8, prepared);
    if (length == 0 || !(rect.w > 0 && rect.w <= 1e6f && rect.h >= 0 && rect.h <= 1e6f))
        return;
    const TextEntry *entry = text_cache_find(text, style, prepared, length);
    if (!entry)
        return;
    if (entry->width > rect.w)
        length = shorten(text, style, prepared, rect.w);
    TextAnchor at = {rect.x + share_before(align) * rect.w, rect.y + (rect.h + (float)text->cap_height[style]) / 2,
                     align};
    draw_prepared(text, canvas, style, at, color, prepared, length);
}
