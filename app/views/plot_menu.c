#include "app/views/plot_menu.h"

#include "app/base/format.h"
#include "app/base/language.h"

#include <assert.h>
#include <stdio.h>

typedef enum {
    TAKE_TELL,
    TAKE_PIN,
    TAKE_SELECT,
    TAKE_FLIP,
    TAKE_ERASE,
    TAKE_FLIP_ALL,
    TAKE_ERASE_ALL,
    TAKE_CLEAR,
    TAKE_FIT,
    TAKE_BACK,
    TAKE_FORTH,
    TAKE_ASPECT,
    TAKE_MAP,
    TAKE_NOTE,
    TAKE_SAVE,
    TAKE_COPY,
    TAKE_KEY,
    TAKE_COUNT
} Take;

void plot_menu_touch(PlotMenu *menu, Ui *ui, PlotHand *hand) {
    menu_card_touch(&menu->card, ui);
    if (!hand->menu.asked)
        return;
    menu->asked = hand->menu;
    hand->menu.asked = false;
    menu_card_open(&menu->card, ui, (Rect){menu->asked.x, menu->asked.y, 1.0f, 1.0f}, menu->asked.by_key);
}

static void edit_point(PlotMenu *menu, EditKind kind, Intents *intents) {
    menu->sample = (uint32_t)menu->asked.sample;
    intents->edit =
        (PointEdit){.kind = kind, .count = 1, .samples = &menu->sample, .data_version = menu->asked.data_version};
}

static void carry_out(PlotMenu *menu, Take take, PlotHand *hand, bool *key_off, const Snapshot *snapshot,
                      Intents *intents) {
    int64_t sample = menu->asked.sample;
    switch (take) {
    case TAKE_TELL:
        hand->told = sample;
        break;
    case TAKE_PIN:
        plot_hand_pin(hand, snapshot->data, hand->pinned == sample ? -1 : sample);
        break;
    case TAKE_SELECT:
        selection_toggle(menu->selection, (size_t)sample);
        break;
    case TAKE_FLIP_ALL:
        intents->edit = selection_edit(menu->selection, EDIT_FLIP, 0);
        break;
    case TAKE_ERASE_ALL:
        intents->edit = selection_edit(menu->selection, EDIT_ERASE, 0);
        break;
    case TAKE_CLEAR:
        selection_clear(menu->selection);
        break;
    case TAKE_MAP:
        *menu->map = !*menu->map;
        break;
    case TAKE_FLIP:
        edit_point(menu, EDIT_FLIP, intents);
        break;
    case TAKE_ERASE:
        edit_point(menu, EDIT_ERASE, intents);
        break;
    case TAKE_FIT:
        plot_hand_fit(hand);
        break;
    case TAKE_BACK:
        plot_hand_back(hand);
        break;
    case TAKE_FORTH:
        plot_hand_forth(hand);
        break;
    case TAKE_ASPECT:
        plot_hand_toggle_aspect(hand, snapshot->data);
        break;
    case TAKE_NOTE:
        intents->notes = NOTES_EDIT;
        break;
    case TAKE_SAVE:
        intents->save = true;
        break;
    case TAKE_COPY:
        intents->file = FILE_COPY_PICTURE;
        break;
    case TAKE_KEY:
        *key_off = !*key_off;
        break;
    case TAKE_COUNT:
        break;
    }
}

/* Whether there is such a row now. point: the menu is a point's. */
static bool has_row(const PlotMenu *menu, Take take, bool point, const bool *key_off) {
    switch (take) {
    case TAKE_TELL:
    case TAKE_PIN:
    case TAKE_FLIP:
    case TAKE_ERASE:
        return point;
    case TAKE_SELECT:
        return point && menu->selection;
    case TAKE_FLIP_ALL:
    case TAKE_ERASE_ALL:
    case TAKE_CLEAR:
        return menu->selection && menu->selection->count > 0;
    case TAKE_MAP:
        return menu->map != NULL;
    case TAKE_KEY:
        return key_off != NULL;
    default:
        return true;
    }
}

