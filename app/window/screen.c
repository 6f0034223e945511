#include "app/window/screen.h"

#include "app/experiment/second_run.h"
#include "app/base/format.h"
#include "app/views/view_toolbar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The layout needs this many logical pixels: a larger scale is cut down to what the window has room for. */
static const float LAYOUT_WIDTH = 640.0f, LAYOUT_HEIGHT = 360.0f;

static float fitting_scale(float wanted, int width, int height) {
    float room = fminf((float)width / LAYOUT_WIDTH, (float)height / LAYOUT_HEIGHT);
    return fminf(wanted, fmaxf(room, SCALE_MINIMUM));
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
                  .panel = {.losses = {.pinned = -1}},
                  .timeline = {.hovered = -1, .pinned = -1, .mark = -1.0, .mark_over = -1.0}};
    w->text = text_new(font_folder, w->scale, status);
    if (!w->text || !ui_init(&w->ui, status))
        return false;
    plot_hand_init(&w->hand);
    brush_init(&w->brush);
    network_init(&w->panel.network);
    w->plot = plot_new(status);
    w->second_plot = plot_new(status);
    return w->plot && w->second_plot && canvas_resize(&w->canvas, width, height, status);
}

void screen_free(Screen *w) {
    losses_free(&w->panel.losses);
    view_export_free(&w->panel.saving);
    network_free(&w->panel.network);
    plot_hand_free(&w->hand);
    brush_free(&w->brush);
    tools_free(&w->tools);
    timeline_free(&w->timeline);
    gallery_free(&w->gallery);
    plot_free(w->plot);
    plot_free(w->second_plot);
    if (w->text)
        ui_free(&w->ui);
    text_free(w->text);
    canvas_free(&w->canvas);
    memset(w, 0, sizeof *w);
}

bool screen_resize(Screen *w, int width, int height, Status *status) {
    if (width == w->canvas.width && height == w->canvas.height)
        return true;
    return canvas_resize(&w->canvas, width, height, status) &&
           use_scale(w, fitting_scale(w->wanted_scale, width, height), status);
}

bool screen_set_scale(Screen *w, float wanted, Status *status) {
    wanted = fminf(SCALE_MAXIMUM, fmaxf(SCALE_MINIMUM, wanted));
    if (!use_scale(w, fitting_scale(wanted, w->canvas.width, w->canvas.height), status))
        return false;
    w->wanted_scale = wanted;
    return true;
}

static PlotOptions plot_options(const Screen *w) {
    return (PlotOptions){.scale = w->scale, .ring_hard = true, .legend = true, .field_step = 2};
}

static void draw_card(Screen *w, Rect rect) {
    canvas_rounded(&w->canvas, rect, CARD_RADIUS * w->scale, w->theme->card);
    canvas_rounded_frame(&w->canvas, rect, CARD_RADIUS * w->scale, fmaxf(1.0f, roundf(w->scale)), w->theme->line);
}

static Rect rounded(Rect r) {
    float x1 = roundf(r.x + r.w), y1 = roundf(r.y + r.h);
    r.x = roundf(r.x);
    r.y = roundf(r.y);
    return (Rect){r.x, r.y, x1 - r.x, y1 - r.y};
}

static Layout lay_out(const Screen *w, bool second) {
    LayoutWish wish = {.width = w->canvas.width,
                       .height = w->canvas.height,
                       .scale = w->scale,
                       .second = second,
                       .line_rows = w->line_rows,
                       .timeline = w->timeline_height,
                       .drawer = w->drawer};
    return layout_of(&wish);
}

/* The part of the plot's card that lines over the plot may take: beside the legend if that stands at the top
 * left and leaves enough room. */
static Rect second_legend(const Screen *w) {
    Rect plot = w->layout.plot, legend = w->legend;
    float right = legend.x + legend.w + UNIT * w->scale;
    bool top_left = legend.w > 0.0f && legend.x < plot.x + plot.w / 3 && legend.y < plot.y + plot.h / 3;
    if (!top_left || plot.x + plot.w - right < 420.0f * w->scale)
        return plot;
    return (Rect){right, plot.y, plot.x + plot.w - right, plot.h};
}

