/* What the files of app/ui share with each other and with nobody else. */
#ifndef EASYFIRST_UI_PRIVATE_H
#define EASYFIRST_UI_PRIVATE_H

#include "app/ui/ui.h"

#define UI_NO_CHOICE (-1)

typedef struct UiGlide {
    uint32_t id; /* 0: free */
    float from, to, height;
    double began;
    uint32_t seen; /* in which frame */
} UiGlide;

#define UI_MAX_GLIDES 64

typedef struct UiState {
    UiGlide glides[UI_MAX_GLIDES];
    uint32_t frame;
    UiGlide *fold; /* that is being made, or NULL */
    float fold_share;
    /* the press that is held */
    float grab_x, grab_y;
    float grab_offset; /* pointer minus thumb */
    double grab_value;
    bool grab_thumb; /* it was on the thumb */
    bool grab_moved;
    bool grab_dragged; /* by more than a click's tremble */
    int grab_clicks;
    bool press_taken;       /* this frame's press was on a widget */
    bool pressed_before;    /* there has been a press, and grab_x, grab_y are its place */
    int clicks_elsewhere;   /* of the clicks that the system counts as one series */
    float mouse_x, mouse_y; /* in the last frame */
    bool mouse_moved;       /* since then */
    /* keyboard */
    UiWidget before[UI_MAX_WIDGETS]; /* the last frame's widgets: Tab moves along them */
    int before_count;
    uint32_t areas[UI_MAX_WIDGETS], areas_before[UI_MAX_WIDGETS]; /* the scroll area of each, 0: none */
    bool full;                                                    /* more widgets than there is room for: said once */
    /* editing */
    uint32_t edit; /* id of the field that is edited, 0: none */
    char text[UI_EDIT_MAX], original[UI_EDIT_MAX];
    size_t caret, anchor; /* byte positions; the selection lies between them */
    float edit_scroll;
    bool commit;      /* the field is to take its text when its turn comes: Tab, or a press elsewhere */
    bool edit_seen;   /* in this frame */
    uint32_t waiting; /* a field that is to be edited once the one that is has taken its text; 0: none */
    char waiting_text[UI_EDIT_MAX];
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
    UiPicture list_picture; /* or NULL */
    const void *list_context;
    int list_count, list_value, list_mark, list_first, list_choice;
    int list_rows;     /* that are to be seen; 0: not drawn yet */
    bool list_pressed; /* the button went down on an item */
    bool list_dragged; /* by a finger, which was at ... last */
    float list_drag_y;
    uint32_t list_letter; /* typed in this frame, 0: none */
    bool list_seen;
    bool list_took; /* this frame's input: where the pointer is nobody knows */
    /* tooltip */
    uint32_t tip;
    double tip_since;
    const char *tip_text;
    Rect tip_rect;
    bool tip_spent; /* pressed since: no tooltip until the pointer has left */
    /* the same for the widget that Tab has come to */
    uint32_t help;
    double help_since;
    const char *help_text;
    Rect help_rect;
    bool help_spent; /* sent away with Esc, or the pointer has moved */
    /* keyboard, after a focus that came by pointer has been let go: where Tab goes on from, 0: nowhere */
    uint32_t tab_from;
    uint32_t missing; /* what has the focus, if no such widget was made in the last frame */
    bool keeps_keys;  /* of the widget being made: until something else is pressed */
    /* a card (ui_card.c) */
    uint32_t card; /* the thing that it is about, 0: none */
    double card_since;
    UiCardDraw card_draw;
    const void *card_content;
    Rect card_rect;
    bool card_seen; /* in this frame */
    bool card_spent;
    /* what is said of this frame (ui_spoken.h) */
    UiSpoken spoken;
    UiAnnounced announced[UI_MAX_ANNOUNCED];
    int announced_count;
    /* a finger */
    float reach_x, reach_y; /* from where it is to where it means */
    uint32_t drag_area;     /* id of the scroll area that it drags, 0: none; */
    float drag_y;           /* from here */
    /* scroll areas */
    uint32_t scroll; /* id of the area that widgets are being made in, 0: none */
    Rect scroll_rect;
    uint32_t wheel_owner,
        wheel_owner_before; /* the focused slider under the pointer: the wheel is its, not the area's */
} UiState;

/* How far a chosen item, a double click or a drag may be from its press and still be the same place: logical pixels. */
#define UI_NEAR 4.0f

/* The keys are nobody's again, if they are that widget's; Tab still goes on from it. */
void ui_let_go(Ui *ui, uint32_t id);

/* Whether something that was made on top in the last frame lies there (ui_widget.c). */
bool ui_is_covered(const Ui *ui, float x, float y);

/* ---- what is said (ui_spoken.c) ---- */

void ui_spoken_begin(Ui *ui);
/* The field that is being edited, before its owner has said its name. */
void ui_say_edited(Ui *ui, uint32_t id);
/* Adds the help of what has the focus. */
void ui_spoken_end(Ui *ui);

/* ---- a finger (ui_touch.c) ---- */

/* At a frame's beginning, after the last frame's widgets have been kept: the pointer goes to the small widget beside
 * which the finger came down. */
void ui_touch_reach(Ui *ui);
/* The offset of a scroll area that the finger drags; and, at its end, whether it begins to. */
float ui_touch_scroll(Ui *ui, uint32_t area, float offset);
void ui_touch_take(Ui *ui);
/* What a card must not cover: the anchor and, under a finger, where the hand lies. */
Rect ui_touch_anchor(const Ui *ui, Rect anchor);

/* ---- on top (ui_popups.c, ui_list.c) ---- */

/* The rect moved inside the canvas. */
Rect ui_inside(const Ui *ui, Rect rect);
/* The message and the tooltip, where they are due. */
void ui_popups_draw(Ui *ui);
/* The card that is due, if any (ui_card.c). */
void ui_card_draw(Ui *ui);

/* An open list takes all keys and the pointer before any widget sees them. */
void ui_list_touch(Ui *ui);
void ui_list_draw(Ui *ui);

/* ---- editing (ui_edit.c) ---- */

/* Text that another field holds is taken first. */
void ui_edit_begin(Ui *ui, uint32_t id, const char *text);
void ui_edit_end(Ui *ui);
typedef enum { EDIT_GOES_ON, EDIT_COMMITTED, EDIT_CANCELLED } UiEditResult;
/* Runs and draws the field of the widget that is being edited. The text is in ui->state->text. */
UiEditResult ui_edit_run(Ui *ui, const char *name, Rect rect);

/* ---- numbers (ui_numbers.c) ---- */

/* What stands beside a slider: three significant digits, zeros at the end as well, so that the width stays. */
void ui_shown_value(const UiRange *range, double value, char text[32]);
/* A whole number with its thousands separated. */
void ui_shown_integer(double value, char text[32]);
/* The shortest text that reads as exactly this number. */
void ui_exact(double value, char text[32]);

double ui_clamp(double value, double low, double high);
/* A value's position on the track, 0 to 1, and back. A drag's values have three significant digits, so that what is
 * shown is what is in force. */
double ui_fraction_of(const UiRange *range, double value);
double ui_value_at(const UiRange *range, double fraction);
/* So many steps of a hundredth of the track (integers: of 1), by keyboard or wheel. It always moves, unless at the end,
 * and never back: a typed value may lie beyond the track. */
double ui_stepped(const UiRange *range, double value, double steps);

/* What the committed text (ui->state->text) means: the new value, or the old one and a message that says why. */
double ui_take_number(Ui *ui, const char *name, const UiRange *range, double value);

#endif
