#include "feedback.h"

#include "format.h"
#include "ui_private.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* with fewer expected points it may be chance */
static const LeftOut LEFT_OUT = {.of_all = 0.1, .of_easy = 0.02, .expected = 10.0};
static const LeftOut STILL_LEFT_OUT = {.of_all = 0.1, .of_easy = 0.03, .expected = 10.0};
static const double TOO_FAST = 0.2, EASY_ENOUGH = 0.1, GROW_FASTER = 1.2;
static const double LEAST_GROWTH = 1.1;

/* ---- a threshold for so many ---- */

static bool counts(const Dataset *data, int class, size_t i) {
    return (class < 0) | (data->label[i] == class); /* no branch: labels come in no order */
}

/* The bits of floats from 0 on are in the order of their values; losses that are no number come last. */
static uint32_t ordered_bits(float loss) {
    uint32_t bits;
    memcpy(&bits, &loss, sizeof bits);
    return isnan(loss) ? 0x7fffffffu : bits & 0x80000000u ? 0 : bits;
}

/* The k-th smallest loss (k from 1) of a class, or of all (-1), without a copy of the losses: digit by digit,
 * counting how many samples share each next digit. */
static float kth_smallest(const Snapshot *s, int class, size_t k) {
    enum { DIGITS = 3, MOST = 1 << 11 };
    static const int shifts[DIGITS] = {20, 10, 0}; /* 11 bits, then 10, then 10 */
    uint32_t found = 0;                            /* the digits so far */
    for (int digit = 0; digit < DIGITS; digit++) {
        uint32_t counted[MOST] = {0};
        int above = digit == 0 ? 31 : shifts[digit - 1];
        for (size_t i = 0; i < s->data->count; i++) {
            uint32_t bits = ordered_bits(s->loss[i]);
            uint32_t mine = (uint32_t)counts(s->data, class, i) & (bits >> above == found >> above);
            counted[bits >> shifts[digit] & ((1u << (above - shifts[digit])) - 1)] += mine;
        }
        uint32_t value = 0;
        while (value + 1 < MOST && counted[value] < k)
            k -= counted[value++];
        found |= value << shifts[digit];
    }
    float loss;
    memcpy(&loss, &found, sizeof loss);
    return loss;
}

static size_t count_below(const Snapshot *s, int class, float threshold) {
    size_t below = 0;
    for (size_t i = 0; i < s->data->count; i++)
        below += counts(s->data, class, i) & (s->loss[i] < threshold);
    return below;
}

/* The next number above, with so many significant digits. */
static double rounded_up(float value, int digits) {
    if (value <= 0.0f)
        return 1e-6;
    double unit = pow(10.0, floor(log10((double)value)) - digits + 1);
    char text[32];
    snprintf(text, sizeof text, "%.*g", digits, (floor((double)value / unit) + 1.0) * unit);
    double up = strtod(text, NULL);
    if ((float)up > value)
        return up;
    snprintf(text, sizeof text, "%.9g", (double)nextafterf(value, INFINITY)); /* enough for any float */
    return strtod(text, NULL);
}

/* The button that makes 10 % of a class, or of all (-1), easy. The threshold has as few digits as can be, and
 * the label says what comes out. No button if that threshold is out of reach. */
static void offer_threshold(Feedback *f, const Snapshot *s, int class) {
    size_t total = class < 0 ? s->data->count : s->data->class_count[class];
    size_t wanted = (size_t)ceil(EASY_ENOUGH * (double)total);
    float loss = kth_smallest(s, class, wanted > 0 ? wanted : 1);
    double limit = fmin(threshold_limit(s->settings->regularizer), PROPERTIES[PROPERTY_THRESHOLD].maximum);
    if (!isfinite(loss) || (double)loss >= limit)
        return;
    double threshold = 0.0;
    size_t easy = 0;
    for (int digits = 3; digits <= 9; digits++) {
        threshold = rounded_up(loss, digits);
        easy = count_below(s, class, (float)threshold);
        if (easy <= wanted + total / 100)
            break;
    }
    if (threshold >= limit || threshold <= s->threshold)
        return;
    char figure[32];
    format_figure(threshold, figure); /* of a constant width, if it can say it */
    if (strtod(figure, NULL) != threshold)
        ui_format(threshold, 9, figure);
    double percent = 100.0 * (double)easy / (double)total;
    char name[32];
    if (class < 0)
        snprintf(f->label, sizeof f->label, "Set threshold to %s: %.0f %% easy", figure, percent);
    else
        snprintf(f->label, sizeof f->label, "Set threshold to %s: %.0f %% of %s easy", figure, percent,
                 dataset_class_name(s->data, class, name));
    f->command = (Command){.kind = COMMAND_THRESHOLD, .value = threshold};
}