/* Where lines over the plot go: its upper edge, beside the legend if that stands at the top left; where that
 * leaves too little room, the lower edge. */
static float line_y(const Screen *w, Rect room, float top, float height) {
    bool covers_legend = w->legend.w > 0.0f && room.x < w->legend.x + w->legend.w && top < w->legend.y + w->legend.h;
    return covers_legend ? w->area.y + w->area.h - height - UNIT * w->scale : top;
}

static void draw_notice(Screen *w, Rect plot, float below, Rect line, const char *text) {
    if (!text[0])
        return;
    float s = w->scale, height = 28.0f * s, pad = 12.0f * s;
    float width = fminf(text_width(w->text, TEXT_BODY, text) + 2 * pad, plot.w - 4 * pad);
    Rect chip =
        rounded((Rect){plot.x + (plot.w - width) / 2, line_y(w, plot, below + UNIT * s, height), width, height});
    if (line.h > 0.0f && chip.y < line.y + line.h && chip.y + chip.h > line.y) /* both at the lower edge */
        chip.y = line.y - chip.h - UNIT * s;
    canvas_rounded(&w->canvas, chip, height / 2, color_alpha(w->theme->text, 0.88f));
    Rect inside = {chip.x + pad, chip.y, chip.w - 2 * pad + 1.0f, chip.h};
    text_draw_in(w->text, &w->canvas, TEXT_BODY, inside, ALIGN_CENTER, w->theme->card, text);
    ui_note(&w->ui, "notice", chip);
}

/* Over the plot while an earlier epoch is on show: which, and the two ways on. */
static void draw_look_back(Screen *w, const Snapshot *snapshot, Intents *late) {
    char text[64];
    snprintf(text, sizeof text, "Epoch %u, as it was", snapshot->epoch);
    float s = w->scale, pad = UNIT * s, height = 44.0f * s, button = 120.0f * s,
          label = text_width(w->text, TEXT_MEDIUM, text);
    float width = label + 2 * button + 5 * pad;
    Rect plot = second_legend(w);
    if (width > plot.w - 2 * pad) { /* a narrow plot: shorter words say it as well */
        button = 84.0f * s;
        width = label + 2 * button + 5 * pad;
    }
    Rect card =
        rounded((Rect){plot.x + (plot.w - width) / 2, line_y(w, plot, plot.y + 22.0f * s, height), width, height});
    canvas_rounded(&w->canvas, card, CARD_RADIUS * s, color_alpha(w->theme->card, 0.96f));
    canvas_rounded_frame(&w->canvas, card, CARD_RADIUS * s, fmaxf(1.0f, roundf(s)), w->theme->accent);
    ui_note(&w->ui, "look-back", card);
    Rect inside = {card.x + 2 * pad, card.y, label + pad, card.h};
    text_draw_in(w->text, &w->canvas, TEXT_MEDIUM, inside, ALIGN_LEFT, w->theme->text, text);
    Rect place = {inside.x + label + pad, card.y + 6.0f * s, button, card.h - 12.0f * s};
    bool narrow = button < 100.0f * s;
    if (ui_button(&w->ui, "go-on", place, ICON_NONE, narrow ? "Go on" : "Go on from here", BUTTON_PRIMARY,
                  "Train on from this epoch; what came after it is forgotten"))
        intend_kind(late, COMMAND_GO_ON);
    place.x += button + pad;
    if (ui_button(&w->ui, "back-to-now", place, ICON_NONE, narrow ? "Now" : "Back to now", BUTTON_PLAIN,
                  "Show the run as it is (Esc)"))
        intend(late, (Command){.kind = COMMAND_LOOK, .epoch = -1});
}

