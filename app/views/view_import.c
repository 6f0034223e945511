#include "app/views/view_import.h"

#include "app/base/file_write.h"
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/io/path_list.h"
#include "app/ui/ui_widget.h"
#include "app/views/view_import_private.h"
#include "app/views/view_export.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const float WIDTH = 1104.0f, HEIGHT = 632.0f, HIGHEST = 760.0f, SHARE = 0.7f, /* of the window's height */
    PAD = 24.0f, HEAD = 56.0f, FOOT = 64.0f, OUTLOOK = 354.0f;
static const float ONE_COLUMN = 900.0f; /* logical pixels of the window, below which there is one */

/* ---- the state ---- */

bool import_init(ImportState *st, Status *status) {
    *st = (ImportState){.looking = -1.0};
    return sheet_init(&st->sheet, status);
}

static void free_look(ImportState *st) {
    if (st->look)
        points_preview_free(st->look);
    free(st->look);
    free(st->width);
    st->look = NULL;
    st->width = NULL;
}

static void free_marks(ImportState *st) {
    for (int k = 0; k < MAX_CLASSES; k++)
        mark_free(&st->sprite[k]);
    memset(st->sprite, 0, sizeof st->sprite);
}

void import_hide(ImportState *st) {
    free_look(st);
    free_marks(st);
    points_format_free(&st->told);
    free(st->path);
    st->path = NULL;
    st->format = (PointsFormat){0};
    st->shown = false;
}

void import_free(ImportState *st) {
    import_hide(st);
    sheet_free(&st->sheet);
    *st = (ImportState){.looking = -1.0};
}

/* The first slot that is empty, else the given one. */
static int empty_slot(const ImportState *st, int otherwise) {
    for (int k = 0; k < SLOTS; k++)
        if (st->at[k] == SIZE_MAX)
            return k;
    return otherwise;
}

static void take_look(ImportState *st, PointsPreview *look) {
    free_look(st);
    st->look = look;
    st->problem[0] = '\0';
    memcpy(st->at, look->at, sizeof st->at);
    if (st->format.columns == st->columns) /* told by number until their names are known */
        points_preview_columns(look, st->at, st->columns, sizeof st->columns);
    for (int k = 0; k < SLOTS; k++)
        if (st->at[k] >= look->columns)
            st->at[k] = SIZE_MAX;
    if (st->head >= look->columns)
        st->head = 0;
    import_advise(st);
}

bool import_show(ImportState *st, const ImportScene *scene, PointsPreview *look, Status *status) {
    PointsFormat told;
    char *path = strdup(scene->path);
    if (!path || !points_format_copy(&told, scene->format, status)) {
        free(path);
        return status_no_memory(status, "the import sheet");
    }
    import_hide(st);
    st->shown = true;
    st->looking = -1.0;
    st->path = path;
    st->bytes = scene->bytes;
    st->told = st->format = told;
    st->fills_told = st->standardize_told = false;
    st->standardize_before = scene->standardize;
    st->aspect = scene->aspect;
    st->scroll = st->across = 0.0f;
    st->head = 0;
    ui_forget_focus(&st->sheet.ui);
    take_look(st, look);
    st->slot = empty_slot(st, SLOT_X);
    return true;
}

void import_update(ImportState *st, PointsPreview *look, const char *message) {
    if (look) {
        take_look(st, look);
        st->slot = empty_slot(st, st->slot);
    } else {
        snprintf(st->problem, sizeof st->problem, "%s", message);
    }
}

PointsFormat import_format(const ImportState *st) {
    PointsFormat format = st->format;
    format.skip_bad = true;
    return format;
}

void import_touch(ImportState *st, const UiInput *input) {
    st->sheet.input = *input;
}

_Static_assert(IMPORT_COLUMNS_BYTES > SLOTS * (POINTS_PREVIEW_CELL + 1), "three names have room");

/* Tells the columns by their numbers. */
static void number_columns(ImportState *st) {
    snprintf(st->columns, sizeof st->columns, "%zu,%zu,%zu", st->at[SLOT_X] + 1, st->at[SLOT_Y] + 1,
             st->at[SLOT_LABEL] + 1);
    st->format.columns = st->columns;
}

