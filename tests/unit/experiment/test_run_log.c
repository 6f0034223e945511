/* The log: a session that is played again comes to the same, to the last bit; what is damaged is never played as if it
 * were not. */
#define _GNU_SOURCE /* memrchr */
#include "app/experiment/experiment.h"
#include "app/experiment/run_log.h"
#include "app/experiment/tape.h"
#include "core/parallel.h"
#include "tests/support/commands.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recordings.h"

/* ---- memory that is not there ---- */

static uint32_t left; /* longer blocks until the one that is refused; 0: none is */

void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *__wrap_realloc(void *memory, size_t size) {
    bool of_log =
        size % sizeof(HistoryRecord) != 0; /* not the history's records, whose lack is said, and the run ends */
    return of_log && left > 0 && --left == 0 ? NULL : __real_realloc(memory, size);
}

/* ---- sessions ---- */

typedef struct Replay {
    Recording recording;
    Experiment e;
    Tape tape;
} Replay;

static void begin_replay(Replay *r, const char *text, size_t size) {
    *r = (Replay){0};
    read_text(&r->recording, text, size);
    if (!tape_begin(&r->tape, &r->e, &r->recording, &status))
        fail_msg("%s", status.message);
    r->e.log = run_log_new(&r->e, &status);
}

static void end_replay(Replay *r) {
    end_session(&r->e);
    tape_free(&r->tape);
    recording_free(&r->recording);
}

/* Without a window. */
static void play_whole(Replay *r) {
    while (tape_play(&r->e, 1 + below(50)) > 0)
        ;
    if (r->tape.failed)
        fail_msg("%s\n%s", r->tape.status.message, r->recording.lines[r->tape.line - 1]);
}

/* What its log has come to, played, is the same session. */
static void assert_replays(Experiment *e) {
    size_t size;
    char *text = text_of(e->log, &size);
    Replay r;
    begin_replay(&r, text, size);
    play_whole(&r);
    assert_same_session(e, &r.e);
    end_replay(&r);
    free(text);
}

/* With one: frames, pauses, looks. */
static void play_in_frames(Replay *r) {
    for (int i = 0; r->e.tape; i++) {
        uint32_t what = below(12);
        if (what == 0)
            experiment_push(&r->e, (Command){.kind = COMMAND_LOOK, .epoch = below(3)});
        else if (what == 1)
            experiment_push(&r->e, (Command){.kind = COMMAND_SPEED, .speed = 50.0 + 1000.0 * part()});
        else if (what == 2)
            experiment_push(&r->e, (Command){.kind = COMMAND_BATCH});
        else if (what == 3)
            experiment_push(&r->e, (Command){.kind = COMMAND_EPOCH});
        else if (r->e.mode != MODE_PLAYING)
            experiment_push(&r->e, (Command){.kind = COMMAND_PLAY});
        experiment_advance(&r->e, 0.1, hand_clock, hand.clock + 0.002 * part());
        experiment_evaluate(&r->e);
        assert_true(i < 1000000);
    }
    if (r->tape.failed)
        fail_msg("%s", r->tape.status.message);
}

static void assert_same_text(const RunLog *log, const char *text, size_t size) {
    size_t again;
    const char *now = run_log_text(log, &again);
    if (again != size || memcmp(now, text, size) != 0)
        fail_msg("recorded:\n%.*s\nrecorded when it was played:\n%.*s", (int)size, text, (int)again, now);
}

static void session(uint32_t seed, bool seals) {
    Experiment e;
    int all = variants();
    variant = (int)(seed % (uint32_t)all);
    parallel_set_threads(1 + (int)(seed / 7 % 2) * 3);
    begin_session(&e, seed);
    uint32_t rounds = 1 + below(6);
    for (uint32_t i = 0; i < rounds; i++) {
        random_session(&e, 1 + below(10));
        if (seals && below(2))
            run_log_seal(e.log, &e, false);
    }
    experiment_push(&e, (Command){.kind = COMMAND_PAUSE});
    do /* what is behind goes on after the end, too */
        experiment_advance(&e, 0.0, no_clock, 1.0);
    while (experiment_is_behind(&e));
    run_log_seal(e.log, &e, true);
    assert_false(run_log_failed(e.log));
    size_t size;
    char *text = text_of(e.log, &size);
    parallel_set_threads(1 + (int)(seed / 5 % 2) * 2);
    Replay r;
    begin_replay(&r, text, size);
    assert_true(r.recording.ends);
    seed % 2 ? play_whole(&r) : play_in_frames(&r);
    if (r.tape.parted > 0)
        fail_msg("session %u parts at line %zu\n%s", seed, r.tape.parted, text);
    assert_same_session(&e, &r.e);
    if (!seals) {
        run_log_seal(r.e.log, &r.e, true);
        assert_same_text(r.e.log, text, size);
    }
    end_replay(&r);
    end_session(&e);
    free(text);
    variant = -1;
    parallel_set_threads(0);
}

