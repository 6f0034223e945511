/* Lessons: logs with a head and notes, played as far as they go where that takes little. */
#define _GNU_SOURCE /* memmem */
#include "tests/fuzzers/fuzzer.h"

#include "app/experiment/commands.h"
#include "app/io/lesson.h"
#include "tests/fuzzers/play_log.h"

const size_t FUZZ_ROOM = 3 << 20, FUZZ_ROOM_EACH = 512;

/* Sums at the ends of lines are made right, so that what is changed is read. */
void fuzz_one(const uint8_t *data, size_t size) {
    if (size < 2)
        return;
    Recording r;
    Status status = {0};
    char *log = fuzz_text(data + 1, size - 1);
    if (data[0] % 4)
        log_repair(log, size - 1);
    bool read = lesson_read(&r, fuzz_file(0, log, size - 1), &status);
    fuzz_reading_ends();
    if (read) {
        const LessonHead *head = &r.lesson;
        if (head->order > 0 && (!(head->speed >= SPEED_MINIMUM && head->speed <= SPEED_MAXIMUM) || !head->title[0]))
            fuzz_violation("lesson %d '%s', speed %g", head->order, head->title, head->speed);
        if (log_is_small(log, size - 1))
            log_play(&r);
        recording_free(&r);
    } else {
        fuzz_refused(&status);
    }
    free(log);
}