static void draw_help(Screen *w) {
    static const char *const keys[][2] = {
        {"Space", "play or pause; looking back: replay to now"},
        {".", "train to the end of the epoch"},
        {",", "train one batch"},
        {"R", "reset: same points, same initial parameters"},
        {"Shift + R", "a new seed"},
        {"Shift + Left, Right; Esc", "look at earlier epochs; back to now"},
        {"Wheel, +, -; drag", "zoom at the pointer; move the view"},
        {"Right drag; Backspace", "zoom to a box; back a view"},
        {"Double click, Home, 0", "all points"},
        {"Click", "pin a point: its loss on the timeline"},
        {"B, E, X; V", "add, erase, flip points; back to moving"},
        {"1 to 8; [ and ]", "class of added points; size of the brush"},
        {"Ctrl + Z, Ctrl + Shift + Z", "undo, redo"},
        {"H", "hold the threshold"},
        {"S", "save the plot as a PNG"},
        {"F; Ctrl + plus, minus, 0", "full screen; scale"},
        {"Tab, Shift + Tab", "next or previous control"},
        {"Arrows, Page, Home, End", "move a slider (Shift: 10 times, Ctrl: a tenth)"},
        {"Enter; double click", "type a slider's value; its default"},
        {"F1, ?", "this sheet"},
        {"Q", "quit"},
    };
    enum { ROWS = sizeof keys / sizeof *keys };
    Canvas *canvas = &w->canvas;
    float s = w->scale, row = 21.0f * s, pad = 20.0f * s;
    canvas_rect(canvas, (Rect){0.0f, 0.0f, (float)canvas->width, (float)canvas->height},
                color_alpha(0xff000000, 0.45f));
    float height = pad * 2.0f + 24.0f * s + row * (float)ROWS,
          width = fminf(520.0f * s, (float)canvas->width - 2 * pad);
    if (height > (float)canvas->height - 16.0f * s) { /* a small window: rows closer together */
        row *= ((float)canvas->height - 16.0f * s - pad * 2.0f - 24.0f * s) / (row * (float)ROWS);
        height = (float)canvas->height - 16.0f * s;
    }
    Rect card =
        rounded((Rect){((float)canvas->width - width) / 2, ((float)canvas->height - height) / 2, width, height});
    canvas_rounded(canvas, card, CARD_RADIUS * s, w->theme->card);
    text_draw(w->text, canvas, TEXT_TITLE, (TextAnchor){card.x + pad, card.y + pad + 12.0f * s, ALIGN_LEFT},
              w->theme->text, "Keys");
    for (int i = 0; i < ROWS; i++) {
        float y = card.y + pad + 24.0f * s + row * (float)i;
        float split = fminf(190.0f * s, card.w * 0.4f);
        Rect key = {card.x + pad, y, split, row}, meaning = {card.x + pad + split, y, card.w - 2 * pad - split, row};
        text_draw_in(w->text, canvas, TEXT_MEDIUM, key, ALIGN_LEFT, w->theme->text, keys[i][0]);
        text_draw_in(w->text, canvas, TEXT_BODY, meaning, ALIGN_LEFT, w->theme->muted, keys[i][1]);
    }
    ui_note(&w->ui, "help-sheet", card);
}

/* The plot under the hand. What is done on the second run's plot is done in the same place of the first: they
 * share one view. Cards are for the first alone. */
static UiTouch touch_plots(Screen *w, const PlotOptions *options, const Snapshot *snapshot) {
    const Layout *l = &w->layout;
    UiInput *input = &w->ui.input;
    bool dragging = input->down || input->right_down;
    if (!dragging || input->pressed || input->right_pressed)
        w->second_hand = l->second.w > 0.0f && rect_has(l->second, input->mouse_x, input->mouse_y);
    float dx = w->second_hand ? l->second.x - l->plot.x : 0.0f, dy = w->second_hand ? l->second.y - l->plot.y : 0.0f;
    input->mouse_x -= dx;
    input->mouse_y -= dy;
    UiTouch touch = plot_hand_touch(&w->hand, &w->ui, w->plot, l->plot, options, snapshot);
    input->mouse_x += dx;
    input->mouse_y += dy;
    if (w->second_hand) {
        w->hand.over = false;
        touch = (UiTouch){0}; /* the tools are for the first plot */
    }
    return touch;
}

