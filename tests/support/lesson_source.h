/* The texts that lessons are made from (tests/lessons/NAME.txt), and the logs made of them (assets/lessons/NAME.log).
 *
 *     lesson 2 Why the threshold collapses     its place and title
 *     watch A third of all seeds ...           its line in the gallery
 *     speed 1                                  epochs a second
 *     setting seed=22                          of the run that it begins with
 *     note 3 One class is left out ...         at the end of epoch 3; goes on in lines that are indented
 *     claim accuracy 0.49 0.51                 what must be true there, with all kernels: at least, at most
 *     after 3 threshold 0.5                    a deed, as the log has it, after 3 epochs
 *     anew 10 settings pace=class-share        the same, and another run begins, with the notes that follow
 *     end 10                                   epochs of the last run
 *
 * Empty lines and those that begin with # do not count. */
#ifndef EASYFIRST_LESSON_SOURCE_H
#define EASYFIRST_LESSON_SOURCE_H

#include "app/experiment/run_log.h"
#include "app/experiment/recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct LessonText {
    LogText log, deeds; /* so far; deeds: of the run that is being told, which stand behind its notes */
    char note[2 * NOTE_BYTES];
    unsigned epoch; /* of that note; 0: there is none */
    bool started;
    const char *wrong; /* a line that cannot be read, or NULL */
} LessonText;

static inline void lesson_end_note(LessonText *t) {
    if (t->epoch == 0)
        return;
    if (strlen(t->note) > NOTE_BYTES)
        t->wrong = "a note is too long";
    log_put(&t->log, "epoch 0 batch 0 note %u ", t->epoch);
    log_put_name(&t->log, t->note);
    log_put(&t->log, "\n");
    t->epoch = 0;
}

static inline void lesson_end_run(LessonText *t) {
    lesson_end_note(t);
    log_put_bytes(&t->log, t->deeds.text, t->deeds.size);
    log_text_free(&t->deeds);
}

static inline void lesson_start(LessonText *t) {
    if (!t->started)
        log_put(&t->log, "start\n");
    t->started = true;
}

/* A line, without its end. */
static inline void lesson_take_line(LessonText *t, const char *line) {
    unsigned epoch;
    int at = 0;
    if (line[0] == '\0' || line[0] == '#' || strncmp(line, "claim ", 6) == 0)
        return;
    if (line[0] == ' ' && t->epoch > 0) {
        size_t used = strlen(t->note);
        snprintf(t->note + used, sizeof t->note - used, " %s", line + strspn(line, " "));
    } else if (sscanf(line, "note %u %n", &epoch, &at) == 1 && at > 0) {
        lesson_start(t);
        lesson_end_note(t);
        t->epoch = epoch;
        snprintf(t->note, sizeof t->note, "%s", line + at);
    } else if (sscanf(line, "after %u %n", &epoch, &at) == 1 && at > 0) {
        log_put(&t->deeds, "epoch %u batch 0 %s\n", epoch, line + at);
    } else if (sscanf(line, "anew %u %n", &epoch, &at) == 1 && at > 0) {
        lesson_end_run(t);
        log_put(&t->log, "epoch %u batch 0 %s\n", epoch, line + at);
    } else if (sscanf(line, "end %u", &epoch) == 1) {
        lesson_end_run(t);
        log_put(&t->log, "epoch %u batch 0 end", epoch);
        uint32_t sum = log_sum(LOG_SUM, t->log.text, t->log.size);
        log_put(&t->log, LOG_SUM_WORD "%08x\n", sum);
    } else if (!t->started) {
        log_put_bytes(&t->log, line, strlen(line));
        log_put(&t->log, "\n");
    } else {
        t->wrong = line;
    }
}

/* The whole log, malloc'd, *size bytes and a 0; NULL: a line is wrong, which is said on stderr. Cuts the source. */
static inline char *lesson_make(char *source, size_t *size) {
    LessonText t = {0};
    log_put(&t.log, "easyfirst log %d\nkernels %s\n", LOG_VERSION, KERNELS_ANY);
    for (char *line = source, *next; line && !t.wrong; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        lesson_take_line(&t, line);
    }
    *size = t.log.size;
    log_put_bytes(&t.log, "", 1);
    log_text_free(&t.deeds);
    if (!t.wrong && !t.log.failed)
        return t.log.text;
    fprintf(stderr, "cannot be read: %s\n", t.wrong ? t.wrong : "no memory");
    log_text_free(&t.log);
    return NULL;
}

/* A file as a text, malloc'd; NULL: it cannot be read. */
static inline char *lesson_file(const char *path, size_t *size) {
    FILE *f = fopen(path, "rb");
    char *text = f ? calloc(1, 1 << 16) : NULL;
    *size = text ? fread(text, 1, (1 << 16) - 1, f) : 0;
    if (f)
        fclose(f);
    return text;
}

#endif
