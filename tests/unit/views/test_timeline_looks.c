/* The timeline as it is seen: which curves there are and how they are told apart by every eye and in print, labels that
 * cover nothing, axes that fit. */
#include "app/views/view_timeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/plot/duel.h"
#include "app/plot/timeline_labels.h"
#include "app/ui/ui_widget.h"
#include "tests/support/eyes.h"
#include "tests/unit/views/timeline_scene.h"

/* ---- told apart ---- */

/* By something that is no colour: width, dashes, or the mark of a class. */
static bool differ_in_form(const TimelineCurve *a, const TimelineCurve *b) {
    return fabsf(a->width - b->width) >= 0.5f || memcmp(a->dashes, b->dashes, sizeof a->dashes) != 0 ||
           (a->class >= 0) != (b->class >= 0) || mark_shape(a->class) != mark_shape(b->class);
}

static void curves_are_told_apart_by_every_eye_and_in_print(void **state) {
    (void)state;
    const Theme *const themes[] = {&THEME_LIGHT, &THEME_DARK};
    const double close = 20.0; /* a thin line needs more than a patch, for which 2.3 is just to be seen */
    scene_end();
    scene_begin(MAX_CLASSES, 900, 150, 1.0f);
    scene_flat(6);
    scene.settings.flip = 0.1; /* all that there can be: */
    scene.settings.regularizer = REGULARIZER_LINEAR;
    scene.snapshot.test = &scene.test;
    Settings other = scene.settings;
    other.growing_factor = 2.0;
    static float losses[SCENE_POINTS];
    Snapshot second = scene.snapshot;
    second.settings = &other;
    scene.snapshot.loss = losses;
    scene.snapshot.others[0] = scene.snapshot.others[1] = &second;
    scene.snapshot.other_count = OTHER_RUNS;
    int pairs = 0, alike = 0;
    for (int t = 0; t < 2; t++) {
        TimelineCurve curves[TIMELINE_MOST_CURVES];
        int count = timeline_curves(themes[t], &scene.snapshot, 3, true, curves);
        assert_int_equal(count, MAX_CLASSES + 10 + 3 * OTHER_RUNS);
        for (int i = 0; i < count; i++) /* as each is when it is looked at */
            timeline_emphasise(&curves[i]);
        for (int i = 0; i < count; i++)
            for (int k = i + 1; k < count; k++)
                for (int eye = 0; eye < EYE_COUNT; eye++) {
                    const TimelineCurve *a = &curves[i], *b = &curves[k];
                    double d = eye_difference(a->line, b->line, eye);
                    pairs++;
                    if (d >= close || a->logarithmic != b->logarithmic) /* another strip is another place */
                        continue;
                    alike++;
                    if (!differ_in_form(a, b))
                        fail_msg("%s: '%s' and '%s' look the same (%s, %.1f)", themes[t]->name, a->name, b->name,
                                 EYES[eye].name, d);
                }
    }
    assert_true(alike > 20 && alike < pairs); /* it does find what is alike */
}

static bool has_name(const TimelineCurve *curves, int count, const char *name) {
    for (int i = 0; i < count; i++)
        if (strcmp(curves[i].name, name) == 0)
            return true;
    return false;
}

/* The weighted share is there for soft regularizers; that of SuperLoss, a mean of v's, has e at the top. */
static void soft_weights_have_a_curve(void **state) {
    (void)state;
    static const struct {
        int regularizer, order;
        const char *name, *value;
        double height;
    } cases[] = {{REGULARIZER_HARD, ORDER_EASY, NULL, NULL, 0.0},
                 {REGULARIZER_LINEAR, ORDER_ALL, NULL, NULL, 0.0},
                 {REGULARIZER_LINEAR, ORDER_EASY, "weight", "50.0 %", 0.5},
                 {REGULARIZER_SUPERLOSS, ORDER_EASY, "mean v", "0.500", 0.5 / 2.7182817}};
    scene.snapshot.weight_sum = 0.5 * (double)scene.snapshot.data->count;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        scene.settings.regularizer = cases[i].regularizer;
        scene.settings.order = cases[i].order;
        TimelineCurve curves[TIMELINE_MOST_CURVES];
        int count = timeline_curves(scene.theme, &scene.snapshot, -1, true, curves), found = 0;
        for (int k = 0; k < count; k++) {
            if (curves[k].kind != CURVE_WEIGHT)
                continue;
            found++;
            char text[32];
            timeline_value_text(&curves[k], timeline_value(&curves[k], NULL), text);
            assert_string_equal(curves[k].name, cases[i].name);
            assert_string_equal(text, cases[i].value);
            TimelineLayout t = {.shares = {0.0f, 0.0f, 100.0f, 1000.0f}};
            float y = timeline_value_y(&t, &curves[k], timeline_value(&curves[k], NULL));
            assert_true(fabs(1000.0 * (1.0 - cases[i].height) - (double)y) < 0.1);
        }
        assert_int_equal(found, cases[i].name != NULL);
    }
}

