/* Shared by the parts of the plot: what is kept between frames, what a drawing needs, and where points lie on the
 * screen. */
#ifndef EASYFIRST_PLOT_PRIVATE_H
#define EASYFIRST_PLOT_PRIVATE_H

#include "app/base/make_room.h"
#include "app/draw/draw_list.h"
#include "app/draw/marks.h"
#include "app/plot/plot.h"
#include "core/contour.h"
#include "core/field.h"

#define MARGIN_STEPS 1024 /* steps in which differences of scores are shown */
/* With more points than this, those hidden by a later point on the same pixel are left out, and the picture is kept. */
#define PLOT_MANY_POINTS 50000
#define INFLUENCE_STEPS 8 /* four tones on each side */
#define RAMP 24           /* colours of the points when they show a number */
#define ROOM_NAME 15.0f   /* logical pixels above the plotted area, of PlotOptions.name_row */
#define V_STEPS 8         /* from hollow (v = 0) to full (v = 1): an eighth more ink is seen, and the marks are few */

/* What a picture of the plot depends on, including what lies below it in a window, which depends on the window's
 * size. */
typedef struct Request {
    const Theme *theme;
    const char *language; /* language_now */
    int canvas_width, canvas_height;
    Rect outer;
    Camera camera;
    PlotOptions options;
    const float *v; /* the snapshot's: its version does not tell which earlier epoch is on show */
    uint32_t epoch;
    uint64_t version, loss_version, data_version, labels_version;
} Request;

/* The finished picture, for frames in which other things change: many points take long to draw. It is kept when the
 * same is asked for a second time, so that it costs nothing while the plot changes. */
typedef struct Layer {
    Request request; /* the last one */
    bool kept;       /* pixels hold its picture */
    uint32_t *pixels;
    size_t capacity;
} Layer;

/* The marks again, always large enough to show their shape, beside the words that explain them. ramp: in no colour. */
typedef struct Signs {
    MarkSprite easy[MAX_CLASSES], hard[MAX_CLASSES], test[MAX_CLASSES], ramp[2][MAX_CLASSES];
    MarkSprite soft[MAX_CLASSES][PLOT_SOFT_SIGNS]; /* a quarter, half and three quarters of the weight */
    MarkSprite influence[2][MAX_CLASSES];          /* hurts, helps */
    MarkSprite flag;
} Signs;

struct Plot {
    uint8_t levels[MARGIN_STEPS]; /* plot_levels_init */

    Field field;
    bool field_valid; /* of the model below, and of what field itself says */
    Mlp field_mlp;
    float *field_parameters; /* a copy: what the field was computed from */
    size_t field_parameters_capacity;
    Contour contour;
    float *line; /* its points in pixels */
    size_t line_capacity;

    const Theme *sprite_theme; /* NULL: no sprites */
    float sprite_scale, sprite_radius;
    MarkSprite easy[MAX_CLASSES], hard[MAX_CLASSES];
    MarkSprite soft[MAX_CLASSES][V_STEPS - 1]; /* v between the two: made for soft weights alone */
    /* Hard and easy marks of a class in each colour of the ramp: made when points are first coloured by a number. */
    MarkSprite ramp[2][MAX_CLASSES][RAMP];
    MarkSprite test[MAX_CLASSES];                       /* made when there are test points */
    MarkSprite influence[MAX_CLASSES][INFLUENCE_STEPS]; /* from hurts most to helps most; made when first shown */
    MarkSprite flag;                                    /* of clean points: made with the first of them */
    MarkSprite halo;                                    /* under what is lit: made with the first of them */
    Signs legend, key;                                  /* of a picture's legend and of the window's key */

    const Dataset *seen_data; /* whose classes the next fields tell; NULL: none */
    uint64_t seen_version;
    bool present[MAX_CLASSES]; /* classes that have points */
    int present_count;
    bool legend_placed; /* what follows is chosen */
    float legend_at[2]; /* its place across and down: 0 at the left, the top, 1 at the other end */
    int legend_way;     /* how it is arranged there; -1: as it fits best */
    bool legend_covers; /* a point, even there */
    Camera legend_view; /* that this was chosen for */

    Layer layer;
    PlotCounts counts;

    uint32_t *topmost; /* with many points, per pixel: the key of the last point on it */
    uint32_t *cells;   /* with many points, per point: its pixel; then those that are drawn */
    size_t topmost_capacity, cells_capacity;
};

/* What every part of the drawing needs. */
typedef struct Drawing {
    Plot *plot;
    Canvas *canvas;
    Text *text;
    const Theme *theme;
    const Camera *camera;
    const Snapshot *snapshot;
    const PlotOptions *options;
    Rect outer, area;
    float scale;
    size_t hard_count;
    bool rings;            /* the last hard points are ringed, if they are shown */
    float full;            /* 1/weight_limit: what v is multiplied with to be a mark's fill */
    PlotRamp ramp;         /* of the points' colours, ... */
    float ends[RAMP - 1];  /* ... and the values at which each of its colours but the last ends */
    uint32_t admitted_top; /* the epoch at its end, for PLOT_COLOR_ADMITTED */
    int step;              /* pixels between the field's nodes */
} Drawing;

