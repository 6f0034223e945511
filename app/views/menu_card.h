/* A menu that opens at a place: rows with an icon, words and the key that does the same. Enter, Space or a click takes
 * a row, arrows move to the next, Home and End to the ends, Esc or a press elsewhere closes it (and does nothing else).
 * The owner says what stands in it each frame and does what was taken. Widgets: the rows' names, and the menu's own. */
#ifndef EASYFIRST_MENU_CARD_H
#define EASYFIRST_MENU_CARD_H

#include "app/ui/ui.h"

#define MENU_MOST 20
/* Logical pixels: of a row; of what rules between groups and edges take at the most. */
#define MENU_CARD_ROW 30.0f
#define MENU_CARD_EDGE 64.0f

typedef struct MenuRow {
    const char *name;        /* the widget's */
    const char *label, *key; /* key: "Ctrl+Z", or NULL */
    UiIcon icon;
    bool disabled; /* shown muted, and passed over */
    bool apart;    /* a line above it */
} MenuRow;

typedef struct MenuCard { /* a zeroed one is closed */
    bool open;
    bool by_key; /* the marked row is shown: arrows have moved it */
    bool taken;  /* the marked row has been taken by a key */
    int move;    /* rows by which arrows have moved the mark since the last frame; MENU_MOST and more: to the end */
    int mark;    /* -1: none */
    float x, y;  /* where the pointer was */
    Rect beside; /* what it opens at: pixels */
    Rect card;   /* as last drawn; empty: not yet */
} MenuCard;

/* by_key: its first row is marked. */
void menu_card_open(MenuCard *menu, const Ui *ui, Rect beside, bool by_key);

/* Takes the keys and a press elsewhere while it is open. Before all widgets. */
void menu_card_touch(MenuCard *menu, Ui *ui);

/* Draws the menu and returns the row that was taken, which closes it, or -1. With ui->on_top. */
int menu_card_draw(MenuCard *menu, Ui *ui, const char *name, const MenuRow *rows, int count);

#endif
