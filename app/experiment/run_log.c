#include "app/experiment/run_log_private.h"

#include <stdlib.h>
#include <string.h>

/* Whether a run beside the first, from 0, does not keep step, so that a line says where it stands. */
static bool tells_of(const Experiment *e, int other) {
    const OtherRun *o = &e->others[other];
    return o->behind || (!o->trainer->diverged && !same_place(place_of(o->trainer), place_of(e->trainer)));
}

static uint32_t sum_of_run(uint32_t sum, const Trainer *t) {
    sum = log_sum(sum, t->parameters, t->mlp.parameters * sizeof *t->parameters);
    sum = log_sum(sum, &t->threshold, sizeof t->threshold);
    return log_sum(sum, t->class_threshold, sizeof *t->class_threshold * (size_t)t->data.classes);
}

uint32_t run_log_state(const Experiment *e) {
    uint32_t sum = sum_of_run(LOG_SUM, e->trainer);
    for (int i = 0; i < e->other_count; i++)
        sum = sum_of_run(sum, e->others[i].trainer);
    return sum;
}

Settings deed_base(const Experiment *e, const Deed *deed) {
    Settings base = e->trainer->settings;
    int run = deed->command.run;
    switch (DEED_FORMS[deed->kind].settings) {
    case SETTINGS_NEW:
        settings_default(&base);
        break;
    case SETTINGS_OF_RUN:
        if (run > 0 && run <= e->other_count)
            base = e->others[run - 1].trainer->settings;
        break;
    case SETTINGS_BESIDE:
    case SETTINGS_NONE:
        break;
    }
    return base;
}

/* ---- lines ---- */

/* Whether b follows a in one gesture, so that its line can be short, or, at the same place, it takes a's place. */
static bool same_gesture(const Deed *a, const Deed *b) {
    return a->kind == b->kind && DEED_FORMS[a->kind].goes_on > 0 && a->command.gesture != 0 &&
           a->command.gesture == b->command.gesture && a->command.run == b->command.run &&
           (a->kind != COMMAND_THRESHOLD || a->command.of_class == b->command.of_class) &&
           (a->kind != COMMAND_PARAMETER || a->command.parameter.index == b->command.parameter.index) &&
           (a->kind != DEED_EDITS + EDIT_ADD || a->edit.label == b->edit.label);
}

/* What waits has its line. */
static void flush(RunLog *log) {
    if (!log->waits)
        return;
    log->waits = false;
    deed_write(&log->text, &log->pending);
    log_put(&log->text, "\n");
    log->last = log->pending; /* of whom only what a drag has is used */
    log->has_last = true;
}

static void put_stands(const Experiment *e, LogText *text) {
    for (int i = 0; i < e->other_count; i++) {
        if (!tells_of(e, i))
            continue;
        Deed deed = {.kind = DEED_STANDS, .at = place_of(e->trainer), .place = place_of(e->others[i].trainer)};
        deed.command.run = i + 1;
        deed.behind = e->others[i].behind;
        deed_write(text, &deed);
        log_put(text, "\n");
    }
}

static void drop_draft(RunLog *log) {
    deed_free(&log->draft);
    log_text_free(&log->stands);
    log->drafted = false;
}

static void begin_draft(RunLog *log, const Experiment *e, int kind) {
    drop_draft(log);
    log->draft.kind = kind;
    log->draft.at = place_of(e->trainer);
    log->draft_batches = e->trainer->batches;
    log->minor = false;
    log->drafted = true;
    put_stands(e, &log->stands);
}

/* ---- noting ---- */

static bool changes_nothing(const Experiment *e, const Deed *deed) {
    switch (deed->kind) {
    case COMMAND_SETTINGS:
        return !deed->settings;
    case COMMAND_GO_ON:
        return deed->command.epoch < 0;
    case COMMAND_PARAMETER:
        return deed->command.parameter.index >= e->trainer->mlp.parameters;
    case COMMAND_NOTE:
        return experiment_says_note(e, deed->command.note.epoch, deed->command.note.text);
    case COMMAND_UNDO:
        return !undo_top(&e->undo);
    case COMMAND_REDO:
        return !undo_top(&e->redo);
    case COMMAND_STEPS:
        return deed->command.steps == 0 || !undo_top(deed->command.steps < 0 ? &e->undo : &e->redo);
    case COMMAND_BRANCH:
        return (uint32_t)deed->command.branch == e->tag.number;
    default:
        return false;
    }
}

