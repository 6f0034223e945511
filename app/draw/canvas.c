#include "app/draw/canvas.h"

#include "core/large_pages.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Blending
 * ----------------------------------------------------------------------------------------------- */

/* Four pixels as 32-bit words, and two of their channels as eight 16-bit lanes. Generic vectors, because
 * 16-bit products are four times as cheap as 32-bit ones where there is no AVX, and a compiler does not find
 * that by itself. */
typedef uint32_t Quad __attribute__((vector_size(16)));
typedef uint16_t Lanes __attribute__((vector_size(16)));

#define CHANNELS 0x00ff00ffu /* red and blue; of a word shifted down by 8: alpha and green */
#define OPAQUE 0xff000000u

/* round(x / 255), exact for 0 <= x <= 255 * 255. */
static inline uint32_t over_255(uint32_t x) {
    x += 128;
    return (x + (x >> 8)) >> 8;
}

static inline Lanes lanes_over_255(Lanes x) {
    x += 128;
    return (x + (x >> 8)) >> 8;
}

static inline Quad quad_of(uint32_t value) {
    return (Quad){value, value, value, value};
}

static inline uint32_t blend(uint32_t target, Color color, uint32_t alpha) {
    uint32_t rest = 255 - alpha;
    uint32_t r = over_255((target >> 16 & 255) * rest + (color >> 16 & 255) * alpha);
    uint32_t g = over_255((target >> 8 & 255) * rest + (color >> 8 & 255) * alpha);
    uint32_t b = over_255((target & 255) * rest + (color & 255) * alpha);
    return OPAQUE | r << 16 | g << 8 | b;
}

/* `blend` of four pixels; rb and ag: the colour's channels, alpha: one in each word. */
static inline Quad blend_quad(Quad target, Lanes rb, Lanes ag, Quad alpha) {
    Lanes a = (Lanes)(alpha | alpha << 16);
    Lanes rest = 255 - a;
    Lanes target_rb = (Lanes)(target & CHANNELS), target_ag = (Lanes)(target >> 8 & CHANNELS);
    target_rb = lanes_over_255(target_rb * rest + rb * a);
    target_ag = lanes_over_255(target_ag * rest + ag * a);
    return (Quad)target_rb | (Quad)target_ag << 8 | OPAQUE;
}

static void blend_span(uint32_t *pixels, int n, Color color, uint32_t coverage) {
    uint32_t alpha = over_255((color >> 24) * coverage);
    int i = 0;
    if (alpha == 0)
        return;
    if (alpha == 255) {
        uint32_t opaque = color | OPAQUE;
        for (i = 0; i < n; i++)
            pixels[i] = opaque;
        return;
    }
    Lanes rb = (Lanes)quad_of(color & CHANNELS), ag = (Lanes)quad_of(color >> 8 & CHANNELS);
    for (; i + 4 <= n; i += 4) {
        Quad target;
        memcpy(&target, pixels + i, sizeof target);
        target = blend_quad(target, rb, ag, quad_of(alpha));
        memcpy(pixels + i, &target, sizeof target);
    }
    for (; i < n; i++)
        pixels[i] = blend(pixels[i], color, alpha);
}

static void blend_mask(uint32_t *restrict pixels, const uint8_t *restrict mask, int n, Color color) {
    uint32_t opacity = color >> 24;
    int i = 0;
    if (opacity == 0)
        return;
    Lanes rb = (Lanes)quad_of(color & CHANNELS), ag = (Lanes)quad_of(color >> 8 & CHANNELS);
    for (; i + 4 <= n; i += 4) {
        uint32_t four;
        memcpy(&four, mask + i, sizeof four);
        if (four == 0) /* most of a text's mask */
            continue;
        Quad target, alpha = {mask[i], mask[i + 1], mask[i + 2], mask[i + 3]};
        alpha = (Quad)lanes_over_255((Lanes)alpha * (Lanes)quad_of(opacity));
        memcpy(&target, pixels + i, sizeof target);
        target = blend_quad(target, rb, ag, alpha);
        memcpy(pixels + i, &target, sizeof target);
    }
    for (; i < n; i++)
        if (mask[i] != 0)
            pixels[i] = blend(pixels[i], color, over_255(mask[i] * opacity));
}

