#include "core/pack.h"

#include "core/parallel.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct PackArray {
    uint64_t sum;
    size_t at, bytes; /* bytes 0: none */
} PackArray;

/* Of a copy: in what way what follows is to be written. */
typedef enum { PIECE_NUMBERS, PIECE_ARRAY, PIECE_SMALL, PIECE_WEIGHTS, PIECE_OFFSETS } PieceKind;

typedef struct PackPiece {
    uint16_t kind;
    uint16_t size; /* of an item; */
    uint32_t owed; /* the bytes are to come: the address of where they are stands in their place */
    uint64_t count;
} PackPiece;

/* Bytes: of a head, which is aligned to as many; that an array adds; of arrays that are copied later. */
enum { PIECE = 16, PIECES = 4 * PIECE, OWED = 1 << 14 };
_Static_assert(sizeof(PackPiece) == PIECE, "heads keep what follows aligned");

Pack pack_count(Status *status) {
    return (Pack){.way = PACK_COUNT, .status = status};
}

Pack pack_write(unsigned char *bytes, size_t size, Status *status) {
    return (Pack){.way = PACK_WRITE, .bytes = bytes, .size = size, .status = status};
}

Pack pack_copy(unsigned char *bytes, size_t size, Status *status) {
    return (Pack){.way = PACK_COPY, .bytes = bytes, .size = size, .status = status};
}

Pack pack_read(const unsigned char *bytes, size_t size, Status *status) {
    return (Pack){.way = PACK_READ, .bytes = (unsigned char *)bytes, .size = size, .status = status};
}

/* What is owed of a copy, in parts of about the same length. */
typedef struct Part {
    void *to;
    const void *from;
    size_t bytes;
} Part;

enum { PARTS = 256, PART = 1 << 18 /* bytes */ };

static void copy_part(void *parts, size_t index) {
    const Part *part = (const Part *)parts + index;
    memcpy(part->to, part->from, part->bytes);
}

/* The next part that is owed; false: none is. */
static bool next_part(Pack *p, Part *part) {
    while (p->paid < p->at) {
        PackPiece *piece = (PackPiece *)(void *)(p->bytes + p->paid);
        unsigned char *to = p->bytes + p->paid + PIECE;
        size_t bytes = (size_t)piece->count * piece->size, left = bytes - p->paid_bytes;
        if (piece->owed && left > 0) {
            if (p->paid_bytes == 0)
                memcpy(&p->from, to, sizeof p->from);
            *part = (Part){to + p->paid_bytes, p->from + p->paid_bytes, left < PART ? left : PART};
            p->paid_bytes += part->bytes;
            return true;
        }
        p->paid += (PIECE + bytes + PIECE - 1) / PIECE * PIECE;
        p->paid_bytes = 0;
    }
    return false;
}

bool pack_copy_arrays(Pack *p, size_t bytes) {
    Part parts[PARTS];
    size_t count = 0, taken = 0;
    while (taken < bytes && count < PARTS && next_part(p, &parts[count]))
        taken += parts[count++].bytes;
    parallel_for(count, copy_part, parts);
    return taken < bytes && count < PARTS;
}

void pack_end(Pack *p) {
    free(p->arrays);
    p->arrays = NULL;
    p->array_room = p->array_count = 0;
}

bool pack_damaged(Pack *p, const char *what) {
    if (!p->failed)
        status_fail(p->status, STATUS_FAILED, "the checkpoint is damaged: %s", status_text(what));
    p->failed = true;
    return false;
}

bool pack_check(Pack *p, bool good, const char *what) {
    return !p->failed && (p->way != PACK_READ || good || pack_damaged(p, what));
}

bool pack_no_memory(Pack *p) {
    if (!p->failed)
        status_no_memory(p->status, "the checkpoint");
    p->failed = true;
    return false;
}

/* ---- bytes ---- */

static const char GROWN[] = N_("it is longer than it was when it was counted");

static PackPiece *begin_piece(Pack *p, PieceKind kind, size_t size, size_t count) {
    size_t at = (p->at + PIECE - 1) / PIECE * PIECE;
    p->piece = NULL;
    if (at > p->size || p->size - at < PIECE) {
        pack_damaged(p, GROWN);
        return NULL;
    }
    PackPiece *piece = (PackPiece *)(void *)(p->bytes + at);
    *piece = (PackPiece){.kind = (uint16_t)kind, .size = (uint16_t)size, .count = count};
    p->at = at + PIECE;
    return piece;
}

/* Bytes that stand in a copy as they will be written. */
static bool number_piece(Pack *p, size_t bytes) {
    if (!p->piece)
        p->piece = begin_piece(p, PIECE_NUMBERS, 1, 0);
    if (p->piece)
        p->piece->count += bytes;
    return !p->failed;
}

