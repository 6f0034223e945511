/* The figures of a run besides its plot: what they show against the run's own numbers, and how they look. In this room
 * for the golden pictures' PNGs. */
#include "tests/support/golden_picture.h"

#include "app/draw/draw_list.h"
#include "tests/support/figure_run.h"

enum { WIDTH = 640, HEIGHT = 480 };

static FigureRun run;
static Picture picture;
static DrawList list;

static void begin(const char *changes[][2], int count) {
    Settings settings;
    Status status = {0};
    settings_default(&settings);
    settings.samples = 600;
    settings.flip = 0.05;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < PROPERTY_COUNT; k++)
            if (strcmp(PROPERTIES[k].name, changes[i][0]) == 0)
                assert_true(property_parse(&settings, &PROPERTIES[k], changes[i][1], &status));
    figure_run_open(&run, &settings);
}

static void draw_high(FigureKind figure, int height) {
    picture_close(&picture);
    draw_list_free(&list);
    figure_run_draw(&run, &picture, figure, WIDTH, height, 1.0f, &list);
}

static void draw(FigureKind figure) {
    draw_high(figure, HEIGHT);
}

static void end(void) {
    picture_close(&picture);
    draw_list_free(&list);
    figure_run_close(&run);
}

/* The number of items of a kind and a colour from index on; *first: the first of them. */
static int items(DrawKind kind, Color color, const DrawItem *found[64]) {
    int count = 0;
    for (size_t i = 0; i < list.count && count < 64; i++)
        if (list.items[i].kind == kind && list.items[i].color == color)
            found[count++] = &list.items[i];
    return count;
}

/* Whether the figure has these words. */
static bool says(const char *words) {
    for (size_t i = 0; i < list.text_count; i++)
        if (strcmp(list.bytes + list.texts[i].start, words) == 0)
            return true;
    return false;
}

/* Where the recorded line of that look is that has so many points. */
static const float *line_of(Color color, float width, size_t points) {
    for (size_t i = 0; i < list.count; i++) {
        const DrawItem *item = &list.items[i];
        if (item->kind == DRAW_LINES && item->color == color && item->width == width && item->count == points)
            return list.points + 2 * item->first;
    }
    fail_msg("there is no such line of %zu points", points);
    return NULL;
}

/* ---- the histogram ---- */

/* Counted the slow way. */
static void count_losses(size_t easy[LOSS_ALL_BINS], size_t all[LOSS_ALL_BINS]) {
    memset(easy, 0, LOSS_ALL_BINS * sizeof *easy);
    memset(all, 0, LOSS_ALL_BINS * sizeof *all);
    for (size_t i = 0; i < run.snapshot.data->count; i++) {
        int bin = 0;
        while (bin < LOSS_ALL_BINS - 1 && (double)run.snapshot.loss[i] >= (double)(float)loss_bin_high(bin))
            bin++;
        all[bin]++;
        easy[bin] += run.snapshot.v[i] > 0.0f;
    }
}

