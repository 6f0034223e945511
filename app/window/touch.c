#include "app/window/touch.h"

#include <math.h>
#include <string.h>

static const double TWICE = 0.4, RING_AFTER = 0.12; /* seconds: between two taps; before the ring */
static const float NEAR = 24.0f;                    /* logical pixels between two taps */
static const float RING = 34.0f;                    /* its radius: beyond the finger */

static void then(Touch *t, TouchDeed deed) {
    if (t->deed_count < TOUCH_DEEDS)
        t->deeds[t->deed_count++] = deed;
}

bool touch_busy(const Touch *t, bool lifts) {
    return t->deed_count > 0 || t->began || (lifts && t->moved);
}

static TouchFinger *finger(Touch *t, int64_t id) {
    for (int i = 0; i < TOUCH_FINGERS; i++)
        if (t->fingers[i].down && t->fingers[i].id == id)
            return &t->fingers[i];
    return NULL;
}

static void release(Touch *t, float x, float y) {
    t->lift_x = x;
    t->lift_y = y;
    then(t, TOUCH_RELEASE);
}

/* Of those that drag: the one that is left of two is the second. */
static TouchFinger *first(Touch *t) {
    return &t->fingers[t->fingers[0].down ? 0 : 1];
}

static void begin_pinch(Touch *t) {
    if (t->stage == TOUCH_DRAGS)
        release(t, t->fingers[0].x, t->fingers[0].y);
    t->stage = TOUCH_PINCHES;
    const TouchFinger *a = &t->fingers[0], *b = &t->fingers[1];
    t->middle_x = t->x = (a->x + b->x) / 2;
    t->middle_y = t->y = (a->y + b->y) / 2;
    t->apart = hypotf(a->x - b->x, a->y - b->y);
}

void touch_down(Touch *t, int64_t id, float x, float y) {
    int free = t->fingers[0].down;
    if (t->fingers[free].down || finger(t, id))
        return;
    t->fingers[free] = (TouchFinger){true, id, x, y};
    if (t->stage == TOUCH_NONE) {
        t->stage = TOUCH_WAITS;
        t->began = true;
        t->since = -1.0;
        t->x = x;
        t->y = y;
        t->drag = UI_DRAG_NONE;
    } else if (t->fingers[0].down && t->fingers[1].down && (t->stage == TOUCH_WAITS || t->stage == TOUCH_DRAGS)) {
        begin_pinch(t);
    }
}

void touch_move(Touch *t, int64_t id, float x, float y) {
    TouchFinger *f = finger(t, id);
    if (f) {
        t->moved = true;
        f->x = x;
        f->y = y;
    }
}

void touch_up(Touch *t, int64_t id) {
    TouchFinger *f = finger(t, id);
    if (!f)
        return;
    f->down = false;
    if (t->stage == TOUCH_WAITS) {
        then(t, TOUCH_PRESS);
        release(t, t->x, t->y);
    } else if (t->stage == TOUCH_DRAGS) {
        release(t, f->x, f->y);
    }
    t->stage = TOUCH_SPENT;
    if (!t->fingers[0].down && !t->fingers[1].down) {
        then(t, TOUCH_LEAVE);
        t->stage = TOUCH_NONE;
    }
}

void touch_cancel(Touch *t) {
    if (t->stage == TOUCH_NONE)
        return;
    if (t->stage == TOUCH_DRAGS)
        release(t, first(t)->x, first(t)->y);
    then(t, TOUCH_LEAVE);
    t->fingers[0].down = t->fingers[1].down = t->began = false;
    t->stage = TOUCH_NONE;
}

/* ---- a frame ---- */

/* Whether the waiting finger drags or has been there for long. */
static void decide(Touch *t, double time, float scale) {
    const TouchFinger *f = first(t);
    float dx = fabsf(f->x - t->x), dy = fabsf(f->y - t->y);
    if (fmaxf(dx, dy) > TOUCH_SLOP * scale) {
        t->stage = TOUCH_DRAGS;
        t->drag = dx >= dy ? UI_DRAG_ACROSS : UI_DRAG_DOWN;
        then(t, TOUCH_PRESS);
    } else if (time - t->since >= TOUCH_LONG) {
        t->stage = TOUCH_SPENT;
        then(t, TOUCH_RIGHT_PRESS);
        then(t, TOUCH_RIGHT_RELEASE);
    }
}

