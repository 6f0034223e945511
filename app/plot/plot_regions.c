#include "app/plot/plot_private.h"

#include "core/parallel.h"

#include <math.h>
#include <string.h>

/* Confidence levels of a region: steps of colour that no eye sees, and few enough for a palette. */
#define LEVELS 64
/* Above this difference of scores the confidence is as good as 1. */
#define MARGIN_FULL 6.0f
/* Entries of the colour table for two classes: 0 is for NaN, the middle for equal scores. */
#define TWO_SIDED (2 * MARGIN_STEPS + 1)

#define STRAIGHT 0.02f /* pixels by which the drawn boundary may miss the traced one */
#define BLOCK 256      /* pixels of a row that are coloured at a time, on the stack; at least PLOT_MAX_STEP */

/* From so many scores on pixels on, several threads colour the regions; less is done before another thread wakes. */
#define PARALLEL_MIN (1 << 19)

void plot_levels_init(uint8_t levels[MARGIN_STEPS]) {
    for (int i = 0; i < MARGIN_STEPS; i++) {
        /* (p1 - p2)/(p1 + p2) of the two most likely classes is tanh of half their scores' difference. */
        double margin = (i + 0.5) * (double)MARGIN_FULL / MARGIN_STEPS;
        double level = tanh(margin / 2) / tanh((double)MARGIN_FULL / 2) * (LEVELS - 1);
        levels[i] = (uint8_t)lround(level);
    }
}

/* ---- Field and contour ---- */

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

/* Node (c, r) lies on the centre of the area's pixel (c step, r step). */
bool plot_field_update(const Drawing *d, Status *status) {
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
    double y0 = camera->center_y - ((double)d->area.y + 0.5 - middle_y) / camera_scale_y(camera);
    double distance = step / camera->scale, down = step / camera_scale_y(camera);
    size_t bytes = mlp->parameters * sizeof(float);

    if (plot->field_valid && field->columns == columns && field->rows == rows && field->x0 == x0 && field->y0 == y0 &&
        field->dx == distance && field->dy == -down && same_shape(&plot->field_mlp, mlp) &&
        memcmp(plot->field_parameters, d->snapshot->parameters, bytes) == 0)
        return true;

    plot->field_valid = false;
    float *parameters =
        make_room(plot->field_parameters, &plot->field_parameters_capacity, mlp->parameters, sizeof(float));
    if (!parameters)
        return status_no_memory(status, "the plot");
    plot->field_parameters = parameters;
    if (!field_resize(field, columns, rows, mlp_classes(mlp), status))
        return false;
    field_compute(field, mlp, d->snapshot->parameters, x0, y0, distance, -down);
    if (!contour_trace(&plot->contour, field, status))
        return false;
    contour_simplify(&plot->contour, STRAIGHT / (float)step);
    memcpy(plot->field_parameters, d->snapshot->parameters, bytes);
    plot->field_mlp = *mlp;
    plot->field_valid = true;
    return true;
}

/* ---- Regions ---- */

/* Values at pixels from those at nodes: `step` pixels for each of `count` intervals between neighbouring nodes. */
static inline __attribute__((always_inline)) void spread_by(const float *restrict node, int count, int step,
                                                            float *restrict pixel) {
    for (int i = 0; i < count; i++)
        for (int k = 0; k < step; k++)
            pixel[i * step + k] = node[i] + (node[i + 1] - node[i]) * ((float)k / (float)step);
}

static void spread(const float *node, int count, int step, float *pixel) {
    switch (step) { /* constant steps vectorise */
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

/* What is the same for all rows. */
typedef struct Regions {
    const Field *field;
    int step;
    int width;           /* of the area */
    const Color *colors; /* two classes: TWO_SIDED entries; more: MARGIN_STEPS for each class */
    Canvas *canvas;
    int x0, y0;           /* the area's corner on the canvas */
    int left, right, top; /* its visible columns and first visible row on the canvas */
    int block;            /* pixels coloured at a time, a multiple of step */
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

    size_t last = columns - node_first; /* nodes that exist; the one past the border repeats the last */
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
        t = t >= 1 ? t : 0; /* NaN */
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
        t = t >= 0 ? t : 0; /* NaN, too */
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

void plot_regions_draw(const Drawing *d) {
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
    Box clip = canvas_clip(canvas);
    int top = y0 > clip.y0 ? y0 : clip.y0, bottom = y1 < clip.y1 ? y1 : clip.y1;
    Regions regions = {.field = &plot->field,
                       .step = d->step,
                       .width = x1 - x0,
                       .colors = colors,
                       .canvas = canvas,
                       .x0 = x0,
                       .y0 = y0,
                       .left = x0 > clip.x0 ? x0 : clip.x0,
                       .right = x1 < clip.x1 ? x1 : clip.x1,
                       .top = top,
                       .block = BLOCK / d->step * d->step};
    size_t rows = top < bottom ? (size_t)(bottom - top) : 0;
    if (rows * (size_t)d->area.w * (size_t)classes >= PARALLEL_MIN)
        parallel_for(rows, color_row, &regions);
    else
        for (size_t row = 0; row < rows; row++)
            color_row(&regions, row);
}

/* ---- Boundary ---- */

/* With a light seam, so that the line stands out from the points below it. */
bool plot_boundary_draw(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    const Contour *contour = &plot->contour;
    float step = (float)d->step, x = d->area.x + 0.5f, y = d->area.y + 0.5f;
    float *line = make_room(plot->line, &plot->line_capacity, contour->point_count, 2 * sizeof(float));
    if (!line)
        return status_no_memory(status, "the plot");
    plot->line = line;
    for (size_t i = 0; i < contour->point_count; i++) {
        line[2 * i] = x + step * contour->points[2 * i];
        line[2 * i + 1] = y + step * contour->points[2 * i + 1];
    }
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < contour->line_count; k++)
            canvas_polyline(d->canvas, line + 2 * contour->starts[k], contour->starts[k + 1] - contour->starts[k],
                            (pass ? 2 : 4) * d->scale,
                            pass ? d->theme->boundary : color_alpha(d->theme->region_neutral, 0.5f));
    return true;
}