static void say_selected(PlotMenu *menu) {
    char number[32];
    format_count(menu->selection ? menu->selection->count : 0, number);
    snprintf(menu->words[0], sizeof menu->words[0], tr("Flip the labels of the %s selected"), number);
    snprintf(menu->words[1], sizeof menu->words[1], tr("Remove the %s selected"), number);
}

void plot_menu_draw(PlotMenu *menu, Ui *ui, PlotHand *hand, bool *key_off, const Snapshot *snapshot, Intents *intents) {
    bool point = menu->asked.sample >= 0 && menu->asked.data_version == snapshot->data_version;
    bool off = key_off && *key_off;
    bool selected = point && menu->selection && selection_has(menu->selection, (size_t)menu->asked.sample);
    bool has_note = snapshot->notes && notes_at(snapshot->notes, (int64_t)snapshot->epoch - 1) >= 0;
    say_selected(menu);
    const MenuRow all[TAKE_COUNT] = {
        [TAKE_TELL] = {"menu-tell", tr("What is this point?"), NULL, ICON_HELP, false, false},
        [TAKE_PIN] = {"menu-pin",
                      point && hand->pinned == menu->asked.sample ? tr("Let go of this point") : tr("Pin this point"),
                      tr("Click"), ICON_PIN, false, false},
        [TAKE_SELECT] = {"menu-select", selected ? tr("Select it no longer") : tr("Select this point"),
                         tr("Shift+Click"), ICON_SELECT, false, false},
        [TAKE_FLIP_ALL] = {"menu-flip-selected", menu->words[0], tr("F"), ICON_FLIP, false, point},
        [TAKE_ERASE_ALL] = {"menu-remove-selected", menu->words[1], tr("Delete"), ICON_ERASER, false, false},
        [TAKE_CLEAR] = {"menu-clear-selection", tr("Clear the selection"), "Esc", ICON_CLOSE, false, false},
        [TAKE_MAP] = {"menu-map", menu->map && *menu->map ? tr("Close the data map") : tr("Data map"), "D", ICON_MAP,
                      false, true},
        [TAKE_NOTE] = {"menu-note", has_note ? tr("Change the note of this epoch") : tr("Write a note at this epoch"),
                       "N", ICON_NONE, snapshot->epoch == 0, !menu->map},
        [TAKE_FLIP] = {"menu-flip", tr("Move its label to the next class"), NULL, ICON_FLIP, false, false},
        [TAKE_ERASE] = {"menu-erase", tr("Remove this point"), NULL, ICON_ERASER, snapshot->data->count < 2, false},
        [TAKE_FIT] = {"menu-fit", tr("Show all points"), "Home", ICON_EXPAND, hand->view.follows,
                      point || (menu->selection && menu->selection->count > 0)},
        [TAKE_BACK] = {"menu-back", tr("Back to the view before"), "Backspace", ICON_BACK, hand->view_count == 0,
                       false},
        [TAKE_FORTH] = {"menu-forth", tr("Forth to the next view"), NULL, ICON_FORTH, hand->forth_count == 0, false},
        [TAKE_ASPECT] = {"menu-aspect", plot_hand_aspect_help(hand, snapshot->data), NULL, ICON_AXES,
                         !aspect_fills(ASPECT_FILL, snapshot->data), false},
        [TAKE_SAVE] = {"menu-save", tr("Save this picture"), "S", ICON_NONE, false, false},
        [TAKE_COPY] = {"menu-copy-picture", tr("Copy the picture"), "Ctrl+C", ICON_NONE, false, false},
        [TAKE_KEY] = {"menu-key", off ? tr("Key beside the plot") : tr("Hide the key"), NULL, ICON_NONE, false, false}};
    static_assert(TAKE_COUNT <= MENU_MOST, "all rows at once: those of a selected point, with map and key");
    MenuRow rows[TAKE_COUNT];
    Take takes[TAKE_COUNT];
    int count = 0;
    for (int i = 0; i < TAKE_COUNT; i++)
        if (has_row(menu, (Take)i, point, key_off)) {
            takes[count] = (Take)i;
            rows[count++] = all[i];
        }
    int taken = menu_card_draw(&menu->card, ui, "plot-menu", rows, count);
    if (taken >= 0)
        carry_out(menu, takes[taken], hand, key_off, snapshot, intents);
}
