#include "app/views/sheet.h"

#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <string.h>

bool sheet_init(Sheet *sheet, Status *status) {
    *sheet = (Sheet){.input = {.mouse_x = -1.0f, .mouse_y = -1.0f}};
    return ui_init(&sheet->ui, status);
}

void sheet_free(Sheet *sheet) {
    if (sheet->ui.state)
        ui_free(&sheet->ui);
    memset(sheet, 0, sizeof *sheet);
}

Rect sheet_place(const Ui *under, float most_width, float most_height) {
    float edge = ui_px(under, UNIT), width = (float)under->canvas->width, height = (float)under->canvas->height;
    float w = fminf(ui_px(under, most_width), width - 2 * edge);
    float h = fminf(ui_px(under, most_height), height - 2 * edge);
    return (Rect){roundf((width - w) / 2), roundf((height - h) / 2), roundf(w), roundf(h)};
}

Ui *sheet_begin(Sheet *sheet, Ui *under, Rect rect, bool *outside) {
    Ui *ui = &sheet->ui;
    Canvas *canvas = under->canvas;
    sheet->input.time = under->input.time;
    ui->motion = under->motion;
    ui->user = under->user;
    ui->clipboard_get = under->clipboard_get;
    ui->clipboard_set = under->clipboard_set;
    ui->primary_get = under->primary_get;
    ui->primary_set = under->primary_set;
    ui_begin(ui, &sheet->input, canvas, under->text, under->theme, under->scale);
    /* asked of the sheet's own input: an open list takes the press that closes it */
    *outside = ui->input.pressed && !rect_has(rect, ui->input.mouse_x, ui->input.mouse_y);
    sheet->rect = rect;
    canvas_rect(canvas, (Rect){0.0f, 0.0f, (float)canvas->width, (float)canvas->height},
                color_alpha(0xff000000, 0.45f));
    canvas_rounded(canvas, rect, CARD_RADIUS * ui->scale, ui->theme->card);
    return ui;
}

void sheet_end(Sheet *sheet, Ui *under, const char *name) {
    Ui *ui = &sheet->ui;
    ui_end(ui);
    ui_say_over(under, ui);
    under->cursor = ui->cursor;
    under->wants_text = ui->wants_text;
    under->text_caret = ui->text_caret;
    under->wants_frame = under->wants_frame || ui->wants_frame;
    for (int i = 0; i < ui->widget_count; i++)
        ui_note(under, ui->widgets[i].name, ui->widgets[i].visible);
    ui_note(under, name, sheet->rect);
    sheet->input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f};
}
