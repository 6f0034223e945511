#include "app/plot/duel.h"

#include "app/base/format.h"
#include "app/experiment/second_run.h"
#include "app/plot/plot_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical pixels. */
#define BADGE 22.0f
#define GAP 8.0f      /* between an icon and its text */
#define BETWEEN 18.0f /* entries */
#define LONGEST_NAME 120.0f
#define PATCH 26.0f    /* width of the hatched and the dashed patch */
#define RAMP_BAR 64.0f /* width of the bar that explains colours */

/* ---- heads ---- */

double duel_accuracy(const Snapshot *run, const char **meaning) {
    bool test = run->test && run->test->count > 0;
    *meaning = test ? "test accuracy" : "training accuracy";
    return test ? run->test_accuracy : run->accuracy;
}

static void put_details(const Snapshot *run, char text[DUEL_DETAILS][96]) {
    char easy[32], accuracy[32], counted[48];
    bool test = run->test && run->test->count > 0;
    format_percent((double)run->easy / (double)run->data->count, easy);
    format_percent(run->accuracy, accuracy);
    if (run->settings->order == ORDER_ALL)
        snprintf(counted, sizeof counted, "all points count");
    else
        snprintf(counted, sizeof counted, "%.15s %s", easy, run->settings->order == ORDER_EASY ? "easy" : "in use");
    if (test)
        snprintf(text[0], sizeof text[0], "%s · training %.15s", counted, accuracy);
    else
        snprintf(text[0], sizeof text[0], "%s · no test points kept apart", counted);
    snprintf(text[1], sizeof text[1], "%s%s", counted, test ? "" : " · no test points");
    memcpy(text[2], counted, sizeof counted);
}

void duel_heads(const Snapshot *first, DuelHead heads[DUEL_RUNS]) {
    char names[DUEL_RUNS][128];
    second_run_names(first->settings, first->second->settings, names);
    for (int k = 0; k < DUEL_RUNS; k++) {
        const Snapshot *run = duel_snapshot(first, (DuelRun)k);
        DuelHead *head = &heads[k];
        head->run = (DuelRun)k;
        memcpy(head->name, names[k], sizeof head->name);
        put_details(run, head->details);
        double accuracy = duel_accuracy(run, &head->meaning);
        if (run->diverged)
            snprintf(head->figure, sizeof head->figure, "diverged");
        else
            format_percent(accuracy, head->figure);
    }
}

void duel_badge_draw(Canvas *canvas, Text *text, const Theme *theme, Rect rect, DuelRun run) {
    canvas_disc(canvas, rect.x + rect.w / 2, rect.y + rect.h / 2, rect.h / 2, duel_color(theme, run));
    Rect letter = {rect.x, rect.y, rect.w + 1, rect.h};
    text_draw_in(text, canvas, TEXT_MEDIUM, letter, ALIGN_CENTER, run == DUEL_A ? theme->card : theme->on_accent,
                 run == DUEL_A ? "A" : "B");
}

void duel_head_draw(Canvas *canvas, Text *text, const Theme *theme, Rect rect, float scale, const DuelHead *head) {
    float badge = roundf(BADGE * scale), gap = GAP * scale;
    float upper = rect.y + rect.h / 2 - 9 * scale, lower = rect.y + rect.h / 2 + 9 * scale;
    float figure = fmaxf(text_width(text, TEXT_TITLE, head->figure), text_width(text, TEXT_TITLE, "100.0 %"));
    float meaning = text_width(text, TEXT_CAPTION, head->meaning);
    duel_badge_draw(canvas, text, theme, (Rect){rect.x, roundf(rect.y + (rect.h - badge) / 2), badge, badge},
                    head->run);
    float x = rect.x + badge + gap, right = rect.x + rect.w, room = right - gap - x;
    float cap = text_cap_height(text, TEXT_TITLE) / 2, line = 16 * scale;
    text_draw(text, canvas, TEXT_TITLE, (TextAnchor){right, roundf(upper + cap), ALIGN_RIGHT},
              duel_color(theme, head->run), head->figure);
    cap = text_cap_height(text, TEXT_CAPTION) / 2;
    text_draw(text, canvas, TEXT_CAPTION, (TextAnchor){right, roundf(lower + cap), ALIGN_RIGHT}, theme->muted,
              head->meaning);
    text_draw_in(text, canvas, TEXT_MEDIUM, (Rect){x, upper - line / 2, room - figure, line}, ALIGN_LEFT, theme->text,
                 head->name);
    int shortened = 0;
    while (shortened < DUEL_DETAILS - 1 && text_width(text, TEXT_CAPTION, head->details[shortened]) > room - meaning)
        shortened++;
    text_draw_in(text, canvas, TEXT_CAPTION, (Rect){x, lower - line / 2, room - meaning, line}, ALIGN_LEFT,
                 theme->muted, head->details[shortened]);
}

