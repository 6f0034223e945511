#include "app/views/view_key_private.h"

#include "app/base/language.h"
#include "app/ui/ui_widget.h"

#include <math.h>

/* Up to two marks of the classes that have points, side by side. */
static void draw_signs(const Key *key, PlotEntryKind kind, float x, float y) {
    int most = kind == PLOT_ENTRY_RING || kind == PLOT_ENTRY_CLEAN ? 1 : 2, shown = 0;
    if (kind == PLOT_ENTRY_SOFT && key->hand->color == PLOT_COLOR_CLASS) { /* a ramp of one class's */
        int k = 0;
        while (k + 1 < MAX_CLASSES && key->state->points[k] == 0)
            k++;
        for (int i = 0; i < PLOT_SOFT_SIGNS; i++)
            plot_soft_sign_draw(key->plot, key->ui->canvas, k, i, x + ui_px(key->ui, 11.5f * (float)i - 4.0f), y);
        return;
    }
    if (kind == PLOT_ENTRY_CLEAN) /* with its flag above it */
        y += ui_px(key->ui, 5.0f);
    for (int k = 0; k < MAX_CLASSES && shown < most; k++)
        if (key->state->points[k] > 0)
            plot_sign_draw(key->plot, key->ui->canvas, key->hand->color, kind, k,
                           x + ui_px(key->ui, 15.0f * (float)shown++), y);
}

static void draw_share(const Key *key, Rect bar, int class) {
    Ui *ui = key->ui;
    size_t all = key->state->points[class];
    float part = all > 0 ? (float)((double)key->state->easy[class] / (double)all) : 0.0f;
    canvas_rounded(ui->canvas, bar, bar.h / 2, ui->theme->track);
    canvas_push_clip(ui->canvas, (Rect){bar.x, bar.y - 1.0f, roundf(bar.w * part), bar.h + 2.0f});
    canvas_rounded(ui->canvas, bar, bar.h / 2, ui->theme->class_line[class]);
    canvas_pop_clip(ui->canvas);
}

static void draw_class(const Key *key, Rect rect, const KeyRow *row) {
    Ui *ui = key->ui;
    const Theme *theme = ui->theme;
    float indent = ui_px(ui, KEY_CLASS_INDENT), height = ui_px(ui, 3.0f);
    Rect name = key_name_rect(key, row, rect), right = {rect.x, rect.y, rect.w, name.h};
    plot_sign_draw(key->plot, ui->canvas, key->hand->color, PLOT_ENTRY_EASY, row->class, rect.x + ui_px(ui, 9.0f),
                   floorf(rect.y + name.h / 2) + 0.5f);
    Rect bar = {rect.x + indent, roundf(rect.y + ui_px(ui, key->rows.bar)), rect.w - indent, height};
    if (key->rows.bar > 0.0f)
        draw_share(key, bar, row->class);
    /* over the bar: some scripts reach far down */
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, name, ALIGN_LEFT, theme->text, row->text);
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, right, ALIGN_RIGHT, theme->class_text[row->class], row->right);
}

/* Of two classes from the one to the other, of more a field for each: fainter where the model is less sure. */
static void draw_sureness(const Key *key, Rect bar) {
    Ui *ui = key->ui;
    const Theme *theme = ui->theme;
    int classes = mlp_classes(key->s->mlp);
    for (int x = 0; x < (int)bar.w; x++) {
        float at = ((float)x + 0.5f) / bar.w, sure = fabsf(2.0f * at - 1.0f);
        int k = at < 0.5f ? 0 : 1;
        if (classes > 2) {
            k = (int)(at * (float)classes);
            sure = at * (float)classes - (float)k;
        }
        canvas_rect(ui->canvas, (Rect){bar.x + (float)x, bar.y, 1.0f, bar.h},
                    color_mix(theme->region_neutral, theme->region[k], fminf(1.0f, 1.6f * sure)));
    }
    canvas_rounded_frame(ui->canvas, bar, 0.0f, fmaxf(1.0f, floorf(ui->scale)), theme->hard_edge);
}

static Rect words_below(const Ui *ui, Rect bar) {
    return (Rect){bar.x, bar.y + bar.h + ui_px(ui, 3.0f), bar.w, ui_px(ui, 16.0f)};
}

static void draw_regions(const Key *key, Rect rect) {
    Ui *ui = key->ui;
    const Theme *theme = ui->theme;
    Rect bar = {rect.x, roundf(rect.y + ui_px(ui, 4.0f)), rect.w, roundf(ui_px(ui, 12.0f))};
    Rect words = words_below(ui, bar);
    draw_sureness(key, bar);
    if (mlp_classes(key->s->mlp) > 2) {
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, theme->muted, tr("fainter: less sure"));
        return;
    }
    for (int k = 0; k < 2; k++) {
        const char *name = key->s->data->class_name[k];
        char text[DATASET_NAME_BYTES + 8];
        snprintf(text, sizeof text, name[0] ? "%s" : tr("sure %s"), name[0] ? name : k ? "1" : "0");
        Rect half = {words.x + (k ? 0.66f * words.w : 0.0f), words.y, words.w * 0.34f, words.h};
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, half, k ? ALIGN_RIGHT : ALIGN_LEFT, theme->muted, text);
    }
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_CENTER, theme->muted, tr("unsure"));
}

