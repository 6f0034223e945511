#include "app/base/language.h"
#include "app/views/view_network_private.h"

#include "app/ui/ui_spoken.h"

#include <math.h>
#include <stdio.h>

/* Of a first hidden layer. */
enum { FIRST_UNITS = 4 };

/* Asks for the run with these hidden layers from its beginning; what is refused is said at the widget. */
static void ask(Ui *ui, const char *name, const Settings *wanted, const Snapshot *snapshot, Intents *intents) {
    const Property *hidden = &PROPERTIES[PROPERTY_HIDDEN];
    char text[SETTING_TEXT_MAX];
    Status status = {0};
    Settings checked = *snapshot->settings;
    property_format(wanted, hidden, text);
    Settings now = checked;
    now.threshold = snapshot->threshold; /* the one in force, not the one that the run began with */
    if (property_parse(&checked, hidden, text, &status) && property_parse(&now, hidden, text, &status) &&
        settings_check(&now, &status))
        intend(intents, (Command){.kind = COMMAND_SETTINGS, .settings = checked});
    else
        ui_message(ui, name, status.message);
}

/* A button of + or -. limit: why there is no more to be had, or NULL. Returns whether it was pressed to an effect. */
static bool step(Ui *ui, const char *name, Rect rect, bool plus, const char *limit, const char *help) {
    UiIcon icon = plus ? ICON_PLUS : ICON_MINUS;
    if (!ui_button(ui, name, rect, icon, "", limit ? BUTTON_QUIET : BUTTON_PLAIN, limit ? limit : help))
        return false;
    if (limit)
        ui_message(ui, name, limit);
    return !limit;
}

static void layer_steps(Ui *ui, Rect rect, bool large, const Snapshot *snapshot, Intents *intents) {
    Settings wanted = *snapshot->settings;
    int count = wanted.hidden_count;
    float height = ui_px(ui, 24.0f), top = rect.y + (rect.h - height) / 2;
    char number[16];
    snprintf(number, sizeof number, "%d", count);
    const char *label = large ? tr("Hidden layers") : tr("Layers"); /* the panel has a field of that name above */
    Rect at = {rect.x, rect.y, text_width(ui->text, TEXT_BODY, label) + 1.0f, rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, at, ALIGN_LEFT, ui_text_color(ui), label);
    Rect less = {at.x + at.w + ui_px(ui, 8.0f), top, height, height};
    if (step(ui, "layers-less", less, false,
             count == 0 ? tr("Without hidden layers the model is linear already") : NULL,
             tr("Take the last hidden layer away; the run begins anew"))) {
        wanted.hidden[--wanted.hidden_count] = 0;
        ask(ui, "layers-less", &wanted, snapshot, intents);
    }
    Rect figure = {less.x + less.w, rect.y, ui_px(ui, 22.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, figure, ALIGN_CENTER, ui_text_color(ui), number);
    Rect more = {figure.x + figure.w, top, height, height};
    _Static_assert(MAX_HIDDEN == 6, "said in words");
    if (step(ui, "layers-more", more, true, count == MAX_HIDDEN ? tr("6 hidden layers are the most") : NULL,
             tr("Add a hidden layer; the run begins anew"))) {
        wanted.hidden[count] = count > 0 ? wanted.hidden[count - 1] : FIRST_UNITS;
        wanted.hidden_count++;
        ask(ui, "layers-more", &wanted, snapshot, intents);
    }
}

static void activation(Ui *ui, Rect rect, const Snapshot *snapshot, Intents *intents) {
    const Property *p = &PROPERTIES[PROPERTY_ACTIVATION];
    Settings wanted = *snapshot->settings;
    int now = (int)property_get(&wanted, p), count = 0;
    const char *labels[8];
    for (; p->choices[count] && count < 8; count++)
        labels[count] = tr(p->choice_labels[count]);
    int chosen = ui_segments(ui, "network-activation", rect, labels, count, now, tr(p->help));
    ui_say_name(ui, "network-activation", tr(p->label));
    Status status = {0};
    if (chosen == now)
        return;
    if (property_set(&wanted, p, chosen, &status) && settings_check(&wanted, &status))
        intend(intents, (Command){.kind = COMMAND_SETTINGS, .settings = wanted});
    else
        ui_message(ui, "network-activation", status.message);
}

static void head(Ui *ui, NetworkState *state, const NetworkPlan *plan, const Snapshot *snapshot, Intents *intents) {
    Rect rect = plan->head;
    float button = ui_px(ui, 76.0f);
    Rect right = {rect.x + rect.w - button, rect.y, button, rect.h};
    if (!plan->large) {
        layer_steps(ui, rect, plan->large, snapshot, intents);
        if (ui_button(ui, "network-enlarge", right, ICON_NONE, tr("Enlarge"), BUTTON_PLAIN,
                      tr("The network over the plot, with larger tiles (Esc closes it)")))
            network_turn(ui, state);
        return;
    }
    const char *title = tr("Network");
    float width = text_width(ui->text, TEXT_TITLE, title) + 1.0f, gap = ui_px(ui, 24.0f);
    bool roomy = rect.w >= ui_px(ui, 560.0f);
    if (roomy) {
        text_draw_in(ui->text, ui->canvas, TEXT_TITLE, (Rect){rect.x, rect.y, width, rect.h}, ALIGN_LEFT,
                     ui->theme->text, title);
        rect.x += width + gap;
    }
    layer_steps(ui, rect, plan->large, snapshot, intents);
    if (snapshot->settings->hidden_count > 0) {
        float x = rect.x + ui_px(ui, 190.0f), wide = fminf(ui_px(ui, 150.0f), right.x - ui_px(ui, 12.0f) - x);
        activation(ui, (Rect){x, rect.y + (rect.h - ui_px(ui, 28.0f)) / 2, wide, ui_px(ui, 28.0f)}, snapshot, intents);
    }
    if (ui_button(ui, "network-close", right, ICON_NONE, tr("Close"), BUTTON_PLAIN, tr("Back into the panel (Esc)")))
        network_turn(ui, state);
}

/* What a layer is, over it. */
static void caption(Ui *ui, const NetworkPlan *plan, int layer, const Mlp *mlp) {
    char words[64];
    int count = plan->layer[layer].count;
    float room =
        layer == 0 || layer == plan->layers - 1 ? plan->tile_w + ui_px(ui, 26.0f) : plan->tiles.w / (float)plan->layers;
    if (layer == 0)
        snprintf(words, sizeof words, tr("inputs"));
    else if (layer == mlp->layers)
        snprintf(words, sizeof words, tr("classes"));
    else
        snprintf(words, sizeof words, trn("%d unit", "%d units", (size_t)count), count);
    if (text_width(ui->text, TEXT_CAPTION, words) > room && layer > 0 && layer < mlp->layers)
        snprintf(words, sizeof words, "%d", count);
    else if (text_width(ui->text, TEXT_CAPTION, words) > room)
        snprintf(words, sizeof words, layer == 0 ? trc("layer", "in") : trc("layer", "out"));
    float middle = plan->layer[layer].x + plan->tile_w / 2;
    Rect rect = {middle - room / 2, plan->captions, room, ui_px(ui, 13.0f)};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, rect, ALIGN_CENTER, ui->theme->muted, words);
}

