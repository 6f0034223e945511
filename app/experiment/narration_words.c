#include "app/base/format.h"
#include "app/experiment/narration_private.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Classes that a sentence names, those of them that are in part, and bytes of a name. */
enum { MOST_NAMED = 3, MOST_PARTS = 2, NAME_FITS = 16 };

/* ---- shares and names in words ---- */

/* "75 %"; with a decimal near the ends, so that it is 0 or 100 only if it is so. */
static void say_share(size_t part, size_t whole, char text[160]) {
    double percent = whole > 0 ? 100.0 * (double)part / (double)whole : 0.0;
    if (part == 0 || part == whole)
        snprintf(text, 160, "%.0f %%", percent);
    else if (percent < 0.05)
        snprintf(text, 160, "less than 0.1 %%");
    else if (percent < 1.0 || percent > 99.0)
        snprintf(text, 160, "%.1f %%", fmin(percent, 99.9));
    else
        snprintf(text, 160, "%.0f %%", percent);
}

static void say_percent(double share, char text[160]) {
    if (isnan(share))
        snprintf(text, 160, "not known");
    else
        snprintf(text, 160, share > 0.99 && share < 1.0 ? "%.1f %%" : "%.0f %%",
                 fmin(100.0 * share, share < 1.0 ? 99.9 : 100.0));
}

/* The easy ones of a class are those far from the boundary: what part of it that is. */
static const char *far_part(double share) {
    return share < 0.18   ? "the farthest tenth"
           : share < 0.29 ? "the farthest quarter"
           : share < 0.42 ? "the farthest third"
           : share < 0.58 ? "the far half"
           : share < 0.71 ? "all but the nearest third"
           : share < 0.82 ? "all but the nearest quarter"
                          : "all but the nearest tenth";
}

/* The same where that is not so: the model does not know most of the class. */
static const char *plain_part(double share) {
    return share < 0.18   ? "about a tenth"
           : share < 0.29 ? "about a quarter"
           : share < 0.42 ? "about a third"
           : share < 0.58 ? "about half"
           : share < 0.71 ? "about two thirds"
           : share < 0.82 ? "about three quarters"
                          : "most";
}

static bool few_classes(const Dataset *data) {
    int named = 0;
    for (int k = 0; k < data->classes; k++)
        named += data->class_count[k] > 0;
    return named <= MOST_NAMED;
}

static bool names_fit(const NarrationFacts *f) {
    const Dataset *data = f->snapshot->data;
    char name[32];
    for (int k = 0; k < data->classes; k++)
        if (strlen(dataset_class_name(data, k, name)) > NAME_FITS)
            return false;
    return few_classes(data);
}

/* Classes of which all, a part, or hardly anything is easy: how many, and their names in a row. */
typedef struct ClassList {
    int count;
    char names[48 * MAX_CLASSES];
} ClassList;

static void list_class(ClassList *list, const char *between, const char *name, const char *part) {
    size_t used = strlen(list->names);
    snprintf(list->names + used, sizeof list->names - used, "%s%s%s%s", used ? between : "", part ? "of " : "", name,
             part ? part : "");
    list->count++;
}

/* How many classes are in, where there are many or their names are long. */
static void count_classes(int in, int part, int all, char text[160]) {
    if (part == all)
        snprintf(text, 160, "All %d classes are in, each in part", all);
    else if (part == 0)
        snprintf(text, 160, "%d of %d classes %s in", in, all, in == 1 ? "is" : "are");
    else
        snprintf(text, 160, "%d of %d classes %s in, %d in part", in, all, in == 1 ? "is" : "are", part);
}

static void join_classes(const ClassList *in, const ClassList *part, const ClassList *out, char text[160]) {
    char all_of[64] = "", hardly[64] = "";
    if (in->count > 0)
        snprintf(all_of, sizeof all_of, "all of %.40s %s in%s", in->names, in->count > 1 ? "are" : "is",
                 part->count + out->count > 0 ? "; " : "");
    if (out->count > 0)
        snprintf(hardly, sizeof hardly, "%shardly any of %.40s", part->count > 0 ? "; " : "", out->names);
    char joined[240];
    snprintf(joined, sizeof joined, "%.60s%.100s%.60s", all_of, part->names, hardly);
    snprintf(text, 160, "%.159s", joined);
}

