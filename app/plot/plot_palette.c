#include "app/plot/plot_private.h"

/* Levels of each region: steps of five in 255, hardly visible. An animation writes a pixel anew whenever its shade
 * comes to another level, so that there is no trace of earlier shades; with more levels it would be larger for
 * nothing. */
#define PALETTE_LEVELS 10

typedef struct Palette {
    Color *colors;
    size_t count, most;
} Palette;

/* Adds `steps` colours from a to b, both included. */
static void add_ramp(Palette *palette, Color a, Color b, int steps) {
    for (int i = 0; i < steps && palette->count < palette->most; i++)
        palette->colors[palette->count++] = color_mix(a, b, steps > 1 ? (float)i / (float)(steps - 1) : 0) | 0xff000000;
}

size_t plot_palette(const Theme *theme, int classes, bool soft, Color *colors, size_t most) {
    Palette palette = {colors, 0, most};
    add_ramp(&palette, theme->card, theme->text, 8);
    add_ramp(&palette, theme->card, theme->muted, 6);
    add_ramp(&palette, theme->region_neutral, theme->boundary, 6);
    add_ramp(&palette, theme->line, theme->frame, 2);
    add_ramp(&palette, theme->ring, theme->region_neutral, 4);
    add_ramp(&palette, theme->hard_edge, theme->hard_fill, 6);
    for (int k = 0; k < classes; k++) {
        add_ramp(&palette, theme->class_fill[k], theme->class_edge[k], classes > 4 ? 3 : 5);
        add_ramp(&palette, theme->class_edge[k], theme->region[k], classes > 4 ? 3 : 4);
        add_ramp(&palette, plot_test_color(theme, k, theme->class_fill[k]),
                 plot_test_color(theme, k, theme->class_edge[k]), classes > 4 ? 1 : 2);
        add_ramp(&palette, theme->hard_edge, theme->region[k], classes > 4 ? 3 : 4);
        add_ramp(&palette, color_mix(theme->region[k], theme->card, 0.88f), theme->line, 2);
    }
    for (int k = 0; k < classes && soft; k++) {
        Color fill, edge;
        for (int step = 1; step < V_STEPS && palette.count + 2 <= most; step += classes > 4 ? 2 : 1) {
            plot_soft_colors(theme, k, step, &fill, &edge);
            add_ramp(&palette, fill, edge, 2);
        }
    }
    /* The rest goes to the regions, where steps would show most. */
    if (palette.count < most) {
        int levels = (int)((most - palette.count) / (size_t)classes);
        for (int k = 0; k < classes; k++)
            add_ramp(&palette, theme->region_neutral, theme->region[k],
                     levels < PALETTE_LEVELS ? levels : PALETTE_LEVELS);
    }
    return palette.count;
}
