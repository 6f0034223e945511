#include "app/plot/plot.h"

#include "core/pixel_cells.h"
#include "core/parallel.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUS "\u2212"

/* Logical pixels round the plotted area. */
#define ROOM_LEFT 44.0f
#define ROOM_TOP 14.0f
#define ROOM_RIGHT 15.0f
#define ROOM_BOTTOM 29.0f
#define ROOM_CAPTION 18.0f /* more above, for the caption */
#define TICK 4.0f
#define TICK_GAP 5.0f /* between a tick and its number */

/* Confidence levels of a region: steps of a colour that no eye sees, and few enough for a palette. */
#define LEVELS 64
/* Score differences up to MARGIN_FULL are shown in MARGIN_STEPS; above, the confidence is as good as 1. */
#define MARGIN_FULL 6.0f
#define MARGIN_STEPS 1024
/* Entries of the colour table for two classes: 0 is for what is not a number, the middle for equal scores. */
#define TWO_SIDED (2 * MARGIN_STEPS + 1)

/* Levels of each region in a fixed palette: steps of four in 255, hardly to be seen, and animations a third
 * smaller than with all LEVELS. */
#define PALETTE_LEVELS 14

#define LEGEND_PADDING 10.0f
#define LEGEND_GAP 8.0f      /* between icon and text */
#define LEGEND_COLUMNS 16.0f /* between columns */
#define LEGEND_BAR 34.0f     /* height of what explains the colours */
#define LEGEND_BAR_WIDTH 132.0f

#define LEGEND_TERSE                                                                                                   \
    430.0f               /* logical pixels of the plotted area below which the window's legend is short      \
                          */
#define LEGEND_MARK 2.9f /* radius of the marks in the legend */

#define PLANE_STEP 4   /* pixels between nodes of a field that is a plane */
#define STRAIGHT 0.02f /* pixels by which the drawn boundary may miss the traced one */

#define RAMP 24 /* colours of the points when they show a number */

#define BLOCK 256 /* pixels of a row that are coloured at a time, in stack memory; at least PLOT_MAX_STEP */

/* Scores on pixels from which on more than one thread colours the regions: with fewer it is over before
 * another thread is awake. */
#define PARALLEL_MIN (1 << 19)

/* With more points than this, those that are hidden by a later point on the same pixel are left out. */
#define THIN_OUT 50000

/* What a picture of the plot depends on: what lies below it in a window, too, which depends on the window's
 * size. */
typedef struct Request {
    const Theme *theme;
    int canvas_width, canvas_height;
    Rect outer;
    Camera camera;
    PlotOptions options;
    const float *v; /* of the snapshot, whose version does not tell an earlier epoch on show */
    uint32_t epoch;
    uint64_t version, loss_version, data_version;
} Request;

/* The finished picture, for frames in which other things change: with many points it takes long to draw. Kept
 * when the same is asked for a second time, so that it costs nothing while the plot changes. */
typedef struct Layer {
    Request request; /* the last one */
    bool kept;       /* the pixels are its picture */
    uint32_t *pixels;
    size_t capacity;
} Layer;

struct Plot {
    uint8_t levels[MARGIN_STEPS]; /* confidence of a score difference */

    Field field;
    bool field_valid; /* the next six say for what */
    Mlp field_mlp;
    float *field_parameters; /* a copy */
    size_t field_parameters_capacity;
    Contour contour;
    float *line; /* a polyline of it in pixels */
    size_t line_capacity;

    const Theme *sprite_theme; /* NULL: no sprites */
    float sprite_scale, sprite_radius;
    MarkSprite easy[MAX_CLASSES], hard[MAX_CLASSES];
    MarkSprite legend_easy[MAX_CLASSES], legend_hard[MAX_CLASSES]; /* the same, always of a size that shows its shape */
    /* For a class, made when its first point is coloured by a number: easy and hard ones of each colour, and
     * for the legend without one. */
    MarkSprite ramp[2][MAX_CLASSES][RAMP], legend_ramp[2][MAX_CLASSES];
    MarkSprite test[MAX_CLASSES], legend_test[MAX_CLASSES]; /* made when there are test points */

    const Dataset *seen_data; /* for which the next ones hold; NULL: none */
    uint64_t seen_version;
    bool present[MAX_CLASSES]; /* classes that have points */
    int present_count;
    int legend_corner;      /* 0 to 3: top left, top right, bottom left, bottom right; -1: still to be chosen */
    Rect legend_area;       /* the plotted area that it was chosen for, ... */
    float legend_bounds[4]; /* ... and the points' bounds: x from, to, y from, to */

    Layer layer;

    uint32_t *topmost; /* per pixel, for THIN_OUT: the key of the last point on it */
    uint32_t *cells;   /* per point, for THIN_OUT: its pixel; then those that are drawn */
    size_t topmost_capacity, cells_capacity;
};

/* What a drawing needs in every corner. */
typedef struct Drawing {
    Plot *plot;
    Canvas *canvas;
    Text *text;
    const Theme *theme;
    const Camera *camera;
    const Snapshot *snapshot;
    const PlotOptions *options;
    Rect outer, area;
    float scale;
    size_t hard_count;
    bool rings;            /* the last hard ones are ringed, if they are shown */
    uint32_t admitted_top; /* of PLOT_COLOR_ADMITTED: the epoch at the ramp's end */
    int step;              /* pixels between nodes of the field */
} Drawing;

Plot *plot_new(Status *status) {
    Plot *plot = calloc(1, sizeof *plot);
    if (!plot) {
        status_no_memory(status, "the plot");
        return NULL;
    }
    for (int i = 0; i < MARGIN_STEPS; i++) {
        /* (p1 - p2)/(p1 + p2) of the two most likely classes is tanh of half their scores' difference. */
        double margin = (i + 0.5) * (double)MARGIN_FULL / MARGIN_STEPS;
        double level = tanh(margin / 2) / tanh((double)MARGIN_FULL / 2) * (LEVELS - 1);
        plot->levels[i] = (uint8_t)lround(level);
    }
    return plot;
}

static void free_sprites(Plot *plot) {
    for (int k = 0; k < MAX_CLASSES; k++) {
        mark_free(&plot->easy[k]);
        mark_free(&plot->hard[k]);
        mark_free(&plot->legend_easy[k]);
        mark_free(&plot->legend_hard[k]);
        mark_free(&plot->test[k]);
        mark_free(&plot->legend_test[k]);
        for (int easy = 0; easy < 2; easy++) {
            mark_free(&plot->legend_ramp[easy][k]);
            for (int i = 0; i < RAMP; i++)
                mark_free(&plot->ramp[easy][k][i]);
        }
    }
    plot->sprite_theme = NULL;
}

void plot_free(Plot *plot) {
    if (!plot)
        return;
    free_sprites(plot);
    field_free(&plot->field);
    contour_free(&plot->contour);
    free(plot->field_parameters);
    free(plot->line);
    free(plot->layer.pixels);
    free(plot->topmost);
    free(plot->cells);
    free(plot);
}

Rect plot_area(const PlotOptions *options, Text *text, Rect outer) {
    (void)text;
    float scale = options->scale;
    /* In a small picture the numbers keep their room and the rest gives way. */
    float tight = fminf(1, fminf(outer.w, outer.h) / (220 * scale));
    float left = ROOM_LEFT * scale * fmaxf(tight, 0.8f), right = ROOM_RIGHT * scale * tight;
    float top = (ROOM_TOP * tight + (options->caption ? ROOM_CAPTION : 0)) * scale;
    float bottom = ROOM_BOTTOM * scale * fmaxf(tight, 0.8f);
    float x0 = ceilf(outer.x + left), y0 = ceilf(outer.y + top);
    float x1 = floorf(outer.x + outer.w - right), y1 = floorf(outer.y + outer.h - bottom);
    return (Rect){x0, y0, fmaxf(x1 - x0, 1), fmaxf(y1 - y0, 1)};
}

/* Room for count items of an array whose contents need not be kept. */
static bool make_room(void **items, size_t *capacity, size_t count, size_t item_size, Status *status) {
    if (count <= *capacity)
        return true;
    size_t bytes;
    if (__builtin_mul_overflow(count, item_size, &bytes) || bytes > PTRDIFF_MAX)
        return status_no_memory(status, "the plot");
    void *larger = malloc(bytes);
    if (!larger)
        return status_no_memory(status, "the plot");
    free(*items);
    *items = larger;
    *capacity = count;
    return true;
}

/* ---- Decision regions ---- */

static bool same_shape(const Mlp *a, const Mlp *b) {
    if (a->layers != b->layers || a->activation != b->activation || a->scaling.on != b->scaling.on)
        return false;
    for (int i = 0; i <= a->layers; i++)
        if (a->sizes[i] != b->sizes[i])
            return false;
    for (int i = 0; a->scaling.on && i < MLP_INPUTS; i++)
        if (a->scaling.shift[i] != b->scaling.shift[i] || a->scaling.divisor[i] != b->scaling.divisor[i])
            return false;
    return true;
}

/* Field and contour for the model and the view at hand, unless they are those already. Node (c, r) lies on
 * the centre of the area's pixel (c step, r step). */
