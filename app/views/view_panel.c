#include "app/views/view_panel.h"

#include "app/base/language.h"
#include "app/ui/column.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include "app/base/format.h"
#include "app/views/glossary.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The slider's range of a setting, from the property table. */
static UiRange property_range(const Property *property) {
    return (UiRange){
        .minimum = property->slider_minimum,
        .maximum = property->slider_maximum,
        .accept_minimum = property->minimum,
        .accept_maximum = property->maximum,
        .initial = property->initial,
        .logarithmic = property->logarithmic,
        .integer = property->kind == KIND_INTEGER || property->kind == KIND_SEED,
        .plain = property->kind == KIND_SEED,
    };
}

/* Asks for the changed settings if they make sense; if not, says why at the widget. Checked with the threshold now in
 * force, not the one the run began with. */
static void ask(Ui *ui, const Property *property, const Settings *wanted, const Snapshot *snapshot, Intents *intents) {
    Status status = {0};
    Settings now = *wanted;
    now.threshold = snapshot->threshold;
    if (settings_check(&now, &status))
        intend(intents, (Command){.kind = COMMAND_SETTINGS, .settings = *wanted});
    else
        ui_message(ui, property->name, status.message);
}

static int count_choices(const Property *property) {
    int count = 0;
    while (property->choices[count])
        count++;
    return count;
}

/* A text that may be empty: the catalog's head stands for "". */
static const char *words(const char *english) {
    return english && english[0] ? tr(english) : english;
}

/* The choices' labels as they are shown; valid while the state is. */
static const char *const *choice_words(PanelState *state, const Property *property) {
    int count = count_choices(property);
    const char **labels = state->choices[property->id];
    assert(count <= PANEL_CHOICES);
    for (int i = 0; i < count; i++)
        labels[i] = tr(property->choice_labels[i]);
    return labels;
}

static void set(Ui *ui, const Property *property, double value, const Snapshot *snapshot, Intents *intents) {
    Settings wanted = *snapshot->settings;
    Status status = {0};
    if (!property_set(&wanted, property, value, &status)) {
        ui_message(ui, property->name, status.message);
        return;
    }
    if (property->id == PROPERTY_PACE && wanted.pace == PACE_META)
        wanted = meta_settings(&wanted); /* a regularizer whose threshold can be learned, too */
    ask(ui, property, &wanted, snapshot, intents);
}

/* The widget of a setting, if it has an effect with the others as they are. */
static void setting(Column *column, PanelState *state, const Snapshot *snapshot, Intents *intents, PropertyId id) {
    Ui *ui = column->ui;
    const Property *p = &PROPERTIES[id];
    Settings wanted = *snapshot->settings;
    Status status = {0};

    if (!property_shown(&wanted, p))
        return;
    if (p->kind == KIND_UNITS || p->kind == KIND_POINTS) {
        static_assert(UI_EDIT_MAX >= SETTING_TEXT_MAX, "no list is cut when it is edited");
        char text[SETTING_TEXT_MAX], edited[UI_EDIT_MAX];
        property_format(&wanted, p, text);
        if (ui_field(ui, p->name, column_next(column, CONTROL, UNIT), tr(p->label), text, edited, tr(p->help))) {
            if (property_parse(&wanted, p, edited, &status))
                ask(ui, p, &wanted, snapshot, intents);
            else
                ui_message(ui, p->name, status.message);
        }
        return;
    }

    if (id == PROPERTY_CAP) { /* its largest value means no cap */
        bool capped = wanted.cap < CAP_NONE;
        bool cap = ui_switch(ui, "cap-on", column_next(column, CONTROL, UNIT), tr("Cap on the threshold"), capped,
                             tr(p->help));
        if (cap != capped) {
            wanted.cap = cap ? fmax(1.0, snapshot->threshold) : CAP_NONE;
            ask(ui, p, &wanted, snapshot, intents);
        }
        if (!capped)
            return;
    }
    double value = property_get(&wanted, p), changed;
    UiRange range = property_range(p);
    if (id == PROPERTY_NOISE) {
        Settings own = wanted;
        own.noise = NAN;
        range.initial = settings_noise(&own);
        value = settings_noise(&wanted);
    }
    switch (p->kind) {
    case KIND_SWITCH:
        changed = ui_switch(ui, p->name, column_next(column, CONTROL, UNIT), tr(p->label), value != 0.0, tr(p->help));
        break;
    case KIND_CHOICE: {
        int count = count_choices(p);
        const char *const *labels = choice_words(state, p);
        Rect rect = column_next(column, 28.0f, UNIT + 2.0f);
        changed = count <= 3 ? ui_segments(ui, p->name, rect, labels, count, (int)value, tr(p->help))
                             : ui_select(ui, p->name, rect, labels, count, (int)value, tr(p->help));
        ui_say_name(ui, p->name, tr(p->label));
        break;
    }
    default:
        if (p->dragged)
            changed = ui_slider(
                ui, p->name, column_next(column, 40.0f, UNIT),
                &(UiSlider){.label = tr(p->label), .range = range, .unit = words(p->unit), .help = tr(p->help)}, value);
        else
            changed =
                ui_number(ui, p->name, column_next(column, CONTROL, UNIT), tr(p->label), &range, value, tr(p->help));
        break;
    }
    if (changed == value)
        return;
    set(ui, p, changed, snapshot, intents);
}