/* count items at *at, which is moved behind them. */
static bool pass(Pack *p, void *items, size_t count, size_t size, size_t *at) {
    size_t bytes = count * size;
    if (p->failed)
        return false;
    if (p->way == PACK_COUNT || bytes == 0) {
        *at += bytes;
        return true;
    }
    if (bytes > p->size - *at)
        return pack_damaged(p, "it breaks off");
    void *to = p->way == PACK_READ ? items : p->bytes + *at;
    memcpy(to, p->way == PACK_READ ? p->bytes + *at : items, bytes);
    *at += bytes;
    return true;
}

/* Numbers of so many bytes, as they are. */
static bool numbers(Pack *p, void *items, size_t count, size_t size) {
    return (p->way != PACK_COPY || (!p->failed && number_piece(p, count * size))) &&
           pass(p, items, count, size, &p->at);
}

static bool number(Pack *p, void *value, size_t size) {
    return numbers(p, value, 1, size);
}

/* Copying and counting: an array that is to be written in a way of its own. */
static bool whole_array(Pack *p, PieceKind kind, void *items, size_t count, size_t size) {
    if (p->failed)
        return false;
    if (p->way == PACK_COUNT) {
        p->at += PIECES + count * size;
        return true;
    }
    PackPiece *piece = begin_piece(p, kind, size, count);
    if (!piece || count * size < OWED)
        return piece && pass(p, items, count, size, &p->at);
    if (count * size > p->size - p->at)
        return pack_damaged(p, GROWN);
    piece->owed = 1;
    memcpy(p->bytes + p->at, &items, sizeof items);
    p->at += count * size;
    return true;
}

static bool takes_whole(const Pack *p) {
    return p->way == PACK_COPY || p->way == PACK_COUNT;
}

/* ---- numbers ---- */

static bool in_range(Pack *p, bool good) {
    return pack_check(p, good, "a number is out of range");
}

bool pack_bool(Pack *p, bool *value) {
    uint8_t byte = *value;
    if (!number(p, &byte, 1) || !in_range(p, byte <= 1))
        return false;
    *value = byte;
    return true;
}

bool pack_int(Pack *p, int *value, int least, int most) {
    int32_t whole = *value;
    if (!number(p, &whole, sizeof whole) || !in_range(p, whole >= least && whole <= most))
        return false;
    *value = whole;
    return true;
}

bool pack_u32(Pack *p, uint32_t *value, uint32_t most) {
    return number(p, value, sizeof *value) && in_range(p, *value <= most);
}

bool pack_u64(Pack *p, uint64_t *value, uint64_t most) {
    return number(p, value, sizeof *value) && in_range(p, *value <= most);
}

bool pack_size(Pack *p, size_t *value, size_t most) {
    uint64_t whole = *value;
    if (!pack_u64(p, &whole, most))
        return false;
    *value = (size_t)whole;
    return true;
}

bool pack_float(Pack *p, float *value) {
    return number(p, value, sizeof *value) && in_range(p, isfinite(*value));
}

bool pack_double(Pack *p, double *value) {
    return number(p, value, sizeof *value) && in_range(p, isfinite(*value));
}

bool pack_any_double(Pack *p, double *value) {
    return number(p, value, sizeof *value);
}

bool pack_doubles(Pack *p, double *values, size_t count) {
    return pack_array(p, values, count, sizeof *values);
}

/* ---- arrays ---- */

/* The place in the table of an array like that, or of nothing. */
static PackArray *find(Pack *p, const void *items, size_t bytes, uint64_t sum) {
    for (size_t i = (size_t)sum;; i++) {
        PackArray *a = &p->arrays[i & (p->array_room - 1)];
        if (a->bytes == 0 || (a->sum == sum && a->bytes == bytes && memcmp(p->bytes + a->at, items, bytes) == 0))
            return a;
    }
}

/* False without memory. */
static bool make_table(Pack *p) {
    if (2 * p->array_count < p->array_room)
        return true;
    size_t room = p->array_room;
    PackArray *old = p->arrays, *larger = calloc(room ? 2 * room : 64, sizeof *larger);
    if (!larger)
        return false;
    p->arrays = larger;
    p->array_room = room ? 2 * room : 64;
    for (size_t i = 0; i < room; i++)
        if (old[i].bytes > 0)
            *find(p, p->bytes + old[i].at, old[i].bytes, old[i].sum) = old[i];
    free(old);
    return true;
}