static bool update_field(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    Field *field = &plot->field;
    const Mlp *mlp = d->snapshot->mlp;
    const Camera *camera = d->camera;
    int step = d->step;
    int columns = ((int)d->area.w - 1 + step - 1) / step + 1, rows = ((int)d->area.h - 1 + step - 1) / step + 1;
    columns = columns < 2 ? 2 : columns;
    rows = rows < 2 ? 2 : rows;
    double middle_x = (double)camera->view.x + (double)camera->view.w / 2;
    double middle_y = (double)camera->view.y + (double)camera->view.h / 2;
    double x0 = camera->center_x + ((double)d->area.x + 0.5 - middle_x) / camera->scale;
    double y0 = camera->center_y - ((double)d->area.y + 0.5 - middle_y) / camera->scale;
    double distance = step / camera->scale;
    size_t bytes = mlp->parameters * sizeof(float);

    if (plot->field_valid && field->columns == columns && field->rows == rows && field->x0 == x0 && field->y0 == y0 &&
        field->dx == distance && same_shape(&plot->field_mlp, mlp) &&
        memcmp(plot->field_parameters, d->snapshot->parameters, bytes) == 0)
        return true;

    plot->field_valid = false;
    void *parameters = plot->field_parameters;
    bool room = make_room(&parameters, &plot->field_parameters_capacity, mlp->parameters, sizeof(float), status);
    plot->field_parameters = parameters;
    if (!room || !field_resize(field, columns, rows, mlp_classes(mlp), status))
        return false;
    field_compute(field, mlp, d->snapshot->parameters, x0, y0, distance, -distance);
    if (!contour_trace(&plot->contour, field, status))
        return false;
    contour_simplify(&plot->contour, STRAIGHT / (float)step);
    memcpy(plot->field_parameters, d->snapshot->parameters, bytes);
    plot->field_mlp = *mlp;
    plot->field_valid = true;
    return true;
}

/* Values on pixels from those on nodes: step pixels for each of count distances between neighbouring nodes.
 */
static inline __attribute__((always_inline)) void spread_by(const float *restrict node, int count, int step,
                                                            float *restrict pixel) {
    for (int i = 0; i < count; i++)
        for (int k = 0; k < step; k++)
            pixel[i * step + k] = node[i] + (node[i + 1] - node[i]) * ((float)k / (float)step);
}

static void spread(const float *node, int count, int step, float *pixel) {
    switch (step) { /* steps that are constants vectorise */
    case 1:
        memcpy(pixel, node, (size_t)count * sizeof *pixel);
        break;
    case 2:
        spread_by(node, count, 2, pixel);
        break;
    case 3:
        spread_by(node, count, 3, pixel);
        break;
    case 4:
        spread_by(node, count, 4, pixel);
        break;
    default:
        spread_by(node, count, step, pixel);
    }
}

/* Everything about the regions that is the same for all rows. */
typedef struct Regions {
    const Field *field;
    int step;
    int width;           /* of the area */
    const Color *colors; /* two classes: TWO_SIDED entries; more: MARGIN_STEPS for each class */
    /* where on the canvas: position of the area, its visible columns, its first visible row, pixels at a time
     */
    Canvas *canvas;
    int x0, y0, left, right, top, block;
} Regions;

/* The colours of `pixels` pixels from pixel `first` (a multiple of the step) of a row of the area. */
static void color_two(const Regions *regions, int row, int first, int pixels, Color *out) {
    const Field *field = regions->field;
    int step = regions->step, intervals = (pixels + step - 1) / step;
    int upper = row / step, lower = upper + 1 < field->rows ? upper + 1 : upper;
    float share = (float)(row % step) / (float)step;
    size_t columns = (size_t)field->columns, nodes = columns * (size_t)field->rows;
    size_t node_first = (size_t)(first / step);
    const float *zero = field->scores + node_first, *one = zero + nodes;
    const float *zero_upper = zero + (size_t)upper * columns, *zero_lower = zero + (size_t)lower * columns;
    const float *one_upper = one + (size_t)upper * columns, *one_lower = one + (size_t)lower * columns;
    float node[BLOCK + 1], pixel[BLOCK];
    int entry[BLOCK];

    size_t last = columns - node_first; /* nodes that there are; the one past the border repeats the last */
    size_t count = (size_t)intervals + 1 < last ? (size_t)intervals + 1 : last;
    for (size_t i = 0; i < count; i++) {
        float a = one_upper[i] - zero_upper[i], b = one_lower[i] - zero_lower[i];
        node[i] = a + (b - a) * share;
    }
    if (count < (size_t)intervals + 1)
        node[count] = node[count - 1];
    spread(node, intervals, step, pixel);
    for (int i = 0; i < pixels; i++) {
        float t = pixel[i] * (MARGIN_STEPS / MARGIN_FULL) + (MARGIN_STEPS + 1);
        t = t < 1 ? 1 : t;
        t = t > TWO_SIDED - 1 ? TWO_SIDED - 1 : t;
        t = t >= 1 ? t : 0; /* not a number */
        entry[i] = (int)t;
    }
    for (int i = 0; i < pixels; i++)
        out[i] = regions->colors[entry[i]];
}

static void color_many(const Regions *regions, int row, int first, int pixels, Color *out) {
    const Field *field = regions->field;
    int step = regions->step, intervals = (pixels + step - 1) / step;
    int upper = row / step, lower = upper + 1 < field->rows ? upper + 1 : upper;
    float share = (float)(row % step) / (float)step;
    size_t columns = (size_t)field->columns, nodes = columns * (size_t)field->rows;
    size_t node_first = (size_t)(first / step);
    float node[BLOCK + 1], pixel[BLOCK], best[BLOCK], second[BLOCK];
    int class[BLOCK];

    size_t last = columns - node_first;
    size_t count = (size_t)intervals + 1 < last ? (size_t)intervals + 1 : last;
    for (int i = 0; i < pixels; i++) {
        best[i] = second[i] = -INFINITY;
        class[i] = 0;
    }
    for (int k = 0; k < field->classes; k++) {
        const float *a = field->scores + (size_t)k * nodes + (size_t)upper * columns + node_first;
        const float *b = field->scores + (size_t)k * nodes + (size_t)lower * columns + node_first;
        for (size_t i = 0; i < count; i++)
            node[i] = a[i] + (b[i] - a[i]) * share;
        if (count < (size_t)intervals + 1)
            node[count] = node[count - 1];
        spread(node, intervals, step, pixel);
        for (int i = 0; i < pixels; i++) {
            float s = pixel[i], b0 = best[i], s0 = second[i];
            float runner_up = s > s0 ? s : s0;
            second[i] = s > b0 ? b0 : runner_up;
            class[i] = s > b0 ? k : class[i];
            best[i] = s > b0 ? s : b0;
        }
    }
    for (int i = 0; i < pixels; i++) {
        float t = (best[i] - second[i]) * (MARGIN_STEPS / MARGIN_FULL);
        t = t >= 0 ? t : 0; /* also what is not a number */
        t = t < MARGIN_STEPS - 1 ? t : MARGIN_STEPS - 1;
        out[i] = regions->colors[class[i] * MARGIN_STEPS + (int)t];
    }
}

static void color_row(void *context, size_t index) {
    const Regions *r = context;
    int y = r->top + (int)index;
    Color out[BLOCK];
    uint32_t *row = r->canvas->pixels + (size_t)y * (size_t)r->canvas->width;
    for (int first = 0; first < r->width; first += r->block) {
        int pixels = r->width - first < r->block ? r->width - first : r->block;
        if (r->field->classes == 2)
            color_two(r, y - r->y0, first, pixels, out);
        else
            color_many(r, y - r->y0, first, pixels, out);
        int from = r->x0 + first > r->left ? r->x0 + first : r->left;
        int to = r->x0 + first + pixels < r->right ? r->x0 + first + pixels : r->right;
        if (from < to)
            memcpy(row + from, out + (from - r->x0 - first), (size_t)(to - from) * sizeof *row);
    }
}

static void draw_regions(const Drawing *d) {
    const Plot *plot = d->plot;
    Canvas *canvas = d->canvas;
    Color colors[MAX_CLASSES * MARGIN_STEPS];
    int classes = plot->field.classes;
    Color ramp[MAX_CLASSES][LEVELS];
    for (int k = 0; k < classes; k++)
        for (int i = 0; i < LEVELS; i++)
            ramp[k][i] = color_mix(d->theme->region_neutral, d->theme->region[k], (float)i / (LEVELS - 1)) | 0xff000000;
    if (classes == 2) {
        colors[0] = d->theme->region_neutral | 0xff000000;
        for (int i = 0; i < MARGIN_STEPS; i++) {
            colors[MARGIN_STEPS - i] = ramp[0][plot->levels[i]];
            colors[MARGIN_STEPS + 1 + i] = ramp[1][plot->levels[i]];
        }
    } else {
        for (int k = 0; k < classes; k++)
            for (int i = 0; i < MARGIN_STEPS; i++)
                colors[k * MARGIN_STEPS + i] = ramp[k][plot->levels[i]];
    }

    /* The visible part of the area, in whole pixels. */
    int x0 = (int)d->area.x, y0 = (int)d->area.y, x1 = x0 + (int)d->area.w, y1 = y0 + (int)d->area.h;
    int depth = canvas->clip_depth;
    int left = x0 > canvas->clip[depth].x0 ? x0 : canvas->clip[depth].x0;
    int right = x1 < canvas->clip[depth].x1 ? x1 : canvas->clip[depth].x1;
    int top = y0 > canvas->clip[depth].y0 ? y0 : canvas->clip[depth].y0;
    int bottom = y1 < canvas->clip[depth].y1 ? y1 : canvas->clip[depth].y1;
    Regions regions = {&plot->field, d->step, x1 - x0, colors, canvas, x0, y0, left, right, top, 0};
    regions.block = BLOCK / regions.step * regions.step;
    size_t rows = top < bottom ? (size_t)(bottom - top) : 0;
    if (rows * (size_t)d->area.w * (size_t)classes >= PARALLEL_MIN)
        parallel_for(rows, color_row, &regions);
    else
        for (size_t row = 0; row < rows; row++)
            color_row(&regions, row);
}

