/* The command line. */
#include "app/io/cli.h"
#include "app/plot/figure.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WORDS(...) ((const char *[]){"easyfirst", __VA_ARGS__, NULL})

/* argv may be written to, so each test has a copy of its own. The Cli points into it: freed by the next call.
 */
static bool run(Cli *cli, const char *const *words, Status *status) {
    static char *argv[64];
    int argc = 0;
    for (int i = 0; argv[i] != NULL; i++) {
        free(argv[i]);
        argv[i] = NULL;
    }
    while (words != NULL && words[argc] != NULL) {
        argv[argc] = strdup(words[argc]);
        argc++;
    }
    return words == NULL || cli_parse(cli, argc, argv, PRESET_DIR, status);
}

static int forget_words(void **state) {
    (void)state;
    run(NULL, NULL, NULL);
    return 0;
}

static Cli read_ok(const char *const *words) {
    Cli cli;
    Status status = {0};
    if (!run(&cli, words, &status)) {
        fail_msg("%s", status.message);
    }
    return cli;
}

static void refused_words(const char *const *words, const char *message) {
    Cli cli;
    Status status = {0};
    assert_false(run(&cli, words, &status));
    assert_string_equal(status.message, message);
    assert_int_equal(status.code, STATUS_USAGE);
}

#define OK(...) read_ok(WORDS(__VA_ARGS__))
#define REFUSED(message, ...) refused_words(WORDS(__VA_ARGS__), message)

static void without_options_it_is_the_posts_run(void **state) {
    (void)state;
    const Cli cli = read_ok((const char *[]){"easyfirst", NULL});
    assert_int_equal(cli.action, CLI_RUN);
    assert_string_equal(cli.preset, "post");
    assert_int_equal(cli.settings.samples, 10000);
    assert_null(cli.points);
    assert_false(cli.headless || cli.force);
    assert_true(cli.scale == 0 && cli.theme == NULL);
    assert_true(cli_aspect(&cli, ASPECT_AUTO) == ASPECT_AUTO && cli_aspect(&cli, ASPECT_FILL) == ASPECT_FILL);
    assert_int_equal(cli.window_width, 0);
    assert_int_equal(cli.image_width, 640);
    assert_int_equal(cli.image_height, 480);
    assert_int_equal(cli.suspects, 0);
    assert_int_equal(cli.suspects_by, MEASURE_AGREEMENT);
    assert_null(cli.scores);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        assert_false(cli.given[i]);
    }
}

static void every_setting_is_an_option(void **state) {
    (void)state;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        Settings defaults;
        settings_default(&defaults);
        char name[100], text[SETTING_TEXT_MAX], together[SETTING_TEXT_MAX + 100];
        property_format(&defaults, &PROPERTIES[i], text);
        snprintf(name, sizeof name, "--%s", PROPERTIES[i].name);
        snprintf(together, sizeof together, "%s=%s", name, text);
        Cli cli = OK(name, text);
        assert_true(cli.given[i]);
        cli = OK(together);
        assert_true(cli.given[i]);
        assert_false(cli.given[(i + 1) % PROPERTY_COUNT]);
    }
}

static void values_of_every_form(void **state) {
    (void)state;
    Cli cli = OK("--centroids", "-3,-2,3,-2", "--threshold=1e-3", "--until-hard", "-1", "--hidden", "16,8");
    assert_int_equal(cli.settings.centroid_count, 2);
    assert_true(cli.settings.centroids[0] == -3 && cli.settings.centroids[3] == -2);
    assert_true(cli.settings.threshold == 1e-3);
    assert_int_equal(cli.settings.until_hard, -1);
    assert_int_equal(cli.settings.hidden_count, 2);
    cli = OK("--hidden", "16", "--hidden", "", "--centroids=-1,0,1,0,0,1");
    assert_int_equal(cli.settings.hidden_count, 0);
    assert_int_equal(cli.settings.centroid_count, 3);
    cli = OK("--hidden=16", "--hidden=");
    assert_int_equal(cli.settings.hidden_count, 0);
    assert_true(cli.given[PROPERTY_HIDDEN]);
    cli = OK("--epochs=3", "--epochs=4"); /* the last wins */
    assert_int_equal(cli.settings.epochs, 4);
}

static void wrong_values_name_the_option(void **state) {
    (void)state;
    REFUSED("--threshold: 'abc' is not a number", "--threshold", "abc");
    REFUSED("--threshold: 'abc' is not a number", "--threshold", "abc", "--threshold", "1");
    REFUSED("--threshold: 'nan' is not a finite number", "--threshold=nan");
    REFUSED("--flip: 2 is above 1", "--flip", "2");
    REFUSED("--dataset: 'moon' is not one of post, blobs, moons, circles, xor or spirals", "--dataset", "moon");
    REFUSED("--hidden: 65 is above 64", "--hidden", "16,65");
    REFUSED("--aspect: 'both' is not equal, fill or auto", "--aspect", "both");
    REFUSED("--theme: 'pink' is not light, dark or auto", "--theme", "pink");
    REFUSED("--regularizer log needs a threshold below 1 (its weights are made with the logarithm of "
            "1 - threshold), not 2",
            "--regularizer", "log", "--threshold", "2");
}

