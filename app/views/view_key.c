#include "app/views/view_key.h"

#include "app/base/format.h"
#include "app/views/glossary.h"
#include "app/ui/ui_widget.h"
#include "core/parallel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float PAD = 16.0f, BOTTOM = 10.0f, CLASS_LINE = 20.0f; /* logical pixels; the last: of a class's words */

static const char *const WEIGHT_CAPTION = "weight in training";

typedef enum { ROW_CAPTION, ROW_SELECT, ROW_RAMP, ROW_CLASS, ROW_SIGN, ROW_BOUNDARY, ROW_REGIONS } RowKind;

typedef struct Row {
    RowKind kind;
    PlotEntryKind entry; /* of ROW_CLASS, ROW_SIGN and below */
    int class;           /* of ROW_CLASS */
    float y, h;          /* from the key's upper end, logical pixels */
    char text[DATASET_NAME_BYTES], right[24];
} Row;

typedef struct Rows {
    Row rows[KEY_ROWS];
    int count;
    float height; /* of all, logical pixels */
    float bar;    /* from a class's row to its bar */
} Rows;

/* What every part of the key needs. */
typedef struct Key {
    Ui *ui;
    Rect place;
    KeyState *state;
    const Plot *plot; /* NULL while nothing is drawn */
    PlotHand *hand;
    const Snapshot *s;
    Rows rows;
} Key;

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

/* ---- how many are easy ---- */

typedef struct Slice {
    size_t points[MAX_CLASSES], easy[MAX_CLASSES];
} Slice;

enum { SLICES = 4 };

typedef struct Counting {
    const Snapshot *snapshot;
    Slice slices[SLICES];
} Counting;

static void count_slice(void *context, size_t index) {
    Counting *counting = context;
    const Snapshot *s = counting->snapshot;
    Slice sum = {0};
    for (size_t i = s->data->count * index / SLICES; i < s->data->count * (index + 1) / SLICES; i++) {
        sum.points[s->data->label[i]]++;
        sum.easy[s->data->label[i]] += s->v[i] > 0;
    }
    counting->slices[index] = sum;
}

static void count_easy(KeyState *state, const Snapshot *s) {
    if (state->counted_v == s->v && state->counted_version == s->version && state->counted_data == s->data_version &&
        state->counted_epoch == s->epoch && state->points[s->data->label[0]] > 0)
        return;
    Counting counting = {.snapshot = s};
    if (s->data->count > 100000)
        parallel_for(SLICES, count_slice, &counting);
    else
        for (size_t i = 0; i < SLICES; i++)
            count_slice(&counting, i);
    memset(state->points, 0, sizeof state->points);
    memset(state->easy, 0, sizeof state->easy);
    for (int i = 0; i < SLICES; i++)
        for (int k = 0; k < MAX_CLASSES; k++) {
            state->points[k] += counting.slices[i].points[k];
            state->easy[k] += counting.slices[i].easy[k];
        }
    state->counted_v = s->v;
    state->counted_version = s->version;
    state->counted_data = s->data_version;
    state->counted_epoch = s->epoch;
}

/* Whole percent; all and none are said only of all and none. */
static void put_share(char text[24], size_t part, size_t whole) {
    double percent = whole > 0 ? 100.0 * (double)part / (double)whole : 0.0;
    if (part > 0 && percent < 1.0)
        snprintf(text, 24, "< 1 %%");
    else
        snprintf(text, 24, "%.0f %%", part < whole ? fmin(floor(percent + 0.5), 99.0) : 100.0);
}

/* ---- the rows ---- */

static Row *add_row(Rows *rows, RowKind kind, float height, const char *text) {
    Row *row = &rows->rows[rows->count++];
    *row = (Row){.kind = kind, .y = rows->height, .h = height};
    snprintf(row->text, sizeof row->text, "%s", text);
    rows->height += height;
    return row;
}

