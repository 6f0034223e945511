#include "app/base/language.h"
#include "app/window/screen_private.h"

#include "app/ui/ui_spoken.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical pixels: windows from which each of two runs, or of three, has a plot of its own; what each of three needs one
 * above the other, and each in the presentation, where there is nothing beside the plots. */
static const float TWO_PLOTS = 1000.0f, THREE_PLOTS = 1200.0f, STACKED_PLOT = 240.0f, PRESENTED_PLOT = 320.0f;

static const char *const PLOTS[DUEL_RUNS] = {"plot", "plot-beside", "plot-beside-2"};

/* ---- the layout ---- */

/* The run whose curriculum is in the panel, and, with one plot, whose plot is on show. */
static int chosen(const Screen *w) {
    return w->panel.compare.run < w->duel.runs ? w->panel.compare.run : 0;
}

static bool one_for_all(const Screen *w, Rect all, int runs) {
    float s = w->scale, width = (float)w->canvas.width;
    if (w->presenting)
        return fmaxf(all.w, all.h) < PRESENTED_PLOT * (float)runs * s;
    if (runs == 2)
        return width < TWO_PLOTS * s;
    return all.w > all.h ? width < THREE_PLOTS * s : all.h < STACKED_PLOT * (float)runs * s;
}

static DuelScene row_scene(const Screen *w, const PlotOptions *options, const Snapshot *first) {
    return (DuelScene){first, options, &w->duel.differences.found, w->hand.pinned >= 0, false, w->duel.one};
}

static void lay_out(Screen *w, const Snapshot *first, const PlotOptions *options) {
    Layout *l = &w->layout;
    DuelLook *duel = &w->duel;
    float s = w->scale, head = roundf(DUEL_HEAD * s), pad = roundf(2 * UNIT * s), runs = (float)duel->runs;
    Rect all = l->plot;
    duel->one = one_for_all(w, all, duel->runs);
    differences_keep(&duel->differences, first);
    DuelScene scene = row_scene(w, options, first);
    duel->place.w = plot_area(options, all).w;
    duel_row_make(&duel->row, w->text, &scene, duel->place.w);
    float foot = roundf(duel->row.height + UNIT * s);
    all.h = fmaxf(all.h - foot, runs * head + 2.0f);
    duel_divide(all, duel->runs, all.w > all.h, duel->outers);
    for (int k = 0; k < duel->runs; k++) {
        Rect *outer = &duel->outers[k];
        if (duel->one)
            *outer = all;
        float top = outer->y + roundf(2 * s), under = head - roundf(UNIT * s); /* a plot has some room itself */
        outer->y += under;
        outer->h = fmaxf(outer->h - under, 1.0f);
        Rect area = plot_area(options, *outer);
        duel->heads[k] = (Rect){area.x, top, area.w, outer->y - top}; /* not into the plot, which may be copied */
        if (duel->one) {                                              /* all over the one plot */
            duel->heads[k].w = floorf((area.w - (runs - 1.0f) * pad) / runs);
            duel->heads[k].x += (float)k * (duel->heads[k].w + pad);
        }
    }
    duel->place.x = duel->heads[0].x;
    duel->place.y = all.y + all.h;
    duel_row_place(&duel->row, duel->place.x, duel->place.y);
    l->plot = duel->outers[0];
}

/* A head chooses its run; what is under the pointer or chosen stands on a chip. */
static void touch_heads(Screen *w) {
    static const char *const names[DUEL_RUNS] = {"run-a", "run-b", "run-c"};
    const char *help = w->duel.one ? tr("Show this run's plot, and its curriculum in the panel")
                                   : tr("Show this run's curriculum in the panel");
    Ui *ui = &w->ui;
    UiTouch touch[DUEL_RUNS];
    for (int k = 0; k < w->duel.runs; k++) {
        touch[k] = ui_widget(ui, names[k], w->duel.heads[k], true, false, help);
        if (touch[k].clicked || ui_pressed_by_key(ui, &touch[k]))
            w->panel.compare.run = k;
        char run[2] = {(char)('A' + k), '\0'};
        ui_say(ui, touch[k].id, &(UiSay){.role = ROLE_TAB, .label = run, .position = k + 1, .count = w->duel.runs});
    }
    float grow = ui_px(ui, 6.0f), radius = ui_px(ui, 6.0f), line = ui_px(ui, 2.0f);
    for (int k = 0; k < w->duel.runs; k++) {
        Rect r = w->duel.heads[k], chip = {r.x - grow, r.y, r.w + 2 * grow, r.h};
        bool tab = w->duel.one && chosen(w) == k;
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
                     : e->entry == PLOT_ENTRY_CLEAN  ? "clean"
                     : e->entry == PLOT_ENTRY_DIFFER ? "differ"
                                                     : "other");
        UiTouch touch =
            ui_widget(ui, name, e->rect, true, false,
                      w->duel.runs > 2 ? tr("Hide or show it in all plots") : tr("Hide or show it in both plots"));
        bool *hidden = plot_hidden(&w->hand.hidden, e->entry, e->class);
        if (touch.clicked || ui_pressed_by_key(ui, &touch))
            *hidden = !*hidden;
        ui_say(ui, touch.id, &(UiSay){.role = *hidden ? ROLE_SWITCH_OFF : ROLE_SWITCH_ON, .label = e->text});
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
    w->duel.runs = snapshot_runs(first);
    if (w->panel.compare.run >= w->duel.runs)
        w->panel.compare.run = 0;
    if (w->duel.runs == 1)
        return;
    PlotOptions options = screen_plot_options(w);
    lay_out(w, first, &options);
    touch_heads(w);
    touch_row(w);
}

