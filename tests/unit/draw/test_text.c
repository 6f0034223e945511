/* text: widths, places, what is not text, and the cache's bounds. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/draw/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLACK 0xff000000u
#define WHITE 0xffffffffu

static Text *make_text(float scale) {
    Status status;
    Text *text = text_new(FONT_DIR, scale, &status);
    if (text == NULL)
        fail_msg("%s", status.message);
    return text;
}

static Canvas make(int width, int height, Color color) {
    Canvas canvas = {0};
    Status status;
    assert_true(canvas_resize(&canvas, width, height, &status));
    canvas_fill(&canvas, color);
    return canvas;
}

typedef struct Ink {
    int x0, y0, x1, y1; /* up to, not with, x1 and y1; all 0 if there is none */
    double sum;         /* pixels' worth */
} Ink;

/* Where the picture is not `ground`. */
static Ink find_ink(const Canvas *canvas, Color ground) {
    Ink ink = {canvas->width, canvas->height, 0, 0, 0};
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width; x++) {
            uint32_t pixel = canvas->pixels[y * canvas->width + x];
            if (pixel == ground)
                continue;
            ink.x0 = x < ink.x0 ? x : ink.x0;
            ink.y0 = y < ink.y0 ? y : ink.y0;
            ink.x1 = x >= ink.x1 ? x + 1 : ink.x1;
            ink.y1 = y >= ink.y1 ? y + 1 : ink.y1;
            ink.sum += abs((int)(pixel >> 8 & 255) - (int)(ground >> 8 & 255)) / 255.0;
        }
    return ink.sum > 0 ? ink : (Ink){0};
}

static void test_fonts_that_are_not_there(void **state) {
    (void)state;
    Status status;
    assert_null(text_new("/nonexistent/fonts", 1, &status));
    assert_int_equal(status.code, STATUS_FAILED);
    assert_non_null(strstr(status.message, "/nonexistent/fonts/Roboto-Regular.ttf"));
    text_free(NULL);
}

static void test_numbers_do_not_jump(void **state) {
    (void)state;
    const float scales[] = {0.75f, 1, 1.25f, 1.5f, 2, 3, 4};
    for (size_t s = 0; s < sizeof scales / sizeof *scales; s++) {
        Text *text = make_text(scales[s]);
        for (int style = 0; style < TEXT_STYLES; style++) {
            float first = 0;
            for (char digit = '0'; digit <= '9'; digit++) {
                char number[16];
                snprintf(number, sizeof number, "%c,%c%c%c.%c", digit, digit, digit, digit, digit);
                float width = text_width(text, (TextStyle)style, number);
                if (digit == '0')
                    first = width;
                assert_true(width == first);
            }
            assert_true(first > 20 * scales[s]);
        }
        text_free(text);
    }
}

