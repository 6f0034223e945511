/* What keys mean by layout: real layouts of xkb-data, by libxkbcommon; keys by their places. */
#include "app/window/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <xkbcommon/xkbcommon.h>

#include <string.h>

typedef struct Layout {
    struct xkb_context *context;
    struct xkb_keymap *keymap;
    struct xkb_state *state;
    KeyLayout keys;
} Layout;

static uint32_t symbol(void *context, unsigned key, unsigned modifiers) {
    Layout *l = context;
    const struct {
        unsigned modifier;
        const char *name;
    } NAMES[] = {{KEYS_SHIFT, "Shift"}, {KEYS_CAPS, "Lock"}, {KEYS_NUM, "Mod2"}, {KEYS_THIRD, "Mod5"}};
    xkb_mod_mask_t held = 0;
    for (size_t i = 0; i < 4; i++)
        if (modifiers & NAMES[i].modifier)
            held |= 1u << xkb_keymap_mod_get_index(l->keymap, NAMES[i].name);
    xkb_state_update_mask(l->state, held, 0, 0, 0, 0, 0);
    return xkb_state_key_get_one_sym(l->state, key + 8);
}

/* "fr", or with a variant "us dvorak". */
static void open_layout(Layout *l, const char *name) {
    char layout[32];
    snprintf(layout, sizeof layout, "%s", name);
    char *space = strchr(layout, ' ');
    if (space)
        *space = '\0';
    struct xkb_rule_names names = {.rules = "evdev", .model = "pc105", .layout = layout};
    names.variant = space ? space + 1 : "";
    l->context = xkb_context_new(XKB_CONTEXT_NO_FLAGS);
    l->keymap = xkb_keymap_new_from_names(l->context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS);
    if (!l->keymap)
        fail_msg("no layout %s", name);
    l->state = xkb_state_new(l->keymap);
    l->keys = (KeyLayout){symbol, l};
}

static void close_layout(Layout *l) {
    xkb_state_unref(l->state);
    xkb_keymap_unref(l->keymap);
    xkb_context_unref(l->context);
}

enum { S = KEYS_SHIFT, A = KEYS_THIRD, C = 64, R = 128, CAPS = KEYS_CAPS, NUM = KEYS_NUM };

typedef struct Case {
    const char *layout;
    unsigned key, held; /* C: Ctrl, R: the right Alt */
    char character;     /* 0: none */
    bool shift;         /* that is left */
} Case;

