#include "app/plot/plot_private.h"

#include "app/base/language.h"
#include "app/plot/key_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical pixels. */
#define LEGEND_PADDING 10.0f
#define LEGEND_GAP 8.0f      /* between icon and text */
#define LEGEND_COLUMNS 16.0f /* between columns */
#define LEGEND_NAME 0.3f     /* of the plotted area's width: what a class's name takes at the most */

#define MOST_ENTRIES (MAX_CLASSES + 9)
#define LEGEND_ICONS 3 /* marks that stand for all classes, at most */

typedef struct Entry {
    PlotEntryKind kind;
    int class;
    char text[DATASET_NAME_BYTES + 32];
} Entry;

static int list_entries(const Drawing *d, Entry entries[MOST_ENTRIES]) {
    const Plot *plot = d->plot;
    const Settings *settings = d->snapshot->settings;
    int count = 0;
    bool by_influence = d->options->color == PLOT_COLOR_INFLUENCE;
    for (int k = 0; k < MAX_CLASSES; k++)
        if (plot->present[k]) {
            entries[count] = (Entry){.kind = PLOT_ENTRY_EASY, .class = k};
            char name[32];
            key_counted(by_influence ? ORDER_ALL : settings->order, dataset_class_name(d->snapshot->data, k, name),
                        entries[count++].text, sizeof entries->text);
        }
    if (!by_influence && settings->order != ORDER_ALL && settings->regularizer != REGULARIZER_HARD &&
        d->options->color == PLOT_COLOR_CLASS) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_SOFT};
        snprintf(entries[count++].text, sizeof entries->text, tr("weight v, 0 to %s"),
                 weight_limit(settings->regularizer) > 1 ? "e" : "1");
    }
    if (!by_influence &&
        (d->hard_count > 0 || (settings->order != ORDER_ALL && weight_limit(settings->regularizer) <= 1))) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_HARD};
        snprintf(entries[count++].text, sizeof entries->text,
                 plot->present_count < 2    ? "%s"
                 : plot->present_count == 2 ? tr("%s, both classes")
                                            : tr("%s, all classes"),
                 key_left_out(settings->order));
    }
    if (d->rings) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_RING};
        snprintf(entries[count++].text, sizeof entries->text, "%s",
                 settings->order == ORDER_EASY ? tr("flagged: still hard") : tr("flagged: the last left out"));
    }
    if (d->snapshot->test && d->snapshot->test->count > 0) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_TEST};
        snprintf(entries[count++].text, sizeof entries->text, "%s", tr("test points"));
    }
    if (d->snapshot->clean && d->snapshot->clean->count > 0) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_CLEAN};
        snprintf(entries[count++].text, sizeof entries->text, "%s", tr("clean points"));
    }
    for (int kind = PLOT_ENTRY_HELPS; d->options->color == PLOT_COLOR_INFLUENCE && kind <= PLOT_ENTRY_HURTS; kind++) {
        entries[count] = (Entry){.kind = (PlotEntryKind)kind};
        snprintf(entries[count++].text, sizeof entries->text, "%s",
                 kind == PLOT_ENTRY_HELPS ? tr("helps: filled") : tr("hurts: hollow"));
    }
    if (snapshot_is_finite(d->snapshot)) {
        entries[count] = (Entry){.kind = PLOT_ENTRY_BOUNDARY};
        snprintf(entries[count++].text, sizeof entries->text, "%s", tr("decision boundary"));
        entries[count] = (Entry){.kind = PLOT_ENTRY_REGIONS};
        snprintf(entries[count++].text, sizeof entries->text, "%s", tr("region: model’s class"));
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
    case PLOT_ENTRY_CLEAN:
        return &hidden->clean;
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
    const MarkSprite *hard = plot_color_by_value(color) ? signs->ramp[0] : signs->hard;
    const MarkSprite *sprite = kind == PLOT_ENTRY_EASY ? &easy[class]
                               : kind == PLOT_ENTRY_SOFT
                                   ? (by_number ? &easy[class] : &signs->soft[class][PLOT_SOFT_SIGNS / 2])
                               : kind == PLOT_ENTRY_TEST  ? &signs->test[class]
                               : kind == PLOT_ENTRY_CLEAN ? &signs->easy[class]
                               : kind == PLOT_ENTRY_HELPS ? &signs->influence[1][class]
                               : kind == PLOT_ENTRY_HURTS ? &signs->influence[0][class]
                               : kind == PLOT_ENTRY_RING  ? &signs->hard[class]
                                                          : &hard[class];
    if (sprite->pixels)
        mark_draw(canvas, sprite, x, y);
    if (kind == PLOT_ENTRY_CLEAN && signs->flag.pixels)
        mark_draw(canvas, &signs->flag, x, y);
}