static void test_measures_follow_the_scale(void **state) {
    (void)state;
    Text *text = make_text(1);
    Status status;
    const char *sample = "Growing factor \xc3\x97 1.35 \xce\xbb";
    float width[TEXT_STYLES], cap[TEXT_STYLES];
    for (int style = 0; style < TEXT_STYLES; style++) {
        width[style] = text_width(text, (TextStyle)style, sample);
        cap[style] = text_cap_height(text, (TextStyle)style);
        assert_true(cap[style] > 6 && cap[style] < (style > TEXT_TITLE ? 27 : 15));
        assert_true(text_ascent(text, (TextStyle)style) > cap[style]);
        assert_true(text_descent(text, (TextStyle)style) > 1);
        assert_true(text_width(text, (TextStyle)style, "") == 0);
    }
    assert_true(width[TEXT_CAPTION] < width[TEXT_BODY]);
    assert_true(width[TEXT_BODY] < width[TEXT_MEDIUM]);
    assert_true(width[TEXT_MEDIUM] < width[TEXT_FIGURE]);
    assert_true(width[TEXT_FIGURE] < width[TEXT_TITLE]);
    assert_true(width[TEXT_HEADING] > 1.1f * width[TEXT_CAPTION]); /* letter-spaced */
    const float scales[] = {2, 0.75f, 3, 4, 1.5f};
    for (size_t s = 0; s < sizeof scales / sizeof *scales; s++) {
        assert_true(text_set_scale(text, scales[s], &status));
        for (int style = 0; style < TEXT_STYLES; style++) {
            float now = text_width(text, (TextStyle)style, sample);
            assert_true(fabsf(now / width[style] / scales[s] - 1) < 0.04f);
            float off = fabsf(text_cap_height(text, (TextStyle)style) / scales[s] - cap[style]);
            assert_true(off < (style > TEXT_TITLE ? 2.0f : 1.5f)); /* hinted to whole pixels */
        }
    }
    /* The size is right: Roboto's figures are 1150 / 2048 of it wide, its capitals 1456 / 2048 high. */
    assert_true(text_set_scale(text, 4, &status));
    assert_true(fabsf(text_width(text, TEXT_BODY, "0123456789") - 10 * 52 * 1150 / 2048.0f) < 3);
    assert_true(fabsf(text_cap_height(text, TEXT_BODY) - 52 * 1456 / 2048.0f) < 1);
    const float odd[] = {NAN, -1, 0, INFINITY, 1e9f}; /* moved to what is possible */
    for (size_t s = 0; s < sizeof odd / sizeof *odd; s++) {
        assert_true(text_set_scale(text, odd[s], &status));
        assert_true(text_width(text, TEXT_BODY, "abc") > 1);
    }
    text_free(text);
}

static void test_a_scale_that_fails_changes_nothing(void **state) {
    (void)state;
    char folder[] = "/tmp/easyfirst-text-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *names[2] = {"Roboto-Regular.ttf", "Roboto-Medium.ttf"};
    char *paths[2];
    for (int i = 0; i < 2; i++) {
        char *target = NULL;
        assert_true(asprintf(&paths[i], "%s/%s", folder, names[i]) > 0);
        assert_true(asprintf(&target, "%s/%s", FONT_DIR, names[i]) > 0);
        assert_int_equal(symlink(target, paths[i]), 0);
        free(target);
    }
    Status status;
    Text *text = text_new(folder, 1, &status);
    assert_non_null(text);
    float width = text_width(text, TEXT_MEDIUM, "threshold");
    assert_int_equal(unlink(paths[1]), 0);
    assert_false(text_set_scale(text, 2, &status));
    assert_non_null(strstr(status.message, paths[1]));
    assert_true(text_width(text, TEXT_MEDIUM, "threshold") == width);
    assert_true(text_width(text, TEXT_MEDIUM, "not cached") > 0);
    text_free(text);
    assert_int_equal(unlink(paths[0]), 0);
    assert_int_equal(rmdir(folder), 0);
    free(paths[0]);
    free(paths[1]);
}

static void test_alignment_and_baseline(void **state) {
    (void)state;
    Text *text = make_text(1);
    for (int style = 0; style < TEXT_STYLES; style++) {
        TextStyle kind = (TextStyle)style;
        Canvas canvas = make(200, 60, WHITE);
        float width = text_width(text, kind, "HEH");
        text_draw(text, &canvas, kind, (TextAnchor){100, 40, ALIGN_LEFT}, BLACK, "HEH");
        Ink left = find_ink(&canvas, WHITE);
        assert_int_equal(left.y1, 40); /* stands on the baseline, crisp */
        assert_int_equal(left.y0, 40 - (int)text_cap_height(text, kind));
        assert_in_range(left.x0, 100, 102);
        assert_in_range(left.x1, 100 + (int)width - 2, 100 + (int)width + 1);
        canvas_fill(&canvas, WHITE);
        text_draw(text, &canvas, kind, (TextAnchor){100, 40, ALIGN_RIGHT}, BLACK, "HEH");
        Ink right = find_ink(&canvas, WHITE);
        assert_in_range(right.x1, 98, 101);
        canvas_fill(&canvas, WHITE);
        text_draw(text, &canvas, kind, (TextAnchor){100, 40, ALIGN_CENTER}, BLACK, "HEH");
        Ink middle = find_ink(&canvas, WHITE);
        assert_in_range(middle.x0 + middle.x1, 198, 202);
        assert_true(left.sum == right.sum && left.sum == middle.sum); /* the same picture, moved */
        canvas_fill(&canvas, WHITE);
        Rect rect = {20, 10, 120, 32};
        text_draw_in(text, &canvas, kind, rect, ALIGN_CENTER, BLACK, "HEH");
        Ink in = find_ink(&canvas, WHITE);
        assert_in_range(in.y0 - 10 - (42 - in.y1) + 1, 0, 2); /* as much room above as below */
        assert_in_range(in.x0 + in.x1, 158, 162);
        canvas_free(&canvas);
    }
    text_free(text);
}