/* ---- what there is to say ---- */

/* Of the samples as they are now. */
typedef struct Census {
    size_t easy[MAX_CLASSES], all_easy, below;
    float smallest;
} Census;

static Census take_census(const Snapshot *s) {
    Census c = {.smallest = INFINITY};
    float threshold = (float)s->threshold;
    for (size_t i = 0; i < s->data->count; i++) {
        float loss = s->loss[i];
        c.easy[s->data->label[i]] += s->v[i] > 0.0f;
        c.below += loss < threshold;
        c.smallest = loss < c.smallest ? loss : c.smallest;
    }
    for (int k = 0; k < MAX_CLASSES; k++)
        c.all_easy += c.easy[k];
    return c;
}

static bool say_diverged(Feedback *f) {
    f->kind = FEEDBACK_DIVERGED;
    snprintf(f->text, sizeof f->text, "The model has diverged: lower the learning rate, then reset");
    snprintf(f->label, sizeof f->label, "Reset");
    f->command = (Command){.kind = COMMAND_RESET};
    return true;
}

static bool say_nothing_easy(Feedback *f, const Snapshot *s, const Census *c) {
    /* In an epoch, v's may be older than the threshold: some samples may be easy as soon as it is their turn.
     */
    if (c->all_easy > 0 || c->below > 0)
        return false;
    char figure[32];
    format_figure((double)c->smallest, figure);
    f->kind = FEEDBACK_NOTHING_EASY;
    snprintf(f->text, sizeof f->text, "Nothing is easy: the smallest loss is %s", figure);
    offer_threshold(f, s, -1);
    return true;
}

bool class_left_out(size_t of_class, size_t all, size_t easy_of_class, size_t all_easy,
                    const LeftOut *limits) {
    double of_all = (double)of_class / (double)all;
    double of_easy = (double)easy_of_class / (double)all_easy;
    return of_all > limits->of_all && of_all * (double)all_easy >= limits->expected &&
           of_easy < limits->of_easy;
}

static bool say_class_left_out(Feedback *f, const Snapshot *s, const Census *c, const Feedback *before) {
    double worst = 1.0;
    for (int k = 0; c->all_easy > 0 && k < s->data->classes; k++) {
        double of_easy = (double)c->easy[k] / (double)c->all_easy;
        bool known = before->kind == FEEDBACK_CLASS_LEFT_OUT && before->class == k;
        if (!class_left_out(s->data->class_count[k], s->data->count, c->easy[k], c->all_easy,
                            known ? &STILL_LEFT_OUT : &LEFT_OUT) ||
            of_easy >= worst)
            continue;
        worst = of_easy;
        f->class = k;
    }
    if (f->class < 0)
        return false;
    char percent[32];
    format_percent(worst, percent);
    f->kind = FEEDBACK_CLASS_LEFT_OUT;
    if (s->data->class_name[f->class][0])
        snprintf(f->text, sizeof f->text, "%s is nearly left out: its share of the easy points is %s",
                 s->data->class_name[f->class], percent);
    else
        snprintf(f->text, sizeof f->text, "Class %d is nearly left out: its share of the easy points is %s",
                 f->class, percent);
    offer_threshold(f, s, f->class);
    return true;
}

/* Share of all samples that became easy from one record to the next, an epoch. */
static double admitted_share(const History *h, size_t record, const Settings *settings) {
    if (record == 0)
        return 0.0;
    const HistoryRecord *now = &h->records[record], *before = now - 1;
    if (before->epoch < (uint32_t)settings->warmup || now->easy <= before->easy)
        return 0.0; /* in the warm-up everything was easy */
    double epochs = (double)(now->epoch - before->epoch);
    return (double)(now->easy - before->easy) / epochs / (double)h->samples;
}