static void options_must_be_known_and_written_out(void **state) {
    (void)state;
    REFUSED("--treshold: unknown option; did you mean --threshold?", "--treshold", "1");
    REFUSED("--treshold: unknown option; did you mean --threshold?", "--treshold=1");
    REFUSED("--growing: unknown option; did you mean --growing-factor?", "--growing", "1.5");
    REFUSED("--growing: unknown option; did you mean --growing-factor?", "--growing=1.5");
    REFUSED("--headles: unknown option; did you mean --headless?", "--headles");
    REFUSED("--zzz: unknown option; --help lists them", "--zzz");
    REFUSED("--e: unknown option; --help lists them", "--e", "3"); /* begins one option alone */
    REFUSED("-x: unknown option; --help lists them", "-x");
    REFUSED("-xyz: unknown option; --help lists them", "--headless", "-xyz");
    REFUSED("-3: unknown option; --help lists them", "a.csv", "-3");
}

static void options_need_their_values_and_no_others(void **state) {
    (void)state;
    REFUSED("--threshold: needs a value", "--threshold");
    REFUSED("--gif: needs a value, but --force follows", "--headless", "--gif", "--force");
    REFUSED("--headless: takes no value", "--headless=1");
    REFUSED("--gif: the file's name is empty", "--headless", "--gif=");
    const Cli cli = OK("--headless", "--gif=--force"); /* so a strange name is possible */
    assert_string_equal(cli.gif, "--force");
    assert_false(cli.force);
}

static void a_file_of_points_may_stand_anywhere(void **state) {
    (void)state;
    Cli cli = OK("a.csv", "--epochs", "3");
    assert_string_equal(cli.points, "a.csv");
    assert_int_equal(cli.settings.epochs, 3);
    cli = OK("--epochs", "3", "a.csv", "--flip=0.1");
    assert_string_equal(cli.points, "a.csv");
    assert_true(cli.settings.flip == 0.1);
    cli = OK("--epochs", "3", "--", "--odd.csv");
    assert_string_equal(cli.points, "--odd.csv");
    REFUSED("b.csv: only one file of points can be read, and a.csv is named already", "a.csv", "b.csv");
    REFUSED("b.csv: only one file of points can be read, and a.csv is named already", "a.csv", "--", "b.csv");
    REFUSED("the name of the file of points is empty", "");
    REFUSED("--dataset: is for generated points, so it excludes the file a.csv", "--dataset", "moons", "a.csv");
    REFUSED("--dataset: is for generated points, so it excludes the file a.csv", "a.csv", "--dataset=post");
    REFUSED("--centroids: is for generated points, so it excludes the file a.csv", "a.csv", "--centroids=0,0,1,1");
}

static void a_file_of_points_has_a_format(void **state) {
    (void)state;
    Cli cli = OK("a.csv", "--columns", "lon,lat,kind", "--skip-bad");
    assert_string_equal(cli.columns, "lon,lat,kind");
    assert_true(cli.skip_bad);
    cli = OK("--columns=1,2,3", "--headless", "--", "a.csv");
    assert_string_equal(cli.columns, "1,2,3");
    assert_false(cli.skip_bad);
    cli = OK("a.csv");
    assert_null(cli.columns);
    REFUSED("--columns: 'x,y' is not three names or numbers, as in x,y,label", "a.csv", "--columns", "x,y");
    REFUSED("--columns: 'x,x,label' names x twice", "a.csv", "--columns=x,x,label");
    REFUSED("--columns: is for a file of points, and none is named", "--columns=x,y,label");
    REFUSED("--skip-bad: is for a file of points, and none is named", "--headless", "--skip-bad");
    REFUSED("--skip-bad: takes no value", "a.csv", "--skip-bad=yes");
    cli = OK("-", "--header", "3", "--missing", "-999,x", "--encoding=LATIN1", "--classes", "5");
    assert_string_equal(cli.points, "-");
    assert_string_equal(cli.header, "3");
    assert_string_equal(cli.missing, "-999,x");
    assert_string_equal(cli.encoding, "LATIN1");
    assert_int_equal(cli.point_classes, 5);
    assert_string_equal(OK("a.csv", "--header=no").header, "no");
    REFUSED("--header: 'perhaps' is neither yes, no nor the number of a line", "a.csv", "--header", "perhaps");
    REFUSED("--header: '0' is neither yes, no nor the number of a line", "a.csv", "--header", "0");
    cli = OK("a.csv", "--delimiter", "semicolon", "--decimal=comma");
    assert_string_equal(cli.delimiter, "semicolon");
    assert_string_equal(cli.decimal, "comma");
    static const char *const delimiters[] = {"comma", "tab", "space", "pipe", ":", "\\t", "\t", ";"};
    for (size_t i = 0; i < sizeof delimiters / sizeof *delimiters; i++)
        assert_string_equal(OK("a.csv", "--delimiter", (char *)delimiters[i]).delimiter, delimiters[i]);
    REFUSED("--delimiter: 'x' is neither comma, semicolon, tab, space, pipe nor another sign that numbers do not have",
            "a.csv", "--delimiter", "x");
    REFUSED("--delimiter: '' is neither comma, semicolon, tab, space, pipe nor another sign that numbers do not have",
            "a.csv", "--delimiter=");
    REFUSED("--decimal: '.' is neither point nor comma", "a.csv", "--decimal", ".");
    REFUSED("--decimal: is for a file of points, and none is named", "--decimal", "comma");
    REFUSED("--encoding: the name of the encoding is empty; iconv --list has names", "a.csv", "--encoding", "");
    REFUSED("--encoding: there is no encoding 'KLINGON'; iconv --list names them", "a.csv", "--encoding", "KLINGON");
    REFUSED("--classes: '1' is not a whole number within 2 to 32", "a.csv", "--classes", "1");
    REFUSED("--header: is for a file of points, and none is named", "--header=yes");
}