bool import_assign(ImportState *st, int slot, size_t column) {
    for (int k = 0; k < SLOTS; k++)
        if (k != slot && st->at[k] == column)
            st->at[k] = st->at[slot];
    st->at[slot] = column;
    st->slot = empty_slot(st, (slot + 1) % SLOTS);
    if (empty_slot(st, -1) >= 0)
        return false;
    points_preview_columns(st->look, st->at, st->columns, sizeof st->columns);
    st->format.columns = st->columns;
    return true;
}

const MarkSprite *import_mark(ImportState *st, const Ui *ui, int kind) {
    if (st->theme != ui->theme || st->scale != ui->scale) {
        free_marks(st);
        st->theme = ui->theme;
        st->scale = ui->scale;
    }
    Status status = {0};
    if (kind < 0 || kind >= MAX_CLASSES)
        return NULL;
    MarkSprite *sprite = &st->sprite[kind];
    if (!sprite->pixels && !mark_make(sprite, mark_shape(kind), ui_px(ui, 4.0f), ui_px(ui, 1.0f),
                                      ui->theme->class_fill[kind], ui->theme->class_edge[kind], &status))
        return NULL;
    return sprite;
}

/* ---- the menus: what was found, and can be overruled ---- */

static const struct {
    char sign;
    const char *word, *label;
} DELIMITERS[] = {{',', "comma", N_("comma")},
                  {';', "semicolon", N_("semicolon")},
                  {'\t', "tab", N_("tab")},
                  {' ', "space", N_("blanks")},
                  {'|', "pipe", N_("bar |")}};
enum { DELIMITER_COUNT = sizeof DELIMITERS / sizeof *DELIMITERS };

static const char *const ENCODINGS[] = {"UTF-8",   "UTF-16", "WINDOWS-1252", "LATIN1", "WINDOWS-1251",
                                        "GB18030", "BIG5",   "SHIFT-JIS",    "EUC-JP", "EUC-KR"};
enum { ENCODING_COUNT = sizeof ENCODINGS / sizeof *ENCODINGS, HEADER_LINES = 6 };

/* Columns that a person has chosen stay, whatever their names are now. */
static void rename_columns(ImportState *st, bool *again) {
    if (st->format.columns && empty_slot(st, -1) < 0)
        number_columns(st);
    *again = true;
}

/* What is seen stays as it is when something else is overruled, which might lead the reader to another reading. */
static void pin_delimiter(ImportState *st) {
    if (st->format.delimiter)
        return;
    snprintf(st->delimiter, sizeof st->delimiter, "%c", st->look->delimiter);
    for (int i = 0; i < DELIMITER_COUNT; i++)
        if (DELIMITERS[i].sign == st->look->delimiter)
            snprintf(st->delimiter, sizeof st->delimiter, "%s", DELIMITERS[i].word);
    st->format.delimiter = st->delimiter;
}

static void pin_header(ImportState *st, size_t line) {
    if (line == 0)
        snprintf(st->header, sizeof st->header, "no");
    else
        snprintf(st->header, sizeof st->header, "%u", (unsigned)line);
    st->format.header = st->header;
}

static void delimiter_menu(ImportState *st, Ui *ui, Rect rect, bool *again) {
    int count = DELIMITER_COUNT, value = -1;
    for (int i = 0; i < DELIMITER_COUNT; i++) {
        st->delimiter_labels[i] = tr(DELIMITERS[i].label);
        value = DELIMITERS[i].sign == st->look->delimiter ? i : value;
    }
    if (value < 0) {
        snprintf(st->other_delimiter, sizeof st->other_delimiter, "%c", st->look->delimiter);
        value = count;
        st->delimiter_labels[count++] = st->other_delimiter;
    }
    int chosen = ui_select(ui, "import-delimiter", rect, st->delimiter_labels, count, value,
                           tr("What stands between the columns of a row (--delimiter)"));
    if (chosen == value || chosen >= DELIMITER_COUNT)
        return;
    snprintf(st->delimiter, sizeof st->delimiter, "%s", DELIMITERS[chosen].word);
    st->format.delimiter = st->delimiter;
    st->format.columns = NULL; /* there are others now */
    *again = true;
}

