/* A reader's inputs as a text: a line each, in which C's escapes \n, \t, \\, \" and \xHH stand for what is no
 * printable ASCII; lines that begin with # are comments. READER.corpus has those that go ways of their own, as
 * `tests/fuzz minimise` leaves them, READER.kept whole examples and those that a fault was found with, which stay.
 * READER.dict has a word a line in quotes, as libFuzzer reads it, which knows \\, \" and \xHH alone. */
#ifndef EASYFIRST_CORPUS_H
#define EASYFIRST_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct FuzzInput {
    uint8_t *bytes; /* owned */
    size_t size;
} FuzzInput;

typedef struct Corpus { /* a zeroed one is empty */
    FuzzInput *inputs;  /* owned */
    size_t count;
} Corpus;

/* Adds a file's inputs, or a dictionary's words; none if there is no such file. */
void corpus_read(Corpus *corpus, const char *path);
void corpus_add(Corpus *corpus, const void *bytes, size_t size);
void corpus_free(Corpus *corpus);

/* Writes each input as a file of that folder, and the folder's files as a corpus; the comment at its top stays. */
void corpus_unpack(const Corpus *corpus, const char *folder);
void corpus_pack(const char *path, const char *folder);

#endif
