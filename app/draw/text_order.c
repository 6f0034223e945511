#include "app/draw/text_letters.h"

/* The classes of Unicode's annex 9; those that are left out are NOTHING or OTHER. */
typedef enum {
    LEFT,
    RIGHT,
    ARABIC,
    NUMBER,
    NUMBER_SIGN, /* plus and minus */
    NUMBER_UNIT, /* percent, currencies */
    ARABIC_NUMBER,
    NUMBER_MARK, /* comma, point, colon, slash */
    MARK,        /* of the letter before it */
    NOTHING,
    BLANK,
    OTHER
} Kind;

static Kind kind_of_letter(uint32_t code) {
    hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), code);
    if (script == HB_SCRIPT_ARABIC || script == HB_SCRIPT_SYRIAC || script == HB_SCRIPT_THAANA)
        return ARABIC;
    return hb_script_get_horizontal_direction(script) == HB_DIRECTION_RTL ? RIGHT : LEFT;
}

static Kind kind_of_number(uint32_t code) {
    if ((code >= '0' && code <= '9') || (code >= 0x6f0 && code <= 0x6f9))
        return NUMBER;
    return code >= 0x660 && code <= 0x669 ? ARABIC_NUMBER : kind_of_letter(code);
}

static Kind kind_of(uint32_t code) {
    switch (code) {
    case 0x200e:
        return LEFT;
    case 0x200f:
        return RIGHT;
    case 0x61c:
    case 0x640: /* tatweel */
    case 0x61f:
    case 0x61b:
        return ARABIC;
    case '+':
    case '-':
    case 0x2212:
        return NUMBER_SIGN;
    case ',':
    case '.':
    case '/':
    case ':':
    case 0xa0:
    case 0x60c:
        return NUMBER_MARK;
    case '#':
    case '%':
    case 0xb0:
    case 0xb1:
    case 0x2030:
    case 0x66a:
        return NUMBER_UNIT;
    case 0x66b:
    case 0x66c:
        return ARABIC_NUMBER;
    default:
        break;
    }
    switch (hb_unicode_general_category(hb_unicode_funcs_get_default(), code)) {
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
        return MARK;
    case HB_UNICODE_GENERAL_CATEGORY_DECIMAL_NUMBER:
        return kind_of_number(code);
    case HB_UNICODE_GENERAL_CATEGORY_CURRENCY_SYMBOL:
        return NUMBER_UNIT;
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
    case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
        return NOTHING;
    case HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR:
        return BLANK;
    case HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_TITLECASE_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_MODIFIER_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_LETTER_NUMBER:
        return kind_of_letter(code);
    default:
        return kind_of_letter(code) == LEFT ? OTHER : kind_of_letter(code); /* Hebrew's and Arabic's own signs */
    }
}

static bool is_strong(Kind kind) {
    return kind == LEFT || kind == RIGHT || kind == ARABIC;
}

/* The kinds go into `level` until the levels are known. */
static Kind kind_at(const Letter *letters, int i) {
    return (Kind)letters[i].level;
}

static void set_kind(Letter *letter, Kind kind) {
    letter->level = (uint8_t)kind;
}

/* Marks become what they stand on, Arabic's numbers and letters what the later rules know (W1 to W3). */
static void weigh_letters(Letter *letters, int count, Kind base) {
    Kind before = base, strong = base;
    for (int i = 0; i < count; i++) {
        Kind kind = kind_at(letters, i);
        if (kind == MARK || kind == NOTHING)
            kind = before;
        if (is_strong(kind))
            strong = kind;
        if (kind == NUMBER && strong == ARABIC)
            kind = ARABIC_NUMBER;
        before = kind;
        set_kind(&letters[i], kind);
    }
    for (int i = 0; i < count; i++)
        if (kind_at(letters, i) == ARABIC)
            set_kind(&letters[i], RIGHT);
}

/* Signs between numbers and units beside them become numbers, the rest of them neutral (W4 to W6). */
static void weigh_signs(Letter *letters, int count) {
    for (int i = 1; i + 1 < count; i++) {
        Kind kind = kind_at(letters, i), before = kind_at(letters, i - 1), after = kind_at(letters, i + 1);
        if (before == after && ((kind == NUMBER_SIGN && before == NUMBER) ||
                                (kind == NUMBER_MARK && (before == NUMBER || before == ARABIC_NUMBER))))
            set_kind(&letters[i], before);
    }
    for (int i = 1; i < count; i++)
        if (kind_at(letters, i) == NUMBER_UNIT && kind_at(letters, i - 1) == NUMBER)
            set_kind(&letters[i], NUMBER);
    for (int i = count - 2; i >= 0; i--)
        if (kind_at(letters, i) == NUMBER_UNIT && kind_at(letters, i + 1) == NUMBER)
            set_kind(&letters[i], NUMBER);
    for (int i = 0; i < count; i++) {
        Kind kind = kind_at(letters, i);
        if (kind == NUMBER_SIGN || kind == NUMBER_UNIT || kind == NUMBER_MARK)
            set_kind(&letters[i], OTHER);
    }
}

