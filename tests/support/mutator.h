/* Inputs changed at random, as libFuzzer changes them, but by a seed alone: the same in every build. */
#ifndef EASYFIRST_MUTATOR_H
#define EASYFIRST_MUTATOR_H

#include "tests/fuzzers/corpus.h"

#include <string.h>

typedef struct Mutator {
    uint32_t random;              /* never 0 */
    const Corpus *inputs, *words; /* others, of which parts are taken, and words of the format; either may be empty */
    size_t most;                  /* bytes that an input may have */
} Mutator;

static inline uint32_t mutator_next(Mutator *m) {
    m->random ^= m->random << 13;
    m->random ^= m->random >> 17;
    m->random ^= m->random << 5;
    return m->random;
}

/* 0 to limit - 1. */
static inline size_t mutator_below(Mutator *m, size_t limit) {
    return (size_t)(((uint64_t)mutator_next(m) * limit) >> 32);
}

static inline Mutator mutator_begin(uint32_t seed, const Corpus *inputs, const Corpus *words, size_t most) {
    Mutator m = {seed * 2654435761u | 1, inputs, words, most};
    for (int i = 0; i < 8; i++)
        mutator_next(&m);
    return m;
}

static inline size_t mutator_insert(const Mutator *m, uint8_t *bytes, size_t size, size_t at, const uint8_t *part,
                                    size_t length) {
    if (size + length > m->most)
        return size;
    memmove(bytes + at + length, bytes + at, size - at);
    memcpy(bytes + at, part, length);
    return size + length;
}

/* A part of `from`, short as a rule, at another place. */
static inline size_t mutator_put_part(Mutator *m, uint8_t *bytes, size_t size, const uint8_t *from, size_t of) {
    uint8_t part[1024];
    if (of == 0)
        return size;
    size_t begin = mutator_below(m, of), length = 1 + mutator_below(m, mutator_below(m, 4) ? 24 : sizeof part);
    length = length < of - begin ? length : of - begin;
    memcpy(part, from + begin, length);
    return mutator_insert(m, bytes, size, mutator_below(m, size + 1), part, length);
}

static inline size_t mutator_put_word(Mutator *m, uint8_t *bytes, size_t size, bool over) {
    if (m->words->count == 0)
        return size;
    const FuzzInput *word = &m->words->inputs[mutator_below(m, m->words->count)];
    size_t at = mutator_below(m, size + 1);
    if (!over || word->size > size - at)
        return mutator_insert(m, bytes, size, at, word->bytes, word->size);
    memcpy(bytes + at, word->bytes, word->size);
    return size;
}

static inline size_t mutator_take_out(Mutator *m, uint8_t *bytes, size_t size) {
    size_t at = mutator_below(m, size), length = 1 + mutator_below(m, mutator_below(m, 4) ? 8 : 200);
    length = length < size - at ? length : size - at;
    memmove(bytes + at, bytes + at + length, size - at - length);
    return size - length;
}

/* One change; the size that comes of it. */
static inline size_t mutator_change(Mutator *m, uint8_t *bytes, size_t size) {
    uint32_t what = (uint32_t)mutator_below(m, 16);
    if (size == 0)
        return mutator_put_word(m, bytes, size, false);
    size_t at = mutator_below(m, size);
    switch (what) {
    case 0:
        bytes[at] ^= (uint8_t)(1u << mutator_below(m, 8));
        return size;
    case 1:
        bytes[at] = (uint8_t)mutator_next(m);
        return size;
    case 2:
        bytes[at] = (uint8_t)("0123456789-+.,"[mutator_below(m, 14)]);
        return size;
    case 3:
    case 4:
    case 5:
        return mutator_take_out(m, bytes, size);
    case 6:
    case 7:
        return mutator_put_part(m, bytes, size, bytes, size);
    case 8: {
        if (m->inputs->count == 0)
            return size;
        const FuzzInput *other = &m->inputs->inputs[mutator_below(m, m->inputs->count)];
        return mutator_put_part(m, bytes, size, other->bytes, other->size);
    }
    case 9:
        return mutator_below(m, 8) ? size : at; /* the end goes */
    case 10:
        return mutator_put_word(m, bytes, size, true);
    default:
        return mutator_put_word(m, bytes, size, false);
    }
}

#endif