/* Where the same stands already; 0: nowhere, and it is going to stand at `at`. */
static uint64_t place_of(Pack *p, const void *items, size_t bytes, size_t at) {
    if (!make_table(p))
        return 0;
    uint64_t sum = pack_sum(items, bytes);
    PackArray *a = find(p, items, bytes, sum);
    if (a->bytes > 0)
        return a->at;
    *a = (PackArray){.sum = sum, .at = at, .bytes = bytes};
    p->array_count++;
    return 0;
}

bool pack_array(Pack *p, void *items, size_t count, size_t size) {
    size_t bytes = count * size, from;
    uint64_t place = 0;
    if (bytes < PACK_SAME)
        return numbers(p, items, count, size);
    if (takes_whole(p))
        return whole_array(p, PIECE_ARRAY, items, count, size);
    if (p->way == PACK_WRITE && !p->failed)
        place = place_of(p, items, bytes, p->at + sizeof place);
    if (!number(p, &place, sizeof place) || !in_range(p, place <= p->at))
        return false;
    from = (size_t)place;
    if (place == 0)
        return pass(p, items, count, size, &p->at);
    return p->way != PACK_READ || pass(p, items, count, size, &from);
}

bool pack_floats(Pack *p, float *values, size_t count) {
    bool good = true;
    if (!pack_array(p, values, count, sizeof *values))
        return false;
    for (size_t i = 0; p->way == PACK_READ && i < count; i++)
        good &= isfinite(values[i]) != 0;
    return pack_check(p, good, "a number is not finite");
}

bool pack_offsets(Pack *p, float *values, size_t count) {
    bool any = false;
    if (takes_whole(p))
        return whole_array(p, PIECE_OFFSETS, values, count, sizeof *values);
    for (size_t i = 0; p->way != PACK_READ && !any && i < count; i++)
        any = values[i] != 0.0f;
    return pack_bool(p, &any) && (!any || pack_floats(p, values, count));
}

void *pack_room(Pack *p, size_t count, size_t size) {
    if (p->failed)
        return NULL;
    if (count > p->size / size) {
        pack_damaged(p, "an array is longer than all of it");
        return NULL;
    }
    p->asked += count * size;
    if (p->asked / PACK_COPIES > p->size) {
        pack_damaged(p, "its arrays are far longer than all of it");
        return NULL;
    }
    void *room = calloc(count ? count : 1, size);
    if (!room)
        pack_no_memory(p);
    return room;
}

bool pack_check_distinct(Pack *p, const uint32_t *values, size_t count, size_t end, const char *what) {
    if (p->way != PACK_READ || p->failed)
        return !p->failed;
    uint8_t *seen = calloc(end ? end : 1, 1);
    bool good = true;
    if (!seen)
        return pack_no_memory(p);
    for (size_t i = 0; good && i < count; i++) {
        good = values[i] < end && !seen[values[i]];
        if (good)
            seen[values[i]] = 1;
    }
    free(seen);
    return pack_check(p, good, what);
}

enum { CHUNK = 4096 };

/* Through a chunk on the way: one more than the number, so that UINT32_MAX is 0. */
static bool small_chunk(Pack *p, uint32_t *values, size_t count, uint32_t width) {
    uint8_t bytes[CHUNK];
    uint16_t halves[CHUNK];
    uint32_t words[CHUNK];
    void *items = width == 1 ? (void *)bytes : width == 2 ? (void *)halves : (void *)words;
    for (size_t i = 0; p->way == PACK_WRITE && i < count; i++) {
        words[i] = values[i] + 1;
        halves[i] = (uint16_t)words[i];
        bytes[i] = (uint8_t)words[i];
    }
    if (!pass(p, items, count, width, &p->at))
        return false;
    for (size_t i = 0; p->way == PACK_READ && i < count; i++)
        values[i] = (width == 1 ? bytes[i] : width == 2 ? halves[i] : words[i]) - 1;
    return true;
}

bool pack_small(Pack *p, uint32_t *values, size_t count) {
    uint32_t all = 0, width;
    if (takes_whole(p))
        return whole_array(p, PIECE_SMALL, values, count, sizeof *values);
    for (size_t i = 0; p->way != PACK_READ && i < count; i++)
        all |= values[i] + 1;
    width = all <= UINT8_MAX ? 1 : all <= UINT16_MAX ? 2 : 4;
    if (!pack_u32(p, &width, 4) || !in_range(p, width == 1 || width == 2 || width == 4))
        return false;
    for (size_t i = 0; i < count; i += CHUNK)
        if (!small_chunk(p, values + i, count - i < CHUNK ? count - i : CHUNK, width))
            return false;
    return true;
}

