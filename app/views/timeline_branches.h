/* The runs that were left, pale on the timeline from the epoch at which each parts from the run on show: the newest
 * three, and the one that is pointed at here or in the list of runs kept (view_steps.h). Each has a chip with its
 * number on its curve of easy points, as near to its end as labels and other chips let it; a click on it brings the
 * run back. The curves are no targets: a press on them looks at an epoch, as everywhere in the strips; under the
 * pointer they are dark and say whose they are. */
#ifndef EASYFIRST_TIMELINE_BRANCHES_H
#define EASYFIRST_TIMELINE_BRANCHES_H

#include "app/experiment/kept_runs.h"
#include "app/plot/timeline_labels.h"
#include "app/views/timeline_marks.h"
#include "app/plot/timeline_paths.h"

enum { TIMELINE_CHIPS = KEPT_RUNS_DRAWN + 1, TIMELINE_BRANCH_CURVES = 4 };

typedef struct TimelineChip {
    uint32_t run;
    Rect rect; /* pixels */
} TimelineChip;

typedef struct TimelineChips {
    TimelineChip chips[TIMELINE_CHIPS];
    int count;
} TimelineChips;

/* One of them as it is drawn. */
typedef struct TimelineBranch {
    const BranchLook *look;
    Dataset data; /* what its curves are traced with: counts alone */
    Snapshot run;
    TimelineCurve curves[TIMELINE_BRANCH_CURVES]; /* the first is the one that has the chip */
    int count;
    bool lit;
} TimelineBranch;

/* Those that are drawn, the oldest first: with that of the number `listed`, unless it is 0. They point into themselves
 * and are not to be moved. Returns how many. */
int timeline_branches(const Snapshot *snapshot, uint32_t listed, TimelineBranch branches[TIMELINE_CHIPS]);

/* Makes their curves. lit: number of the one that is pointed at, or 0. */
void timeline_light_branches(const Theme *theme, TimelineBranch *branches, int count, bool logs, uint32_t lit);

/* Number of the run whose curve is within `reach` pixels of a place, or 0. */
uint32_t timeline_branch_at(const TimelineLayout *layout, const TimelineBranch *branches, int count, float x, float y,
                            float reach);

/* Below the run's own curves; notes in free where they are. */
void timeline_draw_branches(Ui *ui, const TimelineLayout *layout, const TimelineBranch *branches, int count,
                            TimelineFree free[2]);

/* Places the chips beside the labels and draws them. head: x of the line at what is on show. */
void timeline_draw_chips(Ui *ui, const TimelineLayout *layout, const TimelineBranch *branches, int count,
                         const TimelineLabel *labels, int label_count, float head, TimelineFree *free,
                         TimelineChips *chips);

/* The chip of a run, around a centre; here and in the list. Returns where it stands. */
Rect timeline_branch_chip(Ui *ui, float x, float y, uint32_t run, bool lit);

/* What is said of a run, at so many epochs. */
TimelineMark timeline_branch_words(const BranchLook *run, double at);

#endif
