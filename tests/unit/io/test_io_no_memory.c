/* What comes in and goes out, where there is no memory somewhere: a line says so, nothing half is left, and with enough
 * it works again. Allocators are replaced by the linker (--wrap). */
#include "app/io/export_job.h"
#include "app/io/lesson.h"
#include "app/io/log_file.h"
#include "app/io/path_list.h"
#include "app/io/picture_copy.h"
#include "app/io/points_csv.h"
#include "app/io/points_loading.h"
#include "app/io/points_preview.h"
#include "app/io/preset.h"
#include "app/io/repeat_command.h"
#include "app/io/session_file.h"
#include "app/io/session_pen.h"
#include "core/label_measures.h"
#include "core/parallel.h"
#include "tests/support/commands.h"
#include "tests/support/failing_places.h"
#include "tests/support/file_texts.h"

#include <sched.h>
#include <zlib.h>

#define SCRATCH_FILE "out"
#include "tests/support/scratch.h"

static Status status;
static Experiment e;

/* ---- the run ---- */

static int begin(void **state) {
    Settings s;
    settings_default(&s);
    s.samples = 40;
    s.hidden[0] = 3;
    s.test = s.flip = 0.1;
    s.clean = 4;
    if (set_up(state) != 0 || !experiment_init(&e, &s, NULL, NULL, &status))
        return -1;
    e.log = run_log_new(&e, &status);
    s.order = ORDER_HARD;
    push_now(&e, (Command){.kind = COMMAND_COMPARE, .compare = true, .settings = s});
    push_now(&e, (Command){.kind = COMMAND_EPOCH});
    push_now(&e, (Command){.kind = COMMAND_NOTE, .note = {.epoch = 0, .text = "Words."}});
    push_now(&e, (Command){.kind = COMMAND_EPOCH});
    run_log_seal(e.log, &e, false);
    return e.log ? 0 : -1;
}

static int end(void **state) {
    run_log_free(e.log);
    e.log = NULL;
    experiment_free(&e);
    return tear_down(state);
}

/* ---- what is tried ---- */

static void says_so(void *user, bool done) {
    (void)user;
    if (!done && !strstr(status.message, "memory"))
        fail_msg("'%s'", status.message);
    if (!done)
        assert_int_equal(access(path, F_OK), -1);
    unlink(path);
    assert_int_equal(files_in_folder(), 0);
    status = (Status){0};
}

static void each_place_of(bool (*attempt)(void *), void *user) {
    assert_true(try_each_place(attempt, says_so, user) > 0);
}

/* ---- exports ---- */

static const FigureKind FIGURES[EXPORT_KINDS] = {
    [EXPORT_PLOT] = FIGURE_TIMELINE, [EXPORT_SVG] = FIGURE_MAP, [EXPORT_PDF] = FIGURE_MAP};

static bool save(void *user) {
    ExportKind kind = *(const ExportKind *)user;
    Snapshot snapshot = experiment_snapshot(&e);
    static float value[400];
    LabelLook look = {.count = snapshot.data->count, .epochs = 2, .version = 1};
    look.value[MEASURE_VARIABILITY] = look.value[MEASURE_CONFIDENCE] = value;
    snapshot.labels = &look;
    Canvas canvas = {0};
    long memory = left;
    left = -1;
    assert_true(canvas_resize(&canvas, 64, 48, &status));
    left = memory;
    bool sized = EXPORTS[kind]->size.largest > 0;
    ExportRequest r = {.kind = kind,
                       .path = path,
                       .snapshot = &snapshot,
                       .figure = FIGURES[kind],
                       .command = "easyfirst",
                       .width = sized ? EXPORTS[kind]->size.smallest : 0,
                       .height = sized ? EXPORTS[kind]->size.smallest : 0,
                       .theme = &THEME_LIGHT,
                       .font_folder = FONT_DIR,
                       .page_folder = PAGE_DIR,
                       .canvas = &canvas};
    ExportJob *job = export_job_begin(&r, &status);
    ExportResult result = job ? EXPORT_RUNNING : EXPORT_FAILED;
    while (result == EXPORT_RUNNING)
        result = export_job_step(job, 1.0, &status);
    export_job_free(job);
    canvas_free(&canvas);
    return result == EXPORT_DONE;
}

static void exports_without_memory(void **state) {
    (void)state;
    for (int kind = 0; kind < EXPORT_KINDS; kind++) {
        ExportKind one = (ExportKind)kind;
        each_place_of(save, &one);
    }
}

/* ---- sessions ---- */

static bool write_session(void *user) {
    (void)user;
    size_t size;
    const char *log = run_log_text(e.log, &size);
    char view[] = "zoom 1\n", state[] = "state", log_copy[4096], name[] = "/tmp/a b.csv";
    assert_true(size < sizeof log_copy);
    memcpy(log_copy, log, size);
    Session s = {.log = log_copy,
                 .log_size = size,
                 .view = view,
                 .view_size = strlen(view),
                 .checkpoint = state,
                 .checkpoint_size = strlen(state),
                 .checkpoint_at = size,
                 .checkpoint_kernels = "base",
                 .source = {.path = name, .size = 3, .sum = 4}};
    return session_write(&s, path, false, &status);
}

