#include "app/base/language.h"
#include "app/window/screen_private.h"

#include <math.h>

/* Logical pixels: of the row over both plots; windows from which they stand side by side. */
static const float HEAD = 30.0f, SIDE_BY_SIDE = 1100.0f;
static const float SHARE = 0.43f; /* of the map, there */

void screen_map_follow(Screen *w) {
    MapLook *look = &w->map_look;
    bool page = w->panel.suspects.open;
    if (page && !look->page && !w->map.open && (float)w->canvas.width >= SIDE_BY_SIDE * w->scale)
        w->map.open = look->by_page = true;
    look->by_page = look->by_page && w->map.open;
    if (!page && look->by_page)
        w->map.open = look->by_page = false;
    look->page = page;
}

bool screen_map_wanted(const Screen *w, const Snapshot *snapshot) {
    return w->map.open && !w->presenting && snapshot->other_count == 0;
}

bool screen_map_beside(const Screen *w, const Snapshot *snapshot) {
    return screen_map_wanted(w, snapshot) && (float)w->canvas.width >= SIDE_BY_SIDE * w->scale;
}

/* ---- the layout ---- */

/* Both outers begin a little within the row: a plot has some room above itself. */
static void lay_out(Screen *w) {
    Rect all = w->layout.plot;
    MapLook *look = &w->map_look;
    float head = roundf(HEAD * w->scale), under = head - roundf(UNIT * w->scale);
    look->head = (Rect){all.x, all.y, all.w, head};
    all.y += under;
    all.h = fmaxf(all.h - under, 1.0f);
    look->outer = all;
    if (look->beside) {
        look->outer.w = roundf(all.w * SHARE);
        look->outer.x = all.x + all.w - look->outer.w;
        all.w -= look->outer.w;
    }
    w->layout.plot = all;
}

/* A title over a plot, and what it is about, as far as there is room. */
static void draw_title(Ui *ui, Rect area, Rect head, float right, const char *title, const char *words) {
    float used = ceilf(text_width(ui->text, TEXT_MEDIUM, title)) + ui_px(ui, 10.0f);
    Rect place = {area.x, head.y + ui_px(ui, 2.0f), right - area.x, head.h - ui_px(ui, 2.0f)};
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, place, ALIGN_LEFT, ui->theme->text, title);
    place.x += used;
    place.w -= used;
    if (text_width(ui->text, TEXT_CAPTION, words) <= place.w)
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, place, ALIGN_LEFT, ui->theme->muted, words);
}

static void touch_head(Screen *w, const PlotOptions *options) {
    Ui *ui = &w->ui;
    MapLook *look = &w->map_look;
    Rect area = plot_area(options, w->layout.plot), map = plot_area(options, look->outer), head = look->head;
    float side = ui_px(ui, 24.0f), top = roundf(head.y + (head.h - side) / 2) + ui_px(ui, 1.0f);
    Rect close = {map.x + map.w - side, top, side, side}, tabs = {area.x, top, ui_px(ui, 190.0f), side};
    if (look->beside) {
        draw_title(ui, area, head, area.x + area.w, tr("The points"), "");
        draw_title(ui, map, head, close.x - ui_px(ui, UNIT), tr("Data map"), tr("confidence by variability"));
    } else {
        const char *const labels[] = {tr("The points"), tr("Data map")};
        bool front =
            ui_segments(ui, "plot-tabs", tabs, labels, 2, w->map.front, tr("The points, or how they were learned"));
        ui->wants_frame = ui->wants_frame || front != w->map.front;
        w->map.front = front;
        Rect beside = {tabs.x + tabs.w + ui_px(ui, 12.0f), head.y, close.x - tabs.x - tabs.w - ui_px(ui, 20.0f),
                       head.h};
        const char *words = tr("confidence by variability");
        if (front && text_width(ui->text, TEXT_CAPTION, words) <= beside.w)
            text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, beside, ALIGN_LEFT, ui->theme->muted, words);
    }
    if (ui_button(ui, "map-close", close, ICON_CLOSE, "", BUTTON_QUIET, tr("Close the data map (D)"))) {
        w->map.open = false;
        ui->wants_frame = true;
    }
}

void screen_map_widgets(Screen *w, const Snapshot *snapshot) {
    MapLook *look = &w->map_look;
    look->shown = screen_map_wanted(w, snapshot);
    look->beside = screen_map_beside(w, snapshot);
    look->alone = false;
    w->map.front = w->map.front || !look->shown; /* it opens in front */
    if (!look->shown)
        return;
    lay_out(w);
    PlotOptions options = screen_plot_options(w);
    touch_head(w, &options);
    look->alone = !look->beside && w->map.front;
}

/* ---- the hand, and the picture ---- */

static DataMapScene scene_of(Screen *w, const PlotOptions *options, const Snapshot *snapshot) {
    return (DataMapScene){.outer = w->map_look.outer,
                          .options = options,
                          .snapshot = snapshot,
                          .hand = &w->hand,
                          .selection = &w->selection,
                          .select = &w->select,
                          .suspects = &w->panel.suspects,
                          .lasso = w->brush.tool == TOOL_SELECT && w->brush.lasso,
                          .selects = w->brush.tool == TOOL_SELECT};
}

bool screen_map_is_chosen(const Screen *w) {
    return w->map.open && !w->map_look.by_page;
}

bool screen_map_seen(const Screen *w) {
    return w->map_look.shown && (w->map_look.beside || w->map_look.alone);
}

void screen_touch_map(Screen *w, const PlotOptions *options, const Snapshot *snapshot) {
    if (!screen_map_seen(w)) {
        w->map.hovered = -1;
        return;
    }
    DataMapScene scene = scene_of(w, options, snapshot);
    data_map_touch(&w->map, &w->ui, &scene);
}

bool screen_draw_map(Screen *w, const PlotOptions *options, const Snapshot *snapshot, Status *status) {
    if (!screen_map_seen(w))
        return true;
    DataMapScene scene = scene_of(w, options, snapshot);
    return data_map_draw(&w->map, &w->ui, &scene, status);
}

void screen_draw_linked(Screen *w, Rect area, const Snapshot *snapshot) {
    int64_t sample = screen_map_seen(w) ? w->map.walked >= 0 ? w->map.walked : w->map.hovered : -1;
    if (sample < 0 || (size_t)sample >= snapshot->data->count || sample == w->hand.pinned)
        return;
    float at[2], radius = ui_px(&w->ui, 6.5f);
    camera_screen(&w->hand.camera, snapshot->data->x[sample], snapshot->data->y[sample], at);
    if (!rect_has(area, at[0], at[1]))
        return;
    canvas_push_clip(&w->canvas, area);
    plot_hand_ring(&w->ui, at, radius, ui_px(&w->ui, 1.25f));
    canvas_pop_clip(&w->canvas);
    ui_note(&w->ui, "plot-linked", (Rect){at[0] - radius, at[1] - radius, 2 * radius, 2 * radius});
}
