/* Texts with letters that Roboto has not, or that go from right to left: cut into runs of one font and direction, each
 * shaped by SDL_ttf's HarfBuzz. A cluster is never cut. Roboto is preferred where it has a letter; of the other fonts
 * the best for the script, or for emoji. */
#include "app/draw/text_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool text_is_plain(const Text *text, TextStyle style, const char *prepared, size_t length) {
    size_t at = 0;
    while (at < length && (uint8_t)prepared[at] < 0x80)
        at++;
    if (at == length)
        return true;
    Letter letters[PREPARED_LETTERS];
    int count = letters_read(prepared, length, letters, PREPARED_LETTERS);
    for (int i = 0; i < count; i++) {
        uint32_t code = letters[i].code;
        bool unusual = (code >= 0x590 && code < 0x900) || code == 0xfe0f || code == 0x20e3; /* right to left; emoji */
        if (code >= 0x80 && (unusual || !TTF_GlyphIsProvided32(text->fonts[style].font, code)))
            return false;
    }
    return true;
}

/* ---- which fonts ---- */

typedef struct Splitting {
    Text *text;
    TextStyle style;
    const Letter *letters;
    int count;
    int before; /* the font of the cluster before */
} Splitting;

static int font_for(Splitting *s, int first, int end) {
    const Letter *cluster = s->letters + first;
    int count = end - first;
    TTF_Font *own = s->text->fonts[s->style].font;
    bool emoji = letters_are_emoji(cluster, count), turned = cluster->level % 2 == 1;
    if (!emoji && text_font_has(own, cluster, count)) {
        /* blanks and signs within other letters are theirs: they are shaped and turned together */
        TTF_Font *before = turned && s->before >= 0 ? text_fallback_font(s->text, s->before, s->style) : NULL;
        return before && text_font_has(before, cluster, count) ? s->before : TEXT_OWN;
    }
    const ScriptFonts *fonts = script_fonts(emoji ? SCRIPT_EMOJI : cluster->script);
    return text_fallback(s->text, s->style, fonts, script_language(fonts, s->letters, s->count), cluster, count);
}

/* Into runs, in the order of reading; returns how many. */
static int split(Splitting *s, size_t length, TextRun *runs) {
    int count = 0;
    for (int first = 0, end; first < s->count; first = end) {
        end = first + 1;
        while (end < s->count && s->letters[end].joins)
            end++;
        const Letter *letter = &s->letters[first];
        int bytes = (end < s->count ? s->letters[end].start : (int)length) - letter->start;
        int font = s->before = font_for(s, first, end);
        TextRun *last = &runs[count - 1];
        if (count > 0 && last->font == font && last->level == letter->level &&
            (font == TEXT_OWN || last->script == letter->script))
            last->length += bytes;
        else
            runs[count++] = (TextRun){.start = letter->start,
                                      .length = bytes,
                                      .font = font,
                                      .level = letter->level,
                                      .script = letter->script};
    }
    return count;
}

/* ---- their order ---- */

static void turn(TextRun *runs, int first, int end) {
    for (end--; first < end; first++, end--) {
        TextRun run = runs[first];
        runs[first] = runs[end];
        runs[end] = run;
    }
}

/* From the order of reading to that from left to right (annex 9, L2). */
static void arrange(TextRun *runs, int count) {
    int highest = 0;
    for (int i = 0; i < count; i++)
        highest = runs[i].level > highest ? runs[i].level : highest;
    for (int level = highest; level > 0; level--)
        for (int first = 0, end; first < count; first = end) {
            end = first + 1;
            if (runs[first].level < level)
                continue;
            while (end < count && runs[end].level >= level)
                end++;
            turn(runs, first, end);
        }
}

/* ---- measuring ---- */

