/* Two runs on the screen: a plot for each under its head, one view and one hand for both, and the row that explains
 * them. Below COMPARE_TWO_PLOTS logical pixels there is one plot, and the heads choose whose. Shared by
 * screen.c and screen_compare.c. */
#ifndef EASYFIRST_SCREEN_PRIVATE_H
#define EASYFIRST_SCREEN_PRIVATE_H

#include "app/window/screen.h"

#define COMPARE_TWO_PLOTS 1000.0f

/* How the window's plots are drawn; also where: plot_area takes its room for axes from it. */
PlotOptions screen_plot_options(const Screen *screen);

/* Makes room around the plots in w->layout while there are two runs; switches of the heads and the row. */
void screen_compare_widgets(Screen *screen, const Snapshot *first);

/* The run whose plot is under the hand. */
const Snapshot *screen_run_in_hand(const Screen *screen, const Snapshot *first);

/* plot_hand_touch of the plot under the hand; with one run, of the only one. */
UiTouch screen_touch_plots(Screen *screen, const PlotOptions *options, const Snapshot *first);

/* Whether both runs are on the screen: the layout was made for two, and there still are. */
bool screen_compares(const Screen *screen, const Snapshot *first);

/* Heads, plots and row. camera: of the first plot's area. */
bool screen_draw_runs(Screen *screen, const Camera *camera, const PlotOptions *options, const Snapshot *first,
                      Status *status);

/* What the hand and the brush draw on top of the plots. */
void screen_draw_hands(Screen *screen, const Snapshot *first);

#endif
