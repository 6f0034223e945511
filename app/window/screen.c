#include "app/window/screen.h"

#include "app/base/language.h"
#include "app/views/suspects_reveal.h"
#include "app/window/screen_private.h"
#include "core/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The layout needs this many logical pixels: a larger scale is cut down to what the window has room for. */
static const float LAYOUT_WIDTH = 640.0f, LAYOUT_HEIGHT = 360.0f;

static float fitting_scale(float wanted, int width, int height) {
    float room = fminf((float)width / LAYOUT_WIDTH, (float)height / LAYOUT_HEIGHT);
    return fminf(wanted, fmaxf(room, SCALE_MINIMUM));
}

/* Of all that is drawn, in a window of that size. */
static float scale_for(const Screen *w, int width, int height) {
    return w->presenting ? layout_present_scale(width, height) : fitting_scale(w->wanted_scale, width, height);
}

static bool use_scale(Screen *w, float scale, Status *status) {
    if (scale != w->scale && !text_set_scale(w->text, scale, status))
        return false;
    w->scale = scale;
    return true;
}

bool screen_init(Screen *w, const char *font_folder, int width, int height, float scale, const Theme *theme,
                 Status *status) {
    *w = (Screen){.wanted_scale = scale,
                  .scale = fitting_scale(scale, width, height),
                  .theme = theme,
                  .title = -1,
                  .toolbar = {.file = true},
                  .panel = {.threshold = {.pinned = -1}},
                  .timeline = {.hovered = -1, .pinned = -1, .mark = -1.0, .mark_over = -1.0}};
    w->text = text_new(font_folder, w->scale, status);
    if (!w->text || !ui_init(&w->ui, status) || !help_init(&w->help_sheet, status) || !open_init(&w->open, status) ||
        !import_init(&w->import, status) || !kept_sheet_init(&w->kept, status) || !ask_init(&w->ask, status) ||
        !note_sheet_init(&w->note_sheet, status) || !data_map_init(&w->map, status))
        return false;
    plot_hand_init(&w->hand);
    brush_init(&w->brush);
    network_init(&w->panel.network);
    for (int k = 0; k < DUEL_RUNS; k++) {
        w->plots[k] = plot_new(status);
        if (!w->plots[k])
            return false;
    }
    return canvas_resize(&w->canvas, width, height, status);
}

void screen_free(Screen *w) {
    threshold_free(&w->panel.threshold);
    meta_free(&w->panel.meta);
    side_free(&w->side);
    view_export_free(&w->panel.saving);
    suspects_free(&w->panel.suspects);
    network_free(&w->panel.network);
    plot_hand_free(&w->hand);
    brush_free(&w->brush);
    data_map_free(&w->map);
    selection_free(&w->selection);
    select_drag_free(&w->select);
    tools_free(&w->tools);
    timeline_free(&w->timeline);
    gallery_free(&w->gallery);
    help_free(&w->help_sheet);
    open_free(&w->open);
    import_free(&w->import);
    kept_sheet_free(&w->kept);
    ask_free(&w->ask);
    note_sheet_free(&w->note_sheet);
    free(w->chosen);
    for (int k = 0; k < DUEL_RUNS; k++)
        plot_free(w->plots[k]);
    if (w->text)
        ui_free(&w->ui);
    text_free(w->text);
    canvas_free(&w->canvas);
    memset(w, 0, sizeof *w);
}

bool screen_resize(Screen *w, int width, int height, Status *status) {
    if (width == w->canvas.width && height == w->canvas.height)
        return true;
    return canvas_resize(&w->canvas, width, height, status) && use_scale(w, scale_for(w, width, height), status);
}

bool screen_set_presenting(Screen *w, bool presenting, Status *status) {
    bool before = w->presenting;
    w->presenting = presenting;
    if (!use_scale(w, scale_for(w, w->canvas.width, w->canvas.height), status)) {
        w->presenting = before;
        return false;
    }
    w->present = (PresentState){0};
    w->drawer = false;
    return true;
}

bool screen_set_scale(Screen *w, float wanted, Status *status) {
    wanted = fminf(SCALE_MAXIMUM, fmaxf(SCALE_MINIMUM, wanted));
    if (!w->presenting && !use_scale(w, fitting_scale(wanted, w->canvas.width, w->canvas.height), status))
        return false;
    w->wanted_scale = wanted;
    return true;
}