static void test_sessions(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 500; seed++)
        session(seed, seed % 3 == 0);
}

/* ---- what the lines are ---- */

static Settings post(void) {
    Settings s;
    settings_default(&s);
    s.samples = 640; /* 20 batches */
    s.epochs = 4;
    return s;
}

static Experiment begin_with(Settings s) {
    Experiment e;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    e.log = run_log_new(&e, &status);
    assert_non_null(e.log);
    hand.clock = 0.0;
    return e;
}

static Experiment begin_post(void) {
    return begin_with(post());
}

static void train(Experiment *e, int batches) {
    for (int i = 0; i < batches; i++)
        push_now(e, (Command){.kind = COMMAND_BATCH});
}

static void drag(Experiment *e, double threshold, uint32_t gesture) {
    push_now(e, (Command){.kind = COMMAND_THRESHOLD, .threshold = threshold, .gesture = gesture});
}

/* The lines after `start` and its checksum. */
static void assert_deeds(const Experiment *e, const char *lines) {
    size_t size;
    char *text = text_of(e->log, &size), *start = strstr(text, "\nstart");
    assert_non_null(start);
    char *after = strchr(strchr(start + 1, '\n') + 1, '\n') + 1;
    assert_int_equal(strncmp(after, lines, strlen(lines)), 0);
    free(text);
}

/* ---- packed ---- */

enum { MANY = 5000 };

/* Where MANY points lie; other ones for another seed. */
static void many_places(float x[MANY], float y[MANY], uint32_t seed) {
    mt_seed(&hand.random, seed);
    for (int i = 0; i < MANY; i++) {
        x[i] = (float)part() * 8.0f - 4.0f;
        y[i] = i % 7 ? (float)part() : 1e-40f; /* a denormal, too */
    }
}

static Dataset many_points(void) {
    Dataset d;
    assert_true(dataset_init(&d, MANY, 3, &status) && dataset_add_truth(&d, &status) && dataset_add_rows(&d, &status) &&
                dataset_add_clean(&d, &status));
    many_places(d.x, d.y, 7);
    for (uint32_t i = 0; i < MANY; i++) {
        d.label[i] = (uint8_t)(i % 3);
        d.truth[i] = (uint8_t)(i % 5 % 3);
        d.clean[i] = i < 30;
        d.row[i] = 3 * i + 1;
    }
    assert_true(dataset_name_class(&d, 1, ": a", 3));
    dataset_bounds(&d);
    return d;
}

static Experiment begin_many(void) {
    Experiment e;
    Settings s = post();
    s.batch = 500;
    Dataset points = many_points();
    assert_true(experiment_init(&e, &s, &points, "/tmp/many.csv", &status));
    e.log = run_log_new(&e, &status);
    assert_non_null(e.log);
    return e;
}

static void test_packed(void **state) {
    (void)state;
    Experiment e = begin_many();
    static float x[MANY], y[MANY];
    many_places(x, y, 8);
    train(&e, 3);
    PointEdit edit = {.kind = EDIT_ADD, .count = MANY, .x = x, .y = y, .label = 2, .gesture = 3};
    assert_true(experiment_edit_points(&e, &edit, &status));
    train(&e, 2);
    edit.count = MANY - 1; /* in the same gesture */
    assert_true(experiment_edit_points(&e, &edit, &status));
    Dataset again = many_points(); /* whose block is there already */
    Settings settings = e.trainer->settings;
    assert_true(experiment_open_points(&e, &again, &(OpenedPoints){"b.csv", 0, &settings}, &status));
    train(&e, 2);
    run_log_seal(e.log, &e, true);
    size_t size;
    char *text = text_of(e.log, &size);
    assert_non_null(strstr(text, "\npoints 1 5000 3 truth clean row packed\nclass 1 : a\n:"));
    assert_non_null(strstr(text, "add class 2 packed 5000 "));
    assert_non_null(strstr(text, "\n+2 packed 4999 "));
    assert_null(strstr(text, "points 2 "));
    Replay r;
    begin_replay(&r, text, size);
    play_whole(&r);
    assert_same_session(&e, &r.e);
    run_log_seal(r.e.log, &r.e, true);
    assert_same_text(r.e.log, text, size);
    end_replay(&r);
    RunLog *on = run_log_go_on(&e, text, size, &status); /* which knows the block */
    run_log_free(e.log);
    e.log = on;
    again = many_points();
    assert_true(experiment_open_points(&e, &again, &(OpenedPoints){"c.csv", 0, &settings}, &status));
    run_log_seal(e.log, &e, true);
    free(text);
    text = text_of(e.log, &size);
    assert_null(strstr(text, "points 2 "));
    free(text);
    assert_replays(&e);
    end_session(&e);
}

