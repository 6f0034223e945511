#include "app/ui/column.h"

#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <math.h>

bool column_section(Column *column, const char *name, const char *label, const char *summary, bool *open) {
    Ui *ui = column->ui;
    Rect line = {column->x, column->y, column->w, fmaxf(1.0f, ui_px(ui, 1.0f))};
    canvas_rect(ui->canvas, line, ui->theme->line);
    column->y += line.h;
    Rect row = column_next(column, COLUMN_SECTION, 0.0f);
    if (ui_button(ui, name, row, ICON_NONE, "", BUTTON_QUIET, NULL))
        *open = !*open;
    ui_say(ui, ui_id(name),
           &(UiSay){
               .role = *open ? ROLE_SECTION_OPEN : ROLE_SECTION_CLOSED, .label = label, .value = *open ? "" : summary});
    float width = text_width(ui->text, TEXT_BODY, label), icon = ui_px(ui, 12.0f), gap = ui_px(ui, UNIT);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, row, ALIGN_LEFT, ui_text_color(ui), label);
    ui_icon(ui->canvas, *open ? ICON_CHEVRON_DOWN : ICON_CHEVRON_RIGHT, row.x + row.w - icon / 2, row.y + row.h / 2,
            icon, ui->theme->muted);
    Rect right = {row.x + width + gap, row.y, row.w - width - gap - icon - ui_px(ui, 4.0f), row.h};
    if (!*open) /* muted words have too little contrast on the chip under the hand */
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, right, ALIGN_RIGHT,
                     ui->hot == ui_id(name) ? ui->theme->text : ui->theme->muted, summary);
    column->top = column->y;
    return ui_fold_begin(ui, name, (Rect){column->x, column->top, column->w, 0.0f}, *open);
}

void column_section_end(Column *column) {
    column->y += ui_px(column->ui, UNIT);
    column->y = column->top + ui_fold_end(column->ui, column->y - column->top);
}
