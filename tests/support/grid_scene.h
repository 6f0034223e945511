/* Points for tools of the plot: 11 by 11, from -5 to 5, 40 pixels a unit, the origin in the middle of a canvas of 600
 * by 500 pixels. Those on the right are of class 1, every other one is easy. */
#ifndef EASYFIRST_GRID_SCENE_H
#define EASYFIRST_GRID_SCENE_H

#include "app/plot/camera.h"
#include "core/dataset.h"

enum { POINTS = 121, GRID_WIDTH = 600, GRID_HEIGHT = 500 };

static const Rect area = {100.0f, 50.0f, 400.0f, 400.0f};

/* False without memory. */
static inline bool make_grid(Dataset *data, float v[POINTS], Status *status) {
    if (!dataset_init(data, POINTS, 2, status))
        return false;
    for (int i = 0; i < POINTS; i++) {
        data->x[i] = (float)(i % 11 - 5);
        data->y[i] = (float)(i / 11 - 5);
        data->label[i] = data->x[i] > 0.0f;
        v[i] = (float)(i % 2);
    }
    dataset_bounds(data);
    return true;
}

static inline Camera grid_camera(void) {
    Camera camera = {.scale = 40.0, .view = area};
    camera_update(&camera);
    return camera;
}

#endif
