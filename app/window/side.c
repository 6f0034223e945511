#include "app/window/side.h"

#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void side_free(SideState *state) {
    free(state->picture);
    *state = (SideState){0};
}

static Rect whole_pixels(const Canvas *canvas, Rect r) {
    float x1 = fminf(r.x + r.w, (float)canvas->width), y1 = fminf(r.y + r.h, (float)canvas->height);
    return (Rect){fmaxf(r.x, 0.0f), fmaxf(r.y, 0.0f), x1 - fmaxf(r.x, 0.0f), y1 - fmaxf(r.y, 0.0f)};
}

/* The drawer's place on the canvas, in whole pixels, with room for a picture of it; empty without memory, in which case
 * the plot draws over the drawer. */
static Rect drawer_place(const Side *side) {
    Rect r = whole_pixels(side->ui->canvas, side->layout->panel);
    size_t count = (size_t)r.w * (size_t)r.h;
    if (count > side->state->capacity) {
        free(side->state->picture);
        side->state->picture = malloc(count * sizeof *side->state->picture);
        side->state->capacity = side->state->picture ? count : 0;
    }
    return side->state->picture ? r : (Rect){0};
}

/* Keeps what lies in the drawer's place. */
static void keep_place(const Side *side) {
    Rect r = drawer_place(side);
    const Canvas *canvas = side->ui->canvas;
    for (size_t row = 0; row < (size_t)r.h; row++)
        memcpy(side->state->picture + row * (size_t)r.w,
               canvas->pixels + ((size_t)r.y + row) * (size_t)canvas->width + (size_t)r.x,
               (size_t)r.w * sizeof *side->state->picture);
}

/* Takes the drawer off the canvas, or puts it back: what it lies on is drawn in between, and may be kept by the
 * plot. */
static void exchange_drawer(const Side *side) {
    Rect r = drawer_place(side);
    const Canvas *canvas = side->ui->canvas;
    for (size_t row = 0; row < (size_t)r.h; row++) {
        uint32_t *on = canvas->pixels + ((size_t)r.y + row) * (size_t)canvas->width + (size_t)r.x;
        uint32_t *kept = side->state->picture + row * (size_t)r.w;
        for (size_t x = 0; x < (size_t)r.w; x++) {
            uint32_t pixel = on[x];
            on[x] = kept[x];
            kept[x] = pixel;
        }
    }
}

void side_press(const Side *side, UiInput *input) {
    bool open = side->layout->drawer && side->layout->panel.w > 0.0f;
    if (!open || !input->pressed || rect_has(side->layout->panel, input->mouse_x, input->mouse_y))
        return;
    for (int i = 0; i < side->ui->widget_count; i++) /* of the last frame */
        if (side->ui->widgets[i].on_top && rect_has(side->ui->widgets[i].rect, input->mouse_x, input->mouse_y))
            return;
    *side->drawer = false;
    input->mouse_x = input->mouse_y = -1e6f; /* a press on nothing: what is being typed is taken */
}

/* The drawer's widgets, on top of all others. It closes with Esc, and when Tab leaves it. */
static void drawer_widgets(const Side *side, bool opened, const Snapshot *snapshot, Intents *intents) {
    Ui *ui = side->ui;
    Rect panel = side->layout->panel;
    if (opened && ui->focus_visible)
        ui->focus = ui_id("threshold");
    ui->on_top = true;
    int first = ui->widget_count;
    keep_place(side);
    canvas_rect(ui->canvas, panel, ui->theme->card); /* no round corners: the plot would have to show in them */
    canvas_rounded_frame(ui->canvas, panel, 0.0f, fmaxf(1.0f, roundf(ui->scale)), ui->theme->line);
    panel_widgets(ui, panel, side->panel, side->hand, snapshot, intents);
    bool inside = false;
    for (int i = first; i < ui->widget_count; i++)
        inside = inside || ui_id(ui->widgets[i].name) == ui->focus;
    ui_note(ui, "drawer", panel);
    ui->on_top = false;
    exchange_drawer(side);
    bool escape = !suspects_has_selection(&side->panel->suspects) && ui_take_plain_key(ui, KEY_ESCAPE);
    if ((ui->focus_moved && !opened && !inside) || escape) {
        *side->drawer = false;
        ui->focus = ui->focus_visible ? ui_id("curriculum") : 0;
        ui->wants_frame = true;
    }
}

void side_widgets(const Side *side, const Snapshot *snapshot, Intents *intents) {
    const Layout *l = side->layout;
    bool was = l->panel.w > 0.0f;
    side->panel->threshold.rect = (Rect){0}; /* what the panel has of its last frame is nothing while it is away */
    side->panel->saving_intent = (ExportIntent){.ask = EXPORT_ASKS_NOTHING};
    network_fold(&side->panel->network);
    side->panel->colors_here = l->key.w <= 0.0f;
    if (l->threshold.w > 0.0f && !l->present) {
        bool drawer = *side->drawer;
        const CompareState *compare = &side->panel->compare; /* the run whose plot is on show */
        int others = intents->count;
        threshold_row(side->ui, l->threshold, compare_shown(compare, snapshot), was, &drawer, intents);
        compare_route(compare, snapshot, intents, others);
        if (drawer != *side->drawer)
            side->ui->wants_frame = true;
        bool opened = side->state->opened; /* its layout follows a frame later */
        side->state->opened = drawer && !*side->drawer;
        *side->drawer = drawer;
        if (was)
            drawer_widgets(side, opened, snapshot, intents);
    } else if (was) {
        panel_widgets(side->ui, l->panel, side->panel, side->hand, snapshot, intents);
    }
}

void side_draw(const Side *side, const Snapshot *snapshot) {
    if (side->layout->drawer && side->layout->panel.w > 0.0f) {
        canvas_shadow(side->ui->canvas, side->layout->panel, 0.0f, side->ui->scale);
        exchange_drawer(side);
    }
    canvas_push_clip(side->ui->canvas, side->panel->scrolled);
    threshold_draw(side->ui, &side->panel->threshold, compare_shown(&side->panel->compare, snapshot));
    canvas_pop_clip(side->ui->canvas);
}