static Row *add_entry(Rows *rows, RowKind kind, PlotEntryKind entry, float height, const char *text) {
    Row *row = add_row(rows, kind, height, text);
    row->entry = entry;
    return row;
}

/* The words for points that train and that do not: those of the curriculum's order. */
static const char *word_in(const Snapshot *s) {
    return s->settings->order == ORDER_EASY ? "easy" : "in use";
}

static const char *word_out(const Snapshot *s) {
    return s->settings->order == ORDER_EASY ? "hard" : "left out";
}

/* What is no sample. */
static void list_apart(Key *key, const Spacing *spacing) {
    const Snapshot *s = key->s;
    Rows *rows = &key->rows;
    if (s->test && s->test->count > 0)
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_TEST, spacing->sign, "test points");
    if (s->clean && s->clean->count > 0)
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_CLEAN, spacing->sign + 2.0f, "clean points");
}

static void list_points(Key *key, const Spacing *spacing) {
    const Snapshot *s = key->s;
    Rows *rows = &key->rows;
    const PlotOptions options = {.ring_hard = true};
    char text[48], name[32];
    strcpy(add_row(rows, ROW_CAPTION, 16.0f, key->state->brief ? "" : "class")->right, word_in(s));
    for (int k = 0; k < MAX_CLASSES; k++)
        if (key->state->points[k] > 0) {
            Row *row =
                add_entry(rows, ROW_CLASS, PLOT_ENTRY_EASY, spacing->class, dataset_class_name(s->data, k, name));
            row->class = k;
            put_share(row->right, key->state->easy[k], key->state->points[k]);
        }
    rows->height += spacing->gap / 2;
    if (!key->state->brief && key->hand->color != PLOT_COLOR_INFLUENCE)
        add_row(rows, ROW_CAPTION, 17.0f, WEIGHT_CAPTION);
    if (key->hand->color == PLOT_COLOR_INFLUENCE) {
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_HELPS, spacing->sign, "helps: filled");
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_HURTS, spacing->sign, "hurts: hollow");
        list_apart(key, spacing);
        return;
    }
    if (weight_limit(s->settings->regularizer) > 1.0f)
        snprintf(text, sizeof text, "v = e, the most");
    else
        snprintf(text, sizeof text, "v = 1: %s", word_in(s));
    add_entry(rows, ROW_SIGN, PLOT_ENTRY_EASY, spacing->sign, text);
    if (s->settings->regularizer != REGULARIZER_HARD)
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_SOFT, spacing->sign, "v in between");
    bool may_be_hard = s->settings->order != ORDER_ALL && weight_limit(s->settings->regularizer) <= 1.0f;
    if (s->easy < s->data->count || may_be_hard) {
        snprintf(text, sizeof text, "v = 0: %s", word_out(s));
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_HARD, spacing->sign, text);
    }
    if (plot_rings(s, &options))
        add_entry(rows, ROW_SIGN, PLOT_ENTRY_RING, spacing->sign + 2.0f,
                  s->settings->order == ORDER_EASY ? "still hard" : "last left out");
    list_apart(key, spacing);
}

static void list_rows(Key *key, const Spacing *spacing) {
    Rows *rows = &key->rows;
    PlotColor color = key->hand->color;
    bool brief = key->state->brief;
    *rows = (Rows){.height = 12.0f, .bar = spacing->bar};
    if (!brief) {
        add_row(rows, ROW_CAPTION, 20.0f, "Colour by");
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
            add_row(rows, ROW_CAPTION, 17.0f, "model");
        float line = spacing->sign < 18.0f ? spacing->sign + 2.0f : 20.0f;
        add_entry(rows, ROW_BOUNDARY, PLOT_ENTRY_BOUNDARY, line, "boundary");
        add_entry(rows, ROW_REGIONS, PLOT_ENTRY_REGIONS, brief ? line + 2.0f : 36.0f, brief ? "regions" : "");
    }
    rows->height += BOTTOM;
}

