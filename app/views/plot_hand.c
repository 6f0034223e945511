#include "app/views/plot_hand.h"

#include "app/views/plot_card.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double WHEEL = 1.1;     /* of one notch */
static const float KEY_PAN = 48.0f;  /* logical pixels of an arrow, with Ctrl a tenth */
static const double SAME_TURN = 0.6; /* seconds: zooming that goes on within them is one view to go back to */
static const float LEAST_BOX = 4.0f; /* logical pixels of a box's shorter side */
enum { CHANGE_OTHER, CHANGE_ZOOM, CHANGE_ZOOM_X, CHANGE_ZOOM_Y, CHANGE_PAN };

void plot_hand_init(PlotHand *hand) {
    *hand = (PlotHand){.view.follows = true,
                       .glide_since = -PLOT_HAND_GLIDE,
                       .pinned = -1,
                       .hovered = -1,
                       .pinned_before = -1,
                       .told = -1};
}

void plot_hand_free(PlotHand *hand) {
    point_grid_free(&hand->grid);
    plot_hand_init(hand);
}

/* ---- views ---- */

/* Puts a view on a stack, from which the oldest falls when it is full. */
static void push_view(PlotView stack[PLOT_HAND_VIEWS], int *count, PlotView view) {
    if (*count == PLOT_HAND_VIEWS) {
        memmove(stack, stack + 1, (PLOT_HAND_VIEWS - 1) * sizeof *stack);
        (*count)--;
    }
    stack[(*count)++] = view;
}

/* Keeps the view for Backspace, unless the change only continues the last one. */
static void keep_view(PlotHand *hand, int change, double time) {
    bool same = change != CHANGE_OTHER && change == hand->merged && time - hand->merged_at < SAME_TURN;
    hand->merged = change;
    hand->merged_at = time;
    if (same)
        return;
    push_view(hand->views, &hand->view_count, hand->view);
    hand->forth_count = 0;
}

/* The view changes to a distant one: from what is seen now. */
static void glide(PlotHand *hand) {
    hand->glide_from = hand->camera;
    hand->glide_since = hand->motion ? hand->now : -PLOT_HAND_GLIDE;
}

void plot_hand_back(PlotHand *hand) {
    glide(hand);
    hand->merged = CHANGE_OTHER;
    if (hand->view_count == 0)
        return;
    push_view(hand->forth, &hand->forth_count, hand->view);
    hand->view = hand->views[--hand->view_count];
}

void plot_hand_forth(PlotHand *hand) {
    glide(hand);
    hand->merged = CHANGE_OTHER;
    if (hand->forth_count == 0)
        return;
    push_view(hand->views, &hand->view_count, hand->view);
    hand->view = hand->forth[--hand->forth_count];
}

void plot_hand_fit(PlotHand *hand) {
    if (hand->view.follows)
        return;
    glide(hand);
    keep_view(hand, CHANGE_OTHER, 0);
    hand->view = (PlotView){.follows = true};
}

void plot_hand_set_aspect(PlotHand *hand, Aspect aspect) {
    if (aspect == hand->aspect)
        return;
    if (hand->view.follows)
        glide(hand);
    hand->aspect = aspect;
    plot_hand_fit(hand);
}

void plot_hand_toggle_aspect(PlotHand *hand, const Dataset *data) {
    bool fill = !aspect_fills(hand->aspect, data);
    if (aspect_fills(ASPECT_FILL, data))
        plot_hand_set_aspect(hand, aspect_fills(ASPECT_AUTO, data) == fill ? ASPECT_AUTO
                                   : fill                                  ? ASPECT_FILL
                                                                           : ASPECT_EQUAL);
}

const char *plot_hand_aspect_help(const PlotHand *hand, const Dataset *data) {
    return aspect_fills(hand->aspect, data) ? "Scale both axes alike" : "Let each axis fill the plot";
}

/* How far the middle has moved when the scale has gone from `from` to `now` on its way to `to`. */
static double share_of_way(double from, double now, double to, double part) {
    double zoomed = to / from;
    return fabs(zoomed - 1.0) > 1e-6 ? (now / from - 1.0) / (zoomed - 1.0) * to / now : part;
}

