#include "app/views/data_map.h"

#include "app/base/make_room.h"
#include "app/views/plot_card.h"
#include "app/views/suspects_reveal.h"
#include "core/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float FAR_OFF = -1.0f; /* where points lie that are not known */

bool data_map_init(DataMap *map, Status *status) {
    *map = (DataMap){.hovered = -1, .walked = -1};
    map->plot = plot_new(status);
    return map->plot != NULL;
}

void data_map_free(DataMap *map) {
    plot_free(map->plot);
    dataset_free(&map->data);
    point_grid_free(&map->grid);
    free(map->v);
    free(map->value);
    free(map->admitted);
    *map = (DataMap){.hovered = -1, .walked = -1};
}

/* ---- the points ---- */

static bool room_for(DataMap *map, const Snapshot *s) {
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
    DataMap *map;
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
    DataMap *map = c->map;
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

/* Makes it anew from a snapshot, without its memory the map is not known. */
static void copy_points(DataMap *map, const Snapshot *s, PlotColor color) {
    const float *across = plot_measure(s, MEASURE_VARIABILITY), *up = plot_measure(s, MEASURE_CONFIDENCE);
    const float *value = values_of(s, color);
    size_t count = s->data->count;
    map->version++;
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
    map->known = dataset_copy_names(data, s->data, &(Status){0}) && dataset_name_axis(data, 0, "variability", 11) &&
                 dataset_name_axis(data, 1, "y", 1) && data->x_maximum >= 0.0f; /* that stands over the plot */
    data->origin[0] = data->origin[1] = 0;
    map->end = fminf(fmaxf(ceilf(10.0f * data->x_maximum), 2.0f), 5.0f) / 10.0f;
}

/* Other points and colours are there at once, another epoch when it has rested. */
static void follow(DataMap *map, Ui *ui, const Snapshot *s, PlotColor color) {
    uint64_t labels = s->labels ? s->labels->version : 0;
    bool others = map->version == 0 || map->of_data != s->data_version || map->color != color;
    if (!others && map->of_version == s->version && map->of_labels == labels)
        return;
    double rest = s->data->count > DATA_MAP_MANY ? DATA_MAP_MANY_REST : DATA_MAP_REST;
    if (!others && map->known && ui->input.time - map->at < rest) {
        ui->wants_frame = true;
        return;
    }
    if (map->of_data != s->data_version)
        map->hovered = map->walked = -1;
    copy_points(map, s, color);
    map->color = color;
    map->epoch = s->epoch;
    map->of_version = s->version;
    map->of_labels = labels;
    map->of_data = s->data_version;
    map->at = ui->input.time;
}

/* The snapshot with the map's points in place of its own. */
static Snapshot mapped(const DataMap *map, const Snapshot *s) {
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

/* Up to the end of the axis, with a margin for the marks on its edge. */
static void update_camera(DataMap *map, Rect area, float scale) {
    float margin = fminf(8.0f * scale, fminf(area.w, area.h) / 8);
    double end = (double)(map->end > 0.0f ? map->end : 0.5f);
    double across = (double)(area.w - 2 * margin) / end, up = (double)(area.h - 2 * margin);
    map->camera = (Camera){.center_x = end / 2, .center_y = 0.5, .scale = across, .stretch = up / across, .view = area};
    camera_update(&map->camera);
}

/* ---- the hand ---- */

typedef struct Shown {
    const DataMap *map;
    const PlotHidden *hidden;
    const Snapshot *snapshot;
} Shown;

static bool is_known(const DataMap *map, size_t sample) {
    return map->known && sample < map->data.count && map->data.x[sample] >= 0.0f;
}

static bool is_shown(const void *context, size_t sample) {
    const Shown *shown = context;
    return is_known(shown->map, sample) && plot_shows(shown->hidden, shown->snapshot, sample);
}

static const PointGrid *grid_of(DataMap *map) {
    if (map->grid_version != map->version) {
        Status status = {0};
        point_grid_build(&map->grid, &map->data, &status); /* without memory no point is found */
        map->grid_version = map->version;
    }
    map->grid.stretch = map->camera.stretch;
    return &map->grid;
}

static int64_t nearest(DataMap *map, const DataMapScene *scene, float x, float y, float reach) {
    if (!map->known || map->data.count != scene->snapshot->data->count)
        return -1;
    Shown shown = {map, &scene->hand->hidden, scene->snapshot};
    double world[2];
    camera_world_exact(&map->camera, (double)x, (double)y, world);
    return point_grid_nearest(grid_of(map), &map->data, world[0], world[1], (double)reach / map->camera.scale, is_shown,
                              &shown);
}

static void pin(const DataMapScene *scene, int64_t sample) {
    plot_hand_pin(scene->hand, scene->snapshot->data, scene->hand->pinned == sample ? -1 : sample);
}

static void rest(DataMap *map, Ui *ui, const DataMapScene *scene, const UiTouch *touch) {
    const UiInput *input = &ui->input;
    if (input->mouse_x != map->rest_x || input->mouse_y != map->rest_y) {
        map->rest_since = input->time;
        map->rest_x = input->mouse_x;
        map->rest_y = input->mouse_y;
    }
    bool over = touch->hovered && input->mouse_inside && !touch->held && !input->right_down;
    int64_t now = over ? nearest(map, scene, input->mouse_x, input->mouse_y, ui_px(ui, PLOT_HAND_REACH)) : -1;
    if (now != map->hovered || (now >= 0 && input->time - map->rest_since < PLOT_HAND_POINT_AFTER))
        ui->wants_frame = true;
    map->hovered = now;
}

static bool direction_of(UiKeyCode code, PointDirection *direction) {
    static const UiKeyCode CODES[] = {
        [TOWARDS_LEFT] = KEY_LEFT, [TOWARDS_RIGHT] = KEY_RIGHT, [TOWARDS_UP] = KEY_UP, [TOWARDS_DOWN] = KEY_DOWN};
    for (int i = 0; i < 4; i++)
        if (CODES[i] == code) {
            *direction = (PointDirection)i;
            return true;
        }
    return false;
}

static void ask_for_menu(const DataMap *map, Ui *ui, const DataMapScene *scene, int64_t sample, bool by_key) {
    PlotAsked *menu = &scene->hand->menu;
    float at[2] = {ui->input.mouse_x, ui->input.mouse_y};
    if (by_key)
        camera_screen(&map->camera, map->data.x[sample], map->data.y[sample], at);
    *menu = (PlotAsked){true, by_key, at[0], at[1], sample, scene->snapshot->data_version};
    ui->wants_frame = true;
}

/* Whether the key was for the map. */
static bool use_key(DataMap *map, Ui *ui, const DataMapScene *scene, const UiKey *key) {
    PointDirection direction;
    Shown shown = {map, &scene->hand->hidden, scene->snapshot};
    if (key->ctrl || key->alt || !map->known)
        return false;
    if (!key->shift && direction_of(key->code, &direction)) {
        int64_t from = map->walked >= 0 ? map->walked : scene->hand->pinned;
        Rect area = map->camera.view;
        if (map->walked < 0 || !is_known(map, (size_t)map->walked))
            map->walked = from >= 0 && is_known(map, (size_t)from)
                              ? from
                              : nearest(map, scene, area.x + area.w / 2, area.y + area.h / 2, (float)INFINITY);
        else
            map->walked = point_grid_step(grid_of(map), &map->data, (size_t)from, direction, is_shown, &shown);
        map->walked = map->walked < 0 ? from : map->walked;
        return true;
    }
    if (map->walked < 0 || !is_known(map, (size_t)map->walked))
        return false;
    if (key->code == KEY_ENTER && key->shift)
        selection_toggle(scene->selection, (size_t)map->walked);
    else if (key->code == KEY_ENTER)
        pin(scene, map->walked);
    else if (key->code == KEY_MENU && !key->repeat)
        ask_for_menu(map, ui, scene, map->walked, true);
    else if (key->code == KEY_ESCAPE)
        map->walked = -1;
    else
        return false;
    return true;
}

static void use_keys(DataMap *map, Ui *ui, const DataMapScene *scene, const UiTouch *touch) {
    UiInput *input = &ui->input;
    int kept = 0;
    map->focused = touch->focused && ui->focus_visible;
    if (!map->focused)
        map->walked = -1;
    for (int i = 0; i < input->key_count; i++) {
        UiKey key = input->keys[i];
        if (map->focused && use_key(map, ui, scene, &key))
            ui->keyboard_taken = true;
        else
            input->keys[kept++] = key;
    }
    input->key_count = kept;
}

void data_map_touch(DataMap *map, Ui *ui, const DataMapScene *scene) {
    Rect area = plot_area(scene->options, scene->outer);
    const UiInput *input = &ui->input;
    follow(map, ui, scene->snapshot, scene->hand->color);
    update_camera(map, area, scene->options->scale);
    UiTouch touch = ui_touch(ui, "map", area, true);
    use_keys(map, ui, scene, &touch);
    rest(map, ui, scene, &touch);
    if (!map->known || map->data.count != scene->snapshot->data->count)
        return;
    bool selects = scene->selects || input->shift || input->ctrl;
    bool asks = touch.released || (input->right_pressed && touch.hovered); /* of many points it is no small question */
    int64_t there = asks ? nearest(map, scene, input->mouse_x, input->mouse_y, ui_px(ui, PLOT_HAND_REACH)) : -1;
    if (input->right_pressed && touch.hovered)
        ask_for_menu(map, ui, scene, there, false);
    SelectScene select = {&map->camera, &map->data, scene->snapshot, &scene->hand->hidden, there, !selects};
    bool mine = scene->select->plot == touch.id || touch.pressed;
    select_drag_touch(scene->select, ui, &touch, true, scene->lasso, &select, scene->selection);
    if (mine && touch.released && !scene->select->moved && !selects)
        pin(scene, there);
}

/* ---- drawn ---- */

/* Beyond it no point can lie: the half circle that a variability within 0 to 1 allows. */
static void draw_bow(const DataMap *map, Ui *ui, float width) {
    enum { CHORDS = 64 };
    float points[2 * (CHORDS + 1)];
    for (int i = 0; i <= CHORDS; i++) {
        float t = (float)i / CHORDS * 3.14159265f;
        camera_screen(&map->camera, 0.5f * sinf(t), 0.5f + 0.5f * cosf(t), &points[2 * i]);
    }
    canvas_polyline(ui->canvas, points, CHORDS + 1, width, ui->theme->line);
}

/* Of the three regions, in corners that no point can reach, and at the bow's tip. */
static void draw_words(Ui *ui, Rect area) {
    static const struct {
        const char *name, *words;
        float at; /* of the height */
    } REGIONS[] = {
        {"map-easy", "easy to learn", 0.0f}, {"map-ambiguous", "ambiguous", 0.5f}, {"map-hard", "hard to learn", 1.0f}};
    float height = ui_px(ui, 16.0f), pad = ui_px(ui, 6.0f);
    for (size_t i = 0; i < sizeof REGIONS / sizeof *REGIONS; i++) {
        float width = ceilf(text_width(ui->text, TEXT_CAPTION, REGIONS[i].words)) + 1;
        Rect place = {area.x + area.w - pad - width, area.y + pad + (area.h - 2 * pad - height) * REGIONS[i].at, width,
                      height};
        if (width + 2 * pad > area.w || 3 * height + 2 * pad > area.h)
            return;
        Rect ground = {place.x - pad / 2, place.y, place.w + pad, place.h}; /* a short run's points may reach it */
        canvas_rounded(ui->canvas, ground, pad / 2, color_alpha(ui->theme->region_neutral, 0.8f));
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, place, ALIGN_RIGHT, ui->theme->muted, REGIONS[i].words);
        ui_note(ui, REGIONS[i].name, place);
    }
}

/* A ring round a point, and a note of where. */
static void ring(const DataMap *map, Ui *ui, const char *name, int64_t sample, float radius, float width) {
    if (sample < 0 || !is_known(map, (size_t)sample))
        return;
    float at[2], r = ui_px(ui, radius);
    camera_screen(&map->camera, map->data.x[sample], map->data.y[sample], at);
    plot_hand_ring(ui, at, r, ui_px(ui, width));
    ui_note(ui, name, (Rect){at[0] - r, at[1] - r, 2 * r, 2 * r});
}

/* The point that the hand is on, or -1. */
static int64_t told(const DataMap *map, const Ui *ui) {
    bool rested = ui->input.time - map->rest_since >= PLOT_HAND_POINT_AFTER;
    return map->walked >= 0 ? map->walked : rested ? map->hovered : -1;
}

static void draw_card(const DataMap *map, Ui *ui, const DataMapScene *scene, Rect area) {
    int64_t sample = told(map, ui);
    if (sample < 0 || !is_known(map, (size_t)sample) || scene->select->plot != 0)
        return;
    float at[2];
    camera_screen(&map->camera, map->data.x[sample], map->data.y[sample], at);
    plot_card_draw_point(ui, area, at, &scene->hand->camera, scene->snapshot, (size_t)sample);
}

static void draw_hand(const DataMap *map, Ui *ui, const DataMapScene *scene, Rect area) {
    PlotHand *hand = scene->hand;
    int64_t there = hand->over && hand->card_open ? hand->hovered : -1;
    int64_t about = told(map, ui);
    ring(map, ui, "map-pin", hand->pinned, 9.0f, 2.5f);
    if (about >= 0)
        ring(map, ui, "map-hovered", about, 6.5f, 1.25f);
    else if (there != hand->pinned)
        ring(map, ui, "map-hovered", there, 6.5f, 1.25f);
    select_drag_draw(scene->select, ui, "map", area);
    if (map->focused) {
        float line = ui_px(ui, 2.0f);
        Rect inner = {area.x + line, area.y + line, area.w - 2 * line, area.h - 2 * line};
        canvas_rounded_frame(ui->canvas, area, 0, line, ui->theme->focus_outer);
        canvas_rounded_frame(ui->canvas, inner, 0, line, ui->theme->focus_inner);
    }
}

static void draw_unknown(Ui *ui, Rect area, bool soon) {
    Rect words = {area.x, area.y + area.h / 2 - ui_px(ui, 10.0f), area.w, ui_px(ui, 20.0f)};
    canvas_rect(ui->canvas, area, ui->theme->region_neutral);
    canvas_rounded_frame(ui->canvas, area, 0, fmaxf(1, floorf(ui->scale)), ui->theme->frame);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_CENTER, ui->theme->muted,
                 soon ? "on its way \u2026" : "known after an epoch");
}

