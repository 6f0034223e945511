#include "app/draw/canvas_private.h"

/* ---- Rectangles ---- */

void canvas_fill(Canvas *canvas, Color color) {
    Box clip = canvas_clip(canvas);
    if (box_is_empty(clip))
        return;
    record_item(canvas, (DrawItem){.kind = DRAW_RECT,
                                   .color = color,
                                   .rect = {(float)clip.x0, (float)clip.y0, (float)(clip.x1 - clip.x0),
                                            (float)(clip.y1 - clip.y0)}});
    for (int y = clip.y0; y < clip.y1; y++)
        blend_span(pixel_at(canvas, clip.x0, y), clip.x1 - clip.x0, color, 255);
}

/* How much of pixel i, [i, i + 1], lies in [low, high]. */
static float axis_cover(int i, double low, double high) {
    double from = low > i ? low : i, to = high < i + 1 ? high : i + 1;
    return to > from ? (float)(to - from) : 0;
}

void canvas_rect(Canvas *canvas, Rect rect, Color color) {
    double x0 = rect.x, y0 = rect.y, x1 = x0 + rect.w, y1 = y0 + rect.h;
    Box box = touched_box(canvas, x0, y0, x1, y1);
    if (box_is_empty(box) || !isfinite(x0 + y0 + x1 + y1))
        return;
    record_item(canvas, (DrawItem){.kind = DRAW_RECT, .color = color, .rect = rect});
    int full0 = ceil_within(x0, box.x0, box.x1), full1 = floor_within(x1, full0, box.x1);
    for (int y = box.y0; y < box.y1; y++) {
        float cover = axis_cover(y, y0, y1);
        for (int x = box.x0; x < full0; x++)
            blend_cover(pixel_at(canvas, x, y), color, cover * axis_cover(x, x0, x1));
        blend_span(pixel_at(canvas, full0, y), full1 - full0, color, cover_byte(cover));
        for (int x = full1; x < box.x1; x++)
            blend_cover(pixel_at(canvas, x, y), color, cover * axis_cover(x, x0, x1));
    }
}

typedef struct Rounded {
    double x0, y0, x1, y1;
    float radius;
} Rounded;

static float rounded_cover(const Rounded *r, int x, int y) {
    double px = x + 0.5, py = y + 0.5, radius = r->radius;
    double corner_x = px < r->x0 + radius ? r->x0 + radius : px > r->x1 - radius ? r->x1 - radius : px;
    double corner_y = py < r->y0 + radius ? r->y0 + radius : py > r->y1 - radius ? r->y1 - radius : py;
    if (corner_x == px || corner_y == py) /* beside a straight edge, or inside */
        return axis_cover(x, r->x0, r->x1) * axis_cover(y, r->y0, r->y1);
    float dx = (float)(px - corner_x), dy = (float)(py - corner_y);
    float cover = r->radius + 0.5f - sqrtf(dx * dx + dy * dy);
    return cover < 0 ? 0 : cover > 1 ? 1 : cover;
}

static Rounded rounded_of(double x0, double y0, double x1, double y1, float radius) {
    double most = (x1 - x0 < y1 - y0 ? x1 - x0 : y1 - y0) / 2;
    if (!(radius > 0))
        radius = 0;
    return (Rounded){x0, y0, x1, y1, radius > most ? (float)most : radius};
}

/* Whether no corner reaches into a row. */
static bool is_straight(const Rounded *r, int y) {
    double py = y + 0.5;
    return py >= r->y0 + r->radius && py <= r->y1 - r->radius;
}

/* Fills outer, or what of it lies outside inner, which has the same margin on the left and on the right. Only a row's
 * ends are taken pixel by pixel: as far as a corner reaches, or a pixel is covered in part. */
static void fill_rounded(Canvas *canvas, const Rounded *outer, const Rounded *inner, Color color) {
    Box box = touched_box(canvas, outer->x0, outer->y0, outer->x1, outer->y1);
    if (box_is_empty(box))
        return;
    double border = inner ? inner->x0 - outer->x0 : 0;
    double corner = outer->radius;
    if (inner && border + inner->radius > corner)
        corner = border + inner->radius;
    for (int y = box.y0; y < box.y1; y++) {
        bool straight = is_straight(outer, y) && (!inner || is_straight(inner, y));
        double end = straight ? border : corner + 1;
        int middle0 = ceil_within(outer->x0 + end, box.x0, box.x1);
        int middle1 = floor_within(outer->x1 - end, middle0, box.x1);
        uint32_t *pixels = pixel_at(canvas, 0, y);
        for (int x = box.x0; x < box.x1; x++) {
            if (x == middle0 && middle1 > middle0) {
                float cover = axis_cover(y, outer->y0, outer->y1);
                if (inner)
                    cover -= axis_cover(y, inner->y0, inner->y1);
                blend_span(pixels + middle0, middle1 - middle0, color, cover_byte(cover));
                x = middle1;
                if (x >= box.x1)
                    break;
            }
            float cover = rounded_cover(outer, x, y);
            if (inner)
                cover -= rounded_cover(inner, x, y);
            blend_cover(pixels + x, color, cover);
        }
    }
}

