/* Hours of playing in a window, by a clock of the test's own (tests/soak runs it):
 *     easyfirst_soak HOURS FOLDER
 * Each round of about ten minutes a hand does what a person at work does: paints, takes that back, looks back and goes
 * on from there, compares, holds and drags the threshold, opens the gallery, exports, saves, resets. After each hour a
 * row tells memory, what lies on the disk, how long the run's past is, and how much work a frame is: what is drawn is
 * counted, not timed. What has grown once everything has been done a few times is a fault.
 */
#include "tests/hands/acts.h"

#include <dirent.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/draw/draw_list.h"
#include "app/experiment/run_log.h"

/* Gcc's sanitizers have it; in a release build it is mallinfo2's. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static const double ROUND = 600.0, HOUR = 3600.0; /* seconds */
static const double SHORT = 4.0; /* hours, below which growth cannot be told from a beginning: bounds alone are held */
static const size_t BUDGET = (size_t)6 << 20; /* bytes of runs that were left and steps of undo */
static const size_t LINE = 200;               /* bytes of the log a deed, at most */

/* ---- what a person does in a round ---- */

/* As lines of acts.h. Widgets that are not there make their line none. */
static const char *const ROUND_ACTS[] = {
    "click speed 900 500 1 1 0 0", /* some hundred epochs a second */
    "key - 5 0 0 0 0 0",           /* brush */
    "drag plot 300 400 60 40 1 0",
    "drag plot 600 500 -60 40 1 0",
    "key - 27 0 0 0 0 0", /* flip brush */
    "drag plot 500 450 30 30 1 0",
    "key - 25 0 0 0 0 0", /* move */
    "wait - 20000 8 0 0 0 0",
    "key - 29 224 0 0 0 0", /* undo, by Ctrl+Z */
    "key - 29 224 0 0 0 0",
    "drag timeline 600 500 -200 0 1 0", /* look back, */
    "click go-on 500 500 1 1 0 0",      /* and go on from there */
    "key - 44 0 0 0 0 0",               /* play */
    "wait - 30000 8 0 0 0 0",
    "drag threshold 500 500 -30 0 1 0",
    "key - 11 0 0 0 0 0", /* hold */
    "key - 11 0 0 0 0 0",
    "wait - 20000 8 0 0 0 0",
    "click section-compare 100 500 1 1 0 0",
    "click compare 500 500 1 1 0 0",
    "wait - 20000 8 0 0 0 0",
    "click compare 500 500 1 1 0 0",
    "click section-compare 100 500 1 1 0 0",
    "key - 7 0 0 0 0 0", /* data map */
    "wait - 5000 4 0 0 0 0",
    "key - 7 0 0 0 0 0",
    "key - 26 0 0 0 0 0", /* suspects */
    "wait - 5000 4 0 0 0 0",
    "key - 41 0 0 0 0 0",
    "key - 26 0 0 0 0 0",
    "key - 22 0 0 0 0 0", /* the plot as a PNG */
    "wait - 3000 10 0 0 0 0",
    "click preset 500 500 1 1 0 0",
    "wait - 2000 5 0 0 0 0",
    "key - 41 0 0 0 0 0", /* Esc */
    "key - 41 0 0 0 0 0",
    "key - 21 0 0 0 0 0", /* reset */
    "key - 44 0 0 0 0 0",
};
enum { ROUND_LENGTH = sizeof ROUND_ACTS / sizeof *ROUND_ACTS };

/* Every third round is saved, every fifth takes other points, every seventh a new seed. */
static bool extra(unsigned long round, size_t i, Act *act) {
    static const char *const SAVE[] = {"key - 22 64 0 0 0 0", "type - 1 0 0 0 0 0 soak.easyfirst", "key - 40 0 0 0 0 0",
                                       "key - 41 0 0 0 0 0"};
    static const char *const OPEN[] = {"drop - 0 0 0 0 0 0 points.csv", "wait - 3000 10 0 0 0 0", "key - 44 0 0 0 0 0"};
    static const char *const SEED[] = {"key - 21 1 0 0 0 0", "key - 44 0 0 0 0 0"};
    const char *line = NULL;
    if (round % 3 == 0)
        line = i < sizeof SAVE / sizeof *SAVE ? SAVE[i] : NULL;
    else if (round % 5 == 3)
        line = i < sizeof OPEN / sizeof *OPEN ? OPEN[i] : NULL;
    else if (round % 7 == 4)
        line = i < sizeof SEED / sizeof *SEED ? SEED[i] : NULL;
    return line && act_read(act, line);
}