static const float GROWTH_ROW = 46.0f, ORDER_ROW = 30.0f, WEIGHTS_ROW = 32.0f; /* logical pixels */

/* The button that stops the growth, right of what it stops. */
static void hold_button(Ui *ui, Rect row, const Snapshot *snapshot, Intents *intents) {
    float w = ui_px(ui, 68.0f), h = ui_px(ui, 26.0f);
    Rect place = {row.x + row.w - w, row.y + row.h - h, w, h};
    ui->subject = row;
    if (ui_button(ui, "hold", place, ICON_NONE, snapshot->hold ? tr("Let go") : tr("Hold λ"),
                  snapshot->hold ? BUTTON_PRIMARY : BUTTON_PLAIN,
                  snapshot->hold ? tr("λ stands still; let it move on from epoch to epoch (H)")
                                 : tr("Keep λ where it is, whatever the pace (H)")))
        intend(intents, (Command){.kind = COMMAND_HOLD, .hold = !snapshot->hold});
    ui->subject = (Rect){0};
}

/* How the threshold moves, in words: "× 1.35 per epoch". */
static void describe_pace(const Settings *s, char text[128]) {
    char a[32], b[32];
    if (s->pace == PACE_MULTIPLICATIVE) {
        format_number(s->growing_factor, 3, a);
        snprintf(text, 128, tr("× %s per epoch"), a);
    } else if (s->pace == PACE_ADDITIVE) {
        format_number(fabs(s->growing_step), 3, a);
        snprintf(text, 128, tr("%s %s per epoch"), s->growing_step < 0.0 ? MINUS : "+", a);
    } else if (s->pace >= PACE_META) {
        snprintf(text, 128, "%s", tr(PROPERTIES[PROPERTY_PACE].choice_labels[s->pace]));
    } else {
        format_percent(s->share_start, a);
        format_percent(s->share_end, b);
        snprintf(text, 128, s->pace == PACE_CLASS_SHARE ? tr("%s to %s of each class") : tr("%s to %s"), a, b);
    }
}

