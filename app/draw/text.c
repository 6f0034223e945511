#include "app/draw/text_private.h"
#include "core/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char ELLIPSIS[] = "\xe2\x80\xa6";
static const char REPLACEMENT[] = "\xef\xbf\xbd"; /* U+FFFD */
static const char HAIR_SPACE[] = TEXT_HAIR_SPACE;

/* ---- Life ---- */

static float sane_scale(float scale) {
    return scale >= 0.5f ? (scale <= 8 ? scale : 8) : 0.5f; /* NaN: 0.5 */
}

static void measure_caps(const Font fonts[TEXT_STYLES], int cap_height[TEXT_STYLES]) {
    for (int style = 0; style < TEXT_STYLES; style++) {
        int left, right, bottom, top, advance;
        if (TTF_GlyphMetrics32(fonts[style].font, 'H', &left, &right, &bottom, &top, &advance) != 0)
            top = TTF_FontAscent(fonts[style].font) * 3 / 4;
        cap_height[style] = top;
    }
}

/* Roboto in a scale, and its measures; on failure the text stays as it was. */
static bool take_fonts(Text *text, float scale, Status *status) {
    Font fonts[TEXT_STYLES];
    int cap_height[TEXT_STYLES], before = memory_watch();
    bool opened = text_open_fonts(fonts, text->folder, scale, status);
    if (opened)
        measure_caps(fonts, cap_height);
    bool failed = memory_failed(before);
    if (opened && failed)
        text_close_fonts(fonts);
    if (failed)
        return status_no_memory(status, "the fonts");
    if (!opened)
        return false;
    text_cache_clear(text);
    text_close_fallbacks(text);
    text_close_fonts(text->fonts);
    memcpy(text->fonts, fonts, sizeof fonts);
    memcpy(text->cap_height, cap_height, sizeof cap_height);
    text->scale = scale;
    return true;
}

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
    int before = memory_watch();
    /* TTF_Init counts its callers, as TTF_Quit does; without memory it may go on with fewer kinds of fonts. */
    bool started = TTF_Init() == 0, no_memory = memory_failed(before);
    if (!started || no_memory) {
        if (started)
            TTF_Quit();
        if (no_memory)
            status_no_memory(status, "text");
        else
            status_fail(status, STATUS_FAILED, "cannot start SDL_ttf: %s", TTF_GetError());
        free(folder);
        free(text);
        return NULL;
    }
    if (!take_fonts(text, sane_scale(scale), status)) {
        TTF_Quit();
        free(folder);
        free(text);
        return NULL;
    }
    return text;
}

void text_free(Text *text) {
    if (!text)
        return;
    text_cache_clear(text);
    text_close_fallbacks(text);
    text_close_fonts(text->fonts);
    TTF_Quit();
    free(text->folder);
    free(text);
}

bool text_set_scale(Text *text, float scale, Status *status) {
    scale = sane_scale(scale);
    return scale == text->scale || take_fonts(text, scale, status);
}

bool text_failed(Text *text) {
    if (!text->failed)
        return false;
    text->failed = !take_fonts(text, text->scale, &(Status){0});
    return true;
}

/* ---- Preparing ---- */

/* Whether it may be moved away from its neighbours: Latin, Greek and Cyrillic letters, digits and signs. */
static bool stands_alone(const char *character) {
    uint8_t lead = (uint8_t)character[0];
    bool mark = lead == 0xcc || (lead == 0xcd && (uint8_t)character[1] < 0xb0);
    return (lead < 0xd6 && !mark) || (lead == 0xe2 && (uint8_t)character[1] != 0x80 && (uint8_t)character[1] != 0x83);
}