static inline uint32_t cover_byte(float cover) {
    return cover <= 0 ? 0 : cover >= 1 ? 255 : (uint32_t)(cover * 255 + 0.5f);
}

static inline void blend_cover(uint32_t *pixel, Color color, float cover) {
    uint32_t alpha = over_255((color >> 24) * cover_byte(cover));
    if (alpha != 0)
        *pixel = blend(*pixel, color, alpha);
}

Color color_mix(Color a, Color b, float share) {
    uint32_t s = share >= 1 ? 65536 : share > 0 ? (uint32_t)(share * 65536 + 0.5f) : 0; /* NaN: 0 */
    Color mixed = 0;
    for (int shift = 0; shift < 32; shift += 8)
        mixed |= ((a >> shift & 255) * (65536 - s) + (b >> shift & 255) * s + 32768) >> 16 << shift;
    return mixed;
}

Color color_alpha(Color color, float alpha) {
    return (color & 0x00ffffffu) | over_255((color >> 24) * cover_byte(alpha)) << 24;
}

/* ---- The buffer and its clip
 * -------------------------------------------------------------------------------- */

bool canvas_resize(Canvas *canvas, int width, int height, Status *status) {
    if (width < 1 || height < 1 || width > CANVAS_MAX_SIDE || height > CANVAS_MAX_SIDE)
        return status_fail(status, STATUS_FAILED, "a picture of %d x %d pixels is not possible (1 to %d a side)", width,
                           height, CANVAS_MAX_SIDE);
    if (width != canvas->width || height != canvas->height) {
        size_t count = (size_t)width * (size_t)height;
        bool grows = count > canvas->capacity; /* a smaller picture keeps the room that it has */
        uint32_t *pixels = grows ? large_pages_alloc(count * sizeof *pixels) : canvas->pixels;
        uint8_t *coverage = grows ? calloc(count, sizeof *coverage) : canvas->coverage;
        float *row = calloc((size_t)width + 2, sizeof *row);
        int *touched = calloc(2 * (size_t)height, sizeof *touched);
        if (pixels == NULL || coverage == NULL || row == NULL || touched == NULL) {
            if (grows) {
                free(pixels);
                free(coverage);
            }
            free(row);
            free(touched);
            return status_no_memory(status, "the picture");
        }
        if (grows) {
            free(canvas->pixels);
            free(canvas->coverage);
            canvas->capacity = count;
        }
        free(canvas->row);
        free(canvas->touched);
        canvas->pixels = pixels;
        canvas->coverage = coverage;
        canvas->row = row;
        canvas->touched = touched;
        canvas->width = width;
        canvas->height = height;
    }
    canvas->clip_depth = 0;
    canvas->clip[0].x0 = canvas->clip[0].y0 = 0;
    canvas->clip[0].x1 = width;
    canvas->clip[0].y1 = height;
    return true;
}

void canvas_free(Canvas *canvas) {
    free(canvas->pixels);
    free(canvas->coverage);
    free(canvas->row);
    free(canvas->touched);
    *canvas = (Canvas){0};
}

typedef struct Box { /* pixels from x0, y0 up to but not x1, y1 */
    int x0, y0, x1, y1;
} Box;

static Box current_clip(const Canvas *canvas) {
    int top = canvas->clip_depth;
    return (Box){canvas->clip[top].x0, canvas->clip[top].y0, canvas->clip[top].x1, canvas->clip[top].y1};
}

static int clamp_int(int value, int low, int high) {
    return value < low ? low : value > high ? high : value;
}

/* floor of a number as an int within [low, high]; NaN gives low. */
static int floor_within(double value, int low, int high) {
    if (!(value > low))
        return low;
    return value >= high ? high : (int)floor(value);
}

static int ceil_within(double value, int low, int high) {
    if (!(value > low))
        return low;
    return value >= high ? high : (int)ceil(value);
}

/* The pixels that the area touches, within the clip; empty (x1 <= x0 or y1 <= y0) if there are none. */
static Box touched_box(const Canvas *canvas, double x0, double y0, double x1, double y1) {
    Box clip = current_clip(canvas);
    if (!(x0 < x1 && y0 < y1)) /* NaN too */
        return (Box){0, 0, 0, 0};
    return (Box){floor_within(x0, clip.x0, clip.x1), floor_within(y0, clip.y0, clip.y1),
                 ceil_within(x1, clip.x0, clip.x1), ceil_within(y1, clip.y0, clip.y1)};
}

