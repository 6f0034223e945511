/* Movies, as ffprobe and ffmpeg read them; what is said where ffmpeg is missing, lacks a codec or ends early; and that
 * nothing is left of what fails or is given up. */
#define _GNU_SOURCE
#include "app/io/movie_writer.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "movie"
#include "tests/support/scratch.h"
#include "tests/support/stand_in_program.h"

enum { WIDTH = 65, HEIGHT = 64, FRAMES = 3, PIXELS = WIDTH * HEIGHT };

static Status status;

static int set_up_all(void **state) {
    status = (Status){0};
    return set_up(state);
}

static int tear_down_all(void **state) {
    unlink(path);
    assert_int_equal(files_in_folder(), 0);
    return tear_down(state);
}

/* Each frame has one colour. */
static const uint32_t COLORS[FRAMES] = {0xff1f77b4, 0xffff7f0e, 0xff209050};

static const uint32_t *frame_of(int i) {
    static uint32_t pixels[PIXELS];
    for (int k = 0; k < PIXELS; k++)
        pixels[k] = COLORS[i];
    return pixels;
}

static MovieWriter *begin(MovieKind kind, const char *name, int frame_ms) {
    MovieWriter *movie = movie_begin(name, false, kind, WIDTH, HEIGHT, frame_ms, &status);
    if (!movie)
        fail_msg("%s", status.message);
    return movie;
}

static bool add(MovieWriter *movie, int i, int milliseconds) {
    bool gone = false;
    movie_frame(movie, frame_of(i), WIDTH, milliseconds);
    return movie_push(movie, -1, &gone, &status) && gone;
}

static void save(MovieKind kind, const char *name, int frame_ms, int last_ms) {
    MovieWriter *movie = begin(kind, name, frame_ms);
    bool ended = false;
    for (int i = 0; i < FRAMES; i++)
        assert_true(add(movie, i, i + 1 < FRAMES ? frame_ms : last_ms));
    assert_true(movie_end(movie, -1, &ended, &status) && ended);
    if (!movie_commit(movie, &status))
        fail_msg("%s", status.message);
}

static size_t read_from(const char *command, void *bytes, size_t size) {
    FILE *stream = popen(command, "r");
    assert_non_null(stream);
    size_t length = fread(bytes, 1, size, stream);
    assert_int_equal(pclose(stream), 0);
    return length;
}

/* What ffprobe says, a line each. */
static void probes(const char *expected) {
    char command[512], said[512];
    snprintf(command, sizeof command,
             "ffprobe -v error -count_frames -show_entries "
             "stream=codec_name,width,height,pix_fmt,color_range,color_space,color_transfer,color_primaries,"
             "r_frame_rate,nb_read_frames:format=duration -of default=noprint_wrappers=1 %s",
             path);
    said[read_from(command, said, sizeof said - 1)] = '\0';
    assert_string_equal(said, expected);
}

/* The colour in the middle of each frame of the movie, as a browser would show it. */
static void decodes(int parts, int last_parts) {
    static uint8_t rgb[64][HEIGHT][WIDTH + 1][3];
    char command[512];
    snprintf(command, sizeof command, "ffmpeg -v error -i %s -pix_fmt rgb24 -f rawvideo -", path);
    size_t frames = (size_t)((FRAMES - 1) * parts + last_parts);
    assert_int_equal(read_from(command, rgb, sizeof rgb), frames * sizeof rgb[0]);
    for (size_t i = 0; i < frames; i++) {
        size_t which = i / (size_t)parts;
        uint32_t color = COLORS[which < FRAMES ? which : FRAMES - 1];
        for (int c = 0; c < 3; c++)
            assert_in_range(rgb[i][HEIGHT / 2][WIDTH / 2][c] + 4, color >> (16 - 8 * c) & 255,
                            (color >> (16 - 8 * c) & 255) + 8);
    }
}

static void mp4_is_what_players_play(void **state) {
    (void)state;
    save(MOVIE_MP4, path, 600, 2500);
    probes("codec_name=h264\nwidth=66\nheight=64\npix_fmt=yuv420p\ncolor_range=tv\ncolor_space=bt709\n"
           "color_transfer=bt709\ncolor_primaries=bt709\nr_frame_rate=10/1\nnb_read_frames=37\nduration=3.700000\n");
    decodes(6, 25);
    char head[4096]; /* what a browser needs to begin comes first */
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(head, 1, sizeof head, file);
    fclose(file);
    char *index = memmem(head, length, "moov", 4), *data = memmem(head, length, "mdat", 4);
    assert_true(index && (!data || index < data));
}

