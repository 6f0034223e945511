#include "app/base/format.h"
#include "app/base/language.h"
#include "app/experiment/narration_private.h"
#include "core/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Classes that a sentence names, those of them that are in part, and bytes of a name. */
enum { MOST_NAMED = 3, MOST_PARTS = 2, NAME_FITS = 16 /* columns */ };

/* ---- shares and names in words ---- */

/* "75 %"; with a decimal near the ends, so that it is 0 or 100 only if it is so. `little` is said of less than 0.1 %. */
static void say_share_or(size_t part, size_t whole, const char *little, char text[NARRATION_PLACE]) {
    double percent = whole > 0 ? 100.0 * (double)part / (double)whole : 0.0;
    bool end = part == 0 || part == whole;
    if (!end && percent < 0.05)
        snprintf(text, NARRATION_PLACE, "%s", little);
    else if (!end && (percent < 1.0 || percent > 99.0))
        format_percentage(fmin(percent, 99.9), 1, text);
    else
        format_percentage(percent, 0, text);
}

static void say_share(size_t part, size_t whole, char text[NARRATION_PLACE]) {
    /* xgettext:no-c-format */
    say_share_or(part, whole, tr("less than 0.1 %"), text);
}

static void say_percent(double share, char text[NARRATION_PLACE]) {
    if (isnan(share))
        snprintf(text, NARRATION_PLACE, "%s", tr("not known"));
    else
        format_percentage(fmin(100.0 * share, share < 1.0 ? 99.9 : 100.0), share > 0.99 && share < 1.0, text);
}

/* The easy ones of a class are those far from the boundary: what part of it that is. */
static const char *far_part(double share) {
    return share < 0.18   ? tr("the farthest tenth")
           : share < 0.29 ? tr("the farthest quarter")
           : share < 0.42 ? tr("the farthest third")
           : share < 0.58 ? tr("the far half")
           : share < 0.71 ? tr("all but the nearest third")
           : share < 0.82 ? tr("all but the nearest quarter")
                          : tr("all but the nearest tenth");
}

/* The same where that is not so: the model does not know most of the class. */
static const char *plain_part(double share) {
    return share < 0.18   ? tr("about a tenth")
           : share < 0.29 ? tr("about a quarter")
           : share < 0.42 ? tr("about a third")
           : share < 0.58 ? tr("about half")
           : share < 0.71 ? tr("about two thirds")
           : share < 0.82 ? tr("about three quarters")
                          : trc("part of a class", "most");
}

static bool few_classes(const Dataset *data) {
    int named = 0;
    for (int k = 0; k < data->classes; k++)
        named += data->class_count[k] > 0;
    return named <= MOST_NAMED;
}

/* Columns that a text takes; a letter of East Asia has two. */
static int columns_of(const char *text) {
    int columns = 0;
    for (size_t bytes; *text; text += bytes)
        columns += utf8_letter(text, UTF8_LONGEST, &bytes) >= 0x1100 ? 2 : 1;
    return columns;
}

static bool names_fit(const NarrationFacts *f) {
    const Dataset *data = f->snapshot->data;
    char name[32];
    for (int k = 0; k < data->classes; k++)
        if (columns_of(dataset_class_name(data, k, name)) > NAME_FITS)
            return false;
    return few_classes(data);
}

typedef struct ClassPart {
    const char *name, *part; /* "class 0", "the far half" */
} ClassPart;

/* Classes of which all, a part, or hardly anything is easy. */
typedef struct ClassShares {
    int in, part, out;
    ClassPart parts[MAX_CLASSES];
    char in_names[64 * MAX_CLASSES], out_names[64 * MAX_CLASSES];
    char number[MAX_CLASSES][32];
} ClassShares;

static void add_name(char *names, size_t size, const char *name) {
    char before[64 * MAX_CLASSES];
    snprintf(before, sizeof before, "%s", names);
    if (before[0]) /* TRANSLATORS: names of classes */
        snprintf(names, size, trc("classes", "%s and %s"), before, name);
    else
        snprintf(names, size, "%s", name);
}

