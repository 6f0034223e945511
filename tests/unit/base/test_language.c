/* Catalogs of words, rules of plural forms, and which language is chosen. */
#include "app/base/catalog.h"
#include "app/base/language.h"
#include "app/base/plural.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- catalogs of the test's own: FOLDER/LANGUAGE/LC_MESSAGES/easyfirst.mo ---- */

static char folder[64];
static const char *const CODES[] = {"zh_CN", "zh_TW", "de", "ru", "pt_BR"};
enum { CODES_COUNT = sizeof CODES / sizeof *CODES };

typedef struct Pair {
    const char *original, *translation; /* in order; lengths apart, as plural forms have a 0 between them */
    size_t original_length, translation_length;
} Pair;

#define PAIR(original, translation)                                                                                    \
    { original, translation, sizeof(original) - 1, sizeof(translation) - 1 }

/* Russian's, as the words are: three forms. */
static const Pair WORDS[] = {
    PAIR("", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : "
             "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;\n"),
    PAIR("%zu point\0%zu points", "%zu a\0%zu b\0%zu c"),
    PAIR("No such file or directory", "kein Ort"),
    PAIR("Open", "auf"),
    PAIR("button\4Open", "Knopf"),
    PAIR("cannot read %s", "%s liest sich nicht"),
    PAIR("untranslated", ""),
    PAIR("without a first form", "\0later"),
};
enum { WORDS_COUNT = sizeof WORDS / sizeof *WORDS };

#define LARGEST 4096

static void put_word(char *at, uint32_t word, bool swapped) {
    word = swapped ? __builtin_bswap32(word) : word;
    memcpy(at, &word, sizeof word);
}

static size_t put_text(char *bytes, size_t table, size_t i, size_t end, const char *text, size_t length, bool swapped) {
    put_word(bytes + table + 8 * i, (uint32_t)length, swapped);
    put_word(bytes + table + 8 * i + 4, (uint32_t)end, swapped);
    memcpy(bytes + end, text, length);
    bytes[end + length] = '\0';
    return end + length + 1;
}

/* As msgfmt lays it out, but without a table of hashes. */
static size_t make_catalog(char bytes[LARGEST], const Pair *pairs, size_t count, bool swapped) {
    size_t originals = 28, translations = originals + 8 * count, end = translations + 8 * count;
    const uint32_t head[7] = {0x950412de, 0, (uint32_t)count, (uint32_t)originals, (uint32_t)translations, 0, 0};
    for (size_t i = 0; i < 7; i++)
        put_word(bytes + 4 * i, head[i], swapped);
    for (size_t i = 0; i < count; i++)
        end = put_text(bytes, originals, i, end, pairs[i].original, pairs[i].original_length, swapped);
    for (size_t i = 0; i < count; i++)
        end = put_text(bytes, translations, i, end, pairs[i].translation, pairs[i].translation_length, swapped);
    assert_true(end <= LARGEST);
    return end;
}

static void path_of(char path[256], const char *code) {
    snprintf(path, 256, "%s/%s/LC_MESSAGES/easyfirst.mo", folder, code);
}

static void write_bytes(const char *path, const char *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/easyfirst-test-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    char bytes[LARGEST], path[256];
    size_t size = make_catalog(bytes, WORDS, WORDS_COUNT, false);
    for (size_t i = 0; i < CODES_COUNT; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, CODES[i]);
        mkdir(path, 0700);
        strcat(path, "/LC_MESSAGES");
        mkdir(path, 0700);
        path_of(path, CODES[i]);
        write_bytes(path, bytes, size);
    }
    language_folder(folder);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* ---- plural forms ---- */

static const unsigned long COUNTS[] = {0,   1,   2,   3,   4,   5,   6,   7,    8,    9,    10,   11,      12,     13,
                                       14,  15,  16,  17,  18,  19,  20,  21,   22,   23,   24,   25,      26,     27,
                                       28,  29,  30,  31,  99,  100, 101, 102,  103,  104,  105,  110,     111,    112,
                                       119, 120, 121, 122, 199, 200, 201, 1000, 1001, 1002, 1011, 1000000, 1000001};
