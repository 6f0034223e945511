#include "app/base/language.h"
#include "app/views/view_suspects_private.h"

#include "app/base/format.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>

static const float ROW = 32.0f, HEAD = 26.0f, MORE = 24.0f; /* logical pixels */
static const size_t FIRST_ROWS = 5, OTHER_ROWS = 3;         /* of a folded group */
static const size_t FLAT_ROWS = 200;                        /* by one measure, folded */

static bool is_seen(const SuspectsPage *p, Rect rect) {
    return rect.y + rect.h > p->list.y && rect.y < p->list.y + p->list.h;
}

/* Only rows that can be seen are made, and those beside the focus, so that it can walk on. */
static void show_row(SuspectsPage *p, size_t i) {
    Rect rect = {p->list.x, p->y, p->list.w, ui_px(p->ui, ROW)};
    int64_t cursor = p->st->cursor;
    if (p->last == cursor && cursor >= 0)
        p->after = (int64_t)i;
    if ((int64_t)i == cursor)
        p->before = p->last;
    bool beside = cursor >= 0 && ((int64_t)i == cursor || p->last == cursor || (int64_t)i == p->st->above);
    if (beside || is_seen(p, rect))
        suspects_row_touch(p, i, rect);
    if ((int64_t)i == cursor && p->st->bring) {
        p->st->scroll +=
            fminf(0.0f, rect.y - p->list.y - ui_px(p->ui, HEAD)) + fmaxf(0.0f, rect.y + rect.h - p->list.y - p->list.h);
        p->st->bring = false;
        p->ui->wants_frame = true;
    }
    float line = fmaxf(1.0f, roundf(p->ui->scale));
    canvas_rect(p->ui->canvas, (Rect){rect.x, rect.y + rect.h - line, rect.w, line}, p->ui->theme->line);
    p->y += rect.h;
    p->last = (int64_t)i;
}

/* What a group's widgets are named by; by one measure: zeroed. */
typedef struct GroupName {
    bool kept;
    int votes;
} GroupName;

/* What can be done with all open rows of a group. */
static void group_deeds(SuspectsPage *p, Rect rect, size_t first, const SuspectGroup *group, GroupName of) {
    if (group->open == 0)
        return;
    char name[48], label[96], count[32];
    format_count(group->open, count);
    snprintf(label, sizeof label, group->open == 1 ? tr("Flip it") : tr("Flip these %s"), count);
    Ui *ui = p->ui;
    float w = text_width(ui->text, TEXT_MEDIUM, label) + ui_px(ui, 14.0f), icon = ui_px(ui, 30.0f);
    float right = rect.x + rect.w;
    for (int i = SUSPECT_BUTTON_COUNT - 1; i >= 0; i--) {
        const SuspectButton *button = &SUSPECT_BUTTONS[i];
        bool in_words = button->deed == DEED_FLIP;
        float width = in_words ? w : icon;
        Rect place = {right - width, rect.y + ui_px(ui, 1.0f), width, rect.h - ui_px(ui, 2.0f)};
        right = place.x - ui_px(ui, 3.0f);
        snprintf(name, sizeof name, "suspects-%s%d-%s", of.kept ? "kept-" : "", of.votes, button->name);
        UiTouch touch = ui_widget(ui, name, place, true, false, tr(button->help_all));
        ui_say(ui, touch.id, &(UiSay){.role = ROLE_BUTTON, .label = in_words ? label : tr(button->help_all)});
        if (touch.hovered) {
            canvas_rounded(ui->canvas, place, ui_px(ui, 5.0f), ui_chip_color(ui, &touch));
            ui->cursor = CURSOR_HAND;
        }
        if (in_words)
            text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, place, ALIGN_CENTER, ui->theme->accent, label);
        else
            ui_icon(ui->canvas, button->icon, place.x + place.w / 2, place.y + place.h / 2, ui_px(ui, 14.0f),
                    touch.hovered ? ui->theme->text : ui->theme->muted);
        if (touch.focused && ui->focus_visible)
            ui_focus_ring(ui, place, ui_px(ui, 5.0f));
        if (touch.clicked || ui_pressed_by_key(ui, &touch))
            suspects_act_on_all(p->st, first, group->end, button->deed, p->s, p->intents);
    }
}

/* TRANSLATORS: so many measures say that a label is wrong; kept: it has been said to be right */
static void say_votes(GroupName of, char *text, size_t size) {
    if (of.votes == LABEL_BARS)
        snprintf(text, size, of.kept ? tr("All %d agree, kept") : tr("All %d agree"), of.votes);
    else
        snprintf(text, size,
                 of.kept ? trn("%d says so, kept", "%d agree, kept", (size_t)of.votes)
                         : trn("%d says so", "%d agree", (size_t)of.votes),
                 of.votes);
}

static void group_head(SuspectsPage *p, size_t first, const SuspectGroup *group, GroupName of) {
    Ui *ui = p->ui;
    Rect rect = {p->list.x, p->y, p->list.w, ui_px(ui, HEAD)};
    p->y += rect.h;
    if (!is_seen(p, rect))
        return;
    char text[128], count[32];
    canvas_rect(ui->canvas, (Rect){rect.x - ui_px(ui, UNIT), rect.y, rect.w + ui_px(ui, 2 * UNIT), rect.h},
                color_mix(ui->theme->chip, ui->theme->card, 0.5f));
    format_count(group->listed, count);
    if (p->st->rows.by != MEASURE_AGREEMENT)
        snprintf(text, sizeof text, tr("By %s"), tr(MEASURES[p->st->rows.by].name));
    else
        say_votes(of, text, sizeof text);
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, rect, ALIGN_LEFT, ui->theme->text, text);
    Rect rest = rect;
    rest.x += text_width(ui->text, TEXT_MEDIUM, text) + ui_px(ui, UNIT);
    snprintf(text, sizeof text, trn("%s label", "%s labels", group->listed), count);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, rest, ALIGN_LEFT, ui->theme->muted, text);
    group_deeds(p, rect, first, group, of);
}

