/* The import sheet's table: slots, heads with histograms, the first rows, and what is left out. */
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"
#include "app/views/view_import_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const SLOT_NAMES[SLOTS] = {"x", "y", N_("label")};
static const float HEAD = 70.0f, ROW = 25.0f, STRIP = 30.0f, LINES = 46.0f; /* logical pixels; LINES: of line numbers */
static const float LEAST = 84.0f, MOST = 190.0f;                            /* of a column's width */
static const float NARROWED = 1.2f;
enum { ROWS_LEAST = 3 };

/* ---- slots ---- */

/* As it is shown: axes have no other name in any language. */
static const char *slot_words(int slot) {
    return slot == SLOT_LABEL ? tr(SLOT_NAMES[slot]) : SLOT_NAMES[slot];
}

static void column_name(const ImportState *st, size_t at, char name[POINTS_PREVIEW_CELL + 1]) {
    if (at < st->look->columns && st->look->column[at].name[0])
        snprintf(name, POINTS_PREVIEW_CELL + 1, "%s", st->look->column[at].name);
    else if (at == SIZE_MAX)
        snprintf(name, POINTS_PREVIEW_CELL + 1, tr("choose"));
    else
        snprintf(name, POINTS_PREVIEW_CELL + 1, tr("column %zu"), at + 1);
}

/* A slot: its name bold, the column's beside it. */
static bool draw_slot(const ImportState *st, Ui *ui, Rect rect, int slot) {
    char widget[32], name[POINTS_PREVIEW_CELL + 1];
    snprintf(widget, sizeof widget, "import-slot-%s", SLOT_NAMES[slot]);
    UiTouch touch = ui_widget(ui, widget, rect, true, false, tr("The next column's head that is clicked goes here"));
    bool lit = st->slot == slot;
    column_name(st, st->at[slot], name);
    ui_say(ui, touch.id, &(UiSay){.role = ROLE_BUTTON, .label = SLOT_NAMES[slot], .value = name});
    float line = fmaxf(1.0f, roundf(ui->scale)), radius = ui_px(ui, 6.0f), pad = ui_px(ui, 10.0f);
    canvas_rounded(ui->canvas, rect, radius,
                   lit             ? ui->theme->accent_strip
                   : touch.hovered ? ui->theme->chip_hover
                                   : ui->theme->card);
    canvas_rounded_frame(ui->canvas, rect, radius, lit ? 2.0f * line : line, lit ? ui->theme->accent : ui->theme->line);
    float used = text_width(ui->text, TEXT_MEDIUM, slot_words(slot));
    Rect words = {rect.x + pad, rect.y, rect.w - 2 * pad, rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, words, ALIGN_LEFT, lit ? ui->theme->text : ui->theme->accent,
                 slot_words(slot));
    words.x += used + ui_px(ui, 7.0f);
    words.w -= used + ui_px(ui, 7.0f);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT,
                 st->at[slot] == SIZE_MAX ? ui->theme->muted : ui->theme->text, name);
    if (touch.hovered)
        ui->cursor = CURSOR_HAND;
    if (touch.focused && ui->focus_visible)
        ui_focus_ring(ui, rect, radius);
    return touch.clicked || ui_pressed_by_key(ui, &touch);
}

void import_slots(ImportState *st, Ui *ui, Column *column) {
    Rect row = column_next(column, 30.0f, 10.0f);
    bool wide = row.w >= ui_px(ui, 560.0f);
    float gap = ui_px(ui, UNIT), before = wide ? ui_px(ui, 66.0f) : 0.0f;
    float width = wide ? fminf(ui_px(ui, 140.0f), (row.w - before - 2 * gap) / 3) : (row.w - 2 * gap) / 3;
    if (wide)
        text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, row, ALIGN_LEFT, ui->theme->text, tr("Columns"));
    float x = row.x + before;
    for (int k = 0; k < SLOTS; k++, x += width + gap)
        if (draw_slot(st, ui, (Rect){x, row.y, width, row.h}, k))
            st->slot = k;
    Rect words = {x + ui_px(ui, 4.0f), row.y, row.x + row.w - x - ui_px(ui, 4.0f), row.h};
    char text[80];
    bool by_keys = ui->focus_visible && ui->focus == ui_id("import-heads");
    snprintf(text, sizeof text,
             by_keys ? tr("Enter: it becomes %s. Or x, y, l.") : tr("Click a column's head: it becomes %s."),
             slot_words(st->slot));
    if (wide && words.w >= text_width(ui->text, TEXT_LABEL, text))
        text_draw_in(ui->text, ui->canvas, TEXT_LABEL, words, ALIGN_LEFT, ui->theme->muted, text);
}

