#include "app/base/language.h"
#include "app/views/view_suspects_private.h"

#include "app/base/format.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float BAR = 28.0f, BAR_STEP = 37.0f; /* logical pixels */

/* ---- marks ---- */

static void draw_mark(SuspectsState *st, Ui *ui, int class, float x, float y) {
    Status status;
    MarkSprite *m = &st->mark[class];
    if (!m->pixels && !mark_make(m, mark_shape(class), ui_px(ui, 5.0f), ui_px(ui, 1.0f), ui->theme->class_fill[class],
                                 ui->theme->class_edge[class], &status))
        *m = (MarkSprite){0};
    if (m->pixels)
        mark_draw(ui->canvas, m, x, floorf(y) + 0.5f);
}

/* ---- where things are in a row ---- */

SuspectsColumns suspects_columns(const Ui *ui, Rect list) {
    float free = list.w / ui->scale - 436.0f; /* what is missing for the full width is taken from the bars */
    bool narrow = free < -40.0f;
    float step = fmaxf(18.0f, BAR_STEP + fminf(0.0f, free + (narrow ? 34.0f : 0.0f)) / LABEL_BARS);
    SuspectsColumns c = {
        .number = list.x, .bar = ui_px(ui, BAR - BAR_STEP + step), .step = ui_px(ui, step), .narrow = narrow};
    c.deeds = list.x + list.w - ui_px(ui, 3 * 30.0f + 2 * 3.0f);
    c.bars = c.deeds - ui_px(ui, 14.0f) - LABEL_BARS * c.step + ui_px(ui, BAR_STEP - BAR);
    c.model = c.bars - ui_px(ui, narrow ? 24.0f : 60.0f);
    c.given = c.model - ui_px(ui, 36.0f);
    return c;
}

void suspects_heads(SuspectsState *st, Ui *ui, Rect rect, const SuspectsColumns *c) {
    static const char *const HEADS[LABEL_BARS] = {N_("loss"), N_("margin"), N_("late"), N_("near"), N_("held out")};
    static const char *const NAMES[LABEL_BARS] = {"suspects-loss", "suspects-margin", "suspects-late", "suspects-near",
                                                  "suspects-held-out"};
    Color color = ui->theme->muted;
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, (Rect){c->number, rect.y, ui_px(ui, 40.0f), rect.h}, ALIGN_LEFT,
                 color, trc("of a table", "row"));
    Rect given = {c->given - ui_px(ui, 18.0f), rect.y, ui_px(ui, 36.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, given, ALIGN_CENTER, color, tr("given"));
    Rect model = {c->model - ui_px(ui, c->narrow ? 14.0f : 6.0f), rect.y, ui_px(ui, 44.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, model, ALIGN_LEFT, color, tr("model"));
    bool staggered = c->step < ui_px(ui, 34.0f);
    for (int b = 0; b < LABEL_BARS; b++) {
        float middle = c->bars + c->step * (float)b + c->bar / 2;
        Rect head = {middle - ui_px(ui, 25.0f), rect.y - (staggered && b % 2 ? rect.h * 0.6f : 0.0f), ui_px(ui, 50.0f),
                     rect.h};
        Rect place = {middle - c->step / 2, rect.y, c->step, rect.h};
        UiTouch touch = ui_widget(ui, NAMES[b], place, false, false, NULL);
        st->term = touch.hovered ? NAMES[b] + strlen("suspects-") : st->term;
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, head, ALIGN_CENTER, touch.hovered ? ui->theme->text : color,
                     tr(HEADS[b]));
    }
    Rect deeds = {c->deeds - ui_px(ui, 10.0f), rect.y, ui_px(ui, 106.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, deeds, ALIGN_RIGHT, color, tr("keep, flip, remove"));
}

static Color faded(Color color, const Ui *ui, bool done) {
    return done ? color_mix(color, ui->theme->card, 0.55f) : color;
}

static void draw_bars(Ui *ui, const SuspectsColumns *c, float middle, const SuspectRow *row,
                      const bool counts[LABEL_BARS], bool done) {
    float height = ui_px(ui, 6.0f);
    for (int b = 0; b < LABEL_BARS; b++) {
        float x = c->bars + c->step * (float)b;
        Rect track = {x, middle - height / 2, c->bar, height};
        canvas_rounded(ui->canvas, track, height / 2, faded(ui->theme->track, ui, done));
        if (isnan(row->bar[b]))
            continue;
        bool past = counts[b] && row->bar[b] > LABEL_BAR_CUT;
        Rect bar = {x, track.y, fmaxf(height, c->bar * row->bar[b]), height};
        canvas_rounded(ui->canvas, bar, height / 2, faded(past ? ui->theme->ring : ui->theme->hard_edge, ui, done));
        float tick = roundf(x + c->bar * LABEL_BAR_CUT), w = fmaxf(1.0f, roundf(ui->scale));
        canvas_rect(ui->canvas, (Rect){tick - floorf(w / 2), middle - height, w, 2 * height},
                    faded(ui->theme->text, ui, done));
    }
}

void suspects_row_draw(SuspectsState *st, Ui *ui, Rect rect, const SuspectsColumns *c, const SuspectRow *row,
                       bool done) {
    char text[32];
    float middle = rect.y + rect.h / 2;
    format_count(row->number, text);
    Rect number = {c->number, rect.y, c->given - c->number - ui_px(ui, 10.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, number, ALIGN_LEFT, faded(ui->theme->text, ui, done), text);
    draw_mark(st, ui, row->given, c->given, middle);
    ui_icon(ui->canvas, ICON_CHEVRON_RIGHT, (c->given + c->model) / 2, middle, ui_px(ui, 9.0f), ui->theme->muted);
    draw_mark(st, ui, row->says, c->model, middle);
    format_percentage(100.0 * (double)row->p, 0, text);
    Rect p = {c->model + ui_px(ui, 10.0f), rect.y, ui_px(ui, 36.0f), rect.h};
    if (!c->narrow)
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, p, ALIGN_LEFT, ui->theme->muted, text);
    draw_bars(ui, c, middle, row, st->rows.counts, done);
}