/* The camera on the way from one view to the other: the logarithms of the scales move evenly, and the middle with
 * them. */
static void go_along(PlotHand *hand) {
    double t = (hand->now - hand->glide_since) / PLOT_HAND_GLIDE;
    if (!hand->motion || !(t >= 0.0 && t < 1.0) || !(hand->glide_from.scale > 0.0))
        return;
    double part = 1.0 - pow(1.0 - t, 3.0);
    const Camera *from = &hand->glide_from;
    Camera *to = &hand->camera;
    double from_y = camera_scale_y(from), to_y = camera_scale_y(to);
    double scale = from->scale * pow(to->scale / from->scale, part), scale_y = from_y * pow(to_y / from_y, part);
    to->center_x = from->center_x + (to->center_x - from->center_x) * share_of_way(from->scale, scale, to->scale, part);
    to->center_y = from->center_y + (to->center_y - from->center_y) * share_of_way(from_y, scale_y, to_y, part);
    to->scale = scale;
    to->stretch = scale_y / scale;
    camera_update(to);
}

/* The camera becomes the view. */
static void use_camera(PlotHand *hand) {
    hand->glide_since = -PLOT_HAND_GLIDE; /* the hand has it now */
    const Camera *camera = &hand->camera;
    hand->view = (PlotView){.x = camera->center_x,
                            .y = camera->center_y,
                            .width = (double)camera->view.w / camera->scale,
                            .height = (double)camera->view.h / camera_scale_y(camera),
                            .stretch = camera->stretch};
}

void plot_hand_keep(PlotHand *hand) {
    if (hand->view.follows)
        use_camera(hand);
}

static void update_camera(PlotHand *hand, Rect area, const Dataset *data) {
    camera_fit_aspect(&hand->fit, data, area, hand->aspect);
    hand->camera = hand->fit;
    if (!hand->view.follows) {
        hand->camera.center_x = hand->view.x;
        hand->camera.center_y = hand->view.y;
        double across = (double)area.w / hand->view.width, down = (double)area.h / hand->view.height;
        bool alike = hand->view.stretch == 1.0;
        hand->camera.scale = alike ? fmin(across, down) : across;
        hand->camera.stretch = alike ? 1.0 : down / across;
        camera_limit(&hand->camera, &hand->fit);
    }
    go_along(hand);
}

static bool anything_in_view(const PlotHand *hand, const Dataset *data) {
    const Camera *camera = &hand->camera;
    double half_width = (double)camera->view.w / camera->scale / 2;
    double half_height = (double)camera->view.h / camera_scale_y(camera) / 2;
    for (size_t i = 0; i < data->count; i++)
        if (fabs((double)data->x[i] - camera->center_x) <= half_width &&
            fabs((double)data->y[i] - camera->center_y) <= half_height)
            return true;
    return false;
}

/* The point that is where the pinned one was, or -1. */
static int64_t find_pinned(const PlotHand *hand, const Dataset *data) {
    size_t at = (size_t)hand->pinned;
    if (at < data->count && data->x[at] == hand->pinned_x && data->y[at] == hand->pinned_y)
        return hand->pinned;
    for (size_t i = 0; i < data->count; i++)
        if (data->x[i] == hand->pinned_x && data->y[i] == hand->pinned_y)
            return (int64_t)i;
    return -1;
}

const Camera *plot_hand_camera(PlotHand *hand, Rect area, const Snapshot *snapshot) {
    bool other = hand->seen_data != snapshot->data || hand->seen_version != snapshot->data_version;
    update_camera(hand, area, snapshot->data);
    if (!other)
        return &hand->camera;
    hand->seen_data = snapshot->data;
    hand->seen_version = snapshot->data_version;
    hand->hovered = hand->pinned_before = hand->told = -1;
    if (hand->pinned >= 0)
        hand->pinned = find_pinned(hand, snapshot->data);
    if (!hand->view.follows && !anything_in_view(hand, snapshot->data)) {
        hand->view = (PlotView){.follows = true};
        hand->view_count = hand->forth_count = 0; /* of other points */
        if (hand->drag != PLOT_DRAG_NONE)
            hand->drag = PLOT_DRAG_SPENT;
        update_camera(hand, area, snapshot->data);
    }
    return &hand->camera;
}