/* ---- measures ---- */

static const char *cell_of(const ImportState *st, size_t row, size_t column) {
    return st->look->row[row].cell ? st->look->row[row].cell[column] : "";
}

/* Wide enough for the name and the first cells. */
static float measure(const ImportState *st, const Ui *ui, size_t column) {
    char name[POINTS_PREVIEW_CELL + 1];
    column_name(st, column, name);
    float width = text_width(ui->text, TEXT_MEDIUM, name) + ui_px(ui, column == st->at[SLOT_LABEL] ? 66.0f : 46.0f);
    for (size_t i = 0; i < st->look->rows; i++)
        width = fmaxf(width, text_width(ui->text, TEXT_BODY, cell_of(st, i, column)) + ui_px(ui, 34.0f));
    return fmaxf(LEAST, fminf(MOST, ceilf(width / ui->scale)));
}

/* Where the columns lie: their widths, stretched where there is room for more, and narrowed a little where that makes
 * room for all. */
typedef struct Grid {
    Rect rect; /* of the columns, without the line numbers */
    float stretch, content;
} Grid;

static bool lay_out(ImportState *st, Ui *ui, Rect table, Grid *grid) {
    size_t columns = st->look->columns;
    if (!st->width) {
        st->width = calloc(columns + 1, sizeof *st->width);
        for (size_t k = 0; st->width && k < columns; k++)
            st->width[k] = measure(st, ui, k);
        if (!st->width)
            return false;
    }
    float lines = ui_px(ui, LINES), sum = 0.0f;
    for (size_t k = 0; k < columns; k++)
        sum += ui_px(ui, st->width[k]);
    grid->rect = (Rect){table.x + lines, table.y, table.w - lines, table.h};
    grid->stretch = sum > 0.0f && sum < NARROWED * grid->rect.w ? grid->rect.w / sum : 1.0f;
    grid->content = sum * grid->stretch;
    return true;
}

static float width_of(const ImportState *st, const Ui *ui, const Grid *grid, size_t k) {
    return ui_px(ui, st->width[k]) * grid->stretch;
}

/* Keeps the marked head in view where it has been moved, and the table within its ends. */
static void keep_in_view(ImportState *st, const Ui *ui, const Grid *grid) {
    float x = 0.0f, most = fmaxf(0.0f, grid->content - grid->rect.w);
    for (size_t k = 0; k < st->head && k < st->look->columns; k++)
        x += width_of(st, ui, grid, k);
    if (st->head_moved && st->look->columns > 0)
        st->across = fminf(x, fmaxf(st->across, x + width_of(st, ui, grid, st->head) - grid->rect.w));
    st->head_moved = false;
    st->across = roundf(fmaxf(0.0f, fminf(st->across, most)));
}

/* ---- heads ---- */

static int slot_of(const ImportState *st, size_t column) {
    for (int k = 0; k < SLOTS; k++)
        if (st->at[k] == column)
            return k;
    return -1;
}

static void draw_badge(Ui *ui, Rect head, const char *name) {
    float height = ui_px(ui, 17.0f), width = fmaxf(height, text_width(ui->text, TEXT_CAPTION, name) + ui_px(ui, 12.0f));
    Rect badge = {head.x + head.w - width - ui_px(ui, 8.0f), head.y + ui_px(ui, 6.0f), width, height};
    canvas_rounded(ui->canvas, badge, height / 2, ui->theme->accent);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, badge, ALIGN_CENTER, ui->theme->on_accent, name);
}

