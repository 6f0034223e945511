#include "app/views/network_picture.h"

#include "core/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GROUND_STEP 4 /* pixels between its nodes */

/* Fewer multiplications than this are done before another thread wakes up. */
#define PARALLEL_MIN (1 << 20)

#define FINE_MOST 4000 /* parameters of a model whose large tiles are computed at twice the nodes each way */

void network_picture_free(NetworkPicture *picture) {
    free(picture->tiles_of.parameters);
    free(picture->ground_of.parameters);
    free(picture->tiles);
    field_free(&picture->field);
    contour_free(&picture->contour);
    canvas_free(&picture->ground);
    *picture = (NetworkPicture){0};
}

bool network_has_unit(const Mlp *mlp, NetworkUnit of) {
    return of.layer >= 0 && of.layer <= mlp->layers && of.unit >= 0 && of.unit < mlp->sizes[of.layer];
}

/* ---- what is kept ---- */

static NetworkKey make_key(const Camera *camera, const Snapshot *snapshot) {
    NetworkKey key;
    memset(&key, 0, sizeof key); /* keys are compared byte by byte */
    memcpy(&key.mlp, snapshot->mlp, sizeof key.mlp);
    key.center_x = camera->center_x;
    key.center_y = camera->center_y;
    key.world_scale = camera->scale;
    key.stretch = camera->stretch;
    key.view = camera->view;
    return key;
}

static bool is_kept(const NetworkCache *cache, const NetworkKey *key, const float *parameters) {
    return cache->valid && memcmp(&cache->key, key, sizeof *key) == 0 &&
           memcmp(cache->parameters, parameters, key->mlp.parameters * sizeof *parameters) == 0;
}

/* Notes what a picture was made of; without memory for that, it is made again each time. */
static void keep(NetworkCache *cache, const NetworkKey *key, const float *parameters) {
    size_t count = key->mlp.parameters;
    if (count > cache->capacity) {
        free(cache->parameters);
        cache->parameters = malloc(count * sizeof *parameters);
        cache->capacity = cache->parameters ? count : 0;
    }
    cache->valid = cache->parameters != NULL;
    if (!cache->valid)
        return;
    memcpy(cache->parameters, parameters, count * sizeof *parameters);
    memcpy(&cache->key, key, sizeof *key);
}

/* ---- heat ---- */

void network_heat_colors(const Theme *theme, const Mlp *mlp, NetworkUnit of, float strength,
                         Color colors[NETWORK_HEAT]) {
    bool class = of.layer == mlp->layers;
    Color positive = class ? theme->class_fill[of.unit] : theme->accent;
    Color negative = class ? color_mix(theme->region_neutral, theme->hard_edge, 0.55f) : theme->class_fill[1];
    for (int i = 0; i < NETWORK_HEAT; i++) {
        float share = (float)(i - NETWORK_HEAT / 2) / (NETWORK_HEAT / 2);
        colors[i] =
            color_mix(theme->region_neutral, share < 0.0f ? negative : positive, fabsf(share) * strength) | 0xff000000;
    }
}

void network_draw_dashed(Canvas *canvas, const float *points, size_t n, float on, float off, float width, Color color) {
    float dash[64];
    size_t count = 0;
    float left = on; /* of the dash or the gap */
    bool drawing = true;
    for (size_t i = 0; i + 1 < n; i++) {
        float x = points[2 * i], y = points[2 * i + 1], dx = points[2 * i + 2] - x, dy = points[2 * i + 3] - y;
        float length = sqrtf(dx * dx + dy * dy), done = 0.0f;
        if (!(length > 0.0f))
            continue;
        if (drawing && count == 0) {
            dash[0] = x;
            dash[1] = y;
            count = 1;
        }
        while (done < length) {
            float part = fminf(left, length - done);
            done += part;
            left -= part;
            float px = x + dx * done / length, py = y + dy * done / length;
            bool ends = left <= 0.0f;
            if (drawing) {
                dash[2 * count] = px;
                dash[2 * count + 1] = py;
                count++;
                if (ends || 2 * count + 2 > sizeof dash / sizeof *dash) {
                    canvas_polyline(canvas, dash, count, width, color);
                    dash[0] = px;
                    dash[1] = py;
                    count = 1;
                }
            }
            if (!ends)
                continue;
            drawing = !drawing;
            left = drawing ? on : off;
            dash[0] = px;
            dash[1] = py;
            count = drawing ? 1 : 0;
        }
    }
    if (drawing && count > 1)
        canvas_polyline(canvas, dash, count, width, color);
}

