/* Sessions that a hand might have: any deeds at any time, and whether two of them have come to the same. Include after
 * cmocka.h. */
#ifndef EASYFIRST_SESSIONS_H
#define EASYFIRST_SESSIONS_H

#include "app/experiment/experiment.h"
#include "app/experiment/run_log.h"
#include "core/rng.h"

#include <math.h>
#include <string.h>

typedef struct Hand {
    Mt19937 random;
    uint32_t gesture;
    double clock;
} Hand;

static Hand hand; /* of the session that goes on */

static inline uint32_t below(uint32_t count) {
    return mt_u32(&hand.random) % count;
}

static inline double part(void) {
    return (double)mt_u32(&hand.random) / 4294967296.0;
}

static inline double hand_clock(void) {
    hand.clock += 0.0001 * part();
    return hand.clock;
}

static inline Settings random_settings(void) {
    Settings s;
    settings_default(&s);
    s.dataset = (int)below(DATASET_COUNT);
    s.samples = 40 + (int)below(120);
    s.batch = 1 + (int)below(24);
    s.seed = below(1000);
    s.threshold = 0.1 + 0.9 * part();
    s.learning_rate = below(20) == 0 ? 1000.0 : 0.02 * part();
    s.flip = below(2) ? 0.1 : 0.0;
    s.test = below(3) ? 0.0 : 0.2;
    s.order = (int)below(3);
    s.pace = (int)below(PACE_CLEAN_ALONE + 1);
    s.clean = below(2) ? 0 : 4 + (int)below(6);
    s.meta_classes = below(2);
    s.diversity = below(3) || s.order == ORDER_ALL ? 0.0 : 0.3;
    s.regularizer = s.diversity > 0.0 || below(2) ? REGULARIZER_HARD : REGULARIZER_LINEAR;
    s.hidden_count = (int)below(2);
    s.hidden[0] = 3;
    s.warmup = (int)below(2);
    s.epochs = 1 + (int)below(6);
    Status status;
    if (s.pace >= PACE_META) {
        s.regularizer = REGULARIZER_LINEAR;
        s.threshold = 1.0 + 4.0 * part();
        s.clean = 4 + (int)below(6);
    }
    if (!settings_check(&s, &status)) {
        s.diversity = 0.0;
        s.pace = s.pace >= PACE_META ? PACE_MULTIPLICATIVE : s.pace;
        s.regularizer = REGULARIZER_HARD;
    }
    return s;
}

/* Settings in force with one or two of them otherwise; not always such as make sense. */
static inline Settings other_settings(const Settings *now) {
    Settings s = *now, drawn = random_settings();
    for (uint32_t i = 0; i <= below(2); i++) {
        const Property *p = &PROPERTIES[below(PROPERTY_COUNT)];
        if (below(4) > 0) /* live ones more often */
            while (p->effect != EFFECT_LIVE)
                p = &PROPERTIES[below(PROPERTY_COUNT)];
        property_copy(&s, &drawn, p);
    }
    if (below(8) == 0)
        s.growing_factor = 1.0 + part();
    if (below(8) == 0)
        s.cap = 0.2 + part();
    return s;
}

/* Nothing, or characters of any kind and number. */
static inline void random_note(char text[NOTE_BYTES + 1]) {
    static const char *const PIECES[] = {"lone triangle ", "\n",   "\t%", " sum 0123abcd", "\u03bb", "\u770b",
                                         "\U0001f4cd",     "\xff", "  "};
    uint32_t pieces = below(3) == 0 ? 0 : below(below(6) ? 8 : 120);
    size_t size = 0;
    for (uint32_t i = 0; i < pieces; i++) {
        const char *piece = PIECES[below(sizeof PIECES / sizeof *PIECES)];
        if (size + strlen(piece) > NOTE_BYTES)
            break;
        memcpy(text + size, piece, strlen(piece));
        size += strlen(piece);
    }
    text[size] = '\0';
}

