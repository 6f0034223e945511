/* State as bytes, and back: what a checkpoint is made of.
 *
 * The fields of a struct are named once, by a function that hands each to one of those below, whichever way it goes:
 *
 *     static bool point_fields(Pack *pack, Point *point) {
 *         return pack_float(pack, &point->x) && pack_int(pack, &point->label, 0, MAX_CLASSES - 1);
 *     }
 *
 * Counting, they only add up (`at` is then how many bytes writing or copying takes at most, and no array is looked at);
 * writing, they append; reading, they overwrite the fields. Copying takes little more than a memcpy: what writing would
 * come to is worked out of the copy later, by whoever has time for it (pack_put_copy). Numbers are little-endian and
 * lie side by side, arrays as they are in memory. An array of PACK_SAME bytes or more that stands there already is not
 * written twice: copies of a run share most of what they have.
 *
 * Nothing that is read is believed: counts are held against the bytes that there are before memory is asked for, values
 * against their ranges. All return false from the first failure on, and then do nothing: *status tells it. What was
 * read by then is the caller's to free. */
#ifndef EASYFIRST_PACK_H
#define EASYFIRST_PACK_H

#include "core/status.h"

#include <stddef.h>
#include <stdint.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "packed numbers are as they are in memory");

#define PACK_SAME 1024

typedef enum { PACK_COUNT, PACK_WRITE, PACK_COPY, PACK_READ } PackWay;

typedef struct Pack {
    PackWay way;
    unsigned char *bytes;   /* size of them; the owner's. Reading does not change them */
    size_t size, at, asked; /* asked: bytes of memory, reading */
    bool failed;
    Status *status;
    struct PackArray *arrays; /* private: those written so far, by their contents */
    size_t array_room, array_count;
    struct PackPiece *piece; /* private: copying, the one that numbers are appended to, or NULL; */
    size_t paid, paid_bytes; /* the first that may be without its array, and bytes of that which are there */
    const unsigned char *from;
} Pack;

Pack pack_count(Status *status);
Pack pack_write(unsigned char *bytes, size_t size, Status *status); /* size: what counting has come to, or more */
Pack pack_copy(unsigned char *bytes, size_t size, Status *status);  /* likewise; aligned as malloc's */
Pack pack_read(const unsigned char *bytes, size_t size, Status *status);
void pack_end(Pack *pack); /* frees what is private */

/* Copying leaves long arrays where they are. This copies about so many bytes of them, by all threads (parallel.h); true
 * once all is there. Until then nothing that was packed may change. */
bool pack_copy_arrays(Pack *pack, size_t bytes);

/* Writes what was copied: the same bytes as if it had been written at once. copy: `at` bytes of that pack. */
bool pack_put_copy(Pack *pack, unsigned char *copy, size_t size);

/* Reading: it is not as it was written. what: "a label is out of range". */
bool pack_damaged(Pack *pack, const char *what);
bool pack_check(Pack *pack, bool good, const char *what); /* reading; otherwise it holds */
bool pack_no_memory(Pack *pack);

static inline bool pack_reads(const Pack *pack) {
    return pack->way == PACK_READ && !pack->failed;
}

bool pack_bool(Pack *pack, bool *value);
bool pack_int(Pack *pack, int *value, int least, int most);
bool pack_u32(Pack *pack, uint32_t *value, uint32_t most);
bool pack_u64(Pack *pack, uint64_t *value, uint64_t most);
bool pack_size(Pack *pack, size_t *value, size_t most);
bool pack_float(Pack *pack, float *value);                   /* finite */
bool pack_double(Pack *pack, double *value);                 /* finite */
bool pack_any_double(Pack *pack, double *value);             /* NaN and infinity, too */
bool pack_doubles(Pack *pack, double *values, size_t count); /* any */

/* count items of so many bytes each (1, 2, 4 or 8), which are numbers. */
bool pack_array(Pack *pack, void *items, size_t count, size_t size);
bool pack_floats(Pack *pack, float *values, size_t count);  /* finite */
bool pack_offsets(Pack *pack, float *values, size_t count); /* finite; none where all are 0, as they are at first */
/* In as few bytes as all of them have: most are small, or UINT32_MAX. */
bool pack_small(Pack *pack, uint32_t *values, size_t count);
/* Weights of 0 or more: as bits if all are 0 or 1. */
bool pack_weights(Pack *pack, float *values, size_t count);

/* Reading: that no two are the same, and all are below `end`. */
bool pack_check_distinct(Pack *pack, const uint32_t *values, size_t count, size_t end, const char *what);

/* Memory for an array that is read next, zeroed; NULL and a failed pack without, or if it is longer than all that there
 * is to read, or all of them together are longer than any number of copies that a run can have (PACK_COPIES). */
#define PACK_COPIES 64
void *pack_room(Pack *pack, size_t count, size_t size);

/* A text of less than `room` bytes, in its place; and one that is malloc'd, or NULL. */
bool pack_text(Pack *pack, char *text, size_t room);
bool pack_own_text(Pack *pack, char **text);

/* Of bytes: a change of any one of them changes it. */
uint64_t pack_sum(const void *bytes, size_t size);

#endif
