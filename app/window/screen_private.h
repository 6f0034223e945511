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

/* ---- the data map: beside the plot, or in a narrow window in its place, as a tab (screen_map.c) ---- */

/* In a wide window it opens and closes with the list of suspects, unless it was open. */
void screen_map_follow(Screen *screen);

/* Whether it is to be shown; and beside the plot. */
bool screen_map_wanted(const Screen *screen, const Snapshot *snapshot);
bool screen_map_beside(const Screen *screen, const Snapshot *snapshot);

/* Makes room for it; titles or tabs ("plot-tabs"), and "map-close". */
void screen_map_widgets(Screen *screen, const Snapshot *snapshot);

/* Whether it is on the screen in this frame. */
bool screen_map_seen(const Screen *screen);

void screen_touch_map(Screen *screen, const PlotOptions *options, const Snapshot *snapshot);
bool screen_draw_map(Screen *screen, const PlotOptions *options, const Snapshot *snapshot, Status *status);

/* The ring in the plot round the point that the map is pointed at: "plot-linked". */
void screen_draw_linked(Screen *screen, Rect area, const Snapshot *snapshot);

/* ---- the list of suspects (screen_suspects.c) ---- */

/* What it has found goes into the line while it is on the screen. */
void screen_say_suspects(Screen *screen, const Snapshot *snapshot);

#endif
