#include "app/plot/duel.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/plot/key_words.h"
#include "app/experiment/other_run.h"
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
    *meaning = test ? tr("test accuracy") : tr("training accuracy");
    return test ? run->test_accuracy : run->accuracy;
}

/* The share in use and what else there is to say, shorter and shorter. */
static void put_counted(const Snapshot *run, char text[4][DUEL_DETAIL]) {
    char easy[32], accuracy[32];
    const int order = run->settings->order;
    bool test = run->test && run->test->count > 0;
    format_percent((double)run->easy / (double)run->data->count, easy);
    format_percent(run->accuracy, accuracy);
    snprintf(text[2], DUEL_DETAIL,
             order == ORDER_ALL    ? "%s"
             : order == ORDER_EASY ? tr("%s easy")
                                   : tr("%s in use"),
             order == ORDER_ALL ? tr("all points count") : easy);
    if (test) /* TRANSLATORS: "75.0 % easy", and the accuracy on the points that train */
        snprintf(text[0], DUEL_DETAIL, tr("%s · training %s"), text[2], accuracy);
    else
        snprintf(text[0], DUEL_DETAIL, tr("%s · no test points kept apart"), text[2]);
    snprintf(text[1], DUEL_DETAIL, test ? "%s" : tr("%s · no test points"), text[2]);
}

static void put_details(const Snapshot *run, const Differences *differences, int k, DuelHead *head) {
    static const struct {
        LeadLength lead;
        int counted; /* 3: not */
    } LEVELS[DUEL_DETAILS] = {{LEAD_WHOLE, 0}, {LEAD_WORDS, 1}, {LEAD_WORDS, 2},
                              {LEAD_WORDS, 3}, {LEAD_SHORT, 3}, {LEAD_SIGN, 3}};
    char counted[4][DUEL_DETAIL] = {{0}}, lead[96] = "";
    put_counted(run, counted);
    for (int i = 0; i < DUEL_DETAILS; i++) {
        if (k > 0)
            differences_lead(differences, k, LEVELS[i].lead, lead);
        const char *count = counted[k == 0 && LEVELS[i].counted == 3 ? 2 : LEVELS[i].counted]; /* A has no lead */
        snprintf(head->details[i], sizeof head->details[i], "%s%s%.144s", lead, lead[0] && count[0] ? " · " : "",
                 count);
    }
}

int duel_heads(const Snapshot *first, const Differences *differences, DuelHead heads[DUEL_RUNS]) {
    int runs = snapshot_runs(first);
    const Settings *settings[DUEL_RUNS] = {NULL};
    char names[DUEL_RUNS][128];
    for (int k = 0; k < runs; k++)
        settings[k] = snapshot_run(first, k)->settings;
    other_run_names(settings, runs, names);
    for (int k = 0; k < runs; k++) {
        const Snapshot *run = snapshot_run(first, k);
        DuelHead *head = &heads[k];
        head->run = k;
        head->stacked = false;
        memcpy(head->name, names[k], sizeof head->name);
        put_details(run, differences, k, head);
        double accuracy = duel_accuracy(run, &head->meaning);
        head->tested = run->test && run->test->count > 0;
        if (run->diverged)
            snprintf(head->figure, sizeof head->figure, "%s", tr("diverged"));
        else
            format_percent(accuracy, head->figure);
    }
    return runs;
}

void duel_badge_draw(Canvas *canvas, Text *text, const Theme *theme, Rect rect, int run) {
    const char letter[] = {(char)('A' + run), '\0'};
    canvas_disc(canvas, rect.x + rect.w / 2, rect.y + rect.h / 2, rect.h / 2, duel_color(theme, run));
    text_draw_in(text, canvas, TEXT_MEDIUM, (Rect){rect.x, rect.y, rect.w + 1, rect.h}, ALIGN_CENTER,
                 run == 0 ? theme->card : theme->on_accent, letter);
}

/* The longest of the details that fits. */
static const char *fitting(Text *text, const DuelHead *head, float room) {
    int i = 0;
    while (i + 1 < DUEL_DETAILS && text_width(text, TEXT_CAPTION, head->details[i]) > room)
        i++;
    return head->details[i];
}