/* The boundary, with a light seam so that it stands out from the points below it. */
static bool draw_boundary(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    const Contour *contour = &plot->contour;
    float step = (float)d->step, x = d->area.x + 0.5f, y = d->area.y + 0.5f;
    void *line = plot->line;
    bool room = make_room(&line, &plot->line_capacity, contour->point_count, 2 * sizeof(float), status);
    plot->line = line;
    if (!room)
        return false;
    for (size_t i = 0; i < contour->point_count; i++) {
        plot->line[2 * i] = x + step * contour->points[2 * i];
        plot->line[2 * i + 1] = y + step * contour->points[2 * i + 1];
    }
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < contour->line_count; k++)
            canvas_polyline(d->canvas, plot->line + 2 * contour->starts[k], contour->starts[k + 1] - contour->starts[k],
                            (pass ? 2 : 4) * d->scale,
                            pass ? d->theme->boundary : color_alpha(d->theme->region_neutral, 0.5f));
    return true;
}

/* ---- Points ---- */

/* Half the height of a mark in logical pixels: 2.75 for the post's 10,000 points in a window, more for few
 * points and less for many, so that the structure of a crowd stays visible. */
static float mark_radius(const Drawing *d) {
    double count = (double)d->snapshot->data->count;
    double pixels = (double)d->area.w * (double)d->area.h / ((double)d->scale * (double)d->scale);
    double radius = 2.75 * pow(10000 / count, 0.18) * fmin(fmax(pow(pixels / 400000, 0.25), 0.75), 1.15);
    radius = fmin(fmax(radius, 1.3), 4);
    return (float)(round(radius * 20) / 20); /* so that a window being resized does not make new ones all the time */
}

Color plot_ramp(const Theme *theme, float share) {
    /* Viridis (Smith, van der Walt and Firing 2015) at eighths. */
    static const Color ANCHORS[] = {0xff440154, 0xff472d7b, 0xff3b528b, 0xff2c728e, 0xff21918c,
                                    0xff28ae80, 0xff5ec962, 0xffaddc30, 0xfffde725};
    enum { LAST = sizeof ANCHORS / sizeof *ANCHORS - 1 };
    bool dark_ground = (theme->ground >> 8 & 255) < 128;
    share = share > 0 ? fminf(share, 1) : 0;
    /* Its darkest third would not be seen on a dark ground. */
    float at = (dark_ground ? 0.35f + 0.65f * share : 1 - share) * LAST;
    int below = at < LAST ? (int)at : LAST - 1;
    return color_mix(ANCHORS[below], ANCHORS[below + 1], at - (float)below);
}

float plot_mark_radius(const Plot *plot) {
    return plot->sprite_theme ? plot->sprite_radius * plot->sprite_scale : 0;
}

/* Marks in the ramp's colours for the classes that there are, unless they are there already. */
static bool update_ramp_sprites(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    float radius = plot->sprite_radius, size = radius * d->scale;
    float line = fminf(0.85f, radius * 0.36f) * d->scale;
    for (int k = 0; k < MAX_CLASSES; k++) {
        if (!plot->present[k] || plot->legend_ramp[1][k].pixels)
            continue;
        bool made = true;
        for (int easy = 0; easy < 2 && made; easy++) {
            /* Hard ones have a pale edge. */
            Color edge = easy ? 0xff0a0e14 : color_mix(d->theme->hard_edge, d->theme->card, 0.35f);
            for (int i = 0; i < RAMP && made; i++)
                made = mark_make(&plot->ramp[easy][k][i], k, size, line, plot_ramp(d->theme, (float)i / (RAMP - 1)),
                                 edge, status);
            made = made && mark_make(&plot->legend_ramp[easy][k], k, LEGEND_MARK * d->scale, 0.85f * d->scale,
                                     d->theme->muted, edge, status);
        }
        if (!made) {
            free_sprites(plot);
            return false;
        }
    }
    return true;
}

/* Smaller than the others and paler: less than half as far from their region's colour. */
static Color test_color(const Theme *theme, int k, Color of_others) {
    return color_mix(theme->region[k], of_others, 0.45f);
}

/* Marks of test points, unless there are none or they are there already. */
static bool update_test_sprites(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    const Dataset *test = d->snapshot->test;
    if (!test || test->count == 0 || plot->legend_test[MAX_CLASSES - 1].pixels)
        return true;
    float radius = 0.8f * plot->sprite_radius, line = fminf(0.7f, radius * 0.3f) * d->scale;
    for (int k = 0; k < MAX_CLASSES; k++) {
        Color fill = test_color(d->theme, k, d->theme->class_fill[k]);
        Color edge = test_color(d->theme, k, d->theme->class_edge[k]);
        if (!mark_make(&plot->test[k], k, radius * d->scale, line, fill, edge, status) ||
            !mark_make(&plot->legend_test[k], k, 0.8f * LEGEND_MARK * d->scale, 0.7f * d->scale, fill, edge, status)) {
            free_sprites(plot);
            return false;
        }
    }
    return true;
}

/* Those that not every plot needs. */
static bool update_more_sprites(const Drawing *d, Status *status) {
    return (d->options->color == PLOT_COLOR_CLASS || update_ramp_sprites(d, status)) && update_test_sprites(d, status);
}

/* Marks of the classes that there are (and of the first, which stands for all hard ones in a long legend),
 * unless they are there already. */
static bool update_sprites(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    float radius = mark_radius(d);
    if (plot->sprite_theme != d->theme || plot->sprite_scale != d->scale || plot->sprite_radius != radius)
        free_sprites(plot);
    plot->sprite_theme = d->theme;
    plot->sprite_scale = d->scale;
    plot->sprite_radius = radius;
    float size = radius * d->scale, line = fminf(0.85f, radius * 0.36f) * d->scale;
    float legend_size = LEGEND_MARK * d->scale, legend_line = 0.85f * d->scale;
    for (int k = 0; k < MAX_CLASSES; k++) {
        if ((k > 0 && !plot->present[k]) || plot->legend_hard[k].pixels)
            continue;
        Color fill = d->theme->class_fill[k], edge = d->theme->class_edge[k];
        Color hard_fill = d->theme->hard_fill, hard_edge = d->theme->hard_edge;
        if (!mark_make(&plot->easy[k], k, size, line, fill, edge, status) ||
            !mark_make(&plot->hard[k], k, size, line, hard_fill, hard_edge, status) ||
            !mark_make(&plot->legend_easy[k], k, legend_size, legend_line, fill, edge, status) ||
            !mark_make(&plot->legend_hard[k], k, legend_size, legend_line, hard_fill, hard_edge, status)) {
            free_sprites(plot);
            return false;
        }
    }
    return update_more_sprites(d, status);
}

/* Screen positions of points, in double: a small view may be far from the origin. */
typedef struct ToScreen {
    double center_x, center_y, scale, middle_x, middle_y;
} ToScreen;

static ToScreen to_screen(const Camera *camera) {
    return (ToScreen){camera->center_x, camera->center_y, camera->scale,
                      (double)camera->view.x + (double)camera->view.w / 2,
                      (double)camera->view.y + (double)camera->view.h / 2};
}

static inline float row_at(const ToScreen *t, float y) {
    return (float)(t->middle_y - ((double)y - t->center_y) * t->scale);
}

/* Where a point is, and whether any of its mark can be seen. */
static inline bool place_of(const Drawing *d, const ToScreen *t, float margin, const Dataset *data, size_t i, float *x,
                            float *y) {
    double sx = ((double)data->x[i] - t->center_x) * t->scale + t->middle_x;
    *x = (float)sx;
    *y = row_at(t, data->y[i]);
    return *x >= d->area.x - margin && *x <= d->area.x + d->area.w + margin && *y >= d->area.y - margin &&
           *y <= d->area.y + d->area.h + margin;
}

static inline bool place(const Drawing *d, const ToScreen *t, float margin, size_t i, float *x, float *y) {
    return place_of(d, t, margin, d->snapshot->data, i, x, y);
}

/* Upper ends of the losses of each colour but the last. */
static void loss_steps(float ends[RAMP - 1]) {
    double low = log(PLOT_LOSS_LOW), high = log(PLOT_LOSS_HIGH);
    for (int i = 0; i < RAMP - 1; i++) /* the first and the last colour stand for half a step on the axis */
        ends[i] = (float)exp(low + (high - low) * (i + 0.5) / (RAMP - 1));
}

