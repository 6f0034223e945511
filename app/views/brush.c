#include "app/views/brush.h"

#include "app/base/format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float STEP = 1.25f;   /* of the size, by key or button */
static const int PIXEL_DIGITS = 2; /* a point is put to a tenth of a pixel or so: its text is short in the log */

void brush_init(Brush *brush) {
    *brush = (Brush){.radius = BRUSH_RADIUS};
    numpy_seed(&brush->rng, 1);
}

void brush_free(Brush *brush) {
    free(brush->samples);
    free(brush->xs);
    free(brush->ys);
    free(brush->flipped);
    brush_init(brush);
}

static bool make_room(Brush *b, size_t count) {
    if (count <= b->room)
        return true;
    uint32_t *samples = realloc(b->samples, count * sizeof *samples);
    b->samples = samples ? samples : b->samples;
    float *xs = realloc(b->xs, count * sizeof *xs);
    b->xs = xs ? xs : b->xs;
    float *ys = realloc(b->ys, count * sizeof *ys);
    b->ys = ys ? ys : b->ys;
    if (!samples || !xs || !ys)
        return false;
    b->room = count;
    return true;
}

/* Where the circle's middle was in the last frame and is now, and its radius along x: world units. Along y it is
 * 1 / stretch of that, which makes a circle on the screen. */
typedef struct Sweep {
    double x0, y0, x1, y1, radius, stretch;
    double pixel; /* along x, likewise */
} Sweep;

static double distance_squared(const Sweep *s, double x, double y) {
    double dx = s->x1 - s->x0, dy = (s->y1 - s->y0) * s->stretch, length = dx * dx + dy * dy;
    double px = x - s->x0, py = (y - s->y0) * s->stretch;
    double t = length > 0.0 ? (px * dx + py * dy) / length : 0.0;
    t = fmin(1.0, fmax(0.0, t));
    double ex = px - t * dx, ey = py - t * dy;
    return ex * ex + ey * ey;
}

static void add(Brush *b, const Sweep *s, double seconds, bool press, PointEdit *edit) {
    b->due += press ? BRUSH_PRESS : BRUSH_SECOND * seconds;
    size_t count = (size_t)b->due;
    if (!make_room(b, count))
        return;
    b->due -= (double)count;
    for (size_t i = 0; i < count; i++) {
        double t = numpy_double(&b->rng), nx, ny;
        do { /* within the circle: no stray points */
            nx = numpy_normal(&b->rng) / 2.0;
            ny = numpy_normal(&b->rng) / 2.0;
        } while (nx * nx + ny * ny > 1.0);
        double x = s->x0 + t * (s->x1 - s->x0) + nx * s->radius,
               y = s->y0 + t * (s->y1 - s->y0) + ny * s->radius / s->stretch;
        b->xs[i] = (float)round_by_hand(x, s->pixel, PIXEL_DIGITS);
        b->ys[i] = (float)round_by_hand(y, s->pixel / s->stretch, PIXEL_DIGITS);
        if (!isfinite(b->xs[i]) || !isfinite(b->ys[i]))
            return;
    }
    edit->kind = EDIT_ADD;
    edit->x = b->xs;
    edit->y = b->ys;
    edit->label = (uint8_t)b->class;
    edit->count = count;
}

static void take(Brush *b, const Sweep *s, const PlotHidden *hidden, const Snapshot *snapshot, PointEdit *edit) {
    const Dataset *data = snapshot->data;
    bool flip = b->tool == TOOL_FLIP;
    if (!make_room(b, data->count))
        return;
    if (flip && b->flipped_count != data->count) {
        uint8_t *flipped = realloc(b->flipped, data->count);
        if (!flipped)
            return;
        memset(flipped, 0, data->count);
        b->flipped = flipped;
        b->flipped_count = data->count;
    }
    size_t count = 0;
    for (size_t i = 0; i < data->count; i++)
        if (distance_squared(s, (double)data->x[i], (double)data->y[i]) <= s->radius * s->radius &&
            plot_shows(hidden, snapshot, i) && !(flip && b->flipped[i]))
            b->samples[count++] = (uint32_t)i;
    for (size_t i = 0; flip && i < count; i++)
        b->flipped[b->samples[i]] = 1;
    edit->kind = flip ? EDIT_FLIP : EDIT_ERASE;
    edit->samples = b->samples;
    edit->count = count;
}

static size_t find_within(const Sweep *s, const Dataset *data, uint32_t *samples) {
    size_t count = 0;
    for (size_t i = 0; i < data->count; i++)
        if (distance_squared(s, (double)data->x[i], (double)data->y[i]) <= s->radius * s->radius)
            samples[count++] = (uint32_t)i;
    return count;
}

/* Whether the stroke that begins there makes samples of clean points. */
static bool begins_to_unmark(Brush *b, const Sweep *s, bool shift, const PlotHidden *hidden, const Snapshot *snapshot) {
    const Dataset *clean = snapshot->clean;
    PointEdit samples = {0};
    if (shift || !clean || clean->count == 0 || !make_room(b, clean->count))
        return shift;
    if (hidden->clean || find_within(s, clean, b->samples) == 0)
        return false;
    take(b, s, hidden, snapshot, &samples);
    return samples.count == 0;
}