static void test_drawing_again_is_the_same(void **state) {
    (void)state;
    Text *text = make_text(1);
    Canvas first = make(300, 40, WHITE), again = make(300, 40, WHITE);
    size_t bytes = 300 * 40 * sizeof *first.pixels;
    text_draw(text, &first, TEXT_BODY, (TextAnchor){5.4f, 20, ALIGN_LEFT}, 0xff1b2330, "two blobs, 10,000, seed 1445");
    text_draw(text, &again, TEXT_BODY, (TextAnchor){4.6f, 19.7f, ALIGN_LEFT}, 0xff1b2330,
              "two blobs, 10,000, seed 1445");
    assert_memory_equal(first.pixels, again.pixels, bytes); /* from the cache, rounded to the same pixel */
    assert_int_equal(text_cache_use(text).misses, 1);
    Status status;
    assert_true(text_set_scale(text, 2, &status));
    assert_true(text_set_scale(text, 1, &status));
    canvas_fill(&again, WHITE);
    text_draw(text, &again, TEXT_BODY, (TextAnchor){5, 20, ALIGN_LEFT}, 0xff1b2330, "two blobs, 10,000, seed 1445");
    assert_memory_equal(first.pixels, again.pixels, bytes); /* rendered anew */
    assert_int_equal(text_cache_use(text).misses, 2);
    canvas_free(&first);
    canvas_free(&again);
    text_free(text);
}

static void test_color_and_alpha(void **state) {
    (void)state;
    Text *text = make_text(2);
    Canvas canvas = make(60, 40, WHITE);
    text_draw(text, &canvas, TEXT_TITLE, (TextAnchor){5, 35, ALIGN_LEFT}, 0xff0072b2, "I");
    int full = 0;
    for (int i = 0; i < 60 * 40; i++)
        full += canvas.pixels[i] == 0xff0072b2;
    assert_true(full > 20); /* a stem's middle has the colour itself */
    canvas_fill(&canvas, WHITE);
    text_draw(text, &canvas, TEXT_TITLE, (TextAnchor){5, 35, ALIGN_LEFT}, 0x000072b2, "I");
    assert_true(find_ink(&canvas, WHITE).sum == 0);
    canvas_push_clip(&canvas, (Rect){0, 0, 7, 40});
    text_draw(text, &canvas, TEXT_TITLE, (TextAnchor){5, 35, ALIGN_LEFT}, BLACK, "MMM");
    canvas_pop_clip(&canvas);
    assert_true(find_ink(&canvas, WHITE).x1 <= 7);
    /* Light text is drawn a little heavier, as blending by stored values thins it. */
    Canvas dark = make(60, 40, BLACK);
    canvas_fill(&canvas, WHITE);
    text_draw(text, &canvas, TEXT_BODY, (TextAnchor){5, 35, ALIGN_LEFT}, BLACK, "ages");
    text_draw(text, &dark, TEXT_BODY, (TextAnchor){5, 35, ALIGN_LEFT}, WHITE, "ages");
    double on_white = find_ink(&canvas, WHITE).sum, on_black = find_ink(&dark, BLACK).sum;
    assert_true(on_black > 1.01 * on_white && on_black < 1.2 * on_white);
    canvas_free(&canvas);
    canvas_free(&dark);
    text_free(text);
}