enum { COUNTS_COUNT = sizeof COUNTS / sizeof *COUNTS };

/* The rules that gettext's manual and its teams use; the forms of COUNTS as another program has them: Python's
 * gettext.c2py(rule). */
static const struct {
    const char *code;
    int forms;
    const char *rule, *chosen;
} RULES[] = {
    {"ar", 6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5",
     "0123333333344444444444444444444445553333444444455555455"},
    {"cs", 3, "(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2", "2011122222222222222222222222222222222222222222222222222"},
    {"de", 2, "n != 1", "1011111111111111111111111111111111111111111111111111111"},
    {"fr", 2, "n > 1", "0011111111111111111111111111111111111111111111111111111"},
    {"ga", 5, "n==1 ? 0 : n==2 ? 1 : (n>2 && n<7) ? 2 :(n>6 && n<11) ? 3 : 4",
     "4012222333344444444444444444444444444444444444444444444"},
    {"ja", 1, "0", "0000000000000000000000000000000000000000000000000000000"},
    {"lt", 3, "n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2",
     "2011111111222222222220111111112012011112222201120201220"},
    {"mk", 2, "n==1 || n%10==1 ? 0 : 1", "1011111111101111111110111111111011011111011101110101010"},
    {"pl", 3, "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2",
     "2011122222222222222222111222222222211122222221222221222"},
    {"ru", 3, "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2",
     "2011122222222222222220111222222022011122222201220201220"},
    {"sl", 4, "n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3",
     "3012233333333333333333333333333333012233333333330301330"},
    {"zh", 1, "0", "0000000000000000000000000000000000000000000000000000000"},
};

static void the_forms_of_twelve_languages(void **state) {
    (void)state;
    for (size_t r = 0; r < sizeof RULES / sizeof *RULES; r++) {
        char header[256];
        const char *rule;
        snprintf(header, sizeof header, "Language: %s\nPlural-Forms: nplurals=%d; plural=%s;\nX: y\n", RULES[r].code,
                 RULES[r].forms, RULES[r].rule);
        assert_int_equal(plural_forms(header, &rule), RULES[r].forms);
        for (size_t i = 0; i < COUNTS_COUNT; i++) {
            int form;
            assert_true(plural_choose(rule, RULES[r].forms, COUNTS[i], &form));
            assert_int_equal(form, RULES[r].chosen[i] - '0');
        }
    }
}

static void operators_bind_as_in_c(void **state) {
    (void)state;
    static const struct {
        const char *rule, *chosen; /* of n = 1 to 15, as Python's gettext.c2py has them */
    } CASES[] = {{"n*3+1-n/2 > 5 ? 1 : 0;", "011111111111111"},
                 {"!(n%2) && n>4 || n==3;", "001001010101010"},
                 {"n-1 < 2;", "110000000000000"},
                 {"2*n%3;", "210210210210210"},
                 {"n<3==1;", "110000000000000"},
                 {"1?n>1?1:0:2;", "011111111111111"}};
    for (size_t c = 0; c < sizeof CASES / sizeof *CASES; c++)
        for (unsigned long n = 1; n <= 15; n++) {
            int form;
            assert_true(plural_choose(CASES[c].rule, 3, n, &form));
            assert_int_equal(form, CASES[c].chosen[n - 1] - '0');
        }
}

static void rules_that_are_none_are_refused(void **state) {
    (void)state;
    static const char *const RULE[] = {
        "",
        ";",
        "3;",
        "1 2;",
        "n/0;",
        "n%(n-n);",
        "(n;",
        "n);",
        "n?1;",
        "n?1:;",
        "n &;",
        "n & 1;",
        "m;",
        "n == ;",
        "-1;",
        "n-2;",
        "0x1;",
        "((((((((((((((((((((((((((((((((((((((((0))))))))))))))))))))))))))))))))))))))));",
        "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!0;"};
    for (size_t i = 0; i < sizeof RULE / sizeof *RULE; i++) {
        int form;
        if (plural_choose(RULE[i], 3, 1, &form))
            fail_msg("'%s' is taken", RULE[i]);
    }
    static const char *const HEADER[] = {"", "Plural-Forms: plural=0;", "Plural-Forms: nplurals=0; plural=0;",
                                         "Plural-Forms: nplurals=99; plural=0;", "nplurals=2; plural=0;"};
    const char *rule;
    for (size_t i = 0; i < sizeof HEADER / sizeof *HEADER; i++)
        assert_int_equal(plural_forms(HEADER[i], &rule), 0);
}

