#include "app/experiment/narration_private.h"

#include <ctype.h>
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
static bool left_by_lambda(const NarrationFacts *f) {
    return is_plain(f) && f->left > f->came && f->threshold < f->threshold_before;
}
static bool left_by_model(const NarrationFacts *f) {
    return is_plain(f) && f->left > f->came;
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
    /* name            holds             fact                         reason, and in fewer words */
    {"start-all",      start_all,        "Nothing is trained yet.",   "λ plays no part: every point is used from the first epoch on.", "All points are used."},
    {"start-warmup",   start_warm,       "Nothing is trained yet.",   "Until epoch {warmup} every point is used; from then on λ chooses.", "λ sets in after epoch {warmup}."},
    {"start-clean",     start_clean_alone, "Nothing is trained yet.",  "Only the clean points will train the model; λ plays no part.", "Only the clean points will train."},
    {"start-reweight",  start_reweighted, "Nothing is trained yet.",   "Each point will weigh what a step on it helps the clean points; λ plays no part.", "Clean points will give the weights."},
    {"start-hard",     start_hard,       "Nothing is trained yet.",   "The points with a loss above λ = {lambda} will be used: {how-many} of them so far.", "{easy} of the points are above λ."},
    {"start-easy",     start_easy,       "Nothing is trained yet.",   "The points with a loss below λ = {lambda} will be used: {how-many} of them so far.", "{easy} of the points are below λ."},
    {"past-easy",      past_easy,        "{easy} were easy,",         "now it is {easy-now}.", ""},
    {"past-used",      past_used,        "{easy} were in use,",       "now it is {easy-now}.", ""},
    {"hand-easy",      hand_easy,        "{easy} are easy.",          "λ was set to {lambda} by hand; the next epoch trains with it.", "λ was set to {lambda} by hand."},
    {"hand-used",      hand_used,        "{easy} are in use.",        "λ was set to {lambda} by hand; the next epoch trains with it.", "λ was set to {lambda} by hand."},
    {"during-easy",    during_easy,      "{easy} are easy so far.",   "{batch} batches of epoch {under-way} are trained; each decides about its own points.", "{batch} batches of epoch {under-way}."},
    {"during-used",    during_used,      "{easy} are in use so far.", "{batch} batches of epoch {under-way} are trained.", "{batch} batches of epoch {under-way}."},
    {"end-until-hard", end_until_hard,   "Only {hard-points} still hard.", "That ends the run, after {epochs}; accuracy is {accuracy}.", "That ends the run."},
    {"end-one",        end_one,          "The epoch is done.",        "{easy} of the points were in use; accuracy is {accuracy}.", "Accuracy is {accuracy}."},
    {"end-used",       end_used,         "The {epoch} epochs are done.", "{easy} of the points were in use; accuracy is {accuracy}.", "Accuracy is {accuracy}."},
    {"end-all-easy",   end_all_easy,     "The {epoch} epochs are done.", "All points are easy; accuracy is {accuracy}.", "All points are easy."},
    {"end-one-hard",   end_one_hard,     "The {epoch} epochs are done.", "{easy} are easy; one point is still hard.", "One point is still hard."},
    {"end",            end_easy,         "The {epoch} epochs are done.", "{easy} are easy; {hard} are still hard.", "{hard} are still hard."},
    {"warmup",         warm,             "All points are in use.",    "λ sets in after the warm-up of {warmup-epochs}; {accuracy-change}.", "λ sets in after epoch {warmup}."},
    {"clean-alone",    clean_alone,      "Only clean points train.",  "All others have no weight in this run; {accuracy-change}.", "All others have no weight."},
    {"reweight",       reweighted,       "{easy} count.",             "Each weighs what a step on it helps the clean points; {accuracy-change}.", "Weighted by what helps the clean points."},
    {"meta-far",       meta_far,         "The far points no longer count.", "A step on them would hurt the clean points, so {sunk} sank below their loss.", "{sunk} sank below their loss."},
    {"meta-hurts",     meta_hurts,       "{easy} are easy.",          "A step on most of the hard ones would hurt the clean points, so {sunk} sank below their loss.", "{sunk} sank below the loss of what hurts."},
    {"meta",           meta_moved,       "{easy} are easy.",          "{lambdas}; the clean points' loss is {clean-loss}.", "{lambdas}."},
    {"meta-first",     meta_first,       "{easy} are easy.",          "λ learns on the clean points, whose loss is {clean-loss}; {accuracy-change}.", "λ learns on the clean points."},
    {"all-first",      order_all_first,  "All points are in use.",    "λ plays no part: this is plain training; {accuracy-change}.", "This is plain training."},
    {"all",            order_all,        "All points are in use.",    "In this epoch {boundary}; {accuracy-change}.", "In this epoch {boundary}."},
    {"hard-none",      hard_none,        "No point is in use.",       "No loss is above λ, so nothing is learned.", "No loss is above λ."},
    {"hard-all",       hard_all,         "All points are in use.",    "Every loss is above λ; {accuracy-change}.", "Every loss is above λ."},
    {"hard-fewer",     hard_fewer,       "{easy} are in use.",        "The hard ones come first; {left} more fell below λ and count no longer; {accuracy-change}.", "{left} more fell below λ."},
    {"hard",           order_hard,       "{easy} are in use.",        "The hard ones come first: their loss is above λ; {accuracy-change}.", "Their loss is above λ."},
    {"soft-none",      soft_none,        "Nothing is easy.",          "No loss is below λ, so every weight is 0 and nothing is learned.", "Every weight is 0."},
    {"soft-all",       soft_all,         "All points take part.",     "Weighted by v they count as {weighted} of all: the lower a point's loss, the more it counts.", "Weighted by v they count as {weighted}."},
    {"soft",           is_soft,          "{easy} are easy.",          "Weighted by v they count as {weighted} of all points. {classes}.", "Weighted by v they count as {weighted}."},
    {"nothing-grows",  nothing_grows,    "Nothing is easy.",          "Every loss is above λ, so nothing is learned; λ grows to {next}.", "Every loss is above λ."},
    {"nothing",        nothing,          "Nothing is easy.",          "Every loss is above λ, so nothing is learned.", "Every loss is above λ."},
    {"everything-now", everything_first, "All points are easy.",      "Every loss is below λ: from here on this is plain training.", "This is plain training from here on."},
    {"everything",     everything,       "All points are easy.",      "λ is above every loss; {boundary}, {accuracy-change}.", "λ is above every loss."},
    {"left-by-lambda", left_by_lambda,   "{easy} are easy.",          "λ fell from {lambda-before} to {lambda}: {left-points} hard again{and-came}.", "{left-points} hard again."},
    {"left-by-model",  left_by_model,    "{easy} are easy.",          "As {boundary}, {left-points} hard again{and-came}.", "{left-points} hard again."},
    {"waits",          waits_anew,       "{easy} are easy.",          "{classes}: {why}.", "{classes}."},
    {"waits-moved",    waits_moved,      "{easy} are easy.",          "Hardly any of {lead} is in yet, but {boundary}; {accuracy-change}.", "Hardly any of {lead} is in yet."},
    {"waits-still",    waits_still,      "{easy} are easy.",          "Hardly any of {lead} is in: {why}, and {boundary}.", "Hardly any of {lead} is in."},
    {"same-grows",     same_grows,       "{easy} are easy.",          "They are the same for {same-for} epochs now; λ grows to {next}; {accuracy-change}.", "The same for {same-for} epochs now."},
    {"same",           same_points,      "{easy} are easy.",          "They are the same for {same-for} epochs now: λ at {lambda} reaches no further loss; {accuracy-change}.", "The same for {same-for} epochs now."},
    {"past-boundary",  past_boundary,    "{easy} are easy.",          "λ is past 0.69 now, the loss on the boundary: points on its wrong side come in as well.", "λ is past 0.69, the loss on the boundary."},
    {"first-of-class", first_of_class,   "{easy} are easy.",          "The first of {lead} come in, {of-lead} of it: those farthest from the boundary.", "The first of {lead} come in."},
    {"at-once",        at_once,          "{easy} are easy.",          "{came-share} of all points came in at once. {classes}.", "{came-share} came in at once."},
    {"one-hard",       one_hard,         "All but one point are easy.", "Its loss is still above λ: is its label right?", "Its loss is still above λ."},
    {"few-far",        few_far,          "{easy} are easy.",          "The {hard} that are still hard lie among points of another class: are their labels right?", "{hard} are still hard, far off."},
    {"few-near",       few_near,         "{easy} are easy.",          "The {hard} that are still hard lie near the boundary, where the classes overlap.", "{hard} are still hard, near the boundary."},
    {"few",            few,              "{easy} are easy.",          "The {hard} that are still hard lie near the boundary and far off.", "{hard} are still hard."},
    {"in-near",        in_near,          "{easy} are easy.",          "{classes}; the {hard} that are still hard lie near the boundary.", "{hard} are still hard, near the boundary."},
    {"in-far",         in_far,           "{easy} are easy.",          "{classes}; the {hard} that are still hard lie among points of another class.", "{hard} are still hard, far off."},
    {"in",             in_everywhere,    "{easy} are easy.",          "{classes}; {hard} points here and there are still hard.", "{hard} are still hard."},
    {"part-moved",     part_moved,       "{easy} are easy.",          "{classes}. In this epoch {boundary}; {accuracy-change}.", "{classes}."},
    {"part",           is_plain,         "{easy} are easy.",          "{classes}: {place}.", "{classes}."},
    {"other",          always,           "{easy} are easy.",          "In this epoch {boundary}; {accuracy-change}.", ""},
};
/* clang-format on */
const size_t NARRATION_RULE_COUNT = sizeof NARRATION_RULES / sizeof *NARRATION_RULES;

