#include "app/views/class_threshold.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/views/glossary.h"
#include "core/meta.h"

#include <math.h>
#include <stdio.h>

/* Logical pixels. */
static const float TITLE = 22.0f, HEAD = 18.0f, TRACK = 15.0f, NUMBERS = 16.0f, CAPTION = 15.0f, CHIP = 62.0f,
                   LEFT = 14.0f, BELOW = 9.0f, LANE = 16.0f, TICK = 9.0f;

void class_thresholds_free(ClassThresholds *state) {
    for (int k = 0; k < MAX_CLASSES; k++)
        mark_free(&state->marks[k]);
    *state = (ClassThresholds){0};
}

bool class_thresholds_show(const Snapshot *s) {
    return s->by_class && s->settings->pace == PACE_META && settings_use_threshold(s->settings);
}

/* ---- places ---- */

typedef struct Place {
    Rect head, chip;
    LossArea area;
    Rect track;
} Place;

static bool are_few(const Snapshot *s) {
    return s->data->classes <= CLASS_THRESHOLD_FEW;
}

static float foot_of(const Ui *ui) {
    return ui_px(ui, NUMBERS + CAPTION);
}

/* Of a class, or of all of them in one. */
static Place place_of(const Ui *ui, Rect rect, const Snapshot *s, int class) {
    Place p;
    int rows = are_few(s) ? s->data->classes : 1, row = are_few(s) ? class : 0;
    float top = rect.y + ui_px(ui, TITLE), high = (rect.y + rect.h - foot_of(ui) - top) / (float)rows;
    float head = ui_px(ui, are_few(s) ? HEAD : HEAD + LANE), left = ui_px(ui, LEFT), below = ui_px(ui, BELOW);
    top = roundf(top + high * (float)row);
    p.head = (Rect){rect.x, top, rect.w, ui_px(ui, HEAD)};
    p.chip = (Rect){rect.x + rect.w - ui_px(ui, CHIP), top, ui_px(ui, CHIP), ui_px(ui, HEAD)};
    if (!are_few(s))
        p.chip.y = rect.y;
    float bars = roundf(top + head + ui_px(ui, 2.0f)), foot = roundf(top + high - ui_px(ui, TRACK));
    p.area.bars = (Rect){rect.x + left, bars, rect.w - left, fmaxf(1.0f, foot - bars)};
    p.area.below = (Rect){rect.x, bars, below, p.area.bars.h};
    p.track = (Rect){p.area.bars.x, foot + ui_px(ui, 1.0f), p.area.bars.w, ui_px(ui, TRACK)};
    return p;
}

/* ---- touch ---- */

static UiRange range_of(const Snapshot *s) {
    double high = fmin(META_HIGHEST, s->settings->cap);
    return (UiRange){.minimum = LOSS_MINIMUM,
                     .maximum = LOSS_MAXIMUM,
                     .accept_minimum = fmin(meta_lowest(s->data->classes), high),
                     .accept_maximum = high,
                     .initial = s->settings->threshold,
                     .logarithmic = true};
}

static void set_threshold(const Snapshot *s, int class, double wanted, ClassThresholds *state, Intents *intents) {
    UiRange range = range_of(s);
    if (wanted == s->class_threshold[class])
        return;
    wanted = fmax(range.accept_minimum, fmin(wanted, range.accept_maximum));
    state->shown[class] = wanted;
    if (wanted != s->class_threshold[class])
        intend(intents, (Command){.kind = COMMAND_THRESHOLD, .threshold = wanted, .of_class = class + 1});
}

static double touch_line(Ui *ui, const Place *p, int class, ClassThresholds *state, const Snapshot *s) {
    char name[32];
    UiRange range = range_of(s);
    float top = are_few(s) ? p->area.bars.y : p->area.bars.y - ui_px(ui, LANE);
    Rect zone = {p->area.bars.x, top, p->area.bars.w, p->area.bars.y + p->area.bars.h - top};
    snprintf(name, sizeof name, "threshold-line-%d", class);
    double line = ui_line(ui, name, zone, &range, s->class_threshold[class], state->help, &state->line[class]);
    if (state->line[class].held)
        state->chosen = class;
    return line;
}

static void touch_slider(Ui *ui, const Place *p, int class, double value, ClassThresholds *state, const Snapshot *s,
                         Intents *intents) {
    char name[32];
    snprintf(name, sizeof name, "threshold-%d", class);
    UiSlider slider = {.range = range_of(s), .help = state->help};
    UiSliderParts parts = {.track = p->track, .value = p->chip};
    set_threshold(s, class, ui_slider_parts(ui, name, &parts, &slider, value), state, intents);
}