/* The colour of a loss; one that is not a number counts as the worst. */
static int loss_step(const float ends[RAMP - 1], float loss) {
    int low = 0, high = RAMP - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (loss < ends[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The epoch at the end of the ramp: grows in steps, so that the colours stand still most of the time. */
static uint32_t admitted_top(const Snapshot *snapshot) {
    uint32_t last = 0;
    for (size_t i = 0; i < snapshot->data->count; i++)
        if (plot_admitted(snapshot, i) && snapshot->admitted[i] > last)
            last = snapshot->admitted[i];
    uint64_t top = 5;
    for (int i = 0; top < last; i++)
        top = i % 3 == 2 ? top * 5 / 2 : top * 2; /* 5, 10, 20, 50, 100 ... */
    return top < UINT32_MAX ? (uint32_t)top : UINT32_MAX;
}

static const MarkSprite *sprite_of(const Drawing *d, size_t i, bool easy, const float *loss_ends) {
    const Plot *plot = d->plot;
    const Snapshot *s = d->snapshot;
    int k = s->data->label[i], step = 0;
    if (d->options->color == PLOT_COLOR_CLASS || (d->options->color == PLOT_COLOR_ADMITTED && !plot_admitted(s, i)))
        return easy && d->options->color == PLOT_COLOR_CLASS ? &plot->easy[k] : &plot->hard[k];
    if (d->options->color == PLOT_COLOR_LOSS)
        step = loss_step(loss_ends, s->loss[i]);
    else
        step = (int)(((uint64_t)s->admitted[i] * (RAMP - 1) + d->admitted_top / 2) / d->admitted_top);
    return &plot->ramp[easy][k][step < RAMP ? step : RAMP - 1];
}

/* ---- Many points ----
 *
 * Where points are many, most of them lie below others. What is drawn is, for each pixel, only the last point
 * on it in the order of drawing (all those not easy, then all easy ones; the other way round with rings; by
 * number within each), and every point near the plot's edge. The points are looked at in slices, and in parts
 * of several slices, the picture is made in bands, in parallel; none depends on another. */

enum { SLICE = 1 << 15, PARTS = 4, BANDS = 4 };
#define LATER 0x80000000u /* of a key: drawn in the second pass */

typedef struct Many {
    const Drawing *d;
    ToScreen t;
    float margin;
    CellMap map;
    size_t width, pixels, first_row, end_row; /* of the area; rows that are drawn now */
    size_t slices;
    const float *ends; /* loss_steps */
} Many;

/* A large picture is drawn in pieces: only their rows of the area, and as far beyond as marks reach into
 * them. */
static void rows_to_draw(const Drawing *d, float margin, size_t *first_row, size_t *end_row) {
    const int depth = d->canvas->clip_depth;
    float first = (float)d->canvas->clip[depth].y0 - margin - 1 - d->area.y;
    float end = (float)d->canvas->clip[depth].y1 + margin + 1 - d->area.y;
    *first_row = (size_t)fminf(fmaxf(first, 0), floorf(d->area.h));
    *end_row = (size_t)fminf(fmaxf(end, (float)*first_row), floorf(d->area.h));
}

static uint32_t key_of(const Drawing *d, size_t i) {
    bool later = (d->snapshot->v[i] > 0) != d->rings;
    return (uint32_t)(i + 1) | (later ? LATER : 0);
}

static size_t end_of_slice(const Drawing *d, size_t slice) {
    size_t end = (slice + 1) * SLICE, count = d->snapshot->data->count;
    return end < count ? end : count;
}

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

/* The cells of a part of the slices, and the last key of each pixel among them: in an array of the part's
 * own. */
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

/* The last key of all parts, in the first one's array; a band of the rows. */
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

/* The points of a slice that are drawn, in place of the cells: the numbers of those of the first pass from
 * the slice's beginning upwards, of the second from its end downwards, with CELL_NONE in between if there is
 * room. */
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
            cells[first++] = (uint32_t)i; /* not beyond i: that cell has been read */
    }
    for (size_t i = later_count; i-- > 0;)
        cells[--last] = later[later_count - 1 - i];
    while (first < last)
        cells[first++] = CELL_NONE;
}

/* All marks of a band of rows: the second pass's points come from the slices' ends, in descending places. */
static void draw_band(void *context, size_t band) {
    const Many *m = context;
    const Drawing *d = m->d;
    const uint32_t *drawn = d->plot->cells;
    Canvas canvas = *d->canvas; /* marks need the pixels alone; the clip is the band's own */
    int top = canvas.clip[canvas.clip_depth].y0, height = canvas.clip[canvas.clip_depth].y1 - top;
    int y0 = top + height * (int)band / BANDS, y1 = top + height * ((int)band + 1) / BANDS;
    canvas.clip[canvas.clip_depth].y0 = y0;
    canvas.clip[canvas.clip_depth].y1 = y1;
    float above = (float)y0 - m->margin, below = (float)y1 + m->margin;
    size_t count = d->snapshot->data->count, slices = (count + SLICE - 1) / SLICE;
    for (int pass = 0; pass < 2; pass++) {
        bool easy = (pass == 1) != d->rings;
        for (size_t slice = 0; slice < slices; slice++) {
            size_t begin = slice * SLICE, end = end_of_slice(d, slice);
            for (size_t k = begin; k < end; k++) {
                size_t i = pass == 0 ? drawn[k] : drawn[end - 1 - (k - begin)];
                float x, y;
                if (i == CELL_NONE || (d->snapshot->v[i] > 0) != easy) /* the other pass's begin here */
                    break;
                y = row_at(&m->t, d->snapshot->data->y[i]);
                if (y < above || y > below)
                    continue;
                place(d, &m->t, m->margin, i, &x, &y);
                mark_draw(&canvas, sprite_of(d, i, easy, m->ends), x, y);
            }
        }
    }
}

static bool draw_many_points(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    const Dataset *data = d->snapshot->data;
    float ends[RAMP - 1];
    loss_steps(ends);
    Many m = {.d = d, .t = to_screen(d->camera), .margin = 4 * plot->sprite_radius * d->scale, .ends = ends};
    m.width = (size_t)d->area.w;
    m.pixels = m.width * (size_t)d->area.h;
    m.map = (CellMap){.center_x = m.t.center_x,
                      .center_y = m.t.center_y,
                      .scale = m.t.scale,
                      .middle_x = m.t.middle_x,
                      .middle_y = m.t.middle_y,
                      .x = d->area.x,
                      .y = d->area.y,
                      .w = d->area.w,
                      .h = d->area.h,
                      .margin = m.margin,
                      .width = (uint32_t)m.width};
    void *topmost = plot->topmost, *cells = plot->cells;
    bool room = make_room(&topmost, &plot->topmost_capacity, PARTS * m.pixels, sizeof *plot->topmost, status) &&
                make_room(&cells, &plot->cells_capacity, data->count, sizeof *plot->cells, status);
    plot->topmost = topmost;
    plot->cells = cells;
    if (!room)
        return false;
    rows_to_draw(d, m.margin, &m.first_row, &m.end_row);
    m.slices = (data->count + SLICE - 1) / SLICE;
    parallel_for(PARTS, find_topmost, &m);
    parallel_for(BANDS, join_topmost, &m);
    parallel_for(m.slices, find_drawn, &m);
    parallel_for(BANDS, draw_band, &m);
    return true;
}

static void draw_points_of(const Drawing *d, const ToScreen *t, bool easy) {
    const Dataset *data = d->snapshot->data;
    float ends[RAMP - 1];
    loss_steps(ends);
    float margin = 4 * d->plot->sprite_radius * d->scale;
    for (size_t i = 0; i < data->count; i++) {
        float x, y;
        if ((d->snapshot->v[i] > 0) == easy && plot_shows(&d->options->hidden, d->snapshot, i) &&
            place(d, t, margin, i, &x, &y))
            mark_draw(d->canvas, sprite_of(d, i, easy, ends), x, y);
    }
}

/* Points kept apart for checking, below the others. Where they are many, only the last one on each pixel. */
static bool draw_test_points(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    const Dataset *test = d->snapshot->test;
    if (!test || test->count == 0 || d->options->hidden.test)
        return true;
    ToScreen t = to_screen(d->camera);
    float margin = 4 * plot->sprite_radius * d->scale;
    bool thin_out = test->count > THIN_OUT;
    size_t width = (size_t)d->area.w, first_row = 0, end_row = 0;
    if (thin_out) {
        void *topmost = plot->topmost;
        bool room =
            make_room(&topmost, &plot->topmost_capacity, width * (size_t)d->area.h, sizeof *plot->topmost, status);
        plot->topmost = topmost;
        if (!room)
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

static bool draw_points(const Drawing *d, Status *status) {
    if (!draw_test_points(d, status))
        return false;
    if (d->snapshot->data->count > THIN_OUT)
        return draw_many_points(d, status);
    ToScreen t = to_screen(d->camera);
    /* The many hard ones lie below; the few that are ringed must not be hidden. */
    draw_points_of(d, &t, d->rings);
    draw_points_of(d, &t, !d->rings);
    return true;
}

/* Rings with a light seam, all seams first, so that none cuts another ring. */
static void draw_rings(const Drawing *d) {
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

/* ---- Axes ---- */

#define NUMBER_MAX 56
#define LABEL_MAX 64 /* with a minus sign of three bytes */

/* Numbers along an axis: (first + i) step for i in 0 .. count - 1, shown less base and divided by
 * 10^exponent. */
typedef struct Axis {
    double low, high; /* world range */
    float pixels;     /* its length on the screen */
    double step;
    double first, base; /* multiples of step */
    int count;
    int exponent, decimals;
    bool relative; /* base and exponent are in use */
} Axis;

static double tick_count(const Axis *axis, double step) {
    return floor(axis->high / step) - ceil(axis->low / step) + 1;
}

/* How badly a step suits: the distance from the spacing that reads best, and too few or too many ticks. */
static double step_badness(const Axis *axis, double step, int digit, float best_spacing) {
    double spacing = step / (axis->high - axis->low) * (double)axis->pixels;
    double badness = fabs(log(spacing / (double)best_spacing)) + (digit == 3 ? 0.02 : 0);
    double count = tick_count(axis, step);
    return badness + (count < 3 ? 3 - count : 0) + (count > 8 ? (count - 8) : 0);
}

/* The best of 1, 2, 3, 5 times a power of ten, for one axis, or for both at once if other is given. */
static double best_step(const Axis *axis, const Axis *other, float best_spacing, double *badness) {
    double aim = (double)best_spacing * (axis->high - axis->low) / (double)axis->pixels;
    int middle = (int)floor(log10(aim));
    static const int DIGITS[] = {1, 2, 3, 5};
    double best = 0;
    *badness = INFINITY;
    for (int exponent = middle - 1; exponent <= middle + 1; exponent++)
        for (int i = 0; i < 4; i++) {
            double step = DIGITS[i] * pow(10, exponent);
            double bad = step_badness(axis, step, DIGITS[i], best_spacing);
            if (other)
                bad = fmax(bad, step_badness(other, step, DIGITS[i], best_spacing));
            if (bad < *badness) {
                *badness = bad;
                best = step;
            }
        }
    return best;
}

/* With a real minus sign. */
static void put_minus(char text[LABEL_MAX], const char *number) {
    bool minus = number[0] == '-' && strspn(number, "-0.") < strlen(number);
    snprintf(text, LABEL_MAX, "%s%s", minus ? MINUS : "", number + (number[0] == '-'));
}

static void tick_text(const Axis *axis, int i, char text[LABEL_MAX]) {
    char number[NUMBER_MAX];
    double value = (axis->first + i - axis->base) * axis->step / pow(10, axis->exponent);
    snprintf(number, sizeof number, "%.*f", axis->decimals, value);
    put_minus(text, number);
}

/* Fills in ticks and format. Numbers wider than room are shown less a base and in units of a power of ten. */
static void lay_out_axis(Axis *axis, Text *text, float room, bool relative) {
    axis->first = ceil(axis->low / axis->step);
    double count = tick_count(axis, axis->step);
    axis->count = count > 0 ? (int)fmin(count, 64) : 0;
    int exponent = (int)floor(log10(axis->step * 1.0001));
    axis->decimals = exponent < 0 ? (exponent < -12 ? 12 : -exponent) : 0;
    axis->base = 0;
    axis->exponent = 0;
    axis->relative = relative;
    for (int i = 0; i<axis->count; i += axis->count> 1 ? axis->count - 1 : 1) { /* the ends are the widest */
        char label[LABEL_MAX];
        tick_text(axis, i, label);
        axis->relative = axis->relative || text_width(text, TEXT_CAPTION, label) > room;
    }
    if (axis->relative || exponent < -12) {
        axis->relative = true;
        axis->decimals = 0;
        axis->exponent = exponent;
        if (fmax(fabs(axis->low), fabs(axis->high)) > 20 * (axis->high - axis->low))
            axis->base = axis->first + floor(axis->count / 2.0);
    }
}

static void draw_axis_note(const Drawing *d, const Axis *axis, const char *name, float left, float right) {
    static const char *const RAISED[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    char text[3 * LABEL_MAX], base[LABEL_MAX] = "", power[LABEL_MAX] = "";
    if (axis->base != 0) {
        char number[NUMBER_MAX];
        snprintf(number, sizeof number, "%.12g", axis->base * axis->step);
        put_minus(base, number);
        strncat(base, " + ", sizeof base - strlen(base) - 1);
    }
    if (axis->exponent != 0) {
        char digits[16];
        snprintf(digits, sizeof digits, "%d", abs(axis->exponent));
        strcpy(power, " · 10");
        strcat(power, axis->exponent < 0 ? "⁻" : "");
        for (size_t i = 0; digits[i]; i++)
            strcat(power, RAISED[digits[i] - '0']);
    }
    snprintf(text, sizeof text, "%s: %sn%s", name, base, power);
    float width = text_width(d->text, TEXT_CAPTION, text) + 12 * d->scale, height = 18 * d->scale;
    if (width > d->area.w / 2)
        return;
    Rect card = {right > 0 ? right - width : left, d->area.y + d->area.h - height - 6 * d->scale, width, height};
    canvas_rounded(d->canvas, card, 4 * d->scale, color_alpha(d->theme->card, 0.88f));
    text_draw_in(d->text, d->canvas, TEXT_CAPTION, card, ALIGN_CENTER, d->theme->text, text);
}

static void draw_axes(const Drawing *d) {
    Rect area = d->area;
    const Camera *camera = d->camera;
    float scale = d->scale;
    ToScreen t = to_screen(camera);
    Axis x = {.low = camera->center_x + ((double)area.x - t.middle_x) / camera->scale,
              .high = camera->center_x + ((double)area.x + (double)area.w - t.middle_x) / camera->scale,
              .pixels = area.w / scale};
    Axis y = {.low = camera->center_y - ((double)area.y + (double)area.h - t.middle_y) / camera->scale,
              .high = camera->center_y - ((double)area.y - t.middle_y) / camera->scale,
              .pixels = area.h / scale};
    if (!(x.high > x.low) || !(y.high > y.low))
        return;
    /* The same step on both axes, as they have the same scale, unless a long window would crowd one of them.
     */
    float spacing = fminf(105, fmaxf(48, fminf(x.pixels, y.pixels) / 3.2f));
    double shared_badness, badness;
    x.step = y.step = best_step(&x, &y, spacing, &shared_badness);
    if (shared_badness > 1) {
        x.step = best_step(&x, NULL, spacing, &badness);
        y.step = best_step(&y, NULL, spacing, &badness);
    }
    float spacing_x = (float)(x.step * camera->scale), spacing_y = (float)(y.step * camera->scale);
    float room_y = area.x - (TICK + TICK_GAP) * scale - d->outer.x - 2 * scale;
    lay_out_axis(&y, d->text, room_y, false);
    lay_out_axis(&x, d->text, spacing_x - 8 * scale, y.relative && x.step == y.step);

    Color tick = d->theme->muted;
    float half = text_cap_height(d->text, TEXT_CAPTION) / 2, width = fmaxf(1, floorf(scale));
    float label_y = area.y + area.h + (TICK + TICK_GAP) * scale + 2 * half + scale;
    for (int i = 0; i < x.count; i++) {
        float at = (float)(((x.first + i) * x.step - t.center_x) * t.scale + t.middle_x);
        char label[LABEL_MAX];
        tick_text(&x, i, label);
        float half_width = text_width(d->text, TEXT_CAPTION, label) / 2;
        canvas_rect(d->canvas, (Rect){floorf(at), area.y + area.h, width, TICK * scale}, tick);
        if (at - half_width >= d->outer.x && at + half_width <= d->outer.x + d->outer.w &&
            label_y <= d->outer.y + d->outer.h && 2 * half_width < spacing_x)
            text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){at, label_y, ALIGN_CENTER}, d->theme->muted,
                      label);
    }
    for (int i = 0; i < y.count; i++) {
        float at = (float)(t.middle_y - ((y.first + i) * y.step - t.center_y) * t.scale);
        char label[LABEL_MAX];
        tick_text(&y, i, label);
        canvas_rect(d->canvas, (Rect){area.x - TICK * scale, floorf(at), TICK * scale, width}, tick);
        if (at - half >= d->outer.y && at + half <= d->outer.y + d->outer.h && 2 * half < spacing_y &&
            text_width(d->text, TEXT_CAPTION, label) <= room_y)
            text_draw(d->text, d->canvas, TEXT_CAPTION,
                      (TextAnchor){area.x - (TICK + TICK_GAP) * scale, roundf(at + half), ALIGN_RIGHT}, d->theme->muted,
                      label);
    }
    if (y.relative)
        draw_axis_note(d, &y, "y", area.x + 6 * scale, 0);
    if (x.relative)
        draw_axis_note(d, &x, "x", 0, area.x + area.w - 6 * scale);
}

/* The frame lies on the area's own outermost pixels. */
static void draw_frame(const Drawing *d) {
    canvas_rounded_frame(d->canvas, d->area, 0, fmaxf(1, floorf(d->scale)), d->theme->frame);
}

/* ---- Legend ---- */

typedef struct Entry {
    PlotEntryKind kind;
    int class;
    char text[48];
} Entry;

#define MOST_ENTRIES (MAX_CLASSES + 5)
#define LEGEND_ICONS 3 /* marks that stand for all classes, at most */

static int list_entries(const Drawing *d, bool model, Entry entries[MOST_ENTRIES]) {
    const Plot *plot = d->plot;
    const Settings *settings = d->snapshot->settings;
    int count = 0;
    /* where there is little room it says the least that tells the points apart */
    bool terse = d->options->roomy_legend && d->area.w < LEGEND_TERSE * d->scale;
    /* In the turned order the chosen points are not the easy ones; with all of them in use there is no
     * choice. */
    const char *chosen = terse                           ? ""
                         : settings->order == ORDER_HARD ? "in use, "
                         : settings->order == ORDER_ALL  ? ""
                                                         : "easy, ";
    const char *left_out = settings->order == ORDER_EASY ? "hard (v = 0)" : "left out (v = 0)";
    for (int k = 0; k < MAX_CLASSES; k++)
        if (plot->present[k]) {
            entries[count] = (Entry){.kind = PLOT_ENTRY_EASY, .class = k};
            char name[32];
            snprintf(entries[count++].text, sizeof entries->text, "%s%s", chosen,
                     dataset_class_name(d->snapshot->data, k, name));
        }
    if (d->hard_count > 0 || settings->order != ORDER_ALL) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_HARD};
        snprintf(entries[count++].text, sizeof entries->text, "%s%s", left_out,
                 plot->present_count < 2 || terse ? ""
                 : plot->present_count == 2       ? ", both classes"
                                                  : ", all classes");
    }
    if (d->rings) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_RING};
        snprintf(entries[count++].text, sizeof entries->text, "%s",
                 settings->order == ORDER_EASY ? "flagged: still hard" : "flagged: the last left out");
    }
    if (d->snapshot->test && d->snapshot->test->count > 0) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_TEST};
        snprintf(entries[count++].text, sizeof entries->text, "test points");
    }
    if (model && !terse) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_BOUNDARY};
        snprintf(entries[count++].text, sizeof entries->text, "decision boundary");
        entries[count] = (Entry){.kind = PLOT_ENTRY_REGIONS};
        snprintf(entries[count++].text, sizeof entries->text, "region: model’s class");
    }
    return count;
}

