#include "app/draw/text.h"

#include <SDL2/SDL_ttf.h>

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 2048 /* a power of two */
#define NONE (-1)
/* Glyphs are rendered so many times too wide and then averaged: that places them to a quarter of a pixel and
 * keeps SDL_ttf's glyph cache useful, which its own sub-pixel hinting does not (a text that is not cached
 * takes a quarter of the time). */
#define WIDER 4
/* Room for a prepared text: letter-spaced, each byte may be followed by a space of 3 bytes. */
#define PREPARED_MAX (4 * TEXT_LONGEST + 4)

static const struct {
    const char *file;
    float size;
    bool spaced;
} STYLES[TEXT_STYLES] = {
    [TEXT_BODY] = {"Roboto-Regular.ttf", 13, false},  [TEXT_CAPTION] = {"Roboto-Regular.ttf", 11, false},
    [TEXT_FIGURE] = {"Roboto-Medium.ttf", 14, false}, [TEXT_MEDIUM] = {"Roboto-Medium.ttf", 13, false},
    [TEXT_HEADING] = {"Roboto-Medium.ttf", 11, true}, [TEXT_TITLE] = {"Roboto-Medium.ttf", 18, false},
};

static const char ELLIPSIS[] = "\xe2\x80\xa6";
static const char REPLACEMENT[] = "\xef\xbf\xbd"; /* U+FFFD */
static const char HAIR_SPACE[] = "\xe2\x80\x8a";  /* a tenth of the size: the letter-spacing of headings */

typedef struct Mask {
    uint8_t *coverage; /* NULL: not drawn yet, or nothing to see */
    int top;           /* of its first row, below the text's upper edge */
    int width, height;
} Mask;

typedef struct Entry {
    char *key; /* prepared text */
    size_t length;
    uint32_t hash;
    TextStyle style;
    float width;
    bool drawn[2];
    Mask mask[2]; /* for dark and for light text */
    int next;     /* in the bucket, or in the free list */
    int newer, older;
} Entry;

/* A font, and the bytes of its file that it reads from, which styles of the same file share: SDL's own reading of a file
 * asks the system for each of thousands of pieces. */
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
    Entry entries[TEXT_CACHE_ENTRIES];
    int buckets[BUCKETS];
    int free, newest, oldest;
    TextCacheUse use;
    uint8_t light_curve[256];
};

/* ---- Fonts
 * -------------------------------------------------------------------------------------------------- */

