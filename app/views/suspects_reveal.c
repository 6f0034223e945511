#include "app/views/suspects_reveal.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/base/make_room.h"
#include "app/ui/ui_widget.h"
#include "app/views/plot_hand.h"
#include "app/views/suspects_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float SWITCH = 28.0f, CURVE = 84.0f, CURVE_FROM = 560.0f; /* logical pixels */
enum { OUTLINES = 4000 };                                              /* more would hide the points */

static bool has_curve(const Ui *ui, const SuspectsState *st, float page) {
    return st->reveal && st->rows.truth.steps > 1 && page >= ui_px(ui, CURVE_FROM);
}

float suspects_reveal_height(const Ui *ui, const SuspectsState *st, float page) {
    return ui_px(ui, SWITCH + (has_curve(ui, st, page) ? CURVE + UNIT : 0.0f));
}

static void say(const SuspectsTruth *t, bool brief, char text[240]) {
    char share[96], missed[32], alarms[32], first[160];
    size_t false_ones = t->taken - t->found;
    suspects_say_share(t, share);
    format_count(t->wrong - t->found, missed);
    format_count(t->taken - t->found, alarms);
    if (t->wrong == 0)
        snprintf(first, sizeof first, "%s", share);
    else /* TRANSLATORS: "17 of 20 found", and how many are missed */
        snprintf(first, sizeof first, tr("%s, %s missed"), share, missed);
    if (brief)
        snprintf(text, 240, "%s", share);
    else /* TRANSLATORS: "17 of 20 found, 3 missed" */
        snprintf(text, 240, trn("%s, %s false alarm", "%s, %s false alarms", false_ones), first, alarms);
}

static float along(const SuspectsTruth *t, Rect area, size_t taken) {
    return area.x + area.w * fminf(1.0f, (float)taken / (float)t->at[t->steps - 1]);
}

static void curve_line(Ui *ui, const SuspectsTruth *t, Rect area, const float *share, Color color, const char *name) {
    float points[2 * SUSPECTS_STEPS];
    for (size_t i = 0; i < t->steps; i++) {
        points[2 * i] = along(t, area, t->at[i]);
        points[2 * i + 1] = area.y + area.h * (1.0f - share[i]);
    }
    canvas_polyline(ui->canvas, points, t->steps, ui_px(ui, 1.75f), color);
    float end = points[2 * t->steps - 1];
    Rect word = {area.x + area.w + ui_px(ui, 6.0f), end - ui_px(ui, 8.0f), ui_px(ui, 60.0f), ui_px(ui, 16.0f)};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, word, ALIGN_LEFT, color, name);
}

/* Precision and recall by how many are taken, with where the list ends. */
static void curve(Ui *ui, Rect rect, const SuspectsTruth *t) {
    float line = fmaxf(1.0f, roundf(ui->scale));
    Rect area = {rect.x + ui_px(ui, 34.0f), rect.y + ui_px(ui, 6.0f), rect.w - ui_px(ui, 34.0f + 58.0f),
                 rect.h - ui_px(ui, 6.0f + 18.0f)};
    char all[32];
    format_percentage(100.0, 0, all);
    static const char *const SHARES[] = {"0", "50", NULL};
    ui_note(ui, "suspects-curve", area);
    for (int i = 0; i < 3; i++) {
        float y = area.y + area.h * (1.0f - 0.5f * (float)i);
        canvas_rect(ui->canvas, (Rect){area.x, roundf(y), area.w, line}, ui->theme->line);
        Rect word = {rect.x, y - ui_px(ui, 8.0f), ui_px(ui, 30.0f), ui_px(ui, 16.0f)};
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, word, ALIGN_RIGHT, ui->theme->muted,
                     SHARES[i] ? SHARES[i] : all);
    }
    float x = roundf(along(t, area, t->taken));
    canvas_rect(ui->canvas, (Rect){x, area.y, line, area.h}, ui->theme->text);
    curve_line(ui, t, area, t->precision, ui->theme->line_accuracy, tr("precision"));
    curve_line(ui, t, area, t->recall, ui->theme->ring, tr("recall"));
    char text[64], count[32];
    format_count(t->taken, count);
    snprintf(text, sizeof text, tr("%s taken"), count);
    float half = text_width(ui->text, TEXT_CAPTION, text) / 2 + 1.0f;
    float middle = fminf(fmaxf(x, area.x + half), area.x + area.w - half);
    Rect word = {middle - half, area.y + area.h + ui_px(ui, 2.0f), 2 * half, ui_px(ui, 16.0f)};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, word, ALIGN_CENTER, ui->theme->text, text);
}