PlotOptions screen_plot_options(const Screen *w) {
    return (PlotOptions){.scale = w->scale,
                         .ring_hard = true,
                         .color = w->hand.color,
                         .hidden = w->hand.hidden,
                         .axis_letters = true,
                         .beside = w->layout.key.w > 0.0f,
                         .field_step = 2};
}

static void draw_card(Screen *w, Rect rect) {
    canvas_rounded(&w->canvas, rect, CARD_RADIUS * w->scale, w->theme->card);
    canvas_rounded_frame(&w->canvas, rect, CARD_RADIUS * w->scale, fmaxf(1.0f, roundf(w->scale)), w->theme->line);
}

/* Beside the data map the key has a column in wide windows alone. */
static const float KEY_BESIDE_MAP = 1500.0f;

static Layout lay_out(const Screen *w, const Snapshot *snapshot) {
    bool narrow = screen_map_beside(w, snapshot) && (float)w->canvas.width < KEY_BESIDE_MAP * w->scale;
    LayoutWish wish = {.width = w->canvas.width,
                       .height = w->canvas.height,
                       .scale = w->scale,
                       .compare = snapshot->other_count > 0,
                       .line_rows = w->line_rows,
                       .no_line = w->line.kind == LINE_NARRATION && !w->line.notice && w->selection.count == 0,
                       .notes = w->note_rows == 0 ? 0.0f
                                : w->presenting   ? notes_large_height(w->note_rows)
                                                  : notes_height(w->note_rows),
                       .timeline = w->timeline_height,
                       .drawer = w->drawer,
                       .page = w->panel.suspects.open,
                       .no_key = w->key.off || narrow,
                       .present = w->presenting};
    return layout_of(&wish);
}

static PresentPlaces present_places(const Screen *w) {
    const Layout *l = &w->layout;
    return (PresentPlaces){l->line, l->figures, l->threshold, l->timeline};
}

/* The enlarged network lies over all of the card but its line. */
static Rect network_place(const Layout *l) {
    float line = fmaxf(l->line.y + l->line.h, l->notes.y + l->notes.h);
    return (Rect){l->card.x, line, l->card.w, l->card.y + l->card.h - line};
}

/* Before the plot and the timeline, into which its zone reaches. The layout follows in the next frame. */
static void touch_grip(Screen *w) {
    const Layout *l = &w->layout;
    w->grip.least = LAYOUT_TIMELINE_LEAST;
    w->grip.most = fminf(LAYOUT_TIMELINE_MOST, floorf((float)w->canvas.height / w->scale * 0.5f));
    w->timeline.one_strip = l->one_strip;
    w->key.brief = l->present;
    if (l->grip.w > 0.0f)
        w->timeline_height = timeline_grip(&w->ui, l->grip, &w->grip, l->timeline.h / w->scale, w->timeline_height);
}

static Side side_of(Screen *w) {
    return (Side){&w->ui, &w->layout, &w->panel, &w->hand, &w->side, &w->drawer};
}

/* What to watch in the run that the bar names, or NULL. */
static const char *watch_of_title(const Screen *w) {
    int preset = w->title - (w->gallery.own_title != NULL);
    const Preset *of = preset >= 0 && preset < w->gallery.count ? &w->gallery.presets[preset] : NULL;
    return of ? preset_words(of, of->watch) : NULL;
}

static TourScene tour_scene(Screen *w, const Snapshot *snapshot) {
    return (TourScene){w->layout.card, w->layout.timeline, &w->hand, snapshot};
}

/* The help sheet, and what its buttons ask for: the tour begins with the post's run, standing still. */
static void draw_help(Screen *w, Intents *late) {
    HelpScene scene = {w->gallery.presets, w->gallery.count, w->gallery.own_title != NULL};
    HelpWish wish = help_draw(&w->help_sheet, &w->ui, &scene, late);
    w->help = !wish.close;
    if (!wish.tour)
        return;
    tour_start(&w->tour);
    for (int i = 0; i < scene.count; i++)
        if (strcmp(scene.presets[i].name, "post") == 0)
            late->preset = i + scene.own;
    late->paused = true;
}

/* A press selects with its tool, or with Shift while that moves. */
static bool selects(const Screen *w) {
    return w->select.plot != 0 || w->brush.tool == TOOL_SELECT ||
           (w->brush.tool == TOOL_MOVE && w->ui.input.shift && w->hand.drag == PLOT_DRAG_NONE);
}

