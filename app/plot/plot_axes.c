#include "app/plot/plot_private.h"

#include "app/base/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICK 4.0f     /* its length, logical pixels */
#define TICK_GAP 5.0f /* between a tick and its number */

#define NUMBER_MAX 56
#define LABEL_MAX 64 /* with a minus sign of three bytes */

/* Numbers along an axis: (first + i) step for i in 0 .. count - 1, shown less base step and divided by 10^exponent. */
typedef struct Axis {
    double low, high; /* world range */
    float pixels;     /* its length on the screen */
    double step;
    double first, base; /* multiples of step */
    int count;
    int exponent, decimals;
    bool relative; /* base and exponent are used */
} Axis;

static double tick_count(const Axis *axis, double step) {
    return floor(axis->high / step) - ceil(axis->low / step) + 1;
}

/* How badly a step suits: its distance from the spacing that reads best, and having too few or too many ticks. */
static double step_badness(const Axis *axis, double step, int digit, float best_spacing) {
    double spacing = step / (axis->high - axis->low) * (double)axis->pixels;
    double badness = fabs(log(spacing / (double)best_spacing)) + (digit == 3 ? 0.02 : 0);
    double count = tick_count(axis, step);
    return badness + (count < 3 ? 3 - count : 0) + (count > 8 ? (count - 8) : 0);
}

/* The best of 1, 2, 3, 5 times a power of ten for one axis, or for both if other is given. */
static double best_step(const Axis *axis, const Axis *other, float best_spacing, double *badness) {
    double aim = (double)best_spacing * (axis->high - axis->low) / (double)axis->pixels;
    int middle = (int)floor(log10(aim));
    static const int DIGITS[] = {1, 2, 3, 5};
    double best = 0;
    *badness = INFINITY;
    for (int exponent = middle - 1; exponent <= middle + 1; exponent++)
        for (int i = 0; i < 4; i++) {
            double step = DIGITS[i] * pow(10, exponent);
            double bad = step_badness(axis, step, DIGITS[i], best_spacing);
            if (other)
                bad = fmax(bad, step_badness(other, step, DIGITS[i], best_spacing));
            if (bad < *badness) {
                *badness = bad;
                best = step;
            }
        }
    return best;
}

/* With a real minus sign, and none before a zero. */
static void put_minus(char text[LABEL_MAX], const char *number) {
    bool minus = number[0] == '-' && strspn(number, "-0.") < strlen(number);
    snprintf(text, LABEL_MAX, "%s%s", minus ? MINUS : "", number + (number[0] == '-'));
}

static void tick_text(const Axis *axis, int i, char text[LABEL_MAX]) {
    char number[NUMBER_MAX];
    double value = (axis->first + i - axis->base) * axis->step / pow(10, axis->exponent);
    snprintf(number, sizeof number, "%.*f", axis->decimals, value);
    put_minus(text, number);
}

/* Fills in ticks and format. Numbers wider than room (and all if `relative`) are shown less a base and in units of a
 * power of ten. */
static void lay_out_axis(Axis *axis, Text *text, float room, bool relative) {
    axis->first = ceil(axis->low / axis->step);
    double count = tick_count(axis, axis->step);
    axis->count = count > 0 ? (int)fmin(count, 64) : 0;
    int exponent = (int)floor(log10(axis->step * 1.0001));
    axis->decimals = exponent < 0 ? (exponent < -12 ? 12 : -exponent) : 0;
    axis->base = 0;
    axis->exponent = 0;
    axis->relative = relative;
    int last = axis->count - 1;
    for (int i = 0; i <= last; i += last > 0 ? last : 1) { /* the ends are the widest */
        char label[LABEL_MAX];
        tick_text(axis, i, label);
        axis->relative = axis->relative || text_width(text, TEXT_CAPTION, label) > room;
    }
    if (axis->relative || exponent < -12) {
        axis->relative = true;
        axis->decimals = 0;
        axis->exponent = exponent;
        if (fmax(fabs(axis->low), fabs(axis->high)) > 20 * (axis->high - axis->low))
            axis->base = axis->first + floor(axis->count / 2.0);
    }
}