static void find_shares(const NarrationFacts *f, ClassShares *s) {
    const Dataset *data = f->snapshot->data;
    for (int k = 0; k < data->classes; k++) {
        double share = class_share(f, &f->easy, k);
        const char *name = dataset_class_name(data, k, s->number[k]);
        if (isnan(share))
            continue;
        /* a loss below ln 2 is a right answer, and the smallest of those lie farthest inside the class's region */
        bool knows = f->right[k] > 0.5 || f->threshold < log(2.0);
        if (share >= NARRATION_ALL_OF) {
            add_name(s->in_names, sizeof s->in_names, name);
            s->in++;
        } else if (share > NARRATION_HARDLY) {
            s->parts[s->part++] = (ClassPart){name, knows ? far_part(share) : plain_part(share)};
        } else {
            add_name(s->out_names, sizeof s->out_names, name);
            s->out++;
        }
    }
}

/* How many classes are in, where there are many or their names are long. */
static void count_classes(int in, int part, int all, char text[NARRATION_PLACE]) {
    if (part == all)
        snprintf(text, NARRATION_PLACE, tr("All %d classes are in, each in part"), all);
    else if (part == 0)
        snprintf(text, NARRATION_PLACE, trn("%d of %d classes is in", "%d of %d classes are in", (size_t)in), in, all);
    else
        snprintf(text, NARRATION_PLACE,
                 trn("%d of %d classes is in, %d in part", "%d of %d classes are in, %d in part", (size_t)in), in, all,
                 part);
}

__attribute__((format(printf, 2, 3))) static void add_clause(char text[NARRATION_PLACE], const char *clause, ...) {
    char one[NARRATION_PLACE], before[NARRATION_PLACE];
    va_list words;
    va_start(words, clause);
    vsnprintf(one, sizeof one, clause, words);
    va_end(words);
    snprintf(before, sizeof before, "%s", text);
    one[utf8_whole(one, 126)] = before[utf8_whole(before, 126)] = '\0';
    if (before[0]) /* TRANSLATORS: two clauses of a sentence, each about a class */
        snprintf(text, NARRATION_PLACE, trc("clauses", "%.126s; %.126s"), before, one);
    else
        snprintf(text, NARRATION_PLACE, "%s", one);
}

/* "All of class 0 is in; of class 1 the far half; hardly any of class 2": each of the three may begin the sentence. */
static void name_classes(const ClassShares *s, char text[NARRATION_PLACE]) {
    if (s->in > 0)
        add_clause(text, trn("All of %s is in", "All of %s are in", (size_t)s->in), s->in_names);
    for (int i = 0; i < s->part; i++)
        if (text[0]) /* TRANSLATORS: a class, and what part of it is in */
            add_clause(text, trc("later clause", "of %s %s"), s->parts[i].name, s->parts[i].part);
        else
            add_clause(text, tr("Of %s %s"), s->parts[i].name, s->parts[i].part);
    if (s->out > 0 && text[0])
        add_clause(text, trc("later clause", "hardly any of %s"), s->out_names);
    else if (s->out > 0)
        add_clause(text, tr("Hardly any of %s"), s->out_names);
}

/* "All of class 1 is in; of class 0 the far half". */
static void say_classes(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    ClassShares s = {0};
    find_shares(f, &s);
    int all = s.in + s.part + s.out;
    if (s.in == all)
        snprintf(text, NARRATION_PLACE, "%s", all == 2 ? tr("Both classes are in") : tr("All classes are in"));
    else if (!names_fit(f) || s.part > MOST_PARTS)
        count_classes(s.in, s.part, all, text);
    else
        name_classes(&s, text);
}