static bool box_is_empty(Box box) {
    return box.x1 <= box.x0 || box.y1 <= box.y0;
}

static uint32_t *pixel_at(const Canvas *canvas, int x, int y) {
    return canvas->pixels + (size_t)y * (size_t)canvas->width + (size_t)x;
}

void canvas_push_clip(Canvas *canvas, Rect rect) {
    assert(canvas->clip_depth + 1 < CANVAS_CLIP_DEPTH);
    Box clip = current_clip(canvas);
    Box next = {0, 0, 0, 0};
    double x1 = (double)rect.x + rect.w, y1 = (double)rect.y + rect.h;
    if (rect.x <= x1 && rect.y <= y1) {
        next.x0 = floor_within(rect.x + 0.5, clip.x0, clip.x1);
        next.y0 = floor_within(rect.y + 0.5, clip.y0, clip.y1);
        next.x1 = floor_within(x1 + 0.5, next.x0, clip.x1);
        next.y1 = floor_within(y1 + 0.5, next.y0, clip.y1);
    }
    int top = ++canvas->clip_depth;
    canvas->clip[top].x0 = next.x0;
    canvas->clip[top].y0 = next.y0;
    canvas->clip[top].x1 = next.x1;
    canvas->clip[top].y1 = next.y1;
}

void canvas_pop_clip(Canvas *canvas) {
    assert(canvas->clip_depth > 0);
    canvas->clip_depth--;
}

/* ---- Rectangles
 * --------------------------------------------------------------------------------------------- */

void canvas_fill(Canvas *canvas, Color color) {
    Box clip = current_clip(canvas);
    if (box_is_empty(clip))
        return;
    for (int y = clip.y0; y < clip.y1; y++)
        blend_span(pixel_at(canvas, clip.x0, y), clip.x1 - clip.x0, color, 255);
}

/* How much of the pixel [i, i + 1] lies in [low, high]. */
static float axis_cover(int i, double low, double high) {
    double from = low > i ? low : i, to = high < i + 1 ? high : i + 1;
    return to > from ? (float)(to - from) : 0;
}

void canvas_rect(Canvas *canvas, Rect rect, Color color) {
    double x0 = rect.x, y0 = rect.y, x1 = x0 + rect.w, y1 = y0 + rect.h;
    Box box = touched_box(canvas, x0, y0, x1, y1);
    if (box_is_empty(box) || !isfinite(x0 + y0 + x1 + y1))
        return;
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

/* Fills outer without inner (NULL: all of outer; else as far from it on the left as on the right). Only the
 * left and right ends of a row are looked at one by one: as far as a corner or a part of a pixel reaches. */
static void fill_rounded(Canvas *canvas, const Rounded *outer, const Rounded *inner, Color color) {
    Box box = touched_box(canvas, outer->x0, outer->y0, outer->x1, outer->y1);
    if (box_is_empty(box))
        return;
    double border = inner != NULL ? inner->x0 - outer->x0 : 0;
    double corner = outer->radius;
    if (inner != NULL && border + inner->radius > corner)
        corner = border + inner->radius;
    for (int y = box.y0; y < box.y1; y++) {
        bool straight = is_straight(outer, y) && (inner == NULL || is_straight(inner, y));
        double end = straight ? border : corner + 1;
        int middle0 = ceil_within(outer->x0 + end, box.x0, box.x1);
        int middle1 = floor_within(outer->x1 - end, middle0, box.x1);
        uint32_t *pixels = pixel_at(canvas, 0, y);
        for (int x = box.x0; x < box.x1; x++) {
            if (x == middle0 && middle1 > middle0) {
                float cover = axis_cover(y, outer->y0, outer->y1);
                if (inner != NULL)
                    cover -= axis_cover(y, inner->y0, inner->y1);
                blend_span(pixels + middle0, middle1 - middle0, color, cover_byte(cover));
                x = middle1;
                if (x >= box.x1)
                    break;
            }
            float cover = rounded_cover(outer, x, y);
            if (inner != NULL)
                cover -= rounded_cover(inner, x, y);
            blend_cover(pixels + x, color, cover);
        }
    }
}

/* Far beyond any canvas a shape's outline can't be seen; below that, float arithmetic keeps its digits. */
static bool is_drawable(const float *numbers, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!(fabsf(numbers[i]) <= 1e6f))
            return false;
    return true;
}

