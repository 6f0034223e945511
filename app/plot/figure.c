#include "app/plot/figure_private.h"

#include "app/base/language.h"

#include <math.h>

/* Logical pixels. */
static const float SIGN = 22.0f, TO_WORDS = 6.0f, BETWEEN = 18.0f, ROW = 18.0f;
static const float WIDEST = 0.45f, MOST = 0.3f; /* of the key's width, of the figure's height */

const char *const FIGURE_NAMES[] = {"plot", "histogram", "timeline", "map", NULL};

const char *figure_title(FigureKind figure) {
    static const char *const TITLES[] = {N_("Plot"), N_("Histogram of losses"), N_("Timeline"), N_("Data map")};
    return tr(TITLES[figure]);
}

bool figure_check(FigureKind figure, const Snapshot *s, Status *status) {
    if (figure == FIGURE_TIMELINE && (!s->history || s->history->count == 0))
        return status_fail(status, STATUS_FAILED, "a timeline needs an epoch that is done");
    if (figure == FIGURE_MAP && !(plot_measure(s, MEASURE_VARIABILITY) && plot_measure(s, MEASURE_CONFIDENCE)))
        return status_fail(status, STATUS_FAILED, "the data map is not known yet: open it (D) and train an epoch");
    return true;
}

void key_patch(const Pen *pen, const KeyEntry *entry, Rect place) {
    float side = roundf(pen_px(pen, 10.0f));
    canvas_rect(pen->canvas,
                (Rect){roundf(place.x + (place.w - side) / 2), roundf(place.y + (place.h - side) / 2), side, side},
                entry->color);
}

void key_line(const Pen *pen, const KeyEntry *entry, Rect place) {
    float y = place.y + place.h / 2, half = pen_px(pen, entry->width) / 2;
    canvas_line(pen->canvas, place.x + half, y, place.x + place.w - half, y, 2 * half, entry->color);
}

/* Walks over the entries: with `draw` it draws them. Returns the height. */
static float lay_out(const Pen *pen, const KeyEntry *entries, int count, Rect rect, bool draw) {
    float x = rect.x, y = rect.y, row = roundf(pen_px(pen, ROW)), sign = pen_px(pen, SIGN + TO_WORDS);
    for (int i = 0; i < count; i++) {
        float words = fminf(ceilf(text_width(pen->text, TEXT_CAPTION, entries[i].text)) + 1.0f, rect.w * WIDEST);
        if (x > rect.x && x + sign + words > rect.x + rect.w) {
            x = rect.x;
            y += row;
        }
        if (draw) {
            entries[i].draw(pen, &entries[i], (Rect){x, y, pen_px(pen, SIGN), row});
            text_draw_in(pen->text, pen->canvas, TEXT_CAPTION, (Rect){x + sign, y, words, row}, ALIGN_LEFT,
                         pen->theme->text, entries[i].text);
        }
        x += sign + words + pen_px(pen, BETWEEN);
    }
    return count > 0 ? y + row - rect.y : 0.0f;
}

int figure_key_fit(const Pen *pen, const KeyEntry *entries, int count, Rect outer, float width, float *height) {
    *height = lay_out(pen, entries, count, (Rect){0.0f, 0.0f, width, 0.0f}, false);
    if (*height <= MOST * outer.h)
        return count;
    *height = 0.0f;
    return 0;
}

void figure_key_draw(const Pen *pen, const KeyEntry *entries, int count, Rect rect) {
    lay_out(pen, entries, count, rect, true);
}

void figure_caption_draw(const Pen *pen, const Snapshot *snapshot, Rect outer, float left) {
    caption_draw(pen, snapshot, left, outer.x + outer.w - pen_px(pen, 4.0f),
                 roundf(outer.y + pen_px(pen, FIGURE_HEAD - 11.0f)));
}
