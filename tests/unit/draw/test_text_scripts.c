/* text: letters that Roboto has not. Clusters, the order of reading, fonts, the ellipsis, the caret, the cache. The
 * fonts are those of support/fonts.conf, whatever else the machine has. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/draw/text.h"
#include "app/draw/text_letters.h"
#include "core/utf8.h"
#include "tests/support/scripts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLACK 0xff000000u
#define WHITE 0xffffffffu
#define ELLIPSIS "…"

enum { WIDTH = 500, HEIGHT = 50, MOST = 300 };

static Text *text;
static Canvas canvas, other;

static int open_all(void **state) {
    (void)state;
    Status status;
    text = text_new(FONT_DIR, 1, &status);
    return text && canvas_resize(&canvas, WIDTH, HEIGHT, &status) && canvas_resize(&other, WIDTH, HEIGHT, &status) ? 0
                                                                                                                   : -1;
}

static int close_all(void **state) {
    (void)state;
    text_free(text);
    canvas_free(&canvas);
    canvas_free(&other);
    return 0;
}

static void draw(Canvas *onto, TextStyle style, const char *words) {
    canvas_fill(onto, WHITE);
    text_draw(text, onto, style, (TextAnchor){20, 30, ALIGN_LEFT}, BLACK, words);
}

static bool same(void) {
    return memcmp(canvas.pixels, other.pixels, (size_t)WIDTH * HEIGHT * sizeof *canvas.pixels) == 0;
}

/* The columns with ink, from the first to the one behind the last; how many pixels have a colour. */
static int find_ink(const Canvas *from, int *x0, int *x1) {
    int colored = 0;
    *x0 = WIDTH;
    *x1 = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        uint32_t p = from->pixels[i];
        int r = (int)(p >> 16 & 255), g = (int)(p >> 8 & 255), b = (int)(p & 255), x = i % WIDTH;
        if (p == WHITE)
            continue;
        *x0 = x < *x0 ? x : *x0;
        *x1 = x >= *x1 ? x + 1 : *x1;
        colored += abs(r - g) > 40 || abs(g - b) > 40;
    }
    return colored;
}

static bool fontconfig_is_loaded(void) {
    char line[512];
    bool loaded = false;
    FILE *maps = fopen("/proc/self/maps", "r");
    assert_non_null(maps);
    while (fgets(line, sizeof line, maps))
        loaded = loaded || strstr(line, "libfontconfig");
    fclose(maps);
    return loaded;
}