/* POSIXLY_CORRECT ends GNU's options at the first other word; ours go on. */
static void the_environment_does_not_change_the_line(void **state) {
    (void)state;
    setenv("POSIXLY_CORRECT", "1", 1);
    const Cli cli = OK("a.csv", "--epochs", "3");
    unsetenv("POSIXLY_CORRECT");
    assert_int_equal(cli.settings.epochs, 3);
}

static void options_go_over_the_preset_wherever_they_stand(void **state) {
    (void)state;
    Cli cli = OK("--epochs", "7", "--preset", "anomalies");
    assert_string_equal(cli.preset, "anomalies");
    assert_int_equal(cli.settings.epochs, 7);
    assert_int_equal(cli.settings.until_hard, 5);
    assert_true(cli.given[PROPERTY_EPOCHS]);
    assert_false(cli.given[PROPERTY_UNTIL_HARD]);
    cli = OK("--preset=anomalies", "--epochs", "7");
    assert_int_equal(cli.settings.epochs, 7);
    cli = OK("--preset=anomalies", "--preset", "hard-first");
    assert_int_equal(cli.settings.order, ORDER_HARD);
    assert_int_equal(cli.settings.until_hard, -1);
    cli = OK("--preset", PRESET_DIR "/circles.ini");
    assert_string_equal(cli.preset, "circles");
    assert_int_equal(cli.settings.dataset, DATASET_CIRCLES);
    cli = OK(PRESET_DIR "/circles.ini", "--epochs", "3"); /* a file that is a preset */
    assert_string_equal(cli.preset, "circles");
    assert_null(cli.points);
    assert_int_equal(cli.settings.epochs, 3);
    Status none = {0};
    assert_false(run(&cli, WORDS("/nowhere/a.ini"), &none)); /* named without the option */
    assert_string_equal(none.message, "cannot read /nowhere/a.ini: No such file or directory");
    REFUSED("B.INI: a second preset; a.ini is named already", "a.ini", "B.INI");
    REFUSED("b.ini: a second preset; a.ini is named already", "a.ini", "b.ini");
    Status status = {0};
    assert_false(run(&cli, WORDS("--preset", "pots"), &status));
    assert_int_equal(strncmp(status.message, "--preset: no preset 'pots'; there are: ", 39), 0);
    assert_int_equal(status.code, STATUS_USAGE);
}

