#include "app/views/glossary.h"

#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const float CARD_WIDTH = 292.0f, PAD = 14.0f, HEAD = 22.0f, ROW = 18.0f, FORMULA_GAP = 4.0f;

/* clang-format off */
const GlossaryTerm GLOSSARY[] = {
    {"loss", N_("Loss"),
     N_("How wrong the model is about a point: near 0 where it gives the right class with confidence, large where it is "
     "sure of a wrong one."),
     N_("loss = −log p(the point's own class)")},
    {"lambda", N_("Threshold λ"),
     N_("The line between easy and hard. A point with a loss below λ is easy, one above it is hard. λ grows from epoch to "
     "epoch, so more and more points take part."),
     N_("easy if loss < λ")},
    {"easy", N_("Easy"),
     N_("A point that the model already gets right well enough: its loss is below λ, so the model learns from it now. "
     "Drawn filled."),
     N_("v = 1 where loss < λ")},
    {"hard", N_("Hard"),
     N_("A point whose loss is still above λ. It waits, and the model does not learn from it yet. Drawn hollow."),
     N_("v = 0 where loss ≥ λ")},
    {"weight", N_("Weight v"),
     N_("How much a point counts in training: 1 in full, 0 not at all. With a soft regularizer also anything between."),
     N_("objective = sum of v × loss")},
    {"regularizer", N_("Regularizer"),
     N_("The rule that makes a weight v out of a loss. Hard: 1 or 0, with a step at λ. The soft ones fall off smoothly."),
     N_("v minimises v × loss + f(v, λ)")},
    {"latent", N_("Latent loss F"),
     N_("What training really minimises once v is chosen as the rule says. It flattens above λ: a point far above it pulls "
     "at the model no more."),
     N_("hard: F = min(loss, λ)")},
    {"growing", N_("Growing factor"),
     /* xgettext:no-c-format */
     N_("How much λ grows after each epoch. 1.35 means 35 % more each time; 1 means that λ stands still."),
     N_("next λ = factor × λ")},
    {"pace", N_("Pace"),
     N_("How λ moves from epoch to epoch: times a factor, plus a step, or so that a given share of the points is easy."),
     N_("× factor, + step, or share of points")},
    {"epoch", N_("Epoch"),
     N_("One pass through the points. At its end every loss is measured again, and λ takes its next value."),
     NULL},
    {"batch", N_("Batch"),
     N_("The few points that the model learns from in one step. An epoch is made of many batches."),
     N_("batches = points / batch size, rounded up")},
    {"accuracy", N_("Accuracy"),
     N_("The share of points that the model puts into the class of their label, easy and hard ones alike."),
     N_("right answers / all points")},
    {"test", N_("Test points"),
     N_("Points kept apart: the model never learns from them. Their accuracy shows what it has understood and what it has "
     "only learned by heart."),
     N_("test accuracy = right answers / test points")},
    {"boundary", N_("Decision boundary"),
     N_("The line where the model's answer changes from one class to another. Near it the model is least sure."),
     N_("p(one class) = p(the other)")},
    {"suspects", N_("Suspects"),
     N_("The points whose label looks wrong to several measures at once: their loss, how late they are let in, their "
     "neighbours, models that have not seen them."),
     NULL},
    {"warmup", N_("Warm-up"),
     N_("Epochs at the start in which every point counts, so that the first losses mean something before λ sets in."),
     N_("v = 1 for every point")},
    {"diversity", N_("Diversity"),
     N_("Lets in the easiest points of each class or region whatever their loss, so that no class is left out."),
     N_("loss < λ + strength / (√r + √(r − 1)), r: rank")},
};
/* clang-format on */
const int GLOSSARY_COUNT = sizeof GLOSSARY / sizeof *GLOSSARY;

const GlossaryTerm *glossary_find(const char *key) {
    for (int i = 0; i < GLOSSARY_COUNT; i++)
        if (strcmp(GLOSSARY[i].key, key) == 0)
            return &GLOSSARY[i];
    return NULL;
}

float glossary_height(Ui *ui, const GlossaryTerm *term, float width) {
    char lines[UI_LINES][UI_LINE_BYTES];
    int rows = ui_wrap(ui, TEXT_BODY, tr(term->words), width, UI_LINES, lines);
    return ui_px(ui, HEAD + ROW * (float)rows + (term->formula ? FORMULA_GAP + ROW : 0.0f));
}

void glossary_draw(Ui *ui, const GlossaryTerm *term, Rect rect) {
    char lines[UI_LINES][UI_LINE_BYTES];
    int rows = ui_wrap(ui, TEXT_BODY, tr(term->words), rect.w, UI_LINES, lines);
    Rect line = {rect.x, rect.y, rect.w, ui_px(ui, HEAD)};
    text_draw_in(ui->text, ui->canvas, TEXT_FIGURE, line, ALIGN_LEFT, ui->theme->text, tr(term->word));
    line.y += line.h;
    line.h = ui_px(ui, ROW);
    for (int i = 0; i < rows; i++, line.y += line.h)
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, line, ALIGN_LEFT, ui->theme->text, lines[i]);
    line.y += ui_px(ui, FORMULA_GAP);
    if (term->formula)
        text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, line, ALIGN_LEFT, ui->theme->accent, tr(term->formula));
}

/* Beside the word, where it hides least. */
static Rect draw_card(Ui *ui, Rect anchor, const void *content) {
    const GlossaryCard *said = content;
    float pad = ui_px(ui, PAD), edge = ui_px(ui, 4.0f);
    float width = fminf(ui_px(ui, CARD_WIDTH), (float)ui->canvas->width - 2 * edge);
    float text = glossary_height(ui, said->term, width - 2 * pad), click = said->click ? ui_px(ui, ROW) : 0.0f;
    float height = text + click + 1.5f * pad;
    Rect card = ui_place_box(ui, width, height, anchor);
    card.x = roundf(card.x);
    card.y = roundf(card.y);
    ui_card_ground(ui, card, CARD_RADIUS, ui->theme->line);
    Rect inside = {card.x + pad, card.y + pad * 0.65f, card.w - 2 * pad, text};
    glossary_draw(ui, said->term, inside);
    if (said->click)
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, (Rect){inside.x, inside.y + text, inside.w, click}, ALIGN_LEFT,
                     ui->theme->muted, said->click);
    return card;
}

static Rect draw_term(Ui *ui, Rect anchor, const void *content) {
    return draw_card(ui, anchor, &(GlossaryCard){.term = content});
}

static const GlossaryTerm *term_of(const char *key) {
    const GlossaryTerm *term = glossary_find(key);
    assert(term);
    return term;
}

UiTouch glossary_hint(Ui *ui, const char *name, Rect rect, const char *key) {
    const GlossaryTerm *term = term_of(key);
    UiTouch touch = ui_card(ui, name, rect, true, draw_term, term);
    ui_say(ui, touch.id, &(UiSay){.role = ROLE_TERM, .label = term->word, .value = term->words});
    return touch;
}

void glossary_word(Ui *ui, const char *name, Rect rect, const char *key) {
    ui_card(ui, name, rect, false, draw_term, term_of(key));
}

void glossary_over(Ui *ui, const char *name, const char *owner, Rect rect, const char *key) {
    ui_card_over(ui, name, owner, rect, draw_term, term_of(key));
}

void glossary_card_over(Ui *ui, const char *name, Rect rect, const GlossaryCard *card) {
    ui_card_over(ui, name, name, rect, draw_card, card);
}