static void zoom(PlotHand *hand, double x, double y, double factor, double time) {
    keep_view(hand, CHANGE_ZOOM, time);
    camera_zoom(&hand->camera, &hand->fit, x, y, factor);
    use_camera(hand);
}

void plot_hand_zoom(PlotHand *hand, double factor) {
    Rect area = hand->camera.view;
    zoom(hand, (double)area.x + (double)area.w / 2, (double)area.y + (double)area.h / 2, factor, hand->now);
}

static void zoom_axis(PlotHand *hand, bool of_y, double at, double factor, double time) {
    keep_view(hand, of_y ? CHANGE_ZOOM_Y : CHANGE_ZOOM_X, time);
    camera_zoom_axis(&hand->camera, &hand->fit, of_y, at, factor);
    use_camera(hand);
}

/* Moves what is seen by so many pixels from where it was with that camera. */
static void pan_from(PlotHand *hand, const Camera *from, double dx, double dy) {
    hand->camera = *from;
    hand->camera.center_x -= dx / from->scale;
    hand->camera.center_y += dy / camera_scale_y(from);
    camera_limit(&hand->camera, &hand->fit);
    use_camera(hand);
}

/* ---- points ---- */

typedef struct Shown {
    const PlotHidden *hidden;
    const Snapshot *snapshot;
} Shown;

static bool is_shown(const void *context, size_t sample) {
    const Shown *shown = context;
    return plot_shows(shown->hidden, shown->snapshot, sample);
}

/* The points sorted for finding them, by distances as they are seen: valid until points or view change; empty without
 * memory. */
static const PointGrid *grid_of(PlotHand *hand, const Snapshot *snapshot) {
    if (hand->grid_data != snapshot->data || hand->grid_version != snapshot->data_version) {
        Status status = {0};
        point_grid_build(&hand->grid, snapshot->data, &status); /* without memory no point is found */
        hand->grid_data = snapshot->data;
        hand->grid_version = snapshot->data_version;
    }
    hand->grid.stretch = hand->camera.stretch;
    return &hand->grid;
}

int64_t plot_hand_nearest_to(PlotHand *hand, const Snapshot *snapshot, double x, double y, double reach) {
    Shown shown = {&hand->hidden, snapshot};
    return point_grid_nearest(grid_of(hand, snapshot), snapshot->data, x, y, reach, is_shown, &shown);
}

int64_t plot_hand_nearest(PlotHand *hand, const Snapshot *snapshot, float scale, float x, float y) {
    double world[2];
    camera_world_exact(&hand->camera, (double)x, (double)y, world);
    return plot_hand_nearest_to(hand, snapshot, world[0], world[1],
                                (double)(PLOT_HAND_REACH * scale) / hand->camera.scale);
}

static float distance_to(const PlotHand *hand, const Dataset *data, size_t i, float x, float y) {
    float at[2];
    camera_screen(&hand->camera, data->x[i], data->y[i], at);
    return hypotf(at[0] - x, at[1] - y);
}

int64_t plot_hand_nearest_clean(const PlotHand *hand, const Snapshot *snapshot, float scale, float x, float y,
                                int64_t sample) {
    const Dataset *clean = snapshot->clean;
    float least = sample >= 0 ? distance_to(hand, snapshot->data, (size_t)sample, x, y) : PLOT_HAND_REACH * scale;
    int64_t nearest = -1;
    for (size_t i = 0; clean && !hand->hidden.clean && i < clean->count; i++) {
        float distance = distance_to(hand, clean, i, x, y);
        if (distance <= least) {
            least = distance;
            nearest = (int64_t)i;
        }
    }
    return nearest;
}