void suspects_reveal(Ui *ui, Rect rect, SuspectsState *st) {
    char text[240];
    const SuspectsTruth *t = &st->rows.truth;
    Rect row = {rect.x, rect.y + rect.h - ui_px(ui, SWITCH), rect.w, ui_px(ui, SWITCH)};
    bool reveal =
        ui_switch(ui, "suspects-truth", row, "", st->reveal,
                  tr("Which labels are known to be wrong: outlines in the plot, and how well the list finds them"));
    if (reveal != st->reveal)
        ui->wants_frame = true;
    float label = text_width(ui->text, TEXT_BODY, tr("Show the truth")) + ui_px(ui, 34.0f + 2 * UNIT);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, (Rect){row.x, row.y, row.w - ui_px(ui, 34.0f + UNIT), row.h},
                 ALIGN_RIGHT, ui->theme->text, tr("Show the truth"));
    if (st->reveal && t->known) {
        say(t, false, text);
        Rect words = {row.x, row.y, row.w - label, row.h};
        if (text_width(ui->text, TEXT_MEDIUM, text) > words.w)
            say(t, true, text);
        text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, words, ALIGN_LEFT, ui->theme->text, text);
        ui_note(ui, "suspects-found", words);
    }
    if (rect.h > row.h && t->steps > 1)
        curve(ui, (Rect){rect.x, rect.y, rect.w, ui_px(ui, CURVE)}, t);
    st->reveal = reveal;
}

/* ---- in the plot ---- */

static const float RING = 7.5f, RING_WIDTH = 1.75f, SEAM_WIDTH = 3.85f; /* logical pixels */

/* A ring as a sprite: the edge of a disc, which has a square's area by its radius. */
static bool make_ring(const Ui *ui, MarkSprite *sprite, float width, Color color) {
    const float wide = 1.1283792f;
    Status status;
    return sprite->pixels || mark_make(sprite, 2, ui_px(ui, RING + width / 2) / wide, ui_px(ui, width),
                                       color_alpha(color, 0.0f), color, &status);
}

static void ring(Ui *ui, const SuspectsState *st, const float at[2], bool stroke) {
    float d = ui_px(ui, RING) * 0.7f;
    mark_draw(ui->canvas, &st->seam, at[0], at[1]);
    mark_draw(ui->canvas, &st->ring, at[0], at[1]);
    if (stroke)
        canvas_line(ui->canvas, at[0] - d, at[1] + d, at[0] + d, at[1] - d, ui_px(ui, RING_WIDTH), ui->theme->ring);
}

static void dashed_square(Ui *ui, const float at[2]) {
    float half = ui_px(ui, 8.5f), dash = 2 * half / 7.0f, width = ui_px(ui, 1.75f);
    for (int i = 0; i < 7; i += 2) {
        float a = -half + dash * (float)i, b = a + dash;
        for (int side = -1; side <= 1; side += 2) {
            float c = half * (float)side;
            canvas_line(ui->canvas, at[0] + a, at[1] + c, at[0] + b, at[1] + c, width, ui->theme->danger);
            canvas_line(ui->canvas, at[0] + c, at[1] + a, at[0] + c, at[1] + b, width, ui->theme->danger);
        }
    }
}

static bool place_of(const Camera *camera, const Dataset *data, int64_t sample, float at[2]) {
    if (sample < 0 || (size_t)sample >= data->count)
        return false;
    camera_screen(camera, data->x[sample], data->y[sample], at);
    return rect_has(camera->view, at[0], at[1]);
}

void suspects_use_marks(SuspectsState *st, const Ui *ui) {
    if (st->mark_theme == ui->theme && st->mark_scale == ui->scale)
        return;
    for (int k = 0; k < MAX_CLASSES; k++) {
        mark_free(&st->mark[k]);
        st->mark[k] = (MarkSprite){0};
    }
    mark_free(&st->ring);
    mark_free(&st->seam);
    st->mark_theme = ui->theme;
    st->mark_scale = ui->scale;
}