/* Before columns are chosen the reader has no numbers to find the sign in: then the first rows tell. */
static bool has_comma(const PointsPreview *look) {
    bool comma = look->decimal == ',';
    for (size_t i = 0; i < look->rows && look->at[SLOT_X] == SIZE_MAX; i++)
        for (size_t k = 0; k < look->columns && look->row[i].cell; k++)
            comma = comma || (look->column[k].numeric && strchr(look->row[i].cell[k], ','));
    return comma;
}

static void decimal_menu(ImportState *st, Ui *ui, Rect rect, bool *again) {
    static const char *const words[] = {N_("point"), N_("comma")};
    st->decimal_labels[0] = tr(words[0]);
    st->decimal_labels[1] = tr(words[1]);
    int value = has_comma(st->look);
    int chosen = ui_select(ui, "import-decimal", rect, st->decimal_labels, 2, value, tr("1.5 or 1,5 (--decimal)"));
    if (chosen == value)
        return;
    snprintf(st->decimal, sizeof st->decimal, "%s", words[chosen]);
    st->format.decimal = st->decimal;
    pin_delimiter(st);
    if (!st->format.header)
        pin_header(st, st->look->header_line);
    rename_columns(st, again);
}

static void header_menu(ImportState *st, Ui *ui, Rect rect, bool *again) {
    int count = HEADER_LINES + 1, value = (int)st->look->header_line;
    st->header_labels[0] = trc("columns' names", "none");
    for (int i = 1; i <= HEADER_LINES; i++) {
        snprintf(st->header_words[i], sizeof st->header_words[i], tr("in line %zu"), (size_t)i);
        st->header_labels[i] = st->header_words[i];
    }
    if (st->look->header_line > HEADER_LINES) {
        value = count;
        snprintf(st->other_header, sizeof st->other_header, tr("in line %zu"), st->look->header_line);
        st->header_labels[count++] = st->other_header;
    }
    int chosen = ui_select(ui, "import-header", rect, st->header_labels, count, value,
                           tr("Where the columns' names stand; what is above them is left out (--header)"));
    if (chosen == value || chosen > HEADER_LINES)
        return;
    pin_delimiter(st);
    pin_header(st, (size_t)chosen);
    rename_columns(st, again);
}

static void encoding_menu(ImportState *st, Ui *ui, Rect rect, bool *again) {
    int count = ENCODING_COUNT, value = -1;
    for (int i = 0; i < ENCODING_COUNT; i++) {
        st->encoding_labels[i] = ENCODINGS[i];
        value = strcasecmp(ENCODINGS[i], st->look->encoding) == 0 ? i : value;
    }
    if (value < 0) {
        value = count;
        st->encoding_labels[count++] = st->look->encoding;
    }
    int chosen = ui_select(ui, "import-encoding", rect, st->encoding_labels, count, value,
                           tr("The encoding of the file's text (--encoding)"));
    if (chosen == value || chosen >= ENCODING_COUNT)
        return;
    snprintf(st->encoding, sizeof st->encoding, "%s", ENCODINGS[chosen]);
    st->format.encoding = st->encoding;
    rename_columns(st, again);
}

static bool is_overruled(const ImportState *st) {
    const PointsFormat *f = &st->format;
    return f->delimiter || f->decimal || f->header || f->encoding || f->columns;
}

