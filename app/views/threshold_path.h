/* The age path behind the threshold's histogram and slider (age_path.h):
 *
 *   - a thin line, the accuracy of the final model for each threshold, 0 at the bars' foot and 1 at their top
 *   - where the run would collapse, hatching behind the bars and the warning colour under the slider's track
 *   - where it would do within one point in a hundred of the best, the accuracy's colour under the track
 *
 * In the widget list: age-path (the switch beside the threshold's name). Without a path nothing is drawn. */
#ifndef EASYFIRST_THRESHOLD_PATH_H
#define EASYFIRST_THRESHOLD_PATH_H

#include "app/experiment/age_path.h"
#include "app/plot/loss_bars.h"
#include "app/ui/ui.h"

#define PATH_SWITCH 48.0f /* logical pixels of its width */
#define PATH_WORDS 320

/* Whether anything of it is on show. */
bool threshold_path_shown(const AgePath *path);

/* "A new run from λ = 2.15: accuracy 98.3 %, 87.0 % easy." of the point nearest to a threshold; "" if there is none. */
void threshold_path_words(const AgePath *path, double threshold, char words[PATH_WORDS]);

/* The same in a few words, for under the slider: "from here: accuracy 98.3 %, 87.0 % easy".
 * Returns whether it is a warning. */
bool threshold_path_brief(const AgePath *path, double threshold, char words[PATH_WORDS]);

/* The switch: off, on, or asked for where it is not cheap. *help: room for what is said of it. */
void threshold_path_switch(Ui *ui, Rect place, AgePath *path, char help[PATH_WORDS]);

/* Under the slider, whose track's middle is at that height; before it is drawn. */
void threshold_path_track(Ui *ui, const LossArea *area, float track, const AgePath *path);
/* Behind the bars, before them. */
void threshold_path_draw(Ui *ui, const LossArea *area, const AgePath *path);

#endif
