#include "app/views/meta_step.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/base/make_room.h"
#include "app/plot/plot.h"
#include "app/ui/ui_widget.h"
#include "core/kernels/kernels.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float PICTURE = 132.0f, LINE = 17.0f; /* logical pixels high */
enum { COLUMNS = 96, ROWS = 48, SAID = 3 };        /* nodes of the field; classes that are told of */

void meta_step_free(MetaStep *state) {
    field_free(&state->field);
    contour_free(&state->before);
    contour_free(&state->ahead);
    free(state->parameters);
    *state = (MetaStep){0};
}

/* ---- facts ---- */

static double clean_loss(const Trainer *t, const float *parameters) {
    enum { CHUNK = 256 };
    const Dataset *clean = &t->clean;
    float losses[CHUNK];
    double sum = 0.0;
    for (size_t first = 0; first < clean->count; first += CHUNK) {
        size_t n = clean->count - first < CHUNK ? clean->count - first : CHUNK;
        mlp_losses(&t->mlp, parameters, clean->x + first, clean->y + first, clean->label + first, n, losses);
        for (size_t i = 0; i < n; i++)
            sum += (double)losses[i];
    }
    return sum / (double)clean->count;
}

MetaFacts meta_facts(const Snapshot *s) {
    MetaFacts facts = {0};
    const Trainer *t = s->trainer;
    if (!t || t->clean.count == 0 || t->settings.pace != PACE_META || isnan(t->meta.ahead_loss))
        return facts;
    facts.known = true;
    facts.before = clean_loss(t, t->before);
    facts.ahead = t->meta.ahead_loss;
    facts.after = clean_loss(t, t->parameters);
    facts.count = t->by_class ? t->data.classes : 1;
    memcpy(facts.derivative, t->meta.derivative, sizeof facts.derivative);
    return facts;
}

/* ---- the picture ---- */

/* Where the picture lies in the plane: its clean points and samples, with the picture's proportions. */
typedef struct View {
    Rect rect;
    double left, top, per_pixel;
} View;

static View view_of(Rect rect, const Dataset *samples, const Dataset *clean) {
    double x0 = (double)samples->x_minimum, x1 = (double)samples->x_maximum;
    double y0 = (double)samples->y_minimum, y1 = (double)samples->y_maximum;
    for (size_t i = 0; i < clean->count; i++) {
        x0 = fmin(x0, (double)clean->x[i]);
        x1 = fmax(x1, (double)clean->x[i]);
        y0 = fmin(y0, (double)clean->y[i]);
        y1 = fmax(y1, (double)clean->y[i]);
    }
    double per_pixel = 1.1 * fmax((x1 - x0) / (double)rect.w, (y1 - y0) / (double)rect.h);
    per_pixel = per_pixel > 0.0 ? per_pixel : 1.0;
    double x = (x1 + x0) / 2.0, y = (y1 + y0) / 2.0;
    return (View){rect, x - per_pixel * (double)rect.w / 2.0, y + per_pixel * (double)rect.h / 2.0, per_pixel};
}

static bool trace(MetaStep *st, const View *v, const Snapshot *s, const float *parameters, Contour *contour) {
    Status status = {0};
    if (!field_resize(&st->field, COLUMNS, ROWS, s->data->classes, &status))
        return false;
    field_compute(&st->field, s->mlp, parameters, v->left, v->top, v->per_pixel * (double)v->rect.w / (COLUMNS - 1),
                  -v->per_pixel * (double)v->rect.h / (ROWS - 1));
    return contour_trace(contour, &st->field, &status);
}

static void place_node(const View *v, const float *node, float at[2]) {
    at[0] = v->rect.x + v->rect.w * node[0] / (COLUMNS - 1);
    at[1] = v->rect.y + v->rect.h * node[1] / (ROWS - 1);
}

static void draw_contour(Ui *ui, const View *v, const Contour *c, float width, Color color) {
    for (size_t k = 0; k < c->line_count; k++)
        for (size_t i = c->starts[k]; i + 1 < c->starts[k + 1]; i++) {
            float from[2], to[2];
            place_node(v, c->points + 2 * i, from);
            place_node(v, c->points + 2 * (i + 1), to);
            canvas_line(ui->canvas, from[0], from[1], to[0], to[1], width, color);
        }
}

/* The point of a contour nearest to a place; false: it has none. */
static bool nearest(const View *v, const Contour *c, const float at[2], float found[2]) {
    float least = INFINITY;
    for (size_t i = 0; i < c->point_count; i++) {
        float here[2];
        place_node(v, c->points + 2 * i, here);
        float distance = hypotf(here[0] - at[0], here[1] - at[1]);
        if (distance < least) {
            least = distance;
            memcpy(found, here, sizeof here);
        }
    }
    return least < INFINITY;
}

