#include "app/views/threshold_path.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/plot/plot.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>

enum { PATH_RUN = 192 };
static const double NEAR_BEST = 0.01; /* in accuracy */

bool threshold_path_shown(const AgePath *path) {
    return path && !path->off && (path->state == AGE_PATH_WORKS || path->state == AGE_PATH_DONE);
}

static bool is_bad(const RunFigures *f) {
    return f->status != RUN_OK;
}

/* What the run of the point nearest to a threshold comes to; its number, or -1. */
static int say_run(const AgePath *path, double threshold, bool brief, char words[PATH_RUN]) {
    int i = threshold_path_shown(path) ? age_path_near(path, threshold) : -1;
    if (i < 0)
        return i;
    const RunFigures *f = &path->at[i];
    char accuracy[32], easy[32], run[PATH_RUN];
    format_percent(age_path_accuracy(f), accuracy);
    format_percent(f->share_easy, easy);
    snprintf(run, sizeof run, isnan(f->test_accuracy) ? tr("accuracy %s, %s easy") : tr("test accuracy %s, %s easy"),
             accuracy, easy); /* TRANSLATORS: "accuracy 97.8 %, 60.0 % easy", and what went wrong */
    snprintf(words, PATH_RUN,
             f->status == RUN_DIVERGED    ? tr("%.120s, diverged")
             : f->status != RUN_COLLAPSED ? "%s"
             : brief                      ? tr("%.120s, collapsed")
                                          : tr("%.120s, a class left out"),
             run);
    return i;
}

void threshold_path_words(const AgePath *path, double threshold, char words[PATH_WORDS]) {
    char run[PATH_RUN], from[32];
    int i = say_run(path, threshold, false, run);
    words[0] = '\0';
    if (i < 0)
        return;
    format_number(path->threshold[i], 3, from);
    snprintf(words, PATH_WORDS, tr("A new run from λ = %s: %s."), from, run);
}

bool threshold_path_brief(const AgePath *path, double threshold, char words[PATH_WORDS]) {
    char run[PATH_RUN];
    int i = say_run(path, threshold, true, run);
    words[0] = '\0';
    if (i >= 0)
        snprintf(words, PATH_WORDS, tr("from here: %s"), run);
    return i >= 0 && is_bad(&path->at[i]);
}

static void say_switch(const AgePath *path, char help[PATH_WORDS]) {
    int known = 0;
    for (int i = 0; i < path->count; i++)
        known += path->known[i];
    if (path->state == AGE_PATH_FAILED)
        snprintf(help, PATH_WORDS, tr("The path could not be worked out: no memory or no thread for it"));
    else if (path->state == AGE_PATH_NO_CLEAN)
        snprintf(
            help, PATH_WORDS,
            tr("No path yet: λ learns from clean points, and there are none. Mark some with the flag brush (C), or "
               "set Clean points"));
    else if (path->off)
        snprintf(help, PATH_WORDS, "%s", tr("Show the path: what a new run comes to from each λ"));
    else if (path->state == AGE_PATH_COSTLY && path->seconds > 0.0)
        snprintf(help, PATH_WORDS, tr("Work out the path, what a new run comes to from each λ; it takes about %.0f s"),
                 ceil(path->seconds));
    else if (path->state == AGE_PATH_COSTLY)
        snprintf(help, PATH_WORDS, "%s",
                 tr("Work out the path, what a new run comes to from each λ; with so many points it takes long"));
    else if (path->state == AGE_PATH_WORKS)
        snprintf(help, PATH_WORDS,
                 tr("The path, what a new run comes to from each λ: %d of %d runs are done. Click: leave it out"),
                 known, path->count);
    else
        snprintf(help, PATH_WORDS, "%s",
                 tr("The path: what a new run comes to from each λ. Line: accuracy; hatched: a class is left out. "
                    "Click: leave it out"));
}

void threshold_path_switch(Ui *ui, Rect place, AgePath *path, char help[PATH_WORDS]) {
    if (!path || path->count == 0)
        return;
    bool on = threshold_path_shown(path) || (path->asked && !path->off);
    say_switch(path, help);
    if (!ui_button(ui, "age-path", place, ICON_NONE, tr("Path"), on ? BUTTON_PLAIN : BUTTON_QUIET, help))
        return;
    path->off = on;
    path->asked = !on;
}

/* The bounds of what the point's threshold stands for on the axis, in pixels. */
static void reach_of(const LossArea *area, const AgePath *path, int i, float *left, float *right) {
    double step = pow(10.0, 1.0 / 12.0);
    *left = fmaxf(area->bars.x, roundf(loss_x(area, path->threshold[i] / step)));
    *right = fminf(area->bars.x + area->bars.w, roundf(loss_x(area, path->threshold[i] * step)));
}

void threshold_path_track(Ui *ui, const LossArea *area, float track, const AgePath *path) {
    if (!threshold_path_shown(path))
        return;
    float high = roundf(ui_px(ui, 9.0f)), top = roundf(track - high / 2);
    for (int i = 0; i < path->count; i++) {
        float left, right;
        bool good =
            path->known[i] && !is_bad(&path->at[i]) && age_path_accuracy(&path->at[i]) >= path->best - NEAR_BEST;
        if (!path->known[i] || (!good && !is_bad(&path->at[i])))
            continue;
        reach_of(area, path, i, &left, &right);
        canvas_rect(ui->canvas, (Rect){left, top, right - left, high},
                    color_alpha(good ? ui->theme->line_accuracy : ui->theme->warn, good ? 0.30f : 0.45f));
    }
}

void threshold_path_draw(Ui *ui, const LossArea *area, const AgePath *path) {
    if (!threshold_path_shown(path))
        return;
    Rect bars = area->bars;
    float points[2 * AGE_PATH_MOST];
    size_t count = 0;
    for (int i = 0; i < path->count; i++) {
        if (!path->known[i])
            continue;
        if (is_bad(&path->at[i])) {
            float left, right;
            reach_of(area, path, i, &left, &right);
            Rect bad = {left, roundf(bars.y), right - left, roundf(bars.h)};
            canvas_rect(ui->canvas, bad, ui->theme->warn_strip);
            canvas_push_clip(ui->canvas, bad);
            plot_hatch(ui->canvas, color_mix(ui->theme->warn_strip, ui->theme->warn, 0.3f), bars, ui->scale);
            canvas_pop_clip(ui->canvas);
        }
        points[2 * count] = loss_x(area, path->threshold[i]);
        points[2 * count++ + 1] = bars.y + bars.h * (1.0f - (float)age_path_accuracy(&path->at[i]));
    }
    if (count > 1)
        canvas_polyline(ui->canvas, points, count, ui_px(ui, 1.5f), ui->theme->line_accuracy);
}