/* "All of class 1 is in; of class 0 the far half". */
static void say_classes(const NarrationFacts *f, char text[160]) {
    const Dataset *data = f->snapshot->data;
    ClassList in = {0}, part = {0}, out = {0};
    for (int k = 0; k < data->classes; k++) {
        double share = class_share(f, &f->easy, k);
        char numbered[32], how[48];
        const char *name = dataset_class_name(data, k, numbered);
        if (isnan(share))
            continue;
        /* a loss below ln 2 is a right answer, and the smallest of those lie farthest inside the class's region */
        bool knows = f->right[k] > 0.5 || f->threshold < log(2.0);
        snprintf(how, sizeof how, " %s", knows ? far_part(share) : plain_part(share));
        if (share >= NARRATION_ALL_OF)
            list_class(&in, " and ", name, NULL);
        else if (share > NARRATION_HARDLY)
            list_class(&part, "; ", name, how);
        else
            list_class(&out, " and ", name, NULL);
    }
    int all = in.count + part.count + out.count;
    if (in.count == all)
        snprintf(text, 160, all == 2 ? "Both classes are in" : "All classes are in");
    else if (!names_fit(f) || part.count > MOST_PARTS)
        count_classes(in.count, part.count, all, text);
    else
        join_classes(&in, &part, &out, text);
    text[0] = (char)toupper((unsigned char)text[0]);
}

/* What the boundary did, as the beginning of a sentence or the end of one. */
static void say_boundary(const NarrationFacts *f, char text[160]) {
    char name[CLASS_SHORT_BYTES];
    switch (f->boundary) {
    case BOUNDARY_MOVED:
        snprintf(text, 160, "the boundary moved towards %s", dataset_class_short(f->snapshot->data, f->towards, name));
        break;
    case BOUNDARY_TURNED:
        snprintf(text, 160, "the boundary turned");
        break;
    case BOUNDARY_STILL:
        snprintf(text, 160, "the boundary stood still");
        break;
    case BOUNDARY_UNKNOWN:
        snprintf(text, 160, "the boundary is where the model began");
        break;
    }
}

static void say_accuracy_change(const NarrationFacts *f, char text[160]) {
    char now[160], then[160]; /* "100 %" */
    say_percent(f->accuracy, now);
    say_percent(f->accuracy_before, then);
    if (!f->before || strcmp(now, then) == 0)
        snprintf(text, 160, "accuracy is %.16s", now);
    else
        snprintf(text, 160, "accuracy %s from %.16s to %.16s", f->accuracy > f->accuracy_before ? "rose" : "fell", then,
                 now);
}

/* Why a class waits; by its name where the sentence has only counted the classes so far. */
static void say_why(const NarrationFacts *f, char text[160]) {
    const Dataset *data = f->snapshot->data;
    int k = f->lead, other = f->taken_for[k];
    char name[CLASS_SHORT_BYTES], waits[CLASS_SHORT_BYTES];
    bool mistaken = f->right[k] < 0.5 && other >= 0;
    if (!few_classes(data) && mistaken)
        snprintf(text, 160, "the %smodel takes %s for %s", f->epoch == 1 ? "untrained " : "",
                 dataset_class_short(data, k, waits), dataset_class_short(data, other, name));
    else if (!few_classes(data))
        snprintf(text, 160, "the loss of %s is still above λ", dataset_class_short(data, k, waits));
    else if (mistaken)
        snprintf(text, 160, "the %smodel takes it for %s", f->epoch == 1 ? "untrained " : "",
                 dataset_class_short(data, other, name));
    else
        snprintf(text, 160, "its loss is still above λ");
}

/* Where the hard points of the class with the smallest share lie; "its", if it alone is not yet all in. */
static void say_place(const NarrationFacts *f, char text[160]) {
    int waiting = 0;
    for (int k = 0; k < f->snapshot->data->classes; k++)
        waiting += class_share(f, &f->easy, k) < NARRATION_ALL_OF;
    const char *loss = waiting == 1 ? "its" : "the";
    if (f->lead_place == PLACE_NEAR)
        snprintf(text, 160, "near the boundary %s loss is still above λ", loss);
    else if (f->lead_place == PLACE_FAR)
        snprintf(text, 160, "far off, among another class, %s loss is above λ", loss);
    else
        snprintf(text, 160, "the loss of the others is still above λ");
}

static void say_count(size_t count, char text[160]) {
    char figure[32];
    format_count(count, figure);
    snprintf(text, 160, "%s", figure);
}

/* "1 point is", "20 points are". */
static void say_points_are(size_t count, char text[160]) {
    char figure[32];
    format_count(count, figure);
    snprintf(text, 160, "%s %s", figure, count == 1 ? "point is" : "points are");
}

static void say_epochs(unsigned epochs, char text[160]) {
    snprintf(text, 160, "%u epoch%s", epochs, epochs == 1 ? "" : "s");
}