static void draw_arrow(Ui *ui, const float from[2], const float to[2], Color color) {
    float dx = to[0] - from[0], dy = to[1] - from[1], length = hypotf(dx, dy), head = ui_px(ui, 5.0f);
    if (length < 1.0f)
        return;
    dx /= length;
    dy /= length;
    float base[2] = {to[0] - head * dx, to[1] - head * dy};
    float tip[] = {to[0],
                   to[1],
                   base[0] - 0.6f * head * dy,
                   base[1] + 0.6f * head * dx,
                   base[0] + 0.6f * head * dy,
                   base[1] - 0.6f * head * dx};
    canvas_line(ui->canvas, from[0], from[1], base[0], base[1], ui_px(ui, 1.75f), color);
    canvas_polygon(ui->canvas, tip, 3, color);
}

/* Arrows from the boundary before to that at the look-ahead, where the middle of the picture is. */
static void draw_arrows(Ui *ui, const View *v, const MetaStep *st) {
    static const float AT[3][2] = {{0.5f, 0.5f}, {0.3f, 0.3f}, {0.7f, 0.7f}};
    for (int i = 0; i < 3; i++) {
        const float middle[2] = {v->rect.x + v->rect.w * AT[i][0], v->rect.y + v->rect.h * AT[i][1]};
        float from[2], to[2];
        if (nearest(v, &st->before, middle, from) && nearest(v, &st->ahead, from, to))
            draw_arrow(ui, from, to, ui->theme->helps);
    }
}

/* The look-ahead's parameters, the way there `times` as long. */
static bool stretch(MetaStep *st, const Trainer *t, float times) {
    size_t count = t->mlp.padded;
    float *parameters = make_room(st->parameters, &st->room, count, sizeof *parameters);
    if (!parameters)
        return false;
    st->parameters = parameters;
    for (size_t i = 0; i < count; i++)
        parameters[i] = t->before[i] + times * (t->meta.room.ahead[i] - t->before[i]);
    return true;
}

/* How far the boundary goes, pixels. */
static float way(const View *v, const MetaStep *st) {
    const float middle[2] = {v->rect.x + v->rect.w / 2, v->rect.y + v->rect.h / 2};
    float from[2], to[2];
    return nearest(v, &st->before, middle, from) && nearest(v, &st->ahead, from, to)
               ? hypotf(to[0] - from[0], to[1] - from[1])
               : 0.0f;
}

/* Returns how many times as long the look-ahead is drawn; 0: it is not. */
static int draw_picture(Ui *ui, Rect rect, MetaStep *st, const Snapshot *s) {
    const Trainer *t = s->trainer;
    View v = view_of(rect, s->data, &t->clean);
    int times = 1;
    canvas_push_clip(ui->canvas, rect);
    canvas_rect(ui->canvas, rect, ui->theme->region_neutral);
    bool known = trace(st, &v, s, t->before, &st->before);
    for (times = 1; known && times <= 1000; times *= 10) {
        known = stretch(st, t, (float)times) && trace(st, &v, s, st->parameters, &st->ahead);
        if (way(&v, st) >= ui_px(ui, 8.0f) || times == 1000)
            break;
    }
    for (size_t i = 0; i < t->clean.count; i++) {
        float x = rect.x + (float)(((double)t->clean.x[i] - v.left) / v.per_pixel);
        float y = rect.y + (float)((v.top - (double)t->clean.y[i]) / v.per_pixel);
        canvas_disc(ui->canvas, x, y, ui_px(ui, 2.5f), ui->theme->class_fill[t->clean.label[i]]);
    }
    if (known) {
        draw_contour(ui, &v, &st->before, ui_px(ui, 2.0f), ui->theme->boundary);
        draw_contour(ui, &v, &st->ahead, ui_px(ui, 2.0f), ui->theme->helps);
        draw_arrows(ui, &v, st);
    }
    canvas_pop_clip(ui->canvas);
    canvas_rounded_frame(ui->canvas, rect, 0.0f, fmaxf(1.0f, roundf(ui->scale)), ui->theme->line);
    ui_note(ui, "meta-step", rect);
    return known ? times : 0;
}

/* ---- words ---- */

