#include "app/plot/timeline_paths.h"

#include <math.h>
#include <string.h>

/* Logical pixels. */
static const float MARK_EACH = 44.0f, MARK_RADIUS = 2.5f, OFF_THE_BOLD_LINE = 2.5f, SPOT = 3.0f;
static const float DOT_EACH = 3.5f, DOT = 0.8f, EPOCH_DOT = 1.75f, EPOCH_DOTS_FROM = 8.0f;

enum { PATH_POINTS = 2048 };

/* ---- what is free ---- */

void timeline_free_init(TimelineFree *f) {
    for (int i = 0; i < TIMELINE_COLUMNS; i++) {
        f->top[i] = INFINITY;
        f->bottom[i] = -INFINITY;
    }
}

/* Within the columns, whatever x is. */
static int column_of(Rect strip, float x) {
    float at = (x - strip.x) / strip.w * (float)TIMELINE_COLUMNS;
    return at < 0.0f ? 0 : at >= (float)TIMELINE_COLUMNS ? TIMELINE_COLUMNS - 1 : (int)at;
}

void timeline_free_line(TimelineFree *f, Rect strip, float x0, float y0, float x1, float y1) {
    if (x1 < strip.x || x0 > strip.x + strip.w)
        return;
    int first = column_of(strip, x0), last = column_of(strip, x1);
    float slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0.0f, wide = strip.w / (float)TIMELINE_COLUMNS;
    for (int i = first; i <= last; i++) {
        float left = fmaxf(x0, strip.x + wide * (float)i), right = fminf(x1, strip.x + wide * (float)(i + 1));
        float a = x1 > x0 ? y0 + slope * (left - x0) : y0, b = x1 > x0 ? y0 + slope * (right - x0) : y1;
        if (fmaxf(a, b) < strip.y || fminf(a, b) > strip.y + strip.h)
            continue; /* cut off by the strip's edge */
        f->top[i] = fminf(f->top[i], fminf(a, b));
        f->bottom[i] = fmaxf(f->bottom[i], fmaxf(a, b));
    }
}

bool timeline_is_free(const TimelineFree *f, Rect strip, Rect rect) {
    for (int i = column_of(strip, rect.x); i <= column_of(strip, rect.x + rect.w); i++)
        if (f->top[i] < rect.y + rect.h && f->bottom[i] > rect.y)
            return false;
    return true;
}

/* ---- paths ---- */

typedef struct Path {
    float points[2 * PATH_POINTS];
    size_t n;
} Path;

static void put(Path *p, float x, float y) {
    if (p->n == PATH_POINTS || (p->n > 0 && p->points[2 * p->n - 2] == x && p->points[2 * p->n - 1] == y))
        return;
    p->points[2 * p->n] = x;
    p->points[2 * p->n + 1] = y;
    p->n++;
}

/* Of many records in one column of pixels the highest and the lowest are drawn, and where the column is left: no peak
 * is lost, and a curve has no more points than the screen can show. */
typedef struct Column {
    float x, high, low, last;
    bool any;
} Column;

static void end_column(Path *p, Column *c) {
    if (c->any) {
        if (c->last - c->high > 1.0f)
            put(p, c->x, c->high);
        if (c->low - c->last > 1.0f)
            put(p, c->x, c->low);
        put(p, c->x, c->last);
    }
    c->any = false;
}

static void put_value(Path *p, Column *c, float column, float x, float y) {
    if (!isfinite(y))
        return;
    if (c->any && (x - c->x >= column)) {
        end_column(p, c);
    }
    if (!c->any)
        *c = (Column){x, y, y, y, true};
    c->high = fminf(c->high, y);
    c->low = fmaxf(c->low, y);
    c->last = y;
}

static void trace(const TimelineLayout *t, const TimelineCurve *c, Path *p) {
    const History *h = c->run->history;
    TimelineRecords all = timeline_records(t, c);
    Column column = {0};
    float wide = fmaxf(1.0f, t->shares.w / (float)(PATH_POINTS / 3 - 8));
    p->n = 0;
    for (size_t i = all.first; i < all.end; i += all.step) {
        const HistoryRecord *r = &h->records[i];
        put_value(p, &column, wide, timeline_x(t, (double)r->epoch + 1.0),
                  timeline_value_y(t, c, timeline_value(c, r)));
    }
    end_column(p, &column);
    const Snapshot *s = c->run;
    if (!s->looking_back && h->count > 0 && all.end == h->count) { /* on to where the run is now */
        float y = timeline_value_y(t, c, timeline_value(c, NULL));
        if (isfinite(y))
            put(p, timeline_x(t, (double)s->epoch + (double)s->batch / (double)s->batches), y);
    }
}