static void outputs_need_headless(void **state) {
    (void)state;
    static const char *const outputs[] = {"--gif=f",
                                          "--png=f",
                                          "--points=f",
                                          "--weights=f",
                                          "--trace=f",
                                          "--parameters=f",
                                          "--image-size=64x64",
                                          "--suspects=3",
                                          "--sweep=seeds=1..3",
                                          "--svg=f",
                                          "--pdf=f",
                                          "--html=f",
                                          "--model=f"};
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
        char message[100];
        snprintf(message, sizeof message, "%.*s: needs --headless", (int)strcspn(outputs[i], "="), outputs[i]);
        REFUSED(message, outputs[i]);
        OK(outputs[i], "--headless");
    }
    const Cli cli =
        OK("--headless", "--gif=a", "--png=b", "--points=c", "--weights=d", "--trace=e", "--parameters=f",
           "--suspects=5", "--image-size=800x600", "--force", "--theme=dark", "--scale=2", "--aspect=equal");
    assert_string_equal(cli.gif, "a");
    assert_string_equal(cli.png, "b");
    assert_string_equal(cli.points_out, "c");
    assert_string_equal(cli.weights, "d");
    assert_string_equal(cli.trace, "e");
    assert_string_equal(cli.parameters, "f");
    assert_int_equal(cli.suspects, 5);
    assert_int_equal(cli.image_width, 800);
    assert_int_equal(cli.image_height, 600);
    assert_true(cli.headless && cli.force && cli.scale == 2);
    assert_string_equal(cli.theme, "dark");
    assert_int_equal(cli_aspect(&cli, ASPECT_AUTO), ASPECT_EQUAL);
    assert_string_equal(OK("--theme=auto").theme, "auto");
    assert_int_equal(OK("--theme=dark").motion, MOTION_AUTO);
    assert_int_equal(OK("--motion=full").motion, MOTION_FULL);
    assert_int_equal(OK("--motion=reduced").motion, MOTION_REDUCED);
    REFUSED("--suspects-by: needs --suspects", "--headless", "--suspects-by=aum");
    REFUSED("--scores: needs --points", "--headless", "--scores=on");
    REFUSED("--scores: 'yes' is neither on nor off; a file needs --bench labels", "--headless", "--points=c",
            "--scores=yes");
    REFUSED("--scores: is for the points of a file, and none is named", "--headless", "--bench=labels", "--scores=f");
    REFUSED("--bench: needs --headless", "--bench=labels");
    REFUSED("--bench: excludes --sweep", "--headless", "--bench=labels", "--sweep=seeds=1..3");
    REFUSED("--suspects: is for a single run, so it excludes --bench", "--headless", "--bench=labels", "--suspects=3");
    assert_int_equal(OK("--headless", "--bench=labels", "--trace=t", "p.csv", "--scores=f").bench, BENCH_LABELS);
    assert_int_equal(OK("--headless").bench, BENCH_OFF);
    REFUSED("--suspects-by: 'held_out' is none of loss, aum, confidence, variability, correctness, forgetting, tracin, "
            "knn, held-out, admission, agreement",
            "--headless", "--suspects=2", "--suspects-by=held_out");
    for (int m = 0; m < MEASURE_COUNT; m++)
        assert_int_equal(OK("--headless", "--suspects=2", "--suspects-by", MEASURE_NAMES[m]).suspects_by, m);
    assert_string_equal(OK("--headless", "--points=c", "--scores=on").scores, "on");
    assert_true(OK("--headless").headless); /* without any output: for the summary */
}

static void frames_are_of_animations(void **state) {
    (void)state;
    const Cli none = OK("--headless", "--gif=a");
    assert_true(none.frames.every == 0 && none.frames.most == 0 && none.frames.frame_ms == 0);
    const Cli cli = OK("--headless", "--webm=a", "--mp4=b", "--every=10", "--frame-ms=40", "--last-ms=1000");
    assert_string_equal(cli.webm, "a");
    assert_string_equal(cli.mp4, "b");
    assert_int_equal(cli.frames.every, 10);
    assert_int_equal(frame_milliseconds(&cli.frames, false), 40);
    assert_int_equal(frame_milliseconds(&cli.frames, true), 1000);
    assert_int_equal(OK("--headless", "--gif=a", "--frames=20").frames.most, 20);
    REFUSED("--mp4: needs --headless", "--mp4=a");
    REFUSED("--every: needs --headless", "--every=2");
    REFUSED("--every: needs --gif, --mp4 or --webm", "--headless", "--every=2");
    REFUSED("--last-ms: needs --gif, --mp4 or --webm", "--headless", "--png=a", "--last-ms=100");
    REFUSED("--frames: excludes --every", "--headless", "--gif=a", "--every=2", "--frames=3");
    REFUSED("--frames: '1' is not a whole number within 2 to 100000", "--headless", "--gif=a", "--frames=1");
    REFUSED("--every: '0' is not a whole number within 1 to 1000000", "--headless", "--gif=a", "--every=0");
    REFUSED("--frame-ms: '19' is not a whole number within 20 to 60000", "--headless", "--gif=a", "--frame-ms=19");
    REFUSED("--last-ms: '2.5' is not a whole number within 20 to 60000", "--headless", "--gif=a", "--last-ms=2.5");
    REFUSED("--webm: b is the file of --mp4 already", "--headless", "--mp4=b", "--webm=b");
}

