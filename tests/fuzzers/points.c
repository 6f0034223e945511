/* Tables of points. The first two bytes say how they are to be read. Whatever they have become, they are read or
 * refused in one line; in pieces of any size they are read alike; what is read, written and read again is the same; and
 * a preview agrees. */
#include "tests/fuzzers/fuzzer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "app/io/points_preview.h"
#include "app/io/points_private.h"
#include "tests/support/points_text.h"

#include <math.h>

/* A buffer of zlib's, one for pieces of the file, and what tells the dialect. */
const size_t FUZZ_ROOM = 4 << 20, FUZZ_ROOM_EACH = 2048;

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

/* ---- what must hold ---- */

typedef struct Outcome {
    bool read;
    Dataset data;
    Status status;
    PointsNotes notes;
    size_t skipped;
} Outcome;

static Outcome read_one(const char *path, PointsFormat format, uint32_t pieces) {
    Outcome o = {0};
    format.notes = &o.notes;
    format.skipped = &o.skipped;
    piece_random = pieces;
    o.read = points_read(&o.data, path, &format, &o.status);
    piece_random = 0;
    return o;
}

static void check_valid(const Outcome *o) {
    const Dataset *d = &o->data;
    if (!o->read) {
        fuzz_refused(&o->status);
        if (d->count > 0 || d->x)
            fuzz_violation("points after a failure");
        return;
    }
    bool valid = d->count >= 1 && d->classes >= 2 && d->classes <= MAX_CLASSES;
    for (size_t i = 0; i < d->count && valid; i++)
        valid = isfinite(d->x[i]) && isfinite(d->y[i]) && d->label[i] < d->classes;
    for (int k = 0; k < d->classes && valid; k++) {
        valid = strlen(d->class_name[k]) < sizeof d->class_name[k] &&
                points_is_utf8(d->class_name[k], strlen(d->class_name[k]));
        if (d->class_name[k][0])
            fuzz_line(d->class_name[k]);
    }
    for (int a = 0; a < 2; a++)
        if (d->axis_name[a][0])
            fuzz_line(d->axis_name[a]);
    for (int i = 0; i < o->notes.count; i++)
        fuzz_line(o->notes.text[i]);
    if (!valid)
        fuzz_violation("no valid points");
}

static void check_pieces(const char *path, const Outcome *whole, PointsFormat format, uint32_t random) {
    Outcome pieces = read_one(path, format, random | 1);
    if (pieces.read != whole->read || pieces.skipped != whole->skipped ||
        (whole->read ? !same_points(&pieces.data, &whole->data)
                     : strcmp(pieces.status.message, whole->status.message) != 0))
        fuzz_violation("in pieces '%s', whole '%s'", pieces.status.message, whole->status.message);
    dataset_free(&pieces.data);
}

static void check_preview(const char *path, const Outcome *whole, PointsFormat format) {
    static PointsPreview preview;
    Status status = {0};
    bool seen = points_preview(&preview, path, &format, &status);
    bool agrees = whole->read ? seen && !preview.problem[0] && preview.kept == whole->data.count &&
                                    preview.left_out == whole->skipped && preview.kinds == whole->data.classes
                              : strcmp(seen ? preview.problem : status.message, whole->status.message) == 0;
    if (!agrees)
        fuzz_violation("the preview says '%s', the reader '%s'", seen ? preview.problem : status.message,
                       whole->status.message);
    points_preview_free(&preview);
}

static void check_round_trip(const Outcome *first, PointsFormat format) {
    size_t size;
    write_table(fuzz_file(1, "", 0), &first->data);
    char *bytes = fuzz_file_bytes(1, &size);
    Outcome second =
        read_one(fuzz_file(1, bytes, size), (PointsFormat){.classes = format.classes, .missing = format.missing}, 0);
    free(bytes);
    if (!second.read || !same_points(&first->data, &second.data))
        fuzz_violation("written and read again: %s", second.read ? "other points" : second.status.message);
    dataset_free(&second.data);
}

static PointsFormat format_of(uint8_t a, uint8_t b) {
    static const char *const COLUMN_TEXTS[] = {NULL, NULL, NULL, "1,2,3", "x,y,label", "3,1,2", "a,b,c", "X,2,kind"};
    static const char *const DELIMITERS[] = {NULL, NULL, NULL, "comma", "tab", "space", ";", "pipe"};
    static const char *const HEADERS[] = {NULL, NULL, NULL, NULL, NULL, "yes", "no", "2"};
    static const char *const ENCODINGS[] = {NULL, NULL, NULL, NULL, NULL, "ISO-8859-1", "GB18030", "UTF-16LE"};
    return (PointsFormat){.skip_bad = a % 2,
                          .columns = COLUMN_TEXTS[a / 2 % 8],
                          .delimiter = DELIMITERS[a / 16 % 8],
                          .decimal = (const char *const[]){NULL, NULL, "point", "comma"}[b % 4],
                          .header = HEADERS[b / 4 % 8],
                          .encoding = ENCODINGS[b / 32],
                          .missing = a < 128 ? NULL : "-,none",
                          .classes = b == 255 ? 3 : 0};
}

void fuzz_one(const uint8_t *data, size_t size) {
    if (size < 2)
        return;
    PointsFormat format = format_of(data[0], data[1]);
    const char *path = fuzz_file(0, data + 2, size - 2);
    Outcome whole = read_one(path, format, 0);
    check_valid(&whole);
    check_pieces(path, &whole, format, (uint32_t)size * 2654435761u ^ data[size - 1]);
    check_preview(path, &whole, format);
    if (whole.read)
        check_round_trip(&whole, format);
    dataset_free(&whole.data);
}
