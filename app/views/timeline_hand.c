/* The hand on the timeline: looking back, its axis, marks, and the runs that were left. */
#include "app/base/language.h"
#include "app/views/view_timeline_private.h"

#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"
#include "app/views/spoken_words.h"
#include "app/views/timeline_marks.h"
#include "app/views/timeline_notes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float FIT = 78.0f;  /* logical pixels: the width of "All epochs" */
static const double ZOOM = 1.25; /* of a notch, or a press of + */

/* ---- looking back ---- */

/* COMMAND_LOOK's epoch; at or past the newest, the run as it is now. */
static int64_t look_epoch(const Snapshot *s, int64_t last, int64_t epoch) {
    if (epoch > last || (epoch == last && !s->mid_epoch))
        return -1;
    return epoch < 0 ? 0 : epoch;
}

int64_t timeline_step(const Snapshot *s, int epochs) {
    const History *h = s->history;
    if (h->count == 0)
        return -1;
    int64_t last = (int64_t)h->records[h->count - 1].epoch;
    int64_t from = s->looking_back ? (int64_t)s->epoch - 1 : s->mid_epoch ? last + 1 : last;
    return look_epoch(s, last, from + epochs);
}

static void look(Intents *intents, int64_t epoch) {
    intend(intents, (Command){.kind = COMMAND_LOOK, .epoch = epoch});
}

/* Where the pointer drags to; a mark under it is meant exactly. */
static void scrub(const Ui *ui, const TimelineLayout *t, const Snapshot *s, float x, double mark, Intents *intents) {
    (void)ui;
    int64_t epoch = mark >= 0.0 ? (int64_t)floor(mark + 1e-9) - 1 : timeline_epoch_at(t, x);
    int64_t to = look_epoch(s, t->last, epoch < 0 ? 0 : epoch), now = s->looking_back ? (int64_t)s->epoch - 1 : -1;
    if (to != now || s->replaying)
        look(intents, to);
}

/* ---- the hand ---- */

/* The axis follows the run if that leaves what is on show on the right. */
static void follow(TimelineState *state, const TimelineLayout *t, const Snapshot *s) {
    double head = timeline_head(s);
    if (state->span.chosen && (t->last < 0 || state->span.from > t->whole || state->span.to > t->whole))
        state->span = (TimelineSpan){0}; /* another run */
    else if (state->span.chosen && !s->looking_back && state->head <= state->span.to && head > state->span.to)
        timeline_pan(t, &state->span, head - state->span.to + 0.1 * (state->span.to - state->span.from));
    if (!s->looking_back)
        state->head = head;
}

static void touch_pill(Ui *ui, const TimelineLayout *t, TimelineState *state, const Snapshot *s, Intents *intents) {
    Rect pill = timeline_pill_rect(ui, t, timeline_head(s));
    UiTouch in = ui_widget(ui, "timeline-pill", pill, false, false, tr("Drag to look at an earlier epoch"));
    if (in.hovered || in.held)
        ui->cursor = CURSOR_RESIZE_X;
    if (in.pressed) {
        state->grabbed = ui->input.mouse_x - timeline_x(t, (double)s->epoch);
        ui->focus = ui_id("timeline");
        ui->focus_visible = false;
    }
    if (in.held && ui->input.mouse_x != in.grab_x)
        scrub(ui, t, s, ui->input.mouse_x - state->grabbed, -1.0, intents);
}

static Rect fit_rect(const Ui *ui, const TimelineLayout *t) {
    float w = ui_px(ui, FIT), h = ui_px(ui, TIMELINE_PILL + 2.0f);
    return (Rect){t->card.x + t->card.w - w - ui_px(ui, 8.0f), t->epochs.y + ui_px(ui, 2.0f), w, h};
}

enum { RUNS_LABEL = 64 };

/* "12 runs kept" where all epochs are on show, shorter where the pill has come near. */
static Rect runs_rect(Ui *ui, const TimelineLayout *t, const Snapshot *s, char label[RUNS_LABEL]) {
    Rect pill = timeline_pill_rect(ui, t, timeline_head(s)), place = fit_rect(ui, t);
    float right = place.x + place.w, inset = ui_px(ui, 13.0f), gap = ui_px(ui, UNIT);
    float room = right - fmaxf(t->shares.x + t->shares.w + gap, pill.x + pill.w);
    snprintf(label, RUNS_LABEL, trn("%d run kept", "%d runs kept", (size_t)s->branch_count), s->branch_count);
    if (text_width(ui->text, TEXT_BODY, label) + inset > room)
        snprintf(label, RUNS_LABEL, tr("%d kept"), s->branch_count);
    place.w = ceilf(text_width(ui->text, TEXT_BODY, label) + inset);
    place.x = right - place.w;
    return place;
}

