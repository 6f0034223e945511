#include "app/window/layout.h"

#include "app/draw/theme.h"
#include "app/views/view_present.h"
#include "app/views/view_suspects.h"
#include "app/views/view_tools.h"

#include <math.h>

static const float KEY = 158.0f, PRESENT_KEY = 148.0f; /* with 16 on each side */
static const float PLOT_LEAST = 520.0f;                /* the plot beside the key */
static const float DRAWER_BELOW = 800.0f, PAGE = SUSPECTS_WIDTH, ONE_STRIP_BELOW = 500.0f;
static const float THRESHOLD_ROW = 44.0f;

/* Takes so much off the lower end of *r. */
static Rect take_foot(Rect *r, float height) {
    r->h -= height;
    return (Rect){r->x, r->y + r->h, r->w, height};
}

static float timeline_height(const LayoutWish *wish, float height) {
    float wanted = wish->timeline > 0.0f ? wish->timeline : 0.208f * height;
    return fminf(fmaxf(wanted, LAYOUT_TIMELINE_LEAST), fminf(LAYOUT_TIMELINE_MOST, height * 0.5f));
}

/* The card's own parts. */
static void divide_card(Layout *l, const LayoutWish *wish) {
    float s = wish->scale, tools = roundf(TOOL_STRIP * s);
    Rect rest = l->card;
    l->line =
        (Rect){rest.x, rest.y, rest.w, roundf((LAYOUT_LINE + LAYOUT_LINE_ROW * (float)(wish->line_rows > 1)) * s)};
    if (l->one_strip && wish->no_line && wish->notes > 0.0f)
        l->line.h = 0.0f;
    rest.y += l->line.h;
    rest.h -= l->line.h;
    if (wish->notes > 0.0f) {
        l->notes = (Rect){rest.x, rest.y, rest.w, roundf(wish->notes * s)};
        rest.y += l->notes.h;
        rest.h -= l->notes.h;
    }
    rest.w -= tools;
    l->tools = (Rect){rest.x + rest.w, rest.y, tools, rest.h};
    float key = roundf(KEY * s);
    if (!wish->compare && !wish->no_key && rest.w - key >= PLOT_LEAST * s) {
        rest.w -= key;
        l->key = (Rect){rest.x + rest.w, rest.y, key, rest.h};
    }
    l->plot = rest;
}

float layout_present_scale(int width, int height) {
    float share = fminf((float)width / 1920.0f, (float)height / 1080.0f);
    return fmaxf(1.0f, ceilf(28.0f * share - 0.01f) / 28.0f * PRESENT_SCALE);
}

/* Pixels of a window of 1920x1080, times their scale u. */
static Layout present_layout(const LayoutWish *wish) {
    float s = wish->scale, u = s / PRESENT_SCALE, width = (float)wish->width, height = (float)wish->height;
    float margin = 40.0f * u, across = 32.0f * u, down = 26.0f * u, edge = 24.0f * u, right = width - margin;
    Layout l = {.present = true};
    if (wish->drawer) {
        float panel = fminf(292.0f * s, width * 0.5f);
        l.panel = rect_rounded((Rect){right - panel, edge, panel, height - 2 * edge});
        right = l.panel.x - across;
    }
    float more = fmaxf(0.0f, wish->notes - 116.0f) * u, top = 150.0f * u + more, foot = height - edge;
    l.line = rect_rounded((Rect){margin, 16.0f * u, right - margin, 116.0f * u + more});
    if (wish->notes > 0.0f)
        l.notes = l.line;
    l.timeline = rect_rounded((Rect){margin, foot - 276.0f * u, right - margin, 276.0f * u});
    float middle = l.timeline.y - down;
    if (!wish->drawer) {
        float column = 592.0f * u;
        l.figures = rect_rounded((Rect){right - column, top, column, 150.0f * u});
        l.threshold = rect_rounded((Rect){right - column, 164.0f * u + top, column, middle - 164.0f * u - top});
        right -= column + across;
    }
    l.card = rect_rounded((Rect){margin, top, right - margin, middle - top});
    l.plot = l.card;
    float key = roundf(PRESENT_KEY * s);
    if (!wish->compare && l.plot.w - key >= l.plot.h) {
        l.plot.w -= key;
        l.key = (Rect){l.plot.x + l.plot.w, l.card.y, key, l.card.h};
    }
    return l;
}

Layout layout_of(const LayoutWish *wish) {
    if (wish->present)
        return present_layout(wish);
    float s = wish->scale, width = (float)wish->width, height = (float)wish->height;
    float logical = width / s;
    bool small = logical < 900.0f;
    float across = (small ? UNIT : 2 * UNIT) * s, down = (small ? UNIT : 1.5f * UNIT) * s;
    Layout l = {.bar = {0.0f, 0.0f, width, roundf(TOP_BAR * s)},
                .drawer = logical < DRAWER_BELOW,
                .one_strip = height / s < ONE_STRIP_BELOW};
    float panel = (logical >= 1000.0f ? fminf(SIDE_PANEL + fmaxf(0.0f, logical - 1700.0f) * 0.2f, 400.0f) : 292.0f) * s;
    if (wish->page)
        panel = fmaxf(panel, PAGE * s);
    Rect rest = {across, l.bar.h + down, width - 2 * across, height - l.bar.h - 2 * down};
    if (!l.drawer) {
        l.panel = rect_rounded((Rect){rest.x + rest.w - panel, rest.y, panel, rest.h});
        rest.w = l.panel.x - across - rest.x;
    }
    l.timeline = rect_rounded(take_foot(&rest, timeline_height(wish, height / s) * s));
    l.grip = take_foot(&rest, down);
    if (l.drawer) {
        l.threshold = rect_rounded(take_foot(&rest, THRESHOLD_ROW * s));
        take_foot(&rest, down);
    }
    l.card = rect_rounded(rest);
    if (l.drawer && wish->drawer) {
        float drawer = fminf((wish->page ? PAGE : SIDE_PANEL) * s, rest.w);
        l.panel = rect_rounded((Rect){width - across - drawer, l.card.y, drawer, height - down - l.card.y});
    }
    divide_card(&l, wish);
    return l;
}
