#include "app/plot/plot_private.h"

#include "app/base/language.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Logical pixels around the plotted area. */
#define ROOM_LEFT 44.0f
#define ROOM_TOP 14.0f
#define ROOM_RIGHT 15.0f
#define ROOM_BESIDE 2.0f /* on the right, where something stands there with room of its own */
#define ROOM_BOTTOM 29.0f
#define ROOM_CAPTION 18.0f /* more at the top, for the caption */

#define PLANE_STEP 4 /* pixels between nodes of a field that is a plane */

Plot *plot_new(Status *status) {
    Plot *plot = calloc(1, sizeof *plot);
    if (!plot) {
        status_no_memory(status, "the plot");
        return NULL;
    }
    plot_levels_init(plot->levels);
    return plot;
}

void plot_free(Plot *plot) {
    if (!plot)
        return;
    plot_sprites_free(plot);
    field_free(&plot->field);
    contour_free(&plot->contour);
    free(plot->field_parameters);
    free(plot->line);
    free(plot->layer.pixels);
    free(plot->topmost);
    free(plot->cells);
    free(plot);
}

Rect plot_area(const PlotOptions *options, Rect outer) {
    float scale = options->scale;
    /* in a small picture the numbers keep their room and the rest gives way */
    float tight = fminf(1, fminf(outer.w, outer.h) / (220 * scale));
    float left = ROOM_LEFT * scale * fmaxf(tight, 0.8f);
    float right = (options->beside ? ROOM_BESIDE : ROOM_RIGHT) * scale * tight + options->legend_room;
    float top =
        (ROOM_TOP * tight + (options->caption ? ROOM_CAPTION : 0) + (options->name_row ? ROOM_NAME : 0)) * scale;
    float bottom = ROOM_BOTTOM * scale * fmaxf(tight, 0.8f);
    float x0 = ceilf(outer.x + left), y0 = ceilf(outer.y + top);
    float x1 = floorf(outer.x + outer.w - right), y1 = floorf(outer.y + outer.h - bottom);
    return (Rect){x0, y0, fmaxf(x1 - x0, 1), fmaxf(y1 - y0, 1)};
}

/* Which classes have points, told anew for other points. */
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
    plot->legend_placed = false; /* other points */
    plot->seen_data = data;
    plot->seen_version = d->snapshot->data_version;
}

bool plot_rings(const Snapshot *snapshot, const PlotOptions *options) {
    size_t count = snapshot->data->count, hard = snapshot->easy < count ? count - snapshot->easy : 0;
    return options->ring_hard && hard > 0 && hard <= PLOT_RING_MAX && snapshot->easy > 0;
}

Drawing plot_begin(Plot *plot, Canvas *canvas, Text *text, const Theme *theme, const PlotScene *scene) {
    const Snapshot *snapshot = scene->snapshot;
    const PlotOptions *options = scene->options;
    Drawing d = {.plot = plot,
                 .canvas = canvas,
                 .text = text,
                 .theme = theme,
                 .camera = scene->camera,
                 .snapshot = snapshot,
                 .options = options,
                 .outer = scene->outer,
                 .area = plot_area(options, scene->outer),
                 .scale = options->scale,
                 .step = options->field_step};
    const Mlp *mlp = snapshot->mlp;
    if (mlp->layers == 1 && mlp_classes(mlp) == 2 && d.step < PLANE_STEP) /* a plane is exact on few nodes */
        d.step = PLANE_STEP;
    d.hard_count = snapshot->easy < snapshot->data->count ? snapshot->data->count - snapshot->easy : 0;
    d.full = 1.0f / weight_limit(snapshot->settings->regularizer);
    d.rings = plot_rings(snapshot, options);
    update_present(&d);
    return d;
}

bool plot_prepare(Plot *plot, const PlotScene *scene, Status *status) {
    Drawing d = plot_begin(plot, NULL, NULL, NULL, scene);
    plot->field_valid = plot->field_valid && snapshot_is_finite(scene->snapshot);
    return !snapshot_is_finite(scene->snapshot) || plot_field_update(&d, status);
}

/* What lies below the points; `model`: there is one to show. */
static void draw_ground(const Drawing *d, bool model) {
    const PlotOptions *options = d->options;
    Canvas *canvas = d->canvas;
    Rect view = d->camera->view; /* that the ground was made for */
    assert(!options->ground || (view.w == d->area.w && view.h == d->area.h));
    if (options->ground)
        canvas_blit(canvas, (int)view.x, (int)view.y, options->ground, (int)view.w, (int)view.h);
    else if (model && !options->hidden.regions)
        plot_regions_draw(d);
    else
        canvas_fill(canvas, d->theme->region_neutral);
    if (model && !options->hidden.differ)
        plot_hatching_draw(d);
}

static void record_ground(const Drawing *d, DrawList *list) {
    canvas_resume(d->canvas, list);
    canvas_picture(d->canvas, d->area);
}

/* Ground and points. The ground is recorded as a picture, with the points if they are too many for shapes. */
static bool draw_field(const Drawing *d, bool model, Status *status) {
    const Dataset *test = d->options->hidden.test ? NULL : d->snapshot->test;
    bool many = d->snapshot->data->count + (test ? test->count : 0) > PLOT_MOST_SHAPES;
    DrawList *list = canvas_pause(d->canvas);
    draw_ground(d, model);
    if (!many)
        record_ground(d, list);
    bool drawn = plot_points_draw(d, status) && plot_lit_draw(d, status);
    if (many)
        record_ground(d, list);
    if (list)
        list->many = list->many || many;
    return drawn;
}

