#include "app/plot/timeline_labels.h"

#include "app/base/format.h"
#include "app/base/language.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical pixels. */
static const float ROW = 13.0f, AWAY = 8.0f, BETWEEN = 5.0f, EDGE = 6.0f, GUTTER = 104.0f;
static const float OF_THE_CARD = 0.3f;
static const float TOGETHER = 6.0f; /* curves that end so near to each other */

void timeline_value_text(const TimelineCurve *c, double value, char text[32]) {
    bool above_one = c->kind == CURVE_WEIGHT && weight_limit(c->run->settings->regularizer) > 1.0f;
    if (c->logarithmic || above_one)
        format_figure(value, text);
    else if (value == 0.0 || value == 1.0)
        format_percentage(100.0 * value, 0, text);
    else
        format_percent(value, text);
}

static TextStyle name_style(bool bold) {
    return bold ? TEXT_VALUE : TEXT_LABEL;
}

float timeline_gutter(const Pen *pen, Rect card, const TimelineCurve *curves, int count) {
    char all[32];
    float widest = 0.0f;
    format_percent(1.0, all);
    for (int i = 0; i < count; i++)
        widest = fmaxf(widest, text_width(pen->text, name_style(curves[i].kind == CURVE_EASY), curves[i].name));
    float value = text_width(pen->text, TEXT_VALUE, all);
    float wanted = widest + value + pen_px(pen, AWAY + BETWEEN + EDGE + 2.0f);
    return ceilf(fmaxf(fminf(wanted, card.w * OF_THE_CARD), pen_px(pen, GUTTER)));
}

/* ---- which ---- */

/* Classes come last, and among them those of which least is easy first: what is left behind is what one looks for. */
static int rank_of(const TimelineCurve *c, double value) {
    static const int RANKS[] = {
        [CURVE_EASY] = 10,   [CURVE_THRESHOLD] = 20, [CURVE_PINNED] = 30,     [CURVE_TEST_ACCURACY] = 40,
        [CURVE_LOSS] = 50,   [CURVE_ACCURACY] = 60,  [CURVE_CLASS] = 70,      [CURVE_PRECISION] = 80,
        [CURVE_RECALL] = 81, [CURVE_TEST_LOSS] = 82, [CURVE_CLEAN_LOSS] = 55, [CURVE_CLASS_THRESHOLD] = 21,
        [CURVE_WEIGHT] = 55,
    };
    if (c->kind == CURVE_CLASS)
        return RANKS[CURVE_CLASS] + (int)(9.0 * fmin(1.0, fmax(0.0, value)));
    bool judged = c->kind == CURVE_TEST_ACCURACY || (c->kind == CURVE_ACCURACY && !timeline_has_test(c->run));
    if (judged && (c->letter > 0 || c->run->other_count > 0)) /* what runs are compared by comes first */
        return c->letter;
    return RANKS[c->kind] + (c->letter > 0 ? 4 + c->letter : 0);
}

/* The value at the right end of what is on show of a curve. */
static double end_value(const TimelineLayout *t, const TimelineCurve *c) {
    const History *h = c->run->history;
    if (h->count == 0)
        return timeline_value(c, NULL);
    const HistoryRecord *newest = &h->records[h->count - 1];
    if (t->to < (double)newest->epoch + 1.0) {
        const HistoryRecord *r = history_find(h, (uint32_t)fmax(0.0, floor(t->to) - 1.0));
        return timeline_value(c, r ? r : &h->records[0]);
    }
    return timeline_value(c, c->run->looking_back ? newest : NULL);
}

typedef struct Candidates {
    TimelineLabel labels[TIMELINE_MOST_CURVES];
    int count;
    int classes[TIMELINE_MOST_CURVES]; /* that share the label; 0: it is of no class, or the pointer is on it */
    int easy;                          /* index of "easy", or -1 */
} Candidates;

/* The word of the glossary that the curve's name is, or NULL. */
static const char *term_of(const TimelineCurve *c) {
    static const char *const TERMS[] = {
        [CURVE_EASY] = "easy",
        [CURVE_ACCURACY] = "accuracy",
        [CURVE_TEST_ACCURACY] = "test",
        [CURVE_LOSS] = "loss",
        [CURVE_TEST_LOSS] = "test",
        [CURVE_THRESHOLD] = "lambda",
        [CURVE_CLASS_THRESHOLD] = "lambda",
        [CURVE_WEIGHT] = "weight",
    };
    if (c->kind == CURVE_EASY && c->run->settings->order != ORDER_EASY)
        return NULL; /* "in use" */
    return TERMS[c->kind];
}

