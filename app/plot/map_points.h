/* The points of the data map (Swayamdipta et al. 2020): each training point by how steadily and how surely the model
 * has said its label over the epochs. Across variability, from 0 to a tenth that no point is beyond (0.2 to 0.5, the
 * most that there can be); up confidence, 0 to 1. What is easy to learn gathers at the top, what is ambiguous at the
 * right, what looks mislabelled at the foot. Nothing lies beyond the half circle of sqrt(p (1 - p)).
 *
 * A plot of its own draws them: with map_points_snapshot in place of the run's, map_points_camera and
 * map_points_options, and map_points_draw_over on top. */
#ifndef EASYFIRST_MAP_POINTS_H
#define EASYFIRST_MAP_POINTS_H

#include "app/draw/pen.h"
#include "app/plot/plot.h"

/* Copies, 20 bytes a point. A zeroed one is valid: nothing yet. */
typedef struct MapPoints {
    Dataset data;     /* x: variability, y: confidence; far off where they are not known. Owned, like all below */
    float *v, *value; /* of each point; value: what colours show */
    uint32_t *admitted;
    size_t v_room, value_room, admitted_room;
    LabelLook look;   /* of the colours */
    uint64_t version; /* of all of that; 0: nothing yet */
    uint32_t epoch;   /* that they are of */
    bool known;
    float end; /* of the axis of variability: 0.2 to 0.5 */
} MapPoints;

void map_points_free(MapPoints *map);

/* Makes them anew from a snapshot with labels; without its memory the map is not known. */
void map_points_make(MapPoints *map, const Snapshot *snapshot, PlotColor color);

static inline bool map_points_know(const MapPoints *map, size_t sample) {
    return map->known && sample < map->data.count && map->data.x[sample] >= 0.0f;
}

/* The snapshot with the map's points in place of its own. */
Snapshot map_points_snapshot(const MapPoints *map, const Snapshot *snapshot);

/* Up to the end of the axis, with a margin for the marks on its edge. */
Camera map_points_camera(const MapPoints *map, Rect area, float scale);

/* A plot's, without what the map has nothing of. */
PlotOptions map_points_options(const PlotOptions *wanted);

/* The half circle, and the names of the regions: notes "map-easy", "map-ambiguous", "map-hard". */
void map_points_draw_over(const Pen *pen, const Camera *camera);

#endif
