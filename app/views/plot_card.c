#include "app/views/plot_card.h"

#include "app/base/format.h"
#include "app/plot/plot.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>

#define NAME_MOST 200.0f /* logical pixels of a line's name: longer ones end in an ellipsis */

/* A line of the card: a name with its value, or a value alone; a share of 0 to 1 has a bar. */
typedef struct Line {
    char name[256], value[64];
    Color color; /* of a dot before the value or of the bar; 0: neither */
    float share; /* below 0: no bar */
} Line;

typedef struct Card {
    char title[48];
    Line lines[MAX_CLASSES + 2];
    int count;
} Card;

static Line *add_line(Card *card, const char *name) {
    Line *line = &card->lines[card->count++];
    *line = (Line){.share = -1};
    snprintf(line->name, sizeof line->name, "%.255s", name);
    return line;
}

/* With a real minus sign. */
static void put_number(char *text, size_t size, double value, int digits) {
    char number[32];
    format_number(value, digits, number);
    snprintf(text, size, "%s%s", number[0] == '-' ? MINUS : "", number + (number[0] == '-'));
}

/* Enough digits that neighbouring pixels differ, as far as a float goes. */
static int digits_of(const Camera *camera, double value, int most) {
    double digits = ceil(log10(fmax(fabs(value) * camera->scale, 1))) + 1;
    return (int)fmin(fmax(digits, 3), most);
}

static int digits_for(const Camera *camera, double value) {
    return digits_of(camera, value, 9);
}

/* The value at a position. exact: it is a point's, so that an origin shows all that is known of it. */
static void put_value(char *text, size_t size, const Camera *camera, const Dataset *data, int axis, double position,
                      bool exact) {
    double value = dataset_value(data, axis, position);
    char number[32];
    if (data->origin[axis] == 0.0) {
        put_number(text, size, value, digits_for(camera, value));
        return;
    }
    if (exact)
        format_shifted(data->origin[axis], (float)position, number);
    else
        format_number(value, digits_of(camera, value, 17), number);
    snprintf(text, size, "%s%s", number[0] == '-' ? MINUS : "", number + (number[0] == '-'));
}

int plot_card_position(const Camera *camera, const Dataset *data, const double at[2], bool exact,
                       PlotCardLine lines[2]) {
    char values[2][40];
    for (int axis = 0; axis < 2; axis++)
        put_value(values[axis], sizeof values[axis], camera, data, axis, at[axis], exact);
    if (!data->axis_name[0][0] && !data->axis_name[1][0]) {
        snprintf(lines[0].name, sizeof lines->name, "x, y");
        snprintf(lines[0].value, sizeof lines->value, "%.30s, %.30s", values[0], values[1]);
        return 1;
    }
    for (int axis = 0; axis < 2; axis++) {
        snprintf(lines[axis].name, sizeof lines->name, "%s", dataset_axis_name(data, axis));
        snprintf(lines[axis].value, sizeof lines->value, "%.39s", values[axis]);
    }
    return 2;
}

static void put_position(Card *card, const Camera *camera, const Dataset *data, const double at[2], bool exact) {
    PlotCardLine lines[2];
    int count = plot_card_position(camera, data, at, exact, lines);
    for (int i = 0; i < count; i++)
        snprintf(add_line(card, lines[i].name)->value, sizeof card->lines->value, "%s", lines[i].value);
}

/* How it went with a point since it was first easy, as far as the records on show tell. */
typedef struct Changes {
    int count;      /* from easy to hard or back */
    uint32_t since; /* epochs completed when the last of them was made */
    bool exact;     /* every epoch has a record */
} Changes;

static Changes changes_of(const Snapshot *s, size_t sample) {
    const History *history = s->history;
    Changes changes = {.exact = history && history->stride == 1};
    bool easy = true;
    for (size_t i = 0; history && i < history->count; i++) {
        const HistoryRecord *record = &history->records[i];
        if (record->epoch <= s->admitted[sample] || record->epoch >= s->epoch)
            continue;
        bool was = history_was_easy(history, record, sample);
        changes.count += was != easy;
        changes.since = was != easy ? record->epoch + 1 : changes.since;
        easy = was;
    }
    bool now = s->v[sample] > 0;
    changes.count += now != easy; /* in the epoch under way, or by another threshold */
    changes.since = now != easy ? s->epoch + (s->batch > 0 && !s->looking_back) : changes.since;
    return changes;
}