/* The runs that were left, by their chips, and all of them by a button. */
static void touch_branches(Ui *ui, const TimelineLayout *t, TimelineState *state, const Snapshot *s, Intents *intents) {
    state->run_over = 0;
    for (int i = 0; i < state->chips.count; i++) {
        const TimelineChip *chip = &state->chips.chips[i];
        char name[32];
        if (!kept_run_find(s, chip->run)) /* it has come back, or is kept no longer */
            continue;
        snprintf(name, sizeof name, "timeline-run-%u", chip->run);
        UiTouch in = ui_widget(ui, name, chip->rect, false, false, NULL);
        if (in.hovered || in.held) {
            state->run_over = chip->run;
            ui->cursor = CURSOR_HAND;
        }
        if (in.clicked)
            intend(intents, (Command){.kind = COMMAND_BRANCH, .branch = (int)chip->run});
    }
    if (s->branch_count == 0 || state->span.chosen)
        return;
    char label[RUNS_LABEL];
    Rect place = runs_rect(ui, t, s, label);
    if (ui_button(ui, "timeline-runs", place, ICON_NONE, label, BUTTON_QUIET,
                  tr("Runs that were left, the newest three drawn: all of them (U)")))
        intents->steps = STEPS_ASK_RUNS;
}

static void touch_axis(Ui *ui, const TimelineLayout *t, TimelineState *state) {
    Rect axis = {t->epochs.x, t->epochs.y, t->epochs.w, t->epochs.h};
    UiTouch in = ui_widget_reaching(ui, "timeline-axis", axis, -1.0f, false, false,
                                    state->span.chosen ? tr("Drag to move along the epochs; double click: all of them")
                                                       : tr("Turn the wheel to zoom the epochs"));
    if (state->span.chosen && (in.hovered || in.held))
        ui->cursor = CURSOR_MOVE;
    if (in.pressed) {
        state->panned = timeline_epochs_at(t, ui->input.mouse_x);
        if (ui->input.clicks == 2)
            state->span = (TimelineSpan){0};
    }
    if (in.held && state->span.chosen && ui->input.mouse_x != in.grab_x)
        timeline_pan(t, &state->span, state->panned - timeline_epochs_at(t, ui->input.mouse_x));
}

static void go_to_mark(const TimelineLayout *t, TimelineState *state, const Snapshot *s, const TimelineMark *marks,
                       int count, bool right, Intents *intents) {
    double from = state->mark >= 0.0 ? state->mark : s->looking_back ? (double)s->epoch : timeline_head(s) + 1e-6;
    int next = timeline_next_mark(marks, count, from, right);
    if (next >= 0) {
        state->mark = marks[next].at;
        int64_t epoch = (int64_t)floor(state->mark + 1e-9) - 1;
        look(intents, look_epoch(s, t->last, epoch < 0 ? 0 : epoch));
    } else if (right && count > 0) { /* past the last one is now */
        state->mark = -1.0;
        look(intents, -1);
    }
}

static void take_keys(Ui *ui, const TimelineLayout *t, TimelineState *state, const Snapshot *s, Intents *intents) {
    static TimelineMark marks[TIMELINE_MOST_MARKS];
    int count = -1; /* not made yet */
    for (int i = 0; i < ui->input.key_count; i++) {
        const UiKey *key = &ui->input.keys[i];
        bool sideways = (key->code == KEY_LEFT || key->code == KEY_RIGHT) && !key->shift && !key->ctrl && !key->alt;
        float middle = t->shares.x + t->shares.w / 2;
        if (sideways) {
            count = count < 0 ? timeline_marks(ui, t, s, marks) : count;
            if (count == 0)
                look(intents, timeline_step(s, key->code == KEY_LEFT ? -1 : 1));
            else
                go_to_mark(t, state, s, marks, count, key->code == KEY_RIGHT, intents);
        } else if (key->code == KEY_HOME || key->code == KEY_END) {
            state->mark = -1.0;
            look(intents, key->code == KEY_HOME ? look_epoch(s, t->last, 0) : -1);
        } else if (key->code == KEY_CHARACTER && !key->ctrl && strchr("+=-0", (int)(key->character & 127)) &&
                   key->character < 128 && key->character > 0) {
            if (key->character == '0')
                state->span = (TimelineSpan){0};
            else
                timeline_zoom(t, &state->span, middle, key->character == '-' ? 1.0 / ZOOM : ZOOM);
        } else {
            continue;
        }
        ui->keyboard_taken = true;
        memmove(&ui->input.keys[i], &ui->input.keys[i + 1],
                (size_t)(ui->input.key_count - i - 1) * sizeof *ui->input.keys);
        ui->input.key_count--;
        i--;
    }
}

