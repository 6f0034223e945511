/* A sweep's rows that a run of it has left, FILE.sweep: the input, or, where its first byte is odd, the right head and
 * the input behind it. What is refused stays as it is; what is read is the same when it is read again. */
#include "tests/fuzzers/fuzzer.h"

#include "app/headless/sweep_store.h"

#include <stdlib.h>
#include <string.h>

const size_t FUZZ_ROOM = 512 << 10, FUZZ_ROOM_EACH = 16;

static const char SPEC[] = "seeds=1..4,threshold=0.3|0.5";
static Sweep sweep;
static char path[100];

static char *bytes_of(size_t *size) {
    FILE *stream = fopen(path, "rb");
    char *bytes = calloc(1, FUZZ_LARGEST + 8192);
    if (!stream || !bytes)
        abort();
    *size = fread(bytes, 1, FUZZ_LARGEST + 8191, stream);
    fclose(stream);
    return bytes;
}

static void put_bytes(const char *head, size_t head_size, const uint8_t *data, size_t size) {
    FILE *stream = fopen(path, "wb");
    if (!stream || fwrite(head, 1, head_size, stream) != head_size || fwrite(data, 1, size, stream) != size ||
        fclose(stream) != 0)
        abort();
}

static bool opened(SweepStore *store, Status *status) {
    char file[100];
    snprintf(file, sizeof file, "%s/rows.csv", fuzz_folder());
    const StorePlan plan = {.file = file, .spec = SPEC, .shard = 1, .shards = 1, .resume = true};
    fuzz_listen();
    bool done = store_open(store, &sweep, &plan, status);
    fuzz_heard(1);
    return done;
}

/* Rows that are there, as bits. */
static unsigned rows_of(SweepStore *store) {
    unsigned rows = 0;
    size_t count = 0;
    for (size_t run = 0; run < sweep.runs; run++)
        if (store_has(store, run)) {
            rows |= 1u << run;
            count++;
        }
    if (count != store->count)
        fuzz_violation("%zu rows are there, and %zu counted", count, store->count);
    return rows;
}

/* The head as it is written to a file that is empty. */
static const char *head_of(size_t *size) {
    static char *head;
    static size_t length;
    if (!head) {
        SweepStore store;
        Status status = {0};
        Settings base;
        settings_default(&base);
        snprintf(path, sizeof path, "%s/rows.csv.sweep", fuzz_folder());
        if (!sweep_parse(&sweep, SPEC, &base, &status) || !opened(&store, &status))
            fuzz_violation("%s", status.message);
        store_close(&store);
        head = bytes_of(&length);
    }
    *size = length;
    return head;
}

static void check_again(SweepStore *store) {
    Status status = {0};
    SweepStore again;
    size_t size, after;
    unsigned rows = rows_of(store);
    store_close(store);
    char *first = bytes_of(&size);
    if (!opened(&again, &status))
        fuzz_violation("read once, then refused: %s", status.message);
    if (rows_of(&again) != rows)
        fuzz_violation("other rows are there the second time");
    store_close(&again);
    char *second = bytes_of(&after);
    if (size != after || memcmp(first, second, size) != 0)
        fuzz_violation("reading again has changed the file");
    free(first);
    free(second);
}

void fuzz_one(const uint8_t *data, size_t size) {
    size_t head_size;
    const char *head = head_of(&head_size);
    if (size < 1)
        return;
    put_bytes(head, data[0] % 2 ? head_size : 0, data + 1, size - 1);
    size_t before, after;
    char *was = bytes_of(&before);
    SweepStore store;
    Status status = {0};
    if (opened(&store, &status)) {
        check_again(&store);
    } else {
        fuzz_refused(&status);
        char *is = bytes_of(&after);
        if (before != after || memcmp(was, is, before) != 0)
            fuzz_violation("what was refused was changed");
        free(is);
    }
    free(was);
}
