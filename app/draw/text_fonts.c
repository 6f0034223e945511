#include "app/base/file_open.h"
#include "app/base/language.h"
#include "app/base/memory_watch.h"
#include "app/draw/text_private.h"
#include "app/draw/text_search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *file;
    float size;
    bool spaced, sentence;
} STYLES[TEXT_STYLES] = {
    [TEXT_BODY] = {"Roboto-Regular.ttf", 13, false, false},  [TEXT_CAPTION] = {"Roboto-Regular.ttf", 11, false, false},
    [TEXT_FIGURE] = {"Roboto-Medium.ttf", 14, false, true},  [TEXT_MEDIUM] = {"Roboto-Medium.ttf", 13, false, false},
    [TEXT_HEADING] = {"Roboto-Medium.ttf", 11, true, false}, [TEXT_TITLE] = {"Roboto-Medium.ttf", 18, false, false},
    [TEXT_WORDS] = {"Roboto-Regular.ttf", 14, false, true},  [TEXT_LABEL] = {"Roboto-Regular.ttf", 12, false, false},
    [TEXT_VALUE] = {"Roboto-Medium.ttf", 12, false, false},  [TEXT_REASON] = {"Roboto-Regular.ttf", 15.7f, false, true},
    [TEXT_HUGE] = {"Roboto-Medium.ttf", 34.5f, false, true}, [TEXT_LARGE] = {"Roboto-Medium.ttf", 25, false, true},
};

static char FAMILY[] = "Roboto";

enum { FONT_MOST = 64 << 20 }; /* bytes of its file */

/* An emoji's height, for a size of 1. */
static const float EMOJI_HEIGHT = 1.17f;

bool text_style_spaced(TextStyle style) {
    return STYLES[style].spaced;
}

bool text_style_sentence(TextStyle style) {
    return STYLES[style].sentence;
}

/* SDL_ttf takes whole points; at 18 dots per inch a point is a quarter of a pixel. */
static int quarters(int style, float scale) {
    return (int)(STYLES[style].size * scale * 4 + 0.5f);
}

/* ---- Roboto ---- */

void text_close_fonts(Font fonts[TEXT_STYLES]) {
    for (int style = 0; style < TEXT_STYLES; style++) {
        if (fonts[style].font)
            TTF_CloseFont(fonts[style].font);
        if (!fonts[style].shared)
            free(fonts[style].bytes);
    }
}

static bool open_font(Font fonts[TEXT_STYLES], const char *path, int style, float scale, Status *status) {
    Font *font = &fonts[style];
    for (int other = 0; other < style && !font->shared; other++)
        if (strcmp(STYLES[other].file, STYLES[style].file) == 0)
            *font = (Font){.bytes = fonts[other].bytes, .size = fonts[other].size, .shared = true};
    const char *why;
    if (!font->shared && !(font->bytes = file_read(path, FONT_MOST, &font->size, &why)))
        return status_fail(status, STATUS_FAILED, "cannot read the font %s: %s", path, why);
    if (font->size == 0)
        return status_fail(status, STATUS_FAILED, "cannot read the font %s: %s", path, tr("it is empty"));
    SDL_RWops *reader = SDL_RWFromConstMem(font->bytes, (int)font->size);
    if (reader)
        font->font = TTF_OpenFontDPIRW(reader, 1, quarters(style, scale), 18 * TEXT_WIDER, 18);
    if (!font->font)
        return status_fail(status, STATUS_FAILED, "cannot read the font %s: %s", path, TTF_GetError());
    TTF_SetFontHinting(font->font, TTF_HINTING_LIGHT); /* vertical only: crisp lines, true widths */
    return true;
}

bool text_open_fonts(Font fonts[TEXT_STYLES], const char *folder, float scale, Status *status) {
    memset(fonts, 0, TEXT_STYLES * sizeof *fonts);
    for (int style = 0; style < TEXT_STYLES; style++) {
        size_t size = strlen(folder) + strlen(STYLES[style].file) + 2;
        char *path = malloc(size);
        if (!path) {
            text_close_fonts(fonts);
            return status_no_memory(status, "the fonts");
        }
        snprintf(path, size, "%s/%s", folder, STYLES[style].file);
        bool opened = open_font(fonts, path, style, scale, status);
        free(path);
        if (!opened) {
            text_close_fonts(fonts);
            return false;
        }
    }
    return true;
}

/* ---- what a figure names ---- */

float text_style_size(const Text *text, TextStyle style) {
    return (float)quarters((int)style, text->scale) / 4;
}

bool text_run_font(Text *text, TextStyle style, const TextRun *run, char *path, size_t size, DrawFont *font) {
    if (run->font == TEXT_OWN) {
        snprintf(path, size, "%s/%s", text->folder, STYLES[style].file);
        int weight = strstr(STYLES[style].file, "Medium") ? 500 : 400;
        *font = (DrawFont){.file = path, .family = FAMILY, .weight = weight, .own = true};
        return true;
    }
    Fallback *f = &text->fallbacks[run->font];
    TTF_Font *face = text_fallback_font(text, run->font, style);
    const char *family = face ? TTF_FontFaceFamilyName(face) : NULL;
    snprintf(path, size, "%s", f->file);
    snprintf(f->family, sizeof f->family, "%s", family ? family : "sans-serif");
    *font = (DrawFont){.file = path, .family = f->family, .index = f->index, .weight = 400};
    return face != NULL;
}