static bool rows_fit(Key *key, const Spacing *spacing, float height) {
    list_rows(key, spacing);
    return key->rows.height <= height;
}

/* The roomiest rows that fit the height (logical pixels), or else the closest. */
static void lay_out(Key *key, float height) {
    int classes = 0;
    count_easy(key->state, key->s);
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

static Rect rect_of(const Key *key, const Row *row) {
    const Ui *ui = key->ui;
    float pad = ui_px(ui, PAD);
    return (Rect){key->place.x + pad, roundf(key->place.y + ui_px(ui, row->y) - key->state->scroll),
                  key->place.w - 2 * pad, roundf(ui_px(ui, row->h))};
}

/* ---- under the hand ---- */

static bool is_entry(const Row *row) {
    return row->kind >= ROW_CLASS && row->entry != PLOT_ENTRY_RING && row->entry != PLOT_ENTRY_SOFT &&
           row->entry != PLOT_ENTRY_HELPS && row->entry != PLOT_ENTRY_HURTS;
}

/* The entry "v = 1" stands for the easy points of all classes. */
static bool is_hidden(const PlotHidden *hidden, const KeyState *state, const Row *row) {
    PlotHidden copy = *hidden;
    if (row->kind != ROW_SIGN || row->entry != PLOT_ENTRY_EASY)
        return is_entry(row) && *plot_hidden(&copy, row->entry, row->class);
    for (int k = 0; k < MAX_CLASSES; k++)
        if (state->points[k] > 0 && !hidden->easy[k])
            return false;
    return true;
}

static void toggle(PlotHidden *hidden, const KeyState *state, const Row *row) {
    bool now = !is_hidden(hidden, state, row);
    if (row->kind == ROW_SIGN && row->entry == PLOT_ENTRY_EASY)
        for (int k = 0; k < MAX_CLASSES; k++)
            hidden->easy[k] = now;
    else
        *plot_hidden(hidden, row->entry, row->class) = now;
}

static void name_of(const Row *row, char name[32]) {
    static const char *const NAMES[] = {
        [PLOT_ENTRY_EASY] = "easy",      [PLOT_ENTRY_SOFT] = "soft",   [PLOT_ENTRY_HARD] = "hard",
        [PLOT_ENTRY_RING] = "ring",      [PLOT_ENTRY_TEST] = "test",   [PLOT_ENTRY_CLEAN] = "clean",
        [PLOT_ENTRY_HELPS] = "helps",    [PLOT_ENTRY_HURTS] = "hurts", [PLOT_ENTRY_BOUNDARY] = "boundary",
        [PLOT_ENTRY_REGIONS] = "regions"};
    if (row->kind == ROW_CLASS)
        snprintf(name, 32, "legend-easy-%d", row->class);
    else
        snprintf(name, 32, "legend-%s", NAMES[row->entry]);
}

static void put_help(char help[128], const KeyState *state, const Row *row, const Snapshot *s, bool hidden) {
    char part[32], whole[32];
    const char *click = hidden ? "Click: show them again" : "Click: leave them out of the picture";
    switch (row->entry) {
    case PLOT_ENTRY_EASY:
        if (row->kind == ROW_CLASS) {
            format_count(state->easy[row->class], part);
            format_count(state->points[row->class], whole);
            snprintf(help, 128, "%s of %s points are %s. %s", part, whole, word_in(s), click);
        } else {
            snprintf(help, 128, "These points train the model with all their weight. %s", click);
        }
        break;
    case PLOT_ENTRY_SOFT:
        snprintf(help, 128, "The fuller the mark, the more a point counts in training");
        break;
    case PLOT_ENTRY_HARD:
        snprintf(help, 128, "These points do not train the model for now. %s", click);
        break;
    case PLOT_ENTRY_RING:
        snprintf(help, 128, "The last few points without weight are ringed: look at their labels");
        break;
    case PLOT_ENTRY_TEST:
        snprintf(help, 128, "Kept apart: they never train the model, they check it. %s", click);
        break;
    case PLOT_ENTRY_CLEAN:
        snprintf(help, 128, "Taken to be right: they are no samples, λ learns by their loss. %s", click);
        break;
    case PLOT_ENTRY_HELPS:
        snprintf(help, 128, "A small step on such a point lowers the loss of the clean points; the darker, the more");
        break;
    case PLOT_ENTRY_HURTS:
        snprintf(help, 128, "A small step on such a point raises the loss of the clean points; the darker, the more");
        break;
    case PLOT_ENTRY_BOUNDARY:
        snprintf(help, 128, "Here the model changes its answer. Click: %s", hidden ? "show it again" : "leave it out");
        break;
    case PLOT_ENTRY_REGIONS:
        snprintf(help, 128, "The model’s answer at each place, paler where it is less sure. Click: %s",
                 hidden ? "show it again" : "leave it out");
        break;
    case PLOT_ENTRY_DIFFER: /* of several runs, which have a row of their own (duel.h) */
    case PLOT_ENTRY_OTHER:
        break;
    }
}

/* The word of the glossary that the row is about, or NULL. */
static const char *term_of(const Key *key, const Row *row) {
    bool easy_first = key->s->settings->order == ORDER_EASY;
    switch (row->entry) {
    case PLOT_ENTRY_EASY:
        return row->kind == ROW_CLASS || !easy_first ? NULL : "easy";
    case PLOT_ENTRY_HARD:
        return easy_first ? "hard" : NULL;
    case PLOT_ENTRY_TEST:
        return "test";
    case PLOT_ENTRY_BOUNDARY:
        return "boundary";
    default:
        return NULL;
    }
}

/* Of a class's name. */
static Rect name_rect(const Key *key, const Row *row, Rect rect) {
    Ui *ui = key->ui;
    float indent = ui_px(ui, 24.0f), share = text_width(ui->text, TEXT_MEDIUM, row->right) + ui_px(ui, 6.0f);
    return (Rect){rect.x + indent, rect.y, rect.w - indent - share, fminf(ui_px(ui, CLASS_LINE), rect.h)};
}

/* A name that has not room in its row, whole, before what its help says. Returns the bytes. */
static size_t put_cut_name(const Key *key, const Row *row, char *help) {
    bool cut = row->kind == ROW_CLASS &&
               text_width(key->ui->text, TEXT_BODY, row->text) > name_rect(key, row, rect_of(key, row)).w;
    return cut ? (size_t)snprintf(help, DATASET_NAME_BYTES + 2, "%s: ", row->text) : 0;
}

static void touch_entry(Key *key, int i) {
    Ui *ui = key->ui;
    const Row *row = &key->rows.rows[i];
    PlotHidden *hidden = &key->hand->hidden;
    bool entry = is_entry(row);
    char name[32], *help = key->state->help[i];
    name_of(row, name);
    size_t named = put_cut_name(key, row, help);
    put_help(help + named, key->state, row, key->s, is_hidden(hidden, key->state, row));
    const char *term = term_of(key, row);
    UiTouch touch = ui_widget_reaching(ui, name, rect_of(key, row), -1.0f, entry, false, term ? NULL : help);
    if (term) {
        GlossaryCard *card = &key->state->cards[i];
        *card = (GlossaryCard){glossary_find(term), strstr(help, "Click: ")};
        glossary_card_over(ui, name, rect_of(key, row), card);
    }
    if (!entry)
        return;
    if (touch.clicked || ui_pressed_by_key(ui, &touch)) {
        toggle(hidden, key->state, row);
        ui->wants_frame = true;
    }
    if (touch.hovered) {
        key->state->hot = (uint32_t)i + 1;
        ui->cursor = CURSOR_HAND;
    }
    if (touch.focused && ui->focus_visible)
        key->state->focused = (uint32_t)i + 1;
}

/* Other colours need measures that nobody has asked for yet: they are known a little later. */
static void choose_color(Ui *ui, Rect rect, PlotHand *hand, const Snapshot *s) {
    static const char *labels[PLOT_COLORS];
    _Static_assert(PLOT_COLOR_INFLUENCE == PLOT_COLORS - 1, "what may have nothing to show is the last of the list");
    bool influence = (s->clean && s->clean->count > 0) || hand->color == PLOT_COLOR_INFLUENCE;
    for (int i = 0; i < PLOT_COLORS; i++)
        labels[i] = i == PLOT_COLOR_CLASS              ? "class and v"
                    : i == PLOT_COLOR_INFLUENCE        ? "helps or hurts"
                    : i != PLOT_COLOR_ADMITTED         ? MEASURES[plot_color_measure((PlotColor)i)].name
                    : s->settings->order == ORDER_EASY ? "first easy"
                                                       : "first in use";
    hand->color = (PlotColor)ui_select(ui, "color-by", rect, labels, PLOT_COLORS - !influence, (int)hand->color,
                                       "What the points’ colours show: class and weight, when they first came in, or "
                                       "how suspect a label is by one of its measures. The shape is always the class");
}

static void touch_rows(Key *key) {
    PlotHand *hand = key->hand;
    key->state->hot = key->state->focused = 0;
    for (int i = 0; i < key->rows.count; i++) {
        const Row *row = &key->rows.rows[i];
        if (row->kind == ROW_SELECT)
            choose_color(key->ui, rect_of(key, row), hand, key->s);
        else if (row->kind == ROW_RAMP)
            ui_widget_reaching(key->ui, "color-ramp", rect_of(key, row), -1.0f, false, false,
                               plot_color_help(hand->color));
        else if (row->kind >= ROW_CLASS)
            touch_entry(key, i);
        else if (row->kind == ROW_CAPTION && strcmp(row->text, WEIGHT_CAPTION) == 0)
            glossary_word(key->ui, "word-weight", rect_of(key, row), "weight");
    }
}

void key_touch(Ui *ui, Rect column, KeyState *state, PlotHand *hand, const Snapshot *snapshot) {
    Key key = {.ui = ui, .place = column, .state = state, .hand = hand, .s = snapshot};
    state->open = false;
    state->button = (Rect){0};
    lay_out(&key, column.h / ui->scale);
    state->height = ui_px(ui, key.rows.height);
    state->scroll = ui_scroll_begin(ui, "key-column", column, state->height, state->scroll);
    touch_rows(&key);
    ui_scroll_end(ui);
}

/* ---- drawn ---- */

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

static void draw_class(const Key *key, Rect rect, const Row *row) {
    Ui *ui = key->ui;
    const Theme *theme = ui->theme;
    float indent = ui_px(ui, 24.0f), line = fminf(ui_px(ui, CLASS_LINE), rect.h), height = ui_px(ui, 3.0f);
    plot_sign_draw(key->plot, ui->canvas, key->hand->color, PLOT_ENTRY_EASY, row->class, rect.x + ui_px(ui, 9.0f),
                   floorf(rect.y + line / 2) + 0.5f);
    Rect name = name_rect(key, row, rect), right = {rect.x, rect.y, rect.w, line};
    Rect bar = {rect.x + indent, roundf(rect.y + ui_px(ui, key->rows.bar)), rect.w - indent, height};
    if (key->rows.bar > 0.0f)
        draw_share(key, bar, row->class);
    /* over the bar: some scripts reach far down */
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, name, ALIGN_LEFT, theme->text, row->text);
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, right, ALIGN_RIGHT, theme->class_text[row->class], row->right);
}