void plot_sign_draw(const Plot *plot, Canvas *canvas, PlotColor color, PlotEntryKind kind, int class, float x,
                    float y) {
    if (!plot->sprite_theme)
        return;
    draw_sign(canvas, &plot->key, color, kind, class, x, y);
    if (kind == PLOT_ENTRY_RING)
        canvas_ring(canvas, x, y, 8 * plot->sprite_scale, 2 * plot->sprite_scale, plot->sprite_theme->ring);
}

static void draw_soft(Canvas *canvas, const Signs *signs, int class, int sign, float x, float y) {
    if (signs->soft[class][sign].pixels)
        mark_draw(canvas, &signs->soft[class][sign], x, y);
}

void plot_soft_sign_draw(const Plot *plot, Canvas *canvas, int class, int sign, float x, float y) {
    if (plot->sprite_theme)
        draw_soft(canvas, &plot->key, class, sign, x, y);
}

void plot_legend_icon(const Drawing *d, PlotEntryKind kind, int class, float left, float middle, float icons) {
    const Plot *plot = d->plot;
    float scale = d->scale, center = left + icons / 2;
    int shown = 0, most = hard_icons(d), classes = mlp_classes(d->snapshot->mlp);
    PlotColor color = d->options->color;
    switch (kind) {
    case PLOT_ENTRY_SOFT:
        while (shown + 1 < MAX_CLASSES && !plot->present[shown])
            shown++;
        for (int i = 0; i < PLOT_SOFT_SIGNS; i++)
            draw_soft(d->canvas, &plot->legend, shown, i, center + (float)(i - PLOT_SOFT_SIGNS / 2) * 10 * scale,
                      middle);
        break;
    case PLOT_ENTRY_EASY:
        draw_sign(d->canvas, &plot->legend, color, kind, class, center, middle);
        break;
    case PLOT_ENTRY_HARD:
    case PLOT_ENTRY_TEST:
    case PLOT_ENTRY_HELPS:
    case PLOT_ENTRY_HURTS:
        for (int k = 0; k < MAX_CLASSES && shown < most; k++)
            if (plot->present[k]) {
                float offset = ((float)shown++ - (float)(most - 1) / 2) * 10 * scale;
                draw_sign(d->canvas, &plot->legend, color, kind, k, center + offset, middle);
            }
        break;
    case PLOT_ENTRY_CLEAN:
        draw_sign(d->canvas, &plot->legend, color, kind, d->snapshot->clean->label[0], center - 2 * scale,
                  middle + 3 * scale);
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

/* Of an entry's words; a class's name is cut, if it is long. */
static float words_width(const Drawing *d, const Entry *entry) {
    float width = text_width(d->text, TEXT_CAPTION, entry->text);
    return entry->kind == PLOT_ENTRY_EASY ? fminf(width, floorf(LEGEND_NAME * d->area.w)) : width;
}

/* What is left out is pale and its name struck through. */
static void draw_entry(const Drawing *d, const Entry *entry, float left, float middle, float icons) {
    float half = text_cap_height(d->text, TEXT_CAPTION) / 2, x = left + icons + LEGEND_GAP * d->scale;
    bool hidden = entry_hidden(d, entry);
    Color color = hidden ? d->theme->muted : d->theme->text;
    plot_legend_icon(d, entry->kind, entry->class, left, middle, icons);
    if (hidden)
        canvas_rect(d->canvas, (Rect){left - d->scale, middle - 8.5f * d->scale, icons + 2 * d->scale, 17 * d->scale},
                    color_alpha(d->theme->card, 0.72f));
    float width = words_width(d, entry);
    Rect words = {x, roundf(middle + half) - 3 * half, width + 1, 4 * half}; /* baseline on a whole pixel */
    text_draw_in(d->text, d->canvas, TEXT_CAPTION, words, ALIGN_LEFT, color, entry->text);
    if (hidden)
        canvas_rect(d->canvas, (Rect){x - d->scale, floorf(middle), width + 2 * d->scale, fmaxf(1, roundf(d->scale))},
                    d->theme->muted);
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
            float icon = kind == PLOT_ENTRY_REGIONS ? 20
                         : kind == PLOT_ENTRY_HARD || kind == PLOT_ENTRY_TEST || kind == PLOT_ENTRY_HELPS ||
                                 kind == PLOT_ENTRY_HURTS
                             ? 10 * (float)hard_icons(d)
                         : kind == PLOT_ENTRY_SOFT ? 10.0f * (float)PLOT_SOFT_SIGNS
                                                   : 15;
            legend->icons[c] = fmaxf(legend->icons[c], icon * scale);
            legend->texts[c] = fmaxf(legend->texts[c], words_width(d, &legend->entries[i]));
        }
        legend->width += legend->icons[c] + LEGEND_GAP * scale + legend->texts[c];
    }
    legend->bar = d->options->color == PLOT_COLOR_CLASS ? 0 : LEGEND_BAR * scale;
    if (legend->bar > 0)
        legend->width = fmaxf(legend->width, (LEGEND_BAR_WIDTH + 2 * LEGEND_PADDING) * scale);
    legend->width = ceilf(legend->width);
    legend->height = ceilf((float)legend->rows * legend->pitch + legend->bar + 8 * scale);
}