/* What the threshold grows by after each epoch; by share there is nothing to drag. */
static void growth_row(Column *column, PanelState *state, const Snapshot *first, const Snapshot *snapshot,
                       Intents *intents) {
    static const PropertyId by_value[] = {PROPERTY_GROWING_FACTOR, PROPERTY_GROWING_STEP};
    Ui *ui = column->ui;
    const Settings *s = snapshot->settings;
    Rect row = column_next(column, GROWTH_ROW, 1.5f * UNIT);
    if (!property_shown(s, &PROPERTIES[PROPERTY_PACE]))
        return;
    if (settings_need_clean(s))
        meta_row(ui, row, s->pace == PACE_META ? ui_px(ui, 68.0f) : 0.0f, &state->meta, first, intents);
    for (size_t i = 0; i < sizeof by_value / sizeof *by_value; i++) {
        const Property *p = &PROPERTIES[by_value[i]];
        if (!property_shown(s, p))
            continue;
        double value = property_get(s, p), changed;
        UiSlider slider = {.label = tr(p->label),
                           .range = property_range(p),
                           .prefix = p->id == PROPERTY_GROWING_FACTOR ? "× " : "+ ",
                           .unit = words(p->unit),
                           .help = tr(p->help),
                           .room = ui_px(ui, 68.0f + 2 * UNIT)};
        if (p->id == PROPERTY_GROWING_STEP && value < 0.0)
            slider.prefix = NULL;
        changed = ui_slider(ui, p->name, (Rect){row.x, row.y, row.w, ui_px(ui, 40.0f)}, &slider, value);
        Rect word = {row.x, row.y, text_width(ui->text, TEXT_BODY, tr(p->label)), ui_px(ui, 20.0f)};
        glossary_word(ui, "word-growing", word, p->id == PROPERTY_GROWING_FACTOR ? "growing" : "pace");
        if (changed != value)
            set(ui, p, changed, snapshot, intents);
    }
    if (pace_by_share(s)) {
        char text[128], epochs[32];
        describe_pace(s, text);
        Rect head = {row.x, row.y, row.w, ui_px(ui, 20.0f)};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, head, ALIGN_LEFT, ui_text_color(ui), tr("Easy share"));
        glossary_word(ui, "word-growing", head, "pace");
        text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, head, ALIGN_RIGHT, ui_text_color(ui), text);
        format_count((size_t)s->share_epochs, epochs);
        snprintf(text, sizeof text,
                 trn("λ follows it, over %s epoch", "λ follows it, over %s epochs", (size_t)s->share_epochs), epochs);
        Rect foot = {row.x, row.y + ui_px(ui, 20.0f), row.w - ui_px(ui, 68.0f + UNIT), ui_px(ui, 26.0f)};
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, foot, ALIGN_LEFT, ui->theme->muted, text);
    }
    if (settings_use_threshold(s))
        hold_button(ui, row, snapshot, intents);
}

/* v of a loss for one of the regularizers, with the threshold in the middle of the picture. */
static void weight_picture(Ui *ui, Rect rect, int item, const void *context) {
    enum { STEPS = 40 };
    const PanelState *state = context;
    float points[2 * (STEPS + 1)], inset = ui_px(ui, 1.0f), w = rect.w - 2 * inset, h = rect.h - 4 * inset;
    /* the logistic S shows where the threshold is large; log needs one below 1 */
    float threshold = item == REGULARIZER_LOGISTIC ? 4.0f : 0.5f;
    Settings s = {.order = state->turned ? ORDER_HARD : ORDER_EASY,
                  .regularizer = item,
                  .power = state->power,
                  .superloss_lambda = 0.5}; /* v reaches e within the picture */
    WeightRule rule = weight_rule(&s, (double)threshold, false);
    for (int i = 0; i <= STEPS; i++) {
        float x = (float)i / (float)STEPS;
        /* the step of the hard rule is upright: two points at one place */
        float v = weight_of_loss(&rule, 2.0f * threshold * (i == STEPS / 2 ? x * 0.999f : x)) / weight_limit(item);
        points[2 * i] = rect.x + inset + w * (item == REGULARIZER_HARD && i == STEPS / 2 + 1 ? 0.5f : x);
        points[2 * i + 1] = rect.y + 2 * inset + h * (1.0f - v);
    }
    canvas_polyline(ui->canvas, points, STEPS + 1, ui_px(ui, 1.5f), ui->enabled ? ui->theme->accent : ui->theme->muted);
}

