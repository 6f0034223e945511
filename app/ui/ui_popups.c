/* What lies on top of the widgets: messages and tooltips. */
#include "app/ui/ui_private.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include "app/draw/line_break.h"
#include "core/utf8.h"

#include <math.h>
#include <string.h>

static const double TIP_AFTER = 0.4, MESSAGE_FOR = 4.0; /* seconds */

Rect ui_inside(const Ui *ui, Rect r) {
    float edge = 4.0f * ui->scale, right = (float)ui->canvas->width - edge, bottom = (float)ui->canvas->height - edge;
    if (r.x + r.w > right)
        r.x = right - r.w;
    if (r.y + r.h > bottom)
        r.y = bottom - r.h;
    r.x = r.x < edge ? edge : r.x;
    r.y = r.y < edge ? edge : r.y;
    return r;
}

/* How many bytes of a word fit into the width, at least a cluster. */
static size_t fitting(Ui *ui, TextStyle style, const char *word, size_t length, float width) {
    char piece[256];
    size_t used = 0;
    for (size_t end = text_next(word, 0); end <= length && end < sizeof piece; end = text_next(word, end)) {
        memcpy(piece, word, end);
        piece[end] = '\0';
        if (used > 0 && text_width(ui->text, style, piece) > width)
            break;
        used = end;
        if (!word[end])
            break;
    }
    return used > 0 ? used : length;
}

static bool fits(Ui *ui, TextStyle style, const char *text, size_t bytes, float width) {
    char piece[UI_LINE_BYTES];
    memcpy(piece, text, bytes);
    piece[bytes] = '\0';
    return text_width(ui->text, style, piece) <= width;
}

/* The most bytes of the text that fit into a line and end where one may; 0: not even the least. */
static size_t fitting_line(Ui *ui, TextStyle style, const char *text, float width) {
    size_t ends[UI_LINE_BYTES];
    int low = 0, high = 0; /* so many fit; one more than so many does not */
    for (size_t at = 0; text[at] && (at = line_break_next(text, at)) < UI_LINE_BYTES;)
        ends[high++] = at;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (fits(ui, style, text, ends[middle], width))
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? ends[low - 1] : 0;
}

int ui_wrap(Ui *ui, TextStyle style, const char *text, float width, int most_lines,
            char lines[UI_LINES][UI_LINE_BYTES]) {
    int count = 0;
    while (*text && count < most_lines) {
        size_t length = strlen(text), most = sizeof lines[0] - 1, used = length;
        if (length > most || !fits(ui, style, text, length, width)) {
            used = fitting_line(ui, style, text, width);
            if (count == most_lines - 1)
                used = utf8_whole(text, most);
            else if (used == 0)
                used = fitting(ui, style, text, length < most ? length : most, width);
        }
        memcpy(lines[count], text, used);
        lines[count++][used] = '\0';
        text += used;
        while (*text == ' ')
            text++;
    }
    return count;
}

/* How bad it is to have a box in that place: for each widget that it touches, the more the more it covers; less for
 * those that do not stand above or below the anchor; and the anchor itself above all. */
static float hides(const Ui *ui, Rect box, Rect anchor) {
    float sum = rect_overlap(box, anchor) > 0.0f ? 1000.0f : 0.0f;
    for (int i = 0; i < ui->widget_count; i++) {
        Rect w = ui->widgets[i].visible;
        if (w.w * w.h <= 0.0f || rect_overlap(w, anchor) > 0.0f) /* hidden, of the subject itself, or around it */
            continue;
        bool same_column = w.x < anchor.x + anchor.w && w.x + w.w > anchor.x;
        if (rect_overlap(box, w) > 0.0f)
            sum += (same_column ? 3.0f : 0.2f) * (0.5f + rect_overlap(box, w) / (w.w * w.h));
    }
    return sum;
}

