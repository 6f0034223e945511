/* easyfirst_bench [FILTER]: how long things take, measured here and now: the median of several runs, the
 * least and the most. Only entries whose name contains FILTER are run. Nothing is asserted: figures are for
 * people. */
#include "app/io/cli.h"
#include "app/experiment/experiment.h"
#include "app/experiment/run_log.h"
#include "app/io/tables_csv.h"
#include "app/headless/headless.h"
#include "app/io/points_csv.h"
#include "app/window/present.h"
#include "app/window/screen.h"
#include "app/window/window_private.h"
#include "core/field.h"
#include "core/kernels/kernels.h"
#include "core/trainer.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 2000 };

static const char *filter = "";

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void give_up(const Status *status) {
    fprintf(stderr, "easyfirst_bench: %s\n", status->message);
    exit(1);
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* One row. Times are in seconds; unit_size says how many seconds one unit is. */
static void report(const char *name, double *times, int runs, const char *unit, double unit_size) {
    qsort(times, (size_t)runs, sizeof *times, compare);
    printf("%-58s %10.4g %10.4g %10.4g %10.4g  %s\n", name, times[runs / 2] / unit_size, times[0] / unit_size,
           times[runs - 1] / unit_size, times[(int)(0.95 * (runs - 1))] / unit_size, unit);
    fflush(stdout);
}

static bool wanted(const char *name) {
    return strstr(name, filter) != NULL;
}

/* ---- training ---- */

/* A linear model, or one with two hidden layers of so many units. */
static Settings make_settings(int samples, int units) {
    Settings s;
    settings_default(&s);
    s.samples = samples;
    s.hidden_count = units > 0 ? 2 : 0;
    s.hidden[0] = s.hidden[1] = units;
    return s;
}

static Trainer *trainer_of(const Settings *settings) {
    Status status;
    Trainer *t = trainer_new(settings, NULL, &status);
    if (!t)
        give_up(&status);
    return t;
}

static Trainer *make_trainer(int samples, int units) {
    Settings s = make_settings(samples, units);
    return trainer_of(&s);
}

/* Ten epochs. */
static void bench_epochs(const char *name, const Settings *settings, const Kernels *kernels, bool evaluate, int runs,
                         const char *unit, double unit_size) {
    if (!wanted(name))
        return;
    double times[MOST_RUNS];
    Trainer *t = trainer_of(settings);
    t->kernels = kernels;
    for (int i = -1; i < runs; i++) { /* the first is to warm up */
        trainer_reset(t);
        double began = now();
        for (int epoch = 0; epoch < 10; epoch++) {
            trainer_run(t, SIZE_MAX);
            if (evaluate)
                trainer_evaluate(t);
        }
        if (i >= 0)
            times[i] = now() - began;
    }
    report(name, times, runs, unit, unit_size);
    trainer_free(t);
}

/* Of this process, so that what else goes on makes no difference. */
static double processor_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double seconds_of_epochs(Trainer *t) {
    trainer_reset(t);
    double began = processor_seconds();
    for (int epoch = 0; epoch < 10; epoch++)
        trainer_run(t, SIZE_MAX);
    return processor_seconds() - began;
}

/* How many batches of plain training one of meta's takes, both run in turn. */
static void bench_meta(const char *name, Settings s, int clean, int runs) {
    if (!wanted(name))
        return;
    double times[MOST_RUNS];
    s.clean = clean;
    s.regularizer = REGULARIZER_LINEAR;
    s.threshold = 5.0;
    s.order = ORDER_ALL;
    Trainer *plain = trainer_of(&s);
    s.order = ORDER_EASY;
    s.pace = PACE_META;
    Trainer *meta = trainer_of(&s);
    for (int i = -1; i < runs; i++) {
        double ratio = seconds_of_epochs(meta) / seconds_of_epochs(plain);
        if (i >= 0)
            times[i] = ratio;
    }
    report(name, times, runs, "times as long", 1.0);
    trainer_free(plain);
    trainer_free(meta);
}

static void bench_losses(const char *name, int units, int runs) {
    if (!wanted(name))
        return;
    double times[MOST_RUNS];
    Trainer *t = make_trainer(1000000, units);
    for (int i = -1; i < runs; i++) {
        double began = now();
        trainer_evaluate(t);
        if (i >= 0)
            times[i] = now() - began;
    }
    report(name, times, runs, "ms", 1e-3);
    trainer_free(t);
}

static void bench_permutation(const char *name, int runs) {
    if (!wanted(name))
        return;
    double times[MOST_RUNS];
    static uint32_t order[10000];
    Mt19937 torch;
    mt_seed(&torch, 1);
    for (int i = 0; i < runs; i++) {
        double began = now();
        torch_permutation(&torch, order, 10000);
        times[i] = now() - began;
    }
    report(name, times, runs, "us", 1e-6);
}

/* The step a plain program would take: one sample after the other, libm, double-checked loops. What the
 * kernels save. */
static void bench_plain(const char *name, int runs) {
    if (!wanted(name))
        return;
    double times[MOST_RUNS];
    Trainer *t = make_trainer(10000, 0);
    static uint32_t order[10000];
    for (int run = -1; run < runs; run++) {
        trainer_reset(t);
        WeightRule rule = weight_rule(&t->settings, 0.1, false);
        double began = now();
        for (int epoch = 0; epoch < 10; epoch++) {
            torch_permutation(&t->torch, order, 10000);
            for (size_t first = 0; first < 10000; first += 32) {
                size_t count = 10000 - first < 32 ? 10000 - first : 32;
                float gradient[16] = {0}, *p = t->parameters;
                for (size_t i = first; i < first + count; i++) {
                    uint32_t s = order[i];
                    float z0 = p[0] * t->data.x[s] + p[1] * t->data.y[s] + p[4];
                    float z1 = p[2] * t->data.x[s] + p[3] * t->data.y[s] + p[5];
                    float high = fmaxf(z0, z1), sum = expf(z0 - high) + expf(z1 - high), log_sum = logf(sum);
                    float loss = log_sum - ((t->data.label[s] ? z1 : z0) - high);
                    t->each.v[s] = weight_of_loss(&rule, loss);
                    float scale = t->each.v[s] / (float)count;
                    float d0 = (expf(z0 - high) / sum - (float)(t->data.label[s] == 0)) * scale;
                    float d1 = (expf(z1 - high) / sum - (float)(t->data.label[s] == 1)) * scale;
                    gradient[0] += d0 * t->data.x[s];
                    gradient[1] += d0 * t->data.y[s];
                    gradient[2] += d1 * t->data.x[s];
                    gradient[3] += d1 * t->data.y[s];
                    gradient[4] += d0;
                    gradient[5] += d1;
                }
                optimizer_step(&t->optimizer, kernels_variant(0), p, gradient);
            }
            rule.t *= 1.35f;
        }
        if (run >= 0)
            times[run] = now() - began;
    }
    report(name, times, runs, "ms", 1e-3);
    trainer_free(t);
}

/* ---- pictures ---- */

static void bench_field(const char *name, int units, int runs) {
    if (!wanted(name))
        return;
    double times[MOST_RUNS];
    Status status;
    Field field = {0};
    Trainer *t = make_trainer(100, units);
    if (!field_resize(&field, 1280, 800, 2, &status))
        give_up(&status);
    for (int i = -1; i < runs; i++) {
        double began = now();
        field_compute(&field, &t->mlp, t->parameters, -6.0, 5.0, 0.01, -0.01);
        if (i >= 0)
            times[i] = now() - began;
    }
    report(name, times, runs, "ms", 1e-3);
    field_free(&field);
    trainer_free(t);
}

static bool labels_watched; /* in frames: the page of suspects is open */

/* What a frame of the window costs while it plays at one epoch a second (paused: while the pointer moves over
 * its buttons), without handing the picture to the display. compared: runs beside the first. */
static void bench_frame_of(const char *name, Settings s, uint32_t epochs, bool paused, int compared, int runs) {
    if (!wanted(name))
        return;
    static double times[MOST_RUNS];
    Status status;
    static Experiment experiment;
    static Screen screen;
    if (!experiment_init(&experiment, &s, NULL, NULL, &status) ||
        !screen_init(&screen, FONT_DIR, 1280, 720, 1.0f, &THEME_LIGHT, &status))
        give_up(&status);
    screen.panel.suspects.open = experiment.watch_labels = labels_watched;
    for (int i = 0; i < compared; i++) {
        Command command = {.kind = COMMAND_COMPARE, .run = i + 1, .compare = true, .settings = s};
        command.settings.order = i == 0 ? ORDER_ALL : ORDER_HARD;
        experiment_push(&experiment, command);
    }
    if (epochs > 0) { /* a long run first */
        experiment_push(&experiment, (Command){.kind = COMMAND_SPEED, .speed = SPEED_MAXIMUM});
        while (experiment.trainer->epoch < epochs) {
            experiment_push(&experiment, (Command){.kind = COMMAND_PLAY}); /* also beyond the settings' epochs */
            experiment_advance(&experiment, 1.0, now, now() + 1.0);
        }
        experiment_push(&experiment, (Command){.kind = COMMAND_SPEED, .speed = 1.0});
    }
    experiment_push(&experiment, (Command){.kind = COMMAND_PLAY});
    UiInput input = {.mouse_x = 300.0f, .mouse_y = 300.0f, .mouse_inside = true};
    for (int i = -30; i < runs; i++) {
        if (i == -25 && paused)
            experiment_push(&experiment, (Command){.kind = COMMAND_PAUSE});
        if (i > -25 && paused) /* along the buttons, for a quarter of a second before it counts */
            input = (UiInput){
                .mouse_x = (float)(100 + i % 100), .mouse_y = 20.0f, .mouse_inside = true, .time = input.time};
        double began = now();
        input.time = (double)i / 60.0;
        Snapshot snapshot = experiment_snapshot(&experiment);
        Intents intents = {.preset = -1};
        screen_widgets(&screen, &input, &snapshot, experiment.speed, &intents);
        experiment_advance(&experiment, 1.0 / 60.0, now, began + 0.010);
        experiment_evaluate_soon(&experiment, input.time);
        experiment_watch_soon(&experiment, input.time);
        snapshot = experiment_snapshot(&experiment);
        if (!screen_draw(&screen, &snapshot, experiment.notice, &intents, &status))
            give_up(&status);
        if (i >= 0)
            times[i] = now() - began;
    }
    report(name, times, runs, "ms", 1e-3);
    screen_free(&screen);
    experiment_free(&experiment);
}

static void bench_frame(const char *name, int samples, int units, uint32_t epochs, bool paused, int compared,
                        int runs) {
    bench_frame_of(name, make_settings(samples, units), epochs, paused, compared, runs);
}

/* The same while each class's threshold learns itself on 100 clean points. */
static void bench_meta_frame(void) {
    Settings s = make_settings(10000, 0);
    s.regularizer = REGULARIZER_LINEAR;
    s.pace = PACE_META;
    s.threshold = 5.0;
    s.clean = 100;
    bench_frame_of("a frame, playing, 10,000 points, λ learns on 100 clean ones, 1280x720", s, 0, false, 0, 600);
}

/* ---- what the window keeps by itself ---- */

/* A frame: painted are so many points; how long the whole took, and autosave in it. */
static double keep_frame(Window *w, int painted, bool keeps, int frame, double *whole) {
    Status status;
    float x[64], y[64];
    double began = now(), kept = 0.0;
    for (int i = 0; i < painted; i++) {
        x[i] = (float)(i % 8) * 0.01f + (float)(frame % 50) * 0.02f;
        y[i] = (float)(i / 8) * 0.01f;
    }
    PointEdit edit = {.kind = EDIT_ADD, .count = (size_t)painted, .x = x, .y = y, .gesture = 1};
    if (painted > 0 && !experiment_edit_points(&w->experiment, &edit, &status))
        give_up(&status);
    if (frame % 15 == 0) { /* it looks now, and a checkpoint is due */
        w->keeping.at = w->keeping.progress = 0.0;
        w->session.trained += 1000.0 + w->session.trained;
    }
    if (keeps) {
        double from = now();
        window_keep(w);
        kept = now() - from;
    }
    UiInput input = {.mouse_x = 300.0f, .mouse_y = 300.0f, .mouse_inside = true, .time = frame / 60.0};
    Snapshot snapshot = experiment_snapshot(&w->experiment);
    Intents intents = {.preset = -1};
    screen_widgets(&w->screen, &input, &snapshot, w->experiment.speed, &intents);
    if (!window_is_checking(w))
        experiment_advance(&w->experiment, 1.0 / 60.0, now, now() + 0.004);
    snapshot = experiment_snapshot(&w->experiment);
    if (!screen_draw(&w->screen, &snapshot, w->experiment.notice, &intents, &status))
        give_up(&status);
    *whole = now() - began;
    return kept;
}

/* Frames of a window that paints, or only plays, at full speed; every quarter of a second it keeps what has been done,
 * with a checkpoint where that is possible, ten times as often as it would. */
static void bench_keep(int samples, bool paints, const char *folder, int runs) {
    static const char *const WHAT[] = {"a frame without autosave", "a frame with autosave",
                                       "    autosave's part of it"};
    char name[3][96];
    bool any = false;
    for (int i = 0; i < 3; i++) {
        snprintf(name[i], sizeof name[i], "%s, %s, %d points", WHAT[i], paints ? "painting" : "playing", samples);
        any = any || wanted(name[i]);
    }
    if (!any)
        return;
    static double times[3][MOST_RUNS];
    static Window w;
    Status status;
    Cli cli = {0};
    Settings s = make_settings(samples, 0);
    setenv("XDG_STATE_HOME", folder, 1);
    w = (Window){.cli = &cli, .keeping.older_lock = -1};
    if (!experiment_init(&w.experiment, &s, NULL, NULL, &status) ||
        !screen_init(&w.screen, FONT_DIR, 1280, 720, 1.0f, &THEME_LIGHT, &status) ||
        !(w.experiment.log = run_log_new(&w.experiment, &status)))
        give_up(&status);
    experiment_push(&w.experiment, (Command){.kind = COMMAND_THRESHOLD, .threshold = 0.5, .gesture = 1});
    experiment_push(&w.experiment, (Command){.kind = COMMAND_SPEED, .speed = SPEED_MAXIMUM});
    for (int i = -30; i < 2 * runs; i++) {
        double whole;
        experiment_push(&w.experiment, (Command){.kind = COMMAND_PLAY}); /* also beyond the settings' epochs */
        double kept = keep_frame(&w, paints ? 20 : 0, i >= runs, i + 30, &whole);
        if (i >= 0 && i < runs)
            times[0][i] = whole;
        if (i >= runs) {
            times[1][i - runs] = whole;
            times[2][i - runs] = kept;
        }
    }
    for (int i = 0; i < 3; i++)
        report(name[i], times[i], runs, "ms", 1e-3);
    window_keep_no_more(&w);
    window_close_keeping(&w);
    screen_free(&w.screen);
    RunLog *log = w.experiment.log;
    w.experiment.log = NULL;
    run_log_free(log);
    experiment_free(&w.experiment);
}

/* ---- how cost grows ---- */

/* Of each size, an epoch and the losses of all: medians of a few runs, a sample. */
static void bench_sizes(int units) {
    const char *model = units > 0 ? "MLP 2-16-16-2" : "linear";
    for (int n = 1000; n <= 10000000; n *= 10) {
        char epoch[80], losses[80];
        snprintf(epoch, sizeof epoch, "series: an epoch of %d points, %s, a sample", n, model);
        snprintf(losses, sizeof losses, "series: losses of %d points, %s, a sample", n, model);
        if (!wanted(epoch) && !wanted(losses))
            continue;
        int runs = n <= 100000 ? 21 : 5;
        double times[2][21];
        Trainer *t = make_trainer(n, units);
        for (int i = -1; i < runs; i++) {
            double began = now();
            trainer_run(t, SIZE_MAX);
            double middle = now();
            trainer_evaluate(t);
            if (i >= 0) {
                times[0][i] = middle - began;
                times[1][i] = now() - middle;
            }
        }
        report(epoch, times[0], runs, "ns", 1e-9 * n);
        report(losses, times[1], runs, "ns", 1e-9 * n);
        trainer_free(t);
    }
}

static void bench_growth(void) {
    bench_sizes(0);
    bench_sizes(16);
    for (int n = 1000; n <= 10000000; n *= 10) {
        char name[80];
        snprintf(name, sizeof name, "series: a frame, playing, %d points", n);
        bench_frame(name, n, 0, 0, false, 0, n <= 100000 ? 200 : 40);
    }
    for (int n = 10000; n <= 10000000; n *= 10) {
        char name[80];
        snprintf(name, sizeof name, "series: a frame, paused, the pointer moves, %d points", n);
        bench_frame(name, n, 0, 0, true, 0, 40);
    }
    for (uint32_t epochs = 10; epochs <= 100000; epochs *= 10) {
        char name[80];
        snprintf(name, sizeof name, "series: a frame, playing, 100 points, after %d epochs", (int)epochs);
        bench_frame(name, 100, 0, epochs, false, 0, 200);
    }
}

/* ---- the whole program ---- */

static void bench_process(const char *name, char *const arguments[], int runs) {
    if (!wanted(name))
        return;
    double times[MOST_RUNS];
    for (int i = -1; i < runs; i++) {
        double began = now();
        pid_t child = fork();
        if (child == 0) {
            if (!freopen("/dev/null", "w", stdout))
                _exit(1);
            execv(EASYFIRST_BINARY, arguments);
            _exit(127);
        }
        int code;
        if (child < 0 || waitpid(child, &code, 0) < 0 || code != 0) {
            fprintf(stderr, "easyfirst_bench: %s failed\n", EASYFIRST_BINARY);
            exit(1);
        }
        if (i >= 0)
            times[i] = now() - began;
    }
    report(name, times, runs, "ms", 1e-3);
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%-58s %10.4g %10s %10s %10s  MB\n", "    its memory at the most, with those before it",
           (double)usage.ru_maxrss / 1024.0, "", "", "");
    fflush(stdout); /* or the next child has it, too */
}

