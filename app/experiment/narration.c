#include "app/base/language.h"
#include "app/experiment/narration_private.h"
#include "core/utf8.h"

#include <stdio.h>
#include <string.h>

static const double AT_ONCE = 0.2;  /* of all points, in an epoch: worth a word of its own */
static const double LEARNED = 0.08; /* by which the accuracy rose: the same */
static const size_t A_FEW = 50;     /* hard points that can be looked at one by one, as the plot rings them */

/* ---- when a rule holds ---- */

static bool is_moment(const NarrationFacts *f, Moment moment) {
    return f->moment == moment;
}

static bool by_order(const NarrationFacts *f, int order) {
    return f->snapshot->settings->order == order;
}

static bool is_warm(const NarrationFacts *f) {
    return f->moment == MOMENT_EPOCH && f->epoch <= (uint32_t)f->snapshot->settings->warmup;
}

/* An epoch of the order `easy`, hard weights. */
static bool is_plain(const NarrationFacts *f) {
    return f->moment == MOMENT_EPOCH && by_order(f, ORDER_EASY) &&
           f->snapshot->settings->regularizer == REGULARIZER_HARD;
}

static bool is_soft(const NarrationFacts *f) {
    return f->moment == MOMENT_EPOCH && by_order(f, ORDER_EASY) &&
           f->snapshot->settings->regularizer != REGULARIZER_HARD;
}

static bool was_all_easy(const NarrationFacts *f) {
    return f->before && f->easy_before.all == f->snapshot->data->count;
}

/* A class hardly has a share while others have. */
static bool waits(const NarrationFacts *f, const EasyCounts *counts) {
    return class_share(f, counts, f->lead) <= NARRATION_HARDLY && counts->all > 0;
}

static bool all_classes_in(const NarrationFacts *f) {
    return class_share(f, &f->easy, f->lead) >= NARRATION_ALL_OF;
}

