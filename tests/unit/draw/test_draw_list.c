/* What a canvas records of what is drawn on it. */
#include "app/draw/draw_list.h"
#include "app/draw/marks.h"
#include "app/draw/text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define INK 0xff203040

static void open_canvas(Canvas *canvas, DrawList *list) {
    Status status = {0};
    *canvas = (Canvas){0};
    *list = (DrawList){0};
    assert_true(canvas_resize(canvas, 200, 100, &status));
    canvas_fill(canvas, 0xffffffff);
    canvas->record = list;
}

static void close_canvas(Canvas *canvas, DrawList *list) {
    assert_false(list->failed);
    draw_list_free(list);
    canvas_free(canvas);
}

static void each_primitive_is_one_item(void **state) {
    (void)state;
    Canvas canvas;
    DrawList list;
    open_canvas(&canvas, &list);
    const float corners[] = {1, 1, 9, 1, 5, 8};
    canvas_fill(&canvas, INK);
    canvas_rect(&canvas, (Rect){1, 2, 3, 4}, INK);
    canvas_rounded(&canvas, (Rect){10, 10, 30, 20}, 4, INK);
    canvas_rounded_frame(&canvas, (Rect){10, 10, 30, 20}, 4, 2, INK);
    canvas_disc(&canvas, 50, 50, 7, INK);
    canvas_ring(&canvas, 50, 50, 9, 2, INK);
    canvas_line(&canvas, 0, 0, 20, 20, 2, INK);
    canvas_polyline(&canvas, corners, 3, 1, INK);
    canvas_polygon(&canvas, corners, 3, INK);
    canvas_blit(&canvas, 3, 4, (uint32_t[]){1, 2, 3, 4}, 2, 2);
    canvas_premultiplied(&canvas, 3, 4, (uint32_t[]){0x80404040, 0, 0, 0}, 2, 2);
    canvas_mask(&canvas, 3, 4, (uint8_t[]){255, 0, 0, 128}, 2, 2, INK);
    const DrawKind kinds[] = {DRAW_RECT,  DRAW_RECT,  DRAW_ROUNDED, DRAW_FRAME,   DRAW_DISC,    DRAW_RING,
                              DRAW_LINES, DRAW_LINES, DRAW_POLYGON, DRAW_PICTURE, DRAW_PICTURE, DRAW_PICTURE};
    assert_int_equal(list.count, sizeof kinds / sizeof *kinds);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(list.items[i].kind, kinds[i]);
    assert_memory_equal(list.points + 2 * list.items[7].first, corners, sizeof corners);
    assert_int_equal(list.items[8].count, 3);
    assert_int_equal(list.pictures[0].pixels[1], 0xff000002);
    assert_int_equal(list.pictures[1].pixels[0], 0x80808080); /* no longer premultiplied */
    assert_int_equal(list.pictures[2].pixels[3], 0x80203040);
    close_canvas(&canvas, &list);
}

static void items_keep_their_clip(void **state) {
    (void)state;
    Canvas canvas;
    DrawList list;
    open_canvas(&canvas, &list);
    canvas_push_clip(&canvas, (Rect){10, 20, 30, 40});
    canvas_disc(&canvas, 20, 30, 50, INK);
    canvas_push_clip(&canvas, (Rect){100, 20, 30, 40}); /* nothing is left */
    canvas_disc(&canvas, 20, 30, 50, INK);
    canvas_pop_clip(&canvas);
    canvas_pop_clip(&canvas);
    canvas_disc(&canvas, 20, 30, 50, INK);
    assert_int_equal(list.count, 2);
    assert_memory_equal(&list.items[0].clip, (&(Box){10, 20, 40, 60}), sizeof(Box));
    assert_memory_equal(&list.items[1].clip, (&(Box){0, 0, 200, 100}), sizeof(Box));
    close_canvas(&canvas, &list);
}

static void marks_share_their_looks(void **state) {
    (void)state;
    Canvas canvas;
    DrawList list;
    Status status = {0};
    MarkSprite square, disc;
    assert_true(mark_make(&square, 0, 4, 1, INK, 0xff000000, &status));
    assert_true(mark_make(&disc, 2, 4, -1, INK, 0xff000000, &status));
    open_canvas(&canvas, &list);
    for (int i = 0; i < 6; i++)
        mark_draw(&canvas, i % 2 ? &disc : &square, 10.3f + (float)i, 20);
    assert_int_equal(list.count, 6);
    assert_int_equal(list.mark_count, 2);
    assert_int_equal(list.items[2].index, 0);
    assert_float_equal(list.items[2].x, 12.3, 1e-5); /* not to a quarter of a pixel */
    double corners[2 * MARK_CORNERS], radius;
    assert_int_equal(mark_outline(&list.marks[0], true, corners, &radius), 4);
    assert_true(fabs(corners[0] + 3) < 1e-9);
    assert_int_equal(mark_outline(&list.marks[1], false, corners, &radius), 0);
    assert_true(fabs(radius - (4 * 1.1283791670955126 + 1)) < 1e-9);
    mark_free(&square);
    mark_free(&disc);
    close_canvas(&canvas, &list);
}

