#include "app/base/language.h"
#include "app/views/view_steps_private.h"

#include "app/ui/ui_rows.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <string.h>

/* Logical pixels. */
static const float WIDTH = 376.0f, PAD = 6.0f, HEAD = 32.0f, EDGE = 8.0f, LEAST = 240.0f;
static const float MOST_STEPS = 12.5f, MOST_RUNS = 4.5f; /* rows, where there is room for more */

void steps_toggle(StepsCard *card, const Ui *ui, int list) {
    bool open = !card->open || card->list != list;
    *card = (StepsCard){.open = open, .list = list, .by_key = true, .done = -1};
    for (int i = 0; i < STEPS_LISTS; i++)
        card->lists[i].mark = card->lists[i].taken = -1;
    card->x = ui->input.mouse_x;
    card->y = ui->input.mouse_y;
}

/* ---- keys, before anything is drawn ---- */

/* Moves the mark. Returns whether the key is the card's. */
static bool take_key(StepsCard *card, const UiKey *key) {
    StepsList *list = &card->lists[card->list];
    bool moved = ui_move_mark(key, &list->mark, list->count, list->shown);
    switch (key->code) {
    case KEY_TAB:
        card->list = STEPS_LISTS - 1 - card->list;
        break;
    case KEY_ENTER:
        list->taken = key->repeat ? list->taken : list->mark;
        break;
    case KEY_ESCAPE:
        card->open = false;
        break;
    case KEY_MENU: /* which lies over it, and has the keys */
        card->open = false;
        return false;
    default:
        card->open = card->open && !(key->code == KEY_CHARACTER && key->character == 'u');
        if (!moved)
            return !card->open;
    }
    card->by_key = card->lists[card->list].bring = true;
    return true;
}

bool steps_touch(StepsCard *card, UiInput *input) {
    if (!card->open)
        return false;
    int kept = 0;
    for (int i = 0; i < input->key_count; i++)
        if (!card->open || input->keys[i].ctrl || input->keys[i].alt || !take_key(card, &input->keys[i]))
            input->keys[kept++] = input->keys[i];
    bool taken = kept < input->key_count;
    input->key_count = kept;
    if (ui_take_press_beside(input, card->card))
        card->open = false;
    if (input->mouse_x != card->x || input->mouse_y != card->y) /* the pointer takes the mark over */
        card->by_key = false;
    card->x = input->mouse_x;
    card->y = input->mouse_y;
    return taken;
}

/* ---- drawing ---- */

/* Heights of the two lists: as many rows as there are, up to a few; the rest is scrolled. */
static void share_room(const Ui *ui, const StepsRows *rows, float room, float heights[STEPS_LISTS]) {
    float row = ui_px(ui, STEPS_ROW), run = ui_px(ui, STEPS_RUN);
    float steps = row * fminf((float)rows->steps, MOST_STEPS), runs = run * fminf((float)rows->runs, MOST_RUNS);
    runs = fmaxf(runs, rows->runs == 0 ? ui_px(ui, STEPS_NONE) : run);
    steps = fmaxf(steps, row);
    if (steps + runs > room) {
        runs = fmaxf(fminf(runs, room * 0.4f), room - steps);
        steps = fmaxf(room - runs, row);
    }
    heights[STEPS_STEPS] = floorf(steps);
    heights[STEPS_RUNS] = floorf(runs);
}

static void draw_head(Ui *ui, Rect head, const char *title, const char *beside) {
    float pad = ui_px(ui, UNIT);
    Rect words = {head.x + pad, head.y, head.w - 2 * pad, head.h};
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, words, ALIGN_LEFT, ui->theme->text, title);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_RIGHT, ui->theme->muted, beside);
}

/* The marks that the card opens with, and that of the steps where another state is on show now. */
static void follow(StepsCard *card, const StepsRows *rows) {
    StepsList *steps = &card->lists[STEPS_STEPS], *runs = &card->lists[STEPS_RUNS];
    if (card->done != rows->done || steps->mark < 0) {
        steps->mark = rows->done;
        card->by_key = steps->bring = true;
    }
    card->done = rows->done;
    if (runs->mark < 0)
        runs->mark = 0;
    if (runs->mark >= rows->runs)
        runs->mark = rows->runs > 0 ? rows->runs - 1 : 0;
    steps->mark = steps->mark < rows->steps ? steps->mark : rows->steps - 1;
    steps->count = rows->steps;
    runs->count = rows->runs;
}

void steps_draw(StepsCard *card, Ui *ui, float x, float y, const Snapshot *s, Intents *late) {
    if (!card->open) {
        card->card = (Rect){0};
        card->run = 0;
        return;
    }
    if (ui->input.mouse_inside && card->card.w == 0.0f)
        ui->wants_frame = true; /* the pointer may lie on it from the start */
    StepsRows rows = steps_rows(s);
    follow(card, &rows);
    float edge = ui_px(ui, EDGE), pad = ui_px(ui, PAD), head = ui_px(ui, HEAD), heights[STEPS_LISTS];
    float line = fmaxf(1.0f, roundf(ui->scale)), most = fmaxf(y - edge, ui_px(ui, LEAST));
    share_room(ui, &rows, most - 2 * head - 3 * pad, heights);
    float w = fminf(ui_px(ui, WIDTH), (float)ui->canvas->width - 2 * edge);
    float h = 2 * head + heights[0] + heights[1] + 3 * pad;
    card->card = rect_rounded((Rect){fmaxf(edge, x - w), fmaxf(edge, y - h), w, h});
    Rect c = card->card, list = {c.x + pad, c.y, c.w - 2 * pad, head};
    ui_card_ground(ui, c, CARD_RADIUS, ui->theme->line);
    card->run = 0;
    draw_head(ui, list, tr("Steps"), "Ctrl+Z, Ctrl+Shift+Z");
    list.y += head;
    list.h = heights[STEPS_STEPS];
    steps_draw_steps(card, ui, list, &rows, late);
    list.y += list.h + pad;
    canvas_rect(ui->canvas, (Rect){c.x, roundf(list.y), c.w, line}, ui->theme->line);
    list.h = head;
    draw_head(ui, list, tr("Runs kept"), rows.memory);
    ui_note(ui, "steps-memory", list);
    list.y += head;
    list.h = heights[STEPS_RUNS];
    steps_draw_runs(card, ui, list, &rows, late);
    ui_widget(ui, "steps-card", c, false, false, NULL); /* a press between the rows is for the card, too */
    card->lists[STEPS_STEPS].taken = card->lists[STEPS_RUNS].taken = -1;
}