/* Standard output has room for one. */
static void a_dash_is_standard_output(void **state) {
    (void)state;
    assert_string_equal(OK("--headless", "--trace=-").trace, "/dev/stdout");
    assert_string_equal(OK("--headless", "--points", "-", "-").points_out, "/dev/stdout");
    assert_string_equal(OK("--headless", "--sweep=seeds=1..3", "--trace=-").trace, "/dev/stdout");
    REFUSED("--trace: standard output is taken by --points", "--headless", "--points=-", "--trace=-");
    REFUSED("--points: standard output is taken by --suspects", "--headless", "--points=-", "--suspects=3");
    REFUSED("--trace: /dev/stdout is the file of --points already", "--headless", "--points=-", "--trace=/dev/stdout");
    REFUSED("--record: needs a file; standard output is for what --headless writes", "--record=-");
    REFUSED("--widgets: needs a file; standard output is for what --headless writes", "--widgets", "-");
    REFUSED("--preset: standard input is the file of points", "--preset=-", "-");
}

static void what_is_for_the_window_excludes_headless(void **state) {
    (void)state;
    REFUSED("--widgets: is for the window, so it excludes --headless", "--headless", "--widgets=f");
    REFUSED("--live-trace: is for the window, so it excludes --headless", "--live-trace=f", "--headless");
    REFUSED("--window-size: is for the window, so it excludes --headless", "--headless", "--window-size=800x600");
    const Cli cli = OK("--widgets=w", "--live-trace=t", "--window-size=1280x720", "--scale=0.75");
    assert_string_equal(cli.widgets, "w");
    assert_string_equal(cli.live_trace, "t");
    assert_int_equal(cli.window_width, 1280);
    assert_int_equal(cli.window_height, 720);
}

static void a_sweep_excludes_what_is_for_one_run(void **state) {
    (void)state;
    const Cli cli = OK("--headless", "--sweep", "seeds=1..3,hidden=|4", "--shard", "2/8", "--threads=3", "--trace=t");
    assert_string_equal(cli.sweep, "seeds=1..3,hidden=|4");
    assert_int_equal(cli.shard, 2);
    assert_int_equal(cli.shards, 8);
    assert_int_equal(cli.threads, 3);
    assert_null(OK("--headless").sweep);
    REFUSED("--sweep: needs --headless", "--sweep=seeds=1..3");
    REFUSED("--shard: needs --sweep", "--headless", "--shard=1/2");
    REFUSED("--resume: needs --sweep", "--headless", "--resume");
    REFUSED("--resume: needs --trace", "--headless", "--sweep=seeds=1..3", "--resume");
    REFUSED("--resume: excludes --force, which begins anew", "--headless", "--sweep=seeds=1..3", "--resume", "--force",
            "--trace=t");
    assert_true(OK("--headless", "--sweep=seeds=1..3", "--resume", "--trace=t").resume);
    REFUSED("--summarize: needs --sweep", "--headless", "--summarize=a");
    REFUSED("--summarize: needs a value", "--headless", "--sweep=seeds=1..3", "--summarize");
    REFUSED("--summarize: the file's name is empty", "--headless", "--sweep=seeds=1..3", "--summarize=");
    REFUSED("--summarize: runs nothing, so it excludes --trace", "--headless", "--sweep=seeds=1..3", "--summarize=a",
            "--trace=t");
    REFUSED("--summarize: runs nothing, so it excludes --shard", "--headless", "--sweep=seeds=1..3", "--summarize=a",
            "--shard=1/2");
    REFUSED("c: the files of --summarize stand together", "--headless", "--sweep=seeds=1..3", "--summarize", "a", "b",
            "--samples=20", "c");
    char *words[] = {"easyfirst", "--headless", "points.csv", "--sweep=seeds=1..3", "--summarize", "a", "b", "c", NULL};
    Cli tables;
    Status none = {0};
    assert_true(cli_parse(&tables, 8, words, PRESET_DIR, &none));
    assert_string_equal(tables.points, "points.csv");
    assert_string_equal(tables.summarize, "a");
    assert_int_equal(tables.table_count, 2);
    assert_string_equal(tables.tables[0], "b");
    assert_string_equal(tables.tables[1], "c");
    REFUSED("--threads: needs --sweep", "--headless", "--threads=2");
    static const char *const others[] = {"--gif=f",      "--png=f",     "--svg=f",        "--pdf=f",
                                         "--points=f",   "--weights=f", "--parameters=f", "--image-size=64x64",
                                         "--suspects=3", "--model=f"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char message[100];
        snprintf(message, sizeof message, "%.*s: is for a single run, so it excludes --sweep",
                 (int)strcspn(others[i], "="), others[i]);
        REFUSED(message, "--headless", "--sweep=seeds=1..3", others[i]);
    }
    static const char *const shards[] = {"2", "2/", "/2", "2/8/", "-1/2", "a/b", "1/99999999999999999999"};
    for (size_t i = 0; i < sizeof shards / sizeof *shards; i++) {
        char option[100], message[100];
        snprintf(option, sizeof option, "--shard=%s", shards[i]);
        snprintf(message, sizeof message, "--shard: '%s' is not I/N, as in 2/8", shards[i]);
        REFUSED(message, "--headless", "--sweep=seeds=1..3", option);
    }
    REFUSED("--shard: there is no part 0 of 2", "--headless", "--sweep=seeds=1..3", "--shard=0/2");
    REFUSED("--shard: there is no part 3 of 2", "--headless", "--sweep=seeds=1..3", "--shard=3/2");
    REFUSED("--threads: '0' is not a whole number within 1 to 1024", "--headless", "--sweep=seeds=1..3", "--threads=0");
    /* the rest of the settings need not make sense by themselves */
    OK("--headless", "--regularizer=log", "--threshold=2", "--sweep=threshold=0.1|0.2");
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const bool made = i == PROPERTY_DATASET || i == PROPERTY_SAMPLES || i == PROPERTY_NOISE ||
                          i == PROPERTY_CENTROIDS || i == PROPERTY_ANOMALY;
        assert_int_equal(property_makes_points((PropertyId)i), made);
    }
}