/* Of two classes from the one to the other, of more a field for each: paler where the model is less sure. */
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

static void draw_regions(const Key *key, Rect rect) {
    Ui *ui = key->ui;
    const Theme *theme = ui->theme;
    Rect bar = {rect.x, roundf(rect.y + ui_px(ui, 4.0f)), rect.w, roundf(ui_px(ui, 12.0f))};
    Rect words = {rect.x, bar.y + bar.h + ui_px(ui, 3.0f), rect.w, ui_px(ui, 16.0f)};
    draw_sureness(key, bar);
    if (mlp_classes(key->s->mlp) > 2) {
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, theme->muted, "paler: less sure");
        return;
    }
    for (int k = 0; k < 2; k++) {
        const char *name = key->s->data->class_name[k];
        char text[DATASET_NAME_BYTES + 8];
        snprintf(text, sizeof text, name[0] ? "%s" : "sure %s", name[0] ? name : k ? "1" : "0");
        Rect half = {words.x + (k ? 0.66f * words.w : 0.0f), words.y, words.w * 0.34f, words.h};
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, half, k ? ALIGN_RIGHT : ALIGN_LEFT, theme->muted, text);
    }
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_CENTER, theme->muted, "unsure");
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
        float from = roundf(bar.x + bar.w * (float)i / STEPS), to = roundf(bar.x + bar.w * (float)(i + 1) / STEPS);
        canvas_rect(ui->canvas, (Rect){from, bar.y, to - from, bar.h},
                    plot_ramp_color(ui->theme, &ramp, (float)i / (STEPS - 1)));
    }
    Rect words = {rect.x, bar.y + bar.h + ui_px(ui, 3.0f), rect.w, ui_px(ui, 16.0f)};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted, ramp.ends[0]);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_RIGHT, ui->theme->muted, ramp.ends[1]);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_CENTER, ui->theme->text,
                 !ramp.ends[0][0] ? "not known yet"
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
static void draw_left_out(Ui *ui, Rect rect, const Row *row, float indent) {
    float line = fmaxf(1.0f, roundf(ui->scale)),
          high = row->kind == ROW_CLASS ? fminf(ui_px(ui, CLASS_LINE), rect.h) : rect.h;
    bool words = row->text[0] != '\0';
    float from = rect.x + (words ? indent : 0.0f), y = words ? rect.y + high / 2 : rect.y + ui_px(ui, 10.0f);
    float width = words ? fminf(text_width(ui->text, TEXT_BODY, row->text), rect.w - indent) : rect.w;
    canvas_rect(ui->canvas, (Rect){rect.x - ui->scale, rect.y, (words ? indent : rect.w) + ui->scale, rect.h},
                color_alpha(ui->theme->card, 0.75f));
    canvas_rect(ui->canvas, (Rect){from - ui->scale, floorf(y), width + 2 * ui->scale, line}, ui->theme->muted);
}