/* From roomy to close. */
static const struct {
    int columns;
    float pitch; /* from row to row */
} WAYS[] = {{1, 20}, {2, 20}, {1, 17}, {2, 17}, {3, 17}};
enum { WAY_COUNT = sizeof WAYS / sizeof *WAYS };

/* Whether the legend leaves most of the plot free; most: a share of its height and of its area. */
static bool arrange_within(const Drawing *d, Legend *legend, int way, float most_height, float most_area) {
    arrange_legend(d, legend, WAYS[way].columns, WAYS[way].pitch);
    return legend->width <= d->area.w - 24 * d->scale && legend->height <= d->area.h - 24 * d->scale &&
           legend->height <= d->area.h * most_height &&
           legend->width * legend->height <= d->area.w * d->area.h * most_area;
}

/* The first arrangement from `way` on that covers little of the plot; failing that, one that leaves at least 60 %.
 * Which one; -1: none. */
static int fit_legend(const Drawing *d, Legend *legend, int way) {
    for (int i = way; i < WAY_COUNT; i++)
        if (arrange_within(d, legend, i, 0.36f, 0.16f))
            return i;
    for (int i = way; i < WAY_COUNT; i++)
        if (arrange_within(d, legend, i, 0.75f, 0.4f))
            return i;
    return -1;
}

/* Where it stands: how far of the room beside it lies to the left of it and above it. */
static Rect legend_card(const Drawing *d, const float at[2], float width, float height) {
    float margin = roundf(12 * d->scale);
    float left = d->area.x + margin, right = d->area.x + d->area.w - margin - width;
    float top = d->area.y + margin, bottom = d->area.y + d->area.h - margin - height;
    float x = at[0] == 0 ? left : at[0] == 1 ? right : roundf(left + at[0] * (right - left));
    float y = at[1] == 0 ? top : at[1] == 1 ? bottom : roundf(top + at[1] * (bottom - top));
    return (Rect){x, y, width, height};
}