/* ---- what units answer ---- */

/* How far a class's score is above the highest of the others; 0 at its border. */
static float margin_of(const float *scores, size_t stride, int classes, int class) {
    float other = -INFINITY;
    for (int k = 0; k < classes; k++)
        if (k != class)
            other = fmaxf(other, scores[(size_t)k * stride]);
    return scores[(size_t) class * stride] - other;
}

/* Activations are shown from -top to top: tanh has its own range, for others top is the largest in the picture. */
static float range_of(const Mlp *mlp, int layer, const float *values, size_t count) {
    if (layer == mlp->layers || (layer > 0 && mlp->activation == ACTIVATION_TANH))
        return 1.0f;
    float top = 0.0f;
    for (size_t i = 0; i < count; i++)
        top = isfinite(values[i]) ? fmaxf(top, fabsf(values[i])) : top;
    return top > 0.0f ? top : 1.0f;
}

typedef struct TileRows {
    NetworkPicture *picture;
    const Mlp *mlp;
    const float *parameters;
    const Camera *camera;
} TileRows;

static void compute_tile_row(void *context, size_t row) {
    const TileRows *t = context;
    const Mlp *mlp = t->mlp;
    const Rect view = t->camera->view;
    size_t columns = (size_t)t->picture->columns, rows = (size_t)t->picture->rows, nodes = columns * rows;
    float units[MLP_MAX_UNITS];
    int scores = 0;
    for (int l = 1; l < mlp->layers; l++)
        scores += mlp->sizes[l];
    for (size_t column = 0; column < columns; column++) {
        double world[2];
        camera_world_exact(t->camera, (double)view.x + (double)view.w * (double)column / (double)(columns - 1),
                           (double)view.y + (double)view.h * (double)row / (double)(rows - 1), world);
        float *out = t->picture->tiles + row * columns + column;
        for (int axis = 0; axis < MLP_INPUTS; axis++, out += nodes)
            *out = mlp_input(mlp, axis, (float)world[axis]);
        mlp_activations(mlp, t->parameters, (float)world[0], (float)world[1], units);
        for (int u = 0; u < scores; u++, out += nodes)
            *out = units[u];
        for (int k = 0; k < mlp_classes(mlp); k++, out += nodes)
            *out = tanhf(margin_of(units + scores, 1, mlp_classes(mlp), k) / 2);
    }
}

/* Room for the tiles of a model; false without memory. */
static bool make_tiles(NetworkPicture *picture, const Mlp *mlp) {
    size_t units = 0;
    for (int l = 0; l <= mlp->layers; l++)
        units += (size_t)mlp->sizes[l];
    size_t count = units * (size_t)picture->columns * (size_t)picture->rows;
    if (count <= picture->tiles_capacity)
        return true;
    free(picture->tiles);
    picture->tiles = malloc(count * sizeof *picture->tiles);
    picture->tiles_capacity = picture->tiles ? count : 0;
    return picture->tiles != NULL;
}