/* Numbers behind left-to-right letters are like them (W7). */
static void weigh_numbers(Letter *letters, int count, Kind base) {
    Kind strong = base;
    for (int i = 0; i < count; i++) {
        Kind kind = kind_at(letters, i);
        if (is_strong(kind))
            strong = kind;
        else if (kind == NUMBER && strong == LEFT)
            set_kind(&letters[i], LEFT);
    }
}

/* What neutrals see of a neighbour. */
static Kind side_of(Kind kind) {
    return kind == LEFT ? LEFT : RIGHT;
}

static bool is_neutral(Kind kind) {
    return kind == BLANK || kind == OTHER;
}

/* Neutrals go with their neighbours if those agree, else with the text (N1, N2). */
static void settle_neutrals(Letter *letters, int count, Kind base) {
    for (int first = 0, end; first < count; first = end) {
        end = first + 1;
        if (!is_neutral(kind_at(letters, first)))
            continue;
        while (end < count && is_neutral(kind_at(letters, end)))
            end++;
        Kind before = first > 0 ? side_of(kind_at(letters, first - 1)) : base;
        Kind after = end < count ? side_of(kind_at(letters, end)) : base;
        for (int i = first; i < end; i++)
            set_kind(&letters[i], before == after ? before : base);
    }
}

static uint32_t closing_of(uint32_t code) {
    switch (code) {
    case '(':
        return ')';
    case '[':
        return ']';
    case '{':
        return '}';
    case 0xff08: /* of full width */
        return 0xff09;
    case 0x300c:
        return 0x300d;
    default:
        return 0;
    }
}

/* The bracket that closes the one at `open`, or -1. */
static int pair_of(const Letter *letters, int count, int open) {
    uint32_t opening = letters[open].code, closing = closing_of(opening);
    int depth = 1;
    for (int i = open + 1; closing != 0 && i < count; i++) {
        depth += letters[i].code == opening ? 1 : letters[i].code == closing ? -1 : 0;
        if (depth == 0)
            return i;
    }
    return -1;
}

/* A pair of brackets goes with the text if anything in it does, or else with what is in it, if that stands before it,
 * too (N0). */
static void settle_brackets(Letter *letters, int count, Kind base) {
    Kind strong = base; /* before the bracket */
    for (int i = 0; i < count; i++) {
        Kind kind = kind_at(letters, i);
        int close = kind == OTHER ? pair_of(letters, count, i) : -1;
        if (!is_neutral(kind))
            strong = side_of(kind);
        if (close < 0 || kind_at(letters, close) != OTHER)
            continue;
        bool as_text = false, other = false;
        for (int k = i + 1; k < close; k++) {
            Kind inside = kind_at(letters, k);
            as_text = as_text || (!is_neutral(inside) && side_of(inside) == base);
            other = other || (!is_neutral(inside) && side_of(inside) != base);
        }
        if (!as_text && !other)
            continue;
        Kind both = as_text || strong == base ? base : strong;
        set_kind(&letters[i], both);
        set_kind(&letters[close], both);
        strong = both;
    }
}

void letters_order(Letter *letters, int count, bool sentence) {
    Kind base = LEFT;
    bool found = sentence, plain = true;
    for (int i = 0; i < count; i++) {
        Kind kind = kind_of(letters[i].code);
        set_kind(&letters[i], kind);
        plain = plain && kind != RIGHT && kind != ARABIC && kind != ARABIC_NUMBER;
        if (!found && is_strong(kind)) {
            found = true;
            base = kind == LEFT ? LEFT : RIGHT;
        }
    }
    if (plain) {
        for (int i = 0; i < count; i++)
            letters[i].level = 0;
        return;
    }
    int blanks = count; /* at the end, they go with the text (L1) */
    while (blanks > 0 && kind_at(letters, blanks - 1) == BLANK)
        blanks--;
    if (count > 0 && letters[count - 1].code == 0x2026)
        set_kind(&letters[count - 1], MARK);
    weigh_letters(letters, count, base);
    weigh_signs(letters, count);
    weigh_numbers(letters, count, base);
    settle_brackets(letters, count, base);
    settle_neutrals(letters, count, base);
    for (int i = 0; i < count; i++) {
        Kind kind = kind_at(letters, i);
        bool number = kind == NUMBER || kind == ARABIC_NUMBER;
        letters[i].level = (uint8_t)(base == LEFT ? (kind == LEFT ? 0 : number ? 2 : 1) : (kind == RIGHT ? 1 : 2));
        if (i >= blanks)
            letters[i].level = base == LEFT ? 0 : 1;
    }
}