/* ---- what is looked at ---- */

typedef struct Look {
    double hour;
    size_t memory;  /* bytes in use, but for ... */
    size_t kept;    /* runs that were left and steps of undo, which have a limit of their own (branches.h), and ... */
    size_t log;     /* the log, bytes: a line for each deed */
    size_t drawn;   /* items, points and letters of a frame */
    size_t files;   /* in the state folder and the current one */
    size_t disk;    /* bytes of them, but for the log in the kept session */
    size_t deeds;   /* that the log has noted */
    size_t records; /* of the run's past */
    double ms;      /* of processor time a frame: for people */
} Look;

enum { MOST_LOOKS = 200 };
static Look looks[MOST_LOOKS];
static size_t look_count;

static size_t memory_in_use(void) {
    if (__sanitizer_get_current_allocated_bytes)
        return __sanitizer_get_current_allocated_bytes();
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static void measure_folder(const char *folder, Look *look) {
    DIR *stream = opendir(folder);
    const struct dirent *entry;
    struct stat info;
    char path[1024];
    while (stream && (entry = readdir(stream))) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (stat(path, &info) == 0 && S_ISREG(info.st_mode)) {
            look->files++;
            look->disk += (size_t)info.st_size;
        }
    }
    if (stream)
        closedir(stream);
}

static DrawList list;
static unsigned long frames, frames_before;
static clock_t processor_before;

static void take_look(Window *w, size_t drawn) {
    Look look = {.hour = hands_time() / HOUR, .drawn = drawn};
    const Experiment *e = &w->experiment;
    measure_folder("state/easyfirst", &look);
    measure_folder("state/easyfirst/sessions", &look);
    measure_folder("cache", &look);
    look.records = e->history.count;
    if (e->log) {
        run_log_text(e->log, &look.log);
        look.deeds = run_log_own(e->log);
    }
    look.disk -= look.log < look.disk ? look.log : 0;
    look.kept = branches_bytes(&e->branches) + undo_bytes(&e->undo) + undo_bytes(&e->redo);
    size_t all = memory_in_use(), other = look.kept + look.log;
    look.memory = all > other ? all - other : 0;
    look.ms = frames > frames_before
                  ? 1e3 * (double)(clock() - processor_before) / CLOCKS_PER_SEC / (double)(frames - frames_before)
                  : 0.0;
    processor_before = clock();
    frames_before = frames;
    printf(
        "%6.1f h: %7zu KB and %7zu KB of runs and steps, log %6zu KB, a frame draws %6zu, %3zu files of %6zu KB, %5zu records, "
        "%.2f ms a frame\n",
        look.hour, look.memory >> 10, look.kept >> 10, look.log >> 10, look.drawn, look.files, look.disk >> 10,
        look.records, look.ms);
    fflush(stdout);
    if (look_count < MOST_LOOKS)
        looks[look_count++] = look;
}

/* ---- the hours ---- */

static double hours;
static unsigned long rounds;
static size_t next;
static bool extras, ends, records;
static double next_round = 0.0;

/* At the end of a round, all back where it began: so that rounds can be compared. */
static void end_round(Window *w) {
    if (hands_time() < next_round) { /* the rest of it nothing is done */
        hands_pass(next_round - hands_time());
        return;
    }
    rounds++;
    next = 0;
    extras = ends = false;
    next_round += ROUND;
    if (rounds % 6 == 0 || hours < SHORT) {
        draw_list_free(&list);
        list = (DrawList){0};
        w->screen.canvas.record = &list; /* what the next frame draws */
        w->dirty = records = true;
    }
    if (hands_time() >= hours * HOUR)
        w->quit = true;
}

