/* The data map (map_points.h), and the hand on it.
 *
 * It is the plot's second half: the same marks, colours and left out points, and what is pinned, pointed at or selected
 * in one is so in the other. A drag selects (select_drag.h), a click pins, as in the plot; with the tool that selects,
 * or Shift, it selects. By keyboard, with the focus by Tab: arrows go to the next point, Enter pins, Shift+Enter
 * selects it or no longer, the Menu key has a menu.
 *
 * The points are copied, so that the picture stands still for DATA_MAP_REST seconds at least (of more than
 * DATA_MAP_MANY points, DATA_MAP_MANY_REST) however fast the run is: a frame of 1,000,000 points copies pixels. */
#ifndef EASYFIRST_DATA_MAP_H
#define EASYFIRST_DATA_MAP_H

#include "app/plot/map_points.h"
#include "app/plot/point_grid.h"
#include "app/views/plot_hand.h"
#include "app/views/select_drag.h"
#include "app/views/suspects_state.h"

#define DATA_MAP_REST 0.25
#define DATA_MAP_MANY 100000
#define DATA_MAP_MANY_REST 1.0

typedef struct DataMap { /* a zeroed one is valid, but for `plot` */
    bool open;           /* the person wants it */
    bool front;          /* where both share one place: it is the one on show */
    Plot *plot;          /* owned, like all below */
    MapPoints points;
    PlotColor color;
    const char *of_language;                 /* of its axes' names */
    uint64_t of_version, of_labels, of_data; /* of the snapshot that it was made from */
    double at;                               /* seconds, when */
    Camera camera;
    PointGrid grid;
    uint64_t grid_version;
    int64_t hovered, walked; /* points, or -1 */
    double rest_since;       /* since when the pointer has rested at the same place */
    float rest_x, rest_y;
    bool focused, walking;
} DataMap;

bool data_map_init(DataMap *map, Status *status);
void data_map_free(DataMap *map); /* safe on a zeroed one */

/* What else it works with. */
typedef struct DataMapScene {
    Rect outer;                 /* its place, axes included */
    const PlotOptions *options; /* the plot's */
    const Snapshot *snapshot;
    PlotHand *hand;
    Selection *selection;
    SelectDrag *select;
    SuspectsState *suspects; /* whose outlines are shown */
    bool lasso, selects;     /* with the tool that selects: by a lasso; a click selects, too */
} DataMapScene;

/* Widget "map", and all behaviour. */
void data_map_touch(DataMap *map, Ui *ui, const DataMapScene *scene);

/* The picture with all that lies on it. Notes: "map-pin", "map-hovered", "map-easy", "map-ambiguous", "map-hard". */
bool data_map_draw(DataMap *map, Ui *ui, const DataMapScene *scene, Status *status);

#endif
