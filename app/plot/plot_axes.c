#include "app/plot/plot_private.h"

#include "app/base/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICK 4.0f     /* its length, logical pixels */
#define TICK_GAP 5.0f /* between a tick and its number */

#define CORNER 27.0f /* in the window, where the axes meet: a button's */

#define NUMBER_MAX 56
#define LABEL_MAX 64 /* with a minus sign of three bytes */
#define NOTE_MAX (256 + 3 * LABEL_MAX)

/* Numbers along an axis: (first + i) step for i in 0 .. count - 1, shown less base step and divided by 10^exponent. All
 * of them are of values; positions are less than these by the origin, in which there are `skipped` steps and a rest. */
typedef struct Axis {
    double origin;
    double low, high; /* range of positions */
    float pixels;     /* its length on the screen */
    double step;
    double skipped, rest;
    double first, base; /* multiples of step */
    int count;
    int exponent, decimals;
    bool relative; /* base and exponent are used */
} Axis;

/* What of the origin is no multiple of the step, exactly. */
static double rest_of(const Axis *axis, double step) {
    return fmod(axis->origin, step);
}

static double tick_count(const Axis *axis, double step) {
    double rest = rest_of(axis, step);
    return floor((axis->high + rest) / step) - ceil((axis->low + rest) / step) + 1;
}

/* The position of a tick. */
static double tick_at(const Axis *axis, int i) {
    return (axis->first - axis->skipped + i) * axis->step - axis->rest;
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
    bool minus = number[0] == '-' && strpbrk(number, "123456789") != NULL;
    snprintf(text, LABEL_MAX, "%s%s", minus ? MINUS : "", number + (number[0] == '-'));
}

static void tick_text(const Axis *axis, int i, char text[LABEL_MAX]) {
    char number[NUMBER_MAX];
    double value = (axis->first + i - axis->base) * axis->step / pow(10, axis->exponent);
    snprintf(number, sizeof number, "%.*f", axis->decimals, value);
    format_decimal_sign(number, sizeof number);
    put_minus(text, number);
}

/* Fills in ticks and format. Numbers wider than room (and all if `relative`) are shown less a base and in units of a
 * power of ten. */
static void lay_out_axis(Axis *axis, Text *text, float room, bool relative) {
    axis->rest = rest_of(axis, axis->step);
    axis->skipped = round((axis->origin - axis->rest) / axis->step);
    axis->first = axis->skipped + ceil((axis->low + axis->rest) / axis->step);
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
        if (fmax(fabs(axis->origin + axis->low), fabs(axis->origin + axis->high)) > 20 * (axis->high - axis->low))
            axis->base = axis->first + floor(axis->count / 2.0);
    }
}

/* What the numbers n of a relative axis (0: x, 1: y) mean; nothing where there is no room for that. */
static void write_note(const Drawing *d, const Axis *axis, int which, char note[NOTE_MAX]) {
    static const char *const RAISED[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    char base[LABEL_MAX] = "", power[LABEL_MAX] = "";
    if (axis->base != 0) {
        char number[32];
        format_digits(axis->base * axis->step, axis->origin != 0 ? 15 : 12, number);
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
    const char *const names[2] = {dataset_axis_name(d->snapshot->data, which), which ? "y" : "x"};
    float most = d->area.w * (which ? 1.0f : 0.65f); /* numbers of x stand beside it */
    for (int i = 0; i < 2; i++) {                    /* the letter alone where the name is too long */
        snprintf(note, NOTE_MAX, "%s: %sn%s", names[i], base, power);
        if (text_width(d->text, TEXT_CAPTION, note) <= most)
            return;
    }
    note[0] = '\0';
}

/* ---- names ---- */

/* The words at the axes' ends: x's below the right end, y's left of the upper end or, where they are too long for that,
 * above it. An empty rect: not shown. */
typedef struct Name {
    char note[NOTE_MAX]; /* in the name's place, on a relative axis; empty: none */
    Rect place;
} Name;
typedef struct Names {
    Name x, y;
} Names;

/* What stands at an axis's end; NULL: nothing. */
static const char *name_of(const PlotOptions *options, const Dataset *data, int axis) {
    return data->axis_name[axis][0] || options->axis_letters ? dataset_axis_name(data, axis) : NULL;
}

/* The room left of the plotted area for y's numbers and its name. */
static float gutter_of(Rect area, Rect outer, float scale) {
    return area.x - (TICK + TICK_GAP) * scale - outer.x - 2 * scale;
}

static float name_width(Text *text, TextStyle style, const char *name) {
    return ceilf(text_width(text, style, name)) + 1;
}

static void place_names(const Drawing *d, Names *at) {
    bool notes[2] = {at->x.note[0] != '\0', at->y.note[0] != '\0'};
    const char *x = notes[0] ? at->x.note : name_of(d->options, d->snapshot->data, 0);
    const char *y = notes[1] ? at->y.note : name_of(d->options, d->snapshot->data, 1);
    float scale = d->scale, half = text_cap_height(d->text, TEXT_CAPTION) / 2, height = roundf(16 * scale);
    if (x) {
        float width = name_width(d->text, notes[0] ? TEXT_CAPTION : TEXT_MEDIUM, x);
        width = notes[0] ? width : fminf(width, d->area.w / 3); /* the numbers beside it need the rest */
        float middle = d->area.y + d->area.h + (TICK + TICK_GAP) * scale + half + scale;
        at->x.place = (Rect){d->area.x + d->area.w - width, roundf(middle - height / 2), width, height};
    }
    if (y) {
        float width = name_width(d->text, notes[1] ? TEXT_CAPTION : TEXT_MEDIUM, y);
        at->y.place = !notes[1] && width <= gutter_of(d->area, d->outer, scale)
                          ? (Rect){d->area.x - (TICK + TICK_GAP) * scale - width, d->area.y - scale, width, height}
                          : (Rect){d->area.x, roundf(d->area.y - height + scale),
                                   notes[1] ? width : fminf(width, d->area.w / 2), height};
    }
}

static void draw_name(const Drawing *d, const Name *at, int axis) {
    const Dataset *data = d->snapshot->data;
    if (at->place.w > 0)
        text_draw_in(d->text, d->canvas, at->note[0] ? TEXT_CAPTION : TEXT_MEDIUM, at->place,
                     axis == 0 ? ALIGN_RIGHT : ALIGN_LEFT, d->theme->text,
                     at->note[0] ? at->note : dataset_axis_name(data, axis));
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
    float left = d->outer.x + (d->options->axis_letters ? CORNER * scale : 0);
    for (int i = 0; i < x->count; i++) {
        float at = (float)((tick_at(x, i) - t->center_x) * t->scale + t->middle_x);
        char label[LABEL_MAX];
        tick_text(x, i, label);
        float half_width = text_width(d->text, TEXT_CAPTION, label) / 2;
        canvas_rect(d->canvas, (Rect){floorf(at), area.y + area.h, width, TICK * scale}, d->theme->muted);
        if (at - half_width >= left && at + half_width <= d->outer.x + d->outer.w &&
            label_y <= d->outer.y + d->outer.h && 2 * half_width < (float)(x->step * t->scale) &&
            !runs_into(names->x.place, at - half_width - gap, at + half_width + gap, label_y - 2 * half, label_y))
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
        float at = (float)(t->middle_y - (tick_at(y, i) - t->center_y) * t->scale_y);
        char label[LABEL_MAX];
        tick_text(y, i, label);
        float label_width = text_width(d->text, TEXT_CAPTION, label);
        canvas_rect(d->canvas, (Rect){area.x - TICK * scale, floorf(at), TICK * scale, width}, d->theme->muted);
        if (at - half >= d->outer.y && at + half <= d->outer.y + d->outer.h &&
            2 * half < (float)(y->step * t->scale_y) && label_width <= room &&
            !runs_into(names->y.place, right - label_width, right, at - half, at + half))
            text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){right, roundf(at + half), ALIGN_RIGHT},
                      d->theme->muted, label);
    }
}