/* ---- catalogs ---- */

static void words_are_found_in_either_byte_order(void **state) {
    (void)state;
    char bytes[LARGEST], path[256];
    snprintf(path, sizeof path, "%s/one.mo", folder);
    for (int swapped = 0; swapped <= 1; swapped++) {
        write_bytes(path, bytes, make_catalog(bytes, WORDS, WORDS_COUNT, swapped));
        Status status = {0};
        Catalog *c = catalog_read(path, &status);
        assert_non_null(c);
        assert_string_equal(catalog_find(c, NULL, "Open"), "auf");
        assert_string_equal(catalog_find(c, "button", "Open"), "Knopf");
        assert_null(catalog_find(c, "menu", "Open"));
        assert_null(catalog_find(c, NULL, "Close"));
        assert_null(catalog_find(c, NULL, "untranslated"));
        assert_null(catalog_find(c, NULL, "without a first form"));
        assert_null(catalog_find_plural(c, "without a first form", 1));
        assert_string_equal(catalog_find_plural(c, "%zu point", 21), "%zu a");
        assert_string_equal(catalog_find_plural(c, "%zu point", 2), "%zu b");
        assert_string_equal(catalog_find_plural(c, "%zu point", 11), "%zu c");
        assert_null(catalog_find_plural(c, "Open", 2)); /* it has one form alone */
        catalog_free(c);
    }
    unlink(path);
}

/* Cut at each length; tests/fuzzers/catalog.c has what is broken otherwise. */
static void cut_catalogs_are_refused(void **state) {
    (void)state;
    char bytes[LARGEST], path[256];
    snprintf(path, sizeof path, "%s/broken.mo", folder);
    size_t size = make_catalog(bytes, WORDS, WORDS_COUNT, false);
    for (size_t length = 0; length < size; length++) {
        write_bytes(path, bytes, length);
        Status status = {0};
        assert_null(catalog_read(path, &status));
        assert_int_equal(status.code, STATUS_FAILED);
        assert_non_null(strstr(status.message, "broken.mo"));
    }
    unlink(path);
}

static void catalogs_of_others_are_refused(void **state) {
    (void)state;
    static const Pair LATIN[] = {PAIR("", "Content-Type: text/plain; charset=ISO-8859-1\n")};
    static const Pair DESCENDS[] = {PAIR("", "Content-Type: text/plain; charset=UTF-8\n"), PAIR("b", "B"),
                                    PAIR("a", "A")};
    static const Pair RULE[] = {PAIR("", "charset=UTF-8\nPlural-Forms: nplurals=2; plural=n/0;\n")};
    static const struct {
        const Pair *pairs;
        size_t count;
    } CASES[] = {{LATIN, 1}, {DESCENDS, 3}, {RULE, 1}};
    char bytes[LARGEST], path[256];
    snprintf(path, sizeof path, "%s/other.mo", folder);
    Status status = {0};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        write_bytes(path, bytes, make_catalog(bytes, CASES[i].pairs, CASES[i].count, false));
        assert_null(catalog_read(path, &status));
    }
    unlink(path);
    assert_null(catalog_read(path, &status));
    assert_null(catalog_read(folder, &status));
    catalog_free(NULL);
}

/* ---- languages ---- */