static bool start_all(const NarrationFacts *f) {
    return is_moment(f, MOMENT_START) && by_order(f, ORDER_ALL);
}
static bool start_warm(const NarrationFacts *f) {
    return is_moment(f, MOMENT_START) && f->snapshot->settings->warmup > 0;
}
static bool start_hard(const NarrationFacts *f) {
    return is_moment(f, MOMENT_START) && by_order(f, ORDER_HARD);
}
static bool start_easy(const NarrationFacts *f) {
    return is_moment(f, MOMENT_START);
}
static bool past_easy(const NarrationFacts *f) {
    return is_moment(f, MOMENT_PAST) && by_order(f, ORDER_EASY);
}
static bool past_used(const NarrationFacts *f) {
    return is_moment(f, MOMENT_PAST);
}
static bool hand_easy(const NarrationFacts *f) {
    return is_moment(f, MOMENT_HAND) && by_order(f, ORDER_EASY);
}
static bool hand_used(const NarrationFacts *f) {
    return is_moment(f, MOMENT_HAND);
}
static bool during_easy(const NarrationFacts *f) {
    return is_moment(f, MOMENT_DURING) && by_order(f, ORDER_EASY);
}
static bool during_used(const NarrationFacts *f) {
    return is_moment(f, MOMENT_DURING);
}
static bool end_one(const NarrationFacts *f) {
    return is_moment(f, MOMENT_END) && f->epoch == 1;
}
static bool end_until_one(const NarrationFacts *f) {
    return is_moment(f, MOMENT_END) && f->epoch < (uint32_t)f->snapshot->settings->epochs && hard_points(f) == 1;
}
static bool end_until_hard(const NarrationFacts *f) {
    return is_moment(f, MOMENT_END) && f->epoch < (uint32_t)f->snapshot->settings->epochs && !all_easy(f);
}
static bool end_used(const NarrationFacts *f) {
    return is_moment(f, MOMENT_END) && !by_order(f, ORDER_EASY);
}
static bool end_all_easy(const NarrationFacts *f) {
    return is_moment(f, MOMENT_END) && all_easy(f);
}
static bool end_one_hard(const NarrationFacts *f) {
    return is_moment(f, MOMENT_END) && hard_points(f) == 1;
}
static bool end_easy(const NarrationFacts *f) {
    return is_moment(f, MOMENT_END);
}
static bool warm(const NarrationFacts *f) {
    return is_warm(f) && !by_order(f, ORDER_ALL);
}
static bool order_all(const NarrationFacts *f) {
    return is_moment(f, MOMENT_EPOCH) && by_order(f, ORDER_ALL);
}
static bool order_all_first(const NarrationFacts *f) {
    return order_all(f) && !f->before;
}
static bool order_hard(const NarrationFacts *f) {
    return is_moment(f, MOMENT_EPOCH) && by_order(f, ORDER_HARD);
}
static bool hard_none(const NarrationFacts *f) {
    return order_hard(f) && f->easy.all == 0;
}
static bool hard_all(const NarrationFacts *f) {
    return order_hard(f) && all_easy(f);
}
static bool hard_fewer(const NarrationFacts *f) {
    return order_hard(f) && f->left > f->came;
}
static bool soft_all(const NarrationFacts *f) {
    return is_soft(f) && all_easy(f);
}
static bool soft_none(const NarrationFacts *f) {
    return is_soft(f) && f->easy.all == 0;
}
static bool nothing(const NarrationFacts *f) {
    return is_plain(f) && f->easy.all == 0;
}
static bool everything_first(const NarrationFacts *f) {
    return is_plain(f) && all_easy(f) && !was_all_easy(f);
}
static bool everything(const NarrationFacts *f) {
    return is_plain(f) && all_easy(f);
}
static bool left_by_model(const NarrationFacts *f) {
    return is_plain(f) && f->left > f->came;
}
static bool left_by_model_others_came(const NarrationFacts *f) {
    return left_by_model(f) && f->came > 0;
}
static bool left_one_by_model(const NarrationFacts *f) {
    return left_by_model(f) && f->left == 1;
}
static bool left_by_lambda(const NarrationFacts *f) {
    return left_by_model(f) && f->threshold < f->threshold_before;
}
static bool left_by_lambda_others_came(const NarrationFacts *f) {
    return left_by_lambda(f) && f->came > 0;
}
static bool left_one_by_lambda(const NarrationFacts *f) {
    return left_by_lambda(f) && f->left == 1;
}
static bool waits_anew(const NarrationFacts *f) {
    return is_plain(f) && waits(f, &f->easy) &&
           !(f->before && waits(f, &f->easy_before) && f->came * 20 < f->snapshot->data->count);
}
static bool waits_moved(const NarrationFacts *f) {
    return is_plain(f) && waits(f, &f->easy) && (f->boundary == BOUNDARY_MOVED || f->boundary == BOUNDARY_TURNED);
}
static bool waits_still(const NarrationFacts *f) {
    return is_plain(f) && waits(f, &f->easy);
}
static bool same_points(const NarrationFacts *f) {
    return is_plain(f) && f->before && f->same_for > 1;
}
static bool first_of_class(const NarrationFacts *f) {
    return is_plain(f) && f->before && class_share(f, &f->easy_before, f->lead) <= NARRATION_HARDLY &&
           f->easy_before.all > 0 && class_share(f, &f->easy, f->lead) < 0.5;
}
static bool at_once(const NarrationFacts *f) {
    return is_plain(f) && f->before && (double)f->came > AT_ONCE * (double)f->snapshot->data->count;
}
static bool few_far(const NarrationFacts *f) {
    return is_plain(f) && hard_points(f) <= A_FEW && f->hard_place == PLACE_FAR;
}
static bool few_near(const NarrationFacts *f) {
    return is_plain(f) && hard_points(f) <= A_FEW && f->hard_place == PLACE_NEAR;
}
static bool few(const NarrationFacts *f) {
    return is_plain(f) && hard_points(f) <= A_FEW;
}
static bool in_far(const NarrationFacts *f) {
    return is_plain(f) && all_classes_in(f) && f->hard_place == PLACE_FAR;
}
static bool in_near(const NarrationFacts *f) {
    return is_plain(f) && all_classes_in(f) && f->hard_place == PLACE_NEAR;
}
static bool in_everywhere(const NarrationFacts *f) {
    return is_plain(f) && all_classes_in(f);
}
static bool one_hard(const NarrationFacts *f) {
    return is_plain(f) && hard_points(f) == 1;
}
/* Of two classes, the loss on the boundary is ln 2: a threshold above it lets wrong answers in. */
static bool past_boundary(const NarrationFacts *f) {
    return is_plain(f) && f->snapshot->data->classes == 2 && f->before && f->threshold_before <= log(2.0) &&
           f->threshold > log(2.0) && f->came > 0;
}
static bool grows(const NarrationFacts *f) {
    return f->next > f->threshold; /* NaN: not known */
}
static bool nothing_grows(const NarrationFacts *f) {
    return is_plain(f) && f->easy.all == 0 && grows(f);
}
static bool same_grows(const NarrationFacts *f) {
    return is_plain(f) && f->before && f->same_for > 1 && grows(f);
}
static bool part_moved(const NarrationFacts *f) {
    return is_plain(f) && f->before && (f->boundary == BOUNDARY_MOVED || f->boundary == BOUNDARY_TURNED) &&
           f->accuracy - f->accuracy_before > LEARNED;
}
static bool by_pace(const NarrationFacts *f, int pace) {
    const Settings *s = f->snapshot->settings;
    return is_moment(f, MOMENT_EPOCH) && settings_need_clean(s) && s->pace == pace && !is_warm(f);
}
static bool clean_alone(const NarrationFacts *f) {
    return by_pace(f, PACE_CLEAN_ALONE);
}
static bool reweighted(const NarrationFacts *f) {
    return by_pace(f, PACE_REWEIGHT);
}
/* All of it is known: that they are far, that they hurt, and that λ has come down. */
static bool meta_far(const NarrationFacts *f) {
    return by_pace(f, PACE_META) && f->meta.far_hurt;
}
static bool meta_hurts(const NarrationFacts *f) {
    return by_pace(f, PACE_META) && f->meta.sunk >= 0 && f->meta.hurts > 0.5;
}
static bool meta_moved(const NarrationFacts *f) {
    return by_pace(f, PACE_META) && f->before;
}
static bool meta_first(const NarrationFacts *f) {
    return by_pace(f, PACE_META);
}
static bool start_clean_alone(const NarrationFacts *f) {
    return is_moment(f, MOMENT_START) && settings_need_clean(f->snapshot->settings) &&
           f->snapshot->settings->pace == PACE_CLEAN_ALONE;
}
static bool start_reweighted(const NarrationFacts *f) {
    return is_moment(f, MOMENT_START) && settings_need_clean(f->snapshot->settings) &&
           f->snapshot->settings->pace == PACE_REWEIGHT;
}
static bool always(const NarrationFacts *f) {
    (void)f;
    return true;
}