static bool touches(const Drawing *d, const ToScreen *t, Rect card, const Dataset *data) {
    float mark = 3 * d->scale;
    for (size_t i = 0; i < data->count; i++) {
        float x, y;
        if (place_of(d, t, 0, data, i, &x, &y) && x > card.x - mark && x < card.x + card.w + mark &&
            y > card.y - mark && y < card.y + card.h + mark)
            return true;
    }
    return false;
}

/* Whether a card lies over the mark of a point. */
static bool covers_points(const Drawing *d, Rect card) {
    const Snapshot *s = d->snapshot;
    ToScreen t = to_screen(d->camera);
    return touches(d, &t, card, s->data) || (s->test && touches(d, &t, card, s->test));
}

/* Whether the legend does, there, in a picture of the run: with the row that the rings of a last one add. */
static bool legend_covers(const Drawing *d, const Legend *legend) {
    float ring = d->rings || d->snapshot->settings->until_hard < 0 ? 0 : legend->pitch;
    return covers_points(d, legend_card(d, d->plot->legend_at, legend->width, legend->height + ring));
}

static const float CORNERS[4][2] = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};

/* How many points the legend would hide in each corner. */
static void count_hidden(const Drawing *d, const Legend *legend, size_t hidden[4]) {
    Rect cards[4];
    ToScreen t = to_screen(d->camera);
    for (int i = 0; i < 4; i++) {
        cards[i] = legend_card(d, CORNERS[i], legend->width, legend->height);
        hidden[i] = 0;
    }
    for (size_t i = 0; i < d->snapshot->data->count; i++) {
        float x, y;
        if (!place(d, &t, 0, i, &x, &y))
            continue;
        for (int k = 0; k < 4; k++)
            hidden[k] +=
                x >= cards[k].x && x <= cards[k].x + cards[k].w && y >= cards[k].y && y <= cards[k].y + cards[k].h;
    }
}

/* The plotted area in cells: which have points. */
enum { CELLS = 96 };

typedef struct Taken {
    bool cell[CELLS][CELLS];
} Taken;

static int cell_at(float offset, float size) {
    int cell = (int)(offset / size * (float)CELLS);
    return cell < 0 ? 0 : cell >= CELLS ? CELLS - 1 : cell;
}

static void find_taken(const Drawing *d, Taken *taken) {
    ToScreen t = to_screen(d->camera);
    memset(taken, 0, sizeof *taken);
    for (size_t i = 0; i < d->snapshot->data->count; i++) {
        float x, y;
        if (place(d, &t, 0, i, &x, &y))
            taken->cell[cell_at(y - d->area.y, d->area.h)][cell_at(x - d->area.x, d->area.w)] = true;
    }
}

/* No point, nor its mark, under a card. */
static bool is_free(const Drawing *d, const Taken *taken, Rect card) {
    float mark = 5 * d->scale, left = card.x - d->area.x - mark, top = card.y - d->area.y - mark;
    int x1 = cell_at(left + card.w + 2 * mark, d->area.w), y1 = cell_at(top + card.h + 2 * mark, d->area.h);
    for (int y = cell_at(top, d->area.h); y <= y1; y++)
        for (int x = cell_at(left, d->area.w); x <= x1; x++)
            if (taken->cell[y][x])
                return false;
    return true;
}

/* A free place along an edge, or off the edges, for the legend as it is arranged. */
static bool find_free(const Drawing *d, const Legend *legend, const Taken *taken, bool edge, float at[2]) {
    enum { PARTS = 8 };
    for (int i = 0; i <= PARTS; i++)
        for (int k = 0; k <= PARTS; k++) {
            at[0] = (float)k / (float)PARTS;
            at[1] = (float)i / (float)PARTS;
            if ((i % PARTS == 0 || k % PARTS == 0) == edge &&
                is_free(d, taken, legend_card(d, at, legend->width, legend->height)))
                return true;
        }
    return false;
}