static void words_follow_the_language(void **state) {
    (void)state;
    Status status = {0};
    assert_string_equal(tr("Open"), "Open");
    assert_string_equal(trn("%zu point", "%zu points", 1), "%zu point");
    assert_string_equal(trn("%zu point", "%zu points", 0), "%zu points");
    assert_true(language_choose("de", &status));
    assert_string_equal(tr("Open"), "auf");
    assert_string_equal(trc("button", "Open"), "Knopf");
    assert_string_equal(trn("%zu point", "%zu points", 21), "%zu a");
    assert_string_equal(tr("not in the catalog"), "not in the catalog");
    assert_string_equal(tr(""), ""); /* a catalog has its header there */
    assert_string_equal(tr_error(ENOENT), "kein Ort");
    assert_false(status_fail(&status, STATUS_FAILED, "cannot read %s", "x.csv"));
    assert_string_equal(status.message, "x.csv liest sich nicht");
    assert_true(language_choose("en", &status));
    assert_string_equal(tr("Open"), "Open");
    assert_false(status_fail(&status, STATUS_FAILED, "cannot read %s", "x.csv"));
    assert_string_equal(status.message, "cannot read x.csv");
}

static void a_language_is_chosen_by_its_code(void **state) {
    (void)state;
    static const struct {
        const char *asked, *code; /* NULL: refused */
    } CASES[] = {{"zh_CN", "zh_CN"},
                 {"zh-cn", "zh_CN"},
                 {"ZH_cn", "zh_CN"},
                 {"zh_CN.UTF-8", "zh_CN"},
                 {"zh", "zh_CN"},
                 {"zh_TW", "zh_TW"},
                 {"de", "de"},
                 {"de_AT", "de"},
                 {"de-AT@euro", "de"},
                 {"pt", "pt_BR"},
                 {"ru_RU.KOI8-R", "ru"},
                 {"en", "en"},
                 {"en_GB", "en"},
                 {"fr", NULL},
                 {"", NULL},
                 {"d", NULL},
                 {"../de", NULL},
                 {"deutsch", NULL},
                 {"_", NULL}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Status status = {0};
        assert_true(language_choose("ru", &status));
        bool chosen = language_choose(CASES[i].asked, &status);
        if (chosen != (CASES[i].code != NULL))
            fail_msg("'%s': %s", CASES[i].asked, chosen ? language_now() : "refused");
        assert_string_equal(language_now(), CASES[i].code ? CASES[i].code : "ru"); /* it stays */
        if (!chosen)
            assert_int_equal(status.code, STATUS_USAGE);
    }
    Status status = {0};
    language_choose("en", &status);
    assert_false(language_choose("fr", &status));
    assert_string_equal(status.message, "there is no language 'fr'; there are en, de, pt_BR, ru, zh_CN, zh_TW");
}

