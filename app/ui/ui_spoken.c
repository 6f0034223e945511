#include "app/ui/ui_spoken.h"

#include "app/ui/ui_private.h"
#include "app/ui/ui_widget.h"
#include "core/utf8.h"

#include <string.h>

/* As much as there is room for, no character cut in two. */
static void keep(char *to, size_t size, const char *text) {
    snprintf(to, size, "%.*s", (int)utf8_whole(text, size - 1), text);
}

static void put(UiSpoken *spoken, const UiSay *say, bool dimmed) {
    spoken->role = say->role;
    spoken->dimmed = dimmed;
    spoken->position = say->position;
    spoken->count = say->count;
    keep(spoken->label, sizeof spoken->label, say->label ? say->label : "");
    keep(spoken->value, sizeof spoken->value, say->value ? say->value : "");
}

void ui_spoken_begin(Ui *ui) {
    ui->state->spoken = (UiSpoken){0};
    ui->state->announced_count = 0;
}

void ui_say(Ui *ui, uint32_t id, const UiSay *say) {
    UiSpoken *spoken = &ui->state->spoken;
    if (ui->focus != id)
        return;
    if (spoken->id != id)
        *spoken = (UiSpoken){.id = id};
    put(spoken, say, !ui->enabled);
}

void ui_say_name(Ui *ui, const char *name, const char *label) {
    UiSpoken *spoken = &ui->state->spoken;
    if (spoken->id != 0 && spoken->id == ui_id(name))
        keep(spoken->label, sizeof spoken->label, label);
}

void ui_say_chosen(Ui *ui, const char *name, bool chosen) {
    UiSpoken *spoken = &ui->state->spoken;
    if (spoken->id != 0 && spoken->id == ui_id(name))
        spoken->role = chosen ? ROLE_BUTTON_CHOSEN : ROLE_BUTTON;
}

void ui_say_edited(Ui *ui, uint32_t id) {
    UiState *s = ui->state;
    s->spoken = (UiSpoken){
        .id = id,
        .role = ROLE_FIELD,
        .text = s->text,
        .caret = s->caret,
        .anchor = s->anchor,
    };
}

void ui_say_entry(Ui *ui, const char *name, const UiSay *say) {
    ui->state->spoken = (UiSpoken){.id = ui_id(name)};
    put(&ui->state->spoken, say, false);
}

void ui_announce(Ui *ui, const char *name, const char *text) {
    UiState *s = ui->state;
    if (!text[0] || s->announced_count == UI_MAX_ANNOUNCED)
        return;
    UiAnnounced *announced = &s->announced[s->announced_count++];
    announced->id = ui_id(name);
    keep(announced->text, sizeof announced->text, text);
}

void ui_spoken_end(Ui *ui) {
    UiState *s = ui->state;
    UiSpoken *spoken = &s->spoken;
    if (ui->focus && spoken->id == 0)
        spoken->id = ui->focus;
    if (s->help == spoken->id && s->help_text && ui->focus_visible)
        keep(spoken->help, sizeof spoken->help, s->help_text);
}

void ui_say_over(Ui *under, const Ui *sheet) {
    UiState *s = under->state;
    s->spoken = sheet->state->spoken;
    for (int i = 0; i < sheet->state->announced_count && s->announced_count < UI_MAX_ANNOUNCED; i++)
        s->announced[s->announced_count++] = sheet->state->announced[i];
}

const UiSpoken *ui_spoken(const Ui *ui) {
    return &ui->state->spoken;
}

int ui_announced(const Ui *ui, const UiAnnounced **announced) {
    *announced = ui->state->announced;
    return ui->state->announced_count;
}
