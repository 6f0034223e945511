/* What the runs of a text need to know of code points: which belong together, which are emoji, and in which order they
 * stand. Scripts, categories and combining classes are HarfBuzz's. */
#ifndef EASYFIRST_TEXT_LETTERS_H
#define EASYFIRST_TEXT_LETTERS_H

#include <hb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Letter {
    uint32_t code;
    hb_script_t script; /* a common one's is that of the letter before it, or else after it */
    uint16_t start;     /* its first byte */
    bool joins;         /* one cluster with the letter before it: what a reader takes for one sign */
    uint8_t level;      /* embedding level of the bidirectional algorithm; odd: right to left */
} Letter;

/* Of well-formed UTF-8, at most `most` letters; returns how many. */
int letters_read(const char *utf8, size_t length, Letter *letters, int most);

/* Sets `joins`: combining marks, variation selectors, joiners and what they join, flags, skin tones, Hangul jamo, and
 * the letters of a conjunct. Roughly the extended grapheme clusters of Unicode's annex 29. */
void letters_join(Letter *letters, int count);

/* Sets `script`. */
void letters_script(Letter *letters, int count);

/* Sets `level` by the implicit rules of Unicode's annex 9 (W1 to W7, N0 to N2, I1, I2, L1). Left out: explicit
 * embeddings and isolates, which count as nothing, and rare brackets. The text goes in the direction of its first
 * strong letter; a sentence always from left to right. An ellipsis at the end goes with what it cuts. */
void letters_order(Letter *letters, int count, bool sentence);

/* Whether a cluster is to be drawn as emoji. */
bool letters_are_emoji(const Letter *cluster, int count);
/* Joiners, variation selectors and direction marks: nothing to see, whatever the font. */
bool letter_is_invisible(uint32_t code);

#endif
