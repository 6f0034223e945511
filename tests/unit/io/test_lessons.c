/* The lessons: their logs are what their texts make, they replay to the end with each set of kernels, and what their
 * notes say is so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "app/experiment/experiment.h"
#include "app/experiment/tape.h"
#include "app/io/lesson.h"
#include "tests/support/chosen_kernels.h"
#include "tests/support/lesson_source.h"

#include <math.h>

static Status status;

/* ---- what a claim is about ---- */

/* How many wrong labels there are; hard ones alone. */
static size_t wrong_labels(const Snapshot *s, bool hard) {
    size_t count = 0;
    for (size_t i = 0; s->data->truth && i < s->data->count; i++)
        count += s->data->label[i] != s->data->truth[i] && !(hard && s->v[i] > 0.0f);
    return count;
}

static double weight_of_wrong(const Snapshot *s) {
    double sum = 0.0;
    for (size_t i = 0; s->data->truth && i < s->data->count; i++)
        sum += s->data->label[i] != s->data->truth[i] ? (double)s->v[i] : 0.0;
    return sum;
}

static size_t easy_of(const Snapshot *s, int class) {
    size_t count = 0;
    for (size_t i = 0; i < s->data->count; i++)
        count += s->data->label[i] == class && s->v[i] > 0.0f;
    return count;
}

/* Points moved far off. */
typedef struct Far {
    size_t count, squares, hard;
    double weight;
} Far;

static Far far_points(const Snapshot *s) {
    Far far = {0};
    for (size_t i = 0; i < s->data->count; i++) {
        if (s->data->x[i] < 7.0f)
            continue;
        far.count++;
        if (s->data->label[i] == 0)
            far.squares++;
        if (!(s->v[i] > 0.0f))
            far.hard++;
        far.weight += (double)s->v[i];
    }
    return far;
}

static double smallest_hard_loss(const Snapshot *s) {
    double least = INFINITY;
    for (size_t i = 0; i < s->data->count; i++)
        least = s->v[i] > 0.0f ? least : fmin(least, (double)s->loss[i]);
    return least;
}

/* Labels that three of five measures call wrong; those that are. */
static double suspects(const Snapshot *s, bool wrong) {
    const LabelList *list = s->labels ? s->labels->list : NULL;
    if (!list)
        return NAN;
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->votes[i] >= 3 && (!wrong || s->data->label[i] != s->data->truth[i]))
            count++;
    return (double)count;
}

static double largest_loss(const Snapshot *s) {
    double most = 0.0;
    for (size_t i = 0; i < s->data->count; i++)
        most = fmax(most, (double)s->loss[i]);
    return most;
}

static double loss_of_anomaly(const Snapshot *s) {
    return s->data->anomaly < 0 ? NAN : (double)s->loss[s->data->anomaly];
}

/* Test accuracy from epoch 20 on: the least, or the most. */
static double test_over_time(const Snapshot *s, bool most) {
    double found = most ? 0.0 : 1.0;
    for (size_t i = 0; i < s->history->count; i++) {
        double accuracy = s->history->records[i].test_accuracy;
        if (s->history->records[i].epoch >= 19)
            found = most ? fmax(found, accuracy) : fmin(found, accuracy);
    }
    return found;
}

/* NaN: there is no such figure. */
static double figure(const Snapshot *s, const char *name) {
    if (name[0] >= 'B' && name[0] <= 'C' && name[1] == '-')
        return name[0] - 'B' < s->other_count ? figure(s->others[name[0] - 'B'], name + 2) : NAN;
    if (strncmp(name, "easy-class-", 11) == 0)
        return (double)easy_of(s, atoi(name + 11));
    if (strncmp(name, "threshold-class-", 16) == 0)
        return s->class_threshold[atoi(name + 16)];
    Far far = far_points(s);
    const struct {
        const char *name;
        double value;
    } all[] = {{"easy", (double)s->easy},
               {"hard", (double)(s->data->count - s->easy)},
               {"points", (double)s->data->count},
               {"accuracy", s->accuracy},
               {"test", s->test_accuracy},
               {"test-least", test_over_time(s, false)},
               {"test-most", test_over_time(s, true)},
               {"threshold", s->threshold},
               {"loss", s->mean_loss},
               {"largest-loss", largest_loss(s)},
               {"anomaly-loss", loss_of_anomaly(s)},
               {"anomaly-is-largest", loss_of_anomaly(s) == largest_loss(s)},
               {"anomaly-hard", s->data->anomaly >= 0 && !(s->v[s->data->anomaly] > 0.0f)},
               {"hard-right", (double)(s->data->count - s->easy - wrong_labels(s, true))},
               {"smallest-hard-loss", smallest_hard_loss(s)},
               {"far", (double)far.count},
               {"far-squares", (double)far.squares},
               {"far-hard", (double)far.hard},
               {"far-weight", far.weight},
               {"clean", s->clean ? (double)s->clean->count : 0.0},
               {"suspects-3", suspects(s, false)},
               {"suspects-3-wrong", suspects(s, true)},
               {"wrong", (double)wrong_labels(s, false)},
               {"wrong-hard", (double)wrong_labels(s, true)},
               {"wrong-weight", weight_of_wrong(s)},
               {"weight", s->weight_sum},
               {"seed", (double)s->settings->seed}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, name) == 0)
            return all[i].value;
    return NAN;
}

/* ---- a lesson that is played ---- */