static void more_button(SuspectsPage *p, size_t hidden, GroupName of) {
    Ui *ui = p->ui;
    char text[96], name[32], count[32];
    bool *unfolded = &p->st->unfolded[of.kept][of.votes];
    format_count(hidden, count);
    snprintf(text, sizeof text, *unfolded ? trc("rows", "fewer") : trc("rows", "%s more"), count);
    snprintf(name, sizeof name, "suspects-%smore-%d", of.kept ? "kept-" : "", of.votes);
    Rect rect = {p->list.x, p->y, text_width(ui->text, TEXT_BODY, text) + ui_px(ui, 24.0f), ui_px(ui, MORE)};
    p->y += rect.h + ui_px(ui, 2.0f);
    if (!is_seen(p, rect))
        return;
    UiTouch touch = ui_widget(ui, name, rect, true, false, NULL);
    ui_say(ui, touch.id, &(UiSay){.role = ROLE_BUTTON, .label = text});
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, rect, ALIGN_LEFT, ui->theme->accent, text);
    ui_icon(ui->canvas, ICON_CHEVRON_DOWN, rect.x + rect.w - ui_px(ui, 10.0f), rect.y + rect.h / 2, ui_px(ui, 10.0f),
            ui->theme->accent);
    if (touch.hovered)
        ui->cursor = CURSOR_HAND;
    if (touch.focused && ui->focus_visible)
        ui_focus_ring(ui, rect, ui_px(ui, 4.0f));
    if (touch.clicked || ui_pressed_by_key(ui, &touch)) {
        *unfolded = !*unfolded;
        ui->wants_frame = true;
    }
}

static void show_groups(SuspectsPage *p) {
    const SuspectRows *r = &p->st->rows;
    const SuspectCounts *counts = &p->st->counts;
    bool flat = r->by != MEASURE_AGREEMENT;
    for (int g = 0; g < counts->groups; g++) {
        const SuspectGroup *group = &counts->group[g];
        size_t first = g > 0 ? group[-1].end : 0, shown = group->listed;
        if (shown == 0)
            continue;
        GroupName of = {0};
        if (!flat)
            of = (GroupName){r->rows[first].kept, r->rows[first].votes};
        size_t folded = flat ? FLAT_ROWS : first == 0 ? FIRST_ROWS : OTHER_ROWS;
        bool folds = shown > folded + 1; /* one more is no more than the button */
        if (folds && !p->st->unfolded[of.kept][of.votes])
            shown = folded;
        group_head(p, first, group, of);
        for (size_t i = first, left = shown; left > 0 && i < group->end; i++)
            if (suspects_lists(p->st, &r->rows[i])) {
                show_row(p, i);
                left--;
            }
        if (folds)
            more_button(p, group->listed - shown, of);
    }
}

static void walk(SuspectsPage *p) {
    Ui *ui = p->ui;
    if (p->focused < 0) {
        p->st->cursor = -1;
        return;
    }
    p->st->cursor = p->focused;
    p->st->above = p->before;
    int64_t next = ui_take_plain_key(ui, KEY_DOWN) ? p->after : ui_take_plain_key(ui, KEY_UP) ? p->before : -1;
    if (next < 0)
        return;
    char name[32];
    suspects_row_name((size_t)next, name);
    ui->focus = ui_id(name);
    ui->focus_visible = ui->wants_frame = true;
    p->st->bring = true;
    p->st->cursor = next;
}

/* Why there are no rows, in their place. */
static void say_nothing(SuspectsPage *p) {
    Ui *ui = p->ui;
    char text[160];
    const LabelLook *look = p->s->labels;
    if (p->last >= 0)
        return;
    if (p->st->rows.count > 0)
        snprintf(text, sizeof text, tr("Nothing of what is selected is in the list."));
    else if (!look || !look->list)
        snprintf(text, sizeof text, tr("The measures are being made ..."));
    else
        snprintf(text, sizeof text, tr("No label looks wrong to so many measures."));
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, (Rect){p->list.x, p->list.y, p->list.w, ui_px(ui, 40.0f)}, ALIGN_LEFT,
                 ui->theme->muted, text);
}

void suspects_list(SuspectsPage *p) {
    Ui *ui = p->ui;
    SuspectsState *st = p->st;
    Rect area = {p->list.x - ui_px(ui, UNIT), p->list.y, p->list.w + ui_px(ui, 2 * UNIT), p->list.h};
    st->scroll = ui_scroll_begin(ui, "suspects-list", area, st->content, st->scroll);
    float top = p->list.y - st->scroll;
    p->y = top;
    p->before = p->focused = p->after = p->last = -1;
    suspects_count(st, p->s);
    show_groups(p);
    say_nothing(p);
    walk(p);
    ui_scroll_end(ui);
    if (p->y - top != st->content) {
        st->content = p->y - top;
        ui->wants_frame = true;
    }
}
