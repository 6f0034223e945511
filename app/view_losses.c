#include "view_losses.h"

#include "format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { BINS = 50 };

typedef struct Histogram {
    size_t easy[BINS][MAX_CLASSES], hard[BINS];
} Histogram;

/* Where a loss lies on the axis, 0 to 1, not cut off. */
static float position(const UiRange *axis, float loss) {
    float low = logf((float)axis->minimum), high = logf((float)axis->maximum);
    return (logf(loss > 0.0f ? loss : 1e-30f) - low) / (high - low);
}

static void count_losses(Histogram *h, const UiRange *axis, const Snapshot *s) {
    memset(h, 0, sizeof *h);
    /* bin edges instead of a logarithm for each sample */
    float edges[BINS];
    double ratio = pow(axis->maximum / axis->minimum, 1.0 / BINS);
    for (int b = 0; b < BINS; b++)
        edges[b] = (float)(axis->minimum * pow(ratio, b + 1));
    for (size_t i = 0; i < s->data->count; i++) {
        float loss = s->loss[i];
        int low = 0, high = BINS - 1; /* the first bin whose upper edge is above the loss, or the last bin */
        while (low < high) {
            int middle = (low + high) / 2;
            if (loss < edges[middle])
                high = middle;
            else
                low = middle + 1;
        }
        if (s->v[i] > 0.0f)
            h->easy[low][s->data->label[i]]++;
        else
            h->hard[low]++;
    }
}

static size_t bin_total(const Histogram *h, int bin) {
    size_t total = h->hard[bin];
    for (int c = 0; c < MAX_CLASSES; c++)
        total += h->easy[bin][c];
    return total;
}

static void draw_bars(Ui *ui, Rect area, const Histogram *h) {
    /* The first bin holds all that is smaller than the axis shows: it may be cut off rather than flatten the
     * rest. */
    size_t highest = 1;
    for (int b = 1; b < BINS; b++)
        highest = bin_total(h, b) > highest ? bin_total(h, b) : highest;
    if (highest < bin_total(h, 0) / 8)
        highest = bin_total(h, 0) / 8;
    float width = area.w / BINS, unit = (area.h - ui_px(ui, 18.0f)) / (float)highest;
    canvas_push_clip(ui->canvas, area);
    for (int b = 0; b < BINS; b++) {
        float x = area.x + width * (float)b, y = area.y + area.h;
        for (int c = 0; c <= MAX_CLASSES; c++) {
            size_t count = c < MAX_CLASSES ? h->easy[b][c] : h->hard[b];
            Color color =
                c < MAX_CLASSES ? ui->theme->class_fill[c] : color_alpha(ui->theme->hard_edge, 0.7f);
            float height = unit * (float)count;
            if (count > 0)
                canvas_rect(ui->canvas, (Rect){x, y - height, width - ui_px(ui, 0.75f), height}, color);
            y -= height;
        }
    }
    canvas_pop_clip(ui->canvas);
}

static void draw_axis(Ui *ui, Rect area, const UiRange *axis) {
    float y = area.y + area.h;
    canvas_rect(ui->canvas, (Rect){area.x, y, area.w, fmaxf(1.0f, roundf(ui_px(ui, 1.0f)))}, ui->theme->line);
    int first = (int)ceil(log10(axis->minimum) - 1e-9), last = (int)floor(log10(axis->maximum) + 1e-9);
    float room = area.w * position(axis, (float)(axis->minimum * 10.0)); /* between neighbouring decades */
    int step = room < ui_px(ui, 44.0f) ? 2 : 1;
    for (int decade = first; decade <= last; decade += step) {
        char text[32];
        ui_format(pow(10.0, decade), 3, text);
        float x = area.x + area.w * position(axis, (float)pow(10.0, decade));
        TextAlign align = decade == first ? ALIGN_LEFT : decade == last ? ALIGN_RIGHT : ALIGN_CENTER;
        text_draw(ui->text, ui->canvas, TEXT_CAPTION, x, y + ui_px(ui, 16.0f), align, ui->theme->muted, text);
    }
}

/* A line at a threshold; outside the axis it stands at the end. */
static float line_x(Rect area, const UiRange *axis, double threshold) {
    return area.x + area.w * fminf(1.0f, fmaxf(0.0f, position(axis, (float)threshold)));
}

static void draw_threshold(Ui *ui, Rect area, const UiRange *axis, const Snapshot *s) {
    float width = ui_px(ui, 2.0f), bottom = area.y + area.h;
    float x = line_x(area, axis, s->threshold), ghost = line_x(area, axis, s->next_threshold);
    /* after the next growth, once it will have grown: between epochs the growth is still to come */
    if (fabsf(ghost - x) >= 1.0f)
        canvas_line(ui->canvas, ghost, area.y + ui_px(ui, 14.0f), ghost, bottom, ui_px(ui, 1.0f),
                    ui->theme->hard_edge);
    canvas_line(ui->canvas, x, area.y, x, bottom, width, ui->theme->text);

    char figure[32], percent[32], label[96];
    format_figure(s->threshold, figure);
    format_percent((double)s->easy / (double)s->data->count, percent);
    snprintf(label, sizeof label, "λ %s: %s easy", figure, percent);
    float label_width = text_width(ui->text, TEXT_CAPTION, label), gap = ui_px(ui, 6.0f);
    bool on_left = x + gap + label_width > area.x + area.w;
    float left = on_left ? x - gap - label_width : x + gap;
    Rect behind = {left - ui_px(ui, 2.0f), area.y, label_width + ui_px(ui, 4.0f), ui_px(ui, 14.0f)};
    canvas_rect(ui->canvas, behind, color_alpha(ui->theme->card, 0.85f));
    text_draw(ui->text, ui->canvas, TEXT_CAPTION, left, area.y + ui_px(ui, 10.0f), ALIGN_LEFT,
              ui->theme->text, label);
}

void view_losses(Ui *ui, Rect rect, const UiRange *axis, const Snapshot *snapshot) {
    Rect area = {rect.x, rect.y, rect.w, rect.h - ui_px(ui, 24.0f)};
    Histogram histogram;
    count_losses(&histogram, axis, snapshot);
    draw_bars(ui, area, &histogram);
    draw_axis(ui, area, axis);
    draw_threshold(ui, area, axis, snapshot);
}