int plot_card_since(const Snapshot *s, size_t sample, char lines[PLOT_CARD_SINCE][64]) {
    bool turned = s->settings->order != ORDER_EASY, now = s->v[sample] > 0;
    const char *chosen = turned ? "in use" : "easy", *other = turned ? "left out" : "hard";
    unsigned epoch = (unsigned)s->admitted[sample] + 1;
    if (!plot_admitted(s, sample)) {
        snprintf(lines[0], 64, now ? "%s, not yet trained" : "never %s so far", chosen);
        return 1;
    }
    Changes changes = changes_of(s, sample);
    if (changes.count == 0) {
        snprintf(lines[0], 64, s->history ? "%s since epoch %u" : "first %s in epoch %u", chosen, epoch);
        return 1;
    }
    snprintf(lines[0], 64, "first %s in epoch %u", chosen, epoch);
    if (!changes.exact || changes.since <= epoch)
        snprintf(lines[1], 64, "now %s", now ? chosen : other);
    else
        snprintf(lines[1], 64, "%s again since epoch %u", now ? chosen : other, (unsigned)changes.since);
    if (changes.count == 1)
        return 2;
    snprintf(lines[2], 64, "changed %s%d times", changes.exact ? "" : "at least ", changes.count);
    return 3;
}

static void put_since(Card *card, const Snapshot *s, size_t sample) {
    char lines[PLOT_CARD_SINCE][64];
    int count = plot_card_since(s, sample, lines);
    for (int i = 0; i < count; i++)
        snprintf(add_line(card, "")->value, sizeof card->lines->value, "%.63s", lines[i]);
}

static void describe_point(Card *card, const Camera *camera, const Theme *theme, const Snapshot *s, size_t sample) {
    char number[32];
    format_count(sample, number);
    snprintf(card->title, sizeof card->title, "Point %s", number);
    put_position(card, camera, s->data, (const double[]){(double)s->data->x[sample], (double)s->data->y[sample]}, true);
    Line *class = add_line(card, "class");
    int label = s->data->label[sample];
    if (s->data->class_name[label][0])
        snprintf(class->value, sizeof class->value, "%s", s->data->class_name[label]);
    else
        snprintf(class->value, sizeof class->value, "%d", label);
    class->color = theme->class_fill[s->data->label[sample]];
    format_figure((double)s->loss[sample], number);
    snprintf(add_line(card, "loss")->value, sizeof class->value, "%s", number);
    format_number((double)s->v[sample], 3, number);
    snprintf(add_line(card, "v")->value, sizeof class->value, "%s", number);
    put_since(card, s, sample);
}

/* Probabilities of the classes at a place of the plane; false: the model has none. */
static bool probabilities(const Snapshot *s, const double at[2], double p[MAX_CLASSES]) {
    float x = (float)at[0], y = (float)at[1], scores[MAX_CLASSES];
    int classes = mlp_classes(s->mlp);
    mlp_scores(s->mlp, s->parameters, &x, &y, 1, scores, 1);
    double best = -INFINITY, sum = 0;
    for (int k = 0; k < classes; k++) {
        if (!isfinite(scores[k]))
            return false;
        best = fmax(best, (double)scores[k]);
    }
    for (int k = 0; k < classes; k++)
        sum += p[k] = exp((double)scores[k] - best);
    for (int k = 0; k < classes; k++)
        p[k] /= sum;
    return true;
}

static bool describe_model(Card *card, const Camera *camera, const Theme *theme, const Snapshot *s,
                           const double at[2]) {
    double p[MAX_CLASSES];
    if (s->diverged || !probabilities(s, at, p))
        return false;
    snprintf(card->title, sizeof card->title, "The model here");
    put_position(card, camera, s->data, at, false);
    for (int k = 0; k < mlp_classes(s->mlp); k++) {
        char name[32];
        Line *line = add_line(card, dataset_class_name(s->data, k, name));
        line->share = (float)p[k];
        line->color = theme->class_fill[k];
        if (p[k] > 0.999 && p[k] < 1)
            snprintf(line->value, sizeof line->value, "> 99.9 %%");
        else if (p[k] < 0.001 && p[k] > 0)
            snprintf(line->value, sizeof line->value, "< 0.1 %%");
        else
            snprintf(line->value, sizeof line->value, "%.1f %%", 100 * p[k]);
    }
    return true;
}

/* Below and to the right of a place, or on the other side where there is no room: within the plot if possible, else
 * at least within the canvas. */
Rect plot_card_place(const Ui *ui, Rect area, const float at[2], float width, float height) {
    float away = ui_px(ui, 16.0f), edge = ui_px(ui, 4.0f), x = at[0], y = at[1];
    Rect canvas = {0, 0, (float)ui->canvas->width, (float)ui->canvas->height};
    Rect room = width <= area.w * 0.4f && height <= area.h * 0.4f ? area : canvas;
    float left = x + away, top = y + away;
    if (left + width > room.x + room.w - edge)
        left = x - away / 2 - width;
    if (top + height > room.y + room.h - edge)
        top = y - away / 2 - height;
    left = fmaxf(fminf(left, canvas.w - edge - width), edge);
    top = fmaxf(fminf(top, canvas.h - edge - height), edge);
    return (Rect){roundf(left), roundf(top), width, height};
}