static size_t memory_of(pid_t process) {
    char path[64], line[256];
    size_t kilobytes = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        sscanf(line, "VmHWM: %zu", &kilobytes);
    if (file)
        fclose(file);
    return kilobytes;
}

/* From the start to the first frame of the window, which is when it writes its widgets; on the display that
 * is there. */
static void bench_window(const char *name, const char *folder, int runs) {
    if (!wanted(name) || !getenv("DISPLAY"))
        return;
    double times[MOST_RUNS];
    char widgets[80];
    size_t memory = 0;
    snprintf(widgets, sizeof widgets, "%s/widgets", folder);
    for (int i = -1; i < runs; i++) {
        unlink(widgets);
        double began = now();
        pid_t child = fork();
        if (child == 0) {
            execl(EASYFIRST_BINARY, "easyfirst", "--widgets", widgets, (char *)NULL);
            _exit(127);
        }
        while (access(widgets, F_OK) != 0 && waitpid(child, NULL, WNOHANG) == 0)
            usleep(500);
        if (i >= 0)
            times[i] = now() - began;
        usleep(300000);
        memory = memory_of(child);
        kill(child, SIGTERM);
        waitpid(child, NULL, 0);
    }
    unlink(widgets);
    report(name, times, runs, "ms", 1e-3);
    printf("%-58s %10.4g %10s %10s %10s  MB\n", "    its memory", (double)memory / 1024.0, "", "", "");
}

