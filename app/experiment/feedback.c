#include "app/experiment/feedback.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "core/quantile.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* with fewer expected points it may be chance */
static const LeftOut LEFT_OUT = {.of_all = 0.1, .of_easy = 0.02, .expected = 10.0};
static const LeftOut STILL_LEFT_OUT = {.of_all = 0.1, .of_easy = 0.03, .expected = 10.0};
static const double TOO_FAST = 0.2, EASY_ENOUGH = 0.1, ENOUGH_AT_MOST = 0.15, GROW_FASTER = 1.2;
static const double LEAST_GROWTH = 1.1;

/* ---- a threshold that makes so many easy ---- */

static bool counts(const Dataset *data, int class, size_t i) {
    return (class < 0) | (data->label[i] == class); /* no branch: labels come in no order */
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

static void say_threshold(Feedback *f, const Snapshot *s, int class, double threshold, double percent) {
    char figure[32], share[32], name[CLASS_SHORT_BYTES];
    double shown;
    format_figure(threshold, figure); /* of a constant width */
    format_percentage(percent, 0, share);
    bool about = !parse_number(figure, &shown) || shown != threshold;
    if (class < 0)
        snprintf(f->label, sizeof f->label, about ? tr("Set λ to about %s: %s easy") : tr("Set λ to %s: %s easy"),
                 figure, share);
    else /* TRANSLATORS: the number, a percentage, and the class of which so many become easy */
        snprintf(f->label, sizeof f->label, about ? tr("Set λ to about %s: %s of %s") : tr("Set λ to %s: %s of %s"),
                 figure, share, dataset_class_short(s->data, class, name));
}

/* The button that makes 10 % of a class, or of all (-1), easy; the label says what comes out. Three digits of the
 * threshold where they give about that share; where losses lie so close that they do not, as many as it takes, and
 * the label says "about". No button if that threshold is out of reach. */
static void offer_threshold(Feedback *f, const Snapshot *s, int class) {
    size_t total = class < 0 ? s->data->count : s->data->class_count[class];
    size_t wanted = (size_t)ceil(EASY_ENOUGH * (double)total), most = (size_t)(ENOUGH_AT_MOST * (double)total);
    size_t rank = wanted > 0 ? wanted - 1 : 0, count = s->data->count;
    float loss = class < 0 ? quantile_of_rank(s->loss, count, rank)
                           : quantile_of_class(s->loss, s->data->label, (uint8_t) class, count, rank);
    double limit = fmin(threshold_limit(s->settings->regularizer), PROPERTIES[PROPERTY_THRESHOLD].maximum);
    if (!isfinite(loss) || (double)loss >= limit)
        return;
    double threshold = 0.0;
    size_t easy = 0;
    for (int digits = 3; digits <= 9; digits++) {
        threshold = rounded_up(loss, digits);
        easy = count_below(s, class, (float)threshold);
        if (easy <= (digits == 3 ? most : wanted + total / 100))
            break;
    }
    bool own = class >= 0 && s->by_class && s->settings->pace == PACE_META; /* the class has a threshold of its own */
    if (threshold >= limit || threshold <= (own ? s->class_threshold[class] : s->threshold))
        return;
    say_threshold(f, s, class, threshold, 100.0 * (double)easy / (double)total);
    f->command = (Command){.kind = COMMAND_THRESHOLD, .threshold = threshold, .of_class = own ? class + 1 : 0};
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
    snprintf(f->badge, sizeof f->badge, "%s", tr("Diverged"));
    snprintf(f->text, sizeof f->text, "%s", tr("The model has diverged."));
    snprintf(f->reason, sizeof f->reason, "%s",
             tr("A step made a parameter infinite: lower the learning rate, then reset."));
    snprintf(f->label, sizeof f->label, "%s", tr("Reset"));
    f->command = (Command){.kind = COMMAND_RESET};
    return true;
}

/* Settings that want clean points where there are none, or NULL. */
static const Settings *wants_clean(const Snapshot *s) {
    bool none = s->clean && s->clean->count == 0;
    return !none ? NULL : s->wanted ? s->wanted : settings_need_clean(s->settings) ? s->settings : NULL;
}

static bool say_no_clean(Feedback *f, const Snapshot *s) {
    const Settings *wanted = wants_clean(s);
    if (!wanted)
        return false;
    f->kind = FEEDBACK_NO_CLEAN;
    snprintf(f->badge, sizeof f->badge, "%s", tr("Clean points"));
    snprintf(f->text, sizeof f->text, "%s",
             wanted->pace == PACE_META       ? tr("λ learns from clean points, and there are none.")
             : wanted->pace == PACE_REWEIGHT ? tr("Weights by clean points, and there are none.")
                                             : tr("It learns from clean points, and there are none."));
    snprintf(f->reason, sizeof f->reason, "%s",
             s->data->truth ? tr("Take some whose labels are right, or mark them with the flag brush (C).")
                            : tr("Take some as they are labelled, or mark those you trust with the flag brush (C)."));
    snprintf(f->label, sizeof f->label, tr("Take %d of each class"), FEEDBACK_CLEAN);
    f->command = (Command){.kind = COMMAND_CLEAN, .clean = FEEDBACK_CLEAN, .settings = *wanted};
    return true;
}

/* recorded: the history is of these points. */
static bool say_scale(Feedback *f, const Snapshot *s, const ScaleAdvice *advice, bool recorded) {
    if (s->settings->standardize)
        return false;
    const HistoryRecord *half = recorded && s->epoch >= 2 ? history_find(s->history, s->epoch / 2 - 1) : NULL;
    ScaleProgress progress = {s->epoch, s->finished, s->accuracy, half ? half->accuracy : (double)NAN};
    if (!scale_stops_learning(advice, s->data, &progress))
        return false;
    f->kind = FEEDBACK_SCALE;
    snprintf(f->badge, sizeof f->badge, "%s", tr("Scale"));
    snprintf(f->text, sizeof f->text, "%s", tr("The scale of the points stops learning."));
    scale_advice_reason(advice, s->data, f->reason);
    snprintf(f->label, sizeof f->label, "%s", tr("Standardize"));
    f->command = (Command){.kind = COMMAND_SETTINGS, .settings = *s->settings};
    f->command.settings.standardize = true;
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
    snprintf(f->badge, sizeof f->badge, "%s", tr("Nothing easy"));
    snprintf(f->text, sizeof f->text, "%s", tr("Nothing is easy, so nothing is learned."));
    snprintf(f->reason, sizeof f->reason, tr("The smallest loss is %s."), figure);
    offer_threshold(f, s, -1);
    return true;
}

bool class_left_out(size_t of_class, size_t all, size_t easy_of_class, size_t all_easy, const LeftOut *limits) {
    double of_all = (double)of_class / (double)all;
    double of_easy = (double)easy_of_class / (double)all_easy;
    return of_all > limits->of_all && of_all * (double)all_easy >= limits->expected && of_easy < limits->of_easy;
}

static bool left_out_then(const HistoryRecord *r, const Dataset *data, int class) {
    return r->easy > 0 &&
           class_left_out(data->class_count[class], data->count, r->class_easy[class], r->easy, &STILL_LEFT_OUT);
}

/* For how many epochs, up to the newest recorded one, the class has been left out. */
static uint32_t left_out_for(const Snapshot *s, int class) {
    const History *h = s->history;
    size_t first = h->count;
    while (first > 0 && h->records[first - 1].epoch >= (uint32_t)s->settings->warmup &&
           left_out_then(&h->records[first - 1], s->data, class))
        first--;
    return first < h->count ? h->records[h->count - 1].epoch - h->records[first].epoch + 1 : 0;
}

static float smallest_loss(const Snapshot *s, int class) {
    float smallest = INFINITY;
    for (size_t i = 0; i < s->data->count; i++)
        if (s->data->label[i] == class && s->loss[i] < smallest)
            smallest = s->loss[i];
    return smallest;
}

/* recorded: the history is of these points; without one there is nothing to be patient by. */
static bool say_class_left_out(Feedback *f, const Snapshot *s, const Census *c, const Feedback *before, bool recorded) {
    double worst = 1.0;
    uint32_t epochs = 0;
    for (int k = 0; c->all_easy > 0 && k < s->data->classes; k++) {
        double of_easy = (double)c->easy[k] / (double)c->all_easy;
        bool known = before->kind == FEEDBACK_CLASS_LEFT_OUT && before->class == k;
        if (!class_left_out(s->data->class_count[k], s->data->count, c->easy[k], c->all_easy,
                            known ? &STILL_LEFT_OUT : &LEFT_OUT) ||
            of_easy >= worst)
            continue;
        uint32_t lasted = recorded ? left_out_for(s, k) : FEEDBACK_PATIENCE + 1;
        if (lasted <= FEEDBACK_PATIENCE)
            continue;
        epochs = lasted;
        worst = of_easy;
        f->class = k;
    }
    if (f->class < 0)
        return false;
    f->kind = FEEDBACK_CLASS_LEFT_OUT;
    char name[CLASS_SHORT_BYTES], figure[32];
    snprintf(f->badge, sizeof f->badge, "%s", tr("Left out"));
    if (s->data->class_name[f->class][0]) /* TRANSLATORS: the name of a class */
        snprintf(f->text, sizeof f->text,
                 trn("%s has been left out for %u epoch.", "%s has been left out for %u epochs.", epochs),
                 dataset_class_short(s->data, f->class, name), epochs);
    else
        snprintf(f->text, sizeof f->text,
                 trn("Class %d has been left out for %u epoch.", "Class %d has been left out for %u epochs.", epochs),
                 f->class, epochs);
    if (c->easy[f->class] > 0) {
        char all[32];
        format_count(c->easy[f->class], figure);
        format_count(s->data->class_count[f->class], all);
        snprintf(f->reason, sizeof f->reason,
                 trn("Only %s of its %s points is easy.", "Only %s of its %s points are easy.", c->easy[f->class]),
                 figure, all);
    } else {
        format_figure((double)smallest_loss(s, f->class), figure);
        snprintf(f->reason, sizeof f->reason, tr("Its smallest loss is %s."), figure);
    }
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
    snprintf(f->badge, sizeof f->badge, "%s", tr("Stuck"));
    if (newest->easy == 1)
        snprintf(f->text, sizeof f->text, tr("The same point has been easy since epoch %u."), since + 1);
    else
        snprintf(f->text, sizeof f->text, tr("The same %s points have been easy since epoch %u."), easy, since + 1);
    if (s->hold) {
        snprintf(f->reason, sizeof f->reason, "%s", tr("λ is held."));
        snprintf(f->label, sizeof f->label, "%s", tr("Let λ grow"));
        f->command = (Command){.kind = COMMAND_HOLD, .hold = false};
        return true;
    }
    double factor = s->settings->growing_factor, most = PROPERTIES[PROPERTY_GROWING_FACTOR].maximum;
    if (factor >= most || s->threshold >= threshold_limit(s->settings->regularizer))
        return true;
    snprintf(f->reason, sizeof f->reason, "%s",
             factor > 1.0 ? tr("λ grows too slowly to reach another loss.") : tr("λ does not grow."));
    snprintf(f->label, sizeof f->label, "%s", tr("Grow faster"));
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
    if (say_no_clean(&f, s))
        return f;
    if (!st->scale_known || st->scale_of != s->data_version) {
        st->scale = scale_advice(s->data);
        st->scale_of = s->data_version;
        st->scale_known = true;
    }
    if (say_scale(&f, s, &st->scale, recorded))
        return f;
    if (s->settings->order != ORDER_EASY || !settings_use_threshold(s->settings) ||
        s->epoch <= (uint32_t)s->settings->warmup)
        return f;
    Census census = take_census(s);
    (void)(say_nothing_easy(&f, s, &census) ||
           (census.all_easy > 0 && say_class_left_out(&f, s, &census, &st->found, recorded)) ||
           (recorded && s->settings->pace != PACE_META && say_stuck(&f, s, st)));
    return f;
}

/* Whether samples have to be looked at again. */
static bool is_new(const Snapshot *s, const FeedbackState *st) {
    if (!st->seen || st->acted || s->data_version != st->data_version)
        return true;
    if (s->version == st->version)
        return false;
    return s->data->count <= FEEDBACK_EACH_FRAME || s->epoch != st->epoch || s->diverged != st->diverged ||
           s->looking_back != st->looking_back || s->hold != st->hold || s->finished != st->finished ||
           (s->easy == 0) != st->nothing_easy || (wants_clean(s) != NULL) != st->wants_clean;
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
    st->finished = s->finished;
    st->wants_clean = wants_clean(s) != NULL;
}

static bool same_matter(const Feedback *a, const Feedback *b) {
    return a->kind == b->kind && a->class == b->class;
}

static bool same_words(const Feedback *a, const Feedback *b) {
    return strcmp(a->text, b->text) == 0 && strcmp(a->reason, b->reason) == 0 &&
           strcmp(a->label, b->label) == 0; /* the label says what the button sets */
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
            show(st, words ? st->figures_from : time); /* the settings within a command are always those of now */
        else
            st->settling = true;
        return;
    }
    double stays = st->shown.kind == FEEDBACK_NONE ? 0.0 : FEEDBACK_STAYS;
    if (st->found.kind == FEEDBACK_DIVERGED ||
        (time - st->found_since >= FEEDBACK_AFTER && time - st->shown_since >= stays))
        show(st, time);
    else
        st->settling = true;
}

const Feedback *feedback_of(const Snapshot *s, FeedbackState *st, double time) {
    if (!st->seen)
        st->shown.class = st->found.class = -1;
    bool other_run = st->seen && ((s->epoch < st->epoch && !s->looking_back) || s->data_version != st->data_version);
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

void feedback_acted(FeedbackState *st) {
    st->acted = true;
    if (st->shown.kind == FEEDBACK_STUCK) /* growing faster shows in some epochs, not at once */
        st->stuck_from = st->set_newest + FEEDBACK_STUCK_EPOCHS;
}