/* Beside a figure with nothing below it: details or, for want of room, what the figure is of. */
static const char *stacked_words(Text *text, const DuelHead *head, float room) {
    const char *words = fitting(text, head, room);
    return text_width(text, TEXT_CAPTION, words) <= room ? words
           : head->tested                                ? trc("accuracy on points", "test")
                                                         : trc("accuracy on points", "training");
}

static float figure_width(Text *text, const DuelHead *head) {
    char widest[32];
    format_percent(1.0, widest);
    return fmaxf(text_width(text, TEXT_TITLE, head->figure), text_width(text, TEXT_TITLE, widest));
}

void duel_heads_fit(DuelHead *heads, int count, Text *text, float width, float scale) {
    bool stacked = false;
    for (int k = 0; k < count && count > 2; k++) {
        float room = width - roundf(BADGE * scale) - 2 * GAP * scale - figure_width(text, &heads[k]);
        stacked = stacked || text_width(text, TEXT_MEDIUM, heads[k].name) > room;
    }
    for (int k = 0; k < count; k++)
        heads[k].stacked = stacked;
}

void duel_head_draw(Canvas *canvas, Text *text, const Theme *theme, Rect rect, float scale, const DuelHead *head) {
    float badge = roundf(BADGE * scale), gap = GAP * scale, line = 16 * scale;
    float upper = rect.y + rect.h / 2 - 9 * scale, lower = rect.y + rect.h / 2 + 9 * scale;
    float figure = figure_width(text, head), meaning = text_width(text, TEXT_CAPTION, head->meaning);
    duel_badge_draw(canvas, text, theme, (Rect){rect.x, roundf(rect.y + (rect.h - badge) / 2), badge, badge},
                    head->run);
    float x = rect.x + badge + gap, right = rect.x + rect.w, room = right - gap - x, name = room - figure;
    float cap = text_cap_height(text, TEXT_TITLE) / 2, details = room - meaning;
    if (head->stacked) { /* what the figure means has no room */
        details = name;
        name = right - x;
    }
    text_draw(text, canvas, TEXT_TITLE, (TextAnchor){right, roundf((head->stacked ? lower : upper) + cap), ALIGN_RIGHT},
              duel_color(theme, head->run), head->figure);
    cap = text_cap_height(text, TEXT_CAPTION) / 2;
    if (!head->stacked)
        text_draw(text, canvas, TEXT_CAPTION, (TextAnchor){right, roundf(lower + cap), ALIGN_RIGHT}, theme->muted,
                  head->meaning);
    text_draw_in(text, canvas, TEXT_MEDIUM, (Rect){x, upper - line / 2, name, line}, ALIGN_LEFT, theme->text,
                 head->name);
    text_draw_in(text, canvas, TEXT_CAPTION, (Rect){x, lower - line / 2, details, line}, ALIGN_LEFT, theme->muted,
                 head->stacked ? stacked_words(text, head, details) : fitting(text, head, details));
}

/* ---- the plots ---- */

void duel_divide(Rect all, int runs, bool across, Rect outers[DUEL_RUNS]) {
    float width = floorf(across ? all.w / (float)runs : all.w), height = floorf(across ? all.h : all.h / (float)runs);
    for (int k = 0; k < runs; k++)
        outers[k] = (Rect){roundf(all.x) + (across ? width * (float)k : 0.0f),
                           roundf(all.y) + (across ? 0.0f : height * (float)k), width, height};
}

void duel_others(PlotOptions *options, Plot *const plots[DUEL_RUNS], const Theme *theme, int runs, int run) {
    int count = 0;
    for (int k = 0; k < runs; k++)
        if (k != run) {
            options->other_colors[count] = runs > 2 ? duel_color(theme, k) : 0;
            options->others[count++] = plots[k];
        }
}

/* ---- the row ---- */

static void put_ramp(const Snapshot *s, PlotColor color, char text[DATASET_NAME_BYTES]) {
    PlotRamp ramp = plot_ramp_of(s, color);
    if (ramp.ends[0][0]) /* TRANSLATORS: a measure and its least and most */
        snprintf(text, DATASET_NAME_BYTES, tr("%s, %s to %s"), ramp.name, ramp.ends[0], ramp.ends[1]);
    else
        snprintf(text, DATASET_NAME_BYTES, tr("%s: not known yet"), ramp.name);
}

