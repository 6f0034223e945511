#include "view_suspects.h"

#include "format.h"
#include "suspects.h"

#include <math.h>
#include <stdio.h>

/* Ranked anew a few times a second at the most, and not while the pointer may be about to press a row. */
static void rank(SuspectsState *state, const Ui *ui, bool hovered, const Snapshot *s) {
    bool others = state->data_version != s->data_version || state->epoch > s->epoch;
    if (state->count > 0 && !others && (hovered || ui->input.time - state->at < 0.4))
        return;
    int most = state->more ? SUSPECTS_MOST : SUSPECTS_SHOWN;
    state->count = s->data->count < (size_t)most ? (int)s->data->count : most;
    suspects_rank(s->loss, s->admitted, s->data->count, state->samples, (size_t)state->count);
    state->data_version = s->data_version;
    state->epoch = s->epoch;
    state->at = ui->input.time;
}

static void row(Ui *ui, Rect rect, const Snapshot *s, uint32_t sample, bool pinned) {
    char text[64], number[32], class[32];
    float unit = ui_px(ui, UNIT), middle = rect.y + rect.h / 2;
    const Theme *theme = ui->theme;
    if (pinned)
        canvas_rounded(ui->canvas, (Rect){rect.x - unit / 2, rect.y, rect.w + unit, rect.h}, ui_px(ui, 4.0f),
                       theme->chip);
    canvas_disc(ui->canvas, rect.x + unit / 2, middle, ui_px(ui, 4.0f),
                theme->class_fill[s->data->label[sample]]);
    format_count(dataset_row(s->data, sample), number);
    snprintf(text, sizeof text, "%s, %s", number, dataset_class_name(s->data, s->data->label[sample], class));
    Rect left = {rect.x + 2 * unit, rect.y, rect.w * 0.5f, rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, left, ALIGN_LEFT, theme->text, text);
    format_figure((double)s->loss[sample], number);
    Rect loss = {rect.x, rect.y, rect.w - ui_px(ui, 74.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, loss, ALIGN_RIGHT, theme->text, number);
    if (s->admitted[sample] >= s->epoch)
        snprintf(text, sizeof text, "never");
    else if (s->v[sample] > 0.0f)
        snprintf(text, sizeof text, "epoch %u", s->admitted[sample] + 1);
    else
        snprintf(text, sizeof text, "no longer");
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, rect, ALIGN_RIGHT, theme->muted, text);
}

int64_t view_suspects(Column *column, SuspectsState *state, int64_t pinned, const Snapshot *s) {
    Ui *ui = column->ui;
    char summary[96] = "which labels look wrong?", a[32], b[32];
    bool known = !isnan(s->label_recall);
    if (known) {
        format_percent(s->label_recall, a);
        snprintf(summary, sizeof summary, "%s of the wrong labels hard", a);
    }
    int64_t chosen = -1;
    if (!column_section(column, "section-suspects", "Suspects", summary, &state->open))
        return -1;
    bool hovered = ui->input.mouse_x >= column->x && ui->input.mouse_x < column->x + column->w &&
                   ui->input.mouse_y >= column->top &&
                   ui->input.mouse_y < column->top + ui_px(ui, 24.0f) * (float)state->count;
    rank(state, ui, hovered, s);
    Rect caption = column_next(column, 18.0f, 2.0f);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, caption, ALIGN_LEFT, ui->theme->muted, "row, class");
    Rect losses = {caption.x, caption.y, caption.w - ui_px(ui, 74.0f), caption.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, losses, ALIGN_RIGHT, ui->theme->muted, "loss");
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, caption, ALIGN_RIGHT, ui->theme->muted, "easy since");
    for (int i = 0; i < state->count; i++) {
        uint32_t sample = state->samples[i];
        if (sample >= s->data->count)
            break;
        char name[32];
        snprintf(name, sizeof name, "suspect-%d", i);
        Rect rect = column_next(column, 24.0f, 0.0f);
        if (ui_button(ui, name, rect, ICON_NONE, "", BUTTON_QUIET, "Pin this point in the plot"))
            chosen = sample;
        row(ui, rect, s, sample, pinned == (int64_t)sample);
    }
    if (known) {
        char text[128];
        format_percent(s->label_precision, a);
        format_percent(s->label_recall, b);
        snprintf(text, sizeof text, "Hard means wrong: precision %s, recall %s", a, b);
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, column_next(column, 20.0f, 0.0f), ALIGN_LEFT,
                     ui->theme->text, text);
    }
    if (s->data->count > SUSPECTS_SHOWN &&
        ui_button(ui, "suspects-more", column_next(column, 28.0f, UNIT), ICON_NONE,
                  state->more ? "Fewer" : "More", BUTTON_PLAIN, NULL)) {
        state->more = !state->more;
        state->count = 0;
        ui->wants_frame = true;
    }
    column_section_end(column);
    return chosen;
}
