/* Which labels look wrong: a row in the side panel that opens a page in its place, and what the page shows in the plot.
 *
 * The page has a row for each label: the label given, the one that the model thinks, and five measures as bars on one
 * scale (label_list.h); a bar past its tick says that the label is wrong. Keep, flip and remove a row, or all of a
 * group; all of it goes back with undo. Keys, on the row that has the focus or the pointer: K, F, Delete; Up and Down
 * walk, Enter or a click pins the point. While points are selected the list can be of those alone. Where the truth is
 * known it can be shown: outlines in the plot, a curve. */
#ifndef EASYFIRST_VIEW_SUSPECTS_H
#define EASYFIRST_VIEW_SUSPECTS_H

#include "app/ui/column.h"
#include "app/views/intents.h"
#include "app/views/plot_hand.h"
#include "app/views/suspects_state.h"

#define SUSPECTS_WIDTH 468.0f /* of the page, logical pixels, where there is room */

void suspects_free(SuspectsState *state); /* safe on a zeroed one */
Measure suspects_by(const SuspectsState *state);
void suspects_open(SuspectsState *state); /* the page, from its beginning */

/* Whether something is selected while the page is open: Esc is for the selection first, then for the page. */
bool suspects_has_selection(const SuspectsState *state);

/* The row in the panel. */
void suspects_widgets(Column *column, SuspectsState *state, const Snapshot *snapshot);

/* The page, in the panel's place. Pins points in the hand. */
void suspects_page(Ui *ui, Rect rect, SuspectsState *state, PlotHand *hand, const Snapshot *snapshot, Intents *intents);

#endif