/* Lines have round ends: a dash is cut by them, and a gap is as much wider, so that the eye sees the pattern's
 * lengths. Dashes carry on across the path's segments, however short those are. */
static void draw_dashes(const Pen *pen, const TimelineCurve *c, const Path *p) {
    enum { PIECE = 64 };
    float width = pen_px(pen, c->width), piece[2 * PIECE], left = 0.0f;
    int phase = -1, n = 0;
    for (size_t i = 1; i < p->n; i++) {
        float x = p->points[2 * i - 2], y = p->points[2 * i - 1];
        float dx = p->points[2 * i] - x, dy = p->points[2 * i + 1] - y, length = hypotf(dx, dy), step;
        for (float at = 0.0f; at < length; at += step) {
            if (left <= 0.0f) {
                if (n > 0)
                    canvas_polyline(pen->canvas, piece, (size_t)n, width, c->line);
                n = 0;
                phase++;
                if (phase == TIMELINE_DASHES || c->dashes[phase] <= 0.0f)
                    phase = 0;
                float each = pen_px(pen, c->dashes[phase]);
                left = phase % 2 == 0 ? fmaxf(each - width, 0.1f) : each + width;
            }
            step = fminf(length - at, left);
            left -= step;
            if (phase % 2 == 0) {
                if (n == PIECE) { /* goes on in another piece */
                    canvas_polyline(pen->canvas, piece, PIECE, width, c->line);
                    memmove(piece, piece + 2 * (PIECE - 1), 2 * sizeof *piece);
                    n = 1;
                }
                if (n == 0) {
                    piece[0] = x + dx * at / length;
                    piece[1] = y + dy * at / length;
                    n = 1;
                }
                piece[2 * n] = x + dx * (at + step) / length;
                piece[2 * n + 1] = y + dy * (at + step) / length;
                n++;
            }
            if (step <= 0.0f)
                break;
        }
    }
    if (n > 0)
        canvas_polyline(pen->canvas, piece, (size_t)n, width, c->line);
}

/* Below the bold line, down to 0 %. */
static void draw_area(const Pen *pen, const TimelineLayout *t, const Path *p, Color color) {
    enum { CORNERS = 256 };
    float corners[2 * (CORNERS + 4)];
    size_t n = 0, step = p->n / CORNERS + 1;
    float bottom = t->shares.y + t->shares.h;
    if (p->n < 2)
        return;
    corners[n++] = p->points[0];
    corners[n++] = bottom;
    for (size_t i = 0; i < p->n; i += i + step < p->n || i + 1 == p->n ? step : p->n - 1 - i) {
        corners[n++] = p->points[2 * i];
        corners[n++] = p->points[2 * i + 1];
    }
    corners[n++] = p->points[2 * p->n - 2];
    corners[n++] = bottom;
    canvas_polygon(pen->canvas, corners, n / 2, color_alpha(color, 0.06f));
}

/* ---- the classes' marks ---- */

void timeline_sprites_free(TimelineMarkSprites *s) {
    for (int k = 0; k < MAX_CLASSES; k++)
        mark_free(&s->sprite[k]);
    *s = (TimelineMarkSprites){0};
}

/* Of the classes whose curves have marks. */
static void make_sprites(const Pen *pen, TimelineMarkSprites *s, const TimelineCurve *curves, int count) {
    float radius = pen_px(pen, MARK_RADIUS);
    Status status = {0};
    if (s->radius != radius || s->theme != pen->theme)
        timeline_sprites_free(s);
    s->radius = radius;
    s->theme = pen->theme;
    for (int i = 0; i < count; i++) {
        int k = curves[i].class;
        if (k < 0 || curves[i].thin || s->sprite[k].pixels)
            continue;
        Color color = pen->theme->class_line[k];
        if (!mark_make(&s->sprite[k], mark_shape(k), radius, 0.0f, color, color, &status))
            s->sprite[k] = (MarkSprite){0}; /* without memory there are none */
    }
}

static void draw_mark(const Pen *pen, const TimelineMarkSprites *s, int class, float x, float y) {
    if (s->sprite[class].pixels)
        mark_draw(pen->canvas, &s->sprite[class], x, y);
}

/* Height of a path at x, or NaN outside it. */
static float height_at(const Path *p, float x) {
    for (size_t i = 1; i < p->n; i++) {
        float x0 = p->points[2 * i - 2], x1 = p->points[2 * i];
        if (x >= x0 && x <= x1)
            return x1 > x0 ? p->points[2 * i - 1] + (p->points[2 * i + 1] - p->points[2 * i - 1]) * (x - x0) / (x1 - x0)
                           : p->points[2 * i + 1];
    }
    return NAN;
}

