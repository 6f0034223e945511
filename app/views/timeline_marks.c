#include "app/views/timeline_marks.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/experiment/run_words.h"
#include "app/experiment/feedback.h"
#include "app/ui/ui_widget.h"
#include "app/experiment/kept_runs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical pixels. */
static const float APART = 9.0f, REACH = 12.0f, SIZE = 4.0f, WORDS = 300.0f;
static const double FEW = 0.1; /* a class with less than this share of what came in is worth a word */

enum { MOST_RINGS = 32 };

/* ---- words ---- */

static void describe_fast(TimelineMark *mark, const Snapshot *s, uint32_t epoch) {
    const History *h = s->history;
    const HistoryRecord *now = history_find(h, epoch);
    if (!now || now == h->records || now[-1].easy > now->easy)
        return;
    const HistoryRecord *before = now - 1;
    size_t came = now->easy - before->easy, fewest = came;
    int class = -1;
    char percent[32], count[32], name[CLASS_SHORT_BYTES];
    for (int k = 0; k < s->data->classes; k++) {
        size_t of_class = now->class_easy[k] > before->class_easy[k] ? now->class_easy[k] - before->class_easy[k] : 0;
        bool can = s->data->class_count[k] > before->class_easy[k]; /* it had points left to come in */
        if (can && of_class < fewest) {
            fewest = of_class;
            class = k;
        }
    }
    format_percentage(100.0 * (double)came / (double)s->data->count, 0, percent);
    snprintf(mark->title, sizeof mark->title, tr("Epoch %u: %s of all points came in at once"), epoch + 1, percent);
    if (class < 0 || (double)fewest > FEW * (double)came)
        return;
    format_count(fewest, count);
    const char *of = dataset_class_short(s->data, class, name);
    if (fewest > 0)
        snprintf(mark->lines[mark->line_count++], sizeof mark->lines[0],
                 trn("Only %s of them is of %s.", "Only %s of them are of %s.", fewest), count, of);
    else
        snprintf(mark->lines[mark->line_count++], sizeof mark->lines[0], tr("None of them are of %s."), of);
}

static void describe_hand(TimelineMark *mark, const HandMark *hand) {
    char words[RUN_WORDS_BYTES];
    uint32_t whole = (uint32_t)hand->done;
    if (hand->done > (double)whole)
        snprintf(mark->title, sizeof mark->title, tr("Changed by hand in epoch %u"), whole + 1);
    else
        snprintf(mark->title, sizeof mark->title, tr("Changed by hand after epoch %u"), whole);
    run_words(hand->what, words);
    snprintf(mark->lines[mark->line_count++], sizeof mark->lines[0], "%s", words);
}

/* ---- which ---- */

static int add_noticed(const Snapshot *s, TimelineMark *marks) {
    FeedbackMark noticed[FEEDBACK_MARKS];
    int count = (int)feedback_marks(s->history, s->settings, noticed);
    for (int i = 0; i < count; i++) {
        TimelineMark *mark = &marks[i];
        *mark = (TimelineMark){.kind = TIMELINE_MARK_NOTICED, .at = (double)noticed[i].epoch + 1.0};
        if (noticed[i].kind == FEEDBACK_TOO_FAST) {
            describe_fast(mark, s, noticed[i].epoch);
            continue;
        }
        mark->kind = TIMELINE_MARK_GOOD;
        snprintf(mark->title, sizeof mark->title, tr("Epoch %u: every point is easy"), noticed[i].epoch + 1);
        snprintf(mark->lines[mark->line_count++], sizeof mark->lines[0],
                 tr("From here on this is plain training: λ decides nothing."));
    }
    return count;
}

static void sort_by_epoch(TimelineMark *marks, int count) {
    for (int i = 1; i < count; i++) {
        int k = i;
        while (k > 0 && marks[k - 1].at > marks[i].at)
            k--;
        if (k == i)
            continue; /* the usual case: they come in two ascending rows */
        TimelineMark moved = marks[i];
        memmove(&marks[k + 1], &marks[k], (size_t)(i - k) * sizeof *marks);
        marks[k] = moved;
    }
}

static void add_line(TimelineMark *mark, const char *text) {
    if (!text[0])
        return;
    for (int i = 0; i < mark->line_count; i++) /* the same thing twice is one thing */
        if (strcmp(mark->lines[i], text) == 0)
            return;
    if (mark->line_count == TIMELINE_MARK_LINES) {
        mark->more++;
        return;
    }
    snprintf(mark->lines[mark->line_count++], sizeof mark->lines[0], "%s", text);
}