static void draw_histogram(Ui *ui, Rect rect, const PointsPreviewColumn *column, Color color) {
    uint32_t most = 1;
    float width = rect.w / (float)POINTS_PREVIEW_BINS, gap = width > 3.0f ? 1.0f : 0.0f;
    for (int i = 0; i < POINTS_PREVIEW_BINS; i++)
        most = column->bin[i] > most ? column->bin[i] : most;
    for (int i = 0; i < POINTS_PREVIEW_BINS; i++) {
        float height = (float)column->bin[i] / (float)most * rect.h, x = roundf(rect.x + width * (float)i);
        if (column->bin[i] > 0)
            canvas_rect(ui->canvas,
                        (Rect){x, rect.y + rect.h - fmaxf(1.0f, height),
                               fmaxf(1.0f, roundf(rect.x + width * (float)(i + 1)) - x - gap), fmaxf(1.0f, height)},
                        color);
    }
}

/* The classes' shares, side by side. */
static void draw_shares(const ImportState *st, Ui *ui, Rect rect) {
    size_t all = 0;
    for (int k = 0; k < st->look->kinds; k++)
        all += st->look->kind[k].count;
    float x = rect.x;
    for (int k = 0; k < st->look->kinds && all > 0; k++) {
        float width = (float)((double)st->look->kind[k].count / (double)all) * rect.w;
        canvas_rect(ui->canvas, (Rect){x, rect.y + rect.h / 2, fmaxf(1.0f, width - ui->scale), rect.h / 2},
                    ui->theme->class_fill[k]);
        x += width;
    }
}

static void draw_values(const ImportState *st, Ui *ui, Rect head, size_t at) {
    const PointsPreviewColumn *c = &st->look->column[at];
    float pad = ui_px(ui, 8.0f);
    Rect bars = {head.x + pad, head.y + ui_px(ui, 26.0f), head.w - 2 * pad, ui_px(ui, 22.0f)};
    Rect words = {bars.x, bars.y + bars.h + ui_px(ui, 1.0f), bars.w, ui_px(ui, 16.0f)};
    char low[32], high[32], text[64] = "";
    int slot = slot_of(st, at);
    if (slot == SLOT_LABEL && st->look->kinds > 0) {
        draw_shares(st, ui, bars);
        snprintf(text, sizeof text, trn("%d kind", "%d kinds", (size_t)st->look->kinds), st->look->kinds);
    } else if (c->numbers > 0 && c->numbers >= c->others) {
        draw_histogram(ui, bars, c, slot >= 0 ? ui->theme->accent : ui->theme->hard_edge);
        double parts = fmax(fabs(c->least), fabs(c->most)) / (c->most - c->least);
        int digits = parts > 100.0 && parts < 1e12 ? (int)ceil(log10(parts)) + 2 : 4; /* both ends tell apart */
        format_number(c->least, digits, low);
        format_number(c->most, digits, high);
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted, low);
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_RIGHT, ui->theme->muted, high);
    } else {
        snprintf(text, sizeof text, c->others > 0 ? tr("words") : tr("empty"));
    }
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted, text);
}

static void draw_column_head(const ImportState *st, Ui *ui, Rect head, size_t at, bool hovered) {
    char name[POINTS_PREVIEW_CELL + 1];
    int slot = slot_of(st, at);
    float badge = slot < 0 ? 0.0f : text_width(ui->text, TEXT_CAPTION, slot_words(slot)) + ui_px(ui, 18.0f);
    if (slot >= 0)
        canvas_rect(ui->canvas, head, ui->theme->accent_strip);
    else if (hovered)
        canvas_rect(ui->canvas, head, ui->theme->chip);
    column_name(st, at, name);
    Rect words = {head.x + ui_px(ui, 8.0f), head.y + ui_px(ui, 4.0f), head.w - ui_px(ui, 14.0f) - badge,
                  ui_px(ui, 21.0f)};
    text_draw_in(ui->text, ui->canvas, slot >= 0 ? TEXT_MEDIUM : TEXT_BODY, words, ALIGN_LEFT,
                 slot >= 0 || hovered ? ui->theme->text : ui->theme->muted, name);
    if (slot >= 0)
        draw_badge(ui, head, slot_words(slot));
    draw_values(st, ui, head, at);
    if (slot >= 0) {
        float line = ui_px(ui, 2.0f);
        canvas_rect(ui->canvas, (Rect){head.x, head.y + head.h - line, head.w, line}, ui->theme->accent);
    }
}