/* The hand that selects, in the plot under it. */
static void touch_selection(Screen *w, const UiTouch *touch, const Snapshot *snapshot) {
    const Snapshot *run = screen_run_in_hand(w, snapshot);
    const UiInput *input = &w->ui.input;
    int64_t nearest = plot_hand_nearest(&w->hand, run, w->scale, input->mouse_x, input->mouse_y);
    SelectScene scene = {&w->hand.camera, run->data, run, &w->hand.hidden, nearest, false};
    if (w->hand.selects && touch->hovered)
        w->ui.cursor = CURSOR_CROSS;
    select_drag_touch(&w->select, &w->ui, touch, w->hand.selects, w->brush.lasso && w->brush.tool == TOOL_SELECT,
                      &scene, &w->selection);
}

/* Shift+Enter in the walk among the points, as a click with Shift. */
static void select_by_key(Screen *w) {
    const UiInput *input = &w->ui.input;
    for (int i = 0; w->walk.focused && w->walk.walking && !w->walk.crosshair && i < input->key_count; i++)
        if (input->keys[i].code == KEY_ENTER && input->keys[i].shift && !input->keys[i].repeat)
            selection_toggle(&w->selection, w->walk.sample);
}

/* Pointer, keys and brush on the points. */
static void touch_points(Screen *w, const PlotOptions *options, const Snapshot *snapshot, Intents *intents) {
    if (w->select.plot != 0 && w->ui.active != w->select.plot) /* its plot has gone, or the release was lost */
        w->select.plot = 0;
    w->hand.tool = tool_paints(w->brush.tool);
    w->hand.selects = selects(w);
    brush_take_tenth(&w->brush, &w->ui, snapshot->data->classes);
    w->hand.no_aspect = w->presenting;
    PointEdit walked = plot_walk_touch(&w->walk, &w->ui, &w->hand, &w->brush, screen_run_in_hand(w, snapshot));
    if (w->map_look.alone)
        w->hand.over = false;
    select_by_key(w);
    UiTouch touch = w->map_look.alone ? (UiTouch){0} : screen_touch_plots(w, options, snapshot);
    screen_touch_map(w, options, snapshot);
    if (touch.pressed || (w->select.plot != 0 && w->select.plot == touch.id))
        touch_selection(w, &touch, snapshot);
    bool others = w->walk.card || w->menu.card.open || (w->tour.open && w->tour.step + 1 < TOUR_STEPS);
    w->hand.over = w->hand.over && !others; /* one card at a time */
    PointEdit painted = brush_touch(&w->brush, &w->ui, &touch, &w->hand, screen_run_in_hand(w, snapshot));
    if (painted.count > 0 || walked.count > 0)
        intents->edit = walked.count > 0 ? walked : painted;
    if (intents->edit.count > 0)
        plot_hand_keep(&w->hand);
}

/* The line, or what is selected in its place: but not where something must be read. */
static void touch_line(Screen *w, const Snapshot *snapshot, Intents *intents) {
    bool words = w->selection.count == 0 || w->line.notice || w->line.kind == LINE_CANNOT;
    if (w->layout.line.h <= 0.0f) {
        w->line.ask = LINE_ASKS_NOTHING;
        return;
    }
    if (words) {
        line_widgets(&w->ui, w->layout.line, &w->line, &w->feedback, intents);
        return;
    }
    w->line.ask = LINE_ASKS_NOTHING;
    w->feedback.held = false;
    selection_bar(&w->ui, w->layout.line, &w->selection_bar, &w->selection, snapshot, intents);
    if (intents->edit.count > 0)
        plot_hand_keep(&w->hand);
}

/* No card beside the pointer lies on the words or on λ. */
static void keep_clear(Screen *w) {
    const Layout *l = &w->layout;
    const Rect clear[] = {l->line, l->notes, l->threshold, l->drawer ? (Rect){0} : l->panel};
    for (size_t i = 0; i < sizeof clear / sizeof *clear; i++)
        if (clear[i].w > 0.0f)
            w->ui.clear[w->ui.clear_count++] = clear[i];
}

/* Something lies over the whole window and has all input. */
static bool has_sheet(const Screen *w) {
    return w->help || w->gallery.open || w->open.shown || w->import.shown || w->kept.shown || w->ask.shown ||
           w->note_sheet.shown;
}

/* The topmost of the sheets that lie over help and gallery has the input. Returns whether there is one. */
static bool touch_sheets(Screen *w, const UiInput *input) {
    if (w->ask.shown)
        ask_touch(&w->ask, input);
    else if (w->import.shown)
        import_touch(&w->import, input);
    else if (w->open.shown)
        open_touch(&w->open, input);
    else if (w->kept.shown)
        kept_sheet_touch(&w->kept, input);
    else if (w->note_sheet.shown)
        note_sheet_touch(&w->note_sheet, input);
    else
        return false;
    return true;
}