typedef struct Play {
    const char *name;
    Experiment e;
    Recording recording;
    Tape tape;
} Play;

static void begin(Play *p, const char *name) {
    *p = (Play){.name = name};
    char *path = lesson_path(name, LESSON_DIR, &status);
    if (!path || !lesson_read(&p->recording, path, &status) || !tape_begin(&p->tape, &p->e, &p->recording, &status))
        fail_msg("%s: %s", name, status.message);
    free(path);
    p->e.watch_labels = true;
}

static void end(Play *p) {
    p->e.tape = NULL;
    experiment_free(&p->e);
    tape_free(&p->tape);
    recording_free(&p->recording);
}

static void check_claim(Play *p, const char *line) {
    char name[64];
    double least, most;
    int count = sscanf(line, "claim %63s %lf %lf", name, &least, &most);
    assert_true(count >= 2);
    most = count == 3 ? most : least;
    Snapshot s = experiment_snapshot(&p->e);
    double value = figure(&s, name);
    if (!(value >= least && value <= most))
        fail_msg("%s, epoch %u, %s kernels: %s is %.9g, not within %g to %g", p->name, s.epoch,
                 trainer_kernels(p->e.trainer), name, value, least, most);
}

static char *source_of(const char *name) {
    char path[512];
    size_t size;
    snprintf(path, sizeof path, "%s/lessons/%s.txt", TEST_SOURCE_DIR, name);
    char *source = lesson_file(path, &size);
    if (!source)
        fail_msg("%s cannot be read", path);
    return source;
}

/* All notes in turn, with what is claimed of them; returns the number of claims. */
static int check_notes(Play *p, char *source) {
    int claims = 0, notes = 0;
    for (char *line = strtok(source, "\n"); line; line = strtok(NULL, "\n")) {
        unsigned epoch;
        if (sscanf(line, "note %u ", &epoch) == 1) {
            if (!tape_play_to_note(&p->e))
                fail_msg("%s ends before its note at epoch %u: %s", p->name, epoch, p->tape.status.message);
            assert_int_equal(p->e.trainer->epoch, epoch);
            notes++;
        } else if (strncmp(line, "claim ", 6) == 0) {
            experiment_evaluate(&p->e);
            if (strstr(line, "suspects"))
                experiment_watch_now(&p->e);
            check_claim(p, line);
            claims++;
        }
    }
    assert_int_equal(notes, p->recording.notes);
    assert_in_range(notes, 4, 8);
    assert_false(tape_play_to_note(&p->e));
    char complaint[1024];
    tape_complaint(&p->tape, &p->e, complaint);
    assert_string_equal(complaint, "");
    return claims;
}

static void each_lesson(void (*check)(const Preset *lesson)) {
    Preset *lessons;
    size_t count;
    if (!lesson_list(&lessons, &count, LESSON_DIR, &status))
        fail_msg("%s", status.message);
    assert_int_equal(count, 6);
    for (size_t i = 0; i < count; i++)
        check(&lessons[i]);
    free(lessons);
}

/* ---- tests ---- */

static void check_source(const Preset *lesson) {
    char path[512];
    size_t size, wanted;
    snprintf(path, sizeof path, "%s/%s.log", LESSON_DIR, lesson->name);
    char *log = lesson_file(path, &size), *source = source_of(lesson->name), *made = lesson_make(source, &wanted);
    assert_non_null(log);
    assert_non_null(made);
    if (size != wanted || memcmp(log, made, size) != 0)
        fail_msg("%s is not what its text makes: build the target `lessons`", path);
    free(log);
    free(source);
    free(made);
}

static void test_made_from_texts(void **state) {
    (void)state;
    each_lesson(check_source);
}

static void check_claims(const Preset *lesson) {
    Play p;
    begin(&p, lesson->name);
    char *source = source_of(lesson->name);
    int claims = check_notes(&p, source);
    assert_true(claims >= p.recording.notes); /* a note without figures has one of what is to be seen */
    free(source);
    end(&p);
}

static void test_claims_hold_with_all_kernels(void **state) {
    (void)state;
    for (variant = 0; kernels_variant(variant); variant++)
        each_lesson(check_claims);
    variant = -1;
}

/* A sentence each that fits the gallery, and notes that fit their place. */
static void check_words(const Preset *lesson) {
    assert_true(lesson->title[0] && lesson->watch[0] && lesson->group == PRESET_LESSON);
    Play p;
    begin(&p, lesson->name);
    while (tape_play_to_note(&p.e))
        for (int i = 0; i < p.e.notes.count; i++)
            if (strlen(p.e.notes.notes[i].text) > 260)
                fail_msg("%s: too long: %s", lesson->name, p.e.notes.notes[i].text);
    end(&p);
}

static void test_words(void **state) {
    (void)state;
    each_lesson(check_words);
}

static void test_unknown_name(void **state) {
    (void)state;
    static const char *const WRONG[] = {"nothing", "", "../presets/post", "post.log"};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        assert_null(lesson_path(WRONG[i], LESSON_DIR, &status));
        assert_int_equal(status.code, STATUS_USAGE);
        assert_non_null(strstr(status.message, "there are: collapse, far-points, "));
    }
    assert_null(lesson_path("post", "/nowhere", &status));
    assert_non_null(strstr(status.message, "/nowhere"));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_made_from_texts),
                                       cmocka_unit_test(test_claims_hold_with_all_kernels),
                                       cmocka_unit_test(test_words), cmocka_unit_test(test_unknown_name)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
