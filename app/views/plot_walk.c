#include "app/views/plot_walk.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/views/plot_card.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- the points ---- */

static void stand_at(PlotWalk *walk, PlotHand *hand, const Dataset *data, int64_t sample) {
    if (sample < 0)
        return;
    walk->walking = true;
    walk->sample = (uint32_t)sample;
    walk->x = data->x[sample];
    walk->y = data->y[sample];
    plot_hand_show(hand, walk->x, walk->y);
}

/* Points may have changed: the same place again, or, if that point is gone, the nearest one. */
static void find_again(PlotWalk *walk, PlotHand *hand, const Snapshot *snapshot) {
    const Dataset *data = snapshot->data;
    size_t at = walk->sample;
    if (at < data->count && data->x[at] == walk->x && data->y[at] == walk->y)
        return;
    int64_t found = plot_hand_nearest_to(hand, snapshot, (double)walk->x, (double)walk->y, INFINITY);
    walk->walking = found >= 0;
    if (found >= 0) {
        walk->sample = (uint32_t)found;
        walk->x = data->x[found];
        walk->y = data->y[found];
    }
}

static void begin(PlotWalk *walk, PlotHand *hand, const Snapshot *snapshot) {
    int64_t first = hand->pinned;
    if (first < 0 || (size_t)first >= snapshot->data->count)
        first = plot_hand_nearest_to(hand, snapshot, hand->camera.center_x, hand->camera.center_y, INFINITY);
    stand_at(walk, hand, snapshot->data, first);
}

static void step(PlotWalk *walk, PlotHand *hand, const Snapshot *snapshot, PointDirection direction) {
    stand_at(walk, hand, snapshot->data, plot_hand_step(hand, snapshot, walk->sample, direction));
}

/* To the next point by number that is shown, round the ends. */
static void step_by_number(PlotWalk *walk, PlotHand *hand, const Snapshot *snapshot, bool onwards) {
    size_t count = snapshot->data->count, at = walk->sample;
    for (size_t tried = 0; tried < count; tried++) {
        at = onwards ? (at + 1) % count : (at + count - 1) % count;
        if (!plot_shows(&hand->hidden, snapshot, at))
            continue;
        stand_at(walk, hand, snapshot->data, (int64_t)at);
        return;
    }
}

/* ---- keys ---- */

static bool direction_of(UiKeyCode code, PointDirection *direction) {
    switch (code) {
    case KEY_LEFT:
        *direction = TOWARDS_LEFT;
        return true;
    case KEY_RIGHT:
        *direction = TOWARDS_RIGHT;
        return true;
    case KEY_UP:
        *direction = TOWARDS_UP;
        return true;
    case KEY_DOWN:
        *direction = TOWARDS_DOWN;
        return true;
    default:
        return false;
    }
}

static PointEdit edit_of(PlotWalk *walk, EditKind kind, const Snapshot *snapshot) {
    walk->edited = walk->sample;
    return (PointEdit){.kind = kind, .count = 1, .samples = &walk->edited, .data_version = snapshot->data_version};
}

static void open_crosshair(PlotWalk *walk, const PlotHand *hand) {
    walk->crosshair = true;
    walk->cross_x = walk->walking ? (double)walk->x : hand->camera.center_x;
    walk->cross_y = walk->walking ? (double)walk->y : hand->camera.center_y;
}

/* Whether the key was for the walk among the points. */
static bool walk_by(PlotWalk *walk, PlotHand *hand, const UiKey *key, const Snapshot *snapshot, PointEdit *edit) {
    PointDirection direction;
    if (key->ctrl || key->shift)
        return false;
    bool moves = direction_of(key->code, &direction);
    bool turns = key->code == KEY_PAGE_DOWN || key->code == KEY_PAGE_UP;
    bool began = !walk->walking && (moves || turns || key->code == KEY_ENTER);
    if (began)
        begin(walk, hand, snapshot);
    if (key->code == KEY_CHARACTER && key->character == 'm') {
        open_crosshair(walk, hand);
        return true;
    }
    if (!walk->walking)
        return false;
    if (moves && !began) {
        step(walk, hand, snapshot, direction);
    } else if (turns && !began) {
        step_by_number(walk, hand, snapshot, key->code == KEY_PAGE_DOWN);
    } else if (key->code == KEY_ENTER && !began && !key->repeat) {
        plot_hand_pin(hand, snapshot->data, hand->pinned == (int64_t)walk->sample ? -1 : (int64_t)walk->sample);
    } else if (key->code == KEY_DELETE && edit->count == 0) {
        *edit = edit_of(walk, EDIT_ERASE, snapshot);
    } else if (key->code == KEY_CHARACTER && key->character == 'f' && edit->count == 0) {
        if (!key->repeat)
            *edit = edit_of(walk, EDIT_FLIP, snapshot);
    } else if (key->code == KEY_ESCAPE) {
        walk->walking = false;
    } else {
        return moves || turns || key->code == KEY_ENTER;
    }
    return true;
}

