/* What the window saves is what the same run leaves headless, byte for byte; in slices, while the run goes
 * on; and nothing is left of what is cancelled. */
#include "app/io/export_job.h"
#include "app/base/file_write.h"
#include "app/experiment/experiment.h"
#include "app/experiment/run_log.h"
#include "app/io/export_private.h"
#include "app/io/page_data.h"
#include "app/io/repeat_command.h"

#include <dirent.h>
#include <math.h>
#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define EPOCHS 6
#define SETTINGS "--samples 400 --seed 7 --epochs 6 --hidden 8 --threshold 0.5"

static Status status;
static Experiment experiment;
static char folder[] = "/tmp/easyfirst-export-XXXXXX";
static char path[sizeof folder + 32], other[sizeof folder + 32];

/* ---- the run, the folder ---- */

static double no_time(void) {
    return 0.0;
}

static void play_to_end(void) {
    assert_true(experiment_push(&experiment, (Command){.kind = COMMAND_SPEED, .speed = SPEED_MAXIMUM}));
    assert_true(experiment_push(&experiment, (Command){.kind = COMMAND_PLAY}));
    do
        experiment_advance(&experiment, 1.0, no_time, 1.0);
    while (experiment.mode != MODE_PAUSED);
    experiment_evaluate(&experiment);
}

static void begin_run(const char *until_hard) {
    Settings settings;
    settings_default(&settings);
    settings.samples = 400;
    settings.seed = 7;
    settings.epochs = EPOCHS;
    settings.hidden_count = 1;
    settings.hidden[0] = 8;
    settings.threshold = 0.5;
    if (until_hard)
        settings.until_hard = atoi(until_hard);
    assert_true(experiment_init(&experiment, &settings, NULL, NULL, &status));
}

static int setup(void **state) {
    (void)state;
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/mine", folder);
    snprintf(other, sizeof other, "%s/headless", folder);
    begin_run(NULL);
    play_to_end();
    status = (Status){0};
    return 0;
}

static int teardown(void **state) {
    (void)state;
    experiment_free(&experiment);
    unlink(path);
    unlink(other);
    return rmdir(folder); /* fails if anything else is left */
}

static int files_in_folder(void) {
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    int files = 0;
    for (struct dirent *entry; (entry = readdir(directory));)
        files += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(directory);
    return files;
}

static uint8_t *read_file(const char *name, size_t *size) {
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    bytes[*size] = 0;
    fclose(file);
    return bytes;
}

static void assert_same_files(const char *a, const char *b) {
    size_t size_a, size_b;
    uint8_t *bytes_a = read_file(a, &size_a), *bytes_b = read_file(b, &size_b);
    assert_int_equal(size_a, size_b);
    assert_memory_equal(bytes_a, bytes_b, size_a);
    free(bytes_a);
    free(bytes_b);
}

static void write_bytes(const char *name, const char *bytes, size_t size) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void write_text(const char *name, const char *text) {
    write_bytes(name, text, strlen(text));
}

static void assert_text(const char *name, const char *text) {
    size_t size;
    uint8_t *bytes = read_file(name, &size);
    assert_string_equal((char *)bytes, text);
    free(bytes);
}

/* The same run without a window, leaving `other`. */
static void run_headless(const char *options) {
    char command[1024];
    snprintf(command, sizeof command, "'%s' --headless --force " SETTINGS " %s '%s'", EASYFIRST_BINARY, options, other);
    assert_int_equal(system(command), 0);
}

/* ---- jobs ---- */

static const FrameChoice QUICK = {.frame_ms = 100, .last_ms = 100}; /* a movie of one frame an epoch */

static Snapshot shown; /* of the last request */

static ExportRequest request(ExportKind kind) {
    shown = experiment_snapshot(&experiment);
    return (ExportRequest){.kind = kind,
                           .path = path,
                           .snapshot = &shown,
                           .width = EXPORTS[kind]->size.width,
                           .height = EXPORTS[kind]->size.height,
                           .theme = &THEME_LIGHT,
                           .font_folder = FONT_DIR,
                           .page_folder = PAGE_DIR};
}

static ExportJob *begin(const ExportRequest *r) {
    ExportJob *job = export_job_begin(r, &status);
    if (!job)
        fail_msg("%s", status.message);
    return job;
}

static void run_to_end(ExportJob *job, double budget) {
    ExportResult result;
    while ((result = export_job_step(job, budget, &status)) == EXPORT_RUNNING)
        ;
    if (result != EXPORT_DONE)
        fail_msg("%s", status.message);
    size_t size;
    free(read_file(path, &size));
    assert_int_equal(export_job_bytes(job), size);
    assert_string_equal(export_job_path(job), path);
    export_job_free(job);
    assert_true(access(path, F_OK) == 0); /* freeing a job that is done leaves its file */
}

static void save(ExportKind kind) {
    ExportRequest r = request(kind);
    run_to_end(begin(&r), 0.01);
}

/* Image descriptors of a GIF. */
static int frames_of(const char *name) {
    size_t size;
    uint8_t *bytes = read_file(name, &size), *p = bytes + 13;
    assert_memory_equal(bytes, "GIF89a", 6);
    int frames = 0;
    p += 3 * (2 << (bytes[10] & 7));
    while (*p != 0x3b) {
        bool image = *p == 0x2c;
        frames += image;
        p += image ? 11 : 2; /* to the sub-blocks; there is no local palette */
        while (*p)
            p += *p + 1;
        p++;
        assert_true((size_t)(p - bytes) < size);
    }
    free(bytes);
    return frames;
}

