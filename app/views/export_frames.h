/* The export section's fields of moving pictures: which epochs are shown, and for how long. */
#ifndef EASYFIRST_EXPORT_FRAMES_H
#define EASYFIRST_EXPORT_FRAMES_H

#include "core/history.h"
#include "app/io/frame_choice.h"
#include "app/ui/column.h"

/* And how many frames *choice makes of the history's epochs, unless that is NULL or empty; a GIF's times are
 * rounded. */
void export_frames(Column *column, FrameChoice *choice, bool gif, const History *history);

#endif
