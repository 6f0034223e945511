/* The weights' lines in the sheet, kept as pictures from frame to frame: the lines between two layers are drawn anew
 * when one of their weights has changed. While the run plays all of them change in every frame; if there are many, a
 * frame then draws some, so that each gap between layers has its turn several times a second. At rest all are as they
 * are. */
#ifndef EASYFIRST_NETWORK_LINES_H
#define EASYFIRST_NETWORK_LINES_H

#include "app/views/network_plan.h"

#define NETWORK_LINES_A_FRAME 128 /* at least, while the run plays */

typedef struct NetworkLinesKey {
    Mlp mlp;
    Rect rect;
    Box clip;
    int canvas_width;
    int first[MLP_MAX_LAYERS + 1];
    NetworkUnit lit;
    const Theme *theme;
    float scale;
} NetworkLinesKey;

typedef struct NetworkLines { /* a zeroed one is valid. All private; owned */
    NetworkLinesKey key;
    bool kept[MLP_MAX_LAYERS + 1], due[MLP_MAX_LAYERS + 1]; /* of the gap before each layer */
    float *parameters;                                      /* that they were drawn with */
    uint32_t *pixels;                                       /* of the plan's tiles */
    size_t parameter_capacity, pixel_capacity;
    int next; /* the gap whose turn it is */
} NetworkLines;

void network_lines_free(NetworkLines *lines);

/* Finds out which gaps have to be drawn in this frame. rect, lit: of the picture. patient: the rest may wait. */
void network_lines_begin(NetworkLines *lines, const Ui *ui, const NetworkPlan *plan, Rect rect, NetworkUnit lit,
                         const Snapshot *snapshot, bool patient);

/* Shows the lines that go into a layer as they are kept; false: they have to be drawn, and then kept. */
bool network_lines_show(const NetworkLines *lines, Ui *ui, const NetworkPlan *plan, int layer);
void network_lines_keep(NetworkLines *lines, const Ui *ui, const NetworkPlan *plan, int layer,
                        const Snapshot *snapshot);

#endif
