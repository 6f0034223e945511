/* The legend that would hide points over the plot: on the right, beside the plotted area. */
#include "app/plot/plot_private.h"

#include "app/base/language.h"
#include "app/plot/key_words.h"

#include <math.h>

/* Logical pixels. */
static const float AWAY = 14.0f, EDGE = 12.0f, ICON = 15.0f, WIDE_ICON = 30.0f, GAP = 6.0f, BETWEEN = 12.0f;
static const float WIDEST = 0.42f;     /* of the picture */
static const float PLOT_LEAST = 0.45f; /* of the picture: the plotted area beside the legend of few classes */
static const float NAME_LEAST = 9.0f;  /* of a name that is cut */

enum { MOST_OTHERS = 8, MOST_COLUMNS = 3 };

typedef struct Other {
    PlotEntryKind kind;
    const char *text;
} Other;

typedef struct Beside {
    int classes, columns, rows; /* rows of classes */
    Other others[MOST_OTHERS];  /* below them, in one column */
    int count;
    float pitch, name, width; /* from row to row, a name's width, all: pixels */
} Beside;

/* now: those that are in the picture at hand, else all that may be in one of the run's. */
static void list_others(const Drawing *d, bool now, Beside *b) {
    const Snapshot *s = d->snapshot;
    int order = s->settings->order;
    b->count = 0;
    bool by_influence = d->options->color == PLOT_COLOR_INFLUENCE;
    if (!by_influence && (order != ORDER_ALL || d->hard_count > 0))
        b->others[b->count++] = (Other){PLOT_ENTRY_HARD, key_left_out(order)};
    if (s->test && s->test->count > 0)
        b->others[b->count++] = (Other){PLOT_ENTRY_TEST, tr("test points")};
    if (s->clean && s->clean->count > 0)
        b->others[b->count++] = (Other){PLOT_ENTRY_CLEAN, tr("clean points")};
    if (by_influence) {
        b->others[b->count++] = (Other){PLOT_ENTRY_HELPS, tr("helps: filled")};
        b->others[b->count++] = (Other){PLOT_ENTRY_HURTS, tr("hurts: hollow")};
    }
    if (!now || snapshot_is_finite(s)) {
        b->others[b->count++] = (Other){PLOT_ENTRY_BOUNDARY, tr("boundary")};
        b->others[b->count++] = (Other){PLOT_ENTRY_REGIONS, tr("model’s class")};
    }
    if (now ? d->rings : d->options->ring_hard)
        b->others[b->count++] = (Other){PLOT_ENTRY_RING, order == ORDER_EASY ? tr("still hard") : tr("last left out")};
}

static const char *head_of(const Drawing *d) {
    int order = d->options->color == PLOT_COLOR_INFLUENCE ? ORDER_ALL : d->snapshot->settings->order;
    return order == ORDER_EASY ? tr("easy (v = 1)") : order == ORDER_HARD ? tr("in use (v = 1)") : tr("class");
}

static float bar_of(const Drawing *d) {
    return d->options->color == PLOT_COLOR_CLASS ? 0 : LEGEND_BAR * d->scale;
}

/* Columns and rows that fit the height; false: none do. */
static bool fit_rows(const Drawing *d, Beside *b) {
    static const float PITCHES[] = {18.0f, 16.0f, 14.0f};
    float height = d->area.h - bar_of(d);
    for (b->columns = 1; b->columns <= MOST_COLUMNS; b->columns++)
        for (size_t i = 0; i < sizeof PITCHES / sizeof *PITCHES; i++) {
            b->pitch = PITCHES[i] * d->scale;
            b->rows = (b->classes + b->columns - 1) / b->columns;
            if (b->pitch * ((float)(b->rows + b->count) + 1.5f) <= height)
                return true;
        }
    return false;
}

