/* Cards: what a view draws on top about a thing under the pointer or the focus. */
#include "app/ui/ui_private.h"
#include "app/ui/ui_widget.h"

static const double CARD_AFTER = 0.4; /* seconds, as for tooltips */

UiTouch ui_card(Ui *ui, const char *name, Rect rect, bool focusable, UiCardDraw draw, const void *content) {
    UiState *s = ui->state;
    UiTouch in = ui_widget(ui, name, rect, focusable, false, NULL);
    if (in.hovered || (in.focused && ui->focus_visible)) {
        if (s->card != in.id) {
            s->card = in.id;
            s->card_since = ui->input.time;
            s->card_spent = in.pressed;
        }
        s->card_spent = s->card_spent || in.pressed;
        s->card_seen = true;
        s->card_rect = rect;
        s->card_draw = draw;
        s->card_content = content;
    }
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, rect, UI_RADIUS * ui->scale);
    return in;
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
