#include "app/base/language.h"
#include "app/views/plot_hand_private.h"

#include <math.h>
#include <string.h>

static const double SAME_TURN = 0.6; /* seconds: zooming that goes on within them is one view to go back to */

/* Puts a view on a stack, from which the oldest falls when it is full. */
static void push_view(PlotView stack[PLOT_HAND_VIEWS], int *count, PlotView view) {
    if (*count == PLOT_HAND_VIEWS) {
        memmove(stack, stack + 1, (PLOT_HAND_VIEWS - 1) * sizeof *stack);
        (*count)--;
    }
    stack[(*count)++] = view;
}

void plot_hand_keep_view(PlotHand *hand, int change, double time) {
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
    plot_hand_keep_view(hand, CHANGE_OTHER, 0);
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
    return aspect_fills(hand->aspect, data) ? tr("Scale both axes alike") : tr("Let each axis fill the plot");
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

void plot_hand_update_camera(PlotHand *hand, Rect area, const Dataset *data) {
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
    plot_hand_update_camera(hand, area, snapshot->data);
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
        plot_hand_update_camera(hand, area, snapshot->data);
    }
    return &hand->camera;
}

void plot_hand_zoom_at(PlotHand *hand, double x, double y, double factor, double time) {
    plot_hand_keep_view(hand, CHANGE_ZOOM, time);
    camera_zoom(&hand->camera, &hand->fit, x, y, factor);
    use_camera(hand);
}

void plot_hand_zoom(PlotHand *hand, double factor) {
    Rect area = hand->camera.view;
    plot_hand_zoom_at(hand, (double)area.x + (double)area.w / 2, (double)area.y + (double)area.h / 2, factor,
                      hand->now);
}

void plot_hand_zoom_axis(PlotHand *hand, bool of_y, double at, double factor, double time) {
    plot_hand_keep_view(hand, of_y ? CHANGE_ZOOM_Y : CHANGE_ZOOM_X, time);
    camera_zoom_axis(&hand->camera, &hand->fit, of_y, at, factor);
    use_camera(hand);
}

void plot_hand_pan_from(PlotHand *hand, const Camera *from, double dx, double dy) {
    hand->camera = *from;
    hand->camera.center_x -= dx / from->scale;
    hand->camera.center_y += dy / camera_scale_y(from);
    camera_limit(&hand->camera, &hand->fit);
    use_camera(hand);
}

void plot_hand_show(PlotHand *hand, float x, float y) {
    float at[2];
    camera_screen(&hand->camera, x, y, at);
    if (rect_has(hand->camera.view, at[0], at[1]))
        return;
    plot_hand_keep_view(hand, CHANGE_PAN, hand->now);
    Camera before = hand->camera;
    hand->camera.center_x = (double)x;
    hand->camera.center_y = (double)y;
    camera_limit(&hand->camera, &hand->fit);
    use_camera(hand);
    hand->camera = before;
    glide(hand);
}

void plot_hand_zoom_to_box(PlotHand *hand, double time) {
    Rect box = plot_hand_box(hand), area = hand->camera.view;
    double middle[2];
    camera_world_exact(&hand->camera, (double)box.x + (double)box.w / 2, (double)box.y + (double)box.h / 2, middle);
    plot_hand_keep_view(hand, CHANGE_OTHER, time);
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