static bool say_too_fast(Feedback *f, const Snapshot *s) {
    const History *h = s->history;
    double share = h->count > 0 ? admitted_share(h, h->count - 1, s->settings) : 0.0;
    if (share <= TOO_FAST)
        return false;
    char percent[32];
    format_percent(share, percent);
    f->kind = FEEDBACK_TOO_FAST;
    snprintf(f->text, sizeof f->text, "Admitted fast: %s of all samples became easy in epoch %u", percent,
             h->records[h->count - 1].epoch + 1);
    return true;
}

static bool say_everything(Feedback *f, const Snapshot *s, const Census *c) {
    if (c->all_easy < s->data->count || c->below < s->data->count)
        return false;
    f->kind = FEEDBACK_EVERYTHING;
    snprintf(f->text, sizeof f->text, "Everything is easy: from here on this is plain training");
    return true;
}

static bool same_set(const History *h, const HistoryRecord *a, const HistoryRecord *b) {
    return a->easy == b->easy && memcmp(a->easy_bits, b->easy_bits, h->words * sizeof *a->easy_bits) == 0;
}

/* Brings set_since up to date. Records that were compared in an earlier call are not compared again, but for
 * the two ends of what is known: the run may have been restarted since, or gone on from an earlier epoch. */
static void follow_set(FeedbackState *st, const History *h) {
    if (h->count == 0) {
        st->set_known = false;
        st->stuck_from = 0;
        return;
    }
    const HistoryRecord *newest = &h->records[h->count - 1], *since = newest;
    if (st->set_known && newest->epoch < st->set_newest) {
        st->set_known = false;
        st->stuck_from = 0;
    }
    if (st->set_known) {
        const HistoryRecord *first = history_find(h, st->set_since);
        if (!first)
            first = h->records;
        else if (first->epoch < st->set_since && first < newest) /* that epoch's record has given way */
            first++;
        st->set_known = same_set(h, first, newest);
    }
    for (size_t i = h->count - 1; i-- > 0;) {
        const HistoryRecord *r = &h->records[i];
        if (!same_set(h, r, newest))
            break;
        since = r;
        if (st->set_known && r->epoch >= st->set_since && r->epoch <= st->set_newest) {
            st->set_newest = newest->epoch;
            return;
        }
    }
    st->set_known = true;
    st->set_since = since->epoch;
    st->set_newest = newest->epoch;
}

static bool say_stuck(Feedback *f, const Snapshot *s, const FeedbackState *st) {
    const History *h = s->history;
    if (h->count == 0 || !st->set_known || st->set_newest < st->stuck_from)
        return false;
    const HistoryRecord *newest = &h->records[h->count - 1];
    uint32_t warmup = (uint32_t)s->settings->warmup;
    uint32_t since = st->set_since > warmup ? st->set_since : warmup;
    if (newest->easy >= h->samples || newest->epoch < since + FEEDBACK_STUCK_EPOCHS)
        return false;
    f->kind = FEEDBACK_STUCK;
    char easy[32];
    format_count(newest->easy, easy);
    const char *why = s->hold ? ": the threshold is held" : "";
    if (newest->easy == 1)
        snprintf(f->text, sizeof f->text, "The same sample has been easy since epoch %u%s", since + 1, why);
    else
        snprintf(f->text, sizeof f->text, "The same %s samples have been easy since epoch %u%s", easy,
                 since + 1, why);
    if (s->hold) {
        snprintf(f->label, sizeof f->label, "Let it grow");
        f->command = (Command){.kind = COMMAND_HOLD, .value = 0.0};
        return true;
    }
    double factor = s->settings->growing_factor, most = PROPERTIES[PROPERTY_GROWING_FACTOR].maximum;
    if (factor >= most || s->threshold >= threshold_limit(s->settings->regularizer))
        return true;
    snprintf(f->label, sizeof f->label, "Grow faster");
    f->command = (Command){.kind = COMMAND_SETTINGS, .settings = *s->settings};
    f->command.settings.growing_factor = fmin(most, fmax(LEAST_GROWTH, factor * GROW_FASTER));
    return true;
}

