#include "app/views/data_map.h"

#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"
#include "app/views/plot_card.h"
#include "app/views/suspects_reveal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool data_map_init(DataMap *map, Status *status) {
    *map = (DataMap){.hovered = -1, .walked = -1};
    map->plot = plot_new(status);
    return map->plot != NULL;
}

void data_map_free(DataMap *map) {
    plot_free(map->plot);
    map_points_free(&map->points);
    point_grid_free(&map->grid);
    *map = (DataMap){.hovered = -1, .walked = -1};
}

/* Other points and colours are there at once, another epoch when it has rested. */
static void follow(DataMap *map, Ui *ui, const Snapshot *s, PlotColor color) {
    uint64_t labels = s->labels ? s->labels->version : 0;
    const char *language = language_now();
    bool others = map->points.version == 0 || map->of_data != s->data_version || map->color != color ||
                  map->of_language != language;
    if (!others && map->of_version == s->version && map->of_labels == labels)
        return;
    double rest = s->data->count > DATA_MAP_MANY ? DATA_MAP_MANY_REST : DATA_MAP_REST;
    if (!others && map->points.known && ui->input.time - map->at < rest) {
        ui->wants_frame = true;
        return;
    }
    if (map->of_data != s->data_version)
        map->hovered = map->walked = -1;
    map_points_make(&map->points, s, color);
    map->color = color;
    map->of_version = s->version;
    map->of_labels = labels;
    map->of_data = s->data_version;
    map->of_language = language;
    map->at = ui->input.time;
}

/* ---- the hand ---- */

typedef struct Shown {
    const DataMap *map;
    const PlotHidden *hidden;
    const Snapshot *snapshot;
} Shown;

static bool is_shown(const void *context, size_t sample) {
    const Shown *shown = context;
    return map_points_know(&shown->map->points, sample) && plot_shows(shown->hidden, shown->snapshot, sample);
}

static const PointGrid *grid_of(DataMap *map) {
    if (map->grid_version != map->points.version) {
        Status status = {0};
        point_grid_build(&map->grid, &map->points.data, &status); /* without memory no point is found */
        map->grid_version = map->points.version;
    }
    map->grid.stretch = map->camera.stretch;
    return &map->grid;
}

static int64_t nearest(DataMap *map, const DataMapScene *scene, float x, float y, float reach) {
    if (!map->points.known || map->points.data.count != scene->snapshot->data->count)
        return -1;
    Shown shown = {map, &scene->hand->hidden, scene->snapshot};
    double world[2];
    camera_world_exact(&map->camera, (double)x, (double)y, world);
    return point_grid_nearest(grid_of(map), &map->points.data, world[0], world[1], (double)reach / map->camera.scale,
                              is_shown, &shown);
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
        camera_screen(&map->camera, map->points.data.x[sample], map->points.data.y[sample], at);
    *menu = (PlotAsked){true, by_key, at[0], at[1], sample, scene->snapshot->data_version};
    ui->wants_frame = true;
}

