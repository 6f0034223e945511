/* fuzz_READER [N [SEED]]: tries READER's corpus, then N changes of its inputs (a number of the reader's), each as a
 * number from SEED (1) on says; with SEED the changes alone. It ends at the first violation, and says how to repeat it.
 * fuzz_READER FILE... tries files. Also where libFuzzer has main: --unpack FOLDER N makes files of the corpus, and of N
 * inputs that the reader's fuzzer makes itself; --pack FOLDER makes a corpus of them. */
#include "tests/fuzzers/fuzzer.h"
#include "tests/support/mutator.h"

#include <ctype.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

/* ---- a corpus as files ---- */

static void unpack(Corpus *corpus, const char *folder, uint32_t made) {
    static uint8_t input[FUZZ_LARGEST];
    for (uint32_t i = 1; i <= made; i++) {
        size_t size = fuzz_begin(i, input);
        if (size > 0)
            corpus_add(corpus, input, size);
    }
    corpus_unpack(corpus, folder);
}

/* Whether that was what was asked for. */
static bool convert(int argc, char **argv, Corpus *corpus) {
    if (argc == 3 && strcmp(argv[1], "--pack") == 0)
        corpus_pack(FUZZ_CORPUS, argv[2]);
    else if (argc == 4 && strcmp(argv[1], "--unpack") == 0)
        unpack(corpus, argv[2], (uint32_t)strtoul(argv[3], NULL, 10));
    else
        return false;
    return true;
}

#ifdef EASYFIRST_LIBFUZZER

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    Corpus corpus = {0};
    corpus_read(&corpus, FUZZ_CORPUS);
    corpus_read(&corpus, FUZZ_KEPT);
    if (convert(*argc, *argv, &corpus))
        exit(0);
    corpus_free(&corpus);
    return 0;
}

#else

/* ---- inputs tried ---- */

static const char *program;
static uint32_t seed_now; /* 0: the corpus, or a file: */
static const char *file_now = "";
static size_t input_now;
static bool told;

/* How what breaks off now is repeated; from a signal's handler too. */
static void tell(void) {
    char text[400];
    if (told)
        return;
    told = true;
    int length = seed_now ? snprintf(text, sizeof text, "again: %s 1 %u\n", program, seed_now)
                 : file_now[0]
                     ? snprintf(text, sizeof text, "again: %s %s\n", program, file_now)
                     : snprintf(text, sizeof text, "again: %s 0 (input %zu of the corpus)\n", program, input_now);
    if (length > 0 && write(STDERR_FILENO, text, (size_t)length) < 0)
        return;
}

static void on_signal(int number) {
    tell();
    signal(number, SIG_DFL);
    raise(number);
}

/* In a copy that is just as large, so that a step beyond is seen. */
static void try_input(const uint8_t *bytes, size_t size) {
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy)
        abort();
    memcpy(copy, bytes, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void try_file(const char *path) {
    static uint8_t bytes[FUZZ_LARGEST + 1];
    FILE *stream = fopen(path, "rb");
    if (!stream) {
        perror(path);
        exit(2);
    }
    size_t size = fread(bytes, 1, sizeof bytes, stream);
    fclose(stream);
    file_now = path;
    try_input(bytes, size);
}

/* The input that a seed stands for. Those of 50 seeds are changes of one that is made, if any are. */
static size_t make_input(uint32_t seed, const Corpus *corpus, const Corpus *words, uint8_t *input) {
    static uint8_t made[FUZZ_LARGEST];
    static uint32_t made_of;
    static size_t made_size;
    Mutator m = mutator_begin(seed, corpus, words, FUZZ_LARGEST);
    if (made_of != seed / 50 + 1) {
        made_of = seed / 50 + 1;
        made_size = fuzz_begin(made_of, made);
    }
    size_t size = made_size;
    if (made_size > 0 && (corpus->count == 0 || mutator_below(&m, 4))) {
        memcpy(input, made, size);
    } else {
        const FuzzInput *from = &corpus->inputs[mutator_below(&m, corpus->count)];
        size = from->size;
        memcpy(input, from->bytes, size);
    }
    for (size_t changes = mutator_below(&m, 6); changes > 0; changes--)
        size = mutator_change(&m, input, size);
    return size;
}

static void try_changes(uint32_t count, uint32_t seed, const Corpus *corpus, const Corpus *words) {
    static uint8_t input[FUZZ_LARGEST];
    for (uint32_t i = 0; i < count; i++) {
        seed_now = seed + i;
        size_t size = make_input(seed_now, corpus, words, input);
        try_input(input, size);
        if ((i + 1) % 100000 == 0)
            fprintf(stderr, "%u\n", i + 1);
    }
}

static void replay(int argc, char **argv, const Corpus *corpus, const Corpus *words) {
    if (argc > 1 && !isdigit((unsigned char)argv[1][0])) {
        for (int i = 1; i < argc; i++)
            try_file(argv[i]);
        return;
    }
    uint32_t count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : FUZZ_TIMES;
    uint32_t seed = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1;
    size_t whole = argc > 2 ? 0 : corpus->count;
    for (input_now = 0; input_now < whole; input_now++)
        try_input(corpus->inputs[input_now].bytes, corpus->inputs[input_now].size);
    try_changes(count, seed > 0 ? seed : 1, corpus, words);
    printf("%zu of the corpus and %u changes tried\n", whole, count);
}

int main(int argc, char **argv) {
    Corpus corpus = {0}, words = {0};
    program = argv[0];
    signal(SIGABRT, on_signal);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(tell);
    else
        signal(SIGSEGV, on_signal);
    corpus_read(&corpus, FUZZ_CORPUS);
    corpus_read(&corpus, FUZZ_KEPT);
    corpus_read(&words, FUZZ_WORDS);
    if (!convert(argc, argv, &corpus))
        replay(argc, argv, &corpus, &words);
    corpus_free(&corpus);
    corpus_free(&words);
    return 0;
}

#endif