/* ---- the sentences ---- */

/* clang-format off */
const NarrationRule NARRATION_RULES[] = {
    /* name, holds, fact, reason, and in fewer words */
    /* TRANSLATORS: what stands in {} is filled in and stays as it is, but may go anywhere in the sentence, or be left
     * out: {Easy} is {easy} at the beginning of a sentence, a percentage; {classes}, {boundary}, {accuracy-change},
     * {place}, {why}, {lambdas} are clauses of their own: "Of class 0 the far half", "the boundary stood still",
     * "accuracy is 97 %", "near the boundary its loss is still above λ", "its loss is still above λ", "λ rose to 1.49" */
    {"start-all", start_all, N_("Nothing is trained yet."), N_("λ plays no part: every point is used from the first epoch on."), N_("All points are used.")},
    {"start-warmup", start_warm, N_("Nothing is trained yet."), N_("Until epoch {warmup} every point is used; from then on λ chooses."), N_("λ sets in after epoch {warmup}.")},
    {"start-clean", start_clean_alone, N_("Nothing is trained yet."), N_("Only the clean points will train the model; λ plays no part."), N_("Only the clean points will train.")},
    {"start-reweight", start_reweighted, N_("Nothing is trained yet."), N_("Each point will weigh what a step on it helps the clean points; λ plays no part."), N_("Clean points will give the weights.")},
    {"start-hard", start_hard, N_("Nothing is trained yet."), N_("The points with a loss above λ = {lambda} will be used: {how-many} of them so far."), N_("{easy} of the points are above λ.")},
    {"start-easy", start_easy, N_("Nothing is trained yet."), N_("The points with a loss below λ = {lambda} will be used: {how-many} of them so far."), N_("{easy} of the points are below λ.")},
    {"past-easy", past_easy, N_("{Easy} were easy,"), N_("now it is {easy-now}."), ""},
    {"past-used", past_used, N_("{Easy} were in use,"), N_("now it is {easy-now}."), ""},
    {"hand-easy", hand_easy, N_("{Easy} are easy."), N_("λ was set to {lambda} by hand; the next epoch trains with it."), N_("λ was set to {lambda} by hand.")},
    {"hand-used", hand_used, N_("{Easy} are in use."), N_("λ was set to {lambda} by hand; the next epoch trains with it."), N_("λ was set to {lambda} by hand.")},
    {"during-easy", during_easy, N_("{Easy} are easy so far."), N_("{batch} batches of epoch {under-way} are trained; each decides about its own points."), N_("{batch} batches of epoch {under-way}.")},
    {"during-used", during_used, N_("{Easy} are in use so far."), N_("{batch} batches of epoch {under-way} are trained."), N_("{batch} batches of epoch {under-way}.")},
    {"end-until-one", end_until_one, N_("Only {hard} point is still hard."), N_("That ends the run, after {epochs}; accuracy is {accuracy}."), N_("That ends the run.")},
    {"end-until-hard", end_until_hard, N_("Only {hard} points are still hard."), N_("That ends the run, after {epochs}; accuracy is {accuracy}."), N_("That ends the run.")},
    {"end-one", end_one, N_("The epoch is done."), N_("{easy} of the points were in use; accuracy is {accuracy}."), N_("Accuracy is {accuracy}.")},
    {"end-used", end_used, N_("The {epoch} epochs are done."), N_("{easy} of the points were in use; accuracy is {accuracy}."), N_("Accuracy is {accuracy}.")},
    {"end-all-easy", end_all_easy, N_("The {epoch} epochs are done."), N_("All points are easy; accuracy is {accuracy}."), N_("All points are easy.")},
    {"end-one-hard", end_one_hard, N_("The {epoch} epochs are done."), N_("{easy} are easy; one point is still hard."), N_("One point is still hard.")},
    {"end", end_easy, N_("The {epoch} epochs are done."), N_("{easy} are easy; {hard} are still hard."), N_("{hard} are still hard.")},
    {"warmup", warm, N_("All points are in use."), N_("λ sets in after the warm-up of {warmup-epochs}; {accuracy-change}."), N_("λ sets in after epoch {warmup}.")},
    {"clean-alone", clean_alone, N_("Only clean points train."), N_("All others have no weight in this run; {accuracy-change}."), N_("All others have no weight.")},
    {"reweight", reweighted, N_("{Easy} count."), N_("Each weighs what a step on it helps the clean points; {accuracy-change}."), N_("Weighted by what helps the clean points.")},
    {"meta-far", meta_far, N_("The far points no longer count."), N_("A step on them would hurt the clean points, so {sunk} sank below their loss."), N_("{sunk} sank below their loss.")},
    {"meta-hurts", meta_hurts, N_("{Easy} are easy."), N_("A step on most of the hard ones would hurt the clean points, so {sunk} sank below their loss."), N_("{sunk} sank below the loss of what hurts.")},
    {"meta", meta_moved, N_("{Easy} are easy."), N_("{lambdas}; the clean points' loss is {clean-loss}."), N_("{lambdas}.")},
    {"meta-first", meta_first, N_("{Easy} are easy."), N_("λ learns on the clean points, whose loss is {clean-loss}; {accuracy-change}."), N_("λ learns on the clean points.")},
    {"all-first", order_all_first, N_("All points are in use."), N_("λ plays no part: this is plain training; {accuracy-change}."), N_("This is plain training.")},
    {"all", order_all, N_("All points are in use."), N_("In this epoch {boundary}; {accuracy-change}."), N_("In this epoch {boundary}.")},
    {"hard-none", hard_none, N_("No point is in use."), N_("No loss is above λ, so nothing is learned."), N_("No loss is above λ.")},
    {"hard-all", hard_all, N_("All points are in use."), N_("Every loss is above λ; {accuracy-change}."), N_("Every loss is above λ.")},
    {"hard-fewer", hard_fewer, N_("{Easy} are in use."), N_("The hard ones come first; {left} more fell below λ and count no longer; {accuracy-change}."), N_("{left} more fell below λ.")},
    {"hard", order_hard, N_("{Easy} are in use."), N_("The hard ones come first: their loss is above λ; {accuracy-change}."), N_("Their loss is above λ.")},
    {"soft-none", soft_none, N_("Nothing is easy."), N_("No loss is below λ, so every weight is 0 and nothing is learned."), N_("Every weight is 0.")},
    {"soft-all", soft_all, N_("All points take part."), N_("Weighted by v they count as {weighted} of all: the lower a point's loss, the more it counts."), N_("Weighted by v they count as {weighted}.")},
    {"soft", is_soft, N_("{Easy} are easy."), N_("Weighted by v they count as {weighted} of all points. {classes}."), N_("Weighted by v they count as {weighted}.")},
    {"nothing-grows", nothing_grows, N_("Nothing is easy."), N_("Every loss is above λ, so nothing is learned; λ grows to {next}."), N_("Every loss is above λ.")},
    {"nothing", nothing, N_("Nothing is easy."), N_("Every loss is above λ, so nothing is learned."), N_("Every loss is above λ.")},
    {"everything-now", everything_first, N_("All points are easy."), N_("Every loss is below λ: from here on this is plain training."), N_("This is plain training from here on.")},
    {"everything", everything, N_("All points are easy."), N_("λ is above every loss; {boundary}, {accuracy-change}."), N_("λ is above every loss.")},
    {"left-by-lambda-one", left_one_by_lambda, N_("{Easy} are easy."), N_("λ fell from {lambda-before} to {lambda}: {left} point is hard again."), N_("{left} point is hard again.")},
    {"left-by-lambda-others-came", left_by_lambda_others_came, N_("{Easy} are easy."), N_("λ fell from {lambda-before} to {lambda}: {left} points are hard again, and {came} came in."), N_("{left} points are hard again.")},
    {"left-by-lambda", left_by_lambda, N_("{Easy} are easy."), N_("λ fell from {lambda-before} to {lambda}: {left} points are hard again."), N_("{left} points are hard again.")},
    {"left-by-model-one", left_one_by_model, N_("{Easy} are easy."), N_("As {boundary}, {left} point is hard again."), N_("{left} point is hard again.")},
    {"left-by-model-others-came", left_by_model_others_came, N_("{Easy} are easy."), N_("As {boundary}, {left} points are hard again, and {came} came in."), N_("{left} points are hard again.")},
    {"left-by-model", left_by_model, N_("{Easy} are easy."), N_("As {boundary}, {left} points are hard again."), N_("{left} points are hard again.")},
    {"waits", waits_anew, N_("{Easy} are easy."), N_("{classes}: {why}."), N_("{classes}.")},
    {"waits-moved", waits_moved, N_("{Easy} are easy."), N_("Hardly any of {lead} is in yet, but {boundary}; {accuracy-change}."), N_("Hardly any of {lead} is in yet.")},
    {"waits-still", waits_still, N_("{Easy} are easy."), N_("Hardly any of {lead} is in: {why}, and {boundary}."), N_("Hardly any of {lead} is in.")},
    {"same-grows", same_grows, N_("{Easy} are easy."), N_("They are the same for {same-for} epochs now; λ grows to {next}; {accuracy-change}."), N_("The same for {same-for} epochs now.")},
    {"same", same_points, N_("{Easy} are easy."), N_("They are the same for {same-for} epochs now: λ at {lambda} reaches no further loss; {accuracy-change}."), N_("The same for {same-for} epochs now.")},
    {"past-boundary", past_boundary, N_("{Easy} are easy."), N_("λ is past 0.69 now, the loss on the boundary: points on its wrong side come in as well."), N_("λ is past 0.69, the loss on the boundary.")},
    {"first-of-class", first_of_class, N_("{Easy} are easy."), N_("The first of {lead} come in, {of-lead} of it: those farthest from the boundary."), N_("The first of {lead} come in.")},
    {"at-once", at_once, N_("{Easy} are easy."), N_("{came-share} of all points came in at once. {classes}."), N_("{came-share} came in at once.")},
    {"one-hard", one_hard, N_("All but one point are easy."), N_("Its loss is still above λ: is its label right?"), N_("Its loss is still above λ.")},
    {"few-far", few_far, N_("{Easy} are easy."), N_("The {hard} that are still hard lie among points of another class: are their labels right?"), N_("{hard} are still hard, far off.")},
    {"few-near", few_near, N_("{Easy} are easy."), N_("The {hard} that are still hard lie near the boundary, where the classes overlap."), N_("{hard} are still hard, near the boundary.")},
    {"few", few, N_("{Easy} are easy."), N_("The {hard} that are still hard lie near the boundary and far off."), N_("{hard} are still hard.")},
    {"in-near", in_near, N_("{Easy} are easy."), N_("{classes}; the {hard} that are still hard lie near the boundary."), N_("{hard} are still hard, near the boundary.")},
    {"in-far", in_far, N_("{Easy} are easy."), N_("{classes}; the {hard} that are still hard lie among points of another class."), N_("{hard} are still hard, far off.")},
    {"in", in_everywhere, N_("{Easy} are easy."), N_("{classes}; {hard} points here and there are still hard."), N_("{hard} are still hard.")},
    {"part-moved", part_moved, N_("{Easy} are easy."), N_("{classes}. In this epoch {boundary}; {accuracy-change}."), N_("{classes}.")},
    {"part", is_plain, N_("{Easy} are easy."), N_("{classes}: {place}."), N_("{classes}.")},
    {"other", always, N_("{Easy} are easy."), N_("In this epoch {boundary}; {accuracy-change}."), ""},
};
/* clang-format on */
const size_t NARRATION_RULE_COUNT = sizeof NARRATION_RULES / sizeof *NARRATION_RULES;

