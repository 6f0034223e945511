#include "app/io/cli_check.h"

#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/io/plot_figure.h"
#include "app/io/preset.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Line {
    Cli *cli;
    const bool *given;
    Status *status;
} Line;

/* Refuses the first option of the kind `with` (one of WITH_...) if what it needs is not met. */
static bool check_each(const Line *line, unsigned with, bool met, const char *complaint) {
    for (int i = 0; i < OPTION_COUNT && !met; i++)
        if (line->given[i] && OPTIONS[i].with & with)
            return status_fail(line->status, STATUS_USAGE, "--%s: %s", OPTIONS[i].name, tr(complaint));
    return true;
}

static bool check_bench(const Line *line) {
    const Cli *cli = line->cli;
    if (cli->bench && cli->sweep)
        return status_fail(line->status, STATUS_USAGE, "--bench: excludes --sweep");
    if (!cli->scores)
        return true;
    if (cli->bench)
        return cli->points ||
               status_fail(line->status, STATUS_USAGE, "--scores: is for the points of a file, and none is named");
    if (strcmp(cli->scores, "on") != 0 && strcmp(cli->scores, "off") != 0)
        return status_fail(line->status, STATUS_USAGE,
                           "--scores: '%.60s' is neither on nor off; a file needs --bench labels", cli->scores);
    return cli->points_out || status_fail(line->status, STATUS_USAGE, "--scores: needs --points");
}

/* A log, or a session, which is opened by being replayed, says what the run is. */
static bool check_replay(const Line *line) {
    Cli *cli = line->cli;
    if (cli->session && (cli->replay || cli->lesson || cli->sweep || cli->bench))
        return status_fail(line->status, STATUS_USAGE, "%s: a session is a single run, so it excludes --%s",
                           cli->session,
                           cli->replay   ? "replay"
                           : cli->lesson ? "lesson"
                           : cli->sweep  ? "sweep"
                                         : "bench");
    if (cli->replay && cli->lesson)
        return status_fail(line->status, STATUS_USAGE, "--replay: excludes --lesson");
    if (cli->session)
        cli->replay = cli->session;
    if (!cli->replay && !cli->lesson)
        return true;
    const char *why = cli->session  ? N_("stands in the session")
                      : cli->lesson ? N_("stands in the lesson, so it excludes --lesson")
                                    : N_("stands in the log, so it excludes --replay");
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (cli->given[i])
            return status_fail(line->status, STATUS_USAGE, "--%s: %s", PROPERTIES[i].name, tr(why));
    if (cli->points)
        return status_fail(line->status, STATUS_USAGE,
                           cli->session  ? N_("%s: the points stand in the session, so it excludes a file of points")
                           : cli->lesson ? N_("%s: the points stand in the lesson, so a file excludes --lesson")
                                         : N_("%s: the points stand in the log, so a file excludes --replay"),
                           cli->points);
    return check_each(line, WITH_OWN_RUN, false, why);
}

static bool check_figure(const Line *line) {
    const Cli *cli = line->cli;
    double width = cli_figure_width(cli), height = width * cli->image_height / cli->image_width;
    return !(cli->svg || cli->pdf) || (height >= FIGURE_SMALLEST && height <= FIGURE_LARGEST) ||
           status_fail(line->status, STATUS_USAGE,
                       "--%s: %.4g mm wide in the shape of %dx%d, the figure is %.4g mm high, not %d to %d; change "
                       "--figure-width or --image-size",
                       cli->svg ? "svg" : "pdf", width, cli->image_width, cli->image_height, height, FIGURE_SMALLEST,
                       FIGURE_LARGEST);
}

static bool check_sweep(const Line *line) {
    const Cli *cli = line->cli;
    if (cli->resume && !cli->trace)
        return status_fail(line->status, STATUS_USAGE, "--resume: needs --trace");
    if (cli->resume && cli->force)
        return status_fail(line->status, STATUS_USAGE, "--resume: excludes --force, which begins anew");
    if (!cli->summarize)
        return true;
    const char *other = cli->trace ? "--trace" : cli->shards > 0 ? "--shard" : cli->threads > 0 ? "--threads" : NULL;
    return !other || status_fail(line->status, STATUS_USAGE, "--summarize: runs nothing, so it excludes %s", other);
}

static bool check_frames(const Line *line) {
    const FrameChoice *frames = &line->cli->frames;
    return !(frames->every && frames->most) || status_fail(line->status, STATUS_USAGE, "--frames: excludes --every");
}

static bool check_options(const Line *line) {
    const Cli *cli = line->cli;
    return check_each(line, WITH_HEADLESS, cli->headless, N_("needs --headless")) &&
           check_each(line, WITH_WINDOW, !cli->headless, N_("is for the window, so it excludes --headless")) &&
           check_each(line, WITH_SWEEP, cli->sweep, N_("needs --sweep")) &&
           check_each(line, WITH_ONE_RUN, !cli->sweep, N_("is for a single run, so it excludes --sweep")) &&
           check_each(line, WITH_FIGURE, cli->svg || cli->pdf, N_("needs --svg or --pdf")) && check_figure(line) &&
           check_each(line, WITH_PICTURE, cli->png || cli->svg || cli->pdf, N_("needs --png, --svg or --pdf")) &&
           check_each(line, WITH_SUSPECTS, cli->suspects > 0, N_("needs --suspects")) &&
           check_each(line, WITH_FRAMES, cli->gif || cli->mp4 || cli->webm, N_("needs --gif, --mp4 or --webm")) &&
           check_frames(line) &&
           check_each(line, WITH_ONE_RUN, !cli->bench, N_("is for a single run, so it excludes --bench")) &&
           check_bench(line) && check_sweep(line) && check_replay(line) &&
           check_each(line, WITH_READING, cli->points || cli->replay,
                      N_("is for a file of points, and none is named")) &&
           check_each(line, WITH_FILE, cli->points, N_("is for a file of points, and none is named"));
}

