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

/* With many classes not every ramp has room. What a class's points and region are drawn in, the most important first:
 * the first few of these are in the palette for every class. Those between two colours are of edges and shades. */
enum { MANY_SHADES = 21 };

static Color many_shade(const Theme *theme, int k, int shade, bool soft) {
    Color fill = theme->class_fill[k], edge = theme->class_edge[k], region = theme->region[k], hard;
    hard = theme_hard_edge(theme, k);
    switch (shade) {
    case 0:
        return fill;
    case 1:
        return region;
    case 2:
        return edge;
    case 3:
        return hard;
    case 4:
        return color_mix(theme->region_neutral, region, 0.5f);
    case 5:
        return plot_test_color(theme, k, fill);
    case 6:
        return color_mix(fill, edge, 0.5f);
    case 7:
        return soft ? color_mix(theme->hard_fill, fill, 0.5f) : color_mix(edge, region, 0.5f);
    case 8:
        return color_mix(theme->region_neutral, region, 0.25f);
    case 9:
        return color_mix(theme->region_neutral, region, 0.75f);
    case 10:
        return color_mix(hard, region, 0.5f);
    case 11:
        return color_mix(theme->hard_fill, fill, 0.25f);
    case 12:
        return color_mix(theme->hard_fill, fill, 0.75f);
    case 13:
        return plot_test_color(theme, k, edge);
    case 14:
    case 15:
        return color_mix(edge, region, shade == 14 ? 0.25f : 0.75f);
    case 16:
        return color_mix(theme->boundary, region, 0.5f);
    default: /* 17 to 20: levels between those */
        return color_mix(theme->region_neutral, region, 0.125f + 0.25f * (float)(shade - 17));
    }
}

static size_t many_palette(const Theme *theme, int classes, bool soft, Palette *palette) {
    add_ramp(palette, theme->card, theme->text, 6);
    add_ramp(palette, theme->card, theme->muted, 5);
    add_ramp(palette, theme->region_neutral, theme->boundary, 5);
    add_ramp(palette, theme->frame, theme->frame, 1);
    add_ramp(palette, theme->ring, theme->region_neutral, 2);
    add_ramp(palette, theme->hard_edge, theme->hard_fill, 4);
    for (int shade = 0; shade < MANY_SHADES; shade++)
        for (int k = 0; k < classes; k++) {
            Color color = many_shade(theme, k, shade, soft);
            if (color != theme->hard_edge)
                add_ramp(palette, color, color, 1);
        }
    return palette->count;
}

size_t plot_palette(const Theme *theme, int classes, bool soft, Color *colors, size_t most) {
    Palette palette = {colors, 0, most};
    if (classes > PLOT_MANY_CLASSES)
        return many_palette(theme, classes, soft, &palette);
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