/* The first test: later ones load it. */
static void what_roboto_has_needs_no_other_font(void **state) {
    (void)state;
    const char *const own[] = {"Latin, 10,000 × 1.35", "Γάτα λ", "Кошка ё", "Łódź naïve Đà Nẵng", "“x” – y… ’ − ≤ ∞"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        for (int style = 0; style < TEXT_STYLES; style++)
            draw(&canvas, (TextStyle)style, own[i]);
    assert_false(fontconfig_is_loaded());
    draw(&canvas, TEXT_BODY, "猫");
    assert_true(fontconfig_is_loaded());
}

static void clusters_hold_together(void **state) {
    (void)state;
    const struct {
        const char *words;
        int clusters;
    } cases[] = {{"abc", 3},
                 {"e\u0301a", 2},
                 {"猫咪", 2},
                 {"한국어", 3},
                 {"\u1112\u1161\u11ab", 1},
                 {"ที่นี่", 2},
                 {"น้ำ", 1},
                 {"बिल्ली", 2},
                 {"क्षत्रिय", 3},
                 {"قِطّة", 3},
                 {"👩‍👩‍👧", 1},
                 {"🇩🇪🇫🇷", 2},
                 {"🇩🇪🇫", 2},
                 {"👍🏽a", 2},
                 {"❤️", 1},
                 {"1️⃣2", 2},
                 {"", 0},
                 {"\u0301", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int count = 0;
        for (size_t at = 0; cases[i].words[at]; at = text_next(cases[i].words, at))
            count++;
        if (count != cases[i].clusters)
            fail_msg("%s: %d clusters, not %d", cases[i].words, count, cases[i].clusters);
    }
}

/* Code points from left to right, brackets not mirrored. */
static void put_in_order(const char *words, bool sentence, char *shown) {
    Letter letters[64];
    int count = letters_read(words, strlen(words), letters, 64), order[64];
    letters_order(letters, count, sentence);
    for (int i = 0; i < count; i++)
        order[i] = i;
    for (int level = 3; level > 0; level--)
        for (int first = 0, end; first < count; first = end + 1) {
            for (end = first; end < count && letters[order[end]].level >= level; end++)
                ;
            for (int a = first, b = end - 1; a < b; a++, b--) {
                int moved = order[a];
                order[a] = order[b];
                order[b] = moved;
            }
        }
    for (int i = 0; i < count; i++) {
        size_t start = letters[order[i]].start, bytes = utf8_length(words + start, UTF8_LONGEST);
        memcpy(shown, words + start, bytes);
        shown += bytes;
    }
    *shown = '\0';
}

static void each_direction_is_kept_within_the_other(void **state) {
    (void)state;
    const struct {
        const char *words, *shown;
        bool sentence;
    } cases[] = {
        {"abc 12", "abc 12", false},
        {"אבג", "גבא", false},
        {"easy, קטן", "easy, ןטק", false},
        {"עברית (cat) 12", "12 )cat( תירבע", false},
        {"קטן ABC 3", "ABC 3 ןטק", false},
        {"שלום 3.5%", "3.5% םולש", false},
        {"قطة 12", "12 ةطق", false},
        {"قطة ١٢", "١٢ ةطق", false},
        {"קטן is in", "is in ןטק", false},
        {"קטן is in", "ןטק is in", true},
        {"קטן…", "…ןטק", false},
        {"easy, קטן…", "easy, …ןטק", false}, /* where the name was cut, not where it begins */
        {"all of קטן, אבג are in", "all of גבא ,ןטק are in", true},
    };
    char shown[128];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put_in_order(cases[i].words, cases[i].sentence, shown);
        assert_string_equal(shown, cases[i].shown);
    }
}

static void each_script_has_letters_of_its_own(void **state) {
    (void)state;
    const char *box = "\uf8ff\uf8fe"; /* private use: boxes */
    char missing[TEXT_MISSING_LINE];
    int x0, x1;
    for (int style = 0; style < TEXT_STYLES; style++)
        for (int i = 0; i < SCRIPT_NAME_COUNT; i++) {
            draw(&canvas, (TextStyle)style, SCRIPT_NAMES[i]);
            find_ink(&canvas, &x0, &x1);
            assert_true(x1 > x0);
            float width = text_width(text, (TextStyle)style, SCRIPT_NAMES[i]);
            assert_true(fabsf((float)(x1 - x0) - width) < 3 + text_cap_height(text, (TextStyle)style) / 2);
            draw(&other, (TextStyle)style, box);
            assert_false(same());
            for (int k = 0; k < i; k++) {
                draw(&other, (TextStyle)style, SCRIPT_NAMES[k]);
                assert_false(same());
            }
        }
    assert_false(text_missing(missing));
}

/* A shaped word is no row of letters: Arabic's are joined, Thai's marks stand above, a conjunct is one sign. */
static void letters_are_shaped(void **state) {
    (void)state;
    assert_true(text_width(text, TEXT_BODY, "بببب") < 0.8f * 4 * text_width(text, TEXT_BODY, "ب"));
    assert_true(fabsf(text_width(text, TEXT_BODY, "ที่") - text_width(text, TEXT_BODY, "ท")) < 1.5f);
    assert_true(text_width(text, TEXT_BODY, "क्ष") < 0.8f * 2 * text_width(text, TEXT_BODY, "क"));
    assert_true(text_width(text, TEXT_BODY, "👩‍👩‍👧") < 1.2f * text_width(text, TEXT_BODY, "👩"));
    assert_true(text_width(text, TEXT_BODY, "🇩🇪") < 1.2f * text_width(text, TEXT_BODY, "👩"));
}

/* Letters and figures of Roboto are the same beside others as alone. */
static void roboto_stays_as_it_is(void **state) {
    (void)state;
    int a0, a1, b0, b1;
    draw(&canvas, TEXT_BODY, "猫 Cat 12");
    draw(&other, TEXT_BODY, "Cat 12");
    find_ink(&canvas, &a0, &a1);
    find_ink(&other, &b0, &b1);
    float moved = text_width(text, TEXT_BODY, "猫 Cat 12") - text_width(text, TEXT_BODY, "Cat 12");
    assert_true(fabsf((float)(a1 - b1) - moved) <= 1);
    draw(&canvas, TEXT_BODY, "before, after");
    draw(&other, TEXT_BODY, "(קטן) ABC"); /* Roboto's brackets are turned round in it */
    text_set_scale(text, 2, NULL);
    text_set_scale(text, 1, NULL);
    draw(&other, TEXT_BODY, "before, after");
    assert_true(same());
}

static void emoji_have_their_colours(void **state) {
    (void)state;
    int x0, x1;
    draw(&canvas, TEXT_BODY, "🐱 ❤️");
    assert_true(find_ink(&canvas, &x0, &x1) > 40);
    assert_in_range(x1 - x0, 24, 44); /* in the size of the letters */
    draw(&canvas, TEXT_BODY, "猫 cat");
    assert_int_equal(find_ink(&canvas, &x0, &x1), 0);
    canvas_fill(&canvas, WHITE);
    canvas_fill(&other, WHITE);
    text_draw(text, &canvas, TEXT_BODY, (TextAnchor){20, 30, ALIGN_LEFT}, 0x00000000, "🐱");
    assert_true(same());
}

/* What is drawn in little room is the ellipsis behind whole clusters, as many as fit. */
static void check_cut(TextStyle style, const char *words, float width) {
    canvas_fill(&canvas, WHITE);
    text_draw_in(text, &canvas, style, (Rect){20, 5, width, 40}, ALIGN_LEFT, BLACK, words);
    int x0, x1, clusters = 0, found = -1;
    find_ink(&canvas, &x0, &x1);
    if (x1 > 0)
        assert_true(x0 >= 18 && (float)x1 <= 20 + width + 2.5f);
    char cut[MOST + 8];
    for (size_t at = 0; found < 0; at = text_next(words, at), clusters++) {
        memcpy(cut, words, at);
        cut[at] = '\0';
        while (at > 0 && cut[strlen(cut) - 1] == ' ')
            cut[strlen(cut) - 1] = '\0';
        strcat(cut, ELLIPSIS);
        canvas_fill(&other, WHITE);
        text_draw_in(text, &other, style, (Rect){20, 5, 1e5f, 40}, ALIGN_LEFT, BLACK, cut);
        if (same())
            found = clusters;
        if (!words[at])
            break;
    }
    if (found < 0 && width >= text_width(text, style, ELLIPSIS))
        fail_msg("%s in %g pixels is cut within a cluster", words, (double)width);
}

static void names_are_cut_between_clusters(void **state) {
    (void)state;
    for (int i = 0; i < SCRIPT_NAME_COUNT; i++) {
        float whole = text_width(text, TEXT_BODY, SCRIPT_NAMES[i]);
        for (float width = 1; width < whole; width += 3)
            check_cut(TEXT_BODY, SCRIPT_NAMES[i], width);
        canvas_fill(&canvas, WHITE);
        text_draw_in(text, &canvas, TEXT_BODY, (Rect){20, 5, whole, 40}, ALIGN_LEFT, BLACK, SCRIPT_NAMES[i]);
        canvas_fill(&other, WHITE);
        text_draw_in(text, &other, TEXT_BODY, (Rect){20, 5, 400, 40}, ALIGN_LEFT, BLACK, SCRIPT_NAMES[i]);
        assert_true(same());
    }
}

/* Right to left, the end that a reader comes to is on the left. */
static void the_ellipsis_stands_where_the_reader_ends(void **state) {
    (void)state;
    const char *name = "חתולחתולחתול";
    float room = 0.6f * text_width(text, TEXT_BODY, name);
    canvas_fill(&canvas, WHITE);
    text_draw_in(text, &canvas, TEXT_BODY, (Rect){20, 5, room, 40}, ALIGN_LEFT, BLACK, name);
    int lowest[2] = {0, 0}; /* rows of the first ink above the baseline's, near each end */
    int x0, x1;
    find_ink(&canvas, &x0, &x1);
    for (int end = 0; end < 2; end++)
        for (int y = 0; y < HEIGHT; y++)
            for (int x = end ? x1 - 8 : x0; x < (end ? x1 : x0 + 8); x++)
                if (canvas.pixels[y * WIDTH + x] != WHITE && lowest[end] == 0)
                    lowest[end] = y;
    assert_true(lowest[0] > lowest[1] + 4); /* three points at the left, a letter at the right */
}

static void repeat(char *name, const char *piece) {
    name[0] = '\0';
    while (strlen(name) + strlen(piece) <= 255)
        strcat(name, piece);
}

static void names_as_long_as_can_be(void **state) {
    (void)state;
    char name[MOST];
    for (int i = 0; i < SCRIPT_NAME_COUNT; i++) {
        repeat(name, SCRIPT_NAMES[i]);
        for (int style = TEXT_BODY; style < TEXT_STYLES; style += 4) {
            draw(&canvas, (TextStyle)style, name);
            for (float width = 10; width < 500; width += 197) {
                text_draw_in(text, &canvas, (TextStyle)style, (Rect){5, 5, width, 40}, ALIGN_RIGHT, WHITE, name);
                size_t misses = text_cache_use(text).misses;
                text_draw_in(text, &canvas, (TextStyle)style, (Rect){5, 5, width, 40}, ALIGN_RIGHT, WHITE, name);
                assert_int_equal(text_cache_use(text).misses, misses); /* where to cut it is remembered */
            }
        }
    }
    assert_true(text_cache_use(text).bytes <= TEXT_CACHE_BYTES);
}

static void the_cache_stays_bounded(void **state) {
    (void)state;
    char name[MOST];
    Status status;
    assert_true(text_set_scale(text, 4, &status));
    for (int i = 0; i < 600; i++) {
        snprintf(name, sizeof name, "%d 🐱 %s", i, SCRIPT_NAMES[i % SCRIPT_NAME_COUNT]);
        draw(&canvas, (TextStyle)(i % TEXT_STYLES), name);
        assert_true(text_cache_use(text).bytes <= TEXT_CACHE_BYTES);
        assert_true(text_cache_use(text).entries <= TEXT_CACHE_ENTRIES);
    }
    assert_true(text_set_scale(text, 1, &status));
    assert_int_equal(text_cache_use(text).bytes, 0);
}

static void the_caret_follows_the_reader(void **state) {
    (void)state;
    float whole = text_width(text, TEXT_BODY, "חתול");
    assert_true(text_caret(text, TEXT_BODY, "חתול", 0) == whole);
    assert_true(text_caret(text, TEXT_BODY, "חתול", 8) == 0);
    assert_true(text_caret(text, TEXT_BODY, "חתול", 2) < whole - 3);
    assert_true(text_caret(text, TEXT_BODY, "猫a", 0) == 0);
    assert_true(text_caret(text, TEXT_BODY, "猫a", 4) == text_width(text, TEXT_BODY, "猫a"));
    for (size_t i = 0; i <= 6; i++) {
        char before[8] = "";
        memcpy(before, "Latin!", i);
        assert_true(text_caret(text, TEXT_BODY, "Latin!", i) == text_width(text, TEXT_BODY, before));
    }
}

/* Any code points, in any order, in little room. */
static void anything_can_be_drawn(void **state) {
    (void)state;
    static const uint32_t FROM[] = {0x20,   0x5d0,  0x627,  0x300,  0xe01,   0x900,   0x1100,  0x200b,  0x2600,
                                    0x4e00, 0xac00, 0xfe00, 0xff00, 0x1f1e6, 0x1f3f0, 0x1f468, 0xe0020, 0x10fff0};
    uint32_t random = 4711;
    for (int round = 0; round < 1500; round++) {
        char name[64];
        size_t used = 0;
        for (int i = 0; i < 12; i++) {
            random = random * 1664525u + 1013904223u;
            uint32_t code = FROM[(random >> 8) % (sizeof FROM / sizeof *FROM)] + (random >> 24) % 16;
            int bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
            for (int b = bytes - 1; b > 0; b--, code >>= 6)
                name[used + (size_t)b] = (char)(0x80 | (code & 0x3f));
            name[used] = (char)(bytes == 1 ? code : ((0xf00u >> bytes) & 0xff) | code);
            used += (size_t)bytes;
        }
        name[used] = '\0';
        draw(&canvas, (TextStyle)(round % TEXT_STYLES), name);
        text_draw_in(text, &canvas, (TextStyle)(round % TEXT_STYLES), (Rect){5, 5, (float)(round % 120), 20},
                     ALIGN_RIGHT, WHITE, name);
        assert_true(text_caret(text, TEXT_BODY, name, 0) >= 0);
    }
    char missing[TEXT_MISSING_LINE];
    assert_true(text_missing(missing)); /* Tamil's and Bengali's, which are near */
    assert_null(strchr(missing, '\n'));
    assert_false(text_missing(missing)); /* once */
}

int main(void) {
    setenv("FONTCONFIG_FILE", TEST_SOURCE_DIR "/support/fonts.conf", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_roboto_has_needs_no_other_font),
        cmocka_unit_test(clusters_hold_together),
        cmocka_unit_test(each_direction_is_kept_within_the_other),
        cmocka_unit_test(each_script_has_letters_of_its_own),
        cmocka_unit_test(letters_are_shaped),
        cmocka_unit_test(roboto_stays_as_it_is),
        cmocka_unit_test(emoji_have_their_colours),
        cmocka_unit_test(names_are_cut_between_clusters),
        cmocka_unit_test(the_ellipsis_stands_where_the_reader_ends),
        cmocka_unit_test(names_as_long_as_can_be),
        cmocka_unit_test(the_cache_stays_bounded),
        cmocka_unit_test(the_caret_follows_the_reader),
        cmocka_unit_test(anything_can_be_drawn),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
