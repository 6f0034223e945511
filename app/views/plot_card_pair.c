/* The card of a point that several runs share: a column for each of them. */
#include "app/base/language.h"
#include "app/views/plot_card.h"

#include "app/base/format.h"
#include "app/plot/duel.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>

enum { LOSS, WEIGHT, FIRST, ROWS };

static void put_weight(const Snapshot *s, size_t sample, char text[48]) {
    char v[32];
    format_number((double)s->v[sample], 3, v);
    if (s->v[sample] > 0)
        snprintf(text, 48, "%s", v);
    else /* TRANSLATORS: the weight of a point, 0, and what that means */
        snprintf(text, 48, s->settings->order == ORDER_EASY ? tr("%s: hard") : tr("%s: left out"), v);
}

static void put_first(const Snapshot *s, size_t sample, char text[48]) {
    if (plot_admitted(s, sample))
        snprintf(text, 48, tr("epoch %u"), (unsigned)s->admitted[sample] + 1); /* counted as the timeline does */
    else
        snprintf(text, 48, tr("not yet"));
}

typedef struct Pair { /* or three */
    char title[DATASET_NAME_BYTES + 40];
    char values[ROWS][DUEL_RUNS][48];
} Pair;

static void describe(Pair *pair, const Snapshot *first, size_t sample) {
    char number[32], name[32];
    int runs = snapshot_runs(first);
    format_count(sample, number);
    snprintf(pair->title, sizeof pair->title, tr("Point %s, %s"), number,
             dataset_class_name(first->data, first->data->label[sample], name));
    for (int k = 0; k < runs; k++) {
        const Snapshot *run = snapshot_run(first, k);
        format_figure((double)run->loss[sample], number);
        snprintf(pair->values[LOSS][k], sizeof pair->values[LOSS][k], "%s", number);
        put_weight(run, sample, pair->values[WEIGHT][k]);
        put_first(run, sample, pair->values[FIRST][k]);
    }
}

void plot_card_draw_pair(Ui *ui, Rect area, const float at[2], const Snapshot *first, size_t sample) {
    static const char *const heads[DUEL_RUNS] = {"A", "B", "C"};
    int runs = snapshot_runs(first);
    bool easy = false;
    for (int k = 0; k < runs; k++)
        easy = easy || snapshot_run(first, k)->settings->order == ORDER_EASY;
    const char *names[ROWS] = {tr("loss"), tr("weight v"), easy ? tr("first easy") : tr("first used")};
    Pair pair;
    describe(&pair, first, sample);
    char title[PLOT_CARD_ROWS][UI_LINE_BYTES];
    int titles = plot_card_wrap(ui, TEXT_MEDIUM, pair.title, title);
    float pad = ui_px(ui, 10.0f), row = ui_px(ui, 18.0f), gap = ui_px(ui, 18.0f);
    char widest[48];
    snprintf(widest, sizeof widest, tr("%s: left out"), "0");
    float named = 0, column = text_width(ui->text, TEXT_BODY, widest);
    for (int i = 0; i < ROWS; i++)
        named = fmaxf(named, text_width(ui->text, TEXT_BODY, names[i]));
    for (int i = 0; i < ROWS; i++)
        for (int k = 0; k < runs; k++)
            column = fmaxf(column, text_width(ui->text, TEXT_BODY, pair.values[i][k]));
    float wide = named + (float)runs * (gap + column);
    for (int i = 0; i < titles; i++)
        wide = fmaxf(wide, text_width(ui->text, TEXT_MEDIUM, title[i]));
    Rect box = plot_card_place(ui, area, at, ceilf(wide + 2 * pad),
                               ceilf(row * (float)(ROWS + 1 + titles) + 2 * pad - ui_px(ui, 6.0f)));
    ui_card_ground(ui, box, UI_RADIUS, ui->theme->line);
    Rect line = {box.x + pad, box.y + pad - ui_px(ui, 3.0f), box.w - 2 * pad + 1, row};
    for (int i = 0; i < titles; i++, line.y += row)
        text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, line, ALIGN_LEFT, ui->theme->text, title[i]);
    for (int i = -1; i < ROWS; i++, line.y += row) {
        if (i >= 0)
            text_draw_in(ui->text, ui->canvas, TEXT_BODY, line, ALIGN_LEFT, ui->theme->muted, names[i]);
        for (int k = 0; k < runs; k++) {
            Rect value = line;
            value.w -= (float)(runs - 1 - k) * (column + gap);
            text_draw_in(ui->text, ui->canvas, i < 0 ? TEXT_MEDIUM : TEXT_BODY, value, ALIGN_RIGHT,
                         i < 0 ? duel_color(ui->theme, k) : ui->theme->text, i < 0 ? heads[k] : pair.values[i][k]);
        }
    }
    ui_note(ui, "plot-card", box);
}
