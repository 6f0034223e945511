/* The one place for words: a strip at the top of the plot's card, over no data. A badge, a bold fact, a reason, and
 * buttons on the right.
 *
 * What it says, by priority, and the buttons:
 *
 *   look-back      an earlier epoch is on show: Back to now, Go on from here
 *   cannot go on   the model has diverged (red badge): Reset
 *   offer          a session was left unsaved: Continue where you were, Not now
 *   remedy         a person must do something (amber; feedback.h): one button that does it
 *   end            the settings' end is reached: Play on; Show these 47, where few points are still hard
 *   narration      what the last epoch did (narration.h); before the first, what there is to watch in the preset; while
 *                  the list of suspects is on show, also at the end, what that has found
 *
 * A notice (a saved file, what failed) takes the words of all of them for its few seconds, as it answers what a person
 * has just done; the buttons of the first three stay. Narration changes once an epoch and at most twice a second.
 *
 * One row of text, or two: narration that is too long for a wide window's row is said in fewer words; what does not fit
 * two rows loses its reason; only a fact that is longer by itself (a path) is cut, and the badge shows it whole. */
#ifndef EASYFIRST_VIEW_LINE_H
#define EASYFIRST_VIEW_LINE_H

#include "app/experiment/feedback.h"
#include "app/experiment/narration.h"
#include "app/ui/ui.h"
#include "app/views/intents.h"

#define LINE_CALM 0.5        /* seconds that narration stays at least */
#define LINE_WATCH_STAYS 4.0 /* seconds that "what to watch" stays at least while the run plays */
#define LINE_SHOW_HARD 200   /* hard points that "Show these" is offered for */
#define LINE_PATH_BYTES 1024

typedef enum { LINE_NARRATION, LINE_END, LINE_REMEDY, LINE_OFFER, LINE_CANNOT, LINE_PAST } LineKind;

typedef struct LineWords {
    char badge[64], fact[LINE_PATH_BYTES], reason[480];
    char brief[240]; /* instead of the reason where that is too long; "": nothing instead */
    bool calm;       /* narration: brief is preferred to a second row */
} LineWords;

/* Words of one style side by side. */
typedef struct LineRun {
    TextStyle style;
    int row;
    float x; /* pixels from the line's left edge */
    char text[LINE_PATH_BYTES];
} LineRun;

typedef struct LineArranged {
    float width, scale; /* what it is for; 0: nothing */
    float buttons;      /* room that they take on the right, pixels */
    float badge;        /* its width */
    LineRun runs[4];
    int count, rows;
    bool cut;
} LineArranged;

typedef enum { LINE_ASKS_NOTHING, LINE_ASKS_HARD_ALONE, LINE_ASKS_ALL } LineAsk;

/* A zeroed one is valid. */
typedef struct LineState {
    /* set by the owner */
    const char *watch;           /* of the preset that the run is from; NULL or "": none */
    const char *offer;           /* the session that was left unsaved; NULL: none */
    char saved[LINE_PATH_BYTES]; /* the notice, if it is the path of a file that has been saved */
    LineWords topic;             /* what else is on show, in the narration's place; no badge: nothing */
    /* for the owner, of this frame */
    LineAsk ask;      /* which points the plot is to show */
    bool wants_frame; /* it will change by itself soon */
    /* what it says */
    LineKind kind;
    bool notice; /* in place of its words */
    LineWords words;
    Narration narration;
    size_t hard;      /* of LINE_END: how many points are */
    bool hard_alone;  /* it has asked for them alone */
    char button[160]; /* of LINE_REMEDY and LINE_CANNOT */
    Command command;
    /* what the narration is of, and since when */
    bool said;
    Moment moment;
    uint32_t epoch;
    uint64_t version, data_version;
    double said_at, watch_since;
    LineArranged arranged;
} LineState;

/* Rows that the words take in a line of that width, 1 or 2. */
int line_rows(LineState *state, Text *text, float width, float scale);

/* Draws the line as it was chosen last, and says what its buttons ask for: intents, *feedback (pressed, held down) and
 * state->ask. Widgets: "line" all of it, "line-badge", the words as "narration", "look-back", "feedback-line",
 * "offer" or "notice", and the buttons "back-to-now", "go-on", "feedback", "play-on", "show-hard", "copy-path",
 * "continue", "not-now". */
void line_widgets(Ui *ui, Rect rect, LineState *state, FeedbackState *feedback, Intents *intents);

/* Chooses what the next frame's line says. notice: one line, or "". */
void line_follow(LineState *state, const Snapshot *snapshot, const Feedback *feedback, const char *notice, double time);

#endif
