/* What moves: scroll areas, values that glide, content that folds. */
#include "app/ui/ui_private.h"
#include "app/ui/ui_widget.h"

#include <math.h>

/* ---- scroll areas ---- */

float ui_scroll_begin(Ui *ui, const char *name, Rect rect, float content_height, float offset) {
    UiState *s = ui->state;
    float most = fmaxf(0.0f, content_height - rect.h), bar = 10.0f * ui->scale;
    char bar_name[64];
    snprintf(bar_name, sizeof bar_name, "%s-bar", name);
    if (rect_has(rect, ui->input.mouse_x, ui->input.mouse_y) && ui->input.wheel != 0.0f && ui->active == 0) {
        if (s->wheel_owner_before == 0 && (ui->on_top || !ui_is_covered(ui, ui->input.mouse_x, ui->input.mouse_y)))
            offset -= ui->input.wheel * 40.0f * ui->scale;
    }
    offset = ui_touch_scroll(ui, ui_id(name), offset);
    bool scrolls = most > 0.0f;
    float size = scrolls ? fmaxf(24.0f * ui->scale, rect.h * rect.h / content_height) : rect.h, travel = rect.h - size;
    UiTouch in = {0};
    if (scrolls) {
        Rect track = {rect.x + rect.w - bar, rect.y, bar, rect.h};
        in = ui_widget_reaching(ui, bar_name, track, -1.0f, false, false, NULL);
        float thumb = rect.y + travel * fminf(1.0f, offset / most);
        if (in.pressed) {
            bool on_thumb = ui->input.mouse_y >= thumb && ui->input.mouse_y < thumb + size;
            s->grab_offset = on_thumb ? ui->input.mouse_y - thumb : size / 2;
        }
        if (in.held && travel > 0.0f)
            offset = (ui->input.mouse_y - s->grab_offset - rect.y) / travel * most;
        offset = fminf(most, fmaxf(0.0f, offset));
    }
    if (ui->focus_moved) { /* bring what Tab has come to into view, if it is in here */
        for (int i = 0; i < s->before_count; i++) {
            Rect w = s->before[i].rect;
            if (ui_id(s->before[i].name) != ui->focus || s->areas_before[i] != ui_id(name))
                continue;
            float above = 32.0f * ui->scale, below = 12.0f * ui->scale; /* a slider's label stands above it */
            if (w.y - above < rect.y)
                offset -= rect.y - (w.y - above);
            else if (w.y + w.h + below > rect.y + rect.h)
                offset += w.y + w.h + below - (rect.y + rect.h);
        }
    }
    offset = roundf(fminf(most, fmaxf(0.0f, offset)));
    if (scrolls) {
        float width = (in.hovered || in.held ? 6.0f : 4.0f) * ui->scale, thumb = rect.y + travel * offset / most;
        Rect drawn = {rect.x + rect.w - width - 2.0f * ui->scale, thumb + 2.0f * ui->scale, width,
                      size - 4.0f * ui->scale};
        canvas_rounded(ui->canvas, drawn, width / 2, in.held ? ui->theme->muted : ui->theme->track);
    }
    s->scroll = ui_id(name);
    s->scroll_rect = rect;
    canvas_push_clip(ui->canvas, rect);
    return offset;
}

void ui_scroll_end(Ui *ui) {
    canvas_pop_clip(ui->canvas);
    ui_touch_take(ui);
    ui->state->scroll = 0;
}

/* ---- what glides ---- */

/* The glide of that name, or a new one in place of one that has not been seen for longest. */
static UiGlide *glide_of(Ui *ui, const char *name, float target) {
    UiState *s = ui->state;
    uint32_t id = ui_id(name);
    UiGlide *oldest = &s->glides[0];
    for (int i = 0; i < UI_MAX_GLIDES; i++) {
        UiGlide *g = &s->glides[i];
        if (g->id == id) {
            if (s->frame - g->seen > 1) /* it was away: it is where it is now */
                g->from = g->to = target;
            g->seen = s->frame;
            return g;
        }
        if (s->frame - g->seen > s->frame - oldest->seen)
            oldest = g;
    }
    *oldest = (UiGlide){.id = id, .from = target, .to = target, .seen = s->frame};
    return oldest;
}

static float glide_now(Ui *ui, UiGlide *g, float target, double seconds) {
    double t = seconds > 0.0 ? (ui->input.time - g->began) / seconds : 1.0;
    float part = t < 1.0 ? 1.0f - powf(1.0f - fmaxf((float)t, 0.0f), 3.0f) : 1.0f;
    float value = g->from + (g->to - g->from) * part;
    if (!ui->motion)
        value = g->from = g->to = target;
    if (target != g->to) {
        g->from = value;
        g->to = target;
        g->began = ui->input.time;
    }
    if (value != g->to)
        ui->wants_frame = true;
    return value;
}

float ui_glide(Ui *ui, const char *name, float target, double seconds) {
    return glide_now(ui, glide_of(ui, name, target), target, seconds);
}

/* ---- what folds ---- */

bool ui_fold_begin(Ui *ui, const char *name, Rect area, bool open) {
    UiState *s = ui->state;
    char fold[64];
    snprintf(fold, sizeof fold, "%.40s fold", name);
    UiGlide *g = glide_of(ui, fold, open ? 1.0f : 0.0f);
    float share = glide_now(ui, g, open ? 1.0f : 0.0f, 0.16);
    if (share <= 0.0f)
        return false;
    s->fold = g;
    s->fold_share = share;
    if (share < 1.0f) {
        float second = ui_px(ui, 2 * 8.0f); /* focus rings and hovered rows reach beyond the column */
        canvas_push_clip(ui->canvas, (Rect){area.x - second, area.y, area.w + 2 * second, share * g->height});
    }
    return true;
}

float ui_fold_end(Ui *ui, float height) {
    UiState *s = ui->state;
    if (s->fold_share < 1.0f)
        canvas_pop_clip(ui->canvas);
    s->fold->height = height;
    s->fold = NULL;
    return roundf(s->fold_share * height);
}