static void mark_clean(Brush *b, const Sweep *s, const PlotHidden *hidden, const Snapshot *snapshot, PointEdit *edit) {
    const Dataset *clean = snapshot->clean;
    if (!b->unmarks) {
        take(b, s, hidden, snapshot, edit);
        edit->kind = EDIT_CLEAN;
    } else if (clean && clean->count > 0 && !hidden->clean && make_room(b, clean->count)) {
        edit->kind = EDIT_UNCLEAN;
        edit->samples = b->samples;
        edit->count = find_within(s, clean, b->samples);
    }
}

PointEdit brush_touch(Brush *b, Ui *ui, const UiTouch *touch, const PlotHand *hand, const Snapshot *snapshot) {
    const UiInput *input = &ui->input;
    PointEdit edit = {.data_version = snapshot->data_version};
    b->class = b->class < snapshot->data->classes ? b->class : 0;
    b->over = tool_paints(b->tool) && (touch->hovered || touch->held);
    if (b->over)
        ui->cursor = CURSOR_CROSS;
    bool press = touch->pressed && tool_paints(b->tool);
    if (press) {
        b->painting = true;
        b->due = 0.0;
        b->flipped_count = 0; /* a new stroke */
        b->x = input->mouse_x;
        b->y = input->mouse_y;
    }
    if (b->painting && (touch->held || press)) {
        double from[2], to[2];
        camera_world_exact(&hand->camera, (double)b->x, (double)b->y, from);
        camera_world_exact(&hand->camera, (double)input->mouse_x, (double)input->mouse_y, to);
        const Camera *camera = &hand->camera;
        Sweep sweep = {from[0],
                       from[1],
                       to[0],
                       to[1],
                       (double)ui_px(ui, b->radius) / camera->scale,
                       camera_scale_y(camera) / camera->scale,
                       1.0 / camera->scale};
        if (press && b->tool == TOOL_CLEAN)
            b->unmarks = begins_to_unmark(b, &sweep, input->shift, &hand->hidden, snapshot);
        if (b->tool == TOOL_CLEAN)
            mark_clean(b, &sweep, &hand->hidden, snapshot, &edit);
        else if (b->tool == TOOL_ADD)
            add(b, &sweep, fmin(0.1, input->time - b->at), press, &edit);
        else
            take(b, &sweep, &hand->hidden, snapshot, &edit);
        ui->wants_frame = true;
    }
    if (touch->released || !touch->held)
        b->painting = false;
    b->x = input->mouse_x;
    b->y = input->mouse_y;
    b->at = input->time;
    return edit;
}

static void resize(Brush *b, float factor) {
    b->radius = fminf(BRUSH_MOST, fmaxf(BRUSH_LEAST, b->radius * factor));
}

int brush_class_of(uint32_t character, int classes) {
    if (character < '0' || character > '9')
        return -1;
    int class = character == '0' ? BRUSH_LAST_KEY : (int)(character - '1');
    return class < classes ? class : -1;
}

bool brush_key(Brush *b, uint32_t character, int classes) {
    switch (character) {
    case 'v':
        b->tool = TOOL_MOVE;
        return true;
    case 'l':
        b->lasso = b->tool == TOOL_SELECT && !b->lasso;
        b->tool = TOOL_SELECT;
        return true;
    case 'b':
        b->tool = TOOL_ADD;
        return true;
    case 'e':
        b->tool = TOOL_ERASE;
        return true;
    case 'x':
        b->tool = TOOL_FLIP;
        return true;
    case 'c':
        b->tool = TOOL_CLEAN;
        return true;
    case '[':
        resize(b, 1.0f / STEP);
        return true;
    case ']':
        resize(b, STEP);
        return true;
    default:
        break;
    }
    int class = brush_class_of(character, classes);
    if (class < 0)
        return false;
    b->tool = TOOL_ADD;
    b->class = class;
    return true;
}

void brush_take_tenth(Brush *b, Ui *ui, int classes) {
    UiInput *input = &ui->input;
    int kept = 0;
    if (b->tool != TOOL_ADD || classes <= BRUSH_LAST_KEY || ui->keyboard_taken)
        return;
    for (int i = 0; i < input->key_count; i++) {
        const UiKey *key = &input->keys[i];
        if (key->code == KEY_CHARACTER && key->character == '0' && !key->ctrl && !key->alt)
            brush_key(b, '0', classes);
        else
            input->keys[kept++] = *key;
    }
    input->key_count = kept;
}

void brush_draw(const Brush *b, Ui *ui, Rect area) {
    if (!b->over)
        return;
    float radius = ui_px(ui, b->radius), line = fmaxf(1.0f, roundf(ui->scale));
    canvas_push_clip(ui->canvas, area);
    if (b->tool == TOOL_ADD)
        canvas_disc(ui->canvas, b->x, b->y, radius, color_alpha(ui->theme->class_fill[b->class], 0.16f));
    canvas_ring(ui->canvas, b->x, b->y, radius, 2.5f * line, ui->theme->focus_inner);
    canvas_ring(ui->canvas, b->x, b->y, radius, line, ui->theme->focus_outer);
    canvas_pop_clip(ui->canvas);
}