int64_t plot_hand_step(PlotHand *hand, const Snapshot *snapshot, size_t sample, PointDirection direction) {
    Shown shown = {&hand->hidden, snapshot};
    return point_grid_step(grid_of(hand, snapshot), snapshot->data, sample, direction, is_shown, &shown);
}

static void pin(PlotHand *hand, const Dataset *data, int64_t sample) {
    hand->pinned = sample;
    if (sample >= 0) {
        hand->pinned_x = data->x[sample];
        hand->pinned_y = data->y[sample];
    }
}

void plot_hand_pin(PlotHand *hand, const Dataset *data, int64_t sample) {
    pin(hand, data, sample);
    if (sample >= 0)
        plot_hand_show(hand, data->x[sample], data->y[sample]);
}

void plot_hand_show(PlotHand *hand, float x, float y) {
    float at[2];
    camera_screen(&hand->camera, x, y, at);
    if (rect_has(hand->camera.view, at[0], at[1]))
        return;
    keep_view(hand, CHANGE_PAN, hand->now);
    Camera before = hand->camera;
    hand->camera.center_x = (double)x;
    hand->camera.center_y = (double)y;
    camera_limit(&hand->camera, &hand->fit);
    use_camera(hand);
    hand->camera = before;
    glide(hand);
}

/* ---- pointer and keys ---- */

static void begin_left(PlotHand *hand, const UiTouch *touch, const UiInput *input, const Dataset *data) {
    hand->drag = PLOT_DRAG_PRESS;
    hand->drag_camera = hand->camera;
    hand->drag_x = touch->grab_x;
    hand->drag_y = touch->grab_y;
    if (input->clicks < 2 || input->clicks % 2) {
        hand->pinned_before = hand->pinned;
        return;
    }
    /* The first click of the two was not meant to pin anything. */
    pin(hand, data, hand->pinned_before);
    plot_hand_fit(hand);
    hand->drag = PLOT_DRAG_SPENT;
}

static void drag_left(PlotHand *hand, Ui *ui, const Snapshot *snapshot, const UiTouch *touch) {
    const UiInput *input = &ui->input;
    float dx = input->mouse_x - hand->drag_x, dy = input->mouse_y - hand->drag_y;
    if (hand->drag == PLOT_DRAG_PRESS && hypotf(dx, dy) > ui_px(ui, PLOT_HAND_CLICK)) {
        keep_view(hand, CHANGE_OTHER, input->time);
        hand->drag = PLOT_DRAG_PAN;
    }
    if (hand->drag == PLOT_DRAG_PAN) {
        pan_from(hand, &hand->drag_camera, (double)dx, (double)dy);
        ui->cursor = CURSOR_MOVE;
    }
    if (hand->drag == PLOT_DRAG_PRESS && touch->released) {
        int64_t sample = plot_hand_nearest(hand, snapshot, ui->scale, input->mouse_x, input->mouse_y);
        pin(hand, snapshot->data, sample == hand->pinned ? -1 : sample);
    }
    if (touch->released || !touch->held)
        hand->drag = PLOT_DRAG_NONE;
}

Rect plot_hand_box(const PlotHand *hand) {
    return (Rect){fminf(hand->drag_x, hand->box_x), fminf(hand->drag_y, hand->box_y), fabsf(hand->box_x - hand->drag_x),
                  fabsf(hand->box_y - hand->drag_y)};
}

static void zoom_to_box(PlotHand *hand, double time) {
    Rect box = plot_hand_box(hand), area = hand->camera.view;
    double middle[2];
    camera_world_exact(&hand->camera, (double)box.x + (double)box.w / 2, (double)box.y + (double)box.h / 2, middle);
    keep_view(hand, CHANGE_OTHER, time);
    Camera before = hand->camera;
    hand->camera.center_x = middle[0];
    hand->camera.center_y = middle[1];
    double across = (double)area.w / (double)box.w, down = (double)area.h / (double)box.h;
    bool alike = before.stretch == 1.0;
    hand->camera.scale *= alike ? fmin(across, down) : across;
    hand->camera.stretch *= alike ? 1.0 : down / across;
    camera_limit(&hand->camera, &hand->fit);
    use_camera(hand);
    hand->camera = before;
    glide(hand);
}