static void add_candidate(Candidates *all, const TimelineLayout *t, const TimelineWords *w, int i) {
    const TimelineCurve *c = &w->curves[i];
    const HistoryRecord *shown = timeline_shown(w, c);
    double value = timeline_value(c, shown);
    Rect strip = c->logarithmic ? t->logs : t->shares;
    float at = timeline_value_y(t, c, end_value(t, c));
    if (isnan(value) || isnan(at) || (c->quiet && i != w->hot))
        return;
    if (c->kind == CURVE_EASY && c->letter == 0)
        all->easy = all->count;
    all->classes[all->count] = c->kind == CURVE_CLASS && i != w->hot;
    TimelineLabel *label = &all->labels[all->count++];
    *label = (TimelineLabel){.color = c->text,
                             .bold = c->kind == CURVE_EASY && c->letter == 0,
                             .at = fminf(fmaxf(at, strip.y), strip.y + strip.h),
                             .rank = i == w->hot ? 0 : rank_of(c, value),
                             .term = term_of(c),
                             .curve = i};
    snprintf(label->name, sizeof label->name, "%s", c->name);
    char text[32];
    timeline_value_text(c, value, text);
    snprintf(label->value, sizeof label->value, "%s", text);
}

static void drop(Candidates *all, int i) {
    int after = all->count - i - 1;
    memmove(&all->labels[i], &all->labels[i + 1], (size_t)after * sizeof *all->labels);
    memmove(&all->classes[i], &all->classes[i + 1], (size_t)after * sizeof *all->classes);
    all->count--;
    all->easy = all->easy == i ? -1 : all->easy - (all->easy > i);
}

/* Classes of one value that end together share a label; all of them share that of all points if it says the same. */
static void share_labels(Candidates *all, int classes, float together, Color text) {
    for (int i = 0; i < all->count; i++)
        for (int k = i + 1; all->classes[i] > 0 && k < all->count;) {
            TimelineLabel *a = &all->labels[i], *b = &all->labels[k];
            if (all->classes[k] == 0 || strcmp(a->value, b->value) != 0 || fabsf(a->at - b->at) > together) {
                k++;
                continue;
            }
            all->classes[i] += all->classes[k];
            a->rank = a->rank < b->rank ? a->rank : b->rank;
            a->color = text;
            a->curve = -1;
            snprintf(a->name, sizeof a->name, trn("%d class", "%d classes", (size_t)all->classes[i]), all->classes[i]);
            drop(all, k);
        }
    for (int i = 0; i < all->count; i++) {
        if (all->classes[i] != classes || classes < 2)
            continue;
        TimelineLabel *easy = all->easy >= 0 ? &all->labels[all->easy] : NULL, *each = &all->labels[i];
        snprintf(each->name, sizeof each->name, "%s", tr("each class"));
        if (easy && strcmp(easy->value, each->value) == 0) {
            char name[sizeof easy->name];
            snprintf(name, sizeof name, "%.200s", easy->name); /* TRANSLATORS: "easy", or "A: easy" */
            snprintf(easy->name, sizeof easy->name, tr("%s, each class"), name);
            easy->shared = true;
            drop(all, i);
        }
        break;
    }
}

/* ---- where ---- */

static void sort_by_height(TimelineLabel *labels, int count) {
    for (int i = 1; i < count; i++) { /* stable: equal ones keep their order */
        TimelineLabel moved = labels[i];
        int k = i;
        for (; k > 0 && labels[k - 1].at > moved.at; k--)
            labels[k] = labels[k - 1];
        labels[k] = moved;
    }
}

/* Heights at least `row` apart, all within top and bottom, with the least sum of squared ways from where the labels
 * would be: less i rows each, they are not to fall; runs that do are put at their mean (pool adjacent violators). */
