/* The import sheet's right side: what the points will look like, and how the plot and the model take them. */
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/experiment/scale_advice.h"
#include "app/ui/ui_widget.h"
#include "app/views/view_import_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TICKS_MOST = 6, CLASSES_SHOWN = 6 };
static const float CLASS_ROW = 24.0f, BELOW = 156.0f; /* BELOW: what follows the classes, logical pixels */

/* ---- what suits ---- */

typedef struct Extent {
    double low, high;
} Extent;

static Extent extent_of(const double *values, size_t count) {
    Extent e = {0.0, 0.0};
    for (size_t i = 0; i < count; i++) {
        e.low = i == 0 || values[i] < e.low ? values[i] : e.low;
        e.high = i == 0 || values[i] > e.high ? values[i] : e.high;
    }
    return e;
}

/* The points of the look, as far as there are some, as a run would have them. */
static bool make_sample(const ImportState *st, Dataset *sample) {
    const PointsPreview *look = st->look;
    Status status = {0};
    const double *values[2] = {look->x, look->y};
    if (look->points == 0 || !dataset_init(sample, look->points, 2, &status))
        return false;
    for (int k = 0; k < 2; k++) {
        Extent e = extent_of(values[k], look->points);
        float *to = k == 0 ? sample->x : sample->y;
        sample->origin[k] = e.high - e.low < 1e-4 * fabs(e.low) ? e.low : 0.0;
        for (size_t i = 0; i < look->points; i++)
            to[i] = (float)(values[k][i] - sample->origin[k]);
        if (st->at[k] < look->columns)
            dataset_name_axis(sample, k, look->column[st->at[k]].name, strlen(look->column[st->at[k]].name));
    }
    dataset_bounds(sample);
    return true;
}

void import_advise(ImportState *st) {
    Dataset sample;
    bool known = make_sample(st, &sample);
    ScaleAdvice advice = {.fault = SCALE_FITS};
    if (known)
        advice = scale_advice(&sample);
    if (!st->fills_told)
        st->fills = known && aspect_fills(st->aspect, &sample);
    st->standardize_suggested = advice.fault != SCALE_FITS;
    st->reason[0] = '\0';
    if (st->standardize_suggested)
        scale_advice_reason(&advice, &sample, st->reason);
    if (!st->standardize_told)
        st->standardize = st->standardize_before || st->standardize_suggested;
    if (known)
        dataset_free(&sample);
}

/* ---- the scatter ---- */

/* A step of 1, 2 or 5 that gives a few ticks. */
static double tick_step(Extent e, int most) {
    double rough = (e.high - e.low) / most, power = pow(10.0, floor(log10(rough))), part = rough / power;
    return power * (part <= 1.0 ? 1.0 : part <= 2.0 ? 2.0 : part <= 5.0 ? 5.0 : 10.0);
}

/* The extents shown: a margin round the points, and with both axes alike the same number of pixels a unit. */
static void frame_points(const ImportState *st, Rect area, Extent *x, Extent *y) {
    *x = extent_of(st->look->x, st->look->points);
    *y = extent_of(st->look->y, st->look->points);
    Extent *both[2] = {x, y};
    for (int i = 0; i < 2; i++) {
        double span = both[i]->high - both[i]->low,
               pad = span > 0.0 ? 0.06 * span : fmax(0.5, fabs(both[i]->low) * 0.05);
        both[i]->low -= pad;
        both[i]->high += pad;
    }
    double wide = x->high - x->low, high = y->high - y->low, shape = (double)(area.w / area.h);
    if (st->fills || !(wide > 0.0) || !(high > 0.0))
        return;
    double more_x = fmax(0.0, high * shape - wide) / 2, more_y = fmax(0.0, wide / shape - high) / 2;
    x->low -= more_x;
    x->high += more_x;
    y->low -= more_y;
    y->high += more_y;
}

static float along(Extent e, double value, float from, float length) {
    return from + (float)((value - e.low) / (e.high - e.low)) * length;
}

/* Enough digits that ticks a step apart differ. */
static int tick_digits(Extent e, double step) {
    double digits = ceil(log10(fmax(fabs(e.low), fabs(e.high)) / step)) + 1.0;
    return (int)fmin(fmax(digits, 4.0), 15.0);
}

