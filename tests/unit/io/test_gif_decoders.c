/* GIFs before judges that are not ours, ffmpeg and gifsicle: sizes, palettes and contents of all kinds come back pixel
 * by pixel, with their delays, loop, transparency and disposal; their bytes are those that cgif 0.3 wrote of the same
 * pictures. And what is refused: memory at every allocation, threads, every byte of the file. The allocators and
 * pthread_create are replaced by the linker (--wrap). */
#include "app/io/gif_writer.h"
#include "tests/support/failing_memory.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "a.gif"
#include "tests/support/scratch.h"

static Status status;

/* ---- what is drawn ---- */

typedef enum { NOISE, PLAIN, STRIPES, CORNERS, STILL, LINE } Kind;

static const struct Case {
    int width, height, colors, frames;
    Kind kind;
    uint64_t hash; /* of the file that cgif 0.3 made */
} CASES[] = {
    {1, 1, 1, 1, PLAIN, 0x9623d59333c81975},        {1, 1, 2, 3, NOISE, 0xad9c90bb792ea048},
    {2, 3, 3, 2, NOISE, 0xaeab7bced5cf7ea3},        {7, 5, 2, 4, NOISE, 0x6255e90939486124},
    {9, 1, 4, 3, LINE, 0x7e2a3642797805d8},         {1, 37, 5, 3, LINE, 0x48a094574ec6b718},
    {13, 11, 7, 3, CORNERS, 0xa2d1575468d40be2},    {16, 16, 8, 3, STILL, 0x2afd2ae9aee62aaf},
    {17, 9, 127, 3, STRIPES, 0x1a4ca22254f702cd},   {255, 31, 128, 3, STRIPES, 0xf5a66d75d2adc4cd},
    {333, 97, 255, 2, NOISE, 0xcf61a02125d9581b},   {401, 203, 2, 2, NOISE, 0x03434df9e3bda39b},
    {200, 150, 15, 3, NOISE, 0xf8a10d85366b0a97},   {640, 480, 1, 2, PLAIN, 0x9ec8dc27a6580eff},
    {640, 480, 3, 2, PLAIN, 0x7098f1b7e757b69a},    {97, 61, 255, 5, STRIPES, 0x9be90cb25287c5e8},
    {257, 129, 64, 4, CORNERS, 0x572adb8afc75d5e3}, {127, 1, 127, 1, CORNERS, 0x78e89965ad7c64da},
    {3000, 2, 31, 3, LINE, 0x40e71200bca1c66f},
};

static uint32_t color(int i) {
    return 0xff000000u | (uint32_t)(i & 7) * 36 << 16 | (uint32_t)(i >> 3 & 7) * 36 << 8 | (uint32_t)(i >> 6) * 80;
}

static uint32_t scramble(uint32_t x) {
    x = (x ^ x >> 16) * 0x7feb352du;
    x = (x ^ x >> 15) * 0x846ca68bu;
    return x ^ x >> 16;
}

static int entry(const struct Case *c, int x, int y, int frame) {
    bool corner = (x == 0 || x == c->width - 1) && (y == 0 || y == c->height - 1);
    switch (c->kind) {
    case NOISE:
        return (int)(scramble((uint32_t)(frame * 1000003 + y * 4099 + x)) % (uint32_t)c->colors);
    case PLAIN:
        return frame % c->colors;
    case STRIPES:
        return (x / 3 + (y > c->height / 2 ? frame * y : 0)) % c->colors;
    case CORNERS:
        return (corner ? frame : x + y) % c->colors;
    case STILL:
        return (x * y) % c->colors;
    case LINE:
        return (x == frame || y == frame ? 1 : x / 100) % c->colors;
    }
    return 0;
}

static uint32_t *pixels_of(const struct Case *c, int frame) {
    uint32_t *pixels = __real_malloc((size_t)c->width * (size_t)c->height * sizeof *pixels);
    assert_non_null(pixels);
    for (int y = 0; y < c->height; y++)
        for (int x = 0; x < c->width; x++)
            pixels[y * c->width + x] = color(entry(c, x, y, frame));
    return pixels;
}

static int delay(int frame) {
    return frame == 0 ? 2 : 10 * frame + 300;
}

static bool write_frames(GifWriter *gif, const struct Case *c) {
    bool written = gif != NULL;
    for (int i = 0; written && i < c->frames; i++) {
        uint32_t *pixels = pixels_of(c, i);
        written = gif_frame(gif, pixels, (size_t)c->width, delay(i), &status);
        free(pixels);
    }
    if (!written) {
        gif_abandon(gif);
        return false;
    }
    return gif_commit(gif, &status);
}

static bool save(const struct Case *c) {
    uint32_t palette[255];
    for (int i = 0; i < c->colors; i++)
        palette[i] = color(i);
    return write_frames(gif_begin(path, true, c->width, c->height, palette, (size_t)c->colors, &status), c);
}

/* ---- judges ---- */

static size_t read_all(const char *command, uint8_t *bytes, size_t most) {
    FILE *stream = popen(command, "r");
    assert_non_null(stream);
    size_t size = fread(bytes, 1, most, stream);
    assert_int_equal(fgetc(stream), EOF);
    assert_int_equal(pclose(stream), 0);
    return size;
}