/* Marks that stand for the hard points of all classes. */
static int hard_icons(const Drawing *d) {
    return d->plot->present_count < LEGEND_ICONS ? d->plot->present_count : LEGEND_ICONS;
}

bool *plot_hidden(PlotHidden *hidden, PlotEntryKind kind, int class) {
    switch (kind) {
    case PLOT_ENTRY_EASY:
        return &hidden->easy[class];
    case PLOT_ENTRY_TEST:
        return &hidden->test;
    case PLOT_ENTRY_BOUNDARY:
        return &hidden->boundary;
    case PLOT_ENTRY_REGIONS:
        return &hidden->regions;
    default:
        return &hidden->hard;
    }
}

static bool entry_hidden(const Drawing *d, const Entry *entry) {
    PlotHidden hidden = d->options->hidden;
    return *plot_hidden(&hidden, entry->kind, entry->class);
}

static void draw_icon(const Drawing *d, const Entry *entry, float left, float middle, float icons) {
    const Plot *plot = d->plot;
    float scale = d->scale, center = left + icons / 2;
    int shown = 0, most = hard_icons(d), classes = mlp_classes(d->snapshot->mlp);
    bool by_number = d->options->color != PLOT_COLOR_CLASS;
    const MarkSprite *easy = by_number ? plot->legend_ramp[1] : plot->legend_easy;
    const MarkSprite *hard = d->options->color == PLOT_COLOR_LOSS ? plot->legend_ramp[0] : plot->legend_hard;
    switch (entry->kind) {
    case PLOT_ENTRY_EASY:
        mark_draw(d->canvas, &easy[entry->class], center, middle);
        break;
    case PLOT_ENTRY_HARD:
        for (int k = 0; k < MAX_CLASSES && shown < most; k++)
            if (plot->present[k]) {
                float offset = ((float)shown++ - (float)(most - 1) / 2) * 10 * scale;
                mark_draw(d->canvas, &hard[k], center + offset, middle);
            }
        break;
    case PLOT_ENTRY_RING:
        mark_draw(d->canvas, &plot->legend_hard[0], center, middle);
        canvas_ring(d->canvas, center, middle, 6.5f * scale, 2 * scale, d->theme->ring);
        break;
    case PLOT_ENTRY_TEST:
        for (int k = 0; k < MAX_CLASSES && shown < most; k++)
            if (plot->present[k]) {
                float offset = ((float)shown++ - (float)(most - 1) / 2) * 10 * scale;
                mark_draw(d->canvas, &plot->legend_test[k], center + offset, middle);
            }
        break;
    case PLOT_ENTRY_BOUNDARY:
        canvas_line(d->canvas, center - 6 * scale, middle, center + 6 * scale, middle, 2 * scale, d->theme->boundary);
        break;
    case PLOT_ENTRY_REGIONS:
        for (int k = 0; k < classes; k++) {
            float width = roundf(20 * scale / (float)classes);
            float start = roundf(center - width * (float)classes / 2);
            canvas_rect(d->canvas,
                        (Rect){start + width * (float)k, roundf(middle - 4.5f * scale), width, roundf(9 * scale)},
                        d->theme->region[k]);
        }
        break;
    }
}

