/* Several runs on the screen: a plot for each under its head, one view and one hand for all, and the row that explains
 * them. Where there is no room for all of them there is one plot, and the heads choose whose. Shared by screen.c and
 * screen_compare.c. */
#ifndef EASYFIRST_SCREEN_PRIVATE_H
#define EASYFIRST_SCREEN_PRIVATE_H

#include "app/window/screen.h"

/* How the window's plots are drawn; also where: plot_area takes its room for axes from it. */
PlotOptions screen_plot_options(const Screen *screen);

/* Makes room for the plots and around them while there are several runs; switches of the heads and the row. */
void screen_compare_widgets(Screen *screen, const Snapshot *first);

/* The run whose plot is under the hand. */
const Snapshot *screen_run_in_hand(const Screen *screen, const Snapshot *first);

/* plot_hand_touch of the plot under the hand; with one run, of the only one. */
UiTouch screen_touch_plots(Screen *screen, const PlotOptions *options, const Snapshot *first);

/* Whether all runs are on the screen: the layout was made for as many as there still are, two or more. */
bool screen_compares(const Screen *screen, const Snapshot *first);

/* Heads, plots and row. camera: of the first plot's area. */
bool screen_draw_runs(Screen *screen, const Camera *camera, const PlotOptions *options, const Snapshot *first,
                      Status *status);

/* What the hand and the brush draw on top of the plots. */
void screen_draw_hands(Screen *screen, const Snapshot *first);

#endif
