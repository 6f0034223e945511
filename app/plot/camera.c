#include "app/plot/camera.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Share of the view left free on each side, and the least number of pixels, so that marks are not cut. */
#define MARGIN 0.045
#define MARGIN_PIXELS 8.0

/* Pixels per world unit for which the matrix stays one of normal floats. */
#define FINITE_SCALE_MINIMUM 1.2e-38
#define FINITE_SCALE_MAXIMUM 1e30

/* Cuts to [-limit, limit]; NaN becomes 0. */
static float cut(double value, double limit) {
    if (isnan(value))
        return 0;
    return (float)(value < -limit ? -limit : value > limit ? limit : value);
}

static double clamp(double value, double minimum, double maximum, double otherwise) {
    if (isnan(value))
        return otherwise;
    return value < minimum ? minimum : value > maximum ? maximum : value;
}

/* Pixels along a side of the view that points may take. */
static double usable(double side) {
    double margin = fmax(side * MARGIN, fmin(MARGIN_PIXELS, side / 8));
    return fmax(side - 2 * margin, 1);
}

const char *const ASPECT_WORDS[ASPECTS] = {"auto", "equal", "fill"};

bool aspect_find(const char *word, Aspect *aspect) {
    for (int i = 0; i < ASPECTS; i++)
        if (strcmp(word, ASPECT_WORDS[i]) == 0) {
            *aspect = (Aspect)i;
            return true;
        }
    return false;
}

bool aspect_fills(Aspect aspect, const Dataset *data) {
    double width = (double)data->x_maximum - (double)data->x_minimum;
    double height = (double)data->y_maximum - (double)data->y_minimum;
    return width > 0 && height > 0 &&
           (aspect == ASPECT_FILL ||
            (aspect == ASPECT_AUTO && fmax(width, height) > CAMERA_SPANS * fmin(width, height)));
}

void camera_fit_aspect(Camera *camera, const Dataset *data, Rect view, Aspect aspect) {
    double x0 = data->x_minimum, x1 = data->x_maximum, y0 = data->y_minimum, y1 = data->y_maximum;
    double width = x1 - x0, height = y1 - y0;
    if (!(width > 0) && !(height > 0)) /* one place: a unit or so of its surroundings */
        width = height = fmax(2, fmax(fabs(x0), fabs(y0)) * 1e-3);
    camera->view = view;
    camera->center_x = x0 + (x1 - x0) / 2;
    camera->center_y = y0 + (y1 - y0) / 2;
    double across = width > 0 ? usable(view.w) / width : INFINITY;
    double down = height > 0 ? usable(view.h) / height : INFINITY;
    camera->scale = fmin(across, down);
    camera->stretch = 1;
    if (aspect_fills(aspect, data)) {
        camera->scale = across;
        camera->stretch = down / across;
    }
    camera_update(camera);
}

void camera_fit(Camera *camera, const Dataset *data, Rect view) {
    camera_fit_aspect(camera, data, view, ASPECT_EQUAL);
}

void camera_reshape(Camera *camera, Rect view) {
    double across = (double)view.w / (double)camera->view.w, down = (double)view.h / (double)camera->view.h;
    if (camera->view.w > 0 && camera->view.h > 0) {
        bool alike = camera_scale_y(camera) == camera->scale;
        camera->scale *= alike ? fmin(across, down) : across;
        camera->stretch *= alike ? 1 : down / across;
    }
    camera->view = view;
    camera_update(camera);
}

void camera_update(Camera *camera) {
    camera->center_x = clamp(camera->center_x, -FLT_MAX, FLT_MAX, 0);
    camera->center_y = clamp(camera->center_y, -FLT_MAX, FLT_MAX, 0);
    camera->scale = clamp(camera->scale, FINITE_SCALE_MINIMUM, FINITE_SCALE_MAXIMUM, 1);
    camera->stretch = camera->stretch > 0 && isfinite(camera->stretch) ? camera->stretch : 1;
    double scale_y = clamp(camera_scale_y(camera), FINITE_SCALE_MINIMUM, FINITE_SCALE_MAXIMUM, camera->scale);
    if (scale_y != camera_scale_y(camera))
        camera->stretch = scale_y / camera->scale;
    Rect view = camera->view;
    mat3 flip = {{(float)camera->scale, 0, 0}, {0, -(float)scale_y, 0}, {view.x + view.w / 2, view.y + view.h / 2, 1}};
    glm_mat3_copy(flip, camera->to_screen);
}