static uint8_t *read_png(const char *name, int *width, int *height) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_file(&image, name));
    image.format = PNG_FORMAT_RGB;
    uint8_t *pixels = malloc(PNG_IMAGE_SIZE(image));
    assert_non_null(pixels);
    assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
    *width = (int)image.width;
    *height = (int)image.height;
    return pixels;
}

static void assert_same_pictures(const char *a, const char *b) {
    int wa, ha, wb, hb;
    uint8_t *pixels_a = read_png(a, &wa, &ha), *pixels_b = read_png(b, &wb, &hb);
    assert_int_equal(wa, wb);
    assert_int_equal(ha, hb);
    assert_memory_equal(pixels_a, pixels_b, (size_t)wa * (size_t)ha * 3);
    free(pixels_a);
    free(pixels_b);
}

static void refuse(ExportRequest r, const char *message) {
    status = (Status){0};
    assert_null(export_job_begin(&r, &status));
    assert_int_equal(status.code, STATUS_FAILED);
    if (!strstr(status.message, message))
        fail_msg("'%s' is not in '%s'", message, status.message);
    assert_int_equal(files_in_folder(), 0);
}

/* ---- the same as headless ---- */

static void gif_is_that_of_headless(void **state) {
    (void)state;
    save(EXPORT_GIF);
    run_headless("--gif");
    assert_int_equal(frames_of(path), EPOCHS);
    assert_same_files(path, other);
}

static void gif_of_another_size_and_theme(void **state) {
    (void)state;
    ExportRequest r = request(EXPORT_GIF);
    r.width = 1400; /* several bands */
    r.height = 1000;
    r.scale = 2.0f;
    r.theme = &THEME_DARK;
    run_to_end(begin(&r), 0.0);
    run_headless("--image-size 1400x1000 --scale 2 --theme dark --gif");
    assert_same_files(path, other);
}

static void last_frame_rings_what_is_left(void **state) {
    (void)state;
    experiment_free(&experiment);
    begin_run("20");
    play_to_end();
    assert_true(experiment.trainer->epoch < EPOCHS);
    save(EXPORT_GIF);
    run_headless("--until-hard 20 --gif");
    assert_int_equal(frames_of(path), experiment.trainer->epoch);
    assert_same_files(path, other);
}