static void bars_are_as_high_as_their_bins_are_full(void **state) {
    (void)state;
    begin(NULL, 0);
    draw(FIGURE_HISTOGRAM);
    size_t easy[LOSS_ALL_BINS], all[LOSS_ALL_BINS], most = 0;
    count_losses(easy, all);
    for (int b = 1; b < LOSS_ALL_BINS - 1; b++)
        most = all[b] > most ? all[b] : most;
    const float left = 72.0f, wide = (640.0f - 52.0f - 16.0f - 20.0f) / LOSS_BINS, top = 64.0f;
    const DrawItem *grey[64], *of_class[2][64];
    int greys = items(DRAW_RECT, THEME_LIGHT.hard_edge, grey), counts[2];
    float foot = 0.0f;
    for (int k = 0; k < 2; k++)
        counts[k] = items(DRAW_RECT, THEME_LIGHT.class_fill[k], of_class[k]);
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < counts[k] - 1; i++) /* the last is the key's */
            foot = fmaxf(foot, of_class[k][i]->rect.y + of_class[k][i]->rect.h);
    size_t seen = 0;
    for (int b = 1; b < LOSS_ALL_BINS; b++) {
        float middle = left + wide * ((float)b - 0.5f), colored = 0.0f, pale = 0.0f;
        for (int k = 0; k < 2; k++)
            for (int i = 0; i < counts[k] - 1; i++)
                if (rect_has((Rect){of_class[k][i]->rect.x, 0.0f, of_class[k][i]->rect.w, 480.0f}, middle, 1.0f))
                    colored += of_class[k][i]->rect.h;
        for (int i = 0; i < greys - 1; i++)
            if (rect_has((Rect){grey[i]->rect.x, 0.0f, grey[i]->rect.w, 480.0f}, middle, 1.0f))
                pale += grey[i]->rect.h;
        float unit = (foot - top) / (float)most;
        if (all[b] == 0) {
            assert_true(colored + pale == 0.0f);
            continue;
        }
        assert_float_equal(colored + pale, fmaxf(1.0f, unit * (float)all[b]), 0.02);
        assert_float_equal(colored, unit * (float)easy[b], 1.0);
        seen += all[b];
    }
    assert_int_equal(seen + all[0], 600);
    end();
}

static void the_line_stands_at_the_threshold(void **state) {
    (void)state;
    begin(NULL, 0);
    draw(FIGURE_HISTOGRAM);
    const float left = 72.0f, wide = 640.0f - 52.0f - 16.0f - 20.0f;
    float x = left + wide * (float)(log(run.snapshot.threshold / 1e-6) / log(1e8));
    const DrawItem *ink[64];
    int count = items(DRAW_RECT, THEME_LIGHT.text, ink), found = 0;
    for (int i = 0; i < count; i++)
        found += ink[i]->rect.w == 2.0f && fabsf(ink[i]->rect.x + 1.0f - x) <= 0.5f && ink[i]->rect.h > 200.0f;
    assert_int_equal(found, 1);
    assert_true(says("points") && says("loss of each point (logarithmic)") && says("easy, class 0") &&
                says("hard (v = 0)") && says("threshold λ = 1.49") && says("0.01") && says("100"));
    end();
}

static void a_soft_regularizer_has_its_curves(void **state) {
    (void)state;
    const char *changes[][2] = {{"regularizer", "linear"}};
    begin(changes, 1);
    draw(FIGURE_HISTOGRAM);
    assert_true(says("v: weight of a loss, 0 to 1") && says("F: latent loss"));
    const float *v = line_of(THEME_LIGHT.text, 2.0f, 97);
    assert_true(v[1] < v[2 * 96 + 1]); /* falls */
    end();
}

/* ---- the timeline ---- */

static void curves_go_through_the_traces_values(void **state) {
    (void)state;
    begin(NULL, 0);
    draw(FIGURE_TIMELINE);
    const History *h = &run.history;
    const DrawItem *grid[64];
    assert_true(items(DRAW_RECT, THEME_LIGHT.line, grid) >= 3); /* 0, 50 and 100 % come first */
    float zero = grid[0]->rect.y + 0.5f, whole = grid[2]->rect.y + 0.5f, left = grid[0]->rect.x;
    float each = grid[0]->rect.w / (float)run.settings.epochs;
    const float *easy = line_of(THEME_LIGHT.text, 2.5f, h->count), *lambda = line_of(THEME_LIGHT.text, 2.25f, h->count);
    const float *loss = line_of(THEME_LIGHT.line_loss, 1.75f, h->count);
    double high = h->records[0].threshold, low = h->records[h->count - 1].threshold;
    float slope = (lambda[2 * h->count - 1] - lambda[1]) / (float)(log(low) - log(high));
    for (size_t i = 0; i < h->count; i++) {
        const HistoryRecord *r = &h->records[i];
        float share = (float)r->easy / 600.0f;
        assert_float_equal(easy[2 * i], left + each * (float)(i + 1), 0.01);
        assert_float_equal(easy[2 * i + 1], zero + (whole - zero) * share, 0.51); /* a grid line is on whole pixels */
        assert_float_equal(lambda[2 * i + 1], lambda[1] + slope * (float)(log(r->threshold) - log(high)), 0.01);
        assert_float_equal(loss[2 * i + 1], lambda[1] + slope * (float)(log(r->mean_loss) - log(high)), 0.01);
    }
    assert_true(slope < 0.0f);
    assert_true(says("share of points") && says("loss and threshold λ (logarithmic)") && says("epoch") &&
                says("threshold λ") && says("easy, class 1") && says("precision") && says("recall"));
    end();
}

