#include "app/views/network_lines.h"

#include "app/base/make_room.h"

#include <stdlib.h>
#include <string.h>

void network_lines_free(NetworkLines *lines) {
    free(lines->parameters);
    free(lines->pixels);
    *lines = (NetworkLines){0};
}

/* The columns of pixels between two layers' tiles, as high as all of the tiles. */
static Box gap_before(const Ui *ui, const NetworkPlan *plan, int layer) {
    Rect left = network_tile(plan, (NetworkUnit){layer - 1, plan->layer[layer - 1].first});
    Rect right = network_tile(plan, (NetworkUnit){layer, plan->layer[layer].first});
    Box clip = canvas_clip(ui->canvas);
    Box gap = {(int)(left.x + left.w), (int)plan->tiles.y, (int)right.x, (int)(plan->tiles.y + plan->tiles.h) + 1};
    gap.x0 = gap.x0 > clip.x0 ? gap.x0 : clip.x0;
    gap.y0 = gap.y0 > clip.y0 ? gap.y0 : clip.y0;
    gap.x1 = gap.x1 < clip.x1 ? gap.x1 : clip.x1;
    gap.y1 = gap.y1 < clip.y1 ? gap.y1 : clip.y1;
    return gap;
}

static NetworkLinesKey key_of(const Ui *ui, const NetworkPlan *plan, Rect rect, NetworkUnit lit, const Mlp *mlp) {
    NetworkLinesKey key;
    memset(&key, 0, sizeof key); /* keys are compared byte by byte */
    memcpy(&key.mlp, mlp, sizeof key.mlp);
    key.rect = rect;
    key.clip = canvas_clip(ui->canvas);
    key.canvas_width = ui->canvas->width;
    for (int l = 0; l < plan->layers; l++)
        key.first[l] = plan->layer[l].first;
    key.lit = lit;
    key.theme = ui->theme;
    key.scale = ui->scale;
    return key;
}

/* A layer's weights: those of units that are not shown count as well, the largest one says what is wide. */
static bool has_changed(const NetworkLines *lines, int layer, const Snapshot *s) {
    size_t first = s->mlp->weights[layer - 1], end = s->mlp->biases[layer - 1];
    return memcmp(lines->parameters + first, s->parameters + first, (end - first) * sizeof *s->parameters) != 0;
}

static int lines_before(const NetworkPlan *plan, int layer) {
    return plan->layer[layer - 1].shown * plan->layer[layer].shown;
}

void network_lines_begin(NetworkLines *lines, const Ui *ui, const NetworkPlan *plan, Rect rect, NetworkUnit lit,
                         const Snapshot *snapshot, bool patient) {
    NetworkLinesKey key = key_of(ui, plan, rect, lit, snapshot->mlp);
    int gaps = plan->layers - 1;
    if (memcmp(&key, &lines->key, sizeof key) != 0) {
        memset(lines->kept, 0, sizeof lines->kept);
        memcpy(&lines->key, &key, sizeof key);
        lines->next = 0;
    }
    int drawn = 0, from = lines->next;
    for (int i = 0; i < gaps; i++) {
        int gap = (from + i) % gaps, layer = gap + 1;
        bool kept = lines->kept[layer];
        lines->due[layer] = !kept || has_changed(lines, layer, snapshot);
        if (!lines->due[layer])
            continue;
        if (patient && kept && drawn >= NETWORK_LINES_A_FRAME) {
            lines->due[layer] = false;
            continue;
        }
        drawn += lines_before(plan, layer);
        lines->next = (gap + 1) % gaps;
    }
}

bool network_lines_show(const NetworkLines *lines, Ui *ui, const NetworkPlan *plan, int layer) {
    if (lines->due[layer] || !lines->kept[layer])
        return false;
    Box gap = gap_before(ui, plan, layer);
    size_t width = (size_t)ui->canvas->width;
    for (int y = gap.y0; y < gap.y1 && gap.x0 < gap.x1; y++)
        memcpy(ui->canvas->pixels + (size_t)y * width + gap.x0,
               lines->pixels + (size_t)(y - canvas_clip(ui->canvas).y0) * width + gap.x0,
               (size_t)(gap.x1 - gap.x0) * sizeof *lines->pixels);
    return true;
}

void network_lines_keep(NetworkLines *lines, const Ui *ui, const NetworkPlan *plan, int layer,
                        const Snapshot *snapshot) {
    Box gap = gap_before(ui, plan, layer), clip = canvas_clip(ui->canvas);
    size_t width = (size_t)ui->canvas->width, rows = clip.y1 > clip.y0 ? (size_t)(clip.y1 - clip.y0) : 0;
    size_t first = snapshot->mlp->weights[layer - 1], end = snapshot->mlp->biases[layer - 1];
    float *parameters =
        make_room(lines->parameters, &lines->parameter_capacity, snapshot->mlp->parameters, sizeof *parameters);
    if (parameters)
        lines->parameters = parameters;
    uint32_t *pixels = make_room(lines->pixels, &lines->pixel_capacity, width * rows, sizeof *pixels);
    if (pixels)
        lines->pixels = pixels;
    lines->kept[layer] = parameters && pixels;
    if (!lines->kept[layer])
        return;
    memcpy(parameters + first, snapshot->parameters + first, (end - first) * sizeof *parameters);
    for (int y = gap.y0; y < gap.y1 && gap.x0 < gap.x1; y++)
        memcpy(pixels + (size_t)(y - clip.y0) * width + gap.x0, ui->canvas->pixels + (size_t)y * width + gap.x0,
               (size_t)(gap.x1 - gap.x0) * sizeof *pixels);
}
