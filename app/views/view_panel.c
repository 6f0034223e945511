#include "app/views/view_panel.h"

#include "app/ui/column.h"
#include "app/ui/ui_widget.h"

#include "app/base/format.h"

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
    };
}

static void heading(Column *column, const char *capitals) {
    Rect rect = column_next(column, 16.0f, UNIT);
    text_draw_in(column->ui->text, column->ui->canvas, TEXT_HEADING, rect, ALIGN_LEFT, column->ui->theme->muted,
                 capitals);
}

/* The heading, and the names of the two curves over the histogram. */
static void losses_heading(Column *column) {
    Ui *ui = column->ui;
    Rect rect = {column->x, column->y, column->w, ui_px(ui, 16.0f)};
    heading(column, "LOSSES");
    const char *weight = "v: weight", *latent = "F: latent loss";
    float gap = ui_px(ui, 12.0f), right = rect.x + rect.w;
    float width = text_width(ui->text, TEXT_CAPTION, latent) + gap;
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, rect, ALIGN_RIGHT, ui->theme->muted, latent);
    rect.w -= width;
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, rect, ALIGN_RIGHT, ui->theme->accent, weight);
    width += text_width(ui->text, TEXT_CAPTION, weight);
    ui_hint(ui, "weight-curve", (Rect){right - width, rect.y, width, rect.h},
            "v: how much a point with that loss counts. F: the latent loss, which training minimises");
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

/* The widget of a setting, if it has an effect with the others as they are. */
static void setting(Column *column, const Snapshot *snapshot, Intents *intents, PropertyId id) {
    Ui *ui = column->ui;
    const Property *p = &PROPERTIES[id];
    Settings wanted = *snapshot->settings;
    Status status = {0};

    if (!property_shown(&wanted, p))
        return;
    if (p->kind == KIND_UNITS || p->kind == KIND_POINTS) {
        char text[SETTING_TEXT_MAX], edited[UI_EDIT_MAX];
        property_format(&wanted, p, text);
        if (ui_field(ui, p->name, column_next(column, CONTROL, UNIT), p->label, text, edited, p->help)) {
            if (property_parse(&wanted, p, edited, &status))
                ask(ui, p, &wanted, snapshot, intents);
            else
                ui_message(ui, p->name, status.message);
        }
        return;
    }

    if (id == PROPERTY_CAP) { /* its largest value means no cap */
        bool capped = wanted.cap < CAP_NONE;
        bool cap = ui_switch(ui, "cap-on", column_next(column, CONTROL, UNIT), "Cap on the threshold", capped, p->help);
        if (cap != capped) {
            wanted.cap = cap ? fmax(1.0, snapshot->threshold) : CAP_NONE;
            ask(ui, p, &wanted, snapshot, intents);
        }
        if (!capped)
            return;
    }
    double value = id == PROPERTY_THRESHOLD ? snapshot->threshold : property_get(&wanted, p), changed;
    UiRange range = property_range(p);
    if (id == PROPERTY_NOISE) {
        Settings own = wanted;
        own.noise = NAN;
        range.initial = settings_noise(&own);
        value = settings_noise(&wanted);
    } else if (id == PROPERTY_THRESHOLD) {
        range.initial = wanted.threshold;
        range.accept_maximum = fmin(range.accept_maximum, threshold_limit(wanted.regularizer));
    }
    switch (p->kind) {
    case KIND_SWITCH:
        changed = ui_switch(ui, p->name, column_next(column, CONTROL, UNIT), p->label, value != 0.0, p->help);
        break;
    case KIND_CHOICE: {
        int count = count_choices(p);
        Rect rect = column_next(column, 28.0f, UNIT + 2.0f);
        changed = count <= 3 ? ui_segments(ui, p->name, rect, p->choice_labels, count, (int)value, p->help)
                             : ui_select(ui, p->name, rect, p->choice_labels, count, (int)value, p->help);
        break;
    }
    default:
        if (p->dragged)
            changed = ui_slider(ui, p->name, column_next(column, 40.0f, UNIT),
                                &(UiSlider){.label = p->label,
                                            .range = range,
                                            .prefix = id == PROPERTY_GROWING_FACTOR ? "× " : NULL,
                                            .unit = p->unit,
                                            .help = p->help},
                                value);
        else
            changed = ui_number(ui, p->name, column_next(column, CONTROL, UNIT), p->label, &range, value, p->help);
        break;
    }
    if (changed == value)
        return;
    if (id == PROPERTY_THRESHOLD)
        intend(intents, (Command){.kind = COMMAND_THRESHOLD, .threshold = fmin(changed, range.accept_maximum)});
    else if (property_set(&wanted, p, changed, &status))
        ask(ui, p, &wanted, snapshot, intents);
    else
        ui_message(ui, p->name, status.message);
}