static bool draw_all(const Drawing *d, Status *status) {
    const PlotOptions *options = d->options;
    const PlotHidden *hidden = &options->hidden;
    if (!plot_sprites_update(d, status))
        return false;
    bool model = snapshot_is_finite(d->snapshot);
    if (!model)
        d->plot->field_valid = false;
    else if (!(hidden->regions && hidden->boundary && !options->others[0]) && !plot_field_update(d, status))
        return false;

    Canvas *canvas = d->canvas;
    canvas_push_clip(canvas, d->outer);
    canvas_push_clip(canvas, d->area);
    bool drawn = draw_field(d, model, status);
    if (drawn && model && !hidden->other)
        plot_other_boundaries_draw(d);
    drawn = drawn && (!model || hidden->boundary || plot_boundary_draw(d, status));
    if (drawn && d->rings && !hidden->hard)
        plot_rings_draw(d);
    plot_clean_draw(d);
    plot_frame_draw(d);
    canvas_pop_clip(canvas);
    plot_axes_draw(d);
    if (options->legend)
        plot_legend_draw(d);
    if (options->caption)
        plot_caption_draw(d);
    canvas_pop_clip(canvas);
    return drawn;
}

/* ---- The finished picture ---- */

static bool same_options(const PlotOptions *a, const PlotOptions *b) {
    return a->scale == b->scale && a->caption == b->caption && a->ring_hard == b->ring_hard && a->legend == b->legend &&
           a->legend_room == b->legend_room && a->axis_letters == b->axis_letters && a->name_row == b->name_row &&
           a->beside == b->beside && a->field_step == b->field_step && a->color == b->color && a->lit == b->lit &&
           a->lit_version == b->lit_version && memcmp(a->others, b->others, sizeof a->others) == 0 &&
           memcmp(a->other_colors, b->other_colors, sizeof a->other_colors) == 0 &&
           memcmp(&a->hidden, &b->hidden, sizeof a->hidden) == 0 && !a->ground &&
           !b->ground; /* whose pixels may have changed */
}

static bool same_request(const Request *a, const Request *b) {
    return a->theme == b->theme && a->language == b->language && a->canvas_width == b->canvas_width &&
           a->canvas_height == b->canvas_height && memcmp(&a->outer, &b->outer, sizeof a->outer) == 0 &&
           a->camera.center_x == b->camera.center_x && a->camera.center_y == b->camera.center_y &&
           a->camera.scale == b->camera.scale && a->camera.stretch == b->camera.stretch &&
           memcmp(&a->camera.view, &b->camera.view, sizeof a->camera.view) == 0 &&
           same_options(&a->options, &b->options) && a->v == b->v && a->epoch == b->epoch && a->version == b->version &&
           a->loss_version == b->loss_version && a->data_version == b->data_version &&
           (a->labels_version == b->labels_version || plot_color_measure(a->options.color) == MEASURE_COUNT);
}

bool plot_draw(Plot *plot, Canvas *canvas, Text *text, const Theme *theme, const PlotScene *scene, Status *status) {
    const Snapshot *snapshot = scene->snapshot;
    const PlotOptions *options = scene->options;
    assert(options->field_step >= 1 && options->field_step <= PLOT_MAX_STEP);
    Drawing d = plot_begin(plot, canvas, text, theme, scene);
    Layer *layer = &plot->layer;
    Rect outer = scene->outer;
    Request request = {.theme = theme,
                       .language = language_now(),
                       .canvas_width = canvas->width,
                       .canvas_height = canvas->height,
                       .outer = outer,
                       .camera = *scene->camera,
                       .options = *options,
                       .v = snapshot->v,
                       .epoch = snapshot->epoch,
                       .version = snapshot->version,
                       .loss_version = snapshot->loss_version,
                       .data_version = snapshot->data_version,
                       .labels_version = snapshot->labels ? snapshot->labels->version : 0};
    int x = (int)outer.x, y = (int)outer.y, w = (int)outer.w, h = (int)outer.h;
    /* A picture in pieces (another clip) is drawn piece by piece. */
    bool whole = canvas->clip_depth == 0 && (float)x == outer.x && (float)y == outer.y && (float)w == outer.w &&
                 (float)h == outer.h && x >= 0 && y >= 0 && x + w <= canvas->width && y + h <= canvas->height;
    bool again = whole && same_request(&layer->request, &request);
    if (again && layer->kept && !canvas->record) {
        canvas_blit(canvas, x, y, layer->pixels, w, h);
        plot->counts.copied++;
        return true;
    }
    layer->request = request;
    layer->kept = false;
    plot->counts.drawn++;
    plot_ramp_begin(&d);
    if (!draw_all(&d, status)) {
        layer->request.theme = NULL;
        return false;
    }
    /* what takes long is kept in case that it is asked for again, else what has been */
    bool keep = again || (whole && snapshot->data->count > PLOT_MANY_POINTS && !options->ground);
    uint32_t *pixels = keep ? make_room(layer->pixels, &layer->capacity, (size_t)w * (size_t)h, sizeof *pixels) : NULL;
    if (!pixels)
        return true;
    for (int row = 0; row < h; row++)
        memcpy(pixels + (size_t)row * (size_t)w, canvas->pixels + (size_t)(y + row) * (size_t)canvas->width + x,
               (size_t)w * sizeof *pixels);
    layer->pixels = pixels;
    layer->kept = true;
    return true;
}

PlotCounts plot_counts(const Plot *plot) {
    return plot->counts;
}