static void two_outputs_need_two_files(void **state) {
    (void)state;
    REFUSED("--png: ./a is the file of --gif already", "--headless", "--png", "./a", "--gif", "a");
    REFUSED("--live-trace: f is the file of --widgets already", "--widgets=f", "--live-trace=f");
    /* the same file by another name, and the file that is read */
    char folder[] = "/tmp/easyfirst-test-XXXXXX", name[64], link[64], message[300];
    assert_non_null(mkdtemp(folder));
    snprintf(name, sizeof name, "%s/a.csv", folder);
    snprintf(link, sizeof link, "%s/b.csv", folder);
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(symlink(name, link), 0);
    snprintf(message, sizeof message, "--points: %s is the file of points that is read", link);
    REFUSED(message, name, "--headless", "--force", "--points", link);
    snprintf(message, sizeof message, "--trace: %s is the file of --points already", link);
    REFUSED(message, "--headless", "--force", "--points", name, "--trace", link);
    /* by a hard link, by a name with detours, by links to what is not there yet, as standard input */
    char hard[64], detour[80], future[64], later[64];
    snprintf(hard, sizeof hard, "%s/c.csv", folder);
    snprintf(detour, sizeof detour, "%s/./../%s/a.csv", folder, folder + strlen("/tmp/"));
    snprintf(future, sizeof future, "%s/d.csv", folder);
    snprintf(later, sizeof later, "%s/e.csv", folder);
    assert_int_equal(linkat(AT_FDCWD, name, AT_FDCWD, hard, 0), 0);
    assert_int_equal(symlink("e.csv", future), 0);
    snprintf(message, sizeof message, "--png: %s is the file of points that is read", hard);
    REFUSED(message, name, "--headless", "--force", "--png", hard);
    snprintf(message, sizeof message, "--gif: %s is the file of points that is read", detour);
    REFUSED(message, name, "--headless", "--force", "--gif", detour);
    snprintf(message, sizeof message, "--trace: %s is the file of --points already", later);
    REFUSED(message, "--headless", "--points", future, "--trace", later);
    int input = dup(STDIN_FILENO);
    assert_non_null(freopen(name, "r", stdin));
    snprintf(message, sizeof message, "--points: %s is the file of points that is read", hard);
    REFUSED(message, "-", "--headless", "--force", "--points", hard);
    dup2(input, STDIN_FILENO);
    close(input);
    const char *const names[] = {future, hard, link, name};
    for (int i = 0; i < 4; i++)
        unlink(names[i]);
    rmdir(folder);
    OK("--headless", "--png", "/dev/null", "--gif", "/dev/null");
    REFUSED("--trace: /dev/fd/1 is the file of --points already", "--headless", "--points", "/dev/stdout", "--trace",
            "/dev/fd/1");
}