static void compared_curves_go_by_letter(void **state) {
    (void)state;
    TimelineCurve curves[TIMELINE_MOST_CURVES];
    scene.snapshot.test = &scene.test;
    int count = timeline_curves(scene.theme, &scene.snapshot, -1, true, curves);
    assert_true(has_name(curves, count, "easy") && has_name(curves, count, "test accuracy"));
    Settings plain = scene.settings;
    plain.order = ORDER_ALL;
    Snapshot others[OTHER_RUNS] = {scene.snapshot, scene.snapshot};
    others[0].settings = &plain;
    scene.snapshot.others[0] = &others[0];
    scene.snapshot.others[1] = &others[1];
    scene.snapshot.other_count = OTHER_RUNS;
    count = timeline_curves(scene.theme, &scene.snapshot, -1, true, curves);
    static const char *const there[] = {
        "A: easy", "A: test accuracy", "A: loss",          "B: test accuracy", "B: loss",
        "C: easy", "C: loss",          "C: test accuracy", "accuracy",         "λ"};
    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        if (!has_name(curves, count, there[i]))
            fail_msg("no curve '%s'", there[i]);
    assert_false(has_name(curves, count, "B: easy")); /* all at once: nothing is hard */
    scene.snapshot.other_count = 0;
}

/* The letters' colours: of badges, figures and dashed boundaries. In print two greys beside the darkest have less room;
 * the letter says the rest. */
static void three_runs_are_told_apart(void **state) {
    (void)state;
    const Theme *const themes[] = {&THEME_LIGHT, &THEME_DARK};
    for (int t = 0; t < 2; t++)
        for (int i = 0; i < DUEL_RUNS; i++)
            for (int k = i + 1; k < DUEL_RUNS; k++)
                for (int eye = 0; eye < EYE_COUNT; eye++) {
                    double d = eye_difference(duel_color(themes[t], i), duel_color(themes[t], k), eye);
                    if (!(d >= (eye == EYE_PRINT ? 10.0 : 20.0)))
                        fail_msg("%s: %c and %c (%s, %.1f)", themes[t]->name, 'A' + i, 'A' + k, EYES[eye].name, d);
                }
}

static void lines_and_words_have_contrast(void **state) {
    (void)state;
    const Theme *const themes[] = {&THEME_LIGHT, &THEME_DARK};
    scene_end();
    scene_begin(MAX_CLASSES, 900, 150, 1.0f);
    scene_flat(6);
    scene.settings.flip = 0.1;
    scene.snapshot.test = &scene.test;
    for (int t = 0; t < 2; t++) {
        const Theme *theme = themes[t];
        TimelineCurve curves[TIMELINE_MOST_CURVES];
        int count = timeline_curves(theme, &scene.snapshot, 3, true, curves);
        for (int i = 0; i < count; i++) {
            assert_true(contrast(curves[i].line, theme->card) >= 3.0);
            assert_true(contrast(curves[i].line, theme->past) >= 3.0);
            assert_true(contrast(curves[i].text, theme->card) >= 4.5);
        }
        assert_true(contrast(theme->muted, theme->past) >= 4.5); /* the strips' names */
        assert_true(contrast(theme->warn, theme->card) >= 3.0);
        assert_true(contrast(theme->earlier, theme->card) >= 3.0);
    }
}

/* ---- dashes, seen in pixels ---- */

static TimelineLayout layout_now(void) {
    TimelineLayout t = timeline_lay_out(scene.scale, scene.card, scene.timeline.one_strip, 104.0f, &scene.timeline.span,
                                        &scene.snapshot);
    Rect strips = widget("timeline"); /* the gutter as it was drawn */
    t.shares.w = t.lane.w = t.logs.w = t.epochs.w = strips.w;
    TimelineCurve curves[TIMELINE_MOST_CURVES];
    int count = timeline_curves(scene.theme, &scene.snapshot, scene.timeline.pinned, t.logs.h > 0.0f, curves);
    timeline_fit_logs(&t, curves, count);
    return t;
}