static void shows_what_was_drawn(const struct Case *c) {
    char command[200];
    snprintf(command, sizeof command, "ffmpeg -nostdin -v error -i %s -vsync passthrough -f rawvideo -pix_fmt bgra -",
             path);
    size_t count = (size_t)c->width * (size_t)c->height, size = count * sizeof(uint32_t),
           all = size * (size_t)c->frames;
    uint8_t *shown = malloc(all);
    assert_non_null(shown);
    assert_int_equal(read_all(command, shown, all), all);
    for (int i = 0; i < c->frames; i++) {
        uint32_t *drawn = pixels_of(c, i);
        assert_memory_equal(shown + size * (size_t)i, drawn, size);
        free(drawn);
    }
    free(shown);
}

/* What gifsicle makes of it: each frame is a whole picture. */
static void unpack(void) {
    char command[200];
    snprintf(command, sizeof command, "gifsicle --batch --unoptimize %s", path);
    assert_int_equal(system(command), 0);
}

static int occurrences(const char *text, const char *word) {
    int count = 0;
    for (const char *at = text; (at = strstr(at, word)); at++)
        count++;
    return count;
}

static void says_what_was_meant(const struct Case *c) {
    static char said[4096];
    char command[200], expected[64];
    snprintf(command, sizeof command, "gifsicle --info %s", path);
    said[read_all(command, (uint8_t *)said, sizeof said - 1)] = '\0';
    snprintf(expected, sizeof expected, "logical screen %dx%d\n", c->width, c->height);
    assert_int_equal(occurrences(said, expected), 1);
    assert_int_equal(occurrences(said, "  loop forever\n"), 1);
    assert_int_equal(occurrences(said, "  + image #"), c->frames);
    assert_int_equal(occurrences(said, "    disposal asis"), c->frames);
    assert_int_equal(occurrences(said, " transparent 0\n"), c->frames - 1);
    snprintf(expected, sizeof expected, "image #0 %dx%d\n", c->width, c->height);
    assert_int_equal(occurrences(said, expected), 1);
    for (int i = 0; i < c->frames; i++) {
        snprintf(expected, sizeof expected, " delay %d.%02ds\n", delay(i) / 100, delay(i) % 100);
        assert_int_equal(occurrences(said, expected), 1);
    }
}

/* FNV-1a */
static uint64_t hash_of_file(void) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint64_t hash = 0xcbf29ce484222325u;
    for (int byte; (byte = fgetc(file)) != EOF;)
        hash = (hash ^ (uint64_t)byte) * 0x100000001b3u;
    fclose(file);
    return hash;
}

static void judges_see_what_was_drawn(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct Case *c = &CASES[i];
        assert_true(save(c));
        says_what_was_meant(c);
        shows_what_was_drawn(c);
        unpack();
        shows_what_was_drawn(c);
    }
}

static void bytes_are_as_ever(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_true(save(&CASES[i]));
        if (hash_of_file() != CASES[i].hash)
            fail_msg("case %zu: 0x%016llx", i, (unsigned long long)hash_of_file());
    }
}

/* ---- what is refused ---- */

static const struct Case SMALL = {29, 23, 30, 3, STRIPES, 0};

static void memory_that_is_refused(void **state) {
    (void)state;
    long refused = 0;
    for (;; refused++) {
        left = refused;
        bool saved = save(&SMALL);
        bool enough = left >= 0;
        left = -1;
        assert_int_equal(saved, enough);
        assert_int_equal(files_in_folder(), enough ? 1 : 0);
        if (enough)
            break;
        assert_non_null(strstr(status.message, "memory"));
    }
    assert_true(refused >= 6);
}

static int threads_left = -1; /* those that can still be had; -1: all */

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*start)(void *), void *with);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*start)(void *), void *with);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*start)(void *), void *with) {
    if (threads_left == 0)
        return 11;
    threads_left -= threads_left > 0;
    return __real_pthread_create(thread, how, start, with);
}

static void threads_that_are_refused(void **state) {
    (void)state;
    const struct Case *c = &CASES[15];
    for (threads_left = 1; threads_left >= 0; threads_left--) {
        int allowed = threads_left;
        assert_true(save(c));
        assert_int_equal(hash_of_file(), c->hash);
        threads_left = allowed;
    }
}

/* The disk ends after so many bytes: nothing is left, and the message says why. */
static void end_after(const struct Case *c, rlim_t bytes, bool fits) {
    struct rlimit limit, before;
    getrlimit(RLIMIT_FSIZE, &before);
    limit = before;
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    bool saved = save(c);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(saved, fits);
    assert_int_equal(files_in_folder(), fits ? 1 : 0);
    if (!fits)
        assert_non_null(strstr(status.message, "a.gif: File too large, after "));
    unlink(path);
}

static size_t size_of_file(const struct Case *c) {
    assert_true(save(c));
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size_t size = (size_t)ftell(file);
    fclose(file);
    unlink(path);
    return size;
}

static void disk_ends_at_every_byte(void **state) {
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    size_t size = size_of_file(&SMALL);
    for (size_t i = 0; i <= size; i++)
        end_after(&SMALL, i, i == size);
    const struct Case larger = {333, 97, 255, 8, NOISE, 0}; /* more than the stream keeps: fails while frames come */
    size = size_of_file(&larger);
    assert_true(size > 200000);
    for (size_t i = 0; i < size; i += 40009)
        end_after(&larger, i, false);
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        in_folder(judges_see_what_was_drawn), in_folder(bytes_are_as_ever),       in_folder(memory_that_is_refused),
        in_folder(threads_that_are_refused),  in_folder(disk_ends_at_every_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
