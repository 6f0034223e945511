#include "app/plot/picture.h"

#include "app/base/language.h"
#include "app/base/memory_watch.h"
#include "app/plot/duel.h"
#include "app/plot/plot_private.h"

#include <math.h>
#include <string.h>

bool picture_open(Picture *p, const char *font_folder, const Theme *theme, float scale, int width, int height,
                  Status *status) {
    *p = (Picture){.theme = theme, .scale = scale};
    p->text = text_new(font_folder, scale, status);
    if (!p->text)
        return false;
    p->plots[0] = plot_new(status);
    return p->plots[0] && canvas_resize(&p->canvas, width, height, status);
}

void picture_close(Picture *p) {
    for (int k = 0; k < DUEL_RUNS; k++)
        plot_free(p->plots[k]);
    plot_free(p->map_plot);
    loss_count_free(&p->losses);
    map_points_free(&p->map);
    timeline_sprites_free(&p->sprites);
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
    camera_reshape(&camera, area);
    return camera;
}

/* Where a plot goes, and the camera for it. */
static Camera camera_for(const Snapshot *snapshot, const PlotOptions *options, Rect outer, const Camera *view) {
    Rect area = plot_area(options, outer);
    Camera camera;
    if (view)
        camera = adapted(view, area);
    else
        camera_fit_aspect(&camera, snapshot->data, area, options->aspect);
    return camera;
}

/* Heads, plots and the row that explains them. */
static bool draw_duel(Picture *p, const Snapshot *first, PlotOptions options, const Camera *view, Status *status) {
    float s = p->scale, pad = roundf(16 * s), width = (float)p->canvas.width, height = (float)p->canvas.height;
    Differences differences = differences_of(first);
    options.caption = options.legend = false;
    DuelScene scene = {first, &options, &differences, false, true, false};
    DuelRow row;
    Rect outers[DUEL_RUNS];
    DuelHead heads[DUEL_RUNS];
    int runs = duel_heads(first, &differences, heads);
    duel_divide((Rect){0, 0, width, height}, runs, true, outers);
    float left = plot_area(&options, outers[0]).x; /* under the first plot's edge */
    duel_row_make(&row, p->text, &scene, width - left - pad);
    float top = roundf(DUEL_HEAD * s), foot = height - roundf(row.height + UNIT * s);
    PlotScene scenes[DUEL_RUNS];
    Camera cameras[DUEL_RUNS];
    PlotOptions own[DUEL_RUNS];
    duel_divide((Rect){0, top, width, fmaxf(foot - top, 1)}, runs, true, outers);
    for (int k = 0; k < runs; k++) {
        own[k] = options;
        duel_others(&own[k], p->plots, p->theme, runs, k);
        cameras[k] = camera_for(first, &options, outers[k], view);
        scenes[k] = (PlotScene){outers[k], &cameras[k], snapshot_run(first, k), &own[k]};
        if (!plot_prepare(p->plots[k], &scenes[k], status))
            return false;
    }
    duel_heads_fit(heads, runs, p->text, plot_area(&options, outers[0]).w, s);
    for (int k = 0; k < runs; k++) {
        if (!plot_draw(p->plots[k], &p->canvas, p->text, p->theme, &scenes[k], status))
            return false;
        Rect area = plot_area(&options, scenes[k].outer), head = {area.x, roundf(4 * s), area.w, top};
        duel_head_draw(&p->canvas, p->text, p->theme, head, s, &heads[k]);
    }
    duel_row_place(&row, left, foot);
    duel_row_draw(&row, &p->canvas, p->text, p->theme, &scene, p->plots[0]);
    return true;
}

static bool make_plots(Picture *p, int runs, Status *status) {
    for (int k = 0; k < runs; k++) {
        p->plots[k] = p->plots[k] ? p->plots[k] : plot_new(status);
        if (!p->plots[k])
            return false;
    }
    return true;
}