static void place(TimelineLabel *labels, int count, float row, float top, float bottom) {
    float mean[TIMELINE_LABELS];
    int size[TIMELINE_LABELS], pools = 0;
    for (int i = 0; i < count; i++) {
        mean[pools] = labels[i].at - row * (float)i;
        size[pools++] = 1;
        while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
            int a = size[pools - 2], b = size[pools - 1];
            mean[pools - 2] = (mean[pools - 2] * (float)a + mean[pools - 1] * (float)b) / (float)(a + b);
            size[pools-- - 2] = a + b;
        }
    }
    float least = top + row / 2, most = bottom - row / 2 - row * (float)(count - 1);
    for (int p = 0, i = 0; p < pools; p++) {
        float at = fminf(fmaxf(mean[p], least), most);
        for (int k = 0; k < size[p]; k++, i++)
            labels[i].rect.y = floorf(at - row / 2) + row * (float)i;
    }
}

int timeline_labels(const Pen *pen, const TimelineLayout *t, const TimelineWords *w, float x,
                    TimelineLabel labels[TIMELINE_LABELS]) {
    Candidates all = {.easy = -1};
    float row = ceilf(pen_px(pen, ROW)), top = ceilf(t->top), bottom = floorf(t->epochs.y);
    for (int i = 0; i < w->count && all.count < TIMELINE_MOST_CURVES; i++)
        if (i != w->without)
            add_candidate(&all, t, w, i);
    int classes = w->count > 0 ? w->curves[w->count - 1].run->data->classes : 0;
    share_labels(&all, classes, pen_px(pen, TOGETHER), pen->theme->text);
    int room = (int)fmaxf(0.0f, (bottom - top) / row), most = room < TIMELINE_LABELS ? room : TIMELINE_LABELS;
    while (all.count > most) {
        int last = 0;
        for (int i = 1; i < all.count; i++)
            if (all.labels[i].rank >= all.labels[last].rank)
                last = i;
        drop(&all, last);
    }
    sort_by_height(all.labels, all.count);
    place(all.labels, all.count, row, top, bottom);
    float left = roundf(x + pen_px(pen, AWAY)), widest = t->card.x + t->card.w - pen_px(pen, EDGE) - left;
    for (int i = 0; i < all.count; i++) {
        TimelineLabel *label = &all.labels[i];
        float value = text_width(pen->text, TEXT_VALUE, label->value) + pen_px(pen, BETWEEN);
        if (label->shared && text_width(pen->text, TEXT_VALUE, label->name) + value > widest)
            snprintf(label->name, sizeof label->name, "%s", tr("each class")); /* the shorter words for the same */
        float width = text_width(pen->text, name_style(label->bold), label->name) + value;
        label->rect = (Rect){left, label->rect.y, fminf(ceilf(width), widest), row};
        labels[i] = *label;
    }
    return all.count;
}

void timeline_draw_labels(const Pen *pen, const TimelineLabel *labels, int count) {
    float pad = pen_px(pen, 2.0f);
    for (int i = 0; i < count; i++) {
        Rect r = labels[i].rect;
        canvas_rect(pen->canvas, (Rect){r.x - pad, r.y, r.w + 2 * pad, r.h}, pen->theme->card);
    }
    for (int i = 0; i < count; i++) {
        const TimelineLabel *label = &labels[i];
        float value = ceilf(text_width(pen->text, TEXT_VALUE, label->value));
        float name = ceilf(text_width(pen->text, name_style(label->bold), label->name));
        float room = label->rect.w - value - pen_px(pen, BETWEEN),
              baseline = roundf(label->rect.y + label->rect.h / 2 + text_cap_height(pen->text, TEXT_LABEL) / 2);
        if (name <= room + 1.0f) {
            text_draw(pen->text, pen->canvas, name_style(label->bold),
                      (TextAnchor){label->rect.x, baseline, ALIGN_LEFT}, label->color, label->name);
        } else {
            Rect cut = {label->rect.x, label->rect.y, room, label->rect.h};
            text_draw_in(pen->text, pen->canvas, name_style(label->bold), cut, ALIGN_LEFT, label->color, label->name);
        }
        text_draw(pen->text, pen->canvas, TEXT_VALUE,
                  (TextAnchor){label->rect.x + label->rect.w, baseline, ALIGN_RIGHT}, label->color, label->value);
    }
}