static void close_fonts(Font fonts[TEXT_STYLES]) {
    for (int style = 0; style < TEXT_STYLES; style++) {
        if (fonts[style].font != NULL)
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
    SDL_RWops *reader = font->bytes != NULL && font->size > 0 ? SDL_RWFromConstMem(font->bytes, (int)font->size) : NULL;
    /* SDL_ttf takes whole points; at 18 dots per inch a point is a quarter of a pixel. */
    int quarters = (int)(STYLES[style].size * scale * 4 + 0.5f);
    if (reader != NULL)
        font->font = TTF_OpenFontDPIRW(reader, 1, quarters, 18 * WIDER, 18);
    if (font->font == NULL)
        return status_fail(status, STATUS_FAILED, "cannot read the font %s: %s", path, TTF_GetError());
    TTF_SetFontHinting(font->font, TTF_HINTING_LIGHT); /* vertical only: crisp lines, true widths */
    return true;
}

static bool open_fonts(Font fonts[TEXT_STYLES], const char *folder, float scale, Status *status) {
    memset(fonts, 0, TEXT_STYLES * sizeof *fonts);
    for (int style = 0; style < TEXT_STYLES; style++) {
        size_t size = strlen(folder) + strlen(STYLES[style].file) + 2;
        char *path = malloc(size);
        if (path == NULL) {
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

/* ---- The cache
 * ---------------------------------------------------------------------------------------------- */

static void cache_reset(Text *text) {
    for (int i = 0; i < BUCKETS; i++)
        text->buckets[i] = NONE;
    for (int i = 0; i < TEXT_CACHE_ENTRIES; i++)
        text->entries[i].next = i + 1 < TEXT_CACHE_ENTRIES ? i + 1 : NONE;
    text->free = 0;
    text->newest = text->oldest = NONE;
}

static size_t mask_bytes(const Mask *mask) {
    return mask->coverage == NULL ? 0 : (size_t)mask->width * (size_t)mask->height;
}

static void unlink_use(Text *text, int index) {
    Entry *entry = &text->entries[index];
    if (entry->newer != NONE)
        text->entries[entry->newer].older = entry->older;
    else
        text->newest = entry->older;
    if (entry->older != NONE)
        text->entries[entry->older].newer = entry->newer;
    else
        text->oldest = entry->newer;
}

static void link_newest(Text *text, int index) {
    Entry *entry = &text->entries[index];
    entry->newer = NONE;
    entry->older = text->newest;
    if (text->newest != NONE)
        text->entries[text->newest].newer = index;
    else
        text->oldest = index;
    text->newest = index;
}

static void drop_oldest(Text *text) {
    int index = text->oldest;
    Entry *entry = &text->entries[index];
    int *link = &text->buckets[entry->hash & (BUCKETS - 1)];
    while (*link != index)
        link = &text->entries[*link].next;
    *link = entry->next;
    unlink_use(text, index);
    for (int kind = 0; kind < 2; kind++) {
        text->use.bytes -= mask_bytes(&entry->mask[kind]);
        free(entry->mask[kind].coverage);
    }
    free(entry->key);
    *entry = (Entry){.next = text->free};
    text->free = index;
    text->use.entries--;
}

static void cache_clear(Text *text) {
    while (text->oldest != NONE)
        drop_oldest(text);
}

/* FNV-1a. */
static uint32_t hash_of(TextStyle style, const char *key, size_t length) {
    uint32_t hash = (2166136261u ^ (uint32_t)style) * 16777619u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)key[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* In quarters of a pixel; 0 if it can't be told. */
static int wide_width(TTF_Font *font, const char *prepared) {
    int width = 0, height = 0;
    return TTF_SizeUTF8(font, prepared, &width, &height) == 0 && width > 0 ? width : 0;
}

/* The entry of a prepared text, made if need be; the newest one afterwards. NULL without memory. */
static Entry *find_entry(Text *text, TextStyle style, const char *key, size_t length) {
    uint32_t hash = hash_of(style, key, length);
    int *bucket = &text->buckets[hash & (BUCKETS - 1)];
    for (int i = *bucket; i != NONE; i = text->entries[i].next) {
        Entry *entry = &text->entries[i];
        if (entry->hash == hash && entry->style == style && entry->length == length &&
            memcmp(entry->key, key, length) == 0) {
            if (i != text->newest) {
                unlink_use(text, i);
                link_newest(text, i);
            }
            return entry;
        }
    }
    text->use.misses++;
    char *copy = malloc(length + 1);
    if (copy == NULL)
        return NULL;
    memcpy(copy, key, length + 1);
    if (text->free == NONE)
        drop_oldest(text);
    int index = text->free;
    Entry *entry = &text->entries[index];
    text->free = entry->next;
    *entry = (Entry){.key = copy, .length = length, .hash = hash, .style = style, .next = *bucket};
    *bucket = index;
    link_newest(text, index);
    text->use.entries++;
    entry->width = (float)wide_width(text->fonts[style].font, key) / WIDER;
    return entry;
}

#define ALPHA_BYTE (SDL_BYTEORDER == SDL_BIG_ENDIAN ? 0 : 3) /* of a 0xAARRGGBB word */

static bool row_is_empty(const uint8_t *row, int width) {
    for (int x = 0; x < width; x++)
        if (row[4 * x + ALPHA_BYTE] != 0)
            return false;
    return true;
}

/* The mask of an entry, rendered at its first use. Drops older entries to stay within the budget. */
static const Mask *find_mask(Text *text, Entry *entry, bool light) {
    Mask *mask = &entry->mask[light];
    if (entry->drawn[light])
        return mask;
    entry->drawn[light] = true;
    if (entry->width <= 0) /* SDL_ttf refuses to render nothing */
        return mask;
    SDL_Surface *surface =
        TTF_RenderUTF8_Blended(text->fonts[entry->style].font, entry->key, (SDL_Color){255, 255, 255, 255});
    if (surface == NULL)
        return mask;
    assert(surface->format->BytesPerPixel == 4 && surface->format->Amask == 0xff000000u);
    const uint8_t *bytes = surface->pixels;
    size_t pitch = (size_t)surface->pitch;
    int top = 0, bottom = surface->h, wide = surface->w, width = (wide + WIDER - 1) / WIDER;
    while (top < bottom && row_is_empty(bytes + (size_t)top * pitch, wide))
        top++;
    while (bottom > top && row_is_empty(bytes + (size_t)(bottom - 1) * pitch, wide))
        bottom--;
    if (bottom > top && (mask->coverage = malloc((size_t)width * (size_t)(bottom - top))) != NULL) {
        mask->top = top;
        mask->width = width;
        mask->height = bottom - top;
        uint8_t *coverage = mask->coverage;
        for (int y = top; y < bottom; y++) {
            const uint8_t *alpha = bytes + (size_t)y * pitch + ALPHA_BYTE;
            for (int x = 0; x < wide; x += WIDER) {
                uint32_t sum = 0;
                for (int i = x; i < x + WIDER && i < wide; i++)
                    sum += alpha[4 * i];
                sum = (sum + WIDER / 2) / WIDER;
                *coverage++ = light ? text->light_curve[sum] : (uint8_t)sum;
            }
        }
        text->use.bytes += mask_bytes(mask);
        while (text->use.bytes > TEXT_CACHE_BYTES && text->oldest != text->newest)
            drop_oldest(text);
    }
    SDL_FreeSurface(surface);
    return mask;
}

TextCacheUse text_cache_use(const Text *text) {
    return text->use;
}

/* ---- Life
 * --------------------------------------------------------------------------------------------------- */

Text *text_new(const char *font_folder, float scale, Status *status) {
    Text *text = calloc(1, sizeof *text);
    char *folder = malloc(strlen(font_folder) + 1);
    if (text == NULL || folder == NULL) {
        free(text);
        free(folder);
        status_no_memory(status, "text");
        return NULL;
    }
    strcpy(folder, font_folder);
    text->folder = folder;
    cache_reset(text);
    /* Blending mixes the stored values and not light, which thins light text on a dark ground: raise the
     * middle. */
    for (int i = 0; i < 256; i++)
        text->light_curve[i] = (uint8_t)(i + (i * (255 - i) * 3 + 8 * 255 / 2) / (8 * 255));
    if (TTF_Init() != 0) { /* counts its callers; TTF_Quit is the other half */
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
    if (text == NULL)
        return;
    cache_clear(text);
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
    cache_clear(text);
    close_fonts(text->fonts);
    memcpy(text->fonts, fonts, sizeof fonts);
    text->scale = scale;
    measure_caps(text);
    return true;
}

/* ---- Preparing
 * ---------------------------------------------------------------------------------------------- */

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

/* Writes the text as it is given to SDL_ttf and returns its length. */
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

/* ---- Measuring and drawing
 * ---------------------------------------------------------------------------------- */

float text_width(Text *text, TextStyle style, const char *utf8) {
    char prepared[PREPARED_MAX];
    size_t length = prepare(style, utf8, prepared);
    if (length == 0)
        return 0;
    const Entry *entry = find_entry(text, style, prepared, length);
    return entry == NULL ? 0 : entry->width;
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

static void draw_prepared(Text *text, Canvas *canvas, TextStyle style, float x, float baseline, TextAlign align,
                          Color color, const char *prepared, size_t length) {
    if (length == 0 || !(fabsf(x) <= 1e6f && fabsf(baseline) <= 1e6f))
        return;
    Entry *entry = find_entry(text, style, prepared, length);
    if (entry == NULL)
        return;
    const Mask *mask = find_mask(text, entry, is_light(color));
    if (mask->coverage == NULL)
        return;
    float share = align == ALIGN_LEFT ? 0 : align == ALIGN_CENTER ? 0.5f : 1;
    int left = (int)floorf(x - share * entry->width + 0.5f);
    int top = (int)floorf(baseline + 0.5f) - TTF_FontAscent(text->fonts[style].font);
    canvas_mask(canvas, left, top + mask->top, mask->coverage, mask->width, mask->height, mask->width, color);
}

void text_draw(Text *text, Canvas *canvas, TextStyle style, float x, float baseline, TextAlign align, Color color,
               const char *utf8) {
    char prepared[PREPARED_MAX];
    size_t length = prepare(style, utf8, prepared);
    draw_prepared(text, canvas, style, x, baseline, align, color, prepared, length);
}

/* Cuts a prepared text and puts an ellipsis at its end, so that it is at most `width` wide. Returns the new
 * length; 0 if not even the ellipsis has room. */
static size_t shorten(Text *text, TextStyle style, char prepared[PREPARED_MAX], float width) {
    TTF_Font *font = text->fonts[style].font;
    int room = (int)(width * WIDER) - wide_width(font, ELLIPSIS), extent = 0, fitting = 0;
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
        if (length == 0 || (float)wide_width(font, prepared) <= width * WIDER)
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
    const Entry *entry = find_entry(text, style, prepared, length);
    if (entry == NULL)
        return;
    if (entry->width > rect.w)
        length = shorten(text, style, prepared, rect.w);
    float share = align == ALIGN_LEFT ? 0 : align == ALIGN_CENTER ? 0.5f : 1;
    float baseline = rect.y + (rect.h + (float)text->cap_height[style]) / 2;
    draw_prepared(text, canvas, style, rect.x + share * rect.w, baseline, align, color, prepared, length);
}