static DuelEntry *add(DuelRow *row, DuelEntryKind kind, PlotEntryKind entry, float icon) {
    DuelEntry *e = &row->entries[row->count++];
    *e = (DuelEntry){.kind = kind, .entry = entry, .icon = icon};
    return e;
}

/* How many marks stand for those of all classes. */
static int marks_of(const DuelScene *scene) {
    return scene->first->data->classes < 2 ? 1 : 2;
}

/* "A, B differ: 43.3 % of 60 test points"; or the longest that this can become. */
static void put_differ(const DuelScene *scene, char text[DUEL_DETAIL], bool widest) {
    const Differences *d = scene->differences;
    char share[32], count[32];
    if (d->points == 0) {
        snprintf(text, DUEL_DETAIL, "%s", tr("a model has diverged"));
        return;
    }
    format_percent(widest ? 1.0 : (double)d->differ / (double)d->points, share);
    format_count(d->total, count);
    if (scene->terse)
        snprintf(text, DUEL_DETAIL, tr("differ: %s"), share);
    else
        snprintf(text, DUEL_DETAIL,
                 d->runs > 2
                     ? d->of_test ? tr("not all agree: %s of %s test points") : tr("not all agree: %s of %s points")
                 : d->of_test ? tr("A, B differ: %s of %s test points")
                              : tr("A, B differ: %s of %s points"),
                 share, count);
}

static void list(DuelRow *row, const DuelScene *scene) {
    const Snapshot *a = scene->first;
    float marks = 12.0f * (float)marks_of(scene);
    if (scene->epoch)
        snprintf(add(row, DUEL_EPOCH, 0, 0)->text, sizeof row->entries->text, tr("epoch %u"), (unsigned)a->epoch);
    for (int k = 0; k < a->data->classes; k++) {
        char name[32];
        DuelEntry *e = add(row, DUEL_ENTRY, PLOT_ENTRY_EASY, 12);
        e->class = k;
        snprintf(e->text, sizeof e->text, "%s", dataset_class_name(a->data, k, name));
    }
    bool hard_first = false, three = snapshot_runs(a) > 2;
    for (int k = 0; k < snapshot_runs(a); k++)
        hard_first = hard_first || snapshot_run(a, k)->settings->order == ORDER_HARD;
    snprintf(add(row, DUEL_ENTRY, PLOT_ENTRY_HARD, marks)->text, sizeof row->entries->text, "%s",
             !scene->terse ? key_left_out(hard_first ? ORDER_HARD : ORDER_EASY)
             : hard_first  ? trc("points", "left out")
                           : trc("points", "hard"));
    if (a->test && a->test->count > 0)
        snprintf(add(row, DUEL_ENTRY, PLOT_ENTRY_TEST, marks)->text, sizeof row->entries->text, "%s",
                 tr("test points"));
    if (a->clean && a->clean->count > 0)
        snprintf(add(row, DUEL_ENTRY, PLOT_ENTRY_CLEAN, 16)->text, sizeof row->entries->text, "%s", tr("clean points"));
    if (scene->options->color == PLOT_COLOR_ADMITTED)
        snprintf(add(row, DUEL_RAMP, 0, RAMP_BAR)->text, sizeof row->entries->text, tr("admitted, epoch 1 to %u"),
                 (unsigned)plot_admitted_top(a));
    else if (scene->options->color != PLOT_COLOR_CLASS)
        put_ramp(a, scene->options->color, add(row, DUEL_RAMP, 0, RAMP_BAR)->text);
    snprintf(add(row, DUEL_ENTRY, PLOT_ENTRY_OTHER, PATCH)->text, sizeof row->entries->text, "%s",
             scene->terse ? three ? trc("runs", "others") : tr("other’s boundary")
             : three ? tr("the others’ boundaries")
                          : tr("the other’s boundary"));
    put_differ(scene, add(row, DUEL_ENTRY, PLOT_ENTRY_DIFFER, PATCH)->text, false);
    if (scene->pinned)
        snprintf(add(row, DUEL_PIN, 0, 16)->text, sizeof row->entries->text, "%s",
                 three ? tr("pinned in all") : tr("pinned in both"));
}