void canvas_rounded(Canvas *canvas, Rect rect, float radius, Color color) {
    if (!is_drawable((float[]){rect.x, rect.y, rect.w, rect.h}, 4) || !(rect.w > 0 && rect.h > 0))
        return;
    Rounded outer = rounded_of(rect.x, rect.y, (double)rect.x + rect.w, (double)rect.y + rect.h, radius);
    fill_rounded(canvas, &outer, NULL, color);
}

void canvas_rounded_frame(Canvas *canvas, Rect rect, float radius, float width, Color color) {
    if (!is_drawable((float[]){rect.x, rect.y, rect.w, rect.h}, 4) || !(rect.w > 0 && rect.h > 0 && width > 0))
        return;
    Rounded outer = rounded_of(rect.x, rect.y, (double)rect.x + rect.w, (double)rect.y + rect.h, radius);
    if (2 * width >= rect.w || 2 * width >= rect.h) {
        fill_rounded(canvas, &outer, NULL, color);
        return;
    }
    Rounded inner =
        rounded_of(outer.x0 + width, outer.y0 + width, outer.x1 - width, outer.y1 - width, outer.radius - width);
    fill_rounded(canvas, &outer, &inner, color);
}

/* ---- What is drawn by distance
 * ------------------------------------------------------------------------------ */

/* How much of a pixel (a box of width 1 whose centre is `distance` from the middle) a band of the half width
 * covers. */
static inline float band_cover(float distance, float half) {
    float high = distance + 0.5f < half ? distance + 0.5f : half;
    float low = distance - 0.5f > -half ? distance - 0.5f : -half;
    return high > low ? high - low : 0;
}

void canvas_disc(Canvas *canvas, float x, float y, float radius, Color color) {
    if (!is_drawable((float[]){x, y, radius}, 3) || !(radius > 0))
        return;
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
    float reach = radius + half + 1;
    Box box = touched_box(canvas, x - reach, y - reach, x + reach, y + reach);
    for (int row = box.y0; row < box.y1; row++)
        for (int column = box.x0; column < box.x1; column++) {
            float dx = (float)column + 0.5f - x, dy = (float)row + 0.5f - y;
            float cover = band_cover(fabsf(sqrtf(dx * dx + dy * dy) - radius), half);
            blend_cover(pixel_at(canvas, column, row), color, cover);
        }
}

/* The part of the segment within the box (Liang and Barsky 1984); false if there is none. */
static bool clip_segment(double *x0, double *y0, double *x1, double *y1, double left, double top, double right,
                         double bottom) {
    double dx = *x1 - *x0, dy = *y1 - *y0, from = 0, to = 1;
    double step[4] = {-dx, dx, -dy, dy}, room[4] = {*x0 - left, right - *x0, *y0 - top, bottom - *y0};
    for (int side = 0; side < 4; side++) {
        if (step[side] == 0) {
            if (room[side] < 0)
                return false;
            continue;
        }
        double t = room[side] / step[side];
        if (step[side] < 0 && t > from)
            from = t;
        if (step[side] > 0 && t < to)
            to = t;
    }
    if (from > to)
        return false;
    if (to < 1) {
        *x1 = *x0 + to * dx;
        *y1 = *y0 + to * dy;
    }
    if (from > 0) {
        *x0 += from * dx;
        *y0 += from * dy;
    }
    return true;
}

