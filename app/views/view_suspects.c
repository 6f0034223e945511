#include "app/views/view_suspects.h"

#include "app/base/format.h"
#include "app/experiment/suspects.h"
#include "app/views/glossary.h"

#include <math.h>
#include <stdio.h>

static const double RANK_AFTER = 0.4; /* seconds */
static const float ROW = 24.0f;       /* logical pixels */

/* Ranks anew a few times a second at most, and never while the pointer may be about to press a row; but at once for new
 * points or another epoch looked at. */
static void rank(SuspectsState *state, Ui *ui, bool hovered, const Snapshot *s) {
    bool others = state->data_version != s->data_version || state->epoch > s->epoch ||
                  state->looking_back != s->looking_back || (s->looking_back && state->epoch != s->epoch);
    if (state->count > 0 && !others) {
        if (state->version == s->version || hovered)
            return;
        if (ui->input.time - state->at < RANK_AFTER) {
            ui->wants_frame = true; /* a run that pauses now must not leave an old list behind */
            return;
        }
    }
    size_t most = state->more ? SUSPECTS_MOST : SUSPECTS_SHOWN, n = s->data->count;
    state->count = (int)(n < most ? n : most);
    suspects_rank(s->loss, s->admitted, s->epoch, n, state->samples, (size_t)state->count);
    state->wrong = 0;
    for (size_t i = 0; s->data->truth && i < n; i++)
        state->wrong += s->data->truth[i] != s->data->label[i];
    state->data_version = s->data_version;
    state->version = s->version;
    state->epoch = s->epoch;
    state->looking_back = s->looking_back;
    state->at = ui->input.time;
}

static void row(Ui *ui, Rect rect, const Snapshot *s, uint32_t sample, bool pinned) {
    char text[DATASET_NAME_BYTES + 40], number[32], class[32];
    float unit = ui_px(ui, UNIT), middle = rect.y + rect.h / 2;
    const Theme *theme = ui->theme;
    if (pinned)
        canvas_rounded(ui->canvas, (Rect){rect.x - unit / 2, rect.y, rect.w + unit, rect.h}, ui_px(ui, 4.0f),
                       theme->chip);
    Color class_color = theme->class_fill[s->data->label[sample]];
    if (s->v[sample] > 0.0f)
        canvas_disc(ui->canvas, rect.x + unit / 2, middle, ui_px(ui, 4.0f), class_color);
    else /* hollow, as its mark */
        canvas_ring(ui->canvas, rect.x + unit / 2, middle, ui_px(ui, 3.25f), ui_px(ui, 1.5f), class_color);
    format_count(dataset_row(s->data, sample), number);
    snprintf(text, sizeof text, "%s, %s", number, dataset_class_name(s->data, s->data->label[sample], class));
    Rect left = {rect.x + 2 * unit, rect.y, rect.w * 0.5f, rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, left, ALIGN_LEFT, theme->text, text);
    format_figure((double)s->loss[sample], number);
    Rect loss = {rect.x, rect.y, rect.w - ui_px(ui, 74.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, loss, ALIGN_RIGHT, theme->text, number);
    if (s->admitted[sample] >= s->epoch)
        snprintf(text, sizeof text, "never");
    else
        snprintf(text, sizeof text, "epoch %u", s->admitted[sample] + 1);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, rect, ALIGN_RIGHT, theme->muted, text);
}

/* How well "hard" finds wrong labels, where those are known. */
static void truth(Column *column, const SuspectsState *state, const Snapshot *s) {
    Ui *ui = column->ui;
    char text[128], found[32], wrong[32], precision[32] = "\u2013", recall[32];
    double share = s->label_recall;
    format_count((size_t)llround(share * (double)state->wrong), found);
    format_count(state->wrong, wrong);
    snprintf(text, sizeof text, "%s: %s of %s wrong labels",
             s->settings->order == ORDER_EASY ? "Still hard" : "Left out", found, wrong);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, column_next(column, 18.0f, 0.0f), ALIGN_LEFT, ui->theme->text, text);
    if (!isnan(s->label_precision))
        format_percent(s->label_precision, precision);
    format_percent(share, recall);
    snprintf(text, sizeof text, "precision %s, recall %s", precision, recall);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, column_next(column, 16.0f, 4.0f), ALIGN_LEFT, ui->theme->muted,
                 text);
}