static void move_crosshair(PlotWalk *walk, PlotHand *hand, const Ui *ui, const UiKey *key, PointDirection direction) {
    float pixels = ui_px(ui, PLOT_WALK_STEP) * (key->shift ? 6.0f : key->ctrl ? 0.125f : 1.0f);
    double by = (double)pixels / hand->camera.scale, up = (double)pixels / camera_scale_y(&hand->camera);
    walk->cross_x += (direction == TOWARDS_RIGHT ? by : 0.0) - (direction == TOWARDS_LEFT ? by : 0.0);
    walk->cross_y += (direction == TOWARDS_UP ? up : 0.0) - (direction == TOWARDS_DOWN ? up : 0.0);
    plot_hand_show(hand, (float)walk->cross_x, (float)walk->cross_y);
}

/* Whether the key was for the crosshair. */
static bool cross_by(PlotWalk *walk, PlotHand *hand, Ui *ui, const UiKey *key, const Snapshot *snapshot,
                     PointEdit *edit) {
    PointDirection direction;
    if (direction_of(key->code, &direction)) {
        move_crosshair(walk, hand, ui, key, direction);
        return true;
    }
    if (key->ctrl)
        return false;
    uint32_t c = key->code == KEY_CHARACTER ? key->character : 0;
    if ((key->code == KEY_ENTER || key->code == KEY_INSERT) && edit->count == 0) {
        walk->edited_x = (float)walk->cross_x;
        walk->edited_y = (float)walk->cross_y;
        *edit = (PointEdit){.kind = EDIT_ADD,
                            .count = 1,
                            .x = &walk->edited_x,
                            .y = &walk->edited_y,
                            .label = (uint8_t)walk->class,
                            .data_version = snapshot->data_version};
    } else if (c != 0 && brush_class_of(c, snapshot->data->classes) >= 0) {
        walk->class = brush_class_of(c, snapshot->data->classes);
    } else if (key->code == KEY_PAGE_DOWN || key->code == KEY_PAGE_UP) {
        int classes = snapshot->data->classes, step = key->code == KEY_PAGE_DOWN ? 1 : classes - 1;
        walk->class = (walk->class + step) % classes;
    } else if (key->code == KEY_ESCAPE || c == 'm') {
        walk->crosshair = false;
    } else {
        return false;
    }
    return true;
}

PointEdit plot_walk_touch(PlotWalk *walk, Ui *ui, PlotHand *hand, Brush *brush, const Snapshot *snapshot) {
    UiInput *input = &ui->input;
    PointEdit edit = {.data_version = snapshot->data_version};
    walk->focused = ui->enabled && ui->focus == ui_id(hand->name ? hand->name : "plot") && ui->focus_visible;
    if (!walk->focused) {
        walk->walking = walk->crosshair = walk->card = false;
        return edit;
    }
    walk->class = brush->class < snapshot->data->classes ? brush->class : 0;
    if (walk->walking)
        find_again(walk, hand, snapshot);
    int kept = 0;
    for (int i = 0; i < input->key_count; i++) {
        UiKey key = input->keys[i];
        bool used = !key.alt && (walk->crosshair ? cross_by(walk, hand, ui, &key, snapshot, &edit)
                                                 : walk_by(walk, hand, &key, snapshot, &edit));
        if (!used) {
            input->keys[kept++] = key;
            continue;
        }
        ui->keyboard_taken = true;
        walk->card = true;
        walk->mouse_x = input->mouse_x;
        walk->mouse_y = input->mouse_y;
    }
    input->key_count = kept;
    brush->class = walk->class;
    if (input->mouse_x != walk->mouse_x || input->mouse_y != walk->mouse_y)
        walk->card = false; /* the pointer has its own */
    return edit;
}

/* ---- looks ---- */

/* Four strokes in two tones that leave the middle free, where a dot has the colour of the class. */
static void draw_crosshair(const PlotWalk *walk, Ui *ui, const float at[2]) {
    float inner = ui_px(ui, 6.0f), outer = ui_px(ui, 18.0f), line = ui_px(ui, 1.5f);
    static const float ways[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < 4; i++)
            canvas_line(ui->canvas, at[0] + ways[i][0] * inner, at[1] + ways[i][1] * inner, at[0] + ways[i][0] * outer,
                        at[1] + ways[i][1] * outer, pass ? line : 3 * line,
                        pass ? ui->theme->focus_outer : ui->theme->focus_inner);
    canvas_disc(ui->canvas, at[0], at[1], ui_px(ui, 4.5f), ui->theme->focus_inner);
    canvas_disc(ui->canvas, at[0], at[1], ui_px(ui, 3.5f), ui->theme->class_fill[walk->class]);
    ui_note(ui, "plot-crosshair", (Rect){at[0] - outer, at[1] - outer, 2 * outer, 2 * outer});
}

