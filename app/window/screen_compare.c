#include "app/window/screen_private.h"

#include <math.h>
#include <string.h>

#define PRESENT_TWO_PLOTS 640.0f /* in the presentation, of the plots themselves: there is nothing beside them */

static const char *const PLOTS[DUEL_RUNS] = {"plot", "plot-beside"};

/* ---- the layout ---- */

/* The run whose curriculum is in the panel, and, with one plot, whose plot is on show. */
static DuelRun chosen(const Screen *w) {
    return w->panel.compare.beside ? DUEL_B : DUEL_A;
}

/* Whole pixels, so that both plots have areas of one size. */
static void divide(Rect all, bool one, Rect outers[DUEL_RUNS]) {
    bool across = all.w > all.h;
    float width = across ? floorf(all.w / 2) : floorf(all.w), height = across ? floorf(all.h) : floorf(all.h / 2);
    if (one)
        outers[DUEL_A] = outers[DUEL_B] = all;
    else
        for (int k = 0; k < DUEL_RUNS; k++)
            outers[k] = (Rect){roundf(all.x) + (across ? width * (float)k : 0.0f),
                               roundf(all.y) + (across ? 0.0f : height * (float)k), width, height};
}

static DuelScene row_scene(const Screen *w, const PlotOptions *options, const Snapshot *first) {
    return (DuelScene){first, options, &w->duel.differences.found, w->hand.pinned >= 0, false, w->duel.one};
}

static void lay_out(Screen *w, const Snapshot *first, const PlotOptions *options) {
    Layout *l = &w->layout;
    DuelLook *duel = &w->duel;
    float s = w->scale, head = roundf(DUEL_HEAD * s), pad = roundf(2 * UNIT * s);
    Rect all = l->second.w > 0.0f ? rect_united(l->plot, l->second) : l->plot;
    duel->one =
        w->presenting ? fmaxf(all.w, all.h) < PRESENT_TWO_PLOTS * s : (float)w->canvas.width < COMPARE_TWO_PLOTS * s;
    differences_keep(&duel->differences, first);
    DuelScene scene = row_scene(w, options, first);
    duel->place.w = plot_area(options, all).w;
    duel_row_make(&duel->row, w->text, &scene, duel->place.w);
    float foot = roundf(duel->row.height + UNIT * s);
    all.h = fmaxf(all.h - foot, 2 * head + 2.0f);
    Rect outers[DUEL_RUNS];
    divide(all, duel->one, outers);
    for (int k = 0; k < DUEL_RUNS; k++) {
        float top = outers[k].y + roundf(2 * s), under = head - roundf(UNIT * s); /* a plot has some room itself */
        outers[k].y += under;
        outers[k].h = fmaxf(outers[k].h - under, 1.0f);
        Rect area = plot_area(options, outers[k]);
        duel->heads[k] = (Rect){area.x, top, area.w, outers[k].y - top}; /* not into the plot, which may be copied */
        if (duel->one) {                                                 /* both over the one plot */
            duel->heads[k].w = floorf((area.w - pad) / 2);
            duel->heads[k].x += (float)k * (duel->heads[k].w + pad);
        }
    }
    duel->place.x = duel->heads[DUEL_A].x;
    duel->place.y = all.y + all.h;
    duel_row_place(&duel->row, duel->place.x, duel->place.y);
    l->plot = outers[DUEL_A];
    l->second = duel->one ? (Rect){0} : outers[DUEL_B];
}

/* A head chooses its run; what is under the pointer or chosen stands on a chip. */
static void touch_heads(Screen *w) {
    static const char *const names[DUEL_RUNS] = {"run-a", "run-b"};
    const char *help = w->duel.one ? "Show this run's plot, and its curriculum in the panel"
                                   : "Show this run's curriculum in the panel";
    Ui *ui = &w->ui;
    UiTouch touch[DUEL_RUNS];
    for (int k = 0; k < DUEL_RUNS; k++) {
        touch[k] = ui_widget(ui, names[k], w->duel.heads[k], true, false, help);
        if (touch[k].clicked || ui_pressed_by_key(ui, &touch[k]))
            w->panel.compare.beside = k == DUEL_B;
    }
    float grow = ui_px(ui, 6.0f), radius = ui_px(ui, 6.0f), line = ui_px(ui, 2.0f);
    for (int k = 0; k < DUEL_RUNS; k++) {
        Rect r = w->duel.heads[k], chip = {r.x - grow, r.y, r.w + 2 * grow, r.h};
        bool tab = w->duel.one && chosen(w) == (DuelRun)k;
        if (touch[k].hovered || tab)
            canvas_rounded(ui->canvas, chip, radius, ui_chip_color(ui, &touch[k]));
        if (tab)
            canvas_rect(ui->canvas, (Rect){chip.x, chip.y + chip.h - line, chip.w, line}, ui->theme->accent);
        if (touch[k].focused && ui->focus_visible)
            ui_focus_ring(ui, chip, radius);
    }
}

