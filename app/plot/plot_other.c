/* Other models' answers on a plot: hatching where one of them differs from those shown, and their boundaries. */
#include "app/plot/plot_private.h"

#include <math.h>

/* Logical pixels. */
#define HATCH_APART 8.0f
#define DASH_ON 6.0f
#define DASH_OFF 4.0f
#define OTHER_WIDTH 1.5f

/* The hatching's lines rise to the right: a pixel is on one if x + y, from the plotted area's corner, is within the
 * first `line` of each `apart`. */
typedef struct Hatch {
    int apart, line;
} Hatch;

static Hatch hatch_of(float scale) {
    Hatch hatch = {(int)roundf(HATCH_APART * scale), (int)roundf(scale)};
    hatch.line = hatch.line < 1 ? 1 : hatch.line;
    hatch.apart = hatch.apart < 2 * hatch.line ? 2 * hatch.line : hatch.apart;
    return hatch;
}

/* The class that a field gives a pixel of the area: bilinear between the nodes, as the regions are. */
static int answer_at(const Field *f, int step, int x, int y) {
    int c = x / step, r = y / step, right = c + 1 < f->columns ? 1 : 0, below = r + 1 < f->rows ? 1 : 0;
    size_t columns = (size_t)f->columns, nodes = columns * (size_t)f->rows;
    const float *at = f->scores + (size_t)r * columns + (size_t)c;
    float sx = (float)(x % step) / (float)step, sy = (float)(y % step) / (float)step, best = 0;
    int class = -1;
    for (int k = 0; k < f->classes; k++, at += nodes) {
        const float *lower = at + (below ? columns : 0);
        float upper = at[0] + (at[right] - at[0]) * sx;
        float score = upper + (lower[0] + (lower[right] - lower[0]) * sx - upper) * sy;
        if (class < 0 || score > best) {
            best = score;
            class = k;
        }
    }
    return class;
}

/* Another plot, if its field is of the same view; else NULL. */
static const Plot *other_of(const Drawing *d, int i) {
    const Plot *other = d->options->others[i];
    if (!other || !other->field_valid || !d->plot->field_valid)
        return NULL;
    const Field *mine = &d->plot->field, *its = &other->field;
    bool same = mine->columns == its->columns && mine->rows == its->rows && mine->classes == its->classes;
    return same ? other : NULL;
}

void plot_hatching_draw(const Drawing *d) {
    const Plot *others[OTHER_RUNS];
    int count = 0;
    for (int i = 0; i < OTHER_RUNS; i++)
        if (other_of(d, i))
            others[count++] = other_of(d, i);
    if (count == 0)
        return;
    Canvas *canvas = d->canvas;
    Hatch hatch = hatch_of(d->scale);
    Color color = d->theme->muted | 0xff000000;
    int x0 = (int)d->area.x, y0 = (int)d->area.y, x1 = x0 + (int)d->area.w, y1 = y0 + (int)d->area.h;
    Box clip = canvas_clip(canvas);
    int left = x0 > clip.x0 ? x0 : clip.x0, right = x1 < clip.x1 ? x1 : clip.x1;
    int top = y0 > clip.y0 ? y0 : clip.y0, bottom = y1 < clip.y1 ? y1 : clip.y1;
    for (int y = top; y < bottom; y++) {
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->width;
        for (int x = left; x < right; x++) {
            int within = (x - x0 + y - y0) % hatch.apart;
            if (within >= hatch.line) { /* on to the next line */
                x += hatch.apart - within - 1;
                continue;
            }
            int answer = answer_at(&d->plot->field, d->step, x - x0, y - y0), same = 0;
            while (same < count && answer_at(&others[same]->field, d->step, x - x0, y - y0) == answer)
                same++;
            if (same < count)
                row[x] = color;
        }
    }
}

void plot_hatch(Canvas *canvas, Color color, Rect rect, float scale) {
    Hatch hatch = hatch_of(scale);
    Box clip = canvas_clip(canvas);
    int x0 = (int)rect.x, y0 = (int)rect.y, x1 = (int)(rect.x + rect.w), y1 = (int)(rect.y + rect.h);
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            if ((x - x0 + y - y0) % hatch.apart < hatch.line && x >= clip.x0 && x < clip.x1 && y >= clip.y0 &&
                y < clip.y1)
                canvas->pixels[(size_t)y * (size_t)canvas->width + (size_t)x] = color | 0xff000000;
    canvas_picture(canvas, rect);
}

void plot_dashes(const Dashes *dashes, DashState *state, const float *points, size_t n) {
    float scale = dashes->scale;
    for (size_t i = 1; i < n; i++) {
        float x = points[2 * i - 2], y = points[2 * i - 1];
        float dx = points[2 * i] - x, dy = points[2 * i + 1] - y, length = hypotf(dx, dy);
        if (!(length > 0) || !isfinite(length))
            continue;
        for (float from = 0; from < length;) {
            if (state->left <= 0) {
                state->on = !state->on;
                state->left = (state->on ? DASH_ON : DASH_OFF) * scale;
            }
            float to = fminf(length, from + state->left);
            if (state->on)
                canvas_line(dashes->canvas, x + dx * from / length, y + dy * from / length, x + dx * to / length,
                            y + dy * to / length, dashes->width, dashes->color);
            state->left = to < length ? 0 : state->left - (to - from);
            from = to;
        }
    }
}

static void draw_boundary(const Drawing *d, const Plot *other, Color color) {
    const Contour *contour = &other->contour;
    float step = (float)d->step, x = d->area.x + 0.5f, y = d->area.y + 0.5f, points[2 * 64];
    for (int pass = 0; pass < 2; pass++) {
        Dashes dashes = {d->canvas, (pass ? OTHER_WIDTH : OTHER_WIDTH + 2) * d->scale, d->scale,
                         pass ? color : color_alpha(d->theme->region_neutral, 0.4f)};
        for (size_t k = 0; k < contour->line_count; k++) {
            DashState state = {0};
            for (size_t i = contour->starts[k]; i + 1 < contour->starts[k + 1];) {
                size_t n = 0; /* the piece's last point begins the next one */
                for (; n < 64 && i + n < contour->starts[k + 1]; n++) {
                    points[2 * n] = x + step * contour->points[2 * (i + n)];
                    points[2 * n + 1] = y + step * contour->points[2 * (i + n) + 1];
                }
                plot_dashes(&dashes, &state, points, n);
                i += n - 1;
            }
        }
    }
}

void plot_other_boundaries_draw(const Drawing *d) {
    for (int i = 0; i < OTHER_RUNS; i++) {
        Color color = d->options->other_colors[i];
        if (other_of(d, i))
            draw_boundary(d, other_of(d, i), color ? color : d->theme->boundary);
    }
}
