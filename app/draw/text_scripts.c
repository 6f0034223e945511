#include "app/draw/text_scripts.h"

#include "app/base/language.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CJK "fonts-wqy-microhei"
#define CJK_MORE "fonts-noto-cjk"
#define MORE "fonts-noto-core"

static const ScriptFonts SCRIPTS[] = {
    {HB_SCRIPT_HAN, N_("Chinese"), "zh-cn", CJK, CJK_MORE, 0x4e00},
    {HB_SCRIPT_HIRAGANA, N_("Japanese"), "ja", CJK, CJK_MORE, 0x3042},
    {HB_SCRIPT_KATAKANA, N_("Japanese"), "ja", CJK, CJK_MORE, 0x30a2},
    {HB_SCRIPT_HANGUL, N_("Korean"), "ko", CJK, CJK_MORE, 0xac00},
    {HB_SCRIPT_BOPOMOFO, N_("Bopomofo"), "zh-tw", CJK, CJK_MORE, 0x3105},
    {HB_SCRIPT_ARABIC, N_("Arabic"), "ar", "fonts-dejavu-core", MORE, 0x627},
    {HB_SCRIPT_HEBREW, N_("Hebrew"), "he", "fonts-dejavu-core", MORE, 0x5d0},
    {HB_SCRIPT_THAI, N_("Thai"), "th", "fonts-tlwg-loma-ttf", MORE, 0xe01},
    {HB_SCRIPT_DEVANAGARI, N_("Devanagari"), "hi", "fonts-lohit-deva", MORE, 0x915},
    {HB_SCRIPT_BENGALI, N_("Bengali"), "bn", "fonts-lohit-beng-bengali", MORE, 0x995},
    {HB_SCRIPT_GURMUKHI, N_("Gurmukhi"), "pa", "fonts-lohit-guru", MORE, 0xa15},
    {HB_SCRIPT_GUJARATI, N_("Gujarati"), "gu", "fonts-lohit-gujr", MORE, 0xa95},
    {HB_SCRIPT_ORIYA, N_("Oriya"), "or", "fonts-lohit-orya", MORE, 0xb15},
    {HB_SCRIPT_TAMIL, N_("Tamil"), "ta", "fonts-lohit-taml", MORE, 0xb95},
    {HB_SCRIPT_TELUGU, N_("Telugu"), "te", "fonts-lohit-telu", MORE, 0xc15},
    {HB_SCRIPT_KANNADA, N_("Kannada"), "kn", "fonts-lohit-knda", MORE, 0xc95},
    {HB_SCRIPT_MALAYALAM, N_("Malayalam"), "ml", "fonts-lohit-mlym", MORE, 0xd15},
    {HB_SCRIPT_SINHALA, N_("Sinhala"), "si", "fonts-lklug-sinhala", MORE, 0xd9a},
    {HB_SCRIPT_LAO, N_("Lao"), "lo", "fonts-lao", MORE, 0xe81},
    {HB_SCRIPT_KHMER, N_("Khmer"), "km", "fonts-khmeros", MORE, 0x1780},
    {HB_SCRIPT_MYANMAR, N_("Burmese"), "my", "fonts-sil-padauk", MORE, 0x1000},
    {HB_SCRIPT_ETHIOPIC, N_("Ethiopic"), "am", "fonts-sil-abyssinica", MORE, 0x1200},
    {HB_SCRIPT_ARMENIAN, N_("Armenian"), "hy", "fonts-dejavu-core", MORE, 0x561},
    {HB_SCRIPT_GEORGIAN, N_("Georgian"), "ka", "fonts-dejavu-core", MORE, 0x10d0},
    {SCRIPT_EMOJI, N_("emoji"), "und-zsye", "fonts-noto-color-emoji", "fonts-noto-color-emoji", 0x1f408},
    {HB_SCRIPT_UNKNOWN, N_("other letters"), "", MORE, MORE, 0}, /* the last: all others */
};

enum { SCRIPT_COUNT = sizeof SCRIPTS / sizeof *SCRIPTS };

typedef enum { THERE, NO_FONT, NO_LETTER, SAID } Lack;

static Lack lacks[SCRIPT_COUNT];
static bool no_library;

const ScriptFonts *script_fonts(hb_script_t script) {
    const ScriptFonts *fonts = SCRIPTS;
    while (fonts->script != HB_SCRIPT_UNKNOWN && fonts->script != script)
        fonts++;
    return fonts;
}

static const char *locale_language(void) {
    static const char *const NAMES[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *chosen = language_now(), *locale = strcmp(chosen, "en") != 0 ? chosen : NULL;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES && (!locale || !*locale); i++)
        locale = getenv(NAMES[i]);
    if (!locale)
        return "zh-cn";
    return strncmp(locale, "ja", 2) == 0                                          ? "ja"
           : strncmp(locale, "ko", 2) == 0                                        ? "ko"
           : strncmp(locale, "zh_TW", 5) == 0 || strncmp(locale, "zh_HK", 5) == 0 ? "zh-tw"
                                                                                  : "zh-cn";
}

const char *script_language(const ScriptFonts *fonts, const Letter *letters, int count) {
    if (fonts->script != HB_SCRIPT_HAN)
        return fonts->language;
    for (int i = 0; i < count; i++) {
        if (letters[i].script == HB_SCRIPT_HIRAGANA || letters[i].script == HB_SCRIPT_KATAKANA)
            return "ja";
        if (letters[i].script == HB_SCRIPT_HANGUL)
            return "ko";
    }
    return locale_language();
}

void script_missing(const ScriptFonts *fonts, bool some, bool library) {
    Lack *lack = &lacks[fonts - SCRIPTS];
    if (*lack == THERE)
        *lack = some ? NO_LETTER : NO_FONT;
    no_library = no_library || !library;
}

/* Adds words to a list, unless they are there. */
static void add_words(char *list, size_t size, const char *words, const char *between) {
    if (strstr(list, words) || strlen(list) + strlen(between) + strlen(words) >= size)
        return;
    if (list[0])
        strcat(list, between);
    strcat(list, words);
}

bool script_missing_line(char *line, size_t size) {
    char names[256] = "", packages[160] = "";
    for (int i = 0; i < SCRIPT_COUNT; i++) {
        if (lacks[i] != NO_FONT && lacks[i] != NO_LETTER)
            continue;
        add_words(names, sizeof names, tr(SCRIPTS[i].name), trc("a list", ", "));
        add_words(packages, sizeof packages, lacks[i] == NO_FONT ? SCRIPTS[i].package : SCRIPTS[i].more, " ");
        lacks[i] = SAID;
    }
    if (!names[0])
        return false;
    if (no_library)
        add_words(packages, sizeof packages, "libfontconfig1", " ");
    snprintf(line, size, tr("no font here for %s in names, which show as boxes; install %s"), names, packages);
    return true;
}