static const Case CASES[] = {
    /* US */
    {"us", 52, 0, '.', false},
    {"us", 26, 0, '[', false},
    {"us", 53, S, '?', false},
    {"us", 53, 0, '/', false},
    {"us", 13, S, '+', false},
    {"us", 13, C | S, '+', false},
    {"us", 12, C, '-', false},
    {"us", 19, S, 'r', true},
    {"us", 19, CAPS, 'r', false},
    {"us", 44, C | S, 'z', true},
    {"us", 2, 0, '1', false},
    /* azerty: letters where it has them; '.' is Shift+;, '?' Shift+, and '[' AltGr+5 */
    {"fr", 17, C, 'z', false},
    {"fr", 44, C, 'w', false},
    {"fr", 16, 0, 'a', false},
    {"fr", 39, 0, 'm', false},
    {"fr", 50, 0, ',', false},
    {"fr", 50, S, '?', false},
    {"fr", 51, S, '.', false},
    {"fr", 51, 0, ';', false},
    {"fr", 6, R, '[', false},
    {"fr", 12, R, ']', false},
    {"fr", 13, S, '+', false},
    {"fr", 7, 0, '-', false}, /* what it types */
    {"fr", 7, S, '6', false},
    {"fr", 2, S, '1', false},
    {"fr", 2, 0, '1', false}, /* '&' is no shortcut */
    {"fr", 11, C, '0', false},
    {"fr", 26, 0, 0, false}, /* a dead key; '[' is elsewhere */
    /* German */
    {"de", 9, R, '[', false},
    {"de", 10, R, ']', false},
    {"de", 12, S, '?', false},
    {"de", 27, 0, '+', false},
    {"de", 27, C, '+', false},
    {"de", 53, 0, '-', false},
    {"de", 52, 0, '.', false},
    {"de", 21, C, 'z', false},
    {"de", 44, C, 'y', false},
    {"de", 26, 0, 0, false}, /* u umlaut */
    {"de", 53, S, '_', false},
    /* Russian: letters by place, '.' and '?' as typed, brackets by place */
    {"ru", 35, 0, 'h', false},
    {"ru", 19, S, 'r', true},
    {"ru", 44, C, 'z', false},
    {"ru", 44, C | S, 'z', true},
    {"ru", 53, 0, '.', false},
    {"ru", 53, S, ',', false},
    {"ru", 52, 0, 0, false}, /* a letter, and no US letter's place; '.' is elsewhere */
    {"ru", 8, S, '?', false},
    {"ru", 26, 0, '[', false},
    {"ru", 27, 0, ']', false},
    {"ru", 13, S, '+', false},
    {"ru", 12, 0, '-', false},
    {"ru", 4, 0, '3', false},
    /* Greek and Hebrew; the latter types '/' and ' where Q and W are, and Latin capitals by Shift */
    {"gr", 35, 0, 'h', false},
    {"gr", 16, 0, 'q', false},
    {"gr", 17, C, 'w', false},
    {"gr", 52, 0, '.', false},
    {"gr", 53, S, '?', false},
    {"gr", 26, 0, '[', false},
    {"il", 35, 0, 'h', false},
    {"il", 16, 0, 'q', false},
    {"il", 17, 0, 'w', false},
    {"il", 19, S, 'r', true},
    {"il", 53, 0, '.', false},
    {"il", 40, 0, ',', false},
    {"il", 52, 0, 0, false},
    /* Dvorak */
    {"us dvorak", 18, 0, '.', false},
    {"us dvorak", 17, 0, ',', false},
    {"us dvorak", 53, C, 'z', false},
    {"us dvorak", 12, 0, '[', false},
    {"us dvorak", 26, S, '?', false},
    {"us dvorak", 27, S, '+', false},
    {"us dvorak", 40, 0, '-', false},
    {"us dvorak", 36, 0, 'h', false},
    /* Spanish, Czech (digits by Shift; '[' AltGr+F), Swiss, Turkish F */
    {"es", 26, R, '[', false},
    {"es", 12, S, '?', false},
    {"es", 27, 0, '+', false},
    {"cz", 4, S, '3', false},
    {"cz", 4, 0, '3', false},
    {"cz", 2, 0, '+', false},
    {"cz", 33, R, '[', false},
    {"cz", 34, R, ']', false},
    {"cz", 33, 0, 'f', false},
    {"cz", 51, S, '?', false},
    {"cz", 44, C, 'y', false},
    {"ch", 26, R, '[', false},
    {"tr f", 22, 0, 'r', false},
    /* Chinese: the US layout */
    {"cn", 52, 0, '.', false},
    {"cn", 35, 0, 'h', false},
    /* Kazakh has letters in the row of digits, which are nowhere else but on the keypad */
    {"kz", 4, 0, '3', false},
    {"kz", 35, 0, 'h', false},
    /* Arabic types brackets where it has them */
    {"ara", 35, 0, 'h', false},
    {"ara", 32, S, ']', false},
    /* Thai digits are digits */
    {"th", 4, 0, '-', false},
    {"th", 5, 0, '4', false},
    {"th", 13, S, '9', false},
    /* the keypad */
    {"us", 79, NUM, '1', false},
    {"us", 82, NUM, '0', false},
    {"us", 78, 0, '+', false},
    {"us", 74, 0, '-', false},
    {"us", 83, NUM, '.', false},
    {"de", 83, NUM, ',', false},
    {"ru", 72, NUM, '8', false},
    {"fr", 78, C, '+', false},
};

static UiKey read_key(const Layout *l, unsigned key, unsigned held) {
    KeyStroke press = {.key = key, .modifiers = held & 15u, .ctrl = (held & C) != 0};
    press.right_alt = (held & R) != 0;
    return keys_read(&l->keys, &press);
}

