#include "app/plot/plot_private.h"

#include <math.h>

#define LEGEND_MARK 2.9f /* radius of the marks in a legend and ... */
#define KEY_MARK 4.2f    /* ... in the key, logical pixels */

static void free_signs(Signs *signs) {
    for (int k = 0; k < MAX_CLASSES; k++) {
        mark_free(&signs->easy[k]);
        mark_free(&signs->hard[k]);
        for (int i = 0; i < PLOT_SOFT_SIGNS; i++)
            mark_free(&signs->soft[k][i]);
        mark_free(&signs->test[k]);
        mark_free(&signs->ramp[0][k]);
        mark_free(&signs->ramp[1][k]);
    }
}

void plot_sprites_free(Plot *plot) {
    free_signs(&plot->legend);
    free_signs(&plot->key);
    for (int k = 0; k < MAX_CLASSES; k++) {
        mark_free(&plot->easy[k]);
        mark_free(&plot->hard[k]);
        mark_free(&plot->test[k]);
        for (int step = 0; step < V_STEPS - 1; step++)
            mark_free(&plot->soft[k][step]);
        for (int i = 0; i < RAMP; i++) {
            mark_free(&plot->ramp[0][k][i]);
            mark_free(&plot->ramp[1][k][i]);
        }
    }
    mark_free(&plot->halo);
    plot_clean_sprites_free(plot);
    plot->sprite_theme = NULL;
}

/* Half the height of a mark in logical pixels: 2.75 for the post's 10,000 points in a window, more for few points
 * and less for many, so that the structure of a crowd stays visible. */
static float mark_radius(const Drawing *d) {
    double count = (double)d->snapshot->data->count;
    double pixels = (double)d->area.w * (double)d->area.h / ((double)d->scale * (double)d->scale);
    double radius = 2.75 * pow(10000 / count, 0.18) * fmin(fmax(pow(pixels / 400000, 0.25), 0.75), 1.15);
    radius = fmin(fmax(radius, 1.3), 4);
    return (float)(round(radius * 20) / 20); /* a window being resized does not make new ones all the time */
}

Color plot_ramp(const Theme *theme, float share) {
    /* Viridis (Smith, van der Walt and Firing 2015) at eighths. */
    static const Color ANCHORS[] = {0xff440154, 0xff472d7b, 0xff3b528b, 0xff2c728e, 0xff21918c,
                                    0xff28ae80, 0xff5ec962, 0xffaddc30, 0xfffde725};
    enum { LAST = sizeof ANCHORS / sizeof *ANCHORS - 1 };
    bool dark_ground = (theme->ground >> 8 & 255) < 128;
    share = share > 0 ? fminf(share, 1) : 0;
    /* its darkest third would not be seen on a dark ground */
    float at = (dark_ground ? 0.35f + 0.65f * share : 1 - share) * (float)LAST;
    int below = at < (float)LAST ? (int)at : LAST - 1;
    return color_mix(ANCHORS[below], ANCHORS[below + 1], at - (float)below);
}

float plot_mark_radius(const Plot *plot) {
    return plot->sprite_theme ? plot->sprite_radius * plot->sprite_scale : 0;
}

/* Marks in the ramp's colours for the classes present that have none yet. */
static bool update_ramp_sprites(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    float radius = plot->sprite_radius, size = radius * d->scale;
    float line = fminf(0.85f, radius * 0.36f) * d->scale;
    for (int k = 0; k < MAX_CLASSES; k++) {
        if (!plot->present[k] || plot->key.ramp[1][k].pixels)
            continue;
        bool made = true;
        for (int easy = 0; easy < 2 && made; easy++) {
            /* hard ones have a pale edge */
            Color edge = easy ? 0xff0a0e14 : color_mix(theme_hard_edge(d->theme, k), d->theme->card, 0.35f);
            for (int i = 0; i < RAMP && made; i++)
                made = mark_make(&plot->ramp[easy][k][i], mark_shape(k), size, line,
                                 plot_ramp(d->theme, (float)i / (RAMP - 1)), edge, status);
            made = made &&
                   mark_make(&plot->legend.ramp[easy][k], mark_shape(k), LEGEND_MARK * d->scale, 0.85f * d->scale,
                             d->theme->muted, edge, status) &&
                   mark_make(&plot->key.ramp[easy][k], mark_shape(k), KEY_MARK * d->scale, d->scale, d->theme->muted,
                             edge, status);
        }
        if (!made) {
            plot_sprites_free(plot);
            return false;
        }
    }
    return true;
}

Color plot_test_color(const Theme *theme, int k, Color of_others) {
    return color_mix(theme->region[k], of_others, 0.45f);
}