/* Which points count, and how much. */
static void order_and_weights(Column *column, PanelState *state, const Snapshot *snapshot, Intents *intents) {
    Ui *ui = column->ui;
    const Settings *s = snapshot->settings;
    const Property *order = &PROPERTIES[PROPERTY_ORDER], *weights = &PROPERTIES[PROPERTY_REGULARIZER];
    int chosen = ui_segments(ui, order->name, column_next(column, ORDER_ROW, UNIT), choice_words(state, order),
                             count_choices(order), s->order, tr(order->help));
    ui_say_name(ui, order->name, tr(order->label));
    if (chosen != s->order)
        set(ui, order, chosen, snapshot, intents);
    Rect row = column_next(column, WEIGHTS_ROW, 1.5f * UNIT);
    if (!property_shown(s, weights)) {
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, row, ALIGN_LEFT, ui->theme->muted, tr("v = 1 for every point"));
        glossary_word(ui, "word-v", row, "weight");
        return;
    }
    state->power = s->power;
    state->turned = s->order == ORDER_HARD;
    UiMenu menu = {.labels = choice_words(state, weights),
                   .count = count_choices(weights),
                   .picture = weight_picture,
                   .context = state};
    chosen = ui_select_menu(ui, weights->name, row, &menu, s->regularizer);
    glossary_over(ui, weights->name, weights->name, row, "regularizer");
    ui_say_name(ui, weights->name, weights->label);
    if (chosen != s->regularizer)
        set(ui, weights, chosen, snapshot, intents);
    if (ui->hot == ui_id(weights->name) || (ui->focus == ui_id(weights->name) && ui->focus_visible))
        state->threshold.curves = true;
}

/* What a folded section says of itself. */
static void summary(const PanelState *state, const Snapshot *snapshot, PanelSection section, char text[128]) {
    const Settings *s = snapshot->settings;
    char count[32], rate[32], batch[32], hidden[SETTING_TEXT_MAX];
    switch (section) {
    case SECTION_DATA:
        format_count(snapshot->data->count, count);
        if (state->own_points)
            snprintf(text, 128, snapshot->by_hand & BY_HAND_POINTS ? tr("by hand, %s") : tr("from a file, %s"), count);
        else
            snprintf(text, 128, tr("%s, %s, seed %u"), PROPERTIES[PROPERTY_DATASET].choices[s->dataset], count,
                     s->seed);
        break;
    case SECTION_MODEL:
        property_format(s, &PROPERTIES[PROPERTY_HIDDEN], hidden);
        if (s->hidden_count == 0)
            snprintf(text, 128, tr("linear, %d classes"), snapshot->data->classes);
        else
            snprintf(text, 128, "2-%.40s-%d %s", hidden, snapshot->data->classes,
                     PROPERTIES[PROPERTY_ACTIVATION].choices[s->activation]);
        for (char *c = text; *c && s->hidden_count; c++)
            if (*c == ',')
                *c = '-';
        break;
    default:
        format_number(s->learning_rate, 3, rate);
        format_count((size_t)s->batch, batch);
        format_count((size_t)s->epochs, count);
        snprintf(text, 128, trn("%s %s, batch %s, %s epoch", "%s %s, batch %s, %s epochs", (size_t)s->epochs),
                 s->optimizer == OPTIMIZER_ADAM ? "Adam" : "SGD", rate, batch, count);
        break;
    }
}

static const char *const SECTION_NAMES[SECTION_COUNT] = {"section-data", "section-model", "section-training"};
static const char *const SECTION_LABELS[SECTION_COUNT] = {N_("Data"), N_("Model"), N_("Training")};