/* Asks for the menu of what lies at a pixel. */
static void ask_for_menu(PlotHand *hand, Ui *ui, const Snapshot *snapshot, float x, float y) {
    hand->menu = (PlotAsked){.asked = true, .x = x, .y = y};
    hand->menu.sample = plot_hand_nearest(hand, snapshot, ui->scale, x, y);
    hand->menu.data_version = snapshot->data_version;
    ui->wants_frame = true;
}

static void drag_right(PlotHand *hand, Ui *ui, Rect area, const Snapshot *snapshot) {
    const UiInput *input = &ui->input;
    hand->box_x = fminf(fmaxf(input->mouse_x, area.x), area.x + area.w);
    hand->box_y = fminf(fmaxf(input->mouse_y, area.y), area.y + area.h);
    if (input->right_released) {
        Rect box = plot_hand_box(hand);
        if (fminf(box.w, box.h) >= ui_px(ui, LEAST_BOX))
            zoom_to_box(hand, input->time);
        else if (hypotf(box.w, box.h) <= ui_px(ui, PLOT_HAND_CLICK)) /* a click */
            ask_for_menu(hand, ui, snapshot, input->mouse_x, input->mouse_y);
    }
    if (input->right_released || !input->right_down)
        hand->drag = PLOT_DRAG_NONE;
}

static bool cancel(PlotHand *hand) {
    if (hand->drag == PLOT_DRAG_PAN)
        plot_hand_back(hand);
    else if (hand->drag != PLOT_DRAG_BOX)
        return false;
    hand->forth_count = 0; /* what was given up is no view to go to */
    hand->drag = PLOT_DRAG_SPENT;
    return true;
}

static bool arrow(UiKeyCode code, int *dx, int *dy) {
    *dx = (code == KEY_LEFT) - (code == KEY_RIGHT);
    *dy = (code == KEY_UP) - (code == KEY_DOWN);
    return *dx || *dy;
}

/* By keyboard: of the pinned point if it is in view, else of the plot's middle. */
static void ask_by_key(PlotHand *hand, Ui *ui, const Snapshot *snapshot) {
    Rect area = hand->camera.view;
    float at[2] = {area.x + area.w / 2, area.y + area.h / 2}, pinned[2];
    bool seen = false;
    if (hand->pinned >= 0) {
        camera_screen(&hand->camera, snapshot->data->x[hand->pinned], snapshot->data->y[hand->pinned], pinned);
        seen = rect_has(area, pinned[0], pinned[1]);
    }
    ask_for_menu(hand, ui, snapshot, seen ? pinned[0] : at[0], seen ? pinned[1] : at[1]);
    hand->menu.by_key = true;
    hand->menu.sample = seen ? hand->pinned : -1;
}

/* Whether the key was for the plot. */
static bool use_key(PlotHand *hand, Ui *ui, const Snapshot *snapshot, const UiKey *key, bool focused) {
    int dx, dy;
    if (key->code == KEY_ESCAPE)
        return cancel(hand);
    if (key->alt || hand->drag == PLOT_DRAG_PAN || hand->drag == PLOT_DRAG_BOX)
        return false;
    if (key->code == KEY_BACKSPACE)
        plot_hand_back(hand);
    else if (key->code == KEY_HOME || (key->code == KEY_CHARACTER && key->character == '0' && !key->ctrl))
        plot_hand_fit(hand);
    else if (key->code == KEY_CHARACTER && !key->ctrl && (key->character == '+' || key->character == '='))
        plot_hand_zoom(hand, PLOT_HAND_ZOOM);
    else if (key->code == KEY_CHARACTER && !key->ctrl && key->character == '-')
        plot_hand_zoom(hand, 1 / PLOT_HAND_ZOOM);
    else if (focused && !key->shift && arrow(key->code, &dx, &dy)) {
        double step = (double)ui_px(ui, KEY_PAN) * (key->ctrl ? 0.1 : 1.0);
        keep_view(hand, CHANGE_PAN, ui->input.time);
        Camera from = hand->camera;
        pan_from(hand, &from, dx * step, dy * step);
    } else if (key->code == KEY_MENU && !key->repeat)
        ask_by_key(hand, ui, snapshot);
    else
        return false;
    return true;
}

