#include "app/views/select_drag.h"

#include "app/base/make_room.h"
#include "app/views/plot_hand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void select_drag_free(SelectDrag *drag) {
    free(drag->before);
    free(drag->bits);
    *drag = (SelectDrag){0};
}

/* ---- what lies within ---- */

static Rect bounds_of(const SelectDrag *drag) {
    float x0 = drag->path[0], y0 = drag->path[1], x1 = x0, y1 = y0;
    for (size_t i = 1; i < drag->count; i++) {
        x0 = fminf(x0, drag->path[2 * i]);
        y0 = fminf(y0, drag->path[2 * i + 1]);
        x1 = fmaxf(x1, drag->path[2 * i]);
        y1 = fmaxf(y1, drag->path[2 * i + 1]);
    }
    return (Rect){x0, y0, x1 - x0, y1 - y0};
}

/* By the crossings of a ray to the right. */
static bool within_lasso(const SelectDrag *drag, float x, float y) {
    bool inside = false;
    for (size_t i = 0, k = drag->count - 1; i < drag->count; k = i++) {
        const float *a = &drag->path[2 * i], *b = &drag->path[2 * k];
        if ((a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0])
            inside = !inside;
    }
    return inside;
}

static void take_within(SelectDrag *drag, const SelectScene *scene, Selection *selection) {
    size_t words = (selection->points + 63) / 64;
    Rect bounds = bounds_of(drag);
    if (drag->mode == SELECT_ONLY)
        memset(drag->bits, 0, words * sizeof *drag->bits);
    else
        memcpy(drag->bits, drag->before, words * sizeof *drag->bits);
    for (size_t i = 0; i < selection->points; i++) {
        float at[2];
        camera_screen(scene->camera, scene->data->x[i], scene->data->y[i], at);
        if (at[0] < bounds.x || at[1] < bounds.y || at[0] > bounds.x + bounds.w || at[1] > bounds.y + bounds.h ||
            !rect_has(scene->camera->view, at[0], at[1]) || !plot_shows(scene->hidden, scene->snapshot, i) ||
            (drag->lasso && !within_lasso(drag, at[0], at[1])))
            continue;
        uint64_t bit = UINT64_C(1) << i % 64, *word = &drag->bits[i / 64];
        *word = drag->mode == SELECT_LESS ? *word & ~bit : *word | bit;
    }
    selection_set(selection, drag->bits);
}

/* ---- the hand ---- */

static bool begin(SelectDrag *drag, const Ui *ui, const UiTouch *touch, bool lasso, const Selection *selection) {
    size_t words = (selection->points + 63) / 64;
    uint64_t *before = make_room(drag->before, &drag->before_room, words, sizeof *before);
    drag->before = before ? before : drag->before;
    uint64_t *bits = make_room(drag->bits, &drag->bits_room, words, sizeof *bits);
    drag->bits = bits ? bits : drag->bits;
    if (!before || !bits || words == 0)
        return false;
    memcpy(before, selection->bits, words * sizeof *before);
    drag->plot = touch->id;
    drag->moved = false;
    drag->lasso = lasso;
    drag->mode = ui->input.ctrl ? SELECT_LESS : ui->input.shift ? SELECT_MORE : SELECT_ONLY;
    drag->spacing = ui_px(ui, 2.0f);
    drag->path[0] = touch->grab_x;
    drag->path[1] = touch->grab_y;
    drag->count = 1;
    return true;
}

/* Every second corner goes where there is no room for more. */
static void add_corner(SelectDrag *drag, float x, float y) {
    const float *last = &drag->path[2 * (drag->count - 1)];
    if (hypotf(x - last[0], y - last[1]) < drag->spacing)
        return;
    if (drag->count == SELECT_PATH) {
        drag->count /= 2;
        drag->spacing *= 2;
        for (size_t i = 1; i < drag->count; i++)
            memcpy(&drag->path[2 * i], &drag->path[4 * i], 2 * sizeof *drag->path);
    }
    drag->path[2 * drag->count] = x;
    drag->path[2 * drag->count++ + 1] = y;
}

static void go_on(SelectDrag *drag, const Ui *ui, Rect area) {
    float x = fminf(fmaxf(ui->input.mouse_x, area.x), area.x + area.w);
    float y = fminf(fmaxf(ui->input.mouse_y, area.y), area.y + area.h);
    drag->moved = drag->moved || hypotf(x - drag->path[0], y - drag->path[1]) > ui_px(ui, PLOT_HAND_CLICK);
    if (drag->lasso) {
        add_corner(drag, x, y);
    } else {
        drag->path[2] = x;
        drag->path[3] = y;
        drag->count = 2;
    }
}

static void click(const SelectDrag *drag, const SelectScene *scene, Selection *selection) {
    if (scene->nearest < 0) {
        if (drag->mode == SELECT_ONLY)
            selection_clear(selection);
        return;
    }
    uint32_t sample = (uint32_t)scene->nearest;
    if (drag->mode == SELECT_ONLY)
        selection_use(selection, &sample, 1, SELECT_ONLY);
    else
        selection_toggle(selection, sample);
}

bool select_drag_touch(SelectDrag *drag, Ui *ui, const UiTouch *touch, bool begins, bool lasso,
                       const SelectScene *scene, Selection *selection) {
    if (begins && touch->pressed && drag->plot == 0)
        begin(drag, ui, touch, lasso, selection);
    if (drag->plot == 0 || drag->plot != touch->id)
        return false;
    if (scene->snapshot->data_version != selection->data_version || ui_take_plain_key(ui, KEY_ESCAPE)) {
        if (scene->snapshot->data_version == selection->data_version)
            selection_set(selection, drag->before);
        ui->keyboard_taken = true;
        drag->plot = 0;
        return false;
    }
    go_on(drag, ui, scene->camera->view);
    if (drag->moved && (touch->released || selection->points <= SELECT_AT_ONCE))
        take_within(drag, scene, selection);
    if (!drag->moved && touch->released && !scene->no_click)
        click(drag, scene, selection);
    if (touch->released || !touch->held)
        drag->plot = 0;
    ui->cursor = CURSOR_CROSS;
    ui->wants_frame = true;
    return drag->plot != 0;
}

void select_drag_draw(const SelectDrag *drag, Ui *ui, const char *plot, Rect area) {
    if (drag->plot == 0 || !drag->moved || drag->plot != ui_id(plot))
        return;
    Color inside = color_alpha(ui->theme->accent, 0.14f);
    Rect bounds = bounds_of(drag);
    float line = fmaxf(1.0f, roundf(ui->scale));
    canvas_push_clip(ui->canvas, area);
    if (drag->lasso) {
        canvas_polygon(ui->canvas, drag->path, drag->count, inside);
        canvas_polyline(ui->canvas, drag->path, drag->count, 1.5f * ui->scale, ui->theme->accent);
    } else {
        canvas_rect(ui->canvas, bounds, inside);
        canvas_rounded_frame(ui->canvas, bounds, 0, line, ui->theme->accent);
    }
    canvas_pop_clip(ui->canvas);
    ui_note(ui, drag->lasso ? "select-lasso" : "select-box", bounds);
}