/* What the boundary did, as the beginning of a sentence or the end of one. */
static void say_boundary(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    char name[CLASS_SHORT_BYTES];
    switch (f->boundary) {
    case BOUNDARY_MOVED:
        snprintf(text, NARRATION_PLACE, tr("the boundary moved towards %s"),
                 dataset_class_short(f->snapshot->data, f->towards, name));
        break;
    case BOUNDARY_TURNED:
        snprintf(text, NARRATION_PLACE, "%s", tr("the boundary turned"));
        break;
    case BOUNDARY_STILL:
        snprintf(text, NARRATION_PLACE, "%s", tr("the boundary stood still"));
        break;
    case BOUNDARY_UNKNOWN:
        snprintf(text, NARRATION_PLACE, "%s", tr("the boundary is where the model began"));
        break;
    }
}

static void say_accuracy_change(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    char now[NARRATION_PLACE], then[NARRATION_PLACE];
    say_percent(f->accuracy, now);
    say_percent(f->accuracy_before, then);
    if (!f->before || strcmp(now, then) == 0)
        snprintf(text, NARRATION_PLACE, tr("accuracy is %.64s"), now);
    else if (f->accuracy > f->accuracy_before)
        snprintf(text, NARRATION_PLACE, tr("accuracy rose from %.64s to %.64s"), then, now);
    else
        snprintf(text, NARRATION_PLACE, tr("accuracy fell from %.64s to %.64s"), then, now);
}

/* Why a class waits; by its name where the sentence has only counted the classes so far. */
static void say_why(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    const Dataset *data = f->snapshot->data;
    int k = f->lead, other = f->taken_for[k];
    char of[CLASS_SHORT_BYTES], as[CLASS_SHORT_BYTES];
    bool named = !few_classes(data), untrained = f->epoch == 1;
    const char *name = dataset_class_short(data, k, of);
    const char *taken = f->right[k] < 0.5 && other >= 0 ? dataset_class_short(data, other, as) : NULL;
    if (!taken && named)
        snprintf(text, NARRATION_PLACE, tr("the loss of %s is still above λ"), name);
    else if (!taken) /* TRANSLATORS: it: a class that has just been named */
        snprintf(text, NARRATION_PLACE, "%s", tr("its loss is still above λ"));
    else if (named)
        snprintf(text, NARRATION_PLACE,
                 untrained ? tr("the untrained model takes %s for %s") : tr("the model takes %s for %s"), name, taken);
    else
        snprintf(text, NARRATION_PLACE,
                 untrained ? tr("the untrained model takes it for %s") : tr("the model takes it for %s"), taken);
}

/* Where the hard points of the class with the smallest share lie; "its", if it alone is not yet all in. */
static void say_place(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    int waiting = 0;
    for (int k = 0; k < f->snapshot->data->classes; k++)
        waiting += class_share(f, &f->easy, k) < NARRATION_ALL_OF;
    bool its = waiting == 1;
    const char *words = tr("the loss of the others is still above λ");
    if (f->lead_place == PLACE_NEAR)
        words =
            its ? tr("near the boundary its loss is still above λ") : tr("near the boundary the loss is still above λ");
    else if (f->lead_place == PLACE_FAR)
        words = its ? tr("far off, among another class, its loss is above λ")
                    : tr("far off, among another class, the loss is above λ");
    snprintf(text, NARRATION_PLACE, "%s", words);
}

static void say_count(size_t count, char text[NARRATION_PLACE]) {
    char figure[32];
    format_count(count, figure);
    snprintf(text, NARRATION_PLACE, "%s", figure);
}

static void say_epochs(unsigned epochs, char text[NARRATION_PLACE]) {
    snprintf(text, NARRATION_PLACE, trn("%u epoch", "%u epochs", epochs), epochs);
}

static void say_figure(double value, char text[NARRATION_PLACE]) {
    char figure[32];
    format_figure(value, figure);
    snprintf(text, NARRATION_PLACE, "%s", figure);
}

