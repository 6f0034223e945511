#include "app/views/view_key_private.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"
#include "app/views/glossary.h"

#include <stdio.h>
#include <string.h>

static bool is_entry(const KeyRow *row) {
    return row->kind >= ROW_CLASS && row->entry != PLOT_ENTRY_RING && row->entry != PLOT_ENTRY_SOFT &&
           row->entry != PLOT_ENTRY_HELPS && row->entry != PLOT_ENTRY_HURTS;
}

bool key_is_hidden(const PlotHidden *hidden, const KeyState *state, const KeyRow *row) {
    PlotHidden copy = *hidden;
    if (row->kind != ROW_SIGN || row->entry != PLOT_ENTRY_EASY)
        return is_entry(row) && *plot_hidden(&copy, row->entry, row->class);
    for (int k = 0; k < MAX_CLASSES; k++)
        if (state->points[k] > 0 && !hidden->easy[k])
            return false;
    return true;
}

static void toggle(PlotHidden *hidden, const KeyState *state, const KeyRow *row) {
    bool now = !key_is_hidden(hidden, state, row);
    if (row->kind == ROW_SIGN && row->entry == PLOT_ENTRY_EASY)
        for (int k = 0; k < MAX_CLASSES; k++)
            hidden->easy[k] = now;
    else
        *plot_hidden(hidden, row->entry, row->class) = now;
}

/* help: before what a click does. Entries of several runs have a row of their own (duel.h). */
static const struct {
    const char *name, *help;
} ENTRIES[] = {
    [PLOT_ENTRY_EASY] = {"easy", N_("These points train the model with all their weight.")},
    [PLOT_ENTRY_SOFT] = {"soft", N_("The fuller the mark, the more a point counts in training")},
    [PLOT_ENTRY_HARD] = {"hard", N_("These points do not train the model for now.")},
    [PLOT_ENTRY_RING] = {"ring", N_("The last few points without weight are ringed: look at their labels")},
    [PLOT_ENTRY_TEST] = {"test", N_("Kept apart: they never train the model, they check it.")},
    [PLOT_ENTRY_CLEAN] = {"clean", N_("Taken to be right: they are no samples, λ learns by their loss.")},
    [PLOT_ENTRY_HELPS] =
        {"helps",
         N_("A small step on such a point lowers the loss of the clean points; the stronger the colour, the more")},
    [PLOT_ENTRY_HURTS] =
        {"hurts",
         N_("A small step on such a point raises the loss of the clean points; the stronger the colour, the more")},
    [PLOT_ENTRY_BOUNDARY] = {"boundary", N_("Here the model changes its answer.")},
    [PLOT_ENTRY_REGIONS] = {"regions", N_("The model’s answer at each place, fainter where it is less sure.")}};

static void name_of(const KeyRow *row, char name[32]) {
    if (row->kind == ROW_CLASS)
        snprintf(name, 32, "legend-easy-%d", row->class);
    else
        snprintf(name, 32, "legend-%s", ENTRIES[row->entry].name);
}

static const char *click_of(const KeyRow *row, bool hidden) {
    if (row->kind == ROW_BOUNDARY || row->kind == ROW_REGIONS)
        return hidden ? tr("Click: show it again") : tr("Click: leave it out");
    return hidden ? tr("Click: show them again") : tr("Click: leave them out of the picture");
}

/* Returns what a click does, which stands at the end of it, or NULL. */
static const char *put_help(char help[KEY_HELP], const KeyState *state, const KeyRow *row, const Snapshot *s,
                            bool hidden) {
    char part[32], whole[32], counted[160];
    const char *what = row->kind == ROW_CLASS ? counted : tr(ENTRIES[row->entry].help);
    if (row->kind == ROW_CLASS) {
        format_count(state->easy[row->class], part);
        format_count(state->points[row->class], whole);
        snprintf(counted, sizeof counted,
                 s->settings->order == ORDER_EASY ? tr("%s of %s points are easy.") : tr("%s of %s points are in use."),
                 part, whole);
    }
    const char *click = is_entry(row) ? click_of(row, hidden) : "";
    snprintf(help, KEY_HELP, "%s%s%s", what, click[0] ? " " : "", click);
    return click[0] ? help + strlen(help) - strlen(click) : NULL;
}