static void say_figure(double value, char text[160]) {
    char figure[32];
    format_figure(value, figure);
    snprintf(text, 160, "%s", figure);
}

static void say_how_many(const NarrationFacts *f, char text[160]) {
    char share[160];
    say_share(f->easy.all, f->snapshot->data->count, share);
    if (f->easy.all == 0 || all_easy(f))
        snprintf(text, 160, "%s", f->easy.all == 0 ? "none" : "all");
    else
        snprintf(text, 160, "%.32s", share);
}

static void say_came_too(const NarrationFacts *f, char text[160]) {
    char figure[32];
    format_count(f->came, figure);
    text[0] = '\0';
    if (f->came > 0)
        snprintf(text, 160, ", and %s came in", figure);
}

static void say_easy(const NarrationFacts *f, char text[160]) {
    say_share(f->easy.all, f->snapshot->data->count, text);
}
static void say_easy_now(const NarrationFacts *f, char text[160]) {
    say_share(f->snapshot->easy_now, f->snapshot->data->count, text);
}
static void say_of_lead(const NarrationFacts *f, char text[160]) {
    say_share(f->easy.of_class[f->lead], f->snapshot->data->class_count[f->lead], text);
}
static void say_came_share(const NarrationFacts *f, char text[160]) {
    say_share(f->came, f->snapshot->data->count, text);
}
static void say_weighted(const NarrationFacts *f, char text[160]) {
    if (f->weighted > 1.0) /* SuperLoss */
        snprintf(text, 160, "%.0f %%", 100.0 * f->weighted);
    else
        say_percent(f->weighted, text);
}
static void say_hard(const NarrationFacts *f, char text[160]) {
    say_count(hard_points(f), text);
}
static void say_hard_points(const NarrationFacts *f, char text[160]) {
    say_points_are(hard_points(f), text);
}
static void say_left(const NarrationFacts *f, char text[160]) {
    say_count(f->left, text);
}
static void say_left_points(const NarrationFacts *f, char text[160]) {
    say_points_are(f->left, text);
}
static void say_lead(const NarrationFacts *f, char text[160]) {
    char name[CLASS_SHORT_BYTES];
    snprintf(text, 160, "%s", dataset_class_short(f->snapshot->data, f->lead, name));
}
static void say_accuracy(const NarrationFacts *f, char text[160]) {
    say_percent(f->accuracy, text);
}
static void say_lambda(const NarrationFacts *f, char text[160]) {
    say_figure(f->threshold, text);
}
static void say_lambda_before(const NarrationFacts *f, char text[160]) {
    say_figure(f->threshold_before, text);
}
static void say_next(const NarrationFacts *f, char text[160]) {
    say_figure(f->next, text);
}
static void say_epoch(const NarrationFacts *f, char text[160]) {
    snprintf(text, 160, "%u", f->epoch);
}
static void say_epochs_done(const NarrationFacts *f, char text[160]) {
    say_epochs(f->epoch, text);
}
static void say_under_way(const NarrationFacts *f, char text[160]) {
    snprintf(text, 160, "%u", f->snapshot->epoch + 1);
}
static void say_warmup(const NarrationFacts *f, char text[160]) {
    snprintf(text, 160, "%d", f->snapshot->settings->warmup);
}
static void say_warmup_epochs(const NarrationFacts *f, char text[160]) {
    say_epochs((unsigned)f->snapshot->settings->warmup, text);
}
static void say_batch(const NarrationFacts *f, char text[160]) {
    snprintf(text, 160, "%zu of %zu", f->snapshot->batch, f->snapshot->batches);
}
static void say_same_for(const NarrationFacts *f, char text[160]) {
    snprintf(text, 160, "%u", f->same_for);
}

bool narration_place(const NarrationFacts *f, const char *name, char text[160]) {
    static const struct {
        const char *name;
        void (*say)(const NarrationFacts *, char text[160]);
    } places[] = {
        {"accuracy", say_accuracy},
        {"accuracy-change", say_accuracy_change},
        {"and-came", say_came_too},
        {"batch", say_batch},
        {"boundary", say_boundary},
        {"came-share", say_came_share},
        {"clean-loss", narration_say_clean_loss},
        {"classes", say_classes},
        {"easy", say_easy},
        {"easy-now", say_easy_now},
        {"epoch", say_epoch},
        {"epochs", say_epochs_done},
        {"hard", say_hard},
        {"hard-points", say_hard_points},
        {"how-many", say_how_many},
        {"lambda", say_lambda},
        {"lambda-before", say_lambda_before},
        {"lambdas", narration_say_lambdas},
        {"lead", say_lead},
        {"left", say_left},
        {"left-points", say_left_points},
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