/* Marks of test points, if there are any: smaller than the others and paler. */
static bool update_test_sprites(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    const Dataset *test = d->snapshot->test;
    if (!test || test->count == 0 || plot->key.test[MAX_CLASSES - 1].pixels)
        return true;
    float radius = 0.8f * plot->sprite_radius, line = fminf(0.7f, radius * 0.3f) * d->scale;
    for (int k = 0; k < MAX_CLASSES; k++) {
        Color fill = plot_test_color(d->theme, k, d->theme->class_fill[k]);
        Color edge = plot_test_color(d->theme, k, d->theme->class_edge[k]);
        if (!mark_make(&plot->test[k], mark_shape(k), radius * d->scale, line, fill, edge, status) ||
            !mark_make(&plot->legend.test[k], mark_shape(k), 0.8f * LEGEND_MARK * d->scale, 0.7f * d->scale, fill, edge,
                       status) ||
            !mark_make(&plot->key.test[k], mark_shape(k), 0.8f * KEY_MARK * d->scale, 0.8f * d->scale, fill, edge,
                       status)) {
            plot_sprites_free(plot);
            return false;
        }
    }
    return true;
}

void plot_soft_colors(const Theme *theme, int k, int step, Color *fill, Color *edge) {
    float v = (float)step / V_STEPS;
    *fill = color_mix(theme->hard_fill, theme->class_fill[k], v);
    /* A dark edge that lies outside says "easy"; until then the edge is the rim of the fill that comes. */
    *edge = color_mix(theme_hard_edge(theme, k), theme->edge_outside ? theme->class_fill[k] : theme->class_edge[k], v);
}

/* Marks between hollow and full, while the weights are soft. */
static bool update_soft_sprites(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    if (d->snapshot->settings->regularizer == REGULARIZER_HARD)
        return true;
    float radius = plot->sprite_radius, line = fminf(0.85f, radius * 0.36f) * d->scale;
    for (int k = 0; k < MAX_CLASSES; k++) {
        if ((k > 0 && !plot->present[k]) || plot->key.soft[k][0].pixels)
            continue;
        Color fill, edge;
        bool made = true;
        for (int step = 1; step < V_STEPS && made; step++) {
            float v = (float)step / V_STEPS, hard = d->theme->hard_size;
            float size = radius * (hard + (d->theme->easy_size - hard) * v) * d->scale;
            plot_soft_colors(d->theme, k, step, &fill, &edge);
            made = mark_make(&plot->soft[k][step - 1], mark_shape(k), size, line, fill, edge, status);
        }
        for (int i = 0; i < PLOT_SOFT_SIGNS && made; i++) {
            plot_soft_colors(d->theme, k, V_STEPS * (i + 1) / (PLOT_SOFT_SIGNS + 1), &fill, &edge);
            made = mark_make(&plot->key.soft[k][i], mark_shape(k), KEY_MARK * d->scale, d->scale, fill, edge, status) &&
                   mark_make(&plot->legend.soft[k][i], mark_shape(k), LEGEND_MARK * d->scale, 0.85f * d->scale, fill,
                             edge, status);
        }
        if (!made) {
            plot_sprites_free(plot);
            return false;
        }
    }
    return true;
}

/* What not every plot needs. */
static bool update_more_sprites(const Drawing *d, Status *status) {
    return (d->options->color == PLOT_COLOR_CLASS || update_ramp_sprites(d, status)) &&
           update_soft_sprites(d, status) && update_test_sprites(d, status) && plot_clean_sprites_update(d, status);
}

/* Marks of the classes present (and of the first, which stands for all hard points in a long legend) that have none
 * yet. */
bool plot_sprites_update(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    float radius = mark_radius(d);
    if (plot->sprite_theme != d->theme || plot->sprite_scale != d->scale || plot->sprite_radius != radius)
        plot_sprites_free(plot);
    plot->sprite_theme = d->theme;
    plot->sprite_scale = d->scale;
    plot->sprite_radius = radius;
    float size = radius * d->scale, line = fminf(0.85f, radius * 0.36f) * d->scale;
    float legend_size = LEGEND_MARK * d->scale, legend_line = 0.85f * d->scale, key_size = KEY_MARK * d->scale;
    float easy = d->theme->easy_size, hard = d->theme->hard_size, side = d->theme->edge_outside ? -1.0f : 1.0f;
    for (int k = 0; k < MAX_CLASSES; k++) {
        if ((k > 0 && !plot->present[k]) || plot->key.hard[k].pixels)
            continue;
        Color fill = d->theme->class_fill[k], edge = d->theme->class_edge[k];
        Color hard_fill = d->theme->hard_fill, hard_edge = theme_hard_edge(d->theme, k);
        if (!mark_make(&plot->easy[k], mark_shape(k), easy * size, side * line, fill, edge, status) ||
            !mark_make(&plot->hard[k], mark_shape(k), hard * size, line, hard_fill, hard_edge, status) ||
            !mark_make(&plot->legend.easy[k], mark_shape(k), easy * legend_size, side * legend_line, fill, edge,
                       status) ||
            !mark_make(&plot->legend.hard[k], mark_shape(k), hard * legend_size, legend_line, hard_fill, hard_edge,
                       status) ||
            !mark_make(&plot->key.easy[k], mark_shape(k), easy * key_size, side * d->scale, fill, edge, status) ||
            !mark_make(&plot->key.hard[k], mark_shape(k), hard * key_size, d->scale, hard_fill, hard_edge, status)) {
            plot_sprites_free(plot);
            return false;
        }
    }
    return update_more_sprites(d, status);
}
