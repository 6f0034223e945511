#include "app/plot/plot_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical pixels. */
#define LEGEND_PADDING 10.0f
#define LEGEND_GAP 8.0f      /* between icon and text */
#define LEGEND_COLUMNS 16.0f /* between columns */

#define MOST_ENTRIES (MAX_CLASSES + 5)
#define LEGEND_ICONS 3 /* marks that stand for all classes, at most */

typedef struct Entry {
    PlotEntryKind kind;
    int class;
    char text[48];
} Entry;

static int list_entries(const Drawing *d, Entry entries[MOST_ENTRIES]) {
    const Plot *plot = d->plot;
    const Settings *settings = d->snapshot->settings;
    int count = 0;
    /* Hard first, the points in use are not the easy ones; with all in use there is no choice. */
    const char *chosen = settings->order == ORDER_HARD ? "in use, " : settings->order == ORDER_ALL ? "" : "easy, ";
    const char *left_out = settings->order == ORDER_EASY ? "hard (v = 0)" : "left out (v = 0)";
    for (int k = 0; k < MAX_CLASSES; k++)
        if (plot->present[k]) {
            entries[count] = (Entry){.kind = PLOT_ENTRY_EASY, .class = k};
            char name[32];
            snprintf(entries[count++].text, sizeof entries->text, "%s%s", chosen,
                     dataset_class_name(d->snapshot->data, k, name));
        }
    if (d->hard_count > 0 || settings->order != ORDER_ALL) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_HARD};
        snprintf(entries[count++].text, sizeof entries->text, "%s%s", left_out,
                 plot->present_count < 2    ? ""
                 : plot->present_count == 2 ? ", both classes"
                                            : ", all classes");
    }
    if (d->rings) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_RING};
        snprintf(entries[count++].text, sizeof entries->text, "%s",
                 settings->order == ORDER_EASY ? "flagged: still hard" : "flagged: the last left out");
    }
    if (d->snapshot->test && d->snapshot->test->count > 0) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_TEST};
        snprintf(entries[count++].text, sizeof entries->text, "test points");
    }
    if (snapshot_is_finite(d->snapshot)) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_BOUNDARY};
        snprintf(entries[count++].text, sizeof entries->text, "decision boundary");
        entries[count] = (Entry){.kind = PLOT_ENTRY_REGIONS};
        snprintf(entries[count++].text, sizeof entries->text, "region: model’s class");
    }
    return count;
}

/* How many marks stand for the hard points of all classes. */
static int hard_icons(const Drawing *d) {
    return d->plot->present_count < LEGEND_ICONS ? d->plot->present_count : LEGEND_ICONS;
}

bool *plot_hidden(PlotHidden *hidden, PlotEntryKind kind, int class) {
    switch (kind) {
    case PLOT_ENTRY_EASY:
        return &hidden->easy[class];
    case PLOT_ENTRY_TEST:
        return &hidden->test;
    case PLOT_ENTRY_BOUNDARY:
        return &hidden->boundary;
    case PLOT_ENTRY_REGIONS:
        return &hidden->regions;
    case PLOT_ENTRY_DIFFER:
        return &hidden->differ;
    case PLOT_ENTRY_OTHER:
        return &hidden->other;
    default:
        return &hidden->hard;
    }
}

static bool entry_hidden(const Drawing *d, const Entry *entry) {
    PlotHidden hidden = d->options->hidden;
    return *plot_hidden(&hidden, entry->kind, entry->class);
}

static void draw_sign(Canvas *canvas, const Signs *signs, PlotColor color, PlotEntryKind kind, int class, float x,
                      float y) {
    bool by_number = color != PLOT_COLOR_CLASS;
    const MarkSprite *easy = by_number ? signs->ramp[1] : signs->easy;
    const MarkSprite *hard = color == PLOT_COLOR_LOSS ? signs->ramp[0] : signs->hard;
    const MarkSprite *sprite = kind == PLOT_ENTRY_EASY   ? &easy[class]
                               : kind == PLOT_ENTRY_SOFT ? &(by_number ? easy : signs->soft)[class]
                               : kind == PLOT_ENTRY_TEST ? &signs->test[class]
                               : kind == PLOT_ENTRY_RING ? &signs->hard[class]
                                                         : &hard[class];
    if (sprite->pixels)
        mark_draw(canvas, sprite, x, y);
}