void canvas_rounded(Canvas *canvas, Rect rect, float radius, Color color) {
    if (!is_drawable((float[]){rect.x, rect.y, rect.w, rect.h}, 4) || !(rect.w > 0 && rect.h > 0))
        return;
    record_item(canvas, (DrawItem){.kind = DRAW_ROUNDED, .color = color, .rect = rect, .radius = radius});
    Rounded outer = rounded_of(rect.x, rect.y, (double)rect.x + rect.w, (double)rect.y + rect.h, radius);
    fill_rounded(canvas, &outer, NULL, color);
}

void canvas_rounded_frame(Canvas *canvas, Rect rect, float radius, float width, Color color) {
    if (!is_drawable((float[]){rect.x, rect.y, rect.w, rect.h}, 4) || !(rect.w > 0 && rect.h > 0 && width > 0))
        return;
    if (2 * width >= rect.w || 2 * width >= rect.h) { /* it has no hole */
        canvas_rounded(canvas, rect, radius, color);
        return;
    }
    record_item(canvas, (DrawItem){.kind = DRAW_FRAME, .color = color, .rect = rect, .radius = radius, .width = width});
    Rounded outer = rounded_of(rect.x, rect.y, (double)rect.x + rect.w, (double)rect.y + rect.h, radius);
    Rounded inner =
        rounded_of(outer.x0 + width, outer.y0 + width, outer.x1 - width, outer.y1 - width, outer.radius - width);
    fill_rounded(canvas, &outer, &inner, color);
}

void canvas_shadow(Canvas *canvas, Rect rect, float radius, float scale) {
    for (int i = 4; i >= 1; i--) {
        float grow = (float)i * scale;
        Rect wide = {rect.x - grow, rect.y - grow + 2 * scale, rect.w + 2 * grow, rect.h + 2 * grow};
        canvas_rounded(canvas, wide, radius + grow, color_alpha(0xff000000, 0.045f));
    }
}

/* ---- Discs and rings, by the distance from their middle ---- */

/* How much of a pixel whose centre is `distance` from the middle of a band of that half width the band covers. */
static inline float band_cover(float distance, float half) {
    float high = distance + 0.5f < half ? distance + 0.5f : half;
    float low = distance - 0.5f > -half ? distance - 0.5f : -half;
    return high > low ? high - low : 0;
}

void canvas_disc(Canvas *canvas, float x, float y, float radius, Color color) {
    if (!is_drawable((float[]){x, y, radius}, 3) || !(radius > 0))
        return;
    record_item(canvas, (DrawItem){.kind = DRAW_DISC, .color = color, .x = x, .y = y, .radius = radius});
    float reach = radius + 1;
    float fade = radius < 0.5f ? 2 * radius : 1; /* smaller than a pixel in both directions */
    Box box = touched_box(canvas, x - reach, y - reach, x + reach, y + reach);
    for (int row = box.y0; row < box.y1; row++)
        for (int column = box.x0; column < box.x1; column++) {
            float dx = (float)column + 0.5f - x, dy = (float)row + 0.5f - y;
            float cover = band_cover(sqrtf(dx * dx + dy * dy), radius) * fade;
            blend_cover(pixel_at(canvas, column, row), color, cover);
        }
}

void canvas_ring(Canvas *canvas, float x, float y, float radius, float width, Color color) {
    if (!is_drawable((float[]){x, y, radius, width}, 4) || !(radius > 0 && width > 0))
        return;
    float half = width / 2;
    if (half >= radius) {
        canvas_disc(canvas, x, y, radius + half, color);
        return;
    }
    record_item(canvas,
                (DrawItem){.kind = DRAW_RING, .color = color, .x = x, .y = y, .radius = radius, .width = width});
    float reach = radius + half + 1;
    Box box = touched_box(canvas, x - reach, y - reach, x + reach, y + reach);
    for (int row = box.y0; row < box.y1; row++)
        for (int column = box.x0; column < box.x1; column++) {
            float dx = (float)column + 0.5f - x, dy = (float)row + 0.5f - y;
            float cover = band_cover(fabsf(sqrtf(dx * dx + dy * dy) - radius), half);
            blend_cover(pixel_at(canvas, column, row), color, cover);
        }
}
