#include "app/views/view_tour_private.h"

#include <math.h>

static const double PAUSE = 1.0;    /* seconds from the deed to the next step */
static const double DRAGGED = 0.05; /* the share by which λ must have moved */
enum { EPOCHS_FIRST = 3 };

void tour_start(Tour *tour) {
    *tour = (Tour){.open = true, .fresh = true, .seen = tour->seen};
}

void tour_close(Tour *tour, Ui *ui) {
    tour->open = false;
    tour->seen = true;
    tour->lit_count = 0;
    ui->wants_frame = true;
}

void tour_go_to(Tour *tour, int step) {
    tour->step = step;
    tour->fresh = true;
    tour->done = tour->went_on = false;
}

/* ---- what has been done ---- */

static uint32_t epochs_of(const Snapshot *s) {
    return s->history ? (uint32_t)s->history->count : s->epoch;
}

/* Brings the run to where a step begins. */
static void begin_step(Tour *tour, Ui *ui, const TourScene *scene, Intents *intents) {
    const Snapshot *s = scene->snapshot;
    tour->fresh = false;
    tour->since = ui->input.time;
    tour->epoch = s->epoch;
    tour->batch = s->batch;
    tour->threshold = s->threshold;
    tour->records = 0;
    if (tour->step < TOUR_STEPS && s->playing)
        intend_kind(intents, COMMAND_PAUSE);
    if (tour->step <= STEP_SCRUB && s->looking_back)
        intend(intents, (Command){.kind = COMMAND_LOOK, .epoch = -1});
    if (tour->step == STEP_GO_ON && !s->looking_back && epochs_of(s) > 0)
        intend(intents, (Command){.kind = COMMAND_LOOK, .epoch = (int64_t)(epochs_of(s) - 1) / 2});
    if (tour->step == STEP_PIN)
        scene->hand->pinned = tour->hard = -1;
    tour->hard_version = 0;
}

static bool asks_for(const Intents *intents, CommandKind kind) {
    for (int i = 0; i < intents->count; i++)
        if (intents->commands[i].kind == kind)
            return true;
    return false;
}

/* By the person, not by its growth or an epoch's end. */
static bool threshold_dragged(Tour *tour, const Snapshot *s) {
    if (s->epoch != tour->epoch || s->batch != tour->batch) {
        tour->epoch = s->epoch;
        tour->batch = s->batch;
        tour->threshold = s->threshold;
    }
    double moved = fabs(s->threshold - tour->threshold);
    return moved > 0.0 && moved >= DRAGGED * fabs(tour->threshold);
}

/* Looking back has ended by going on: there is less history than there was. */
static bool gone_on(Tour *tour, const Snapshot *s, const Intents *intents) {
    tour->went_on = tour->went_on || asks_for(intents, COMMAND_GO_ON);
    if (s->looking_back) {
        tour->records = epochs_of(s);
        return false;
    }
    return tour->went_on || (tour->records > 0 && epochs_of(s) < tour->records);
}

static bool is_done(Tour *tour, const Ui *ui, const TourScene *scene, const Intents *intents) {
    const Snapshot *s = scene->snapshot;
    int64_t pinned = scene->hand->pinned;
    switch (tour->step) {
    case STEP_PLAY:
        return s->playing || s->epoch >= tour->epoch + EPOCHS_FIRST;
    case STEP_DRAG:
        return tour->done || (threshold_dragged(tour, s) && !ui->input.down);
    case STEP_SCRUB:
        return s->looking_back && !ui->input.down;
    case STEP_GO_ON:
        return tour->done || gone_on(tour, s, intents);
    case STEP_PIN: /* where all are easy, any will do */
        return pinned >= 0 && (size_t)pinned < s->data->count && (s->v[pinned] <= 0.0f || s->easy == s->data->count);
    default:
        return false;
    }
}

/* What a deed sets in motion, and where the step is lost. */
static void after_look(Tour *tour, const Snapshot *s, double now, bool was_done, Intents *intents) {
    if (tour->step == STEP_GO_ON && tour->done && !was_done && !s->playing)
        intend_kind(intents, COMMAND_PLAY);
    if (tour->step == STEP_GO_ON && !tour->done && !s->looking_back &&
        (tour->records > 0 || now >= tour->since + PAUSE))
        tour_go_to(tour, STEP_SCRUB); /* back to now instead */
    if (tour->step > STEP_PLAY && tour->step < TOUR_STEPS && epochs_of(s) == 0 && !s->playing)
        tour_go_to(tour, STEP_PLAY); /* the run was reset: there is nothing to scrub */
}

void tour_follow(Tour *tour, Ui *ui, const TourScene *scene, Intents *intents) {
    if (!tour->open)
        return;
    if (ui_take_key(ui, KEY_ESCAPE, NULL)) {
        tour_close(tour, ui);
        return;
    }
    const Snapshot *s = scene->snapshot;
    if (tour->fresh) {
        begin_step(tour, ui, scene, intents);
        return; /* what was asked for comes with the next frame */
    }
    bool was_done = tour->done;
    tour->done = is_done(tour, ui, scene, intents);
    if (tour->done && !was_done)
        tour->done_at = ui->input.time;
    after_look(tour, s, ui->input.time, was_done, intents);
    if (!tour->done || tour->fresh)
        return;
    bool waits = tour->step == STEP_PLAY && s->epoch < tour->epoch + EPOCHS_FIRST;
    if (waits && s->playing && s->epoch + 1 == tour->epoch + EPOCHS_FIRST && s->batch * 10 >= s->batches * 9)
        intend_kind(intents, COMMAND_EPOCH); /* it stops at the epoch's end, not some batches behind it */
    if (ui->input.time >= tour->done_at + PAUSE && !waits)
        tour_go_to(tour, tour->step + 1);
    ui->wants_frame = true;
}

void tour_filter(const Tour *tour, const Ui *ui, UiInput *input) {
    if (!tour->open || tour->step == TOUR_STEPS || ui->active != 0)
        return;
    bool lit = rect_has(tour->card, input->mouse_x, input->mouse_y);
    for (int i = 0; i < tour->lit_count; i++)
        lit = lit || rect_has(tour->lit[i], input->mouse_x, input->mouse_y);
    input->right_pressed = input->right_down = input->right_released = false;
    if (lit)
        return;
    input->mouse_x = input->mouse_y = -1.0f;
    input->mouse_inside = input->pressed = input->released = input->down = false;
    input->wheel = 0.0f;
}
