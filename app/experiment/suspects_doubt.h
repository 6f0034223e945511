/* When a list of suspects should not be believed yet, and what to do about it. */
#ifndef EASYFIRST_SUSPECTS_DOUBT_H
#define EASYFIRST_SUSPECTS_DOUBT_H

#include "core/label_scores.h"

#define SUSPECTS_DOUBT 512 /* bytes */

/* The same in a sentence for the window, and whether training on is what to do. False: there is none. */
bool suspects_doubt_brief(const LabelScores *scores, Measure by, const Settings *settings, uint32_t epochs, size_t easy,
                          char text[SUSPECTS_DOUBT], bool *train_on);

/* The doubt about a list by this measure, of a run with these settings after so many epochs, so many of its points
 * being easy, as a line without a final point; false: there is none. Doubts about the run concern measures that are
 * made of it, and the agreement, which says what it goes by instead. */
bool suspects_doubt(const LabelScores *scores, Measure by, const Settings *settings, uint32_t epochs, size_t easy,
                    char text[SUSPECTS_DOUBT]);

#endif