/* The second run's plot, with the first's view. */
static bool draw_second(Screen *w, const Camera *camera, PlotOptions options, const Snapshot *first, Status *status) {
    const Snapshot *second = first->second;
    char title[128], words[192], accuracy[32];
    Rect outer = w->layout.second;
    options.legend = false; /* it would say the same */
    options.ground = NULL;  /* a unit on show is the first model's */
    Camera same = *camera;
    same.view = plot_area(&options, outer);
    camera_update(&same);
    PlotScene scene = {outer, &same, second, &options};
    if (!plot_draw(w->second_plot, &w->canvas, w->text, w->theme, &scene, status))
        return false;
    second_run_title(first->settings, second->settings, title);
    format_percent(second->accuracy, accuracy);
    snprintf(words, sizeof words, "%s: accuracy %s", title, accuracy);
    plot_title_draw(&w->canvas, w->text, w->theme, same.view, w->scale, words);
    format_percent(first->accuracy, accuracy);
    snprintf(words, sizeof words, "%s: accuracy %s", PROPERTIES[PROPERTY_ORDER].choice_labels[first->settings->order],
             accuracy);
    plot_title_draw(&w->canvas, w->text, w->theme, w->area, w->scale, words);
    ui_note(&w->ui, "plot-beside", same.view);
    return true;
}

/* Before the plot and the timeline, into which its zone reaches. The layout follows in the next frame. */
static void touch_grip(Screen *w) {
    const Layout *l = &w->layout;
    w->grip.least = LAYOUT_TIMELINE_LEAST;
    w->grip.most = fminf(LAYOUT_TIMELINE_MOST, floorf((float)w->canvas.height / w->scale * 0.5f));
    w->timeline_height = timeline_grip(&w->ui, l->grip, &w->grip, l->timeline.h / w->scale, w->timeline_height);
    w->timeline.one_strip = l->one_strip;
}

void screen_widgets(Screen *w, const UiInput *input, const Snapshot *snapshot, double speed, Intents *intents) {
    Ui *ui = &w->ui;
    UiInput none = {.mouse_x = -1.0f, .mouse_y = -1.0f, .time = input->time};
    ui->scale = w->scale;
    w->layout = lay_out(w, snapshot->second != NULL);
    const Layout *l = &w->layout;
    bool modal = w->help || w->gallery.open;
    int chosen = w->gallery.open && !w->help ? gallery_touch(&w->gallery, ui, input, &w->canvas) : -1;
    ui_begin(ui, modal ? &none : input, &w->canvas, w->text, w->theme, w->scale);
    if (modal && !w->help)
        ui->keyboard_taken = true;
    if (chosen >= 0)
        intents->preset = chosen;
    canvas_fill(&w->canvas, w->theme->ground);
    canvas_rect(&w->canvas, l->bar, w->theme->card);
    float line = fmaxf(1.0f, roundf(w->scale));
    canvas_rect(&w->canvas, (Rect){0.0f, l->bar.h - line, l->bar.w, line}, w->theme->line);
    draw_card(w, l->card);
    if (l->panel.w > 0.0f)
        draw_card(w, l->panel);
    canvas_rect(&w->canvas, (Rect){l->tools.x, l->tools.y + line, line, l->tools.h - 2 * line}, w->theme->line);
    canvas_rect(&w->canvas, (Rect){l->card.x, l->line.y + l->line.h - line, l->card.w, line}, w->theme->line);
    if (l->timeline.w > 0.0f)
        draw_card(w, l->timeline);

    ToolbarState toolbar = {w->titles, w->title_count, w->title, speed};
    w->bar_end = toolbar_widgets(ui, l->bar, &toolbar, snapshot, intents);
    if (intents->toggle_presets)
        gallery_toggle(&w->gallery, w->title);
    touch_grip(w);
    PlotOptions options = plot_options(w);
    w->area = plot_area(&options, l->plot);
    PlotEntry entries[PLOT_MOST_ENTRIES];
    PlotScene scene = {l->plot, &w->hand.camera, snapshot, &options};
    plot_legend(w->plot, w->text, &scene, entries, &w->legend);
    w->feedback_view.avoid = w->legend;
    feedback_touch(ui, l->plot, &w->feedback_view, &w->feedback, intents);
    w->hand.tool = w->brush.tool != TOOL_MOVE;
    UiTouch touch = touch_plots(w, &options, snapshot);
    intents->edit = brush_touch(&w->brush, ui, &touch, &w->hand, snapshot);
    if (intents->edit.count > 0)
        plot_hand_keep(&w->hand);
    tools_widgets(ui, l->tools, &w->tools, &w->brush, snapshot, intents);
    w->timeline.pinned = w->panel.losses.pinned = w->hand.pinned;
    if (l->timeline.w > 0.0f)
        timeline_touch(ui, l->timeline, &w->timeline, snapshot, intents);
    if (l->panel.w > 0.0f)
        panel_widgets(ui, l->panel, &w->panel, &w->hand, snapshot, intents);
}