static Feedback find(const Snapshot *s, FeedbackState *st) {
    Feedback f = {.class = -1};
    bool recorded = s->history && s->history->samples == s->data->count;
    if (recorded)
        follow_set(st, s->history);
    if (s->looking_back)
        return f;
    if (s->diverged) {
        say_diverged(&f);
        return f;
    }
    if (s->settings->order != ORDER_EASY || s->epoch <= (uint32_t)s->settings->warmup)
        return f;
    bool hard = s->settings->regularizer == REGULARIZER_HARD;
    Census census = take_census(s);
    (void)(say_nothing_easy(&f, s, &census) ||
           (census.all_easy > 0 && say_class_left_out(&f, s, &census, &st->found)) ||
           (hard && recorded && say_too_fast(&f, s)) || (hard && say_everything(&f, s, &census)) ||
           (recorded && say_stuck(&f, s, st)));
    return f;
}

/* Whether samples have to be looked at again. */
static bool is_new(const Snapshot *s, const FeedbackState *st) {
    if (!st->seen || st->acted || s->data_version != st->data_version)
        return true;
    if (s->version == st->version)
        return false;
    return s->data->count <= FEEDBACK_EACH_FRAME || s->epoch != st->epoch || s->diverged != st->diverged ||
           s->looking_back != st->looking_back || s->hold != st->hold || (s->easy == 0) != st->nothing_easy;
}

static void note_seen(const Snapshot *s, FeedbackState *st) {
    st->seen = true;
    st->version = s->version;
    st->data_version = s->data_version;
    st->epoch = s->epoch;
    st->diverged = s->diverged;
    st->looking_back = s->looking_back;
    st->nothing_easy = s->easy == 0;
    st->hold = s->hold;
}

static bool same_matter(const Feedback *a, const Feedback *b) {
    return a->kind == b->kind && a->class == b->class;
}

static bool same_words(const Feedback *a, const Feedback *b) {
    return strcmp(a->text, b->text) == 0 && strcmp(a->label, b->label) == 0 &&
           a->command.value == b->command.value;
}

static void show(FeedbackState *st, double time) {
    if (!same_matter(&st->shown, &st->found)) {
        st->shown_since = time;
        st->settling = true; /* its button is there from the next frame on */
    }
    st->shown = st->found;
    st->figures_from = time;
}

/* Lets `shown` follow `found`, calmly; at_once: what is shown is about something that is over. */
static void settle(FeedbackState *st, double time, bool at_once) {
    bool same = same_matter(&st->shown, &st->found);
    st->settling = false;
    if (at_once && !same) {
        st->shown = (Feedback){.class = -1};
        same = same_matter(&st->shown, &st->found);
    }
    if (st->held)
        return;
    if (same) {
        bool words = st->found.kind == FEEDBACK_NONE || same_words(&st->shown, &st->found);
        if (words || at_once || time - st->figures_from >= FEEDBACK_STAYS)
            show(st,
                 words ? st->figures_from : time); /* the settings within a command are always those of now */
        else
            st->settling = true;
        return;
    }
    double stays = st->shown.kind == FEEDBACK_NONE       ? 0.0
                   : st->shown.kind == FEEDBACK_TOO_FAST ? FEEDBACK_STAYS_EVENT
                                                         : FEEDBACK_STAYS;
    if (st->found.kind == FEEDBACK_DIVERGED ||
        (time - st->found_since >= FEEDBACK_AFTER && time - st->shown_since >= stays))
        show(st, time);
    else
        st->settling = true;
}

const Feedback *feedback_of(const Snapshot *s, FeedbackState *st, double time) {
    if (!st->seen)
        st->shown.class = st->found.class = -1;
    bool other_run =
        st->seen && ((s->epoch < st->epoch && !s->looking_back) || s->data_version != st->data_version);
    if (other_run) {
        st->set_known = false;
        st->stuck_from = 0;
    }
    bool at_once = st->acted || other_run || s->looking_back;
    if (is_new(s, st)) {
        Feedback found = find(s, st);
        if (!same_matter(&found, &st->found))
            st->found_since = time;
        st->found = found;
        note_seen(s, st);
    }
    settle(st, time, at_once);
    st->acted = false;
    return &st->shown;
}

/* ---- marks ---- */