/* Share of the columns of a flat curve between epochs 1.2 and 3.8 that show its colour, and how often that changes. */
static float shown_at(float y, Color color, int *changes) {
    TimelineLayout t = layout_now();
    int with = 0, all = 0, before = -1;
    *changes = 0;
    for (float x = timeline_x(&t, 1.2); x < timeline_x(&t, 3.8); x++) {
        bool is = false;
        for (int row = -1; row <= 1; row++)
            is = is || is_near(pixel(x, y + (float)row), color, 90);
        with += is;
        all++;
        *changes += before >= 0 && is != (before == 1);
        before = is;
    }
    return (float)with / (float)all;
}

static float share_y(double share) {
    TimelineLayout t = layout_now();
    return timeline_share_y(&t, share);
}

static float log_y(double value) {
    TimelineLayout t = layout_now();
    return timeline_log_y(&t, value);
}

static void curves_are_solid_and_dashed(void **state) {
    (void)state;
    int changes;
    scene.settings.flip = 0.2;
    scene.snapshot.test = &scene.test;
    frame();
    const Theme *theme = scene.theme;
    assert_true(shown_at(share_y(0.25), theme->text, &changes) == 1.0f && changes == 0);
    float part = shown_at(share_y(0.5), theme->line_accuracy, &changes);
    assert_true(part > 0.5f && part < 0.95f && changes > 20);
    part = shown_at(share_y(0.65), theme->line_accuracy, &changes);
    assert_true(part > 0.4f && part < 0.9f && changes > 20);
    part = shown_at(share_y(0.8), theme->danger, &changes);
    assert_true(part > 0.6f && part < 0.97f && changes > 12);
    part = shown_at(share_y(0.1), theme->danger, &changes);
    assert_true(part > 0.2f && part < 0.9f && changes > 30);
    assert_true(shown_at(log_y(0.7), theme->line_loss, &changes) == 1.0f);
    part = shown_at(log_y(0.9), theme->line_loss, &changes);
    assert_true(part > 0.4f);
    assert_true(shown_at(log_y(0.2), theme->text, &changes) == 1.0f);
}

static void dashes_go_on_over_many_short_segments(void **state) {
    (void)state;
    scene.settings.epochs = 2000;
    scene.snapshot.test = &scene.test;
    scene_flat(1200);
    frame();
    TimelineLayout t = layout_now();
    int with = 0, changes = 0, all = 0, before = -1;
    for (float x = timeline_x(&t, 100); x < timeline_x(&t, 1000); x++, all++) {
        bool is = is_near(pixel(x, timeline_share_y(&t, 0.65)), scene.theme->line_accuracy, 90);
        with += is;
        changes += before >= 0 && is != (before == 1);
        before = is;
    }
    assert_true(with > all * 4 / 10 && with < all * 9 / 10 && changes > 40);
}

static void curves_without_a_meaning_are_left_out(void **state) {
    (void)state;
    int changes;
    frame(); /* no test points, no label known to be wrong */
    assert_true(shown_at(share_y(0.8), scene.theme->danger, &changes) == 0.0f);
    assert_true(shown_at(share_y(0.65), scene.theme->line_accuracy, &changes) == 0.0f);
    scene.settings.outliers = 0.1;
    for (int i = 0; i < 6; i++)
        scene.records[i].label_precision = NAN; /* nothing is hard: no point of the curve */
    scene.snapshot.label_precision = NAN;
    frame();
    assert_true(shown_at(share_y(0.8), scene.theme->danger, &changes) == 0.0f);
    assert_true(shown_at(share_y(0.1), scene.theme->danger, &changes) > 0.2f);
    scene.settings.order = ORDER_ALL; /* λ decides nothing */
    TimelineCurve curves[TIMELINE_MOST_CURVES];
    int count = timeline_curves(scene.theme, &scene.snapshot, -1, true, curves);
    for (int i = 0; i < count; i++)
        assert_int_not_equal(curves[i].kind, CURVE_THRESHOLD);
}

/* ---- axes ---- */

