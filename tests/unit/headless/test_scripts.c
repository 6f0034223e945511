/* The program's pictures of names in many scripts: letters, not boxes, and one line where there is no font. Through
 * the program itself, because fonts are found once in a process. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <png.h>

#define SCRATCH_FILE "names.csv"
#include "tests/support/scratch.h"
#include "tests/support/scripts.h"

#define FONTS TEST_SOURCE_DIR "/support/fonts.conf"
#define NO_FONTS TEST_SOURCE_DIR "/support/no-fonts.conf"

static void write_points(const char *first, const char *second) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("x,y,label\n", file);
    for (int i = 0; i < 12; i++)
        fprintf(file, "%d,%d,%s\n", i % 2 ? i : -i, i % 3, i % 2 ? first : second);
    assert_int_equal(fclose(file), 0);
}

/* Runs the program on the points with these fonts, and reads what it says; returns its exit code. */
static int draw(const char *fonts, char said[1024]) {
    char *command = NULL;
    assert_true(asprintf(&command,
                         "FONTCONFIG_FILE='%s' '%s' --headless '%s' --epochs 2 --png '%s/out.png' --gif '%s/out.gif' "
                         "--force 2>&1",
                         fonts, EASYFIRST_BINARY, path, folder, folder) > 0);
    FILE *program = popen(command, "r");
    assert_non_null(program);
    size_t length = fread(said, 1, 1023, program);
    said[length] = '\0';
    free(command);
    return pclose(program);
}

static uint32_t *read_picture(size_t *bytes) {
    char name[160];
    png_image image = {.version = PNG_IMAGE_VERSION};
    snprintf(name, sizeof name, "%s/out.png", folder);
    assert_true(png_image_begin_read_from_file(&image, name));
    image.format = PNG_FORMAT_BGRA;
    *bytes = PNG_IMAGE_SIZE(image);
    uint32_t *pixels = malloc(*bytes);
    assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
    return pixels;
}

static void remove_pictures(void) {
    char name[160];
    snprintf(name, sizeof name, "%s/out.png", folder);
    unlink(name);
    snprintf(name, sizeof name, "%s/out.gif", folder);
    unlink(name);
}

/* Each picture is another, without a word; without fonts all names of as many letters look alike. */
static void each_name_is_drawn_in_its_letters(void **state) {
    (void)state;
    char said[1024];
    uint32_t *before = NULL;
    size_t bytes = 0;
    for (int i = 0; i < SCRIPT_NAME_COUNT; i++) {
        write_points(SCRIPT_NAMES[i], "plain");
        assert_int_equal(draw(FONTS, said), 0);
        assert_string_equal(said, "");
        uint32_t *pixels = read_picture(&bytes);
        if (before)
            assert_memory_not_equal(pixels, before, bytes);
        free(before);
        before = pixels;
    }
    free(before);
    remove_pictures();
}

static void without_a_font_one_line_says_what_to_install(void **state) {
    (void)state;
    char said[1024];
    size_t bytes;
    write_points("ไทย", "猫咪");
    assert_int_equal(draw(FONTS, said), 0);
    uint32_t *with = read_picture(&bytes);
    assert_int_equal(draw(NO_FONTS, said), 0);
    assert_string_equal(said, "easyfirst: no font here for Chinese, Thai in names, which show as boxes; install "
                              "fonts-wqy-microhei fonts-tlwg-loma-ttf\n");
    uint32_t *without = read_picture(&bytes);
    assert_memory_not_equal(with, without, bytes);
    free(with);
    free(without);
    write_points("Latin", "Γάτα Кошка");
    assert_int_equal(draw(NO_FONTS, said), 0);
    assert_string_equal(said, "");
    remove_pictures();
}

/* A file that is not what fontconfig remembers of it: another font, or the line. */
static void a_font_that_has_become_unreadable(void **state) {
    (void)state;
    char fonts[160], conf[160], cache[160], said[1024], *command = NULL;
    snprintf(fonts, sizeof fonts, "%s/fonts", folder);
    snprintf(cache, sizeof cache, "%s/cache", folder);
    snprintf(conf, sizeof conf, "%s/fonts.conf", folder);
    assert_int_equal(mkdir(fonts, 0700), 0);
    assert_int_equal(mkdir(cache, 0700), 0);
    FILE *file = fopen(conf, "w");
    assert_non_null(file);
    fprintf(file,
            "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\"><fontconfig>"
            "<dir>%s</dir><cachedir>%s</cachedir></fontconfig>",
            fonts, cache);
    assert_int_equal(fclose(file), 0);
    assert_true(asprintf(&command,
                         "cp /usr/share/fonts/truetype/tlwg/Loma.ttf '%s/a.ttf' && printf garbage >'%s/b.ttf'", fonts,
                         fonts) > 0);
    assert_int_equal(system(command), 0);
    free(command);
    write_points("ไทย", "plain");
    assert_int_equal(draw(conf, said), 0);
    assert_string_equal(said, "");
    char loma[200];
    snprintf(loma, sizeof loma, "%s/a.ttf", fonts);
    const long sizes[] = {40000, 700, 0};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_int_equal(truncate(loma, sizes[i]), 0);
        assert_int_equal(draw(conf, said), 0);
        assert_true(said[0] == '\0' || strchr(said, '\n') == said + strlen(said) - 1); /* a line at the most */
    }
    assert_non_null(strstr(said, "fonts-"));
    assert_true(asprintf(&command, "rm -r '%s' '%s' '%s'", fonts, cache, conf) > 0);
    assert_int_equal(system(command), 0);
    free(command);
    remove_pictures();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_name_is_drawn_in_its_letters),
        cmocka_unit_test(without_a_font_one_line_says_what_to_install),
        cmocka_unit_test(a_font_that_has_become_unreadable),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
