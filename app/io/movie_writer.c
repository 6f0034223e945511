#define _GNU_SOURCE /* memfd_create */
#include "app/io/movie_writer.h"

#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/base/process.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PART_MS = 100 }; /* at most, from frame to frame of the movie: players seek, and some play, by frames */

struct MovieWriter {
    FileWrite file;
    Process ffmpeg;
    int memory; /* what is to be written to a pipe is made here first, as ffmpeg goes back and forth in it; else -1 */
    const char *encoder;
    int width, height; /* of a frame as given */
    int frame_ms, parts;
    uint8_t *frame; /* R, G, B bytes */
    size_t size, sent;
    int copies; /* left to be sent, the one under way included */
};

static int even(int side) {
    return side + side % 2;
}

/* ---- ffmpeg ---- */

enum { ARGUMENTS = 64 };

static void add(const char *arguments[ARGUMENTS], size_t *count, const char *const *more) {
    for (; *more; more++) {
        assert(*count + 1 < ARGUMENTS);
        arguments[(*count)++] = *more;
    }
    arguments[*count] = NULL;
}

static int start(MovieWriter *movie, MovieKind kind, int target) {
    char size[32], rate[32];
    snprintf(size, sizeof size, "%dx%d", even(movie->width), even(movie->height));
    snprintf(rate, sizeof rate, "%d/%d", 1000 * movie->parts, movie->frame_ms);
    const char *const input[] = {"ffmpeg",
                                 "-nostdin",
                                 "-hide_banner",
                                 "-loglevel",
                                 "error",
                                 "-xerror",
                                 "-y",
                                 "-f",
                                 "rawvideo",
                                 "-pixel_format",
                                 "rgb24",
                                 "-video_size",
                                 size,
                                 "-framerate",
                                 rate,
                                 "-i",
                                 "pipe:0",
                                 "-vf",
                                 "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int+"
                                 "full_chroma_inp,format=yuv420p,"
                                 /* from ffmpeg 7 on the frames' own word counts more than the options below */
                                 "setparams=color_primaries=bt709:color_trc=bt709",
                                 "-colorspace",
                                 "bt709",
                                 "-color_primaries",
                                 "bt709",
                                 "-color_trc",
                                 "bt709",
                                 "-color_range",
                                 "tv",
                                 NULL};
    /* so many threads whatever the machine has: they change the bytes */
    const char *const same[] = {"-threads",  "4",        "-map_metadata", "-1", "-fflags",
                                "+bitexact", "-flags:v", "+bitexact",     NULL};
    const char *const mp4[] = {"-c:v",      movie->encoder, "-preset", "medium", "-crf", "16",
                               "-movflags", "+faststart",   "-f",      "mp4",    NULL};
    const char *const webm[] = {"-c:v", movie->encoder, "-crf", "20", "-b:v", "0", "-deadline", "good", "-cpu-used",
                                "4",    "-row-mt",      "1",    "-f", "webm", NULL};
    const char *const output[] = {"file:/dev/fd/3", NULL};
    const char *arguments[ARGUMENTS];
    size_t count = 0;
    add(arguments, &count, input);
    add(arguments, &count, same);
    add(arguments, &count, kind == MOVIE_MP4 ? mp4 : webm);
    add(arguments, &count, output);
    return process_start(&movie->ffmpeg, arguments, -1, target);
}

/* What has become of it, as it takes no more: waits for its end, or brings it about. */
static bool fail(MovieWriter *movie, Status *status) {
    bool good;
    char line[PROCESS_LINE];
    process_close_input(&movie->ffmpeg);
    if (movie->ffmpeg.pid != 0 && !process_ended(&movie->ffmpeg, 5000, &good))
        return status_fail(status, STATUS_FAILED, "cannot write %s: ffmpeg takes no more frames", movie->file.path);
    process_complaint(&movie->ffmpeg, line);
    if (strstr(line, "Unknown encoder"))
        return status_fail(status, STATUS_FAILED,
                           "cannot write %s: this ffmpeg has no %s (Debian's package ffmpeg has)", movie->file.path,
                           movie->encoder);
    return status_fail(status, STATUS_FAILED, "cannot write %s: ffmpeg: %s", movie->file.path, line);
}

/* ---- the movie ---- */

static bool open_movie(MovieWriter *movie, const char *path, bool replace, MovieKind kind, Status *status) {
    if (!file_begin(&movie->file, path, replace, status))
        return false;
    int target = file_descriptor(&movie->file);
    if (target < 0) {
        target = movie->memory = memfd_create("movie", MFD_CLOEXEC);
        if (target < 0)
            return status_no_memory(status, "the movie");
    }
    int error = start(movie, kind, target);
    if (error == ENOENT)
        return status_fail(status, STATUS_FAILED, "cannot write %s: a movie needs ffmpeg (Debian: ffmpeg)", path);
    return error == 0 ||
           status_fail(status, STATUS_FAILED, "cannot write %s: ffmpeg does not start: %s", path, tr_error(error));
}

