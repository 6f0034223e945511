#include "app/window/view_record.h"

#include "app/experiment/experiment.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const COLORS[PLOT_COLORS] = {"class",       "loss",        "admission",  "aum",    "confidence",
                                                "variability", "correctness", "forgetting", "tracin", "knn",
                                                "held-out",    "agreement",   "influence"};
static const char *const TOOLS[TOOL_COUNT] = {"move", "select", "add", "erase", "flip", "clean"};
static const char *const HIDDEN[] = {"hard", "test", "clean", "boundary", "regions", "differ", "other"};
enum { HIDDEN_KINDS = sizeof HIDDEN / sizeof *HIDDEN };
static const char *const PARTS[] = {"data",   "model",    "training", "compare", "pace",
                                    "export", "suspects", "network",  "map"};
enum { PART_KINDS = sizeof PARTS / sizeof *PARTS, LONGEST = 65536 };

/* The switch of each of those, in that order. */
static bool *hidden_switch(PlotHidden *h, int i) {
    bool *const switches[HIDDEN_KINDS] = {&h->hard,    &h->test,   &h->clean, &h->boundary,
                                          &h->regions, &h->differ, &h->other};
    return switches[i];
}

static bool *part_switch(Screen *s, int i) {
    PanelState *p = &s->panel;
    bool *const switches[PART_KINDS] = {&p->open[SECTION_DATA], &p->open[SECTION_MODEL], &p->open[SECTION_TRAINING],
                                        &p->compare.open,       &p->pace_open,           &p->saving.open,
                                        &p->suspects.open,      &p->network.large,       &s->map.open};
    return switches[i];
}