static void sizes_and_counts_have_limits(void **state) {
    (void)state;
    OK("--window-size=640x480");
    OK("--window-size=3840x2160");
    REFUSED("--window-size: 639x480 is below 640x480", "--window-size=639x480");
    REFUSED("--window-size: 640x16385 is above 16384x16384", "--window-size=640x16385");
    REFUSED("--window-size: '640' is not WIDTHxHEIGHT, as in 1280x720", "--window-size=640");
    REFUSED("--window-size: '640x480x' is not WIDTHxHEIGHT, as in 1280x720", "--window-size=640x480x");
    REFUSED("--window-size: '-640x480' is not WIDTHxHEIGHT, as in 1280x720", "--window-size=-640x480");
    REFUSED("--window-size: '99999999999999999999x480' is not WIDTHxHEIGHT, as in 1280x720",
            "--window-size=99999999999999999999x480");
    OK("--headless", "--image-size=64x8192");
    REFUSED("--image-size: 63x64 is below 64x64", "--headless", "--image-size=63x64");
    REFUSED("--image-size: 8193x64 is above 8192x8192", "--headless", "--image-size=8193x64");
    OK("--headless", "--svg=f", "--figure-width=30", "--image-size=64x64");
    assert_true(cli_figure_width(&(Cli){0}) == 120);
    REFUSED("--figure-width: 29.9 is not within 30 to 300", "--headless", "--svg=f", "--figure-width=29.9");
    REFUSED("--figure-width: 301 is not within 30 to 300", "--headless", "--svg=f", "--figure-width=301");
    REFUSED("--figure-width: needs --svg or --pdf", "--headless", "--figure-width=84");
    REFUSED("--text-as: needs --svg or --pdf", "--headless", "--text-as=outlines");
    REFUSED("--svg: 120 mm wide in the shape of 640x100, the figure is 18.75 mm high, not 30 to 300; change "
            "--figure-width or --image-size",
            "--headless", "--svg=f", "--image-size=640x100");
    OK("--headless", "--pdf=f", "--figure-width=40", "--text-as=outlines");
    assert_int_equal(OK("--headless", "--pdf=f").figure, FIGURE_PLOT);
    assert_int_equal(OK("--headless", "--png=f", "--figure=map").figure, FIGURE_MAP);
    REFUSED("--figure: 'curves' is none of plot, histogram, timeline, map", "--headless", "--png=f", "--figure=curves");
    REFUSED("--figure: needs --png, --svg or --pdf", "--headless", "--gif=f", "--figure=timeline");
    OK("--scale=0.75");
    OK("--scale=4");
    REFUSED("--scale: 0.74 is not within 0.75 to 4", "--scale=0.74");
    REFUSED("--scale: 4.01 is not within 0.75 to 4", "--scale=4.01");
    REFUSED("--scale: 'nan' is not a number", "--scale=nan");
    REFUSED("--scale: '2x' is not a number", "--scale=2x");
    OK("--headless", "--suspects=10000000");
    REFUSED("--suspects: '0' is not a whole number within 1 to 10000000", "--headless", "--suspects=0");
    REFUSED("--suspects: '-1' is not a whole number within 1 to 10000000", "--headless", "--suspects", "-1");
    REFUSED("--suspects: '99999999999999999999' is not a whole number within 1 to 10000000", "--headless",
            "--suspects=99999999999999999999");
}

static void runs_beside_the_first_can_be_two(void **state) {
    (void)state;
    assert_int_equal(OK("--headless").compare_count, 0);
    Cli cli = OK("--compare", "plain", "--threshold", "0.3", "--compare=order=hard");
    assert_int_equal(cli.compare_count, 2);
    assert_true(cli.others[0].order == ORDER_ALL && cli.others[1].order == ORDER_HARD);
    assert_true(cli.others[0].threshold == 0.3 && cli.others[1].threshold == 0.3);
    REFUSED("--compare: can be given 2 times at most", "--compare=plain", "--compare=plain", "--compare=plain");
    REFUSED("--compare: there is no setting 'nonsense'", "--compare", "plain", "--compare", "nonsense=1");
    REFUSED("--compare: '' is neither plain nor NAME=VALUE", "--compare", "plain", "--compare", "");
}

static void questions_are_answered_whatever_follows(void **state) {
    (void)state;
    assert_int_equal(OK("--help").action, CLI_HELP);
    assert_int_equal(OK("--version").action, CLI_VERSION);
    assert_int_equal(OK("--list-presets").action, CLI_LIST_PRESETS);
    assert_int_equal(OK("--gif", "f", "--help", "--nonsense").action, CLI_HELP);
}

static char *printed(void (*print)(FILE *)) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    print(stream);
    fclose(stream);
    return text;
}

static void help_shows_every_option_in_100_columns(void **state) {
    (void)state;
    char *text = printed(cli_help);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        char entry[100];
        snprintf(entry, sizeof entry, "\n  --%s %s", PROPERTIES[i].name, PROPERTIES[i].argument);
        assert_non_null(strstr(text, entry));
    }
    static const char *const others[] = {
        "preset",      "list-presets", "headless",     "help",        "version", "force",   "scale",   "theme",
        "window-size", "widgets",      "live-trace",   "gif",         "png",     "points",  "weights", "trace",
        "parameters",  "image-size",   "suspects",     "sweep",       "shard",   "threads", "columns", "header",
        "missing",     "encoding",     "classes",      "suspects-by", "scores",  "bench",   "record",  "replay",
        "lesson",      "svg",          "figure-width", "text-as",     "pdf",     "figure",  "model"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char entry[100];
        snprintf(entry, sizeof entry, "\n  --%s ", others[i]);
        assert_non_null(strstr(text, entry));
    }
    assert_non_null(strstr(text, "[1.35]"));       /* a default */
    assert_non_null(strstr(text, "0.01 to 1000")); /* a range */
    assert_non_null(strstr(text, "mixture"));      /* a choice */
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
        assert_true(strcspn(line, "\n") <= 100);
    }
    free(text);
    text = printed(cli_version);
    assert_int_equal(strncmp(text, "easyfirst " EASYFIRST_VERSION "\n", strlen("easyfirst " EASYFIRST_VERSION "\n")),
                     0);
    assert_non_null(strstr(text, "SDL 2."));
    free(text);
}

