/* Widgets that take a value and return the new one (immediate mode). No SDL: input comes in a plain struct, output is
 * the canvas and a few wishes (cursor, text input, another frame), so everything is tested without a window.
 *
 * A frame: ui_begin(ui, input, ...), the widgets in reading order (that is the Tab order), ui_end, which draws what
 * lies on top (open lists, tooltips, messages). A widget's name is its identity, and what --widgets writes.
 * Rects are canvas pixels (already scaled). Views that draw themselves: see ui_widget.h. Behaviour:
 *   slider   press on the thumb: drag without a jump; on the track: jump, then drag; the drag goes on outside.
 *            Arrows 1 % of the range, Shift x10, Ctrl /10; integers by 1 (Shift 10); PgUp/PgDn 10 steps; Home/End;
 *            double click or Backspace: the default; wheel only when focused; Ctrl+click or Enter: edit as text;
 *            Esc in a drag: the value it began with.
 *            A drag by pointer does not keep the keys: they are the plot's again once the button is up. After a click
 *            a slider, segments and fields have them while the pointer is still over them.
 *   editing  begins with all selected; Enter or Tab commits, Esc restores; arrows, Home/End, Shift selects,
 *            Ctrl+A/C/X/V; what an input method composes is underlined; what is selected is the primary selection,
 *            and the middle button puts that in where it clicks; a refused value keeps the old one and says why in a
 *            line at the field.
 *   finger   up and down it drags a scroll area, whatever lies in it; what is small is reached from around it, too;
 *            held, it has the help of a widget
 *   button   acts on release over it; Enter or Space when focused by Tab (after a click they stay free for shortcuts).
 *            Only a widget focused by Tab shows a ring.
 *   help     a tooltip after 0.4 s under the pointer, or of keyboard focus (Esc sends that away); it never covers what
 *            it explains, and other widgets beside it only where there is no room elsewhere.
 *   list     opens on press or Enter/Space/Down; arrows, Home/End, first letters; Enter takes, Esc or a press outside
 *            closes. */
#ifndef EASYFIRST_UI_H
#define EASYFIRST_UI_H

#include "app/draw/pen.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef enum {
    KEY_NONE,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_UP,
    KEY_DOWN,
    KEY_HOME,
    KEY_END,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_ENTER,
    KEY_SPACE,
    KEY_ESCAPE,
    KEY_TAB,
    KEY_BACKSPACE,
    KEY_DELETE,
    KEY_INSERT,
    KEY_F1,
    KEY_MENU, /* Shift+F10, too */
    KEY_F5,
    KEY_CHARACTER /* code holds the lower-case character */
} UiKeyCode;

typedef struct UiKey {
    UiKeyCode code;
    uint32_t character; /* of KEY_CHARACTER: 'a', '.', '?' as the layout gives it, lower case */
    bool shift, ctrl, alt, repeat;
} UiKey;

#define UI_MAX_KEYS 16
#define UI_MAX_TEXT 256
#define UI_MAX_PREEDIT 256

typedef enum { UI_DRAG_NONE, UI_DRAG_ACROSS, UI_DRAG_DOWN } UiDrag;

typedef struct UiPinch { /* of two fingers, since the last frame */
    bool active;
    float x, y;   /* their middle */
    float dx, dy; /* how far that has gone */
    float factor; /* of the distance between them */
} UiPinch;

typedef struct UiInput { /* of one frame; pressed and released may both be set by a quick click */
    float mouse_x, mouse_y;
    bool mouse_inside;
    bool down, pressed, released; /* left button */
    bool right_down, right_pressed, right_released;
    bool middle_pressed;
    int clicks;       /* 1, 2 (double) ..., of the last press; the UI counts presses at other places apart */
    float wheel;      /* notches, up positive */
    bool touch;       /* the pointer is a finger: it covers what is below it */
    bool touch_began; /* it has come down in this frame, and does not press yet */
    UiDrag drag;      /* of `pressed`: it is a finger that drags already, and that way */
    UiPinch pinch;
    bool shift, ctrl; /* held now */
    UiKey keys[UI_MAX_KEYS];
    int key_count;
    char text[UI_MAX_TEXT];       /* UTF-8 typed in this frame, after the keys */
    char preedit[UI_MAX_PREEDIT]; /* UTF-8 that an input method is composing; stands until it is typed or given up */
    int preedit_caret;            /* bytes of it before the caret */
    double time;                  /* seconds, monotonic */
} UiInput;