static bool lay_out(const Drawing *d, Beside *b) {
    float scale = d->scale, most = WIDEST * d->outer.w - (AWAY + EDGE) * scale, others = 0, widest = 0;
    char name[32];
    *b = (Beside){.classes = d->plot->present_count};
    list_others(d, false, b);
    if (!fit_rows(d, b))
        return false;
    for (int k = 0; k < MAX_CLASSES; k++)
        if (d->plot->present[k])
            widest = fmaxf(widest, text_width(d->text, TEXT_CAPTION, dataset_class_name(d->snapshot->data, k, name)));
    for (int i = 0; i < b->count; i++)
        others = fmaxf(others, (WIDE_ICON + GAP) * scale + text_width(d->text, TEXT_CAPTION, b->others[i].text));
    others = fmaxf(others, text_width(d->text, TEXT_CAPTION, head_of(d)));
    if (bar_of(d) > 0)
        others = fmaxf(others, LEGEND_BAR_WIDTH * scale);
    float each = (ICON + GAP) * scale, between = BETWEEN * scale * (float)(b->columns - 1);
    b->name = ceilf(fminf(widest, (most - between) / (float)b->columns - each)) + 1;
    b->width = ceilf(fmaxf(others, (each + b->name) * (float)b->columns + between));
    float rounded = 2.0f * (float)b->columns; /* up, of names that are cut */
    return b->width <= most + rounded && b->name >= NAME_LEAST * scale;
}

float plot_legend_room(Plot *plot, Text *text, const PlotScene *scene) {
    PlotOptions options = *scene->options;
    PlotScene without = *scene;
    Beside b;
    options.legend_room = 0;
    without.options = &options;
    Drawing d = plot_begin(plot, NULL, text, NULL, &without);
    bool many = plot->present_count > PLOT_MANY_CLASSES;
    if (!options.legend || !(many || plot_legend_covers(&d)) || !lay_out(&d, &b))
        return 0;
    float room = b.width + (AWAY + EDGE) * d.scale;
    return many || d.area.w - room >= PLOT_LEAST * d.outer.w ? room : 0;
}

static void draw_name(const Drawing *d, Rect place, bool hidden, const char *text) {
    text_draw_in(d->text, d->canvas, TEXT_CAPTION, place, ALIGN_LEFT, hidden ? d->theme->muted : d->theme->text, text);
    if (!hidden)
        return;
    float width = fminf(text_width(d->text, TEXT_CAPTION, text), place.w);
    canvas_rect(d->canvas, (Rect){place.x, floorf(place.y + place.h / 2), width, fmaxf(1, roundf(d->scale))},
                d->theme->muted);
}

/* What is left out is pale and its name struck through, as in the legend over the plot. */
static void draw_entry(const Drawing *d, PlotEntryKind kind, int class, Rect place, float icon, const char *text) {
    PlotHidden copy = d->options->hidden;
    bool hidden = *plot_hidden(&copy, kind, class);
    plot_legend_icon(d, kind, class, place.x, floorf(place.y + place.h / 2) + 0.5f, icon);
    if (hidden)
        canvas_rect(d->canvas, (Rect){place.x, place.y, icon, place.h}, color_alpha(d->theme->card, 0.72f));
    float left = icon + GAP * d->scale;
    draw_name(d, (Rect){place.x + left, place.y, place.w - left, place.h}, hidden, text);
}

void plot_legend_beside_draw(const Drawing *d) {
    Beside b;
    if (!lay_out(d, &b))
        return;
    float scale = d->scale, x = d->area.x + d->area.w + AWAY * scale, y = d->area.y, icon = ICON * scale;
    float column = icon + GAP * scale + b.name;
    char name[32];
    text_draw_in(d->text, d->canvas, TEXT_CAPTION, (Rect){x, y, b.width, b.pitch}, ALIGN_LEFT, d->theme->muted,
                 head_of(d));
    y += b.pitch;
    for (int k = 0, i = 0; k < MAX_CLASSES; k++) {
        if (!d->plot->present[k])
            continue;
        Rect place = {x + (float)(i / b.rows) * (column + BETWEEN * scale), y + (float)(i % b.rows) * b.pitch, column,
                      b.pitch};
        draw_entry(d, PLOT_ENTRY_EASY, k, place, icon, dataset_class_name(d->snapshot->data, k, name));
        i++;
    }
    y += b.pitch * ((float)b.rows + 0.5f);
    list_others(d, true, &b);
    for (int i = 0; i < b.count; i++, y += b.pitch)
        draw_entry(d, b.others[i].kind, 0, (Rect){x, y, b.width, b.pitch}, WIDE_ICON * scale, b.others[i].text);
    if (bar_of(d) > 0)
        plot_legend_bar(d, x, y, fminf(b.width, 2 * LEGEND_BAR_WIDTH * scale));
}