static int find_word(const char *const *words, int count, const char *word) {
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

/* ---- writing ---- */

static void put_numbers(LogText *t, const char *name, const double *numbers, int count) {
    log_put(t, "%s", name);
    for (int i = 0; i < count; i++) {
        log_put(t, " ");
        log_put_double(t, numbers[i]);
    }
    log_put(t, "\n");
}

static void put_hidden(LogText *t, PlotHidden hidden) {
    log_put(t, "hidden");
    for (int i = 0; i < HIDDEN_KINDS; i++)
        if (*hidden_switch(&hidden, i))
            log_put(t, " %s", HIDDEN[i]);
    for (int k = 0; k < MAX_CLASSES; k++)
        if (hidden.easy[k])
            log_put(t, " easy-%d", k);
    log_put(t, "\n");
}

static void put_points(LogText *t, const Screen *s) {
    if (s->hand.pinned >= 0)
        log_put(t, "pinned %lld\n", (long long)s->hand.pinned);
    if (s->selection.count == 0 || s->selection.count > VIEW_SELECTED)
        return;
    log_put(t, "selected");
    for (size_t i = 0; i < s->selection.points; i++)
        if (selection_has(&s->selection, i))
            log_put(t, " %zu", i);
    log_put(t, "\n");
}

static void put_plot(LogText *t, const Screen *s) {
    const PlotView *v = &s->hand.view;
    if (!v->follows)
        put_numbers(t, "view", (double[]){v->x, v->y, v->width, v->height, v->stretch}, 5);
    log_put(t, "aspect %s\ncolor %s\n", ASPECT_WORDS[s->hand.aspect], COLORS[s->hand.color]);
    put_hidden(t, s->hand.hidden);
    put_points(t, s);
    log_put(t, "tool %s\nbrush %d ", TOOLS[s->brush.tool], s->brush.class);
    log_put_float(t, s->brush.radius);
    log_put(t, "\n");
}

static void put_parts(LogText *t, const Screen *s) {
    Screen *own = (Screen *)s; /* whose switches are only read */
    log_put(t, "open");
    for (int i = 0; i < PART_KINDS; i++)
        if (*part_switch(own, i))
            log_put(t, " %s", PARTS[i]);
    log_put(t, "\n");
    if (s->panel.suspects.chosen)
        log_put(t, "by %s %d\n", MEASURE_NAMES[s->panel.suspects.by], s->panel.suspects.at_least);
    log_put(t, "run %d\n", s->panel.compare.run);
    if (s->timeline.span.chosen)
        put_numbers(t, "epochs", (double[]){s->timeline.span.from, s->timeline.span.to}, 2);
}

static void put_name(LogText *t, const char *name, const char *value) {
    if (!value || !value[0])
        return;
    log_put(t, "%s ", name);
    log_put_name(t, value);
    log_put(t, "\n");
}

static void put_format(LogText *t, const PointsFormat *format) {
    char name[32];
    for (int i = 0; i < POINTS_TEXTS; i++) {
        snprintf(name, sizeof name, "read %s", POINTS_TEXT_NAMES[i]);
        put_name(t, name, points_format_text(format, i));
    }
    if (format->classes > 0)
        log_put(t, "read classes %d\n", format->classes);
    if (format->skip_bad)
        log_put(t, "read skip-bad\n");
}

void view_record_put(LogText *t, const Screen *s, const Experiment *e, const ViewFacts *facts) {
    put_name(t, "title", facts->title);
    put_name(t, "file", facts->file);
    if (facts->file)
        log_put(t, "stamp %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", facts->stamp[0], facts->stamp[1],
                facts->stamp[2], facts->stamp[3]);
    log_put(t, "stands %u\nsteps %zu\n", facts->stands, facts->steps);
    if (e->look >= 0 && e->mode != MODE_REPLAY)
        log_put(t, "epoch %lld\n", (long long)e->look + 1);
    put_numbers(t, "speed", &e->speed, 1);
    put_plot(t, s);
    put_parts(t, s);
    put_name(t, "watch", facts->watch);
    put_name(t, "after", facts->after);
    put_format(t, &facts->format);
}

/* ---- reading ---- */

/* So many finite numbers, and nothing else. */
static bool take_numbers(const char *value, double *numbers, int count) {
    for (int i = 0; i < count; i++) {
        if ((i > 0 && !log_take(&value, " ")) || !log_take_double(&value, &numbers[i]))
            return false;
    }
    return *value == '\0';
}

static void take_name(const char *value, char *to, size_t size) {
    size_t length;
    char *name = log_take_name(&value, &length);
    if (name)
        snprintf(to, size, "%s", name);
    free(name);
}

/* What is read, of a line at a time. */
typedef struct Reading {
    Screen *screen;
    Experiment *experiment;
    ViewFacts *facts;
    PlotView view;
    int64_t pinned;
} Reading;

typedef void (*Take)(Reading *r, char *value);

static void take_title(Reading *r, char *value) {
    take_name(value, r->facts->title, sizeof r->facts->title);
}

static void take_file(Reading *r, char *value) {
    const char *c = value;
    size_t length;
    free(r->facts->file);
    r->facts->file = log_take_name(&c, &length);
    if (r->facts->file && r->facts->file[0] != '/') {
        free(r->facts->file);
        r->facts->file = NULL;
    }
}

static void take_stamp(Reading *r, char *value) {
    const char *c = value;
    uint64_t stamp[4];
    for (int i = 0; i < 4; i++)
        if ((i > 0 && !log_take(&c, " ")) || !log_take_whole(&c, UINT64_MAX, &stamp[i]))
            return;
    memcpy(r->facts->stamp, stamp, sizeof stamp);
}

static void take_stands(Reading *r, char *value) {
    uint64_t number;
    const char *c = value;
    if (log_take_whole(&c, UINT32_MAX, &number))
        r->facts->stands = (uint32_t)number;
}

static void take_steps(Reading *r, char *value) {
    uint64_t number;
    const char *c = value;
    if (log_take_whole(&c, UINT32_MAX, &number))
        r->facts->steps = (size_t)number;
}

static void take_watch(Reading *r, char *value) {
    take_name(value, r->facts->watch, sizeof r->facts->watch);
}

static void take_after(Reading *r, char *value) {
    take_name(value, r->facts->after, sizeof r->facts->after);
    if (strchr(r->facts->after, '/'))
        r->facts->after[0] = '\0';
}

static void take_read(Reading *r, char *value) {
    PointsFormat *format = &r->facts->format;
    uint64_t classes;
    size_t length;
    char *blank = strchr(value, ' ');
    const char *c = blank ? blank + 1 : "";
    if (blank)
        *blank = '\0';
    if (strcmp(value, "skip-bad") == 0)
        format->skip_bad = true;
    else if (strcmp(value, "classes") == 0 && log_take_whole(&c, MAX_CLASSES, &classes) && classes >= 2)
        format->classes = (int)classes;
    int i = find_word(POINTS_TEXT_NAMES, POINTS_TEXTS, value);
    char *text = i >= 0 && *c ? log_take_name(&c, &length) : NULL;
    if (text)
        points_format_tell(format, i, text);
    free(text);
}

static void take_epoch(Reading *r, char *value) {
    uint64_t number;
    const char *c = value;
    if (log_take_whole(&c, UINT32_MAX, &number) && number > 0)
        experiment_push(r->experiment, (Command){.kind = COMMAND_LOOK, .epoch = (int64_t)number - 1});
}

static void take_speed(Reading *r, char *value) {
    double speed;
    if (take_numbers(value, &speed, 1) && speed >= SPEED_MINIMUM && speed <= SPEED_MAXIMUM)
        r->experiment->speed = speed;
}

static void take_view(Reading *r, char *value) {
    double n[5];
    if (take_numbers(value, n, 5) && n[2] > 0.0 && n[3] > 0.0 && n[4] > 0.0)
        r->view = (PlotView){.x = n[0], .y = n[1], .width = n[2], .height = n[3], .stretch = n[4]};
}

static void take_aspect(Reading *r, char *value) {
    aspect_find(value, &r->screen->hand.aspect);
}

static void take_color(Reading *r, char *value) {
    int color = find_word(COLORS, PLOT_COLORS, value);
    if (color >= 0)
        r->screen->hand.color = (PlotColor)color;
}

static void take_hidden(Reading *r, char *value) {
    PlotHidden *hidden = &r->screen->hand.hidden;
    char *rest;
    for (char *word = strtok_r(value, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        int i = find_word(HIDDEN, HIDDEN_KINDS, word);
        uint64_t class;
        const char *c = word;
        if (i >= 0)
            *hidden_switch(hidden, i) = true;
        else if (log_take(&c, "easy-") && log_take_whole(&c, MAX_CLASSES - 1, &class))
            hidden->easy[class] = true;
    }
}

static void take_pinned(Reading *r, char *value) {
    uint64_t number;
    const char *c = value;
    size_t count = r->experiment->trainer->data.count;
    if (log_take_whole(&c, count - 1, &number))
        r->pinned = (int64_t)number;
}

static void take_selected(Reading *r, char *value) {
    static const size_t most = VIEW_SELECTED;
    uint32_t *samples = malloc(most * sizeof *samples);
    size_t count = 0, points = r->experiment->trainer->data.count;
    uint64_t number;
    const char *c = value;
    while (samples && count < most && log_take_whole(&c, points - 1, &number)) {
        samples[count++] = (uint32_t)number;
        if (!log_take(&c, " "))
            break;
    }
    Snapshot snapshot = experiment_snapshot(r->experiment);
    selection_follow(&r->screen->selection, &snapshot);
    if (count > 0)
        selection_use(&r->screen->selection, samples, count, SELECT_ONLY);
    free(samples);
}

static void take_tool(Reading *r, char *value) {
    int tool = find_word(TOOLS, TOOL_COUNT, value);
    if (tool >= 0)
        r->screen->brush.tool = (Tool)tool;
}

static void take_brush(Reading *r, char *value) {
    double n[2];
    if (!take_numbers(value, n, 2) || n[0] < 0.0 || n[0] >= r->experiment->trainer->data.classes ||
        n[1] < (double)BRUSH_LEAST || n[1] > (double)BRUSH_MOST)
        return;
    r->screen->brush.class = (int)n[0];
    r->screen->brush.radius = (float)n[1];
}

static void take_open(Reading *r, char *value) {
    char *rest;
    for (int i = 0; i < PART_KINDS; i++)
        *part_switch(r->screen, i) = false;
    for (char *word = strtok_r(value, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        int i = find_word(PARTS, PART_KINDS, word);
        if (i >= 0)
            *part_switch(r->screen, i) = true;
    }
}

static void take_by(Reading *r, char *value) {
    SuspectsState *s = &r->screen->panel.suspects;
    char *blank = strchr(value, ' ');
    uint64_t votes;
    const char *c = blank ? blank + 1 : "";
    if (blank)
        *blank = '\0';
    int by = find_word(MEASURE_NAMES, MEASURE_COUNT, value);
    if (by < 0)
        return;
    s->by = (Measure)by;
    s->chosen = true;
    if (log_take_whole(&c, 5, &votes))
        s->at_least = (int)votes;
}

static void take_run(Reading *r, char *value) {
    uint64_t run;
    const char *c = value;
    if (log_take_whole(&c, (uint64_t)r->experiment->other_count, &run))
        r->screen->panel.compare.run = (int)run;
}

static void take_epochs(Reading *r, char *value) {
    double n[2];
    if (take_numbers(value, n, 2) && n[0] >= 0.0 && n[1] > n[0] && n[1] <= (double)UINT32_MAX)
        r->screen->timeline.span = (TimelineSpan){true, n[0], n[1]};
}

static const struct {
    const char *name;
    Take take;
    bool fact;
} NAMES[] = {{"title", take_title, true},        {"stamp", take_stamp, true},    {"file", take_file, true},
             {"stands", take_stands, true},      {"steps", take_steps, true},    {"watch", take_watch, true},
             {"after", take_after, true},        {"read", take_read, true},      {"epoch", take_epoch, false},
             {"speed", take_speed, false},       {"view", take_view, false},     {"aspect", take_aspect, false},
             {"color", take_color, false},       {"hidden", take_hidden, false}, {"pinned", take_pinned, false},
             {"selected", take_selected, false}, {"tool", take_tool, false},     {"brush", take_brush, false},
             {"open", take_open, false},         {"by", take_by, false},         {"run", take_run, false},
             {"epochs", take_epochs, false}};

static void take_line(Reading *r, char *line) {
    char *blank = strchr(line, ' ');
    if (blank)
        *blank = '\0';
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (NAMES[i].fact == (r->facts != NULL) && strcmp(NAMES[i].name, line) == 0)
            NAMES[i].take(r, blank ? blank + 1 : line + strlen(line));
}

/* Whole lines of at most LONGEST bytes. */
static void read_lines(Reading *r, const char *text, size_t size) {
    char *line = malloc(LONGEST);
    while (line && size > 0) {
        const char *end = memchr(text, '\n', size);
        size_t length = end ? (size_t)(end - text) : size;
        if (length < LONGEST) {
            memcpy(line, text, length);
            line[length] = '\0';
            take_line(r, line);
        }
        text += end ? length + 1 : length;
        size -= end ? length + 1 : length;
    }
    free(line);
}

void view_record_facts(const char *text, size_t size, ViewFacts *facts) {
    *facts = (ViewFacts){.stands = 0};
    Reading r = {.facts = facts};
    read_lines(&r, text, size);
}

void view_record_free(ViewFacts *facts) {
    free(facts->file);
    points_format_free(&facts->format);
    facts->file = NULL;
}

void view_record_show(const char *text, size_t size, Screen *screen, Experiment *e) {
    Reading r = {.screen = screen, .experiment = e, .view = {.follows = true}, .pinned = -1};
    screen->hand.hidden = (PlotHidden){0};
    screen->timeline.span = (TimelineSpan){0};
    screen->panel.compare.run = 0;
    read_lines(&r, text, size);
    plot_hand_recall(&screen->hand, &e->trainer->data, e->data_version, &r.view, r.pinned);
}