/* Where a setting stands; when the run ends belongs to training. */
static bool is_in(const Property *p, PanelSection section) {
    switch (section) {
    case SECTION_DATA:
        return p->group == GROUP_DATA;
    case SECTION_MODEL:
        return p->group == GROUP_MODEL;
    default:
        return p->group == GROUP_TRAINING || p->group == GROUP_RUN;
    }
}

static void section(Column *column, PanelState *state, PlotHand *hand, const Snapshot *snapshot, Intents *intents,
                    PanelSection which) {
    Ui *ui = column->ui;
    char text[128];
    summary(state, snapshot, which, text);
    if (!column_section(column, SECTION_NAMES[which], tr(SECTION_LABELS[which]), text, &state->open[which]))
        return;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (is_in(p, which) && !(state->own_points && p->makes_points))
            setting(column, state, snapshot, intents, p->id);
    }
    if (which == SECTION_MODEL)
        network_panel(ui, column_next(column, network_height(&state->network, snapshot), UNIT), &state->network,
                      &hand->camera, snapshot, intents);
    column_section_end(column);
}

/* What the threshold does from epoch to epoch, and what else shapes the curriculum. */
static void pace_section(Column *column, PanelState *state, const Snapshot *first, const Snapshot *snapshot,
                         Intents *intents) {
    Ui *ui = column->ui;
    char text[128];
    if (!property_shown(snapshot->settings, &PROPERTIES[PROPERTY_PACE])) { /* the row keeps its place */
        bool enabled = ui->enabled, folded = false;
        ui->enabled = false;
        if (column_section(column, "section-pace", tr("Pace"), tr("plays no part"), &folded))
            column_section_end(column); /* while it folds */
        ui->enabled = enabled;
        return;
    }
    describe_pace(snapshot->settings, text);
    Rect word = {column->x, column->y, text_width(ui->text, TEXT_BODY, tr("Pace")), ui_px(ui, COLUMN_SECTION)};
    bool shown = column_section(column, "section-pace", tr("Pace"), text, &state->pace_open);
    glossary_over(ui, "word-pace", "section-pace", word, "pace");
    if (!shown)
        return;
    meta_widgets(column, &state->meta, first, snapshot, intents);
    for (int place = 1; place <= PROPERTY_COUNT; place++)
        for (int i = 0; i < PROPERTY_COUNT; i++)
            if (PROPERTIES[i].pace_place == place)
                setting(column, state, snapshot, intents, PROPERTIES[i].id);
    column_section_end(column);
}

/* How far the scroll has to move for a section that has just been opened, with its head at `head`: until all of it is
 * in view, or its head at the top. It unfolds over some frames, and how high it gets is known only then. */
static float reveal(const Column *column, PanelState *state, Rect panel, int row, bool open, float head) {
    PanelReveal *r = &state->reveal;
    enum { LEAST_FRAMES = 4 };
    if (open && !state->was_open[row] && state->content_height > 0.0f)
        *r = (PanelReveal){.row = row};
    state->was_open[row] = open;
    if (r->row != row)
        return 0.0f;
    float height = column->y - head, room = ui_px(column->ui, UNIT);
    bool still = height == r->height && ++r->frames >= LEAST_FRAMES;
    r->height = height;
    if (!open || still || column->ui->input.wheel != 0.0f) {
        r->row = 0;
        return 0.0f;
    }
    column->ui->wants_frame = true;
    return fmaxf(0.0f, fminf(column->y + room - (panel.y + panel.h), head - panel.y));
}

