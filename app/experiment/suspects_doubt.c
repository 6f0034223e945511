#include "app/experiment/suspects_doubt.h"

#include "app/base/format.h"

#include "app/base/language.h"

#include <stdarg.h>
#include <stdio.h>

__attribute__((format(printf, 2, 3))) static bool say(char text[SUSPECTS_DOUBT], const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, SUSPECTS_DOUBT, format, arguments);
    va_end(arguments);
    return true;
}

/* Nobody has learned anything, or not who is asked. */
static bool doubt_others(const LabelScores *s, Measure by, char text[SUSPECTS_DOUBT]) {
    if (by == MEASURE_KNN && !s->learned[JUDGE_KNN])
        return say(text,
                   tr("a point's neighbours tell its class no better than a guess (%.3f; always the commonest class: "
                      "%.3f), so knn says nothing; try --standardize on, or other columns"),
                   s->accuracy[JUDGE_KNN], s->guess);
    if (by == MEASURE_HELD_OUT && !s->learned[JUDGE_HELD_OUT])
        return say(text,
                   tr("models that have not seen a point tell its class no better than a guess (%.3f; always the "
                      "commonest class: %.3f), so held-out says nothing; try --hidden 16,16, or other columns"),
                   s->accuracy[JUDGE_HELD_OUT], s->guess);
    return false;
}

/* Who judges in place of the run, for the agreement. */
static const char *instead(const LabelScores *s) {
    bool knn = s->counts[JUDGE_KNN], held_out = s->counts[JUDGE_HELD_OUT], plain = s->counts[JUDGE_PLAIN];
    return plain             ? tr("a plain run of it that has settled")
           : knn && held_out ? tr("knn and held-out")
           : knn             ? "knn"
                             : "held-out";
}

static bool nobody_knows(const LabelScores *s) {
    for (int j = 0; j < JUDGES; j++)
        if (s->counts[j])
            return false;
    return true;
}

/* A run that does not count, for measures of runs and for the agreement. */
static bool doubt_run(const LabelScores *s, Measure by, char text[SUSPECTS_DOUBT]) {
    const char *list = by == MEASURE_AGREEMENT ? instead(s) : tr("a plain run of it that has settled");
    if (!s->learned[JUDGE_RUN] && by != MEASURE_AGREEMENT && !s->plain[by])
        return say(text,
                   tr("the model has not learned the points (accuracy %.3f; always the commonest class: %.3f), so %s "
                      "says nothing; more --epochs, a higher --learning-rate or --standardize on help, or "
                      "--suspects-by agreement"),
                   s->accuracy[JUDGE_RUN], s->guess, MEASURES[by].name);
    if (!s->learned[JUDGE_RUN])
        return say(text,
                   tr("the model has not learned the points (accuracy %.3f; always the commonest class: %.3f), so "
                      "this list goes by %s; more --epochs, a higher --learning-rate or --standardize on help"),
                   s->accuracy[JUDGE_RUN], s->guess, list);
    if (s->behind)
        return say(text,
                   tr("the model knows less than it could (accuracy %.3f; models that have not seen the points: %.3f), "
                      "so this list goes by %s; more --epochs, a higher --learning-rate or --standardize on help"),
                   s->accuracy[JUDGE_RUN], s->accuracy[JUDGE_HELD_OUT], list);
    if (by != MEASURE_AGREEMENT && s->plain[by])
        return say(
            text,
            tr("over its epochs the model knew less than it could (accuracy %.3f on average; models that have not "
               "seen the points: %.3f), so this list goes by %s; more --epochs help"),
            s->average, s->accuracy[JUDGE_HELD_OUT], list);
    return false;
}