static void say_how_many(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    if (f->easy.all == 0 || all_easy(f)) /* TRANSLATORS: of the points */
        snprintf(text, NARRATION_PLACE, "%s", f->easy.all == 0 ? trc("points", "none") : trc("points", "all"));
    else
        say_share(f->easy.all, f->snapshot->data->count, text);
}

static void say_easy(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_share(f->easy.all, f->snapshot->data->count, text);
}
static void say_easy_first(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    /* xgettext:no-c-format */
    const char *little = trc("beginning of a sentence", "Less than 0.1 %");
    say_share_or(f->easy.all, f->snapshot->data->count, little, text);
}
static void say_easy_now(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_share(f->snapshot->easy_now, f->snapshot->data->count, text);
}
static void say_of_lead(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_share(f->easy.of_class[f->lead], f->snapshot->data->class_count[f->lead], text);
}
static void say_came_share(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_share(f->came, f->snapshot->data->count, text);
}
static void say_weighted(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    if (f->weighted > 1.0) /* SuperLoss */
        format_percentage(100.0 * f->weighted, 0, text);
    else
        say_percent(f->weighted, text);
}
static void say_hard(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_count(hard_points(f), text);
}
static void say_left(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_count(f->left, text);
}
static void say_came(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_count(f->came, text);
}
static void say_lead(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    char name[CLASS_SHORT_BYTES];
    snprintf(text, NARRATION_PLACE, "%s", dataset_class_short(f->snapshot->data, f->lead, name));
}
static void say_accuracy(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_percent(f->accuracy, text);
}
static void say_lambda(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_figure(f->threshold, text);
}
static void say_lambda_before(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_figure(f->threshold_before, text);
}
static void say_next(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_figure(f->next, text);
}
static void say_epoch(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    snprintf(text, NARRATION_PLACE, "%u", f->epoch);
}
static void say_epochs_done(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_epochs(f->epoch, text);
}
static void say_under_way(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    snprintf(text, NARRATION_PLACE, "%u", f->snapshot->epoch + 1);
}
static void say_warmup(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    snprintf(text, NARRATION_PLACE, "%d", f->snapshot->settings->warmup);
}
static void say_warmup_epochs(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    say_epochs((unsigned)f->snapshot->settings->warmup, text);
}
static void say_batch(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    snprintf(text, NARRATION_PLACE, trc("count", "%zu of %zu"), f->snapshot->batch, f->snapshot->batches);
}
static void say_same_for(const NarrationFacts *f, char text[NARRATION_PLACE]) {
    snprintf(text, NARRATION_PLACE, "%u", f->same_for);
}

bool narration_place(const NarrationFacts *f, const char *name, char text[NARRATION_PLACE]) {
    static const struct {
        const char *name;
        void (*say)(const NarrationFacts *, char text[NARRATION_PLACE]);
    } places[] = {
        {"Easy", say_easy_first},
        {"accuracy", say_accuracy},
        {"accuracy-change", say_accuracy_change},
        {"batch", say_batch},
        {"boundary", say_boundary},
        {"came", say_came},
        {"came-share", say_came_share},
        {"clean-loss", narration_say_clean_loss},
        {"classes", say_classes},
        {"easy", say_easy},
        {"easy-now", say_easy_now},
        {"epoch", say_epoch},
        {"epochs", say_epochs_done},
        {"hard", say_hard},
        {"how-many", say_how_many},
        {"lambda", say_lambda},
        {"lambda-before", say_lambda_before},
        {"lambdas", narration_say_lambdas},
        {"lead", say_lead},
        {"left", say_left},
        {"next", say_next},
        {"of-lead", say_of_lead},
        {"place", say_place},
        {"same-for", say_same_for},
        {"sunk", narration_say_sunk},
        {"under-way", say_under_way},
        {"warmup", say_warmup},
        {"warmup-epochs", say_warmup_epochs},
        {"weighted", say_weighted},
        {"why", say_why},
    };
    text[0] = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(name, places[i].name) == 0) {
            places[i].say(f, text);
            return true;
        }
    return false;
}
