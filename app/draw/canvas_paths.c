#include "app/draw/canvas_private.h"

#include <limits.h>
#include <stdlib.h>

/* ---- Lines ---- */

typedef struct Segment {
    double ax, ay, bx, by;
} Segment;

/* Cuts the segment to the part within the clip and `reach` and a pixel around it (Liang and Barsky 1984); false if
 * there is none. */
static bool clip_segment(Segment *s, Box clip, double reach) {
    double left = clip.x0 - reach - 1, top = clip.y0 - reach - 1;
    double right = clip.x1 + reach + 1, bottom = clip.y1 + reach + 1;
    double dx = s->bx - s->ax, dy = s->by - s->ay, from = 0, to = 1;
    double step[4] = {-dx, dx, -dy, dy}, room[4] = {s->ax - left, right - s->ax, s->ay - top, bottom - s->ay};
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
        s->bx = s->ax + to * dx;
        s->by = s->ay + to * dy;
    }
    if (from > 0) {
        s->ax += from * dx;
        s->ay += from * dy;
    }
    return true;
}

/* Raises the coverage scratch to what the segment with round ends covers, and notes the columns touched. */
static void cover_segment(Canvas *canvas, Box clip, Segment segment, float half) {
    double reach = half + 0.5;                /* no pixel centre farther away is covered */
    if (!clip_segment(&segment, clip, reach)) /* new ends lie so far outside that their roundness is not seen */
        return;
    double ax = segment.ax, ay = segment.ay, bx = segment.bx, by = segment.by;
    float x0 = (float)ax, y0 = (float)ay, dx = (float)(bx - ax), dy = (float)(by - ay);
    float square = dx * dx + dy * dy, inverse = square > 0 ? 1 / square : 0;
    double left = (ax < bx ? ax : bx) - reach, right = (ax > bx ? ax : bx) + reach;
    double top = (ay < by ? ay : by) - reach, bottom = (ay > by ? ay : by) + reach;
    int row0 = ceil_within(top - 0.5, clip.y0, clip.y1), row1 = ceil_within(bottom - 0.5, row0, clip.y1);
    /* in one row a slanted line reaches no farther than this to either side */
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

/* The clip without the rows that the line cannot reach: a dash costs its own height, not the canvas'. */
static Box rows_of(const float *points, size_t n, float width, Box clip) {
    float top = INFINITY, bottom = -INFINITY, reach = width / 2 + 2.0f;
    for (size_t i = 0; i < n; i++) { /* what is not a number changes neither */
        top = fminf(top, points[2 * i + 1]);
        bottom = fmaxf(bottom, points[2 * i + 1]);
    }
    if (top - reach > (float)clip.y0)
        clip.y0 = top - reach < (float)clip.y1 ? (int)(top - reach) : clip.y1;
    if (bottom + reach < (float)clip.y1)
        clip.y1 = bottom + reach > (float)clip.y0 ? (int)(bottom + reach) + 1 : clip.y0;
    return clip;
}

void canvas_polyline(Canvas *canvas, const float *points, size_t n, float width, Color color) {
    Box clip = canvas_clip(canvas);
    if (n == 0 || box_is_empty(clip) || !(width > 0 && width <= 1e6f))
        return;
    if (canvas->record)
        draw_list_points(canvas->record, clip, (DrawItem){.kind = DRAW_LINES, .color = color, .width = width}, points,
                         n);
    clip = rows_of(points, n, width, clip);
    for (int row = clip.y0; row < clip.y1; row++) {
        canvas->touched[2 * (size_t)row] = INT_MAX;
        canvas->touched[2 * (size_t)row + 1] = 0;
    }
    float half = width / 2;
    for (size_t i = 0; i + 1 < n || i == 0; i++) {
        const float *a = points + 2 * i, *b = n == 1 ? a : a + 2;
        if (isfinite(a[0]) && isfinite(a[1]) && isfinite(b[0]) && isfinite(b[1]))
            cover_segment(canvas, clip, (Segment){a[0], a[1], b[0], b[1]}, half);
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

/* ---- Polygons ---- */

/* Adds what lies to the right of an edge from (x0, y0) to (x1, y1) within one row of pixels, signed by its direction:
 * row[i] takes the change of coverage from pixel i - 1 to pixel i, so that a running sum gives the coverage. */
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

/* Edges left of the row count as lying on its beginning; those right of its end change nothing that is seen. */
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
    if (!corners)
        return;
    if (canvas->record)
        draw_list_points(canvas->record, canvas_clip(canvas), (DrawItem){.kind = DRAW_POLYGON, .color = color}, points,
                         n);
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