Rect ui_place_box(const Ui *ui, float width, float height, Rect anchor) {
    anchor = ui_touch_anchor(ui, anchor);
    float gap = 6.0f * ui->scale, middle = anchor.y + anchor.h / 2 - height / 2;
    bool right_half =
        anchor.x + anchor.w / 2 > (float)ui->canvas->width / 2; /* towards the middle, not over the edge */
    float x = right_half ? anchor.x + anchor.w - width : anchor.x;
    const Rect places[] = {{x, anchor.y + anchor.h + gap, width, height},
                           {x, anchor.y - height - gap, width, height},
                           {anchor.x - width - 2 * gap, middle, width, height},
                           {anchor.x + anchor.w + 2 * gap, middle, width, height}};
    Rect best = ui_inside(ui, places[0]);
    float least = hides(ui, best, anchor);
    for (size_t i = 1; i < sizeof places / sizeof *places; i++) {
        Rect place = ui_inside(ui, places[i]);
        float hidden = hides(ui, place, anchor) + 0.05f; /* below, if it is much the same */
        if (hidden < least) {
            best = place;
            least = hidden;
        }
    }
    return best;
}

/* A box of text at the anchor. */
static void draw_box(Ui *ui, const char *name, const char *text, Rect anchor, Color ground, Color color) {
    char lines[UI_LINES][UI_LINE_BYTES];
    float pad = 8.0f * ui->scale, row = 17.0f * ui->scale, width = 0.0f;
    int count = ui_wrap(ui, TEXT_BODY, text, 280.0f * ui->scale, UI_LINES, lines);
    for (int i = 0; i < count; i++)
        width = fminf(fmaxf(width, text_width(ui->text, TEXT_BODY, lines[i])), 280.0f * ui->scale);
    Rect box = ui_place_box(ui, ceilf(width) + 2 * pad, row * (float)count + pad, anchor);
    canvas_shadow(ui->canvas, box, 6.0f * ui->scale, ui->scale);
    canvas_rounded(ui->canvas, box, 6.0f * ui->scale, ground);
    for (int i = 0; i < count; i++) {
        Rect line = {box.x + pad, box.y + pad / 2 + row * (float)i, box.w - 2 * pad, row};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, line, ALIGN_LEFT, color, lines[i]);
    }
    ui_note(ui, name, box);
}

void ui_message(Ui *ui, const char *name, const char *message) {
    UiState *s = ui->state;
    s->message_id = ui_id(name);
    snprintf(s->message, sizeof s->message, "%s", message);
    s->message_until = ui->input.time + MESSAGE_FOR;
    for (int i = 0; i < ui->widget_count; i++)
        if (ui_id(ui->widgets[i].name) == s->message_id) {
            s->message_rect = ui->widgets[i].rect;
            s->message_seen = true;
        }
}

void ui_popups_draw(Ui *ui) {
    UiState *s = ui->state;
    if (s->message_id && (ui->input.time >= s->message_until || !s->message_seen))
        s->message_id = 0;
    if (s->message_id) {
        ui_announce(ui, "message", s->message);
        draw_box(ui, "message", s->message, s->message_rect, ui->theme->danger, ui->theme->card);
        ui->wants_frame = true;
    }
    if (ui->hot != s->tip) {
        s->tip = 0;
        s->tip_text = NULL;
    }
    if (ui->focus != s->help || !ui->focus_visible) {
        s->help = 0;
        s->help_text = NULL;
    }
    bool by_keys = s->help && s->help_text && !s->help_spent, by_pointer = s->tip && s->tip_text && !s->tip_spent;
    bool free = !s->list && !s->message_id && ui->active == 0 && s->edit == 0;
    if (!free || !(by_keys || by_pointer))
        return;
    if (ui->input.time - (by_keys ? s->help_since : s->tip_since) < TIP_AFTER)
        ui->wants_frame = true;
    else {
        if (by_keys)
            ui_announce(ui, UI_HELP_SPOKEN, s->help_text);
        draw_box(ui, "tooltip", by_keys ? s->help_text : s->tip_text, by_keys ? s->help_rect : s->tip_rect,
                 ui->theme->text, ui->theme->card);
    }
}