void plot_card_ground(Ui *ui, Rect box) {
    float radius = ui_px(ui, 6.0f);
    canvas_shadow(ui->canvas, box, radius, ui->scale);
    canvas_rounded(ui->canvas, box, radius, ui->theme->card);
    canvas_rounded_frame(ui->canvas, box, radius, fmaxf(1, roundf(ui->scale)), ui->theme->line);
}

static void draw_card(Ui *ui, Rect area, const float at[2], const Card *card) {
    float pad = ui_px(ui, 10.0f), row = ui_px(ui, 18.0f), gap = ui_px(ui, 14.0f), bar = 0.0f;
    float names = 0.0f, values = 0.0f, alone = text_width(ui->text, TEXT_MEDIUM, card->title);
    for (int i = 0; i < card->count; i++) {
        const Line *line = &card->lines[i];
        float value =
            text_width(ui->text, TEXT_BODY, line->value) + (line->color && line->share < 0 ? ui_px(ui, 13.0f) : 0);
        if (line->name[0]) {
            names = fmaxf(names, fminf(ceilf(text_width(ui->text, TEXT_BODY, line->name)) + 1, ui_px(ui, NAME_MOST)));
            values = fmaxf(values, value);
        } else
            alone = fmaxf(alone, value);
        if (line->share >= 0) {
            bar = ui_px(ui, 56.0f);
            values = fmaxf(values, text_width(ui->text, TEXT_BODY, "> 99.9 %"));
        }
    }
    /* Wide enough that its size does not change with every number. */
    float content = fmaxf(fmaxf(names + gap + bar + (bar > 0 ? gap : 0) + values, alone), ui_px(ui, 150.0f));
    Rect box = plot_card_place(ui, area, at, ceilf(content + 2 * pad),
                               ceilf(row * (float)(card->count + 1) + 2 * pad - ui_px(ui, 6.0f)));
    plot_card_ground(ui, box);
    Rect line = {box.x + pad, box.y + pad - ui_px(ui, 3.0f), box.w - 2 * pad + 1, row};
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, line, ALIGN_LEFT, ui->theme->text, card->title);
    for (int i = 0; i < card->count; i++) {
        const Line *what = &card->lines[i];
        line.y += row;
        float middle = floorf(line.y + row / 2) + 0.5f;
        Rect name = {line.x, line.y, names, line.h};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, name, ALIGN_LEFT, ui->theme->muted, what->name);
        Rect value = line;
        if (what->name[0])
            text_draw_in(ui->text, ui->canvas, TEXT_BODY, value, ALIGN_RIGHT, ui->theme->text, what->value);
        else
            text_draw_in(ui->text, ui->canvas, TEXT_BODY, value, ALIGN_LEFT, ui->theme->text, what->value);
        if (what->share >= 0) {
            Rect track = {line.x + names + gap, middle - ui_px(ui, 3.0f), bar, ui_px(ui, 6.0f)};
            canvas_rounded(ui->canvas, track, ui_px(ui, 3.0f), ui->theme->track);
            canvas_push_clip(ui->canvas, (Rect){track.x, track.y, roundf(track.w * what->share), track.h + 1});
            canvas_rounded(ui->canvas, track, ui_px(ui, 3.0f), what->color);
            canvas_pop_clip(ui->canvas);
        } else if (what->color) {
            float width = text_width(ui->text, TEXT_BODY, what->value);
            canvas_disc(ui->canvas, line.x + line.w - width - ui_px(ui, 9.0f), middle, ui_px(ui, 4.0f), what->color);
        }
    }
    ui_note(ui, "plot-card", box);
}

void plot_card_draw_point(Ui *ui, Rect area, const float at[2], const Camera *camera, const Snapshot *snapshot,
                          size_t sample) {
    Card card = {0};
    describe_point(&card, camera, ui->theme, snapshot, sample);
    draw_card(ui, area, at, &card);
}

void plot_card_draw_model(Ui *ui, Rect area, const Camera *camera, const Snapshot *snapshot) {
    Card card = {0};
    const float pointer[2] = {ui->input.mouse_x, ui->input.mouse_y};
    double at[2];
    camera_world_exact(camera, (double)pointer[0], (double)pointer[1], at);
    if (describe_model(&card, camera, ui->theme, snapshot, at))
        draw_card(ui, area, pointer, &card);
}