/* The word of the glossary that the row is about, or NULL. */
static const char *term_of(const Key *key, const KeyRow *row) {
    bool easy_first = key->s->settings->order == ORDER_EASY;
    switch (row->entry) {
    case PLOT_ENTRY_EASY:
        return row->kind == ROW_CLASS || !easy_first ? NULL : "easy";
    case PLOT_ENTRY_HARD:
        return easy_first ? "hard" : NULL;
    case PLOT_ENTRY_TEST:
        return "test";
    case PLOT_ENTRY_BOUNDARY:
        return "boundary";
    default:
        return NULL;
    }
}

/* A name that has not room in its row, whole, before what its help says. Returns the bytes. */
static size_t put_cut_name(const Key *key, const KeyRow *row, char *help) {
    bool cut = row->kind == ROW_CLASS &&
               text_width(key->ui->text, TEXT_BODY, row->text) > key_name_rect(key, row, key_row_rect(key, row)).w;
    return cut ? (size_t)snprintf(help, DATASET_NAME_BYTES + 2, "%s: ", row->text) : 0;
}

static void touch_entry(Key *key, int i) {
    Ui *ui = key->ui;
    const KeyRow *row = &key->rows.rows[i];
    PlotHidden *hidden = &key->hand->hidden;
    bool entry = is_entry(row);
    char name[32], *help = key->state->help[i];
    name_of(row, name);
    size_t named = put_cut_name(key, row, help);
    const char *click = put_help(help + named, key->state, row, key->s, key_is_hidden(hidden, key->state, row));
    const char *term = term_of(key, row);
    UiTouch touch = ui_widget_reaching(ui, name, key_row_rect(key, row), -1.0f, entry, false, term ? NULL : help);
    if (term) {
        GlossaryCard *card = &key->state->cards[i];
        *card = (GlossaryCard){glossary_find(term), click};
        glossary_card_over(ui, name, key_row_rect(key, row), card);
    }
    if (!entry)
        return;
    bool hides = key_is_hidden(hidden, key->state, row);
    ui_say(ui, touch.id, &(UiSay){.role = hides ? ROLE_SWITCH_OFF : ROLE_SWITCH_ON, .label = row->text});
    if (touch.clicked || ui_pressed_by_key(ui, &touch)) {
        toggle(hidden, key->state, row);
        ui->wants_frame = true;
    }
    if (touch.hovered) {
        key->state->hot = (uint32_t)i + 1;
        ui->cursor = CURSOR_HAND;
    }
    if (touch.focused && ui->focus_visible)
        key->state->focused = (uint32_t)i + 1;
}

/* Other colours need measures that nobody has asked for yet: they are known a little later. */
static void choose_color(Ui *ui, Rect rect, PlotHand *hand, const Snapshot *s) {
    static const char *labels[PLOT_COLORS];
    _Static_assert(PLOT_COLOR_INFLUENCE == PLOT_COLORS - 1, "what may have nothing to show is the last of the list");
    bool influence = (s->clean && s->clean->count > 0) || hand->color == PLOT_COLOR_INFLUENCE;
    for (int i = 0; i < PLOT_COLORS; i++)
        labels[i] = i == PLOT_COLOR_CLASS              ? tr("class and v")
                    : i == PLOT_COLOR_INFLUENCE        ? tr("helps or hurts")
                    : i != PLOT_COLOR_ADMITTED         ? tr(MEASURES[plot_color_measure((PlotColor)i)].name)
                    : s->settings->order == ORDER_EASY ? tr("first easy")
                                                       : tr("first in use");
    hand->color =
        (PlotColor)ui_select(ui, "color-by", rect, labels, PLOT_COLORS - !influence, (int)hand->color,
                             tr("What the points’ colours show: class and weight, when they first came in, or "
                                "how suspect a label is by one of its measures. The shape is always the class"));
    ui_say_name(ui, "color-by", tr("Colours"));
}

void key_rows_touch(Key *key) {
    PlotHand *hand = key->hand;
    key->state->hot = key->state->focused = 0;
    for (int i = 0; i < key->rows.count; i++) {
        const KeyRow *row = &key->rows.rows[i];
        if (row->kind == ROW_SELECT)
            choose_color(key->ui, key_row_rect(key, row), hand, key->s);
        else if (row->kind == ROW_RAMP)
            ui_widget_reaching(key->ui, "color-ramp", key_row_rect(key, row), -1.0f, false, false,
                               plot_color_help(hand->color));
        else if (row->kind >= ROW_CLASS)
            touch_entry(key, i);
        else if (row->kind == ROW_CAPTION && strcmp(row->text, key_weight_caption()) == 0)
            glossary_word(key->ui, "word-weight", key_row_rect(key, row), "weight");
    }
}
