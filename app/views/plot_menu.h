/* The plot's own menu, at a right click that was no drag, or by the Menu key or Shift+F10: what can be done with the
 * point there, with what is selected, and with the view. Widgets: "plot-menu" and "menu-...". */
#ifndef EASYFIRST_PLOT_MENU_H
#define EASYFIRST_PLOT_MENU_H

#include "app/views/intents.h"
#include "app/views/menu_card.h"
#include "app/views/plot_hand.h"
#include "app/views/selection.h"

typedef struct PlotMenu { /* a zeroed one is closed */
    MenuCard card;
    PlotAsked asked;
    Selection *selection; /* set by the owner, like map: NULL where there is none */
    bool *map;            /* whether the data map is open; NULL where it cannot be */
    char words[2][128];
    uint32_t sample; /* what an edit of the point names */
} PlotMenu;

/* Opens when the hand has asked for it, and takes what is an open menu's. Before all widgets. */
void plot_menu_touch(PlotMenu *menu, Ui *ui, PlotHand *hand);

/* Draws it and does what was taken: to the view by hand, to the key by *key_off, to the rest by intents. key_off: NULL
 * where the key has no column that it could leave. With ui->on_top. */
void plot_menu_draw(PlotMenu *menu, Ui *ui, PlotHand *hand, bool *key_off, const Snapshot *snapshot, Intents *intents);

#endif