static void touch_row(Screen *w) {
    Ui *ui = &w->ui;
    for (int i = 0; i < w->duel.row.count; i++) {
        const DuelEntry *e = &w->duel.row.entries[i];
        char name[48];
        if (e->kind != DUEL_ENTRY)
            continue;
        if (e->entry == PLOT_ENTRY_EASY)
            snprintf(name, sizeof name, "legend-easy-%d", e->class);
        else
            snprintf(name, sizeof name, "legend-%s",
                     e->entry == PLOT_ENTRY_HARD     ? "hard"
                     : e->entry == PLOT_ENTRY_TEST   ? "test"
                     : e->entry == PLOT_ENTRY_DIFFER ? "differ"
                                                     : "other");
        UiTouch touch = ui_widget(ui, name, e->rect, true, false, "Hide or show it in both plots");
        bool *hidden = plot_hidden(&w->hand.hidden, e->entry, e->class);
        if (touch.clicked || ui_pressed_by_key(ui, &touch))
            *hidden = !*hidden;
        float grow = ui_px(ui, 4.0f);
        Rect chip = {e->rect.x - grow, e->rect.y, e->rect.w + 2 * grow, e->rect.h};
        if (touch.hovered) {
            ui->cursor = CURSOR_HAND;
            canvas_rounded(ui->canvas, chip, grow, ui->theme->chip);
        }
        if (touch.focused && ui->focus_visible)
            ui_focus_ring(ui, chip, grow);
    }
}

void screen_compare_widgets(Screen *w, const Snapshot *first) {
    w->duel.on = first->second != NULL;
    if (!w->duel.on) {
        w->panel.compare.beside = false;
        return;
    }
    PlotOptions options = screen_plot_options(w);
    lay_out(w, first, &options);
    touch_heads(w);
    touch_row(w);
}

/* ---- the hand ---- */

static DuelRun in_hand(const Screen *w) {
    return !w->duel.on ? DUEL_A : w->duel.one ? chosen(w) : w->second_hand ? DUEL_B : DUEL_A;
}

const Snapshot *screen_run_in_hand(const Screen *w, const Snapshot *first) {
    return first->second ? duel_snapshot(first, in_hand(w)) : first;
}

static Plot *plot_of(Screen *w, DuelRun run) {
    return run == DUEL_A ? w->plot : w->second_plot;
}

static Rect outer_of(const Screen *w, DuelRun run) {
    return run == DUEL_A || w->duel.one ? w->layout.plot : w->layout.second;
}

/* Which plot a gesture goes to: the one that it began on; else the one under the pointer; else the one with the
 * keyboard. */
static void find_plot(Screen *w, const PlotOptions *options) {
    const UiInput *input = &w->ui.input;
    if (w->hand.drag != PLOT_DRAG_NONE || w->brush.painting)
        return;
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < DUEL_RUNS; k++) {
            bool meant = pass == 0
                             ? rect_has(plot_area(options, outer_of(w, (DuelRun)k)), input->mouse_x, input->mouse_y)
                             : w->ui.focus == ui_id(PLOTS[k]);
            if (meant) {
                w->second_hand = k == DUEL_B;
                return;
            }
        }
}

UiTouch screen_touch_plots(Screen *w, const PlotOptions *options, const Snapshot *first) {
    bool two = w->duel.on && !w->duel.one;
    if (two)
        find_plot(w, options);
    else
        w->second_hand = false;
    DuelRun run = in_hand(w);
    const char *name = PLOTS[two ? run : DUEL_A];
    w->hand.name = name;
    w->hand.axes = two ? outer_of(w, DUEL_A) : (Rect){0};
    w->hand.duel = w->duel.on ? first : NULL;
    w->hand.twin_focused = two && w->ui.focus == ui_id(PLOTS[run == DUEL_A ? DUEL_B : DUEL_A]);
    if (!two)
        return plot_hand_touch(&w->hand, &w->ui, w->layout.plot, options, screen_run_in_hand(w, first));
    UiTouch touch = {0};
    for (int k = 0; k < DUEL_RUNS; k++) /* in the order of Tab */
        if (run == (DuelRun)k)
            touch = plot_hand_touch(&w->hand, &w->ui, outer_of(w, run), options, duel_snapshot(first, run));
        else
            ui_touch(&w->ui, PLOTS[k], plot_area(options, outer_of(w, (DuelRun)k)), true);
    return touch;
}

