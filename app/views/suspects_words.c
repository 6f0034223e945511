#include "app/views/suspects_words.h"

#include "app/base/format.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WORDS = 512 };

__attribute__((format(printf, 2, 3))) static void add(char words[WORDS], const char *format, ...) {
    size_t length = strlen(words);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words + length, WORDS - length, format, arguments);
    va_end(arguments);
}

static void say_late(float admitted, float late, char words[WORDS]) {
    if (isinf(admitted))
        add(words, ", never let in");
    else if (!isnan(late))
        add(words, ", hard in %.0f\u00a0%% of the epochs", 100.0 * (double)late);
}

void suspects_say_row(const SuspectRow *row, const Snapshot *s, bool truth, char words[WORDS]) {
    char number[32], figure[32], class[CLASS_SHORT_BYTES];
    words[0] = '\0';
    format_count(row->number, number);
    add(words, "Row %s%s", number, !truth ? "" : row->wrong ? ", the label is wrong" : ", the label is right");
    if (!isnan(row->value[BAR_LOSS])) {
        format_figure((double)row->value[BAR_LOSS], figure);
        add(words, ": loss %s", figure);
    }
    if (!isnan(row->value[BAR_MARGIN])) {
        format_figure(fabs((double)row->value[BAR_MARGIN]), figure);
        add(words, ", margin %s%s", row->value[BAR_MARGIN] < 0.0f ? "\u2212" : "", figure);
    }
    say_late(row->value[BAR_LATE], row->bar[BAR_LATE], words);
    if (!isnan(row->value[BAR_NEAR]))
        add(words, "; %.0f of 10 neighbours labelled otherwise", 10.0 * (double)row->value[BAR_NEAR]);
    if (!isnan(row->value[BAR_HELD_OUT]))
        add(words, "; without it, models give %s %.0f\u00a0%%", dataset_class_short(s->data, row->given, class),
            100.0 * (double)row->value[BAR_HELD_OUT]);
    add(words, ".");
}

void suspects_say_term(const char *head, char words[WORDS]) {
    static const char *const TERMS[][2] = {
        {"loss", "Loss: 1 \u2212 p of the label, now. Points that the model cannot fit are often mislabelled."},
        {"margin",
         "Margin (aum): how far the label's score lies above the others, on average over the epochs. Past the "
         "tick: below them (Pleiss 2020)."},
        {"late", "Late: the share of the epochs in which the point was hard. Full: never let in."},
        {"near", "Near (knn): the share of the 10 nearest points that have another label."},
        {"held-out",
         "Held out: 1 \u2212 p of the label by models that have not seen the point, in five parts (Northcutt "
         "2021)."},
    };
    words[0] = '\0';
    for (size_t i = 0; i < sizeof TERMS / sizeof *TERMS; i++)
        if (strcmp(head, TERMS[i][0]) == 0)
            add(words, "%s", TERMS[i][1]);
}

void suspects_say_state(const Snapshot *s, char words[WORDS]) {
    const LabelLook *look = s->labels;
    words[0] = '\0';
    if (!look)
        return;
    add(words, "As of epoch %u", look->epochs);
    if (s->looking_back)
        add(words, ", not the one that is looked at");
    if (look->missed > 0)
        add(words, "; %u of its epochs are no longer known", look->missed);
    if (look->held_out_progress < 1.0)
        add(words, ". Models that have not seen each point are being trained: %.0f\u00a0%%",
            100.0 * look->held_out_progress);
    add(words, ". Keys on a row: K keeps, F flips, Delete removes, Enter pins.");
}

/* ---- the line ---- */

void suspects_say_share(const SuspectsTruth *t, char text[64]) {
    char found[32], wrong[32];
    format_count(t->found, found);
    format_count(t->wrong, wrong);
    if (t->wrong == 0)
        snprintf(text, 64, "None known to be wrong");
    else
        snprintf(text, 64, "%.26s of %.26s found", found, wrong);
}

static void say_found(const SuspectsTruth *t, LineWords *words) {
    char found[32], wrong[32], missed[32], share[64];
    format_count(t->found, found);
    format_count(t->wrong, wrong);
    format_count(t->wrong - t->found, missed);
    if (t->wrong == 0)
        snprintf(words->reason, sizeof words->reason, "None is known to be wrong.");
    else if (t->wrong == 1)
        snprintf(words->reason, sizeof words->reason, "The one that is known to be wrong is %samong them.",
                 t->found == 1 ? "" : "not ");
    else if (t->found == t->wrong)
        snprintf(words->reason, sizeof words->reason, "All %s that are known to be wrong are among them.", wrong);
    else
        snprintf(words->reason, sizeof words->reason,
                 "Of the %s that are known to be wrong, %s %s among them; %s %s missed.", wrong, found,
                 t->found == 1 ? "is" : "are", missed, t->wrong - t->found == 1 ? "is" : "are");
    suspects_say_share(t, share);
    snprintf(words->brief, sizeof words->brief, "%s.", share);
}

static void say_why(const SuspectRows *r, LineWords *words) {
    const char *least = r->at_least == LABEL_BARS ? "all" : "at least";
    if (r->by != MEASURE_AGREEMENT)
        snprintf(words->reason, sizeof words->reason, "These come first: as many as %s %d of %d measures agree on.",
                 least, r->at_least, LABEL_BARS);
    else if (r->at_least == LABEL_BARS)
        snprintf(words->reason, sizeof words->reason, "All %d measures say so of each.", LABEL_BARS);
    else
        snprintf(words->reason, sizeof words->reason, "At least %d of %d measures %s so of each.", r->at_least,
                 LABEL_BARS, r->at_least == 1 ? "says" : "say");
}

void suspects_say_line(const SuspectRows *r, const Snapshot *s, bool truth, LineWords *words) {
    char count[32], by[64] = "";
    memset(words, 0, sizeof *words); /* compared as bytes */
    if (r->look_version == 0 || r->run_version != s->run_version)
        return;
    snprintf(words->badge, sizeof words->badge, "Suspects");
    if (r->asked == 0) {
        snprintf(words->fact, sizeof words->fact, "No label looks wrong.");
        if (r->at_least == 1)
            snprintf(words->reason, sizeof words->reason, "None of the %d measures doubts any.", LABEL_BARS);
        else
            snprintf(words->reason, sizeof words->reason, "No label is doubted by %s%d measures.",
                     r->at_least == LABEL_BARS ? "all " : "as many as ", r->at_least);
        return;
    }
    format_count(r->asked, count);
    if (r->by != MEASURE_AGREEMENT)
        snprintf(by, sizeof by, " by %s", MEASURES[r->by].name);
    snprintf(words->fact, sizeof words->fact, "%s label%s wrong%s.", count, r->asked == 1 ? " looks" : "s look", by);
    if (truth && r->truth.known)
        say_found(&r->truth, words);
    else
        say_why(r, words);
}