static void a_log_says_what_the_run_is(void **state) {
    (void)state;
    Cli cli = OK("--record", "a.log");
    assert_string_equal(cli.record, "a.log");
    cli = OK("--headless", "--replay", "a.log", "--gif", "a.gif");
    assert_string_equal(cli.replay, "a.log");
    cli = OK("--replay", "a.log", "--record", "b.log", "--skip-bad");
    assert_true(cli.skip_bad);
    REFUSED("--record: is for the window, so it excludes --headless", "--headless", "--record", "a.log");
    REFUSED("--seed: stands in the log, so it excludes --replay", "--replay", "a.log", "--seed", "3");
    REFUSED("--preset: stands in the log, so it excludes --replay", "--replay", "a.log", "--preset", "post");
    REFUSED("--compare: stands in the log, so it excludes --replay", "--compare", "plain", "--replay", "a.log");
    REFUSED("p.csv: the points stand in the log, so a file excludes --replay", "--replay", "a.log", "p.csv");
    cli = OK("--lesson", "post");
    assert_string_equal(cli.lesson, "post");
    REFUSED("--seed: stands in the lesson, so it excludes --lesson", "--lesson", "post", "--seed", "3");
    REFUSED("--compare: stands in the lesson, so it excludes --lesson", "--compare", "plain", "--lesson", "post");
    REFUSED("p.csv: the points stand in the lesson, so a file excludes --lesson", "--lesson", "post", "p.csv");
    REFUSED("--replay: excludes --lesson", "--lesson", "post", "--replay", "a.log");
    REFUSED("--replay: is for a single run, so it excludes --sweep", "--headless", "--replay", "a", "--sweep",
            "seed=1..2");
    REFUSED("--replay: is for a single run, so it excludes --bench", "--headless", "--replay", "a", "--bench",
            "labels");
    REFUSED("--columns: is for a file of points, and none is named", "--replay", "a.log", "--columns=x,y,label");
    REFUSED("--record: ./a.log is the log or session that is read", "--replay", "a.log", "--record", "./a.log");
    REFUSED("--replay: the file's name is empty", "--replay=");
    cli = OK("--headless", "my run.easyfirst", "--gif", "a.gif");
    assert_string_equal(cli.session, "my run.easyfirst");
    assert_string_equal(cli.replay, "my run.easyfirst");
    assert_null(OK("--replay", "a.easyfirst").session);
    REFUSED("--seed: stands in the session", "--seed", "3", "a.easyfirst");
    REFUSED("--preset: stands in the session", "a.easyfirst", "--preset", "post");
    REFUSED("b.easyfirst: a second session; a.easyfirst is named already", "a.easyfirst", "b.easyfirst");
    REFUSED("a.easyfirst: a session is a single run, so it excludes --replay", "a.easyfirst", "--replay", "a.log");
    REFUSED("a.easyfirst: a session is a single run, so it excludes --sweep", "--headless", "--sweep", "seeds=1..3",
            "a.easyfirst");
    REFUSED("p.csv: the points stand in the session, so it excludes a file of points", "a.easyfirst", "p.csv");
}

int main(void) {
#define TEST(name) cmocka_unit_test_teardown(name, forget_words)
    const struct CMUnitTest tests[] = {
        TEST(without_options_it_is_the_posts_run),
        TEST(every_setting_is_an_option),
        TEST(values_of_every_form),
        TEST(wrong_values_name_the_option),
        TEST(options_must_be_known_and_written_out),
        TEST(options_need_their_values_and_no_others),
        TEST(a_file_of_points_may_stand_anywhere),
        TEST(a_file_of_points_has_a_format),
        TEST(the_environment_does_not_change_the_line),
        TEST(options_go_over_the_preset_wherever_they_stand),
        TEST(outputs_need_headless),
        TEST(frames_are_of_animations),
        TEST(a_dash_is_standard_output),
        TEST(what_is_for_the_window_excludes_headless),
        TEST(a_sweep_excludes_what_is_for_one_run),
        TEST(two_outputs_need_two_files),
        TEST(sizes_and_counts_have_limits),
        TEST(runs_beside_the_first_can_be_two),
        TEST(questions_are_answered_whatever_follows),
        TEST(a_log_says_what_the_run_is),
        TEST(help_shows_every_option_in_100_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
