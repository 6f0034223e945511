/* What every widget stands on: a name, a rect, and how it is touched. For the widgets of ui.h, and for views that draw
 * their own. Of two widgets that overlap, the one made first has the pointer. */
#ifndef EASYFIRST_UI_WIDGET_H
#define EASYFIRST_UI_WIDGET_H

#include "app/ui/ui.h"

#define UI_RADIUS 6.0f /* of the corners of chips and small cards, logical pixels */

/* A widget's share of this frame's input. */
typedef struct UiTouch {
    uint32_t id;
    bool hovered, pressed, held, released;
    bool clicked; /* released over it, after a press on it */
    bool focused;
    bool keys;            /* it may use the keyboard (see ui.h on focus by pointer) */
    float grab_x, grab_y; /* where the last press began */
} UiTouch;

/* A widget's id: the hash of its name, never 0. */
uint32_t ui_id(const char *name);

/* Registers a widget and says how it is touched. takes_keys_by_pointer: it has the keyboard after a click, too, while
 * the pointer stays over it, not only when focused by Tab. The pointer reaches it within 24 logical pixels each way at
 * least. */
UiTouch ui_widget(Ui *ui, const char *name, Rect rect, bool focusable, bool takes_keys_by_pointer, const char *help);
/* The same for a rect that the pointer reaches `reach` pixels beyond, left and right (a thumb at the end of its track);
 * below 0: exactly the rect. */
UiTouch ui_widget_reaching(Ui *ui, const char *name, Rect rect, float reach, bool focusable, bool takes_keys_by_pointer,
                           const char *help);
/* The same without a tooltip, with the keyboard after a click until something else is pressed: for areas that have keys
 * of their own. */
UiTouch ui_touch(Ui *ui, const char *name, Rect rect, bool focusable);

/* Adds a name to the widget list without behaviour. */
void ui_note(Ui *ui, const char *name, Rect rect);

/* The ground of a card or menu that lies over the rest: shadow, face, and an edge of that colour. radius: logical. */
void ui_card_ground(Ui *ui, Rect card, float radius, Color edge);

/* For drawings that know no widgets; the names of their parts go into the widget list. */
Pen ui_pen(Ui *ui);

/* A thing with such a card: after 0.4 s under the pointer, or with the focus by Tab if it can have it. content stays
 * valid until ui_end. The widget list has the card as "card". */
UiTouch ui_card(Ui *ui, const char *name, Rect rect, bool focusable, UiCardDraw draw, const void *content);

/* Where a box of that size has its place beside an anchor: below it, above it, left or right of it, where it hides the
 * least of the frame's widgets and nothing of the anchor. Pixels; inside the canvas. */
Rect ui_place_box(const Ui *ui, float width, float height, Rect anchor);

/* A card for a widget that has been made in this frame, without a tooltip: for the owner itself (its own name and rect;
 * with the focus, too), or for a part of it (another name, which the widget list gets; under the pointer alone). */
void ui_card_over(Ui *ui, const char *name, const char *owner, Rect rect, UiCardDraw draw, const void *content);

double ui_range_fraction(const UiRange *range, double value); /* where on a track a value is, 0 to 1 */

/* A value as a vertical line in an area whose left and right edges are the range's ends, under the pointer like a
 * slider; the caller draws it, as *touch says it is. It is no stop of Tab: the slider that it belongs to is. The widget
 * list has the zone around the line. */
double ui_line(Ui *ui, const char *name, Rect area, const UiRange *range, double value, const char *help,
               UiTouch *touch);

/* Whether the key was pressed in this frame; it is taken then. key may be NULL. */
bool ui_take_key(Ui *ui, UiKeyCode code, UiKey *key);
/* The same for the key without Shift, Ctrl and Alt. */
bool ui_take_plain_key(Ui *ui, UiKeyCode code);
/* Whether Enter or Space presses the widget: once, however long the key is held. */
bool ui_pressed_by_key(Ui *ui, const UiTouch *touch);

/* The ring of keyboard focus, just outside the rect; radius of the rect's corners. */
void ui_focus_ring(Ui *ui, Rect rect, float radius);
/* The colour of a chip in its state. */
Color ui_chip_color(const Ui *ui, const UiTouch *touch);
/* The colour of text: muted while the ui is not enabled. */
Color ui_text_color(const Ui *ui);

#endif