static void touch_strips(Ui *ui, const TimelineLayout *t, TimelineState *state, const Snapshot *s, Intents *intents) {
    UiTouch in = ui_touch(ui, "timeline", timeline_strips(t), true);
    state->focused = in.focused && ui->focus_visible;
    if (!in.focused)
        state->mark = -1.0;
    if (in.hovered || in.held) {
        static TimelineMark marks[TIMELINE_MOST_MARKS];
        float x = ui->input.mouse_x, y = ui->input.mouse_y;
        int over = -1;
        if ((!in.held || in.pressed) && timeline_near_marks(ui, t, y)) {
            int count = timeline_marks(ui, t, s, marks);
            over = timeline_mark_at(ui, t, marks, count, x);
        }
        state->mark_over = over >= 0 ? marks[over].at : -1.0;
        int64_t epoch = timeline_epoch_at(t, x);
        state->hovered = over < 0 && epoch <= t->last ? epoch : -1;
        state->pointer_x = x;
        state->pointer_y = y;
        ui->cursor = over >= 0 ? CURSOR_HAND : CURSOR_RESIZE_X;
        if (in.held && (in.pressed || x != in.grab_x)) {
            state->mark = -1.0;
            scrub(ui, t, s, x, state->mark_over, intents);
        }
    }
    if (in.focused)
        take_keys(ui, t, state, s, intents);
}

void timeline_touch(Ui *ui, Rect card, TimelineState *state, const Snapshot *s, Intents *intents) {
    TimelineCurve curves[TIMELINE_MOST_CURVES];
    int count;
    TimelineLayout t = timeline_of_card(ui, card, state, s, curves, &count);
    TimelineSpan before = state->span;
    follow(state, &t, s);
    state->hovered = -1;
    state->mark_over = state->pointer_x = state->pointer_y = -1.0f;
    state->note_over = timeline_notes_touch(ui, &t, s, intents);
    if (t.last >= 0)
        touch_pill(ui, &t, state, s, intents);
    if (state->span.chosen && ui_button(ui, "timeline-fit", fit_rect(ui, &t), ICON_NONE, tr("All epochs"), BUTTON_QUIET,
                                        tr("Show all epochs again (double click on the axis)")))
        state->span = (TimelineSpan){0};
    touch_branches(ui, &t, state, s, intents);
    touch_axis(ui, &t, state);
    if (t.last >= 0)
        touch_strips(ui, &t, state, s, intents);
    else
        ui_touch(ui, "timeline", timeline_strips(&t), true);
    char epoch[SPOKEN_BYTES];
    spoken_epoch(s, epoch);
    ui_say(ui, ui_id("timeline"), &(UiSay){.role = ROLE_TIMELINE, .label = tr("Epochs"), .value = epoch});
    bool over = ui->hot == ui_id("timeline") || ui->hot == ui_id("timeline-axis") || ui->hot == ui_id("timeline-pill");
    if (over && ui->input.wheel != 0.0f && ui->active == 0)
        timeline_zoom(&t, &state->span, ui->input.mouse_x, pow(ZOOM, (double)ui->input.wheel));
    const UiPinch *pinch = &ui->input.pinch;
    if (over && pinch->active) { /* what was under the fingers' middle stays there */
        TimelineLayout zoomed = t;
        timeline_zoom(&t, &state->span, pinch->x - pinch->dx, (double)pinch->factor);
        zoomed.from = state->span.from;
        zoomed.to = state->span.to;
        if (state->span.chosen)
            timeline_pan(&zoomed, &state->span, -(double)(pinch->dx / t.shares.w) * (zoomed.to - zoomed.from));
    }
    ui->wants_frame = ui->wants_frame || before.from != state->span.from || before.to != state->span.to;
}