static void unit_steps(Ui *ui, NetworkState *state, const NetworkPlan *plan, int layer, const Snapshot *snapshot,
                       Intents *intents) {
    static const char *const LIMITS[] = {N_("A layer has at least 1 unit; the layer itself goes by − above"),
                                         N_("64 units are the most in a layer")};
    _Static_assert(MAX_UNITS == 64, "said in words");
    Settings wanted = *snapshot->settings;
    int count = wanted.hidden[layer - 1];
    for (int i = 0; i < 2; i++) {
        bool plus = plan->stacked ? i == 0 : i == 1; /* in reading order */
        char name[32];
        snprintf(name, sizeof name, "units-%s-%d", plus ? "more" : "less", layer);
        char *help = state->help[layer - 1][plus];
        snprintf(help, sizeof state->help[0][0],
                 plus ? tr("Add a unit to layer %d; the run begins anew")
                      : tr("Take a unit of layer %d away; the run begins anew"),
                 layer);
        const char *limit = count == (plus ? MAX_UNITS : 1) ? tr(LIMITS[plus]) : NULL;
        if (!step(ui, name, network_button(ui, plan, layer, plus), plus, limit, help))
            continue;
        wanted.hidden[layer - 1] = count + (plus ? 1 : -1);
        ask(ui, name, &wanted, snapshot, intents);
    }
}

void network_buttons(Ui *ui, NetworkState *state, const NetworkPlan *plan, const Snapshot *snapshot, Intents *intents) {
    head(ui, state, plan, snapshot, intents);
    for (int l = 0; l < plan->layers; l++)
        caption(ui, plan, l, snapshot->mlp);
    for (int l = 1; l + 1 < plan->layers && l <= snapshot->settings->hidden_count; l++)
        unit_steps(ui, state, plan, l, snapshot, intents);
}