void plot_sign_draw(const Plot *plot, Canvas *canvas, PlotColor color, PlotEntryKind kind, int class, float x,
                    float y) {
    if (!plot->sprite_theme)
        return;
    draw_sign(canvas, &plot->key, color, kind, class, x, y);
    if (kind == PLOT_ENTRY_RING)
        canvas_ring(canvas, x, y, 8 * plot->sprite_scale, 2 * plot->sprite_scale, plot->sprite_theme->ring);
}

void plot_legend_icon(const Drawing *d, PlotEntryKind kind, int class, float left, float middle, float icons) {
    const Plot *plot = d->plot;
    float scale = d->scale, center = left + icons / 2;
    int shown = 0, most = hard_icons(d), classes = mlp_classes(d->snapshot->mlp);
    PlotColor color = d->options->color;
    switch (kind) {
    case PLOT_ENTRY_EASY:
    case PLOT_ENTRY_SOFT: /* in no picture's legend: its marks lie between those of the others */
        draw_sign(d->canvas, &plot->legend, color, kind, class, center, middle);
        break;
    case PLOT_ENTRY_HARD:
    case PLOT_ENTRY_TEST:
        for (int k = 0; k < MAX_CLASSES && shown < most; k++)
            if (plot->present[k]) {
                float offset = ((float)shown++ - (float)(most - 1) / 2) * 10 * scale;
                draw_sign(d->canvas, &plot->legend, color, kind, k, center + offset, middle);
            }
        break;
    case PLOT_ENTRY_RING:
        draw_sign(d->canvas, &plot->legend, color, kind, 0, center, middle);
        canvas_ring(d->canvas, center, middle, 6.5f * scale, 2 * scale, d->theme->ring);
        break;
    case PLOT_ENTRY_BOUNDARY:
        canvas_line(d->canvas, center - 6 * scale, middle, center + 6 * scale, middle, 2 * scale, d->theme->boundary);
        break;
    case PLOT_ENTRY_REGIONS:
        for (int k = 0; k < classes; k++) {
            float width = fmaxf(1, roundf(20 * scale / (float)classes));
            float start = roundf(center - width * (float)classes / 2);
            canvas_rect(d->canvas,
                        (Rect){start + width * (float)k, roundf(middle - 4.5f * scale), width, roundf(9 * scale)},
                        d->theme->region[k]);
        }
        break;
    case PLOT_ENTRY_DIFFER: /* of two plots, whose legend is another (duel.h) */
    case PLOT_ENTRY_OTHER:
        break;
    }
}

/* What is left out is pale and its name struck through. */
static void draw_entry(const Drawing *d, const Entry *entry, float left, float middle, float icons) {
    float half = text_cap_height(d->text, TEXT_CAPTION) / 2, x = left + icons + LEGEND_GAP * d->scale;
    bool hidden = entry_hidden(d, entry);
    plot_legend_icon(d, entry->kind, entry->class, left, middle, icons);
    if (hidden)
        canvas_rect(d->canvas, (Rect){left - d->scale, middle - 8.5f * d->scale, icons + 2 * d->scale, 17 * d->scale},
                    color_alpha(d->theme->card, 0.72f));
    text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){x, roundf(middle + half), ALIGN_LEFT},
              hidden ? d->theme->muted : d->theme->text, entry->text);
    if (hidden)
        canvas_rect(d->canvas,
                    (Rect){x - d->scale, floorf(middle), text_width(d->text, TEXT_CAPTION, entry->text) + 2 * d->scale,
                           fmaxf(1, roundf(d->scale))},
                    d->theme->muted);
}

static Rect legend_card(const Drawing *d, int corner, float width, float height) {
    float margin = roundf(12 * d->scale);
    return (Rect){corner & 1 ? d->area.x + d->area.w - margin - width : d->area.x + margin,
                  corner & 2 ? d->area.y + d->area.h - margin - height : d->area.y + margin, width, height};
}

/* Top left, unless the legend would hide points there and far fewer in another corner. Chosen once for the points
 * and the area, not for each view: a legend that moves about while one pans is worse than one that hides something. */
