/* The words of assets/page, all of them (tests/languages.sh), {0}, {1} ... being values. */
#include "app/io/page_words.h"

#include "app/base/language.h"
#include "app/io/page_pen.h"

#include <string.h>

static const char *const WORDS[] = {
    N_("All points take part in training."),
    N_("All settings"),
    N_("All {0} points are easy now."),
    N_("All {0} points are in use now."),
    N_("All {0} points count; the smaller the loss, the more."),
    N_("Back to the recorded λ"),
    N_("Copied"),
    N_("Copy"),
    N_("Each class’s own λ moves in proportion."),
    N_("End"),
    N_("Epoch"),
    N_("Epoch {0} of {1}"),
    N_("Esc"),
    N_("Histogram of the points’ losses"),
    N_("Home"),
    N_("It was compared with other runs; this page has run A alone."),
    N_("Keys"),
    N_("Light or dark (T)"),
    N_("Losses"),
    N_("Made by {0}. The page is whole: it needs no network."),
    N_("No point has a loss above λ = {0}, so nothing is learned."),
    N_("No point has a loss below λ = {0}, so nothing is learned."),
    N_("Of {0} epochs {1} are in this page."),
    N_("Order"),
    N_("Other colours: light or dark"),
    N_("Page Down"),
    N_("Page Up"),
    N_("Pause"),
    N_("Play"),
    N_("Plot"),
    N_("Recorded: λ {0}, {1} easy."),
    N_("Recorded: λ {0}, {1} in use."),
    N_("Regularizer"),
    N_("Select"),
    N_("Space"),
    N_("The epochs"),
    N_("The first note is in epoch {0}."),
    N_("The loss of each point. Each class has a λ of its own, and the line is their mean. Drag it: all of them move in proportion."),
    N_("The loss of each point. No threshold decides in this run."),
    N_("The loss of each point: the smaller beside λ, the more it counts. Drag λ: every point is weighed anew."),
    N_("The loss of each point; left of λ it is easy. Drag λ: every point is decided anew."),
    N_("The loss of each point; left of λ it is in use. Drag λ: every point is decided anew."),
    N_("The loss of each point; right of λ it is in use. Drag λ: every point is decided anew."),
    N_("The model learns from the clean points alone, those with flags."),
    N_("The model learns from {0} of {1} points, those with a loss above λ = {2}. The hollow ones are left out."),
    N_("The model learns from {0} of {1} points, those with a loss above λ = {2}; the fuller a mark, the more it counts. The hollow ones are left out."),
    N_("The model learns from {0} of {1} points, those with a loss below λ = {2}. The hollow ones are still too hard."),
    N_("The model learns from {0} of {1} points, those with a loss below λ = {2}; the fuller a mark, the more it counts. The hollow ones are still too hard."),
    N_("The next note"),
    N_("The note before"),
    N_("The points and what the model answers"),
    N_("The points would weigh {0} together in epoch {1}, not {2}."),
    N_("This run"),
    N_("Threshold λ: what if"),
    N_("Together the points would weigh {0}, by their losses after this epoch. Recorded: λ {1}, {2}."),
    N_("What if λ were another?"),
    N_("What if λ were {0}?"),
    N_("What is shown"),
    N_("a linear model"),
    N_("accuracy"),
    N_("accuracy {0}"),
    N_("all weights 1"),
    N_("an epoch back, on"),
    N_("clean points"),
    N_("decision boundary"),
    N_("easy"),
    N_("easy {0}"),
    N_("easy, what if"),
    N_("easy, {0}"),
    N_("epoch"),
    N_("epoch {0}"),
    N_("epoch {0}: {1} points easy, accuracy {2}"),
    N_("epoch {0}: {1} points in use, accuracy {2}"),
    N_("first easy in"),
    N_("first in use in"),
    N_("hard"),
    N_("hard (v = 0)"),
    N_("hidden layers of {0} ({1})"),
    N_("in use"),
    N_("in use {0}"),
    N_("in use, what if"),
    N_("in use, {0}"),
    N_("label before"),
    N_("left out"),
    N_("left out (v = 0)"),
    N_("light or dark"),
    N_("loss"),
    N_("loss {0}"),
    N_("no epoch"),
    N_("none"),
    N_("on the losses: another λ"),
    N_("on the losses: the recorded λ"),
    N_("on the timeline: first, last"),
    N_("on the timeline: notes"),
    N_("play, pause"),
    N_("region: the model’s answer"),
    N_("reset"),
    N_("row"),
    N_("test accuracy"),
    N_("test points"),
    N_("test {0}"),
    N_("the last left out"),
    N_("the last that are hard"),
    N_("threshold λ"),
    N_("v, what if"),
    N_("weight v"),
    N_("weight v, 0 to {0}"),
    N_("what if λ {0}"),
    N_("{0} of {1}"),
    N_("{0} of {1} points count; the clean points, with flags, decide how much."),
    N_("{0} of {1} points would be easy in epoch {2}, not {3}."),
    N_("{0} of {1} points would be in use in epoch {2}, not {3}."),
    N_("{0} of {1} would be easy, by their losses after this epoch."),
    N_("{0} of {1} would be in use, by their losses after this epoch."),
    N_("{0} points, {1} classes, {2}."),
    N_("{0} {1}"),
    N_("{0}; {1}."),
    N_("λ {0}, {1} points easy"),
    N_("λ {0}, {1} points in use"),
};

void page_words_write(FILE *stream) {
    char tag[LANGUAGE_LONGEST];
    snprintf(tag, sizeof tag, "%s", language_now());
    for (char *c = tag; *c; c++)
        *c = *c == '_' ? '-' : *c;
    fputs(",\n\"language\":", stream);
    page_put_text(stream, tag);
    fputs(",\n\"words\":{", stream);
    const char *before = "";
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        const char *word = tr(WORDS[i]);
        if (strcmp(word, WORDS[i]) == 0)
            continue;
        fputs(before, stream);
        page_put_text(stream, WORDS[i]);
        putc(':', stream);
        page_put_text(stream, word);
        before = ",\n";
    }
    putc('}', stream);
}
