#include "app/plot/map_points.h"

#include "app/base/language.h"
#include "app/base/make_room.h"
#include "core/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float FAR_OFF = -1.0f; /* where points lie that are not known */

void map_points_free(MapPoints *map) {
    dataset_free(&map->data);
    free(map->v);
    free(map->value);
    free(map->admitted);
    *map = (MapPoints){0};
}

static bool room_for(MapPoints *map, const Snapshot *s) {
    Status status = {0};
    size_t count = s->data->count;
    if (map->data.count != count || map->data.classes != s->data->classes) {
        dataset_free(&map->data);
        if (!dataset_init(&map->data, count, s->data->classes, &status))
            return false;
    }
    float *v = make_room(map->v, &map->v_room, count, sizeof *v);
    map->v = v ? v : map->v;
    float *value = make_room(map->value, &map->value_room, count, sizeof *value);
    map->value = value ? value : map->value;
    uint32_t *admitted = make_room(map->admitted, &map->admitted_room, count, sizeof *admitted);
    map->admitted = admitted ? admitted : map->admitted;
    return v && value && admitted;
}

/* What the colours show, or NULL. */
static const float *values_of(const Snapshot *s, PlotColor color) {
    Measure measure = plot_color_measure(color);
    if (color == PLOT_COLOR_LOSS)
        return s->loss;
    return measure < MEASURE_COUNT ? plot_measure(s, measure) : NULL;
}

enum { SLICES = 16 };

typedef struct Copying {
    MapPoints *map;
    const Snapshot *s;
    const float *across, *up, *value;
    struct {
        float x0, x1, y0, y1;
        size_t class_count[MAX_CLASSES];
    } bounds[SLICES];
} Copying;

static void bound_slice(Copying *c, size_t slice, size_t first, size_t count) {
    Dataset part = {.count = count,
                    .classes = c->map->data.classes,
                    .x = c->map->data.x + first,
                    .y = c->map->data.y + first,
                    .label = c->map->data.label + first};
    dataset_bounds(&part);
    c->bounds[slice].x0 = part.x_minimum;
    c->bounds[slice].x1 = part.x_maximum;
    c->bounds[slice].y0 = part.y_minimum;
    c->bounds[slice].y1 = part.y_maximum;
    memcpy(c->bounds[slice].class_count, part.class_count, sizeof part.class_count);
}

static void join_bounds(Dataset *data, const Copying *c) {
    bool any = false;
    memset(data->class_count, 0, sizeof data->class_count);
    for (size_t i = 0; i < SLICES; i++) {
        if (data->count * i / SLICES == data->count * (i + 1) / SLICES)
            continue;
        data->x_minimum = any ? fminf(data->x_minimum, c->bounds[i].x0) : c->bounds[i].x0;
        data->x_maximum = any ? fmaxf(data->x_maximum, c->bounds[i].x1) : c->bounds[i].x1;
        data->y_minimum = any ? fminf(data->y_minimum, c->bounds[i].y0) : c->bounds[i].y0;
        data->y_maximum = any ? fmaxf(data->y_maximum, c->bounds[i].y1) : c->bounds[i].y1;
        for (int k = 0; k < MAX_CLASSES; k++)
            data->class_count[k] += c->bounds[i].class_count[k];
        any = true;
    }
}

static void copy_slice(void *context, size_t slice) {
    Copying *c = context;
    MapPoints *map = c->map;
    Dataset *data = &map->data;
    size_t count = data->count, first = count * slice / SLICES, end = count * (slice + 1) / SLICES;
    for (size_t i = first; i < end; i++) {
        bool known = isfinite(c->across[i]) && isfinite(c->up[i]);
        data->x[i] = known ? c->across[i] : FAR_OFF;
        data->y[i] = known ? c->up[i] : FAR_OFF;
    }
    memcpy(data->label + first, c->s->data->label + first, end - first);
    memcpy(map->v + first, c->s->v + first, (end - first) * sizeof *map->v);
    memcpy(map->admitted + first, c->s->admitted + first, (end - first) * sizeof *map->admitted);
    if (c->value)
        memcpy(map->value + first, c->value + first, (end - first) * sizeof *map->value);
    bound_slice(c, slice, first, end - first);
}

static bool name_axis(Dataset *data, int axis, const char *name) {
    return dataset_name_axis(data, axis, name, strlen(name));
}