/* What only chooses a run, which its settings repeat; undo and redo of nothing else. */
static bool is_minor(const RunLog *log, const Experiment *e, const Command *command) {
    Settings seeded = e->trainer->settings;
    switch (command->kind) {
    case COMMAND_RESET:
    case COMMAND_PRESET:
        return true;
    case COMMAND_SETTINGS:
        seeded.seed = command->settings.seed;
        return command->run == 0 && !experiment_what_differs(&seeded, &command->settings);
    case COMMAND_UNDO:
    case COMMAND_REDO:
    case COMMAND_STEPS:
    case COMMAND_BRANCH:
        return !log->any;
    default:
        return false;
    }
}

void run_log_note_command(RunLog *log, const Experiment *e, const Command *command) {
    const DeedForm *form = &DEED_FORMS[command->kind];
    if (!form->name) {
        log->drafted = false;
        return;
    }
    begin_draft(log, e, (int)command->kind);
    log->minor = is_minor(log, e, command);
    Deed *deed = &log->draft;
    deed->command = *command;
    if (command->kind == COMMAND_GO_ON) {
        const HistoryRecord *record = e->look < 0 ? NULL : history_find(&e->history, (uint32_t)e->look);
        deed->command.epoch = record ? (int64_t)record->epoch : -1;
    }
    bool ends = command->kind == COMMAND_COMPARE && !command->compare; /* a run: there are none */
    if (form->settings != SETTINGS_NONE && !ends) {
        Settings base = deed_base(e, deed);
        deed_put_settings(deed, &base, &command->settings);
        log->text.failed |= deed->written.failed;
    }
    if (changes_nothing(e, deed))
        drop_draft(log);
}

void run_log_note_steps(RunLog *log, int steps) {
    log->draft.command.steps = steps;
}

void run_log_note_edit(RunLog *log, const Experiment *e, const PointEdit *edit) {
    begin_draft(log, e, DEED_EDITS + (int)edit->kind);
    log->draft.command.gesture = edit->gesture;
    log->draft.edit = *edit; /* whose arrays stay until it is settled */
}

bool run_log_add_block(RunLog *log, Block block) {
    Block *blocks = realloc(log->blocks, (log->block_count + 1) * sizeof *blocks);
    if (!blocks)
        return false;
    log->blocks = blocks;
    blocks[log->block_count++] = block;
    return true;
}

/* The number of the points' block, which is appended unless the same is there already. */
static uint64_t use_block(RunLog *log, const Dataset *points) {
    LogText *text = &log->text;
    size_t before = text->size;
    log_put(text, "points %zu ", log->block_count + 1);
    Block block = {text->size, 0};
    log_put_points(text, points);
    block.size = text->size - block.at;
    for (size_t i = 0; i < log->block_count && !text->failed; i++)
        if (log->blocks[i].size == block.size &&
            memcmp(text->text + log->blocks[i].at, text->text + block.at, block.size) == 0) {
            text->size = before;
            return i + 1;
        }
    if (!text->failed && !run_log_add_block(log, block))
        text->failed = true;
    return log->block_count;
}

void run_log_note_open(RunLog *log, const Experiment *e, const Settings *settings, const char *path) {
    begin_draft(log, e, DEED_OPEN);
    log->minor = true; /* its points are in their file */
    Settings base = deed_base(e, &log->draft);
    deed_put_settings(&log->draft, &base, settings);
    log->draft.path = path ? strdup(path) : NULL;
    log->text.failed |= path && !log->draft.path;
}

/* The kind of undo step that a drag goes on with. */
static bool waits_for_more(const Experiment *e, const Deed *deed) {
    UndoKind kind = deed->command.run > 0             ? UNDO_OTHER
                    : deed->kind == COMMAND_THRESHOLD ? UNDO_THRESHOLD
                                                      : UNDO_PARAMETER;
    return DEED_FORMS[deed->kind].drags && experiment_gesture_goes_on(e, kind, deed->command.gesture);
}

/* The lines before the deed's own, which is short where it goes on with the one of the last line. */
static void append_stands(RunLog *log, Deed *deed) {
    log_put_bytes(&log->text, log->stands.text, log->stands.size);
    deed->goes_on = log->stands.size == 0 && log->has_last && same_gesture(&log->last, deed);
    if (deed->goes_on)
        deed->further = (deed->at.epoch - log->after.epoch) * log->draft_batches + deed->at.batch - log->after.batch;
}