/* Handing a frame to the display that is there: all of it changed, a button's place, nothing; and what the
 * plain way takes, which hands over all of it always. */
static void bench_present(int width, int height, int runs) {
    static const char *const WHAT[] = {"all of it", "a button's place", "nothing", "all of it, plainly"};
    enum { WAYS = sizeof WHAT / sizeof *WHAT };
    char name[WAYS][96];
    bool any = false;
    for (int way = 0; way < WAYS; way++) {
        snprintf(name[way], sizeof name[way], "a frame of %dx%d handed to the display: %s", width, height, WHAT[way]);
        any = any || wanted(name[way]);
    }
    if (!any || !getenv("DISPLAY"))
        return;
    Present present;
    Status status;
    Canvas canvas = {0};
    double times[MOST_RUNS];
    if (!present_open(&present, "easyfirst_bench", width, height, &status) ||
        !canvas_resize(&canvas, width, height, &status))
        give_up(&status);
    canvas_fill(&canvas, 0xffffffff);
    if (!present_canvas(&present, &canvas, &status))
        give_up(&status);
    present_show(&present);
    for (int way = 0; way < WAYS; way++) {
        for (int i = -5; i < runs; i++) {
            SDL_PumpEvents();
            Rect changed = {40.0f, 8.0f, 120.0f, 32.0f};
            if (way == 0 || way == 3)
                changed = (Rect){0.0f, 0.0f, (float)width, (float)height};
            if (way != 2)
                canvas_rect(&canvas, changed, i % 2 == 0 ? 0xff203040 : 0xffe0f0ff);
            double began = now();
            SDL_Surface *surface = SDL_GetWindowSurface(present.window);
            bool done = way < 3 ? present_canvas(&present, &canvas, &status)
                                : SDL_ConvertPixels(width, height, SDL_PIXELFORMAT_ARGB8888, canvas.pixels, width * 4,
                                                    surface->format->format, surface->pixels, surface->pitch) == 0 &&
                                      SDL_UpdateWindowSurface(present.window) == 0;
            if (!done)
                give_up(&status);
            if (i >= 0)
                times[i] = now() - began;
        }
        report(name[way], times, runs, "ms", 1e-3);
    }
    canvas_free(&canvas);
    present_close(&present);
}