static void the_environment_is_read_as_gettext_reads_it(void **state) {
    (void)state;
    static const char *const NAMES[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    static const struct {
        const char *values[4], *code;
    } CASES[] = {
        {{NULL, NULL, NULL, NULL}, "en"},
        {{NULL, NULL, NULL, "C"}, "en"},
        {{NULL, NULL, NULL, "POSIX"}, "en"},
        {{NULL, NULL, NULL, "C.UTF-8"}, "en"},
        {{NULL, NULL, NULL, "zh_CN.UTF-8"}, "zh_CN"},
        {{NULL, NULL, NULL, "zh_CN.GB18030"}, "zh_CN"},
        {{NULL, NULL, NULL, "zh"}, "zh_CN"},
        {{NULL, NULL, NULL, "de_AT.UTF-8"}, "de"},
        {{NULL, NULL, NULL, "de_DE@euro"}, "de"},
        {{NULL, NULL, NULL, "fr_FR.UTF-8"}, "en"},
        {{NULL, NULL, NULL, "en_GB.UTF-8"}, "en"},
        {{NULL, NULL, "ru_RU.UTF-8", "de_DE.UTF-8"}, "ru"},
        {{NULL, "zh_TW.UTF-8", "ru_RU.UTF-8", "de_DE.UTF-8"}, "zh_TW"},
        {{NULL, "C", "ru_RU.UTF-8", "de_DE.UTF-8"}, "en"},
        {{NULL, "", "", "de_DE.UTF-8"}, "de"}, /* empty is not set */
        {{"ru", NULL, NULL, "de_DE.UTF-8"}, "ru"},
        {{"fr:zh_CN:de", NULL, NULL, "de_DE.UTF-8"}, "zh_CN"}, /* the first that there is */
        {{"fr:en:de", NULL, NULL, "de_DE.UTF-8"}, "en"},
        {{"de", NULL, NULL, "en_US.UTF-8"}, "de"},
        {{"en_GB:de", NULL, NULL, "de_DE.UTF-8"}, "en"},
        {{"de", NULL, NULL, "C"}, "en"}, /* a locale that asks for none */
        {{"de", "POSIX", NULL, "ru_RU.UTF-8"}, "en"},
        {{"", NULL, NULL, "ru_RU.UTF-8"}, "ru"},
        {{":::", NULL, NULL, "ru_RU.UTF-8"}, "en"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Status status = {0};
        assert_true(language_choose("en", &status));
        for (size_t k = 0; k < 4; k++)
            if (CASES[i].values[k])
                setenv(NAMES[k], CASES[i].values[k], 1);
            else
                unsetenv(NAMES[k]);
        language_from_environment();
        if (strcmp(language_now(), CASES[i].code) != 0)
            fail_msg("case %zu: %s, not %s", i, language_now(), CASES[i].code);
    }
    Status status = {0};
    language_choose("en", &status);
}

static void what_there_is_is_listed(void **state) {
    (void)state;
    char path[256];
    path_of(path, "pt_BR");
    write_bytes(path, "no catalog", 10);
    static const char *const LISTED[] = {"en", "de", "ru", "zh_CN", "zh_TW"};
    Language list[LANGUAGE_MOST];
    /* catalogs that were read before stay, whatever becomes of their files */
    size_t count = language_list(list), found = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sizeof LISTED / sizeof *LISTED; k++)
            found += strcmp(list[i].code, LISTED[k]) == 0;
    assert_int_equal(found, sizeof LISTED / sizeof *LISTED);
    assert_string_equal(list[0].code, "en");
    assert_string_equal(list[0].name, "English");
    language_folder("/nowhere");
    assert_int_equal(language_list(list), 1);
    language_folder(folder);
}

/* ---- the command line ---- */

/* What the program says, and its exit code. */
static int say(char text[4096], const char *arguments) {
    char command[1024];
    snprintf(command, sizeof command, "env -u LANGUAGE LC_ALL=C '%s' %s 2>&1", EASYFIRST_BINARY, arguments);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    text[fread(text, 1, 4095, pipe)] = '\0';
    return WEXITSTATUS(pclose(pipe));
}

static void the_command_line_names_a_language(void **state) {
    (void)state;
    char text[4096];
    assert_int_equal(say(text, "--language list"), 0);
    assert_memory_equal(text, "en       English\n", 17);
    assert_non_null(strstr(text, "zh_CN    简体中文\n"));
    assert_int_equal(say(text, "--language"), 2);
    assert_string_equal(text, "easyfirst: --language: needs a value\n");
    assert_int_equal(say(text, "--language xx --help"), 2);
    assert_memory_equal(text, "easyfirst: --language: there is no language 'xx'; there are en", 62);
    assert_int_equal(say(text, "--language="), 2);
    assert_int_equal(say(text, "--language en --samples 0 --headless"), 2);
    assert_string_equal(text, "easyfirst: --samples: 0 is below 2\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_forms_of_twelve_languages),
        cmocka_unit_test(operators_bind_as_in_c),
        cmocka_unit_test(rules_that_are_none_are_refused),
        cmocka_unit_test(words_are_found_in_either_byte_order),
        cmocka_unit_test(cut_catalogs_are_refused),
        cmocka_unit_test(catalogs_of_others_are_refused),
        cmocka_unit_test(words_follow_the_language),
        cmocka_unit_test(a_language_is_chosen_by_its_code),
        cmocka_unit_test(the_environment_is_read_as_gettext_reads_it),
        cmocka_unit_test(what_there_is_is_listed),
        cmocka_unit_test(the_command_line_names_a_language),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