/* A gesture is one step, whatever it does. */
static void count_deed(RunLog *log) {
    uint32_t gesture = log->draft.command.gesture;
    log->deeds++;
    log->steps += gesture == 0 || gesture != log->step;
    log->step = gesture;
}

void run_log_settle(RunLog *log, const Experiment *e, bool done) {
    if (!log->drafted || !done) {
        drop_draft(log);
        return;
    }
    Deed *deed = &log->draft;
    log->own += !e->tape;
    if (!log->minor && !e->tape)
        count_deed(log);
    log->any = log->any || !log->minor;
    log->text.failed |= deed->written.failed || log->stands.failed;
    if (log->stands.size == 0 && log->waits && same_gesture(&log->pending, deed) &&
        same_place(log->pending.at, deed->at)) {
        deed->goes_on = log->pending.goes_on; /* as far from the line before as the one that it replaces */
        deed->further = log->pending.further;
    } else {
        flush(log);
        append_stands(log, deed);
        if (deed->kind == DEED_OPEN)
            deed->points = use_block(log, &e->source.points);
    }
    log->has_last = false;
    log->pending = *deed;
    log->after = place_of(e->trainer);
    log->waits = true;
    if (!waits_for_more(e, deed))
        flush(log);
    drop_draft(log);
}

/* ---- the whole ---- */

void run_log_put_sum(RunLog *log) {
    LogText *t = &log->text;
    if (t->failed)
        return;
    log->sum = log_sum_lines(log->sum, t->text + log->summed, t->size - log->summed);
    uint32_t sum = log->sum;
    size_t before = t->size;
    log_put(t, LOG_SUM_WORD "%08x\n", sum);
    if (t->failed) {
        t->size = before;
        return;
    }
    log->sum = log_sum(sum, t->text + before, t->size - before);
    log->summed = t->size;
    log->sealed = t->size;
}

void run_log_seal(RunLog *log, const Experiment *e, bool end) {
    RunPlace at = place_of(e->trainer);
    flush(log);
    log->has_last = false;
    if (!end && log->text.size == log->sealed && same_place(at, log->sealed_at) && !log->sealed_behind)
        return;
    size_t before = log->text.size;
    put_stands(e, &log->text);
    log->sealed_behind = log->text.size > before;
    Deed deed = {.kind = end ? DEED_END : DEED_CHECK, .at = at, .state = run_log_state(e)};
    deed_write(&log->text, &deed);
    run_log_put_sum(log);
    log->sealed_at = at;
}

RunLog *run_log_new(const Experiment *e, Status *status) {
    RunLog *log = calloc(1, sizeof *log);
    if (!log) {
        status_no_memory(status, "the log");
        return NULL;
    }
    log->sum = LOG_SUM;
    LogText *t = &log->text;
    log_put(t, "easyfirst log %d\nkernels %s\n", LOG_VERSION, trainer_kernels(e->trainer));
    Settings defaults;
    settings_default(&defaults);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        char value[SETTING_TEXT_MAX];
        if (property_same(&e->trainer->settings, &defaults, &PROPERTIES[i]))
            continue;
        property_format(&e->trainer->settings, &PROPERTIES[i], value);
        log_put(t, "setting %s=%s\n", PROPERTIES[i].name, value);
    }
    bool own = e->source.points.count > 0;
    if (own)
        use_block(log, &e->source.points);
    log_put(t, own ? "start points 1" : "start");
    if (e->source.path) {
        log_put(t, " file ");
        log_put_name(t, e->source.path);
    }
    log_put(t, "\n");
    run_log_seal(log, e, false);
    drop_draft(log);
    if (!t->failed)
        return log;
    run_log_free(log);
    status_no_memory(status, "the log");
    return NULL;
}

void run_log_free(RunLog *log) {
    if (!log)
        return;
    drop_draft(log);
    log_text_free(&log->text);
    free(log->blocks);
    free(log);
}

const char *run_log_text(const RunLog *log, size_t *size) {
    *size = log->text.failed ? log->sealed : log->text.size;
    return log->text.text;
}

size_t run_log_deeds(const RunLog *log) {
    return log->deeds;
}

size_t run_log_own(const RunLog *log) {
    return log->own;
}

size_t run_log_steps(const RunLog *log) {
    return log->steps;
}

bool run_log_failed(const RunLog *log) {
    return log->text.failed;
}