typedef enum {
    CURSOR_ARROW,
    CURSOR_HAND,
    CURSOR_TEXT,
    CURSOR_RESIZE_X,
    CURSOR_MOVE,
    CURSOR_CROSS,
    CURSOR_RESIZE_Y,
    CURSOR_NONE /* hidden */
} UiCursor;
typedef enum {
    ICON_NONE,
    ICON_PLAY,
    ICON_PAUSE,
    ICON_EPOCH,
    ICON_BATCH,
    ICON_RESET,
    ICON_SEED,
    ICON_HOLD,
    ICON_LIGHT,
    ICON_DARK,
    ICON_LANGUAGE,
    ICON_LIGHT_DARK,
    ICON_HELP,
    ICON_CHEVRON_DOWN,
    ICON_CHEVRON_RIGHT,
    ICON_MOVE,
    ICON_BRUSH,
    ICON_ERASER,
    ICON_FLIP,
    ICON_UNDO,
    ICON_REDO,
    ICON_PLUS,
    ICON_MINUS,
    ICON_PRESENT,
    ICON_MENU,
    ICON_CLOSE,
    ICON_EXPAND,
    ICON_BACK,
    ICON_FORTH,
    ICON_MORE,
    ICON_PIN,
    ICON_LARGER,
    ICON_SMALLER,
    ICON_FOLDER,
    ICON_FILE,
    ICON_AXES,
    ICON_SELECT,
    ICON_LASSO,
    ICON_MAP,
    ICON_FLAG,
    ICON_CHECK,
    ICON_BIN,
    ICON_STEPS,
    ICON_COUNT
} UiIcon;

#define UI_MAX_WIDGETS 256
#define UI_MAX_CLEAR 4
#define UI_EDIT_MAX 2048

typedef struct UiWidget {
    char name[48];
    Rect rect;    /* pixels */
    Rect visible; /* the part of it that its scroll area shows; empty if none */
    bool focusable;
    bool on_top;
} UiWidget;

/* ---- what is heard of a frame (ui_spoken.h) ---- */

typedef enum {
    ROLE_NONE, /* nothing has said what it is */
    ROLE_BUTTON,
    ROLE_BUTTON_CHOSEN,
    ROLE_SWITCH_OFF,
    ROLE_SWITCH_ON,
    ROLE_CHOICE, /* one of several side by side */
    ROLE_LIST,   /* one of several, which drop down */
    ROLE_SLIDER,
    ROLE_FIELD, /* text or a number to type */
    ROLE_ENTRY, /* a row of a list or a menu */
    ROLE_TAB,
    ROLE_SECTION_CLOSED, /* a head, with a button to fold out what is below it */
    ROLE_SECTION_OPEN,
    ROLE_TERM, /* a word or a figure that a card explains */
    ROLE_PLOT,
    ROLE_MAP,
    ROLE_TIMELINE,
    ROLE_NETWORK,
    ROLE_COUNT
} UiRole;

typedef struct UiSpoken {
    uint32_t id; /* of what has the keys; 0: nothing */
    UiRole role;
    bool dimmed;         /* it has the focus, and takes no input */
    int position, count; /* of the value or the row among its like, from 1; 0: it is not one of several */
    char label[192];     /* its name; "": only its help says what it is */
    char value[384];
    char help[512];
    const char *text;     /* being edited, valid until the next frame; NULL: it is not */
    size_t caret, anchor; /* byte positions in it */
} UiSpoken;

/* Something that has come up: said once, when its words are new under that name. */
typedef struct UiAnnounced {
    uint32_t id;
    char text[768];
} UiAnnounced;

#define UI_MAX_ANNOUNCED 8