void camera_screen(const Camera *camera, float x, float y, float screen[2]) {
    vec3 relative = {cut(x - camera->center_x, FLT_MAX), cut(y - camera->center_y, FLT_MAX), 1}, result;
    glm_mat3_mulv((vec3 *)camera->to_screen, relative, result); /* cglm only reads it but does not say const */
    screen[0] = cut(result[0], CAMERA_FAR);
    screen[1] = cut(result[1], CAMERA_FAR);
}

void camera_world_exact(const Camera *camera, double x, double y, double world[2]) {
    double middle_x = (double)camera->view.x + (double)camera->view.w / 2;
    double middle_y = (double)camera->view.y + (double)camera->view.h / 2;
    world[0] = camera->center_x + (x - middle_x) / camera->scale;
    world[1] = camera->center_y - (y - middle_y) / camera_scale_y(camera);
}

void camera_world(const Camera *camera, float x, float y, float world[2]) {
    double exact[2];
    camera_world_exact(camera, (double)cut(x, CAMERA_FAR), (double)cut(y, CAMERA_FAR), exact);
    world[0] = cut(exact[0], FLT_MAX);
    world[1] = cut(exact[1], FLT_MAX);
}

/* An axis's scale within the limits, at which all of the view consists of finite floats. fitted: the fit's scale. */
static double limited_scale(Rect view, double fitted, double scale) {
    double longest = fmax((double)view.w, (double)view.h);
    double least = fmax(fitted / CAMERA_FARTHEST, longest / (double)FLT_MAX);
    return clamp(scale, least, fmax(fitted / CAMERA_NEAREST, least), fitted);
}

static void set_scales(Camera *camera, const Camera *fit, double scale, double scale_y) {
    bool alike = scale_y == scale && camera_scale_y(fit) == fit->scale;
    camera->scale = limited_scale(camera->view, fit->scale, scale);
    camera->stretch = alike ? 1 : limited_scale(camera->view, camera_scale_y(fit), scale_y) / camera->scale;
}

void camera_limit(Camera *camera, const Camera *fit) {
    set_scales(camera, fit, camera->scale, camera_scale_y(camera));
    double longest = fmax((double)fit->view.w, (double)fit->view.h);
    double reach = longest / fit->scale * CAMERA_FARTHEST, reach_y = longest / camera_scale_y(fit) * CAMERA_FARTHEST;
    double most = (double)FLT_MAX - longest / camera->scale / 2;
    double most_y = (double)FLT_MAX - longest / camera_scale_y(camera) / 2;
    camera->center_x = clamp(camera->center_x, fit->center_x - reach, fit->center_x + reach, fit->center_x);
    camera->center_y = clamp(camera->center_y, fit->center_y - reach_y, fit->center_y + reach_y, fit->center_y);
    camera->center_x = clamp(camera->center_x, -most, most, 0);
    camera->center_y = clamp(camera->center_y, -most_y, most_y, 0);
    camera_update(camera);
}

static void zoom(Camera *camera, const Camera *fit, const double at[2], double factor_x, double factor_y) {
    double world[2], moved[2], scale_y = camera_scale_y(camera);
    camera_world_exact(camera, at[0], at[1], world);
    set_scales(camera, fit, camera->scale * factor_x, scale_y * factor_y);
    camera_world_exact(camera, at[0], at[1], moved);
    camera->center_x += world[0] - moved[0];
    camera->center_y += world[1] - moved[1];
    camera_limit(camera, fit);
}

void camera_zoom(Camera *camera, const Camera *fit, double x, double y, double factor) {
    zoom(camera, fit, (const double[2]){x, y}, factor, factor);
}

void camera_zoom_axis(Camera *camera, const Camera *fit, bool of_y, double at, double factor) {
    double middle = of_y ? (double)camera->view.x + (double)camera->view.w / 2
                         : (double)camera->view.y + (double)camera->view.h / 2;
    const double place[2] = {of_y ? middle : at, of_y ? at : middle};
    zoom(camera, fit, place, of_y ? 1 : factor, of_y ? factor : 1);
}