static bool bits_chunk(Pack *p, float *values, size_t count) {
    uint8_t bytes[CHUNK / 8] = {0};
    for (size_t i = 0; p->way == PACK_WRITE && i < count; i += 8)
        for (size_t k = 0; k < 8 && i + k < count; k++)
            bytes[i / 8] |= (uint8_t)((values[i + k] > 0.0f) << k);
    if (!pass(p, bytes, (count + 7) / 8, 1, &p->at))
        return false;
    for (size_t i = 0; p->way == PACK_READ && i < count; i++)
        values[i] = (float)(bytes[i / 8] >> i % 8 & 1);
    return true;
}

/* 0 or 1, to the last bit: -0 is neither. */
static bool are_bits(const float *values, size_t count) {
    bool bits = true;
    for (size_t i = 0; i < count; i++) {
        uint32_t word;
        memcpy(&word, &values[i], sizeof word);
        bits &= word == 0 || word == 0x3f800000;
    }
    return bits;
}

bool pack_weights(Pack *p, float *values, size_t count) {
    if (takes_whole(p))
        return whole_array(p, PIECE_WEIGHTS, values, count, sizeof *values);
    bool bits = p->way != PACK_READ && are_bits(values, count), good = true;
    if (!pack_bool(p, &bits))
        return false;
    for (size_t i = 0; bits && i < count; i += CHUNK)
        if (!bits_chunk(p, values + i, count - i < CHUNK ? count - i : CHUNK))
            return false;
    if (bits || !pack_floats(p, values, count))
        return bits;
    for (size_t i = 0; p->way == PACK_READ && i < count; i++)
        good &= values[i] >= 0.0f;
    return pack_check(p, good, "a weight is below 0");
}

/* ---- copies ---- */

static bool put_piece(Pack *p, const PackPiece *piece, unsigned char *items) {
    size_t count = (size_t)piece->count;
    switch (piece->kind) {
    case PIECE_NUMBERS:
        return pass(p, items, count, 1, &p->at);
    case PIECE_ARRAY:
        return pack_array(p, items, count, piece->size);
    case PIECE_SMALL:
        return pack_small(p, (uint32_t *)(void *)items, count);
    case PIECE_WEIGHTS:
        return pack_weights(p, (float *)(void *)items, count);
    case PIECE_OFFSETS:
        return pack_offsets(p, (float *)(void *)items, count);
    }
    return false;
}

bool pack_put_copy(Pack *p, unsigned char *copy, size_t size) {
    for (size_t at = 0; at < size;) {
        PackPiece piece;
        memcpy(&piece, copy + at, sizeof piece);
        if (!put_piece(p, &piece, copy + at + PIECE))
            return false;
        at += PIECE + (size_t)(piece.count * piece.size);
        at = (at + PIECE - 1) / PIECE * PIECE;
    }
    return true;
}

/* ---- texts ---- */

static bool characters(Pack *p, char *text, size_t length) {
    return numbers(p, text, length, 1) && pack_check(p, strlen(text) == length, "a text ends before its end");
}

bool pack_text(Pack *p, char *text, size_t room) {
    size_t length = p->way == PACK_READ ? 0 : strlen(text);
    if (!pack_size(p, &length, room - 1))
        return false;
    if (p->way == PACK_READ)
        memset(text + length, 0, room - length);
    return characters(p, text, length);
}

bool pack_own_text(Pack *p, char **text) {
    bool there = p->way != PACK_READ && *text;
    size_t length = there ? strlen(*text) : 0;
    if (!pack_bool(p, &there) || !there)
        return !p->failed;
    if (!pack_size(p, &length, SIZE_MAX - 1))
        return false;
    if (p->way == PACK_READ)
        *text = pack_room(p, length + 1, 1);
    return !p->failed && characters(p, *text, length);
}

/* ---- sums ---- */

static uint64_t word_at(const unsigned char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* One to one in each of the two. */
static uint64_t mixed(uint64_t sum, uint64_t word) {
    sum ^= word;
    return (sum << 29 | sum >> 35) * UINT64_C(0x9e3779b97f4a7c15);
}

uint64_t pack_sum(const void *bytes, size_t size) {
    enum { LANES = 4 }; /* side by side: one alone would wait for each multiplication */
    const unsigned char *b = bytes;
    uint64_t lane[LANES] = {1, 2, 3, 4}, sum = size;
    size_t whole = size / 8, i = 0;
    for (; i + LANES <= whole; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            lane[k] = mixed(lane[k], word_at(b + 8 * (i + k)));
    for (; i < whole; i++)
        lane[0] = mixed(lane[0], word_at(b + 8 * i));
    for (i = 8 * whole; i < size; i++)
        lane[0] = mixed(lane[0], b[i]);
    for (size_t k = 0; k < LANES; k++)
        sum = mixed(sum, lane[k]);
    return sum;
}
