/* Texts for which there is no memory: each allocation fails in turn, ours and, by sdl_reserve.c, SDL's and SDL_ttf's.
 * The allocators are replaced by the linker (--wrap). */
#include "app/draw/sdl_reserve.h"
#include "app/draw/text.h"
#include "tests/support/failing_memory.h"

#include <SDL2/SDL.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 200, HEIGHT = 60, BYTES = WIDTH * HEIGHT * sizeof(uint32_t) };

static Canvas canvas;
static Status status;

static void draw(Text *text) {
    canvas_fill(&canvas, 0xff000000);
    text_draw(text, &canvas, TEXT_BODY, (TextAnchor){2, 14, ALIGN_LEFT}, 0xffffffff, "threshold \xce\xbb");
    text_draw_in(text, &canvas, TEXT_WORDS, (Rect){2, 16, 60, 20}, ALIGN_LEFT, 0xffff8080, "cut to sixty pixels");
    text_draw(text, &canvas, TEXT_HEADING, (TextAnchor){2, 50, ALIGN_LEFT}, 0xff80ff80, "APART");
}

static int set_up(void **state) {
    (void)state;
    sdl_keep_reserve();
    return canvas_resize(&canvas, WIDTH, HEIGHT, &status) ? 0 : 1;
}

static int tear_down(void **state) {
    (void)state;
    canvas_free(&canvas);
    return 0;
}

/* Either it is as it should be, or text_failed says so and the next picture is. */
static void what_is_left_out_is_said_and_drawn_again(void **state) {
    (void)state;
    static uint32_t right[WIDTH * HEIGHT];
    Text *text = text_new(FONT_DIR, 1, &status);
    assert_non_null(text);
    draw(text);
    memcpy(right, canvas.pixels, BYTES);
    assert_false(text_failed(text));
    text_free(text);
    long failures = 0;
    for (long n = 0, all = -1; all < 0; n++) {
        text = text_new(FONT_DIR, 1, &status);
        assert_non_null(text);
        left = n;
        draw(text);
        all = left;
        left = -1;
        bool failed = text_failed(text);
        assert_true(failed || memcmp(right, canvas.pixels, BYTES) == 0);
        failures += failed;
        assert_false(failed && all >= 0);
        draw(text);
        assert_false(text_failed(text));
        assert_memory_equal(right, canvas.pixels, BYTES);
        text_free(text);
    }
    assert_true(failures > 10);
}

/* With less and less of what it needs; nothing is leaked. */
static void fonts_without_memory_are_a_status(void **state) {
    (void)state;
    Text *text = NULL;
    for (long n = 0; !text; n++) {
        status = (Status){0};
        left = n;
        text = text_new(FONT_DIR, 1, &status);
        bool all = left >= 0;
        left = -1;
        assert_true((text != NULL) == all);
        if (!text)
            assert_non_null(strstr(status.message, "not enough memory"));
    }
    text_free(text);
}

/* Arabic is in a font that is looked for. */
static void without_memory_no_font_is_missed(void **state) {
    (void)state;
    char line[TEXT_MISSING_LINE];
    for (long n = 0, all = -1; all < 0; n++) {
        Text *text = text_new(FONT_DIR, 1, &status);
        assert_non_null(text);
        left = n;
        float width = text_width(text, TEXT_BODY, "\xd9\x83\xd9\x84\xd8\xa8");
        all = left;
        left = -1;
        assert_true(text_failed(text) || width > 10.0f);
        if (text_missing(line))
            fail_msg("%ld: %s", n, line);
        text_free(text);
    }
}

static void *report(void *unused) {
    (void)unused;
    left = 0;
    without_end = true;
    SDL_SetError("first of this thread");
    without_end = false;
    left = -1;
    return NULL;
}

/* SDL would call itself until the stack is full. */
static void an_error_needs_no_memory(void **state) {
    (void)state;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, report, NULL), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

/* Without memory small pieces are lent, as long as there are some; they are given back, and move where they grow. */
static void the_reserve_lends_pieces(void **state) {
    (void)state;
    enum { MOST = 100 };
    char *lent[MOST];
    for (int round = 0; round < 2; round++) {
        int count = 0;
        left = 0;
        without_end = true;
        char *text = SDL_malloc(100);
        assert_non_null(text);
        strcpy(text, "kept");
        assert_null(SDL_malloc(10000));
        assert_null(SDL_calloc(100, 100));
        assert_null(SDL_calloc(SIZE_MAX / 2, 4));
        while (count < MOST && (lent[count] = SDL_calloc(2, 8)) != NULL) {
            for (int i = 0; i < 16; i++)
                assert_int_equal(lent[count][i], 0);
            memset(lent[count++], 'x', 16);
        }
        assert_true(count > 4 && count < MOST);
        assert_null(SDL_malloc(1));
        assert_ptr_equal(SDL_realloc(text, 200), text);
        assert_null(SDL_realloc(text, 2000));
        left = -1;
        without_end = false;
        char *longer = SDL_realloc(text, 2000);
        assert_true(longer && longer != text);
        assert_string_equal(longer, "kept");
        left = 0;
        assert_null(SDL_realloc(longer, 4000));
        left = -1;
        SDL_free(longer);
        for (int i = 0; i < count; i++)
            SDL_free(lent[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_out_is_said_and_drawn_again),
        cmocka_unit_test(fonts_without_memory_are_a_status),
        cmocka_unit_test(without_memory_no_font_is_missed),
        cmocka_unit_test(an_error_needs_no_memory),
        cmocka_unit_test(the_reserve_lends_pieces),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