/* ---- the row ---- */

static DuelEntry *add(DuelRow *row, DuelEntryKind kind, PlotEntryKind entry, float icon) {
    DuelEntry *e = &row->entries[row->count++];
    *e = (DuelEntry){.kind = kind, .entry = entry, .icon = icon};
    return e;
}

/* How many marks stand for those of all classes. */
static int marks_of(const DuelScene *scene) {
    return scene->first->data->classes < 2 ? 1 : 2;
}

/* "differ: 43.3 % of 60 test points"; or the longest that this can become. */
static void put_differ(const DuelScene *scene, char text[96], bool widest) {
    const Differences *d = scene->differences;
    char share[32], count[32];
    if (d->points == 0) {
        snprintf(text, 96, "a model has diverged");
        return;
    }
    format_percent(widest ? 1.0 : (double)d->differ / (double)d->points, share);
    format_count(d->total, count);
    if (scene->terse)
        snprintf(text, 96, "differ: %.15s", share);
    else
        snprintf(text, 96, "A, B differ: %.15s of %.15s %s", share, count, d->of_test ? "test points" : "points");
}

static void list(DuelRow *row, const DuelScene *scene) {
    const Snapshot *a = scene->first, *b = a->second;
    float marks = 12.0f * (float)marks_of(scene);
    if (scene->epoch)
        snprintf(add(row, DUEL_EPOCH, 0, 0)->text, sizeof row->entries->text, "epoch %u", (unsigned)a->epoch);
    for (int k = 0; k < a->data->classes; k++) {
        char name[32];
        DuelEntry *e = add(row, DUEL_ENTRY, PLOT_ENTRY_EASY, 12);
        e->class = k;
        snprintf(e->text, sizeof e->text, "%s", dataset_class_name(a->data, k, name));
    }
    bool hard_first = a->settings->order == ORDER_HARD || b->settings->order == ORDER_HARD;
    snprintf(add(row, DUEL_ENTRY, PLOT_ENTRY_HARD, marks)->text, sizeof row->entries->text, "%s",
             hard_first     ? scene->terse ? "left out" : "left out (v = 0)"
             : scene->terse ? "hard"
                            : "hard (v = 0)");
    if (a->test && a->test->count > 0)
        snprintf(add(row, DUEL_ENTRY, PLOT_ENTRY_TEST, marks)->text, sizeof row->entries->text, "test points");
    if (scene->options->color == PLOT_COLOR_LOSS)
        snprintf(add(row, DUEL_RAMP, 0, RAMP_BAR)->text, sizeof row->entries->text, "loss, 0.001 to 10");
    else if (scene->options->color == PLOT_COLOR_ADMITTED)
        snprintf(add(row, DUEL_RAMP, 0, RAMP_BAR)->text, sizeof row->entries->text, "admitted, epoch 0 to %u",
                 (unsigned)plot_admitted_top(a));
    snprintf(add(row, DUEL_ENTRY, PLOT_ENTRY_OTHER, PATCH)->text, sizeof row->entries->text, "%s",
             scene->terse ? "other’s boundary" : "the other’s boundary");
    put_differ(scene, add(row, DUEL_ENTRY, PLOT_ENTRY_DIFFER, PATCH)->text, false);
    if (scene->pinned)
        snprintf(add(row, DUEL_PIN, 0, 16)->text, sizeof row->entries->text, "pinned in both");
}

/* A class's name is cut, if it is long. */
static float words_width(const DuelEntry *e, Text *text, const DuelScene *scene) {
    float wide = text_width(text, TEXT_CAPTION, e->text);
    bool name = e->kind == DUEL_ENTRY && e->entry == PLOT_ENTRY_EASY;
    return name ? fminf(wide, LONGEST_NAME * scene->options->scale) : wide;
}

/* What an entry takes at the most, so that nothing moves while the run goes on. */
static float width_of(const DuelEntry *e, Text *text, const DuelScene *scene) {
    float s = scene->options->scale, wide = words_width(e, text, scene);
    char widest[96];
    if (e->kind == DUEL_EPOCH)
        wide = fmaxf(wide, text_width(text, TEXT_CAPTION, scene->first->epoch < 1000 ? "epoch 999" : "epoch 99999"));
    if (e->kind == DUEL_ENTRY && e->entry == PLOT_ENTRY_DIFFER) {
        put_differ(scene, widest, true);
        wide = fmaxf(wide, text_width(text, TEXT_CAPTION, widest));
    }
    return ceilf(wide + (e->icon > 0 ? (e->icon + GAP) * s : 0));
}

