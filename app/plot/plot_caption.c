#include "app/plot/plot_private.h"

#include "app/base/format.h"
#include "app/base/language.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_FIGURES 4

typedef struct Figure {
    const char *name;
    char value[80], widest[80]; /* room is kept for widest, so that nothing moves while the run goes on */
} Figure;

/* Three significant digits, without an exponent where that reads well. */
static void three_digits(double value, char text[64]) {
    if (!isfinite(value) || value <= 0) {
        snprintf(text, 64, "%g", value);
        return;
    }
    int exponent = (int)floor(log10(value * (1 + 1e-12)));
    if (exponent < -3 || exponent > 5)
        snprintf(text, 64, "%.2e", value);
    else
        snprintf(text, 64, "%.*f", exponent > 2 ? 0 : 2 - exponent, value);
    format_decimal_sign(text, 64);
}

void caption_draw(const Pen *pen, const Snapshot *snapshot, float x, float right, float baseline) {
    Figure figures[MOST_FIGURES] = {{.name = tr("epoch")}, {.name = tr("threshold")}, {0}, {.name = tr("accuracy")}};
    int last = snapshot->settings->epochs > (int)snapshot->epoch ? snapshot->settings->epochs : (int)snapshot->epoch;
    snprintf(figures[0].value, sizeof figures->value, "%u", (unsigned)snapshot->epoch);
    snprintf(figures[0].widest, sizeof figures->widest, "%d", last);
    three_digits(snapshot->threshold, figures[1].value);
    format_decimals(0.0, 3, figures[1].widest);
    char easy[32], count[32];
    format_count(snapshot->easy, easy);
    format_count(snapshot->data->count, count);
    figures[2].name =
        snapshot->settings->order == ORDER_EASY ? trc("number of points", "easy") : trc("number of points", "in use");
    snprintf(figures[2].value, sizeof figures->value, trc("number of points", "%s of %s"), easy, count);
    snprintf(figures[2].widest, sizeof figures->widest, trc("number of points", "%s of %s"), count, count);
    if (snapshot->diverged)
        snprintf(figures[3].value, sizeof figures->value, "%s", tr("diverged"));
    else if (isfinite(snapshot->accuracy)) /* 100.0 % only if all are correct */
        format_percentage(snapshot->accuracy < 1 ? fmin(snapshot->accuracy * 100, 99.9) : 100.0, 1, figures[3].value);
    else
        strcpy(figures[3].value, "–");

    float gap = pen_px(pen, 6), between = pen_px(pen, 22);
    TextStyle name_style = TEXT_BODY, value_style = TEXT_MEDIUM;
    float total = -between;
    for (int i = 0; i < MOST_FIGURES; i++)
        total += text_width(pen->text, TEXT_BODY, figures[i].name) + gap + between +
                 fmaxf(text_width(pen->text, TEXT_MEDIUM, figures[i].value),
                       text_width(pen->text, TEXT_MEDIUM, figures[i].widest));
    if (x + total > right) {
        name_style = value_style = TEXT_CAPTION;
        between = pen_px(pen, 12);
        gap = pen_px(pen, 4);
    }
    for (int i = 0; i < MOST_FIGURES; i++) {
        float name = text_width(pen->text, name_style, figures[i].name) + gap;
        float value = text_width(pen->text, value_style, figures[i].value);
        if (x + name + value > right) /* the last figures give way first */
            break;
        text_draw(pen->text, pen->canvas, name_style, (TextAnchor){x, baseline, ALIGN_LEFT}, pen->theme->muted,
                  figures[i].name);
        text_draw(pen->text, pen->canvas, value_style, (TextAnchor){x + name, baseline, ALIGN_LEFT}, pen->theme->text,
                  figures[i].value);
        x += name + fmaxf(value, text_width(pen->text, value_style, figures[i].widest)) + between;
    }
}

void plot_caption_draw(const Drawing *d) {
    Pen pen = {.canvas = d->canvas, .text = d->text, .theme = d->theme, .scale = d->scale};
    float baseline = roundf(d->area.y - (d->options->name_row ? 11 + ROOM_NAME : 11) * d->scale);
    caption_draw(&pen, d->snapshot, d->area.x, d->outer.x + d->outer.w - 4 * d->scale, baseline);
}