static inline Command random_command(const Experiment *e) {
    Command c = {.kind = (CommandKind)below(COMMAND_KINDS), .gesture = below(3) ? hand.gesture : 0};
    if (below(4) == 0)
        c.kind = COMMAND_THRESHOLD;
    if (below(8) == 0)
        c.kind = COMMAND_PARAMETER;
    if (e->other_count > 0 && below(2))
        c.run = 1 + (int)below(OTHER_RUNS);
    switch (c.kind) {
    case COMMAND_THRESHOLD:
        c.threshold = below(4) ? part() : e->trainer->threshold;
        c.of_class = e->trainer->by_class ? (int)below((uint32_t)e->trainer->data.classes + 1) : 0;
        break;
    case COMMAND_PARAMETER:
        c.run = 0;
        c.parameter.index = below(2) ? 0 : below((uint32_t)e->trainer->mlp.parameters + 1);
        c.parameter.value = below(3) ? (float)part() - 0.5f : e->trainer->parameters[0];
        break;
    case COMMAND_HOLD:
        c.hold = below(2);
        break;
    case COMMAND_SPEED:
        c.speed = below(2) ? SPEED_MAXIMUM : 1.0 + 20.0 * part();
        break;
    case COMMAND_LOOK:
        c.epoch = (int64_t)below(e->trainer->epoch + 2) - 1;
        break;
    case COMMAND_SETTINGS:
    case COMMAND_PRESET:
        c.preset = -1;
        c.settings = c.kind == COMMAND_PRESET ? random_settings() : other_settings(&e->trainer->settings);
        break;
    case COMMAND_CLEAN:
        c.run = 0;
        c.clean = (int)below(4);
        c.settings = below(2) ? e->trainer->settings : other_settings(&e->trainer->settings);
        break;
    case COMMAND_STEPS:
        c.run = 0;
        c.steps = (int)below(9) - 5;
        break;
    case COMMAND_BRANCH:
        c.run = 0;
        c.branch = e->branches.count > 0 ? (int)e->branches.items[below((uint32_t)e->branches.count)]->tag.number : 1;
        break;
    case COMMAND_NOTE:
        c.run = 0;
        c.note.epoch = (int64_t)below(e->trainer->epoch + 4);
        random_note(c.note.text);
        break;
    case COMMAND_TO_NOTE:
        c.run = 0;
        c.epoch = (int64_t)below(e->trainer->epoch + 3) - 1;
        break;
    case COMMAND_COMPARE:
        c.compare = below(3) > 0;
        c.settings = random_settings();
        break;
    default:
        break;
    }
    return c;
}

static inline void random_edit(Experiment *e) {
    enum { MOST = 8 };
    float x[MOST], y[MOST];
    uint32_t samples[MOST];
    uint8_t labels[MOST];
    Status status;
    PointEdit edit = {.kind = (EditKind)below(EDIT_KINDS), .gesture = hand.gesture, .x = x, .y = y};
    const Dataset *of = edit.kind == EDIT_UNCLEAN ? &e->trainer->clean : &e->trainer->data;
    uint32_t count = 1 + below(MOST - 1), n = (uint32_t)of->count, at = 0;
    edit.samples = samples;
    edit.labels = labels;
    edit.data_version = e->data_version;
    edit.label = (uint8_t)below((uint32_t)e->trainer->data.classes);
    for (uint32_t i = 0; i < count; i++) {
        x[i] = 8.0f * (float)part() - 4.0f;
        y[i] = below(9) ? 8.0f * (float)part() - 4.0f : 1e-30f;
        labels[i] = (uint8_t)below((uint32_t)e->trainer->data.classes);
        at += 1 + below(3);
        if (edit.kind == EDIT_ADD || at < n)
            samples[edit.count++] = at;
    }
    experiment_edit_points(e, &edit, &status);
}

static inline Dataset random_points(void) {
    Dataset d;
    Status status;
    static const char *const NAMES[] = {"a % b", "caf\xc3\xa9 sum 0123abcd"};
    assert_true(dataset_init(&d, 30 + below(40), 2 + (int)below(2), &status));
    for (size_t i = 0; i < d.count; i++) {
        d.x[i] = (float)part() * 1e3f;
        d.y[i] = -(float)part();
        d.label[i] = (uint8_t)(i % (size_t)d.classes);
    }
    for (int k = 0; k < d.classes; k++)
        assert_true(dataset_name_class(&d, k, k < 2 ? NAMES[k] : "two\tlines", k < 2 ? strlen(NAMES[k]) : 9));
    assert_true(dataset_name_axis(&d, 0, "height", 6));
    if (below(2))
        d.origin[0] = 1.7e9 + 0.1;
    if (below(3) == 0 && dataset_add_clean(&d, &status))
        for (size_t i = 0; i < 6; i++)
            d.clean[2 * i] = 1;
    if (below(2) && dataset_add_rows(&d, &status))
        for (size_t i = 0; i < d.count; i++)
            d.row[i] = (uint32_t)(3 * i);
    dataset_bounds(&d);
    return d;
}

