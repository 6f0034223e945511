#include "app/views/view_key_private.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float PAD = 16.0f, BOTTOM = 10.0f; /* logical pixels */

/* From roomy to close. */
typedef struct Spacing {
    float class, bar, sign, gap; /* bar 0: classes have none */
} Spacing;

static const Spacing SPACINGS[] = {
    {32.0f, 20.0f, 20.0f, 10.0f}, {27.0f, 18.0f, 20.0f, 7.0f}, {23.0f, 16.0f, 18.0f, 4.0f}};
enum { SPACING_COUNT = sizeof SPACINGS / sizeof *SPACINGS };

/* Of many classes, whose bars would be a picket fence. */
static const Spacing MANY_SPACING = {18.0f, 0.0f, 18.0f, 4.0f};

/* Of a brief key that would be cut even so. */
static const Spacing TIGHT_SPACING = {14.5f, 0.0f, 15.0f, 6.0f};

static KeyRow *add_row(KeyRows *rows, KeyRowKind kind, float height, const char *text) {
    KeyRow *row = &rows->rows[rows->count++];
    *row = (KeyRow){.kind = kind, .y = rows->height, .h = height};
    snprintf(row->text, sizeof row->text, "%s", text);
    rows->height += height;
    return row;
}

static KeyRow *add_entry(KeyRows *rows, KeyRowKind kind, PlotEntryKind entry, float height, const char *text) {
    KeyRow *row = add_row(rows, kind, height, text);
    row->entry = entry;
    return row;
}

/* Whole percent; all and none are said only of all and none. */
static void put_share(char text[32], size_t part, size_t whole) {
    double percent = whole > 0 ? 100.0 * (double)part / (double)whole : 0.0;
    if (part > 0 && percent < 1.0) {
        char one[32];
        format_percentage(1.0, 0, one);
        snprintf(text, 32, "< %.29s", one);
    } else {
        format_percentage(part < whole ? fmin(floor(percent + 0.5), 99.0) : 100.0, 0, text);
    }
}

const char *key_word_in(const Snapshot *s) {
    return s->settings->order == ORDER_EASY ? tr("easy") : tr("in use");
}

const char *key_weight_caption(void) {
    return tr("weight in training");
}

/* What is no sample. */
static void list_apart(Key *key, const Spacing *spacing) {
    const Snapshot *s = key->s;
    KeyRows *rows = &key->rows;
    if (s->test && s->test->count > 0)
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_TEST, spacing->sign, tr("test points"));
    if (s->clean && s->clean->count > 0)
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_CLEAN, spacing->sign + 2.0f, tr("clean points"));
}

static void list_points(Key *key, const Spacing *spacing) {
    const Snapshot *s = key->s;
    KeyRows *rows = &key->rows;
    const PlotOptions options = {.ring_hard = true};
    char text[48], name[32];
    strcpy(add_row(rows, ROW_CAPTION, 16.0f, key->state->brief ? "" : tr("class"))->right, key_word_in(s));
    for (int k = 0; k < MAX_CLASSES; k++)
        if (key->state->points[k] > 0) {
            KeyRow *row =
                add_entry(rows, ROW_CLASS, PLOT_ENTRY_EASY, spacing->class, dataset_class_name(s->data, k, name));
            row->class = k;
            put_share(row->right, key->state->easy[k], key->state->points[k]);
        }
    rows->height += spacing->gap / 2;
    if (!key->state->brief && key->hand->color != PLOT_COLOR_INFLUENCE)
        add_row(rows, ROW_CAPTION, 17.0f, key_weight_caption());
    if (key->hand->color == PLOT_COLOR_INFLUENCE) {
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_HELPS, spacing->sign, tr("helps: filled"));
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_HURTS, spacing->sign, tr("hurts: hollow"));
        list_apart(key, spacing);
        return;
    }
    if (weight_limit(s->settings->regularizer) > 1.0f)
        snprintf(text, sizeof text, tr("v = e, the most"));
    else
        snprintf(text, sizeof text, s->settings->order == ORDER_EASY ? tr("v = 1: easy") : tr("v = 1: in use"));
    add_entry(rows, ROW_SIGN, PLOT_ENTRY_EASY, spacing->sign, text);
    if (s->settings->regularizer != REGULARIZER_HARD)
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_SOFT, spacing->sign, tr("v in between"));
    bool may_be_hard = s->settings->order != ORDER_ALL && weight_limit(s->settings->regularizer) <= 1.0f;
    if (s->easy < s->data->count || may_be_hard) {
        snprintf(text, sizeof text, s->settings->order == ORDER_EASY ? tr("v = 0: hard") : tr("v = 0: left out"));
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_HARD, spacing->sign, text);
    }
    if (plot_rings(s, &options))
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_RING, spacing->sign + 2.0f,
                  s->settings->order == ORDER_EASY ? tr("still hard") : tr("last left out"));
    list_apart(key, spacing);
}

