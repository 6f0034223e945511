/* Presets. */
#include "tests/fuzzers/fuzzer.h"

#include "app/experiment/commands.h"
#include "app/io/preset.h"

#include <stdlib.h>
#include <string.h>

const size_t FUZZ_ROOM = 64 << 10, FUZZ_ROOM_EACH = 8;

static void check_text(const char *text, size_t size) {
    if (strnlen(text, size) == size)
        fuzz_violation("a text that does not end");
}

/* Written and read again the settings are the same to the last bit. */
static void check_again(const Preset *p) {
    Preset again;
    Status status = {0};
    FILE *stream = fuzz_file_stream(1);
    preset_write(stream, "/tmp/mine.ini", &p->settings, p->speed);
    fclose(stream);
    size_t size;
    char *bytes = fuzz_file_bytes(1, &size);
    if (!preset_load(&again, fuzz_file(1, bytes, size), "/nowhere", &status))
        fuzz_violation("what was written is refused: %s", status.message);
    free(bytes);
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (!property_same(&p->settings, &again.settings, &PROPERTIES[i]))
            fuzz_violation("%s differs", PROPERTIES[i].name);
    if (again.speed != p->speed && !((float)again.speed == (float)p->speed))
        fuzz_violation("speed %.17g becomes %.17g", p->speed, again.speed);
}

void fuzz_one(const uint8_t *data, size_t size) {
    Preset p;
    Status status = {0};
    if (!preset_load(&p, fuzz_file(0, data, size), "/nowhere", &status)) {
        fuzz_refused(&status);
        return;
    }
    check_text(p.name, sizeof p.name);
    check_text(p.title, sizeof p.title);
    check_text(p.watch, sizeof p.watch);
    if (!(p.speed >= SPEED_MINIMUM && p.speed <= SPEED_MAXIMUM) || !settings_check(&p.settings, &status))
        fuzz_violation("speed %g, %s", p.speed, status.message);
    check_again(&p);
}