typedef struct Ui {
    Canvas *canvas;
    Text *text;
    const Theme *theme;
    float scale;
    UiInput input;
    UiWidget widgets[UI_MAX_WIDGETS]; /* of this frame, in order; also of parts ("threshold-value") */
    int widget_count;
    uint32_t hot, active, focus; /* ids (hash of the name), 0: none */
    bool focus_visible;          /* the focus came by keyboard */
    bool focus_moved;            /* by Tab, in this frame */
    bool on_top;                 /* widgets made while true lie over the others, which they hide from the pointer */
    Rect subject;                /* what the help of the widgets made now is about and must not cover; empty: each its
                                  * own rect */
    Rect clear[UI_MAX_CLEAR];    /* set by the owner after ui_begin: what no card beside the pointer lies on */
    int clear_count;
    bool enabled;        /* widgets made while false are drawn muted and take no input */
    UiCursor cursor;     /* wished for */
    bool motion;         /* set by the owner: what moves glides; false: it is there at once */
    bool wants_text;     /* a field is being edited; */
    Rect text_caret;     /* its caret is here: what an input method offers stands beside it */
    bool wants_frame;    /* something moves: draw another frame soon */
    bool keyboard_taken; /* a widget has used this frame's keys: no shortcuts */
    void *user;
    const char *(*clipboard_get)(void *user); /* may be NULL; valid until the next call */
    void (*clipboard_set)(void *user, const char *utf8);
    const char *(*primary_get)(void *user); /* the same of the primary selection */
    void (*primary_set)(void *user, const char *utf8);
    struct UiState *state; /* private: editing, open list, drag, tooltip, messages; owned */
} Ui;

bool ui_init(Ui *ui, Status *status);
void ui_free(Ui *ui);

void ui_begin(Ui *ui, const UiInput *input, Canvas *canvas, Text *text, const Theme *theme, float scale);
void ui_end(Ui *ui);

/* Nothing has the keys, and Tab begins with the first widget. */
void ui_forget_focus(Ui *ui);

/* Pixels of a logical measure. */
static inline float ui_px(const Ui *ui, float logical) {
    return logical * ui->scale;
}

typedef enum { BUTTON_PLAIN, BUTTON_PRIMARY, BUTTON_QUIET } UiButtonKind;

/* help, here and below: the tooltip after 0.4 s, or NULL. label may be "" for an icon alone. Returns whether it was
 * pressed. */
bool ui_button(Ui *ui, const char *name, Rect rect, UiIcon icon, const char *label, UiButtonKind kind,
               const char *help);
/* A switch with its label on its left side within rect; returns the new value. */
bool ui_switch(Ui *ui, const char *name, Rect rect, const char *label, bool value, const char *help);
/* Exclusive choices side by side; parts are named NAME-0, NAME-1, ... in the widget list. */
int ui_segments(Ui *ui, const char *name, Rect rect, const char *const *labels, int count, int value, const char *help);
/* A drop-down list; its open items are named NAME-0, NAME-1, ... in the widget list. labels stay valid until ui_end. */
int ui_select(Ui *ui, const char *name, Rect rect, const char *const *labels, int count, int value, const char *help);

/* Draws an item's picture into rect, 26 by 16 logical pixels. */
typedef void (*UiPicture)(Ui *ui, Rect rect, int item, const void *context);

typedef struct UiMenu { /* all of it stays valid until ui_end */
    const char *const *labels;
    int count;
    UiPicture picture; /* before each label; NULL: none */
    const void *context;
    const char *help;
} UiMenu;

/* The same with pictures. */
int ui_select_menu(Ui *ui, const char *name, Rect rect, const UiMenu *menu, int value);

typedef struct UiRange {
    double minimum, maximum;               /* of the slider's track */
    double accept_minimum, accept_maximum; /* of typed values */
    double initial;                        /* double click */
    bool logarithmic;                      /* needs minimum > 0; a value below minimum sits at the left end */
    bool integer;
    bool plain; /* an integer that counts nothing (a seed): its thousands are not separated */
} UiRange;

typedef struct UiSlider {
    const char *label;
    UiRange range;
    const char *prefix, *unit; /* before and after the value: "× ", "per epoch"; NULL: none */
    const char *help;
    float room;          /* pixels left free at the track's right end, for a button of the caller's */
    const double *ghost; /* another value, as a pale thumb; NULL: none */
    bool large;          /* thumb and value for the back row: ui_slider_parts */
} UiSlider;