static void found_note(ImportState *st, Ui *ui, Rect rect, bool *again) {
    float size = ui_px(ui, 11.0f), middle = rect.y + rect.h / 2;
    if (is_overruled(st)) {
        if (ui_button(ui, "import-found", rect, ICON_RESET, tr("As found"), BUTTON_QUIET,
                      tr("Back to what was found in the file")))
            st->format.delimiter = st->format.decimal = st->format.header = st->format.encoding = st->format.columns =
                NULL,
            *again = true;
        return;
    }
    float points[] = {
        rect.x, middle, rect.x + size * 0.36f, middle + size * 0.34f, rect.x + size, middle - size * 0.4f};
    canvas_polyline(ui->canvas, points, 3, ui_px(ui, 1.8f), ui->theme->line_accuracy);
    Rect words = {rect.x + size + ui_px(ui, 6.0f), rect.y, rect.w - size - ui_px(ui, 6.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_LABEL, words, ALIGN_LEFT, ui->theme->muted, tr("all found in the file"));
}

static bool menus(ImportState *st, Ui *ui, Column *column) {
    static const struct {
        const char *caption;
        void (*draw)(ImportState *, Ui *, Rect, bool *);
    } all[] = {{N_("Between columns"), delimiter_menu},
               {N_("Decimal sign"), decimal_menu},
               {N_("Names"), header_menu},
               {N_("Text"), encoding_menu}};
    bool again = false, wide = column->w >= ui_px(ui, 640.0f);
    int a_row = column->w >= ui_px(ui, 480.0f) ? 4 : 2;
    float gap = ui_px(ui, UNIT), note = ui_px(ui, 128.0f);
    float width = (column->w - (wide ? note + 2 * gap : 0.0f) - (float)(a_row - 1) * gap) / (float)a_row;
    Rect row = {0};
    for (int i = 0; i < 4; i++) {
        int at = i % a_row;
        if (at == 0)
            row = column_next(column, 50.0f, UNIT);
        Rect caption = {row.x + (float)at * (width + gap), row.y, width, ui_px(ui, 18.0f)};
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, caption, ALIGN_LEFT, ui->theme->muted, tr(all[i].caption));
        Rect menu = {caption.x, caption.y + caption.h + ui_px(ui, 2.0f), width, ui_px(ui, 28.0f)};
        all[i].draw(st, ui, menu, &again);
    }
    Rect words = {row.x + row.w - note, row.y + ui_px(ui, 20.0f), note, ui_px(ui, 28.0f)};
    if (!wide)
        words = column_next(column, 24.0f, UNIT);
    found_note(st, ui, words, &again);
    return again;
}

/* ---- the sheet ---- */

static bool is_ready(const ImportState *st) {
    return st->looking < 0.0 && !st->problem[0] && !st->look->problem[0] && empty_slot(st, -1) < 0 &&
           st->look->kept > 0;
}

static void draw_head(const ImportState *st, Ui *ui, Rect sheet) {
    char title[300], facts[400], rows[32], bytes[32];
    float pad = ui_px(ui, PAD), room = sheet.w - 3 * pad - ui_px(ui, CONTROL);
    snprintf(title, sizeof title, tr("Open %.250s"), st->path + file_folder_length(st->path));
    Rect place = {sheet.x + pad, sheet.y, fminf(room, ceilf(text_width(ui->text, TEXT_TITLE, title)) + 1.0f),
                  ui_px(ui, HEAD)};
    text_draw_in(ui->text, ui->canvas, TEXT_TITLE, place, ALIGN_LEFT, ui->theme->text, title);
    char *folder = strndup(st->path, file_folder_length(st->path)), *shown = folder ? path_shown(folder) : NULL;
    size_t columns = st->look->columns + st->look->columns_more;
    format_count(st->look->kept + st->look->left_out, rows);
    format_bytes(st->bytes, bytes);
    snprintf(facts, sizeof facts,
             st->look->packed
                 ? trn("%s rows, %zu column, %s packed · %.250s", "%s rows, %zu columns, %s packed · %.250s", columns)
                 : trn("%s rows, %zu column, %s · %.250s", "%s rows, %zu columns, %s · %.250s", columns),
             rows, columns, bytes, shown ? shown : "");
    free(folder);
    free(shown);
    Rect rest = {place.x + place.w + ui_px(ui, 14.0f), place.y, room - place.w - ui_px(ui, 14.0f), place.h};
    if (rest.w > ui_px(ui, 60.0f))
        text_draw_in(ui->text, ui->canvas, TEXT_LABEL, rest, ALIGN_LEFT, ui->theme->muted, facts);
}

