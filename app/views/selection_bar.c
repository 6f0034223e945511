#include "app/views/selection_bar.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float BUTTON = 26.0f, GAP = 8.0f, PAD = 16.0f; /* logical pixels */
static const float WORDS = 760.0f;                          /* from that width on buttons have words */

static void count_classes(SelectionBar *bar, const Selection *selection, const Snapshot *s) {
    if (bar->version == selection->version && bar->data_version == s->data_version)
        return;
    memset(bar->of_class, 0, sizeof bar->of_class);
    for (size_t i = 0; i < selection->count; i++)
        bar->of_class[s->data->label[selection->samples[i]]]++;
    bar->version = selection->version;
    bar->data_version = s->data_version;
}

/* "5 of A, 4 of B", or of how many classes they are. */
static void put_classes(const SelectionBar *bar, const Dataset *data, char text[256]) {
    int classes = 0;
    text[0] = '\0';
    for (int k = 0; k < data->classes; k++)
        classes += bar->of_class[k] > 0;
    if (classes > 3) {
        snprintf(text, 256, tr("of %d classes"), classes);
        return;
    }
    for (int k = 0; k < data->classes; k++) {
        char name[CLASS_SHORT_BYTES], number[32];
        if (bar->of_class[k] == 0)
            continue;
        format_count(bar->of_class[k], number);
        char one[128], before[256];
        /* TRANSLATORS: so many points of a class */
        snprintf(one, sizeof one, trc("points", "%s of %s"), number, dataset_class_short(data, k, name));
        snprintf(before, sizeof before, "%s", text);
        snprintf(text, 256, before[0] ? trc("points of classes", "%.120s, %.120s") : "%s%s", before, one);
    }
}

/* The class that the labels are to be, or -1. */
static int label_menu(Ui *ui, Rect rect, SelectionBar *bar, const Dataset *data) {
    bar->labels[0] = tr("Label as …");
    for (int k = 0; k < data->classes; k++) {
        char name[32];
        snprintf(bar->label_words[k], sizeof bar->label_words[k], "%s", dataset_class_name(data, k, name));
        bar->labels[k + 1] = bar->label_words[k];
    }
    return ui_select(ui, "selection-label", rect, bar->labels, data->classes + 1, 0,
                     tr("Give all selected points the label of a class")) -
           1;
}

/* From the right. Returns where the words end. */
static float put_buttons(Ui *ui, Rect rect, SelectionBar *bar, Selection *selection, const Snapshot *s,
                         Intents *intents) {
    static const struct {
        const char *name, *label, *help;
        UiIcon icon;
        float width; /* logical pixels; 0: the menu of classes */
        EditKind kind;
    } BUTTONS[] = {
        {"selection-clear", N_("Clear"), N_("Nothing is selected any more (Esc)"), ICON_CLOSE, 76.0f, EDIT_ADD},
        {"selection-remove", N_("Remove"), N_("Remove the selected points (Del)"), ICON_ERASER, 94.0f, EDIT_ERASE},
        {"selection-label", "", "", ICON_NONE, 0.0f, EDIT_LABEL},
        {"selection-flip", N_("Flip"), N_("Move the labels of the selected points to the next class (F)"), ICON_FLIP,
         70.0f, EDIT_FLIP},
        {"selection-keep", N_("Keep"), N_("Their labels are right: mark the selected points so (K)"), ICON_CHECK, 74.0f,
         EDIT_KEEP}};
    bool words = rect.w >= ui_px(ui, WORDS);
    float height = ui_px(ui, BUTTON), right = rect.x + rect.w - ui_px(ui, PAD / 2);
    for (size_t i = 0; i < sizeof BUTTONS / sizeof *BUTTONS; i++) {
        bool menu = BUTTONS[i].width <= 0.0f;
        float width = roundf(ui_px(ui, menu ? 120.0f : words ? BUTTONS[i].width : 34.0f));
        Rect place = {right - width, roundf(rect.y + (rect.h - height) / 2), width, height};
        right -= width + ui_px(ui, GAP);
        if (menu) {
            int class = label_menu(ui, place, bar, s->data);
            if (class >= 0)
                intents->edit = selection_edit(selection, EDIT_LABEL, class);
            continue;
        }
        if (!ui_button(ui, BUTTONS[i].name, place, BUTTONS[i].icon, words ? tr(BUTTONS[i].label) : "", BUTTON_PLAIN,
                       tr(BUTTONS[i].help)))
            continue;
        if (BUTTONS[i].kind == EDIT_ADD)
            selection_clear(selection);
        else
            intents->edit = selection_edit(selection, BUTTONS[i].kind, 0);
        ui->wants_frame = true;
    }
    return right;
}

void selection_bar(Ui *ui, Rect rect, SelectionBar *bar, Selection *selection, const Snapshot *s, Intents *intents) {
    char fact[64], number[32], classes[256];
    float line = fmaxf(1.0f, roundf(ui->scale)), pad = ui_px(ui, PAD);
    count_classes(bar, selection, s);
    format_count(selection->count, number);
    snprintf(fact, sizeof fact, tr("%s selected"), number);
    put_classes(bar, s->data, classes);
    Rect strip = {rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line};
    canvas_rounded(ui->canvas, strip, ui_px(ui, CARD_RADIUS) - line, ui->theme->accent_strip);
    canvas_rect(ui->canvas, (Rect){strip.x, strip.y + strip.h / 2, strip.w, strip.h / 2}, ui->theme->accent_strip);
    float end = put_buttons(ui, rect, bar, selection, s, intents);
    Rect words = {rect.x + pad, rect.y, end - rect.x - pad, rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, words, ALIGN_LEFT, ui->theme->text, fact);
    float used = text_width(ui->text, TEXT_MEDIUM, fact) + ui_px(ui, 10.0f);
    words.x += used;
    words.w -= used;
    if (words.w > ui_px(ui, 40.0f))
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text, classes);
    ui_note(ui, "selection", rect);
}
