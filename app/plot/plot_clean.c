#include "app/plot/plot_private.h"

#include <math.h>

enum { HURTS, HELPS };

static const float WEAKEST = 0.28f; /* the palest tone, from the ground (0) to the colour itself (1) */

Color plot_influence_color(const Theme *theme, float at) {
    float strength = fminf(fabsf(at), 1);
    return color_mix(theme->region_neutral, at < 0 ? theme->hurts : theme->helps, WEAKEST + (1 - WEAKEST) * strength);
}

/* A weak tone needs an edge towards the text's colour, so that the mark stands out on all regions. */
Color plot_influence_edge(const Theme *theme, float at) {
    float weak = 0.6f * (1 - fminf(fabsf(at), 1));
    return color_mix(plot_influence_color(theme, at), theme->text, at < 0 ? weak : fmaxf(weak, 0.45f));
}

/* Where a step of the marks' tones lies, from -1 to 1. */
static float place_of_step(int step) {
    return ((float)step - (INFLUENCE_STEPS - 1) / 2.0f) / ((INFLUENCE_STEPS - 1) / 2.0f);
}

void plot_clean_sprites_free(Plot *plot) {
    for (int k = 0; k < MAX_CLASSES; k++)
        for (int step = 0; step < INFLUENCE_STEPS; step++)
            mark_free(&plot->influence[k][step]);
    for (int k = 0; k < MAX_CLASSES; k++)
        for (int side = HURTS; side <= HELPS; side++) {
            mark_free(&plot->legend.influence[side][k]);
            mark_free(&plot->key.influence[side][k]);
        }
    mark_free(&plot->flag);
    mark_free(&plot->legend.flag);
    mark_free(&plot->key.flag);
}

/* Sign by fill, strength by tone. */
static bool make_mark(const Drawing *d, MarkSprite *sprite, int k, float size, int step, Status *status) {
    const Theme *theme = d->theme;
    bool helps = step >= INFLUENCE_STEPS / 2;
    float at = place_of_step(step);
    float line = fminf(helps ? 0.85f * d->scale : 1.4f * d->scale, size * (helps ? 0.3f : 0.42f));
    return mark_make(sprite, mark_shape(k), size, line, helps ? plot_influence_color(theme, at) : theme->hard_fill,
                     plot_influence_edge(theme, at), status);
}

static bool make_influence(const Drawing *d, int k, Status *status) {
    Plot *plot = d->plot;
    float size = plot->sprite_radius * d->scale;
    bool made = true;
    for (int step = 0; step < INFLUENCE_STEPS && made; step++)
        made = make_mark(d, &plot->influence[k][step], k, size, step, status);
    for (int side = HURTS; side <= HELPS && made; side++) {
        int step = side == HELPS ? INFLUENCE_STEPS - 1 : 0;
        made = make_mark(d, &plot->legend.influence[side][k], k, 2.9f * d->scale, step, status) &&
               make_mark(d, &plot->key.influence[side][k], k, 4.2f * d->scale, step, status);
    }
    return made;
}

static bool make_flag(const Drawing *d, MarkSprite *sprite, float radius, Status *status) {
    return mark_make(sprite, MARK_FLAG, radius * d->scale, -1.0f * d->scale, d->theme->text,
                     color_alpha(d->theme->card, 0.85f), status);
}

static bool has_clean(const Drawing *d) {
    return d->snapshot->clean && d->snapshot->clean->count > 0;
}

static bool update(const Drawing *d, Status *status) {
    Plot *plot = d->plot;
    if (has_clean(d) && !plot->key.flag.pixels &&
        !(make_flag(d, &plot->flag, 3.0f, status) && make_flag(d, &plot->legend.flag, 2.4f, status) &&
          make_flag(d, &plot->key.flag, 3.0f, status)))
        return false;
    if (d->options->color != PLOT_COLOR_INFLUENCE)
        return true;
    for (int k = 0; k < MAX_CLASSES; k++)
        if (plot->present[k] && !plot->key.influence[HELPS][k].pixels && !make_influence(d, k, status))
            return false;
    return true;
}

bool plot_clean_sprites_update(const Drawing *d, Status *status) {
    bool made = update(d, status);
    if (!made)
        plot_sprites_free(d->plot);
    return made;
}

const MarkSprite *plot_influence_sprite(const Drawing *d, size_t i) {
    static const float ENDS[] = {0.003f, 0.03f, 0.3f}; /* of the greatest: where a stronger tone begins */
    float value = d->ramp.value[i], strength = fabsf(value) / (float)d->ramp.high;
    int tone = 0;
    for (size_t k = 0; k < sizeof ENDS / sizeof *ENDS; k++)
        tone += strength >= ENDS[k];
    int step = value < 0 ? INFLUENCE_STEPS / 2 - 1 - tone : INFLUENCE_STEPS / 2 + tone;
    return &d->plot->influence[d->snapshot->data->label[i]][step];
}

/* Marks first, then the flags: no mark hides one. */
void plot_clean_draw(const Drawing *d) {
    const Plot *plot = d->plot;
    if (!has_clean(d) || d->options->hidden.clean)
        return;
    const Dataset *clean = d->snapshot->clean;
    ToScreen t = to_screen(d->camera);
    float margin = 20 * d->scale;
    for (int flags = 0; flags < 2; flags++)
        for (size_t i = 0; i < clean->count; i++) {
            const MarkSprite *sprite = flags ? &plot->flag : &plot->easy[clean->label[i]];
            float x, y;
            if (sprite->pixels && place_of(d, &t, margin, clean, i, &x, &y))
                mark_draw(d->canvas, sprite, x, y);
        }
}