/* At epochs, spread over the curve, but not on the bold line. */
static void draw_marks(const Pen *pen, const TimelineCurve *c, const Path *p, const Path *bold,
                       const TimelineMarkSprites *sprites) {
    float each = pen_px(pen, MARK_EACH), before = -INFINITY;
    for (size_t i = 0; i < p->n; i++) {
        float x = p->points[2 * i], y = p->points[2 * i + 1];
        if (x - before < each)
            continue;
        float off = fabsf(y - height_at(bold, x));
        if (off < pen_px(pen, OFF_THE_BOLD_LINE)) /* false for NaN */
            continue;
        draw_mark(pen, sprites, c->class, x, y);
        before = x;
    }
}

/* ---- curves ---- */

static void note_free(TimelineFree *f, Rect strip, const Path *p) {
    for (size_t i = 1; i < p->n; i++)
        timeline_free_line(f, strip, p->points[2 * i - 2], p->points[2 * i - 1], p->points[2 * i],
                           p->points[2 * i + 1]);
    if (p->n == 1)
        timeline_free_line(f, strip, p->points[0], p->points[1], p->points[0], p->points[1]);
}

/* Shares may touch the strip's edges; what leaves the logarithmic strip is cut there. */
static void clip_to(const Pen *pen, Rect strip, bool logarithmic) {
    float over = pen_px(pen, logarithmic ? 1.0f : MARK_RADIUS + 1.0f), side = pen_px(pen, MARK_RADIUS + 1.0f);
    canvas_push_clip(pen->canvas, (Rect){strip.x - side, strip.y - over, strip.w + 2 * side, strip.h + 2 * over});
}

static void draw_curve(const Pen *pen, const TimelineLayout *t, const TimelineCurve *c, Path *path, const Path *bold,
                       const TimelineMarkSprites *sprites, TimelineFree *room) {
    Rect strip = c->logarithmic ? t->logs : t->shares;
    trace(t, c, path);
    clip_to(pen, strip, c->logarithmic);
    if (path->n == 1)
        canvas_disc(pen->canvas, path->points[0], path->points[1], pen_px(pen, c->width), c->line);
    else if (c->dashes[0] > 0.0f)
        draw_dashes(pen, c, path);
    else
        canvas_polyline(pen->canvas, path->points, path->n, pen_px(pen, c->width), c->line);
    if (c->class >= 0 && !c->thin)
        draw_marks(pen, c, path, bold, sprites);
    canvas_pop_clip(pen->canvas);
    note_free(room, strip, path);
}

void timeline_draw_curves(const Pen *pen, const TimelineLayout *t, const TimelineCurve *curves, int count,
                          TimelineMarkSprites *sprites, TimelineFree room[2]) {
    static Path path, bold; /* too large for the stack; drawing has one thread */
    make_sprites(pen, sprites, curves, count);
    bold.n = 0;
    for (int i = 0; i < count; i++)
        if (curves[i].kind == CURVE_EASY && curves[i].letter == 0) {
            trace(t, &curves[i], &bold);
            clip_to(pen, t->shares, false);
            draw_area(pen, t, &bold, curves[i].line);
            canvas_pop_clip(pen->canvas);
        }
    for (int pass = 0; pass < 2; pass++) /* the thin ones below */
        for (int i = 0; i < count; i++)
            if (curves[i].thin == (pass == 0))
                draw_curve(pen, t, &curves[i], &path, &bold, sprites, &room[curves[i].logarithmic]);
}

void timeline_draw_pale(const Pen *pen, const TimelineLayout *t, const TimelineCurve *curves, int count,
                        TimelineFree room[2]) {
    static Path path;
    for (int i = 0; i < count; i++)
        draw_curve(pen, t, &curves[i], &path, NULL, NULL, &room[curves[i].logarithmic]);
}

void timeline_draw_spot(const Pen *pen, const TimelineLayout *t, const TimelineCurve *c, double epochs, double value,
                        const TimelineMarkSprites *sprites) {
    float x = timeline_x(t, epochs), y = timeline_value_y(t, c, value);
    Rect strip = c->logarithmic ? t->logs : t->shares;
    bool outside = !(y >= strip.y - 1.0f && y <= strip.y + strip.h + 1.0f) || x < strip.x - 1.0f ||
                   x > strip.x + strip.w + 1.0f; /* true for NaN */
    if (outside)
        return;
    if (c->class >= 0)
        draw_mark(pen, sprites, c->class, x, y);
    else
        canvas_disc(pen->canvas, x, y,
                    pen_px(pen, c->kind == CURVE_EASY && c->letter == 0 ? SPOT + 0.75f : SPOT - 0.5f), c->line);
}