static void captions(Column *column, const Snapshot *s) {
    Ui *ui = column->ui;
    Rect caption = column_next(column, 18.0f, 2.0f);
    Rect losses = {caption.x, caption.y, caption.w - ui_px(ui, 74.0f), caption.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, caption, ALIGN_LEFT, ui->theme->muted, "row, class");
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, losses, ALIGN_RIGHT, ui->theme->muted, "loss");
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, caption, ALIGN_RIGHT, ui->theme->muted,
                 s->settings->order == ORDER_EASY ? "first easy" : "first in use");
}

/* How many of the wrong labels are hard, in the words that there is room for. */
static void say_recall(const Column *column, const Snapshot *s, char summary[96]) {
    const Ui *ui = column->ui;
    const char *hard = s->settings->order == ORDER_EASY ? "hard" : "left out";
    char recall[32];
    format_percent(s->label_recall, recall);
    if (s->label_recall == 1.0)
        snprintf(summary, 96, "all wrong labels are %s", hard);
    else if (s->label_recall == 0.0)
        snprintf(summary, 96, "no wrong label is %s", hard);
    else
        snprintf(summary, 96, "%s of wrong labels are %s", recall, hard);
    float room = column->w - text_width(ui->text, TEXT_BODY, "Suspects") - ui_px(ui, 28.0f);
    if (text_width(ui->text, TEXT_BODY, summary) > room)
        snprintf(summary, 96, "wrong: %s %s", recall, hard);
}

int64_t suspects_widgets(Column *column, SuspectsState *state, int64_t pinned, const Snapshot *s) {
    Ui *ui = column->ui;
    char summary[96] = "which labels look wrong?";
    bool known = !isnan(s->label_recall);
    if (known)
        say_recall(column, s, summary);
    int64_t chosen = -1;
    Rect word = {column->x, column->y, text_width(ui->text, TEXT_BODY, "Suspects"), ui_px(ui, COLUMN_SECTION)};
    bool shown = column_section(column, "section-suspects", "Suspects", summary, &state->open);
    glossary_over(ui, "word-suspects", "section-suspects", word, "suspects");
    if (!shown)
        return -1;
    if (known)
        truth(column, state, s);
    captions(column, s);
    float below = column->y + ui_px(ui, ROW) * (float)state->count;
    bool hovered = ui->input.mouse_inside && ui->input.mouse_x >= column->x &&
                   ui->input.mouse_x < column->x + column->w && ui->input.mouse_y >= column->y &&
                   ui->input.mouse_y < below;
    rank(state, ui, hovered, s);
    for (int i = 0; i < state->count; i++) {
        uint32_t sample = state->samples[i];
        if (sample >= s->data->count)
            break;
        char name[32];
        snprintf(name, sizeof name, "suspect-%d", i);
        Rect rect = column_next(column, ROW, 0.0f);
        if (ui_button(ui, name, rect, ICON_NONE, "", BUTTON_QUIET, "Pin this point in the plot"))
            chosen = sample;
        row(ui, rect, s, sample, pinned == (int64_t)sample);
    }
    if (s->data->count > SUSPECTS_SHOWN) {
        column->y += ui_px(ui, 4.0f);
        if (ui_button(ui, "suspects-more", column_next(column, 28.0f, UNIT), ICON_NONE, state->more ? "Fewer" : "More",
                      BUTTON_PLAIN, NULL)) {
            state->more = !state->more;
            state->count = 0;
            ui->wants_frame = true;
        }
    }
    column_section_end(column);
    return chosen;
}
