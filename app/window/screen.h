/* The whole picture of the window, without SDL: layout, the views in their places, and the help sheet.
 *
 * A frame has two halves, so that what a person does is seen in the same picture: screen_widgets draws the
 * controls and says what they ask for; the caller carries it out and trains; screen_draw draws the run as it
 * is then. */
#ifndef EASYFIRST_SCREEN_H
#define EASYFIRST_SCREEN_H

#include "app/views/brush.h"
#include "app/views/data_map.h"
#include "app/experiment/feedback.h"
#include "app/views/intents.h"
#include "app/views/note_sheet.h"
#include "app/views/plot_hand.h"
#include "app/views/select_drag.h"
#include "app/views/selection_bar.h"
#include "app/views/plot_walk.h"
#include "app/views/plot_menu.h"
#include "app/draw/text.h"
#include "app/ui/ui.h"
#include "app/views/view_ask.h"
#include "app/views/view_gallery.h"
#include "app/views/view_line.h"
#include "app/views/view_notes.h"
#include "app/views/view_help.h"
#include "app/views/view_import.h"
#include "app/views/view_kept.h"
#include "app/views/view_key.h"
#include "app/views/view_open.h"
#include "app/views/view_panel.h"
#include "app/views/view_present.h"
#include "app/views/view_steps.h"
#include "app/plot/duel.h"
#include "app/plot/plot.h"
#include "app/views/timeline_grip.h"
#include "app/views/view_timeline.h"
#include "app/views/view_toolbar.h"
#include "app/views/view_tools.h"
#include "app/views/view_tour.h"
#include "app/window/layout.h"
#include "app/window/side.h"

/* The plots of several runs and what stands around them, as of the last frame. */
typedef struct DuelLook {
    int runs; /* 1: none but the first, and the rest is unused */
    bool one; /* with one plot for all: the heads choose */
    Rect outers[DUEL_RUNS], heads[DUEL_RUNS];
    DuelRow row;
    Rect place; /* of the row: corner and width */
    DifferencesKept differences;
} DuelLook;

/* Where the data map is, as of the last frame. */
typedef struct MapLook {
    bool shown;   /* open, and there is a place for it */
    bool beside;  /* the plot; else they share its place, and ... */
    bool alone;   /* ... the map has it */
    bool page;    /* the list of suspects was open, ... */
    bool by_page; /* ... and has opened the map */
    Rect head, outer;
} MapLook;

typedef struct Screen {
    Canvas canvas; /* of the window's size */
    Text *text;
    float wanted_scale; /* what was asked for; scale: cut down to what the window has room for */
    float scale;
    const Theme *theme;
    Ui ui;
    Plot *plots[DUEL_RUNS];
    int hand_run; /* whose plot the hand is on */
    DuelLook duel;
    PlotHand hand;
    PlotWalk walk;
    KeyState key;
    PlotMenu menu;
    Brush brush;
    Selection selection;
    SelectDrag select;
    SelectionBar selection_bar;
    DataMap map;
    MapLook map_look;
    ToolsState tools;
    StepsCard steps;
    Gallery gallery; /* presets and own title: the owner's to set */
    FeedbackState feedback;
    LineState line; /* its `watch` and `saved` are the owner's to set */
    PanelState panel;
    NotesState notes;
    NoteSheet note_sheet;
    TimelineState timeline;
    TimelineGrip grip;
    const char *const *titles; /* of the presets to choose from */
    int title_count, title;    /* title: the one chosen last, or -1 */
    bool help;                 /* the help sheet is open */
    HelpState help_sheet;
    OpenState open; /* the sheet to type a path in */
    ImportState import;
    ImportWish import_wish; /* of this frame, for the owner to carry out */
    char *chosen;           /* a file that was chosen in it, for the owner to take and free, or NULL */
    KeptState kept;         /* sessions that were left unsaved */
    KeptWish kept_wish;     /* of this frame, for the owner to carry out */
    AskState ask;           /* a question, over all else */
    AskAnswer answer;       /* of this frame, for the owner to carry out */
    Tour tour;              /* open: it begins with the next frame */
    ToolbarState toolbar;
    bool presenting; /* the presentation: screen_set_presenting */
    PresentState present;
    Layout layout;
    float timeline_height; /* as the person has set it, logical pixels; 0: by default */
    int line_rows;         /* of text in the line, as of the last frame; */
    int note_rows;         /* and of the place for notes; 0: there is none */
    bool drawer;           /* the panel is open where it is a drawer */
    SideState side;
    Rect legend; /* the key's button over the plot, as of the last frame; empty: none */
    Rect area;   /* of the plot inside its card */
} Screen;

bool screen_init(Screen *screen, const char *font_folder, int width, int height, float scale, const Theme *theme,
                 Status *status);
void screen_free(Screen *screen); /* safe on a zeroed Screen */

/* Keep what was there on failure. */
bool screen_resize(Screen *screen, int width, int height, Status *status);
bool screen_set_scale(Screen *screen, float wanted, Status *status);
/* Begins or ends the presentation. */
bool screen_set_presenting(Screen *screen, bool presenting, Status *status);

/* Selects all suspects that are listed, or, without a list, all points that are shown. */
void screen_select_all(Screen *screen, const Snapshot *snapshot);

/* Opens or closes the card of steps, with the mark in the list that is asked for. */
void screen_ask_steps(Screen *screen, StepsAsk ask);

/* Whether a person has opened the data map, not the list of suspects that closes it again. */
bool screen_map_is_chosen(const Screen *screen);

/* Opens the list of suspects, with the drawer where the panel is one, or closes both. Not in the presentation. */
void screen_toggle_suspects(Screen *screen);

/* Whether the pointer is over a plot, or a plot has the keyboard. */
bool screen_is_at_plot(const Screen *screen);

/* Whether something that can be seen on it shows the measures of labels. */
bool screen_wants_labels(const Screen *screen);

void screen_widgets(Screen *screen, const UiInput *input, const Snapshot *snapshot, double speed, Intents *intents);
/* notice: one line that takes the place of other words, or "". *late: what is asked for here, for the next frame. */
bool screen_draw(Screen *screen, const Snapshot *snapshot, const char *notice, Intents *late, Status *status);

#endif