/* Says what the numbers n of a relative axis mean. At `left`, or ending at `right` if that is not 0. */
static void draw_axis_note(const Drawing *d, const Axis *axis, const char *name, float left, float right) {
    static const char *const RAISED[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    char text[3 * LABEL_MAX], base[LABEL_MAX] = "", power[LABEL_MAX] = "";
    if (axis->base != 0) {
        char number[NUMBER_MAX];
        snprintf(number, sizeof number, "%.12g", axis->base * axis->step);
        put_minus(base, number);
        strncat(base, " + ", sizeof base - strlen(base) - 1);
    }
    if (axis->exponent != 0) {
        char digits[16];
        snprintf(digits, sizeof digits, "%d", abs(axis->exponent));
        strcpy(power, " · 10");
        strcat(power, axis->exponent < 0 ? "⁻" : "");
        for (size_t i = 0; digits[i]; i++)
            strcat(power, RAISED[digits[i] - '0']);
    }
    snprintf(text, sizeof text, "%s: %sn%s", name, base, power);
    float width = text_width(d->text, TEXT_CAPTION, text) + 12 * d->scale, height = 18 * d->scale;
    if (width > d->area.w / 2)
        return;
    Rect card = {right > 0 ? right - width : left, d->area.y + d->area.h - height - 6 * d->scale, width, height};
    canvas_rounded(d->canvas, card, 4 * d->scale, color_alpha(d->theme->card, 0.88f));
    text_draw_in(d->text, d->canvas, TEXT_CAPTION, card, ALIGN_CENTER, d->theme->text, text);
}

/* ---- names ---- */

/* The words at the axes' ends: x's below the right end, y's left of the upper end or, where it is too long for that,
 * above it. An empty rect: not shown. */
typedef struct Names {
    Rect x, y;
} Names;

static Names place_names(const Drawing *d) {
    const char *const *names = d->options->axis_names;
    float scale = d->scale, half = text_cap_height(d->text, TEXT_CAPTION) / 2, height = roundf(16 * scale);
    float gutter = d->area.x - (TICK + TICK_GAP) * scale - d->outer.x, most = d->area.w / 2;
    Names at = {0};
    if (names[0] && names[0][0]) {
        float width = fminf(ceilf(text_width(d->text, TEXT_MEDIUM, names[0])) + 1, most);
        float middle = d->area.y + d->area.h + (TICK + TICK_GAP) * scale + half + scale;
        at.x = (Rect){d->area.x + d->area.w - width, roundf(middle - height / 2), width, height};
    }
    if (names[1] && names[1][0]) {
        float width = ceilf(text_width(d->text, TEXT_MEDIUM, names[1])) + 1;
        at.y = width <= gutter - 2 * scale
                   ? (Rect){d->area.x - (TICK + TICK_GAP) * scale - width, d->area.y - scale, width, height}
                   : (Rect){d->area.x, roundf(d->area.y - height + scale), fminf(width, most), height};
    }
    return at;
}

static void draw_names(const Drawing *d, const Names *at) {
    const char *const *names = d->options->axis_names;
    if (at->x.w > 0)
        text_draw_in(d->text, d->canvas, TEXT_MEDIUM, at->x, ALIGN_RIGHT, d->theme->text, names[0]);
    if (at->y.w > 0)
        text_draw_in(d->text, d->canvas, TEXT_MEDIUM, at->y, ALIGN_LEFT, d->theme->text, names[1]);
}

/* ---- ticks and numbers ---- */

/* The number that stands around (x, y) is left out where a name stands. */
static bool runs_into(Rect name, float x0, float x1, float y0, float y1) {
    return name.w > 0 && x1 > name.x && x0 < name.x + name.w && y1 > name.y && y0 < name.y + name.h;
}

static void draw_x_axis(const Drawing *d, const Axis *x, const ToScreen *t, const Names *names) {
    Rect area = d->area;
    float scale = d->scale, half = text_cap_height(d->text, TEXT_CAPTION) / 2, width = fmaxf(1, floorf(scale));
    float label_y = area.y + area.h + (TICK + TICK_GAP) * scale + 2 * half + scale, gap = 6 * scale;
    for (int i = 0; i < x->count; i++) {
        float at = (float)(((x->first + i) * x->step - t->center_x) * t->scale + t->middle_x);
        char label[LABEL_MAX];
        tick_text(x, i, label);
        float half_width = text_width(d->text, TEXT_CAPTION, label) / 2;
        canvas_rect(d->canvas, (Rect){floorf(at), area.y + area.h, width, TICK * scale}, d->theme->muted);
        if (at - half_width >= d->outer.x && at + half_width <= d->outer.x + d->outer.w &&
            label_y <= d->outer.y + d->outer.h && 2 * half_width < (float)(x->step * t->scale) &&
            !runs_into(names->x, at - half_width - gap, at + half_width + gap, label_y - 2 * half, label_y))
            text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){at, label_y, ALIGN_CENTER}, d->theme->muted,
                      label);
    }
}