/* Keys on the heads; returns whether another look is wanted. */
static bool take_keys(ImportState *st, Ui *ui) {
    size_t last = st->look->columns - 1, before = st->head;
    bool again = false;
    while (ui_take_plain_key(ui, KEY_LEFT))
        st->head -= st->head > 0;
    while (ui_take_plain_key(ui, KEY_RIGHT))
        st->head += st->head < last;
    if (ui_take_plain_key(ui, KEY_HOME))
        st->head = 0;
    if (ui_take_plain_key(ui, KEY_END))
        st->head = last;
    st->head_moved = st->head != before || ui->focus_moved;
    UiTouch pressed = {.keys = true};
    if (ui_pressed_by_key(ui, &pressed))
        again = import_assign(st, st->slot, st->head);
    for (int i = 0; i < ui->input.key_count; i++) {
        const UiKey *key = &ui->input.keys[i];
        for (int k = 0; k < SLOTS && key->code == KEY_CHARACTER && !key->ctrl; k++)
            if (key->character == (uint32_t)SLOT_NAMES[k][0])
                again = import_assign(st, k, st->head) || again;
    }
    return again;
}

static void say_head(const ImportState *st, Ui *ui, uint32_t id) {
    char name[POINTS_PREVIEW_CELL + 1];
    const char *use = "";
    column_name(st, st->head, name);
    for (int k = 0; k < SLOTS; k++)
        use = st->at[k] == st->head ? SLOT_NAMES[k] : use;
    ui_say(ui, id, &(UiSay){ROLE_ENTRY, name, use, (int)st->head + 1, (int)st->look->columns});
}

static bool draw_heads(ImportState *st, Ui *ui, const Grid *grid) {
    Rect place = {grid->rect.x, grid->rect.y, grid->rect.w, ui_px(ui, HEAD)};
    UiTouch touch = ui_widget_reaching(ui, "import-heads", place, -1.0f, st->look->columns > 0, false, NULL);
    bool again = touch.keys && st->look->columns > 0 && take_keys(st, ui);
    keep_in_view(st, ui, grid);
    say_head(st, ui, touch.id);
    st->heads = place;
    canvas_push_clip(ui->canvas, place);
    float x = place.x - st->across;
    for (size_t k = 0; k < st->look->columns; k++) {
        Rect head = {roundf(x), place.y, width_of(st, ui, grid, k), place.h};
        x += head.w;
        if (head.x + head.w <= place.x || head.x >= place.x + place.w)
            continue;
        bool over = touch.hovered && rect_has(head, ui->input.mouse_x, ui->input.mouse_y);
        char name[48];
        snprintf(name, sizeof name, "import-head-%zu", k);
        float from = fmaxf(head.x, place.x), to = fminf(head.x + head.w, place.x + place.w);
        ui_note(ui, name, (Rect){from, head.y, to - from, head.h});
        if (over)
            ui->cursor = CURSOR_HAND;
        if (over && touch.clicked) {
            st->head = k;
            again = import_assign(st, st->slot, k) || again;
        }
        draw_column_head(st, ui, head, k, over);
        if (touch.focused && ui->focus_visible && st->head == k)
            canvas_rounded_frame(ui->canvas, (Rect){head.x + 1.0f, head.y + 1.0f, head.w - 2.0f, head.h - 2.0f},
                                 ui_px(ui, 4.0f), ui_px(ui, 2.0f), ui->theme->focus_outer);
    }
    canvas_pop_clip(ui->canvas);
    return again;
}

/* ---- rows ---- */

static int kind_of(const ImportState *st, const char *text) {
    for (int k = 0; k < st->look->kinds; k++)
        if (strcmp(st->look->kind[k].name, text) == 0)
            return k;
    return -1;
}