/* What a folded section says of itself. */
static void summary(const PanelState *state, const Snapshot *snapshot, PanelSection section, char text[128]) {
    const Settings *s = snapshot->settings;
    char count[32], rate[32], hidden[SETTING_TEXT_MAX];
    switch (section) {
    case SECTION_DATA:
        format_count(snapshot->data->count, count);
        if (state->own_points)
            snprintf(text, 128, "%s, %s", snapshot->by_hand & BY_HAND_POINTS ? "by hand" : "from a file", count);
        else
            snprintf(text, 128, "%s, %s, seed %u", PROPERTIES[PROPERTY_DATASET].choices[s->dataset], count, s->seed);
        break;
    case SECTION_MODEL:
        property_format(s, &PROPERTIES[PROPERTY_HIDDEN], hidden);
        if (s->hidden_count == 0)
            snprintf(text, 128, "linear, %d classes", snapshot->data->classes);
        else
            snprintf(text, 128, "2-%.40s-%d %s", hidden, snapshot->data->classes,
                     PROPERTIES[PROPERTY_ACTIVATION].choices[s->activation]);
        for (char *c = text; *c && s->hidden_count; c++)
            if (*c == ',')
                *c = '-';
        break;
    case SECTION_TRAINING:
        format_number(s->learning_rate, 3, rate);
        snprintf(text, 128, "%s %s, batch %d", s->optimizer == OPTIMIZER_ADAM ? "Adam" : "SGD", rate, s->batch);
        break;
    default:
        if (s->until_hard >= 0)
            snprintf(text, 128, "until %d hard, %d epochs", s->until_hard, s->epochs);
        else
            snprintf(text, 128, "%d epoch%s", s->epochs, s->epochs == 1 ? "" : "s");
        break;
    }
}

static const char *const SECTION_NAMES[SECTION_COUNT] = {"section-data", "section-model", "section-training",
                                                         "section-run"};
static const char *const SECTION_LABELS[SECTION_COUNT] = {"Data", "Model", "Training", "Run"};
static const PropertyGroup SECTION_GROUPS[SECTION_COUNT] = {GROUP_DATA, GROUP_MODEL, GROUP_TRAINING, GROUP_RUN};

static void section(Column *column, PanelState *state, const Snapshot *snapshot, Intents *intents, PanelSection which) {
    Ui *ui = column->ui;
    char text[128];
    summary(state, snapshot, which, text);
    if (!column_section(column, SECTION_NAMES[which], SECTION_LABELS[which], text, &state->open[which]))
        return;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (p->group == SECTION_GROUPS[which] && !(state->own_points && p->makes_points))
            setting(column, snapshot, intents, p->id);
    }
    if (which == SECTION_MODEL)
        network_touch(ui, column_next(column, NETWORK_HEIGHT, UNIT), &state->network, snapshot);
    column_section_end(column);
}

/* What the threshold does from epoch to epoch, and what else shapes the curriculum. */
static void pace_section(Column *column, PanelState *state, const Snapshot *snapshot, Intents *intents) {
    const Settings *s = snapshot->settings;
    char text[128], a[32], b[32];
    if (s->pace == PACE_MULTIPLICATIVE) {
        format_number(s->growing_factor, 3, a);
        snprintf(text, sizeof text, "\u00d7 %s per epoch", a);
    } else if (s->pace == PACE_ADDITIVE) {
        format_number(s->growing_step, 3, a);
        snprintf(text, sizeof text, "+ %s per epoch", a);
    } else {
        format_percent(s->share_start, a);
        format_percent(s->share_end, b);
        snprintf(text, sizeof text, "%s to %s%s", a, b, s->pace == PACE_CLASS_SHARE ? " of each class" : "");
    }
    if (!column_section(column, "section-pace", "Pace", text, &state->pace_open))
        return;
    for (int place = 1; place <= PROPERTY_COUNT; place++)
        for (int i = 0; i < PROPERTY_COUNT; i++)
            if (PROPERTIES[i].pace_place == place)
                setting(column, snapshot, intents, PROPERTIES[i].id);
    column_section_end(column);
}