static void draw_status(Screen *w, const Snapshot *snapshot) {
    const Layout *l = &w->layout;
    float unit = UNIT * w->scale;
    /* left of the two buttons at the bar's end */
    Rect rect = {w->bar_end + unit, 0.0f, l->bar.w - 6 * unit - 2 * CONTROL * w->scale - w->bar_end, l->bar.h};
    status_draw(&w->ui, rect, snapshot);
}

bool screen_draw(Screen *w, const Snapshot *snapshot, const char *notice, Intents *late, Status *status) {
    Ui *ui = &w->ui;
    draw_status(w, snapshot);
    const Camera *camera = plot_hand_camera(&w->hand, w->area, snapshot);
    w->timeline.pinned = w->panel.losses.pinned = w->hand.pinned; /* other points may have taken the pin away */
    PlotOptions options = plot_hand_options(&w->hand, ui, plot_options(w), snapshot);
    options.ground = network_ground(&w->panel.network, ui, camera, snapshot);
    PlotScene scene = {w->layout.plot, camera, snapshot, &options};
    bool drawn = plot_draw(w->plot, &w->canvas, w->text, w->theme, &scene, status);
    if (drawn && snapshot->second && w->layout.second.w > 0.0f)
        drawn = draw_second(w, camera, options, snapshot, status);
    if (options.ground)
        network_caption_draw(&w->panel.network, ui, w->area, w->legend, snapshot);
    network_draw(ui, &w->panel.network, camera, snapshot);
    canvas_push_clip(&w->canvas, w->panel.scrolled);
    losses_draw(ui, w->panel.histogram, &w->panel.losses, snapshot);
    canvas_pop_clip(&w->canvas);
    if (w->layout.timeline.w > 0.0f)
        timeline_draw(ui, w->layout.timeline, &w->timeline, snapshot);
    plot_hand_draw(&w->hand, ui, w->area, snapshot);
    brush_draw(&w->brush, ui, w->area);
    feedback_of(snapshot, &w->feedback, ui->input.time);
    if (w->feedback.shown.kind == FEEDBACK_DIVERGED)
        notice = ""; /* that says it already */
    Rect line = feedback_draw(ui, w->layout.plot, &w->feedback_view, &w->feedback);
    ui->on_top = true;
    if (snapshot->looking_back)
        draw_look_back(w, snapshot, late);
    else
        draw_notice(w, second_legend(w),
                    line.h > 0.0f && line.y < w->layout.plot.y + w->layout.plot.h / 2
                        ? line.y + line.h
                        : w->layout.plot.y + 18.0f * w->scale,
                    line, notice);
    ui->on_top = false;
    ui->wants_frame = ui->wants_frame || w->feedback.settling;
    ui_end(ui);
    if (w->gallery.open)
        gallery_draw(&w->gallery, ui);
    if (w->help)
        draw_help(w);
    return drawn;
}