void map_points_make(MapPoints *map, const Snapshot *s, PlotColor color) {
    const float *across = plot_measure(s, MEASURE_VARIABILITY), *up = plot_measure(s, MEASURE_CONFIDENCE);
    const float *value = values_of(s, color);
    size_t count = s->data->count;
    map->version++;
    map->epoch = s->epoch;
    map->known = across && up && room_for(map, s);
    if (!map->known)
        return;
    Dataset *data = &map->data;
    Copying copying = {.map = map, .s = s, .across = across, .up = up, .value = value};
    parallel_for(SLICES, copy_slice, &copying);
    join_bounds(data, &copying);
    map->look = (LabelLook){.count = count, .version = map->version};
    if (plot_color_measure(color) < MEASURE_COUNT)
        map->look.value[plot_color_measure(color)] = value ? map->value : NULL;
    map->known = dataset_copy_names(data, s->data, &(Status){0}) && name_axis(data, 0, tr("variability")) &&
                 name_axis(data, 1, "y") && data->x_maximum >= 0.0f; /* that stands over the plot */
    data->origin[0] = data->origin[1] = 0;
    map->end = fminf(fmaxf(ceilf(10.0f * data->x_maximum), 2.0f), 5.0f) / 10.0f;
}

Snapshot map_points_snapshot(const MapPoints *map, const Snapshot *s) {
    Snapshot snapshot = *s;
    snapshot.data = &map->data;
    snapshot.v = map->v;
    snapshot.loss = map->value;
    snapshot.admitted = map->admitted;
    snapshot.labels = &map->look;
    snapshot.test = snapshot.clean = NULL; /* they lie elsewhere */
    snapshot.epoch = map->epoch;
    snapshot.version = snapshot.loss_version = snapshot.data_version = map->version;
    return snapshot;
}

Camera map_points_camera(const MapPoints *map, Rect area, float scale) {
    float margin = fminf(8.0f * scale, fminf(area.w, area.h) / 8);
    double end = (double)(map->end > 0.0f ? map->end : 0.5f);
    double across = (double)(area.w - 2 * margin) / end, up = (double)(area.h - 2 * margin);
    Camera camera = {.center_x = end / 2, .center_y = 0.5, .scale = across, .stretch = up / across, .view = area};
    camera_update(&camera);
    return camera;
}

PlotOptions map_points_options(const PlotOptions *wanted) {
    PlotOptions options = *wanted;
    options.hidden.regions = options.hidden.boundary = options.hidden.differ = options.hidden.other = true;
    options.ring_hard = options.legend = options.axis_letters = false;
    options.ground = NULL;
    options.field_step = 1;
    memset(options.others, 0, sizeof options.others);
    return options;
}

/* Beyond it no point can lie: the half circle that a variability within 0 to 1 allows. */
static void draw_bow(const Pen *pen, const Camera *camera, float width) {
    enum { CHORDS = 64 };
    float points[2 * (CHORDS + 1)];
    for (int i = 0; i <= CHORDS; i++) {
        float t = (float)i / (float)CHORDS * 3.14159265f;
        camera_screen(camera, 0.5f * sinf(t), 0.5f + 0.5f * cosf(t), &points[2 * i]);
    }
    canvas_polyline(pen->canvas, points, CHORDS + 1, width, pen->theme->line);
}

/* Of the three regions, in corners that no point can reach, and at the bow's tip. */
static void draw_words(const Pen *pen, Rect area) {
    static const struct {
        const char *name, *words;
        float at; /* of the height */
    } REGIONS[] = {{"map-easy", N_("easy to learn"), 0.0f},
                   {"map-ambiguous", N_("ambiguous"), 0.5f},
                   {"map-hard", N_("hard to learn"), 1.0f}};
    float height = pen_px(pen, 16.0f), pad = pen_px(pen, 6.0f);
    for (size_t i = 0; i < sizeof REGIONS / sizeof *REGIONS; i++) {
        const char *words = tr(REGIONS[i].words);
        float width = ceilf(text_width(pen->text, TEXT_CAPTION, words)) + 1;
        Rect place = {area.x + area.w - pad - width, area.y + pad + (area.h - 2 * pad - height) * REGIONS[i].at, width,
                      height};
        if (width + 2 * pad > area.w || 3 * height + 2 * pad > area.h)
            return;
        Rect ground = {place.x - pad / 2, place.y, place.w + pad, place.h}; /* a short run's points may reach it */
        canvas_rounded(pen->canvas, ground, pad / 2, color_alpha(pen->theme->region_neutral, 0.8f));
        text_draw_in(pen->text, pen->canvas, TEXT_CAPTION, place, ALIGN_RIGHT, pen->theme->muted, words);
        pen_note(pen, REGIONS[i].name, place);
    }
}

void map_points_draw_over(const Pen *pen, const Camera *camera) {
    draw_bow(pen, camera, fmaxf(1.0f, roundf(pen->scale)));
    draw_words(pen, camera->view);
}
