/* The colours of both themes, as the eye needs them (WCAG 2's contrast): words 4.5:1 and more on every ground that they
 * stand on, marks and lines 3:1; easy points stand out more than hard ones. */
#include "app/draw/marks.h"
#include "app/draw/theme.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/eyes.h"

#define TEXT 4.5
#define GRAPHIC 3.0

static const Theme *const THEMES[] = {&THEME_LIGHT, &THEME_DARK};

static void stands_out(const Theme *theme, const char *what, Color color, Color ground, double least) {
    double is = contrast(color, ground);
    if (!(is >= least))
        fail_msg("%s, %s: #%06x on #%06x is %.2f:1, not %.1f:1", theme->name, what, (unsigned)color & 0xffffff,
                 (unsigned)ground & 0xffffff, is, least);
}

static void words_can_be_read(void **state) {
    (void)state;
    for (int t = 0; t < 2; t++) {
        const Theme *m = THEMES[t];
        const Color grounds[] = {m->ground, m->card, m->chip}, under_hand[] = {m->chip_hover, m->chip_pressed};
        for (int i = 0; i < 3; i++) {
            stands_out(m, "text", m->text, grounds[i], TEXT);
            stands_out(m, "muted text", m->muted, grounds[i], TEXT);
            stands_out(m, "accent text", m->accent, grounds[i], TEXT);
            stands_out(m, "danger text", m->danger, grounds[i], TEXT);
            stands_out(m, "a third run's text", m->third, grounds[i], TEXT);
        }
        for (int i = 0; i < 2; i++)
            stands_out(m, "text under the hand", m->text, under_hand[i], TEXT);
        for (int shade = 0; shade < 3; shade++) /* at rest, hovered, pressed: as ui_button shades it */
            stands_out(m, "text on accent", m->on_accent,
                       color_mix(m->accent, m->text,
                                 shade == 0   ? 0.0f
                                 : shade == 1 ? 0.12f
                                              : 0.25f),
                       TEXT);
        stands_out(m, "a third run's letter", m->on_accent, m->third, TEXT);
        stands_out(m, "tooltip", m->card, m->text, TEXT);
        stands_out(m, "message", m->card, m->danger, TEXT);
        for (int k = 0; k < MAX_CLASSES; k++)
            for (int i = 1; i < 3; i++)
                stands_out(m, "a class's words", m->class_text[k], grounds[i], TEXT);
    }
}

static void lines_can_be_seen(void **state) {
    (void)state;
    for (int t = 0; t < 2; t++) {
        const Theme *m = THEMES[t];
        const Color grounds[] = {m->ground, m->card, m->region_neutral};
        for (int i = 0; i < 3; i++) {
            stands_out(m, "focus", m->focus_outer, grounds[i], GRAPHIC);
            stands_out(m, "boundary", m->boundary, grounds[i], GRAPHIC);
            stands_out(m, "ring", m->ring, grounds[i], GRAPHIC);
            stands_out(m, "a third run's boundary", m->third, grounds[i], GRAPHIC);
        }
        stands_out(m, "focus, both its lines", m->focus_outer, m->focus_inner, GRAPHIC);
        stands_out(m, "easy curve", m->curve_easy, m->card, GRAPHIC);
        stands_out(m, "threshold curve", m->curve_threshold, m->card, GRAPHIC);
        stands_out(m, "hard mark's edge", m->hard_edge, m->hard_fill, GRAPHIC);
        stands_out(m, "hard mark's edge on a card", m->hard_edge, m->card, GRAPHIC);
        for (int k = 0; k < MAX_CLASSES; k++) {
            stands_out(m, "hard mark's edge on its region", theme_hard_edge(m, k), m->region[k],
                       t == 0 ? 2.0 : GRAPHIC);
            stands_out(m, "boundary on a region", m->boundary, m->region[k], GRAPHIC);
            stands_out(m, "ring on a region", m->ring, m->region[k], GRAPHIC);
            stands_out(m, "a third run's boundary on a region", m->third, m->region[k], GRAPHIC);
            stands_out(m, "a second run's boundary on a region", m->accent, m->region[k], GRAPHIC);
            stands_out(m, "a class's line", m->class_line[k], m->card, GRAPHIC);
        }
    }
}

/* What the eye has of a mark: its fill, and its edge where that does not take from it. */
static double salience(Color fill, Color edge, bool edge_counts, Color ground) {
    return fmax(contrast(fill, ground), edge_counts ? contrast(edge, ground) : 0.0);
}