static void shares_and_losses_keep_their_room(void **state) {
    (void)state;
    scene.records[2].mean_loss = 8.0;
    for (uint32_t i = 0; i < 6; i++)
        scene.records[i].threshold = pow(10.0, 3.0 * i); /* a million times the largest loss, and more */
    scene_done(6);
    frame();
    TimelineLayout t = layout_now();
    assert_true(t.high <= 1000.0 && t.high >= 8.0 && t.low <= 0.7);
    assert_true(timeline_share_y(&t, 0.0) - timeline_share_y(&t, 1.0) == t.shares.h);
    assert_true(is_there("timeline-exit") || is_there("timeline-label-3")); /* its number */
    int changes;
    assert_true(shown_at(share_y(0.25), scene.theme->text, &changes) == 1.0f);
    for (float x = timeline_x(&t, 4.0); x < timeline_x(&t, 5.8); x++) /* λ is not drawn over the marks' lane */
        for (float y = t.lane.y; y < t.lane.y + t.lane.h - 8.0f; y++)
            assert_false(is_near(pixel(x, y), scene.theme->text, 60));
}

/* Left of the curves' end there is room for the words: they stand where λ leaves, and nowhere else. */
static void a_threshold_that_leaves_says_its_number(void **state) {
    (void)state;
    scene.settings.epochs = 60;
    for (uint32_t i = 0; i < 60; i++) {
        scene.records[i] = (HistoryRecord){.threshold = 0.1 * pow(1.5, i), .mean_loss = 0.5, .accuracy = 0.5};
    }
    scene_done(60);
    frame();
    Rect words = widget("timeline-exit");
    TimelineLayout t = layout_now();
    float leaves = timeline_x(&t, 1.0 + log(t.high / 0.1) / log(1.5));
    assert_true(words.x > leaves && words.x < leaves + 30.0f);
    assert_true(words.x + words.w < timeline_x(&t, 60.0));
}

static void a_peak_of_the_pinned_point_is_seen(void **state) {
    (void)state;
    TimelineLayout t = {.logs = {0, 0, 100, 36}, .from = 0, .to = 10};
    static float losses[SCENE_POINTS];
    losses[3] = 2700.0f; /* as it is now; of no record */
    scene.snapshot.loss = losses;
    scene.history.count = 0;
    TimelineCurve curves[TIMELINE_MOST_CURVES];
    int count = timeline_curves(scene.theme, &scene.snapshot, 3, true, curves);
    timeline_fit_logs(&t, curves, count);
    assert_true(t.high >= 2700.0);
}

static void the_axis_fits_what_has_happened(void **state) {
    (void)state;
    static const struct {
        int planned, done;
        double least, most; /* of the axis */
    } CASES[] = {{10, 0, 10, 10},      {10, 10, 10, 10},         {60, 1, 60, 60},      {1000000, 1, 10, 10},
                 {1000000, 9, 10, 15}, {1000000, 500, 550, 900}, {400, 150, 400, 400}, {10, 14, 15, 25}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        scene.settings.epochs = CASES[i].planned;
        scene_flat((uint32_t)CASES[i].done);
        TimelineLayout t =
            timeline_lay_out(scene.scale, scene.card, false, 104.0f, &scene.timeline.span, &scene.snapshot);
        assert_true(t.to >= CASES[i].least && t.to <= CASES[i].most);
        if (CASES[i].done > 0) /* and the history has the greater part of it, or all is on show */
            assert_true(t.to == (double)CASES[i].planned || CASES[i].done * 10 >= (int)t.to);
    }
}

static void what_comes_is_dotted(void **state) {
    (void)state;
    scene.snapshot.ahead_count = 3;
    for (int i = 0; i < 3; i++)
        scene.snapshot.ahead[i] = 0.3 * (i + 1);
    frame();
    TimelineLayout t = layout_now();
    for (int i = 1; i < 3; i++) /* the first is under the labels */
        assert_true(is_near(pixel(timeline_x(&t, 7.0 + i), timeline_log_y(&t, 0.3 * (i + 1))), scene.theme->text, 90));
    Rect words = widget("timeline-ahead");
    assert_true(words.x > timeline_x(&t, 9.0));
    scene.settings.pace = PACE_SHARE;
    frame();
    for (int i = 1; i < 3; i++)
        assert_true(
            is_near(pixel(timeline_x(&t, 7.0 + i), timeline_share_y(&t, 0.3 * (i + 1))), scene.theme->text, 90));
    scene.settings.order = ORDER_ALL;
    frame();
    assert_false(is_there("timeline-ahead"));
    assert_false(is_near(pixel(timeline_x(&t, 9.0), timeline_share_y(&t, 0.9)), scene.theme->text, 90));
}