void duel_row_make(DuelRow *row, Text *text, const DuelScene *scene, float width) {
    float s = scene->options->scale, x = 0, y = 0;
    row->count = 0;
    list(row, scene);
    for (int i = 0; i < row->count; i++) {
        DuelEntry *e = &row->entries[i];
        float wide = width_of(e, text, scene);
        if (x > 0 && x + wide > width) {
            if (e->kind == DUEL_PIN) { /* it comes and goes: no line, and no room of the plots, for it alone */
                row->count = i;
                break;
            }
            x = 0;
            y += DUEL_LINE * s;
        }
        e->rect = (Rect){x, y, fminf(wide, width), DUEL_LINE * s};
        x += wide + (scene->terse ? 12.0f : BETWEEN) * s;
    }
    row->height = ceilf(y + DUEL_LINE * s);
}

void duel_row_place(DuelRow *row, float x, float y) {
    for (int i = 0; i < row->count; i++) {
        row->entries[i].rect.x += x;
        row->entries[i].rect.y += y;
    }
}

/* A mark of each of the first few classes. */
static void draw_marks(Canvas *canvas, const DuelScene *scene, const MarkSprite *sprites, float left, float middle) {
    int shown = 0, most = marks_of(scene);
    for (int k = 0; k < MAX_CLASSES && shown < most; k++)
        if (sprites[k].pixels)
            mark_draw(canvas, &sprites[k], left + (6.0f + 12.0f * (float)shown++) * scene->options->scale, middle);
}

static void draw_icon(const DuelEntry *e, Canvas *canvas, const Theme *theme, const DuelScene *scene,
                      const Plot *plot) {
    float s = scene->options->scale, x = e->rect.x, middle = floorf(e->rect.y + e->rect.h / 2) + 0.5f;
    bool by_number = scene->options->color != PLOT_COLOR_CLASS;
    const Signs *signs = scene->epoch ? &plot->legend : &plot->key; /* a picture's, or the window's */
    const MarkSprite *easy = by_number ? signs->ramp[1] : signs->easy;
    const MarkSprite *hard = scene->options->color == PLOT_COLOR_LOSS ? signs->ramp[0] : signs->hard;
    Rect patch = {roundf(x), roundf(middle - 6 * s), roundf(e->icon * s), roundf(12 * s)};
    if (e->kind == DUEL_PIN) {
        canvas_ring(canvas, x + 8 * s, middle, 6 * s, 2 * s, theme->focus_outer);
    } else if (e->kind == DUEL_RAMP) {
        for (int i = 0; i < RAMP; i++) {
            float from = roundf(patch.x + patch.w * (float)i / RAMP),
                  to = roundf(patch.x + patch.w * (float)(i + 1) / RAMP);
            canvas_rect(canvas, (Rect){from, patch.y + 2 * s, to - from, 8 * s},
                        plot_ramp(theme, (float)i / (RAMP - 1)));
        }
    } else if (e->entry == PLOT_ENTRY_EASY) {
        if (easy[e->class].pixels) /* a class without points has none */
            mark_draw(canvas, &easy[e->class], x + 6 * s, middle);
    } else if (e->entry == PLOT_ENTRY_HARD) {
        draw_marks(canvas, scene, hard, x, middle);
    } else if (e->entry == PLOT_ENTRY_TEST) {
        draw_marks(canvas, scene, signs->test, x, middle);
    } else if (e->entry == PLOT_ENTRY_DIFFER) {
        plot_hatch(canvas, theme, patch, s);
        canvas_rounded_frame(canvas, patch, 0, fmaxf(1, roundf(s)), theme->line);
    } else {
        float line[] = {patch.x, middle, patch.x + patch.w, middle};
        DashState state = {0};
        plot_dashes(&(Dashes){canvas, 1.5f * s, s, theme->boundary}, &state, line, 2);
    }
}

void duel_row_draw(const DuelRow *row, Canvas *canvas, Text *text, const Theme *theme, const DuelScene *scene,
                   const Plot *plot) {
    float s = scene->options->scale;
    for (int i = 0; i < row->count; i++) {
        const DuelEntry *e = &row->entries[i];
        PlotHidden hidden = scene->options->hidden;
        bool out = e->kind == DUEL_ENTRY && *plot_hidden(&hidden, e->entry, e->class);
        float icon = e->icon * s, left = e->rect.x + icon + (icon > 0 ? GAP * s : 0);
        if (icon > 0)
            draw_icon(e, canvas, theme, scene, plot);
        if (out) /* pale, and its name struck through */
            canvas_rect(canvas, (Rect){e->rect.x - s, e->rect.y, icon + 2 * s, e->rect.h},
                        color_alpha(theme->card, 0.72f));
        Rect words = {left, e->rect.y, e->rect.x + e->rect.w - left + 2, e->rect.h};
        text_draw_in(text, canvas, TEXT_CAPTION, words, ALIGN_LEFT, out ? theme->muted : theme->text, e->text);
        if (out)
            canvas_rect(canvas,
                        (Rect){left - s, floorf(e->rect.y + e->rect.h / 2), words_width(e, text, scene) + 2 * s,
                               fmaxf(1, roundf(s))},
                        theme->muted);
    }
}