size_t feedback_marks(const History *h, const Settings *settings, FeedbackMark marks[FEEDBACK_MARKS]) {
    size_t count = 0;
    if (settings->order != ORDER_EASY || settings->regularizer != REGULARIZER_HARD)
        return 0;
    for (size_t i = 0; i < h->count; i++) {
        const HistoryRecord *r = &h->records[i];
        if (r->epoch < (uint32_t)settings->warmup)
            continue;
        bool begins = i == 0 || r[-1].epoch < (uint32_t)settings->warmup || r[-1].easy < h->samples;
        FeedbackKind kind = r->easy == h->samples && begins             ? FEEDBACK_EVERYTHING
                            : admitted_share(h, i, settings) > TOO_FAST ? FEEDBACK_TOO_FAST
                                                                        : FEEDBACK_NONE;
        if (kind == FEEDBACK_NONE)
            continue;
        if (count == FEEDBACK_MARKS)
            memmove(marks, marks + 1, --count * sizeof *marks);
        marks[count++] = (FeedbackMark){r->epoch, kind};
    }
    return count;
}

/* ---- the line at the plot ---- */

static const char *const LINE = "feedback-line", *const BUTTON = "feedback";

/* Lines of a text that is wider than its card has room for, at the most. */
enum { TEXT_LINES = 3 };
#define TEXT_LINE 19.0f /* logical pixels from one to the next */

typedef struct Arranged {
    Rect chip, text, button; /* pixels; text: the first line */
    float dot_x, dot_y;
    int lines;
    char line[UI_LINES][UI_LINE_BYTES];
} Arranged;

/* A stretch of pixels from x0 to x1. */
typedef struct Span {
    float x0, x1;
} Span;

/* The card's width, without what is to be kept clear if that stands in the rows at the top. */
static Span clear_span(const Ui *ui, Rect card, Rect avoid, float bottom) {
    float pad = ui_px(ui, 24.0f), gap = ui_px(ui, UNIT);
    Span span = {card.x + pad, card.x + card.w - pad};
    if (avoid.w <= 0.0f || avoid.y >= bottom)
        return span;
    float middle = avoid.x + avoid.w / 2;
    if (middle < card.x + card.w / 2)
        span.x0 = fmaxf(span.x0, avoid.x + avoid.w + gap);
    else
        span.x1 = fminf(span.x1, avoid.x - gap);
    return span;
}

/* In the middle of the card, or as near to it as the span allows. */
static Rect place_chip(Rect card, Span span, float width) {
    float x = card.x + (card.w - width) / 2;
    x = fmaxf(span.x0, fminf(x, span.x1 - width));
    return (Rect){.x = roundf(x), .w = roundf(width)};
}

static Arranged arrange(Ui *ui, Rect card, const FeedbackState *st) {
    const Feedback *f = &st->shown;
    float pad = ui_px(ui, 12.0f), gap = ui_px(ui, 10.0f), dot = ui_px(ui, 16.0f);
    float row = ui_px(ui, 36.0f), button_height = ui_px(ui, 28.0f), inset = (row - button_height) / 2;
    float words = ceilf(text_width(ui->text, TEXT_BODY, f->text)) + 1.0f;
    float button = f->label[0] ? ceilf(text_width(ui->text, TEXT_BODY, f->label)) + 2 * pad : 0.0f;
    float top = roundf(card.y + ui_px(ui, 24.0f));
    float in_a_row = pad + dot + words + (button > 0.0f ? gap + button + inset : pad);
    float in_two = button > 0.0f ? fmaxf(pad + dot + words + pad, button + 2 * inset) : in_a_row;
    Span all = clear_span(ui, card, (Rect){0}, 0.0f);
    Span clear = clear_span(ui, card, st->avoid, top + row + button_height);
    Span span = clear.x1 - clear.x0 >= in_two ? clear : all;
    float room = fmaxf(0.0f, span.x1 - span.x0);
    bool two_rows = button > 0.0f && in_a_row > room;
    Arranged a = {.chip = place_chip(card, span, fminf(room, two_rows ? in_two : in_a_row))};
    a.chip.y = top;
    float behind = button > 0.0f && !two_rows ? gap + button + inset : pad; /* the text */
    float text = fmaxf(0.0f, a.chip.w - pad - dot - behind) + 1.0f; /* one that just fits is rounded */
    a.lines = ui_wrap(ui, TEXT_BODY, f->text, text, TEXT_LINES, a.line);
    a.chip.h = roundf((two_rows ? row + button_height : row) + ui_px(ui, TEXT_LINE) * (float)(a.lines - 1));
    bool covers = a.chip.x < st->avoid.x + st->avoid.w && a.chip.x + a.chip.w > st->avoid.x &&
                  top < st->avoid.y + st->avoid.h && top + a.chip.h > st->avoid.y;
    if (st->avoid.w > 0.0f && covers) /* no room beside it: at the lower end of the card */
        a.chip.y = fmaxf(top, roundf(card.y + card.h - ui_px(ui, 44.0f) - a.chip.h));
    a.dot_x = a.chip.x + pad + ui_px(ui, 3.0f);
    a.dot_y = a.chip.y + row / 2;
    a.text = (Rect){a.chip.x + pad + dot, a.chip.y, text, row};
    if (button > 0.0f) {
        a.button.w = fminf(button, fmaxf(0.0f, a.chip.w - 2 * inset));
        a.button.h = button_height;
        a.button.x = roundf(two_rows ? a.chip.x + (a.chip.w - a.button.w) / 2
                                     : a.chip.x + a.chip.w - a.button.w - inset);
        a.button.y = roundf(a.chip.y + a.chip.h - inset - button_height);
    }
    return a;
}

