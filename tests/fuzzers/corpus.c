#define _GNU_SOURCE /* getline */
#include "tests/fuzzers/corpus.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static FILE *opened(const char *path, const char *mode) {
    FILE *stream = fopen(path, mode);
    if (!stream) {
        perror(path);
        exit(2);
    }
    return stream;
}

void corpus_add(Corpus *corpus, const void *bytes, size_t size) {
    if ((corpus->count & (corpus->count - 1)) == 0) /* room for twice as many */
        corpus->inputs = realloc(corpus->inputs, (2 * corpus->count + 1) * sizeof *corpus->inputs);
    uint8_t *copy = malloc(size + 1);
    if (!corpus->inputs || !copy)
        abort();
    memcpy(copy, bytes, size);
    corpus->inputs[corpus->count++] = (FuzzInput){copy, size};
}

void corpus_free(Corpus *corpus) {
    for (size_t i = 0; i < corpus->count; i++)
        free(corpus->inputs[i].bytes);
    free(corpus->inputs);
    *corpus = (Corpus){0};
}

/* ---- lines ---- */

/* Puts what escapes stand for in their place, up to the end of the line or a quote; the size. */
static size_t unescape(char *line) {
    size_t size = 0;
    for (const char *c = line; *c && *c != '\n' && *c != '"'; c++) {
        unsigned byte;
        char value = *c;
        if (*c == '\\' && c[1] == 'x' && sscanf(c + 2, "%2x", &byte) == 1) {
            value = (char)byte;
            c += 3;
        } else if (*c == '\\' && c[1]) {
            c++;
            value = *c == 'n' ? '\n' : *c == 't' ? '\t' : *c;
        }
        line[size++] = value;
    }
    return size;
}

static void put_escaped(FILE *stream, const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        uint8_t c = bytes[i];
        if (c == '\n')
            fputs("\\n", stream);
        else if (c == '\t')
            fputs("\\t", stream);
        else if (c == '\\' || c == '"')
            fprintf(stream, "\\%c", c);
        else if (c >= 0x20 && c < 0x7f && !(i == 0 && c == '#'))
            fputc(c, stream);
        else
            fprintf(stream, "\\x%02x", c);
    }
    fputc('\n', stream);
}

void corpus_read(Corpus *corpus, const char *path) {
    FILE *stream = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    while (stream && getline(&line, &room, stream) > 0) {
        char *begin = line[0] == '"' ? line + 1 : line;
        if (line[0] != '#' && line[0] != '\n')
            corpus_add(corpus, begin, unescape(begin));
    }
    free(line);
    if (stream)
        fclose(stream);
}

/* ---- files ---- */

void corpus_unpack(const Corpus *corpus, const char *folder) {
    for (size_t i = 0; i < corpus->count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%03zu", folder, i);
        FILE *stream = opened(path, "wb");
        fwrite(corpus->inputs[i].bytes, 1, corpus->inputs[i].size, stream);
        fclose(stream);
    }
}

static int by_size(const void *a, const void *b) {
    const FuzzInput *one = a, *other = b;
    if (one->size != other->size)
        return one->size < other->size ? -1 : 1;
    return memcmp(one->bytes, other->bytes, one->size);
}

static void read_folder(Corpus *corpus, const char *folder) {
    DIR *files = opendir(folder);
    for (struct dirent *entry; files && (entry = readdir(files));) {
        char path[4096];
        static uint8_t bytes[1 << 16];
        struct stat info;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
            continue;
        FILE *stream = opened(path, "rb");
        corpus_add(corpus, bytes, fread(bytes, 1, sizeof bytes, stream));
        fclose(stream);
    }
    if (files)
        closedir(files);
}

/* The comment at the top of a corpus; to be freed. */
static char *read_comment(const char *path) {
    FILE *stream = fopen(path, "r");
    char *line = NULL, *comment = calloc(1, 1);
    size_t room = 0, size = 0;
    ssize_t length;
    while (stream && (length = getline(&line, &room, stream)) > 0 && line[0] == '#') {
        comment = realloc(comment, size + (size_t)length + 1);
        memcpy(comment + size, line, (size_t)length + 1);
        size += (size_t)length;
    }
    free(line);
    if (stream)
        fclose(stream);
    return comment;
}

void corpus_pack(const char *path, const char *folder) {
    Corpus corpus = {0};
    char *comment = read_comment(path);
    read_folder(&corpus, folder);
    qsort(corpus.inputs, corpus.count, sizeof *corpus.inputs, by_size);
    FILE *stream = opened(path, "w");
    fputs(comment, stream);
    for (size_t i = 0; i < corpus.count; i++)
        if (corpus.inputs[i].size > 0 && (i == 0 || by_size(&corpus.inputs[i - 1], &corpus.inputs[i]) != 0))
            put_escaped(stream, corpus.inputs[i].bytes, corpus.inputs[i].size);
    fclose(stream);
    free(comment);
    corpus_free(&corpus);
}