static inline void random_deed(Experiment *e) {
    Status status;
    hand.gesture += below(3) == 0;
    uint32_t what = below(40);
    if (what < 4) {
        random_edit(e);
    } else if (what == 4) {
        Dataset points = random_points();
        Settings settings = e->trainer->settings;
        settings.standardize = below(2);
        experiment_open_points(e, &points, &(OpenedPoints){below(2) ? "/tmp/a file.csv" : NULL, 0, &settings}, &status);
        dataset_free(&points);
    } else {
        uint32_t commands = 1 + (below(4) == 0 ? below(4) : 0);
        for (uint32_t i = 0; i < commands; i++)
            experiment_push(e, random_command(e));
    }
}

/* A frame, in which there may be no time for all of it. */
static inline void random_frame(Experiment *e) {
    e->hand = below(3) == 0;
    if (e->mode == MODE_PAUSED && below(3))
        experiment_push(e, (Command){.kind = COMMAND_PLAY});
    if (below(2))
        experiment_evaluate(e);
    experiment_advance(e, 0.1 * part(), hand_clock, hand.clock + 0.0006 * part());
}

static inline void random_session(Experiment *e, uint32_t deeds) {
    for (uint32_t i = 0; i < deeds; i++) {
        random_deed(e);
        for (uint32_t frames = below(3); frames > 0; frames--)
            random_frame(e);
    }
    while (e->queued > 0) /* what still waits is done */
        random_frame(e);
}

/* One with a log, of points that are made or have a file. */
static inline void begin_session(Experiment *e, uint32_t seed) {
    hand = (Hand){.gesture = 1};
    mt_seed(&hand.random, seed);
    Status status;
    Settings settings = random_settings();
    Dataset points = {0};
    bool own = below(3) == 0;
    if (own)
        points = random_points();
    if (!experiment_init(e, &settings, own ? &points : NULL, own ? "/home/me/my points.csv" : NULL, &status))
        fail_msg("%s", status.message);
    e->log = run_log_new(e, &status);
    assert_non_null(e->log);
}

static inline void end_session(Experiment *e) {
    RunLog *log = e->log;
    e->log = NULL;
    e->tape = NULL;
    run_log_free(log);
    experiment_free(e);
}

/* ---- the same ---- */

#define SAME(a, b, count) assert_memory_equal(a, b, (count) * sizeof *(a))

static inline void assert_same_points(const Dataset *a, const Dataset *b) {
    assert_int_equal(a->count, b->count);
    if (a->count == 0)
        return;
    assert_int_equal(a->classes, b->classes);
    assert_int_equal(a->anomaly, b->anomaly);
    assert_true(!a->truth == !b->truth && !a->row == !b->row && !a->clean == !b->clean);
    SAME(a->x, b->x, a->count);
    SAME(a->y, b->y, a->count);
    SAME(a->label, b->label, a->count);
    if (a->truth)
        SAME(a->truth, b->truth, a->count);
    if (a->clean)
        SAME(a->clean, b->clean, a->count);
    for (size_t i = 0; i < a->count; i++) /* no marks are as good as none set */
        assert_int_equal(a->kept && a->kept[i], b->kept && b->kept[i]);
    if (a->row)
        SAME(a->row, b->row, a->count);
    SAME(a->origin, b->origin, 2);
    SAME(a->class_name, b->class_name, MAX_CLASSES);
    SAME(a->axis_name, b->axis_name, 2);
    for (int k = 0; k < a->classes; k++)
        assert_string_equal(dataset_class_whole(a, k), dataset_class_whole(b, k));
}

static inline void assert_same_settings(const Settings *a, const Settings *b) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (!property_same(a, b, &PROPERTIES[i]))
            fail_msg("%s differs", PROPERTIES[i].name);
}

