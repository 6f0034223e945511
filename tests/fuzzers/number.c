/* Numbers as people type them, in English and where the decimal sign is a comma or longer; and in a field of the
 * window, in a range. */
#include "tests/fuzzers/fuzzer.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/ui/ui_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const size_t FUZZ_ROOM = 160 << 10, FUZZ_ROOM_EACH = 4;

/* ---- languages of the fuzzer's own, as msgfmt would write them ---- */

static void put_catalog(const char *code, const char *sign) {
    static const char HEAD[] = "Content-Type: text/plain; charset=UTF-8\n", KEY[] = "decimal sign\4.";
    char path[200], bytes[200] = {0};
    uint32_t words[] = {0x950412de,
                        0,
                        2,
                        28,
                        44,
                        0,
                        0,
                        0,
                        60,
                        sizeof KEY - 1,
                        61,
                        sizeof HEAD - 1,
                        61 + sizeof KEY,
                        (uint32_t)strlen(sign),
                        61 + sizeof KEY + sizeof HEAD};
    memcpy(bytes, words, sizeof words);
    memcpy(bytes + 61, KEY, sizeof KEY);
    memcpy(bytes + 61 + sizeof KEY, HEAD, sizeof HEAD);
    strcpy(bytes + 61 + sizeof KEY + sizeof HEAD, sign);
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), code);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/%s/LC_MESSAGES", fuzz_folder(), code);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/easyfirst.mo", fuzz_folder(), code);
    FILE *stream = fopen(path, "wb");
    if (!stream || fwrite(bytes, 1, sizeof bytes, stream) != sizeof bytes || fclose(stream) != 0)
        abort();
}

static void choose(int language) {
    static const char *const CODES[] = {"en", "de", "fa"};
    static bool made;
    Status status = {0};
    if (!made) {
        put_catalog("de", ",");
        put_catalog("fa", "\u066b");
        language_folder(fuzz_folder());
        made = true;
    }
    static int now;
    if (language != now && !language_choose(CODES[language], &status))
        fuzz_violation("%s", status.message);
    now = language;
}

/* ---- what must hold ---- */

static void check_same(double value, const char *text) {
    double again = NAN;
    if (!parse_number(text, &again) || memcmp(&value, &again, sizeof value) != 0)
        fuzz_violation("%.17g is written '%s' and read as %.17g", value, text, again);
}

/* In the fewest digits that give it back, as fields show it. */
static void check_written(double value) {
    char text[32];
    ui_exact(value, text);
    if (value != 0.0) /* -0 is shown as 0 or -0 */
        check_same(value, text);
    format_digits(value, 17, text);
    check_same(value, text);
}

#define CONTROLS "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20\21\22\23\24\25\26\27\30\31\32\33\34\35\36\37\177\302"

/* A field that the text was typed into: a number of its range, or a message and the number that was there. */
static void check_typed(const char *text) {
    static const UiRange RANGES[] = {
        {.minimum = 0.01, .maximum = 1000, .accept_minimum = 1e-9, .accept_maximum = 1e9, .logarithmic = true},
        {.minimum = 1, .maximum = 100, .accept_minimum = 1, .accept_maximum = 10000000, .integer = true},
        {.minimum = -5, .maximum = 5, .accept_minimum = -1e300, .accept_maximum = 1e300}};
    static UiState state;
    Ui ui = {.state = &state};
    if (strlen(text) >= sizeof state.text || text[strcspn(text, CONTROLS)])
        return; /* a field takes no more, and no such characters */
    strcpy(state.text, text);
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++) {
        state.message[0] = '\0';
        double value = ui_take_number(&ui, "field", &RANGES[i], 7.25);
        if (state.message[0])
            fuzz_line(state.message);
        if (state.message[0] ? value != 7.25
                             : !(value >= RANGES[i].accept_minimum && value <= RANGES[i].accept_maximum) ||
                                   (RANGES[i].integer && value != floor(value) && text[0]))
            fuzz_violation("'%s' is taken as %.17g, with '%s'", text, value, state.message);
    }
}

void fuzz_one(const uint8_t *data, size_t size) {
    if (size < 1)
        return;
    char *text = fuzz_text(data + 1, size - 1);
    double value = 17.0, c = 17.0;
    choose(data[0] % 3);
    bool good = parse_number(text, &value);
    if (good ? !isfinite(value) || is_beyond_numbers(text) : value != 17.0)
        fuzz_violation("'%s' gives %g", text, value);
    if (good)
        check_written(value);
    if (parse_number_c(text, &c) && (!good || value != c))
        fuzz_violation("'%s' is %g in C and %g in the language", text, c, value);
    check_typed(text);
    free(text);
}