static bool check_points(const Line *line) {
    for (int i = 0; line->cli->points && i < PROPERTY_COUNT; i++)
        if (line->cli->given[i] && property_makes_points(PROPERTIES[i].id))
            return status_fail(line->status, STATUS_USAGE, "--%s: is for generated points, so it excludes the file %s",
                               PROPERTIES[i].name, line->cli->points);
    return true;
}

/* The file that an option has named, or NULL if it writes none. */
static const char *output_of(const Line *line, int option) {
    if (OPTIONS[option].kind != OPTION_OUTPUT)
        return NULL;
    return *(const char *const *)((const char *)line->cli + OPTIONS[option].field);
}

/* Takes - for standard input. */
static bool take_standard_input(const Line *line) {
    Cli *cli = line->cli;
    if (!cli->preset_option || strcmp(cli->preset_option, "-") != 0)
        return true;
    if (cli->points && strcmp(cli->points, "-") == 0)
        return status_fail(line->status, STATUS_USAGE, "--preset: standard input is the file of points");
    cli->preset_option = "/dev/stdin";
    return true;
}

/* Takes - for standard output, which one option can have. */
static bool take_standard_output(const Line *line) {
    const Option *taken = NULL;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const Option *option = &OPTIONS[i];
        const char *path = output_of(line, i);
        if (!path || strcmp(path, "-") != 0)
            continue;
        if (option->with & WITH_WINDOW)
            return status_fail(line->status, STATUS_USAGE,
                               "--%s: needs a file; standard output is for what --headless writes", option->name);
        if (taken || line->cli->suspects > 0)
            return status_fail(line->status, STATUS_USAGE, "--%s: standard output is taken by --%s", option->name,
                               taken ? taken->name : "suspects");
        if (option->binary && isatty(STDOUT_FILENO))
            return status_fail(line->status, STATUS_USAGE,
                               "--%s: standard output is a terminal; send it on, as in --%s - > FILE", option->name,
                               option->name);
        taken = option;
        *(const char **)((char *)line->cli + option->field) = "/dev/stdout";
    }
    return true;
}

enum { READ_POINTS, READ_LOG, READ_PRESET, READ_SCORES, READ_KINDS };

/* What is read, as far as it is named. */
typedef struct Inputs {
    const char *path[READ_KINDS];
    char *own; /* the path of a preset that is named without one; owned */
} Inputs;

static Inputs inputs_of(const Cli *cli) {
    const char *preset = cli->preset_option;
    Inputs in = {.path = {cli->points, cli->replay, preset, cli->bench ? cli->scores : NULL}};
    if (cli->points && strcmp(cli->points, "-") == 0)
        in.path[READ_POINTS] = "/dev/stdin";
    if (preset && !preset_is_file(preset) && !strchr(preset, '/'))
        in.path[READ_PRESET] = in.own = preset_own_path(preset);
    return in;
}

static bool check_output(const Line *line, int option, const Inputs *in) {
    const char *path = output_of(line, option), *name = OPTIONS[option].name;
    for (int i = 0; i < READ_KINDS; i++)
        if (in->path[i] && file_is_same(path, in->path[i]))
            return status_fail(line->status, STATUS_USAGE,
                               i == READ_POINTS   ? N_("--%s: %s is the file of points that is read")
                               : i == READ_LOG    ? N_("--%s: %s is the log or session that is read")
                               : i == READ_PRESET ? N_("--%s: %s is the preset that is read")
                                                  : N_("--%s: %s is the file of scores that is read"),
                               name, path);
    for (int j = 0; j < option; j++) {
        const char *other = output_of(line, j);
        if (other && file_is_same(other, path))
            return status_fail(line->status, STATUS_USAGE, "--%s: %s is the file of --%s already", name, path,
                               OPTIONS[j].name);
    }
    if (!file_is_stream(path) && (file_is_same(path, "/dev/stdout") || file_is_same(path, "/dev/stderr")))
        return status_fail(line->status, STATUS_USAGE, "--%s: %s is where the program's messages go", name, path);
    return true;
}

static bool check_outputs(const Line *line) {
    Inputs in = inputs_of(line->cli);
    bool good = true;
    for (int i = 0; i < OPTION_COUNT && good; i++)
        good = !output_of(line, i) || check_output(line, i, &in);
    free(in.own);
    return good;
}

bool cli_check(Cli *cli, const bool given[OPTIONS_MAX], Status *status) {
    const Line line = {cli, given, status};
    return check_options(&line) && check_points(&line) && take_standard_input(&line) && take_standard_output(&line) &&
           check_outputs(&line);
}