/* The second's words behind the first's; the more important has the title and the place. */
static void join(TimelineMark *mark, const TimelineMark *other) {
    TimelineMark first = *mark;
    const TimelineMark *main = other->kind > mark->kind ? other : &first, *rest = main == other ? &first : other;
    *mark = *main;
    if (strcmp(main->title, rest->title) != 0)
        add_line(mark, rest->title);
    for (int i = 0; i < rest->line_count; i++)
        add_line(mark, rest->lines[i]);
    mark->more += rest->more;
}

/* A ring where runs that were left part from the run on show, one for all that part together; of those from its
 * beginning there is nothing to see. */
static int add_left(const Snapshot *s, TimelineMark *marks) {
    int count = 0;
    for (int age = 0; age < s->branch_count; age++) {
        const BranchLook *run = kept_run(s, age);
        int i = 0;
        while (i < count && marks[i].at != (double)run->common)
            i++;
        if (run->common == 0 || i == MOST_RINGS)
            continue;
        if (i == count) {
            marks[count] = (TimelineMark){.kind = TIMELINE_MARK_LEFT, .at = (double)run->common};
            snprintf(marks[count++].title, sizeof marks[0].title, tr("Epoch %u: a run was left"), run->common);
        }
        char name[RUN_WORDS_BYTES], line[RUN_WORDS_BYTES + 16];
        kept_run_name(run, name);
        snprintf(line, sizeof line, "%u: %s", run->number, name);
        add_line(&marks[i], line);
    }
    return count;
}

int timeline_marks(const Ui *ui, const TimelineLayout *t, const Snapshot *s, TimelineMark marks[TIMELINE_MOST_MARKS]) {
    int count = add_noticed(s, marks);
    for (int i = 0; s->hand_marks && i < s->hand_marks->count; i++) {
        marks[count] = (TimelineMark){.kind = TIMELINE_MARK_HAND, .at = s->hand_marks->marks[i].done};
        describe_hand(&marks[count++], &s->hand_marks->marks[i]);
    }
    count += add_left(s, &marks[count]);
    if (s->diverged && !s->looking_back) {
        marks[count] = (TimelineMark){.kind = TIMELINE_MARK_FAILED,
                                      .at = (double)s->epoch + (double)s->batch / (double)s->batches};
        snprintf(marks[count].title, sizeof marks[0].title, tr("The model has diverged"));
        snprintf(marks[count++].lines[0], sizeof marks[0].lines[0],
                 tr("A parameter is not finite: training cannot go on."));
        marks[count - 1].line_count = 1;
    }
    sort_by_epoch(marks, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
        bool covers = kept > 0 && timeline_x(t, marks[i].at) - timeline_x(t, marks[kept - 1].at) < ui_px(ui, APART);
        if (covers)
            join(&marks[kept - 1], &marks[i]);
        else if (kept++ != i)
            marks[kept - 1] = marks[i];
    }
    return kept;
}

static bool is_on_show(const TimelineLayout *t, const TimelineMark *mark) {
    return mark->at >= t->from && mark->at <= t->to;
}

bool timeline_near_marks(const Ui *ui, const TimelineLayout *t, float y) {
    return fabsf(y - t->lane.y - t->lane.h / 2) <= fmaxf(ui_px(ui, REACH), t->lane.h / 2);
}

int timeline_mark_at(const Ui *ui, const TimelineLayout *t, const TimelineMark *marks, int count, float x) {
    int nearest = -1;
    float least = ui_px(ui, REACH);
    for (int i = 0; i < count; i++) {
        float away = fabsf(timeline_x(t, marks[i].at) - x);
        if (is_on_show(t, &marks[i]) && away <= least) {
            least = away;
            nearest = i;
        }
    }
    return nearest;
}

int timeline_next_mark(const TimelineMark *marks, int count, double epochs, bool right) {
    const double same = 1e-9;
    if (right) {
        for (int i = 0; i < count; i++)
            if (marks[i].at > epochs + same)
                return i;
        return -1;
    }
    for (int i = count - 1; i >= 0; i--)
        if (marks[i].at < epochs - same)
            return i;
    return -1;
}

/* ---- drawing ---- */

