/* The picture that is copied is the one that would be saved, handed to the program that serves it; what goes wrong is
 * said. Programs of the tests' own stand in for xclip and wl-copy: journey_copy.sh and journey_wayland.sh have the real
 * ones. */
#include "app/io/picture_copy.h"

#include "app/experiment/experiment.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define SCRATCH_FILE "copied"
#include "tests/support/scratch.h"
#include "tests/support/stand_in_program.h"

static Experiment experiment;
static Status status;
static Snapshot shown;

static int begin_run(void **state) {
    Settings settings;
    settings_default(&settings);
    settings.samples = 100;
    status = (Status){0};
    return set_up(state) != 0 || !experiment_init(&experiment, &settings, NULL, NULL, &status);
}

static int end_run(void **state) {
    experiment_free(&experiment);
    return tear_down(state);
}

static ExportRequest request(void) {
    shown = experiment_snapshot(&experiment);
    return (ExportRequest){
        .snapshot = &shown, .width = 300, .height = 200, .theme = &THEME_DARK, .font_folder = FONT_DIR};
}

static ExportResult copy_all(bool wayland) {
    PictureCopy copy = {0};
    ExportRequest r = request();
    ExportResult result;
    assert_true(picture_copy_begin(&copy, &r, wayland, &status));
    while ((result = picture_copy_step(&copy, 0.0, &status)) == EXPORT_RUNNING)
        assert_true(copy.busy);
    assert_false(copy.busy);
    picture_copy_free(&copy);
    return result;
}

static void hands_over(bool wayland, const char *program, const char *arguments) {
    char script[256], name[160], head[200] = "";
    snprintf(script, sizeof script, "echo \"$*\" >'%s'; cat >>'%s'; sleep 0.1", path, path);
    stand_in(program, script);
    assert_int_equal(copy_all(wayland), EXPORT_DONE);
    stand_in_no_more();
    snprintf(name, sizeof name, "%s/saved.png", folder);
    ExportRequest r = request();
    r.kind = EXPORT_PLOT;
    r.path = name;
    ExportJob *job = export_job_begin(&r, &status);
    assert_non_null(job);
    while (export_job_step(job, 1.0, &status) == EXPORT_RUNNING)
        continue;
    export_job_free(job);
    FILE *copied = fopen(path, "r"), *file = fopen(name, "r");
    assert_true(copied && file && fgets(head, sizeof head, copied));
    assert_string_equal(head, arguments);
    int c;
    long bytes = 0;
    while ((c = getc(file)) != EOF) {
        assert_int_equal(getc(copied), c);
        bytes++;
    }
    assert_int_equal(getc(copied), EOF);
    assert_true(bytes > 1000);
    fclose(copied);
    fclose(file);
    unlink(name);
}

static void the_saved_picture_is_handed_over(void **state) {
    (void)state;
    hands_over(false, "xclip", "-selection clipboard -target image/png -in\n");
    hands_over(true, "wl-copy", "--type image/png\n");
}

static void fails(bool wayland, const char *message) {
    assert_int_equal(copy_all(wayland), EXPORT_FAILED);
    assert_string_equal(status.message, message);
}

static void what_goes_wrong_is_said(void **state) {
    (void)state;
    char *search = strdup(getenv("PATH"));
    setenv("PATH", folder, 1);
    fails(false, "to copy a picture takes xclip (Debian: xclip)");
    fails(true, "to copy a picture takes wl-copy (Debian: wl-clipboard)");
    setenv("PATH", search, 1);
    free(search);
    stand_in("xclip", "echo \"Error: Can't open display: :7\" >&2; exit 1");
    fails(false, "cannot copy the picture: xclip: Error: Can't open display: :7");
    stand_in_no_more();
    stand_in_broken("wl-copy");
    fails(true, "cannot copy the picture: wl-copy does not start: Exec format error");
    stand_in_no_more();
}

static void given_up(void **state) {
    (void)state;
    PictureCopy copy = {0};
    stand_in("xclip", "exec sleep 100");
    for (int steps = 0; steps < 600; steps += 150) { /* while it is drawn, and while xclip does nothing */
        ExportRequest r = request();
        assert_true(picture_copy_begin(&copy, &r, false, &status));
        for (int i = 0; i < steps; i++)
            assert_int_equal(picture_copy_step(&copy, 0.0, &status), EXPORT_RUNNING);
        pid_t tool = copy.tool.pid;
        assert_int_equal(steps > 250, tool != 0);
        picture_copy_free(&copy);
        assert_true(tool == 0 || kill(tool, 0) != 0);
    }
    stand_in_no_more();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin_run, end_run)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_saved_picture_is_handed_over),
        TEST(what_goes_wrong_is_said),
        TEST(given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
