/* Figures as PDF, judged by programs that are not ours: those of poppler, and qpdf. */
#include "tests/support/golden_picture.h"

#include "app/io/pdf_writer.h"
#include "tests/support/drawn_shapes.h"
#include "tests/support/figure_run.h"
#include "tests/support/scripts.h"

#include <dlfcn.h>
#include <unistd.h>

#define SCRATCH_FILE "figure.pdf"
#include "tests/support/scratch.h"

enum { WIDTH = 992, HEIGHT = 744 }; /* 84 by 63 mm at 300 dpi */
static const float SCALE = 300.0f / 72.0f * 7.0f / 11.0f;

static PdfPage page = {
    WIDTH, HEIGHT, 84.0, "The plot after epoch 10", "epoch 10, threshold 1.49", "easyfirst --samples 300", false};

static FigureRun run;
static Picture picture;
static DrawList list;
static bool no_cairo; /* dlopen does not find it */

void *__real_dlopen(const char *file, int flags);
void *__wrap_dlopen(const char *file, int flags);
void *__wrap_dlopen(const char *file, int flags) {
    return no_cairo && file && strstr(file, "libcairo") ? NULL : __real_dlopen(file, flags);
}

static void draw(FigureKind figure) {
    picture_close(&picture);
    draw_list_free(&list);
    figure_run_draw(&run, &picture, figure, WIDTH, HEIGHT, SCALE, &list);
}

static void save(void) {
    Status status = {0};
    if (!pdf_save(path, true, &list, &page, &status))
        fail_msg("%s", status.message);
}

/* What a program prints of the PDF, its name before the rest; it must succeed. */
static const char *told(const char *program, const char *rest) {
    static char output[1 << 16];
    char line[512];
    snprintf(line, sizeof line, "%s '%s' %s 2>&1", program, path, rest);
    FILE *stream = popen(line, "r");
    assert_non_null(stream);
    size_t length = fread(output, 1, sizeof output - 1, stream);
    output[length] = '\0';
    if (pclose(stream) != 0)
        fail_msg("%s: %s", line, output);
    return output;
}

static void must_say(const char *output, const char *words) {
    if (!strstr(output, words))
        fail_msg("\"%s\" is not in:\n%s", words, output);
}

/* ---- as it is seen ---- */

/* The page's pixels at the canvas's resolution, to be freed. */
static uint32_t *rendered(void) {
    char png[160];
    told("pdftoppm -png -singlefile -scale-to-x 992 -scale-to-y 744", path);
    snprintf(png, sizeof png, "%s.png", path);
    uint32_t *pixels = golden_read(png, WIDTH, HEIGHT);
    assert_non_null(pixels);
    unlink(png);
    return pixels;
}

/* On average, of 255, with the second moved by so many pixels. */
static double difference(const uint32_t *a, const uint32_t *b, int across, int down, double *far) {
    size_t count = 0, sum = 0, many = 0;
    for (int y = 1; y < HEIGHT - 1; y++)
        for (int x = 1; x < WIDTH - 1; x++, count++) {
            int d = golden_distance(a[y * WIDTH + x], b[(y + down) * WIDTH + x + across]);
            sum += (size_t)d;
            many += d > 128;
        }
    *far = (double)many / (double)count;
    return (double)sum / (double)count;
}