/* ---- the hand ---- */

/* Whether there is a plot for each of several runs. */
static bool apart(const Screen *w) {
    return w->duel.runs > 1 && !w->duel.one;
}

static int in_hand(const Screen *w) {
    return w->duel.runs < 2 ? 0 : w->duel.one ? chosen(w) : w->hand_run < w->duel.runs ? w->hand_run : 0;
}

const Snapshot *screen_run_in_hand(const Screen *w, const Snapshot *first) {
    int run = in_hand(w);
    return run < snapshot_runs(first) ? snapshot_run(first, run) : first;
}

/* Whether the hand stays on its plot wherever the pointer is: a gesture goes on, or what it has asked for is open. */
static bool hand_stays(const Screen *w) {
    const UiInput *in = &w->ui.input;
    bool acts = in->pressed || in->right_pressed || in->wheel != 0.0f || in->key_count > 0;
    return w->hand.drag != PLOT_DRAG_NONE || w->brush.painting || w->menu.card.open || w->hand.menu.asked ||
           (w->hand.told >= 0 && !acts);
}

/* Which plot a gesture goes to: the one that it began on; else the one under the pointer; else the one with the
 * keyboard. */
static void find_plot(Screen *w, const PlotOptions *options) {
    const UiInput *input = &w->ui.input;
    if (hand_stays(w))
        return;
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < w->duel.runs; k++) {
            bool meant = pass == 0 ? rect_has(plot_area(options, w->duel.outers[k]), input->mouse_x, input->mouse_y)
                                   : w->ui.focus == ui_id(PLOTS[k]);
            if (meant) {
                w->hand_run = k;
                return;
            }
        }
}

/* The plot of a run; what the keys are at in it is said when it is drawn. */
static void say_plot(Screen *w, int run, uint32_t id) {
    char letter[2] = {(char)('A' + run), '\0'};
    ui_say(&w->ui, id, &(UiSay){.role = ROLE_PLOT, .label = letter});
}

UiTouch screen_touch_plots(Screen *w, const PlotOptions *options, const Snapshot *first) {
    if (apart(w))
        find_plot(w, options);
    else
        w->hand_run = 0;
    int run = in_hand(w);
    w->hand.name = PLOTS[apart(w) ? run : 0];
    w->hand.axes = apart(w) ? w->duel.outers[0] : (Rect){0};
    w->hand.duel = w->duel.runs > 1 ? first : NULL;
    w->hand.twin_focused = false;
    if (!apart(w))
        return plot_hand_touch(&w->hand, &w->ui, w->layout.plot, options, screen_run_in_hand(w, first));
    for (int k = 0; k < w->duel.runs; k++)
        w->hand.twin_focused = w->hand.twin_focused || (k != run && w->ui.focus == ui_id(PLOTS[k]));
    UiTouch touch = {0};
    for (int k = 0; k < w->duel.runs; k++) { /* in the order of Tab */
        UiTouch of = run == k ? plot_hand_touch(&w->hand, &w->ui, w->duel.outers[k], options, snapshot_run(first, run))
                              : ui_touch(&w->ui, PLOTS[k], plot_area(options, w->duel.outers[k]), true);
        say_plot(w, k, of.id);
        touch = run == k ? of : touch;
    }
    return touch;
}

/* ---- drawing ---- */

bool screen_compares(const Screen *w, const Snapshot *first) {
    return w->duel.runs > 1 && w->duel.runs == snapshot_runs(first);
}

/* Round the plot whose curriculum is in the panel. */
static void draw_frame(Screen *w, Rect area) {
    float line = fmaxf(1.0f, roundf(1.5f * w->scale));
    Rect frame = {area.x - line, area.y - line, area.w + 2 * line, area.h + 2 * line};
    canvas_rounded_frame(&w->canvas, frame, 0.0f, line, w->theme->accent);
}