/* ---- the machine's other fonts ---- */

void text_close_fallbacks(Text *text) {
    for (int i = 0; i < text->fallback_count; i++)
        for (int style = 0; style < TEXT_STYLES; style++)
            if (text->fallbacks[i].fonts[style]) {
                TTF_CloseFont(text->fallbacks[i].fonts[style]);
                text->fallbacks[i].fonts[style] = NULL;
            }
}

/* Read from the file piece by piece: a few letters of a font that may be 20 MB long. */
TTF_Font *text_fallback_font(Text *text, int fallback, TextStyle style) {
    Fallback *f = &text->fallbacks[fallback];
    if (f->fonts[style] || f->broken)
        return f->fonts[style];
    SDL_RWops *reader = SDL_RWFromFile(f->file, "rb");
    TTF_Font *font =
        !reader ? NULL
                : TTF_OpenFontIndexDPIRW(reader, 1, quarters((int)style, text->scale), f->index, 18 * TEXT_WIDER, 18);
    bool usable = font && TTF_FontHeight(font) >= 1, no_memory = errno == ENOMEM;
    f->broken = !usable && !no_memory;
    if (!usable || no_memory) {
        if (font)
            TTF_CloseFont(font);
        return NULL;
    }
    TTF_SetFontHinting(font, TTF_HINTING_LIGHT);
    f->fonts[style] = font;
    return font;
}

bool text_font_has(TTF_Font *font, const Letter *cluster, int count) {
    for (int i = 0; i < count; i++)
        if (!letter_is_invisible(cluster[i].code) && !TTF_GlyphIsProvided32(font, cluster[i].code))
            return false;
    return true;
}

float text_font_shrinks(Text *text, int fallback, TextStyle style) {
    TTF_Font *font = text_fallback_font(text, fallback, style);
    if (!font || !text->fallbacks[fallback].bitmap)
        return 1;
    return EMOJI_HEIGHT * STYLES[style].size * text->scale / (float)TTF_FontHeight(font);
}

/* Some fonts have letters in a form that can't be drawn here (colours as vectors). */
static bool draws(Fallback *f, TTF_Font *font, uint32_t code) {
    if (f->shows || hb_unicode_general_category(hb_unicode_funcs_get_default(), code) ==
                        HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR)
        return true;
    SDL_Surface *surface = TTF_RenderGlyph32_Blended(font, code, (SDL_Color){255, 255, 255, 255});
    for (int y = 0; surface && y < surface->h && !f->shows; y++) {
        const uint32_t *row =
            (const uint32_t *)(const void *)((const uint8_t *)surface->pixels + (size_t)y * (size_t)surface->pitch);
        for (int x = 0; x < surface->w && !f->shows; x++)
            f->shows = row[x] >> 24 != 0;
    }
    SDL_FreeSurface(surface);
    f->broken = !f->shows && errno != ENOMEM;
    return f->shows;
}

/* Its place among the fallbacks; -1: there is no more room. */
static int place_of(Text *text, const FoundFont *found) {
    for (int i = 0; i < text->fallback_count; i++)
        if (text->fallbacks[i].index == found->index && strcmp(text->fallbacks[i].file, found->file) == 0)
            return i;
    if (text->fallback_count == TEXT_FALLBACKS)
        return -1;
    text->fallbacks[text->fallback_count] =
        (Fallback){.file = found->file, .index = found->index, .bitmap = found->bitmap};
    return text->fallback_count++;
}

static int search(Text *text, TextStyle style, const char *language, const Letter *cluster, int count) {
    FoundFont found;
    for (int rank = font_search(language, cluster, count, 0, &found); rank >= 0;
         rank = font_search(language, cluster, count, rank + 1, &found)) {
        int place = place_of(text, &found);
        TTF_Font *font = place < 0 ? NULL : text_fallback_font(text, place, style);
        if (font && text_font_has(font, cluster, count) && draws(&text->fallbacks[place], font, cluster->code))
            return place;
    }
    return TEXT_OWN;
}

int text_fallback(Text *text, TextStyle style, const ScriptFonts *fonts, const char *language, const Letter *cluster,
                  int count) {
    int before = memory_watch();
    int found = search(text, style, language, cluster, count);
    if (found == TEXT_OWN && count > 1) /* one that has all but what is added to it */
        found = search(text, style, language, cluster, 1);
    if (memory_failed(before)) { /* it is not known whether there is a font */
        text->failed = true;
        return found;
    }
    hb_unicode_general_category_t category = hb_unicode_general_category(hb_unicode_funcs_get_default(), cluster->code);
    bool letter = category != HB_UNICODE_GENERAL_CATEGORY_UNASSIGNED &&
                  category != HB_UNICODE_GENERAL_CATEGORY_PRIVATE_USE && !letter_is_invisible(cluster->code);
    if (found == TEXT_OWN && letter) {
        FoundFont any;
        Letter sample = {.code = fonts->sample};
        script_missing(fonts, fonts->sample != 0 && font_search(language, &sample, 1, 0, &any) >= 0,
                       font_search_works());
    }
    return found;
}