/* Raises the coverage scratch to what the segment with round ends covers, and notes the columns touched. */
static void cover_segment(Canvas *canvas, Box clip, double ax, double ay, double bx, double by, float half) {
    double reach = half + 0.5; /* no pixel's centre beyond it is covered */
    /* Clipped ends are so far outside that their round ends are not seen. */
    if (!clip_segment(&ax, &ay, &bx, &by, clip.x0 - reach - 1, clip.y0 - reach - 1, clip.x1 + reach + 1,
                      clip.y1 + reach + 1))
        return;
    float x0 = (float)ax, y0 = (float)ay, dx = (float)(bx - ax), dy = (float)(by - ay);
    float square = dx * dx + dy * dy, inverse = square > 0 ? 1 / square : 0;
    double left = (ax < bx ? ax : bx) - reach, right = (ax > bx ? ax : bx) + reach;
    double top = (ay < by ? ay : by) - reach, bottom = (ay > by ? ay : by) + reach;
    int row0 = ceil_within(top - 0.5, clip.y0, clip.y1), row1 = ceil_within(bottom - 0.5, row0, clip.y1);
    /* In one row a slanted line reaches no farther than this to either side. */
    double slope = fabsf(dy) > 1e-3f ? (bx - ax) / (by - ay) : 0;
    double spread = fabsf(dy) > 1e-3f ? reach * sqrt(1 + slope * slope) : 0;
    for (int row = row0; row < row1; row++) {
        double from = left, to = right;
        if (spread > 0) {
            double middle = ax + (row + 0.5 - ay) * slope;
            from = middle - spread > left ? middle - spread : left;
            to = middle + spread < right ? middle + spread : right;
        }
        int column0 = ceil_within(from - 0.5, clip.x0, clip.x1), column1 = ceil_within(to - 0.5, column0, clip.x1);
        if (column1 <= column0)
            continue;
        uint8_t *coverage = canvas->coverage + (size_t)row * (size_t)canvas->width;
        float py = (float)row + 0.5f - y0;
        for (int column = column0; column < column1; column++) {
            float px = (float)column + 0.5f - x0;
            float t = (px * dx + py * dy) * inverse;
            t = t < 0 ? 0 : t > 1 ? 1 : t;
            float ex = px - t * dx, ey = py - t * dy;
            float distance = sqrtf(ex * ex + ey * ey);
            float high = distance + 0.5f < half ? distance + 0.5f : half;
            float low = distance - 0.5f > -half ? distance - 0.5f : -half;
            float cover = high - low;
            cover = cover < 0 ? 0 : cover > 1 ? 1 : cover;
            uint8_t byte = (uint8_t)(int)(cover * 255 + 0.5f);
            coverage[column] = byte > coverage[column] ? byte : coverage[column];
        }
        int *touched = canvas->touched + 2 * (size_t)row;
        touched[0] = column0 < touched[0] ? column0 : touched[0];
        touched[1] = column1 > touched[1] ? column1 : touched[1];
    }
}

void canvas_polyline(Canvas *canvas, const float *points, size_t n, float width, Color color) {
    Box clip = current_clip(canvas);
    if (n == 0 || box_is_empty(clip) || !(width > 0 && width <= 1e6f))
        return;
    for (int row = clip.y0; row < clip.y1; row++) {
        canvas->touched[2 * (size_t)row] = INT_MAX;
        canvas->touched[2 * (size_t)row + 1] = 0;
    }
    float half = width / 2;
    for (size_t i = 0; i + 1 < n || i == 0; i++) {
        const float *a = points + 2 * i, *b = n == 1 ? a : a + 2;
        if (isfinite(a[0]) && isfinite(a[1]) && isfinite(b[0]) && isfinite(b[1]))
            cover_segment(canvas, clip, a[0], a[1], b[0], b[1], half);
    }
    for (int row = clip.y0; row < clip.y1; row++) {
        int from = canvas->touched[2 * (size_t)row], to = canvas->touched[2 * (size_t)row + 1];
        if (from >= to)
            continue;
        uint8_t *coverage = canvas->coverage + (size_t)row * (size_t)canvas->width + from;
        blend_mask(pixel_at(canvas, from, row), coverage, to - from, color);
        memset(coverage, 0, (size_t)(to - from));
    }
}

void canvas_line(Canvas *canvas, float x0, float y0, float x1, float y1, float width, Color color) {
    canvas_polyline(canvas, (float[]){x0, y0, x1, y1}, 2, width, color);
}

/* ---- Polygons
 * ----------------------------------------------------------------------------------------------- */

