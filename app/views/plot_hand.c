#include "app/base/language.h"
#include "app/views/plot_hand_private.h"

#include <math.h>
#include <string.h>

static const double WHEEL = 1.1;     /* of one notch */
static const float KEY_PAN = 48.0f;  /* logical pixels of an arrow, with Ctrl a tenth */
static const float LEAST_BOX = 4.0f; /* logical pixels of a box's shorter side */

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

void plot_hand_recall(PlotHand *hand, const Dataset *data, uint64_t data_version, const PlotView *view,
                      int64_t pinned) {
    hand->view = *view;
    hand->view_count = hand->forth_count = 0;
    hand->hovered = hand->pinned_before = hand->told = -1;
    hand->glide_since = -PLOT_HAND_GLIDE;
    if (hand->drag != PLOT_DRAG_NONE)
        hand->drag = PLOT_DRAG_SPENT;
    pin(hand, data, pinned);
    hand->seen_data = data;
    hand->seen_version = data_version;
}

/* ---- pointer and keys ---- */

/* As a scale of PLOT_HAND_REACH: a finger means points further from it. */
static float reach_of(const Ui *ui) {
    return ui->scale * (ui->input.touch ? 2.5f : 1.0f);
}

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
        plot_hand_keep_view(hand, CHANGE_OTHER, input->time);
        hand->drag = PLOT_DRAG_PAN;
    }
    if (hand->drag == PLOT_DRAG_PAN) {
        plot_hand_pan_from(hand, &hand->drag_camera, (double)dx, (double)dy);
        ui->cursor = CURSOR_MOVE;
    }
    if (hand->drag == PLOT_DRAG_PRESS && touch->released) {
        int64_t sample = plot_hand_nearest(hand, snapshot, reach_of(ui), input->mouse_x, input->mouse_y);
        pin(hand, snapshot->data, sample == hand->pinned ? -1 : sample);
    }
    if (touch->released || !touch->held)
        hand->drag = PLOT_DRAG_NONE;
}

Rect plot_hand_box(const PlotHand *hand) {
    return (Rect){fminf(hand->drag_x, hand->box_x), fminf(hand->drag_y, hand->box_y), fabsf(hand->box_x - hand->drag_x),
                  fabsf(hand->box_y - hand->drag_y)};
}

/* Asks for the menu of what lies at a pixel. */
static void ask_for_menu(PlotHand *hand, Ui *ui, const Snapshot *snapshot, float x, float y) {
    hand->menu = (PlotAsked){.asked = true, .x = x, .y = y};
    hand->menu.sample = plot_hand_nearest(hand, snapshot, reach_of(ui), x, y);
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
            plot_hand_zoom_to_box(hand, input->time);
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
        plot_hand_keep_view(hand, CHANGE_PAN, ui->input.time);
        Camera from = hand->camera;
        plot_hand_pan_from(hand, &from, dx * step, dy * step);
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
            plot_hand_update_camera(hand, area, snapshot->data);
        }
}

static void rest(PlotHand *hand, Ui *ui, const Snapshot *snapshot) {
    const UiInput *input = &ui->input;
    if (!hand->over || input->mouse_x != hand->rest_x || input->mouse_y != hand->rest_y || input->wheel != 0) {
        hand->rest_since = input->time;
        hand->rest_x = input->mouse_x;
        hand->rest_y = input->mouse_y;
    }
    hand->hovered = hand->over ? plot_hand_nearest(hand, snapshot, reach_of(ui), input->mouse_x, input->mouse_y) : -1;
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

/* Two fingers: what was under their middle stays there. */
static void pinch(PlotHand *hand, const UiInput *input) {
    const UiPinch *p = &input->pinch;
    plot_hand_zoom_at(hand, (double)(p->x - p->dx), (double)(p->y - p->dy), (double)p->factor, input->time);
    Camera from = hand->camera;
    plot_hand_pan_from(hand, &from, (double)p->dx, (double)p->dy);
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
                                           tr("Wheel: zoom this axis alone. Double click: all points"));
        if (touch.hovered && input->wheel != 0)
            plot_hand_zoom_axis(hand, y, (double)(y ? input->mouse_y : input->mouse_x), wheel_factor(input),
                                input->time);
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
        plot_hand_update_camera(hand, area, snapshot->data);
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
        plot_hand_zoom_at(hand, (double)input->mouse_x, (double)input->mouse_y, wheel_factor(input), input->time);
    if (hand->drag == PLOT_DRAG_NONE && touch.hovered && input->pinch.active)
        pinch(hand, input);
    touch_axes(hand, ui, outer, area);
    touch_aspect(hand, ui, outer, options, snapshot->data);

    hand->over = touch.hovered && input->mouse_inside && !input->pinch.active && hand->drag == PLOT_DRAG_NONE &&
                 !hand->tool && !touch.held && !input->right_down;
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