/* What opening will do, or why it cannot. */
static void foot_words(const ImportState *st, char fact[64], char text[600], bool *bad) {
    char kept[32], all[32];
    const char *problem = st->problem[0] ? st->problem : st->look->problem;
    size_t path = strlen(st->path);
    fact[0] = '\0';
    *bad = false;
    if (st->looking >= 0.0) {
        char percent[32];
        format_percentage(100.0 * st->looking, 0, percent);
        snprintf(text, 600, tr("Reading the file: %s"), percent);
    } else if (empty_slot(st, -1) >= 0) {
        snprintf(text, 600, tr("Choose the columns of x, y and label: click their heads."));
    } else if (problem[0]) {
        *bad = true;
        bool named = strncmp(problem, st->path, path) == 0 && problem[path] == ':';
        snprintf(text, 600, "%.590s", named ? problem + path + 1 + (problem[path + 1] == ' ') : problem);
    } else {
        format_count(st->look->kept, kept);
        format_count(st->look->kept + st->look->left_out, all);
        snprintf(fact, 64, tr("%.24s of %.24s rows"), kept, all);
        snprintf(text, 600,
                 st->look->left_out > 0 ? tr("will be opened, in %d classes; the others are left out.")
                                        : tr("will be opened, in %d classes."),
                 st->look->kinds);
    }
}

static void draw_foot(ImportState *st, Ui *ui, Rect sheet, ImportWish *wish) {
    float pad = ui_px(ui, PAD), line = fmaxf(1.0f, roundf(ui->scale)), control = ui_px(ui, CONTROL);
    Rect foot = {sheet.x, sheet.y + sheet.h - ui_px(ui, FOOT), sheet.w, ui_px(ui, FOOT)};
    canvas_rect(ui->canvas, (Rect){foot.x, foot.y, foot.w, line}, ui->theme->line);
    Rect open = {foot.x + foot.w - pad - ui_px(ui, 96.0f), foot.y + (foot.h - control) / 2, ui_px(ui, 96.0f), control};
    Rect cancel = {open.x - ui_px(ui, UNIT + 88.0f), open.y, ui_px(ui, 88.0f), control};
    char fact[64], text[600], lines[UI_LINES][UI_LINE_BYTES];
    bool bad;
    foot_words(st, fact, text, &bad);
    Rect words = {foot.x + pad, foot.y, cancel.x - foot.x - pad - ui_px(ui, 2 * UNIT), foot.h};
    ui_note(ui, "import-words", words);
    if (fact[0]) {
        text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, words, ALIGN_LEFT, ui->theme->text, fact);
        float used = text_width(ui->text, TEXT_MEDIUM, fact) + ui_px(ui, 5.0f);
        words.x += used;
        words.w -= used;
    }
    int count = ui_wrap(ui, TEXT_BODY, text, words.w, 2, lines);
    float row = ui_px(ui, 18.0f), y = words.y + (words.h - row * (float)count) / 2;
    for (int i = 0; i < count; i++, y += row)
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, (Rect){words.x, y, words.w, row}, ALIGN_LEFT,
                     bad ? ui->theme->danger : ui->theme->muted, lines[i]);
    if (ui_button(ui, "import-cancel", cancel, ICON_NONE, tr("Cancel"), BUTTON_PLAIN, NULL))
        wish->cancel = true;
    ui->enabled = is_ready(st);
    if (ui_button(ui, "import-open", open, ICON_NONE, tr("Open"), BUTTON_PRIMARY, NULL))
        wish->open = true;
    ui->enabled = true;
}