static void draw_mark(Ui *ui, TimelineMarkKind kind, float x, float y) {
    const Theme *theme = ui->theme;
    float size = ui_px(ui, SIZE);
    float wedge[] = {x - size, y + size * 0.8f, x, y - size, x + size, y + size * 0.8f};
    float diamond[] = {x, y - size, x + size, y, x, y + size, x - size, y};
    switch (kind) {
    case TIMELINE_MARK_LEFT:
        canvas_ring(ui->canvas, x, y, size * 0.75f, ui_px(ui, 1.5f), theme->muted);
        break;
    case TIMELINE_MARK_HAND:
        canvas_polygon(ui->canvas, diamond, 4, theme->text);
        break;
    default:
        canvas_polygon(ui->canvas, wedge, 3,
                       kind == TIMELINE_MARK_GOOD     ? theme->accent
                       : kind == TIMELINE_MARK_FAILED ? theme->danger
                                                      : theme->warn);
    }
}

void timeline_draw_marks(Ui *ui, const TimelineLayout *t, const TimelineMark *marks, int count) {
    float y = roundf(t->lane.y + t->lane.h / 2), half = ui_px(ui, SIZE + 1.0f);
    for (int i = 0; i < count; i++) {
        if (!is_on_show(t, &marks[i]))
            continue;
        float x = timeline_x(t, marks[i].at);
        draw_mark(ui, marks[i].kind, x, y);
        char name[32];
        snprintf(name, sizeof name, "timeline-mark-%d", i);
        ui_note(ui, name, (Rect){x - half, y - half, 2 * half, 2 * half});
    }
}

/* A dotted line that the eye follows from the words to their epoch. */
static void draw_guide(Ui *ui, float x, float y0, float y1) {
    float each = ui_px(ui, 5.0f), on = ui_px(ui, 2.5f), wide = fmaxf(1.0f, roundf(ui_px(ui, 1.0f)));
    for (float y = y0; y < y1; y += each)
        canvas_rect(ui->canvas, (Rect){roundf(x - wide / 2), y, wide, fminf(on, y1 - y)}, ui->theme->text);
}

void timeline_draw_words(Ui *ui, const TimelineLayout *t, const TimelineMark *mark) {
    char lines[3 * UI_LINES][UI_LINE_BYTES];
    TextStyle styles[3 * UI_LINES];
    int count = 0;
    float pad = ui_px(ui, 9.0f), row = ui_px(ui, 17.0f), most = ui_px(ui, WORDS), width = 0.0f;
    for (int i = -1; i < mark->line_count && count <= 2 * UI_LINES; i++) {
        TextStyle style = i < 0 ? TEXT_MEDIUM : TEXT_LABEL;
        int more = ui_wrap(ui, style, i < 0 ? mark->title : mark->lines[i], most, 2, lines + count);
        for (int k = 0; k < more; k++)
            styles[count++] = style;
    }
    if (mark->more > 0) {
        snprintf(lines[count], sizeof lines[0], tr("and %d more: zoom in with the wheel"), mark->more);
        styles[count++] = TEXT_LABEL;
    }
    for (int i = 0; i < count; i++)
        width = fmaxf(width, text_width(ui->text, styles[i], lines[i]));
    float x = timeline_x(t, mark->at), edge = ui_px(ui, 4.0f), right = (float)ui->canvas->width - edge;
    Rect box = {x - width / 2 - pad, 0.0f, ceilf(fminf(width, most)) + 2 * pad, row * (float)count + pad};
    box.y = t->card.y - box.h - ui_px(ui, 2.0f);
    box.x = roundf(fmaxf(edge, fminf(box.x, right - box.w)));
    draw_guide(ui, x, box.y + box.h, mark->foot > 0.0f ? mark->foot : t->epochs.y);
    canvas_shadow(ui->canvas, box, ui_px(ui, 6.0f), ui->scale);
    canvas_rounded(ui->canvas, box, ui_px(ui, 6.0f), ui->theme->text);
    for (int i = 0; i < count; i++) {
        Rect line = {box.x + pad, box.y + pad / 2 + row * (float)i, box.w - 2 * pad + 1.0f, row};
        text_draw_in(ui->text, ui->canvas, styles[i], line, ALIGN_LEFT, ui->theme->card, lines[i]);
    }
    ui_note(ui, "timeline-words", box);
}