static int choose_corner(const Drawing *d, float width, float height) {
    Plot *plot = d->plot;
    if (plot->legend_corner >= 0 && memcmp(&plot->legend_area, &d->area, sizeof d->area) == 0)
        return plot->legend_corner;
    size_t hidden[4] = {0}, count = d->snapshot->data->count;
    ToScreen t = to_screen(d->camera);
    for (size_t i = 0; i < count; i++) {
        float x, y;
        if (!place(d, &t, 0, i, &x, &y))
            continue;
        for (int corner = 0; corner < 4; corner++) {
            Rect card = legend_card(d, corner, width, height);
            hidden[corner] += x >= card.x && x <= card.x + card.w && y >= card.y && y <= card.y + card.h;
        }
    }
    int best = 0;
    for (int corner = 1; corner < 4; corner++)
        if (hidden[corner] < hidden[best])
            best = corner;
    if (hidden[0] <= count / 500 || hidden[best] > hidden[0] / 2)
        best = 0;
    plot->legend_corner = best;
    plot->legend_area = d->area;
    const Dataset *data = d->snapshot->data;
    const float bounds[4] = {data->x_minimum, data->x_maximum, data->y_minimum, data->y_maximum};
    memcpy(plot->legend_bounds, bounds, sizeof bounds);
    return best;
}

/* Entries column by column; a column is as wide as its own icons and texts need. */
typedef struct Legend {
    Entry entries[MOST_ENTRIES];
    int count, columns, rows;
    float pitch;                                    /* from row to row */
    float icons[MOST_ENTRIES], texts[MOST_ENTRIES]; /* of each column */
    float bar; /* height of the bar that explains the colours, below the entries; 0: none */
    float width, height;
    Rect card;
} Legend;

static void arrange_legend(const Drawing *d, Legend *legend, int columns, float pitch) {
    float scale = d->scale;
    legend->rows = (legend->count + columns - 1) / columns;
    legend->columns = (legend->count + legend->rows - 1) / legend->rows;
    legend->pitch = pitch * scale;
    legend->width = 2 * LEGEND_PADDING * scale + (float)(legend->columns - 1) * LEGEND_COLUMNS * scale;
    for (int c = 0; c < legend->columns; c++) {
        legend->icons[c] = legend->texts[c] = 0;
        for (int i = c * legend->rows; i < legend->count && i < (c + 1) * legend->rows; i++) {
            PlotEntryKind kind = legend->entries[i].kind;
            float icon = kind == PLOT_ENTRY_REGIONS                           ? 20
                         : kind == PLOT_ENTRY_HARD || kind == PLOT_ENTRY_TEST ? 10 * (float)hard_icons(d)
                                                                              : 15;
            legend->icons[c] = fmaxf(legend->icons[c], icon * scale);
            legend->texts[c] = fmaxf(legend->texts[c], text_width(d->text, TEXT_CAPTION, legend->entries[i].text));
        }
        legend->width += legend->icons[c] + LEGEND_GAP * scale + legend->texts[c];
    }
    legend->bar = d->options->color == PLOT_COLOR_CLASS ? 0 : LEGEND_BAR * scale;
    if (legend->bar > 0)
        legend->width = fmaxf(legend->width, (LEGEND_BAR_WIDTH + 2 * LEGEND_PADDING) * scale);
    legend->width = ceilf(legend->width);
    legend->height = ceilf((float)legend->rows * legend->pitch + legend->bar + 8 * scale);
}

/* The first arrangement that covers little of the plot; failing that, one that leaves at least 60 %. */
static bool fit_legend(const Drawing *d, Legend *legend) {
    static const struct {
        int columns;
        float pitch; /* from row to row */
    } WAYS[] = {{1, 20}, {2, 20}, {1, 17}, {2, 17}, {3, 17}};
    /* long ones are tight from the start */
    size_t first = legend->count > 8 ? 2 : 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = first; i < sizeof WAYS / sizeof *WAYS; i++) {
            arrange_legend(d, legend, WAYS[i].columns, WAYS[i].pitch);
            if (legend->width <= d->area.w - 24 * d->scale && legend->height <= d->area.h - 24 * d->scale &&
                legend->height <= d->area.h * (pass ? 0.75f : 0.36f) &&
                legend->width * legend->height <= d->area.w * d->area.h * (pass ? 0.4f : 0.16f))
                return true;
        }
    return false;
}

/* The legend and its place; false: there is none. */
static bool lay_out_legend(const Drawing *d, Legend *legend) {
    legend->count = list_entries(d, legend->entries);
    if (!d->options->legend || legend->count == 0 || !fit_legend(d, legend))
        return false;
    int corner = choose_corner(d, legend->width, legend->height);
    legend->card = legend_card(d, corner, legend->width, legend->height);
    return true;
}