static void say(Column *column, Color color, const char *text) {
    char lines[UI_LINES][UI_LINE_BYTES];
    Ui *ui = column->ui;
    int count = ui_wrap(ui, TEXT_CAPTION, text, column->w, UI_LINES, lines);
    for (int i = 0; i < count; i++)
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, column_next(column, LINE, 0.0f), ALIGN_LEFT, color, lines[i]);
    column->y += ui_px(ui, 3.0f);
}

static void say_losses(Column *column, const MetaFacts *f, int times) {
    char before[32], ahead[32], text[400], step[256];
    format_number(f->before, 4, before);
    format_number(f->ahead, 4, ahead);
    if (times > 1)
        snprintf(step, sizeof step,
                 tr("1. Try a small step with the weights v as they are (green, drawn %d times as far)."), times);
    else
        snprintf(step, sizeof step, "%s", tr("1. Try a small step with the weights v as they are (green)."));
    size_t used = (size_t)snprintf(text, sizeof text, trc("sentence after sentence", "%s "), step);
    used = used < sizeof text ? used : sizeof text - 1;
    snprintf(text + used, sizeof text - used,
             f->ahead < f->before   ? tr("The clean points’ loss goes from %s to %s: it helps them.")
             : f->ahead > f->before ? tr("The clean points’ loss goes from %s to %s: it hurts them.")
                                    : tr("The clean points’ loss goes from %s to %s: it makes no difference."),
             before, ahead);
    say(column, column->ui->theme->text, text);
}

/* What a larger λ, of a class or of all (NULL), would have done: the derivative, not 0, and that in words. */
static void say_push(double d, const char *slope, const char *class, char *text, size_t size) {
    if (!class)
        snprintf(text, size,
                 d > 0.0 ? tr("With a larger λ the loss there would rise (dL/dλ %s), so λ is pushed down.")
                         : tr("With a larger λ the loss there would fall (dL/dλ −%s), so λ is pushed up."),
                 slope);
    else
        snprintf(text, size,
                 d > 0.0 ? tr("With a larger λ of %s the loss there would rise (dL/dλ %s), so λ is pushed down.")
                         : tr("With a larger λ of %s the loss there would fall (dL/dλ −%s), so λ is pushed up."),
                 class, slope);
}

static void say_no_push(const char *class, char *text, size_t size) {
    if (!class)
        snprintf(text, size, "%s", tr("λ: no point of this batch had a weight that λ could change; it keeps its way."));
    else
        snprintf(text, size, tr("λ of %s: no point of this batch had a weight that λ could change; it keeps its way."),
                 class);
}

/* For the classes for which it matters most. */
static void say_derivatives(Column *column, const MetaFacts *f, const Snapshot *s) {
    bool said[MAX_CLASSES] = {false};
    for (int i = 0; i < f->count && i < SAID; i++) {
        char name[CLASS_SHORT_BYTES], slope[32], text[320], numbered[400];
        int most = -1;
        for (int k = 0; k < f->count; k++)
            if (!said[k] && (most < 0 || fabs(f->derivative[k]) > fabs(f->derivative[most])))
                most = k;
        said[most] = true;
        double d = f->derivative[most];
        const char *class = f->count > 1 ? dataset_class_short(s->data, most, name) : NULL;
        format_number(fabs(d), 3, slope);
        if (d == 0.0)
            say_no_push(class, text, sizeof text);
        else
            say_push(d, slope, class, text, sizeof text);
        /* TRANSLATORS: the second of three sentences about a step */
        snprintf(numbered, sizeof numbered, i == 0 ? trc("numbered", "2. %s") : "%s", text);
        say(column, column->ui->theme->text, numbered);
    }
}

void meta_step_widgets(Column *column, MetaStep *st, const Snapshot *s) {
    Ui *ui = column->ui;
    MetaFacts facts = meta_facts(s);
    if (!facts.known) {
        say(column, ui->theme->muted,
            s->looking_back ? tr("Go back to now: the last step is not kept of earlier epochs.")
                            : tr("Train a batch first (key ,): then its step is explained here."));
        return;
    }
    char after[32], text[256];
    int times = draw_picture(ui, column_next(column, PICTURE, 6.0f), st, s);
    say_losses(column, &facts, times);
    say_derivatives(column, &facts, s);
    format_number(facts.after, 4, after);
    snprintf(text, sizeof text,
             tr("3. Back at the start, the real step is taken with the new weights: the loss is %s."), after);
    say(column, ui->theme->text, text);
    say(column, ui->theme->muted,
        tr("Why do the weights not all go to 0? A look-ahead without points moves nothing and helps "
           "nobody: points that help the clean ones keep λ up."));
}