/* A text, translated, with its {places} filled in; cut at a whole character. */
static void fill(const NarrationFacts *f, const char *english, char *text, size_t size) {
    const char *template = english[0] ? tr(english) : "";
    size_t used = 0;
    while (*template && used + 1 < size) {
        const char *end = *template == '{' ? strchr(template, '}') : NULL;
        if (!end) {
            text[used++] = *template ++;
            continue;
        }
        char name[32], words[NARRATION_PLACE];
        snprintf(name, sizeof name, "%.*s", (int)(end - template - 1), template + 1);
        narration_place(f, name, words);
        int wrote = snprintf(text + used, size - used, "%s", words);
        used = used + (size_t)wrote < size ? used + (size_t)wrote : size - 1;
        template = end + 1;
    }
    text[used] = '\0';
    text[utf8_whole(text, used)] = '\0';
}

void narration_say(const NarrationFacts *f, Narration *n) {
    static const char *const badges[] = {
        [MOMENT_START] = N_("Start"),
        [MOMENT_EPOCH] = N_("Epoch {epoch}"),
        [MOMENT_DURING] = N_("In epoch {under-way}"),
        [MOMENT_HAND] = N_("By hand"),
        [MOMENT_END] = N_("Epoch {epoch}"),
        [MOMENT_PAST] = N_("Epoch {epoch}, as it was"),
    };
    const NarrationRule *rule = NARRATION_RULES; /* the last one always holds */
    while (!rule->holds(f))
        rule++;
    n->rule = rule->name;
    fill(f, badges[f->moment], n->badge, sizeof n->badge);
    fill(f, rule->fact, n->fact, sizeof n->fact);
    fill(f, rule->reason, n->reason, sizeof n->reason);
    fill(f, rule->brief, n->brief, sizeof n->brief);
}