static bool doubt_curriculum(const LabelScores *s, Measure by, const Settings *settings, uint32_t epochs, size_t easy,
                             char text[SUSPECTS_DOUBT]) {
    if (settings->order == ORDER_ALL)
        return by == MEASURE_ADMISSION &&
               say(text, tr("with --order all every point is admitted in the first epoch, so "
                            "admission says nothing; try --suspects-by agreement"));
    if (epochs < (uint32_t)settings->warmup)
        return say(text,
                   tr("the run is younger than its warm-up (%u of %d epochs), so it has chosen no point yet; train "
                      "longer: --epochs %d"),
                   epochs, settings->warmup, 2 * settings->warmup);
    bool never_hard = weight_never_zero(settings->regularizer);
    if (settings->order == ORDER_EASY && !never_hard && easy == s->count)
        return say(text, tr("every point is easy by now, those with wrong labels too, and the model learns them; stop "
                            "earlier (--until-hard, --epochs) or keep some out (--cap, --pace share --share-end 0.8)"));
    return false;
}

bool suspects_doubt(const LabelScores *s, Measure by, const Settings *settings, uint32_t epochs, size_t easy,
                    char text[SUSPECTS_DOUBT]) {
    if (doubt_others(s, by, text))
        return true;
    if (by == MEASURE_AGREEMENT && nobody_knows(s))
        return say(text,
                   tr("nothing tells these classes better than a guess (always the commonest class: %.3f; the model "
                      "%.3f, held-out %.3f), so this list says nothing; try --hidden 16,16, or other columns"),
                   s->guess, s->accuracy[JUDGE_RUN], s->accuracy[JUDGE_HELD_OUT]);
    bool of_run = MEASURES[by].of_run || by == MEASURE_AGREEMENT, instead_of_it = s->plain[MEASURE_LOSS] != NULL;
    if (of_run && doubt_run(s, by, text))
        return true;
    bool curriculum = by == MEASURE_ADMISSION || !instead_of_it;
    return of_run && curriculum && doubt_curriculum(s, by, settings, epochs, easy, text);
}

bool suspects_doubt_brief(const LabelScores *s, Measure by, const Settings *settings, uint32_t epochs, size_t easy,
                          char text[SUSPECTS_DOUBT], bool *train_on) {
    char run[32], other[32], line[SUSPECTS_DOUBT];
    format_percentage_whole(100.0 * s->accuracy[JUDGE_RUN], run);
    format_percentage_whole(100.0 * s->accuracy[JUDGE_HELD_OUT], other);
    *train_on = false;
    if (!suspects_doubt(s, by, settings, epochs, easy, line))
        return false;
    if (by == MEASURE_KNN || by == MEASURE_HELD_OUT)
        return say(
            text, "%s",
            by == MEASURE_KNN
                ? tr("A point's neighbourhood tells the classes no better than a guess: this list says nothing.")
                : tr("A model that has not seen a point tells the classes no better than a guess: this list says "
                     "nothing."));
    if (by == MEASURE_AGREEMENT && nobody_knows(s))
        return say(text,
                   tr("Nothing tells these classes better than a guess: this list says nothing. Try hidden layers."));
    *train_on = true;
    bool plain = s->plain[MEASURE_LOSS] && by != MEASURE_ADMISSION;
    if (!s->learned[JUDGE_RUN])
        return say(text,
                   plain ? tr("The model has not learned the points yet (accuracy %s): the list goes by a plain run of "
                              "it.")
                         : tr("The model has not learned the points yet (accuracy %s)."),
                   run);
    if (s->behind)
        return say(text,
                   plain ? tr("The model knows less than it could (%s; without seeing the points %s): the list goes by "
                              "a plain run of it.")
                         : tr("The model knows less than it could (%s; without seeing the points %s)."),
                   run, other);
    if (s->plain[by])
        return say(text, tr("Over its epochs the model knew less than it could: the list goes by a plain run of it."));
    if (epochs < (uint32_t)settings->warmup)
        return say(text, tr("The run is younger than its warm-up: it has chosen no point yet."));
    *train_on = false;
    if (settings->order == ORDER_ALL)
        return say(text, tr("Every point counts from the first epoch: admission says nothing."));
    return say(text, tr("Every point is easy by now, wrong labels too: the model learns them. A cap keeps some out."));
}