/* What is switched off is pale and its name struck through. */
static void draw_entry(const Drawing *d, const Entry *entry, float left, float middle, float icons) {
    float half = text_cap_height(d->text, TEXT_CAPTION) / 2, x = left + icons + LEGEND_GAP * d->scale;
    bool hidden = entry_hidden(d, entry);
    draw_icon(d, entry, left, middle, icons);
    if (hidden)
        canvas_rect(d->canvas, (Rect){left - d->scale, middle - 8.5f * d->scale, icons + 2 * d->scale, 17 * d->scale},
                    color_alpha(d->theme->card, 0.72f));
    text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){x, roundf(middle + half), ALIGN_LEFT},
              hidden ? d->theme->muted : d->theme->text, entry->text);
    if (hidden)
        canvas_rect(d->canvas,
                    (Rect){x - d->scale, floorf(middle), text_width(d->text, TEXT_CAPTION, entry->text) + 2 * d->scale,
                           fmaxf(1, roundf(d->scale))},
                    d->theme->muted);
}

static Rect legend_card(const Drawing *d, int corner, float width, float height) {
    float margin = roundf(12 * d->scale);
    return (Rect){corner & 1 ? d->area.x + d->area.w - margin - width : d->area.x + margin,
                  corner & 2 ? d->area.y + d->area.h - margin - height : d->area.y + margin, width, height};
}

/* Top left, unless the legend would hide points there and far fewer in another corner. Chosen once for the
 * points and the area, not for each view: a legend that moves about while one pans is worse than one that
 * hides something. */
static int choose_corner(const Drawing *d, float width, float height) {
    Plot *plot = d->plot;
    if (plot->legend_corner >= 0 && memcmp(&plot->legend_area, &d->area, sizeof d->area) == 0)
        return plot->legend_corner;
    size_t hidden[4] = {0}, count = d->snapshot->data->count;
    ToScreen t = to_screen(d->camera);
    for (size_t i = 0; i < count; i++) {
        float x, y;
        if (!place(d, &t, 0, i, &x, &y))
            continue;
        for (int corner = 0; corner < 4; corner++) {
            Rect card = legend_card(d, corner, width, height);
            hidden[corner] += x >= card.x && x <= card.x + card.w && y >= card.y && y <= card.y + card.h;
        }
    }
    int best = 0;
    for (int corner = 1; corner < 4; corner++)
        if (hidden[corner] < hidden[best])
            best = corner;
    if (hidden[0] <= count / 500 || hidden[best] > hidden[0] / 2)
        best = 0;
    plot->legend_corner = best;
    plot->legend_area = d->area;
    const Dataset *data = d->snapshot->data;
    const float bounds[4] = {data->x_minimum, data->x_maximum, data->y_minimum, data->y_maximum};
    memcpy(plot->legend_bounds, bounds, sizeof bounds);
    return best;
}

/* Entries column by column; the widths of a column's icons and texts follow its own entries. */
typedef struct Legend {
    Entry entries[MOST_ENTRIES];
    int count, columns, rows;
    float pitch;
    float icons[MOST_ENTRIES], texts[MOST_ENTRIES]; /* of each column */
    float bar; /* height of what explains the colours, below the entries; 0: nothing */
    float width, height;
    Rect card;
} Legend;

static void arrange_legend(const Drawing *d, Legend *legend, int columns, float pitch) {
    float scale = d->scale;
    legend->rows = (legend->count + columns - 1) / columns;
    legend->columns = (legend->count + legend->rows - 1) / legend->rows;
    legend->pitch = pitch * scale;
    legend->width = 2 * LEGEND_PADDING * scale + (float)(legend->columns - 1) * LEGEND_COLUMNS * scale;
    for (int c = 0; c < legend->columns; c++) {
        legend->icons[c] = legend->texts[c] = 0;
        for (int i = c * legend->rows; i < legend->count && i < (c + 1) * legend->rows; i++) {
            PlotEntryKind kind = legend->entries[i].kind;
            float icon = kind == PLOT_ENTRY_REGIONS                           ? 20
                         : kind == PLOT_ENTRY_HARD || kind == PLOT_ENTRY_TEST ? 10 * (float)hard_icons(d)
                                                                              : 15;
            legend->icons[c] = fmaxf(legend->icons[c], icon * scale);
            legend->texts[c] = fmaxf(legend->texts[c], text_width(d->text, TEXT_CAPTION, legend->entries[i].text));
        }
        legend->width += legend->icons[c] + LEGEND_GAP * scale + legend->texts[c];
    }
    legend->bar = d->options->color == PLOT_COLOR_CLASS ? 0 : LEGEND_BAR * scale;
    if (legend->bar > 0)
        legend->width = fmaxf(legend->width, (LEGEND_BAR_WIDTH + 2 * LEGEND_PADDING) * scale);
    legend->width = ceilf(legend->width);
    legend->height = ceilf((float)legend->rows * legend->pitch + legend->bar + 8 * scale);
}