/* A byte of a packed line that is another is seen, and so is what no line of points could say. */
static void test_packed_wrong(void **state) {
    (void)state;
    Experiment e = begin_many();
    size_t size;
    char *text = text_of(e.log, &size);
    size_t first = (size_t)(strstr(text, "\n:") + 1 - text);
    for (size_t at = first; at < size; at += 97) {
        Recording recording;
        char *copy = malloc(size + 1);
        memcpy(copy, text, size);
        copy[at] = copy[at] == 'A' ? 'B' : 'A';
        assert_false(recording_read(&recording, copy, size, "a.log", &status));
        assert_true(status.message[0] != '\0');
    }
    Dataset points;
    char *lines[40], *copy = strdup(text), *head = strstr(copy, "points 1 ") + strlen("points 1 ");
    size_t count = 0, used;
    for (char *line = strtok(head, "\n"); line && count < 40; line = strtok(NULL, "\n"))
        lines[count++] = line;
    assert_true(log_take_points(&points, lines, count, lines[0], &used, &status));
    dataset_free(&points);
    static const struct {
        size_t line, at;
        const char *with, *message;
    } CASES[] = {
        {2, 9, "/38", "a point of this block has a value or a class that there is not"}, /* the second x is NaN */
        {2, 100, "***", "is no line of a block of points"},
        {3, 0, ";", "is no line of a block of points"},
        {0, 0, "9", "lines of points are missing"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char was[4], *there = lines[CASES[i].line] + CASES[i].at;
        size_t length = strlen(CASES[i].with);
        memcpy(was, there, length);
        memcpy(there, CASES[i].with, length);
        assert_false(log_take_points(&points, lines, count, lines[0], &used, &status));
        if (!strstr(status.message, CASES[i].message))
            fail_msg("%zu: %s", i, status.message);
        dataset_free(&points);
        memcpy(there, was, length);
    }
    assert_false(log_take_points(&points, lines, 5, lines[0], &used, &status)); /* the rest is missing */
    dataset_free(&points);
    free(copy);
    free(text);
    end_session(&e);
}

static void test_drag(void **state) {
    (void)state;
    Experiment e = begin_post();
    train(&e, 3);
    for (int i = 0; i < 10; i++)
        drag(&e, 0.5 + 0.01 * i, 7);
    train(&e, 2);
    drag(&e, 0.25, 7);
    drag(&e, 0.125, 8);
    train(&e, 20);
    push_now(&e, (Command){.kind = COMMAND_HOLD, .hold = true});
    run_log_seal(e.log, &e, true);
    assert_deeds(&e, "epoch 0 batch 3 threshold 0.59 gesture 7\n"
                     "+2 0.25\n"
                     "epoch 0 batch 5 threshold 0.125 gesture 8\n"
                     "epoch 1 batch 5 hold on\n"
                     "epoch 1 batch 5 end ");
    end_session(&e);
}

static void test_lines(void **state) {
    (void)state;
    Experiment e = begin_post();
    Settings plain = post();
    plain.order = ORDER_ALL;
    push_now(&e, (Command){.kind = COMMAND_COMPARE, .compare = true, .settings = plain});
    const float x[] = {0.1f, -2.5f}, y[] = {1e-9f, 3.0f};
    assert_true(
        experiment_edit_points(&e, &(PointEdit){.kind = EDIT_ADD, .count = 2, .x = x, .y = y, .label = 1}, &status));
    const uint32_t samples[] = {3, 5, 6, 7};
    PointEdit edit = {.kind = EDIT_ERASE, .count = 4, .samples = samples, .data_version = e.data_version, .gesture = 2};
    assert_true(experiment_edit_points(&e, &edit, &status));
    train(&e, 21);
    push_now(&e, (Command){.kind = COMMAND_PLAY});
    push_now(&e, (Command){.kind = COMMAND_LOOK, .epoch = 0});
    push_now(&e, (Command){.kind = COMMAND_GO_ON});
    push_now(&e, (Command){.kind = COMMAND_UNDO});
    Settings changed = e.trainer->settings;
    changed.growing_factor = 1.25;
    changed.learning_rate = 0.1;
    push_now(&e, (Command){.kind = COMMAND_SETTINGS, .settings = changed, .gesture = 3});
    push_now(&e, (Command){.kind = COMMAND_SWAP, .run = 1});
    run_log_seal(e.log, &e, true);
    assert_deeds(&e, "epoch 0 batch 0 compare on order=all\n"
                     "epoch 0 batch 0 add class 1 0.1,1e-09 -2.5,3\n"
                     "epoch 0 batch 0 erase 3 5-7 gesture 2\n"
                     "epoch 1 batch 1 go-on from 1\n"
                     "epoch 1 batch 0 undo\n"
                     "epoch 1 batch 1 settings learning-rate=0.1 growing-factor=1.25 gesture 3\n"
                     "epoch 1 batch 1 swap run B\n"
                     "epoch 1 batch 1 end ");
    end_session(&e);
}

static void test_lines_of_branches(void **state) {
    (void)state;
    Experiment e = begin_post();
    train(&e, 21);
    push_now(&e, (Command){.kind = COMMAND_RESET});
    train(&e, 2);
    push_now(&e, (Command){.kind = COMMAND_BRANCH, .branch = 2}); /* it is on show */
    push_now(&e, (Command){.kind = COMMAND_BRANCH, .branch = 7}); /* there is none */
    push_now(&e, (Command){.kind = COMMAND_BRANCH, .branch = 1});
    push_now(&e, (Command){.kind = COMMAND_STEPS, .steps = 1}); /* there is nothing to redo */
    push_now(&e, (Command){.kind = COMMAND_STEPS, .steps = -2});
    push_now(&e, (Command){.kind = COMMAND_STEPS, .steps = 5});
    run_log_seal(e.log, &e, true);
    assert_deeds(&e, "epoch 1 batch 1 reset\n"
                     "epoch 0 batch 2 branch 1\n"
                     "epoch 1 batch 1 steps -2\n"
                     "epoch 1 batch 1 steps 5\n"
                     "epoch 1 batch 1 end ");
    assert_replays(&e);
    end_session(&e);
}

/* A drag that comes back to where it began leaves no step to undo; going on it makes another, at another place. */
static void test_drag_back(void **state) {
    (void)state;
    Experiment e = begin_post();
    train(&e, 3);
    double began = e.trainer->threshold;
    drag(&e, 0.5, 7);
    train(&e, 2);
    drag(&e, began, 7);
    drag(&e, 0.6, 7);
    train(&e, 2);
    run_log_seal(e.log, &e, true);
    assert_replays(&e);
    end_session(&e);
}

static void test_forms(void **state) {
    (void)state;
    for (int i = 0; i < DEED_KINDS; i++)
        if (!DEED_FORMS[i].known)
            fail_msg("deed %d has no row in DEED_FORMS: what of it is to be kept?", i);
}

/* A person takes over: what was done so far is the run's. */
static void test_taken_over(void **state) {
    (void)state;
    Experiment e = begin_post();
    train(&e, 30);
    push_now(&e, command_of(COMMAND_THRESHOLD, 0.3));
    train(&e, 30);
    run_log_seal(e.log, &e, true);
    size_t size;
    char *text = text_of(e.log, &size);
    Replay r;
    begin_replay(&r, text, size);
    push_now(&r.e, (Command){.kind = COMMAND_EPOCH});
    push_now(&r.e, (Command){.kind = COMMAND_PAUSE});
    assert_non_null(r.e.tape);
    assert_int_equal(r.e.trainer->epoch, 1);
    push_now(&r.e, command_of(COMMAND_THRESHOLD, 0.7));
    assert_null(r.e.tape);
    train(&r.e, 15);
    assert_true(r.e.trainer->threshold == 0.7 && r.e.trainer->batch == 15);
    end_replay(&r);
    end_session(&e);
    free(text);
}

/* Where base rounds otherwise than AVX2, the replay says so. */
static void test_kernels(void **state) {
    (void)state;
    if (variants() < 2)
        return;
    variant = 0;
    Settings s = post();
    s.hidden_count = 1;
    s.hidden[0] = 5;
    Experiment e = begin_with(s);
    train(&e, 25);
    push_now(&e, command_of(COMMAND_THRESHOLD, 0.3));
    train(&e, 50);
    run_log_seal(e.log, &e, true);
    size_t size;
    char *text = text_of(e.log, &size), complaint[1024];
    for (variant = 0; variant < variants(); variant++) {
        Replay r;
        begin_replay(&r, text, size);
        play_whole(&r);
        bool same =
            memcmp(r.e.trainer->parameters, e.trainer->parameters, e.trainer->mlp.parameters * sizeof(float)) == 0;
        tape_complaint(&r.tape, &r.e, complaint);
        assert_int_equal(same, variant == 0);
        assert_int_equal(same, complaint[0] == '\0');
        assert_true(same || strstr(complaint, "it was trained with base kernels, which round otherwise than avx"));
        end_replay(&r);
    }
    variant = -1;
    end_session(&e);
    free(text);
}

/* A log that there was no memory for ends with its last checksum, and is sound up to there. */
static void test_no_memory(void **state) {
    (void)state;
    uint32_t failed = 0;
    for (uint32_t seed = 1; seed <= 100; seed++) {
        Experiment e;
        begin_session(&e, seed);
        left = 1 + below(12);
        for (int i = 0; i < 60; i++) { /* no edits, which take longer blocks themselves */
            experiment_push(&e, random_command(&e));
            random_frame(&e);
            run_log_seal(e.log, &e, false);
        }
        random_session(&e, 0);
        run_log_seal(e.log, &e, true);
        left = 0;
        failed += run_log_failed(e.log);
        size_t size;
        char *text = text_of(e.log, &size);
        Replay r;
        begin_replay(&r, text, size);
        assert_true(r.recording.ends == !run_log_failed(e.log));
        play_whole(&r);
        assert_int_equal(r.tape.parted, 0);
        end_replay(&r);
        end_session(&e);
        free(text);
    }
    assert_true(failed > 20);
}

/* ---- damage ---- */

static bool reads(const char *text, size_t size, Recording *recording) {
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    memcpy(copy, text, size);
    return recording_read(recording, copy, size, "a.log", &status);
}

/* Whatever is read is a beginning of what was written. */
static void assert_beginning(const Recording *r, const char *text) {
    const char *c = text;
    for (size_t i = 0; i < r->count; i++) {
        size_t length = strcspn(c, "\n"), read = strlen(r->lines[i]);
        assert_true(read <= length && memcmp(r->lines[i], c, read) == 0);
        assert_true(read == length || strncmp(c + read, " sum ", 5) == 0);
        c += length + 1;
    }
}

static void test_damage(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 12; seed++) {
        Experiment e;
        begin_session(&e, seed);
        for (int i = 0; i < 4; i++) {
            random_session(&e, 6);
            run_log_seal(e.log, &e, i == 3);
        }
        size_t size;
        char *text = text_of(e.log, &size), *damaged = malloc(2 * size);
        assert_non_null(damaged);
        for (int round = 0; round < 1500; round++) {
            size_t at = below((uint32_t)size), length = size;
            memcpy(damaged, text, size);
            switch (below(5)) {
            case 0: /* a byte */
                damaged[at] = (char)below(256);
                break;
            case 1: /* a bit */
                damaged[at] ^= (char)(1 << below(8));
                break;
            case 2: /* cut */
                length = at;
                break;
            case 3: { /* a piece is gone */
                size_t gone = 1 + below(200);
                gone = gone < size - at ? gone : size - at;
                memmove(damaged + at, damaged + at + gone, size - at - gone);
                length = size - gone;
                break;
            }
            default: { /* a piece comes twice */
                size_t more = 1 + below(200);
                more = more < size - at ? more : size - at;
                memmove(damaged + at + more, damaged + at, size - at);
                length = size + more;
                break;
            }
            }
            bool same = length == size && memcmp(damaged, text, size) == 0;
            Recording r;
            if (!reads(damaged, length, &r)) {
                assert_true(!same && strncmp(status.message, "a.log:", 6) == 0);
                continue;
            }
            assert_beginning(&r, text);
            assert_true(same || !r.ends);
            assert_true(same == (r.ends && !r.damaged));
            assert_true(same || strncmp(r.damage.message, "a.log:", 6) == 0);
            recording_free(&r);
        }
        free(damaged);
        free(text);
        end_session(&e);
    }
}

