/* What a network's units answer, as pictures: a small tile for each unit, and the heat picture of one unit for the
 * plot. A picture is kept until what it shows changes. */
#ifndef EASYFIRST_NETWORK_PICTURE_H
#define EASYFIRST_NETWORK_PICTURE_H

#include "core/contour.h"
#include "core/field.h"
#include "app/draw/theme.h"
#include "app/experiment/snapshot.h"
#include "app/plot/camera.h"

/* Layer 0: the inputs; mlp->layers: the scores. */
typedef struct NetworkUnit {
    int layer, unit;
} NetworkUnit;

bool network_has_unit(const Mlp *mlp, NetworkUnit unit);

/* What a picture was made of. */
typedef struct NetworkKey {
    Mlp mlp;
    double center_x, center_y, world_scale, stretch;
    Rect view;
    NetworkUnit unit;
    const Theme *theme;
    float scale;
    int columns; /* of tiles */
} NetworkKey;

typedef struct NetworkCache {
    bool valid;
    NetworkKey key;
    float *parameters; /* a copy; owned */
    size_t capacity;
} NetworkCache;

typedef struct NetworkPicture { /* a zeroed one is valid */
    float ground_top;           /* activation of the strongest colour of the last network_ground_picture */
    int columns, rows;          /* nodes of a tile of the last network_tiles */
    /* private; owned */
    NetworkCache tiles_of, ground_of;
    float *tiles;
    size_t tiles_capacity; /* floats */
    Field field;
    Contour contour;
    Canvas ground;
} NetworkPicture;

void network_picture_free(NetworkPicture *picture);

#define NETWORK_COLUMNS 16 /* nodes of a small tile; a large one has twice as many each way, if the model is small */
#define NETWORK_ROWS 12

/* The tiles: values from -1 to 1 in rows of picture->columns, columns * rows for each input, unit and score in order.
 * large: for the sheet. Valid until the next call; NULL without memory. */
const float *network_tiles(NetworkPicture *picture, const Camera *camera, const Snapshot *snapshot, bool large);

/* The heat picture of a unit: camera->view.w by camera->view.h opaque pixels, valid until the next call. The dashed
 * line is where the sum that goes into the unit is 0. NULL if there is no such unit, the model is not finite or
 * there is no memory. */
const uint32_t *network_ground_picture(NetworkPicture *picture, NetworkUnit unit, const Theme *theme, float scale,
                                       const Camera *camera, const Snapshot *snapshot);

#define NETWORK_HEAT 255 /* colours, the middle one for 0 */

/* The points show over the heat picture: it has this share of the tiles' strength. */
#define NETWORK_GROUND_STRENGTH 0.6f

/* The colours of a unit's values from -1 to 1. strength: of the strongest, 0 to 1. */
void network_heat_colors(const Theme *theme, const Mlp *mlp, NetworkUnit unit, float strength,
                         Color colors[NETWORK_HEAT]);

/* The colour of a value; what is not a number is 0. */
static inline Color network_heat(const Color colors[NETWORK_HEAT], float value) {
    float at = (value + 1.0f) * (NETWORK_HEAT / 2) + 0.5f;
    at = at >= 0.0f ? at : value < -1.0f ? 0.0f : NETWORK_HEAT / 2;
    return colors[(int)(at < NETWORK_HEAT - 1 ? at : NETWORK_HEAT - 1)];
}

/* A line of n points (x, y) in dashes of `on` pixels with gaps of `off` between them. */
void network_draw_dashed(Canvas *canvas, const float *points, size_t n, float on, float off, float width, Color color);

#endif