static void draw_sheets(Screen *w, Intents *late) {
    Ui *ui = &w->ui;
    w->kept_wish = w->kept.shown ? kept_sheet_draw(&w->kept, ui) : (KeptWish){.row = -1};
    if (w->open.shown) {
        free(w->chosen);
        w->chosen = open_draw(&w->open, ui);
    }
    if (w->import.shown)
        w->import_wish = import_draw(&w->import, ui);
    if (w->note_sheet.shown)
        note_sheet_draw(&w->note_sheet, ui, late);
    w->answer = w->ask.shown ? ask_draw(&w->ask, ui) : ASK_NOTHING;
}

void screen_ask_steps(Screen *w, StepsAsk ask) {
    if (ask == STEPS_ASK_NOTHING)
        return;
    steps_toggle(&w->steps, &w->ui, ask == STEPS_ASK_RUNS ? STEPS_RUNS : STEPS_STEPS);
    w->ui.wants_frame = true;
}

/* Left of the tools, at the foot of the plot. */
static void draw_steps(Screen *w, const Snapshot *snapshot, Intents *late) {
    const Layout *l = &w->layout;
    float gap = ui_px(&w->ui, UNIT), right = w->presenting ? l->card.x + l->card.w : l->tools.x;
    uint32_t before = w->steps.run;
    steps_draw(&w->steps, &w->ui, right - gap, l->card.y + l->card.h - gap, snapshot, late);
    w->timeline.run_listed = w->steps.run; /* on the timeline from the next frame on */
    w->ui.wants_frame = w->ui.wants_frame || w->steps.run != before;
}

