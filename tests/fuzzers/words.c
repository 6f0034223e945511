/* Short texts with a form of their own: how a file of points is read, rules of plural forms, paths that are typed. The
 * first byte says which. */
#include "tests/fuzzers/fuzzer.h"

#include "app/base/plural.h"
#include "app/io/path_list.h"
#include "app/io/points_format.h"
#include "app/io/preset.h"
#include "app/io/session_file.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

const size_t FUZZ_ROOM = 64 << 10, FUZZ_ROOM_EACH = 64;

/* What is told is kept as it was told; what is refused changes nothing. */
static void try_format(int text, const char *value) {
    PointsFormat format = {0}, copy;
    Status status = {0};
    bool told = points_format_tell(&format, text, value);
    const char *kept = points_format_text(&format, text);
    if (told ? !kept || strcmp(kept, value) != 0 : kept != NULL)
        fuzz_violation("%s: '%s' is not what was told", POINTS_TEXT_NAMES[text], value);
    if (!points_format_copy(&copy, &format, &status) || !points_format_same(&copy, &format))
        fuzz_violation("%s: a copy differs", POINTS_TEXT_NAMES[text]);
    points_format_free(&copy);
    points_format_free(&format);
}

static void try_check(bool (*check)(const char *, Status *), const char *text) {
    Status status = {0};
    if (!check(text, &status)) {
        fuzz_refused(&status);
        if (status.code != STATUS_USAGE)
            fuzz_violation("'%s': another code", text);
    }
}

/* A word is one however it is written, and so is each of the list. */
static void try_missing(char *text) {
    char *word = strchr(text, '\n');
    if (!word)
        return;
    *word++ = '\0';
    size_t length = strlen(word);
    bool missing = points_is_missing(text, word, length);
    for (char *c = word; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
    if (points_is_missing(text, word, length) != missing)
        fuzz_violation("'%s' depends on its case", word);
}

static void try_plural(const char *header) {
    const char *rule;
    int forms = plural_forms(header, &rule), form;
    if (forms < 0 || forms > PLURAL_FORMS)
        fuzz_violation("%d forms", forms);
    for (unsigned long n = 0; forms > 0 && n < 40; n++)
        if (plural_choose(rule, forms, n, &form) && (form < 0 || form >= forms))
            fuzz_violation("form %d of %d", form, forms);
}

static void try_path(const char *text) {
    char *whole = path_expand(text), *shown = path_shown(whole), *again = path_expand(shown);
    if (strcmp(whole, again) != 0)
        fuzz_violation("'%s' is shown as '%s', which is '%s'", whole, shown, again);
    free(whole);
    free(shown);
    free(again);
    session_is_file(text);
    preset_is_file(text);
    PathList list = {0};
    Status status = {0};
    if (!path_list_follow(&list, text, &status))
        fuzz_refused(&status);
    char *completed = path_list_complete(&list, text);
    if (strncmp(completed, text, strlen(text)) != 0 && list.matches == 0)
        fuzz_violation("'%s' is completed to '%s'", text, completed);
    free(completed);
    path_list_free(&list);
}

static void try_utf8(const char *text) {
    size_t bytes, length = strlen(text);
    for (size_t at = 0; at < length; at += bytes) {
        utf8_letter(text + at, length - at, &bytes);
        if (bytes == 0 || bytes > length - at)
            fuzz_violation("a character of %zu bytes", bytes);
    }
    for (size_t most = 0; most <= length && most < 40; most++)
        if (utf8_whole(text, most) > most)
            fuzz_violation("more than %zu bytes", most);
}

static bool check_name(const char *name, Status *status) {
    return preset_check_name(name, "/nowhere", status);
}

void fuzz_one(const uint8_t *data, size_t size) {
    static bool (*const CHECKS[])(const char *, Status *) = {points_columns_check, points_delimiter_check, check_name};
    if (size < 1)
        return;
    fuzz_enter_folder();
    setenv("HOME", fuzz_folder(), 1);
    char *text = fuzz_text(data + 1, size - 1);
    int what = data[0] % 13;
    if (what < POINTS_TEXTS)
        try_format(what, text);
    else if (what < 9)
        try_check(CHECKS[what - POINTS_TEXTS], text);
    else if (what == 9)
        try_missing(text);
    else if (what == 10)
        try_plural(text);
    else if (what == 11)
        try_utf8(text);
    else if (strlen(text) < 300 && text[0] != '/' && !strstr(text, "..")) /* in that folder, which is empty */
        try_path(text);
    free(text);
}
