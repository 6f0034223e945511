#include "app/draw/draw_list.h"

#include <stdlib.h>
#include <string.h>

/* ---- memory ---- */

void draw_list_free(DrawList *list) {
    for (size_t i = 0; i < list->font_count; i++) {
        free(list->fonts[i].file);
        free(list->fonts[i].family);
    }
    for (size_t i = 0; i < list->picture_count; i++)
        free(list->pictures[i].pixels);
    free(list->items);
    free(list->points);
    free(list->marks);
    free(list->texts);
    free(list->bytes);
    free(list->fonts);
    free(list->pictures);
    *list = (DrawList){0};
}

/* Room for `more` items behind the `count` of the array that *pointer points to; false, and said in `failed`: there is
 * none. */
static bool grow(DrawList *list, void *pointer, size_t *room, size_t count, size_t more, size_t size) {
    if (count + more <= *room)
        return true;
    void *items;
    memcpy(&items, pointer, sizeof items);
    size_t wanted = 2 * *room > count + more ? 2 * *room : count + more + 64;
    void *larger = wanted > PTRDIFF_MAX / size ? NULL : realloc(items, wanted * size);
    if (!larger) {
        list->failed = true;
        return false;
    }
    memcpy(pointer, &larger, sizeof larger);
    *room = wanted;
    return true;
}

#define GROW(list, items, room, count, more)                                                                           \
    grow(list, &(list)->items, &(list)->room, (list)->count, more, sizeof *(list)->items)

/* ---- appending ---- */

void draw_list_add(DrawList *list, Box clip, DrawItem item) {
    item.clip = clip;
    if (box_is_empty(clip) || !GROW(list, items, item_room, count, 1))
        return;
    list->items[list->count++] = item;
}

void draw_list_points(DrawList *list, Box clip, DrawItem item, const float *points, size_t n) {
    if (!GROW(list, points, point_room, point_count, 2 * n))
        return;
    item.first = list->point_count / 2;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && isfinite(points[2 * i]) && isfinite(points[2 * i + 1])) {
            memcpy(list->points + list->point_count, points + 2 * i, 2 * sizeof *points);
            list->point_count += 2;
            continue;
        }
        item.count = list->point_count / 2 - item.first;
        if (item.count > (n > 1)) /* a point between two gaps is no line */
            draw_list_add(list, clip, item);
        item.first = list->point_count / 2;
    }
}

static bool same_look(const MarkLook *a, const MarkLook *b) {
    return a->shape == b->shape && a->radius == b->radius && a->edge_width == b->edge_width && a->fill == b->fill &&
           a->edge == b->edge;
}

void draw_list_mark(DrawList *list, Box clip, const MarkLook *look, float x, float y) {
    size_t index = 0;
    while (index < list->mark_count && !same_look(&list->marks[index], look))
        index++;
    if (index == list->mark_count) {
        if (!GROW(list, marks, mark_room, mark_count, 1))
            return;
        list->marks[list->mark_count++] = *look;
    }
    draw_list_add(list, clip, (DrawItem){.kind = DRAW_MARK, .color = look->fill, .x = x, .y = y, .index = index});
}

/* ---- pictures ---- */

uint32_t *draw_list_picture(DrawList *list, Box clip, int x, int y, int width, int height) {
    if (box_is_empty(clip) || width <= 0 || height <= 0 || !GROW(list, pictures, picture_room, picture_count, 1))
        return NULL;
    uint32_t *pixels = malloc((size_t)width * (size_t)height * sizeof *pixels);
    if (!pixels) {
        list->failed = true;
        return NULL;
    }
    list->pictures[list->picture_count] = (DrawPicture){pixels, width, height};
    draw_list_add(list, clip,
                  (DrawItem){.kind = DRAW_PICTURE,
                             .rect = {(float)x, (float)y, (float)width, (float)height},
                             .index = list->picture_count++});
    return pixels;
}

/* One channel of a premultiplied pixel without its alpha. */
static uint32_t straight(uint32_t channel, uint32_t alpha) {
    uint32_t value = (channel * 255 + alpha / 2) / alpha;
    return value < 255 ? value : 255;
}

static uint32_t straight_pixel(uint32_t pixel) {
    uint32_t alpha = pixel >> 24;
    if (alpha == 0)
        return 0;
    return alpha << 24 | straight(pixel >> 16 & 255, alpha) << 16 | straight(pixel >> 8 & 255, alpha) << 8 |
           straight(pixel & 255, alpha);
}

void draw_list_pixels(DrawList *list, Box clip, int x, int y, const uint32_t *pixels, int width, int height) {
    uint32_t *copy = draw_list_picture(list, clip, x, y, width, height);
    for (size_t i = 0; copy && i < (size_t)width * (size_t)height; i++)
        copy[i] = straight_pixel(pixels[i]);
}

/* ---- text ---- */

static char *copy_text(DrawList *list, const char *text) {
    char *copy = malloc(strlen(text) + 1);
    if (copy)
        strcpy(copy, text);
    else
        list->failed = true;
    return copy;
}

/* Its place among the fonts; SIZE_MAX: there is no memory. */
static size_t place_of_font(DrawList *list, const DrawFont *font) {
    for (size_t i = 0; i < list->font_count; i++)
        if (list->fonts[i].index == font->index && strcmp(list->fonts[i].file, font->file) == 0)
            return i;
    if (!GROW(list, fonts, font_room, font_count, 1))
        return SIZE_MAX;
    DrawFont copy = *font;
    copy.file = copy_text(list, font->file);
    copy.family = copy_text(list, font->family);
    if (!copy.file || !copy.family) {
        free(copy.file);
        free(copy.family);
        return SIZE_MAX;
    }
    list->fonts[list->font_count] = copy;
    return list->font_count++;
}

void draw_list_text(DrawList *list, Box clip, DrawItem item, const DrawFont *font, DrawText text, const char *utf8) {
    text.font = place_of_font(list, font);
    text.length = strlen(utf8);
    text.start = list->byte_count;
    if (text.font == SIZE_MAX || !GROW(list, bytes, byte_room, byte_count, text.length + 1) ||
        !GROW(list, texts, text_room, text_count, 1))
        return;
    memcpy(list->bytes + text.start, utf8, text.length + 1);
    list->byte_count += text.length + 1;
    list->texts[list->text_count] = text;
    item.kind = DRAW_TEXT;
    item.index = list->text_count++;
    draw_list_add(list, clip, item);
}