static void draw_ticks(Ui *ui, Rect area, Extent x, Extent y) {
    char text[32];
    float tick = ui_px(ui, 4.0f), free_from = -INFINITY; /* where a further text fits */
    double step = tick_step(x, 5);
    int digits = tick_digits(x, step);
    for (double t = ceil(x.low / step); t <= floor(x.high / step); t++) {
        float at = along(x, t * step, area.x, area.w);
        format_number(t * step + 0.0, digits, text); /* no -0 */
        canvas_rect(ui->canvas, (Rect){roundf(at), area.y + area.h, 1.0f, tick}, ui->theme->muted);
        float half = text_width(ui->text, TEXT_CAPTION, text) / 2;
        if (at - half < free_from)
            continue;
        free_from = at + half + 2.0f * tick;
        text_draw(ui->text, ui->canvas, TEXT_CAPTION,
                  (TextAnchor){at, area.y + area.h + ui_px(ui, 15.0f), ALIGN_CENTER}, ui->theme->muted, text);
    }
    step = tick_step(y, 4);
    digits = tick_digits(y, step);
    for (double t = ceil(y.low / step); t <= floor(y.high / step); t++) {
        float at = area.y + area.h - along(y, t * step, 0.0f, area.h);
        format_number(t * step + 0.0, digits, text); /* no -0 */
        canvas_rect(ui->canvas, (Rect){area.x - tick, roundf(at), tick, 1.0f}, ui->theme->muted);
        text_draw(ui->text, ui->canvas, TEXT_CAPTION,
                  (TextAnchor){area.x - ui_px(ui, 7.0f), at + ui_px(ui, 4.0f), ALIGN_RIGHT}, ui->theme->muted, text);
    }
}

static void draw_scatter(ImportState *st, Ui *ui, Rect rect) {
    const PointsPreview *look = st->look;
    float left = ui_px(ui, 40.0f), below = ui_px(ui, 22.0f), line = fmaxf(1.0f, roundf(ui->scale));
    Rect area = rect_rounded((Rect){rect.x + left, rect.y, rect.w - left, rect.h - below});
    canvas_rect(ui->canvas, area, ui->theme->ground);
    canvas_rounded_frame(ui->canvas, area, 0.0f, line, ui->theme->frame);
    ui_note(ui, "import-scatter", area);
    if (look->points == 0) {
        text_draw_in(ui->text, ui->canvas, TEXT_LABEL, area, ALIGN_CENTER, ui->theme->muted, tr("no points yet"));
        return;
    }
    Extent x, y;
    frame_points(st, area, &x, &y);
    if (!(x.high > x.low) || !(y.high > y.low) || !isfinite(x.high - x.low) || !isfinite(y.high - y.low))
        return;
    draw_ticks(ui, area, x, y);
    canvas_push_clip(ui->canvas, area);
    for (size_t i = 0; i < look->points; i++) {
        float at_x = along(x, look->x[i], area.x, area.w), at_y = area.y + area.h - along(y, look->y[i], 0.0f, area.h);
        const MarkSprite *mark = import_mark(st, ui, look->label[i]);
        if (mark)
            mark_draw(ui->canvas, mark, at_x, at_y);
        else
            canvas_disc(ui->canvas, at_x, at_y, ui_px(ui, 3.0f), ui->theme->muted);
    }
    canvas_pop_clip(ui->canvas);
    const char *names[2] = {"y", "x"};
    for (int k = 0; k < 2; k++) {
        size_t at = st->at[k == 0 ? SLOT_Y : SLOT_X];
        if (at < look->columns && look->column[at].name[0])
            names[k] = look->column[at].name;
    }
    float pad = ui_px(ui, 5.0f), row = ui_px(ui, 16.0f);
    text_draw_in(ui->text, ui->canvas, TEXT_VALUE, (Rect){area.x + pad, area.y + pad / 2, area.w - 2 * pad, row},
                 ALIGN_LEFT, ui->theme->text, names[0]);
    text_draw_in(ui->text, ui->canvas, TEXT_VALUE,
                 (Rect){area.x + pad, area.y + area.h - row - pad / 2, area.w - 2 * pad, row}, ALIGN_RIGHT,
                 ui->theme->text, names[1]);
}

/* ---- classes ---- */

static int shown_classes(const ImportState *st, int room) {
    int kinds = st->look->kinds;
    return kinds <= room ? kinds : room > 1 ? room - 1 : 1;
}

static void draw_class(ImportState *st, Ui *ui, Rect row, int k) {
    const PointsPreviewKind *kind = &st->look->kind[k];
    size_t most = 1;
    char count[32];
    for (int i = 0; i < st->look->kinds; i++)
        most = st->look->kind[i].count > most ? st->look->kind[i].count : most;
    float indent = ui_px(ui, 24.0f), numbers = ui_px(ui, 56.0f), height = ui_px(ui, 4.0f),
          name = (row.w - indent - numbers) * 0.45f;
    const MarkSprite *mark = import_mark(st, ui, k);
    if (mark)
        mark_draw(ui->canvas, mark, row.x + ui_px(ui, 8.0f), floorf(row.y + row.h / 2) + 0.5f);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, (Rect){row.x + indent, row.y, name - ui_px(ui, UNIT), row.h},
                 ALIGN_LEFT, ui->theme->text, kind->name);
    float room = row.w - indent - name - numbers, width = room * (float)((double)kind->count / (double)most);
    canvas_rounded(ui->canvas,
                   (Rect){row.x + indent + name, row.y + (row.h - height) / 2, fmaxf(height, width), height},
                   height / 2, ui->theme->class_line[k]);
    format_count(kind->count, count);
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, row, ALIGN_RIGHT, ui->theme->text, count);
}

