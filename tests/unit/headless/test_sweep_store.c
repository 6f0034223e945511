/* Rows that a sweep has left: what can be gone on with, what is begun anew, and what is refused and stays as it is;
 * the table made of them has every run once, in order, or is not made. */
#include "app/headless/sweep_store.h"
#include "tests/support/file_texts.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCRATCH_FILE "rows.csv"
#include "tests/support/scratch.h"

enum { RUNS = 6 };
static const char SPEC[] = "seeds=1..6";

static Status status;
static Sweep sweep;
static SweepStore store;
static char rows_path[160];

static int begin(void **state) {
    Settings base;
    settings_default(&base);
    signal(SIGXFSZ, SIG_IGN);
    if (set_up(state) != 0 || !sweep_parse(&sweep, SPEC, &base, &status))
        return -1;
    snprintf(rows_path, sizeof rows_path, "%s.sweep", path);
    return 0;
}

static int end(void **state) {
    store_close(&store);
    sweep_free(&sweep);
    unlink(rows_path);
    return tear_down(state);
}

static StorePlan plan(void) {
    return (StorePlan){.file = path, .spec = SPEC, .shard = 1, .shards = 1};
}

static StorePlan resumed(void) {
    StorePlan p = plan();
    p.resume = true;
    return p;
}

static bool opens(const StorePlan *p) {
    status = (Status){0};
    store_close(&store);
    return store_open(&store, &sweep, p, &status);
}

/* So many rows are there. */
static void goes_on(const StorePlan *p, size_t rows) {
    if (!opens(p))
        fail_msg("%s", status.message);
    size_t count = 0;
    for (size_t run = store.first; run < store.end; run++)
        count += store_has(&store, run);
    assert_int_equal(count, rows);
}

static void refused(const StorePlan *p, const char *what) {
    assert_false(opens(p));
    if (!strstr(status.message, what))
        fail_msg("%s", status.message);
}

static void add(size_t run) {
    RunFigures figures = {.epochs = 3, .accuracy = 0.5};
    assert_true(store_add(&store, run, &figures));
}

/* The head, the line behind it, and the rows of the runs from 0 on. */
static char head[4096], row[RUNS][256];

static void learn_the_text(void) {
    StorePlan p = plan();
    goes_on(&p, 0);
    for (size_t run = 0; run < RUNS; run++)
        add(run);
    store_close(&store);
    FILE *file = fopen(rows_path, "r");
    assert_non_null(file);
    char line[256];
    head[0] = '\0';
    while (fgets(line, sizeof line, file) && strcmp(line, "rows\n") != 0)
        strcat(head, line);
    for (size_t run = 0; run < RUNS; run++)
        assert_non_null(fgets(row[run], sizeof row[run], file));
    fclose(file);
    unlink(rows_path);
}

static void put_rows(const char *behind, const char *first, const char *second, const char *third) {
    char text[8192];
    snprintf(text, sizeof text, "%s%s%s%s%s", head, behind, first, second, third);
    put(rows_path, text);
}

/* ---- opening ---- */

static void what_was_cut_is_begun_anew(void **state) {
    (void)state;
    learn_the_text();
    StorePlan p = resumed();
    for (size_t size = 0; size < strlen(head) + 5; size += 7) {
        char text[8192];
        snprintf(text, sizeof text, "%srows\n", head);
        text[size] = '\0';
        put(rows_path, text);
        goes_on(&p, 0);
    }
    put_rows("rows\n", row[0], row[2], "");
    goes_on(&p, 2);
    row[4][strlen(row[4]) / 2] = '\0'; /* torn */
    put_rows("rows\n", row[0], row[3], row[4]);
    goes_on(&p, 2);
    goes_on(&p, 2); /* what was torn is gone */
    put_rows("rows\n", row[0], "9,9,9\n", row[1]);
    goes_on(&p, 1); /* what follows a damage is done again */
    put_rows("rows\n", row[0], row[0], row[1]);
    goes_on(&p, 1);
    put_rows("rows\n", row[5], row[0], "");
    p.shards = 2; /* another head */
    refused(&p, "rows of another sweep: 'shard 1/1' there, 'shard 1/2' here (--force begins anew)");
}

static void rows_of_other_shards_are_damage(void **state) {
    (void)state;
    learn_the_text();
    StorePlan p = resumed();
    p.shards = 2;
    goes_on(&p, 0);
    FILE *file = fopen(rows_path, "a");
    fputs(row[1], file);
    fputs(row[4], file);
    fclose(file);
    goes_on(&p, 1);
    p.shard = 2;
    p.replace = true;
    goes_on(&p, 0);
    file = fopen(rows_path, "a");
    fputs(row[1], file);
    fclose(file);
    goes_on(&p, 0);
}