static void list_rows(Key *key, const Spacing *spacing) {
    KeyRows *rows = &key->rows;
    PlotColor color = key->hand->color;
    bool brief = key->state->brief;
    *rows = (KeyRows){.height = 12.0f, .bar = spacing->bar};
    if (!brief) {
        add_row(rows, ROW_CAPTION, 20.0f, tr("Colour by"));
        add_row(rows, ROW_SELECT, 28.0f, "");
    }
    if (color != PLOT_COLOR_CLASS) {
        rows->height += 6.0f;
        add_row(rows, ROW_RAMP, 32.0f, "");
    }
    rows->height += brief ? 0.0f : spacing->gap - 1.0f;
    list_points(key, spacing);
    if (snapshot_is_finite(key->s)) {
        rows->height += spacing->gap;
        if (!brief)
            add_row(rows, ROW_CAPTION, 17.0f, tr("model"));
        float line = spacing->sign < 18.0f ? spacing->sign + 2.0f : 20.0f;
        add_entry(rows, ROW_BOUNDARY, PLOT_ENTRY_BOUNDARY, line, tr("boundary"));
        add_entry(rows, ROW_REGIONS, PLOT_ENTRY_REGIONS, brief ? line + 2.0f : 36.0f, brief ? tr("regions") : "");
    }
    rows->height += BOTTOM;
}

static bool rows_fit(Key *key, const Spacing *spacing, float height) {
    list_rows(key, spacing);
    return key->rows.height <= height;
}

void key_rows_lay_out(Key *key, float height) {
    int classes = 0;
    key_count_easy(key->state, key->s);
    for (int k = 0; k < MAX_CLASSES; k++)
        classes += key->state->points[k] > 0;
    if (classes > PLOT_MANY_CLASSES) {
        list_rows(key, &MANY_SPACING);
        return;
    }
    for (int i = 0; i < SPACING_COUNT; i++)
        if (rows_fit(key, &SPACINGS[i], height))
            return;
    if (key->state->brief && !rows_fit(key, &MANY_SPACING, height))
        rows_fit(key, &TIGHT_SPACING, height);
}

Rect key_row_rect(const Key *key, const KeyRow *row) {
    const Ui *ui = key->ui;
    float pad = ui_px(ui, PAD);
    return (Rect){key->place.x + pad, roundf(key->place.y + ui_px(ui, row->y) - key->state->scroll),
                  key->place.w - 2 * pad, roundf(ui_px(ui, row->h))};
}

Rect key_name_rect(const Key *key, const KeyRow *row, Rect rect) {
    Ui *ui = key->ui;
    float indent = ui_px(ui, KEY_CLASS_INDENT), share = text_width(ui->text, TEXT_MEDIUM, row->right) + ui_px(ui, 6.0f);
    return (Rect){rect.x + indent, rect.y, rect.w - indent - share, fminf(ui_px(ui, KEY_CLASS_LINE), rect.h)};
}
