/* A figure's SVG, judged by others: librsvg draws it, and its picture is held against the canvas that was recorded;
 * libxml2 reads it; SDL_ttf opens the fonts that it brings along. What it says is looked up in its text. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/experiment/other_run.h"
#include "app/io/plot_figure.h"
#include "app/io/points_csv.h"
#include "tests/support/drawn_shapes.h"
#include "tests/support/golden_picture.h"
#include "tests/support/runs.h"

#include <SDL2/SDL_ttf.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/easyfirst-svg-XXXXXX";
static char svg_path[sizeof folder + 16], png_path[sizeof folder + 16], fonts_path[sizeof folder + 16];

static int setup(void **state) {
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(svg_path, sizeof svg_path, "%s/a.svg", folder);
    snprintf(png_path, sizeof png_path, "%s/a.png", folder);
    snprintf(fonts_path, sizeof fonts_path, "%s/fonts.conf", folder);
    FILE *file = fopen(fonts_path, "w"); /* the tests' fonts, and Roboto */
    if (!file)
        return -1;
    fprintf(file,
            "<fontconfig><include>%s/support/fonts.conf</include><dir>%s</dir><selectfont><acceptfont>"
            "<glob>*/Roboto-*.ttf</glob></acceptfont></selectfont></fontconfig>",
            TEST_SOURCE_DIR, FONT_DIR);
    fclose(file);
    return setenv("FONTCONFIG_FILE", fonts_path, 1);
}

static int teardown(void **state) {
    (void)state;
    unlink(svg_path);
    unlink(png_path);
    unlink(fonts_path);
    return rmdir(folder);
}

/* ---- figures ---- */

typedef struct Drawn {
    Trainer *trainer;
    OtherRun others[OTHER_RUNS];
    PlotFigure figure;
    char *svg;
} Drawn;

static char *read_svg(void) {
    FILE *file = fopen(svg_path, "rb");
    assert_non_null(file);
    char *text = NULL;
    size_t room = 0;
    assert_true(getdelim(&text, &room, '\0', file) > 0);
    fclose(file);
    return text;
}

static void save(Drawn *d, const Snapshot *snapshot, TextAs text_as) {
    SvgWriter *svg =
        plot_figure_svg(&d->figure, svg_path, true, snapshot, "easyfirst --order 'a & b' <x>", text_as, &status);
    if (!svg || !svg_finish(svg, &status))
        fail_msg("%s", status.message);
    free(d->svg);
    d->svg = read_svg();
}

static Snapshot look(Drawn *d, int others) {
    Snapshot snapshot = snapshot_of(d->trainer);
    other_runs_look(d->others, others, &snapshot);
    return snapshot;
}

static void draw(Drawn *d, const Theme *theme, double width, double height, int others) {
    trainer_evaluate(d->trainer);
    Snapshot snapshot = look(d, others);
    PlotOptions options = {0};
    if (!plot_figure_open(&d->figure, FONT_DIR, theme, width, height, 1, &status) ||
        !plot_figure_draw(&d->figure, &snapshot, &options, NULL, &status))
        fail_msg("%s", status.message);
    save(d, &snapshot, TEXT_AS_TEXT);
}

static void close_drawn(Drawn *d) {
    plot_figure_close(&d->figure);
    for (int i = 0; i < OTHER_RUNS; i++)
        other_run_close(&d->others[i]);
    trainer_free(d->trainer);
    free(d->svg);
}

/* ---- the judges ---- */

static void run(const char *command) {
    if (system(command) != 0)
        fail_msg("failed: %s", command);
}

static uint32_t *rasterised(const Canvas *canvas) {
    char command[512];
    snprintf(command, sizeof command, "xmllint --noout '%s' && rsvg-convert -w %d -h %d '%s' -o '%s'", svg_path,
             canvas->width, canvas->height, svg_path, png_path);
    run(command);
    uint32_t *pixels = golden_read(png_path, canvas->width, canvas->height);
    assert_non_null(pixels);
    return pixels;
}

static int difference(uint32_t a, uint32_t b) {
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int by = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        most = by > most ? by : most;
    }
    return most;
}

/* Where the ink of a place is, and how much: how far each pixel is from the ground. */
typedef struct Ink {
    double amount, x, y;
} Ink;