bool screen_draw_runs(Screen *w, const Camera *camera, const PlotOptions *options, const Snapshot *first,
                      Status *status) {
    int runs = w->duel.runs;
    PlotOptions own[DUEL_RUNS];
    Camera cameras[DUEL_RUNS];
    PlotScene scenes[DUEL_RUNS];
    DuelHead heads[DUEL_RUNS];
    differences_keep(&w->duel.differences, first);
    for (int k = 0; k < runs; k++) {
        Rect outer = w->duel.outers[k];
        own[k] = *options;
        own[k].legend = false;
        if (k > 0)
            own[k].ground = NULL; /* a unit on show is the first model's */
        duel_others(&own[k], w->plots, w->theme, runs, k);
        cameras[k] = *camera;
        cameras[k].view = plot_area(options, outer);
        camera_update(&cameras[k]);
        scenes[k] = (PlotScene){outer, &cameras[k], snapshot_run(first, k), &own[k]};
        if (!plot_prepare(w->plots[k], &scenes[k], status))
            return false;
    }
    duel_heads(first, &w->duel.differences.found, heads);
    duel_heads_fit(heads, runs, w->text, w->duel.heads[0].w, w->scale);
    for (int k = 0; k < runs; k++) {
        if ((!w->duel.one || chosen(w) == k) &&
            !plot_draw(w->plots[k], &w->canvas, w->text, w->theme, &scenes[k], status))
            return false;
        duel_head_draw(&w->canvas, w->text, w->theme, w->duel.heads[k], w->scale, &heads[k]);
    }
    if (!w->duel.one)
        draw_frame(w, cameras[chosen(w)].view);
    DuelScene scene = row_scene(w, &own[0], first);
    DuelRow row; /* with the number of now; its entries stand where they stood */
    duel_row_make(&row, w->text, &scene, w->duel.place.w);
    duel_row_place(&row, w->duel.place.x, w->duel.place.y);
    duel_row_draw(&row, &w->canvas, w->text, w->theme, &scene, w->plots[w->duel.one ? chosen(w) : 0]);
    return true;
}

/* The hand's rings and the brush's circle where they are on the plots that the hand is not on. */
static void draw_twins(Screen *w, const Rect areas[DUEL_RUNS], int run, const Snapshot *first) {
    int twin = 0;
    for (int k = 0; k < w->duel.runs; k++) {
        if (k == run)
            continue;
        Brush there = w->brush;
        there.x += areas[k].x - areas[run].x;
        there.y += areas[k].y - areas[run].y;
        brush_draw(&there, &w->ui, areas[k]);
        plot_hand_draw_twin(&w->hand, &w->ui, areas[k], first, twin++, w->ui.focus == ui_id(PLOTS[k]));
    }
}

void screen_draw_hands(Screen *w, const Snapshot *first) {
    bool compares = screen_compares(w, first), several = compares && !w->duel.one;
    PlotOptions options = screen_plot_options(w);
    Rect areas[DUEL_RUNS] = {plot_area(&options, w->layout.plot)};
    for (int k = 1; several && k < w->duel.runs; k++)
        areas[k] = plot_area(&options, w->duel.outers[k]);
    int run = several ? in_hand(w) : 0;
    w->hand.duel = compares ? first : NULL;
    w->hand.duel_room = areas[0];
    for (int k = 1; several && k < w->duel.runs; k++)
        w->hand.duel_room = rect_united(w->hand.duel_room, areas[k]);
    if (several)
        draw_twins(w, areas, run, first); /* first: the card lies over them */
    if (w->map_look.alone)
        return;
    screen_draw_linked(w, areas[run], first);
    select_drag_draw(&w->select, &w->ui, w->hand.name ? w->hand.name : "plot", areas[run]);
    plot_hand_draw(&w->hand, &w->ui, areas[run], screen_run_in_hand(w, first));
    brush_draw(&w->brush, &w->ui, areas[run]);
    plot_walk_draw(&w->walk, &w->ui, &w->hand, areas[run], screen_run_in_hand(w, first));
}

bool screen_is_at_plot(const Screen *w) {
    const UiInput *input = &w->ui.input;
    const MapLook *map = &w->map_look;
    bool at_map = map->shown && (map->alone || rect_has(map->outer, input->mouse_x, input->mouse_y));
    bool at = input->mouse_inside && !at_map && rect_has(w->layout.plot, input->mouse_x, input->mouse_y);
    for (int k = 0; k < DUEL_RUNS; k++)
        at = at || w->ui.focus == ui_id(PLOTS[k]);
    return at;
}