/* The colours of a number, with the numbers of its ends; of the loss with the threshold on it. */
static void draw_ramp(const Key *key, Rect rect) {
    enum { STEPS = 24 };
    Ui *ui = key->ui;
    double threshold = key->s->threshold;
    bool loss = key->hand->color == PLOT_COLOR_LOSS;
    PlotRamp ramp = plot_ramp_of(key->s, key->hand->color);
    Rect bar = {rect.x, roundf(rect.y + ui_px(ui, 3.0f)), rect.w, roundf(ui_px(ui, 8.0f))};
    for (int i = 0; i < STEPS; i++) {
        float from = roundf(bar.x + bar.w * (float)i / (float)STEPS),
              to = roundf(bar.x + bar.w * (float)(i + 1) / (float)STEPS);
        canvas_rect(ui->canvas, (Rect){from, bar.y, to - from, bar.h},
                    plot_ramp_color(ui->theme, &ramp, (float)i / (STEPS - 1)));
    }
    Rect words = words_below(ui, bar);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted, ramp.ends[0]);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_RIGHT, ui->theme->muted, ramp.ends[1]);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_CENTER, ui->theme->text,
                 !ramp.ends[0][0] ? tr("not known yet")
                 : ramp.diverging ? "0"
                                  : ramp.name);
    if (!loss || !(threshold >= PLOT_LOSS_LOW && threshold <= PLOT_LOSS_HIGH))
        return;
    float share = (float)(log(threshold / PLOT_LOSS_LOW) / log(PLOT_LOSS_HIGH / PLOT_LOSS_LOW)), over = ui_px(ui, 3.0f);
    float line = fmaxf(1.0f, roundf(ui_px(ui, 2.0f))), at = roundf(bar.x + bar.w * share - line / 2);
    canvas_rect(ui->canvas, (Rect){at - ui->scale, bar.y - over, line + 2 * ui->scale, bar.h + 2 * over},
                ui->theme->card);
    canvas_rect(ui->canvas, (Rect){at, bar.y - over, line, bar.h + 2 * over}, ui->theme->text);
}

/* Pale and struck through. */
static void draw_left_out(Ui *ui, Rect rect, const KeyRow *row, float indent) {
    float line = fmaxf(1.0f, roundf(ui->scale)),
          high = row->kind == ROW_CLASS ? fminf(ui_px(ui, KEY_CLASS_LINE), rect.h) : rect.h;
    bool words = row->text[0] != '\0';
    float from = rect.x + (words ? indent : 0.0f), y = words ? rect.y + high / 2 : rect.y + ui_px(ui, 10.0f);
    float width = words ? fminf(text_width(ui->text, TEXT_BODY, row->text), rect.w - indent) : rect.w;
    canvas_rect(ui->canvas, (Rect){rect.x - ui->scale, rect.y, (words ? indent : rect.w) + ui->scale, rect.h},
                color_alpha(ui->theme->card, 0.75f));
    canvas_rect(ui->canvas, (Rect){from - ui->scale, floorf(y), width + 2 * ui->scale, line}, ui->theme->muted);
}

static void draw_row(const Key *key, int i) {
    Ui *ui = key->ui;
    const KeyRow *row = &key->rows.rows[i];
    Rect rect = key_row_rect(key, row);
    float indent = ui_px(ui, row->kind == ROW_CLASS ? KEY_CLASS_INDENT : 38.0f);
    float middle = floorf(rect.y + rect.h / 2) + 0.5f;
    Rect around = {rect.x - ui_px(ui, 6.0f), rect.y, rect.w + ui_px(ui, 12.0f), rect.h};
    Rect words = {rect.x + indent, rect.y, rect.w - indent, rect.h};
    bool hidden = key_is_hidden(&key->hand->hidden, key->state, row);
    if (key->state->hot == (uint32_t)i + 1)
        canvas_rounded(ui->canvas, around, ui_px(ui, 4.0f), ui->theme->chip);
    switch (row->kind) {
    case ROW_SELECT: /* the widget draws itself */
        break;
    case ROW_CAPTION:
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, rect, ALIGN_LEFT, ui->theme->muted, row->text);
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, rect, ALIGN_RIGHT, ui->theme->muted, row->right);
        break;
    case ROW_RAMP:
        draw_ramp(key, rect);
        break;
    case ROW_CLASS:
        draw_class(key, rect, row);
        break;
    case ROW_SIGN:
        draw_signs(key, row->entry, rect.x + ui_px(ui, 9.0f), middle);
        break;
    case ROW_BOUNDARY:
        canvas_line(ui->canvas, rect.x + ui_px(ui, 2.0f), middle, rect.x + ui_px(ui, 29.0f), middle, ui_px(ui, 2.0f),
                    ui->theme->boundary);
        break;
    case ROW_REGIONS:
        if (row->text[0]) {
            float height = roundf(ui_px(ui, 11.0f));
            draw_sureness(key, (Rect){rect.x + ui_px(ui, 2.0f), roundf(middle - height / 2), ui_px(ui, 27.0f), height});
        } else {
            draw_regions(key, rect);
        }
        break;
    }
    if (row->kind >= ROW_SIGN && row->text[0])
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text, row->text);
    if (hidden)
        draw_left_out(ui, rect, row, indent);
    if (key->state->focused == (uint32_t)i + 1)
        ui_focus_ring(ui, around, ui_px(ui, 4.0f));
}

void key_rows_draw(const Key *key) {
    for (int i = 0; i < key->rows.count; i++)
        draw_row(key, i);
}