/* A list that unfolds below the panel's lower end is scrolled into view as it grows, up to its heading. */
static void suspects_section(Column *column, Rect panel, PanelState *state, PlotHand *hand, const Snapshot *snapshot) {
    float head = column->y;
    int64_t suspect = suspects_widgets(column, &state->suspects, hand->pinned, snapshot);
    if (suspect >= 0)
        plot_hand_pin(hand, snapshot->data, suspect == hand->pinned ? -1 : suspect);
    float height = column->y - head, grown = height - state->suspects_height;
    float hidden = column->y - (panel.y + panel.h);
    if (grown > 0.0f && hidden > 0.0f && state->suspects_height > 0.0f && state->suspects.opened > 0.0 &&
        column->ui->input.time - state->suspects.opened < 0.5)
        state->scroll += fmaxf(0.0f, fminf(fminf(grown, hidden), head - panel.y));
    state->suspects_height = height;
}

void panel_widgets(Ui *ui, Rect rect, PanelState *state, PlotHand *hand, const Snapshot *snapshot, Intents *intents) {
    float pad = ui_px(ui, 2 * UNIT);
    state->scroll = ui_scroll_begin(ui, "panel", rect, state->content_height, state->scroll);
    state->scrolled = rect;
    network_fold(&state->network);
    float top = rect.y + ui_px(ui, 12.0f) - state->scroll;
    Column column = {.ui = ui, .x = rect.x + pad, .y = top, .w = rect.w - 2 * pad};

    const Snapshot *run = compare_switch(&column, &state->compare, snapshot); /* whose curriculum this is */
    int others = intents->count;
    heading(&column, "CURRICULUM");
    setting(&column, run, intents, PROPERTY_THRESHOLD);
    setting(&column, run, intents, PROPERTY_GROWING_FACTOR);
    bool hold = ui_switch(ui, "hold", column_next(&column, CONTROL, UNIT), "Hold the threshold", run->hold,
                          "The threshold does not grow while this is on (H)");
    if (hold != run->hold)
        intend(intents, (Command){.kind = COMMAND_HOLD, .hold = hold});
    setting(&column, run, intents, PROPERTY_ORDER);
    setting(&column, run, intents, PROPERTY_REGULARIZER);
    column.y += ui_px(ui, 4.0f);
    losses_heading(&column);
    state->histogram = column_next(&column, LOSSES_HEIGHT, UNIT);
    losses_touch(ui, state->histogram, &state->losses, run, intents);
    plot_hand_color_widgets(hand, ui, column_next(&column, 28.0f, UNIT + 4.0f));
    pace_section(&column, state, run, intents);
    compare_route(&state->compare, snapshot, intents, others);
    for (int i = 0; i < SECTION_COUNT; i++)
        section(&column, state, snapshot, intents, (PanelSection)i);
    suspects_section(&column, rect, state, hand, snapshot);
    compare_section(&column, &state->compare, snapshot, intents);
    state->scene.settings = snapshot->settings;
    state->scene.by_hand = snapshot->by_hand;
    state->scene.second = snapshot->second ? snapshot->second->settings : NULL;
    state->saving_intent = view_export_widgets(ui, column.x, &column.y, column.w, &state->saving, &state->scene);

    float height = column.y - top + ui_px(ui, 12.0f) + ui_px(ui, 4.0f);
    ui_scroll_end(ui);
    if (height != state->content_height) {
        if (state->saving.open && height > state->content_height && state->content_height > 0.0f)
            state->scroll += height - state->content_height; /* what came of saving is said at the lower end */
        state->content_height = height;
        ui->wants_frame = true;
    }
}