const float *network_tiles(NetworkPicture *picture, const Camera *camera, const Snapshot *snapshot, bool large) {
    const Mlp *mlp = snapshot->mlp;
    int finer = large && mlp->parameters <= FINE_MOST ? 2 : 1;
    NetworkKey key = make_key(camera, snapshot);
    key.columns = finer * NETWORK_COLUMNS;
    if (is_kept(&picture->tiles_of, &key, snapshot->parameters))
        return picture->tiles;
    picture->tiles_of.valid = false;
    picture->columns = key.columns;
    picture->rows = finer * NETWORK_ROWS;
    if (!make_tiles(picture, mlp))
        return NULL;
    size_t nodes = (size_t)picture->columns * (size_t)picture->rows;
    TileRows rows = {picture, mlp, snapshot->parameters, camera};
    if (mlp->parameters * nodes >= PARALLEL_MIN)
        parallel_for((size_t)picture->rows, compute_tile_row, &rows);
    else
        for (size_t row = 0; row < (size_t)picture->rows; row++)
            compute_tile_row(&rows, row);
    float *values = picture->tiles;
    for (int l = 0; l <= mlp->layers; l++)
        for (int u = 0; u < mlp->sizes[l]; u++, values += nodes) {
            float top = range_of(mlp, l, values, nodes);
            for (size_t i = 0; i < nodes; i++)
                values[i] /= top;
        }
    keep(&picture->tiles_of, &key, snapshot->parameters);
    return picture->tiles;
}

/* A model of two classes whose first score is 0 and whose second is the sum that goes into a unit, so that their border
 * is the unit's zero line; or, for a score, the whole model. The block is the caller's to free. */
static float *unit_model(const Mlp *mlp, const float *parameters, NetworkUnit of, Mlp *model) {
    if (of.layer == mlp->layers)
        *model = *mlp;
    else
        mlp_shape(model, mlp->sizes + 1, of.layer > 0 ? of.layer - 1 : 0, 2, mlp->activation);
    model->scaling = mlp->scaling;
    float *block = calloc(model->padded, sizeof *block);
    if (!block)
        return NULL;
    if (of.layer == mlp->layers) {
        memcpy(block, parameters, mlp->parameters * sizeof *block);
        return block;
    }
    int last = model->layers - 1;
    size_t in = (size_t)model->sizes[last];
    float *weights = block + model->weights[last] + in;
    if (of.layer == 0) {
        weights[of.unit] = 1.0f;
        return block;
    }
    memcpy(block, parameters, mlp->weights[last] * sizeof *block); /* the layers below it are the same */
    memcpy(weights, parameters + mlp->weights[last] + (size_t)of.unit * in, in * sizeof *weights);
    block[model->biases[last] + 1] = parameters[mlp->biases[last] + (size_t)of.unit];
    return block;
}

/* The field of the unit's activation in its first plane; its zero line if it has one. */
static bool compute_unit(NetworkPicture *picture, NetworkUnit of, const Camera *camera, const Snapshot *snapshot) {
    const Mlp *mlp = snapshot->mlp;
    Field *field = &picture->field;
    Status status = {0};
    Mlp model;
    Rect view = camera->view;
    int columns = ((int)view.w + GROUND_STEP - 2) / GROUND_STEP + 1,
        rows = ((int)view.h + GROUND_STEP - 2) / GROUND_STEP + 1;
    columns = columns < 2 ? 2 : columns;
    rows = rows < 2 ? 2 : rows;
    float *block = unit_model(mlp, snapshot->parameters, of, &model);
    if (!block || !field_resize(field, columns, rows, mlp_classes(&model), &status)) {
        free(block);
        return false;
    }
    double corner[2];
    camera_world_exact(camera, (double)view.x + 0.5, (double)view.y + 0.5, corner);
    double distance = GROUND_STEP / camera->scale, down = GROUND_STEP / camera_scale_y(camera);
    field_compute(field, &model, block, corner[0], corner[1], distance, -down);
    free(block);

    size_t nodes = (size_t)columns * (size_t)rows;
    float *values = field->scores, *sums = field->scores + nodes;
    picture->contour.line_count = 0; /* a score's is the decision boundary, which the plot draws */
    if (of.layer == mlp->layers) {
        for (size_t i = 0; i < nodes; i++)
            values[i] = tanhf(margin_of(values + i, nodes, mlp_classes(mlp), of.unit) / 2);
    } else {
        if (!contour_trace(&picture->contour, field, &status))
            return false;
        bool relu = mlp->activation == ACTIVATION_RELU;
        for (size_t i = 0; i < nodes; i++)
            values[i] = of.layer == 0 ? sums[i] : relu ? fmaxf(sums[i], 0.0f) : tanhf(sums[i]);
    }
    picture->ground_top = range_of(mlp, of.layer, values, nodes);
    for (size_t i = 0; i < nodes; i++)
        values[i] /= picture->ground_top;
    return true;
}