static void outlines(Ui *ui, SuspectsState *st, const Camera *camera, const Snapshot *s) {
    const SuspectRows *r = &st->rows;
    float at[2];
    size_t drawn = 0;
    suspects_use_marks(st, ui);
    if (!make_ring(ui, &st->seam, SEAM_WIDTH, ui->theme->focus_inner) ||
        !make_ring(ui, &st->ring, RING_WIDTH, ui->theme->ring))
        return;
    for (size_t i = 0; i < r->count && drawn < OUTLINES; i++)
        if (place_of(camera, s->data, suspect_rows_sample(r, &r->rows[i]), at)) {
            ring(ui, st, at, !r->rows[i].wrong);
            drawn++;
        }
    for (size_t i = 0; i < r->missed_count && drawn < OUTLINES; i++) {
        SuspectRow row = {.slot = r->missed[i]};
        if (place_of(camera, s->data, suspect_rows_sample(r, &row), at)) {
            dashed_square(ui, at);
            drawn++;
        }
    }
}

static SuspectsKept of_now(const Ui *ui, const SuspectRows *r, uint64_t drawn, const Camera *c, const Snapshot *s) {
    return (SuspectsKept){.box = canvas_clip(ui->canvas),
                          .theme = ui->theme,
                          .scale = ui->scale,
                          .camera = {c->center_x, c->center_y, c->scale, c->stretch},
                          .drawn = drawn,
                          .data_version = s->data_version,
                          .look_version = r->look_version,
                          .run_version = r->run_version,
                          .rows = r->count,
                          .at_least = r->at_least,
                          .by = r->by};
}

static bool is_same(const SuspectsKept *a, const SuspectsKept *b) {
    return memcmp(&a->box, &b->box, sizeof a->box) == 0 && a->theme == b->theme && a->scale == b->scale &&
           memcmp(a->camera, b->camera, sizeof a->camera) == 0 && a->drawn == b->drawn &&
           a->data_version == b->data_version && a->look_version == b->look_version &&
           a->run_version == b->run_version && a->rows == b->rows && a->at_least == b->at_least && a->by == b->by;
}

/* Draws the outlines, or copies the picture that has them. */
static void draw_outlines(Ui *ui, SuspectsState *st, SuspectsKept *kept, uint64_t drawn, const Camera *camera,
                          const Snapshot *s) {
    SuspectsKept now = of_now(ui, &st->rows, drawn, camera, s);
    Canvas *canvas = ui->canvas;
    int width = now.box.x1 - now.box.x0, height = now.box.y1 - now.box.y0;
    if (width <= 0 || height <= 0)
        return;
    if (kept->kept && is_same(kept, &now)) {
        canvas_blit(canvas, now.box.x0, now.box.y0, kept->pixels, width, height);
        return;
    }
    outlines(ui, st, camera, s);
    now.pixels = make_room(kept->pixels, &kept->room, (size_t)width * (size_t)height, sizeof *now.pixels);
    kept->kept = now.kept = now.pixels != NULL;
    if (!now.pixels)
        return;
    now.room = kept->room;
    *kept = now;
    for (int y = 0; y < height; y++)
        memcpy(kept->pixels + (size_t)y * (size_t)width,
               canvas->pixels + (size_t)(now.box.y0 + y) * (size_t)canvas->width + now.box.x0,
               (size_t)width * sizeof *kept->pixels);
}

void suspects_draw(Ui *ui, SuspectsState *st, int plot, uint64_t drawn, const Camera *camera, const Snapshot *s) {
    float at[2];
    if (!st->open)
        return;
    canvas_push_clip(ui->canvas, camera->view);
    if (st->reveal && st->rows.truth.known)
        draw_outlines(ui, st, &st->kept[plot], drawn, camera, s);
    if (place_of(camera, s->data, st->pointed, at)) {
        plot_hand_ring(ui, at, ui_px(ui, 9.0f), ui_px(ui, 2.0f));
        ui_note(ui, "plot-suspect", (Rect){at[0] - 9.0f, at[1] - 9.0f, 18.0f, 18.0f});
    }
    canvas_pop_clip(ui->canvas);
}