/* Lines with right checksums that nobody has recorded: refused, or done, and no more. */
static void test_wrong_lines(void **state) {
    (void)state;
    uint32_t played = 0;
    for (uint32_t seed = 1; seed <= 150; seed++) {
        Experiment e;
        begin_session(&e, seed);
        random_session(&e, 12);
        run_log_seal(e.log, &e, true);
        size_t size;
        char *text = text_of(e.log, &size);
        for (int i = 0; i < 3; i++) {
            size_t at = below((uint32_t)size);
            if (text[at] != '\n')
                text[at] = "0123456789+-. =,abeB"[below(20)];
        }
        LogText again = {0};
        uint32_t sum = LOG_SUM;
        for (const char *c = text; *c; c += strcspn(c, "\n") + 1) { /* new checksums */
            size_t length = strcspn(c, "\n"), before = again.size;
            const char *tail = length > 13 ? c + length - 13 : "";
            bool summed = strncmp(tail, " sum ", 5) == 0;
            log_put_bytes(&again, c, summed ? length - 13 : length);
            sum = log_sum(sum, again.text + before, again.size - before);
            before = again.size;
            log_put(&again, summed ? " sum %08x\n" : "\n", sum);
            sum = log_sum(sum, again.text + before, again.size - before);
        }
        Replay r = {0};
        if (reads(again.text, again.size, &r.recording)) {
            if (tape_begin(&r.tape, &r.e, &r.recording, &status)) {
                for (int i = 0; i < 2000 && tape_play(&r.e, 100) > 0; i++)
                    ;
                played++;
                end_replay(&r);
            } else {
                recording_free(&r.recording);
            }
        }
        log_text_free(&again);
        free(text);
        end_session(&e);
    }
    assert_true(played > 20);
}