static void others_stay(void **state) {
    (void)state;
    learn_the_text();
    StorePlan p = resumed(), anew = plan(), force = plan();
    force.replace = true;
    put(rows_path, "letters to a friend\n");
    refused(&p, "holds something else than the rows of a sweep");
    refused(&force, "holds something else than the rows of a sweep");
    holds(rows_path, "letters to a friend\n");
    put_rows("rows\n", row[0], "", "");
    refused(&anew, "rows of a sweep that did not end (--resume goes on with them, --force begins anew)");
    goes_on(&force, 0);
    put_rows("words\n", row[0], "", "");
    refused(&p, "rows of another sweep: 'words' there, '' here");
    put_rows("row", "", "", ""); /* killed as it was begun */
    goes_on(&p, 0);
    put_rows("words\n", row[0], "", "");
    goes_on(&force, 0);
    StorePlan other = resumed();
    other.spec = "seeds=1..9";
    put_rows("rows\n", row[0], "", "");
    refused(&other, "rows of another sweep: 'sweep seeds=1..6' there, 'sweep seeds=1..9' here");
    put_rows("rows\n", "", "", "");
    other.spec = "seeds=1..6\nand a line"; /* nothing is lost with a bare head */
    goes_on(&other, 0);
    put_rows("complete\n", "", "", "");
    goes_on(&other, 0);
    put(path, "table");
    put_rows("complete\n", "", "", "");
    refused(&other, "rows of another sweep");
    goes_on(&p, 0);
    assert_true(store.complete);
    goes_on(&anew, 0);
    assert_false(store.complete);
    put_rows("rows\n", row[0], row[1], "");
    refused(&p, "does not say that it is of this sweep (--force begins anew)");
    char all[4096] = "";
    for (size_t run = 1; run < RUNS; run++)
        strcat(all, row[run]);
    put_rows("rows\n", row[0], all, ""); /* it lacked but its last word */
    goes_on(&p, RUNS);
    put_rows("", "", "", "");
    refused(&p, "does not say that it is of this sweep (--force begins anew)");
    unlink(rows_path);
    refused(&p, "exists already, and nothing says whether it is whole, as there is no ");
    holds(path, "table");
    unlink(path);
    put_rows("complete\n", "", "", "");
    goes_on(&p, 0); /* whose table is gone */
}

static void the_points_are_part_of_it(void **state) {
    (void)state;
    Dataset d;
    StorePlan p = resumed();
    assert_true(dataset_init(&d, 4, 2, &status) && dataset_add_truth(&d, &status) && dataset_add_clean(&d, &status));
    p.points = &d;
    goes_on(&p, 0);
    add(3);
    goes_on(&p, 1);
    d.truth[1] = 1;
    refused(&p, "rows of another sweep: 'points 4 in 2 classes, sum ");
    d.truth[1] = 0;
    d.clean[1] = 1;
    refused(&p, "rows of another sweep: 'points 4 in 2 classes, sum ");
    dataset_free(&d);
}

static void what_is_no_file_is_refused(void **state) {
    (void)state;
    StorePlan p = plan();
    assert_int_equal(mkfifo(rows_path, 0600), 0);
    refused(&p, "it is no file");
    unlink(rows_path);
    assert_int_equal(mkdir(rows_path, 0700), 0);
    refused(&p, "Is a directory");
    rmdir(rows_path);
    int held = open(rows_path, O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(held, LOCK_EX), 0);
    refused(&p, "another sweep is writing to it");
    close(held);
}

/* ---- the table ---- */

static bool settles(void) {
    status = (Status){0};
    return store_settle(&store, NULL, &status);
}

static void does_not_settle(const char *what) {
    assert_false(settles());
    if (!strstr(status.message, what))
        fail_msg("%s", status.message);
    assert_int_equal(access(path, F_OK), -1);
    store_close(&store);
    unlink(rows_path);
}

static void every_run_is_there_once(void **state) {
    (void)state;
    StorePlan p = plan();
    goes_on(&p, 0);
    add(0);
    add(0);
    does_not_settle(".sweep: run 0 is out of place");
    goes_on(&p, 0);
    add(4);
    add(4);
    does_not_settle(".sweep: run 4 is out of place");
    goes_on(&p, 0);
    for (size_t run = RUNS; run-- > 0;)
        if (run != 2)
            add(run);
    does_not_settle(".sweep: run 2 is missing");
    goes_on(&p, 0);
    fputs("9,9\n", store.stream);
    fflush(store.stream);
    does_not_settle(".sweep: ");
    goes_on(&p, 0);
    add(0);
    unlink(rows_path);
    does_not_settle(".sweep: No such file or directory");
}

static void rows_come_in_order(void **state) {
    (void)state;
    char line[512];
    learn_the_text();
    StorePlan p = resumed();
    goes_on(&p, 0);
    for (size_t run = RUNS; run-- > 0;)
        add(run);
    assert_true(settles());
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    for (size_t run = 0; run < RUNS; run++) { /* behind the header */
        assert_non_null(fgets(line, sizeof line, file));
        assert_string_equal(line, row[run]);
    }
    assert_null(fgets(line, sizeof line, file));
    fclose(file);
    goes_on(&p, 0);
    assert_true(store.complete);
}

static void a_full_disk_is_told_at_the_end(void **state) {
    (void)state;
    StorePlan p = plan();
    RunFigures figures = {0};
    goes_on(&p, 0);
    struct rlimit before, little;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = (struct rlimit){100, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    bool first = store_add(&store, 0, &figures), second = store_add(&store, 1, &figures);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(first || second);
    does_not_settle("File too large (--resume goes on with the rows that are there)");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0); /* shorter than what says of which sweep they are */
    bool begun = opens(&p);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(begun);
    assert_non_null(strstr(status.message, ".sweep: File too large"));
    unlink(rows_path);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(what_was_cut_is_begun_anew), TEST(rows_of_other_shards_are_damage), TEST(others_stay),
        TEST(the_points_are_part_of_it),  TEST(what_is_no_file_is_refused),      TEST(every_run_is_there_once),
        TEST(rows_come_in_order),         TEST(a_full_disk_is_told_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