static void draw_row(const Key *key, int i) {
    Ui *ui = key->ui;
    const Row *row = &key->rows.rows[i];
    Rect rect = rect_of(key, row);
    float indent = ui_px(ui, row->kind == ROW_CLASS ? 24.0f : 38.0f), middle = floorf(rect.y + rect.h / 2) + 0.5f;
    Rect around = {rect.x - ui_px(ui, 6.0f), rect.y, rect.w + ui_px(ui, 12.0f), rect.h};
    Rect words = {rect.x + indent, rect.y, rect.w - indent, rect.h};
    bool hidden = is_hidden(&key->hand->hidden, key->state, row);
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
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text, row->text);
        break;
    case ROW_BOUNDARY:
        canvas_line(ui->canvas, rect.x + ui_px(ui, 2.0f), middle, rect.x + ui_px(ui, 29.0f), middle, ui_px(ui, 2.0f),
                    ui->theme->boundary);
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text, row->text);
        break;
    case ROW_REGIONS:
        if (row->text[0]) {
            float height = roundf(ui_px(ui, 11.0f));
            draw_sureness(key, (Rect){rect.x + ui_px(ui, 2.0f), roundf(middle - height / 2), ui_px(ui, 27.0f), height});
            text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text, row->text);
        } else {
            draw_regions(key, rect);
        }
        break;
    }
    if (hidden)
        draw_left_out(ui, rect, row, indent);
    if (key->state->focused == (uint32_t)i + 1)
        ui_focus_ring(ui, around, ui_px(ui, 4.0f));
}