static void means_what_is_typed(void **state) {
    (void)state;
    Layout l = {0};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const Case *c = &CASES[i];
        if (i == 0 || strcmp(c->layout, CASES[i - 1].layout) != 0) {
            if (i > 0)
                close_layout(&l);
            open_layout(&l, c->layout);
        }
        UiKey key = read_key(&l, c->key, c->held);
        bool right = key.character == (uint32_t)c->character && key.shift == c->shift && !key.alt &&
                     key.ctrl == ((c->held & C) != 0) && key.code == (c->character ? KEY_CHARACTER : KEY_NONE);
        if (!right)
            fail_msg("%s, key %u with %u: '%c' (%u), shift %d, alt %d instead of '%c'", c->layout, c->key, c->held,
                     key.character ? (int)key.character : ' ', key.character, key.shift, key.alt,
                     c->character ? c->character : ' ');
    }
    close_layout(&l);
}

static bool has_key(const Layout *l, char wanted) {
    for (unsigned key = 2; key < 87; key++)
        for (unsigned held = 0; held < 8; held++)
            if ((key < 55 || key == 86) && !(held & KEYS_CAPS) && read_key(l, key, held).character == (uint32_t)wanted)
                return true;
    return false;
}

/* Every shortcut can be pressed on every layout. */
static void nothing_is_out_of_reach(void **state) {
    (void)state;
    static const char *const LAYOUTS[] = {
        "us",      "gb", "fr", "fr bepo", "be", "ch", "ch fr", "de", "de neo", "at",   "it",        "es",
        "latam",   "pt", "br", "dk",      "no", "se", "fi",    "is", "nl",     "pl",   "cz",        "cz qwerty",
        "sk",      "hu", "ro", "si",      "hr", "lt", "lv",    "ee", "tr",     "tr f", "us dvorak", "us colemak",
        "us intl", "ru", "ua", "by",      "bg", "rs", "mk",    "gr", "il",     "ara",  "ir",        "in",
        "th",      "ge", "am", "kz",      "cn", "jp", "kr",    "ca", "vn"};
    const char *wanted = "abcdefghijklmnopqrstuvwxyz0123456789.,[]?+-";
    for (size_t i = 0; i < sizeof LAYOUTS / sizeof *LAYOUTS; i++) {
        Layout l = {0};
        open_layout(&l, LAYOUTS[i]);
        for (const char *c = wanted; *c; c++) {
            if (!has_key(&l, *c))
                fail_msg("%s: no key for '%c'", LAYOUTS[i], *c);
        }
        close_layout(&l);
    }
}

static void keypad_without_num_lock_moves(void **state) {
    (void)state;
    static const struct {
        unsigned key;
        UiKeyCode code;
    } KEYS[] = {{71, KEY_HOME}, {72, KEY_UP},   {73, KEY_PAGE_UP},   {75, KEY_LEFT},   {76, KEY_NONE},  {77, KEY_RIGHT},
                {79, KEY_END},  {80, KEY_DOWN}, {81, KEY_PAGE_DOWN}, {82, KEY_INSERT}, {83, KEY_DELETE}};
    Layout l = {0};
    open_layout(&l, "us");
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        assert_int_equal(read_key(&l, KEYS[i].key, 0).code, KEYS[i].code);
    close_layout(&l);
}

/* A right Alt is Alt where the layout has no AltGr. */
static void right_alt(void **state) {
    (void)state;
    Layout us = {0}, de = {0};
    open_layout(&us, "us");
    open_layout(&de, "de");
    UiKey key = read_key(&us, 35, R);
    assert_int_equal(key.character, 'h');
    assert_true(key.alt);
    key = read_key(&de, 16, R);
    assert_int_equal(key.character, '@');
    assert_false(key.alt);
    close_layout(&us);
    close_layout(&de);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_what_is_typed),
        cmocka_unit_test(nothing_is_out_of_reach),
        cmocka_unit_test(keypad_without_num_lock_moves),
        cmocka_unit_test(right_alt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
