#include "app/views/plot_hand.h"

#include "app/views/plot_card.h"

#include <math.h>

void plot_hand_ring(Ui *ui, const float at[2], float radius, float width) {
    canvas_ring(ui->canvas, at[0], at[1], radius, 2 * width, ui->theme->focus_inner);
    canvas_ring(ui->canvas, at[0], at[1], radius, width, ui->theme->focus_outer);
}

static void draw_pin(const PlotHand *hand, Ui *ui, const Dataset *data) {
    float at[2], radius = ui_px(ui, 9.0f);
    camera_screen(&hand->camera, data->x[hand->pinned], data->y[hand->pinned], at);
    plot_hand_ring(ui, at, radius, ui_px(ui, 2.5f));
    if (rect_has(hand->camera.view, at[0], at[1]))
        ui_note(ui, "plot-pin", (Rect){at[0] - radius, at[1] - radius, 2 * radius, 2 * radius});
}

/* Inside the rect, two lines of 2 logical pixels. */
static void draw_focus(Ui *ui, Rect r) {
    float line = ui_px(ui, 2.0f);
    canvas_rounded_frame(ui->canvas, r, 0, line, ui->theme->focus_outer);
    Rect inner = {r.x + line, r.y + line, r.w - 2 * line, r.h - 2 * line};
    canvas_rounded_frame(ui->canvas, inner, 0, line, ui->theme->focus_inner);
}

void plot_hand_draw_twin(const PlotHand *hand, Ui *ui, Rect area, const Snapshot *snapshot, int twin, bool focused) {
    static const char *const NAMES[2][OTHER_RUNS] = {{"twin-hovered", "twin-hovered-2"}, {"twin-pin", "twin-pin-2"}};
    const Dataset *data = snapshot->data;
    Camera camera = hand->camera;
    camera.view = area;
    camera_update(&camera);
    canvas_push_clip(ui->canvas, area);
    for (int pinned = 0; pinned < 2; pinned++) {
        int64_t sample = pinned ? hand->pinned : hand->over && hand->card_open ? hand->hovered : -1;
        if (sample < 0 || (size_t)sample >= data->count || (!pinned && sample == hand->pinned))
            continue;
        float at[2], radius = ui_px(ui, pinned ? 9.0f : 6.5f);
        camera_screen(&camera, data->x[sample], data->y[sample], at);
        plot_hand_ring(ui, at, radius, ui_px(ui, pinned ? 2.5f : 1.25f));
        if (rect_has(area, at[0], at[1]))
            ui_note(ui, NAMES[pinned][twin], (Rect){at[0] - radius, at[1] - radius, 2 * radius, 2 * radius});
    }
    if (focused && ui->focus_visible)
        draw_focus(ui, area);
    canvas_pop_clip(ui->canvas);
}

static void draw_box(const PlotHand *hand, Ui *ui) {
    Rect box = plot_hand_box(hand);
    canvas_rect(ui->canvas, box, color_alpha(ui->theme->accent, 0.14f));
    canvas_rounded_frame(ui->canvas, box, 0, fmaxf(1, roundf(ui->scale)), ui->theme->accent);
    ui_note(ui, "plot-box", box);
}

static void draw_aspect(const PlotHand *hand, Ui *ui, const Dataset *data) {
    Rect r = hand->aspect_button;
    bool lit = hand->aspect_touch.hovered || hand->aspect_touch.held;
    if (r.w <= 0.0f)
        return;
    if (lit)
        canvas_rounded(ui->canvas, r, ui_px(ui, 4.0f), ui_chip_color(ui, &hand->aspect_touch));
    Color color = aspect_fills(hand->aspect, data) ? ui->theme->accent : lit ? ui->theme->text : ui->theme->muted;
    ui_icon(ui->canvas, ICON_AXES, r.x + r.w / 2, r.y + r.h / 2, ui_px(ui, 12.0f), color);
}

void plot_hand_draw(PlotHand *hand, Ui *ui, Rect area, const Snapshot *snapshot) {
    plot_hand_camera(hand, area, snapshot);
    draw_aspect(hand, ui, snapshot->data);
    canvas_push_clip(ui->canvas, area);
    if (hand->pinned >= 0)
        draw_pin(hand, ui, snapshot->data);
    if (hand->drag == PLOT_DRAG_BOX)
        draw_box(hand, ui);
    if (hand->focused)
        draw_focus(ui, area);
    canvas_pop_clip(ui->canvas);
    if (hand->told >= 0 && (size_t)hand->told < snapshot->data->count) {
        float at[2];
        camera_screen(&hand->camera, snapshot->data->x[hand->told], snapshot->data->y[hand->told], at);
        if (hand->duel)
            plot_card_draw_pair(ui, hand->duel_room, at, hand->duel, (size_t)hand->told);
        else
            plot_card_draw_point(ui, area, at, &hand->camera, snapshot, (size_t)hand->told);
        return;
    }
    if (!hand->over || !hand->card_open)
        return;
    const float pointer[2] = {ui->input.mouse_x, ui->input.mouse_y};
    /* The camera may have changed with the points since the pointer was looked at. */
    hand->hovered = plot_hand_nearest(hand, snapshot, ui->scale, ui->input.mouse_x, ui->input.mouse_y);
    int64_t clean = plot_hand_nearest_clean(hand, snapshot, ui->scale, pointer[0], pointer[1], hand->hovered);
    if (clean >= 0) {
        plot_card_draw_clean(ui, area, pointer, &hand->camera, snapshot, (size_t)clean);
    } else if (hand->hovered >= 0) {
        float at[2];
        camera_screen(&hand->camera, snapshot->data->x[hand->hovered], snapshot->data->y[hand->hovered], at);
        canvas_push_clip(ui->canvas, area);
        if (hand->hovered != hand->pinned) /* which one the card is about */
            plot_hand_ring(ui, at, ui_px(ui, 6.5f), ui_px(ui, 1.25f));
        canvas_pop_clip(ui->canvas);
        if (hand->duel)
            plot_card_draw_pair(ui, hand->duel_room, pointer, hand->duel, (size_t)hand->hovered);
        else
            plot_card_draw_point(ui, area, pointer, &hand->camera, snapshot, (size_t)hand->hovered);
    } else if (ui->input.time - hand->rest_since < PLOT_HAND_MODEL_AFTER) {
        ui->wants_frame = true; /* between two points the card does not flash up with something else */
    } else {
        plot_card_draw_model(ui, area, &hand->camera, snapshot);
    }
}