/* In a figure that has no room for the strip of losses, nor has its key. */
static void a_low_timeline_lists_what_it_shows(void **state) {
    (void)state;
    begin(NULL, 0);
    int with = 0, without = 0;
    for (int height = 300; height >= 140; height -= 10) {
        draw_high(FIGURE_TIMELINE, height);
        bool losses = says("loss and threshold λ (logarithmic)");
        assert_true(says("threshold λ") == losses && says("loss") == losses);
        with += losses;
        without += !losses && says("easy, class 1");
    }
    assert_true(with > 2 && without > 2);
    end();
}

/* ---- the map ---- */

static void points_lie_at_their_variability_and_confidence(void **state) {
    (void)state;
    begin(NULL, 0);
    draw(FIGURE_MAP);
    float end_of_axis = picture.map.end, x0 = 0.0f, y0 = 0.0f, x1 = 0.0f, y1 = 0.0f;
    const DrawItem *frames[64];
    assert_true(items(DRAW_FRAME, THEME_LIGHT.frame, frames) >= 1 || items(DRAW_RECT, THEME_LIGHT.frame, frames) >= 1);
    float across[2] = {INFINITY, -INFINITY}, up[2] = {INFINITY, -INFINITY};
    size_t most[2] = {0}, least[2] = {0}, marks = 0;
    for (size_t i = 0; i < 600; i++) {
        if (run.variability[i] < across[0])
            across[0] = run.variability[least[0] = i];
        if (run.variability[i] > across[1])
            across[1] = run.variability[most[0] = i];
        if (run.confidence[i] < up[0])
            up[0] = run.confidence[least[1] = i];
        if (run.confidence[i] > up[1])
            up[1] = run.confidence[most[1] = i];
    }
    float xs[2] = {INFINITY, -INFINITY}, ys[2] = {INFINITY, -INFINITY};
    for (size_t i = 0; i < list.count; i++) {
        const DrawItem *item = &list.items[i];
        if (item->kind != DRAW_MARK || item->y > 430.0f) /* below: the key */
            continue;
        marks++;
        xs[0] = fminf(xs[0], item->x);
        xs[1] = fmaxf(xs[1], item->x);
        ys[0] = fminf(ys[0], item->y);
        ys[1] = fmaxf(ys[1], item->y);
    }
    assert_int_equal(marks, 600);
    x0 = xs[0], x1 = xs[1], y0 = ys[1], y1 = ys[0];
    assert_true(end_of_axis >= across[1] && end_of_axis <= 0.5f);
    for (size_t i = 0; i < 600; i++) { /* each has its mark */
        float x = x0 + (x1 - x0) * (run.variability[i] - across[0]) / (across[1] - across[0]);
        float y = y0 + (y1 - y0) * (run.confidence[i] - up[0]) / (up[1] - up[0]);
        bool there = false;
        for (size_t k = 0; k < list.count && !there; k++)
            there = list.items[k].kind == DRAW_MARK && fabsf(list.items[k].x - x) < 0.02f &&
                    fabsf(list.items[k].y - y) < 0.02f;
        assert_true(there);
    }
    assert_true(says("confidence") && says("variability") && says("easy to learn") && says("ambiguous") &&
                says("hard to learn") && says("easy, class 0") && says("hard (v = 0)"));
    end();
}