void hands_next(Window *w) {
    Act act;
    frames++;
    w->experiment.branches.budget = BUDGET; /* so that it is full within hours, not days */
    if (w->quit)
        return;
    if (records) {
        w->screen.canvas.record = NULL;
        records = false;
        take_look(w, list.count + list.point_count + list.byte_count);
    }
    if (SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT) || act_next_frame(w))
        return;
    if (ends) {
        end_round(w);
        return;
    }
    bool any;
    if (extras)
        any = extra(rounds, next++, &act);
    else
        any = next < ROUND_LENGTH && act_read(&act, ROUND_ACTS[next++]);
    if (any) {
        act_do(&act, w);
        act_next_frame(w);
    } else if (!extras) {
        extras = true;
        next = 0;
    } else {
        ends = true;
    }
}

/* ---- the verdict ---- */

static size_t most_of(size_t from, size_t to, size_t (*value)(const Look *)) {
    size_t most = 0;
    for (size_t i = from; i < to; i++)
        most = value(&looks[i]) > most ? value(&looks[i]) : most;
    return most;
}

static size_t memory_of(const Look *l) {
    return l->memory;
}

static size_t drawn_of(const Look *l) {
    return l->drawn;
}

static size_t disk_of(const Look *l) {
    return l->disk;
}

static size_t files_of(const Look *l) {
    return l->files;
}

static size_t kept_of(const Look *l) {
    return l->kept;
}

/* Bytes a deed: the log may grow by what is done, and by nothing else. */
static size_t line_of(const Look *l) {
    return l->deeds ? l->log / l->deeds : 0;
}

/* Compares the second half with the first, once the first quarter has passed. share: by which it may be larger. */
static int judge(const char *name, size_t (*value)(const Look *), double share, size_t bytes, size_t bound) {
    size_t warm = look_count / 4, half = warm + (look_count - warm) / 2;
    size_t before = most_of(warm, half, value), after = most_of(half, look_count, value);
    if (hours < SHORT) {
        after = most_of(0, look_count, value);
        printf("%s: %zu, at most %zu\n", name, after, bound);
        if (after > bound)
            printf("%s: it grows\n", name);
        return after > bound;
    }
    bool good = (double)after <= (double)before * (1.0 + share) + (double)bytes;
    printf("%s: %zu, then %zu (%+.2f %%)%s\n", name, before, after,
           before ? 100.0 * ((double)after / (double)before - 1.0) : 0.0, good ? "" : ": it grows");
    return good ? 0 : 1;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: easyfirst_soak HOURS FOLDER\n");
        return 2;
    }
    hours = strtod(argv[1], NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    hands_settle(argv[2]);
    FILE *points = fopen("points.csv", "w");
    for (int i = 0; points && i < 200; i++)
        fprintf(points, "%d.%d,%d.5,%d\n", i % 13, i % 7, i % 11, (i % 13) > 6);
    if (points)
        fclose(points);
    Status status = {0};
    char *arguments[] = {"--samples", "200", "--epochs", "100000", "--window-size", "1280x720", "--threshold", "0.5"};
    if (!hands_window(sizeof arguments / sizeof *arguments, arguments, &status))
        hands_wrong("the window ended: %s", status.message);
    printf("%lu rounds, %lu frames, %lu events in %.1f hours\n", rounds, frames, act_events(), hands_time() / HOUR);
    int grown = judge("memory, bytes", memory_of, 0.01, 0, (size_t)150 << 20) +
                judge("work of a frame", drawn_of, 0.01, 0, 20000) + judge("files", files_of, 0.0, 2, 10) +
                judge("bytes on disk", disk_of, 0.05, 4096, (size_t)4 << 20) +
                judge("runs and steps, bytes", kept_of, 0.0, BUDGET / 8, BUDGET) +
                judge("log, bytes a deed", line_of, 0.05, 1, LINE);
    const Look *last = &looks[look_count ? look_count - 1 : 0];
    printf("log: %zu deeds, %.1f KB an hour\n", last->deeds,
           last->hour > 0.0 ? (double)last->log / 1024.0 / last->hour : 0.0);
    return grown ? 1 : 0;
}