static inline void assert_same_run(Trainer *a, Trainer *b) {
    trainer_evaluate(a);
    trainer_evaluate(b);
    assert_int_equal(a->epoch, b->epoch);
    assert_int_equal(a->batch, b->batch);
    assert_int_equal(a->batches, b->batches);
    assert_same_settings(&a->settings, &b->settings);
    assert_same_points(&a->data, &b->data);
    assert_same_points(&a->test, &b->test);
    assert_same_points(&a->clean, &b->clean);
    assert_memory_equal(&a->meta.adam, &b->meta.adam, sizeof a->meta.adam);
    SAME(a->parameters, b->parameters, a->mlp.parameters);
    SAME(a->initial, b->initial, a->mlp.parameters);
    SAME(a->optimizer.first, b->optimizer.first, a->mlp.parameters);
    SAME(a->optimizer.second, b->optimizer.second, a->mlp.parameters);
    SAME(a->each.v, b->each.v, a->data.count);
    SAME(a->each.loss, b->each.loss, a->data.count);
    SAME(a->each.admitted, b->each.admitted, a->data.count);
    if (a->batch > 0)
        SAME(a->each.order, b->each.order, a->data.count);
    SAME(a->torch.state, b->torch.state, MT_WORDS);
    SAME(&a->threshold, &b->threshold, 1);
    SAME(a->class_threshold, b->class_threshold, MAX_CLASSES);
    SAME(&a->batch_loss_sum, &b->batch_loss_sum, 1);
    SAME(&a->epoch_mean_batch_loss, &b->epoch_mean_batch_loss, 1);
    SAME(&a->epoch_weight_sum, &b->epoch_weight_sum, 1);
    SAME(&a->mean_loss, &b->mean_loss, 1);
    SAME(&a->epoch_threshold, &b->epoch_threshold, 1);
    assert_true(a->torch.index == b->torch.index && a->hold == b->hold && a->by_class == b->by_class);
    assert_true(a->growth_due == b->growth_due && a->offsets_due == b->offsets_due && a->diverged == b->diverged);
    assert_true(a->epoch_easy == b->epoch_easy && a->optimizer.beta1_power == b->optimizer.beta1_power);
    assert_true(a->optimizer.learning_rate == b->optimizer.learning_rate);
}

static inline void assert_same_history(const History *a, const History *b) {
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->samples, b->samples);
    assert_int_equal(a->slots, b->slots);
    assert_int_equal(a->stride, b->stride);
    for (size_t i = 0; i < a->count; i++) {
        const HistoryRecord *x = &a->records[i], *y = &b->records[i];
        assert_int_equal(x->epoch, y->epoch);
        assert_int_equal(x->easy, y->easy);
        SAME(&x->threshold, &y->threshold, 1);
        SAME(&x->weight_sum, &y->weight_sum, 1);
        SAME(&x->mean_batch_loss, &y->mean_batch_loss, 1);
        SAME(&x->mean_loss, &y->mean_loss, 1);
        SAME(&x->accuracy, &y->accuracy, 1);
        SAME(x->class_threshold, y->class_threshold, MAX_CLASSES);
        SAME(x->class_easy, y->class_easy, MAX_CLASSES);
        SAME(x->parameters, y->parameters, a->parameters);
        SAME(x->first, y->first, a->parameters);
        SAME(x->second, y->second, a->parameters);
        for (size_t k = 0; k < a->samples; k++)
            assert_int_equal(history_was_easy(a, x, k), history_was_easy(b, y, k));
    }
}

static inline void assert_same_by_hand(const ByHand *a, const ByHand *b) {
    assert_true(a->threshold == b->threshold && a->hold == b->hold && a->settings == b->settings &&
                a->parameters == b->parameters);
    assert_int_equal(a->marks.count, b->marks.count);
    for (int i = 0; i < a->marks.count; i++) {
        assert_true(a->marks.marks[i].done == b->marks.marks[i].done);
        assert_string_equal(a->marks.marks[i].what, b->marks.marks[i].what);
    }
}

static inline void assert_same_notes(const Notes *a, const Notes *b) {
    assert_int_equal(a->count, b->count);
    for (int i = 0; i < a->count; i++) {
        assert_int_equal(a->notes[i].epoch, b->notes[i].epoch);
        assert_string_equal(a->notes[i].text, b->notes[i].text);
    }
}

/* Runs beside a first, of which some may be there by their number alone. */
static inline void assert_same_others(const OtherRun *a, int count, const OtherRun *b, int other_count) {
    assert_int_equal(count, other_count);
    for (int i = 0; i < count; i++) {
        assert_true(!a[i].trainer == !b[i].trainer);
        if (a[i].trainer) {
            assert_same_run(a[i].trainer, b[i].trainer);
            assert_true(a[i].behind == b[i].behind);
        }
        assert_same_history(&a[i].history, &b[i].history);
        assert_same_by_hand(&a[i].by_hand, &b[i].by_hand);
        assert_true(a[i].held == b[i].held && a[i].number == b[i].number);
        assert_true(other_run_same_curriculum(&a[i].curriculum, &b[i].curriculum));
    }
}