/* ---- the ground ---- */

typedef struct GroundRows {
    const Field *field;
    Canvas *canvas;
    Color colors[NETWORK_HEAT];
} GroundRows;

static void color_ground_row(void *context, size_t row) {
    const GroundRows *g = context;
    const Field *field = g->field;
    uint32_t *out = g->canvas->pixels + row * (size_t)g->canvas->width;
    size_t columns = (size_t)field->columns, upper = row / GROUND_STEP;
    size_t lower = upper + 1 < (size_t)field->rows ? upper + 1 : upper;
    const float *above = field->scores + upper * columns, *below = field->scores + lower * columns;
    float share = (float)(row % GROUND_STEP) / GROUND_STEP;
    for (int x = 0; x < g->canvas->width; x++) {
        size_t left = (size_t)(x / GROUND_STEP), right = left + 1 < columns ? left + 1 : left;
        float a = above[left] + (below[left] - above[left]) * share;
        float b = above[right] + (below[right] - above[right]) * share;
        out[x] = network_heat(g->colors, a + (b - a) * (float)(x % GROUND_STEP) / GROUND_STEP);
    }
}

static void draw_zero_line(NetworkPicture *picture, const Theme *theme, float scale) {
    Contour *contour = &picture->contour;
    for (size_t i = 0; i < 2 * contour->point_count; i++)
        contour->points[i] = contour->points[i] * GROUND_STEP + 0.5f;
    for (size_t k = 0; k < contour->line_count; k++)
        network_draw_dashed(&picture->ground, contour->points + 2 * contour->starts[k],
                            contour->starts[k + 1] - contour->starts[k], 5.0f * scale, 4.0f * scale, 1.25f * scale,
                            color_alpha(theme->text, 0.75f));
}

const uint32_t *network_ground_picture(NetworkPicture *picture, NetworkUnit of, const Theme *theme, float scale,
                                       const Camera *camera, const Snapshot *snapshot) {
    if (!network_has_unit(snapshot->mlp, of) || !snapshot_is_finite(snapshot) || camera->view.w < 1.0f ||
        camera->view.h < 1.0f)
        return NULL;
    NetworkKey key = make_key(camera, snapshot);
    key.unit = of;
    key.theme = theme;
    key.scale = scale;
    if (is_kept(&picture->ground_of, &key, snapshot->parameters))
        return picture->ground.pixels;
    picture->ground_of.valid = false;
    Status status = {0};
    int width = (int)camera->view.w, height = (int)camera->view.h;
    if (((width != picture->ground.width || height != picture->ground.height) &&
         !canvas_resize(&picture->ground, width, height, &status)) ||
        !compute_unit(picture, of, camera, snapshot))
        return NULL;
    GroundRows rows = {.field = &picture->field, .canvas = &picture->ground};
    network_heat_colors(theme, snapshot->mlp, of, NETWORK_GROUND_STRENGTH, rows.colors);
    parallel_for((size_t)height, color_ground_row, &rows);
    draw_zero_line(picture, theme, scale);
    keep(&picture->ground_of, &key, snapshot->parameters);
    return picture->ground.pixels;
}
