/* Names of steps and runs are kept in English and shown in the language of the moment. */
#include "app/experiment/run_words.h"
#include "tests/support/words_of.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_words(const char *english, const char *expected) {
    char text[RUN_WORDS_BYTES];
    run_words(english, text);
    assert_string_equal(text, expected);
}

static void names_are_translated_by_their_kind(void **state) {
    (void)state;
    WordsOf words[] = {
        {"", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"},
        {"undone: %s", "zur\u00fcckgenommen: %s"},
        {"points added", "Punkte hinzugef\u00fcgt"},
        {"before %s at epoch %s", "Epoche %2$s, vor: %1$s"},
        {"the reset", "Neubeginn"},
        {"going on from epoch %s", "weiter ab Epoche %s"},
        {"%s before %s", "%s statt %s"},
        {"Seed", "Zufallszahl"},
        {"back to %s", "zur\u00fcck zu %s"},
        {"Threshold \u03bb", "Schwelle \u03bb"},
        {"none", "keine"},
        {"Hidden layers", "Verdeckte Schichten"},
    };
    char folder[] = "/tmp/easyfirst-run-words-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_words("undone: points added", "undone: points added");
    words_of(folder, "de", words, sizeof words / sizeof *words);
    assert_words("", "");
    assert_words("points added", "Punkte hinzugef\u00fcgt");
    assert_words("undone: points added", "zur\u00fcckgenommen: Punkte hinzugef\u00fcgt");
    assert_words("undone: Threshold \u03bb", "zur\u00fcckgenommen: Schwelle \u03bb");
    assert_words("before the reset at epoch 10", "Epoche 10, vor: Neubeginn");
    assert_words("before going on from epoch 6 at epoch 10", "Epoche 10, vor: weiter ab Epoche 6");
    assert_words("seed 7 before seed 8", "Zufallszahl 7 statt Zufallszahl 8");
    assert_words("seed 8", "Zufallszahl 8");
    assert_words("hidden layers none before hidden layers 16,16",
                 "Verdeckte Schichten keine statt Verdeckte Schichten 16,16");
    assert_words("back to points of mine.csv", "zur\u00fcck zu points of mine.csv"); /* a file's name stays */
    assert_words("moons 50% off.csv", "moons 50% off.csv");
    words_of_none(folder, "de");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_translated_by_their_kind)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
