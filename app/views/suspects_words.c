#include "app/views/suspects_words.h"

#include "app/base/format.h"
#include "app/base/language.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WORDS = SUSPECTS_WORDS };

__attribute__((format(printf, 2, 3))) static void add(char words[WORDS], const char *format, ...) {
    size_t length = strlen(words);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words + length, WORDS - length, format, arguments);
    va_end(arguments);
}

void suspects_say_row(const SuspectRow *row, const Snapshot *s, bool truth, char words[WORDS]) {
    char number[32], figure[32], class[CLASS_SHORT_BYTES];
    words[0] = '\0';
    format_count(row->number, number);
    add(words,
        !truth       ? tr("Row %s")
        : row->wrong ? tr("Row %s, the label is wrong")
                     : tr("Row %s, the label is right"),
        number);
    if (!isnan(row->value[BAR_LOSS])) { /* TRANSLATORS: what follows is added to "Row 12", piece by piece */
        format_figure((double)row->value[BAR_LOSS], figure);
        add(words, tr(": loss %s"), figure);
    }
    if (!isnan(row->value[BAR_MARGIN])) {
        bool minus = row->value[BAR_MARGIN] < 0.0f;
        format_figure(fabs((double)row->value[BAR_MARGIN]), figure);
        add(words, minus ? tr(", margin −%s") : tr(", margin %s"), figure);
    }
    if (isinf(row->value[BAR_LATE]))
        add(words, "%s", tr(", never let in"));
    else if (!isnan(row->bar[BAR_LATE])) {
        format_percentage_whole(100.0 * (double)row->bar[BAR_LATE], figure);
        add(words, tr(", hard in %s of the epochs"), figure);
    }
    if (!isnan(row->value[BAR_NEAR]))
        add(words, tr("; %.0f of 10 neighbours labelled otherwise"), 10.0 * (double)row->value[BAR_NEAR]);
    if (!isnan(row->value[BAR_HELD_OUT])) {
        format_percentage_whole(100.0 * (double)row->value[BAR_HELD_OUT], figure);
        add(words, tr("; without it, models give %s %s"), dataset_class_short(s->data, row->given, class), figure);
    }
    add(words, "%s", trc("end of a sentence", "."));
}

void suspects_say_term(const char *head, char words[WORDS]) {
    static const char *const TERMS[][2] = {
        {"loss", N_("Loss: 1 − p of the label, now. Points that the model cannot fit are often mislabelled.")},
        {"margin",
         N_("Margin (aum): how far the label's score lies above the others, on average over the epochs. Past the "
            "tick: below them (Pleiss 2020).")},
        {"late", N_("Late: the share of the epochs in which the point was hard. Full: never let in.")},
        {"near", N_("Near (knn): the share of the 10 nearest points that have another label.")},
        {"held-out", N_("Held out: 1 − p of the label by models that have not seen the point, in five parts (Northcutt "
                        "2021).")},
    };
    words[0] = '\0';
    for (size_t i = 0; i < sizeof TERMS / sizeof *TERMS; i++)
        if (strcmp(head, TERMS[i][0]) == 0)
            add(words, "%s", tr(TERMS[i][1]));
}

void suspects_say_state(const Snapshot *s, char words[WORDS]) {
    const LabelLook *look = s->labels;
    words[0] = '\0';
    if (!look)
        return;
    char share[32];
    add(words, s->looking_back ? tr("As of epoch %u, not the one that is looked at") : tr("As of epoch %u"),
        look->epochs);
    if (look->missed > 0)
        add(words, tr("; %u of its epochs are no longer known"), look->missed);
    if (look->held_out_progress < 1.0) {
        format_percentage_whole(100.0 * look->held_out_progress, share);
        add(words, tr(". Models that have not seen each point are being trained: %s"), share);
    }
    add(words, "%s", tr(". Keys on a row: K keeps, F flips, Delete removes, Enter pins."));
}

/* ---- the line ---- */