/* Which of many classes the slider is of. */
static void choose_class(Ui *ui, Rect rect, const Place *p, ClassThresholds *state, const Snapshot *s) {
    static const char *labels[MAX_CLASSES];
    for (int k = 0; k < s->data->classes; k++)
        labels[k] = dataset_class_short(s->data, k, state->names[k]);
    float word = text_width(ui->text, TEXT_FIGURE, tr("Threshold λ of")) + ui_px(ui, UNIT);
    Rect place = {rect.x + word, rect.y - ui_px(ui, 3.0f), p->chip.x - ui_px(ui, UNIT) - rect.x - word,
                  ui_px(ui, 26.0f)};
    state->chosen = ui_select(ui, "threshold-class", place, labels, s->data->classes, state->chosen,
                              tr("Whose slider and number this is; a line in the picture can be taken as well"));
}

void class_thresholds_touch(Ui *ui, Rect rect, ClassThresholds *state, const Snapshot *s, Intents *intents) {
    char low[32];
    bool few = are_few(s);
    state->rect = rect;
    state->chosen = state->chosen < s->data->classes ? state->chosen : 0;
    format_number(meta_lowest(s->data->classes), 3, low);
    snprintf(
        state->help, sizeof state->help,
        tr("Points of the class with a loss below λ train the model. λ learns from where you leave it, from %s to %.0f"),
        low, META_HIGHEST);
    ui->subject = rect;
    /* TRANSLATORS: behind it stands the menu of classes */
    const char *title = few ? tr("Threshold λ of each class") : tr("Threshold λ of");
    Rect head = {rect.x, rect.y, rect.w, ui_px(ui, TITLE) - ui_px(ui, 2.0f)};
    text_draw_in(ui->text, ui->canvas, TEXT_FIGURE, head, ALIGN_LEFT, ui_text_color(ui), title);
    glossary_word(ui, "word-lambda", (Rect){head.x, head.y, text_width(ui->text, TEXT_FIGURE, title), head.h},
                  "lambda");
    for (int k = 0; k < s->data->classes; k++)
        state->shown[k] = s->class_threshold[k];
    if (few) {
        for (int k = 0; k < s->data->classes; k++) {
            Place p = place_of(ui, rect, s, k);
            touch_slider(ui, &p, k, touch_line(ui, &p, k, state, s), state, s, intents);
        }
    } else {
        Place p = place_of(ui, rect, s, 0);
        int chosen = state->chosen;
        choose_class(ui, rect, &p, state, s);
        double value = touch_line(ui, &p, chosen, state, s); /* it lies on top */
        for (int k = 0; k < s->data->classes; k++)
            if (k != chosen)
                set_threshold(s, k, touch_line(ui, &p, k, state, s), state, intents);
        touch_slider(ui, &p, chosen, value, state, s, intents);
    }
    ui->subject = (Rect){0};
}

/* ---- drawing ---- */

static const MarkSprite *mark_of(ClassThresholds *state, const Ui *ui, int k) {
    const Theme *theme = ui->theme;
    Status status = {0};
    if (state->theme != theme || state->scale != ui->scale) {
        for (int i = 0; i < MAX_CLASSES; i++)
            mark_free(&state->marks[i]);
        state->theme = theme;
        state->scale = ui->scale;
    }
    MarkSprite *mark = &state->marks[k];
    if (!mark->pixels && !mark_make(mark, mark_shape(k), ui_px(ui, 4.5f), ui_px(ui, 1.0f), theme->class_fill[k],
                                    theme->class_edge[k], &status))
        return NULL;
    return mark;
}

static void draw_mark(ClassThresholds *state, Ui *ui, int k, float x, float y) {
    const MarkSprite *mark = mark_of(state, ui, k);
    if (mark)
        mark_draw(ui->canvas, mark, x, y);
}

/* Where λ of the class has been, up to the epoch on show. */
static void draw_past(Ui *ui, const LossArea *area, const Snapshot *s, int class) {
    enum { TICKS = 48 };
    const History *h = s->history;
    size_t count = h ? h->count : 0, step = count / TICKS + 1;
    float width = fmaxf(1.0f, roundf(ui->scale));
    for (size_t i = 0; i < count; i += step) {
        const HistoryRecord *r = &h->records[i];
        if (!r->by_class || r->epoch >= s->epoch)
            continue;
        float x = roundf(loss_x(area, r->class_threshold[class]));
        canvas_rect(ui->canvas, (Rect){x, area->bars.y, width, ui_px(ui, TICK)},
                    color_alpha(ui->theme->class_line[class], 0.3f));
    }
}

