#include "app/plot/figure_private.h"
#include "app/base/language.h"
#include "app/plot/key_words.h"
#include "app/plot/plot_private.h"

#include <math.h>
#include <stdio.h>

static const float FOOT = 8.0f, NAME = 4.0f; /* logical pixels */

typedef struct Sign { /* what an entry's mark is drawn with */
    const Plot *plot;
    PlotColor color;
    PlotEntryKind kind;
} Sign;

static void key_mark(const Pen *pen, const KeyEntry *entry, Rect place) {
    const Sign *sign = entry->of;
    plot_sign_draw(sign->plot, pen->canvas, sign->color, sign->kind, entry->class, roundf(place.x + place.w / 2),
                   floorf(place.y + place.h / 2) + 0.5f);
}

static int list_points(const Snapshot *s, const Sign *easy, const Sign *hard, KeyEntry entries[KEY_CLASSES + 2]) {
    int count = 0, classes = s->data->classes, order = s->settings->order;
    char name[32];
    if (classes > KEY_CLASSES) {
        entries[count] = (KeyEntry){.draw = key_mark, .of = easy};
        key_counted(order, tr("the mark of the class"), entries[count++].text, sizeof entries->text);
    }
    for (int k = 0; k < classes && classes <= KEY_CLASSES; k++) {
        if (s->data->class_count[k] == 0)
            continue;
        entries[count] = (KeyEntry){.draw = key_mark, .of = easy, .class = k};
        key_counted(order, dataset_class_name(s->data, k, name), entries[count++].text, sizeof entries->text);
    }
    if (s->easy < s->data->count) {
        entries[count] = (KeyEntry){.draw = key_mark, .of = hard};
        snprintf(entries[count++].text, sizeof entries->text, "%s", key_left_out(order));
    }
    return count;
}

bool figure_map_draw(const Pen *pen, Rect outer, Plot *plot, const MapPoints *map, const Snapshot *s,
                     const PlotOptions *wanted, Status *status) {
    KeyEntry entries[KEY_CLASSES + 2];
    Snapshot snapshot = map_points_snapshot(map, s);
    PlotOptions options = map_points_options(wanted);
    Sign easy = {plot, options.color, PLOT_ENTRY_EASY}, hard = {plot, options.color, PLOT_ENTRY_HARD};
    bool ramp = options.color != PLOT_COLOR_CLASS;
    int count = list_points(s, &easy, &hard, entries);
    options.caption = options.name_row = true;
    float foot = pen_px(pen, FOOT), name = pen_px(pen, NAME), right = pen_px(pen, 15.0f);
    Rect area = plot_area(&options, outer);
    float key, bar = ramp ? pen_px(pen, LEGEND_BAR) : 0.0f;
    count = figure_key_fit(pen, entries, count, outer, area.w, &key);
    Rect over = {outer.x, outer.y, outer.w, floorf(fmaxf(outer.h - key - bar - foot - name, 1.0f))};
    area = plot_area(&options, over);
    Camera camera = map_points_camera(map, area, pen->scale);
    PlotScene scene = {over, &camera, &snapshot, &options};
    if (!plot_draw(plot, pen->canvas, pen->text, pen->theme, &scene, status))
        return false;
    canvas_push_clip(pen->canvas, area);
    map_points_draw_over(pen, &camera);
    canvas_pop_clip(pen->canvas);
    Rect rows = {area.x, over.y + over.h + name, outer.x + outer.w - right - area.x, key};
    figure_key_draw(pen, entries, count, rows);
    if (ramp) {
        Drawing d = plot_begin(plot, pen->canvas, pen->text, pen->theme, &scene);
        plot_ramp_begin(&d);
        plot_legend_bar(&d, rows.x, rows.y + key, fminf(rows.w, pen_px(pen, 2 * LEGEND_BAR_WIDTH)));
    }
    return true;
}