static inline void assert_same_thresholds(const TrainerThresholds *a, const TrainerThresholds *b) {
    assert_true(a->threshold == b->threshold && a->by_class == b->by_class && a->by_meta == b->by_meta);
    SAME(a->class_threshold, b->class_threshold, MAX_CLASSES);
    assert_memory_equal(&a->adam, &b->adam, sizeof a->adam);
}

static inline void assert_same_undo(const UndoStack *a, const UndoStack *b) {
    assert_int_equal(a->count, b->count);
    for (int i = 0; i < a->count; i++) {
        const Undo *x = a->items[i], *y = b->items[i];
        assert_string_equal(x->what, y->what);
        assert_true(x->kind == y->kind && x->gesture == y->gesture && x->run == y->run && x->hold == y->hold);
        assert_true(x->value == y->value && x->parameter == y->parameter);
        assert_same_thresholds(&x->decided.thresholds, &y->decided.thresholds);
        assert_true(x->dated == y->dated && x->made == y->made);
        assert_true(x->epoch == y->epoch && x->batch == y->batch && x->decided.count == y->decided.count);
        if (x->decided.count > 0) {
            SAME(x->decided.v, y->decided.v, x->decided.count);
            SAME(x->decided.offset, y->decided.offset, x->decided.count);
        }
        assert_true(x->decided.growth_due == y->decided.growth_due && x->decided.offsets_due == y->decided.offsets_due);
        assert_memory_equal(&x->decided.share, &y->decided.share, sizeof x->decided.share);
        assert_true(x->branch == y->branch && x->edited == y->edited && x->kept_count == y->kept_count);
        assert_same_points(&x->points, &y->points);
        assert_same_points(&x->clean, &y->clean);
        assert_true(!x->note == !y->note);
        if (x->note)
            assert_string_equal(x->note, y->note);
        if (x->kept_count > 0)
            SAME(x->kept, y->kept, x->kept_count);
        assert_same_others(x->others, x->other_count, y->others, y->other_count);
    }
}

static inline void assert_same_source(const Source *a, const Source *b) {
    assert_int_equal(a->edited, b->edited);
    assert_same_points(&a->points, &b->points);
    assert_true(!a->path == !b->path);
    if (a->path)
        assert_string_equal(a->path, b->path);
}

static inline void assert_same_tag(const RunTag *a, const RunTag *b) {
    assert_true(a->number == b->number && a->parent == b->parent && a->parted == b->parted);
    assert_true(a->epoch == b->epoch && a->batch == b->batch);
    assert_string_equal(a->title, b->title);
    assert_string_equal(a->name, b->name);
}

static inline void assert_same_branches(const Branches *a, const Branches *b) {
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->numbers, b->numbers);
    for (int i = 0; i < a->count; i++) {
        const Branch *x = a->items[i], *y = b->items[i];
        assert_same_tag(&x->tag, &y->tag);
        assert_same_run(x->trainer, y->trainer);
        assert_same_history(&x->history, &y->history);
        assert_same_by_hand(&x->by_hand, &y->by_hand);
        assert_same_notes(&x->notes, &y->notes);
        assert_same_source(&x->source, &y->source);
        assert_same_others(x->others, x->other_count, y->others, y->other_count);
        assert_int_equal(x->worth, y->worth);
        assert_int_equal(x->bytes, y->bytes);
    }
}

/* All that a person could find out, now or by undoing and redoing whatever can be. */
static inline void assert_same_session(Experiment *a, Experiment *b) {
    assert_same_run(a->trainer, b->trainer);
    assert_same_history(&a->history, &b->history);
    assert_same_by_hand(&a->by_hand, &b->by_hand);
    assert_same_notes(&a->notes, &b->notes);
    assert_same_undo(&a->undo, &b->undo);
    assert_same_undo(&a->redo, &b->redo);
    assert_same_source(&a->source, &b->source);
    assert_same_tag(&a->tag, &b->tag);
    assert_same_branches(&a->branches, &b->branches);
    assert_same_others(a->others, a->other_count, b->others, b->other_count);
}

#endif