/* Writes the text as SDL_ttf is given it and returns its length. */
static size_t prepare(TextStyle style, const char *utf8, char prepared[PREPARED_MAX]) {
    const uint8_t *from = (const uint8_t *)utf8;
    size_t used = 0, taken = 0, last = 0; /* last: where the last character begins */
    bool spaced = text_style_spaced(style);
    while (from[taken] != 0) {
        size_t length = utf8_length(utf8 + taken, UTF8_LONGEST);
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
        if (spaced && used > 0 && stands_alone(character) && stands_alone(prepared + last)) {
            memcpy(prepared + used, HAIR_SPACE, sizeof HAIR_SPACE - 1);
            used += sizeof HAIR_SPACE - 1;
        }
        memcpy(prepared + used, character, bytes);
        last = used;
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

void text_watch(Text *text, TextWatch *watch, void *user) {
    text->watch = watch;
    text->watch_user = user;
}

/* A text of that width is drawn; cut: not all of it. */
static void tell(const Text *text, const Canvas *canvas, const TextAnchor *at, float width, const char *utf8,
                 bool cut) {
    if (!text->watch)
        return;
    Box clip = canvas_clip(canvas);
    float left = at->x - share_before(at->align) * width, right = left + width;
    bool seen = at->baseline > (float)clip.y0 && at->baseline - 6.0f < (float)clip.y1 && right > (float)clip.x0 &&
                left < (float)clip.x1;
    if (seen)
        text->watch(text->watch_user, utf8, cut, left < (float)clip.x0 - 1.0f || right > (float)clip.x1 + 1.0f);
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
    int baseline = (int)floorf(at.baseline + 0.5f), top = baseline - TTF_FontAscent(text->fonts[style].font);
    DrawList *list = canvas->record;
    if (list && text_record(text, canvas, entry, &(TextPlace){left, baseline, share_before(at.align), color}))
        canvas->record = NULL;
    canvas_mask(canvas, left, top + mask->top, mask->coverage, mask->width, mask->height, color);
    canvas->record = list;
    if (mask->color && color >> 24 != 0)
        canvas_premultiplied(canvas, left, top + mask->top, mask->color, mask->width, mask->height);
}

void text_draw(Text *text, Canvas *canvas, TextStyle style, TextAnchor at, Color color, const char *utf8) {
    char prepared[PREPARED_MAX];
    size_t length = prepare(style, utf8, prepared);
    if (text->watch && length > 0)
        tell(text, canvas, &at, text_width(text, style, utf8), utf8, false);
    draw_prepared(text, canvas, style, at, color, prepared, length);
}

/* No space before the ellipsis. */
static size_t without_spaces(const char *prepared, size_t length) {
    for (;;) {
        if (length >= 1 && prepared[length - 1] == ' ')
            length--;
        else if (length >= 3 && memcmp(prepared + length - 3, HAIR_SPACE, 3) == 0)
            length -= 3;
        else
            return length;
    }
}

/* The first bytes of a prepared text and an ellipsis, in `cut`, which may be the text itself. Returns its length. */
static size_t put_ellipsis(const char *prepared, size_t length, char cut[PREPARED_MAX]) {
    length = without_spaces(prepared, length);
    memmove(cut, prepared, length);
    memcpy(cut + length, ELLIPSIS, sizeof ELLIPSIS);
    return length + sizeof ELLIPSIS - 1;
}

/* Cuts a plain text to at most `width`. Returns the new length; 0 if not even the ellipsis has room. */
static size_t shorten_plain(Text *text, TextStyle style, char prepared[PREPARED_MAX], float width) {
    TTF_Font *font = text->fonts[style].font;
    int room = (int)(width * TEXT_WIDER) - text_wide_width(font, ELLIPSIS), extent = 0, fitting = 0;
    if (room < 0 || TTF_MeasureUTF8(font, prepared, room, &extent, &fitting) != 0)
        return 0;
    size_t length = 0;
    for (; fitting > 0 && prepared[length] != 0; fitting--)
        length += utf8_length(prepared + length, UTF8_LONGEST);
    for (;;) {
        size_t cut = put_ellipsis(prepared, length, prepared);
        length = cut - (sizeof ELLIPSIS - 1);
        if (length == 0 || (float)text_wide_width(font, prepared) <= width * TEXT_WIDER)
            return cut;
        do /* rounding: one character less */
            length--;
        while (length > 0 && ((uint8_t)prepared[length] & 0xc0) == 0x80);
    }
}

/* The same for one in runs: as many clusters as have room, found by halving. */
static size_t shorten_runs(Text *text, TextStyle style, char prepared[PREPARED_MAX], size_t length, float width) {
    Letter letters[PREPARED_LETTERS];
    int count = letters_read(prepared, length, letters, PREPARED_LETTERS), low = 0, high = count, clusters = 0;
    letters_join(letters, count);
    for (int i = 0; i < count; i++) /* where clusters begin */
        if (!letters[i].joins)
            letters[clusters++] = letters[i];
    high = clusters - 1;
    char cut[PREPARED_MAX];
    while (low < high) { /* low clusters are known to fit, or it is 0 */
        int middle = (low + high + 1) / 2, run_count, wide;
        size_t bytes = put_ellipsis(prepared, letters[middle].start, cut);
        TextRun *runs = text_runs(text, style, cut, bytes, &run_count, &wide);
        if (runs && wide <= (int)(width * TEXT_WIDER))
            low = middle;
        else
            high = middle - 1;
        free(runs);
    }
    if (low == 0 && (float)text_wide_width(text->fonts[style].font, ELLIPSIS) > width * TEXT_WIDER)
        return 0;
    return put_ellipsis(prepared, clusters > 0 ? letters[low].start : 0, prepared);
}

/* Cuts the entry's text, `prepared`, to at most `width`, with an ellipsis where a reader comes to its end. The entry
 * remembers where, so that the next frame need not look for it. */
static size_t shorten(Text *text, TextEntry *entry, char prepared[PREPARED_MAX], float width) {
    if (entry->cut_room == width)
        return entry->cut_length == 0 ? 0 : put_ellipsis(prepared, entry->cut_length - (sizeof ELLIPSIS - 1), prepared);
    int before = memory_watch();
    size_t length = entry->runs ? shorten_runs(text, entry->style, prepared, entry->length, width)
                                : shorten_plain(text, entry->style, prepared, width);
    if (memory_failed(before)) {
        text->failed = true;
        return 0;
    }
    entry->cut_room = width;
    entry->cut_length = length;
    return length;
}

void text_draw_in(Text *text, Canvas *canvas, TextStyle style, Rect rect, TextAlign align, Color color,
                  const char *utf8) {
    char prepared[PREPARED_MAX];
    size_t length = prepare(style, utf8, prepared);
    if (length == 0 || !(rect.w > 0 && rect.w <= 1e6f && rect.h >= 0 && rect.h <= 1e6f))
        return;
    TextEntry *entry = text_cache_find(text, style, prepared, length);
    if (!entry)
        return;
    bool cut = entry->width > rect.w;
    if (cut)
        length = shorten(text, entry, prepared, rect.w);
    TextAnchor at = {rect.x + share_before(align) * rect.w, rect.y + (rect.h + (float)text->cap_height[style]) / 2,
                     align};
    tell(text, canvas, &at, fminf(entry->width, rect.w), utf8, cut);
    draw_prepared(text, canvas, style, at, color, prepared, length);
}

bool text_missing(char line[TEXT_MISSING_LINE]) {
    return script_missing_line(line, TEXT_MISSING_LINE);
}

/* ---- Under the hand ---- */

float text_caret(Text *text, TextStyle style, const char *utf8, size_t bytes) {
    char prepared[PREPARED_MAX], before[TEXT_LONGEST + 1];
    size_t length = prepare(style, utf8, prepared);
    bytes = bytes < TEXT_LONGEST ? bytes : TEXT_LONGEST;
    memcpy(before, utf8, bytes);
    before[bytes] = '\0';
    const TextEntry *entry = length == 0 ? NULL : text_cache_find(text, style, prepared, length);
    if (!entry || !entry->runs)
        return text_width(text, style, before);
    char ignored[PREPARED_MAX];
    int at = (int)prepare(style, before, ignored);
    for (int i = 0; i < entry->run_count; i++) {
        const TextRun *run = &entry->runs[i];
        if (at < run->start || at > run->start + run->length || (at == run->start + run->length && at < (int)length))
            continue;
        int wide = text_run_width(text, style, prepared, run, at - run->start);
        return (float)(run->level % 2 == 1 ? run->x + run->width - wide : run->x + wide) / TEXT_WIDER;
    }
    return entry->width;
}

size_t text_next(const char *utf8, size_t at) {
    char prepared[PREPARED_MAX];
    Letter letters[PREPARED_LETTERS];
    size_t length = prepare(TEXT_BODY, utf8, prepared);
    if (length != strlen(utf8)) /* broken, or too long: by code points */
        do
            at += utf8[at] != '\0';
        while (((uint8_t)utf8[at] & 0xc0) == 0x80);
    else {
        int count = letters_read(prepared, length, letters, PREPARED_LETTERS), i = 0;
        letters_join(letters, count);
        while (i < count && (letters[i].start <= at || letters[i].joins))
            i++;
        at = i < count ? letters[i].start : length;
    }
    return at;
}