/* The font, told the run's direction and script. Roboto is to be given back as it was (give_back). */
static TTF_Font *font_of(Text *text, TextStyle style, const TextRun *run) {
    TTF_Font *font = run->font == TEXT_OWN ? text->fonts[style].font : text_fallback_font(text, run->font, style);
    if (!font)
        return NULL;
    TTF_SetFontDirection(font, run->level % 2 == 1 ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    if (run->font != TEXT_OWN) {
        const uint32_t tag = (uint32_t)run->script;
        const char name[5] = {(char)(tag >> 24), (char)(tag >> 16 & 255), (char)(tag >> 8 & 255), (char)(tag & 255), 0};
        TTF_SetFontScriptName(font, name);
    }
    return font;
}

static void give_back(const Text *text, TextStyle style) {
    TTF_SetFontDirection(text->fonts[style].font, TTF_DIRECTION_LTR);
}

static void copy_bytes(char *copy, const char *prepared, const TextRun *run, int bytes) {
    memcpy(copy, prepared + run->start, (size_t)bytes);
    copy[bytes] = '\0';
}

int text_run_width(Text *text, TextStyle style, const char *prepared, const TextRun *run, int bytes) {
    char copy[PREPARED_MAX];
    copy_bytes(copy, prepared, run, bytes);
    TTF_Font *font = font_of(text, style, run);
    int wide = !font ? 0 : text_wide_width(font, copy);
    give_back(text, style);
    if (run->font == TEXT_OWN || !text->fallbacks[run->font].bitmap)
        return wide;
    return (int)((float)wide * text_font_shrinks(text, run->font, style) * TEXT_WIDER + 0.5f);
}

TextRun *text_runs(Text *text, TextStyle style, const char *prepared, size_t length, int *count, int *wide) {
    Letter letters[PREPARED_LETTERS];
    int letter_count = letters_read(prepared, length, letters, PREPARED_LETTERS);
    TextRun *runs = malloc((size_t)(letter_count > 0 ? letter_count : 1) * sizeof *runs);
    *count = *wide = 0;
    if (!runs)
        return NULL;
    letters_join(letters, letter_count);
    letters_script(letters, letter_count);
    letters_order(letters, letter_count, text_style_sentence(style));
    Splitting splitting = {text, style, letters, letter_count, TEXT_OWN};
    *count = split(&splitting, length, runs);
    arrange(runs, *count);
    for (int i = 0; i < *count; i++) {
        runs[i].x = *wide;
        runs[i].width = text_run_width(text, style, prepared, &runs[i], runs[i].length);
        *wide += runs[i].width;
    }
    TextRun *fitting = realloc(runs, (size_t)(*count > 0 ? *count : 1) * sizeof *runs);
    return fitting ? fitting : runs;
}

/* ---- drawing ---- */

/* A run as SDL_ttf draws it, and where it goes: the baseline's row, pixels for one of its own. */
typedef struct Drawn {
    SDL_Surface *surface;
    float across, down;
    float baseline;
    bool colored;
} Drawn;

static const uint32_t *row_of(const SDL_Surface *surface, int y) {
    return (const uint32_t *)(const void *)((const uint8_t *)surface->pixels + (size_t)y * (size_t)surface->pitch);
}

static bool row_has_ink(const SDL_Surface *surface, int y) {
    const uint32_t *row = row_of(surface, y);
    for (int x = 0; x < surface->w; x++)
        if (row[x] >> 24 != 0)
            return true;
    return false;
}

static bool has_colors(const SDL_Surface *surface) {
    for (int y = 0; y < surface->h; y++) {
        const uint32_t *row = row_of(surface, y);
        for (int x = 0; x < surface->w; x++)
            if (row[x] >> 24 != 0 && (row[x] & 0xffffff) != 0xffffff)
                return true;
    }
    return false;
}

static Drawn draw_run(Text *text, const TextEntry *entry, const TextRun *run) {
    char copy[PREPARED_MAX];
    copy_bytes(copy, entry->key, run, run->length);
    TTF_Font *font = run->width > 0 ? font_of(text, entry->style, run) : NULL;
    if (!font)
        return (Drawn){0};
    SDL_Surface *surface = TTF_RenderUTF8_Blended(font, copy, (SDL_Color){255, 255, 255, 255});
    give_back(text, entry->style);
    if (!surface)
        return (Drawn){0};
    assert(surface->format->BytesPerPixel == 4 && surface->format->Amask == 0xff000000u);
    /* SDL_ttf moves the baseline down where something is higher than the font says */
    int over = surface->h - TTF_FontHeight(font);
    bool above = over > 0 && (row_has_ink(surface, 0) || row_has_ink(surface, 1));
    bool bitmap = run->font != TEXT_OWN && text->fallbacks[run->font].bitmap;
    float down = bitmap ? text_font_shrinks(text, run->font, entry->style) : 1.0f;
    float baseline = (float)(TTF_FontAscent(font) + (above ? over : 0)) * down;
    return (Drawn){surface, bitmap ? down : 1.0f / TEXT_WIDER, down, baseline, has_colors(surface)};
}

/* The mean of the pixels that become one. */
static uint32_t mean(const Drawn *drawn, int x, int y) {
    const SDL_Surface *surface = drawn->surface;
    int x0 = (int)((float)x / drawn->across), x1 = (int)((float)(x + 1) / drawn->across);
    int y0 = (int)((float)y / drawn->down), y1 = (int)((float)(y + 1) / drawn->down);
    x1 = x1 > x0 ? x1 : x0 + 1;
    y1 = y1 > y0 ? y1 : y0 + 1;
    uint32_t sum[4] = {0}, all = (uint32_t)(x1 - x0) * (uint32_t)(y1 - y0), result = 0;
    for (int row = y0; row < y1 && row < surface->h; row++)
        for (int column = x0; column < x1 && column < surface->w; column++)
            for (int channel = 0; channel < 4; channel++)
                sum[channel] += row_of(surface, row)[column] >> (8 * channel) & 255;
    for (int channel = 0; channel < 4; channel++)
        result |= (sum[channel] + all / 2) / all << (8 * channel);
    return result;
}

/* What all runs are drawn into: coverage times TEXT_WIDER, and colours. */
typedef struct Plane {
    uint16_t *sum;
    uint32_t *color;
    int top, width, height;
} Plane;

/* A run of ordinary letters, to a quarter of a pixel. */
static void add_letters(const Plane *plane, const Drawn *drawn, int x, int top) {
    for (int y = 0; y < drawn->surface->h; y++) {
        const uint32_t *row = row_of(drawn->surface, y);
        uint16_t *sum = plane->sum + (size_t)(top - plane->top + y) * (size_t)plane->width;
        for (int i = 0; i < drawn->surface->w && (x + i) / TEXT_WIDER < plane->width; i++)
            sum[(x + i) / TEXT_WIDER] = (uint16_t)(sum[(x + i) / TEXT_WIDER] + (row[i] >> 24));
    }
}

static int rows_of(const Drawn *drawn) {
    return (int)((float)drawn->surface->h * drawn->down + 0.999f);
}

/* A run in colours, or one of a bitmap font. */
static void add_picture(const Plane *plane, const Drawn *drawn, int x, int top) {
    int left = (x + TEXT_WIDER / 2) / TEXT_WIDER, width = (int)((float)drawn->surface->w * drawn->across + 0.999f);
    for (int y = 0; y < rows_of(drawn); y++)
        for (int i = 0; i < width && left + i < plane->width; i++) {
            size_t at = (size_t)(top - plane->top + y) * (size_t)plane->width + (size_t)(left + i);
            uint32_t pixel = mean(drawn, i, y);
            if (drawn->colored)
                plane->color[at] = pixel >> 24 > plane->color[at] >> 24 ? pixel : plane->color[at];
            else
                plane->sum[at] = (uint16_t)(plane->sum[at] + TEXT_WIDER * (pixel >> 24));
        }
}

static void add_runs(const Plane *plane, const TextEntry *entry, const Drawn *drawn, const int *tops) {
    for (int i = 0; i < entry->run_count; i++) {
        if (!drawn[i].surface)
            continue;
        if (drawn[i].colored || drawn[i].across != 1.0f / TEXT_WIDER)
            add_picture(plane, &drawn[i], entry->runs[i].x, tops[i]);
        else
            add_letters(plane, &drawn[i], entry->runs[i].x, tops[i]);
    }
}

static void take_mask(Plane *plane, TextMask *mask) {
    size_t count = (size_t)plane->width * (size_t)plane->height;
    mask->coverage = malloc(count);
    if (!mask->coverage)
        return;
    for (size_t i = 0; i < count; i++) {
        uint32_t cover = (plane->sum[i] + TEXT_WIDER / 2u) / TEXT_WIDER;
        mask->coverage[i] = (uint8_t)(cover < 255 ? cover : 255);
    }
    mask->color = plane->color;
    plane->color = NULL;
    mask->top = plane->top;
    mask->width = plane->width;
    mask->height = plane->height;
}

void text_runs_draw(Text *text, const TextEntry *entry, TextMask *mask) {
    size_t count = (size_t)entry->run_count;
    Drawn *drawn = calloc(count + 1, sizeof *drawn);
    int *tops = calloc(count + 1, sizeof *tops);
    int ascent = TTF_FontAscent(text->fonts[entry->style].font), bottom = INT32_MIN;
    Plane plane = {.top = INT32_MAX, .width = (int)(entry->width + 0.999f) + 1};
    bool colored = false;
    for (size_t i = 0; drawn && tops && i < count; i++) {
        drawn[i] = draw_run(text, entry, &entry->runs[i]);
        if (!drawn[i].surface)
            continue;
        tops[i] = ascent - (int)(drawn[i].baseline + 0.5f);
        plane.top = tops[i] < plane.top ? tops[i] : plane.top;
        bottom = tops[i] + rows_of(&drawn[i]) > bottom ? tops[i] + rows_of(&drawn[i]) : bottom;
        entry->runs[i].colored = drawn[i].colored;
        colored = colored || drawn[i].colored;
    }
    if (bottom > plane.top) {
        plane.height = bottom - plane.top;
        plane.sum = calloc((size_t)plane.width * (size_t)plane.height, sizeof *plane.sum);
        plane.color = !colored ? NULL : calloc((size_t)plane.width * (size_t)plane.height, sizeof *plane.color);
        if (plane.sum && (plane.color || !colored)) {
            add_runs(&plane, entry, drawn, tops);
            take_mask(&plane, mask);
        }
    }
    for (size_t i = 0; drawn && i < count; i++)
        SDL_FreeSurface(drawn[i].surface);
    free(plane.sum);
    free(plane.color);
    free(drawn);
    free(tops);
}
