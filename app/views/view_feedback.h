/* What goes wrong with a threshold (feedback.h), as one line at the plot with a button. */
#ifndef EASYFIRST_VIEW_FEEDBACK_H
#define EASYFIRST_VIEW_FEEDBACK_H

#include "app/experiment/feedback.h"
#include "app/ui/ui.h"
#include "app/views/intents.h"

typedef struct FeedbackView { /* a zeroed one is valid */
    Rect avoid;               /* set by the owner: left clear where there is room for both (the legend), or empty */
    bool hovered;             /* the button */
} FeedbackView;

/* The line as it was drawn last, as a widget: "feedback-line", and "feedback" for its button. Before the widgets that it
 * lies over: it keeps the pointer from them. The button's command is added to the intents. */
void feedback_touch(Ui *ui, Rect plot_card, FeedbackView *view, FeedbackState *state, Intents *intents);

/* Draws the line at the top of the plot's card, or at its lower end where it would cover what is to be avoided: in one
 * row, or with the button below the text where that is too wide; cut with an ellipsis if that is not enough. After the
 * plot. Returns the rect that it takes, empty if there is nothing to say. */
Rect feedback_draw(Ui *ui, Rect plot_card, const FeedbackView *view, const FeedbackState *state);

#endif
