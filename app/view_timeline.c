#include "view_timeline.h"

#include "format.h"

#include <math.h>
#include <stdio.h>

enum { CURVES = 3, MAX_POINTS = 1024 };

typedef struct Curve {
    const char *name;
    Color color;
    float (*value)(const HistoryRecord *record, const History *history);
} Curve;

static float easy_share(const HistoryRecord *record, const History *history) {
    return (float)record->easy / (float)history->samples;
}

static float accuracy(const HistoryRecord *record, const History *history) {
    (void)history;
    return (float)record->accuracy;
}

static float loss(const HistoryRecord *record, const History *history) {
    (void)history;
    return (float)record->mean_loss;
}

/* Numbers below the axis: steps of 1, 2, 5, 10 ... epochs with room between them. */
static void draw_epochs(Ui *ui, Rect area, uint32_t epochs) {
    float room = ui_px(ui, 44.0f);
    uint32_t step = 1;
    for (int i = 0; area.w * (float)step / (float)epochs < room && step < epochs; i++)
        step = (uint32_t)(pow(10.0, (double)(i / 3)) * (i % 3 == 0 ? 2.0 : i % 3 == 1 ? 5.0 : 10.0));
    for (uint64_t epoch = 0; epoch <= epochs; epoch += step) {
        char text[32];
        format_count((size_t)epoch, text);
        float x = area.x + area.w * (float)epoch / (float)epochs;
        text_draw(ui->text, ui->canvas, TEXT_CAPTION, x, area.y + area.h + ui_px(ui, 15.0f), ALIGN_CENTER,
                  ui->theme->muted, text);
    }
}

static void draw_legend(Ui *ui, Rect rect, const Curve *curves, const Snapshot *s) {
    char values[CURVES + 1][32];
    format_percent((double)s->easy / (double)s->data->count, values[0]);
    format_percent(s->accuracy, values[1]);
    format_figure(s->mean_loss, values[2]);
    format_figure(s->threshold, values[3]);
    float row = rect.h / (CURVES + 1);
    for (int i = 0; i <= CURVES; i++) {
        Rect line = {rect.x, rect.y + row * (float)i, rect.w, row};
        float middle = line.y + row / 2;
        Color color = i < CURVES ? curves[i].color : ui->theme->curve_threshold;
        canvas_line(ui->canvas, line.x + ui_px(ui, 1.0f), middle, line.x + ui_px(ui, 9.0f), middle,
                    ui_px(ui, 3.0f), color);
        Rect name = {line.x + ui_px(ui, 18.0f), line.y, line.w, row};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, name, ALIGN_LEFT, ui->theme->text,
                     i < CURVES ? curves[i].name : "threshold");
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, line, ALIGN_RIGHT, ui->theme->text, values[i]);
    }
}

void view_timeline(Ui *ui, Rect card, const Snapshot *s) {
    const Theme *theme = ui->theme;
    const Curve curves[CURVES] = {
        {"easy", theme->curve_easy, easy_share},
        {"accuracy", theme->curve_accuracy, accuracy},
        {"loss", theme->curve_loss, loss},
    };
    float legend = ui_px(ui, 122.0f), pad = ui_px(ui, 12.0f);
    Rect area = {card.x + ui_px(ui, 44.0f), card.y + ui_px(ui, 14.0f),
                 card.w - ui_px(ui, 44.0f) - legend - 2.5f * pad, card.h - ui_px(ui, 38.0f)};
    area.x = roundf(area.x);
    area.y = roundf(area.y);
    canvas_rounded_frame(ui->canvas, area, 0.0f, fmaxf(1.0f, roundf(ui_px(ui, 1.0f))), theme->line);
    const History *history = s->history;
    uint32_t epochs = (uint32_t)s->settings->epochs;
    if (s->settings->until_hard >= 0 || s->epoch > epochs) /* the end is not known */
        epochs = s->epoch < 10 ? 10 : s->epoch + s->epoch / 10;
    draw_epochs(ui, area, epochs);

    float top = 1.0f; /* losses may be above 1; then the axis goes on to the highest */
    for (size_t i = 0; i < history->count; i++)
        if (isfinite(history->records[i].mean_loss))
            top = fmaxf(top, (float)history->records[i].mean_loss);
    char number[32];
    ui_format(top, 2, number);
    float caption = text_cap_height(ui->text, TEXT_CAPTION) / 2, left = area.x - ui_px(ui, UNIT);
    text_draw(ui->text, ui->canvas, TEXT_CAPTION, left, area.y + caption, ALIGN_RIGHT, theme->muted, number);
    text_draw(ui->text, ui->canvas, TEXT_CAPTION, left, area.y + area.h + caption, ALIGN_RIGHT, theme->muted,
              "0");

    size_t count = history->count, step = count / MAX_POINTS + 1;
    float now = area.x + area.w * ((float)s->epoch + (float)s->batch / (float)s->batches) / (float)epochs;
    for (int c = CURVES - 1; c >= 0; c--) {
        float points[2 * (MAX_POINTS + 1)];
        size_t n = 0;
        for (size_t i = 0; i < count; i += i + step < count || i + 1 == count ? step : count - 1 - i) {
            const HistoryRecord *record = &history->records[i];
            float value = curves[c].value(record, history);
            points[2 * n] = area.x + area.w * (float)(record->epoch + 1) / (float)epochs;
            points[2 * n + 1] = area.y + area.h * (1.0f - fminf(1.0f, fmaxf(0.0f, value / top)));
            n += isfinite(value) != 0;
        }
        canvas_polyline(ui->canvas, points, n, ui_px(ui, 2.0f), curves[c].color);
        if (n > 0)
            canvas_disc(ui->canvas, points[2 * n - 2], points[2 * n - 1], ui_px(ui, 3.5f), curves[c].color);
    }
    canvas_line(ui->canvas, now, area.y - ui_px(ui, 1.0f), now, area.y + area.h, ui_px(ui, 1.5f),
                theme->text);
    float tip = ui_px(ui, 5.0f),
          mark[] = {now - tip, area.y - tip, now + tip, area.y - tip, now, area.y + tip};
    canvas_polygon(ui->canvas, mark, 3, theme->text);

    Rect right = {area.x + area.w + 1.5f * pad, area.y - ui_px(ui, 4.0f), legend,
                  ui_px(ui, 19.0f) * (CURVES + 1)};
    draw_legend(ui, right, curves, s);
}
