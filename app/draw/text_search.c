#include "app/draw/text_search.h"

#include "app/base/library.h"
#include "app/base/memory_watch.h"

#include <dlfcn.h>
#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <string.h>

enum { MOST_LANGUAGES = 32 };

/* clang-format off */
#define FONTCONFIG(call) \
    call(FcInitLoadConfigAndFonts) call(FcPatternCreate) call(FcPatternDestroy) call(FcPatternAddString) \
    call(FcPatternAddInteger) call(FcConfigSubstitute) call(FcDefaultSubstitute) call(FcFontSort) \
    call(FcPatternGetString) call(FcPatternGetInteger) call(FcPatternGetBool) call(FcPatternGetCharSet) \
    call(FcCharSetHasChar)
/* clang-format on */

/* The library's functions, by their own names. */
#define MEMBER(name) __typeof__(name) *name;
typedef struct Fontconfig {
    FONTCONFIG(MEMBER)
} Fontconfig;
static Fontconfig fc;

static bool tried;
static FcConfig *config; /* NULL: no library, or it found no fonts */

static struct {
    const char *language;
    FcFontSet *fonts;
} sorted[MOST_LANGUAGES];

/* For want of memory it is tried again. */
static void load(void) {
#define NAME(name) {#name, offsetof(Fontconfig, name)},
    static const LibraryName NAMES[] = {FONTCONFIG(NAME)};
    if (!memory_enough())
        return;
    void *library = dlopen("libfontconfig.so.1", RTLD_NOW | RTLD_LOCAL);
    if (library_look_up(library, NAMES, sizeof NAMES / sizeof *NAMES, &fc))
        config = fc.FcInitLoadConfigAndFonts();
    tried = config || errno != ENOMEM;
}

bool font_search_works(void) {
    if (!tried)
        load();
    return config != NULL;
}

static FcFontSet *sort_fonts(const char *language) {
    bool emoji = strcmp(language, "und-zsye") == 0;
    FcPattern *pattern = fc.FcPatternCreate();
    if (!pattern)
        return NULL;
    fc.FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)(emoji ? "emoji" : "sans-serif"));
    if (language[0])
        fc.FcPatternAddString(pattern, FC_LANG, (const FcChar8 *)language);
    fc.FcPatternAddInteger(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR);
    fc.FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN);
    fc.FcConfigSubstitute(config, pattern, FcMatchPattern);
    fc.FcDefaultSubstitute(pattern);
    FcResult result;
    FcFontSet *fonts = fc.FcFontSort(config, pattern, FcFalse, NULL, &result);
    fc.FcPatternDestroy(pattern);
    return fonts;
}

/* Languages are told apart by their place in memory: they are constants of text_scripts.c. */
static const FcFontSet *fonts_for(const char *language) {
    int i = 0;
    while (i < MOST_LANGUAGES && sorted[i].language && strcmp(sorted[i].language, language) != 0)
        i++;
    if (i == MOST_LANGUAGES)
        return NULL;
    if (!sorted[i].language && memory_enough()) {
        sorted[i].fonts = sort_fonts(language);
        sorted[i].language = sorted[i].fonts || errno != ENOMEM ? language : NULL;
    }
    return sorted[i].fonts;
}

static bool has_all(const FcPattern *font, const Letter *letters, int count) {
    FcCharSet *set;
    if (fc.FcPatternGetCharSet(font, FC_CHARSET, 0, &set) != FcResultMatch)
        return false;
    for (int i = 0; i < count; i++)
        if (!letter_is_invisible(letters[i].code) && !fc.FcCharSetHasChar(set, letters[i].code))
            return false;
    return true;
}

int font_search(const char *language, const Letter *letters, int count, int from, FoundFont *found) {
    const FcFontSet *fonts = font_search_works() ? fonts_for(language) : NULL;
    for (int i = from; fonts && i < fonts->nfont; i++) {
        const FcPattern *font = fonts->fonts[i];
        FcChar8 *file;
        FcBool outline = FcTrue;
        int index = 0;
        if (!has_all(font, letters, count) || fc.FcPatternGetString(font, FC_FILE, 0, &file) != FcResultMatch)
            continue;
        fc.FcPatternGetInteger(font, FC_INDEX, 0, &index);
        fc.FcPatternGetBool(font, FC_OUTLINE, 0, &outline);
        if ((uint32_t)index >> 16 == 0x8000) /* a variable font as such: its default instance */
            index &= 0xffff;
        *found = (FoundFont){(const char *)file, index, !outline};
        return i;
    }
    return -1;
}