/* Both axes of the view; false: it has no extent. room_y: for y's numbers, in pixels. */
static bool lay_out_axes(const Drawing *d, const ToScreen *t, float room_y, Axis *x, Axis *y) {
    Rect area = d->area;
    const Camera *camera = d->camera;
    float scale = d->scale;
    const double *origin = d->snapshot->data->origin;
    *x = (Axis){.origin = origin[0],
                .low = camera->center_x + ((double)area.x - t->middle_x) / camera->scale,
                .high = camera->center_x + ((double)area.x + (double)area.w - t->middle_x) / camera->scale,
                .pixels = area.w / scale};
    *y = (Axis){.origin = origin[1],
                .low = camera->center_y - ((double)area.y + (double)area.h - t->middle_y) / t->scale_y,
                .high = camera->center_y - ((double)area.y - t->middle_y) / t->scale_y,
                .pixels = area.h / scale};
    if (!(x->high > x->low) || !(y->high > y->low))
        return false;
    /* Axes of one scale have one step, unless a long window would crowd one of them. */
    float spacing = fminf(105, fmaxf(48, fminf(x->pixels, y->pixels) / 3.2f));
    double shared_badness, badness;
    x->step = y->step = best_step(x, y, spacing, &shared_badness);
    if (shared_badness > 1 || t->scale_y != t->scale) {
        x->step = best_step(x, NULL, spacing, &badness);
        y->step = best_step(y, NULL, spacing, &badness);
    }
    lay_out_axis(y, d->text, room_y, false);
    lay_out_axis(x, d->text, (float)(x->step * t->scale) - 8 * scale, y->relative && x->step == y->step);
    return true;
}

bool plot_name_fits(Plot *plot, Text *text, const PlotScene *scene) {
    Drawing d = plot_begin(plot, NULL, text, NULL, scene);
    ToScreen t = to_screen(d.camera);
    Axis x, y;
    float room = gutter_of(d.area, d.outer, d.scale);
    if (lay_out_axes(&d, &t, room, &x, &y) && y.relative)
        return false;
    const char *name = name_of(d.options, d.snapshot->data, 1);
    return !name || name_width(text, TEXT_MEDIUM, name) <= room;
}

void plot_axes_draw(const Drawing *d) {
    ToScreen t = to_screen(d->camera);
    float room_y = gutter_of(d->area, d->outer, d->scale);
    Axis x, y;
    Names names = {0};
    if (!lay_out_axes(d, &t, room_y, &x, &y))
        return;
    if (x.relative)
        write_note(d, &x, 0, names.x.note);
    if (y.relative)
        write_note(d, &y, 1, names.y.note);
    place_names(d, &names);
    draw_x_axis(d, &x, &t, &names);
    draw_y_axis(d, &y, &t, room_y, &names);
    draw_name(d, &names.x, 0);
    draw_name(d, &names.y, 1);
}

/* The frame lies on the area's own outermost pixels. */
void plot_frame_draw(const Drawing *d) {
    canvas_rounded_frame(d->canvas, d->area, 0, fmaxf(1, floorf(d->scale)), d->theme->frame);
}
