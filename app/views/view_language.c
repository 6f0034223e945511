#include "app/views/view_language.h"

#include <stdio.h>
#include <string.h>

bool language_button(Ui *ui, Rect place, LanguageState *state, bool words) {
    if (!ui_button(ui, "language", place, ICON_LANGUAGE, words ? tr("Language") : "", BUTTON_PLAIN,
                   tr("Language of the window")))
        return false;
    state->count = language_list(state->list);
    menu_card_open(&state->menu, ui, (Rect){place.x, place.y, place.w, place.h + ui_px(ui, UNIT / 2)},
                   ui->focus_visible && !ui->input.released);
    return true;
}

void language_menu(Ui *ui, LanguageState *state, Intents *late) {
    enum { MOST = MENU_MOST - 1 };
    char names[MOST][LANGUAGE_LONGEST + 16];
    MenuRow rows[MENU_MOST];
    if (!state->menu.open)
        return;
    int count = state->count < MOST ? (int)state->count : MOST;
    bool desktop = !state->chosen || !state->chosen[0];
    rows[0] =
        (MenuRow){.name = "language-desktop", .label = tr("As the desktop"), .icon = desktop ? ICON_CHECK : ICON_NONE};
    for (int i = 0; i < count; i++) {
        const Language *language = &state->list[i];
        bool chosen = !desktop && strcmp(state->chosen, language->code) == 0;
        snprintf(names[i], sizeof names[i], "language-%s", language->code);
        rows[i + 1] = (MenuRow){
            .name = names[i], .label = language->name, .icon = chosen ? ICON_CHECK : ICON_NONE, .apart = i == 0};
    }
    int taken = menu_card_draw(&state->menu, ui, "language-menu", rows, count + 1);
    if (taken >= 0)
        late->language = taken == 0 ? "" : state->list[taken - 1].code;
}