/* What the keys do, along the edge that is farther from where the hand is. */
static void draw_keys(const PlotWalk *walk, Ui *ui, Rect area, float away_from, const Dataset *data) {
    char words[320], class[CLASS_SHORT_BYTES], keys[64];
    snprintf(keys, sizeof keys, "%s", tr("1 to 9, 0; Page Down: next"));
    if (data->classes <= BRUSH_LAST_KEY)
        snprintf(keys, sizeof keys, tr("1 to %d"), data->classes);
    if (walk->crosshair)
        snprintf(words, sizeof words, tr("Arrows: move  ·  Enter: add a point of %s (%s)  ·  Esc: back"),
                 dataset_class_short(data, walk->class, class), keys);
    else if (walk->walking)
        snprintf(words, sizeof words,
                 tr("Arrows: next point  ·  Enter: pin  ·  F: flip  ·  Delete: erase  ·  M: crosshair  ·  Esc: leave"));
    else
        snprintf(words, sizeof words, tr("Arrows: to the points  ·  M: crosshair to add some  ·  + and −: zoom"));
    float pad = ui_px(ui, 12.0f), height = ui_px(ui, 26.0f), margin = ui_px(ui, UNIT);
    float width = fminf(ceilf(text_width(ui->text, TEXT_CAPTION, words)) + 2 * pad, area.w - 2 * margin);
    bool above = away_from > area.y + area.h - 3 * height;
    Rect chip = {roundf(area.x + (area.w - width) / 2),
                 roundf(above ? area.y + margin : area.y + area.h - height - margin), width, roundf(height)};
    canvas_rounded(ui->canvas, chip, height / 2, color_alpha(ui->theme->text, 0.9f));
    Rect inside = {chip.x + pad, chip.y, chip.w - 2 * pad + 1.0f, chip.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, inside, ALIGN_CENTER, ui->theme->card, words);
    ui_note(ui, "plot-keys", chip);
}

/* The point or the crosshair that the keys are at; else what they do. */
static void say_place(const PlotWalk *walk, Ui *ui, const PlotHand *hand, const Snapshot *s) {
    char words[640], class[CLASS_SHORT_BYTES], x[32], y[32];
    if (walk->crosshair) {
        format_figure(walk->cross_x, x);
        format_figure(walk->cross_y, y);
        snprintf(words, sizeof words, tr("crosshair at %s, %s; Enter adds a point of %s"), x, y,
                 dataset_class_short(s->data, walk->class, class));
    } else if (walk->walking) {
        plot_card_say_point(&hand->camera, hand->duel ? hand->duel : s, walk->sample, words);
    } else {
        snprintf(words, sizeof words, "%s", tr("arrows go to the points, M to a crosshair that adds some"));
    }
    ui_say(ui, ui->focus, &(UiSay){.role = ROLE_PLOT, .label = tr("Points"), .value = words});
}

void plot_walk_draw(const PlotWalk *walk, Ui *ui, PlotHand *hand, Rect area, const Snapshot *snapshot) {
    if (!walk->focused)
        return;
    PlotWalk now = *walk; /* points may have changed since the keys were pressed */
    if (now.walking)
        find_again(&now, hand, snapshot);
    float at[2] = {area.x, area.y};
    if (now.crosshair)
        camera_screen(&hand->camera, (float)now.cross_x, (float)now.cross_y, at);
    else if (now.walking)
        camera_screen(&hand->camera, now.x, now.y, at);
    say_place(&now, ui, hand, snapshot);
    canvas_push_clip(ui->canvas, area);
    if (now.crosshair) {
        draw_crosshair(&now, ui, at);
    } else if (now.walking) {
        float radius = ui_px(ui, 9.0f);
        if (hand->pinned != (int64_t)now.sample)
            plot_hand_ring(ui, at, radius, ui_px(ui, 1.5f));
        ui_note(ui, "plot-walk", (Rect){at[0] - radius, at[1] - radius, 2 * radius, 2 * radius});
    }
    draw_keys(&now, ui, area, at[1], snapshot->data);
    canvas_pop_clip(ui->canvas);
    if (now.walking && !now.crosshair && now.card)
        hand->duel ? plot_card_draw_pair(ui, hand->duel_room, at, hand->duel, now.sample)
                   : plot_card_draw_point(ui, area, at, &hand->camera, snapshot, now.sample);
}
