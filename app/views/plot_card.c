#include "app/views/plot_card.h"

#include "app/base/format.h"
#include "app/plot/plot.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float NAME_WIDTH = 220.0f; /* logical pixels, of a class's name at the most, */
static const float NAME_CUT = 150.0f;   /* and where it need not be whole */

/* A line of the card: a name with its value, or a value alone; a share of 0 to 1 has a bar. */
typedef struct Line {
    char name[CLASS_NAME_BYTES], value[UI_LINE_BYTES];
    Color color; /* of a dot before the value or of the bar; 0: neither */
    float share; /* below 0: no bar */
} Line;

typedef struct Card {
    char title[48];
    Line lines[MAX_CLASSES + PLOT_CARD_SINCE + PLOT_CARD_ROWS + 4];
    int count;
} Card;

static Line *add_line(Card *card, const char *name) {
    Line *line = &card->lines[card->count++];
    *line = (Line){.share = -1};
    snprintf(line->name, sizeof line->name, "%s", name);
    return line;
}

/* With a real minus sign. */
static void put_number(char *text, size_t size, double value, int digits) {
    char number[32];
    format_number(value, digits, number);
    snprintf(text, size, "%s%s", number[0] == '-' ? MINUS : "", number + (number[0] == '-'));
}

/* Enough digits that neighbouring pixels differ, as far as a float goes. */
static int digits_for(const Camera *camera, double value) {
    double digits = ceil(log10(fmax(fabs(value) * camera->scale, 1))) + 1;
    return (int)fmin(fmax(digits, 3), 9);
}

static void put_position(Card *card, const Camera *camera, double x, double y) {
    char first[40], second[40];
    put_number(first, sizeof first, x, digits_for(camera, x));
    put_number(second, sizeof second, y, digits_for(camera, y));
    Line *line = add_line(card, "x, y");
    snprintf(line->value, sizeof line->value, "%.30s, %.30s", first, second);
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

int plot_card_wrap(Ui *ui, TextStyle style, const char *name, char rows[PLOT_CARD_ROWS][UI_LINE_BYTES]) {
    char lines[UI_LINES][UI_LINE_BYTES];
    int count = 0;
    while (*name && count < PLOT_CARD_ROWS) {
        ui_wrap(ui, style, name, ui_px(ui, NAME_WIDTH), 2, lines);
        memcpy(rows[count++], lines[0], sizeof lines[0]);
        name += strlen(lines[0]);
        name += strspn(name, " ");
    }
    return count;
}

/* Beside its head, or below it in as many lines as it needs. */
static void put_class(Card *card, Ui *ui, const Snapshot *s, int label) {
    char rows[PLOT_CARD_ROWS][UI_LINE_BYTES], number[16];
    const char *name = s->data->class_name[label];
    Line *class = add_line(card, "class");
    class->color = ui->theme->class_fill[label];
    snprintf(number, sizeof number, "%d", label);
    int count = plot_card_wrap(ui, TEXT_BODY, name[0] ? name : number, rows);
    if (count == 1)
        memcpy(class->value, rows[0], sizeof rows[0]);
    for (int i = 0; count > 1 && i < count; i++)
        memcpy(add_line(card, "")->value, rows[i], sizeof rows[0]);
}

static void describe_point(Card *card, Ui *ui, const Camera *camera, const Snapshot *s, size_t sample) {
    char number[32];
    format_count(sample, number);
    snprintf(card->title, sizeof card->title, "Point %s", number);
    put_position(card, camera, (double)s->data->x[sample], (double)s->data->y[sample]);
    put_class(card, ui, s, s->data->label[sample]);
    format_figure((double)s->loss[sample], number);
    snprintf(add_line(card, "loss")->value, sizeof card->lines->value, "%s", number);
    format_number((double)s->v[sample], 3, number);
    snprintf(add_line(card, "v")->value, sizeof card->lines->value, "%s", number);
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
    put_position(card, camera, at[0], at[1]);
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
    Rect room = width <= area.w * 0.6f && height <= area.h * 0.6f ? area : canvas;
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
            names = fmaxf(names, text_width(ui->text, TEXT_BODY, line->name));
            values = fmaxf(values, value);
        } else
            alone = fmaxf(alone, value);
        if (line->share >= 0) {
            bar = ui_px(ui, 56.0f);
            values = fmaxf(values, text_width(ui->text, TEXT_BODY, "> 99.9 %"));
        }
    }
    if (bar > 0)
        names = fminf(names, ui_px(ui, NAME_CUT));
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
        Rect name = {line.x, line.y, what->share >= 0 ? names : line.w, line.h};
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
    describe_point(&card, ui, camera, snapshot, sample);
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
