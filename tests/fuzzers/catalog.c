/* Catalogs of words, as msgfmt writes them. */
#include "tests/fuzzers/fuzzer.h"

#include "app/base/catalog.h"
#include "app/base/plural.h"

#include <stdlib.h>
#include <string.h>

const size_t FUZZ_ROOM = 128 << 10, FUZZ_ROOM_EACH = 4;

static const char *const ENGLISH[] = {"",  "Open", "%zu point",   "No such file or directory", "cannot read %s", "none",
                                      "a", "b",    "untranslated"};
enum { ENGLISH_COUNT = sizeof ENGLISH / sizeof *ENGLISH };

static void check_words(const char *words, size_t size) {
    if (words && (words[0] == '\0' || strlen(words) >= size))
        fuzz_violation("words of %zu bytes in a file of %zu", strlen(words), size);
}

void fuzz_one(const uint8_t *data, size_t size) {
    Status status = {0};
    Catalog *c = catalog_read(fuzz_file(0, data, size), &status);
    if (!c) {
        fuzz_refused(&status);
        return;
    }
    for (int i = 0; i < ENGLISH_COUNT; i++) {
        check_words(catalog_find(c, NULL, ENGLISH[i]), size);
        check_words(catalog_find(c, "button", ENGLISH[i]), size);
        for (size_t n = 0; n < 12; n++)
            check_words(catalog_find_plural(c, ENGLISH[i], n), size);
    }
    catalog_free(c);
}