void screen_widgets(Screen *w, const UiInput *input, const Snapshot *snapshot, double speed, Intents *intents) {
    Ui *ui = &w->ui;
    UiInput none = {.mouse_x = -1.0f, .mouse_y = -1.0f, .time = input->time};
    ui->scale = w->scale;
    selection_follow(&w->selection, snapshot);
    w->panel.suspects.selection = &w->selection;
    screen_map_follow(w);
    w->layout = lay_out(w, snapshot);
    w->line_rows = line_rows(&w->line, w->text, w->layout.line.w, w->scale);
    w->note_rows = notes_rows(&w->notes, ui, w->layout.line.w, w->presenting, snapshot);
    w->layout = lay_out(w, snapshot);
    const Layout *l = &w->layout;
    bool modal = has_sheet(w);
    bool above = touch_sheets(w, input); /* what is under it has no input */
    int chosen = w->gallery.open && !w->help && !above ? gallery_touch(&w->gallery, ui, input, &w->canvas) : -1;
    Side side = side_of(w);
    UiInput own = modal ? none : *input;
    tour_filter(&w->tour, ui, &own);
    bool drawer = w->drawer;
    if (!modal)
        side_press(&side, &own);
    bool steps = steps_touch(&w->steps, &own);
    ui_begin(ui, &own, &w->canvas, w->text, w->theme, w->scale);
    ui->keyboard_taken = ui->keyboard_taken || steps;
    ui->wants_frame = ui->wants_frame || w->drawer != drawer; /* the layout follows in the next one */
    keep_clear(w);
    if (w->help && !above ? help_touch(&w->help_sheet, input) : modal)
        ui->keyboard_taken = true;
    if (chosen >= 0)
        intents->preset = chosen;
    else if (chosen == GALLERY_KEPT)
        intents->file = FILE_KEPT;
    plot_menu_touch(&w->menu, ui, &w->hand);
    tools_touch(&w->tools, ui);
    menu_card_touch(&w->toolbar.files.menu, ui);
    menu_card_touch(&w->toolbar.language.menu, ui);
    key_escape(ui, &w->key);
    canvas_fill(&w->canvas, w->theme->ground);
    canvas_rect(&w->canvas, l->bar, w->theme->card);
    float line = fmaxf(1.0f, roundf(w->scale));
    canvas_rect(&w->canvas, (Rect){0.0f, l->bar.h - line, l->bar.w, line}, w->theme->line);
    draw_card(w, l->card);
    if (l->panel.w > 0.0f && !l->drawer)
        draw_card(w, l->panel);
    if (l->threshold.w > 0.0f)
        draw_card(w, l->threshold);
    if (!w->presenting) {
        canvas_rect(&w->canvas, (Rect){l->tools.x, l->tools.y + line, line, l->tools.h - 2 * line}, w->theme->line);
        if (l->line.h > 0.0f)
            canvas_rect(&w->canvas, (Rect){l->card.x, l->line.y + l->line.h - line, l->card.w, line}, w->theme->line);
    }
    if (l->timeline.w > 0.0f)
        draw_card(w, l->timeline);

    w->toolbar.presets = w->titles;
    w->toolbar.preset_count = w->title_count;
    w->toolbar.preset = w->title;
    w->toolbar.watch = watch_of_title(w);
    w->toolbar.speed = speed;
    w->toolbar.speed_reached = snapshot->speed_reached;
    PresentPlaces places = present_places(w);
    if (w->presenting)
        present_widgets(ui, &places, &w->present, snapshot, intents);
    else
        toolbar_widgets(ui, l->bar, &w->toolbar, snapshot, intents);
    if (intents->toggle_presets)
        gallery_toggle(&w->gallery, w->title);
    touch_grip(w);
    network_sheet(ui, network_place(l), &w->panel.network, &w->hand.camera, snapshot, intents);
    ui->enabled = !w->panel.network.large; /* the plot and its tools lie under the sheet */
    screen_compare_widgets(w, snapshot);
    screen_map_widgets(w, snapshot);
    PlotOptions options = screen_plot_options(w);
    w->area = plot_area(&options, l->plot);
    w->legend = w->key.button;
    if (!w->presenting)
        touch_line(w, snapshot, intents);
    if (!w->presenting && l->notes.w > 0.0f)
        notes_touch(ui, l->notes, snapshot, intents);
    if (!w->presenting && w->line.ask != LINE_ASKS_NOTHING)
        for (int k = 0; k < MAX_CLASSES; k++)
            w->hand.hidden.easy[k] = w->line.ask == LINE_ASKS_HARD_ALONE;
    touch_points(w, &options, snapshot, intents);
    if (l->key.w > 0.0f && !w->panel.network.large)
        key_touch(ui, l->key, &w->key, &w->hand, snapshot);
    if (!w->panel.network.large && !w->presenting)
        tools_widgets(ui, l->tools, &w->tools, &w->brush, &w->hand, snapshot, intents);
    w->timeline.pinned = w->panel.threshold.pinned = w->hand.pinned;
    ui->enabled = true;
    if (l->timeline.w > 0.0f)
        timeline_touch(ui, l->timeline, &w->timeline, snapshot, intents);
    side_widgets(&side, snapshot, intents);
    if (w->presenting && l->panel.w <= 0.0f)
        threshold_touch(ui, present_threshold(ui, places.threshold), true, &w->panel.threshold, snapshot, intents);
    network_card(ui, &w->panel.network, snapshot, intents);
    screen_ask_steps(w, intents->steps);
    TourScene tour = tour_scene(w, snapshot);
    if (!modal && !w->presenting)
        tour_follow(&w->tour, ui, &tour, intents);
}

/* The key's button, where it has no column. While several runs are on show there is none: their own row explains
 * them. */
static void draw_key_button(Screen *w, const Snapshot *snapshot) {
    if (w->layout.key.w > 0.0f)
        return;
    if (snapshot->other_count == 0 && !w->map_look.alone)
        key_button(&w->ui, w->area, &w->key, w->plots[0], &w->hand, snapshot);
    else
        w->key.button = (Rect){0};
}

/* What the presentation says is what the line says, in two sizes. */
static void draw_presentation(Screen *w, const Snapshot *snapshot, Intents *late) {
    PresentPlaces places = present_places(w);
    PresentLine line;
    const LineWords *words = &w->line.words;
    char fact[151];
    snprintf(fact, sizeof fact, "%.*s", (int)utf8_whole(words->fact, sizeof fact - 1), words->fact);
    if (words->badge[0]) /* TRANSLATORS: "Epoch 6: 75 % are easy." */
        snprintf(line.fact, sizeof line.fact, trc("narration", "%s: %s"), words->badge, fact);
    else
        snprintf(line.fact, sizeof line.fact, "%s", fact);
    snprintf(line.reason, sizeof line.reason, "%.*s", (int)utf8_whole(words->reason, 250), words->reason);
    if (w->layout.panel.w <= 0.0f)
        threshold_draw(&w->ui, &w->panel.threshold, snapshot);
    bool notes = w->layout.notes.w > 0.0f;
    if (notes)
        notes_large_draw(&w->ui, w->layout.notes, &w->notes, snapshot);
    present_draw(&w->ui, &places, &w->present, notes ? NULL : &line, snapshot, late);
}