static void draw_classes(ImportState *st, Ui *ui, Column *column, int room) {
    int shown = shown_classes(st, room);
    for (int k = 0; k < shown; k++)
        draw_class(st, ui, column_next(column, CLASS_ROW, 0.0f), k);
    if (shown < st->look->kinds) {
        char text[48];
        snprintf(text, sizeof text, tr("and %d more classes"), st->look->kinds - shown);
        Rect row = column_next(column, CLASS_ROW, 0.0f);
        row.x += ui_px(ui, 24.0f);
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, row, ALIGN_LEFT, ui->theme->muted, text);
    }
}

/* ---- scale ---- */

static void draw_scale(ImportState *st, Ui *ui, Column *column) {
    const char *const labels[] = {tr("x and y alike"), tr("Each to fill")};
    text_draw_in(ui->text, ui->canvas, TEXT_LABEL, column_next(column, 22.0f, 2.0f), ALIGN_LEFT, ui->theme->text,
                 tr("Scale of the plot"));
    int fills = ui_segments(ui, "import-scale", column_next(column, CONTROL, UNIT), labels, 2, st->fills,
                            tr("Whether a unit is as long along x as along y, or each axis fills the plot (--aspect)"));
    if (fills != (int)st->fills) {
        st->fills = fills;
        st->fills_told = true;
    }
    Rect row = column_next(column, 28.0f, 2.0f);
    bool standardize = ui_switch(ui, "import-standardize", row, tr("Standardize for the model"), st->standardize,
                                 tr("The model sees both axes with mean 0 and deviation 1 (--standardize)"));
    if (standardize != st->standardize) {
        st->standardize = standardize;
        st->standardize_told = true;
    }
    if (st->standardize_suggested) {
        const char *word = tr("suggested");
        float height = ui_px(ui, 18.0f), width = text_width(ui->text, TEXT_CAPTION, word) + ui_px(ui, 14.0f);
        float x = row.x + text_width(ui->text, TEXT_BODY, tr("Standardize for the model")) + ui_px(ui, 12.0f);
        Rect chip = {x, row.y + (row.h - height) / 2, width, height};
        if (chip.x + chip.w < row.x + row.w - ui_px(ui, 40.0f)) {
            canvas_rounded(ui->canvas, chip, height / 2, ui->theme->accent_strip);
            text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, chip, ALIGN_CENTER, ui->theme->text, word);
        }
    }
    char lines[UI_LINES][UI_LINE_BYTES], text[400];
    if (st->reason[0])
        /* TRANSLATORS: %s is a sentence about the axes */
        snprintf(text, sizeof text, tr("%s Plot and files keep their units."), st->reason);
    else
        snprintf(text, sizeof text, "%s", tr("Plot and files keep their units."));
    int count = ui_wrap(ui, TEXT_LABEL, text, column->w, 3, lines);
    for (int i = 0; i < count; i++)
        text_draw_in(ui->text, ui->canvas, TEXT_LABEL, column_next(column, 16.0f, 0.0f), ALIGN_LEFT, ui->theme->muted,
                     lines[i]);
}

void import_outlook(ImportState *st, Ui *ui, Column *column, float height) {
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, column_next(column, 22.0f, 4.0f), ALIGN_LEFT, ui->theme->text,
                 tr("How it will look"));
    float free = height > 0.0f ? height / ui->scale - 26.0f - BELOW : 0.0f;
    int room =
        height > 0.0f ? (int)fmaxf(2.0f, fminf((float)CLASSES_SHOWN, (free - 150.0f) / CLASS_ROW)) : 2 * CLASSES_SHOWN;
    int kinds = st->look->kinds < room ? st->look->kinds : room;
    float scatter = height > 0.0f ? fmaxf(90.0f, fminf(240.0f, free - (float)kinds * CLASS_ROW - 12.0f)) : 220.0f;
    draw_scatter(st, ui, column_next(column, scatter, 6.0f));
    draw_classes(st, ui, column, room);
    column->y += ui_px(ui, 6.0f);
    draw_scale(st, ui, column);
}