/* Adds what lies to the right of an edge from (x0, y0) to (x1, y1) within one row of pixels, signed by its
 * direction: row[i] receives the change of coverage from pixel i - 1 to pixel i, so that a running sum gives
 * the coverage. */
static void add_edge(float *row, double x0, double y0, double x1, double y1) {
    double height = y1 - y0;
    if (x0 > x1) { /* the area does not depend on which end comes first */
        double x = x0;
        x0 = x1;
        x1 = x;
    }
    int first = (int)x0, last = (int)x1; /* x >= 0: truncation is floor */
    if (first == last) {
        double share = (x0 + x1) / 2 - first; /* of the pixel that lies to the left of the edge */
        row[first] += (float)(height * (1 - share));
        row[first + 1] += (float)(height * share);
        return;
    }
    double per_x = height / (x1 - x0), from = x0;
    for (int i = first; i <= last; i++) {
        double to = i + 1 < x1 ? i + 1 : x1;
        double piece = per_x * (to - from), share = (from + to) / 2 - i;
        row[i] += (float)(piece * (1 - share));
        row[i + 1] += (float)(piece * share);
        from = to;
    }
}

/* Edges left of the row's beginning count as lying on it; those right of its end change nothing that is seen.
 */
static void add_clipped_edge(float *row, double width, double x0, double y0, double x1, double y1) {
    double ends[2] = {0, width};
    double t[4] = {0, 1, 1, 1};
    int pieces = 1;
    for (int side = 0; side < 2; side++) {
        double end = x1 < x0 ? ends[1 - side] : ends[side]; /* in the order in which the edge meets them */
        if ((x0 < end) != (x1 < end) && x0 != x1) {
            double at = (end - x0) / (x1 - x0);
            if (at > t[pieces - 1] && at < 1) {
                t[pieces] = at;
                t[++pieces] = 1;
            }
        }
    }
    for (int piece = 0; piece < pieces; piece++) {
        double ax = x0 + t[piece] * (x1 - x0), bx = x0 + t[piece + 1] * (x1 - x0);
        double ay = y0 + t[piece] * (y1 - y0), by = y0 + t[piece + 1] * (y1 - y0);
        ax = ax < 0 ? 0 : ax > width ? width : ax;
        bx = bx < 0 ? 0 : bx > width ? width : bx;
        add_edge(row, ax, ay, bx, by);
    }
}

void polygon_row_cover(const double *points, size_t n, int x0, int width, int y, float *row) {
    for (size_t i = 0; i < n; i++) {
        const double *a = points + 2 * i, *b = points + 2 * ((i + 1) % n);
        double top = y, bottom = top + 1;
        if ((a[1] <= top && b[1] <= top) || (a[1] >= bottom && b[1] >= bottom) || a[1] == b[1])
            continue;
        double ax = a[0], ay = a[1], bx = b[0], by = b[1], slope = (bx - ax) / (by - ay);
        double ay_in = ay < top ? top : ay > bottom ? bottom : ay;
        double by_in = by < top ? top : by > bottom ? bottom : by;
        add_clipped_edge(row, width, ax + (ay_in - ay) * slope - x0, ay_in, ax + (by_in - ay) * slope - x0, by_in);
    }
    float sum = 0;
    for (int i = 0; i < width; i++) {
        sum += row[i];
        float cover = fabsf(sum);
        row[i] = cover < 1 ? cover : 1;
    }
    row[width] = row[width + 1] = 0;
}

/* Corners beyond this are moved to it: their edges then run outside any canvas at nearly the same slope. */
#define FAR_AWAY 1e9

