/* The reader against damaged tables: the cases of tests/cases and texts with all that the reader knows, changed at
 * random. Whatever they have become, they are read or refused in one line; in pieces of any size they are read alike;
 * what is read, written and read again is the same; and a preview agrees.
 *
 * test_points_fuzz FILES [SEED] tries so many, from a seed on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/io/points_preview.h"
#include "app/io/points_private.h"
#include "tests/support/points_text.h"

#include <math.h>

#define SCRATCH_FILE "points.txt"
#include "tests/support/scratch.h"

enum { SIZE_MOST = 1 << 17, SEEDS_MOST = 100 };

/* ---- pieces of any size ---- */

static uint32_t piece_random; /* 0: whole pieces */
size_t __real_points_source_read(PointsSource *source, char *buffer, size_t size);
size_t __wrap_points_source_read(PointsSource *source, char *buffer, size_t size);

/* Hands on what the source gives in small pieces. */
size_t __wrap_points_source_read(PointsSource *source, char *buffer, size_t size) {
    static char kept[64 << 10];
    static size_t at, end;
    static const PointsSource *of;
    if (piece_random == 0)
        return __real_points_source_read(source, buffer, size);
    if (of != source) {
        of = source;
        at = end = 0;
    }
    if (at == end) {
        at = 0;
        end = __real_points_source_read(source, kept, sizeof kept);
    }
    size_t piece = 1 + below(&piece_random, below(&piece_random, 2) ? 7 : 5000);
    piece = piece < end - at ? piece : end - at;
    piece = piece < size ? piece : size;
    memcpy(buffer, kept + at, piece);
    at += piece;
    if (piece == 0)
        of = NULL; /* the next source may lie at this one's address */
    return piece;
}

/* ---- tables to damage ---- */

static const char *const TEXTS[] = {
    "sep=;\nx;y;label\n1,5;2;a\n-3,25;4;b\n",
    "\"x\" \"y\" \"kind\"\n\"1\" 1.5 2 \"u v\"\n\"2\" 3 4 \"w\"\n\"7\" 5 6 \"w\"\n",
    "# made by hand\n# x,y,label\n1,2,0\n3,4,1\n#5,6,1\n",
    ("@relation r\n@attribute a real [0, 1]\n@attribute b real\n@attribute c {'it\\'s', d}\n@inputs a, b\n@outputs c\n@data\n"
     "0.5,1,'it\\'s'\n% c\n?,2,d\n"),
    "name\tx\ty\tkind\ns\tc\tc\ta b\nmeta\t\t\tclass\nu\t1\t2\ta\nv\t3\t4\tb\n",
    "mS#name\tC#x\tC#y\tcD#kind\nu\t1\t2\ta\nv\t3\t4\tb\n",
    "| x | y | label |\n|---|---|---|\n| 1 | 2 | a |\n| 3 | 4 | b |\n",
    "4 2\n1.5 2\n3 4\n",
    "3\n1 2 0 # c\n3 4 1\n5 6 0\n",
    ",0,1,2\n0,1.5,2,0\n1,3,4,1\n2,5,6,0\n",
    "'x','y','label'\n'1.5','2','a'\n'3','4','b'\n",
    "x,y,label\n\"1,5\",\"2,5\",\"a\nb\"\n\"3,5\",\"4\",c\n1,234,5\n",
    "150,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n4.9,3.0,1.4,0.2,1\n6,2,3,1,2\n",
    "\xff\xfex\0,\0y\0\n\0",
    "1 1:0.5 2:1.5\n-1 1:2 2:3\n",
};

typedef struct Seed {
    char *bytes;
    size_t size;
} Seed;

static Seed seeds[SEEDS_MOST];
static size_t seed_count;

static void add_seed(const char *bytes, size_t size) {
    assert_true(seed_count < SEEDS_MOST);
    char *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    seeds[seed_count++] = (Seed){copy, size};
}

/* A table longer than the part from which the dialect is found. */
static void add_long_seed(void) {
    char *text = malloc(SIZE_MOST);
    assert_non_null(text);
    size_t used = (size_t)sprintf(text, "x,y,label\n");
    for (int i = 0; used < 80000; i++)
        used += (size_t)sprintf(text + used, "%d.%d,%g,\"kind %d\"\n", i, i % 10, i * 1e-3, i % 3);
    add_seed(text, used);
    free(text);
}