static void text_stays_text(void **state) {
    (void)state;
    Canvas canvas;
    DrawList list;
    Status status = {0};
    Text *text = text_new(FONT_DIR, 1, &status);
    assert_non_null(text);
    open_canvas(&canvas, &list);
    text_draw(text, &canvas, TEXT_MEDIUM, (TextAnchor){50.2f, 40.4f, ALIGN_CENTER}, INK, "Ä λ 7");
    text_draw(text, &canvas, TEXT_HEADING, (TextAnchor){50, 60, ALIGN_LEFT}, INK, "HEAD");
    assert_int_equal(list.count, 2);
    const DrawText *t = &list.texts[0];
    assert_string_equal(list.bytes + t->start, "Ä λ 7");
    assert_float_equal(t->size, 13, 0);
    assert_float_equal(t->width, text_width(text, TEXT_MEDIUM, "Ä λ 7"), 0);
    assert_float_equal(t->anchor, 0.5, 0);
    assert_float_equal(list.items[0].y, 40, 0); /* whole pixels, as it is drawn */
    assert_string_equal(list.fonts[t->font].family, "Roboto");
    assert_int_equal(list.fonts[t->font].weight, 500);
    assert_string_equal(list.bytes + list.texts[1].start, "HEAD"); /* without the space between its letters */
    assert_true(list.texts[1].spacing > 0.5f);
    text_free(text);
    close_canvas(&canvas, &list);
}

static uint64_t ink_of(const Canvas *canvas) {
    uint64_t sum = 0;
    for (size_t i = 0; i < (size_t)canvas->width * (size_t)canvas->height; i++)
        sum = sum * 31 + canvas->pixels[i];
    return sum;
}

static void recording_changes_no_pixel(void **state) {
    (void)state;
    uint64_t sums[2];
    for (int recorded = 0; recorded < 2; recorded++) {
        Canvas canvas;
        DrawList list;
        Status status = {0};
        MarkSprite mark;
        Text *text = text_new(FONT_DIR, 1, &status);
        assert_true(mark_make(&mark, 5, 4, 1, INK, 0x80000000, &status));
        open_canvas(&canvas, &list);
        canvas.record = recorded ? &list : NULL;
        mark_draw(&canvas, &mark, 33.4f, 20.9f);
        text_draw(text, &canvas, TEXT_BODY, (TextAnchor){50, 40, ALIGN_RIGHT}, INK, "words");
        canvas_shadow(&canvas, (Rect){80, 20, 50, 50}, 4, 1);
        canvas_ring(&canvas, 50, 50, 9, 20, INK);
        sums[recorded] = ink_of(&canvas);
        assert_int_equal(list.count, recorded ? 7 : 0);
        text_free(text);
        mark_free(&mark);
        close_canvas(&canvas, &list);
    }
    assert_int_equal(sums[0], sums[1]);
}

static void pixels_written_by_hand_are_a_picture(void **state) {
    (void)state;
    Canvas canvas;
    DrawList list;
    open_canvas(&canvas, &list);
    DrawList *paused = canvas_pause(&canvas);
    canvas_disc(&canvas, 20, 20, 5, INK);
    canvas_resume(&canvas, paused);
    canvas_picture(&canvas, (Rect){20, 20, 10, 10});
    canvas_picture(&canvas, (Rect){100, 20, 10, 10}); /* of one colour */
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[0].kind, DRAW_PICTURE);
    assert_int_equal(list.pictures[0].pixels[0], INK);
    assert_int_equal(list.pictures[0].pixels[99], 0xffffffff);
    assert_int_equal(list.items[1].kind, DRAW_RECT);
    close_canvas(&canvas, &list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_primitive_is_one_item), cmocka_unit_test(items_keep_their_clip),
        cmocka_unit_test(marks_share_their_looks),    cmocka_unit_test(text_stays_text),
        cmocka_unit_test(recording_changes_no_pixel), cmocka_unit_test(pixels_written_by_hand_are_a_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