void feedback_touch(Ui *ui, Rect card, FeedbackState *st, Intents *intents) {
    st->held = st->hovered = false;
    if (st->shown.kind == FEEDBACK_NONE)
        return;
    Arranged a = arrange(ui, card, st);
    bool on_top = ui->on_top;
    ui->on_top = true;
    if (st->shown.label[0]) {
        UiWidgetInput in = ui_widget(ui, BUTTON, a.button, true, false, NULL);
        bool by_key = in.keys && (ui_take_key(ui, KEY_ENTER, NULL) || ui_take_key(ui, KEY_SPACE, NULL));
        st->held = in.held && !in.released;
        st->hovered = in.hovered;
        if (in.hovered)
            ui->cursor = CURSOR_HAND;
        if (by_key || in.clicked) {
            intend(intents, st->shown.command);
            st->acted = true;
            if (st->shown.kind == FEEDBACK_STUCK) /* growing faster shows in some epochs, not at once */
                st->stuck_from = st->set_newest + FEEDBACK_STUCK_EPOCHS;
        }
    }
    ui_touch(ui, LINE, a.chip, false); /* what lies below is not touched through it */
    ui->on_top = on_top;
}

Rect view_feedback(Ui *ui, Rect card, const FeedbackState *st) {
    const Feedback *f = &st->shown;
    ui->wants_frame = ui->wants_frame || st->settling;
    if (f->kind == FEEDBACK_NONE)
        return (Rect){0};
    const Theme *theme = ui->theme;
    Canvas *canvas = ui->canvas;
    Arranged a = arrange(ui, card, st);
    float radius = ui_px(ui, CARD_RADIUS), line = fmaxf(1.0f, roundf(ui->scale));
    canvas_rounded(canvas, a.chip, radius, theme->card);
    canvas_rounded_frame(canvas, a.chip, radius, line, theme->track);
    bool wrong = f->kind == FEEDBACK_DIVERGED || f->kind == FEEDBACK_NOTHING_EASY ||
                 f->kind == FEEDBACK_CLASS_LEFT_OUT;
    canvas_disc(canvas, a.dot_x, a.dot_y, ui_px(ui, 4.0f), wrong ? theme->danger : theme->accent);
    for (int i = 0; i < a.lines; i++) {
        Rect place = a.text;
        place.y += ui_px(ui, TEXT_LINE) * (float)i;
        text_draw_in(ui->text, canvas, TEXT_BODY, place, ALIGN_LEFT, theme->text, a.line[i]);
    }
    if (f->label[0]) {
        uint32_t id = ui_id(BUTTON);
        canvas_rounded(canvas, a.button, ui_px(ui, 6.0f),
                       st->held && st->hovered ? theme->chip_pressed
                       : st->hovered           ? theme->chip_hover
                                               : theme->chip);
        text_draw_in(ui->text, canvas, TEXT_BODY, a.button, ALIGN_CENTER, theme->text, f->label);
        if (ui->focus == id && ui->focus_visible)
            ui_focus_ring(ui, a.button, ui_px(ui, 6.0f));
    }
    return a.chip;
}