MovieWriter *movie_begin(const char *path, bool replace, MovieKind kind, int width, int height, int frame_ms,
                         Status *status) {
    assert(width > 0 && height > 0 && frame_ms > 0);
    MovieWriter *movie = calloc(1, sizeof *movie);
    if (!movie) {
        status_no_memory(status, "the movie");
        return NULL;
    }
    movie->memory = -1;
    movie->encoder = kind == MOVIE_MP4 ? "libx264" : "libvpx-vp9";
    movie->width = width;
    movie->height = height;
    movie->frame_ms = frame_ms;
    movie->parts = (frame_ms + PART_MS - 1) / PART_MS;
    movie->size = 3 * (size_t)even(width) * (size_t)even(height);
    movie->frame = malloc(movie->size);
    if (!movie->frame)
        status_no_memory(status, "the movie");
    if (!movie->frame || !open_movie(movie, path, replace, kind, status)) {
        movie_abandon(movie);
        return NULL;
    }
    return movie;
}

/* A row's pixels; of an odd number the last one twice. */
static void pack_row(uint8_t *row, const uint32_t *pixels, int width) {
    for (int i = 0; i < even(width); i++) {
        uint32_t pixel = pixels[i < width ? i : width - 1];
        row[3 * i] = (uint8_t)(pixel >> 16);
        row[3 * i + 1] = (uint8_t)(pixel >> 8);
        row[3 * i + 2] = (uint8_t)pixel;
    }
}

void movie_frame(MovieWriter *movie, const uint32_t *pixels, size_t pitch, int milliseconds) {
    assert(movie->copies == 0 && pitch >= (size_t)movie->width);
    size_t row = 3 * (size_t)even(movie->width);
    for (int y = 0; y < even(movie->height); y++)
        pack_row(movie->frame + (size_t)y * row, pixels + (size_t)(y < movie->height ? y : movie->height - 1) * pitch,
                 movie->width);
    int64_t parts = ((int64_t)milliseconds * movie->parts + movie->frame_ms / 2) / movie->frame_ms;
    movie->copies = parts > 1 ? (int)parts : 1;
    movie->sent = 0;
}

bool movie_push(MovieWriter *movie, int wait_ms, bool *gone, Status *status) {
    *gone = movie->copies == 0;
    while (!*gone) {
        ssize_t written = process_write(&movie->ffmpeg, movie->frame + movie->sent, movie->size - movie->sent, wait_ms);
        if (written < 0)
            return fail(movie, status);
        if (written == 0)
            return true;
        movie->sent += (size_t)written;
        if (movie->sent < movie->size)
            continue;
        movie->sent = 0;
        movie->copies--;
        *gone = movie->copies == 0;
        if (!*gone && wait_ms >= 0) /* the next copy is the next turn's */
            return true;
    }
    return true;
}

bool movie_end(MovieWriter *movie, int wait_ms, bool *ended, Status *status) {
    assert(movie->copies == 0);
    bool good = false;
    process_close_input(&movie->ffmpeg);
    *ended = process_ended(&movie->ffmpeg, wait_ms, &good);
    return !*ended || good || fail(movie, status);
}

/* What stands in memory, into the target. */
static bool copy_out(MovieWriter *movie, Status *status) {
    uint8_t bytes[16384];
    ssize_t count;
    lseek(movie->memory, 0, SEEK_SET);
    while ((count = read(movie->memory, bytes, sizeof bytes)) > 0)
        if (fwrite(bytes, 1, (size_t)count, movie->file.stream) != (size_t)count)
            break; /* the commit says why */
    return count >= 0 || status_fail(status, STATUS_FAILED, "cannot write %s: %s", movie->file.path, tr_error(errno));
}

/* An ffmpeg that says that all is well may have written nothing. */
static bool check_size(const MovieWriter *movie, Status *status) {
    struct stat made;
    if (fstat(movie->memory < 0 ? file_descriptor(&movie->file) : movie->memory, &made) == 0 && made.st_size > 0)
        return true;
    return status_fail(status, STATUS_FAILED, "cannot write %s: ffmpeg wrote nothing", movie->file.path);
}

bool movie_commit(MovieWriter *movie, Status *status) {
    assert(movie->ffmpeg.pid == 0);
    bool committed = check_size(movie, status) && (movie->memory < 0 || copy_out(movie, status)) &&
                     file_commit(&movie->file, status);
    movie_abandon(movie); /* nothing is left of a file that has been committed */
    return committed;
}

void movie_abandon(MovieWriter *movie) {
    if (!movie)
        return;
    process_free(&movie->ffmpeg);
    file_abandon(&movie->file);
    if (movie->memory >= 0)
        close(movie->memory);
    free(movie->frame);
    free(movie);
}