static void webm_is_what_players_play(void **state) {
    (void)state;
    save(MOVIE_WEBM, path, 37, 80); /* a rate of its own; the last for two of its frames */
    probes("codec_name=vp9\nwidth=66\nheight=64\npix_fmt=yuv420p\ncolor_range=tv\ncolor_space=bt709\n"
           "color_transfer=bt709\ncolor_primaries=bt709\nr_frame_rate=1000/37\nnb_read_frames=4\nduration=0.148000\n");
    decodes(1, 2);
}

/* To a file, once more, and into a pipe, or what is no file with a name. */
static void the_bytes_repeat(void **state) {
    (void)state;
    static uint8_t first[1 << 16], second[1 << 16];
    for (int kind = MOVIE_MP4; kind <= MOVIE_WEBM; kind++) {
        save((MovieKind)kind, path, 100, 100);
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        size_t length = fread(first, 1, sizeof first, file);
        fclose(file);
        unlink(path);
        char pipe[32];
        int memory = memfd_create("pipe", MFD_CLOEXEC);
        snprintf(pipe, sizeof pipe, "/dev/fd/%d", memory);
        save((MovieKind)kind, pipe, 100, 100);
        assert_true(length > 500);
        assert_int_equal(pread(memory, second, sizeof second, 0), length);
        assert_memory_equal(first, second, length);
        close(memory);
    }
}

static void refused(const char *message) {
    if (!strstr(status.message, message))
        fail_msg("'%s' is not in '%s'", message, status.message);
    assert_non_null(strstr(status.message, path));
    assert_int_equal(status.code, STATUS_FAILED);
    assert_int_equal(files_in_folder(), 0);
}

static void without_ffmpeg_its_package_is_named(void **state) {
    (void)state;
    char *search = strdup(getenv("PATH"));
    setenv("PATH", folder, 1);
    assert_null(movie_begin(path, false, MOVIE_MP4, WIDTH, HEIGHT, 600, &status));
    setenv("PATH", search, 1);
    free(search);
    refused("a movie needs ffmpeg (Debian: ffmpeg)");
}

/* Programs of that name which fail. */
static void fails(MovieKind kind, const char *script, const char *message) {
    stand_in("ffmpeg", script);
    MovieWriter *movie = begin(kind, path, 100);
    bool good = true, ended = false;
    for (int i = 0; good && i < 200; i++)
        good = add(movie, i % FRAMES, 100);
    if (good)
        good = movie_end(movie, -1, &ended, &status);
    assert_false(good);
    movie_abandon(movie);
    refused(message);
    stand_in_no_more();
}

static void what_ffmpeg_says_is_told(void **state) {
    (void)state;
    fails(MOVIE_WEBM, "echo \"Unknown encoder 'libvpx-vp9'\" >&2; exit 1",
          "this ffmpeg has no libvpx-vp9 (Debian's package");
    fails(MOVIE_WEBM, "head -c 100000 >/dev/null; kill -9 $$", "ffmpeg: was killed by signal 9");
    fails(MOVIE_WEBM, "cat >/dev/null; echo 'No space left on device' >&2; exit 1", "ffmpeg: No space left on device");
    fails(MOVIE_WEBM, "cat >/dev/null; exit 4", "ffmpeg: ended with exit code 4");
    /* the real one, whose disk is full, as it begins to write or when it ends; its words have no room either */
    const char *full = "trap '' XFSZ; ulimit -f 0; PATH=${PATH#*:}; exec ffmpeg \"$@\"";
    fails(MOVIE_WEBM, full, "ffmpeg: ended with exit code ");
    fails(MOVIE_MP4, full, "ffmpeg: ended with exit code ");
}

static void what_does_not_start_is_told(void **state) {
    (void)state;
    stand_in_broken("ffmpeg");
    assert_null(movie_begin(path, false, MOVIE_MP4, WIDTH, HEIGHT, 600, &status));
    stand_in_no_more();
    refused("ffmpeg does not start: Exec format error");
}