/* A free place in the arrangement that fits best, or else in another one. */
static bool find_room(const Drawing *d, Legend *legend, bool edge) {
    Plot *plot = d->plot;
    Legend other = *legend;
    Taken taken;
    find_taken(d, &taken);
    plot->legend_way = -1;
    if (find_free(d, legend, &taken, edge, plot->legend_at))
        return true;
    for (int i = 0; i < WAY_COUNT; i++)
        if (arrange_within(d, &other, i, 0.75f, 0.4f) && find_free(d, &other, &taken, edge, plot->legend_at)) {
            plot->legend_way = i;
            return true;
        }
    return false;
}

/* A place that hides no point: a corner, if that can be, top left first, else any other, in another arrangement if need
 * be. Without any, top left, unless far fewer would be hidden in another corner. */
static void choose_place(const Drawing *d, Legend *legend) {
    Plot *plot = d->plot;
    size_t hidden[4];
    int best = 0;
    count_hidden(d, legend, hidden);
    for (int corner = 1; corner < 4; corner++)
        if (hidden[corner] < hidden[best])
            best = corner;
    plot->legend_way = -1;
    memcpy(plot->legend_at, CORNERS[best], sizeof plot->legend_at);
    if (hidden[best] == 0 || find_room(d, legend, true) || find_room(d, legend, false))
        return;
    plot->legend_way = -1;
    best = hidden[0] <= d->snapshot->data->count / 500 || hidden[best] > hidden[0] / 2 ? 0 : best;
    memcpy(plot->legend_at, CORNERS[best], sizeof plot->legend_at);
}

/* The legend and its place; false: there is none. Chosen once for the points and the view: not for each frame of a
 * GIF, whose legend does not move when entries come and go. */
static bool lay_out_legend(const Drawing *d, Legend *legend) {
    Plot *plot = d->plot;
    legend->count = list_entries(d, legend->entries);
    if (!d->options->legend || legend->count == 0)
        return false;
    int way = fit_legend(d, legend, legend->count > 8 ? 2 : 0); /* long ones are tight from the start */
    if (way < 0)
        return false;
    const Camera *view = &plot->legend_view;
    bool anew = !plot->legend_placed || view->center_x != d->camera->center_x ||
                view->center_y != d->camera->center_y || view->scale != d->camera->scale ||
                view->stretch != d->camera->stretch || memcmp(&view->view, &d->area, sizeof d->area) != 0;
    if (anew)
        choose_place(d, legend);
    int there = plot->legend_way;
    if (there < 0 || !arrange_within(d, legend, there, 0.75f, 0.4f))
        arrange_legend(d, legend, WAYS[way].columns, WAYS[way].pitch);
    legend->card = legend_card(d, plot->legend_at, legend->width, legend->height);
    if (anew) {
        plot->legend_placed = true;
        plot->legend_view = *d->camera;
        plot->legend_covers = legend_covers(d, legend);
    }
    return true;
}

bool plot_legend_covers(const Drawing *d) {
    Legend legend;
    return lay_out_legend(d, &legend) && d->plot->legend_covers;
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
    float baseline = roundf(top + 12 * scale);
    text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){x, baseline, ALIGN_LEFT}, d->theme->muted,
              d->ramp.ends[0]);
    text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){x + width, baseline, ALIGN_RIGHT}, d->theme->muted,
              d->ramp.ends[1]);
    text_draw(d->text, d->canvas, TEXT_CAPTION, (TextAnchor){x + width / 2, baseline, ALIGN_CENTER}, d->theme->text,
              d->options->color == PLOT_COLOR_ADMITTED ? tr("epoch of admission") : d->ramp.name);
    Rect bar = {roundf(x), roundf(top + 18 * scale), roundf(width), roundf(8 * scale)};
    for (int i = 0; i < RAMP; i++) {
        float from = roundf(bar.x + bar.w * (float)i / RAMP), to = roundf(bar.x + bar.w * (float)(i + 1) / RAMP);
        canvas_rect(d->canvas, (Rect){from, bar.y, to - from, bar.h},
                    plot_ramp_color(d->theme, &d->ramp, (float)i / (RAMP - 1)));
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