/* The first arrangement that covers little of the plot; failing that, one that leaves at least 60 %. */
static bool fit_legend(const Drawing *d, Legend *legend) {
    static const struct {
        int columns;
        float pitch;
    } WAYS[] = {{1, 24}, {2, 24}, {1, 20}, {2, 20}, {1, 17}, {2, 17}, {3, 17}};
    /* Long ones are tight from the start. */
    size_t first = legend->count > 8 ? 4 : d->options->roomy_legend ? 0 : 2;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = first; i < sizeof WAYS / sizeof *WAYS; i++) {
            arrange_legend(d, legend, WAYS[i].columns, WAYS[i].pitch);
            if (legend->width <= d->area.w - 24 * d->scale && legend->height <= d->area.h - 24 * d->scale &&
                legend->height <= d->area.h * (pass ? 0.75f : 0.36f) &&
                legend->width * legend->height <= d->area.w * d->area.h * (pass ? 0.4f : 0.16f))
                return true;
        }
    return false;
}

/* The legend with its place; false: there is none. model: there is one to show. */
static bool lay_out_legend(const Drawing *d, bool model, Legend *legend) {
    legend->count = list_entries(d, model, legend->entries);
    if (!d->options->legend || legend->count == 0 || !fit_legend(d, legend))
        return false;
    int corner = choose_corner(d, legend->width, legend->height);
    legend->card = legend_card(d, corner, legend->width, legend->height);
    return true;
}

/* The row of entry i, from one side of its column to the other. */
static Rect entry_row(const Drawing *d, const Legend *legend, int i) {
    float left = legend->card.x + LEGEND_PADDING * d->scale, gap = LEGEND_GAP * d->scale;
    int column = i / legend->rows;
    for (int c = 0; c < column; c++)
        left += legend->icons[c] + legend->texts[c] + (LEGEND_GAP + LEGEND_COLUMNS) * d->scale;
    return (Rect){left - gap, legend->card.y + 4 * d->scale + (float)(i % legend->rows) * legend->pitch,
                  legend->icons[column] + legend->texts[column] + 3 * gap, legend->pitch};
}

/* A bar of the ramp with its ends' numbers, its name between them; for losses with the threshold on it. */
static void draw_bar(const Drawing *d, const Legend *legend) {
    float scale = d->scale, x = legend->card.x + LEGEND_PADDING * scale;
    float width = legend->card.w - 2 * LEGEND_PADDING * scale;
    float top = legend->card.y + legend->card.h - legend->bar - 2 * scale;
    bool loss = d->options->color == PLOT_COLOR_LOSS;
    char high[16] = "10";
    if (!loss)
        snprintf(high, sizeof high, "%u", (unsigned)d->admitted_top);
    float baseline = roundf(top + 12 * scale);
    text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){x, baseline, ALIGN_LEFT}, d->theme->muted,
              loss ? "0.001" : "0");
    text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){x + width, baseline, ALIGN_RIGHT}, d->theme->muted, high);
    text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){x + width / 2, baseline, ALIGN_CENTER}, d->theme->text,
              loss ? "loss" : "epoch of admission");
    Rect bar = {roundf(x), roundf(top + 18 * scale), roundf(width), roundf(8 * scale)};
    for (int i = 0; i < RAMP; i++) {
        float from = roundf(bar.x + bar.w * (float)i / RAMP), to = roundf(bar.x + bar.w * (float)(i + 1) / RAMP);
        canvas_rect(d->canvas, (Rect){from, bar.y, to - from, bar.h}, plot_ramp(d->theme, (float)i / (RAMP - 1)));
    }
    double threshold = d->snapshot->threshold;
    if (!loss || !(threshold >= PLOT_LOSS_LOW && threshold <= PLOT_LOSS_HIGH))
        return;
    float share = (float)(log(threshold / PLOT_LOSS_LOW) / log(PLOT_LOSS_HIGH / PLOT_LOSS_LOW));
    float line = fmaxf(1, roundf(2 * scale)), at = roundf(bar.x + bar.w * share - line / 2);
    Rect mark = {at, bar.y - 3 * scale, line, bar.h + 6 * scale};
    canvas_rect(d->canvas, (Rect){mark.x - scale, mark.y, mark.w + 2 * scale, mark.h}, d->theme->card);
    canvas_rect(d->canvas, mark, d->theme->text);
}

static void draw_legend(const Drawing *d) {
    Legend legend;
    if (!lay_out_legend(d, snapshot_is_finite(d->snapshot), &legend))
        return;
    float scale = d->scale;
    canvas_rounded(d->canvas, legend.card, 6 * scale, color_alpha(d->theme->card, 0.88f));
    canvas_rounded_frame(d->canvas, legend.card, 6 * scale, fmaxf(1, floorf(scale)), d->theme->line);
    for (int i = 0; i < legend.count; i++) {
        Rect row = entry_row(d, &legend, i);
        draw_entry(d, &legend.entries[i], row.x + LEGEND_GAP * scale, floorf(row.y + row.h / 2) + 0.5f,
                   legend.icons[i / legend.rows]);
    }
    if (legend.bar > 0)
        draw_bar(d, &legend);
}

/* ---- Caption ---- */

#define MOST_FIGURES 4

typedef struct Figure {
    const char *name;
    char value[80], widest[80]; /* room is kept for widest, so that nothing moves as the run goes on */
} Figure;

static void group_thousands(size_t value, char text[32]) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%zu", value), at = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            text[at++] = ',';
        text[at++] = digits[i];
    }
    text[at] = 0;
}

/* Three significant digits, without an exponent where that reads well. */
static void three_digits(double value, char text[64]) {
    if (!isfinite(value) || value <= 0) {
        snprintf(text, 64, "%g", value);
        return;
    }
    int exponent = (int)floor(log10(value * (1 + 1e-12)));
    if (exponent < -3 || exponent > 5)
        snprintf(text, 64, "%.2e", value);
    else
        snprintf(text, 64, "%.*f", exponent > 2 ? 0 : 2 - exponent, value);
}

static void draw_caption(const Drawing *d) {
    const Snapshot *snapshot = d->snapshot;
    Figure figures[MOST_FIGURES] = {{.name = "epoch"}, {.name = "threshold"}, {.name = "easy"}, {.name = "accuracy"}};
    int last = snapshot->settings->epochs > (int)snapshot->epoch ? snapshot->settings->epochs : (int)snapshot->epoch;
    snprintf(figures[0].value, sizeof figures->value, "%u", (unsigned)snapshot->epoch);
    snprintf(figures[0].widest, sizeof figures->widest, "%d", last);
    three_digits(snapshot->threshold, figures[1].value);
    strcpy(figures[1].widest, "0.000");
    char easy[32], count[32];
    group_thousands(snapshot->easy, easy);
    group_thousands(snapshot->data->count, count);
    figures[2].name = snapshot->settings->order == ORDER_EASY ? "easy" : "in use";
    snprintf(figures[2].value, sizeof figures->value, "%s of %s", easy, count);
    snprintf(figures[2].widest, sizeof figures->widest, "%s of %s", count, count);
    if (snapshot->diverged)
        strcpy(figures[3].value, "diverged");
    else if (isfinite(snapshot->accuracy)) /* 100.0 % only if all are right */
        snprintf(figures[3].value, sizeof figures->value, "%.1f %%",
                 snapshot->accuracy < 1 ? fmin(snapshot->accuracy * 100, 99.9) : 100.0);
    else
        strcpy(figures[3].value, "–");

    float gap = 6 * d->scale, between = 22 * d->scale, x = d->area.x, right = d->outer.x + d->outer.w - 4 * d->scale;
    float baseline = roundf(d->area.y - 11 * d->scale);
    TextStyle name_style = TEXT_BODY, value_style = TEXT_MEDIUM;
    float total = -between;
    for (int i = 0; i < MOST_FIGURES; i++)
        total += text_width(d->text, TEXT_BODY, figures[i].name) + gap + between +
                 fmaxf(text_width(d->text, TEXT_MEDIUM, figures[i].value),
                       text_width(d->text, TEXT_MEDIUM, figures[i].widest));
    if (x + total > right) {
        name_style = value_style = TEXT_CAPTION;
        between = 12 * d->scale;
        gap = 4 * d->scale;
    }
    for (int i = 0; i < MOST_FIGURES; i++) {
        float name = text_width(d->text, name_style, figures[i].name) + gap;
        float value = text_width(d->text, value_style, figures[i].value);
        if (x + name + value > right) /* the last ones go first */
            break;
        text_draw(d->text, d->canvas, name_style, (TextAnchor){x, baseline, ALIGN_LEFT}, d->theme->muted,
                  figures[i].name);
        text_draw(d->text, d->canvas, value_style, (TextAnchor){x + name, baseline, ALIGN_LEFT}, d->theme->text,
                  figures[i].value);
        x += name + fmaxf(value, text_width(d->text, value_style, figures[i].widest)) + between;
    }
}

/* ---- The whole ---- */

/* Whether the points' bounds are about what they were when the legend got its corner: it does not move for a
 * few points more or less. */
static bool stands_where(const float bounds[4], const Dataset *data) {
    float width = bounds[1] - bounds[0], height = bounds[3] - bounds[2];
    return fabsf(data->x_minimum - bounds[0]) <= 0.3f * width && fabsf(data->x_maximum - bounds[1]) <= 0.3f * width &&
           fabsf(data->y_minimum - bounds[2]) <= 0.3f * height && fabsf(data->y_maximum - bounds[3]) <= 0.3f * height;
}

static void update_present(const Drawing *d) {
    Plot *plot = d->plot;
    const Dataset *data = d->snapshot->data;
    if (plot->seen_data == data && plot->seen_version == d->snapshot->data_version)
        return;
    memset(plot->present, 0, sizeof plot->present);
    for (size_t i = 0; i < data->count; i++)
        plot->present[data->label[i]] = true;
    plot->present_count = 0;
    for (int k = 0; k < MAX_CLASSES; k++)
        plot->present_count += plot->present[k];
    if (!stands_where(plot->legend_bounds, data))
        plot->legend_corner = -1;
    plot->seen_data = data;
    plot->seen_version = d->snapshot->data_version;
}