/* Both columns side by side. */
static bool draw_wide(ImportState *st, Ui *ui, Rect sheet) {
    float pad = ui_px(ui, PAD), line = fmaxf(1.0f, roundf(ui->scale)), top = sheet.y + ui_px(ui, HEAD);
    float bottom = sheet.y + sheet.h - ui_px(ui, FOOT), divider = roundf(sheet.x + sheet.w - ui_px(ui, OUTLOOK));
    canvas_rect(ui->canvas, (Rect){sheet.x, top, sheet.w, line}, ui->theme->line);
    canvas_rect(ui->canvas, (Rect){divider, top, line, bottom - top}, ui->theme->line);
    Column left = {.ui = ui, .x = sheet.x + pad, .y = top + ui_px(ui, 10.0f), .w = divider - sheet.x - 1.5f * pad};
    bool again = menus(st, ui, &left);
    import_slots(st, ui, &left);
    Rect table = {left.x, left.y, left.w, bottom - ui_px(ui, 12.0f) - left.y};
    again = import_table(st, ui, table) || again;
    Column right = {.ui = ui, .x = divider + ui_px(ui, 16.0f), .y = top + ui_px(ui, 10.0f)};
    right.w = sheet.x + sheet.w - pad - right.x;
    import_outlook(st, ui, &right, bottom - ui_px(ui, UNIT) - right.y);
    return again;
}

/* All in one column, which scrolls. */
static bool draw_narrow(ImportState *st, Ui *ui, Rect sheet) {
    float pad = ui_px(ui, 2 * UNIT), head = ui_px(ui, HEAD), line = fmaxf(1.0f, roundf(ui->scale));
    Rect body = {sheet.x + pad, sheet.y + head, sheet.w - pad, sheet.h - head - ui_px(ui, FOOT)};
    canvas_rect(ui->canvas, (Rect){sheet.x, body.y, sheet.w, line}, ui->theme->line);
    st->scroll = ui_scroll_begin(ui, "import-body", body, st->height, st->scroll);
    Column column = {.ui = ui, .x = body.x, .y = body.y + ui_px(ui, UNIT) - st->scroll, .w = body.w - pad};
    float from = column.y;
    bool again = menus(st, ui, &column);
    import_slots(st, ui, &column);
    Rect table = {column.x, column.y, column.w, import_table_height(st, ui)};
    again = import_table(st, ui, table) || again;
    column.y += table.h + ui_px(ui, 2 * UNIT);
    import_outlook(st, ui, &column, 0.0f);
    ui_scroll_end(ui);
    float height = column.y - from + ui_px(ui, 2 * UNIT);
    ui->wants_frame = ui->wants_frame || height != st->height;
    st->height = height;
    return again;
}

/* The wheel over heads that are wider than their place turns them, not the column they lie in. */
static void take_wheel(ImportState *st, Ui *ui) {
    if (ui->input.wheel == 0.0f || !rect_has(st->heads, ui->input.mouse_x, ui->input.mouse_y))
        return;
    st->across -= ui->input.wheel * ui_px(ui, 60.0f);
    ui->input.wheel = 0.0f;
}

ImportWish import_draw(ImportState *st, Ui *under) {
    ImportWish wish = {0};
    bool outside;
    bool narrow = (float)under->canvas->width < ONE_COLUMN * under->scale;
    float room = SHARE * (float)under->canvas->height / under->scale;
    Rect sheet = sheet_place(under, WIDTH, narrow ? 10000.0f : fmaxf(HEIGHT, fminf(HIGHEST, room)));
    Ui *ui = sheet_begin(&st->sheet, under, sheet, &outside);
    float pad = ui_px(ui, PAD), control = ui_px(ui, CONTROL);
    draw_head(st, ui, sheet);
    take_wheel(st, ui);
    wish.again = narrow ? draw_narrow(st, ui, sheet) : draw_wide(st, ui, sheet);
    draw_foot(st, ui, sheet, &wish);
    Rect close = {sheet.x + sheet.w - pad - control + ui_px(ui, UNIT), sheet.y + (ui_px(ui, HEAD) - control) / 2,
                  control, control};
    if (ui_button(ui, "import-close", close, ICON_CLOSE, "", BUTTON_QUIET, tr("Cancel (Esc)")))
        wish.cancel = true;
    if (ui_take_key(ui, KEY_ENTER, NULL) && is_ready(st))
        wish.open = true;
    if (ui_take_key(ui, KEY_ESCAPE, NULL))
        wish.cancel = true;
    wish.open = wish.open && !wish.again && !wish.cancel;
    sheet_end(&st->sheet, under, "import-sheet");
    under->wants_frame = under->wants_frame || wish.again || wish.open || wish.cancel;
    return wish;
}