/* A text with its {places} filled in. */
static void fill(const NarrationFacts *f, const char *template, char *text, size_t size) {
    size_t used = 0;
    while (*template && used + 1 < size) {
        const char *end = *template == '{' ? strchr(template, '}') : NULL;
        if (!end) {
            text[used++] = *template ++;
            continue;
        }
        char name[32], words[160];
        snprintf(name, sizeof name, "%.*s", (int)(end - template - 1), template + 1);
        narration_place(f, name, words);
        int wrote = snprintf(text + used, size - used, "%s", words);
        used = used + (size_t)wrote < size ? used + (size_t)wrote : size - 1;
        template = end + 1;
    }
    text[used] = '\0';
}

void narration_say(const NarrationFacts *f, Narration *n) {
    static const char *const badges[] = {
        [MOMENT_START] = "Start",  [MOMENT_EPOCH] = "Epoch {epoch}", [MOMENT_DURING] = "In epoch {under-way}",
        [MOMENT_HAND] = "By hand", [MOMENT_END] = "Epoch {epoch}",   [MOMENT_PAST] = "Epoch {epoch}, as it was",
    };
    const NarrationRule *rule = NARRATION_RULES; /* the last one always holds */
    while (!rule->holds(f))
        rule++;
    n->rule = rule->name;
    fill(f, badges[f->moment], n->badge, sizeof n->badge);
    fill(f, rule->fact, n->fact, sizeof n->fact);
    n->fact[0] = (char)toupper((unsigned char)n->fact[0]);
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