/* ---- drawing ---- */

bool screen_compares(const Screen *w, const Snapshot *first) {
    return w->duel.on && first->second;
}

/* Round the plot whose curriculum is in the panel. */
static void draw_frame(Screen *w, Rect area) {
    float line = fmaxf(1.0f, roundf(1.5f * w->scale));
    Rect frame = {area.x - line, area.y - line, area.w + 2 * line, area.h + 2 * line};
    canvas_rounded_frame(&w->canvas, frame, 0.0f, line, w->theme->accent);
}

bool screen_draw_runs(Screen *w, const Camera *camera, const PlotOptions *options, const Snapshot *first,
                      Status *status) {
    differences_keep(&w->duel.differences, first);
    PlotOptions own[DUEL_RUNS] = {*options, *options};
    own[DUEL_B].ground = NULL; /* a unit on show is the first model's */
    Camera cameras[DUEL_RUNS] = {*camera, *camera};
    PlotScene scenes[DUEL_RUNS];
    for (int k = 0; k < DUEL_RUNS; k++) {
        Rect outer = outer_of(w, (DuelRun)k);
        own[k].legend = false;
        own[k].other = plot_of(w, k == DUEL_A ? DUEL_B : DUEL_A);
        cameras[k].view = plot_area(options, outer);
        camera_update(&cameras[k]);
        scenes[k] = (PlotScene){outer, &cameras[k], duel_snapshot(first, (DuelRun)k), &own[k]};
        if (!plot_prepare(plot_of(w, (DuelRun)k), &scenes[k], status))
            return false;
    }
    DuelHead heads[DUEL_RUNS];
    duel_heads(first, heads);
    for (int k = 0; k < DUEL_RUNS; k++) {
        if ((!w->duel.one || chosen(w) == (DuelRun)k) &&
            !plot_draw(plot_of(w, (DuelRun)k), &w->canvas, w->text, w->theme, &scenes[k], status))
            return false;
        duel_head_draw(&w->canvas, w->text, w->theme, w->duel.heads[k], w->scale, &heads[k]);
    }
    if (w->layout.second.w > 0.0f)
        draw_frame(w, cameras[chosen(w)].view);
    DuelScene scene = row_scene(w, &own[DUEL_A], first);
    DuelRow row; /* with the number of now; its entries stand where they stood */
    duel_row_make(&row, w->text, &scene, w->duel.place.w);
    duel_row_place(&row, w->duel.place.x, w->duel.place.y);
    duel_row_draw(&row, &w->canvas, w->text, w->theme, &scene, plot_of(w, w->duel.one ? chosen(w) : DUEL_A));
    return true;
}

void screen_draw_hands(Screen *w, const Snapshot *first) {
    bool two = screen_compares(w, first) && !w->duel.one;
    PlotOptions options = screen_plot_options(w);
    Rect areas[DUEL_RUNS];
    for (int k = 0; k < DUEL_RUNS; k++)
        areas[k] = plot_area(&options, outer_of(w, two ? (DuelRun)k : DUEL_A));
    DuelRun run = two ? in_hand(w) : DUEL_A, twin = run == DUEL_A ? DUEL_B : DUEL_A;
    if (!screen_compares(w, first))
        w->hand.duel = NULL;
    else
        w->hand.duel = first;
    w->hand.duel_room = two && areas[DUEL_B].w > 0.0f ? rect_united(areas[DUEL_A], areas[DUEL_B]) : areas[DUEL_A];
    if (two) { /* first: the card lies over it */
        Brush there = w->brush;
        there.x += areas[twin].x - areas[run].x;
        there.y += areas[twin].y - areas[run].y;
        brush_draw(&there, &w->ui, areas[twin]);
        plot_hand_draw_twin(&w->hand, &w->ui, areas[twin], first);
    }
    plot_hand_draw(&w->hand, &w->ui, areas[run], screen_run_in_hand(w, first));
    brush_draw(&w->brush, &w->ui, areas[run]);
    plot_walk_draw(&w->walk, &w->ui, &w->hand, areas[run], screen_run_in_hand(w, first));
}
