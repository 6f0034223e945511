/* Settings as text. The first byte says which, the others are its value; or, above them, which curriculum another run
 * has (--compare). */
#include "tests/fuzzers/fuzzer.h"

#include "app/experiment/other_run.h"
#include "core/config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const size_t FUZZ_ROOM = 4096, FUZZ_ROOM_EACH = 4;

static void check_unchanged(const Settings *a, const Settings *b) {
    if (memcmp(a, b, sizeof *a) != 0)
        fuzz_violation("a refusal has changed settings");
}

static void check_range(const Settings *s, const Property *p) {
    if (property_is_list(p))
        return;
    double value = property_get(s, p);
    if (!(isnan(value) && p->id == PROPERTY_NOISE) && !(value >= p->minimum && value <= p->maximum))
        fuzz_violation("%s: %g is out of range", p->name, value);
}

/* Written and read again it is the same to the last bit, and so is its text. */
static void check_again(const Settings *s, const Property *p) {
    char text[SETTING_TEXT_MAX], twice[SETTING_TEXT_MAX];
    Settings again;
    Status status = {0};
    settings_default(&again);
    property_format(s, p, text);
    if (!property_parse(&again, p, text, &status))
        fuzz_violation("%s: '%s' was written and is refused: %s", p->name, text, status.message);
    property_format(&again, p, twice);
    if (strcmp(text, twice) != 0 || !property_same(s, &again, p))
        fuzz_violation("%s: '%s' becomes '%s'", p->name, text, twice);
    Settings copy;
    settings_default(&copy);
    property_copy(&copy, s, p);
    const char *one = (const char *)&copy + p->offset, *other = (const char *)&again + p->offset;
    size_t size = p->kind == KIND_REAL ? sizeof(double) : p->kind == KIND_SWITCH ? sizeof(bool) : sizeof(int);
    if (!property_is_list(p) && memcmp(one, other, size) != 0 && !(p->id == PROPERTY_NOISE && text[0] == 'a'))
        fuzz_violation("%s: '%s' has other bits", p->name, text);
    if (memcmp(copy.hidden, again.hidden, sizeof copy.hidden) != 0 || copy.hidden_count != again.hidden_count ||
        memcmp(copy.centroids, again.centroids, sizeof copy.centroids) != 0 ||
        copy.centroid_count != again.centroid_count)
        fuzz_violation("%s: '%s' has other bits", p->name, text);
}

static void try_setting(const Property *p, const char *text) {
    Settings s, before;
    Status status = {0};
    settings_default(&s);
    before = s;
    if (!property_parse(&s, p, text, &status)) {
        fuzz_refused(&status);
        check_unchanged(&s, &before);
        return;
    }
    check_range(&s, p);
    check_again(&s, p);
    if (!settings_check(&s, &status))
        fuzz_refused(&status);
}

static void try_other_run(const char *text) {
    Settings s, before;
    Status status = {0};
    settings_default(&s);
    before = s;
    if (!other_run_parse(&s, text, &status)) {
        fuzz_refused(&status);
        check_unchanged(&s, &before);
    } else if (!settings_check(&s, &status)) {
        fuzz_violation("settings that are refused: %s", status.message);
    }
}

void fuzz_one(const uint8_t *data, size_t size) {
    if (size < 1)
        return;
    char *text = fuzz_text(data + 1, size - 1);
    if (data[0] >= PROPERTY_COUNT && data[0] % 2)
        try_other_run(text);
    else
        try_setting(&PROPERTIES[data[0] % PROPERTY_COUNT], text);
    free(text);
}
