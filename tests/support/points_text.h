/* Points as a file has them, compared. Include after cmocka.h. */
#ifndef EASYFIRST_POINTS_TEXT_H
#define EASYFIRST_POINTS_TEXT_H

#include "app/io/points_csv.h"
#include "app/io/tables_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline void write_bytes(const char *file, const char *bytes, size_t size) {
    FILE *stream = fopen(file, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

/* What --points writes of points that were not trained on. */
static inline void write_table(const char *file, const Dataset *data) {
    float *zeros = calloc(data->count, sizeof *zeros);
    uint32_t *never = calloc(data->count, sizeof *never);
    assert_true(zeros && never);
    PointsTable table = {.data = data, .test = &(Dataset){0}, .loss = zeros, .v = zeros, .admitted = never};
    FILE *stream = fopen(file, "wb");
    assert_non_null(stream);
    points_table_header(stream, &table);
    points_table_rows(stream, &table, SIZE_MAX);
    assert_int_equal(fclose(stream), 0);
    free(zeros);
    free(never);
}

static inline bool same_points(const Dataset *a, const Dataset *b) {
    if (a->count != b->count || a->classes != b->classes || memcmp(a->x, b->x, a->count * sizeof *a->x) != 0 ||
        memcmp(a->y, b->y, a->count * sizeof *a->y) != 0 || memcmp(a->label, b->label, a->count) != 0)
        return false;
    for (int k = 0; k < a->classes; k++)
        if (strcmp(a->class_name[k], b->class_name[k]) != 0 ||
            strcmp(dataset_class_whole(a, k), dataset_class_whole(b, k)) != 0)
            return false;
    return true;
}

/* A generator whose failures a printed seed repeats. */
static inline uint32_t next_random(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static inline uint32_t below(uint32_t *state, uint32_t limit) {
    return (uint32_t)(((uint64_t)next_random(state) * limit) >> 32);
}

#endif