static Ink ink_of(const uint32_t *pixels, int width, Box box) {
    Ink ink = {0};
    uint32_t ground = pixels[(size_t)box.y0 * (size_t)width + (size_t)box.x0];
    for (int y = box.y0; y < box.y1; y++)
        for (int x = box.x0; x < box.x1; x++) {
            double by = difference(pixels[(size_t)y * (size_t)width + (size_t)x], ground);
            ink.amount += by;
            ink.x += by * x;
            ink.y += by * y;
        }
    ink.x /= ink.amount;
    ink.y /= ink.amount;
    return ink;
}

/* Each text stands where it stood: its ink's middle within a pixel and a half of 300 an inch, its amount about the
 * same. */
static void assert_texts(const PlotFigure *figure, const uint32_t *pixels) {
    const Canvas *canvas = &figure->picture.canvas;
    const DrawList *list = &figure->list;
    for (size_t i = 0; i < list->count; i++) {
        const DrawItem *item = &list->items[i];
        if (item->kind != DRAW_TEXT)
            continue;
        const DrawText *text = &list->texts[item->index];
        const char *words = list->bytes + text->start;
        if (words[strspn(words, " ")] == '\0')
            continue;
        Box box = {(int)item->x - 2, (int)(item->y - text->size), (int)(item->x + text->width) + 3,
                   (int)(item->y + text->size / 3)};
        assert_true(box.x0 >= 0 && box.y0 >= 0 && box.x1 <= canvas->width && box.y1 <= canvas->height);
        Ink ours = ink_of(canvas->pixels, canvas->width, box), theirs = ink_of(pixels, canvas->width, box);
        if (!(fabs(ours.x - theirs.x) < 1.5 && fabs(ours.y - theirs.y) < 1.5 &&
              fabs(theirs.amount / ours.amount - 1) < 0.12))
            fail_msg("'%s': ink %.0f at %.1f, %.1f instead of %.0f at %.1f, %.1f", words, theirs.amount, theirs.x,
                     theirs.y, ours.amount, ours.x, ours.y);
    }
}

/* most: the share of pixels that are off by more than 32 levels; mean: levels. */
static void assert_like_canvas(const Drawn *d, double mean, double most) {
    const Canvas *canvas = &d->figure.picture.canvas;
    uint32_t *pixels = rasterised(canvas);
    size_t count = (size_t)canvas->width * (size_t)canvas->height, off = 0;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        int by = difference(pixels[i], canvas->pixels[i]);
        sum += by;
        off += by > 32;
    }
    if (sum / (double)count > mean || (double)off / (double)count > most)
        fail_msg("mean difference %.3f, %.3f %% of the pixels off", sum / (double)count,
                 100.0 * (double)off / (double)count);
    assert_texts(&d->figure, pixels);
    free(pixels);
}

static size_t occurrences(const char *text, const char *part) {
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        count++;
    return count;
}

static size_t points_of(const Drawn *d) { /* what is cut at the plotted area's edge is no legend's */
    const char *begin = strstr(d->svg, "<g clip-path"), *end = strstr(begin, "</g>");
    size_t count = 0;
    for (const char *at = begin; (at = strstr(at, "<use ")) && at < end; at++)
        count++;
    return count;
}

static void assert_says(const Drawn *d, const char *text) {
    if (!strstr(d->svg, text))
        fail_msg("no '%s' in the SVG", text);
}

/* ---- tests ---- */

static void the_posts_run(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    Drawn d = {.trainer = start(&settings)};
    run_epochs(d.trainer, 2);
    draw(&d, &THEME_LIGHT, 84, 63, 0);
    assert_like_canvas(&d, 1.1, 0.006);
    assert_int_equal(points_of(&d), 10000);
    assert_int_equal(occurrences(d.svg, "<image "), 1);
    assert_says(&d, "width=\"84mm\" height=\"63mm\" viewBox=\"0 0 992 744\"");
    assert_says(&d, ">epoch</text>");
    assert_says(&d, ">class 1</text>");
    assert_says(&d, ">boundary</text>");
    assert_says(&d, "<ef:command>easyfirst --order 'a &amp; b' &lt;x&gt;</ef:command>");
    assert_says(&d, "<desc>epoch 2, threshold ");
    char *first = d.svg;
    d.svg = NULL;
    Snapshot snapshot = look(&d, 0);
    save(&d, &snapshot, TEXT_AS_TEXT);
    assert_string_equal(d.svg, first);
    free(first);
    close_drawn(&d);
}