static void assert_refused(const char *text, const char *message) {
    Recording r;
    assert_false(reads(text, strlen(text), &r));
    assert_string_equal(status.message, message);
}

static void test_refused(void **state) {
    (void)state;
    assert_refused("", "a.log:1: this is no log of easyfirst");
    assert_refused("x,y,label\n1,2,0\n", "a.log:1: this is no log of easyfirst");
    assert_refused("easyfirst log 2\nkernels base\n",
                   "a.log:1: a log of version 2, and this easyfirst reads version 1; a newer one reads it");
    assert_refused("easyfirst log 1\nkernels base\n", "a.log:1: the log breaks off behind this line");
}

/* ---- logs by hand ---- */

/* The lines below the first, with a right checksum at the end of the last; `rest` follows. */
static char *composed(const char *lines, const char *rest) {
    LogText text = {0};
    log_put(&text, "easyfirst log %d\n", LOG_VERSION);
    log_put_bytes(&text, lines, strlen(lines));
    const char *last = memrchr(text.text, '\n', text.size);
    uint32_t sum = LOG_SUM;
    for (const char *c = text.text; c < last; c = (char *)memchr(c, '\n', text.size) + 1)
        sum = log_sum_lines(sum, c, (size_t)((char *)memchr(c, '\n', text.size) - c) + 1);
    sum = log_sum(sum, last + 1, (size_t)(text.text + text.size - last - 1));
    log_put(&text, LOG_SUM_WORD "%08x\n%s", sum, rest);
    char *copy = strndup(text.text, text.size);
    assert_non_null(copy);
    log_text_free(&text);
    return copy;
}