/* ---- which sentence ---- */

bool narration_of_epoch(const Snapshot *s, uint32_t epoch, Narration *n) {
    NarrationFacts facts;
    memset(n, 0, sizeof *n);
    n->rule = "";
    if (!narration_facts(s, epoch, &facts))
        return false;
    narration_say(&facts, n);
    return true;
}

Moment narration_moment(const Snapshot *s) {
    const History *h = s->history;
    if (s->looking_back)
        return MOMENT_PAST;
    if (!s->playing && s->mid_epoch)
        return MOMENT_DURING;
    if (!h || h->count == 0)
        return MOMENT_START;
    if (s->playing || s->mid_epoch)
        return MOMENT_EPOCH;
    if (s->threshold != h->records[h->count - 1].threshold)
        return MOMENT_HAND;
    bool beyond = s->epoch > (uint32_t)s->settings->epochs; /* it was told when it was reached */
    return s->finished && !beyond ? MOMENT_END : MOMENT_EPOCH;
}

/* The numbers of points as they are on show. */
static void count_easy(const Snapshot *s, NarrationFacts *f) {
    f->easy = (EasyCounts){.all = s->easy};
    f->epoch = s->epoch;
    f->threshold = s->threshold;
    f->accuracy = s->accuracy;
}

void narration_of_now(const Snapshot *s, Narration *n) {
    Moment moment = narration_moment(s);
    NarrationFacts facts = {.moment = moment, .snapshot = s, .next = NAN, .weighted = NAN};
    const History *h = s->history;
    if (moment == MOMENT_EPOCH && h && h->count > 0 && narration_of_epoch(s, h->records[h->count - 1].epoch, n))
        return;
    count_easy(s, &facts);
    narration_say(&facts, n);
}