static void easy_points_stand_out_more_than_hard_ones(void **state) {
    (void)state;
    for (int t = 0; t < 2; t++) {
        const Theme *m = THEMES[t];
        for (int k = 0; k < MAX_CLASSES; k++)
            for (int neutral = 0; neutral < 2; neutral++) {
                Color ground = neutral ? m->region_neutral : m->region[k];
                double easy = salience(m->class_fill[k], m->class_edge[k], !m->edge_outside, ground);
                double hard = salience(m->hard_fill, m->hard_edge, true, ground);
                if (!(easy > hard * 1.2))
                    fail_msg("%s: class %d has %.2f:1 easy, %.2f:1 hard", m->name, k, easy, hard);
                assert_true(easy >= GRAPHIC);
                assert_true(m->easy_size >= m->hard_size);
            }
    }
    for (int k = 0; k < MAX_CLASSES; k++) { /* its pale edge is all that there is of a hard mark on dark ground */
        stands_out(&THEME_DARK, "hard mark", THEME_DARK.hard_edge, THEME_DARK.region[k], GRAPHIC);
        stands_out(&THEME_DARK, "easy mark", THEME_DARK.class_fill[k], THEME_DARK.region[k], TEXT);
    }
}

/* Two classes of one shape are far apart in colour for every eye, and in grey; any two differ in shape or in colour. */
static void classes_are_told_apart(void **state) {
    (void)state;
    static const double LEAST[EYE_COUNT] = {50.0, 45.0, 45.0, 17.0};
    for (int t = 0; t < 2; t++) {
        const Theme *m = THEMES[t];
        for (int a = 0; a < MAX_CLASSES; a++)
            for (int b = a + 1; b < MAX_CLASSES; b++) {
                double usual = eye_difference(m->class_fill[a], m->class_fill[b], EYE_USUAL);
                double regions = eye_difference(m->region[a], m->region[b], EYE_USUAL);
                if (!(usual > 19.0))
                    fail_msg("%s: classes %d and %d are %.1f apart", m->name, a, b, usual);
                if (!(regions > 2.3)) /* just to be seen */
                    fail_msg("%s: regions %d and %d are %.1f apart", m->name, a, b, regions);
                for (int eye = 0; eye < EYE_COUNT && mark_shape(a) == mark_shape(b); eye++) {
                    double is = eye_difference(m->class_fill[a], m->class_fill[b], eye);
                    if (!(is >= LEAST[eye]))
                        fail_msg("%s, %s: classes %d and %d have one shape and are %.1f apart", m->name, EYES[eye].name,
                                 a, b, is);
                }
            }
    }
}

/* A hard mark is pale and hollow whatever its class, and those of two classes of one shape are not the same. */
static void hard_marks_stay_hard(void **state) {
    (void)state;
    for (int t = 0; t < 2; t++) {
        const Theme *m = THEMES[t];
        double grey = contrast(m->hard_edge, m->hard_fill);
        for (int k = 0; k < MAX_CLASSES; k++) {
            Color edge = theme_hard_edge(m, k);
            double is = contrast(edge, m->hard_fill);
            stands_out(m, "hard mark's edge", edge, m->hard_fill, GRAPHIC);
            if (!(is < grey * 1.3))
                fail_msg("%s: the hard edge of class %d has %.2f:1, grey %.2f:1", m->name, k, is, grey);
            double hard = salience(m->hard_fill, edge, true, m->region[k]);
            double easy = salience(m->class_fill[k], m->class_edge[k], !m->edge_outside, m->region[k]);
            assert_true(easy > hard * 1.2);
            if (k >= MARK_SHAPES)
                assert_true(eye_difference(edge, theme_hard_edge(m, k - MARK_SHAPES), EYE_USUAL) > 6.0);
            else
                assert_int_equal(edge, m->hard_edge);
        }
    }
}

/* Pixels that are fill alone in the image at a whole pixel. */
static int filled(const MarkSprite *mark, Color fill) {
    int count = 0;
    for (int i = 0; i < mark->width * mark->height; i++)
        count += mark->pixels[i] == fill;
    return count;
}

/* With the edge outside, a mark's fill is as large as a mark's without an edge, and the edge goes round it. */
static void an_edge_outside_takes_nothing_from_the_fill(void **state) {
    (void)state;
    Status status = {0};
    const Color fill = 0xffff9a3c, edge = 0xff0a0e14;
    for (int shape = 0; shape < MARK_SHAPES; shape++) {
        MarkSprite plain, inside, outside;
        assert_true(mark_make(&plain, shape, 6, 0, fill, edge, &status) &&
                    mark_make(&inside, shape, 6, 1.5f, fill, edge, &status) &&
                    mark_make(&outside, shape, 6, -1.5f, fill, edge, &status));
        assert_int_equal(filled(&outside, fill), filled(&plain, fill));
        assert_true(filled(&inside, fill) < filled(&plain, fill));
        assert_true(filled(&outside, edge) > 0 || outside.width > plain.width || outside.height > plain.height);
        assert_true(outside.center_x > plain.center_x);
        mark_free(&plain);
        mark_free(&inside);
        mark_free(&outside);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_can_be_read),
        cmocka_unit_test(lines_can_be_seen),
        cmocka_unit_test(easy_points_stand_out_more_than_hard_ones),
        cmocka_unit_test(classes_are_told_apart),
        cmocka_unit_test(hard_marks_stay_hard),
        cmocka_unit_test(an_edge_outside_takes_nothing_from_the_fill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