static void draw_cell(ImportState *st, Ui *ui, Rect rect, size_t row, size_t column) {
    int slot = slot_of(st, column);
    const char *text = cell_of(st, row, column);
    Rect words = {rect.x + ui_px(ui, 8.0f), rect.y, rect.w - ui_px(ui, 16.0f), rect.h};
    if (slot == SLOT_LABEL) {
        const MarkSprite *mark = import_mark(st, ui, kind_of(st, text));
        if (mark)
            mark_draw(ui->canvas, mark, words.x + ui_px(ui, 5.0f), floorf(rect.y + rect.h / 2) + 0.5f);
        words.x += ui_px(ui, 18.0f);
        words.w -= ui_px(ui, 18.0f);
    }
    bool number = st->look->column[column].numeric && slot != SLOT_LABEL;
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, number ? ALIGN_RIGHT : ALIGN_LEFT,
                 slot >= 0 ? ui->theme->text : ui->theme->muted, text);
}

static void draw_row(ImportState *st, Ui *ui, const Grid *grid, Rect line, size_t row) {
    char number[32];
    float x = grid->rect.x - st->across, rule = fmaxf(1.0f, roundf(ui->scale));
    if (st->look->row[row].bad)
        canvas_rect(ui->canvas, line, color_alpha(ui->theme->danger, 0.10f));
    snprintf(number, sizeof number, "%zu", st->look->row[row].line);
    Rect lines = {line.x, line.y, grid->rect.x - line.x - ui_px(ui, 10.0f), line.h};
    text_draw_in(ui->text, ui->canvas, TEXT_LABEL, lines, ALIGN_RIGHT, ui->theme->muted, number);
    canvas_push_clip(ui->canvas, (Rect){grid->rect.x, line.y, grid->rect.w, line.h});
    for (size_t k = 0; k < st->look->columns; k++) {
        Rect cell = {roundf(x), line.y, width_of(st, ui, grid, k), line.h};
        x += cell.w;
        if (cell.x + cell.w <= grid->rect.x || cell.x >= grid->rect.x + grid->rect.w)
            continue;
        if (slot_of(st, k) >= 0)
            canvas_rect(ui->canvas, cell, color_alpha(ui->theme->accent_strip, 0.55f));
        draw_cell(st, ui, cell, row, k);
    }
    canvas_pop_clip(ui->canvas);
    canvas_rect(ui->canvas, (Rect){line.x, line.y + line.h - rule, line.w, rule}, color_alpha(ui->theme->line, 0.6f));
}

/* ---- what is left out ---- */

/* "2 missing cells, 1 rows with too many cells" */
static void count_reasons(const PointsPreview *look, char text[400]) {
    size_t used = 0;
    text[0] = '\0';
    for (int r = 0; r < POINTS_REASONS; r++)
        if (look->bad_count[r] > 0 && used < 300) {
            char count[32];
            format_count(look->bad_count[r], count);
            used += (size_t)snprintf(text + used, 400 - used, "%s%s: %s", used ? trc("a list", ", ") : "",
                                     tr(POINTS_REASON_TEXT[r]), count);
        }
}

static void draw_bad(const ImportState *st, Ui *ui, Rect line, size_t i) {
    const PointsPreviewBad *bad = &st->look->bad[i];
    char number[32], text[300];
    float lines = ui_px(ui, LINES);
    canvas_rect(ui->canvas, line, color_alpha(ui->theme->danger, 0.07f));
    snprintf(number, sizeof number, "%zu", bad->line);
    text_draw_in(ui->text, ui->canvas, TEXT_LABEL, (Rect){line.x, line.y, lines - ui_px(ui, 10.0f), line.h},
                 ALIGN_RIGHT, ui->theme->muted, number);
    snprintf(text, sizeof text, "%s%s%s", bad->column, bad->column[0] ? ": " : "", bad->what);
    Rect words = {line.x + lines + ui_px(ui, 8.0f), line.y, line.w - lines - ui_px(ui, 16.0f), line.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->danger, text);
}

static size_t bad_lines(const PointsPreview *look) {
    return look->left_out == 0 ? 0 : look->bads + (look->left_out > look->bads);
}