/* The thumb's radius, logical pixels: 24 pixels at the presentation's scale of 28 / 11. */
#define UI_THUMB 7.5f
#define UI_THUMB_LARGE (24.0f * 11.0f / 28.0f)

/* Label left, value right (three significant digits, all digits while it is edited), and a track below: rect is 40
 * logical pixels high. The widget list has NAME (the track: x is the minimum's thumb centre, x + w the maximum's) and
 * NAME-value. */
double ui_slider(Ui *ui, const char *name, Rect rect, const UiSlider *slider, double value);
/* The same with its parts where the caller wants them: the track (its ends are the thumb's centres at the range's), and
 * the value in a chip or, a large one, without one unless the pointer is on it; nothing else is drawn. */
typedef struct UiSliderParts {
    Rect track, value;
} UiSliderParts;
double ui_slider_parts(Ui *ui, const char *name, const UiSliderParts *parts, const UiSlider *slider, double value);
/* The same in a line: track left, value text right (the speed control). shown is the value's text, which has 46 logical
 * pixels where the rect has less than UI_INLINE_SHORT, otherwise 100. */
#define UI_INLINE_SHORT 140.0f
double ui_slider_inline(Ui *ui, const char *name, Rect rect, const UiRange *range, double value, const char *shown,
                        const char *help);
/* Label left, a field to type a number in on the right, 32 high. */
double ui_number(Ui *ui, const char *name, Rect rect, const char *label, const UiRange *range, double value,
                 const char *help);
/* Label left, a text field right. Returns true when a new text has been committed, in edited. */
bool ui_field(Ui *ui, const char *name, Rect rect, const char *label, const char *value, char edited[UI_EDIT_MAX],
              const char *help);
/* A text field without a label that is edited as long as it is made. Returns whether the text was changed. Enter, Esc,
 * Tab, Up and Down are the owner's: to be taken out of the input before ui_begin. */
bool ui_entry(Ui *ui, const char *name, Rect rect, char text[UI_EDIT_MAX]);
/* A message at that widget, for 4 s or until the next edit: what was wrong with a committed text. */
void ui_message(Ui *ui, const char *name, const char *message);

/* A scrolling area: content of content_height in rect, offset kept by the caller; between the calls everything is
 * clipped and widgets outside take no pointer. Returns the new offset (wheel, drag of the bar, focus brought into
 * view). */
float ui_scroll_begin(Ui *ui, const char *name, Rect rect, float content_height, float offset);
void ui_scroll_end(Ui *ui);

/* A value that glides to its target within so many seconds, easing out; at once without ui->motion, and when the name
 * is new. Asks for another frame while it moves. */
float ui_glide(Ui *ui, const char *name, float target, double seconds);

/* Content that folds out from area's top. begin returns whether any of it can be seen; if so, make it at its full
 * height and call end with that height in pixels, which returns how much of it is open. They do not nest. */
bool ui_fold_begin(Ui *ui, const char *name, Rect area, bool open);
float ui_fold_end(Ui *ui, float height);

/* Writes a line "NAME X Y W H" for the visible part of each widget of the last frame, in rounded window pixels. */
void ui_write_widgets(const Ui *ui, FILE *stream);

/* Draws a card (ui_widget.h) about the thing at `anchor` on top of everything, without covering it; returns where. */
typedef Rect (*UiCardDraw)(Ui *ui, Rect anchor, const void *content);

/* Drawn in a square of `size` pixels around the centre. */
void ui_icon(Canvas *canvas, UiIcon icon, float center_x, float center_y, float size, Color color);

/* Not the first byte of a code point. */
static inline bool utf8_continues(char c) {
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Breaks a text into at most `most_lines` (up to UI_LINES) lines of at most `width` pixels, at spaces if it has
 * some; the last one takes what is left. Returns how many. */
enum { UI_LINES = 6, UI_LINE_BYTES = 256 };
int ui_wrap(Ui *ui, TextStyle style, const char *text, float width, int most_lines,
            char lines[UI_LINES][UI_LINE_BYTES]);

#endif