void canvas_polygon(Canvas *canvas, const float *points, size_t n, Color color) {
    if (n < 3 || n > SIZE_MAX / (2 * sizeof(double)))
        return;
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double x = points[2 * i], y = points[2 * i + 1];
        if (!isfinite(x) || !isfinite(y))
            return;
        left = x < left ? x : left;
        right = x > right ? x : right;
        top = y < top ? y : top;
        bottom = y > bottom ? y : bottom;
    }
    Box box = touched_box(canvas, left, top, right, bottom);
    if (box_is_empty(box))
        return;
    double few[256], *corners = n <= 128 ? few : malloc(2 * n * sizeof *corners);
    if (corners == NULL)
        return;
    for (size_t i = 0; i < 2 * n; i++)
        corners[i] = points[i] > FAR_AWAY ? FAR_AWAY : points[i] < -FAR_AWAY ? -FAR_AWAY : points[i];
    int width = box.x1 - box.x0;
    for (int y = box.y0; y < box.y1; y++) {
        polygon_row_cover(corners, n, box.x0, width, y, canvas->row);
        uint32_t *pixels = pixel_at(canvas, box.x0, y);
        for (int x = 0; x < width;) {
            uint32_t byte = cover_byte(canvas->row[x]);
            int end = x + 1;
            while (end < width && cover_byte(canvas->row[end]) == byte)
                end++;
            blend_span(pixels + x, end - x, color, byte);
            x = end;
        }
        memset(canvas->row, 0, (size_t)width * sizeof *canvas->row);
    }
    if (corners != few)
        free(corners);
}

/* ---- Ready-made pixels
 * -------------------------------------------------------------------------------------- */

/* The part of a picture at (x, y) that lies within the clip; false if there is none. */
static bool visible_part(const Canvas *canvas, int x, int y, int width, int height, Box *part) {
    Box clip = current_clip(canvas);
    if (width <= 0 || height <= 0 || x >= clip.x1 || y >= clip.y1)
        return false;
    int64_t right = (int64_t)x + width, bottom = (int64_t)y + height;
    *part = (Box){clamp_int(x, clip.x0, clip.x1), clamp_int(y, clip.y0, clip.y1),
                  right < clip.x1 ? (int)right : clip.x1, bottom < clip.y1 ? (int)bottom : clip.y1};
    return !box_is_empty(*part);
}

void canvas_mask(Canvas *canvas, int x, int y, const uint8_t *mask, int width, int height, int stride, Color color) {
    Box part;
    if (!visible_part(canvas, x, y, width, height, &part))
        return;
    for (int row = part.y0; row < part.y1; row++) {
        const uint8_t *source = mask + ((ptrdiff_t)row - y) * stride + ((ptrdiff_t)part.x0 - x);
        blend_mask(pixel_at(canvas, part.x0, row), source, part.x1 - part.x0, color);
    }
}

void canvas_blit(Canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height, int stride) {
    Box part;
    if (!visible_part(canvas, x, y, width, height, &part))
        return;
    for (int row = part.y0; row < part.y1; row++) {
        const uint32_t *source = pixels + ((ptrdiff_t)row - y) * stride + ((ptrdiff_t)part.x0 - x);
        memcpy(pixel_at(canvas, part.x0, row), source, (size_t)(part.x1 - part.x0) * sizeof *source);
    }
}

static void blend_premultiplied(uint32_t *restrict pixels, const uint32_t *restrict source, int n) {
    int i = 0;
    for (; i + 4 <= n; i += 4) {
        Quad over, target;
        memcpy(&over, source + i, sizeof over);
        memcpy(&target, pixels + i, sizeof target);
        Quad alpha = over >> 24;
        Lanes rest = 255 - (Lanes)(alpha | alpha << 16);
        Lanes rb = lanes_over_255((Lanes)(target & CHANNELS) * rest);
        Lanes ag = lanes_over_255((Lanes)(target >> 8 & CHANNELS) * rest);
        target = (over + ((Quad)rb | (Quad)ag << 8)) | OPAQUE;
        memcpy(pixels + i, &target, sizeof target);
    }
    for (; i < n; i++) {
        uint32_t rest = 255 - (source[i] >> 24), target = pixels[i];
        uint32_t r = over_255((target >> 16 & 255) * rest), g = over_255((target >> 8 & 255) * rest);
        pixels[i] = (source[i] + (r << 16 | g << 8 | over_255((target & 255) * rest))) | OPAQUE;
    }
}

void canvas_premultiplied(Canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height, int stride) {
    Box part;
    if (!visible_part(canvas, x, y, width, height, &part))
        return;
    for (int row = part.y0; row < part.y1; row++) {
        const uint32_t *source = pixels + ((ptrdiff_t)row - y) * stride + ((ptrdiff_t)part.x0 - x);
        blend_premultiplied(pixel_at(canvas, part.x0, row), source, part.x1 - part.x0);
    }
}