static void draw_left_out(const ImportState *st, Ui *ui, Rect rect) {
    const PointsPreview *look = st->look;
    char count[32], fact[80], reasons[400];
    float row = ui_px(ui, ROW), pad = ui_px(ui, 10.0f);
    Rect strip = {rect.x, rect.y, rect.w, ui_px(ui, STRIP)}, line = {rect.x, strip.y + strip.h, rect.w, row};
    format_count(look->left_out, count);
    snprintf(fact, sizeof fact, trn("%.30s row is left out", "%.30s rows are left out", look->left_out), count);
    count_reasons(look, reasons);
    Rect words = {strip.x + pad, strip.y, strip.w - 2 * pad, strip.h};
    ui_note(ui, "import-left-out", strip);
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, words, ALIGN_LEFT, ui->theme->danger, fact);
    float used = text_width(ui->text, TEXT_MEDIUM, fact) + pad;
    words.x += used;
    words.w -= used;
    text_draw_in(ui->text, ui->canvas, TEXT_LABEL, words, ALIGN_LEFT, ui->theme->muted, reasons);
    for (size_t i = 0; i < look->bads; i++, line.y += row)
        draw_bad(st, ui, line, i);
    if (look->left_out > look->bads) {
        format_count(look->left_out - look->bads, count);
        snprintf(fact, sizeof fact, tr("and %.30s more"), count);
        line.x += ui_px(ui, LINES + 8.0f);
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, line, ALIGN_LEFT, ui->theme->muted, fact);
    }
}

/* ---- all of it ---- */

float import_table_height(const ImportState *st, const Ui *ui) {
    size_t bad = bad_lines(st->look);
    float rows = (float)(st->look->rows < 6 ? st->look->rows : 6) + (float)bad;
    return ui_px(ui, HEAD + rows * ROW + (bad ? STRIP : 0.0f) + 4.0f);
}

/* A bar at the table's foot where not all columns have room. */
static void draw_across(ImportState *st, Ui *ui, const Grid *grid, Rect table) {
    if (grid->content <= grid->rect.w + 0.5f)
        return;
    float height = ui_px(ui, 10.0f), share = grid->rect.w / grid->content, thin = ui_px(ui, 4.0f);
    Rect track = {grid->rect.x, table.y + table.h - height, grid->rect.w, height};
    UiTouch touch = ui_widget_reaching(ui, "import-across", track, -1.0f, false, false, NULL);
    if (touch.held) {
        float at = (ui->input.mouse_x - track.x) / track.w * grid->content - grid->rect.w / 2;
        st->across = fmaxf(0.0f, fminf(at, grid->content - grid->rect.w));
        ui->wants_frame = true;
    }
    Rect thumb = {track.x + st->across / grid->content * track.w, track.y + (height - thin) / 2, share * track.w, thin};
    canvas_rounded(ui->canvas, thumb, thin / 2, touch.held || touch.hovered ? ui->theme->muted : ui->theme->track);
}

bool import_table(ImportState *st, Ui *ui, Rect table) {
    Grid grid;
    float line = fmaxf(1.0f, roundf(ui->scale)), row = ui_px(ui, ROW), head = ui_px(ui, HEAD);
    if (!lay_out(st, ui, table, &grid))
        return false;
    size_t bad = bad_lines(st->look);
    float least = ui_px(ui, (float)ROWS_LEAST * ROW), wanted = bad ? ui_px(ui, STRIP + (float)bad * ROW) : 0.0f;
    float below = fminf(wanted, table.h - head - least);
    Rect lines = {table.x, table.y, ui_px(ui, LINES - 10.0f), head};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, lines, ALIGN_RIGHT, ui->theme->muted, tr("line"));
    bool again = draw_heads(st, ui, &grid);
    canvas_rect(ui->canvas, (Rect){table.x, table.y + head - line, table.w, line}, ui->theme->line);
    canvas_push_clip(ui->canvas, table);
    size_t fit = (size_t)fmaxf(0.0f, floorf((table.h - head - below + 0.5f) / row));
    Rect place = {table.x, table.y + head, table.w, row};
    for (size_t i = 0; i < st->look->rows && i < fit; i++, place.y += row)
        draw_row(st, ui, &grid, place, i);
    if (bad)
        draw_left_out(st, ui, (Rect){table.x, place.y, table.w, below});
    canvas_pop_clip(ui->canvas);
    draw_across(st, ui, &grid, table);
    canvas_rounded_frame(ui->canvas, table, ui_px(ui, 4.0f), line, ui->theme->line);
    ui_note(ui, "import-table", table);
    return again;
}