/* Runs beside the first are in the files, as they are without a window. */
static void check_compared(int others, const char *options) {
    char line[128];
    experiment_free(&experiment);
    begin_run(NULL);
    for (int i = 0; i < others; i++) {
        Command compare = {.kind = COMMAND_COMPARE, .run = i + 1, .compare = true};
        compare.settings = experiment.trainer->settings;
        compare.settings.order = i == 0 ? ORDER_ALL : ORDER_HARD;
        assert_true(experiment_push(&experiment, compare));
    }
    play_to_end();
    while (experiment_is_behind(&experiment))
        experiment_advance(&experiment, 1.0, no_time, 1.0);
    experiment_evaluate(&experiment);
    static const struct {
        ExportKind kind;
        const char *option;
    } files[] = {{EXPORT_GIF, "--gif"}, {EXPORT_TRACE, "--trace"}, {EXPORT_POINTS, "--points"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) { /* the points: of the first alone */
        unlink(path);
        save(files[i].kind);
        snprintf(line, sizeof line, "%s %s", options, files[i].option);
        run_headless(line);
        if (files[i].kind == EXPORT_GIF)
            assert_int_equal(frames_of(path), EPOCHS);
        assert_same_files(path, other);
    }
    unlink(path);
    save(EXPORT_PLOT);
    snprintf(line, sizeof line, "%s --png", options);
    run_headless(line);
    assert_same_pictures(path, other);
}

static void the_second_run_is_in_the_files(void **state) {
    (void)state;
    check_compared(1, "--compare plain");
}

static void the_third_run_is_in_the_files(void **state) {
    (void)state;
    check_compared(2, "--compare plain --compare order=hard");
}

static void the_trace_names_each_run(void **state) {
    (void)state;
    char header[1024];
    run_headless("--compare plain --compare order=hard --trace");
    FILE *file = fopen(other, "r");
    assert_non_null(file);
    assert_non_null(fgets(header, sizeof header, file));
    fclose(file);
    const char *first = strstr(header, ",accuracy"), *second = strstr(header, ",beside_accuracy");
    const char *third = strstr(header, ",beside_2_accuracy");
    assert_true(first && second && third && first < second && second < third);
}

static void trace_is_that_of_headless(void **state) {
    (void)state;
    save(EXPORT_TRACE);
    run_headless("--trace");
    assert_same_files(path, other);
}

static void page_is_that_of_headless(void **state) {
    (void)state;
    ExportRequest r = request(EXPORT_PAGE);
    char *command = repeat_command_of(shown.settings, NULL, 0, NULL, NULL, ASPECT_AUTO, 0, NULL);
    assert_non_null(command);
    r.command = command;
    run_to_end(begin(&r), 0.0);
    free(command);
    run_headless("--html");
    assert_same_files(path, other);
}

static int times_in(const char *name, const char *text) {
    size_t size;
    int times = 0;
    uint8_t *bytes = read_file(name, &size);
    for (const char *at = (const char *)bytes; (at = strstr(at, text)); at++)
        times++;
    free(bytes);
    return times;
}

/* How often a text is in the file that was saved. */
static int times_in_page(const char *text) {
    return times_in(path, text);
}

/* The page of a replay has the name of its points' file and a command that replays, not what generates points. */
static void page_of_a_replay_knows_its_points(void **state) {
    (void)state;
    Dataset points;
    size_t size;
    Settings settings = *experiment_snapshot(&experiment).settings;
    assert_true(dataset_generate(&points, &settings, &status));
    experiment_free(&experiment);
    assert_true(experiment_init(&experiment, &settings, &points, "/home/me/own points.csv", &status));
    experiment.log = run_log_new(&experiment, &status);
    assert_non_null(experiment.log);
    play_to_end();
    run_log_seal(experiment.log, &experiment, true);
    const char *log = run_log_text(experiment.log, &size);
    write_bytes(path, log, size);
    run_log_free(experiment.log);
    experiment.log = NULL;
    char command[1024];
    snprintf(command, sizeof command, "'%s' --headless --replay '%s' --html '%s'", EASYFIRST_BINARY, path, other);
    assert_int_equal(system(command), 0);
    assert_int_equal(times_in(other, "\"title\":\"own points.csv\",\"command\":\"easyfirst --replay=mine\""), 1);
    assert_int_equal(times_in(other, "/home/me") + times_in(other, folder) + times_in(other, "\"Data set\""), 0);
}

/* No name ends the script, opens a comment or breaks a line of it. */
static void names_stay_names_in_a_page(void **state) {
    (void)state;
    save(EXPORT_PAGE);
    int ends = times_in_page("</script"), comments = times_in_page("<!--");
    unlink(path);
    ExportRequest r = request(EXPORT_PAGE);
    Dataset *data = &experiment.trainer->data;
    const char hostile[] = "</script><script>alert(1)</script><!--\"'\\&\xe2\x80\xa8\xe2\x80\xa9";
    assert_true(dataset_name_class(data, 0, hostile, strlen(hostile)));
    assert_true(dataset_name_axis(data, 0, "<!--<script>", 12));
    Note note = {.epoch = 1, .text = "</SCRIPT>\nlook"};
    Notes notes = {.notes = &note, .count = 1};
    shown.notes = &notes;
    r.command = "easyfirst '</script>.csv' \xff";
    r.points_path = "/home/me/]]></script>.csv";
    run_to_end(begin(&r), 0.0);
    assert_int_equal(times_in_page("</script") + times_in_page("</SCRIPT"), ends);
    assert_int_equal(times_in_page("<!--"), comments);
    assert_int_equal(times_in_page("\xe2\x80\xa8") + times_in_page("\xe2\x80\xa9"), 0);
    assert_int_equal(times_in_page("/home/me"), 0); /* folders are nobody's business */
    assert_int_equal(times_in_page("\"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)"), 1);
    assert_int_equal(times_in_page("{\"epoch\":2,\"text\":\"\\u003c/SCRIPT\\u003e\\u000alook\"}"), 1);
    assert_int_equal(times_in_page("\\ufffd"), 1);
}

static void pages_have_as_many_epochs_as_fit(void **state) {
    (void)state;
    assert_int_equal(page_record_count(10, 1258), 10);
    assert_int_equal(page_record_count(4096, 12508), PAGE_EPOCH_BYTES / 12508);
    assert_int_equal(page_record_count(1, PAGE_EPOCH_BYTES), 1);
    assert_int_equal(page_record_count(9, 2 * PAGE_EPOCH_BYTES), 2);
    assert_int_equal(page_record(0, 1, 1), 0);
    for (size_t n = 2; n <= 10; n++) {
        assert_int_equal(page_record(0, n, 10), 0);
        assert_int_equal(page_record(n - 1, n, 10), 9);
        for (size_t i = 1; i < n; i++) {
            size_t gap = page_record(i, n, 10) - page_record(i - 1, n, 10);
            assert_true(gap >= 9 / (n - 1) && gap <= 9 / (n - 1) + 1);
        }
    }
}

static void pages_say_what_they_cannot(void **state) {
    (void)state;
    ExportRequest r = request(EXPORT_PAGE);
    r.page_folder = "/nonexistent";
    refuse(r, "/nonexistent/page.html");
    r.page_folder = folder; /* a template without its marks */
    char html[sizeof folder + 32], css[sizeof folder + 32];
    snprintf(html, sizeof html, "%s/page.html", folder);
    snprintf(css, sizeof css, "%s/page.css", folder);
    write_text(html, "<p>");
    write_text(css, "");
    status = (Status){0};
    assert_null(export_job_begin(&r, &status));
    assert_non_null(strstr(status.message, "cannot read the page's template"));
    unlink(html);
    unlink(css);
    Snapshot many = experiment_snapshot(&experiment);
    Dataset data;
    assert_true(dataset_init(&data, PAGE_POINTS + 1, 2, &status));
    many.data = &data;
    uint32_t *admitted = calloc(PAGE_POINTS + 1, sizeof *admitted);
    assert_non_null(admitted);
    many.admitted = admitted;
    r = request(EXPORT_PAGE);
    r.snapshot = &many;
    refuse(r, "100,001 points are too many for a page, which holds 100,000");
    free(admitted);
    dataset_free(&data);
    experiment_free(&experiment);
    begin_run(NULL);
    refuse(request(EXPORT_PAGE), "no epoch is done");
}

static void points_are_those_of_headless(void **state) {
    (void)state;
    save(EXPORT_POINTS);
    run_headless("--points");
    assert_same_files(path, other);
}

/* From the inputs to the settings: what does not tell how the run was asked for. */
static char *model_in(const char *name) {
    size_t size;
    char *text = (char *)read_file(name, &size);
    char *from = strstr(text, "\"inputs\""), *to = strstr(text, "\"settings\"");
    assert_true(from && to && from < to);
    *to = '\0';
    memmove(text, from, strlen(from) + 1);
    return text;
}

/* Of the end, to the last byte; of an epoch that is looked at, what a run has that ends there. */
static void model_is_that_of_headless(void **state) {
    (void)state;
    ExportRequest r = request(EXPORT_MODEL);
    r.command = "easyfirst --samples 400 --seed 7 --hidden 8 --threshold 0.5 --epochs 6";
    run_to_end(begin(&r), 0.01);
    run_headless("--standardize on --model");
    char *one = model_in(path), *two = model_in(other);
    assert_string_not_equal(one, two);
    free(two);
    run_headless("--model");
    assert_same_files(path, other);
    unlink(path);
    assert_true(experiment_push(&experiment, (Command){.kind = COMMAND_LOOK, .epoch = 2}));
    experiment_advance(&experiment, 1.0, no_time, 1.0);
    save(EXPORT_MODEL);
    run_headless("--epochs 3 --model");
    char *three = model_in(path);
    two = model_in(other);
    assert_string_not_equal(one, three);
    assert_string_equal(three, two);
    size_t size;
    char *whole = (char *)read_file(path, &size);
    assert_true(strstr(whole, "\"command\": null,\n  \"epoch\": 3,\n") && strstr(whole, "\"samples\": \"400\""));
    free(whole);
    unlink(path);
    r = request(EXPORT_MODEL);
    r.own_points = true;
    run_to_end(begin(&r), 0.01);
    whole = (char *)read_file(path, &size);
    assert_true(!strstr(whole, "\"samples\"") && strstr(whole, "\"hidden\": \"8\""));
    free(whole);
    free(one);
    free(two);
    free(three);
}

static void a_diverged_model_is_refused(void **state) {
    (void)state;
    ExportRequest r = request(EXPORT_MODEL);
    float *parameters = calloc(shown.mlp->parameters, sizeof *parameters);
    assert_non_null(parameters);
    parameters[3] = NAN;
    shown.parameters = parameters;
    assert_null(export_job_begin(&r, &status));
    assert_string_equal(status.message,
                        "the model has diverged: a parameter is not finite, and JSON has no such number");
    assert_int_equal(files_in_folder(), 0);
    free(parameters);
}

static void plot_is_that_of_headless(void **state) {
    (void)state;
    static const struct {
        int width, height;
        const char *options;
    } sizes[] = {
        {640, 480, "--image-size 640x480 --png"},
        {64, 64, "--image-size 64x64 --scale 0.75 --png"},
        {1600, 1200, "--image-size 1600x1200 --scale 2.5 --png"}, /* in bands */
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        ExportRequest r = request(EXPORT_PLOT);
        r.replace = true;
        r.width = sizes[i].width;
        r.height = sizes[i].height;
        run_to_end(begin(&r), 0.0);
        run_headless(sizes[i].options);
        assert_same_pictures(path, other);
    }
}

/* A job copies what each figure shows: the histories, too. */
static void other_figures_are_those_of_headless(void **state) {
    (void)state;
    char *command = repeat_command_of(&experiment.trainer->settings, NULL, 0, NULL, NULL, ASPECT_AUTO, 0, NULL);
    for (int figure = FIGURE_HISTOGRAM; figure <= FIGURE_TIMELINE; figure++) {
        char line[128];
        ExportRequest r = request(EXPORT_PLOT);
        r.replace = true;
        r.figure = (FigureKind)figure;
        run_to_end(begin(&r), 0.0);
        snprintf(line, sizeof line, "--figure %s --png", FIGURE_NAMES[figure]);
        run_headless(line);
        assert_same_pictures(path, other);
        r = request(EXPORT_PDF);
        r.replace = true;
        r.figure = (FigureKind)figure;
        r.command = command;
        run_to_end(begin(&r), 0.0);
        snprintf(line, sizeof line, "--figure %s --pdf", FIGURE_NAMES[figure]);
        run_headless(line);
        assert_same_files(path, other);
    }
    ExportRequest r = request(EXPORT_PDF);
    r.replace = true;
    r.figure = FIGURE_MAP; /* nobody has looked at it */
    assert_null(export_job_begin(&r, &status));
    assert_non_null(strstr(status.message, "not known yet"));
    free(command);
}

static void figure_is_that_of_headless(void **state) {
    (void)state;
    char *command = repeat_command_of(&experiment.trainer->settings, NULL, 0, NULL, NULL, ASPECT_AUTO, 0, NULL);
    ExportRequest r = request(EXPORT_SVG);
    r.command = command;
    run_to_end(begin(&r), 0.0);
    run_headless("--svg");
    assert_same_files(path, other);
    r.replace = true;
    r.width = 84;
    r.height = 40;
    run_to_end(begin(&r), 0.0);
    run_headless("--image-size 840x400 --figure-width 84 --svg");
    assert_same_files(path, other);
    free(command);
}

/* Mean square error of a picture of twice the size, four pixels for one, from the plain one. */
static double error_of_twice(const uint8_t *plain, int width, int height) {
    int w, h;
    uint8_t *twice = read_png(path, &w, &h);
    double error = 0;
    assert_int_equal(w, 2 * width);
    assert_int_equal(h, 2 * height);
    for (int y = 0; y < height; y++)
        for (int k = 0; k < 3 * width; k++) {
            const uint8_t *at = twice + 12 * (size_t)width * (size_t)y + 6 * (k / 3) + k % 3;
            double mean = (at[0] + at[3] + at[6 * width] + at[6 * width + 3]) / 4.0;
            error += (mean - plain[3 * width * y + k]) * (mean - plain[3 * width * y + k]);
        }
    free(twice);
    unlink(path);
    return error / (3.0 * width * height);
}

/* Everything is twice as large, marks and text, too. */
static void plot_at_2x_is_twice_as_large(void **state) {
    (void)state;
    int w, h;
    save(EXPORT_PLOT);
    uint8_t *plain = read_png(path, &w, &h);
    unlink(path);
    ExportRequest r = request(EXPORT_PLOT_2X);
    r.width = EXPORTS[EXPORT_PLOT_2X]->size.width;
    r.height = EXPORTS[EXPORT_PLOT_2X]->size.height;
    run_to_end(begin(&r), 0.01);
    double twice = error_of_twice(plain, w, h);
    r.scale = 1.0f; /* marks and text as they were */
    run_to_end(begin(&r), 0.01);
    double wide = error_of_twice(plain, w, h);
    if (twice > 60.0 || wide < 5.0 * twice)
        fail_msg("mean square error %g; of marks and text of the old size %g", twice, wide);
    free(plain);
}

static void view_is_kept(void **state) {
    (void)state;
    ExportRequest r = request(EXPORT_PLOT);
    run_to_end(begin(&r), 1.0);
    assert_int_equal(rename(path, other), 0);
    Camera camera; /* all points in a view of another size: the same picture */
    camera_fit(&camera, shown.data, (Rect){10.0f, 20.0f, 1200.0f, 900.0f});
    r = request(EXPORT_PLOT);
    r.view = &camera;
    run_to_end(begin(&r), 1.0);
    int w, h;
    uint8_t *a = read_png(path, &w, &h), *b = read_png(other, &w, &h);
    size_t differences = 0, bytes = (size_t)w * (size_t)h * 3;
    for (size_t i = 0; i < bytes; i++)
        differences += a[i] != b[i];
    assert_true(differences < bytes / 10); /* the margins are of different shapes */
    free(a);
    free(b);
    camera.scale *= 40.0; /* and another one when it shows something else */
    camera_update(&camera);
    r = request(EXPORT_PLOT);
    r.view = &camera;
    r.replace = true;
    run_to_end(begin(&r), 1.0);
    a = read_png(path, &w, &h);
    b = read_png(other, &w, &h);
    differences = 0;
    for (size_t i = 0; i < bytes; i++)
        differences += a[i] != b[i];
    assert_true(differences > bytes / 5);
    free(a);
    free(b);
}

static void window_is_copied(void **state) {
    (void)state;
    Canvas canvas = {0};
    assert_true(canvas_resize(&canvas, 301, 203, &status));
    for (int i = 0; i < 301 * 203; i++)
        canvas.pixels[i] = 0xff000000u | (uint32_t)i * 2654435761u >> 8;
    ExportRequest r = request(EXPORT_WINDOW);
    r.canvas = &canvas;
    ExportJob *job = begin(&r);
    uint32_t first = canvas.pixels[0], last = canvas.pixels[301 * 203 - 1];
    canvas_fill(&canvas, 0xff123456);
    canvas_free(&canvas);
    run_to_end(job, 0.0);
    int w, h;
    uint8_t *pixels = read_png(path, &w, &h);
    assert_int_equal(w, 301);
    assert_int_equal(h, 203);
    for (size_t i = 0; i < 301 * 203; i++) {
        uint32_t color = (uint32_t)i * 2654435761u >> 8;
        assert_int_equal(pixels[3 * i], color >> 16 & 255);
        assert_int_equal(pixels[3 * i + 1], color >> 8 & 255);
        assert_int_equal(pixels[3 * i + 2], color & 255);
    }
    assert_int_equal(first & 0xff, pixels[2]);
    assert_int_equal(last & 0xff, pixels[3 * 301 * 203 - 1]);
    free(pixels);
}

/* ---- while the run goes on ---- */

static void run_goes_on_meanwhile(void **state) {
    (void)state;
    static const ExportKind kinds[] = {EXPORT_GIF, EXPORT_PLOT, EXPORT_SVG, EXPORT_PDF, EXPORT_POINTS, EXPORT_TRACE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        experiment_free(&experiment);
        begin_run(NULL);
        play_to_end();
        ExportRequest r = request(kinds[i]);
        run_to_end(begin(&r), 0.0);
        assert_int_equal(rename(path, other), 0);
        r = request(kinds[i]);
        ExportJob *job = begin(&r);
        memset(&r, 0xee, sizeof r);
        memset(&shown, 0xee, sizeof shown);
        assert_int_equal(export_job_step(job, 0.0, &status), EXPORT_RUNNING);
        assert_true(experiment_push(&experiment, (Command){.kind = COMMAND_PLAY})); /* one more epoch */
        experiment_advance(&experiment, 1.0, no_time, 0.0);
        const size_t n = experiment.trainer->data.count; /* nothing is read there any more */
        memset(experiment.trainer->each.v, 0xee, n * sizeof(float));
        memset(experiment.trainer->each.loss, 0xee, n * sizeof(float));
        memset(experiment.trainer->each.admitted, 0xee, n * sizeof(uint32_t));
        memset(experiment.trainer->data.x, 0xee, n * sizeof(float));
        memset(experiment.trainer->data.label, 0, n);
        Command command = {.kind = COMMAND_SETTINGS, .settings = experiment.trainer->settings};
        command.settings.samples = 50;
        command.settings.hidden_count = 0;
        assert_true(experiment_push(&experiment, command));
        experiment_advance(&experiment, 1.0, no_time, 0.0);
        assert_int_equal(experiment.trainer->data.count, 50);
        run_to_end(job, 0.0);
        if (kinds[i] == EXPORT_PLOT)
            assert_same_pictures(path, other);
        else
            assert_same_files(path, other);
        unlink(path);
    }
}

static void an_earlier_epoch_is_saved_as_it_was(void **state) {
    (void)state;
    assert_true(experiment_push(&experiment, (Command){.kind = COMMAND_LOOK, .epoch = 1}));
    experiment_advance(&experiment, 0.0, no_time, 0.0);
    save(EXPORT_POINTS);
    run_headless("--epochs 2 --points");
    assert_same_files(path, other);
    unlink(path);
    save(EXPORT_PLOT);
    run_headless("--epochs 2 --png");
    /* but for the number of epochs in the caption's width */
    int w, h;
    uint8_t *a = read_png(path, &w, &h), *b = read_png(other, &w, &h);
    size_t from = (size_t)w * 3 * 60, bytes = (size_t)w * (size_t)h * 3;
    assert_memory_equal(a + from, b + from, bytes - from);
    free(a);
    free(b);
    unlink(path);
    save(EXPORT_GIF); /* the whole run, wherever one looks */
    assert_int_equal(frames_of(path), EPOCHS);
}

static void slices_are_counted(void **state) {
    (void)state;
    ExportRequest r = request(EXPORT_GIF);
    ExportJob *job = begin(&r);
    ExportProgress p = export_job_progress(job);
    assert_int_equal(p.done, 0);
    assert_int_equal(p.total, EPOCHS);
    assert_true(p.seconds_left < 0.0);
    size_t done = 0;
    while (export_job_step(job, 1e9, &status) == EXPORT_RUNNING) { /* a frame, whatever the time */
        p = export_job_progress(job);
        assert_int_equal(p.done, ++done);
        assert_int_equal(p.total, EPOCHS);
        assert_true(p.seconds_left >= 0.0 && p.seconds_left < 60.0);
        assert_int_equal(p.seconds_left == 0.0, done == EPOCHS);
        assert_false(file_exists(path));
    }
    assert_int_equal(done, EPOCHS);
    assert_true(file_exists(path));
    export_job_free(job);

    r = request(EXPORT_TRACE);
    r.replace = true;
    job = begin(&r);
    assert_int_equal(export_job_step(job, 0.0, &status), EXPORT_RUNNING);
    assert_int_equal(export_job_progress(job).done, EPOCHS);
    assert_int_equal(export_job_step(job, 0.0, &status), EXPORT_DONE);
    export_job_free(job);

    r = request(EXPORT_PLOT);
    r.replace = true;
    r.width = r.height = 1500;
    job = begin(&r);
    int steps = 0;
    for (done = 0; export_job_step(job, 0.0, &status) == EXPORT_RUNNING; steps++) {
        p = export_job_progress(job);
        assert_true(p.done > done && p.done <= p.total);
        done = p.done;
    }
    assert_true(steps > 1500); /* a row is a slice */
    export_job_free(job);
}

static void colors_of_losses_are_in_the_palette(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    for (int i = 0; i < PLOT_COLORS; i++) {
        Color colors[PICTURE_PALETTE];
        size_t count = picture_palette(&THEME_LIGHT, &settings, MAX_CLASSES, (PlotColor)i, 1 + i % 3, colors);
        assert_true(count > 100 && count <= PICTURE_PALETTE);
        bool found = false;
        for (size_t k = 0; k < count; k++)
            found = found ||
                    (colors[k] | 0xff000000u) == (i == PLOT_COLOR_INFLUENCE ? plot_influence_color(&THEME_LIGHT, 1.0f)
                                                                            : plot_ramp(&THEME_LIGHT, 1.0f));
        assert_true(found || i == PLOT_COLOR_CLASS);
    }
    ExportRequest r = request(EXPORT_GIF);
    r.options.color = PLOT_COLOR_LOSS;
    run_to_end(begin(&r), 0.0);
    assert_int_equal(frames_of(path), EPOCHS);
}

/* A measure that colours show is that of the moment at which the picture was asked for. */
static void colors_of_a_measure_are_kept(void **state) {
    (void)state;
    const Snapshot now = experiment_snapshot(&experiment);
    size_t count = now.data->count;
    float *value = calloc(count, sizeof *value);
    assert_non_null(value);
    for (int kind = EXPORT_PLOT;; kind = EXPORT_GIF) {
        uint8_t *files[3];
        size_t sizes[3];
        for (int i = 0; i < 3; i++) { /* undisturbed, changed on the way, and another measure */
            for (size_t k = 0; k < count; k++)
                value[k] = i < 2 ? (float)k / (float)count : 0.5f;
            LabelLook look = {.count = count, .version = 1};
            look.value[MEASURE_KNN] = value;
            Snapshot with = now;
            with.labels = &look;
            ExportRequest r = request((ExportKind)kind);
            r.snapshot = &with;
            r.options.color = PLOT_COLOR_KNN;
            r.replace = true;
            ExportJob *job = begin(&r);
            if (i == 1)
                memset(value, 0, count * sizeof *value);
            look = (LabelLook){0};
            run_to_end(job, 0.0);
            files[i] = read_file(path, &sizes[i]);
        }
        assert_int_equal(sizes[0], sizes[1]);
        assert_memory_equal(files[0], files[1], sizes[0]);
        assert_true(sizes[0] != sizes[2] || memcmp(files[0], files[2], sizes[0]) != 0);
        for (int i = 0; i < 3; i++)
            free(files[i]);
        if (kind == EXPORT_GIF)
            break;
    }
    free(value);
}

/* ---- cancelled, refused, failed ---- */

static void cancel_leaves_nothing(void **state) {
    (void)state;
    Canvas canvas = {0};
    assert_true(canvas_resize(&canvas, 200, 100, &status));
    canvas_fill(&canvas, 0xffffffff);
    for (int kind = 0; kind < EXPORT_KINDS; kind++) {
        /* for ffmpeg, or a thread: nobody knows how many steps */
        bool waits = kind == EXPORT_PDF || (EXPORTS[kind]->moves && kind != EXPORT_GIF);
        for (int steps = 0; steps < (waits ? 3 : 1000); steps += kind == EXPORT_SVG && steps > 3 ? 100 : 1) {
            ExportRequest r = request((ExportKind)kind);
            r.canvas = &canvas;
            r.width = r.height = EXPORTS[kind]->moves ? 100 : EXPORTS[kind]->size.smallest;
            r.frames = QUICK;
            ExportJob *job = begin(&r);
            bool running = true;
            for (int i = 0; i < steps && running; i++)
                running = export_job_step(job, 0.0, &status) == EXPORT_RUNNING;
            export_job_free(job);
            assert_int_equal(files_in_folder(), running ? 0 : 1);
            unlink(path);
            if (!running)
                break;
        }
    }
    export_job_free(NULL);
    write_text(path, "precious"); /* and an old file stays, even when it was to be replaced */
    ExportRequest r = request(EXPORT_GIF);
    r.replace = true;
    ExportJob *job = begin(&r);
    assert_int_equal(export_job_step(job, 0.0, &status), EXPORT_RUNNING);
    export_job_free(job);
    assert_text(path, "precious");
    assert_int_equal(files_in_folder(), 1);
    canvas_free(&canvas);
}

/* Test points and true labels come along, nothing of a second run is held on to, and the table is that of headless. */
/* A job keeps no look at what the run frees. */
static void nothing_points_into_the_run(void **state) {
    (void)state;
    experiment_free(&experiment);
    Settings s;
    settings_default(&s);
    s.samples = 200;
    s.epochs = 3;
    s.clean = 20;
    s.pace = PACE_META;
    s.regularizer = REGULARIZER_LINEAR;
    s.threshold = 5.0;
    assert_true(experiment_init(&experiment, &s, NULL, NULL, &status));
    play_to_end();
    for (int kind = 0; kind < EXPORT_KINDS; kind++) {
        if (kind == EXPORT_WINDOW)
            continue;
        ExportRequest r = request((ExportKind)kind);
        r.width = r.height = 64;
        r.frames = QUICK;
        shown.wanted = &s;
        assert_non_null(shown.trainer);
        assert_non_null(shown.hand_marks);
        ExportJob *job = begin(&r);
        const Snapshot *now = &job->run.now;
        assert_true(!now->trainer && !now->wanted && !now->branches && !now->hand_marks && !now->influence);
        assert_true(!now->undo && !now->redo && !now->history && !now->others[0] && !now->others[1]);
        run_to_end(job, 0.0);
        unlink(path);
    }
}

static void nothing_of_the_run_is_needed_later(void **state) {
    (void)state;
    for (int kind = 0; kind < EXPORT_KINDS; kind++) {
        if (kind == EXPORT_WINDOW)
            continue;
        experiment_free(&experiment);
        Settings s;
        settings_default(&s);
        s.samples = 200;
        s.seed = 7;
        s.epochs = 3;
        s.test = 0.2;
        s.flip = 0.1;
        assert_true(experiment_init(&experiment, &s, NULL, NULL, &status));
        Command compare = {.kind = COMMAND_COMPARE, .compare = true, .settings = s};
        compare.settings.order = ORDER_ALL;
        assert_true(experiment_push(&experiment, compare));
        play_to_end();
        ExportRequest r = request((ExportKind)kind);
        r.width = r.height = 96;
        r.figure = kind == EXPORT_PDF ? FIGURE_TIMELINE : kind == EXPORT_SVG ? FIGURE_MAP : FIGURE_PLOT;
        float *measured = calloc(shown.data->count, sizeof *measured);
        assert_non_null(measured);
        LabelLook look = {.count = shown.data->count};
        look.value[MEASURE_VARIABILITY] = look.value[MEASURE_CONFIDENCE] = measured;
        shown.labels = &look;
        r.frames = QUICK;
        ExportJob *job = begin(&r);
        free(measured);
        experiment_free(&experiment);
        s.samples = 50;
        assert_true(experiment_init(&experiment, &s, NULL, NULL, &status));
        run_to_end(job, 0.0);
        if (kind == EXPORT_POINTS) {
            char command[1024];
            snprintf(command, sizeof command,
                     "'%s' --headless --force --samples 200 --seed 7 --epochs 3 --test 0.2 --flip 0.1 --points '%s'",
                     EASYFIRST_BINARY, other);
            assert_int_equal(system(command), 0);
            assert_same_files(path, other);
        }
        unlink(path);
    }
}

static void existing_is_refused_or_replaced(void **state) {
    (void)state;
    Canvas canvas = {0};
    assert_true(canvas_resize(&canvas, 20, 10, &status));
    canvas_fill(&canvas, 0xffffffff);
    for (int kind = 0; kind < EXPORT_KINDS; kind++) {
        write_text(path, "precious");
        assert_true(file_exists(path));
        ExportRequest r = request((ExportKind)kind);
        r.canvas = &canvas;
        r.width = r.height = 64;
        r.frames = QUICK;
        assert_null(export_job_begin(&r, &status));
        assert_non_null(strstr(status.message, path));
        assert_non_null(strstr(status.message, "exists"));
        assert_text(path, "precious");
        r.replace = true;
        run_to_end(begin(&r), 1.0);
        size_t size;
        uint8_t *bytes = read_file(path, &size);
        assert_null(strstr((char *)bytes, "precious"));
        free(bytes);
        assert_int_equal(files_in_folder(), 1);
    }
    canvas_free(&canvas);
    unlink(path);
    assert_false(file_exists(path));
    assert_false(file_exists(folder)); /* a folder is no file to replace: saving there fails */
}

static void file_that_came_up_meanwhile_stays(void **state) {
    (void)state;
    for (int kind = 0; kind < EXPORT_KINDS; kind++) {
        if (kind == EXPORT_WINDOW)
            continue;
        ExportRequest r = request((ExportKind)kind);
        r.width = r.height = 64;
        r.frames = QUICK;
        ExportJob *job = begin(&r);
        write_text(path, "precious");
        ExportResult result;
        while ((result = export_job_step(job, 0.01, &status)) == EXPORT_RUNNING)
            ;
        assert_int_equal(result, EXPORT_FAILED);
        assert_non_null(strstr(status.message, "exists"));
        export_job_free(job);
        assert_text(path, "precious");
        assert_int_equal(files_in_folder(), 1);
        unlink(path);
    }
}

static void failures_say_why(void **state) {
    (void)state;
    ExportRequest r = request(EXPORT_GIF);
    r.path = "/nonexistent/a.gif";
    refuse(r, "/nonexistent/a.gif");
    r.path = "";
    refuse(r, "name");
    r.path = folder;
    refuse(r, folder);
    r = request(EXPORT_GIF);
    r.width = 2049;
    refuse(r, "64x64 to 2048x2048");
    r = request(EXPORT_PLOT);
    r.height = 63;
    refuse(r, "64x64 to 8192x8192");
    r = request(EXPORT_SVG);
    r.width = 301;
    refuse(r, "30x30 to 300x300");
    r = request(EXPORT_PLOT);
    r.font_folder = "/nonexistent";
    refuse(r, "/nonexistent");
    experiment_free(&experiment);
    begin_run(NULL);
    refuse(request(EXPORT_GIF), "no epoch is done");
    refuse(request(EXPORT_TRACE), "no epoch is done");
    save(EXPORT_POINTS); /* there are points already */
    unlink(path);
    play_to_end();

    if (access("/dev/full", W_OK) != 0)
        return;
    for (int kind = 0; kind < EXPORT_KINDS; kind++) {
        if (kind == EXPORT_WINDOW)
            continue;
        r = request((ExportKind)kind);
        r.width = r.height = 64;
        r.frames = QUICK;
        r.path = "/dev/full";
        status = (Status){0};
        ExportJob *job = begin(&r);
        ExportResult result;
        while ((result = export_job_step(job, 0.01, &status)) == EXPORT_RUNNING)
            ;
        assert_int_equal(result, EXPORT_FAILED);
        assert_non_null(strstr(status.message, "/dev/full"));
        assert_non_null(strstr(status.message, "No space"));
        export_job_free(job);
    }
}

static void scale_and_step_follow_the_size(void **state) {
    (void)state;
    assert_true(picture_scale(640, 480) == 1.0f);
    assert_true(picture_scale(1280, 960) == 2.0f);
    assert_true(picture_scale(1280, 480) == 1.0f);
    assert_true(picture_scale(64, 64) == 0.75f);
    assert_true(picture_scale(8192, 8192) == 4.0f);
    int deep[MAX_HIDDEN] = {64, 64, 64, 64, 64, 64};
    Mlp linear, large;
    mlp_shape(&linear, NULL, 0, 2, ACTIVATION_TANH);
    mlp_shape(&large, deep, MAX_HIDDEN, 8, ACTIVATION_TANH);
    assert_int_equal(picture_field_step(640, 480, &linear), 1);
    assert_int_equal(picture_field_step(1920, 1080, &linear), 1);
    assert_int_equal(picture_field_step(8192, 8192, &linear), 5);
    assert_int_equal(picture_field_step(8192, 8192, &large), 16);
}

#define of_run(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        of_run(gif_is_that_of_headless),
        of_run(gif_of_another_size_and_theme),
        of_run(last_frame_rings_what_is_left),
        of_run(page_is_that_of_headless),
        of_run(page_of_a_replay_knows_its_points),
        of_run(names_stay_names_in_a_page),
        of_run(pages_have_as_many_epochs_as_fit),
        of_run(pages_say_what_they_cannot),
        of_run(trace_is_that_of_headless),
        of_run(the_second_run_is_in_the_files),
        of_run(the_third_run_is_in_the_files),
        of_run(the_trace_names_each_run),
        of_run(points_are_those_of_headless),
        of_run(model_is_that_of_headless),
        of_run(a_diverged_model_is_refused),
        of_run(plot_is_that_of_headless),
        of_run(other_figures_are_those_of_headless),
        of_run(figure_is_that_of_headless),
        of_run(plot_at_2x_is_twice_as_large),
        of_run(view_is_kept),
        of_run(window_is_copied),
        of_run(run_goes_on_meanwhile),
        of_run(an_earlier_epoch_is_saved_as_it_was),
        of_run(slices_are_counted),
        of_run(colors_of_losses_are_in_the_palette),
        of_run(colors_of_a_measure_are_kept),
        of_run(cancel_leaves_nothing),
        of_run(nothing_of_the_run_is_needed_later),
        of_run(nothing_points_into_the_run),
        of_run(existing_is_refused_or_replaced),
        of_run(file_that_came_up_meanwhile_stays),
        of_run(failures_say_why),
        cmocka_unit_test(scale_and_step_follow_the_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