/* A class's name is cut, if it is long. */
static float words_width(const DuelEntry *e, Text *text, const DuelScene *scene) {
    float wide = text_width(text, TEXT_CAPTION, e->text);
    bool name = e->kind == DUEL_ENTRY && e->entry == PLOT_ENTRY_EASY;
    return name ? fminf(wide, LONGEST_NAME * scene->options->scale) : wide;
}

static float epoch_width(Text *text, unsigned epoch) {
    char words[DUEL_DETAIL];
    snprintf(words, sizeof words, tr("epoch %u"), epoch);
    return text_width(text, TEXT_CAPTION, words);
}

/* What an entry takes at the most, so that nothing moves while the run goes on. */
static float width_of(const DuelEntry *e, Text *text, const DuelScene *scene) {
    float s = scene->options->scale, wide = words_width(e, text, scene);
    char widest[DUEL_DETAIL];
    if (e->kind == DUEL_EPOCH)
        wide = fmaxf(wide, epoch_width(text, scene->first->epoch < 1000 ? 999 : 99999));
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

/* Of three runs in the colours of all. */
static void draw_dashes(Canvas *canvas, const Theme *theme, const DuelScene *scene, Rect patch, float middle) {
    float s = scene->options->scale;
    int lines = snapshot_runs(scene->first) > 2 ? snapshot_runs(scene->first) : 1;
    for (int k = 0; k < lines; k++) {
        float y = middle + 4 * s * ((float)k - (float)(lines - 1) / 2), line[] = {patch.x, y, patch.x + patch.w, y};
        DashState state = {0};
        plot_dashes(&(Dashes){canvas, 1.5f * s, s, lines > 1 ? duel_color(theme, k) : theme->boundary}, &state, line,
                    2);
    }
}

static void draw_icon(const DuelEntry *e, Canvas *canvas, const Theme *theme, const DuelScene *scene,
                      const Plot *plot) {
    float s = scene->options->scale, x = e->rect.x, middle = floorf(e->rect.y + e->rect.h / 2) + 0.5f;
    bool by_number = scene->options->color != PLOT_COLOR_CLASS;
    const Signs *signs = scene->epoch ? &plot->legend : &plot->key; /* a picture's, or the window's */
    const MarkSprite *easy = by_number ? signs->ramp[1] : signs->easy;
    const MarkSprite *hard = plot_color_by_value(scene->options->color) ? signs->ramp[0] : signs->hard;
    Rect patch = {roundf(x), roundf(middle - 6 * s), roundf(e->icon * s), roundf(12 * s)};
    if (e->kind == DUEL_PIN) {
        canvas_ring(canvas, x + 8 * s, middle, 6 * s, 2 * s, theme->focus_outer);
    } else if (e->kind == DUEL_RAMP) {
        PlotRamp ramp = plot_ramp_of(scene->first, scene->options->color);
        for (int i = 0; i < RAMP; i++) {
            float from = roundf(patch.x + patch.w * (float)i / RAMP),
                  to = roundf(patch.x + patch.w * (float)(i + 1) / RAMP);
            canvas_rect(canvas, (Rect){from, patch.y + 2 * s, to - from, 8 * s},
                        plot_ramp_color(theme, &ramp, (float)i / (RAMP - 1)));
        }
    } else if (e->entry == PLOT_ENTRY_EASY) {
        if (easy[e->class].pixels) /* a class without points has none */
            mark_draw(canvas, &easy[e->class], x + 6 * s, middle);
    } else if (e->entry == PLOT_ENTRY_HARD) {
        draw_marks(canvas, scene, hard, x, middle);
    } else if (e->entry == PLOT_ENTRY_TEST) {
        draw_marks(canvas, scene, signs->test, x, middle);
    } else if (e->entry == PLOT_ENTRY_CLEAN) {
        if (signs->flag.pixels)
            mark_draw(canvas, &signs->flag, x + 5 * s, middle + 6 * s);
    } else if (e->entry == PLOT_ENTRY_DIFFER) {
        plot_hatch(canvas, theme->muted, patch, s);
        canvas_rounded_frame(canvas, patch, 0, fmaxf(1, roundf(s)), theme->line);
    } else {
        draw_dashes(canvas, theme, scene, patch, middle);
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