static void draw_weight(Ui *ui, const LossArea *area, const Snapshot *s, int class) {
    enum { STEPS = 72 };
    float points[2 * (STEPS + 1)];
    Rect bars = area->bars;
    WeightRule rule = weight_rule(s->settings, s->class_threshold[class], false);
    for (int i = 0; i <= STEPS; i++) {
        double loss = LOSS_MINIMUM * pow(LOSS_MAXIMUM / LOSS_MINIMUM, (double)i / (double)STEPS);
        points[2 * i] = bars.x + bars.w * (float)i / (float)STEPS;
        points[2 * i + 1] = bars.y + bars.h - bars.h * fminf(1.0f, weight_of_loss(&rule, (float)loss));
    }
    canvas_polyline(ui->canvas, points, STEPS + 1, ui_px(ui, 1.25f), color_alpha(ui->theme->accent, 0.85f));
}

static void draw_line(Ui *ui, const Place *p, int class, bool bold, ClassThresholds *state, const Snapshot *s) {
    bool lively = state->line[class].hovered || state->line[class].held;
    float width = fmaxf(1.0f, roundf(ui_px(ui, lively ? 3.0f : bold ? 2.0f : 1.0f)));
    float x = roundf(loss_x(&p->area, state->shown[class])), top = p->area.bars.y - ui_px(ui, 2.0f);
    float foot = bold ? p->track.y + p->track.h / 2 - ui_px(ui, UI_THUMB) : p->area.bars.y + p->area.bars.h;
    Rect line = {roundf(x - width / 2), top, width, foot - top};
    canvas_rect(ui->canvas, (Rect){line.x - 1.0f, line.y, line.w + 2.0f, line.h}, color_alpha(ui->theme->card, 0.7f));
    canvas_rect(ui->canvas, line, bold ? ui->theme->text : ui->theme->class_line[class]);
    if (!are_few(s))
        draw_mark(state, ui, class, x, p->area.bars.y - ui_px(ui, LANE / 2 + 1.0f));
}

static void draw_axis(Ui *ui, const ClassThresholds *state, const Place *p, const Snapshot *s) {
    static const double numbers[] = {1e-6, 1e-4, 1e-2, 1.0, 1e2};
    enum { COUNT = sizeof numbers / sizeof *numbers };
    float top = state->rect.y + state->rect.h - foot_of(ui), wide = ui_px(ui, 60.0f), high = ui_px(ui, NUMBERS);
    for (int i = 0; i < COUNT; i++) {
        float x = loss_x(&p->area, numbers[i]);
        char number[32];
        format_number(numbers[i], 1, number);
        Rect place = {i == 0           ? state->rect.x
                      : i == COUNT - 1 ? state->rect.x + state->rect.w - wide
                                       : x - wide / 2,
                      top, wide, high};
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, place,
                     i == 0           ? ALIGN_LEFT
                     : i == COUNT - 1 ? ALIGN_RIGHT
                                      : ALIGN_CENTER,
                     ui->theme->muted, number);
    }
    Rect caption = {state->rect.x, top + high, state->rect.w, ui_px(ui, CAPTION)};
    const char *words = s->hold ? tr("loss; λ is held") : tr("loss; curve: weight v; pale ticks: where λ has been");
    if (text_width(ui->text, TEXT_CAPTION, words) > caption.w)
        words = tr("loss; curve: weight v");
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, caption, ALIGN_LEFT, ui->theme->muted, words);
}

static void draw_class(Ui *ui, ClassThresholds *state, const LossCount *count, const Snapshot *s, int k) {
    char name[32];
    Place p = place_of(ui, state->rect, s, k);
    float middle = floorf(p.head.y + p.head.h / 2) + 0.5f;
    draw_mark(state, ui, k, p.head.x + ui_px(ui, 6.0f), middle);
    Rect words = {p.head.x + ui_px(ui, 18.0f), p.head.y, p.chip.x - p.head.x - ui_px(ui, 24.0f), p.head.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text,
                 dataset_class_name(s->data, k, name));
    draw_past(ui, &p.area, s, k);
    Pen pen = ui_pen(ui);
    loss_class_bars_draw(&pen, &p.area, count, k);
    draw_weight(ui, &p.area, s, k);
    draw_line(ui, &p, k, true, state, s);
}

void class_thresholds_draw(Ui *ui, ClassThresholds *state, const LossCount *count, const Snapshot *s) {
    Place p = place_of(ui, state->rect, s, 0);
    if (are_few(s)) {
        for (int k = 0; k < s->data->classes; k++)
            draw_class(ui, state, count, s, k);
    } else {
        Pen pen = ui_pen(ui);
        loss_bars_draw(&pen, &p.area, count, 0.0f, -1.0f);
        draw_past(ui, &p.area, s, state->chosen);
        draw_weight(ui, &p.area, s, state->chosen);
        for (int k = 0; k < s->data->classes; k++)
            if (k != state->chosen)
                draw_line(ui, &p, k, false, state, s);
        draw_line(ui, &p, state->chosen, true, state, s);
    }
    draw_axis(ui, state, &p, s);
}