void key_draw(Ui *ui, Rect column, KeyState *state, const Plot *plot, PlotHand *hand, const Snapshot *snapshot) {
    Key key = {.ui = ui, .place = column, .state = state, .plot = plot, .hand = hand, .s = snapshot};
    lay_out(&key, column.h / ui->scale);
    canvas_push_clip(ui->canvas, column);
    for (int i = 0; i < key.rows.count; i++)
        draw_row(&key, i);
    canvas_pop_clip(ui->canvas);
}

/* ---- behind a button ---- */

void key_escape(Ui *ui, KeyState *state) {
    if (state->open && ui_take_key(ui, KEY_ESCAPE, NULL))
        state->open = false;
}

void key_button(Ui *ui, Rect area, KeyState *state, const Plot *plot, PlotHand *hand, const Snapshot *snapshot) {
    float gap = ui_px(ui, 8.0f), line = fmaxf(1.0f, roundf(ui->scale));
    Key key = {.ui = ui, .state = state, .plot = plot, .hand = hand, .s = snapshot};
    state->button = (Rect){area.x + gap, area.y + gap, ui_px(ui, 76.0f), ui_px(ui, 26.0f)};
    if (state->button.w + 2 * gap > area.w || state->button.h + 2 * gap > area.h) {
        state->button = (Rect){0};
        state->open = false;
        return;
    }
    canvas_rounded(ui->canvas, state->button, ui_px(ui, 6.0f), ui->theme->card);
    if (ui_button(ui, "key", state->button, ICON_NONE, "", BUTTON_QUIET, "What colours, marks and lines mean"))
        state->open = !state->open;
    Rect inside = state->button;
    canvas_rounded_frame(ui->canvas, inside, ui_px(ui, 6.0f), line, ui->theme->line);
    count_easy(state, snapshot);
    plot_sign_draw(plot, ui->canvas, hand->color, PLOT_ENTRY_EASY, snapshot->data->label[0],
                   inside.x + ui_px(ui, 15.0f), floorf(inside.y + inside.h / 2) + 0.5f);
    Rect word = {inside.x + ui_px(ui, 27.0f), inside.y, ui_px(ui, 30.0f), inside.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, word, ALIGN_LEFT, ui->theme->text, "Key");
    ui_icon(ui->canvas, ICON_CHEVRON_DOWN, inside.x + inside.w - ui_px(ui, 14.0f), inside.y + inside.h / 2,
            ui_px(ui, 10.0f), ui->theme->muted);
    if (!state->open)
        return;
    float top = inside.y + inside.h + ui_px(ui, 4.0f), room = (float)ui->canvas->height - top - gap;
    lay_out(&key, room / ui->scale);
    state->height = ui_px(ui, key.rows.height);
    key.place = (Rect){inside.x, top, ui_px(ui, KEY_COLUMN), fminf(roundf(state->height), room)};
    bool elsewhere = !rect_has(key.place, ui->input.mouse_x, ui->input.mouse_y) &&
                     !rect_has(inside, ui->input.mouse_x, ui->input.mouse_y);
    if (ui->input.pressed && elsewhere) {
        state->open = false;
        return;
    }
    canvas_shadow(ui->canvas, key.place, ui_px(ui, CARD_RADIUS), ui->scale);
    canvas_rounded(ui->canvas, key.place, ui_px(ui, CARD_RADIUS), ui->theme->card);
    canvas_rounded_frame(ui->canvas, key.place, ui_px(ui, CARD_RADIUS), line, ui->theme->line);
    state->scroll = ui_scroll_begin(ui, "key-card", key.place, state->height, state->scroll);
    touch_rows(&key);
    for (int i = 0; i < key.rows.count; i++)
        draw_row(&key, i);
    ui_scroll_end(ui);
    ui_widget(ui, "key-ground", key.place, false, false, NULL); /* what lies below is not pressed */
}