/* A device gets the movie when it is whole, and may be full. */
static void a_full_device_is_told(void **state) {
    (void)state;
    stand_in("ffmpeg", "cat >/dev/null; head -c 100000 /dev/zero >&3");
    MovieWriter *movie = begin(MOVIE_MP4, "/dev/full", 100);
    bool ended = false;
    assert_true(add(movie, 0, 100) && movie_end(movie, -1, &ended, &status) && ended);
    assert_false(movie_commit(movie, &status));
    stand_in_no_more();
    assert_non_null(strstr(status.message, "cannot write /dev/full: No space left on device"));
}

/* Encoders take even numbers: the last row and column are there twice. */
static void odd_sizes_are_made_even(void **state) {
    (void)state;
    static const uint32_t pixels[9] = {0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x80, 0x90};
    static const unsigned char blue[16] = {0x10, 0x20, 0x30, 0x30, 0x40, 0x50, 0x60, 0x60,
                                           0x70, 0x80, 0x90, 0x90, 0x70, 0x80, 0x90, 0x90};
    stand_in("ffmpeg", "cat >&3");
    MovieWriter *movie = movie_begin(path, false, MOVIE_WEBM, 3, 3, 100, &status);
    assert_non_null(movie);
    bool gone = false, ended = false;
    movie_frame(movie, pixels, 3, 100);
    assert_true(movie_push(movie, -1, &gone, &status) && gone && movie_end(movie, -1, &ended, &status) && ended);
    assert_true(movie_commit(movie, &status));
    stand_in_no_more();
    FILE *file = fopen(path, "rb");
    unsigned char bytes[48 * 2];
    assert_non_null(file);
    assert_int_equal(fread(bytes, 1, sizeof bytes, file) % 48, 0);
    fclose(file);
    for (int i = 0; i < 16; i++)
        assert_int_equal(bytes[3 * i + 2], blue[i]);
}

static void an_empty_movie_is_none(void **state) {
    (void)state;
    char pipe[32];
    int memory = memfd_create("pipe", MFD_CLOEXEC);
    snprintf(pipe, sizeof pipe, "/dev/fd/%d", memory);
    const char *const targets[] = {path, pipe};
    stand_in("ffmpeg", "cat >/dev/null");
    for (int i = 0; i < 2; i++) {
        MovieWriter *movie = begin(MOVIE_WEBM, targets[i], 100);
        bool ended = false;
        assert_true(add(movie, 0, 100) && movie_end(movie, -1, &ended, &status) && ended);
        assert_false(movie_commit(movie, &status));
        assert_non_null(strstr(status.message, targets[i]));
        assert_non_null(strstr(status.message, "ffmpeg wrote nothing"));
    }
    stand_in_no_more();
    close(memory);
}

static void given_up_at_any_time(void **state) {
    (void)state;
    for (int frames = 0; frames <= FRAMES; frames++) {
        MovieWriter *movie = begin(MOVIE_MP4, path, 100);
        bool done;
        for (int i = 0; i < frames; i++)
            assert_true(add(movie, i, 100));
        if (frames == FRAMES)
            assert_true(movie_end(movie, 0, &done, &status));
        movie_abandon(movie);
        assert_int_equal(files_in_folder(), 0);
    }
    movie_abandon(NULL);
}

/* With somebody who reads nothing, a turn ends all the same. */
static void turns_are_short(void **state) {
    (void)state;
    stand_in("ffmpeg", "exec sleep 100");
    MovieWriter *movie = begin(MOVIE_MP4, path, 60000);
    bool gone = false;
    movie_frame(movie, frame_of(0), WIDTH, 60000); /* 600 copies: more than a pipe holds */
    for (int i = 0; i < 1000; i++)
        assert_true(movie_push(movie, 0, &gone, &status) && !gone);
    movie_abandon(movie);
    stand_in_no_more();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_all, tear_down_all)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(mp4_is_what_players_play),
        TEST(webm_is_what_players_play),
        TEST(the_bytes_repeat),
        TEST(without_ffmpeg_its_package_is_named),
        TEST(what_ffmpeg_says_is_told),
        TEST(an_empty_movie_is_none),
        TEST(given_up_at_any_time),
        TEST(turns_are_short),
        TEST(what_does_not_start_is_told),
        TEST(a_full_device_is_told),
        TEST(odd_sizes_are_made_even),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
