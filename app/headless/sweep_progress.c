#include "app/headless/sweep_progress.h"

#include "app/base/language.h"
#include "app/base/terminal.h"

#include <math.h>
#include <string.h>

#define LEFT_TEXT 64

static void put_left(double seconds, char text[LEFT_TEXT]) {
    if (seconds < 120.0)
        snprintf(text, LEFT_TEXT, tr("%.0f s left"), seconds);
    else if (seconds < 7200.0)
        snprintf(text, LEFT_TEXT, tr("%.0f min left"), seconds / 60.0);
    else
        snprintf(text, LEFT_TEXT, tr("%.1f h left"), seconds / 3600.0);
}

static double seconds_left(size_t before, size_t done, size_t total, double seconds) {
    return ceil(seconds / (double)(done - before) * (double)(total - done));
}

void sweep_progress_text(size_t before, size_t done, size_t total, double seconds, char text[PROGRESS_TEXT]) {
    if (done == before || seconds <= 0.0) {
        snprintf(text, PROGRESS_TEXT, tr("%zu of %zu runs"), done, total);
        return;
    }
    double rate = (double)(done - before) / seconds;
    char speed[32], left[LEFT_TEXT];
    snprintf(speed, sizeof speed, rate < 100.0 ? "%.3g" : "%.0f", rate);
    if (done == total) {
        snprintf(text, PROGRESS_TEXT, tr("%zu of %zu runs, %s a second"), done, total, speed);
        return;
    }
    put_left(seconds_left(before, done, total, seconds), left);
    /* TRANSLATORS: the last: "2 min left" */
    snprintf(text, PROGRESS_TEXT, tr("%zu of %zu runs, %s a second, %s"), done, total, speed, left);
}

void sweep_progress_begin(SweepProgress *p, size_t before, size_t total, double now) {
    p->before = before;
    p->total = total;
    p->began = p->last = now;
    p->shown = false;
}

static void renew_line(const SweepProgress *p, size_t done, double passed) {
    char text[PROGRESS_TEXT], left[LEFT_TEXT];
    if (done > p->before) {
        put_left(seconds_left(p->before, done, p->total, passed), left);
        snprintf(text, sizeof text, tr("%zu of %zu runs, %s"), done, p->total, left);
    } else {
        snprintf(text, sizeof text, tr("%zu of %zu runs"), done, p->total);
    }
    terminal_renew(p->stream, "%s", text);
}

void sweep_progress_show(SweepProgress *p, size_t done, double now) {
    double passed = now - p->began;
    if (!p->stream || now - p->last < (p->terminal ? 0.2 : p->every) || (p->terminal && passed < 0.5))
        return;
    p->last = now;
    p->shown = true;
    if (p->terminal) {
        renew_line(p, done, passed);
        return;
    }
    char text[PROGRESS_TEXT];
    sweep_progress_text(p->before, done, p->total, passed, text);
    terminal_print(p->stream, "easyfirst: %s\n", text);
    fflush(p->stream);
}

void sweep_progress_end(SweepProgress *p) {
    if (p->shown && p->terminal)
        terminal_wipe(p->stream);
}
