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
    const double most_nodes = 4e6, most_products = 3e9; /* multiplications with a parameter */
    double pixels = (double)width * (double)height;
    int step = 1;
    while (step < 16 &&
           (pixels / (step * step) > most_nodes || pixels / (step * step) * (double)mlp->parameters > most_products))
        step++;
    return step;
}

/* What `view` shows, in a plotted area of another shape. */
static Camera adapted(const Camera *view, Rect area) {
    Camera camera = *view;
    if (view->view.w > 0.0f && view->view.h > 0.0f)
        camera.scale *= fmin((double)(area.w / view->view.w), (double)(area.h / view->view.h));
    camera.view = area;
    camera_update(&camera);
    return camera;
}

static bool draw_one(Picture *p, Plot *plot, Rect outer, const Snapshot *snapshot, const PlotOptions *options,
                     const Camera *view, const char *title, Status *status) {
    Rect area = plot_area(options, p->text, outer);
    Camera camera;
    if (view)
        camera = adapted(view, area);
    else
        camera_fit(&camera, snapshot->data, area);
    if (!plot_draw(plot, &p->canvas, p->text, p->theme, outer, &camera, snapshot, options, status))
        return false;
    if (title)
        plot_title(&p->canvas, p->text, p->theme, area, p->scale, title);
    return true;
}

bool picture_draw(Picture *p, const Snapshot *snapshot, const PlotOptions *wanted, const Camera *view, int first,
                  int rows, Status *status) {
    PlotOptions options = *wanted;
    options.scale = p->scale;
    options.caption = options.legend = true;
    options.roomy_legend = false;
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
        drawn = draw_one(p, p->plot, left, snapshot, &options, view, NULL, status);
        options.legend = false; /* it says the same */
        drawn = drawn && draw_one(p, p->second, right, snapshot->second, &options, view, title, status);
    } else {
        drawn = draw_one(p, p->plot, outer, snapshot, &options, view, NULL, status);
    }
    canvas_pop_clip(&p->canvas);
    return drawn;
}

bool picture_rings(const Snapshot *snapshot) {
    return snapshot->finished && snapshot->settings->until_hard >= 0;
}

size_t picture_palette(const Theme *theme, int classes, PlotColor color, Color colors[PICTURE_PALETTE]) {
    enum { RAMP = 48 };
    if (color == PLOT_COLOR_CLASS)
        return plot_palette(theme, classes, colors, PICTURE_PALETTE);
    size_t count = plot_palette(theme, classes, colors, PICTURE_PALETTE - RAMP);
    for (int i = 0; i < RAMP; i++)
        colors[count++] = plot_ramp(theme, (float)i / (RAMP - 1));
    return count;
}