static bool read_session(void *user) {
    (void)user;
    long memory = left;
    left = -1;
    if (access(path, F_OK) != 0)
        assert_true(write_session(NULL));
    left = memory;
    Session s;
    Recording r;
    bool done = session_open(&s, &r, path, false, &status);
    left = -1;
    if (done) {
        assert_true(s.ends && s.log_size > 0 && s.view_size == 7);
        recording_free(&r);
        session_free(&s);
    }
    unlink(path);
    return done;
}

static bool source_of_file(void *user) {
    (void)user;
    long memory = left;
    left = -1;
    put(path, "x,y,label\n1,2,0\n");
    left = memory;
    SessionSource source, copy;
    bool done = session_source_of(&source, path);
    if (!done) /* which is no failure: only changes are not seen */
        status_no_memory(&status, "");
    done = done && session_source_copy(&copy, &source, &status);
    if (done)
        session_source_free(&copy);
    session_source_free(&source);
    unlink(path);
    return done;
}

static bool write_by_pen(void *user) {
    (void)user;
    SessionPen *pen = session_pen_open(path, &status);
    bool put_in = pen && session_pen_put(pen, "log", "words\n", 6);
    bool closed = !pen || session_pen_close(pen, 10.0, &status);
    if (pen && !put_in)
        status_no_memory(&status, ""); /* it is put again later */
    if (!put_in)
        unlink(path);
    return put_in && closed;
}

static bool write_log(void *user) {
    (void)user;
    LogFile file;
    bool made = log_file_create(&file, path, true, &status), done = made && log_file_append(&file, e.log, &status);
    done = log_file_close(&file, &status) && done;
    if (!made)
        unlink(path);
    return done;
}

static void sessions_without_memory(void **state) {
    (void)state;
    bool (*const attempts[])(void *) = {write_session, read_session, source_of_file, write_by_pen, write_log};
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
        each_place_of(attempts[i], NULL);
}

/* ---- presets, lessons ---- */

static bool list_presets(void *user) {
    (void)user;
    Preset *presets;
    size_t count;
    bool done = preset_list_all(&presets, &count, PRESET_DIR, &status);
    assert_true(!done || count > 5);
    free(presets);
    return done;
}

static bool find_preset(void *user) {
    (void)user;
    Preset preset;
    return preset_find(&preset, "spirals", PRESET_DIR, &status);
}

/* Its message has the names that there are. */
static bool miss_preset(void *user) {
    (void)user;
    Preset preset;
    assert_false(preset_find(&preset, "nosuch", PRESET_DIR, &status));
    return strstr(status.message, "there are: ") != NULL;
}

static bool name_preset(void *user) {
    (void)user;
    char *own = preset_own_path("mine");
    if (!own)
        status_no_memory(&status, "");
    free(own);
    return own && preset_check_name("mine", PRESET_DIR, &status);
}

static bool list_lessons(void *user) {
    (void)user;
    Preset *lessons;
    size_t count;
    bool done = lesson_list(&lessons, &count, LESSON_DIR, &status);
    free(lessons);
    return done;
}

static bool find_lesson(void *user) {
    (void)user;
    char *found = lesson_path("post", LESSON_DIR, &status);
    Recording r;
    bool done = found && lesson_read(&r, found, &status);
    if (done)
        recording_free(&r);
    free(found);
    return done;
}

static bool miss_lesson(void *user) {
    (void)user;
    assert_null(lesson_path("nosuch", LESSON_DIR, &status));
    return strstr(status.message, "there are: ") != NULL;
}

static void presets_without_memory(void **state) {
    (void)state;
    bool (*const attempts[])(void *) = {list_presets, find_preset, miss_preset, name_preset,
                                        list_lessons, find_lesson, miss_lesson};
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
        each_place_of(attempts[i], NULL);
}

/* ---- points ---- */

static const struct {
    const char *text;
    PointsFormat format;
} TABLES[] = {
    {"x,y,label\n1,2,0\n3,4,1\n", {0}},
    {"# height;width;kind\n1,5;2;\"a;b\"\n3,5;4;c\n,;4;c\n",
     {.skip_bad = true, .columns = "height,width,kind", .delimiter = "semicolon", .decimal = "comma", .missing = "NA"}},
    {"x,y,label,clean,more\n1700000000.5,2,cat,1,a\n1700000001.5,4,dog,0,b\n1700000002.5,5,dog,0,b\n", {0}},
    {"@relation r\n@attribute a numeric\n@attribute b numeric\n@attribute class {u,v}\n@data\n1,2,u\n3,4,v\n", {0}},
    {"a\tb\tc\ncontinuous\tcontinuous\tdiscrete\n\t\tclass\n1\t2\tu\n3\t4\tv\n", {0}},
    {"gr\xfc\xdf,y,label\n1,2,\xe4\n3,4,o\n", {.encoding = "LATIN1", .header = "1", .columns = "1,2,3"}},
    {"\xff\xfex\0,\0y\0,\0l\0a\0b\0e\0l\0\n\0"
     "1\0,\0"
     "2\0,\0"
     "0\0\n\0"
     "3\0,\0"
     "4\0,\0"
     "1\0\n",
     {0}},
    {"x y label\n1 2 0\n3 4 2\n", {.classes = 3}},
};

