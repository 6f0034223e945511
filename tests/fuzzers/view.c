/* The view record of a session, in what it says besides the screen. */
#include "tests/fuzzers/fuzzer.h"

#include "app/window/view_record.h"

#include <stdlib.h>
#include <string.h>

const size_t FUZZ_ROOM = 160 << 10, FUZZ_ROOM_EACH = 16;

static void check_text(const char *text, size_t size) {
    if (strnlen(text, size) == size)
        fuzz_violation("a text that does not end");
}

void fuzz_one(const uint8_t *data, size_t size) {
    ViewFacts facts;
    view_record_facts((const char *)data, size, &facts);
    check_text(facts.title, sizeof facts.title);
    check_text(facts.watch, sizeof facts.watch);
    check_text(facts.after, sizeof facts.after);
    if (strchr(facts.after, '/'))
        fuzz_violation("'%s' is beyond its folder", facts.after);
    if (facts.file && facts.file[0] != '/')
        fuzz_violation("'%s' is no absolute path", facts.file);
    for (int i = 0; i < POINTS_TEXTS; i++) {
        const char *told = points_format_text(&facts.format, i);
        PointsFormat again = {0};
        if (told && !points_format_tell(&again, i, told))
            fuzz_violation("%s '%s' is none", POINTS_TEXT_NAMES[i], told);
        points_format_free(&again);
    }
    view_record_free(&facts);
}
