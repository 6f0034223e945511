#include "app/plot/plot_private.h"

#include "core/parallel.h"
#include "core/pixel_cells.h"

#include <math.h>
#include <string.h>

/* ---- Colours ---- */

void plot_ramp_begin(Drawing *d) {
    PlotColor color = d->options->color;
    d->ramp = plot_ramp_of(d->snapshot, color);
    if (color == PLOT_COLOR_ADMITTED)
        d->admitted_top = (uint32_t)d->ramp.high;
    for (int i = 0; plot_color_by_value(color) && i < RAMP - 1; i++) /* the first and the last stand for half a step */
        d->ends[i] = plot_ramp_end(&d->ramp, ((float)i + 0.5f) / (RAMP - 1));
}

/* The colour of a value; NaN counts as the largest. */
static int step_of(const float ends[RAMP - 1], float value) {
    int low = 0, high = RAMP - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (value < ends[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The mark of a point that is coloured by class: from hollow to full, as its v is of the largest there can be. */
static const MarkSprite *sprite_of_class(const Plot *plot, int k, float share) {
    int step = share < 1 ? (int)(share * V_STEPS + 0.5f) : V_STEPS;
    if (step >= V_STEPS || !plot->soft[k][0].pixels)
        return &plot->easy[k];
    return &plot->soft[k][step > 0 ? step - 1 : 0]; /* what counts at all is not hollow */
}

static const MarkSprite *sprite_of(const Drawing *d, size_t i) {
    const Plot *plot = d->plot;
    const Snapshot *s = d->snapshot;
    bool easy = s->v[i] > 0;
    int k = s->data->label[i], step = 0;
    if (d->options->color == PLOT_COLOR_CLASS)
        return easy ? sprite_of_class(plot, k, s->v[i] * d->full) : &plot->hard[k];
    if (d->options->color == PLOT_COLOR_INFLUENCE)
        return d->ramp.value && !isnan(d->ramp.value[i]) ? plot_influence_sprite(d, i) : &plot->hard[k];
    if (d->options->color == PLOT_COLOR_ADMITTED) {
        if (!plot_admitted(s, i))
            return &plot->hard[k];
        step = (int)(((uint64_t)s->admitted[i] * (RAMP - 1) + (d->admitted_top - 1) / 2) / (d->admitted_top - 1));
        return &plot->ramp[easy][k][step < RAMP ? step : RAMP - 1];
    }
    if (!d->ramp.value || (isnan(d->ramp.value[i]) && d->options->color != PLOT_COLOR_LOSS))
        return &plot->hard[k];
    step = step_of(d->ends, d->ramp.value[i]);
    return &plot->ramp[easy][k][d->ramp.falling ? RAMP - 1 - step : step];
}

/* ---- Many points ----
 *
 * Most of many points lie below others. What is drawn is, for each pixel, only the last point on it in the order of
 * drawing (all hard points, then all easy ones; with rings the other way round; by number within each), and every
 * point near the plot's edge. Points are looked at in slices, and in parts of several slices, and the picture is
 * made in bands, all in parallel; none depends on another. */

enum { SLICE = 1 << 15, PARTS = 4, BANDS = 4 };
#define LATER 0x80000000u /* of a key: drawn in the second pass */

static bool topmost_room(Plot *plot, size_t count, Status *status) {
    uint32_t *topmost = make_room(plot->topmost, &plot->topmost_capacity, count, sizeof *topmost);
    if (!topmost)
        return status_no_memory(status, "the plot");
    plot->topmost = topmost;
    return true;
}

typedef struct Many {
    const Drawing *d;
    ToScreen t;
    float margin;
    CellMap map;
    size_t width, pixels, first_row, end_row; /* of the area; the rows that are drawn now */
    size_t slices;
} Many;

/* A large picture is drawn in pieces: only their rows of the area, and those beyond whose marks reach into them. */
static void rows_to_draw(const Drawing *d, float margin, size_t *first_row, size_t *end_row) {
    Box clip = canvas_clip(d->canvas);
    float first = (float)clip.y0 - margin - 1 - d->area.y, end = (float)clip.y1 + margin + 1 - d->area.y;
    *first_row = (size_t)fminf(fmaxf(first, 0), floorf(d->area.h));
    *end_row = (size_t)fminf(fmaxf(end, (float)*first_row), floorf(d->area.h));
}

/* Grows in the order of drawing. */
static uint32_t key_of(const Drawing *d, size_t i) {
    bool later = (d->snapshot->v[i] > 0) != d->rings;
    return (uint32_t)(i + 1) | (later ? LATER : 0);
}

static size_t end_of_slice(const Drawing *d, size_t slice) {
    size_t end = (slice + 1) * SLICE, count = d->snapshot->data->count;
    return end < count ? end : count;
}

/* The cells of a slice's points; CELL_NONE for what is not shown. */
static void find_cells(const Many *m, size_t slice) {
    const Drawing *d = m->d;
    uint32_t *cells = d->plot->cells;
    const PlotHidden *hidden = &d->options->hidden;
    bool all = !hidden->hard;
    for (int k = 0; k < MAX_CLASSES; k++)
        all = all && !hidden->easy[k];
    size_t first = slice * SLICE, end = end_of_slice(d, slice);
    const Dataset *data = d->snapshot->data;
    pixel_cells(&m->map, data->x + first, data->y + first, end - first, cells + first);
    for (size_t i = first; i < end && !all; i++)
        if (!plot_shows(hidden, d->snapshot, i))
            cells[i] = CELL_NONE;
}

/* The cells of a part of the slices, and the last key of each pixel among them, in an array of the part's own. */
static void find_topmost(void *context, size_t part) {
    const Many *m = context;
    const Drawing *d = m->d;
    const uint32_t *cells = d->plot->cells;
    size_t begin = m->first_row * m->width, length = m->end_row * m->width - begin;
    uint32_t *topmost = d->plot->topmost + part * m->pixels + begin;
    memset(topmost, 0, length * sizeof *topmost);
    for (size_t slice = m->slices * part / PARTS; slice < m->slices * (part + 1) / PARTS; slice++) {
        find_cells(m, slice);
        for (size_t i = slice * SLICE, end = end_of_slice(d, slice); i < end; i++) {
            size_t cell = cells[i] - begin;
            if (cell >= length)
                continue;
            uint32_t key = key_of(d, i);
            topmost[cell] = topmost[cell] > key ? topmost[cell] : key;
        }
    }
}

/* The last keys of all parts, in the first part's array, for a band of the rows. */
static void join_topmost(void *context, size_t band) {
    const Many *m = context;
    size_t rows = m->end_row - m->first_row;
    size_t first = (m->first_row + rows * band / BANDS) * m->width,
           end = (m->first_row + rows * (band + 1) / BANDS) * m->width;
    uint32_t *joined = m->d->plot->topmost;
    for (size_t part = 1; part < PARTS; part++) {
        const uint32_t *other = joined + part * m->pixels;
        for (size_t i = first; i < end; i++)
            joined[i] = joined[i] > other[i] ? joined[i] : other[i];
    }
}

/* Replaces a slice's cells by the points of it that are drawn: those of the first pass from the slice's beginning
 * upwards, those of the second from its end downwards, and CELL_NONE in between. */
static void find_drawn(void *context, size_t slice) {
    const Many *m = context;
    const Drawing *d = m->d;
    size_t begin = slice * SLICE, end = end_of_slice(d, slice), first = begin, last = end;
    uint32_t *cells = d->plot->cells, later[SLICE];
    size_t later_count = 0;
    for (size_t i = begin; i < end; i++) {
        uint32_t cell = cells[i], key = key_of(d, i);
        bool row_is_drawn = cell >= m->first_row * m->width && cell < m->end_row * m->width;
        if (cell != CELL_EDGE && (!row_is_drawn || d->plot->topmost[cell] != key))
            continue;
        if (key & LATER)
            later[later_count++] = (uint32_t)i;
        else
            cells[first++] = (uint32_t)i; /* at most i: that cell has been read */
    }
    for (size_t i = later_count; i-- > 0;)
        cells[--last] = later[later_count - 1 - i];
    while (first < last)
        cells[first++] = CELL_NONE;
}

/* The marks of a band of rows. The second pass's points stand at the slices' ends, the last one first. */
static void draw_band(void *context, size_t band) {
    const Many *m = context;
    const Drawing *d = m->d;
    const uint32_t *drawn = d->plot->cells;
    Canvas canvas = *d->canvas; /* the same pixels; the clip is the band's own */
    Box *clip = &canvas.clip[canvas.clip_depth];
    int top = clip->y0, height = clip->y1 - top;
    int y0 = top + height * (int)band / BANDS, y1 = top + height * ((int)band + 1) / BANDS;
    clip->y0 = y0;
    clip->y1 = y1;
    float above = (float)y0 - m->margin, below = (float)y1 + m->margin;
    size_t count = d->snapshot->data->count, slices = (count + SLICE - 1) / SLICE;
    for (int pass = 0; pass < 2; pass++) {
        bool easy = (pass == 1) != d->rings;
        for (size_t slice = 0; slice < slices; slice++) {
            size_t begin = slice * SLICE, end = end_of_slice(d, slice);
            for (size_t k = begin; k < end; k++) {
                size_t i = pass == 0 ? drawn[k] : drawn[end - 1 - (k - begin)];
                float x, y;
                if (i == CELL_NONE || (d->snapshot->v[i] > 0) != easy) /* those of the other pass begin here */
                    break;
                y = row_at(&m->t, d->snapshot->data->y[i]);
                if (y < above || y > below)
                    continue;
                place(d, &m->t, m->margin, i, &x, &y);
                mark_draw(&canvas, sprite_of(d, i), x, y);
            }
        }
    }
}

static bool draw_many_points(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    const Dataset *data = d->snapshot->data;
    Many m = {.d = d, .t = to_screen(d->camera), .margin = 4 * plot->sprite_radius * d->scale};
    m.width = (size_t)d->area.w;
    m.pixels = m.width * (size_t)d->area.h;
    m.map = (CellMap){.center_x = m.t.center_x,
                      .center_y = m.t.center_y,
                      .scale = m.t.scale,
                      .scale_y = m.t.scale_y,
                      .middle_x = m.t.middle_x,
                      .middle_y = m.t.middle_y,
                      .x = d->area.x,
                      .y = d->area.y,
                      .w = d->area.w,
                      .h = d->area.h,
                      .margin = m.margin,
                      .width = (uint32_t)m.width};
    if (!topmost_room(plot, PARTS * m.pixels, status))
        return false;
    uint32_t *cells = make_room(plot->cells, &plot->cells_capacity, data->count, sizeof *cells);
    if (!cells)
        return status_no_memory(status, "the plot");
    plot->cells = cells;
    rows_to_draw(d, m.margin, &m.first_row, &m.end_row);
    m.slices = (data->count + SLICE - 1) / SLICE;
    parallel_for(PARTS, find_topmost, &m);
    parallel_for(BANDS, join_topmost, &m);
    parallel_for(m.slices, find_drawn, &m);
    parallel_for(BANDS, draw_band, &m);
    return true;
}

/* ---- All points ---- */

static void draw_points_of(const Drawing *d, const ToScreen *t, bool easy) {
    const Dataset *data = d->snapshot->data;
    float margin = 4 * d->plot->sprite_radius * d->scale;
    for (size_t i = 0; i < data->count; i++) {
        float x, y;
        if ((d->snapshot->v[i] > 0) == easy && plot_shows(&d->options->hidden, d->snapshot, i) &&
            place(d, t, margin, i, &x, &y))
            mark_draw(d->canvas, sprite_of(d, i), x, y);
    }
}

/* Test points, below the others. Where they are many, only the last one on each pixel. */
static bool draw_test_points(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    const Dataset *test = d->snapshot->test;
    if (!test || test->count == 0 || d->options->hidden.test)
        return true;
    ToScreen t = to_screen(d->camera);
    float margin = 4 * plot->sprite_radius * d->scale;
    bool thin_out = test->count > PLOT_MANY_POINTS;
    size_t width = (size_t)d->area.w, first_row = 0, end_row = 0;
    if (thin_out) {
        if (!topmost_room(plot, width * (size_t)d->area.h, status))
            return false;
        rows_to_draw(d, margin, &first_row, &end_row);
        memset(plot->topmost + first_row * width, 0, (end_row - first_row) * width * sizeof *plot->topmost);
    }
    for (int pass = thin_out ? 0 : 1; pass < 2; pass++)
        for (size_t i = 0; i < test->count; i++) {
            float x, y;
            if (!place_of(d, &t, margin, test, i, &x, &y))
                continue;
            bool within = x >= d->area.x + 1 && x <= d->area.x + d->area.w - 1 && y >= d->area.y + 1 &&
                          y <= d->area.y + d->area.h - 1;
            if (thin_out && within) { /* near the edge every one is drawn */
                size_t row = (size_t)(y - d->area.y), cell = row * width + (size_t)(x - d->area.x);
                if (row < first_row || row >= end_row)
                    continue;
                if (pass == 0)
                    plot->topmost[cell] = (uint32_t)(i + 1);
                else if (plot->topmost[cell] != (uint32_t)(i + 1))
                    continue;
            }
            if (pass == 1)
                mark_draw(d->canvas, &plot->test[test->label[i]], x, y);
        }
    return true;
}

bool plot_points_draw(const Drawing *d, Status *status) {
    if (!draw_test_points(d, status))
        return false;
    if (d->snapshot->data->count > PLOT_MANY_POINTS)
        return draw_many_points(d, status);
    ToScreen t = to_screen(d->camera);
    /* The many hard points lie below; the few that are ringed must not be hidden. */
    draw_points_of(d, &t, d->rings);
    draw_points_of(d, &t, !d->rings);
    return true;
}

/* ---- Lit points ---- */

/* One of the lit points in each cell of so many pixels is enough for halos, which are larger; of marks that lie on one
 * another, one a pixel. */
static bool take_cell(const Drawing *d, float x, float y, int size) {
    int columns = (int)d->area.w / size + 1, column = (int)(x - d->area.x) / size, row = (int)(y - d->area.y) / size;
    if (x < d->area.x || y < d->area.y || column >= columns || row >= (int)d->area.h / size + 1)
        return true; /* near the edge every one is drawn */
    uint32_t *cell = &d->plot->topmost[(size_t)row * (size_t)columns + (size_t)column];
    bool first = *cell == 0;
    *cell = 1;
    return first;
}

/* Halos first, then the marks again: no halo lies over a lit mark. */
static void draw_lit(const Drawing *d, bool halos) {
    const Dataset *data = d->snapshot->data;
    ToScreen t = to_screen(d->camera);
    size_t cells = (size_t)(d->area.w + 1) * (size_t)(d->area.h + 1);
    memset(d->plot->topmost, 0, cells * sizeof *d->plot->topmost);
    for (size_t word = 0; word < (data->count + 63) / 64; word++)
        for (uint64_t bits = d->options->lit[word]; bits; bits &= bits - 1) {
            size_t i = word * 64 + (size_t)__builtin_ctzll(bits);
            float x, y;
            if (i < data->count && plot_shows(&d->options->hidden, d->snapshot, i) &&
                place(d, &t, 4 * d->plot->sprite_radius * d->scale, i, &x, &y) && take_cell(d, x, y, halos ? 3 : 1))
                mark_draw(d->canvas, halos ? &d->plot->halo : sprite_of(d, i), x, y);
        }
}

bool plot_lit_draw(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    if (!d->options->lit)
        return true;
    float radius = (plot->sprite_radius + 4) * d->scale;
    if (!plot->halo.pixels && !mark_make(&plot->halo, 2, radius, 1.75f * d->scale, color_alpha(d->theme->card, 0.8f),
                                         d->theme->accent, status))
        return false;
    if (!topmost_room(plot, (size_t)(d->area.w + 1) * (size_t)(d->area.h + 1), status))
        return false;
    draw_lit(d, true);
    draw_lit(d, false);
    return true;
}

/* With a light seam, all seams first, so that none cuts another ring. */
void plot_rings_draw(const Drawing *d) {
    ToScreen t = to_screen(d->camera);
    float radius = fmaxf(7, d->plot->sprite_radius + 4) * d->scale;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < d->snapshot->data->count; i++) {
            float x, y;
            if (d->snapshot->v[i] > 0 || !place(d, &t, 2 * radius, i, &x, &y))
                continue;
            if (pass == 0)
                canvas_ring(d->canvas, x, y, radius, 4 * d->scale, color_alpha(d->theme->region_neutral, 0.6f));
            else
                canvas_ring(d->canvas, x, y, radius, 2 * d->scale, d->theme->ring);
        }
}