void suspects_say_share(const SuspectsTruth *t, char text[96]) {
    char found[32], wrong[32];
    format_count(t->found, found);
    format_count(t->wrong, wrong);
    if (t->wrong == 0)
        snprintf(text, 96, "%s", tr("None known to be wrong"));
    else
        snprintf(text, 96, tr("%s of %s found"), found, wrong);
}

static void say_missed(const SuspectsTruth *t, const char *wrong, const char *found, const char *missed,
                       LineWords *words) {
    bool one = t->found == 1, one_missed = t->wrong - t->found == 1;
    snprintf(words->reason, sizeof words->reason,
             one && one_missed ? tr("Of the %s that are known to be wrong, %s is among them; %s is missed.")
             : one             ? tr("Of the %s that are known to be wrong, %s is among them; %s are missed.")
             : one_missed      ? tr("Of the %s that are known to be wrong, %s are among them; %s is missed.")
                               : tr("Of the %s that are known to be wrong, %s are among them; %s are missed."),
             wrong, found, missed);
}

static void say_found(const SuspectsTruth *t, LineWords *words) {
    char found[32], wrong[32], missed[32], share[96];
    format_count(t->found, found);
    format_count(t->wrong, wrong);
    format_count(t->wrong - t->found, missed);
    if (t->wrong == 0)
        snprintf(words->reason, sizeof words->reason, tr("None is known to be wrong."));
    else if (t->wrong == 1)
        snprintf(words->reason, sizeof words->reason, "%s",
                 t->found == 1 ? tr("The one that is known to be wrong is among them.")
                               : tr("The one that is known to be wrong is not among them."));
    else if (t->found == t->wrong)
        snprintf(words->reason, sizeof words->reason, tr("All %s that are known to be wrong are among them."), wrong);
    else
        say_missed(t, wrong, found, missed, words);
    suspects_say_share(t, share);
    snprintf(words->brief, sizeof words->brief, "%s.", share);
}

static void say_why(const SuspectRows *r, LineWords *words) {
    bool all = r->at_least == LABEL_BARS;
    if (r->by != MEASURE_AGREEMENT)
        snprintf(words->reason, sizeof words->reason,
                 all ? tr("These come first: as many as all %d of %d measures agree on.")
                     : tr("These come first: as many as at least %d of %d measures agree on."),
                 r->at_least, LABEL_BARS);
    else if (all)
        snprintf(words->reason, sizeof words->reason, tr("All %d measures say so of each."), LABEL_BARS);
    else
        snprintf(words->reason, sizeof words->reason,
                 trn("At least %d of %d measures says so of each.", "At least %d of %d measures say so of each.",
                     (size_t)r->at_least),
                 r->at_least, LABEL_BARS);
}

void suspects_say_line(const SuspectRows *r, const Snapshot *s, bool truth, LineWords *words) {
    char count[32];
    memset(words, 0, sizeof *words); /* compared as bytes */
    if (r->look_version == 0 || r->run_version != s->run_version)
        return;
    snprintf(words->badge, sizeof words->badge, tr("Suspects"));
    if (r->asked == 0) {
        snprintf(words->fact, sizeof words->fact, tr("No label looks wrong."));
        if (r->at_least == 1)
            snprintf(words->reason, sizeof words->reason, tr("None of the %d measures doubts any."), LABEL_BARS);
        else
            snprintf(words->reason, sizeof words->reason,
                     r->at_least == LABEL_BARS ? tr("No label is doubted by all %d measures.")
                                               : tr("No label is doubted by as many as %d measures."),
                     r->at_least);
        return;
    }
    format_count(r->asked, count);
    if (r->by == MEASURE_AGREEMENT)
        snprintf(words->fact, sizeof words->fact, trn("%s label looks wrong.", "%s labels look wrong.", r->asked),
                 count);
    else /* TRANSLATORS: by a measure */
        snprintf(words->fact, sizeof words->fact,
                 trn("%s label looks wrong by %s.", "%s labels look wrong by %s.", r->asked), count,
                 tr(MEASURES[r->by].name));
    if (truth && r->truth.known)
        say_found(&r->truth, words);
    else
        say_why(r, words);
}