/* A widget that was only clicked does not keep the plot's keys from a pointer over the plot; one that Tab led to, or a
 * field that is being edited, does. */
static void use_keys(PlotHand *hand, Ui *ui, Rect area, const Snapshot *snapshot, const UiTouch *touch) {
    bool focused = touch->focused, pointed_at = touch->hovered && !ui->focus_visible && !ui->wants_text;
    if (!focused && ui->focus != 0 && !pointed_at && hand->drag == PLOT_DRAG_NONE)
        return;
    for (int i = 0; i < ui->input.key_count; i++)
        if (use_key(hand, ui, snapshot, &ui->input.keys[i], focused)) {
            ui->keyboard_taken = true;
            update_camera(hand, area, snapshot->data);
        }
}

static void rest(PlotHand *hand, Ui *ui, const Snapshot *snapshot) {
    const UiInput *input = &ui->input;
    if (!hand->over || input->mouse_x != hand->rest_x || input->mouse_y != hand->rest_y || input->wheel != 0) {
        hand->rest_since = input->time;
        hand->rest_x = input->mouse_x;
        hand->rest_y = input->mouse_y;
    }
    hand->hovered = hand->over ? plot_hand_nearest(hand, snapshot, ui->scale, input->mouse_x, input->mouse_y) : -1;
    double after = hand->hovered >= 0 ? PLOT_HAND_POINT_AFTER : PLOT_HAND_MODEL_AFTER;
    if (!hand->over || input->wheel != 0)
        hand->card_open = false;
    else if (!hand->card_open && input->time - hand->rest_since >= after)
        hand->card_open = true;
    if (hand->over && !hand->card_open)
        ui->wants_frame = true;
}

static double wheel_factor(const UiInput *input) {
    return pow(WHEEL, fmin(fmax((double)input->wheel, -100), 100));
}

/* The button where the axes meet, as far as there is room for it. */
static void touch_aspect(PlotHand *hand, Ui *ui, Rect own, const PlotOptions *options, const Dataset *data) {
    Rect outer = hand->axes.w > 0.0f ? hand->axes : own, area = plot_area(options, outer);
    float side = ui_px(ui, 24.0f), left = outer.x + ui_px(ui, 2.0f), top = area.y + area.h + ui_px(ui, 2.0f);
    hand->aspect_button = (Rect){0};
    if (hand->no_aspect || area.x - left < side || outer.y + outer.h - top < side || !aspect_fills(ASPECT_FILL, data))
        return;
    hand->aspect_button = (Rect){left, top, side, side};
    hand->aspect_touch = ui_widget_reaching(ui, "axes-aspect", hand->aspect_button, -1.0f, false, false,
                                            plot_hand_aspect_help(hand, data));
    if (hand->aspect_touch.hovered)
        ui->cursor = CURSOR_HAND;
    if (hand->aspect_touch.clicked)
        plot_hand_toggle_aspect(hand, data);
}

/* The strips of numbers: the wheel zooms one axis alone, a double click shows all points. */
static void touch_axes(PlotHand *hand, Ui *ui, Rect outer, Rect area) {
    static const char *const NAMES[] = {"axis-x", "axis-y"};
    const UiInput *input = &ui->input;
    Rect strips[] = {{area.x, area.y + area.h, area.w, outer.y + outer.h - area.y - area.h},
                     {outer.x, area.y, area.x - outer.x, area.h}};
    for (int y = 0; y < 2; y++) {
        UiTouch touch = ui_widget_reaching(ui, NAMES[y], strips[y], -1.0f, false, false,
                                           "Wheel: zoom this axis alone. Double click: all points");
        if (touch.hovered && input->wheel != 0)
            zoom_axis(hand, y, (double)(y ? input->mouse_y : input->mouse_x), wheel_factor(input), input->time);
        if (touch.pressed && input->clicks == 2)
            plot_hand_fit(hand);
    }
}