static void pinch(Touch *t, UiInput *input, float scale) {
    const TouchFinger *a = &t->fingers[0], *b = &t->fingers[1];
    float x = (a->x + b->x) / 2, y = (a->y + b->y) / 2;
    float least = TOUCH_SLOP * scale, apart = fmaxf(least, hypotf(a->x - b->x, a->y - b->y));
    input->pinch = (UiPinch){true, x, y, x - t->middle_x, y - t->middle_y, apart / fmaxf(least, t->apart)};
    t->middle_x = x;
    t->middle_y = y;
    t->apart = apart;
}

static void press(Touch *t, UiInput *input, double time, float scale) {
    float away = hypotf(t->x - t->tap_x, t->y - t->tap_y);
    bool again = t->drag == UI_DRAG_NONE && time - t->tapped < TWICE && away < NEAR * scale;
    t->taps = again ? t->taps + 1 : 1;
    t->tapped = time;
    t->tap_x = t->x;
    t->tap_y = t->y;
    input->clicks = t->taps;
    input->down = input->pressed = true;
    input->drag = t->drag;
}

static void do_next(Touch *t, UiInput *input, double time, float scale) {
    switch (t->deeds[0]) {
    case TOUCH_PRESS:
        press(t, input, time, scale);
        break;
    case TOUCH_RELEASE:
        input->mouse_x = t->lift_x;
        input->mouse_y = t->lift_y;
        input->released = true;
        input->down = false;
        break;
    case TOUCH_RIGHT_PRESS:
        input->right_down = input->right_pressed = true;
        break;
    case TOUCH_RIGHT_RELEASE:
        input->right_released = true;
        input->right_down = false;
        break;
    case TOUCH_LEAVE:
        input->mouse_inside = false;
        break;
    case TOUCH_DEED_NONE:
        break;
    }
    memmove(t->deeds, t->deeds + 1, sizeof t->deeds - sizeof *t->deeds);
    t->deed_count--;
}

bool touch_frame(Touch *t, UiInput *input, double time, float scale) {
    input->pinch = (UiPinch){0};
    input->drag = UI_DRAG_NONE;
    input->touch_began = t->began;
    t->moved = false;
    if (t->stage == TOUCH_NONE && t->deed_count == 0)
        return false;
    input->touch = input->mouse_inside = true;
    if (t->began) { /* the pointer comes before it presses */
        t->since = time;
        t->began = false;
        input->mouse_x = t->x;
        input->mouse_y = t->y;
        return true;
    }
    if (t->deed_count > 0) {
        do_next(t, input, time, scale);
        return true;
    }
    if (t->stage == TOUCH_WAITS)
        decide(t, time, scale);
    else if (t->stage == TOUCH_DRAGS) {
        const TouchFinger *f = first(t);
        input->mouse_x = f->x;
        input->mouse_y = f->y;
    } else if (t->stage == TOUCH_PINCHES) {
        input->mouse_x = t->x;
        input->mouse_y = t->y;
        pinch(t, input, scale);
    }
    return t->deed_count > 0 || t->stage == TOUCH_WAITS;
}

void touch_draw(const Touch *t, Ui *ui, double time) {
    double since = time - t->since - RING_AFTER;
    if (t->stage != TOUCH_WAITS || t->since < 0.0 || since < 0.0)
        return;
    float part = ui->motion ? (float)fmin(1.0, since / (TOUCH_LONG - RING_AFTER)) : 1.0f;
    float width = ui_px(ui, 1.5f + 3.5f * part), radius = ui_px(ui, RING);
    canvas_ring(ui->canvas, t->x, t->y, radius, width + 2 * fmaxf(1.0f, roundf(ui->scale)), ui->theme->focus_outer);
    canvas_ring(ui->canvas, t->x, t->y, radius, width, ui->theme->accent);
}
