#include "app/draw/text_letters.h"

#include "core/utf8.h"

#define ZERO_WIDTH_JOINER 0x200d
#define EMOJI_SELECTOR 0xfe0f
#define TEXT_SELECTOR 0xfe0e
#define KEYCAP 0x20e3
#define VIRAMA 9 /* the combining class */

typedef struct Range {
    uint32_t from, to;
} Range;

static bool is_within(const Range *ranges, size_t count, uint32_t code) {
    for (size_t i = 0; i < count; i++)
        if (code >= ranges[i].from && code <= ranges[i].to)
            return true;
    return false;
}

int letters_read(const char *utf8, size_t length, Letter *letters, int most) {
    int count = 0;
    for (size_t at = 0; at < length && count < most;) {
        size_t bytes;
        uint32_t code = utf8_letter(utf8 + at, length - at, &bytes);
        letters[count++] = (Letter){.code = code, .start = (uint16_t)at};
        at += bytes;
    }
    return count;
}

static hb_unicode_general_category_t category_of(uint32_t code) {
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), code);
}

/* ---- what belongs together ---- */

static bool is_flag_letter(uint32_t code) {
    return code >= 0x1f1e6 && code <= 0x1f1ff;
}

static bool is_skin_tone(uint32_t code) {
    return code >= 0x1f3fb && code <= 0x1f3ff;
}

static bool is_pictograph(uint32_t code) {
    static const Range RANGES[] = {{0x1f000, 0x1faff}, {0x2190, 0x21ff}, {0x2300, 0x23ff}, {0x2600, 0x27bf},
                                   {0x2b00, 0x2bff},   {0xa9, 0xa9},     {0xae, 0xae},     {0x203c, 0x203c},
                                   {0x2049, 0x2049},   {0x2122, 0x2122}, {0x2139, 0x2139}, {0x3030, 0x303d}};
    return is_within(RANGES, sizeof RANGES / sizeof *RANGES, code);
}

/* What is never the first of a cluster. */
static bool is_extending(uint32_t code) {
    static const Range RANGES[] = {{0x200c, 0x200d},                        /* joiners */
                                   {0xe0020, 0xe007f},                      /* tags */
                                   {0xe33, 0xe33},                          /* Thai and Lao am */
                                   {0xeb3, 0xeb3},     {0x1160, 0x11ff},    /* jamo behind the first */
                                   {0xd7b0, 0xd7fb},   {0x1f3fb, 0x1f3ff}}; /* skin tones */
    hb_unicode_general_category_t category = category_of(code);
    return category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
           category == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK ||
           category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK ||
           is_within(RANGES, sizeof RANGES / sizeof *RANGES, code);
}

static bool is_virama(uint32_t code) {
    return (int)hb_unicode_combining_class(hb_unicode_funcs_get_default(), code) == VIRAMA;
}

/* A letter behind the sign that takes the vowel away makes a conjunct with the one before. */
static bool is_conjunct(const Letter *letters, int at) {
    uint32_t before = letters[at - 1].code;
    if (before == ZERO_WIDTH_JOINER && at >= 2)
        before = letters[at - 2].code;
    return is_virama(before) && category_of(letters[at].code) == HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER;
}

static bool joins(const Letter *letters, int at, int flags) {
    uint32_t code = letters[at].code, before = letters[at - 1].code;
    if (category_of(before) == HB_UNICODE_GENERAL_CATEGORY_CONTROL)
        return false;
    if (is_skin_tone(code))
        return is_pictograph(before) || before == EMOJI_SELECTOR;
    if (is_flag_letter(code))
        return flags % 2 == 1;
    return is_extending(code) || (before == ZERO_WIDTH_JOINER && is_pictograph(code)) ||
           (before >= 0x1100 && before <= 0x115f && code >= 0x1100 && code <= 0x115f) || is_conjunct(letters, at);
}

void letters_join(Letter *letters, int count) {
    int flags = 0; /* letters of a flag just before */
    for (int i = 0; i < count; i++) {
        letters[i].joins = i > 0 && joins(letters, i, flags);
        flags = is_flag_letter(letters[i].code) ? flags + 1 : 0;
    }
}

bool letters_are_emoji(const Letter *cluster, int count) {
    /* Emoji_Presentation of Unicode's emoji-data.txt */
    static const Range RANGES[] = {
        {0x1f300, 0x1faff}, {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f19a}, {0x1f1e6, 0x1f251},
        {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x23f0, 0x23f0},   {0x23f3, 0x23f3},   {0x25fd, 0x25fe},
        {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267f, 0x267f},   {0x2693, 0x2693},   {0x26a1, 0x26a1},
        {0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26ce, 0x26ce},   {0x26d4, 0x26d4},
        {0x26ea, 0x26ea},   {0x26f2, 0x26f3},   {0x26f5, 0x26f5},   {0x26fa, 0x26fa},   {0x26fd, 0x26fd},
        {0x2705, 0x2705},   {0x270a, 0x270b},   {0x2728, 0x2728},   {0x274c, 0x274c},   {0x274e, 0x274e},
        {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27b0, 0x27b0},   {0x27bf, 0x27bf},
        {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55}};
    for (int i = 1; i < count; i++) {
        if (cluster[i].code == TEXT_SELECTOR)
            return false;
        if (cluster[i].code == EMOJI_SELECTOR || cluster[i].code == KEYCAP)
            return true;
    }
    return is_within(RANGES, sizeof RANGES / sizeof *RANGES, cluster->code);
}

bool letter_is_invisible(uint32_t code) {
    static const Range RANGES[] = {{0x200b, 0x200f},   {0x202a, 0x202e},   {0x2060, 0x206f}, {0xfe00, 0xfe0f},
                                   {0xe0000, 0xe0fff}, {0x180b, 0x180f},   {0xad, 0xad},     {0x61c, 0x61c},
                                   {0xfeff, 0xfeff},   {0x1d173, 0x1d17a}, {0x34f, 0x34f}};
    return is_within(RANGES, sizeof RANGES / sizeof *RANGES, code);
}

/* ---- scripts ---- */

static bool is_shared(hb_script_t script) {
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED;
}

void letters_script(Letter *letters, int count) {
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    hb_script_t last = HB_SCRIPT_COMMON;
    for (int i = 0; i < count; i++) {
        hb_script_t script = hb_unicode_script(unicode, letters[i].code);
        uint32_t code = letters[i].code;
        if (is_shared(script) && ((code >= 0x3000 && code <= 0x30ff) || (code >= 0xff00 && code <= 0xffef)))
            script = last == HB_SCRIPT_COMMON ? HB_SCRIPT_HAN : last; /* signs of eastern Asia */
        if (is_shared(script))
            script = last;
        letters[i].script = last = script;
    }
    last = HB_SCRIPT_COMMON;
    for (int i = count - 1; i >= 0; i--) {
        if (letters[i].script == HB_SCRIPT_COMMON)
            letters[i].script = last;
        last = letters[i].script;
    }
}
