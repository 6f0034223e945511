/* What the parts of the UI share with each other and with nobody else. */
#ifndef EASYFIRST_UI_PRIVATE_H
#define EASYFIRST_UI_PRIVATE_H

#include "ui.h"

#define UI_NO_CHOICE (-1)

typedef struct UiState {
    /* the press that is held */
    float grab_x, grab_y;
    float grab_offset; /* pointer minus thumb */
    double grab_value;
    bool grab_moved;
    /* keyboard */
    UiWidget before[UI_MAX_WIDGETS]; /* the last frame's widgets: Tab moves along them */
    int before_count;
    bool focus_moved; /* by Tab, in this frame: scroll it into view */
    /* editing */
    uint32_t edit; /* id of the field that is edited, 0: none */
    char text[UI_EDIT_MAX], original[UI_EDIT_MAX];
    size_t caret, anchor; /* byte positions; the selection lies between them */
    float edit_scroll;
    bool commit; /* the field is to take its text when its turn comes: Tab, or a press elsewhere */
    /* a line at a widget */
    uint32_t message_id;
    char message[512];
    double message_until;
    Rect message_rect; /* of the widget, in this frame */
    bool message_seen;
    /* an open list */
    uint32_t list; /* id, 0: none */
    Rect list_rect;
    Rect list_anchor;
    char list_name[48];
    const char *const *list_labels;
    int list_count, list_value, list_mark, list_first, list_choice;
    bool list_seen;
    /* tooltip */
    uint32_t tip;
    double tip_since;
    const char *tip_text;
    Rect tip_rect;
    bool tip_spent; /* pressed since: no tooltip until the pointer has left */
    /* scroll areas */
    uint32_t scroll; /* id of the area that widgets are being made in, 0: none */
    Rect scroll_rect;
    uint32_t wheel_owner,
        wheel_owner_before; /* the focused slider under the pointer: the wheel is its, not the area's */
} UiState;

static inline bool rect_has(Rect r, float x, float y) {
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

uint32_t ui_id(const char *name);

/* A widget's share of this frame's input. */
typedef struct UiWidgetInput {
    uint32_t id;
    bool hovered, pressed, held, released, clicked; /* clicked: released over it after a press on it */
    bool focused, keys; /* keys: it may use the keyboard (see ui.h on focus by pointer) */
} UiWidgetInput;

/* Registers and looks. takes_keys_by_pointer: also when the focus came by a press. */
UiWidgetInput ui_widget(Ui *ui, const char *name, Rect rect, bool focusable, bool takes_keys_by_pointer,
                        const char *help);

/* The same for a rect that the pointer reaches so many pixels beyond, left and right: a thumb at the end of
 * its track. */
UiWidgetInput ui_widget_reaching(Ui *ui, const char *name, Rect rect, float reach, bool focusable,
                                 bool takes_keys_by_pointer, const char *help);

/* Whether the key was pressed in this frame; it is taken then. modifiers may be NULL. */
bool ui_take_key(Ui *ui, UiKeyCode code, UiKey *key);

void ui_focus_ring(Ui *ui, Rect rect, float radius);
/* The colour of a chip in its state. */
Color ui_chip_color(const Ui *ui, const UiWidgetInput *in);
Color ui_text_color(const Ui *ui);

/* ---- editing (ui_edit.c) ---- */
void ui_edit_begin(Ui *ui, uint32_t id, const char *text);
void ui_edit_end(Ui *ui);
typedef enum { EDIT_GOES_ON, EDIT_COMMITTED, EDIT_CANCELLED } UiEditResult;
/* Runs and draws the field of the widget that is being edited. The text is in ui->state->text. */
UiEditResult ui_edit_run(Ui *ui, const char *name, Rect rect);

/* The shortest text that reads as exactly this number. */
void ui_exact(double value, char text[32]);

#endif