#define END "epoch 0 batch 0 end 00000000"

/* Beginnings and deeds that cannot be: said with the line, and nothing of them is played. */
static void test_composed_wrong(void **state) {
    (void)state;
    static const struct {
        const char *lines, *rest, *message;
    } CASES[] = {
        {"start points 0\n" END, "", "a.log:2: 'start points 0' cannot be read here"},
        {"start points 1\n" END, "", "a.log:2: 'start points 1' cannot be read here"},
        {"start points x\n" END, "", "a.log:2: 'start points x' cannot be read here"},
        {"points 1 2 2\n1,2 0\n3,4 1\nstart points 1x\n" END, "", "a.log:5: 'start points 1x' cannot be read here"},
        {"start file %\n" END, "", "a.log:2: 'start file %' cannot be read here"},
        {"starts\n" END, "", "a.log:2: 'starts' cannot be read here"},
        {"start here\n" END, "", "a.log:2: 'start here' cannot be read here"},
        {"points 2 2 2\n1,2 0\n3,4 1\nstart\n" END, "", "block 1 of points should begin here"},
        {"points x 2 2\n1,2 0\n3,4 1\nstart\n" END, "", "block 1 of points should begin here"},
        {"points 1\nstart\n" END, "", "block 1 of points should begin here"},
        {"points 0 2 2\nstart\n" END, "", "block 1 of points should begin here"},
        {"lesson x Title\nstart\n" END, "", "'lesson x Title' cannot be read here"},
        {"lesson 0 Title\nstart\n" END, "", "'lesson 0 Title' cannot be read here"},
        {"lesson 5\nstart\n" END, "", "'lesson 5' cannot be read here"},
        {"speed x\nstart\n" END, "", "'speed x' cannot be read here"},
        {"speed 2 3\nstart\n" END, "", "'speed 2 3' cannot be read here"},
        {"speed 0.01\nstart\n" END, "", "'speed 0.01' cannot be read here"},
        {"speed 5000\nstart\n" END, "", "'speed 5000' cannot be read here"},
        {"setting nosuch=1\nstart\n" END, "", "'nosuch=1' is no setting that differs from the defaults"},
        {"setting samples=many\nstart\n" END, "", "samples: "},
        {"setting order=hard\nsetting pace=meta\nstart\n" END, "", "pace meta needs order easy"},
        {"kernels base\nwatch this", "", "the log has no start"},
        {"start\nepoch 0 batch 0 open points 1\n" END, "", "there is no block 1 of points"},
        {"start\nepoch 0 batch 0 reset", "", "the last checksum stands in no line of its own"},
        {"start\n" END "\nepoch 0 batch 0 reset", "", "something follows the end"},
        {"start\n" END, "epoch 0 batch 0 reset\n", "something follows the end"},
        {"start\nepoch 0 batch 0 check 00000000\nepoch 0 batch 0 resets\n" END, "", "'resets' cannot be read here"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Recording r;
        char *text = composed(CASES[i].lines, CASES[i].rest);
        status = (Status){0};
        const char *said = status.message;
        bool done = reads(text, strlen(text), &r);
        if (done) {
            assert_true(r.damaged && !r.ends);
            said = r.damage.message;
        }
        if (!strstr(said, CASES[i].message))
            fail_msg("%s\n%s", text, said);
        if (done)
            recording_free(&r);
        free(text);
    }
}

/* Deeds that could be, but not of this run: it ends there, and the message says why. */
static void test_composed_played(void **state) {
    (void)state;
    static const struct {
        const char *deeds, *message; /* "": it can be played */
    } CASES[] = {
        {"epoch 0 batch 0 erase 3", ""},
        {"epoch 0 batch 0 erase 3 999", "the points that this was done to are not there"},
        {"epoch 0 batch 0 unclean 0", "the points that this was done to are not there"},
        {"epoch 0 batch 0 add class 5 1,2", "the points that this was done to are not there"},
        {"epoch 0 batch 0 label 1 2 as 0 5", "the points that this was done to are not there"},
        {"epoch 0 batch 0 label 1 2 as 0 1", ""},
        {"epoch 0 batch 0 run B at 0 0", "run B is not there"},
        {"epoch 0 batch 0 compare on\nepoch 0 batch 0 run B at 0 0", ""},
        {"epoch 0 batch 0 compare on\nepoch 0 batch 0 run B at 0 77", "run B is not there"},
        {"epoch 0 batch 0 compare on\nepoch 0 batch 0 run C at 0 0", "run C is not there"},
        {"epoch 0 batch 99 reset", "the run is at epoch 0 batch 0, from where epoch 0 batch 99 is not reached"},
        {"epoch 2 batch 1 reset\nepoch 3 batch 0 hold on\nepoch 2 batch 1 hold off",
         "the run is at epoch 3 batch 0, from where epoch 2 batch 1 is not reached"},
        {"epoch 2 batch 0 hold on\nepoch 1 batch 0 hold off",
         "the run is at epoch 2 batch 0, from where epoch 1 batch 0 is not reached"},
        {"epoch 1 batch 2 hold on\nepoch 1 batch 1 hold off", "is not reached"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char lines[600], *text;
        snprintf(lines, sizeof lines, "setting samples=20\nsetting batch=5\nstart\n%s\n" END, CASES[i].deeds);
        text = composed(lines, "");
        Replay r;
        begin_replay(&r, text, strlen(text));
        while (tape_play(&r.e, 1 + below(50)) > 0)
            ;
        if (CASES[i].message[0] ? !r.tape.failed || !strstr(r.tape.status.message, CASES[i].message) : r.tape.failed)
            fail_msg("%s\n%s", text, r.tape.status.message);
        end_replay(&r);
        free(text);
    }
}

/* A run that was under way gives way to a recorded one of points of its own: what runs beside it ends, nothing is on
 * hold, and undo brings all of it back. */
static void test_begins_here(void **state) {
    (void)state;
    Experiment recorded = begin_many();
    train(&recorded, 3);
    push_now(&recorded, command_of(COMMAND_THRESHOLD, 0.3));
    train(&recorded, 3);
    run_log_seal(recorded.log, &recorded, true);
    size_t size;
    char *text = text_of(recorded.log, &size);
    Experiment e = begin_post(), before = begin_post();
    Settings plain = post();
    plain.order = ORDER_ALL;
    Experiment *both[] = {&e, &before};
    for (int i = 0; i < 2; i++) {
        train(both[i], 3);
        push_now(both[i], (Command){.kind = COMMAND_COMPARE, .compare = true, .settings = plain});
        push_now(both[i], command_of(COMMAND_HOLD, 1.0));
    }
    Recording r;
    Tape tape;
    read_text(&r, text, size);
    for (int again = 0; again < 2; again++) {
        assert_true(again ? tape_begin_again(&tape, &e, &status) : tape_begin_here(&tape, &e, &r, -1, &status));
        assert_true(e.other_count == 0 && !e.trainer->hold && e.trainer->data.count == recorded.trainer->data.count);
        while (tape_play(&e, SIZE_MAX) > 0)
            ;
        assert_false(tape.failed);
        assert_same_run(e.trainer, recorded.trainer);
    }
    e.tape = NULL;
    for (int i = 0; i < 9 && e.undo.count > before.undo.count; i++)
        push_now(&e, (Command){.kind = COMMAND_UNDO});
    assert_true(e.other_count == 1 && e.trainer->hold);
    assert_same_run(e.trainer, before.trainer);
    tape_free(&tape);
    recording_free(&r);
    end_session(&e);
    end_session(&before);
    end_session(&recorded);
    free(text);
}

/* A log goes on only behind a right checksum, of this run where it is now; without memory it says so. */
static void test_goes_on(void **state) {
    (void)state;
    static const char *const WRONG[] = {"start\nepoch 0 batch 0 reset", "start\nepoch 0 batch 0 resets", "start"};
    Experiment e = begin_many(), other = begin_many();
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char *text = composed(WRONG[i], "");
        for (size_t less = 0; less < 2; less++) {
            assert_null(run_log_go_on(&e, text, strlen(text) - less, &status));
            assert_non_null(strstr(status.message, "it does not end with a checksum that is right"));
        }
        free(text);
    }
    char *none = composed("start\n" END, "epoch 0 batch 0 reset\n");
    assert_null(run_log_go_on(&e, none, strlen(none), &status));
    free(none);
    train(&e, 2);
    run_log_seal(e.log, &e, false);
    size_t size;
    char *text = text_of(e.log, &size);
    assert_null(run_log_go_on(&other, text, size, &status));
    assert_non_null(strstr(status.message, "it ends at epoch 0 batch 2, not here"));
    train(&other, 2);
    push_now(&other, (Command){.kind = COMMAND_PARAMETER, .parameter = {1, 0.5f}});
    assert_null(run_log_go_on(&other, text, size, &status));
    assert_non_null(strstr(status.message, "the run is another than the recorded one"));
    RunLog *on = NULL;
    for (uint32_t n = 1; !on; n++) {
        left = n;
        on = run_log_go_on(&e, text, size, &status);
        left = 0;
        assert_true(on || strstr(status.message, "not enough memory"));
        assert_true(n > 1 || !on);
    }
    run_log_free(on);
    free(text);
    end_session(&other);
    end_session(&e);
}

/* What a person would miss, and in how many steps: not what its settings repeat, nor looks, nor playing. */
static void test_missed(void **state) {
    (void)state;
    static const float x = 1.0f, y = 2.0f;
    Experiment e;
    Settings settings;
    settings_default(&settings);
    settings.samples = 60;
    assert_true(experiment_init(&e, &settings, NULL, NULL, &status));
    e.log = run_log_new(&e, &status);
    Command kinds[] = {{.kind = COMMAND_PLAY},      {.kind = COMMAND_SPEED, .speed = 3.0},
                       {.kind = COMMAND_RESET},     {.kind = COMMAND_UNDO},
                       {.kind = COMMAND_PAUSE},     {.kind = COMMAND_LOOK, .epoch = -1},
                       new_seed_command(&settings), {.kind = COMMAND_PRESET, .preset = -1, .settings = settings}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        push_now(&e, kinds[i]);
    assert_int_equal(run_log_deeds(e.log), 0);
    push_now(&e, (Command){.kind = COMMAND_THRESHOLD, .threshold = 0.2, .gesture = 7});
    push_now(&e, (Command){.kind = COMMAND_THRESHOLD, .threshold = 0.3, .gesture = 7}); /* of one drag */
    assert_int_equal(run_log_deeds(e.log), 2);
    assert_int_equal(run_log_steps(e.log), 1);
    push_now(&e, (Command){.kind = COMMAND_UNDO});
    settings.growing_factor = 1.7;
    push_now(&e, (Command){.kind = COMMAND_SETTINGS, .settings = settings, .gesture = 8});
    PointEdit edit = {.kind = EDIT_ADD, .count = 1, .x = &x, .y = &y, .data_version = e.data_version, .gesture = 9};
    assert_true(experiment_edit_points(&e, &edit, &status));
    assert_int_equal(run_log_deeds(e.log), 5);
    assert_int_equal(run_log_steps(e.log), 4);
    run_log_seal(e.log, &e, false);
    size_t size;
    const char *text = run_log_text(e.log, &size);
    RunLog *on = run_log_go_on(&e, text, size, &status);
    assert_non_null(on);
    run_log_free(e.log);
    e.log = on;
    assert_int_equal(run_log_deeds(on), 0); /* all is in its file; */
    push_now(&e, (Command){.kind = COMMAND_UNDO});
    assert_int_equal(run_log_deeds(on), 1); /* what is taken back of that is missed */
    push_now(&e, (Command){.kind = COMMAND_NOTE, .note = {.epoch = -1, .text = "before the first"}});
    run_log_seal(e.log, &e, true);
    assert_replays(&e); /* there is no such epoch, and no line */
    end_session(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),           cmocka_unit_test(test_packed),
        cmocka_unit_test(test_packed_wrong),    cmocka_unit_test(test_drag),
        cmocka_unit_test(test_lines),           cmocka_unit_test(test_drag_back),
        cmocka_unit_test(test_no_memory),       cmocka_unit_test(test_sessions),
        cmocka_unit_test(test_taken_over),      cmocka_unit_test(test_kernels),
        cmocka_unit_test(test_damage),          cmocka_unit_test(test_wrong_lines),
        cmocka_unit_test(test_refused),         cmocka_unit_test(test_lines_of_branches),
        cmocka_unit_test(test_missed),          cmocka_unit_test(test_composed_wrong),
        cmocka_unit_test(test_composed_played), cmocka_unit_test(test_begins_here),
        cmocka_unit_test(test_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