/* A point's card that was asked for stays until the hand does something. */
static void forget_told(PlotHand *hand, const UiInput *input) {
    if (input->pressed || input->right_pressed || input->wheel != 0 || input->key_count > 0)
        hand->told = -1;
}

UiTouch plot_hand_touch(PlotHand *hand, Ui *ui, Rect outer, const PlotOptions *options, const Snapshot *snapshot) {
    const UiInput *input = &ui->input;
    Rect area = plot_area(options, outer);
    hand->now = input->time;
    forget_told(hand, input);
    plot_hand_camera(hand, area, snapshot);

    UiTouch touch = ui_touch(ui, hand->name ? hand->name : "plot", area, true), keys = touch;
    keys.focused = touch.focused || hand->twin_focused;
    hand->focused = touch.focused && ui->focus_visible;
    use_keys(hand, ui, area, snapshot, &keys);

    if (hand->drag == PLOT_DRAG_NONE && touch.pressed && !hand->tool && !hand->selects) {
        begin_left(hand, &touch, input, snapshot->data);
        update_camera(hand, area, snapshot->data);
    }
    if (hand->drag == PLOT_DRAG_PRESS || hand->drag == PLOT_DRAG_PAN)
        drag_left(hand, ui, snapshot, &touch);
    if (hand->drag == PLOT_DRAG_NONE && input->right_pressed && touch.hovered && !touch.held) {
        hand->drag = PLOT_DRAG_BOX;
        hand->drag_x = input->mouse_x;
        hand->drag_y = input->mouse_y;
    }
    if (hand->drag == PLOT_DRAG_BOX)
        drag_right(hand, ui, area, snapshot);
    if (hand->drag == PLOT_DRAG_SPENT && (!input->down || input->released) &&
        (!input->right_down || input->right_released))
        hand->drag = PLOT_DRAG_NONE;
    if (hand->drag == PLOT_DRAG_NONE && touch.hovered && input->wheel != 0)
        zoom(hand, (double)input->mouse_x, (double)input->mouse_y, wheel_factor(input), input->time);
    touch_axes(hand, ui, outer, area);
    touch_aspect(hand, ui, outer, options, snapshot->data);

    hand->over = touch.hovered && input->mouse_inside && hand->drag == PLOT_DRAG_NONE && !hand->tool && !touch.held &&
                 !input->right_down;
    rest(hand, ui, snapshot);
    return touch;
}

/* ---- options for plot_draw ---- */

static uint64_t mix(uint64_t sum, const void *bytes, size_t length) {
    const unsigned char *at = bytes;
    for (; length >= sizeof sum; at += sizeof sum, length -= sizeof sum) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        sum ^= sum >> 29;
    }
    for (; length > 0; at++, length--)
        sum = (sum ^ *at) * UINT64_C(0x100000001b3);
    return sum;
}

PlotOptions plot_hand_options(PlotHand *hand, Ui *ui, PlotOptions options, const Snapshot *snapshot) {
    options.color = hand->color;
    options.hidden = hand->hidden;
    options.aspect = hand->aspect;
    if (!ui)
        return options;
    const Camera *camera = &hand->camera;
    const double view[] = {camera->center_x, camera->center_y, camera->scale, camera->stretch};
    uint64_t sum = mix(1, view, sizeof view);
    sum = mix(sum, &camera->view, sizeof camera->view);
    sum = mix(sum, snapshot->parameters, snapshot->mlp->parameters * sizeof *snapshot->parameters);
    if (sum != hand->drawn || snapshot->playing || hand->drag == PLOT_DRAG_PAN) {
        hand->drawn = sum;
        hand->drawn_since = ui->input.time;
    }
    bool still = ui->input.time - hand->drawn_since >= PLOT_HAND_STILL;
    options.field_step = still ? 1 : 2;
    if (!still || hand->now - hand->glide_since < PLOT_HAND_GLIDE)
        ui->wants_frame = true;
    return options;
}