static bool draw_plot(Picture *p, const Snapshot *snapshot, const PlotOptions *wanted, const Camera *view,
                      Status *status) {
    PlotOptions options = *wanted;
    Rect outer = {0.0f, 0.0f, (float)p->canvas.width, (float)p->canvas.height};
    if (!make_plots(p, snapshot_runs(snapshot), status))
        return false;
    if (snapshot->other_count > 0)
        return draw_duel(p, snapshot, options, view, status);
    Camera camera = camera_for(snapshot, &options, outer, view);
    PlotScene scene = {outer, &camera, snapshot, &options};
    options.name_row = !plot_name_fits(p->plots[0], p->text, &scene);
    camera = camera_for(snapshot, &options, outer, view);
    options.legend_room = plot_legend_room(p->plots[0], p->text, &scene);
    camera = camera_for(snapshot, &options, outer, view);
    return plot_draw(p->plots[0], &p->canvas, p->text, p->theme, &scene, status);
}

static bool draw_map(Picture *p, const Pen *pen, Rect outer, const Snapshot *snapshot, const PlotOptions *options,
                     bool first, Status *status) {
    if (first)
        map_points_make(&p->map, snapshot, options->color);
    const char *confidence = tr("confidence");
    if (!p->map.known || !dataset_name_axis(&p->map.data, 1, confidence, strlen(confidence)))
        return status_no_memory(status, "the data map");
    p->map_plot = p->map_plot ? p->map_plot : plot_new(status);
    return p->map_plot && figure_map_draw(pen, outer, p->map_plot, &p->map, snapshot, options, status);
}

static bool draw(Picture *p, const Snapshot *snapshot, const PlotOptions *wanted, const Camera *view, int first,
                 int rows, Status *status) {
    PlotOptions options = *wanted;
    options.scale = p->scale;
    options.caption = options.legend = true;
    options.axis_letters = options.beside = options.name_row = false;
    options.legend_room = 0;
    Rect outer = {0.0f, 0.0f, (float)p->canvas.width, (float)p->canvas.height};
    Pen pen = {.canvas = &p->canvas, .text = p->text, .theme = p->theme, .scale = p->scale};
    if (!figure_check(p->figure, snapshot, status))
        return false;
    canvas_push_clip(&p->canvas, (Rect){0.0f, (float)first, outer.w, (float)rows});
    canvas_fill(&p->canvas, p->theme->card);
    bool drawn = true;
    if (p->figure == FIGURE_HISTOGRAM)
        figure_histogram_draw(&pen, outer, &p->losses, snapshot);
    else if (p->figure == FIGURE_TIMELINE)
        figure_timeline_draw(&pen, outer, &p->sprites, snapshot);
    else if (p->figure == FIGURE_MAP)
        drawn = draw_map(p, &pen, outer, snapshot, &options, first == 0, status);
    else
        drawn = draw_plot(p, snapshot, &options, view, status);
    canvas_pop_clip(&p->canvas);
    return drawn;
}

bool picture_draw(Picture *p, const Snapshot *snapshot, const PlotOptions *wanted, const Camera *view, int first,
                  int rows, Status *status) {
    int before = memory_watch(); /* what can't be drawn is left out by those who draw */
    bool drawn = draw(p, snapshot, wanted, view, first, rows, status);
    bool no_memory = memory_failed(before), no_text = text_failed(p->text);
    return drawn && ((!no_memory && !no_text) || status_no_memory(status, "the picture"));
}

bool picture_rings(const Snapshot *snapshot) {
    return snapshot->finished && snapshot->settings->until_hard >= 0;
}

size_t picture_palette(const Theme *theme, const Settings *settings, int classes, PlotColor color, int runs,
                       Color colors[PICTURE_PALETTE]) {
    enum { STEPS = 48, ACCENTS = 5 };
    bool soft = settings->regularizer != REGULARIZER_HARD;
    size_t ramp = color == PLOT_COLOR_CLASS ? 0 : STEPS, accents = ACCENTS * (size_t)(runs - 1);
    size_t count = plot_palette(theme, classes, soft, colors, PICTURE_PALETTE - ramp - accents);
    for (size_t i = 0; i < ramp; i++) {
        float share = (float)i / (STEPS - 1);
        colors[count++] =
            color == PLOT_COLOR_INFLUENCE ? plot_influence_color(theme, 2 * share - 1) : plot_ramp(theme, share);
    }
    for (int k = 1; k < runs; k++)
        for (size_t i = 1; i <= ACCENTS; i++)
            colors[count++] = color_mix(theme->card, duel_color(theme, k), (float)i / (float)ACCENTS) | 0xff000000;
    return count;
}