/* The plots with all that lies on them. */
static bool draw_plots(Screen *w, const Camera *camera, const Snapshot *snapshot, Status *status) {
    Ui *ui = &w->ui;
    PlotOptions options = plot_hand_options(&w->hand, ui, screen_plot_options(w), snapshot);
    selection_light(&w->selection, &options);
    options.ground = network_ground(&w->panel.network, ui, camera, snapshot);
    PlotScene scene = {w->layout.plot, camera, snapshot, &options};
    bool drawn = screen_draw_map(w, &options, snapshot, status);
    if (!drawn || w->map_look.alone)
        return drawn;
    drawn = screen_compares(w, snapshot) ? screen_draw_runs(w, camera, &options, snapshot, status)
                                         : plot_draw(w->plots[0], &w->canvas, w->text, w->theme, &scene, status);
    if (!screen_compares(w, snapshot))
        suspects_draw(ui, &w->panel.suspects, 0, plot_counts(w->plots[0]).drawn, camera, snapshot);
    if (options.ground)
        network_caption_draw(&w->panel.network, ui, w->area, w->legend, snapshot);
    return drawn;
}

bool screen_draw(Screen *w, const Snapshot *snapshot, const char *notice, Intents *late, Status *status) {
    Ui *ui = &w->ui;
    if (!w->presenting)
        toolbar_figures(ui, &w->toolbar, snapshot);
    const Camera *camera = plot_hand_camera(&w->hand, w->area, snapshot);
    selection_follow(&w->selection, snapshot);
    w->timeline.pinned = w->panel.threshold.pinned = w->hand.pinned; /* other points may have taken the pin away */
    bool drawn = w->panel.network.large || draw_plots(w, camera, snapshot, status);
    Side side = side_of(w);
    if (!w->layout.drawer && w->layout.panel.w > 0.0f)
        side_draw(&side, snapshot);
    if (w->layout.timeline.w > 0.0f)
        timeline_draw(ui, w->layout.timeline, &w->timeline, snapshot);
    if (!w->panel.network.large && w->layout.key.w > 0.0f) /* below the cards of points */
        key_draw(ui, w->layout.key, &w->key, w->plots[0], &w->hand, snapshot);
    if (!w->panel.network.large)
        screen_draw_hands(w, snapshot);
    feedback_of(snapshot, &w->feedback, ui->input.time);
    screen_say_suspects(w, snapshot);
    line_follow(&w->line, snapshot, &w->feedback.shown, notice, ui->input.time);
    if (w->presenting)
        draw_presentation(w, snapshot, late);
    else if (w->layout.notes.w > 0.0f)
        notes_draw(ui, w->layout.notes, &w->notes, snapshot);
    if (w->layout.drawer)
        side_draw(&side, snapshot);
    ui->on_top = true;
    if (!w->panel.network.large) {
        draw_key_button(w, snapshot);
        bool column = w->layout.key.w > 0.0f || w->key.off;
        w->menu.selection = &w->selection;
        w->menu.map = w->presenting || snapshot->other_count > 0 ? NULL : &w->map.open;
        plot_menu_draw(&w->menu, ui, &w->hand, column ? &w->key.off : NULL, snapshot, late);
    }
    if (!w->panel.network.large && !w->presenting)
        tools_more_draw(ui, &w->tools, &w->brush, &w->hand, snapshot, late);
    if (!w->presenting) {
        toolbar_menu(ui, &w->toolbar, late);
        file_menu(ui, &w->toolbar.files, late);
        language_menu(ui, &w->toolbar.language, late);
    }
    screen_ask_steps(w, late->steps);
    draw_steps(w, snapshot, late);
    ui->on_top = false;
    TourScene tour = tour_scene(w, snapshot);
    if (!w->presenting && !has_sheet(w) && tour_draw(&w->tour, ui, &tour) == TOUR_TRY) {
        w->help = true;
        w->help_sheet.tab = HELP_TRY;
    }
    ui->wants_frame = ui->wants_frame || w->feedback.settling || w->line.wants_frame;
    ui_end(ui);
    if (w->gallery.open)
        gallery_draw(&w->gallery, ui);
    if (w->help)
        draw_help(w, late);
    draw_sheets(w, late);
    if (w->presenting)
        present_spot_draw(ui, &w->present);
    return drawn;
}