/* plot.c */
/* For a drawing, or (canvas and theme NULL) for the legend's place alone. Leaves the ramp to plot_draw. */
Drawing plot_begin(Plot *plot, Canvas *canvas, Text *text, const Theme *theme, const PlotScene *scene);

/* plot_regions.c */
/* The level of confidence, of those that regions are drawn in, for each step of a difference of scores. */
void plot_levels_init(uint8_t levels[MARGIN_STEPS]);
/* Field and contour for the model and view at hand, unless they are that already. */
bool plot_field_update(const Drawing *d, Status *status);
void plot_regions_draw(const Drawing *d);
bool plot_boundary_draw(const Drawing *d, Status *status);

/* plot_other.c; of options->others; one whose field is of another view is left out. */
void plot_hatching_draw(const Drawing *d);
void plot_other_boundaries_draw(const Drawing *d);
/* A line of dashes, which may come in pieces; n points as x, y pairs. */
typedef struct Dashes {
    Canvas *canvas;
    float width, scale;
    Color color;
} Dashes;
typedef struct DashState { /* zeroed: at the line's beginning */
    float left;            /* pixels of the dash or gap under way */
    bool on;
} DashState;
void plot_dashes(const Dashes *dashes, DashState *state, const float *points, size_t n);

/* plot_sprites.c */
/* Marks of all kinds that the drawing needs. */
bool plot_sprites_update(const Drawing *d, Status *status);
void plot_sprites_free(Plot *plot);
/* Fill and edge of a mark whose v is step / V_STEPS, for a step from 1 to V_STEPS - 1. */
void plot_soft_colors(const Theme *theme, int k, int step, Color *fill, Color *edge);
/* Colour of test points: less than half as far from their region's colour as that of the others. */
Color plot_test_color(const Theme *theme, int k, Color of_others);

/* plot_clean.c: clean points with their flags, and the points' influence on them. */
bool plot_clean_sprites_update(const Drawing *d, Status *status);
void plot_clean_sprites_free(Plot *plot);
void plot_clean_draw(const Drawing *d);
/* The mark of a sample of known influence for PLOT_COLOR_INFLUENCE. */
const MarkSprite *plot_influence_sprite(const Drawing *d, size_t sample);

/* plot_points.c */
bool plot_points_draw(const Drawing *d, Status *status);
void plot_ramp_begin(Drawing *d); /* fills in the ramp */
void plot_rings_draw(const Drawing *d);
bool plot_lit_draw(const Drawing *d, Status *status); /* the points of options->lit, over the others */

/* plot_axes.c */
/* Whether the words of y, if it has any, find room left of the plotted area, beside the numbers: not those that say
 * what numbers in units of a power of ten mean. */
bool plot_name_fits(Plot *plot, Text *text, const PlotScene *scene);
void plot_axes_draw(const Drawing *d);
void plot_frame_draw(const Drawing *d);

/* plot_legend.c, plot_legend_beside.c, plot_caption.c */
void plot_legend_draw(const Drawing *d);
bool plot_legend_covers(const Drawing *d);      /* whether, over the plot, it covers a point in its best place */
void plot_legend_beside_draw(const Drawing *d); /* with options->legend_room */
/* The mark, line or colours of an entry in the middle of a place of that width. */
void plot_legend_icon(const Drawing *d, PlotEntryKind kind, int class, float left, float middle, float width);
/* The ramp with the numbers of its ends and its name between them; for losses with the threshold on it. */
void plot_legend_bar(const Drawing *d, float left, float top, float width);
#define LEGEND_BAR 34.0f /* its height, and the least width: logical pixels */
#define LEGEND_BAR_WIDTH 132.0f
void plot_caption_draw(const Drawing *d);

/* Screen positions of points, in double: a small view may be far from the origin. */
typedef struct ToScreen {
    double center_x, center_y, scale, scale_y, middle_x, middle_y;
} ToScreen;

static inline ToScreen to_screen(const Camera *camera) {
    return (ToScreen){camera->center_x,
                      camera->center_y,
                      camera->scale,
                      camera_scale_y(camera),
                      (double)camera->view.x + (double)camera->view.w / 2,
                      (double)camera->view.y + (double)camera->view.h / 2};
}

static inline float row_at(const ToScreen *t, float y) {
    return (float)(t->middle_y - ((double)y - t->center_y) * t->scale_y);
}

/* Where a point is; false if its mark, which reaches `margin` pixels, cannot be seen. */
static inline bool place_of(const Drawing *d, const ToScreen *t, float margin, const Dataset *data, size_t i, float *x,
                            float *y) {
    double sx = ((double)data->x[i] - t->center_x) * t->scale + t->middle_x;
    *x = (float)sx;
    *y = row_at(t, data->y[i]);
    return *x >= d->area.x - margin && *x <= d->area.x + d->area.w + margin && *y >= d->area.y - margin &&
           *y <= d->area.y + d->area.h + margin;
}

static inline bool place(const Drawing *d, const ToScreen *t, float margin, size_t i, float *x, float *y) {
    return place_of(d, t, margin, d->snapshot->data, i, x, y);
}

#endif