static void bench_gif(const char *name, const char *path, int runs) {
    if (!wanted(name))
        return;
    double times[MOST_RUNS];
    Status status;
    Cli cli = {.headless = true, .force = true, .gif = path, .image_width = 640, .image_height = 480};
    settings_default(&cli.settings);
    for (int i = -1; i < runs; i++) {
        double began = now();
        if (!headless_run(&cli, &status))
            give_up(&status);
        if (i >= 0)
            times[i] = now() - began;
    }
    report(name, times, runs, "ms", 1e-3);
}

static void bench_points(const char *name, const char *path, int runs) {
    if (!wanted(name))
        return;
    double times[MOST_RUNS];
    Status status = {0};
    Dataset data;
    Trainer *t = make_trainer(1000000, 0);
    trainer_evaluate(t);
    if (!export_points(path, true, t, NULL, &status))
        give_up(&status);
    trainer_free(t);
    for (int i = -1; i < runs; i++) {
        double began = now();
        if (!points_read(&data, path, NULL, &status))
            give_up(&status);
        if (i >= 0)
            times[i] = now() - began;
        dataset_free(&data);
    }
    report(name, times, runs, "ms", 1e-3);
    unlink(path);
}

int main(int argc, char **argv) {
    if (argc > 1)
        filter = argv[1];
    char folder[] = "/tmp/easyfirst-bench-XXXXXX", gif[64], points[64];
    if (!mkdtemp(folder)) {
        perror("easyfirst_bench");
        return 1;
    }
    snprintf(gif, sizeof gif, "%s/post.gif", folder);
    snprintf(points, sizeof points, "%s/points.csv", folder);
    printf("kernels: %s\n%-58s %10s %10s %10s %10s  %s\n", kernels_best()->name, "what", "median", "min", "max", "95 %",
           "unit");
    Settings post = make_settings(10000, 0);
    for (int k = 0; kernels_variant(k); k++) {
        char name[80];
        snprintf(name, sizeof name, "the post's ten epochs (%s)", kernels_variant(k)->name);
        bench_epochs(name, &post, kernels_variant(k), false, 101, "ms", 1e-3);
    }
    bench_epochs("the post's ten epochs, each evaluated", &post, kernels_best(), true, 101, "ms", 1e-3);
    bench_plain("the post's ten epochs, a plain scalar program", 21);
    bench_permutation("the order of one epoch, 10,000 samples", 501);
    Settings mlp = make_settings(10000, 16), playground = make_settings(10000, 4);
    bench_epochs("training an MLP 2-16-16-2, tanh, batch 32, a sample", &mlp, kernels_best(), false, 21, "ns",
                 1e-9 * 1e5);
    Settings wide = make_settings(10000, 64);
    wide.hidden_count = 3;
    wide.hidden[2] = 64;
    bench_epochs("training 2-64-64-64-2, tanh, batch 32, a sample", &wide, kernels_best(), false, 5, "ns", 1e-9 * 1e5);
    wide.batch = 512;
    bench_epochs("training 2-64-64-64-2, tanh, batch 512, a sample", &wide, kernels_best(), false, 5, "ns", 1e-9 * 1e5);
    playground.hidden[1] = 2;
    playground.batch = 10;
    bench_epochs("training TensorFlow Playground's 2-4-2, batch 10, a sample", &playground, kernels_best(), false, 21,
                 "ns", 1e-9 * 1e5);
    bench_meta("meta, a batch against a plain one: linear, 20 clean", post, 20, 101);
    bench_meta("meta, a batch against a plain one: linear, 100 clean", post, 100, 101);
    bench_meta("meta, a batch against a plain one: MLP, 20 clean", mlp, 20, 21);
    bench_losses("losses of 1,000,000 points, linear", 0, 31);
    bench_losses("losses of 1,000,000 points, MLP 2-16-16-2", 16, 31);
    bench_field("field at every pixel of 1280x800, linear", 0, 51);
    bench_field("field at every pixel of 1280x800, MLP 2-16-16-2", 16, 51);
    bench_frame("a frame, playing, 10,000 points, 1280x720", 10000, 0, 0, false, 0, 600);
    bench_meta_frame();
    bench_frame("a frame of two runs, playing, 10,000 points, 1280x720", 10000, 0, 0, false, 1, 600);
    bench_frame("a frame of three runs, playing, 10,000 points, 1280x720", 10000, 0, 0, false, 2, 600);
    bench_frame("a frame, playing, 10,000 points, MLP 2-16-16-2, 1280x720", 10000, 16, 0, false, 0, 600);
    bench_frame("a frame, playing, 1,000,000 points, 1280x720", 1000000, 0, 0, false, 0, 100);
    labels_watched = true;
    bench_frame("a frame, labels watched, 10,000 points, 1280x720", 10000, 0, 0, false, 0, 600);
    bench_frame("a frame, labels watched, 1,000,000 points, 1280x720", 1000000, 0, 0, false, 0, 100);
    labels_watched = false;
    for (int paints = 1; paints >= 0; paints--) {
        bench_keep(10000, paints, folder, 300);
        bench_keep(1000000, paints, folder, 150);
    }
    bench_present(1280, 720, 101);
    bench_gif("the post's GIF, 640x480, 10 frames, with its training", gif, 21);
    bench_points("points_read of 1,000,000 rows of 6 cells", points, 11);
    char *help[] = {"easyfirst", "--help", NULL};
    bench_process("whole process, --help", help, 21);
    char *headless[] = {"easyfirst", "--headless", "--force", "--gif", gif, NULL};
    bench_process("whole process, headless post with its GIF", headless, 21);
    bench_window("start to the first frame of the window", folder, 11);
    bench_growth();
    unlink(gif);
    rmdir(folder);
    return 0;
}