static void one_strip_where_there_is_no_room_for_two(void **state) {
    (void)state;
    scene.timeline.one_strip = true;
    frame();
    assert_false(is_there("timeline-logs"));
    TimelineLayout t = layout_now();
    assert_true(t.logs.h == 0.0f && t.shares.h > 90.0f);
    scene.timeline.one_strip = false;
    scene.card.h = 80.0f;
    frame();
    t = layout_now();
    assert_true(t.logs.h == 0.0f && t.shares.h >= 30.0f);
}

/* ---- labels ---- */

static uint32_t chance_state = 1;

static double chance(void) {
    chance_state = chance_state * 1664525u + 1013904223u;
    return (double)(chance_state >> 8) / 16777216.0;
}

static bool overlap(Rect a, Rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* All that is written on the timeline, as the widget list has it. */
static void nothing_written_overlaps(const char *what) {
    static const char *const WORDS[] = {"timeline-label-", "timeline-shares", "timeline-logs", "timeline-ahead",
                                        "timeline-exit",   "timeline-pill",   "timeline-fit"};
    Rect rects[32];
    int count = 0, labels = 0;
    for (int i = 0; i < scene.ui.widget_count; i++)
        for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
            if (strncmp(scene.ui.widgets[i].name, WORDS[k], strlen(WORDS[k])) == 0) {
                labels += k == 0;
                rects[count++] = scene.ui.widgets[i].rect;
            }
    for (int i = 0; i < count; i++) {
        Rect r = rects[i], c = scene.card;
        if (r.x < c.x || r.y < c.y || r.x + r.w > c.x + c.w + 0.5f || r.y + r.h > c.y + c.h + 0.5f)
            fail_msg("%s: %.0f,%.0f %.0fx%.0f leaves the card", what, (double)r.x, (double)r.y, (double)r.w,
                     (double)r.h);
        for (int k = i + 1; k < count; k++)
            if (overlap(r, rects[k]))
                fail_msg("%s: %.0f,%.0f %.0fx%.0f and %.0f,%.0f %.0fx%.0f", what, (double)r.x, (double)r.y, (double)r.w,
                         (double)r.h, (double)rects[k].x, (double)rects[k].y, (double)rects[k].w, (double)rects[k].h);
    }
    assert_true(labels <= TIMELINE_LABELS);
    assert_true(labels >= 1);
}

static void labels_never_overlap(void **state) {
    (void)state;
    static const int SIZES[][2] = {{608, 80}, {624, 99}, {912, 150}, {560, 112}, {1400, 225}, {1800, 320}};
    scene_end();
    for (int run = 0; run < 220; run++) {
        int classes = 2 + run % 7, size = run % 6, done = 1 + (int)(chance() * 12.0);
        scene_begin(classes, SIZES[size][0], SIZES[size][1], run % 2 ? 2.0f : 1.0f);
        scene.settings.flip = run % 3 ? 0.0 : 0.1;
        scene.snapshot.test = run % 5 ? &scene.test : NULL;
        scene.settings.pace = run % 4 ? PACE_MULTIPLICATIVE : PACE_SHARE;
        bool together = run % 11 == 0;
        for (int i = 0; i < done; i++) {
            HistoryRecord *r = &scene.records[i];
            *r = (HistoryRecord){.threshold = pow(10.0, 8.0 * chance() - 4.0),
                                 .easy = together ? SCENE_POINTS : (size_t)(chance() * SCENE_POINTS),
                                 .mean_loss = pow(10.0, 3.0 * chance() - 2.0),
                                 .accuracy = chance(),
                                 .test_accuracy = chance(),
                                 .test_loss = pow(10.0, 3.0 * chance() - 2.0),
                                 .label_precision = chance(),
                                 .label_recall = run % 2 ? 1.0 : chance()};
            for (int k = 0; k < classes; k++)
                r->class_easy[k] =
                    (uint32_t)((together ? 1.0 : chance() * chance()) * (double)scene.data.class_count[k]);
        }
        scene_done((uint32_t)done);
        scene.snapshot.ahead_count = run % 10;
        for (int i = 0; i < scene.snapshot.ahead_count; i++)
            scene.snapshot.ahead[i] = chance();
        if (run % 3 == 1)
            scene.timeline.span = (TimelineSpan){true, 1.0, 6.0};
        frame();
        char what[64];
        snprintf(what, sizeof what, "run %d: %d classes, %dx%d", run, classes, SIZES[size][0], SIZES[size][1]);
        nothing_written_overlaps(what);
        Rect strips = widget("timeline"); /* and with the pointer at any place */
        move_to(strips.x + strips.w * (float)chance(), strips.y + strips.h * (float)chance());
        nothing_written_overlaps(what);
        scene_end();
    }
    scene_begin(2, 900, 150, 1.0f);
}

/* Labels of the frame as text. */
static int labels_now(TimelineLabel labels[TIMELINE_LABELS], int hot) {
    TimelineLayout t = layout_now();
    static TimelineCurve curves[TIMELINE_MOST_CURVES];
    TimelineWords words = {.curves = curves, .hot = hot, .without = -1};
    words.count = timeline_curves(scene.theme, &scene.snapshot, -1, t.logs.h > 0.0f, curves);
    Pen pen = ui_pen(&scene.ui);
    return timeline_labels(&pen, &t, &words, timeline_x(&t, 6.0), labels);
}

static bool says(const TimelineLabel *labels, int count, const char *name, const char *value) {
    for (int i = 0; i < count; i++)
        if (strcmp(labels[i].name, name) == 0 && strcmp(labels[i].value, value) == 0)
            return true;
    return false;
}

static void classes_that_end_together_share_a_label(void **state) {
    (void)state;
    TimelineLabel labels[TIMELINE_LABELS];
    frame();
    int count = labels_now(labels, -1); /* all a quarter */
    assert_true(says(labels, count, "easy, each class", "25.0 %") || says(labels, count, "each class", "25.0 %"));
    assert_int_equal(count, 4);
    count = labels_now(labels, 0); /* the pointer is on one of them */
    assert_true(says(labels, count, "class 0", "25.0 %"));
    for (int i = 0; i < 6; i++)
        scene.records[i].class_easy[1] = (uint32_t)scene.data.class_count[1];
    static float v[SCENE_POINTS];
    scene.snapshot.v = v; /* counted as it is now: class 1 alone */
    for (int i = 0; i < SCENE_POINTS; i++)
        v[i] = (float)(i % 2);
    frame();
    count = labels_now(labels, -1);
    assert_true(says(labels, count, "class 1", "100 %"));
    assert_true(says(labels, count, "class 0", "0 %"));
    assert_true(says(labels, count, "easy", "25.0 %"));
    assert_true(says(labels, count, "accuracy", "50.0 %"));
    assert_true(says(labels, count, "loss", "0.700"));
    assert_true(says(labels, count, "λ", "0.200"));
    for (int i = 1; i < count; i++) /* in the order of the curves */
        assert_true(labels[i].at >= labels[i - 1].at && labels[i].rect.y >= labels[i - 1].rect.y + 13.0f);
}

/* Looking back, and under the pointer, they give that epoch's values, at the curves' ends. */
static void labels_say_the_epoch_that_is_looked_at(void **state) {
    (void)state;
    scene.records[2].easy = SCENE_POINTS;
    frame();
    size_t bytes = sizeof(uint32_t) * (size_t)scene.canvas.width * (size_t)scene.canvas.height;
    uint32_t *before = malloc(bytes);
    assert_non_null(before);
    memcpy(before, scene.canvas.pixels, bytes);
    Rect strips = widget("timeline");
    move_to(strips.x + strips.w * 0.3f, strips.y + 10.0f);
    assert_int_equal(scene.timeline.hovered, 2);
    int differ = 0;
    for (int i = 0; i < 8; i++) {
        char name[32];
        snprintf(name, sizeof name, "timeline-label-%d", i);
        Rect r = found(name);
        for (float y = r.y; y < r.y + r.h; y++)
            for (float x = r.x; x < r.x + r.w; x++)
                differ += (before[(int)y * scene.canvas.width + (int)x] | 0xff000000) != pixel(x, y);
    }
    free(before);
    assert_true(differ > 10);
}

/* No peak of many records is lost, however few pixels they have. */
static void a_single_epoch_of_many_is_seen(void **state) {
    (void)state;
    scene.settings.epochs = 4000;
    scene_flat(4000);
    scene.records[1777].accuracy = 1.0;
    frame();
    TimelineLayout t = layout_now();
    bool seen_peak = false;
    for (float x = timeline_x(&t, 1778.0) - 2.0f; x < timeline_x(&t, 1778.0) + 3.0f; x++)
        for (float y = t.shares.y + 1.0f; y < t.shares.y + 8.0f; y++)
            seen_peak = seen_peak || is_near(pixel(x, y), scene.theme->line_accuracy, 120);
    assert_true(seen_peak);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)

/* Curves of many classes are thin, without marks; those with a label of their own and the one under the pointer are
 * not, and the pointer's is named. */
static void many_classes_are_no_tangle(void **state) {
    (void)state;
    for (int classes = 8; classes <= MAX_CLASSES; classes += 12) {
        bool many = classes > 8;
        TimelineCurve curves[TIMELINE_MOST_CURVES];
        scene_end();
        scene_begin(classes, 900, 150, 1.0f);
        scene_flat(9);
        for (int i = 0; i < 9; i++)
            for (int k = 0; k < classes; k++)
                scene.records[i].class_easy[k] = (uint32_t)(scene.data.class_count[k] * (size_t)(k + 1)) / 45;
        static float v[SCENE_POINTS]; /* the same shares now */
        size_t met[MAX_CLASSES] = {0};
        for (int i = 0; i < SCENE_POINTS; i++) {
            int k = scene.data.label[i];
            v[i] = met[k]++ < scene.records[8].class_easy[k];
        }
        scene.snapshot.v = v;
        frame();
        int count = timeline_curves(scene.theme, &scene.snapshot, -1, true, curves), thin = 0, found = -1;
        for (int i = 0; i < count; i++) {
            thin += curves[i].thin;
            found = curves[i].class == classes - 1 ? i : found;
        }
        assert_int_equal(thin, many ? classes : 0);
        assert_true(curves[found].width == (many ? 0.75f : 1.25f));
        timeline_emphasise(&curves[found]);
        assert_true(curves[found].width == (many ? 1.75f : 1.25f) && !curves[found].thin);
        TimelineLabel labels[TIMELINE_LABELS];
        TimelineLayout t = layout_now();
        TimelineWords words = {.curves = curves, .count = count, .hot = found, .without = -1};
        Pen pen = ui_pen(&scene.ui);
        int said = timeline_labels(&pen, &t, &words, t.shares.x + t.shares.w, labels), named = 0;
        assert_true(said <= TIMELINE_LABELS);
        for (int i = 0; i < said; i++)
            named += labels[i].curve == found && strcmp(labels[i].name, curves[found].name) == 0;
        assert_int_equal(named, 1);
        /* under the pointer its line is wide, and has marks, where it was thin */
        float y = timeline_value_y(&t, &curves[found], timeline_value(&curves[found], NULL));
        size_t before = 0, after = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (float x = t.shares.x + 20.0f; x < t.shares.x + t.shares.w * 0.4f; x += 1.0f)
                for (float up = -3.0f; up <= 3.0f; up += 1.0f)
                    *(pass ? &after : &before) += is_near(pixel(x, y + up), scene.theme->class_line[classes - 1], 40);
            scene.input.mouse_x = t.shares.x + t.shares.w * 0.45f;
            scene.input.mouse_y = y;
            scene.input.mouse_inside = true;
            frame();
            frame();
        }
        if (many)
            assert_true(after > before + 40);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(curves_are_told_apart_by_every_eye_and_in_print),
        TEST(three_runs_are_told_apart),
        TEST(compared_curves_go_by_letter),
        TEST(soft_weights_have_a_curve),
        TEST(lines_and_words_have_contrast),
        TEST(many_classes_are_no_tangle),
        TEST(curves_are_solid_and_dashed),
        TEST(dashes_go_on_over_many_short_segments),
        TEST(curves_without_a_meaning_are_left_out),
        TEST(shares_and_losses_keep_their_room),
        TEST(a_threshold_that_leaves_says_its_number),
        TEST(a_peak_of_the_pinned_point_is_seen),
        TEST(the_axis_fits_what_has_happened),
        TEST(what_comes_is_dotted),
        TEST(one_strip_where_there_is_no_room_for_two),
        TEST(labels_never_overlap),
        TEST(classes_that_end_together_share_a_label),
        TEST(labels_say_the_epoch_that_is_looked_at),
        TEST(a_single_epoch_of_many_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