void timeline_draw_sample(const Pen *pen, const TimelineCurve *c, const TimelineMarkSprites *sprites, Rect place) {
    static Path path;
    float y = place.y + place.h / 2, half = pen_px(pen, c->width) / 2;
    path.n = 0;
    put(&path, place.x + half, y);
    put(&path, place.x + place.w - half, y);
    if (c->dashes[0] > 0.0f)
        draw_dashes(pen, c, &path);
    else
        canvas_polyline(pen->canvas, path.points, path.n, pen_px(pen, c->width), c->line);
    if (c->class >= 0 && !c->thin)
        draw_mark(pen, sprites, c->class, place.x + place.w / 2, y);
}

float timeline_distance(const TimelineLayout *t, const TimelineCurve *c, float x, float y) {
    static Path path;
    trace(t, c, &path);
    float at = height_at(&path, x);
    Rect strip = c->logarithmic ? t->logs : t->shares;
    bool outside = !(at >= strip.y - 1.0f && at <= strip.y + strip.h + 1.0f);
    return outside ? INFINITY : fabsf(at - y);
}

float timeline_exit(const TimelineLayout *t, const TimelineCurve *c, bool *up) {
    static Path path;
    trace(t, c, &path);
    if (path.n < 2)
        return NAN;
    float edge, end = path.points[2 * path.n - 1];
    *up = end < t->logs.y;
    if (!*up && end <= t->logs.y + t->logs.h)
        return NAN;
    edge = *up ? t->logs.y : t->logs.y + t->logs.h;
    for (size_t i = path.n - 1; i > 0; i--) {
        float x0 = path.points[2 * i - 2], y0 = path.points[2 * i - 1], x1 = path.points[2 * i],
              y1 = path.points[2 * i + 1];
        if (*up ? y0 >= edge : y0 <= edge)
            return y1 != y0 ? x0 + (x1 - x0) * (edge - y0) / (y1 - y0) : x0;
    }
    return path.points[0];
}

/* ---- what comes ---- */

TimelineAhead timeline_draw_ahead(const Pen *pen, const TimelineLayout *t, const Snapshot *s, TimelineFree room[2]) {
    bool by_share = pace_by_share(s->settings);
    TimelineAhead end = {.value = NAN, .share = by_share};
    if (!settings_use_threshold(s->settings) || settings_need_clean(s->settings) || s->looking_back ||
        (!by_share && t->logs.h <= 0.0f))
        return end;
    Rect strip = by_share ? t->shares : t->logs;
    double done = (double)s->epoch + (double)s->batch / (double)s->batches;
    float x = timeline_x(t, done), each = pen_px(pen, DOT_EACH), carry = each;
    float y =
        by_share ? timeline_share_y(t, (double)s->easy / (double)s->data->count) : timeline_log_y(t, s->threshold);
    bool spots = t->shares.w / (float)(t->to - t->from) >= pen_px(pen, EPOCH_DOTS_FROM);
    clip_to(pen, strip, !by_share);
    for (int i = 0; i < s->ahead_count; i++) {
        double epoch = (double)s->epoch + i + 1.0;
        float to_x = timeline_x(t, epoch);
        float to_y = by_share ? timeline_share_y(t, s->ahead[i]) : timeline_log_y(t, s->ahead[i]);
        if (!isfinite(to_y) || to_x > strip.x + strip.w + 0.5f)
            break;
        float length = isfinite(y) ? hypotf(to_x - x, to_y - y) : 0.0f, at = carry;
        for (; at < length; at += each)
            canvas_disc(pen->canvas, x + (to_x - x) * at / length, y + (to_y - y) * at / length, pen_px(pen, DOT),
                        pen->theme->text);
        carry = at - length;
        if (spots)
            canvas_disc(pen->canvas, to_x, to_y, pen_px(pen, EPOCH_DOT), pen->theme->text);
        if (isfinite(y))
            timeline_free_line(&room[!by_share], strip, x, y, to_x, to_y);
        bool inside = to_x >= strip.x && to_y >= strip.y - 0.5f && to_y <= strip.y + strip.h + 0.5f;
        end = (TimelineAhead){to_x, to_y, inside ? s->ahead[i] : NAN, (uint32_t)epoch, by_share};
        x = to_x;
        y = to_y;
    }
    canvas_pop_clip(pen->canvas);
    return end;
}