bool data_map_draw(DataMap *map, Ui *ui, const DataMapScene *scene, Status *status) {
    Rect area = plot_area(scene->options, scene->outer);
    follow(map, ui, scene->snapshot, scene->hand->color);
    update_camera(map, area, scene->options->scale);
    if (!map->known) {
        draw_unknown(ui, area, scene->snapshot->epoch > 0);
        return true;
    }
    Snapshot snapshot = mapped(map, scene->snapshot);
    PlotOptions options = *scene->options;
    options.hidden.regions = options.hidden.boundary = options.hidden.differ = options.hidden.other = true;
    options.ring_hard = options.legend = options.axis_letters = false;
    options.ground = NULL;
    options.field_step = 1;
    memset(options.others, 0, sizeof options.others);
    PlotScene plot = {scene->outer, &map->camera, &snapshot, &options};
    if (!plot_draw(map->plot, ui->canvas, ui->text, ui->theme, &plot, status))
        return false;
    snapshot.data_version = scene->snapshot->data_version; /* that rows are of */
    suspects_draw(ui, scene->suspects, 1, plot_counts(map->plot).drawn, &map->camera, &snapshot);
    canvas_push_clip(ui->canvas, area);
    draw_bow(map, ui, fmaxf(1.0f, roundf(ui->scale)));
    draw_words(ui, area);
    draw_hand(map, ui, scene, area);
    canvas_pop_clip(ui->canvas);
    draw_card(map, ui, scene, area);
    return true;
}
