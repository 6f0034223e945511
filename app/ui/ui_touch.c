/* A finger instead of a pointer: it is wide, covers what it touches, and drags scroll areas. */
#include "app/ui/ui_private.h"
#include "app/ui/ui_widget.h"

#include <math.h>

static const float FINGER = 40.0f; /* logical pixels that it can mean each way */

static bool is_small(const Ui *ui, Rect r) {
    return r.w > 0.0f && r.h > 0.0f && fminf(r.w, r.h) < FINGER * ui->scale;
}

void ui_touch_reach(Ui *ui) {
    UiState *s = ui->state;
    UiInput *input = &ui->input;
    float x = input->mouse_x, y = input->mouse_y, least = INFINITY;
    if (!input->touch)
        s->reach_x = s->reach_y = 0.0f;
    if (input->touch_began) {
        bool covered = ui_is_covered(ui, x, y);
        s->reach_x = s->reach_y = 0.0f;
        for (int i = 0; i < s->before_count; i++) {
            const UiWidget *w = &s->before[i];
            Rect r = w->visible;
            if (!is_small(ui, r) || (covered && !w->on_top))
                continue;
            float reach_x = fmaxf(0.0f, (FINGER * ui->scale - r.w) / 2);
            float reach_y = fmaxf(0.0f, (FINGER * ui->scale - r.h) / 2);
            float dx = fminf(fmaxf(x, r.x + 1.0f), r.x + r.w - 1.0f) - x;
            float dy = fminf(fmaxf(y, r.y + 1.0f), r.y + r.h - 1.0f) - y;
            bool inside = rect_has(r, x, y);
            if (inside)
                dx = dy = 0.0f;
            else if (!w->focusable || fabsf(dx) > reach_x + 1.0f || fabsf(dy) > reach_y + 1.0f)
                continue;
            if (hypotf(dx, dy) < least) {
                least = hypotf(dx, dy);
                s->reach_x = dx;
                s->reach_y = dy;
            }
        }
    }
    if (input->touch) {
        input->mouse_x += s->reach_x;
        input->mouse_y += s->reach_y;
    }
}

float ui_touch_scroll(Ui *ui, uint32_t area, float offset) {
    UiState *s = ui->state;
    if (s->drag_area != area)
        return offset;
    offset += s->drag_y - ui->input.mouse_y;
    s->drag_y = ui->input.mouse_y;
    if (!ui->input.down)
        s->drag_area = 0;
    return offset;
}

void ui_touch_take(Ui *ui) {
    UiState *s = ui->state;
    const UiInput *input = &ui->input;
    bool here = rect_has(s->scroll_rect, input->mouse_x, input->mouse_y) &&
                (ui->on_top || !ui_is_covered(ui, input->mouse_x, input->mouse_y));
    if (!input->pressed || input->drag != UI_DRAG_DOWN || !here || ui->active != 0)
        return;
    s->drag_area = s->scroll;
    s->drag_y = input->mouse_y;
    s->press_taken = true;
}

Rect ui_touch_anchor(const Ui *ui, Rect anchor) {
    const UiInput *input = &ui->input;
    float side = 24.0f * ui->scale, below = 72.0f * ui->scale;
    if (!input->touch || !input->mouse_inside)
        return anchor;
    float left = fminf(anchor.x, input->mouse_x - side), top = fminf(anchor.y, input->mouse_y - side);
    float right = fmaxf(anchor.x + anchor.w, input->mouse_x + side);
    float bottom = fmaxf(anchor.y + anchor.h, input->mouse_y + below);
    return (Rect){left, top, right - left, bottom - top};
}