/* Within what rounding to pixels makes of edges, and in the same place. */
static void must_look_like(const uint32_t *expected) {
    uint32_t *pixels = rendered();
    double far, other, here = difference(expected, pixels, 0, 0, &far);
    if (here > 2.0 || far > 0.004)
        fail_msg("differs by %.2f, much in %.2f %%", here, 100.0 * far);
    static const int MOVES[][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    for (int i = 0; i < 4; i++)
        assert_true(difference(expected, pixels, MOVES[i][0], MOVES[i][1], &other) > here);
    free(pixels);
}

static void every_figure_looks_like_its_png(void **state) {
    (void)state;
    for (int figure = 0; figure < FIGURE_KINDS; figure++) {
        draw((FigureKind)figure);
        save();
        must_look_like(picture.canvas.pixels);
    }
}

static void every_shape_looks_like_its_pixels(void **state) {
    (void)state;
    draw(FIGURE_HISTOGRAM);
    draw_list_free(&list);
    canvas_fill(&picture.canvas, THEME_LIGHT.card);
    picture.canvas.record = &list;
    draw_shapes(&picture.canvas);
    picture.canvas.record = NULL;
    save();
    must_look_like(picture.canvas.pixels);
}

/* ---- as it is made ---- */

static void is_valid_and_says_what_it_is(void **state) {
    (void)state;
    draw(FIGURE_PLOT);
    save();
    told("qpdf --check", "");
    const char *info = told("pdfinfo", "");
    must_say(info, "Title:           The plot after epoch 10\n");
    must_say(info, "Subject:         epoch 10, threshold 1.49\n");
    must_say(info, "Keywords:        easyfirst --samples 300\n");
    must_say(info, "Page size:       238.11 x 178.5"); /* 84 by 63 mm */
    must_say(info, "Pages:           1\n");
    assert_null(strstr(info, "Author:"));
    must_say(told("TZ=UTC pdfinfo -isodates", ""), "CreationDate:    2000-01-01T00:00:00Z\n"); /* always */
    must_say(told("pdfimages -list", ""), " 300   300 ");                                      /* the field */
}

static void text_is_text_in_fonts_that_it_brings(void **state) {
    (void)state;
    draw(FIGURE_TIMELINE);
    save();
    const char *text = told("pdftotext -layout", "-");
    static const char *const WORDS[] = {"epoch 10",      "share of points", "loss and threshold λ (logarithmic)",
                                        "easy, class 1", "accuracy",        "100 %"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        must_say(text, WORDS[i]);
    const char *fonts = told("pdffonts", "| tail -n +3");
    must_say(fonts, "+Roboto-Regular");
    must_say(fonts, "+Roboto-Medium");
    int lines = 0, whole = 0;
    for (const char *at = fonts; *at; at++)
        lines += *at == '\n';
    for (const char *at = fonts; (at = strstr(at, "yes yes yes")) != NULL; at++) /* embedded, a subset, Unicode known */
        whole++;
    assert_true(lines >= 2 && whole == lines);
}

static void letters_can_be_outlines(void **state) {
    (void)state;
    draw(FIGURE_HISTOGRAM);
    page.outlines = true;
    save();
    page.outlines = false;
    assert_string_equal(told("pdffonts", "| tail -n +3"), "");
    assert_null(strstr(told("pdftotext", "-"), "easy"));
    must_look_like(picture.canvas.pixels);
}

static void has_the_same_bytes_each_time(void **state) {
    (void)state;
    draw(FIGURE_PLOT);
    save();
    char sum[128];
    snprintf(sum, sizeof sum, "%s", told("sha256sum <", ""));
    draw(FIGURE_MAP); /* something else between them */
    save();
    draw(FIGURE_PLOT);
    save();
    assert_string_equal(told("sha256sum <", ""), sum);
}

static void names_in_any_script_are_found(void **state) {
    (void)state;
    draw(FIGURE_HISTOGRAM);
    draw_list_free(&list);
    Canvas *canvas = &picture.canvas;
    canvas_fill(canvas, THEME_LIGHT.card);
    canvas->record = &list;
    static const int SCRIPTS[] = {0, 1, 2, 3, 4, 6}; /* Chinese, Japanese, Korean, Arabic, Hebrew, Hindi */
    enum { COUNT = sizeof SCRIPTS / sizeof *SCRIPTS };
    for (int i = 0; i < COUNT; i++)
        text_draw(picture.text, canvas, TEXT_TITLE, (TextAnchor){60.0f, 90.0f * (float)(i + 1), ALIGN_LEFT},
                  THEME_LIGHT.text, SCRIPT_NAMES[SCRIPTS[i]]);
    canvas->record = NULL;
    save();
    must_look_like(canvas->pixels);
    const char *text = told("pdftotext", "-");
    for (int i = 0; i < 3; i++)
        must_say(text, SCRIPT_NAMES[SCRIPTS[i]]);
    must_say(text, SCRIPT_NAMES[3]); /* right to left */
}

/* A list of one text at the picture's middle. */
static void draw_words(const char *words) {
    draw(FIGURE_HISTOGRAM);
    draw_list_free(&list);
    canvas_fill(&picture.canvas, THEME_LIGHT.card);
    picture.canvas.record = &list;
    text_draw(picture.text, &picture.canvas, TEXT_TITLE, (TextAnchor){60.0f, 372.0f, ALIGN_LEFT}, THEME_LIGHT.text,
              words);
    picture.canvas.record = NULL;
}

/* Bytes that are no UTF-8, control characters and what is no character: U+FFFD stands for each. */
static void broken_words_are_mended(void **state) {
    (void)state;
    const PdfPage whole = page;
    page.title = "a\xff.csv";
    page.caption = "b\xef\xbf\xbe\xef\xbf\xbf";
    page.command = "easyfirst 'c\x01\xc3.csv'";
    draw_words("class d\xef\xbf\xbe!");
    save();
    const char *info = told("pdfinfo", "");
    must_say(info, "Title:           a\xef\xbf\xbd.csv\n");
    must_say(info, "Subject:         b\xef\xbf\xbd\xef\xbf\xbd\n");
    must_say(info, "Keywords:        easyfirst 'c\xef\xbf\xbd\xef\xbf\xbd.csv'\n");
    must_say(told("pdftotext", "-"), "class d");
    told("qpdf --check", "");
    page.outlines = true;
    save();
    page = whole;
}

/* ---- from the command line ---- */

#define PROGRAM "'" EASYFIRST_BINARY "' --headless --force --samples 300 --epochs 3 "

static void the_program_writes_each_figure(void **state) {
    (void)state;
    static const char *const WORDS[] = {"decision boundary", "loss of each point (logarithmic)", "share of points",
                                        "variability"};
    for (int figure = 0; figure < FIGURE_KINDS; figure++) {
        char command[512];
        snprintf(command, sizeof command, PROGRAM "--figure %s --pdf", FIGURE_NAMES[figure]);
        told(command, "");
        must_say(told("pdftotext -layout", "-"), WORDS[figure]);
        must_say(told("pdfinfo", ""), "easyfirst --samples 300 --epochs 3");
    }
    told(PROGRAM "--figure timeline --text-as outlines --pdf", "");
    assert_string_equal(told("pdffonts", "| tail -n +3"), "");
    told(PROGRAM "--figure-width 60 --image-size 600x300 --pdf", "");
    must_say(told("pdfinfo", ""), "Page size:       170.079 x 84.9"); /* 60 by 30 mm, in whole pixels */
}

/* The command in a file names other files without their folders. */
static void the_command_says_what_was_opened(void **state) {
    (void)state;
    static const char program[] = "'" EASYFIRST_BINARY "' --headless --force --aspect fill ";
    static const char *const RUNS[][2] = {
        {"--lesson collapse", "easyfirst --lesson collapse --aspect fill\n"},
        {"--replay='" TEST_SOURCE_DIR "/../assets/lessons/collapse.log'",
         "easyfirst --replay=collapse.log --aspect fill\n"},
        {"--epochs 1 '" TEST_SOURCE_DIR "/cases/13-units-that-differ.csv' --columns age,salary,bought",
         "easyfirst --epochs 1 --aspect fill --columns=age,salary,bought 13-units-that-differ.csv\n"},
    };
    for (size_t i = 0; i < sizeof RUNS / sizeof *RUNS; i++) {
        char command[512], keywords[256];
        snprintf(command, sizeof command, "%s%s --pdf", program, RUNS[i][0]);
        told(command, "");
        snprintf(keywords, sizeof keywords, "Keywords:        %s", RUNS[i][1]);
        must_say(told("pdfinfo", ""), keywords);
    }
    /* points of standard input are nowhere else */
    told("printf 'x,y,label\\n0,0,0\\n1,1,1\\n' | '" EASYFIRST_BINARY "' --headless --force --epochs 1 - --pdf", "");
    assert_null(strstr(told("pdfinfo", ""), "Keywords:"));
}

/* The program starts, trains and draws without cairo, until a PDF is asked for. */
static void cairo_is_loaded_for_a_pdf_alone(void **state) {
    (void)state;
    static const char *const count = "2>&1 | grep -c libcairo || true";
    assert_int_equal(atoi(told("LD_DEBUG=libs " PROGRAM "--figure timeline --png", count)), 0);
    assert_true(atoi(told("LD_DEBUG=libs " PROGRAM "--figure timeline --pdf", count)) > 0);
}

/* ---- what can go wrong ---- */

static void without_the_library_its_package_is_named(void **state) {
    (void)state;
    Status status = {0};
    no_cairo = true;
    assert_false(pdf_save(path, true, &list, &page, &status));
    no_cairo = false;
    assert_non_null(strstr(status.message, "Debian: libcairo2"));
    assert_int_equal(access(path, F_OK), -1);
}

static void a_full_disk_is_said(void **state) {
    (void)state;
    Status status = {0};
    draw(FIGURE_HISTOGRAM);
    assert_false(pdf_save("/dev/full", true, &list, &page, &status));
    assert_non_null(strstr(status.message, "/dev/full"));
    assert_non_null(strstr(status.message, "No space left"));
    draw_list_free(&list);
    list.failed = true; /* incomplete for want of memory */
    assert_false(pdf_save(path, true, &list, &page, &status));
    assert_non_null(strstr(status.message, "memory"));
    list.failed = false;
}

static void a_font_that_is_gone_is_said(void **state) {
    (void)state;
    Status status = {0};
    draw_words("class 0");
    free(list.fonts[0].file);
    list.fonts[0].file = strdup("/nowhere/gone.ttf");
    assert_non_null(list.fonts[0].file);
    unlink(path);
    assert_false(pdf_save(path, true, &list, &page, &status));
    assert_string_equal(status.message, "cannot read the font /nowhere/gone.ttf");
    assert_int_equal(access(path, F_OK), -1);
}

static void an_existing_file_stays(void **state) {
    (void)state;
    Status status = {0};
    draw(FIGURE_HISTOGRAM);
    save();
    assert_false(pdf_save(path, false, &list, &page, &status));
    assert_int_equal(status.code, STATUS_EXISTS);
}

static int begin(void **state) {
    Settings settings;
    settings_default(&settings);
    settings.samples = 300;
    figure_run_open(&run, &settings);
    return set_up(state);
}

static int end(void **state) {
    picture_close(&picture);
    draw_list_free(&list);
    figure_run_close(&run);
    return tear_down(state);
}

int main(void) {
    setenv("FONTCONFIG_FILE", TEST_SOURCE_DIR "/support/fonts.conf", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_the_library_its_package_is_named), /* first: then it is not loaded yet */
        cmocka_unit_test(every_figure_looks_like_its_png),
        cmocka_unit_test(every_shape_looks_like_its_pixels),
        cmocka_unit_test(is_valid_and_says_what_it_is),
        cmocka_unit_test(text_is_text_in_fonts_that_it_brings),
        cmocka_unit_test(letters_can_be_outlines),
        cmocka_unit_test(has_the_same_bytes_each_time),
        cmocka_unit_test(names_in_any_script_are_found),
        cmocka_unit_test(broken_words_are_mended),
        cmocka_unit_test(the_program_writes_each_figure),
        cmocka_unit_test(the_command_says_what_was_opened),
        cmocka_unit_test(cairo_is_loaded_for_a_pdf_alone),
        cmocka_unit_test(a_full_disk_is_said),
        cmocka_unit_test(a_font_that_is_gone_is_said),
        cmocka_unit_test(an_existing_file_stays),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
