/* A language made of a few words: a catalog in a scratch folder, for language_choose. */
#ifndef EASYFIRST_TEST_WORDS_OF_H
#define EASYFIRST_TEST_WORDS_OF_H

#include "app/base/language.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* english: as catalogs name it, context and "\4" before the text, singular and plural with a "\1" between, where .mo
 * files have a 0; own: likewise. */
typedef struct WordsOf {
    const char *english, *own;
} WordsOf;

static int words_of_order(const void *a, const void *b) {
    return strcmp(((const WordsOf *)a)->english, ((const WordsOf *)b)->english);
}

static void words_of_put(FILE *file, const char *text) {
    for (; *text; text++)
        fputc(*text == '\1' ? '\0' : *text, file);
    fputc('\0', file);
}

/* Writes FOLDER/CODE/LC_MESSAGES/easyfirst.mo and chooses it; words: sorted here. */
static void words_of(const char *folder, const char *code, WordsOf *words, uint32_t count) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, code);
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/%s/LC_MESSAGES", folder, code);
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/easyfirst.mo", folder, code);
    FILE *file = fopen(path, "wb");
    assert(file);
    qsort(words, count, sizeof *words, words_of_order);
    uint32_t head[7] = {0x950412de, 0, count, 28, 28 + 8 * count, 0, 0}, at = 28 + 16 * count;
    fwrite(head, sizeof head, 1, file);
    for (int own = 0; own < 2; own++)
        for (uint32_t i = 0; i < count; i++) {
            uint32_t length = (uint32_t)strlen(own ? words[i].own : words[i].english), entry[2] = {length, at};
            fwrite(entry, sizeof entry, 1, file);
            at += length + 1;
        }
    for (int own = 0; own < 2; own++)
        for (uint32_t i = 0; i < count; i++)
            words_of_put(file, own ? words[i].own : words[i].english);
    fclose(file);
    Status status = {0};
    language_folder(folder);
    if (!language_choose(code, &status)) {
        fprintf(stderr, "%s\n", status.message);
        abort();
    }
}

/* English again; the folder is removed. */
static void words_of_none(const char *folder, const char *code) {
    static const char *const PARTS[] = {"/LC_MESSAGES/easyfirst.mo", "/LC_MESSAGES", ""};
    Status status = {0};
    language_choose("en", &status);
    language_folder(NULL);
    char path[512];
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s%s", folder, code, PARTS[i]);
        remove(path);
    }
    remove(folder);
}

#endif
