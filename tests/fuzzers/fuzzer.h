/* A fuzzer tries one input on one reader, and breaks off where something that was promised does not hold.
 * fuzzers/READER.c is one, READER.corpus and .kept its inputs and READER.dict its words (corpus.h). Each is built
 * twice: with libFuzzer, which looks for inputs that go new ways (EASYFIRST_FUZZ, tests/fuzz), and in every other build
 * with replay.c, which tries the corpus, and changes of it that a seed says (a test). */
#ifndef EASYFIRST_FUZZER_H
#define EASYFIRST_FUZZER_H

#include "core/status.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { FUZZ_LARGEST = 1 << 16 }; /* bytes of an input */

/* ---- what each reader's fuzzer has ---- */

void fuzz_one(const uint8_t *data, size_t size);
/* Bytes that reading may take at a time: so many, and so many for each byte of the input. What a file merely claims to
 * have takes none. */
extern const size_t FUZZ_ROOM, FUZZ_ROOM_EACH;
/* Makes an input from a seed, at most FUZZ_LARGEST / 2 bytes, where a corpus would be too large; returns its size. 0:
 * the corpus is enough (the default). */
size_t fuzz_begin(uint32_t seed, uint8_t *input);

/* ---- and may use ---- */

/* What follows is not reading any longer: what was read is made use of, which takes what it takes. */
void fuzz_reading_ends(void);

/* Says what does not hold, and aborts. */
_Noreturn void fuzz_violation(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A copy that ends with a 0 where the input ends, so that a step beyond is seen; zeros in it become blanks. To be
 * freed. */
char *fuzz_text(const uint8_t *data, size_t size);

/* Puts bytes into a file in memory, of which there are FUZZ_FILES, and returns its path. */
enum { FUZZ_FILES = 3 };
const char *fuzz_file(int file, const void *bytes, size_t size);
/* A stream to write it anew. */
FILE *fuzz_file_stream(int file);
/* What is in it; to be freed. */
char *fuzz_file_bytes(int file, size_t *size);

/* A folder of this program's own; removed with what is in it at the end. */
const char *fuzz_folder(void);
void fuzz_enter_folder(void);

/* What was said must be one line, cut to fit, that can be shown in a terminal, and not empty. */
void fuzz_line(const char *text);
/* The same of a failure, which has a code. */
void fuzz_refused(const Status *status);

/* What is said on stderr between the two must be so many such lines at most. */
void fuzz_listen(void);
void fuzz_heard(int lines);

#endif