static void put_table(size_t table) {
    long memory = left;
    left = -1;
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    const char *text = TABLES[table].text;
    fwrite(text, 1, table == 6 ? 46 : strlen(text), file);
    fclose(file);
    left = memory;
}

static bool read_table(void *user) {
    size_t table = *(const size_t *)user;
    Dataset d;
    PointsFormat format = TABLES[table].format;
    PointsNotes notes = {0};
    format.notes = &notes;
    put_table(table);
    bool done = points_read(&d, path, &format, &status);
    assert_true(!done || d.count >= 2);
    dataset_free(&d);
    unlink(path);
    return done;
}

static bool look_at_table(void *user) {
    size_t table = *(const size_t *)user;
    static PointsPreview preview;
    put_table(table);
    bool done = points_preview(&preview, path, &TABLES[table].format, &status);
    if (done && preview.problem[0]) {
        snprintf(status.message, sizeof status.message, "%s", preview.problem);
        done = false;
    }
    points_preview_free(&preview);
    unlink(path);
    return done;
}

static void wait_for(const PointsLoading *loading) {
    while (!points_loading_done(loading))
        sched_yield();
}

/* By a thread. */
static bool load_table(void *user) {
    size_t table = *(const size_t *)user, skipped;
    Dataset d = {0};
    PointsNotes notes;
    put_table(table);
    PointsLoading *loading = points_loading_begin(path, &TABLES[table].format, &status);
    bool done = loading != NULL;
    if (loading) {
        wait_for(loading);
        SessionSource source;
        done = points_loading_take(loading, &d, &skipped, &notes, &status);
        points_loading_take_source(loading, &source);
        session_source_free(&source);
        points_loading_free(loading);
    }
    dataset_free(&d);
    unlink(path);
    return done;
}

static bool load_look(void *user) {
    size_t table = *(const size_t *)user;
    put_table(table);
    PointsLoading *loading = points_loading_look(path, &TABLES[table].format, &status);
    PointsPreview *look = NULL;
    if (loading) {
        wait_for(loading);
        look = points_loading_take_look(loading, &status);
        points_loading_free(loading);
    }
    bool done = look != NULL;
    if (look && look->problem[0]) {
        snprintf(status.message, sizeof status.message, "%s", look->problem);
        done = false;
    }
    if (look)
        points_preview_free(look);
    free(look);
    unlink(path);
    return done;
}

static void points_without_memory(void **state) {
    (void)state;
    bool (*const attempts[])(void *) = {read_table, look_at_table, load_table, load_look};
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
        for (size_t table = 0; table < sizeof TABLES / sizeof *TABLES; table++)
            try_each_place(attempts[i], says_so, &table);
}

/* ---- names, commands ---- */

static bool follow_folder(void *user) {
    (void)user;
    PathList list = {0};
    bool done = path_list_follow(&list, PRESET_DIR "/", &status);
    char *some = done ? path_list_complete(&list, PRESET_DIR "/") : NULL;
    char *first = done ? path_list_take(&list, PRESET_DIR "/", 0) : NULL;
    if (done && (!some || !first))
        done = status_no_memory(&status, "");
    free(some);
    free(first);
    path_list_free(&list);
    return done;
}

static bool names_of_paths(void *user) {
    (void)user;
    char *whole = path_expand("~/a"), *shown = whole ? path_shown(whole) : NULL;
    bool done = shown || status_no_memory(&status, "");
    free(whole);
    free(shown);
    return done;
}

static bool command_line(void *user) {
    (void)user;
    const Settings *others[] = {&e.others[0].trainer->settings};
    PointsFormat format = {.columns = "a,b,c", .encoding = "LATIN1", .skip_bad = true};
    char *line = repeat_command_of(&e.trainer->settings, others, 1, "/tmp/a b.csv", &format, ASPECT_EQUAL,
                                   BY_HAND_THRESHOLD, "/tmp/a.easyfirst");
    char *lesson = repeat_command_of_lesson("post", ASPECT_EQUAL);
    bool done = (line && lesson) || status_no_memory(&status, "");
    free(line);
    free(lesson);
    return done;
}

static void words_without_memory(void **state) {
    (void)state;
    bool (*const attempts[])(void *) = {follow_folder, names_of_paths, command_line};
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
        each_place_of(attempts[i], NULL);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(exports_without_memory), TEST(sessions_without_memory), TEST(presets_without_memory),
        TEST(points_without_memory),  TEST(words_without_memory),
    };
    parallel_set_threads(1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
