#include "app/views/view_feedback.h"

#include "app/ui/ui_widget.h"

#include <math.h>

static const char *const LINE = "feedback-line", *const BUTTON = "feedback";

/* Lines of a text that is wider than its card has room for, at the most. */
enum { TEXT_LINES = 3 };
#define TEXT_LINE 19.0f /* logical pixels from one to the next */

typedef struct Arranged {
    Rect chip, text, button; /* pixels; text: the first line */
    float dot_x, dot_y;
    int lines;
    char line[UI_LINES][UI_LINE_BYTES];
} Arranged;

/* A stretch of pixels from x0 to x1. */
typedef struct Span {
    float x0, x1;
} Span;

/* The card's width, without what is to be kept clear if that stands in the rows at the top. */
static Span clear_span(const Ui *ui, Rect card, Rect avoid, float bottom) {
    float pad = ui_px(ui, 24.0f), gap = ui_px(ui, UNIT);
    Span span = {card.x + pad, card.x + card.w - pad};
    if (avoid.w <= 0.0f || avoid.y >= bottom)
        return span;
    float middle = avoid.x + avoid.w / 2;
    if (middle < card.x + card.w / 2)
        span.x0 = fmaxf(span.x0, avoid.x + avoid.w + gap);
    else
        span.x1 = fminf(span.x1, avoid.x - gap);
    return span;
}

/* In the middle of the card, or as near to it as the span allows. */
static Rect place_chip(Rect card, Span span, float width) {
    float x = card.x + (card.w - width) / 2;
    x = fmaxf(span.x0, fminf(x, span.x1 - width));
    return (Rect){.x = roundf(x), .w = roundf(width)};
}

static Arranged arrange(Ui *ui, Rect card, const Feedback *f, Rect avoid) {
    float pad = ui_px(ui, 12.0f), gap = ui_px(ui, 10.0f), dot = ui_px(ui, 16.0f);
    float row = ui_px(ui, 36.0f), button_height = ui_px(ui, 28.0f), inset = (row - button_height) / 2;
    float words = ceilf(text_width(ui->text, TEXT_BODY, f->text)) + 1.0f;
    float button = f->label[0] ? ceilf(text_width(ui->text, TEXT_BODY, f->label)) + 2 * pad : 0.0f;
    float top = roundf(card.y + ui_px(ui, 24.0f));
    float in_a_row = pad + dot + words + (button > 0.0f ? gap + button + inset : pad);
    float in_two = button > 0.0f ? fmaxf(pad + dot + words + pad, button + 2 * inset) : in_a_row;
    Span all = clear_span(ui, card, (Rect){0}, 0.0f);
    Span clear = clear_span(ui, card, avoid, top + row + button_height);
    Span span = clear.x1 - clear.x0 >= in_two ? clear : all;
    float room = fmaxf(0.0f, span.x1 - span.x0);
    bool two_rows = button > 0.0f && in_a_row > room;
    Arranged a = {.chip = place_chip(card, span, fminf(room, two_rows ? in_two : in_a_row))};
    a.chip.y = top;
    float behind = button > 0.0f && !two_rows ? gap + button + inset : pad; /* the text */
    float text = fmaxf(0.0f, a.chip.w - pad - dot - behind) + 1.0f;         /* one that just fits is rounded */
    a.lines = ui_wrap(ui, TEXT_BODY, f->text, text, TEXT_LINES, a.line);
    a.chip.h = roundf((two_rows ? row + button_height : row) + ui_px(ui, TEXT_LINE) * (float)(a.lines - 1));
    bool covers = a.chip.x < avoid.x + avoid.w && a.chip.x + a.chip.w > avoid.x && top < avoid.y + avoid.h &&
                  top + a.chip.h > avoid.y;
    if (avoid.w > 0.0f && covers) /* no room beside it: at the lower end of the card */
        a.chip.y = fmaxf(top, roundf(card.y + card.h - ui_px(ui, 44.0f) - a.chip.h));
    a.dot_x = a.chip.x + pad + ui_px(ui, 3.0f);
    a.dot_y = a.chip.y + row / 2;
    a.text = (Rect){a.chip.x + pad + dot, a.chip.y, text, row};
    if (button > 0.0f) {
        a.button.w = fminf(button, fmaxf(0.0f, a.chip.w - 2 * inset));
        a.button.h = button_height;
        a.button.x =
            roundf(two_rows ? a.chip.x + (a.chip.w - a.button.w) / 2 : a.chip.x + a.chip.w - a.button.w - inset);
        a.button.y = roundf(a.chip.y + a.chip.h - inset - button_height);
    }
    return a;
}

void feedback_touch(Ui *ui, Rect card, FeedbackView *view, FeedbackState *st, Intents *intents) {
    st->held = view->hovered = false;
    if (st->shown.kind == FEEDBACK_NONE)
        return;
    Arranged a = arrange(ui, card, &st->shown, view->avoid);
    bool on_top = ui->on_top;
    ui->on_top = true;
    if (st->shown.label[0]) {
        UiTouch in = ui_widget(ui, BUTTON, a.button, true, false, NULL);
        bool by_key = in.keys && (ui_take_key(ui, KEY_ENTER, NULL) || ui_take_key(ui, KEY_SPACE, NULL));
        st->held = in.held && !in.released;
        view->hovered = in.hovered;
        if (in.hovered)
            ui->cursor = CURSOR_HAND;
        if (by_key || in.clicked) {
            intend(intents, st->shown.command);
            feedback_acted(st);
        }
    }
    ui_touch(ui, LINE, a.chip, false); /* what lies below is not touched through it */
    ui->on_top = on_top;
}

Rect feedback_draw(Ui *ui, Rect card, const FeedbackView *view, const FeedbackState *st) {
    const Feedback *f = &st->shown;
    ui->wants_frame = ui->wants_frame || st->settling;
    if (f->kind == FEEDBACK_NONE)
        return (Rect){0};
    const Theme *theme = ui->theme;
    Canvas *canvas = ui->canvas;
    Arranged a = arrange(ui, card, &st->shown, view->avoid);
    float radius = ui_px(ui, CARD_RADIUS), line = fmaxf(1.0f, roundf(ui->scale));
    canvas_rounded(canvas, a.chip, radius, theme->card);
    canvas_rounded_frame(canvas, a.chip, radius, line, theme->track);
    bool wrong = f->kind == FEEDBACK_DIVERGED || f->kind == FEEDBACK_NOTHING_EASY || f->kind == FEEDBACK_CLASS_LEFT_OUT;
    canvas_disc(canvas, a.dot_x, a.dot_y, ui_px(ui, 4.0f), wrong ? theme->danger : theme->accent);
    for (int i = 0; i < a.lines; i++) {
        Rect place = a.text;
        place.y += ui_px(ui, TEXT_LINE) * (float)i;
        text_draw_in(ui->text, canvas, TEXT_BODY, place, ALIGN_LEFT, theme->text, a.line[i]);
    }
    if (f->label[0]) {
        uint32_t id = ui_id(BUTTON);
        canvas_rounded(canvas, a.button, ui_px(ui, 6.0f),
                       st->held && view->hovered ? theme->chip_pressed
                       : view->hovered           ? theme->chip_hover
                                                 : theme->chip);
        text_draw_in(ui->text, canvas, TEXT_BODY, a.button, ALIGN_CENTER, theme->text, f->label);
        if (ui->focus == id && ui->focus_visible)
            ui_focus_ring(ui, a.button, ui_px(ui, 6.0f));
    }
    return a.chip;
}
