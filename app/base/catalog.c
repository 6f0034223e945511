#include "app/base/catalog.h"

#include "app/base/file_open.h"
#include "app/base/plural.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST (16u << 20)
#define MAGIC 0x950412deu
#define HEAD 20 /* bytes: magic, revision, count, and where the tables of originals and translations are */

struct Catalog {
    char *bytes;
    size_t size;
    bool swapped; /* of the other byte order */
    uint32_t count, originals, translations;
    int forms; /* of plurals */
    const char *rule;
};

static uint32_t word_at(const Catalog *c, size_t place) {
    uint32_t word;
    memcpy(&word, c->bytes + place, sizeof word);
    return c->swapped ? __builtin_bswap32(word) : word;
}

/* The i-th string of a table of lengths and places. */
static const char *string_at(const Catalog *c, uint32_t table, uint32_t i, size_t *length) {
    *length = word_at(c, table + 8 * (size_t)i);
    return c->bytes + word_at(c, table + 8 * (size_t)i + 4);
}

static bool table_fits(const Catalog *c, uint32_t table) {
    if (table > c->size || c->count > (c->size - table) / 8)
        return false;
    for (uint32_t i = 0; i < c->count; i++) {
        size_t length = word_at(c, table + 8 * (size_t)i), place = word_at(c, table + 8 * (size_t)i + 4);
        if (place >= c->size || length >= c->size - place || c->bytes[place + length] != '\0')
            return false;
    }
    return true;
}

static bool in_order(const Catalog *c) {
    size_t length;
    for (uint32_t i = 1; i < c->count; i++)
        if (strcmp(string_at(c, c->originals, i - 1, &length), string_at(c, c->originals, i, &length)) >= 0)
            return false;
    return true;
}

static bool understood(Catalog *c) {
    uint32_t magic = c->size >= HEAD ? word_at(c, 0) : 0;
    c->swapped = magic == __builtin_bswap32(MAGIC);
    if ((magic != MAGIC && !c->swapped) || word_at(c, 4) >> 16 != 0)
        return false;
    c->count = word_at(c, 8);
    c->originals = word_at(c, 12);
    c->translations = word_at(c, 16);
    if (!table_fits(c, c->originals) || !table_fits(c, c->translations) || !in_order(c))
        return false;
    const char *header = catalog_find(c, NULL, ""); /* what is said of the catalog stands as the words for "" */
    int form;
    if (!header || !strstr(header, "charset=UTF-8"))
        return false;
    c->forms = plural_forms(header, &c->rule);
    return c->forms == 0 || plural_choose(c->rule, c->forms, 1, &form);
}

static bool read_file(Catalog *c, const char *path, Status *status) {
    const char *why;
    c->bytes = file_read(path, LARGEST, &c->size, &why);
    return c->bytes || status_fail(status, STATUS_FAILED, "%s: cannot read it: %s", path, why);
}

Catalog *catalog_read(const char *path, Status *status) {
    Catalog *c = calloc(1, sizeof *c);
    if (!c) {
        status_no_memory(status, "the language's words");
        return NULL;
    }
    bool done = read_file(c, path, status);
    if (done && !understood(c))
        done = status_fail(status, STATUS_FAILED, "%s: not a catalog of words as msgfmt writes it", path);
    if (done)
        return c;
    catalog_free(c);
    return NULL;
}

void catalog_free(Catalog *c) {
    if (!c)
        return;
    free(c->bytes);
    free(c);
}

/* Compares with context, \4 and text, as a catalog has them in one; without a context, with the text. */
static int compare(const char *original, const char *context, const char *english) {
    if (!context)
        return strcmp(original, english);
    size_t length = strlen(context);
    int order = strncmp(original, context, length);
    if (order == 0)
        order = (unsigned char)original[length] - '\4';
    return order ? order : strcmp(original + length + 1, english);
}

/* Place in the table, or count. */
static uint32_t find(const Catalog *c, const char *context, const char *english) {
    uint32_t low = 0, high = c->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        size_t length;
        int order = compare(string_at(c, c->originals, middle, &length), context, english);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return c->count;
}

const char *catalog_find(const Catalog *c, const char *context, const char *english) {
    uint32_t i = find(c, context, english);
    size_t length;
    const char *found = i < c->count ? string_at(c, c->translations, i, &length) : NULL;
    return found && found[0] ? found : NULL;
}

const char *catalog_find_plural(const Catalog *c, const char *one, size_t n) {
    uint32_t i = find(c, NULL, one);
    int form;
    if (i == c->count || c->forms == 0 || !plural_choose(c->rule, c->forms, n, &form))
        return NULL;
    size_t length;
    const char *found = string_at(c, c->translations, i, &length), *end = found + length;
    for (; form > 0 && found < end; form--)
        found += strlen(found) + 1;
    return found < end && found[0] ? found : NULL;
}
