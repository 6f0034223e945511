#include "app/plot/picture.h"

#include "app/experiment/second_run.h"

#include <math.h>
#include <string.h>

bool picture_open(Picture *p, const char *font_folder, const Theme *theme, float scale, int width, int height,
                  Status *status) {
    *p = (Picture){.theme = theme, .scale = scale};
    p->text = text_new(font_folder, scale, status);
    if (!p->text)
        return false;
    p->plot = plot_new(status);
    return p->plot && canvas_resize(&p->canvas, width, height, status);
}

void picture_close(Picture *p) {
    plot_free(p->plot);
    plot_free(p->second);
    text_free(p->text);
    canvas_free(&p->canvas);
    memset(p, 0, sizeof *p);
}

float picture_scale(int width, int height) {
    float scale = fminf((float)width / PICTURE_WIDTH, (float)height / PICTURE_HEIGHT);
    return fminf(SCALE_MAXIMUM, fmaxf(SCALE_MINIMUM, scale));
}

int picture_field_step(int width, int height, const Mlp *mlp) {
    const double most_nodes = 4e6, most_products = 3e9; /* multiplications by a parameter */
    double pixels = (double)width * (double)height;
    int step = 1;
    while (step < 16 &&
           (pixels / (step * step) > most_nodes || pixels / (step * step) * (double)mlp->parameters > most_products))
        step++;
    return step;
}

/* The view in a plotted area of another shape. */
static Camera adapted(const Camera *view, Rect area) {
    Camera camera = *view;
    if (view->view.w > 0.0f && view->view.h > 0.0f)
        camera.scale *=
            fmin((double)(area.w / view->view.w), (double)(area.h / view->view.h)); /* stretched as it was */
    camera.view = area;
    camera_update(&camera);
    return camera;
}

static bool draw_one(Picture *p, Plot *plot, Rect outer, const Snapshot *snapshot, const PlotOptions *options,
                     const Camera *view, Status *status) {
    Rect area = plot_area(options, outer);
    Camera camera;
    if (view)
        camera = adapted(view, area);
    else
        camera_fit(&camera, snapshot->data, area);
    PlotScene scene = {outer, &camera, snapshot, options};
    return plot_draw(plot, &p->canvas, p->text, p->theme, &scene, status);
}

bool picture_draw(Picture *p, const Snapshot *snapshot, const PlotOptions *wanted, const Camera *view, int first,
                  int rows, Status *status) {
    PlotOptions options = *wanted;
    options.scale = p->scale;
    options.caption = options.legend = true;
    options.axis_names[0] = options.axis_names[1] = NULL;
    options.beside = false;
    Rect outer = {0.0f, 0.0f, (float)p->canvas.width, (float)p->canvas.height};
    if (snapshot->second && !p->second) {
        p->second = plot_new(status);
        if (!p->second)
            return false;
    }
    canvas_push_clip(&p->canvas, (Rect){0.0f, (float)first, outer.w, (float)rows});
    canvas_fill(&p->canvas, p->theme->card);
    bool drawn;
    if (snapshot->second) {
        char title[128];
        second_run_title(snapshot->settings, snapshot->second->settings, title);
        Rect left = {0.0f, 0.0f, floorf(outer.w / 2), outer.h}, right = {left.w, 0.0f, outer.w - left.w, outer.h};
        drawn = draw_one(p, p->plot, left, snapshot, &options, view, status);
        options.legend = false; /* it says the same */
        drawn = drawn && draw_one(p, p->second, right, snapshot->second, &options, view, status);
        if (drawn)
            plot_title_draw(&p->canvas, p->text, p->theme, plot_area(&options, right), p->scale, title);
    } else {
        drawn = draw_one(p, p->plot, outer, snapshot, &options, view, status);
    }
    canvas_pop_clip(&p->canvas);
    return drawn;
}

bool picture_rings(const Snapshot *snapshot) {
    return snapshot->finished && snapshot->settings->until_hard >= 0;
}

size_t picture_palette(const Theme *theme, const Settings *settings, int classes, PlotColor color,
                       Color colors[PICTURE_PALETTE]) {
    enum { STEPS = 48 };
    bool soft = settings->regularizer != REGULARIZER_HARD;
    if (color == PLOT_COLOR_CLASS)
        return plot_palette(theme, classes, soft, colors, PICTURE_PALETTE);
    size_t count = plot_palette(theme, classes, soft, colors, PICTURE_PALETTE - STEPS);
    for (int i = 0; i < STEPS; i++)
        colors[count++] = plot_ramp(theme, (float)i / (STEPS - 1));
    return count;
}