/* Whether the key was for the map. */
static bool use_key(DataMap *map, Ui *ui, const DataMapScene *scene, const UiKey *key) {
    PointDirection direction;
    Shown shown = {map, &scene->hand->hidden, scene->snapshot};
    if (key->ctrl || key->alt || !map->points.known)
        return false;
    if (!key->shift && direction_of(key->code, &direction)) {
        int64_t from = map->walked >= 0 ? map->walked : scene->hand->pinned;
        Rect area = map->camera.view;
        if (map->walked < 0 || !map_points_know(&map->points, (size_t)map->walked))
            map->walked = from >= 0 && map_points_know(&map->points, (size_t)from)
                              ? from
                              : nearest(map, scene, area.x + area.w / 2, area.y + area.h / 2, (float)INFINITY);
        else
            map->walked = point_grid_step(grid_of(map), &map->points.data, (size_t)from, direction, is_shown, &shown);
        map->walked = map->walked < 0 ? from : map->walked;
        return true;
    }
    if (map->walked < 0 || !map_points_know(&map->points, (size_t)map->walked))
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
    map->camera = map_points_camera(&map->points, area, scene->options->scale);
    UiTouch touch = ui_touch(ui, "map", area, true);
    use_keys(map, ui, scene, &touch);
    rest(map, ui, scene, &touch);
    if (!map->points.known || map->points.data.count != scene->snapshot->data->count)
        return;
    bool selects = scene->selects || input->shift || input->ctrl;
    bool asks = touch.released || (input->right_pressed && touch.hovered); /* of many points it is no small question */
    int64_t there = asks ? nearest(map, scene, input->mouse_x, input->mouse_y, ui_px(ui, PLOT_HAND_REACH)) : -1;
    if (input->right_pressed && touch.hovered)
        ask_for_menu(map, ui, scene, there, false);
    SelectScene select = {&map->camera, &map->points.data, scene->snapshot, &scene->hand->hidden, there, !selects};
    bool mine = scene->select->plot == touch.id || touch.pressed;
    select_drag_touch(scene->select, ui, &touch, true, scene->lasso, &select, scene->selection);
    if (mine && touch.released && !scene->select->moved && !selects)
        pin(scene, there);
}

/* ---- drawn ---- */

/* A ring round a point, and a note of where. */
static void ring(const DataMap *map, Ui *ui, const char *name, int64_t sample, float radius, float width) {
    if (sample < 0 || !map_points_know(&map->points, (size_t)sample))
        return;
    float at[2], r = ui_px(ui, radius);
    camera_screen(&map->camera, map->points.data.x[sample], map->points.data.y[sample], at);
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
    if (sample < 0 || !map_points_know(&map->points, (size_t)sample) || scene->select->plot != 0)
        return;
    float at[2];
    camera_screen(&map->camera, map->points.data.x[sample], map->points.data.y[sample], at);
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
                 soon ? tr("on its way …") : tr("known after an epoch"));
}

static void say_point(const DataMap *map, Ui *ui, const DataMapScene *scene) {
    char words[640] = "";
    if (map->walked >= 0 && map_points_know(&map->points, (size_t)map->walked))
        plot_card_say_point(&scene->hand->camera, scene->snapshot, (size_t)map->walked, words);
    else
        snprintf(words, sizeof words, "%s", tr("arrows go to the points"));
    ui_say(ui, ui_id("map"), &(UiSay){.role = ROLE_MAP, .label = tr("Confidence by variability"), .value = words});
}

bool data_map_draw(DataMap *map, Ui *ui, const DataMapScene *scene, Status *status) {
    Rect area = plot_area(scene->options, scene->outer);
    follow(map, ui, scene->snapshot, scene->hand->color);
    map->camera = map_points_camera(&map->points, area, scene->options->scale);
    if (!map->points.known) {
        draw_unknown(ui, area, scene->snapshot->epoch > 0);
        return true;
    }
    Snapshot snapshot = map_points_snapshot(&map->points, scene->snapshot);
    PlotOptions options = map_points_options(scene->options);
    PlotScene plot = {scene->outer, &map->camera, &snapshot, &options};
    if (!plot_draw(map->plot, ui->canvas, ui->text, ui->theme, &plot, status))
        return false;
    snapshot.data_version = scene->snapshot->data_version; /* that rows are of */
    suspects_draw(ui, scene->suspects, 1, plot_counts(map->plot).drawn, &map->camera, &snapshot);
    canvas_push_clip(ui->canvas, area);
    Pen pen = ui_pen(ui);
    map_points_draw_over(&pen, &map->camera);
    draw_hand(map, ui, scene, area);
    canvas_pop_clip(ui->canvas);
    draw_card(map, ui, scene, area);
    say_point(map, ui, scene);
    return true;
}