/* The rows that fold, from the top; returns how far to scroll so that the one just opened is seen. */
static float sections(Column *column, PanelState *state, Rect panel, PlotHand *hand, const Snapshot *snapshot,
                      Intents *intents) {
    Ui *ui = column->ui;
    float head = column->y, by = 0.0f;
    int row = 1;
    suspects_widgets(column, &state->suspects, snapshot);
    head = column->y;
    compare_section(column, &state->compare, snapshot, intents);
    by += reveal(column, state, panel, row++, state->compare.open, head);
    head = column->y;
    int others = intents->count;
    pace_section(column, state, snapshot, compare_shown(&state->compare, snapshot), intents);
    compare_route(&state->compare, snapshot, intents, others);
    by += reveal(column, state, panel, row++, state->pace_open, head);
    for (int i = 0; i < SECTION_COUNT; i++) {
        head = column->y;
        section(column, state, hand, snapshot, intents, (PanelSection)i);
        by += reveal(column, state, panel, row++, state->open[i], head);
    }
    head = column->y;
    state->scene.settings = snapshot->settings;
    state->scene.by_hand = snapshot->by_hand;
    state->scene.history = snapshot->history;
    state->scene.other_count = snapshot->other_count;
    for (int i = 0; i < snapshot->other_count; i++)
        state->scene.others[i] = snapshot->others[i]->settings;
    state->saving_intent = view_export_widgets(ui, column->x, &column->y, column->w, &state->saving, &state->scene);
    by += reveal(column, state, panel, row++, state->saving.open, head);
    assert(row <= PANEL_ROWS);
    return by;
}

/* The content's height as the scroll is to take it: while the pointer is over the panel nothing moves under it because
 * something further down has become shorter. */
static float held_height(const Ui *ui, Rect panel, const PanelState *state) {
    bool over = ui->input.mouse_inside && rect_has(panel, ui->input.mouse_x, ui->input.mouse_y);
    return over ? fmaxf(state->content_height, state->scroll + panel.h) : state->content_height;
}

/* At the start: what there is room for stands open, pace and training first. */
static void unfold_first(const Ui *ui, Rect panel, PanelState *state) {
    static const float FOLDED = 640.0f, PACE = 190.0f, TRAINING = 270.0f; /* logical pixels */
    float room = panel.h / ui->scale - FOLDED - THRESHOLD_GROWS;
    state->pace_open = state->pace_open || room >= PACE;
    state->open[SECTION_TRAINING] = state->open[SECTION_TRAINING] || room >= PACE + TRAINING;
}

void panel_widgets(Ui *ui, Rect rect, PanelState *state, PlotHand *hand, const Snapshot *snapshot, Intents *intents) {
    if (state->suspects.open) {
        state->scrolled = (Rect){0};
        network_fold(&state->network);
        suspects_page(ui, rect, &state->suspects, hand, snapshot, intents);
        return;
    }
    if (state->content_height == 0.0f)
        unfold_first(ui, rect, state);
    float pad = ui_px(ui, 2 * UNIT), above = ui_px(ui, 1.5f * UNIT);
    state->scroll = ui_scroll_begin(ui, "panel", rect, held_height(ui, rect, state), state->scroll);
    state->scrolled = rect;
    network_fold(&state->network);
    float top = rect.y + above - state->scroll;
    Column column = {.ui = ui, .x = rect.x + pad, .y = top, .w = rect.w - 2 * pad};

    const Snapshot *run = compare_switch(&column, &state->compare, snapshot); /* whose curriculum this is */
    int others = intents->count;
    Rect block = column_next(&column, 0.0f, 0.0f);
    block.h = threshold_height(ui, rect.h);
    column.y += block.h + ui_px(ui, 10.0f);
    threshold_touch(ui, block, false, &state->threshold, run, intents);
    growth_row(&column, state, snapshot, run, intents);
    order_and_weights(&column, state, run, intents);
    compare_route(&state->compare, snapshot, intents, others);
    float by = sections(&column, state, rect, hand, snapshot, intents);

    float height = column.y - top + above + ui_px(ui, 4.0f);
    ui_scroll_end(ui);
    if (height != state->content_height) {
        if (state->saving.open && state->saving.outcome && by == 0.0f && height > state->content_height)
            state->scroll += height - state->content_height; /* what came of saving is said at the lower end */
        state->content_height = height;
        ui->wants_frame = true;
    }
    state->scroll += by;
}