static int gather_seeds(void **state) {
    (void)state;
    for (const char *tens = "0123"; *tens; tens++)
        for (const char *ones = "0123456789"; *ones; ones++) {
            char command[600];
            snprintf(command, sizeof command, "cat '%s/cases/%c%c'-* 2>/dev/null", TEST_SOURCE_DIR, *tens, *ones);
            FILE *from = popen(command, "r");
            static char bytes[SIZE_MOST];
            size_t size = from ? fread(bytes, 1, sizeof bytes, from) : 0;
            if (from)
                pclose(from);
            if (size > 0)
                add_seed(bytes, size);
        }
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        add_seed(TEXTS[i], TEXTS[i][0] == '\xff' ? 10 : strlen(TEXTS[i]));
    add_long_seed();
    return 0;
}

static int let_seeds_go(void **state) {
    (void)state;
    while (seed_count > 0)
        free(seeds[--seed_count].bytes);
    return 0;
}

/* ---- damage ---- */

static const char *const PIECES[] = {
    "\"",    "'",
    ",",     ";",
    "\t",    "|",
    " ",     "\n",
    "\r",    "\r\n",
    "#",     "%",
    "\xff",  "\xc2\xa0",
    "@",     "=",
    "-",     "--",
    "+",     "e",
    "1e99",  "NA",
    "1,234", "0,5",
    "1.5",   "\xef\xbb\xbf",
    "{",     "}",
    "[",     "<",
    "sep=,", "\\'",
    "x",     "y",
    "label", "0",
    "1",     "#N/A",
    "\x1a",  "\xe7\x8c\xab",
    "\"\"",  "999",
};

static size_t insert(char *bytes, size_t size, size_t at, const char *piece, size_t length) {
    if (size + length > SIZE_MOST)
        return size;
    memmove(bytes + at + length, bytes + at, size - at);
    memcpy(bytes + at, piece, length);
    return size + length;
}

/* The part from..to again, at another place. */
static size_t repeat_part(uint32_t *random, char *bytes, size_t size) {
    static char part[4096];
    size_t from = below(random, (uint32_t)size), length = below(random, below(random, 4) ? 40 : sizeof part);
    length = length < size - from ? length : size - from;
    memcpy(part, bytes + from, length);
    return insert(bytes, size, below(random, (uint32_t)size), part, length);
}

static size_t change(uint32_t *random, char *bytes, size_t size) {
    if (size == 0)
        return insert(bytes, size, 0, "x", 1);
    size_t at = below(random, (uint32_t)size), length = 1 + below(random, 8);
    switch (below(random, 8)) {
    case 0:
        bytes[at] = (char)next_random(random);
        return size;
    case 1:
        bytes[at] ^= (char)(1 << below(random, 8));
        return size;
    case 2: /* a part goes */
        length = length < size - at ? length : size - at;
        memmove(bytes + at, bytes + at + length, size - at - length);
        return size - length;
    case 3:
        return below(random, 8) ? size : at; /* the end goes */
    case 4:
        return repeat_part(random, bytes, size);
    case 5:
        bytes[at] = '\0';
        return below(random, 16) ? insert(bytes, size, at, "7", 1) : size;
    default: {
        const char *piece = PIECES[below(random, sizeof PIECES / sizeof *PIECES)];
        return insert(bytes, size, at, piece, strlen(piece));
    }
    }
}

/* ---- what must hold ---- */

typedef struct Outcome {
    bool read;
    Dataset data;
    Status status;
    PointsNotes notes;
    size_t skipped;
} Outcome;

static Outcome read_one(PointsFormat format, uint32_t pieces) {
    Outcome o = {0};
    format.notes = &o.notes;
    format.skipped = &o.skipped;
    piece_random = pieces;
    o.read = points_read(&o.data, path, &format, &o.status);
    piece_random = 0;
    return o;
}

static bool is_line(const char *text) {
    return text[0] && !strpbrk(text, "\n\r");
}

