/* What the hand of plot_hand.c (pointer, keys, the point that is meant) does to its view, which plot_hand_view.c keeps:
 * the views to go back to, the camera and its way from one view to another. */
#ifndef EASYFIRST_PLOT_HAND_PRIVATE_H
#define EASYFIRST_PLOT_HAND_PRIVATE_H

#include "app/views/plot_hand.h"

/* What changes the view. */
enum { CHANGE_OTHER, CHANGE_ZOOM, CHANGE_ZOOM_X, CHANGE_ZOOM_Y, CHANGE_PAN };

/* Keeps the view for Backspace, unless the change only continues the last one. */
void plot_hand_keep_view(PlotHand *hand, int change, double time);

/* The camera of the view, as it is or on its way. */
void plot_hand_update_camera(PlotHand *hand, Rect area, const Dataset *data);

/* Around a pixel; along one axis alone. */
void plot_hand_zoom_at(PlotHand *hand, double x, double y, double factor, double time);
void plot_hand_zoom_axis(PlotHand *hand, bool of_y, double at, double factor, double time);

/* To the box that is drawn. */
void plot_hand_zoom_to_box(PlotHand *hand, double time);

/* Moves what is seen by so many pixels from where it was with that camera. */
void plot_hand_pan_from(PlotHand *hand, const Camera *from, double dx, double dy);

#endif