static void soft_weights_and_test_points(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.samples = 500;
    settings.dataset = DATASET_MOONS;
    settings.hidden_count = 2;
    settings.hidden[0] = settings.hidden[1] = 8;
    settings.regularizer = REGULARIZER_LINEAR;
    settings.test = 0.3;
    Drawn d = {.trainer = start(&settings)};
    run_epochs(d.trainer, 6);
    draw(&d, &THEME_DARK, 120, 90, 0);
    assert_like_canvas(&d, 0.4, 0.0035);
    assert_int_equal(points_of(&d), 500);
    assert_says(&d, ">test points</text>");
    close_drawn(&d);
}

static void three_runs_side_by_side(void **state) {
    (void)state;
    Settings settings, plain;
    settings_default(&settings);
    settings.samples = 300;
    Drawn d = {.trainer = start(&settings)};
    const char *const others[OTHER_RUNS] = {"plain", "order=hard"};
    for (int i = 0; i < OTHER_RUNS; i++) {
        plain = settings;
        assert_true(other_run_parse(&plain, others[i], &status));
        assert_true(other_run_open(&d.others[i], d.trainer, &plain, &status));
    }
    run_epochs(d.trainer, 4);
    for (int i = 0; i < OTHER_RUNS; i++)
        assert_true(other_run_follow(&d.others[i], d.trainer, SIZE_MAX, &status));
    draw(&d, &THEME_LIGHT, 174, 72.5, OTHER_RUNS);
    assert_like_canvas(&d, 1, 0.0065);
    assert_int_equal(points_of(&d), 300);
    assert_says(&d, ">Plain training</text>");
    assert_says(&d, "B, Plain training: epoch 4, ");
    close_drawn(&d);
}

/* Points with such names of four classes and two columns. */
static Trainer *named(void) {
    char csv[8192] = "身長,体重,label\n";
    static const char *const names[] = {"易しい点", "어려운 점", "سهل جدا", "क्षेत्र 🎈 & <x>"};
    for (int i = 0; i < 100; i++)
        snprintf(csv + strlen(csv), sizeof csv - strlen(csv), "%d.%d,%d.%d,%s\n", i % 2 * 3 + i % 5, i % 7,
                 i / 2 % 2 * 3 + i % 3, i % 9, names[i % 4]);
    FILE *file = fopen(svg_path, "w");
    assert_non_null(file);
    fputs(csv, file);
    fclose(file);
    Dataset points;
    Settings settings;
    settings_default(&settings);
    const PointsFormat format = {.columns = "身長,体重,label"};
    if (!points_read(&points, svg_path, &format, &status))
        fail_msg("%s", status.message);
    Trainer *t = trainer_new(&settings, &points, &status);
    assert_non_null(t);
    dataset_free(&points);
    return t;
}

static void words_of_many_scripts(void **state) {
    (void)state;
    Drawn d = {.trainer = named()};
    draw(&d, &THEME_LIGHT, 120, 90, 0);
    assert_like_canvas(&d, 0.4, 0.0035);
    assert_int_equal(points_of(&d), 100);
    assert_says(&d, ">易しい点</text>");
    assert_says(&d, ">身長</text>");
    assert_says(&d, ">سهل جدا</text>");
    assert_says(&d, "&amp; &lt;x&gt;");
    assert_says(&d, "font-family:'WenQuanYi Micro Hei'");
    assert_int_equal(occurrences(d.svg, "<image "), 2); /* the ground, and what has colours of its own */
    assert_true(strlen(d.svg) < 400000);                /* only letters in use: the font has 5 MB */

    Snapshot snapshot = look(&d, 0);
    save(&d, &snapshot, TEXT_AS_OUTLINES);
    assert_like_canvas(&d, 0.4, 0.0035);
    assert_int_equal(occurrences(d.svg, "<text"), 0);
    assert_int_equal(occurrences(d.svg, "@font-face"), 0);
    assert_says(&d, "aria-label=\"易しい点\"");
    close_drawn(&d);
}

static void every_shape_looks_like_its_pixels(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    Drawn d = {.trainer = start(&settings)};
    draw(&d, &THEME_LIGHT, 84, 63, 0);
    Canvas *canvas = &d.figure.picture.canvas;
    draw_list_free(&d.figure.list);
    canvas->record = &d.figure.list;
    canvas_fill(canvas, THEME_LIGHT.card);
    draw_shapes(canvas);
    canvas->record = NULL;
    Snapshot snapshot = look(&d, 0);
    save(&d, &snapshot, TEXT_AS_TEXT);
    assert_like_canvas(&d, 0.4, 0.0035);
    assert_says(&d, "<circle "); /* not as a picture */
    assert_int_equal(occurrences(d.svg, "<image "), 1);
    close_drawn(&d);
}

