#include "app/headless/sweep_progress.h"

#include <math.h>
#include <string.h>

static size_t put_left(double seconds, char *text, size_t size) {
    int length = seconds < 120.0    ? snprintf(text, size, ", %.0f s left", seconds)
                 : seconds < 7200.0 ? snprintf(text, size, ", %.0f min left", seconds / 60.0)
                                    : snprintf(text, size, ", %.1f h left", seconds / 3600.0);
    return (size_t)length;
}

static double seconds_left(size_t before, size_t done, size_t total, double seconds) {
    return ceil(seconds / (double)(done - before) * (double)(total - done));
}

void sweep_progress_text(size_t before, size_t done, size_t total, double seconds, char text[PROGRESS_TEXT]) {
    int used = snprintf(text, PROGRESS_TEXT, "%zu of %zu runs", done, total);
    if (done == before || seconds <= 0.0)
        return;
    double rate = (double)(done - before) / seconds;
    used +=
        snprintf(text + used, PROGRESS_TEXT - (size_t)used, rate < 100.0 ? ", %.3g a second" : ", %.0f a second", rate);
    if (done < total)
        put_left(seconds_left(before, done, total, seconds), text + used, PROGRESS_TEXT - (size_t)used);
}

void sweep_progress_begin(SweepProgress *p, size_t before, size_t total, double now) {
    p->before = before;
    p->total = total;
    p->began = p->last = now;
    p->shown = false;
}

static void renew_line(const SweepProgress *p, size_t done, double passed) {
    char left[64] = "";
    if (done > p->before)
        put_left(seconds_left(p->before, done, p->total, passed), left, sizeof left);
    fprintf(p->stream, "\r%zu of %zu runs%s\033[K", done, p->total, left);
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
    fprintf(p->stream, "easyfirst: %s\n", text);
    fflush(p->stream);
}

void sweep_progress_end(SweepProgress *p) {
    if (p->shown && p->terminal)
        fputs("\r\033[K", p->stream);
}
