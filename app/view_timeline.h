/* Share easy, accuracy and loss over the epochs. */
#ifndef EASYFIRST_VIEW_TIMELINE_H
#define EASYFIRST_VIEW_TIMELINE_H

#include "snapshot.h"
#include "ui.h"

void view_timeline(Ui *ui, Rect card, const Snapshot *snapshot);

#endif