static void test_greek_and_signs_have_glyphs(void **state) {
    (void)state;
    Text *text = make_text(1);
    const char *signs[] = {"\xce\xbb",     "\xc3\x97", "\xe2\x88\x92", "\xe2\x80\xa6",
                           "\xe2\x80\x99", "\xc2\xb1", "\xef\xbf\xbd"};
    Canvas missing = make(30, 30, WHITE), canvas = make(30, 30, WHITE);
    text_draw(text, &missing, TEXT_BODY, (TextAnchor){5, 20, ALIGN_LEFT}, BLACK,
              "\xf0\x9f\x98\x80"); /* no such glyph: its box */
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        canvas_fill(&canvas, WHITE);
        text_draw(text, &canvas, TEXT_BODY, (TextAnchor){5, 20, ALIGN_LEFT}, BLACK, signs[i]);
        assert_true(find_ink(&canvas, WHITE).sum > 0.5);
        assert_memory_not_equal(canvas.pixels, missing.pixels, 30 * 30 * 4);
    }
    canvas_free(&canvas);
    canvas_free(&missing);
    text_free(text);
}

static void test_what_is_not_text(void **state) {
    (void)state;
    Text *text = make_text(1);
    Canvas canvas = make(400, 40, WHITE);
    /* Each broken byte is one U+FFFD. */
    float replacement = text_width(text, TEXT_BODY, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    const char *three[] = {"\xff\xfe\x80", "\xed\xa0\x80", "\xe0\x80\x80", "\xc0\xaf\xc1", "\xf4\x90\xf5"};
    for (size_t i = 0; i < sizeof three / sizeof *three; i++)
        assert_true(text_width(text, TEXT_BODY, three[i]) == replacement);
    assert_true(text_width(text, TEXT_BODY, "a\xce") == text_width(text, TEXT_BODY, "a\xef\xbf\xbd")); /* cut off */
    assert_true(text_width(text, TEXT_BODY, "a\tb\nc\x7f") == text_width(text, TEXT_BODY, "a b c "));
    const char *odd[] = {"",
                         " ",
                         "\n",
                         "\xe2\x80\x8b",
                         "\xcc\x81",
                         "\xf0\x9f\x98\x80",
                         "\xef\xbb\xbf",
                         "a\xcc\x81\xcc\x81",
                         "\xd7\xa9\xd7\x9c"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        for (int style = 0; style < TEXT_STYLES; style++) {
            assert_true(text_width(text, (TextStyle)style, odd[i]) >= 0);
            text_draw(text, &canvas, (TextStyle)style, (TextAnchor){50, 20, ALIGN_CENTER}, BLACK, odd[i]);
            text_draw_in(text, &canvas, (TextStyle)style, (Rect){0, 0, 3, 20}, ALIGN_LEFT, BLACK, odd[i]);
        }
    /* Random bytes. */
    uint32_t random = 12345;
    for (int round = 0; round < 500; round++) {
        char bytes[40];
        for (int i = 0; i < 39; i++) {
            random = random * 1664525u + 1013904223u;
            bytes[i] = (char)(1 + (random >> 24) % 255);
        }
        bytes[39] = 0;
        text_draw(text, &canvas, (TextStyle)(round % TEXT_STYLES), (TextAnchor){5, 20, ALIGN_LEFT}, BLACK, bytes);
        text_draw_in(text, &canvas, (TextStyle)(round % TEXT_STYLES), (Rect){5, 5, (float)(round % 90), 20},
                     ALIGN_RIGHT, BLACK, bytes);
    }
    /* Places that are none. */
    canvas_fill(&canvas, WHITE);
    const float wild[] = {NAN, INFINITY, -INFINITY, 3e38f, -3e38f, 1e6f, -1e6f};
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
        text_draw(text, &canvas, TEXT_BODY, (TextAnchor){wild[i], 20, ALIGN_CENTER}, BLACK, "text");
        text_draw(text, &canvas, TEXT_BODY, (TextAnchor){20, wild[i], ALIGN_CENTER}, BLACK, "text");
        text_draw_in(text, &canvas, TEXT_BODY, (Rect){wild[i], 0, 90, 20}, ALIGN_LEFT, BLACK, "text");
        text_draw_in(text, &canvas, TEXT_BODY, (Rect){500, 0, wild[i], 20}, ALIGN_LEFT, BLACK, "text");
    }
    assert_true(find_ink(&canvas, WHITE).sum == 0);
    canvas_free(&canvas);
    text_free(text);
}

static void test_long_texts(void **state) {
    (void)state;
    Text *text = make_text(4);
    const size_t length = 1000000;
    char *long_text = malloc(length + 1);
    assert_non_null(long_text);
    memset(long_text, 'W', length);
    long_text[length] = 0;
    Canvas canvas = make(300, 100, WHITE);
    for (int style = 0; style < TEXT_STYLES; style++) {
        text_draw(text, &canvas, (TextStyle)style, (TextAnchor){-200, 80, ALIGN_LEFT}, BLACK, long_text);
        text_draw_in(text, &canvas, (TextStyle)style, (Rect){10, 10, 200, 60}, ALIGN_LEFT, BLACK, long_text);
        float width = text_width(text, (TextStyle)style, long_text);
        long_text[TEXT_LONGEST] = 0;
        assert_true(text_width(text, (TextStyle)style, long_text) == width); /* the rest is left out */
        long_text[TEXT_LONGEST - 1] = 0;
        assert_true(text_width(text, (TextStyle)style, long_text) < width);
        long_text[TEXT_LONGEST] = long_text[TEXT_LONGEST - 1] = 'W';
    }
    for (size_t i = 0; i + 3 <= length; i += 3)
        memcpy(long_text + i, "\xe2\x80\xa6", 3); /* never cut within a character */
    assert_true(fabsf(text_width(text, TEXT_BODY, long_text) / text_width(text, TEXT_BODY, "\xe2\x80\xa6") -
                      TEXT_LONGEST / 3) < 6);
    free(long_text);
    canvas_free(&canvas);
    text_free(text);
}

static void test_ellipsis(void **state) {
    (void)state;
    Text *text = make_text(1);
    Canvas canvas = make(900, 40, WHITE), other = make(900, 40, WHITE);
    size_t bytes = 900 * 40 * sizeof *canvas.pixels;
    const char *sample = "two blobs, 10,000 points, seed 1445 \xce\xbb\xce\xbb\xce\xbb";
    for (int style = 0; style < TEXT_STYLES; style++) {
        TextStyle kind = (TextStyle)style;
        float whole = text_width(text, kind, sample), dots = text_width(text, kind, "\xe2\x80\xa6");
        float before = 0;
        float room = fmaxf(24, 2.5f * text_cap_height(text, kind)), step = style > TEXT_TITLE ? 9 : 1;
        for (float width = 1; width < whole + 3; width += step)
            for (int align = ALIGN_LEFT; align <= ALIGN_RIGHT; align++) {
                canvas_fill(&canvas, WHITE);
                text_draw_in(text, &canvas, kind, (Rect){20, 4, width, 30}, (TextAlign)align, BLACK, sample);
                Ink ink = find_ink(&canvas, WHITE);
                if (ink.sum > 0) { /* rounding to pixels may move it by half a one */
                    assert_true(ink.x0 >= 19);
                    assert_true((float)ink.x1 <= 20 + width + 1);
                }
                assert_true((ink.sum > 0) == (width >= dots));
                if (align == ALIGN_LEFT) {
                    assert_true((float)ink.x1 + 1 >= before); /* more room never shows less */
                    before = (float)ink.x1;
                    if (width >= dots)
                        assert_true((float)ink.x1 >= 20 + width - room); /* and it is used */
                }
            }
        canvas_fill(&canvas, WHITE);
        canvas_fill(&other, WHITE);
        text_draw_in(text, &canvas, kind, (Rect){20, 4, whole, 30}, ALIGN_LEFT, BLACK, sample);
        text_draw(text, &other, kind,
                  (TextAnchor){20, floorf(4 + (30 + text_cap_height(text, kind)) / 2 + 0.5f), ALIGN_LEFT}, BLACK,
                  sample);
        assert_memory_equal(canvas.pixels, other.pixels, bytes); /* just enough room: not cut */
    }
    canvas_fill(&canvas, WHITE);
    canvas_fill(&other, WHITE);
    float room = text_width(text, TEXT_BODY, "two b\xe2\x80\xa6") - 1; /* would leave "two ": no space before it */
    text_draw_in(text, &canvas, TEXT_BODY, (Rect){20, 4, room, 30}, ALIGN_LEFT, BLACK, "two blobs");
    text_draw_in(text, &other, TEXT_BODY, (Rect){20, 4, 300, 30}, ALIGN_LEFT, BLACK, "two\xe2\x80\xa6");
    assert_memory_equal(canvas.pixels, other.pixels, bytes);
    canvas_free(&canvas);
    canvas_free(&other);
    text_free(text);
}

static void test_cache_is_bounded(void **state) {
    (void)state;
    Text *text = make_text(4);
    Canvas canvas = make(100, 100, WHITE);
    size_t most_entries = 0, most_bytes = 0;
    char number[100];
    for (int i = 0; i < 1000; i++) {
        snprintf(number, sizeof number, "%d of %d points are easy in this epoch of the run", i, i * 7);
        text_draw(text, &canvas, (TextStyle)(i % TEXT_STYLES), (TextAnchor){5, 50, ALIGN_LEFT}, i % 2 ? BLACK : WHITE,
                  number);
        TextCacheUse use = text_cache_use(text);
        most_entries = use.entries > most_entries ? use.entries : most_entries;
        most_bytes = use.bytes > most_bytes ? use.bytes : most_bytes;
    }
    assert_int_equal(text_cache_use(text).misses, 1000);
    assert_true(most_bytes <= TEXT_CACHE_BYTES);
    assert_true(most_bytes > TEXT_CACHE_BYTES / 2); /* and it is used */
    assert_true(most_entries <= TEXT_CACHE_ENTRIES);
    text_draw(text, &canvas, (TextStyle)(999 % TEXT_STYLES), (TextAnchor){5, 50, ALIGN_LEFT}, BLACK, number);
    assert_int_equal(text_cache_use(text).misses, 1000); /* the newest is still there */
    Status status;
    assert_true(text_set_scale(text, 0.75f, &status));
    assert_int_equal(text_cache_use(text).entries, 0);
    assert_int_equal(text_cache_use(text).bytes, 0);
    for (int i = 0; i < 2000; i++) {
        snprintf(number, sizeof number, "%d", i);
        assert_true(text_width(text, TEXT_CAPTION, number) > 0);
        assert_true(text_width(text, TEXT_CAPTION, "always in use") > 0);
        assert_true(text_cache_use(text).entries <= TEXT_CACHE_ENTRIES);
    }
    assert_int_equal(text_cache_use(text).entries, TEXT_CACHE_ENTRIES);
    assert_int_equal(text_cache_use(text).misses, 1000 + 2001); /* what is used stays */
    canvas_free(&canvas);
    text_free(text);
}

/* Two at once, freed in either order: each holds its share of SDL_ttf. */
static void test_two_texts(void **state) {
    (void)state;
    Text *first = make_text(1), *second = make_text(2);
    text_free(first);
    assert_true(text_width(second, TEXT_BODY, "still here") > 0);
    text_free(second);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fonts_that_are_not_there),
        cmocka_unit_test(test_numbers_do_not_jump),
        cmocka_unit_test(test_measures_follow_the_scale),
        cmocka_unit_test(test_a_scale_that_fails_changes_nothing),
        cmocka_unit_test(test_alignment_and_baseline),
        cmocka_unit_test(test_drawing_again_is_the_same),
        cmocka_unit_test(test_color_and_alpha),
        cmocka_unit_test(test_greek_and_signs_have_glyphs),
        cmocka_unit_test(test_what_is_not_text),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_ellipsis),
        cmocka_unit_test(test_cache_is_bounded),
        cmocka_unit_test(test_two_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