/* ---- all of them ---- */

static void pieces_make_the_same_figure(void **state) {
    (void)state;
    begin(NULL, 0);
    for (int figure = FIGURE_HISTOGRAM; figure < FIGURE_KINDS; figure++) {
        draw((FigureKind)figure);
        Picture pieces;
        PlotOptions options = {.field_step = 1};
        int height = picture.canvas.height, width = picture.canvas.width;
        assert_true(picture_open(&pieces, FONT_DIR, &THEME_LIGHT, 1.0f, width, height, &run.status));
        pieces.figure = (FigureKind)figure;
        for (int row = 0; row < height; row += 37)
            assert_true(picture_draw(&pieces, &run.snapshot, &options, NULL, row, height - row < 37 ? height - row : 37,
                                     &run.status));
        assert_memory_equal(picture.canvas.pixels, pieces.canvas.pixels,
                            (size_t)width * (size_t)height * sizeof(uint32_t));
        picture_close(&pieces);
    }
    end();
}

static void what_is_missing_is_said(void **state) {
    (void)state;
    begin(NULL, 0);
    Status status = {0};
    Snapshot bare = run.snapshot;
    bare.history = NULL;
    bare.labels = NULL;
    assert_true(figure_check(FIGURE_PLOT, &bare, &status) && figure_check(FIGURE_HISTOGRAM, &bare, &status));
    assert_false(figure_check(FIGURE_TIMELINE, &bare, &status));
    assert_non_null(strstr(status.message, "an epoch that is done"));
    assert_false(figure_check(FIGURE_MAP, &bare, &status));
    assert_non_null(strstr(status.message, "not known yet"));
    end();
}

static void any_size_and_any_run_can_be_drawn(void **state) {
    (void)state;
    static const int SIZES[][2] = {{64, 64}, {64, 480}, {300, 90}, {1200, 800}};
    const char *many[][2] = {{"dataset", "spirals"}, {"order", "all"}, {"epochs", "3"}};
    const char *soft[][2] = {{"regularizer", "superloss"}, {"test", "0.2"}, {"epochs", "3"}};
    for (int k = 0; k < 2; k++) {
        begin(k == 0 ? many : soft, 3);
        for (int figure = 0; figure < FIGURE_KINDS; figure++)
            for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
                Picture small;
                float scale = picture_scale(SIZES[i][0], SIZES[i][1]);
                figure_run_draw(&run, &small, (FigureKind)figure, SIZES[i][0], SIZES[i][1], scale, NULL);
                picture_close(&small);
            }
        end();
    }
}

static void looks_as_somebody_found_it_right(void **state) {
    (void)state;
    begin(NULL, 0);
    for (int figure = FIGURE_HISTOGRAM; figure < FIGURE_KINDS; figure++) {
        char name[64];
        draw((FigureKind)figure);
        snprintf(name, sizeof name, "figure-%s", FIGURE_NAMES[figure]);
        golden_compare(&picture.canvas, name);
    }
    end();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_are_as_high_as_their_bins_are_full),
        cmocka_unit_test(the_line_stands_at_the_threshold),
        cmocka_unit_test(a_soft_regularizer_has_its_curves),
        cmocka_unit_test(curves_go_through_the_traces_values),
        cmocka_unit_test(a_low_timeline_lists_what_it_shows),
        cmocka_unit_test(points_lie_at_their_variability_and_confidence),
        cmocka_unit_test(pieces_make_the_same_figure),
        cmocka_unit_test(what_is_missing_is_said),
        cmocka_unit_test(any_size_and_any_run_can_be_drawn),
        cmocka_unit_test(looks_as_somebody_found_it_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
