/* A log that goes on behind a text that has been read. */
#include "app/experiment/run_log_private.h"

#include <stdlib.h>
#include <string.h>

static bool no_log(Status *status) {
    return status_fail(status, STATUS_FAILED, "the log cannot go on: it does not end with a checksum that is right");
}

/* The deed of the last line, which is a seal; *at: where the line begins. */
static bool read_last(const char *text, size_t size, Deed *deed, size_t *at, uint32_t *sum, Status *status) {
    *deed = (Deed){0};
    *at = 0;
    if (size == 0 || text[size - 1] != '\n')
        return no_log(status);
    for (*at = size - 1; *at > 0 && text[*at - 1] != '\n';)
        --*at;
    size_t part = log_summed_part(text + *at, size - 1 - *at, sum);
    char *line = part > 0 ? malloc(part + 1) : NULL; /* the text is not ended by a 0 */
    if (line) {
        memcpy(line, text + *at, part);
        line[part] = '\0';
    }
    bool good = line && log_sum_lines(LOG_SUM, text, *at + part) == *sum && deed_read(deed, line, NULL, status) &&
                deed_is_seal(deed);
    free(line);
    return good || no_log(status);
}

static bool fits(const Experiment *e, const Deed *last, Status *status) {
    if (!same_place(place_of(e->trainer), last->at))
        return status_fail(status, STATUS_FAILED, "the log cannot go on: it ends at epoch %llu batch %llu, not here",
                           (unsigned long long)last->at.epoch, (unsigned long long)last->at.batch);
    return run_log_state(e) == last->state ||
           status_fail(status, STATUS_FAILED, "the log cannot go on: the run is another than the recorded one");
}

/* Whether the block whose first line is before this one goes on with it. */
static bool is_of_block(const char *line, size_t length) {
    static const char *const OTHERS[] = {"epoch ", "start", "points ", "setting "};
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        if (length >= strlen(OTHERS[i]) && memcmp(line, OTHERS[i], strlen(OTHERS[i])) == 0)
            return false;
    return true;
}

/* Where the blocks of points are. */
static bool find_blocks(RunLog *log) {
    const LogText *t = &log->text;
    Block block = {0};
    for (size_t at = 0, next; at < t->size; at = next) {
        const char *line = t->text + at, *end = memchr(line, '\n', t->size - at);
        next = (size_t)(end - t->text) + 1;
        if (block.at > 0 && !is_of_block(line, next - at)) {
            block.size = at - block.at;
            if (!run_log_add_block(log, block))
                return false;
            block = (Block){0};
        }
        if (strncmp(line, "points ", strlen("points ")) == 0) {
            const char *number = line + strlen("points "), *behind = memchr(number, ' ', (size_t)(end - number));
            block.at = behind ? (size_t)(behind - t->text) + 1 : 0;
        }
    }
    return true;
}

/* The text but for an end, in whose place a check stands. */
static bool take_text(RunLog *log, const char *text, size_t size, size_t last_at, Deed *last, uint32_t sum) {
    bool ends = last->kind == DEED_END;
    size_t kept = ends ? last_at : size;
    log_put_bytes(&log->text, text, kept);
    log->sum = LOG_SUM;
    if (ends) {
        last->kind = DEED_CHECK;
        deed_write(&log->text, last);
        run_log_put_sum(log);
    } else if (!log->text.failed) {
        log->sum = log_sum(sum, text + size - strlen(LOG_SUM_WORD) - 9, strlen(LOG_SUM_WORD) + 9);
        log->summed = log->sealed = size;
    }
    log->sealed_at = last->at;
    log->sealed_behind = log->any = true; /* maybe */
    return !log->text.failed && find_blocks(log);
}

RunLog *run_log_go_on(const Experiment *e, const char *text, size_t size, Status *status) {
    Deed last;
    size_t last_at;
    uint32_t sum;
    if (!read_last(text, size, &last, &last_at, &sum, status) || !fits(e, &last, status))
        return NULL;
    RunLog *log = calloc(1, sizeof *log);
    if (log && take_text(log, text, size, last_at, &last, sum))
        return log;
    run_log_free(log);
    status_no_memory(status, "the log");
    return NULL;
}

uint32_t run_log_gestures(const Experiment *e) {
    uint32_t most = 0;
    const UndoStack *stacks[] = {&e->undo, &e->redo};
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < stacks[k]->count; i++)
            most = stacks[k]->items[i]->gesture > most ? stacks[k]->items[i]->gesture : most;
    return most;
}