static Drawing begin_drawing(Plot *plot, Canvas *canvas, Text *text, const Theme *theme, Rect outer,
                             const Camera *camera, const Snapshot *snapshot, const PlotOptions *options) {
    Drawing d = {.plot = plot,
                 .canvas = canvas,
                 .text = text,
                 .theme = theme,
                 .camera = camera,
                 .snapshot = snapshot,
                 .options = options,
                 .outer = outer,
                 .area = plot_area(options, text, outer),
                 .scale = options->scale,
                 .step = options->field_step};
    const Mlp *mlp = snapshot->mlp;
    if (mlp->layers == 1 && mlp_classes(mlp) == 2 && d.step < PLANE_STEP) /* a plane is exact on few nodes */
        d.step = PLANE_STEP;
    d.hard_count = snapshot->easy < snapshot->data->count ? snapshot->data->count - snapshot->easy : 0;
    d.rings = options->ring_hard && d.hard_count > 0 && d.hard_count <= PLOT_RING_MAX && snapshot->easy > 0;
    update_present(&d);
    return d;
}

int plot_legend(Plot *plot, Text *text, Rect outer, const Camera *camera, const Snapshot *snapshot,
                const PlotOptions *options, PlotEntry entries[PLOT_MOST_ENTRIES], Rect *card) {
    Drawing d = begin_drawing(plot, NULL, text, NULL, outer, camera, snapshot, options);
    Legend legend;
    int count = 0;
    *card = (Rect){0};
    if (!lay_out_legend(&d, snapshot_is_finite(snapshot), &legend))
        return 0;
    *card = legend.card;
    for (int i = 0; i < legend.count; i++) {
        const Entry *entry = &legend.entries[i];
        if (entry->kind != PLOT_ENTRY_RING)
            entries[count++] = (PlotEntry){entry->kind, entry->class, entry_row(&d, &legend, i)};
    }
    return count;
}

static bool draw_all(const Drawing *d, Status *status) {
    const PlotOptions *options = d->options;
    const PlotHidden *hidden = &options->hidden;
    if (!update_sprites(d, status))
        return false;
    bool model = snapshot_is_finite(d->snapshot);
    if (!model)
        d->plot->field_valid = false;
    else if (!(hidden->regions && hidden->boundary) && !update_field(d, status))
        return false;

    Canvas *canvas = d->canvas;
    canvas_push_clip(canvas, d->outer);
    canvas_push_clip(canvas, d->area);
    if (options->ground)
        canvas_blit(canvas, (int)d->area.x, (int)d->area.y, options->ground, (int)d->area.w, (int)d->area.h);
    else if (model && !hidden->regions)
        draw_regions(d);
    else
        canvas_fill(canvas, d->theme->region_neutral);
    bool drawn = draw_points(d, status) && (!model || hidden->boundary || draw_boundary(d, status));
    if (drawn && d->rings && !hidden->hard)
        draw_rings(d);
    draw_frame(d);
    canvas_pop_clip(canvas);
    draw_axes(d);
    if (options->legend)
        draw_legend(d);
    if (options->caption)
        draw_caption(d);
    canvas_pop_clip(canvas);
    return drawn;
}

/* ---- The finished picture ---- */

static bool same_options(const PlotOptions *a, const PlotOptions *b) {
    return a->scale == b->scale && a->caption == b->caption && a->ring_hard == b->ring_hard && a->legend == b->legend &&
           a->roomy_legend == b->roomy_legend && a->field_step == b->field_step && a->color == b->color &&
           memcmp(&a->hidden, &b->hidden, sizeof a->hidden) == 0 && !a->ground &&
           !b->ground; /* whose pixels may be others now */
}

static bool same_request(const Request *a, const Request *b) {
    return a->theme == b->theme && a->canvas_width == b->canvas_width && a->canvas_height == b->canvas_height &&
           memcmp(&a->outer, &b->outer, sizeof a->outer) == 0 && a->camera.center_x == b->camera.center_x &&
           a->camera.center_y == b->camera.center_y && a->camera.scale == b->camera.scale &&
           memcmp(&a->camera.view, &b->camera.view, sizeof a->camera.view) == 0 &&
           same_options(&a->options, &b->options) && a->v == b->v && a->epoch == b->epoch && a->version == b->version &&
           a->loss_version == b->loss_version && a->data_version == b->data_version;
}

bool plot_draw(Plot *plot, Canvas *canvas, Text *text, const Theme *theme, Rect outer, const Camera *camera,
               const Snapshot *snapshot, const PlotOptions *options, Status *status) {
    assert(options->field_step >= 1 && options->field_step <= PLOT_MAX_STEP);
    Drawing d = begin_drawing(plot, canvas, text, theme, outer, camera, snapshot, options);
    Layer *layer = &plot->layer;
    Request request = {.theme = theme,
                       .canvas_width = canvas->width,
                       .canvas_height = canvas->height,
                       .outer = outer,
                       .camera = *camera,
                       .options = *options,
                       .v = snapshot->v,
                       .epoch = snapshot->epoch,
                       .version = snapshot->version,
                       .loss_version = snapshot->loss_version,
                       .data_version = snapshot->data_version};
    /* A picture in pieces (another clip) is drawn piece by piece. */
    bool again = canvas->clip_depth == 0 && same_request(&layer->request, &request);
    int x = (int)outer.x, y = (int)outer.y, w = (int)outer.w, h = (int)outer.h;
    again = again && (float)x == outer.x && (float)y == outer.y && (float)w == outer.w && (float)h == outer.h &&
            x >= 0 && y >= 0 && x + w <= canvas->width && y + h <= canvas->height;
    if (again && layer->kept) {
        canvas_blit(canvas, x, y, layer->pixels, w, h);
        return true;
    }
    layer->request = request;
    layer->kept = false;
    if (options->color == PLOT_COLOR_ADMITTED)
        d.admitted_top = admitted_top(snapshot);
    if (!draw_all(&d, status)) {
        layer->request.theme = NULL;
        return false;
    }
    Status none;
    void *pixels = layer->pixels;
    layer->kept = again && make_room(&pixels, &layer->capacity, (size_t)w * (size_t)h, sizeof(uint32_t), &none);
    layer->pixels = pixels;
    for (int row = 0; row < h && layer->kept; row++)
        memcpy(layer->pixels + (size_t)row * (size_t)w, canvas->pixels + (size_t)(y + row) * (size_t)canvas->width + x,
               (size_t)w * sizeof(uint32_t));
    return true;
}

/* ---- Palette ---- */

typedef struct Palette {
    Color *colors;
    size_t count, most;
} Palette;

/* Adds `steps` colours from a to b, both included. */
static void add_ramp(Palette *palette, Color a, Color b, int steps) {
    for (int i = 0; i < steps && palette->count < palette->most; i++)
        palette->colors[palette->count++] = color_mix(a, b, steps > 1 ? (float)i / (float)(steps - 1) : 0) | 0xff000000;
}

size_t plot_palette(const Theme *theme, int classes, Color *colors, size_t most) {
    Palette palette = {colors, 0, most};
    add_ramp(&palette, theme->card, theme->text, 8);
    add_ramp(&palette, theme->card, theme->muted, 6);
    add_ramp(&palette, theme->region_neutral, theme->boundary, 6);
    add_ramp(&palette, theme->line, theme->frame, 2);
    add_ramp(&palette, theme->ring, theme->region_neutral, 4);
    add_ramp(&palette, theme->hard_edge, theme->hard_fill, 6);
    for (int k = 0; k < classes; k++) {
        add_ramp(&palette, theme->class_fill[k], theme->class_edge[k], classes > 4 ? 3 : 5);
        add_ramp(&palette, theme->class_edge[k], theme->region[k], classes > 4 ? 3 : 4);
        add_ramp(&palette, test_color(theme, k, theme->class_fill[k]), test_color(theme, k, theme->class_edge[k]),
                 classes > 4 ? 1 : 2);
        add_ramp(&palette, theme->hard_edge, theme->region[k], classes > 4 ? 3 : 4);
        add_ramp(&palette, color_mix(theme->region[k], theme->card, 0.88f), theme->line, 2);
    }
    /* What is left goes to the regions, where steps would be seen most. */
    if (palette.count < most) {
        int levels = (int)((most - palette.count) / (size_t)classes);
        for (int k = 0; k < classes; k++)
            add_ramp(&palette, theme->region_neutral, theme->region[k],
                     levels < PALETTE_LEVELS ? levels : PALETTE_LEVELS);
    }
    return palette.count;
}

void plot_title(Canvas *canvas, Text *text, const Theme *theme, Rect area, float scale, const char *title) {
    float pad = 8 * scale, height = roundf(22 * scale);
    float width = fminf(ceilf(text_width(text, TEXT_MEDIUM, title)) + 2 * pad, area.w);
    Rect chip = {roundf(area.x + (area.w - width) / 2), roundf(area.y + area.h - height - 8 * scale), width, height};
    canvas_rounded(canvas, chip, 4 * scale, theme->card);
    Rect inside = {chip.x + pad, chip.y, chip.w - 2 * pad + 1, chip.h};
    text_draw_in(text, canvas, TEXT_MEDIUM, inside, ALIGN_CENTER, theme->text, title);
}