/* room: for the numbers, in pixels. */
static void draw_y_axis(const Drawing *d, const Axis *y, const ToScreen *t, float room, const Names *names) {
    Rect area = d->area;
    float scale = d->scale, half = text_cap_height(d->text, TEXT_CAPTION) / 2, width = fmaxf(1, floorf(scale));
    float right = area.x - (TICK + TICK_GAP) * scale;
    for (int i = 0; i < y->count; i++) {
        float at = (float)(t->middle_y - ((y->first + i) * y->step - t->center_y) * t->scale_y);
        char label[LABEL_MAX];
        tick_text(y, i, label);
        float label_width = text_width(d->text, TEXT_CAPTION, label);
        canvas_rect(d->canvas, (Rect){area.x - TICK * scale, floorf(at), TICK * scale, width}, d->theme->muted);
        if (at - half >= d->outer.y && at + half <= d->outer.y + d->outer.h &&
            2 * half < (float)(y->step * t->scale_y) && label_width <= room &&
            !runs_into(names->y, right - label_width, right, at - half, at + half))
            text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){right, roundf(at + half), ALIGN_RIGHT},
                      d->theme->muted, label);
    }
}

void plot_axes_draw(const Drawing *d) {
    Rect area = d->area;
    const Camera *camera = d->camera;
    float scale = d->scale;
    ToScreen t = to_screen(camera);
    Axis x = {.low = camera->center_x + ((double)area.x - t.middle_x) / camera->scale,
              .high = camera->center_x + ((double)area.x + (double)area.w - t.middle_x) / camera->scale,
              .pixels = area.w / scale};
    Axis y = {.low = camera->center_y - ((double)area.y + (double)area.h - t.middle_y) / t.scale_y,
              .high = camera->center_y - ((double)area.y - t.middle_y) / t.scale_y,
              .pixels = area.h / scale};
    if (!(x.high > x.low) || !(y.high > y.low))
        return;
    /* Axes of one scale have one step, unless a long window would crowd one of them. */
    float spacing = fminf(105, fmaxf(48, fminf(x.pixels, y.pixels) / 3.2f));
    double shared_badness, badness;
    x.step = y.step = best_step(&x, &y, spacing, &shared_badness);
    if (shared_badness > 1 || t.scale_y != t.scale) {
        x.step = best_step(&x, NULL, spacing, &badness);
        y.step = best_step(&y, NULL, spacing, &badness);
    }
    float room_y = area.x - (TICK + TICK_GAP) * scale - d->outer.x - 2 * scale;
    lay_out_axis(&y, d->text, room_y, false);
    lay_out_axis(&x, d->text, (float)(x.step * t.scale) - 8 * scale, y.relative && x.step == y.step);

    Names names = place_names(d);
    draw_x_axis(d, &x, &t, &names);
    draw_y_axis(d, &y, &t, room_y, &names);
    draw_names(d, &names);
    if (y.relative)
        draw_axis_note(d, &y, "y", area.x + 6 * scale, 0);
    if (x.relative)
        draw_axis_note(d, &x, "x", 0, area.x + area.w - 6 * scale);
}

/* The frame lies on the area's own outermost pixels. */
void plot_frame_draw(const Drawing *d) {
    canvas_rounded_frame(d->canvas, d->area, 0, fmaxf(1, floorf(d->scale)), d->theme->frame);
}