/* The row of entry i, from one side of its column to the other. */
static Rect entry_row(const Drawing *d, const Legend *legend, int i) {
    float left = legend->card.x + LEGEND_PADDING * d->scale, gap = LEGEND_GAP * d->scale;
    int column = i / legend->rows;
    for (int c = 0; c < column; c++)
        left += legend->icons[c] + legend->texts[c] + (LEGEND_GAP + LEGEND_COLUMNS) * d->scale;
    return (Rect){left - gap, legend->card.y + 4 * d->scale + (float)(i % legend->rows) * legend->pitch,
                  legend->icons[column] + legend->texts[column] + 3 * gap, legend->pitch};
}

void plot_legend_bar(const Drawing *d, float x, float top, float width) {
    float scale = d->scale;
    bool loss = d->options->color == PLOT_COLOR_LOSS;
    char high[16] = "10";
    if (!loss)
        snprintf(high, sizeof high, "%u", (unsigned)d->admitted_top);
    float baseline = roundf(top + 12 * scale);
    text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){x, baseline, ALIGN_LEFT}, d->theme->muted,
              loss ? "0.001" : "1");
    text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){x + width, baseline, ALIGN_RIGHT}, d->theme->muted, high);
    text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){x + width / 2, baseline, ALIGN_CENTER}, d->theme->text,
              loss ? "loss" : "epoch of admission");
    Rect bar = {roundf(x), roundf(top + 18 * scale), roundf(width), roundf(8 * scale)};
    for (int i = 0; i < RAMP; i++) {
        float from = roundf(bar.x + bar.w * (float)i / RAMP), to = roundf(bar.x + bar.w * (float)(i + 1) / RAMP);
        canvas_rect(d->canvas, (Rect){from, bar.y, to - from, bar.h}, plot_ramp(d->theme, (float)i / (RAMP - 1)));
    }
    double threshold = d->snapshot->threshold;
    if (!loss || !(threshold >= PLOT_LOSS_LOW && threshold <= PLOT_LOSS_HIGH))
        return;
    float share = (float)(log(threshold / PLOT_LOSS_LOW) / log(PLOT_LOSS_HIGH / PLOT_LOSS_LOW));
    float line = fmaxf(1, roundf(2 * scale)), at = roundf(bar.x + bar.w * share - line / 2);
    Rect mark = {at, bar.y - 3 * scale, line, bar.h + 6 * scale};
    canvas_rect(d->canvas, (Rect){mark.x - scale, mark.y, mark.w + 2 * scale, mark.h}, d->theme->card);
    canvas_rect(d->canvas, mark, d->theme->text);
}

void plot_legend_draw(const Drawing *d) {
    Legend legend;
    if (d->options->legend_room > 0) {
        plot_legend_beside_draw(d);
        return;
    }
    if (!lay_out_legend(d, &legend))
        return;
    float scale = d->scale;
    canvas_rounded(d->canvas, legend.card, 6 * scale, color_alpha(d->theme->card, 0.88f));
    canvas_rounded_frame(d->canvas, legend.card, 6 * scale, fmaxf(1, floorf(scale)), d->theme->line);
    for (int i = 0; i < legend.count; i++) {
        Rect row = entry_row(d, &legend, i);
        draw_entry(d, &legend.entries[i], row.x + LEGEND_GAP * scale, floorf(row.y + row.h / 2) + 0.5f,
                   legend.icons[i / legend.rows]);
    }
    if (legend.bar > 0)
        plot_legend_bar(d, legend.card.x + LEGEND_PADDING * scale,
                        legend.card.y + legend.card.h - legend.bar - 2 * scale,
                        legend.card.w - 2 * LEGEND_PADDING * scale);
}

/* Whether the points' bounds are about what they were when the legend got its corner: it does not move for a few points
 * more or less. */
static bool stands_where(const float bounds[4], const Dataset *data) {
    float width = bounds[1] - bounds[0], height = bounds[3] - bounds[2];
    return fabsf(data->x_minimum - bounds[0]) <= 0.3f * width && fabsf(data->x_maximum - bounds[1]) <= 0.3f * width &&
           fabsf(data->y_minimum - bounds[2]) <= 0.3f * height && fabsf(data->y_maximum - bounds[3]) <= 0.3f * height;
}

void plot_legend_follow(Plot *plot, const Dataset *data) {
    if (!stands_where(plot->legend_bounds, data))
        plot->legend_corner = -1;
}
