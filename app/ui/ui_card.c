/* Cards: what a view draws on top about a thing under the pointer or the focus. */
#include "app/ui/ui_private.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <string.h>

static const double CARD_AFTER = 0.4; /* seconds, as for tooltips */

void ui_card_ground(Ui *ui, Rect card, float radius, Color edge) {
    float r = ui_px(ui, radius);
    canvas_shadow(ui->canvas, card, r, ui->scale);
    canvas_rounded(ui->canvas, card, r, ui->theme->card);
    canvas_rounded_frame(ui->canvas, card, r, fmaxf(1.0f, roundf(ui->scale)), edge);
}

/* The card of the thing with that id, which the pointer or the focus is on. */
static void offer(Ui *ui, uint32_t id, bool pressed, Rect rect, UiCardDraw draw, const void *content) {
    UiState *s = ui->state;
    if (s->card != id) {
        s->card = id;
        s->card_since = ui->input.time;
        s->card_spent = false;
    }
    s->card_spent = s->card_spent || pressed;
    s->card_seen = true;
    s->card_rect = ui->subject.w > 0.0f ? ui->subject : rect;
    s->card_draw = draw;
    s->card_content = content;
}

UiTouch ui_card(Ui *ui, const char *name, Rect rect, bool focusable, UiCardDraw draw, const void *content) {
    UiTouch in = ui_widget(ui, name, rect, focusable, false, NULL);
    if (in.hovered || (in.focused && ui->focus_visible))
        offer(ui, in.id, in.pressed, rect, draw, content);
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, rect, UI_RADIUS * ui->scale);
    return in;
}

void ui_card_over(Ui *ui, const char *name, const char *owner, Rect rect, UiCardDraw draw, const void *content) {
    uint32_t id = ui_id(owner);
    bool whole = strcmp(name, owner) == 0, over = rect_has(rect, ui->input.mouse_x, ui->input.mouse_y);
    if (!whole)
        ui_note(ui, name, rect);
    if ((ui->hot == id && over) || (whole && ui->focus == id && ui->focus_visible))
        offer(ui, ui_id(name), ui->input.pressed && over, rect, draw, content);
}

void ui_card_draw(Ui *ui) {
    UiState *s = ui->state;
    if (!s->card_seen)
        s->card = 0;
    s->card_seen = false;
    if (!s->card || s->card_spent || s->list || s->message_id || ui->active != 0 || s->edit != 0)
        return;
    if (ui->input.time - s->card_since < CARD_AFTER) {
        ui->wants_frame = true;
        return;
    }
    ui->on_top = true;
    ui_note(ui, "card", s->card_draw(ui, s->card_rect, s->card_content));
    ui->on_top = false;
}