static void check_valid(const Outcome *o, uint32_t seed) {
    const Dataset *d = &o->data;
    if (!o->read) {
        if (!is_line(o->status.message) || d->count > 0 || d->x)
            fail_msg("seed %u: '%s'", seed, o->status.message);
        return;
    }
    bool valid = d->count >= 1 && d->classes >= 2 && d->classes <= MAX_CLASSES;
    for (size_t i = 0; i < d->count && valid; i++)
        valid = isfinite(d->x[i]) && isfinite(d->y[i]) && d->label[i] < d->classes;
    for (int k = 0; k < d->classes && valid; k++)
        valid = strlen(d->class_name[k]) < sizeof d->class_name[k] &&
                points_is_utf8(d->class_name[k], strlen(d->class_name[k]));
    for (int i = 0; i < o->notes.count && valid; i++)
        valid = is_line(o->notes.text[i]);
    if (!valid)
        fail_msg("seed %u: no valid points", seed);
}

static void check_pieces(const Outcome *whole, PointsFormat format, uint32_t seed) {
    Outcome pieces = read_one(format, seed | 1);
    if (pieces.read != whole->read || pieces.skipped != whole->skipped ||
        (whole->read ? !same_points(&pieces.data, &whole->data)
                     : strcmp(pieces.status.message, whole->status.message) != 0))
        fail_msg("seed %u: in pieces '%s', whole '%s'", seed, pieces.status.message, whole->status.message);
    dataset_free(&pieces.data);
}

static void check_preview(const Outcome *whole, PointsFormat format, uint32_t seed) {
    static PointsPreview preview;
    Status status = {0};
    bool seen = points_preview(&preview, path, &format, &status);
    bool agrees = whole->read ? seen && !preview.problem[0] && preview.kept == whole->data.count &&
                                    preview.left_out == whole->skipped && preview.kinds == whole->data.classes
                              : strcmp(seen ? preview.problem : status.message, whole->status.message) == 0;
    if (!agrees)
        fail_msg("seed %u: the preview says '%s', the reader '%s'", seed, seen ? preview.problem : status.message,
                 whole->status.message);
    points_preview_free(&preview);
}

static void check_round_trip(const Outcome *first, PointsFormat format, uint32_t seed) {
    write_table(path, &first->data);
    Outcome second = read_one((PointsFormat){.classes = format.classes, .missing = format.missing}, 0);
    if (!second.read || !same_points(&first->data, &second.data))
        fail_msg("seed %u: written and read again: %s", seed, second.read ? "other points" : second.status.message);
    dataset_free(&second.data);
}

static void try_one(uint32_t seed) {
    static char bytes[SIZE_MOST];
    uint32_t random = seed * 2654435761u | 1;
    for (int i = 0; i < 4; i++)
        next_random(&random);
    const Seed *from = &seeds[below(&random, (uint32_t)seed_count)];
    size_t size = from->size;
    memcpy(bytes, from->bytes, size);
    for (uint32_t changes = below(&random, 6); changes > 0; changes--)
        size = change(&random, bytes, size);
    write_bytes(path, bytes, size);
    PointsFormat format = {.skip_bad = below(&random, 2)};
    if (below(&random, 8) == 0)
        format.decimal = below(&random, 2) ? "comma" : "point";
    if (below(&random, 8) == 0)
        format.delimiter = (const char *const[]){"comma", "tab", "space", ";"}[below(&random, 4)];
    if (below(&random, 8) == 0)
        format.columns = "1,2,3";
    if (below(&random, 8) == 0)
        format.header = (const char *const[]){"yes", "no", "2"}[below(&random, 3)];
    Outcome whole = read_one(format, 0);
    check_valid(&whole, seed);
    check_pieces(&whole, format, seed);
    check_preview(&whole, format, seed);
    if (whole.read)
        check_round_trip(&whole, format, seed);
    dataset_free(&whole.data);
}

static uint32_t files = 4000, first_seed = 1;

static void damaged_tables_are_read_or_refused(void **state) {
    (void)state;
    for (uint32_t i = 0; i < files; i++) {
        try_one(first_seed + i);
        if ((i + 1) % 10000 == 0)
            fprintf(stderr, "%u files\n", i + 1);
    }
}

int main(int argc, char **argv) {
    if (argc > 1)
        files = (uint32_t)strtoul(argv[1], NULL, 10);
    if (argc > 2)
        first_seed = (uint32_t)strtoul(argv[2], NULL, 10);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(damaged_tables_are_read_or_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, gather_seeds, let_seeds_go);
}