static void many_points_are_a_picture(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.samples = 100000;
    Drawn d = {.trainer = start(&settings)};
    draw(&d, &THEME_LIGHT, 84, 63, 0);
    assert_like_canvas(&d, 0.5, 0.0055);
    assert_int_equal(points_of(&d), 0);
    assert_int_equal(occurrences(d.svg, "<image "), 1);
    assert_says(&d, "<ef:points>The points are too many for shapes");
    close_drawn(&d);
}

/* ---- the fonts ---- */

static size_t decoded(const char *base64, uint8_t *bytes) {
    size_t size = 0;
    for (uint32_t bits = 0, count = 0; *base64 != ')'; base64++) {
        int c = *base64;
        uint32_t digit = c >= 'a'   ? (uint32_t)(c - 'a') + 26
                         : c >= 'A' ? (uint32_t)(c - 'A')
                         : c == '+' ? 62
                         : c == '/' ? 63
                         : c == '=' ? 64
                                    : (uint32_t)(c - '0') + 52;
        if (digit == 64)
            break;
        bits = bits << 6 | digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes[size++] = (uint8_t)(bits >> count);
        }
    }
    return size;
}

static void fonts_have_the_letters_in_use(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.samples = 50;
    Drawn d = {.trainer = start(&settings)};
    draw(&d, &THEME_LIGHT, 120, 90, 0);
    assert_int_equal(TTF_Init(), 0);
    int fonts = 0;
    for (const char *at = d.svg; (at = strstr(at, ";base64,")) && at[-1] == 'f'; fonts++) {
        at += strlen(";base64,");
        uint8_t *bytes = malloc(strlen(at));
        assert_non_null(bytes);
        size_t size = decoded(at, bytes);
        assert_true(size > 1000 && size < 30000);
        TTF_Font *font = TTF_OpenFontRW(SDL_RWFromConstMem(bytes, (int)size), 1, 20);
        assert_non_null(font);
        assert_true(TTF_GlyphIsProvided32(font, '0'));
        assert_false(TTF_GlyphIsProvided32(font, '@'));
        TTF_CloseFont(font);
        free(bytes);
    }
    TTF_Quit();
    assert_int_equal(fonts, 2); /* regular and medium */
    close_drawn(&d);
}

static void any_family_is_a_string_of_css(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.samples = 50;
    Drawn d = {.trainer = start(&settings)};
    draw(&d, &THEME_LIGHT, 120, 90, 0);
    free(d.figure.list.fonts[0].family);
    d.figure.list.fonts[0].family = strdup("It's \\A \"<face>\"\xff");
    assert_non_null(d.figure.list.fonts[0].family);
    Snapshot snapshot = look(&d, 0);
    save(&d, &snapshot, TEXT_AS_TEXT);
    assert_says(&d, "@font-face{font-family:'It\\27 s \\5c A &quot;&lt;face&gt;&quot;\xef\xbf\xbd';font-weight:");
    assert_says(&d, " font-family=\"'It\\27 s \\5c A &quot;&lt;face&gt;&quot;\xef\xbf\xbd',sans-serif\" ");
    free(rasterised(&d.figure.picture.canvas));
    close_drawn(&d);
}

static void existing_files_stay(void **state) {
    (void)state;
    DrawList list = {0};
    SvgPage page = {10, 10, 30, "a", "b", NULL, TEXT_AS_TEXT};
    FILE *file = fopen(svg_path, "w");
    assert_non_null(file);
    fputs("mine", file);
    fclose(file);
    assert_null(svg_begin(svg_path, false, &list, &page, &status));
    assert_int_equal(status.code, STATUS_EXISTS);
    SvgWriter *svg = svg_begin(svg_path, true, &list, &page, &status);
    assert_non_null(svg);
    svg_abandon(svg);
    char *text = read_svg();
    assert_string_equal(text, "mine");
    free(text);
    list.failed = true;
    assert_null(svg_begin(svg_path, true, &list, &page, &status));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_posts_run),
        cmocka_unit_test(soft_weights_and_test_points),
        cmocka_unit_test(three_runs_side_by_side),
        cmocka_unit_test(words_of_many_scripts),
        cmocka_unit_test(every_shape_looks_like_its_pixels),
        cmocka_unit_test(many_points_are_a_picture),
        cmocka_unit_test(fonts_have_the_letters_in_use),
        cmocka_unit_test(any_family_is_a_string_of_css),
        cmocka_unit_test(existing_files_stay),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
