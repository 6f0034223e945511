#include "app/views/plot_card.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/plot/plot.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float NAME_WIDTH = 220.0f; /* logical pixels, of a class's or column's name at the most, */
static const float NAME_CUT = 150.0f;   /* and where it need not be whole */

/* A line of the card: a name with its value, or a value alone; a share of 0 to 1 has a bar. */
typedef struct Line {
    char name[DATASET_NAME_BYTES], value[UI_LINE_BYTES];
    Color color; /* of a dot before the value or of the bar; 0: neither */
    float share; /* below 0: no bar */
} Line;

typedef struct Card {
    char title[96];
    Line lines[PLOT_MANY_CLASSES + PLOT_CARD_SINCE + PLOT_CARD_ROWS + 5];
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
    uint32_t since; /* the epoch of the last of them, from 1; above those completed: the one under way */
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

static void say_never(bool turned, bool now, char text[PLOT_CARD_LINE]) {
    snprintf(text, PLOT_CARD_LINE, "%s",
             now      ? turned ? tr("in use, not yet trained") : tr("easy, not yet trained")
                  : turned ? tr("never in use so far")
                      : tr("never easy so far"));
}

/* Since the epoch, or in that one, which is under way. */
static void say_again(bool turned, bool now, bool under_way, unsigned epoch, char text[PLOT_CARD_LINE]) {
    if (under_way)
        snprintf(text, PLOT_CARD_LINE,
                 now      ? turned ? tr("in use again in epoch %u, under way") : tr("easy again in epoch %u, under way")
                      : turned ? tr("left out again in epoch %u, under way")
                          : tr("hard again in epoch %u, under way"),
                 epoch);
    else
        snprintf(text, PLOT_CARD_LINE,
                 now      ? turned ? tr("in use again since epoch %u") : tr("easy again since epoch %u")
                      : turned ? tr("left out again since epoch %u")
                          : tr("hard again since epoch %u"),
                 epoch);
}

int plot_card_since(const Snapshot *s, size_t sample, char lines[PLOT_CARD_SINCE][PLOT_CARD_LINE]) {
    bool turned = s->settings->order != ORDER_EASY, now = s->v[sample] > 0;
    unsigned epoch = (unsigned)s->admitted[sample] + 1;
    if (!plot_admitted(s, sample)) {
        say_never(turned, now, lines[0]);
        return 1;
    }
    Changes changes = changes_of(s, sample);
    if (changes.count == 0 && s->history) {
        snprintf(lines[0], PLOT_CARD_LINE, turned ? tr("in use since epoch %u") : tr("easy since epoch %u"), epoch);
        return 1;
    }
    snprintf(lines[0], PLOT_CARD_LINE, turned ? tr("first in use in epoch %u") : tr("first easy in epoch %u"), epoch);
    if (changes.count == 0)
        return 1;
    if (!changes.exact || changes.since <= epoch)
        snprintf(lines[1], PLOT_CARD_LINE, "%s",
                 now      ? turned ? tr("now in use") : tr("now easy")
                      : turned ? tr("now left out")
                          : tr("now hard"));
    else
        say_again(turned, now, changes.since > s->epoch, (unsigned)changes.since, lines[1]);
    if (changes.count == 1)
        return 2;
    snprintf(lines[2], PLOT_CARD_LINE,
             changes.exact ? trn("changed %d time", "changed %d times", (size_t)changes.count)
                           : trn("changed at least %d time", "changed at least %d times", (size_t)changes.count),
             changes.count);
    return 3;
}

static void put_since(Card *card, const Snapshot *s, size_t sample) {
    char lines[PLOT_CARD_SINCE][PLOT_CARD_LINE];
    int count = plot_card_since(s, sample, lines);
    for (int i = 0; i < count; i++)
        snprintf(add_line(card, "")->value, sizeof card->lines->value, "%.95s", lines[i]);
}

int plot_card_wrap(Ui *ui, TextStyle style, const char *name, char rows[PLOT_CARD_ROWS][UI_LINE_BYTES]) {
    char lines[UI_LINES][UI_LINE_BYTES];
    int count = 0;
    while (*name && count < PLOT_CARD_ROWS) {
        ui_wrap(ui, style, name, ui_px(ui, NAME_WIDTH), count < PLOT_CARD_ROWS - 1 ? 2 : 1, lines);
        memcpy(rows[count++], lines[0], sizeof lines[0]);
        name += strlen(lines[0]);
        name += strspn(name, " ");
    }
    return count;
}

/* Beside its head, or below it in as many lines as it needs. */
static void put_class(Card *card, Ui *ui, const Snapshot *s, int label) {
    char rows[PLOT_CARD_ROWS][UI_LINE_BYTES], number[16];
    const char *name = dataset_class_whole(s->data, label);
    Line *class = add_line(card, tr("class"));
    class->color = ui->theme->class_fill[label];
    snprintf(number, sizeof number, "%d", label);
    int count = plot_card_wrap(ui, TEXT_BODY, name[0] ? name : number, rows);
    if (count == 1)
        memcpy(class->value, rows[0], sizeof rows[0]);
    for (int i = 0; count > 1 && i < count; i++)
        memcpy(add_line(card, "")->value, rows[i], sizeof rows[0]);
}

/* What a step on the point does to the clean ones, where that is known. */
static void put_influence(Card *card, const Snapshot *s, size_t sample) {
    char number[32];
    if (!s->influence || !settings_need_clean(s->settings) || isnan(s->influence[sample]))
        return;
    double value = (double)s->influence[sample];
    format_number(fabs(value), 3, number);
    snprintf(add_line(card, value < 0.0 ? tr("hurts the clean") : tr("helps the clean"))->value,
             sizeof card->lines->value, "G %s%s", value < 0.0 ? MINUS : "", number);
}

static void describe_point(Card *card, Ui *ui, const Camera *camera, const Snapshot *s, size_t sample) {
    char number[32];
    format_count(sample, number);
    snprintf(card->title, sizeof card->title, tr("Point %s"), number);
    put_position(card, camera, s->data, (const double[]){(double)s->data->x[sample], (double)s->data->y[sample]}, true);
    put_class(card, ui, s, s->data->label[sample]);
    format_figure((double)s->loss[sample], number);
    snprintf(add_line(card, tr("loss"))->value, sizeof card->lines->value, "%s", number);
    format_number((double)s->v[sample], 3, number);
    snprintf(add_line(card, "v")->value, sizeof card->lines->value, "%s", number);
    put_influence(card, s, sample);
    put_since(card, s, sample);
}

static void describe_clean(Card *card, Ui *ui, const Camera *camera, const Snapshot *s, size_t point) {
    const Dataset *clean = s->clean;
    char number[32];
    float loss;
    snprintf(card->title, sizeof card->title, tr("Clean point"));
    put_position(card, camera, clean, (const double[]){(double)clean->x[point], (double)clean->y[point]}, true);
    put_class(card, ui, s, clean->label[point]);
    mlp_losses(s->mlp, s->parameters, &clean->x[point], &clean->y[point], &clean->label[point], 1, &loss);
    format_figure((double)loss, number);
    snprintf(add_line(card, tr("loss"))->value, sizeof card->lines->value, "%s", number);
    snprintf(add_line(card, "")->value, sizeof card->lines->value, tr("taken to be right; no sample"));
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

static void put_share(Card *card, const char *name, double p, Color color) {
    Line *line = add_line(card, name);
    line->share = (float)p;
    line->color = color;
    bool most = p > 0.999 && p < 1, least = p < 0.001 && p > 0;
    char share[32];
    format_percentage(most ? 99.9 : least ? 0.1 : 100 * p, 1, share);
    snprintf(line->value, sizeof line->value, "%s%s", most ? "> " : least ? "< " : "", share);
}

/* The most probable of many, then all others together. */
static void put_most_probable(Card *card, const Theme *theme, const Snapshot *s, const double p[MAX_CLASSES]) {
    enum { NAMED = 6 };
    int classes = mlp_classes(s->mlp);
    bool named[MAX_CLASSES] = {false};
    double others = 1;
    char name[64];
    for (int i = 0; i < NAMED; i++) {
        int best = -1;
        for (int k = 0; k < classes; k++)
            if (!named[k] && (best < 0 || p[k] > p[best]))
                best = k;
        named[best] = true;
        others -= p[best];
        put_share(card, dataset_class_name(s->data, best, name), p[best], theme->class_fill[best]);
    }
    snprintf(name, sizeof name, tr("%d others"), classes - NAMED);
    put_share(card, name, fmax(others, 0), theme->muted);
}

static bool describe_model(Card *card, const Camera *camera, const Theme *theme, const Snapshot *s,
                           const double at[2]) {
    double p[MAX_CLASSES];
    if (s->diverged || !probabilities(s, at, p))
        return false;
    snprintf(card->title, sizeof card->title, tr("The model here"));
    put_position(card, camera, s->data, at, false);
    int classes = mlp_classes(s->mlp);
    if (classes > PLOT_MANY_CLASSES) {
        put_most_probable(card, theme, s, p);
        return true;
    }
    for (int k = 0; k < classes; k++) {
        char name[32];
        put_share(card, dataset_class_name(s->data, k, name), p[k], theme->class_fill[k]);
    }
    return true;
}

/* How much of what is to be seen a card lies on: of its subject above all, and of what is kept clear. */
static float covers(const Ui *ui, Rect card, const float at[2]) {
    float spot = ui_px(ui, 6.0f);
    float sum = 1000.0f * rect_overlap(card, (Rect){at[0] - spot, at[1] - spot, 2 * spot, 2 * spot});
    for (int i = 0; i < ui->clear_count; i++)
        sum += rect_overlap(card, ui->clear[i]);
    return sum;
}

static Rect within_canvas(const Ui *ui, Rect r) {
    float edge = ui_px(ui, 4.0f);
    r.x = roundf(fmaxf(fminf(r.x, (float)ui->canvas->width - edge - r.w), edge));
    r.y = roundf(fmaxf(fminf(r.y, (float)ui->canvas->height - edge - r.h), edge));
    return r;
}

/* The place nearest to `at` that covers least: to its right or left, at its height or just above or below what is kept
 * clear. */
static Rect place_clear(const Ui *ui, const float at[2], Rect best) {
    float right = at[0] + ui_px(ui, 16.0f), left = at[0] - ui_px(ui, 8.0f) - best.w, edge = ui_px(ui, 4.0f);
    float least = covers(ui, best, at), way = 0.0f;
    if (least == 0.0f)
        return best;
    float heights[1 + 2 * UI_MAX_CLEAR] = {at[1] - best.h / 2};
    int count = 1;
    for (int i = 0; i < ui->clear_count; i++) {
        heights[count++] = ui->clear[i].y - edge - best.h;
        heights[count++] = ui->clear[i].y + ui->clear[i].h + edge;
    }
    for (int i = 0; i < 2 * count; i++) {
        Rect place = within_canvas(ui, (Rect){i % 2 ? left : right, heights[i / 2], best.w, best.h});
        float hidden = covers(ui, place, at), far = fabsf(place.y + place.h / 2 - at[1]);
        if (hidden < least || (hidden == least && far < way)) {
            best = place;
            least = hidden;
            way = far;
        }
    }
    return best;
}

/* Above a finger, or beside it where there is no room: the hand lies below. */
static Rect place_over_finger(const Ui *ui, Rect room, const float at[2], float width, float height) {
    float away = ui_px(ui, 44.0f), edge = ui_px(ui, 4.0f), left = at[0] - width / 2, top = at[1] - away - height;
    if (top < room.y + edge) {
        left = at[0] - away - width >= room.x + edge ? at[0] - away - width : at[0] + away;
        top = at[1] - height;
    }
    return within_canvas(ui, (Rect){left, top, width, height});
}

/* Below and to the right of a place, or on the other side where there is no room: within the plot if possible, else
 * at least within the canvas. */
Rect plot_card_place(const Ui *ui, Rect area, const float at[2], float width, float height) {
    float away = ui_px(ui, 16.0f), edge = ui_px(ui, 4.0f), x = at[0], y = at[1];
    Rect canvas = {0, 0, (float)ui->canvas->width, (float)ui->canvas->height};
    Rect room = width <= area.w * 0.6f && height <= area.h * 0.6f ? area : canvas;
    float left = x + away, top = y + away;
    if (ui->input.touch && ui->input.mouse_inside)
        return place_over_finger(ui, room, at, width, height);
    if (left + width > room.x + room.w - edge)
        left = x - away / 2 - width;
    if (top + height > room.y + room.h - edge)
        top = y - away / 2 - height;
    return place_clear(ui, at, within_canvas(ui, (Rect){left, top, width, height}));
}

static void draw_card(Ui *ui, Rect area, const float at[2], const Card *card) {
    float pad = ui_px(ui, 10.0f), row = ui_px(ui, 18.0f), gap = ui_px(ui, 14.0f), bar = 0.0f;
    float names = 0.0f, values = 0.0f, alone = text_width(ui->text, TEXT_MEDIUM, card->title);
    for (int i = 0; i < card->count; i++) {
        const Line *line = &card->lines[i];
        float value =
            text_width(ui->text, TEXT_BODY, line->value) + (line->color && line->share < 0 ? ui_px(ui, 13.0f) : 0);
        if (line->name[0]) {
            names = fmaxf(names, ceilf(text_width(ui->text, TEXT_BODY, line->name)) + 1);
            values = fmaxf(values, value);
        } else
            alone = fmaxf(alone, value);
        if (line->share >= 0) {
            bar = ui_px(ui, 56.0f);
            values = fmaxf(values, text_width(ui->text, TEXT_BODY, "> 99.9 %"));
        }
    }
    names = fminf(names, ui_px(ui, bar > 0 ? NAME_CUT : NAME_WIDTH));
    /* Wide enough that its size does not change with every number. */
    float content = fmaxf(fmaxf(names + gap + bar + (bar > 0 ? gap : 0) + values, alone), ui_px(ui, 150.0f));
    Rect box = plot_card_place(ui, area, at, ceilf(content + 2 * pad),
                               ceilf(row * (float)(card->count + 1) + 2 * pad - ui_px(ui, 6.0f)));
    ui_card_ground(ui, box, UI_RADIUS, ui->theme->line);
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
    describe_point(&card, ui, camera, snapshot, sample);
    draw_card(ui, area, at, &card);
}

void plot_card_say_point(const Camera *camera, const Snapshot *s, size_t sample, char words[640]) {
    PlotCardLine place[2] = {{"", ""}, {"", ""}};
    char number[32], loss[32], class[CLASS_SHORT_BYTES], since[PLOT_CARD_SINCE][PLOT_CARD_LINE], where[256];
    const double at[2] = {(double)s->data->x[sample], (double)s->data->y[sample]};
    int places = plot_card_position(camera, s->data, at, true, place);
    format_count(sample, number);
    format_figure((double)s->loss[sample], loss);
    dataset_class_short(s->data, s->data->label[sample], class);
    plot_card_since(s, sample, since);
    snprintf(where, sizeof where, "%.80s %.40s%s%.80s %.40s", place[0].name, place[0].value, places > 1 ? ", " : "",
             place[1].name, place[1].value);
    snprintf(words, 640,
             s->v[sample] > 0.0f ? tr("point %s, easy, %s, loss %s, %s, %s")
                                 : tr("point %s, hard, %s, loss %s, %s, %s"),
             number, class, loss, where, since[0]);
}

void plot_card_draw_clean(Ui *ui, Rect area, const float at[2], const Camera *camera, const Snapshot *snapshot,
                          size_t point) {
    Card card = {0};
    describe_clean(&card, ui, camera, snapshot, point);
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
